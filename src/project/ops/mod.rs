//! What a person can do, each as a function from the project as it is to the [`Edit`] that does it.
//!
//! Nothing here changes a project. An operation that finds nothing to do gives an edit without changes.

mod articles;
mod builder;
mod dates;
mod join;
mod judge;
mod kinds;
mod learning;
mod mentions;
mod merge;
mod places;
mod records;
mod relations;
mod rule;
mod settle;
mod tagset;

pub use articles::{
    add_articles, finish_article, move_article, put_back, remove_article, set_detail, set_done, set_metadata,
};
pub use builder::Builder;
pub use dates::{Redate, follow_date};
pub use join::{join, join_as, relation_kind};
pub use judge::{apart, leave, same, take_crosswalk};
pub use kinds::{JoinSummary, KindError, KindMap, fits, relations_left_out};
pub use learning::{refuse, set_learning, take_memory};
pub use mentions::{
    Known, LookUp, accept, assign, assign_new, delete, join_event, reject, restore, set_kind, set_note, set_range,
    unknown,
};
pub use merge::{Slot, differing_slots, merge, merge_events, split};
pub use places::{Place, tag, tag_places, untag_places};
pub use records::{add_new_participant, add_participant, set_entity, set_event};
pub use relations::{
    accept_relations, accept_with, delete_relations, reject_relations, reject_with, relate, relations_of_kind,
    restore_relations, reverse_relation, set_relation_kind, set_relation_note,
};
pub use rule::{reopen, rule, set_contributors};
pub use tagset::{NewTagset, add_article_tags, set_article_tag, set_guidelines, set_level, set_tagset, tags_of};
