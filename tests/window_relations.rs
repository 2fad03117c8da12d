//! Relations in the window as a person meets them: made by keys, by a drag and by a name, reviewed, noted, found.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod harness;

use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::kittest::Queryable;
use harness::{CTRL, SHIFT, Window, fixture};
use rubricator::project::{MentionId, Relation, Status};
use rubricator::store::Settings;
use rubricator::ui::command::Command;

impl Window {
    /// The project of the other tests, high enough for all rows to be drawn.
    fn tall() -> Self {
        let mut window = Self::set(tempfile::tempdir().unwrap(), Settings::default());
        window.harness.set_size(vec2(1280.0, 1600.0));
        let path = window.home.path().join("fisheries.rubric");
        std::fs::copy(fixture(), &path).unwrap();
        window.open(path);
        window
    }

    /// The same with relations that a source has suggested.
    fn with_suggested() -> Self {
        let mut window = Self::set(tempfile::tempdir().unwrap(), Settings::default());
        window.harness.set_size(vec2(1280.0, 1600.0));
        let mut text = std::fs::read_to_string(fixture()).unwrap();
        let id = |quote: &str, nth: usize| -> u32 {
            let line = text.lines().filter(|line| line.contains(&format!("quote:\"{quote}\""))).nth(nth).unwrap();
            line.strip_prefix("(id:").unwrap().split(',').next().unwrap().parse().unwrap()
        };
        let origin = "origin:(source:\"test\",score:Some(0.77),reason:\"named next\")";
        let relation = |number: u32, kind: &str, from: u32, to: u32| {
            format!("(id:{number},article:0,kind:\"{kind}\",from:{from},to:{to},status:Suggested,{origin}),\n")
        };
        let relations = format!(
            "relations: [\n{}{}],\n",
            relation(0, "works-for", id("Ingrid Haugland", 0), id("Norway", 1)),
            relation(1, "works-for", id("Tomás Arriagada", 0), id("Chile", 0)),
        );
        let kinds = "relation_kinds: [\n(id:\"works-for\",name:\"works for\",reverse:\"employs\",from:[\"person\"],\
                     to:[\"country\"],key:Some('1')),\n],\n";
        text = text.replacen("articles: [\n", &format!("{kinds}articles: [\n"), 1);
        let end = text.rfind("\n],\n").unwrap() + 4;
        // Behind the mentions, which are the last list.
        text.insert_str(end, &relations);
        let path = window.home.path().join("related.rubric");
        std::fs::write(&path, text).unwrap();
        window.open(path);
        assert!(window.state().model.damaged.is_none());
        window
    }

    fn id(&self, quote: &str, nth: usize) -> MentionId {
        self.state().model.mentions().iter().filter(|mention| mention.quote == quote).nth(nth).unwrap().id
    }

    fn center(&self, quote: &str, nth: usize) -> Pos2 {
        self.state().view.rect_of(self.id(quote, nth)).unwrap().center()
    }

    fn click_tag(&mut self, quote: &str, nth: usize) {
        self.click_at(self.center(quote, nth));
    }

    fn drag_tag(&mut self, from: Pos2, to: Pos2) {
        self.harness.hover_at(from);
        self.run();
        let press =
            |pos, pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: CTRL };
        self.harness.event_modifiers(press(from, true), CTRL);
        self.harness.step();
        for part in [0.3, 0.6, 1.0] {
            self.harness.event_modifiers(Event::PointerMoved(from + (to - from) * part), CTRL);
            self.harness.step();
        }
        self.harness.event_modifiers(press(to, false), CTRL);
        self.run();
    }

    /// Runs a command, and says yes where it is asked about.
    fn surely(&mut self, command: Command) {
        self.command(command);
        if self.state().dialog.is_some() {
            self.press(Key::Enter);
        }
        assert!(self.state().dialog.is_none());
    }

    /// Every relation: its ends by their words, its kind, and how far it has come.
    fn relations(&self) -> Vec<(String, String, String, Status)> {
        let project = self.state().model.project();
        let told = |relation: &Relation| {
            let (from, to) = project.ends(relation).unwrap();
            let name = project.tagset().relation_name(&relation.kind).to_owned();
            (from.quote.to_string(), name, to.quote.to_string(), relation.status)
        };
        project.relations().map(told).collect()
    }
}

fn made(from: &str, name: &str, to: &str) -> (String, String, String, Status) {
    (from.to_owned(), name.to_owned(), to.to_owned(), Status::Accepted)
}

#[test]
fn a_relation_is_made_by_keys_alone_and_taken_back() {
    let mut window = Window::tall();
    assert!(!window.shows("Relations  "), "who has none is not bothered");
    window.click_tag("Ingrid Haugland", 0);
    window.press(Key::R);
    assert!(window.shows("Relate by works for"), "the usual kinds are offered before the tagset has any");
    // On to the next tag in the text, and one further.
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert_eq!(window.relations(), [made("Ingrid Haugland", "works for", "Norway")]);
    assert!(window.state().relating.is_none());
    assert_eq!(window.state().model.selected_relation().map(|relation| relation.id.0), Some(0));
    assert!(window.shows("Relations  1") && window.shows("Ingrid Haugland works for Norway, relation, made by hand"));
    assert_eq!(window.state().model.project().mention(window.id("Norway", 1)).unwrap().status, Status::Accepted);
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.relations(), []);
    assert!(!window.shows("Relations  "), "the kind went with it");
    window.press_with(CTRL | SHIFT, Key::Z);
    assert_eq!(window.relations().len(), 1);
}

#[test]
fn the_other_end_is_found_by_its_name_and_the_kind_by_its_key() {
    let mut window = Window::tall();
    window.click_tag("Ingrid Haugland", 0);
    window.press(Key::R);
    window.write("arriag");
    let at = window.state().relating.as_ref().unwrap().at.unwrap();
    assert_eq!(window.state().model.project().mention(at).unwrap().quote, "Tomás Arriagada");
    // While a name is typed digits are part of it; with alt they are keys.
    window.press_with(Modifiers::ALT, Key::Num4);
    assert_eq!(window.relations(), [made("Ingrid Haugland", "spouse of", "Tomás Arriagada")]);
    window.press(Key::R);
    window.write("nobody at all");
    assert!(window.shows("No such tag"));
    window.press(Key::Enter);
    assert_eq!(window.relations().len(), 1);
    window.press(Key::Escape);
    assert!(window.state().relating.is_none());
    assert_eq!(window.selected(), Some("Ingrid Haugland"), "giving up leaves all as it was");
}

#[test]
fn a_click_gives_the_other_end_and_arrows_turn_it() {
    let mut window = Window::tall();
    window.click_tag("Norway", 0);
    window.press(Key::R);
    window.click_tag("Ingrid Haugland", 0);
    window.click("Turn the relation round");
    window.press(Key::Enter);
    assert_eq!(window.relations(), [made("Ingrid Haugland", "works for", "Norway")]);
    window.press(Key::V);
    assert_eq!(window.relations(), [made("Norway", "works for", "Ingrid Haugland")]);
}

#[test]
fn ctrl_and_a_drag_lead_from_tag_to_tag() {
    let mut window = Window::tall();
    let (from, to) = (window.center("Ingrid Haugland", 0), window.center("Chile", 0));
    window.drag_tag(from, to);
    let relating = window.state().relating.clone().unwrap();
    assert_eq!(relating.ends(), Some((window.id("Ingrid Haugland", 0), window.id("Chile", 0))));
    assert_eq!(window.relations(), [], "how they are related is still to be said");
    window.press(Key::Num1);
    assert_eq!(window.relations(), [made("Ingrid Haugland", "works for", "Chile")]);
    // A drag to nowhere makes nothing, and one that begins nowhere says how it is done.
    window.drag_tag(from, from + vec2(-300.0, 500.0));
    assert!(window.state().relating.is_none());
    let free = |at: &Pos2| {
        let mentions = window.state().model.mentions().iter();
        !mentions
            .filter_map(|mention| window.state().view.rect_of(mention.id))
            .any(|rect| rect.expand(4.0).contains(*at))
    };
    let nowhere = (0..40).map(|step| from + vec2(10.0 * step as f32, 0.0)).find(free).unwrap();
    window.drag_tag(nowhere, to);
    assert!(window.shows("A relation is dragged from one tag to another"));
    assert_eq!(window.relations().len(), 1);
}

#[test]
fn several_of_a_kind_are_made_in_a_row_until_escape() {
    let mut window = Window::tall();
    window.click_tag("Ingrid Haugland", 0);
    window.press(Key::R);
    window.click("Several in a row");
    window.click("Relate by related to");
    window.click_tag("Norway", 0);
    assert_eq!(window.relations().len(), 1, "once the kind is chosen a click is enough");
    window.click_tag("Tomás Arriagada", 0);
    window.click_tag("Chile", 0);
    assert_eq!(window.relations().len(), 2);
    // And by keys: the next begins where the last did, unless another is meant.
    window.press(Key::Enter);
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert_eq!(window.relations().len(), 3);
    assert!(window.relations().iter().all(|relation| relation.1 == "related to"));
    window.press(Key::Escape);
    assert!(window.state().relating.is_none());
}

#[test]
fn suggested_relations_are_walked_through_and_decided_on() {
    let mut window = Window::with_suggested();
    let before = window.state().model.open_count();
    assert_eq!(window.state().model.open_relations().count(), 2);
    let mut walked = Vec::new();
    for _ in 0..before {
        window.press(Key::Tab);
        walked.push(window.state().model.selected_relation().map(|relation| relation.id.0));
    }
    let relations: Vec<u32> = walked.iter().copied().flatten().collect();
    assert_eq!(relations.iter().filter(|id| **id == 0).count(), 1);
    assert_eq!(relations.iter().filter(|id| **id == 1).count(), 1);
    while window.state().model.selected_relation().is_none() {
        window.press(Key::Tab);
    }
    let first = window.state().model.selected_relation().unwrap().id;
    assert!(window.shows("Suggested · 77 %: named next"));
    window.press(Key::X);
    let status = |window: &Window| window.state().model.project().relation(first).unwrap().status;
    assert_eq!(status(&window), Status::Rejected);
    assert_ne!(window.state().model.selected_relation().map(|relation| relation.id), Some(first), "one goes on");
    window.press_with(CTRL, Key::Z);
    assert_eq!(status(&window), Status::Suggested);
    // Accepting all takes relations, too.
    window.surely(Command::AcceptArticle);
    assert_eq!(status(&window), Status::Accepted);
    assert_eq!(window.state().model.open_count(), 0);
}

#[test]
fn a_row_shows_both_ends_takes_a_note_and_another_kind() {
    let mut window = Window::with_suggested();
    window.click("Ingrid Haugland works for Norway, relation, suggested");
    assert_eq!(window.selected(), Some("Ingrid Haugland"));
    window.press(Key::E);
    window.write("since May");
    window.press(Key::Enter);
    let relation = window.state().model.project().relations().next().unwrap().clone();
    assert_eq!((relation.note.as_str(), relation.status), ("since May", Status::Accepted));
    window.click("Kind of the relation");
    window.click("member of");
    assert_eq!(window.relations()[0], made("Ingrid Haugland", "member of", "Norway"));
    assert!(
        window.shows("According to the tagset, “member of” goes from person, organisation"),
        "a rule that is broken is told"
    );
    window.press(Key::Delete);
    assert_eq!(window.relations()[0].3, Status::Rejected, "what was suggested is not suggested again");
    assert!(window.shows("Rejected  1"));
    window.fill("Filter names and events", "arriagada");
    assert!(window.shows("Relations  1") && window.shows("Tomás Arriagada works for Chile, relation"));
}

#[test]
fn relations_of_all_articles_are_found_by_kind_and_words() {
    let mut window = Window::with_suggested();
    window.press(Key::Escape);
    window.command(Command::FindRelations);
    assert!(window.shows("2 relations"));
    window.fill("Words of relations", "arriagada");
    assert!(window.shows("1 relation") && !window.shows("2 relations"));
    window.press(Key::Enter);
    assert!(window.state().dialog.is_none());
    assert_eq!(window.state().model.selected_relation().map(|relation| relation.id.0), Some(1));
    window.command(Command::FindRelations);
    window.click("List their articles");
    let kind = window.state().listing.relation.clone();
    assert_eq!(kind.as_ref().map(|kind| kind.as_str()), Some("works-for"));
}

#[test]
fn keys_are_those_of_relating_only_while_its_field_has_them() {
    let mut window = Window::tall();
    window.click_tag("Ingrid Haugland", 0);
    window.press(Key::R);
    window.command(Command::Tagset);
    window.harness.get_by_label("Name of Person").focus();
    window.run();
    window.press(Key::Num1);
    window.write("1");
    assert!(window.value("Name of Person1").ends_with('1'), "the digit is the other field's");
    window.press(Key::Escape);
    assert!(window.state().dialog.is_none());
    assert_eq!(window.relations(), []);
}

#[test]
fn what_is_in_view_is_decided_on_with_its_relations() {
    let mut window = Window::with_suggested();
    window.surely(Command::RejectVisible);
    assert_eq!(window.state().model.open_count(), 0);
    assert!(window.relations().iter().all(|relation| relation.3 == Status::Rejected));
    window.press_with(CTRL, Key::Z);
    window.surely(Command::AcceptVisible);
    assert!(window.relations().iter().all(|relation| relation.3 == Status::Accepted));
}

#[test]
fn a_tag_that_goes_takes_its_relations_along() {
    let mut window = Window::tall();
    window.click_tag("Ingrid Haugland", 0);
    window.press(Key::R);
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    window.press(Key::Escape);
    assert_eq!(window.selected(), Some("Ingrid Haugland"), "the tag is still selected");
    window.press(Key::X);
    assert!(!window.shows(", relation, "), "it is not seen while an end is rejected");
    window.press_with(CTRL, Key::Z);
    assert!(window.shows("Ingrid Haugland works for Norway, relation"));
}

#[test]
fn the_tagset_has_its_kinds_of_relations() {
    let mut window = Window::with_suggested();
    window.command(Command::Tagset);
    window.click("Add common relation spouse of");
    window.click("Add kind of relation");
    window.write("sank");
    window.fill("Reverse of sank", "sunk by");
    window.click("Remove works for");
    assert!(window.shows("“works for” goes. Its 2 relations:"));
    window.click("Save");
    let tagset = window.state().model.project().tagset().clone();
    let kinds: Vec<&str> = tagset.relations.iter().map(|kind| kind.id.as_str()).collect();
    assert_eq!(kinds, ["spouse-of", "sank"]);
    assert_eq!(tagset.relations[1].reverse, "sunk by");
    assert_eq!(window.state().model.project().relations().count(), 0, "they went with it");
    window.press_with(CTRL, Key::Z);
    assert_eq!(window.state().model.project().relations().count(), 2);
    assert!(window.harness.query_by_label("Relations  2").is_some());
}
