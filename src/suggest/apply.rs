//! Suggestions into a project: the one `Edit` of a run, which leaves alone what a person has decided.

use std::collections::{HashMap, HashSet};

use smol_str::SmolStr;

use super::{CountryName, Label, Span, Suggestions};
use crate::project::ops::Builder;
use crate::project::{
    ArticleId, CountryCode, Edit, Entity, EntityId, Event, EventId, KindId, Mention, Origin, Participant, Project,
    Stamp, Status, Target,
};

/// The edit that brings a run's suggestions for one article into the project.
///
/// Open suggestions of earlier runs that this one proposes again keep their ids; the others go. What a person accepted,
/// edited, made or rejected stays as it is, and nothing is proposed again where they decided: not the same range and
/// kind, not an overlapping range of the same kind, not the same range under another kind.
pub fn edit(project: &Project, article: ArticleId, suggestions: &Suggestions, stamp: Stamp) -> Edit {
    let mut run = Run::new(project, article, suggestions, stamp);
    run.people();
    run.countries();
    run.events();
    run.drop_stale();
    let label = project.article(article).map_or("", |record| &record.article.meta.title);
    run.edit.finish(format!("Suggestions for {label}"))
}

struct Run<'p> {
    project: &'p Project,
    article: ArticleId,
    found: &'p Suggestions,
    edit: Builder<'p>,
    /// What a person decided on in this article.
    decided: Vec<&'p Mention>,
    /// Open suggestions of earlier runs.
    open: HashMap<(text_size::TextRange, KindId), &'p Mention>,
    /// Open suggestions that this run proposes too.
    kept: HashSet<(text_size::TextRange, KindId)>,
    /// The entity of each span that has one, for participants.
    entities: HashMap<usize, EntityId>,
}

impl<'p> Run<'p> {
    fn new(project: &'p Project, article: ArticleId, found: &'p Suggestions, stamp: Stamp) -> Self {
        let (open, decided): (Vec<_>, Vec<_>) =
            project.mentions(article).iter().partition(|m| m.status == Status::Suggested && m.decision.is_none());
        Self {
            project,
            article,
            found,
            edit: Builder::run(project, stamp),
            decided,
            open: open.into_iter().map(|m| ((m.range, m.kind.clone()), m)).collect(),
            kept: HashSet::new(),
            entities: HashMap::new(),
        }
    }

    fn people(&mut self) {
        for person in &self.found.people {
            let spans = self.free(&person.mentions, &KindId::PERSON);
            let entity = self.decided_entity(&person.mentions, &KindId::PERSON).unwrap_or_else(|| {
                let known = self.entity_named(&KindId::PERSON, &person.name, person.wikidata.as_deref());
                known.unwrap_or_else(|| {
                    let mut entity = self.new_entity(&KindId::PERSON, &person.name, person.mentions.first());
                    entity.role.clone_from(&person.role);
                    entity.country = person.country;
                    entity.wikidata = person.wikidata.as_deref().unwrap_or_default().to_owned();
                    self.put(entity)
                })
            });
            self.mention_all(&person.mentions, &spans, &KindId::PERSON, Target::Entity(entity));
        }
    }

    fn countries(&mut self) {
        for country in &self.found.countries {
            let spans = self.free(&country.mentions, &KindId::COUNTRY);
            let known = self.entity_of_country(country.code);
            let entity = known.unwrap_or_else(|| {
                let mut entity = self.new_entity(&KindId::COUNTRY, &country.name, country.mentions.first());
                entity.country = Some(country.code);
                entity.wikidata = country.wikidata.as_deref().unwrap_or_default().to_owned();
                self.put(entity)
            });
            self.mention_all(&country.mentions, &spans, &KindId::COUNTRY, Target::Entity(entity));
        }
    }

    fn events(&mut self) {
        for found in &self.found.events {
            let spans = self.free(&found.mentions, &KindId::EVENT);
            if spans.is_empty() {
                continue;
            }
            let before = self.event_at(&found.mentions);
            // An event that a person has worked on stays as they left it; new triggers still join it.
            let decided = before.filter(|event| {
                event.decision.is_some()
                    || self.project.mentions_of(Target::Event(event.id)).any(|mention| mention.decision.is_some())
            });
            let id = match decided {
                Some(event) => event.id,
                None => self.put_event(before.map(|event| event.id), found),
            };
            self.mention_all(&found.mentions, &spans, &KindId::EVENT, Target::Event(id));
        }
    }

    fn put_event(&mut self, id: Option<EventId>, found: &super::Event) -> EventId {
        let id = id.unwrap_or_else(|| self.edit.fresh_event());
        let participants = found.participants.iter().filter_map(|participant| {
            Some(Participant {
                role: participant.role,
                entity: *self.entities.get(&participant.span)?,
                range: self.found.spans.get(participant.span).map(|span| span.range),
            })
        });
        let origin =
            found.mentions.first().and_then(|span| self.found.spans.get(*span)).map_or_else(Origin::hand, origin);
        let event = Event {
            id,
            article: self.article,
            name: found.name.clone(),
            kind: found.kind,
            mode: found.mode.map(SmolStr::new_static),
            contexts: Vec::new(),
            date: found.date.clone(),
            place: found.place.clone(),
            participants: participants.collect(),
            polarity: found.polarity,
            modality: found.modality,
            wikidata: found.wikidata.as_deref().unwrap_or_default().to_owned(),
            origin,
            decision: None,
            note: String::new(),
        };
        self.edit.put_event(event);
        id
    }

    /// Open suggestions that this run does not make again go, and so do events that nobody has touched and that no
    /// mention points at any more.
    fn drop_stale(&mut self) {
        let stale: Vec<&Mention> =
            self.open.iter().filter(|(key, _)| !self.kept.contains(*key)).map(|(_, mention)| *mention).collect();
        for mention in &stale {
            self.edit.remove_mention(mention.id);
        }
        for event in self.project.events().filter(|event| event.article == self.article && event.decision.is_none()) {
            let mut mentions = self.project.mentions_of(Target::Event(event.id));
            let orphaned = mentions.all(|mention| {
                self.edit.mention(mention.id).is_none_or(|after| after.target != Some(Target::Event(event.id)))
            });
            if orphaned && self.edit.event(event.id) == Some(event) {
                self.edit.remove_event(event.id);
            }
        }
    }

    /// Those of the spans that no decision of a person stands against.
    fn free(&self, spans: &[usize], kind: &KindId) -> Vec<usize> {
        let stands_against = |span: &Span, mention: &Mention| {
            let same = mention.range == span.range;
            let overlaps = mention.kind == *kind && mention.range.intersect(span.range).is_some_and(|r| !r.is_empty());
            // A rejection speaks of its own range and kind alone: what overlaps it may still be right.
            let rejected = mention.status == Status::Rejected;
            let was = mention.proposed.as_ref().is_some_and(|p| p.range == span.range && p.kind == *kind);
            was || if rejected { same && mention.kind == *kind } else { same || overlaps }
        };
        let open = |index: &&usize| {
            self.found.spans.get(**index).is_some_and(|span| !self.decided.iter().any(|m| stands_against(span, m)))
        };
        spans.iter().filter(open).copied().collect()
    }

    fn mention_all(&mut self, all: &[usize], free: &[usize], kind: &KindId, target: Target) {
        if let Target::Entity(entity) = target {
            self.entities.extend(all.iter().map(|span| (*span, entity)));
        }
        for span in free.iter().filter_map(|index| self.found.spans.get(*index)) {
            let Some(quote) = self.project.slice(self.article, span.range) else { continue };
            let key = (span.range, kind.clone());
            let id = self.open.get(&key).map_or_else(|| self.edit.fresh_mention(), |mention| mention.id);
            self.kept.insert(key);
            self.edit.put_mention(Mention {
                id,
                article: self.article,
                range: span.range,
                quote: SmolStr::new(quote),
                kind: kind.clone(),
                target: Some(target),
                subtype: subtype(span),
                status: Status::Suggested,
                origin: origin(span),
                proposed: None,
                decision: None,
                note: String::new(),
            });
        }
    }

    /// The entity that a person's own decisions give to any of these spans.
    fn decided_entity(&self, spans: &[usize], kind: &KindId) -> Option<EntityId> {
        let ranges: Vec<_> = spans.iter().filter_map(|index| self.found.spans.get(*index)).map(|s| s.range).collect();
        let mut accepted = self.decided.iter().filter(|m| m.status == Status::Accepted && m.kind == *kind);
        accepted.find_map(|mention| match mention.target {
            Some(Target::Entity(id)) if ranges.contains(&mention.range) => Some(id),
            _ => None,
        })
    }

    /// The person of this name or item; a differing Wikidata item tells namesakes apart.
    fn entity_named(&self, kind: &KindId, name: &str, wikidata: Option<&str>) -> Option<EntityId> {
        let item = wikidata.unwrap_or_default();
        let fits = |entity: &&Entity| {
            entity.kind == *kind
                && if !item.is_empty() && !entity.wikidata.is_empty() {
                    entity.wikidata == item
                } else {
                    entity.name == name || entity.aliases.iter().any(|alias| alias == name)
                }
        };
        self.project.entities().find(fits).map(|entity| entity.id)
    }

    fn entity_of_country(&self, code: CountryCode) -> Option<EntityId> {
        let mut entities = self.project.entities();
        entities.find(|e| e.kind == KindId::COUNTRY && e.country == Some(code)).map(|entity| entity.id)
    }

    /// The event that an earlier run or a person put at one of these spans.
    fn event_at(&self, spans: &[usize]) -> Option<&'p Event> {
        let ranges: Vec<_> = spans.iter().filter_map(|index| self.found.spans.get(*index)).map(|s| s.range).collect();
        let mut mentions = self.project.mentions(self.article).iter();
        mentions.find_map(|mention| match mention.target {
            Some(Target::Event(id)) if ranges.contains(&mention.range) => self.project.event(id),
            _ => None,
        })
    }

    fn new_entity(&mut self, kind: &KindId, name: &str, span: Option<&usize>) -> Entity {
        let origin = span.and_then(|span| self.found.spans.get(*span)).map_or_else(Origin::hand, origin);
        Entity {
            id: self.edit.fresh_entity(),
            kind: kind.clone(),
            name: name.to_owned(),
            aliases: Vec::new(),
            country: None,
            role: String::new(),
            wikidata: String::new(),
            origin,
            decision: None,
            note: String::new(),
        }
    }

    fn put(&mut self, entity: Entity) -> EntityId {
        let id = entity.id;
        self.edit.put_entity(entity);
        id
    }
}

fn origin(span: &Span) -> Origin {
    Origin { source: SmolStr::new_static(span.source), score: Some(span.score), reason: span.reason.clone() }
}

fn subtype(span: &Span) -> Option<SmolStr> {
    debug_assert!(span.label == Label::Country || span.country_name.is_none());
    span.country_name.map(CountryName::name).map(SmolStr::new_static)
}
