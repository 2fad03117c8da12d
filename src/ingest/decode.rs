//! Bytes into text, whatever the encoding; and the refusal of what is no text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use super::IngestError;
use super::names::file_name;

/// The first bytes of files that people take for text, and what they are.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x03\x04", "a word processor document or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old word processor document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "an image or a recording"),
    (b"ID3", "a recording"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
];

/// The text of a file, without its byte order mark and otherwise unchanged. In turn: what a byte order mark says,
/// UTF-8 where it is valid, UTF-16 without a mark, the encoding that the file itself `declares`, a guess.
pub(super) fn decode(name: &str, bytes: &[u8], declared: Option<&'static Encoding>) -> Result<String, IngestError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(IngestError::Empty { name: file_name(name).to_owned() });
    }
    let refuse = |what| IngestError::NotText { name: file_name(name).to_owned(), what };
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(refuse(what));
    }
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => {
            let (text, malformed) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
            (!malformed || mostly_sound(&text)).then(|| text.into_owned())
        }
        None => without_mark(bytes, declared),
    };
    text.filter(|text| !looks_binary(text)).ok_or_else(|| refuse("a program, an image or another binary file"))
}

fn without_mark(bytes: &[u8], declared: Option<&'static Encoding>) -> Option<String> {
    let valid = std::str::from_utf8(bytes).ok();
    let controls = bytes.iter().filter(|byte| is_control(char::from(**byte))).count();
    // Text in UTF-16 has a zero or another small number in every second byte or so, which no other text has.
    if controls * 10 > bytes.len()
        && let Some(text) = utf16(bytes)
    {
        return Some(text);
    }
    let is_jis = |bytes: &[u8]| bytes.windows(3).any(|w| matches!(w, b"\x1b$B" | b"\x1b$@" | b"\x1b(J"));
    if let Some(text) = valid
        && !(text.is_ascii() && is_jis(bytes))
    {
        return Some(text.to_owned());
    }
    if let Some(text) = damaged_utf8(bytes) {
        return Some(text);
    }
    if let Some(text) = declared.and_then(|encoding| strict(encoding, bytes)) {
        return Some(text);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = if is_jis(bytes) { ISO_2022_JP } else { detector.guess(None, Utf8Detection::Allow) };
    let (text, malformed) = guess.decode_without_bom_handling(bytes);
    (!malformed || mostly_sound(&text)).then(|| text.into_owned())
}

fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Into::into)
}

/// UTF-16 without a mark: the byte order in which the text is whole and reads like text.
fn utf16(bytes: &[u8]) -> Option<String> {
    // Spaces and digits occur in every script and only in the right byte order.
    let score = |text: &String| text.chars().filter(|c| c.is_ascii() && !is_control(*c)).count();
    let plausible = |text: &String| {
        let odd = text.chars().filter(|c| is_control(*c) || !(c.is_alphanumeric() || c.is_whitespace() || is_sign(*c)));
        odd.count() * 20 <= text.chars().count()
    };
    let readings = [UTF_16LE, UTF_16BE].into_iter().filter_map(|order| strict(order, bytes));
    readings.filter(plausible).max_by_key(score).filter(|text| score(text) > 0)
}

fn is_sign(c: char) -> bool {
    c.is_ascii_punctuation() || ('\u{a1}'..='\u{36f}').contains(&c) || ('\u{2010}'..='\u{30ff}').contains(&c)
}

/// UTF-8 in which a few bytes are broken: the rest of the text is worth more than a guess at another encoding.
fn damaged_utf8(bytes: &[u8]) -> Option<String> {
    let sound: usize = bytes.utf8_chunks().map(|chunk| chunk.valid().chars().filter(|c| !c.is_ascii()).count()).sum();
    let broken = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    (sound > 0 && broken * 10 <= sound).then(|| UTF_8.decode_without_bom_handling(bytes).0.into_owned())
}

/// Whether few enough characters were lost in decoding.
fn mostly_sound(text: &str) -> bool {
    text.matches(char::REPLACEMENT_CHARACTER).count() * 100 <= text.chars().count()
}

/// Whether there are zeros, or more control characters than a text has by accident.
fn looks_binary(text: &str) -> bool {
    let controls = text.chars().filter(|c| is_control(*c)).count();
    text.contains('\0') || controls * 50 > text.chars().count()
}

/// A control character that does not belong in text. Bytes from 128 on do not count: which characters they are is
/// not known yet where this is asked of bytes, and some encodings map stray ones to controls.
fn is_control(c: char) -> bool {
    c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0b' | '\x0c' | '\x1a' | '\x1b')
}
