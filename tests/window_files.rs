//! What comes into the window and leaves it: exports, imports, articles in a table.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod harness;

use std::path::PathBuf;

use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Event, Key};
use egui_kittest::kittest::{NodeT, Queryable};
use harness::{CTRL, SHIFT, Window};
use jiff::Timestamp;
use rubricator::export::{FORMATS, Group, Selection};
use rubricator::project::{Detail, KindId, Project, Stamp, ops};
use rubricator::store::{Folders, LastExport, Settings, save_project};
use rubricator::text::{Article, Metadata, Text};
use rubricator::ui::command::Command;
use rubricator::ui::file_dialog::Purpose;
use rubricator::ui::forms::ExportChoice;
use rubricator::ui::state::Dialog;

#[test]
fn formats_stand_in_groups_and_the_last_export_is_where_the_next_begins() {
    let mut window = Window::with_suggestions(Settings::default());
    window.press_with(CTRL, Key::E);
    window.until("what goes out is known", |state| state.kept.export.is_known());
    let top = |window: &Window, name: &str| window.harness.get_all_by_label(name).next().unwrap().rect().top();
    let groups = Group::ALL.map(|group| top(&window, group.name()));
    assert!(groups.is_sorted(), "{groups:?}");
    for format in FORMATS {
        let group = Group::ALL.iter().position(|group| *group == format.group()).unwrap();
        let top = top(&window, format.name());
        assert!(top > groups[group] && groups.get(group + 1).is_none_or(|next| top < *next), "{}", format.id());
    }
    window.press(Key::Escape);

    let out = window.home.path().join("out");
    std::fs::create_dir(&out).unwrap();
    let kinds = window.state().model.project().tagset().kinds.iter().map(|kind| kind.id.clone());
    let kinds = Some(kinds.filter(|id| *id != KindId::EVENT).collect());
    let selection = Selection { suggestions: true, unaccepted: true, kinds, ..Selection::default() };
    let choice = ExportChoice { format: "spacy", selection, each: true };
    let number = window.state().model.number;
    window.harness.state_mut().picked(Purpose::Export(choice), number, vec![out.clone()]);
    window.until("it is exported", |state| !state.model.jobs.exporting);
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 1);

    // Another day.
    let Window { harness, home } = window;
    drop(harness);
    let settings = Settings::load(&Folders::under(home.path())).settings;
    let last = LastExport {
        format: "spacy".into(),
        suggestions: true,
        unaccepted: true,
        without: vec!["event".into()],
        each: true,
        complete: false,
        happenings: false,
        checks: false,
        folder: Some(out),
    };
    assert_eq!(settings.export, last);
    let mut window = Window::with_suggestions(settings);
    window.press_with(CTRL, Key::E);
    window.until("what goes out is known", |state| state.kept.export.is_known());
    assert!(window.shows("Texts, tokens, spans and relations to train and evaluate spaCy with"));
    let is_on = |window: &Window, name: &str| {
        let node = window.harness.get_all_by_label(name).next().unwrap();
        node.accesskit_node().toggled() == Some(Toggled::True)
    };
    for (name, on) in
        [("Only open suggestions", true), ("Accepted tags only", false), ("People", true), ("Events", false)]
    {
        assert_eq!(is_on(&window, name), on, "{name}");
    }
}

#[test]
fn a_format_that_this_program_does_not_have_gives_way_to_the_first() {
    let export = LastExport { format: "scroll".into(), ..LastExport::default() };
    let mut window = Window::with_suggestions(Settings { export, ..Settings::default() });
    window.press_with(CTRL, Key::E);
    window.until("what goes out is known", |state| state.kept.export.is_known());
    assert!(window.shows(FORMATS.first().unwrap().description()));
}

/// A window on a project of its own with nothing suggested.
fn quiet() -> Window {
    let settings = Settings { suggest_on_open: false, ..Settings::default() };
    Window::set(tempfile::tempdir().unwrap(), settings)
}

/// A brat set in a folder of the home.
fn harbour(window: &Window) -> PathBuf {
    let folder = window.home.path().join("harbour");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("a.txt"), "The Uma left Rask. Ida Holm waved.").unwrap();
    let marks = "T1\tSHIP 4 7\tUma\nT2\tPerson 19 27\tIda Holm\nT3\tGPE 13 17\tRask\n";
    std::fs::write(folder.join("a.ann"), marks).unwrap();
    folder
}

fn tags(window: &Window) -> Vec<String> {
    let project = window.state().model.project();
    project.all_mentions().map(|mention| format!("{} {}", mention.kind.as_str(), mention.quote)).collect()
}

fn importing(window: &mut Window) {
    window.until("what would come in is shown", |state| matches!(state.dialog, Some(Dialog::Import(_))));
}

#[test]
fn a_folder_that_is_dropped_shows_what_it_would_bring_and_its_kinds_can_be_changed() {
    let mut window = quiet();
    let folder = harbour(&window);
    window.harness.state_mut().open_paths(vec![folder.clone()]);
    importing(&mut window);
    assert!(window.shows("1 article with 3 tags"));
    assert!(window.state().model.project().article_count() == 0, "nothing comes in before it is wanted");
    // The place is a country, the ship stays out.
    window.harness.get_by_role_and_label(Role::ComboBox, "GPE").click();
    window.run();
    window.click("Country");
    window.harness.get_by_role_and_label(Role::ComboBox, "SHIP").click();
    window.run();
    window.click("Nothing: leave its tags out");
    window.click("Import 2 tags");
    assert_eq!(tags(&window), ["country Rask", "person Ida Holm"]);
    assert_eq!(window.state().model.project().tagset().kinds.len(), 3);
    assert!(window.state().dialog.is_none());
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.state().model.project().article_count(), 0, "it is one step");

    // The same as articles: the text alone.
    window.harness.state_mut().open_paths(vec![folder]);
    importing(&mut window);
    window.click("Open as articles");
    window.until("the article is there", |state| state.model.article.is_some());
    assert!(tags(&window).is_empty());
}

#[test]
fn kinds_that_are_called_as_own_ones_become_these_and_the_rest_is_new() {
    let mut window = quiet();
    window.press_with(CTRL | SHIFT, Key::V);
    window.harness.event(Event::Paste("Ships came.\n\nNothing else happened in the harbour that day.".to_owned()));
    window.run();
    let folder = harbour(&window);
    window.harness.state_mut().import_paths(vec![folder.clone()]);
    importing(&mut window);
    window.click("Import 3 tags");
    assert_eq!(tags(&window), ["SHIP Uma", "GPE Rask", "person Ida Holm"]);
    // A second time it is all there.
    window.harness.state_mut().import_paths(vec![folder]);
    importing(&mut window);
    assert!(window.shows("1 article, in the project already, with 3 tags"));
    window.press(Key::Escape);
    assert_eq!(tags(&window).len(), 3);
}

#[test]
fn articles_that_are_opened_stay_articles_whatever_they_are_called() {
    let mut window = quiet();
    let path = window.home.path().join("a.json");
    std::fs::write(&path, r#"{"text": "Nothing happened. It rained.", "label": "weather"}"#).unwrap();
    window.harness.state_mut().open_paths(vec![path]);
    window.until("the article is there", |state| state.model.article.is_some() || state.dialog.is_some());
    assert!(!matches!(window.state().dialog, Some(Dialog::Import(_))));
}

#[test]
fn the_clipboard_becomes_an_article_at_once() {
    let mut window = quiet();
    window.press_with(CTRL | SHIFT, Key::V);
    assert!(window.shows("The clipboard holds no text"), "without one it is asked for");
    window.press(Key::Escape);
    let paste = |window: &mut Window, text: &str| {
        window.harness.state_mut().command(Command::PasteArticle);
        window.harness.event(Event::Paste(text.to_owned()));
        window.run();
    };
    paste(&mut window, "A quiet week\n\nNobody signed anything at all.");
    assert!(window.state().dialog.is_none());
    assert_eq!(window.state().model.project().article_count(), 1);
    assert!(window.shows("Added “A quiet week”"));
    window.click("Edit details");
    assert_eq!(window.value("Title"), "A quiet week");
    window.press(Key::Escape);
    paste(&mut window, "A quiet week\n\nNobody signed anything at all.");
    assert!(window.shows("is in the project already"));
    assert_eq!(window.state().model.project().article_count(), 1);
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.state().model.project().article_count(), 0);
    // What is pasted into a field is the field's.
    window.command(Command::WriteArticle);
    window.harness.event(Event::Paste("Typed by hand.".to_owned()));
    window.run();
    assert_eq!(window.state().kept.draft, "Typed by hand.");
}

/// A table of articles with these texts: title, then words.
fn table(articles: &[(&str, &str)]) -> Window {
    let mut window = quiet();
    let articles = articles.iter().map(|(title, text)| {
        let meta = Metadata { title: (*title).to_owned(), ..Metadata::default() };
        Article { meta, text: Text::new(*text).unwrap() }
    });
    let mut project = Project::new();
    let stamp = Stamp { by: "Ana".into(), at: Timestamp::UNIX_EPOCH };
    project.apply(&ops::add_articles(&project, articles.collect(), stamp)).unwrap();
    let path = window.home.path().join("a.rubric");
    save_project(&path, &project).unwrap();
    window.open(path);
    window.press_with(CTRL | SHIFT, Key::T);
    assert!(matches!(window.state().dialog, Some(Dialog::Table(_))));
    window
}

fn details(window: &Window, detail: Detail) -> Vec<String> {
    window.state().model.project().articles().map(|record| detail.of(&record.article.meta)).collect()
}

const THREE: [(&str, &str); 3] = [("Boats", "Two words."), ("Alarm", "Now there are five words."), ("Calm", "One.")];

/// The titles, from the top.
fn rows(window: &Window) -> Vec<String> {
    let cells = window.harness.query_all_by_role(Role::Cell).filter_map(|node| node.accesskit_node().label());
    cells.filter_map(|label| label.strip_prefix("Title: ").map(str::to_owned)).collect()
}

#[test]
fn a_cell_is_edited_by_keyboard_and_each_change_is_undone_alone() {
    let mut window = table(&THREE);
    // Two to the right, and typing begins at once.
    window.press(Key::ArrowRight);
    window.press(Key::Tab);
    window.write("R");
    window.write("euters");
    window.press(Key::Enter);
    assert_eq!(details(&window, Detail::Source), ["Reuters", "", ""]);
    // The cell below has the keys now.
    window.press(Key::F2);
    window.write("AP");
    window.press(Key::Tab);
    window.press(Key::F2);
    window.write("Ida Holm");
    window.press(Key::Escape);
    assert_eq!(details(&window, Detail::Source), ["Reuters", "AP", ""]);
    assert_eq!(details(&window, Detail::Author), ["", "", ""], "escape leaves it as it was");
    assert!(window.state().dialog.is_some(), "and leaves the cell alone, not the table");
    window.press_with(CTRL, Key::Z);
    assert_eq!(details(&window, Detail::Source), ["Reuters", "", ""]);
    window.press_with(CTRL | SHIFT, Key::Z);
    assert_eq!(details(&window, Detail::Source), ["Reuters", "AP", ""]);
    // Back over the line's end.
    window.press_with(SHIFT, Key::Tab);
    window.press(Key::Enter);
    assert_eq!(window.value("Source"), "AP");
    window.press(Key::Escape);
    window.press(Key::Escape);
    assert!(window.state().dialog.is_none());
    assert_eq!(details(&window, Detail::Title), ["Boats", "Alarm", "Calm"]);
}

#[test]
fn a_date_that_is_none_stays_in_its_cell_and_is_told() {
    let mut window = table(&THREE);
    window.press(Key::Tab);
    window.press(Key::F2);
    window.write("31 Smarch");
    window.press(Key::Enter);
    assert!(window.shows("Write the date as 2022-02-04 or 4 Feb 2022"));
    assert_eq!(window.value("Date"), "31 Smarch");
    window.press_with(CTRL, Key::A);
    window.write("4 Feb 2022");
    window.press(Key::Enter);
    assert_eq!(details(&window, Detail::Date), ["2022-02-04", "", ""]);
    assert!(!window.shows("Write the date as"));
    assert!(window.shows("Date: 4 Feb 2022"));
}

#[test]
fn one_value_is_set_for_all_selected_articles_in_one_step() {
    let mut window = table(&THREE);
    window.press_with(SHIFT, Key::ArrowDown);
    assert!(window.shows("2 selected"));
    window.harness.get_by_role_and_label(Role::TextInput, "Value for all selected rows").focus();
    window.run();
    window.write("Harbour News");
    window.click("Set source for 2 articles");
    assert_eq!(details(&window, Detail::Source), ["Harbour News", "Harbour News", ""]);
    window.press_with(CTRL, Key::Z);
    assert_eq!(details(&window, Detail::Source), ["", "", ""]);
    // From a cell, for all.
    window.press_with(CTRL, Key::A);
    window.press(Key::Home);
    window.press_with(CTRL, Key::A);
    window.press(Key::Tab);
    window.press_with(CTRL, Key::A);
    window.write("4 Feb 2022");
    window.press_with(CTRL, Key::Enter);
    assert_eq!(details(&window, Detail::Date), ["2022-02-04"; 3]);
    assert!(window.shows("Set date of 3 articles"));
    // By the mouse, one beside another.
    window.click("Title: Boats");
    window.harness.get_by_label("Title: Calm").click_modifiers(CTRL);
    window.run();
    window.click("Clear source for 2 articles");
    assert_eq!(details(&window, Detail::Source), ["", "", ""]);
}

#[test]
fn the_table_is_sorted_and_filtered_and_shows_where_to_go() {
    let mut window = table(&THREE);
    assert_eq!(rows(&window), ["Boats", "Alarm", "Calm"]);
    window.click("Sort by title");
    assert_eq!(rows(&window), ["Alarm", "Boats", "Calm"]);
    window.click("Sort by title");
    assert_eq!(rows(&window), ["Calm", "Boats", "Alarm"]);
    window.click("Sort by title");
    assert_eq!(rows(&window), ["Boats", "Alarm", "Calm"]);
    window.click("Sort by words");
    assert_eq!(rows(&window), ["Calm", "Boats", "Alarm"]);
    window.fill("Filter rows", "al");
    assert_eq!(rows(&window), ["Calm", "Alarm"]);
    window.fill("Filter rows", "nothing like it");
    window.click("Show all articles");
    window.click("Title: Alarm");
    window.click("Go to article");
    assert!(window.state().dialog.is_none());
    let shown = window.state().model.article.and_then(|id| window.state().model.project().article(id));
    assert_eq!(shown.map(|record| record.article.meta.title.as_str()), Some("Alarm"));
}

#[test]
fn of_many_articles_only_the_rows_that_are_seen_are_laid_out() {
    let many: Vec<(String, String)> = (0..10_000).map(|n| (format!("Article {n}"), format!("Text {n}."))).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(title, text)| (title.as_str(), text.as_str())).collect();
    let mut window = table(&many);
    assert!(rows(&window).len() < 40);
    window.press_with(CTRL, Key::End);
    assert!(rows(&window).contains(&"Article 9999".to_owned()) && rows(&window).len() < 40);
    window.press_with(CTRL, Key::A);
    window.harness.get_by_role_and_label(Role::TextInput, "Value for all selected rows").focus();
    window.run();
    window.write("Archive");
    window.click("Set source for 10,000 articles");
    assert!(details(&window, Detail::Source).iter().all(|source| source == "Archive"));
    window.press_with(CTRL, Key::Z);
    assert!(details(&window, Detail::Source).iter().all(String::is_empty));
}
