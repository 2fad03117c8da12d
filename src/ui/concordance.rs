//! Words in all articles, each with what stands around it.

use eframe::egui::text::LayoutJob;
use eframe::egui::{self, FontId, Key, ScrollArea, TextEdit, TextFormat, Ui};
use text_size::TextRange;

use super::modal;
use crate::project::ArticleId;
use crate::ui::actions::{Action, Actions};
use crate::ui::find;
use crate::ui::state::{Caret, State};
use crate::ui::text;
use crate::ui::theme::{self, Palette};

/// The most matches that are listed.
const MOST: usize = 1000;

/// What is looked for, and where it was found.
#[derive(Default)]
pub struct ProjectFind {
    words: String,
    /// The words, and of how many articles of which project: texts never change.
    searched: Option<(String, u64, usize)>,
    found: Vec<(ArticleId, TextRange)>,
    chosen: usize,
    opened: bool,
}

pub(super) fn project_find_ui(ui: &Ui, state: &mut State, actions: &mut Actions, form: &mut ProjectFind) -> bool {
    let mut go = None;
    let left = modal(ui, "Find in project", 720.0, |ui| {
        let field = TextEdit::singleline(&mut form.words).hint_text("Words").desired_width(f32::INFINITY);
        let response = ui.add(field).accessible_name("Find in project");
        if !std::mem::replace(&mut form.opened, true) {
            response.request_focus();
        }
        let key = (form.words.clone(), state.number, state.project().article_count());
        if form.searched.as_ref() != Some(&key) {
            form.searched = Some(key);
            form.found = search(state, &form.words);
            form.chosen = 0;
        }
        let (up, down, enter) = ui.input(|input| {
            (input.key_pressed(Key::ArrowUp), input.key_pressed(Key::ArrowDown), input.key_pressed(Key::Enter))
        });
        let last = form.found.len().saturating_sub(1);
        form.chosen = if down { (form.chosen + 1).min(last) } else { form.chosen.saturating_sub(usize::from(up)) };
        if enter && response.lost_focus() {
            go = form.found.get(form.chosen).copied();
        }
        ui.add_space(6.0);
        let articles = form.found.iter().map(|(article, _)| *article).collect::<std::collections::BTreeSet<_>>().len();
        let more = if form.found.len() == MOST { " or more" } else { "" };
        if !form.words.trim().is_empty() {
            let count = text::number(form.found.len());
            ui.weak(format!("{count}{more} matches in {}", text::count(articles, "article", "articles")));
        }
        let height = 24.0;
        let mut area = ScrollArea::vertical().max_height(400.0).auto_shrink(false);
        if up || down {
            let step = height + ui.spacing().item_spacing.y;
            area = area.vertical_scroll_offset((form.chosen as f32 - 6.0).max(0.0) * step);
        }
        area.show_rows(ui, height, form.found.len(), |ui, rows| {
            for index in rows {
                let Some((article, range)) = form.found.get(index).copied() else { continue };
                if match_ui(ui, state, article, range, index == form.chosen) {
                    go = Some((article, range));
                }
            }
        });
    });
    if let Some((article, range)) = go {
        state.show(article);
        state.caret = Some(Caret { anchor: range.start(), head: range.end() });
        state.selected = None;
        state.scroll_to = Some(range);
        state.focus_article = true;
        actions.push(Action::CloseDialog);
    }
    left
}

fn search(state: &State, words: &str) -> Vec<(ArticleId, TextRange)> {
    let articles = state.project().articles();
    let all = articles.flat_map(|record| {
        find::matches(record.article.text.as_str(), words).into_iter().map(|range| (record.id, range))
    });
    all.take(MOST).collect()
}

fn match_ui(ui: &mut Ui, state: &State, article: ArticleId, range: TextRange, chosen: bool) -> bool {
    let palette = Palette::get(ui);
    let Some(record) = state.project().article(article) else { return false };
    let (before, after) = find::context(record.article.text.as_str(), range, 40);
    let words = record.article.text.slice(range).unwrap_or_default();
    let mut job = LayoutJob::default();
    let format = |font: FontId, color| TextFormat { font_id: font, color, ..TextFormat::default() };
    let plain = FontId::proportional(theme::BODY);
    // The first column is as wide for all, so that the matches stand below each other.
    let title = format!("{:<24}", text::shortened(&record.article.meta.title, 24));
    job.append(&title, 0.0, format(FontId::proportional(theme::SMALL), palette.weak));
    job.append(&format!("…{before}"), 12.0, format(plain.clone(), palette.weak));
    job.append(words, 0.0, format(theme::strong(theme::BODY), palette.ink));
    job.append(&format!("{after}…"), 0.0, format(plain, palette.weak));
    let button = egui::Button::selectable(chosen, job).truncate();
    ui.add(button).accessible_name(words).clicked()
}
