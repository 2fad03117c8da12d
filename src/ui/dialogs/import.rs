//! What an annotation set would bring: articles and tags, which of its kinds become which of the project's, and what could
//! not be taken in.

use eframe::egui::{Button, CollapsingHeader, ComboBox, Grid, RichText, ScrollArea, Ui, vec2};

use super::{main_ui, modal, right_ui};
use crate::project::ops::fits;
use crate::project::{Kind, KindId};
use crate::ui::actions::{Action, Actions};
use crate::ui::forms::ImportForm;
use crate::ui::model::Model;
use crate::ui::text;
use crate::ui::theme::{self, Palette};

/// How many of the things that were left out are listed.
const LISTED: usize = 200;

pub(super) fn import_ui(ui: &Ui, model: &Model, actions: &mut Actions, form: &mut ImportForm) -> bool {
    let mut done = false;
    let left = modal(ui, "Annotations to import", 600.0, |ui| {
        let [files, holds] = form.told();
        ui.label(holds);
        ui.label(RichText::new(files).size(theme::SMALL).color(Palette::get(ui).weak));
        ui.add_space(10.0);
        kinds_ui(ui, model, form);
        left_out_ui(ui, actions, form);
        ui.add_space(14.0);
        let name = match form.wanted() {
            0 => "Import articles".to_owned(),
            tags => format!("Import {}", text::count(tags, "tag", "tags")),
        };
        right_ui(ui, |ui| {
            if main_ui(ui, &name, true) {
                let (imported, kinds) = (std::mem::take(&mut form.imported), std::mem::take(&mut form.kinds));
                actions.push(Action::Join(imported, kinds));
                done = true;
            }
            done |= ui.add(Button::new("Cancel").min_size(vec2(72.0, 28.0))).clicked();
            if !form.opened.is_empty() {
                let button = Button::new("Open as articles").min_size(vec2(72.0, 28.0));
                if ui.add(button).on_hover_text("Read the texts alone, without their tags").clicked() {
                    actions.push(Action::OpenAsArticles(std::mem::take(&mut form.opened)));
                    done = true;
                }
            }
        });
    });
    left || done
}

/// Each kind of the set, and what its tags become.
fn kinds_ui(ui: &mut Ui, model: &Model, form: &mut ImportForm) {
    if form.set.kinds.is_empty() {
        return;
    }
    let weak = Palette::get(ui).weak;
    let height = ui.ctx().content_rect().height();
    ScrollArea::vertical().id_salt("kinds to import").max_height((height - 360.0).clamp(120.0, 420.0)).show(ui, |ui| {
        Grid::new("kinds to import").num_columns(3).spacing(vec2(18.0, 8.0)).striped(false).show(ui, |ui| {
            for head in ["Kind in the files", "Tags", "Becomes"] {
                ui.label(RichText::new(head).size(theme::SMALL).color(weak));
            }
            ui.end_row();
            let kinds = form.set.kinds.clone();
            for (kind, tags) in &kinds {
                let label = ui.label(text::shortened(&kind.name, 40)).on_hover_text(kind.id.as_str());
                ui.label(text::number(*tags));
                if let Some(chosen) = choice_ui(ui, model, form, kind, label.id) {
                    form.kinds.set(kind.id.clone(), chosen);
                }
                ui.end_row();
            }
        });
    });
}

/// What a kind becomes; gives another choice where one is made.
fn choice_ui(
    ui: &mut Ui,
    model: &Model,
    form: &ImportForm,
    kind: &Kind,
    label: eframe::egui::Id,
) -> Option<Option<KindId>> {
    let own = form.own(model.project(), &kind.id).map(|own| &own.id);
    let is_out = form.kinds.of(&kind.id).is_none();
    let new = format!("New kind “{}”", text::shortened(&kind.name, 20));
    let shown = match own.and_then(|id| model.project().tagset().get(id)) {
        Some(own) => own.name.clone(),
        None if is_out => "Nothing".to_owned(),
        None => new.clone(),
    };
    let mut chosen = None;
    let combo = ComboBox::from_id_salt(("becomes", kind.id.as_str())).width(240.0).selected_text(shown);
    let response = combo.show_ui(ui, |ui| {
        for other in model.project().tagset().kinds.iter().filter(|own| fits(own, kind)) {
            if ui.selectable_label(own == Some(&other.id), &other.name).clicked() {
                chosen = Some(Some(other.id.clone()));
            }
        }
        // Where the project has a kind of this id it is no new one.
        let is_new = model.project().tagset().get(&kind.id).is_none();
        if is_new && ui.selectable_label(own.is_none() && !is_out, new).clicked() {
            chosen = Some(Some(kind.id.clone()));
        }
        if ui.selectable_label(is_out, "Nothing: leave its tags out").clicked() {
            chosen = Some(None);
        }
    });
    response.response.labelled_by(label);
    chosen
}

/// What could not be taken in, and the list of it as a file.
fn left_out_ui(ui: &mut Ui, actions: &mut Actions, form: &ImportForm) {
    let left_out = &form.imported.left_out;
    if left_out.is_empty() {
        return;
    }
    ui.add_space(8.0);
    let name = text::count(left_out.len(), "part is left out", "parts are left out");
    CollapsingHeader::new(name).id_salt("left out").default_open(left_out.len() <= 5).show(ui, |ui| {
        ScrollArea::vertical().id_salt("what is left out").max_height(120.0).show(ui, |ui| {
            for what in left_out.iter().take(LISTED) {
                ui.label(RichText::new(what.to_string()).size(theme::SMALL));
            }
            if left_out.len() > LISTED {
                let more = format!("and {} more", text::number(left_out.len() - LISTED));
                ui.label(RichText::new(more).size(theme::SMALL));
            }
        });
        if ui.add(Button::new("Save list…")).clicked() {
            let all: Vec<String> = left_out.iter().map(ToString::to_string).collect();
            actions.push(Action::SaveProblems(all.join("\n")));
        }
    });
}
