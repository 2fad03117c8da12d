//! A comparison as one page with charts, for the appendix of a paper: no scripts, nothing from elsewhere.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::report::{card_words, counts, measures, one_line, value_of};
use super::{Comparison, Measure, Summary};
use crate::text::markup::escaped;

const STYLE: &str = include_str!("report.css");

/// The most cards, and articles, that the page lists; CSV and JSON have all.
const CARDS: usize = 200;
const ARTICLES: usize = 100;
/// The most kinds that the table of confusions has a row for: those that most marks have.
const KINDS: usize = 20;

/// The height of a line of a chart, and the widths of its names and of its scale from 0 to 1, in pixels.
const LINE: f64 = 24.0;
const NAMES: f64 = 250.0;
const SCALE: f64 = 420.0;

/// The page.
pub fn html(comparison: &Comparison) -> String {
    let mut page = String::new();
    let _ = written(comparison, &mut page);
    page
}

fn written(comparison: &Comparison, out: &mut String) -> std::fmt::Result {
    let annotators = comparison.annotators.join(", ");
    let agreement = &comparison.agreement;
    let count = comparison.articles.len();
    let alike: usize = comparison.articles.iter().map(|article| article.alike).sum();
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; \
         form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Agreement of {0}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>Agreement of {0}</h1>\n\
         <p>{count} articles that all have; {alike} marks made alike by all; {1} differences, to settle on {2} cards.</p>\n",
        escaped(&annotators),
        comparison.differences.len(),
        comparison.cards.len(),
    )?;
    for (name, alone) in comparison.annotators.iter().zip(&comparison.alone).filter(|(_, alone)| **alone > 0) {
        writeln!(out, "<p>{alone} articles of {} are not compared: not all have the same text.</p>", escaped(name))?;
    }
    writeln!(out, "<h2>Agreement</h2>\n{}", intervals(&measures(agreement)))?;
    writeln!(out, "<p>The line through a point holds the measure in 95 of 100 draws of the articles.</p>")?;
    let told: Vec<(String, f64)> = counts(comparison)
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(sort, count)| (sort.name().to_owned(), count as f64))
        .collect();
    if !told.is_empty() {
        writeln!(out, "<h2>Differences</h2>\n{}", bars(&told))?;
    }
    kinds(comparison, out)?;
    if agreement.days.len() > 1 {
        writeln!(out, "<h2>Over time</h2>\n{}", days(&agreement.days))?;
        writeln!(out, "<p>Cohen’s κ of the articles by the day on which the first annotator finished them.</p>")?;
    }
    cards(comparison, out)?;
    articles(comparison, out)?;
    writeln!(
        out,
        "<h2>How it is measured</h2>\n<p>Articles are paired by their text, marks by best overlap within a kind, then across \
         kinds. Tokens are labelled with the kinds that mark them: Cohen’s κ (the mean of all pairs of annotators), Fleiss’ κ, \
         Krippendorff’s α for nominal data; α of units compares runs of tokens with one label (Krippendorff, Mathet, Bouvry and \
         Widlöcher 2016). F1 is over marks, exact with the same words and overlapping with any; who is who is B³ over marks that \
         both linked. Intervals are percentile bootstraps over articles, 1,000 draws.</p>\n<p>Rubricator {}</p>\n</body>\n</html>",
        env!("CARGO_PKG_VERSION")
    )
}

/// The points of measures with their intervals, on a scale from 0 to 1.
fn intervals(measures: &[(String, Measure)]) -> String {
    let height = LINE * measures.len() as f64 + 26.0;
    let mut out = start(height);
    let x = |value: f64| NAMES + SCALE * value.clamp(0.0, 1.0);
    for tick in 0..=5 {
        let value = f64::from(tick) / 5.0;
        let (x, end) = (x(value), height - 22.0);
        let _ = write!(
            out,
            "<line class=\"grid\" x1=\"{x:.1}\" y1=\"0\" x2=\"{x:.1}\" y2=\"{end:.1}\"/>\
             <text class=\"weak\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{value:.1}</text>",
            height - 6.0
        );
    }
    for (at, (name, measure)) in measures.iter().enumerate() {
        let y = LINE * at as f64 + LINE / 2.0;
        let (from, to) = measure.interval.unwrap_or((measure.value, measure.value));
        let _ = write!(
            out,
            "<text x=\"0\" y=\"{:.1}\">{}</text><line class=\"line\" x1=\"{:.1}\" y1=\"{y:.1}\" x2=\"{:.1}\" y2=\"{y:.1}\"/>\
             <circle class=\"bar\" cx=\"{:.1}\" cy=\"{y:.1}\" r=\"4.5\"/><text x=\"{:.1}\" y=\"{:.1}\">{:.3}</text>",
            y + 4.5,
            escaped(&shortened(name, 36)),
            x(from),
            x(to),
            x(measure.value),
            NAMES + SCALE + 14.0,
            y + 4.5,
            measure.value
        );
    }
    out + "</svg></figure>"
}

/// Counts as bars.
fn bars(counts: &[(String, f64)]) -> String {
    let most = counts.iter().map(|(_, count)| *count).fold(1.0, f64::max);
    let mut out = start(LINE * counts.len() as f64);
    for (at, (name, count)) in counts.iter().enumerate() {
        let y = LINE * at as f64;
        let width = (SCALE * count / most).max(1.0);
        let _ = write!(
            out,
            "<text x=\"0\" y=\"{:.1}\">{}</text><rect class=\"bar\" x=\"{NAMES}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"14\" \
             rx=\"2\"/><text x=\"{:.1}\" y=\"{:.1}\">{count}</text>",
            y + 16.5,
            escaped(&shortened(name, 36)),
            y + 5.0,
            NAMES + width + 8.0,
            y + 16.5
        );
    }
    out + "</svg></figure>"
}

/// Cohen's κ day by day.
fn days(days: &[(Date, Summary)]) -> String {
    let known: Vec<(Date, f64)> = days.iter().filter_map(|(day, of)| Some((*day, of.cohen?.value))).collect();
    let (Some((first, _)), Some((last, _))) = (known.first(), known.last()) else { return String::new() };
    let span = |day: Date| f64::from((day - *first).get_days());
    let whole = span(*last).max(1.0);
    let (width, height) = (NAMES + SCALE, 180.0);
    let place = |(day, kappa): &(Date, f64)| {
        (36.0 + (width - 46.0) * span(*day) / whole, 10.0 + (height - 40.0) * (1.0 - kappa.clamp(0.0, 1.0)))
    };
    let mut out = start(height);
    for tick in 0..=4 {
        let value = f64::from(tick) / 4.0;
        let (_, y) = place(&(*first, value));
        let _ = write!(
            out,
            "<line class=\"grid\" x1=\"36\" y1=\"{y:.1}\" x2=\"{width}\" y2=\"{y:.1}\"/>\
             <text class=\"weak\" x=\"0\" y=\"{:.1}\">{value:.2}</text>",
            y + 4.5
        );
    }
    let points: Vec<String> = known.iter().map(place).map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let _ = write!(out, "<polyline class=\"line\" points=\"{}\"/>", points.join(" "));
    for point in known.iter().map(place) {
        let _ = write!(out, "<circle class=\"bar\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"3.5\"/>", point.0, point.1);
    }
    let _ = write!(
        out,
        "<text class=\"weak\" x=\"36\" y=\"{0}\">{first}</text><text class=\"weak\" x=\"{width}\" y=\"{0}\" \
         text-anchor=\"end\">{last}</text>",
        height - 6.0
    );
    out + "</svg></figure>"
}

fn start(height: f64) -> String {
    let width = NAMES + SCALE + 80.0;
    format!("<figure><svg role=\"img\" viewBox=\"0 0 {width} {height:.0}\" width=\"{width}\" height=\"{height:.0}\">")
}

/// Of which kind marks are to one and to another.
fn kinds(comparison: &Comparison, out: &mut String) -> std::fmt::Result {
    let counts = &comparison.agreement.kinds;
    let mut names: Vec<&str> = Vec::new();
    for (one, other, _) in counts {
        for name in [one, other].into_iter().flatten() {
            if !names.contains(&name.as_str()) && names.len() < KINDS {
                names.push(name);
            }
        }
    }
    if names.is_empty() {
        return Ok(());
    }
    let nothing = counts.iter().any(|(one, other, _)| one.is_none() || other.is_none());
    let mut columns: Vec<Option<&str>> = names.iter().copied().map(Some).collect();
    columns.extend(nothing.then_some(None));
    let most = counts.iter().map(|(.., count)| *count).max().unwrap_or(1).max(1) as f64;
    writeln!(out, "<h2>Kinds</h2>\n<div class=\"wide\"><table>\n<tr><th></th>")?;
    for name in &columns {
        write!(out, "<th class=\"n\">{}</th>", escaped(name.unwrap_or("nothing")))?;
    }
    writeln!(out, "</tr>")?;
    for row in names.iter().copied().map(Some) {
        write!(out, "<tr><td>{}</td>", escaped(row.unwrap_or_default()))?;
        for column in &columns {
            let is =
                |one: &Option<String>, other: &Option<String>| one.as_deref() == row && other.as_deref() == *column;
            let count: usize = counts
                .iter()
                .filter(|(one, other, _)| is(one, other) || is(other, one))
                .map(|(.., count)| *count)
                .sum();
            let shade = (count as f64 / most * 100.0).round();
            let shown = if count == 0 { String::new() } else { count.to_string() };
            write!(
                out,
                "<td class=\"n\" style=\"background:color-mix(in srgb, var(--pale) {shade}%, transparent)\">{shown}</td>"
            )?;
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(
        out,
        "</table></div>\n<p>Marks of one place, of each two annotators: what one called them and what the other.</p>"
    )
}

fn cards(comparison: &Comparison, out: &mut String) -> std::fmt::Result {
    if comparison.cards.is_empty() {
        return Ok(());
    }
    writeln!(out, "<h2>What they differ in</h2>\n<table>")?;
    for card in comparison.cards.iter().take(CARDS) {
        let Some(first) = comparison.differences.get(card.first) else { continue };
        let (times, words) = (card.differences.len(), escaped(&card_words(first)));
        writeln!(
            out,
            "<tr><td class=\"n\">{times}×</td><td>{words}</td><td class=\"weak\">{}</td></tr>",
            first.sort.name()
        )?;
    }
    writeln!(out, "</table>")?;
    match comparison.cards.len().saturating_sub(CARDS) {
        0 => Ok(()),
        more => writeln!(out, "<p>And {more} more, which the CSV file has.</p>"),
    }
}

/// The articles, worst first.
fn articles(comparison: &Comparison, out: &mut String) -> std::fmt::Result {
    let mut all: Vec<_> = comparison.articles.iter().zip(&comparison.agreement.articles).collect();
    let worst = |of: &Summary| value_of(of.overlap.or(of.cohen)).unwrap_or(1.0);
    all.sort_by(|(one, a), (other, b)| {
        worst(a).total_cmp(&worst(b)).then(other.differences.len().cmp(&one.differences.len()))
    });
    writeln!(
        out,
        "<h2>By article</h2>\n<table>\n<tr><th>Article</th><th class=\"n\">differences</th><th class=\"n\">κ</th>\
         <th class=\"n\">exact F1</th><th class=\"n\">overlap F1</th></tr>"
    )?;
    let number =
        |measure: Option<Measure>| value_of(measure).map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"));
    for (article, of) in all.iter().take(ARTICLES) {
        writeln!(
            out,
            "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
            escaped(&shortened(&one_line(&article.title), 80)),
            article.differences.len(),
            number(of.cohen),
            number(of.exact),
            number(of.overlap)
        )?;
    }
    writeln!(out, "</table>")?;
    match all.len().saturating_sub(ARTICLES) {
        0 => Ok(()),
        more => writeln!(out, "<p>And {more} more, which the CSV file has.</p>"),
    }
}

fn shortened(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default().trim_end()),
        None => words.to_owned(),
    }
}
