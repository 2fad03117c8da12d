//! What the window learns from decisions, as a person meets it, without a screen.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod harness;

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use harness::{CTRL, Window, as_run, stamp};
use rubricator::project::{ArticleId, Chance, Checks, Kind, KindId, MediaTopic, Mention, Origin, Project, Schema, ops};
use rubricator::store::{self, ReviewOrder, Settings};
use rubricator::text::{Article, Metadata, Text, words};
use rubricator::ui::command::Command;
use rubricator::ui::file_dialog::Purpose;
use rubricator::ui::state::State;

/// Articles of these texts in which all these words are suggested as people.
fn project(texts: &[&str], people: &[&str]) -> Project {
    let mut project = Project::new();
    let article = |text: &&str| Article {
        meta: Metadata { title: text.chars().take(12).collect(), ..Metadata::default() },
        text: Text::new(*text).unwrap(),
    };
    project.apply(&ops::add_articles(&project, texts.iter().map(article).collect(), stamp())).unwrap();
    for id in project.article_ids().to_vec() {
        people.iter().for_each(|name| suggest(&mut project, id, name, 0.8));
    }
    project
}

/// Suggests the words as people wherever an article has them.
fn suggest(project: &mut Project, article: ArticleId, name: &str, score: f32) {
    let ranges = words::occurrences(project.text(article), name);
    let mut edit = ops::tag(project, article, &ranges, &KindId::PERSON, &ops::unknown, stamp());
    as_run(&mut edit, &Origin { source: "people".into(), score: Some(score), reason: String::new() });
    project.apply(&edit).unwrap();
}

fn window(project: &Project) -> Window {
    window_set(project, Settings::default())
}

fn window_set(project: &Project, settings: Settings) -> Window {
    let mut window = Window::set(tempfile::tempdir().unwrap(), settings);
    let path = window.home.path().join("reports.rubric");
    store::save_project(&path, project).unwrap();
    window.open(path);
    window.until("what was decided is known", |state| !state.model.learner.is_reading);
    window
}

const REPORTS: [&str; 4] = [
    "Download spoke, and Ada answered. Download left.",
    "Ada met Download on Monday.",
    "Ada read what Download had said; Download smiled.",
    "Nobody but Download was there.",
];

impl Window {
    fn open_words(&self, article: u32) -> Vec<&str> {
        let mentions = self.state().model.project().mentions(ArticleId(article)).iter();
        mentions.filter(|mention| mention.is_open()).map(|mention| mention.quote.as_str()).collect()
    }

    fn reject_here(&mut self, words: &str) {
        self.press(Key::Tab);
        while self.selected() != Some(words) {
            self.press(Key::Tab);
        }
        self.press(Key::X);
    }

    /// Goes on until nothing is left to be learned.
    fn settle(&mut self) {
        self.until("all is learned", |state| state.model.learner.is_idle());
    }
}

#[test]
fn what_is_rejected_twice_is_suggested_no_more_and_says_why() {
    let mut window = window(&project(&REPORTS, &["Download", "Ada"]));
    window.reject_here("Download");
    assert_eq!(window.open_words(0), ["Ada"], "at once in the article");
    assert!(window.shows("Held back  1") && window.shows("Rejected  1"));
    window.command(Command::NextArticle);
    window.reject_here("Download");
    window.settle();
    assert_eq!((window.open_words(2), window.open_words(3)), (vec!["Ada"], vec![]));
    window.command(Command::NextArticle);
    window.click("Held back  2");
    window.harness.get_all_by_label_contains("Held back Download").next().unwrap().click();
    window.run();
    assert!(window.shows("Held back: you rejected “Download” as a person in 2 articles"));
    // All of it is taken back with the decision.
    window.press_with(CTRL, Key::Z);
    window.settle();
    assert_eq!(window.open_words(2), ["Ada", "Download", "Download"]);
    assert_eq!(window.open_words(3), ["Download"]);
}

#[test]
fn undo_leads_back_to_the_very_project_that_was_saved() {
    let mut window = window(&project(&REPORTS, &["Download", "Ada"]));
    let before: Vec<Mention> = window.state().model.project().all_mentions().cloned().collect();
    window.reject_here("Download");
    assert!(window.state().model.session.is_modified());
    window.press_with(CTRL, Key::Z);
    window.settle();
    let after: Vec<Mention> = window.state().model.project().all_mentions().cloned().collect();
    assert!(before == after && !window.state().model.session.is_modified());
    window.press_with(CTRL, Key::Y);
    window.settle();
    assert_eq!(window.open_words(0), ["Ada"]);
}

#[test]
fn keys_say_not_here_and_forget() {
    let mut window = window(&project(&REPORTS, &["Download", "Ada"]));
    for article in 0..2 {
        window.reject_here("Download");
        assert!(!window.open_words(article).contains(&"Download"));
        window.command(Command::NextArticle);
    }
    window.settle();
    let held = window.state().model.mentions().iter().find(|mention| mention.is_held()).unwrap().id;
    window.click("Held back  2");
    window.harness.get_all_by_label_contains("Held back Download").next().unwrap().click();
    window.run();
    assert_eq!(window.state().model.selected, Some(held));
    window.press(Key::H);
    assert_eq!(window.open_words(2), ["Ada", "Download", "Download"], "not in this article");
    assert!(window.open_words(3).is_empty());
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.open_words(2), ["Ada"]);
    window.state().model.selected_mention().unwrap();
    window.press(Key::F);
    window.settle();
    assert_eq!(window.open_words(3), ["Download"], "forgotten everywhere");
    assert!(window.state().model.project().log().iter().any(|entry| !entry.run));
}

#[test]
fn what_is_tagged_twice_is_suggested_and_learning_can_be_switched_off() {
    let mut window = window(&project(&["One heron sank.", "A heron came.", "No heron is here."], &[]));
    for _ in 0..2 {
        window.select_word("heron");
        window.press(Key::Num1);
        window.press(Key::Escape);
        window.command(Command::NextArticle);
    }
    window.settle();
    assert_eq!(window.open_words(2), ["heron"]);
    window.press(Key::Tab);
    assert!(window.shows("Suggested: you tagged “heron” as a person in 2 articles"));
    window.command(Command::ToggleLearning);
    window.settle();
    assert!(window.open_words(2).is_empty());
    assert!(window.state().model.selected_mention().is_none());
    window.command(Command::ToggleLearning);
    window.settle();
    assert_eq!(window.open_words(2), ["heron"]);
}

#[test]
fn a_project_that_is_opened_again_suggests_the_same() {
    let mut window = window(&project(&REPORTS, &["Download", "Ada"]));
    for _ in 0..2 {
        window.reject_here("Download");
        window.command(Command::NextArticle);
    }
    window.settle();
    let path = window.home.path().join("again.rubric");
    store::save_project(&path, window.state().model.project()).unwrap();
    let before: Vec<Mention> = window.state().model.project().all_mentions().cloned().collect();
    let mut again = Window::set(tempfile::tempdir().unwrap(), Settings::default());
    again.open(path);
    again.until("what was decided is known", |state| !state.model.learner.is_reading);
    again.settle();
    let after: Vec<Mention> = again.state().model.project().all_mentions().cloned().collect();
    assert_eq!(before, after);
    assert!(!again.state().model.session.is_modified());
}

/// Reports that name parties, clubs and ministers in the same way, with the parties.
const PARTIES: [(&str, &[&str]); 7] = [
    (
        "The Harvest Party won in Ostrava. Its rival, the Civic Union, lost two seats to the Harvest Party.",
        &["Harvest Party", "Civic Union"],
    ),
    (
        "Voters left the Civic Union for the Green League, said minister Petra Novak of Brno.",
        &["Civic Union", "Green League"],
    ),
    ("FC Ostrava beat Sparta Brno. The Labour Party asked the Bank of Moravia for a loan.", &["Labour Party"]),
    (
        "The Green League and the Labour Party agreed in Zlin; the Bank of Moravia was pleased.",
        &["Green League", "Labour Party"],
    ),
    ("Petra Novak joined the Reform Party, which governs with the Harvest Party.", &["Reform Party", "Harvest Party"]),
    (
        "In Brno the Reform Party lost to the People's Party, and Sparta Brno lost to FC Ostrava.",
        &["Reform Party", "People's Party"],
    ),
    ("The Freedom Party met the Farmers Party in Ostrava while Petra Novak was in Zlin.", &[]),
];

/// The reports with the parties tagged, of which so many are done.
fn parties(done: usize) -> Project {
    let party = KindId("party".into());
    let mut project = project(&PARTIES.map(|(text, _)| text), &[]);
    let mut tagset = project.tagset().clone();
    tagset.add(Kind::new(party.clone(), "Party", "Parties", '4', Schema::Entity));
    let new = ops::NewTagset { tagset, ..ops::NewTagset::default() };
    project.apply(&ops::set_tagset(&project, &new, &ops::unknown, stamp())).unwrap();
    for (index, (text, parties)) in PARTIES.iter().enumerate().take(6) {
        let id = ArticleId(index as u32);
        for name in *parties {
            let range = words::occurrences(text, name)[0];
            project.apply(&ops::tag(&project, id, &[range], &party, &ops::unknown, stamp())).unwrap();
        }
        if index < done {
            project.apply(&ops::set_done(&project, id, true, stamp())).unwrap();
        }
    }
    project
}

#[test]
fn a_kind_of_ones_own_is_suggested_from_its_examples() {
    let project = parties(5);
    let mut window = window(&project);
    let standing = |state: &State| state.model.learner.standings.first().cloned();
    window.until("examples are learned", |state| standing(state).is_some_and(|of| of.examples == 11));
    let before = standing(window.state()).unwrap();
    while window.state().model.article != Some(ArticleId(5)) {
        window.command(Command::NextArticle);
    }
    // What is marked as done is tried, and then learned from as a whole.
    window.press_with(CTRL, Key::D);
    window.until("it is tried on it", |state| standing(state).is_some_and(|of| of.tried.1 > before.tried.1));
    let now = standing(window.state()).unwrap();
    assert!(now.speaks, "{now:?}");
    window.command(Command::NextArticle);
    window.until("it is suggested", |state| state.model.open_count() > 0);
    let suggested: Vec<&str> = window.state().model.to_decide().map(|mention| mention.quote.as_str()).collect();
    assert!(suggested.contains(&"Freedom Party") && !suggested.contains(&"Petra Novak"), "{suggested:?}");
    assert!(window.shows(&format!("11 examples, right {} of {} times; suggesting", now.tried.0, now.tried.1)));
    window.press(Key::Tab);
    assert!(window.shows("Suggested: like 11 examples that you tagged in 6 articles"));
    // Without the examples nothing is suggested.
    window.command(Command::ToggleLearning);
    window.settle();
    assert_eq!(window.state().model.open_count(), 0);
}

/// What an article about the weather, and what one about sport, may say.
fn report(index: usize) -> String {
    let town = ["Zlin", "Ostrava", "Brno", "Opava", "Pilsen", "Tabor"][index % 6];
    match index % 2 {
        0 => {
            format!("Heavy rain and strong wind are expected in {town}. Storms bring snow; it will be cold and cloudy.")
        }
        _ => format!("The team of {town} won the match by two goals. The striker scored twice in the second half."),
    }
}

#[test]
fn article_tags_are_suggested_from_those_that_were_given() {
    let texts: Vec<String> = (0..24).map(report).collect();
    let mut project = project(&texts.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
    let mut new = ops::NewTagset { tagset: project.tagset().clone(), ..ops::NewTagset::default() };
    new.tagset.article_tags.push(MediaTopic::tag());
    project.apply(&ops::set_tagset(&project, &new, &ops::unknown, stamp())).unwrap();
    let topic = |index: usize| [["weather", "sport"][index % 2].to_owned()];
    for index in 0..19 {
        let article = ArticleId(index as u32);
        let edit = ops::set_article_tag(&project, article, MediaTopic::TAG, &topic(index), stamp());
        project.apply(&edit).unwrap();
    }
    let mut window = window(&project);
    let tags = |state: &State, article: u32| {
        let record = state.model.project().article(ArticleId(article)).unwrap();
        record.tags.get(MediaTopic::TAG).cloned().unwrap_or_default()
    };
    window.go_to(ArticleId(19));
    window.settle();
    assert!(window.state().model.learner.tags.is_empty(), "19 are too few");
    window.click("sport");
    window.go_to(ArticleId(20));
    window.until("tags are suggested", |state| state.model.learner.tags.contains_key(&ArticleId(20)));
    window.settle();
    assert!(window.shows("Accept weather as Media topic") && !window.shows("Accept sport as Media topic"));
    assert!(window.shows("like 10 articles that you tagged this way; right 10 of 10 times so far"));
    assert!(tags(window.state(), 20).is_empty(), "nothing is set by itself");
    window.click("Accept weather as Media topic");
    assert_eq!(tags(window.state(), 20), ["weather"]);
    assert!(!window.shows("Accept weather as Media topic"));
    // By key.
    window.go_to(ArticleId(21));
    window.until("a tag is suggested", |state| state.model.learner.tags.contains_key(&ArticleId(21)));
    window.press_with(Modifiers::ALT, Key::T);
    assert_eq!(tags(window.state(), 21), ["sport"]);
    window.press_with(CTRL, Key::Z);
    assert!(tags(window.state(), 21).is_empty());
    // Not where nothing is learned.
    window.command(Command::ToggleLearning);
    window.until("nothing is suggested", |state| state.model.learner.tags.is_empty());
}

#[test]
fn the_memory_of_another_project_is_used() {
    let mut first = window(&project(&REPORTS, &["Download", "Ada"]));
    for _ in 0..2 {
        first.reject_here("Download");
        first.command(Command::NextArticle);
    }
    let path = first.home.path().join("First reports.rubric");
    store::save_project(&path, first.state().model.project()).unwrap();
    let mut window = window(&project(&["Download and Ada met again."], &["Download", "Ada"]));
    let number = window.state().model.number;
    window.harness.state_mut().picked(Purpose::Memory, number, vec![path.clone()]);
    window.until("it is used", |state| !state.model.project().taken().is_empty());
    window.settle();
    assert_eq!(window.open_words(0), ["Ada"]);
    assert!(window.shows("Using what First reports knows of 1 name or word"));
    assert!(!window.state().model.project().taken().iter().any(|taken| taken.words.iter().any(|of| of.words == "Ada")));
    window.press_with(CTRL, Key::Z);
    window.settle();
    assert_eq!(window.open_words(0), ["Download", "Ada"]);
}

#[test]
fn a_kind_that_another_project_learned_is_suggested_without_its_texts() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("Elections.rubric");
    store::save_project(&path, &parties(6)).unwrap();
    let mut window = window(&project(&[PARTIES[6].0, "It rained in Brno."], &[]));
    let number = window.state().model.number;
    window.harness.state_mut().picked(Purpose::Memory, number, vec![path]);
    window.until("it is suggested", |state| state.model.open_count() > 0);
    assert!(window.shows("Using what Elections knows of 5 names and words, and of parties"));
    let suggested = |window: &Window| -> Vec<String> {
        window.state().model.to_decide().map(|mention| mention.quote.to_string()).collect()
    };
    let found = suggested(&window);
    assert!(found.contains(&"Freedom Party".to_owned()) && !found.contains(&"Petra Novak".to_owned()), "{found:?}");
    window.press(Key::Tab);
    assert!(window.shows("Suggested: like 11 examples in 6 articles of Elections"));
    let project = window.state().model.project();
    assert!(project.tagset().get(&KindId("party".into())).is_some());
    let learned = &project.taken()[0].kinds.as_ref().unwrap().learned;
    assert!(
        !learned.contains("minister") && !learned.contains("Petra") && learned.len() < 100_000,
        "{}",
        learned.len()
    );
    // It is kept with the project.
    let again = window.home.path().join("again.rubric");
    store::save_project(&again, project).unwrap();
    let mut other = Window::set(tempfile::tempdir().unwrap(), Settings::default());
    other.open(again);
    other.until("what was decided is known", |state| !state.model.learner.is_reading);
    other.settle();
    assert_eq!(suggested(&other), found);
    // Undo takes it back, with what followed from it.
    window.press_with(CTRL, Key::Z);
    window.settle();
    assert_eq!(window.state().model.open_count(), 0);
    assert!(window.state().model.project().taken().is_empty());
    assert!(window.state().model.project().tagset().get(&KindId("party".into())).is_none());
}

#[test]
fn what_saves_most_is_reviewed_first() {
    let texts = ["Ada met Bo.", "Bo met Cy.", "Bo met Cy again.", "Bo left."];
    let settings = Settings { random_checks: false, ..Settings::default() };
    let mut window = window_set(&project(&texts, &["Ada", "Bo", "Cy"]), settings);
    let order = |window: &mut Window| {
        (0..2).for_each(|_| window.press(Key::Tab));
        window.selected().map(str::to_owned)
    };
    assert_eq!(order(&mut window).as_deref(), Some("Bo"), "Ada first, as in the text");
    window.press(Key::Escape);
    window.press_with(CTRL, Key::Comma);
    window.click("Most work saved first");
    window.press(Key::Escape);
    assert!(window.shows("2 to review, most work saved first"));
    assert_eq!(order(&mut window).as_deref(), Some("Ada"), "Bo first, who is named in four articles");
}

#[test]
fn articles_in_which_a_decision_settles_most_come_first() {
    let texts = ["Ada left.", "Bo met Cy.", "Dee met Bo and Cy.", "Bo and Cy left; Bo met Cy."];
    let mut window = window(&project(&texts, &["Ada", "Bo", "Cy", "Dee"]));
    window.click("Sort articles");
    window.click("Most work saved");
    let shown = |window: &Window| window.state().listing.shown().iter().map(|id| id.0).collect::<Vec<_>>();
    window.until("it is known what they save", |state| state.listing.shown().first() == Some(&ArticleId(1)));
    assert_eq!(shown(&window), [1, 3, 2, 0], "Dee and Ada are named once");
    // What is done saves nothing more, and the next is the next in this order.
    window.go_to(ArticleId(1));
    window.command(Command::FinishArticle);
    window.press(Key::Enter);
    assert_eq!(window.state().model.article, Some(ArticleId(3)), "asked once");
    window.settle();
    assert_eq!(shown(&window), [3, 2, 0, 1]);
}

/// Forty people, each named once, the later the surer.
fn crowd() -> Project {
    let letter = |n: u8| char::from(b'a' + n % 20);
    let names: Vec<String> =
        (0..40u8).map(|n| format!("{}{}o", letter(n).to_ascii_uppercase(), letter(n / 20))).collect();
    let mut project = project(&[&names.join(" met ")], &[]);
    for (at, name) in names.iter().enumerate() {
        suggest(&mut project, ArticleId(0), name, 0.5 + at as f32 / 100.0);
    }
    project
}

impl Window {
    fn is_drawn(&self) -> bool {
        Chance::of(self.state().model.selected_mention().unwrap()).is_drawn
    }

    /// Goes on in the review to what chance has drawn.
    fn next_drawn(&mut self) {
        self.press(Key::Tab);
        while !self.is_drawn() {
            assert!(!self.is_marked());
            self.press(Key::Tab);
        }
    }

    /// Whether the bar says that it was drawn.
    fn is_marked(&self) -> bool {
        self.harness.query_by_label("picked at random").is_some()
    }

    fn checks(&self) -> Option<Checks> {
        Checks::of(self.state().model.project().all_mentions()).remove(&KindId::PERSON)
    }
}

#[test]
fn decisions_on_what_chance_has_drawn_tell_how_often_suggestions_are_right() {
    let mut window = window(&crowd());
    window.next_drawn();
    assert!(window.is_marked());
    window.command(Command::Accept);
    assert_eq!(window.checks(), Some(Checks { checked: 1, right: 1 }));
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.checks(), None, "taken back with the decision");
    window.next_drawn();
    window.press(Key::X);
    assert_eq!(window.checks(), Some(Checks { checked: 1, right: 0 }));
    let head = window.harness.get_by_label_contains("People  ").rect().center();
    window.harness.hover_at(head);
    for _ in 0..60 {
        window.harness.step();
    }
    assert!(window.shows("People 0.40 ± 0.40 on 1 random check"));
    assert!(window.shows("Accepted as suggested: 0 of 1 picked at random"));
    // What a person chooses to decide on is no check, though chance would have drawn it.
    window.next_drawn();
    let id = window.state().model.selected.unwrap();
    let pos = window.state().view.rect_of(id).unwrap().center();
    window.press(Key::Escape);
    window.click_at(pos);
    assert_eq!(window.state().model.selected, Some(id));
    assert!(!window.is_marked());
    window.press(Key::X);
    assert_eq!(window.checks(), Some(Checks { checked: 1, right: 0 }));
    // Nor is anything once it is switched off.
    window.press(Key::Escape);
    window.press_with(CTRL, Key::Comma);
    window.click("Pick one suggestion in ten at random");
    window.press(Key::Escape);
    window.next_drawn();
    assert!(!window.is_marked());
    window.press(Key::X);
    assert_eq!(window.checks(), Some(Checks { checked: 1, right: 0 }));
}

#[test]
fn what_chance_has_drawn_comes_anywhere_in_an_order_by_score() {
    let walk = |random_checks| {
        let settings = Settings { review_order: ReviewOrder::Uncertain, random_checks, ..Settings::default() };
        let mut window = window_set(&crowd(), settings);
        let step = |_| {
            window.press(Key::Tab);
            (window.is_drawn(), window.selected().unwrap().to_owned())
        };
        (0..40).map(step).collect::<Vec<_>>()
    };
    let (by_score, with_checks) = (walk(false), walk(true));
    let others = |walked: &[(bool, String)]| walked.iter().filter(|(drawn, _)| !drawn).cloned().collect::<Vec<_>>();
    assert_eq!(others(&by_score), others(&with_checks));
    assert_ne!(by_score, with_checks);
}
