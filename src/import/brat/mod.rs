//! brat standoff in: of any brat project, and all that `export/brat.rs` writes. Ranges count code points.
//! <https://brat.nlplab.org/standoff.html>

mod standoff;

use std::collections::HashMap;
use std::collections::btree_map::{BTreeMap, Entry};

use smol_str::SmolStr;
use text_size::TextRange;

use super::set::{self, NO_ENDS, Set, one_line, usual_kind};
use super::{File, Format, ImportError, Imported, LeftOut, layers, utf8};
use crate::ingest;
use crate::project::{
    ArticleId, CountryCode, EntityId, Event, EventDate, EventId, EventPlace, EventType, Figure, FigureKind, KindId,
    Level, Mention, MentionId, Modality, Participant, Party, PartyLabel, PartyWords, Polarity, Role, Schema, Stamp,
    Status, Target,
};
use crate::text::{Metadata, bytes};

use standoff::{Bound, Groups, Happening, Lines};

/// See the module.
pub(super) struct Brat;

impl Format for Brat {
    fn id(&self) -> &'static str {
        "brat"
    }

    fn name(&self) -> &'static str {
        "brat standoff"
    }

    fn description(&self) -> &'static str {
        "Annotations of any brat project, with the .txt of the same names beside them"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["ann", "txt"]
    }

    fn together(&self) -> bool {
        true
    }

    fn read(&self, files: &[File], stamp: &Stamp) -> Result<Imported, ImportError> {
        let texts: HashMap<&str, &File> =
            files.iter().filter(|file| file.extension() == "txt").map(|file| (file.stem(), file)).collect();
        let mut set = Set::new("brat", stamp);
        let annotations: Vec<&File> = files.iter().filter(|file| file.extension() == "ann").collect();
        let first = annotations.first().or(files.first().as_ref()).map_or("", |file| file.base());
        if annotations.is_empty() {
            return Err(ImportError::Unknown(first.to_owned()));
        }
        let mut failed = None;
        for file in &annotations {
            let text = texts.get(file.stem()).ok_or_else(|| ImportError::NoText(file.base().to_owned()));
            if let Err(error) = text.and_then(|text| article(&mut set, file, text)) {
                set.left_out.push(LeftOut::file(file, &error));
                failed.get_or_insert(error);
            }
        }
        if let Some(error) = failed.filter(|_| set.records.articles.is_empty()) {
            return Err(error);
        }
        set.finish(first)
    }
}

/// Takes an article in with its annotations. All articles that are read together share kinds and entities.
fn article(set: &mut Set<'_>, file: &File, text: &File) -> Result<(), ImportError> {
    let source = utf8(text)?;
    let standoff = utf8(file)?;
    // What an article's file tells beside its text; the text itself stays to the letter, as offsets count it.
    let meta = ingest::read(&text.name, &text.bytes).map(|article| article.meta).unwrap_or_default();
    let title = File { name: text.base().to_owned(), bytes: Vec::new() }.stem().to_owned();
    let article = set.article(text.base(), Metadata { title, origin: text.name.clone(), ..meta }, source)?;
    let mut reader = BratReader { set, name: file.base(), article, text: source };
    let lines = Lines::of(standoff, source, &mut |line, what, why| reader.leave(line, what, why));
    reader.take(&lines);
    Ok(())
}

struct BratReader<'s, 'f, 't> {
    set: &'s mut Set<'f>,
    name: &'t str,
    article: ArticleId,
    text: &'t str,
}

impl<'t> BratReader<'_, '_, 't> {
    fn leave(&mut self, line: usize, what: String, why: &'static str) {
        self.set.leave(format!("{}:{line}", self.name), what, why);
    }

    fn take(&mut self, lines: &Lines<'t>) {
        let attributes = self.attributes(lines);
        let value = |of: &str, name: &str| attributes.get(&(of, name)).copied();
        // Ours write a status to everything; what others leave without one a person marked.
        let ours = lines.attributes.iter().any(|(_, _, name, _)| *name == "Status");
        let groups = Groups::new(lines);
        let references = self.references(lines, &groups);
        let mut triggers: HashMap<&str, Vec<&Happening<'_>>> = HashMap::new();
        for event in &lines.events {
            triggers.entry(event.trigger).or_default().push(event);
        }
        let mut entities: HashMap<&str, EntityId> = HashMap::new();
        let mut words: HashMap<&str, &Bound<'_>> = HashMap::new();
        let mut drafts: Vec<(&Bound<'_>, Option<&Happening<'_>>, KindId)> = Vec::new();
        for bound in &lines.bounds {
            match triggers.get(bound.id) {
                Some(events) => drafts.extend(events.iter().map(|event| (bound, Some(*event), KindId::EVENT))),
                // Ours has a status on every mention.
                None if ours && value(bound.id, "Status").is_none() && is_words(bound.kind) => {
                    words.insert(bound.id, bound);
                }
                None => {
                    let kind = self.kind(bound.kind);
                    if self.set.schema(&kind) != Schema::Event {
                        let entity = self.entity(bound, &kind, &groups, &references, ours);
                        entities.extend(entity.map(|entity| (bound.id, entity)));
                    }
                    drafts.push((bound, None, kind));
                }
            }
        }
        let mut parties: HashMap<&str, Party> = HashMap::new();
        parties.extend(entities.iter().map(|(id, entity)| (*id, Party::from(*entity))));
        parties
            .extend(words.values().filter_map(|bound| Some((bound.id, self.party(bound, lines.notes.get(bound.id))?))));
        let events = self.events(lines, &groups, &references, &value, &parties);
        let level = |event: &str| value(event, "Level").and_then(Level::from_name);
        // What relations join: a mark, or an event by the mark that tells of it.
        let mut mentions: HashMap<&str, MentionId> = HashMap::new();
        for (bound, event, kind) in drafts {
            let of = event.map_or(bound.id, |event| event.id);
            let status = match value(of, "Status") {
                Some("suggested") => Status::Suggested,
                _ => Status::Accepted,
            };
            let (origin, decision) = self.set.decided(status);
            let target = match event {
                Some(event) => events.get(groups.root(event.id)).copied().map(Target::Event),
                None => entities.get(bound.id).copied().map(Target::Entity),
            };
            let id = MentionId(u32::try_from(self.set.records.mentions.len()).unwrap_or(u32::MAX));
            let mention = Mention {
                target,
                subtype: value(bound.id, "Subtype").map(SmolStr::new),
                level: event.and_then(|event| level(groups.root(event.id))).unwrap_or_default(),
                retold: event.is_some_and(|event| value(event.id, "Retold").is_some()),
                status,
                decision,
                note: lines.notes.get(bound.id).map(|notes| notes.join(" ")).unwrap_or_default(),
                ..Mention::new(id, (self.article, bound.range), self.slice(bound.range), kind, origin)
            };
            self.set.records.mentions.push(mention);
            mentions.entry(bound.id).or_insert(id);
            mentions.extend(event.map(|event| (event.id, id)));
        }
        self.relations(lines, &mentions, &value);
    }

    fn relations<'l>(
        &mut self,
        lines: &Lines<'l>,
        mentions: &HashMap<&str, MentionId>,
        value: &dyn Fn(&str, &str) -> Option<&'l str>,
    ) {
        for link in &lines.relations {
            let suggested = value(link.id, "Status") == Some("suggested");
            let label = lowercase(link.kind);
            let note = lines.notes.get(link.id).map(|notes| notes.join(" ")).unwrap_or_default();
            for (one, other) in link.ends.iter().zip(link.ends.iter().skip(1)) {
                let taken = mentions.get(one).zip(mentions.get(other)).ok_or(NO_ENDS).and_then(|(from, to)| {
                    self.set.relation(set::Link {
                        article: self.article,
                        from: *from,
                        to: *to,
                        label: &label,
                        symmetric: link.symmetric,
                        status: if suggested { Status::Suggested } else { Status::Accepted },
                        note: note.clone(),
                        decision: None,
                    })
                });
                if let Err(why) = taken {
                    self.leave(link.line, format!("{} {} of {one} to {other}", link.id, link.kind), why);
                }
            }
        }
    }

    /// The attributes that have a place here, by what they are of and their name; others are told.
    fn attributes<'l>(&mut self, lines: &Lines<'l>) -> HashMap<(&'l str, &'l str), &'l str> {
        let known = ["Status", "Subtype", "Class", "Negated", "Modality", "Level", "Retold"];
        let mut found = HashMap::new();
        for (line, of, name, value) in &lines.attributes {
            if known.contains(name) {
                found.insert((*of, *name), *value);
            } else {
                let value = if value.is_empty() { String::new() } else { format!(" {value}") };
                self.leave(*line, format!("attribute {name}{value} of {of}"), "the program keeps no such attribute");
            }
        }
        found
    }

    /// For each thing what it is in a knowledge base, with the words of it; what is told of one of a group counts for
    /// what stands for it too. Others are told.
    fn references<'l>(
        &mut self,
        lines: &Lines<'l>,
        groups: &Groups<'l>,
    ) -> HashMap<(&'l str, &'l str), (&'l str, &'l str)> {
        let mut found = HashMap::new();
        for (line, of, source, item, words) in &lines.references {
            if ["Rubricator", "Wikidata", "ISO3166"].contains(source) {
                found.insert((*of, *source), (*item, *words));
                found.entry((groups.root(of), *source)).or_insert((*item, *words));
            } else {
                self.leave(*line, format!("{source}:{item} of {of}"), "only Wikidata and ISO 3166 are kept");
            }
        }
        found
    }

    /// The kind of a type: of the same name, or a new one.
    fn kind(&mut self, name: &str) -> KindId {
        if event_type(name, None).is_some() {
            return KindId::EVENT;
        }
        if let Some(kind) = usual_kind(name) {
            return kind;
        }
        self.set.kind_of_id(KindId(lowercase(name).into()), name, Schema::Entity)
    }

    /// Who or what a mention names: by this program's own number, by its Wikidata item, by what it is told to be the
    /// same as; where another program wrote the file by its words. None where ours tells of nothing.
    fn entity(
        &mut self,
        bound: &Bound<'_>,
        kind: &KindId,
        groups: &Groups<'_>,
        references: &HashMap<(&str, &str), (&str, &str)>,
        ours: bool,
    ) -> Option<EntityId> {
        let of = |source| {
            let own = references.get(&(bound.id, source));
            own.or_else(|| references.get(&(groups.root(bound.id), source))).copied()
        };
        let (own, item, code) = (of("Rubricator"), of("Wikidata"), of("ISO3166"));
        if ours && own.is_none() {
            return None;
        }
        let words = self.slice(bound.range).to_owned();
        let told = own.or(item).or(code).map(|(_, words)| words.to_owned()).filter(|words| !words.is_empty());
        let name = told.unwrap_or_else(|| one_line(&words));
        let root = groups.root(bound.id);
        let key = match (own, item) {
            (Some((number, _)), _) => format!("{number} {name}"),
            (None, Some((item, _))) => format!("item {item}"),
            (None, None) if root != bound.id => format!("same {} {root}", self.article),
            (None, None) => format!("words {} {name}", self.article),
        };
        let number = own.map_or("", |(number, _)| number);
        Some(self.set.entity(kind, &key, number, &name, |entity| {
            entity.country = code.and_then(|(code, _)| CountryCode::new(code));
            entity.wikidata = item.map(|(item, _)| SmolStr::new(item));
        }))
    }

    /// The events, those that are one joined, by the id of the first.
    fn events<'l>(
        &mut self,
        lines: &Lines<'l>,
        groups: &Groups<'l>,
        references: &HashMap<(&str, &str), (&str, &str)>,
        value: &dyn Fn(&str, &str) -> Option<&'l str>,
        parties: &HashMap<&str, Party>,
    ) -> HashMap<&'l str, EventId> {
        let bounds: HashMap<&str, &Bound<'_>> = lines.bounds.iter().map(|bound| (bound.id, bound)).collect();
        let mut found: BTreeMap<usize, Event> = BTreeMap::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        // The arguments of each that are only guessed.
        let mut unsure: HashMap<usize, Vec<String>> = HashMap::new();
        for line in &lines.events {
            let Some(trigger) = bounds.get(line.trigger) else {
                self.leave(line.line, format!("event {} {}", line.id, line.kind), "its trigger is not there");
                continue;
            };
            let root = groups.root(line.id);
            let place = *places.entry(root).or_insert(found.len());
            if let Entry::Vacant(free) = found.entry(place) {
                let notes = lines.notes.get(root).or_else(|| lines.notes.get(line.id));
                let (event, guessed) = self.event(root, line, trigger, references, value, notes);
                unsure.insert(place, guessed);
                free.insert(event);
            }
            for (role, of) in &line.arguments {
                let who = parties.get(of).zip(bounds.get(of));
                let argument = *role;
                let name = role.trim_end_matches(|c: char| c.is_ascii_digit());
                let role = match name {
                    "Actor" => Some(Role::Actor),
                    "Recipient" => Some(Role::Recipient),
                    _ => None,
                };
                let words = bounds.get(of).map_or((*of).to_owned(), |bound| one_line(self.slice(bound.range)));
                let Some(event) = found.get_mut(&place) else { continue };
                match (role, who) {
                    (Some(role), Some((party, bound))) => {
                        let unsure = unsure.get(&place).is_some_and(|all| all.iter().any(|each| each == argument));
                        let participant = Participant::new(role, party.clone(), Some(bound.range));
                        event.participants.push(Participant { unsure, ..participant });
                    }
                    (None, _) if figure(name, bounds.get(of), lines).is_some() => {
                        event.figures.extend(figure(name, bounds.get(of), lines));
                    }
                    (None, _) if bounds.contains_key(of) => {
                        let space = if event.note.is_empty() { "" } else { "; " };
                        event.note = format!("{}{space}{name}: {words}", event.note);
                    }
                    _ => {
                        let what = format!("{name} {words} of {}", line.id);
                        self.leave(line.line, what, "only what a mention names takes part in an event");
                    }
                }
            }
        }
        let first = u32::try_from(self.set.records.events.len()).unwrap_or(u32::MAX);
        let number = |place: usize| EventId(first.saturating_add(u32::try_from(place).unwrap_or(u32::MAX)));
        for (place, mut event) in found {
            // Those that words say stand first, as in an article.
            event.figures.sort_by_key(|figure| figure.range.is_none());
            self.set.records.events.push(Event { id: number(place), ..event });
        }
        places.into_iter().map(|(root, place)| (root, number(place))).collect()
    }

    fn event<'l>(
        &mut self,
        root: &str,
        line: &Happening<'l>,
        trigger: &Bound<'_>,
        references: &HashMap<(&str, &str), (&str, &str)>,
        value: &dyn Fn(&str, &str) -> Option<&'l str>,
        notes: Option<&Vec<&str>>,
    ) -> (Event, Vec<String>) {
        let status = if value(root, "Status") == Some("suggested") { Status::Suggested } else { Status::Accepted };
        let (origin, decision) = self.set.decided(status);
        let kind = event_type(line.kind, value(root, "Class"));
        let name = one_line(self.slice(trigger.range));
        let mut event = Event {
            kind: kind.unwrap_or(EventType::Happening(None)),
            polarity: if value(root, "Negated").is_some() { Polarity::Negative } else { Polarity::Positive },
            modality: value(root, "Modality").and_then(Modality::from_name).unwrap_or_default(),
            wikidata: references.get(&(root, "Wikidata")).map(|(item, _)| SmolStr::new(item)),
            decision,
            ..Event::new(EventId(0), self.article, name, origin)
        };
        let mut unsure = Vec::new();
        for note in notes.into_iter().flatten() {
            unsure.extend(details(note, &mut event));
        }
        if kind.is_none() {
            let space = if event.note.is_empty() { "" } else { "; " };
            event.note = format!("type: {}{space}{}", line.kind, event.note);
        }
        (event, unsure)
    }

    /// Who takes part and is no entity, as this program's export notes it: `name: protesters; country: SY`.
    fn party(&self, bound: &Bound<'_>, notes: Option<&Vec<&str>>) -> Option<Party> {
        let label = party_label(bound.kind)?;
        let note = notes.and_then(|notes| notes.first()).copied().unwrap_or_default();
        let told = note.strip_prefix("name: ").unwrap_or(note);
        let split = told.rsplit_once("; country: ").and_then(|(name, code)| Some((name, CountryCode::new(code)?)));
        let (name, country) = split.map_or((told, None), |(name, code)| (name, Some(code)));
        let name = if name.is_empty() { one_line(self.slice(bound.range)) } else { name.to_owned() };
        Some(Party::Words(PartyWords { name, label, country }))
    }

    fn slice(&self, range: TextRange) -> &'t str {
        self.text.get(bytes(range)).unwrap_or_default()
    }
}

/// "Weapon" as this program writes the kind "weapon"; "ORG" stays.
fn lowercase(name: &str) -> String {
    let mut letters = name.chars();
    let plain = letters.next().is_some_and(char::is_uppercase) && !letters.any(char::is_uppercase);
    if plain { name.to_lowercase() } else { name.to_owned() }
}

/// The type of an event that this program writes.
fn event_type(name: &str, class: Option<&str>) -> Option<EventType> {
    set::event_type(Some(name).filter(|name| *name != "HAPPENING"), class)
}

/// The type of words that say how many.
const FIGURE: &str = "Figure";

/// Whether a type is of words that this program marks and that are no mention.
fn is_words(kind: &str) -> bool {
    kind == FIGURE || party_label(kind).is_some()
}

/// What words stand for, by their type.
fn party_label(kind: &str) -> Option<PartyLabel> {
    match kind.strip_prefix("Participant_")? {
        "person" => Some(PartyLabel::Person),
        "country" => Some(PartyLabel::Country),
        "organisation" => Some(PartyLabel::Org),
        "group" => Some(PartyLabel::Group),
        _ => None,
    }
}

/// A number that words say.
fn figure(role: &str, bound: Option<&&Bound<'_>>, lines: &Lines<'_>) -> Option<Figure> {
    let bound = bound.filter(|bound| bound.kind == FIGURE)?;
    let kind = FigureKind::from_name(&role.to_lowercase())?;
    let note = lines.notes.get(bound.id).and_then(|notes| notes.first());
    let number = note.and_then(|note| note.strip_prefix("number: ")).and_then(|number| number.parse().ok());
    Some(Figure { kind, number: number.filter(|number: &f64| number.is_finite()), range: Some(bound.range) })
}

/// Reads what this program's export notes of an event: `name: …; mode: …; date: 2022-02-04/2022-02-05 Friday; …`. What is
/// no such thing is the note itself. Gives the arguments that are only guessed.
fn details(note: &str, event: &mut Event) -> Vec<String> {
    const KEYS: &[&str] = &[
        "name: ",
        "mode: ",
        "contexts: ",
        "date: ",
        "place: ",
        "coordinates: ",
        "figures: ",
        "unsure: ",
        "worth: ",
        "note: ",
    ];
    if !note.starts_with("name: ") {
        note.clone_into(&mut event.note);
        return Vec::new();
    }
    let mut parts: Vec<String> = Vec::new();
    for piece in note.split("; ") {
        // The note is last, and holds anything.
        let goes_on =
            |before: &&mut String| before.starts_with("note: ") || !KEYS.iter().any(|key| piece.starts_with(key));
        match parts.last_mut().filter(goes_on) {
            Some(before) => *before = format!("{before}; {piece}"),
            None => parts.push(piece.to_owned()),
        }
    }
    let mut unsure = Vec::new();
    for part in &parts {
        let Some((key, told)) = part.split_once(": ") else { continue };
        match key {
            "name" => told.clone_into(&mut event.name),
            "mode" => event.mode = Some(told.into()),
            "contexts" => event.contexts = told.split(", ").map(SmolStr::new).collect(),
            "date" => event.date = date(told),
            "place" => event.place = Some(place(told)),
            "coordinates" => {
                let at = told.split_once(' ').and_then(|(north, east)| layers::coordinates(Some(north), Some(east)));
                event.place.iter_mut().for_each(|place| place.coordinates = at);
            }
            "figures" => event.figures.extend(told.split(", ").filter_map(layers::figure)),
            "unsure" => unsure = told.split(", ").map(str::to_owned).collect(),
            "worth" => event.worth = told.parse().ok().filter(|worth| (0.0..=1.0).contains(worth)),
            _ => told.clone_into(&mut event.note),
        }
    }
    let is_unsure = |what: &str| unsure.iter().any(|each| each == what);
    let (date, place) = (is_unsure("date"), is_unsure("place"));
    event.date.iter_mut().for_each(|known| known.unsure = date);
    event.place.iter_mut().for_each(|known| known.unsure = place);
    unsure
}

/// `2022-02-04/2022-02-05 last Friday`.
fn date(told: &str) -> Option<EventDate> {
    let (days, text) = told.split_once(' ').unwrap_or((told, ""));
    let (start, end) = days.split_once('/')?;
    Some(EventDate::new(start.parse().ok()?, end.parse().ok()?, text))
}

/// `Beijing (CN)`.
fn place(told: &str) -> EventPlace {
    let coded = told.strip_suffix(')').and_then(|told| told.rsplit_once(" ("));
    match coded.and_then(|(name, code)| Some((name, CountryCode::new(code)?))) {
        Some((name, code)) => EventPlace::new(name, Some(code)),
        None => EventPlace::new(told, None),
    }
}
