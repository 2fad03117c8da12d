//! The hidden command by which the program reads a file in a process of its own: bytes in, items of JSON out.

use std::io::{self, BufWriter, Read, Write};
use std::ops::ControlFlow;

use clap::Args;

use super::failure::Failure;
use crate::ingest::{self, Columns, Options, limits::MAX_COLLECTION_BYTES};
use crate::store;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What the file is called.
    #[arg(long)]
    name: String,
    /// Which columns hold what, as JSON.
    #[arg(long, default_value = "{}")]
    columns: String,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    store::limit_this_process();
    let columns = Columns::of_json(&arguments.columns).ok_or_else(|| Failure::usage("--columns is no JSON"))?;
    let mut bytes = Vec::new();
    let limit = MAX_COLLECTION_BYTES as u64 + 1;
    io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(Failure::new)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut written = Ok(());
    ingest::read_each(&arguments.name, &bytes, &Options { columns }, &mut |item| {
        written = serde_json::to_writer(&mut out, &item).map_err(io::Error::from).and_then(|()| {
            out.write_all(b"\n")?;
            // Whoever waits sees that it goes on.
            out.flush()
        });
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    super::quiet(written)
}
