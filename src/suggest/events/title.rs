//! What a record is called, as an index would list it: "Xi–Putin meeting in Beijing", "Police arrest four men". Made of
//! the words around its most telling mention, of who takes part, and of the place.

use text_size::TextRange;

use super::grammar::{
    breaks_clause, is_adverb, is_be, is_determiner, is_have, is_modal, is_preposition, is_reporting, is_subject,
};
use super::lexicon::UNLISTED;
use super::merge::EventMention;
use super::morphology::{Form, base, with_s};
use super::parties;
use super::records::{Read, Record, Telling};
use super::words::Word;
use crate::project::PartyLabel;
use crate::project::{Modality, Plover, Polarity, Role};
use crate::suggest::events::parties::Who;
use crate::text::language::language;
use crate::text::tokens::TokenKind;

/// The most words of a name, as the code book has it; what is longer is cut at a phrase.
const MOST: usize = 8;
/// How many tellings are tried for a name, the most telling first.
const LEADS: usize = 4;
/// The fewest words that a name is cut to at a preposition.
const LEAST: usize = 2;
/// The most words between two commas.
const ASIDE: usize = 20;
/// The most words of an object or a subject that are taken from the text.
const PHRASE: usize = 6;

/// The name of a record; never empty where the record has a telling.
pub(crate) fn title(read: &Read<'_, '_>, record: &Record) -> String {
    if let Some(event) = record.tellings.iter().find_map(|telling| read.named_by(*telling)) {
        return one_line(&event.name);
    }
    let told: Vec<&EventMention> = record
        .tellings
        .iter()
        .filter_map(|telling| match *telling {
            Telling::Told(index) => read.told.get(index),
            Telling::Named(_) => None,
        })
        .collect();
    let maker = Maker { read, record };
    let made = |lead: &&EventMention| {
        let noun = lead.trigger.is_noun() || lead.trigger.form == Form::Adjective;
        let (made, least) = if noun { (maker.of_noun(lead), LEAST) } else { maker.of_verb(lead) };
        capitalised(&shortened(&made, MOST, least))
    };
    // A bare verb tells nothing: the next telling may say more.
    let tells = |lead: &&&EventMention| lead.trigger.is_noun() || made(lead).split_whitespace().count() > 2;
    told.iter().take(LEADS).find(tells).or(told.first()).map(made).unwrap_or_default()
}

struct Maker<'a, 'd, 't> {
    read: &'a Read<'d, 't>,
    record: &'a Record,
}

impl Maker<'_, '_, '_> {
    fn of_role(&self, role: Role) -> Vec<&Who> {
        self.record.parties.iter().filter(|(of, _)| *of == role).map(|(_, who)| who).collect()
    }

    /// At most two of these, of which neither is named by words of the other: not "the family and family".
    fn apart<'w>(&self, mut who: Vec<&'w Who>) -> Vec<&'w Who> {
        let words = |who: &Who| -> Vec<String> {
            who.party.name.to_lowercase().split_whitespace().map(str::to_owned).collect()
        };
        let within = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
        let first = who.first().map(|who| words(who)).unwrap_or_default();
        let other = who.iter().skip(1).position(|who| {
            let named = words(who);
            !within(&named, &first) && !within(&first, &named)
        });
        match other {
            Some(other) => who.swap(1, other + 1),
            None => who.truncate(1),
        }
        who.truncate(2);
        who
    }

    /// "face-to-face talks", with its owner, its object and its place.
    fn of_noun(&self, lead: &EventMention) -> String {
        let words = self.read.words;
        let (first, last) = (lead.trigger.first, lead.trigger.last);
        let start = self.noun_start(first);
        let mut noun = words.spelled(start, last).to_owned();
        // "deployment of 100,000 troops"
        let complement = words.after(last, 1) == "of";
        let object = if complement { self.phrase_behind(last + 2) } else { None };
        if let Some(object) = &object {
            noun = format!("{noun} of {object}");
        }
        let (actors, recipients) = (self.of_role(Role::Actor), self.of_role(Role::Recipient));
        let consult = self.record.kind == crate::project::EventType::Happening(Some(Plover::Consult));
        let outside = |who: &&&Who| !noun.contains(&self.short(who)) && !noun.contains(&who.party.name);
        let mut actors: Vec<&&Who> = actors.iter().filter(outside).take(2).collect();
        actors.sort_by_key(|who| if consult { who.range.start() } else { Default::default() });
        let mut made = match actors.as_slice() {
            [] => noun.clone(),
            [a, b] if consult => format!("{}–{} {noun}", self.short(a), self.short(b)),
            [a, ..] => format!("{} {noun}", possessive(&self.short(a))),
        };
        if let Some(who) = recipients.iter().find(outside).filter(|_| object.is_none()) {
            made = format!("{made} {} {}", self.towards(), self.short(who));
        }
        self.reality(self.placed(made), true)
    }

    /// "Police arrest four men", "Xi to host Putin", "Four men arrested"; and how many words are needed up to the verb.
    fn of_verb(&self, lead: &EventMention) -> (String, usize) {
        let (first, last) = (lead.trigger.first, lead.trigger.last);
        let actors = self.of_role(Role::Actor);
        let recipients = self.of_role(Role::Recipient);
        let subject = self.phrase_before(first);
        if lead.trigger.passive {
            let whom = recipients.first().map(|who| self.short(who)).or(subject).unwrap_or_default();
            let by = actors.first().map(|who| format!(" by {}", self.short(who))).unwrap_or_default();
            let behind = if by.is_empty() { self.complement(last, true) } else { String::new() };
            let form = self.read.words.spelled(first, last);
            let whom = shortened(&whom, PHRASE, LEAST);
            let not = if self.is_untold() && !whom.is_empty() && !is_nobody(&whom) { "not " } else { "" };
            let made = match self.record.modality {
                Modality::Planned | Modality::Demanded => format!("{whom} {not}to be {form}{by}{behind}"),
                _ => format!("{whom} {not}{form}{by}{behind}"),
            };
            let made = self.placed(made);
            let needed = count(&whom) + count(form);
            return (if self.is_untold() && !whom.is_empty() { made } else { self.reality(made, false) }, needed);
        }
        let object = self.complement(last, false);
        // "Merkel meets Macron": whom the object tells of does not stand before the verb too.
        let told_behind = |who: &&Who| {
            let at = self.read.words.at(who.range.start());
            !object.is_empty() && at > last && self.read.words.same_sentence(last, at)
        };
        let before: Vec<&Who> = actors.iter().copied().filter(|who| !told_behind(who)).collect();
        let actors = self.apart(if before.is_empty() { actors } else { before });
        let joined = |who: &[&Who]| who.iter().map(|who| self.short(who)).collect::<Vec<_>>().join(" and ");
        let doer = if actors.is_empty() { subject.unwrap_or_default() } else { joined(&actors) };
        // Two with long names may leave no room for what they do.
        let (actors, doer) = match actors.as_slice() {
            [first, _] if count(&doer) + 1 + count(&object) > MOST => (vec![*first], self.short(first)),
            _ => (actors, doer),
        };
        let plural = match actors.as_slice() {
            [] => ends_many(&doer),
            [one] => is_plural(one),
            _ => true,
        };
        let told = self.is_untold() && !doer.is_empty();
        let not = told && !is_nobody(&doer) && !is_nobody(&object);
        let verb = self.verb(lead, &doer, plural, not);
        let needed = count(&doer) + count(&verb);
        let mut made = format!("{doer} {verb}{object}");
        if object.is_empty()
            && let Some(who) = recipients.first()
        {
            made = format!("{made} {}", self.short(who));
        }
        let made = self.placed(made);
        let planned = self.record.modality == Modality::Planned && doer.is_empty();
        let made = match told {
            true => made,
            false if planned => format!("Planned: {}", made.trim_start()),
            false => self.reality(made, false),
        };
        (made, needed)
    }

    /// Whether it is said not to happen, and not only to be denied, planned or possible: "China does not join the ban".
    fn is_untold(&self) -> bool {
        self.record.polarity == Polarity::Negative && self.record.modality == Modality::Asserted
    }

    /// A verb with its particle as it stands behind who does it: "arrest", "arrests", "to arrest", "does not arrest".
    fn verb(&self, lead: &EventMention, doer: &str, plural: bool, not: bool) -> String {
        let words = self.read.words;
        let (first, form) = (lead.trigger.first, lead.trigger.form);
        let said = words.spelled(first, first);
        // "held" is told by its base, as what the lexicon knows is.
        let unlisted = if form == Form::Base { Some(words.lower(first).to_owned()) } else { base(words.lower(first)) };
        let lemma = match lead.trigger.entry.lemma {
            lemma if lemma == UNLISTED.lemma => unlisted.as_deref(),
            lemma => lemma.split(' ').next(),
        };
        let planned = matches!(self.record.modality, Modality::Planned | Modality::Demanded);
        let verb = match lemma {
            Some(lemma) if not => format!("{} not {lemma}", if plural { "do" } else { "does" }),
            Some(_) if doer.is_empty() && form == Form::Gerund => said.to_owned(),
            Some(lemma) if planned && !doer.is_empty() => format!("to {lemma}"),
            Some(lemma) if doer.is_empty() || plural => lemma.to_owned(),
            Some(lemma) => with_s(lemma),
            None => said.to_owned(),
        };
        let particle = words.spelled(first + 1, lead.trigger.last);
        if particle.is_empty() { verb } else { format!("{verb} {particle}") }
    }

    /// What stands behind a verb: " four men", " to work with Moscow"; with a space before it.
    fn complement(&self, last: usize, passive: bool) -> String {
        let words = self.read.words;
        let (mut end, mut complete) = (last, None);
        for at in last + 1..=last + PHRASE + 1 {
            let word = words.lower(at);
            let auxiliary = is_have(word) || is_modal(word) || is_be(word);
            let stops = !words.same_sentence(last, at)
                || breaks_clause(word)
                // "people injured in the blast were taken": the verb of the sentence.
                || passive && auxiliary && words.before(at, 1) != "to"
                || language().phrases.complement_ends.contains(word)
                || self.is_date(at)
                || self.tells_more(at)
                || word.ends_with("ed") && words.after(at, 1) == "by"
                // "a statement reflecting their views"
                || word.ends_with("ing") && end > last && end + 1 == at && is_determiner(words.after(at, 1));
            let joins = is_preposition(word) || word == "to";
            if stops || joins {
                complete = Some(end).filter(|end| *end > last).or(complete);
            }
            if stops {
                break;
            }
            // What goes on ends with the last phrase that is whole, if there is one.
            if at > last + PHRASE {
                end = complete.unwrap_or(end);
                break;
            }
            let article = is_determiner(word) && word != "'s";
            let open = article || joins || is_be(word) || is_adverb(word);
            if !open {
                end = at;
            }
        }
        let said = words.spelled(last + 1, end);
        if end == last || said.is_empty() { String::new() } else { format!(" {}", bare(said)) }
    }

    /// A noun phrase from a word on: "100,000 troops".
    fn phrase_behind(&self, from: usize) -> Option<String> {
        let words = self.read.words;
        let mut end = None;
        for at in from..from + PHRASE {
            let word = words.lower(at);
            let plain = words.get(at).is_some_and(|w| w.kind != TokenKind::Punct);
            let stops = !words.same_sentence(from, at)
                || breaks_clause(word)
                || !plain
                || is_preposition(word) && word != "of"
                || is_be(word)
                || is_have(word)
                || is_modal(word)
                || self.is_date(at)
                || language().phrases.object_ends.contains(word);
            if stops {
                break;
            }
            if word != "of" && !(is_determiner(word) && word != "'s") {
                end = Some(at);
            }
        }
        end.map(|end| bare(words.spelled(from, end)))
    }

    /// The noun phrase before a verb, its subject where nobody else is known: what stands before a preposition is told of
    /// by what stands behind it, "landslides in Nepal killed", "the head of the union resigned".
    fn phrase_before(&self, verb: usize) -> Option<String> {
        let words = self.read.words;
        let near = |at: &usize| words.same_sentence(*at, verb);
        let before = |at: usize| at.checked_sub(1).filter(near);
        let group = self.before_auxiliaries(before(verb)?, verb)?;
        let gerund = group + 1 == verb && words.lower(verb).ends_with("ing");
        // "another officer who pursued", "demonstrations demanding": told of what stands right before.
        let (mut end, mut adjoining) = match words.lower(group) {
            "who" | "which" | "that" => (before(group)?, true),
            // "was arrested and is to be charged", "exploded, killing three": the subject of the verb before.
            "and" | "or" | "but" | "," if words.lower(group) != "," || gerund => {
                let told = self.read.told.partition_point(|told| told.trigger.last < group);
                let other = told.checked_sub(1).and_then(|at| self.read.told.get(at))?;
                let verb = !other.trigger.is_noun() && near(&other.trigger.first);
                return if verb { self.phrase_before(other.trigger.first) } else { None };
            }
            // "the bridge, which opens on Sunday, will cut"
            "," => (self.comma_before(group).and_then(before).or(before(group))?, false),
            _ => (group, gerund),
        };
        let mut crossed = false;
        loop {
            while words.lower(end) == "," {
                end = before(end)?;
            }
            let word = words.lower(end);
            if is_preposition(word) || is_reporting(word) || breaks_clause(word) {
                return None;
            }
            let start = self.phrase_start(end, verb);
            let joint = before(start).filter(|at| {
                let word = words.lower(*at);
                is_preposition(word) && word != "than" && !language().grammar.clause_prepositions.contains(word)
                    || crossed && word == "and"
            });
            let Some(joint) = joint.filter(|_| !adjoining) else {
                return self.phrase(start, end, verb);
            };
            let outer = before(joint)?;
            // "all of our accidents", "a number of people"
            let amount = language().numbers.amounts.contains(words.lower(outer)) || is_determiner(words.lower(outer));
            if amount && words.lower(joint) == "of" {
                return self.phrase(start, end, verb);
            }
            end = self.before_participle(outer, verb)?;
            (crossed, adjoining) = (true, false);
        }
    }

    /// The comma that opens what one closes.
    fn comma_before(&self, comma: usize) -> Option<usize> {
        let words = self.read.words;
        let before = (1..ASIDE).map_while(|by| comma.checked_sub(by)).take_while(|at| words.same_sentence(*at, comma));
        before.into_iter().find(|at| words.lower(*at) == ",")
    }

    /// The last word before a verb that is no auxiliary of it: of "tried to breach" the one before "tried".
    fn before_auxiliaries(&self, mut end: usize, verb: usize) -> Option<usize> {
        let words = self.read.words;
        let mut infinitive = false;
        loop {
            let word = words.lower(end);
            let auxiliary = is_be(word)
                || is_have(word)
                || is_modal(word) && word != "help"
                || is_adverb(word)
                || matches!(word, "to" | "then")
                || infinitive && (word.ends_with("ed") || language().happenings.infinitive_leads.contains(word));
            if !auxiliary {
                return Some(end);
            }
            infinitive = word == "to";
            end = end.checked_sub(1).filter(|at| words.same_sentence(*at, verb))?;
        }
    }

    /// Where the noun phrase begins that ends at a word before a verb.
    fn phrase_start(&self, end: usize, verb: usize) -> usize {
        let words = self.read.words;
        let mut start = end;
        while end - start < PHRASE {
            let Some(before) = start.checked_sub(1).filter(|at| words.same_sentence(*at, verb)) else { break };
            let word = words.lower(before);
            let plain = words.get(before).is_some_and(|w| w.kind != TokenKind::Punct);
            if !plain
                || self.is_date(before)
                || is_preposition(word)
                || breaks_clause(word)
                || is_be(word)
                || is_have(word)
                || is_modal(word)
                || matches!(word, "and" | "to" | "that" | "said")
                || is_subject(word)
            {
                break;
            }
            start = before;
            if is_determiner(word) && word != "'s" && !words.get(before).is_some_and(|w| w.kind == TokenKind::Number) {
                break;
            }
        }
        start
    }

    /// The words of a noun phrase before a verb, if they name something.
    fn phrase(&self, start: usize, end: usize, verb: usize) -> Option<String> {
        let words = self.read.words;
        let said = words.spelled(start, end);
        let pronoun = start == end && (is_subject(words.lower(end)) || is_determiner(words.lower(end)));
        let real = words.same_sentence(end, verb)
            && !self.is_date(end)
            && !is_preposition(words.lower(end))
            && said.chars().any(char::is_alphabetic);
        (real && !pronoun).then(|| bare(said))
    }

    /// The word before a participle and its adverbs, "rains" of "rains seen lately in"; the word itself where it is none.
    fn before_participle(&self, at: usize, verb: usize) -> Option<usize> {
        let words = self.read.words;
        let before = |at: usize| at.checked_sub(1).filter(|before| words.same_sentence(*before, verb));
        let word = words.lower(at);
        let small = words.get(at).is_some_and(Word::is_small);
        let past = word.ends_with("ed") || !word.ends_with('s') && base(word).is_some_and(|base| base != word);
        // "banks relying on", but "the meeting in".
        let behind_noun = before(at).is_some_and(|at| words.lower(at).ends_with('s') || is_adverb(words.lower(at)));
        let participle = small && (past && !word.ends_with("ing") || word.ends_with("ing") && behind_noun);
        if !participle {
            return Some(at);
        }
        let mut end = before(at)?;
        while is_adverb(words.lower(end)) {
            end = before(end)?;
        }
        Some(end)
    }

    /// Where the noun phrase begins that ends with a noun: "a diplomatic boycott".
    fn noun_start(&self, noun: usize) -> usize {
        let words = self.read.words;
        let mut start = noun;
        while noun - start < 4 {
            let Some(before) = start.checked_sub(1).filter(|at| words.same_sentence(*at, noun)) else { break };
            let word = words.lower(before);
            let plain = words.get(before).is_some_and(|w| w.kind == TokenKind::Word);
            let at = self.read.told.partition_point(|told| told.trigger.last < before);
            let verb =
                self.read.told.get(at).is_some_and(|told| told.trigger.last == before && !told.trigger.is_noun());
            if !plain
                || verb
                || is_determiner(word)
                || is_preposition(word)
                || breaks_clause(word)
                || is_be(word)
                || is_have(word)
                || is_modal(word)
                || is_adverb(word)
                || is_subject(word)
                || language().phrases.phrase_starts.contains(word)
            {
                break;
            }
            start = before;
        }
        start
    }

    /// Whether another verb tells something of its own here: "asks if the party endorses him".
    fn tells_more(&self, word: usize) -> bool {
        let at = self.read.told.partition_point(|told| told.trigger.last < word);
        let verb = self.read.told.get(at).filter(|told| told.trigger.first == word && !told.trigger.passive);
        verb.is_some_and(|told| matches!(told.trigger.form, Form::Third | Form::Past))
    }

    fn is_date(&self, word: usize) -> bool {
        let Some(range) = self.read.words.range(word, word) else { return false };
        let at = self.read.dates.partition_point(|date| date.range.end() <= range.start());
        self.read.dates.get(at).is_some_and(|date| date.range.contains_range(range))
    }

    /// What stands between an event noun and whom it is done to.
    fn towards(&self) -> &'static str {
        match self.record.kind {
            crate::project::EventType::Happening(Some(plover)) => match plover {
                Plover::Accuse | Plover::Protest | Plover::Sanction | Plover::Threaten | Plover::Assault => "against",
                Plover::Aid | Plover::Support | Plover::Concede | Plover::Agree => "for",
                Plover::Request => "to",
                Plover::Consult | Plover::Cooperate => "with",
                Plover::Reject | Plover::Coerce | Plover::Retreat | Plover::Mobilize => "of",
            },
            _ => "of",
        }
    }

    /// With the place, where it is not told already and there is room.
    fn placed(&self, made: String) -> String {
        let Some(place) = self.record.place.as_ref().filter(|_| self.record.placed) else { return made };
        let short = made.split_whitespace().count() + place.name.split_whitespace().count() < MOST - 1;
        if short && !made.contains(&place.name) { format!("{made} in {}", one_line(&place.name)) } else { made }
    }

    /// What is denied, wanted or only possible is called so.
    fn reality(&self, made: String, noun: bool) -> String {
        match (self.record.polarity, self.record.modality) {
            (Polarity::Negative, _) => format!("Denied: {made}"),
            (_, Modality::Possible) if noun => format!("Possible {made}"),
            (_, Modality::Possible) => format!("Possible: {made}"),
            (_, Modality::Planned) if noun => format!("Planned {made}"),
            (_, Modality::Demanded) if noun => format!("Call for {made}"),
            _ => made,
        }
    }

    /// The shortest name that the text has for somebody: "Xi" for "Xi Jinping".
    fn short(&self, who: &Who) -> String {
        let name = one_line(&who.party.name);
        if who.party.label != PartyLabel::Person || who.span.is_none() {
            return shortened(&name, PHRASE, LEAST);
        }
        let person = self.read.found.people().iter().find(|person| person.name == who.party.name);
        let mentions = person.map_or(&[][..], |person| &person.mentions);
        let said =
            mentions.iter().filter_map(|span| self.read.found.spans.get(*span)).map(|span| self.slice(span.range));
        let shortest = said.filter(|said| said.len() > 1).min_by_key(|said| said.len()).map(one_line);
        let shortest = shortest.map(|said| said.trim_end_matches("'s").trim_end_matches("’s").to_owned());
        shortest.filter(|said| !said.is_empty() && said.len() < name.len()).unwrap_or(name)
    }

    fn slice(&self, range: TextRange) -> &str {
        self.read.document.slice(range)
    }
}

/// Whether a verb behind somebody is plural: "police arrest", "protesters march".
fn is_plural(who: &Who) -> bool {
    // "police in Malmberg"
    let words = who.party.name.split_inclusive(' ').take_while(|word| !is_preposition(word.trim_end()));
    let head = who.party.name.get(..words.map(str::len).sum()).unwrap_or_default().trim_end();
    let last = if head.is_empty() { who.party.name.as_str() } else { head };
    match who.party.label {
        PartyLabel::Group => true,
        // "Belgian police"
        PartyLabel::Org if last.to_lowercase().ends_with("police") => true,
        // "Authorities", but "Reuters".
        PartyLabel::Org => {
            let common = !last.chars().any(char::is_uppercase)
                || language().bodies.people.contains(last.to_lowercase().as_str());
            ends_many(last) && common
        }
        PartyLabel::Person | PartyLabel::Country => false,
    }
}

/// Whether the last word of a phrase is a plural.
fn ends_many(phrase: &str) -> bool {
    parties::is_many(&phrase.rsplit(' ').next().unwrap_or_default().to_lowercase())
}

fn possessive(name: &str) -> String {
    if name.ends_with('s') { format!("{name}'") } else { format!("{name}'s") }
}

/// "nobody", "no ships": what says by itself that something is not so.
fn is_nobody(phrase: &str) -> bool {
    let first = phrase.split_whitespace().next().unwrap_or_default().to_lowercase();
    first == "no" || language().reality.nobody.contains(&first)
}

/// Without an article at its beginning, on one line.
fn bare(said: &str) -> String {
    let said = one_line(said);
    let said = if said.contains('(') { said } else { said.replace(')', "") };
    let (first, rest) = said.split_once(' ').unwrap_or(("", &said));
    let article = language().grammar.bare_articles.contains(first.to_lowercase().as_str());
    if article { rest.to_owned() } else { said }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn count(phrase: &str) -> usize {
    phrase.split_whitespace().count()
}

/// At most so many words, and no preposition or article at the end: what is too long ends before a preposition, where at
/// least so many stand before that.
fn shortened(made: &str, most: usize, least: usize) -> String {
    let mut words: Vec<&str> = made.split_whitespace().collect();
    if words.len() > most {
        let joins = |word: &&str| matches!(*word, "and" | "or" | "to") || is_preposition(word);
        let cut = words.iter().take(most + 1).rposition(joins).filter(|at| *at >= least);
        match cut {
            Some(cut) => words.truncate(cut),
            None => cut_between_phrases(&mut words, most, least),
        }
    }
    while words.len() > 1
        && words.last().is_some_and(|word| {
            let word = word.to_lowercase();
            is_preposition(&word)
                || is_determiner(&word)
                || is_adverb(&word)
                || matches!(word.as_str(), "and" | "or" | "to" | "," | "but")
        })
    {
        words.pop();
    }
    words.join(" ")
}

/// Cuts to so many words, or fewer where that would part a name, a number from what is counted, or an owner from what is
/// owned.
fn cut_between_phrases(words: &mut Vec<&str>, most: usize, least: usize) {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let mut end = most;
    while end > least
        && let (Some(last), Some(next)) = (words.get(end - 1), words.get(end))
    {
        let parted = capital(last) && next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || last.starts_with(|c: char| c.is_ascii_digit())
            || last.ends_with("'s")
            || last.ends_with("’s");
        if !parted {
            break;
        }
        end -= 1;
    }
    words.truncate(end);
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
