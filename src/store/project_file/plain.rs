//! Reads records as the program itself writes them, many times faster than RON in all its forms can be read.
//!
//! It knows the part of RON that the writer uses: structs without names, no spaces, no comments. Whatever else it meets
//! it gives up on, and the record is read by the `ron` crate instead, which also says what is wrong with it. So it must
//! never take something for what RON does not mean by it; that it does not is tested against that crate.

use std::fmt;

use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, Visitor, value::BorrowedStrDeserializer};

/// How deep values may be nested; records are far less so.
const MAX_DEPTH: u8 = 24;

/// A record, if it is written as the program writes it.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    let mut reader = PlainReader { rest: text, depth: 0 };
    let value = T::deserialize(&mut reader).ok()?;
    reader.rest.is_empty().then_some(value)
}

/// It is written in another way, or damaged: which, the `ron` crate tells.
#[derive(Debug)]
struct Other;

impl fmt::Display for Other {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not as the program writes it")
    }
}

impl std::error::Error for Other {}

impl de::Error for Other {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

struct PlainReader<'t> {
    rest: &'t str,
    depth: u8,
}

impl<'t> PlainReader<'t> {
    fn peek(&self) -> Option<u8> {
        self.rest.as_bytes().first().copied()
    }

    fn take(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, token: &str) -> Result<(), Other> {
        if self.take(token) { Ok(()) } else { Err(Other) }
    }

    /// The longest start of the rest whose bytes all are of a kind; it may not be empty.
    fn run(&mut self, of: impl Fn(u8) -> bool) -> Result<&'t str, Other> {
        let length = self.rest.bytes().position(|byte| !of(byte)).unwrap_or(self.rest.len());
        let (run, rest) = self.rest.split_at_checked(length).ok_or(Other)?;
        self.rest = rest;
        if run.is_empty() { Err(Other) } else { Ok(run) }
    }

    /// The name of a field or variant.
    fn name(&mut self) -> Result<&'t str, Other> {
        let name = self.run(|byte| byte.is_ascii_alphanumeric() || byte == b'_')?;
        if name.starts_with(|c: char| c.is_ascii_digit()) { Err(Other) } else { Ok(name) }
    }

    fn number<T: std::str::FromStr>(&mut self) -> Result<T, Other> {
        let digits = self.run(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'e' | b'E'))?;
        digits.parse().map_err(|_| Other)
    }

    /// What stands between two quotes; where nothing in it is escaped, as it stands.
    fn string(&mut self) -> Result<Result<&'t str, String>, Other> {
        self.expect("\"")?;
        let at = memchr::memchr2(b'"', b'\\', self.rest.as_bytes()).ok_or(Other)?;
        let (plain, rest) = self.rest.split_at_checked(at).ok_or(Other)?;
        if let Some(rest) = rest.strip_prefix('"') {
            self.rest = rest;
            return Ok(Ok(plain));
        }
        let mut text = plain.to_owned();
        self.rest = rest;
        loop {
            let at = memchr::memchr2(b'"', b'\\', self.rest.as_bytes()).ok_or(Other)?;
            let (plain, rest) = self.rest.split_at_checked(at).ok_or(Other)?;
            text.push_str(plain);
            self.rest = rest;
            if self.take("\"") {
                return Ok(Err(text));
            }
            text.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Result<char, Other> {
        self.expect("\\")?;
        let mut chars = self.rest.chars();
        let (c, length) = match chars.next().ok_or(Other)? {
            'n' => ('\n', 1),
            'r' => ('\r', 1),
            't' => ('\t', 1),
            '0' => ('\0', 1),
            c @ ('"' | '\'' | '\\') => (c, 1),
            'u' => {
                let inner = chars.as_str().strip_prefix('{').ok_or(Other)?;
                let (digits, _) = inner.split_at_checked(inner.find('}').ok_or(Other)?).ok_or(Other)?;
                let hex = (1..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
                let code = u32::from_str_radix(digits, 16).map_err(|_| Other)?;
                (char::from_u32(code).filter(|_| hex).ok_or(Other)?, digits.len() + 3)
            }
            _ => return Err(Other),
        };
        self.rest = self.rest.get(length..).ok_or(Other)?;
        Ok(c)
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Other>) -> Result<T, Other> {
        if self.depth == MAX_DEPTH {
            return Err(Other);
        }
        self.depth += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn list<V: Visitor<'t>>(&mut self, open: &str, close: &'static str, visitor: V) -> Result<V::Value, Other> {
        self.expect(open)?;
        self.deeper(|reader| {
            let value = visitor.visit_seq(Items { reader, close, first: true })?;
            reader.expect(close)?;
            Ok(value)
        })
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $type:ty;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Other> {
            visitor.$visit(self.number::<$type>()?)
        })*
    };
}

impl<'de> de::Deserializer<'de> for &mut PlainReader<'de> {
    type Error = Other;

    numbers! {
        deserialize_i8 visit_i8 i8;
        deserialize_i16 visit_i16 i16;
        deserialize_i32 visit_i32 i32;
        deserialize_i64 visit_i64 i64;
        deserialize_u8 visit_u8 u8;
        deserialize_u16 visit_u16 u16;
        deserialize_u32 visit_u32 u32;
        deserialize_u64 visit_u64 u64;
        deserialize_f32 visit_f32 f32;
        deserialize_f64 visit_f64 f64;
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Other> {
        Err(Other)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Other> {
        match self.name()? {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(Other),
        }
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Other> {
        self.expect("'")?;
        let c = match self.peek().ok_or(Other)? {
            b'\\' => self.escaped()?,
            _ => {
                let c = self.rest.chars().next().filter(|c| *c != '\'').ok_or(Other)?;
                self.rest = self.rest.get(c.len_utf8()..).ok_or(Other)?;
                c
            }
        };
        self.expect("'")?;
        visitor.visit_char(c)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Other> {
        match self.string()? {
            Ok(plain) => visitor.visit_borrowed_str(plain),
            Err(escaped) => visitor.visit_string(escaped),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Other> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Other> {
        if self.take("None") {
            return visitor.visit_none();
        }
        self.expect("Some(")?;
        self.deeper(|reader| {
            let value = visitor.visit_some(&mut *reader)?;
            reader.expect(")")?;
            Ok(value)
        })
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Other> {
        self.list("[", "]", visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Other> {
        self.list("(", ")", visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Other> {
        self.expect("(")?;
        self.deeper(|reader| {
            let value = visitor.visit_map(Items { reader, close: ")", first: true })?;
            reader.expect(")")?;
            Ok(value)
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Other> {
        visitor.visit_enum(self)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Other> {
        visitor.visit_borrowed_str(self.name()?)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Other> {
        self.expect("{")?;
        self.deeper(|reader| {
            let value = visitor.visit_map(Pairs(Items { reader, close: "}", first: true }))?;
            reader.expect("}")?;
            Ok(value)
        })
    }

    serde::forward_to_deserialize_any! {
        i128 u128 bytes byte_buf unit unit_struct newtype_struct tuple_struct ignored_any
    }
}

/// The values of a list, tuple or struct.
struct Items<'r, 't> {
    reader: &'r mut PlainReader<'t>,
    close: &'static str,
    first: bool,
}

impl Items<'_, '_> {
    /// Whether a value comes.
    fn more(&mut self) -> Result<bool, Other> {
        if self.reader.rest.starts_with(self.close) {
            return Ok(false);
        }
        if !std::mem::take(&mut self.first) {
            self.reader.expect(",")?;
        }
        Ok(true)
    }
}

impl<'de> de::SeqAccess<'de> for Items<'_, 'de> {
    type Error = Other;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Other> {
        if self.more()? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
}

impl<'de> de::MapAccess<'de> for Items<'_, 'de> {
    type Error = Other;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Other> {
        if !self.more()? {
            return Ok(None);
        }
        let name = self.reader.name()?;
        self.reader.expect(":")?;
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Other> {
        seed.deserialize(&mut *self.reader)
    }
}

/// The pairs of a map, whose keys are values.
struct Pairs<'r, 't>(Items<'r, 't>);

impl<'de> de::MapAccess<'de> for Pairs<'_, 'de> {
    type Error = Other;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Other> {
        let Some(key) = de::SeqAccess::next_element_seed(&mut self.0, seed)? else { return Ok(None) };
        self.0.reader.expect(":")?;
        Ok(Some(key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Other> {
        seed.deserialize(&mut *self.0.reader)
    }
}

impl<'de> de::EnumAccess<'de> for &mut PlainReader<'de> {
    type Error = Other;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Other> {
        let name = self.name()?;
        Ok((seed.deserialize(name.into_deserializer())?, self))
    }
}

impl<'de> de::VariantAccess<'de> for &mut PlainReader<'de> {
    type Error = Other;

    fn unit_variant(self) -> Result<(), Other> {
        // A bracket behind it would make it a variant of another kind.
        if self.peek() == Some(b'(') { Err(Other) } else { Ok(()) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Other> {
        self.expect("(")?;
        self.deeper(|reader| {
            let value = seed.deserialize(&mut *reader)?;
            reader.expect(")")?;
            Ok(value)
        })
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Other> {
        Err(Other)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, Other> {
        Err(Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{
        ArticleRecord, ArticleTag, Contributor, Entity, Event, Judgement, Kind, LogEntry, Mention, Relation,
        RelationKind, Ruling,
    };
    use proptest::prelude::*;

    /// Whatever it reads at all, it reads as the `ron` crate does.
    fn agrees<T: DeserializeOwned + PartialEq + fmt::Debug>(text: &str) -> bool {
        let read = read::<T>(text);
        let same = read.is_none() || ron::from_str::<T>(text).ok() == read;
        assert!(same, "{text}\n{read:?}\n{:?}", ron::from_str::<T>(text));
        read.is_some()
    }

    fn fits_any(text: &str) -> bool {
        [
            agrees::<Mention>(text),
            agrees::<Entity>(text),
            agrees::<Event>(text),
            agrees::<ArticleRecord>(text),
            agrees::<Kind>(text),
            agrees::<ArticleTag>(text),
            agrees::<LogEntry>(text),
            agrees::<RelationKind>(text),
            agrees::<Relation>(text),
            agrees::<Judgement>(text),
            agrees::<Contributor>(text),
            agrees::<Ruling>(text),
        ]
        .contains(&true)
    }

    fn lines() -> Vec<String> {
        let file = String::from_utf8(super::super::tests::sample()).unwrap() + &super::super::tests::related();
        let records = file.lines().filter(|line| line.starts_with("(id:"));
        records.map(|line| line.trim_end_matches(',').to_owned()).collect()
    }

    #[test]
    fn everything_that_is_written_is_read_fast() {
        for line in lines() {
            assert!(fits_any(&line), "{line}");
        }
    }

    #[test]
    fn what_is_laid_out_otherwise_is_left_to_ron() {
        for text in ["( id:0)", "(id:0,)x", "Mention(id:0)", "(id:+1)", "(id:0x1)", "(id:1_0)", "(text:r\"x\")", ""] {
            fits_any(text);
            assert!(read::<Mention>(text).is_none(), "{text}");
        }
        assert_eq!(read::<String>("\"a\\u{301}\\n\\\"\\'\\\\\""), Some("a\u{301}\n\"'\\".to_owned()));
        assert_eq!(read::<String>("\"\\x41\""), None);
        assert_eq!(read::<(u32, u32)>("(1,2)"), Some((1, 2)));
        assert_eq!(read::<Vec<Option<f32>>>("[Some(0.5),None,Some(1e-3)]"), Some(vec![Some(0.5), None, Some(1e-3)]));
    }

    #[test]
    fn an_item_is_a_text_and_an_empty_one_is_none() {
        let entity = |item: &str| format!("(id:0,kind:\"person\",name:\"Uma\",{item}origin:(source:\"hand\"))");
        for (written, item) in [("wikidata:\"Q7\",", Some("Q7")), ("wikidata:\"\",", None), ("", None)] {
            let text = entity(written);
            assert!(agrees::<Entity>(&text));
            assert_eq!(read::<Entity>(&text).unwrap().wikidata.as_deref(), item);
        }
        assert_eq!(read::<Entity>(&entity("wikidata:Some(\"Q7\"),")), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn it_never_reads_what_ron_reads_otherwise(
            line in any::<prop::sample::Index>(),
            at in any::<prop::sample::Index>(),
            with in "[ -~]{0,3}|\\PC",
            cut in 0usize..4,
        ) {
            let lines = lines();
            let line = line.get(&lines);
            let chars: Vec<char> = line.chars().collect();
            let at = at.index(chars.len());
            let changed: String = chars[..at].iter().copied().chain(with.chars()).chain(chars[(at + cut).min(chars.len())..].iter().copied()).collect();
            fits_any(&changed);
        }
    }
}
