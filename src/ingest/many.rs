//! What each format beyond text and web pages gives: articles, what is known of them, and what could not be read.

use std::ops::ControlFlow;

use jiff::civil::date;

use super::fixtures::*;
use super::*;
use crate::text::{DatePlace, FoundDate, Metadata};

/// All that a file gives: its articles, what is told of it in words, its columns.
pub(super) fn all(name: &str, bytes: &[u8], options: &Options) -> (Vec<Article>, Vec<String>, Option<Table>) {
    let (mut articles, mut problems, mut table) = (Vec::new(), Vec::new(), None);
    read_each(name, bytes, options, &mut |item| {
        match item {
            Item::Article(article) => articles.push(*article),
            Item::Problem(told) | Item::LeftOut(told) => problems.push(told.to_string()),
            Item::Table(found) => table = Some(found),
        }
        ControlFlow::Continue(())
    });
    (articles, problems, table)
}

fn articles(name: &str, bytes: &[u8]) -> Vec<Article> {
    let mut articles = Vec::new();
    read_each(name, bytes, &Options::default(), &mut |item| {
        match item {
            Item::Article(article) => articles.push(*article),
            Item::Problem(problem) => panic!("{problem}"),
            Item::LeftOut(_) | Item::Table(_) => {}
        }
        ControlFlow::Continue(())
    });
    articles
}

fn only(name: &str, bytes: &[u8]) -> Article {
    let mut found = articles(name, bytes);
    assert_eq!(found.len(), 1, "{name}");
    found.remove(0)
}

fn check(article: &Article, title: &str, text: &str) {
    assert_eq!((article.meta.title.as_str(), article.text.as_str()), (title, text));
}

#[test]
fn tables_give_an_article_a_row() {
    let (articles, problems, table) = all("dir/a.csv", CSV.as_bytes(), &Options::default());
    assert_eq!(problems, [3, 5].map(|row| format!("“a.csv”, row {row}: there is no text in this row")));
    assert_eq!(
        table.unwrap().columns.to_string(),
        "text=Body,title=Headline,date=Published,url=Link,source=Outlet,author=Byline,language=Lang"
    );
    let [first, second] = articles.try_into().unwrap();
    check(&first, "Talks end", "The minister said, \"it is done\".\r\n\r\nHe left.");
    let expected = Metadata {
        title: "Talks end".into(),
        source: "The Post".into(),
        author: "Ada Bell".into(),
        section: String::new(),
        url: "https://post.example/a".into(),
        language: "en".into(),
        date: Some(date(2024, 5, 21)),
        dates: vec![FoundDate { day: date(2024, 5, 21), at: DatePlace::Column("Published".into()) }],
        origin: "dir/a.csv, row 2".into(),
    };
    assert_eq!(first.meta, expected);
    check(&second, "Ships may pass.", "Ships may pass.\n\nKöln waits.");
    assert_eq!(second.meta.date, Some(date(2024, 5, 21)));
}

#[test]
fn columns_can_be_chosen() {
    let table = "a;b;c\n1;words here;x\n";
    let (found, problems, shown) = all("a.csv", table.as_bytes(), &Options::default());
    assert!(found.is_empty() && problems[0].contains("“a”, “b”, “c”"), "{problems:?}");
    assert_eq!(shown.unwrap().names, ["a", "b", "c"]);
    let options = Options { columns: Columns::parse("text=b,title=c").unwrap() };
    let (found, _, _) = all("a.csv", table.as_bytes(), &options);
    check(&found[0], "x", "words here");
    let options = Options { columns: Columns::parse("text=d").unwrap() };
    assert!(all("a.csv", table.as_bytes(), &options).1[0].contains("no column “d”"));
    let long = format!("1|{}\n2|short\n", "many words ".repeat(30));
    let (found, problems, _) = all("a.csv", long.as_bytes(), &Options::default());
    assert_eq!((found.len(), problems.len()), (2, 0));
    assert_eq!((found[1].meta.title.as_str(), found[1].meta.origin.as_str()), ("short", "a.csv, row 2"));
    check(&only("a.tsv", b"text\ttitle\nOne, two\tA, B\n"), "A, B", "One, two");
}

#[test]
fn objects_of_json_are_articles() {
    let (articles, problems, table) = all("a.jsonl", JSONL.as_bytes(), &Options::default());
    assert_eq!(articles.len(), 2);
    assert!(problems[0].starts_with("“a.jsonl”, line 3: this line is no JSON (key must be a string"), "{problems:?}");
    assert_eq!(problems[1], "“a.jsonl”, line 5: this line holds no JSON object");
    assert_eq!(table.unwrap().columns.get(Field::Text), Some("content.text"));
    check(&articles[0], "One", "The minister left.");
    let meta = &articles[0].meta;
    assert_eq!((meta.author.as_str(), meta.source.as_str()), ("Ada Bell, Bo Chen", "The Post"));
    assert_eq!((meta.date, meta.origin.as_str()), (Some(date(2024, 5, 20)), "a.jsonl, line 1"));
    check(&only("a.json", br#"{"text":"Only words.","id":3}"#), "Only words.", "Only words.");
    assert_eq!(super::many::articles("a.json", br#"[{"text":"One."},{"text":"Two."}]"#).len(), 2);
    let wrapped = br#"{"status":"ok","articles":[{"title":"T","content":"One."},{"title":"U","content":"Two."}]}"#;
    check(&super::many::articles("a.json", wrapped)[1], "U", "Two.");
    assert_eq!(
        super::many::articles("a.json", JSONL.replace("{broken\n", "").replace("[1]\n", "").as_bytes()).len(),
        2
    );
    assert!(all("a.json", b"{\"a\":", &Options::default()).1[0].contains("“a.json” cannot be read: it is no JSON"));
    assert!(all("a.json", b"[1,2]", &Options::default()).1[0].contains("no object"));
}

#[test]
fn news_items_as_json_and_xml() {
    for (name, item) in [("a.json", NINJS), ("b.json", NINJS_3)] {
        let article = only(name, item.as_bytes());
        assert!(article.text.as_str().starts_with("The minister left."), "{name}");
        let meta = article.meta;
        assert_eq!((meta.title.as_str(), meta.source.as_str()), ("Talks end", "Lakeshore Wire"), "{name}");
        assert_eq!(meta.date, Some(date(2024, 5, 21)), "{name}");
    }
    assert_eq!(only("a.json", NINJS.as_bytes()).meta.url, "http://wire.example/1");
    let (articles, problems, _) = all("a.xml", NEWSML.as_bytes(), &Options::default());
    let told = |words: &str| problems.iter().any(|told| told.contains("item 3: ") && told.contains(words));
    assert!(told("no text of its own"), "{problems:?}");
    check(&articles[0], "Talks end", "The minister went to Köln & back.\n\nShips may pass.");
    let meta = &articles[0].meta;
    assert_eq!((meta.source.as_str(), meta.author.as_str()), ("Lakeshore Wire", "Ada Bell, Bo Chen"));
    assert_eq!((meta.language.as_str(), meta.date), ("en-GB", Some(date(2024, 5, 20))));
    check(&articles[1], "Second", "Plain words of the second.");
    let article = only("a.xml", NITF.as_bytes());
    check(&article, "Talks end", "The minister left.\n\nShips may pass.");
    assert_eq!((article.meta.source.as_str(), article.meta.author.as_str()), ("Lakeshore Wire", "Ada Bell"));
    assert_eq!(article.meta.date, Some(date(2024, 5, 21)));
    assert!(all("a.xml", b"<svg/>", &Options::default()).1[0].contains("its root is <svg>"));
}

#[test]
fn office_files_give_their_text() {
    let text = "Harbour talks end\n\nThe minister, Wang Yi, left on Friday.\n• one\n• two\n\na\tb\nc\td\n\nEnd\nof it.";
    let article = read("a.docx", &docx(DOCX_BODY)).unwrap();
    check(&article, "Harbour talks", text);
    let meta = &article.meta;
    assert_eq!(
        (meta.author.as_str(), meta.language.as_str(), meta.date),
        ("Ada Bell", "en-GB", Some(date(2024, 5, 20)))
    );
    check(&all("renamed.zip", &docx(DOCX_BODY), &Options::default()).0[0], "Harbour talks", text);
    let article = read("a.odt", &odt(ODT_BODY)).unwrap();
    check(
        &article,
        "Harbour talks",
        "Harbour talks end\n\nThe minister, Wang Yi,  left on Friday.\n• one\n• two\n\na\tb\n\nEnd\nof it.\n\na note",
    );
    assert_eq!((article.meta.author.as_str(), article.meta.date), ("Ada Bell", Some(date(2024, 5, 20))));
    let article = read("a.rtf", RTF).unwrap();
    check(
        &article,
        "Harbour talks",
        "Harbour talks end\n\nThe minister, Wang Yi, went to Köln – in Москва 😀.\n\n• one\n• two\n\na link\n{end}\n\na note",
    );
    assert_eq!((article.meta.author.as_str(), article.meta.date), ("Ada Bell", Some(date(2024, 5, 20))));
    let old = all("a.docx", b"\xd0\xcf\x11\xe0 old", &Options::default()).1;
    assert!(old[0].contains("before 2007"), "{old:?}");
    let empty = all("a.docx", &docx("<w:p/>"), &Options::default()).1;
    assert!(empty[0].contains("“a.docx” is empty"), "{empty:?}");
}

#[test]
fn pages_of_a_pdf_are_read_in_order() {
    let article = only("a.pdf", &newspaper());
    check(
        &article,
        "Harbour talks end",
        "Harbour talks end\n\nThe ministers of three countries met on Friday in a long room above the harbour, and they spoke until the evening.\n\n\
         Ships may pass again, as they did before the quarrel began. Fees stay as they are until the end of the year, it was said.\n\n\
         Delegates left on Tuesday, and the station was quiet by the evening.",
    );
    assert_eq!((article.meta.author.as_str(), article.meta.date), ("Ada Bell", Some(date(2024, 5, 20))));
    let scanned = all("scan.pdf", &pdf(&[vec![]]), &Options::default()).1;
    assert!(scanned[0].contains("“scan.pdf” cannot be read") && scanned[0].contains("OCR"), "{scanned:?}");
    assert!(all("x.pdf", b"%PDF-1.7 nothing", &Options::default()).1[0].contains("no PDF"));
    // However much of a file is missing, it is never taken for a scan.
    for whole in [pdf(&[vec![]]), newspaper()] {
        for kept in (20..whole.len() - 6).step_by(37) {
            if let Err(refusal) = read("half.pdf", &whole[..kept]) {
                let refusal = refusal.to_string();
                assert!(refusal.contains("truncated") && !refusal.contains("OCR"), "{kept} bytes: {refusal}");
            }
        }
    }
    assert_eq!(only("no extension", &newspaper()).meta.title, "Harbour talks end");
}

/// The text of pages with these words, each at its place, size 11; and what is told.
fn of_pages(pages: &[&[(f32, f32, f32, &'static str)]]) -> (String, String) {
    let pages: Vec<Vec<_>> = pages.iter().map(|page| page.to_vec()).collect();
    text_and_told("a.pdf", &pdf(&pages))
}

#[test]
fn columns_of_few_lines_are_read_one_after_the_other() {
    let (text, _) = of_pages(&[&[
        (50.0, 700.0, 24.0, "Harbour talks end"),
        (50.0, 650.0, 11.0, "The ministers of three countries met on"),
        (50.0, 636.0, 11.0, "Friday above the harbour and spoke until"),
        (320.0, 650.0, 11.0, "the evening. Ships may pass again, and"),
        (320.0, 636.0, 11.0, "fees stay as they are."),
    ]]);
    assert_eq!(
        text,
        "Harbour talks end\n\nThe ministers of three countries met on Friday above the harbour and spoke until the evening. Ships may pass again, and fees stay as they are."
    );
    // Cells of a table stay rows.
    let (text, _) = of_pages(&[&[
        (50.0, 650.0, 11.0, "Ships that passed in May"),
        (50.0, 636.0, 11.0, "Ships that passed in June"),
        (320.0, 650.0, 11.0, "Forty from the north"),
        (320.0, 636.0, 11.0, "Fifty from the south"),
    ]]);
    assert!(text.contains("Ships that passed in May\tForty from the north"), "{text}");
    // Names of fields stand with their values.
    let (text, _) = of_pages(&[&[
        (50.0, 650.0, 11.0, "Publication title:"),
        (50.0, 636.0, 11.0, "Place of publication:"),
        (50.0, 622.0, 11.0, "Country of publication:"),
        (320.0, 650.0, 11.0, "The Harbour Post of Oslo"),
        (320.0, 636.0, 11.0, "Oslo, on the old harbour"),
        (320.0, 622.0, 11.0, "Norway, Northern Europe"),
    ]]);
    assert!(text.contains("Publication title:\tThe Harbour Post of Oslo"), "{text}");
}

#[test]
fn running_heads_are_left_out_and_told() {
    let (text, told) = of_pages(&[
        &[
            (50.0, 700.0, 24.0, "Harbour talks end"),
            (50.0, 650.0, 11.0, "The ministers of three countries met, and Kim Tae-"),
            (300.0, 30.0, 9.0, "1"),
        ],
        &[
            (50.0, 760.0, 9.0, "Harbour talks end"),
            (500.0, 760.0, 9.0, "2"),
            (50.0, 700.0, 11.0, "ri spoke until the evening."),
            (50.0, 686.0, 11.0, "Nobody asked why."),
        ],
    ]);
    assert_eq!(
        text,
        "Harbour talks end\n\nThe ministers of three countries met, and Kim Tae-ri spoke until the evening. Nobody asked why."
    );
    assert!(told.contains("headers, footers and numbers of pages") && told.contains("1 Harbour talks end 2"), "{told}");
}

#[test]
fn chapters_of_a_book_are_articles() {
    let articles = articles("week.epub", &epub());
    assert_eq!(articles.len(), 2);
    check(&articles[0], "Talks end", "Talks end\n\nThe minister left Köln.");
    check(&articles[1], "The Week, part 2", "A second story.");
    let meta = &articles[0].meta;
    assert_eq!(
        (meta.author.as_str(), meta.source.as_str(), meta.language.as_str()),
        ("Ada Bell", "Lakeshore Wire", "en")
    );
    assert_eq!((meta.date, meta.origin.as_str()), (Some(date(2024, 5, 21)), "week.epub/OPS/text/a.xhtml"));
}

#[test]
fn mail_and_what_is_attached() {
    let found = articles("a.eml", EML);
    assert_eq!(found.len(), 2);
    check(&found[0], "Talks in Köln", "The minister went to Köln.");
    assert_eq!((found[0].meta.author.as_str(), found[0].meta.date), ("Ada Bell", Some(date(2024, 5, 21))));
    check(&found[1], "The shore was quiet.", "The shore was quiet.");
    assert_eq!(found[1].meta.origin, "a.eml/more.txt");
    let found = articles("a.mbox", MBOX);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].text.as_str().trim(), "The minister left.\nFrom there he went on.");
    check(&found[1], "Two", "The minister came back.");
    assert_eq!(found[1].meta.origin, "a.mbox, message 2");
    assert!(all("a.eml", b"words", &Options::default()).1[0].contains("no mail message"));
    assert!(all("a.mbox", b"words", &Options::default()).1[0].contains("no messages"));
}

#[test]
fn pages_of_a_web_archive() {
    for (name, bytes) in [("a.warc", warc()), ("a.warc.gz", gzip(&warc()))] {
        let (articles, problems, _) = all(name, &bytes, &Options::default());
        assert_eq!(articles.len(), 2, "{name}: {problems:?}");
        assert!(problems.len() == 1 && problems[0].contains("2 of its records"), "{problems:?}");
        assert_eq!(
            (articles[0].meta.title.as_str(), articles[0].meta.url.as_str()),
            ("Talks end", "https://post.example/a")
        );
        assert_eq!(articles[1].meta.url, "https://post.example/c");
    }
}

#[test]
fn archives_hold_files_of_all_formats() {
    let inner = zip(&[("deep.txt", b"Deep words.")]);
    let parts: [(&str, &[u8]); 7] = [
        ("b/two.md", b"# Two\n\nWords."),
        ("a.txt", b"One word."),
        ("photo.png", b"\x89PNG"),
        (".hidden/x.txt", b"no"),
        ("__MACOSX/a.txt", b"no"),
        ("empty.txt", b""),
        ("inner.zip", &inner),
    ];
    for (name, bytes) in [
        ("x.zip", zip(&parts)),
        ("x.tar.gz", gzip(&tar(&parts))),
        ("x.tgz", gzip(&tar(&parts))),
        ("x.tar", tar(&parts)),
        ("x.gz", gzip(&tar(&parts))),
    ] {
        let (articles, problems, _) = all(name, &bytes, &Options::default());
        let mut texts: Vec<_> = articles.iter().map(|article| article.text.as_str()).collect();
        texts.sort_unstable();
        assert_eq!(texts, ["Deep words.", "One word.", "Two\n\nWords."], "{name}");
        assert!(problems.iter().any(|problem| problem.contains("empty.txt: “empty.txt” is empty")), "{problems:?}");
        assert!(problems.iter().any(|problem| problem.contains("1 file of another format was left out: photo.png")));
        assert_eq!(problems.len(), 2, "{problems:?}");
    }
    let one = only("dir/page.txt.gz", &gzip(b"Some words."));
    assert_eq!((one.meta.title.as_str(), one.meta.origin.as_str()), ("Some words.", "dir/page.txt"));
    let mut nested = zip(&[("a.txt", b"Words.")]);
    for _ in 0..10 {
        nested = zip(&[("x.zip", &nested)]);
    }
    let (articles, problems, _) = all("x.zip", &nested, &Options::default());
    assert!(articles.is_empty() && problems[0].contains("deep"), "{problems:?}");
}

#[test]
fn reading_ends_when_no_more_is_wanted() {
    let rows: String = (0..100).map(|row| format!("Words of row {row}.\n")).collect();
    let mut count = 0;
    read_each("a.csv", format!("text\n{rows}").as_bytes(), &Options::default(), &mut |item| {
        count += usize::from(matches!(item, Item::Article(_)));
        assert!(!matches!(item, Item::Problem(_)));
        if count == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(count, 3);
    assert_eq!(read("a.csv", format!("text\n{rows}").as_bytes()).unwrap().text.as_str(), "Words of row 0.");
}

#[test]
fn a_page_says_who_wrote_it_in_many_ways() {
    let author = |head: &str, body: &str| {
        let page = format!(
            "<html lang=en><head><title>T</title>{head}</head><body><p>The minister left.</p>{body}</body></html>"
        );
        read("a.html", page.as_bytes()).unwrap().meta.author
    };
    let data = |author: &str| {
        format!(
            r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"T","author":{author}}}</script>"#
        )
    };
    assert_eq!(author(&data(r#"{"@type":"Person","name":"Ada Bell"}"#), ""), "Ada Bell");
    assert_eq!(author(&data(r#"[{"name":"Ada Bell"},{"name":["Bo Chen"]},"Ada Bell"]"#), ""), "Ada Bell, Bo Chen");
    assert_eq!(author(r#"<meta name="author" content="By Ada Bell">"#, ""), "Ada Bell");
    assert_eq!(
        author(
            r#"<meta property="article:author" content="https://x.example/ada"><meta name="parsely-author" content="Ada Bell"><meta name="parsely-author" content="Bo Chen">"#,
            ""
        ),
        "Ada Bell, Bo Chen"
    );
    assert_eq!(author("", r#"<span itemprop="author"><span itemprop="name">Ada Bell</span></span>"#), "Ada Bell");
    assert_eq!(author("", ""), "");
    let language = |head: &str| {
        let page = format!("<html><head>{head}</head><body><p>x</p></body></html>");
        read("a.html", page.as_bytes()).unwrap().meta.language
    };
    assert_eq!(language(r#"<meta property="og:locale" content="de_AT">"#), "de-AT");
    assert_eq!(language(r#"<meta http-equiv="Content-Language" content="fr">"#), "fr");
}

/// The problems of a file, and its text.
fn text_and_told(name: &str, bytes: &[u8]) -> (String, String) {
    let (articles, problems, _) = all(name, bytes, &Options::default());
    (articles[0].text.as_str().to_owned(), problems.join("\n"))
}

/// A word of a DOCX in each place that can hold one.
fn word_in_every_place() -> Vec<u8> {
    let run = |word: &str| format!("<w:r><w:t>{word}</w:t></w:r>");
    let p = |inside: &str| format!("<w:p>{inside}</w:p>");
    let old = format!(
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
        p(&run("oldbox"))
    );
    let new = |word: &str| {
        format!("<wps:txbx><w:txbxContent>{}{}</w:txbxContent></wps:txbx>", p(&run(word)), p(&run("second")))
    };
    let both = format!(
        "<w:r><mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>",
        new("newbox"),
        new("newbox")
    );
    let body = [
        p(&format!("{}{old}{}", run("before"), run("behindold"))),
        p(&format!("{}{both}{}", run("start"), run("behindnew"))),
        p("<w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:t>fallback</w:t></mc:Fallback></mc:AlternateContent></w:r>"),
        p(&format!("<w:ins>{}</w:ins><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>", run("inserted"))),
        p(&format!("<w:hyperlink>{}</w:hyperlink><w:fldSimple>{}</w:fldSimple>", run("linked"), run("field"))),
        format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", p(&run("control"))),
        p(&format!("<w:smartTag>{}</w:smartTag>", run("smart"))),
        p("<w:r><w:ruby><w:rt><w:r><w:t>reading</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>base</w:t></w:r></w:rubyBase></w:ruby></w:r>"),
        p("<w:r><w:t>soft</w:t><w:softHyphen/><w:t>ened</w:t></w:r>"),
        p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"),
        format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", p(&format!("{}{old}", run("cell"))), p(&run("next"))),
        p(&format!("{}<w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:endnoteReference w:id=\"2\"/></w:r>", run("noted"))),
    ]
    .concat();
    let part = |root: &str, inside: &str| format!("<w:{root} xmlns:w=\"w\">{inside}</w:{root}>");
    let document = part("document", &format!("<w:body>{body}</w:body>")).replacen(
        "<w:document",
        "<w:document xmlns:mc=\"m\" xmlns:wps=\"s\" xmlns:v=\"v\"",
        1,
    );
    let note = |kind: &str, word: &str| {
        format!(
            "<w:{kind} w:id=\"0\" w:type=\"separator\"><w:p/></w:{kind}><w:{kind} w:id=\"2\">{}</w:{kind}>",
            p(&run(word))
        )
    };
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("word/footnotes.xml", part("footnotes", &note("footnote", "footnoted")).as_bytes()),
        ("word/endnotes.xml", part("endnotes", &note("endnote", "endnoted")).as_bytes()),
        ("word/comments.xml", part("comments", &p(&run("commented"))).as_bytes()),
        ("word/header1.xml", part("hdr", &p(&run("headed"))).as_bytes()),
        ("word/footer2.xml", part("ftr", &p(&run("footed"))).as_bytes()),
    ])
}

#[test]
fn each_word_of_an_office_file_is_read_or_told() {
    let (text, told) = text_and_told("a.docx", &word_in_every_place());
    assert_eq!(
        text,
        "beforebehindold\n\noldbox\n\nstartbehindnew\n\nnewbox\n\nsecond\n\nfallback\n\ninserted\n\nlinkedfield\n\ncontrol\n\nsmart\n\nbase(reading)\n\nsoftened\n\ncell\tnext\n\noldbox\n\nnoted\n\nfootnoted\n\nendnoted"
    );
    for (what, word) in
        [("deleted", "deleted"), ("hidden", "hidden"), ("comments", "commented"), ("headers", "footed headed")]
    {
        assert!(told.lines().any(|line| line.contains(what) && line.contains(word)), "{word}: {told}");
    }

    let body = "<text:tracked-changes><text:changed-region><text:deletion><office:change-info><d:creator>Bo</d:creator></office:change-info><text:p>deleted</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>before<draw:frame><draw:text-box><text:p>boxed</text:p><text:p>second</text:p></draw:text-box></draw:frame> behind<office:annotation><d:creator>Bo</d:creator><text:p>commented</text:p></office:annotation> more</text:p><text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>noted</text:p></text:note-body></text:note> b <draw:custom-shape><text:p>shaped</text:p></draw:custom-shape>c <text:ruby><text:ruby-base>base</text:ruby-base><text:ruby-text>reading</text:ruby-text></text:ruby></text:p>";
    let (text, told) = text_and_told("a.fodt", format!("<office:document xmlns:office=\"o\" xmlns:text=\"t\" xmlns:draw=\"w\" xmlns:d=\"d\" xmlns:s=\"s\"><office:master-styles><s:master-page><s:header><text:p>headed</text:p></s:header></s:master-page></office:master-styles><office:body><office:text>{body}</office:text></office:body></office:document>").as_bytes());
    assert_eq!(text, "before behind more\n\nboxed\n\nsecond\n\na b c base(reading)\n\nshaped\n\nnoted");
    for word in ["deleted", "commented", "headed"] {
        assert!(told.contains(word), "{word}: {told}");
    }

    let rtf = b"{\\rtf1\\ansi{\\header headed\\par}before{\\shp{\\*\\shpinst{\\sp{\\sn name}{\\sv value}}{\\shptxt boxed\\par second\\par}}{\\shprslt boxed}} behind{\\*\\do\\dptxbx{\\dptxbxtext old\\par}} more\\par a{\\footnote noted\\par}{\\footnote\\ftnalt ended} b{\\*\\annotation commented}{\\v hidden}{\\deleted gone}\\par}";
    let (text, told) = text_and_told("a.rtf", rtf);
    assert_eq!(text, "before behind more\n\nboxed\n\nsecond\n\nold\n\na b\n\nnoted\n\nended");
    for word in ["headed", "commented", "hidden", "gone"] {
        assert!(told.contains(word), "{word}: {told}");
    }
}

#[test]
fn the_date_that_is_printed_comes_before_that_of_the_file() {
    let body = "<w:p><w:r><w:t>THE EVENING POST</w:t></w:r></w:p><w:p><w:r><w:t>Tuesday, June 9, 1998</w:t></w:r></w:p><w:p><w:r><w:t>The toll will end, the mayor said.</w:t></w:r></w:p>";
    assert_eq!(only("a.docx", &docx(body)).meta.date, Some(date(1998, 6, 9)));
    let body =
        "<text:p>THE EVENING POST</text:p><text:p>April 12, 2017 Wednesday</text:p><text:p>The toll will end.</text:p>";
    assert_eq!(only("a.odt", &odt(body)).meta.date, Some(date(2017, 4, 12)));
}

/// Where the day of the first article of a file was found, and where the others were that are offered.
fn dated(name: &str, bytes: &[u8]) -> (Option<DatePlace>, Vec<DatePlace>) {
    let meta = read(name, bytes).unwrap().meta;
    let taken = meta.date_found().cloned();
    let others = meta.dates.into_iter().skip(usize::from(taken.is_some())).map(|found| found.at);
    (taken, others.collect())
}

#[test]
fn each_reader_says_where_it_found_the_date() {
    let field = |name: &str| DatePlace::Field(name.to_owned());
    let label = |name: &str| DatePlace::Label(name.to_owned());
    let check = |name: &str, bytes: &[u8], taken: Option<DatePlace>, others: &[DatePlace]| {
        assert_eq!(dated(name, bytes), (taken, others.to_vec()), "{name}: {}", String::from_utf8_lossy(bytes));
    };
    check(
        "toll-2022-02-06.txt",
        b"Toll ends\n\nSUVA, Feb 4 (AP) - The toll of 3 May 2021 ends.",
        Some(DatePlace::Dateline),
        &[DatePlace::FileName, DatePlace::Mentioned],
    );
    check("a.md", b"---\ndate: 2022-02-04\n---\n# Toll ends\n\nIt ends.", Some(field("date")), &[]);
    let page = "<html><head><title>Toll ends</title><meta property=\"article:published_time\" content=\"2022-02-04T10:00:00Z\"><meta property=\"article:modified_time\" content=\"2022-03-01\"><link rel=canonical href=\"https://post.example/2022/02/04/toll\"></head><body><h1>Toll ends</h1><p>Posted on 4 February 2022</p><p>The toll on the old bridge ends on Monday, the mayor of the town said.</p></body></html>";
    let others = [label("Posted on"), DatePlace::Address, field("article:modified_time")];
    check("a.html", page.as_bytes(), Some(field("article:published_time")), &others);
    let page = "<html><head><title>Toll ends</title><link rel=canonical href=\"https://post.example/2022/02/04/toll\"></head><body><h1>Toll ends</h1><p>The toll on the old bridge ends on Monday, the mayor of the town said.</p></body></html>";
    check("a.html", page.as_bytes(), Some(DatePlace::Address), &[]);
    let mail = b"From: Ada Bell <ada@wire.example>\r\nSubject: Toll\r\nDate: Mon, 7 Feb 2022 10:00:00 +0000\r\n\r\nSUVA, Feb 4 (AP) - The toll ends.\r\n";
    check("a.eml", mail, Some(DatePlace::Dateline), &[DatePlace::Mail]);
    // Somebody sends an old cutting on.
    let mail = b"From: Ada Bell <ada@wire.example>\r\nSubject: Toll\r\nDate: Mon, 7 Nov 2022 10:00:00 +0000\r\n\r\nSUVA, Feb 4 (AP) - The toll ends.\r\n";
    check("a.eml", mail, None, &[DatePlace::DatelineWithoutYear, DatePlace::Mail]);
    check("a.docx", &docx(DOCX_BODY), Some(DatePlace::FileMade), &[]);
    check("a.rtf", RTF, Some(DatePlace::FileMade), &[]);
    check("a.pdf", &newspaper(), Some(DatePlace::FileMade), &[]);
    let body = "<w:p><w:r><w:t>Toll ends</w:t></w:r></w:p><w:p><w:r><w:t>Feb. 4</w:t></w:r></w:p><w:p><w:r><w:t>The toll ends.</w:t></w:r></w:p>";
    check("a.docx", &docx(body), None, &[DatePlace::PrintedWithoutYear, DatePlace::FileMade]);
    let export = "Document 1 of 1\n\nThe Ledger\n\nToll ends\n\nBYLINE: Ada Bell\n\nLENGTH: 20 words\n\nBODY:\nThe toll ends.\n\nLOAD-DATE: February 4, 2022\n\nLANGUAGE: ENGLISH\n";
    check("a.txt", export.as_bytes(), Some(label("LOAD-DATE")), &[]);
    let item = br#"{"uri":"https://wire.example/1","versioncreated":"2022-02-04T10:00:00Z","headline":"Toll ends","body_text":"The toll ends."}"#;
    check("a.json", item, Some(field("versioncreated")), &[]);
}
