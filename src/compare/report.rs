//! A comparison as a table for people, as JSON, and as a table of tokens from which anybody can compute the measures again.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Map, Value, json as value};

use super::{Agreement, Comparison, Difference, Measure, Sort};
use crate::text::spreadsheet::harmless;

/// How many cards the table shows.
const SHOWN: usize = 20;

fn measure(measure: &Measure) -> Value {
    value!({ "value": measure.value, "interval": measure.interval.map(|(from, to)| [from, to]) })
}

fn by_name<N: ToString>(measures: &[(N, Measure)]) -> Value {
    Value::Object(measures.iter().map(|(name, it)| (name.to_string(), measure(it))).collect::<Map<_, _>>())
}

/// What a measure says, without its interval.
pub(super) fn value_of(measure: Option<Measure>) -> Option<f64> {
    measure.map(|it| it.value)
}

pub(super) fn counts(comparison: &Comparison) -> BTreeMap<Sort, usize> {
    let mut counts: BTreeMap<Sort, usize> = Sort::ALL.into_iter().map(|sort| (sort, 0)).collect();
    comparison.differences.iter().for_each(|difference| *counts.entry(difference.sort).or_default() += 1);
    counts
}

/// As JSON; `docs/formats.md` explains it.
pub fn json(comparison: &Comparison) -> Value {
    let agreement = &comparison.agreement;
    let optional = |it: &Option<Measure>| it.as_ref().map_or(Value::Null, measure);
    let counted: Map<String, Value> =
        counts(comparison).into_iter().map(|(sort, count)| (sort.id().to_owned(), count.into())).collect();
    let names = |(one, other): (usize, usize)| {
        let name = |at: usize| comparison.annotators.get(at).cloned().unwrap_or_default();
        [name(one), name(other)]
    };
    value!({
        "annotators": comparison.annotators,
        "articles": comparison.articles.len(),
        "alone": comparison.alone,
        "alike": comparison.articles.iter().map(|article| article.alike).sum::<usize>(),
        "differences": counted,
        "cards": comparison.cards.iter().filter_map(|card| {
            let first = comparison.differences.get(card.first)?;
            Some(value!({
                "difference": first.sort.id(),
                "words": first.words,
                "choices": first.choices,
                "times": card.differences.len(),
            }))
        }).collect::<Vec<_>>(),
        "agreement": {
            "tokens": {
                "cohen": optional(&agreement.cohen),
                "pairs": agreement.pairs.iter().map(|(pair, kappa)| value!({ "annotators": names(*pair), "cohen": kappa })).collect::<Vec<_>>(),
                "fleiss": optional(&agreement.fleiss),
                "alpha": optional(&agreement.alpha),
                "alpha_unitising": optional(&agreement.units),
                "gamma": optional(&agreement.gamma),
                "confusions": agreement.confusions.iter().map(|(one, other, times)| value!([one, other, times])).collect::<Vec<_>>(),
            },
            "exact": by_name(&agreement.exact),
            "overlap": by_name(&agreement.overlap),
            "who": optional(&agreement.who),
            "events": optional(&agreement.events),
            "event_types": optional(&agreement.types),
            "slots": by_name(&agreement.parts.iter().map(|(part, it)| (part.name(), *it)).collect::<Vec<_>>()),
            "relations": optional(&agreement.relations),
            "kinds": agreement.kinds.iter().map(|(one, other, times)| value!([one, other, times])).collect::<Vec<_>>(),
        },
        "by_article": comparison.articles.iter().zip(&agreement.articles).map(|(article, of)| value!({
            "title": article.title, "alike": article.alike, "differences": article.differences.len(),
            "cohen": value_of(of.cohen), "gamma": value_of(of.gamma), "exact": value_of(of.exact), "overlap": value_of(of.overlap),
        })).collect::<Vec<_>>(),
        "by_day": agreement.days.iter().map(|(day, of)| value!({
            "day": day.to_string(), "articles": of.articles, "cohen": optional(&of.cohen), "gamma": optional(&of.gamma),
            "exact": optional(&of.exact), "overlap": optional(&of.overlap),
        })).collect::<Vec<_>>(),
    })
}

/// All measures with what they are called, in the order of reports.
pub(super) fn measures(agreement: &Agreement) -> Vec<(String, Measure)> {
    let mut all: Vec<(String, Measure)> = Vec::new();
    let mut add = |name: &str, measure: &Option<Measure>| all.extend(measure.map(|it| (name.to_owned(), it)));
    add("tokens, Cohen’s κ", &agreement.cohen);
    add("tokens, Fleiss’ κ", &agreement.fleiss);
    add("tokens, Krippendorff’s α", &agreement.alpha);
    add("units, Krippendorff’s α", &agreement.units);
    add("marks, γ", &agreement.gamma);
    for (what, measures) in [("exact", &agreement.exact), ("overlap", &agreement.overlap)] {
        all.extend(measures.iter().map(|(kind, measure)| (format!("{kind}, {what} F1"), *measure)));
    }
    let mut add = |name: &str, measure: &Option<Measure>| all.extend(measure.map(|it| (name.to_owned(), it)));
    add("who is who, B³", &agreement.who);
    add("events, F1", &agreement.events);
    add("types of events, the same", &agreement.types);
    all.extend(agreement.parts.iter().map(|(part, measure)| (format!("{} of events, F1", part.name()), *measure)));
    all.extend(agreement.relations.map(|measure| ("relations, F1".to_owned(), measure)));
    all
}

/// As rows for a spreadsheet: what is measured, of what, its value, the interval, and how often.
pub fn csv(comparison: &Comparison) -> String {
    let agreement = &comparison.agreement;
    let mut out = String::from("table,of,value,from,to,count\n");
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let mut row = |table: &str, of: &str, value: Option<f64>, interval: Option<(f64, f64)>, count: Option<usize>| {
        let (from, to) = (interval.map(|(from, _)| from), interval.map(|(_, to)| to));
        let count = count.map(|count| count.to_string()).unwrap_or_default();
        out.push_str(&format!("{table},{},{},{},{},{count}\n", cell(of), number(value), number(from), number(to)));
    };
    for (name, measure) in measures(agreement) {
        row("agreement", &name, Some(measure.value), measure.interval, None);
    }
    for ((one, other), kappa) in &agreement.pairs {
        let name = |at: &usize| comparison.annotators.get(*at).map_or("", String::as_str);
        row("pair", &format!("{} and {}, Cohen’s κ", name(one), name(other)), Some(*kappa), None, None);
    }
    for (sort, count) in counts(comparison) {
        row("differences", sort.name(), None, None, Some(count));
    }
    for (one, other, count) in &agreement.kinds {
        let name = |kind: &Option<String>| kind.clone().unwrap_or_else(|| "nothing".to_owned());
        row("kinds", &format!("{} and {}", name(one), name(other)), None, None, Some(*count));
    }
    for card in &comparison.cards {
        let Some(first) = comparison.differences.get(card.first) else { continue };
        row("cards", &card_words(first), None, None, Some(card.differences.len()));
    }
    for (article, of) in comparison.articles.iter().zip(&agreement.articles) {
        row("articles, Cohen’s κ", &article.title, value_of(of.cohen), None, Some(article.differences.len()));
        if let Some(gamma) = of.gamma {
            row("articles, γ", &article.title, Some(gamma.value), None, None);
        }
    }
    for (day, of) in &agreement.days {
        let interval = |measure: Option<Measure>| measure.and_then(|it| it.interval);
        row("days, Cohen’s κ", &day.to_string(), value_of(of.cohen), interval(of.cohen), Some(of.articles));
        if of.gamma.is_some() {
            row("days, γ", &day.to_string(), value_of(of.gamma), interval(of.gamma), Some(of.articles));
        }
    }
    out
}

/// A card on one line: "“Kremlin”: place or nothing".
pub(super) fn card_words(first: &Difference) -> String {
    let choices: Vec<String> =
        first.options().iter().map(|choice| one_line(choice.words.as_deref().unwrap_or("nothing"))).collect();
    format!("“{}”: {}", one_line(&first.words), choices.join(" or "))
}

/// A cell of a CSV file, guarded against being read as a formula.
fn cell(words: &str) -> String {
    let words = harmless(words);
    if words.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", words.replace('"', "\"\""))
    } else {
        words.into_owned()
    }
}

/// As a table for people.
pub fn table(comparison: &Comparison) -> String {
    let mut out = String::new();
    let _ = written(comparison, &mut out);
    out
}

fn written(comparison: &Comparison, out: &mut String) -> std::fmt::Result {
    let number = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    let annotators = comparison.annotators.join(", ");
    writeln!(out, "{} compared: {annotators}", number(comparison.articles.len(), "article"))?;
    for (name, alone) in comparison.annotators.iter().zip(&comparison.alone).filter(|(_, alone)| **alone > 0) {
        writeln!(out, "  {} of {name} not compared: not every annotator has the same text", number(*alone, "article"))?;
    }
    let alike = comparison.articles.iter().map(|article| article.alike).sum::<usize>();
    let (differences, cards) = (comparison.differences.len(), comparison.cards.len());
    writeln!(
        out,
        "\n{} made alike by all; {}, to settle on {}",
        number(alike, "mark"),
        number(differences, "difference"),
        number(cards, "card")
    )?;
    for (sort, count) in counts(comparison).into_iter().filter(|(_, count)| *count > 0) {
        writeln!(out, "  {:<22} {count:>6}", sort.name())?;
    }
    if !comparison.cards.is_empty() {
        writeln!(out, "\nLargest cards")?;
    }
    for card in comparison.cards.iter().take(SHOWN) {
        let Some(first) = comparison.differences.get(card.first) else { continue };
        writeln!(out, "  {:>4}×  {}", card.differences.len(), card_words(first))?;
    }
    if cards > SHOWN {
        writeln!(out, "         and {} more (--json has all)", cards - SHOWN)?;
    }
    let agreement = &comparison.agreement;
    writeln!(out, "\nAgreement {:>26}  95 % interval", "")?;
    let mut row = |name: &str, measure: Option<&Measure>| match measure {
        Some(Measure { value, interval: Some((from, to)) }) => {
            writeln!(out, "  {name:<30} {value:>6.3}  {from:.3} to {to:.3}")
        }
        Some(Measure { value, interval: None }) => writeln!(out, "  {name:<30} {value:>6.3}"),
        None => Ok(()),
    };
    for (name, measure) in measures(agreement) {
        row(&name, Some(&measure))?;
    }
    if !agreement.confusions.is_empty() {
        writeln!(out, "\nTokens labelled differently (O: no label)")?;
    }
    for (one, other, times) in agreement.confusions.iter().take(SHOWN) {
        writeln!(out, "  {times:>4}×  {one} or {other}")?;
    }
    let mut worst: Vec<_> = comparison.articles.iter().filter(|article| !article.differences.is_empty()).collect();
    worst.sort_by_key(|article| std::cmp::Reverse(article.differences.len()));
    if !worst.is_empty() {
        writeln!(out, "\nArticles with most differences")?;
    }
    for article in worst.into_iter().take(SHOWN / 2) {
        writeln!(out, "  {:>4}   {}", article.differences.len(), one_line(&article.title))?;
    }
    Ok(())
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The label that each annotator gave each token, a row a token: article, number of the token, and a column an annotator.
pub fn tokens(comparison: &Comparison) -> String {
    let names: Vec<String> = comparison.annotators.iter().map(|name| cell(name)).collect();
    let mut out = format!("article,token,{}\n", names.join(","));
    for (article, labels) in comparison.labels.iter().enumerate() {
        let count = labels.first().map_or(0, Vec::len);
        for token in 0..count {
            let row: Vec<&str> = labels.iter().filter_map(|of| of.get(token)).map(|label| label.as_str()).collect();
            let row: Vec<String> = row.into_iter().map(cell).collect();
            out.push_str(&format!("{},{},{}\n", article + 1, token + 1, row.join(",")));
        }
    }
    out
}
