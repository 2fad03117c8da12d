//! PDF with a text layer: the glyphs of each page put into lines, columns and paragraphs.
//!
//! `order` finds lines and the order in which they are read, `flow` joins them to paragraphs. Text that does not run
//! from left to right or right to left, such as a stamp across the page, is left out.

mod flow;
mod order;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::DateTime;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, TransformExt, interpret_page,
};
use unicode_normalization::UnicodeNormalization;

use super::article::finish;
use super::dateline::FileDays;
use super::left_out::LeftOut;
use super::limits::{MAX_PAGE_GLYPHS, MAX_PAGES};
use super::names::{file_name, stem};
use super::{IngestError, databank, dateline, text};
use crate::text::{Article, Metadata};
use order::{Line, Mark};

/// How far from the end of a file the mark that ends a PDF may stand, in bytes; readers of PDF look as far.
const END_REACH: usize = 1024;
const TRUNCATED: &str =
    "it is truncated: its end is missing, and what is left holds no text. Download or copy it again";
/// How far the title that the file names may stand from the beginning of the text, in bytes.
const TITLE_REACH: usize = 2000;
/// What is this much larger than the text below it is a headline.
const HEADLINE: f32 = 1.25;
/// The longest headline, in characters.
const MAX_HEADLINE: usize = 250;

/// Programs that make a PDF of what is there already, as they name themselves: browsers, scanners.
const COPIERS: &[&str] = &[
    "Chrom",
    "Skia/PDF",
    "Mozilla",
    "Firefox",
    "Safari",
    "Quartz PDFContext",
    "wkhtmltopdf",
    "Print To PDF",
    "Paper Capture",
    "FineReader",
    "OCRmyPDF",
    "ocrmypdf",
    "Scan",
    "scan",
];

pub(super) fn read(name: &str, bytes: &[u8], left_out: &mut LeftOut) -> Result<Article, IngestError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| IngestError::damaged(name, reason(error, bytes)))?;
    let count = pdf.pages().len();
    if count > MAX_PAGES {
        return Err(IngestError::TooMuch { name: file_name(name).to_owned(), what: format!("{MAX_PAGES} pages") });
    }
    let pages = pages(name, &pdf, left_out)?;
    if pages.iter().all(Vec::is_empty) {
        let scan = "its pages hold no text: they are pictures, as of a scanner. Have a program recognise the text (OCR) \
                    and open what it gives";
        let nothing = "it has no pages. Download or copy it again";
        return Err(IngestError::damaged(
            name,
            match count {
                _ if !is_whole(bytes) => TRUNCATED,
                0 => nothing,
                _ => scan,
            },
        ));
    }
    let mut pages = pages;
    flow::drop_repeated(&mut pages, left_out);
    let headline = headline(&pages);
    let mut body = flow::text(&pages, None);
    // Of an export of a news database the lines that tell of its articles stay lines.
    let lines = pages.iter().flatten().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
    if databank::is_export(&lines) {
        body = flow::text(&pages, Some(databank::stands_alone));
    }
    let guessed = text::article(name, "", body.clone())?;
    let about = pdf.metadata();
    let said = about.title.as_deref().map(decoded).filter(|title| stands_in(&body, title));
    let day = |date: DateTime| {
        let number = |number: u8| i8::try_from(number).ok();
        jiff::civil::Date::new(i16::try_from(date.year).ok()?, number(date.month)?, number(date.day)?).ok()
    };
    let programs = [&about.creator, &about.producer].map(|program| program.as_deref().map(decoded).unwrap_or_default());
    let file = FileDays {
        made: about.creation_date.and_then(day),
        saved: about.modification_date.and_then(day),
        is_copy: COPIERS.iter().any(|copier| programs.iter().any(|program| program.contains(copier))),
    };
    let days = dateline::of_document(&body, stem(name), file);
    let meta = Metadata {
        title: said.or(headline).unwrap_or(guessed.meta.title),
        author: about.author.as_deref().map(decoded).unwrap_or_default(),
        date: days.taken(),
        dates: days.all(),
        origin: name.to_owned(),
        ..guessed.meta
    };
    let article = finish(name, meta, body)?;
    let said =
        [&about.title, &about.subject, &about.keywords].map(|field| field.as_deref().map(decoded).unwrap_or_default());
    left_out.tell_rest("properties of the file", said.iter().map(String::as_str), &article);
    Ok(article)
}

/// Whether a file has the mark that ends a PDF. Some mail programs and servers add bytes after it; a PDF made for the web
/// has the mark near its beginning as well, so that only the last bytes tell.
fn is_whole(bytes: &[u8]) -> bool {
    let end = bytes.get(bytes.len().saturating_sub(END_REACH)..).unwrap_or_default();
    memchr::memmem::find(end, b"%%EOF").is_some()
}

fn reason(error: LoadPdfError, bytes: &[u8]) -> &'static str {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            "it is locked with a password. Save it without one and open that"
        }
        LoadPdfError::Decryption(_) => "it is encrypted in a way that is not read. Save it without that and open it",
        LoadPdfError::Invalid if !is_whole(bytes) => {
            "it is truncated, or no PDF: the end of a PDF is missing. Download or copy it again"
        }
        LoadPdfError::Invalid => "it is damaged, or no PDF. Download or copy it again",
    }
}

/// The lines of all pages, each page's in the order in which they are read.
fn pages(name: &str, pdf: &Pdf, left_out: &mut LeftOut) -> Result<Vec<Vec<Line>>, IngestError> {
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    let (mut bytes, mut unknown) = (0, 0);
    for page in pdf.pages().iter() {
        let area = Rect::new(0.0, 0.0, 1.0, 1.0);
        let initial = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(initial, area, &cache, pdf.xref(), settings.clone());
        let mut glyphs = Glyphs::default();
        interpret_page(page, &mut context, &mut glyphs);
        left_out.tell("words that stand upright or aslant", &glyphs.aslant);
        unknown += glyphs.unknown;
        let lines = order::lines(glyphs.found, f64::from(page.render_dimensions().0) as f32);
        bytes += lines.iter().map(|line| line.text.len()).sum::<usize>();
        if bytes > super::MAX_ARTICLE_BYTES {
            let (name, limit) = (file_name(name).to_owned(), super::MAX_ARTICLE_BYTES);
            return Err(IngestError::TooLarge { name, size: bytes, limit });
        }
        pages.push(lines);
    }
    if unknown > 0 {
        left_out.tell("signs of which the file does not say what letters they are", &unknown.to_string());
    }
    Ok(pages)
}

/// Takes the glyphs of a page and nothing else.
#[derive(Default)]
struct Glyphs {
    found: Vec<Mark>,
    /// What is not level.
    aslant: String,
    /// How many signs there are of which the file does not say what letters they are.
    unknown: usize,
}

impl Glyphs {
    fn take(&mut self, glyph: &Glyph<'_>, place: Affine) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => {
                self.unknown += 1;
                return;
            }
        };
        let text: String = text.chars().filter(|c| !c.is_control() && *c != '\u{ad}').flat_map(spelt).collect();
        let advance = match glyph {
            Glyph::Outline(glyph) => glyph.advance_width(),
            Glyph::Type3(glyph) => glyph.advance_width(),
        };
        let start = place * Point::ZERO;
        let along = place * Point::new(f64::from(advance.unwrap_or(500.0)), 0.0) - start;
        let up = place * Point::new(0.0, 1000.0) - start;
        let fits = |number: f64| number.is_finite() && number.abs() < 1e6;
        let sound = [start.x, start.y, along.x, along.y, up.x, up.y].into_iter().all(fits);
        let size = up.hypot();
        // Nearly level: a degree or two off is a scanner's doing.
        if text.is_empty() || !sound || size < 0.5 {
            return;
        }
        if along.y.abs() > along.x.abs() * 0.2 || up.x.abs() > size * 0.6 {
            self.aslant.push_str(&text);
            return;
        }
        let (x, end) = (start.x.min(start.x + along.x) as f32, start.x.max(start.x + along.x) as f32);
        self.found.push(Mark { text: text.into(), x, end, y: start.y as f32, size: size as f32 });
    }
}

/// A character as its letters: ligatures and the forms of Arabic letters are many characters for few.
fn spelt(c: char) -> Vec<char> {
    match c {
        '\u{fb00}'..='\u{fdfb}' | '\u{fe70}'..='\u{fefc}' => std::iter::once(c).nfkc().collect(),
        '\u{a0}' => vec![' '],
        c => vec![c],
    }
}

impl Device<'_> for Glyphs {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            if self.found.len() < MAX_PAGE_GLYPHS {
                self.take(glyph, props.transform * glyph.transform());
            }
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Text of the file's head: UTF-16 or UTF-8 where it says so, else much like Windows' Latin letters.
fn decoded(bytes: &[u8]) -> String {
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) => encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0,
        None => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
    };
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a title is one: many files name the program's template or a file there.
fn stands_in(body: &str, title: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let head = body.get(..body.floor_char_boundary(TITLE_REACH)).unwrap_or(body);
    let title = letters(title);
    !title.is_empty() && letters(head).contains(&title)
}

/// The largest lines of the first page with text, where they are larger than its text.
fn headline(pages: &[Vec<Line>]) -> Option<String> {
    let page = pages.iter().find(|page| !page.is_empty())?;
    let mut sizes: Vec<f32> =
        page.iter().flat_map(|line| std::iter::repeat_n(line.size, line.text.len().min(200))).collect();
    sizes.sort_by(f32::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied()?;
    let largest = page.iter().map(|line| line.size).max_by(f32::total_cmp)?;
    let is_large = |line: &&Line| line.size > largest * 0.95;
    let lines = page.iter().skip_while(|line| !is_large(line)).take_while(is_large);
    let words = lines.map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
    let fits = (3..=MAX_HEADLINE).contains(&words.chars().count());
    (largest > usual * HEADLINE && fits).then_some(words)
}
