//! A tag while it is edited.

use eframe::egui::Rect;

use crate::project::{Entity, Mention, MentionId, Project, Target};

/// A tag while it is edited.
pub struct TagForm {
    pub(in crate::ui) mention: MentionId,
    pub(in crate::ui) words: String,
    pub(in crate::ui) link: String,
    pub(in crate::ui) note: String,
    pub(in crate::ui) chosen: usize,
    pub(in crate::ui) fresh: bool,
    /// Where the mention stood when it was last seen.
    pub(in crate::ui) beside: Option<Rect>,
    /// How high the list was when it was last drawn, in points.
    pub(in crate::ui) list: f32,
}

impl TagForm {
    /// The form for a mention.
    pub fn new(project: &Project, mention: MentionId) -> Option<Self> {
        let found = project.mention(mention)?;
        let words = project.target_name(found).to_owned();
        let link = entity_of(project, found).map_or_else(String::new, link_of);
        Some(Self { mention, words, link, note: found.note.clone(), chosen: 0, fresh: true, beside: None, list: 0.0 })
    }
}

/// The link of an entity as a field shows it.
pub(in crate::ui) fn link_of(entity: &Entity) -> String {
    entity.wikidata.as_deref().unwrap_or_default().to_owned()
}

pub(in crate::ui) fn entity_of<'p>(project: &'p Project, mention: &Mention) -> Option<&'p Entity> {
    match mention.target? {
        Target::Entity(id) => project.entity(id),
        Target::Event(_) => None,
    }
}
