//! Why decisions have changed a suggestion, in words for the person whose decisions they were.

use super::ways::Way;
use super::words::Times;
use crate::project::{EntityId, KindId, Mention, Project, TakenWords};
use crate::suggest::CountryName;
use crate::wording::event_type;

/// Why decisions have changed a suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The words were rejected as the kind in the same article.
    RejectedHere,
    /// In so many articles.
    Rejected(Times),
    /// Countries that are named in this way, or events of this type, were rejected in so many articles.
    Way(Way, u32),
    /// The words were tagged as the kind elsewhere in the same article.
    TaggedHere,
    /// The words were tagged as the kind in so many articles.
    Tagged(Times),
    /// The words were said to stand for this entity in so many articles.
    Named(EntityId, u32),
    /// They are like what was tagged as the kind.
    Alike,
    /// They are unlike that.
    Unlike,
    /// Events of such words were rejected in so many articles, but this one is most likely worth keeping.
    Likely(Times),
}

impl Reason {
    /// In words for the person whose decisions they were: "you rejected “Download” as an event in 3 articles".
    pub fn words(&self, project: &Project, mention: &Mention) -> String {
        let (quote, kind) =
            (&telling(project, mention).quote, one(&project.tagset().name_of(&mention.kind).to_lowercase()));
        // What tells of events is taken over as of no kind but that.
        let taken_as = if mention.event().is_some() { &KindId::EVENT } else { &mention.kind };
        let taken_from = |count: u32| of_projects(project, quote, taken_as, count);
        let done = |done: &str, times: &Times| match (times.here, times.elsewhere) {
            (n, 0) => format!("you {done} “{quote}” as {kind} in {}", others(n)),
            (0, n) => format!("“{quote}” was {done} as {kind} in {}", taken_from(n)),
            (here, n) => {
                format!("“{quote}” was {done} as {kind} in {} here and in {}", articles(here), taken_from(n))
            }
        };
        match self {
            Self::RejectedHere => format!("you rejected “{quote}” as {kind} in this article"),
            Self::Rejected(times) => done("rejected", times),
            Self::Way(Way::Country(way), n) => {
                format!("you rejected countries named by {} in {}", named_by(*way), others(*n))
            }
            Self::Way(Way::Event(kind), n) => {
                format!("you rejected events of the type “{}” in {}", event_type(*kind), others(*n))
            }
            Self::TaggedHere => format!("you tagged “{quote}” as {kind} in this article"),
            Self::Tagged(times) => done("tagged", times),
            Self::Alike => mention.origin.reason.clone(),
            Self::Likely(times) => format!("{}, but this one is likely to matter", done("rejected", times)),
            Self::Unlike => format!("it is unlike what you tag as {kind}"),
            Self::Named(who, n) => {
                let name = project.entity(*who).map_or("", |entity| &entity.name);
                format!("you said in {} that “{quote}” is {name}", others(*n))
            }
        }
    }
}

/// "another article", "3 articles".
fn others(count: u32) -> String {
    if count == 1 { "another article".to_owned() } else { articles(count) }
}

/// "1 article", "3 articles".
fn articles(count: u32) -> String {
    if count == 1 { "1 article".to_owned() } else { format!("{count} articles") }
}

/// "3 articles of elections.rubric".
fn of_projects(project: &Project, quote: &str, kind: &KindId, count: u32) -> String {
    let says =
        |words: &TakenWords| words.kind == *kind && (words.words == quote || words.words == quote.to_lowercase());
    let mut from = project.taken().iter().filter(|taken| taken.words.iter().any(says)).map(|taken| &taken.from);
    let of = match (from.next(), from.next()) {
        (Some(one), None) => one,
        _ => "other projects",
    };
    format!("{} of {of}", articles(count))
}

/// "a person", "an event".
fn one(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

fn named_by(way: CountryName) -> &'static str {
    match way {
        CountryName::Name => "their name",
        CountryName::Demonym => "their people or language",
        CountryName::Capital => "their capital",
        CountryName::Government => "their government",
        CountryName::Part => "a part of them",
    }
}

/// The mention that stands for the event that a mention tells of; itself for all that is no event.
pub(super) fn telling<'p>(project: &'p Project, mention: &'p Mention) -> &'p Mention {
    let of = |other: &&Mention| mention.event().is_some() && other.event() == mention.event() && !other.retold;
    project.mentions(mention.article).iter().find(of).unwrap_or(mention)
}
