//! Dossiers as a person uses them: from a name to another, to a sentence and back, edited where they stand, by mouse and by keys.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod harness;

use eframe::egui::Key;
use egui_kittest::kittest::Queryable;
use harness::kano::open;
use harness::{CTRL, SHIFT, Window};
use rubricator::ui::command::Command;
use rubricator::views::View;

impl Window {
    /// The name of the entity that this record has now.
    fn entity(&self, name: &str) -> Option<rubricator::project::Entity> {
        self.state().model.project().entities().find(|entity| entity.name == name).cloned()
    }
}

#[test]
fn a_dossier_leads_to_others_and_to_sentences_and_back() {
    let mut window = open();
    window.press_with(CTRL, Key::Num2);
    window.looked();
    assert_eq!(window.state().overview.shown, Some(View::Dossiers));
    // The one named most is shown first; the list has all.
    assert!(window.shows("Name: Amina Bello"), "{:?}", window.marks());
    assert!(window.shows("Nigeria, 2 mentions") && window.shows("Ghana, 2 mentions"));
    assert!(window.shows("1 May 2024: first seen") && window.shows("20 Jun 2024: last seen"));
    assert!(window.shows("president: 1 accepted, 20 Jun 2024"), "the role, and when it was told");
    assert!(window.shows("Nigeria: 1 sentence"), "who is named with her");
    // By keys: to the next name, and from the list to its page.
    window.press(Key::ArrowDown);
    window.looked();
    assert!(window.shows("Name: Nigeria"));
    assert!(window.shows("1–30 Jun 2024: met, meets, talks"), "an event as actor");
    // A name on the page leads to its dossier, a key back.
    window.click("Ghana: 1 sentence");
    window.looked();
    assert!(window.shows("Name: Ghana"));
    window.press(Key::Backspace);
    window.looked();
    assert!(window.shows("Name: Nigeria"));
    // An event leads to its sentence, a key back.
    window.click("1–30 Jun 2024: met, meets, talks");
    assert_eq!((window.state().overview.shown, window.selected()), (None, Some("met")));
    window.press(Key::F5);
    window.looked();
    assert!(window.shows("Name: Nigeria"), "as it was left");
    // So does a line of the sentences, by keys: from the page to them.
    window.press(Key::Tab);
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert_eq!((window.state().overview.shown, window.selected()), (None, Some("Nigeria")));
    assert_eq!(window.state().model.article, window.state().model.project().article_ids().get(1).copied());
    window.click("← Dossiers  F5");
    window.looked();
    assert!(window.shows("Name: Nigeria"));
    for _ in 0..3 {
        window.press(Key::Escape);
    }
    assert_eq!(window.state().overview.shown, None);
}

#[test]
fn a_part_of_a_dossier_limits_its_sentences() {
    let mut window = open();
    window.view(Command::Dossiers);
    assert!(window.shows("Every sentence"));
    window.click("president: 1 accepted, 20 Jun 2024");
    assert!(window.shows("All sentences, not only president"), "{:?}", window.marks());
    let sentences = |window: &Window| window.marks().iter().filter(|mark| mark.contains("Amina Bello of ")).count();
    assert_eq!(sentences(&window), 0, "the other is not told with it");
    assert!(window.shows("1 sentence of president"), "a way to it, wherever it stands");
    window.press(Key::Escape);
    assert_eq!(sentences(&window), 1);
    window.click("Sort by before");
    window.looked();
    let order: Vec<String> = window.marks().into_iter().filter(|mark| mark.contains("Amina Bello ")).collect();
    assert!(order[0].starts_with("President Amina Bello"), "{order:?}");
}

#[test]
fn the_record_is_edited_where_it_stands_and_an_edit_is_undone() {
    let mut window = open();
    window.view(Command::Dossiers);
    window.press(Key::F2);
    assert_eq!(window.value("Name"), "Amina Bello");
    window.press_with(CTRL, Key::A);
    window.write("Amina Yusuf Bello");
    // Tab goes on to the role.
    window.press(Key::Tab);
    window.write("president");
    window.press(Key::Enter);
    window.looked();
    let entity = window.entity("Amina Yusuf Bello").unwrap();
    assert_eq!((entity.role.as_str(), entity.aliases.as_slice()), ("president", ["Amina Bello".to_owned()].as_slice()));
    assert!(window.shows("Name: Amina Yusuf Bello") && window.shows("Amina Yusuf Bello, 2 mentions"));
    for _ in 0..2 {
        window.press_with(CTRL, Key::Z);
    }
    window.looked();
    assert!(window.shows("Name: Amina Bello"));
    assert_eq!(window.entity("Amina Bello").unwrap().role, "");
    // Escape leaves a field as it was.
    window.click("Note: ");
    window.write("not this");
    window.press(Key::Escape);
    assert_eq!(window.entity("Amina Bello").unwrap().note, "");
    window.press(Key::E);
    assert!(window.shows("Edit person"));
}

#[test]
fn dossiers_follow_what_is_selected_and_what_is_looked_for() {
    let mut window = open();
    window.view(Command::Dossiers);
    window.press(Key::Slash);
    window.write("gha");
    window.looked();
    assert!(window.shows("Name: Ghana") && !window.shows("Amina Bello, 2 mentions"));
    window.press(Key::Enter);
    window.press(Key::O);
    window.looked();
    assert!(window.shows("Not only Ghana"));
    window.click("Not only Ghana");
    window.fill("Until", "1 Jul 2024");
    window.looked();
    assert!(window.shows("Ghana, 1 mention") && window.shows("20 Jun 2024: seen"));
    window.fill("Until", "1 Jan 2024");
    window.looked();
    assert!(window.shows("No such name in what is selected"));
    // Escape leaves the field, not the view.
    window.press(Key::Escape);
    window.harness.query_all_by_label("Select everything").next().unwrap().click();
    window.looked();
    // The data in rows, for those who hear them.
    window.press(Key::T);
    assert!(window.shows("Part: Sentence") && window.shows("What: Ghana"), "{:?}", window.marks());
}

#[test]
fn a_dossier_opens_from_an_article_and_from_the_network() {
    let mut window = open();
    window.harness.query_all_by_label_contains("Nigeria, country").next().unwrap().click();
    window.run();
    assert_eq!(window.selected(), Some("Nigeria"));
    window.press_with(SHIFT, Key::F2);
    window.looked();
    assert!(window.shows("Name: Nigeria"));
    window.view(Command::Network);
    window.click("Ghana: 2 accepted");
    window.press(Key::D);
    window.looked();
    assert_eq!(window.state().overview.shown, Some(View::Dossiers));
    assert!(window.shows("Name: Ghana"));
}
