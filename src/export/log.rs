//! The log of a project as a table or as JSON lines: who changed what and when.

use serde::Serialize;

use super::ExportError;
use crate::project::{ArticleId, LogEntry, Project};
use crate::text::spreadsheet::harmless;
use crate::wording;

/// How many articles an entry names; of the rest it says how many.
const NAMED: usize = 5;

#[derive(Serialize)]
struct LogRow<'p> {
    entry: u32,
    time: String,
    who: &'p str,
    kind: &'static str,
    what: String,
    articles: Vec<&'p str>,
    article_count: usize,
    mentions: usize,
}

fn row<'p>(project: &'p Project, entry: &'p LogEntry) -> LogRow<'p> {
    let title = |id: u32| project.article(ArticleId(id)).map(|record| record.article.meta.title.as_str());
    LogRow {
        entry: entry.id,
        time: entry.at.to_string(),
        who: &entry.by,
        kind: entry.kind().name(),
        what: wording::logged(&entry.what),
        articles: entry.articles.iter().take(NAMED).filter_map(title).collect(),
        article_count: entry.articles.len(),
        mentions: entry.mentions(),
    }
}

/// Entries as a table, with a line of heads. Cells that a spreadsheet would take for a formula begin with an apostrophe.
///
/// # Errors
/// None that entries in memory can bring about.
pub fn log_csv<'p>(project: &'p Project, entries: impl Iterator<Item = &'p LogEntry>) -> Result<String, ExportError> {
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let fail = |error: &dyn std::fmt::Display| ExportError::Encode(error.to_string());
    let heads = ["entry", "time", "who", "kind", "what", "articles", "article_count", "mentions"];
    table.write_record(heads).map_err(|error| fail(&error))?;
    for entry in entries {
        let row = row(project, entry);
        let cells = [
            row.entry.to_string(),
            row.time,
            harmless(row.who).into_owned(),
            row.kind.to_owned(),
            harmless(&row.what).into_owned(),
            harmless(&row.articles.join("; ")).into_owned(),
            row.article_count.to_string(),
            row.mentions.to_string(),
        ];
        table.write_record(cells).map_err(|error| fail(&error))?;
    }
    let bytes = table.into_inner().map_err(|error| fail(&error))?;
    String::from_utf8(bytes).map_err(|error| fail(&error))
}

/// Entries as JSON, one a line.
///
/// # Errors
/// None that entries in memory can bring about.
pub fn log_jsonl<'p>(project: &'p Project, entries: impl Iterator<Item = &'p LogEntry>) -> Result<String, ExportError> {
    let mut out = String::new();
    for entry in entries {
        let line = serde_json::to_string(&row(project, entry));
        out.push_str(&line.map_err(|error| ExportError::Encode(error.to_string()))?);
        out.push('\n');
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Session, Stamp, ops};
    use crate::text::{Article, Metadata, Text};

    #[test]
    fn entries_are_rows_and_lines() {
        let text = Text::new("Wang Yi met Lavrov.").unwrap();
        let meta = Metadata { title: "=HYPERLINK(\"x\")".to_owned(), ..Metadata::default() };
        let stamp = Stamp { by: "@Zoë".into(), at: "2022-02-04T09:30:00Z".parse().unwrap() };
        let mut session = Session::default();
        let edit = ops::add_articles(session.project(), vec![Article { meta, text }], stamp);
        session.apply(edit).unwrap();
        session.undo().unwrap();
        session.redo().unwrap();
        let project = session.project();
        let csv = log_csv(project, project.log().iter()).unwrap();
        assert!(
            csv.contains("0,2022-02-04T09:30:00Z,'@Zoë,articles,Add 1 article,\"'=HYPERLINK(\"\"x\"\")\",1,0\r\n"),
            "{csv}"
        );
        assert!(csv.contains(",removed,Undo: Add 1 article,"), "{csv}");
        let lines = log_jsonl(project, project.log().iter()).unwrap();
        let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[2]["what"], "Redo: Add 1 article");
        assert_eq!(lines[0]["articles"][0], "=HYPERLINK(\"x\")");
    }
}
