//! The popup at a mention: kind, what it points at, its link, note, accept, reject, delete.

use eframe::egui::{
    self, Area, Button, Color32, Id, Key, Modal, Modifiers, Order, Pos2, Rect, RichText, ScrollArea, TextEdit, Ui,
    pos2, vec2,
};

use super::choices::{Choice, apply, choices, kind_of_digit, label, linked};
use super::{choose_by_arrows, primary, select_all};
use crate::project::{KindId, Mention, Project, ops};
use crate::suggest::lookups::known;
use crate::ui::actions::Actions;
use crate::ui::binding::DIGITS;
use crate::ui::command::Command;
use crate::ui::forms::TagForm;
use crate::ui::forms::tag::{entity_of, link_of};
use crate::ui::state::State;
use crate::ui::theme::{self, Palette};

const WIDTH: f32 = 340.0;
/// Height without the list of choices before it was ever drawn, in points.
const REST: f32 = 250.0;
/// The least and the most height of the list.
const LIST: (f32, f32) = (60.0, 170.0);
/// Distance to the mention and to the window's edge.
const GAP: f32 = 8.0;

/// Where the popup goes so that it covers nothing of the mention, and how high its list may be; `height` is its own,
/// `rest` that without the list.
fn place(mention: Option<Rect>, screen: Rect, height: f32, rest: f32) -> (Pos2, f32) {
    let screen = screen.shrink(GAP);
    let Some(mention) = mention else {
        return (screen.center() - vec2(WIDTH / 2.0, height.max(rest) / 2.0), LIST.1);
    };
    let (above, below) = (mention.top() - GAP - screen.top(), screen.bottom() - mention.bottom() - GAP);
    let needed = rest + LIST.0;
    let left = (mention.left() - GAP).min(screen.right() - WIDTH - 32.0).max(screen.left());
    let list = |room: f32| (room - rest).clamp(LIST.0, LIST.1);
    if below >= rest + LIST.1 || below >= needed && below >= above {
        (pos2(left, mention.bottom() + GAP), list(below))
    } else if above >= needed {
        (pos2(left, mention.top() - GAP - height), list(above))
    } else {
        // A mention of many lines: beside it, where there is more room.
        let right = screen.right() - mention.right() > mention.left() - screen.left();
        let left = if right { mention.right() + GAP } else { mention.left() - GAP - WIDTH - 32.0 };
        let top = (screen.bottom() - height).min(mention.top()).max(screen.top());
        (pos2(left.min(screen.right() - WIDTH - 32.0).max(screen.left()), top), LIST.1)
    }
}

pub(super) fn tag_ui(ui: &Ui, state: &State, actions: &mut Actions, form: &mut TagForm) -> bool {
    let Some(mention) = state.model.project().mention(form.mention) else { return true };
    let id = Id::unique("tag popup");
    form.beside = state.view.around(form.mention).or(form.beside);
    let drawn = egui::AreaState::load(ui.ctx(), id).and_then(|area| area.size).filter(|_| form.list > 0.0);
    let height = drawn.map_or(REST + LIST.1, |size| size.y);
    let rest = drawn.map_or(REST, |size| size.y - form.list);
    let (at, list) = place(form.beside, ui.ctx().content_rect(), height, rest);
    let area = Area::new(id).kind(egui::UiKind::Modal).sense(egui::Sense::hover()).order(Order::Foreground);
    let mut done = false;
    let modal = Modal::new(id).area(area.fixed_pos(at)).backdrop_color(Color32::TRANSPARENT);
    let response = modal.frame(egui::Frame::popup(ui.style()).inner_margin(14)).show(ui.ctx(), |ui| {
        ui.set_width(WIDTH);
        done = content_ui(ui, state, actions, form, mention, list);
    });
    done || response.should_close()
}

fn content_ui(
    ui: &mut Ui,
    state: &State,
    actions: &mut Actions,
    form: &mut TagForm,
    mention: &Mention,
    list: f32,
) -> bool {
    let id = mention.id;
    if let Some(kind) = kinds_ui(ui, state.model.project(), mention) {
        actions.edit(move |project, stamp| ops::set_kind(project, &[id], &kind, &known, stamp));
        form.words = mention.quote.to_string();
        form.chosen = 0;
    }
    ui.add_space(6.0);
    let mut picked = name_ui(ui, state.model.project(), form, mention, list);
    let mut done = link_ui(ui, state.model.project(), actions, form, mention);
    ui.label(RichText::new("Note").size(theme::SMALL).color(Palette::get(ui).weak));
    let note = ui.add(TextEdit::singleline(&mut form.note).desired_width(f32::INFINITY)).accessible_name("Note");
    if note.lost_focus() {
        if form.note.trim() != mention.note {
            let note = form.note.trim().to_owned();
            actions.edit(move |project, stamp| ops::set_note(project, id, &note, stamp));
        }
        done |= ui.input(|input| input.key_pressed(Key::Enter));
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let ways = [
            ("Reject", Command::Reject, "It leaves the text, stays listed, and is not suggested again"),
            ("Delete", Command::DeleteTag, "What you made goes for good; what was suggested is rejected"),
        ];
        for (name, command, what) in ways {
            if ui.add(Button::new(name)).on_hover_text(what).clicked() {
                actions.command(command);
                done = true;
            }
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.add(primary(ui, "Accept")).clicked() {
                let typed = form.words.trim() != state.model.project().target_name(mention);
                let choices = choices(state.model.project(), mention, &form.words);
                picked = choices.get(form.chosen).filter(|_| typed || form.chosen > 0).cloned();
                if picked.is_none() {
                    actions.command(Command::Accept);
                }
                done = true;
            }
        });
    });
    if let Some(choice) = picked {
        apply(actions, id, choice);
        done = true;
    }
    done
}

/// The kinds, of which one is the tag's; the one that was chosen by a click or by alt and its key.
fn kinds_ui(ui: &mut Ui, project: &Project, mention: &Mention) -> Option<KindId> {
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        for kind in &project.tagset().kinds {
            let response = ui.selectable_label(mention.kind == kind.id, &kind.name);
            let response = match kind.digit() {
                Some(key) => response.on_hover_text(format!("Alt+{key}")),
                None => response,
            };
            if response.clicked() {
                chosen = Some(kind.id.clone());
            }
        }
    });
    for (digit, key) in ('1'..='9').zip(DIGITS) {
        if ui.input_mut(|input| input.consume_key(Modifiers::ALT, key)) {
            chosen = kind_of_digit(project, digit);
        }
    }
    chosen
}

/// The field for a name with what fits it; what was chosen.
fn name_ui(ui: &mut Ui, project: &Project, form: &mut TagForm, mention: &Mention, list: f32) -> Option<Choice> {
    let field = TextEdit::singleline(&mut form.words).desired_width(f32::INFINITY).hint_text("Name");
    let response = ui.add(field).accessible_name("Name of the person, country or event");
    if std::mem::take(&mut form.fresh) {
        response.request_focus();
        select_all(ui, &response, &form.words);
    }
    if response.changed() {
        form.chosen = 0;
    }
    let choices = choices(project, mention, &form.words);
    let here = response.has_focus() || response.lost_focus();
    let enter = ui.input(|input| input.key_pressed(Key::Enter));
    let moved = here && choose_by_arrows(ui, &mut form.chosen, choices.len());
    let mut picked = None;
    let area = ScrollArea::vertical().max_height(list).auto_shrink([false, true]);
    let shown = area.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        for (index, choice) in choices.iter().enumerate() {
            let (name, detail) = label(project, mention, choice);
            let detail = RichText::new(detail).size(theme::SMALL).weak();
            let button = Button::selectable(index == form.chosen, (RichText::new(name), egui::Atom::grow(), detail));
            let row = ui.add(button.truncate().min_size(vec2(ui.available_width(), 24.0)));
            if index == form.chosen && moved {
                row.scroll_to_me(None);
            }
            if row.clicked() {
                picked = Some(choice.clone());
            }
        }
    });
    form.list = shown.inner_rect.height().max(1.0);
    ui.add_space(4.0);
    if enter && response.lost_focus() {
        picked = choices.get(form.chosen).cloned();
    }
    picked
}

/// The link of what the tag points at, to set or clear; whether enter ended it.
fn link_ui(ui: &mut Ui, project: &Project, actions: &mut Actions, form: &mut TagForm, mention: &Mention) -> bool {
    let Some(entity) = entity_of(project, mention) else { return false };
    let weak = Palette::get(ui).weak;
    ui.label(RichText::new(format!("Link of {}", entity.name)).size(theme::SMALL).color(weak));
    let after = linked(project, entity, &form.link);
    let mut done = false;
    ui.horizontal(|ui| {
        let field = TextEdit::singleline(&mut form.link).hint_text("Wikidata item, or a country's code");
        let response = ui.add(field.desired_width(ui.available_width() - 64.0)).accessible_name("Link");
        let clear = Button::new("Clear").min_size(vec2(52.0, 24.0));
        let clear = ui.add_enabled(entity.wikidata.is_some(), clear).accessible_name("Clear link").clicked();
        if clear {
            form.link.clear();
        }
        let left = response.lost_focus();
        let wanted = if clear { linked(project, entity, "") } else { after.clone().filter(|_| left) };
        if let Some(after) = wanted.filter(|after| after != entity) {
            form.link = link_of(&after);
            actions.edit(move |project, stamp| ops::set_entity(project, after, stamp));
        }
        done = left && after.is_some() && ui.input(|input| input.key_pressed(Key::Enter));
    });
    if after.is_none() {
        let told = "A link is a Q and a number, such as Q15031, or the code of a country, such as NO";
        ui.label(RichText::new(told).size(theme::SMALL).color(Palette::get(ui).error));
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_popup_covers_nothing_of_the_mention() {
        for screen in [vec2(1024.0, 700.0), vec2(1280.0, 800.0)] {
            let screen = Rect::from_min_size(Pos2::ZERO, screen);
            for (x, y) in (0..24).flat_map(|x| (0..36).map(move |y| (x as f32 * 40.0, y as f32 * 20.0))) {
                let mention = Rect::from_min_size(pos2(x, y), vec2(90.0, 24.0));
                let height = |list: f32| REST + list;
                let (_, list) = place(Some(mention), screen, height(LIST.1), REST);
                let (at, _) = place(Some(mention), screen, height(list), REST);
                let popup = Rect::from_min_size(at, vec2(WIDTH + 28.0, height(list)));
                assert!(!popup.intersects(mention), "{mention:?} under {popup:?}");
                assert!(screen.contains_rect(popup), "{popup:?} leaves {screen:?}");
            }
        }
    }
}
