//! What each format beyond text and web pages gives: articles, what is known of them, and what could not be read.

use std::ops::ControlFlow;

use jiff::civil::date;

use super::fixtures::*;
use super::*;
use crate::text::Metadata;

/// All that a file gives: its articles, its problems in words, its columns.
pub(super) fn all(name: &str, bytes: &[u8], options: &Options) -> (Vec<Article>, Vec<String>, Option<Table>) {
    let (mut articles, mut problems, mut table) = (Vec::new(), Vec::new(), None);
    read_each(name, bytes, options, &mut |item| {
        match item {
            Item::Article(article) => articles.push(*article),
            Item::Problem(problem) => problems.push(problem.to_string()),
            Item::Table(found) => table = Some(found),
        }
        ControlFlow::Continue(())
    });
    (articles, problems, table)
}

fn articles(name: &str, bytes: &[u8]) -> Vec<Article> {
    let (articles, problems, _) = all(name, bytes, &Options::default());
    assert_eq!(problems, [""; 0], "{name}");
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
        url: "https://post.example/a".into(),
        language: "en".into(),
        date: Some(date(2024, 5, 21)),
        origin: "dir/a.csv, row 2".into(),
    };
    assert_eq!(first.meta, expected);
    check(&second, "a, row 6", "Ships may pass.\n\nKöln waits.");
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
    assert_eq!(found[1].meta.title, "a, row 2");
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
    check(&only("a.json", br#"{"text":"Only words.","id":3}"#), "a, article 1", "Only words.");
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
    assert!(problems.len() == 1 && problems[0].contains("item 3: ") && problems[0].contains("no text of its own"));
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
    let article = only("a.docx", &docx(DOCX_BODY));
    check(&article, "Harbour talks", text);
    let meta = &article.meta;
    assert_eq!(
        (meta.author.as_str(), meta.language.as_str(), meta.date),
        ("Ada Bell", "en-GB", Some(date(2024, 5, 20)))
    );
    check(&only("renamed.zip", &docx(DOCX_BODY)), "Harbour talks", text);
    let article = only("a.odt", &odt(ODT_BODY));
    check(
        &article,
        "Harbour talks",
        "Harbour talks end\n\nThe minister, Wang Yi,  left on Friday.\n• one\n• two\n\na\tb\n\nEnd\nof it.",
    );
    assert_eq!((article.meta.author.as_str(), article.meta.date), ("Ada Bell", Some(date(2024, 5, 20))));
    let article = only("a.rtf", RTF);
    check(
        &article,
        "Harbour talks",
        "Harbour talks end\n\nThe minister, Wang Yi, went to Köln – in Москва 😀.\n\n• one\n• two\n\na link\n{end}",
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
            for refusal in all("half.pdf", &whole[..kept], &Options::default()).1 {
                assert!(refusal.contains("truncated") && !refusal.contains("OCR"), "{kept} bytes: {refusal}");
            }
        }
    }
    assert_eq!(only("no extension", &newspaper()).meta.title, "Harbour talks end");
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
    check(&found[1], "more", "The shore was quiet.");
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
    assert_eq!((one.meta.title.as_str(), one.meta.origin.as_str()), ("page", "dir/page.txt"));
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
