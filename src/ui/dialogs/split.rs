//! An article that is about to come in, split where a person says: at lines, or wherever a regular expression matches.

use eframe::egui::{Button, RichText, ScrollArea, Sense, Stroke, TextEdit, Ui, pos2, vec2};

use super::{main_ui, modal, right_ui};
use crate::ui::forms::PreviewForm;
use crate::ui::text;
use crate::ui::theme::{self, Palette};

/// How much of a line is shown, in characters.
const SHOWN: usize = 90;

/// The lines of the article, with what parts them. Whether the dialog was left as a whole.
pub(super) fn split_ui(ui: &Ui, form: &mut PreviewForm) -> bool {
    let Some(split) = &form.split else { return false };
    let Some(row) = form.rows.get(split.row) else { return false };
    let (title, whole) = (text::shortened(&row.article.meta.title, 60), row.article.text.clone());
    let (mut back, mut apply) = (false, false);
    let left = modal(ui, &format!("Split {title}"), 640.0, |ui| {
        pattern_ui(ui, form, whole.as_str());
        lines_ui(ui, form, whole.as_str());
        let parts = form.split.as_ref().map_or(1, |split| split.parts);
        ui.add_space(14.0);
        right_ui(ui, |ui| {
            let name = if parts > 1 { format!("Split into {}", text::number(parts)) } else { "Split".to_owned() };
            apply = main_ui(ui, &name, parts > 1);
            back = ui.add(Button::new("Back").min_size(vec2(72.0, 28.0))).clicked();
            ui.label(text::count(parts, "article", "articles"));
        });
    });
    if apply {
        form.split();
    } else if back || left {
        form.split = None;
    }
    false
}

/// The regular expression, and below it what is wrong with it.
fn pattern_ui(ui: &mut Ui, form: &mut PreviewForm, whole: &str) {
    let palette = Palette::get(ui);
    let Some(split) = &mut form.split else { return };
    ui.label("Split before each match of a regular expression, or click lines that begin an article");
    ui.add_space(6.0);
    let field =
        TextEdit::singleline(&mut split.pattern).hint_text(r"^Document \d+ of \d+").desired_width(f32::INFINITY);
    let response = ui.add(field).accessible_name("Regular expression");
    if std::mem::take(&mut split.fresh) {
        response.request_focus();
    }
    if response.changed() {
        split.by_pattern(whole);
    }
    let (told, color) = match &split.problem {
        Some(problem) => (problem.clone(), palette.error),
        None if !split.pattern.is_empty() && split.cuts.is_empty() => ("No match".to_owned(), palette.error),
        None => ("Matches without letters or digits, such as lines of hyphens, are left out".to_owned(), palette.weak),
    };
    ui.label(RichText::new(told).size(theme::SMALL).color(color));
    ui.add_space(6.0);
}

/// The lines of the text; a rule stands above those that begin an article.
fn lines_ui(ui: &mut Ui, form: &mut PreviewForm, whole: &str) {
    let palette = Palette::get(ui);
    let Some(split) = &mut form.split else { return };
    let height = ui.spacing().interact_size.y;
    let mut pressed = None;
    let area = ScrollArea::vertical().id_salt("lines").max_height(300.0).auto_shrink([false, true]);
    area.show_rows(ui, height, split.lines.len(), |ui, shown| {
        for line in split.lines.iter().skip(shown.start).take(shown.len()) {
            let words = whole.get(line.clone()).unwrap_or_default().trim_end();
            let cuts = split.in_line(line);
            // An article begins with words.
            let response = match words.trim().is_empty() {
                true => ui.allocate_response(vec2(1.0, height), Sense::hover()),
                false => ui.selectable_label(!cuts.is_empty(), text::shortened(words, SHOWN)),
            };
            if !cuts.is_empty() {
                let (top, stroke) = (response.rect.top() - 1.0, Stroke::new(1.0, palette.accent));
                let right = ui.max_rect().right();
                ui.painter().line_segment([pos2(response.rect.left(), top), pos2(right, top)], stroke);
            }
            if response.clicked() {
                pressed = Some(line.clone());
            }
        }
    });
    if let Some(line) = pressed {
        split.toggle(&line, whole);
    }
}
