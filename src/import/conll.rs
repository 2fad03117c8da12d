//! CoNLL columns: a token a line with its tag in the last column, as IOB1, IOB2, IOBES or BILOU; blank lines between
//! sentences, `-DOCSTART-` between articles.

use text_size::TextRange;

use super::set::{Mark, Set, one_line};
use super::{File, Format, ImportError, Imported, utf8};
use crate::project::{ArticleId, KindId, Level, Schema, Stamp, Status, Target};
use crate::text::{Metadata, byte_range};

/// See the module.
pub(super) struct Conll;

impl Format for Conll {
    fn id(&self) -> &'static str {
        "conll"
    }

    fn name(&self) -> &'static str {
        "CoNLL (IOB1, IOB2)"
    }

    fn description(&self) -> &'static str {
        "A word a line with its tag; the text is put together from the words"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["conll", "iob", "iob2", "bio"]
    }

    fn read(&self, files: &[File], stamp: &Stamp) -> Result<Imported, ImportError> {
        super::each(files.iter().collect(), files, Set::new(self.id(), stamp), |set, file| {
            let articles = articles(set, file.base(), utf8(file)?);
            if articles.is_empty() {
                let problem = "no line of it has a word and a tag".to_owned();
                return Err(ImportError::Form { name: file.base().to_owned(), format: self.name(), problem });
            }
            let title = File { name: file.base().to_owned(), bytes: Vec::new() }.stem().to_owned();
            let many = articles.len() > 1;
            for (number, article) in (1_usize..).zip(articles) {
                let title = if many { format!("{title} {number}") } else { title.clone() };
                let meta = Metadata { title, origin: file.name.clone(), ..Metadata::default() };
                let id = set.article(file.base(), meta, &article.text)?;
                for (label, range) in &article.marks {
                    let kind = set.kind(label, Schema::Entity);
                    let target = target(set, id, *range, &kind);
                    let note = String::new();
                    let mark = Mark {
                        article: id,
                        range: *range,
                        kind,
                        target,
                        subtype: None,
                        level: Level::default(),
                        retold: false,
                        status: Status::Accepted,
                        note,
                        decision: None,
                    };
                    if let Err(why) = set.mention(mark) {
                        let what = format!("{label} {}", one_line(set.words(id, *range)));
                        set.leave(file.base(), what, why);
                    }
                }
            }
            Ok(())
        })
    }
}

fn target(set: &mut Set<'_>, article: ArticleId, range: TextRange, kind: &KindId) -> Option<Target> {
    let entity = set.schema(kind) != Schema::Event;
    entity.then(|| Target::Entity(set.entity_of_words(article, range, kind)))
}

/// An article as it is put together.
#[derive(Default)]
struct Article<'a> {
    text: String,
    marks: Vec<(&'a str, TextRange)>,
    /// The label of the mark that the last token is in, and where it begins; none behind its end.
    open: Option<(&'a str, usize)>,
    /// How many straight quotation marks the sentence has had; none where a sentence begins.
    quotes: Option<usize>,
}

fn articles<'a>(set: &mut Set<'_>, name: &str, source: &'a str) -> Vec<Article<'a>> {
    let mut all = vec![Article::default()];
    let mut untagged = 0_usize;
    for line in source.strip_prefix('\u{FEFF}').unwrap_or(source).lines() {
        let mut columns = line.split([' ', '\t']).filter(|column| !column.is_empty());
        let (Some(token), tag) = (columns.next(), columns.next_back()) else {
            all.last_mut().into_iter().for_each(Article::end_sentence);
            continue;
        };
        if token == "-DOCSTART-" {
            all.last_mut().into_iter().for_each(Article::end_sentence);
            all.push(Article::default());
            continue;
        }
        let read = tag.and_then(Tag::read);
        if read.is_none() && line.starts_with("# ") {
            // A remark of a format that has them.
            continue;
        }
        untagged += usize::from(read.is_none());
        if let Some(article) = all.last_mut() {
            article.token(token, read.unwrap_or(Tag::Outside));
        }
    }
    all.last_mut().into_iter().for_each(Article::end_sentence);
    if all.iter().all(|article| article.marks.is_empty()) && untagged > 0 {
        return Vec::new();
    }
    if untagged > 0 {
        set.leave(name, format!("the tags of {untagged} lines"), "their last column is no tag, as B-PER or O");
    }
    all.retain(|article| !article.text.is_empty());
    all
}

/// The tag of a token.
#[derive(Clone, Copy)]
enum Tag<'a> {
    Outside,
    /// The letter before the hyphen, and the label behind it.
    Inside(char, &'a str),
}

impl<'a> Tag<'a> {
    fn read(column: &'a str) -> Option<Self> {
        if column == "O" {
            return Some(Self::Outside);
        }
        let (letter, label) = column.split_once('-')?;
        let letter = letter.chars().next().filter(|c| letter.len() == 1 && "BIESLUM".contains(*c))?;
        (!label.is_empty()).then_some(Self::Inside(letter, label))
    }
}

impl<'a> Article<'a> {
    fn token(&mut self, token: &str, tag: Tag<'a>) {
        if self.spaced(token) {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(token);
        let quotes = self.quotes.get_or_insert(0);
        *quotes += usize::from(token == "\"");
        match tag {
            Tag::Outside => self.open = None,
            Tag::Inside(letter, label) => {
                let goes_on = !matches!(letter, 'B' | 'S' | 'U') && self.open.is_some_and(|(open, _)| open == label);
                let (_, from) = self.open.filter(|_| goes_on).unwrap_or((label, start));
                if goes_on {
                    self.marks.pop();
                }
                self.marks.extend(byte_range(from, self.text.len()).map(|range| (label, range)));
                self.open = (!matches!(letter, 'E' | 'S' | 'L' | 'U')).then_some((label, from));
            }
        }
    }

    fn end_sentence(&mut self) {
        if self.quotes.take().is_some() {
            self.text.push('\n');
        }
        self.open = None;
    }

    /// Whether a space comes before a token: not at the beginning of a sentence, before a closing mark or a clitic,
    /// behind an opening mark, or between characters of scripts without spaces.
    fn spaced(&self, token: &str) -> bool {
        let Some(quotes) = self.quotes else { return false };
        let (Some(before), Some(first)) = (self.text.chars().next_back(), token.chars().next()) else { return false };
        let closes = matches!(first, ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '%' | '…' | '”' | '»')
            || ["'s", "’s", "'S", "n't", "n’t", "'re", "'ve", "'ll", "'d", "'m"].contains(&token)
            || token == "\"" && quotes % 2 == 1;
        let opened = matches!(before, '(' | '[' | '{' | '“' | '«' | '$') || before == '"' && quotes % 2 == 1;
        !(closes || opened || is_unspaced(before) && is_unspaced(first))
    }
}

/// Chinese characters, kana and their marks.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF00}'..='\u{FF65}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::bytes;

    fn read(lines: &str) -> Vec<String> {
        let stamp = Stamp { by: "me".into(), at: jiff::Timestamp::UNIX_EPOCH };
        let articles = articles(&mut Set::new("conll", &stamp), "x", lines);
        let shown = |article: &Article<'_>| {
            let marks = article.marks.iter().map(|(label, range)| format!("{label}={}", &article.text[bytes(*range)]));
            format!("{:?} {}", article.text, marks.collect::<Vec<_>>().join("|"))
        };
        articles.iter().map(shown).collect()
    }

    #[test]
    fn all_ways_to_write_tags_are_understood() {
        let two = "Uma B-PER\nBerg I-PER\nLi B-PER\nsaw O\nBonn B-LOC\n";
        let one = "Uma I-PER\nBerg I-PER\nLi B-PER\nsaw O\nBonn I-LOC\n";
        let ends = "Uma B-PER\nBerg E-PER\nLi S-PER\nsaw O\nBonn U-LOC\n";
        for lines in [two, one, ends, &two.replace(' ', "\t_\t_\t"), &one.replace(' ', " NNP I-NP ")] {
            assert_eq!(read(lines), ["\"Uma Berg Li saw Bonn\\n\" PER=Uma Berg|PER=Li|LOC=Bonn"]);
        }
    }

    #[test]
    fn text_is_put_together_as_it_is_read() {
        let lines = "-DOCSTART- -X- -X- O\n\n( O\n\" O\nNo O\n\" O\n, O\nUma B-PER\n's O\n日 O\n本 O\n! O\n\nHi O\n\n-DOCSTART- O\nBye O\n";
        assert_eq!(read(lines), ["\"(\\\"No\\\", Uma's 日本!\\nHi\\n\" PER=Uma", "\"Bye\\n\" "]);
        assert_eq!(read("Uma I-PER\n\nLi I-PER\n"), ["\"Uma\\nLi\\n\" PER=Uma|PER=Li"]);
        assert_eq!(read("# id 1\nno tags\n"), Vec::<String>::new());
    }
}
