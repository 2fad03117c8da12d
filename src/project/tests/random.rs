//! What holds whatever is done: random sequences of operations, undo, redo and runs of the engine.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use text_size::TextRange;

use super::fixture::{article, check, done, me, project, records, same_day, stamp};
use crate::project::ops::{self, Known, NewTagset, unknown};
use crate::project::{
    Answer, ArticleId, ArticleTag, Contributor, ContributorId, CountryCode, DifferenceSort, Edit, Entity, EntityId,
    Event, EventDate, EventId, EventPlace, EventType, Figure, FigureKind, Given, GivenEntity, GivenParty, GivenReality,
    GivenRelation, Happenings, Judgement, Kind, KindId, Level, Mention, MentionId, Modality, Participant, PartyLabel,
    PartyWords, Place, Polarity, Project, Reason, Relation, RelationId, RelationKind, Role, Ruling, RulingId, Schema,
    Session, Settled, Status, Tagset, Taken, TakenKinds, TakenWords, Target,
};
use crate::suggest::{self, KindSpan, Label, ProjectMemory, Span, SpanLabel, Suggestions, Turned};
use crate::text::Metadata;

/// What to do, and numbers to choose from what there is.
pub(crate) type Step = (u8, [u16; 4]);

const OPERATIONS: u8 = 40;
const UNDO: u8 = 40;
const REDO: u8 = 41;
/// This and all above.
const RUN: u8 = 42;
/// All kinds of steps, runs more often than others.
pub(crate) const KINDS: u8 = RUN + 9;

fn steps(kinds: u8) -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec((0..kinds, any::<[u16; 4]>()), 1..30)
}

fn pick<T: Copy>(from: &[T], by: u16) -> Option<T> {
    from.get(usize::from(by).checked_rem(from.len())?).copied()
}

/// A word, or two or three next to each other.
fn words(text: &str, by: u16) -> TextRange {
    let words: Vec<(usize, &str)> =
        text.split_whitespace().map(|w| (w.as_ptr() as usize - text.as_ptr() as usize, w)).collect();
    let first = usize::from(by) % words.len();
    let (start, _) = words[first];
    let (end, last) = words[(first + usize::from(by / 97 % 3)).min(words.len() - 1)];
    crate::text::byte_range(start, end + last.len()).unwrap()
}

fn some_mentions(project: &Project, [a, b, ..]: [u16; 4]) -> Vec<MentionId> {
    let all: Vec<MentionId> = project.all_mentions().map(|mention| mention.id).collect();
    let many = 1 + usize::from(b % 4);
    let start = if all.is_empty() { 0 } else { usize::from(a) % all.len() };
    all.into_iter().skip(start).take(many).collect()
}

fn some_relations(project: &Project, [a, b, ..]: [u16; 4]) -> Vec<RelationId> {
    let all: Vec<RelationId> = project.relations().map(|relation| relation.id).collect();
    let start = if all.is_empty() { 0 } else { usize::from(a) % all.len() };
    all.into_iter().skip(start).take(1 + usize::from(b % 3)).collect()
}

/// A usual kind of relation; one of them says the same both ways.
fn relation_kind(by: u16) -> RelationKind {
    let usual = Tagset::default().ready_relations();
    usual.into_iter().nth([0, 2, 3][usize::from(by % 3)]).unwrap()
}

fn known(by: u16) -> Known {
    let names = ["Wang Yi", "Lavrov", "Émile", "China"];
    Known {
        name: pick(&names, by).unwrap().into(),
        country: (by % 4 == 3).then(|| CountryCode::new("CN")).flatten(),
        ..Known::default()
    }
}

/// The tagset with kinds that come and go, and a question whose answers are called otherwise.
fn new_tagset(project: &Project, [a, b, c, _]: [u16; 4]) -> NewTagset {
    let mut new = NewTagset { tagset: project.tagset().clone(), ..NewTagset::default() };
    let own =
        [("ship", Schema::Entity), ("clash", Schema::Event), ("country", Schema::Country), ("PLACE", Schema::Entity)];
    let (id, schema) = pick(&own, a).unwrap();
    let id = KindId(id.into());
    if new.tagset.get(&id).is_some() {
        new.tagset.kinds.retain(|kind| kind.id != id);
        let others: Vec<&KindId> = new.tagset.kinds.iter().map(|kind| &kind.id).collect();
        if let Some(into) = pick(&others, b).filter(|_| b % 3 > 0) {
            new.moved.insert(id, into.clone());
        }
    } else {
        new.tagset.add(Kind::new(id, "Name", "Names", '4', schema));
    }
    let usual = Tagset::default().ready_relations();
    if let Some(kind) = pick(&usual.iter().collect::<Vec<_>>(), a / 7) {
        if new.tagset.relation(&kind.id).is_some() {
            new.tagset.relations.retain(|other| other.id != kind.id);
            if let Some(into) = new.tagset.relations.first().filter(|_| b % 2 == 0) {
                new.moved_relations.insert(kind.id.clone(), into.id.clone());
            }
        } else {
            new.tagset.add_relation(kind.clone());
        }
    }
    let choices = if c % 2 == 0 { vec!["war".to_owned()] } else { vec!["trade".to_owned(), "war".to_owned()] };
    let answer = if c % 5 == 0 { Answer::Text } else { Answer::Several(choices) };
    new.tagset.article_tags = vec![ArticleTag { id: "topic".into(), name: "Topic".into(), answer }];
    if c % 7 == 0 {
        new.renamed.insert(("topic".into(), "trade".into()), "war".into());
    }
    new
}

/// The edit of one step; none where there is nothing to do it on.
fn operation(project: &Project, (what, n): Step) -> Option<Edit> {
    let [a, b, c, d] = n;
    let ids = some_mentions(project, n);
    let kinds: Vec<&KindId> = project.tagset().kinds.iter().map(|kind| &kind.id).collect();
    let kind = pick(&kinds, c)?.clone();
    let look_up = |schema: Schema, words: &str| if d % 3 == 0 { known(d) } else { unknown(schema, words) };
    let entities: Vec<EntityId> = project.entities().map(|entity| entity.id).collect();
    let events: Vec<EventId> = project.events().map(|event| event.id).collect();
    let article = pick(project.article_ids(), d);
    Some(match what {
        0 => ops::accept(project, &ids, me()),
        1 => ops::reject(project, &ids, me()),
        2 => ops::restore(project, &project.all_mentions().map(|m| m.id).collect::<Vec<_>>(), me()),
        3 => ops::delete(project, &ids, me()),
        4 => {
            let mention = project.mention(*ids.first()?)?;
            ops::set_range(project, mention.id, words(project.text(mention.article), c), me())
        }
        5 => ops::set_kind(project, &ids, &kind, &look_up, me()),
        6 => {
            let tagged = article?;
            let ranges = [a, b, a.wrapping_add(7)].map(|by| words(project.text(tagged), by));
            ops::tag(project, tagged, &ranges, &kind, &look_up, me())
        }
        7 => ops::assign(project, &ids, pick(&entities, c)?, me()),
        8 => ops::assign_new(project, &ids, &known(c), me()),
        9 => ops::join_event(project, &ids, pick(&events, c)?, me()),
        10 => ops::set_note(project, *ids.first()?, if c % 2 == 0 { "" } else { "Who?" }, me()),
        11 => {
            let entity = project.entity(pick(&entities, a)?)?.clone();
            ops::set_entity(project, Entity { name: known(b).name, ..entity }, me())
        }
        12 => {
            let mut event = project.event(pick(&events, a)?)?.clone();
            event.participants.extend(pick(&entities, b).map(|entity| Participant::new(Role::Actor, entity, None)));
            ops::set_event(project, Event { polarity: Polarity::Negative, ..event }, me())
        }
        13 => ops::merge(project, &[pick(&entities, a)?, pick(&entities, d)?], pick(&entities, b)?, me()),
        14 => ops::merge_events(project, &[pick(&events, a)?, pick(&events, d)?], pick(&events, b)?, me()),
        15 => ops::add_articles(project, vec![self::article("New", "Émile met Lavrov 🎉.\r\nChina attacked.")], me()),
        16 if c % 3 == 0 => ops::remove_article(project, article?, me()),
        17 => ops::move_article(project, article?, usize::from(a % 4), me()),
        18 => {
            let date = (b % 5 > 0).then(|| day(b));
            let after =
                Metadata { title: format!("Title {a}"), date, ..project.article(article?)?.article.meta.clone() };
            ops::set_metadata(project, article?, after, &same_day, me())
        }
        19 => ops::set_done(project, article?, a % 2 == 0, me()),
        20 => {
            let some = project.articles().flat_map(|record| {
                let text = record.article.text.as_str();
                [a, b].map(|by| Place { article: record.id, range: words(text, by) })
            });
            let places: Vec<Place> = some.collect();
            match c % 3 {
                0 => ops::untag_places(project, &places, &kind, me()),
                _ => ops::tag_places(project, &places, &kind, &look_up, me()),
            }
        }
        21 => ops::set_tagset(project, &new_tagset(project, n), &look_up, me()),
        22 => ops::set_article_tag(project, article?, "topic", &[["war", "trade"][usize::from(a % 2)].into()], me()),
        23 => ops::set_guidelines(project, ["", "Tag *names*"][usize::from(a % 2)], me()),
        24 => ops::split(project, &ids, me()),
        25 => ops::set_level(project, pick(&Level::ALL, a)?, me()),
        26 => ops::follow_date(project, article?, &same_day, me()),
        27 => {
            let from = project.mention(*ids.first()?)?;
            let near: Vec<MentionId> = project.mentions(from.article).iter().map(|mention| mention.id).collect();
            ops::relate(project, &relation_kind(c), from.id, pick(&near, d)?, me())
        }
        28 => ops::accept_relations(project, &some_relations(project, n), me()),
        29 => ops::reject_relations(project, &some_relations(project, n), me()),
        30 => match c % 2 {
            0 => ops::restore_relations(project, &some_relations(project, n), me()),
            _ => ops::delete_relations(project, &some_relations(project, n), me()),
        },
        31 => ops::reverse_relation(project, *some_relations(project, n).first()?, me()),
        32 => match c % 2 {
            0 => ops::set_relation_kind(project, &some_relations(project, n), &relation_kind(d), me()),
            _ => ops::set_relation_note(
                project,
                *some_relations(project, n).first()?,
                ["", "Who?"][d as usize % 2],
                me(),
            ),
        },
        33 | 34 => ops::same(project, &[a, b, c].map(|by| pick(&events, by)).map(Option::unwrap_or_default), me()),
        35 => {
            let of_events = [a, b].map(|by| pick(&events, by).map(Target::Event));
            let of_entities = [a, b].map(|by| pick(&entities, by).map(Target::Entity));
            let targets = if d % 3 == 0 { of_entities } else { of_events };
            ops::apart(project, &targets.into_iter().flatten().collect::<Vec<_>>(), me())
        }
        36 => {
            let judged: Vec<EventId> = events.iter().filter(|id| project.happening(**id).len() > 1).copied().collect();
            ops::leave(project, pick(&judged, a)?, me())
        }
        37 => match c % 4 {
            0 => ops::set_learning(project, !project.learning().on, me()),
            1 => ops::refuse(project, *ids.first()?, d % 2 == 0, me()),
            2 => ops::refuse(project, *ids.last()?, d % 2 == 0, me()),
            _ => ops::take_memory(project, taken(a, kind), me()),
        },
        38 => match c % 3 {
            0 => ops::set_contributors(project, contributors(a), me()),
            _ => ops::reopen(
                project,
                &project.rulings().map(|own| own.id).take(usize::from(b % 3)).collect::<Vec<_>>(),
                me(),
            ),
        },
        39 => ops::rule(
            project,
            [a, b].map(|by| ruling(project, article?, by, c)).into_iter().collect::<Option<_>>()?,
            me(),
        ),
        _ => return None,
    })
}

/// One to three annotators.
fn contributors(by: u16) -> Vec<Contributor> {
    let names = ["Ana", "Ben", "Engine"];
    let one = |(at, name): (usize, &&str)| Contributor {
        id: ContributorId(0),
        name: (*name).into(),
        file: if at == 0 { String::new() } else { format!("{name}.rubric") },
        open: at == 2,
    };
    names.iter().enumerate().skip(usize::from(by % 2)).take(1 + usize::from(by / 2 % 3)).map(one).collect()
}

/// How a difference somewhere in an article was settled.
fn ruling(project: &Project, article: ArticleId, at: u16, how: u16) -> Option<Ruling> {
    let all: Vec<ContributorId> = project.contributors().map(|own| own.id).collect();
    let (range, by) = (words(project.text(article), at), pick(&all, how)?);
    let taken = match how % 4 {
        0 => Settled::Choice(by),
        1 => Settled::Nothing,
        2 => Settled::Edited("person".into()),
        _ => Settled::Given(given(at)),
    };
    Some(Ruling {
        id: RulingId(0),
        article,
        range,
        sort: pick(&DifferenceSort::ALL, how)?,
        words: project.slice(article, range)?.into(),
        choices: all.iter().skip(usize::from(how % 2)).map(|id| (*id, "Person".into())).collect(),
        taken,
        reason: pick(&Reason::ALL, how).filter(|_| how.is_multiple_of(2)),
        decision: None,
        note: String::new(),
    })
}

/// What nobody chose, and is right.
fn given(by: u16) -> Given {
    let number = Some(f64::from(by)).filter(|_| by.is_multiple_of(2));
    let entity = GivenEntity {
        name: "Uma \"U\" Zoll".into(),
        kind: KindId::PERSON,
        country: CountryCode::new("FR").filter(|_| by.is_multiple_of(3)),
        wikidata: Some("Q7".into()).filter(|_| by.is_multiple_of(5)),
    };
    let words = PartyWords { name: "crowds".into(), label: PartyLabel::Group, country: None };
    match by % 7 {
        0 => Given::Type(EventType::Happening(None)),
        1 => Given::Parties(vec![GivenParty::Entity(entity), GivenParty::Words(words)]),
        2 => Given::Place(EventPlace::new("Ferrand", CountryCode::new("FR"))),
        3 => Given::Date(EventDate::new(date(2022, 2, 4), date(2022, 2, 20), "")),
        4 => Given::Reality(GivenReality { polarity: Polarity::Negative, modality: Modality::Demanded }),
        5 => Given::Figures(vec![Figure { kind: FigureKind::Killed, number, range: None }]),
        _ => Given::Relation(GivenRelation { kind: KindId("works-for".into()), turned: by.is_multiple_of(2) }),
    }
}

/// What another project learned of a kind, where it did.
fn taken_kinds(by: u16, id: KindId) -> Option<TakenKinds> {
    let kind = Kind::new(id, "Party", "Parties", '7', Schema::Entity);
    let learned = format!("{{\"tagger\":\"x\",\"kinds\":{by}}}");
    by.is_multiple_of(3).then(|| TakenKinds { kinds: vec![kind], learned })
}

/// What another project learned about some words.
fn taken(by: u16, kind: KindId) -> Taken {
    let words = |index: u16, words: &str| TakenWords {
        words: words.into(),
        kind: kind.clone(),
        accepted: u32::from(by >> index) % 3,
        rejected: u32::from(by >> (index + 2)) % 3,
        added: u32::from(by >> index) % 3,
        country: None,
    };
    let known = ["China", "Wang Yi", "met Lavrov", "attacked"];
    let words = known.iter().enumerate().map(|(index, known)| words(index as u16, known)).collect();
    Taken { from: ["Harbour", "Town"][usize::from(by % 2)].into(), words, kinds: taken_kinds(by, kind) }
}

fn day(by: u16) -> Date {
    Date::new(2024, 1, 1 + (by % 28) as i8).unwrap()
}

/// Suggestions from random spans: the same words are one entity or event.
fn suggestions(text: &str, seed: [u16; 4]) -> Suggestions {
    let own = [Label::Person, Label::Country, Label::Event, Label::Trigger, Label::Place].map(SpanLabel::Engine);
    let labels: Vec<SpanLabel> = own.into_iter().chain([SpanLabel::Kind(KindId("ship".into()))]).collect();
    let mut found = Suggestions::default();
    let mut state = u32::from(seed[0]) % 16;
    for _ in 0..seed[1] % 10 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let by = (state >> 16) as u16;
        let (range, label) = (words(text, by), labels[usize::from(by >> 12) % labels.len()].clone());
        if !found.spans.iter().any(|span| span.range == range && span.label == label) {
            found.spans.push(Span {
                range,
                label,
                score: 0.5,
                source: "random",
                reason: String::new(),
                country: None,
                country_name: None,
                in_country: None,
            });
        }
    }
    found.spans.sort_by_key(|span| (span.range.start(), std::cmp::Reverse(span.range.end()), span.label.clone()));
    let first = found.spans.first().map(|span| span.range);
    for (index, span) in found.spans.iter_mut().enumerate() {
        let words = &text[crate::text::bytes(span.range)];
        let code = CountryCode::new(if words.len().is_multiple_of(2) { "CN" } else { "CH" }).unwrap();
        match span.label.engine() {
            Some(Label::Country) => {
                span.country = Some(code);
                let entities = found.entities.entry(KindId::COUNTRY).or_default();
                match entities.iter_mut().find(|country| country.country == Some(code)) {
                    Some(country) => country.mentions.push(index),
                    None => entities.push(suggest::Entity {
                        name: code.to_string(),
                        country: Some(code),
                        mentions: vec![index],
                        ..suggest::Entity::default()
                    }),
                }
            }
            Some(Label::Person | Label::Place) | None => {
                let entities = found.entities.entry(span.label.kind()).or_default();
                match entities.iter_mut().find(|entity| entity.name == words) {
                    Some(entity) => entity.mentions.push(index),
                    None => entities.push(suggest::Entity {
                        name: words.into(),
                        wikidata: words.len().is_multiple_of(3).then(|| format!("Q{}", seed[2] % 2).into()),
                        mentions: vec![index],
                        ..suggest::Entity::default()
                    }),
                }
            }
            _ => match found.events.iter_mut().find(|event| seed[3].is_multiple_of(2) && event.name == words) {
                Some(event) => event.mentions.push(index),
                None => found.events.push(suggest::Event {
                    name: words.into(),
                    kind: EventType::Happening(None),
                    level: pick(&Level::ALL, seed[2].wrapping_add(index as u16)).unwrap(),
                    alike: None,
                    worth: 0.9,
                    mode: None,
                    contexts: Vec::new(),
                    date: (index % 2 == 0).then(|| EventDate::new(day(seed[2]), day(seed[2]), "on Friday")),
                    place: None,
                    polarity: Polarity::default(),
                    modality: Modality::default(),
                    participants: vec![suggest::Participant {
                        role: Role::Actor,
                        label: PartyLabel::Person,
                        name: "somebody".into(),
                        country: None,
                        range: first.unwrap(),
                        span: (index % 3 > 0).then_some(0),
                        unsure: index % 5 == 0,
                    }],
                    figures: Vec::new(),
                    wikidata: None,
                    mentions: vec![index],
                }),
            },
        }
    }
    // Of each kind that is looked for some between any two spans.
    for (index, by) in [seed[2], seed[3], seed[0]].into_iter().enumerate().take(usize::from(seed[3] % 4)) {
        let relations = found.relations.entry(relation_kind(by).id).or_default();
        let count = found.spans.len();
        for step in 0..usize::from(by / 3 % 4).min(count) {
            let (from, to) = ((index + step) % count, (usize::from(by) + step * step) % count);
            let (score, source, reason) = (0.5, "random", String::new());
            relations.push(suggest::Relation { from, to, score, source, reason });
        }
    }
    found
}

/// Panics where an event has no mention any more that stands for it, though one is open.
fn assert_stands_out(before: &Project, after: &Project) {
    let stands = |project: &Project, event: EventId| {
        let live = || project.mentions_of(Target::Event(event)).filter(|mention| mention.is_live());
        !live().any(Mention::is_open) || live().any(|mention| !mention.retold)
    };
    let lost = after.events().find(|event| stands(before, event.id) && !stands(after, event.id));
    assert!(lost.is_none(), "nothing stands for {lost:?}");
}

/// Runs the engine, as it were, and looks at what the run left alone.
fn run(session: &mut Session, n: [u16; 4]) {
    let before = session.project().clone();
    let Some(article) = pick(before.article_ids(), n[3]) else { return };
    let found = suggestions(before.text(article), n);
    let edit = suggest::edit(&before, article, &found, stamp("engine"));
    let mut snapshot = before.snapshot();
    snapshot.index([article]);
    let of_snapshot = suggest::edits(&mut snapshot, &[(article, found.clone())], &stamp("engine"));
    assert_eq!(of_snapshot.as_deref(), Ok(std::slice::from_ref(&edit)), "made of a snapshot it is another");
    session.apply(edit).unwrap();
    let after = session.project();
    for mention in before.all_mentions().filter(|mention| mention.decision.is_some()) {
        assert_eq!(after.mention(mention.id), Some(mention));
    }
    // What related two tags at one place of which a run leaves one relates nothing any more.
    let is_of_one = |relation: &Relation| {
        let places =
            |mention: &Mention| [Some(mention.range), mention.proposed.as_ref().map(|proposed| proposed.range)];
        let (from, to) = before.ends(relation).unwrap();
        let gone = [from, to].into_iter().any(|end| after.mention(end.id).is_none());
        gone && places(from).into_iter().flatten().any(|place| places(to).contains(&Some(place)))
    };
    let decided = |relation: &&Relation| relation.decision.is_some() && !is_of_one(relation);
    for relation in before.relations().filter(decided) {
        let now = after.relation(relation.id).map(|now| (now.kind.clone(), now.status, now.decision.clone()));
        assert_eq!(now, Some((relation.kind.clone(), relation.status, relation.decision.clone())));
        let (was, is) = (before.ends(relation).unwrap(), after.ends(after.relation(relation.id).unwrap()).unwrap());
        let quotes =
            |(from, to): (&Mention, &Mention)| (from.proposed.is_some() || to.proposed.is_some(), from.range, to.range);
        assert!(quotes(is).0 || quotes(was) == quotes(is), "{was:?} {is:?}");
    }
    let closed_relation = |open: &Relation| {
        after.relations_of(open.from).filter(|other| other.decision.is_some()).any(|other| {
            let proposed = other.proposed.as_ref().map(|proposed| (&proposed.kind, proposed.from, proposed.to));
            [Some((&other.kind, other.from, other.to)), proposed].contains(&Some((&open.kind, open.from, open.to)))
        })
    };
    let looked_for = |relation: &&Relation| relation.article == article && found.relations.contains_key(&relation.kind);
    assert!(!after.relations().filter(looked_for).any(|relation| relation.is_open() && closed_relation(relation)));
    for event in before.events().filter(|event| before.is_decided(event)) {
        assert_eq!(after.event(event.id), Some(event));
    }
    for entity in before.entities() {
        assert_eq!(after.entity(entity.id), Some(entity));
    }
    assert!(after.judgements().eq(before.judgements()), "a run judges nothing");
    assert!(after.rulings().eq(before.rulings()), "a run settles nothing");
    let closed = |open: &Mention| {
        before.mentions(article).iter().filter(|mention| mention.decision.is_some()).any(|mention| {
            let proposed = mention.proposed.as_ref().map(|proposed| (proposed.range, &proposed.kind));
            [Some((mention.range, &mention.kind)), proposed].contains(&Some((open.range, &open.kind)))
        })
    };
    assert!(!after.mentions(article).iter().any(|mention| mention.is_open() && closed(mention)));
    for made in after.entities().filter(|entity| before.entity(entity.id).is_none()) {
        let part = after.events().any(|event| event.participants.iter().any(|p| p.entity() == Some(made.id)));
        assert!(part || after.mentions_of(Target::Entity(made.id)).next().is_some(), "{made:?} is for nothing");
    }
    assert_stands_out(&before, after);
    let again = suggest::edit(after, article, &found, stamp("engine"));
    assert!(again.is_empty(), "a second run changes {again:#?}");
}

/// Panics where two events are one and not the same, or where events are one no more though nobody `parted` them.
fn assert_stay_one(before: &Project, after: &Project, parted: bool) {
    let happenings = Happenings::new(after);
    for judgement in after.judgements() {
        if let (Target::Event(one), Target::Event(other)) = (judgement.one, judgement.other) {
            assert!(one < other, "{judgement:?}");
            assert_eq!(happenings.first(one) == happenings.first(other), judgement.same, "{judgement:?}");
        }
    }
    for events in Happenings::new(before).joined().filter(|_| !parted) {
        let mut left = events.iter().filter(|id| after.event(**id).is_some());
        if let Some(first) = left.next() {
            assert!(left.all(|other| after.happening(*first).contains(other)), "{events:?} fell apart");
        }
    }
}

/// Has what follows from decisions be applied, as the window does; nothing else would follow from all of them.
fn learn(session: &mut Session, memory: &mut ProjectMemory, like: Option<[u16; 4]>) {
    let (changed, before) = (session.take_changed(), session.project().clone());
    let all = before.article_ids();
    if changed.everywhere {
        memory.take(&before);
    }
    let mut turned = Turned::default();
    let stale = changed.articles.iter().chain(all.iter().filter(|_| changed.everywhere));
    stale.for_each(|article| turned.extend(memory.learn(&before, *article)));
    let like = like.and_then(|n| Some((n, pick(all, n[3])?)));
    let is_due = |id: &&ArticleId| {
        let known = changed.everywhere || changed.articles.contains(*id) || like.is_some_and(|(_, like)| like == **id);
        known || memory.concerns(&before, **id, &turned)
    };
    let due: Vec<ArticleId> = all.iter().filter(is_due).copied().collect();
    let edits = |project: &Project| -> [Edit; 3] {
        let spans = like.map(|(n, article)| likened(project.text(article), n)).unwrap_or_default();
        let adapted = [KindId::PERSON];
        let adapted = like.map_or(&[][..], |(n, _)| if n[2] % 2 == 0 { &adapted[..] } else { &[] });
        let stamp = || stamp("memory");
        let none = || memory.edit(project, &[], stamp());
        let part = like.map_or_else(none, |(_, article)| memory.part(project, article, &spans, adapted, stamp()));
        let liken = like.map_or_else(none, |(_, article)| memory.liken(project, article, &spans, stamp()));
        [part, memory.edit(project, &due, stamp()), liken]
    };
    for step in 0..3 {
        let [part, words, like] = edits(session.project());
        session.apply([part, words, like].into_iter().nth(step).unwrap()).unwrap();
    }
    session.take_changed();
    let after = session.project();
    check(after);
    let again = edits(after).map(|edit| edit.changes);
    assert!(again.iter().all(Vec::is_empty), "what follows is not all done: {again:?}");
    let left = ProjectMemory::of(after).edit(after, all, stamp("memory")).changes;
    assert!(left.is_empty(), "more follows from all decisions: {left:?}");
    for mention in before.all_mentions().filter(|mention| mention.decision.is_some()) {
        assert_eq!(after.mention(mention.id), Some(mention));
    }
    assert!(before.relations().filter(|relation| relation.decision.is_some()).all(|r| after.relation(r.id) == Some(r)));
}

/// What is like examples, as it were, of kinds of one's own and of people, or nothing.
fn likened(text: &str, n: [u16; 4]) -> Vec<KindSpan> {
    let found = suggestions(text, n);
    let mut like: Vec<KindSpan> = Vec::new();
    for span in found.spans.iter().filter(|_| !n[2].is_multiple_of(3)) {
        let kind = match span.label.engine() {
            Some(Label::Trigger) => KindId("clash".into()),
            Some(Label::Person) => KindId::PERSON,
            None => span.label.kind(),
            _ => continue,
        };
        // They do not overlap.
        if like.last().is_none_or(|last| last.range.end() <= span.range.start()) {
            like.push(KindSpan { range: span.range, kind, score: 0.5, reason: String::new() });
        }
    }
    like
}

/// Does one step, whatever it is.
pub(crate) fn step(session: &mut Session, (what, n): Step) {
    match what {
        UNDO => drop(session.undo().unwrap()),
        REDO => drop(session.redo().unwrap()),
        RUN.. => run(session, n),
        _ => {
            let before = session.project().clone();
            let Some(edit) = operation(&before, (what, n)) else { return };
            session.apply(edit.clone()).unwrap();
            assert_stands_out(&before, session.project());
            assert_stay_one(&before, session.project(), matches!(what, 35 | 36));
            let mut back = session.project().clone();
            back.apply(&edit.inverse()).unwrap();
            check(&back);
            assert_eq!(records(&back), records(&before));
        }
    }
    check(session.project());
}

/// Projects that have been worked on already.
fn session() -> Session {
    let project = project();
    let mut new = NewTagset { tagset: project.tagset().clone(), ..NewTagset::default() };
    (0..3).for_each(|by| new.tagset.add_relation(relation_kind(by)));
    let mut session = Session::new(done(&project, |project| ops::set_tagset(project, &new, &unknown, me())));
    for article in 0..3 {
        run(&mut session, [3 + article, 9, 0, article]);
    }
    session.mark_saved(session.revision());
    session
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_that_a_person_does_can_be_taken_back_and_done_again(steps in steps(REDO + 1)) {
        let mut session = session();
        let first = records(session.project());
        for next in steps {
            step(&mut session, next);
        }
        while session.redo().unwrap().is_some() {}
        let (last, modified) = (records(session.project()), session.is_modified());
        prop_assert_eq!(modified, !session.history().is_empty());
        while session.undo().unwrap().is_some() {
            check(session.project());
        }
        prop_assert_eq!(records(session.project()), first);
        prop_assert!(!session.is_modified());
        while session.redo().unwrap().is_some() {
            check(session.project());
        }
        prop_assert_eq!(records(session.project()), last);
    }

    #[test]
    fn runs_leave_decisions_alone_and_undo_still_works(steps in steps(KINDS)) {
        let mut session = session();
        for next in steps {
            step(&mut session, next);
        }
        while session.undo().unwrap().is_some() {
            check(session.project());
        }
        prop_assert!(session.project().all_mentions().all(|mention| mention.status == Status::Suggested));
        prop_assert!(session.project().relations().all(Relation::is_open));
        while session.redo().unwrap().is_some() {
            check(session.project());
        }
    }

    #[test]
    fn what_follows_from_decisions_goes_with_them(steps in steps(OPERATIONS + 2)) {
        let mut session = session();
        let first = records(session.project());
        let mut memory = ProjectMemory::of(session.project());
        session.take_changed();
        for next in steps {
            step(&mut session, next);
            learn(&mut session, &mut memory, None);
        }
        while session.undo().unwrap().is_some() {
            learn(&mut session, &mut memory, None);
        }
        prop_assert_eq!(records(session.project()), first);
        prop_assert!(!session.is_modified());
        while session.redo().unwrap().is_some() {
            learn(&mut session, &mut memory, None);
        }
    }

    #[test]
    fn what_is_learned_runs_and_decisions_leave_each_other_alone(steps in steps(KINDS)) {
        let mut session = session();
        let mut memory = ProjectMemory::of(session.project());
        for next in steps {
            step(&mut session, next);
            learn(&mut session, &mut memory, Some(next.1).filter(|n| n[1] % 3 == 0));
        }
        while session.undo().unwrap().is_some() {
            learn(&mut session, &mut memory, None);
        }
        let held = |mention: &Mention| mention.is_held() && !mention.origin.source.starts_with("unlike/");
        prop_assert!(!session.project().all_mentions().any(held), "nothing is decided on any more");
    }

    #[test]
    fn an_article_can_be_put_back_to_any_step(steps in steps(KINDS), at in any::<prop::sample::Index>()) {
        let mut session = session();
        let mut then = Vec::new();
        for next in steps {
            let next_entry = session.project().log().iter().next_back().map_or(0, |entry| entry.id + 1);
            then.push((next_entry, session.project().clone()));
            step(&mut session, next);
        }
        let (entry, then) = at.get(&then);
        for article in then.article_ids() {
            let mut session = session.clone();
            session.apply(ops::put_back(session.project(), *article, *entry, me())).unwrap();
            check(session.project());
            let now = session.project();
            prop_assert_eq!(now.mentions(*article), then.mentions(*article));
            prop_assert_eq!(now.article(*article), then.article(*article));
            let events = |project: &Project| project.events().filter(|e| e.article == *article).cloned().collect::<Vec<_>>();
            prop_assert_eq!(events(now), events(then));
            prop_assert!(now.relations_in(*article).eq(then.relations_in(*article)));
            let there = |own: &&Judgement| now.row(own.one.into()).is_some() && now.row(own.other.into()).is_some();
            let mut judged = then.judgements().filter(|own| own.articles.contains(article)).filter(there);
            prop_assert!(judged.all(|own| now.judgement(own.id) == Some(own)));
            let whole = |own: &&Ruling| own.choices.iter().all(|(id, _)| now.contributors().any(|known| known.id == *id));
            prop_assert!(now.rulings_in(*article).eq(then.rulings_in(*article)) || !then.rulings_in(*article).all(|own| whole(&own)));
            session.undo().unwrap();
        }
    }

    #[test]
    fn an_edit_is_applied_whole_or_not_at_all(before in steps(OPERATIONS), last in steps(OPERATIONS), at in any::<u16>()) {
        let mut session = session();
        for next in before {
            step(&mut session, next);
        }
        let project = session.project().clone();
        for next in last {
            let Some(mut edit) = operation(&project, next) else { continue };
            let bad = crate::project::Change::MoveArticle { from: 99, to: 0 };
            edit.changes.insert(usize::from(at) % (edit.changes.len() + 1), bad);
            let mut after = project.clone();
            prop_assert!(after.apply(&edit).is_err());
            check(&after);
            prop_assert_eq!(records(&after), records(&project));
            prop_assert_eq!(after.id_counters(), project.id_counters());
        }
    }
}
