//! Finding and listing as a person does it: in the article, in the project, in the list of articles.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod harness;

use eframe::egui::{Event, Key};
use egui_kittest::kittest::Queryable;
use harness::{CTRL, SHIFT, Window, stamp};
use jiff::civil::date;
use rubricator::project::{ArticleId, KindId, Project, Stage, Status, ops};
use rubricator::store::{Settings, save_project};
use rubricator::text::{Article, Metadata, Text, byte_range};
use rubricator::ui::command::Command;
use rubricator::ui::listing::Sort;
use rubricator::ui::state::State;

const TEXTS: [(&str, &str); 3] = [
    ("Cod and kings", "Pedro Rojas sold cod. Rojas was glad.\nThe rojasite is a stone. ROJAS left for Chile."),
    ("A quiet harbour", "Nobody spoke of Rojas in the harbour of Bergen."),
    ("Boats", "Ships, boats and boats; Boats"),
];

/// The window with a project of three articles; "Pedro Rojas" is tagged in the first.
fn open() -> Window {
    with(&TEXTS.map(|(title, text)| (title.to_owned(), text.to_owned())))
}

fn with(texts: &[(String, String)]) -> Window {
    let mut window = Window::set(tempfile::tempdir().unwrap(), Settings::default());
    let path = window.home.path().join("harbour.rubric");
    save_project(&path, &project(texts)).unwrap();
    window.open(path);
    window
}

impl Window {
    /// The words selected.
    fn words(&self) -> String {
        let range = self.state().model.caret.unwrap().range();
        self.state().model.text().get(range.start().into()..range.end().into()).unwrap().to_owned()
    }

    fn at(&self) -> u32 {
        self.state().model.caret.unwrap().range().start().into()
    }

    /// The live tags of an article: their words and kinds.
    fn tags(&self, article: usize) -> Vec<(String, String)> {
        let project = self.state().model.project();
        let mentions = project.mentions(project.article_ids().get(article).copied().unwrap());
        let live = mentions.iter().filter(|mention| mention.is_live());
        live.map(|mention| (mention.quote.to_string(), mention.kind.as_str().to_owned())).collect()
    }

    /// The titles in the list, from the top.
    fn listed(&self) -> Vec<&str> {
        let project = self.state().model.project();
        let titles = self.state().listing.shown().iter().filter_map(|id| project.article(*id));
        titles.map(|record| record.article.meta.title.as_str()).collect()
    }

    fn find_in_project(&mut self, words: &str) {
        self.press_with(CTRL | SHIFT, Key::F);
        self.write(words);
        self.until("the search has ended", |state| !state.concordance.is_running());
    }
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
    let mut window = open();
    window.press_with(CTRL, Key::F);
    window.write("rojas");
    assert!(window.shows("1 of 4"));
    window.click("Whole words");
    assert!(window.shows("1 of 3"));
    window.click("Match case");
    assert!(window.shows("No match"));
    window.click("Whole words");
    assert!(window.shows("1 of 1") && window.words() == "rojas", "the stone");
    window.click("Match case");
    window.click("Regular expression");
    window.harness.get_by_label("Find in article").focus();
    window.harness.run();
    window.press_with(CTRL, Key::A);
    window.write("r[a-z]+s(");
    assert!(window.shows("Not a regular expression: unclosed group"));
    window.press(Key::Backspace);
    assert!(window.shows("1 of 4") && !window.shows("Not a regular"));
}

#[test]
fn enter_and_f3_go_on_and_back_and_around() {
    let mut window = open();
    window.press_with(CTRL, Key::F);
    window.write("rojas");
    let first = window.at();
    window.press(Key::Enter);
    assert!(window.shows("2 of 4") && window.at() > first);
    window.press(Key::F3);
    assert!(window.shows("3 of 4"));
    window.press_with(SHIFT, Key::Enter);
    window.press_with(SHIFT, Key::F3);
    window.press_with(SHIFT, Key::F3);
    assert!(window.shows("4 of 4"), "round at the start");
    window.press(Key::Escape);
    assert!(window.state().find.is_none());
    window.press(Key::Escape);
    window.press(Key::F3);
    assert!(window.shows("1 of 4"), "what was looked for last is looked for again");
}

#[test]
fn escape_closes_the_search_from_another_pane() {
    let mut window = open();
    window.press_with(CTRL, Key::F);
    window.write("rojas");
    window.press(Key::F6);
    assert!(window.state().find.is_some());
    window.press(Key::Escape);
    assert!(window.state().find.is_none(), "with the keys in another pane");
}

#[test]
fn all_matches_are_tagged_and_untagged_each_in_one_step() {
    let mut window = open();
    window.press_with(CTRL, Key::F);
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
    let mut window = open();
    window.press_with(CTRL, Key::F);
    window.write("rojas");
    window.press_with(CTRL, Key::PageDown);
    assert_eq!(window.state().find.as_ref().unwrap().places().len(), 1);
    window.press(Key::F3);
    assert!(window.shows("1 of 1") && window.words() == "Rojas");
}

#[test]
fn space_that_a_pattern_matches_is_not_tagged() {
    let mut window = open();
    window.press_with(CTRL, Key::F);
    window.click("Regular expression");
    window.harness.get_by_label("Find in article").focus();
    window.harness.run();
    window.write(" cod.. ");
    assert!(window.shows("No match"));
    window.press_with(CTRL, Key::A);
    window.write(" cod. ");
    window.command(Command::TagMatches);
    assert!(window.tags(0).contains(&("cod.".to_owned(), "person".to_owned())));
}

#[test]
fn a_long_text_is_searched_in_the_background_and_a_new_letter_supersedes() {
    let text = "boats and water ".repeat(20_000);
    let mut window = with(&[("Long".to_owned(), text)]);
    window.press_with(CTRL, Key::F);
    for letter in ["w", "a", "t", "e", "r"] {
        window.harness.event(Event::Text(letter.to_owned()));
        window.harness.step();
    }
    window.until("all is found", |state| state.find.as_ref().unwrap().places().len() == 20_000);
    assert!(window.shows("1 of 20,000"));
    assert_eq!(window.words(), "water");
}

#[test]
fn the_project_is_searched_and_a_match_is_gone_to() {
    let mut window = open();
    window.find_in_project("rojas");
    assert!(window.shows("5 matches in 2 articles"));
    window.click("Nobody spoke of Rojas in the harbour of Bergen., A quiet harbour");
    assert_eq!(window.state().model.article, Some(ArticleId(1)));
    assert_eq!(window.words(), "Rojas");
    assert!(window.state().concordance.shown, "the matches stay beside it");
    window.press_with(CTRL | SHIFT, Key::F);
    window.press_with(CTRL, Key::A);
    window.write("nowhere");
    window.until("the search has ended", |state| !state.concordance.is_running());
    assert!(window.shows("No match in any article"));
    window.press(Key::Escape);
    assert!(!window.state().concordance.shown);
}

#[test]
fn matches_are_walked_with_the_arrow_keys() {
    let mut window = open();
    window.find_in_project("rojas");
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert_eq!((window.state().model.article, window.at()), (Some(ArticleId(0)), 22));
    for _ in 0..9 {
        window.press(Key::ArrowDown);
    }
    window.press(Key::Enter);
    assert_eq!(window.state().model.article, Some(ArticleId(1)), "the last");
}

#[test]
fn a_concordance_is_sorted_by_what_stands_around() {
    let mut window = open();
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
    let mut window = open();
    window.find_in_project("rojas");
    window.click("Tag all 5");
    assert_eq!((window.tags(0).len(), window.tags(1).len()), (5, 1));
    window.press_with(CTRL, Key::PageDown);
    window.command(Command::Undo);
    assert_eq!((window.tags(0).len(), window.tags(1).len()), (1, 0), "one step");
    assert_eq!(window.state().model.article, Some(ArticleId(1)), "it is one of those that changed");
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
    let mut window = open();
    assert_eq!(window.listed(), ["Cod and kings", "A quiet harbour", "Boats"]);
    window.harness.get_by_label("Filter articles").focus();
    window.harness.run();
    window.write("26 may");
    assert_eq!(window.listed(), ["Boats"]);
    assert!(window.shows("1 shown"));
    window.press(Key::Escape);
    window.press_with(CTRL, Key::PageDown);
    assert_eq!(window.state().model.article, Some(ArticleId(2)));
    window.press_with(CTRL, Key::PageDown);
    assert_eq!(window.state().model.article, Some(ArticleId(2)), "what is filtered out is stepped over");
    window.harness.get_by_label("Filter articles").focus();
    window.harness.run();
    for _ in 0..6 {
        window.press(Key::Backspace);
    }
    window.click("Sort articles");
    window.click("By name");
    assert_eq!(window.state().listing.sort, Sort::Name);
    assert_eq!(window.listed(), ["A quiet harbour", "Boats", "Cod and kings"]);
}

#[test]
fn an_article_is_marked_done_by_key_and_counted() {
    let mut window = open();
    assert!(window.shows("0 of 3 done") && window.shows("Cod and kings, in progress"));
    window.press_with(CTRL, Key::D);
    assert!(window.shows("1 of 3 done") && window.shows("Cod and kings, done") && window.shows("is done"));
    window.click("Show articles by status");
    window.click("New");
    assert_eq!(window.listed(), ["A quiet harbour", "Boats"]);
    window.command(Command::Undo);
    let record = window.state().model.project().article(ArticleId(0)).unwrap();
    assert_eq!(window.state().model.project().stage(record), Stage::InProgress);
}

#[test]
fn articles_that_mention_somebody_are_listed() {
    let mut window = open();
    window.harness.get_by_label("Pedro Rojas, person, 1 mention, accepted").click_secondary();
    window.harness.run();
    window.click("Articles that mention it");
    assert_eq!(window.listed(), ["Cod and kings"]);
    window.click("Not only articles that mention Pedro Rojas");
    assert_eq!(window.listed().len(), 3);
    assert!(window.state().model.mentions().iter().all(|mention| mention.status == Status::Accepted));
}
