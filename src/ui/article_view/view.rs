//! The article as it is laid out: where its marks were painted, what is being dragged, how far it is scrolled.

use std::collections::{BTreeSet, HashSet};
use std::time::Duration;

use eframe::egui::{Pos2, Rect, Ui, Vec2};
use text_size::{TextRange, TextSize};

use super::layout::{Layout, Measure, on_screen};
use super::marks::{self, Hit};
use crate::project::{ArticleId, ArticleRecord, EventId, Mention, MentionId, Target};
use crate::ui::model::Model;

/// How far past its end an article has to be scrolled for the next one, in points: a few notches of a wheel, more than
/// the last of a swing.
const ENOUGH: f32 = 220.0;
/// Points scrolled past the end are forgotten after this.
const PAUSE: f64 = 0.6;

/// The article as it is laid out.
#[derive(Default)]
pub struct ArticleView {
    pub(super) layout: Layout,
    /// Which article the layout is of, and its title.
    pub(super) of: Option<(ArticleId, String)>,
    /// The marks as of a revision of the session, by block.
    pub(super) marks: Option<Marks>,
    /// Where mentions were painted in the last frame.
    pub(super) hits: Vec<Hit>,
    /// Where the drag began that is going on.
    pub(super) drag_from: Option<TextSize>,
    /// The end of the selected tag that is being dragged, and where it is now.
    pub(super) edge: Option<Edge>,
    /// The tag from which a relation is being dragged.
    pub(super) linking: Option<MentionId>,
    /// Where what was drawn in the last frame begins.
    pub(super) seen_from: Option<TextSize>,
    pub(super) to_top: bool,
    /// Part of the text to bring into view.
    pub(super) scroll_to: Option<TextRange>,
    /// What the pointer is over.
    pub(in crate::ui) hovered: Option<Target>,
    /// How far the wheel went on at the end of the text.
    pub(super) beyond: Beyond,
    /// How far the keys asked to scroll.
    pub(super) scroll_by: Vec2,
    /// Top left of the text and height of the visible part, as of the last frame.
    pub(super) origin: Pos2,
    pub(super) visible: f32,
    /// The part of the screen that shows the text, as of the last frame.
    pub(super) window: Option<Rect>,
}

/// An end of a tag that is being dragged.
#[derive(Clone, Copy)]
pub(super) struct Edge {
    pub(super) mention: MentionId,
    /// The end that stays.
    pub(super) fixed: TextSize,
    /// The end that moves.
    pub(super) moving: TextSize,
}

impl Edge {
    pub(super) fn range(self) -> TextRange {
        TextRange::new(self.fixed.min(self.moving), self.fixed.max(self.moving))
    }
}

/// Live mentions of the article and where they show.
pub(super) struct Marks {
    /// The revision of the session, and the event that is selected.
    pub(super) of: (u64, Option<EventId>),
    pub(super) blocks: usize,
    pub(super) mentions: Vec<Mention>,
    pub(super) levels: Vec<usize>,
    /// For each block the indexes of the mentions that touch it, outer ones first.
    pub(super) by_block: Vec<Vec<usize>>,
}

impl ArticleView {
    /// The part of the screen that shows the text, as of the last frame.
    pub fn window(&self) -> Option<Rect> {
        self.window
    }

    /// The next frame starts at the top of the text.
    pub fn scroll_to_top(&mut self) {
        self.to_top = true;
    }

    /// The next frame brings a part of the text into view.
    pub fn bring_into_view(&mut self, range: TextRange) {
        self.scroll_to = Some(range);
    }

    /// The next frame scrolls by this, in points; up is positive.
    pub fn scroll_by(&mut self, delta: Vec2) {
        self.scroll_by += delta;
    }

    /// Where a mention stands on the screen, if it was visible in the last frame.
    pub fn rect_of(&self, mention: MentionId) -> Option<Rect> {
        self.hits.iter().find(|hit| hit.mention == mention).map(|hit| hit.rect)
    }

    /// Where a byte of the text stands on the screen: a rectangle without width, one line high; none where the part of
    /// the text was not drawn in the last frame.
    pub fn rect_at(&self, ui: &Ui, text: &str, at: TextSize) -> Option<Rect> {
        self.layout.caret_rect(ui, text, at).map(|rect| on_screen(rect, self.origin))
    }

    /// All lines of a mention that were painted in the last frame and are in view, in one rectangle.
    pub fn around(&self, mention: MentionId) -> Option<Rect> {
        let window = self.window?;
        let lines = self.hits.iter().filter(|hit| hit.mention == mention && window.intersects(hit.rect));
        lines.map(|hit| hit.rect).reduce(Rect::union)
    }

    /// The mentions that were seen in the last frame, each once.
    pub fn seen(&self) -> BTreeSet<MentionId> {
        let seen = |hit: &&Hit| self.window.is_some_and(|window| window.intersects(hit.rect));
        self.hits.iter().filter(seen).map(|hit| hit.mention).collect()
    }

    /// The mentions at a point of the screen, the innermost first.
    pub(super) fn mentions_at(&self, point: Pos2) -> Vec<MentionId> {
        let mut hits: Vec<&Hit> = self.hits.iter().filter(|hit| hit.rect.contains(point)).collect();
        hits.sort_by_key(|hit| (hit.length, hit.mention));
        hits.dedup_by_key(|hit| hit.mention);
        hits.into_iter().map(|hit| hit.mention).collect()
    }

    /// The ends of a mention as painted in the last frame: where it starts and where it ends.
    pub(super) fn ends(&self, mention: MentionId) -> Option<(Pos2, Pos2)> {
        let mut hits = self.hits.iter().filter(|hit| hit.mention == mention);
        let first = hits.next()?;
        let last = hits.next_back().unwrap_or(first);
        Some((first.rect.left_center(), last.rect.right_center()))
    }

    /// The end of a mention that a point is at, as the drag of it that would begin there; in text of this size.
    pub(super) fn edge_at(&self, mention: &Mention, point: Pos2, text_size: f32) -> Option<Edge> {
        let (start, end) = self.ends(mention.id)?;
        let near = |end: Pos2| (point.x - end.x).abs() < 6.0 && (point.y - end.y).abs() < text_size;
        let range = mention.range;
        if near(start) {
            Some(Edge { mention: mention.id, fixed: range.end(), moving: range.start() })
        } else if near(end) {
            Some(Edge { mention: mention.id, fixed: range.start(), moving: range.end() })
        } else {
            None
        }
    }

    pub(super) fn prepare(&mut self, ui: &Ui, record: &ArticleRecord, measure: Measure) {
        let (text, title) = (record.article.text.as_str(), &record.article.meta.title);
        if self.of.as_ref().is_none_or(|(id, of)| *id != record.id || of != title) {
            self.of = Some((record.id, title.clone()));
            self.layout.set_text(text, title);
            self.marks = None;
        }
        self.layout.fit(ui, text, measure);
    }

    pub(super) fn mark(&mut self, model: &Model) {
        let blocks = self.layout.blocks().len();
        let of = (model.session.revision(), model.selected_mention().and_then(Mention::event));
        if self.marks.as_ref().is_some_and(|marks| marks.of == of && marks.blocks == blocks) {
            return;
        }
        let mut live: Vec<&Mention> = model.mentions().iter().filter(|mention| model.is_marked(mention)).collect();
        // Of an event that a person decided on and whose clearest words a run no longer finds, the first stand for it.
        let mut seen: HashSet<EventId> = live.iter().filter_map(|mention| mention.event()).collect();
        let unseen = model.mentions().iter().filter(|mention| mention.is_live() && mention.decision.is_some());
        live.extend(unseen.filter(|mention| mention.event().is_some_and(|event| seen.insert(event))));
        live.sort_by_key(|mention| mention.order());
        let ranges: Vec<TextRange> = live.iter().map(|mention| mention.range).collect();
        let levels = crate::text::levels(&ranges, marks::MAX_LEVEL);
        let mut by_block = vec![Vec::new(); blocks];
        for (index, mention) in live.iter().enumerate() {
            let (first, last) =
                (self.layout.block_at(mention.range.start()), self.layout.block_at(mention.range.end()));
            for list in by_block.iter_mut().take(last + 1).skip(first) {
                list.push(index);
            }
        }
        let mentions = live.into_iter().cloned().collect();
        self.marks = Some(Marks { of, blocks, mentions, levels, by_block });
    }
}

/// How far a person has scrolled on at the end of an article.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beyond {
    points: f32,
    /// When the wheel last turned, in seconds.
    last: f64,
    /// The end was in view as the last frame ended.
    at_end: bool,
}

impl Beyond {
    /// How much of the way to the next article is done, 0 to 1.
    pub(super) fn part(self) -> f32 {
        (self.points / ENOUGH).clamp(0.0, 1.0)
    }

    /// Takes up what the wheel did this frame; true where it is far enough to go on.
    pub(super) fn turn(&mut self, ui: &Ui, hovered: bool, at_end: bool) -> bool {
        let (time, turned) = ui.input(|input| (input.time, input.smooth_scroll_delta().y));
        let was_at_end = std::mem::replace(&mut self.at_end, at_end);
        if turned < 0.0 && hovered && at_end && was_at_end {
            self.points -= turned;
            self.last = time;
        } else if turned > 0.0 || !at_end || time - self.last > PAUSE {
            self.points = 0.0;
        }
        if self.points > 0.0 {
            ui.ctx().request_repaint_after(Duration::from_secs_f64(PAUSE));
        }
        let enough = self.points >= ENOUGH;
        if enough {
            *self = Self::default();
        }
        enough
    }
}
