//! A kind of relation: what it is called both ways, and between which kinds of mention it goes.

use serde::{Deserialize, Serialize};

use super::{Hue, KindId};

/// A kind of relation between mentions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationKind {
    /// Its stable id.
    pub id: KindId,
    /// What the first is to the second: "works for".
    pub name: String,
    /// What the second is to the first: "employs"; empty where nobody said it, or where it is the same.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reverse: String,
    /// The kinds of mention that it begins at; any where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<KindId>,
    /// The kinds of mention that it leads to; any where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<KindId>,
    /// Whether it says the same both ways, as "spouse of" does.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub symmetric: bool,
    /// The key that chooses it, `1` to `9`, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<char>,
    /// Its colour; where none is said, one that others leave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hue: Option<Hue>,
}

impl RelationKind {
    /// Employment: "works for".
    const WORKS_FOR: &'static str = "works-for";

    /// A directed kind between mentions of any kinds, in the colour that others leave.
    pub fn new(id: KindId, name: &str, reverse: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            reverse: reverse.to_owned(),
            from: Vec::new(),
            to: Vec::new(),
            symmetric: false,
            key: None,
            hue: None,
        }
    }

    /// What it is called read from its end, as far as anybody said.
    pub fn reversed(&self) -> Option<&str> {
        if self.symmetric { Some(&self.name) } else { Some(self.reverse.as_str()).filter(|name| !name.is_empty()) }
    }

    /// Whether mentions of these kinds may stand at its two ends.
    pub fn allows(&self, from: &KindId, to: &KindId) -> bool {
        let fits = |kinds: &[KindId], kind: &KindId| kinds.is_empty() || kinds.contains(kind);
        let one_way = |from, to| fits(&self.from, from) && fits(&self.to, to);
        one_way(from, to) || self.symmetric && one_way(to, from)
    }
}

/// What many look for between people, organisations and places.
pub(super) fn usual() -> [RelationKind; 5] {
    let kind = |id: &str, name, reverse, from: &[KindId], to: &[KindId]| RelationKind {
        from: from.to_vec(),
        to: to.to_vec(),
        ..RelationKind::new(KindId(id.into()), name, reverse)
    };
    let symmetric =
        |id, name, between: &[KindId]| RelationKind { symmetric: true, ..kind(id, name, "", between, between) };
    let (person, country, org) = (KindId::PERSON, KindId::COUNTRY, KindId::ORGANISATION);
    let (place, group, event) = (KindId::PLACE, KindId::GROUP, KindId::EVENT);
    [
        kind(
            RelationKind::WORKS_FOR,
            "works for",
            "employs",
            std::slice::from_ref(&person),
            &[org.clone(), country.clone()],
        ),
        kind(
            "member-of",
            "member of",
            "has as member",
            &[person.clone(), org.clone(), country.clone()],
            &[org.clone(), group],
        ),
        kind("located-in", "located in", "location of", &[org, place.clone(), event], &[place, country]),
        symmetric("spouse-of", "spouse of", &[person]),
        symmetric("related-to", "related to", &[]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(id: &str) -> KindId {
        KindId(id.into())
    }

    #[test]
    fn rules_hold_in_the_direction_of_the_kind() {
        let [works, .., spouse, related] = usual();
        assert!(works.allows(&KindId::PERSON, &KindId::ORGANISATION));
        assert!(!works.allows(&KindId::ORGANISATION, &KindId::PERSON));
        assert!(!spouse.allows(&KindId::PERSON, &KindId::COUNTRY));
        assert!(related.allows(&KindId::EVENT, &KindId::COUNTRY), "no rule");
        let owns = RelationKind { symmetric: true, from: vec![id("a")], to: vec![id("b")], ..related };
        assert!(owns.allows(&id("a"), &id("b")) && owns.allows(&id("b"), &id("a")) && !owns.allows(&id("a"), &id("a")));
        assert_eq!((works.reversed(), owns.reversed()), (Some("employs"), Some("related to")));
        assert_eq!(RelationKind::new(id("x"), "x", "").reversed(), None);
    }
}
