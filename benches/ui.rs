//! How long the window takes for a frame, as a table. `make bench-ui` runs it; `docs/benchmarks.md` has what was measured.
//!
//! The window runs without a screen: what is measured is what the program does for a frame (its logic and its drawing
//! into shapes), not turning shapes into triangles nor painting them. All texts are generated here.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a benchmark fails by panicking")]

use std::collections::HashMap;
use std::time::{Duration, Instant};

use eframe::egui::{Event, Key, Modifiers, PointerButton, Vec2, pos2, vec2};
use jiff::Timestamp;
use jiff::civil::Date;
use rubricator::project::Event as RecordedEvent;
use rubricator::project::ops::{self, Builder};
use rubricator::project::{
    Action, ArticleId, Entity, EntityId, EventDate, EventPlace, Figure, FigureKind, Judgement, KindId, Mention,
    MentionId, Origin, Participant, Party, PartyLabel, PartyWords, Place, Project, Relation, Role, Session, Stamp,
    Status, Target,
};
use rubricator::store::Settings;
use rubricator::suggest::{Engine, Options, Suggestions};
use rubricator::text::find::Query;
use rubricator::text::{Article, Metadata, Text, byte_range};
use rubricator::ui::command::Command;
use rubricator::ui::state::Dialog;

#[path = "../tests/harness/frames.rs"]
mod window;

use window::{Window, moved, press_with, wheel};

const SIZE: Vec2 = vec2(1280.0, 800.0);
const FRAME: Duration = Duration::from_millis(16);
const FIRST: Duration = Duration::from_millis(300);
const EDIT: Duration = Duration::from_millis(5);

fn main() {
    let mut table = Table::default();
    long_article(&mut table);
    many_relations(&mut table);
    one_paragraph(&mut table);
    many_articles(&mut table);
    learning(&mut table);
    many_events(&mut table);
    many_pages(&mut table);
    table.print();
}

fn long_article(table: &mut Table) {
    let mut window = Window::new(&project(&[text(7, 1000, 100)], 5000), SIZE, Settings::default());
    table.row("100,000 words, 5,000 tags", "opened and drawn the first time", vec![window.opening], FIRST);
    let what = "100,000 words, 5,000 tags";
    table.row(what, "nothing happens", window.frames(50, |_| Vec::new()), FRAME);
    window.step(moved(pos2(500.0, 400.0)));
    table.row(what, "scrolling", window.frames(400, |_| wheel(-240.0)), FRAME);
    table.row(what, "to the end and back", window.frames(40, |n| press([Key::End, Key::Home][n % 2])), FRAME);
    table.row(what, "pointer over the text", window.frames(200, |n| moved(pos2(400.0 + n as f32, 300.0))), FRAME);
    window.command(Command::PlaceCaret);
    table.row(what, "moving the caret", window.frames(100, |_| press(Key::ArrowDown)), FRAME);
    let select = |n| press_with(Modifiers::SHIFT, [Key::ArrowRight, Key::ArrowDown][n % 2]);
    table.row(what, "selecting with the caret", window.frames(200, select), FRAME);
    table.row(what, "next suggestion", window.commands(50, Command::NextSuggestion), FRAME);
    let (edits, frames) = window.edits(50, Command::Accept);
    table.row(what, "accepting: the edit", edits, EDIT);
    table.row(what, "accepting: the frame that shows it", frames, FRAME);
    let (edits, frames) = window.edits(20, Command::Undo);
    table.row(what, "undoing: the edit", edits, EDIT);
    table.row(what, "undoing: the frame that shows it", frames, FRAME);
    table.row(what, "the journal is written meanwhile", window.idle(Duration::from_millis(1500)), FRAME);
    window.command(Command::Find);
    table.row(what, "typing in the find field", window.typing("minister of the"), FRAME);
    table.row(what, "next match", window.frames(100, |_| press(Key::F3)), FRAME);
}

/// Each tag related to the one behind it, and one tag to a thousand; half of the relations still suggestions.
fn many_relations(table: &mut Table) {
    let what = "5,000 relations in one article";
    let mut project = project(&[text(7, 1000, 100)], 5000);
    let mut new = ops::NewTagset { tagset: project.tagset().clone(), ..ops::NewTagset::default() };
    project.tagset().ready_relations().into_iter().for_each(|kind| new.tagset.add_relation(kind));
    let kinds = new.tagset.relations.clone();
    project.apply(&ops::set_tagset(&project, &new, &ops::unknown, stamp())).unwrap();
    let article = project.article_ids()[0];
    let ids: Vec<MentionId> = project.mentions(article).iter().map(|mention| mention.id).collect();
    let mut edit = Builder::new(&project, stamp());
    for n in 0..5000 {
        let (from, to) = if n < 1000 { (ids[0], ids[n + 1]) } else { (ids[n - 1], ids[n % ids.len()]) };
        let id = edit.fresh::<Relation>();
        let origin = Origin { source: "bench".into(), score: Some(0.5), reason: String::new() };
        let relation = Relation::new(id, article, kinds[n % kinds.len()].id.clone(), (from, to), origin);
        let accepted = n % 2 == 0;
        let status = if accepted { Status::Accepted } else { Status::Suggested };
        edit.put(Relation { status, decision: accepted.then(stamp), ..relation });
    }
    let edit = edit.finish(Action::Nothing);
    project.apply(&edit).unwrap();
    let mut window = Window::new(&project, SIZE, Settings::default());
    table.row(what, "opened and drawn the first time", vec![window.opening], FIRST);
    table.row(what, "nothing happens", window.frames(50, |_| Vec::new()), FRAME);
    window.command(Command::NextSuggestion);
    table.row(what, "a tag with a thousand is selected", window.frames(50, |_| Vec::new()), FRAME);
    window.step(moved(pos2(500.0, 400.0)));
    table.row(what, "scrolling", window.frames(200, |_| wheel(-240.0)), FRAME);
    window.step(moved(pos2(1150.0, 600.0)));
    table.row(what, "scrolling the panels", window.frames(200, |_| wheel(-600.0)), FRAME);
    table.row(what, "next suggestion", window.commands(50, Command::NextSuggestion), FRAME);
    let (edits, frames) = window.edits(30, Command::Accept);
    table.row(what, "accepting: the edit", edits, EDIT);
    table.row(what, "accepting: the frame that shows it", frames, FRAME);
    window.command(Command::Relate);
    table.row(what, "the other end by arrows", window.frames(50, |_| press(Key::ArrowDown)), FRAME);
    table.row(what, "the other end by its name", window.typing("minister"), FRAME);
    window.frames(2, |_| press(Key::Escape));
    window.command(Command::FindRelations);
    table.row(what, "typing in the field of find relations", window.typing("minister"), FRAME);
}

fn one_paragraph(table: &mut Table) {
    let what = "one paragraph of 1 MB";
    let mut text = text(7, 10_000, 18).replace('\n', " ");
    text.truncate(text.floor_char_boundary(1 << 20));
    let mut window = Window::new(&project(&[text], 5000), SIZE, Settings::default());
    table.row(what, "opened and drawn the first time", vec![window.opening], FIRST);
    window.step(moved(pos2(500.0, 400.0)));
    table.row(what, "scrolling", window.frames(200, |_| wheel(-240.0)), FRAME);
    table.row(what, "to the end and back", window.frames(20, |n| press([Key::End, Key::Home][n % 2])), FRAME);
    window.command(Command::PlaceCaret);
    let select = |n| press_with(Modifiers::SHIFT, [Key::ArrowRight, Key::ArrowDown][n % 2]);
    table.row(what, "selecting with the caret", window.frames(100, select), FRAME);
    let (edits, frames) = window.edits(20, Command::AcceptArticle);
    table.row(what, "accepting all 2,500: the edit", edits[..1].to_vec(), Duration::from_millis(100));
    table.row(what, "accepting all: the frame that shows it", frames[..1].to_vec(), FRAME);
    window.command(Command::Find);
    table.row(what, "typing in the find field", window.typing("minister of the"), FRAME);
}

fn many_articles(table: &mut Table) {
    let what = "10,000 articles, 200,000 tags";
    let texts: Vec<String> = (0..10_000).map(|n| text(n, 6, 66 + n as usize % 7)).collect();
    let mut window = Window::new(&project(&texts, 20), SIZE, Settings::default());
    table.row(what, "opened and drawn the first time", vec![window.opening], FIRST);
    table.row(what, "nothing happens", window.frames(50, |_| Vec::new()), FRAME);
    window.frames(1, |_| moved(pos2(120.0, 500.0)));
    table.row(what, "scrolling the list", window.frames(200, |_| wheel(-600.0)), FRAME);
    table.row(what, "next article", window.commands(100, Command::NextArticle), FRAME);
    window.focus_filter();
    table.row(what, "typing in the list's filter", window.typing("the may 2024"), FRAME);
    let clear = |_: usize| press_with(Modifiers::NONE, Key::Backspace);
    table.row(what, "taking the filter back", window.frames(20, clear), FRAME);
    window.frames(4, |_| press(Key::Escape));
    window.command(Command::NextSuggestion);
    let (edits, frames) = window.edits(10, Command::Accept);
    table.row(what, "accepting: the edit", edits, EDIT);
    table.row(what, "accepting: the frame that shows it", frames, FRAME);
    let (edits, frames) = window.edits(10, Command::ToggleDone);
    table.row(what, "marking as done: the edit", edits, EDIT);
    table.row(what, "marking as done: the frame that shows it", frames, FRAME);
    table.row(what, "the journal is written meanwhile", window.idle(Duration::from_millis(2500)), FRAME);
    window.command(Command::FindInProject);
    table.row(what, "typing in the field of find in project", window.typing("minister"), FRAME);
    let mut places = window.places("minister");
    places.truncate(100_000);
    let many = places.len();
    let mut session = Session::new(window.app.state().model.project().clone());
    let start = Instant::now();
    let kind = KindId::PERSON;
    session.apply(ops::tag_places(session.project(), &places, &kind, &ops::unknown, stamp())).unwrap();
    let took = vec![start.elapsed()];
    table.row(what, &format!("tagging {many} matches: the edit"), took, Duration::from_millis(500));
    window.frames(1, |_| moved(pos2(600.0, 700.0)));
    table.row(what, "scrolling the concordance", window.frames(200, |_| wheel(-600.0)), FRAME);
    let ids = window.app.state().model.project().article_ids();
    let found = suggestions(window.app.state().model.project(), &ids[..40]);
    table.row(what, "40 runs arrive at once", window.arrival(found), FRAME);
    table.row(what, "zoom", window.zooms(20), FRAME);
    table.row(what, "a project is closed", window.closing(), FRAME);
}

/// The register of ten thousand articles with ten events each, a tenth of them one with an event of another article.
fn many_events(table: &mut Table) {
    let what = "100,000 events in 10,000 articles";
    let texts: Vec<String> = (0..10_000).map(|n| text(n, 6, 66 + n as usize % 7)).collect();
    let mut project = project(&texts, 0);
    let mut edit = Builder::new(&project, stamp());
    let mut events = Vec::new();
    for (at, article) in project.article_ids().iter().copied().enumerate() {
        let text = project.text(article);
        let place = |word: &'_ str| word.as_ptr().addr() - text.as_ptr().addr();
        let words: Vec<(usize, &str)> =
            text.split_whitespace().step_by(39).take(10).map(|word| (place(word), word)).collect();
        for (nth, (start, quote)) in words.into_iter().enumerate() {
            let (event, id) = (edit.fresh::<RecordedEvent>(), edit.fresh::<Mention>());
            let day = Date::new(2024, 1 + (at % 12) as i8, 1 + ((nth + at) % 28) as i8).unwrap();
            let who = |name: &str| {
                Party::Words(PartyWords { name: name.to_owned(), label: PartyLabel::Group, country: None })
            };
            let name = NAMES[(at + nth) % NAMES.len()];
            edit.put(RecordedEvent {
                date: Some(EventDate::new(day, day, "")),
                place: Some(EventPlace::new(NAMES[at % NAMES.len()], None)),
                participants: vec![
                    Participant::new(Role::Actor, who(name), None),
                    Participant::new(Role::Recipient, who("protesters"), None),
                ],
                figures: vec![Figure { kind: FigureKind::Killed, number: Some((nth + at % 3) as f64), range: None }],
                ..RecordedEvent::new(event, article, format!("visit {nth} of {name}"), Origin::hand())
            });
            let place = (article, byte_range(start, start + quote.len()).unwrap());
            let target = Some(Target::Event(event));
            let status = if at % 3 == 0 { Status::Suggested } else { Status::Accepted };
            edit.put(Mention { target, status, ..Mention::new(id, place, quote, KindId::EVENT, Origin::hand()) });
            events.push(event);
        }
    }
    for pair in events.chunks(20).filter_map(|chunk| Some([*chunk.first()?, *chunk.get(12)?])) {
        let id = edit.fresh::<Judgement>();
        let articles = pair.map(|event| edit.event(event).unwrap().article);
        edit.put(Judgement::new(id, (Target::Event(pair[0]), Target::Event(pair[1])), articles, true));
    }
    let edit = edit.finish(Action::Nothing);
    project.apply(&edit).unwrap();
    assert_eq!(events.len(), 100_000);
    let mut window = Window::new(&project, SIZE, Settings::default());
    let start = Instant::now();
    window.app.command(Command::Register);
    let first = window.step(Vec::new());
    let frames = window.until(|state| !state.register.is_gathering());
    let shown = window.step(Vec::new());
    table.row(what, "opening the register: the first frame", vec![first], FRAME);
    table.row(what, "until its rows are shown", vec![start.elapsed()], Duration::from_secs(2));
    table.row(what, "a frame meanwhile, and the one that shows them", [frames, vec![shown]].concat(), FRAME);
    window.frames(1, |_| moved(pos2(600.0, 300.0)));
    table.row(what, "scrolling the register", window.frames(200, |_| wheel(-600.0)), FRAME);
    table.row(what, "from row to row", window.frames(100, |_| press(Key::ArrowDown)), FRAME);
    table.row(what, "to the end and back", window.frames(20, |n| ctrl([Key::End, Key::Home][n % 2])), FRAME);
    let (mut answers, mut frames) = (Vec::new(), Vec::new());
    for column in 0..8 {
        let at = pos2(40.0 + 155.0 * column as f32, 86.0);
        frames.extend([window.step(moved(at)), window.step(click(at, true)), window.step(click(at, false))]);
        let start = Instant::now();
        frames.push(window.step(Vec::new()));
        frames.extend(window.until(|state| !state.register.is_gathering()));
        frames.push(window.step(Vec::new()));
        answers.push(start.elapsed());
    }
    table.row(what, "sorting by a column, until it is sorted", answers, Duration::from_millis(500));
    table.row(what, "a frame while it is sorted", frames, FRAME);
    window.app.command(Command::Register);
    window.frames(2, |_| Vec::new());
    window.app.command(Command::Register);
    window.frames(2, |_| Vec::new());
    let (mut answers, mut frames) = (Vec::new(), Vec::new());
    for _ in 0..20 {
        let start = Instant::now();
        // The edit, and the frame that begins to gather.
        frames.push(window.step(press(Key::A)));
        frames.push(window.step(Vec::new()));
        frames.extend(window.until(|state| !state.register.is_gathering()));
        answers.push(start.elapsed());
        frames.push(window.step(press(Key::ArrowDown)));
    }
    table.row(what, "accepting a row: a frame", frames, FRAME);
    table.row(what, "until the rows are gathered anew", answers, Duration::from_secs(2));
    let at = pos2(200.0, 51.0);
    window.frames(1, |_| moved(at));
    window.step(click(at, true));
    window.step(click(at, false));
    let mut frames = window.typing("protesters may");
    frames.extend(window.until(|state| !state.register.is_gathering()));
    table.row(what, "typing in the register's filter", frames, FRAME);
}

fn ctrl(key: Key) -> Vec<Event> {
    press_with(Modifiers::COMMAND, key)
}

fn click(pos: eframe::egui::Pos2, pressed: bool) -> Vec<Event> {
    vec![Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }]
}

/// Rejecting the same words in two of many articles, in most of which they are suggested.
fn learning(table: &mut Table) {
    let what = "10,000 articles, 200,000 suggestions";
    let texts: Vec<String> = (0..10_000).map(|n| text(n, 6, 66 + n as usize % 7)).collect();
    let mut window = Window::new(&suggested(&texts, 20), SIZE, Settings::default());
    window.until(|state| !state.model.learner.is_reading);
    let mut shown = Vec::new();
    let mut frames = Vec::new();
    let mut all = Vec::new();
    for turn in 0..8 {
        let name = NAMES[turn / 2];
        let is_of = |window: &Window| {
            let model = &window.app.state().model;
            model.selected_mention().is_some_and(|mention| mention.quote == name)
        };
        window.command(Command::NextArticle);
        while !is_of(&window) {
            for _ in 0..20 {
                if !is_of(&window) {
                    window.command(Command::NextSuggestion);
                }
            }
            if !is_of(&window) {
                window.command(Command::NextArticle);
            }
        }
        let article = window.app.state().model.article.unwrap();
        let start = Instant::now();
        window.app.command(Command::Reject);
        // The first frame shows the decision, the second what follows.
        window.step(Vec::new());
        window.step(Vec::new());
        shown.push(start.elapsed());
        let state = window.app.state();
        let open = state.model.project().mentions(article).iter().any(|m| m.quote == name && m.is_open());
        assert!(!open, "it is no longer suggested in the article");
        let start = Instant::now();
        frames.extend(window.until(|state| state.model.learner.is_idle()));
        all.push(start.elapsed());
    }
    table.row(what, "rejecting, until the article shows what follows", shown, Duration::from_millis(50));
    table.row(what, "a frame while it follows in all articles", frames, FRAME);
    table.row(what, "until it has followed in all articles", all, Duration::from_secs(20));
    table.row(what, "undoing", window.commands(8, Command::Undo), FRAME);
}

/// What the engine proposes for articles.
fn suggestions(project: &Project, ids: &[ArticleId]) -> Vec<(ArticleId, Suggestions)> {
    let articles = ids.iter().map(|id| &project.article(*id).unwrap().article);
    let texts: Vec<_> = articles.map(|article| (article.text.as_str(), article.meta.date)).collect();
    ids.iter().copied().zip(Engine::new(Options::default()).suggest_all(&texts)).collect()
}

/// Pages as they are saved from a site, read in from a folder.
fn many_pages(table: &mut Table) {
    const PAGES: u32 = 1000;
    let what = "1,000 saved HTML pages";
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("pages");
    std::fs::create_dir(&folder).unwrap();
    for n in 0..PAGES {
        std::fs::write(folder.join(format!("{n:04}.html")), page(n)).unwrap();
    }
    let mut window = Window::new(&project(&[text(7, 6, 66)], 20), SIZE, Settings::default());
    let start = Instant::now();
    window.app.open_paths(vec![folder]);
    let frames = window.until(|state| matches!(state.dialog, Some(Dialog::Preview(_) | Dialog::Problems(_))));
    table.row(what, "all are read, and the preview shows them", vec![start.elapsed()], Duration::from_secs(30));
    table.row(what, "a frame while they are read", frames, FRAME);
    window.frames(1, |_| moved(pos2(600.0, 400.0)));
    table.row(what, "scrolling the preview", window.frames(100, |_| wheel(-600.0)), FRAME);
}

/// An article of 400 words among what stands around it on a site.
fn page(n: u32) -> String {
    let links = |many: u32| {
        (0..many).map(|n| format!("<li><a href=\"/{n}\">Read about number {n}</a></li>")).collect::<String>()
    };
    let paragraphs: String = text(n, 6, 66).lines().map(|line| format!("<p>{line}</p>\n")).collect();
    format!(
        "<!doctype html><html lang=en><head><title>Report {n} | Harbour Post</title>\
         <meta property=\"og:site_name\" content=\"Harbour Post\"><meta name=author content=\"Lena Brandt\">\
         <meta property=\"article:published_time\" content=\"2024-05-06T07:08:09Z\"><style>body {{ margin: 0 }}</style></head>\
         <body><nav><ul>{}</ul></nav><main><article><h1>Report {n}</h1>{paragraphs}</article></main>\
         <aside><h2>More</h2><ul>{}</ul></aside><footer>All rights kept</footer></body></html>",
        links(60),
        links(30)
    )
}

// --- the window without a screen ----------------------------------------------------------------------------------

impl Window {
    /// Frames as they come while nothing is done.
    fn idle(&mut self, long: Duration) -> Vec<Duration> {
        let start = Instant::now();
        let mut times = Vec::new();
        while start.elapsed() < long {
            times.push(self.step(Vec::new()));
            std::thread::sleep(Duration::from_millis(4));
        }
        times
    }

    fn command(&mut self, command: Command) {
        self.app.command(command);
        self.frames(3, |_| Vec::new());
    }

    /// The frames in which a command is run.
    fn commands(&mut self, many: usize, command: Command) -> Vec<Duration> {
        let (edits, frames) = self.edits(many, command);
        edits.into_iter().zip(frames).map(|(edit, frame)| edit + frame).collect()
    }

    /// Taking in what the engine found, and the frames until it is in the project.
    fn arrival(&mut self, found: Vec<(ArticleId, Suggestions)>) -> Vec<Duration> {
        let (before, start) = (self.app.state().model.session.revision(), Instant::now());
        self.app.found(found);
        let took = start.elapsed();
        let frames = self.until(|state| state.model.session.revision() != before);
        std::iter::once(took).chain(frames).chain(self.frames(5, |_| Vec::new())).collect()
    }

    /// Zooming in and out again so many times, each with its frame.
    fn zooms(&mut self, many: usize) -> Vec<Duration> {
        let zoom = |n| self.commands(1, [Command::ZoomIn, Command::ZoomOut][n % 2]);
        (0..many).flat_map(zoom).collect()
    }

    /// Leaving the project for a new one, once it is saved, and the frames behind it.
    fn closing(&mut self) -> Vec<Duration> {
        self.app.command(Command::Save);
        self.until(|state| !state.model.session.is_modified() && !state.model.jobs.saving);
        let start = Instant::now();
        self.app.command(Command::NewProject);
        let took = start.elapsed();
        assert_eq!(self.app.state().model.project().article_count(), 0, "another is open");
        std::iter::once(took).chain(self.idle(Duration::from_millis(500))).collect()
    }

    /// How long a command takes, and the frame behind it.
    fn edits(&mut self, many: usize, command: Command) -> (Vec<Duration>, Vec<Duration>) {
        let one = |_| {
            let start = Instant::now();
            self.app.command(command);
            (start.elapsed(), self.step(Vec::new()))
        };
        (0..many).map(one).unzip()
    }

    /// The frames in which letters are typed, and those until what they ask for is there.
    fn typing(&mut self, words: &str) -> Vec<Duration> {
        let mut times = Vec::new();
        for letter in words.chars() {
            times.push(self.step(vec![Event::Text(letter.to_string())]));
            for _ in 0..4 {
                std::thread::sleep(Duration::from_millis(12));
                times.push(self.step(Vec::new()));
            }
        }
        for _ in 0..50 {
            std::thread::sleep(Duration::from_millis(8));
            times.push(self.step(Vec::new()));
        }
        times
    }

    /// Where words stand in all articles.
    fn places(&self, words: &str) -> Vec<Place> {
        let query = Query { words: words.to_owned(), ..Query::default() };
        let pattern = query.pattern().unwrap();
        let articles = self.app.state().model.project().articles();
        articles
            .flat_map(|record| {
                let found: Vec<_> = pattern.matches(record.article.text.as_str()).collect();
                found.into_iter().map(|range| Place { article: record.id, range })
            })
            .collect()
    }

    /// Clicks into the field above the list of articles.
    fn focus_filter(&mut self) {
        let at = pos2(100.0, 66.0);
        self.step(moved(at));
        self.step(click(at, true));
        self.step(click(at, false));
        assert!(self.ctx.text_edit_focused(), "the filter is where it was");
    }
}

fn press(key: Key) -> Vec<Event> {
    press_with(Modifiers::NONE, key)
}

// --- what is shown ------------------------------------------------------------------------------------------------

const WORDS: [&str; 24] = [
    "the",
    "minister",
    "of",
    "fisheries",
    "spoke",
    "with",
    "harbour",
    "officials",
    "about",
    "new",
    "quotas",
    "and",
    "boats",
    "that",
    "cross",
    "open",
    "water",
    "after",
    "dark",
    "while",
    "talks",
    "go",
    "on",
    "slowly",
];
const NAMES: [&str; 12] = [
    "Ingrid Haugland",
    "Pedro Rojas",
    "Norway",
    "Chile",
    "Amara Diallo",
    "Iceland",
    "Lena Brandt",
    "Peru",
    "Kwame Mensah",
    "Ghana",
    "Mei Tanaka",
    "Japan",
];

/// Paragraphs of so many words, every twentieth a name of two words or one.
fn text(seed: u32, paragraphs: usize, words: usize) -> String {
    let mut out = String::new();
    let mut state = seed;
    let mut next = |most: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % most
    };
    for _ in 0..paragraphs {
        for at in 0..words {
            let word = if at % 20 == 10 { NAMES[next(NAMES.len())] } else { WORDS[next(WORDS.len())] };
            out.push_str(word);
            out.push_str(if at + 1 == words { ".\n" } else { " " });
        }
    }
    out
}

/// A project of these texts with up to so many tags in each, half of them still suggestions.
fn project(texts: &[String], tags: usize) -> Project {
    tagged(texts, tags, |n| n % 2 == 0)
}

/// The same with nothing but suggestions.
fn suggested(texts: &[String], tags: usize) -> Project {
    tagged(texts, tags, |_| true)
}

fn tagged(texts: &[String], tags: usize, is_open: impl Fn(usize) -> bool) -> Project {
    let articles = texts.iter().zip(0_i32..).map(|(text, n)| {
        let title = format!("The report no. {n} of {}", WORDS[n as usize % WORDS.len()]);
        let date = Date::new(2024, 1 + (n % 12) as i8, 1 + (n % 28) as i8).ok();
        let meta = Metadata { title, source: "Harbour Post".to_owned(), date, ..Metadata::default() };
        Article { meta, text: Text::new(text.as_str()).unwrap() }
    });
    let stamp = stamp();
    let mut project = Project::new();
    project.apply(&ops::add_articles(&project, articles.collect(), stamp.clone())).unwrap();
    let mut edit = Builder::new(&project, stamp.clone());
    let kind = |name: &str| if name.contains(' ') { KindId::PERSON } else { KindId::COUNTRY };
    // Four articles have their people and countries in common; in a long one there are hundreds.
    let mut entities: HashMap<(usize, u32, usize), EntityId> = HashMap::new();
    for record in project.articles() {
        let text = record.article.text.as_str();
        let mut found: Vec<(usize, usize)> = NAMES
            .iter()
            .enumerate()
            .flat_map(|(which, name)| text.match_indices(name).map(move |(start, _)| (start, which)))
            .collect();
        found.sort_unstable();
        for (n, (start, which)) in found.into_iter().take(tags).enumerate() {
            let name = NAMES[which];
            let open = is_open(n);
            let own = (which, record.id.0 / 4, n / 10);
            let entity =
                *entities.entry(own).or_insert_with(|| entity(&mut edit, format!("{name} {own:?}"), kind(name)));
            let id = edit.fresh::<Mention>();
            let origin =
                Origin { source: "people".into(), score: Some(0.5 + (n % 50) as f32 / 100.0), reason: "Bench".into() };
            let place = (record.id, byte_range(start, start + name.len()).unwrap());
            edit.put(Mention {
                target: Some(Target::Entity(entity)),
                status: if open { Status::Suggested } else { Status::Accepted },
                decision: (!open).then(|| stamp.clone()),
                ..Mention::new(id, place, name, kind(name), origin)
            });
        }
    }
    let edit = edit.finish(Action::Nothing);
    project.apply(&edit).unwrap();
    project
}

fn stamp() -> Stamp {
    Stamp { by: "bench".into(), at: Timestamp::UNIX_EPOCH }
}

fn entity(edit: &mut Builder<'_>, name: String, kind: KindId) -> EntityId {
    let id = edit.fresh::<Entity>();
    edit.put(Entity::new(id, kind, name, Origin::hand()));
    id
}

// --- the table ----------------------------------------------------------------------------------------------------

#[derive(Default)]
struct Table(Vec<(String, String, Vec<Duration>, Duration)>);

impl Table {
    fn row(&mut self, of: &str, what: &str, mut times: Vec<Duration>, bar: Duration) {
        times.sort();
        self.0.push((of.to_owned(), what.to_owned(), times, bar));
    }

    fn print(&self) {
        println!("| what is open | what happens | median | 95th percentile | worst | bar |");
        println!("| --- | --- | --- | --- | --- | --- |");
        for (of, what, times, bar) in &self.0 {
            let at = |part: f64| times[((times.len() - 1) as f64 * part).round() as usize].as_secs_f64() * 1e3;
            let (median, most, worst) = (at(0.5), at(0.95), at(1.0));
            let missed = if worst > bar.as_secs_f64() * 1e3 { ", missed" } else { "" };
            println!(
                "| {of} | {what} | {median:.2} ms | {most:.2} ms | {worst:.2} ms | {} ms{missed} |",
                bar.as_millis()
            );
        }
    }
}
