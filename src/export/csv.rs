//! CSV and TSV: a mention a row, for spreadsheets and data frames; ranges in code points.

use std::borrow::Cow;

use super::json::status;
use super::table::{Table, shown};
use super::view::{ArticleView, EventView, Marked, View};
use super::{Export, ExportError, Format, Group, Selection};
use crate::project::{EventDate, EventPlace, Project, Role};
use crate::text::spreadsheet::harmless;

/// See the module.
pub(super) enum Csv {
    /// Commas between the columns.
    Comma,
    /// Tabs between them.
    Tab,
}

pub(super) const COLUMNS: [&str; 29] = [
    "article",
    "title",
    "published",
    "mention",
    "start",
    "end",
    "offset_unit",
    "quote",
    "kind",
    "status",
    "subtype",
    "target",
    "name",
    "country",
    "wikidata",
    "event_type",
    "event_class",
    "event_mode",
    "event_start",
    "event_end",
    "event_place",
    "actors",
    "recipients",
    "source",
    "score",
    "reason",
    "by",
    "at",
    "note",
];

impl Format for Csv {
    fn id(&self) -> &'static str {
        self.extension()
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Comma => "Mentions (CSV)",
            Self::Tab => "Mentions (TSV)",
        }
    }

    fn group(&self) -> Group {
        Group::Tables
    }

    fn extension(&self) -> &'static str {
        match self {
            Self::Comma => "csv",
            Self::Tab => "tsv",
        }
    }

    fn description(&self) -> &'static str {
        match self {
            Self::Comma => "A table with one mention a row, for spreadsheets and data frames",
            Self::Tab => "The same with tabs between the columns",
        }
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let mut table = Table::new(if matches!(self, Self::Comma) { b',' } else { b'\t' }, &COLUMNS)?;
        for article in &view.articles {
            for marked in &article.mentions {
                table.row(row(project, article, marked).iter().map(|cell| harmless(cell).into_owned()))?;
            }
        }
        table.finish(&view, self.extension())
    }
}

/// The cells of a mention, in the order of [`COLUMNS`].
pub(super) fn row<'p>(
    project: &'p Project,
    article: &ArticleView<'p>,
    marked: &Marked<'p>,
) -> [Cow<'p, str>; COLUMNS.len()] {
    let (mention, meta) = (marked.mention, &article.record.article.meta);
    let entity = marked.entity().and_then(|id| project.entity(id));
    let view = marked.event().and_then(|id| article.events.iter().find(|view| view.event.id == id));
    let event = view.map(|view| view.event);
    let target = entity.map(|entity| entity.id.to_string()).or_else(|| event.map(|event| event.id.to_string()));
    let wikidata = entity.map_or_else(|| event.and_then(|e| e.wikidata.as_deref()), |e| e.wikidata.as_deref());
    let date = event.and_then(|event| event.date.as_ref());
    let place = event.and_then(|event| event.place.as_ref());
    let class = event.and_then(|event| event.kind.class());
    let decision = mention.decision.as_ref();
    [
        article.record.id.to_string().into(),
        meta.title.as_str().into(),
        shown(meta.date),
        mention.id.to_string().into(),
        marked.start.to_string().into(),
        marked.end.to_string().into(),
        "code_point".into(),
        mention.quote.as_str().into(),
        mention.kind.as_str().into(),
        status(mention.status).into(),
        mention.subtype.as_deref().unwrap_or_default().into(),
        target.unwrap_or_default().into(),
        entity.map(|entity| entity.name.as_str()).or_else(|| event.map(|e| e.name.as_str())).unwrap_or_default().into(),
        shown(entity.and_then(|entity| entity.country)),
        wikidata.unwrap_or_default().into(),
        event.and_then(|event| event.kind.code()).unwrap_or_default().into(),
        class.unwrap_or_default().into(),
        event.and_then(|event| event.mode.as_deref()).unwrap_or_default().into(),
        shown(date.map(|EventDate { start, .. }| *start)),
        shown(date.map(|EventDate { end, .. }| *end)),
        place.map(|EventPlace { name, .. }| name.as_str()).unwrap_or_default().into(),
        view.map_or_else(String::new, |view| who(project, view, Role::Actor)).into(),
        view.map_or_else(String::new, |view| who(project, view, Role::Recipient)).into(),
        mention.origin.source.as_str().into(),
        shown(mention.origin.score),
        mention.origin.reason.as_str().into(),
        decision.map(|stamp| stamp.by.as_str()).unwrap_or_default().into(),
        shown(decision.map(|stamp| stamp.at)),
        mention.note.as_str().into(),
    ]
}

/// The names of those who take part in a role.
fn who(project: &Project, view: &EventView<'_>, role: Role) -> String {
    let of_role = view.participants.iter().filter(|participant| participant.role == role);
    of_role.map(|participant| project.party_name(&participant.who)).collect::<Vec<_>>().join("; ")
}
