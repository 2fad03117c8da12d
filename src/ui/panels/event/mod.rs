//! The card of the selected event: type, who, when, where and how real, each to be corrected in place.

mod date;
mod participants;

use eframe::egui::containers::menu::{MenuButton, MenuConfig};
use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    Align2, Button, ComboBox, FontId, Id, PopupCloseBehavior, RichText, ScrollArea, Sense, TextEdit, Ui, vec2,
};

use crate::project::{
    CONTEXTS, Event, EventId, EventType, Modality, NamedClass, NewsClass, Plover, Polarity, Role, ops,
};
use crate::suggest::knowledge;
use crate::ui::actions::Actions;
use crate::ui::model::Model;
use crate::ui::text;
use crate::ui::theme::{self, Palette};

const LABEL: f32 = 62.0;
/// Of menus, in points.
const WIDTH: f32 = 168.0;

/// Draws the card; every change is an edit of its own.
pub fn card_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, id: EventId) {
    let Some(event) = model.project().event(id) else { return };
    let mut after = event.clone();
    ui.spacing_mut().item_spacing.y = 3.0;
    field_ui(ui, "Name", |ui| {
        if let Some(name) =
            text_ui(ui, (model.number, id, "name"), &event.name, "Name of the event").filter(|name| !name.is_empty())
        {
            after.name = name;
        }
    });
    field_ui(ui, "Type", |ui| type_ui(ui, &mut after));
    if let EventType::Happening(Some(plover)) = after.kind
        && !plover.modes().is_empty()
    {
        field_ui(ui, "Mode", |ui| mode_ui(ui, plover, &mut after));
    }
    field_ui(ui, "Contexts", |ui| contexts_ui(ui, &mut after));
    field_ui(ui, "Reality", |ui| reality_ui(ui, &mut after));
    for role in [Role::Actor, Role::Recipient] {
        let name = if role == Role::Actor { "Actors" } else { "Recipients" };
        participants::slot_ui(ui, actions, id, role, |ui, actions| {
            field_ui(ui, name, |ui| participants::participants_ui(ui, model, actions, &mut after, role));
        });
    }
    field_ui(ui, "Date", |ui| date::date_ui(ui, model, &mut after));
    field_ui(ui, "Place", |ui| {
        let place = event.place.as_ref().map_or("", |place| &place.name);
        if let Some(name) = text_ui(ui, (model.number, id, "place"), place, "Place of the event") {
            let known = crate::ui::lookups::known(crate::project::Schema::Country, &name).country;
            let country = known.or_else(|| knowledge::place(&name).and_then(|place| place.country));
            after.place = (!name.is_empty()).then(|| knowledge::event_place(&name, country));
        }
        if let Some(place) = event.place.as_ref().filter(|place| !place.name.is_empty()) {
            let lies = place.country.map(text::country).filter(|country| *country != place.name);
            let weak = Palette::get(ui).weak;
            lies.into_iter().for_each(|country| {
                ui.label(RichText::new(format!("in {country}")).size(theme::SMALL).color(weak));
            });
        }
    });
    field_ui(ui, "Note", |ui| {
        if let Some(note) = text_ui(ui, (model.number, id, "note"), &event.note, "Note on the event") {
            after.note = note;
        }
    });
    if after != *event {
        actions.edit(move |project, stamp| ops::set_event(project, after, stamp));
    }
    ui.add_space(2.0);
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

/// A field whose text counts once it is left or enter is pressed; what was typed then, if it differs.
fn text_ui(ui: &mut Ui, salt: (u64, EventId, &str), value: &str, name: &str) -> Option<String> {
    let id = Id::unique(("event card", salt));
    let mut typed = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(|| value.to_owned());
    let field = TextEdit::singleline(&mut typed).id(id.with("field")).desired_width(f32::INFINITY);
    let response = ui.add(field).accessible_name(name);
    if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, typed));
        None
    } else {
        ui.data_mut(|data| data.remove_temp::<String>(id));
        (response.lost_focus() && typed != value).then(|| typed.trim().to_owned())
    }
}

fn type_ui(ui: &mut Ui, event: &mut Event) {
    let shown = match event.kind {
        EventType::Named(class) => format!("Named: {}", class.name()),
        EventType::Happening(Some(plover)) => plover.name().to_owned(),
        EventType::Happening(None) => "Happening without type".to_owned(),
        EventType::News(class) => format!("News: {}", class.name()),
    };
    let combo = ComboBox::from_id_salt(("type", event.id.0))
        .selected_text(shown)
        .width(ui.available_width().min(WIDTH))
        .height(420.0);
    let shown = combo.show_ui(ui, |ui| {
        ui.set_min_width(320.0);
        let choice = |ui: &mut Ui, event: &mut Event, kind: EventType, name: &str| {
            let words = defined(ui, name, text::event_definition(kind));
            ui.selectable_value(&mut event.kind, kind, words)
        };
        choice(ui, event, EventType::Happening(None), "Happening without type");
        for plover in Plover::ALL {
            choice(ui, event, EventType::Happening(Some(plover)), plover.name())
                .on_hover_text(plover.quad_class().name());
        }
        ui.separator();
        for class in NewsClass::ALL {
            choice(ui, event, EventType::News(class), &format!("News: {}", class.name()));
        }
        ui.separator();
        for class in NamedClass::ALL {
            choice(ui, event, EventType::Named(class), &format!("Named: {}", class.name()));
        }
    });
    shown.response.accessible_name("Type of the event");
    let known = |mode: &str| match event.kind {
        EventType::Happening(Some(plover)) => plover.modes().contains(&mode),
        EventType::Happening(None) | EventType::News(_) => false,
        EventType::Named(_) => true,
    };
    if event.mode.as_deref().is_some_and(|mode| !known(mode)) {
        event.mode = None;
    }
}

fn mode_ui(ui: &mut Ui, plover: Plover, event: &mut Event) {
    let shown = event.mode.as_deref().unwrap_or("None").to_owned();
    let combo =
        ComboBox::from_id_salt(("mode", event.id.0)).selected_text(shown).width(ui.available_width().min(WIDTH));
    let shown = combo.show_ui(ui, |ui| {
        ui.selectable_value(&mut event.mode, None, "None");
        for mode in plover.modes() {
            ui.selectable_value(&mut event.mode, Some((*mode).into()), *mode);
        }
    });
    shown.response.accessible_name("Mode of the event");
}

/// A choice of a menu: its name, and below what it means.
fn defined(ui: &Ui, name: &str, definition: &str) -> LayoutJob {
    let palette = Palette::get(ui);
    let format = |size, color| TextFormat { font_id: FontId::proportional(size), color, ..TextFormat::default() };
    let mut job = LayoutJob::default();
    job.append(name, 0.0, format(theme::BODY, palette.ink));
    job.append(&format!("\n{definition}"), 0.0, format(theme::SMALL, palette.weak));
    job
}

/// PLOVER's contexts of the event as chips, and a menu of the others.
fn contexts_ui(ui: &mut Ui, event: &mut Event) {
    let mut gone = None;
    for (index, context) in event.contexts.iter().enumerate() {
        if chip_ui(ui, &context.replace('_', " ")) {
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

/// A chip with a cross; whether it was taken away.
fn chip_ui(ui: &mut Ui, name: &str) -> bool {
    let chip = RichText::new(format!("{name}  ×")).size(theme::SMALL);
    let button = ui.add(Button::new(chip).small().corner_radius(8));
    let what = format!("Remove {name}");
    button.accessible_name(&what).on_hover_text(&what).clicked()
}

fn reality_ui(ui: &mut Ui, event: &mut Event) {
    let combo = ComboBox::from_id_salt(("modality", event.id.0)).selected_text(event.modality.name()).width(104.0);
    let shown = combo.show_ui(ui, |ui| {
        for modality in Modality::ALL {
            ui.selectable_value(&mut event.modality, modality, modality.name());
        }
    });
    shown.response.accessible_name("Modality of the event");
    let mut negative = event.polarity == Polarity::Negative;
    if ui.checkbox(&mut negative, "not").on_hover_text("It is said not to happen").changed() {
        event.polarity = if negative { Polarity::Negative } else { Polarity::Positive };
    }
}
