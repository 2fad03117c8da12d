//! The data of a view in rows: for those who hear the window, and as CSV.

use super::collection::{Collection, at};
use super::count::Count;
use super::days::date_of;
use super::dossier::{Dossier, Told, tied};
use super::map::{self, Map};
use super::names::country_name;
use super::network::{self, Edge, Network};
use super::numbers::{Course, Numbers};
use super::pick::Pick;
use super::timeline::{Timeline, pick};
use crate::text::spreadsheet::harmless;
use crate::wording::event_type;

/// The data of a view.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The names of the columns.
    pub heads: Vec<&'static str>,
    /// The cells of each row, and what it stands for.
    pub rows: Vec<(Vec<String>, Pick)>,
}

impl Table {
    /// All that a dossier tells, its sentences last.
    pub fn of_dossier(dossier: &Dossier, all: &Collection) -> Self {
        let mut rows = Vec::new();
        let mut add = |part: &str, what: String, when: String, count: Count, pick: Pick| {
            let cells = vec![part.to_owned(), what, when, count.accepted.to_string(), count.suggested.to_string()];
            rows.push((cells, pick));
        };
        let one = |accepted: bool| {
            let mut count = Count::default();
            count.add(accepted);
            count
        };
        let when = |days: Option<(i32, i32)>| {
            days.map_or_else(String::new, |(first, last)| crate::wording::days(date_of(first), date_of(last)))
        };
        let place = |row: u32| Pick { place: Some(row), ..Pick::default() };
        for (part, told) in [("Name", &dossier.names), ("Role", &dossier.roles)] {
            for Told { words, count, days, rows } in told {
                add(part, words.clone(), when(*days), *count, Pick { rows: Some(rows.clone()), ..Pick::default() });
            }
        }
        for series in &dossier.course.series {
            for (days, count) in dossier.course.bars.iter().zip(&series.counts).filter(|(_, count)| count.all() > 0) {
                let pick = Pick { days: Some(*days), ..series.pick.clone() };
                add("Mentions", String::new(), crate::wording::days(days.0, days.1), *count, pick);
            }
        }
        for with in &dossier.with {
            let pick = Pick { entity: Some(with.id), ..Pick::default() };
            add("Named with", format!("{} ({})", with.name, tied(with)), String::new(), with.count, pick);
        }
        for (part, events) in ["Actor", "Recipient"].into_iter().zip(&dossier.events) {
            for event in events {
                let what = format!("{}, {}", event.name, event_type(event.kind));
                add(part, what, when(event.days), one(event.accepted), place(event.row));
            }
        }
        for (words, accepted, row) in &dossier.relations {
            add("Relation", words.clone(), String::new(), one(*accepted), place(*row));
        }
        for mention in dossier.sentences.iter().filter_map(|row| dossier.portrait.at(*row)) {
            let (before, behind) = dossier.portrait.sentence(mention);
            let what = format!("{before}{}{behind}", dossier.portrait.words(mention));
            let day = at(&all.articles, mention.article).and_then(|article| article.day);
            let accepted = at(&all.mentions, mention.row).is_some_and(|row| row.accepted);
            add("Sentence", what, when(day.map(|day| (day, day))), one(accepted), place(mention.row));
        }
        Self { heads: vec!["Part", "What", "When", "Accepted", "Suggested"], rows }
    }

    /// The rows of what the view of numbers shows.
    pub fn of_numbers(numbers: &Numbers) -> Self {
        let mut rows = Vec::new();
        let mut add = |part: &str, what: &str, count: Count, pick: Pick| {
            let cells = [part, what, &count.accepted.to_string(), &count.suggested.to_string()];
            rows.push((cells.map(str::to_owned).to_vec(), pick));
        };
        let courses: [(&str, &Course); 2] = [("Mentions", &numbers.course), ("Events", &numbers.happenings)];
        for (part, course) in courses {
            for (bar, days) in course.bars.iter().enumerate() {
                for series in &course.series {
                    let count = series.counts.get(bar).copied().unwrap_or_default();
                    if count.all() > 0 {
                        let what = format!("{}, {}", crate::wording::days(days.0, days.1), series.name);
                        add(part, &what, count, Pick { days: Some(*days), ..series.pick.clone() });
                    }
                }
            }
        }
        for (part, named) in [("Most named", &numbers.named), ("Source", &numbers.sources)] {
            named.iter().for_each(|named| add(part, &named.name, named.count, named.pick.clone()));
        }
        for kind in &numbers.reviewed {
            let count = Count { accepted: kind.review.accepted + kind.review.rejected, suggested: kind.review.open };
            add("Decided and open", &kind.name, count, kind.pick.clone());
        }
        Self { heads: vec!["Part", "What", "Accepted", "Suggested"], rows }
    }

    /// The happenings that a timeline shows, those without a date last.
    pub fn of_timeline(timeline: &Timeline, all: &Collection) -> Self {
        let mut rows = Vec::new();
        let mut add = |lane: &str, days: String, event: u32| {
            let Some(event) = at(&all.events, event) else { return };
            let place = event.place.and_then(|place| at(&all.places, place)).map_or("", |place| place.name.as_str());
            let status = if event.accepted { "accepted" } else { "suggested" };
            let cells = [&days, &*event.name, event_type(event.kind), place, lane, status];
            rows.push((cells.map(str::to_owned).to_vec(), pick(event)));
        };
        for lane in &timeline.lanes {
            lane.items.iter().for_each(|item| add(&lane.name, Timeline::days(item.days), item.event));
        }
        timeline.undated.iter().for_each(|event| add("", String::new(), *event));
        Self { heads: vec!["Date", "Name", "Kind", "Place", "Lane", "Status"], rows }
    }

    /// The countries, the places, and what has none that a map shows.
    pub fn of_map(map: &Map) -> Self {
        let mut rows = Vec::new();
        let mut add = |part: &str, name: String, point: Option<(f64, f64)>, count: Count, pick: Pick| {
            let (north, east) = point.map(|(north, east)| (north.to_string(), east.to_string())).unwrap_or_default();
            let cells =
                vec![part.to_owned(), name, north, east, count.accepted.to_string(), count.suggested.to_string()];
            rows.push((cells, pick));
        };
        for (code, count) in &map.countries {
            add("Country", country_name(*code), None, *count, map::of_country(map.measure, *code));
        }
        for (part, spots) in [("Place", &map.places), ("Not on the map", &map.elsewhere)] {
            spots.iter().for_each(|spot| add(part, spot.name.clone(), spot.point, spot.count, map::pick(spot)));
        }
        Self { heads: vec!["Part", "Name", "Latitude", "Longitude", "Accepted", "Suggested"], rows }
    }

    /// The ties of a network, the strongest first.
    pub fn of_network(network: &Network) -> Self {
        let row = |edge: &Edge| {
            let name = |end: usize| network.nodes.get(end).map(|node| node.name.clone()).unwrap_or_default();
            let counts = [edge.sentences, edge.events, edge.relations].map(|count| count.to_string());
            let mut cells = vec![name(edge.ends.0), name(edge.ends.1)];
            cells.extend(counts);
            (cells, network::pick_edge(edge))
        };
        let rows = network.edges.iter().rev().map(row).collect();
        Self { heads: vec!["Name", "With", "Sentences", "Events", "Relations"], rows }
    }

    /// As CSV (RFC 4180), with a head. No cell is taken for a formula by a spreadsheet.
    ///
    /// # Errors
    /// Where memory runs out.
    pub fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.heads)?;
        for (cells, _) in &self.rows {
            writer.write_record(cells.iter().map(|cell| harmless(cell).into_owned()))?;
        }
        writer.into_inner().map_err(|error| error.into_error().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_looks_like_a_formula_is_none_in_a_table() {
        let rows = vec![(vec!["=HYPERLINK(\"x\")".to_owned(), "2".to_owned()], Pick::default())];
        let table = Table { heads: vec!["Name", "Mentions"], rows };
        let written = String::from_utf8(table.csv().unwrap()).unwrap();
        assert_eq!(written, "Name,Mentions\n\"'=HYPERLINK(\"\"x\"\")\",2\n");
    }
}
