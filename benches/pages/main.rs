//! Reads the web pages whose paths come in, one a line, and writes what our reader makes of each as a line of JSON. `make
//! bench-pages` runs it beside other readers (`run.py`); `docs/benchmarks.md` has what was measured.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark fails by panicking")]

use std::io::stdin;

fn main() {
    for path in stdin().lines() {
        let path = path.unwrap();
        let article = rubricator::ingest::read(&path, &std::fs::read(&path).unwrap()).unwrap();
        let meta = article.meta;
        let date = meta.date.map(|date| date.to_string()).unwrap_or_default();
        let (text, title, author) = (article.text.as_str(), meta.title, meta.author);
        println!(
            "{}",
            serde_json::json!({
                "path": path, "reader": "rubricator", "text": text, "title": title, "author": author, "date": date,
            })
        );
    }
}
