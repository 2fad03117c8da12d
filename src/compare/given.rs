//! What an annotator chose in the form in which a person gives what is right: where they go on from when they change it.

use super::differences::{About, Difference, Sort};
use super::marks::{Kinds, Part};
use super::{Annotator, Comparison};
use crate::project::{Event, Given, GivenEntity, GivenParty, GivenReality, GivenRelation, Party, Role};
use crate::text::TextRange;

impl Difference {
    /// The part of an event record that it is about.
    pub fn part(&self) -> Option<Part> {
        match self.about {
            About::Part(_, part) => Some(part),
            About::Unit(_) | About::Event(_) | About::Tie(_) => None,
        }
    }
}

impl Comparison {
    /// What an annotator chose of an event or a relation; none of marks, and where they have no such event.
    pub fn given(&self, annotators: &[Annotator<'_>], difference: &Difference, by: usize) -> Option<Given> {
        let event = |group: usize| {
            let id = self.aligned.get(difference.article)?.events.get(group)?.get(by).copied().flatten()?;
            annotators.get(by)?.project.event(id)
        };
        match &difference.about {
            About::Unit(_) => None,
            About::Event(group) => Some(Given::Type(event(*group)?.kind)),
            About::Part(group, part) => of_part(annotators.get(by)?, self.kinds.get(by)?, event(*group)?, *part),
            About::Tie((kind, ..)) => {
                difference.choices.get(by)?.as_ref()?;
                Some(Given::Relation(GivenRelation { kind: kind.clone(), turned: false }))
            }
        }
    }

    /// The events of the article of a difference as annotators choose between them where they differ in which one marks
    /// tell of; empty where that is not what it is about.
    pub fn events(&self, annotators: &[Annotator<'_>], difference: &Difference) -> Vec<String> {
        let aligned = self.aligned.get(difference.article);
        let compared = self.articles.get(difference.article);
        let (Some(first), Some(aligned), Some(compared)) = (annotators.first(), aligned, compared) else {
            return Vec::new();
        };
        let About::Unit(unit) = difference.about else { return Vec::new() };
        let marks = (0..annotators.len()).filter_map(|by| aligned.mark(unit, by));
        if difference.sort != Sort::Who || marks.filter(|mark| mark.event.is_some()).count() == 0 {
            return Vec::new();
        }
        let text = compared.articles.first().map_or("", |id| first.project.text(*id));
        (0..aligned.events.len()).filter_map(|group| aligned.group_words(text, group)).collect()
    }

    /// Where the tags stand that a relation is between, the one that it goes from first.
    pub fn ends(&self, difference: &Difference) -> Option<(TextRange, TextRange)> {
        let About::Tie((_, from, to)) = &difference.about else { return None };
        let aligned = self.aligned.get(difference.article)?;
        let range = |unit: usize| aligned.units.get(unit)?.present(&aligned.all).next().map(|(_, mark)| mark.range);
        Some((range(*from)?, range(*to)?))
    }
}

/// What an event record says of a part; none where it says nothing.
fn of_part(annotator: &Annotator<'_>, kinds: &Kinds, event: &Event, part: Part) -> Option<Given> {
    let parties = |role: Role| {
        let all = event.participants.iter().filter(|participant| participant.role == role);
        let party = |who: &Party| match who {
            Party::Words(words) => Some(GivenParty::Words(words.clone())),
            Party::Entity(id) => {
                let entity = annotator.project.entity(*id)?;
                let (name, kind) = (entity.name.clone(), kinds.of(&entity.kind));
                let (country, wikidata) = (entity.country, entity.wikidata.clone());
                Some(GivenParty::Entity(GivenEntity { name, kind, country, wikidata }))
            }
        };
        let all: Vec<GivenParty> = all.filter_map(|participant| party(&participant.who)).collect();
        Some(all).filter(|all| !all.is_empty()).map(Given::Parties)
    };
    match part {
        Part::Actors => parties(Role::Actor),
        Part::Recipients => parties(Role::Recipient),
        Part::Place => event.place.clone().map(Given::Place),
        Part::Date => event.date.clone().map(Given::Date),
        Part::Reality => Some(Given::Reality(GivenReality { polarity: event.polarity, modality: event.modality })),
        Part::Figures => Some(event.figures.clone()).filter(|all| !all.is_empty()).map(Given::Figures),
    }
}
