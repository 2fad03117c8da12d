//! Files of every format for tests, made here.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub(super) fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(super) fn tar(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in parts {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

pub(super) fn docx(body: &str) -> Vec<u8> {
    let document = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>{body}</w:body></w:document>"#
    );
    let core = r#"<?xml version="1.0"?><cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Harbour talks</dc:title><dc:creator>Ada Bell</dc:creator><dc:language>en-GB</dc:language><dcterms:created>2024-05-20T08:00:00Z</dcterms:created></cp:coreProperties>"#;
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
    ])
}

pub(super) const DOCX_BODY: &str = r#"<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Harbour talks end</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve">The minister, </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>Wang Yi</w:t></w:r><w:del><w:r><w:delText>, gone</w:delText></w:r></w:del><w:r><w:t>, left on Friday.</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p><w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>one</w:t></w:r></w:p><w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>two</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>d</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><mc:AlternateContent><mc:Choice><w:t>End</w:t></mc:Choice><mc:Fallback><w:t>End</w:t></mc:Fallback></mc:AlternateContent><w:br/><w:t>of it.</w:t></w:r></w:p>"#;

pub(super) fn odt(body: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b"><office:automatic-styles/><office:body><office:text>{body}</office:text></office:body></office:document-content>"#
    );
    let meta = r#"<?xml version="1.0"?><office:document-meta xmlns:office="o" xmlns:dc="d" xmlns:meta="m"><office:meta><dc:title>Harbour talks</dc:title><meta:initial-creator>Ada Bell</meta:initial-creator><dc:creator>Someone Else</dc:creator><meta:creation-date>2024-05-20T08:00:00</meta:creation-date><dc:language>en-GB</dc:language></office:meta></office:document-meta>"#;
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
        ("meta.xml", meta.as_bytes()),
    ])
}

pub(super) const ODT_BODY: &str = "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:h>Harbour talks end</text:h>\n<text:p>The  minister,\n <text:span>Wang Yi</text:span>,<text:s text:c=\"2\"/>left<text:note><text:note-body><text:p>a note</text:p></text:note-body></text:note> on Friday.</text:p><text:list><text:list-item><text:p>one</text:p></text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table><text:p>End<text:line-break/>of it.</text:p>";

pub(super) fn epub() -> Vec<u8> {
    let opf = r#"<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>The Week</dc:title><dc:creator>Ada Bell</dc:creator><dc:language>en</dc:language><dc:date>2024-05-21</dc:date><dc:publisher>Lakeshore Wire</dc:publisher></metadata><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="c" href="cover.xhtml" media-type="application/xhtml+xml"/><item id="b" href="text/b%20two.xhtml" media-type="application/xhtml+xml"/><item id="a" href="text/a.xhtml" media-type="application/xhtml+xml"/><item id="p" href="p.png" media-type="image/png"/></manifest><spine><itemref idref="nav"/><itemref idref="c"/><itemref idref="a"/><itemref idref="b"/></spine></package>"#;
    let page = |body: &str| {
        format!(
            r#"<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>The Week</title></head><body>{body}</body></html>"#
        )
    };
    zip(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", br#"<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OPS/week.opf"/></rootfiles></container>"#),
        ("OPS/week.opf", opf.as_bytes()),
        ("OPS/nav.xhtml", page("<nav>Contents</nav>").as_bytes()),
        ("OPS/cover.xhtml", page("<img src='p.png'/>").as_bytes()),
        ("OPS/text/a.xhtml", page("<h1>Talks end</h1><p>The minister left Köln.</p>").as_bytes()),
        ("OPS/text/b two.xhtml", page("<p>A second story.</p>").as_bytes()),
    ])
}

/// A line of text on a page of a PDF: from the left, from below, its size, its words.
pub(super) type Words<'w> = (f32, f32, f32, &'w str);

/// A PDF whose pages hold these words in Helvetica, in their order.
pub(super) fn pdf(pages: &[Vec<Words<'_>>]) -> Vec<u8> {
    let mut objects: Vec<String> = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".into(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".into(),
        "<< /Title (Harbour talks end) /Author (Ada Bell) /CreationDate (D:20240520080000Z) >>".into(),
    ];
    let mut kids = Vec::new();
    for page in pages {
        let mut content = String::new();
        for (x, y, size, words) in page {
            let words = words.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
            let coded = |c: char| if c.is_ascii() { c.to_string() } else { format!("\\{:03o}", u32::from(c)) };
            let words: String = words.chars().map(coded).collect();
            content.push_str(&format!("BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET\n"));
        }
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len() + 1));
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            objects.len()
        ));
        kids.push(format!("{} 0 R", objects.len()));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), kids.len());
    of_objects(&objects)
}

/// A PDF of these objects, numbered from 1; the first is the catalog, the fourth what the file says of itself.
pub(super) fn of_objects(objects: &[String]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", at + 1).as_bytes());
    }
    let start = file.len();
    file.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for place in places {
        file.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    file.extend_from_slice(
        format!("trailer << /Size {} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1)
            .as_bytes(),
    );
    file
}

/// A newspaper's page twice: a header, a headline across two columns, a parted word, a footer.
pub(super) fn newspaper() -> Vec<u8> {
    let column = |x: f32, lines: &[&'static str]| -> Vec<Words<'static>> {
        lines.iter().enumerate().map(|(at, line)| (x, 640.0 - 14.0 * at as f32, 11.0, *line)).collect()
    };
    let left = [
        "The ministers of three coun-",
        "tries met on Friday in a long",
        "room above the harbour, and",
        "they spoke until the evening.",
    ];
    let right = [
        "Ships may pass again, as they",
        "did before the quarrel began.",
        "Fees stay as they are until the",
        "end of the year, it was said.",
    ];
    let mut first = vec![(50.0, 760.0, 9.0, "The Daily Post, 21 May 2024"), (50.0, 690.0, 24.0, "Harbour talks end")];
    // The right column is written first: the file's order is not the reader's.
    first.extend(column(320.0, &right));
    first.extend(column(50.0, &left));
    first.push((300.0, 30.0, 9.0, "1"));
    let mut second = vec![(50.0, 760.0, 9.0, "The Daily Post, 21 May 2024")];
    second.extend(column(50.0, &["Delegates left on Tuesday, and the", "station was quiet by the evening."]));
    second.push((300.0, 30.0, 9.0, "2"));
    pdf(&[first, second])
}

pub(super) const RTF: &[u8] = b"{\\rtf1\\ansi\\ansicpg1252\\uc1{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset204 Arial Cyr;}}{\\colortbl;\\red0;}{\\*\\generator X 1.0;}{\\info{\\title Harbour talks}{\\author Ada Bell}{\\creatim\\yr2024\\mo5\\dy20\\hr8}}{\\header\\pard Left out\\par}\\pard\\f0 Harbour talks end\\par\r\nThe minister, {\\b Wang Yi}, went to K\\'f6ln \\u8211? in {\\f1 \\'cc\\'ee\\'f1\\'ea\\'e2\\'e0} \\u-10179?\\u-8704?.{\\footnote a note}{\\v hidden}\\par{\\pntext\\'b7\\tab}one\\par{\\pntext\\'b7\\tab}two\\par {\\field{\\*\\fldinst HYPERLINK \"http://x.example\"}{\\fldrslt a link}}\\line \\{end\\}{\\pict\\bin4 }}}x0a0b}\\par}";

pub(super) const EML: &[u8] = b"From: Ada Bell <ada@wire.example>\r\nTo: desk@post.example\r\nSubject: =?utf-8?q?Talks_in_K=C3=B6ln?=\r\nDate: Tue, 21 May 2024 06:40:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: multipart/alternative; boundary=\"c\"\r\n\r\n--c\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe minister went to K=F6ln.\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>The <b>minister</b> went.</p>\r\n--c--\r\n--b\r\nContent-Type: text/plain; name=\"more.txt\"\r\nContent-Disposition: attachment; filename=\"more.txt\"\r\nContent-Transfer-Encoding: base64\r\n\r\nVGhlIHNob3JlIHdhcyBxdWlldC4=\r\n--b--\r\n";

pub(super) const MBOX: &[u8] = b"From ada@wire.example Tue May 21 06:40:00 2024\nFrom: Ada Bell <ada@wire.example>\nSubject: One\nDate: Tue, 21 May 2024 06:40:00 +0200\n\nThe minister left.\n>From there he went on.\n\nFrom bo@wire.example Wed May 22 06:40:00 2024\nFrom: bo@wire.example\nSubject: Two\nContent-Type: text/html; charset=utf-8\n\n<html><body><p>The minister came back.</p></body></html>\n\n";

pub(super) const NEWSML: &str = r#"<?xml version="1.0" encoding="UTF-8"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/><itemSet><newsItem guid="urn:1" version="1" xml:lang="en-GB"><itemMeta><provider literal="LW"><name>Lakeshore Wire</name></provider><versionCreated>2024-05-21T06:40:00Z</versionCreated></itemMeta><contentMeta><contentCreated>2024-05-20T06:40:00Z</contentCreated><by>Ada Bell</by><by>Bo Chen</by><headline>Talks end</headline><language tag="en-GB"/></contentMeta><contentSet><inlineXML contenttype="application/xhtml+html"><h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>No</h:title></h:head><h:body><h:p>The minister went to <h:b>Köln</h:b> &amp; back.</h:p><h:p>Ships may pass.</h:p></h:body></h:html></inlineXML></contentSet></newsItem><newsItem guid="urn:2"><contentMeta><headline>Second</headline></contentMeta><contentSet><inlineData contenttype="text/plain">Plain words of the second.</inlineData></contentSet></newsItem><newsItem guid="urn:3"><contentSet><remoteContent href="a.jpg"/></contentSet></newsItem></itemSet></newsMessage>"#;

pub(super) const NITF: &str = r#"<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-4.dtd"><nitf><head><title>T</title><docdata><date.issue norm="20240521T064000Z"/></docdata><pubdata name="Lakeshore Wire"/></head><body><body.head><hedline><hl1>Talks end</hl1></hedline><byline>By Ada Bell</byline></body.head><body.content><p>The minister left.</p><p>Ships may pass.</p></body.content></body></nitf>"#;

pub(super) const NINJS: &str = r#"{"uri":"http://wire.example/1","type":"text","versioncreated":"2024-05-21T06:40:00Z","language":"en-GB","headline":"Talks end","byline":"Ada Bell","copyrightholder":"Lakeshore Wire","body_html":"<p>The minister left.</p><p>Ships may pass.</p>"}"#;

pub(super) const NINJS_3: &str = r#"{"uri":"urn:x","contentCreated":"2024-05-21T06:40:00Z","headlines":[{"role":"main","value":"Talks end"}],"infosources":[{"name":"Lakeshore Wire"}],"bodies":[{"contentType":"text/html","value":"<p>The minister left.</p>"}]}"#;

/// A record of a web archive.
pub(super) fn record(kind: &str, address: &str, content: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-05-22T00:00:00Z\r\nContent-Type: {content}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

pub(super) fn warc() -> Vec<u8> {
    let page = "<html lang=en><head><title>Talks end</title></head><body><h1>Talks end</h1><p>The minister left the harbour on Friday, as it was said before.</p></body></html>";
    let packed = gzip(page.as_bytes());
    let mut chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
    chunked.extend_from_slice(format!("{:x}\r\n", packed.len()).as_bytes());
    chunked.extend_from_slice(&packed);
    chunked.extend_from_slice(b"\r\n0\r\n\r\n");
    let http = "application/http; msgtype=response";
    [
        record("warcinfo", "", "application/warc-fields", b"software: x"),
        record("request", "https://post.example/a", "application/http; msgtype=request", b"GET /a HTTP/1.1\r\n\r\n"),
        record("response", "https://post.example/a", http, &chunked),
        record(
            "response",
            "https://post.example/b.png",
            http,
            b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG",
        ),
        record(
            "response",
            "https://post.example/gone",
            http,
            b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Gone</p>",
        ),
        record(
            "conversion",
            "https://post.example/c",
            "text/plain",
            b"Ships may pass again.\n\nThey did so before the quarrel began.",
        ),
    ]
    .concat()
}

pub(super) const CSV: &str = "id,Headline,Body,Published,Link,Outlet,Byline,Lang\r\n1,Talks end,\"The minister said, \"\"it is done\"\".\r\n\r\nHe left.\",2024-05-21,https://post.example/a,The Post,Ada Bell,en\r\n2,,,,,,,\r\n,,,\r\n3,No text,,2024-05-22,,,,\r\n4,,<p>Ships may pass.</p><p>Köln waits.</p>,21 May 2024,,,,\r\n";

pub(super) const JSONL: &str = "{\"title\":\"One\",\"content\":{\"text\":\"The minister left.\"},\"authors\":[\"Ada Bell\",{\"name\":\"Bo Chen\"}],\"source\":{\"name\":\"The Post\"},\"published_at\":1716246000}\n\n{broken\n{\"title\":\"Two\",\"content\":{\"text\":\"Ships may pass.\"}}\n[1]\n";
