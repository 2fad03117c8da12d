//! Files read as articles: those that can be made to do harm are read in a process of their own, with limits on its
//! memory and its time.

use std::io::{BufRead, BufReader, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use super::{StoreError, disk};
use crate::ingest::{self, Item, MAX_ARTICLE_BYTES, Options, Remark, limits::MAX_COLLECTION_BYTES};
use crate::text::Article;

/// The memory that the process may take, in bytes. Only Unix knows such a limit.
pub const MAX_MEMORY: u64 = 2 * 1024 * 1024 * 1024;
/// How long it may take from one article to the next.
pub const MAX_PAUSE: Duration = Duration::from_secs(60);
/// How long it may take for a file.
pub const MAX_TIME: Duration = Duration::from_secs(15 * 60);
/// The hidden command of this program that reads a file's bytes on standard input and writes what they bring, one item
/// of JSON a line.
pub const COMMAND: &str = "read-articles";
/// How often it is looked at whether reading has been cancelled.
const LOOK: Duration = Duration::from_millis(50);
/// The longest line that the process may write, in bytes: an article of which JSON escapes every byte.
const MAX_LINE: u64 = 8 * MAX_ARTICLE_BYTES as u64;

/// Reads files as articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    program: Option<PathBuf>,
}

impl Reader {
    /// Reads every file in this process: for tests, and where this code is part of another program.
    pub fn here() -> Self {
        Self::default()
    }

    /// Starts this program again for every file that may do harm.
    pub fn of_this_program() -> Self {
        // On Linux this leads to the program even where it was replaced since it started.
        let linux = cfg!(target_os = "linux").then(|| PathBuf::from("/proc/self/exe"));
        let program = linux.or_else(|| std::env::current_exe().ok());
        Self::by(program.unwrap_or_else(|| PathBuf::from("rubricator")))
    }

    /// Starts `program`, which must know [`COMMAND`], for every file that may do harm.
    pub fn by(program: PathBuf) -> Self {
        Self { program: Some(program) }
    }

    /// Hands all that a file brings to `take`, until `cancel` is set: articles, what could not be read and what was left out.
    ///
    /// # Errors
    /// The file cannot be read at all, or no process can be started.
    pub fn read_each(
        &self,
        path: &Path,
        options: &Options,
        cancel: &AtomicBool,
        take: &mut dyn FnMut(Item),
    ) -> Result<(), StoreError> {
        let name = path.to_string_lossy();
        let known = path.extension().is_some();
        let limit = if known { ingest::format_of(&name, &[]).max_bytes } else { MAX_COLLECTION_BYTES };
        let bytes = disk::read_limited(path, limit as u64).map_err(|error| match error {
            StoreError::TooLarge { size, .. } => {
                ingest::too_large(&name, usize::try_from(size).unwrap_or(usize::MAX)).into()
            }
            other => other,
        })?;
        match &self.program {
            Some(program) if ingest::format_of(&name, &bytes).risky => {
                self.start(program, path, &name, options, bytes).map(|reading| reading.run(cancel, take))
            }
            _ => {
                ingest::read_each(&name, &bytes, options, &mut |item| {
                    take(item);
                    if cancel.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                });
                Ok(())
            }
        }
    }

    /// The articles of a file, and what could not be read or was left out of it.
    ///
    /// # Errors
    /// As [`Reader::read_each`].
    pub fn read(&self, path: &Path, options: &Options) -> Result<(Vec<Article>, Vec<Remark>), StoreError> {
        let (mut articles, mut remarks) = (Vec::new(), Vec::new());
        self.read_each(path, options, &AtomicBool::new(false), &mut |item| match item {
            Item::Article(article) => articles.push(*article),
            Item::Problem(remark) | Item::LeftOut(remark) => remarks.push(remark),
            Item::Table(_) => {}
        })?;
        Ok((articles, remarks))
    }

    fn start(
        &self,
        program: &Path,
        path: &Path,
        name: &str,
        options: &Options,
        bytes: Vec<u8>,
    ) -> Result<Reading, StoreError> {
        let mut command = Command::new(program);
        command.arg(COMMAND).arg(format!("--name={name}")).arg(format!("--columns={}", options.columns.to_json()));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command
            .spawn()
            .map_err(|error| StoreError::NoProcess { path: path.to_owned(), reason: error.to_string() })?;
        if let Some(mut input) = child.stdin.take() {
            thread::spawn(move || {
                // It may end before it has read all; how it ended tells why.
                input.write_all(&bytes).ok();
            });
        }
        let (sender, items) = sync_channel(64);
        if let Some(output) = child.stdout.take() {
            thread::spawn(move || {
                let mut output = BufReader::new(output);
                while let Some(item) = next_item(&mut output) {
                    if sender.send(item).is_err() {
                        break;
                    }
                }
            });
        }
        let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Ok(Reading { child, items, file })
    }
}

/// The next line as an item; none at the end, or where the process writes what it should not.
fn next_item(output: &mut impl BufRead) -> Option<Item> {
    let mut line = Vec::new();
    output.take(MAX_LINE).read_until(b'\n', &mut line).ok()?;
    serde_json::from_slice(&line).ok()
}

/// A process that reads a file.
struct Reading {
    child: Child,
    items: Receiver<Item>,
    file: String,
}

impl Reading {
    fn run(mut self, cancel: &AtomicBool, take: &mut dyn FnMut(Item)) {
        let start = Instant::now();
        let mut last = start;
        let mut articles = 0;
        let ended = loop {
            if cancel.load(Ordering::Relaxed) {
                self.stop();
                return;
            }
            match self.items.recv_timeout(LOOK) {
                Ok(item) => {
                    articles += usize::from(matches!(item, Item::Article(_)));
                    last = Instant::now();
                    take(item);
                }
                Err(RecvTimeoutError::Disconnected) => break self.child.wait().ok(),
                Err(RecvTimeoutError::Timeout) if last.elapsed() < MAX_PAUSE => {}
                Err(RecvTimeoutError::Timeout) => {
                    self.stop();
                    take(self.problem(articles, &format!("no article came of it for {} seconds", MAX_PAUSE.as_secs())));
                    return;
                }
            }
            if start.elapsed() > MAX_TIME {
                self.stop();
                take(self.problem(articles, &format!("it took more than {} minutes", MAX_TIME.as_secs() / 60)));
                return;
            }
        };
        if let Some(what) = ended.as_ref().and_then(failure) {
            take(self.problem(articles, &what));
        }
    }

    fn stop(&mut self) {
        // It may have ended by itself.
        self.child.kill().ok();
        self.child.wait().ok();
    }

    fn problem(&self, articles: usize, what: &str) -> Item {
        let kept = match articles {
            0 => "Split it, or save it in another format, and open that".to_owned(),
            1 => "The article that was read before is there".to_owned(),
            count => format!("The {count} articles that were read before are there"),
        };
        let reason = format!("“{}” was read no further, as {what}. {kept}", self.file);
        Item::Problem(Remark { file: self.file.clone(), place: String::new(), reason })
    }
}

/// Why a process did not end well.
fn failure(status: &ExitStatus) -> Option<String> {
    /// What Rust's programs end with where they panic.
    const PANIC: i32 = 101;
    match status.code() {
        Some(0) => None,
        Some(PANIC) => Some("it is damaged in a way that the program does not cope with".to_owned()),
        _ => Some(format!("it would have taken more than {} MB of memory", MAX_MEMORY / 1_000_000)),
    }
}

/// Limits the memory and the time of this process, once and for all. Elsewhere than on Unix there are no such limits,
/// and whoever started the process ends it.
pub fn limit_this_process() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let set = |resource, limit| {
            // Where the system refuses, the limit on time still holds.
            setrlimit(resource, Rlimit { current: Some(limit), maximum: Some(limit) }).ok();
        };
        set(Resource::As, MAX_MEMORY);
        set(Resource::Cpu, MAX_TIME.as_secs());
        set(Resource::Core, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_huge_file_is_refused_unread() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("huge.txt");
        fs::File::create(&path).unwrap().set_len(50_000_000).unwrap();
        let message = Reader::here().read(&path, &Options::default()).unwrap_err().to_string();
        assert!(message.contains("huge.txt") && message.contains("50 MB") && message.contains("Split"), "{message}");
        fs::write(&path, "Words.").unwrap();
        let (articles, problems) = Reader::here().read(&path, &Options::default()).unwrap();
        assert_eq!((articles[0].text.as_str(), problems.len()), ("Words.", 0));
    }

    #[test]
    fn a_program_that_is_not_there_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.csv");
        fs::write(&path, "text\nWords.\n").unwrap();
        let none = Reader::by(dir.path().join("none"));
        assert!(none.read(&path, &Options::default()).unwrap_err().to_string().contains("could not be started"));
    }
}
