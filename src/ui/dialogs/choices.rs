//! What a tag can be pointed at for what was typed: what the project has, then what the engine's knowledge has.

use std::collections::{BTreeMap, HashSet};

use smol_str::SmolStr;

use crate::project::{
    CountryCode, Entity, EntityId, Event, EventId, Kind, KindId, Mention, MentionId, Project, Schema, Target, is_item,
    ops,
};
use crate::suggest::knowledge::{self, Leader};
use crate::suggest::lookups::{known_country, known_leader};
use crate::ui::actions::Actions;
use crate::ui::text;

/// How many are offered at once.
const OFFERED: usize = 40;

/// What a tag can be pointed at.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Choice {
    /// Something that the project has.
    Entity(EntityId),
    /// An event of the article.
    Event(EventId),
    /// A person or country that nothing in the project names.
    Known(ops::Known),
    /// Something new of this name.
    New(String),
    /// The event that the tag points at gets this name.
    Rename(EventId, String),
}

/// What fits the words, the best first; of equals what the tag points at, then the project's, then what is known.
pub(super) fn choices(project: &Project, mention: &Mention, words: &str) -> Vec<Choice> {
    if project.tagset().schema(&mention.kind) == Schema::Event {
        return events(project, mention, words);
    }
    let mut found = entities(project, mention, words);
    if let Some(kind) = project.tagset().get(&mention.kind) {
        found.extend(from_knowledge(project, kind, words));
    }
    let own = |choice: &Choice| matches!(choice, Choice::Entity(id) if mention.target == Some(Target::Entity(*id)));
    found.sort_by_key(|((rank, source), choice)| (*rank, !own(choice), *source));
    let exact = found.first().is_some_and(|((rank, source), _)| (*rank, *source) < (0, OTHER_KIND));
    let mut choices: Vec<Choice> = found.into_iter().map(|(_, choice)| choice).take(OFFERED).collect();
    if !words.trim().is_empty() && !exact {
        choices.push(Choice::New(words.trim().to_owned()));
    }
    choices
}

/// Where a choice comes from: what comes first at one rank.
const OWN_KIND: u8 = 0;
const KNOWN: u8 = 1;
const OTHER_KIND: u8 = 2;

fn used(project: &Project, id: EntityId) -> bool {
    project.mentions_of(Target::Entity(id)).any(Mention::is_live)
}

fn entities(project: &Project, mention: &Mention, words: &str) -> Vec<((u8, u8), Choice)> {
    let fit = |entity: &Entity| {
        let names = std::iter::once(&entity.name).chain(&entity.aliases);
        let rank = names.filter_map(|name| text::rank(name, words)).min()?;
        let own = entity.kind == mention.kind;
        // Of other kinds only what was clearly meant.
        let wanted = own || !words.trim().is_empty() && rank <= 2;
        let source = if own { OWN_KIND } else { OTHER_KIND };
        (wanted && used(project, entity.id)).then_some(((rank, source), Choice::Entity(entity.id)))
    };
    project.entities().filter_map(fit).collect()
}

/// People in office for kinds like people, countries for kinds like countries, without those that the project has.
fn from_knowledge(project: &Project, kind: &Kind, words: &str) -> Vec<((u8, u8), Choice)> {
    let here = || project.entities().filter(|entity| entity.kind == kind.id && used(project, entity.id));
    if kind.schema == Schema::Country {
        let present: HashSet<CountryCode> = here().filter_map(|entity| entity.country).collect();
        let fit = |facts: &knowledge::CountryFacts| {
            let rank = text::rank(facts.name, words)?;
            Some(((rank, KNOWN), Choice::Known(known_country(facts))))
        };
        return knowledge::countries().filter(|facts| !present.contains(&facts.code)).filter_map(fit).collect();
    }
    if !kind.is_people() || words.trim().chars().count() < 2 {
        return Vec::new();
    }
    let present: HashSet<&str> = here().filter_map(|entity| entity.wikidata.as_deref()).collect();
    let mut found: BTreeMap<&str, (u8, &str, Leader)> = BTreeMap::new();
    for (name, leader) in knowledge::all_leaders().filter(|(_, leader)| !present.contains(leader.wikidata)) {
        let Some(rank) = text::rank(name, words) else { continue };
        // Of several offices the one that a person is known for: the co-prince of Andorra is president of France.
        let chief = |leader: &Leader| matches!(leader.role, "president" | "prime minister");
        let better = |(_, _, other): &(u8, &str, Leader)| chief(&leader) && !chief(other);
        if found.get(leader.wikidata).is_none_or(better) {
            found.insert(leader.wikidata, (rank, name, leader));
        }
    }
    let choice = |(rank, name, leader): (u8, &str, Leader)| ((rank, KNOWN), Choice::Known(known_leader(name, &leader)));
    found.into_values().map(choice).collect()
}

fn events(project: &Project, mention: &Mention, words: &str) -> Vec<Choice> {
    let here = project.events_of(mention.article);
    let live = here.filter(|e| project.mentions_of(Target::Event(e.id)).any(Mention::is_live));
    let own = |id: EventId| mention.target == Some(Target::Event(id));
    let mut events: Vec<_> = live.filter_map(|e| Some((text::rank(&e.name, words)?, e.id))).collect();
    events.sort_by_key(|(rank, id)| (*rank, !own(*id)));
    let mut choices: Vec<Choice> = events.into_iter().map(|(_, id)| Choice::Event(id)).collect();
    let name = words.trim();
    if let Some(Target::Event(id)) = mention.target
        && !name.is_empty()
        && project.event(id).is_some_and(|event| event.name != name)
    {
        choices.push(Choice::Rename(id, name.to_owned()));
    }
    choices
}

/// What a choice is called, and what is known of it.
pub(super) fn label(project: &Project, mention: &Mention, choice: &Choice) -> (String, String) {
    let join = |parts: Vec<String>| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    match choice {
        Choice::Entity(id) => project.entity(*id).map_or_else(Default::default, |entity| {
            let kind = project.tagset().get(&entity.kind).filter(|kind| kind.id != mention.kind);
            let kind = kind.map_or_else(String::new, |kind| kind.name.to_lowercase());
            let is_country = project.tagset().schema(&entity.kind) == Schema::Country;
            let country = entity.country.filter(|_| !is_country).map_or_else(String::new, text::country);
            (entity.name.clone(), join(vec![kind, entity.role.clone(), country]))
        }),
        Choice::Event(id) => project.event(*id).map_or_else(Default::default, |event| {
            (event.name.clone(), join(vec![text::event_type(event.kind).to_owned(), text::event_date(event)]))
        }),
        Choice::Rename(_, name) => (format!("Rename the event: {name}"), String::new()),
        Choice::Known(known) => {
            let code =
                known.country.filter(|_| known.role.is_empty()).map_or_else(String::new, |code| code.to_string());
            let country = known.country.filter(|_| !known.role.is_empty()).map_or_else(String::new, text::country);
            (known.name.clone(), join(vec![code, known.role.clone(), country, "known".to_owned()]))
        }
        Choice::New(name) => (format!("New: {name}"), String::new()),
    }
}

/// Points a tag at what was chosen.
pub(super) fn apply(actions: &mut Actions, id: MentionId, choice: Choice) {
    match choice {
        Choice::Entity(entity) => {
            actions.edit(move |project, stamp| ops::assign(project, &[id], entity, stamp));
        }
        Choice::Event(event) => {
            actions.edit(move |project, stamp| ops::join_event(project, &[id], event, stamp));
        }
        Choice::Rename(event, name) => actions.edit(move |project, stamp| {
            let renamed = project.event(event).map(|event| Event { name, ..event.clone() });
            match renamed {
                Some(event) => ops::set_event(project, event, stamp),
                None => ops::accept(project, &[id], stamp),
            }
        }),
        Choice::Known(known) => actions.edit(move |project, stamp| ops::assign_new(project, &[id], &known, stamp)),
        Choice::New(name) => actions.edit(move |project, stamp| {
            let known = ops::Known { name, ..ops::Known::default() };
            ops::assign_new(project, &[id], &known, stamp)
        }),
    }
}

/// An entity with the link that was typed: a Wikidata item, or for a country its code; none where it is neither.
pub(super) fn linked(project: &Project, entity: &Entity, typed: &str) -> Option<Entity> {
    let typed = typed.trim();
    let item = |typed: &str| {
        let item = format!("Q{}", typed.strip_prefix(['Q', 'q'])?);
        is_item(&item).then(|| SmolStr::new(item))
    };
    let mut entity = entity.clone();
    if typed.is_empty() {
        entity.wikidata = None;
        return Some(entity);
    }
    let is_country = project.tagset().schema(&entity.kind) == Schema::Country;
    match (item(typed), typed.parse::<CountryCode>().ok().filter(|_| is_country)) {
        (item @ Some(_), _) => entity.wikidata = item,
        (None, Some(code)) => {
            let facts = knowledge::country(code)?;
            (entity.country, entity.wikidata) = (Some(code), facts.wikidata.map(Into::into));
        }
        (None, None) => return None,
    }
    Some(entity)
}

/// The kind whose key is this digit.
pub(super) fn kind_of_digit(project: &Project, digit: char) -> Option<KindId> {
    project.tagset().with_key(digit).map(|kind| kind.id.clone())
}
