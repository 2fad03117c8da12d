//! A file's bytes into its parts, by line: where each record stands, and what is no part of a project file.

use memchr::{memchr, memmem};

use crate::project::{IdCounters, Learning, Level, List, Taken};

/// Hands the lists of a file, in their order there, to a macro: of each its name in the file and in [`Records`], and which
/// it is.
///
/// [`Records`]: crate::project::Records
macro_rules! with_lists {
    ($macro:ident) => {
        $macro! {
            tagset Tagset;
            article_tags ArticleTags;
            relation_kinds RelationKinds;
            articles Articles;
            entities Entities;
            events Events;
            mentions Mentions;
            relations Relations;
            judgements Judgements;
            contributors Contributors;
            rulings Rulings;
            log Log;
        }
    };
}
pub(super) use with_lists;

macro_rules! names {
    ($($name:ident $List:ident;)*) => {
        /// The lists of a file, in their order there.
        pub(super) const LISTS: &[(List, &str)] = &[$((List::$List, stringify!($name)),)*];
    };
}
with_lists!(names);

/// The start of a record, by which one is found in the midst of a line.
pub(super) const RECORD: &str = "(id:";

/// What a list is called in the file.
pub(super) fn name_of(list: List) -> &'static str {
    LISTS.iter().find(|(other, _)| *other == list).map_or("", |(_, name)| name)
}

/// A part of the file, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn of(self, bytes: &[u8]) -> &[u8] {
        bytes.get(self.start..self.end).unwrap_or_default()
    }
}

/// Something that is no part of a project file as far as it can be told.
#[derive(Debug)]
pub(super) struct Stray {
    pub span: Span,
    pub what: &'static str,
    /// Nothing of what the file holds is lost by it.
    pub harmless: bool,
}

/// Where the parts of a file stand.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub next: Option<IdCounters>,
    /// How to tag, in Markdown.
    pub guidelines: String,
    /// How much of the events is shown.
    pub level: Level,
    /// What is said of learning.
    pub learning: Learning,
    /// What other projects have learned.
    pub taken: Vec<Taken>,
    /// As in [`LISTS`]: the records, each without its comma.
    pub lists: [Vec<Span>; LISTS.len()],
    /// Records of which nobody can tell in which list they stood.
    pub homeless: Vec<Span>,
    pub strays: Vec<Stray>,
}

/// A record that is not whole on its first line.
struct Open {
    start: usize,
    indent: usize,
    brackets: Brackets,
}

/// Finds the parts of a file, whatever it holds. A record goes from a line that begins with a bracket to where that is
/// closed, but at most to the next line that begins a record, so that a damaged one takes no other with it.
pub(super) fn layout(bytes: &[u8]) -> Layout {
    let mut reader = LayoutReader { bytes, ..LayoutReader::default() };
    let mut start = 0;
    while start < bytes.len() {
        let rest = bytes.get(start..).unwrap_or_default();
        let end = start + memchr(b'\n', rest).unwrap_or(rest.len());
        reader.line(Span { start, end });
        start = end + 1;
    }
    reader.finish()
}

#[derive(Default)]
struct LayoutReader<'b> {
    bytes: &'b [u8],
    layout: Layout,
    /// The list that is open.
    list: Option<usize>,
    /// The first list that has not been seen.
    expected: usize,
    begun: bool,
    ended: bool,
    open: Option<Open>,
}

impl LayoutReader<'_> {
    fn line(&mut self, span: Span) {
        let whole = span.of(self.bytes);
        let line = whole.trim_ascii();
        if line.is_empty() || line.starts_with(b"//") {
            return;
        }
        let indent = whole.len() - whole.trim_ascii_start().len();
        let span = Span { start: span.start + indent, end: span.start + indent + line.len() };
        if let Some(mut open) = self.open.take() {
            let next =
                indent <= open.indent && (line.starts_with(b"(") || line.starts_with(b"]") || opens(line).is_some());
            if !next {
                open.brackets.read(line);
                if open.brackets.closed() {
                    self.record(Span { start: open.start, end: span.end });
                } else {
                    self.open = Some(open);
                }
                return;
            }
            self.record(Span { start: open.start, end: span.start });
        }
        self.fresh_line(line, span, indent);
    }

    /// A line with which something begins.
    fn fresh_line(&mut self, line: &[u8], span: Span, indent: usize) {
        if self.ended {
            self.stray(span, "this stands behind the end of the project", false);
        } else if let Some(list) = opens(line) {
            self.opened(list, span);
        } else if matches!(line, b"]" | b"],") {
            self.list = None;
        } else if line == b")" && self.list.is_none() {
            self.ended = true;
        } else if line.starts_with(b"(") && (self.list.is_some() || self.begun) {
            // The usual case is told without a look inside.
            let whole = line.ends_with(b"),") || line.ends_with(b")");
            let mut brackets = Brackets::default();
            if !whole {
                brackets.read(line);
            }
            if whole || brackets.closed() {
                self.record(span);
            } else {
                self.open = Some(Open { start: span.start, indent, brackets });
            }
        } else if self.list.is_some() {
            self.record(span);
        } else {
            self.outside(line, span);
        }
    }

    /// A line outside of the lists.
    fn outside(&mut self, line: &[u8], span: Span) {
        if line == b"(" && !self.begun {
            self.begun = true;
        } else if line.starts_with(b"schema") || line.starts_with(b"program:") {
            if std::str::from_utf8(line).is_err() {
                self.stray(span, "there are bytes that are not UTF-8", true);
            }
        } else if let Some(counters) = line.strip_prefix(b"next:") {
            let counters = std::str::from_utf8(counters).ok().map(|text| text.trim().trim_end_matches(','));
            self.layout.next = counters.and_then(|counters| ron::from_str(counters).ok());
            if self.layout.next.is_none() {
                self.stray(span, "where the numbering stood cannot be read; it goes on behind the records", true);
            }
        } else if let Some(written) = line.strip_prefix(b"guidelines:") {
            let text = String::from_utf8_lossy(written);
            match ron::from_str(text.trim().trim_end_matches(',')) {
                Ok(guidelines) => self.layout.guidelines = guidelines,
                Err(_) => self.stray(span, "the guidelines cannot be read", false),
            }
        } else if let Some(written) = line.strip_prefix(b"level:") {
            let text = String::from_utf8_lossy(written);
            match ron::from_str(text.trim().trim_end_matches(',')) {
                Ok(level) => self.layout.level = level,
                Err(_) => self.stray(span, "how much of the events is shown cannot be read; it is as usual", true),
            }
        } else if let Some(written) = line.strip_prefix(b"taken:") {
            let text = String::from_utf8_lossy(written);
            match ron::from_str(text.trim().trim_end_matches(',')) {
                Ok(taken) => self.layout.taken = taken,
                Err(_) => {
                    self.stray(span, "what other projects have learned cannot be read; use their memory again", true)
                }
            }
        } else if let Some(written) = line.strip_prefix(b"learning:") {
            let text = String::from_utf8_lossy(written);
            match ron::from_str(text.trim().trim_end_matches(',')) {
                Ok(learning) => self.layout.learning = learning,
                Err(_) => self.stray(span, "what is said of learning cannot be read; it is as in a new project", true),
            }
        } else if memmem::find(line, RECORD.as_bytes()).is_some() {
            self.record(span);
        } else {
            self.stray(span, "this is no part of a project file", false);
        }
    }

    /// A line `name: [`.
    fn opened(&mut self, name: &[u8], span: Span) {
        self.begun = true;
        let known = LISTS.iter().position(|(_, list)| list.as_bytes() == name);
        self.list = known.or_else(|| {
            self.stray(span, "the name of this list cannot be read; it is taken for the one that comes here", true);
            // Few projects have these.
            let seldom = |list: &List| {
                matches!(
                    list,
                    List::ArticleTags
                        | List::RelationKinds
                        | List::Relations
                        | List::Judgements
                        | List::Contributors
                        | List::Rulings
                )
            };
            let next = LISTS.iter().enumerate().skip(self.expected).find(|(_, (list, _))| !seldom(list));
            next.map(|(next, _)| next)
        });
        self.expected = self.list.map_or(self.expected, |list| list + 1);
        if span.of(self.bytes).trim_ascii_end().ends_with(b",") {
            // `name: [],`
            self.list = None;
        }
    }

    fn record(&mut self, span: Span) {
        let line = span.of(self.bytes).trim_ascii_end();
        let line = line.strip_suffix(b",").unwrap_or(line);
        let span = Span { start: span.start, end: span.start + line.len() };
        match self.list.and_then(|list| self.layout.lists.get_mut(list)) {
            Some(list) => list.push(span),
            None => self.layout.homeless.push(span),
        }
    }

    fn stray(&mut self, span: Span, what: &'static str, harmless: bool) {
        self.layout.strays.push(Stray { span, what, harmless });
    }

    fn finish(mut self) -> Layout {
        let end = self.bytes.len();
        if let Some(open) = self.open.take() {
            self.record(Span { start: open.start, end });
        }
        if !self.ended {
            let missing = "the file ends here, before the project does: what stood behind is lost";
            self.stray(Span { start: end, end }, missing, false);
        } else if LISTS.iter().skip(self.expected).any(|(list, _)| *list == List::Mentions) {
            self.stray(Span { start: end, end }, "a list is missing: it was lost with what stood in it", false);
        }
        self.layout
    }
}

/// The name in a line that opens a list: `name: [`.
fn opens(line: &[u8]) -> Option<&[u8]> {
    let line = line.strip_suffix(b",").unwrap_or(line).trim_ascii_end();
    let line = line.strip_suffix(b"]").unwrap_or(line).trim_ascii_end();
    let name = line.strip_suffix(b"[")?.trim_ascii_end().strip_suffix(b":")?.trim_ascii();
    (!name.is_empty() && name.len() <= 16 && !name.contains(&b'(')).then_some(name)
}

/// Counts brackets over lines, but not those in strings and behind `//`.
#[derive(Default)]
struct Brackets {
    depth: usize,
    string: bool,
}

impl Brackets {
    fn read(&mut self, line: &[u8]) {
        let mut bytes = line.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            match (byte, self.string) {
                (b'\\', true) => drop(bytes.next()),
                (b'"', _) => self.string = !self.string,
                (_, true) => {}
                (b'/', _) if bytes.peek() == Some(&b'/') => return,
                (b'(' | b'[' | b'{', _) => self.depth += 1,
                (b')' | b']' | b'}', _) => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
    }

    fn closed(&self) -> bool {
        self.depth == 0 && !self.string
    }
}
