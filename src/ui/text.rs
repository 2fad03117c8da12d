//! Values as a person reads them: dates, countries, languages, types.

use std::borrow::Cow;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use crate::project::{
    Checks, CountryCode, Event, EventType, Figure, FigureKind, Level, Modality, Participant, PartyLabel, Plover,
    Polarity, Project, Role,
};
use crate::text::DatePlace;
pub use crate::wording::{count, date, days, event_type, number, shortened};

/// Where a date of publication was found, as an addition to it: "printed above the text".
pub fn date_place(at: &DatePlace) -> Cow<'static, str> {
    Cow::Borrowed(match at {
        DatePlace::Dateline => "from the dateline",
        DatePlace::DatelineWithoutYear => "from the dateline, year guessed",
        DatePlace::Printed => "printed above the text",
        DatePlace::PrintedWithoutYear => "printed above the text, year guessed",
        DatePlace::Mentioned => "mentioned in the text",
        DatePlace::Label(name) => return Cow::Owned(format!("labelled “{name}”")),
        DatePlace::Page => "shown on the page",
        DatePlace::Field(name) => return Cow::Owned(format!("from the metadata ({name})")),
        DatePlace::Column(name) => return Cow::Owned(format!("from “{name}”")),
        DatePlace::Mail => "from the mail’s header",
        DatePlace::Address => "from the web address",
        DatePlace::FileName => "from the file’s name",
        DatePlace::FileMade => "day the file was created",
        DatePlace::FileSaved => "day the file was last saved",
    })
}

/// "4 Feb 2022, 14:05", by the clock of the computer.
pub fn time(at: Timestamp) -> String {
    local(at).strftime("%-d %b %Y, %H:%M").to_string()
}

/// A moment by the clock of the computer; in UTC where the time zone cannot be found out.
pub fn local(at: Timestamp) -> ZonedDateTime {
    at.to_zoned_datetime(TimeZone::system())
}

/// The common English name of a country, or its code where the knowledge has none.
pub fn country(code: CountryCode) -> String {
    crate::suggest::knowledge::country(code).map_or_else(|| code.to_string(), |facts| facts.name.to_owned())
}

/// A language by its English name, or its tag where that is all there is.
pub fn language(tag: &str) -> String {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    let name = match primary {
        "en" => "English",
        "fr" => "French",
        "de" => "German",
        "es" => "Spanish",
        "pt" => "Portuguese",
        "it" => "Italian",
        "nl" => "Dutch",
        "ru" => "Russian",
        "uk" => "Ukrainian",
        "be" => "Belarusian",
        "pl" => "Polish",
        "cs" => "Czech",
        "sk" => "Slovak",
        "sl" => "Slovenian",
        "hr" => "Croatian",
        "sr" => "Serbian",
        "mk" => "Macedonian",
        "bg" => "Bulgarian",
        "ro" => "Romanian",
        "hu" => "Hungarian",
        "el" => "Greek",
        "tr" => "Turkish",
        "sv" => "Swedish",
        "da" => "Danish",
        "no" | "nb" | "nn" => "Norwegian",
        "fi" => "Finnish",
        "et" => "Estonian",
        "lv" => "Latvian",
        "lt" => "Lithuanian",
        "ca" => "Catalan",
        "la" => "Latin",
        "zh" => "Chinese",
        "ja" => "Japanese",
        "ko" => "Korean",
        "vi" => "Vietnamese",
        "th" => "Thai",
        "id" => "Indonesian",
        "jv" => "Javanese",
        "tl" => "Tagalog",
        "km" => "Khmer",
        "my" => "Burmese",
        "ar" => "Arabic",
        "he" => "Hebrew",
        "yi" => "Yiddish",
        "fa" => "Persian",
        "ur" => "Urdu",
        "hi" => "Hindi",
        "bn" => "Bengali",
        "pa" => "Punjabi",
        "gu" => "Gujarati",
        "mr" => "Marathi",
        "ne" => "Nepali",
        "or" => "Odia",
        "ta" => "Tamil",
        "te" => "Telugu",
        "kn" => "Kannada",
        "ml" => "Malayalam",
        "si" => "Sinhala",
        "ka" => "Georgian",
        "hy" => "Armenian",
        "az" => "Azerbaijani",
        "uz" => "Uzbek",
        "tk" => "Turkmen",
        "am" => "Amharic",
        "af" => "Afrikaans",
        "zu" => "Zulu",
        "sn" => "Shona",
        "ak" => "Akan",
        "eo" => "Esperanto",
        _ => tag,
    };
    name.to_owned()
}

/// Whether it is the tag of a language that the engine does not read.
pub fn is_unread(tag: &str) -> bool {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    !primary.is_empty() && !primary.eq_ignore_ascii_case("en")
}

/// What to expect of the engine, which reads English, in an article of another language; `found` tells whether it has
/// suggested anything.
pub fn unread(tag: &str, found: bool) -> Option<String> {
    if !is_unread(tag) {
        return None;
    }
    let so = if found { "its suggestions here are often wrong" } else { "it suggests nothing here" };
    Some(format!("{}: the engine reads English, so {so}", language(tag)))
}

/// What exports call the type: "PLOVER CONSULT", "named event", "news".
pub fn event_code(kind: EventType) -> String {
    match kind {
        EventType::Named(_) => "named event".to_owned(),
        EventType::Happening(Some(plover)) => format!("PLOVER {}", plover.name()),
        EventType::Happening(None) => "no type".to_owned(),
        EventType::News(_) => "news, outside PLOVER".to_owned(),
    }
}

/// "meets, talks · planned · 4 Feb 2022 · Beijing · Xi Jinping → Vladimir Putin": what is known of an event, in a line; with
/// a question mark who is unsure.
pub fn event_line(project: &Project, event: &Event) -> String {
    let names = |role: Role| {
        let of_role = event.participants.iter().filter(move |participant| participant.role == role);
        let name = |who: &Participant| {
            let sign = if who.unsure { "?" } else { "" };
            format!("{}{sign}", project.party_name(&who.who))
        };
        of_role.map(name).collect::<Vec<_>>().join(", ")
    };
    let (actors, recipients) = (names(Role::Actor), names(Role::Recipient));
    let who = if recipients.is_empty() { actors } else { format!("{actors} → {recipients}").trim_start().to_owned() };
    let place = event.place.as_ref().map_or("", |place| &place.name);
    let parts = [event_type(event.kind), modality(event), &event_date(event), place, &who];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// "person", "organisation": what somebody who takes part is.
pub fn party_label(label: PartyLabel) -> &'static str {
    match label {
        PartyLabel::Person => "person",
        PartyLabel::Country => "country",
        PartyLabel::Org => "organisation",
        PartyLabel::Group => "group",
    }
}

/// "12 killed", "$1.2 million": a figure by its words, or by its number where nobody has told them.
pub fn figure(project: &Project, event: &Event, figure: &Figure) -> String {
    let words = figure.range.and_then(|range| project.slice(event.article, range));
    let number = figure.number.map(number_of);
    let words = words.map(|words| shortened(&words.replace(['\n', '\r'], " "), 40)).or(number).unwrap_or_default();
    match figure.kind {
        FigureKind::Money => words,
        kind => format!("{words} {}", kind.name()).trim_start().to_owned(),
    }
}

/// "12 killed", "injured": a figure by its number; by its words where they give none, of a sum of money always.
pub fn figure_in_numbers(project: &Project, event: &Event, told: &Figure) -> String {
    let number = told.number.filter(|_| told.kind != FigureKind::Money).map(number_of);
    match number {
        Some(number) => format!("{number} {}", told.kind.name()),
        None => figure(project, event, told),
    }
}

/// "12 killed; injured; 1200000 money": figures that no words of a text tell.
pub fn figures(all: &[Figure]) -> String {
    let one = |figure: &Figure| match figure.number {
        Some(number) => format!("{} {}", number_of(number), figure.kind.name()),
        None => figure.kind.name().to_owned(),
    };
    all.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn number_of(number: f64) -> String {
    if number.fract() == 0.0 { format!("{number:.0}") } else { number.to_string() }
}

/// How a level of events is called.
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Main => "Main",
        Level::Kept => "Worth keeping",
        Level::Everything => "Everything",
    }
}

/// What the type means.
pub fn event_definition(kind: EventType) -> &'static str {
    match kind {
        EventType::Named(class) => class.definition(),
        EventType::Happening(plover) => plover.map_or("A happening of a type that nobody has told", Plover::definition),
        EventType::News(class) => class.definition(),
    }
}

/// "not", "planned", "possible"; empty for what simply happened.
pub fn modality(event: &Event) -> &'static str {
    match (event.polarity, event.modality) {
        (Polarity::Negative, _) => "not",
        (_, Modality::Planned) => "planned",
        (_, Modality::Possible) => "possible",
        (_, Modality::Demanded) => "demanded",
        (_, Modality::Asserted) => "",
    }
}

/// "4 Feb 2022", "1 Jan 2020 – 31 Jan 2020"; empty without a date.
pub fn event_date(event: &Event) -> String {
    event.date.as_ref().map_or_else(String::new, |when| days_in_full(when.start, when.end))
}

/// "4 Feb 2022", "1 Jan 2020 – 31 Jan 2020": days as they can be typed.
pub fn days_in_full(start: Date, end: Date) -> String {
    if start == end { date(start) } else { format!("{} – {}", date(start), date(end)) }
}

/// How well a name fits what was typed, accents aside: 0 it is the name, 1 its beginning, 2 the beginning of a word, 3 a
/// part of it, 4 each word typed begins a word of it, 5 the letters typed stand in it in this order.
pub fn rank(name: &str, typed: &str) -> Option<u8> {
    let (name, typed) = (plain(name), plain(typed.trim()));
    if name == typed {
        Some(0)
    } else if name.starts_with(&typed) {
        Some(1)
    } else if name.split([' ', '-']).any(|part| part.starts_with(&typed)) {
        Some(2)
    } else if name.contains(&typed) {
        Some(3)
    } else if typed.split(' ').all(|word| name.split([' ', '-']).any(|part| part.starts_with(word))) {
        Some(4)
    } else {
        let mut letters = name.chars();
        let found = typed.chars().filter(|c| *c != ' ').all(|wanted| letters.any(|c| c == wanted));
        (typed.chars().count() > 2 && found).then_some(5)
    }
}

/// Whether each word that was typed stands somewhere in a text, capitals and accents aside.
pub fn has_words(text: &str, typed: &str) -> bool {
    let text = plain(text);
    plain(typed).split_whitespace().all(|word| text.contains(word))
}

/// Small letters without accents.
pub fn plain(name: &str) -> String {
    crate::suggest::knowledge::without_accents(name).to_lowercase()
}

/// A size in bytes, in words: "14 KB".
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

/// "0.95 ± 0.04 on 84 random checks": the middle of the interval of how often suggestions are right, and how far it goes.
pub fn checked(checks: Checks) -> String {
    let (low, high) = checks.interval();
    let (middle, half) = (f64::midpoint(low, high), (high - low) / 2.0);
    format!("{middle:.2} ± {half:.2} on {}", count(checks.checked as usize, "random check", "random checks"))
}

/// A reason with a capital at its start.
pub fn sentence(reason: &str) -> String {
    let mut chars = reason.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A title as the stem of a file name: letters, digits and hyphens, not too long.
pub fn file_name(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = String::new();
    for word in words {
        if name.chars().count() + word.chars().count() > 48 {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(&word.to_lowercase());
    }
    if name.is_empty() { "project".to_owned() } else { name }
}

/// Whether a text has Hebrew, Arabic or another right-to-left script near its start.
pub fn is_right_to_left(text: &str) -> bool {
    text.chars().take(4000).any(is_right_to_left_letter)
}

/// Whether it is a letter of Hebrew, Arabic or another right-to-left script.
pub fn is_right_to_left_letter(c: char) -> bool {
    matches!(
        c,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' | '\u{10800}'..='\u{10FFF}'
            | '\u{1E800}'..='\u{1EFFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_what_is_typed_the_better_the_more() {
        let ranks = ["tomas arriagada", "tom", "arr", "riag", "arr tom", "tmarr", "xyz", "ta"];
        let ranks = ranks.map(|typed| rank("Tomás Arriagada", typed));
        assert_eq!(ranks, [Some(0), Some(1), Some(2), Some(3), Some(4), Some(5), None, None]);
    }

    #[test]
    fn other_languages_than_english_are_told() {
        assert_eq!(unread("he", false).unwrap(), "Hebrew: the engine reads English, so it suggests nothing here");
        assert!(unread("pt-BR", true).unwrap().starts_with("Portuguese: the engine reads English, so its suggestions"));
        assert_eq!((unread("en-GB", false), unread("", false)), (None, None));
    }
}
