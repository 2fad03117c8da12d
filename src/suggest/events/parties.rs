//! Who can take part in an event: the people, countries and organisations of a text, each with all its mentions, and the
//! phrases that name others ("protesters", "the central bank").

use std::collections::HashMap;

use text_size::{TextRange, TextSize};

use super::bodies::{government_of, is_made_of, short_form_behind};
use super::grammar::{is_determiner, is_preposition};
use super::names::is_state_body;
use crate::project::{CountryCode, PartyLabel};
use crate::suggest::coreference::{plain, stands_for, words_of};
use crate::suggest::knowledge;
use crate::suggest::{CountryName, Document, Label, Suggestions};
use crate::text::language::language;

/// Somebody who can take part.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Party {
    pub(crate) label: PartyLabel,
    /// The fullest name in the text.
    pub(crate) name: String,
    pub(crate) country: Option<CountryCode>,
}

/// Where a party of [`Parties::list`] is named.
#[derive(Clone, Copy, Debug)]
struct Mention {
    range: TextRange,
    party: usize,
    span: usize,
    /// "Chinese": not where something is.
    demonym: bool,
}

/// Who a stretch of words names.
#[derive(Clone, Debug)]
pub(crate) struct Who {
    pub(crate) party: Party,
    /// The words.
    pub(crate) range: TextRange,
    /// Index into the spans, where there is one for it.
    pub(crate) span: Option<usize>,
    /// Whether it is only half believed that they take part.
    pub(crate) unsure: bool,
}

/// All that a text names, by mention.
pub(crate) struct Parties<'d, 't> {
    document: &'d Document<'t>,
    list: Vec<Party>,
    /// Of people, by their place in the list: their office, in small letters.
    offices: HashMap<usize, String>,
    /// Sorted, without overlap; of two that overlap the longer is kept.
    mentions: Vec<Mention>,
    /// Names of places, sorted: where something is, and nobody.
    places: Vec<TextRange>,
}

impl<'d, 't> Parties<'d, 't> {
    pub(crate) fn new(document: &'d Document<'t>, found: &Suggestions) -> Self {
        let mut list: Vec<Party> = Vec::new();
        let mut offices = HashMap::new();
        let mut mentions: Vec<Mention> = Vec::new();
        let mut add = |party: Party, spans: &[usize]| {
            // A government that is named is its country, as it is named elsewhere.
            let is_country = party.label == PartyLabel::Country;
            let known = is_country
                .then(|| list.iter().position(|known| known.label == party.label && known.country == party.country));
            let index = known.flatten().unwrap_or(list.len());
            if index == list.len() {
                list.push(party);
            }
            mentions.extend(spans.iter().filter_map(|span| {
                let of = found.spans.get(*span)?;
                let demonym = of.country_name == Some(CountryName::Demonym);
                Some(Mention { range: of.range, party: index, span: *span, demonym })
            }));
            index
        };
        for person in found.people() {
            let party = Party { label: PartyLabel::Person, name: person.name.clone(), country: person.country };
            let index = add(party, &person.mentions);
            if !person.role.is_empty() {
                offices.insert(index, person.role.to_lowercase());
            }
        }
        for country in found.countries() {
            let party = Party { label: PartyLabel::Country, name: country.name.clone(), country: country.country };
            add(party, &country.mentions);
        }
        for (name, label, spans) in bodies(document, found) {
            let state = government_of(&name).filter(|_| label == PartyLabel::Org);
            match state.and_then(knowledge::country) {
                Some(facts) => {
                    add(Party { label: PartyLabel::Country, name: facts.name.to_owned(), country: state }, &spans)
                }
                None => add(Party { label, name, country: None }, &spans),
            };
        }
        mentions.sort_by_key(|mention| (mention.range.start(), std::cmp::Reverse(mention.range.end())));
        let mut kept: Vec<Mention> = Vec::with_capacity(mentions.len());
        for mention in mentions {
            match kept.last_mut() {
                Some(last) if last.range.end() > mention.range.start() => {
                    if mention.range.len() > last.range.len() {
                        *last = mention;
                    }
                }
                _ => kept.push(mention),
            }
        }
        let places = found.spans.iter().filter(|span| span.label == Label::Place).map(|span| span.range);
        let mut places: Vec<TextRange> = places.collect();
        places.sort_by_key(|range| range.start());
        Self { document, list, offices, mentions: kept, places }
    }

    fn touching(&self, range: TextRange) -> &[Mention] {
        let from = self.mentions.partition_point(|mention| mention.range.end() <= range.start());
        let to = self.mentions.partition_point(|mention| mention.range.start() < range.end());
        self.mentions.get(from..to.max(from)).unwrap_or_default()
    }

    /// The party whose mention covers a range.
    pub(crate) fn at(&self, range: TextRange) -> Option<Who> {
        self.touching(range).iter().find(|mention| mention.range.contains_range(range)).and_then(|m| self.who(m))
    }

    /// Whom a name that the rules found names: the party of its mention, else what its words say.
    pub(crate) fn of(&self, range: TextRange) -> Option<Who> {
        self.at(range).or_else(|| self.named(range))
    }

    fn who(&self, mention: &Mention) -> Option<Who> {
        let party = self.list.get(mention.party)?.clone();
        Some(Who { party, range: mention.range, span: Some(mention.span), unsure: false })
    }

    /// Whom the words of a range name. The last name in it counts where nothing stands behind that; else the whole is a
    /// phrase, whose last noun says what it is.
    pub(crate) fn named(&self, range: TextRange) -> Option<Who> {
        let range = self.trimmed(range)?;
        let last = self.touching(range).last();
        if let Some(mention) = last.filter(|mention| mention.range.end() >= range.end()) {
            let joined = self.joined(mention, range);
            return if joined { self.phrase(range) } else { self.who(mention) };
        }
        let stands_for = self.state_body(range).or_else(|| self.described(range)).or_else(|| self.office_holder(range));
        stands_for.or_else(|| self.home_government(range)).or_else(|| self.phrase(range))
    }

    /// "residents of Kherson", "the Bank of England": more than the name at the end.
    fn joined(&self, mention: &Mention, range: TextRange) -> bool {
        let before = TextRange::new(range.start(), mention.range.start().max(range.start()));
        let words = self.document.slice(before).to_lowercase();
        words.split_whitespace().skip(1).any(|word| matches!(word, "of" | "in" | "from" | "at" | "for"))
    }

    /// "the Israeli army", "Kuwait's government": stands for its country.
    fn state_body(&self, range: TextRange) -> Option<Who> {
        let words = self.document.slice(range).to_lowercase();
        let body = words.split_whitespace().next_back()?;
        let mention = self
            .touching(range)
            .iter()
            .rev()
            .find(|m| self.list.get(m.party).is_some_and(|party| party.label == PartyLabel::Country))?;
        // Nothing but "'s" and one word more between.
        let between = TextRange::new(mention.range.end(), range.end());
        let few = self.document.slice(between).split_whitespace().filter(|word| !is_determiner(word)).count() <= 2;
        (is_state_body(body) && few).then(|| self.who(mention)).flatten()
    }

    /// "the company", "the union": the last body named before with that word in its name, or for words that fit any
    /// body the last one.
    fn described(&self, range: TextRange) -> Option<Who> {
        let words = self.document.slice(range);
        let before =
            self.document.text.get(..usize::from(range.start()))?.trim_end().rsplit(' ').next()?.to_lowercase();
        let known = matches!(before.as_str(), "the" | "its" | "this" | "that" | "their");
        if !known || words.contains(' ') || words.chars().next().is_some_and(char::is_uppercase) {
            return None;
        }
        let word = words.to_lowercase();
        let earlier = self.mentions.partition_point(|mention| mention.range.end() <= range.start());
        let bodies = || {
            let list = self.mentions.get(..earlier).unwrap_or_default().iter().rev();
            list.filter(|m| self.list.get(m.party).is_some_and(|party| party.label == PartyLabel::Org))
        };
        let holds = |mention: &&Mention| {
            let name = self.list.get(mention.party).map(|party| party.name.to_lowercase()).unwrap_or_default();
            name.split(|c: char| !c.is_alphanumeric()).any(|part| part == word)
        };
        let any = language().bodies.any_body.contains(word.as_str());
        bodies().find(holds).or_else(|| bodies().find(|_| any)).and_then(|mention| self.who(mention))
    }

    /// The body or country that "it" or "they" in a range most likely stands for: the first of its sentence that stands
    /// before it, else the first of the sentence before.
    pub(crate) fn body_before(&self, range: TextRange, sentence: TextSize) -> Option<Who> {
        let acts = |mention: &&Mention| {
            self.list.get(mention.party).is_some_and(|party| party.label != PartyLabel::Person) && !mention.demonym
        };
        let before = self.mentions.partition_point(|mention| mention.range.end() <= range.start());
        let here = self.mentions.partition_point(|mention| mention.range.start() < sentence);
        let earlier = self.document.sentences.partition_point(|other| other.end() <= sentence);
        let start =
            earlier.checked_sub(1).and_then(|at| self.document.sentences.get(at)).map_or(sentence, |s| s.start());
        let there = self.mentions.partition_point(|mention| mention.range.start() < start);
        let first = |from: usize, to: usize| self.mentions.get(from..to).unwrap_or_default().iter().find(acts);
        let mention = first(here, before).or_else(|| first(there, here))?;
        Some(Who { range, ..self.who(mention)? })
    }

    fn phrase(&self, mut range: TextRange) -> Option<Who> {
        let at = self.places.partition_point(|place| place.end() <= range.start());
        if self.places.get(at).is_some_and(|place| place.contains_range(range)) {
            return None;
        }
        // "the Chamber of Commerce (Cciap"
        if let Some((before, _)) = self.document.slice(range).split_once('(') {
            range = TextRange::at(range.start(), TextSize::of(before.trim_end()));
        }
        // "Belgian police"
        if let Some(before) = self.people_before(range) {
            range = before.cover(range);
            if let Some(country) = self.state_body(range) {
                return Some(country);
            }
        }
        let name = self.document.slice(range).split_whitespace().collect::<Vec<_>>().join(" ");
        let label = label_of(&name)?;
        Some(Who { party: Party { label, name, country: None }, range, span: None, unsure: false })
    }

    /// The range without articles, titles and marks at its ends; none where nothing is left.
    fn trimmed(&self, mut range: TextRange) -> Option<TextRange> {
        loop {
            let tokens = self.document.tokens_in(range);
            let (first, last) = (tokens.start, tokens.end.checked_sub(1)?);
            let word = |at: usize| self.document.word(at).to_lowercase();
            let leads = |word: &str| {
                is_determiner(word) && !is_counted(word)
                    || matches!(word, "’s" | "s’")
                    || is_preposition(word)
                    || !word.chars().any(char::is_alphanumeric)
                    || language().phrases.party_edges.contains(word)
            };
            let (a, b) = (word(first), word(last));
            if first == last {
                return (!leads(&a)).then_some(range);
            }
            let (from, to) = (self.document.tokens.get(first)?.range, self.document.tokens.get(last)?.range);
            range = if leads(&a) {
                TextRange::new(self.document.tokens.get(first + 1)?.range.start(), range.end().max(to.end()))
            } else if leads(&b) {
                TextRange::new(range.start().min(from.start()), self.document.tokens.get(last - 1)?.range.end())
            } else {
                return Some(TextRange::new(from.start(), to.end()));
            };
            if range.len() == TextSize::default() {
                return None;
            }
        }
    }
}

/// What descriptions are compared with.
impl Parties<'_, '_> {
    /// The office of a person and the country that they are of.
    pub(super) fn office(&self, party: usize) -> Option<(&str, Option<CountryCode>)> {
        Some((self.offices.get(&party)?, self.list.get(party)?.country))
    }

    /// The party that fits and was named last before a range; the one named behind where just one fits.
    pub(super) fn nearest(&self, range: TextRange, fits: impl Fn(usize) -> bool) -> Option<Who> {
        let (before, behind) =
            self.mentions.split_at(self.mentions.partition_point(|mention| mention.range.end() <= range.start()));
        let mention = before.iter().rev().find(|mention| fits(mention.party)).or_else(|| {
            let mut fitting = behind.iter().filter(|mention| fits(mention.party));
            let first = fitting.next()?;
            fitting.all(|other| other.party == first.party).then_some(first)
        })?;
        Some(Who { range, ..self.who(mention)? })
    }

    /// The country named most often and how often that is, and how often the next is.
    pub(super) fn most_named(&self) -> (Option<(usize, usize)>, usize) {
        let mut counts: Vec<(usize, usize)> = Vec::new();
        for mention in &self.mentions {
            if self.list.get(mention.party).is_none_or(|party| party.label != PartyLabel::Country) {
                continue;
            }
            match counts.iter_mut().find(|(party, _)| *party == mention.party) {
                Some((_, count)) => *count += 1,
                None => counts.push((mention.party, 1)),
            }
        }
        counts.sort_by_key(|(party, count)| (std::cmp::Reverse(*count), *party));
        (counts.first().copied(), counts.get(1).map_or(0, |(_, count)| *count))
    }

    /// A party, told by other words in a range.
    pub(super) fn standing_for(&self, party: usize, range: TextRange) -> Option<Who> {
        let mention = self.mentions.iter().find(|mention| mention.party == party)?;
        Some(Who { range, ..self.who(mention)? })
    }

    /// The country that the words of a range name, or whose people they do.
    pub(super) fn country_at(&self, range: TextRange) -> Option<CountryCode> {
        let mut parties = self.touching(range).iter().filter_map(|mention| self.list.get(mention.party));
        parties.find(|party| party.label == PartyLabel::Country)?.country
    }

    /// The name of a people right before a range.
    pub(super) fn people_before(&self, range: TextRange) -> Option<TextRange> {
        let before = self.mentions.partition_point(|mention| mention.range.end() <= range.start());
        let last = before.checked_sub(1).and_then(|at| self.mentions.get(at)).filter(|mention| mention.demonym)?;
        let between = TextRange::new(last.range.end(), range.start());
        (self.document.slice(between) == " ").then_some(last.range)
    }

    /// The word right before a range, with one space between.
    pub(super) fn word_before(&self, range: TextRange) -> Option<&str> {
        let before = self.document.text.get(..usize::from(range.start()))?.strip_suffix(' ')?;
        before.rsplit(char::is_whitespace).next().filter(|word| word.chars().all(|c| c.is_alphanumeric() || c == '-'))
    }

    /// The words of a range, each by where it stands.
    pub(super) fn tokens(&self, range: TextRange) -> impl Iterator<Item = TextRange> {
        let tokens = self.document.tokens_in(range);
        self.document.tokens.get(tokens).unwrap_or_default().iter().map(|token| token.range)
    }

    /// What a range says.
    pub(super) fn said(&self, range: TextRange) -> &str {
        self.document.slice(range)
    }
}

/// "two", "several": part of a phrase that names a group.
fn is_counted(word: &str) -> bool {
    language().numbers.counted.contains(word)
}

/// The organisations and peoples of a text with their spans: names of which one is short for the other are one.
fn bodies(document: &Document<'_>, found: &Suggestions) -> Vec<(String, PartyLabel, Vec<usize>)> {
    let mut list: Vec<(String, PartyLabel, Vec<usize>)> = Vec::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    // The full name of each short form that the text gives.
    let mut given: HashMap<String, String> = HashMap::new();
    for (index, span) in found.spans.iter().enumerate() {
        let label = match span.label.engine() {
            Some(Label::Org) => PartyLabel::Org,
            Some(Label::Norp) => PartyLabel::Group,
            _ => continue,
        };
        let name = plain(document.slice(span.range));
        let key = name.to_lowercase();
        let short = short_form_behind(document.text, span.range.end()).filter(|short| is_made_of(short, &name));
        if let Some(short) = short.filter(|_| name.contains(' ')) {
            given.entry(short.to_lowercase()).or_insert_with(|| key.clone());
        }
        if let Some(known) = by_name.get(&key).and_then(|at| list.get_mut(*at)) {
            known.2.push(index);
            continue;
        }
        by_name.insert(key, list.len());
        list.push((name, label, vec![index]));
    }
    let mut merged: Vec<(String, PartyLabel, Vec<usize>)> = Vec::new();
    list.sort_by_key(|(name, ..)| std::cmp::Reverse(name.len()));
    for (name, label, spans) in list {
        // How many longer names are compared: keeps this linear.
        let given = given.get(&name.to_lowercase());
        let is_of = |full: &str| match given {
            Some(given) => *given == full.to_lowercase(),
            None => is_short_for(&name, full),
        };
        let fuller = merged.iter_mut().take(200).find(|(full, of, _)| *of == label && is_of(full));
        match fuller {
            Some((_, _, known)) => known.extend(spans),
            None => merged.push((name, label, spans)),
        }
    }
    merged
}

/// "WHO" for "World Health Organization", "Telmex" for "Telmex Group".
fn is_short_for(short: &str, full: &str) -> bool {
    let (parts, whole): (Vec<&str>, Vec<&str>) = (words_of(short).collect(), words_of(full).collect());
    if parts.len() == 1 && stands_for(short, full) {
        return true;
    }
    let within = whole.windows(parts.len().max(1)).any(|window| window == parts);
    // "Ministry" alone may be of any.
    within && whole.len() > parts.len() && (parts.len() > 1 || !knowledge::is_common(&short.to_lowercase()))
}

/// What the last noun of a phrase says that it names; none for what can do nothing.
fn label_of(phrase: &str) -> Option<PartyLabel> {
    let lower = phrase.to_lowercase();
    let head = lower.split([',', '(']).next().unwrap_or_default();
    let mut words = head.split_whitespace().peekable();
    let mut noun = "";
    while let Some(word) = words.next() {
        if noun.is_empty() || !is_preposition(word) {
            noun = word;
        }
        if words.peek().is_some_and(|next| is_preposition(next) || matches!(*next, "who" | "that" | "which")) {
            break;
        }
    }
    let noun = noun.trim_end_matches("'s").trim_end_matches("’s");
    if !noun.chars().any(char::is_alphabetic) {
        return None;
    }
    let capital = phrase.chars().next().is_some_and(char::is_uppercase);
    Some(match noun {
        _ if language().bodies.bodies.contains(noun) => PartyLabel::Org,
        _ if language().bodies.somebody.contains(noun) => PartyLabel::Person,
        _ if capital && !is_many(noun) => PartyLabel::Org,
        _ => PartyLabel::Group,
    })
}

/// What words that a person types as somebody who takes part most likely stand for: "Dana Airlines", "the protesters".
pub fn party_label(name: &str) -> PartyLabel {
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let first = name.split_whitespace().next().unwrap_or_default();
    let is_name = !first.is_empty() && name.split_whitespace().all(capital);
    match label_of(name) {
        Some(PartyLabel::Person) => PartyLabel::Person,
        _ if is_name && knowledge::name_flags(first).given => PartyLabel::Person,
        _ if is_name => PartyLabel::Org,
        label => label.unwrap_or(PartyLabel::Group),
    }
}

/// Whether a noun in small letters names several: "protesters", "staff".
pub(crate) fn is_many(noun: &str) -> bool {
    let plural = noun.ends_with('s') && !noun.ends_with("ss") && !noun.ends_with("us");
    plural || noun == "police" || language().bodies.people.contains(noun)
}

impl Parties<'_, '_> {
    /// Whether a range lies in a name of a people or a country's people: no place.
    pub(crate) fn is_demonym(&self, range: TextRange) -> bool {
        self.touching(range).iter().any(|mention| mention.demonym)
    }
}
