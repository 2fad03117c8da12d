//! Mentions as annotations of UIMA layers, for CAS and WebAnno: people, countries and others in DKPro's layer of named
//! entities, events in a custom layer whose slots are the participants, relations in custom layers between them. Every
//! feature is a string.

use std::borrow::Cow;
use std::cmp::Reverse;

use text_size::TextRange;

use super::LeftOut;
use super::json::status;
use super::table::figure;
use super::view::{ArticleView, EventView, Marked, Related, UNPLACED};
use crate::project::{
    self, Figure, KindId, Level, Mention, Modality, Participant, PartyLabel, PartyWords, Polarity, Project, Role,
    Schema, Status, is_item,
};

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
                "number",
            ],
            Self::Event => &[
                "value",
                "identifier",
                "status",
                "note",
                "retold",
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
                "level",
                "worth",
                "figures",
                "latitude",
                "longitude",
                "unsure",
            ],
        }
    }
}

/// A layer of relations. One in INCEpTION joins annotations of one layer, so those between two have their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RelationLayer {
    /// Between names.
    Named,
    /// Between events.
    Event,
    /// Between a name and an event.
    Mixed,
}

impl RelationLayer {
    pub const ALL: [Self; 3] = [Self::Named, Self::Event, Self::Mixed];
    /// The features in the order in which [`Relation::values`] has them.
    pub const FEATURES: &[&str] = &["value", "symmetric", "status", "note"];

    /// The name of its UIMA type.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Named => "webanno.custom.Relation",
            Self::Event => "webanno.custom.EventRelation",
            Self::Mixed => "webanno.custom.MixedRelation",
        }
    }

    /// The type of what it joins.
    pub fn ends(self) -> &'static str {
        match self {
            Self::Named => Layer::Named.kind(),
            Self::Event => Layer::Event.kind(),
            Self::Mixed => ANNOTATION,
        }
    }

    fn between(from: Layer, to: Layer) -> Self {
        match (from, to) {
            (Layer::Named, Layer::Named) => Self::Named,
            (Layer::Event, Layer::Event) => Self::Event,
            _ => Self::Mixed,
        }
    }
}

/// The type of all annotations.
pub(super) const ANNOTATION: &str = "uima.tcas.Annotation";
/// The features of relations that hold what they go from, and to.
pub(super) const FROM: &str = "Governor";
pub(super) const TO: &str = "Dependent";

/// The feature of events that holds links to those who take part.
pub(super) const PARTICIPANTS: &str = "participants";
/// The type of such a link: a `role` and a `target` in the layer of named entities.
pub(super) const LINK: &str = "webanno.custom.EventParticipantsLink";

/// Stands in `entity` where nobody knows yet who or what is named.
const UNKNOWN: &str = "?";

/// The label of words that say how many, to which a link of the figure's kind goes.
pub(super) const FIGURE: &str = "FIGURE";

/// The label of words that say who takes part and name no entity.
pub(super) fn party_label(label: PartyLabel) -> &'static str {
    match label {
        PartyLabel::Person => "PARTICIPANT-PERSON",
        PartyLabel::Country => "PARTICIPANT-COUNTRY",
        PartyLabel::Org => "PARTICIPANT-ORG",
        PartyLabel::Group => "PARTICIPANT-GROUP",
    }
}

/// All that a link to a participant can say.
pub(super) const ROLES: [&str; 4] = ["actor", "recipient", "actor (unsure)", "recipient (unsure)"];

/// What a link to a participant says.
pub(super) fn role(participant: &Participant) -> &'static str {
    match (participant.role, participant.unsure) {
        (role, false) => role.name(),
        (Role::Actor, true) => "actor (unsure)",
        (Role::Recipient, true) => "recipient (unsure)",
    }
}

/// A mention as an annotation, or words that say who takes part in an event, or how many.
pub(super) struct Annotation<'p> {
    /// Unlike that of any other of the article: `m12`, or `v3.1` for words of an event.
    pub id: String,
    pub layer: Layer,
    /// None for words of an event.
    pub mention: Option<&'p Mention>,
    pub range: TextRange,
    /// In code points.
    pub start: usize,
    pub end: usize,
    pub quote: &'p str,
    pub values: Vec<Option<Cow<'p, str>>>,
    /// Who takes part, and figures: the role, and the place of the annotation among all.
    pub links: Vec<(&'static str, usize)>,
}

impl<'p> Annotation<'p> {
    fn new(layer: Layer, marked: &Marked<'p>, values: Vec<Option<Cow<'p, str>>>) -> Self {
        let Marked { mention, start, end } = *marked;
        let (id, quote) = (mention.id.to_string(), mention.quote.as_str());
        Self { id, layer, mention: Some(mention), range: mention.range, start, end, quote, values, links: Vec::new() }
    }

    /// The value of a feature.
    pub fn value(&self, name: &str) -> Option<&str> {
        let place = self.layer.features().iter().position(|feature| *feature == name)?;
        self.values.get(place)?.as_deref()
    }

    /// Whether nobody has decided on it.
    pub fn is_open(&self) -> bool {
        self.value("status").is_some()
    }

    /// For lists of what was left out.
    pub fn describe(&self) -> String {
        let kind =
            self.mention.map_or_else(|| self.value("value").unwrap_or_default(), |mention| mention.kind.as_str());
        format!("{kind} “{}” at {}–{}", self.quote, self.start, self.end)
    }
}

/// A relation between two annotations.
pub(super) struct Relation<'p> {
    pub relation: &'p project::Relation,
    pub layer: RelationLayer,
    /// The places of both in [`Annotations::list`].
    pub from: usize,
    pub to: usize,
    pub values: Vec<Option<Cow<'p, str>>>,
}

impl Relation<'_> {
    pub fn is_symmetric(&self) -> bool {
        self.values.get(1).is_some_and(Option::is_some)
    }

    /// Its features with their values.
    pub fn features(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let all = RelationLayer::FEATURES.iter().zip(&self.values);
        all.filter_map(|(name, value)| Some((*name, value.as_deref()?)))
    }
}

/// All annotations of an article.
pub(super) struct Annotations<'p> {
    /// By start, the longer first.
    pub list: Vec<Annotation<'p>>,
    /// In the order of where they begin and lead.
    pub relations: Vec<Relation<'p>>,
    /// The place of each of the article's mentions in the list.
    places: Vec<usize>,
}

impl<'p> Annotations<'p> {
    /// The annotation of a mention, by its index in [`ArticleView::mentions`].
    pub fn of(&self, mention: usize) -> Option<&Annotation<'p>> {
        self.list.get(*self.places.get(mention)?)
    }

    fn ordered(list: Vec<Annotation<'p>>, related: &[Related<'p>], project: &Project) -> Self {
        let mut keyed: Vec<_> = list.into_iter().enumerate().collect();
        keyed.sort_by_key(|(_, each)| (each.start, Reverse(each.end)));
        let mut places = vec![0; keyed.len()];
        for (new, (old, _)) in keyed.iter().enumerate() {
            places.get_mut(*old).into_iter().for_each(|place| *place = new);
        }
        let mut list: Vec<_> = keyed.into_iter().map(|(_, annotation)| annotation).collect();
        for (_, target) in list.iter_mut().flat_map(|annotation| &mut annotation.links) {
            *target = places.get(*target).copied().unwrap_or_default();
        }
        let relation = |related: &Related<'p>| {
            let (from, to) = (*places.get(related.from)?, *places.get(related.to)?);
            let layer = RelationLayer::between(list.get(from)?.layer, list.get(to)?.layer);
            let relation = related.relation;
            let symmetric = project.tagset().is_symmetric(&relation.kind).then_some("symmetric".into());
            let open = (relation.status == Status::Suggested).then(|| status(Status::Suggested).into());
            let values = vec![Some(relation.kind.as_str().into()), symmetric, open, filled(&relation.note)];
            Some(Relation { relation, layer, from, to, values })
        };
        let relations = related.iter().filter_map(relation).collect();
        Self { list, relations, places }
    }
}

/// Why a participant is left out whom words alone say, where it is not known which.
pub(super) const NOWHERE: &str = "no words of the text say who takes part";

/// All mentions of an article, and the words that say who takes part in its events and how many. A participant that
/// neither a mention nor words stand for is told.
pub(super) fn annotations<'p>(
    project: &'p Project,
    article: &ArticleView<'p>,
    left_out: &mut Vec<LeftOut>,
) -> Annotations<'p> {
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
        .map(|(marked, layer)| {
            let values = match layer {
                Layer::Named => named(project, marked),
                Layer::Event => event(marked, None),
            };
            Annotation::new(*layer, marked, values)
        })
        .collect();
    for view in &article.events {
        let mut words = Words { article, view, first: annotations.len(), annotations: &mut annotations };
        let mut links = Vec::new();
        for participant in &view.participants {
            let (at, why) = match participant.words() {
                Some(party) => (words.party(party, participant.range), NOWHERE),
                None => (article.mention_at(participant), UNPLACED),
            };
            match at {
                Some(index) => links.push((role(participant), index)),
                None => left_out.push(article.left_out(view.who(project, participant), why)),
            }
        }
        for figure in &view.event.figures {
            links.extend(words.figure(figure).map(|index| (figure.kind.name(), index)));
        }
        for index in &view.mentions {
            if let Some((annotation, marked)) = annotations.get_mut(*index).zip(article.mentions.get(*index)) {
                annotation.values = event(marked, Some(view));
                annotation.links.clone_from(&links);
            }
        }
    }
    Annotations::ordered(annotations, &article.relations, project)
}

/// The words of one event as annotations, each once.
struct Words<'a, 'v, 'p> {
    article: &'v ArticleView<'p>,
    view: &'v EventView<'p>,
    /// Where those of this event begin.
    first: usize,
    annotations: &'a mut Vec<Annotation<'p>>,
}

impl<'p> Words<'_, '_, 'p> {
    fn party(&mut self, party: &'p PartyWords, range: Option<TextRange>) -> Option<usize> {
        let country = party.country.map(|code| Cow::from(code.to_string()));
        let known =
            [("value", Some(party_label(party.label).into())), ("name", filled(&party.name)), ("country", country)];
        self.put(range?, known)
    }

    fn figure(&mut self, figure: &Figure) -> Option<usize> {
        let number = figure.number.map(|number| Cow::from(number.to_string()));
        self.put(figure.range?, [("value", Some(FIGURE.into())), ("number", number)])
    }

    fn put<const N: usize>(&mut self, range: TextRange, known: [(&str, Option<Cow<'p, str>>); N]) -> Option<usize> {
        let article = self.article;
        let (start, end) = article.offsets.code_points(range).filter(|_| !range.is_empty())?;
        let mut triggers = self.view.mentions.iter().filter_map(|index| article.mentions.get(*index));
        let open = triggers.all(|marked| marked.mention.status == Status::Suggested);
        let value = |feature: &&str| match known.iter().find(|(name, _)| name == feature) {
            Some((_, value)) => value.clone(),
            None if *feature == "status" && open => Some(status(Status::Suggested).into()),
            None => None,
        };
        let values: Vec<_> = Layer::Named.features().iter().map(value).collect();
        let own = self.annotations.get(self.first..).unwrap_or_default();
        if let Some(at) = own.iter().position(|each| each.range == range && each.values == values) {
            return Some(self.first + at);
        }
        self.annotations.push(Annotation {
            id: format!("{}.{}", self.view.event.id, own.len() + 1),
            layer: Layer::Named,
            mention: None,
            range,
            start,
            end,
            quote: article.record.article.text.slice(range)?,
            values,
            links: Vec::new(),
        });
        Some(self.annotations.len() - 1)
    }
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
        None,
    ]
}

fn event<'p>(marked: &Marked<'p>, view: Option<&EventView<'p>>) -> Vec<Option<Cow<'p, str>>> {
    let mention = marked.mention;
    let mut values = vec![Some(label(&mention.kind)), None, open(marked), filled(&mention.note)];
    values.push(mention.retold.then_some("retold".into()));
    let Some(view) = view else {
        values.resize(Layer::Event.features().len(), None);
        return values;
    };
    let event = view.event;
    if let Some(place) = values.get_mut(1) {
        *place = event.wikidata.as_deref().map(identifier);
    }
    let class = event.kind.class().map(Cow::Borrowed);
    let (date, place) = (event.date.as_ref(), event.place.as_ref());
    let coordinates = place.and_then(|place| place.coordinates);
    // Those that words say are annotations of their own.
    let figures: Vec<_> = event.figures.iter().filter(|figure| figure.range.is_none()).map(figure).collect();
    let date_unsure = date.filter(|date| date.unsure).map(|_| "date");
    let place_unsure = place.filter(|place| place.unsure).map(|_| "place");
    let unsure: Vec<_> = date_unsure.into_iter().chain(place_unsure).collect();
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
        (view.level != Level::default()).then(|| view.level.name().into()),
        event.worth.map(|worth| worth.to_string().into()),
        Some(figures.join("; ")).filter(|figures| !figures.is_empty()).map(Cow::Owned),
        coordinates.map(|at| at.latitude.to_string().into()),
        coordinates.map(|at| at.longitude.to_string().into()),
        Some(unsure.join("; ")).filter(|unsure| !unsure.is_empty()).map(Cow::Owned),
    ]);
    values
}
