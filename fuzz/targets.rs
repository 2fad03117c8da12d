//! What is fuzzed: everything that reads bytes of others. `fuzz/src/main.rs` runs it guided by coverage (`make fuzz`),
//! `tests/fuzz.rs` a small share with every `make test`.
//!
//! Besides not panicking, what was read must be whole: it is written as a project file and read again without damage.

use std::ops::ControlFlow;

use rubricator::project::{Project, Stamp};
use rubricator::suggest::{Engine, Options};
use rubricator::{cli, import, ingest, store};

/// What parts the files of a seed that is several: a line `%% name`.
const FILE: &str = "%% ";

/// The names of all targets.
pub fn names() -> Vec<String> {
    let own = ["project", "stream"].map(str::to_owned);
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
    } else if target == "project" {
        if let Ok(opened) = store::open_bytes(bytes, "fuzzed.rubric") {
            whole(&opened.project);
        }
    } else {
        panic!("there is no target {target}");
    }
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
