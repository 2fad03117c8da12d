//! Mentions as annotations of UIMA layers, for CAS and WebAnno: people, countries and others in DKPro's layer of named
//! entities, events in a custom layer whose slots are the participants. Every feature is a string.

use std::borrow::Cow;

use super::LeftOut;
use super::json::status;
use super::view::{ArticleView, EventView, Marked, UNPLACED};
use crate::project::{KindId, Modality, Polarity, Project, Schema, Status, is_item};

/// A layer of annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    /// What names a person, a country or another thing.
    Named,
    /// What tells of an event.
    Event,
}

impl Layer {
    pub const ALL: [Self; 2] = [Self::Named, Self::Event];

    /// The name of its UIMA type.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Named => "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity",
            Self::Event => "webanno.custom.Event",
        }
    }

    /// Its features in the order in which [`Annotation::values`] has them.
    pub fn features(self) -> &'static [&'static str] {
        match self {
            Self::Named => &[
                "value",
                "identifier",
                "status",
                "subtype",
                "note",
                "entity",
                "name",
                "aliases",
                "country",
                "role",
                "entityNote",
            ],
            Self::Event => &[
                "value",
                "identifier",
                "status",
                "note",
                "event",
                "name",
                "eventType",
                "eventClass",
                "mode",
                "contexts",
                "dateStart",
                "dateEnd",
                "dateText",
                "place",
                "placeCountry",
                "polarity",
                "modality",
                "eventNote",
            ],
        }
    }
}

/// The feature of events that holds links to those who take part.
pub(super) const PARTICIPANTS: &str = "participants";
/// The type of such a link: a `role` and a `target` in the layer of named entities.
pub(super) const LINK: &str = "webanno.custom.EventParticipantsLink";

/// Stands in `entity` where nobody knows yet who or what is named.
const UNKNOWN: &str = "?";

/// A mention as an annotation; those of an article stand in the order of its mentions.
pub(super) struct Annotation<'p> {
    pub layer: Layer,
    pub marked: Marked<'p>,
    pub values: Vec<Option<Cow<'p, str>>>,
    /// Who takes part: the role, and the place of the annotation among all.
    pub links: Vec<(&'static str, usize)>,
}

/// All mentions of an article. A participant that no exported mention stands for is told.
pub(super) fn annotations<'p>(
    project: &'p Project,
    article: &ArticleView<'p>,
    left_out: &mut Vec<LeftOut>,
) -> Vec<Annotation<'p>> {
    let layer = |marked: &Marked<'p>| match (marked.entity(), marked.event()) {
        (Some(_), _) => Layer::Named,
        (_, Some(_)) => Layer::Event,
        _ if project.tagset().schema(&marked.mention.kind) == Schema::Event => Layer::Event,
        _ => Layer::Named,
    };
    let layers: Vec<Layer> = article.mentions.iter().map(layer).collect();
    let mut annotations: Vec<Annotation<'p>> = article
        .mentions
        .iter()
        .zip(&layers)
        .map(|(marked, layer)| Annotation {
            layer: *layer,
            marked: *marked,
            values: match layer {
                Layer::Named => named(project, marked),
                Layer::Event => event(marked, None),
            },
            links: Vec::new(),
        })
        .collect();
    for view in &article.events {
        let mut links = Vec::new();
        for participant in &view.participants {
            match article.mention_at(participant) {
                Some(index) => links.push((participant.role.name(), index)),
                None => left_out.push(article.left_out(view.who(project, participant), UNPLACED)),
            }
        }
        for index in &view.mentions {
            if let Some(annotation) = annotations.get_mut(*index) {
                annotation.values = event(&annotation.marked, Some(view));
                annotation.links.clone_from(&links);
            }
        }
    }
    annotations
}

/// `PERSON`, `COUNTRY`, `EVENT`, or another kind's id as it is.
pub(super) fn label(kind: &KindId) -> Cow<'_, str> {
    let usual = [KindId::PERSON, KindId::COUNTRY, KindId::EVENT].contains(kind);
    if usual { kind.as_str().to_uppercase().into() } else { kind.as_str().into() }
}

fn filled(text: &str) -> Option<Cow<'_, str>> {
    (!text.is_empty()).then_some(Cow::Borrowed(text))
}

/// A Wikidata item as the IRI that knowledge bases name it by; other words as they are.
fn identifier(item: &str) -> Cow<'_, str> {
    if is_item(item) { format!("http://www.wikidata.org/entity/{item}").into() } else { item.into() }
}

/// Only what nobody has decided on is told; all else counts as accepted.
fn open(marked: &Marked<'_>) -> Option<Cow<'static, str>> {
    (marked.mention.status == Status::Suggested).then(|| status(Status::Suggested).into())
}

fn named<'p>(project: &'p Project, marked: &Marked<'p>) -> Vec<Option<Cow<'p, str>>> {
    let mention = marked.mention;
    let entity = marked.entity().and_then(|id| project.entity(id));
    vec![
        Some(label(&mention.kind)),
        entity.and_then(|entity| entity.wikidata.as_deref()).map(identifier),
        open(marked),
        mention.subtype.as_deref().and_then(filled),
        filled(&mention.note),
        Some(entity.map_or_else(|| UNKNOWN.into(), |entity| entity.id.to_string().into())),
        entity.and_then(|entity| filled(&entity.name)),
        entity.map(|entity| entity.aliases.join("; ")).filter(|aliases| !aliases.is_empty()).map(Cow::Owned),
        entity.and_then(|entity| entity.country).map(|code| code.to_string().into()),
        entity.and_then(|entity| filled(&entity.role)),
        entity.and_then(|entity| filled(&entity.note)),
    ]
}

fn event<'p>(marked: &Marked<'p>, view: Option<&EventView<'p>>) -> Vec<Option<Cow<'p, str>>> {
    let mention = marked.mention;
    let mut values = vec![Some(label(&mention.kind)), None, open(marked), filled(&mention.note)];
    let Some(event) = view.map(|view| view.event) else {
        values.resize(Layer::Event.features().len(), None);
        return values;
    };
    if let Some(place) = values.get_mut(1) {
        *place = event.wikidata.as_deref().map(identifier);
    }
    let class = event.kind.class().map(Cow::Borrowed);
    let (date, place) = (event.date.as_ref(), event.place.as_ref());
    values.extend([
        Some(event.id.to_string().into()),
        filled(&event.name),
        event.kind.code().map(Cow::Borrowed),
        class,
        event.mode.as_deref().and_then(filled),
        Some(event.contexts.join("; ")).filter(|contexts| !contexts.is_empty()).map(Cow::Owned),
        date.map(|date| date.start.to_string().into()),
        date.map(|date| date.end.to_string().into()),
        date.and_then(|date| filled(&date.text)),
        place.and_then(|place| filled(&place.name)),
        place.and_then(|place| place.country).map(|code| code.to_string().into()),
        (event.polarity != Polarity::default()).then(|| event.polarity.name().into()),
        (event.modality != Modality::default()).then(|| event.modality.name().into()),
        filled(&event.note),
    ]);
    values
}
