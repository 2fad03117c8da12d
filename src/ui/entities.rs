//! Commands about entities: through their mentions, and to the form that edits them.

use super::model::Row;
use super::state::{Dialog, State};
use super::text;
use crate::project::{Entity, EntityId, MentionId, Project, Target, ops};
use crate::suggest::knowledge;
use crate::suggest::lookups::{known_country, known_leader};
use crate::ui::forms;

/// Whether the mention that keys act on points at an entity or event.
pub fn can_jump(state: &State) -> bool {
    state.model.inspected().is_some_and(|mention| mention.target.is_some())
}

/// Goes to the next mention of the entity or event that the keys act on, or the one before, over all articles.
pub fn jump(state: &mut State, forward: bool) {
    let Some(mention) = state.model.inspected() else { return };
    let (id, Some(target)) = (mention.id, mention.target) else { return };
    match neighbour(state.model.project(), id, target, forward) {
        Some(next) => state.select(next),
        None => {
            let name =
                state.model.project().mention(id).map_or("", |mention| state.model.project().target_name(mention));
            let told = format!("This is the only mention of {}", text::shortened(name, 40));
            state.toasts.done(told);
        }
    }
}

/// The live mention of a target behind another, article by article in the person's order; round at the end.
fn neighbour(project: &Project, from: MentionId, target: Target, forward: bool) -> Option<MentionId> {
    let places: std::collections::HashMap<_, _> =
        project.article_ids().iter().enumerate().map(|(place, id)| (*id, place)).collect();
    let key = |id: MentionId| {
        let mention = project.mention(id)?;
        Some((places.get(&mention.article).copied()?, mention.order()))
    };
    let here = key(from)?;
    let live = project.mentions_of(target).filter(|mention| mention.is_live() && mention.id != from);
    let mut others: Vec<_> = live.filter_map(|mention| Some((key(mention.id)?, mention.id))).collect();
    others.sort_unstable();
    let split = others.partition_point(|(place, _)| *place < here);
    let (before, after) = others.split_at(split);
    let next = if forward { after.first().or(before.first()) } else { before.last().or(after.last()) };
    next.map(|(_, id)| *id)
}

/// The entity of the row that has the keys, or else of the mention that they act on.
pub fn here(state: &State) -> Option<EntityId> {
    let target = match state.model.focused {
        Some(Row::Target(target)) => Some(target),
        Some(Row::Mention(id)) => state.model.project().mention(id)?.target,
        _ => state.model.inspected()?.target,
    };
    match target? {
        Target::Entity(id) => Some(id),
        Target::Event(_) => None,
    }
}

/// Shows the dossier of that entity.
pub fn open_dossier(state: &mut State) {
    if let Some(id) = here(state) {
        state.show_dossier(id);
    }
}

/// Opens an entity, to edit it.
pub fn edit(state: &mut State, id: EntityId) {
    if let Some(form) = forms::EntityForm::new(state.model.project(), id) {
        state.dialog = Some(Dialog::Entity(form));
    }
}

/// What the engine's knowledge has under an entity's code or name, where it is one thing alone.
pub fn known(project: &Project, entity: &Entity) -> Option<ops::Known> {
    let kind = project.tagset().get(&entity.kind)?;
    if kind.schema == crate::project::Schema::Country {
        return knowledge::country(entity.country?).map(known_country);
    }
    let mut items = knowledge::leaders(&entity.name).filter(|_| kind.is_people());
    let first = items.next()?;
    let one = items.all(|other| other.wikidata == first.wikidata);
    one.then(|| known_leader(&entity.name, &first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{KindId, Stamp};
    use crate::text::{Article, Metadata, Text, byte_range};

    #[test]
    fn mentions_follow_each_other_over_articles() {
        let stamp = || Stamp { by: "Ada".into(), at: jiff::Timestamp::UNIX_EPOCH };
        let article = |text: &str| Article { meta: Metadata::default(), text: Text::new(text).unwrap() };
        let mut project = Project::new();
        let articles = vec![article("Xi met Xi."), article("Xi left.")];
        project.apply(&ops::add_articles(&project, articles, stamp())).unwrap();
        for (article, start) in [(0, 0), (0, 7), (1, 0)] {
            let article = project.article_ids()[article];
            let range = [byte_range(start, start + 2).unwrap()];
            project.apply(&ops::tag(&project, article, &range, &KindId::PERSON, &ops::unknown, stamp())).unwrap();
        }
        let ids: Vec<_> = project.all_mentions().map(|mention| mention.id).collect();
        let target = project.mention(ids[0]).unwrap().target.unwrap();
        let next = |n: usize, forward| neighbour(&project, ids[n], target, forward).unwrap();
        assert_eq!([next(0, true), next(1, true), next(2, true)], [ids[1], ids[2], ids[0]]);
        assert_eq!([next(0, false), next(1, false)], [ids[2], ids[0]]);
        project.apply(&ops::reject(&project, &ids[1..], stamp())).unwrap();
        assert_eq!(neighbour(&project, ids[0], target, true), None);
    }
}
