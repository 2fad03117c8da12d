//! What is selected of the collection, for all views: time, kinds, sources, article tags, names, and whether suggestions count.

use std::collections::BTreeSet;
use std::sync::Arc;

use eframe::egui::{Button, Popup, PopupCloseBehavior, RichText, ScrollArea, TextEdit, Ui};

use jiff::civil::Date;

use crate::ui::overview::Overview;
use crate::ui::text;
use crate::ui::theme::{self, Palette};
use crate::views::{Collection, Selection};

pub fn selection_ui(ui: &mut Ui, overview: &mut Overview) {
    let all = overview.collection().map(Arc::clone).unwrap_or_default();
    let Overview { selection, typed, .. } = overview;
    ui.horizontal_wrapped(|ui| {
        let field = TextEdit::singleline(&mut selection.names).hint_text("Names").desired_width(130.0);
        ui.add(field).accessible_name("Select by names");
        day_ui(ui, &mut selection.from, &mut typed.0, "From", |(first, _)| first);
        day_ui(ui, &mut selection.until, &mut typed.1, "Until", |(_, last)| last);
        kinds_ui(ui, selection, &all);
        if all.sources.len() > 1 {
            let names: Vec<(String, String)> = all.sources.iter().map(|s| (s.clone(), source_name(s))).collect();
            several_ui(ui, "Sources", &mut selection.sources, &names);
        }
        if !all.answers.is_empty() {
            let name = |(tag, said): &(smol_str::SmolStr, String)| {
                format!("{}: {said}", all.tags.get(tag).map_or(tag.as_str(), String::as_str))
            };
            let names: Vec<_> = all.answers.iter().map(|answer| (answer.clone(), name(answer))).collect();
            several_ui(ui, "Article tags", &mut selection.answers, &names);
        }
        let button = Button::selectable(selection.accepted, "Accepted only");
        if ui.add(button).on_hover_text("Leave out what is only suggested").clicked() {
            selection.accepted = !selection.accepted;
        }
        chips_ui(ui, selection, &all);
        if !selection.is_all() && ui.button("Select everything").clicked() {
            *selection = Selection::default();
            *typed = Default::default();
        }
    });
}

fn source_name(source: &str) -> String {
    if source.is_empty() { "Source unknown".to_owned() } else { source.to_owned() }
}

/// A day that is typed; what is no day is told in the field's colour.
fn day_ui(ui: &mut Ui, value: &mut Option<Date>, words: &mut String, name: &str, end: fn((Date, Date)) -> Date) {
    let read = |words: &str| crate::ui::typed::days(words.trim(), None).map(end);
    let palette = Palette::get(ui);
    let id = ui.make_persistent_id(("day", name));
    let focused = ui.memory(|memory| memory.has_focus(id));
    if !focused && read(words) != *value {
        *words = value.map(text::date).unwrap_or_default();
    }
    let wrong = !words.trim().is_empty() && read(words).is_none();
    let ink = if wrong { palette.error } else { palette.ink };
    let field = TextEdit::singleline(words).id(id).hint_text(name).desired_width(88.0).text_color(ink);
    let response = ui.add(field).accessible_name(name);
    let response = response.on_hover_text("A day such as 4 Feb 2022; events count by their own dates");
    if response.changed() && (words.trim().is_empty() || read(words).is_some()) {
        *value = read(words);
    }
}

/// The kinds of tags, and the types of events.
fn kinds_ui(ui: &mut Ui, selection: &mut Selection, all: &Collection) {
    let kinds: Vec<_> = all.kinds.iter().map(|kind| (kind.id.clone(), kind.plural.clone())).collect();
    several_ui(ui, "Kinds", &mut selection.kinds, &kinds);
    if all.types.len() > 1 {
        let types: Vec<_> = all.types.iter().map(|kind| (*kind, text::event_type(*kind).to_owned())).collect();
        several_ui(ui, "Events", &mut selection.types, &types);
    }
}

/// A button that opens a list to choose from.
fn several_ui<T: Clone + Ord>(ui: &mut Ui, name: &str, chosen: &mut BTreeSet<T>, listed: &[(T, String)]) {
    let shown = match (chosen.len(), listed.iter().find(|(value, _)| chosen.contains(value))) {
        (1, Some((_, name))) => text::shortened(name, 24),
        (0, _) | (_, None) => name.to_owned(),
        (many, _) => format!("{name}: {many}"),
    };
    let words = if chosen.is_empty() { RichText::new(shown) } else { RichText::new(shown).strong() };
    let button = ui.button(words).accessible_name(name);
    Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.set_min_width(180.0);
        ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for (value, name) in listed {
                let mut on = chosen.contains(value);
                if ui.checkbox(&mut on, text::shortened(name, 48)).changed() {
                    if on {
                        chosen.insert(value.clone());
                    } else {
                        chosen.remove(value);
                    }
                }
            }
        });
        if !chosen.is_empty() && ui.button("All").clicked() {
            chosen.clear();
        }
    });
}

/// Who and what was selected alone, each to be taken out again.
fn chips_ui(ui: &mut Ui, selection: &mut Selection, all: &Collection) {
    let chip = |ui: &mut Ui, name: &str| {
        let words = RichText::new(format!("{}  ×", text::shortened(name, 30))).size(theme::SMALL);
        ui.add(Button::new(words)).accessible_name(format!("Not only {name}")).clicked()
    };
    let named: Vec<_> = selection.entities.iter().copied().collect();
    for id in named {
        let row = all.entities.binary_search_by_key(&id, |entity| entity.id);
        let name = row.ok().and_then(|row| all.entities.get(row)).map_or("?", |entity| &*entity.name);
        if chip(ui, name) {
            selection.entities.remove(&id);
        }
    }
    let countries: Vec<_> = selection.countries.iter().copied().collect();
    for code in countries {
        if chip(ui, &text::country(code)) {
            selection.countries.remove(&code);
        }
    }
}
