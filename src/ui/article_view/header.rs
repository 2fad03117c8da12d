//! What stands above an article's text: title, source, date, language.

use eframe::egui::{self, Align, Pos2, Rect, Ui, vec2};

use crate::project::ArticleRecord;
use crate::ui::actions::Actions;
use crate::ui::command::Command;
use crate::ui::model::Model;
use crate::ui::text;
use crate::ui::theme::{self, Palette};

/// Title (unless the text begins with it), source and date above the text. Returns the height they take.
pub(super) fn header_ui(
    ui: &mut Ui,
    model: &Model,
    actions: &mut Actions,
    record: &ArticleRecord,
    titled: bool,
    at: Pos2,
    width: f32,
) -> f32 {
    let palette = Palette::get(ui);
    let meta = &record.article.meta;
    let mut height = 0.0;
    let small = egui::FontId::proportional(theme::SMALL + 1.0);
    if titled {
        let font = theme::serif_strong((model.settings.text_size * 1.35).round());
        let title = ui.painter().layout(meta.title.clone(), font, palette.ink, width);
        height += title.size().y + 6.0;
        ui.painter().galley(at, title, palette.ink);
    }
    let parts = [meta.source.clone(), meta.date.map(text::date).unwrap_or_default(), text::language(&meta.language)];
    let mut line = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ·  ");
    if line.is_empty() {
        line.push_str("No source or date");
    }
    let row = Rect::from_min_size(at + vec2(0.0, height), vec2(width, 20.0));
    let layout = egui::Layout::left_to_right(Align::Center);
    ui.scope_builder(egui::UiBuilder::new().max_rect(row).layout(layout), |ui| {
        ui.add(egui::Label::new(egui::RichText::new(line).font(small.clone()).color(palette.weak)).truncate());
        if ui.add(egui::Link::new(egui::RichText::new("Details…").font(small))).clicked() {
            actions.command(Command::ArticleDetails);
        }
    });
    height += row.height();
    for note in notes(model, record) {
        let row = Rect::from_min_size(at + vec2(0.0, height + 4.0), vec2(width, 0.0));
        let label = egui::Label::new(egui::RichText::new(note).size(theme::SMALL).color(palette.weak)).wrap();
        height += 4.0 + ui.scope_builder(egui::UiBuilder::new().max_rect(row), |ui| ui.add(label)).inner.rect.height();
    }
    height
}

/// What a person should know before reading: that the engine does not read the language, that letters may be out of order.
fn notes(model: &Model, record: &ArticleRecord) -> Vec<String> {
    let mut notes = Vec::new();
    if !model.is_waiting() {
        let found = model.mentions().iter().any(|mention| !mention.origin.is_hand());
        notes.extend(text::unread(&record.article.meta.language, found));
    }
    if text::is_right_to_left(record.article.text.as_str()) {
        notes.push(
            "Right-to-left script is not shown in its order. In such lines the mouse selects no words; find, the caret and \
             the lists do. Tags and exports are right"
                .to_owned(),
        );
    }
    notes
}
