//! The card of the selected event: type, who, when, where and how real, each to be corrected in place.

mod date;
mod head;
mod kind;
mod participants;
mod picker;

pub use date::pick_days_ui;
pub use head::head_ui;
pub use kind::{pick_type_ui, reality_ui, set_type};
pub use participants::pick_party_ui;
pub use picker::{Choice, picker_ui};

use eframe::egui::containers::menu::{MenuButton, MenuConfig};
use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{Align2, Button, FontId, Id, PopupCloseBehavior, RichText, ScrollArea, Sense, TextEdit, Ui, vec2};

use crate::project::{CONTEXTS, Event, EventId, EventType, Role, ops};
use crate::ui::actions::Actions;
use crate::ui::dialogs::select_all;
use crate::ui::model::{EventField, Model};
use crate::ui::theme::{self, Palette};
use crate::ui::{text, typed};

const LABEL: f32 = 62.0;
/// Of menus, in points.
const WIDTH: f32 = 168.0;

/// Draws the card; every change is an edit of its own.
pub fn card_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, id: EventId) {
    let Some(event) = model.project().event(id) else { return };
    let mut after = event.clone();
    let asked = |field| model.event_field == Some(field);
    ui.spacing_mut().item_spacing.y = 3.0;
    field_ui(ui, "Name", |ui| {
        let name = Field { salt: "name", name: "Name of the event", asked: asked(EventField::Name) };
        if let Some(name) = text_ui(ui, model, id, name, &event.name).filter(|name| !name.is_empty()) {
            after.name = name;
        }
    });
    field_ui(ui, "Type", |ui| kind::type_ui(ui, model, &mut after));
    for role in [Role::Actor, Role::Recipient] {
        let name = if role == Role::Actor { "Actors" } else { "Recipients" };
        participants::slot_ui(ui, actions, id, role, |ui, actions| {
            field_ui(ui, name, |ui| participants::participants_ui(ui, model, actions, &mut after, role));
        });
    }
    field_ui(ui, "Date", |ui| date::date_ui(ui, model, &mut after));
    field_ui(ui, "Place", |ui| place_ui(ui, model, &mut after));
    if !event.figures.is_empty() {
        field_ui(ui, "Figures", |ui| figures_ui(ui, model, &mut after));
    }
    field_ui(ui, "Reality", |ui| {
        kind::reality_ui(ui, id, &mut after.polarity, &mut after.modality);
    });
    if let EventType::Happening(Some(plover)) = after.kind
        && !plover.modes().is_empty()
    {
        field_ui(ui, "Mode", |ui| kind::mode_ui(ui, plover, &mut after));
    }
    field_ui(ui, "Contexts", |ui| contexts_ui(ui, &mut after));
    field_ui(ui, "Note", |ui| {
        let note = Field { salt: "note", name: "Note on the event", asked: false };
        if let Some(note) = text_ui(ui, model, id, note, &event.note) {
            after.note = note;
        }
    });
    if after != *event {
        actions.edit(move |project, stamp| ops::set_event(project, after, stamp));
    }
    ui.add_space(2.0);
}

/// Where it took place, and in which country that lies.
fn place_ui(ui: &mut Ui, model: &Model, event: &mut Event) {
    let named = event.place.as_ref().map_or("", |place| &place.name).to_owned();
    let field =
        Field { salt: "place", name: "Place of the event", asked: model.event_field == Some(EventField::Place) };
    if let Some(name) = text_ui(ui, model, event.id, field, &named) {
        event.place = typed::place(&name);
    }
    let Some(place) = event.place.as_mut().filter(|place| !place.name.is_empty()) else { return };
    let lies = place.country.map(text::country).filter(|country| *country != place.name);
    let weak = Palette::get(ui).weak;
    lies.into_iter().for_each(|country| {
        ui.label(RichText::new(format!("in {country}")).size(theme::SMALL).color(weak));
    });
    if place.unsure && unsure_ui(ui, "place") {
        place.unsure = false;
    }
}

/// The numbers told with it, as chips.
fn figures_ui(ui: &mut Ui, model: &Model, event: &mut Event) {
    let mut gone = None;
    for (index, figure) in event.figures.iter().enumerate() {
        if chip_ui(ui, &text::figure(model.project(), event, figure), false).is_some() {
            gone = Some(index);
        }
    }
    if let Some(index) = gone {
        event.figures.remove(index);
    }
}

/// Says that what stands before it is a guess, with a button that takes it for sure; whether it was pressed.
fn unsure_ui(ui: &mut Ui, what: &str) -> bool {
    ui.label(RichText::new("not sure").size(theme::SMALL).italics().color(Palette::get(ui).weak));
    let keep = ui.small_button("✓").accessible_name(format!("Keep {what}"));
    keep.on_hover_text(format!("Keep the {what}. Accepting the event keeps it too")).clicked()
}

fn field_ui(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui)) {
    let palette = Palette::get(ui);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(LABEL, 22.0), Sense::hover());
        let font = FontId::proportional(theme::SMALL);
        ui.painter().text(rect.left_center(), Align2::LEFT_CENTER, name, font, palette.weak);
        ui.vertical(|ui| ui.horizontal_wrapped(content));
    });
}

/// What a field of text is for.
#[derive(Clone, Copy)]
struct Field {
    salt: &'static str,
    /// For those who do not see it.
    name: &'static str,
    /// It should take the keys.
    asked: bool,
}

/// A field whose text counts once it is left or enter is pressed; what was typed then, if it differs.
fn text_ui(ui: &mut Ui, model: &Model, event: EventId, field: Field, value: &str) -> Option<String> {
    let id = Id::unique(("event card", (model.number, event, field.salt)));
    let mut typed = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(|| value.to_owned());
    let edit = TextEdit::singleline(&mut typed).id(id.with("field")).desired_width(f32::INFINITY);
    let response = ui.add(edit).accessible_name(field.name);
    if field.asked {
        response.request_focus();
        response.scroll_to_me(None);
        select_all(ui, &response, &typed);
    }
    if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, typed));
        None
    } else {
        ui.data_mut(|data| data.remove_temp::<String>(id));
        (response.lost_focus() && typed != value).then(|| typed.trim().to_owned())
    }
}

/// A choice of a menu: its name, and below what it means, where there is more to say.
fn defined(ui: &Ui, name: &str, definition: &str) -> LayoutJob {
    let palette = Palette::get(ui);
    let format = |size, color| TextFormat { font_id: FontId::proportional(size), color, ..TextFormat::default() };
    let mut job = LayoutJob::default();
    job.append(name, 0.0, format(theme::BODY, palette.ink));
    if !definition.is_empty() {
        job.append(&format!("\n{definition}"), 0.0, format(theme::SMALL, palette.weak));
    }
    job
}

/// PLOVER's contexts of the event as chips, and a menu of the others.
fn contexts_ui(ui: &mut Ui, event: &mut Event) {
    let mut gone = None;
    for (index, context) in event.contexts.iter().enumerate() {
        if chip_ui(ui, &context.replace('_', " "), false).is_some() {
            gone = Some(index);
        }
    }
    if let Some(index) = gone {
        event.contexts.remove(index);
    }
    let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let (button, _) = MenuButton::from_button(plus()).config(stays).ui(ui, |ui| {
        ui.set_min_width(320.0);
        ScrollArea::vertical().max_height(380.0).show(ui, |ui| {
            for (name, definition) in CONTEXTS {
                let chosen = event.contexts.iter().any(|context| context == name);
                let words = defined(ui, &name.replace('_', " "), definition);
                if ui.selectable_label(chosen, words).clicked() {
                    if chosen {
                        event.contexts.retain(|context| context != name);
                    } else {
                        event.contexts.push((*name).into());
                    }
                }
            }
        });
    });
    button.accessible_name("Choose contexts").on_hover_text("Choose contexts");
}

/// The button at the end of a list of chips.
fn plus() -> Button<'static> {
    Button::new(RichText::new("+").size(theme::BODY)).min_size(vec2(22.0, 20.0))
}

/// What was decided on a chip.
#[derive(Clone, Copy)]
pub enum Decided {
    /// It is right.
    Sure,
    /// It goes.
    Gone,
}

/// A chip with a cross, and with a check mark too where it is unsure.
pub fn chip_ui(ui: &mut Ui, name: &str, unsure: bool) -> Option<Decided> {
    let mut decided = None;
    let words = text::shortened(name, 40);
    if unsure {
        let what = format!("Keep {name}");
        let keep = RichText::new(format!("{words}?  ✓")).size(theme::SMALL).italics();
        let button = ui.add(Button::new(keep).small().corner_radius(8)).accessible_name(&what);
        if button.on_hover_text(format!("Not sure. {what}; accepting the event keeps it too")).clicked() {
            decided = Some(Decided::Sure);
        }
    }
    let chip = RichText::new(if unsure { "×".to_owned() } else { format!("{words}  ×") }).size(theme::SMALL);
    let button = ui.add(Button::new(chip).small().corner_radius(8));
    let what = format!("Remove {name}");
    if button.accessible_name(&what).on_hover_text(&what).clicked() {
        decided = Some(Decided::Gone);
    }
    decided
}
