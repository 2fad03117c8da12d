//! What a project marks: the kinds of mention and of relations, and the tags that a whole article can have.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::relation_kind::usual as usual_relations;
use super::{Badge, Hue, KindId, Mark, RelationKind};

/// What a mention of a kind points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Schema {
    /// An [`Entity`](super::Entity): a name with aliases and a link.
    Entity,
    /// An entity that has an office and a country, as people have. The kind `person` is such whatever it says.
    Person,
    /// An entity that carries a country code.
    Country,
    /// An [`Event`](super::Event) record.
    Event,
}

impl Schema {
    /// All there are.
    const ALL: [Self; 4] = [Self::Entity, Self::Person, Self::Country, Self::Event];

    /// As other programs read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Entity => "entity",
            Self::Person => "person",
            Self::Country => "country",
            Self::Event => "event",
        }
    }

    /// The schema of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|schema| schema.name() == name)
    }
}

/// A kind of mention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kind {
    /// Its stable id.
    pub id: KindId,
    /// What one is called: "Person".
    pub name: String,
    /// What many are called: "People".
    pub plural: String,
    /// The key that tags with it, `1` to `9`, where it has one; `-` in files where it has none.
    #[serde(with = "key")]
    pub key: Option<char>,
    /// What its mentions point at.
    pub schema: Schema,
    /// Its colour; where none is said, one that others leave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hue: Option<Hue>,
    /// Its shape; where none is said, one that others leave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

/// A key in files: a dash stands for none.
mod key {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    const NONE: char = '-';

    pub fn serialize<S: Serializer>(key: &Option<char>, serializer: S) -> Result<S::Ok, S::Error> {
        key.unwrap_or(NONE).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<char>, D::Error> {
        char::deserialize(deserializer).map(|key| Some(key).filter(|key| *key != NONE))
    }
}

impl Kind {
    /// A kind that takes the colour and shape that others leave.
    pub fn new(id: KindId, name: &str, plural: &str, key: impl Into<Option<char>>, schema: Schema) -> Self {
        let (name, plural, key) = (name.to_owned(), plural.to_owned(), key.into());
        Self { id, name, plural, key, schema, hue: None, mark: None }
    }

    /// The digit that tags with it, where it has one.
    pub fn digit(&self) -> Option<char> {
        self.key.filter(|key| ('1'..='9').contains(key))
    }

    /// Whether its entities are people: they have an office and a country.
    pub fn is_people(&self) -> bool {
        self.schema == Schema::Person || self.schema == Schema::Entity && self.id == KindId::PERSON
    }
}

/// The kinds that the engine fills beside those of a new project. Their ids are what other programs label them with, in
/// capitals: no name that is typed makes such an id ([`Tagset::fresh_id`]).
impl KindId {
    /// Organisations.
    pub const ORGANISATION: Self = Self(SmolStr::new_static("ORG"));
    /// Places other than countries.
    pub const PLACE: Self = Self(SmolStr::new_static("PLACE"));
    /// Peoples, religions and political groups, where they are no country's.
    pub const GROUP: Self = Self(SmolStr::new_static("NORP"));
}

/// What an article can be tagged with as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleTag {
    /// Its stable id.
    pub id: SmolStr,
    /// What it asks: "Topic".
    pub name: String,
    /// What can be said.
    pub answer: Answer,
}

/// What can be said of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// One of these.
    One(Vec<String>),
    /// Any of these.
    Several(Vec<String>),
    /// A text.
    Text,
}

impl Answer {
    /// As other programs read it: `one`, `several` or `text`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::One(_) => "one",
            Self::Several(_) => "several",
            Self::Text => "text",
        }
    }

    /// What can be chosen from; nothing where a text is asked for.
    pub fn choices(&self) -> &[String] {
        match self {
            Self::One(choices) | Self::Several(choices) => choices,
            Self::Text => &[],
        }
    }
}

/// The kinds of a project, in the order of panels and keys, the tags of its articles, and its kinds of relations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tagset {
    /// Never two with one id.
    pub kinds: Vec<Kind>,
    /// Never two with one id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub article_tags: Vec<ArticleTag>,
    /// The kinds of relations; never two with one id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<RelationKind>,
}

impl Tagset {
    /// The kind with this id.
    pub fn get(&self, id: &KindId) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.id == *id)
    }

    /// The tag of articles with this id.
    pub fn article_tag(&self, id: &str) -> Option<&ArticleTag> {
        self.article_tags.iter().find(|tag| tag.id == id)
    }

    /// The kind that this key tags with.
    pub fn with_key(&self, key: char) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.digit() == Some(key))
    }

    /// Adds a kind unless one of its id is there; where its key is taken, with the first that is free, or none.
    pub fn add(&mut self, kind: Kind) {
        if self.get(&kind.id).is_some() {
            return;
        }
        let free = |key: &char| self.with_key(*key).is_none();
        let key = kind.digit().into_iter().chain('1'..='9').find(free);
        self.kinds.push(Kind { key, ..kind });
    }

    /// The kinds that the engine fills and that are not here, ready to be added: with a key that is free, and with the
    /// colour and shape that they usually have where no other kind wears these.
    pub fn ready(&self) -> Vec<Kind> {
        let mut with = self.clone();
        for kind in new_kinds().into_iter().chain(further_kinds()) {
            let (id, look) = (kind.id.clone(), (kind.hue, kind.mark));
            let mut worn = with.kinds.iter().map(|kind| with.badge(&kind.id));
            let is_worn = worn.any(|badge| Some(badge.hue) == look.0 || Some(badge.mark) == look.1);
            let (hue, mark) = if is_worn { (None, None) } else { look };
            with.add(Kind { hue, mark, ..kind });
            let badge = with.badge(&id);
            if let Some(kind) = with.kinds.last_mut().filter(|kind| is_worn && kind.id == id) {
                (kind.hue, kind.mark) = (Some(badge.hue), Some(badge.mark));
            }
        }
        with.kinds.split_off(self.kinds.len())
    }

    /// The kind of relation with this id.
    pub fn relation(&self, id: &KindId) -> Option<&RelationKind> {
        self.relations.iter().find(|kind| kind.id == *id)
    }

    /// Adds a kind of relation unless one of its id is there; where its key is taken, with the first that is free, or
    /// none.
    pub fn add_relation(&mut self, kind: RelationKind) {
        if self.relation(&kind.id).is_some() {
            return;
        }
        let free = |key: &char| self.relations.iter().all(|other| other.key != Some(*key));
        let own = kind.key.filter(|key| ('1'..='9').contains(key));
        let key = own.into_iter().chain('1'..='9').find(free);
        self.relations.push(RelationKind { key, ..kind });
    }

    /// What a kind of relation is called; one that the tagset does not hold by its id.
    pub fn relation_name<'a>(&'a self, id: &'a KindId) -> &'a str {
        self.relation(id).map_or(id.as_str(), |kind| &kind.name)
    }

    /// Whether it says the same both ways; one that the tagset does not hold does not.
    pub fn is_symmetric(&self, id: &KindId) -> bool {
        self.relation(id).is_some_and(|kind| kind.symmetric)
    }

    /// The colour of a kind of relation: its own, else one that others leave.
    pub fn relation_hue(&self, id: &KindId) -> Hue {
        let mut taken: Vec<Hue> = self.relations.iter().filter_map(|kind| kind.hue).collect();
        for (place, kind) in self.relations.iter().enumerate() {
            let free = || Hue::ALL.into_iter().find(|hue| !taken.contains(hue));
            let hue = kind.hue.or_else(free).or_else(|| Hue::ALL.get(place % Hue::ALL.len()).copied());
            let hue = hue.unwrap_or(Hue::Grey);
            if kind.id == *id {
                return hue;
            }
            taken.push(hue);
        }
        Hue::Grey
    }

    /// Kinds of relations that many need and that are not here, ready to be added.
    pub fn ready_relations(&self) -> Vec<RelationKind> {
        let mut with = self.clone();
        usual_relations().into_iter().for_each(|kind| with.add_relation(kind));
        with.relations.split_off(self.relations.len())
    }

    /// What a kind is called; one that the tagset does not hold by its id.
    pub fn name_of<'a>(&'a self, id: &'a KindId) -> &'a str {
        self.get(id).map_or(id.as_str(), |kind| &kind.name)
    }

    /// The kind's schema; a kind that the tagset does not hold counts as [`Schema::Entity`].
    pub fn schema(&self, id: &KindId) -> Schema {
        self.get(id).map_or(Schema::Entity, |kind| kind.schema)
    }

    /// Colour and shape of a kind: its own, else those that others leave.
    pub fn badge(&self, id: &KindId) -> Badge {
        let own = |kind: &Kind| match (kind.hue, kind.mark) {
            (Some(hue), Some(mark)) => Some(Badge { hue, mark }),
            _ => Badge::usual(&kind.id),
        };
        let mut taken: Vec<Badge> = self.kinds.iter().filter_map(own).collect();
        for kind in &self.kinds {
            let badge = own(kind).unwrap_or_else(|| {
                let free = Badge::free(&taken);
                taken.push(free);
                free
            });
            if kind.id == *id {
                return Badge { hue: kind.hue.unwrap_or(badge.hue), mark: kind.mark.unwrap_or(badge.mark) };
            }
        }
        Badge::usual(id).unwrap_or_else(|| Badge::free(&taken))
    }

    /// An id for a kind, a tag of articles or a kind of relation that is called so: its letters and digits, with a number where it is
    /// taken.
    pub fn fresh_id(&self, name: &str) -> SmolStr {
        let letters = |c: char| if c.is_alphanumeric() { c } else { '-' };
        let stem: String = name.trim().to_lowercase().chars().map(letters).take(40).collect();
        let stem = if stem.is_empty() { "kind".to_owned() } else { stem };
        let taken = |id: &str| {
            let relation = || self.relations.iter().any(|kind| kind.id.0 == id);
            self.kinds.iter().any(|kind| kind.id.0 == id) || self.article_tag(id).is_some() || relation()
        };
        let numbered = (2..).map(|number| format!("{stem}-{number}"));
        let free = std::iter::once(stem.clone()).chain(numbered).find(|id| !taken(id));
        SmolStr::new(free.unwrap_or(stem))
    }
}

impl Default for Tagset {
    fn default() -> Self {
        Self { kinds: new_kinds().into(), article_tags: Vec::new(), relations: Vec::new() }
    }
}

/// The kinds of a new project.
fn new_kinds() -> [Kind; 3] {
    [
        Kind::new(KindId::PERSON, "Person", "People", '1', Schema::Entity),
        Kind::new(KindId::COUNTRY, "Country", "Countries", '2', Schema::Country),
        Kind::new(KindId::EVENT, "Event", "Events", '3', Schema::Event),
    ]
}

/// What the engine fills where a person adds it.
fn further_kinds() -> [Kind; 3] {
    let kind = |id, name, plural, key, hue, mark| Kind {
        hue: Some(hue),
        mark: Some(mark),
        ..Kind::new(id, name, plural, key, Schema::Entity)
    };
    [
        kind(KindId::ORGANISATION, "Organisation", "Organisations", '4', Hue::Purple, Mark::Diamond),
        kind(KindId::PLACE, "Place", "Places", '5', Hue::Olive, Mark::Ring),
        kind(KindId::GROUP, "Group", "Groups", '6', Hue::Pink, Mark::Frame),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(names: &[&str]) -> Tagset {
        let mut tagset = Tagset::default();
        for name in names {
            let id = KindId(tagset.fresh_id(name));
            tagset.add(Kind::new(id, name, name, '1', Schema::Entity));
        }
        tagset
    }

    #[test]
    fn kinds_get_the_keys_that_are_free_and_then_none() {
        let tagset = with(&["A", "B", "C", "D", "E", "F", "G"]);
        let keys: String = tagset.kinds.iter().filter_map(|kind| kind.key).collect();
        assert_eq!(keys, "123456789");
        assert_eq!(tagset.kinds.last().map(|kind| kind.key), Some(None), "the tenth has none");
        assert_eq!(tagset.with_key('4').map(|kind| kind.name.as_str()), Some("A"));
        assert_eq!(tagset.with_key('-'), None);
    }

    #[test]
    fn no_key_is_a_dash_in_files() {
        for (key, written) in [(Some('4'), "key:'4'"), (None, "key:'-'"), (Some('x'), "key:'x'")] {
            let kind = Kind::new(KindId("ship".into()), "Ship", "Ships", key, Schema::Entity);
            let text = ron::to_string(&kind).unwrap();
            assert!(text.contains(written), "{text}");
            assert_eq!(ron::from_str::<Kind>(&text).unwrap(), kind);
        }
    }

    #[test]
    fn no_two_kinds_look_the_same() {
        let names: Vec<String> = (0..60).map(|n| format!("Kind {n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let tagset = with(&names);
        let badges: std::collections::HashSet<Badge> = tagset.kinds.iter().map(|kind| tagset.badge(&kind.id)).collect();
        assert_eq!(badges.len(), tagset.kinds.len());
        let marks: std::collections::HashSet<Mark> =
            tagset.kinds.iter().take(9).map(|kind| tagset.badge(&kind.id).mark).collect();
        assert_eq!(marks.len(), 9, "nine kinds are told apart by shape alone");
    }

    #[test]
    fn a_kind_keeps_what_it_was_given() {
        let mut tagset = with(&["Ship", "Weapon"]);
        let ship = tagset.kinds.get_mut(3).unwrap();
        (ship.hue, ship.mark) = (Some(Hue::Grey), Some(Mark::Star));
        let (ship, weapon) = (tagset.kinds[3].id.clone(), tagset.kinds[4].id.clone());
        assert_eq!(tagset.badge(&ship), Badge { hue: Hue::Grey, mark: Mark::Star });
        assert_eq!(tagset.badge(&weapon), Badge { hue: Hue::Purple, mark: Mark::Diamond });
        assert_eq!(tagset.badge(&KindId::EVENT), Badge { hue: Hue::Orange, mark: Mark::Triangle });
    }

    #[test]
    fn ready_kinds_are_those_that_are_not_there_with_key_and_look() {
        let told = |tagset: &Tagset| -> Vec<(String, Option<char>, Badge)> {
            let ready = tagset.ready();
            let mut with = tagset.clone();
            with.kinds.extend(ready.iter().cloned());
            ready.iter().map(|kind| (kind.id.as_str().to_owned(), kind.key, with.badge(&kind.id))).collect()
        };
        let badge = |hue, mark| Badge { hue, mark };
        let usual = [
            ("ORG".to_owned(), Some('4'), badge(Hue::Purple, Mark::Diamond)),
            ("PLACE".to_owned(), Some('5'), badge(Hue::Olive, Mark::Ring)),
            ("NORP".to_owned(), Some('6'), badge(Hue::Pink, Mark::Frame)),
        ];
        assert_eq!(told(&Tagset::default()), usual);
        // A ship wears what organisations usually do, and has their key.
        let mut tagset = with(&["Ship"]);
        let [org, place, group] = <[_; 3]>::try_from(told(&tagset)).unwrap();
        assert_eq!([org.1, place.1, group.1], [Some('5'), Some('6'), Some('7')]);
        assert!(org.2.hue != Hue::Purple && org.2.mark != Mark::Diamond, "{org:?}");
        tagset.kinds.remove(2);
        for kind in tagset.ready().into_iter().take(2) {
            tagset.add(kind);
        }
        let left: Vec<String> = told(&tagset).into_iter().map(|(id, ..)| id).collect();
        assert_eq!(left, ["PLACE", "NORP"], "events came back first, then organisations");
        // A kind of one's own that is called so is not the engine's.
        assert_eq!(with(&["ORG", "Place"]).ready().len(), 3);
    }

    #[test]
    fn ids_are_made_of_names_and_never_twice() {
        let tagset = with(&["Ship", "Ship"]);
        let ids: Vec<&str> = tagset.kinds.iter().map(|kind| kind.id.as_str()).collect();
        assert_eq!(ids, ["person", "country", "event", "ship", "ship-2"]);
        assert_eq!(tagset.fresh_id("  Air base "), "air-base");
    }

    #[test]
    fn relations_get_free_keys_and_colours_and_are_there_once() {
        let mut tagset = Tagset::default();
        assert_eq!(tagset.relations, [], "who needs none has none");
        let ready = tagset.ready_relations();
        assert_eq!(ready.iter().filter_map(|kind| kind.key).collect::<String>(), "12345");
        let own = RelationKind {
            key: Some('2'),
            hue: Some(Hue::Green),
            ..RelationKind::new(KindId("owns".into()), "owns", "")
        };
        tagset.add_relation(own);
        ready.into_iter().for_each(|kind| tagset.add_relation(kind));
        assert!(tagset.ready_relations().is_empty());
        assert_eq!(tagset.relations.iter().filter_map(|kind| kind.key).collect::<String>(), "213456");
        (0..9).for_each(|n| tagset.add_relation(RelationKind::new(KindId(n.to_string().into()), "more", "")));
        assert_eq!(tagset.relations.last().unwrap().key, None);
        let hues: Vec<Hue> = tagset.relations.iter().take(9).map(|kind| tagset.relation_hue(&kind.id)).collect();
        assert!(hues.iter().all(|hue| hues.iter().filter(|other| *other == hue).count() == 1), "{hues:?}");
    }
}
