//! People of one name who are two.

use std::collections::BTreeSet;

use crate::project::{ArticleId, Entity, EntityId, KindId, Project, Target};
use crate::suggest::across::names::are_other_offices;
use crate::suggest::{self, Suggestions};

/// So many articles of somebody are looked at, the first ones.
const LOOKED_AT: usize = 60;

/// Whether somebody who was found in an article is another than the one of this name whom the project has: they have other
/// offices, and nobody and no organisation is named with both. A Wikidata item that both have says that they are one.
pub(super) fn are(
    project: &Project,
    article: ArticleId,
    known: &Entity,
    found: &suggest::Entity,
    with: &Suggestions,
) -> bool {
    let same_item = known.wikidata.is_some() && known.wikidata == found.wikidata;
    if same_item || !are_other_offices(&known.role, &found.role) {
        return false;
    }
    let live = project.mentions_of(Target::Entity(known.id)).filter(|mention| mention.is_live());
    let articles: BTreeSet<ArticleId> = live.map(|mention| mention.article).collect();
    if articles.is_empty() || articles.contains(&article) {
        return false;
    }
    // Countries and places are named everywhere.
    let named = with.entities.iter().filter(|(kind, _)| **kind != KindId::COUNTRY && **kind != KindId::PLACE);
    let company: BTreeSet<EntityId> = named
        .flat_map(|(_, entities)| entities)
        .flat_map(|entity| project.entities_named(&entity.name))
        .map(|entity| entity.id)
        .filter(|id| *id != known.id && project.count_of(Target::Entity(*id)) < 10 + project.article_count() / 4)
        .collect();
    let mut mentions = articles.iter().take(LOOKED_AT).flat_map(|article| project.mentions(*article));
    !mentions.any(|mention| {
        let to = |target| matches!(target, Some(Target::Entity(id)) if company.contains(&id));
        mention.is_live() && to(mention.target)
    })
}
