//! The window. Functions that draw end in `_ui`, read the [`model`], and put what was asked for into a queue of
//! [`actions`] that is worked off between frames; [`commands`] is the one table of commands.

mod actions;
mod alike;
mod annotate;
mod app;
mod article_list;
mod article_view;
mod bars;
pub mod binding;
mod calendar;
pub mod command;
pub mod commands;
mod comparison;
pub mod concordance;
mod concordance_view;
mod correction;
mod correction_view;
mod details;
mod dialogs;
pub mod dossier;
mod edits;
mod entities;
mod errands;
mod events;
pub mod file_dialog;
mod find;
mod find_bar;
mod flags;
pub mod forms;
mod grid;
mod guidelines;
mod intake;
mod job;
pub mod keys;
mod kinds;
mod learner;
mod learning;
mod list_row;
pub mod listing;
mod matches;
mod menu;
mod merging;
mod messages;
pub mod model;
mod opening;
pub mod overview;
mod overview_view;
mod panels;
mod picking;
mod proposed;
mod proposed_view;
mod reading;
mod rebinding;
pub mod register;
mod register_view;
mod relate;
mod relate_bar;
pub mod relating;
mod review;
mod runs;
mod saving;
mod savings;
mod screen;
mod search;
mod sentence_row;
mod settling;
mod settling_view;
mod sides;
pub mod state;
mod suggesting;
mod text;
pub mod theme;
mod toast_list;
mod toasts;
mod tour;
mod typed;
mod typing;
mod welcome;
mod worker;

use std::path::PathBuf;

use eframe::egui::{IconData, ViewportBuilder};

pub use app::App;
pub use text::event_line;

use crate::store::{Folders, LoadedSettings, Reader, Settings};

/// What the window opens with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Launch {
    /// Articles, folders, or a project.
    pub files: Vec<PathBuf>,
    /// The sample article.
    pub sample: bool,
}

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum LaunchError {
    /// No screen could be reached.
    #[error("no window can be opened here: {0}")]
    NoDisplay(String),
}

/// Opens the window and returns when it is closed.
///
/// # Errors
/// [`LaunchError`]; nothing has been changed then.
pub fn run(launch: Launch) -> Result<(), LaunchError> {
    let folders = Folders::find();
    let LoadedSettings { settings, notice } = Settings::load(&folders);
    let options = eframe::NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title("Rubricator")
            .with_app_id("rubricator")
            .with_inner_size(screen::FIRST)
            .with_min_inner_size(screen::LEAST)
            .with_icon(icon()),
        persistence_path: Some(folders.data.join("window.ron")),
        ..eframe::NativeOptions::default()
    };
    let start = move |context: &eframe::CreationContext<'_>| {
        let mut app = App::new(&context.egui_ctx, settings, folders);
        app.read_with(Reader::of_this_program());
        if let Some(notice) = notice {
            app.report(notice);
        }
        if launch.sample {
            app.command(command::Command::OpenSample);
        }
        if !launch.files.is_empty() {
            app.open_paths(launch.files);
        }
        Ok(Box::new(app) as Box<dyn eframe::App>)
    };
    eframe::run_native("Rubricator", options, Box::new(start))
        .map_err(|error| LaunchError::NoDisplay(error.to_string()))
}

/// The program's icon; an empty one where it can't be decoded.
fn icon() -> IconData {
    eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon/rubricator-256.png")).unwrap_or_default()
}
