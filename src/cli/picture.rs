//! `picture`: a view of the whole collection as a file.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::files;
use crate::project::{EntityId, Project, Target};
use crate::store;
use crate::views::{Chosen, Collection, Data, FileFormat, Frames, Gathered, Options, Selection, View, ViewFile};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What is shown.
    #[arg(value_enum)]
    view: Which,
    /// A project (.rubric).
    project: PathBuf,
    /// The file to write: `.svg` or `.png` for the picture, `.csv` for its data, `.html` for a dossier with all of its sentences.
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
    /// Whose dossier: a name as the project has it, or another that it goes by; without it that of whoever is named most.
    #[arg(long)]
    name: Option<String>,
    /// Leave out what is only suggested.
    #[arg(long)]
    accepted: bool,
    /// How wide the picture is, in points; a PNG has two pixels a point.
    #[arg(long, default_value_t = 1280, value_parser = clap::value_parser!(u16).range(400..=4000))]
    width: u16,
    /// How high the picture is at least.
    #[arg(long, default_value_t = 760, value_parser = clap::value_parser!(u16).range(300..=4000))]
    height: u16,
}

/// The views, as arguments.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Which {
    /// All that is told of one person, country or other name.
    Dossier,
    /// Events in lanes, by their dates.
    Timeline,
    /// Countries shaded by events, and places.
    Map,
    /// Who appears with whom.
    Network,
    /// Mentions and events over time, most named, open and done.
    Numbers,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let ends = arguments.out.extension().unwrap_or_default();
    let format = FileFormat::ALL.into_iter().find(|format| ends.eq_ignore_ascii_case(format.extension()));
    let Some(format) = format else {
        let path = arguments.out.display();
        return Err(Failure::usage(format!(
            "{path}: a view is written as .svg, .png or .csv, a dossier as .html too; give --out one of these endings"
        )));
    };
    let view = match arguments.view {
        Which::Dossier => View::Dossiers,
        Which::Timeline => View::Timeline,
        Which::Map => View::Map,
        Which::Network => View::Network,
        Which::Numbers => View::Numbers,
    };
    if !view.formats().contains(&format) {
        return Err(Failure::usage("only a dossier is written as .html; give --out .svg, .png or .csv"));
    }
    if arguments.name.is_some() && view != View::Dossiers {
        return Err(Failure::usage("--name says whose dossier is written; leave it out for other views"));
    }
    let project = files::project(&arguments.project)?;
    if store::same_file(&arguments.project, &arguments.out) {
        return Err(Failure::usage(format!("{} is the project and would be overwritten", arguments.out.display())));
    }
    let all = Collection::of(&project);
    let chosen = Chosen::of(&all, &Selection { accepted: arguments.accepted, ..Selection::default() });
    let mut options = Options::default();
    if let Some(name) = &arguments.name {
        options.dossier = Some(named(&project, name)?);
    }
    let mut gathered = Gathered::default();
    gathered.fill(view, &project, &all, &chosen, &options);
    let data = Data::of(view, &all, &gathered, &chosen, &options);
    let size = (f32::from(arguments.width), f32::from(arguments.height));
    let picture = data.draw(&all, &Frames::default(), size);
    let name = arguments.project.file_stem().unwrap_or_default().to_string_lossy();
    let title = match &gathered.portrait {
        Some(portrait) => format!("{}: {name}", portrait.name),
        None => format!("{}: {name}", view.name()),
    };
    let file = ViewFile::new(title, format, &picture, (&data, &all, &chosen));
    let bytes = file.bytes().map_err(|problem| Failure::new(format!("{}: {problem}", arguments.out.display())))?;
    files::write(&arguments.out, &bytes)
}

/// Who bears a name; of several the one named most.
fn named(project: &Project, name: &str) -> Result<EntityId, Failure> {
    let same = |other: &str| other.trim().to_lowercase() == name.trim().to_lowercase();
    let bears = project.entities().filter(|one| same(&one.name) || one.aliases.iter().any(|alias| same(alias)));
    let most =
        bears.max_by_key(|one| (same(&one.name), project.count_of(Target::Entity(one.id)), std::cmp::Reverse(one.id)));
    most.map(|one| one.id).ok_or_else(|| {
        Failure::usage(format!("nobody in this project is called “{name}”; write the name as the window lists it"))
    })
}
