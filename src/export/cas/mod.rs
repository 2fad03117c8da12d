//! UIMA CAS, a document an article, as XMI with its `TypeSystem.xml` and as JSON-CAS 0.4: DKPro's layers, which
//! INCEpTION and WebAnno read too, and custom ones for events. Ranges in UTF-16 units.
//! <https://uima.apache.org/d/uimaj-current/references.html#ugr.ref.xmi>

mod json;
mod types;
mod xmi;

pub(super) use json::Json;
pub(super) use xmi::Xmi;

use text_size::TextRange;

use super::layers::{self, Annotation, Layer};
use super::segments::segments;
use super::view::{ArticleView, View};
use super::{ExportError, LeftOut};

/// The feature structures of one article, numbered; what is written about them is for both forms the same.
struct Document<'v, 'p> {
    article: &'v ArticleView<'p>,
    annotations: Vec<Annotation<'p>>,
    structures: Vec<Structure<'v>>,
}

/// A feature structure.
struct Structure<'v> {
    id: usize,
    kind: &'static str,
    /// In UTF-16 units.
    range: Option<(usize, usize)>,
    /// Whether it belongs to the text and stands in its index.
    indexed: bool,
    values: Vec<(&'static str, std::borrow::Cow<'v, str>)>,
    /// A feature that refers to others, one or a list.
    references: Option<(&'static str, References)>,
}

enum References {
    One(usize),
    Many(Vec<usize>),
}

/// The number of the text itself.
const SOFA: usize = 1;

impl<'v, 'p> Document<'v, 'p> {
    fn new(view: &View<'p>, article: &'v ArticleView<'p>, left_out: &mut Vec<LeftOut>) -> Self {
        let annotations = layers::annotations(view.project, article, left_out);
        Self { article, annotations, structures: Vec::new() }
    }

    fn range(&self, range: TextRange) -> Option<(usize, usize)> {
        Some((self.article.offsets.utf16(range.start())?, self.article.offsets.utf16(range.end())?))
    }

    fn add(&mut self, structure: Structure<'v>) {
        self.structures.push(structure);
    }
}

/// All feature structures of an article but its text, in the order of their numbers.
fn structures<'v, 'p: 'v>(
    view: &View<'p>,
    article: &'v ArticleView<'p>,
    left_out: &mut Vec<LeftOut>,
) -> Result<Vec<Structure<'v>>, ExportError> {
    let mut document = Document::new(view, article, left_out);
    let mut next = SOFA + 1;
    let mut fresh = || {
        next += 1;
        next - 1
    };
    let meta = &article.record.article.meta;
    let units = article.text.encode_utf16().count();
    let language = if meta.language.is_empty() { "x-unspecified" } else { &meta.language };
    let id = article.record.id.to_string();
    let told = [("documentTitle", meta.title.as_str()), ("documentUri", &meta.url)];
    document.add(Structure {
        id: fresh(),
        kind: types::META,
        range: Some((0, units)),
        indexed: true,
        values: [("language", language.into()), ("documentId", id.into())]
            .into_iter()
            .chain(told.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.into())))
            .collect(),
        references: None,
    });
    let date = meta.date.map(|date| date.to_string()).unwrap_or_default();
    let told = [("source", meta.source.as_str().into()), ("date", date.into()), ("origin", meta.origin.as_str().into())];
    document.add(Structure {
        id: fresh(),
        kind: types::ARTICLE,
        range: None,
        indexed: true,
        values: told.into_iter().filter(|(_, value): &(_, std::borrow::Cow<'_, str>)| !value.is_empty()).collect(),
        references: None,
    });
    let marks: Vec<TextRange> = article.mentions.iter().map(|marked| marked.mention.range).collect();
    for sentence in segments(article.text, &marks) {
        let whole = sentence.iter().copied().reduce(TextRange::cover);
        let tokens = sentence.into_iter().map(|token| (types::TOKEN, token));
        for (kind, range) in whole.map(|whole| (types::SENTENCE, whole)).into_iter().chain(tokens) {
            let range = document.range(range);
            let id = fresh();
            document.add(Structure { id, kind, range, indexed: true, values: Vec::new(), references: None });
        }
    }
    let annotations = std::mem::take(&mut document.annotations);
    let ids: Vec<usize> = annotations.iter().map(|_| fresh()).collect();
    let mut links = Vec::new();
    for (annotation, id) in annotations.into_iter().zip(&ids) {
        let range = document.range(annotation.marked.mention.range);
        range.ok_or(ExportError::BadQuote(annotation.marked.mention.id))?;
        let mut linked = Vec::new();
        for (role, target) in &annotation.links {
            let Some(target) = ids.get(*target) else { continue };
            let id = fresh();
            linked.push(id);
            links.push(Structure {
                id,
                kind: layers::LINK,
                range: None,
                indexed: false,
                values: vec![("role", (*role).into())],
                references: Some(("target", References::One(*target))),
            });
        }
        let features = annotation.layer.features().iter().copied();
        document.add(Structure {
            id: *id,
            kind: annotation.layer.kind(),
            range,
            indexed: true,
            values: features.zip(annotation.values).filter_map(|(name, value)| Some((name, value?))).collect(),
            references: (annotation.layer == Layer::Event && !linked.is_empty())
                .then_some((layers::PARTICIPANTS, References::Many(linked))),
        });
    }
    let mut all = document.structures;
    all.extend(links);
    Ok(all)
}
