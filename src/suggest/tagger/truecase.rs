//! Lines in capitals, written as running text would be: what the tagger has learned from is written so, and it knows a
//! name by its capital more than by anything else (Lita et al. 2003 call it truecasing). Lines in small letters stay:
//! the tagger reads them better than what a guess at their names makes of them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::words::{Word, slice};
use crate::suggest::casing::title_cased;
use crate::suggest::knowledge;

/// So many words in capitals are a headline or the beginning of a report, fewer may be an abbreviation or a name.
const SHOUTED: usize = 3;

/// Longer words are no abbreviations.
const ABBREVIATION: usize = 4;

/// Each word as running text writes it.
pub(super) fn truecased<'t>(text: &'t str, words: &[Word]) -> Vec<Cow<'t, str>> {
    let mut written: Vec<Cow<'t, str>> = words.iter().map(|word| Cow::Borrowed(slice(text, word))).collect();
    let loud = loud_runs(words, &written);
    if loud.is_empty() {
        return written;
    }
    let forms = Forms::new(&written, &loud);
    for run in loud {
        let mut before = Cased::Small;
        for index in run.clone() {
            let next = written.get(index + 1).filter(|_| index + 1 < run.end);
            let Some(word) = written.get(index) else { continue };
            let cased = forms.of_shouted(word, before, next.map(AsRef::as_ref));
            let opens = words.get(index).is_some_and(|word| word.line_start);
            let new = match cased {
                Cased::Capitals => None,
                Cased::Small if !opens => Some(word.to_lowercase()),
                Cased::Small | Cased::Name => Some(title_cased(word)),
            };
            if is_word(word) {
                before = cased;
            }
            if let (Some(slot), Some(new)) = (written.get_mut(index), new) {
                *slot = Cow::Owned(new);
            }
        }
    }
    written
}

/// How running text writes a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cased {
    Small,
    Name,
    Capitals,
}

fn is_word(word: &str) -> bool {
    word.starts_with(char::is_alphabetic)
}

fn is_shouted(word: &str) -> bool {
    is_word(word) && !word.chars().any(char::is_lowercase) && word.chars().any(char::is_uppercase)
}

/// Stretches of a line in capitals that hold a common word: "ALL-CAPS LEADS, and what follows".
fn loud_runs(words: &[Word], written: &[Cow<'_, str>]) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let start = at;
        let (mut end, mut long, mut common) = (at, 0, false);
        for (index, word) in written.iter().enumerate().skip(start) {
            if index > start && words.get(index).is_none_or(|word| word.line_start) {
                break;
            }
            if is_shouted(word) {
                let several = word.chars().nth(1).is_some();
                long += usize::from(several);
                common = common || several && knowledge::is_common(&word.to_lowercase());
                end = index + 1;
            } else if is_word(word) && !(word.as_ref() == "s" && index == end + 1) {
                break;
            }
        }
        if long >= SHOUTED && common {
            runs.push(start..end);
        }
        at = end.max(start) + 1;
    }
    runs
}

/// How the rest of a document writes its words: in small letters, as names, in capitals; how often.
struct Forms(HashMap<String, [usize; 3]>);

impl Forms {
    fn new(written: &[Cow<'_, str>], loud: &[Range<usize>]) -> Self {
        let mut forms: HashMap<String, [usize; 3]> = HashMap::new();
        let mut runs = loud.iter().peekable();
        for (index, word) in written.iter().enumerate().filter(|(_, word)| is_word(word)) {
            while runs.next_if(|run| run.end <= index).is_some() {}
            if runs.peek().is_some_and(|run| run.contains(&index)) {
                continue;
            }
            let form = match word.starts_with(char::is_uppercase) {
                false => 0,
                true if is_shouted(word) && word.chars().nth(1).is_some() => 2,
                true => 1,
            };
            if let Some(count) = forms.entry(word.to_lowercase()).or_default().get_mut(form) {
                *count += 1;
            }
        }
        Self(forms)
    }

    fn counts(&self, small: &str) -> [usize; 3] {
        self.0.get(small).copied().unwrap_or_default()
    }

    /// A word of a shouted stretch, by the document and by what is known of it and of its neighbours.
    fn of_shouted(&self, word: &str, before: Cased, next: Option<&str>) -> Cased {
        if !is_word(word) || knowledge::country_term(word).is_some() {
            return Cased::Capitals;
        }
        let small = word.to_lowercase();
        let [lower, name, capitals] = self.counts(&small);
        if lower + name + capitals > 0 {
            return match () {
                () if lower >= name.max(capitals) => Cased::Small,
                () if name >= capitals => Cased::Name,
                () => Cased::Capitals,
            };
        }
        let cased = title_cased(word);
        let flags = knowledge::name_flags(&cased);
        if !knowledge::is_common(&small) {
            let listed = flags.any() || knowledge::place(&cased).is_some();
            let long = word.chars().count() > ABBREVIATION;
            return if listed || long { Cased::Name } else { Cased::Capitals };
        }
        // "MARK RUTTE", "GEORGE BUSH".
        let opens =
            flags.given && next.is_some_and(|next| is_word(next) && !knowledge::is_common(&next.to_lowercase()));
        let follows = flags.surname && before == Cased::Name;
        let country = knowledge::country_term(&cased).is_some();
        if opens || follows || country { Cased::Name } else { Cased::Small }
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    fn written(text: &str) -> String {
        let words = words(text);
        let cased = truecased(text, &words);
        let mut out = String::new();
        let mut at = 0;
        for (word, cased) in words.iter().zip(cased) {
            let range = crate::text::bytes(word.range);
            out.push_str(&text[at..range.start]);
            out.push_str(&cased);
            at = range.end;
        }
        out + &text[at..]
    }

    #[test]
    fn headlines_in_capitals_are_written_as_text() {
        assert_eq!(
            written("PRESIDENT BIDEN MEETS XI JINPING IN BALI AHEAD OF US VOTE\nBiden spoke."),
            "President Biden meets Xi Jinping in Bali ahead of US vote\nBiden spoke."
        );
        assert_eq!(written("THE MINISTER OF TRADE, Mr Bakari, spoke."), "The minister of trade, Mr Bakari, spoke.");
    }

    #[test]
    fn abbreviations_and_names_alone_stay() {
        for text in
            ["The UN and NATO met.", "IAEA, OPEC, WTO", "JANE MURAKAMI and I", "NAIROBI, Feb 4 (Reuters) — It rained."]
        {
            assert_eq!(written(text), text);
        }
    }
}
