//! What an annotator marked in an article, as it is compared with what others did.

use std::collections::{BTreeMap, HashSet};

use text_size::TextRange;

use crate::project::ops::{KindMap, relation_kind};
use crate::project::{
    ArticleId, Entity, EntityId, Event, EventId, EventType, KindId, Mention, MentionId, Modality, Party, Polarity,
    Project, RelationId, RelationKind, Role, Status, Tagset, Target,
};

/// What an annotator's kinds are called by the first.
#[derive(Clone, Debug, Default)]
pub(super) struct Kinds {
    kinds: KindMap,
    relations: BTreeMap<KindId, KindId>,
}

impl Kinds {
    pub(super) fn new(first: &Tagset, own: &Tagset) -> Self {
        let relation = |kind: &RelationKind| Some((kind.id.clone(), relation_kind(first, kind)?.clone()));
        Self { kinds: KindMap::new(first, own), relations: own.relations.iter().filter_map(relation).collect() }
    }

    /// A kind of marks.
    pub(super) fn of(&self, kind: &KindId) -> KindId {
        self.kinds.of(kind).unwrap_or(kind).clone()
    }

    /// A kind of relations.
    pub(super) fn of_relation(&self, kind: &KindId) -> KindId {
        self.relations.get(kind).unwrap_or(kind).clone()
    }
}

/// A mark of an article.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    pub(super) id: MentionId,
    pub(super) range: TextRange,
    pub(super) kind: KindId,
    /// Who or what it names, as it is compared between annotators; none where nobody said.
    pub(super) who: Option<String>,
    /// The same in the annotator's own project.
    pub(super) entity: Option<EntityId>,
    /// The same as a person reads it.
    pub(super) named: Option<String>,
    /// The event that it tells of.
    pub(super) event: Option<EventId>,
}

/// A part of an event record that annotators can fill differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Who does it.
    Actors,
    /// To whom.
    Recipients,
    /// Where.
    Place,
    /// When.
    Date,
    /// Whether it happened, and how real it is.
    Reality,
    /// The numbers told with it.
    Figures,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Actors, Self::Recipients, Self::Place, Self::Date, Self::Reality, Self::Figures];

    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actors => "actors",
            Self::Recipients => "recipients",
            Self::Place => "place",
            Self::Date => "date",
            Self::Reality => "reality",
            Self::Figures => "figures",
        }
    }
}

/// An event record of an article.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Record {
    pub(super) kind: EventType,
    /// Of each part what it says: as it is compared, and as it is shown.
    parts: BTreeMap<Part, BTreeMap<String, String>>,
}

impl Record {
    /// What it says of a part, in order: as it is compared, and as it is shown.
    pub(super) fn part(&self, part: Part) -> impl Iterator<Item = (&String, &String)> {
        self.parts.get(&part).into_iter().flatten()
    }
}

/// A relation of an article: its kind and its ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link {
    pub(super) id: RelationId,
    pub(super) kind: KindId,
    pub(super) from: MentionId,
    pub(super) to: MentionId,
    pub(super) symmetric: bool,
}

/// What an annotator marked in an article.
#[derive(Clone, Debug, Default)]
pub(super) struct Marked {
    /// In the order of the text.
    pub(super) marks: Vec<Mark>,
    pub(super) records: BTreeMap<EventId, Record>,
    pub(super) links: Vec<Link>,
}

impl Marked {
    /// What is accepted in an article, with `open` what is suggested too; kinds as others call them, by `kinds`.
    pub(super) fn of(project: &Project, article: ArticleId, kinds: &Kinds, open: bool) -> Self {
        let counts = |mention: &&Mention| match mention.status {
            Status::Accepted => true,
            Status::Suggested => open,
            Status::Rejected => false,
        };
        let marked = project.mentions(article).iter().filter(counts);
        let marks: Vec<Mark> =
            marked.map(|mention| Mark { kind: kinds.of(&mention.kind), ..mark(project, mention) }).collect();
        let events = marks.iter().filter_map(|mark| mark.event).filter_map(|id| project.event(id));
        let records = events.map(|event| (event.id, record(project, event))).collect();
        let ids: HashSet<MentionId> = marks.iter().map(|mark| mark.id).collect();
        let there = |id: MentionId| ids.contains(&id);
        let links = project
            .relations_in(article)
            .filter(|relation| relation.status == Status::Accepted || open && relation.is_live())
            .filter(|relation| there(relation.from) && there(relation.to))
            .map(|relation| Link {
                id: relation.id,
                kind: kinds.of_relation(&relation.kind),
                from: relation.from,
                to: relation.to,
                symmetric: project.tagset().is_symmetric(&relation.kind),
            })
            .collect();
        Self { marks, records, links }
    }
}

fn mark(project: &Project, mention: &Mention) -> Mark {
    let entity = match mention.target {
        Some(Target::Entity(id)) => project.entity(id),
        _ => None,
    };
    Mark {
        id: mention.id,
        range: mention.range,
        kind: mention.kind.clone(),
        who: entity.map(identity),
        entity: entity.map(|entity| entity.id),
        named: entity.map(|entity| entity.name.clone()),
        event: mention.event(),
    }
}

/// What two annotators have to agree on for an entity to be the same: the country, or else the Wikidata item, or else the name.
pub(super) fn identity(entity: &Entity) -> String {
    match (entity.country.filter(|_| entity.kind == KindId::COUNTRY), &entity.wikidata) {
        (Some(country), _) => country.to_string(),
        (None, Some(item)) => item.to_string(),
        (None, None) => entity.name.to_lowercase(),
    }
}

fn record(project: &Project, event: &Event) -> Record {
    let party = |who: &Party| match who {
        Party::Entity(id) => {
            project.entity(*id).map(|entity| (identity(entity), entity.name.clone())).unwrap_or_default()
        }
        Party::Words(words) => (words.name.to_lowercase(), words.name.clone()),
    };
    let of_role = |role: Role| {
        let parties = event.participants.iter().filter(move |participant| participant.role == role);
        parties.map(|participant| party(&participant.who)).collect::<Vec<_>>()
    };
    let days = event.date.iter().map(|date| {
        if date.start == date.end { date.start.to_string() } else { format!("{}/{}", date.start, date.end) }
    });
    let place = event.place.iter().map(|place| match place.country {
        Some(country) => format!("{} ({country})", place.name),
        None => place.name.clone(),
    });
    let reality = match (event.polarity, event.modality) {
        (Polarity::Positive, Modality::Asserted) => None,
        (Polarity::Positive, modality) => Some(modality.name().to_owned()),
        (Polarity::Negative, modality) => Some(format!("not, {}", modality.name())),
    };
    let figures = event.figures.iter().map(|figure| match figure.number {
        Some(number) => format!("{} {number}", figure.kind.name()),
        None => figure.kind.name().to_owned(),
    });
    let same = |shown: String| (shown.to_lowercase(), shown);
    let parts = BTreeMap::from([
        (Part::Actors, of_role(Role::Actor).into_iter().collect()),
        (Part::Recipients, of_role(Role::Recipient).into_iter().collect()),
        (Part::Place, place.map(same).collect()),
        (Part::Date, days.map(same).collect()),
        (Part::Reality, reality.into_iter().map(same).collect()),
        (Part::Figures, figures.map(same).collect()),
    ]);
    Record { kind: event.kind, parts }
}
