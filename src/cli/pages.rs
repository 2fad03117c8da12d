//! The manual pages and the completions of shells, which stand in `assets/linux`: made from the commands themselves, so
//! that they say what is true. They are written anew by `make pages`, and a test sees to it that this was done.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use clap_complete::Shell;

use super::Arguments;

const VERSION: &str = concat!("rubricator ", env!("CARGO_PKG_VERSION"));

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/linux");

/// What stands in each file.
fn pages() -> BTreeMap<PathBuf, Vec<u8>> {
    let mut pages = BTreeMap::new();
    let mut command = Arguments::command();
    command.build();
    // Pages tell no date: the same sources give the same bytes.
    let mut page = |command: &clap::Command, name: &str| {
        let mut bytes = Vec::new();
        clap_mangen::Man::new(command.clone()).title(name).source(VERSION).render(&mut bytes).unwrap();
        pages.insert(format!("man/{name}.1").into(), bytes);
    };
    page(&command, "rubricator");
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help") {
        page(sub, &format!("rubricator-{}", sub.get_name()));
    }
    for (shell, file) in
        [(Shell::Bash, "rubricator.bash"), (Shell::Zsh, "_rubricator"), (Shell::Fish, "rubricator.fish")]
    {
        let mut bytes = Vec::new();
        clap_complete::generate(shell, &mut Arguments::command(), "rubricator", &mut bytes);
        pages.insert(format!("completions/{file}").into(), bytes);
    }
    pages
}

#[test]
fn manual_and_completions_are_those_of_the_commands() {
    let wanted = pages();
    for (file, bytes) in &wanted {
        let there = std::fs::read(Path::new(FOLDER).join(file)).unwrap_or_default();
        assert!(there == *bytes, "{} is not what the commands say: run `make pages`", file.display());
    }
    let listed =
        ["man", "completions"].iter().flat_map(|folder| std::fs::read_dir(Path::new(FOLDER).join(folder)).unwrap());
    assert_eq!(listed.count(), wanted.len(), "{FOLDER} has pages of commands that are gone: run `make pages`");
}

#[test]
#[ignore = "writes them: `make pages`"]
fn write_manual_and_completions() {
    for folder in ["man", "completions"] {
        let folder = Path::new(FOLDER).join(folder);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder).unwrap();
    }
    for (file, bytes) in pages() {
        std::fs::write(Path::new(FOLDER).join(file), bytes).unwrap();
    }
}
