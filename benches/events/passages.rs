//! News passages with the events that a person finds in them.
//!
//! The notation is that of the engine's tests, `<trigger 1>met</trigger>`, with a number that several triggers of one
//! event share. A passage is a heading, `== 2024-03-15 agency` (day of publication, kind of text), its text in one line,
//! and a line for each event:
//!
//! ```text
//! 1 CONSULT | actors Xi Jinping, RU | recipients UA | place Beijing | date 2022-02-04..2022-02-06 | planned | negative | contexts military
//! ```
//!
//! The type is PLOVER's or `-`; a participant is a person's full name or a country's code; what is left out is not told.
//! Who takes part is what a reader understands, "they" and "the two leaders" included; groups that are no country
//! ("rebels", "police") have no place in the slots. Nothing is `planned` or `possible` (asserted) and `negative`
//! (positive) unless it says so. Lines that begin with `#` are remarks.

use std::ops::Range;

use jiff::civil::Date;

/// A passage and its events.
pub struct Passage {
    pub date: Date,
    pub text: String,
    pub events: Vec<Gold>,
}

/// An event as a person reads it.
#[derive(Default)]
pub struct Gold {
    pub id: String,
    /// Where its triggers stand.
    pub triggers: Vec<Range<usize>>,
    /// PLOVER's name; none where no type fits.
    pub plover: Option<String>,
    /// Sorted.
    pub actors: Vec<String>,
    /// Sorted.
    pub recipients: Vec<String>,
    pub place: Option<String>,
    pub date: Option<(Date, Date)>,
    /// "asserted", "planned", "possible".
    pub modality: String,
    /// "positive", "negative".
    pub polarity: String,
    /// Sorted.
    pub contexts: Vec<String>,
}

/// All passages of a file.
pub fn read(file: &str) -> Vec<Passage> {
    let lines: Vec<&str> = file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let starts = lines.iter().enumerate().filter(|(_, line)| line.starts_with("== ")).map(|(index, _)| index);
    let starts: Vec<usize> = starts.chain([lines.len()]).collect();
    starts.windows(2).map(|pair| passage(&lines[pair[0]..pair[1]])).collect()
}

fn passage(lines: &[&str]) -> Passage {
    let [heading, marked, events @ ..] = lines else { panic!("no text: {lines:?}") };
    let date = heading.split(' ').nth(1).unwrap().parse().unwrap();
    let (text, marks) = marks(marked);
    let mut events: Vec<Gold> = events.iter().map(|line| event(line)).collect();
    for (id, range) in marks {
        let of = events.iter_mut().find(|event| event.id == id);
        of.unwrap_or_else(|| panic!("no event {id}: {heading}")).triggers.push(range);
    }
    assert!(events.iter().all(|event| !event.triggers.is_empty()), "an event without a trigger: {heading}");
    Passage { date, text, events }
}

/// The text without its tags, and what they mark.
fn marks(marked: &str) -> (String, Vec<(String, Range<usize>)>) {
    let (mut text, mut marks) = (String::new(), Vec::new());
    for part in marked.split("<trigger ") {
        let Some((inside, outside)) = part.split_once("</trigger>") else {
            text.push_str(part);
            continue;
        };
        let (id, words) = inside.split_once('>').unwrap();
        marks.push((id.to_owned(), text.len()..text.len() + words.len()));
        text.push_str(words);
        text.push_str(outside);
    }
    (text, marks)
}

fn event(line: &str) -> Gold {
    let mut cells = line.split(" | ");
    let (id, plover) = cells.next().unwrap().split_once(' ').unwrap();
    let mut event = Gold {
        id: id.to_owned(),
        plover: (plover != "-").then(|| plover.to_owned()),
        modality: "asserted".to_owned(),
        polarity: "positive".to_owned(),
        ..Gold::default()
    };
    for cell in cells {
        let (field, value) = cell.split_once(' ').unwrap_or((cell, ""));
        let day = |day: &str| day.parse::<Date>().unwrap_or_else(|_| panic!("no day: {line}"));
        match field {
            "actors" => event.actors = list(value),
            "recipients" => event.recipients = list(value),
            "contexts" => event.contexts = list(value),
            "place" => event.place = Some(value.to_owned()),
            "date" => {
                let (start, end) = value.split_once("..").unwrap_or((value, value));
                event.date = Some((day(start), day(end)));
            }
            "planned" | "possible" => event.modality = field.to_owned(),
            "negative" => event.polarity = field.to_owned(),
            _ => panic!("no field of an event: {cell}"),
        }
    }
    event
}

fn list(cell: &str) -> Vec<String> {
    let mut all: Vec<String> = cell.split(", ").map(str::to_owned).collect();
    all.sort();
    all
}
