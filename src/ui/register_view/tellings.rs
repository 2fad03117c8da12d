//! The sentences that tell of the happening that has the keys, or of those that may be one.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{
    Align, Color32, FontId, Galley, Id, Key, Layout, Rect, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2,
    vec2,
};
use text_size::TextSize;

use super::parts::part_ui;
use super::rows::take_out;
use super::table::differ_words;
use crate::project::{Mention, Status};
use crate::suggest::across::Proposal;
use crate::text::find::on_one_line;
use crate::text::sentences::sentence_at;
use crate::ui::actions::{Action, Actions};
use crate::ui::grid::{self, PAD};
use crate::ui::list_row::{Ground, elided, paint_ground};
use crate::ui::model::Model;
use crate::ui::register::{Part, Register, Telling};
use crate::ui::text;
use crate::ui::theme::{self, Palette};

/// The height of a telling: its article, and below it its sentence.
const TELLING: f32 = 42.0;

/// What the articles say of the happening that has the keys, and where they disagree.
pub(super) fn tellings_ui(
    ui: &mut Ui,
    model: &Model,
    register: &mut Register,
    actions: &mut Actions,
    (id, cards): (Id, &[Proposal]),
) {
    if register.part == Part::Cards
        && let Some(card) = cards.get(register.cards.chosen)
    {
        return compared_ui(ui, model, register, actions, (id, card));
    }

    let palette = Palette::get(ui);
    ui.set_min_height(ui.available_height());
    let shown = register.here().and_then(|here| register.shown(model.project(), here));
    let Some(shown) = shown else {
        ui.label(RichText::new("Select a happening to read what the articles say of it").color(palette.weak));
        return;
    };
    let tellings = register.tellings(model.project());
    register.telling = register.telling.min(tellings.len().saturating_sub(1));
    ui.horizontal_wrapped(|ui| {
        let articles = text::count(shown.articles.len(), "article tells", "articles tell");
        let name = text::shortened(&shown.one.name, 60);
        ui.label(RichText::new(format!("{articles} of “{name}”")).font(theme::strong(theme::BODY)).color(palette.ink));
        for words in differ_words(model.project(), &shown) {
            let words = text::shortened(&words, 90);
            ui.label(RichText::new(format!("≠ {words}")).size(theme::SMALL).color(palette.error));
        }
        if shown.events.len() > 1 {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let about = "The event of the selected sentence is not the same: it gets a row of its own";
                if ui.button("Take out  O").on_hover_text(about).clicked() {
                    take_out(register, actions, &tellings);
                }
            });
        }
    });
    sentences_ui(ui, model, register, actions, (id, &tellings, shown.events.len() > 1));
}

/// What the articles say of each of those that may be one.
fn compared_ui(
    ui: &mut Ui,
    model: &Model,
    register: &mut Register,
    actions: &mut Actions,
    (id, card): (Id, &Proposal),
) {
    ui.set_min_height(ui.available_height());
    let palette = Palette::get(ui);
    let tellings = register.tellings_of(model.project(), &card.targets);
    register.telling = register.telling.min(tellings.len().saturating_sub(1));
    let told = format!("{} that may be one", text::number(card.targets.len()));
    ui.label(RichText::new(told).font(theme::strong(theme::BODY)).color(palette.ink));
    sentences_ui(ui, model, register, actions, (id, &tellings, false));
}

/// Sentences, of which one can have the keys.
fn sentences_ui(
    ui: &mut Ui,
    model: &Model,
    register: &mut Register,
    actions: &mut Actions,
    (id, tellings, several): (Id, &[Telling], bool),
) {
    ui.add_space(4.0);
    let rect = Rect::from_min_size(ui.cursor().min, ui.available_size());
    let told = format!("Sentences, {} of {}", register.telling + 1, tellings.len());
    let has_keys = part_ui(ui, register, (Part::Tellings, id), rect, &told);
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().id_salt("tellings").auto_shrink(false);
    area.show_rows(ui, TELLING, tellings.len(), |ui, range| {
        if has_keys && ui.input(|input| input.key_pressed(Key::ArrowUp) || input.key_pressed(Key::ArrowDown)) {
            grid::reveal(ui, (register.telling, range.start), TELLING);
        }
        for index in range {
            let Some(telling) = tellings.get(index) else { continue };
            telling_ui(ui, model, register, actions, (index, telling, has_keys, several));
        }
    });
}

/// One sentence with its article. A click leads there.
fn telling_ui(
    ui: &mut Ui,
    model: &Model,
    register: &mut Register,
    actions: &mut Actions,
    (index, telling, has_keys, several): (usize, &Telling, bool, bool),
) {
    let palette = Palette::get(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), TELLING), Sense::hover());
    let project = model.project();
    let Some(mention) = project.mention(telling.mention) else { return };
    let Some(record) = project.article(telling.article) else { return };
    let (before, words, after) = sentence_of(record.article.text.as_str(), mention);
    let response = ui.interact(rect, ui.scope_id().with(("telling", telling.mention)), Sense::CLICK);
    let title = &record.article.meta.title;
    let spoken = format!("{before}{words}{after}, {title}");
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, spoken.clone()));
    let chosen = register.telling == index;
    let focused = chosen && has_keys;
    // Which one would be taken out is seen from the table, too.
    let under = response.hovered() || chosen && several;
    let ground = Ground { chosen: chosen && register.part == Part::Tellings, under, focused, radius: 4 };
    paint_ground(ui, rect, ground);
    let meta = &record.article.meta;
    let day = meta.date.map(text::date).unwrap_or_default();
    let parts = [title.as_str(), meta.source.as_str(), day.as_str()];
    let line = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let width = rect.width() - 2.0 * PAD;
    let head = elided(ui, &line, FontId::proportional(theme::SMALL), palette.weak, width);
    ui.painter().galley(pos2(rect.left() + PAD, rect.top() + 4.0), head, palette.weak);
    let ink = if mention.status == Status::Accepted { palette.ink } else { palette.weak };
    let sentence = sentence(ui, (&before, &words, &after), ink, width);
    ui.painter().galley(pos2(rect.left() + PAD, rect.bottom() - 5.0 - sentence.size().y), sentence, ink);
    if response.clicked() {
        register.telling = index;
        actions.push(Action::LeaveRegister(Some(telling.mention)));
    }
    if !model.keyed {
        response.on_hover_text("Go to this place");
    }
}

/// The sentence of a mention on one line: what stands before it, its words, and what stands behind.
fn sentence_of(text: &str, mention: &Mention) -> (String, String, String) {
    let sentence = sentence_at(text, mention.range);
    let part = |start: TextSize, end: TextSize| on_one_line(text.get(start.into()..end.into()).unwrap_or_default());
    let (start, end) = (mention.range.start(), mention.range.end());
    (part(sentence.start(), start), part(start, end), part(end, sentence.end().max(end)))
}

/// A sentence on one line with the words that tell of the happening in bold; what does not fit is cut before or behind them.
fn sentence(ui: &Ui, (before, words, after): (&str, &str, &str), ink: Color32, width: f32) -> Arc<Galley> {
    let plain = TextFormat::simple(FontId::proportional(theme::BODY), ink);
    let strong = TextFormat::simple(theme::strong(theme::BODY), ink);
    // Before the words there is room for a good half of the line.
    let most = (width * 0.55 / (theme::BODY * 0.5)).max(20.0) as usize;
    let count = before.chars().count();
    let cut: String = before.chars().skip(count.saturating_sub(most)).collect();
    let cut = if count > most { cut.split_once(' ').map_or(cut.clone(), |(_, rest)| rest.to_owned()) } else { cut };
    let mut job = LayoutJob { wrap: TextWrapping::truncate_at_width(width), ..LayoutJob::default() };
    job.append(&format!("{}{cut}", if count > most { "…" } else { "" }), 0.0, plain.clone());
    job.append(words, 0.0, strong);
    job.append(after, 0.0, plain);
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}
