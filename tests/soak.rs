//! Random input for the window (monkey testing): commands of the table, keys, clicks and words. After every few the
//! project must be whole; again and again the program ends and must open with all that was there, saved or not.
//!
//! `cargo test --test soak -- --commands 100000` for as many; without a number it goes on for a short while. The same
//! seed does the same again, as far as the machine's timing allows; `--seed N` is another. The last line says how many commands, and after how many
//! ends something was lost.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod chance;
mod drive;
#[path = "harness/frames.rs"]
mod window;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use chance::{Chance, argument, is_asked_for};
use drive::digest;
use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2, pos2, vec2};
use rubricator::project::{Project, Session, Stamp, ops};
use rubricator::store::{self, Access, Folders, Settings, recoverable};
use rubricator::text::{Article, Metadata, Text};
use rubricator::ui::command::Command;
use rubricator::ui::commands::row;
use rubricator::ui::state::State;
use window::{Window, moved, press_with, wheel};

/// How long it goes on where no number is given.
const SHARE: Duration = Duration::from_secs(20);
/// How many things are done from one look at whether the project is whole to the next.
const LOOK: u64 = 50;
/// How many things are done in one life of the program.
const LIFE: u64 = 1000;
/// How long the background may take to come to rest.
const REST: Duration = Duration::from_secs(60);
/// The window's size, in points.
const SIZE: (u16, u16) = (1280, 800);

/// What is typed: letters, signs that keys stand for, and some that text fields have trouble with.
const WORDS: [&str; 8] = ["a", "Rojas", "5", "(", "e\u{301}", "👩‍🚀", "\u{202e}", " "];
const KEYS: [Key; 12] = [
    Key::Enter,
    Key::Escape,
    Key::Tab,
    Key::Space,
    Key::Backspace,
    Key::Delete,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::Home,
    Key::End,
];

fn main() -> ExitCode {
    if !is_asked_for("soak") {
        return ExitCode::SUCCESS;
    }
    if let Some(ended) = without_display() {
        return ended;
    }
    let wanted = argument("--commands");
    let seed = argument("--seed").unwrap_or(1);
    println!("seed {seed}");
    let started = Instant::now();
    let goes_on = |done: u64| wanted.map_or(started.elapsed() < SHARE, |wanted| done < wanted);
    let mut trail = Trail { chance: Chance(seed), last: VecDeque::new() };
    let (mut home, mut done, mut lost) = (tempfile::tempdir().unwrap(), 0, 0);
    while goes_on(done) {
        let path = home.path().join("soak.rubric");
        if !path.exists() || opened(home.path(), Some(path.clone())).project().article_count() == 0 {
            store::save_project(&path, &project()).unwrap();
        }
        let size = vec2(f32::from(SIZE.0), f32::from(SIZE.1));
        let mut window = Window::open(home, vec![path], size, Settings::default());
        let end = done + LIFE;
        while done < end && goes_on(done) {
            trail.act(&mut window);
            done += 1;
            if done % LOOK == 0 {
                whole(window.app.state());
            }
        }
        rest(&mut window);
        let (expected, path) = (digest(&window.app.state().model.session), window.app.state().model.path.clone());
        let empty = path.is_none() && !window.app.state().model.session.is_modified();
        home = window.end();
        if !empty && digest(&opened(home.path(), path)) != expected {
            println!("after {done} commands it does not open as it was left");
            trail.print();
            lost += 1;
        }
    }
    println!("commands {done}, lost {lost}");
    if lost == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What was done last, told where it breaks something.
struct Trail {
    chance: Chance,
    last: VecDeque<String>,
}

impl Trail {
    fn note(&mut self, what: String) {
        self.last.push_back(what);
        if self.last.len() > 60 {
            self.last.pop_front();
        }
    }

    fn print(&self) {
        self.last.iter().for_each(|what| println!("  {what}"));
    }

    /// Does something, and draws a frame.
    fn act(&mut self, window: &mut Window) {
        let chance = &mut self.chance;
        let commands: Vec<Command> = Command::all().collect();
        let events = match chance.below(100) {
            0..65 => {
                let command = *chance.of(&commands);
                self.note(format!("{command:?}"));
                window.app.command(command);
                Vec::new()
            }
            65..78 => row(*chance.of(&commands))
                .keys
                .first()
                .map_or_else(Vec::new, |binding| press_with(binding.1, binding.2)),
            78..85 => press_with(*chance.of(&[Modifiers::NONE, Modifiers::SHIFT]), *chance.of(&KEYS)),
            85..88 => vec![Event::Text((*chance.of(&WORDS)).to_owned())],
            88..97 => {
                let from = place(chance);
                let to = if chance.below(4) == 0 { place(chance) } else { from };
                let button = if chance.below(8) == 0 { PointerButton::Secondary } else { PointerButton::Primary };
                let modifiers = *chance.of(&[Modifiers::NONE, Modifiers::NONE, Modifiers::COMMAND]);
                drag(from, to, button, modifiers)
            }
            97..99 => wheel(chance.below(2000) as f32 - 1000.0),
            _ => vec![Event::Paste("Pedro Rojas left Chile.\nHe went to Bergen.".to_owned())],
        };
        if let Some(event) = events.first() {
            self.note(format!("{event:?}"));
        }
        window.step(events);
    }
}

impl Drop for Trail {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.print();
        }
    }
}

fn place(chance: &mut Chance) -> Pos2 {
    pos2(chance.below(SIZE.0.into()) as f32, chance.below(SIZE.1.into()) as f32)
}

fn drag(from: Pos2, to: Pos2, button: PointerButton, modifiers: Modifiers) -> Vec<Event> {
    let press = |pos, pressed| Event::PointerButton { pos, button, pressed, modifiers };
    [moved(from), vec![press(from, true)], moved(to), vec![press(to, false)]].concat()
}

/// A file dialog that nobody answers would stand there for ever: without a display there is none, and the program goes on
/// as if it had been cancelled.
fn without_display() -> Option<ExitCode> {
    const DISPLAYS: [&str; 3] = ["DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"];
    DISPLAYS.iter().find(|name| std::env::var_os(name).is_some())?;
    let mut again = std::process::Command::new(std::env::current_exe().unwrap());
    again.args(std::env::args_os().skip(1));
    for name in DISPLAYS {
        again.env_remove(name);
    }
    Some(if again.status().unwrap().success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Three articles, one of them long and of all scripts.
fn project() -> Project {
    let texts = [
        (
            "Cod and kings",
            "Pedro Rojas sold cod to Norway. Rojas was glad.\n\nProtesters marched in Chile on Friday.".into(),
        ),
        ("", "A\u{301}da Lovelace 👩‍🚀 met 习近平 in Bergen; “Ada” left.\r\nA second line.".to_owned()),
        ("Boats", "Ships of Norway, boats and boats; Ingrid Haugland sank.\n\n".repeat(120)),
    ];
    let articles = texts.map(|(title, text)| {
        let meta = Metadata { title: title.to_owned(), ..Metadata::default() };
        Article { meta, text: Text::new(text).unwrap() }
    });
    let stamp = Stamp { by: "Ada".into(), at: jiff::Timestamp::UNIX_EPOCH };
    let mut project = Project::new();
    project.apply(&ops::add_articles(&project, articles.into(), stamp)).unwrap();
    project
}

/// What the window shows is there, and the project comes back from its own file as it is.
fn whole(state: &State) {
    let project = state.model.project();
    assert!(
        state.model.article.is_none_or(|id| project.article(id).is_some()),
        "an article is shown that is not there"
    );
    if let Some(caret) = state.model.caret {
        let range = caret.range();
        assert!(state.model.text().get(range.start().into()..range.end().into()).is_some(), "the caret stands nowhere");
    }
    let written = store::to_bytes(project).unwrap();
    let again = store::open_bytes(&written, "soak.rubric").unwrap();
    assert_eq!(again.damage, []);
    assert!(store::to_bytes(&again.project).unwrap() == written, "the project is another when it is read again");
}

/// Waits until nothing is on its way in the background.
fn rest(window: &mut Window) {
    let start = Instant::now();
    loop {
        window.step(Vec::new());
        let jobs = &window.app.state().model.jobs;
        let busy = jobs.saving || jobs.queued > 0 || jobs.reading > 0 || jobs.importing || jobs.exporting;
        if !busy {
            return;
        }
        assert!(start.elapsed() < REST, "the background does not come to rest");
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// The project as the program opens it the next time: at its place, or the latest that has no name.
fn opened(home: &Path, path: Option<PathBuf>) -> Session {
    let folders = Folders::under(home);
    let path = path.or_else(|| recoverable(&folders).into_iter().next().map(|found| found.path)).unwrap();
    store::open(&folders, &path, Access::Edit, "Ada", || ()).unwrap().session
}
