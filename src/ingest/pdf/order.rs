//! Characters into lines, and lines into the order in which they are read: columns one after the other.

/// How far apart the feet of two characters of one line may be, as a share of their size.
const SAME_LINE: f32 = 0.4;
/// A gap this wide is a space, this wide a new piece of the line; as shares of the size.
const SPACE: f32 = 0.17;
const PIECE: f32 = 1.3;
/// The share of pieces that may lie across the gap between columns: headlines and pictures' texts.
const ACROSS: f32 = 0.2;
/// The least pieces on either side of a gap between columns, unless their sentences go on from line to line; and the least
/// characters of one on average: cells of tables are shorter.
const LEAST_PIECES: usize = 3;
const LEAST_LENGTH: usize = 14;
/// How often a page is cut into an upper and a lower part in search of columns.
const MAX_CUTS: usize = 24;
/// How finely gaps between columns are looked for, in points.
const STEP: f32 = 2.0;

/// A character on a page, in points from its upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    pub(super) text: smol_str::SmolStr,
    /// Where it begins and ends on its line.
    pub(super) x: f32,
    pub(super) end: f32,
    /// Its line's height on the page.
    pub(super) y: f32,
    pub(super) size: f32,
}

/// A line of a column, with its place on the page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub text: String,
    pub x: f32,
    pub end: f32,
    /// Its foot, from the page's upper edge.
    pub y: f32,
    pub size: f32,
    /// Which run of lines below each other it belongs to.
    pub column: usize,
}

/// The lines of a page of this width.
pub(super) fn lines(marks: Vec<Mark>, width: f32) -> Vec<Line> {
    let pieces = pieces(marks);
    let mut found = Found { lines: Vec::new(), column: 0 };
    read(pieces, width.max(1.0), MAX_CUTS, &mut found);
    found.lines
}

/// Characters that stand on one line without a wide gap, as words.
fn pieces(mut marks: Vec<Mark>) -> Vec<Line> {
    marks.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut pieces = Vec::new();
    let mut row: Vec<Mark> = Vec::new();
    let mut row_y = 0.0_f32;
    for mark in marks {
        // Against the row's first: against its last, a slope would join all.
        if row.first().is_some_and(|first| mark.y - row_y > SAME_LINE * first.size.min(mark.size)) {
            split_row(std::mem::take(&mut row), &mut pieces);
        }
        if row.is_empty() {
            row_y = mark.y;
        }
        row.push(mark);
    }
    split_row(row, &mut pieces);
    pieces
}

fn split_row(mut row: Vec<Mark>, pieces: &mut Vec<Line>) {
    row.sort_by(|one, other| one.x.total_cmp(&other.x));
    let mut piece: Vec<Mark> = Vec::new();
    for mark in row {
        if let Some(last) = piece.last() {
            // Bold letters are sometimes drawn twice.
            if last.text == mark.text && (mark.x - last.x).abs() < 0.1 * mark.size && !mark.text.trim().is_empty() {
                continue;
            }
            if mark.x - last.end > PIECE * last.size.max(mark.size) {
                pieces.extend(joined(std::mem::take(&mut piece)));
            }
        }
        // Spaces far from words are nothing to see.
        if !(piece.is_empty() && mark.text.trim().is_empty()) {
            piece.push(mark);
        }
    }
    pieces.extend(joined(piece));
}

/// The words of a piece.
fn joined(mut marks: Vec<Mark>) -> Option<Line> {
    while marks.last().is_some_and(|mark| mark.text.trim().is_empty()) {
        marks.pop();
    }
    let (first, last) = (marks.first()?, marks.last()?);
    let (x, y) = (first.x, first.y);
    let end = marks.iter().map(|mark| mark.end).fold(last.end, f32::max);
    let mut sizes: Vec<f32> = marks.iter().map(|mark| mark.size).collect();
    sizes.sort_by(f32::total_cmp);
    let size = sizes.get(sizes.len() / 2).copied()?;
    let mut words: Vec<(f32, f32, &str)> = marks.iter().map(|mark| (mark.x, mark.end, mark.text.as_str())).collect();
    let backwards = reads_backwards(&marks);
    if backwards {
        turn(&mut words);
    }
    let mut text = String::new();
    let mut before: Option<(f32, f32)> = None;
    for (x, end, letters) in words {
        let gap = before.map_or(0.0, |(start, stop)| (x - stop).max(start - end));
        if gap > SPACE * size && !text.ends_with(' ') && !letters.starts_with(' ') {
            text.push(' ');
        }
        if !(letters == " " && text.ends_with(' ')) {
            text.push_str(letters);
        }
        before = Some((x, end));
    }
    Some(Line { text: text.trim().to_owned(), x, end, y, size, column: 0 }).filter(|line| !line.text.is_empty())
}

fn is_backwards(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Whether most letters of a piece are Hebrew, Arabic or the like.
fn reads_backwards(marks: &[Mark]) -> bool {
    let letters = marks.iter().flat_map(|mark| mark.text.chars()).filter(|c| c.is_alphabetic());
    let (backwards, all) = letters.fold((0, 0), |(count, all), c| (count + usize::from(is_backwards(c)), all + 1));
    backwards * 2 > all
}

/// From the right to the left, but for numbers and Latin words.
fn turn(words: &mut [(f32, f32, &str)]) {
    words.reverse();
    let forwards = |letters: &str| letters.chars().any(|c| c.is_alphanumeric() && !is_backwards(c));
    for run in words.chunk_by_mut(|one, other| forwards(one.2) == forwards(other.2)) {
        if run.first().is_some_and(|word| forwards(word.2)) {
            run.reverse();
        }
    }
}

/// What was read so far.
struct Found {
    lines: Vec<Line>,
    column: usize,
}

impl Found {
    /// Pieces of one column: those of one height are one line.
    fn column(&mut self, pieces: Vec<Line>) {
        let column = self.column;
        self.column += 1;
        for piece in pieces {
            match self
                .lines
                .last_mut()
                .filter(|line| line.column == column && (line.y - piece.y).abs() < SAME_LINE * piece.size)
            {
                Some(line) => {
                    line.text.push(if piece.x - line.end > 3.0 * piece.size { '\t' } else { ' ' });
                    line.text.push_str(&piece.text);
                    line.end = line.end.max(piece.end);
                }
                None => self.lines.push(Line { column, ..piece }),
            }
        }
    }
}

/// Reads a part of a page: column by column where it has some; else its upper part before its lower one.
fn read(pieces: Vec<Line>, width: f32, cuts: usize, found: &mut Found) {
    if pieces.is_empty() {
        return;
    }
    let gaps = gaps(&pieces, width);
    if !gaps.is_empty() {
        return columns(pieces, &gaps, found);
    }
    match widest_cut(&pieces).filter(|_| cuts > 0 && pieces.len() >= LEAST_PIECES) {
        Some(cut) => {
            let (upper, lower): (Vec<_>, Vec<_>) = pieces.into_iter().partition(|piece| piece.y < cut);
            // Where neither has columns they are one run of lines.
            if has_columns(&upper, width, cuts - 1) || has_columns(&lower, width, cuts - 1) {
                read(upper, width, cuts - 1, found);
                read(lower, width, cuts - 1, found);
            } else {
                found.column(upper.into_iter().chain(lower).collect());
            }
        }
        None => found.column(pieces),
    }
}

fn has_columns(pieces: &[Line], width: f32, cuts: usize) -> bool {
    if !gaps(pieces, width).is_empty() {
        return true;
    }
    let Some(cut) = widest_cut(pieces).filter(|_| cuts > 0 && pieces.len() >= LEAST_PIECES) else { return false };
    let (upper, lower): (Vec<_>, Vec<_>) = pieces.iter().cloned().partition(|piece| piece.y < cut);
    has_columns(&upper, width, cuts - 1) || has_columns(&lower, width, cuts - 1)
}

/// The middle of the widest gap between one line and the next, if any is wider than lines are apart.
fn widest_cut(pieces: &[Line]) -> Option<f32> {
    let gap = |pair: &[Line]| match pair {
        [one, other] => (other.y - other.size - one.y, other.y - other.size * 0.8),
        _ => (0.0, 0.0),
    };
    let gaps = pieces.windows(2).map(gap).filter(|(gap, _)| *gap > 1.0);
    gaps.max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, at)| at)
}

/// Where columns part: heights of the page that few pieces lie across and enough pieces lie beside.
fn gaps(pieces: &[Line], width: f32) -> Vec<f32> {
    let steps = ((width / STEP) as usize).min(5000);
    if pieces.len() < LEAST_PIECES || steps == 0 {
        return Vec::new();
    }
    let mut across = vec![0_usize; steps + 1];
    for piece in pieces {
        let from = (piece.x / STEP).max(0.0) as usize;
        let to = (piece.end / STEP).max(0.0).ceil() as usize;
        across.iter_mut().take(to.min(steps)).skip(from).for_each(|count| *count += 1);
    }
    let most = (pieces.len() as f32 * ACROSS) as usize;
    let mut gaps = Vec::new();
    let mut run: Option<(usize, usize)> = None;
    for (at, count) in across.iter().enumerate() {
        if *count <= most {
            // Of a run the emptiest step counts.
            run = Some(run.filter(|(_, least)| least <= count).unwrap_or((at, *count)));
        } else if let Some((at, _)) = run.take() {
            gaps.push((at as f32 + 0.5) * STEP);
        }
    }
    gaps.retain(|gap| parts(pieces, *gap));
    gaps
}

/// Whether a gap parts two columns of running text.
fn parts(pieces: &[Line], gap: f32) -> bool {
    let left: Vec<&Line> = pieces.iter().filter(|piece| piece.end <= gap).collect();
    let right: Vec<&Line> = pieces.iter().filter(|piece| piece.x >= gap).collect();
    let is_long = |side: &[&Line]| {
        let length: usize = side.iter().map(|piece| piece.text.chars().count()).sum();
        !side.is_empty() && length >= side.len() * LEAST_LENGTH
    };
    // Names of fields with their values beside them.
    let labels = left.iter().filter(|piece| piece.text.ends_with(':')).count() * 2 > left.len();
    // Both sides must stand beside each other, not above.
    let span = |side: &[&Line]| Some((side.first().map(|first| first.y - first.size)?, side.last()?.y));
    let beside = span(&left).zip(span(&right)).is_some_and(|((top, bottom), (other_top, other_bottom))| {
        let shared = bottom.min(other_bottom) - top.max(other_top);
        shared > 0.3 * (bottom - top).min(other_bottom - other_top)
    });
    let many = left.len() >= LEAST_PIECES && right.len() >= LEAST_PIECES;
    beside && !labels && is_long(&left) && is_long(&right) && (many || run_on(&left, &right))
}

/// Whether the few lines of two sides are running text and no cells: their sentences go on from line to line.
fn run_on(left: &[&Line], right: &[&Line]) -> bool {
    let begins_small = |line: &Line| line.text.starts_with(char::is_lowercase);
    let ends = |line: &Line| line.text.ends_with(['.', '!', '?', ':', '”', '"', '»', '。']);
    let goes_on =
        |side: &[&Line]| side.windows(2).any(|pair| matches!(pair, [one, other] if !ends(one) && begins_small(other)));
    // A single line may be the rest of the other side's sentence.
    let is_rest = |side: &[&Line]| matches!(side, [line] if begins_small(line));
    // The right side may go on where the left one ends.
    let over = left.last().is_some_and(|line| !ends(line)) && right.first().is_some_and(|line| begins_small(line));
    goes_on(left) && (goes_on(right) || is_rest(right)) || over && (goes_on(left) || goes_on(right))
}

/// Reads columns; a piece across a gap ends those above it.
fn columns(pieces: Vec<Line>, gaps: &[f32], found: &mut Found) {
    let mut open: Vec<Vec<Line>> = vec![Vec::new(); gaps.len() + 1];
    let mut across: Vec<Line> = Vec::new();
    for piece in pieces {
        if gaps.iter().any(|gap| piece.x < *gap && piece.end > *gap) {
            for column in open.iter_mut().filter(|column| !column.is_empty()) {
                found.column(std::mem::take(column));
            }
            across.push(piece);
            continue;
        }
        if !across.is_empty() {
            found.column(std::mem::take(&mut across));
        }
        let at = gaps.iter().filter(|gap| piece.x >= **gap).count();
        if let Some(column) = open.get_mut(at) {
            column.push(piece);
        }
    }
    found.column(across);
    open.into_iter().filter(|column| !column.is_empty()).for_each(|column| found.column(column));
}
