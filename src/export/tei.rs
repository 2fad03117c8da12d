//! TEI P5: a document an article. Tags stand in the text where they nest; those that overlap, and all that is known of
//! people, places, events and relations, stand in `standOff`, with ranges in code points of the text.
//! <https://tei-c.org/release/doc/tei-p5-doc/en/html/SA.html#SASOstdf>

use std::collections::BTreeSet;

use text_size::{TextRange, TextSize};

use super::layers::party_label;
use super::names::Stems;
use super::view::{ArticleView, EventView, Marked, Related, View};
use super::xml::{Xml, tell_forbidden};
use super::{Export, ExportError, File, Format, Group, Layout, Selection};
use crate::project::{
    Entity, EntityId, Figure, KindId, Level, Modality, Party, PartyLabel, PartyWords, Polarity, Project, Schema, Status,
};
use crate::text::bytes;

/// See the module.
pub(super) struct Tei;

impl Format for Tei {
    fn id(&self) -> &'static str {
        "tei"
    }

    fn name(&self) -> &'static str {
        "TEI P5"
    }

    fn group(&self) -> Group {
        Group::Editions
    }

    fn extension(&self) -> &'static str {
        "xml"
    }

    fn description(&self) -> &'static str {
        "A folder for digital editions: a document an article, with people, places, events and relations beside the text"
    }

    fn layout(&self) -> Layout {
        Layout::Folder
    }

    fn holds_relations(&self) -> bool {
        true
    }

    fn export(&self, project: &Project, selection: &Selection) -> Result<Export, ExportError> {
        let view = View::new(project, selection)?;
        let mut export = Export::default();
        let mut stems = Stems::default();
        for article in &view.articles {
            tell_forbidden(article, &mut export.left_out);
            let name = format!("{}.xml", stems.unique(article.title()));
            let bytes = Document::new(project, article).write();
            export.files.push(File { name, bytes });
        }
        Ok(export)
    }
}

/// The id of the text that ranges count in.
const TEXT: &str = "text";
/// The id of the statement of who proposes what nobody has decided on.
const SUGGESTED: &str = "suggested";
/// How deep tags stand in each other; XML readers refuse very deep documents.
const MAX_DEPTH: usize = 32;

/// The document of one article.
struct Document<'v, 'p> {
    project: &'p Project,
    article: &'v ArticleView<'p>,
    entities: Vec<&'p Entity>,
    /// Who takes part and is no entity, each with an id.
    parties: Vec<(String, &'p PartyWords)>,
    paragraphs: Vec<TextRange>,
    /// For each mention whether it stands in the text.
    inline: Vec<bool>,
}

impl<'v, 'p> Document<'v, 'p> {
    fn new(project: &'p Project, article: &'v ArticleView<'p>) -> Self {
        let named = article.mentions.iter().filter_map(Marked::entity);
        let taking_part = article.events.iter().flat_map(|event| &event.participants).filter_map(|who| who.entity());
        let ids: BTreeSet<EntityId> = named.chain(taking_part).collect();
        let paragraphs = paragraphs(article.text);
        let inline = nesting(&article.mentions, &paragraphs);
        let entities = ids.into_iter().filter_map(|id| project.entity(id)).collect();
        let mut document = Self { project, article, entities, parties: Vec::new(), paragraphs, inline };
        for view in &article.events {
            for words in view.participants.iter().filter_map(|who| who.words()) {
                let id = format!("party.{}", document.parties.len() + 1);
                if document.party(words).is_none() {
                    document.parties.push((id, words));
                }
            }
        }
        document
    }

    fn write(&self) -> Vec<u8> {
        let mut xml = Xml::new();
        let id = self.article.record.id.to_string();
        xml.group("TEI", &[("xmlns", "http://www.tei-c.org/ns/1.0"), ("xml:id", &id)], |xml| {
            self.header(xml);
            self.stand_off(xml);
            self.text(xml);
        });
        xml.finish()
    }

    fn header(&self, xml: &mut Xml) {
        let meta = &self.article.record.article.meta;
        xml.group("teiHeader", &[], |xml| {
            xml.group("fileDesc", &[], |xml| {
                xml.group("titleStmt", &[], |xml| {
                    xml.leaf("title", &[], &meta.title);
                    if !meta.author.is_empty() {
                        xml.leaf("author", &[], &meta.author);
                    }
                    xml.group("respStmt", &[("xml:id", SUGGESTED)], |xml| {
                        xml.leaf("resp", &[], "proposes the tags that refer to this and that nobody has decided on yet");
                        xml.leaf("name", &[], concat!("Rubricator ", env!("CARGO_PKG_VERSION")));
                    });
                });
                xml.group("publicationStmt", &[], |xml| {
                    xml.leaf("p", &[], "An annotated article, exported for other programs; the rights in its text stay as they are.");
                });
                xml.group("sourceDesc", &[], |xml| {
                    xml.group("bibl", &[], |xml| {
                        xml.leaf("title", &[], &meta.title);
                        if !meta.source.is_empty() {
                            xml.leaf("publisher", &[], &meta.source);
                        }
                        if let Some(date) = meta.date {
                            xml.leaf("date", &[("when", &date.to_string())], &date.to_string());
                        }
                        if !meta.section.is_empty() {
                            xml.leaf("biblScope", &[("unit", "section")], &meta.section);
                        }
                        if !meta.url.is_empty() {
                            xml.leaf("idno", &[("type", "url")], &meta.url);
                        }
                        if !self.article.origin().is_empty() {
                            xml.leaf("note", &[("type", "origin")], self.article.origin());
                        }
                    });
                });
            });
            xml.group("encodingDesc", &[], |xml| {
                xml.leaf(
                    "p",
                    &[],
                    "The text is all that stands in the paragraphs, white space included. A string-range counts Unicode \
                     code points in it from 0: where it begins, and how many.",
                );
            });
            if is_language(&meta.language) {
                xml.group("profileDesc", &[], |xml| {
                    xml.group("langUsage", &[], |xml| xml.empty("language", &[("ident", &meta.language)]));
                });
            }
        });
    }

    fn stand_off(&self, xml: &mut Xml) {
        let kept = |is: fn(&Self, &Entity) -> bool| self.entities.iter().copied().filter(move |e| is(self, e));
        let people: Vec<_> = kept(|_, entity| entity.kind == KindId::PERSON).collect();
        let places: Vec<_> = kept(Self::is_place).collect();
        let organisations: Vec<_> = kept(|own, entity| own.is_organisation(entity)).collect();
        let other = |own: &Self, entity: &Entity| {
            entity.kind != KindId::PERSON && !own.is_place(entity) && !own.is_organisation(entity)
        };
        let others: Vec<_> = kept(other).collect();
        let persons = self.parties(|label| label == PartyLabel::Person);
        let countries = self.parties(|label| label == PartyLabel::Country);
        let bodies = self.parties(|label| matches!(label, PartyLabel::Org | PartyLabel::Group));
        let scenes: Vec<_> = self.article.events.iter().filter(|view| view.event.place.is_some()).collect();
        let beside: Vec<_> =
            self.article.mentions.iter().zip(&self.inline).filter(|(_, inline)| !**inline).map(|(m, _)| m).collect();
        let noted: Vec<_> = self.article.mentions.iter().filter(|marked| !marked.mention.note.is_empty()).collect();
        let retold: Vec<_> = self.article.mentions.iter().filter(|marked| marked.mention.retold).collect();
        if retold.is_empty()
            && self.entities.is_empty()
            && self.article.events.is_empty()
            && beside.is_empty()
            && noted.is_empty()
            && self.article.relations.is_empty()
        {
            return;
        }
        xml.group("standOff", &[], |xml| {
            if !people.is_empty() || !persons.is_empty() {
                xml.group("listPerson", &[], |xml| {
                    people.iter().for_each(|entity| person(entity, xml));
                    persons.iter().for_each(|(id, words)| party("person", "persName", id, words, xml));
                });
            }
            if !organisations.is_empty() || !bodies.is_empty() {
                xml.group("listOrg", &[], |xml| {
                    organisations.iter().for_each(|entity| organisation(entity, xml));
                    bodies.iter().for_each(|(id, words)| party("org", "orgName", id, words, xml));
                });
            }
            if !places.is_empty() || !scenes.is_empty() || !countries.is_empty() {
                xml.group("listPlace", &[], |xml| {
                    places.iter().for_each(|entity| place(entity, xml));
                    countries.iter().for_each(|(id, words)| party("place", "placeName", id, words, xml));
                    scenes.iter().for_each(|view| event_place(view, xml));
                });
            }
            list(xml, "listObject", &others, |xml, entity| object(entity, xml));
            list(xml, "listEvent", &self.article.events, |xml, view| self.event(view, xml));
            list(xml, "listAnnotation", &beside, |xml, marked| self.annotation(marked, xml));
            list(xml, "listRelation", &self.article.relations, |xml, related| self.relation(related, xml));
            for marked in noted {
                xml.leaf("note", &[("target", &format!("#{}", marked.mention.id))], &marked.mention.note);
            }
            for relation in self.article.relations.iter().map(|related| related.relation) {
                if !relation.note.is_empty() {
                    xml.leaf("note", &[("target", &format!("#{}", relation.id))], &relation.note);
                }
            }
            if !retold.is_empty() {
                let targets: Vec<_> = retold.iter().map(|marked| format!("#{}", marked.mention.id)).collect();
                let words = "These tell again of an event that another tells of more clearly.";
                xml.leaf("note", &[("type", "retold"), ("target", &targets.join(" "))], words);
            }
        });
    }

    /// The id of who takes part and is no entity.
    fn party(&self, words: &PartyWords) -> Option<&str> {
        self.parties.iter().find(|(_, known)| *known == words).map(|(id, _)| id.as_str())
    }

    /// Those of a label who take part and are no entities.
    fn parties(&self, fits: fn(PartyLabel) -> bool) -> Vec<&(String, &'p PartyWords)> {
        self.parties.iter().filter(|(_, words)| fits(words.label)).collect()
    }

    fn is_place(&self, entity: &Entity) -> bool {
        entity.kind == KindId::PLACE || self.project.tagset().schema(&entity.kind) == Schema::Country
    }

    fn is_organisation(&self, entity: &Entity) -> bool {
        entity.kind == KindId::ORGANISATION && !self.is_place(entity)
    }

    fn event(&self, view: &EventView<'_>, xml: &mut Xml) {
        let event = view.event;
        let id = event.id.to_string();
        let mut attributes = vec![("xml:id", id.clone())];
        attributes.extend(event.kind.code().map(|code| ("type", code.to_owned())));
        if let Some(class) = event.kind.class() {
            attributes.push(("subtype", word(class)));
        }
        match &event.date {
            Some(date) if date.start == date.end => attributes.push(("when", date.start.to_string())),
            Some(date) => attributes.extend([("from", date.start.to_string()), ("to", date.end.to_string())]),
            None => {}
        }
        if event.place.is_some() {
            attributes.push(("where", format!("#{id}.place")));
        }
        let attributes: Vec<(&str, &str)> = attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
        xml.group("event", &attributes, |xml| {
            if let Some(item) = &event.wikidata {
                xml.leaf("idno", &[("type", "wikidata")], item);
            }
            xml.leaf("label", &[], &event.name);
            let describe = |xml: &mut Xml, kind: &str, text: &str| xml.leaf("desc", &[("type", kind)], text);
            if let Some(mode) = &event.mode {
                describe(xml, "mode", mode);
            }
            event.contexts.iter().for_each(|context| describe(xml, "context", context));
            if let Some(date) = event.date.as_ref().filter(|date| date.unsure || !date.text.is_empty()) {
                xml.leaf(
                    "desc",
                    &[("type", "date")].into_iter().chain(doubt(date.unsure)).collect::<Vec<_>>(),
                    &date.text,
                );
            }
            if event.polarity != Polarity::default() {
                describe(xml, "polarity", event.polarity.name());
            }
            if event.modality != Modality::default() {
                describe(xml, "modality", event.modality.name());
            }
            if view.level != Level::default() {
                describe(xml, "level", view.level.name());
            }
            if let Some(worth) = event.worth {
                describe(xml, "worth", &worth.to_string());
            }
            event.figures.iter().for_each(|figure| self.figure(figure, xml));
            if !event.note.is_empty() {
                xml.leaf("note", &[], &event.note);
            }
        });
        for who in &view.participants {
            let party = match &who.who {
                Party::Entity(entity) => entity.to_string(),
                Party::Words(words) => self.party(words).unwrap_or_default().to_owned(),
            };
            let (active, passive) = (format!("#{party}"), format!("#{id}"));
            let place = who.range.and_then(|range| self.article.offsets.code_points(range));
            let place = place.map(|(start, end)| string_range(start, end));
            let mut relation = vec![("name", who.role.name()), ("active", &active), ("passive", &passive)];
            relation.extend(place.as_deref().map(|place| ("corresp", place)));
            relation.extend(doubt(who.unsure));
            xml.empty("relation", &relation);
        }
    }

    /// A relation between tags, by their ids.
    fn relation(&self, related: &Related<'_>, xml: &mut Xml) {
        let relation = related.relation;
        let (id, name) = (relation.id.to_string(), word(relation.kind.as_str()));
        let (from, to) = (format!("#{}", relation.from), format!("#{}", relation.to));
        let both = format!("{from} {to}");
        let mut attributes = vec![("xml:id", id.as_str()), ("name", &name)];
        match self.project.tagset().is_symmetric(&relation.kind) {
            true => attributes.push(("mutual", &both)),
            false => attributes.extend([("active", from.as_str()), ("passive", &to)]),
        }
        attributes.extend((relation.status == Status::Suggested).then_some(RESPONSIBLE));
        xml.empty("relation", &attributes);
    }

    fn figure(&self, figure: &Figure, xml: &mut Xml) {
        let place = figure.range.and_then(|range| self.article.offsets.code_points(range));
        let place = place.map(|(start, end)| string_range(start, end));
        let number = figure.number.map(|number| number.to_string());
        let mut attributes = vec![("type", figure.kind.name())];
        attributes.extend(number.as_deref().map(|number| ("quantity", number)));
        attributes.extend(place.as_deref().map(|place| ("corresp", place)));
        let words = figure.range.and_then(|range| self.article.record.article.text.slice(range));
        xml.group("desc", &[("type", "figure")], |xml| xml.leaf("measure", &attributes, words.unwrap_or_default()));
    }

    /// A tag that cannot stand in the text.
    fn annotation(&self, marked: &Marked<'_>, xml: &mut Xml) {
        let (id, target) = (marked.mention.id.to_string(), string_range(marked.start, marked.end));
        let mut attributes = vec![("xml:id", id.as_str()), ("motivation", "tagging"), ("target", &target)];
        attributes.extend(responsible(marked));
        xml.group("annotation", &attributes, |xml| {
            let (kind, subtype) = (word(marked.mention.kind.as_str()), marked.mention.subtype.as_deref().map(word));
            let of = refers(marked);
            let mut attributes = vec![("type", kind.as_str())];
            attributes.extend(subtype.as_deref().map(|subtype| ("subtype", subtype)));
            attributes.extend(of.as_deref().map(|of| ("target", of)));
            xml.empty("ptr", &attributes);
        });
    }

    fn text(&self, xml: &mut Xml) {
        xml.open("text", &[]);
        xml.open("body", &[("xml:id", TEXT), ("xml:space", "preserve")]);
        let mut marks = self.article.mentions.iter().zip(&self.inline).filter(|(_, inline)| **inline).peekable();
        for paragraph in &self.paragraphs {
            xml.open("p", &[]);
            let mut at = paragraph.start();
            let mut open: Vec<(&str, TextSize)> = Vec::new();
            while let Some((marked, _)) = marks.next_if(|(marked, _)| paragraph.contains_range(marked.mention.range)) {
                let range = marked.mention.range;
                self.close(&mut open, range.start(), &mut at, xml);
                self.words(&mut at, range.start(), xml);
                open.push((open_tag(marked, xml), range.end()));
            }
            self.close(&mut open, paragraph.end(), &mut at, xml);
            self.words(&mut at, paragraph.end(), xml);
            xml.close("p");
        }
        xml.close("body");
        xml.close("text");
        xml.line();
    }

    /// Closes what ends at `place` or before.
    fn close(&self, open: &mut Vec<(&str, TextSize)>, place: TextSize, at: &mut TextSize, xml: &mut Xml) {
        while let Some((name, end)) = open.pop_if(|(_, end)| *end <= place) {
            self.words(at, end, xml);
            xml.close(name);
        }
    }

    /// The text up to a place.
    fn words(&self, at: &mut TextSize, to: TextSize, xml: &mut Xml) {
        if *at < to {
            xml.text(self.article.text.get(bytes(TextRange::new(*at, to))).unwrap_or_default());
            *at = to;
        }
    }
}

fn list<T>(xml: &mut Xml, name: &str, items: &[T], each: impl Fn(&mut Xml, &T)) {
    if !items.is_empty() {
        xml.group(name, &[], |xml| items.iter().for_each(|item| each(xml, item)));
    }
}

/// Begins the element of a mention in the text, and gives its name.
fn open_tag(marked: &Marked<'_>, xml: &mut Xml) -> &'static str {
    let mention = marked.mention;
    let kind = &mention.kind;
    let name = match kind {
        kind if *kind == KindId::PERSON => "persName",
        kind if *kind == KindId::COUNTRY => "country",
        kind if *kind == KindId::ORGANISATION => "orgName",
        kind if *kind == KindId::PLACE => "placeName",
        _ => "rs",
    };
    let (id, kind, of) = (mention.id.to_string(), word(kind.as_str()), refers(marked));
    let subtype = mention.subtype.as_deref().map(word);
    let mut attributes = vec![("xml:id", id.as_str())];
    // The names of others than people and countries are told apart by it.
    attributes.extend((!matches!(name, "persName" | "country")).then_some(("type", kind.as_str())));
    attributes.extend(subtype.as_deref().map(|subtype| ("subtype", subtype)));
    attributes.extend(of.as_deref().map(|of| ("ref", of)));
    attributes.extend(responsible(marked));
    xml.open(name, &attributes);
    name
}

fn refers(marked: &Marked<'_>) -> Option<String> {
    let entity = marked.entity().map(|id| format!("#{id}"));
    entity.or_else(|| marked.event().map(|id| format!("#{id}")))
}

fn responsible(marked: &Marked<'_>) -> Option<(&'static str, &'static str)> {
    (marked.mention.status == Status::Suggested).then_some(RESPONSIBLE)
}

/// Said of what nobody has decided on.
const RESPONSIBLE: (&str, &str) = ("resp", "#suggested");

fn string_range(start: usize, end: usize) -> String {
    format!("#string-range({TEXT},{start},{})", end.saturating_sub(start))
}

fn person(entity: &Entity, xml: &mut Xml) {
    xml.group("person", &[("xml:id", &entity.id.to_string())], |xml| {
        names("persName", entity, xml);
        if let Some(code) = entity.country {
            xml.empty("nationality", &[("key", code.as_str())]);
        }
        if !entity.role.is_empty() {
            xml.leaf("occupation", &[], &entity.role);
        }
        remarks(entity, xml);
    });
}

fn organisation(entity: &Entity, xml: &mut Xml) {
    let (id, kind) = (entity.id.to_string(), word(entity.kind.as_str()));
    xml.group("org", &[("xml:id", &id), ("type", &kind)], |xml| {
        names("orgName", entity, xml);
        if let Some(code) = entity.country {
            xml.empty("country", &[("key", code.as_str())]);
        }
        if let Some(item) = &entity.wikidata {
            xml.leaf("idno", &[("type", "wikidata")], item);
        }
        notes(entity, xml);
    });
}

fn place(entity: &Entity, xml: &mut Xml) {
    let (id, kind) = (entity.id.to_string(), word(entity.kind.as_str()));
    xml.group("place", &[("xml:id", &id), ("type", &kind)], |xml| {
        names("placeName", entity, xml);
        if let Some(code) = entity.country {
            xml.empty("country", &[("key", code.as_str())]);
        }
        if !entity.role.is_empty() {
            xml.leaf("note", &[("type", "role")], &entity.role);
        }
        remarks(entity, xml);
    });
}

fn object(entity: &Entity, xml: &mut Xml) {
    let (id, kind) = (entity.id.to_string(), word(entity.kind.as_str()));
    xml.group("object", &[("xml:id", &id), ("type", &kind)], |xml| {
        xml.group("objectIdentifier", &[], |xml| {
            if let Some(code) = entity.country {
                xml.empty("country", &[("key", code.as_str())]);
            }
            names("objectName", entity, xml);
            if let Some(item) = &entity.wikidata {
                xml.leaf("idno", &[("type", "wikidata")], item);
            }
        });
        notes(entity, xml);
    });
}

fn notes(entity: &Entity, xml: &mut Xml) {
    if !entity.role.is_empty() {
        xml.leaf("note", &[("type", "role")], &entity.role);
    }
    if !entity.note.is_empty() {
        xml.leaf("note", &[], &entity.note);
    }
}

/// Who takes part and is no entity.
fn party(element: &str, name: &str, id: &str, words: &PartyWords, xml: &mut Xml) {
    let label = party_label(words.label);
    // A person has no type, but a role.
    let kind = if element == "person" { "role" } else { "type" };
    xml.group(element, &[("xml:id", id), (kind, label)], |xml| {
        xml.leaf(name, &[], &words.name);
        if let Some(code) = words.country {
            xml.empty(if element == "person" { "nationality" } else { "country" }, &[("key", code.as_str())]);
        }
    });
}

/// What says that something is only guessed.
fn doubt(unsure: bool) -> Option<(&'static str, &'static str)> {
    unsure.then_some(("cert", "low"))
}

fn names(element: &str, entity: &Entity, xml: &mut Xml) {
    xml.leaf(element, &[], &entity.name);
    entity.aliases.iter().for_each(|alias| xml.leaf(element, &[("type", "alias")], alias));
}

fn remarks(entity: &Entity, xml: &mut Xml) {
    if let Some(item) = &entity.wikidata {
        xml.leaf("idno", &[("type", "wikidata")], item);
    }
    if !entity.note.is_empty() {
        xml.leaf("note", &[], &entity.note);
    }
}

/// Where an event takes place, as a place of its own.
fn event_place(view: &EventView<'_>, xml: &mut Xml) {
    let Some(place) = &view.event.place else { return };
    let id = format!("{}.place", view.event.id);
    let attributes: Vec<_> =
        [("xml:id", id.as_str()), ("type", "where")].into_iter().chain(doubt(place.unsure)).collect();
    xml.group("place", &attributes, |xml| {
        xml.leaf("placeName", &[], &place.name);
        if let Some(code) = place.country {
            xml.empty("country", &[("key", code.as_str())]);
        }
        if let Some(at) = place.coordinates {
            xml.group("location", &[], |xml| xml.leaf("geo", &[], &format!("{} {}", at.latitude, at.longitude)));
        }
    });
}

/// The text in pieces that begin behind blank lines; together they are all of it, and there is at least one.
fn paragraphs(text: &str) -> Vec<TextRange> {
    let mut starts = Vec::new();
    let (mut at, mut blank) = (TextSize::new(0), false);
    for line in text.split_inclusive('\n') {
        let empty = line.trim().is_empty();
        if blank && !empty && at > TextSize::new(0) {
            starts.push(at);
        }
        blank = empty;
        at += TextSize::of(line);
    }
    let ends = starts.iter().copied().chain([at]);
    let begins = std::iter::once(TextSize::new(0)).chain(starts.iter().copied());
    begins.zip(ends).map(|(start, end)| TextRange::new(start, end)).collect()
}

/// Which mentions can be elements in the text: inside one paragraph and across no other.
fn nesting(mentions: &[Marked<'_>], paragraphs: &[TextRange]) -> Vec<bool> {
    let mut open: Vec<TextRange> = Vec::new();
    let nests = |marked: &Marked<'_>| {
        let range = marked.mention.range;
        while open.pop_if(|other| other.end() <= range.start()).is_some() {}
        let paragraph = paragraphs.get(paragraphs.partition_point(|paragraph| paragraph.end() <= range.start()));
        let fits = paragraph.is_some_and(|paragraph| paragraph.contains_range(range))
            && open.last().is_none_or(|other| other.contains_range(range))
            && open.len() < MAX_DEPTH;
        if fits {
            open.push(range);
        }
        fits
    };
    mentions.iter().map(nests).collect()
}

/// As a value of `type` may be written: no white space and no controls.
fn word(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() || c.is_control() { '_' } else { c }).collect()
}

/// Whether it is a language tag as XML knows them.
fn is_language(tag: &str) -> bool {
    let part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let first = tag.split('-').next().unwrap_or_default();
    first.bytes().all(|b| b.is_ascii_alphabetic()) && tag.split('-').all(part)
}
