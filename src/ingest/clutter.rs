//! What on a web page is of others: comments, links to other stories, captions and credits, notices of the house.
//!
//! Told by the names of elements, by headings, by labels and by what elements of one kind have in common. The headline,
//! and whatever holds it, is never of others.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::dom::{Content, Dom, NodeId, Step};
use super::facts::{Facts, PROSE, add, at, is_block, is_link, set};
use super::render;
use crate::text::language::{WordList, language};

/// The fewest words of prose that are a story.
pub(super) const STORY: usize = 20;
/// The most words of a label, a heading over others' text or a byline.
const LABEL: usize = 8;
/// The most words of a link to another story with its label.
const TEASER: usize = 40;
/// The most words of a teaser with its summary.
const CARD: usize = 160;
/// The most words of a caption with its credit.
const CAPTION: usize = 80;
/// The most nodes of an element that is a picture with its caption.
const PICTURE: usize = 200;
/// The most words of one comment.
const COMMENT: usize = 600;
/// The most words of one notice.
const NOTICE: usize = 60;
/// The most words of a notice among the paragraphs of a story: a longer one may quote it.
const BRIEF_NOTICE: usize = 25;

static CREDIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let sellers = language().pages.picture_sellers.iter().map(regex::escape).collect::<Vec<_>>().join("|");
    Regex::new(&format!(
        r"(?i)(?:\((?:photo|photograph|picture|image|credit|foto)(?:graphy)?s?\b[^()]{{2,80}}\)|\b(?:photo|photograph|photography|picture|image|credit|foto)s?(?: credits?)?(?: by)?:\s[^.:]{{2,60}}|\p{{L}}[\p{{L}}.’'-]+ \p{{L}}[\p{{L}}.’'-]+ ?/ ?(?:{sellers})\b[^.]{{0,40}})\.?$"
    ))
    .ok()
});

/// A line that stands over or under what a reader wrote.
static OF_READER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?xi) ^(?:reply|report|report\ abuse|upvote|flag)$ | ^(?:\S+\s){0,4}(?:says|said|wrote|writes)(?:\.\.\.|…|:|\s(?:on|at)\s[^.]*\d[^.]*:)$
        | ^posted:?\s.*\d | ^(?:joined|posts|member\ since):?\s\d | ^posts:\ \d
        | ^.{0,60}\b\d+\s(?:second|minute|hour|day|week|month|year)s?\ ago$",
    )
    .ok()
});

/// The words of a label in small letters, without figures and marks around them.
pub(super) fn plain(text: &str) -> String {
    let words = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphabetic() && c != '©'));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").to_lowercase().replace('’', "'")
}

fn begins_with(text: &str, leads: &WordList) -> bool {
    leads.iter().any(|lead| text.strip_prefix(lead).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// Marks what is of others.
pub(super) struct Clutter<'a> {
    pub dom: &'a Dom,
    pub facts: Facts,
    pub headline: Option<NodeId>,
    /// The words of prose behind the headline that are not left out, and those that are, of each node.
    left: usize,
    gone: Vec<usize>,
    /// What is being left out.
    what: &'static str,
}

const AROUND: &str = "parts of the page around the article";
const COMMENTS: &str = "comments of readers";
const CAPTIONS: &str = "captions and credits of pictures";

impl<'a> Clutter<'a> {
    pub(super) fn new(dom: &'a Dom, facts: Facts, headline: Option<NodeId>) -> Self {
        let mut page = Self { dom, facts, headline, left: 0, gone: vec![0; dom.nodes.len()], what: AROUND };
        page.left = page.prose().into_iter().map(|(_, words)| words).sum();
        page
    }

    /// The blocks that read as prose, behind the headline and not left out, each with its words.
    pub(super) fn prose(&self) -> Vec<(NodeId, usize)> {
        let of = |id: NodeId| at(&self.facts.prose, id);
        let own = |id: NodeId| of(id).saturating_sub(self.children(id).iter().map(|child| of(*child)).sum());
        let blocks = self.shown().into_iter().map(|id| (id, own(id)));
        blocks.filter(|(id, words)| *words > 0 && (self.behind_headline(*id) || self.holds_headline(*id))).collect()
    }

    /// The siblings behind a node.
    pub(super) fn behind(&self, id: NodeId) -> &'a [NodeId] {
        let siblings =
            self.parent(id).and_then(|parent| self.dom.nodes.get(parent)).map(|parent| parent.children.as_slice());
        siblings.and_then(|siblings| siblings.get(at(&self.facts.place, id) + 1..)).unwrap_or_default()
    }

    /// Marks all of it.
    pub(super) fn mark(&mut self) {
        self.by_name();
        self.by_heading();
        self.what = COMMENTS;
        self.by_readers();
        self.what = CAPTIONS;
        self.pictures();
        self.what = "notices of the site";
        self.notices();
        self.what = "links to other articles";
        self.teasers();
        self.cards();
        self.what = AROUND;
    }

    /// The nodes that are shown and not left out, in the page's order.
    pub(super) fn shown(&self) -> Vec<NodeId> {
        self.facts.shown(self.dom)
    }

    pub(super) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.dom.nodes.get(id)?.parent
    }

    pub(super) fn children(&self, id: NodeId) -> &[NodeId] {
        self.dom.nodes.get(id).map(|node| node.children.as_slice()).unwrap_or_default()
    }

    pub(super) fn holds(&self, outer: NodeId, inner: NodeId) -> bool {
        std::iter::successors(Some(inner), |id| self.parent(*id)).any(|id| id == outer)
    }

    pub(super) fn holds_headline(&self, id: NodeId) -> bool {
        self.headline.is_some_and(|headline| self.holds(id, headline))
    }

    pub(super) fn behind_headline(&self, id: NodeId) -> bool {
        self.headline.is_none_or(|headline| at(&self.facts.order, id) > at(&self.facts.order, headline))
    }

    /// Leaves an element out, unless it holds the headline or would leave no story.
    pub(super) fn leave_out(&mut self, id: NodeId) -> bool {
        if self.holds_headline(id) || matches!(self.dom.name(id), Some("html" | "body")) {
            return false;
        }
        let prose = at(&self.facts.prose, id).saturating_sub(at(&self.gone, id));
        if self.behind_headline(id) && prose > 0 {
            if self.left < STORY + prose {
                return false;
            }
            self.left -= prose;
            let around: Vec<NodeId> = std::iter::successors(Some(id), |id| self.parent(*id)).collect();
            for id in around {
                add(&mut self.gone, id, prose);
            }
        }
        self.mark_out(id);
        true
    }

    /// Leaves an element out in any case.
    pub(super) fn mark_out(&mut self, id: NodeId) {
        set(&mut self.facts.left_out, id, true);
        set(&mut self.facts.why, id, Some(self.what));
    }

    fn words(&self, id: NodeId) -> usize {
        at(&self.facts.words, id)
    }

    fn is_left_out(&self, id: NodeId) -> bool {
        std::iter::successors(Some(id), |id| self.parent(*id)).any(|id| at(&self.facts.left_out, id))
    }

    /// The text of a small element; empty for a large one.
    pub(super) fn short(&self, id: NodeId, most: usize) -> String {
        if self.words(id) > most {
            return String::new();
        }
        render::text_without(self.dom, id, &self.facts.left_out)
    }

    /// The words that name an element: of its class, id, label and role.
    fn names(&self, id: NodeId) -> Vec<String> {
        let mut names = Vec::new();
        for key in ["class", "id", "aria-label", "role", "itemprop", "data-component"] {
            let mut word = String::new();
            for c in self.dom.attribute(id, key).unwrap_or_default().chars() {
                // "CommentBox" is two words, "relatedposts" one.
                let ends = !c.is_alphanumeric() || (c.is_uppercase() && word.ends_with(char::is_lowercase));
                if ends && !word.is_empty() {
                    names.push(std::mem::take(&mut word).to_lowercase());
                }
                if c.is_alphanumeric() {
                    word.push(c);
                }
            }
            if !word.is_empty() {
                names.push(word.to_lowercase());
            }
        }
        names
    }

    fn is_named(&self, id: NodeId, list: &WordList) -> bool {
        self.names(id).iter().any(|name| list.contains(name))
    }

    fn by_name(&mut self) {
        let words = &language().pages;
        let all = self.left;
        for id in self.shown() {
            let Some(tag) = self.dom.name(id) else { continue };
            if self.words(id) == 0 || self.is_left_out(id) || self.holds_headline(id) {
                continue;
            }
            let names = self.names(id);
            let has = |list: &WordList| names.iter().any(|name| list.contains(name));
            let prose = at(&self.facts.prose, id);
            let kept = has(&words.kept_names);
            if has(&words.comment_names) && !kept && self.behind_headline(id) {
                self.what = COMMENTS;
                self.leave_out(id);
            } else if has(&words.caption_names) && tag != "caption" || tag == "figcaption" {
                self.what = CAPTIONS;
                if self.words(id) <= CAPTION * 2 {
                    self.leave_out(id);
                }
            } else {
                let role = self.dom.attribute(id, "role");
                let clutter = has(&words.clutter_names) && !kept && prose * 2 <= all
                    || matches!(role, Some("complementary" | "navigation" | "contentinfo" | "dialog"))
                    || tag == "footer"
                    || tag == "aside" && !kept && !self.has_inside(id, "blockquote");
                if clutter {
                    self.what = AROUND;
                    self.leave_out(id);
                }
            }
        }
    }

    fn has_inside(&self, id: NodeId, name: &str) -> bool {
        let mut has = false;
        self.dom.walk(id, |step| {
            if let Step::Enter(id) = step {
                has = has || self.dom.name(id) == Some(name);
            }
            !has
        });
        has
    }

    /// Whether all words of an element stand inside these.
    fn all_inside(&self, id: NodeId, names: &[&str]) -> bool {
        let mut inside = 0;
        self.dom.walk(id, |step| {
            let Step::Enter(below) = step else { return true };
            if self.dom.name(below).is_some_and(|name| names.contains(&name)) {
                inside += self.words(below);
                return false;
            }
            true
        });
        inside == self.words(id)
    }

    /// What stands under a heading of its own: "Comments", "Related", "Most read".
    fn by_heading(&mut self) {
        let words = &language().pages;
        for id in self.shown() {
            let name = self.dom.name(id).unwrap_or_default();
            let looks = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "b" | "strong" | "summary" | "dt");
            let leaf = matches!(name, "div" | "p" | "span" | "font" | "td") && !at(&self.facts.holds_blocks, id);
            let count = self.words(id);
            if !(looks || leaf) || count == 0 || count > LABEL || self.is_left_out(id) || !self.behind_headline(id) {
                continue;
            }
            let text = plain(&self.short(id, LABEL));
            let of_readers = words.comment_heads.contains(&text);
            let clutter = words.clutter_heads.contains(&text) || (looks && begins_with(&text, &words.clutter_leads));
            if (of_readers || clutter) && !self.holds_headline(id) {
                self.what = if of_readers { COMMENTS } else { "links to other articles" };
                self.under(id, of_readers);
            }
        }
    }

    /// Leaves out a heading with what stands under it.
    fn under(&mut self, heading: NodeId, of_readers: bool) {
        let mut top = heading;
        // Where it opens an element, that is all under it.
        while let Some(parent) = self.parent(top).filter(|parent| !self.holds_headline(*parent)) {
            let opens = self.children(parent).iter().find(|child| self.words(**child) > 0) == Some(&top);
            if !opens || matches!(self.dom.name(parent), None | Some("body" | "html")) {
                break;
            }
            top = parent;
            if self.words(top) > self.words(heading) {
                self.leave_out(top);
                return;
            }
        }
        self.leave_out(top);
        for id in self.behind(top).iter().copied() {
            // The story may go on behind a box, comments end it.
            let resumes = at(&self.facts.prose, id) >= PROSE && at(&self.facts.linked, id) == 0
                || self.dom.name(id).is_some_and(|name| name.len() == 2 && name.starts_with('h') && name != "hr");
            if resumes && !of_readers {
                break;
            }
            self.leave_out(id);
        }
    }

    /// What two or more elements of one kind hold that look like comments, under whatever name.
    fn by_readers(&mut self) {
        for parent in self.shown() {
            if self.is_left_out(parent) {
                continue;
            }
            let children: Vec<NodeId> =
                self.children(parent).iter().copied().filter(|id| self.words(*id) > 0).collect();
            let kind = |id: NodeId| Some((self.dom.name(id)?, self.dom.attribute(id, "class")));
            let marked: Vec<NodeId> = children.iter().copied().filter(|id| self.is_of_reader(*id)).collect();
            let mut kinds: HashMap<_, usize> = HashMap::new();
            for id in &marked {
                *kinds.entry(kind(*id)).or_default() += 1;
            }
            let several = |id: NodeId| kinds.get(&kind(id)).is_some_and(|count| *count >= 2);
            let gone: Vec<NodeId> = children.iter().copied().filter(|id| several(*id)).collect();
            // Half of a kind is enough: what a reader wrote may stand beside who it was.
            if gone.len() > marked.len() * 2 {
                continue;
            }
            for id in gone {
                self.leave_out(id);
            }
        }
    }

    fn is_of_reader(&self, id: NodeId) -> bool {
        let Some(name) = self.dom.name(id) else { return false };
        // A paragraph may say the same in a story: "Falk wrote:".
        if !is_block(name)
            || matches!(name, "article" | "p" | "pre")
            || !self.behind_headline(id)
            || self.holds_headline(id)
        {
            return false;
        }
        let kept = self.is_named(id, &language().pages.kept_names);
        let text = if kept { String::new() } else { self.short(id, COMMENT) };
        let Some(pattern) = OF_READER.as_ref() else { return false };
        text.split(['\n', '\t']).any(|line| line.len() < 120 && pattern.is_match(line.trim()))
    }

    /// Captions and credits that are not marked as such: they stand with a picture, or name who took it.
    fn pictures(&mut self) {
        let words = &language().pages;
        for id in self.shown() {
            let name = self.dom.name(id).unwrap_or_default();
            if self.is_left_out(id) || !self.behind_headline(id) {
                continue;
            }
            if matches!(name, "img" | "picture" | "amp-img") {
                self.beside_picture(id);
                continue;
            }
            let leaf = is_block(name) && !at(&self.facts.holds_blocks, id) && (1..=CAPTION).contains(&self.words(id));
            let inside_picture = |id| {
                let around = std::iter::successors(Some(id), |id| self.parent(*id)).take(3);
                around.filter(|id| !self.holds_headline(*id)).any(|id| {
                    self.is_named(id, &words.picture_names)
                        && self.words(id) <= CAPTION
                        && self.dom.name(id) != Some("p")
                })
            };
            if leaf && !self.holds_headline(id) && (is_credited(&self.short(id, CAPTION)) || inside_picture(id)) {
                self.leave_out(id);
            }
        }
    }

    /// What stands in small print or italics with a picture or right under it, or in a table of its own.
    fn beside_picture(&mut self, picture: NodeId) {
        let small = ["small", "em", "i", "font", "cite", "figcaption"];
        let mut around = Vec::new();
        for id in std::iter::successors(self.parent(picture), |id| self.parent(*id)) {
            if self.holds_headline(id)
                || self.words(id) > CAPTION
                || at(&self.facts.size, id) > PICTURE
                || self.dom.name(id) == Some("body")
            {
                break;
            }
            around.push(id);
        }
        let Some(top) = around.last().copied() else { return };
        if self.words(top) > 0 {
            let caption = |id: &NodeId| {
                self.words(*id) > 0 && (self.all_inside(*id, &small) || is_credited(&self.short(*id, CAPTION)))
            };
            if let Some(id) = around.into_iter().rev().find(caption) {
                self.leave_out(id);
            }
            return;
        }
        let next = self.behind(top).iter().copied().take(5).find(|id| self.words(*id) > 0);
        if let Some(next) = next.filter(|id| self.words(*id) <= CAPTION && self.dom.name(*id) == Some("p"))
            && self.all_inside(next, &small)
        {
            self.leave_out(next);
        }
    }

    /// What the house says to its readers: a block alone, or all of the box where it is much of what that says.
    fn notices(&mut self) {
        let blocks: Vec<(NodeId, bool)> = (self.shown().into_iter())
            .filter(|id| self.dom.name(*id).is_some_and(|name| is_block(name) || matches!(name, "b" | "strong")))
            .filter(|id| !at(&self.facts.holds_blocks, *id) && self.words(*id) > 0 && !self.holds_headline(*id))
            .map(|id| (id, is_notice(&self.short(id, NOTICE))))
            .collect();
        let mut said = vec![0; self.dom.nodes.len()];
        for (id, _) in blocks.iter().filter(|(_, notice)| *notice) {
            for around in std::iter::successors(Some(*id), |id| self.parent(*id)) {
                add(&mut said, around, self.words(*id));
            }
        }
        for (id, _) in blocks.into_iter().filter(|(_, notice)| *notice) {
            let boxes = std::iter::successors(self.parent(id), |id| self.parent(*id))
                .take_while(|around| !self.holds_headline(*around))
                .take_while(|around| at(&said, *around) * 5 >= self.words(*around) * 2 || self.is_box_of(*around, id));
            match boxes.last() {
                Some(top) if self.leave_out(top) => {}
                _ => {
                    if self.words(id) <= BRIEF_NOTICE
                        && begins_with(&plain(&self.short(id, NOTICE)), &language().pages.notices)
                    {
                        self.leave_out(id);
                    }
                }
            }
        }
    }

    /// Whether a notice opens a small element.
    fn is_box_of(&self, around: NodeId, notice: NodeId) -> bool {
        let first = |id: NodeId| self.children(id).iter().copied().find(|id| self.words(*id) > 0);
        self.words(around) <= NOTICE && std::iter::successors(Some(around), |id| first(*id)).any(|id| id == notice)
    }

    /// Links to other stories, with a label or alone.
    fn teasers(&mut self) {
        for id in self.shown() {
            let name = self.dom.name(id).unwrap_or_default();
            if self.is_left_out(id) || !self.behind_headline(id) || self.holds_headline(id) {
                continue;
            }
            if matches!(name, "ul" | "ol") {
                let items: Vec<NodeId> = self.children(id).iter().copied().filter(|id| self.words(*id) > 0).collect();
                let linked = items.iter().all(|id| at(&self.facts.linked, *id) == self.words(*id));
                if linked && self.words(id) > 0 && !self.is_announced(id) {
                    self.leave_out(id);
                }
            } else if matches!(name, "p" | "div" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "section")
                && !at(&self.facts.holds_blocks, id)
                && self.is_teaser(id)
            {
                self.leave_out(id);
            }
        }
    }

    fn is_teaser(&self, id: NodeId) -> bool {
        let words = &language().pages;
        let (all, linked) = (self.words(id), at(&self.facts.linked, id));
        if all == 0 || all > TEASER {
            return false;
        }
        let text = self.short(id, TEASER);
        let label = text.split([':', '|']).next().filter(|label| label.len() < text.len()).map(plain);
        let firm = label.is_some_and(|label| words.firm_teaser_labels.contains(&label));
        firm || linked > 0
            && (linked == all || {
                let mut outside = String::new();
                self.dom.walk(id, |step| {
                    let Step::Enter(below) = step else { return true };
                    if is_link(self.dom, below) {
                        return false;
                    }
                    if let Some(Content::Text(piece)) = self.dom.nodes.get(below).map(|node| &node.content) {
                        outside.push_str(piece);
                    }
                    true
                });
                let outside = plain(&outside);
                outside.is_empty() || words.teaser_labels.contains(&outside)
            })
    }

    /// Whether the words before a list announce it: "Those elected are:".
    fn is_announced(&self, list: NodeId) -> bool {
        let words = &language().pages;
        let before = self.parent(list).and_then(|parent| {
            let before = self.children(parent).get(..at(&self.facts.place, list))?;
            before.iter().rev().copied().take(5).find(|id| self.words(*id) > 0)
        });
        before.is_some_and(|before| {
            let text = self.short(before, CARD);
            let label = plain(&text);
            text.trim_end().ends_with(':')
                && !words.teaser_labels.contains(&label)
                && !words.clutter_heads.contains(&label)
        })
    }

    /// Two or more elements of one kind that open with a link: titles of other stories with their summaries.
    fn cards(&mut self) {
        for parent in self.shown() {
            if self.is_left_out(parent) {
                continue;
            }
            let opens_linked = |id: NodeId| {
                let name = self.dom.name(id)?;
                let block = matches!(name, "div" | "li" | "section" | "article" | "td") && self.words(id) <= CARD;
                if !block || !self.behind_headline(id) || self.holds_headline(id) || self.words(id) == 0 {
                    return None;
                }
                let mut first = None;
                self.dom.walk(id, |step| {
                    if let Step::Enter(below) = step
                        && self.dom.name(below).is_some_and(is_block)
                        && !at(&self.facts.holds_blocks, below)
                        && self.words(below) > 0
                        && first.is_none()
                    {
                        first = Some(below);
                    }
                    first.is_none()
                });
                let first = first.filter(|first| *first != id && self.words(*first) >= 3)?;
                (at(&self.facts.linked, first) == self.words(first)).then_some((name, self.dom.attribute(id, "class")))
            };
            let found: Vec<_> = self.children(parent).iter().filter_map(|id| Some((*id, opens_linked(*id)?))).collect();
            let mut kinds: HashMap<_, usize> = HashMap::new();
            for (_, kind) in &found {
                *kinds.entry(*kind).or_default() += 1;
            }
            for (id, kind) in found {
                if kinds.get(&kind).is_some_and(|count| *count >= 2) {
                    self.leave_out(id);
                }
            }
        }
    }
}

fn is_credited(text: &str) -> bool {
    CREDIT.as_ref().is_some_and(|credit| credit.is_match(text.trim()))
}

fn is_notice(text: &str) -> bool {
    let text = text.to_lowercase();
    !text.is_empty()
        && !text.starts_with(['"', '“', '‘', '«'])
        && language().pages.notices.iter().any(|notice| {
            text.match_indices(notice).any(|(start, _)| {
                let before = text.get(..start).and_then(|before| before.chars().next_back());
                let after = text.get(start + notice.len()..).and_then(|after| after.chars().next());
                let whole = ![before, after].into_iter().flatten().any(char::is_alphanumeric);
                // A word alone is a notice only where nothing else is said.
                whole && (notice.contains(' ') || plain(&text) == notice)
            })
        })
}
