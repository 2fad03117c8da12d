//! The labels that databases put before what they know of an article: "BYLINE:", "Publication date:", "HD".

/// What stands behind a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Field {
    Title,
    Source,
    /// Source and date in one: "The Ledger ; Singapore [Singapore]24 May 2012."
    Imprint,
    Date,
    /// A day that is not of publication, for want of another: when it was loaded.
    LateDate,
    Author,
    /// The part of the paper.
    Section,
    Address,
    Language,
    /// The text begins here.
    Body,
    /// A summary, which is the text where there is no other.
    Summary,
    /// What is told of the article and is no part of it.
    Other,
}

/// A line with a label: what it tells, and what stands behind it.
pub(super) struct Labelled<'t> {
    /// As it is written.
    pub label: &'t str,
    pub field: Field,
    pub value: &'t str,
}

/// Labels with a colon, in small letters.
const LABELS: &[(&str, Field)] = &[
    ("title", Field::Title),
    ("headline", Field::Title),
    ("document title", Field::Title),
    ("article title", Field::Title),
    ("article name", Field::Title),
    ("from", Field::Source),
    ("source", Field::Source),
    ("publication", Field::Source),
    ("publication title", Field::Source),
    ("publication name", Field::Source),
    ("newspaper", Field::Source),
    ("journal", Field::Source),
    ("journal title", Field::Source),
    ("publication info", Field::Imprint),
    ("date", Field::Date),
    ("publication date", Field::Date),
    ("date of publication", Field::Date),
    ("published", Field::Date),
    ("load date", Field::LateDate),
    ("last updated", Field::LateDate),
    ("author", Field::Author),
    ("authors", Field::Author),
    ("byline", Field::Author),
    ("by line", Field::Author),
    ("url", Field::Address),
    ("document url", Field::Address),
    ("language", Field::Language),
    ("language of publication", Field::Language),
    ("body", Field::Body),
    ("full text", Field::Body),
    ("text", Field::Body),
    ("abstract", Field::Summary),
    ("summary", Field::Other),
    ("highlight", Field::Other),
    ("section", Field::Section),
    ("length", Field::Other),
    ("dateline", Field::Other),
    ("graphic", Field::Other),
    ("series", Field::Other),
    ("edition", Field::Other),
    ("page", Field::Other),
    ("pages", Field::Other),
    ("publication type", Field::Other),
    ("publication subject", Field::Other),
    ("publication year", Field::Other),
    ("publication code", Field::Other),
    ("journal code", Field::Other),
    ("publisher", Field::Other),
    ("place of publication", Field::Other),
    ("country of publication", Field::Other),
    ("source type", Field::Other),
    ("source attribution", Field::Other),
    ("document type", Field::Other),
    ("document number", Field::Other),
    ("document feature", Field::Other),
    ("document id", Field::Other),
    ("proquest document id", Field::Other),
    ("gale document number", Field::Other),
    ("accession number", Field::Other),
    ("an", Field::Other),
    ("record", Field::Other),
    ("database", Field::Other),
    ("copyright", Field::Other),
    ("links", Field::Other),
    ("persistent link to this record (permalink)", Field::Other),
    ("persistent link to this record", Field::Other),
    ("cut and paste", Field::Other),
    ("subject", Field::Other),
    ("subjects", Field::Other),
    ("subject terms", Field::Other),
    ("geographic", Field::Other),
    ("geographic terms", Field::Other),
    ("location", Field::Other),
    ("people", Field::Other),
    ("person", Field::Other),
    ("persons", Field::Other),
    ("company", Field::Other),
    ("companies", Field::Other),
    ("company / organization", Field::Other),
    ("organization", Field::Other),
    ("organisation", Field::Other),
    ("industry", Field::Other),
    ("ticker", Field::Other),
    ("city", Field::Other),
    ("state", Field::Other),
    ("country", Field::Other),
    ("keywords", Field::Other),
    ("identifier / keyword", Field::Other),
    ("classification", Field::Other),
    ("credit", Field::Other),
    ("distribution", Field::Other),
    ("correction date", Field::Other),
    ("correction", Field::Other),
    ("notes", Field::Other),
    ("note", Field::Other),
    ("volume", Field::Other),
    ("issue", Field::Other),
    ("first page", Field::Other),
    ("start page", Field::Other),
    ("end page", Field::Other),
    ("content level", Field::Other),
    ("journal sections", Field::Other),
    ("number of pages", Field::Other),
    ("column", Field::Other),
    ("issn", Field::Other),
    ("isbn", Field::Other),
    ("issn/isbn", Field::Other),
    ("eissn", Field::Other),
    ("dateline city", Field::Other),
    ("word count", Field::Other),
    ("lexile measure", Field::Other),
    ("product name", Field::Other),
    ("product", Field::Other),
    ("type", Field::Other),
];

/// Labels of articles that hardly stand in a text that somebody wrote; one of them makes a file suspect of being an export.
const TELLING: &[&str] = &[
    "load date",
    "publication type",
    "journal code",
    "publication title",
    "publication info",
    "publication year",
    "publication subject",
    "place of publication",
    "country of publication",
    "proquest document id",
    "gale document number",
    "article name",
    "language of publication",
    "accession number",
    "persistent link to this record (permalink)",
    "persistent link to this record",
    "length",
    "byline",
    "full text",
];

/// The codes of Factiva's fields.
const CODES: &[(&str, Field)] = &[
    ("HD", Field::Title),
    ("BY", Field::Author),
    ("PD", Field::Date),
    ("SN", Field::Source),
    ("LA", Field::Language),
    ("LP", Field::Body),
    ("TD", Field::Body),
    ("SE", Field::Section),
    ("CR", Field::Other),
    ("WC", Field::Other),
    ("ET", Field::Other),
    ("SC", Field::Other),
    ("ED", Field::Other),
    ("PG", Field::Other),
    ("VOL", Field::Other),
    ("CY", Field::Other),
    ("CLM", Field::Other),
    ("ART", Field::Other),
    ("CT", Field::Other),
    ("RF", Field::Other),
    ("CO", Field::Other),
    ("IN", Field::Other),
    ("NS", Field::Other),
    ("RE", Field::Other),
    ("PUB", Field::Other),
    ("IPC", Field::Other),
    ("IPD", Field::Other),
    ("AN", Field::Other),
];

/// The label that a line begins with, if it is one of a database's.
pub(super) fn labelled(line: &str) -> Option<Labelled<'_>> {
    let (label, value) = line.trim_start().split_once(':')?;
    let known = plain(label);
    let (_, field) = LABELS.iter().find(|(label, _)| *label == known)?;
    Some(Labelled { label: label.trim(), field: *field, value: value.trim() })
}

/// Whether a line begins with a label that hardly any text has.
pub(super) fn is_telling(line: &str) -> bool {
    line.trim_start().split_once(':').is_some_and(|(label, _)| TELLING.contains(&plain(label).as_str()))
}

/// The code of Factiva that a line begins with: "HD   Ferry fleet to be scrapped".
pub(super) fn coded(line: &str) -> Option<Labelled<'_>> {
    let line = line.trim_start();
    let end = line.find(char::is_whitespace).unwrap_or(line.len());
    let (code, value) = line.split_at(end);
    let (_, field) = CODES.iter().find(|(known, _)| *known == code)?;
    // "IN the beginning": a code stands apart from its words.
    let apart = value.is_empty() || value.starts_with('\t') || value.starts_with("  ");
    apart.then(|| Labelled { label: code, field: *field, value: value.trim() })
}

fn plain(label: &str) -> String {
    label.trim().to_lowercase().replace('-', " ")
}
