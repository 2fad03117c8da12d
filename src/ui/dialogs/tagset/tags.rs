//! The rows of article tags.

use eframe::egui::{ComboBox, RichText, TextEdit, Ui};

use crate::ui::dialogs::heading;
use crate::ui::forms::TagsetForm;
use crate::ui::forms::tagset::Choice;
use crate::ui::forms::tagset::Sort;
use crate::ui::forms::tagset::TagRow;
use crate::ui::theme::{self, Palette};

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
    if ui.button("Add article tag").clicked() {
        let id = form.made_id();
        form.fresh_tag = Some((form.tags.len(), None));
        form.tags.push(TagRow { id, name: String::new(), sort: Sort::One, choices: vec![Choice::default()] });
    }
}

/// The answers to choose from, of which `fresh` takes the keys. Gives the place of one that was added.
fn choices_ui(ui: &mut Ui, choices: &mut Vec<Choice>, spoken: &str, fresh: Option<usize>) -> Option<usize> {
    let (mut gone, mut added) = (None, None);
    ui.horizontal_wrapped(|ui| {
        ui.add_space(16.0);
        for (index, choice) in choices.iter_mut().enumerate() {
            let field = TextEdit::singleline(&mut choice.name).hint_text("Answer").desired_width(110.0);
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
