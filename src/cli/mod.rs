//! The same abilities without a window: arguments in, text and files out.

mod check;
mod compare;
mod demo;
mod evaluate;
mod export;
mod failure;
mod files;
mod import;
#[cfg(test)]
mod pages;
mod picture;
mod print;
mod read;
mod register;
mod stream;
mod window;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::suggest::{Document, Layers, Memory, Options};
use failure::{Failure, quiet};
use stream::{Lines, Manner};

/// Tag news articles: people, countries and events, suggested by an offline engine and corrected by you.
///
/// Without a command it opens the window.
#[derive(Debug, Parser)]
#[command(name = "rubricator", version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Articles, folders or a project to open in the window.
    files: Vec<PathBuf>,
    /// Open the window on a sample article.
    #[arg(long, conflicts_with = "files")]
    sample: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show what the engine suggests for articles.
    Suggest(Suggest),
    /// Write a project, or suggestions for articles, in another format.
    Export(export::Arguments),
    /// Take annotations of this and other tools into a project.
    Import(import::Arguments),
    /// Show the happenings of a project, one a row, however many articles tell of each.
    Register(register::Arguments),
    /// Write a view of the whole project as a picture, or its data: dossier, timeline, map, network, numbers.
    Picture(picture::Arguments),
    /// Show where annotators of the same articles differ, and how far they agree.
    Compare(compare::Arguments),
    /// Say whether a project file is whole, line by line where it is not, and save what can be understood.
    Check(check::Arguments),
    /// Measure the engine against articles that you have marked: how far can it be trusted?
    Evaluate(evaluate::Arguments),
    /// List the formats that `export` writes and `import` reads.
    Formats,
    /// Read a file on standard input as articles.
    #[command(name = crate::store::COMMAND, hide = true)]
    Read(read::Arguments),
    /// Show the suggestions for a sample article and write them as a web page and as JSON.
    Demo {
        /// The folder to write into; made where it is missing.
        #[arg(long, value_name = "FOLDER")]
        out: PathBuf,
    },
}

#[derive(Debug, Args)]
struct Suggest {
    /// Articles to read.
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Answer lines {"id","text","date"?} on standard input with one line of JSON each.
    #[arg(long, conflicts_with_all = ["columns", "split_at"])]
    jsonl: bool,
    /// With --jsonl: which layers of spans to write.
    #[arg(long, value_enum, default_value_t = Layers::Main, requires = "jsonl")]
    layers: Layers,
    /// With --jsonl: hand each answer on as soon as it and those before it are there, not when all lines that waited
    /// with it are answered.
    #[arg(long, requires = "jsonl")]
    flush: bool,
    /// With --jsonl: write the answers into this file, and where it holds answers from a run that was ended, go on
    /// behind them. The input must be the same.
    #[arg(long, requires = "jsonl", value_name = "OUT")]
    resume: Option<PathBuf>,
    /// With --jsonl: read all lines before any is answered, and give people, countries, places, organisations and events of
    /// different lines the same number as "across" where they are one.
    #[arg(long, requires = "jsonl", conflicts_with_all = ["flush", "resume"])]
    across: bool,
    /// Show the events in the background too: what happened, but would not be kept.
    #[arg(long, conflicts_with = "jsonl")]
    everything: bool,
    /// Mark countries inside other names too: "Bank of China", "South China Sea".
    #[arg(long)]
    inside_names: bool,
    /// Use what the decisions in this project have taught: words that were rejected or tagged in two articles, and its own
    /// kinds. With --jsonl own kinds are spans labelled by the kind's name in the project file.
    #[arg(long, value_name = "PROJECT")]
    memory: Option<PathBuf>,
    #[command(flatten)]
    reading: files::Reading,
}

/// Runs the program with the arguments of this process. Exit codes: 0 done, 1 failed, 2 wrong usage or marked texts that
/// cannot be read, 3 no display.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command {
        Some(Command::Suggest(arguments)) => suggest(&arguments),
        Some(Command::Export(arguments)) => export::run(&arguments),
        Some(Command::Import(arguments)) => import::run(&arguments),
        Some(Command::Register(arguments)) => register::run(&arguments),
        Some(Command::Picture(arguments)) => picture::run(&arguments),
        Some(Command::Compare(arguments)) => compare::run(&arguments),
        Some(Command::Check(arguments)) => check::run(&arguments),
        Some(Command::Evaluate(arguments)) => evaluate::run(&arguments),
        Some(Command::Formats) => quiet(print::formats(&mut io::stdout().lock())),
        Some(Command::Read(arguments)) => read::run(&arguments),
        Some(Command::Demo { out }) => demo::run(&out),
        None => window::open(arguments.files, arguments.sample),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.tell();
            ExitCode::from(failure.code)
        }
    }
}

/// Answers lines of JSON with suggestions, as `suggest --jsonl` does.
///
/// # Errors
/// What reading or writing fails with; a line that cannot be answered is answered with why.
pub fn answer_stream(
    engine: &crate::suggest::Engine,
    input: impl io::BufRead + Send + 'static,
    output: impl io::Write,
) -> io::Result<()> {
    let manner = Manner { layers: Layers::Main, by_line: false, across: false };
    stream::answer_all(engine, manner, &Lines::of(input), output, &mut ())
}

fn suggest(arguments: &Suggest) -> Result<(), Failure> {
    let mut engine = files::engine(Options { inside_names: arguments.inside_names, ..Options::default() });
    if let Some(path) = &arguments.memory {
        let memory = Memory::of_project(&files::project(path)?, |document| engine.look(document));
        engine.remember(memory);
    }
    if arguments.jsonl {
        let manner = Manner { layers: arguments.layers, by_line: arguments.flush, across: arguments.across };
        return stream::run(&engine, manner, arguments.resume.as_deref());
    }
    let mut failed = 0;
    for path in &arguments.files {
        match files::articles(path, &arguments.reading) {
            Ok(articles) => {
                for article in articles {
                    let found = engine.suggest(&Document::new(article.text.as_str(), article.meta.date));
                    let (style, mut out) = (print::Style::of_stdout(), io::stdout().lock());
                    quiet(print::suggestions(&article, &found, arguments.everything, style, &mut out))?;
                }
            }
            Err(failure) => {
                // The other files are shown all the same.
                failure.tell();
                failed += 1;
            }
        }
    }
    if failed == 0 {
        Ok(())
    } else {
        Err(Failure::new(format!("{failed} of {} files not read", arguments.files.len())))
    }
}
