//! The report as a table for a person and as JSON for a program.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::{Map, Value, json};
use smol_str::SmolStr;

use super::calibration;
use super::learn::Scored;
use super::records::{RecordReport, Share};
use super::{Calibration, Estimate, Lesson, Report, ReportRow};

/// What stands where there is nothing to tell.
const NOTHING: &str = "–";

/// The report in columns, with what each part of the scores holds where `bins` asks for it.
pub fn table(report: &Report, bins: bool) -> String {
    let Report { documents, words, resamples, .. } = report;
    let mut out = format!(
        "{documents} documents, {words} words. In brackets: 95 % intervals, from {resamples} samples of the documents.\n\n"
    );
    let measures = ["P", "R", "F1"].map(|name| format!("{name:<20}")).concat();
    line(&mut out, &format!("{:<12} {:<8} {measures} {:>6} {:>6} {:>6}", "label", "match", "tp", "fp", "fn"));
    for row in &report.rows {
        let ReportRow { label, matching, right, missed, .. } = row;
        let wrong = row.wrong.map_or_else(|| NOTHING.to_owned(), |wrong| wrong.to_string());
        let cells = [row.precision, Some(row.recall), row.f1].map(|cell| format!("{:<20}", ratio(cell))).concat();
        line(&mut out, &format!("{label:<12} {matching:<8} {cells} {right:>6} {wrong:>6} {missed:>6}"));
    }
    if !report.calibration.is_empty() {
        out.push('\n');
        line(
            &mut out,
            &format!("{:<12} {:>11} {:>11} {:>7}  error", "calibration", "suggestions", "mean score", "right"),
        );
    }
    for Calibration { label, suggestions, score, right, error, bins: parts } in &report.calibration {
        let error = ratio(Some(*error));
        line(&mut out, &format!("{label:<12} {suggestions:>11} {score:>11.3} {right:>7.3}  {error}"));
        for part in parts.iter().filter(|_| bins) {
            let range = format!("{:.3}–{:.3}", part.from, part.to);
            let (count, score, right) = (part.suggestions, part.score, part.right);
            line(&mut out, &format!("{range:<12} {count:>11} {score:>11.3} {right:>7.3}"));
        }
    }
    if let Some(records) = &report.records {
        out.push_str(&events(records));
    }
    if let Some(speed) = report.words_per_second {
        let range = speed.interval.map_or_else(String::new, |(low, high)| format!(" [{low:.0}–{high:.0}]"));
        line(&mut out, &format!("\nwords per CPU-second: {:.0}{range}", speed.value));
    }
    out
}

/// The event records in two columns.
fn events(records: &RecordReport) -> String {
    let kept = records.strict.said as f64 / records.articles.max(1) as f64;
    let marked = records.strict.marked as f64 / records.articles.max(1) as f64;
    let mut out = format!(
        "\nevent records of {} articles: {kept:.1} kept an article, {marked:.1} marked as worth keeping\n",
        records.articles
    );
    line(
        &mut out,
        &format!("{:<34} {:>9} {:>9} {:>9} {:>6} {:>6} {:>6}", "", "P", "R", "F1", "right", "said", "marked"),
    );
    for (name, share) in shares(records) {
        let Share { right, said, marked } = share;
        let (p, r, f1) = (share.precision(), share.recall(), share.f1());
        line(&mut out, &format!("{name:<34} {p:>9.3} {r:>9.3} {f1:>9.3} {right:>6} {said:>6} {marked:>6}"));
    }
    for (name, value) in values(records) {
        line(
            &mut out,
            &format!("{name:<34} {}", value.map_or_else(|| NOTHING.to_owned(), |value| format!("{value:>9.3}"))),
        );
    }
    out
}

/// What is counted of event records, by name.
fn shares(records: &RecordReport) -> [(&'static str, Share); 10] {
    [
        ("records", records.strict),
        ("what the article is about", records.mains),
        ("actors", records.actors),
        ("actors, people and countries", records.actors_named),
        ("recipients", records.recipients),
        ("actors and recipients, sure", records.sure),
        ("actors and recipients, unsure", records.unsure),
        ("places", records.places),
        ("dates", records.dates),
        ("planned, possible, denied", records.unreal),
    ]
}

fn values(records: &RecordReport) -> [(&'static str, Option<f64>); 8] {
    [
        ("precision with those in passing", Some(records.lenient)),
        ("what the article is about, found", Some(records.main)),
        ("pieces a record is shown in", Some(records.pieces)),
        ("mentions covered", Some(records.covered)),
        ("mentions grouped, B-cubed F1", Some(records.grouped)),
        ("kind right", Some(records.kind)),
        ("kind and class right", Some(records.class)),
        ("calibration error of worth", records.worth_error),
    ]
}

fn line(out: &mut String, line: &str) {
    // Writing into a string cannot fail.
    let _ = writeln!(out, "{}", line.trim_end());
}

/// "0.912 [.894–.928]".
fn ratio(estimate: Option<Estimate>) -> String {
    let Some(Estimate { value, interval }) = estimate else { return NOTHING.to_owned() };
    let range = interval.map_or_else(String::new, |(low, high)| format!(" [{}–{}]", share(low), share(high)));
    format!("{value:.3}{range}")
}

/// Three digits without the zero before the point.
fn share(value: f64) -> String {
    let digits = format!("{value:.3}");
    digits.strip_prefix('0').map_or(digits.clone(), str::to_owned)
}

/// The report as one JSON object; ratios with four digits.
pub fn json(report: &Report) -> Value {
    let mut labels = Map::new();
    for row in &report.rows {
        let value = json!({
            "precision": row.precision.map(|it| digits(it.value)),
            "recall": digits(row.recall.value),
            "f1": row.f1.map(|it| digits(it.value)),
            "tp": row.right,
            "fp": row.wrong,
            "fn": row.missed,
            "interval": {
                "precision": row.precision.and_then(interval),
                "recall": interval(row.recall),
                "f1": row.f1.and_then(interval),
            },
        });
        let label = labels.entry(row.label.as_str()).or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(label) = label {
            label.insert(row.matching.to_string(), value);
        }
    }
    let calibration: Map<_, _> = report.calibration.iter().map(|it| (it.label.to_owned(), calibration(it))).collect();
    json!({
        "documents": report.documents,
        "words": report.words,
        "resamples": report.resamples,
        "labels": labels,
        "calibration": calibration,
        "events": report.records.as_ref().map(|records| {
            let shares = shares(records).into_iter().map(|(name, share)| {
                let (p, r, f1) = (digits(share.precision()), digits(share.recall()), digits(share.f1()));
                let Share { right, said, marked } = share;
                (name.to_owned(), json!({"precision": p, "recall": r, "f1": f1, "right": right, "said": said, "marked": marked}))
            });
            let values = values(records).into_iter().map(|(name, value)| (name.to_owned(), json!(value.map(digits))));
            let articles = ("articles".to_owned(), json!(records.articles));
            Value::Object(shares.chain(values).chain([articles]).collect())
        }),
        "words_per_second": report.words_per_second.map(|it| json!({
            "value": it.value.round(),
            "interval": it.interval.map(|(low, high)| [low.round(), high.round()]),
        })),
    })
}

fn calibration(it: &Calibration) -> Value {
    let bins = it.bins.iter().map(|bin| {
        json!({
            "from": digits(bin.from),
            "to": digits(bin.to),
            "suggestions": bin.suggestions,
            "score": digits(bin.score),
            "right": digits(bin.right),
        })
    });
    json!({
        "suggestions": it.suggestions,
        "score": digits(it.score),
        "right": digits(it.right),
        "error": digits(it.error.value),
        "interval": interval(it.error),
        "bins": bins.collect::<Vec<_>>(),
    })
}

fn interval(estimate: Estimate) -> Option<[f64; 2]> {
    estimate.interval.map(|(low, high)| [digits(low), digits(high)])
}

/// Rounded to four digits, exactly as decimal writing rounds.
fn digits(value: f64) -> f64 {
    format!("{value:.4}").parse().unwrap_or(value)
}

/// The stretches of articles that are told apart: the last of each.
const STRETCHES: [usize; 5] = [5, 10, 20, 50, usize::MAX];

/// The lessons in columns: each label by stretches of articles.
pub fn lessons_table(lessons: &[Lesson]) -> String {
    let labels: BTreeSet<&SmolStr> = lessons.iter().map(|lesson| &lesson.label).collect();
    let mut out = format!(
        "{:<14} {:<10} {:>6} {:>6} {:>6} {:>12} {:>16}\n",
        "label", "articles", "P", "R", "F1", "corrections", "without learning"
    );
    for label in labels {
        let mut first = 1;
        for last in STRETCHES {
            let here: Vec<&Lesson> = lessons
                .iter()
                .filter(|lesson| lesson.label == *label && (first..=last).contains(&lesson.article))
                .collect();
            let sum = |part: fn(&Lesson) -> usize| here.iter().map(|lesson| part(lesson)).sum::<usize>();
            let (right, suggested, gold) = (sum(|l| l.right), sum(|l| l.suggested), sum(|l| l.gold));
            let count = here.iter().map(|lesson| lesson.article).collect::<BTreeSet<_>>().len();
            let share = |part: usize, whole: usize| {
                if whole == 0 { "–".to_owned() } else { format!("{:.3}", part as f64 / whole as f64) }
            };
            let alone: Option<usize> = here.iter().map(|lesson| lesson.corrections_alone()).sum();
            let each = |corrections: usize| format!("{:.1}", corrections as f64 / count.max(1) as f64);
            if count > 0 {
                let range = if last == usize::MAX { format!("{first}–") } else { format!("{first}–{last}") };
                out.push_str(&format!(
                    "{label:<14} {range:<10} {:>6} {:>6} {:>6} {:>12} {:>16}\n",
                    share(right, suggested),
                    share(right, gold),
                    share(2 * right, suggested + gold),
                    each(sum(Lesson::corrections)),
                    alone.map_or_else(|| "–".to_owned(), each),
                ));
            }
            first = last.saturating_add(1);
        }
    }
    out.push_str(&scores_table(lessons));
    out
}

/// How far scores are from what is right, with what was learned and without, where a label has any.
fn scores_table(lessons: &[Lesson]) -> String {
    let mut labels: BTreeMap<&SmolStr, Vec<Scored>> = BTreeMap::new();
    for lesson in lessons.iter().filter(|lesson| !lesson.scores.is_empty()) {
        labels.entry(&lesson.label).or_default().extend(&lesson.scores);
    }
    let mut out = String::new();
    for (index, (label, scores)) in labels.into_iter().enumerate() {
        let error = |of: fn(&Scored) -> f32| {
            let mut bins = calibration::Bins::default();
            scores.iter().for_each(|one| calibration::note(&mut bins, f64::from(of(one)).clamp(0.0, 1.0), one.right));
            calibration::error(&bins).unwrap_or_default()
        };
        if index == 0 {
            out.push_str(&format!(
                "\n{:<14} {:>10} {:>18} {:>16}\n",
                "scores", "decided", "calibration error", "without learning"
            ));
        }
        let (with, without) = (error(|one| one.learned), error(|one| one.alone));
        out.push_str(&format!("{label:<14} {:>10} {with:>18.3} {without:>16.3}\n", scores.len()));
    }
    out
}

/// A lesson as an object of JSON.
pub fn lesson_json(lesson: &Lesson) -> Value {
    let Lesson { article, label, right, suggested, gold, settled, alone, scores: _ } = lesson;
    let mut object = json!({ "article": article, "label": label, "right": right, "suggested": suggested, "gold": gold, "settled": settled });
    if let (Some(object), Some((right, suggested))) = (object.as_object_mut(), alone) {
        object.insert("alone".to_owned(), json!({ "right": right, "suggested": suggested }));
    }
    object
}
