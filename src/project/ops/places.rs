//! What a person can do with places of texts: tag them with a kind, in one article or many, and take that back.

use std::collections::{BTreeSet, HashMap};

use text_size::TextRange;

use super::mentions::new_target;
use super::{Builder, LookUp, delete};
use crate::project::{Action, ArticleId, Edit, KindId, Mention, MentionId, Origin, Project, Stamp, Status, Target};

/// A range of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// Which article.
    pub article: ArticleId,
    /// UTF-8 bytes of its text.
    pub range: TextRange,
}

/// Tags ranges of one article, as [`tag_places`].
pub fn tag(
    project: &Project,
    article: ArticleId,
    ranges: &[TextRange],
    kind: &KindId,
    look_up: LookUp<'_>,
    stamp: Stamp,
) -> Edit {
    let places: Vec<Place> = ranges.iter().map(|range| Place { article, range: *range }).collect();
    tag_places(project, &places, kind, look_up, stamp)
}

/// Tags places with a kind, by hand. A place that carries a live tag of this kind already is accepted instead, a
/// rejected one is brought back; all places of an article with the same words share an entity, or an event.
pub fn tag_places(project: &Project, places: &[Place], kind: &KindId, look_up: LookUp<'_>, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let mut new = Vec::new();
    let mut targets: HashMap<(ArticleId, &str), Target> = HashMap::new();
    let mut tagged = 0;
    let schema = project.tagset().schema(kind);
    for Place { article, range } in in_order(places) {
        let Some(quote) = project.slice(article, range).filter(|quote| !quote.trim().is_empty()) else { continue };
        tagged += 1;
        match project.mentions_at(article, range).iter().find(|mention| mention.kind == *kind) {
            Some(present) => {
                edit.decide(present.id, |mention| mention.status = Status::Accepted);
                if let Some(target) = present.target {
                    targets.entry((article, quote)).or_insert(target);
                }
            }
            None => new.push((article, range, quote)),
        }
    }
    for (article, range, quote) in new {
        let target = match targets.get(&(article, quote)) {
            Some(target) => *target,
            None => new_target(&mut edit, article, kind, schema, &look_up(schema, quote)),
        };
        targets.insert((article, quote), target);
        let id = edit.fresh::<Mention>();
        let decision = Some(edit.stamp().clone());
        edit.put(Mention {
            target: Some(target),
            status: Status::Accepted,
            decision,
            ..Mention::new(id, (article, range), quote, kind.clone(), Origin::hand())
        });
    }
    edit.finish(Action::Tag { places: tagged, kind: project.tagset().name_of(kind).to_owned() })
}

/// Takes away the live tags of a kind that cover exactly these places, as [`delete`] does.
pub fn untag_places(project: &Project, places: &[Place], kind: &KindId, stamp: Stamp) -> Edit {
    let tags = |place: Place| project.mentions_at(place.article, place.range).iter();
    let ids: BTreeSet<MentionId> = in_order(places)
        .flat_map(tags)
        .filter(|mention| mention.is_live() && mention.kind == *kind)
        .map(|mention| mention.id)
        .collect();
    delete(project, &ids.into_iter().collect::<Vec<_>>(), stamp)
}

/// Each place once, article by article.
fn in_order(places: &[Place]) -> impl Iterator<Item = Place> {
    let sorted: BTreeSet<(ArticleId, u32, u32)> =
        places.iter().map(|p| (p.article, p.range.start().into(), p.range.end().into())).collect();
    sorted.into_iter().map(|(article, start, end)| Place { article, range: TextRange::new(start.into(), end.into()) })
}
