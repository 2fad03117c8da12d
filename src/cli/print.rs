//! Suggestions as a person reads them on a terminal.

use std::io::{self, IsTerminal, Write};

use unicode_segmentation::UnicodeSegmentation;

use crate::export::Group;
use crate::import::LeftOut;
use crate::project::{CountryCode, EventDate, EventType, Modality, Polarity, Role, Schema, Tagset};
use crate::suggest::{Entity, Event, Suggestions};
use crate::text::Article;
use crate::{export, import};

/// The widest that a column gets, in characters.
const MAX_WIDTH: usize = 40;

/// Whether bold and dim are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Terminal,
}

impl Style {
    /// For standard output: plain for files and pipes and where `NO_COLOR` asks for it.
    pub fn of_stdout() -> Self {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        if io::stdout().is_terminal() && !unwanted { Self::Terminal } else { Self::Plain }
    }

    fn bold(self, text: &str) -> String {
        if self == Self::Terminal { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn dim(self, text: &str) -> String {
        if self == Self::Terminal { format!("\x1b[2m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// The people, countries and events of an article, each with how often it is named; of the events those that are kept,
/// and with `everything` those in the background too.
pub(super) fn suggestions(
    article: &Article,
    found: &Suggestions,
    everything: bool,
    style: Style,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "{}", style.bold(&shown(&article.meta.title)))?;
    let facts =
        [Some(shown(&article.meta.source)), article.meta.date.map(|date| date.strftime("%-d %B %Y").to_string())];
    let facts: Vec<_> = facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect();
    if !facts.is_empty() {
        writeln!(out, "{}", style.dim(&facts.join(" · ")))?;
    }
    // The kinds of a new project.
    for kind in Tagset::default().kinds.iter().filter(|kind| kind.schema != Schema::Event) {
        let code = |entity: &Entity| entity.country.map(|code| code.to_string()).unwrap_or_default();
        let about = |entity: &Entity| if kind.schema == Schema::Country { code(entity) } else { office(entity, found) };
        let row = |entity: &Entity| [times(entity.mentions.len()), shown(&entity.name), about(entity)];
        table(&kind.plural, &found.of(&kind.id).iter().map(row).collect::<Vec<_>>(), style, out)?;
    }
    let events = |kept: bool| -> Vec<_> {
        let events = found.events.iter().filter(|event| event.is_kept() == kept);
        let row = |event| {
            let Event { name, kind, .. }: &Event = event;
            [times(event.mentions.len()), shown(name), self::kind(*kind), reality(event), when(event), who(event)]
        };
        events.map(row).collect()
    };
    table("Events", &events(true), style, out)?;
    let background = events(false);
    if everything {
        table("In the background", &background, style, out)?;
    } else if !background.is_empty() {
        let told = format!("{} more in the background (--everything)", background.len());
        writeln!(out, "  {}", style.dim(&told))?;
    }
    writeln!(out)
}

/// How many of the things left out for one reason are named.
const NAMED: usize = 10;

/// Tells on standard error what of files was not taken in.
pub(super) fn not_taken_in(all: &[LeftOut]) {
    let told: Vec<_> = all.iter().map(|left| (left.why, format!("{}: {}", left.place, left.what))).collect();
    left_out(&told, |count, why| format!("{count} not taken in: {why}"));
}

/// Tells on standard error what was left out, each with its reason, under a heading for each reason and its count.
pub(super) fn left_out(all: &[(&str, String)], heading: impl Fn(usize, &str) -> String) {
    let mut reasons: Vec<&str> = all.iter().map(|(why, _)| *why).collect();
    reasons.sort_unstable();
    reasons.dedup();
    for why in reasons {
        let same: Vec<_> = all.iter().filter(|(other, _)| *other == why).collect();
        eprintln!("rubricator: {}", heading(same.len(), why));
        for (_, what) in same.iter().take(NAMED) {
            eprintln!("  {what}");
        }
        if same.len() > NAMED {
            eprintln!("  and {} more", same.len() - NAMED);
        }
    }
}

/// The formats that can be written, group by group, and those that can be read.
pub(super) fn formats(out: &mut impl Write) -> io::Result<()> {
    for group in Group::ALL {
        writeln!(out, "{}", group.name())?;
        for format in export::of_group(group) {
            let (id, name, extension) = (format.id(), format.name(), format.extension());
            writeln!(out, "export  {id:<17} {name:<24} .{extension:<6} {}", format.description())?;
        }
        writeln!(out)?;
    }
    writeln!(out, "What other tools wrote")?;
    for format in import::FORMATS {
        let extension = format.extensions().first().copied().unwrap_or_default();
        let (id, name) = (format.id(), format.name());
        writeln!(out, "import  {id:<17} {name:<24} .{extension:<6} {}", format.description())?;
    }
    Ok(())
}

/// Rows in columns as wide as they need to be; the last one is not padded.
fn table<const N: usize>(title: &str, rows: &[[String; N]], style: Style, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\n{} {}", style.bold(title), style.dim(&rows.len().to_string()))?;
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| length(cell)).max().unwrap_or(0);
    let widths: Vec<_> = (0..N).map(|column| width(column).min(MAX_WIDTH)).collect();
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            let padded = format!("{cell}{}", " ".repeat(width.saturating_sub(length(cell))));
            if column == 1 { padded } else { style.dim(&padded) }
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        writeln!(out, "  {}", if style == Style::Plain { line.trim_end() } else { &line })?;
    }
    Ok(())
}

fn length(cell: &str) -> usize {
    cell.graphemes(true).count()
}

fn times(count: usize) -> String {
    format!("{count:>3}×")
}

/// One line without controls: an article may hold what a terminal would obey.
fn shown(text: &str) -> String {
    let spaced = text.split(|c: char| c.is_control() || c.is_whitespace());
    spaced.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn office(person: &Entity, found: &Suggestions) -> String {
    let country = person.country.map(|code| country_name(code, found));
    let parts = [Some(shown(&person.role)), country].into_iter().flatten().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

fn country_name(code: CountryCode, found: &Suggestions) -> String {
    let known = found.countries().iter().find(|country| country.country == Some(code));
    known.map_or_else(|| code.to_string(), |country| shown(&country.name))
}

fn kind(kind: EventType) -> String {
    match kind {
        EventType::Happening(plover) => plover.map_or("–", |plover| plover.name()).to_owned(),
        EventType::Named(_) | EventType::News(_) => kind.class().unwrap_or_default().to_owned(),
    }
}

/// "planned"; empty for what happened.
fn reality(event: &Event) -> String {
    match (event.polarity, event.modality) {
        (Polarity::Negative, _) => "denied".to_owned(),
        (_, Modality::Asserted) => String::new(),
        (_, modality) => modality.name().to_owned(),
    }
}

fn when(event: &Event) -> String {
    event.date.as_ref().map_or_else(String::new, |EventDate { start, end, .. }| {
        if start == end { start.to_string() } else { format!("{start} to {end}") }
    })
}

/// "Wang Yi, Sergei Lavrov → Ukraine · Beijing": actors, recipients, place.
fn who(event: &Event) -> String {
    let names = |role: Role| {
        let of_role = event.participants.iter().filter(|participant| participant.role == role);
        of_role.map(|participant| shown(&participant.name)).collect::<Vec<_>>().join(", ")
    };
    let (actors, recipients) = (names(Role::Actor), names(Role::Recipient));
    let parties = if recipients.is_empty() { actors } else { format!("{actors} → {recipients}").trim().to_owned() };
    let place = event.place.as_ref().map(|place| shown(&place.name)).unwrap_or_default();
    [parties, place].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
