//! A comparison as a table for people, as JSON, and as a table of tokens from which anybody can compute the measures again.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Map, Value, json as value};

use super::{Comparison, Measure, Sort};

/// How many cards the table shows.
const SHOWN: usize = 20;

fn measure(measure: &Measure) -> Value {
    value!({ "value": measure.value, "interval": measure.interval.map(|(from, to)| [from, to]) })
}

fn by_name<N: ToString>(measures: &[(N, Measure)]) -> Value {
    Value::Object(measures.iter().map(|(name, it)| (name.to_string(), measure(it))).collect::<Map<_, _>>())
}

fn counts(comparison: &Comparison) -> BTreeMap<Sort, usize> {
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
                "confusions": agreement.confusions.iter().map(|(one, other, times)| value!([one, other, times])).collect::<Vec<_>>(),
            },
            "exact": by_name(&agreement.exact),
            "overlap": by_name(&agreement.overlap),
            "who": optional(&agreement.who),
            "events": optional(&agreement.events),
            "event_types": optional(&agreement.types),
            "slots": by_name(&agreement.parts.iter().map(|(part, it)| (part.name(), *it)).collect::<Vec<_>>()),
            "relations": optional(&agreement.relations),
        },
        "by_article": comparison.articles.iter().map(|article| value!({
            "title": article.title, "alike": article.alike, "differences": article.differences.len(),
        })).collect::<Vec<_>>(),
    })
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
        let choices: Vec<String> =
            first.options().iter().map(|choice| one_line(choice.words.as_deref().unwrap_or("nothing"))).collect();
        let words = one_line(&first.words);
        writeln!(out, "  {:>4}×  “{words}”: {}", card.differences.len(), choices.join(" or "))?;
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
    row("tokens, Cohen’s κ", agreement.cohen.as_ref())?;
    row("tokens, Fleiss’ κ", agreement.fleiss.as_ref())?;
    row("tokens, Krippendorff’s α", agreement.alpha.as_ref())?;
    for (what, measures) in [("exact", &agreement.exact), ("overlap", &agreement.overlap)] {
        for (kind, measure) in measures {
            row(&format!("{kind}, {what} F1"), Some(measure))?;
        }
    }
    row("who is who, B³", agreement.who.as_ref())?;
    row("events, F1", agreement.events.as_ref())?;
    row("types of events, the same", agreement.types.as_ref())?;
    for (part, measure) in &agreement.parts {
        row(&format!("{} of events, F1", part.name()), Some(measure))?;
    }
    row("relations, F1", agreement.relations.as_ref())?;
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

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The label that each annotator gave each token, a row a token: article, number of the token, and a column an annotator.
pub fn tokens(comparison: &Comparison) -> String {
    let quoted = |cell: &str| {
        if cell.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.to_owned()
        }
    };
    let names: Vec<String> = comparison.annotators.iter().map(|name| quoted(name)).collect();
    let mut out = format!("article,token,{}\n", names.join(","));
    for (article, labels) in comparison.labels.iter().enumerate() {
        let count = labels.first().map_or(0, Vec::len);
        for token in 0..count {
            let row: Vec<&str> = labels.iter().filter_map(|of| of.get(token)).map(|label| label.as_str()).collect();
            let row: Vec<String> = row.into_iter().map(quoted).collect();
            out.push_str(&format!("{},{},{}\n", article + 1, token + 1, row.join(",")));
        }
    }
    out
}
