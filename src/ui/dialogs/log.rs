//! The log: who changed what and when, filtered, saved as a list, and an article put back to before a step.

use eframe::egui::{Align, Button, Checkbox, ComboBox, Label, Layout, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::{first_field, free_height, main_ui, modal, right_ui};
use crate::export;
use crate::project::{ArticleId, LogEntry, LogKind, Project, ops};
use crate::ui::actions::{Action, Actions};
use crate::ui::forms::LogForm;
use crate::ui::forms::log::Filter;
use crate::ui::model::Model;
use crate::ui::text;
use crate::ui::theme::{self, Palette};
use crate::wording;

/// The height of a line of the list.
const ROW: f32 = 24.0;
/// The widths of its columns.
const TIME: f32 = 150.0;
const WHO: f32 = 84.0;
const WHAT: f32 = 250.0;

pub(super) fn log_ui(ui: &Ui, model: &Model, actions: &mut Actions, form: &mut LogForm) -> bool {
    let mut done = false;
    let project = model.project();
    let left = modal(ui, "Log", 760.0, |ui| {
        filter_ui(ui, model, form);
        ui.add_space(8.0);
        form.find(project, model.session.revision());
        rows_ui(ui, project, actions, form);
        ui.add_space(8.0);
        let found = form.find(project, model.session.revision());
        let count = text::count(found.len(), "step", "steps");
        let cut = if project.log().is_cut() { ". Older ones had to make room" } else { "" };
        ui.label(RichText::new(format!("{count}{cut}")).size(theme::SMALL).color(Palette::get(ui).weak));
        ui.add_space(8.0);
        right_ui(ui, |ui| {
            done = main_ui(ui, "Close", true);
            let some = !found.is_empty();
            let entries = || found.iter().rev().filter_map(|id| project.log().get(*id));
            let mut save = |ui: &mut Ui, button: &str, name: &str, list: &dyn Fn() -> Option<String>| {
                if ui.add_enabled(some, Button::new(button).min_size(vec2(72.0, 28.0))).clicked()
                    && let Some(list) = list()
                {
                    actions.push(Action::SaveLog { name: name.to_owned(), list });
                }
            };
            save(ui, "Save as JSON lines…", "log.jsonl", &|| export::log_jsonl(project, entries()).ok());
            save(ui, "Save as CSV…", "log.csv", &|| export::log_csv(project, entries()).ok());
        });
    });
    left || done
}

fn filter_ui(ui: &mut Ui, model: &Model, form: &mut LogForm) {
    ui.horizontal(|ui| {
        let mut words = form.filter.words.clone();
        let field = TextEdit::singleline(&mut words).hint_text("Who or what").desired_width(180.0);
        let field = ui.add(field).accessible_name("Who or what");
        first_field(ui, &field);
        if field.changed() {
            form.filter.words = words.to_lowercase();
        }
        let shown = form.filter.kind.map_or("Every kind", LogKind::name);
        let combo = ComboBox::from_id_salt("log kind").selected_text(shown).show_ui(ui, |ui| {
            ui.selectable_value(&mut form.filter.kind, None, "Every kind");
            for kind in LogKind::ALL {
                ui.selectable_value(&mut form.filter.kind, Some(kind), kind.name());
            }
        });
        combo.response.accessible_name("Kind of change");
        let field = TextEdit::singleline(&mut form.since).hint_text("Since 2022-02-04").desired_width(150.0);
        ui.add(field).accessible_name("Since");
        form.filter.since = crate::suggest::dates::parse_typed(form.since.trim(), None).map(|(start, _)| start);
        if let Some(article) = model.article {
            let mut only = form.filter.article == Some(article);
            if ui.add(Checkbox::new(&mut only, "This article only")).changed() {
                form.filter.article = only.then_some(article);
            }
        }
    });
    if let Some(mention) = form.filter.mention {
        ui.horizontal(|ui| {
            let words = model.project().mention(mention).map_or("a tag that is gone", |mention| &mention.quote);
            ui.label(format!("Of the tag “{}”", text::shortened(words, 60)));
            if ui.button("All tags").clicked() {
                form.filter.mention = None;
            }
        });
    }
}

fn rows_ui(ui: &mut Ui, project: &Project, actions: &mut Actions, form: &LogForm) {
    let Some((filter, _, found)) = &form.found else { return };
    let height = free_height(ui, 280.0);
    let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, false]);
    area.show_rows(ui, ROW, found.len(), |ui, rows| {
        let entries = found.get(rows).unwrap_or_default().iter().filter_map(|id| project.log().get(*id));
        for entry in entries {
            row_ui(ui, project, actions, filter, entry);
        }
    });
}

fn row_ui(ui: &mut Ui, project: &Project, actions: &mut Actions, filter: &Filter, entry: &LogEntry) {
    let weak = Palette::get(ui).weak;
    ui.horizontal(|ui| {
        ui.set_height(ROW - ui.spacing().item_spacing.y);
        cell_ui(ui, TIME, RichText::new(text::time(entry.at)).size(theme::SMALL).color(weak));
        cell_ui(ui, WHO, RichText::new(entry.by.as_str()).size(theme::SMALL));
        cell_ui(ui, WHAT, RichText::new(what(project, entry)));
        let article = filter.article.or_else(|| entry.articles.iter().next().map(ArticleId));
        match (filter.article, article.and_then(|article| project.article(article))) {
            (Some(article), _) => {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let before = entry.id;
                    let hover = "Makes this article what it was before this step. It can be undone";
                    if ui.small_button("Put back to before").on_hover_text(hover).clicked() {
                        actions.edit(move |project, stamp| ops::put_back(project, article, before, stamp));
                    }
                });
            }
            (None, Some(record)) => {
                let more = entry.articles.len().saturating_sub(1);
                let title = text::shortened(&record.article.meta.title, 40);
                let more = if more == 0 { String::new() } else { format!(" and {} more", text::number(more)) };
                ui.label(RichText::new(format!("{title}{more}")).size(theme::SMALL).color(weak));
            }
            (None, None) => {}
        }
    });
}

/// What was done, and to which words where it was to one tag.
fn what(project: &Project, entry: &LogEntry) -> String {
    let mention = entry.only_mention();
    let removed = entry.removed.iter().find(|removed| Some(removed.id) == mention);
    match mention.and_then(|id| project.mention(id)).or(removed) {
        Some(mention) => format!("{}: {}", wording::logged(&entry.what), mention.quote),
        None => wording::logged(&entry.what),
    }
}

/// Words in a column of their own; what does not fit is cut, and shown by pointing at it.
fn cell_ui(ui: &mut Ui, width: f32, words: RichText) {
    let size = vec2(width, ui.available_height());
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_width(width);
        ui.add(Label::new(words).truncate());
    });
}
