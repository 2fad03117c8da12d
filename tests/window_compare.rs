//! Several annotators as a person compares them: copies made for each, their files chosen, cards settled by keys and by mouse.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod harness;

use std::path::{Path, PathBuf};

use eframe::egui::Key;
use egui_kittest::kittest::Queryable;
use harness::{CTRL, SHIFT, Window, stamp};
use jiff::civil::date;
use rubricator::project::{
    Event, EventDate, EventPlace, EventType, Figure, FigureKind, KindId, Modality, NewsClass, Participant, Party,
    PartyLabel, PartyWords, Plover, Project, Reason, Role, Settled, ops,
};
use rubricator::store::{Settings, load_project, save_project};
use rubricator::text::{Article, Metadata, Text, byte_range};
use rubricator::ui::command::Command;
use rubricator::ui::file_dialog::Purpose;
use rubricator::ui::forms::{CompareForm, CopiesForm};

const TEXTS: [&str; 2] = ["The Kremlin met Ada Quist in Ferrand.", "The Kremlin was quiet. Ada Quist left."];

fn project(tags: &[(usize, &str, &str)]) -> Project {
    let mut project = Project::new();
    let articles = TEXTS.iter().zip(1..).map(|(text, nth)| Article {
        text: Text::new(*text).unwrap(),
        meta: Metadata { title: format!("Report {nth}"), ..Metadata::default() },
    });
    project.apply(&ops::add_articles(&project, articles.collect(), stamp())).unwrap();
    for (article, words, kind) in tags {
        let id = project.article_ids()[*article];
        let start = project.text(id).find(words).unwrap();
        let range = byte_range(start, start + words.len()).unwrap();
        let kind = KindId((*kind).into());
        project.apply(&ops::tag(&project, id, &[range], &kind, &ops::unknown, stamp())).unwrap();
    }
    project
}

/// The work of two: the Kremlin twice by one of them, a name cut short, and a place that both have.
fn work(folder: &Path) -> [PathBuf; 2] {
    let ana =
        project(&[(0, "Kremlin", "PLACE"), (1, "Kremlin", "PLACE"), (0, "Quist", "person"), (0, "Ferrand", "PLACE")]);
    let ben = project(&[(0, "Ada Quist", "person"), (0, "Ferrand", "PLACE")]);
    [("ana", ana), ("ben", ben)].map(|(name, project)| {
        let path = folder.join(format!("{name}.rubric"));
        save_project(&path, &project).unwrap();
        path
    })
}

/// The window with the differences of two shown.
fn open() -> Window {
    let mut window = Window::set(tempfile::tempdir().unwrap(), Settings::default());
    let [ana, ben] = work(window.home.path());
    window.open(ana.clone());
    window.command(Command::CompareWith);
    assert!(window.shows("ana"));
    let number = window.state().model.number;
    window.harness.state_mut().picked(Purpose::Annotators, number, vec![ben.clone()]);
    window.run();
    assert!(window.shows("ben"));
    let form = CompareForm { files: vec![ana, ben], ..CompareForm::default() };
    let into = window.home.path().join("settled");
    window.harness.state_mut().picked(Purpose::Settle(form), number, vec![into]);
    window.until("the differences are listed", |state| state.settling.open().is_some());
    window
}

#[test]
fn differences_are_settled_by_keys_and_the_project_says_whose_choice_each_tag_was() {
    let mut window = open();
    assert_eq!(window.state().settling.open(), Some(2));
    assert!(window.shows("2 cards open · 0 of 3 differences settled") && window.shows("“Kremlin”"));
    assert!(window.shows("1: PLACE, ana") && window.shows("2: nothing, ben") && window.shows("1 of 2"));
    // All that both agree on is there.
    assert_eq!(window.state().model.project().all_mentions().count(), 1);
    window.press(Key::G);
    window.press(Key::Num1);
    let project = window.state().model.project();
    let by: Vec<_> = project.all_mentions().map(|mention| mention.decision.as_ref().unwrap().by.as_str()).collect();
    assert_eq!(by, ["ana", "ana + ben", "ana"]);
    assert!(project.rulings().all(|ruling| ruling.reason == Some(Reason::Gap)));
    assert_eq!(window.state().settling.open(), Some(1));
    // Back, and again.
    window.press_with(CTRL, Key::Z);
    assert_eq!((window.state().settling.open(), window.state().model.project().rulings().count()), (Some(2), 0));
    window.press(Key::N);
    assert_eq!(window.state().model.project().all_mentions().count(), 1);
    // The other card by the mouse, and what is right in words.
    window.harness.get_by_label("Edit  E").click();
    window.run();
    window.press_with(CTRL, Key::A);
    window.write("Ada Quist in");
    window.press(Key::Enter);
    let project = window.state().model.project();
    let made = project.all_mentions().find(|mention| mention.quote == "Ada Quist in").unwrap();
    assert_eq!(made.decision.as_ref().unwrap().by.as_str(), window.state().model.settings.annotator_name());
    assert_eq!(window.state().settling.open(), Some(0));
    assert!(window.shows("Nothing is open: all that the annotators differ in is settled"));
}

#[test]
fn a_card_can_be_skipped_looked_at_in_its_article_and_gone_on_with_after_a_restart() {
    let mut window = open();
    window.press(Key::Space);
    assert!(window.shows("1: “Quist”"));
    window.press(Key::Num2);
    window.command(Command::Save);
    window.until("it is saved", |state| !state.model.session.is_modified());
    window.press(Key::Enter);
    assert!(!window.state().settling.shown && window.state().model.article.is_some());
    window.harness.get_by_label("← Differences").click();
    window.run();
    assert!(window.state().settling.shown);
    let path = window.state().model.path.clone().unwrap();
    assert_eq!(path.file_name().unwrap(), "settled.rubric");
    let Window { harness, home } = window;
    drop(harness);
    let mut again = Window::set(home, Settings::default());
    again.open(path.clone());
    again.until("the differences are listed", |state| state.settling.open().is_some());
    assert_eq!(again.state().settling.open(), Some(1));
    let project = load_project(&path).unwrap();
    let ben = project.contributors().nth(1).unwrap().id;
    assert_eq!(project.rulings().map(|ruling| ruling.taken.clone()).collect::<Vec<_>>(), [Settled::Choice(ben)]);
    // Names can be hidden, and gaps are listed.
    assert!(again.shows("1: PLACE, ana"));
    again.harness.get_by_label("Hide names").click();
    again.run();
    assert!(again.shows("1: PLACE, A") && !again.shows("1: PLACE, ana"));
    again.press(Key::G);
    again.press(Key::Num2);
    again.harness.get_by_label("Gaps in the guidelines (1)").click();
    again.run();
    assert!(again.shows("“Kremlin”  2×") && again.shows("missing: nothing"));
    again.harness.get_by_label("Add to the guidelines").click();
    again.run();
    assert!(again.state().model.project().guidelines().contains("- “Kremlin”, missing: nothing\n"));
}

#[test]
fn each_annotator_gets_a_project_that_knows_whose_it_is() {
    let mut window = Window::set(tempfile::tempdir().unwrap(), Settings::default());
    let [ana, _] = work(window.home.path());
    window.open(ana);
    window.command(Command::MakeCopies);
    assert!(window.shows("Make copies for annotators"));
    let folder = window.home.path().join("copies");
    std::fs::create_dir(&folder).unwrap();
    let form = CopiesForm { names: "Eva Moss\nTom\n tom \n".into(), suggestions: true };
    let number = window.state().model.number;
    window.harness.state_mut().picked(Purpose::Copies(form.clone()), number, vec![folder.clone()]);
    let start = std::time::Instant::now();
    while !window.shows("Made 2 projects") {
        assert!(start.elapsed() < harness::LIMIT);
        window.harness.step();
    }
    let mut made: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|found| found.unwrap().path()).collect();
    made.sort();
    assert_eq!(made.len(), 2);
    let eva = made.remove(0);
    window.harness.state_mut().open_paths(vec![eva]);
    window.until("her copy is open", |state| state.model.project().annotator() == Some("Eva Moss"));
    assert_eq!(window.state().model.project().all_mentions().count(), 0);
    window.command(Command::ToggleDone);
    let done = window.state().model.project().articles().find_map(|record| record.done.clone()).unwrap();
    assert_eq!(done.by.as_str(), "Eva Moss");
    let number = window.state().model.number;
    // Nothing is written over.
    window.harness.state_mut().picked(Purpose::Copies(form), number, vec![folder]);
    let start = std::time::Instant::now();
    while !window.shows("is there already") {
        assert!(start.elapsed() < harness::LIMIT);
        window.harness.step();
    }
}

#[test]
fn a_report_on_agreement_is_saved_as_a_page_or_a_table_and_without_names_on_wish() {
    let mut window = open();
    let number = window.state().model.number;
    let save = |window: &mut Window, name: &str, blind: bool| {
        let path = window.home.path().join(name);
        window.harness.state_mut().picked(Purpose::Report { blind }, number, vec![path.clone()]);
        window.until("the report is saved", |_| path.exists());
        std::fs::read_to_string(path).unwrap()
    };
    let page = save(&mut window, "agreement.html", false);
    assert!(page.contains("<svg") && page.contains("γ") && page.contains("ana"), "{page}");
    let table = save(&mut window, "agreement.csv", true);
    assert!(
        table.starts_with("table,of,value") && table.contains("A and B") && !table.contains("ana and ben"),
        "{table}"
    );
}

#[test]
fn a_file_that_is_gone_is_named_and_escape_leads_back_to_the_article() {
    let mut window = open();
    std::fs::remove_file(window.home.path().join("ben.rubric")).unwrap();
    window.click("Read again");
    window.run();
    window.until("the files are read again", |state| !state.settling.is_looking());
    window.run();
    assert!(window.shows("ben.rubric” could not be read"));
    window.press(Key::Escape);
    assert!(!window.state().settling.shown);
}

/// An event that one made something of and the other nothing, and a relation that one of them saw.
fn told() -> Window {
    let mut window = Window::set(tempfile::tempdir().unwrap(), Settings::default());
    let tags = [(0, "met", "event"), (0, "Ada Quist", "person"), (0, "Ferrand", "PLACE")];
    let mut ana = project(&tags);
    let event = ana.events().next().unwrap().clone();
    let police = PartyWords { name: "police".into(), label: PartyLabel::Org, country: None };
    let (start, end) = (date(2022, 2, 4), date(2022, 2, 6));
    let event = Event {
        kind: EventType::Happening(Some(Plover::Agree)),
        participants: vec![Participant::new(Role::Actor, Party::Words(police), None)],
        place: Some(EventPlace::new("Ferrand", None)),
        date: Some(EventDate::new(start, end, "")),
        modality: Modality::Planned,
        figures: vec![Figure { kind: FigureKind::Killed, number: Some(12.0), range: None }],
        ..event
    };
    ana.apply(&ops::set_event(&ana, event, stamp())).unwrap();
    let id = |quote: &str| ana.all_mentions().find(|mention| mention.quote == quote).unwrap().id;
    let kind = ana.tagset().ready_relations().remove(0);
    let relate = ops::relate(&ana, &kind, id("Ada Quist"), id("Ferrand"), stamp());
    ana.apply(&relate).unwrap();
    let files = [("ana", ana), ("ben", project(&tags))].map(|(name, project)| {
        let path = window.home.path().join(format!("{name}.rubric"));
        save_project(&path, &project).unwrap();
        path
    });
    let (number, into) = (window.state().model.number, window.home.path().join("settled"));
    let form = CompareForm { files: files.to_vec(), ..CompareForm::default() };
    window.harness.state_mut().picked(Purpose::Settle(form), number, vec![into]);
    window.until("the differences are listed", |state| state.settling.open().is_some());
    window.run();
    window
}

#[test]
fn what_nobody_chose_is_given_by_keys_for_every_sort_of_difference() {
    let mut window = told();
    let event = |window: &Window| window.state().model.project().events().next().unwrap().clone();
    let replace = |window: &mut Window, words: &str| {
        window.press_with(CTRL, Key::A);
        window.write(words);
        window.press(Key::Enter);
    };
    assert_eq!(window.state().settling.open(), Some(7));
    // The first Escape closes the menu, the next the editor, and the card stays.
    window.press(Key::E);
    assert!(window.shows("The right type"));
    window.press(Key::Escape);
    assert!(window.shows("The right type"));
    window.press(Key::Escape);
    assert!(!window.shows("The right type") && window.state().settling.shown);
    window.press(Key::E);
    window.write("court");
    window.press(Key::Enter);
    window.press(Key::Enter);
    assert_eq!(event(&window).kind, EventType::News(NewsClass::Court));
    assert_eq!(window.state().settling.open(), Some(6));
    // Whoever takes part is found among those who are tagged, or is whom one types.
    window.press(Key::E);
    assert!(window.shows("Remove police"));
    window.write("Ada");
    window.press(Key::Enter);
    window.press(Key::Enter);
    let project = window.state().model.project();
    let actors: Vec<_> = event(&window).participants.iter().map(|it| project.party_name(&it.who).to_owned()).collect();
    assert_eq!(actors, ["police", "Ada Quist"]);
    window.press(Key::E);
    window.press_with(CTRL, Key::A);
    window.write("Lyon");
    assert!(window.shows("in France"));
    window.press(Key::Enter);
    assert_eq!(event(&window).place.unwrap().country.unwrap().to_string(), "FR");
    // What is no date is told, and stays to be put right.
    window.press(Key::E);
    assert_eq!(window.value("The right date"), "4 Feb 2022 – 6 Feb 2022");
    replace(&mut window, "someday");
    assert!(window.shows("“someday” is not a date") && event(&window).date.is_none());
    assert_eq!(window.value("The right date"), "someday");
    replace(&mut window, "5 Feb 2022");
    assert_eq!(event(&window).date.unwrap().start, date(2022, 2, 5));
    window.press(Key::E);
    assert!(window.shows("How real it is"));
    window.press(Key::Enter);
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    window.press(Key::Enter);
    assert_eq!((event(&window).modality, window.state().settling.open()), (Modality::Possible, Some(2)));
    window.press(Key::E);
    assert_eq!(window.value("The right figures"), "12 killed");
    replace(&mut window, "30 injured; many more");
    assert!(window.shows("“many more” is no figure"));
    replace(&mut window, "30 injured");
    assert_eq!(event(&window).figures, [Figure { kind: FigureKind::Injured, number: Some(30.0), range: None }]);
    // Another kind, and the other way round.
    window.press(Key::E);
    window.write("member");
    window.press(Key::Enter);
    window.press_with(SHIFT, Key::Tab);
    window.press(Key::Space);
    window.press(Key::Tab);
    window.press(Key::Enter);
    let project = window.state().model.project();
    let relation = project.relations().next().unwrap();
    let quote = |id| project.mention(id).unwrap().quote.as_str();
    assert_eq!((relation.kind.as_str(), quote(relation.from)), ("member-of", "Ferrand"));
    assert_eq!(window.state().settling.open(), Some(0));
    // All of it is kept, and taken back step by step.
    window.command(Command::Save);
    window.until("it is saved", |state| !state.model.session.is_modified());
    let saved = load_project(window.state().model.path.as_ref().unwrap()).unwrap();
    assert!(saved.rulings().all(|ruling| matches!(ruling.taken, Settled::Given(_))));
    assert_eq!(saved.rulings().count(), 7);
    for _ in 0..7 {
        window.press_with(CTRL, Key::Z);
    }
    assert_eq!(window.state().settling.open(), Some(7));
    assert_eq!(window.state().model.project().relations().count(), 0);
}

#[test]
fn words_that_do_not_stand_there_are_refused_and_can_be_put_right() {
    let mut window = open();
    window.press(Key::ArrowDown);
    window.press(Key::E);
    window.press_with(CTRL, Key::A);
    window.write("Ada Kwist");
    window.press(Key::Enter);
    assert!(window.shows("These words do not stand here") && window.value("The right words") == "Ada Kwist");
    window.press_with(CTRL, Key::A);
    window.write("Ada Quist in");
    window.press(Key::Enter);
    assert_eq!(window.state().settling.open(), Some(1));
    // A kind is found by typing, and goes to all places of the card.
    window.press(Key::E);
    window.write("country");
    window.press(Key::Enter);
    window.press(Key::Enter);
    let project = window.state().model.project();
    assert_eq!(project.all_mentions().filter(|mention| mention.kind == KindId::COUNTRY).count(), 2);
}
