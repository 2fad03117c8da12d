//! What decisions in a project teach, and what follows for its suggestions.

use text_size::TextRange;

use super::*;
use crate::project::{
    Author, Change, Event, EventType, Kind, MentionId, NewsClass, Origin, Session, Tagset, TakenWords, ops,
};
use crate::suggest::Suggestions;
use crate::text::{Article, Metadata, Text, byte_range};

fn stamp() -> Stamp {
    Stamp { by: "Ada".into(), at: jiff::Timestamp::UNIX_EPOCH }
}

const SHIP: KindId = KindId(SmolStr::new_static("ship"));

/// A session with these texts and a kind of ships, and what was learned from it.
struct Desk {
    session: Session,
    memory: ProjectMemory,
}

impl Desk {
    fn new(texts: &[&str]) -> Self {
        let mut session = Session::default();
        let mut tagset = Tagset::default();
        tagset.add(Kind::new(SHIP, "Ship", "Ships", '4', Schema::Entity));
        let new = ops::NewTagset { tagset, ..ops::NewTagset::default() };
        session.apply(ops::set_tagset(session.project(), &new, &ops::unknown, stamp())).unwrap();
        let article = |text: &&str| Article { meta: Metadata::default(), text: Text::new(*text).unwrap() };
        session.apply(ops::add_articles(session.project(), texts.iter().map(article).collect(), stamp())).unwrap();
        Self { session, memory: ProjectMemory::default() }
    }

    fn project(&self) -> &Project {
        self.session.project()
    }

    fn range(&self, article: u32, words: &str, nth: usize) -> TextRange {
        let text = self.project().text(ArticleId(article));
        let (start, _) = text.match_indices(words).nth(nth).unwrap_or_else(|| panic!("{words} in {text}"));
        byte_range(start, start + words.len()).unwrap()
    }

    /// A suggestion as a source makes it.
    fn suggest(&mut self, article: u32, words: &str, nth: usize, kind: KindId) -> MentionId {
        let range = self.range(article, words, nth);
        let mut edit = ops::tag(self.project(), ArticleId(article), &[range], &kind, &ops::unknown, stamp());
        edit.author = Author::Run;
        let mut made = None;
        for change in &mut edit.changes {
            match change {
                Change::Mention(swap) => {
                    let mention = swap.after.as_mut().unwrap();
                    (mention.status, mention.decision) = (Status::Suggested, None);
                    mention.origin = Origin { source: "people".into(), score: Some(0.9), reason: String::new() };
                    made = Some(mention.id);
                }
                Change::Entity(swap) => swap.after.as_mut().unwrap().decision = None,
                Change::Event(swap) => swap.after.as_mut().unwrap().decision = None,
                _ => {}
            }
        }
        self.session.apply(edit).unwrap();
        made.unwrap()
    }

    fn does(&mut self, make: impl FnOnce(&Project) -> Edit) {
        let edit = make(self.session.project());
        self.session.apply(edit).unwrap();
        self.learn();
    }

    fn tag(&mut self, article: u32, words: &str, kind: &KindId) {
        let range = self.range(article, words, 0);
        self.does(|p| ops::tag(p, ArticleId(article), &[range], kind, &ops::unknown, stamp()));
    }

    fn reject(&mut self, id: MentionId) {
        self.does(|p| ops::reject(p, &[id], stamp()));
    }

    fn undo(&mut self) {
        self.session.undo().unwrap();
        self.learn();
    }

    /// Learns from what has changed, as the window does, and applies it everywhere.
    fn learn(&mut self) {
        let changed = self.session.take_changed();
        let all = self.session.project().article_ids().to_vec();
        let mut turned = Turned::default();
        for article in &changed.articles {
            turned.extend(self.memory.learn(self.session.project(), *article));
        }
        if changed.everywhere {
            self.memory.take(self.session.project());
        }
        let due = |id: &ArticleId| {
            let project = self.session.project();
            changed.everywhere || changed.articles.contains(id) || self.memory.concerns(project, *id, &turned)
        };
        let due: Vec<ArticleId> = all.iter().copied().filter(due).collect();
        let edit = self.memory.edit(self.session.project(), &due, stamp());
        self.session.apply(edit).unwrap();
        self.session.take_changed();
        // Nothing else would follow from learning anew from the whole project.
        let again = ProjectMemory::of(self.session.project());
        let left = again.edit(self.session.project(), &all, stamp());
        assert!(left.is_empty(), "{:?}", left.changes);
    }

    /// The words that are suggested in an article as a kind.
    fn open(&self, article: u32, kind: &KindId) -> Vec<&str> {
        let mentions = self.project().mentions(ArticleId(article)).iter();
        mentions.filter(|m| m.is_open() && m.kind == *kind).map(|m| m.quote.as_str()).collect()
    }

    fn reason(&self, id: MentionId) -> Option<String> {
        let mention = self.project().mention(id)?;
        self.memory.reason(self.project(), mention).map(|reason| reason.words(self.project(), mention))
    }
}

#[test]
fn a_rejection_counts_in_its_article_and_after_the_second_in_all() {
    let text = "Download met Download; Ada saw it.";
    let mut desk = Desk::new(&[text, text, text, text]);
    let ids: Vec<[MentionId; 3]> = (0..4)
        .map(|a| {
            let of = |desk: &mut Desk, words, nth| desk.suggest(a, words, nth, KindId::PERSON);
            [of(&mut desk, "Download", 0), of(&mut desk, "Download", 1), of(&mut desk, "Ada", 0)]
        })
        .collect();
    desk.reject(ids[0][0]);
    assert_eq!(desk.open(0, &KindId::PERSON), ["Ada"], "the same words elsewhere in the article");
    assert_eq!(desk.reason(ids[0][1]).unwrap(), "you rejected “Download” as a person in this article");
    assert_eq!(desk.open(1, &KindId::PERSON), ["Download", "Download", "Ada"]);
    desk.reject(ids[1][1]);
    assert_eq!([2, 3].map(|a| desk.open(a, &KindId::PERSON)), [["Ada"], ["Ada"]], "the second time everywhere");
    assert_eq!(desk.reason(ids[3][0]).unwrap(), "you rejected “Download” as a person in 2 articles");
    assert_eq!(desk.project().progress(ArticleId(2)), crate::project::Progress { open: 1, decided: 0 });
    desk.undo();
    assert_eq!(desk.open(2, &KindId::PERSON), ["Download", "Download", "Ada"], "undo takes it back");
    assert_eq!(desk.open(0, &KindId::PERSON), ["Ada"]);
    desk.undo();
    assert_eq!(desk.open(0, &KindId::PERSON).len(), 3);
}

#[test]
fn where_decisions_disagree_nothing_changes() {
    let text = "Download met Ada.";
    let mut desk = Desk::new(&[text; 4]);
    let ids: Vec<MentionId> = (0..4).map(|a| desk.suggest(a, "Download", 0, KindId::PERSON)).collect();
    desk.reject(ids[0]);
    desk.reject(ids[1]);
    assert!(desk.open(3, &KindId::PERSON).is_empty());
    desk.does(|p| ops::accept(p, &[ids[2]], stamp()));
    assert_eq!(desk.open(3, &KindId::PERSON), ["Download"]);
    assert_eq!(desk.reason(ids[3]), None);
    let held = desk.project().mention(ids[2]).unwrap();
    assert_eq!(held.status, Status::Accepted, "what was held back can be accepted");
}

#[test]
fn what_a_person_refuses_no_decision_elsewhere_changes() {
    let text = "Download met Ada.";
    let mut desk = Desk::new(&[text; 4]);
    let ids: Vec<MentionId> = (0..4).map(|a| desk.suggest(a, "Download", 0, KindId::PERSON)).collect();
    desk.reject(ids[0]);
    desk.reject(ids[1]);
    desk.does(|p| ops::refuse(p, ids[2], false, stamp()));
    assert_eq!([2, 3].map(|a| desk.open(a, &KindId::PERSON).len()), [1, 0], "not in this article");
    desk.does(|p| ops::refuse(p, ids[3], true, stamp()));
    assert_eq!(desk.open(3, &KindId::PERSON), ["Download"], "forgotten");
    desk.undo();
    assert!(desk.open(3, &KindId::PERSON).is_empty());
    desk.does(|p| ops::restore(p, &[ids[3]], stamp()));
    assert_eq!(desk.open(3, &KindId::PERSON), ["Download"], "brought back, as another suggestion");
    desk.undo();
    desk.does(|p| ops::set_learning(p, false, stamp()));
    assert_eq!(desk.open(3, &KindId::PERSON), ["Download"], "nothing is learned");
    desk.undo();
    assert!(desk.open(3, &KindId::PERSON).is_empty());
}

#[test]
fn what_was_tagged_in_two_articles_is_suggested_in_others() {
    let mut desk = Desk::new(&[
        "the blue heron sank.",
        "divers found the blue heron.",
        "the blue heron was old, a blue heronry is not; the blue heron again.",
        "no ship.",
    ]);
    desk.tag(0, "blue heron", &SHIP);
    assert!(desk.open(2, &SHIP).is_empty());
    desk.tag(1, "blue heron", &SHIP);
    assert_eq!(desk.open(2, &SHIP), ["blue heron", "blue heron"]);
    let made: Vec<Mention> = desk.project().mentions(ArticleId(2)).to_vec();
    assert_eq!(made[0].target, made[1].target);
    assert_eq!(made[0].target, desk.project().mentions(ArticleId(0))[0].target, "they are the ship tagged before");
    assert_eq!(desk.reason(made[0].id).unwrap(), "you tagged “blue heron” as a ship in 2 articles");
    // Not here: it goes, and counts as no rejection.
    desk.does(|p| ops::refuse(p, made[0].id, false, stamp()));
    assert!(desk.project().mentions(ArticleId(2)).is_empty());
    desk.undo();
    assert_eq!(desk.open(2, &SHIP).len(), 2);
    let first = desk.project().mentions(ArticleId(2))[0].id;
    desk.does(|p| ops::accept(p, &[first], stamp()));
    desk.does(|p| ops::set_done(p, ArticleId(2), true, stamp()));
    desk.undo();
    desk.undo();
    desk.undo();
    assert!(desk.project().mentions(ArticleId(2)).is_empty(), "one article is not enough");
}

#[test]
fn names_point_at_who_they_stand_for_elsewhere() {
    let text = "Iron Lady spoke. Margaret Thatcher left.";
    let mut desk = Desk::new(&[text; 3]);
    let ids: Vec<MentionId> = (0..3).map(|a| desk.suggest(a, "Iron Lady", 0, KindId::PERSON)).collect();
    let thatcher = desk.suggest(0, "Margaret Thatcher", 0, KindId::PERSON);
    let Some(Target::Entity(thatcher)) = desk.project().mention(thatcher).unwrap().target else { panic!() };
    let lady = desk.project().mention(ids[2]).unwrap().target;
    for id in &ids[..2] {
        assert_eq!(desk.project().mention(ids[2]).unwrap().target, lady);
        desk.does(|p| ops::assign(p, &[*id], thatcher, stamp()));
    }
    assert_eq!(desk.project().mention(ids[2]).unwrap().target, Some(Target::Entity(thatcher)));
    assert_eq!(desk.reason(ids[2]).unwrap(), "you said in 2 articles that “Iron Lady” is Margaret Thatcher");
    desk.undo();
    assert_eq!(desk.project().mention(ids[2]).unwrap().target, lady, "undo takes it back");
    assert_eq!(desk.project().mention(ids[2]).unwrap().origin.source, "people");
}

#[test]
fn ways_of_naming_countries_are_a_convention_after_three_articles() {
    let texts = ["Chinese envoys met.", "Danish envoys met.", "Czech envoys met.", "Polish envoys met."];
    let mut desk = Desk::new(&texts);
    let ids: Vec<MentionId> = ["Chinese", "Danish", "Czech", "Polish"]
        .into_iter()
        .enumerate()
        .map(|(a, words)| {
            let id = desk.suggest(a as u32, words, 0, KindId::COUNTRY);
            let mention = desk.project().mention(id).unwrap().clone();
            let mut edit = Builder::run(desk.project(), stamp());
            edit.put(Mention { subtype: Some("demonym".into()), ..mention });
            let edit = edit.finish(Action::Nothing);
            desk.session.apply(edit).unwrap();
            id
        })
        .collect();
    for id in &ids[..3] {
        assert_eq!(desk.open(3, &KindId::COUNTRY), ["Polish"]);
        desk.reject(*id);
    }
    assert!(desk.open(3, &KindId::COUNTRY).is_empty());
    let reason = desk.reason(ids[3]).unwrap();
    assert_eq!(reason, "you rejected countries named by their people or language in 3 articles");
}

#[test]
fn types_of_events_that_nobody_keeps_are_a_convention_after_three_articles() {
    let texts = ["They drew, then lost.", "They won, then trained.", "They played.", "They scored.", "They skated."];
    let places = [(0, "drew"), (0, "lost"), (1, "won"), (1, "trained"), (2, "played"), (3, "scored"), (4, "skated")];
    let mut desk = Desk::new(&texts);
    let ids: Vec<MentionId> = places
        .into_iter()
        .map(|(a, words)| {
            let id = desk.suggest(a, words, 0, KindId::EVENT);
            let event = desk.project().mention(id).and_then(Mention::event).unwrap();
            let event = desk.project().event(event).unwrap().clone();
            let mut edit = Builder::run(desk.project(), stamp());
            edit.put(Event { kind: EventType::News(NewsClass::Sport), ..event });
            let edit = edit.finish(Action::Nothing);
            desk.session.apply(edit).unwrap();
            id
        })
        .collect();
    for id in &ids[..5] {
        assert_eq!(desk.open(3, &KindId::EVENT), ["scored"]);
        desk.reject(*id);
    }
    assert!(desk.open(3, &KindId::EVENT).is_empty() && desk.open(4, &KindId::EVENT).is_empty());
    let reason = desk.reason(ids[5]).unwrap();
    assert_eq!(reason, "you rejected events of the type “sport” in 3 articles");
    desk.undo();
    assert_eq!(desk.open(3, &KindId::EVENT), ["scored"]);
}

#[test]
fn an_event_is_held_back_as_a_whole_by_its_clearest_words() {
    let text = "Rebels attacked Moss. The attack began at noon.";
    let mut desk = Desk::new(&[text; 3]);
    let mut ids = Vec::new();
    for a in 0..3 {
        let (first, second) =
            (desk.suggest(a, "attacked", 0, KindId::EVENT), desk.suggest(a, "attack", 1, KindId::EVENT));
        let event = desk.project().mention(first).unwrap().target;
        let mention = desk.project().mention(second).unwrap().clone();
        let other = mention.event().unwrap();
        let mut edit = Builder::run(desk.project(), stamp());
        edit.put(Mention { target: event, retold: true, ..mention });
        edit.remove(other);
        let edit = edit.finish(Action::Nothing);
        desk.session.apply(edit).unwrap();
        ids.push([first, second]);
    }
    desk.reject(ids[0][0]);
    assert_eq!(desk.open(1, &KindId::EVENT), ["attacked", "attack"]);
    desk.reject(ids[1][0]);
    assert!(desk.open(2, &KindId::EVENT).is_empty());
    assert_eq!(desk.reason(ids[2][1]).unwrap(), "you rejected “attacked” as an event in 2 articles");
    desk.does(|p| ops::restore(p, &[ids[2][0]], stamp()));
    assert_eq!(desk.open(2, &KindId::EVENT), ["attacked", "attack"]);
    assert!(desk.project().events().all(|event: &Event| event.decision.is_none()));
}

#[test]
fn what_another_project_learned_counts_as_if_it_were_learned_here() {
    let text = "Download met Ada; the blue heron sank.";
    let mut other = Desk::new(&[text; 2]);
    for a in 0..2 {
        let id = other.suggest(a, "Download", 0, KindId::PERSON);
        other.reject(id);
        other.tag(a, "blue heron", &SHIP);
    }
    let taken = other.memory.to_take(other.project(), "Harbour".to_owned(), |_| Look::default());
    let words: Vec<(&str, u32, u32, u32)> =
        taken.words.iter().map(|words| (words.words.as_str(), words.accepted, words.rejected, words.added)).collect();
    assert_eq!(words, [("Download", 0, 2, 0), ("blue heron", 2, 0, 2)]);
    let mut desk = Desk::new(&[text]);
    let id = desk.suggest(0, "Download", 0, KindId::PERSON);
    desk.does(|p| ops::take_memory(p, taken.clone(), stamp()));
    assert_eq!((desk.open(0, &KindId::PERSON), desk.open(0, &SHIP)), (vec![], vec!["blue heron"]));
    let told = "“Download” was rejected as a person in 2 articles of Harbour";
    assert_eq!(desk.reason(id).unwrap(), told, "by somebody else");
    assert!(ops::take_memory(desk.project(), taken.clone(), stamp()).is_empty(), "once is enough");
    desk.undo();
    assert_eq!((desk.open(0, &KindId::PERSON), desk.open(0, &SHIP)), (vec!["Download"], vec![]));
    // As what the kinds are now, whatever they were when it was taken.
    let mut desk = Desk::new(&[text]);
    let ship = desk.project().tagset().clone();
    let mut clash = ship.clone();
    clash.kinds.retain(|kind| kind.id != SHIP);
    clash.add(Kind::new(SHIP, "Ship", "Ships", '4', Schema::Event));
    let set = |desk: &mut Desk, tagset: &Tagset| {
        let new = ops::NewTagset { tagset: tagset.clone(), ..ops::NewTagset::default() };
        desk.does(|p| ops::set_tagset(p, &new, &ops::unknown, stamp()));
    };
    set(&mut desk, &clash);
    desk.does(|p| ops::take_memory(p, taken, stamp()));
    assert!(desk.open(0, &SHIP).is_empty());
    set(&mut desk, &ship);
    assert_eq!(desk.open(0, &SHIP), ["blue heron"]);
    // What is not to count in a project is not taken from it.
    other.does(|p| ops::refuse(p, p.mentions(ArticleId(0))[0].id, true, stamp()));
    assert_eq!(other.memory.to_take(other.project(), String::new(), |_| Look::default()).words.len(), 1);
}

#[test]
fn what_is_unlike_the_examples_of_an_adapted_kind_is_held_back_and_says_so() {
    let mut desk = Desk::new(&["Ada Moss met the Blue Heron in Oslo."]);
    let person = desk.suggest(0, "Ada Moss", 0, KindId::PERSON);
    let heron = desk.suggest(0, "Blue Heron", 0, KindId::PERSON);
    desk.learn();
    let range = desk.range(0, "Ada Moss", 0);
    let like = KindSpan { range, kind: KindId::PERSON, score: 0.9, reason: "like 30 others".into() };
    let learned = |desk: &Desk, adapted: &[KindId]| {
        desk.memory.part(desk.project(), ArticleId(0), std::slice::from_ref(&like), adapted, stamp())
    };
    let edit = learned(&desk, &[KindId::PERSON]);
    desk.session.apply(edit).unwrap();
    desk.learn();
    let mention = |desk: &Desk, id| desk.project().mention(id).unwrap().clone();
    assert!(mention(&desk, person).is_open());
    assert!(mention(&desk, heron).is_held());
    assert_eq!(desk.memory.reason(desk.project(), &mention(&desk, heron)), Some(Reason::Unlike));
    assert!(learned(&desk, &[KindId::PERSON]).is_empty(), "nothing is left to do");
    let edit = learned(&desk, &[]);
    desk.session.apply(edit).unwrap();
    assert!(mention(&desk, heron).is_open());
    assert_eq!(mention(&desk, heron).origin.source, "people");
}

#[test]
fn kinds_that_the_engine_knows_are_learned_from_articles_that_are_done() {
    let mut desk = Desk::new(&["Ada Moss met Bo Tan.", "Ada Moss left."]);
    desk.tag(0, "Ada Moss", &KindId::PERSON);
    assert_eq!(desk.memory.lessons(desk.project()), []);
    desk.does(|p| ops::set_done(p, ArticleId(0), true, stamp()));
    let lessons = desk.memory.lessons(desk.project());
    let [lesson] = lessons.as_slice() else { panic!("{lessons:?}") };
    assert_eq!(lesson.decided.marked.len(), 1);
    assert!(lesson.decided.whole.contains(&KindId("PERSON".into())));
}

#[test]
fn what_was_forgotten_about_events_of_ones_own_is_not_handed_on() {
    let clash = KindId("clash".into());
    let mut desk = Desk::new(&["Rebels attacked Moss."; 3]);
    let mut tagset = desk.project().tagset().clone();
    tagset.add(Kind::new(clash.clone(), "Clash", "Clashes", '5', Schema::Event));
    let new = ops::NewTagset { tagset, ..ops::NewTagset::default() };
    desk.does(|p| ops::set_tagset(p, &new, &ops::unknown, stamp()));
    let ids: Vec<MentionId> = (0..3).map(|a| desk.suggest(a, "attacked", 0, clash.clone())).collect();
    desk.reject(ids[0]);
    desk.reject(ids[1]);
    assert_eq!(desk.memory.to_take(desk.project(), String::new(), |_| Look::default()).words.len(), 1);
    desk.does(|p| ops::refuse(p, ids[2], true, stamp()));
    assert_eq!(desk.memory.to_take(desk.project(), String::new(), |_| Look::default()).words, []);
}

#[test]
fn who_a_name_stands_for_is_known_though_other_projects_have_the_name_too() {
    let text = "Iron Lady spoke. Margaret Thatcher left.";
    let mut desk = Desk::new(&[text; 3]);
    let words = TakenWords {
        words: "Iron Lady".into(),
        kind: KindId::PERSON,
        accepted: 4,
        rejected: 0,
        added: 0,
        country: None,
    };
    desk.does(|p| ops::take_memory(p, Taken { from: "Harbour".into(), words: vec![words], kinds: None }, stamp()));
    let ids: Vec<MentionId> = (0..3).map(|a| desk.suggest(a, "Iron Lady", 0, KindId::PERSON)).collect();
    let thatcher = desk.suggest(0, "Margaret Thatcher", 0, KindId::PERSON);
    let thatcher = desk.project().mention(thatcher).unwrap().target;
    let Some(Target::Entity(who)) = thatcher else { panic!() };
    ids[..2].iter().for_each(|id| desk.does(|p| ops::assign(p, &[*id], who, stamp())));
    assert_eq!(desk.project().mention(ids[2]).unwrap().target, thatcher);
    assert_eq!(desk.reason(ids[2]).unwrap(), "you said in 2 articles that “Iron Lady” is Margaret Thatcher");
}

/// What is like examples, where nothing but the words are known.
fn like(range: TextRange, kind: KindId) -> KindSpan {
    KindSpan { range, kind, score: 0.9, reason: "like 30 others".into() }
}

#[test]
fn what_is_like_examples_goes_with_learning_whoever_it_points_at() {
    let mut desk = Desk::new(&["the Iron Lady sailed.", "the Iron Lady sank.", "the Iron Lady again."]);
    let thatcher = ops::Known { name: "Thatcher".into(), ..ops::Known::default() };
    let place = desk.range(2, "Iron Lady", 0);
    let liken = |desk: &mut Desk, spans: &[KindSpan]| {
        let edit = desk.memory.liken(desk.project(), ArticleId(2), spans, stamp());
        desk.session.apply(edit).unwrap();
        desk.learn();
        let here = desk.project().mentions(ArticleId(2));
        here.first().map(|mention| (mention.origin.source.to_string(), mention.origin.reason.clone()))
    };
    let told = |source: &str, reason: &str| Some((source.to_owned(), reason.to_owned()));
    assert_eq!(liken(&mut desk, &[like(place, SHIP)]), told("examples", "like 30 others"));
    // Suggested twice and accepted, the words stand for Thatcher.
    let ids = [0, 1].map(|article| desk.suggest(article, "Iron Lady", 0, SHIP));
    desk.does(|p| ops::assign_new(p, &ids[..1], &thatcher, stamp()));
    let who = desk.project().mention(ids[0]).unwrap().target.unwrap();
    let Target::Entity(entity) = who else { panic!() };
    desk.does(|p| ops::assign(p, &ids[1..], entity, stamp()));
    let mention = &desk.project().mentions(ArticleId(2))[0];
    assert_eq!((mention.target, mention.origin.source.as_str()), (Some(who), "memory/examples"));
    let other = KindSpan { reason: "like 31 others".into(), ..like(place, SHIP) };
    assert_eq!(liken(&mut desk, &[other]), told("memory/examples", "like 31 others"));
    desk.does(|p| ops::set_learning(p, false, stamp()));
    assert!(desk.project().mentions(ArticleId(2)).is_empty());
    desk.undo();
    assert_eq!(liken(&mut desk, &[]), None, "it goes where it is like them no more");
}

#[test]
fn what_words_say_goes_before_what_is_like_examples() {
    let mut desk = Desk::new(&["a Blue Heron.", "the Blue Heron.", "the Blue Heron Two."]);
    let (short, long) = (desk.range(2, "Blue Heron", 0), desk.range(2, "Blue Heron Two", 0));
    let liken = |desk: &mut Desk| {
        let edit = desk.memory.liken(desk.project(), ArticleId(2), &[like(long, SHIP)], stamp());
        desk.session.apply(edit).unwrap();
        desk.learn();
        desk.project().mentions(ArticleId(2)).iter().map(|mention| mention.range).collect::<Vec<_>>()
    };
    assert_eq!(liken(&mut desk), [long]);
    desk.tag(0, "Blue Heron", &SHIP);
    desk.tag(1, "Blue Heron", &SHIP);
    assert_eq!(liken(&mut desk), [short]);
    desk.undo();
    assert_eq!(liken(&mut desk), [long]);
}

#[test]
fn what_is_held_back_as_unlike_stays_so_through_a_run_and_is_let_go_where_a_person_says_so() {
    let mut desk = Desk::new(&["Ada Moss met the Blue Heron in Oslo."]);
    let heron = desk.suggest(0, "Blue Heron", 0, KindId::PERSON);
    desk.learn();
    let edit = desk.memory.part(desk.project(), ArticleId(0), &[], &[KindId::PERSON], stamp());
    desk.session.apply(edit).unwrap();
    let mention = desk.project().mention(heron).unwrap().clone();
    assert!(mention.is_held());
    let mut found = Suggestions::default();
    let span = super::super::told(mention.range, Label::Person.into(), 0.9, String::new());
    found.spans.push(crate::suggest::Span { source: "people", ..span });
    found.add(
        KindId::PERSON,
        crate::suggest::Entity { name: "Blue Heron".into(), mentions: vec![0], ..crate::suggest::Entity::default() },
    );
    let edit = crate::suggest::edit(desk.project(), ArticleId(0), &found, stamp());
    desk.session.apply(edit).unwrap();
    desk.learn();
    let held = desk.project().mention(heron).unwrap();
    assert_eq!(desk.memory.reason(desk.project(), held), Some(Reason::Unlike));
    desk.does(|p| ops::refuse(p, heron, false, stamp()));
    assert!(desk.project().mention(heron).unwrap().is_open());
}

#[test]
fn scores_are_worth_what_decisions_in_articles_that_are_done_say() {
    let mut desk = Desk::new(&["Ada Moss met Bo Tan."; 62]);
    let ids: Vec<MentionId> = (0..62).map(|a| desk.suggest(a, "Ada Moss", 0, KindId::PERSON)).collect();
    let country = desk.suggest(61, "Bo Tan", 0, KindId::COUNTRY);
    let score = |desk: &Desk, id| desk.memory.score(desk.project(), desk.project().mention(id).unwrap()).unwrap();
    for (article, id) in ids[..60].iter().enumerate() {
        if article % 2 == 0 {
            desk.does(|p| ops::accept(p, &[*id], stamp()));
        } else {
            desk.reject(*id);
        }
    }
    assert!((score(&desk, ids[61]) - 0.9).abs() < 1e-6, "nothing is done yet");
    for article in 0..60 {
        desk.does(|p| ops::set_done(p, ArticleId(article), true, stamp()));
    }
    let learned = score(&desk, ids[61]);
    assert!((learned - 0.5).abs() < 0.06, "{learned}");
    assert_eq!(desk.memory.score_decisions(desk.project(), &KindId::PERSON), Some(60));
    assert!((score(&desk, country) - 0.9).abs() < 1e-6, "each kind for itself");
    let again = ProjectMemory::of(desk.project());
    let open = desk.project().mention(ids[61]).unwrap();
    assert_eq!(again.score(desk.project(), open), Some(learned), "it follows from the records alone");
    desk.does(|p| ops::set_learning(p, false, stamp()));
    assert!((score(&desk, ids[61]) - 0.9).abs() < 1e-6);
    desk.undo();
    (0..30).for_each(|_| desk.undo());
    assert!((score(&desk, ids[61]) - 0.9).abs() < 1e-6, "fewer than 50 are done");
}

#[test]
fn a_class_of_events_of_ones_own_is_suggested_as_events() {
    let clash = KindId("clash".into());
    let mut desk = Desk::new(&["Rebels clashed in Moss.", "They clashed again; more clashed there, and some fought."]);
    let mut tagset = desk.project().tagset().clone();
    tagset.add(Kind::new(clash.clone(), "Clash", "Clashes", '5', Schema::Event));
    let new = ops::NewTagset { tagset, ..ops::NewTagset::default() };
    desk.does(|p| ops::set_tagset(p, &new, &ops::unknown, stamp()));
    assert_eq!(own_kinds(desk.project()), [SHIP, clash.clone()]);
    desk.tag(0, "clashed", &clash);
    assert_eq!(desk.memory.lessons(desk.project())[0].decided.marked.len(), 1);
    let places = [desk.range(1, "fought", 0), desk.range(1, "clashed", 1), desk.range(1, "clashed", 0)];
    let liken = |desk: &mut Desk, places: &[TextRange]| {
        let spans: Vec<KindSpan> = places.iter().map(|range| like(*range, clash.clone())).collect();
        let edit = desk.memory.liken(desk.project(), ArticleId(1), &spans, stamp());
        desk.session.apply(edit).unwrap();
        desk.learn();
        let edit = desk.memory.liken(desk.project(), ArticleId(1), &spans, stamp());
        assert!(edit.is_empty(), "{:?}", edit.changes);
    };
    liken(&mut desk, &places);
    assert_eq!(desk.open(1, &clash), ["clashed", "fought"], "what is told in the same words is one");
    let events = |desk: &Desk| desk.project().events_of(ArticleId(1)).count();
    assert_eq!(events(&desk), 2);
    let fought = desk.project().mentions(ArticleId(1)).iter().find(|m| m.quote == "fought").unwrap();
    let (id, event) = (fought.id, fought.event().unwrap());
    assert_eq!(desk.reason(id).as_deref(), Some("like 30 others"));
    // A run of the engine leaves them; what a person keeps stays.
    let edit = crate::suggest::edit(desk.project(), ArticleId(1), &Suggestions::default(), stamp());
    assert!(edit.is_empty(), "{:?}", edit.changes);
    desk.does(|p| ops::accept(p, &[id], stamp()));
    liken(&mut desk, &[]);
    assert_eq!((desk.open(1, &clash).len(), events(&desk)), (0, 1));
    assert!(desk.project().event(event).is_some());
    desk.undo();
    liken(&mut desk, &places);
    desk.does(|p| ops::refuse(p, id, false, stamp()));
    assert_eq!((desk.open(1, &clash), events(&desk)), (vec!["clashed"], 1), "not here");
    desk.does(|p| ops::set_learning(p, false, stamp()));
    assert_eq!(events(&desk), 0);
}

#[test]
fn what_was_tagged_in_an_article_is_suggested_where_else_it_stands_in_it() {
    let mut desk = Desk::new(&["Moss won. Then Moss left Mossby; Bo Moss did not. Moss rested.", "Moss again."]);
    desk.tag(0, "Bo Moss", &KindId::PERSON);
    desk.tag(0, "Moss", &KindId::PERSON);
    assert_eq!(desk.open(0, &KindId::PERSON), ["Moss", "Moss"]);
    assert!(desk.open(1, &KindId::PERSON).is_empty(), "one article says nothing of others");
    let made: Vec<Mention> =
        desk.project().mentions(ArticleId(0)).iter().filter(|mention| mention.is_open()).cloned().collect();
    let tagged = desk.project().mentions(ArticleId(0))[0].clone();
    assert_eq!((made[0].target, made[1].target), (tagged.target, tagged.target));
    assert_eq!(desk.reason(made[0].id).unwrap(), "you tagged “Moss” as a person in this article");
    // They follow whom the tag names.
    let known = ops::Known { name: "Kate Moss".into(), ..ops::Known::default() };
    desk.does(|p| ops::assign_new(p, &[tagged.id], &known, stamp()));
    let now = desk.project().mention(made[0].id).unwrap();
    assert_eq!(now.target, desk.project().mention(tagged.id).unwrap().target);
    desk.undo();
    // Not where a person says that the words are none there.
    desk.reject(made[0].id);
    assert!(desk.open(0, &KindId::PERSON).is_empty());
    desk.undo();
    desk.does(|p| ops::refuse(p, made[1].id, false, stamp()));
    assert!(desk.open(0, &KindId::PERSON).is_empty());
    desk.undo();
    desk.does(|p| ops::accept(p, &[made[1].id], stamp()));
    assert_eq!(desk.open(0, &KindId::PERSON), ["Moss"], "the other stays");
    desk.undo();
    desk.undo();
    assert!(desk.open(0, &KindId::PERSON).is_empty(), "without the tag nothing is suggested");
}
