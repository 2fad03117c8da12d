//! The article: its text with the tags in it, caret and selection, and what the mouse and keys do there.

mod layout;
mod marks;

use std::time::Duration;

use eframe::egui::{
    self, Align, CursorIcon, Event, EventFilter, Id, Key, Modifiers, PointerButton, Pos2, Rect, Response, Role,
    ScrollArea, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2,
};
use text_size::{TextRange, TextSize};

use self::layout::{Layout, Measure, on_screen};
use self::marks::{Hit, Look};
use super::actions::Actions;
use super::command::Command;
use super::state::{Caret, Dialog, State};
use super::theme::{self, Palette};
use super::{dialogs, text};
use crate::project::{ArticleId, ArticleRecord, Mention, MentionId, ops};
use crate::text::words;

/// The article as it is laid out.
#[derive(Default)]
pub struct ArticleView {
    layout: Layout,
    /// Which article the layout is of, and its title.
    of: Option<(ArticleId, String)>,
    /// The marks as of a revision of the session, by block.
    marks: Option<Marks>,
    /// Where mentions were painted in the last frame.
    hits: Vec<Hit>,
    /// Where the drag began that is going on.
    drag_from: Option<TextSize>,
    /// The end of the selected tag that is being dragged, and where it is now.
    edge: Option<Edge>,
    to_top: bool,
    /// How far the keys asked to scroll.
    scroll_by: Vec2,
    /// Top left of the text and height of the visible part, as of the last frame.
    origin: Pos2,
    visible: f32,
}

/// An end of a tag that is being dragged.
#[derive(Clone, Copy)]
struct Edge {
    mention: MentionId,
    /// The end that stays.
    fixed: TextSize,
    /// The end that moves.
    moving: TextSize,
}

impl Edge {
    fn range(self) -> TextRange {
        Caret { anchor: self.fixed, head: self.moving }.range()
    }
}

/// Live mentions of the article and where they show.
struct Marks {
    revision: u64,
    blocks: usize,
    mentions: Vec<Mention>,
    levels: Vec<usize>,
    /// For each block the indexes of the mentions that touch it, outer ones first.
    by_block: Vec<Vec<usize>>,
}

impl ArticleView {
    /// The next frame starts at the top of the text.
    pub fn scroll_to_top(&mut self) {
        self.to_top = true;
    }

    /// The next frame scrolls by this, in points; up is positive.
    pub fn scroll_by(&mut self, delta: Vec2) {
        self.scroll_by += delta;
    }

    /// Where a mention stands on the screen, if it was visible in the last frame.
    pub fn rect_of(&self, mention: MentionId) -> Option<Rect> {
        self.hits.iter().find(|hit| hit.mention == mention).map(|hit| hit.rect)
    }

    /// Where a byte of the text stands on the screen, visible or not.
    pub fn position_of(&self, ui: &Ui, text: &str, at: TextSize) -> Option<Rect> {
        self.layout.caret_rect(ui, text, at).map(|rect| on_screen(rect, self.origin))
    }

    /// The mentions at a point of the screen, the innermost first.
    fn mentions_at(&self, point: Pos2) -> Vec<MentionId> {
        let mut hits: Vec<&Hit> = self.hits.iter().filter(|hit| hit.rect.contains(point)).collect();
        hits.sort_by_key(|hit| (hit.length, hit.mention));
        hits.dedup_by_key(|hit| hit.mention);
        hits.into_iter().map(|hit| hit.mention).collect()
    }

    /// The ends of a mention as painted in the last frame: where it starts and where it ends.
    fn ends(&self, mention: MentionId) -> Option<(Pos2, Pos2)> {
        let mut hits = self.hits.iter().filter(|hit| hit.mention == mention);
        let first = hits.next()?;
        let last = hits.next_back().unwrap_or(first);
        Some((first.rect.left_center(), last.rect.right_center()))
    }

    /// The end of the selected mention that a point is at, as the drag of it that would begin there.
    fn edge_at(&self, state: &State, point: Pos2) -> Option<Edge> {
        let mention = state.selected_mention()?;
        let (start, end) = self.ends(mention.id)?;
        let near = |end: Pos2| (point.x - end.x).abs() < 6.0 && (point.y - end.y).abs() < state.settings.text_size;
        let range = mention.range;
        if near(start) {
            Some(Edge { mention: mention.id, fixed: range.end(), moving: range.start() })
        } else if near(end) {
            Some(Edge { mention: mention.id, fixed: range.start(), moving: range.end() })
        } else {
            None
        }
    }

    fn prepare(&mut self, ui: &Ui, record: &ArticleRecord, measure: Measure) {
        let (text, title) = (record.article.text.as_str(), &record.article.meta.title);
        if self.of.as_ref().is_none_or(|(id, of)| *id != record.id || of != title) {
            self.of = Some((record.id, title.clone()));
            self.layout.set_text(text, title);
            self.marks = None;
        }
        self.layout.fit(ui, text, measure);
    }

    fn mark(&mut self, revision: u64, mentions: &[Mention]) {
        let blocks = self.layout.blocks().len();
        if self.marks.as_ref().is_some_and(|marks| marks.revision == revision && marks.blocks == blocks) {
            return;
        }
        let live: Vec<&Mention> = mentions.iter().filter(|mention| mention.is_live()).collect();
        let levels = marks::levels(&live);
        let mut by_block = vec![Vec::new(); blocks];
        for (index, mention) in live.iter().enumerate() {
            let (first, last) =
                (self.layout.block_at(mention.range.start()), self.layout.block_at(mention.range.end()));
            for list in by_block.iter_mut().take(last + 1).skip(first) {
                list.push(index);
            }
        }
        let mentions = live.into_iter().cloned().collect();
        self.marks = Some(Marks { revision, blocks, mentions, levels, by_block });
    }
}

/// The id by which the article takes the keys.
pub fn focus_id() -> Id {
    Id::unique("article text")
}

/// Draws the article shown and turns what mouse and keys do in it into actions.
pub fn article_ui(ui: &mut Ui, state: &mut State, actions: &mut Actions) {
    let Some(article) = state.article else { return };
    let mut area = ScrollArea::vertical().id_salt(("article", article)).auto_shrink(false);
    if std::mem::take(&mut state.view.to_top) {
        area = area.vertical_scroll_offset(0.0);
    }
    area.show_viewport(ui, |ui, viewport| page_ui(ui, state, actions, article, viewport));
}

/// Space left and right of the text at least, in points.
const MARGIN: f32 = 32.0;

fn page_ui(ui: &mut Ui, state: &mut State, actions: &mut Actions, article: ArticleId, viewport: Rect) {
    let size = state.settings.text_size;
    let column = (state.settings.measure * size * 0.49).min(ui.available_width() - 2.0 * MARGIN).max(160.0);
    let measure = Measure { width: column.floor(), size };
    let left = ui.max_rect().left() + ((ui.available_width() - column) / 2.0).max(MARGIN).floor();
    let top = ui.max_rect().top();

    let Some(record) = state.project().article(article).cloned() else { return };
    let text = record.article.text.as_str();
    let mut view = std::mem::take(&mut state.view);
    view.prepare(ui, &record, measure);
    let header = header_ui(ui, state, actions, &record, !view.layout.has_heading(), pos2(left, top + 28.0), column);
    let origin = pos2(left, top + header + 28.0 + measure.line() * 0.8);
    let (from, to) = (ui.clip_rect().top() - origin.y, ui.clip_rect().bottom() - origin.y);
    if view.layout.measure_visible(ui, text, from - 200.0, to + 200.0) {
        ui.ctx().request_repaint();
    }
    view.mark(state.session.revision(), state.project().mentions(article));
    view.origin = origin;
    view.visible = viewport.height();

    let height = origin.y - top + view.layout.height() + viewport.height() * 0.3;
    let whole = Rect::from_min_size(ui.max_rect().min, vec2(ui.available_width(), height));
    ui.allocate_rect(whole, Sense::hover());
    let sheet = Rect::from_min_max(pos2(whole.left(), origin.y - 8.0), whole.max);
    let response = ui.interact(sheet, focus_id(), Sense::click_and_drag());
    let title = &record.article.meta.title;
    response.widget_info(|| WidgetInfo::labeled(Role::Document, true, format!("Article text: {title}")));

    focus(ui, state, &response);
    let delta = std::mem::take(&mut view.scroll_by);
    if delta != Vec2::ZERO {
        ui.scroll_with_delta(delta);
    }
    paint_text(ui, state, &mut view, text, from, to);
    scroll(ui, state, &view, text);
    pointer(ui, state, actions, &mut view, text, &response);
    context_menu(state, actions, &response);
    state.view = view;
}

/// Title (unless the text begins with it), source and date above the text. Returns the height they take.
fn header_ui(
    ui: &mut Ui,
    state: &State,
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
        let font = theme::serif_strong((state.settings.text_size * 1.35).round());
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
    if text::is_right_to_left(record.article.text.as_str()) {
        let note = "This text has right-to-left script. The order of its letters on screen may be off; tags and \
                    exports stay right";
        let font = egui::FontId::proportional(theme::SMALL);
        let galley = ui.painter().layout(note.to_owned(), font, palette.weak, width);
        ui.painter().galley(at + vec2(0.0, height + 4.0), galley.clone(), palette.weak);
        height += galley.size().y + 4.0;
    }
    height
}

/// Gives the article the keys when asked, and keeps tab, arrows and escape for it while it has them.
fn focus(ui: &Ui, state: &mut State, response: &Response) {
    if std::mem::take(&mut state.focus_article) && state.dialog.is_none() {
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
    let selection = state.caret.map(Caret::range).filter(|range| !range.is_empty());
    let selected_target = state.selected_mention().and_then(|mention| mention.target);
    let kin = |mention: &Mention| {
        mention.target.is_some() && (mention.target == state.hovered || mention.target == selected_target)
    };
    view.hits.clear();
    let Some(marks) = &view.marks else { return };
    for index in view.layout.visible(from, to) {
        let Some(galley) = view.layout.galley(ui, text, index, palette.ink) else { continue };
        let Some(block) = view.layout.blocks().get(index) else { continue };
        let place = |range| -> Vec<Rect> {
            let rects = view.layout.rects(text, index, &galley, range);
            rects.into_iter().map(|rect| on_screen(rect, view.origin)).collect()
        };
        let found = state.find.iter().flat_map(|find| find.within(block.range.clone()));
        for rect in found.flat_map(place) {
            painter.rect_filled(rect, 2.0, palette.found);
        }
        for (mention, level) in marks
            .by_block
            .get(index)
            .into_iter()
            .flatten()
            .filter_map(|i| Some((marks.mentions.get(*i)?, *marks.levels.get(*i)?)))
        {
            let rects = place(mention.range);
            let first = block.range.contains(&mention.range.start().into());
            let selected = state.selected == Some(mention.id);
            marks::paint(painter, palette, mention, &rects, Look { level, selected, kin: kin(mention) }, first);
            let length = mention.range.len().into();
            view.hits.extend(rects.into_iter().map(|rect| Hit { rect, mention: mention.id, length }));
        }
        let moving = view.edge.map(Edge::range);
        for rect in selection.into_iter().chain(moving).flat_map(place) {
            painter.rect_filled(rect, 0.0, palette.selection);
        }
        painter.galley(view.origin + vec2(0.0, block.top), galley, palette.ink);
    }
    if let Some(rect) = state.caret.and_then(|caret| view.layout.caret_rect(ui, text, caret.head)) {
        let rect = on_screen(rect, view.origin);
        painter.vline(rect.left(), rect.y_range().shrink(rect.height() * 0.1), Stroke::new(2.0, palette.accent));
    }
}

/// Brings what was asked for into view, with a short glide.
fn scroll(ui: &Ui, state: &mut State, view: &ArticleView, text: &str) {
    let Some(range) = state.scroll_to.take() else { return };
    let Some(rect) = view.layout.caret_rect(ui, text, range.start()) else { return };
    let rect = on_screen(rect, view.origin);
    let clip = ui.clip_rect();
    let comfortable = clip.shrink2(vec2(0.0, (clip.height() * 0.15).min(80.0)));
    if !comfortable.y_range().contains(rect.top()) || !comfortable.y_range().contains(rect.bottom()) {
        let animation = if state.settings.glide {
            egui::style::ScrollAnimation::duration(0.15)
        } else {
            egui::style::ScrollAnimation::none()
        };
        ui.scroll_to_rect_animation(rect, Some(Align::Center), animation);
        // Heights above may be estimates: look again once they are measured.
        if !view.layout.is_measured_at(range.start()) {
            state.scroll_to = Some(range);
            ui.ctx().request_repaint_after(Duration::from_millis(16));
        }
    }
}

fn pointer(ui: &Ui, state: &mut State, actions: &mut Actions, view: &mut ArticleView, text: &str, response: &Response) {
    let byte_at = |point: Pos2| view.layout.byte_at(ui, text, point - view.origin);
    let snap = !ui.input(|input| input.modifiers.alt);
    let over = response.hover_pos().map(|point| view.mentions_at(point)).unwrap_or_default();
    state.hovered = over.first().and_then(|id| state.project().mention(*id)).and_then(|mention| mention.target);
    let edge = view.edge.or_else(|| view.edge_at(state, response.hover_pos()?));
    if response.hovered() {
        ui.set_cursor_icon(match (edge, over.is_empty()) {
            (Some(_), _) => CursorIcon::ResizeHorizontal,
            (None, true) => CursorIcon::Text,
            (None, false) => CursorIcon::PointingHand,
        });
    }
    if let Some(mention) = over.first().and_then(|id| state.project().mention(*id)) {
        response.clone().on_hover_ui_at_pointer(|ui| super::panels::explain_ui(ui, state, mention));
    }
    if response.drag_started_by(PointerButton::Primary)
        && let Some(origin) = ui.input(|input| input.pointer.press_origin())
    {
        view.edge = view.edge_at(state, origin);
        if view.edge.is_none() {
            view.drag_from = Some(byte_at(origin));
            state.selected = None;
        }
    }
    if let (Some(mut edge), Some(point)) = (view.edge, ui.input(|input| input.pointer.latest_pos())) {
        edge.moving = view.layout.byte_at(ui, text, point - view.origin);
        view.edge = (!response.drag_stopped()).then_some(edge);
        if response.drag_stopped() {
            let range = if snap { words::snap(text, edge.range()) } else { edge.range() };
            actions.edit(move |project, stamp| ops::set_range(project, edge.mention, range, stamp));
        }
        return;
    }
    let byte_at = |point: Pos2| view.layout.byte_at(ui, text, point - view.origin);
    if let (Some(from), Some(point)) = (view.drag_from, ui.input(|input| input.pointer.latest_pos())) {
        if response.dragged() {
            state.caret = Some(Caret { anchor: from, head: byte_at(point) });
            scroll_while_dragging(ui, point);
        }
        if response.drag_stopped() {
            view.drag_from = None;
            let range = Caret { anchor: from, head: byte_at(point) }.range();
            let kept = if snap { words::snap(text, range) } else { words::trim(text, range).unwrap_or_default() };
            if !kept.is_empty() {
                state.caret = Some(Caret { anchor: kept.start(), head: kept.end() });
            }
            response.request_focus();
        }
    }
    let Some(point) = response.interact_pointer_pos().filter(|_| response.clicked_by(PointerButton::Primary)) else {
        return;
    };
    response.request_focus();
    if response.triple_clicked() {
        select_block(state, view, byte_at(point));
    } else if response.double_clicked() && over.is_empty() {
        let word = words::word_at(text, byte_at(point));
        if let Some(word) = words::trim(text, word) {
            state.caret = Some(Caret { anchor: word.start(), head: word.end() });
        }
    } else if let (true, Some(id)) = (response.double_clicked(), state.selected.filter(|id| over.contains(id))) {
        if let Some(form) = dialogs::TagForm::new(state.project(), id) {
            actions.open(Dialog::Tag(form));
        }
    } else if let Some(id) = next_of(&over, state.selected).filter(|_| snap) {
        state.selected = Some(id);
        state.caret = None;
        state.reveal_row = true;
    } else {
        let at = byte_at(point);
        let extends = ui.input(|input| input.modifiers.shift);
        let anchor = state.caret.filter(|_| extends).map_or(at, |caret| caret.anchor);
        state.caret = Some(Caret { anchor, head: at });
        state.selected = None;
    }
}

/// The mention behind the selected one where several lie at one place, so that repeated clicks reach each.
fn next_of(over: &[MentionId], selected: Option<MentionId>) -> Option<MentionId> {
    let current = selected.and_then(|id| over.iter().position(|other| *other == id));
    let next = current.map_or(0, |index| (index + 1) % over.len().max(1));
    over.get(next).copied()
}

fn select_block(state: &mut State, view: &ArticleView, at: TextSize) {
    let block = view.layout.blocks().get(view.layout.block_at(at));
    if let Some(range) = block.and_then(|block| crate::text::byte_range(block.range.start, block.range.end)) {
        state.caret = Some(Caret { anchor: range.start(), head: range.end() });
        state.selected = None;
    }
}

fn scroll_while_dragging(ui: &Ui, point: Pos2) {
    let clip = ui.clip_rect();
    let over = (point.y - (clip.bottom() - 24.0)).max(0.0) + (point.y - (clip.top() + 24.0)).min(0.0);
    if over != 0.0 {
        ui.scroll_with_delta(vec2(0.0, -over * 0.4));
        ui.ctx().request_repaint();
    }
}

fn context_menu(state: &mut State, actions: &mut Actions, response: &Response) {
    if response.secondary_clicked()
        && let Some(point) = response.interact_pointer_pos()
    {
        let over = state.view.mentions_at(point);
        if let Some(id) = over.first().filter(|_| state.caret.is_none_or(|caret| caret.range().is_empty())) {
            state.selected = Some(*id);
            state.caret = None;
        }
    }
    response.context_menu(|ui| {
        let commands: &[Command] = if state.selected_mention().is_some() {
            &[
                Command::Accept,
                Command::Reject,
                Command::AcceptEntity,
                Command::RejectEntity,
                Command::EditTag,
                Command::TagAll,
                Command::DeleteTag,
                Command::BringBack,
            ]
        } else {
            &[
                Command::Kind(0),
                Command::Kind(1),
                Command::Kind(2),
                Command::TagAgain,
                Command::TagAll,
                Command::CopySelection,
            ]
        };
        for command in commands {
            super::menu::command_ui(ui, state, actions, *command);
        }
    });
}

/// Moves the caret by the keys that mode `Caret` has no commands for. Called before anything is drawn.
pub fn caret_keys(ui: &Ui, state: &mut State) {
    let Some(mut caret) = state.caret else { return };
    let text = state.text().to_owned();
    let page = state.view.visible * 0.9;
    let keys = [
        Key::ArrowLeft,
        Key::ArrowRight,
        Key::ArrowUp,
        Key::ArrowDown,
        Key::Home,
        Key::End,
        Key::PageUp,
        Key::PageDown,
    ];
    let pressed = take_keys(ui, &keys);
    for (key, modifiers) in &pressed {
        let by_word = modifiers.command || modifiers.ctrl;
        let range = caret.range();
        let collapse = !modifiers.shift && !range.is_empty();
        let vertical = |lines: f32, page: f32| {
            let rect = state.view.layout.caret_rect(ui, &text, caret.head)?;
            let y = rect.center().y + lines * rect.height() + page;
            Some(state.view.layout.byte_at(ui, &text, vec2(rect.left(), y)))
        };
        let whole = TextSize::of(text.as_str());
        let head = match key {
            Key::ArrowLeft if collapse && !by_word => Some(range.start()),
            Key::ArrowRight if collapse && !by_word => Some(range.end()),
            Key::ArrowLeft => Some(words::step(&text, caret.head, false, by_word)),
            Key::ArrowRight => Some(words::step(&text, caret.head, true, by_word)),
            Key::ArrowUp => vertical(-1.0, 0.0),
            Key::ArrowDown => vertical(1.0, 0.0),
            Key::PageUp => vertical(0.0, -page),
            Key::PageDown => vertical(0.0, page),
            Key::Home if by_word => Some(TextSize::default()),
            Key::End if by_word => Some(whole),
            Key::Home => state.view.line_edge(ui, &text, caret.head, false),
            _ => state.view.line_edge(ui, &text, caret.head, true),
        };
        caret.head = head.unwrap_or(caret.head);
        if !modifiers.shift {
            caret.anchor = caret.head;
        }
    }
    if !pressed.is_empty() {
        state.caret = Some(caret);
        state.scroll_to = Some(TextRange::empty(caret.head));
    }
}

impl ArticleView {
    /// The start or end of the line that holds a byte.
    fn line_edge(&self, ui: &Ui, text: &str, at: TextSize, end: bool) -> Option<TextSize> {
        let rect = self.layout.caret_rect(ui, text, at)?;
        let x = if end { f32::MAX / 4.0 } else { -1.0 };
        Some(self.layout.byte_at(ui, text, vec2(x, rect.center().y)))
    }
}

/// Scrolls by the arrow and page keys while no caret takes them.
pub fn scroll_keys(ui: &Ui, state: &State) -> Vec2 {
    let line = state.settings.text_size * 1.55 * 3.0;
    let page = state.view.visible * 0.9;
    let keys = [Key::ArrowUp, Key::ArrowDown, Key::PageUp, Key::PageDown, Key::Home, Key::End];
    let mut delta = Vec2::ZERO;
    for (key, modifiers) in take_keys(ui, &keys) {
        if modifiers == Modifiers::NONE {
            delta.y += match key {
                Key::ArrowUp => line,
                Key::ArrowDown => -line,
                Key::PageUp => page,
                Key::PageDown => -page,
                Key::Home => f32::MAX / 4.0,
                _ => -f32::MAX / 4.0,
            };
        }
    }
    delta
}

fn take_keys(ui: &Ui, keys: &[Key]) -> Vec<(Key, Modifiers)> {
    ui.input_mut(|input| {
        let mut taken = Vec::new();
        input.events.retain(|event| match event {
            Event::Key { key, pressed: true, modifiers, .. } if keys.contains(key) => {
                taken.push((*key, *modifiers));
                false
            }
            _ => true,
        });
        taken
    })
}
