//! Why decisions have changed a suggestion, in words for the person whose decisions they were.

use crate::project::{EntityId, Mention, Project};
use crate::suggest::CountryName;

/// Why decisions have changed a suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The words were rejected as the kind in the same article.
    RejectedHere,
    /// In so many others.
    Rejected(u32),
    /// Countries that are named in this way were rejected in so many articles.
    Way(CountryName, u32),
    /// The words were tagged as the kind in so many articles.
    Tagged(u32),
    /// The words were said to stand for this entity in so many articles.
    Named(EntityId, u32),
    /// They are like what was tagged as the kind.
    Alike,
    /// They are unlike that.
    Unlike,
    /// Events of such words were rejected in so many articles, but this one is most likely worth keeping.
    Likely(u32),
}

impl Reason {
    /// In words for the person whose decisions they were: "you rejected “Download” as an event in 3 articles".
    pub fn words(&self, project: &Project, mention: &Mention) -> String {
        let (quote, kind) =
            (&telling(project, mention).quote, one(&project.tagset().name_of(&mention.kind).to_lowercase()));
        let others = |n: u32| if n == 1 { "another article".to_owned() } else { format!("{n} articles") };
        match self {
            Self::RejectedHere => format!("you rejected “{quote}” as {kind} in this article"),
            Self::Rejected(n) => format!("you rejected “{quote}” as {kind} in {}", others(*n)),
            Self::Way(way, n) => format!("you rejected countries named by {} in {}", named_by(*way), others(*n)),
            Self::Tagged(n) => format!("you tagged “{quote}” as {kind} in {}", others(*n)),
            Self::Alike => mention.origin.reason.clone(),
            Self::Likely(n) => {
                format!("you rejected “{quote}” as {kind} in {}, but this one is likely to matter", others(*n))
            }
            Self::Unlike => format!("it is unlike what you tag as {kind}"),
            Self::Named(who, n) => {
                let name = project.entity(*who).map_or("", |entity| &entity.name);
                format!("you said in {} that “{quote}” is {name}", others(*n))
            }
        }
    }
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
