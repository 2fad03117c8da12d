//! The tour through the window, by keys and by mouse.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod harness;

use eframe::egui::{Id, Key, Rect, vec2};
use egui_kittest::kittest::Queryable;
use harness::Window;
use rubricator::project::Status;
use rubricator::store::{Settings, ThemeChoice};
use rubricator::ui::command::Command;
use rubricator::ui::model::Step;

/// What the cards are called.
const TITLES: [&str; 6] = [
    "The article",
    "Review",
    "People, countries, events",
    "How many events",
    "Where a tag comes from",
    "Save and export",
];

impl Window {
    fn card(&self) -> Rect {
        self.harness.ctx.memory(|memory| memory.area_rect(Id::unique("tour card"))).unwrap()
    }

    fn is_at(&self, step: usize) -> bool {
        self.shows(TITLES.get(step - 1).unwrap()) && self.shows(&format!("{step} of 6"))
    }
}

#[test]
fn the_tour_goes_from_the_welcome_page_through_the_sample_by_keys() {
    let mut window = Window::set(tempfile::tempdir().unwrap(), Settings::default());
    window.click("Take the tour");
    window.until("suggestions are there", |state| state.model.jobs.queued == 0 && !state.model.mentions().is_empty());
    for step in 1..=6 {
        assert!(window.is_at(step), "step {step}");
        window.press(Key::Enter);
    }
    assert_eq!(window.state().model.tour, None);
    assert!(!window.shows("6 of 6"));
    assert!(window.state().model.mentions().iter().all(|mention| mention.status == Status::Suggested));
    window.press(Key::Tab);
    assert!(window.selected().is_some(), "the article has the keys");
}

#[test]
fn each_card_stands_beside_the_part_that_it_tells_of() {
    for (size, theme) in [(vec2(1024.0, 700.0), ThemeChoice::Light), (vec2(1280.0, 800.0), ThemeChoice::Dark)] {
        let mut window = Window::with_suggestions(Settings { theme, ..Settings::default() });
        window.harness.set_size(size);
        window.run();
        window.command(Command::Tour);
        let bar = window.harness.get_by_label_contains("suggestions to review").rect();
        let row = window.harness.get_by_label("Ingrid Haugland, person, 2 mentions, 2 open").rect();
        let tag = window.state().view.rect_of(window.mention(0).id).unwrap();
        for (step, part) in [(1, Some(tag)), (2, Some(bar)), (3, Some(row)), (4, None), (5, None), (6, None)] {
            let part = match step {
                4 => window.harness.get_by_label("Show events: Main").rect(),
                5 => window.harness.get_by_label("Select a tag to see where it comes from").rect(),
                6 => window.harness.get_by_label("File").rect(),
                _ => part.unwrap(),
            };
            let card = window.card();
            assert!(window.is_at(step), "step {step}");
            assert!(window.harness.ctx.content_rect().contains_rect(card), "step {step}: {card:?}");
            assert!(!card.intersects(part), "step {step}: {card:?} over {part:?}");
            window.click(if step == 6 { "Done" } else { "Next" });
        }
        assert_eq!(window.state().model.tour, None);
    }
}

#[test]
fn the_tour_goes_back_and_ends_where_it_is_left() {
    let mut window = Window::with_suggestions(Settings::default());
    let before = window.state().model.session.history().len();
    window.command(Command::Tour);
    window.press(Key::ArrowRight);
    window.press(Key::ArrowRight);
    assert_eq!(window.state().model.tour, Some(Step::Panels));
    window.press(Key::ArrowLeft);
    window.click("Back");
    assert!(window.is_at(1));
    window.press(Key::Escape);
    assert_eq!(window.state().model.tour, None);
    assert_eq!(window.state().model.session.history().len(), before);
    window.command(Command::Tour);
    window.click("Skip");
    assert_eq!(window.state().model.tour, None);
}

#[test]
fn the_window_works_all_the_while_and_keeps_what_was_done() {
    let mut window = Window::with_suggestions(Settings::default());
    window.command(Command::Tour);
    window.press(Key::N);
    window.press(Key::A);
    assert_eq!(window.mention(0).status, Status::Accepted);
    assert!(window.is_at(1));
    window.press(Key::Escape);
    assert_eq!(window.mention(0).status, Status::Accepted);
}
