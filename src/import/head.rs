//! How a file begins, from which its format is told.

use std::cell::{OnceCell, RefCell};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// How much of a file is looked at, in bytes.
const MAX_BYTES: usize = 1024 * 1024;

/// The beginning of a file.
pub struct Head<'f> {
    /// As far as it is UTF-8, without a byte order mark and the white space before anything else.
    pub text: &'f str,
    keys: OnceCell<Vec<String>>,
}

impl<'f> Head<'f> {
    /// Of the bytes of a file.
    pub fn new(bytes: &'f [u8]) -> Self {
        let bytes = bytes.get(..MAX_BYTES).unwrap_or(bytes);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                bytes.get(..error.valid_up_to()).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default()
            }
        };
        Self { text: text.trim_start_matches('\u{FEFF}').trim_start(), keys: OnceCell::new() }
    }

    /// Whether it begins with a JSON object, or an array or lines of such, the first of which has all these names, as
    /// far as it is looked at.
    pub fn has_keys(&self, names: &[&str]) -> bool {
        let keys = self.keys.get_or_init(|| keys(self.text));
        names.iter().all(|name| keys.iter().any(|key| key == name))
    }

    /// Whether it begins with a JSON array.
    pub fn is_array(&self) -> bool {
        self.text.starts_with('[')
    }
}

/// The names in the first object, up to where the text ends or is no JSON.
fn keys(text: &str) -> Vec<String> {
    let found = RefCell::new(Vec::new());
    // An error is what ends it where the text is cut.
    let _ = First(&found).deserialize(&mut serde_json::Deserializer::from_str(text));
    found.into_inner()
}

/// Collects the names of an object, or of the first object of an array.
struct First<'k>(&'k RefCell<Vec<String>>);

impl<'de> DeserializeSeed<'de> for First<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for First<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            self.0.borrow_mut().push(key);
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        seq.next_element_seed(self)?;
        // The rest is not looked at.
        Err(A::Error::custom("enough"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_the_first_object_are_seen_though_the_file_is_cut() {
        for text in [
            r#"{"text": "x", "label": [[1, {"deep": 1}]]}"#,
            "{\"text\": \"x\", \"label\": []}\n{\"other\": 1}\n",
            r#"[{"text": 1, "label": 2}, {"other": 1}]"#,
            "\u{FEFF} {\"text\": \"x\", \"label\": [[1,",
            r#"{"text": "x", "label": nonsense"#,
        ] {
            let head = Head::new(text.as_bytes());
            assert!(head.has_keys(&["text", "label"]), "{text}");
            assert!(!head.has_keys(&["text", "other"]) && !head.has_keys(&["deep"]), "{text}");
        }
        for text in ["", "[", "[1]", "\"text\"", "{", "{\"text", "text label", &"[".repeat(MAX_BYTES)] {
            assert!(!Head::new(text.as_bytes()).has_keys(&["text"]), "{}", text.len());
        }
        assert_eq!(Head::new(b"ab\xFFc").text, "ab");
        assert!(Head::new(b" []").is_array() && !Head::new(b"{}").is_array());
    }
}
