//! What the formats of marks and labels have in common: what is known of an article as fields, and what is told to be
//! left out of them.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::LeftOut;
use super::view::ArticleView;
use crate::project::{EventType, Participant, Project, Status, Target};
use crate::text::Metadata;

/// What is known of an article, as fields of a row.
pub(super) struct Meta<'p> {
    of: &'p Metadata,
    /// Whether fields that are empty are there too: some readers want every row to have the same.
    empty: bool,
}

impl<'p> Meta<'p> {
    /// Only the fields that are filled.
    pub fn filled(of: &'p Metadata) -> Self {
        Self { of, empty: false }
    }

    /// All fields.
    pub fn all(of: &'p Metadata) -> Self {
        Self { of, empty: true }
    }

    /// Their names and values.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, String)> + use<> {
        let Metadata { title, source, author, section, url, language, date, dates: _, origin: _ } = self.of;
        let origin = super::view::origin(self.of);
        let empty = self.empty;
        let date = date.map(|date| date.to_string()).unwrap_or_default();
        let all = [
            ("title", title.clone()),
            ("source", source.clone()),
            ("author", author.clone()),
            ("section", section.clone()),
            ("url", url.clone()),
            ("language", language.clone()),
            ("date", date),
            ("origin", origin.to_owned()),
        ];
        all.into_iter().filter(move |(_, value)| empty || !value.is_empty())
    }
}

impl Serialize for Meta<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in self.fields() {
            map.serialize_entry(name, &value)?;
        }
        map.end()
    }
}

/// What a format of marks and labels has a place for besides them.
#[derive(Clone, Copy)]
pub(super) struct Holds {
    /// Whether marks can be told to name one thing, and its Wikidata item.
    pub identity: bool,
    /// Who takes part in an event, where a mark stands for them.
    pub relations: bool,
    /// Whether nobody has decided on a mark.
    pub status: bool,
}

/// Tells what of an article's relations a format cannot hold that has no notes, and perhaps no suggestions.
pub(super) fn tell_relations(project: &Project, article: &ArticleView<'_>, status: bool, left_out: &mut Vec<LeftOut>) {
    for related in &article.relations {
        let (relation, what) = (related.relation, article.relation(project, related));
        if !status && relation.status == Status::Suggested {
            let why = "the format cannot say that it is only suggested; it goes out as if accepted";
            left_out.push(article.left_out(what.clone(), why));
        }
        if !relation.note.is_empty() {
            left_out.push(article.left_out(format!("the note on the {what}"), "the format has no notes"));
        }
    }
}

/// Tells what is known of an article's marks, people, things and events that such a format cannot hold.
pub(super) fn tell(project: &Project, article: &ArticleView<'_>, holds: Holds, left_out: &mut Vec<LeftOut>) {
    let mut seen = std::collections::HashSet::new();
    for marked in &article.mentions {
        let mention = marked.mention;
        if !holds.status && mention.is_open() {
            left_out.push(
                article.left_out(
                    marked.describe(),
                    "the format cannot say that it is only suggested; it goes out as a tag",
                ),
            );
        }
        if !mention.note.is_empty() {
            left_out.push(article.left_out(format!("the note on {}", marked.describe()), "the format has no notes"));
        }
        let Some(Target::Entity(id)) = mention.target else { continue };
        let Some(entity) = project.entity(id).filter(|entity| seen.insert(entity.id)) else { continue };
        let more = !entity.aliases.is_empty() || entity.country.is_some() || !entity.role.is_empty();
        let known = more || !entity.note.is_empty() || entity.name != mention.quote.as_str();
        if known || (!holds.identity && entity.wikidata.is_some()) {
            let what = format!("what is known of {} “{}”", entity.kind.as_str(), entity.name);
            left_out.push(article.left_out(what, "the format holds marks, not what is known of whom they name"));
        }
    }
    for view in &article.events {
        let event = view.event;
        // Who takes part is told for itself, or goes out but for what it is called.
        let named = |who: &&Participant| who.words().is_some() && holds.relations;
        let known = event.kind != EventType::Happening(None)
            || event.mode.is_some()
            || !event.contexts.is_empty()
            || event.date.is_some()
            || event.place.is_some()
            || !event.figures.is_empty()
            || view.participants.iter().copied().any(|who| named(&who));
        if known {
            let what = format!("what is known of event “{}”", event.name);
            left_out.push(article.left_out(what, "the format holds marks, not what is known of events"));
        }
        if !holds.relations {
            for participant in &view.participants {
                left_out.push(article.left_out(view.who(project, participant), "the format has no participants"));
            }
        }
    }
}
