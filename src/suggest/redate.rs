//! What the dates of an article's events are where it was published on another day.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use text_size::{TextRange, TextSize};

use super::Document;
use super::dates::{DateExpression, dates, parse_typed};
use crate::project::{ArticleId, Event, EventDate, EventId, Project, Target};

/// The days that the events of an article have if it was published on this day, of those alone whose days change.
///
/// Each date is read again from its own words, where they stand nearest to what tells of the event. A date without words is a
/// person's and stays, and so does one whose words mean nothing without a day of publication. Linear.
pub fn redated(project: &Project, article: ArticleId, published: Option<Date>) -> BTreeMap<EventId, (Date, Date)> {
    let told = |event: &&Event| event.date.as_ref().is_some_and(|date| !date.text.is_empty());
    let events: Vec<&Event> = project.events_of(article).filter(told).collect();
    let Some(record) = project.article(article).filter(|_| !events.is_empty()) else { return BTreeMap::new() };
    let mut document = Document::new(record.article.text.as_str(), record.article.meta.date);
    let before: HashMap<TextRange, (Date, Date)> =
        dates(&document).into_iter().map(|date| (date.range, (date.start, date.end))).collect();
    document.date = published;
    let after = dates(&document);
    let mut spelled: HashMap<&str, Vec<&DateExpression>> = HashMap::new();
    for date in &after {
        spelled.entry(document.slice(date.range)).or_default().push(date);
    }
    let days = |event: &Event, date: &EventDate| {
        let places = spelled.get(date.text.as_str()).map_or(&[][..], Vec::as_slice);
        let now = (date.start, date.end);
        // "On Friday" may stand there twice and mean two days.
        let nearest = places.iter().min_by_key(|place| {
            let same = before.get(&place.range) == Some(&now);
            let mentions = project.mentions_of(Target::Event(event.id));
            (!same, mentions.map(|mention| distance(mention.range, place.range)).min())
        });
        let days = nearest.map(|date| (date.start, date.end)).or_else(|| parse_typed(&date.text, published))?;
        (days != now).then_some((event.id, days))
    };
    events.into_iter().filter_map(|event| days(event, event.date.as_ref()?)).collect()
}

/// How many bytes lie between two ranges.
fn distance(a: TextRange, b: TextRange) -> TextSize {
    let (first, second) = if a.start() <= b.start() { (a, b) } else { (b, a) };
    second.start().checked_sub(first.end()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
