//! The top of IPTC's Media Topics, with which news agencies say what an article is about: a ready tag of articles.
//! <https://cv.iptc.org/newscodes/mediatopic/>

use smol_str::SmolStr;

use super::{Answer, ArticleTag};

/// One topic a row: its code and its name.
const TABLE: &str = include_str!("../../assets/knowledge/media-topics.tsv");
/// What comes before a code in the address of a topic.
const SCHEME: &str = "http://cv.iptc.org/newscodes/mediatopic/";

/// A Media Topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MediaTopic {
    /// Its eight digits.
    code: &'static str,
    /// Its English name.
    pub name: &'static str,
}

impl MediaTopic {
    /// The id of the tag of articles that they are the answers of: no name that is typed makes such an id.
    pub const TAG: &'static str = "MEDTOP";

    /// The 17 that have none above them, by their names.
    pub fn all() -> impl Iterator<Item = Self> {
        let rows = TABLE.lines().filter(|row| !row.starts_with('#'));
        rows.filter_map(|row| row.split_once('\t')).map(|(code, name)| Self { code, name })
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|topic| topic.name == name)
    }

    /// Its address: `http://cv.iptc.org/newscodes/mediatopic/11000000`.
    pub fn uri(&self) -> String {
        format!("{SCHEME}{}", self.code)
    }

    /// Its id as NewsML-G2 and others write it: `medtop:11000000`.
    pub fn qcode(&self) -> String {
        format!("medtop:{}", self.code)
    }

    /// The tag of articles that they are the answers of.
    pub fn tag() -> ArticleTag {
        let names = Self::all().map(|topic| topic.name.to_owned());
        ArticleTag {
            id: SmolStr::new_static(Self::TAG),
            name: "Media topic".into(),
            answer: Answer::Several(names.collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_table_has_seventeen_topics_each_with_a_code_of_its_own() {
        let codes: BTreeSet<&str> = MediaTopic::all().map(|topic| topic.code).collect();
        assert_eq!((codes.len(), MediaTopic::all().count()), (17, 17));
        assert!(codes.iter().all(|code| code.len() == 8 && code.ends_with("000000")));
        assert!(MediaTopic::all().is_sorted_by_key(|topic| topic.name));
        let weather = MediaTopic::named("weather").unwrap();
        assert_eq!(weather.uri(), "http://cv.iptc.org/newscodes/mediatopic/17000000");
        assert_eq!(weather.qcode(), "medtop:17000000");
        assert_eq!(MediaTopic::named("Weather"), None);
    }
}
