//! What comes into the window and leaves it: exports, imports, articles in a table.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod harness;

use eframe::egui::Key;
use eframe::egui::accesskit::Toggled;
use egui_kittest::kittest::{NodeT, Queryable};
use harness::{CTRL, Window};
use rubricator::export::{FORMATS, Group, Selection};
use rubricator::project::KindId;
use rubricator::store::{Folders, LastExport, Settings};
use rubricator::ui::file_dialog::Purpose;
use rubricator::ui::forms::ExportChoice;

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
