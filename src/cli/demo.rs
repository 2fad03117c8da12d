//! `demo`: the sample article's suggestions on the terminal, and as a web page and JSON in a folder.

use std::io::{self, Write};
use std::path::Path;

use super::failure::{Failure, quiet};
use super::{files, print};
use crate::export::{self, Selection};
use crate::ingest::{self, samples::SAMPLES};
use crate::suggest::{Document, Options};

/// The formats that are written.
const FORMATS: [&str; 2] = ["html", "json"];

pub(super) fn run(out: &Path) -> Result<(), Failure> {
    let [sample, ..] = SAMPLES;
    let article = ingest::read(sample.name, sample.bytes).map_err(Failure::new)?;
    let found =
        super::files::engine(Options::default()).suggest(&Document::new(article.text.as_str(), article.meta.date));
    quiet(print::suggestions(&article, &found, false, print::Style::of_stdout(), &mut io::stdout().lock()))?;

    let project = files::suggested(vec![article], Options::default())?;
    let selection = Selection { suggestions: true, ..Selection::default() };
    for format in FORMATS.into_iter().filter_map(export::format) {
        let export = format.export(&project, &selection).map_err(Failure::new)?;
        for file in export.files {
            let path = out.join(&file.name);
            files::write(&path, &file.bytes)?;
            quiet(writeln!(io::stdout(), "{} written to {}", format.name(), path.display()))?;
        }
    }
    Ok(())
}
