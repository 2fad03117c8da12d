//! A project in which the work of several annotators is settled: it has what all agree on and what was decided, and says whose
//! choice each tag was.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::RandomState;
use smol_str::SmolStr;

use super::align::Tie;
use super::differences::{Card, Difference, cards};
use super::fate::{Article, Chosen, Outcome, Said, Slot, Told, Who};
use super::marks::{Part, identity};
use super::{Annotator, Comparison, paired};
use crate::project::ops::{self, Builder, NewTagset};
use crate::project::{
    Action, ApplyError, ArticleId, ArticleRecord, ArticleTags, Change, Contributor, ContributorId, Edit, Entity,
    EntityId, Event, EventId, EventType, KindId, Mention, MentionId, Origin, Party, Project, Reason, Relation, Role,
    Ruling, RulingId, Settled, Stamp, Status, Target,
};

/// How a person settles differences that are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What is right.
    pub verdict: Verdict,
    /// Why they differed.
    pub reason: Option<Reason>,
    /// A remark.
    pub note: String,
}

/// What is right where annotators differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// What can be chosen, by its place among the options of the first difference.
    Option(usize),
    /// Nothing.
    Nothing,
    /// Something else: the id of a kind, words, a name, the code of a type; empty where it is edited by hand.
    Edited(String),
}

/// A new project with the articles that all annotators have, and what all agree on in them. `contributors` are the annotators in
/// their order.
///
/// # Errors
/// What did not fit; that is a fault of the program.
pub fn begin(
    annotators: &[Annotator<'_>],
    comparison: &Comparison,
    contributors: Vec<Contributor>,
    stamp: &Stamp,
) -> Result<Project, ApplyError> {
    let mut project = Project::new();
    let Some(first) = annotators.first().map(|it| it.project) else { return Ok(project) };
    let mut tagset = first.tagset().clone();
    for (annotator, kinds) in annotators.iter().zip(&comparison.kinds) {
        let theirs = annotator.project.tagset();
        for kind in theirs.kinds.iter().filter(|kind| kinds.of(&kind.id) == kind.id) {
            if tagset.get(&kind.id).is_none() {
                tagset.add(kind.clone());
            }
        }
        for kind in theirs.relations.iter().filter(|kind| kinds.of_relation(&kind.id) == kind.id) {
            if tagset.relation(&kind.id).is_none() {
                tagset.add_relation(kind.clone());
            }
        }
    }
    let new = NewTagset { tagset, ..NewTagset::default() };
    project.apply(&ops::set_tagset(&project, &new, &ops::unknown, stamp.clone()))?;
    project.apply(&ops::set_guidelines(&project, first.guidelines(), stamp.clone()))?;
    // What is settled here is nobody's habit of tagging.
    project.apply(&ops::set_learning(&project, false, stamp.clone()))?;
    let mut edit = Builder::new(&project, stamp.clone());
    for (index, compared) in comparison.articles.iter().enumerate() {
        let Some(record) = compared.articles.first().and_then(|id| first.article(*id)) else { continue };
        let agrees = |(annotator, id): (&Annotator<'_>, &ArticleId)| {
            annotator.project.article(*id).is_some_and(|own| own.tags == record.tags)
        };
        let agreed = annotators.iter().zip(&compared.articles).all(agrees);
        let tags = if agreed { record.tags.clone() } else { ArticleTags::default() };
        let id = edit.fresh_article();
        let record = Box::new(ArticleRecord { tags, ..ArticleRecord::new(id, record.article.clone()) });
        edit.article_change(Change::InsertArticle { index, record });
    }
    let edit = edit.finish(Action::AddArticles(comparison.articles.len()));
    project.apply(&edit)?;
    project.apply(&ops::set_contributors(&project, contributors, stamp.clone()))?;
    let edit = Desk::new(&project, annotators, comparison).agreed(stamp.clone());
    project.apply(&edit)?;
    Ok(project)
}

/// A project in which differences are settled, with what they are differences of.
pub struct Desk<'a> {
    project: &'a Project,
    annotators: &'a [Annotator<'a>],
    comparison: &'a Comparison,
    /// The annotators as the project names them.
    contributors: Vec<Option<ContributorId>>,
    /// The articles of the comparison, as the project has them.
    articles: Vec<Option<ArticleId>>,
}

impl<'a> Desk<'a> {
    /// A project with the annotators that it names, whom it has in the same order.
    pub fn new(project: &'a Project, annotators: &'a [Annotator<'a>], comparison: &'a Comparison) -> Self {
        let named = |annotator: &Annotator<'_>| project.contributors().find(|own| own.name == annotator.name);
        let contributors = annotators.iter().map(|annotator| named(annotator).map(|own| own.id)).collect();
        let pairs = annotators.first().map(|first| paired(&[first.project, project])).unwrap_or_default();
        let here: HashMap<ArticleId, ArticleId, RandomState> =
            pairs.into_iter().filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect();
        let article = |compared: &super::Compared| here.get(compared.articles.first()?).copied();
        let articles = comparison.articles.iter().map(article).collect();
        Self { project, annotators, comparison, contributors, articles }
    }

    /// The article of the project that a difference lies in.
    pub fn article(&self, difference: &Difference) -> Option<ArticleId> {
        self.articles.get(difference.article).copied().flatten()
    }

    /// How a difference was settled.
    pub fn ruling(&self, difference: &Difference) -> Option<&'a Ruling> {
        let choices = self.choices(difference);
        let same = |own: &&Ruling| {
            own.range == difference.range
                && own.sort == difference.sort
                && own.words == difference.words
                && own.choices == choices
        };
        self.project.rulings_in(self.article(difference)?).find(same)
    }

    /// The differences that are open, as cards: those that settle most first.
    pub fn open(&self) -> Vec<Card> {
        let mut open = Vec::new();
        for at in 0..self.comparison.articles.len() {
            let Some(article) = self.of_article(at, &BTreeMap::new()) else { continue };
            let outcome = article.outcome();
            let from = self.comparison.articles.get(at).map_or(0, |compared| compared.differences.start);
            let is_open = article.open(&outcome).into_iter().enumerate().filter(|(_, open)| *open);
            open.extend(
                is_open.filter_map(|(nth, _)| Some((from + nth, self.comparison.differences.get(from + nth)?))),
            );
        }
        cards(open)
    }

    /// How many differences a person settled.
    pub fn settled(&self) -> usize {
        self.comparison.differences.iter().filter(|difference| self.ruling(difference).is_some()).count()
    }

    /// What all agree on, in all articles.
    pub fn agreed(&self, stamp: Stamp) -> Edit {
        let mut settler = Settler::new(self, stamp);
        let mut articles = 0;
        for at in 0..self.comparison.articles.len() {
            if let Some(article) = self.of_article(at, &BTreeMap::new()) {
                settler.take(at, &article, &Outcome::default(), &article.outcome());
                articles += 1;
            }
        }
        let mentions = settler.made;
        settler.edit.finish(Action::Adjudicate { articles, mentions })
    }

    /// Settles differences, which are one, alike.
    pub fn settle(&self, differences: &[usize], decision: &Decision, stamp: Stamp) -> Edit {
        let all = differences.iter().filter_map(|at| Some((*at, self.comparison.differences.get(*at)?)));
        let all: Vec<(usize, &Difference)> = all.collect();
        let option = match decision.verdict {
            Verdict::Option(nth) => all.first().and_then(|(_, first)| first.options().into_iter().nth(nth)),
            _ => None,
        };
        let mut said: BTreeMap<usize, Said> = BTreeMap::new();
        for (at, difference) in &all {
            let verdict = match (&decision.verdict, &option) {
                (Verdict::Nothing, _) => Said::Nothing,
                (Verdict::Edited(what), _) => Said::Edited(what.clone()),
                (Verdict::Option(_), None) => continue,
                (Verdict::Option(_), Some(option)) => {
                    // What reads the same, whoever chose it there.
                    let own = option.by.iter().copied().find(|by| difference.choices.get(*by) == Some(&option.words));
                    let other = difference.choices.iter().position(|words| *words == option.words);
                    match own.or(other) {
                        Some(by) => Said::By(by),
                        None => continue,
                    }
                }
            };
            said.insert(*at, verdict);
        }
        let words = all.first().map(|(_, first)| first.words.clone()).unwrap_or_default();
        let action = Action::Rule { differences: said.len(), words };
        let mut settler = self.change(&said.iter().map(|(at, said)| (*at, Some(said.clone()))).collect(), stamp);
        for (at, verdict) in said {
            let ruling = self.comparison.differences.get(at).and_then(|it| self.rule(it, verdict, decision));
            ruling.into_iter().for_each(|ruling| settler.edit.rule(ruling));
        }
        settler.edit.finish(action)
    }

    /// Leaves differences open again; what was taken for them goes.
    pub fn reopen(&self, differences: &[usize], stamp: Stamp) -> Edit {
        let all = differences.iter().filter_map(|at| Some((*at, self.comparison.differences.get(*at)?)));
        let rulings: Vec<(usize, &Ruling)> = all.filter_map(|(at, it)| Some((at, self.ruling(it)?))).collect();
        let words = rulings.first().map(|(_, ruling)| ruling.words.clone()).unwrap_or_default();
        let mut settler = self.change(&rulings.iter().map(|(at, _)| (*at, None)).collect(), stamp);
        rulings.iter().for_each(|(_, ruling)| settler.edit.remove(ruling.id));
        settler.edit.finish(Action::Reopen { differences: rulings.len(), words })
    }

    /// What changes in articles where something else is said of these differences.
    fn change(&self, said: &BTreeMap<usize, Option<Said>>, stamp: Stamp) -> Settler<'a, '_> {
        let of = |at: &usize| self.comparison.differences.get(*at).map(|difference| difference.article);
        let articles: BTreeSet<usize> = said.keys().filter_map(of).collect();
        let mut settler = Settler::new(self, stamp);
        for at in articles {
            let before = self.of_article(at, &BTreeMap::new()).map(|article| article.outcome());
            let Some((before, article)) = before.zip(self.of_article(at, said)) else { continue };
            settler.take(at, &article, &before, &article.outcome());
        }
        settler
    }

    /// An article with what is said of its differences; of some as given, in the place of what the project says.
    fn of_article(&self, at: usize, instead: &BTreeMap<usize, Option<Said>>) -> Option<Article<'a>> {
        let compared = self.comparison.articles.get(at)?;
        let first = self.annotators.first()?.project;
        let article = self.articles.get(at).copied().flatten()?;
        let differences = self.comparison.differences.get(compared.differences.clone())?;
        let ruled = !differences.is_empty() && self.project.rulings_in(article).next().is_some();
        let said = |(nth, difference): (usize, &Difference)| match instead.get(&(compared.differences.start + nth)) {
            Some(said) => said.clone(),
            None if ruled => self.ruling(difference).and_then(|ruling| self.said(ruling)),
            None => None,
        };
        Some(Article {
            text: first.text(*compared.articles.first()?),
            aligned: self.comparison.aligned.get(at)?,
            tagset: first.tagset(),
            differences,
            said: differences.iter().enumerate().map(said).collect(),
        })
    }

    fn said(&self, ruling: &Ruling) -> Option<Said> {
        Some(match &ruling.taken {
            Settled::Choice(id) => Said::By(self.contributors.iter().position(|own| *own == Some(*id))?),
            Settled::Nothing => Said::Nothing,
            Settled::Edited(what) => Said::Edited(what.clone()),
        })
    }

    fn choices(&self, difference: &Difference) -> Vec<(ContributorId, String)> {
        let all = self.contributors.iter().zip(&difference.choices);
        all.filter_map(|(id, words)| Some(((*id)?, words.clone()?))).collect()
    }

    fn rule(&self, difference: &Difference, said: Said, decision: &Decision) -> Option<Ruling> {
        let taken = match said {
            Said::By(by) => Settled::Choice(self.contributors.get(by).copied().flatten()?),
            Said::Nothing => Settled::Nothing,
            Said::Edited(what) => Settled::Edited(what),
        };
        Some(Ruling {
            id: RulingId(0),
            article: self.article(difference)?,
            range: difference.range,
            sort: difference.sort,
            words: difference.words.clone(),
            choices: self.choices(difference),
            taken,
            reason: decision.reason,
            decision: None,
            note: decision.note.clone(),
        })
    }
}

/// Makes of what becomes of articles the edit of the project.
struct Settler<'a, 'd> {
    desk: &'d Desk<'a>,
    edit: Builder<'a>,
    stamp: Stamp,
    /// The entities of the project, by kind and by what makes them the same.
    entities: HashMap<(KindId, String), EntityId, RandomState>,
    /// Which of them those of annotators are.
    known: HashMap<(usize, EntityId), EntityId, RandomState>,
    /// How many mentions are new.
    made: usize,
}

/// An article being settled.
struct Place<'s> {
    article: ArticleId,
    of: &'s Article<'s>,
    /// The mention of each unit.
    mentions: BTreeMap<usize, MentionId>,
}

impl<'a, 'd> Settler<'a, 'd> {
    fn new(desk: &'d Desk<'a>, stamp: Stamp) -> Self {
        let edit = Builder::new(desk.project, stamp.clone());
        let mut entities = HashMap::default();
        for entity in desk.project.entities() {
            entities.entry((entity.kind.clone(), identity(entity))).or_insert(entity.id);
        }
        Self { desk, edit, stamp, entities, known: HashMap::default(), made: 0 }
    }

    /// Has an article become what it is after, where it was something else before.
    fn take(&mut self, at: usize, of: &Article<'_>, before: &Outcome, after: &Outcome) {
        let Some(article) = self.desk.articles.get(at).copied().flatten() else { return };
        let mut place = Place { article, of, mentions: BTreeMap::new() };
        // First what goes, so that nothing is in the way of what comes.
        for (unit, fate) in before.units.iter().enumerate() {
            let Some(was) = fate.made() else { continue };
            if let Some(mention) = self.mention(article, was) {
                match after.units.get(unit).and_then(|fate| fate.made()) {
                    Some(_) => drop(place.mentions.insert(unit, mention)),
                    None => self.edit.remove(mention),
                }
            }
        }
        let events = self.events(&place, before, after);
        let mut changed: BTreeSet<EventId> = BTreeSet::new();
        for (unit, fate) in after.units.iter().enumerate() {
            let Some(chosen) = fate.made() else { continue };
            if before.units.get(unit).and_then(|fate| fate.made()) != Some(chosen) {
                self.put_mention(&mut place, unit, chosen, &events);
                changed.extend(chosen.event.and_then(|event| events.get(&event)));
            }
        }
        for event in before.units.iter().filter_map(|fate| fate.made()?.event) {
            changed.extend(events.get(&event));
        }
        self.stand_out(&place, &changed);
        for (tie, whose) in &after.ties {
            if before.ties.get(tie) != Some(whose) {
                self.put_relation(&place, tie, whose);
            }
        }
        for tie in before.ties.keys().filter(|tie| !after.ties.contains_key(*tie)) {
            self.remove_relation(&place, tie);
        }
        let told = |outcome: &Outcome, at: usize| outcome.events.get(at).is_some_and(Option::is_some);
        for (at, event) in &events {
            if told(before, *at) && !told(after, *at) {
                self.edit.remove(*event);
            }
        }
    }

    /// The mention that stands where a mark was made.
    fn mention(&self, article: ArticleId, chosen: &Chosen) -> Option<MentionId> {
        let here = self.desk.project.mentions_at(article, chosen.range);
        here.iter().find(|mention| mention.kind == chosen.kind).map(|mention| mention.id)
    }

    /// Those whose choice something is; the person who settles where it is nobody's.
    fn by(&self, whose: &[usize], at: Option<&Stamp>) -> Stamp {
        let names: Vec<&str> =
            whose.iter().filter_map(|by| self.desk.annotators.get(*by)).map(|annotator| annotator.name).collect();
        if names.is_empty() {
            return self.stamp.clone();
        }
        Stamp { by: SmolStr::from(names.join(Stamp::AND)), at: at.map_or(self.stamp.at, |stamp| stamp.at) }
    }

    /// The project's event of each that is told before or after, as it is after.
    fn events(&mut self, place: &Place<'_>, before: &Outcome, after: &Outcome) -> BTreeMap<usize, EventId> {
        let mut events: BTreeMap<usize, EventId> = BTreeMap::new();
        for was in before.units.iter().filter_map(|fate| fate.made()) {
            let Some(group) = was.event.filter(|group| !events.contains_key(group)) else { continue };
            let event = self.mention(place.article, was).and_then(|id| self.desk.project.mention(id)?.event());
            events.extend(event.map(|event| (group, event)));
        }
        for (group, told) in after.events.iter().enumerate() {
            let Some(told) = told else { continue };
            let was = before.events.get(group).and_then(Option::as_ref);
            match events.get(&group).copied() {
                Some(event) if was.is_some() => self.change_event(place, group, event, was, told),
                _ => {
                    let event = self.edit.fresh::<Event>();
                    if self.make_event(place, group, event, told) {
                        events.insert(group, event);
                    }
                }
            }
        }
        events
    }

    /// An annotator's record of an event.
    fn record(&self, place: &Place<'_>, group: usize, by: usize) -> Option<&'a Event> {
        let id = place.of.aligned.events.get(group)?.get(by).copied().flatten()?;
        self.desk.annotators.get(by)?.project.event(id)
    }

    fn make_event(&mut self, place: &Place<'_>, group: usize, id: EventId, told: &Told) -> bool {
        let members = place.of.aligned.events.get(group).into_iter().flatten().enumerate();
        let whose: Vec<usize> = members.filter_map(|(by, event)| event.map(|_| by)).collect();
        let Some(theirs) = whose.first().and_then(|by| self.record(place, group, *by)) else { return false };
        let decision = Some(self.by(&whose, theirs.decision.as_ref()));
        let event = Event {
            worth: theirs.worth,
            alike: theirs.alike,
            wikidata: theirs.wikidata.clone(),
            note: theirs.note.clone(),
            decision,
            ..Event::new(id, place.article, &theirs.name, theirs.origin.clone())
        };
        self.edit.put(event);
        self.change_event(place, group, id, None, told);
        true
    }

    /// Sets of an event what is not as it was before.
    fn change_event(&mut self, place: &Place<'_>, group: usize, id: EventId, was: Option<&Told>, told: &Told) {
        let Some(mut event) = self.edit.event(id).cloned() else { return };
        if was.map(|was| &was.kind) != Some(&told.kind) {
            let theirs = match &told.kind {
                Slot::By(by) => self.record(place, group, *by),
                Slot::Nothing | Slot::Edited(_) | Slot::Open => None,
            };
            event.kind = match &told.kind {
                Slot::Edited(code) => EventType::from_parts(Some(code), None).unwrap_or(event.kind),
                _ => theirs.map_or(EventType::Happening(None), |theirs| theirs.kind),
            };
            event.mode = theirs.and_then(|theirs| theirs.mode.clone());
            event.contexts = theirs.map(|theirs| theirs.contexts.clone()).unwrap_or_default();
        }
        for (part, slot) in &told.parts {
            if was.and_then(|was| was.parts.get(part)) == Some(slot) || matches!(slot, Slot::Edited(_)) {
                continue;
            }
            let theirs = match slot {
                Slot::By(by) => self.record(place, group, *by).map(|theirs| (*by, theirs)),
                Slot::Nothing | Slot::Edited(_) | Slot::Open => None,
            };
            self.set_part(&mut event, *part, theirs);
        }
        self.edit.put(event);
    }

    fn set_part(&mut self, event: &mut Event, part: Part, theirs: Option<(usize, &Event)>) {
        let record = theirs.map(|(_, theirs)| theirs);
        let mut parties = |event: &mut Event, role: Role| {
            event.participants.retain(|participant| participant.role != role);
            let Some((by, theirs)) = theirs else { return };
            for participant in theirs.participants.iter().filter(|participant| participant.role == role) {
                let who = match &participant.who {
                    Party::Entity(id) => match self.entity(by, *id, None) {
                        Some(id) => Party::Entity(id),
                        None => continue,
                    },
                    words @ Party::Words(_) => words.clone(),
                };
                event.participants.push(crate::project::Participant { who, ..participant.clone() });
            }
        };
        match part {
            Part::Actors => parties(event, Role::Actor),
            Part::Recipients => parties(event, Role::Recipient),
            Part::Place => event.place = record.and_then(|theirs| theirs.place.clone()),
            Part::Date => event.date = record.and_then(|theirs| theirs.date.clone()),
            Part::Reality => {
                event.polarity = record.map(|theirs| theirs.polarity).unwrap_or_default();
                event.modality = record.map(|theirs| theirs.modality).unwrap_or_default();
            }
            Part::Figures => event.figures = record.map(|theirs| theirs.figures.clone()).unwrap_or_default(),
        }
    }

    /// The entity of the project that an annotator's is; of another kind where its mark is settled as that.
    fn entity(&mut self, by: usize, id: EntityId, kind: Option<&KindId>) -> Option<EntityId> {
        if let Some(known) = self.known.get(&(by, id)) {
            return Some(*known);
        }
        let theirs = self.desk.annotators.get(by)?.project.entity(id)?;
        let own = self.desk.comparison.kinds.get(by)?.of(&theirs.kind);
        let kind = kind.unwrap_or(&own).clone();
        let key = (kind.clone(), identity(theirs));
        let here = self.entities.get(&key).copied().unwrap_or_else(|| {
            let here = self.edit.fresh::<Entity>();
            self.edit.put(Entity { id: here, kind, ..theirs.clone() });
            here
        });
        self.entities.insert(key, here);
        self.known.insert((by, id), here);
        Some(here)
    }

    /// The entity of a kind that is called so.
    fn called(&mut self, kind: &KindId, name: &str) -> EntityId {
        let named = self.desk.project.entities_named(name).find(|entity| entity.kind == *kind).map(|entity| entity.id);
        let key = (kind.clone(), name.to_lowercase());
        let here = named.or_else(|| self.entities.get(&key).copied()).unwrap_or_else(|| {
            let here = self.edit.fresh::<Entity>();
            let decision = Some(self.stamp.clone());
            self.edit.put(Entity { decision, ..Entity::new(here, kind.clone(), name, Origin::hand()) });
            here
        });
        self.entities.insert(key, here);
        here
    }

    fn put_mention(&mut self, place: &mut Place<'_>, unit: usize, chosen: &Chosen, events: &BTreeMap<usize, EventId>) {
        let theirs = place.of.aligned.mark(unit, chosen.base).map(|mark| mark.id);
        let theirs = theirs.and_then(|id| self.desk.annotators.get(chosen.base)?.project.mention(id));
        let Some(theirs) = theirs else { return };
        let target = match (&chosen.event, &chosen.who) {
            (Some(group), _) => events.get(group).copied().map(Target::Event),
            (None, Who::Of(by, id)) => self.entity(*by, *id, Some(&chosen.kind)).map(Target::Entity),
            (None, Who::Called(name)) => Some(Target::Entity(self.called(&chosen.kind, name))),
            (None, Who::Nobody) => None,
        };
        let known = place.mentions.get(&unit).copied().or_else(|| {
            let drafted = place.mentions.values().filter_map(|id| self.edit.mention(*id));
            let mut drafted = drafted.filter(|own| own.range == chosen.range && own.kind == chosen.kind);
            drafted.next().map(|own| own.id).or_else(|| self.mention(place.article, chosen))
        });
        let id = known.unwrap_or_else(|| {
            self.made += 1;
            self.edit.fresh::<Mention>()
        });
        let quote = place.of.text.get(crate::text::bytes(chosen.range)).unwrap_or_default();
        let is_theirs = !chosen.whose.is_empty();
        self.edit.put(Mention {
            id,
            article: place.article,
            range: chosen.range,
            quote: quote.into(),
            kind: chosen.kind.clone(),
            target,
            status: Status::Accepted,
            decision: Some(self.by(&chosen.whose, theirs.decision.as_ref())),
            subtype: theirs.subtype.clone().filter(|_| is_theirs),
            proposed: None,
            drawn: false,
            ..theirs.clone()
        });
        place.mentions.insert(unit, id);
    }

    /// Has one of the mentions of each event stand for it, where none does.
    fn stand_out(&mut self, place: &Place<'_>, events: &BTreeSet<EventId>) {
        for event in events {
            let own = |mention: &&Mention| mention.event() == Some(*event) && mention.is_live();
            let placed = place.mentions.values().filter_map(|id| self.edit.mention(*id)).filter(own);
            let drafted: Vec<&Mention> = placed.collect();
            let others = self.desk.project.mentions(place.article).iter().filter(own);
            let others = others.filter_map(|mention| self.edit.mention(mention.id)).filter(own);
            let mut all: Vec<Mention> = drafted.into_iter().chain(others).cloned().collect();
            all.sort_by_key(Mention::order);
            if all.iter().all(|mention| mention.retold)
                && let Some(first) = all.into_iter().next()
            {
                self.edit.put(Mention { retold: false, ..first });
            }
        }
    }

    /// The mentions at the ends of a relation.
    fn ends(&self, place: &Place<'_>, (_, from, to): &Tie) -> Option<(MentionId, MentionId)> {
        let of = |unit: &usize| place.mentions.get(unit).copied();
        Some((of(from)?, of(to)?))
    }

    fn put_relation(&mut self, place: &Place<'_>, tie: &Tie, whose: &[usize]) {
        let ties = place.of.aligned.ties();
        let by = ties.get(tie).and_then(|by| by.iter().find(|(by, _)| whose.is_empty() || whose.contains(*by)));
        let (Some((by, link)), Some((from, to))) = (by, self.ends(place, tie)) else { return };
        let project = self.desk.annotators.get(*by).map(|annotator| annotator.project);
        let Some(theirs) = project.and_then(|project| project.relation(link.id)) else { return };
        // One that says the same both ways may have been drawn from either end.
        let turned = place.of.aligned.mark(tie.1, *by).map(|mark| mark.id) != Some(theirs.from);
        let (from, to) = if turned { (to, from) } else { (from, to) };
        let known = self.desk.project.related(&tie.0, link.symmetric, from, to).map(|own| own.id);
        let id = known.unwrap_or_else(|| self.edit.fresh::<Relation>());
        self.edit.put(Relation {
            id,
            article: place.article,
            kind: tie.0.clone(),
            from,
            to,
            status: Status::Accepted,
            proposed: None,
            decision: Some(self.by(whose, theirs.decision.as_ref())),
            ..theirs.clone()
        });
    }

    fn remove_relation(&mut self, place: &Place<'_>, tie: &Tie) {
        // Where an end goes, it goes along.
        let Some((from, to)) = self.ends(place, tie) else { return };
        let symmetric = self.desk.project.tagset().is_symmetric(&tie.0);
        if let Some(own) = self.desk.project.related(&tie.0, symmetric, from, to) {
            self.edit.remove(own.id);
        }
    }
}
