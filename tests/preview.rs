//! The dialog that shows what is about to come in, as a person meets it.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant};

use eframe::egui::{Key, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use rubricator::store::{Folders, Settings};
use rubricator::ui::App;
use rubricator::ui::state::{Dialog, State};
use tempfile::TempDir;

struct Window {
    harness: Harness<'static, App>,
    home: TempDir,
}

impl Window {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let folders = Folders::under(home.path());
        let settings = Settings { glide: false, suggest_on_open: false, ..Settings::default() };
        let harness = Harness::builder()
            .with_size(vec2(1280.0, 800.0))
            .with_max_steps(240)
            .allow_missing_glyphs()
            .build_eframe(|context| App::new(&context.egui_ctx, settings, folders));
        Self { harness, home }
    }

    /// Puts files into the home folder and opens them.
    fn open(&mut self, files: &[(&str, &str)]) {
        let path = |name: &str| self.home.path().join(name);
        files.iter().for_each(|(name, text)| std::fs::write(path(name), text).unwrap());
        let paths: Vec<PathBuf> = files.iter().map(|(name, _)| path(name)).collect();
        self.harness.state_mut().open_paths(paths);
    }

    fn state(&self) -> &State {
        self.harness.state().state()
    }

    fn until(&mut self, what: &str, holds: impl Fn(&State) -> bool) {
        let start = Instant::now();
        while !holds(self.state()) {
            assert!(start.elapsed() < Duration::from_secs(30), "it never came about that {what}");
            self.harness.step();
            sleep(Duration::from_millis(2));
        }
        // While files are read the window draws again and again.
        self.harness.run_steps(4);
    }

    fn until_asked(&mut self) {
        self.until("the dialog is open", |state| matches!(state.dialog, Some(Dialog::Preview(_))));
    }

    fn click(&mut self, name: &str) {
        self.harness.get_by_label(name).click();
        self.harness.run();
    }

    fn shows(&self, name: &str) -> bool {
        self.harness.query_all_by_label_contains(name).next().is_some()
    }

    fn titles(&self) -> Vec<&str> {
        self.state().model.project().articles().map(|record| record.article.meta.title.as_str()).collect()
    }
}

#[test]
fn one_text_just_opens() {
    let mut window = Window::new();
    window.open(&[("a.txt", "One minister left.")]);
    window.until("the article is open", |state| state.model.article.is_some());
    assert!(window.state().dialog.is_none());
}

#[test]
fn several_are_shown_and_the_same_text_is_skipped() {
    let mut window = Window::new();
    window.open(&[
        ("a.txt", "One minister left."),
        ("b.txt", "Ships may pass."),
        ("c.txt", "One minister left."),
        ("d.txt", ""),
    ]);
    window.until_asked();
    assert!(window.shows("3 articles") && window.shows("same text as another"));
    assert!(window.shows("1 part could not be read"));
    assert_eq!(window.state().model.project().article_count(), 0, "nothing comes in before the answer");
    window.click("Add Ships may pass.");
    window.click("Add 1 article");
    assert_eq!(window.titles(), ["One minister left."]);
    assert!(window.state().dialog.is_none());

    window.open(&[("b.txt", "Ships may pass."), ("c.txt", "One minister left.")]);
    window.until_asked();
    window.click("Skip 1 with the same text as another");
    window.click("Add 2 articles");
    assert_eq!(window.titles(), ["One minister left.", "Ships may pass.", "One minister left."]);
}

#[test]
fn each_article_is_shown_with_its_words_and_first_line_and_no_dateline_in_its_title() {
    let mut window = Window::new();
    window.open(&[
        ("a.txt", "LONDON, March 3 (Reuters) - Talks ended. All left."),
        ("b.txt", "Quiet week\n\nNobody signed anything at all."),
    ]);
    window.until_asked();
    assert!(window.shows("Add Talks ended.") && window.shows("Add Quiet week"));
    let facts = "8 words · Reuters · LONDON, March 3 (Reuters) - Talks ended. All left.";
    assert!(window.shows(facts) && window.shows("7 words · Nobody signed anything at all."));
    // What is known of an article stands below its title, which stands beside its box.
    let place = |name: &str| window.harness.get_by_label(name).rect();
    let (tick, title, facts) = (place("Add Talks ended."), place("Talks ended."), place(facts));
    assert!((tick.center().y - title.center().y).abs() < 4.0 && title.left() > tick.left());
    assert!(facts.top() >= title.center().y && facts.bottom() < place("Quiet week").top() + 4.0);
}

#[test]
fn columns_of_a_table_are_chosen() {
    let mut window = Window::new();
    window.open(&[("a.csv", "x,y,z\nOne,Ships may pass.,1\nTwo,One minister left.,2\n")]);
    window.until_asked();
    assert!(window.shows("1 part could not be read"), "no column is known to hold texts");
    window.click("Text");
    window.click("y");
    window.until("the table is read by it", |state| state.model.jobs.reading == 0 && state.dialog.is_some());
    window.click("Title");
    window.click("x");
    window.until("the table is read by both", |state| state.model.jobs.reading == 0 && state.dialog.is_some());
    window.click("Add 2 articles");
    assert_eq!(window.titles(), ["One", "Two"]);
}

#[test]
fn articles_are_split_and_joined_by_hand() {
    let mut window = Window::new();
    let path = window.home.path().join("log.txt");
    std::fs::write(&path, "Item 1\n\nOne minister left.\n\nItem 2\n\nShips may pass.\n").unwrap();
    window.harness.state_mut().split_paths(vec![path]);
    window.until_asked();
    assert!(window.shows("Split Item 1"), "a single article is asked about where it is to be split");
    window.harness.get_by_label("Regular expression").type_text("^Item (");
    window.harness.run();
    assert!(window.shows("Not a regular expression"));
    for _ in 0.."(".len() {
        window.harness.get_by_label("Regular expression").focus();
        window.harness.key_press(eframe::egui::Key::Backspace);
        window.harness.run();
    }
    window.click("Split into 2");
    assert!(window.shows("2 articles"));
    // Both are chosen, as they have come of one.
    window.click("Join 2 articles");
    window.click("Split…");
    window.click("Ships may pass.");
    window.click("Split into 2");
    window.click("Add 2 articles");
    assert_eq!(window.titles(), ["Item 1", "Ships may pass."]);
}

#[test]
fn a_thousand_pages_are_read_and_can_be_cancelled() {
    let mut window = Window::new();
    let page = |at: usize| {
        format!("<html><body><h1>Page {at}</h1><p>Minister number {at} left the harbour.</p></body></html>")
    };
    let pages: Vec<(String, String)> = (0..1000).map(|at| (format!("{at:04}.html"), page(at))).collect();
    let pages: Vec<(&str, &str)> = pages.iter().map(|(name, page)| (name.as_str(), page.as_str())).collect();
    window.open(&pages);
    window.until("some are read", |state| state.model.jobs.reading > 0 && state.model.jobs.reading < 990);
    assert!(window.shows("of 1,000 files"), "the status line counts");
    window.harness.get_by_label("Cancel reading").click();
    window.until_asked();
    assert!(window.shows("could not be read"));
    window.click("Cancel");
    assert_eq!(window.state().model.project().article_count(), 0);

    window.open(&pages);
    window.until_asked();
    window.click("Add 1,000 articles");
    assert_eq!(window.state().model.project().article_count(), 1000);
}

/// The box with the date of a row.
const DATE: &str = "Date of publication, of those found";

const DATED: [(&str, &str); 2] = [
    ("toll-2022-02-06.txt", "Toll ends\n\nSUVA, Feb 4 (AP) - The toll of 3 May 2021 ends on Monday."),
    ("plain.txt", "Ships may pass. They waited."),
];

fn days(window: &Window) -> Vec<Option<String>> {
    let articles = window.state().model.project().articles();
    articles.map(|record| record.article.meta.date.map(|date| date.to_string())).collect()
}

#[test]
fn the_date_is_shown_with_where_it_was_found_and_another_can_be_chosen() {
    let mut window = Window::new();
    window.open(&DATED);
    window.until_asked();
    assert!(window.shows("No date"), "of the other");
    window.click(DATE);
    assert!(window.shows("4 Feb 2022, from the dateline") && window.shows("3 May 2021, mentioned in the text"));
    window.click("6 Feb 2022, from the file’s name");
    window.click("Add 2 articles");
    assert_eq!(days(&window), [Some("2022-02-06".to_owned()), None]);
}

#[test]
fn a_date_is_chosen_by_keys() {
    let mut window = Window::new();
    window.open(&DATED);
    window.until_asked();
    window.harness.get_by_label(DATE).focus();
    // Opened, then down to the last, that there is no date.
    for key in [Key::Space, Key::ArrowDown, Key::ArrowDown, Key::ArrowDown, Key::ArrowDown, Key::Enter] {
        window.harness.key_press(key);
        window.harness.run();
    }
    assert!(!window.shows("mentioned in the text"), "the box is closed");
    window.click("Add 2 articles");
    assert_eq!(days(&window), [None, None]);
}
