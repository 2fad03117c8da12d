//! Tags being related: which begins the relation, which is meant for its other end, and how they are related.

use super::model::Model;
use super::text;
use crate::project::{KindId, Mention, MentionId, Project, RelationKind};

/// What a person has said so far of a relation that is to be made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Relating {
    /// The tag where it begins; none while that is looked for.
    pub from: Option<MentionId>,
    /// The tag that is meant for the end that is looked for.
    pub at: Option<MentionId>,
    /// The kind that was chosen; none while the likeliest is meant.
    pub kind: Option<KindId>,
    /// Once it is made the next of the kind is asked for.
    pub several: bool,
    /// What was typed of the name at the other end.
    pub words: String,
    pub(super) wants_focus: bool,
}

/// What is asked for while tags are related.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// The next tag that fits what was typed, or the one before.
    Step(bool),
    /// The first tag that fits what was typed.
    Typed,
    /// This kind of relation.
    Kind(KindId),
    /// This tag.
    Tag(MentionId),
    /// From one tag to another, by a drag.
    Drag(MentionId, MentionId),
    /// The other way round.
    Turn,
    /// The relation as it was said.
    Make,
    /// Nothing any more.
    Leave,
}

impl Relating {
    /// A relation that begins at a tag.
    pub fn new(from: MentionId) -> Self {
        Self { from: Some(from), wants_focus: true, ..Self::default() }
    }

    /// Takes the keys again.
    pub fn focus(&mut self) {
        self.wants_focus = true;
    }

    /// Both ends, once they are known.
    pub fn ends(&self) -> Option<(MentionId, MentionId)> {
        self.from.zip(self.at).filter(|(from, to)| from != to)
    }

    /// The tags of the article shown that what was typed fits, in the order of the text.
    pub fn fitting<'m>(&self, model: &'m Model) -> Vec<&'m Mention> {
        let typed = self.words.trim();
        let fits = |mention: &&Mention| {
            let named = || {
                let name = model.project().target_name(mention);
                text::has_words(&mention.quote, typed) || text::has_words(name, typed)
            };
            Some(mention.id) != self.from && model.is_marked(mention) && (typed.is_empty() || named())
        };
        model.mentions().iter().filter(fits).collect()
    }

    /// The kind that is meant: the one chosen, else the likeliest between the ends.
    pub fn kind(&self, model: &Model) -> Option<RelationKind> {
        let kinds = kinds(model.project());
        if let Some(chosen) = &self.kind {
            return kinds.into_iter().find(|kind| kind.id == *chosen);
        }
        let end = |id: Option<MentionId>| id.and_then(|id| model.project().mention(id)).map(|mention| &mention.kind);
        let ends = end(self.from).zip(end(self.at));
        let allows = |kind: &&RelationKind| ends.is_none_or(|(from, to)| kind.allows(from, to));
        let last = kinds.iter().find(|kind| Some(&kind.id) == model.last_relation.as_ref());
        let likeliest = last.filter(allows).or_else(|| kinds.iter().find(allows)).or(last).or(kinds.first());
        likeliest.cloned()
    }
}

/// The kinds of relations to choose from: those of the tagset, and behind them those that many need and that come into it
/// with the first relation.
pub fn kinds(project: &Project) -> Vec<RelationKind> {
    let mut tagset = project.tagset().clone();
    tagset.ready_relations().into_iter().for_each(|kind| tagset.add_relation(kind));
    tagset.relations
}

/// What a rule of the tagset says that two tags do not keep: "“works for” goes from person to organisation".
pub fn broken_rule(project: &Project, kind: &RelationKind, from: &KindId, to: &KindId) -> Option<String> {
    if kind.allows(from, to) {
        return None;
    }
    // A rule may name kinds that the tagset could have.
    let mut tagset = project.tagset().clone();
    tagset.ready().into_iter().for_each(|kind| tagset.add(kind));
    let named = |kinds: &[KindId]| {
        let names: Vec<String> = kinds.iter().map(|id| tagset.name_of(id).to_lowercase()).collect();
        match names.split_last() {
            None => "any tag".to_owned(),
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
        }
    };
    let way = if kind.symmetric { ["is between", "and"] } else { ["goes from", "to"] };
    Some(format!(
        "According to the tagset, “{}” {} {} {} {}",
        kind.name,
        way[0],
        named(&kind.from),
        way[1],
        named(&kind.to)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_is_broken_is_told_in_the_names_of_kinds() {
        let project = Project::new();
        let [works, member, _, spouse, related] = <[RelationKind; 5]>::try_from(kinds(&project)).unwrap();
        let told = |kind: &RelationKind, from: KindId, to: KindId| broken_rule(&project, kind, &from, &to);
        let (person, country, event) = (KindId::PERSON, KindId::COUNTRY, KindId::EVENT);
        assert_eq!(told(&works, person.clone(), country.clone()), None);
        let rule = "According to the tagset, “works for” goes from person to organisation or country";
        assert_eq!(told(&works, country.clone(), person.clone()).as_deref(), Some(rule));
        let rule =
            "According to the tagset, “member of” goes from person, organisation or country to organisation or group";
        assert_eq!(told(&member, person.clone(), event.clone()).as_deref(), Some(rule));
        let rule = "According to the tagset, “spouse of” is between person and person";
        assert_eq!(told(&spouse, person.clone(), country).as_deref(), Some(rule));
        assert_eq!(told(&related, event, person), None);
    }
}
