//! Files that are damaged, or made to do harm: each ends in articles or in a problem, soon, and never in a panic.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::fixtures::*;
use super::many::all;
use super::*;

/// A file of each format.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("a.csv", CSV.into()),
        ("a.jsonl", JSONL.into()),
        ("a.json", NINJS.into()),
        ("b.json", NINJS_3.into()),
        ("a.xml", NEWSML.into()),
        ("b.xml", NITF.into()),
        ("a.eml", EML.into()),
        ("a.mbox", MBOX.into()),
        ("a.rtf", RTF.into()),
        ("a.docx", docx(DOCX_BODY)),
        ("a.odt", odt(ODT_BODY)),
        ("a.epub", epub()),
        ("a.pdf", newspaper()),
        ("a.warc", warc()),
        ("a.zip", zip(&[("a.txt", b"Words."), ("b.csv", CSV.as_bytes())])),
        ("a.tar", tar(&[("a.txt", b"Words."), ("b.html", b"<p>Words.</p>")])),
        ("a.tgz", gzip(&tar(&[("a.txt", b"Words.")]))),
    ]
}

/// Reads a file; gives how many articles there were, and its problems.
fn survived(name: &str, bytes: &[u8]) -> (usize, Vec<String>) {
    let start = Instant::now();
    let (articles, problems, _) = all(name, bytes, &Options::default());
    // Not how fast, but that it ends: the machine may have other things to do.
    assert!(start.elapsed() < Duration::from_secs(600), "{name} took {:?}", start.elapsed());
    for problem in &problems {
        assert!(problem.starts_with('“') && problem.contains(file_name(name)), "{problem}");
    }
    (articles.len(), problems)
}

#[test]
fn files_that_end_too_early() {
    for (name, bytes) in files() {
        for part in 0..24 {
            let end = bytes.len() * part / 24;
            let (articles, problems) = survived(name, &bytes[..end]);
            assert!(part > 0 || articles == 0 && !problems.is_empty(), "{name} without any byte");
        }
        survived(name, &bytes[..bytes.len() - 1]);
    }
}

#[test]
fn small_files_that_unpack_to_gigabytes() {
    let zeros = vec![b'x'; 16 * 1024 * 1024];
    let member = gzip(&zeros);
    // 10 GB in 640 members.
    let bomb = member.repeat(640);
    assert!(bomb.len() < 20_000_000);
    let (articles, problems) = survived("bomb.txt.gz", &bomb);
    assert!(articles == 0 && problems[0].contains("unpacks to more than"), "{problems:?}");
    let (articles, problems) = survived("bomb.tar.gz", &bomb);
    assert!(articles == 0 && !problems.is_empty());
    let (articles, problems) = survived("bomb.warc.gz", &bomb);
    assert!(articles == 0 && !problems.is_empty());
    let blank = vec![b' '; 200 * 1024 * 1024];
    for name in ["bomb.docx", "bomb.odt", "bomb.epub"] {
        let parts: [(&str, &[u8]); 3] =
            [("word/document.xml", &blank), ("content.xml", &blank), ("META-INF/container.xml", &blank)];
        let (articles, problems) = survived(name, &zip(&parts));
        assert!(articles == 0 && problems[0].contains("more than"), "{name}: {problems:?}");
    }
}

#[test]
fn many_files_that_unpack_to_gigabytes_together() {
    let page = vec![b' '; 16_000_000];
    let names: Vec<String> = (0..68).map(|at| format!("{at}.txt")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), page.as_slice())).collect();
    let (articles, problems) = survived("many.zip", &zip(&parts));
    assert!(articles == 0 && problems.last().unwrap().contains("MB unpacked"), "{:?}", problems.last());
}

#[test]
fn deep_nesting_is_no_harm() {
    const DEEP: usize = 100_000;
    let tags = |open: &str, close: &str| format!("{}words{}", open.repeat(DEEP), close.repeat(DEEP));
    survived("deep.docx", &docx(&tags("<w:p>", "</w:p>")));
    survived("deep.docx", &docx(&tags("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")));
    survived("deep.odt", &odt(&tags("<text:p>", "</text:p>")));
    survived("deep.xml", tags("<newsItem>", "</newsItem>").as_bytes());
    survived("deep.xml", format!("<nitf><body.content>{}</body.content></nitf>", tags("<p>", "</p>")).as_bytes());
    survived("deep.json", format!("{}{}", "[".repeat(DEEP), "]".repeat(DEEP)).as_bytes());
    survived("deep.jsonl", format!("{{\"text\":{}1{}}}", "{\"a\":".repeat(DEEP), "}".repeat(DEEP)).as_bytes());
    let (_, problems) = survived("deep.rtf", format!("{{\\rtf1 {}", "{".repeat(DEEP)).as_bytes());
    assert!(problems[0].contains("nested"), "{problems:?}");
    let mut letter = b"Subject: in\n\nWords.".to_vec();
    for _ in 0..200 {
        letter = [b"Subject: out\nContent-Type: message/rfc822\n\n".as_slice(), &letter].concat();
    }
    survived("deep.eml", &letter);
    let parts: String =
        (0..2000).map(|at| format!("Content-Type: multipart/mixed; boundary=\"b{at}\"\n\n--b{at}\n")).collect();
    survived("deep.eml", format!("Subject: x\n{parts}").as_bytes());
}

#[test]
fn entities_of_xml_are_not_unfolded() {
    let mut entities = "<!ENTITY a0 \"lol\">".to_owned();
    for at in 1..12 {
        entities.push_str(&format!("<!ENTITY a{at} \"{}\">", format!("&a{};", at - 1).repeat(10)));
    }
    let bomb = format!("<!DOCTYPE nitf [{entities}]><nitf><body><p>&a11;</p></body></nitf>");
    let (articles, problems) = survived("bomb.xml", bomb.as_bytes());
    assert!(articles == 0 && problems[0].contains("DTD"), "{problems:?}");
}

#[test]
fn objects_of_a_pdf_that_lead_to_themselves() {
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
    let page = |contents: &str, resources: &str| {
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {contents} /Resources << /Font << /F1 3 0 R >> {resources} >> >>"
        )
    };
    let stream =
        |dict: &str, content: &str| format!("<< {dict} /Length {} >>\nstream\n{content}\nendstream", content.len() + 1);
    let of = |kids: &str, more: &[String]| {
        let catalog = "<< /Type /Catalog /Pages 2 0 R >>".to_owned();
        let pages = format!("<< /Type /Pages /Kids [{kids}] /Count 1 /Parent 2 0 R >>");
        of_objects(&[vec![catalog, pages, font.to_owned(), "<< >>".to_owned()], more.to_vec()].concat())
    };
    let form = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>";
    let cases = [
        // The tree of pages holds itself.
        of("2 0 R 2 0 R", &[]),
        of("5 0 R", &["<< /Type /Pages /Kids [2 0 R 5 0 R] /Count 2 /Parent 2 0 R >>".to_owned()]),
        // A form that draws itself, twice.
        of("5 0 R", &[page("7 0 R", "/XObject << /X 6 0 R >>"), stream(form, "/X Do /X Do"), stream("", "/X Do")]),
        // A length and contents that are references to themselves.
        of("5 0 R", &[page("6 0 R", ""), "<< /Length 6 0 R >>\nstream\nBT ET\nendstream".to_owned()]),
        of("5 0 R", &[page("6 0 R", ""), "6 0 R".to_owned()]),
        of("5 0 R", &[page(&format!("[{}", "[".repeat(50_000)), "")]),
        // An earlier table of objects that is this one.
        b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer << /Size 1 /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF"
            .to_vec(),
    ];
    for (at, bytes) in cases.iter().enumerate() {
        let (articles, problems) = survived("loop.pdf", bytes);
        assert!(articles + problems.len() > 0, "case {at}");
    }
}

#[test]
fn many_small_things() {
    let article = read("a.txt", b"Words.").unwrap();
    let mut take = |_| ControlFlow::Continue(());
    let mut sink = Sink::new("a.csv", &mut take);
    (0..limits::MAX_ARTICLES).for_each(|_| sink.article(article.clone()).unwrap());
    assert!(sink.article(article).unwrap_err().to_string().contains("100000 articles"));
    let (articles, problems) = survived("a.jsonl", "x\n".repeat(5000).as_bytes());
    assert_eq!((articles, problems.len()), (0, limits::MAX_PROBLEMS + 1));
    assert!(problems.last().unwrap().contains("4000 more"));
    let wide = format!("{}\n{}\n", "a,".repeat(5000), "b,".repeat(5000));
    assert!(survived("a.csv", wide.as_bytes()).1[0].contains("1000 columns"));
    let page: Vec<Words<'_>> =
        (0..50_000_u16).map(|at| (f32::from(at % 600), f32::from(at / 80), 10.0, "x y")).collect();
    survived("dense.pdf", &pdf(&[page]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_change_of_bytes_makes_it_panic(
        which in 0_usize..17,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..4), 1..12),
    ) {
        let (name, mut bytes) = files().swap_remove(which);
        for (at, byte, how) in changes {
            let at = at.index(bytes.len().max(1));
            match how {
                0 if at < bytes.len() => bytes[at] = byte,
                1 if at < bytes.len() => drop(bytes.remove(at)),
                2 => bytes.insert(at.min(bytes.len()), byte),
                _ => {
                    let end = (at + usize::from(byte)).min(bytes.len());
                    let piece = bytes.get(at..end).unwrap_or_default().to_vec();
                    let place = at.min(bytes.len());
                    bytes.splice(place..place, piece);
                }
            }
        }
        survived(name, &bytes);
    }

    #[test]
    fn no_bytes_behind_a_name_make_it_panic(bytes in any::<Vec<u8>>(), start in 0_usize..8) {
        let starts: [&[u8]; 8] = [b"", b"%PDF-1.7\n", b"{\\rtf1 ", b"PK\x03\x04", b"WARC/1.0\r\n", b"From x\n", b"<nitf>", b"\x1f\x8b\x08"];
        let bytes = [starts[start], &bytes].concat();
        for format in FORMATS {
            survived(&format!("x.{}", format.extensions[0]), &bytes);
        }
    }

    #[test]
    fn cells_come_back_as_they_were(cells in prop::collection::vec("[ -~é😀\n]{1,40}", 1..6)) {
        prop_assume!(cells.iter().all(|cell| !cell.trim().is_empty() && !cell.contains("</") && !cell.contains("<br")));
        let mut writer = ::csv::Writer::from_writer(Vec::new());
        writer.write_record(["title", "text"]).unwrap();
        for cell in &cells {
            writer.write_record(["t", cell.as_str()]).unwrap();
        }
        let (articles, _, _) = all("a.csv", &writer.into_inner().unwrap(), &Options::default());
        let texts: Vec<_> = articles.iter().map(|article| article.text.as_str()).collect();
        prop_assert_eq!(texts, cells);
    }
}
