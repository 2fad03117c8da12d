//! A dossier as one page to read or print: no scripts, nothing from elsewhere.

use std::fmt::Write as _;

use super::data::{Dossier, EventTold};
use super::draw::{chart_alone, tied};
use crate::text::markup::escaped;
use crate::views::chart::told;
use crate::views::collection::{Collection, at};
use crate::views::colors;
use crate::views::days::date_of;
use crate::views::svg::svg;
use crate::wording::{count, date, days, event_type, number};

/// How wide the chart is, in points.
const WIDE: f32 = 960.0;

/// The page of what is selected; `source` says where it comes from.
pub fn html(dossier: &Dossier, all: &Collection, source: &str) -> String {
    let mut page = String::new();
    let _ = written(dossier, all, source, &mut page);
    page
}

fn written(dossier: &Dossier, all: &Collection, source: &str, out: &mut String) -> std::fmt::Result {
    let portrait = &dossier.portrait;
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; \
         form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"Rubricator\">\n<title>{0}</title>\n<style>\n{1}</style>\n</head>\n<body>\n\
         <header>\n<h1 dir=\"auto\">{0}</h1>\n<p class=\"weak\">{2}</p>\n",
        escaped(&portrait.name),
        include_str!("dossier.css"),
        escaped(&summary(dossier)),
    )?;
    if !portrait.facts.is_empty() {
        writeln!(out, "<dl>")?;
        for (name, said) in &portrait.facts {
            writeln!(out, "<dt>{name}</dt><dd dir=\"auto\">{}</dd>", escaped(said))?;
        }
        writeln!(out, "</dl>")?;
    }
    for line in &portrait.known {
        writeln!(out, "<p class=\"weak\">{}</p>", escaped(line))?;
    }
    writeln!(out, "</header>")?;
    if !dossier.course.bars.is_empty() {
        let picture = chart_alone(dossier, WIDE);
        let title = format!("Mentions of {} over time", portrait.name);
        writeln!(out, "<h2>Over time</h2>\n<figure>{}</figure>", svg(&picture, &title, &colors::LIGHT))?;
    }
    section(out, "Roles, and when they were told", dossier.roles.len())?;
    for role in &dossier.roles {
        let when = role.days.map(|(first, last)| days(date_of(first), date_of(last)));
        row(out, role.count.accepted > 0, Some(&when.unwrap_or_default()), &role.words, &told(role.count))?;
    }
    ends(out, dossier.roles.len())?;
    section(out, "Named as", dossier.names.len())?;
    for name in &dossier.names {
        row(out, name.count.accepted > 0, None, &name.words, &told(name.count))?;
    }
    ends(out, dossier.names.len())?;
    section(out, "Named with", dossier.with.len())?;
    for with in &dossier.with {
        row(out, with.count.accepted > 0, None, &with.name, &tied(with))?;
    }
    ends(out, dossier.with.len())?;
    let [actor, recipient] = &dossier.events;
    events(out, "Events as actor", actor)?;
    events(out, "Events as recipient", recipient)?;
    section(out, "Relations", dossier.relations.len())?;
    for (words, accepted, _) in &dossier.relations {
        row(out, *accepted, None, words, "")?;
    }
    ends(out, dossier.relations.len())?;
    sentences(dossier, all, out)?;
    writeln!(out, "<footer>{}</footer>\n</body>\n</html>", escaped(source))
}

/// "Person · 34 mentions in 12 articles, 3 Mar 2022 – 5 Jun 2024 · 30 accepted, 4 suggested".
fn summary(dossier: &Dossier) -> String {
    let mentions = count(dossier.count.all() as usize, "mention", "mentions");
    let articles = count(dossier.articles, "article", "articles");
    let mut words = format!("{} · {mentions} in {articles}", dossier.portrait.kind);
    if let Some([(first, _), (last, _)]) = dossier.seen {
        let _ = write!(words, ", {}", days(date_of(first), date_of(last)));
    }
    let _ = write!(words, " · {}", told(dossier.count));
    words
}

/// Begins a section with a table, where it has rows.
fn section(out: &mut String, name: &str, rows: usize) -> std::fmt::Result {
    if rows == 0 {
        return Ok(());
    }
    writeln!(out, "<h2>{name} <small>{}</small></h2>\n<table>", number(rows))
}

fn ends(out: &mut String, rows: usize) -> std::fmt::Result {
    if rows == 0 { Ok(()) } else { writeln!(out, "</table>") }
}

fn row(out: &mut String, accepted: bool, when: Option<&str>, words: &str, behind: &str) -> std::fmt::Result {
    write!(out, "<tr{}>", if accepted { "" } else { " class=\"suggested\"" })?;
    if let Some(when) = when {
        write!(out, "<td class=\"when\">{}</td>", escaped(when))?;
    }
    writeln!(out, "<td dir=\"auto\">{}</td><td class=\"number\">{}</td></tr>", escaped(words), escaped(behind))
}

fn events(out: &mut String, name: &str, events: &[EventTold]) -> std::fmt::Result {
    section(out, name, events.len())?;
    for event in events {
        let parts = [event_type(event.kind), event.place.as_str()];
        let behind = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        row(out, event.accepted, Some(&event.when()), &event.name, &behind)?;
    }
    ends(out, events.len())
}

/// Every sentence in columns.
fn sentences(dossier: &Dossier, all: &Collection, out: &mut String) -> std::fmt::Result {
    if dossier.sentences.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "<h2>Every sentence <small>{}</small></h2>\n<table class=\"sentences\">",
        number(dossier.sentences.len())
    )?;
    let portrait = &dossier.portrait;
    for place in dossier.sentences.iter().filter_map(|row| portrait.at(*row)) {
        let (left, right) = portrait.sentence(place);
        let accepted = at(&all.mentions, place.row).is_some_and(|row| row.accepted);
        let (title, source) = portrait.articles.get(&place.article).cloned().unwrap_or_default();
        let day = at(&all.articles, place.article).and_then(|article| article.day).map(|day| date(date_of(day)));
        let from = [title, source, day.unwrap_or_default()];
        let from = from.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        writeln!(
            out,
            "<tr{}><td class=\"left\" dir=\"auto\">{}</td><td class=\"name\" dir=\"auto\">{}</td>\
             <td class=\"right\" dir=\"auto\">{}</td><td class=\"from\" dir=\"auto\">{}</td></tr>",
            if accepted { "" } else { " class=\"suggested\"" },
            escaped(left),
            escaped(portrait.words(place)),
            escaped(right),
            escaped(&from)
        )?;
    }
    writeln!(out, "</table>")
}
