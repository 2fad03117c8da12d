//! What comes into the window and leaves it: exports, imports, articles in a table.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod harness;

use std::path::PathBuf;

use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Event, Key};
use egui_kittest::kittest::{NodeT, Queryable};
use harness::{CTRL, SHIFT, Window};
use rubricator::export::{FORMATS, Group, Selection};
use rubricator::project::KindId;
use rubricator::store::{Folders, LastExport, Settings};
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
        folder: Some(out),
    };
    assert_eq!(settings.export, last);
    let mut window = Window::with_suggestions(settings);
    window.press_with(CTRL, Key::E);
    window.until("what goes out is known", |state| state.kept.export.is_known());
    assert!(window.shows("Texts, tokens and spans to train and evaluate spaCy with"));
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
