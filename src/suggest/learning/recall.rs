//! What follows from decisions for the suggestions of an article: which are held back, let go, made, or point at somebody else.

use std::collections::{HashMap, HashSet};

use smol_str::SmolStr;
use text_size::{TextRange, TextSize};

use super::kinds::KindSpan;
use super::reason::Reason;
use super::ways::Way;
use super::words::{Taught, Verdict, Words};
use super::{ADDED, ADDED_HERE_REASON, ADDED_REASON, EXAMPLES, NAMED, SOURCE, SURE, UNLIKE, is_learned, made_by};
use crate::project::ops::Builder;
use crate::project::{
    ArticleId, CountryCode, Entity, EntityId, Event, EventId, KindId, Mention, Origin, Project, Schema, Status, Target,
};
use crate::suggest::lookups::known;
use crate::suggest::{CountryName, Label, SpanLabel};
use crate::text::words::occurrences;

/// What decisions say of an article.
pub(super) struct Recall<'m> {
    pub(super) words: &'m Words,
    /// What the article itself teaches, where it teaches anything.
    pub(super) here: Option<&'m Taught>,
    pub(super) project: &'m Project,
    pub(super) article: ArticleId,
}

impl Recall<'_> {
    pub(super) fn apply(&self, edit: &mut Builder<'_>) {
        let mentions = self.project.mentions(self.article);
        let mut telling: HashMap<EventId, &Mention> = HashMap::new();
        let mut decided: HashSet<EventId> = HashSet::new();
        for mention in mentions {
            let Some(event) = mention.event() else { continue };
            if !mention.retold {
                telling.entry(event).or_insert(mention);
            }
            if mention.decision.is_some() {
                decided.insert(event);
            }
        }
        // Most words were never decided on: those of long articles are gone through at each decision.
        let words = self.words;
        let (no_events, all_ways) = (words.knows_no_events(), words.wants_all_ways());
        let done = self.project.article(self.article).is_none_or(|record| record.done.is_some());
        let added = if done { Vec::new() } else { self.added() };
        let stands: HashMap<(TextRange, &KindId), bool> =
            added.iter().map(|added| ((added.range, &added.kind), added.here)).collect();
        for mention in mentions.iter().filter(|mention| mention.is_undecided()) {
            if mention.origin.source == SOURCE && self.project.tagset().schema(&mention.kind) != Schema::Event {
                self.follow(edit, mention, stands.get(&(mention.range, &mention.kind)).copied(), done);
                continue;
            }
            let counts = || self.counts(&mention.quote, &mention.kind);
            if made_by(mention) == EXAMPLES && !counts() {
                self.drop(edit, mention);
                continue;
            }
            // The edit of kinds sees to what is unlike their examples.
            let unlike = mention.origin.source.strip_prefix(UNLIKE);
            if unlike.is_some() && counts() {
                continue;
            }
            let before = mention;
            let released = unlike.map(|source| unheld(mention, source));
            let mention = released.as_ref().unwrap_or(mention);
            let event = mention.event();
            let unknown = match event {
                Some(_) => no_events && all_ways,
                None => all_ways && words.is_unknown(&mention.quote) && !mention.origin.source.starts_with(NAMED),
            };
            if unknown && before.is_open() {
                continue;
            }
            let first = event.and_then(|event| telling.get(&event).copied()).unwrap_or(mention);
            let open = event.is_some_and(|event| decided.contains(&event));
            let held = !open && self.speaks_against(mention, first).is_some();
            let status = if held { Status::Rejected } else { Status::Suggested };
            let named = if held { None } else { self.named(edit, mention) };
            let now = Mention { status, ..named.unwrap_or_else(|| mention.clone()) };
            if now != *before {
                edit.put(now);
            }
        }
        for added in &added {
            self.suggest(edit, added);
        }
    }

    /// Has a suggestion that followed from decisions point at whom they name, where its words still stand to be suggested, in
    /// this article or because of others, and else go.
    fn follow(&self, edit: &mut Builder<'_>, mention: &Mention, here: Option<bool>, done: bool) {
        match here {
            Some(here) => {
                let target = self.target_here(&mention.kind, &mention.quote).filter(|_| here);
                if let Some(target) = target.filter(|target| Some(*target) != mention.target) {
                    edit.put(Mention { target: Some(target), ..mention.clone() });
                }
            }
            None if !done && !self.is_related(mention) => edit.remove(mention.id),
            None => {}
        }
    }

    /// Whether what was decided elsewhere counts for words as a kind here.
    fn counts(&self, words: &str, kind: &KindId) -> bool {
        self.project.learning().counts(&self.project.learned_by(kind, words), kind, self.article)
    }

    /// Takes a suggestion away that was like examples, with the event that it alone tells of. One that a person has decided
    /// something about stays.
    fn drop(&self, edit: &mut Builder<'_>, mention: &Mention) {
        let event = mention.event().and_then(|id| self.project.event(id));
        let judged = |event: &Event| self.project.judgements_of(Target::Event(event.id)).next().is_some();
        if self.is_related(mention) || event.is_some_and(|event| self.project.is_decided(event) || judged(event)) {
            return;
        }
        edit.remove(mention.id);
        let alone = |event: &&Event| self.project.mentions_of(Target::Event(event.id)).all(|m| m.id == mention.id);
        if let Some(event) = event.filter(alone) {
            edit.remove(event.id);
        }
    }

    /// Whether a person has decided on a relation of a suggestion: it keeps its ends.
    fn is_related(&self, mention: &Mention) -> bool {
        self.project.relations_of(mention.id).any(|relation| relation.decision.is_some())
    }

    /// The mentions of the article that meet a place, found by where they begin. `longest`: how long the longest is.
    fn meeting(&self, range: TextRange, longest: TextSize) -> impl Iterator<Item = &Mention> {
        let mentions = self.project.mentions(self.article);
        let from = range.start().checked_sub(longest).unwrap_or_default();
        // What begins earlier than the longest mention is long ends before the place.
        let near = mentions.partition_point(|mention| mention.range.start() < from);
        let near = mentions.iter().skip(near).take_while(move |mention| mention.range.start() < range.end());
        near.filter(move |mention| mention.range.end() > range.start())
    }

    fn longest(&self) -> TextSize {
        self.project.mentions(self.article).iter().map(|mention| mention.range.len()).max().unwrap_or_default()
    }

    /// Why decisions speak against a suggestion that `first` stands for.
    pub(super) fn speaks_against(&self, mention: &Mention, first: &Mention) -> Option<Reason> {
        let Self { project, article, .. } = self;
        let words = project.learned_by(&first.kind, &first.quote);
        if !project.learning().counts(&words, &mention.kind, *article) {
            return None;
        }
        let none = Taught::default();
        let here = self.here.unwrap_or(&none);
        let label = label_of(project, &mention.kind);
        let is_event = project.tagset().schema(&mention.kind) == Schema::Event;
        let (own, all) = if is_event {
            (here.told_of_event(&words), self.words.articles_of_event(&words))
        } else {
            (here.told_of(&label, &words), self.words.articles(&label, &words))
        };
        let verdict = if is_event { self.words.of_event(&words) } else { self.words.verdict(&label, &words) };
        match own {
            (false, true) => Some(Reason::RejectedHere),
            (true, _) => None,
            (false, false) if verdict == Some(Verdict::Wrong) && is_likely(project, mention) => None,
            (false, false) if verdict == Some(Verdict::Wrong) => Some(Reason::Rejected(all.1)),
            (false, false) => {
                let way = way_of(project, mention)?;
                Some(Reason::Way(way, self.words.unwanted(way)?))
            }
        }
    }

    /// A suggestion as it is to be, where it points at an entity that goes by its very words while these stand for another
    /// one elsewhere, or did.
    fn named(&self, edit: &mut Builder<'_>, mention: &Mention) -> Option<Mention> {
        let Some(Target::Entity(now)) = mention.target else { return None };
        let label = label_of(self.project, &mention.kind);
        let is = |id: &EntityId| self.project.entity(*id).is_some_and(|entity| entity.kind == mention.kind);
        let counts = self.project.learning().counts(&mention.quote, &mention.kind, self.article);
        let who = self.words.who(&label, &mention.quote).filter(is).filter(|_| counts);
        let source = mention.origin.source.strip_prefix(NAMED);
        let by_itself = self.project.entity(now).is_some_and(|entity| entity.name == mention.quote);
        match (who, source) {
            (Some(who), None) if who != now && by_itself => {
                let source = SmolStr::new(format!("{NAMED}{}", mention.origin.source));
                let origin = Origin { source, ..mention.origin.clone() };
                Some(Mention { target: Some(Target::Entity(who)), origin, ..mention.clone() })
            }
            (Some(who), Some(_)) if who != now => {
                Some(Mention { target: Some(Target::Entity(who)), ..mention.clone() })
            }
            (None, Some(source)) => {
                let origin = Origin { source: SmolStr::new(source), ..mention.origin.clone() };
                let target = Target::Entity(self.entity(edit, &mention.kind, &mention.quote, None, &origin));
                Some(Mention { target: Some(target), origin, ..mention.clone() })
            }
            _ => None,
        }
    }

    /// Where words stand that were tagged here or in other articles.
    fn added(&self) -> Vec<Added> {
        let project = self.project;
        if !project.learning().on {
            return Vec::new();
        }
        let longest = self.longest();
        let mut all: Vec<Added> = Vec::new();
        let stands = |mention: &Mention| mention.is_live() && !(is_learned(mention) && mention.is_undecided());
        let taken = |range: TextRange| self.meeting(range, longest).any(stands);
        for (words, label, country) in self.tagged_here() {
            let kind = label.kind();
            // What the engine takes these very words for is undecided still.
            let other = |m: &Mention, range: TextRange| m.is_undecided() && m.range == range && m.kind != kind;
            let free = |range: &TextRange| {
                let mut near = self.meeting(*range, longest).filter(|mention| !other(mention, *range));
                !near.any(stands) && !all.iter().any(|known| meet(known.range, *range))
            };
            let places: Vec<TextRange> =
                occurrences(project.text(self.article), words).into_iter().filter(free).collect();
            all.extend(places.into_iter().map(|range| Added { range, kind: kind.clone(), country, here: true }));
        }
        let here = all.len();
        for (range, label, country) in self.words.known_in(project.text(self.article), taken) {
            if !all.iter().take(here).any(|known| meet(known.range, range)) {
                all.push(Added { range, kind: label.kind(), country, here: false });
            }
        }
        all.retain(|added| {
            let here = project.mentions_at(self.article, added.range).iter();
            let rejected = |mention: &Mention| mention.kind == added.kind && mention.decision.is_some();
            let schema = project.tagset().get(&added.kind).map(|kind| kind.schema);
            let counts = |words| self.counts(words, &added.kind);
            schema.is_some_and(|schema| schema != Schema::Event)
                && project.slice(self.article, added.range).is_some_and(counts)
                && !here.clone().any(rejected)
        });
        all
    }

    /// The words that a person had to tag here, as one kind alone and never otherwise, with the country that they name; the
    /// longest first.
    fn tagged_here(&self) -> Vec<(&SmolStr, &SpanLabel, Option<CountryCode>)> {
        let Some(here) = self.here else { return Vec::new() };
        let once = |words: &SmolStr| here.added.iter().filter(|(other, ..)| other == words).count() == 1;
        let agreed = |(words, label, _): &&(SmolStr, SpanLabel, Option<CountryCode>)| {
            once(words) && here.told_of(label, words) == (true, false)
        };
        let mut all: Vec<_> =
            here.added.iter().filter(agreed).map(|(words, label, country)| (words, label, *country)).collect();
        all.sort_by_key(|(words, ..)| std::cmp::Reverse(words.len()));
        all
    }

    /// Whether a person tagged the words of a suggestion here.
    pub(super) fn is_tagged_here(&self, mention: &Mention) -> bool {
        let label = label_of(self.project, &mention.kind);
        self.tagged_here().iter().any(|(words, of, _)| **words == mention.quote && **of == label)
    }

    /// What words were tagged as that a person tagged here.
    fn target_here(&self, kind: &KindId, words: &str) -> Option<Target> {
        let mut mentions = self.project.mentions(self.article).iter();
        let is = |m: &&Mention| m.decision.is_some() && m.is_live() && m.kind == *kind && m.quote == words;
        mentions.find(is).and_then(|mention| mention.target).filter(|target| matches!(target, Target::Entity(_)))
    }

    /// Holds back what the engine suggests of adapted kinds and is unlike their examples, and no longer what is not.
    pub(super) fn part(&self, edit: &mut Builder<'_>, spans: &[KindSpan], adapted: &[KindId]) {
        let project = self.project;
        if project.article(self.article).is_none_or(|record| record.done.is_some()) {
            return;
        }
        let told = told(spans);
        for mention in project.mentions(self.article).iter().filter(|mention| mention.is_undecided()) {
            if is_learned(mention) {
                continue;
            }
            let told = told.contains(&(mention.range, &mention.kind));
            let counts = self.counts(&mention.quote, &mention.kind);
            let unlike = adapted.contains(&mention.kind) && !told && counts;
            match mention.origin.source.strip_prefix(UNLIKE) {
                Some(source) if !unlike => edit.put(unheld(mention, source)),
                None if unlike && mention.is_open() => {
                    let source = SmolStr::new(format!("{UNLIKE}{}", mention.origin.source));
                    let origin = Origin { source, ..mention.origin.clone() };
                    edit.put(Mention { status: Status::Rejected, origin, ..mention.clone() });
                }
                _ => {}
            }
        }
    }

    /// Suggests what is like examples, where neither a decision nor words that were tagged elsewhere stand against it, and
    /// no longer what was.
    pub(super) fn liken(&self, edit: &mut Builder<'_>, spans: &[KindSpan]) {
        let project = self.project;
        if project.article(self.article).is_none_or(|record| record.done.is_some()) {
            return;
        }
        let longest = self.longest();
        let is_event = |kind: &KindId| project.tagset().schema(kind) == Schema::Event;
        // An event that is told several times in the same words is one: the first place tells of it.
        let told_by = |kind: &KindId, words: &str| (kind.clone(), words.to_lowercase());
        let live = project.mentions(self.article).iter().filter(|mention| {
            let others = mention.decision.is_some() || made_by(mention) != EXAMPLES;
            mention.is_live() && others && is_event(&mention.kind)
        });
        let mut events: HashSet<(KindId, String)> =
            live.map(|mention| told_by(&mention.kind, &mention.quote)).collect();
        let stands = |span: &KindSpan, m: &Mention| match m.decision {
            Some(_) => {
                m.range == span.range && (m.is_live() || m.kind == span.kind) || m.is_live() && m.kind == span.kind
            }
            None => made_by(m) == SOURCE || m.kind == span.kind && made_by(m) != EXAMPLES,
        };
        let mut is_wanted = |span: &&KindSpan| {
            let Some(quote) = project.slice(self.article, span.range) else { return false };
            project.tagset().get(&span.kind).is_some()
                && self.counts(quote, &span.kind)
                && !self.meeting(span.range, longest).any(|mention| stands(span, mention))
                && (!is_event(&span.kind) || events.insert(told_by(&span.kind, quote)))
        };
        let mut wanted: Vec<&KindSpan> = spans.iter().collect();
        wanted.sort_by_key(|span| span.range.start());
        wanted.retain(&mut is_wanted);
        let wanted_there = told(wanted.iter().copied());
        let mentions = project.mentions(self.article).iter();
        for mention in mentions.filter(|mention| mention.is_undecided() && made_by(mention) == EXAMPLES) {
            if !wanted_there.contains(&(mention.range, &mention.kind)) {
                self.drop(edit, mention);
            }
        }
        for span in wanted {
            let Some(quote) = project.slice(self.article, span.range) else { continue };
            let mut here = project.mentions_at(self.article, span.range).iter();
            let present = here.find(|mention| mention.kind == span.kind && mention.is_undecided());
            let source = present.map_or(SmolStr::new_static(EXAMPLES), |mention| mention.origin.source.clone());
            let origin = Origin { source, score: Some(span.score), reason: span.reason.clone() };
            match present {
                Some(mention) if mention.origin == origin => {}
                Some(mention) => edit.put(Mention { origin, ..mention.clone() }),
                None => {
                    let target = Some(if is_event(&span.kind) {
                        let event = Event::new(edit.fresh::<Event>(), self.article, quote, origin.clone());
                        let id = event.id;
                        edit.put(event);
                        Target::Event(id)
                    } else {
                        Target::Entity(self.entity(edit, &span.kind, quote, None, &origin))
                    });
                    let id = edit.fresh::<Mention>();
                    let place = (self.article, span.range);
                    let new = Mention { target, ..Mention::new(id, place, quote, span.kind.clone(), origin) };
                    let held = self.speaks_against(&new, &new).is_some();
                    edit.put(Mention { status: if held { Status::Rejected } else { Status::Suggested }, ..new });
                }
            }
        }
    }

    /// Suggests words that were tagged here or in other articles.
    fn suggest(&self, edit: &mut Builder<'_>, added: &Added) {
        let Added { range, kind, country, here } = added;
        let mut present = self.project.mentions_at(self.article, *range).iter();
        let Some(quote) = self.project.slice(self.article, *range) else { return };
        let present = present.find(|mention| mention.kind == *kind);
        if present.is_some_and(|mention| made_by(mention) != EXAMPLES || !mention.is_undecided()) {
            return;
        }
        let reason = if *here { ADDED_HERE_REASON } else { ADDED_REASON }.to_owned();
        let origin = Origin { source: SmolStr::new_static(SOURCE), score: Some(ADDED), reason };
        let known = if *here { self.target_here(kind, quote) } else { None };
        let target = known.unwrap_or_else(|| Target::Entity(self.entity(edit, kind, quote, *country, &origin)));
        // It may be suggested as like examples already.
        let id = present.map_or_else(|| edit.fresh::<Mention>(), |mention| mention.id);
        let subtype = country.map(|_| SmolStr::new_static(CountryName::Name.name()));
        let place = (self.article, *range);
        let new = Mention::new(id, place, quote, kind.clone(), origin);
        edit.put(Mention { target: Some(target), subtype, ..new });
    }

    /// The entity that words stand for: as was said elsewhere, else the country, else the one of this name, else a new one.
    fn entity(
        &self,
        edit: &mut Builder<'_>,
        kind: &KindId,
        words: &str,
        country: Option<CountryCode>,
        origin: &Origin,
    ) -> EntityId {
        let project = self.project;
        let of_kind = |entity: &&Entity| entity.kind == *kind;
        let who = self.words.who(&label_of(project, kind), words);
        let said = who.and_then(|id| project.entity(id)).filter(of_kind).filter(|_| origin.source == SOURCE);
        let of_country = || country.and_then(|code| project.entities_of(code).find(of_kind));
        let named = || project.entities_named(words).find(of_kind);
        if let Some(present) = said.or_else(of_country).or_else(named) {
            return present.id;
        }
        let facts = known(project.tagset().schema(kind), words);
        let made = edit.new_entities().find(|entity| entity.kind == *kind && entity.name == facts.name);
        made.map(|entity| entity.id).unwrap_or_else(|| {
            let id = edit.fresh::<Entity>();
            let entity = Entity::new(id, kind.clone(), &facts.name, origin.clone());
            edit.put(Entity { country: facts.country, role: facts.role, wikidata: facts.wikidata, ..entity });
            id
        })
    }
}

/// Where words stand that were tagged, as what, and the country that they name.
struct Added {
    range: TextRange,
    kind: KindId,
    country: Option<CountryCode>,
    /// Whether they were tagged in this article.
    here: bool,
}

fn meet(one: TextRange, other: TextRange) -> bool {
    one.start() < other.end() && other.start() < one.end()
}

/// Whether a suggestion tells of an event that a person would most likely keep.
fn is_likely(project: &Project, mention: &Mention) -> bool {
    let event = mention.event().and_then(|event| project.event(event));
    event.and_then(|event| event.worth).is_some_and(|worth| worth >= SURE)
}

/// What is told, by place and kind.
fn told<'s>(spans: impl IntoIterator<Item = &'s KindSpan>) -> HashSet<(TextRange, &'s KindId)> {
    spans.into_iter().map(|span| (span.range, &span.kind)).collect()
}

/// A suggestion that is held back no longer.
fn unheld(mention: &Mention, source: &str) -> Mention {
    let origin = Origin { source: SmolStr::new(source), ..mention.origin.clone() };
    Mention { status: Status::Suggested, origin, ..mention.clone() }
}

/// What a convention about a suggestion may be about: how it names a country, or which type of event it tells of.
pub(super) fn way_of(project: &Project, mention: &Mention) -> Option<Way> {
    if mention.kind == KindId::EVENT {
        return project.event(mention.event()?).and_then(|event| Way::of_event(event.kind));
    }
    let said = mention.subtype.as_deref().filter(|_| mention.kind == KindId::COUNTRY)?;
    CountryName::ALL.into_iter().find(|way| way.name() == said).map(Way::Country)
}

/// The label by which words as a kind are known.
pub(super) fn label_of(project: &Project, kind: &KindId) -> SpanLabel {
    let engine = [Label::Person, Label::Country, Label::Place, Label::Norp, Label::Org];
    let own = engine.into_iter().find(|label| label.kind() == *kind);
    match own.filter(|_| project.tagset().schema(kind) != Schema::Event) {
        Some(label) => SpanLabel::Engine(label),
        None => SpanLabel::Kind(kind.clone()),
    }
}
