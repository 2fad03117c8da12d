//! Who and what is named in what is selected: all that have a dossier.

use rayon::prelude::*;

use crate::views::chosen::{Chosen, plain};
use crate::views::collection::{Collection, EntityRow, Of};
use crate::views::count::Count;

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The one named most first.
    #[default]
    Mentions,
    /// By the alphabet.
    Name,
}

impl Order {
    /// All, in the order of menus.
    pub const ALL: [Self; 2] = [Self::Mentions, Self::Name];

    /// As menus have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mentions => "Most named first",
            Self::Name => "By name",
        }
    }
}

/// Who is listed, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// All of these words stand in the name.
    pub words: String,
    /// What comes first.
    pub order: Order,
}

/// Somebody in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The place in [`Collection::entities`].
    pub entity: u32,
    /// How often they are named in what is selected.
    pub count: Count,
}

/// All that are named in what is selected; those that are only suggested stand behind the others.
pub(super) fn list(all: &Collection, chosen: &Chosen, query: &Query) -> Vec<Listed> {
    let mut counts = vec![Count::default(); all.entities.len()];
    for (_, mention) in chosen.counted(all) {
        if let Of::Entity(entity) = mention.of
            && let Some(count) = usize::try_from(entity).ok().and_then(|entity| counts.get_mut(entity))
        {
            count.add(mention.accepted);
        }
    }
    let words: Vec<String> = query.words.split_whitespace().map(plain).collect();
    let fits = |entity: &EntityRow| {
        words.is_empty() || {
            let name = plain(&entity.name);
            words.iter().all(|word| name.contains(word.as_str()))
        }
    };
    let rows: Vec<(u32, (&EntityRow, Count))> = (0..).zip(all.entities.iter().zip(counts)).collect();
    let there = rows.into_par_iter().filter(|(_, (row, count))| count.all() > 0 && fits(row));
    let mut found: Vec<(Listed, &EntityRow)> =
        there.map(|(entity, (row, count))| (Listed { entity, count }, row)).collect();
    let only = |listed: &Listed| listed.count.accepted == 0;
    match query.order {
        Order::Mentions => found.par_sort_by_key(|(one, _)| (only(one), std::cmp::Reverse(one.count.all()))),
        Order::Name => found.sort_by_cached_key(|(one, row)| (only(one), plain(&row.name))),
    }
    found.into_iter().map(|(listed, _)| listed).collect()
}
