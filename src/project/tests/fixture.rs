//! A small project to work on, and what tests ask of projects.

use std::collections::BTreeMap;

use jiff::civil::Date;
use smol_str::SmolStr;
use text_size::TextRange;

use crate::project::{
    ArticleId, Edit, EntityId, Event, EventId, KindId, Mention, MentionId, Project, Records, Stamp, Target, ops,
};
use crate::text::{Article, Metadata, Text};

pub const FIRST: ArticleId = ArticleId(0);
pub const SECOND: ArticleId = ArticleId(1);

const TEXTS: [&str; 3] = [
    "Wang Yi met Lavrov in Genève.\r\nLavrov praised Wang Yi 🎉 and the Chinese team.",
    "Lavrov, in China: “Wang Yi attacked 🇨🇳 nobody”.\r\n\r\nÉmile met Wang Yi; China met Émile.",
    "Élan vital 👩‍👩‍👧 met met met.",
];

pub fn stamp(by: &str) -> Stamp {
    Stamp { by: SmolStr::new(by), at: jiff::Timestamp::UNIX_EPOCH }
}

pub fn me() -> Stamp {
    stamp("Ada")
}

pub fn article(title: &str, text: &str) -> Article {
    Article { meta: Metadata { title: title.into(), ..Metadata::default() }, text: Text::new(text).unwrap() }
}

/// Three articles and nothing else.
pub fn project() -> Project {
    let articles = TEXTS.iter().enumerate().map(|(index, text)| article(&format!("No. {index}"), text)).collect();
    done(&Project::new(), |project| ops::add_articles(project, articles, me()))
}

/// A day of publication that changes no date of an event.
pub fn stays(_: &Project, _: ArticleId, _: Option<Date>) -> BTreeMap<EventId, (Date, Date)> {
    BTreeMap::new()
}

/// Has every event of an article that has a date take place on its day of publication.
pub fn same_day(project: &Project, article: ArticleId, day: Option<Date>) -> BTreeMap<EventId, (Date, Date)> {
    let other = |event: &&Event| event.date.as_ref().is_some_and(|date| Some(date.start) != day);
    project.events_of(article).filter(other).filter_map(|event| Some((event.id, (day?, day?)))).collect()
}

/// The project once the operation is done.
#[track_caller]
pub fn done(project: &Project, operation: impl FnOnce(&Project) -> Edit) -> Project {
    let mut after = project.clone();
    after.apply(&operation(project)).unwrap();
    check(&after);
    after
}

/// The range of the `nth` place (from 0) where `words` stand.
#[track_caller]
pub fn range(project: &Project, article: ArticleId, words: &str, nth: usize) -> TextRange {
    let (start, _) = project.text(article).match_indices(words).nth(nth).unwrap();
    crate::text::byte_range(start, start + words.len()).unwrap()
}

pub fn tag(project: &Project, article: ArticleId, words: &str, nth: usize, kind: &KindId) -> Project {
    done(project, |p| ops::tag(p, article, &[range(p, article, words, nth)], kind, &ops::unknown, me()))
}

/// The project with a suggestion as a source makes it, of the kind and target that a tag by hand would have.
pub fn suggest(project: &Project, article: ArticleId, words: &str, nth: usize, kind: &KindId) -> (Project, MentionId) {
    let mut edit = ops::tag(project, article, &[range(project, article, words, nth)], kind, &ops::unknown, me());
    edit.author = crate::project::Author::Run;
    for change in &mut edit.changes {
        match change {
            crate::project::Change::Mention(swap) => {
                let mention = swap.after.as_mut().unwrap();
                mention.status = crate::project::Status::Suggested;
                mention.decision = None;
                mention.origin.source = "people".into();
            }
            crate::project::Change::Entity(swap) => swap.after.as_mut().unwrap().decision = None,
            crate::project::Change::Event(swap) => swap.after.as_mut().unwrap().decision = None,
            _ => {}
        }
    }
    let after = done(project, |_| edit);
    let made = after.all_mentions().map(|mention| mention.id).max().unwrap();
    (after, made)
}

/// The mention at the `nth` place where `words` stand.
#[track_caller]
pub fn mention<'p>(project: &'p Project, article: ArticleId, words: &str, nth: usize) -> &'p Mention {
    let range = range(project, article, words, nth);
    project.mentions_at(article, range).first().unwrap_or_else(|| panic!("no mention of {words}"))
}

#[track_caller]
pub fn entity(mention: &Mention) -> EntityId {
    match mention.target {
        Some(Target::Entity(id)) => id,
        other => panic!("{other:?} is no entity"),
    }
}

#[track_caller]
pub fn event(mention: &Mention) -> EventId {
    match mention.target {
        Some(Target::Event(id)) => id,
        other => panic!("{other:?} is no event"),
    }
}

/// All records, without where the numbering stands.
pub fn records(project: &Project) -> Records {
    Records {
        tagset: project.tagset().kinds.clone(),
        article_tags: project.tagset().article_tags.clone(),
        relation_kinds: project.tagset().relations.clone(),
        guidelines: project.guidelines().to_owned(),
        level: project.level(),
        learning: project.learning().clone(),
        taken: project.taken().to_vec(),
        articles: project.articles().cloned().collect(),
        entities: project.entities().cloned().collect(),
        events: project.events().cloned().collect(),
        mentions: project.all_mentions().cloned().collect(),
        relations: project.relations().cloned().collect(),
        judgements: project.judgements().cloned().collect(),
        contributors: project.contributors().cloned().collect(),
        rulings: project.rulings().cloned().collect(),
        log: Vec::new(),
        next: crate::project::IdCounters::default(),
    }
}

/// Panics unless everything fits together and the indexes are those that the records give.
#[track_caller]
pub fn check(project: &Project) {
    let fresh = Project::from_records(records(project)).unwrap();
    assert_eq!(records(&fresh), records(project), "mentions are out of order");
    assert_eq!(fresh.indexes, project.indexes);
    assert_eq!(fresh.order, project.order);
    for id in project.article_ids() {
        assert_eq!(fresh.progress(*id), project.progress(*id));
        assert!(fresh.tables.of_article(*id).eq(project.tables.of_article(*id)));
    }
    for mention in project.all_mentions() {
        assert_eq!(project.mention(mention.id), Some(mention));
    }
}
