//! What is settled of two annotators' work is what was meant, however it is come to.

use jiff::Timestamp;
use jiff::civil::date;

use super::{Annotator, Comparison, Decision, Desk, Sort, Verdict, begin, compare};
use crate::project::ops::{self, Known};
use crate::project::tests::fixture::{check, records};
use crate::project::{
    ArticleId, Contributor, ContributorId, CountryCode, Event, EventDate, EventPlace, EventType, Figure, FigureKind,
    Given, GivenEntity, GivenParty, GivenReality, GivenRelation, KindId, Mention, Modality, NewsClass, Participant,
    Party, PartyLabel, PartyWords, Plover, Polarity, Project, Reason, Role, Session, Settled, Stamp, Status, Tagset,
};
use crate::text::{Article, Metadata, Text, byte_range};

const ARTICLES: usize = 200;
const FORMS: usize = 20;
const SINGLES: usize = 100;

fn stamp(by: &str) -> Stamp {
    Stamp { by: by.into(), at: Timestamp::UNIX_EPOCH }
}

/// Chance by a seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// A project being made.
struct Made(Project, &'static str);

impl Made {
    fn article(&self, article: usize) -> ArticleId {
        self.0.article_ids()[article]
    }

    fn range(&self, article: usize, words: &str) -> crate::text::TextRange {
        let start = self.0.text(self.article(article)).find(words).unwrap();
        byte_range(start, start + words.len()).unwrap()
    }

    fn tag(&mut self, article: usize, words: &str, kind: &KindId) {
        let (id, range) = (self.article(article), self.range(article, words));
        self.0.apply(&ops::tag(&self.0, id, &[range], kind, &ops::unknown, stamp(self.1))).unwrap();
    }

    fn mention(&self, article: usize, words: &str) -> &Mention {
        self.0.mentions_at(self.article(article), self.range(article, words)).first().unwrap()
    }

    fn assign(&mut self, article: usize, words: &str, name: &str) {
        let mention = self.mention(article, words).id;
        let known = Known { name: name.into(), ..Known::default() };
        self.0.apply(&ops::assign_new(&self.0, &[mention], &known, stamp(self.1))).unwrap();
    }

    fn event(&mut self, article: usize, kind: Plover, place: &str) {
        self.tag(article, "praised", &KindId::EVENT);
        let event = self.0.events_of(self.article(article)).next().unwrap().clone();
        let place = Some(EventPlace::new(place, None));
        let event = Event { kind: EventType::Happening(Some(kind)), place, ..event };
        self.0.apply(&ops::set_event(&self.0, event, stamp(self.1))).unwrap();
    }

    fn relate(&mut self, article: usize) {
        let kind = Tagset::default().ready_relations().remove(0);
        let ends = ["Boss", "Town"].map(|end| self.mention(article, &format!("{end}{article}")).id);
        self.0.apply(&ops::relate(&self.0, &kind, ends[0], ends[1], stamp(self.1))).unwrap();
    }
}

/// The article where one of two is wrong, in what, about which words, and which.
type Wrong = (usize, Sort, String, usize);

fn form(at: usize) -> String {
    format!("Form{at}x Hall")
}

fn text(article: usize) -> String {
    let [one, other] = [0, 1].map(|nth| form((article * 2 + nth) % FORMS));
    format!(
        "Report {article}. {one} met {other} at noon. Boss{article} praised Town{article}. The guild of Lone{article} stood by."
    )
}

/// What is meant, and what two made of it: the places where one of them is wrong, with which.
fn work(seed: u64) -> (Project, [Project; 2], Vec<Wrong>) {
    let articles = (0..ARTICLES).map(|article| Article {
        text: Text::new(text(article)).unwrap(),
        meta: Metadata { title: format!("No. {article}"), ..Metadata::default() },
    });
    let mut empty = Project::new();
    empty.apply(&ops::add_articles(&empty, articles.collect(), stamp("import"))).unwrap();
    let mut all = [Made(empty.clone(), "Ana"), Made(empty.clone(), "Ben"), Made(empty, "meant")];
    let mut chance = Chance(seed);
    let wrong_of_form: Vec<usize> = (0..FORMS).map(|_| chance.below(2)).collect();
    let mut wrong = Vec::new();
    for article in 0..ARTICLES {
        for nth in 0..2 {
            let at = (article * 2 + nth) % FORMS;
            let sort = [Sort::Missing, Sort::Kind, Sort::Who, Sort::Boundary][at % 4];
            let words = form(at);
            let short = words.split(' ').next().unwrap().to_owned();
            for (by, made) in all.iter_mut().enumerate() {
                let errs = by == wrong_of_form[at];
                match sort {
                    Sort::Missing if errs => {}
                    Sort::Kind if errs => made.tag(article, &words, &KindId("PLACE".into())),
                    Sort::Boundary if errs => made.tag(article, &short, &KindId::PERSON),
                    _ => made.tag(article, &words, &KindId::PERSON),
                }
                if sort == Sort::Who && errs {
                    made.assign(article, &words, &format!("Other than {at}"));
                }
            }
            let told = if sort == Sort::Boundary && wrong_of_form[at] == 0 { short } else { words };
            wrong.push((article, sort, told, wrong_of_form[at]));
        }
        let single = (article < SINGLES).then(|| (Sort::ALL[article % 7], chance.below(2)));
        let lone = format!("Lone{article}");
        for (by, made) in all.iter_mut().enumerate() {
            let errs = |sort: Sort| single == Some((sort, by));
            made.tag(article, &format!("Boss{article}"), &KindId::PERSON);
            made.tag(article, &format!("Town{article}"), &KindId("PLACE".into()));
            if !errs(Sort::Missing) {
                let words = if errs(Sort::Boundary) { format!("guild of {lone}") } else { lone.clone() };
                let kind = if errs(Sort::Kind) { KindId("PLACE".into()) } else { KindId::PERSON };
                made.tag(article, &words, &kind);
            }
            if errs(Sort::Who) {
                made.assign(article, &lone, &format!("Another {article}"));
            }
            let kind = if errs(Sort::EventType) { Plover::Consult } else { Plover::Agree };
            let place = if errs(Sort::Slot) { format!("Nowhere {article}") } else { format!("Town{article}") };
            made.event(article, kind, &place);
            if !errs(Sort::Relation) {
                made.relate(article);
            }
        }
        if let Some((sort, by)) = single {
            let words = match sort {
                Sort::Boundary if by == 0 => format!("guild of {lone}"),
                Sort::EventType => "praised".to_owned(),
                Sort::Slot => "praised: place".to_owned(),
                Sort::Relation => format!("Boss{article} → Town{article}"),
                _ => lone,
            };
            wrong.push((article, sort, words, by));
        }
    }
    let [one, other, meant] = all.map(|made| made.0);
    (meant, [one, other], wrong)
}

fn contributors() -> Vec<Contributor> {
    let one = |name: &str| Contributor {
        id: ContributorId(0),
        name: name.into(),
        file: format!("{name}.rubric"),
        open: false,
    };
    vec![one("Ana"), one("Ben")]
}

fn annotators(all: &[Project; 2]) -> [Annotator<'_>; 2] {
    [("Ana", &all[0]), ("Ben", &all[1])].map(|(name, project)| Annotator { name, project, open: false })
}

/// Whether two projects have the same marks, events and relations in all articles.
#[track_caller]
fn assert_same(meant: &Project, made: &Project) {
    let annotator = |name, project| Annotator { name, project, open: true };
    let found = compare(&[annotator("meant", meant), annotator("made", made)]);
    assert_eq!(found.articles.len(), ARTICLES);
    assert_eq!(found.differences, []);
    let count =
        |project: &Project| (project.all_mentions().count(), project.events().count(), project.relations().count());
    assert_eq!(count(meant), count(made));
}

fn card_of(comparison: &Comparison, wrong: &[Wrong], first: usize) -> (Verdict, usize) {
    let difference = &comparison.differences[first];
    let said = |it: &&Wrong| (it.0, it.1, &it.2) == (difference.article, difference.sort, &difference.words);
    let right = 1 - wrong.iter().find(said).unwrap().3;
    let nth = difference.options().iter().position(|option| option.by.contains(&right)).unwrap();
    (Verdict::Option(nth), right)
}

#[test]
fn five_hundred_differences_are_settled_on_few_cards_as_they_were_meant() {
    let (meant, all, mut wrong) = work(7);
    let annotators = annotators(&all);
    let comparison = compare(&annotators);
    let mut found: Vec<_> = comparison.differences.iter().map(|it| (it.article, it.sort, it.words.clone())).collect();
    let mut expected: Vec<_> = wrong.iter().map(|it| (it.0, it.1, it.2.clone())).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected, "each is found under its sort, once");
    assert_eq!(found.len(), 2 * ARTICLES + SINGLES);

    let mut project = begin(&annotators, &comparison, contributors(), &stamp("Cem")).unwrap();
    check(&project);
    let begun = records(&project);
    let cards = Desk::new(&project, &annotators, &comparison).open();
    assert!(cards.len() <= 130, "{} cards", cards.len());
    assert_eq!(cards.iter().map(|card| card.differences.len()).sum::<usize>(), found.len(), "each is on one card");
    assert!(cards.is_sorted_by_key(|card| std::cmp::Reverse(card.differences.len())));

    let mut session = crate::project::Session::new(project.clone());
    wrong.sort();
    let mut decided = 0;
    loop {
        let cards = Desk::new(session.project(), &annotators, &comparison).open();
        let Some(card) = cards.first() else { break };
        let (verdict, _) = card_of(&comparison, &wrong, card.first);
        let reason = (decided % 10 == 0).then_some(Reason::Gap);
        let decision = Decision { verdict, reason, note: String::new() };
        let edit =
            Desk::new(session.project(), &annotators, &comparison).settle(&card.differences, &decision, stamp("Cem"));
        session.apply(edit).unwrap();
        decided += 1;
        if decided == 30 {
            // Going on from the file loses nothing.
            project = crate::store::from_bytes(&crate::store::to_bytes(session.project()).unwrap(), "p").unwrap();
            assert_eq!(Desk::new(&project, &annotators, &comparison).open().len(), cards.len() - 1);
        }
    }
    assert!(decided <= 130);
    check(session.project());
    assert_same(&meant, session.project());
    assert_eq!(session.project().rulings().count(), found.len());
    for mention in session.project().all_mentions() {
        let by = mention.decision.as_ref().unwrap().by.as_str();
        assert!(["Ana", "Ben", "Ana + Ben"].contains(&by), "{by}");
    }
    while session.undo().unwrap().is_some() {}
    assert_eq!(records(session.project()), begun);
}

/// Two short articles marked by two.
fn small() -> [Project; 2] {
    let article = |text: &str| Article { text: Text::new(text).unwrap(), meta: Metadata::default() };
    let mut empty = Project::new();
    let texts = ["The Kremlin met Ada Quist.", "The Kremlin was quiet."];
    empty.apply(&ops::add_articles(&empty, texts.map(article).to_vec(), stamp("import"))).unwrap();
    [empty.clone(), empty]
}

fn tagged(project: Project, by: &'static str, tags: &[(usize, &str, &KindId)]) -> Project {
    let mut made = Made(project, by);
    tags.iter().for_each(|(article, words, kind)| made.tag(*article, words, kind));
    made.0
}

#[test]
fn who_chose_what_makes_no_other_card() {
    let place = KindId("PLACE".into());
    let [one, other] = small();
    let all = [tagged(one, "Ana", &[(0, "Kremlin", &place)]), tagged(other, "Ben", &[(1, "Kremlin", &place)])];
    let annotators = annotators(&all);
    let comparison = compare(&annotators);
    assert_eq!((comparison.differences.len(), comparison.cards.len()), (2, 1));
    let project = begin(&annotators, &comparison, contributors(), &stamp("Cem")).unwrap();
    let settle = |project: &Project, verdict: Verdict| {
        let desk = Desk::new(project, &annotators, &comparison);
        let decision = Decision { verdict, reason: Some(Reason::Gap), note: "Seats of power?".into() };
        let mut after = project.clone();
        after.apply(&desk.settle(&[0, 1], &decision, stamp("Cem"))).unwrap();
        check(&after);
        after
    };
    let places = settle(&project, Verdict::Option(0));
    let by: Vec<_> = places.all_mentions().map(|mention| mention.decision.as_ref().unwrap().by.as_str()).collect();
    assert_eq!(by, ["Ana", "Ben"]);
    assert!(Desk::new(&places, &annotators, &comparison).open().is_empty());
    // Another word on the same card takes the place of the first.
    let none = settle(&places, Verdict::Nothing);
    assert_eq!((none.all_mentions().count(), none.rulings().count()), (0, 2));
    let organisation = settle(&none, Verdict::Edited("ORG".into()));
    assert!(organisation.all_mentions().all(|mention| mention.kind.as_str() == "ORG"));
    assert!(organisation.all_mentions().all(|mention| mention.decision.as_ref().unwrap().by == "Cem"));
    let mut open = organisation.clone();
    open.apply(&Desk::new(&organisation, &annotators, &comparison).reopen(&[0, 1], stamp("Cem"))).unwrap();
    assert_eq!((open.all_mentions().count(), open.rulings().count()), (0, 0));
}

#[test]
fn words_that_a_person_gives_are_marked() {
    let [one, other] = small();
    let all = [
        tagged(one, "Ana", &[(0, "Quist", &KindId::PERSON)]),
        tagged(other, "Ben", &[(0, "met Ada Quist", &KindId::PERSON)]),
    ];
    let annotators = annotators(&all);
    let comparison = compare(&annotators);
    let mut project = begin(&annotators, &comparison, contributors(), &stamp("Cem")).unwrap();
    assert_eq!(project.all_mentions().count(), 0);
    let decision = Decision { verdict: Verdict::Edited("Ada Quist".into()), reason: None, note: String::new() };
    let edit = Desk::new(&project, &annotators, &comparison).settle(&[0], &decision, stamp("Cem"));
    project.apply(&edit).unwrap();
    check(&project);
    let mention = project.all_mentions().next().unwrap();
    assert_eq!((mention.quote.as_str(), project.target_name(mention)), ("Ada Quist", "Ada Quist"));
    assert_eq!(project.rulings().next().unwrap().taken, Settled::Edited("Ada Quist".into()));
}

#[test]
fn what_is_settled_as_nothing_takes_its_other_differences_along() {
    let [one, other] = small();
    let relation = Tagset::default().ready_relations().remove(0);
    let tags: [(usize, &str, &KindId); 2] = [(0, "Kremlin", &KindId::PERSON), (0, "Quist", &KindId::PERSON)];
    let mut all = [tagged(one, "Ana", &tags), tagged(other, "Ben", &tags)];
    let ids: Vec<_> = all[0].all_mentions().map(|mention| mention.id).collect();
    let relate = ops::relate(&all[0], &relation, ids[0], ids[1], stamp("Ana"));
    all[0].apply(&relate).unwrap();
    let delete = ops::delete(&all[1], &[ids[0]], stamp("Ben"));
    all[1].apply(&delete).unwrap();
    let annotators = annotators(&all);
    let comparison = compare(&annotators);
    // Who did not mark an end cannot have the relation.
    let sorts: Vec<Sort> = comparison.differences.iter().map(|it| it.sort).collect();
    assert_eq!(sorts, [Sort::Missing]);
    let mut project = begin(&annotators, &comparison, contributors(), &stamp("Cem")).unwrap();
    assert_eq!((project.all_mentions().count(), project.relations().count()), (1, 0));
    let decision = Decision { verdict: Verdict::Option(0), reason: None, note: String::new() };
    let edit = Desk::new(&project, &annotators, &comparison).settle(&[0], &decision, stamp("Cem"));
    project.apply(&edit).unwrap();
    assert_eq!((project.all_mentions().count(), project.relations().count()), (2, 1));
}

/// Two articles in which two annotators marked the same, and each made of the event what they think.
fn told(by_ana: impl Fn(Event) -> Event, by_ben: impl Fn(Event) -> Event) -> [Project; 2] {
    let article = |nth: usize| Article {
        text: Text::new(format!("Report {nth}. Boss praised Town at noon, and praised it again.")).unwrap(),
        meta: Metadata::default(),
    };
    let mut empty = Project::new();
    empty.apply(&ops::add_articles(&empty, vec![article(1), article(2)], stamp("import"))).unwrap();
    let made = |by, change: &dyn Fn(Event) -> Event| {
        let mut made = Made(empty.clone(), by);
        for article in 0..2 {
            made.tag(article, "Boss", &KindId::PERSON);
            made.tag(article, "Town", &KindId("PLACE".into()));
            made.tag(article, "praised", &KindId::EVENT);
            let event = made.0.events_of(made.article(article)).next().unwrap().clone();
            made.0.apply(&ops::set_event(&made.0, change(event), stamp(by))).unwrap();
        }
        made.0
    };
    [made("Ana", &by_ana), made("Ben", &by_ben)]
}

/// The project in which both differences of the only card are settled as this, and the same opened again.
fn given(all: &[Project; 2], given: Given) -> (Project, Project) {
    let annotators = annotators(all);
    let comparison = compare(&annotators);
    assert_eq!((comparison.differences.len(), comparison.cards.len()), (2, 1), "{:?}", comparison.differences);
    let begun = begin(&annotators, &comparison, contributors(), &stamp("Cem")).unwrap();
    let decision = Decision { verdict: Verdict::Given(given.clone()), reason: None, note: String::new() };
    let mut session = Session::new(begun.clone());
    session.apply(Desk::new(&begun, &annotators, &comparison).settle(&[0, 1], &decision, stamp("Cem"))).unwrap();
    let settled = session.project().clone();
    check(&settled);
    assert!(settled.rulings().all(|ruling| ruling.taken == Settled::Given(given.clone())));
    // Going on from the file loses nothing, and nothing is open.
    let read = crate::store::from_bytes(&crate::store::to_bytes(&settled).unwrap(), "p").unwrap();
    assert_eq!(records(&read), records(&settled));
    assert_eq!(Desk::new(&read, &annotators, &comparison).open(), []);
    // Settling the same again changes nothing but the stamps.
    let mut again = settled.clone();
    again.apply(&Desk::new(&settled, &annotators, &comparison).settle(&[0, 1], &decision, stamp("Cem"))).unwrap();
    assert_eq!(records(&again), records(&settled));
    let mut open = settled.clone();
    open.apply(&Desk::new(&settled, &annotators, &comparison).reopen(&[0, 1], stamp("Cem"))).unwrap();
    check(&open);
    assert_eq!(Desk::new(&open, &annotators, &comparison).open(), comparison.cards);
    session.undo().unwrap();
    assert_eq!(records(session.project()), records(&begun));
    (settled, open)
}

fn entity(name: &str, kind: KindId) -> GivenParty {
    GivenParty::Entity(GivenEntity { name: name.into(), kind, country: None, wikidata: None })
}

fn words(name: &str) -> PartyWords {
    PartyWords { name: name.into(), label: PartyLabel::Group, country: None }
}

#[test]
fn what_nobody_chose_of_an_event_is_given_and_goes_with_the_ruling() {
    type Change = fn(Event) -> Event;
    let same: Change = |event| event;
    let party = |role: Role| {
        move |event: Event| {
            let participants = vec![Participant::new(role, Party::Words(words("police")), None)];
            Event { participants, ..event }
        }
    };
    let actor = party(Role::Actor);
    let recipient = party(Role::Recipient);
    let parties =
        vec![entity("Boss", KindId::PERSON), entity("Zoll", KindId::ORGANISATION), GivenParty::Words(words("crowds"))];
    let typed: Change = |event| Event { kind: EventType::Happening(Some(Plover::Agree)), ..event };
    let placed: Change = |event| Event { place: Some(EventPlace::new("Town", None)), ..event };
    let dated: Change =
        |event| Event { date: Some(EventDate::new(date(2022, 2, 4), date(2022, 2, 4), "at noon")), ..event };
    let planned: Change = |event| Event { modality: Modality::Planned, ..event };
    let killed: Change = |event| {
        let figures = vec![Figure { kind: FigureKind::Killed, number: Some(12.0), range: None }];
        Event { figures, ..event }
    };
    let cases: [(&dyn Fn(Event) -> Event, Given); 7] = [
        (&typed, Given::Type(EventType::News(NewsClass::Court))),
        (&actor, Given::Parties(parties.clone())),
        (&recipient, Given::Parties(parties.clone())),
        (&placed, Given::Place(EventPlace::new("Ferrand", Some(CountryCode::new("FR").unwrap())))),
        (&dated, Given::Date(EventDate::new(date(2022, 2, 3), date(2022, 2, 5), ""))),
        (&planned, Given::Reality(GivenReality { polarity: Polarity::Negative, modality: Modality::Demanded })),
        (&killed, Given::Figures(vec![Figure { kind: FigureKind::Injured, number: None, range: None }])),
    ];
    for (by_ana, what) in cases {
        let all = told(by_ana, same);
        let (settled, open) = given(&all, what.clone());
        assert_eq!((settled.events().count(), open.events().count()), (2, 2));
        for event in settled.events() {
            assert_eq!(event.decision.as_ref().unwrap().by, "Cem");
            let of = |role| -> Vec<&str> {
                let all = event.participants.iter().filter(move |participant| participant.role == role);
                all.map(|participant| settled.party_name(&participant.who)).collect()
            };
            match &what {
                Given::Type(kind) => assert_eq!(event.kind, *kind),
                Given::Place(place) => assert_eq!(event.place.as_ref(), Some(place)),
                Given::Date(date) => assert_eq!(event.date.as_ref(), Some(date)),
                Given::Reality(GivenReality { polarity, modality }) => {
                    assert_eq!((event.polarity, event.modality), (*polarity, *modality));
                }
                Given::Figures(figures) => assert_eq!(event.figures, *figures),
                _ => assert_eq!(of(Role::Actor).len() + of(Role::Recipient).len(), 3),
            }
            if matches!(what, Given::Parties(_)) {
                let role = all[0].events().next().unwrap().participants[0].role;
                assert_eq!(of(role), ["Boss", "Zoll", "crowds"]);
                // Who is tagged is who takes part.
                let boss = settled.entities().find(|entity| entity.name == "Boss").unwrap();
                assert_eq!(event.participants[0].entity(), Some(boss.id));
            }
        }
        // Whoever is named is there once, and what was given goes once it is open again.
        assert!(settled.entities().filter(|entity| entity.name == "Zoll").count() <= 1);
        for event in open.events() {
            let empty = Event::new(event.id, event.article, &event.name, event.origin.clone());
            assert_eq!(Event { decision: None, ..event.clone() }, empty);
            assert_eq!(event.decision.as_ref().unwrap().by, "Ana + Ben");
        }
    }
}

#[test]
fn what_is_given_for_another_slot_leaves_it_empty() {
    let all = told(|event| Event { place: Some(EventPlace::new("Town", None)), ..event }, |event| event);
    let (settled, _) = given(&all, Given::Type(EventType::Happening(None)));
    assert!(settled.events().all(|event| event.place.is_none()));
}

#[test]
fn a_relation_is_given_another_kind_and_turned_round() {
    let [mut one, other] = told(|event| event, |event| event);
    let ready = Tagset::default().ready_relations();
    let (works, member, spouse) = (&ready[0], &ready[1], ready.iter().find(|kind| kind.symmetric).unwrap());
    for article in 0..2 {
        let made = Made(one.clone(), "Ana");
        let ends = ["Boss", "Town"].map(|end| made.mention(article, end).id);
        one.apply(&ops::relate(&one, works, ends[0], ends[1], stamp("Ana"))).unwrap();
    }
    let all = [one, other];
    for (kind, turned) in [(works, false), (works, true), (member, false), (member, true), (spouse, true)] {
        let (settled, open) = given(&all, Given::Relation(GivenRelation { kind: kind.id.clone(), turned }));
        assert_eq!((settled.relations().count(), open.relations().count()), (2, 0));
        assert!(settled.tagset().relation(&kind.id).is_some());
        for relation in settled.relations() {
            let quotes = [relation.from, relation.to].map(|end| settled.mention(end).unwrap().quote.as_str());
            let ends = if turned { ["Town", "Boss"] } else { ["Boss", "Town"] };
            assert_eq!((&relation.kind, quotes), (&kind.id, ends));
            assert_eq!((relation.status, relation.decision.as_ref().unwrap().by.as_str()), (Status::Accepted, "Cem"));
        }
    }
}

#[test]
fn a_mark_is_told_to_be_of_an_event_that_nobody_said() {
    let [one, other] = small();
    // Both know of two events; whose the third mark is they see differently.
    let all = [(one, "Ana", 0), (other, "Ben", 1)].map(|(project, by, of)| {
        let event = KindId::EVENT;
        let tags = [(0, "Kremlin", &event), (0, "met", &event), (0, "Quist", &event), (0, "Ada", &event)];
        let mut made = Made(tagged(project, by, &tags), by);
        let target = made.mention(0, ["Kremlin", "met"][of]).event().unwrap();
        let mention = made.mention(0, "Quist").id;
        made.0.apply(&ops::join_event(&made.0, &[mention], target, stamp(by))).unwrap();
        made.0
    });
    let annotators = annotators(&all);
    let comparison = compare(&annotators);
    assert_eq!(comparison.differences.iter().map(|it| it.sort).collect::<Vec<_>>(), [Sort::Who]);
    let events = comparison.events(&annotators, &comparison.differences[0]);
    assert!(events.contains(&"the event told with “Ada”".to_owned()), "{events:?}");
    let mut project = begin(&annotators, &comparison, contributors(), &stamp("Cem")).unwrap();
    let verdict = Verdict::Edited("the event told with “Ada”".into());
    let decision = Decision { verdict, reason: None, note: String::new() };
    let edit = Desk::new(&project, &annotators, &comparison).settle(&[0], &decision, stamp("Cem"));
    project.apply(&edit).unwrap();
    check(&project);
    let of = |quote: &str| project.all_mentions().find(|mention| mention.quote == quote).unwrap();
    assert_eq!(of("Quist").event(), of("Ada").event());
    assert_eq!(of("Quist").decision.as_ref().unwrap().by, "Cem");
}
