//! `check`: whether a project file is whole, and what can be saved of one that is not.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::failure::{Failure, quiet};
use crate::store;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The project (.rubric) to look at; it stays as it is.
    #[arg(value_name = "PROJECT")]
    project: PathBuf,
    /// Write what can be understood of it to another file.
    #[arg(long, value_name = "PROJECT")]
    out: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let opened = store::open_project(&arguments.project).map_err(Failure::new)?;
    let name = arguments.project.display();
    let project = &opened.project;
    let told = || {
        let mut out = std::io::stdout().lock();
        for damage in &opened.damage {
            writeln!(out, "{damage}")?;
        }
        let (articles, mentions) = (project.article_count(), project.all_mentions().count());
        writeln!(out, "{name}: {articles} articles, {mentions} mentions, {} damaged places", opened.damage.len())
    };
    quiet(told())?;
    if let Some(out) = &arguments.out {
        if !store::is_project(out) {
            return Err(Failure::usage(format!("“{}” must end in .{}", out.display(), store::EXTENSION)));
        }
        if store::exists(out) {
            return Err(Failure::usage(format!("“{}” is there already. Name a file that is not", out.display())));
        }
        store::save_project(out, project).map_err(Failure::new)?;
    }
    if opened.damage.is_empty() { Ok(()) } else { Err(Failure::new(format!("“{name}” is damaged"))) }
}
