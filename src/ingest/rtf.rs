//! Rich text: the running text in whatever code page, title, author and date from its head.

use encoding_rs::Encoding;
use jiff::civil::Date;

use super::article::{add_paragraph, finish};
use super::dateline::FileDays;
use super::left_out::LeftOut;
use super::names::stem;
use super::render::{BULLET, DESCRIBED};
use super::{IngestError, dateline, text};
use crate::text::{Article, Metadata};

/// How deep groups may be nested.
const MAX_GROUPS: usize = 10_000;
/// Groups with words that are left out, and what these are.
const LEFT_OUT: &[(&str, &str)] = &[
    ("annotation", "comments"),
    ("category", PROPERTIES),
    ("company", PROPERTIES),
    ("doccomm", PROPERTIES),
    ("fldinst", "codes of fields"),
    ("keywords", PROPERTIES),
    ("manager", PROPERTIES),
    ("operator", PROPERTIES),
    ("propname", PROPERTIES),
    ("staticval", PROPERTIES),
    ("subject", PROPERTIES),
    ("tc", "entries of tables of contents and indexes"),
    ("xe", "entries of tables of contents and indexes"),
    ("ffdeftext", FORMS),
    ("ffhelptext", FORMS),
    ("ffl", FORMS),
    ("ffstattext", FORMS),
    ("footer", PAGES),
    ("footerf", PAGES),
    ("footerl", PAGES),
    ("footerr", PAGES),
    ("header", PAGES),
    ("headerf", PAGES),
    ("headerl", PAGES),
    ("headerr", PAGES),
];
const PAGES: &str = "headers and footers of pages";
const PROPERTIES: &str = "properties of the file";
const FORMS: &str = "settings of form fields";
/// Groups that a program may pass over, around others with words: the text of boxes, pictures, properties.
const AROUND: &[&str] = &["shpinst", "do", "shppict", "picprop", "userprops", "formfield", "background"];
/// Groups that hold no words of the text: tables of the file, numbers, data, what stands elsewhere again.
const ASIDE: &[&str] = &[
    "aftnsep",
    "aftnsepc",
    "aftncn",
    "atnauthor",
    "atndate",
    "atnid",
    "atnparent",
    "atnref",
    "atrfend",
    "atrfstart",
    "blipuid",
    "bkmkend",
    "bkmkstart",
    "colorschememapping",
    "colortbl",
    "cs",
    "datafield",
    "datastore",
    "defchp",
    "defpap",
    "docvar",
    "ds",
    "falt",
    "ffentrymcr",
    "ffexitmcr",
    "ffformat",
    "ffname",
    "filetbl",
    "fontemb",
    "fontfile",
    "ftncn",
    "ftnsep",
    "ftnsepc",
    "generator",
    "latentstyles",
    "levelnumbers",
    "leveltext",
    "listname",
    "listoverridetable",
    "listpicture",
    "liststylename",
    "listtable",
    "mmathPr",
    "nonshppict",
    "objalias",
    "objclass",
    "objdata",
    "objname",
    "objsect",
    "oldcprops",
    "oldpprops",
    "oldsprops",
    "oldtprops",
    "panose",
    "passwordhash",
    "pgdsctbl",
    "pgdsctblentry",
    "pgptbl",
    "pnseclvl",
    "private",
    "protusertbl",
    "revtbl",
    "rsidtbl",
    "shprslt",
    "stylesheet",
    "template",
    "themedata",
    "ts",
    "txfieldflags",
    "ud",
    "wgrffmtfilter",
    "xmlattrname",
    "xmlattrvalue",
    "xmlname",
    "xmlnstbl",
];

pub(super) fn read(name: &str, bytes: &[u8], left_out: &mut LeftOut) -> Result<Article, IngestError> {
    if !bytes.starts_with(b"{\\rtf") {
        return Err(IngestError::damaged(name, "it is no rich text: it does not begin with “{\\rtf”"));
    }
    let mut page = Page::default();
    let mut rest = bytes;
    while let Some((token, after)) = token(rest) {
        rest = after;
        if page.groups.len() > MAX_GROUPS {
            let what = format!("its groups are nested more than {MAX_GROUPS} deep");
            return Err(IngestError::TooComplex { name: super::file_name(name).to_owned(), what });
        }
        rest = page.take(&token, rest);
    }
    page.flush();
    page.article(name, left_out)
}

/// A piece of a file.
enum Token<'b> {
    Open,
    Close,
    /// A control word with its number, or a control sign.
    Word(&'b str, Option<i32>),
    /// A byte of text, in the code page that holds there.
    Byte(u8),
}

/// The first piece, and what follows it.
fn token(bytes: &[u8]) -> Option<(Token<'_>, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    match first {
        b'{' => Some((Token::Open, rest)),
        b'}' => Some((Token::Close, rest)),
        b'\\' => control(rest),
        b'\r' | b'\n' | 0 => token_after_line_end(rest),
        byte => Some((Token::Byte(*byte), rest)),
    }
}

/// Line ends in the file mean nothing.
fn token_after_line_end(mut rest: &[u8]) -> Option<(Token<'_>, &[u8])> {
    while let Some((b'\r' | b'\n' | 0, after)) = rest.split_first() {
        rest = after;
    }
    if rest.is_empty() { None } else { token(rest) }
}

fn control(bytes: &[u8]) -> Option<(Token<'_>, &[u8])> {
    let letters = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (word, rest) = bytes.split_at_checked(letters)?;
    if letters == 0 {
        let (sign, rest) = bytes.split_first()?;
        if *sign == b'\'' {
            let digits = rest.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
            let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            return Some((Token::Byte(byte.unwrap_or(b'?')), rest.get(2..).unwrap_or_default()));
        }
        let word = bytes.get(..1).and_then(|sign| std::str::from_utf8(sign).ok()).unwrap_or_default();
        return Some((Token::Word(word, None), rest));
    }
    let minus = usize::from(rest.first() == Some(&b'-'));
    let digits = rest.iter().skip(minus).take_while(|byte| byte.is_ascii_digit()).count();
    let (number, rest) = if digits > 0 { rest.split_at_checked(minus + digits)? } else { (rest.get(..0)?, rest) };
    let number = std::str::from_utf8(number).ok().and_then(|number| number.parse().ok());
    let rest = rest.strip_prefix(b" ").unwrap_or(rest);
    Some((Token::Word(std::str::from_utf8(word).ok()?, number), rest))
}

/// What a group holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Running,
    Fonts,
    Info,
    Title,
    Author,
    Created,
    Note,
    Box,
    /// A drawing's or picture's: other groups may stand among its figures.
    Picture,
    /// What a property of a drawing is called, and what it says.
    Property,
    PropertyName,
    PropertyValue,
    LeftOut(&'static str),
    /// A group that only other programs know: its words are told where they are some.
    Unknown,
    Aside,
}

/// What holds inside a group, until it closes.
#[derive(Clone, Copy, Default)]
struct Group {
    kind: Kind,
    hidden: bool,
    deleted: bool,
    font: i32,
    /// How many bytes stand behind a Unicode character for programs that do not know it.
    substitutes: usize,
    /// The next word says what the group holds, and may be one that is not known.
    optional: bool,
}

#[derive(Default)]
struct Page {
    groups: Vec<Group>,
    now: Group,
    code_page: Option<&'static Encoding>,
    fonts: Vec<(i32, &'static Encoding)>,
    /// Text that is not decoded yet: bytes of a code page, or UTF-16.
    bytes: Vec<u8>,
    units: Vec<u16>,
    /// How many substitutes are still to be passed over.
    pass: usize,
    text: String,
    /// What boxes of the open paragraph hold, and notes.
    boxes: String,
    notes: String,
    left_out: LeftOut,
    /// The name of the property of a drawing that is open, and its value.
    property: (String, String),
    /// What the group says that is open and not known.
    unknown: String,
    title: String,
    author: String,
    /// Year, month and day.
    created: (i32, i32, i32),
    /// The paragraph that comes is an item of a list.
    item: bool,
    in_table: bool,
}

impl Page {
    /// Takes a piece in; gives what is to be read after it.
    fn take<'b>(&mut self, token: &Token<'b>, rest: &'b [u8]) -> &'b [u8] {
        match token {
            Token::Open => {
                self.flush();
                self.groups.push(self.now);
                self.pass = 0;
            }
            Token::Close => {
                self.flush();
                let closed = std::mem::replace(&mut self.now, self.groups.pop().unwrap_or_default());
                self.close(closed.kind);
                self.pass = 0;
            }
            Token::Byte(_) | Token::Word(..) if self.pass > 0 && !matches!(token, Token::Word("u", _)) => {
                self.pass -= 1
            }
            Token::Byte(byte) => {
                if !self.units.is_empty() {
                    self.flush();
                }
                self.bytes.push(*byte);
            }
            Token::Word("bin", length) => {
                let length = length.and_then(|length| usize::try_from(length).ok()).unwrap_or_default();
                return rest.get(length..).unwrap_or_default();
            }
            Token::Word("u", Some(code)) => {
                self.decode_bytes();
                // Written as a signed number of 16 bits.
                self.units.push((code & 0xffff) as u16);
                self.pass = self.now.substitutes;
            }
            Token::Word(word, number) => {
                self.flush();
                self.word(word, *number);
            }
        }
        rest
    }

    /// Takes in what a group said that has closed.
    fn close(&mut self, kind: Kind) {
        match kind {
            Kind::Property => {
                let (name, value) = std::mem::take(&mut self.property);
                match name.trim() {
                    "wzDescription" | "wzName" if !is_numbered(&value) => {
                        self.left_out.tell(DESCRIBED, &value);
                    }
                    "gtextUNICODE" => self.boxes.push_str(&format!("\n\n{value}")),
                    _ => {}
                }
            }
            Kind::Unknown if self.now.kind != Kind::Unknown => {
                let words = std::mem::take(&mut self.unknown);
                // Data are written in figures of sixteen signs.
                let is_word = |word: &str| {
                    word.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
                        && word.contains(|c: char| c.is_alphabetic() && !c.is_ascii_hexdigit())
                };
                if words.split_whitespace().any(is_word) {
                    self.left_out.tell("parts that only other programs know", &words);
                }
            }
            _ => {}
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let optional = std::mem::take(&mut self.now.optional);
        match (word, self.now.kind) {
            (_, Kind::Aside) => {}
            ("*", _) => self.now.optional = true,
            ("sp", _) => self.now.kind = Kind::Property,
            ("sn", Kind::Property) => self.now.kind = Kind::PropertyName,
            ("sv", Kind::Property) => self.now.kind = Kind::PropertyValue,
            ("pict", _) => self.now.kind = Kind::Picture,
            ("fonttbl", _) => self.now.kind = Kind::Fonts,
            ("info", _) => self.now.kind = Kind::Info,
            ("title", Kind::Info) => self.now.kind = Kind::Title,
            ("author", Kind::Info) => self.now.kind = Kind::Author,
            ("creatim", Kind::Info) => self.now.kind = Kind::Created,
            ("yr", Kind::Created) => self.created.0 = number.unwrap_or_default(),
            ("mo", Kind::Created) => self.created.1 = number.unwrap_or_default(),
            ("dy", Kind::Created) => self.created.2 = number.unwrap_or_default(),
            ("footnote", _) => {
                self.notes.push_str("\n\n");
                self.now.kind = Kind::Note;
            }
            ("shptxt" | "dptxbxtext", Kind::Running | Kind::Picture) => {
                self.boxes.push_str("\n\n");
                self.now.kind = Kind::Box;
            }
            (around, _) if AROUND.contains(&around) => {}
            ("listtext" | "pntext", _) => {
                self.item = true;
                self.now.kind = Kind::Aside;
            }
            (group, _) if left_out(group).is_some() => {
                self.now.kind = left_out(group).map_or(Kind::Aside, Kind::LeftOut);
            }
            (aside, _) if ASIDE.contains(&aside) => self.now.kind = Kind::Aside,
            ("f", Kind::Fonts | Kind::Running | Kind::Note | Kind::Box | Kind::LeftOut(_)) => {
                self.now.font = number.unwrap_or_default()
            }
            ("fcharset", Kind::Fonts) => {
                let encoding = number.and_then(of_charset);
                self.fonts.extend(encoding.map(|encoding| (self.now.font, encoding)));
            }
            ("ansicpg", _) => self.code_page = number.and_then(of_code_page),
            ("mac", _) => self.code_page = Some(encoding_rs::MACINTOSH),
            ("uc", _) => self.now.substitutes = number.and_then(|n| usize::try_from(n).ok()).unwrap_or(1).min(8),
            ("rtf", _) => self.now.substitutes = 1,
            ("v", _) => self.now.hidden = number != Some(0),
            ("deleted", _) => self.now.deleted = number != Some(0),
            ("plain", _) => (self.now.hidden, self.now.deleted) = (false, false),
            _ if optional => self.now.kind = Kind::Unknown,
            (word, kind) => self.sign(word, kind),
        }
    }

    /// Words that stand for a character or an end.
    fn sign(&mut self, word: &str, kind: Kind) {
        if matches!(kind, Kind::Fonts | Kind::Info | Kind::Created | Kind::Picture) {
            return;
        }
        match word {
            "par" | "sect" | "page" | "\r" | "\n" => self.end("\n\n"),
            "line" => self.end("\n"),
            "row" | "nestrow" => {
                self.text.truncate(self.text.trim_end_matches('\t').len());
                self.end("\n");
            }
            "cell" | "nestcell" => self.write("\t"),
            "intbl" => self.in_table = true,
            "pard" => self.in_table = false,
            "tab" => self.write("\t"),
            "emdash" => self.write("—"),
            "endash" => self.write("–"),
            "bullet" => self.write("•"),
            "lquote" => self.write("‘"),
            "rquote" => self.write("’"),
            "ldblquote" => self.write("“"),
            "rdblquote" => self.write("”"),
            "emspace" | "enspace" | "qmspace" => self.write(" "),
            "~" => self.write("\u{a0}"),
            "_" => self.write("\u{2011}"),
            "\\" | "{" | "}" => self.write(word),
            _ => {}
        }
    }

    /// Ends a line or paragraph; empty ones add nothing.
    fn end(&mut self, gap: &str) {
        match self.now.kind {
            Kind::Running => {}
            Kind::Note => return self.notes.push_str(gap),
            Kind::Box => return self.boxes.push_str(gap),
            Kind::LeftOut(what) => return self.left_out.add(what, " "),
            Kind::Unknown => return self.unknown.push(' '),
            _ => return,
        }
        let gap = if self.in_table { " " } else { gap };
        self.text.truncate(self.text.trim_end_matches(' ').len());
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            let gap = if self.text.ends_with('\n') { "\n" } else { gap };
            self.text.push_str(gap);
        }
        if gap == "\n\n" {
            self.place_boxes();
        }
    }

    /// Puts what boxes hold behind the paragraph that they hang on.
    fn place_boxes(&mut self) {
        let boxes = std::mem::take(&mut self.boxes);
        if !boxes.trim().is_empty() {
            self.add(&boxes);
            self.text.push_str("\n\n");
        }
    }

    /// Adds paragraphs behind the text.
    fn add(&mut self, paragraphs: &str) {
        paragraphs.split("\n\n").for_each(|paragraph| add_paragraph(&mut self.text, paragraph));
    }

    fn write(&mut self, piece: &str) {
        let hidden = self.now.hidden || self.now.deleted;
        if hidden && matches!(self.now.kind, Kind::Running | Kind::Note | Kind::Box) {
            let what = if self.now.hidden { "hidden words" } else { "words deleted with changes being tracked" };
            return self.left_out.add(what, piece);
        }
        match self.now.kind {
            Kind::Running => {
                if std::mem::take(&mut self.item) {
                    // Items follow each other line by line.
                    if self.text.ends_with("\n\n") && self.last_line().starts_with(BULLET) {
                        self.text.pop();
                    }
                    self.text.push_str(BULLET);
                }
                self.text.push_str(piece);
            }
            Kind::Note => self.notes.push_str(piece),
            Kind::Box => self.boxes.push_str(piece),
            Kind::LeftOut(what) => self.left_out.add(what, piece),
            Kind::Title => self.title.push_str(piece),
            Kind::Author => self.author.push_str(piece),
            Kind::PropertyName => self.property.0.push_str(piece),
            Kind::PropertyValue => self.property.1.push_str(piece),
            Kind::Unknown => self.unknown.push_str(piece),
            Kind::Fonts | Kind::Info | Kind::Created | Kind::Picture | Kind::Property | Kind::Aside => {}
        }
    }

    fn last_line(&self) -> &str {
        self.text.trim_end().rsplit('\n').next().unwrap_or_default()
    }

    /// Decodes what waits.
    fn flush(&mut self) {
        self.decode_bytes();
        if !self.units.is_empty() {
            let text = String::from_utf16_lossy(&std::mem::take(&mut self.units));
            self.write(&text);
        }
    }

    fn decode_bytes(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let of_font = self.fonts.iter().find(|(font, _)| *font == self.now.font).map(|(_, encoding)| *encoding);
        let encoding = of_font.or(self.code_page).unwrap_or(encoding_rs::WINDOWS_1252);
        let bytes = std::mem::take(&mut self.bytes);
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        self.write(&text);
    }

    fn article(mut self, name: &str, left_out: &mut LeftOut) -> Result<Article, IngestError> {
        self.place_boxes();
        *left_out = std::mem::take(&mut self.left_out);
        let notes = std::mem::take(&mut self.notes);
        self.add(&notes);
        let body = self.text.trim().to_owned();
        let guessed = text::article(name, "", body.clone())?;
        let (year, month, day) = self.created;
        let number = |number: i32| i8::try_from(number).ok();
        let created = i16::try_from(year).ok().filter(|year| *year > 0).zip(number(month)).zip(number(day));
        let created = created.and_then(|((year, month), day)| Date::new(year, month, day).ok());
        let file = FileDays { made: created, ..FileDays::default() };
        let days = dateline::of_document(&body, stem(name), file);
        let title = self.title.trim();
        let meta = Metadata {
            title: if title.is_empty() { guessed.meta.title } else { title.to_owned() },
            author: self.author.trim().to_owned(),
            date: days.taken(),
            dates: days.all(),
            origin: name.to_owned(),
            ..guessed.meta
        };
        finish(name, meta, body)
    }
}

/// What the words of a group are that is left out.
fn left_out(group: &str) -> Option<&'static str> {
    LEFT_OUT.iter().find(|(known, _)| *known == group).map(|(_, what)| *what)
}

/// Whether a drawing has the name that the program gave it: "Picture 3".
fn is_numbered(name: &str) -> bool {
    let mut words = name.split_whitespace();
    words.next().is_some()
        && words.next().is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit()))
        && words.next().is_none()
}

/// The encoding of a Windows code page by its number.
fn of_code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        65001 => "utf-8".to_owned(),
        874 => "windows-874".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        866 => "ibm866".to_owned(),
        10000 => "macintosh".to_owned(),
        1250..=1258 => format!("windows-{number}"),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// The encoding of a font by the number of its set of characters; none for the usual one.
fn of_charset(number: i32) -> Option<&'static Encoding> {
    of_code_page(match number {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}
