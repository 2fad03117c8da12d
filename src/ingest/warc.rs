//! Web archives: the pages among their records.

use flate2::read::{MultiGzDecoder, ZlibDecoder};

use super::left_out::LeftOut;
use super::limits::MAX_ARTICLE_BYTES;
use super::sink::Sink;
use super::{IngestError, Input, html, text};
use crate::text::Article;

/// The longest head of a record or of an answer of a server, in bytes.
const MAX_HEAD: usize = 256 * 1024;

pub(super) fn read(input: &Input<'_>, sink: &mut Sink<'_>) -> Result<(), IngestError> {
    let mut rest = input.bytes.trim_ascii_start();
    if !rest.starts_with(b"WARC/") {
        return Err(IngestError::damaged(input.name, "it is no web archive: it does not begin with “WARC/”"));
    }
    let mut others = 0;
    let mut number = 0;
    while !rest.is_empty() {
        number += 1;
        let damaged = |what: &str| {
            let all = "what came before is taken in, what follows is not";
            IngestError::damaged(input.name, format!("record {number} is damaged, as {what}; {all}"))
        };
        let (head, after) = split_head(rest).ok_or_else(|| damaged("its head has no end"))?;
        let head = Head::of(head);
        if !head.first.starts_with("WARC/") {
            return Err(damaged("it does not begin with “WARC/”"));
        }
        let length = head.get("content-length").and_then(|length| length.parse::<usize>().ok());
        let length = length.ok_or_else(|| damaged("it does not say how long it is"))?;
        let block = after.get(..length).ok_or_else(|| damaged("the file ends before it does"))?;
        rest = after.get(length..).unwrap_or_default().trim_ascii_start();
        let address = head.get("warc-target-uri").map(|address| address.trim_matches(['<', '>']));
        let address = address.filter(|address| address.starts_with("http://") || address.starts_with("https://"));
        let found = address.zip(page(&head, block)).filter(|(address, page)| page.is_html || !is_for_machines(address));
        let Some((address, page)) = found else {
            others += usize::from(head.is_content());
            continue;
        };
        let place = format!("record {number}, {address}");
        sink.inside(&place, |sink| {
            let body = page.body(address, sink)?;
            let mut left_out = LeftOut::default();
            let read = if page.is_html { html::read } else { text::read };
            let article = read(input.name, &body, &mut left_out)?;
            sink.article(with_address(article, input.name, address))?;
            sink.left_out("", &left_out);
            Ok(())
        })?;
    }
    if others > 0 {
        sink.passed_over(&format!(
            "{others} of its records are no pages (pictures, scripts, robots.txt, errors) and were left out"
        ));
    }
    Ok(())
}

/// Whether a plain text is written for programs, by its name: what crawlers may read, who sells advertisements, scripts.
fn is_for_machines(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let file = path.rsplit('/').next().unwrap_or_default();
    let named = matches!(file, "robots.txt" | "humans.txt" | "ads.txt" | "app-ads.txt" | "security.txt");
    let ends = [".css", ".js", ".json", ".xml", ".rss"].iter().any(|end| file.ends_with(end));
    named || ends || file.starts_with("sitemap")
}

/// An article as it stands at an address.
fn with_address(mut article: Article, name: &str, address: &str) -> Article {
    if article.meta.url.is_empty() {
        address.clone_into(&mut article.meta.url);
    }
    if article.meta.title == super::stem(name) {
        address.clone_into(&mut article.meta.title);
    }
    article.meta.origin = format!("{name}, {address}");
    article
}

/// A page inside a record, packed as the server sent it.
struct Page<'b> {
    is_html: bool,
    body: &'b [u8],
    chunked: bool,
    encoding: String,
}

impl Page<'_> {
    fn body(&self, address: &str, sink: &mut Sink<'_>) -> Result<Vec<u8>, IngestError> {
        let whole = if self.chunked { joined(self.body) } else { self.body.to_vec() };
        match self.encoding.as_str() {
            // Many archives keep the mark of a packed page that they have unpacked.
            "gzip" | "x-gzip" if whole.starts_with(b"\x1f\x8b") => {
                sink.unpack(address, MultiGzDecoder::new(whole.as_slice()), MAX_ARTICLE_BYTES)
            }
            "deflate" if whole.first() == Some(&0x78) => {
                sink.unpack(address, ZlibDecoder::new(whole.as_slice()), MAX_ARTICLE_BYTES)
            }
            "br" | "zstd" if std::str::from_utf8(&whole).is_err() => {
                let what = format!("the server packed this page as {}, which is not read", self.encoding);
                Err(IngestError::damaged(address, what))
            }
            _ => sink.unpack(address, whole.as_slice(), MAX_ARTICLE_BYTES),
        }
    }
}

/// The page of a record; none where it holds something else.
fn page<'b>(head: &Head, block: &'b [u8]) -> Option<Page<'b>> {
    let readable = |kind: &str| {
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match kind.as_str() {
            "text/html" | "application/xhtml+xml" => Some(true),
            "text/plain" => Some(false),
            _ => None,
        }
    };
    match head.get("warc-type")? {
        "response" => {
            let (answer, body) = split_head(block)?;
            let answer = Head::of(answer);
            let fine = answer.first.split(' ').nth(1) == Some("200");
            let is_html = readable(answer.get("content-type")?).filter(|_| fine)?;
            let chunked = answer.get("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked"));
            let encoding = answer.get("content-encoding").unwrap_or_default().to_ascii_lowercase();
            Some(Page { is_html, body, chunked, encoding })
        }
        "resource" | "conversion" => {
            let is_html = readable(head.get("content-type")?)?;
            Some(Page { is_html, body: block, chunked: false, encoding: String::new() })
        }
        _ => None,
    }
}

/// Lines of names and values, and the line before them.
struct Head {
    first: String,
    fields: Vec<(String, String)>,
}

impl Head {
    fn of(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let mut lines = text.lines();
        let first = lines.next().unwrap_or_default().to_owned();
        let fields = lines.filter_map(|line| line.split_once(':'));
        let fields = fields.map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        Self { first, fields: fields.collect() }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether the record is of something from the web rather than about the archive.
    fn is_content(&self) -> bool {
        matches!(self.get("warc-type"), Some("response" | "resource" | "conversion"))
    }
}

/// What stands before and after the first blank line.
fn split_head(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let reach = bytes.get(..MAX_HEAD).unwrap_or(bytes);
    let crlf = reach.windows(4).position(|window| window == b"\r\n\r\n").map(|at| (at, at + 4));
    let lf = reach.windows(2).position(|window| window == b"\n\n").map(|at| (at, at + 2));
    let (end, next) = [crlf, lf].into_iter().flatten().min()?;
    Some((bytes.get(..end)?, bytes.get(next..)?))
}

/// The pieces of a body that was sent in pieces; what is damaged ends it.
fn joined(mut rest: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let line = String::from_utf8_lossy(rest.get(..end).unwrap_or_default()).into_owned();
        let size = line.split(';').next().and_then(|size| usize::from_str_radix(size.trim(), 16).ok());
        let Some(size) = size.filter(|size| *size > 0) else { break };
        let after = rest.get(end + 1..).unwrap_or_default();
        let (piece, after) = after.split_at_checked(size).unwrap_or((after, &[]));
        whole.extend_from_slice(piece);
        rest = after.strip_prefix(b"\r\n").or(after.strip_prefix(b"\n")).unwrap_or(after);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_joined() {
        assert_eq!(joined(b"4\r\nWiki\r\n6;x=y\r\npedia \r\n0\r\n\r\n"), b"Wikipedia ");
        assert_eq!(joined(b"ff\r\nshort"), b"short");
        assert_eq!(joined(b"ffffffffffffffffffffff\r\nx"), b"");
    }

    #[test]
    fn what_is_written_for_programs_is_no_article() {
        let record = |address: &str, kind: &str, body: &str| {
            let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n{body}");
            let length = answer.len();
            format!(
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Length: {length}\r\n\r\n{answer}\r\n\r\n"
            )
        };
        let archive = [
            record("https://post.example/robots.txt", "text/plain", "User-agent: *\nDisallow: /search\n"),
            record("https://post.example/Sitemap-1.txt?page=2", "text/plain", "https://post.example/toll\n"),
            record("https://post.example/style.css#a", "text/plain", "p { color: red }\n"),
            record("https://post.example/robots.txt.html", "text/html", "<p>The robots at the pier sort fish.</p>"),
            record("https://post.example/toll.txt", "text/plain", "The toll of the bridge ends in June.\n"),
        ];
        let (mut texts, mut told) = (Vec::new(), Vec::new());
        super::super::read_each("a.warc", archive.concat().as_bytes(), &Default::default(), &mut |item| {
            match item {
                super::super::Item::Article(article) => texts.push(article.text.as_str().trim().to_owned()),
                super::super::Item::LeftOut(remark) => told.push(remark.reason),
                _ => {}
            }
            std::ops::ControlFlow::Continue(())
        });
        assert_eq!(texts, ["The robots at the pier sort fish.", "The toll of the bridge ends in June."]);
        assert!(told.len() == 1 && told[0].starts_with("3 of its records"), "{told:?}");
    }
}
