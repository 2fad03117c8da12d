//! The selected part of a project, gathered and checked once for all formats.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use text_size::TextRange;

use super::{ExportError, LeftOut, Selection};
use crate::project::{
    ArticleId, ArticleRecord, Entity, EntityId, Event, EventId, Level, Mention, MentionId, Participant, Project,
    Relation, Ruling, Status, Target,
};
use crate::text::{Metadata, OffsetMap};

/// Why a participant is left out that no exported mention stands for.
pub(super) const UNPLACED: &str = "no exported mention stands where it takes part";

/// The selected articles with what goes out of each.
pub(super) struct View<'p> {
    pub project: &'p Project,
    /// At least one.
    pub articles: Vec<ArticleView<'p>>,
}

/// An article with its selected mentions and the events that they tell of.
pub(super) struct ArticleView<'p> {
    pub record: &'p ArticleRecord,
    pub text: &'p str,
    pub offsets: OffsetMap<'p>,
    /// In [`Mention::order`].
    pub mentions: Vec<Marked<'p>>,
    /// In the order of their first selected mention.
    pub events: Vec<EventView<'p>>,
    /// Those between selected mentions, in the order of where they begin and lead.
    pub relations: Vec<Related<'p>>,
    /// How differences of annotators were settled; none where a part of the marks goes out.
    pub rulings: Vec<&'p Ruling>,
}

/// A relation with its ends as indexes into [`ArticleView::mentions`].
#[derive(Clone, Copy)]
pub(super) struct Related<'p> {
    pub relation: &'p Relation,
    pub from: usize,
    pub to: usize,
}

/// A mention with its range in code points.
#[derive(Clone, Copy)]
pub(super) struct Marked<'p> {
    pub mention: &'p Mention,
    pub start: usize,
    pub end: usize,
}

/// An event with what goes out of it.
pub(super) struct EventView<'p> {
    pub event: &'p Event,
    /// From which level on it is shown; by all its mentions, those that stay home too.
    pub level: Level,
    /// Its selected triggers, at least one, as indexes into [`ArticleView::mentions`].
    pub mentions: Vec<usize>,
    /// Those that no decision of a person stands against.
    pub participants: Vec<&'p Participant>,
}

impl<'p> View<'p> {
    pub fn new(project: &'p Project, selection: &Selection) -> Result<Self, ExportError> {
        let chosen: Option<HashSet<_>> = selection.articles.as_ref().map(|ids| ids.iter().collect());
        let records = project.articles().filter(|record| chosen.as_ref().is_none_or(|ids| ids.contains(&record.id)));
        let articles: Vec<_> =
            records.map(|record| ArticleView::new(project, record, selection)).collect::<Result<_, _>>()?;
        if articles.is_empty() {
            return Err(ExportError::NoArticles);
        }
        Ok(Self { project, articles })
    }

    /// The entities that a mention or a participant of the view names, in the order of their ids.
    pub fn entities(&self) -> Vec<&'p Entity> {
        let mut ids = BTreeSet::new();
        for article in &self.articles {
            ids.extend(article.mentions.iter().filter_map(|marked| marked.entity()));
            ids.extend(article.events.iter().flat_map(|event| &event.participants).filter_map(|p| p.entity()));
        }
        ids.into_iter().filter_map(|id| self.project.entity(id)).collect()
    }

    /// What one file for the whole view is called, without its extension.
    pub fn stem(&self) -> String {
        match self.articles.as_slice() {
            [one] => super::names::stem(one.title()),
            _ => "annotations".to_owned(),
        }
    }
}

impl<'p> ArticleView<'p> {
    fn new(project: &'p Project, record: &'p ArticleRecord, selection: &Selection) -> Result<Self, ExportError> {
        let text = record.article.text.as_str();
        let offsets = OffsetMap::new(text);
        let goes = |mention: &Mention| selection.takes(mention.status, mention.decision.as_ref());
        let by_kind = |mention: &Mention| selection.kinds.as_ref().is_none_or(|kinds| kinds.contains(&mention.kind));
        let mut mentions = Vec::new();
        let mut open = HashSet::new();
        let mut closed = HashSet::new();
        for mention in project.shown(record.id) {
            if let Some(Target::Entity(entity)) = mention.target {
                // What was accepted is decided on, though it may not go out.
                let holds = goes(mention) || mention.status == Status::Accepted;
                if holds { &mut open } else { &mut closed }.insert((mention.range, entity));
            }
            if goes(mention) && by_kind(mention) {
                let fits = record.article.text.slice(mention.range) == Some(mention.quote.as_str());
                let place = offsets.code_points(mention.range).filter(|_| fits);
                let (start, end) = place.ok_or(ExportError::BadQuote(mention.id))?;
                mentions.push(Marked { mention, start, end });
            }
        }
        // Who takes part where the text says so goes with the mention there.
        let takes_part = |participant: &&Participant| {
            let key = participant.range.zip(participant.entity());
            key.is_none_or(|key| open.contains(&key) || !closed.contains(&key))
        };
        let mut levels: HashMap<EventId, Level> = HashMap::new();
        for mention in project.mentions(record.id).iter().filter(|mention| mention.is_live()) {
            if let Some(event) = mention.event() {
                let level = levels.entry(event).or_insert(Level::Everything);
                *level = mention.shows_from().min(*level);
            }
        }
        let mut triggers: BTreeMap<EventId, Vec<usize>> = BTreeMap::new();
        for (index, marked) in mentions.iter().enumerate() {
            if let Some(Target::Event(event)) = marked.mention.target {
                triggers.entry(event).or_default().push(index);
            }
        }
        let mut events: Vec<_> = triggers
            .into_iter()
            .filter_map(|(id, mentions)| {
                let event = project.event(id)?;
                let participants = event.participants.iter().filter(takes_part).collect();
                let level = levels.get(&id).copied().unwrap_or_default();
                Some(EventView { event, level, mentions, participants })
            })
            .collect();
        events.sort_by_key(|event| event.mentions.first().copied());
        let relations = related(project, record.id, &mentions, |relation| {
            selection.takes(relation.status, relation.decision.as_ref())
        });
        // They are about all that annotators marked.
        let whole = selection.kinds.is_none() && selection.by.is_none() && !selection.unaccepted;
        let rulings = project.rulings_in(record.id).filter(|_| whole).collect();
        Ok(Self { record, text, offsets, mentions, events, relations, rulings })
    }

    /// As [`origin`].
    pub fn origin(&self) -> &'p str {
        origin(&self.record.article.meta)
    }

    pub fn title(&self) -> &'p str {
        &self.record.article.meta.title
    }

    /// The first selected mention of an entity at exactly this range.
    pub fn mention_at(&self, participant: &Participant) -> Option<usize> {
        participant.entity()?;
        let range = participant.range?;
        let place = |range: TextRange| (range.start(), Reverse(range.end()));
        let first = self.mentions.partition_point(|marked| place(marked.mention.range) < place(range));
        let mut here = self.mentions.iter().enumerate().skip(first).take_while(|(_, m)| m.mention.range == range);
        here.find(|(_, marked)| marked.entity() == participant.entity()).map(|(index, _)| index)
    }

    /// A relation for lists of what was left out.
    pub fn relation(&self, project: &Project, related: &Related<'_>) -> String {
        let quote = |end: usize| self.mentions.get(end).map_or("", |marked| marked.mention.quote.as_str());
        let name = project.tagset().relation_name(&related.relation.kind);
        format!("relation “{name}” of “{}” to “{}”", quote(related.from), quote(related.to))
    }

    pub fn left_out(&self, what: String, why: &'static str) -> LeftOut {
        LeftOut { article: self.record.id, title: self.title().to_owned(), what, why }
    }
}

/// The relations of an article that are selected and whose ends are.
fn related<'p>(
    project: &'p Project,
    article: ArticleId,
    mentions: &[Marked<'p>],
    selected: impl Fn(&Relation) -> bool,
) -> Vec<Related<'p>> {
    let mut relations = project.relations_in(article).filter(|relation| selected(relation)).peekable();
    if relations.peek().is_none() {
        return Vec::new();
    }
    let places: HashMap<MentionId, usize> =
        mentions.iter().enumerate().map(|(index, marked)| (marked.mention.id, index)).collect();
    let place = |relation: &'p Relation| {
        let (from, to) = (*places.get(&relation.from)?, *places.get(&relation.to)?);
        Some(Related { relation, from, to })
    };
    let mut related: Vec<Related<'p>> = relations.filter_map(place).collect();
    related.sort_by_key(|related| (related.from, related.to, related.relation.id));
    related
}

/// Where an article comes from, without the folders of the user's disk: they tell of the user, not of the article.
pub(super) fn origin(meta: &Metadata) -> &str {
    let origin = meta.origin.as_str();
    if origin.contains("://") { origin } else { origin.rsplit(['/', '\\']).next().unwrap_or(origin) }
}

impl EventView<'_> {
    /// A participant for lists of what was left out.
    pub fn who(&self, project: &Project, participant: &Participant) -> String {
        let name = project.party_name(&participant.who);
        format!("{} {name} of “{}”", participant.role.name(), self.event.name)
    }
}

impl Marked<'_> {
    pub fn entity(&self) -> Option<EntityId> {
        match self.mention.target {
            Some(Target::Entity(id)) => Some(id),
            _ => None,
        }
    }

    pub fn event(&self) -> Option<EventId> {
        match self.mention.target {
            Some(Target::Event(id)) => Some(id),
            _ => None,
        }
    }

    /// For lists of what was left out.
    pub fn describe(&self) -> String {
        format!("{} “{}” at {}–{}", self.mention.kind.as_str(), self.mention.quote, self.start, self.end)
    }
}
