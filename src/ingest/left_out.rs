//! What readers leave out of texts on purpose, so that it can be told.

use std::borrow::Cow;

use crate::text::Article;

/// What a reader leaves out of a text on purpose, in words, by what it is: told, as nothing of a file is lost in silence.
#[derive(Default)]
pub(super) struct LeftOut(Vec<(Cow<'static, str>, String)>);

impl LeftOut {
    /// The words of what is left out are told up to here, in bytes.
    const MAX_WORDS: usize = 2000;

    /// Notes a piece of what is left out, right behind what is of the same sort: "comments".
    pub(super) fn add(&mut self, what: impl Into<Cow<'static, str>>, piece: &str) {
        let what = what.into();
        match self.0.iter_mut().find(|(known, _)| *known == what) {
            // What is not told needs not be kept; one byte more says that there is more.
            Some((_, words)) if words.len() > Self::KEPT => {}
            Some((_, words)) => words.push_str(piece),
            None => self.0.push((what, piece.to_owned())),
        }
    }

    /// White space may fill much of what is kept.
    const KEPT: usize = 4 * Self::MAX_WORDS;

    /// Notes words that are left out, apart from those before.
    pub(super) fn tell(&mut self, what: impl Into<Cow<'static, str>>, words: &str) {
        if !words.trim().is_empty() {
            let what = what.into();
            self.add(what.clone(), " ");
            self.add(what, words);
        }
    }

    /// Notes pieces of a file, but for those that an article holds: in its text, or in what is known of it. Numbers alone,
    /// dates and the like are not told.
    pub(super) fn tell_rest<'p>(
        &mut self,
        what: &'static str,
        pieces: impl IntoIterator<Item = &'p str>,
        article: &Article,
    ) {
        self.tell_lines(what, pieces.into_iter().map(|piece| (piece, piece)), article);
    }

    /// The same for lines, each with what it says that an article may hold.
    pub(super) fn tell_lines<'p>(
        &mut self,
        what: &'static str,
        lines: impl IntoIterator<Item = (&'p str, &'p str)>,
        article: &Article,
    ) {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let meta = &article.meta;
        let known = [&meta.title, &meta.source, &meta.author, &meta.section, &meta.url, &meta.language]
            .map(|field| letters(field));
        let text = letters(article.text.as_str());
        for (line, said) in lines {
            let bare = letters(said);
            let spelt = said.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().nth(1).is_some());
            if spelt && !text.contains(&bare) && !known.iter().any(|field| field.contains(&bare)) {
                self.tell(what, line);
            }
        }
    }

    /// Takes in what was left out of a part.
    pub(super) fn append(&mut self, other: Self) {
        other.0.into_iter().for_each(|(what, words)| self.tell(what, &words));
    }

    /// What a person is told, a line for each sort that has words.
    pub(super) fn reasons(&self) -> impl Iterator<Item = String> {
        self.0.iter().filter_map(|(what, words)| {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let told = words.get(..words.floor_char_boundary(Self::MAX_WORDS)).unwrap_or_default();
            let more = if told.len() < words.len() { "…" } else { "" };
            (!words.is_empty()).then(|| format!("{what} are not part of the text and were left out: “{told}{more}”"))
        })
    }
}
