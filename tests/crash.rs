//! Ends a process at random moments of editing and saving a project, as the window does both (`drive/`), opens the project
//! again, and compares with what was known to be safe. The last line says how often, and how often something was lost.
//!
//! `cargo test --test crash -- --kills 500` for as many; without a number it goes on for half a minute. `--seed N` does
//! the same again, as far as the machine's timing allows.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod chance;
mod drive;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use chance::{Chance, argument, is_asked_for};
use drive::{act, digest};
use rubricator::project::{Project, Session};
use rubricator::store::save_project;

/// The argument with which this program is the one that is ended.
const DRIVE: &str = "drive";
/// How long it goes on where no number is given.
const SHARE: Duration = Duration::from_secs(30);
/// The most lines that the program gets in one life.
const LINES: usize = 400;
/// The longest lives of the program once the project is open, in microseconds: short ones, and some in which it saves.
const LIVES: [usize; 3] = [30_000, 100_000, 400_000];

fn main() -> ExitCode {
    if let [_, drive, path] = std::env::args_os().collect::<Vec<_>>().as_slice()
        && drive == DRIVE
    {
        drive::run(Path::new(path)).unwrap();
        return ExitCode::SUCCESS;
    }
    if !is_asked_for("crash") {
        return ExitCode::SUCCESS;
    }
    let kills = argument("--kills");
    let seed = argument("--seed").unwrap_or_else(|| u64::from(std::process::id()));
    let started = Instant::now();
    let goes_on = |done: u64| kills.map_or(started.elapsed() < SHARE, |kills| done < kills);
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("crash.rubric");
    save_project(&path, &Project::new()).unwrap();
    println!("seed {seed}, in {}", home.path().display());

    let mut run = Run { chance: Chance(seed), safe_after: Vec::new(), kept: 0, saves: 0 };
    let (mut done, mut lost) = (0, 0);
    let mut before = Before { states: vec![Session::default()], safe: 0 };
    while goes_on(done) {
        match run.life(home.path(), &path, &before) {
            Ok(next) => before = next,
            Err(problem) => {
                println!("after kill {done}: {problem}");
                lost += 1;
                // Goes on with a project whose state is known.
                std::fs::remove_dir_all(home.path()).unwrap();
                std::fs::create_dir_all(home.path()).unwrap();
                save_project(&path, &Project::new()).unwrap();
                before = Before { states: vec![Session::default()], safe: 0 };
            }
        }
        done += 1;
    }
    let end = start(home.path(), &path);
    lost += u64::from(before.found(&end.opened()).is_err());
    run.safe_after.sort_unstable();
    let median = run.safe_after.get(run.safe_after.len() / 2).copied().unwrap_or_default();
    println!(
        "{} changes safe, the median after {:.1} ms; {} changes kept that nobody had been told of; {} saves",
        run.safe_after.len(),
        median.as_secs_f64() * 1000.0,
        run.kept,
        run.saves
    );
    println!("kills {done}, lost {lost}");
    if lost == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What the program may show when it opens the project again.
struct Before {
    /// The session after each line of the last life, the first being as it was found.
    states: Vec<Session>,
    /// The first so many lines were told to be safe.
    safe: usize,
}

impl Before {
    /// Which state it was found in, from the last that was told to be safe on.
    fn found(&self, shown: &str) -> Result<usize, String> {
        if shown.is_empty() {
            return Err("it did not open within a minute".to_owned());
        }
        let at = self.states.iter().rposition(|state| digest(state) == shown);
        match at {
            Some(at) if at >= self.safe => Ok(at),
            Some(at) => Err(format!("only {at} of {} safe lines are there", self.safe)),
            None => Err(format!("after {} safe lines there is none of {} states", self.safe, self.states.len())),
        }
    }
}

struct Run {
    chance: Chance,
    /// How long after it was asked for each change was told to be safe.
    safe_after: Vec<Duration>,
    /// Lines that were kept though they had not been told to be safe.
    kept: usize,
    saves: usize,
}

impl Run {
    /// Opens the project, checks it, works on it, and ends the program.
    fn life(&mut self, home: &Path, path: &Path, before: &Before) -> Result<Before, String> {
        let mut program = start(home, path);
        if self.chance.below(10) == 0 {
            // It is ended while it opens the project: nothing has changed.
            thread::sleep(Duration::from_micros(self.chance.below(30_000) as u64));
            return Ok(Before { states: before.states.clone(), safe: before.safe });
        }
        let at = before.found(&program.opened())?;
        self.kept += at - before.safe;
        let mut states = vec![before.states[at].clone()];
        let mut asked = Vec::new();
        let mut safe = 0;
        let longest = LIVES[self.chance.below(LIVES.len())];
        let end = Instant::now() + Duration::from_micros(self.chance.below(longest) as u64);
        while Instant::now() < end && asked.len() < LINES {
            let last = states.last().unwrap();
            let line = line(&mut self.chance, last);
            let mut next = last.clone();
            act(&mut next, &line);
            states.push(next);
            asked.push(Instant::now());
            if program.write(&line).is_err() {
                return Err("it ended by itself".to_owned());
            }
            self.listen(&program, &asked, &mut safe);
            // Now one after the other, now as fast as it can.
            if self.chance.below(3) == 0 {
                thread::sleep(Duration::from_micros(self.chance.below(4000) as u64));
            }
        }
        program.child.kill().unwrap();
        program.child.wait().unwrap();
        // What it had said before it ended counts.
        while let Ok(word) = program.words.recv() {
            self.hear(&word, &asked, &mut safe);
        }
        Ok(Before { states, safe })
    }

    fn listen(&mut self, program: &Program, asked: &[Instant], safe: &mut usize) {
        while let Ok(word) = program.words.try_recv() {
            self.hear(&word, asked, safe);
        }
    }

    fn hear(&mut self, (word, at): &(String, Instant), asked: &[Instant], safe: &mut usize) {
        let (what, number) = word.split_once(' ').unwrap();
        let Ok(number) = number.parse::<usize>() else { return };
        match what {
            "safe" => {
                let new = asked.get(*safe..number).unwrap_or_default();
                self.safe_after.extend(new.iter().map(|asked| at.duration_since(*asked)));
                *safe = number.max(*safe);
            }
            "saved" => {
                self.saves += 1;
                *safe = number.max(*safe);
            }
            _ => {}
        }
    }
}

/// A process that has a project open.
struct Program {
    child: Child,
    words: Receiver<(String, Instant)>,
}

fn start(home: &Path, path: &Path) -> Program {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([Path::new(DRIVE), path])
        .env("RUBRICATOR_HOME", home.join("home"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let (sender, words) = channel();
    thread::spawn(move || {
        for line in out.split(b'\n').map_while(Result::ok) {
            let Ok(line) = String::from_utf8(line) else { return };
            sender.send((line, Instant::now())).ok();
        }
    });
    Program { child, words }
}

impl Program {
    /// What it says of the project that it has opened; nothing where it could not.
    fn opened(&self) -> String {
        let first = self.words.recv_timeout(Duration::from_secs(60)).map(|(word, _)| word).unwrap_or_default();
        first.strip_prefix("open ").unwrap_or_default().to_owned()
    }

    fn write(&mut self, line: &str) -> std::io::Result<()> {
        self.child.stdin.as_mut().map_or(Ok(()), |input| writeln!(input, "{line}").and_then(|()| input.flush()))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The next line, which fits the project as it is.
fn line(chance: &mut Chance, session: &Session) -> String {
    let project = session.project();
    let articles = project.article_ids();
    if articles.is_empty() {
        return "article First".to_owned();
    }
    let article = articles[chance.below(articles.len())];
    let mentions: Vec<u32> = project.mentions(article).iter().map(|mention| mention.id.0).collect();
    let events: Vec<u32> = project.events().map(|event| event.id.0).collect();
    match chance.below(48) {
        0..3 if articles.len() < 6 => format!("article T{}", chance.below(1000)),
        0..3 => format!("remove {}", article.0),
        3..7 => "undo".to_owned(),
        7..9 => "redo".to_owned(),
        9..11 => "save".to_owned(),
        11 => format!("move {} {}", article.0, chance.below(articles.len())),
        12 => format!("done {}", article.0),
        13..20 if !mentions.is_empty() => format!("reject {}", mentions[chance.below(mentions.len())]),
        20..23 if mentions.len() > 1 => {
            let (from, to) = (mentions[chance.below(mentions.len())], mentions[chance.below(mentions.len())]);
            format!("relate {from} {to} {}", chance.below(5))
        }
        23 if project.relations().next().is_some() => {
            let relations: Vec<u32> = project.relations().map(|relation| relation.id.0).collect();
            format!("unrelate {}", relations[chance.below(relations.len())])
        }
        40..43 if events.len() > 1 => {
            let (one, other) = (events[chance.below(events.len())], events[chance.below(events.len())]);
            format!("{} {one} {other}", if chance.below(4) == 0 { "apart" } else { "same" })
        }
        44 => format!("annotators {}", chance.below(4)),
        45..47 => {
            let text = project.text(article);
            let words: Vec<&str> = text.split_whitespace().collect();
            let word = words[chance.below(words.len())];
            let start = word.as_ptr().addr() - text.as_ptr().addr();
            format!("rule {} {start} {}", article.0, start + word.len())
        }
        47 if project.rulings().next().is_some() => {
            let rulings: Vec<u32> = project.rulings().map(|ruling| ruling.id.0).collect();
            format!("reopen {}", rulings[chance.below(rulings.len())])
        }
        43 if !events.is_empty() => format!("leave {}", events[chance.below(events.len())]),
        24 if !mentions.is_empty() => format!("delete {}", mentions[chance.below(mentions.len())]),
        25..28 if !mentions.is_empty() => {
            format!("note {} N{}", mentions[chance.below(mentions.len())], chance.below(9))
        }
        _ => {
            let text = project.text(article);
            let words: Vec<&str> = text.split_whitespace().collect();
            let word = words[chance.below(words.len())];
            let start = word.as_ptr().addr() - text.as_ptr().addr();
            format!("tag {} {start} {} {}", article.0, start + word.len(), chance.below(3))
        }
    }
}
