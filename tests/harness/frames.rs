//! The window without a screen, one frame at a time, for what measures it and for the soak.
#![allow(dead_code, reason = "each of them uses a part of it")]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use eframe::App as _;
use eframe::egui::{
    Context, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, Ui, Vec2, vec2,
};
use rubricator::project::Project;
use rubricator::store::{self, Folders, Settings};
use rubricator::ui::App;
use rubricator::ui::state::State;

/// How long the background may take for anything.
const LIMIT: Duration = Duration::from_secs(120);

/// The program's window.
pub struct Window {
    pub app: App,
    pub ctx: Context,
    frame: eframe::Frame,
    time: f64,
    size: Vec2,
    /// How long it took to open the project and draw it the first time.
    pub opening: Duration,
    /// Where the program keeps its files.
    home: tempfile::TempDir,
}

impl Window {
    /// With a project open, `size` points large.
    pub fn new(project: &Project, size: Vec2, settings: Settings) -> Self {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("bench.rubric");
        store::save_project(&path, project).unwrap();
        let mut window = Self::open(home, vec![path], size, settings);
        window.frames(30, |_| Vec::new());
        window
    }

    /// With what these files hold, in the folder of a window before.
    pub fn open(home: tempfile::TempDir, paths: Vec<PathBuf>, size: Vec2, settings: Settings) -> Self {
        let ctx = Context::default();
        let settings = Settings { glide: false, suggest_on_open: false, ..settings };
        let app = App::new(&ctx, settings, Folders::under(home.path()));
        let frame = eframe::Frame::_new_kittest();
        let mut window = Self { app, ctx, frame, time: 0.0, size, opening: Duration::ZERO, home };
        window.frames(10, |_| Vec::new());
        window.app.open_paths(paths);
        let times = window.until(|state| state.model.article.is_some());
        window.opening = times.into_iter().max().unwrap() + window.frames(2, |_| Vec::new()).into_iter().max().unwrap();
        window
    }

    /// The program ends; what it leaves behind.
    pub fn end(self) -> tempfile::TempDir {
        self.home
    }

    /// What the program does for a frame.
    pub fn step(&mut self, events: Vec<Event>) -> Duration {
        self.step_then(events, |_, _| ()).0
    }

    /// A frame, and what is looked up in it at its end.
    pub fn step_then<T>(&mut self, events: Vec<Event>, look: impl Fn(&App, &Ui) -> T) -> (Duration, T) {
        let screen = Rect::from_min_size(Pos2::ZERO, self.size);
        // Whoever gives commands does not type: a key comes at a pace of its own.
        let pressed = events.iter().any(|event| matches!(event, Event::Key { pressed: true, .. }));
        self.time += if pressed { 0.5 } else { 1.0 / 60.0 };
        let input =
            RawInput { screen_rect: Some(screen), time: Some(self.time), focused: true, events, ..RawInput::default() };
        let mut seen = (Duration::ZERO, None);
        let output = self.ctx.run_ui(input, |ui| {
            let start = Instant::now();
            self.app.logic(&ui.ctx().clone(), &mut self.frame);
            self.app.ui(ui, &mut self.frame);
            seen.0 += start.elapsed();
            seen.1 = Some(look(&self.app, ui));
        });
        output.drop_without_applying_deltas();
        (seen.0, seen.1.unwrap())
    }

    pub fn frames(&mut self, many: usize, events: impl Fn(usize) -> Vec<Event>) -> Vec<Duration> {
        (0..many).map(|n| self.step(events(n))).collect()
    }

    pub fn until(&mut self, holds: impl Fn(&State) -> bool) -> Vec<Duration> {
        let start = Instant::now();
        let mut times = Vec::new();
        while !holds(self.app.state()) {
            assert!(start.elapsed() < LIMIT, "it never came about");
            times.push(self.step(Vec::new()));
            std::thread::sleep(Duration::from_millis(1));
        }
        times
    }
}

pub fn press_with(modifiers: Modifiers, key: Key) -> Vec<Event> {
    let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
    vec![event(true), event(false)]
}

pub fn moved(to: Pos2) -> Vec<Event> {
    vec![Event::PointerMoved(to)]
}

pub fn wheel(by: f32) -> Vec<Event> {
    let delta = vec2(0.0, by);
    vec![Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta,
        phase: TouchPhase::Move,
        source: MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    }]
}
