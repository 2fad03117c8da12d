//! The bar below the article while tags are related: both ends, the kinds to choose from, and a field for a name.

use eframe::egui::{
    self, Align, Button, Event, Frame, Id, Key, Layout, Margin, Modifiers, Popup, RichText, TextEdit, Ui, vec2,
};

use super::actions::{Action, Actions};
use super::binding::DIGITS;
use super::model::Model;
use super::relating::{Ask, Relating, kinds};
use super::text;
use super::theme::{self, Palette};
use crate::project::{MentionId, RelationKind};

/// The least width of the field for a name, in points.
const FIELD: f32 = 150.0;

/// The id by which the field for a name takes the keys.
fn field_id() -> Id {
    Id::unique("name at the other end of a relation")
}

/// Draws the bar, in the place of the review bar.
pub fn relate_ui(ui: &mut Ui, model: &Model, relating: &mut Relating, actions: &mut Actions) {
    let palette = Palette::get(ui);
    let kinds = kinds(model.project());
    keys(ui, relating, &kinds, actions);
    Frame::new().fill(palette.panel).inner_margin(Margin::symmetric(16, 7)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.button("×").on_hover_text("Cancel (Esc)").accessible_name("Stop relating tags").clicked() {
                    actions.push(Action::Relating(Ask::Leave));
                }
                let make = Button::new("Relate").shortcut_text(RichText::new("Enter").size(theme::SMALL));
                if ui.add_enabled(relating.at.is_some(), make).clicked() {
                    actions.push(Action::Relating(Ask::Make));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| ends_ui(ui, model, relating, actions));
            });
        });
        ui.horizontal_wrapped(|ui| {
            kinds_ui(ui, model, relating, &kinds, actions);
            ui.separator();
            let ready = relating.ends().is_some();
            let turn = ui.add_enabled(ready, Button::new("⇄")).on_hover_text("The other way round");
            if turn.accessible_name("Turn the relation round").clicked() {
                actions.push(Action::Relating(Ask::Turn));
            }
            let several = ui.checkbox(&mut relating.several, "Several");
            let several = several.on_hover_text("Go on with the next relation of this kind until you leave (Esc)");
            if several.accessible_name("Several in a row").changed() {
                relating.focus();
            }
        });
    });
}

/// Where it begins, what it says, and a field for a name with the tag that is meant.
fn ends_ui(ui: &mut Ui, model: &Model, relating: &mut Relating, actions: &mut Actions) {
    let palette = Palette::get(ui);
    let quote = |id: Option<MentionId>| {
        let mention = id.and_then(|id| model.project().mention(id));
        mention.map(|mention| text::shortened(&mention.quote.replace(['\n', '\r'], " "), 26))
    };
    let begins = match quote(relating.from) {
        Some(from) => RichText::new(from).strong(),
        None => RichText::new("The next begins at").color(palette.weak),
    };
    // The field keeps room to type in; a long name gives way.
    let room = (ui.available_width() - FIELD - 30.0).max(40.0);
    ui.scope(|ui| {
        ui.set_max_width(room);
        ui.add(egui::Label::new(begins).truncate());
    });
    if relating.from.is_some() {
        ui.label(RichText::new("→").color(palette.weak));
    }
    let meant = quote(relating.at).filter(|_| relating.words.is_empty());
    let hint = meant.as_deref().unwrap_or("Click a tag, ↑ ↓, or a name");
    // Beside what is typed stands the tag that fits it.
    let part = if relating.words.is_empty() { 1.0 } else { 0.5 };
    let width = (ui.available_width() * part - 8.0).clamp(70.0, 320.0);
    let field = TextEdit::singleline(&mut relating.words).id(field_id()).hint_text(hint).desired_width(width);
    let field = if meant.is_some() { field.text_color(palette.ink) } else { field };
    let response = ui.add(field).accessible_name("Name at the other end");
    if std::mem::take(&mut relating.wants_focus) {
        response.request_focus();
    }
    if response.changed() {
        actions.push(Action::Relating(Ask::Typed));
    }
    if response.lost_focus() {
        let (enter, escape) = ui.input(|input| (input.key_pressed(Key::Enter), input.key_pressed(Key::Escape)));
        if enter {
            relating.focus();
            actions.push(Action::Relating(Ask::Make));
        } else if escape {
            actions.push(Action::Relating(Ask::Leave));
        }
    }
    if !relating.words.is_empty()
        && let Some(meant) = quote(relating.at)
    {
        ui.add(egui::Label::new(RichText::new(meant).color(palette.ink)).truncate());
    } else if !relating.words.trim().is_empty() {
        ui.add(egui::Label::new(RichText::new("No such tag").color(palette.weak)).truncate());
    }
}

/// The kinds, the one that is meant marked; with both ends known a click makes the relation.
fn kinds_ui(ui: &mut Ui, model: &Model, relating: &Relating, kinds: &[RelationKind], actions: &mut Actions) {
    let palette = Palette::get(ui);
    let meant = relating.kind(model).map(|kind| kind.id);
    let mut tagset = model.project().tagset().clone();
    tagset.relations = kinds.to_vec();
    for kind in kinds {
        let chosen = meant.as_ref() == Some(&kind.id);
        let key = kind.key.map(|key| RichText::new(key).size(theme::SMALL).color(palette.weak));
        let color = palette.hue(tagset.relation_hue(&kind.id)).line;
        let name = RichText::new(text::shortened(&kind.name, 28)).color(color);
        let name = if chosen { name.strong() } else { name };
        let label: egui::Atoms<'_> = match key {
            Some(key) => vec![key, name].into(),
            None => vec![name].into(),
        };
        let button = ui.add(Button::selectable(chosen, label));
        let told = match kind.reversed() {
            Some(reversed) if !kind.symmetric => format!("{}, read from its end: {reversed}", kind.name),
            _ => kind.name.clone(),
        };
        if button.on_hover_text(told).accessible_name(format!("Relate by {}", kind.name)).clicked() {
            actions.push(Action::Relating(Ask::Kind(kind.id.clone())));
        }
    }
    let other = ui.add(Button::new(RichText::new("Tagset…").color(palette.weak)).frame_when_inactive(false));
    if other.on_hover_text("Kinds of relations of your own").clicked() {
        actions.push(Action::Relating(Ask::Leave));
        actions.command(super::command::Command::Tagset);
    }
}

/// The keys that the field does not need: arrows, and while nothing is typed the digits of kinds.
fn keys(ui: &Ui, relating: &Relating, kinds: &[RelationKind], actions: &mut Actions) {
    if !ui.memory(|memory| memory.has_focus(field_id())) || Popup::is_any_open(ui.ctx()) {
        return;
    }
    let empty = relating.words.is_empty();
    let mut chosen = None;
    ui.input_mut(|input| {
        let mut step = |keys: [Key; 2], forward| {
            let [always, sideways] = keys;
            let pressed =
                input.consume_key(Modifiers::NONE, always) || empty && input.consume_key(Modifiers::NONE, sideways);
            if pressed {
                actions.push(Action::Relating(Ask::Step(forward)));
            }
        };
        step([Key::ArrowDown, Key::ArrowRight], true);
        step([Key::ArrowUp, Key::ArrowLeft], false);
        for (digit, key) in ('1'..='9').zip(DIGITS) {
            let Some(kind) = kinds.iter().find(|kind| kind.key == Some(digit)) else { continue };
            let plain = empty && input.consume_key(Modifiers::NONE, key);
            if plain || input.consume_key(Modifiers::ALT, key) {
                chosen = Some(kind.id.clone());
                input.events.retain(|event| !matches!(event, Event::Text(text) if text.starts_with(digit)));
            }
        }
    });
    if let Some(kind) = chosen {
        actions.push(Action::Relating(Ask::Kind(kind)));
    }
}
