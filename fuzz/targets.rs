//! What is fuzzed: everything that reads bytes of others. `fuzz/src/main.rs` runs it guided by coverage (`make fuzz`),
//! `tests/fuzz.rs` a small share with every `make test`.
//!
//! Besides not panicking, what was read must be whole: it is written as a project file and read again without damage.

use std::ops::ControlFlow;

use rubricator::project::{Project, Stamp};
use rubricator::suggest::{Engine, Options};
use rubricator::{cli, import, ingest, store};
use sha2::{Digest, Sha256};

/// What parts the files of a seed that is several: a line `%% name`.
const FILE: &str = "%% ";

/// The names of all targets.
pub fn names() -> Vec<String> {
    let own = ["project", "journal", "stream"].map(str::to_owned);
    let imports = import::FORMATS.iter().map(|format| format!("import-{}", format.id()));
    let mut articles: Vec<_> = ingest::extensions().map(|extension| format!("ingest-{extension}")).collect();
    articles.sort();
    articles.dedup();
    own.into_iter().chain(imports).chain(articles).collect()
}

/// Reads bytes as a target does; panics where the program has a fault.
pub fn run(target: &str, bytes: &[u8]) {
    if let Some(format) = target.strip_prefix("import-") {
        imported(format, bytes);
    } else if let Some(extension) = target.strip_prefix("ingest-") {
        let name = format!("fuzzed.{extension}");
        ingest::read_each(&name, bytes, &ingest::Options::default(), &mut |_| ControlFlow::Continue(()));
    } else if target == "stream" {
        stream(bytes);
    } else if target == "journal" {
        journal(bytes);
        journal(&sealed(bytes));
    } else if target == "project" {
        if let Ok(opened) = store::open_bytes(bytes, "fuzzed.rubric") {
            whole(&opened.project);
        }
    } else {
        panic!("there is no target {target}");
    }
}

/// Does what a journal says to an empty project, and takes it back step by step.
fn journal(bytes: &[u8]) {
    let Ok(contents) = store::read_journal(bytes) else { return };
    contents.saved_in(contents.base.clone().as_ref());
    let (mut session, _, _) = contents.replay(Project::new(), 0);
    whole(session.project());
    while session.history().to_undo().is_some() {
        // A step that no longer fits leaves the history.
        session.undo().ok();
    }
    whole(session.project());
    while session.history().to_redo().is_some() {
        session.redo().ok();
    }
    whole(session.project());
}

/// A journal whose lines have the checksums that they should have, which no chance would find. Those that are there go.
fn sealed(bytes: &[u8]) -> Vec<u8> {
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let mut out = lines.next().unwrap_or_default().to_vec();
    let mut sum = [0; 8];
    for line in lines {
        let has_sum = line.get(16) == Some(&b' ') && line.iter().take(16).all(u8::is_ascii_hexdigit);
        let payload = if has_sum { &line[17..] } else { line };
        let payload = payload.strip_suffix(b"\n").unwrap_or(payload);
        let digest = Sha256::new().chain_update(sum).chain_update(payload).finalize();
        sum.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        out.extend(sum.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()));
        out.push(b' ');
        out.extend_from_slice(payload);
        out.push(b'\n');
    }
    out
}

fn imported(format: &str, bytes: &[u8]) {
    let stamp = Stamp { by: "fuzz".into(), at: jiff::Timestamp::UNIX_EPOCH };
    if let Ok(imported) = import::read(files(format, bytes), Some(format), &stamp) {
        whole(&imported.project);
    }
}

/// One file, or the files that lines `%% name` begin.
fn files(format: &str, bytes: &[u8]) -> Vec<import::File> {
    let known = import::FORMATS.iter().find(|known| known.id() == format);
    let extension = known.and_then(|format| format.extensions().first()).copied().unwrap_or("txt");
    let Some(text) = std::str::from_utf8(bytes).ok().filter(|text| text.starts_with(FILE)) else {
        return vec![import::File { name: format!("fuzzed.{extension}"), bytes: bytes.to_vec() }];
    };
    let parts = text.split(FILE).skip(1).filter_map(|part| part.split_once('\n'));
    parts.map(|(name, text)| import::File { name: name.trim().to_owned(), bytes: text.into() }).collect()
}

fn stream(bytes: &[u8]) {
    thread_local! {
        static ENGINE: Engine = Engine::new(Options::default());
    }
    let mut output = Vec::new();
    ENGINE.with(|engine| cli::answer_stream(engine, std::io::Cursor::new(bytes.to_vec()), &mut output)).unwrap();
    for line in output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        serde_json::from_slice::<serde_json::Value>(line).unwrap();
    }
}

/// A project must come back from its own file as it is.
fn whole(project: &Project) {
    let written = store::to_bytes(project).unwrap();
    let again = store::open_bytes(&written, "again.rubric").unwrap();
    assert_eq!(again.damage, []);
    assert_eq!(store::to_bytes(&again.project).unwrap(), written);
}
