//! How likely a candidate is a person's name, by its words and by what stands around it.

use super::chunks::{Candidate, is_initial};
use super::link::{Link, Part};
use crate::suggest::context::{Context, Style, is_clitic, is_shouted, seat};
use crate::suggest::knowledge;
use crate::suggest::tagger::joined;
use crate::suggest::{CountryName, Label};
use crate::text::language::language;

/// A candidate's probability and the reason for it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Judgement {
    pub score: f32,
    pub reason: String,
}

/// Below this a full name is not proposed.
pub(super) const ENOUGH: f32 = 0.5;

/// From here on a full name is proposed in a list beside another.
pub(super) const ENOUGH_IN_LIST: f32 = 0.38;

/// How likely it is that a word is a part of a known name where the rules see none there.
pub(super) const UNFIT: f32 = 0.05;

/// How likely a name is where the rules see none.
const UNSEEN: f32 = 0.08;

/// What the rules say joined with what the tagger says.
pub(super) fn with_tag(judged: Option<Judgement>, tag: Option<f32>) -> Option<Judgement> {
    let Some(tag) = tag else { return judged };
    let score = joined(judged.as_ref().map_or(UNSEEN, |judged| judged.score), tag);
    let reason = match judged {
        Some(judged) if judged.score >= ENOUGH => format!("{}; tagger {tag:.2}", judged.reason),
        _ => format!("tagger {tag:.2}"),
    };
    Some(Judgement { score, reason })
}

/// Whether a single word stands for something that is no person, whatever the tagger says: a storm, a place in a
/// dateline, a politician's seat, a family, a firm, a country that nobody is named after, unless the name is `known` as a part of somebody's; or several that
/// name a firm, or stand behind what only bodies are called.
pub(super) fn is_other(context: &Context<'_, '_>, candidate: &Candidate, known: bool) -> bool {
    let first = candidate.tokens.start;
    if candidate.words.len() > 1 && language().bodies.like_people.contains(&candidate.words.join(" ")) {
        return true;
    }
    if language().people.storms.contains(context.word_before(first)) || is_called_body(context, candidate) {
        return true;
    }
    let Some(word) = candidate.words.first().filter(|_| candidate.words.len() == 1 && candidate.title.is_none()) else {
        return false;
    };
    if seat(context.word(first)).is_some() || is_family(context, candidate) || is_firm(context, candidate) {
        return true;
    }
    let flags = knowledge::name_flags(word);
    let term = knowledge::country_term(word);
    let country = term.is_some();
    // "Washington said": the government, where nobody of that name was named in full.
    let capital = term.is_some_and(|term| matches!(term.kind, CountryName::Capital | CountryName::Government));
    let listed = country && beside_country(context, first, candidate.tokens.end.saturating_sub(1));
    listed
        || country && !known && (capital || !flags.given && !flags.surname)
        || (country || knowledge::place(word).is_some()) && is_dateline(context, first)
}

/// Whether a word stands at the start of a line as agencies write where they report from: "KYIV —", "PARIS (AP)".
fn is_dateline(context: &Context<'_, '_>, at: usize) -> bool {
    let behind = matches!(context.word_after(at), "(" | "—" | "–" | "-" | "/");
    behind && context.starts(at) && is_shouted(context.word(at))
}

/// "the Clintons", "both Smiths": several of one name, and not one of them.
fn is_family(context: &Context<'_, '_>, candidate: &Candidate) -> bool {
    let before = context.word_before(candidate.tokens.start).to_lowercase();
    let several = language().people.before_families.contains(before.as_str());
    let plural = candidate.words.first().filter(|_| candidate.words.len() == 1 && several);
    let named = |ending: &str| {
        plural.and_then(|name| name.strip_suffix(ending)).is_some_and(|name| knowledge::name_flags(name).any())
    };
    named("s") || named("es")
}

/// "Johnson & Johnson", "Bausch & Lomb": a firm that is called after people.
fn is_firm(context: &Context<'_, '_>, candidate: &Candidate) -> bool {
    let (first, last) = (candidate.tokens.start, candidate.tokens.end.saturating_sub(1));
    let mark = |at: Option<usize>| at.filter(|at| context.word(*at) == "&");
    let before = mark(context.before(first)).and_then(|at| context.before(at));
    let behind = mark(context.after(last)).and_then(|at| context.after(at));
    candidate.title.is_none() && [before, behind].into_iter().flatten().any(|at| context.is_capital(at))
}

/// "the German club Bayer Leverkusen": the word before says that a body is named; not "the company Mark Adams founded".
fn is_called_body(context: &Context<'_, '_>, candidate: &Candidate) -> bool {
    let bodies = &language().bodies;
    let (before, behind) =
        (context.word_before(candidate.tokens.start), context.word_after(candidate.tokens.end.saturating_sub(1)));
    candidate.title.is_none()
        && bodies.before_names_of_bodies.contains(before.to_lowercase().as_str())
        && !bodies.founding.contains(behind)
}

/// How likely the candidate names a person by the rules, other mentions aside; `None` where they see none.
pub(super) fn judge(context: &Context<'_, '_>, candidate: &Candidate) -> Option<Judgement> {
    if candidate.in_organisation || candidate.size() == 0 || candidate.words.len() > 7 {
        return None;
    }
    if candidate.size() == 1 && !candidate.words.iter().any(|word| is_initial(word)) {
        return single(context, candidate);
    }
    if names_place(context, candidate) || begins_with_article(candidate) {
        return None;
    }
    let (base, reason) = by_words(context, candidate);
    let titled = candidate.title.as_ref();
    let acts = acts(context, candidate);
    // Common words with capitals name a work or a body, whatever it does and whoever leads it.
    if base < 0.2 {
        return Some(Judgement { score: base, reason: reason.to_owned() });
    }
    let doubt = if titled.is_none() && acts.is_none() { doubt(context, candidate) } else { 1.0 };
    let mut miss = 1.0 - base * doubt;
    if titled.is_some() {
        miss *= 0.35;
    }
    if acts.is_some() {
        miss *= 0.5;
    }
    let reason = match (titled, acts) {
        (Some(title), _) => format!("title “{}” before it", title.shown),
        (None, Some(said)) if base < 0.8 => said,
        _ => reason.to_owned(),
    };
    Some(Judgement { score: 1.0 - miss, reason })
}

/// What the words right beside a name take away from its probability: places stand behind "in", things behind "the".
fn doubt(context: &Context<'_, '_>, candidate: &Candidate) -> f32 {
    let last = candidate.tokens.end.saturating_sub(1);
    if language().people.place_nouns.contains(context.word_after(last)) {
        return 0.45;
    }
    match context.word_before(candidate.tokens.start) {
        "the" => 0.6,
        before if language().people.place_leads.contains(before) => 0.6,
        _ => 1.0,
    }
}

/// The probability that the words of a full name give.
fn by_words(context: &Context<'_, '_>, candidate: &Candidate) -> (f32, &'static str) {
    let mut main = candidate.main();
    let first = candidate.words.first().zip(candidate.flags.first());
    let initial = first.is_some_and(|(word, _)| is_initial(word));
    let given = main.next().map(|(_, flags)| flags).unwrap_or_default();
    let (last_word, last) = main.next_back().or_else(|| candidate.main().next()).unwrap_or_else(|| unreachable_word());
    let odd = candidate.main().filter(|(word, flags)| !flags.any() && context.is_common(word)).count();
    let plain = context.is_common(last_word) && !last.surname;
    let unknown = candidate.main().filter(|(_, flags)| !flags.any()).count();
    let long = candidate.size() > 4;
    match () {
        () if odd > 0 && !given.given => (0.1, "capitalised words"),
        () if odd > 0 => (0.45, "given name"),
        () if initial && candidate.size() == 1 => (
            if plain {
                0.5
            } else if last.any() {
                0.9
            } else {
                0.8
            },
            "initial before a surname",
        ),
        () if given.given && plain => (0.65, "given name"),
        () if given.given && last.any() => (0.93, "given name and surname"),
        () if given.given => (0.75, "given name"),
        () if long => (0.3, "capitalised words"),
        () if given.any() && last.any() => (0.55, "both in a list of names"),
        () if last.surname => (0.5, "surname"),
        () if given.any() || last.any() => (0.45, "in a list of names"),
        () if unknown == candidate.size() && unknown <= 3 => (0.4, "capitalised words that are no common words"),
        () => (0.3, "capitalised words"),
    }
}

fn unreachable_word() -> (&'static smol_str::SmolStr, knowledge::NameFlags) {
    static EMPTY: smol_str::SmolStr = smol_str::SmolStr::new_static("");
    (&EMPTY, knowledge::NameFlags::default())
}

/// One word that is no part of a fuller name of the document.
fn single(context: &Context<'_, '_>, candidate: &Candidate) -> Option<Judgement> {
    let (word, flags) = candidate.main().next()?;
    let place = knowledge::place(word).is_some_and(|place| !place.also_name);
    let country = knowledge::country_term(word).is_some();
    let forced = context.capital_is_forced(candidate.tokens.start);
    if let Some(title) = &candidate.title {
        let shouted = context.style(candidate.tokens.start) == Style::Capitals;
        if shouted && (context.is_common(word) || !flags.given && !flags.surname) {
            return None;
        }
        let known = flags.any() && !place;
        let common = context.is_common(word) && !flags.any();
        let score = match (title.honorific, known) {
            _ if country
                || common
                || !title.honorific && language().bodies.words_in_names.contains(word)
                || place && !title.honorific =>
            {
                return None;
            }
            (true, true) => 0.9,
            (true, false) => 0.8,
            (false, true) => 0.75,
            (false, false) => 0.5,
        };
        return Some(Judgement { score, reason: format!("title “{}” before it", title.shown) });
    }
    let plain = forced && context.is_common(&word.to_lowercase());
    if place || country || plain || candidate.words.len() > 1 && forced {
        return None;
    }
    let said = acts(context, candidate)?;
    let score = match () {
        () if context.is_common(word) => 0.3,
        () if flags.surname => 0.75,
        () if flags.given => 0.7,
        () if flags.listed => 0.5,
        () => 0.3,
    };
    Some(Judgement { score, reason: said })
}

/// Whether a short mention can be a person where it stands: no place behind "in", no common word by its place alone.
pub(super) fn is_short_name(context: &Context<'_, '_>, candidate: &Candidate, link: Link) -> bool {
    let (first, last) = (candidate.tokens.start, candidate.tokens.end.saturating_sub(1));
    let before = context.word_before(first);
    let after = context.word_after(last);
    if candidate.title.is_some() || candidate.words.len() > 1 {
        return true;
    }
    if matches!(before, "the" | "The") {
        return false;
    }
    let said = language().people.saying.contains(after) || language().people.saying.contains(before);
    let acts = said || language().people.doing.contains(after);
    if stands_as_place(context, candidate, link, acts || is_clitic(after)) {
        return false;
    }
    !(context.capital_is_forced(first) && context.is_common(context.word(first))) || acts || is_clitic(after)
}

/// Whether a word that names a place too does so here: behind "in", beside a country, in a dateline.
fn stands_as_place(context: &Context<'_, '_>, candidate: &Candidate, link: Link, acts: bool) -> bool {
    let Some(word) = candidate.words.first() else { return false };
    let country = knowledge::country_term(word).is_some();
    if !country && knowledge::place(word).is_none() {
        return false;
    }
    let mut seen = context.tags.over(candidate.range).iter();
    if !acts && seen.any(|tag| tag.range == candidate.range && tag.label == Label::Place && tag.probability > 0.5) {
        return true;
    }
    let (first, last) = (candidate.tokens.start, candidate.tokens.end.saturating_sub(1));
    let located = language().people.place_prepositions.contains(context.word_before(first).to_lowercase().as_str());
    let shouted = is_shouted(context.word(first)) && context.style(first) != Style::Capitals;
    let dateline = shouted && matches!(context.word_after(last), "," | "(" | "—" | "–" | "-" | "/");
    // The given name alone is said of somebody who was named before, and of whom something is told.
    let given = link.part == Part::Given && !(link.seen && acts);
    located || dateline || given || country && beside_country(context, first, last)
}

/// "between Turkey and Jordan", "Jordan, Egypt and Iraq".
fn beside_country(context: &Context<'_, '_>, first: usize, last: usize) -> bool {
    let joint = |index: &usize| matches!(context.word(*index), "," | "and" | "or" | "&" | "vs" | "v");
    let named = |index: usize| knowledge::country_term(context.word(index)).is_some();
    let before = context.before(first).filter(joint).and_then(|index| context.before(index));
    let behind = context.after(last).filter(joint).and_then(|index| context.after(index));
    before.is_some_and(named) || behind.is_some_and(named)
}

/// Whether the whole is a place or a country, or holds one that is no name.
fn names_place(context: &Context<'_, '_>, candidate: &Candidate) -> bool {
    let phrase = candidate.words.join(" ");
    if knowledge::country_term(&phrase).is_some() || candidate.title.is_none() && knowledge::place(&phrase).is_some() {
        return true;
    }
    let first_given = candidate.main().next().is_some_and(|(_, flags)| flags.given);
    if !first_given && candidate.main().all(|(word, _)| knowledge::place(word).is_some()) {
        return true;
    }
    // "Troy Denmark, 44".
    let named = candidate
        .main()
        .next()
        .is_some_and(|(word, flags)| (flags.given || flags.listed) && knowledge::country_term(word).is_none());
    if named && candidate.size() == 2 && (candidate.title.is_some() || acts(context, candidate).is_some()) {
        return false;
    }
    candidate.main().enumerate().any(|(index, (word, flags))| {
        let country = knowledge::country_term(word).is_some();
        country && !(index == 0 && (flags.given || flags.listed) || flags.surname || flags.listed && index > 0)
    })
}

/// "El Universal", "Los Zetas": hardly ever a person unless a title says so.
fn begins_with_article(candidate: &Candidate) -> bool {
    let first = candidate.words.first().map_or("", |word| word.as_str());
    candidate.title.is_none() && language().people.articles_of_names.contains(first)
}

/// What the candidate does or is said to be, in words for a person.
pub(super) fn acts(context: &Context<'_, '_>, candidate: &Candidate) -> Option<String> {
    let (first, last) = (candidate.tokens.start, candidate.tokens.end.checked_sub(1)?);
    let before = context.word_before(first);
    let after = context.word_after(last);
    if language().people.saying.contains(before) {
        return Some(format!("“{before}” before it"));
    }
    if language().people.saying.contains(after)
        || language().people.doing.contains(after) && after != "is" && after != "has"
    {
        return Some(format!("“{after}” behind it"));
    }
    if after == "," {
        let next = context.after(last)?;
        let follows = context.word_after(next);
        let age = follows.parse::<u8>().is_ok_and(|age| age > 9);
        if age || follows == "who" || follows == "whose" {
            return Some(format!("“, {follows}” behind it"));
        }
        if language().people.saying.contains(follows) {
            return Some(format!("“{follows}” behind it"));
        }
        let mut at = next;
        for _ in 0..7 {
            at = context.after(at)?;
            let word = context.word(at);
            if language().people.roles.contains(word) {
                return Some(format!("“{word}” behind it"));
            }
            if matches!(word, "," | "." | ";") {
                break;
            }
        }
        return None;
    }
    if after == "(" {
        let open = context.after(last)?;
        let country = context.word_after(open);
        if knowledge::country_term(country).is_some() {
            return Some(format!("“({country})” behind it"));
        }
        let age = context.after(open).map(|i| context.word(i)).unwrap_or_default();
        return age.parse::<u8>().is_ok_and(|age| age > 9).then(|| "age behind it".to_owned());
    }
    (is_clitic(after) && language().people.family.contains(context.word(last + 2)))
        .then(|| "family behind it".to_owned())
}
