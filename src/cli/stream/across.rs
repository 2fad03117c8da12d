//! `suggest --jsonl --across`: all lines are read before any is answered, as what is one across them can only then be told.

use std::borrow::Cow;
use std::io::{self, Write};

use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::value::RawValue;

use super::Lines;
use super::request::{Refused, parse};
use super::watch::Watch;
use crate::suggest::across::together;
use crate::suggest::{Answer, Document, Engine, Layers, Suggestions};

/// A line that has been read: an article with its id, or the answer of one that cannot be answered.
enum Read {
    Article(Box<RawValue>, String, Option<Date>),
    Refused(Vec<u8>),
}

/// Answers every line with one on `output`, when all have come.
///
/// # Errors
/// What reading or writing fails with; a line that cannot be answered is none.
pub(super) fn answer_all(
    engine: &Engine,
    layers: Layers,
    lines: &Lines,
    mut output: impl Write,
    watch: &mut impl Watch,
) -> io::Result<()> {
    let mut read: Vec<Read> = Vec::new();
    let mut found: Vec<Suggestions> = Vec::new();
    while let Some(batch) = lines.next_batch() {
        let batch = batch?;
        let from = read.len();
        for line in &batch {
            let request = match &line.bytes {
                Ok(bytes) => parse(bytes).map_err(Cow::Owned),
                Err(refusal) => Err(Cow::Borrowed(refusal)),
            };
            read.push(match request {
                Ok(request) => Read::Article(request.id.into_owned(), request.text, request.date),
                Err(refusal) => {
                    let refused = Refused { refusal: &refusal, line: line.number };
                    watch.refused(line.number, &refusal.error);
                    Read::Refused(serde_json::to_vec(&refused)?)
                }
            });
        }
        let texts: Vec<(&str, Option<Date>)> = read.iter().skip(from).filter_map(article).collect();
        found.extend(
            texts.par_iter().map(|(text, date)| engine.suggest(&Document::new(text, *date))).collect::<Vec<_>>(),
        );
        batch.iter().for_each(|line| watch.answered(line.taken));
        lines.done(&batch);
    }
    let articles: Vec<(&str, Option<Date>)> = read.iter().filter_map(article).collect();
    let across = together(&articles, &mut found);
    let mut answers = found.iter().zip(&across);
    for line in &read {
        match line {
            Read::Article(id, text, _) => {
                let Some((found, across)) = answers.next() else { continue };
                serde_json::to_writer(&mut output, &Answer::among(id, text, found, layers, across))?;
            }
            Read::Refused(answer) => output.write_all(answer)?,
        }
        output.write_all(b"\n")?;
    }
    output.flush()
}

fn article(line: &Read) -> Option<(&str, Option<Date>)> {
    match line {
        Read::Article(_, text, date) => Some((text, *date)),
        Read::Refused(_) => None,
    }
}
