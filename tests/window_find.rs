//! Finding and listing as a person does it: in the article, in the project, in the list of articles.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::thread::sleep;
use std::time::{Duration, Instant};

use eframe::egui::{Event, Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use jiff::Timestamp;
use jiff::civil::date;
use rubricator::project::{ArticleId, KindId, Project, Stage, Stamp, Status, ops};
use rubricator::store::{Folders, Settings, save_project};
use rubricator::text::{Article, Metadata, Text, byte_range};
use rubricator::ui::App;
use rubricator::ui::command::Command;
use rubricator::ui::listing::Sort;
use rubricator::ui::state::State;
use tempfile::TempDir;

/// How long the background may take for anything.
const LIMIT: Duration = Duration::from_secs(30);
const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;

const TEXTS: [(&str, &str); 3] = [
    ("Cod and kings", "Pedro Rojas sold cod. Rojas was glad.\nThe rojasite is a stone. ROJAS left for Chile."),
    ("A quiet harbour", "Nobody spoke of Rojas in the harbour of Bergen."),
    ("Boats", "Ships, boats and boats; Boats"),
];

/// The window with a project of three articles; "Pedro Rojas" is tagged in the first.
struct Window {
    harness: Harness<'static, App>,
    _home: TempDir,
}

impl Window {
    fn open() -> Self {
        Self::with(&TEXTS.map(|(title, text)| (title.to_owned(), text.to_owned())))
    }

    fn with(texts: &[(String, String)]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("harbour.rubric");
        save_project(&path, &project(texts)).unwrap();
        let folders = Folders::under(home.path());
        let settings = Settings { glide: false, ..Settings::default() };
        let harness = Harness::builder()
            .with_size(vec2(1280.0, 800.0))
            .with_max_steps(24)
            .allow_missing_glyphs()
            .build_eframe(|context| App::new(&context.egui_ctx, settings, folders));
        let mut window = Self { harness, _home: home };
        window.harness.state_mut().open_paths(vec![path]);
        window.until("the project is open", |state| state.article.is_some());
        window
    }

    fn state(&self) -> &State {
        self.harness.state().state()
    }

    fn until(&mut self, what: &str, holds: impl Fn(&State) -> bool) {
        let start = Instant::now();
        while !holds(self.state()) {
            assert!(start.elapsed() < LIMIT, "it never came about that {what}");
            self.harness.step();
            sleep(Duration::from_millis(2));
        }
        self.harness.run();
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run();
    }

    fn write(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.harness.run();
    }

    fn click(&mut self, name: &str) {
        self.harness.get_by_label(name).click();
        self.harness.run();
    }

    fn shows(&self, part: &str) -> bool {
        self.harness.query_all_by_label_contains(part).next().is_some()
    }

    fn command(&mut self, command: Command) {
        self.harness.state_mut().command(command);
        self.harness.run();
    }

    /// The words selected.
    fn selected(&self) -> String {
        let range = self.state().caret.unwrap().range();
        self.state().text().get(range.start().into()..range.end().into()).unwrap().to_owned()
    }

    fn at(&self) -> u32 {
        self.state().caret.unwrap().range().start().into()
    }

    /// The live tags of an article: their words and kinds.
    fn tags(&self, article: usize) -> Vec<(String, String)> {
        let project = self.state().project();
        let mentions = project.mentions(project.article_ids().get(article).copied().unwrap());
        let live = mentions.iter().filter(|mention| mention.is_live());
        live.map(|mention| (mention.quote.to_string(), mention.kind.as_str().to_owned())).collect()
    }

    /// The titles in the list, from the top.
    fn listed(&self) -> Vec<&str> {
        let project = self.state().project();
        let titles = self.state().listing.shown().iter().filter_map(|id| project.article(*id));
        titles.map(|record| record.article.meta.title.as_str()).collect()
    }

    fn find_in_project(&mut self, words: &str) {
        self.press(CTRL | SHIFT, Key::F);
        self.write(words);
        self.until("the search has ended", |state| !state.concordance.is_running());
    }
}

fn stamp() -> Stamp {
    Stamp { by: "Ada".into(), at: Timestamp::UNIX_EPOCH }
}

fn project(texts: &[(String, String)]) -> Project {
    let articles = texts.iter().zip(1..).map(|((title, text), day)| {
        let meta = Metadata { title: title.clone(), date: Some(date(2024, 5, 29 - day)), ..Metadata::default() };
        Article { meta, text: Text::new(text.as_str()).unwrap() }
    });
    let mut project = Project::new();
    project.apply(&ops::add_articles(&project, articles.collect(), stamp())).unwrap();
    let first = project.article_ids().first().copied().unwrap();
    if project.text(first).starts_with("Pedro Rojas") {
        let range = byte_range(0, 11).unwrap();
        project.apply(&ops::tag(&project, first, &[range], &KindId::PERSON, &ops::unknown, stamp())).unwrap();
    }
    project
}

#[test]
fn words_are_found_by_case_by_whole_words_and_by_pattern() {
    let mut window = Window::open();
    window.press(CTRL, Key::F);
    window.write("rojas");
    assert!(window.shows("1 of 4"));
    window.click("Whole words");
    assert!(window.shows("1 of 3"));
    window.click("Match case");
    assert!(window.shows("No match"));
    window.click("Whole words");
    assert!(window.shows("1 of 1") && window.selected() == "rojas", "the stone");
    window.click("Match case");
    window.click("Regular expression");
    window.harness.get_by_label("Find in article").focus();
    window.harness.run();
    window.press(CTRL, Key::A);
    window.write("r[a-z]+s(");
    assert!(window.shows("Not a regular expression: unclosed group"));
    window.press(Modifiers::NONE, Key::Backspace);
    assert!(window.shows("1 of 4") && !window.shows("Not a regular"));
}

#[test]
fn enter_and_f3_go_on_and_back_and_around() {
    let mut window = Window::open();
    window.press(CTRL, Key::F);
    window.write("rojas");
    let first = window.at();
    window.press(Modifiers::NONE, Key::Enter);
    assert!(window.shows("2 of 4") && window.at() > first);
    window.press(Modifiers::NONE, Key::F3);
    assert!(window.shows("3 of 4"));
    window.press(SHIFT, Key::Enter);
    window.press(SHIFT, Key::F3);
    window.press(SHIFT, Key::F3);
    assert!(window.shows("4 of 4"), "round at the start");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.state().find.is_none());
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::NONE, Key::F3);
    assert!(window.shows("1 of 4"), "what was looked for last is looked for again");
}

#[test]
fn all_matches_are_tagged_and_untagged_each_in_one_step() {
    let mut window = Window::open();
    window.press(CTRL, Key::F);
    window.write("rojas");
    window.click("Whole words");
    window.click("Tag all matches");
    assert_eq!(window.tags(0).len(), 4, "{:?}", window.tags(0));
    assert!(window.shows("Tagged 3 as person"));
    window.click("Tag all matches");
    assert!(window.shows("All of these are tagged as person already"));
    window.command(Command::Undo);
    assert_eq!(window.tags(0).len(), 1);
    window.command(Command::Redo);
    window.click("Untag all");
    assert_eq!(window.tags(0), [("Pedro Rojas".to_owned(), "person".to_owned())]);
    window.command(Command::Undo);
    assert_eq!(window.tags(0).len(), 4);
}

#[test]
fn the_bar_stays_for_the_next_article() {
    let mut window = Window::open();
    window.press(CTRL, Key::F);
    window.write("rojas");
    window.press(CTRL, Key::PageDown);
    assert_eq!(window.state().find.as_ref().unwrap().places().len(), 1);
    window.press(Modifiers::NONE, Key::F3);
    assert!(window.shows("1 of 1") && window.selected() == "Rojas");
}

#[test]
fn space_that_a_pattern_matches_is_not_tagged() {
    let mut window = Window::open();
    window.press(CTRL, Key::F);
    window.click("Regular expression");
    window.harness.get_by_label("Find in article").focus();
    window.harness.run();
    window.write(" cod.. ");
    assert!(window.shows("No match"));
    window.press(CTRL, Key::A);
    window.write(" cod. ");
    window.command(Command::TagMatches);
    assert!(window.tags(0).contains(&("cod.".to_owned(), "person".to_owned())));
}

#[test]
fn a_long_text_is_searched_in_the_background_and_a_new_letter_supersedes() {
    let text = "boats and water ".repeat(20_000);
    let mut window = Window::with(&[("Long".to_owned(), text)]);
    window.press(CTRL, Key::F);
    for letter in ["w", "a", "t", "e", "r"] {
        window.harness.event(Event::Text(letter.to_owned()));
        window.harness.step();
    }
    window.until("all is found", |state| state.find.as_ref().unwrap().places().len() == 20_000);
    assert!(window.shows("1 of 20,000"));
    assert_eq!(window.selected(), "water");
}

#[test]
fn the_project_is_searched_and_a_match_is_gone_to() {
    let mut window = Window::open();
    window.find_in_project("rojas");
    assert!(window.shows("5 matches in 2 articles"));
    window.click("Nobody spoke of Rojas in the harbour of Bergen., A quiet harbour");
    assert_eq!(window.state().article, Some(ArticleId(1)));
    assert_eq!(window.selected(), "Rojas");
    assert!(window.state().concordance.shown, "the matches stay beside it");
    window.press(CTRL | SHIFT, Key::F);
    window.press(CTRL, Key::A);
    window.write("nowhere");
    window.until("the search has ended", |state| !state.concordance.is_running());
    assert!(window.shows("No match in any article"));
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.state().concordance.shown);
}

#[test]
fn matches_are_walked_with_the_arrow_keys() {
    let mut window = Window::open();
    window.find_in_project("rojas");
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!((window.state().article, window.at()), (Some(ArticleId(0)), 22));
    for _ in 0..9 {
        window.press(Modifiers::NONE, Key::ArrowDown);
    }
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.state().article, Some(ArticleId(1)), "the last");
}

#[test]
fn a_concordance_is_sorted_by_what_stands_around() {
    let mut window = Window::open();
    window.find_in_project("boats");
    let start = |state: &State, row| state.concordance.row(row).map(|place| usize::from(place.range.start()));
    let starts = |window: &Window| [0, 1, 2].map(|row| start(window.state(), row).unwrap());
    assert_eq!(starts(&window), [7, 17, 24]);
    window.click("Sort by right context");
    window.until("it is sorted", |state| start(state, 0) == Some(24));
    assert_eq!(starts(&window), [24, 17, 7], "nothing before “;” before “and”");
    window.click("Sort by left context");
    window.until("it is sorted", |state| start(state, 0) == Some(17));
    assert_eq!(starts(&window), [17, 24, 7], "“and” before “boats;” before “ships,”");
    window.click("Sort by article");
    assert_eq!(starts(&window), [7, 17, 24]);
}

#[test]
fn marked_matches_are_tagged_in_one_step_over_all_articles() {
    let mut window = Window::open();
    window.find_in_project("rojas");
    window.click("Tag all 5");
    assert_eq!((window.tags(0).len(), window.tags(1).len()), (5, 1));
    window.press(CTRL, Key::PageDown);
    window.command(Command::Undo);
    assert_eq!((window.tags(0).len(), window.tags(1).len()), (1, 0), "one step");
    assert_eq!(window.state().article, Some(ArticleId(1)), "it is one of those that changed");
    window.click("Mark match 2");
    window.click("Mark match 5");
    window.click("Tag marked 2");
    assert_eq!((window.tags(0).len(), window.tags(1).len()), (2, 1));
    window.click("Mark all matches");
    window.click("Untag marked 5");
    assert_eq!((window.tags(0).len(), window.tags(1).len()), (1, 0));
}

#[test]
fn the_list_is_filtered_sorted_and_goes_round_what_it_shows() {
    let mut window = Window::open();
    assert_eq!(window.listed(), ["Cod and kings", "A quiet harbour", "Boats"]);
    window.harness.get_by_label("Filter articles").focus();
    window.harness.run();
    window.write("26 may");
    assert_eq!(window.listed(), ["Boats"]);
    assert!(window.shows("1 shown"));
    window.press(Modifiers::NONE, Key::Escape);
    window.press(CTRL, Key::PageDown);
    assert_eq!(window.state().article, Some(ArticleId(2)));
    window.press(CTRL, Key::PageDown);
    assert_eq!(window.state().article, Some(ArticleId(2)), "what is filtered out is stepped over");
    window.harness.get_by_label("Filter articles").focus();
    window.harness.run();
    for _ in 0..6 {
        window.press(Modifiers::NONE, Key::Backspace);
    }
    window.click("Sort articles");
    window.click("By name");
    assert_eq!(window.state().listing.sort, Sort::Name);
    assert_eq!(window.listed(), ["A quiet harbour", "Boats", "Cod and kings"]);
}

#[test]
fn an_article_is_marked_done_by_key_and_counted() {
    let mut window = Window::open();
    assert!(window.shows("0 of 3 done") && window.shows("Cod and kings, in progress"));
    window.press(CTRL, Key::D);
    assert!(window.shows("1 of 3 done") && window.shows("Cod and kings, done") && window.shows("is done"));
    window.click("Show articles by status");
    window.click("New");
    assert_eq!(window.listed(), ["A quiet harbour", "Boats"]);
    window.command(Command::Undo);
    let record = window.state().project().article(ArticleId(0)).unwrap();
    assert_eq!(window.state().project().stage(record), Stage::InProgress);
}

#[test]
fn articles_that_mention_somebody_are_listed() {
    let mut window = Window::open();
    window.harness.get_by_label("Pedro Rojas, person, 1 mention, accepted").click_secondary();
    window.harness.run();
    window.click("Articles that mention it");
    assert_eq!(window.listed(), ["Cod and kings"]);
    window.click("Not only articles that mention Pedro Rojas");
    assert_eq!(window.listed().len(), 3);
    assert!(window.state().mentions().iter().all(|mention| mention.status == Status::Accepted));
}
