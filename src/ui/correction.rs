//! What a person says is right where annotators differ, while they say it.

use jiff::civil::Date;

use super::{text, typed};
use crate::compare::{Difference, Part, Sort, Verdict};
use crate::project::{
    ArticleId, EventDate, EventType, Given, GivenParty, GivenReality, GivenRelation, KindId, Modality, Polarity,
    Project, Role, Tagset,
};

/// What is being said of a card.
pub(super) struct Correction {
    /// So far.
    pub draft: Draft,
    /// The article that is shown with it, as the project has it.
    pub place: Option<ArticleId>,
    /// The words at both ends, where it is about a relation.
    pub ends: [String; 2],
    /// The events to choose from, where it is about which one a mark tells of.
    pub events: Vec<String>,
    /// Why what was said last is not taken.
    pub problem: Option<String>,
    /// Its field is to take the keys.
    pub fresh: bool,
}

/// What is right, in the form in which it is said.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Draft {
    Kind(KindId),
    /// As they stand in the text.
    Words(String),
    Name(String),
    /// The event that a mark tells of, in words.
    Event(String),
    Type(EventType),
    Parties(Role, Vec<GivenParty>),
    Place(String),
    Date(String),
    Reality(Polarity, Modality),
    Figures(String),
    /// Its kind, and whether it goes from the second end to the first.
    Relation(KindId, bool),
}

impl Correction {
    /// When the article that is shown with it was published.
    pub fn published(&self, project: &Project) -> Option<Date> {
        project.article(self.place?)?.article.meta.date
    }

    /// What was said is not taken, and stays.
    pub fn refuse(&mut self, problem: String) {
        (self.problem, self.fresh) = (Some(problem), true);
    }
}

fn slot(part: Part, given: Option<Given>) -> Draft {
    let parties = |role: Role, given: Option<Given>| match given {
        Some(Given::Parties(all)) => Draft::Parties(role, all),
        _ => Draft::Parties(role, Vec::new()),
    };
    match (part, given) {
        (Part::Actors, given) => parties(Role::Actor, given),
        (Part::Recipients, given) => parties(Role::Recipient, given),
        (Part::Place, Some(Given::Place(place))) => Draft::Place(place.name),
        (Part::Place, _) => Draft::Place(String::new()),
        (Part::Date, Some(Given::Date(date))) => Draft::Date(text::days_in_full(date.start, date.end)),
        (Part::Date, _) => Draft::Date(String::new()),
        (Part::Reality, Some(Given::Reality(GivenReality { polarity, modality }))) => {
            Draft::Reality(polarity, modality)
        }
        (Part::Reality, _) => Draft::Reality(Polarity::default(), Modality::default()),
        (Part::Figures, Some(Given::Figures(figures))) => Draft::Figures(text::figures(&figures)),
        (Part::Figures, _) => Draft::Figures(String::new()),
    }
}

impl Draft {
    /// Begins with what the first annotator chose at a difference: `given` of an event or a relation. `of_events` where it is
    /// about which event a mark tells of.
    pub fn new(tagset: &Tagset, difference: &Difference, given: Option<Given>, of_events: bool) -> Option<Self> {
        let chosen = difference.choices.iter().flatten().next().cloned().unwrap_or_default();
        Some(match (difference.sort, difference.part(), given) {
            (Sort::Missing | Sort::Kind, ..) => {
                let kinds = &tagset.kinds;
                Self::Kind(kinds.iter().find(|kind| kind.name == chosen).or(kinds.first())?.id.clone())
            }
            (Sort::Boundary, ..) => Self::Words(chosen.trim_matches(['“', '”']).to_owned()),
            (Sort::Who, ..) if of_events => Self::Event(chosen),
            (Sort::Who, ..) => Self::Name(chosen),
            (Sort::EventType, _, Some(Given::Type(kind))) => Self::Type(kind),
            (Sort::Relation, _, Some(Given::Relation(GivenRelation { kind, turned }))) => Self::Relation(kind, turned),
            (Sort::Slot, Some(part), given) => slot(part, given),
            _ => return None,
        })
    }

    /// Whether nothing is said yet.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Words(words)
            | Self::Name(words)
            | Self::Event(words)
            | Self::Place(words)
            | Self::Date(words)
            | Self::Figures(words) => words.trim().is_empty(),
            Self::Parties(_, all) => all.is_empty(),
            Self::Kind(_) | Self::Type(_) | Self::Reality(..) | Self::Relation(..) => false,
        }
    }

    /// What is right by it. What is relative in a date is read from the day of publication.
    ///
    /// # Errors
    /// What is wrong with it, for the person.
    pub fn verdict(&self, published: Option<Date>) -> Result<Verdict, String> {
        let given = match self {
            Self::Kind(kind) => return Ok(Verdict::Edited(kind.as_str().to_owned())),
            Self::Words(words) | Self::Name(words) | Self::Event(words) => {
                return Ok(Verdict::Edited(words.trim().to_owned()));
            }
            Self::Type(kind) => Given::Type(*kind),
            Self::Parties(_, all) => Given::Parties(all.clone()),
            Self::Place(name) => Given::Place(typed::place(name.trim()).ok_or("A place has a name")?),
            Self::Date(date) => {
                let date = date.trim();
                let (start, end) = typed::days(date, published).ok_or_else(|| typed::no_date(date, published))?;
                Given::Date(EventDate::new(start, end, ""))
            }
            Self::Reality(polarity, modality) => {
                Given::Reality(GivenReality { polarity: *polarity, modality: *modality })
            }
            Self::Figures(figures) => Given::Figures(typed::figures(figures).map_err(|part| typed::no_figure(&part))?),
            Self::Relation(kind, turned) => Given::Relation(GivenRelation { kind: kind.clone(), turned: *turned }),
        };
        Ok(Verdict::Given(given))
    }

    /// What is understood by what is typed, where that says more.
    pub fn understood(&self, published: Option<Date>) -> Option<String> {
        match self {
            Self::Date(date) => {
                let (start, end) = typed::days(date.trim(), published)?;
                let day = |day: Date| day.strftime("%A, %-d %B %Y").to_string();
                Some(if start == end { day(start) } else { format!("{} – {}", day(start), day(end)) })
            }
            Self::Place(name) => {
                let country = typed::place(name.trim())?.country.map(text::country)?;
                (country != name.trim()).then(|| format!("in {country}"))
            }
            Self::Figures(figures) => {
                let read = text::figures(&typed::figures(figures).ok()?);
                (read != figures.trim()).then_some(read)
            }
            _ => None,
        }
    }
}

/// What was given, in words.
pub(super) fn in_words(tagset: &Tagset, given: &Given) -> String {
    match given {
        Given::Type(kind) => text::event_type(*kind).to_owned(),
        Given::Parties(all) => all.iter().map(GivenParty::name).collect::<Vec<_>>().join("; "),
        Given::Place(place) => place.name.clone(),
        Given::Date(date) => text::days_in_full(date.start, date.end),
        Given::Reality(GivenReality { polarity: Polarity::Negative, modality }) => format!("not, {}", modality.name()),
        Given::Reality(GivenReality { polarity: Polarity::Positive, modality }) => modality.name().to_owned(),
        Given::Figures(figures) => text::figures(figures),
        Given::Relation(GivenRelation { kind, turned }) => {
            let way = if *turned { ", the other way round" } else { "" };
            format!("{}{way}", tagset.relation_name(kind))
        }
    }
}
