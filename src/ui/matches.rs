//! What is done with the matches of a search: gone to, tagged.

use super::edits::apply;
use super::lookups::known;
use super::search::{Answer, Token};
use super::state::{Caret, State};
use crate::project::{KindId, Place, Project, ops};
use crate::text::words;

/// Hands an answer to the search that asked; those of searches that have ended are dropped.
pub fn answered(state: &mut State, token: &Token, answer: Answer) {
    if state.concordance.is_of(token) {
        state.concordance.take(answer);
    } else if let Some(find) = state.find.as_mut().filter(|find| find.is_of(token)) {
        find.take(answer);
    }
}

/// Shows a place and selects its words.
pub fn go_to(state: &mut State, place: Place) {
    state.show(place.article);
    state.caret = Some(Caret { anchor: place.range.start(), head: place.range.end() });
    state.selected = None;
    state.scroll_to = Some(place.range);
}

/// Tags places with a kind or takes such tags away, in one step over all articles.
pub fn tag(state: &mut State, places: &[Place], kind: &KindId, untag: bool) {
    let project = state.project();
    // What a pattern matched may begin or end with space; a tag never does.
    let trimmed = |place: &Place| words::trim(project.text(place.article), place.range);
    let places: Vec<Place> = places.iter().filter_map(|p| Some(Place { range: trimmed(p)?, ..*p })).collect();
    let done = apply(state, |project, stamp| match untag {
        true => ops::untag_places(project, &places, kind, stamp),
        false => ops::tag_places(project, &places, kind, &known, stamp),
    });
    let name = kind_name(state.project(), kind);
    if done && !untag {
        state.last_kind = kind.clone();
    } else if !done && untag {
        state.toasts.done(format!("None of these is tagged as {name}"));
    } else if !done {
        state.toasts.done(format!("All of these are tagged as {name} already"));
    }
}

fn kind_name(project: &Project, kind: &KindId) -> String {
    project.tagset().get(kind).map_or(kind.as_str(), |kind| &kind.name).to_lowercase()
}
