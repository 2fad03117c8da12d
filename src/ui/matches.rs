//! Searches, and what is done with their matches: gone to, tagged.

use super::annotate::selected_words;
use super::edits::apply;
use super::find::Find;
use super::model::Caret;
use super::search::{Answer, Token};
use super::state::State;
use crate::project::{KindId, Place, Project, ops};
use crate::suggest::lookups::known;
use crate::text::find::Query;
use crate::text::words;

/// Opens the find bar on what is selected, or on what was looked for last.
pub(super) fn find(state: &mut State) {
    let words = selected_words(state);
    if let Some(find) = &mut state.find {
        find.focus();
        return;
    }
    let query = match words.is_empty() {
        true => state.query.clone(),
        false => Query { words, regex: false, ..state.query.clone() },
    };
    let here = state.model.caret.map(|caret| caret.range().start());
    let here = here.or_else(|| state.model.selected_mention().map(|mention| mention.range.start()));
    state.find = Some(Find::open(query, here.unwrap_or_default()));
}

/// Whether there is something to look for again.
pub(super) fn can_step(state: &State) -> bool {
    state.model.article.is_some() && (state.find.is_some() || !state.query.is_empty())
}

/// Goes to the next match in the article, or the one before.
pub(super) fn step(state: &mut State, forward: bool) {
    if state.find.is_none() {
        find(state);
    }
    if let Some(find) = &mut state.find {
        find.step(forward);
    }
}

/// Shows the search of all articles, for what is selected.
pub(super) fn find_in_project(state: &mut State) {
    let words = selected_words(state);
    state.concordance.open(words);
}

/// Whether something was found in the article.
pub(super) fn any(state: &State) -> bool {
    state.find.as_ref().is_some_and(|find| !find.places().is_empty())
}

/// Tags all that was found in the article, or takes such tags away.
pub(super) fn tag_all(state: &mut State, untag: bool) {
    let Some(find) = &state.find else { return };
    let kind = find.kind.clone().unwrap_or_else(|| state.model.last_kind.clone());
    let places = find.places().to_vec();
    tag(state, &places, &kind, untag);
}

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
    state.model.caret = Some(Caret { anchor: place.range.start(), head: place.range.end() });
    state.model.selected = None;
    state.view.bring_into_view(place.range);
}

/// Tags places with a kind or takes such tags away, in one step over all articles.
pub fn tag(state: &mut State, places: &[Place], kind: &KindId, untag: bool) {
    let project = state.model.project();
    // What a pattern matched may begin or end with space; a tag never does.
    let trimmed = |place: &Place| words::trim(project.text(place.article), place.range);
    let places: Vec<Place> = places.iter().filter_map(|p| Some(Place { range: trimmed(p)?, ..*p })).collect();
    let done = apply(state, |project, stamp| match untag {
        true => ops::untag_places(project, &places, kind, stamp),
        false => ops::tag_places(project, &places, kind, &known, stamp),
    });
    let name = kind_name(state.model.project(), kind);
    if done && !untag {
        state.model.last_kind = kind.clone();
    } else if !done && untag {
        state.toasts.done(format!("None of these is tagged as {name}"));
    } else if !done {
        state.toasts.done(format!("All of these are tagged as {name} already"));
    }
}

fn kind_name(project: &Project, kind: &KindId) -> String {
    project.tagset().name_of(kind).to_lowercase()
}
