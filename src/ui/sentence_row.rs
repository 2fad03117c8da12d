//! A place of a text in a list: its article, and below it its sentence with the words in bold.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Color32, FontId, Galley, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use text_size::TextSize;

use super::grid::PAD;
use super::list_row::{Ground, elided, paint_ground};
use super::text;
use super::theme::{self, Palette};
use crate::project::{Mention, Project, Status};
use crate::text::find::on_one_line;
use crate::text::sentences::sentence_at;

/// The height of one.
pub const SENTENCE: f32 = 42.0;

/// How it looks.
#[derive(Clone, Copy)]
pub struct Look {
    /// It is the one chosen.
    pub chosen: bool,
    /// It has the keys.
    pub focused: bool,
    /// It is marked as if the pointer were over it.
    pub marked: bool,
}

/// Draws the place of a mention; what a click on it tells.
pub fn sentence_ui(ui: &mut Ui, project: &Project, mention: &Mention, look: Look) -> Option<Response> {
    let palette = Palette::get(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), SENTENCE), Sense::hover());
    let record = project.article(mention.article)?;
    let (before, words, after) = sentence_of(record.article.text.as_str(), mention);
    let response = ui.interact(rect, ui.scope_id().with(("telling", mention.id)), Sense::CLICK);
    let title = &record.article.meta.title;
    let spoken = format!("{before}{words}{after}, {title}");
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, spoken.clone()));
    let Look { chosen, focused, marked } = look;
    paint_ground(ui, rect, Ground { chosen, under: response.hovered() || marked, focused, radius: 4 });
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
    Some(response)
}

/// The sentence of a mention on one line: what stands before it, its words, and what stands behind.
fn sentence_of(text: &str, mention: &Mention) -> (String, String, String) {
    let sentence = sentence_at(text, mention.range);
    let part = |start: TextSize, end: TextSize| on_one_line(text.get(start.into()..end.into()).unwrap_or_default());
    let (start, end) = (mention.range.start(), mention.range.end());
    (part(sentence.start(), start), part(start, end), part(end, sentence.end().max(end)))
}

/// A sentence on one line with the words of the mention in bold; what does not fit is cut before or behind them.
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
