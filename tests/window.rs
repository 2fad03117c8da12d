//! The window as a person meets it: by its widgets' names, by mouse and by keys, without a screen.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::string_slice, reason = "a test fails by panicking")]

mod harness;

use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant};

use eframe::egui::{
    Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, Rect, TouchPhase, vec2,
};
use egui_kittest::kittest::Queryable;
use harness::{CTRL, SHIFT, Window, fixture};
use rubricator::project::{KindId, Mention, Role, Session, Stamp, Status, Target, ops};
use rubricator::store::{Folders, ReviewOrder, Settings, TEXT_SIZE, recoverable};
use rubricator::ui::command::Command;
use rubricator::ui::commands::row;
use rubricator::ui::model::Pointed;
use rubricator::ui::state::Dialog;
use tempfile::TempDir;

impl Window {
    /// The window as it opens the first time.
    fn empty() -> Self {
        Self::at(tempfile::tempdir().unwrap())
    }

    /// The window as it opens where an earlier one may have left something.
    fn at(home: TempDir) -> Self {
        Self::set(home, Settings::default())
    }

    /// The folders of the program.
    fn folders(&self) -> Folders {
        Folders::under(self.home.path())
    }

    fn reviewing() -> Self {
        Self::with_suggestions(Settings::default())
    }

    fn reviewing_in(review_order: ReviewOrder) -> Self {
        Self::with_suggestions(Settings { review_order, random_checks: false, ..Settings::default() })
    }

    /// The program ends; what it leaves behind.
    fn end(self) -> TempDir {
        drop(self.harness);
        self.home
    }

    /// Clicks the row, button or field whose name begins like this.
    fn click_first(&mut self, start: &str) {
        self.harness.get_all_by_label_contains(start).next().unwrap().click();
        self.run();
    }

    /// Presses the mouse at one place and lets it go at another.
    fn drag(&mut self, from: Pos2, to: Pos2) {
        self.harness.event(Event::PointerMoved(from));
        for (pos, pressed) in [(from, true), (to, false)] {
            self.harness.event(Event::PointerMoved(pos));
            let modifiers = Modifiers::NONE;
            self.harness.event(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers });
        }
        self.run();
    }

    fn rect(&self, nth: usize) -> Rect {
        self.state().view.rect_of(self.mention(nth).id).unwrap()
    }

    fn statuses(&self, first: usize) -> Vec<Status> {
        self.state().model.mentions().iter().take(first).map(|mention| mention.status).collect()
    }
}

#[test]
fn welcome_page_shows_the_ways_to_begin() {
    let window = Window::empty();
    for name in ["Open articles…", "Open project…", "Paste article", "Try the sample"] {
        window.harness.get_by_label(name);
    }
    window.harness.get_by_label("Empty project");
}

#[test]
fn the_sample_opens_with_people_countries_and_events() {
    let mut window = Window::empty();
    window.click("Try the sample");
    window.until("suggestions are there", |state| state.model.jobs.queued == 0 && !state.model.mentions().is_empty());
    for (head, kind) in [("People  ", ", person, "), ("Countries  ", ", country, "), ("Events  ", ", event, ")] {
        if !window.shows(kind) {
            // Its head stands at the bottom and leads to it.
            window.click_first(head);
        }
        assert!(window.shows(kind), "no row of{kind}");
    }
    assert!(window.statuses(usize::MAX).iter().all(|status| *status == Status::Suggested));
}

#[test]
fn a_pasted_text_becomes_an_article() {
    let mut window = Window::empty();
    window.press_with(CTRL | SHIFT, Key::V);
    window.write("A quiet week\n\nChile and Norway signed nothing at all.");
    window.click("Add article");
    window.until("suggestions are there", |state| state.model.jobs.queued == 0 && !state.model.mentions().is_empty());
    assert_eq!(window.state().model.project().article_count(), 1);
    assert!(window.shows("Chile, country, 1 mention"));
}

#[test]
fn clicking_a_row_selects_and_explains() {
    let mut window = Window::reviewing();
    assert!(window.shows("Select a tag to see where it comes from"));
    window.click("Ingrid Haugland, person, 2 mentions, 2 open");
    assert_eq!(window.selected(), Some("Ingrid Haugland"));
    window.unfold();
    window.harness.get_by_label("Title “Foreign Minister” before it");
    window.click("Ingrid Haugland, person, 2 mentions, 2 open");
    assert_eq!(window.selected(), Some("Haugland"), "the second click goes to the next mention");
}

#[test]
fn clicking_a_tag_in_the_text_selects_it() {
    let mut window = Window::reviewing();
    let at = window.rect(1).center();
    window.drag(at, at);
    assert_eq!(window.selected(), Some("Chile"));
    window.press(Key::Escape);
    assert_eq!(window.selected(), None);
}

#[test]
fn a_right_click_selects_the_tag_under_it_for_its_menu() {
    let mut window = Window::reviewing();
    let pos = window.rect(1).center();
    window.harness.event(Event::PointerMoved(pos));
    for pressed in [true, false] {
        let (button, modifiers) = (PointerButton::Secondary, Modifiers::NONE);
        window.harness.event(Event::PointerButton { pos, button, pressed, modifiers });
    }
    window.run();
    assert_eq!(window.selected(), Some("Chile"));
    window.click_first("Reject all of this entity");
    assert_eq!(window.mention(1).status, Status::Rejected);
}

#[test]
fn deciding_by_key_goes_on_to_the_next_suggestion() {
    let mut window = Window::reviewing();
    window.press(Key::Tab);
    assert_eq!(window.selected(), Some("Norway"));
    window.press(Key::A);
    assert_eq!(window.selected(), Some("Chile"));
    window.press(Key::X);
    assert_eq!(window.selected(), Some("sign"));
    window.press(Key::Space);
    assert_eq!(window.selected(), Some("agreement"));
    assert_eq!(window.statuses(3), [Status::Accepted, Status::Rejected, Status::Suggested]);
}

#[test]
fn a_key_decides_on_all_of_an_entity() {
    let mut window = Window::reviewing();
    window.press(Key::Tab);
    window.press_with(SHIFT, Key::A);
    assert!(window.shows("Norway, country, 3 mentions, accepted"));
    window.press_with(SHIFT, Key::X);
    assert!(!window.shows("Chile, country"), "all of Chile is rejected");
    window.press_with(CTRL, Key::Z);
    assert!(window.shows("Chile, country, 3 mentions, 3 open"), "one step back undoes them all");
}

#[test]
fn what_was_rejected_is_listed_and_comes_back() {
    let mut window = Window::reviewing();
    window.press(Key::Tab);
    window.press(Key::X);
    assert!(!window.shows("Norway, country"), "nor is it suggested again in this article");
    assert!(window.state().view.rect_of(window.mention(0).id).is_none(), "it leaves the text");
    window.click("Rejected  1");
    window.click("Rejected Norway");
    assert_eq!(window.selected(), Some("Norway"));
    window.click("Bring back Norway");
    assert_eq!(window.statuses(1), [Status::Suggested]);
    assert!(window.shows("Norway, country, 3 mentions, 3 open"));
}

#[test]
fn every_step_can_be_undone_and_redone() {
    let mut window = Window::reviewing();
    let before = window.state().model.mentions().to_vec();
    window.press(Key::Tab);
    window.press(Key::A);
    window.press(Key::Num1);
    window.press(Key::X);
    let after = window.state().model.mentions().to_vec();
    for _ in 0..3 {
        window.press_with(CTRL, Key::Z);
    }
    assert_eq!(window.state().model.mentions(), before);
    for _ in 0..3 {
        window.press_with(CTRL | SHIFT, Key::Z);
    }
    assert_eq!(window.state().model.mentions(), after);
}

#[test]
fn words_are_tagged_by_keyboard_alone() {
    let mut window = Window::reviewing();
    window.select_word("fisheries");
    window.press(Key::Num1);
    let made = window.state().model.mentions().iter().find(|mention| mention.quote == "fisheries").unwrap();
    assert_eq!((&made.kind, made.status, made.origin.is_hand()), (&KindId::PERSON, Status::Accepted, true));
    assert!(window.shows("fisheries, person, 1 mention, accepted"));
}

#[test]
fn words_are_tagged_by_dragging_over_them() {
    let mut window = Window::reviewing();
    let nth = |quote: &str| window.state().model.mentions().iter().position(|m| m.quote == quote).unwrap();
    let (from, to) = (window.rect(nth("protested")), window.rect(nth("arrested")));
    window.drag(from.right_center() + vec2(8.0, 0.0), to.left_center() - vec2(8.0, 0.0));
    window.press(Key::Num3);
    let made = window.state().model.mentions().iter().find(|mention| mention.origin.is_hand()).unwrap();
    assert_eq!(made.quote, "against the agreement outside the town hall. Police");
}

#[test]
fn all_occurrences_are_tagged_at_once() {
    let mut window = Window::reviewing();
    window.select_word(" the");
    window.press(Key::Num1);
    window.press_with(CTRL, Key::Enter);
    let made = window.state().model.mentions().iter().filter(|mention| mention.quote == "the").count();
    let there = window.state().model.text().split(|c: char| !c.is_alphanumeric()).filter(|word| *word == "the").count();
    assert_eq!(made, there);
}

#[test]
fn boundaries_move_by_key() {
    let mut window = Window::reviewing();
    window.press(Key::Tab);
    window.press_with(CTRL | Modifiers::ALT, Key::ArrowRight);
    assert_eq!(window.selected(), Some("Norway and"));
    window.press(Key::ArrowRight);
    assert_eq!(window.selected(), Some("orway and"));
    window.press_with(CTRL, Key::Z);
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.selected(), Some("Norway"));
}

#[test]
fn a_tag_is_pointed_at_another_country_by_typing() {
    let mut window = Window::reviewing();
    window.press(Key::Tab);
    window.press(Key::E);
    assert!(matches!(window.state().dialog, Some(Dialog::Tag(_))));
    window.write("Swed");
    window.press(Key::Enter);
    assert!(window.state().dialog.is_none());
    assert_eq!(window.target(0), "Sweden");
    assert!(window.shows("Sweden, country, 1 mention"));
    assert!(window.shows("Norway, country, 2 mentions"));
}

#[test]
fn two_people_are_merged_through_the_menu() {
    let mut window = Window::reviewing();
    window.harness.get_by_label("Ingrid Haugland, person, 2 mentions, 2 open").click_secondary();
    window.run();
    window.click_first("Merge with…");
    window.fill("Merge with", "arriag");
    window.press(Key::Enter);
    assert!(window.shows("Tomás Arriagada, person, 4 mentions, 4 open"));
    assert!(!window.shows("Ingrid Haugland, person"));
    window.press_with(CTRL, Key::Z);
    assert!(window.shows("Ingrid Haugland, person, 2 mentions, 2 open"));
}

#[test]
fn settings_open_and_escape_closes_them() {
    let mut window = Window::empty();
    window.press_with(CTRL, Key::Comma);
    assert!(matches!(window.state().dialog, Some(Dialog::Settings)));
    window.press(Key::Escape);
    assert!(window.state().dialog.is_none());
}

#[test]
fn the_help_sheet_lists_every_key() {
    let mut window = Window::reviewing();
    window.press(Key::F1);
    for row in Command::all().filter(|command| command.kind_key().is_none()).map(row) {
        assert!(row.keys.is_empty() || window.shows(row.name), "{}", row.name);
    }
    window.press(Key::Enter);
    assert!(window.state().dialog.is_none(), "enter presses the one button");
}

#[test]
fn the_palette_runs_a_command_by_part_of_its_name() {
    let mut window = Window::reviewing();
    window.press_with(CTRL, Key::K);
    window.write("larger i");
    window.press(Key::Enter);
    assert!(window.state().dialog.is_none());
    assert!((window.state().model.settings.zoom - 1.1).abs() < 0.001);
}

#[test]
fn the_text_and_the_interface_have_sizes_of_their_own() {
    let mut window = Window::reviewing();
    let sizes = |window: &Window| (window.state().model.settings.text_size, window.state().model.settings.zoom);
    let usual = Settings::default().text_size;
    window.press_with(CTRL, Key::Plus);
    window.press_with(CTRL, Key::Plus);
    window.press_with(CTRL, Key::Minus);
    assert_eq!(sizes(&window), (usual + 1.0, 1.0));
    window.press_with(CTRL | Modifiers::ALT, Key::Plus);
    assert_eq!(sizes(&window), (usual + 1.0, 1.1));
    window.press_with(CTRL, Key::Num0);
    window.press_with(CTRL | Modifiers::ALT, Key::Num0);
    assert_eq!(sizes(&window), (usual, 1.0));
    for _ in 0..30 {
        window.press_with(CTRL, Key::Minus);
    }
    assert_eq!(sizes(&window).0, *TEXT_SIZE.start(), "no smaller than the settings take");
}

#[test]
fn a_zoom_is_kept_where_the_program_ends_behind_it() {
    let mut window = Window::empty();
    for _ in 0..5 {
        window.harness.state_mut().command(Command::ZoomIn);
    }
    let folders = window.folders();
    let home = window.end();
    assert!((Settings::load(&folders).settings.zoom - 1.5).abs() < 0.001);
    drop(home);
}

#[test]
fn words_are_found_one_after_the_other() {
    let mut window = Window::reviewing();
    window.press_with(CTRL, Key::F);
    window.write("AGREEMENT");
    window.harness.get_by_label("1 of 3");
    let found = |window: &Window| window.state().model.caret.unwrap().range();
    let first = found(&window);
    window.press(Key::Enter);
    window.harness.get_by_label("2 of 3");
    assert!(found(&window).start() > first.end());
    window.press(Key::Escape);
    assert!(window.state().find.is_none());
}

#[test]
fn unsaved_work_is_asked_about() {
    let mut window = Window::reviewing();
    window.press(Key::Tab);
    window.press(Key::A);
    window.press_with(CTRL, Key::N);
    window.harness.get_by_label("Save the changes?");
    window.click("Cancel");
    assert_eq!(window.state().model.project().article_count(), 1);
    window.press_with(CTRL, Key::N);
    window.press(Key::Enter);
    window.until("it is saved and a new project is open", |state| state.model.project().article_count() == 0);
    let saved = rubricator::store::load_project(&window.home.path().join("fisheries.rubric")).unwrap();
    assert_eq!(saved.all_mentions().filter(|mention| mention.status == Status::Accepted).count(), 1);
}

#[test]
fn unnamed_work_of_an_earlier_session_is_recovered_from_the_welcome_page() {
    let mut window = Window::empty();
    window.press_with(CTRL | SHIFT, Key::V);
    window.write("A quiet week\n\nChile signed nothing at all.");
    window.click("Add article");
    let mut window = Window::at(window.end());
    window.until("it is listed", |state| !state.model.recoverable.is_empty());
    window.click("Recover");
    window.until("the work is back", |state| state.model.project().article_count() == 1);
    assert!(window.state().model.session.is_modified(), "it is in no file of the person's yet");
    assert!(window.state().model.path.is_none());
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.state().model.project().article_count(), 0, "and it can be taken back");
}

#[test]
fn unnamed_work_that_is_not_wanted_is_deleted() {
    let mut window = Window::empty();
    window.press_with(CTRL | SHIFT, Key::V);
    window.write("A quiet week\n\nChile signed nothing at all.");
    window.click("Add article");
    let folders = window.folders();
    let mut window = Window::at(window.end());
    window.until("it is listed", |state| !state.model.recoverable.is_empty());
    window.click("Delete");
    assert!(!window.shows("Unsaved work in an unnamed project"));
    let home = window.end();
    assert!(recoverable(&folders).is_empty());
    drop(home);
}

#[test]
fn changes_that_were_not_saved_come_back_with_the_project() {
    let mut window = Window::reviewing();
    window.press_with(CTRL | SHIFT, Key::A);
    let (bytes, path) = (bytes(&window), window.state().model.path.clone().unwrap());
    let mut window = Window::at(window.end());
    window.harness.state_mut().open_paths(vec![path.clone()]);
    window.until("the project is open", |state| !state.model.mentions().is_empty());
    assert!(window.shows("Recovered 1 change that was not saved"));
    assert_eq!(self::bytes(&window), bytes);
    assert!(window.state().model.session.is_modified());

    // Given up it stays away; saved it stays.
    window.press_with(CTRL, Key::N);
    window.click("Don't save");
    window.until("a new project is open", |state| state.model.project().article_count() == 0);
    window.harness.state_mut().open_paths(vec![path.clone()]);
    window.until("the project is open", |state| !state.model.mentions().is_empty());
    assert!(!window.state().model.session.is_modified());
    window.press_with(CTRL | SHIFT, Key::A);
    window.press_with(CTRL, Key::S);
    window.until("it is saved", |state| !state.model.session.is_modified());
    let mut window = Window::at(window.end());
    window.harness.state_mut().open_paths(vec![path]);
    window.until("the project is open", |state| !state.model.mentions().is_empty());
    assert!(!window.state().model.session.is_modified());
    window.press_with(CTRL, Key::Z);
    assert!(window.statuses(9).iter().all(|status| *status == Status::Suggested), "undo reaches behind the save");
}

fn bytes(window: &Window) -> Vec<u8> {
    rubricator::store::to_bytes(window.state().model.project()).unwrap()
}

#[test]
fn a_second_window_reads_or_takes_a_copy() {
    let first = Window::reviewing();
    let path = first.state().model.path.clone().unwrap();
    let mut second = Window::empty();
    second.harness.state_mut().open_paths(vec![path.clone()]);
    second.until("it is asked", |state| matches!(state.dialog, Some(Dialog::InUse(..))));
    second.harness.get_by_label("This project is open already");
    second.click("Open to read");
    second.until("the project is open", |state| !state.model.mentions().is_empty());
    let before = bytes(&second);
    second.press_with(CTRL | SHIFT, Key::A);
    assert!(second.shows("This project is read-only"));
    assert_eq!(bytes(&second), before);
    second.harness.state_mut().open_paths(vec![path]);
    second.until("it is asked", |state| matches!(state.dialog, Some(Dialog::InUse(..))));
    second.click("Open a copy");
    second.until("the copy is open", |state| !state.model.read_only && !state.model.mentions().is_empty());
    assert!(second.state().model.path.is_none());
    second.press_with(CTRL | SHIFT, Key::A);
    assert_ne!(bytes(&second), before);
}

#[test]
fn what_an_ended_window_left_is_taken_over_after_a_question() {
    let window = Window::reviewing();
    let path = window.state().model.path.clone().unwrap();
    let lock = path.with_file_name(".fisheries.rubric.lock");
    // No process has this number.
    let left = std::fs::read_to_string(&lock).unwrap().replace(&std::process::id().to_string(), "2147483647");
    let mut window = Window::at(window.end());
    assert!(!lock.exists(), "a window that closes unlocks");
    std::fs::write(&lock, left).unwrap();
    window.harness.state_mut().open_paths(vec![path]);
    window.until("it is asked", |state| matches!(state.dialog, Some(Dialog::InUse(..))));
    window.harness.get_by_label("Take the project over?");
    window.click("Take over");
    window.until("the project is open", |state| !state.model.mentions().is_empty());
    assert!(!window.state().model.read_only);
}

#[test]
fn what_another_program_wrote_is_not_replaced_unasked() {
    let mut window = Window::reviewing();
    let path = window.state().model.path.clone().unwrap();
    let theirs = rubricator::store::to_bytes(&rubricator::project::Project::new()).unwrap();
    std::fs::write(&path, &theirs).unwrap();
    window.press_with(CTRL | SHIFT, Key::A);
    window.press_with(CTRL, Key::S);
    window.until("it is asked", |state| matches!(state.dialog, Some(Dialog::Changed(_))));
    assert_eq!(std::fs::read(&path).unwrap(), theirs);
    window.harness.get_by_label("In the file");
    window.click("Replace it");
    window.until("it is saved", |state| !state.model.session.is_modified());
    assert_ne!(std::fs::read(&path).unwrap(), theirs);
    window.harness.state_mut().command(Command::EarlierVersions);
    window.until("they are listed", |state| matches!(state.dialog, Some(Dialog::Earlier(_))));
    window.click("Open a copy");
    window.until("the earlier version is open", |state| state.model.project().article_count() == 0);

    let mut window = Window::reviewing();
    let path = window.state().model.path.clone().unwrap();
    std::fs::write(&path, &theirs).unwrap();
    window.press_with(CTRL | SHIFT, Key::A);
    window.press_with(CTRL, Key::S);
    window.until("it is asked", |state| matches!(state.dialog, Some(Dialog::Changed(_))));
    window.click("Reload");
    window.until("the file is open", |state| state.model.path.is_some() && state.model.project().article_count() == 0);
    assert!(!window.state().model.session.is_modified());
}

#[test]
fn a_removed_folder_is_told_and_work_goes_on() {
    let mut window = Window::empty();
    let folder = window.home.path().join("texts");
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join("fisheries.rubric");
    std::fs::copy(fixture(), &path).unwrap();
    window.harness.state_mut().open_paths(vec![path]);
    window.until("the project is open", |state| !state.model.mentions().is_empty());
    window.press_with(CTRL | SHIFT, Key::A);
    window.until("it is safe", |state| state.model.safety.safe == 1);
    std::fs::remove_dir_all(&folder).unwrap();
    window.press_with(CTRL, Key::Z);
    window.until("it is told", |state| state.model.safety.problem.is_some());
    assert!(window.shows("Changes are not safe"));
}

#[test]
fn a_new_project_has_nothing_of_the_one_before() {
    let mut window = Window::reviewing();
    window.press_with(CTRL, Key::N);
    assert!(window.state().model.path.is_none());
    window.press_with(CTRL | SHIFT, Key::V);
    window.write("A quiet week\n\nChile signed nothing at all.");
    window.click("Add article");
    window.until("it is safe", |state| state.model.safety.safe > 0);
    let folders = window.folders();
    assert!(recoverable(&folders).is_empty(), "a window has it open");
    let project = window.home.path().join("fisheries.rubric");
    let home = window.end();
    assert_eq!(recoverable(&folders).len(), 1);
    assert!(!project.with_file_name(".fisheries.rubric.journal").exists(), "it is not of the project before");
    drop(home);
}

#[test]
fn suggestions_on_their_way_do_not_reach_another_project() {
    let mut window = Window::empty();
    let at = |name: &str| window.home.path().join(name);
    let (text, long, short) = (at("long.txt"), at("long.rubric"), at("fisheries.rubric"));
    std::fs::write(&text, "Chile and Norway signed nothing at all in Bergen. ".repeat(60)).unwrap();
    std::fs::copy(fixture(), &short).unwrap();
    let mut session = Session::default();
    let stamp = Stamp { by: "test".into(), at: jiff::Timestamp::UNIX_EPOCH };
    let (articles, _) = rubricator::store::Reader::here().read(&text, &Default::default()).unwrap();
    session.apply(ops::add_articles(session.project(), articles, stamp)).unwrap();
    rubricator::store::save_project(&long, session.project()).unwrap();

    window.harness.state_mut().open_paths(vec![long]);
    window.until("the long article is open", |state| state.model.article.is_some());
    window.harness.state_mut().command(Command::Suggest);
    window.harness.state_mut().open_paths(vec![short]);
    window.until("the other project is open", |state| state.model.mentions().len() == 20);
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(600) {
        window.harness.step();
        assert_eq!(window.state().model.mentions().len(), 20);
        sleep(Duration::from_millis(20));
    }
}

#[test]
fn annotations_are_imported_and_taken_back_in_one_step() {
    let mut window = Window::empty();
    let folder = window.home.path().join("set");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("a.txt"), "Xi met Putin.").unwrap();
    std::fs::write(folder.join("a.ann"), "T1\tPerson 0 2\tXi\nT2\tPerson 7 12\tPutin\nT3\tPerson 7 99\tx\n").unwrap();
    window.harness.state_mut().import_paths(vec![folder]);
    window.until("what would come in is shown", |state| matches!(state.dialog, Some(Dialog::Import(_))));
    assert!(window.shows("1 article with 2 tags") && window.shows("2 files of brat standoff"));
    assert!(window.shows("1 part is left out") && window.shows("a.ann:3"));
    assert_eq!(window.state().model.project().article_count(), 0);
    window.click("Import 2 tags");
    assert_eq!(window.state().model.mentions().len(), 2);
    window.click("Undo");
    assert_eq!(window.state().model.project().article_count(), 0);
    window.harness.state_mut().import_paths(vec!["/nonexistent/a.ann".into()]);
    window.until("the import ended", |state| !state.model.jobs.importing);
}

#[test]
fn suggestions_are_reviewed_in_the_order_that_is_set() {
    let walk = |order: ReviewOrder| {
        let mut window = Window::reviewing_in(order);
        let count = window.state().model.mentions().iter().filter(|mention| mention.is_open()).count();
        let mut walked = Vec::new();
        for _ in 0..count {
            window.press(Key::Tab);
            walked.push(window.state().model.selected_mention().unwrap().clone());
        }
        let seen: std::collections::HashSet<_> = walked.iter().map(|mention| mention.id).collect();
        assert_eq!(seen.len(), count, "each once");
        window.press_with(SHIFT, Key::Tab);
        assert_eq!(window.state().model.selected, Some(walked[count - 2].id), "and back");
        walked
    };
    let text = walk(ReviewOrder::Text);
    assert!(text.windows(2).all(|pair| pair[0].range.start() <= pair[1].range.start()));
    let doubt = |mention: &Mention| (mention.origin.score.unwrap() - 0.5).abs();
    let uncertain = walk(ReviewOrder::Uncertain);
    assert!(uncertain.windows(2).all(|pair| doubt(&pair[0]) <= doubt(&pair[1]) + 1e-3));
    let groups = |walked: &[Mention], key: &dyn Fn(&Mention) -> String| {
        let mut keys: Vec<String> = walked.iter().map(key).collect();
        keys.dedup();
        let count = keys.len();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), count, "all of one together");
    };
    groups(&walk(ReviewOrder::Kind), &|mention| mention.kind.as_str().to_owned());
    groups(&walk(ReviewOrder::Entity), &|mention| format!("{:?}", mention.target));
}

#[test]
fn suggestions_are_decided_by_score() {
    let mut window = Window::reviewing();
    let scores = |window: &Window| {
        let open = window.state().model.mentions().iter().filter(|mention| mention.is_open());
        open.filter_map(|mention| mention.origin.score).collect::<Vec<_>>()
    };
    let before = scores(&window);
    let sure = before.iter().filter(|score| **score >= 0.9).count();
    assert!(0 < sure && sure < before.len(), "{before:?}");
    window.press_with(CTRL | SHIFT, Key::D);
    window.click(&format!("Accept {sure}"));
    assert!(window.state().dialog.is_none() && scores(&window).iter().all(|score| *score < 0.9));
    window.click("Undo");
    assert_eq!(scores(&window), before);
    // Kinds that are not ticked are left alone.
    window.press_with(CTRL | SHIFT, Key::D);
    window.click("Events");
    window.click_first("Reject the other");
    let is_event = |mention: &&Mention| mention.kind == KindId::EVENT;
    assert!(window.state().model.mentions().iter().filter(is_event).all(|mention| mention.status == Status::Suggested));
    assert!(window.state().model.mentions().iter().any(|mention| mention.status == Status::Rejected));
}

#[test]
fn every_dialog_names_its_fields() {
    let mut window = Window::reviewing();
    window.press(Key::Tab);
    let dialogs = [
        Command::Settings,
        Command::Export,
        Command::ArticleDetails,
        Command::WriteArticle,
        Command::EditTag,
        Command::Palette,
        Command::Help,
        Command::About,
    ];
    for command in dialogs {
        window.harness.state_mut().command(command);
        // `run` fails where a widget that takes input has no name.
        window.run();
        assert!(window.state().dialog.is_some(), "{command:?}");
        window.press(Key::Escape);
        assert!(window.state().dialog.is_none(), "escape leaves {command:?}");
    }
}

#[test]
fn an_event_is_corrected_in_its_card() {
    let mut window = Window::reviewing();
    let protest = window.state().model.mentions().iter().find(|m| m.quote == "protested").unwrap().target.unwrap();
    let Target::Event(protest) = protest else { panic!("{protest:?}") };
    window.click_first("protested, event");
    let event = |window: &Window| window.state().model.project().event(protest).unwrap().clone();
    window.click("Pick the date from a calendar");
    window.click_first("14 ");
    let date = event(&window).date.unwrap();
    assert_eq!((date.start.day(), date.start), (14, date.end));
    window.press(Key::Escape);

    // What is no date stays to be mended; once the day changes by another way, it is gone.
    window.fill("Date of the event", "14 Febtember");
    window.press(Key::Enter);
    assert_eq!(event(&window).date.unwrap().start.day(), 14, "nothing changes");
    assert!(window.shows("is not a date"));
    assert_eq!(window.value("Date of the event"), "14 Febtember");
    window.fill("Date of the event", "15 Feb 2022");
    window.press(Key::Enter);
    assert_eq!(event(&window).date.unwrap().start.day(), 15);
    assert!(!window.shows("is not a date"));
    window.fill("Date of the event", "nor this");
    window.press(Key::Enter);
    assert!(window.shows("is not a date"));
    window.press_with(CTRL, Key::Z);
    assert_eq!(event(&window).date.unwrap().start.day(), 14);
    assert!(!window.shows("is not a date"), "the day is another one");

    window.click("Add recipient");
    window.write("haug");
    window.press(Key::Enter);
    let last = event(&window).participants.last().unwrap().clone();
    assert_eq!(window.state().model.project().entity(last.entity().unwrap()).unwrap().name, "Ingrid Haugland");
    assert_eq!(last.role, Role::Recipient);

    window.fill("Place of the event", "Gdynia");
    window.press(Key::Enter);
    let place = event(&window).place.unwrap();
    assert_eq!(place.country.map(|country| country.to_string()), Some("PL".to_owned()));
    assert_eq!(place.coordinates.map(|point| (point.latitude, point.longitude)), Some((54.52, 18.53)));

    window.harness.get_by_label("Choose contexts").scroll_to_me();
    window.run();
    window.click("Choose contexts");
    window.click_first("diplomatic");
    assert_eq!(event(&window).contexts, ["diplomatic"]);
    window.press(Key::Escape);
    window.press_with(CTRL, Key::Z);
    assert!(event(&window).contexts.is_empty(), "one step back");
    assert!(event(&window).date.is_some());
}

/// The first days of the events with a date, in the order of their ids.
fn event_days(window: &Window) -> Vec<String> {
    let dates = window.state().model.project().events().filter_map(|event| event.date.as_ref());
    dates.map(|date| date.start.to_string()).collect()
}

/// Opens the article's details by its key, types another date of publication, and saves.
fn publish(window: &mut Window, date: &str) {
    window.press_with(CTRL, Key::I);
    window.fill("Date of publication", date);
    window.press(Key::Enter);
    assert!(window.state().dialog.is_none(), "saved");
}

#[test]
fn dates_follow_a_changed_date_of_publication() {
    let (tuesday, next) = ("2024-03-12", "2024-03-19");
    let mut window = Window::reviewing();
    assert_eq!(event_days(&window), [tuesday; 3]);
    publish(&mut window, next);
    assert_eq!(event_days(&window), [next; 3]);
    assert!(window.shows("3 dates follow the new publication date"));
    window.click("Undo");
    assert_eq!(event_days(&window), [tuesday; 3], "one step back");

    // Two are decided: they stay until the button is pressed.
    for quote in ["met", "sign"] {
        let told = window.state().model.mentions().iter().rposition(|mention| mention.quote == quote).unwrap();
        let at = window.rect(told).center();
        window.drag(at, at);
        window.press(Key::A);
    }
    publish(&mut window, next);
    assert_eq!(event_days(&window), [tuesday, tuesday, next]);
    assert!(window.shows("1 date follows the new publication date"));
    window.click("Change 2 decided dates");
    assert_eq!(event_days(&window), [next; 3]);
    assert!(window.shows("Changed 2 decided dates"));
    window.press_with(CTRL, Key::Z);
    assert_eq!(event_days(&window), [tuesday, tuesday, next], "a step of its own");
    window.press_with(CTRL, Key::Z);
    assert_eq!(event_days(&window), [tuesday; 3]);

    // By keys alone, from the palette.
    publish(&mut window, next);
    window.press_with(CTRL, Key::K);
    window.write("decided dates follow");
    window.press(Key::Enter);
    assert_eq!(event_days(&window), [next; 3]);

    // Other details, and a date that tells nothing new, change nothing else and say nothing of dates.
    publish(&mut window, "19 March 2024");
    assert_eq!(event_days(&window), [next; 3]);
    assert!(!window.shows("new publication date"));
}

#[test]
fn another_of_the_dates_found_is_chosen_in_the_details() {
    let mut window = Window::empty();
    window.press_with(CTRL | SHIFT, Key::V);
    window.write(
        "Drivers arrested\n\n12 March 2024\n\nPolice arrested two drivers on Friday. They met on 19 March 2024.",
    );
    window.click("Add article");
    window.until("there are suggestions", |state| state.model.open_count() > 0);
    let friday = |window: &Window| event_days(window).contains(&"2024-03-08".to_owned());
    assert!(friday(&window), "{:?}", event_days(&window));
    window.press_with(CTRL, Key::I);
    window.click("Date of publication, of those found");
    window.click("19 Mar 2024, mentioned in the text");
    assert_eq!(window.value("Date of publication"), "2024-03-19");
    window.press(Key::Enter);
    assert!(event_days(&window).contains(&"2024-03-15".to_owned()), "{:?}", event_days(&window));
    window.press_with(CTRL, Key::Z);
    assert!(friday(&window), "one step back");
}

#[test]
fn the_first_date_of_publication_offers_to_suggest_again() {
    let mut window = Window::empty();
    window.press_with(CTRL | SHIFT, Key::V);
    window.write("Drivers arrested\n\nPolice arrested two drivers on Friday. The mayor thanked them.");
    window.click("Add article");
    window.until("there are suggestions", |state| state.model.open_count() > 0);
    assert!(event_days(&window).is_empty());
    publish(&mut window, "2024-03-12");
    window.click("Suggest again");
    window.until("the day is known", |state| state.model.project().events().any(|event| event.date.is_some()));
    assert_eq!(event_days(&window)[0], "2024-03-08");
}

#[test]
fn a_trigger_is_split_off_by_a_key_and_joins_again_by_undo() {
    let mut window = Window::reviewing();
    window.click_first("agreement, event, 2 mentions");
    let events = |window: &Window| {
        let triggers = window.state().model.mentions().iter().filter(|m| m.quote == "agreement");
        triggers.map(|m| m.target).collect::<Vec<_>>()
    };
    let before = events(&window);
    window.press(Key::S);
    let after = events(&window);
    assert_eq!(before.iter().zip(&after).filter(|(a, b)| a != b).count(), 1, "one trigger has another event");
    window.press_with(CTRL, Key::Z);
    assert_eq!(events(&window), before);
}

/// With pasted articles open and nothing suggested in them.
fn reading(texts: &[&str]) -> Window {
    reading_with(Settings::default(), texts)
}

fn reading_with(settings: Settings, texts: &[&str]) -> Window {
    let settings = Settings { suggest_on_open: false, ..settings };
    let mut window = Window::set(tempfile::tempdir().unwrap(), settings);
    for text in texts {
        window.press_with(CTRL | SHIFT, Key::V);
        window.write(text);
        window.click("Add article");
    }
    let first = window.state().model.project().article_ids().first().copied().unwrap();
    while window.state().model.article != Some(first) {
        window.harness.state_mut().command(Command::NextArticle);
        window.run();
    }
    window
}

impl Window {
    fn point(&mut self, at: Pos2) {
        for at in [at + vec2(0.0, 1.0), at] {
            self.harness.event(Event::PointerMoved(at));
            self.run();
        }
    }

    /// Moves the pointer through the article until it is at these words.
    fn point_at(&mut self, words: &str) -> Pos2 {
        let mut seen: Vec<String> = Vec::new();
        for y in (80..700).step_by(12) {
            for x in (250..900).step_by(24) {
                let at = Pos2::new(x as f32, y as f32);
                self.point(at);
                let pointed = match self.state().model.pointed {
                    Some(Pointed::Name { range, .. }) => {
                        &self.state().model.text()[usize::from(range.start())..range.end().into()]
                    }
                    _ => "",
                };
                if pointed == words {
                    return at;
                }
                if seen.last().is_none_or(|last| last != pointed) {
                    seen.push(pointed.to_owned());
                }
            }
        }
        panic!("the pointer never came to “{words}” but to {seen:?}");
    }

    fn quotes(&self) -> Vec<&str> {
        self.state().model.mentions().iter().map(|mention| mention.quote.as_str()).collect()
    }
}

#[test]
fn a_tag_that_is_pointed_at_is_decided_by_key_without_going_on() {
    let mut window = Window::reviewing();
    window.point(window.rect(1).center());
    assert_eq!(window.state().model.pointed, Some(Pointed::Tag(window.mention(1).id)));
    window.press(Key::X);
    assert_eq!(window.statuses(3), [Status::Suggested, Status::Rejected, Status::Suggested]);
    assert_eq!(window.selected(), None, "the eyes stay where they are");
    window.point(window.rect(2).center());
    window.press(Key::A);
    assert_eq!(window.statuses(3), [Status::Suggested, Status::Rejected, Status::Accepted]);
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.statuses(3), [Status::Suggested, Status::Rejected, Status::Suggested]);
}

#[test]
fn what_was_tagged_by_hand_and_rejected_is_told_as_rejected() {
    let mut window = reading(&["Harbour\n\nAmara Okoye spoke first."]);
    window.point_at("Amara Okoye");
    window.press(Key::Num1);
    assert!(window.shows("Added by"));
    window.point(window.rect(0).center());
    window.press(Key::X);
    assert!(window.shows("Rejected by"));
}

#[test]
fn a_pointer_that_only_lies_there_points_at_nothing() {
    let mut window = Window::reviewing();
    window.point(window.rect(1).center());
    window.press(Key::Tab);
    assert_eq!(window.selected(), Some("Norway"));
    window.press(Key::Escape);
    assert_eq!((window.selected(), window.state().model.pointed), (None, None));
    window.press(Key::X);
    assert!(window.statuses(3).iter().all(|status| *status == Status::Suggested));
}

#[test]
fn a_name_that_is_pointed_at_is_tagged_whole_and_with_shift_wherever_it_stands() {
    let text = "The harbour opens\n\nMayor Amara Okoye spoke first. Critics of Amara Okoye stayed away.";
    let mut window = reading(&[text]);
    window.point_at("Amara Okoye");
    window.press(Key::Num1);
    assert_eq!(window.quotes(), ["Amara Okoye", "Amara Okoye"]);
    assert_eq!([0, 1].map(|n| window.mention(n).status), [Status::Suggested, Status::Accepted], "one was tagged");
    assert!(window.shows("appears 1 more time"), "the others are offered");
    window.press_with(CTRL, Key::Z);
    assert!(window.quotes().is_empty());
    window.press(Key::Escape);
    window.point_at("Amara Okoye");
    window.press_with(SHIFT, Key::Num1);
    assert_eq!(window.quotes(), ["Amara Okoye", "Amara Okoye"]);
    assert_eq!(window.mention(0).target, window.mention(1).target);
}

#[test]
fn what_is_dragged_over_is_tagged_at_once_where_that_is_set() {
    let mut window =
        reading_with(Settings { tag_on_drag: true, ..Settings::default() }, &["Harbour\n\nAmara Okoye spoke first."]);
    let at = window.point_at("Amara Okoye");
    window.drag(at, at + vec2(60.0, 0.0));
    assert_eq!(window.state().model.mentions().len(), 1);
    assert!(window.mention(0).quote.starts_with("Amara"));
    assert_eq!(window.state().model.caret, None);
}

#[test]
fn the_mouse_selects_no_words_in_right_to_left_script_and_says_why() {
    let text = "Harbour\n\nAmara Okoye spoke first.\n\nדוד לוי דיבר אחריה היום בנמל.\n\nThen she left the harbour.";
    let mut window = reading_with(Settings { tag_on_drag: true, ..Settings::default() }, &[text]);
    let latin = window.point_at("Amara Okoye");
    // By the caret it is tagged as anywhere.
    window.select_word("לוי");
    window.press(Key::Num1);
    assert_eq!(window.quotes(), ["לוי"]);
    window.press(Key::Escape);
    let in_line = window.rect(0).right_center() + vec2(30.0, 0.0);
    window.point(in_line);
    assert_eq!(window.state().model.pointed, None);
    window.drag(in_line, in_line + vec2(80.0, 0.0));
    assert_eq!((window.quotes(), window.state().model.caret), (vec!["לוי"], None));
    assert!(window.shows("the mouse cannot tell words apart"));
    // A selection that began elsewhere does not go on into the line; other lines are as ever.
    window.drag(latin, in_line);
    assert!(window.quotes().iter().all(|quote| quote.is_ascii() || *quote == "לוי"), "{:?}", window.quotes());
    window.drag(latin, latin + vec2(60.0, 0.0));
    assert!(window.quotes().iter().any(|quote| quote.starts_with("Amara")), "{:?}", window.quotes());
}

#[test]
fn one_key_accepts_the_rest_marks_the_article_as_done_and_goes_on() {
    let mut window = reading(&["First\n\nNobody is named here.", "Second\n\nNor is anybody here."]);
    let articles = window.state().model.project().article_ids().to_vec();
    window.press(Key::D);
    assert_eq!(window.state().model.article, Some(articles[1]));
    assert!(window.state().model.project().article(articles[0]).unwrap().done.is_some());
    window.press(Key::D);
    assert_eq!(window.state().model.article, Some(articles[1]), "it was the last");
    window.press_with(CTRL, Key::Z);
    window.press_with(CTRL, Key::Z);
    assert!(window.state().model.project().articles().all(|record| record.done.is_none()));

    let mut window = Window::reviewing();
    window.press(Key::Tab);
    window.press(Key::X);
    window.press(Key::D);
    assert!(window.statuses(usize::MAX)[1..].contains(&Status::Suggested), "asked first");
    window.press(Key::Enter);
    let statuses = window.statuses(usize::MAX);
    let norway = |at: &usize| window.mention(*at).quote == "Norway";
    let (rejected, others): (Vec<usize>, Vec<usize>) = (0..statuses.len()).partition(norway);
    assert!(rejected.iter().all(|at| statuses[*at] == Status::Rejected));
    assert!(others.iter().all(|at| statuses[*at] == Status::Accepted));
    assert!(window.state().model.project().articles().all(|record| record.done.is_some()));
    window.press_with(CTRL, Key::Z);
    let statuses = window.statuses(usize::MAX);
    assert!(others.iter().all(|at| statuses[*at] == Status::Suggested), "one step");
}

#[test]
fn the_wheel_turned_on_at_the_end_shows_the_next_article() {
    let mut window = reading(&["First\n\nNobody is named here.", "Second\n\nNor is anybody here."]);
    let articles = window.state().model.project().article_ids().to_vec();
    window.point(Pos2::new(640.0, 400.0));
    let turn = |window: &mut Window, by: f32| {
        window.harness.event(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, by),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        });
        window.run();
    };
    turn(&mut window, -60.0);
    assert_eq!(window.state().model.article, Some(articles[0]), "a touch of the wheel is not enough");
    for _ in 0..8 {
        turn(&mut window, -60.0);
    }
    assert_eq!(window.state().model.article, Some(articles[1]));
    for _ in 0..8 {
        turn(&mut window, -60.0);
    }
    assert_eq!(window.state().model.article, Some(articles[1]), "there is none behind it");
}

#[test]
fn all_of_a_kind_all_in_view_and_all_listed_are_decided_at_once() {
    let mut window = Window::reviewing();
    window.press(Key::Tab);
    let kind = window.mention(0).kind.clone();
    window.press_with(Modifiers::ALT | SHIFT, Key::X);
    let rejected = window.state().model.mentions().iter().filter(|mention| mention.status == Status::Rejected);
    assert!(rejected.clone().count() > 1);
    assert!(rejected.clone().all(|mention| mention.kind == kind));
    window.press_with(CTRL, Key::Z);
    window.press_with(CTRL | Modifiers::ALT, Key::A);
    let seen = window.state().view.seen();
    assert!(seen.len() > 3);
    assert!(seen.iter().all(|id| window.state().model.project().mention(*id).unwrap().status == Status::Accepted));
    window.press_with(CTRL | Modifiers::ALT | SHIFT, Key::A);
    assert!(window.statuses(usize::MAX).iter().all(|status| *status == Status::Accepted));
}

/// The fixture with one of its mentions and one of its people garbled.
fn damaged(home: &TempDir) -> PathBuf {
    let text = std::fs::read_to_string(fixture()).unwrap();
    let garbled = text.replacen("kind:\"person\",target", "kind\"person\",target", 1);
    assert_ne!(garbled, text);
    let path = home.path().join("fisheries.rubric");
    std::fs::write(&path, garbled).unwrap();
    path
}

#[test]
fn a_damaged_file_opens_and_is_not_replaced_before_a_question() {
    let home = tempfile::tempdir().unwrap();
    let path = damaged(&home);
    let before = std::fs::read(&path).unwrap();
    let mut window = Window::at(home);
    window.harness.state_mut().open_paths(vec![path.clone()]);
    window.until("what can be read is open", |state| state.model.mentions().len() == 19);
    assert!(window.shows("This project file is damaged"));
    window.click("Close");
    window.press_with(CTRL | SHIFT, Key::A);
    window.press_with(CTRL, Key::S);
    assert!(window.shows("Replace the damaged file?"));
    assert_eq!(std::fs::read(&path).unwrap(), before);
    window.click("Cancel");
    window.press_with(CTRL, Key::S);
    window.click("Replace it");
    window.until("it is saved", |state| !state.model.session.is_modified());
    assert_eq!(rubricator::store::load_project(&path).unwrap().all_mentions().count(), 19);
    window.press_with(CTRL, Key::S);
    assert!(!window.shows("Replace the damaged file?"), "the file is whole now");
}

#[test]
fn the_log_tells_who_did_what_and_an_article_is_put_back() {
    let mut window = Window::reviewing();
    window.press_with(CTRL | SHIFT, Key::A);
    let accepted = window.statuses(20);
    assert!(accepted.contains(&Status::Accepted));
    window.press_with(CTRL, Key::Z);
    window.press_with(CTRL | SHIFT, Key::Z);
    window.click("View");
    window.click_first("Log…");
    assert!(window.shows("Undo: Accept 20 mentions") && window.shows("Redo: Accept 20 mentions"));
    assert!(window.shows("3 steps"));
    window.click("This article only");
    window.harness.get_all_by_label("Put back to before").last().unwrap().click();
    window.run();
    assert!(window.state().model.mentions().iter().all(|mention| mention.status == Status::Suggested));
    window.click("Close");
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.statuses(20), accepted, "putting back is one step that can be undone");
}

#[test]
fn the_history_of_a_tag_is_beside_it() {
    let mut window = Window::reviewing();
    window.press(Key::Tab);
    window.press(Key::A);
    window.click_first("Norway, country");
    let mention = window.mention(0).id;
    let log = window.state().model.project().log();
    assert!(log.of_mention(mention).count() > 0);
    window.click("History…");
    assert!(window.shows("Of the tag “"));
    assert!(window.shows("1 step"));
}

#[test]
fn no_caret_is_left_behind_by_the_last_article() {
    let mut window = Window::reviewing();
    window.press(Key::C);
    window.press_with(CTRL, Key::ArrowRight);
    assert!(window.state().model.caret.is_some());
    window.command(Command::RemoveArticle);
    assert!(window.state().model.article.is_none() && window.state().model.caret.is_none());
    window.command(Command::Undo);
    window.press(Key::C);
    assert!(window.state().model.article.is_some() && window.state().model.caret.is_some());
    window.command(Command::RemoveArticle);
    window.command(Command::Undo);
    window.command(Command::Redo);
    assert!(window.state().model.article.is_none() && window.state().model.caret.is_none());
}

#[test]
fn an_export_is_chosen_by_keyboard_and_tells_what_it_leaves_out() {
    let mut window = Window::reviewing();
    let look = |window: &mut Window| window.until("what goes out is known", |state| state.kept.export.is_known());
    window.press_with(CTRL, Key::E);
    look(&mut window);
    assert!(window.shows("Export annotations") && window.shows("No tag is accepted yet"));
    // From format to format by Tab, chosen by Space.
    let focused = |window: &Window, name: &str| window.harness.get_by_label(name).is_focused();
    for _ in 0..60 {
        if focused(&window, "doccano (spans)") {
            break;
        }
        window.press(Key::Tab);
    }
    window.press(Key::Space);
    assert!(window.shows("For a sequence labelling project of the doccano annotation tool"));
    window.click("Open suggestions too");
    look(&mut window);
    assert!(window.shows("left out of doccano (spans):"));
    assert!(window.shows("× the format has no participants"));
    // What rows lack, of a format that has rows.
    window.click("POLECAT (TSV)");
    look(&mut window);
    assert!(window.shows("POLECAT (TSV): of "));
    let left_out = |window: &Window| window.shows("× it has no actor, no recipient or no date");
    assert!(!left_out(&window));
    window.click("Only complete rows, with actor, recipient and date");
    look(&mut window);
    assert!(left_out(&window));
    window.click("doccano (spans)");
    look(&mut window);
    assert!(!window.shows("Only complete rows"));
    // Fewer kinds, fewer tags.
    let tags = |window: &Window| {
        let nodes = window.harness.query_all_by_label_contains(" will be exported");
        nodes.filter_map(|node| node.value()).next().unwrap_or_default()
    };
    let all = tags(&window);
    window.click("People");
    look(&mut window);
    assert_ne!(tags(&window), all);
    assert!(window.shows(" will be exported"));
    window.press(Key::Escape);
    assert!(window.state().dialog.is_none());
}

#[test]
fn an_article_that_the_engine_has_not_read_is_not_called_done() {
    let mut window = Window::empty();
    window.press_with(CTRL | SHIFT, Key::V);
    // Long enough not to be read within a frame.
    window.write(&"Ministers of Norway and Chile met in Bergen on Tuesday and signed an agreement.\n".repeat(400));
    window.click("Add article");
    assert!(window.shows("The engine is still reading this article"));
    assert!(!window.shows("Accept the rest"));
    let done = |window: &Window| window.state().model.project().articles().any(|record| record.done.is_some());
    window.press(Key::D);
    window.press_with(CTRL, Key::D);
    assert!(!done(&window));
    window.until("it is read", |state| !state.model.is_waiting());
    assert!(window.state().model.open_count() > 0);
    window.press(Key::D);
    window.press(Key::Enter);
    assert!(done(&window));
}

#[test]
fn what_decides_much_at_once_names_its_number_and_is_asked_once_a_project() {
    let mut window = Window::reviewing();
    let open = window.state().model.open_count();
    window.press(Key::D);
    assert!(window.shows(&format!("Accept {open}?")));
    window.press(Key::Escape);
    assert_eq!(window.state().model.open_count(), open, "nothing was done");
    window.press(Key::D);
    window.click(&format!("Accept {open}"));
    assert_eq!(window.state().model.open_count(), 0);
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.state().model.open_count(), open);
    window.press(Key::D);
    assert_eq!(window.state().model.open_count(), 0, "the second time without a question");
    // Where the box is not ticked it is asked again.
    let mut window = Window::reviewing();
    window.press(Key::D);
    window.click("Don't ask again in this project");
    window.press(Key::Enter);
    window.press_with(CTRL, Key::Z);
    window.press(Key::D);
    assert!(matches!(window.state().dialog, Some(Dialog::Sure(_))));
}

/// Presses and releases the key of each letter, as fast as a person types: one a frame.
fn type_fast(window: &mut Window, text: &str) {
    for letter in text.chars() {
        let key = if letter == ' ' { Key::Space } else { Key::from_name(&letter.to_uppercase().to_string()).unwrap() };
        let event = |pressed| Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: if letter.is_uppercase() { SHIFT } else { Modifiers::NONE },
        };
        let events = [event(true), Event::Text(letter.to_string()), event(false)];
        window.harness.input_mut().events.extend(events);
        window.harness.step();
    }
    window.run();
}

#[test]
fn text_typed_where_no_field_has_the_keys_changes_nothing_and_is_told() {
    let seen = |window: &Window| {
        let model = &window.state().model;
        let mentions: Vec<Mention> = model.mentions().iter().map(|mention| (*mention).clone()).collect();
        (mentions, model.article, model.selected, model.session.history().len(), model.session.is_modified())
    };
    for text in ["last Wednesday", "paid", "a sad tax", "dax e", "Xadb", "axe"] {
        let mut window = Window::reviewing();
        window.press(Key::Space);
        assert!(window.selected().is_some());
        window.harness.run_steps(16);
        let before = seen(&window);
        type_fast(&mut window, text);
        assert!(window.shows("That looked like typing"), "{text}");
        assert!(seen(&window) == before, "{text}");
        assert!(window.state().dialog.is_none(), "{text}");
        window.harness.run_steps(16);
        window.press(Key::A);
        assert!(seen(&window) != before, "keys are commands again after {text}");
    }
}

#[test]
fn a_fast_reviewer_is_not_taken_for_a_typist() {
    let mut window = Window::reviewing();
    window.press(Key::Space);
    window.harness.run_steps(16);
    type_fast(&mut window, "aaaaxxax");
    assert!(!window.shows("That looked like typing"));
    assert!(window.state().model.mentions().iter().any(|mention| !mention.is_open()));
}
