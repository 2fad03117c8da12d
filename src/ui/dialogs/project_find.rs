//! Words in all articles, each with what stands around it.

use eframe::egui::{self, RichText, ScrollArea, TextEdit, Ui};
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
    searched: Option<(String, u64)>,
    found: Vec<(ArticleId, TextRange)>,
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
        let key = (form.words.clone(), state.session.revision());
        if form.searched.as_ref() != Some(&key) {
            form.searched = Some(key);
            form.found = search(state, &form.words);
        }
        ui.add_space(6.0);
        let articles = form.found.iter().map(|(article, _)| *article).collect::<std::collections::BTreeSet<_>>().len();
        let more = if form.found.len() == MOST { " or more" } else { "" };
        if !form.words.trim().is_empty() {
            let count = text::number(form.found.len());
            ui.weak(format!("{count}{more} matches in {}", text::count(articles, "article", "articles")));
        }
        let height = 24.0;
        ScrollArea::vertical().max_height(400.0).auto_shrink(false).show_rows(
            ui,
            height,
            form.found.len(),
            |ui, rows| {
                for (article, range) in form.found.get(rows).unwrap_or_default() {
                    if match_ui(ui, state, *article, *range) {
                        go = Some((*article, *range));
                    }
                }
            },
        );
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

fn match_ui(ui: &mut Ui, state: &State, article: ArticleId, range: TextRange) -> bool {
    let palette = Palette::get(ui);
    let Some(record) = state.project().article(article) else { return false };
    let (before, after) = find::context(record.article.text.as_str(), range, 40);
    let words = record.article.text.slice(range).unwrap_or_default();
    let title = text::shortened(&record.article.meta.title, 22);
    let label = (
        RichText::new(title).size(theme::SMALL).color(palette.weak),
        RichText::new(before).color(palette.weak),
        RichText::new(words).font(theme::strong(theme::BODY)),
        RichText::new(after).color(palette.weak),
    );
    ui.add(egui::Button::new(label).frame_when_inactive(false).truncate()).accessible_name(words).clicked()
}
