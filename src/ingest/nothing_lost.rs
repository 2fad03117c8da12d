//! What every reader promises: each word of a file is in the text of an article, in what is known of it, or in the list of
//! what was left out. Files are made by chance, the same ones in every run, of pieces that put a word into one place each.

use std::fmt::Write as _;
use std::ops::ControlFlow;

use super::fixtures::{of_objects, pdf, record, zip};
use super::{Item, Options, read_each};

/// How many files of each format are made.
const FILES: u64 = 40;

/// Chance without chance: a seed gives the same file in every run.
struct Maker {
    state: u64,
    words: Vec<String>,
}

impl Maker {
    fn new(seed: u64) -> Self {
        Self { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1, words: Vec::new() }
    }

    fn below(&mut self, bound: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 33) as usize % bound
    }

    /// A word that stands nowhere else.
    fn word(&mut self) -> String {
        let mut number = self.words.len() + 100;
        let mut word = String::from("zu");
        while number > 0 {
            word.push_str(["ba", "ke", "li", "mo", "nu", "pa", "re", "si", "to", "vu"][number % 10]);
            number /= 10;
        }
        self.words.push(word.clone());
        word
    }

    /// One of some pieces, with a word of its own.
    fn piece(&mut self, pieces: &[&str]) -> String {
        let piece = pieces[self.below(pieces.len())];
        let mut made = String::new();
        for (at, part) in piece.split('@').enumerate() {
            if at > 0 {
                made.push_str(&self.word());
            }
            made.push_str(part);
        }
        made
    }

    /// Pieces in a row, in which `~` stands for more of them.
    fn pieces(&mut self, pieces: &[&str], least: usize, depth: usize) -> String {
        let mut made = String::new();
        for _ in 0..least + self.below(4) {
            let piece = self.piece(pieces);
            for (at, part) in piece.split('~').enumerate() {
                if at > 0 && depth > 0 {
                    made.push_str(&self.pieces(pieces, 1, depth - 1));
                }
                made.push_str(part);
            }
        }
        made
    }

    /// Reads the file and looks for its words.
    fn check(&self, name: &str, bytes: &[u8]) {
        let (mut told, mut articles) = (String::new(), 0);
        read_each(name, bytes, &Options::default(), &mut |item| {
            match item {
                Item::Article(article) => {
                    articles += 1;
                    let meta = &article.meta;
                    let fields = [&meta.title, &meta.source, &meta.author, &meta.section, &meta.url, &meta.origin];
                    fields.into_iter().for_each(|field| _ = writeln!(told, "{field}"));
                    told.push_str(article.text.as_str());
                }
                Item::LeftOut(remark) => _ = writeln!(told, "\n{remark}"),
                Item::Problem(problem) => panic!("{name}: {problem}"),
                Item::Table(_) => {}
            }
            ControlFlow::Continue(())
        });
        assert!(articles > 0, "{name}");
        let lost: Vec<_> = self.words.iter().filter(|word| !told.contains(word.as_str())).collect();
        assert!(lost.is_empty(), "{name} lost {lost:?} of\n{}\n\nwhich gave\n{told}", String::from_utf8_lossy(bytes));
    }
}

/// Makes files of a format, and looks for their words.
fn check(name: &str, make: impl Fn(&mut Maker) -> Vec<u8>) {
    for seed in 1..=FILES {
        let mut maker = Maker::new(seed);
        let bytes = make(&mut maker);
        maker.check(name, &bytes);
    }
}

const SENTENCE: &str = "The @ of the old harbour town went over the bridge at noon, and nobody in the hall asked why.";

#[test]
fn plain_text() {
    check("a.txt", |make| {
        let pieces = ["@\n", "@\n\n", "\t@\r\n", "* @\n", "@: @\n", "> @\n", "\u{a0}@", "— @ —\n", "“@”\x0c"];
        make.pieces(&pieces, 3, 0).into_bytes()
    });
}

#[test]
fn markdown() {
    check("a.md", |make| {
        let head = make.piece(&[
            "",
            "---\ntitle: @\nlayout: @\ntags: [@, @]\nauthor: @\n---\n\n",
            "+++\nsource = \"@\"\ndraft = \"@\"\n+++\n\n",
        ]);
        let pieces = [
            "# @\n\n",
            "@\n===\n\n",
            "@ **@** _@_ `@` ~~@~~\n\n",
            "> @\n>\n> > @\n\n",
            "- @\n  - @\n\n",
            "1. @\n\n   @\n\n",
            "```@\n@\n```\n\n",
            "    @\n\n",
            "| @ | @ |\n|---|---|\n| @ | @ |\n\n",
            "[@](http://x.example \"@\")\n\n",
            "![@ *@*](x.png \"@\")\n\n",
            "<div>@ <nav>@</nav><img alt=\"@\"></div>\n\n",
            "a<b title=x>@</b><br>@\n\n",
            "@[^1]\n\n[^1]: @\n\n",
            "- [ ] @\n\n",
            "<details><summary>@</summary>@</details>\n\n",
            "@\\\n@  \n@\n\n",
            "[@][r]\n\n[r]: http://x.example \"@\"\n\n",
            "&amp;@&lt;\n\n",
            "***\n\n",
        ];
        // What says how code is to be coloured is no word of the text.
        let pieces = pieces.map(|piece| piece.replace("```@", "```rust"));
        let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
        format!("{head}Words.\n\n{}", make.pieces(&pieces, 3, 0)).into_bytes()
    });
}

/// Places on a web page.
const HTML: &[&str] = &[
    "<p>@</p>",
    "<h2>@</h2>",
    "<p>The @ <b>@</b> <a href='/x'>@</a> <i>@</i> went.</p>",
    "<ul><li>@<li>@ ~</ul>",
    "<ol><li><p>@</p></ol>",
    "<table><caption>@</caption><tr><th>@<td>@ ~</table>",
    "<div>@ ~</div>",
    "<blockquote>@</blockquote>",
    "<pre>@\n @</pre>",
    "<figure><img src=x alt='@' title='@'><figcaption>@</figcaption></figure>",
    "<img alt='@'>",
    "<aside>@ ~</aside>",
    "<section class=comments><h3>Comments</h3><div class=comment>@</div></section>",
    "<nav><a href=/>@</a></nav>",
    "<footer>@</footer>",
    "<header>@</header>",
    "<form><label>@</label><input placeholder='@'><select><option>@</select><textarea>@</textarea><button>@</button></form>",
    "<p hidden>@</p>",
    "<span aria-hidden=true>@</span>",
    "<noscript>@</noscript>",
    "<dl><dt>@<dd>@</dl>",
    "<details><summary>@</summary>@</details>",
    "<p><del>@</del> <ins>@</ins> <s>@</s> <sup>@</sup></p>",
    "<ruby>@<rt>@</rt></ruby>",
    "<abbr title='@'>@</abbr>",
    "<svg><title>@</title><text>@</text></svg>",
    "<math><mi>@</mi></math>",
    "<iframe>@</iframe>",
    "<object>@</object>",
    "<video>@</video>",
    "<p>Read more: <a href=/y>@ and others</a></p>",
    "<div class=related><h3>Related</h3><ul><li><a href=/z>@</a></ul></div>",
    "<p class=caption>@</p>",
    "<p>By Ada @</p>",
    "<p>Photo: @ Agency</p>",
    "<dialog>@</dialog>",
    "<template>@</template>",
    "<address>@</address>",
    "<p>@<br>@</p>",
    "<q>@</q><cite>@</cite>",
    "<div style='display:none'>@</div>",
    "<p>We use cookies. @</p>",
    "<td>@",
    "<font>@</font>",
    "<center>@</center>",
    "<map><area alt='@'></map>",
    "@",
];

#[test]
fn web_pages() {
    check("a.html", |make| {
        let head = make.piece(&[
            "<title>@</title>",
            "<title>@ | @</title><meta name=description content='@'><meta property=og:site_name content='@'>",
            "<meta property=og:title content='@'><title>@</title><meta name=keywords content='@, @'><meta name=author content='Ada @'>",
        ]);
        let title = make.piece(&["<h1>@</h1>", "<h1>Ferry fleet of @ is scrapped</h1>", ""]);
        let mut body = make.pieces(HTML, 3, 2).replace('~', "");
        // With or without prose that reads as a story.
        for _ in 0..make.below(5) {
            let more = make.pieces(HTML, 1, 1).replace('~', "");
            _ = write!(body, "<p>{}</p>{more}", make.piece(&[SENTENCE]));
        }
        format!("<!doctype html><html><head>{head}</head><body>{title}<p>Words.</p>{body}</body></html>").into_bytes()
    });
}

#[test]
fn books() {
    check("a.epub", |make| {
        let page = |make: &mut Maker| {
            format!("<html><body><p>Words.</p>{}</body></html>", make.pieces(HTML, 2, 1).replace('~', ""))
        };
        let (one, two, aside) = (page(make), page(make), page(make));
        let about = make.piece(&[
            "",
            "<dc:description>@ @</dc:description>",
            "<dc:subject>@</dc:subject><dc:publisher>@</dc:publisher><dc:contributor>@</dc:contributor>",
        ]);
        let nav = make.piece(&["<nav><a>@</a></nav>"]);
        let title = make.word();
        let opf = format!(
            "<package xmlns:dc='d'><metadata><dc:title>{title}</dc:title>{about}</metadata><manifest><item id='n' href='n.xhtml' media-type='application/xhtml+xml' properties='nav'/><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/><item id='b' href='b.xhtml' media-type='application/xhtml+xml'/><item id='c' href='c.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/><itemref idref='b'/><itemref idref='c' linear='no'/></spine></package>"
        );
        zip(&[
            ("META-INF/container.xml", b"<container><rootfiles><rootfile full-path='p.opf'/></rootfiles></container>"),
            ("p.opf", opf.as_bytes()),
            ("n.xhtml", nav.as_bytes()),
            ("a.xhtml", one.as_bytes()),
            ("b.xhtml", two.as_bytes()),
            ("c.xhtml", aside.as_bytes()),
        ])
    });
}

#[test]
fn word_documents() {
    // Runs, and what stands among them; `~` is a block.
    const RUNS: &[&str] = &[
        "<w:r><w:t>@</w:t></w:r>",
        "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'> @ </w:t><w:tab/><w:t>@</w:t></w:r>",
        "<w:ins><w:r><w:t>@</w:t></w:r></w:ins>",
        "<w:del><w:r><w:delText>@</w:delText></w:r></w:del>",
        "<w:r><w:delText>@</w:delText></w:r>",
        "<w:moveFrom><w:r><w:t>@</w:t></w:r></w:moveFrom>",
        "<w:moveTo><w:r><w:t>@</w:t></w:r></w:moveTo>",
        "<w:hyperlink><w:r><w:t>@</w:t></w:r></w:hyperlink>",
        "<w:fldSimple w:instr='REF @'><w:r><w:t>@</w:t></w:r></w:fldSimple>",
        "<w:r><w:instrText> HYPERLINK @ </w:instrText></w:r>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>@</w:t></w:r>",
        "<w:smartTag><w:r><w:t>@</w:t></w:r></w:smartTag>",
        "<w:r><w:t>@</w:t><w:br/><w:cr/><w:noBreakHyphen/><w:t>@</w:t></w:r>",
        "<w:r><w:ruby><w:rt><w:r><w:t>@</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>@</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        "<w:r><w:drawing><wp:inline><wp:docPr id='1' name='Picture 1' descr='@' title='@'/><a:graphic><pic:cNvPr descr='@'/></a:graphic></wp:inline></w:drawing></w:r>",
        "<w:r><w:drawing><a:p><a:r><a:t>@</a:t></a:r></a:p></w:drawing></w:r>",
        "<w:r><w:pict><v:shape alt='@'><v:textbox><w:txbxContent><w:p><w:r><w:t>@</w:t></w:r></w:p>~</w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
        "<w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent><w:p><w:r><w:t>@</w:t></w:r></w:p>~</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:p><w:r><w:t>@</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r>",
        "<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText='@' w:value='1'/></w:dropDownList></w:sdtPr><w:sdtContent><w:r><w:t>@</w:t></w:r></w:sdtContent></w:sdt>",
        "<w:r><w:fldChar><w:ffData><w:textInput><w:default w:val='@'/></w:textInput></w:ffData></w:fldChar></w:r>",
        "<m:oMath><m:r><m:t>@</m:t></m:r></m:oMath>",
        "<w:r><w:sym w:font='@' w:char='F0E0'/></w:r>",
        "<w:r><w:footnoteReference w:id='2'/></w:r>",
        "<w:bidi><w:r><w:t>@</w:t></w:r></w:bidi>",
    ];
    const BLOCKS: &[&str] = &[
        "<w:p>#</w:p>",
        "<w:p><w:pPr><w:numPr/></w:pPr>#</w:p>",
        "<w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr>#</w:p>",
        "<w:tbl><w:tblPr><w:tblCaption w:val='@'/></w:tblPr><w:tr><w:tc><w:p>#</w:p>~</w:tc><w:tc>~<w:p>#</w:p></w:tc></w:tr></w:tbl>",
        "<w:sdt><w:sdtContent><w:p>#</w:p>~</w:sdtContent></w:sdt>",
        "<w:del><w:p><w:r><w:delText>@</w:delText></w:r></w:p></w:del>",
        "<w:customXml><w:p>#</w:p>~</w:customXml>",
    ];
    fn blocks(make: &mut Maker, depth: usize) -> String {
        let mut made = String::new();
        for _ in 0..1 + make.below(3) {
            let block = make.piece(BLOCKS);
            let mut filled = String::new();
            for (at, part) in block.split('#').enumerate() {
                if at > 0 {
                    filled.push_str(&make.pieces(RUNS, 1, 0));
                }
                filled.push_str(part);
            }
            for (at, part) in filled.split('~').enumerate() {
                if at > 0 && depth > 0 {
                    made.push_str(&blocks(make, depth - 1));
                }
                made.push_str(part);
            }
        }
        made
    }
    check("a.docx", |make| {
        let spaces =
            "xmlns:w='w' xmlns:mc='m' xmlns:wps='s' xmlns:v='v' xmlns:wp='p' xmlns:a='a' xmlns:pic='i' xmlns:m='o'";
        let part = |root: &str, inside: &str| format!("<w:{root} {spaces}>{inside}</w:{root}>").into_bytes();
        let body = format!("<w:p><w:r><w:t>Words.</w:t></w:r></w:p>{}", blocks(make, 2));
        let note = |make: &mut Maker, kind: &str| {
            let (one, other) = (make.word(), make.word());
            format!(
                "<w:{kind} w:id='0' w:type='separator'><w:p/></w:{kind}><w:{kind} w:id='2'><w:p><w:r><w:t>{one}</w:t></w:r></w:p></w:{kind}><w:{kind} w:id='3'><w:p><w:r><w:t>{other}</w:t></w:r></w:p></w:{kind}>"
            )
        };
        let paragraph = |make: &mut Maker| format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", make.word());
        let (feet, ends, comments) = (note(make, "footnote"), note(make, "endnote"), paragraph(make));
        let (header, footer, glossary) = (paragraph(make), paragraph(make), paragraph(make));
        let core = make.piece(&["<cp:p xmlns:cp='c' xmlns:dc='d'><dc:title>@</dc:title><dc:creator>@</dc:creator><dc:subject>@</dc:subject><cp:keywords>@ @</cp:keywords><dc:description>@</dc:description><cp:lastModifiedBy>@</cp:lastModifiedBy></cp:p>"]);
        let custom = make
            .piece(&["<Properties xmlns:vt='v'><property name='x'><vt:lpwstr>@</vt:lpwstr></property></Properties>"]);
        let chart = make.piece(&["<c:chart xmlns:c='c' xmlns:a='a'><a:p><a:r><a:t>@</a:t></a:r></a:p><c:strCache><c:pt><c:v>@</c:v></c:pt></c:strCache></c:chart>"]);
        let diagram =
            make.piece(&["<d:data xmlns:d='d' xmlns:a='a'><d:pt><a:p><a:r><a:t>@</a:t></a:r></a:p></d:pt></d:data>"]);
        let inner = format!("word/embeddings/{}.xlsx", make.word());
        zip(&[
            ("word/document.xml", &part("document", &format!("<w:body>{body}</w:body>"))),
            ("word/footnotes.xml", &part("footnotes", &feet)),
            ("word/endnotes.xml", &part("endnotes", &ends)),
            ("word/comments.xml", &part("comments", &comments)),
            ("word/header1.xml", &part("hdr", &header)),
            ("word/footer1.xml", &part("ftr", &footer)),
            ("word/glossary/document.xml", &part("glossaryDocument", &glossary)),
            ("word/charts/chart1.xml", chart.as_bytes()),
            ("word/diagrams/data1.xml", diagram.as_bytes()),
            ("docProps/core.xml", core.as_bytes()),
            ("docProps/custom.xml", custom.as_bytes()),
            (&inner, b"x"),
        ])
    });
}

#[test]
fn open_documents() {
    const RUNS: &[&str] = &[
        "@",
        " @ ",
        "<t:span>@</t:span>",
        "<t:a>@</t:a>",
        "<t:span t:style-name='Gone'>@</t:span>",
        "@<t:tab/>@<t:s/>@<t:line-break/>@",
        "<t:ruby><t:ruby-base>@</t:ruby-base><t:ruby-text>@</t:ruby-text></t:ruby>",
        "<o:annotation><dc:creator>@</dc:creator><t:p>@</t:p></o:annotation>",
        "<t:note><t:note-citation>1</t:note-citation><t:note-body><t:p>@</t:p>~</t:note-body></t:note>",
        "<w:frame><w:text-box><t:p>@</t:p>~</w:text-box><svg:title>@</svg:title><svg:desc>@</svg:desc></w:frame>",
        "<w:frame><w:image><o:binary-data>AAAA</o:binary-data></w:image><svg:desc>@</svg:desc></w:frame>",
        "<w:custom-shape><t:p>@</t:p></w:custom-shape>",
        "<w:g><w:rect><t:p>@</t:p></w:rect></w:g>",
        "<t:title>@</t:title>",
        "<t:author-name>@</t:author-name>",
        "<t:hidden-text t:string-value='@'/>",
        "<t:hidden-text>@</t:hidden-text>",
        "<t:placeholder>@</t:placeholder>",
        "<t:script>@</t:script>",
        "<t:conditional-text>@</t:conditional-text>",
        "<t:meta>@</t:meta>",
        "<t:bookmark-ref>@</t:bookmark-ref>",
    ];
    const BLOCKS: &[&str] = &[
        "<t:p>#</t:p>",
        "<t:h>#</t:h>",
        "<t:p t:style-name='Title'>#</t:p>",
        "<t:p t:style-name='Gone'>@</t:p>",
        "<t:list><t:list-header><t:p>@</t:p></t:list-header><t:list-item><t:p>#</t:p>~</t:list-item></t:list>",
        "<b:table><b:title>@</b:title><b:table-row><b:table-cell><t:p>#</t:p>~</b:table-cell><b:covered-table-cell/><b:table-cell>~</b:table-cell></b:table-row></b:table>",
        "<t:section>~<t:p>#</t:p></t:section>",
        "<t:section t:display='none'><t:p>@</t:p></t:section>",
        "<w:frame><w:text-box><t:p>#</t:p>~</w:text-box><svg:title>@</svg:title></w:frame>",
        "<t:table-of-content><t:index-body><t:index-title><t:p>@</t:p></t:index-title><t:p>@</t:p></t:index-body></t:table-of-content>",
        "<t:numbered-paragraph><t:p>@</t:p></t:numbered-paragraph>",
        "@",
    ];
    fn blocks(make: &mut Maker, depth: usize) -> String {
        let mut made = String::new();
        for _ in 0..1 + make.below(4) {
            let block = make.piece(BLOCKS);
            for (at, part) in block.split('#').enumerate() {
                if at > 0 {
                    let runs = make.pieces(RUNS, 1, 0);
                    made.push_str(&runs);
                }
                for (at, part) in part.split('~').enumerate() {
                    if at > 0 && depth > 0 {
                        made.push_str(&blocks(make, depth - 1));
                    }
                    made.push_str(part);
                }
            }
        }
        made.replace('~', "")
    }
    let spaces = "xmlns:o='o' xmlns:t='t' xmlns:b='b' xmlns:w='w' xmlns:dc='d' xmlns:svg='v' xmlns:s='s' xmlns:m='m' xmlns:f='f'";
    let styles = "<o:automatic-styles><s:style s:name='Gone'><s:text-properties t:display='none'/></s:style></o:automatic-styles>";
    let made = |make: &mut Maker| {
        let before = make.piece(&["<t:tracked-changes><t:changed-region><t:deletion><o:change-info><dc:creator>x</dc:creator></o:change-info><t:p>@</t:p></t:deletion></t:changed-region></t:tracked-changes><o:forms><f:button f:label='@'/></o:forms><t:user-field-decls><t:user-field-decl o:string-value='@'/></t:user-field-decls>"]);
        let body = format!("<o:body><o:text>{before}<t:p>Words.</t:p>{}</o:text></o:body>", blocks(make, 2));
        let master = make.piece(&["<o:master-styles><s:master-page><s:header><t:p>@</t:p></s:header><s:footer-left><t:p>@</t:p></s:footer-left></s:master-page></o:master-styles>"]);
        let meta = make.piece(&["<o:meta><dc:title>@</dc:title><m:initial-creator>@</m:initial-creator><dc:creator>@</dc:creator><m:keyword>@</m:keyword><dc:subject>@</dc:subject><dc:description>@</dc:description><m:user-defined>@</m:user-defined></o:meta>"]);
        (body, master, meta)
    };
    check("a.fodt", |make| {
        let (body, master, meta) = made(make);
        format!("<o:document {spaces}>{meta}{styles}{master}{body}</o:document>").into_bytes()
    });
    check("a.odt", |make| {
        let (body, master, meta) = made(make);
        let object = make.piece(&["<x><t>@</t></x>"]);
        zip(&[
            ("content.xml", format!("<o:document-content {spaces}>{styles}{body}</o:document-content>").as_bytes()),
            ("styles.xml", format!("<o:document-styles {spaces}>{master}</o:document-styles>").as_bytes()),
            ("meta.xml", format!("<o:document-meta {spaces}>{meta}</o:document-meta>").as_bytes()),
            ("Object 1/content.xml", object.as_bytes()),
        ])
    });
}

#[test]
fn rich_text() {
    const PIECES: &[&str] = &[
        "@ ",
        "{\\b @} ",
        "@\\par\r\n",
        "@\\line @\\tab @",
        "{\\v @}",
        "{\\deleted @}",
        "{\\footnote @\\par @}",
        "{\\footnote\\ftnalt @ {\\v @}}",
        "{\\*\\annotation @}",
        "{\\header @}",
        "{\\footerf @\\par}",
        "{\\field{\\*\\fldinst HYPERLINK @}{\\fldrslt @}}",
        "{\\field{\\*\\fldinst {\\*\\formfield{\\fftype0{\\*\\ffdeftext @}{\\*\\ffl @}}}}{\\fldrslt @}}",
        "{\\xe @}",
        "{\\tc {\\v @}}",
        "\\trowd\\intbl @\\cell @\\cell\\row\\pard ",
        "\\intbl\\itap2 @\\nestcell{\\*\\nesttableprops\\trowd\\nestrow}\\pard ",
        "{\\pntext\\'b7\\tab}@\\par ",
        "{\\listtext 1.\\tab}@\\par ",
        "{\\shp{\\*\\shpinst{\\sp{\\sn wzDescription}{\\sv @}}{\\shptxt @\\par ~}}}",
        "{\\*\\do\\dptxbx{\\dptxbxtext @\\par}}",
        "{\\shp{\\*\\shpinst{\\sp{\\sn gtextUNICODE}{\\sv @}}}}",
        "{\\*\\shppict{\\pict{\\*\\picprop{\\sp{\\sn wzDescription}{\\sv @}}}\\pngblip 0a0b}}",
        "{\\object\\objemb{\\*\\objclass Excel}{\\*\\objdata 0105}{\\result @}}",
        "{\\*\\strange @}",
        "{\\*\\strange {\\*\\stranger @} @}",
        "{\\upr{@}{\\*\\ud{x}}}",
        "\\'40@\\emdash @\\~@",
        "{\\revised @}",
        "{\\*\\bkmkstart x}@{\\*\\bkmkend x}",
        "{\\caps @}",
        "\\page @",
        "\\column @\\sect ",
    ];
    check("a.rtf", |make| {
        let info = make.piece(&["{\\info{\\title @}{\\subject @}{\\author @}{\\manager @}{\\company @}{\\operator @}{\\category @}{\\keywords @}{\\doccomm @}}{\\*\\userprops{\\propname @}{\\staticval @}}"]);
        let body = make.pieces(PIECES, 4, 2).replace('~', "");
        format!("{{\\rtf1\\ansi{{\\fonttbl{{\\f0 Arial;}}}}{{\\*\\generator X;}}{info}Words.\\par {body}}}")
            .into_bytes()
    });
}

#[test]
fn portable_documents() {
    check("a.pdf", |make| {
        let mut pages = Vec::new();
        let head = make.word();
        let foot = make.word();
        for number in 1..=1 + make.below(4) {
            let mut page = vec![(50.0, 770.0, 9.0, head.clone()), (50.0, 20.0, 9.0, format!("{foot} {number}"))];
            let columns = 1 + make.below(3);
            for column in 0..columns {
                for line in 0..1 + make.below(7) {
                    let (size, pieces) = match make.below(3) {
                        0 => (18.0, &["@"][..]),
                        _ => (9.0, &["the @ left", "@-", "- @", "@ @ @", "@"][..]),
                    };
                    let text = make.piece(pieces);
                    page.push((50.0 + 180.0 * column as f32, 700.0 - 22.0 * line as f32, size, text));
                }
            }
            pages.push(page);
        }
        let pages: Vec<_> = pages
            .iter()
            .map(|page| page.iter().map(|(x, y, size, text)| (*x, *y, *size, text.as_str())).collect())
            .collect();
        pdf(&pages)
    });
    let mut make = Maker::new(1);
    let words = [make.word(), make.word(), make.word(), make.word()];
    let content = format!(
        "BT /F1 11 Tf 50 700 Td (The {} left.) Tj ET BT /F1 11 Tf 0 1 -1 0 30 300 Tm ({}) Tj ET",
        words[0], words[1]
    );
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [5 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        format!("<< /Subject ({}) /Keywords ({}) >>", words[2], words[3]),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 6 0 R /Resources << /Font << /F1 3 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len() + 1),
    ];
    make.check("a.pdf", &of_objects(&objects));
}

#[test]
fn tables() {
    check("a.csv", |make| {
        let mut rows = "title,text,id,topic,author\n".to_owned();
        for _ in 0..1 + make.below(5) {
            rows.push_str(&make.piece(&[
                "@,@ and more,@,@,@\n",
                "@,\"@, @\n\n@\",,@,Ada @\n",
                "<b>@</b>,\"<p>@</p><nav>@</nav><img alt='@'>\",1,2,3,@\n",
            ]));
        }
        rows.into_bytes()
    });
}

#[test]
fn json() {
    const VALUES: &[&str] = &[
        "{\"title\":\"@\",\"text\":\"@ @\",\"topic\":\"@\"}",
        "{\"headline\":\"@\",\"body\":\"<p>@</p><form>@</form>\",\"meta\":{\"site\":\"@\",\"deep\":{\"a\":{\"b\":{\"c\":\"@\"}}}}}",
        "{\"text\":[\"@\",\"@\"],\"tags\":[\"@\",{\"label\":\"@\"}],\"n\":1}",
        "{\"title\":\"@\",\"content\":\"@\",\"authors\":[{\"name\":\"@\",\"role\":\"@\"}]}",
    ];
    check("a.jsonl", |make| {
        (0..1 + make.below(4)).map(|_| make.piece(&VALUES[..1]) + "\n").collect::<String>().into_bytes()
    });
    check("a.json", |make| {
        let one = make.piece(VALUES);
        let around = ["[_]", "{\"status\":\"@\",\"articles\":[_, \"@\"]}", "[_, \"@\"]"];
        make.piece(&around).replace('_', &one).into_bytes()
    });
    check("a.json", |make| {
        make.piece(&[
            "{\"uri\":\"http://x.example/1\",\"versioncreated\":\"2024-05-21\",\"headline\":\"@\",\"byline\":\"@\",\"slugline\":\"@\",\"body_html\":\"<p>@</p><nav>@</nav>\",\"subject\":[{\"name\":\"@\"}]}",
            "{\"uri\":\"urn:x\",\"headlines\":[{\"value\":\"@\"},{\"value\":\"@\"}],\"bodies\":[{\"contentType\":\"text/html\",\"value\":\"<p>@</p>\"},{\"contentType\":\"text/plain\",\"value\":\"@\"}],\"descriptions\":[{\"value\":\"@\"}]}",
        ])
        .into_bytes()
    });
}

#[test]
fn agencies() {
    check("a.xml", |make| {
        make.piece(&[
            "<nitf><head><title>@</title><docdata><key-list>@</key-list></docdata></head><body><body.head><hedline><hl1>@</hl1><hl2>@</hl2></hedline><byline>By @<byttl>@</byttl></byline></body.head><body.content><p>@</p><table><tr><td>@</td></tr></table><media><media-caption>@</media-caption></media></body.content><body.end>@</body.end></body></nitf>",
            "<newsItem><itemMeta><provider><name>@</name></provider><edNote>@</edNote></itemMeta><contentMeta><headline>@</headline><by>@</by><slugline>@</slugline><description>@</description></contentMeta><contentSet><inlineXML><html><head><title>@</title></head><body><p>@</p><nav>@</nav></body></html></inlineXML></contentSet></newsItem>",
            "<newsMessage><header><sender>Desk</sender></header><itemSet><newsItem><contentMeta><headline>@</headline></contentMeta><contentSet><inlineData contenttype='text/plain'>@</inlineData></contentSet></newsItem></itemSet></newsMessage>",
        ])
        .into_bytes()
    });
}

#[test]
fn mail() {
    const PARTS: &[&str] = &[
        "Content-Type: text/plain\r\n\r\n@ @\r\n",
        "Content-Type: text/html\r\n\r\n<p>@</p><nav>@</nav><img alt='@'>\r\n",
        "Content-Type: text/plain; format=flowed\r\n\r\n@ \r\n@\r\n-- \r\n@\r\n",
        "Content-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\n@\r\n",
        "Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\n@\r\n",
        "Content-Type: application/x-thing\r\nContent-Disposition: attachment; filename=@.bin\r\n\r\nx\r\n",
        "Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain\r\n\r\n@\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>@</p>\r\n--c--\r\n",
        "Content-Type: message/rfc822\r\n\r\nFrom: @ <x@x.example>\r\nSubject: @\r\n\r\n@\r\n",
    ];
    let message = |make: &mut Maker| {
        let head = make.piece(&["From: Ada @ <ada AT wire.example>\r\nTo: @ <desk AT post.example>\r\nCc: Bo @ <bo AT post.example>\r\nSubject: @ @\r\nOrganization: @\r\nKeywords: @\r\nDate: Tue, 21 May 2024 06:40:00 +0200\r\nMIME-Version: 1.0\r\n"]).replace(" AT ", "@");
        let parts: String = (0..1 + make.below(4))
            .map(|_| {
                format!(
                    "--b\r\n{}",
                    make.piece(
                        &PARTS
                            .iter()
                            .map(|part| part.replace("x@x", "x AT x"))
                            .collect::<Vec<_>>()
                            .iter()
                            .map(String::as_str)
                            .collect::<Vec<_>>()
                    )
                    .replace(" AT ", "@")
                )
            })
            .collect();
        format!(
            "{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nWords.\r\n{parts}--b--\r\n"
        )
    };
    check("a.eml", |make| message(make).into_bytes());
    check("a.mbox", |make| {
        (0..1 + make.below(3))
            .map(|_| format!("From ada Tue May 21 06:40:00 2024\n{}\n", message(make).replace("\r\n", "\n")))
            .collect::<String>()
            .into_bytes()
    });
}

#[test]
fn archived_pages() {
    let page = |make: &mut Maker| {
        format!(
            "<html><head><title>{}</title></head><body><p>Words.</p>{}</body></html>",
            make.word(),
            make.pieces(HTML, 2, 1).replace('~', "")
        )
    };
    check("a.warc", |make| {
        let mut records = Vec::new();
        for at in 0..1 + make.below(3) {
            let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", page(make));
            records.extend(record(
                "response",
                &format!("https://post.example/{at}"),
                "application/http; msgtype=response",
                block.as_bytes(),
            ));
        }
        records
    });
    check("a.mhtml", |make| {
        let page = page(make).replace('=', "=3D");
        format!("From: <Saved by Blink>\r\nSnapshot-Content-Location: https://post.example/a\r\nSubject: {}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://post.example/a\r\n\r\n{page}\r\n--b\r\nContent-Type: text/css\r\nContent-Location: https://post.example/a.css\r\n\r\np {{}}\r\n--b--\r\n", make.word()).into_bytes()
    });
}
