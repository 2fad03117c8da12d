//! Opening the window, or saying why it cannot be opened.

use std::path::PathBuf;

use super::failure::Failure;

/// The exit code where the window has nowhere to open.
#[cfg(feature = "gui")]
const NO_DISPLAY: u8 = 3;

/// Opens the window and returns when it is closed.
#[cfg(feature = "gui")]
pub(super) fn open(files: Vec<PathBuf>, sample: bool) -> Result<(), Failure> {
    use crate::ui::{Launch, LaunchError, run};

    if !has_display() {
        return Err(no_display("DISPLAY and WAYLAND_DISPLAY are not set"));
    }
    run(Launch { files, sample }).map_err(|LaunchError::NoDisplay(reason)| no_display(&reason))
}

/// Elsewhere than on Linux there is always a screen, or the window's own error says so.
#[cfg(feature = "gui")]
fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

#[cfg(feature = "gui")]
fn no_display(reason: &str) -> Failure {
    Failure {
        code: NO_DISPLAY,
        message: format!(
            "there is no display to open a window on ({reason}). Without one, try `rubricator demo --out FOLDER`, \
             `rubricator suggest FILE` or `rubricator --help`"
        ),
    }
}

/// Says that there is no window in this build.
#[cfg(not(feature = "gui"))]
pub(super) fn open(_files: Vec<PathBuf>, _sample: bool) -> Result<(), Failure> {
    Err(Failure::usage(
        "this build has no window. Try `rubricator suggest FILE`, `rubricator demo --out FOLDER` or `rubricator --help`",
    ))
}
