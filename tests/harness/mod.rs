//! The program's window without a screen, for the tests that use it as a person does: by its widgets' names, by mouse and
//! by keys.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod kano;

use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use rubricator::project::{ArticleId, Author, Change, Edit, Mention, Origin, Stamp, Status};
use rubricator::store::{Folders, Settings};
use rubricator::ui::App;
use rubricator::ui::command::Command;
use rubricator::ui::state::State;
use tempfile::TempDir;

/// How long the background may take for anything.
pub const LIMIT: Duration = Duration::from_secs(30);
pub const CTRL: Modifiers = Modifiers::COMMAND;
pub const SHIFT: Modifiers = Modifiers::SHIFT;
/// How long a frame lasts by the window's clock, in seconds: short enough for a double click.
const FRAME: f32 = 1.0 / 16.0;
/// The most frames until nothing moves any more.
const FRAMES: u64 = 960;

/// The program's window and the folder that is its home.
pub struct Window {
    pub harness: Harness<'static, App>,
    pub home: TempDir,
}

impl Window {
    /// The window as it opens where an earlier one may have left something.
    pub fn set(home: TempDir, settings: Settings) -> Self {
        let folders = Folders::under(home.path());
        let settings = Settings { glide: false, ..settings };
        let harness = Harness::builder()
            .with_size(vec2(1280.0, 800.0))
            .with_step_dt(FRAME)
            .with_max_steps(FRAMES)
            // What the test machine has for emoji is not the point.
            .allow_missing_glyphs()
            .build_eframe(|context| App::new(&context.egui_ctx, settings, folders));
        Self { harness, home }
    }

    /// With a project open whose suggestions are all still to be reviewed.
    pub fn with_suggestions(settings: Settings) -> Self {
        let mut window = Self::set(tempfile::tempdir().unwrap(), settings);
        let path = window.home.path().join("fisheries.rubric");
        std::fs::copy(fixture(), &path).unwrap();
        window.open(path);
        window
    }

    /// Opens a project.
    pub fn open(&mut self, path: PathBuf) {
        self.harness.state_mut().open_paths(vec![path]);
        self.until("the project is open", |state| state.model.article.is_some());
    }

    pub fn state(&self) -> &State {
        self.harness.state().state()
    }

    pub fn run(&mut self) {
        self.harness.run();
    }

    /// Runs until a condition holds that the background brings about.
    pub fn until(&mut self, what: &str, holds: impl Fn(&State) -> bool) {
        let start = Instant::now();
        while !holds(self.state()) {
            assert!(start.elapsed() < LIMIT, "it never came about that {what}");
            self.harness.step();
            sleep(Duration::from_millis(2));
        }
        self.run();
    }

    pub fn command(&mut self, command: Command) {
        self.harness.state_mut().command(command);
        self.run();
    }

    pub fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    pub fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.run();
    }

    /// Types into whatever field has the keys.
    pub fn write(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.run();
    }

    /// Goes on from article to article until this one is shown.
    pub fn go_to(&mut self, article: ArticleId) {
        for _ in 0..self.state().model.project().article_count() {
            if self.state().model.article == Some(article) {
                return;
            }
            self.command(Command::NextArticle);
        }
        assert_eq!(self.state().model.article, Some(article), "every article has been shown");
    }

    /// Points at a place and clicks there.
    pub fn click_at(&mut self, pos: Pos2) {
        self.harness.hover_at(pos);
        self.run();
        for pressed in [true, false] {
            let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
            self.harness.event(Event::PointerButton { pos, button, pressed, modifiers });
        }
        self.run();
    }

    pub fn click(&mut self, name: &str) {
        self.harness.get_by_label(name).click();
        self.run();
    }

    /// Unfolds what is known of the selected tag, or folds it away.
    pub fn unfold(&mut self) {
        self.harness.get_by_label_contains("Where it comes from: ").click();
        self.run();
    }

    /// Selects the first word that ends like this, by keys: on word by word until behind it, then back over it.
    pub fn select_word(&mut self, end: &str) {
        self.press(Key::C);
        for _ in 0..100 {
            self.press_with(CTRL, Key::ArrowRight);
            let at = usize::from(self.state().model.caret.unwrap().head);
            if self.state().model.text().get(..at).is_some_and(|before| before.ends_with(end)) {
                return self.press_with(CTRL | SHIFT, Key::ArrowLeft);
            }
        }
        panic!("the caret never came to “{end}”");
    }

    /// Writes into a text field in the place of what it holds.
    pub fn fill(&mut self, field: &str, text: &str) {
        self.harness.get_by_role_and_label(Role::TextInput, field).focus();
        self.run();
        self.press_with(CTRL, Key::A);
        self.write(text);
    }

    /// What a text field holds.
    pub fn value(&self, field: &str) -> String {
        self.harness.get_by_role_and_label(Role::TextInput, field).value().unwrap_or_default()
    }

    pub fn shows(&self, part: &str) -> bool {
        self.harness.query_all_by_label_contains(part).next().is_some()
    }

    /// The mention at this place of the article.
    pub fn mention(&self, nth: usize) -> &Mention {
        self.state().model.mentions().get(nth).unwrap()
    }

    /// The words of the tag that is selected.
    pub fn selected(&self) -> Option<&str> {
        self.state().model.selected_mention().map(|mention| mention.quote.as_str())
    }

    pub fn target(&self, nth: usize) -> &str {
        self.state().model.project().target_name(self.mention(nth))
    }
}

/// Who did what the tests do, and when.
pub fn stamp() -> Stamp {
    Stamp { by: "Ada".into(), at: jiff::Timestamp::UNIX_EPOCH }
}

/// An edit of a person as one of a run: what it made is suggested, by this origin.
pub fn as_run(edit: &mut Edit, origin: &Origin) {
    edit.author = Author::Run;
    for change in &mut edit.changes {
        match change {
            Change::Mention(swap) => {
                if let Some(mention) = &mut swap.after {
                    (mention.status, mention.decision) = (Status::Suggested, None);
                    mention.origin = origin.clone();
                }
            }
            Change::Entity(swap) => swap.after.iter_mut().for_each(|entity| entity.decision = None),
            Change::Event(swap) => swap.after.iter_mut().for_each(|event| event.decision = None),
            _ => {}
        }
    }
}

pub fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/window/fisheries.rubric")
}
