//! A project for one annotator: the same articles, tagset and guidelines, with nobody's decisions.

use std::collections::BTreeSet;

use crate::project::{
    ArticleRecord, ArticleTags, Contributor, ContributorId, EntityId, EventId, Mention, MentionId, Project,
    RecordError, Records,
};

/// A project for the annotator of this name. With `suggestions` it has those of the project that nobody has decided on.
///
/// # Errors
/// What did not fit; that is a fault of the program.
pub fn copy_for(project: &Project, name: &str, suggestions: bool) -> Result<Project, RecordError> {
    let open = |mention: &&Mention| suggestions && mention.is_open();
    let mentions: Vec<Mention> = project.all_mentions().filter(open).cloned().collect();
    let ids: BTreeSet<MentionId> = mentions.iter().map(|mention| mention.id).collect();
    let told: BTreeSet<EventId> = mentions.iter().filter_map(Mention::event).collect();
    let events: Vec<_> = project.events().filter(|event| told.contains(&event.id)).cloned().collect();
    let named: BTreeSet<EntityId> = mentions
        .iter()
        .filter_map(|mention| match mention.target {
            Some(crate::project::Target::Entity(id)) => Some(id),
            _ => None,
        })
        .chain(events.iter().flat_map(|event| &event.participants).filter_map(|participant| participant.entity()))
        .collect();
    let between = |from: MentionId, to: MentionId| ids.contains(&from) && ids.contains(&to);
    let relations = project.relations().filter(|own| own.is_open() && between(own.from, own.to)).cloned().collect();
    let fresh = |record: &ArticleRecord| ArticleRecord { done: None, tags: ArticleTags::default(), ..record.clone() };
    let tagset = project.tagset();
    Project::from_records(Records {
        tagset: tagset.kinds.clone(),
        article_tags: tagset.article_tags.clone(),
        relation_kinds: tagset.relations.clone(),
        guidelines: project.guidelines().to_owned(),
        level: project.level(),
        learning: project.learning().clone(),
        articles: project.articles().map(fresh).collect(),
        entities: project.entities().filter(|entity| named.contains(&entity.id)).cloned().collect(),
        events,
        mentions,
        relations,
        contributors: vec![Contributor {
            id: ContributorId(0),
            name: name.to_owned(),
            file: String::new(),
            open: false,
        }],
        ..Records::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::tests::fixture::{FIRST, check, me, project, suggest, tag};
    use crate::project::{KindId, ops};

    #[test]
    fn each_gets_the_articles_and_what_nobody_has_decided_on() {
        let made = tag(&project(), FIRST, "Lavrov", 0, &KindId::PERSON);
        let (mut made, _) = suggest(&made, FIRST, "Wang Yi", 0, &KindId::PERSON);
        made.apply(&ops::set_guidelines(&made, "Tag names", me())).unwrap();
        made.apply(&ops::set_done(&made, FIRST, true, me())).unwrap();
        let with = copy_for(&made, "Ana", true).unwrap();
        check(&with);
        let quotes: Vec<_> = with.all_mentions().map(|mention| mention.quote.as_str()).collect();
        assert_eq!((quotes, with.entities().count(), with.guidelines()), (vec!["Wang Yi"], 1, "Tag names"));
        assert_eq!((with.article_count(), with.annotator()), (made.article_count(), Some("Ana")));
        assert!(with.articles().all(|record| record.done.is_none()) && with.log().is_empty());
        assert_eq!(copy_for(&made, "Ben", false).unwrap().all_mentions().count(), 0);
    }
}
