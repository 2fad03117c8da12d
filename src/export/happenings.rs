//! Happenings, whichever and how many articles tell of each: the register, one a row, and the crosswalk, which says which
//! event of which article tells of which.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use super::json::status;
use super::table::{Table, figure, guarded, list, shown};
use super::view::{ArticleView, EventView, View};
use super::{Export, ExportError, Format, Group, Selection};
use crate::project::{
    ArticleId, Event, EventId, Happenings, Participant, Project, Role, Status, as_one, disagreements,
};
use crate::text::{TextRange, sentences, tokens};
use crate::wording;

/// See the module.
pub(super) enum HappeningTable {
    Register,
    RegisterTsv,
    Crosswalk,
    CrosswalkTsv,
}

/// A happening with all that goes out of its events, in the order of articles and text.
pub(super) struct Happening<'v, 'p> {
    /// The first event by number of those that go out, by which the happening is called.
    pub id: EventId,
    pub told: Vec<(&'v ArticleView<'p>, &'v EventView<'p>)>,
    /// What they say together.
    pub one: Event,
}

/// The happenings of a view, in the order in which their first event comes.
pub(super) fn happenings<'v, 'p>(view: &'v View<'p>) -> Vec<Happening<'v, 'p>> {
    let known = Happenings::new(view.project);
    let mut places: HashMap<EventId, usize> = HashMap::new();
    let mut found: Vec<Vec<(&'v ArticleView<'p>, &'v EventView<'p>)>> = Vec::new();
    for article in &view.articles {
        for event in &article.events {
            let place = *places.entry(known.first(event.event.id)).or_insert(found.len());
            match found.get_mut(place) {
                Some(told) => told.push((article, event)),
                None => found.push(vec![(article, event)]),
            }
        }
    }
    let whole = |told: Vec<(&'v ArticleView<'p>, &'v EventView<'p>)>| {
        let mut events: Vec<&Event> = told.iter().map(|(_, view)| view.event).collect();
        events.sort_by_key(|event| event.id);
        let id = events.first()?.id;
        Some(Happening { id, one: as_one(&events)?, told })
    };
    found.into_iter().filter_map(whole).collect()
}

/// Each event of a view by itself, whatever is said of it and others.
pub(super) fn alone<'v, 'p>(view: &'v View<'p>) -> Vec<Happening<'v, 'p>> {
    let told = view.articles.iter().flat_map(|article| article.events.iter().map(move |event| (article, event)));
    told.map(|(article, view)| Happening { id: view.event.id, told: vec![(article, view)], one: view.event.clone() })
        .collect()
}

impl<'p> Happening<'_, 'p> {
    /// Those who take part in a role, each once.
    pub fn parties(&self, role: Role) -> Vec<&'p Participant> {
        let mut found: Vec<&'p Participant> = Vec::new();
        for who in self.told.iter().flat_map(|(_, view)| view.participants.iter().copied()) {
            if who.role == role && !found.iter().any(|known| known.is_same(who)) {
                found.push(who);
            }
        }
        found
    }

    fn articles(&self) -> usize {
        self.told.iter().map(|(article, _)| article.record.id).collect::<BTreeSet<_>>().len()
    }
}

const REGISTER: [&str; 24] = [
    "happening",
    "name",
    "type",
    "class",
    "mode",
    "start",
    "end",
    "place",
    "place_country",
    "latitude",
    "longitude",
    "actors",
    "actor_countries",
    "recipients",
    "recipient_countries",
    "figures",
    "polarity",
    "modality",
    "articles",
    "events",
    "disagreements",
    "status",
    "wikidata",
    "note",
];

/// Those that say which event a row is of come first: an import goes by them.
const CROSSWALK: [&str; 13] = [
    "happening",
    "event",
    "article",
    "title",
    "published",
    "trigger",
    "start",
    "end",
    "offset_unit",
    "name",
    "type",
    "status",
    "sentence",
];

fn register_row<'p>(project: &'p Project, happening: &Happening<'_, 'p>) -> [Cow<'p, str>; REGISTER.len()] {
    let one = &happening.one;
    let [(actors, actor_countries), (recipients, recipient_countries)] = [Role::Actor, Role::Recipient].map(|role| {
        let who = happening.parties(role);
        let names = list(who.iter().map(|who| project.party_name(&who.who)));
        (names, list(who.iter().map(|who| shown(project.party_country(&who.who)))))
    });
    let (date, place) = (one.date.as_ref(), one.place.as_ref());
    let coordinates = place.and_then(|place| place.coordinates);
    let events: Vec<&Event> = happening.told.iter().map(|(_, view)| view.event).collect();
    let differ = disagreements(&events);
    let accepted = happening.told.iter().any(|(article, view)| is_accepted(article, view));
    [
        happening.id.to_string().into(),
        one.name.clone().into(),
        one.kind.code().unwrap_or_default().into(),
        one.kind.class().unwrap_or_default().into(),
        one.mode.as_deref().unwrap_or_default().to_owned().into(),
        shown(date.map(|date| date.start)),
        shown(date.map(|date| date.end)),
        place.map(|place| place.name.clone()).unwrap_or_default().into(),
        shown(place.and_then(|place| place.country)),
        shown(coordinates.map(|at| at.latitude)),
        shown(coordinates.map(|at| at.longitude)),
        actors.into(),
        actor_countries.into(),
        recipients.into(),
        recipient_countries.into(),
        list(one.figures.iter().map(figure)).into(),
        one.polarity.name().into(),
        one.modality.name().into(),
        happening.articles().to_string().into(),
        happening.told.len().to_string().into(),
        list(differ.iter().map(|differ| wording::disagreement(project, differ, |day| day.to_string()))).into(),
        status(if accepted { Status::Accepted } else { Status::Suggested }).into(),
        one.wikidata.as_deref().unwrap_or_default().to_owned().into(),
        one.note.clone().into(),
    ]
}

fn is_accepted(article: &ArticleView<'_>, view: &EventView<'_>) -> bool {
    let triggers = view.mentions.iter().filter_map(|index| article.mentions.get(*index));
    triggers.into_iter().any(|marked| marked.mention.status == Status::Accepted)
}

fn crosswalk_row<'p>(
    happening: EventId,
    (article, view): (&ArticleView<'p>, &EventView<'p>),
    sentences: &[TextRange],
) -> [Cow<'p, str>; CROSSWALK.len()] {
    let (event, meta) = (view.event, &article.record.article.meta);
    let triggers = || view.mentions.iter().filter_map(|index| article.mentions.get(*index));
    // The one that stands for the event.
    let trigger = triggers().find(|marked| !marked.mention.retold).or_else(|| triggers().next());
    let sentence = trigger.and_then(|marked| {
        let at = sentences.partition_point(|sentence| sentence.end() <= marked.mention.range.start());
        article.record.article.text.slice(*sentences.get(at)?)
    });
    let accepted = is_accepted(article, view);
    [
        happening.to_string().into(),
        event.id.to_string().into(),
        article.record.id.to_string().into(),
        meta.title.as_str().into(),
        shown(meta.date),
        trigger.map_or("", |marked| marked.mention.quote.as_str()).into(),
        shown(trigger.map(|marked| marked.start)),
        shown(trigger.map(|marked| marked.end)),
        "code_point".into(),
        event.name.as_str().into(),
        event.kind.code().or(event.kind.class()).unwrap_or_default().into(),
        status(if accepted { Status::Accepted } else { Status::Suggested }).into(),
        sentence.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ").into(),
    ]
}

impl Format for HappeningTable {
    fn id(&self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::RegisterTsv => "register-tsv",
            Self::Crosswalk => "crosswalk",
            Self::CrosswalkTsv => "crosswalk-tsv",
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Register => "Register (CSV)",
            Self::RegisterTsv => "Register (TSV)",
            Self::Crosswalk => "Crosswalk (CSV)",
            Self::CrosswalkTsv => "Crosswalk (TSV)",
        }
    }

    fn group(&self) -> Group {
        Group::Tables
    }

    fn extension(&self) -> &'static str {
        match self {
            Self::Register | Self::Crosswalk => "csv",
            Self::RegisterTsv | Self::CrosswalkTsv => "tsv",
        }
    }

    fn description(&self) -> &'static str {
        match self {
            Self::Register => "A table with one happening a row, however many articles tell of it",
            Self::RegisterTsv | Self::CrosswalkTsv => "The same with tabs between the columns",
            Self::Crosswalk => "A table that says which event of which article tells of which happening",
        }
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let delimiter = if self.extension() == "tsv" { b'\t' } else { b',' };
        let of_events = matches!(self, Self::Crosswalk | Self::CrosswalkTsv);
        let columns: &[&str] = if of_events { &CROSSWALK } else { &REGISTER };
        let mut table = Table::new(delimiter, columns)?;
        let mut cut: HashMap<ArticleId, Vec<TextRange>> = HashMap::new();
        for happening in happenings(&view) {
            if of_events {
                for (article, event) in &happening.told {
                    let cut = cut.entry(article.record.id);
                    let cut =
                        cut.or_insert_with(|| sentences::sentences(article.text, &tokens::tokenize(article.text)));
                    let cells = crosswalk_row(happening.id, (article, event), cut);
                    table.row(guarded(columns, &cells).iter().map(|cell| cell.as_bytes()))?;
                }
            } else {
                let cells = register_row(project, &happening);
                table.row(guarded(columns, &cells).iter().map(|cell| cell.as_bytes()))?;
            }
        }
        table.finish(&view, self.extension())
    }
}
