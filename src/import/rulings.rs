//! How the differences of annotators were settled, as our own JSON tells of it.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::Deserialize;
use smol_str::SmolStr;

use crate::project::{
    ArticleId, ContributorId, Coordinates, CountryCode, DifferenceSort, EventDate, EventPlace, EventType, Figure,
    FigureKind, Given, GivenEntity, GivenParty, GivenReality, GivenRelation, KindId, Modality, PartyLabel, PartyWords,
    Polarity, Reason, Ruling, RulingId, Settled, Stamp, item,
};
use crate::text::OffsetMap;

/// Somebody whose work it is.
#[derive(Deserialize)]
pub(super) struct AnnotatorRow {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub file: String,
    #[serde(default)]
    pub open: bool,
}

#[derive(Deserialize)]
pub(super) struct RulingRow {
    #[serde(default)]
    pub id: String,
    start: usize,
    end: usize,
    sort: String,
    #[serde(default)]
    pub words: String,
    #[serde(default)]
    choices: Vec<ChoiceRow>,
    taken: Option<TakenRow>,
    reason: Option<String>,
    pub by: Option<SmolStr>,
    pub at: Option<Timestamp>,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize)]
struct ChoiceRow {
    annotator: String,
    words: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum TakenRow {
    Annotator(String),
    Words(String),
    Type { code: Option<String>, class: Option<String> },
    Participants(Vec<PartyRow>),
    Place(EventPlace),
    Date(EventDate),
    Reality { polarity: String, modality: String },
    Figures(Vec<FigureRow>),
    Relation { kind: KindId, turned: bool },
}

#[derive(Deserialize)]
struct PartyRow {
    name: String,
    kind: Option<KindId>,
    label: Option<String>,
    country: Option<CountryCode>,
    wikidata: Option<String>,
}

#[derive(Deserialize)]
struct FigureRow {
    kind: String,
    number: Option<f64>,
}

impl RulingRow {
    /// The ruling of an article whose annotators are called so.
    ///
    /// # Errors
    /// Why it cannot be taken in.
    pub fn ruling(
        self,
        (id, article): (RulingId, ArticleId),
        annotators: &HashMap<String, ContributorId>,
        offsets: &OffsetMap<'_>,
        decision: Option<Stamp>,
    ) -> Result<Ruling, &'static str> {
        let range = offsets.from_code_points(self.start, self.end).ok_or("it lies outside the text")?;
        let sort = DifferenceSort::ALL.into_iter().find(|sort| sort.id() == self.sort);
        let of = |id: &String| annotators.get(id).copied().ok_or("it is of an annotator whom the file does not name");
        let choices = self.choices.into_iter().map(|choice| of(&choice.annotator).map(|id| (id, choice.words)));
        Ok(Ruling {
            id,
            article,
            range,
            sort: sort.ok_or("annotators do not differ in such things")?,
            words: self.words,
            choices: choices.collect::<Result<_, _>>()?,
            taken: match self.taken {
                None => Settled::Nothing,
                Some(TakenRow::Annotator(id)) => Settled::Choice(of(&id)?),
                Some(TakenRow::Words(words)) => Settled::Edited(words),
                Some(row) => Settled::Given(given(row).ok_or("what was taken is not known here")?),
            },
            reason: self.reason.and_then(|reason| Reason::ALL.into_iter().find(|own| own.id() == reason)),
            decision,
            note: self.note,
        })
    }
}

fn given(row: TakenRow) -> Option<Given> {
    Some(match row {
        TakenRow::Annotator(_) | TakenRow::Words(_) => return None,
        TakenRow::Type { code, class } => Given::Type(EventType::from_parts(code.as_deref(), class.as_deref())?),
        TakenRow::Participants(all) => Given::Parties(all.into_iter().map(party).collect::<Option<_>>()?),
        TakenRow::Place(place) => {
            let coordinates = place.coordinates.filter(Coordinates::is_on_earth);
            Given::Place(EventPlace { coordinates, ..place })
        }
        TakenRow::Date(date) => Given::Date(date),
        TakenRow::Reality { polarity, modality } => {
            let polarity = if polarity == Polarity::Negative.name() { Polarity::Negative } else { Polarity::Positive };
            Given::Reality(GivenReality { polarity, modality: Modality::from_name(&modality)? })
        }
        TakenRow::Figures(all) => {
            let figure =
                |FigureRow { kind, number }| Some(Figure { kind: FigureKind::from_name(&kind)?, number, range: None });
            Given::Figures(all.into_iter().map(figure).collect::<Option<_>>()?)
        }
        TakenRow::Relation { kind, turned } => Given::Relation(GivenRelation { kind, turned }),
    })
}

fn party(PartyRow { name, kind, label, country, wikidata }: PartyRow) -> Option<GivenParty> {
    let label = label.as_deref().and_then(PartyLabel::from_name);
    match (kind, label) {
        (Some(kind), _) => {
            let wikidata = wikidata.as_deref().and_then(item);
            Some(GivenParty::Entity(GivenEntity { name, kind, country, wikidata }))
        }
        (None, Some(label)) => Some(GivenParty::Words(PartyWords { name, label, country })),
        (None, None) => None,
    }
}
