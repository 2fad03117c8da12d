//! Export: which format, which part of the project; what the format cannot hold is told before anything is written.

use std::collections::BTreeMap;

use eframe::egui::{self, Align, RichText, ScrollArea, Ui, vec2};

use super::{buttons_ui, modal};
use crate::export::{self, Format, Group, Layout, LeftOut, Selection};
use crate::ui::actions::{Action, Actions};
use crate::ui::forms::ExportChoice;
use crate::ui::forms::ExportForm;
use crate::ui::forms::PreviewOf;
use crate::ui::forms::export::Articles;
use crate::ui::forms::export::{Statuses, people};
use crate::ui::model::Model;
use crate::ui::text;
use crate::ui::theme::{self, Palette};

impl ExportForm {
    fn selection(&self, model: &Model) -> Selection {
        let project = model.project();
        let articles = match self.articles {
            Articles::All => None,
            Articles::This => model.article.map(|id| vec![id]),
            Articles::Chosen => {
                Some(project.article_ids().iter().copied().filter(|id| self.chosen.contains(id)).collect())
            }
        };
        let kinds = project.tagset().kinds.iter().map(|kind| kind.id.clone());
        let kinds = (!self.without.is_empty()).then(|| kinds.filter(|id| !self.without.contains(id)).collect());
        let (suggestions, unaccepted) = (self.statuses != Statuses::Accepted, self.statuses == Statuses::Open);
        let complete = self.complete && self.format().is_some_and(Format::has_gaps);
        let happenings = self.happenings && self.format().is_some_and(Format::has_gaps);
        let checks = self.checks && self.format().is_some_and(Format::holds_checks);
        let by = self.by.clone().filter(|_| self.statuses != Statuses::Open);
        Selection { articles, suggestions, unaccepted, kinds, complete, happenings, checks, by }
    }

    fn choice(&self, model: &Model) -> Option<ExportChoice> {
        let format = self.format()?.id();
        Some(ExportChoice { format, selection: self.selection(model), each: self.each })
    }

    /// Has it looked at what the choice comes to, where that is not known yet.
    fn look(&mut self, model: &Model, choice: &ExportChoice, actions: &mut Actions) {
        let of = PreviewOf { choice: choice.clone(), project: (model.number, model.session.revision()) };
        // While the engine runs every article that comes in would be a reason to look again.
        let settled = model.jobs.queued == 0 || self.preview_of(choice).is_none();
        let known = self.preview.as_ref().is_some_and(|(shown, _)| *shown == of);
        if settled && !known && self.asked.is_none() {
            self.asked = Some(of.clone());
            actions.push(Action::PreviewExport(of));
        }
    }
}

pub(super) fn export_ui(ui: &Ui, model: &Model, actions: &mut Actions, form: &mut ExportForm, fresh: bool) -> bool {
    let mut done = false;
    let Some(choice) = form.choice(model) else { return true };
    form.look(model, &choice, actions);
    let left = modal(ui, "Export annotations", 780.0, |ui| {
        let height = (ui.ctx().content_rect().height() - 210.0).clamp(220.0, 560.0);
        ui.horizontal_top(|ui| {
            let column = egui::Layout::top_down(egui::Align::Min);
            ui.allocate_ui_with_layout(vec2(250.0, height), column, |ui| formats_ui(ui, form, height, fresh));
            ui.add_space(14.0);
            ui.allocate_ui_with_layout(vec2(ui.available_width(), height), column, |ui| {
                ScrollArea::vertical().id_salt("part").max_height(height).auto_shrink([false, false]).show(ui, |ui| {
                    part_ui(ui, model, form);
                    preview_ui(ui, form, &choice);
                });
            });
        });
        let ready = form.preview_of(&choice).is_some_and(|preview| preview.result.is_ok());
        let (export, cancel) = buttons_ui(ui, "Export…", ready);
        if export {
            actions.push(Action::Export(choice.clone()));
        }
        done = export || cancel;
    });
    left || done
}

/// The names of all formats, group by group; the arrows go from one to the next.
fn formats_ui(ui: &mut Ui, form: &mut ExportForm, height: f32, fresh: bool) {
    let chosen = form.format().map(Format::id);
    ScrollArea::vertical().id_salt("formats").max_height(height).auto_shrink([false, false]).show(ui, |ui| {
        for (at, group) in Group::ALL.into_iter().enumerate() {
            ui.add_space(if at > 0 { 8.0 } else { 0.0 });
            ui.label(RichText::new(group.name()).font(theme::strong(theme::SMALL)));
            for format in export::of_group(group) {
                let is_chosen = chosen == Some(format.id());
                let response = ui.radio(is_chosen, format.name()).on_hover_text(format.description());
                if response.clicked() {
                    format.id().clone_into(&mut form.format);
                }
                if response.gained_focus() {
                    response.scroll_to_me(None);
                } else if fresh && is_chosen {
                    response.scroll_to_me(Some(Align::Center));
                }
            }
        }
    });
}

/// Whose decisions go out, where several people have decided.
fn decisions_ui(ui: &mut Ui, model: &Model, form: &mut ExportForm) {
    let now = (model.number, model.session.revision());
    if form.people.as_ref().is_none_or(|(of, _)| *of != now) {
        form.people = Some((now, people(model.project())));
    }
    let names = form.people.as_ref().map(|(_, names)| names.as_slice()).unwrap_or_default();
    if names.len() < 2 || form.statuses == Statuses::Open {
        form.by = form.by.take().filter(|by| names.contains(by));
        return;
    }
    let combo = egui::ComboBox::from_id_salt("decisions of").width(200.0);
    let combo = combo.selected_text(form.by.as_deref().unwrap_or("Everybody’s decisions"));
    let combo = combo.show_ui(ui, |ui| {
        ui.selectable_value(&mut form.by, None, "Everybody’s decisions");
        for name in names {
            ui.selectable_value(&mut form.by, Some(name.clone()), name);
        }
    });
    combo.response.accessible_name("Whose decisions");
}

/// What the format is, and which part of the project goes out in it.
fn part_ui(ui: &mut Ui, model: &Model, form: &mut ExportForm) {
    let Some(format) = form.format() else { return };
    let weak = Palette::get(ui).weak;
    ui.label(RichText::new(format.name()).font(theme::strong(15.0)));
    ui.label(RichText::new(format.description()).color(weak));
    let articles = model.project().article_count();
    if articles > 1 {
        heading_ui(ui, "Articles");
        ui.horizontal_wrapped(|ui| {
            ui.radio_value(&mut form.articles, Articles::All, format!("All {}", text::number(articles)));
            ui.radio_value(&mut form.articles, Articles::This, "This article");
            ui.radio_value(&mut form.articles, Articles::Chosen, "Chosen articles");
        });
        if form.articles == Articles::Chosen {
            chosen_ui(ui, model, form);
        }
        if format.layout() == Layout::File && form.articles != Articles::This {
            ui.checkbox(&mut form.each, "A file for each article, in a folder");
        }
    }
    heading_ui(ui, "Tags");
    ui.horizontal_wrapped(|ui| {
        ui.radio_value(&mut form.statuses, Statuses::Accepted, "Accepted tags only");
        ui.radio_value(&mut form.statuses, Statuses::Both, "Open suggestions too");
        ui.radio_value(&mut form.statuses, Statuses::Open, "Only open suggestions");
    });
    decisions_ui(ui, model, form);
    super::kinds_ui(ui, model, &mut form.without);
    if format.has_gaps() {
        heading_ui(ui, "Rows");
        ui.checkbox(&mut form.complete, "Only complete rows, with actor, recipient and date");
        ui.checkbox(&mut form.happenings, "One row per happening, however many articles report it");
    }
    if format.holds_checks() {
        heading_ui(ui, "Quality");
        ui.checkbox(&mut form.checks, "How often suggestions were right, from random checks");
    }
}

fn heading_ui(ui: &mut Ui, words: &str) {
    ui.add_space(8.0);
    ui.label(RichText::new(words).font(theme::strong(theme::SMALL)));
}

/// The articles to tick; only those that are seen are drawn.
fn chosen_ui(ui: &mut Ui, model: &Model, form: &mut ExportForm) {
    let ids = model.project().article_ids();
    let height = ui.spacing().interact_size.y;
    ScrollArea::vertical().id_salt("chosen").max_height(110.0).auto_shrink([false, true]).show_rows(
        ui,
        height,
        ids.len(),
        |ui, rows| {
            for id in ids.get(rows).unwrap_or_default() {
                let title = model.project().article(*id).map_or("", |record| record.article.meta.title.as_str());
                let title = if title.trim().is_empty() { "Untitled article" } else { title };
                let mut wanted = form.chosen.contains(id);
                if ui.checkbox(&mut wanted, text::shortened(title, 60)).changed() {
                    if wanted {
                        form.chosen.insert(*id)
                    } else {
                        form.chosen.remove(id)
                    };
                }
            }
        },
    );
}

/// How many tags go out, so that nobody exports nothing by mistake; and what would be left out: how much, which, and why.
fn preview_ui(ui: &mut Ui, form: &ExportForm, choice: &ExportChoice) {
    let Some(format) = export::format(choice.format) else { return };
    let accepted = form.statuses == Statuses::Accepted;
    let palette = Palette::get(ui);
    let Some(preview) = form.preview_of(choice) else {
        ui.add_space(10.0);
        ui.label(RichText::new("Checking what will be exported…").size(theme::SMALL).color(palette.weak));
        return;
    };
    ui.add_space(10.0);
    let words = match preview.tags {
        0 if accepted => "No tag is accepted yet: the export would hold none".to_owned(),
        count => text::count(count, "tag will be exported", "tags will be exported"),
    };
    ui.label(RichText::new(words).font(theme::strong(theme::SMALL)));
    match &preview.result {
        Err(error) => drop(ui.colored_label(palette.error, error)),
        Ok((left_out, gaps)) => {
            if let Some(gaps) = gaps {
                ui.label(format!("{}: {gaps}", format.name()));
            }
            if !left_out.is_empty() {
                ui.label(format!("{} left out of {}:", text::number(left_out.len()), format.name()));
                left_out_ui(ui, left_out);
            }
        }
    }
}

/// What is left out, by reason; a long list is cut, and says so.
fn left_out_ui(ui: &mut Ui, left_out: &[LeftOut]) {
    const SHOWN: usize = 50;
    let weak = Palette::get(ui).weak;
    let mut reasons: BTreeMap<&str, Vec<&LeftOut>> = BTreeMap::new();
    for what in left_out {
        reasons.entry(what.why).or_default().push(what);
    }
    for (why, all) in reasons {
        ui.add_space(4.0);
        ui.label(RichText::new(format!("{} × {why}", text::number(all.len()))).size(theme::SMALL));
        for what in all.iter().take(SHOWN) {
            ui.label(RichText::new(format!("{}: {}", what.title, what.what)).size(theme::SMALL).color(weak));
        }
        if all.len() > SHOWN {
            let more = format!("and {} more", text::number(all.len() - SHOWN));
            ui.label(RichText::new(more).size(theme::SMALL).color(weak));
        }
    }
}
