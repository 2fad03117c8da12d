//! Export: which format, which part of the project; what the format cannot hold is told before anything is written.

use eframe::egui::{RichText, ScrollArea, Ui};

use super::{buttons_ui, modal};
use crate::export::{FORMATS, Format, LeftOut, Selection};
use crate::project::{ArticleId, Mention, Status};
use crate::ui::actions::{Action, Actions};
use crate::ui::state::State;
use crate::ui::text;
use crate::ui::theme::{self, Palette};

/// What is to be exported, once it is chosen.
pub struct ExportChoice {
    /// The format's id.
    pub format: &'static str,
    /// The part of the project.
    pub selection: Selection,
}

/// What is chosen so far.
pub struct ExportForm {
    format: usize,
    whole: bool,
    suggestions: bool,
    /// What would be left out, and what that is of.
    preview: Option<(PreviewOf, Result<Vec<LeftOut>, String>)>,
}

/// Format, the article where it is not the whole project, with suggestions, revision.
type PreviewOf = (usize, Option<ArticleId>, bool, u64);

impl Default for ExportForm {
    fn default() -> Self {
        Self { format: 0, whole: true, suggestions: false, preview: None }
    }
}

impl ExportForm {
    fn selection(&self, article: Option<ArticleId>) -> Selection {
        let articles = article.filter(|_| !self.whole).map(|id| vec![id]);
        Selection { articles, suggestions: self.suggestions, kinds: None }
    }
}

pub(super) fn export_ui(ui: &Ui, state: &mut State, actions: &mut Actions) -> bool {
    let mut done = false;
    let mut form = std::mem::take(&mut state.export);
    let left = modal(ui, "Export annotations", 520.0, |ui| {
        let height = ui.ctx().content_rect().height() * 0.5;
        ScrollArea::vertical().id_salt("formats").max_height(height).show(ui, |ui| {
            for (index, format) in FORMATS.iter().enumerate() {
                ui.radio_value(&mut form.format, index, format.name());
                ui.indent(("format", index), |ui| {
                    let words = RichText::new(format.description()).size(theme::SMALL).color(Palette::get(ui).weak);
                    ui.label(words);
                });
            }
        });
        ui.add_space(8.0);
        if state.project().article_count() > 1 {
            ui.horizontal(|ui| {
                ui.radio_value(&mut form.whole, true, "All articles");
                ui.radio_value(&mut form.whole, false, "This article");
            });
        }
        ui.horizontal(|ui| {
            ui.radio_value(&mut form.suggestions, false, "Accepted tags only");
            ui.radio_value(&mut form.suggestions, true, "Open suggestions too");
        });
        count_ui(ui, state, &form);
        let Some(format) = FORMATS.get(form.format) else { return };
        let ready = preview_ui(ui, state, &mut form, *format);
        let (export, cancel) = buttons_ui(ui, "Export…", ready);
        if export {
            let selection = form.selection(state.article);
            actions.push(Action::Export(ExportChoice { format: format.id(), selection }));
        }
        done = export || cancel;
    });
    state.export = form;
    left || done
}

/// How many tags would go out, so that nobody exports nothing by mistake.
fn count_ui(ui: &mut Ui, state: &State, form: &ExportForm) {
    let goes = |m: &&Mention| {
        (form.whole || Some(m.article) == state.article)
            && (m.status == Status::Accepted || form.suggestions && m.status == Status::Suggested)
    };
    let count = state.project().all_mentions().filter(goes).count();
    let words = if count == 0 && !form.suggestions {
        "No tag is accepted yet: the export would hold none".to_owned()
    } else {
        text::count(count, "tag goes out", "tags go out")
    };
    ui.label(RichText::new(words).size(theme::SMALL).color(Palette::get(ui).weak));
}

/// What would be left out; whether there is something to export.
fn preview_ui(ui: &mut Ui, state: &State, form: &mut ExportForm, format: &dyn Format) -> bool {
    let article = state.article.filter(|_| !form.whole);
    let of = (form.format, article, form.suggestions, state.session.revision());
    // While the engine runs every article that comes in would be a reason to look again.
    let settled = state.jobs.queued == 0 || form.preview.is_none();
    if settled && form.preview.as_ref().is_none_or(|(shown, _)| *shown != of) {
        let export = format.export(state.project(), &form.selection(state.article));
        form.preview = Some((of, export.map(|export| export.left_out).map_err(|error| error.to_string())));
    }
    let palette = Palette::get(ui);
    ui.add_space(6.0);
    match form.preview.as_ref().map(|(_, preview)| preview) {
        Some(Err(error)) => {
            ui.colored_label(palette.error, error);
            false
        }
        Some(Ok(left_out)) if !left_out.is_empty() => {
            let count = text::number(left_out.len());
            ui.label(format!("{count} left out, because {} cannot hold them:", format.name()));
            ScrollArea::vertical().max_height(96.0).auto_shrink([false, true]).show(ui, |ui| {
                for what in left_out.iter().take(200) {
                    ui.label(RichText::new(what.to_string()).size(theme::SMALL).color(palette.weak));
                }
            });
            true
        }
        _ => true,
    }
}
