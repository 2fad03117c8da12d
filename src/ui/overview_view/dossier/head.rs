//! Who a dossier is of: name, role and the rest of the record, edited where it stands, and what the engine's knowledge has.

use eframe::egui::{
    Align, Button, CursorIcon, EventFilter, FontId, Frame, Id, Key, Label, Layout, Margin, Modifiers, Rect, RichText,
    Role, Sense, TextEdit, Ui, WidgetInfo, vec2,
};

use crate::project::{Entity, Schema, ops};
use crate::ui::actions::Actions;
use crate::ui::dialogs::select_all;
use crate::ui::dossier::{Editing, Field};
use crate::ui::forms::EntityForm;
use crate::ui::model::Model;
use crate::ui::overview::{Overview, Part};
use crate::ui::state::Dialog;
use crate::ui::theme::{self, Palette};
use crate::ui::{flags, text};
use crate::views::dossier::EDGE;

/// The size of the name.
const NAME: f32 = 28.0;
/// Room for what a line of the record is called.
const CALLED: f32 = 96.0;
/// From here on what is known stands beside the record.
const ROOMY: f32 = 640.0;

pub(super) fn head_ui(ui: &mut Ui, model: &Model, overview: &mut Overview, actions: &mut Actions, entity: &Entity) {
    Frame::new().inner_margin(Margin { left: EDGE as i8, right: EDGE as i8, top: 20, bottom: 4 }).show(ui, |ui| {
        ui.horizontal_top(|ui| {
            sign_ui(ui, model, entity);
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                buttons_ui(ui, model, overview, actions, entity);
                ui.with_layout(Layout::top_down(Align::Min), |ui| {
                    name_ui(ui, model, overview, actions, entity);
                });
            });
        });
        ui.add_space(10.0);
        let known = overview.dossier().map(|dossier| dossier.portrait.known.clone()).unwrap_or_default();
        if ui.available_width() >= ROOMY && !known.is_empty() {
            let wide = ui.available_width() * 0.5;
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| {
                    ui.set_width(wide - 20.0);
                    record_ui(ui, model, overview, actions, entity);
                });
                // In line with the second of two columns of cards.
                ui.add_space(40.0 - ui.spacing().item_spacing.x);
                ui.vertical(|ui| known_ui(ui, &known));
            });
        } else {
            record_ui(ui, model, overview, actions, entity);
            ui.add_space(6.0);
            known_ui(ui, &known);
        }
    });
}

/// The flag of a country, or the mark of the kind.
fn sign_ui(ui: &mut Ui, model: &Model, entity: &Entity) {
    let tagset = model.project().tagset();
    let (rect, _) = ui.allocate_exact_size(vec2(44.0, 38.0), Sense::hover());
    match entity.country.filter(|_| tagset.schema(&entity.kind) == Schema::Country) {
        Some(code) => {
            flags::paint_flag(ui, Rect::from_min_size(rect.min + vec2(0.0, 6.0), vec2(36.0, 27.0)), code);
        }
        None => {
            let center = rect.min + vec2(16.0, 20.0);
            theme::paint_badge(ui.painter(), center, 20.0, Palette::get(ui), tagset.badge(&entity.kind));
        }
    }
}

fn buttons_ui(ui: &mut Ui, model: &Model, overview: &mut Overview, actions: &mut Actions, entity: &Entity) {
    let edit = ui.button("Edit…  E").on_hover_text("Name, role, country and links in a form");
    if edit.clicked()
        && let Some(form) = EntityForm::new(model.project(), entity.id)
    {
        actions.open(Dialog::Entity(form));
    }
    let alone = overview.selection.entities.len() == 1 && overview.selection.entities.contains(&entity.id);
    let button = ui.add_enabled(!alone, Button::new("Only this  O"));
    if button.on_hover_text("Select this name alone, in all views").clicked() {
        overview.selection.entities = [entity.id].into();
    }
}

/// The name, which may go over several lines, and below it what it is.
fn name_ui(ui: &mut Ui, model: &Model, overview: &mut Overview, actions: &mut Actions, entity: &Entity) {
    let palette = Palette::get(ui);
    if is_edited(overview, entity, Field::Name) {
        field_ui(ui, model, overview, actions, theme::serif_strong(NAME));
    } else {
        let words = RichText::new(&entity.name).font(theme::serif_strong(NAME)).color(palette.ink);
        let response = ui.add(Label::new(words).wrap().sense(Sense::click()));
        // It is heard as what can be clicked.
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Name: {}", entity.name)));
        if response.hovered() {
            ui.output_mut(|output| output.cursor_icon = CursorIcon::Text);
        }
        if response.on_hover_text("Change the name (F2)").clicked() {
            overview.edit(entity, Field::Name);
        }
    }
    let country = entity.country.map(text::country).filter(|name| *name != entity.name);
    let kind = model.project().tagset().name_of(&entity.kind).to_owned();
    let item = entity.wikidata.as_ref().map(|item| format!("Wikidata {item}"));
    let parts: Vec<String> = [Some(kind), country, item].into_iter().flatten().collect();
    ui.add_space(2.0);
    ui.label(RichText::new(parts.join(" · ")).color(palette.weak));
}

/// The lines of the record below the name.
fn record_ui(ui: &mut Ui, model: &Model, overview: &mut Overview, actions: &mut Actions, entity: &Entity) {
    let fields: Vec<Field> = Field::of(model.project().tagset(), entity).skip(1).collect();
    for field in fields {
        line_ui(ui, model, overview, actions, (entity, field));
    }
}

/// A line of the record: what it is called, and what it holds; a click edits it.
fn line_ui(
    ui: &mut Ui,
    model: &Model,
    overview: &mut Overview,
    actions: &mut Actions,
    (entity, field): (&Entity, Field),
) {
    let palette = Palette::get(ui);
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(CALLED, 24.0), Sense::hover());
        let at = rect.left_center();
        let font = FontId::proportional(theme::SMALL);
        ui.painter().text(at, eframe::egui::Align2::LEFT_CENTER, field.name(), font, palette.weak);
        if is_edited(overview, entity, field) {
            return field_ui(ui, model, overview, actions, FontId::proportional(theme::BODY));
        }
        let value = field.value(entity);
        let words = if value.is_empty() {
            RichText::new("–").color(palette.weak)
        } else {
            RichText::new(&value).color(palette.ink)
        };
        let back = ui.painter().add(eframe::egui::Shape::Noop);
        let label = ui.vertical(|ui| {
            ui.add_space(3.0);
            ui.add(Label::new(words).wrap())
        });
        let room = Rect::from_min_max(rect.right_top(), ui.max_rect().right_top() + vec2(0.0, 24.0));
        let room = room.union(label.response.rect).expand2(vec2(4.0, 0.0));
        let response = ui.interact(room, Id::unique(("dossier field", entity.id, field.name())), Sense::CLICK);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{}: {value}", field.name())));
        if response.hovered() {
            let fill = eframe::egui::Shape::rect_filled(room, 4.0, palette.hover);
            ui.painter().set(back, fill);
            ui.output_mut(|output| output.cursor_icon = CursorIcon::Text);
        }
        if response.clicked() {
            overview.edit(entity, field);
        }
    });
}

/// What the engine's knowledge has.
fn known_ui(ui: &mut Ui, known: &[String]) {
    let palette = Palette::get(ui);
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.add_space(4.0);
    for line in known {
        ui.add(Label::new(RichText::new(line).size(theme::SMALL).color(palette.weak)).wrap());
    }
}

fn is_edited(overview: &Overview, entity: &Entity, field: Field) -> bool {
    let editing = overview.desk.editing.as_ref();
    editing.is_some_and(|editing| editing.entity == entity.id && editing.field == field)
}

/// The field that is edited: Enter takes what was typed, Tab goes on to the next field, Escape leaves it as it was.
fn field_ui(ui: &mut Ui, model: &Model, overview: &mut Overview, actions: &mut Actions, font: FontId) {
    let Some(editing) = &mut overview.desk.editing else { return };
    let id = Id::unique("edited in a dossier");
    let has_keys = ui.memory(|memory| memory.has_focus(id));
    let pressed = |key| has_keys && ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let (escape, tab, enter) = (pressed(Key::Escape), pressed(Key::Tab), pressed(Key::Enter));
    let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    let field = TextEdit::singleline(&mut editing.value).font(font).hint_text(editing.field.hint());
    let field = field.id(id).event_filter(filter).desired_width(f32::INFINITY);
    let response = ui.add(field).accessible_name(editing.field.name());
    if std::mem::take(&mut editing.fresh) {
        response.request_focus();
        select_all(ui, &response, &editing.value);
        return;
    }
    if escape {
        overview.desk.editing = None;
    } else if tab || enter || response.lost_focus() {
        commit(model, overview, actions, tab);
    } else {
        return;
    }
    if overview.desk.editing.is_none() {
        (overview.part, overview.takes_keys) = (Part::Picture, true);
    }
}

/// Takes what was typed into the record, in one step that can be undone; where it goes `on`, the next field is opened.
fn commit(model: &Model, overview: &mut Overview, actions: &mut Actions, on: bool) {
    let Some(Editing { entity, field, value, .. }) = overview.desk.editing.take() else { return };
    let Some(before) = model.project().entity(entity) else { return };
    let mut after = before.clone();
    field.set(&mut after, &value);
    let next = Field::of(model.project().tagset(), before).skip_while(|other| *other != field).nth(1);
    if let Some(next) = next.filter(|_| on) {
        overview.edit(&after, next);
    }
    if after != *before {
        actions.edit(move |project, stamp| ops::set_entity(project, after, stamp));
    }
}
