//! File names made from titles, harmless on every system, and names for texts that have no address.

use std::collections::HashSet;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use unicode_segmentation::UnicodeSegmentation;

/// How long a name may get, in bytes, so that an extension and a number still fit into 255.
const MAX_BYTES: usize = 120;

/// A title as a file name without extension: letters and digits of any script stay, all else becomes a hyphen.
pub(super) fn stem(title: &str) -> String {
    let mut stem = String::new();
    // By grapheme: a combining mark goes with its letter, and stays out with what is none.
    for grapheme in title.graphemes(true) {
        let keep = grapheme.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        let part = if keep { grapheme } else { "-" };
        if !keep && (stem.is_empty() || stem.ends_with('-')) {
            continue;
        }
        if stem.len() + part.len() > MAX_BYTES {
            break;
        }
        stem.push_str(part);
    }
    let stem = stem.trim_end_matches('-');
    match stem {
        "" => "article".to_owned(),
        _ if reserved(stem) => format!("{stem}_"),
        _ => stem.to_owned(),
    }
}

/// The names that Windows keeps for devices.
fn reserved(stem: &str) -> bool {
    let upper = stem.to_ascii_uppercase();
    let numbered = |prefix| upper.strip_prefix(prefix).is_some_and(|n| n.len() == 1 && n.as_bytes() != b"0");
    matches!(upper.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

/// Gives every title of an export a stem of its own, also where the disk takes capitals for small letters.
#[derive(Default)]
pub(super) struct Stems(HashSet<String>);

impl Stems {
    pub fn unique(&mut self, title: &str) -> String {
        let stem = stem(title);
        let numbers = std::iter::once(stem.clone()).chain((2_u32..).map(|n| format!("{stem}-{n}")));
        let mut free = numbers.filter(|name| !self.0.contains(&name.to_lowercase()));
        // The numbers do not run out before the memory does.
        let name = free.next().unwrap_or_default();
        self.0.insert(name.to_lowercase());
        name
    }
}

/// A name for a text that no other has, and the same whenever it is made: a UUID of its number and words.
pub(super) fn uuid(number: u32, text: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(number.to_be_bytes());
    hash.update(text.as_bytes());
    let mut name = "urn:uuid:".to_owned();
    for (index, byte) in hash.finalize().iter().copied().take(16).enumerate() {
        // Version 8, which is made as a program likes, and the variant of all UUIDs today.
        let byte = match index {
            6 => (byte & 0x0F) | 0x80,
            8 => (byte & 0x3F) | 0x80,
            _ => byte,
        };
        let hyphen = if [4, 6, 8, 10].contains(&index) { "-" } else { "" };
        let _ = write!(name, "{hyphen}{byte:02x}");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_harmless_and_still_readable() {
        assert_eq!(stem("Talks: “end of the war”, says Wang"), "Talks-end-of-the-war-says-Wang");
        assert_eq!(stem("../../etc/passwd"), "etc-passwd");
        assert_eq!(stem("...hidden."), "hidden");
        assert_eq!(stem("北京 — हिन्दी"), "北京-हिन्दी");
        assert_eq!(stem("\u{202E}txt.exe\0"), "txt-exe");
        assert_eq!(stem(" \n"), "article");
        assert_eq!(stem("nul"), "nul_");
        assert_eq!(stem("COM1"), "COM1_");
        assert!(stem(&"é".repeat(500)).len() <= MAX_BYTES);
    }

    #[test]
    fn texts_have_names_of_their_own() {
        let name = uuid(3, "Talks");
        assert_eq!((name.len(), name.as_str()), (45, uuid(3, "Talks").as_str()));
        assert_eq!(name.get(23..24), Some("8"));
        assert_ne!(name, uuid(4, "Talks"));
    }

    #[test]
    fn names_are_unique_whatever_the_case() {
        let mut stems = Stems::default();
        assert_eq!(stems.unique("Talks"), "Talks");
        assert_eq!(stems.unique("talks"), "talks-2");
        assert_eq!(stems.unique("Talks 2"), "Talks-2-2");
    }
}
