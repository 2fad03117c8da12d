//! The lists beside an article: who and what it names, how often, and where first.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::{escaped, hue};
use crate::export::table::figure;
use crate::export::view::{ArticleView, EventView, Marked, View};
use crate::project::{Entity, EventType, Kind, Mention, Schema, Target};

/// Writes a list for each kind that the article has mentions of.
pub(super) fn write(view: &View<'_>, article: &ArticleView<'_>, page: &mut String) {
    page.push_str("<aside>\n");
    for kind in &view.project.tagset().kinds {
        let rows = rows(article, kind);
        if rows.is_empty() {
            continue;
        }
        let hue = hue(view, &kind.id);
        let _ = writeln!(page, "<h3 class=\"k{hue}\">{} <span>{}</span></h3>\n<ul>", escaped(&kind.plural), rows.len());
        for row in rows {
            let (name, details) = (view.project.target_name(row.first), details(view, article, row.first));
            let _ = write!(
                page,
                "<li><a href=\"#{}\" dir=\"auto\">{}</a> <span class=\"count\">{}</span>",
                row.first.id,
                escaped(name),
                row.count
            );
            if !details.is_empty() {
                let _ = write!(page, "<br><small>{}</small>", escaped(&details.join(" · ")));
            }
            page.push_str("</li>\n");
        }
        page.push_str("</ul>\n");
    }
    page.push_str("</aside>\n");
}

struct ListRow<'p> {
    first: &'p Mention,
    count: usize,
}

/// What mentions of a kind point at, in the order of first mention; one that points at nothing is a row of its own.
fn rows<'p>(article: &ArticleView<'p>, kind: &Kind) -> Vec<ListRow<'p>> {
    let mut rows: Vec<ListRow<'p>> = Vec::new();
    let mut places: HashMap<Target, usize> = HashMap::new();
    for Marked { mention, .. } in article.mentions.iter().filter(|marked| marked.mention.kind == kind.id) {
        let known = mention.target.and_then(|target| places.get(&target)).and_then(|place| rows.get_mut(*place));
        match known {
            Some(row) => row.count += 1,
            None => {
                places.extend(mention.target.map(|target| (target, rows.len())));
                rows.push(ListRow { first: mention, count: 1 });
            }
        }
    }
    rows
}

fn details(view: &View<'_>, article: &ArticleView<'_>, mention: &Mention) -> Vec<String> {
    match mention.target {
        Some(Target::Entity(id)) => view.project.entity(id).map(|entity| of_entity(view, entity)).unwrap_or_default(),
        Some(Target::Event(id)) => {
            article.events.iter().find(|event| event.event.id == id).map(|e| of_event(view, e)).unwrap_or_default()
        }
        None => Vec::new(),
    }
}

fn of_entity(view: &View<'_>, entity: &Entity) -> Vec<String> {
    let mut details: Vec<_> = [entity.role.clone()].into_iter().filter(|role| !role.is_empty()).collect();
    if let Some(code) = entity.country {
        let itself = view.project.tagset().schema(&entity.kind) == Schema::Country;
        let mut countries = view.project.entities();
        let named =
            countries.find(|e| e.country == Some(code) && view.project.tagset().schema(&e.kind) == Schema::Country);
        let name = named.filter(|_| !itself).map_or_else(|| code.to_string(), |country| country.name.clone());
        details.push(name);
    }
    details
}

fn of_event(view: &View<'_>, event: &EventView<'_>) -> Vec<String> {
    let record = event.event;
    let mut details = vec![match record.kind {
        EventType::Happening(plover) => plover.map_or("happening", |plover| plover.name()).to_owned(),
        EventType::Named(_) | EventType::News(_) => record.kind.class().unwrap_or_default().to_owned(),
    }];
    details.extend(record.date.as_ref().map(|date| {
        let day = |date: jiff::civil::Date| date.strftime("%-d %b %Y").to_string();
        if date.start == date.end { day(date.start) } else { format!("{} – {}", day(date.start), day(date.end)) }
    }));
    details.extend(record.place.as_ref().map(|place| place.name.clone()));
    let names = event.participants.iter().map(|participant| view.project.party_name(&participant.who));
    let names = names.collect::<Vec<_>>().join(", ");
    details.extend((!names.is_empty()).then_some(names));
    details.extend(record.figures.iter().map(figure));
    details
}
