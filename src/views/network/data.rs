//! The network: the names with the strongest ties, or those around one, and what ties them.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::layout::layout;
use crate::project::{EntityId, Hue};
use crate::views::chosen::Chosen;
use crate::views::collection::{Collection, Of, at};
use crate::views::count::Count;
use crate::views::pick::Pick;
use crate::views::scene::{Ink, ink_of};
use crate::views::ties::{Sort, Tie};

/// How many names are shown.
const NODES: usize = 60;

/// A name.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Which.
    pub id: EntityId,
    /// What it is called.
    pub name: String,
    /// The colour of its kind.
    pub hue: Hue,
    /// How often it is named.
    pub count: Count,
    /// How many things tie it to others that are selected.
    pub strength: u32,
    /// Where it stands, each side from 0 to 1.
    pub place: (f32, f32),
}

/// What ties two names.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The places of both.
    pub ends: (usize, usize),
    /// In how many sentences, by how many events and relations.
    pub sentences: u32,
    /// Events.
    pub events: u32,
    /// Relations.
    pub relations: u32,
    /// Where each is told, by the places of mentions.
    pub rows: Arc<[u32]>,
}

impl Edge {
    /// How many things tie them.
    pub fn strength(&self) -> u32 {
        self.sentences + self.events + self.relations
    }
}

/// What the view shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Network {
    /// The strongest first, or the one that all are around.
    pub nodes: Vec<Node>,
    /// The weakest first, which lie lowest.
    pub edges: Vec<Edge>,
    /// Whether there are more names than are shown.
    pub more: bool,
}

impl Network {
    /// The strongest names that are selected, or one and those with the strongest ties to it.
    pub fn of(all: &Collection, ties: &[Tie], chosen: &Chosen, around: Option<EntityId>) -> Self {
        let holds = |place: u32| at(&chosen.mentions, place).copied().unwrap_or_default();
        let ties: Vec<&Tie> = ties.iter().filter(|tie| holds(tie.at) && holds(tie.also)).collect();
        let middle = around.and_then(|id| all.entities.binary_search_by_key(&id, |entity| entity.id).ok());
        let middle = middle.and_then(|place| u32::try_from(place).ok());
        let mut strengths = vec![0_u32; all.entities.len()];
        let mut add = |entity: u32, by: u32| {
            usize::try_from(entity).ok().and_then(|at| strengths.get_mut(at)).into_iter().for_each(|s| *s += by);
        };
        for tie in &ties {
            match middle {
                None => {
                    add(tie.one, 1);
                    add(tie.other, 1);
                }
                Some(middle) if tie.one == middle => add(tie.other, 1),
                Some(middle) if tie.other == middle => add(tie.one, 1),
                Some(_) => {}
            }
        }
        middle.into_iter().for_each(|middle| add(middle, u32::MAX / 2));
        let mut ranked: Vec<(u32, u32)> =
            strengths.iter().zip(0..).filter(|(strength, _)| **strength > 0).map(|(s, place)| (*s, place)).collect();
        ranked.sort_unstable_by_key(|(strength, place)| (std::cmp::Reverse(*strength), *place));
        let more = ranked.len() > NODES;
        ranked.truncate(NODES);
        let places: HashMap<u32, usize, RandomState> = ranked.iter().map(|(_, place)| *place).zip(0..).collect();
        let edges = edges(&ties, &places);
        let mut nodes = nodes(all, chosen, &ranked);
        for edge in &edges {
            for end in [edge.ends.0, edge.ends.1] {
                nodes.get_mut(end).into_iter().for_each(|node| node.strength += edge.strength());
            }
        }
        let weights: Vec<(usize, usize, f32)> =
            edges.iter().map(|edge| (edge.ends.0, edge.ends.1, edge.strength() as f32)).collect();
        for (node, place) in nodes.iter_mut().zip(layout(ranked.len(), &weights)) {
            node.place = place;
        }
        Self { nodes, edges, more }
    }

    /// What its colours stand for.
    pub fn legend(&self, all: &Collection) -> Vec<(Ink, String)> {
        let there = |hue: Hue| self.nodes.iter().any(|node| node.hue == hue);
        let kinds = all.kinds.iter().filter(|kind| there(kind.hue));
        let kinds = kinds.map(|kind| (ink_of(kind.hue, true), kind.plural.clone()));
        let related = self.edges.iter().any(|edge| edge.relations > 0);
        let related = related.then(|| (Ink::Share(Hue::Purple, 140), "Related".to_owned()));
        let told = (Ink::Share(Hue::Grey, 110), "The thicker, the more sentences and events with both".to_owned());
        kinds.chain(related).chain([told]).collect()
    }
}

/// What ties two, counted.
#[derive(Default)]
struct Tied {
    sentences: u32,
    events: u32,
    relations: u32,
    rows: Vec<u32>,
}

fn edges(ties: &[&Tie], places: &HashMap<u32, usize, RandomState>) -> Vec<Edge> {
    let mut found: HashMap<(usize, usize), Tied, RandomState> = HashMap::default();
    for tie in ties {
        let Some((one, other)) = places.get(&tie.one).zip(places.get(&tie.other)) else { continue };
        let tied = found.entry((*one.min(other), *one.max(other))).or_default();
        *match tie.sort {
            Sort::Sentence => &mut tied.sentences,
            Sort::Event => &mut tied.events,
            Sort::Relation => &mut tied.relations,
        } += 1;
        tied.rows.push(tie.at);
    }
    let edge = |(ends, tied): (_, Tied)| {
        let Tied { sentences, events, relations, mut rows } = tied;
        rows.sort_unstable();
        rows.dedup();
        Edge { ends, sentences, events, relations, rows: rows.into() }
    };
    let mut edges: Vec<Edge> = found.into_iter().map(edge).collect();
    edges.sort_by_key(|edge| (edge.strength(), edge.ends));
    edges
}

fn nodes(all: &Collection, chosen: &Chosen, ranked: &[(u32, u32)]) -> Vec<Node> {
    let mut counts: HashMap<u32, Count, RandomState> =
        ranked.iter().map(|(_, place)| (*place, Count::default())).collect();
    for (_, mention) in chosen.counted(all) {
        if let Of::Entity(entity) = mention.of {
            counts.get_mut(&entity).into_iter().for_each(|count| count.add(mention.accepted));
        }
    }
    let node = |(_, place): &(u32, u32)| {
        let entity = at(&all.entities, *place)?;
        Some(Node {
            id: entity.id,
            name: entity.name.to_string(),
            hue: all.kinds.get(usize::from(entity.kind)).map_or(Hue::Grey, |kind| kind.hue),
            count: counts.get(place).copied().unwrap_or_default(),
            strength: 0,
            place: (0.5, 0.5),
        })
    };
    ranked.iter().filter_map(node).collect()
}

/// What a tie stands for.
pub fn pick_edge(edge: &Edge) -> Pick {
    Pick { rows: Some(Arc::clone(&edge.rows)), ..Pick::default() }
}

/// What a name stands for.
pub fn pick(node: &Node) -> Pick {
    Pick { entity: Some(node.id), ..Pick::default() }
}
