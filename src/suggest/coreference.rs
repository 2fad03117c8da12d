//! Which mentions of organisations, of places and of groups name the same one: rules over their words, within a document.

use std::collections::HashMap;

use super::{Document, Entity, Label, Source, SourceContext, Span, Suggestions};
use crate::project::CountryCode;

/// Makes entities of the spans of organisations, places and groups. Runs after the sources that propose these.
#[derive(Clone, Copy, Debug, Default)]
pub struct Coreference;

impl Source for Coreference {
    fn suggest(&self, context: &SourceContext<'_, '_>, found: &mut Suggestions) {
        for label in [Label::Org, Label::Place, Label::Norp] {
            let mut names = Names::of(context.document, &found.spans, label);
            if label == Label::Org {
                names.join_brackets(context.document, &found.spans);
                names.join_abbreviations();
                names.join_heads();
            }
            let kind = label.kind();
            names.entities().into_iter().for_each(|entity| found.add(kind.clone(), entity));
        }
    }
}

/// The names of one label, each with the spans that are written so.
struct Names {
    list: Vec<Name>,
    /// For each span that has the label, the index of its name.
    of_span: HashMap<usize, usize>,
}

struct Name {
    /// As it is written where it is longest, on one line and without "the".
    shown: String,
    /// The country that the place lies in.
    country: Option<CountryCode>,
    mentions: Vec<usize>,
    /// The name that it is another form of; itself where it is none.
    full: usize,
}

impl Names {
    /// The same words are one name, whatever their capitals; of places those that lie in different countries are not.
    fn of(document: &Document<'_>, spans: &[Span], label: Label) -> Self {
        let mut names = Self { list: Vec::new(), of_span: HashMap::new() };
        let mut by_words: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, span) in spans.iter().enumerate().filter(|(_, span)| span.label == label) {
            let shown = plain(document.slice(span.range));
            let mut key = if is_abbreviation(&shown) { letters(&shown) } else { shown.clone() }.to_lowercase();
            if label == Label::Norp && key.ends_with('s') {
                // "Muslims" and "Muslim".
                key.pop();
            }
            let same = by_words.entry(key).or_default();
            let fits = |country: Option<CountryCode>| {
                country.is_none() || span.in_country.is_none() || country == span.in_country
            };
            let known = same.iter().copied().find(|at| names.list.get(*at).is_some_and(|name| fits(name.country)));
            let at = known.unwrap_or(names.list.len());
            match names.list.get_mut(at) {
                Some(name) => {
                    name.country = name.country.or(span.in_country);
                    name.mentions.push(index);
                    if fuller(&shown) > fuller(&name.shown) {
                        name.shown = shown;
                    }
                }
                None => {
                    same.push(at);
                    names.list.push(Name { shown, country: span.in_country, mentions: vec![index], full: at });
                }
            }
            names.of_span.insert(index, at);
        }
        names
    }

    /// "World Health Organization (WHO)": what stands in brackets behind a name is short for it.
    fn join_brackets(&mut self, document: &Document<'_>, spans: &[Span]) {
        let mut before: Option<(usize, &Span)> = None;
        for (index, span) in spans.iter().enumerate() {
            let Some(short) = self.of_span.get(&index).copied() else { continue };
            if let Some((full, name)) = before
                && document.text.get(name.range.end().into()..span.range.start().into()) == Some(" (")
                && document.text.get(span.range.end().into()..).is_some_and(|rest| rest.starts_with(')'))
                && self.shown(short).is_some_and(is_abbreviation)
                && self.shown(full).is_some_and(|full| words_of(full).nth(1).is_some())
            {
                self.join(short, full);
            }
            before = Some((short, span));
        }
    }

    /// "WHO" beside one name alone that has these initials.
    fn join_abbreviations(&mut self) {
        let mut of: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, name) in self.list.iter().enumerate().filter(|(_, name)| !is_abbreviation(&name.shown)) {
            if let Some(initials) = initials(&name.shown) {
                of.entry(initials).or_default().push(at);
            }
        }
        for at in 0..self.list.len() {
            let short = self.shown(at).filter(|shown| is_abbreviation(shown)).map(letters);
            if let Some(fuller) = short.and_then(|short| of.get(&short)).and_then(|all| self.one_of(all)) {
                self.join(at, fuller);
            }
        }
    }

    /// "Supreme Court" beside one name alone that has its head there: "Supreme Court of India" is another, an "Assembly
    /// of First Nations" is no "First Nations", and "Court" may be any.
    fn join_heads(&mut self) {
        // The words, and how many of the first ones can be left out.
        let words = |(at, name): (usize, &Name)| -> (usize, Vec<String>, usize) {
            let words: Vec<&str> = words_of(&name.shown).collect();
            let names = words.iter().take_while(|word| !word.starts_with(char::is_lowercase)).count();
            let most = names.min(words.len().saturating_sub(2));
            (at, words.into_iter().map(str::to_lowercase).collect(), most)
        };
        let mut order: Vec<(usize, Vec<String>, usize)> = self.list.iter().enumerate().map(words).collect();
        order.sort_by_key(|(_, words, _)| std::cmp::Reverse(words.len()));
        let mut ending: HashMap<Vec<String>, Vec<usize>> = HashMap::new();
        for (at, words, most) in order {
            if let Some(fuller) = ending.get(&words).and_then(|all| self.one_of(all)) {
                self.join(at, fuller);
            }
            for from in 1..=most {
                let longer = ending.entry(words.get(from..).unwrap_or_default().to_vec()).or_default();
                longer.push(at);
            }
        }
    }

    fn shown(&self, at: usize) -> Option<&str> {
        self.list.get(at).map(|name| name.shown.as_str())
    }

    /// The fullest form of a name.
    fn full(&self, at: usize) -> usize {
        match self.list.get(at) {
            Some(name) if name.full != at => self.full(name.full),
            _ => at,
        }
    }

    /// The one that all of these names are forms of.
    fn one_of(&self, all: &[usize]) -> Option<usize> {
        let (first, rest) = all.split_first()?;
        let one = self.full(*first);
        rest.iter().all(|at| self.full(*at) == one).then_some(one)
    }

    /// A name is a form of another, unless it is one of something already.
    fn join(&mut self, short: usize, full: usize) {
        let full = self.full(full);
        if let Some(name) = self.list.get_mut(short).filter(|name| name.full == short && short != full) {
            name.full = full;
        }
    }

    fn entities(self) -> Vec<Entity> {
        let full: Vec<usize> = (0..self.list.len()).map(|at| self.full(at)).collect();
        let mut entities: HashMap<usize, Entity> = HashMap::new();
        for (name, full) in self.list.into_iter().zip(full) {
            let entity = entities.entry(full).or_default();
            entity.mentions.extend(name.mentions);
            entity.country = entity.country.or(name.country);
            if fuller(&name.shown) > fuller(&entity.name) {
                entity.name = name.shown;
            }
        }
        let mut entities: Vec<Entity> = entities.into_values().collect();
        entities.iter_mut().for_each(|entity| entity.mentions.sort_unstable());
        entities.sort_by_key(|entity| entity.mentions.first().copied());
        entities
    }
}

/// By which of two forms of a name the better one to show is told: one that is not all in capitals, then the longer.
fn fuller(name: &str) -> (bool, usize) {
    (name.chars().any(char::is_lowercase), name.len())
}

/// A name on one line, without "the", "'s" and one half of a pair of brackets.
pub(super) fn plain(name: &str) -> String {
    let joined = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let joined = match (joined.contains('('), joined.contains(')')) {
        (false, true) => joined.trim_end_matches(')'),
        (true, false) => joined.trim_start_matches('('),
        _ => &joined,
    };
    let bare = joined.strip_prefix("the ").or_else(|| joined.strip_prefix("The ")).unwrap_or(joined);
    bare.trim_end_matches("'s").trim_end_matches("’s").to_owned()
}

/// The words of a name, without what stands between them.
pub(super) fn words_of(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether a name has the initials of a longer one for its letters: "WHO" for "World Health Organization".
pub(super) fn stands_for(short: &str, full: &str) -> bool {
    is_abbreviation(short) && initials(full).is_some_and(|initials| initials == letters(short))
}

/// One word with two capitals or more, or single letters: "WHO", "W.H.O.".
fn is_abbreviation(name: &str) -> bool {
    let single = !name.contains(' ') && words_of(name).all(|word| word.chars().count() == 1);
    (single || words_of(name).count() == 1) && name.chars().filter(|c| c.is_uppercase()).count() >= 2
}

fn letters(abbreviation: &str) -> String {
    abbreviation.replace(['.', '&'], "")
}

/// The capitals that the words of a name begin with, where it has several words.
fn initials(name: &str) -> Option<String> {
    let several = words_of(name).nth(1).is_some();
    several.then(|| words_of(name).filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::KindId;
    use crate::suggest::ProjectKnowledge;
    use crate::suggest::fixture::{Fixture, parse};
    use crate::suggest::tagger::Tags;

    /// The entities of a text with the spans that are marked in it: each by its name and country, with its mentions.
    fn entities(marked: &str) -> Vec<String> {
        let Fixture { text, mut marks, .. } = parse(marked);
        marks.sort_by_key(|mark| mark.range.start());
        let mut found = Suggestions::default();
        for mark in marks {
            let label = match mark.tag.as_str() {
                "org" => Label::Org,
                "norp" => Label::Norp,
                "place" => Label::Place,
                tag => panic!("{tag}"),
            };
            found.spans.push(Span {
                range: mark.range,
                label: label.into(),
                score: 0.9,
                source: "test",
                reason: String::new(),
                country: None,
                country_name: None,
                in_country: CountryCode::new(&mark.attribute),
            });
        }
        let document = Document::new(&text, None);
        let context =
            SourceContext { document: &document, tags: &Tags::default(), project: &ProjectKnowledge::default() };
        Coreference.suggest(&context, &mut found);
        let told = |entity: &Entity| {
            let words = |span: &usize| &text[crate::text::bytes(found.spans[*span].range)];
            let country = entity.country.map(|code| format!(" {code}")).unwrap_or_default();
            let mentions: Vec<&str> = entity.mentions.iter().map(words).collect();
            format!("{}{country}: {}", entity.name, mentions.join(", "))
        };
        let kinds = [KindId::ORGANISATION, KindId::PLACE, KindId::GROUP];
        kinds.iter().flat_map(|kind| found.of(kind)).map(told).collect()
    }

    #[test]
    fn the_same_words_are_one() {
        assert_eq!(
            entities(
                "<org>THE WORLD BANK</org> lent. <org>The World Bank</org>’s loans; <org>the World Bank’s</org> \
                 staff and <org>World\nBank</org>. <org>World</org> said so."
            ),
            ["World Bank: THE WORLD BANK, The World Bank, the World Bank’s, World\nBank", "World: World"]
        );
    }

    #[test]
    fn what_stands_in_brackets_is_short_for_the_name_before() {
        assert_eq!(
            entities(
                "The <org>Democratic Forces for the Liberation of Rwanda</org> (<org>FDLR</org>) fled. <org>FDLR</org> \
                 men told <org>Al Jazeera</org> (<org>Qatar</org>) and <org>Reuters</org> (<org>AFP</org>)."
            ),
            [
                "Democratic Forces for the Liberation of Rwanda: Democratic Forces for the Liberation of Rwanda, FDLR, FDLR",
                "Al Jazeera: Al Jazeera",
                "Qatar: Qatar",
                "Reuters: Reuters",
                "AFP: AFP"
            ]
        );
    }

    #[test]
    fn initials_stand_for_a_name_that_no_other_shares_them_with() {
        assert_eq!(
            entities("<org>WHO</org> said. The <org>World Health Organization</org>, <org>W.H.O.</org>, agreed."),
            ["World Health Organization: WHO, World Health Organization, W.H.O."]
        );
        assert_eq!(
            entities("<org>Central Bank</org> and <org>Congress Band</org>: <org>CB</org> said."),
            ["Central Bank: Central Bank", "Congress Band: Congress Band", "CB: CB"]
        );
    }

    #[test]
    fn the_head_of_one_longer_name_alone_stands_for_it() {
        assert_eq!(
            entities(
                "The <org>Kenyan Supreme Court</org> sat. The <org>Supreme Court</org> rose; the <org>Court</org>."
            ),
            ["Kenyan Supreme Court: Kenyan Supreme Court, Supreme Court", "Court: Court"]
        );
        assert_eq!(
            entities("<org>Kenya Red Cross</org>, <org>Uganda Red Cross</org>: the <org>Red Cross</org> left."),
            ["Kenya Red Cross: Kenya Red Cross", "Uganda Red Cross: Uganda Red Cross", "Red Cross: Red Cross"]
        );
        // What follows makes it another, and what stands behind "of" is not the head.
        assert_eq!(entities("<org>Supreme Court of India</org> and <org>Supreme Court</org>").len(), 2);
        assert_eq!(entities("<org>Assembly of First Nations</org> and <org>First Nations</org>").len(), 2);
    }

    #[test]
    fn a_place_has_its_country_and_is_no_other_of_its_name() {
        assert_eq!(
            entities(
                "<place>Paris</place>, <place FR>Paris</place>, <place US>Paris</place> and <place FR>Paris</place>; \
                 <place US>New York</place>, <place GB>York</place>."
            ),
            ["Paris FR: Paris, Paris, Paris", "Paris US: Paris", "New York US: New York", "York GB: York"]
        );
    }

    #[test]
    fn a_group_is_one_in_the_singular_and_in_the_plural() {
        assert_eq!(
            entities(
                "A <norp>Muslim</norp> leader and <norp>Muslims</norp>, <norp>Kurdish</norp> and <norp>Kurds</norp>"
            ),
            ["Muslims: Muslim, Muslims", "Kurdish: Kurdish", "Kurds: Kurds"]
        );
    }
}
