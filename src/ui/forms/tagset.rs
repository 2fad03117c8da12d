//! The tagset while it is edited.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use smol_str::SmolStr;

use crate::project::{Answer, ArticleTag, Kind, KindId, MediaTopic, Project, RelationKind, Schema, Tagset, ops};

/// The tagset while it is edited.
pub struct TagsetForm {
    pub(in crate::ui) kinds: Vec<Kind>,
    /// Kinds that have tags and are to go, with where their tags move.
    pub(in crate::ui) going: Vec<(Kind, Option<KindId>)>,
    pub(in crate::ui) tags: Vec<TagRow>,
    pub(in crate::ui) relations: Vec<RelationKind>,
    /// Kinds of relations that have some and are to go, with what these become.
    pub(in crate::ui) relations_going: Vec<(RelationKind, Option<KindId>)>,
    /// Kinds, article tags and kinds of relations that were made here: they get their ids by their names once these are known.
    pub(in crate::ui) made: HashSet<SmolStr>,
    /// How many tags each kind of the project has.
    pub(in crate::ui) uses: HashMap<KindId, usize>,
    /// How many relations of each kind the project has.
    pub(in crate::ui) relation_uses: HashMap<KindId, usize>,
    /// The kinds, article tags and kinds of relations of the project that was open.
    pub(in crate::ui) known: Tagset,
    pub(in crate::ui) fresh: bool,
    /// The article tag that was added just now, or answer to it: its field takes the keys.
    pub(in crate::ui) fresh_tag: Option<(usize, Option<usize>)>,
    /// A kind of relation was added just now: its first field takes the keys.
    pub(in crate::ui) fresh_relation: bool,
}

impl TagsetForm {
    /// The form over a project's tagset.
    pub fn new(project: &Project) -> Self {
        let mut uses = HashMap::new();
        for mention in project.all_mentions().filter(|mention| mention.is_live()) {
            *uses.entry(mention.kind.clone()).or_default() += 1;
        }
        let mut relation_uses = HashMap::new();
        for relation in project.relations().filter(|relation| relation.is_live()) {
            *relation_uses.entry(relation.kind.clone()).or_default() += 1;
        }
        let known = project.tagset().clone();
        Self {
            kinds: worn(&known),
            going: Vec::new(),
            tags: known.article_tags.iter().map(TagRow::new).collect(),
            relations: coloured(&known),
            relations_going: Vec::new(),
            made: HashSet::new(),
            uses,
            relation_uses,
            known,
            fresh: false,
            fresh_tag: None,
            fresh_relation: false,
        }
    }

    /// With the kinds, article tags and kinds of relations of a file: those of an id that is there as the file has them, others behind.
    pub fn taken_in(mut self, tagset: &Tagset) -> Self {
        for kind in worn(tagset) {
            match self.kinds.iter_mut().find(|other| other.id == kind.id) {
                Some(present) if fits(&self.uses, &self.known, &kind.id, kind.schema) => {
                    *present = Kind { key: present.key, ..kind };
                }
                Some(_) => {}
                None => self.add(kind),
            }
        }
        for tag in &tagset.article_tags {
            match self.tags.iter_mut().find(|other| other.id == tag.id) {
                Some(present) => *present = TagRow::new(tag),
                None => self.tags.push(TagRow::new(tag)),
            }
        }
        for kind in coloured(tagset) {
            match self.relations.iter_mut().find(|other| other.id == kind.id) {
                Some(present) => *present = RelationKind { key: present.key, ..kind },
                None => self.add_relation(kind),
            }
        }
        self
    }

    /// The kinds as they are here, those that are made without their lasting ids.
    pub(in crate::ui) fn all(&self) -> Tagset {
        Tagset { kinds: self.kinds.clone(), article_tags: Vec::new(), relations: self.relations.clone() }
    }

    /// Adds a kind, with a key that is free.
    pub(in crate::ui) fn add(&mut self, kind: Kind) {
        let mut all = self.all();
        all.add(kind);
        self.kinds = all.kinds;
    }

    /// Adds a kind of relation, with a key that is free and the colour that it has then.
    pub(in crate::ui) fn add_relation(&mut self, kind: RelationKind) {
        let id = kind.id.clone();
        let mut all = self.all();
        all.add_relation(kind);
        let hue = all.relation_hue(&id);
        self.relations = all.relations;
        self.relations
            .iter_mut()
            .filter(|kind| kind.id == id)
            .for_each(|kind| kind.hue = Some(kind.hue.unwrap_or(hue)));
    }

    /// Adds a kind of relation that many need. Where it has relations and was to go, it stays with them.
    pub(in crate::ui) fn add_ready_relation(&mut self, kind: RelationKind) {
        let going = self.relations_going.iter().position(|(going, _)| going.id == kind.id);
        let kind = going.map_or(kind, |index| self.relations_going.remove(index).0);
        self.add_relation(kind);
    }

    /// The tags of articles that many need and that are not here, ready to be added. One that the project had comes back as
    /// it was, with its answers in all articles.
    pub(in crate::ui) fn ready_tags(&self) -> Vec<ArticleTag> {
        let is_new = self.tags.iter().all(|tag| tag.id != MediaTopic::TAG);
        let topics = || self.known.article_tag(MediaTopic::TAG).cloned().unwrap_or_else(MediaTopic::tag);
        is_new.then(topics).into_iter().collect()
    }

    /// Adds a kind that the engine fills. Where it has tags and was to go, it stays with them.
    pub(in crate::ui) fn add_ready(&mut self, kind: Kind) {
        let going = self.going.iter().position(|(going, _)| going.id == kind.id);
        let kind = going.map_or(kind, |index| self.going.remove(index).0);
        self.add(kind);
    }

    /// The kinds that the engine fills and that the project is to have from now on.
    pub(in crate::ui) fn to_fill(&self) -> BTreeSet<KindId> {
        let now = self.tagset();
        self.known.ready().into_iter().map(|kind| kind.id).filter(|id| now.get(id).is_some()).collect()
    }

    pub(in crate::ui) fn tagset(&self) -> Tagset {
        let trimmed = |kind: &Kind| {
            let (name, plural) = (kind.name.trim().to_owned(), kind.plural.trim().to_owned());
            Kind { plural: if plural.is_empty() { name.clone() } else { plural }, name, ..kind.clone() }
        };
        let ids = self.ids();
        let lasting = |id: &SmolStr| ids.get(id).unwrap_or(id).clone();
        let kinds = self.kinds.iter().map(trimmed).map(|kind| Kind { id: KindId(lasting(&kind.id.0)), ..kind });
        let tags = self.tags.iter().map(TagRow::tag).map(|tag| ArticleTag { id: lasting(&tag.id), ..tag });
        let relations = self.relations.iter().map(|kind| {
            let lasting = |id: &KindId| KindId(lasting(&id.0));
            let ruled = |kinds: &[KindId]| kinds.iter().map(lasting).collect();
            let (name, reverse) = (kind.name.trim().to_owned(), kind.reverse.trim().to_owned());
            let reverse = if kind.symmetric { String::new() } else { reverse };
            let (id, from, to) = (lasting(&kind.id), ruled(&kind.from), ruled(&kind.to));
            RelationKind { id, name, reverse, from, to, ..kind.clone() }
        });
        Tagset { kinds: kinds.collect(), article_tags: tags.collect(), relations: relations.collect() }
    }

    /// The ids of what was made here, after its names: no id that the project had is used for something else.
    pub(in crate::ui) fn ids(&self) -> HashMap<SmolStr, SmolStr> {
        let mut all = self.known.clone();
        self.kinds.iter().filter(|kind| !self.made.contains(&kind.id.0)).for_each(|kind| all.add(kind.clone()));
        let tags = self.tags.iter().filter(|tag| !self.made.contains(&tag.id));
        all.article_tags.extend(tags.map(TagRow::tag));
        let relations = self.relations.iter().filter(|kind| !self.made.contains(&kind.id.0));
        relations.for_each(|kind| all.add_relation(kind.clone()));
        let kinds = self.kinds.iter().map(|kind| (&kind.id.0, &kind.name));
        let relations = self.relations.iter().map(|kind| (&kind.id.0, &kind.name));
        let names = kinds.chain(self.tags.iter().map(|tag| (&tag.id, &tag.name))).chain(relations);
        let mut ids = HashMap::new();
        for (made, name) in names.filter(|(id, _)| self.made.contains(*id)) {
            let id = all.fresh_id(name);
            all.article_tags.push(ArticleTag { id: id.clone(), name: String::new(), answer: Answer::Text });
            ids.insert(made.clone(), id);
        }
        ids
    }

    /// What is to be done to the project.
    pub(in crate::ui) fn change(&self) -> ops::NewTagset {
        let ids = self.ids();
        let lasting = |into: KindId| KindId(ids.get(&into.0).cloned().unwrap_or(into.0));
        let moved: BTreeMap<KindId, KindId> =
            self.going.iter().filter_map(|(kind, into)| Some((kind.id.clone(), lasting(into.clone()?)))).collect();
        let relations = self.relations_going.iter();
        let moved_relations = relations.filter_map(|(kind, into)| Some((kind.id.clone(), lasting(into.clone()?))));
        let renamed = self.tags.iter().flat_map(|tag| {
            tag.choices.iter().filter_map(|choice| {
                let was = choice.was.clone().filter(|was| *was != choice.name.trim())?;
                Some(((tag.id.clone(), was), choice.name.trim().to_owned()))
            })
        });
        let (moved_relations, renamed) = (moved_relations.collect(), renamed.collect());
        ops::NewTagset { tagset: self.tagset(), moved, moved_relations, renamed }
    }

    /// An id for something that is made here, until its name is known; no name makes such a one.
    pub(in crate::ui) fn made_id(&mut self) -> SmolStr {
        let id = SmolStr::new(format!("\u{0}{}", self.made.len()));
        self.made.insert(id.clone());
        id
    }

    /// What is still to be put right.
    pub(in crate::ui) fn problem(&self) -> Option<&'static str> {
        let names: Vec<String> = self.kinds.iter().map(|kind| kind.name.trim().to_lowercase()).collect();
        let relations: Vec<String> = self.relations.iter().map(|kind| kind.name.trim().to_lowercase()).collect();
        let twice = |names: &[String]| {
            (1..names.len()).any(|n| names.get(n).is_some_and(|name| names.iter().take(n).any(|m| m == name)))
        };
        if self.kinds.is_empty() {
            Some("A tagset has one kind at least")
        } else if names.iter().any(String::is_empty) || self.tags.iter().any(|tag| tag.name.trim().is_empty()) {
            Some("Each kind and article tag needs a name")
        } else if relations.iter().any(String::is_empty) {
            Some("Each kind of relation needs a name")
        } else if twice(&names) {
            Some("Two kinds have the same name")
        } else if twice(&relations) {
            Some("Two kinds of relations have the same name")
        } else if self.tags.iter().any(|tag| tag.sort != Sort::Text && tag.tag().answer.choices().is_empty()) {
            Some("An article tag with answers to choose from needs one at least")
        } else {
            None
        }
    }
}

/// The kinds with the colours and shapes that they wear, so that they keep them when others come or go.
fn worn(tagset: &Tagset) -> Vec<Kind> {
    let worn = |kind: &Kind| {
        let badge = tagset.badge(&kind.id);
        let usual = Tagset::default();
        let plain = usual.get(&kind.id).is_some() && usual.badge(&kind.id) == badge;
        let (hue, mark) = if plain { (kind.hue, kind.mark) } else { (Some(badge.hue), Some(badge.mark)) };
        Kind { hue, mark, ..kind.clone() }
    };
    tagset.kinds.iter().map(worn).collect()
}

/// The kinds of relations with the colours that they have, so that they keep them when others come or go.
fn coloured(tagset: &Tagset) -> Vec<RelationKind> {
    let coloured = |kind: &RelationKind| RelationKind { hue: Some(tagset.relation_hue(&kind.id)), ..kind.clone() };
    tagset.relations.iter().map(coloured).collect()
}

/// Whether a kind can have a schema: what has tags stays an event, or stays none.
pub(in crate::ui) fn fits(uses: &HashMap<KindId, usize>, known: &Tagset, id: &KindId, schema: Schema) -> bool {
    let used = uses.get(id).is_some_and(|uses| *uses > 0);
    !used || (known.schema(id) == Schema::Event) == (schema == Schema::Event)
}

/// An article tag while it is edited.
pub(in crate::ui) struct TagRow {
    pub(in crate::ui) id: SmolStr,
    pub(in crate::ui) name: String,
    pub(in crate::ui) sort: Sort,
    pub(in crate::ui) choices: Vec<Choice>,
}

/// An answer that can be chosen, and what it was called.
#[derive(Clone, Default)]
pub(in crate::ui) struct Choice {
    pub(in crate::ui) was: Option<String>,
    pub(in crate::ui) name: String,
}

/// How many answers an article tag takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Sort {
    One,
    Several,
    Text,
}

impl Sort {
    pub(in crate::ui) const ALL: [Self; 3] = [Self::One, Self::Several, Self::Text];

    pub(in crate::ui) fn name(self) -> &'static str {
        match self {
            Self::One => "One of",
            Self::Several => "Any of",
            Self::Text => "A text",
        }
    }
}

impl TagRow {
    pub(in crate::ui) fn new(tag: &ArticleTag) -> Self {
        let sort = match tag.answer {
            Answer::One(_) => Sort::One,
            Answer::Several(_) => Sort::Several,
            Answer::Text => Sort::Text,
        };
        let choice = |name: &String| Choice { was: Some(name.clone()), name: name.clone() };
        let choices = tag.answer.choices().iter().map(choice).collect();
        Self { id: tag.id.clone(), name: tag.name.clone(), sort, choices }
    }

    pub(in crate::ui) fn tag(&self) -> ArticleTag {
        let choices = || {
            let names = self.choices.iter().map(|choice| choice.name.trim().to_owned());
            names.filter(|name| !name.is_empty()).collect()
        };
        let answer = match self.sort {
            Sort::One => Answer::One(choices()),
            Sort::Several => Answer::Several(choices()),
            Sort::Text => Answer::Text,
        };
        ArticleTag { id: self.id.clone(), name: self.name.trim().to_owned(), answer }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ship() -> Kind {
        Kind::new(KindId("ship".into()), "Ship", "Ships", '1', Schema::Entity)
    }

    #[test]
    fn a_file_adds_kinds_and_renames_those_that_are_there() {
        let mut file = Tagset::default();
        file.add(ship());
        if let Some(person) = file.kinds.first_mut() {
            person.name = "Human".to_owned();
        }
        file.article_tags.push(ArticleTag { id: "note".into(), name: "Note".into(), answer: Answer::Text });
        let form = TagsetForm::new(&Project::new()).taken_in(&file);
        assert_eq!(form.problem(), None);
        let after = form.change().tagset;
        let key = |kind: &Kind| kind.key.unwrap();
        let kinds: Vec<(&str, char)> = after.kinds.iter().map(|kind| (kind.name.as_str(), key(kind))).collect();
        assert_eq!(kinds, [("Human", '1'), ("Country", '2'), ("Event", '3'), ("Ship", '4')]);
        assert_eq!(after.article_tags, file.article_tags);
    }

    #[test]
    fn answers_that_are_called_otherwise_are_followed() {
        let mut project = Project::new();
        let mut new = ops::NewTagset { tagset: Tagset::default(), ..ops::NewTagset::default() };
        let answer = Answer::One(vec!["war".into(), "trade".into()]);
        new.tagset.article_tags.push(ArticleTag { id: "topic".into(), name: "Topic".into(), answer });
        let stamp = crate::project::Stamp { by: "Ada".into(), at: jiff::Timestamp::UNIX_EPOCH };
        project.apply(&ops::set_tagset(&project, &new, &ops::unknown, stamp)).unwrap();
        let mut form = TagsetForm::new(&project);
        form.tags[0].choices[0].name = " conflict ".into();
        let change = form.change();
        assert_eq!(change.renamed.get(&("topic".into(), "war".into())).map(String::as_str), Some("conflict"));
        assert_eq!(change.renamed.len(), 1);
    }

    #[test]
    fn ready_tags_of_articles_are_offered_until_they_are_there() {
        let mut form = TagsetForm::new(&Project::new());
        let topics = form.ready_tags().remove(0);
        assert_eq!((topics.id.as_str(), topics.answer.choices().len()), ("MEDTOP", 17));
        form.tags.push(TagRow::new(&topics));
        assert!(form.ready_tags().is_empty());
        assert_eq!(form.change().tagset.article_tags, [topics]);
    }

    #[test]
    fn a_ready_kind_is_offered_until_it_is_there_and_again_once_it_is_gone() {
        let mut project = Project::new();
        let stamp = crate::project::Stamp { by: "Ada".into(), at: jiff::Timestamp::UNIX_EPOCH };
        let mut form = TagsetForm::new(&project);
        let offered = |form: &TagsetForm| form.all().ready().into_iter().map(|kind| kind.plural).collect::<Vec<_>>();
        assert_eq!(offered(&form), ["Organisations", "Places", "Groups"]);
        form.add_ready(form.all().ready().remove(1));
        assert_eq!(offered(&form), ["Organisations", "Groups"]);
        assert_eq!(form.problem(), None);
        assert_eq!(form.to_fill(), BTreeSet::from([KindId::PLACE]));
        project.apply(&ops::set_tagset(&project, &form.change(), &ops::unknown, stamp)).unwrap();

        let mut form = TagsetForm::new(&project);
        assert!(form.to_fill().is_empty(), "it is filled already");
        let place = form.kinds.remove(3);
        form.going.push((Kind { name: "Spot".into(), ..place }, None));
        assert_eq!(offered(&form), ["Organisations", "Places", "Groups"]);
        form.add_ready(form.all().ready().remove(1));
        assert_eq!((form.kinds[3].name.as_str(), form.going.len()), ("Spot", 0), "it stays with its tags");
    }

    #[test]
    fn what_is_missing_is_told() {
        let mut form = TagsetForm::new(&Project::new());
        form.kinds.push(Kind { name: " person".into(), ..ship() });
        assert_eq!(form.problem(), Some("Two kinds have the same name"));
        form.kinds[3].name.clear();
        assert_eq!(form.problem(), Some("Each kind and article tag needs a name"));
        form.kinds.clear();
        assert_eq!(form.problem(), Some("A tagset has one kind at least"));
    }

    #[test]
    fn kinds_of_relations_are_named_ruled_and_moved() {
        let mut form = TagsetForm::new(&Project::new());
        let ready = form.all().ready_relations();
        ready.into_iter().for_each(|kind| form.add_ready_relation(kind));
        assert!(form.all().ready_relations().is_empty());
        let ship = KindId(form.made_id());
        form.kinds.push(Kind { id: ship.clone(), name: "Ship".into(), ..self::ship() });
        let id = KindId(form.made_id());
        form.add_relation(RelationKind { from: vec![ship], ..RelationKind::new(id, "", " sunk by ") });
        assert_eq!(form.problem(), Some("Each kind of relation needs a name"));
        form.relations[5].name = " Works for ".into();
        assert_eq!(form.problem(), Some("Two kinds of relations have the same name"));
        form.relations[5].name = " sank ".into();
        assert_eq!(form.problem(), None);
        let gone = form.relations.remove(0);
        form.relations_going.push((gone, Some(form.relations[4].id.clone())));
        let change = form.change();
        let sank = change.tagset.relations.last().unwrap();
        assert_eq!((sank.id.as_str(), sank.name.as_str(), sank.reverse.as_str()), ("sank", "sank", "sunk by"));
        assert_eq!((sank.from.as_slice(), sank.key), ([KindId("ship".into())].as_slice(), Some('6')));
        assert_eq!(change.moved_relations.get(&KindId("works-for".into())), Some(&sank.id));
    }

    #[test]
    fn what_is_made_here_gets_its_id_by_its_name() {
        let mut form = TagsetForm::new(&Project::new());
        for name in ["Ship", "Person"] {
            let id = KindId(form.made_id());
            form.kinds.push(Kind { id, name: name.into(), ..ship() });
        }
        form.going.push((ship(), form.kinds.last().map(|kind| kind.id.clone())));
        let change = form.change();
        let ids: Vec<&str> = change.tagset.kinds.iter().map(|kind| kind.id.as_str()).collect();
        assert_eq!(ids, ["person", "country", "event", "ship", "person-2"]);
        assert_eq!(change.moved.get(&KindId("ship".into())).map(KindId::as_str), Some("person-2"));
    }
}
