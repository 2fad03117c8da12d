//! The metadata of an article and the facts of an entity, while they are edited.

use super::tag::link_of;
use crate::project::{ArticleId, Entity, EntityId, Project};
use crate::text::Metadata;

/// An article's metadata while it is edited.
pub struct DetailsForm {
    pub(in crate::ui) article: ArticleId,
    pub(in crate::ui) meta: Metadata,
    pub(in crate::ui) date: String,
    pub(in crate::ui) fresh: bool,
}

impl DetailsForm {
    /// The form for an article.
    pub fn new(project: &Project, article: ArticleId) -> Option<Self> {
        let meta = project.article(article)?.article.meta.clone();
        let date = meta.date.map(|date| date.to_string()).unwrap_or_default();
        Some(Self { article, meta, date, fresh: true })
    }
}

/// Other names as they are typed: parted by semicolons.
pub(in crate::ui) fn aliases(typed: &str) -> Vec<String> {
    typed.split(';').map(str::trim).filter(|alias| !alias.is_empty()).map(str::to_owned).collect()
}

/// An entity while it is edited.
pub struct EntityForm {
    pub(in crate::ui) entity: Entity,
    pub(in crate::ui) aliases: String,
    /// The Wikidata item as typed.
    pub(in crate::ui) item: String,
    pub(in crate::ui) filter: String,
    pub(in crate::ui) fresh: bool,
}

impl EntityForm {
    /// The form for an entity.
    pub fn new(project: &Project, entity: EntityId) -> Option<Self> {
        let entity = project.entity(entity)?.clone();
        let aliases = entity.aliases.join("; ");
        let item = link_of(&entity);
        Some(Self { entity, aliases, item, filter: String::new(), fresh: true })
    }
}
