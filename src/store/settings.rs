//! What a person has set, and the projects they had open last.

use std::collections::BTreeMap;
use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

use super::{Folders, StoreError, disk};

/// How far the window can be zoomed; 1 is as the system has it.
pub const ZOOM: RangeInclusive<f32> = 0.5..=4.0;

/// The least and the greatest size of an article's text, in points.
pub const TEXT_SIZE: RangeInclusive<f32> = 8.0..=72.0;
/// How many recent projects are kept.
pub const MAX_RECENT: usize = 12;
/// The largest settings file that is read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;

/// Which theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// In which order suggestions are reviewed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReviewOrder {
    /// As they stand in the text.
    #[default]
    Text,
    /// Those whose score is nearest to a half first.
    Uncertain,
    /// All of a person, country or event together, in the order in which the text first names each.
    Entity,
    /// People, countries, events, one kind after the other.
    Kind,
    /// What is most likely wrong, most often named in the project and soonest decided first.
    Saves,
}

/// In which order the events of an article are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventOrder {
    /// What matters most first.
    #[default]
    Worth,
    /// As they stand in the text.
    Text,
    /// The earliest first, and those without a date last.
    Date,
}

/// In which order people, countries and kinds of one's own are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowOrder {
    /// As the text first names them.
    #[default]
    Text,
    /// Those mentioned most often first.
    Count,
    /// The surest suggestions first, and those without a score last.
    Score,
    /// By the alphabet.
    Name,
}

/// The export made last, which the next one begins as.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LastExport {
    /// The format's id; empty before the first.
    pub format: String,
    /// Whether open suggestions went out.
    pub suggestions: bool,
    /// Whether what was accepted stayed.
    pub unaccepted: bool,
    /// The ids of the kinds that stayed.
    pub without: Vec<String>,
    /// Whether each article became a file of its own.
    pub each: bool,
    /// Whether only complete rows went out.
    pub complete: bool,
    /// Whether happenings were rows, not events.
    pub happenings: bool,
    /// Whether what came of random checks went out.
    pub checks: bool,
    /// Where to.
    pub folder: Option<PathBuf>,
}

/// What a person can set. A file of another version reads as far as it is known; the rest stays at its default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Who decides; kept with every tag.
    pub annotator: String,
    /// Light or dark.
    pub theme: ThemeChoice,
    /// The article's text size, in points; 8 to 72.
    pub text_size: f32,
    /// The longest line of an article, in letters; 30 to 200.
    pub measure: f32,
    /// The window's zoom; 1 is as the system has it; within [`ZOOM`].
    pub zoom: f32,
    /// Whether the article glides when a tag is brought into view.
    pub glide: bool,
    /// Whether an article gets suggestions as soon as it is opened.
    pub suggest_on_open: bool,
    /// In which order suggestions are reviewed.
    pub review_order: ReviewOrder,
    /// In which order the events of an article are listed.
    pub event_order: EventOrder,
    /// In which order people, countries and kinds of one's own are listed.
    pub row_order: RowOrder,
    /// Whether accepting one mention accepts all of its person, country or event in the article.
    pub accept_entity: bool,
    /// Whether one suggestion in ten is drawn by chance, so that it can be told how often suggestions are right.
    pub random_checks: bool,
    /// Whether scrolling on at the end of an article shows the next one.
    pub scroll_on: bool,
    /// Dragging over words tags them at once, as the kind used last.
    pub tag_on_drag: bool,
    /// Suggest people.
    pub people: bool,
    /// Suggest countries.
    pub countries: bool,
    /// Suggest countries inside other names too: "Bank of China".
    pub inside_names: bool,
    /// Suggest countries where their people or language are named.
    pub demonyms: bool,
    /// Suggest countries where their capital or government is named.
    pub capitals: bool,
    /// Suggest countries where a part of them that is called a country is named.
    pub parts: bool,
    /// Suggest events.
    pub events: bool,
    /// How many earlier versions of a project's file are kept beside it; 0 to 100.
    pub versions: usize,
    /// The export made last.
    pub export: LastExport,
    /// The keys of commands that have others than usual, as in "Ctrl+Shift+K", by what the window calls each command;
    /// an empty list for a command without keys. What this version does not know is kept.
    pub keys: BTreeMap<String, Vec<String>>,
    /// The projects that were open last, the newest first, each once.
    pub recent: Vec<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            annotator: String::new(),
            theme: ThemeChoice::System,
            text_size: 18.0,
            measure: 68.0,
            zoom: 1.0,
            glide: true,
            suggest_on_open: true,
            review_order: ReviewOrder::Text,
            event_order: EventOrder::Worth,
            row_order: RowOrder::Text,
            accept_entity: false,
            random_checks: true,
            tag_on_drag: false,
            scroll_on: true,
            people: true,
            countries: true,
            inside_names: false,
            demonyms: true,
            capitals: true,
            parts: true,
            events: true,
            versions: 5,
            export: LastExport::default(),
            keys: BTreeMap::new(),
            recent: Vec::new(),
        }
    }
}

/// Settings as they were found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoadedSettings {
    /// The settings; the defaults where there were none or they were damaged.
    pub settings: Settings,
    /// What a person should be told: that the file was damaged, and where it is kept now.
    pub notice: Option<String>,
}

impl Settings {
    /// Reads the settings. A damaged file is kept aside, with `.damaged` behind its name.
    pub fn load(folders: &Folders) -> LoadedSettings {
        let path = file(folders);
        let bytes = match disk::read_limited(&path, MAX_BYTES) {
            Ok(bytes) => bytes,
            Err(error) if error.is_missing() => return LoadedSettings::default(),
            Err(error) => {
                return LoadedSettings {
                    notice: Some(format!("The settings start afresh: {error}")),
                    ..Default::default()
                };
            }
        };
        match ron::de::from_bytes::<Self>(&bytes) {
            Ok(settings) => LoadedSettings { settings: settings.within_bounds(), notice: None },
            Err(error) => {
                let aside = path.with_extension("ron.damaged");
                let kept = match fs::rename(&path, &aside) {
                    Ok(()) => format!("The damaged file is kept as “{}”", aside.display()),
                    Err(error) => format!("The damaged file is still there: {error}"),
                };
                let notice = format!("The settings could not be understood ({error}) and start afresh. {kept}");
                LoadedSettings { notice: Some(notice), ..Default::default() }
            }
        }
    }

    /// Writes the settings.
    ///
    /// # Errors
    /// The folder for settings cannot be made or written.
    pub fn save(&self, folders: &Folders) -> Result<(), StoreError> {
        disk::create_folder(&folders.config)?;
        let pretty = PrettyConfig::new().extensions(Extensions::empty());
        let text = ron::ser::to_string_pretty(self, pretty).map_err(|error| StoreError::Encode(error.to_string()))?;
        disk::write_atomic(&file(folders), format!("{text}\n").as_bytes())
    }

    /// The name that decisions are kept under.
    pub fn annotator_name(&self) -> &str {
        let name = self.annotator.trim();
        if name.is_empty() { "annotator" } else { name }
    }

    /// Puts a project first among the recent ones.
    pub fn remember(&mut self, path: &Path) {
        self.recent.retain(|other| other != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(MAX_RECENT);
    }

    /// Takes a project off the recent ones.
    pub fn forget(&mut self, path: &Path) {
        self.recent.retain(|other| other != path);
    }

    /// What a hand-edited file may not do: make the window unusable.
    fn within_bounds(mut self) -> Self {
        let usual = Self::default();
        let bound = |value: f32, low, high, usual| if value.is_finite() { value.clamp(low, high) } else { usual };
        self.text_size = bound(self.text_size, *TEXT_SIZE.start(), *TEXT_SIZE.end(), usual.text_size);
        self.measure = bound(self.measure, 30.0, 200.0, usual.measure);
        self.versions = self.versions.min(100);
        self.zoom = bound(self.zoom, *ZOOM.start(), *ZOOM.end(), usual.zoom);
        let recent = std::mem::take(&mut self.recent);
        for path in recent.iter().take(MAX_RECENT * 2).rev() {
            self.remember(path);
        }
        self
    }
}

fn file(folders: &Folders) -> PathBuf {
    folders.config.join("settings.ron")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back() {
        let dir = tempfile::tempdir().unwrap();
        let folders = Folders::under(dir.path());
        assert_eq!(Settings::load(&folders), LoadedSettings::default());
        let mut settings =
            Settings { annotator: "Zoë \"Z\"\n".into(), theme: ThemeChoice::Dark, zoom: 1.25, ..Settings::default() };
        settings.export = LastExport { format: "tei".into(), folder: Some("/out".into()), ..LastExport::default() };
        settings.remember(Path::new("/a/ü.rubric"));
        settings.save(&folders).unwrap();
        assert_eq!(Settings::load(&folders), LoadedSettings { settings, notice: None });
    }

    #[test]
    fn a_damaged_file_is_kept_aside() {
        let dir = tempfile::tempdir().unwrap();
        let folders = Folders::under(dir.path());
        fs::create_dir_all(&folders.config).unwrap();
        fs::write(file(&folders), "(annotator: \"Zo").unwrap();
        let loaded = Settings::load(&folders);
        assert_eq!(loaded.settings, Settings::default());
        assert!(loaded.notice.unwrap().contains(".damaged"));
        assert_eq!(fs::read(folders.config.join("settings.ron.damaged")).unwrap(), b"(annotator: \"Zo");
        assert_eq!(Settings::load(&folders), LoadedSettings::default());
    }

    #[test]
    fn another_versions_file_reads_as_far_as_known() {
        let dir = tempfile::tempdir().unwrap();
        let folders = Folders::under(dir.path());
        fs::create_dir_all(&folders.config).unwrap();
        fs::write(file(&folders), "(annotator: \"Z\", sparkle: [1], zoom: 900)").unwrap();
        let loaded = Settings::load(&folders);
        assert_eq!(loaded.notice, None);
        assert_eq!((loaded.settings.annotator.as_str(), loaded.settings.zoom), ("Z", 4.0));
    }

    #[test]
    fn recent_projects_are_few_and_each_once() {
        let mut settings = Settings::default();
        for n in 0..20 {
            settings.remember(Path::new(&format!("/{n}.rubric")));
        }
        settings.remember(Path::new("/15.rubric"));
        assert_eq!(settings.recent.len(), MAX_RECENT);
        assert_eq!(settings.recent[..3], ["/15.rubric", "/19.rubric", "/18.rubric"].map(PathBuf::from));
        settings.forget(Path::new("/19.rubric"));
        assert_eq!(settings.recent[1], Path::new("/18.rubric"));
    }
}
