//! The article: its text with the tags in it, caret and selection, and what the mouse and keys do there.

mod arcs;
mod footer;
mod header;
mod keys;
mod layout;
mod marks;
mod parts;
mod pointer;
pub mod view;

pub use keys::{caret_keys, scroll_keys};

use std::sync::Arc;
use std::time::Duration;

use eframe::egui::{
    self, Align, EventFilter, Id, Rect, Response, Role, ScrollArea, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2,
};
use text_size::{TextRange, TextSize};

use self::footer::footer_ui;
use self::header::header_ui;
use self::layout::Measure;
use self::marks::{Hit, Look};
use self::parts::EventParts;
use self::pointer::{context_menu, pointer};
use self::view::ArticleView;
use super::actions::Actions;
use super::command::Command;
use super::model::{Caret, Pointed};
use super::state::State;
use super::theme::Palette;
use crate::project::{ArticleId, KindId, Mention};
use crate::ui::article_view::layout::on_screen;
use crate::ui::article_view::view::Edge;

/// The id by which the article takes the keys.
pub fn focus_id() -> Id {
    Id::unique("article text")
}

/// Draws the article shown and turns what mouse and keys do in it into actions.
pub fn article_ui(ui: &mut Ui, state: &State, view: &mut ArticleView, actions: &mut Actions) {
    let Some(article) = state.model.article else { return };
    let mut area = ScrollArea::vertical().id_salt(("article", article)).auto_shrink(false);
    if std::mem::take(&mut view.to_top) {
        area = area.vertical_scroll_offset(0.0);
    }
    let shown = area.show_viewport(ui, |ui, viewport| page_ui(ui, state, view, actions, article, viewport));
    let end = shown.content_size.y - shown.inner_rect.height();
    let (at_end, hovered) = (shown.state.clamped_offset().y >= end - 1.0, ui.rect_contains_pointer(shown.inner_rect));
    if state.model.settings.scroll_on && state.following().is_some() && view.beyond.turn(ui, hovered, at_end) {
        actions.command(Command::NextArticle);
    }
}

/// Space left and right of the text at least, in points.
const MARGIN: f32 = 32.0;

fn page_ui(
    ui: &mut Ui,
    state: &State,
    view: &mut ArticleView,
    actions: &mut Actions,
    article: ArticleId,
    viewport: Rect,
) {
    let size = state.model.settings.text_size;
    let column = (state.model.settings.measure * size * 0.49).min(ui.available_width() - 2.0 * MARGIN).max(160.0);
    let measure = Measure { width: column.floor(), size };
    let left = ui.max_rect().left() + ((ui.available_width() - column) / 2.0).max(MARGIN).floor();
    let top = ui.max_rect().top();

    let Some(record) = state.model.project().article(article) else { return };
    let text = record.article.text.as_str();
    view.prepare(ui, record, measure);
    let header =
        header_ui(ui, &state.model, actions, record, !view.layout.has_heading(), pos2(left, top + 28.0), column);
    let origin = pos2(left, top + header + 28.0 + measure.line() * 0.8);
    let (from, to) = (ui.clip_rect().top() - origin.y, ui.clip_rect().bottom() - origin.y);
    if view.layout.measure_visible(ui, text, from - 200.0, to + 200.0) {
        ui.ctx().request_repaint();
    }
    view.mark(&state.model);
    view.origin = origin;
    view.visible = viewport.height();
    view.window = Some(ui.clip_rect());

    let below = (viewport.height() * 0.3).max(64.0);
    let height = origin.y - top + view.layout.height() + below;
    let whole = Rect::from_min_size(ui.max_rect().min, vec2(ui.available_width(), height));
    ui.allocate_rect(whole, Sense::hover());
    let end = origin + vec2(0.0, view.layout.height() + 16.0);
    let sheet = Rect::from_min_max(pos2(whole.left(), origin.y - 8.0), pos2(whole.right(), end.y));
    let response = ui.interact(sheet, focus_id(), Sense::click_and_drag());
    let title = &record.article.meta.title;
    response.widget_info(|| WidgetInfo::labeled(Role::Document, true, format!("Article text: {title}")));

    focus(ui, state, &response);
    let delta = std::mem::take(&mut view.scroll_by);
    if delta != Vec2::ZERO {
        ui.scroll_with_delta(delta);
    }
    paint_text(ui, state, view, text, from, to);
    arcs::paint(ui, state, view);
    scroll(ui, state, view, text);
    pointer(ui, state, actions, view, text, &response);
    context_menu(ui, state, view, actions, &response);
    footer_ui(ui, state, actions, view.beyond, end, column);
}

/// Gives the article the keys when asked, and keeps tab, arrows and escape for it while it has them.
fn focus(ui: &Ui, state: &State, response: &Response) {
    if state.model.focus_article && state.dialog.is_none() {
        response.request_focus();
    }
    if response.has_focus() {
        let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
}

fn paint_text(ui: &Ui, state: &State, view: &mut ArticleView, text: &str, from: f32, to: f32) {
    let palette = Palette::get(ui);
    let painter = ui.painter();
    let selection = state.model.caret.map(Caret::range).filter(|range| !range.is_empty());
    let selected_target = state.model.selected_mention().and_then(|mention| mention.target);
    let parts = EventParts::new(&state.model, text);
    let kin = |mention: &Mention| {
        mention.target.is_some() && (mention.target == state.model.hovered || mention.target == selected_target)
            || parts.mentions.contains(&mention.id)
    };
    let (pointed, named) =
        match state.model.pointed.filter(|_| state.model.selected.is_none() && state.model.caret.is_none()) {
            Some(Pointed::Tag(id)) => (Some(id), None),
            Some(Pointed::Name { range, .. }) => (None, Some(range)),
            None => (None, None),
        };
    view.hits.clear();
    let first = view.layout.visible(from, to).next().and_then(|index| view.layout.blocks().get(index));
    view.seen_from = first.and_then(|block| TextSize::try_from(block.range.start).ok());
    let Some(marks) = &view.marks else { return };
    for index in view.layout.visible(from, to) {
        let Some(galley) = view.layout.galley(ui, text, index, palette.ink) else { continue };
        let Some(block) = view.layout.blocks().get(index) else { continue };
        let place = |range| -> Vec<Rect> {
            let rects = view.layout.rects(text, index, &galley, range);
            rects.into_iter().map(|rect| on_screen(rect, view.origin)).collect()
        };
        for (mention, level) in marks
            .by_block
            .get(index)
            .into_iter()
            .flatten()
            .filter_map(|i| Some((marks.mentions.get(*i)?, *marks.levels.get(*i)?)))
        {
            let rects = place(mention.range);
            let first = block.range.contains(&mention.range.start().into());
            let selected = state.model.selected == Some(mention.id);
            let kin = kin(mention) || pointed == Some(mention.id);
            let badge = state.model.project().tagset().badge(&mention.kind);
            marks::paint(painter, palette, mention, &rects, Look { badge, level, selected, kin }, first);
            let length = mention.range.len().into();
            view.hits.extend(rects.into_iter().map(|rect| Hit { rect, mention: mention.id, length }));
        }
        let found = state.find.iter().flat_map(|find| find.within(block.range.clone()));
        for rect in found.flat_map(place) {
            // Over the tags' tints, so that a match in a tag is seen as well.
            painter.rect_filled(rect.shrink2(vec2(0.0, rect.height() * 0.12)), 2.0, palette.found);
        }
        let moving = view.edge.map(Edge::range);
        for rect in selection.into_iter().chain(moving).flat_map(place) {
            painter.rect_filled(rect, 0.0, palette.selection);
        }
        for rect in named.into_iter().flat_map(place) {
            // What a key would tag now.
            let body = rect.shrink2(vec2(0.0, rect.height() * 0.12)).expand2(vec2(2.0, 0.0));
            painter.rect_stroke(body, 3.0, Stroke::new(1.0, palette.weak), egui::StrokeKind::Inside);
        }
        let inside = |range: &&TextRange| block.range.contains(&range.start().into());
        let colors = palette.kind(state.model.project().tagset(), &KindId::EVENT);
        for rect in parts.words.iter().filter(inside).flat_map(|range| place(*range)) {
            let stroke = Stroke::new(1.0, colors.line);
            painter.rect_stroke(rect.shrink2(vec2(0.0, rect.height() * 0.12)), 3.0, stroke, egui::StrokeKind::Outside);
        }
        painter.galley(view.origin + vec2(0.0, block.top), Arc::clone(&galley), palette.ink);
        for (range, role) in parts.roles.iter().filter(|(range, _)| inside(&range)) {
            place(*range).first().into_iter().for_each(|rect| marks::paint_role(painter, colors, *rect, role));
        }
    }
    if let Some(rect) = state.model.caret.and_then(|caret| view.layout.caret_rect(ui, text, caret.head)) {
        let rect = on_screen(rect, view.origin);
        painter.vline(rect.left(), rect.y_range().shrink(rect.height() * 0.1), Stroke::new(2.0, palette.accent));
    }
}

/// Brings what was asked for into view, with a short glide.
fn scroll(ui: &Ui, state: &State, view: &mut ArticleView, text: &str) {
    let Some(range) = view.scroll_to.take() else { return };
    let Some(rect) = view.layout.caret_rect(ui, text, range.start()) else { return };
    let rect = on_screen(rect, view.origin);
    let clip = ui.clip_rect();
    let comfortable = clip.shrink2(vec2(0.0, (clip.height() * 0.15).min(80.0)));
    if !comfortable.y_range().contains(rect.top()) || !comfortable.y_range().contains(rect.bottom()) {
        let animation = if state.model.settings.glide {
            egui::style::ScrollAnimation::duration(0.15)
        } else {
            egui::style::ScrollAnimation::none()
        };
        ui.scroll_to_rect_animation(rect, Some(Align::Center), animation);
        // Heights above may be estimates: look again once they are measured.
        if !view.layout.is_measured_at(range.start()) {
            view.scroll_to = Some(range);
            ui.ctx().request_repaint_after(Duration::from_millis(16));
        }
    }
}
