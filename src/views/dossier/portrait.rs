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
    /// Where its sentence begins on the left, and ends on the right, in bytes.
    sentence: (usize, usize),
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
        for Found { row, mention, article, words, office, left, right, sentence } in found {
            let name = kept(&mut names, &mut self.names, words);
            let role = office.map(|office| kept(&mut roles, &mut self.roles, office));
            self.places.push(Place { row, mention, article, name, role, left, right, sentence });
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
    pub fn sentence<'p>(&self, place: &'p Place) -> (&'p str, &'p str) {
        let (from, to) = place.sentence;
        (place.left.get(from..).unwrap_or(&place.left), place.right.get(..to).unwrap_or(&place.right))
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
    sentence: (usize, usize),
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
    let words = on_one_line(&mention.quote);
    let around = format!("{left}{words}{right}");
    let own = byte_range(left.len(), left.len() + words.len()).map(|own| bytes(sentence_at(&around, own)));
    let sentence = own.map_or((0, right.len()), |own| (own.start, own.end.saturating_sub(left.len() + words.len())));
    Some(Found {
        row,
        mention: place.id,
        article: place.article,
        words,
        office: if offices { office_told(text, mention.range) } else { None },
        left: left.into(),
        right: right.into(),
        sentence,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Stamp, Target, ops};
    use crate::text::{Article, Metadata, Text};

    #[test]
    fn a_snapshot_tells_names_roles_sentences_and_relations() {
        let stamp = || Stamp { by: "Ada".into(), at: jiff::Timestamp::UNIX_EPOCH };
        let text = "Prices rose. Foreign Minister Ana Ruiz works for Acme. Talks failed.\n\nRuiz left Acme.";
        let article = Article { meta: Metadata::default(), text: Text::new(text).unwrap() };
        let mut project = Project::new();
        project.apply(&ops::add_articles(&project, vec![article], stamp())).unwrap();
        let mut tag = |words: &str, kind: KindId| {
            let article = project.article_ids()[0];
            let start = text.find(words).unwrap();
            let range = byte_range(start, start + words.len()).unwrap();
            project.apply(&ops::tag(&project, article, &[range], &kind, &ops::unknown, stamp())).unwrap();
            project.mentions_at(article, range)[0].clone()
        };
        let (ruiz, acme) = (tag("Ana Ruiz", KindId::PERSON), tag("Acme", KindId::COUNTRY));
        let ready = project.tagset().ready_relations();
        let works = ready.iter().find(|kind| !kind.symmetric && !kind.reverse.is_empty()).unwrap();
        let mut new = ops::NewTagset { tagset: project.tagset().clone(), ..Default::default() };
        new.tagset.add_relation(works.clone());
        project.apply(&ops::set_tagset(&project, &new, &ops::unknown, stamp())).unwrap();
        project.apply(&ops::relate(&project, works, ruiz.id, acme.id, stamp())).unwrap();

        let snapshot = project.snapshot();
        let all = Collection::of(&snapshot);
        let portrait = |target: Option<Target>| {
            let Some(Target::Entity(id)) = target else { panic!("it names an entity") };
            let place = all.entities.iter().position(|row| row.id == id).unwrap();
            Portrait::of(&snapshot, &all, u32::try_from(place).unwrap()).unwrap()
        };
        let of_ruiz = portrait(ruiz.target);
        assert_eq!((of_ruiz.names, of_ruiz.roles), (vec!["Ana Ruiz".to_owned()], vec!["foreign minister".to_owned()]));
        let place = &of_ruiz.places[0];
        assert_eq!((&*place.left, place.article), ("Prices rose. Foreign Minister ", 0));
        let words: Vec<_> = of_ruiz.relations.iter().map(|one| (one.words.as_str(), one.accepted)).collect();
        assert_eq!(words, [(format!("{} Acme", works.name).as_str(), true)]);
        let of_acme = portrait(acme.target);
        assert_eq!(of_acme.relations[0].words, format!("{} Ana Ruiz", works.reverse));
        assert_eq!(of_acme.sentence(&of_acme.places[0]), ("Foreign Minister Ana Ruiz works for ", "."));
        assert!(of_acme.ties.len() == 2 && of_acme.roles.is_empty(), "{:?}", of_acme.ties);
    }
}
