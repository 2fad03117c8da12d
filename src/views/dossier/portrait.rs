//! One entity in all articles, whatever is selected: what needs their texts is gathered once.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::known::known_lines;
use crate::project::{EntityId, Hue, KindId, Mention, MentionId, Project, Status};
use crate::suggest::people::office_told;
use crate::text::find::{context, on_one_line};
use crate::text::sentences::sentence_at;
use crate::text::{byte_range, bytes};
use crate::views::collection::{Collection, Of, at};
use crate::views::days::date_of;
use crate::views::names::country_name;
use crate::views::ties::{Tie, ties_of};

/// How far around a mention its place shows the text, in bytes.
const AROUND: usize = 240;

/// A mention, with what stands around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its place in [`Collection::mentions`].
    pub row: u32,
    /// Which it is.
    pub mention: MentionId,
    /// The place of its article.
    pub article: u32,
    /// The place of its words in [`Portrait::names`].
    pub name: u32,
    /// The place of the office that is told with it in [`Portrait::roles`].
    pub role: Option<u32>,
    /// What stands before it, on one line.
    pub left: Box<str>,
    /// What stands behind.
    pub right: Box<str>,
}

/// What another is to the entity, by relations in texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// "works for Acme".
    pub words: String,
    /// Whether a person has accepted it.
    pub accepted: bool,
    /// The mentions at both ends of each relation that says so, by their places.
    pub rows: Vec<(u32, u32)>,
}

/// Who it is, and where they are named.
#[derive(Clone, Debug, PartialEq)]
pub struct Portrait {
    /// Which.
    pub id: EntityId,
    /// The place in [`Collection::entities`].
    pub entity: u32,
    /// What they are called.
    pub name: String,
    /// "Person".
    pub kind: String,
    /// The colour of the kind.
    pub hue: Hue,
    /// What the record holds besides: role, country, other names, Wikidata item and note; each with its name.
    pub facts: Vec<(&'static str, String)>,
    /// What the engine's knowledge has.
    pub known: Vec<String>,
    /// The ways in which texts write the name.
    pub names: Vec<String>,
    /// The offices that are told with it.
    pub roles: Vec<String>,
    /// All mentions, in the order of the text.
    pub places: Vec<Place>,
    /// Title and source of the articles, by their places.
    pub articles: BTreeMap<u32, (String, String)>,
    /// What they are to others.
    pub relations: Vec<Related>,
    pub(super) ties: Vec<Tie>,
}

impl Portrait {
    /// Gathers all of an entity, by its place.
    pub fn of(project: &Project, all: &Collection, entity: u32) -> Option<Self> {
        let row = at(&all.entities, entity)?;
        let record = project.entity(row.id)?;
        let kind = project.tagset().get(&record.kind);
        let rows: Vec<u32> =
            (0..).zip(&all.mentions).filter(|(_, row)| row.of == Of::Entity(entity)).map(|(place, _)| place).collect();
        let offices = kind.is_some_and(crate::project::Kind::is_people);
        let found: Vec<Found> = rows.par_iter().filter_map(|row| found(project, all, *row, offices)).collect();
        let days = rows.iter().filter_map(|row| at(&all.articles, at(&all.mentions, *row)?.article)?.day);
        let known = known_lines(project.tagset(), record, days.max().map(date_of));
        let facts = [
            ("Role", record.role.clone()),
            ("Country", record.country.map(country_name).unwrap_or_default()),
            ("Other names", record.aliases.join("; ")),
            ("Wikidata", record.wikidata.as_deref().unwrap_or_default().to_owned()),
            ("Note", record.note.clone()),
        ];
        let mut portrait = Self {
            id: row.id,
            entity,
            name: record.name.clone(),
            kind: project.tagset().name_of(&record.kind).to_owned(),
            hue: all.kinds.get(usize::from(row.kind)).map_or(Hue::Grey, |kind| kind.hue),
            facts: facts.into_iter().filter(|(_, said)| !said.is_empty()).collect(),
            known,
            names: Vec::new(),
            roles: Vec::new(),
            places: Vec::new(),
            articles: BTreeMap::new(),
            relations: Vec::new(),
            ties: ties_of(project, all, (entity, &rows)),
        };
        portrait.place(project, all, found);
        portrait.relations = portrait.related(project, all);
        Some(portrait)
    }

    /// Takes in the mentions; of names and offices that are the same one is kept.
    fn place(&mut self, project: &Project, all: &Collection, found: Vec<Found>) {
        let (mut names, mut roles) = (BTreeMap::new(), BTreeMap::new());
        for Found { row, mention, article, words, office, left, right } in found {
            let name = kept(&mut names, &mut self.names, words);
            let role = office.map(|office| kept(&mut roles, &mut self.roles, office));
            self.places.push(Place { row, mention, article, name, role, left, right });
            self.articles.entry(article).or_insert_with(|| {
                let meta = at(&all.articles, article).and_then(|row| project.article(row.id));
                let meta = meta.map(|record| &record.article.meta);
                meta.map(|meta| (meta.title.clone(), meta.source.clone())).unwrap_or_default()
            });
        }
    }

    /// What relations say of this entity and others, each said once.
    fn related(&self, project: &Project, all: &Collection) -> Vec<Related> {
        let mut found: BTreeMap<(&KindId, bool, Other), Related> = BTreeMap::new();
        for article in self.articles.keys().filter_map(|article| at(&all.articles, *article)) {
            let rows = all.mentions.get(article.mentions.clone()).unwrap_or_default();
            let row = |id: MentionId| {
                let place = rows.iter().position(|row| row.id == id)?;
                Some((u32::try_from(article.mentions.start + place).ok()?, rows.get(place)?.of))
            };
            for relation in project.relations_in(article.id).filter(|relation| relation.is_live()) {
                let Some(((from, one), (to, other))) = row(relation.from).zip(row(relation.to)) else { continue };
                let own = Of::Entity(self.entity);
                if one == other || one != own && other != own {
                    continue;
                }
                let turned = one != own;
                let other = match if turned { one } else { other } {
                    Of::Entity(place) => Other::Entity(place),
                    Of::Event(place) => Other::Event(place),
                    Of::Nothing => continue,
                };
                let said_back = turned && !project.tagset().is_symmetric(&relation.kind);
                let related = found.entry((&relation.kind, said_back, other)).or_insert_with(|| Related {
                    words: self.said(project, all, (&relation.kind, said_back, other)),
                    accepted: false,
                    rows: Vec::new(),
                });
                related.accepted |= relation.status == Status::Accepted;
                related.rows.push(if turned { (to, from) } else { (from, to) });
            }
        }
        found.into_values().collect()
    }

    /// "works for Acme", "employs Bob".
    fn said(&self, project: &Project, all: &Collection, (kind, back, other): (&KindId, bool, Other)) -> String {
        let other = match other {
            Other::Entity(place) => at(&all.entities, place).map_or("", |entity| &*entity.name),
            Other::Event(place) => at(&all.events, place).map_or("", |event| &*event.name),
        };
        let name = project.tagset().relation_name(kind);
        match project.tagset().relation(kind).map_or("", |kind| kind.reverse.as_str()) {
            "" if back => format!("{other} {name} {}", self.name),
            reverse if back => format!("{reverse} {other}"),
            _ => format!("{name} {other}"),
        }
    }

    /// The mention at a place of [`Collection::mentions`].
    pub fn at(&self, row: u32) -> Option<&Place> {
        let place = self.places.binary_search_by_key(&row, |place| place.row).ok()?;
        self.places.get(place)
    }

    /// What stands before and behind a mention in its own sentence, as far as both are kept.
    pub(super) fn sentence(&self, place: &Place) -> (String, String) {
        let text = format!("{}{}{}", place.left, self.words(place), place.right);
        let ends = byte_range(place.left.len(), text.len() - place.right.len());
        let parts = ends.and_then(|name| {
            let (sentence, name) = (bytes(sentence_at(&text, name)), bytes(name));
            Some((text.get(sentence.start..name.start)?.to_owned(), text.get(name.end..sentence.end)?.to_owned()))
        });
        parts.unwrap_or_else(|| (place.left.to_string(), place.right.to_string()))
    }

    /// The words of a mention.
    pub fn words(&self, place: &Place) -> &str {
        at(&self.names, place.name).map_or("", String::as_str)
    }
}

/// What stands at the other end of a relation, by its place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Other {
    Entity(u32),
    Event(u32),
}

/// A mention before names that are the same are one.
struct Found {
    row: u32,
    mention: MentionId,
    article: u32,
    words: String,
    office: Option<String>,
    left: Box<str>,
    right: Box<str>,
}

fn found(project: &Project, all: &Collection, row: u32, offices: bool) -> Option<Found> {
    let place = at(&all.mentions, row)?;
    // A snapshot finds mentions by their articles alone.
    let article = at(&all.articles, place.article)?;
    let mention: &Mention = project.mentions(article.id).iter().find(|mention| mention.id == place.id)?;
    let text = project.text(mention.article);
    let (left, right) = context(text, mention.range, AROUND);
    // Not from the middle of a word, nor into one.
    let cut = |from: usize, to: usize| to.saturating_sub(from) > AROUND;
    let left = match left.split_once(' ').filter(|_| cut(0, mention.range.start().into())) {
        Some((_, rest)) => format!("…{rest}"),
        None => left,
    };
    let right = match right.rsplit_once(' ').filter(|_| cut(mention.range.end().into(), text.len())) {
        Some((words, _)) => format!("{words}…"),
        None => right,
    };
    Some(Found {
        row,
        mention: place.id,
        article: place.article,
        words: on_one_line(&mention.quote),
        office: if offices { office_told(text, mention.range) } else { None },
        left: left.into(),
        right: right.into(),
    })
}

/// The place of words in a list; they are added where it lacks them.
fn kept(places: &mut BTreeMap<String, u32>, list: &mut Vec<String>, words: String) -> u32 {
    let next = u32::try_from(list.len()).unwrap_or(u32::MAX);
    *places.entry(words).or_insert_with_key(|words| {
        list.push(words.clone());
        next
    })
}
