//! What the mouse does in the text: selecting tags and words, dragging a tag's ends, the context menu.

use eframe::egui::{CursorIcon, PointerButton, Pos2, Response, RichText, Ui, Vec2, vec2};
use text_size::TextSize;

use super::view::ArticleView;
use crate::project::{MentionId, Schema, ops};
use crate::suggest::name_at;
use crate::text::words;
use crate::ui::actions::{Action, Actions};
use crate::ui::command::{Command, Digit};
use crate::ui::forms;
use crate::ui::model::{Caret, Pointed};
use crate::ui::relating::Ask;
use crate::ui::state::{Dialog, State};
use crate::ui::theme::{self, Palette};
use crate::ui::{keys, menu, panels};

/// Why the mouse selects no words in a line with right-to-left script, and what does.
fn right_to_left(ui: &Ui, state: &State) -> String {
    let keys = |command| keys::text(ui.ctx(), &state.model.keys, command);
    let (find, caret) = (keys(Command::Find), keys(Command::PlaceCaret));
    format!(
        "This line has right-to-left script, in which the mouse cannot tell words apart. Find the words ({find}) or go to \
         them with the caret ({caret})"
    )
}

pub(super) fn pointer(
    ui: &Ui,
    state: &State,
    actions: &mut Actions,
    view: &mut ArticleView,
    text: &str,
    response: &Response,
) {
    let linking = link(ui, state, actions, view, response);
    let byte_at = |point: Pos2| view.layout.byte_at(ui, text, point - view.origin);
    let unsure = |point: Pos2| view.layout.is_right_to_left(ui, text, point - view.origin);
    let snap = !ui.input(|input| input.modifiers.alt);
    let over = response.hover_pos().map(|point| view.mentions_at(point)).unwrap_or_default();
    view.hovered = over.first().and_then(|id| state.model.project().mention(*id)).and_then(|mention| mention.target);
    let pointed =
        point(ui, state, response, text, over.first().copied(), &|point| (!unsure(point)).then(|| byte_at(point)));
    if pointed != state.model.pointed {
        actions.push(Action::Point(pointed));
    }
    if linking {
        return;
    }
    let edge = view.edge.or_else(|| {
        let point = response.hover_pos().filter(|point| !unsure(*point))?;
        view.edge_at(state.model.selected_mention()?, point, state.model.settings.text_size)
    });
    if response.hovered() {
        ui.set_cursor_icon(match (edge, over.is_empty()) {
            (Some(_), _) => CursorIcon::ResizeHorizontal,
            (None, true) => CursorIcon::Text,
            (None, false) => CursorIcon::PointingHand,
        });
    }
    let explains = !state.model.keyed && state.relating.is_none();
    if let Some(mention) = over.first().filter(|_| explains).and_then(|id| state.model.project().mention(*id)) {
        response.clone().on_hover_ui_at_pointer(|ui| {
            panels::explain_ui(ui, &state.model, mention);
            if !state.model.project().tagset().relations.is_empty() {
                let key = keys::text(ui.ctx(), &state.model.keys, Command::Relate);
                let told = format!("Ctrl and drag to another tag, or {key}, relates the two");
                ui.label(RichText::new(told).size(theme::SMALL).color(Palette::get(ui).weak));
            }
        });
    }
    if response.drag_started_by(PointerButton::Primary)
        && let Some(origin) = ui.input(|input| input.pointer.press_origin())
    {
        if unsure(origin) {
            actions.push(Action::Explain(right_to_left(ui, state)));
            return;
        }
        let at = |mention| view.edge_at(mention, origin, state.model.settings.text_size);
        view.edge = state.model.selected_mention().and_then(at);
        if view.edge.is_none() {
            view.drag_from = Some(byte_at(origin));
            actions.push(Action::Deselect);
        }
    }
    if let (Some(mut edge), Some(point)) = (view.edge, ui.input(|input| input.pointer.latest_pos())) {
        if !view.layout.is_right_to_left(ui, text, point - view.origin) {
            edge.moving = view.layout.byte_at(ui, text, point - view.origin);
        }
        view.edge = (!response.drag_stopped()).then_some(edge);
        if response.drag_stopped() {
            let range = if snap { words::snap(text, edge.range()) } else { edge.range() };
            actions.edit(move |project, stamp| ops::set_range(project, edge.mention, range, stamp));
        }
        return;
    }
    let byte_at = |point: Pos2| view.layout.byte_at(ui, text, point - view.origin);
    let unsure = |point: Pos2| view.layout.is_right_to_left(ui, text, point - view.origin);
    if let (Some(from), Some(point)) = (view.drag_from, ui.input(|input| input.pointer.latest_pos())) {
        // Over a line that cannot be pointed at the selection stays as it was.
        let head = if unsure(point) { state.model.caret.map_or(from, |caret| caret.head) } else { byte_at(point) };
        if response.dragged() {
            let caret = Caret { anchor: from, head };
            if state.model.caret != Some(caret) {
                actions.push(Action::Sweep(caret.anchor, caret.head));
            }
            scroll_while_dragging(ui, point);
        }
        if response.drag_stopped() {
            view.drag_from = None;
            let range = Caret { anchor: from, head }.range();
            let kept = if snap { words::snap(text, range) } else { words::trim(text, range).unwrap_or_default() };
            if !kept.is_empty() {
                actions.push(Action::Sweep(kept.start(), kept.end()));
                if state.model.settings.tag_on_drag {
                    actions.command(Command::TagAgain);
                }
            }
            response.request_focus();
        }
    }
    let Some(point) = response.interact_pointer_pos().filter(|_| response.clicked_by(PointerButton::Primary)) else {
        return;
    };
    response.request_focus();
    if response.triple_clicked() {
        select_block(actions, view, byte_at(point));
    } else if over.is_empty() && unsure(point) {
        actions.push(Action::Deselect);
        actions.push(Action::Explain(right_to_left(ui, state)));
    } else if response.double_clicked() && over.is_empty() {
        let word = words::word_at(text, byte_at(point));
        if let Some(word) = words::trim(text, word) {
            actions.push(Action::Sweep(word.start(), word.end()));
        }
    } else if let (true, Some(id)) = (response.double_clicked(), state.model.selected.filter(|id| over.contains(id))) {
        if let Some(form) = forms::TagForm::new(state.model.project(), id) {
            actions.open(Dialog::Tag(form));
        }
    } else if let (true, Some(id)) = (state.relating.is_some(), over.first()) {
        actions.push(Action::Relating(Ask::Tag(*id)));
    } else if let Some(id) = next_of(&over, state.model.selected).filter(|_| snap) {
        actions.push(Action::Pick(id));
    } else if state.model.selected.is_some() {
        actions.push(Action::Deselect);
    } else {
        let at = byte_at(point);
        let extends = ui.input(|input| input.modifiers.shift);
        let anchor = state.model.caret.filter(|_| extends).map_or(at, |caret| caret.anchor);
        actions.push(Action::Sweep(anchor, at));
    }
}

/// With ctrl held a drag leads from tag to tag: a relation. Whether one is under way.
fn link(ui: &Ui, state: &State, actions: &mut Actions, view: &mut ArticleView, response: &Response) -> bool {
    let held = ui.input(|input| input.modifiers.command);
    if response.drag_started_by(PointerButton::Primary)
        && held
        && let Some(origin) = ui.input(|input| input.pointer.press_origin())
    {
        view.linking = view.mentions_at(origin).first().copied();
        if view.linking.is_none() {
            actions.push(Action::Explain("A relation is dragged from one tag to another".to_owned()));
            return true;
        }
    }
    let Some(from) = view.linking else { return false };
    ui.set_cursor_icon(CursorIcon::Crosshair);
    let point = ui.input(|input| input.pointer.latest_pos());
    if response.dragged() {
        point.into_iter().for_each(|point| scroll_while_dragging(ui, point));
    } else {
        view.linking = None;
        let to = point.and_then(|point| view.mentions_at(point).into_iter().find(|id| *id != from));
        match to.filter(|_| state.model.project().mention(from).is_some()) {
            Some(to) => actions.push(Action::Relating(Ask::Drag(from, to))),
            None => actions.push(Action::Pick(from)),
        }
        response.request_focus();
    }
    true
}

/// What the pointer is moved to, for the keys: a tag, or the name around a word.
fn point(
    ui: &Ui,
    state: &State,
    response: &Response,
    text: &str,
    over: Option<MentionId>,
    byte_at: &dyn Fn(Pos2) -> Option<TextSize>,
) -> Option<Pointed> {
    let free = state.model.selected.is_none() && state.model.caret.is_none() && state.dialog.is_none();
    let position = response.hover_pos().filter(|_| free)?;
    // A pointer that only lies there points at nothing: the keys may be meant for something else.
    let moved = ui.input(|input| input.pointer.delta() != Vec2::ZERO || input.smooth_scroll_delta() != Vec2::ZERO);
    if !moved {
        return state.model.pointed;
    }
    match over {
        Some(mention) => Some(Pointed::Tag(mention)),
        None => {
            let at = byte_at(position)?;
            let same = match state.model.pointed {
                Some(Pointed::Name { range, .. }) => Some(range).filter(|range| range.contains(at)),
                _ => None,
            };
            let range = same.or_else(|| name_at(text, at, Schema::Entity));
            range.map(|range| Pointed::Name { at, range })
        }
    }
}

/// The mention behind the selected one where several lie at one place, so that repeated clicks reach each.
fn next_of(over: &[MentionId], selected: Option<MentionId>) -> Option<MentionId> {
    let current = selected.and_then(|id| over.iter().position(|other| *other == id));
    let next = current.map_or(0, |index| (index + 1) % over.len().max(1));
    over.get(next).copied()
}

fn select_block(actions: &mut Actions, view: &ArticleView, at: TextSize) {
    let block = view.layout.blocks().get(view.layout.block_at(at));
    if let Some(range) = block.and_then(|block| crate::text::byte_range(block.range.start, block.range.end)) {
        actions.push(Action::Sweep(range.start(), range.end()));
        actions.push(Action::Deselect);
    }
}

fn scroll_while_dragging(ui: &Ui, point: Pos2) {
    let clip = ui.clip_rect();
    let over = (point.y - (clip.bottom() - 24.0)).max(0.0) + (point.y - (clip.top() + 24.0)).min(0.0);
    if over != 0.0 {
        ui.scroll_with_delta(vec2(0.0, -over * 0.4));
        ui.ctx().request_repaint();
    }
}

pub(super) fn context_menu(ui: &Ui, state: &State, view: &ArticleView, actions: &mut Actions, response: &Response) {
    if response.secondary_clicked()
        && let Some(point) = response.interact_pointer_pos()
    {
        let over = view.mentions_at(point);
        if let Some(id) = over.first().filter(|_| state.model.caret.is_none_or(|caret| caret.range().is_empty())) {
            actions.push(Action::Pick(*id));
        }
    }
    // By a key it opens below what is selected.
    let selected = state.model.selected.and_then(|id| view.rect_of(id));
    let caret = || view.rect_at(ui, state.model.text(), state.model.caret?.head);
    let at = selected.or_else(caret).map(|rect| rect.left_bottom());
    let at = at.or(view.window.map(|window| window.left_top())).unwrap_or_default();
    let free = ui.memory(|memory| memory.focused().is_none_or(|id| id == response.id));
    let asked = state.model.open_context_menu && free;
    menu::context_menu_ui(response, asked, at, |ui| {
        let commands = if state.model.selected_mention().is_some() {
            vec![
                Command::Accept,
                Command::Reject,
                Command::AcceptEntity,
                Command::RejectEntity,
                Command::EditTag,
                Command::Dossier,
                Command::Relate,
                Command::TagAll,
                Command::DeleteTag,
                Command::BringBack,
            ]
        } else {
            let kinds = Digit::ALL.into_iter().map(Command::Kind);
            kinds.chain([Command::TagAgain, Command::TagAll, Command::CopySelection]).collect()
        };
        for command in commands {
            menu::command_ui(ui, state, actions, command);
        }
    });
}
