//! The exports of many databases in every format that they come in: what stands in a file of text stands in them as
//! paragraphs, table cells or lines on pages.

use super::super::fixtures::{pdf, zip};
use super::super::{Item, Options, read_each};

/// Paragraphs of an export of two invented articles, as a database lays them out.
type Layout = &'static [&'static str];

/// Writes a layout as a file of some format.
type Make = fn(Layout) -> Vec<u8>;

const NEXIS: Layout = &[
    "Date and Time: Monday, March 9, 2020 10:11:00 AM CET",
    "Job Number: 111",
    "Documents (2)",
    "1. Pilots end strike",
    "Client/Matter: -None-",
    "2. Gulls win the cup",
    "Pilots end strike",
    "The Harbour Post",
    "March 3, 2015 Tuesday",
    "Copyright 2015 Harbour Media All Rights Reserved",
    "Section: NEWS; Pg. 4",
    "Length: 21 words",
    "Byline: Ada Moss",
    "Body",
    "Pilots went back to work on Monday.",
    "Fares will rise.",
    "Classification",
    "Language: ENGLISH",
    "Subject: AIRLINES (90%)",
    "Load-Date: March 4, 2015",
    "End of Document",
    "Gulls win the cup",
    "The Harbour Post",
    "March 5, 2015 Thursday",
    "Copyright 2015 Harbour Media",
    "Section: SPORTS",
    "Length: 9 words",
    "Body",
    "The gulls won.",
    "Load-Date: March 5, 2015",
    "End of Document",
];

const FACTIVA: Layout = &[
    "NEWS; Pg. 4",
    "Pilots end strike",
    "By Ada Moss",
    "212 words",
    "3 March 2015",
    "14:20",
    "The Harbour Post",
    "HRBP",
    "4",
    "English",
    "(c) 2015 Harbour Media",
    "Pilots went back to work on Monday.",
    "Fares will rise.",
    "Document HRBP000020150303eb330001x",
    "SPORTS",
    "Gulls win the cup",
    "80 words",
    "5 March 2015",
    "The Harbour Post",
    "HRBP",
    "English",
    "Copyright 2015 Harbour Media",
    "The gulls won.",
    "Document HRBP000020150305eb350001x",
];

const PROQUEST: Layout = &[
    "________________________________________",
    "Table of contents",
    "1. Pilots end strike",
    "________________________________________",
    "Document 1 of 2",
    "Pilots end strike",
    "Author: Moss, Ada",
    "Publication info: The Harbour Post ; Oslo [Oslo]03 Mar 2015: 4.",
    "Abstract: None.",
    "Full text: Pilots went back to work on Monday.",
    "Fares will rise.",
    "Section: NEWS; Pg. 4",
    "Publication title: The Harbour Post; Oslo",
    "Publication date: Mar 3, 2015",
    "Country of publication: Norway",
    "Language of publication: English",
    "________________________________________",
    "Document 2 of 2",
    "Gulls win the cup",
    "Publication info: The Harbour Post ; Oslo [Oslo]05 Mar 2015: 1.",
    "Full text: The gulls won.",
    "Section: SPORTS",
    "Publication title: The Harbour Post; Oslo",
    "Publication date: Mar 5, 2015",
    "Language of publication: English",
];

/// Labels with their values in paragraphs of their own.
const EBSCO: Layout = &[
    "Record: 1",
    "Title:",
    "Pilots end strike",
    "Authors:",
    "Moss, Ada",
    "Source:",
    "The Harbour Post. 3/3/2015, p4.",
    "Section:",
    "NEWS; Pg. 4",
    "Accession Number:",
    "991",
    "Full Text:",
    "Pilots went back to work on Monday.",
    "Fares will rise.",
    "Copyright of The Harbour Post is the property of Harbour Media.",
    "Record: 2",
    "Title:",
    "Gulls win the cup",
    "Source:",
    "The Harbour Post. 3/5/2015, p1.",
    "Section:",
    "SPORTS",
    "Accession Number:",
    "992",
    "Full Text:",
    "The gulls won.",
];

const GALE: Layout = &[
    "Record: 1",
    "Title: Pilots end strike",
    "Author: Ada Moss",
    "From: The Harbour Post",
    "Date: Mar. 3, 2015",
    "Section: NEWS; Pg. 4",
    "Document Type: Article",
    "Full Text: Pilots went back to work on Monday.",
    "Fares will rise.",
    "Gale Document Number: GALE|A403",
    "Record: 2",
    "Title: Gulls win the cup",
    "From: The Harbour Post",
    "Date: Mar. 5, 2015",
    "Section: SPORTS",
    "Document Type: Article",
    "Full Text: The gulls won.",
    "Gale Document Number: GALE|A405",
];

const PRESS_CLIPS: Layout = &[
    "________________________________________",
    "Article Name: Pilots end strike",
    "Publication: The Harbour Post",
    "Date: 3 Mar 2015",
    "Section: NEWS; Pg. 4",
    "Author: Ada Moss",
    "Start Page: 4",
    "Text: Pilots went back to work on Monday.",
    "Fares will rise.",
    "________________________________________",
    "Article Name: Gulls win the cup",
    "Publication: The Harbour Post",
    "Date: 5 Mar 2015",
    "Section: SPORTS",
    "Start Page: 1",
    "Text: The gulls won.",
];

const EUROPRESSE: Layout = &[
    "The Harbour Post, no. 4301",
    "NEWS; Pg. 4, Tuesday, March 3, 2015, 212 words, p. 4",
    "Pilots end strike",
    "Ada Moss",
    "Pilots went back to work on Monday.",
    "Fares will rise.",
    "This article appeared in The Harbour Post (web site), AIRLINES, Norway",
    "© 2015 Harbour Media. All rights reserved.",
    "news·20150303·GALE·0004",
    "The Harbour Post",
    "SPORTS, jeudi 5 mars 2015 80 mots, p. 12",
    "Gulls win the cup",
    "The gulls won.",
    "© 2015 Harbour Media. Tous droits réservés.",
    "news·20150305·HRBP·0007",
];

fn as_text(layout: Layout) -> Vec<u8> {
    layout.join("\n\n").into_bytes()
}

fn as_rtf(layout: Layout) -> Vec<u8> {
    let coded = |c: char| if c.is_ascii() { c.to_string() } else { format!("\\u{}?", u32::from(c)) };
    let words: String = layout.join("\\par\r\n").chars().map(coded).collect();
    format!("{{\\rtf1\\ansi {words}\\par}}").into_bytes()
}

fn as_docx(layout: Layout) -> Vec<u8> {
    let paragraphs: String = layout.iter().map(|words| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")).collect();
    let body = format!("<w:document xmlns:w='w'><w:body>{paragraphs}</w:body></w:document>");
    zip(&[("word/document.xml", body.as_bytes())])
}

fn as_page(layout: Layout) -> Vec<u8> {
    let paragraphs: String = layout.iter().map(|words| format!("<p>{words}</p>\n")).collect();
    format!("<html><head><title>Export</title></head><body>{paragraphs}</body></html>").into_bytes()
}

/// Lines close to each other on two pages, with the number of the page at its foot.
fn as_pdf(layout: Layout) -> Vec<u8> {
    let (one, other) = layout.split_at(layout.len() / 2);
    let page = |lines: &[&'static str], number: &'static str| {
        let lines = lines.iter().enumerate().map(|(at, words)| (60.0, 740.0 - 14.0 * at as f32, 11.0, *words));
        lines.chain([(300.0, 30.0, 9.0, number)]).collect::<Vec<_>>()
    };
    pdf(&[page(one, "Page 1 of 2"), page(other, "Page 2 of 2")])
}

/// The articles of a file, each as title, source, author, section, date and text; and what is told.
fn read(name: &str, bytes: &[u8]) -> (Vec<String>, String) {
    let (mut articles, mut told) = (Vec::new(), String::new());
    read_each(name, bytes, &Options::default(), &mut |item| {
        match item {
            Item::Article(article) => {
                let meta = &article.meta;
                let date = meta.date.map(|date| date.to_string()).unwrap_or_default();
                let text = article.text.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
                articles.push(
                    [&meta.title, &meta.source, &meta.author, &meta.section, &date, &text]
                        .map(String::as_str)
                        .join(" | "),
                );
            }
            Item::LeftOut(remark) | Item::Problem(remark) => told.push_str(&remark.to_string()),
            Item::Table(_) => {}
        }
        std::ops::ControlFlow::Continue(())
    });
    (articles, told)
}

#[test]
fn every_database_in_every_format() {
    let layouts = [
        ("Nexis", NEXIS),
        ("Factiva", FACTIVA),
        ("ProQuest", PROQUEST),
        ("EBSCO", EBSCO),
        ("Gale", GALE),
        ("clips of PressReader", PRESS_CLIPS),
        ("Europresse", EUROPRESSE),
    ];
    let formats: [(&str, Make); 5] =
        [("a.txt", as_text), ("a.rtf", as_rtf), ("a.docx", as_docx), ("a.html", as_page), ("a.pdf", as_pdf)];
    for (database, layout) in layouts {
        for (name, make) in formats {
            let (articles, told) = read(name, &make(layout));
            assert_eq!(
                articles,
                [
                    "Pilots end strike | The Harbour Post | Ada Moss | NEWS; Pg. 4 | 2015-03-03 | Pilots end strike Pilots went back to work on Monday. Fares will rise.",
                    "Gulls win the cup | The Harbour Post |  | SPORTS | 2015-03-05 | Gulls win the cup The gulls won.",
                ],
                "{database} as {name}"
            );
            for line in layout
                .iter()
                .filter(|line| line.contains("AIRLINES") || line.contains("Norway") || line.contains("GALE"))
            {
                assert!(told.contains(line), "{database} as {name}: {line} is not in {told}");
            }
        }
    }
}

#[test]
fn a_day_on_a_line_of_its_own_begins_no_document() {
    let layout = [
        "The Harbour Post, no. 4301",
        "NEWS, Tuesday, March 3, 2015, 212 words, p. 4",
        "Pilots end strike",
        "The strike began a week ago.",
        "Friday, February 27, 2015",
        "No plane left the airfield.",
        "© 2015 Harbour Media. All rights reserved.",
        "news·20150303·HRBP·0004",
    ];
    let (articles, told) = read("a.txt", layout.join("\n\n").as_bytes());
    let [article] = articles.as_slice() else { panic!("{articles:?} {told}") };
    assert!(article.contains("a week ago. Friday, February 27, 2015 No plane left"), "{article}");
}
