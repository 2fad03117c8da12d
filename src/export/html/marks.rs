//! The text with its highlights: elements that nest where mentions do, and are cut where mentions overlap.

use std::fmt::Write as _;

use text_size::{TextRange, TextSize};

use super::{escaped, hue};
use crate::export::json::status;
use crate::export::view::{ArticleView, Marked, View};
use crate::text::{levels, words};

/// How many underlines stack below each other; deeper ones share the last place.
const LEVELS: usize = 4;

/// Writes the text of an article with its mentions as `<mark>` elements.
pub(super) fn write(view: &View<'_>, article: &ArticleView<'_>, page: &mut String) {
    let ranges: Vec<TextRange> = article.mentions.iter().map(|marked| marked.mention.range).collect();
    // A mention's line goes under those of the mentions inside it.
    let heights = levels(&ranges, LEVELS - 1);
    let mut begun = vec![false; article.mentions.len()];
    // The mentions around the place, the outermost first.
    let mut open: Vec<usize> = Vec::new();
    let mut next = 0;
    let mut at = TextSize::new(0);
    let end = TextSize::of(article.text);
    let wrapped = words::is_wrapped(article.text);
    loop {
        // Close what ends here, and whatever stands inside that.
        if let Some(depth) = open.iter().position(|index| ends(article, *index) <= at) {
            let inner: Vec<_> = open.drain(depth..).collect();
            page.push_str(&"</mark>".repeat(inner.len()));
            for index in inner.into_iter().filter(|index| ends(article, *index) > at) {
                start(view, article, index, &heights, &mut begun, page);
                open.push(index);
            }
        }
        while article.mentions.get(next).is_some_and(|marked| marked.mention.range.start() <= at) {
            start(view, article, next, &heights, &mut begun, page);
            open.push(next);
            next += 1;
        }
        let starts = article.mentions.get(next).map(|marked| marked.mention.range.start());
        let until = open.iter().map(|index| ends(article, *index)).chain(starts).min().unwrap_or(end);
        let piece = article.text.get(crate::text::bytes(TextRange::new(at, until.max(at))));
        let piece = escaped(piece.unwrap_or_default());
        // Where each line is a paragraph: some room between them, and the text unchanged.
        page.push_str(&if wrapped { piece } else { piece.replace('\n', "<span class=\"gap\">\n</span>") });
        if until == end && open.is_empty() {
            return;
        }
        at = until;
    }
}

fn ends(article: &ArticleView<'_>, index: usize) -> TextSize {
    article.mentions.get(index).map_or(TextSize::new(0), |marked| marked.mention.range.end())
}

fn start(
    view: &View<'_>,
    article: &ArticleView<'_>,
    index: usize,
    heights: &[usize],
    begun: &mut [bool],
    page: &mut String,
) {
    let (Some(marked), Some(begun)) = (article.mentions.get(index), begun.get_mut(index)) else { return };
    let mention = marked.mention;
    let hand = if mention.origin.is_hand() { " hand" } else { "" };
    let id = if *begun { String::new() } else { format!(" id=\"{}\"", mention.id) };
    *begun = true;
    let _ = write!(
        page,
        "<mark{id} class=\"k{} {}{hand} h{}\" title=\"{}\">",
        hue(view, &mention.kind),
        status(mention.status),
        heights.get(index).copied().unwrap_or(0),
        escaped(&label(view, marked))
    );
}

/// "Person: Xi Jinping", and whether it is a suggestion.
fn label(view: &View<'_>, marked: &Marked<'_>) -> String {
    let mention = marked.mention;
    let kind = view.project.tagset().name_of(&mention.kind);
    let open = if mention.status == crate::project::Status::Suggested { " (suggested)" } else { "" };
    format!("{kind}: {}{open}", view.project.target_name(mention))
}
