//! Forms for an article's details and for an entity.

use eframe::egui::{self, ComboBox, RichText, TextEdit, Ui};

use super::dates::dates_ui;
use super::{buttons_ui, field_ui, modal, select_all};
use crate::project::{CountryCode, Entity, Kind, is_item, item, ops};
use crate::text::Metadata;
use crate::ui::actions::{Action, Actions};
use crate::ui::forms::{DetailsForm, EntityForm, aliases};
use crate::ui::model::Model;
use crate::ui::text;
use crate::ui::theme::Palette;

pub(super) fn details_ui(ui: &Ui, _model: &Model, actions: &mut Actions, form: &mut DetailsForm) -> bool {
    let mut done = false;
    let left = modal(ui, "Article details", 460.0, |ui| {
        let title = field_ui(ui, "Title", &mut form.meta.title, "");
        if std::mem::take(&mut form.fresh) {
            title.request_focus();
        }
        field_ui(ui, "Source", &mut form.meta.source, "Newspaper, agency or site");
        field_ui(ui, "Author", &mut form.meta.author, "Who wrote it");
        field_ui(ui, "Section", &mut form.meta.section, "News, Sports, page 4");
        field_ui(ui, "Address on the web", &mut form.meta.url, "https://…");
        field_ui(ui, "Language", &mut form.meta.language, "Language tag such as en");
        field_ui(ui, "Date of publication", &mut form.date, "2022-02-04 or 4 Feb 2022");
        let typed = form.date.trim();
        let date = crate::suggest::dates::parse_typed(typed, None).map(|(start, _)| start);
        let valid = typed.is_empty() || date.is_some();
        if !valid {
            ui.colored_label(Palette::get(ui).error, "Write the date as 2022-02-04 or 4 Feb 2022");
        }
        if !form.meta.dates.is_empty() {
            ui.label(RichText::new("Dates found").small().color(Palette::get(ui).weak));
            let width = ui.available_width();
            if let Some(chosen) = dates_ui(ui, "dates found", width, date, &form.meta.dates) {
                form.date = chosen.map(|day| day.to_string()).unwrap_or_default();
            }
            ui.add_space(6.0);
        }
        ui.label(RichText::new(format!("From {}", form.meta.origin)).small().color(Palette::get(ui).weak));
        let (save, cancel) = buttons_ui(ui, "Save", valid);
        if save {
            let after = Metadata { date, ..form.meta.clone() };
            actions.push(Action::SetDetails(form.article, Box::new(after)));
        }
        done = save || cancel;
    });
    left || done
}

pub(super) fn entity_ui(ui: &Ui, model: &Model, actions: &mut Actions, form: &mut EntityForm) -> bool {
    let mut done = false;
    let kind = model.project().tagset().get(&form.entity.kind).map_or("Entity", |kind| &kind.name);
    let left = modal(ui, &format!("Edit {}", kind.to_lowercase()), 420.0, |ui| {
        let name = field_ui(ui, "Name", &mut form.entity.name, "");
        if std::mem::take(&mut form.fresh) {
            name.request_focus();
            select_all(ui, &name, &form.entity.name);
        }
        field_ui(ui, "Other names", &mut form.aliases, "Separate with semicolons");
        let kind = model.project().tagset().get(&form.entity.kind);
        if kind.is_some_and(Kind::is_people) {
            field_ui(ui, "Role", &mut form.entity.role, "Office or title, such as foreign minister");
        }
        country_ui(ui, form);
        field_ui(ui, "Wikidata item", &mut form.item, "Q and a number");
        field_ui(ui, "Note", &mut form.entity.note, "");
        let item = form.item.trim();
        let fits = item.is_empty() || is_item(item);
        let valid = !form.entity.name.trim().is_empty() && fits;
        if !fits {
            ui.colored_label(Palette::get(ui).error, "A Wikidata item is a Q and a number, such as Q15031");
        }
        let (save, cancel) = buttons_ui(ui, "Save", valid);
        if save {
            let entity = entity_of(form);
            actions.edit(move |project, stamp| ops::set_entity(project, entity, stamp));
        }
        done = save || cancel;
    });
    left || done
}

fn entity_of(form: &EntityForm) -> Entity {
    let mut entity = form.entity.clone();
    entity.name = entity.name.trim().to_owned();
    entity.wikidata = item(form.item.trim());
    entity.role = entity.role.trim().to_owned();
    entity.aliases = aliases(&form.aliases);
    entity
}

fn country_ui(ui: &mut Ui, form: &mut EntityForm) {
    ui.label(RichText::new("Country").small().color(Palette::get(ui).weak));
    let shown = form.entity.country.map_or_else(|| "None".to_owned(), text::country);
    let combo = ComboBox::from_id_salt("entity country").selected_text(shown).width(ui.available_width());
    let combo = combo.close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
    let response = combo.show_ui(ui, |ui| {
        let filter = TextEdit::singleline(&mut form.filter).hint_text("Filter").desired_width(f32::INFINITY);
        ui.add(filter).accessible_name("Filter countries");
        let filter = form.filter.to_lowercase();
        let mut choice = |ui: &mut Ui, code: Option<CountryCode>, name: &str| {
            if ui.selectable_label(form.entity.country == code, name).clicked() {
                form.entity.country = code;
                ui.close();
            }
        };
        choice(ui, None, "None");
        for facts in crate::suggest::knowledge::countries() {
            let code = facts.code.as_str().to_lowercase();
            if filter.is_empty() || facts.name.to_lowercase().contains(&filter) || code == filter {
                choice(ui, Some(facts.code), facts.name);
            }
        }
    });
    response.response.accessible_name("Country");
    ui.add_space(6.0);
}
