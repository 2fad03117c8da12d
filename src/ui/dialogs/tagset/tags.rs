//! The rows of article tags.

use std::ops::RangeInclusive;

use eframe::egui::{Color32, ComboBox, RichText, TextEdit, TextStyle, Ui};

use crate::ui::dialogs::heading;
use crate::ui::forms::TagsetForm;
use crate::ui::forms::tagset::Choice;
use crate::ui::forms::tagset::Sort;
use crate::ui::forms::tagset::TagRow;
use crate::ui::theme::{self, Palette};

/// How far answers stand from the edge, how wide their fields are, of that beside the words, and what the button behind such
/// a field takes; in points.
const INDENT: f32 = 16.0;
const WIDTH: RangeInclusive<f32> = 110.0..=340.0;
const MARGINS: f32 = 20.0;
const BUTTON: f32 = 44.0;

pub(super) fn tags_ui(ui: &mut Ui, form: &mut TagsetForm) {
    heading(ui, "Article tags");
    let hint = "What can be said of an article as a whole, in its panel and to filter the list by";
    ui.label(RichText::new(hint).size(theme::SMALL).color(Palette::get(ui).weak));
    let mut gone = None;
    let fresh = form.fresh_tag.take();
    for (index, tag) in form.tags.iter_mut().enumerate() {
        ui.add_space(4.0);
        let spoken = if tag.name.is_empty() { format!("article tag {}", index + 1) } else { tag.name.clone() };
        ui.horizontal(|ui| {
            let name = TextEdit::singleline(&mut tag.name).hint_text("Topic").desired_width(180.0);
            let name = ui.add(name).accessible_name(format!("Name of {spoken}"));
            if fresh == Some((index, None)) {
                name.request_focus();
            }
            let combo = ComboBox::from_id_salt(("answer", index)).selected_text(tag.sort.name()).width(90.0);
            let combo = combo.show_ui(ui, |ui| {
                for sort in Sort::ALL {
                    ui.selectable_value(&mut tag.sort, sort, sort.name());
                }
            });
            combo.response.accessible_name(format!("Answers to {spoken}"));
            let remove = ui.button("×").on_hover_text("Remove it with its answers in all articles");
            if remove.accessible_name(format!("Remove {spoken}")).clicked() {
                gone = Some(index);
            }
        });
        if tag.sort != Sort::Text {
            let fresh = fresh.filter(|(of, _)| *of == index).and_then(|(_, answer)| answer);
            if let Some(answer) = choices_ui(ui, &mut tag.choices, &spoken, fresh) {
                form.fresh_tag = Some((index, Some(answer)));
            }
        }
    }
    if let Some(index) = gone.filter(|index| *index < form.tags.len()) {
        form.tags.remove(index);
    }
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        if ui.button("Add article tag").clicked() {
            let id = form.made_id();
            form.fresh_tag = Some((form.tags.len(), None));
            form.tags.push(TagRow { id, name: String::new(), sort: Sort::One, choices: vec![Choice::default()] });
        }
        let ready = form.ready_tags();
        if !ready.is_empty() {
            ui.add_space(8.0);
            ui.label(RichText::new("or a ready one:").color(Palette::get(ui).weak));
        }
        for tag in ready {
            let told = format!("{} of IPTC, which go out as subjects in ninjs", tag.answer.choices().len());
            let button = ui.button("Media topics").on_hover_text(told);
            if button.accessible_name("Add ready article tag Media topics").clicked() {
                form.tags.push(TagRow::new(&tag));
            }
        }
    });
}

/// The answers to choose from, of which `fresh` takes the keys. Gives the place of one that was added.
fn choices_ui(ui: &mut Ui, choices: &mut Vec<Choice>, spoken: &str, fresh: Option<usize>) -> Option<usize> {
    let (mut gone, mut added) = (None, None);
    ui.horizontal_wrapped(|ui| {
        ui.add_space(INDENT);
        for (index, choice) in choices.iter_mut().enumerate() {
            let font = TextStyle::Body.resolve(ui.style());
            let words = ui.painter().layout_no_wrap(choice.name.clone(), font, Color32::PLACEHOLDER);
            let width = (words.size().x + MARGINS).clamp(*WIDTH.start(), *WIDTH.end());
            // The button that removes an answer stays in its row.
            if ui.available_size_before_wrap().x < width + BUTTON {
                ui.end_row();
                ui.add_space(INDENT);
            }
            let field = TextEdit::singleline(&mut choice.name).hint_text("Answer").desired_width(width);
            let field = ui.add(field).accessible_name(format!("Answer {} to {spoken}", index + 1));
            if fresh == Some(index) {
                field.request_focus();
            }
            let remove = ui.small_button("×").on_hover_text("Remove this answer");
            if remove.accessible_name(format!("Remove answer {} to {spoken}", index + 1)).clicked() {
                gone = Some(index);
            }
        }
        if ui
            .small_button("+")
            .on_hover_text("Another answer")
            .accessible_name(format!("Add answer to {spoken}"))
            .clicked()
        {
            added = Some(choices.len());
            choices.push(Choice::default());
        }
    });
    if let Some(index) = gone.filter(|index| *index < choices.len()) {
        choices.remove(index);
    }
    added
}
