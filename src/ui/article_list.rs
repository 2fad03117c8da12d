//! The list of articles: choose, filter, reorder, remove.

use eframe::egui::{
    self, Color32, CornerRadius, FontId, Rect, RichText, Role, ScrollArea, Sense, Stroke, TextEdit, Ui, WidgetInfo,
    pos2, vec2,
};

use super::actions::{Action, Actions};
use super::command::Command;
use super::state::{Pane, State, open_count};
use super::theme::{self, Palette};
use super::{menu, text};
use crate::project::{ArticleId, ops};

const HEIGHT: f32 = 46.0;

/// The article that is dragged to another place.
struct Dragged(ArticleId);

/// Draws the list.
pub fn article_list_ui(ui: &mut Ui, state: &mut State, actions: &mut Actions) {
    let palette = Palette::get(ui);
    let count = state.project().article_count();
    ui.horizontal(|ui| {
        ui.label(RichText::new(format!("Articles  {}", text::number(count))).font(theme::strong(theme::BODY)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let add = ui.small_button("+").on_hover_text("Open articles…");
            if add.accessible_name("Open articles").clicked() {
                actions.command(Command::OpenArticles);
            }
        });
    });
    ui.add_space(4.0);
    if count > 1 {
        let field = TextEdit::singleline(&mut state.filter).hint_text("Filter").desired_width(f32::INFINITY);
        ui.add(field).accessible_name("Filter articles");
        ui.add_space(6.0);
    }
    let filter = state.filter.to_lowercase();
    let shown: Vec<ArticleId> = state
        .project()
        .articles()
        .filter(|record| {
            let meta = &record.article.meta;
            filter.is_empty() || format!("{} {}", meta.title, meta.source).to_lowercase().contains(&filter)
        })
        .map(|record| record.id)
        .collect();
    if shown.is_empty() && count > 0 {
        ui.label(RichText::new("No article matches the filter").color(palette.weak));
    }
    ScrollArea::vertical().id_salt("articles").auto_shrink(false).show_rows(ui, HEIGHT, shown.len(), |ui, range| {
        for id in shown.get(range).unwrap_or_default() {
            row_ui(ui, state, actions, *id);
        }
    });
}

fn row_ui(ui: &mut Ui, state: &mut State, actions: &mut Actions, id: ArticleId) {
    let palette = Palette::get(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let response = ui.interact(rect, ui.make_persistent_id(("article row", id)), Sense::click_and_drag());
    if state.takes_focus(Pane::List) {
        response.request_focus();
    }
    let Some(record) = state.project().article(id) else { return };
    let selected = state.article == Some(id);
    let title = record.article.meta.title.clone();
    let open = open_count(state.project(), id);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, format!("{title}, {open} open")));
    let fill = if selected {
        palette.chosen
    } else if response.hovered() {
        palette.hover
    } else {
        Color32::TRANSPARENT
    };
    ui.painter().rect_filled(rect, CornerRadius::same(5), fill);
    if response.has_focus() {
        let stroke = Stroke::new(2.0, palette.accent);
        ui.painter().rect_stroke(rect, CornerRadius::same(5), stroke, egui::StrokeKind::Inside);
    }
    let center = pos2(rect.left() + 12.0, rect.top() + 16.0);
    let tags = !state.project().mentions(id).is_empty();
    match (open, tags) {
        (0, true) => ui.painter().circle_filled(center, 3.5, palette.weak),
        (0, false) => ui.painter().circle_stroke(center, 3.5, Stroke::new(1.2, palette.weak)),
        _ => ui.painter().circle_filled(center, 3.5, palette.accent),
    };
    let width = rect.width() - 32.0;
    let line = |ui: &Ui, words: String, font: FontId, color: Color32, y: f32| {
        let mut job = egui::text::LayoutJob::simple_singleline(words, font, color);
        job.wrap = egui::text::TextWrapping::truncate_at_width(width);
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        ui.painter().galley(pos2(rect.left() + 24.0, y), galley, color);
    };
    line(ui, title.clone(), FontId::proportional(theme::BODY), palette.ink, rect.top() + 6.0);
    let date = record.article.meta.date.map(text::date).unwrap_or_else(|| "No date".to_owned());
    let state_words = match (open, tags) {
        (0, true) => "reviewed".to_owned(),
        (0, false) => "no tags".to_owned(),
        _ => format!("{} open", text::number(open)),
    };
    let quiet = format!("{date} · {state_words}");
    line(ui, quiet, FontId::proportional(theme::SMALL), palette.weak, rect.top() + 26.0);
    if response.clicked() {
        actions.push(Action::Show(id));
    }
    drag_and_drop(ui, state, actions, &response, rect, id);
    response.context_menu(|ui| {
        if !selected {
            actions.push(Action::Show(id));
        }
        for command in [
            Command::ArticleDetails,
            Command::Suggest,
            Command::MoveArticleUp,
            Command::MoveArticleDown,
            Command::RemoveArticle,
        ] {
            menu::command_ui(ui, state, actions, command);
        }
    });
    if !response.dragged() {
        response.on_hover_ui(|ui| {
            ui.set_max_width(320.0);
            ui.label(&title);
            ui.weak(&record.article.meta.origin);
        });
    }
}

/// An article dropped on another takes its place.
fn drag_and_drop(ui: &Ui, state: &State, actions: &mut Actions, response: &egui::Response, rect: Rect, id: ArticleId) {
    response.dnd_set_drag_payload(Dragged(id));
    let place = |id| state.project().article_ids().iter().position(|other| *other == id);
    if let Some(over) = response.dnd_hover_payload::<Dragged>()
        && over.0 != id
    {
        let y = if place(over.0) < place(id) { rect.bottom() } else { rect.top() };
        ui.painter().hline(rect.x_range(), y, Stroke::new(2.0, Palette::get(ui).accent));
    }
    if let (Some(dropped), Some(to)) = (response.dnd_release_payload::<Dragged>(), place(id))
        && dropped.0 != id
    {
        actions.edit(move |project, stamp| ops::move_article(project, dropped.0, to, stamp));
    }
}
