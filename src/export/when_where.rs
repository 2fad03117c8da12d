//! Events by when and where they were, for pages that show them: TimelineJS on a timeline, GeoJSON on a map.
//!
//! TimelineJS 3: <https://timeline.knightlab.com/docs/json-format.html>. GeoJSON: RFC 7946.

use serde_json::{Map, Value, json};

use super::happenings::{Happening, alone, happenings};
use super::json::{status, to_pretty};
use super::view::View;
use super::{Export, ExportError, Format, Group, Selection};
use crate::project::{Event, Project, Role, Status};
use crate::text::sentences::sentence_at;
use crate::wording::event_type;

/// See the module.
pub(super) enum WhenWhere {
    TimelineJs,
    GeoJson,
}

const UNDATED: &str = "no day is told of it";
const UNPLACED: &str = "where it was is not known to a point";

impl Format for WhenWhere {
    fn id(&self) -> &'static str {
        match self {
            Self::TimelineJs => "timelinejs",
            Self::GeoJson => "geojson",
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::TimelineJs => "TimelineJS (JSON)",
            Self::GeoJson => "GeoJSON",
        }
    }

    fn group(&self) -> Group {
        Group::EventData
    }

    fn extension(&self) -> &'static str {
        match self {
            Self::TimelineJs => "json",
            Self::GeoJson => "geojson",
        }
    }

    fn description(&self) -> &'static str {
        match self {
            Self::TimelineJs => "Events with a date, for a timeline on a web page",
            Self::GeoJson => "Events at a known place, for QGIS and maps on web pages",
        }
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let (mut rows, mut left_out) = (Vec::new(), Vec::new());
        for happening in if selection.happenings { happenings(&view) } else { alone(&view) } {
            let row = match self {
                Self::TimelineJs => slide(project, &happening).ok_or(UNDATED),
                Self::GeoJson => feature(project, &happening).ok_or(UNPLACED),
            };
            match (row, happening.told.first()) {
                (Ok(row), _) => rows.push(row),
                (Err(why), Some((article, _))) => {
                    left_out.push(article.left_out(format!("event “{}”", happening.one.name), why));
                }
                (Err(_), None) => {}
            }
        }
        let whole = match self {
            Self::TimelineJs => json!({ "events": rows }),
            Self::GeoJson => json!({ "type": "FeatureCollection", "features": rows }),
        };
        let name = format!("{}.{}", view.stem(), self.extension());
        Ok(Export { left_out, ..Export::file(name, to_pretty(&whole)?) })
    }
}

/// A slide of TimelineJS; none without a day.
fn slide(project: &Project, happening: &Happening<'_, '_>) -> Option<Value> {
    let date = happening.one.date.as_ref()?;
    let day = |day: jiff::civil::Date| json!({ "year": day.year(), "month": day.month(), "day": day.day() });
    let mut slide = Map::new();
    slide.insert("unique_id".into(), happening.id.to_string().into());
    slide.insert("start_date".into(), day(date.start));
    if date.end != date.start {
        slide.insert("end_date".into(), day(date.end));
    }
    slide.insert("group".into(), event_type(happening.one.kind).into());
    slide.insert("text".into(), json!({ "headline": escaped(&happening.one.name), "text": page(project, happening) }));
    Some(slide.into())
}

/// The sentences that tell of an event, each with its article, as HTML.
fn page(project: &Project, happening: &Happening<'_, '_>) -> String {
    let told = sentences(project, happening)
        .into_iter()
        .map(|(sentence, title)| format!("<p>{}<br><small>{}</small></p>", escaped(&sentence), escaped(&title)));
    told.collect()
}

/// The first sentence of each article that tells of an event, with its title.
fn sentences(project: &Project, happening: &Happening<'_, '_>) -> Vec<(String, String)> {
    let told = happening.told.iter().filter_map(|(article, event)| {
        let mention = article.mentions.get(*event.mentions.first()?)?.mention;
        let text = project.text(article.record.id);
        let sentence = text.get(crate::text::bytes(sentence_at(text, mention.range)))?;
        let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
        Some((sentence, article.title().to_owned()))
    });
    told.collect()
}

/// A point of GeoJSON with what is told of the event; none where its place is not known to a point.
fn feature(project: &Project, happening: &Happening<'_, '_>) -> Option<Value> {
    let Event { name, kind, date, place, .. } = &happening.one;
    let place = place.as_ref()?;
    let at = place.coordinates.filter(|at| at.is_on_earth())?;
    let names =
        |role| -> Vec<&str> { happening.parties(role).into_iter().map(|who| project.party_name(&who.who)).collect() };
    let accepted = happening.told.iter().any(|(article, event)| {
        let mentions = event.mentions.iter().filter_map(|place| article.mentions.get(*place));
        mentions.into_iter().any(|marked| marked.mention.status == Status::Accepted)
    });
    let told = sentences(project, happening);
    Some(json!({
        "type": "Feature",
        "id": happening.id.to_string(),
        "geometry": { "type": "Point", "coordinates": [at.longitude, at.latitude] },
        "properties": {
            "name": name,
            "type": event_type(*kind),
            "start": date.as_ref().map(|date| date.start.to_string()),
            "end": date.as_ref().map(|date| date.end.to_string()),
            "place": place.name,
            "country": place.country.map(|code| code.to_string()),
            "actors": names(Role::Actor),
            "recipients": names(Role::Recipient),
            "status": status(if accepted { Status::Accepted } else { Status::Suggested }),
            "sentences": told.iter().map(|(sentence, _)| sentence).collect::<Vec<_>>(),
            "articles": told.iter().map(|(_, title)| title).collect::<Vec<_>>(),
        },
    }))
}

/// As text of HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
