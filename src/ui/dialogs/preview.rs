//! What is about to come in: articles with their dates, which are there already, what could not be read; for a table,
//! which column holds what.

use eframe::egui::{
    Align, AtomExt, Atoms, Button, CollapsingHeader, ComboBox, Grid, Label, Layout, RichText, ScrollArea, Ui, vec2,
};

use super::dates::dates_ui;
use super::{buttons_ui, free_height, lines_ui, modal, split};
use crate::ingest::Field;
use crate::text::Metadata;
use crate::ui::actions::{Action, Actions};
use crate::ui::forms::PreviewForm;
use crate::ui::model::Model;
use crate::ui::text;
use crate::ui::theme::{self, Palette};

/// The width of the box with an article's date, in points.
const DATE: f32 = 250.0;
/// The height of the second line of an article's row, and how far right it begins: below the title.
const LINE: f32 = 18.0;
const INDENT: f32 = 40.0;

pub(super) fn preview_ui(ui: &Ui, _model: &Model, actions: &mut Actions, form: &mut PreviewForm) -> bool {
    if form.split.is_some() {
        return split::split_ui(ui, form);
    }
    let mut done = false;
    let left = modal(ui, "Articles to add", 720.0, |ui| {
        columns_ui(ui, actions, form);
        counts_ui(ui, form);
        rows_ui(ui, form);
        parts_ui(ui, form);
        problems_ui(ui, actions, form);
        left_out_ui(ui, actions, form);
        let wanted = form.wanted();
        let name = match wanted {
            0 => "Add".to_owned(),
            count => format!("Add {}", text::count(count, "article", "articles")),
        };
        let (add, cancel) = buttons_ui(ui, &name, wanted > 0);
        if add {
            let rows = std::mem::take(&mut form.rows);
            let chosen = rows.into_iter().filter(|row| row.wanted).map(|row| row.article).collect();
            actions.push(Action::AddArticles(chosen));
        }
        done = add || cancel;
    });
    left || done
}

/// How many there are, and the choice about those that are there already.
fn counts_ui(ui: &mut Ui, form: &mut PreviewForm) {
    let again = form.rows.iter().filter(|row| row.again).count();
    ui.horizontal(|ui| {
        ui.label(text::count(form.rows.len(), "article", "articles"));
        if again > 0 {
            let mut skip = !form.rows.iter().any(|row| row.again && row.wanted);
            let words = format!("Skip {} with the same text as another", text::number(again));
            if ui.checkbox(&mut skip, words).changed() {
                form.rows.iter_mut().filter(|row| row.again).for_each(|row| row.wanted = !skip);
            }
        }
    });
    ui.add_space(6.0);
}

fn rows_ui(ui: &mut Ui, form: &mut PreviewForm) {
    let weak = Palette::get(ui).weak;
    // A line with the title, and one with what the text says and how long it is.
    let height = ui.spacing().interact_size.y + LINE;
    let rows = form.rows.len();
    let mut pressed = None;
    let most = free_height(ui, 440.0);
    ScrollArea::vertical().id_salt("articles to add").max_height(most).auto_shrink([false, true]).show_rows(
        ui,
        height,
        rows,
        |ui, shown| {
            for (at, row) in form.rows.iter_mut().enumerate().skip(shown.start).take(shown.len()) {
                let (words, line) = (row.words(), text::shortened(row.first_line(), 160));
                let meta = &mut row.article.meta;
                // The date has its room at the end of the row, however long the title is.
                ui.horizontal(|ui| {
                    let size = vec2(ui.available_width() - DATE - ui.spacing().item_spacing.x, height);
                    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
                        ui.set_min_width(size.x);
                        ui.spacing_mut().item_spacing.y = 0.0;
                        let same = row.again.then_some("same text as another");
                        let words = text::count(words, "word", "words");
                        let mut facts = vec![words.as_str(), meta.source.as_str(), meta.section.as_str()];
                        facts.extend(same);
                        facts.push(line.as_str());
                        facts.retain(|fact| !fact.is_empty());
                        let facts = RichText::new(facts.join(" · ")).size(theme::SMALL).color(weak);
                        let title = text::shortened(&meta.title, 60);
                        ui.horizontal(|ui| {
                            ui.checkbox(&mut row.wanted, "").accessible_name(format!("Add {title}"));
                            let title = Atoms::new(title.as_str().atom_shrink(true));
                            let button = Button::selectable(row.chosen, title);
                            if ui.add(button).on_hover_text(&meta.origin).clicked() {
                                pressed = Some(at);
                            }
                        });
                        ui.horizontal(|ui| {
                            ui.add_space(INDENT);
                            ui.add(Label::new(facts).truncate());
                        });
                    });
                    date_ui(ui, at, meta);
                });
            }
        },
    );
    if let Some(at) = pressed {
        let held = ui.input(|input| input.modifiers);
        form.choose(at, held.command, held.shift);
    }
}

/// What can be done with the articles that are chosen: joined to one, or one split.
fn parts_ui(ui: &mut Ui, form: &mut PreviewForm) {
    ui.add_space(6.0);
    let chosen = form.chosen().len();
    ui.horizontal(|ui| {
        let join =
            if chosen > 1 { format!("Join {}", text::count(chosen, "article", "articles")) } else { "Join".into() };
        if ui.add_enabled(chosen > 1, Button::new(join)).clicked() {
            form.join();
        }
        if ui.add_enabled(chosen == 1, Button::new("Split…")).clicked() {
            form.begin_split();
        }
        let (hint, color) = match &form.problem {
            Some(problem) => (problem.as_str(), Palette::get(ui).error),
            None if chosen == 0 => {
                ("Select a title to split it, or several (Ctrl, Shift) to join them", Palette::get(ui).weak)
            }
            None => ("", Palette::get(ui).weak),
        };
        ui.label(RichText::new(hint).size(theme::SMALL).color(color));
    });
}

/// The date at the end of an article's row, to choose from where several were found.
fn date_ui(ui: &mut Ui, row: usize, meta: &mut Metadata) {
    let weak = Palette::get(ui).weak;
    if meta.dates.is_empty() {
        let date = meta.date.map_or_else(|| "No date".to_owned(), text::date);
        ui.label(RichText::new(date).size(theme::SMALL).color(weak));
    } else if let Some(chosen) = dates_ui(ui, ("date", row), DATE, meta.date, &meta.dates) {
        meta.date = chosen;
    }
}

/// Which column holds what; a change has the table read again.
fn columns_ui(ui: &mut Ui, actions: &mut Actions, form: &mut PreviewForm) {
    let Some((path, table)) = &form.table else { return };
    let mut changed = false;
    Grid::new("columns").num_columns(4).spacing(vec2(12.0, 6.0)).show(ui, |ui| {
        for (at, field) in Field::ALL.into_iter().enumerate() {
            let label = ui.label(field.name());
            let chosen = form.columns.get(field).unwrap_or("–").to_owned();
            let combo = ComboBox::from_id_salt(field.id()).width(180.0).selected_text(text::shortened(&chosen, 24));
            let response = combo.show_ui(ui, |ui| {
                let none = ui.selectable_label(chosen == "–", "–").clicked();
                let name =
                    table.names.iter().find(|name| ui.selectable_label(chosen == **name, name.as_str()).clicked());
                name.cloned().or_else(|| none.then(String::new))
            });
            response.response.labelled_by(label.id);
            if let Some(Some(name)) = response.inner {
                changed = true;
                form.columns.0.insert(field, name);
            }
            if at % 2 == 1 {
                ui.end_row();
            }
        }
    });
    ui.add_space(8.0);
    if changed {
        actions.push(Action::ReadAgain(path.clone(), form.columns.clone()));
    }
}

/// What could not be read, and the list of it as a file.
fn problems_ui(ui: &mut Ui, actions: &mut Actions, form: &PreviewForm) {
    if form.problems.is_empty() {
        return;
    }
    ui.add_space(6.0);
    let name = text::count(form.problems.len(), "part could not be read", "parts could not be read");
    CollapsingHeader::new(name).id_salt("problems").default_open(form.rows.is_empty()).show(ui, |ui| {
        ScrollArea::vertical().id_salt("problems to read").max_height(120.0).show(ui, |ui| {
            lines_ui(ui, &form.problems);
        });
        if ui.add(Button::new("Save list…")).clicked() {
            actions.push(Action::SaveProblems(form.problems.join("\n")));
        }
    });
}

/// What is not in the texts on purpose, and the list of it as a file.
fn left_out_ui(ui: &mut Ui, actions: &mut Actions, form: &PreviewForm) {
    if form.left_out.is_empty() {
        return;
    }
    ui.add_space(6.0);
    let name = text::count(form.left_out.len(), "part left out of the texts", "parts left out of the texts");
    CollapsingHeader::new(name).id_salt("left out").show(ui, |ui| {
        ScrollArea::vertical().id_salt("left out of the texts").max_height(120.0).show(ui, |ui| {
            lines_ui(ui, &form.left_out);
        });
        if ui.add(Button::new("Save list…")).clicked() {
            actions.push(Action::SaveProblems(form.left_out.join("\n")));
        }
    });
}
