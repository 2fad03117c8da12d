//! What every format promises: the text unchanged or as rendered, clear refusals, and no bytes that bring it down.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, ISO_2022_JP, KOI8_R, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
};
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn text_of(name: &str, bytes: &[u8]) -> String {
    read(name, bytes).unwrap().text.as_str().to_owned()
}

fn refusal(name: &str, bytes: &[u8]) -> String {
    read(name, bytes).unwrap_err().to_string()
}

fn utf16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

const GERMAN: &str = "Die Außenministerin reiste am Dienstag nach Köln. Dort führte sie „Gespräche“ über Zölle.\r\n";
const RUSSIAN: &str =
    "Министр иностранных дел прибыл в Москву во вторник, 4 февраля. Он встретился с послом и журналистами.\n";
const CHINESE: &str = "外交部长星期二抵达北京，与当地官员举行会谈。双方讨论了港口问题，并同意下个月再次会面。\n";
const JAPANESE: &str =
    "外務大臣は火曜日に東京に到着し、記者団に対して会談は有意義だったと語った。ひらがなとカタカナ。\n";

#[test]
fn unicode_with_and_without_marks() {
    let text = "José e\u{301} 👩‍🚀 𝔘\r\nsecond line \u{a0}\n";
    assert_eq!(text_of("a.txt", text.as_bytes()), text);
    assert_eq!(text_of("a.txt", format!("\u{feff}{text}").as_bytes()), text);
    assert_eq!(text_of("a.txt", "\u{feff}\u{feff}x".as_bytes()), "\u{feff}x");
    for text in [text, GERMAN, RUSSIAN, CHINESE, "Plain words only.\r\n"] {
        for big in [false, true] {
            let marked = utf16(&format!("\u{feff}{text}"), big);
            assert_eq!(text_of("a.txt", &marked), text);
        }
    }
    for text in [GERMAN, RUSSIAN, "Plain words only.\r\n"] {
        for big in [false, true] {
            assert_eq!(text_of("a.txt", &utf16(text, big)), text, "without a mark, big end first: {big}");
        }
    }
}

#[test]
fn older_encodings_are_recognised() {
    let check = |encoding: &'static Encoding, text: &str| {
        let (bytes, _, lost) = encoding.encode(text);
        assert!(!lost, "{}", encoding.name());
        assert_eq!(text_of("a.txt", &bytes), text, "{}", encoding.name());
    };
    check(WINDOWS_1252, GERMAN);
    check(WINDOWS_1252, "Le président a déclaré « très bien » à Genève, où l’été fut très chaud.");
    check(
        WINDOWS_1250,
        "Předseda vlády přijel v úterý do Brna, kde se setkal s českými a slovenskými poslanci. Dál příště.",
    );
    check(WINDOWS_1251, RUSSIAN);
    check(KOI8_R, RUSSIAN);
    check(GBK, CHINESE);
    check(SHIFT_JIS, JAPANESE);
    check(ISO_2022_JP, JAPANESE);
    check(BIG5, "外交部長星期二抵達臺北，與當地官員舉行會談。雙方討論了港口問題，並同意下個月再次會面。");
    check(EUC_KR, "외교부 장관은 화요일 서울에 도착하여 기자들에게 회담이 유익했다고 말했다.");
}

#[test]
fn a_few_broken_bytes_do_not_garble_the_rest() {
    let bytes = [RUSSIAN.as_bytes(), b"\xff", "José\n".as_bytes()].concat();
    assert_eq!(text_of("a.txt", &bytes), format!("{RUSSIAN}\u{fffd}José\n"));
}

#[test]
fn what_is_no_article_is_refused_by_name() {
    assert!(refusal("/x/empty.txt", b"").contains("“empty.txt” is empty"));
    assert!(refusal("blank.md", b" \r\n\t\n").contains("empty"));
    assert!(refusal("blank.txt", "\u{a0}\u{2003}\n".as_bytes()).contains("empty"));
    assert!(refusal("page.html", b"<html><script>x()</script></html>").contains("empty"));
    assert!(
        refusal("C:\\x\\scan.txt", b"%PDF-1.7\n%words").contains("“scan.txt” is not a text file: it looks like a PDF")
    );
    let binary: Vec<u8> = (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for name in ["a.txt", "a.html", "a.md", "a"] {
        assert!(refusal(name, &binary).contains("not a text file"), "{name}");
    }
    assert!(refusal("a.txt", b"words\0words and words").contains("not a text file"));
    let huge = refusal("big.txt", &vec![b'x'; 50_000_000]);
    assert!(huge.contains("“big.txt” is 50 MB large, more than the 16 MB"), "{huge}");
    assert_eq!(text_of("a.txt", b"Form feed\x0c and end of file\x1a"), "Form feed\x0c and end of file\x1a");
}

#[test]
fn plain_text_has_title_date_and_language() {
    let text = "Ministers meet in Lisbon\n\nFeb 4, 2022: The ministers of three countries have met, and they agreed to meet again.\n";
    let meta = read("dir/talks.txt", text.as_bytes()).unwrap().meta;
    assert_eq!(
        (meta.title.as_str(), meta.date, meta.language.as_str()),
        ("Ministers meet in Lisbon", Some(date(2022, 2, 4)), "en")
    );
    assert_eq!(meta.origin, "dir/talks.txt");
    let meta = read("talks-2022-02-05.txt", b"BEIJING, Feb 4 (Reuters) - The ministers met.").unwrap().meta;
    assert_eq!(
        (meta.title.as_str(), meta.date, meta.source.as_str()),
        ("The ministers met.", Some(date(2022, 2, 4)), "Reuters")
    );
    let article = pasted("Words\r\n").unwrap();
    assert_eq!(
        (article.text.as_str(), article.meta.title.as_str(), article.meta.origin.as_str()),
        ("Words\r\n", "Words", "")
    );
    assert!(pasted(" ").is_err());
}

#[test]
fn markdown_is_rendered() {
    let source = "---\ntitle: \"Talks: the end\"\nsource: Lakeshore Wire\ndate: 2023-03-12\nlang: en\n---\n\n# Talks end\n\nA **bold**\nword, a [link](http://x.example), ![image](y.png) and `code`.  \nNext line &amp; more.\n\n- one\n- two\n  - *deep*\n\n1. first\n\n2. second\n\n> quoted\n\n    verbatim  code\n\n<div>in <b>HTML</b></div><script>x</script>\n\nEnd.<br>x\n";
    let article = read("a.md", source.as_bytes()).unwrap();
    assert_eq!(
        article.text.as_str(),
        "Talks end\n\nA bold word, a link,  and code.\nNext line & more.\n\n• one\n• two\n  • deep\n\n1. first\n2. second\n\nquoted\n\nverbatim  code\n\nin HTML\n\nEnd.x"
    );
    let meta = article.meta;
    assert_eq!(
        (meta.title.as_str(), meta.source.as_str(), meta.date),
        ("Talks: the end", "Lakeshore Wire", Some(date(2023, 3, 12)))
    );
    assert_eq!(read("a.md", b"Words\n\n## Head *line*\n\nmore").unwrap().meta.title, "Head line");
    assert_eq!(text_of("a.md", b"| a | b |\n|---|---|\n| c | d |\n"), "a\tb\nc\td");
}

const PAGE: &str = r#"<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Talks end | The Post</title>
<meta property="og:site_name" content="The Post"><link rel="canonical" href="https://post.example/talks">
<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Talks end","datePublished":"2024-05-21T06:40:00Z"}]}</script>
</head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav><main><article><h1>Talks end</h1>
<p>The minister, <a href="/wang">Wang&nbsp;Yi</a>, said that   the talks
had been &ldquo;useful&rdquo;, and that a further round would follow in spring, when the ice has gone.</p>
<script>var x = "<p>not text</p>";</script><style>p { color: red }</style>
<ul><li>Ships may pass, as they did before the quarrel began in autumn</li><li><p>Fees stay as they are until the end of the year</p></li></ul>
<p>Delegates left on Tuesday; some of them, tired by three days of talks, slept on the train, the Lav&shy;rov party among them.</p>
</article></main><footer><p>Terms, privacy, cookies</p></footer></body></html>"#;

#[test]
fn a_page_gives_its_article() {
    let article = read("talks.html", PAGE.as_bytes()).unwrap();
    assert_eq!(
        article.text.as_str(),
        "Talks end\n\nThe minister, Wang Yi, said that the talks had been “useful”, and that a further round would follow in spring, when the ice has gone.\n\n\
        • Ships may pass, as they did before the quarrel began in autumn\n• Fees stay as they are until the end of the year\n\n\
        Delegates left on Tuesday; some of them, tired by three days of talks, slept on the train, the Lavrov party among them."
    );
    let meta = article.meta;
    assert_eq!(
        (meta.title.as_str(), meta.source.as_str(), meta.url.as_str(), meta.language.as_str(), meta.date),
        ("Talks end", "The Post", "https://post.example/talks", "en-GB", Some(date(2024, 5, 21)))
    );
    assert_eq!(text_of("no extension", PAGE.as_bytes()), article.text.as_str());
}

#[test]
fn the_sample_page_gives_its_article() {
    let page = include_bytes!("../../assets/samples/island-vote.html");
    let article = read("island-vote.html", page).unwrap();
    let text = article.text.as_str();
    assert!(text.starts_with("Islands vote for a new government after storm\n\n"), "{text}");
    assert!(
        text.contains("\n\nSUVA — Fiji’s opposition leader, Ratu Semisi Vakaloloma,") && text.contains("82 per cent"),
        "{text}"
    );
    assert!(text.contains("\n\nClaims of fraud\n\n") && text.ends_with("US$90 million."), "{text}");
    for outside in ["Subscribe", "briefing", "Comments", "cookies", "analytics", "font-family"] {
        assert!(!text.contains(outside), "{outside}");
    }
    let meta = article.meta;
    assert_eq!(
        (meta.title.as_str(), meta.source.as_str(), meta.date),
        ("Islands vote for a new government after storm", "The Meridian Post", Some(date(2024, 5, 21)))
    );
}

#[test]
fn a_pages_encoding_is_the_declared_one() {
    let page = "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=iso-8859-2\"></head><body><p>Šéf Łukasz.</p></body></html>";
    let (bytes, encoding, _) = encoding_rs::ISO_8859_2.encode(page);
    assert_eq!(encoding.name(), "ISO-8859-2");
    assert_eq!(text_of("a.html", &bytes), "Šéf Łukasz.");
    assert_eq!(text_of("a.html", page.as_bytes()), "Šéf Łukasz.", "saved anew in UTF-8");
    assert_eq!(text_of("a.html", &utf16(&format!("\u{feff}{page}"), false)), "Šéf Łukasz.");
}

#[test]
fn tangled_pages_are_refused_in_time() {
    let crowd: String = (0..100_000).map(|n| format!(" a{n}=1")).collect();
    let pages = [
        format!("{}deep", "<div>".repeat(100_000)),
        format!("{}deep", "<b><p>".repeat(50_000)),
        format!("{}deep", "<table><tr><td>".repeat(50_000)),
        format!("<p{crowd}>words</p>"),
        "<i>x</i> ".repeat(300_000),
    ];
    for page in &pages {
        assert!(refusal("page.html", page.as_bytes()).contains("too tangled"), "{:?}", page.get(..20));
    }
    let deep_json = format!("<script type=application/ld+json>{}</script><p>Words.</p>", "[".repeat(100_000));
    assert_eq!(text_of("page.html", deep_json.as_bytes()), "Words.");
    let quotes = format!("{}words", ">".repeat(20_000));
    assert!(text_of("page.md", quotes.as_bytes()).ends_with("words"));
    let lists = format!("{}words", "- ".repeat(20_000));
    assert!(text_of("page.md", lists.as_bytes()).ends_with("words"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn utf8_text_stays_as_it_is(text in "(\\PC|\\n|\\r\\n|\\t|[ a-z]|😀|é|\u{301}|\u{a0}){1,200}", mark in any::<bool>()) {
        prop_assume!(!text.trim().is_empty() && !text.starts_with('\u{feff}'));
        prop_assume!(decode::decode("", text.as_bytes(), None).is_ok());
        let bytes = if mark { format!("\u{feff}{text}") } else { text.clone() };
        prop_assert_eq!(text_of("a.txt", bytes.as_bytes()), text);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in any::<Vec<u8>>(), markup in "([<>/a-z =\"'&;!#\\[\\]`*_|\\n-]|<p>|</p>|<li>|<table>|<!--|&amp;|é|---\\n){0,80}") {
        for name in ["a.txt", "a.md", "a.html", "a"] {
            let _ = read(name, &bytes);
            let _ = read(name, markup.as_bytes());
        }
        let _ = pasted(&markup);
    }
}
