//! The card of the selected event: type, who, when, where and how real, each to be corrected in place.

use eframe::egui::{Button, ComboBox, Id, RichText, TextEdit, Ui, WidgetText};
use jiff::civil::Date;

use crate::project::{
    Event, EventDate, EventId, EventPlace, EventType, KindId, Modality, NamedClass, Participant, Plover, Polarity,
    Role, Status, Target, ops,
};
use crate::ui::actions::Actions;
use crate::ui::state::State;
use crate::ui::text;
use crate::ui::theme::{self, Palette};

const LABEL: f32 = 62.0;

/// Draws the card; every change is an edit of its own.
pub fn card_ui(ui: &mut Ui, state: &State, actions: &mut Actions, id: EventId) {
    let Some(event) = state.project().event(id) else { return };
    let mut after = event.clone();
    ui.spacing_mut().item_spacing.y = 3.0;
    field_ui(ui, "Name", |ui| {
        if let Some(name) =
            text_ui(ui, (state.number, id, "name"), &event.name, "Name of the event").filter(|name| !name.is_empty())
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
    field_ui(ui, "Reality", |ui| reality_ui(ui, &mut after));
    for role in [Role::Actor, Role::Recipient] {
        field_ui(ui, if role == Role::Actor { "Actors" } else { "Recipients" }, |ui| {
            participants_ui(ui, state, &mut after, role);
        });
    }
    field_ui(ui, "Date", |ui| date_ui(ui, state, &mut after));
    field_ui(ui, "Place", |ui| {
        let place = event.place.as_ref().map_or("", |place| &place.name);
        if let Some(name) = text_ui(ui, (state.number, id, "place"), place, "Place of the event") {
            let country = crate::ui::dispatch::known(&KindId::COUNTRY, &name).country;
            after.place = (!name.is_empty()).then_some(EventPlace { name, country });
        }
    });
    field_ui(ui, "Note", |ui| {
        if let Some(note) = text_ui(ui, (state.number, id, "note"), &event.note, "Note on the event") {
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
        let (rect, _) = ui.allocate_exact_size(eframe::egui::vec2(LABEL, 22.0), eframe::egui::Sense::hover());
        let font = eframe::egui::FontId::proportional(theme::SMALL);
        ui.painter().text(rect.left_center(), eframe::egui::Align2::LEFT_CENTER, name, font, palette.weak);
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
    };
    let combo = ComboBox::from_id_salt(("type", event.id.0))
        .selected_text(shown)
        .width(ui.available_width().min(168.0))
        .height(420.0);
    let shown = combo.show_ui(ui, |ui| {
        let untyped = ui.selectable_value(&mut event.kind, EventType::Happening(None), "Happening without type");
        untyped.on_hover_text(text::event_definition(EventType::Happening(None)));
        for plover in Plover::ALL {
            let choice = ui.selectable_value(&mut event.kind, EventType::Happening(Some(plover)), plover.name());
            choice.on_hover_text(format!("{} ({})", plover.definition(), plover.quad_class().name()));
        }
        ui.separator();
        for class in NamedClass::ALL {
            ui.selectable_value(&mut event.kind, EventType::Named(class), format!("Named: {}", class.name()));
        }
    });
    shown.response.accessible_name("Type of the event");
    if let (EventType::Happening(plover), Some(mode)) = (event.kind, &event.mode)
        && !plover.is_some_and(|plover| plover.modes().contains(&mode.as_str()))
    {
        event.mode = None;
    }
}

fn mode_ui(ui: &mut Ui, plover: Plover, event: &mut Event) {
    let shown = event.mode.as_deref().unwrap_or("None").to_owned();
    let combo =
        ComboBox::from_id_salt(("mode", event.id.0)).selected_text(shown).width(ui.available_width().min(168.0));
    let shown = combo.show_ui(ui, |ui| {
        ui.selectable_value(&mut event.mode, None, "None");
        for mode in plover.modes() {
            ui.selectable_value(&mut event.mode, Some((*mode).into()), *mode);
        }
    });
    shown.response.accessible_name("Mode of the event");
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

fn participants_ui(ui: &mut Ui, state: &State, event: &mut Event, role: Role) {
    let project = state.project();
    let mut gone = None;
    for (index, participant) in event.participants.iter().enumerate().filter(|(_, p)| p.role == role) {
        let name = project.entity(participant.entity).map_or("?", |entity| &entity.name);
        let chip = WidgetText::from(RichText::new(format!("{name}  ×")).size(theme::SMALL));
        let button = ui.add(Button::new(chip).small().corner_radius(8));
        if button.accessible_name(format!("Remove {name}")).on_hover_text(format!("Remove {name}")).clicked() {
            gone = Some(index);
        }
    }
    if let Some(index) = gone {
        event.participants.remove(index);
    }
    let name = if role == Role::Actor { "Add actor" } else { "Add recipient" };
    let menu = ui.menu_button(RichText::new("+").size(theme::BODY), |ui| {
        let mut seen = Vec::new();
        for mention in state.mentions().iter().filter(|m| m.status != Status::Rejected && m.kind != KindId::EVENT) {
            let Some(Target::Entity(entity)) = mention.target.filter(|target| !seen.contains(target)) else { continue };
            seen.push(Target::Entity(entity));
            let taken = event.participants.iter().any(|p| p.role == role && p.entity == entity);
            let label = project.entity(entity).map_or("?", |entity| &entity.name);
            if !taken && ui.button(label).clicked() {
                event.participants.push(Participant { role, entity, range: Some(mention.range) });
            }
        }
        if seen.is_empty() {
            ui.weak("No people or countries are tagged in this article");
        }
    });
    menu.response.accessible_name(name).on_hover_text(name);
}

fn date_ui(ui: &mut Ui, state: &State, event: &mut Event) {
    let published = state.project().article(event.article).and_then(|record| record.article.meta.date);
    let shown = text::event_date(event);
    let problem = Id::unique(("event card", state.number, event.id, "date problem"));
    if let Some(typed) = text_ui(ui, (state.number, event.id, "date"), &shown, "Date of the event") {
        let date = parse_date(&typed, published);
        ui.data_mut(|data| data.remove_temp::<String>(problem));
        match date {
            _ if typed.is_empty() => event.date = None,
            Some((start, end)) => event.date = Some(EventDate { start, end, text: String::new() }),
            None => {
                ui.data_mut(|data| data.insert_temp(problem, typed));
            }
        }
    }
    let palette = Palette::get(ui);
    if let Some(typed) = ui.data(|data| data.get_temp::<String>(problem)) {
        let words = format!("“{typed}” is not a date. Write 4 Feb 2022, last Friday, or 4 Feb 2022 to 20 Feb 2022");
        ui.label(RichText::new(words).size(theme::SMALL).color(palette.error));
    } else if let Some(words) = event.date.as_ref().map(|date| &date.text).filter(|words| !words.is_empty()) {
        ui.label(RichText::new(format!("from “{words}”")).size(theme::SMALL).color(palette.weak));
    }
}

/// A day, or an interval whose ends are parted by a dash or "to".
fn parse_date(typed: &str, published: Option<Date>) -> Option<(Date, Date)> {
    let parted = [" – ", "–", " - ", " to ", " until "].into_iter().find_map(|part| typed.split_once(part));
    if let Some((from, to)) = parted {
        let (start, _) = crate::suggest::dates::parse_typed(from.trim(), published)?;
        let (_, end) = crate::suggest::dates::parse_typed(to.trim(), published)?;
        return (start <= end).then_some((start, end));
    }
    crate::suggest::dates::parse_typed(typed, published)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_interval_is_typed_with_any_dash_or_a_word() {
        let days = Some((date(2022, 2, 4), date(2022, 2, 20)));
        for typed in ["4 Feb 2022 – 20 Feb 2022", "2022-02-04 - 2022-02-20", "4 Feb 2022 to 20 Feb 2022"] {
            assert_eq!(parse_date(typed, None), days, "{typed}");
        }
        assert_eq!(parse_date("20 Feb 2022 to 4 Feb 2022", None), None);
        assert_eq!(parse_date("notadate", None), None);
    }
}
