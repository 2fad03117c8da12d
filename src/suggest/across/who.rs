//! Which names of different articles stand for one person, country, place or organisation.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::RandomState;

use super::account::Account;
use super::names::{Name, are_other_offices, words};
use crate::project::{CountryCode, Entity, EntityId, KindId, Origin};
use crate::suggest::{self, Suggestions};
use crate::text::language::language;

/// From this likeness of their articles on a name may be another that leaves something out or is spelt otherwise.
const OF_ONE_STORY: f32 = 0.1;
/// From this likeness on a single name, or one whose bearer has another office, is the same one's.
const OF_ONE_MATTER: f32 = 0.08;
/// Articles that stand so near in order are looked at however many there are with a name.
const NEAR: usize = 2;
/// More names than this that share what is compared first are not looked at.
const MOST: usize = 60;

/// An entity of an article.
struct Bearer<'a> {
    kind: &'a KindId,
    found: &'a suggest::Entity,
    article: usize,
}

impl Bearer<'_> {
    /// What says for sure who or what it is, where something does.
    fn identity(&self) -> Option<String> {
        let item = self.found.wikidata.as_ref().map(|item| format!("item {item}"));
        let is_country = *self.kind == KindId::COUNTRY;
        item.or_else(|| self.found.country.filter(|_| is_country).map(|code| format!("country {}", code.as_str())))
    }

    /// The country that a place lies in.
    fn place(&self) -> Option<CountryCode> {
        self.found.country.filter(|_| *self.kind == KindId::PLACE)
    }

    /// What can have its name: a place is often taken for who works there, and the other way round ("Betty Ford Center").
    fn kind_of_name(&self, words: &[String]) -> KindId {
        let is_body = *self.kind == KindId::ORGANISATION && words.len() > 1;
        if is_body { KindId::PLACE } else { self.kind.clone() }
    }

    /// Its name, as it is compared: of an organisation without what says which form of company it is.
    fn words(&self) -> Vec<String> {
        let mut words = words(&self.found.name);
        if *self.kind == KindId::ORGANISATION {
            let forms = &language().bodies.company_forms;
            while words.len() > 1 && words.last().is_some_and(|last| forms.contains(last)) {
                words.pop();
            }
        }
        words
    }
}

/// The entities of articles that are one: of each article, by kind and in the order of [`Suggestions::entities`], a number that
/// those of different articles share; none where an article alone has it.
pub(super) fn entities(accounts: &[Account], found: &[&Suggestions]) -> Vec<BTreeMap<KindId, Vec<Option<usize>>>> {
    let bearers: Vec<Bearer<'_>> = found
        .iter()
        .enumerate()
        .flat_map(|(article, found)| {
            let of_kind = move |(kind, entities)| {
                let entities: &Vec<suggest::Entity> = entities;
                entities.iter().map(move |found| Bearer { kind, found, article })
            };
            found.entities.iter().flat_map(of_kind)
        })
        .collect();
    let alike = |one: usize, other: usize| {
        accounts.get(one).zip(accounts.get(other)).map_or(0.0, |(a, b)| a.topic.alike(&b.topic))
    };
    let mut groups = Groups(named_alike(&bearers, &alike));
    join_short(&bearers, &mut groups, &alike);
    join_variants(&bearers, &mut groups, &alike);
    let group_of: Vec<usize> = (0..bearers.len()).map(|at| groups.of(at)).collect();
    let mut articles: HashMap<usize, BTreeSet<usize>, RandomState> = HashMap::default();
    for (bearer, group) in bearers.iter().zip(&group_of) {
        articles.entry(*group).or_default().insert(bearer.article);
    }
    let mut numbers: Vec<BTreeMap<KindId, Vec<Option<usize>>>> = vec![BTreeMap::new(); found.len()];
    for (bearer, group) in bearers.iter().zip(group_of) {
        let several = articles.get(&group).is_some_and(|articles| articles.len() > 1);
        if let Some(numbers) = numbers.get_mut(bearer.article) {
            numbers.entry(bearer.kind.clone()).or_default().push(several.then_some(group));
        }
    }
    numbers
}

/// Which group each is in: by the first of the group, or by one that leads there.
struct Groups(Vec<usize>);

impl Groups {
    fn of(&mut self, at: usize) -> usize {
        let mut first = at;
        while let Some(before) = self.0.get(first).copied().filter(|before| *before != first) {
            first = before;
        }
        self.0.get_mut(at).into_iter().for_each(|slot| *slot = first);
        first
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        self.0.get_mut(one.max(other)).into_iter().for_each(|slot| *slot = one.min(other));
    }
}

/// Those of one kind and name together, where nothing tells them apart; each group by its first.
fn named_alike(bearers: &[Bearer<'_>], alike: &impl Fn(usize, usize) -> f32) -> Vec<usize> {
    let mut groups: HashMap<(KindId, String), Vec<usize>, RandomState> = HashMap::default();
    let mut identities: HashMap<String, usize, RandomState> = HashMap::default();
    // Of each group who it is and in which country, where any of it says so.
    let mut told: HashMap<usize, (Option<String>, Option<CountryCode>), RandomState> = HashMap::default();
    let mut members: HashMap<usize, Vec<usize>, RandomState> = HashMap::default();
    let mut group_of: Vec<usize> = Vec::with_capacity(bearers.len());
    for (at, bearer) in bearers.iter().enumerate() {
        let words = bearer.words();
        let single = words.len() == 1 && *bearer.kind == KindId::PERSON;
        let known = groups.entry((bearer.kind_of_name(&words), words.join(" "))).or_default();
        let identity = bearer.identity();
        // Somebody of a single name, or of another office, is the same where any article with the name is about the same.
        let is_one = |other: &usize| {
            bearers.get(*other).is_some_and(|other| {
                let doubtful = single || are_other_offices(&bearer.found.role, &other.found.role);
                !doubtful || alike(other.article, bearer.article) >= OF_ONE_MATTER
            })
        };
        let fits = |first: &&usize| {
            // Any of a group may be the one that says who it is, or where.
            let (who, place) = told.get(*first).cloned().unwrap_or_default();
            identity.as_ref().zip(who).is_none_or(|(a, b)| *a == b)
                && bearer.place().zip(place).is_none_or(|(a, b)| a == b)
                && members.get(*first).is_some_and(|members| members.iter().rev().take(MOST).any(is_one))
        };
        let of_identity = identity.as_ref().and_then(|identity| identities.get(identity)).copied();
        let group = of_identity.or_else(|| known.iter().take(MOST).find(fits).copied()).unwrap_or(at);
        if group == at {
            known.push(at);
        }
        if let Some(identity) = &identity {
            identities.entry(identity.clone()).or_insert(group);
        }
        let said: &mut (Option<String>, Option<CountryCode>) = told.entry(group).or_default();
        said.0 = said.0.take().or_else(|| identity.clone());
        said.1 = said.1.or_else(|| bearer.place());
        members.entry(group).or_default().push(at);
        group_of.push(group);
    }
    group_of
}

/// Joins groups of a single name with the one that ends with it in articles about the same, where there is just one:
/// "Obama" with "Barack Obama", "the Colts" with "the Indianapolis Colts".
fn join_short(bearers: &[Bearer<'_>], groups: &mut Groups, alike: &impl Fn(usize, usize) -> f32) {
    let mut ending: HashMap<(&KindId, String), Vec<usize>, RandomState> = HashMap::default();
    let mut single: Vec<(usize, String)> = Vec::new();
    for (at, bearer) in bearers.iter().enumerate() {
        let mut words = bearer.words();
        match words.pop() {
            Some(word) if words.is_empty() => single.push((at, word)),
            Some(word) => ending.entry((bearer.kind, word)).or_default().push(at),
            None => {}
        }
    }
    let mut fitting: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (at, word) in single {
        let Some(bearer) = bearers.get(at) else { continue };
        let is_person = *bearer.kind == KindId::PERSON;
        // "The Court" is short for another one everywhere; "the Saints" are one team.
        let of_team = *bearer.kind == KindId::ORGANISATION
            && (word.ends_with('s') || !language().bodies.words_in_names.contains(&bearer.found.name));
        if !is_person && !of_team || bearer.found.wikidata.is_some() {
            continue;
        }
        let long = ending.get(&(bearer.kind, word)).into_iter().flatten();
        let near = long
            .clone()
            .filter(|other| bearers.get(**other).is_some_and(|it| it.article.abs_diff(bearer.article) <= NEAR));
        let of_story = near.chain(long.take(4 * MOST)).filter(|other| {
            bearers.get(**other).is_some_and(|other| alike(other.article, bearer.article) >= OF_ONE_STORY)
        });
        let found: BTreeSet<usize> = of_story.map(|other| groups.of(*other)).collect();
        fitting.entry(groups.of(at)).or_default().extend(found);
    }
    for (own, found) in fitting {
        if let [to] = found.into_iter().collect::<Vec<_>>()[..] {
            groups.join(own, to);
        }
    }
}

/// Joins groups whose names are likely variants of one: where one name alone of articles about the same fits.
fn join_variants(bearers: &[Bearer<'_>], groups: &mut Groups, alike: &impl Fn(usize, usize) -> f32) {
    let firsts: Vec<usize> = (0..bearers.len()).filter(|at| groups.of(*at) == *at).collect();
    let entity = |at: usize| {
        let bearer = bearers.get(at)?;
        let id = EntityId(u32::try_from(at).unwrap_or_default());
        let name = bearer.found.name.clone();
        let country = bearer.place();
        let wikidata = bearer.found.wikidata.clone();
        Some(Entity { country, wikidata, ..Entity::new(id, bearer.kind.clone(), name, Origin::hand()) })
    };
    let entities: Vec<Entity> = firsts.iter().filter_map(|at| entity(*at)).collect();
    let words = firsts.iter().filter_map(|at| bearers.get(*at)).map(Bearer::words);
    let names: Vec<Name<'_>> =
        entities.iter().zip(words).map(|(entity, words)| Name::with_words(entity, words)).collect();
    let mut sharing: HashMap<(&KindId, u64), Vec<usize>, RandomState> = HashMap::default();
    for (at, (entity, name)) in entities.iter().zip(&names).enumerate() {
        name.keys().into_iter().for_each(|key| sharing.entry((&entity.kind, key)).or_default().push(at));
    }
    let mut fitting: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for sharing in sharing.into_values().filter(|sharing| sharing.len() <= MOST) {
        for (nth, one) in sharing.iter().enumerate() {
            for other in sharing.iter().skip(nth + 1) {
                let both = names.get(*one).zip(names.get(*other));
                let may_be = both.is_some_and(|(one, other)| one.may_be(other).is_some());
                let articles = |at: &usize| firsts.get(*at).and_then(|at| bearers.get(*at)).map(|it| it.article);
                let of_story = articles(one).zip(articles(other)).is_some_and(|(a, b)| alike(a, b) >= OF_ONE_STORY);
                if may_be && of_story {
                    fitting.entry(*one).or_default().insert(*other);
                    fitting.entry(*other).or_default().insert(*one);
                }
            }
        }
    }
    for (one, others) in &fitting {
        // What "J. Biden" has in common with Joe and with Jill Biden does not make them one.
        let all_fit =
            others.iter().all(|a| others.iter().all(|b| a == b || fitting.get(a).is_some_and(|it| it.contains(b))));
        if !all_fit {
            continue;
        }
        for other in others {
            if let Some((one, other)) = firsts.get(*one).zip(firsts.get(*other)) {
                groups.join(*one, *other);
            }
        }
    }
}
