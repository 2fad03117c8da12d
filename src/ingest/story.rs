//! The story of a web page: the prose that stands under the page's own headline, without what is of others.

use jiff::civil::Date;

use super::clutter::{Clutter, STORY, plain};
use super::dom::{Dom, NodeId};
use super::facts::{Facts, PROSE};
use super::left_out::LeftOut;
use super::posted::{Posted, is_day, is_signature, posted};
use super::{dateline, render};
use crate::text::language::language;

/// The most words of a headline, and of a byline.
const HEADLINE: usize = 40;
const BYLINE: usize = 16;
/// How many words behind another headline its byline may stand.
const NEAR: usize = 12;

/// A page's story, who wrote it as a byline says, and when it was posted as a line over or under it says.
#[derive(Default)]
pub(super) struct Story {
    pub text: String,
    pub byline: Option<String>,
    pub day: Option<Date>,
}

/// The story under the page's headline; none where no headline stands over prose. What else the page holds is told.
pub(super) fn find(dom: &Dom, title: &str, author: Option<&str>, left_out: &mut LeftOut) -> Option<Story> {
    let facts = Facts::of(dom);
    let headline = headline(dom, &facts, title)?;
    let mut page = Clutter::new(dom, facts, Some(headline));
    page.mark();
    let over = byline(&page, true);
    other_stories(&mut page, author.or(over.as_deref()));
    let byline = over.or_else(|| byline(&page, false));
    let root = root(&page, headline)?;
    // What stands over the headline leads to it: the section, the picture.
    let place = page.facts.order.get(headline).copied()?;
    for id in page.shown() {
        let before = page.facts.order.get(id).is_some_and(|order| *order < place);
        if before && page.holds(root, id) && !page.holds_headline(id) {
            page.mark_out(id);
        }
    }
    closing(&mut page, root, author.or(byline.as_deref()));
    let posted = lines_of_posting(&mut page, root, headline);
    let byline = byline.or_else(|| posted.iter().find_map(|posted| name(posted.author.as_deref()?)));
    let day = posted.iter().find_map(|posted| posted.day);
    let text = render::text_without(dom, root, &page.facts.left_out);
    if !text.is_empty() {
        render::tell(dom, root, &|id| page.facts.why.get(id).copied().flatten(), left_out);
    }
    Some(Story { text, byline, day })
}

/// The text of what was found to be a story without the clutter inside it.
pub(super) fn without_clutter(dom: &Dom) -> String {
    let mut page = Clutter::new(dom, Facts::of(dom), None);
    page.mark();
    render::text_without(dom, 0, &page.facts.left_out)
}

/// A name out of a byline: "By Petra Solberg", a line end, and whatever stands behind it. None where that is no name.
pub(super) fn name(byline: &str) -> Option<String> {
    let line = byline.lines().map(str::trim).find(|line| !line.is_empty() && plain(line) != "by")?;
    let mut line = line.split(['|', '•', '·', '\t']).next()?.trim();
    for lead in ["posted by", "submitted by", "written by", "story by", "by", "from", "interview"] {
        let rest = line.get(..lead.len()).filter(|start| start.eq_ignore_ascii_case(lead)).and(line.get(lead.len()..));
        if let Some(rest) = rest.filter(|rest| rest.starts_with([' ', ':'])) {
            line = rest.trim_start_matches([' ', ':']);
            break;
        }
    }
    let line = line.split(" on ").next()?.split(" at ").next()?.trim().trim_end_matches([',', '.', ';']);
    let words: Vec<&str> = line.split_whitespace().collect();
    let named = words.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    let fits = (2..=BYLINE).contains(&words.len()) && named >= 2 && named * 2 >= words.len();
    (fits && !line.contains(|c: char| c.is_ascii_digit() || matches!(c, '?' | '!' | ':' | '"' | '“')))
        .then(|| line.to_owned())
}

/// The heading with the page's title, the first of the highest rank that has words behind it; else what says just that.
fn headline(dom: &Dom, facts: &Facts, title: &str) -> Option<NodeId> {
    // The site's name may stand before or behind it.
    let parts: Vec<String> = title.split(['|', '–', '—', '·']).flat_map(|part| part.split(" - ")).map(plain).collect();
    let title = plain(title);
    if title.is_empty() {
        return None;
    }
    let shown = facts.shown(dom);
    let says = |id: NodeId| {
        let words = facts.words.get(id).copied().unwrap_or_default();
        if words == 0 || words > HEADLINE {
            return false;
        }
        let text = plain(&render::text(dom, id));
        text == title || parts.contains(&text) || (words >= 3 && (title.contains(&text) || text.contains(&title)))
    };
    for rank in ["h1", "h2", "h3"] {
        if let Some(id) = shown.iter().copied().find(|id| dom.name(*id) == Some(rank) && says(*id)) {
            return Some(id);
        }
    }
    let exactly = |id: &NodeId| {
        matches!(dom.name(*id), Some("h4" | "h5" | "b" | "strong" | "font" | "p" | "div" | "span"))
            && facts.words.get(*id).is_some_and(|words| (1..=HEADLINE).contains(words))
            && plain(&render::text(dom, *id)) == title
    };
    shown.into_iter().find(exactly)
}

/// Who wrote the story, as a byline says: the first on the page, or the first over the prose.
fn byline(page: &Clutter, over_prose: bool) -> Option<String> {
    let words = &language().pages;
    let mut plainly = None;
    let first = page.prose().first().and_then(|(id, _)| page.facts.order.get(*id)).copied();
    for id in page.shown() {
        let count = page.facts.words.get(id).copied().unwrap_or_default();
        if page.dom.name(id).is_none() || count == 0 || count > BYLINE || page.holds_headline(id) {
            continue;
        }
        if over_prose && page.facts.order.get(id).copied() >= first {
            break;
        }
        let said = page.dom.attribute(id, "class").unwrap_or_default();
        let named =
            said.split(|c: char| !c.is_alphabetic()).any(|word| words.byline_names.contains(&word.to_lowercase()));
        let text = page.short(id, BYLINE);
        if named && let Some(name) = name(&text) {
            return Some(name);
        }
        if plainly.is_none() && page.behind_headline(id) && is_byline(&text) {
            plainly = name(&text);
        }
    }
    plainly
}

fn is_byline(text: &str) -> bool {
    let start = text.get(..3).unwrap_or_default();
    start.eq_ignore_ascii_case("by ") && text.split_whitespace().count() <= BYLINE && name(text).is_some()
}

/// Leaves out stories that have a headline of their own.
fn other_stories(page: &mut Clutter, author: Option<&str>) {
    let Some(headline) = page.headline else { return };
    let title = plain(&page.short(headline, HEADLINE));
    let own =
        std::iter::successors(Some(headline), |id| page.parent(*id)).find(|id| page.dom.name(*id) == Some("article"));
    let shown = page.shown();
    for (at, id) in shown.iter().copied().enumerate() {
        let tag = page.dom.name(id).unwrap_or_default();
        if page.holds_headline(id) || page.facts.left_out.get(id) == Some(&true) {
            continue;
        }
        if tag == "article" && own.is_some_and(|own| !page.holds(own, id)) {
            page.leave_out(id);
            continue;
        }
        if !matches!(tag, "h1" | "h2" | "h3")
            || plain(&page.short(id, HEADLINE)) == title
            || page.short(id, HEADLINE).is_empty()
        {
            continue;
        }
        // From here on up to where both headlines are.
        let mut branch = id;
        while let Some(parent) = page.parent(branch).filter(|parent| !page.holds_headline(*parent)) {
            branch = parent;
        }
        let Some(common) = page.parent(branch) else { continue };
        let beside = page.children(common).iter().copied().find(|child| page.holds_headline(*child));
        let kind =
            |id: NodeId| page.dom.attribute(id, "class").map(|class| (page.dom.name(id).unwrap_or_default(), class));
        let prose = |id: NodeId| page.facts.prose.get(id).copied().unwrap_or_default() >= PROSE;
        let twin =
            beside.is_some_and(|beside| beside != headline && kind(beside).is_some() && kind(beside) == kind(branch));
        let signed = signed(page, common, shown.get(at + 1..).unwrap_or_default())
            .is_some_and(|name| author.is_none_or(|author| !author.contains(&name)));
        if !(twin || signed) {
            continue;
        }
        if branch != id && prose(branch) {
            page.leave_out(branch);
        } else if page.behind_headline(id) && signed {
            page.leave_out(branch);
            for child in page.behind(branch) {
                page.leave_out(*child);
            }
        }
    }
}

/// The name in a byline among the nodes right behind a heading.
fn signed(page: &Clutter, common: NodeId, behind: &[NodeId]) -> Option<String> {
    let mut passed = 0;
    for id in behind.iter().copied().take(NEAR * 4) {
        let words = page.facts.words.get(id).copied().unwrap_or_default();
        if words == 0 || page.dom.name(id).is_none() || !page.holds(common, id) {
            continue;
        }
        if is_byline(&page.short(id, BYLINE)) {
            return name(&page.short(id, BYLINE));
        }
        if page.facts.holds_blocks.get(id) == Some(&false) {
            passed += words;
        }
        if passed > NEAR {
            break;
        }
    }
    None
}

/// The smallest element around the headline with most of the prose behind it.
fn root(page: &Clutter, headline: NodeId) -> Option<NodeId> {
    let blocks = page.prose();
    let all: usize = blocks.iter().map(|(_, words)| words).sum();
    if all < STORY {
        return None;
    }
    let mut inside = vec![0; page.dom.nodes.len()];
    for (id, words) in blocks {
        for around in std::iter::successors(Some(id), |id| page.parent(*id)) {
            if let Some(sum) = inside.get_mut(around) {
                *sum += words;
            }
        }
    }
    let mut around = std::iter::successors(Some(headline), |id| page.parent(*id));
    around.find(|root| inside.get(*root).is_some_and(|inside| inside * 5 >= all * 3))
}

/// Leaves out what closes the page behind the last paragraph: tags, rights, a byline, who the author is.
fn closing(page: &mut Clutter, root: NodeId, author: Option<&str>) {
    let blocks = page.prose();
    let Some((last, _)) = blocks.iter().rfind(|(id, _)| page.holds(root, *id)).copied() else { return };
    let about = |text: &str| {
        author.is_some_and(|author| text.strip_prefix(author).is_some_and(|rest| rest.starts_with([' ', ','])))
    };
    let place = page.facts.order.get(last).copied().unwrap_or_default();
    for id in page.shown() {
        let behind = page.facts.order.get(id).is_some_and(|order| *order > place) && !page.holds(last, id);
        let words = page.facts.words.get(id).copied().unwrap_or_default();
        let block = page.dom.name(id).is_some() && page.facts.holds_blocks.get(id) == Some(&false);
        if !behind || words == 0 || !block || !page.holds(root, id) {
            continue;
        }
        let text = page.short(id, HEADLINE);
        let label = text.split([':', '\n']).next().map(plain).unwrap_or_default();
        let linked = page.facts.linked.get(id).copied().unwrap_or_default();
        let leads = &language().pages.closing_leads;
        let first = label.split(' ').next().unwrap_or_default();
        if linked * 2 >= words
            || leads.contains(&label)
            || leads.contains(first)
            || about(&text)
            || is_byline(&text)
            || is_signature(&text)
        {
            page.mark_out(id);
        }
    }
    let last_text = page.short(last, HEADLINE);
    if blocks.len() > 1 && about(&last_text) && !last_text.contains(['"', '“']) && only_italics(page, last) {
        page.mark_out(last);
    }
}

/// Leaves out the lines between headline and prose, and those behind the prose, that tell who posted the story and when.
fn lines_of_posting(page: &mut Clutter, root: NodeId, headline: NodeId) -> Vec<Posted> {
    let place = |page: &Clutter, id: NodeId| page.facts.order.get(id).copied().unwrap_or_default();
    let is_story = |id: &NodeId| page.holds(root, *id) && posted(&page.short(*id, HEADLINE)).is_none();
    let prose: Vec<NodeId> = page.prose().into_iter().map(|(id, _)| id).filter(is_story).collect();
    let (Some(first), Some(last)) = (prose.first().copied(), prose.last().copied()) else { return Vec::new() };
    let around = place(page, headline)..place(page, first);
    let mut found = Vec::new();
    for id in page.shown() {
        let at = place(page, id);
        let outside = around.contains(&at) || at > place(page, last) && !page.holds(last, id);
        let block = page.dom.name(id).is_some() && page.facts.holds_blocks.get(id) == Some(&false);
        if !outside || !block || page.holds(id, headline) || !page.holds(root, id) {
            continue;
        }
        let text = page.short(id, HEADLINE);
        match posted(&text) {
            Some(posted) => found.push(posted),
            None if at < place(page, last) && (is_byline(&text) || is_day(&text)) => {
                let author = is_byline(&text).then(|| name(&text)).flatten();
                found.push(Posted { author, day: dateline::of_field(&text) });
            }
            None => continue,
        }
        page.mark_out(id);
    }
    found
}

/// Whether a block is set in italics as a whole, as what is said of the author is.
fn only_italics(page: &Clutter, id: NodeId) -> bool {
    let words = |id: NodeId| page.facts.words.get(id).copied().unwrap_or_default();
    page.children(id)
        .iter()
        .any(|child| matches!(page.dom.name(*child), Some("em" | "i")) && words(*child) == words(id))
}
