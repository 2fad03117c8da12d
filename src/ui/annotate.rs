//! Commands about tags, places in the text and articles: what each does to the state and the project.

use eframe::egui::Context;
use text_size::{TextRange, TextSize};

use super::command::Command;
use super::edits::{apply, may_change};
use super::forms::SureForm;
use super::model::{Caret, Open, Pane, Pointed, open_count};
use super::state::State;
use super::text;
use crate::project::{Edit, KindId, Mention, MentionId, Project, Relation, RelationId, Stamp, Status, ops};
use crate::suggest;
use crate::suggest::lookups::known;
use crate::text::{bytes, words};
use crate::wording;

/// So many tags are decided at once without a question.
const FEW: usize = 20;

/// What is asked before a command that decides many tags at once, or accepts what is left and leaves the article.
pub(super) fn question(state: &mut State, command: Command) -> Option<SureForm> {
    let of_kind = |state: &State| {
        let kind = state.model.subject().map(|mention| mention.kind.clone());
        kind.map_or(0, |kind| open_of_kind(state, &kind).len())
    };
    let (verb, count, few, beside) = match command {
        Command::FinishArticle => {
            let beside = "The article is marked as done, and the next one is shown.";
            ("Accept", state.model.count_to_decide(), 0, beside)
        }
        Command::AcceptArticle => ("Accept", state.model.count_to_decide(), FEW, "All of them are in this article."),
        Command::AcceptListed => {
            let (tags, relations) = open_in_list(state);
            ("Accept", tags.len() + relations.len(), FEW, "They are in all articles that are listed.")
        }
        Command::AcceptVisible => ("Accept", count_in_view(state), FEW, "All of them are in view."),
        Command::RejectVisible => ("Reject", count_in_view(state), FEW, "All of them are in view."),
        Command::AcceptKind => ("Accept", of_kind(state), FEW, "All of them are of this kind, in this article."),
        Command::RejectKind => ("Reject", of_kind(state), FEW, "All of them are of this kind, in this article."),
        _ => return None,
    };
    (count > few).then(|| SureForm::new(command, format!("{verb} {}", text::number(count)), beside))
}

/// Accepts all open suggestions of the article shown.
pub(super) fn accept_article(state: &mut State) {
    let open: Vec<MentionId> = state.model.to_decide().map(|mention| mention.id).collect();
    let relations: Vec<RelationId> = state.model.open_relations().map(|relation| relation.id).collect();
    apply(state, |project, stamp| ops::accept_with(project, &open, &relations, stamp));
}

/// Accepts all open suggestions of the articles that are listed.
pub(super) fn accept_listed(state: &mut State) {
    let (tags, relations) = open_in_list(state);
    apply(state, |project, stamp| ops::accept_with(project, &tags, &relations, stamp));
}

/// Decides on the open suggestions that are seen in the text.
pub(super) fn decide_visible(state: &mut State, accept: bool) {
    let (tags, relations) = (open_in_view(state), related_in_view(state));
    apply(state, |project, stamp| match accept {
        true => ops::accept_with(project, &tags, &relations, stamp),
        false => ops::reject_with(project, &tags, &relations, stamp),
    });
}

/// Decides on the open suggestions of the subject's kind in the article shown, and goes on.
pub(super) fn decide_kind(state: &mut State, accept: bool) {
    let kind = state.model.subject().map(|mention| mention.kind.clone());
    let ids = kind.map(|kind| open_of_kind(state, &kind)).unwrap_or_default();
    decide_all(state, &ids, accept);
    let next = state.model.next_suggestion(true).filter(|_| state.model.selected.is_some());
    next.into_iter().for_each(|next| state.select_open(next));
}

/// Whether the caret stands behind what was tagged last, with nothing selected.
pub(super) fn behind_tagged(state: &State) -> bool {
    let tagged = state.model.last_tag.and_then(|id| state.model.project().mention(id));
    tagged.is_some_and(|mention| state.model.caret == Some(Caret::at(mention.range.end())))
}

/// Whether there is something to tag once more, or something was tagged just now.
pub(super) fn can_tag_again(state: &State) -> bool {
    behind_tagged(state) || to_tag(state, &state.model.last_kind).is_some()
}

/// Tags once more as the kind used last.
pub(super) fn tag_again(state: &mut State) {
    let kind = state.model.last_kind.clone();
    tag(state, kind, false);
}

/// The caret goes behind the tag that is selected, else to the top of the text.
pub(super) fn place_caret(state: &mut State) {
    let at = state.model.selected_mention().map_or(TextSize::default(), |mention| mention.range.end());
    state.model.caret = Some(Caret::at(at));
    state.model.swept = false;
    state.model.selected = None;
    state.view.bring_into_view(TextRange::empty(at));
    state.model.focus_article = true;
}

/// Whether the mention that keys act on, or another of its entity, can be accepted.
pub(super) fn can_accept(state: &State) -> bool {
    if let Some(relation) = state.model.selected_relation() {
        return relation.status != Status::Accepted;
    }
    state.model.subject().is_some_and(|mention| mention.status != Status::Accepted || !kin_open(state).is_empty())
}

/// Whether the mention that keys act on can be rejected.
pub(super) fn can_reject(state: &State) -> bool {
    if let Some(relation) = state.model.selected_relation() {
        return relation.is_live();
    }
    state.model.subject().is_some_and(Mention::is_live)
}

/// Whether the mention that keys act on was rejected.
pub(super) fn can_bring_back(state: &State) -> bool {
    if let Some(relation) = state.model.selected_relation() {
        return !relation.is_live();
    }
    state.model.subject().is_some_and(|mention| !mention.is_live())
}

pub(super) fn bring_back(state: &mut State) {
    if let Some(id) = state.model.selected_relation().map(|relation| relation.id) {
        apply(state, |project, stamp| ops::restore_relations(project, &[id], stamp));
        return;
    }
    with_subject(state, |project, id, stamp| ops::restore(project, &[id], stamp));
}

/// Whether the mention that keys act on is one of several.
pub(super) fn can_split(state: &State) -> bool {
    let target = state.model.subject().and_then(|mention| mention.target);
    target.is_some_and(|target| state.model.project().mentions_of(target).filter(|m| m.is_live()).nth(1).is_some())
}

/// The mention that keys act on gets an entity or event of its own.
pub(super) fn split(state: &mut State) {
    with_subject(state, |project, id, stamp| ops::split(project, &[id], stamp));
}

/// Makes an edit of the mention that keys act on.
fn with_subject(state: &mut State, make: impl FnOnce(&Project, MentionId, Stamp) -> Edit) {
    if let Some(id) = state.model.subject().map(|mention| mention.id) {
        apply(state, |project, stamp| make(project, id, stamp));
    }
}

fn is_open(state: &State, id: MentionId) -> bool {
    state.model.project().mention(id).is_some_and(|mention| mention.status == Status::Suggested)
}

/// The open suggestions of the subject's entity or event.
fn kin_open(state: &State) -> Vec<MentionId> {
    state.model.kin().into_iter().filter(|id| is_open(state, *id)).collect()
}

/// Whether an open suggestion is seen in the text.
pub(super) fn any_open_in_view(state: &State) -> bool {
    count_in_view(state) > 0
}

/// The open suggestions that are seen in the text.
fn open_in_view(state: &State) -> Vec<MentionId> {
    let seen = state.view.seen();
    state.model.to_decide().map(|mention| mention.id).filter(|id| seen.contains(id)).collect()
}

/// The open relations between tags that are seen in the text.
fn related_in_view(state: &State) -> Vec<RelationId> {
    let seen = state.view.seen();
    let both = |relation: &&Relation| seen.contains(&relation.from) && seen.contains(&relation.to);
    state.model.open_relations().filter(both).map(|relation| relation.id).collect()
}

/// How much is open of what is seen in the text.
fn count_in_view(state: &State) -> usize {
    open_in_view(state).len() + related_in_view(state).len()
}

/// The open suggestions in all articles that are listed: tags and relations.
fn open_in_list(state: &mut State) -> (Vec<MentionId>, Vec<RelationId>) {
    let articles = state.listed().to_vec();
    let project = state.model.project();
    let mentions = articles.iter().flat_map(|article| project.mentions(*article));
    let to_decide = mentions.filter(|mention| mention.is_open() && mention.stands_out(project.level()));
    let tags = to_decide.map(|mention| mention.id).collect();
    let relations = articles.iter().flat_map(|article| project.open_relations(*article));
    (tags, relations.map(|relation| relation.id).collect())
}

/// Whether a suggestion of the subject's kind is open in the article shown.
pub(super) fn any_open_of_kind(state: &State) -> bool {
    state.model.subject().is_some_and(|mention| !open_of_kind(state, &mention.kind).is_empty())
}

/// The open suggestions of a kind in the article shown.
fn open_of_kind(state: &State, kind: &KindId) -> Vec<MentionId> {
    state.model.to_decide().filter(|mention| mention.kind == *kind).map(|mention| mention.id).collect()
}

fn decide_all(state: &mut State, ids: &[MentionId], accept: bool) -> bool {
    apply(
        state,
        |project, stamp| if accept { ops::accept(project, ids, stamp) } else { ops::reject(project, ids, stamp) },
    )
}

/// Decides on one mention and goes on. What the pointer is at is decided without going anywhere: the eyes are there.
pub(super) fn decide(state: &mut State, accept: bool) {
    if let Some(id) = state.model.selected_relation().map(|relation| relation.id) {
        return decide_relation(state, id, accept);
    }
    if accept && state.model.settings.accept_entity {
        return decide_entity(state, true);
    }
    let Some(id) = state.model.subject().map(|mention| mention.id) else { return };
    let pointed = state.model.selected.is_none();
    // Looked for before the decision, from where the person is.
    let next = state.model.next_suggestion(true).filter(|next| *next != Open::Tag(id));
    let done = decide_all(state, &[id], accept);
    if !pointed && (done || accept) {
        advance(state, next);
    }
}

/// Decides on the relation selected and goes on.
fn decide_relation(state: &mut State, id: RelationId, accept: bool) {
    let next = state.model.next_suggestion(true).filter(|next| *next != Open::Relation(id));
    let ids = [id];
    let done = apply(state, |project, stamp| match accept {
        true => ops::accept_relations(project, &ids, stamp),
        false => ops::reject_relations(project, &ids, stamp),
    });
    if done || accept {
        advance(state, next);
    }
}

pub(super) fn decide_entity(state: &mut State, accept: bool) {
    let ids = if accept {
        let rejected = state.model.subject().filter(|m| m.status == Status::Rejected).map(|m| m.id);
        kin_open(state).into_iter().chain(rejected).collect()
    } else {
        state.model.kin()
    };
    let pointed = state.model.selected.is_none();
    decide_all(state, &ids, accept);
    if !pointed {
        let next = state.model.next_suggestion(true);
        advance(state, next);
    }
}

/// Whether the article shown, which the engine must have read, is not done, or has another behind it.
pub(super) fn can_finish(state: &State) -> bool {
    let model = &state.model;
    let Some(record) = model.article.and_then(|id| model.project().article(id)) else { return false };
    let left = record.done.is_none() || model.open_count() > 0 || model.project().article_count() > 1;
    left && !model.is_waiting()
}

/// Accepts what is still open in the article, calls it done and shows the next one.
pub(super) fn finish_article(state: &mut State) {
    let Some(article) = state.model.article else { return };
    state.listed();
    let next = state.following();
    apply(state, |project, stamp| ops::finish_article(project, article, stamp));
    state.model.selected = None;
    match next {
        Some(next) => {
            state.show(next);
            state.model.focus_article = true;
        }
        None if state.model.project().article_count() == 1 => state.toasts.done("The article is marked as done"),
        None => state.toasts.done("That was the last article of the list"),
    }
}

/// On to the next open suggestion, or says that none is left.
fn advance(state: &mut State, next: Option<Open>) {
    let open = |next: &Open| match next {
        Open::Tag(id) => is_open(state, *id),
        Open::Relation(id) => state.model.project().relation(*id).is_some_and(Relation::is_open),
    };
    match next.filter(open).or_else(|| state.model.next_suggestion(true)) {
        Some(next) => state.select_open(next),
        None => {
            state.model.selected = None;
            let left = state.model.project().articles().find(|r| open_count(state.model.project(), r.id) > 0);
            if left.is_some() && state.model.project().article_count() > 1 {
                state.toasts.offer(
                    "All suggestions in this article are reviewed",
                    "Next article",
                    Command::NextArticle,
                );
            } else {
                state.toasts.done("All suggestions are reviewed");
            }
        }
    }
}

pub(super) fn go(state: &mut State, forward: bool) {
    if let Some(next) = state.model.next_suggestion(forward) {
        state.select_open(next);
    }
}

pub(super) fn delete(state: &mut State) {
    if let Some(id) = state.model.selected_relation().map(|relation| relation.id) {
        apply(state, |project, stamp| ops::delete_relations(project, &[id], stamp));
        state.model.relation = None;
        return;
    }
    let pointed = state.model.selected.is_none();
    let own = state.model.selected.map(Open::Tag);
    let next = state.model.next_suggestion(true).filter(|next| Some(*next) != own);
    with_subject(state, |project, id, stamp| ops::delete(project, &[id], stamp));
    match next.filter(|_| !pointed) {
        Some(next) => state.select_open(next),
        None => state.model.selected = None,
    }
}

/// What is selected in the text, if anything but space is.
pub(super) fn selection(state: &State) -> Option<TextRange> {
    state.model.caret.and_then(|caret| words::trim(state.model.text(), caret.range()))
}

/// What is selected, or the word at the caret.
fn selection_or_word(state: &State) -> Option<TextRange> {
    let caret = state.model.caret?;
    if !caret.range().is_empty() {
        return selection(state);
    }
    let word = words::word_at(state.model.text(), caret.head);
    let letters = state.model.text().get(bytes(word)).is_some_and(|word| word.chars().any(char::is_alphanumeric));
    letters.then(|| words::trim(state.model.text(), word)).flatten()
}

pub(super) fn selected_words(state: &State) -> String {
    let range = selection(state).filter(|range| range.len() < TextSize::new(200));
    range.and_then(|range| state.model.text().get(bytes(range))).unwrap_or_default().to_owned()
}

/// What a key that tags would tag: what is selected, the word at the caret, or without a caret the name at the pointer.
fn to_tag(state: &State, kind: &KindId) -> Option<TextRange> {
    match (state.model.caret, state.model.pointed) {
        (None, Some(Pointed::Name { at, .. })) => {
            suggest::name_at(state.model.text(), at, state.model.project().tagset().schema(kind))
        }
        _ => selection_or_word(state),
    }
}

/// Whether there is a kind with this key, and something to tag with it.
pub(super) fn can_tag_as(state: &State, key: char) -> bool {
    let kind = state.model.project().tagset().with_key(key);
    kind.is_some() && (state.model.subject().is_some() || to_tag(state, &state.model.last_kind).is_some())
}

/// Tags as the kind of a key, or makes the mention that keys act on one of it; with `everywhere` all places of the same
/// words, or all mentions of the entity.
pub(super) fn tag_as(state: &mut State, key: char, everywhere: bool) {
    let Some(kind) = state.model.project().tagset().with_key(key).map(|kind| kind.id.clone()) else { return };
    let Some(subject) = state.model.subject().map(|mention| mention.id) else {
        return tag(state, kind, everywhere);
    };
    let ids = if everywhere { state.model.kin() } else { vec![subject] };
    apply(state, |project, stamp| ops::set_kind(project, &ids, &kind, &known, stamp));
    state.model.last_kind = kind;
    state.made = state.model.project().mention(subject).and_then(Mention::event);
    // Its row is now in another panel.
    state.model.reveal_row |= state.model.selected.is_some();
}

/// Tags what is selected or pointed at, or every place where the same words stand.
fn tag(state: &mut State, kind: KindId, everywhere: bool) {
    let (Some(article), Some(range)) = (state.model.article, to_tag(state, &kind)) else { return };
    let by_mouse = state.model.caret.is_none() || state.model.swept;
    let same = untagged(state, &kind, range);
    let ranges: Vec<TextRange> = if everywhere { same.iter().copied().chain([range]).collect() } else { vec![range] };
    apply(state, |project, stamp| ops::tag(project, article, &ranges, &kind, &known, stamp));
    let made = state.model.mentions().iter().find(|m| m.range == range && m.kind == kind);
    state.made = made.filter(|mention| mention.origin.is_hand()).and_then(Mention::event);
    let made = made.map(|mention| mention.id);
    state.model.last_kind = kind;
    state.model.last_tag = made;
    state.model.pointed = None;
    state.model.caret = Some(Caret::at(range.end())).filter(|_| !by_mouse);
    if made.is_some() && !everywhere && !same.is_empty() {
        let words = state.model.text().get(bytes(range)).unwrap_or_default();
        let words = text::shortened(words, 30);
        let offer = format!("“{words}” appears {}", text::count(same.len(), "more time", "more times"));
        state.toasts.offer(offer, "Tag all", Command::TagAll);
    }
}

/// Where the words of a range stand in the article shown, itself aside; places that carry a live tag of the kind
/// already are left out.
fn untagged(state: &State, kind: &KindId, range: TextRange) -> Vec<TextRange> {
    let taken: Vec<TextRange> =
        state.model.mentions().iter().filter(|m| m.is_live() && m.kind == *kind).map(|m| m.range).collect();
    let free = |range: &TextRange| !taken.iter().any(|other| other.intersect(*range).is_some_and(|r| !r.is_empty()));
    let words = state.model.text().get(bytes(range)).unwrap_or_default();
    words::occurrences(state.model.text(), words).into_iter().filter(|found| *found != range && free(found)).collect()
}

/// Whether there is something whose other occurrences could be tagged.
pub(super) fn can_tag_all(state: &State) -> bool {
    state.model.subject().is_some() || selection(state).is_some() || state.model.last_tag.is_some()
}

pub(super) fn tag_all(state: &mut State) {
    if state.model.subject().is_none() && selection(state).is_some() {
        return tag(state, state.model.last_kind.clone(), true);
    }
    let base = state.model.subject().map(|m| m.id).or(state.model.last_tag);
    let Some(mention) = base.and_then(|id| state.model.project().mention(id)) else { return };
    let (article, kind) = (mention.article, mention.kind.clone());
    let mut ranges = untagged(state, &kind, mention.range);
    if ranges.is_empty() {
        state.toasts.done("Every occurrence is tagged");
        return;
    }
    ranges.push(mention.range);
    apply(state, |project, stamp| ops::tag(project, article, &ranges, &kind, &known, stamp));
}

/// Moves an end of the tag by a character or word; the tag keeps at least one character.
pub(super) fn nudge(state: &mut State, start: bool, forward: bool, by_word: bool) {
    let Some(mention) = state.model.subject() else { return };
    let (id, range) = (mention.id, mention.range);
    let moved = words::step(state.model.text(), if start { range.start() } else { range.end() }, forward, by_word);
    let (from, to) = if start { (moved, range.end()) } else { (range.start(), moved) };
    if from < to {
        apply(state, |project, stamp| ops::set_range(project, id, TextRange::new(from, to), stamp));
        state.view.bring_into_view(TextRange::new(from, to));
    }
}

/// Escape: relating ends, or the search closes, wherever the keys are; then from the panels back to the article; there the caret goes,
/// then the selection.
pub(super) fn leave(state: &mut State) {
    if state.relating.take().is_some() {
        state.model.focus_article = true;
    } else if state.find.take().is_some() {
        state.model.focus_article |= state.model.pane == Pane::Article;
    } else if state.model.pane != Pane::Article {
        state.model.pane = Pane::Article;
        state.model.focus_article = true;
    } else if !state.model.picked.is_empty() {
        state.model.picked.clear();
    } else if state.model.selected_relation().is_some() {
        state.model.relation = None;
    } else if state.model.caret.take().is_none() {
        state.model.selected = None;
    }
}

pub(super) fn copy(ctx: &Context, state: &State) {
    let range = selection(state).or_else(|| state.model.selected_mention().map(|mention| mention.range));
    if let Some(words) = range.and_then(|range| state.model.text().get(bytes(range))) {
        ctx.copy_text(words.to_owned());
    }
}

pub(super) fn travel(state: &mut State, back: bool) {
    if !may_change(state) {
        return;
    }
    let stamp = Some(super::edits::stamp(state));
    let result = if back { state.model.session.undo_by(stamp) } else { state.model.session.redo_by(stamp) };
    let (action, article, mention) = match result {
        Ok(Some(edit)) => {
            // After a bulk action the view stays where it is.
            let mut mentions = edit.mentions().map(|mention| mention.id);
            let only = mentions.next().filter(|_| mentions.next().is_none());
            // So it does where the article shown is one of those that changed.
            let here = edit.mentions().any(|mention| Some(mention.article) == state.model.article);
            (edit.action.clone(), edit.article().filter(|_| !here), only)
        }
        Ok(None) => return,
        Err(error) => {
            state.toasts.problem(format!("That can't be done any more: {error}"));
            return;
        }
    };
    let shown = article.filter(|id| state.model.project().article(*id).is_some());
    let gone = state.model.article.is_some_and(|id| state.model.project().article(id).is_none());
    match shown.or_else(|| state.model.project().article_ids().first().copied().filter(|_| gone)) {
        None if !gone => {}
        next => state.turn_to(next),
    }
    match mention.filter(|id| state.model.project().mention(*id).is_some()) {
        Some(id) => state.select(id),
        None => state.model.selected = state.model.selected_mention().map(|mention| mention.id),
    }
    let (done, name, other) = if back { ("Undid", "Redo", Command::Redo) } else { ("Redid", "Undo", Command::Undo) };
    state.toasts.offer(format!("{done}: {}", wording::to_do(&action)), name, other);
}

pub(super) fn step_article(state: &mut State, by: isize) {
    // As they are listed: what is filtered out is stepped over.
    let shown = state.model.article;
    let ids = state.listed();
    let here = shown.and_then(|id| ids.iter().position(|other| *other == id));
    // Round at the ends: from the last article there may be open ones before it.
    let count = ids.len().max(1);
    let next = here.map_or(0, |here| (here + count).saturating_add_signed(by) % count);
    if let Some(id) = ids.get(next).copied() {
        state.show(id);
        state.model.focus_article = true;
    }
}

pub(super) fn move_article(state: &mut State, by: isize) {
    let Some(id) = state.model.article else { return };
    let Some(here) = state.model.project().article_ids().iter().position(|other| *other == id) else { return };
    let to = here.saturating_add_signed(by);
    apply(state, |project, stamp| ops::move_article(project, id, to, stamp));
}

pub(super) fn toggle_done(state: &mut State) {
    let Some(record) = state.model.article.and_then(|id| state.model.project().article(id)) else { return };
    let (id, done, title) = (record.id, record.done.is_none(), text::shortened(&record.article.meta.title, 40));
    if apply(state, |project, stamp| ops::set_done(project, id, done, stamp)) {
        let told = if done { "is done" } else { "is not done any more" };
        state.toasts.offer(format!("{title} {told}"), "Undo", Command::Undo);
    }
}

pub(super) fn remove_article(state: &mut State) {
    let Some(id) = state.model.article else { return };
    let here = state.model.project().article_ids().iter().position(|other| *other == id).unwrap_or(0);
    let label = state.model.project().article(id).map(|record| record.article.meta.title.clone()).unwrap_or_default();
    if apply(state, |project, stamp| ops::remove_article(project, id, stamp)) {
        let ids = state.model.project().article_ids();
        let next = ids.get(here).or(ids.last()).copied();
        state.turn_to(next);
        state.toasts.offer(format!("Removed {label}"), "Undo", Command::Undo);
    }
}
