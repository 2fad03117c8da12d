//! The article cut into blocks that are laid out only when seen; from positions to bytes of the text and back.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::text::{CCursor, LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Color32, Galley, Pos2, Rect, Ui, Vec2, pos2, vec2};
use text_size::{TextRange, TextSize};

use crate::text::{byte_range, bytes, words};
use crate::ui::text::is_right_to_left_letter;
use crate::ui::theme;

/// The longest stretch that is laid out at once, in bytes; a longer paragraph is cut at spaces, so that one of
/// 1 MB does not freeze the window.
const MAX_BLOCK: usize = 4096;

/// Texts up to this many bytes are measured whole at once; of longer ones heights are estimated until seen.
const MEASURE_ALL: usize = 200_000;

/// A paragraph, or a piece of a very long one.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Bytes of the text, without the line end.
    pub range: Range<usize>,
    /// From the top of the text, in points.
    pub top: f32,
    /// In points, with the space below it.
    pub height: f32,
    measured: bool,
    /// Space below it, in lines.
    gap: f32,
    /// It is the headline.
    heading: bool,
}

/// What the layout depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// Width of the text column, in points.
    pub width: f32,
    /// Size of the type, in points.
    pub size: f32,
}

impl Measure {
    /// Distance between base lines, in points.
    pub fn line(self) -> f32 {
        (self.size * 1.55).round()
    }

    /// Size of the headline's type, in points.
    pub fn heading(self) -> f32 {
        (self.size * 1.35).round()
    }
}

/// The blocks of one text at one width and size.
#[derive(Default)]
pub struct Layout {
    blocks: Vec<Block>,
    measure: Option<Measure>,
}

impl Layout {
    /// Cuts `text` anew; its first line is set as a headline where it says the same as `title`.
    pub fn set_text(&mut self, text: &str, title: &str) {
        self.blocks = cut(text);
        self.measure = None;
        let first = self.blocks.iter_mut().find(|block| !block.range.is_empty());
        if let Some(block) = first
            && text.get(block.range.clone()).is_some_and(|line| line.trim() == title.trim())
        {
            block.heading = true;
        }
    }

    /// Whether the text begins with its own headline.
    pub fn has_heading(&self) -> bool {
        self.blocks.iter().any(|block| block.heading)
    }

    /// All blocks.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Height of the whole text, in points.
    pub fn height(&self) -> f32 {
        self.blocks.last().map_or(0.0, |block| block.top + block.height)
    }

    /// Fits the blocks to a measure; measures short texts whole.
    pub fn fit(&mut self, ui: &Ui, text: &str, measure: Measure) {
        if self.measure == Some(measure) {
            return;
        }
        self.measure = Some(measure);
        let exact = text.len() <= MEASURE_ALL;
        // Half an em a letter, as text faces go.
        let letters = (measure.width / (measure.size * 0.5)).max(1.0);
        for index in 0..self.blocks.len() {
            if exact {
                self.measure_block(ui, text, index);
            } else if let Some(block) = self.blocks.get_mut(index) {
                let lines = (block.range.len() as f32 / letters).ceil();
                block.height = (lines + block.gap) * measure.line();
                block.measured = false;
            }
        }
        self.stack();
    }

    /// Measures the blocks that meet `top..bottom`; true where a height changed.
    pub fn measure_visible(&mut self, ui: &Ui, text: &str, top: f32, bottom: f32) -> bool {
        let mut changed = false;
        for index in self.visible(top, bottom) {
            if self.blocks.get(index).is_some_and(|block| !block.measured) {
                self.measure_block(ui, text, index);
                changed = true;
            }
        }
        if changed {
            self.stack();
        }
        changed
    }

    fn measure_block(&mut self, ui: &Ui, text: &str, index: usize) {
        let Some(measure) = self.measure else { return };
        let Some(galley) = self.galley(ui, text, index, Color32::BLACK) else { return };
        let Some(block) = self.blocks.get_mut(index) else { return };
        let own = if block.range.is_empty() { 0.0 } else { galley.size().y };
        block.height = own + block.gap * measure.line();
        block.measured = true;
    }

    fn stack(&mut self) {
        let mut top = 0.0;
        for block in &mut self.blocks {
            block.top = top;
            top += block.height;
        }
    }

    /// The blocks that meet `top..bottom`, in points from the top of the text.
    pub fn visible(&self, top: f32, bottom: f32) -> Range<usize> {
        let first = self.blocks.partition_point(|block| block.top + block.height < top);
        let last = self.blocks.partition_point(|block| block.top <= bottom);
        first..last.max(first)
    }

    /// The laid-out text of a block; egui keeps it while it is asked for each frame.
    pub fn galley(&self, ui: &Ui, text: &str, index: usize, color: Color32) -> Option<Arc<Galley>> {
        let measure = self.measure?;
        let block = self.blocks.get(index)?;
        let piece = text.get(block.range.clone())?;
        let (font_id, line) = if block.heading {
            (theme::serif_strong(measure.heading()), (measure.heading() * 1.35).round())
        } else {
            (theme::serif(measure.size), measure.line())
        };
        let format = TextFormat { font_id, color, line_height: Some(line), ..TextFormat::default() };
        let mut job = LayoutJob::single_section(piece.to_owned(), format);
        job.wrap = TextWrapping { max_width: measure.width, ..TextWrapping::default() };
        job.break_on_newline = false;
        Some(ui.fonts_mut(|fonts| fonts.layout_job(job)))
    }

    /// Whether the heights down to byte `at` are measured, not estimated.
    pub fn is_measured_at(&self, at: TextSize) -> bool {
        self.blocks.get(self.block_at(at)).is_none_or(|block| block.measured)
    }

    /// The block that holds byte `at`.
    pub fn block_at(&self, at: TextSize) -> usize {
        let at = usize::from(at);
        self.blocks.partition_point(|block| block.range.start <= at).saturating_sub(1)
    }

    /// The byte nearest to a position, given from the top left of the text.
    pub fn byte_at(&self, ui: &Ui, text: &str, position: Vec2) -> TextSize {
        let Some(index) = self.block_below(position.y) else { return TextSize::default() };
        let Some(block) = self.blocks.get(index) else { return TextSize::default() };
        let Some(galley) = self.galley(ui, text, index, Color32::BLACK) else { return TextSize::default() };
        let cursor = galley.cursor_from_pos(vec2(position.x, position.y - block.top));
        let piece = text.get(block.range.clone()).unwrap_or_default();
        let offset = piece.char_indices().nth(cursor.index.0).map_or(piece.len(), |(byte, _)| byte);
        TextSize::try_from(block.range.start + offset).unwrap_or_default()
    }

    /// Whether the line nearest to a position, given from the top left of the text, has right-to-left script. Its letters
    /// are not laid out in their order, so that a position in it does not tell which word is meant.
    pub fn is_right_to_left(&self, ui: &Ui, text: &str, position: Vec2) -> bool {
        let Some(index) = self.block_below(position.y) else { return false };
        let top = self.blocks.get(index).map_or(0.0, |block| block.top);
        let galley = self.galley(ui, text, index, Color32::BLACK);
        galley.is_some_and(|galley| {
            let row = galley.rows.iter().find(|row| position.y - top < row.pos.y + row.size.y).or(galley.rows.last());
            row.is_some_and(|row| row.glyphs.iter().any(|glyph| is_right_to_left_letter(glyph.chr)))
        })
    }

    /// The block at a height, from the top of the text, or the last.
    fn block_below(&self, y: f32) -> Option<usize> {
        let last = self.blocks.len().checked_sub(1)?;
        Some(self.blocks.partition_point(|block| block.top + block.height <= y).min(last))
    }

    /// Where byte `at` stands, from the top left of the text: a rectangle without width, one line high.
    pub fn caret_rect(&self, ui: &Ui, text: &str, at: TextSize) -> Option<Rect> {
        let index = self.block_at(at);
        let block = self.blocks.get(index)?;
        let galley = self.galley(ui, text, index, Color32::BLACK)?;
        let offset = usize::from(at).clamp(block.range.start, block.range.end);
        let chars = text.get(block.range.start..offset)?.chars().count();
        let cursor = CCursor { index: chars.into(), prefer_next_row: true };
        Some(galley.pos_from_cursor(cursor).translate(vec2(0.0, block.top)))
    }

    /// The rectangles, one a line, of the part of `range` that lies in a block, from the top left of the text.
    pub fn rects(&self, text: &str, index: usize, galley: &Galley, range: TextRange) -> Vec<Rect> {
        let Some(block) = self.blocks.get(index) else { return Vec::new() };
        let whole = byte_range(block.range.start, block.range.end).unwrap_or_default();
        let Some(part) = whole.intersect(range).filter(|part| !part.is_empty()) else { return Vec::new() };
        let part = bytes(part);
        let chars = |to: usize| text.get(block.range.start..to).map_or(0, |s| s.chars().count());
        let (from, to) = (chars(part.start), chars(part.end));
        let mut rects = Vec::new();
        let mut row_start = 0;
        for row in &galley.rows {
            let count = row.char_count_excluding_newline().0;
            let (a, b) = (from.max(row_start), to.min(row_start + count));
            if a < b {
                let left = row.pos.x + row.x_offset((a - row_start).into());
                let right = row.pos.x + row.x_offset((b - row_start).into());
                let top = block.top + row.pos.y;
                let rect = Rect::from_min_max(pos2(left.min(right), top), pos2(left.max(right), top + row.size.y));
                rects.push(rect);
            }
            row_start += row.char_count_including_newline().0;
        }
        rects
    }
}

/// Moves a rectangle from text coordinates to the screen.
pub fn on_screen(rect: Rect, origin: Pos2) -> Rect {
    rect.translate(origin.to_vec2())
}

/// Cuts a text into blocks: one a line, long lines at spaces.
fn cut(text: &str) -> Vec<Block> {
    let wrapped = words::is_wrapped(text);
    let mut blocks: Vec<Block> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let shown = line.trim_end_matches(['\n', '\r']).len();
        let mut from = start;
        let end = start + shown;
        while end - from > MAX_BLOCK {
            let to = cut_point(text, from);
            blocks.push(Block { range: from..to, top: 0.0, height: 0.0, measured: false, gap: 0.0, heading: false });
            from = to;
        }
        let blank = text.get(from..end).is_none_or(|s| s.trim().is_empty());
        let after_blank = blocks.last().is_some_and(|block| block.range.is_empty());
        start += line.len();
        let before_blank = text.get(start..).is_some_and(|rest| rest.starts_with(['\n', '\r']));
        let gap = match blank {
            true if after_blank || blocks.is_empty() => 0.3,
            true => 0.7,
            false if wrapped || before_blank => 0.0,
            false => 0.6,
        };
        let range = if blank { from..from } else { from..end };
        blocks.push(Block { range, top: 0.0, height: 0.0, measured: false, gap, heading: false });
    }
    blocks
}

/// Where to cut a line that starts at `from` and is too long: behind its last space, else at any character.
fn cut_point(text: &str, from: usize) -> usize {
    let limit = text.floor_char_boundary(from + MAX_BLOCK);
    let piece = text.get(from..limit).unwrap_or_default();
    piece.rfind(' ').map_or(limit, |space| from + space + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_hold_all_but_line_ends_in_order() {
        let text = "One.\r\n\r\nTwo words\nthree\n\n\nfour";
        let blocks = cut(text);
        let pieces: Vec<&str> = blocks.iter().map(|block| &text[block.range.clone()]).collect();
        assert_eq!(pieces, ["One.", "", "Two words", "three", "", "", "four"]);
    }

    #[test]
    fn paragraphs_have_room_between_them_however_they_are_parted() {
        let long = "word ".repeat(40);
        let gaps = |text: &str| cut(text).iter().map(|block| block.gap).collect::<Vec<_>>();
        assert_eq!(gaps(&format!("Title\n\n{long}\n{long}\n")), [0.0, 0.7, 0.6, 0.6]);
        assert_eq!(gaps("cut at a\nwidth\n\nand so on\n"), [0.0, 0.0, 0.7, 0.0]);
    }

    #[test]
    fn a_long_paragraph_is_cut_at_spaces_and_loses_nothing() {
        let text = format!("{} {}", "word ".repeat(3000), "ü".repeat(5000));
        let blocks = cut(&text);
        assert!(blocks.iter().all(|block| block.range.len() <= MAX_BLOCK));
        let joined: String = blocks.iter().map(|block| &text[block.range.clone()]).collect();
        assert_eq!(joined, text);
    }
}
