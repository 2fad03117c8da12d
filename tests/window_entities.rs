//! The window's tagset, guidelines, popup and entities as a person meets them, without a screen.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod harness;

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, PointerButton};
use egui_kittest::kittest::Queryable;
use harness::{CTRL, SHIFT, Window};
use rubricator::project::{KindId, Status, Target};
use rubricator::store::Settings;
use rubricator::ui::state::{Dialog, State};

/// With a project open whose suggestions are all still to be reviewed.
fn open() -> Window {
    Window::with_suggestions(Settings::default())
}

impl Window {
    /// Adds a kind of this name in the tagset window and saves.
    fn add_kind(&mut self, name: &str) {
        self.press_with(CTRL, Key::T);
        self.click("Add kind");
        self.write(name);
        self.click("Save");
    }
}

#[test]
fn a_kind_of_ones_own_is_added_and_tags_by_its_key() {
    let mut window = open();
    window.add_kind("Ship");
    assert!(window.state().dialog.is_none());
    let kind = window.state().model.project().tagset().with_key('4').unwrap().clone();
    assert_eq!((kind.name.as_str(), kind.plural.as_str()), ("Ship", "Ship"));
    assert!(window.shows("Select words and press 4"));
    window.press(Key::Tab);
    window.press(Key::Num4);
    assert_eq!(window.mention(0).kind, kind.id);
    assert!(window.shows("Norway, ship, 1 mention"));
    window.press_with(SHIFT, Key::Num2);
    assert_eq!(window.mention(0).kind, KindId::COUNTRY);
}

#[test]
fn a_kind_that_has_tags_asks_what_becomes_of_them() {
    let mut window = open();
    window.add_kind("Ship");
    window.press(Key::Tab);
    window.press(Key::Num4);
    let before = window.state().model.mentions().len();
    window.press_with(CTRL, Key::T);
    window.click("Remove Ship");
    assert!(window.shows("Ship goes. Its 1 tag:"));
    window.click("What becomes of the tags of Ship");
    window.click("become person");
    window.click("Save");
    assert_eq!((window.mention(0).kind.clone(), window.state().model.mentions().len()), (KindId::PERSON, before));
    assert!(window.shows("Moved 1 tag from ship to person"));
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.mention(0).kind.as_str(), "ship");
    window.press_with(CTRL, Key::T);
    window.click("Remove Ship");
    window.click("Save");
    assert_eq!(window.state().model.mentions().len(), before - 1);
    assert!(window.shows("Removed ship with 1 tag"));
}

#[test]
fn a_ready_kind_is_added_by_one_click_and_filled_in_the_background() {
    let mut window = open();
    // What a person has decided, and what waits for a decision.
    window.press(Key::Tab);
    window.press(Key::X);
    let before = window.state().model.mentions().to_vec();
    let ready = ["Add ready kind Organisations", "Add ready kind Places", "Add ready kind Groups"];
    window.press_with(CTRL, Key::T);
    for name in ready {
        window.click(name);
        assert!(!window.shows(name), "it is there");
    }
    window.click("Save");
    let is_new = |kind: &KindId| [KindId::ORGANISATION, KindId::PLACE, KindId::GROUP].contains(kind);
    let found = |state: &State| state.model.mentions().iter().filter(|m| is_new(&m.kind)).cloned().collect::<Vec<_>>();
    window.until("the kinds are filled", |state| state.model.jobs.queued == 0 && !found(state).is_empty());
    let keys: String = window.state().model.project().tagset().kinds.iter().filter_map(|kind| kind.key).collect();
    assert_eq!(keys, "123456");
    assert!(found(window.state()).iter().all(|mention| mention.status == Status::Suggested));
    for panel in ["Organisations  ", "Places  ", "Groups  "] {
        assert!(window.shows(panel), "no panel {panel}");
    }
    let others: Vec<_> = window.state().model.mentions().iter().filter(|m| !is_new(&m.kind)).cloned().collect();
    assert_eq!(others, before, "all else is as it was");

    // Taken back, what was found for them goes; done again, it comes back.
    let filled = found(window.state());
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.state().model.mentions(), before);
    window.press_with(CTRL | SHIFT, Key::Z);
    assert_eq!(found(window.state()), filled);

    // Taken away, it is offered again.
    window.press_with(CTRL, Key::T);
    assert!(!window.shows("Add ready kind"));
    window.click("Remove Place");
    window.click("Save");
    window.press_with(CTRL, Key::T);
    assert!(window.shows("Add ready kind Places") && !window.shows("Add ready kind Groups"));
}

#[test]
fn an_article_tag_is_made_answered_and_filters() {
    let mut window = open();
    window.press_with(CTRL, Key::T);
    window.click("Add article tag");
    window.write("Topic");
    window.harness.get_by_label("Answer 1 to Topic").focus();
    window.harness.run();
    window.write("fishing");
    window.click("Add answer to Topic");
    window.write("trade");
    window.harness.get_by_label("Answer 2 to Topic");
    window.click("Save");
    window.click("Answer to Topic");
    assert!(window.shows("trade"), "what was added took the keys");
    window.click("fishing");
    let tags =
        window.state().model.article.and_then(|id| window.state().model.project().article(id)).map(|a| a.tags.clone());
    assert_eq!(tags.unwrap().get("topic").map(Vec::as_slice), Some(&["fishing".to_owned()][..]));
}

#[test]
fn media_topics_are_a_ready_article_tag() {
    let mut window = open();
    window.press_with(CTRL, Key::T);
    window.click("Add ready article tag Media topics");
    assert!(!window.shows("Add ready article tag Media topics"));
    window.click("Save");
    window.click("weather");
    window.click("health");
    let topics = |state: &State| {
        let tags = &state.model.project().article(state.model.article.unwrap()).unwrap().tags;
        tags.get("MEDTOP").cloned().unwrap_or_default()
    };
    assert_eq!(topics(window.state()), ["health", "weather"]);
    window.press_with(CTRL, Key::Z);
    assert_eq!(topics(window.state()), ["weather"]);
}

#[test]
fn guidelines_are_written_and_shown_beside_the_text() {
    let mut window = open();
    window.press(Key::F8);
    assert!(window.shows("What to tag and how"));
    window.click("Edit guidelines");
    window.write("# Ships\n\nTag *names* only.");
    window.press_with(CTRL, Key::Enter);
    assert!(window.state().dialog.is_none());
    assert_eq!(window.state().model.project().guidelines(), "# Ships\n\nTag *names* only.");
    assert!(!window.shows("What to tag and how"));
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.state().model.project().guidelines(), "");
    window.press(Key::F8);
    assert!(!window.state().model.show_guidelines);
}

#[test]
fn the_popup_points_a_tag_at_somebody_who_is_known() {
    let mut window = open();
    window.click("Ingrid Haugland, person, 2 mentions, 2 open");
    window.press(Key::Enter);
    assert!(matches!(window.state().dialog, Some(Dialog::Tag(_))));
    window.write("macr emman");
    window.press(Key::Enter);
    assert!(window.state().dialog.is_none());
    let macron = window.state().model.project().entities().find(|entity| entity.name == "Emmanuel Macron").unwrap();
    assert_eq!((macron.role.as_str(), macron.wikidata.as_deref()), ("president", Some("Q3052772")));
    assert!(window.shows("Emmanuel Macron, person, 1 mention"));
    window.unfold();
    assert!(window.shows("president since 2017"), "the card tells of the office");
}

#[test]
fn the_popup_stands_beside_the_mention_and_sets_its_link() {
    let mut window = open();
    window.press(Key::Tab);
    window.press(Key::E);
    let mention = window.state().view.around(window.mention(0).id).unwrap();
    let field = window.harness.get_by_label("Link").rect();
    assert!(!field.intersects(mention));
    window.click("Clear link");
    let norway = |window: &Window| match window.mention(0).target {
        Some(Target::Entity(id)) => window.state().model.project().entity(id).unwrap().wikidata.clone(),
        _ => panic!("a country"),
    };
    assert_eq!(norway(&window), None);
    window.harness.get_by_label("Link").focus();
    window.harness.run();
    window.write("NO");
    window.press(Key::Enter);
    assert_eq!(norway(&window).as_deref(), Some("Q20"));
    assert!(window.state().dialog.is_none());
}

#[test]
fn the_popup_changes_the_kind_by_alt_and_its_key() {
    let mut window = open();
    window.press(Key::Tab);
    window.press(Key::E);
    window.press_with(Modifiers::ALT, Key::Num1);
    assert_eq!(window.mention(0).kind, KindId::PERSON);
    window.press(Key::Escape);
    assert!(window.state().dialog.is_none());
}

#[test]
fn a_double_click_on_a_tag_opens_the_popup() {
    let mut window = open();
    let at = window.state().view.rect_of(window.mention(1).id).unwrap().center();
    window.harness.event(Event::PointerMoved(at));
    for _ in 0..2 {
        for pressed in [true, false] {
            let modifiers = Modifiers::NONE;
            window.harness.event(Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers });
        }
        window.harness.step();
    }
    window.harness.run();
    assert!(matches!(window.state().dialog, Some(Dialog::Tag(_))));
}

#[test]
fn a_key_goes_through_the_mentions_of_an_entity() {
    let mut window = open();
    window.click("Ingrid Haugland, person, 2 mentions, 2 open");
    assert_eq!(window.selected(), Some("Ingrid Haugland"));
    window.press(Key::M);
    assert_eq!(window.selected(), Some("Haugland"));
    window.press(Key::M);
    assert_eq!(window.selected(), Some("Ingrid Haugland"), "round at the end");
    window.press_with(SHIFT, Key::M);
    assert_eq!(window.selected(), Some("Haugland"));
}

#[test]
fn a_mention_is_split_off_and_renamed() {
    let mut window = open();
    window.click("Ingrid Haugland, person, 2 mentions, 2 open");
    window.press(Key::M);
    window.press(Key::S);
    assert!(window.shows("Haugland, person, 1 mention, accepted"));
    window.press(Key::F2);
    assert!(matches!(window.state().dialog, Some(Dialog::Entity(_))));
    window.write("Olav Haugland");
    window.press(Key::Enter);
    if window.state().dialog.is_some() {
        window.click("Save");
    }
    assert!(window.shows("Olav Haugland, person, 1 mention"));
    let nth = window.state().model.mentions().iter().position(|m| m.quote == "Haugland").unwrap();
    assert_eq!(window.target(nth), "Olav Haugland");
}

#[test]
fn the_form_of_an_entity_sets_and_clears_its_item() {
    let mut window = open();
    window.click("Ingrid Haugland, person, 2 mentions, 2 open");
    for (typed, item) in [(" Q7 ", Some("Q7")), (" ", None)] {
        window.press(Key::F2);
        window.harness.get_by_role_and_label(Role::TextInput, "Wikidata item").focus();
        window.harness.run();
        window.press_with(Modifiers::COMMAND, Key::A);
        window.write(typed);
        window.click("Save");
        assert!(window.state().dialog.is_none());
        let project = window.state().model.project();
        let entity = project.entities().find(|entity| entity.name == "Ingrid Haugland").unwrap();
        assert_eq!(entity.wikidata.as_deref(), item);
    }
}

#[test]
fn a_country_has_its_flag_and_card() {
    let mut window = open();
    window.press(Key::Tab);
    window.unfold();
    assert!(window.shows("Flag of Norway"));
    assert!(window.shows("capital Oslo"));
    assert!(window.shows("3 mentions here"));
}
