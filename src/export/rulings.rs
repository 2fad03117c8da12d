//! How the differences of annotators were settled, as JSON has it: in each article what was ruled on in it.

use jiff::Timestamp;
use serde::Serialize;

use super::view::ArticleView;
use crate::project::{
    Contributor, CountryCode, EventDate, EventPlace, Figure, Given, GivenEntity, GivenParty, GivenReality,
    GivenRelation, PartyWords, Ruling, Settled,
};

/// Somebody whose work it is.
#[derive(Serialize)]
pub(super) struct AnnotatorRow<'p> {
    id: String,
    name: &'p str,
    /// Without the folders of the user's disk.
    #[serde(skip_serializing_if = "str::is_empty")]
    file: &'p str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    open: bool,
}

#[derive(Serialize)]
pub(super) struct RulingRow<'p> {
    id: String,
    start: usize,
    end: usize,
    sort: &'static str,
    words: &'p str,
    choices: Vec<ChoiceRow<'p>>,
    /// None for nothing.
    taken: Option<TakenRow<'p>>,
    reason: Option<&'static str>,
    by: Option<&'p str>,
    at: Option<Timestamp>,
    note: &'p str,
}

#[derive(Serialize)]
struct ChoiceRow<'p> {
    annotator: String,
    words: &'p str,
}

/// An object of one field, which says what was taken.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum TakenRow<'p> {
    Annotator(String),
    Words(&'p str),
    Type { code: Option<&'static str>, class: Option<&'static str> },
    Participants(Vec<PartyRow<'p>>),
    Place(&'p EventPlace),
    Date(&'p EventDate),
    Reality { polarity: &'static str, modality: &'static str },
    Figures(Vec<FigureRow>),
    Relation { kind: &'p str, turned: bool },
}

/// An entity by the id of its kind, or words with a label.
#[derive(Serialize)]
struct PartyRow<'p> {
    name: &'p str,
    kind: Option<&'p str>,
    label: Option<&'static str>,
    country: Option<CountryCode>,
    wikidata: Option<&'p str>,
}

#[derive(Serialize)]
struct FigureRow {
    kind: &'static str,
    number: Option<f64>,
}

pub(super) fn annotator_row(own: &Contributor) -> AnnotatorRow<'_> {
    let file = own.file.rsplit(['/', '\\']).next().unwrap_or_default();
    AnnotatorRow { id: own.id.to_string(), name: &own.name, file, open: own.open }
}

/// The rulings of an article that go out, in the order of their ids.
pub(super) fn ruling_rows<'p>(article: &ArticleView<'p>) -> Vec<RulingRow<'p>> {
    article.rulings.iter().filter_map(|ruling| ruling_row(article, ruling)).collect()
}

fn ruling_row<'p>(article: &ArticleView<'p>, ruling: &'p Ruling) -> Option<RulingRow<'p>> {
    let (start, end) = article.offsets.code_points(ruling.range)?;
    let choice = |(id, words): &'p (_, String)| {
        let id: &crate::project::ContributorId = id;
        ChoiceRow { annotator: id.to_string(), words }
    };
    Some(RulingRow {
        id: ruling.id.to_string(),
        start,
        end,
        sort: ruling.sort.id(),
        words: &ruling.words,
        choices: ruling.choices.iter().map(choice).collect(),
        taken: taken_row(&ruling.taken),
        reason: ruling.reason.map(crate::project::Reason::id),
        by: ruling.decision.as_ref().map(|stamp| stamp.by.as_str()),
        at: ruling.decision.as_ref().map(|stamp| stamp.at),
        note: &ruling.note,
    })
}

fn taken_row(taken: &Settled) -> Option<TakenRow<'_>> {
    Some(match taken {
        Settled::Nothing => return None,
        Settled::Choice(id) => TakenRow::Annotator(id.to_string()),
        Settled::Edited(words) => TakenRow::Words(words),
        Settled::Given(given) => match given {
            Given::Type(kind) => TakenRow::Type { code: kind.code(), class: kind.class() },
            Given::Parties(all) => TakenRow::Participants(all.iter().map(party_row).collect()),
            Given::Place(place) => TakenRow::Place(place),
            Given::Date(date) => TakenRow::Date(date),
            Given::Reality(GivenReality { polarity, modality }) => {
                TakenRow::Reality { polarity: polarity.name(), modality: modality.name() }
            }
            Given::Figures(all) => TakenRow::Figures(all.iter().map(figure_row).collect()),
            Given::Relation(GivenRelation { kind, turned }) => {
                TakenRow::Relation { kind: kind.as_str(), turned: *turned }
            }
        },
    })
}

fn party_row(party: &GivenParty) -> PartyRow<'_> {
    match party {
        GivenParty::Entity(GivenEntity { name, kind, country, wikidata }) => {
            PartyRow { name, kind: Some(kind.as_str()), label: None, country: *country, wikidata: wikidata.as_deref() }
        }
        GivenParty::Words(PartyWords { name, label, country }) => {
            PartyRow { name, kind: None, label: Some(label.name()), country: *country, wikidata: None }
        }
    }
}

fn figure_row(figure: &Figure) -> FigureRow {
    FigureRow { kind: figure.kind.name(), number: figure.number.filter(|number| number.is_finite()) }
}
