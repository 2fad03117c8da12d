//! The views of the whole collection as a person uses them: from a picture to the sentence and back, by mouse and by keys, one
//! selection for all, and files of what is seen.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod harness;

use eframe::egui::Key;
use egui_kittest::kittest::Queryable;
use harness::kano::open;
use harness::{CTRL, Window};
use rubricator::ui::command::Command;
use rubricator::views::View;

#[test]
fn from_a_bar_of_the_timeline_to_the_sentence_and_back() {
    let mut window = open();
    window.press_with(CTRL, Key::Num4);
    window.looked();
    assert_eq!(window.state().overview.shown, Some(View::Timeline));
    assert!(window.shows("1–3 May 2024: raided, attacks, kills"), "{:?}", window.marks());
    assert!(window.shows("1–30 Jun 2024: met, meets, talks") && window.shows("2 events without a date"));
    // By the mouse: the sentences of the bar, then the place of one.
    window.click("1–3 May 2024: raided, attacks, kills");
    assert!(window.shows("1 sentence"));
    window.harness.get_by_label_contains("Gunmen raided a school in Kano, where").click();
    window.run();
    assert_eq!((window.state().overview.shown, window.selected()), (None, Some("raided")));
    assert!(window.shows("← Timeline  F5"));
    window.press(Key::F5);
    window.looked();
    assert_eq!(window.state().overview.shown, Some(View::Timeline));
    assert!(window.shows("1 sentence"), "as it was left");
    // By keys: closed, the first mark, its sentence, its place, and back.
    window.press(Key::Escape);
    window.press(Key::Home);
    window.press(Key::Enter);
    window.press(Key::Tab);
    window.press(Key::Enter);
    assert_eq!((window.state().overview.shown, window.selected()), (None, Some("met")));
    window.click("← Timeline  F5");
    window.looked();
    assert_eq!(window.state().overview.shown, Some(View::Timeline));
    // What has no date is read beside it.
    window.click("Talks, meets, talks");
    assert!(window.shows("Talks failed., Raid in Kano"));
    for _ in 0..3 {
        window.press(Key::Escape);
    }
    assert_eq!(window.state().overview.shown, None);
}

#[test]
fn the_timeline_is_zoomed_and_has_lanes_of_several_sorts() {
    let mut window = open();
    window.view(Command::Timeline);
    let wide = |window: &Window| {
        let bar = window.harness.get_by_label("1–3 May 2024: raided, attacks, kills");
        bar.rect().width()
    };
    let before = wide(&window);
    window.press(Key::Home);
    window.press(Key::Plus);
    assert!(!window.shows("1–3 May 2024: raided") || wide(&window) > before);
    window.press(Key::Num0);
    assert!((wide(&window) - before).abs() < 1.0, "all of it again");
    window.harness.get_by_label("Lanes").click();
    window.run();
    window.click("Lanes by country");
    window.looked();
    window.press(Key::T);
    assert!(window.shows("Lane: Nigeria") && window.shows("Name: Talks"));
}

#[test]
fn numbers_are_counted_and_heard_and_one_selection_holds_for_all_views() {
    let mut window = open();
    window.view(Command::Numbers);
    assert!(window.shows("Nigeria: 2 accepted") && window.shows("Daily Post: 8 accepted"), "{:?}", window.marks());
    assert!(window.shows("Material conflict: 1 accepted"));
    // The suggestion is told apart, and left out where only what is accepted counts.
    assert!(window.shows("Without a type: 1 suggested"));
    window.click("Accepted only");
    window.looked();
    assert!(!window.shows("Without a type: 1 suggested"));
    window.fill("Select by names", "bello");
    window.looked();
    assert!(window.shows("Amina Bello: 2 accepted") && !window.shows("Nigeria: 2 accepted"));
    // On the timeline the same is selected: nothing in which she takes part.
    window.view(Command::Timeline);
    assert!(window.shows("Nothing fits what is selected"));
    window.harness.query_all_by_label("Select everything").next().unwrap().click();
    window.looked();
    assert!(window.shows("1–3 May 2024: raided"));
    // A part alone, by its key.
    window.view(Command::Numbers);
    window.click("Nigeria: 2 accepted");
    window.press(Key::O);
    window.looked();
    assert!(window.shows("Not only Nigeria") && !window.shows("Ghana: 2 accepted"));
    window.click("Not only Nigeria");
    window.looked();
    assert!(window.shows("Ghana: 2 accepted"));
    // The data in rows, by keys: from a row to a sentence.
    window.press(Key::T);
    assert!(window.shows("Part: Most named") && window.shows("What: Amina Bello"));
    window.press(Key::End);
    window.press(Key::Enter);
    assert!(window.shows("4 sentences"), "{:?}", window.marks());
}

#[test]
fn days_that_are_typed_leave_out_what_lies_beyond() {
    let mut window = open();
    window.view(Command::Timeline);
    window.fill("From", "15 May 2024");
    window.looked();
    assert!(!window.shows("1–3 May 2024: raided") && window.shows("1–30 Jun 2024: met"));
    window.fill("Until", "no day");
    window.looked();
    assert!(window.shows("1–30 Jun 2024: met"), "what is no day selects nothing");
    window.fill("From", "");
    window.press(Key::Delete);
    window.looked();
    assert!(window.shows("1–3 May 2024: raided"));
}

#[test]
fn the_map_shades_countries_and_lists_what_it_cannot_place() {
    let mut window = open();
    window.press_with(CTRL, Key::Num5);
    window.looked();
    assert!(
        window.shows("Nigeria: events, 1 accepted") && window.shows("Kano, Nigeria: 1 accepted"),
        "{:?}",
        window.marks()
    );
    assert!(window.shows("3 events not on the map"), "never in the middle of a country");
    // From a place to its sentence, by keys.
    window.press(Key::End);
    window.press(Key::Enter);
    window.press(Key::Tab);
    window.press(Key::Enter);
    assert_eq!((window.state().overview.shown, window.selected()), (None, Some("raided")));
    window.press(Key::F5);
    window.looked();
    window.click("No place told: 3 not on the map");
    assert!(window.shows("3 sentences"));
    window.harness.get_by_label("Shaded by").click();
    window.run();
    window.click("Mentions of a country");
    window.looked();
    assert!(window.shows("Ghana: mentions, 2 accepted"));
    // A country alone, for all views.
    window.press(Key::T);
    window.press(Key::Home);
    window.press(Key::Enter);
    window.press(Key::O);
    window.looked();
    assert!(window.shows("Not only Ghana"));
    window.press(Key::T);
    window.view(Command::Numbers);
    assert!(window.shows("Ghana: 2 accepted") && !window.shows("Nigeria: 2 accepted"));
}

#[test]
fn the_network_leads_from_a_tie_to_its_sentence_and_goes_around_a_name() {
    let mut window = open();
    window.press_with(CTRL, Key::Num6);
    window.looked();
    let tie = "Nigeria and Ghana: 1 sentence";
    assert!(window.shows(tie), "{:?}", window.marks());
    assert!(!window.shows("Amina Bello and Ghana"), "no sentence names both");
    window.press(Key::T);
    window.harness.get_by_label("With: Ghana").click();
    window.run();
    window.harness.get_by_label_contains("Nigeria sent envoys to Ghana, who met there., After").click();
    window.run();
    assert_eq!((window.state().overview.shown, window.selected()), (None, Some("Nigeria")));
    window.press(Key::F5);
    window.looked();
    window.press(Key::T);
    window.click("Ghana: 2 accepted");
    window.press(Key::A);
    window.looked();
    assert!(window.shows("Around Ghana") && window.shows("Ghana and Nigeria: 1 sentence"));
    assert!(!window.shows("Amina Bello: 2 accepted"));
    window.click("All names");
    window.looked();
    assert!(window.shows("Amina Bello: 2 accepted"));
}

#[test]
fn article_tags_are_selected_for_all_views_and_the_register() {
    let mut window = open();
    window.view(Command::Numbers);
    assert!(window.shows("Daily Post: 8 accepted") && window.shows("Herald: 1 accepted"), "{:?}", window.marks());
    window.click("Article tags");
    window.click("Topic: security");
    window.looked();
    assert!(window.shows("Nigeria: 1 accepted") && window.shows("Daily Post: 4 accepted"), "{:?}", window.marks());
    assert!(!window.shows("Ghana: ") && !window.shows("Herald: "));
    // Of two answers to one tag either will do.
    window.click("Topic: diplomacy");
    window.looked();
    assert!(window.shows("Nigeria: 2 accepted") && window.shows("Ghana: 1 accepted"));
    window.click("Topic: security");
    window.press(Key::Escape);
    window.view(Command::Timeline);
    assert!(window.shows("1–30 Jun 2024: met") && !window.shows("1–3 May 2024: raided"));
    window.command(Command::Register);
    window.until("the rows are gathered", |state| !state.register.is_gathering());
    assert_eq!(window.state().register.counts(), (1, 4), "one happening is told of in what is selected");
    window.harness.query_all_by_label("Select everything").next().unwrap().click();
    window.run();
    window.until("the rows are gathered", |state| !state.register.is_gathering());
    assert_eq!(window.state().register.counts(), (4, 4));
}
