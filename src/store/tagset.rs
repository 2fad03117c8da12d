//! The tagset file: RON, extension `.tagset.ron`, what one project marks for others to mark as well.

use std::path::Path;

use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

use super::{StoreError, disk};
use crate::project::{ArticleTag, Kind, Project, Records, RelationKind, Tagset};

/// The extension of tagset files, without the first dot.
pub const TAGSET_EXTENSION: &str = "tagset.ron";
/// The largest tagset file that is read, in bytes.
const MAX_BYTES: u64 = 4 << 20;
/// The newest version that is read. Written is the oldest that holds all: 1 where there are no kinds of relations.
const VERSION: u64 = 2;

#[derive(Serialize, Deserialize)]
struct File {
    /// Written first, so that a person sees what this is.
    rubricator_tagset: u64,
    kinds: Vec<Kind>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    article_tags: Vec<ArticleTag>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    relations: Vec<RelationKind>,
}

/// Reads a tagset.
///
/// # Errors
/// The file cannot be read, is no tagset, is a newer one, or two of its kinds, article tags or kinds of relations have one
/// id.
pub fn load_tagset(path: &Path) -> Result<Tagset, StoreError> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let bytes = disk::read_limited(path, MAX_BYTES)?;
    let damaged = |line, column, what: String| StoreError::Damaged {
        name: name.clone(),
        line,
        column,
        record: String::new(),
        what,
    };
    let text = String::from_utf8(bytes).map_err(|_| damaged(1, 1, "there are bytes that are not UTF-8".to_owned()))?;
    let file: File = ron::from_str(&text)
        .map_err(|error| damaged(error.span.start.line, error.span.start.col, error.code.to_string()))?;
    if file.rubricator_tagset > VERSION {
        return Err(StoreError::Newer { name, found: file.rubricator_tagset, known: VERSION });
    }
    let (tagset, article_tags, relation_kinds) = (file.kinds, file.article_tags, file.relations);
    let records = Records { tagset, article_tags, relation_kinds, ..Records::default() };
    let project = Project::from_records(records).map_err(|error| damaged(1, 1, error.to_string()))?;
    if project.tagset().kinds.is_empty() {
        return Err(damaged(1, 1, "there is no kind in it".to_owned()));
    }
    Ok(project.tagset().clone())
}

/// Writes a tagset in the place of the file, whole or not at all.
///
/// # Errors
/// As [`disk::write_atomic`](super::write_atomic).
pub fn save_tagset(path: &Path, tagset: &Tagset) -> Result<(), StoreError> {
    let Tagset { kinds, article_tags, relations } = tagset.clone();
    let file =
        File { rubricator_tagset: if relations.is_empty() { 1 } else { VERSION }, kinds, article_tags, relations };
    let pretty = PrettyConfig::new().depth_limit(3);
    let mut text = ron::ser::to_string_pretty(&file, pretty).map_err(|error| StoreError::Encode(error.to_string()))?;
    text.push('\n');
    disk::write_atomic(path, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Answer, Hue, KindId, Mark, Schema};

    #[test]
    fn a_tagset_comes_back() {
        let mut tagset = Tagset::default();
        let ship = Kind::new(KindId("ship".into()), "Ship", "Ships", '4', Schema::Entity);
        tagset.add(Kind { hue: Some(Hue::Teal), mark: Some(Mark::Star), ..ship });
        let answer = Answer::Several(vec!["war".into(), "“trade”".into()]);
        tagset.article_tags.push(ArticleTag { id: "topic".into(), name: "Topic".into(), answer });
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("ships.tagset.ron");
        let version = || std::fs::read_to_string(&path).unwrap().lines().nth(1).unwrap().trim().to_owned();
        save_tagset(&path, &tagset).unwrap();
        assert_eq!(load_tagset(&path).unwrap(), tagset);
        assert_eq!(version(), "rubricator_tagset: 1,");
        tagset.ready_relations().into_iter().for_each(|kind| tagset.add_relation(kind));
        save_tagset(&path, &tagset).unwrap();
        assert_eq!(load_tagset(&path).unwrap(), tagset);
        assert_eq!(version(), "rubricator_tagset: 2,", "an older program would lose them");
    }

    #[test]
    fn what_is_no_tagset_is_refused_with_its_place() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("t.tagset.ron");
        let message = |text: &str| {
            std::fs::write(&path, text).unwrap();
            load_tagset(&path).unwrap_err().to_string()
        };
        assert!(message("(kinds: [])").contains("“t.tagset.ron” is damaged at line 1"));
        assert!(message("(rubricator_tagset: 9, kinds: [])").contains("version 9"));
        assert!(message("(rubricator_tagset: 1, kinds: [])").contains("no kind"));
        let ship = "(id: \"ship\", name: \"S\", plural: \"S\", key: '4', schema: Entity)";
        let twice = format!("(rubricator_tagset: 1, kinds: [{ship}, {ship}])");
        assert!(message(&twice).contains("the id ship is there twice"));
    }
}
