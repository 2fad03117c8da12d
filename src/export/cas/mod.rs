//! UIMA CAS, a document an article, as XMI with its `TypeSystem.xml` and as JSON-CAS 0.4: DKPro's layers, which
//! INCEpTION and WebAnno read too, and custom ones for events. Ranges in UTF-16 units.
//! <https://uima.apache.org/d/uimaj-current/references.html#ugr.ref.xmi>

mod json;
mod types;
mod xmi;

use std::borrow::Cow;

use text_size::TextRange;

use super::layers::{self, Annotation, Relation};
use super::segments::segments;
use super::view::{ArticleView, View};
use super::{ExportError, LeftOut};

pub(super) use json::Json;
pub(super) use xmi::Xmi;

/// A feature structure; what is written about it is for both forms the same.
struct Structure<'v> {
    /// From 2 on without gaps, when all are in their order.
    id: usize,
    kind: &'static str,
    /// In UTF-16 units.
    range: Option<(usize, usize)>,
    /// Whether it belongs to the text and stands in its index.
    indexed: bool,
    values: Vec<(&'static str, Cow<'v, str>)>,
    /// Features that refer to others, one or a list.
    references: Vec<(&'static str, References)>,
}

enum References {
    One(usize),
    Many(Vec<usize>),
}

/// The number of the text itself.
const SOFA: usize = 1;

/// All feature structures of an article but its text.
fn structures<'v, 'p: 'v>(
    view: &View<'p>,
    article: &'v ArticleView<'p>,
    left_out: &mut Vec<LeftOut>,
) -> Result<Vec<Structure<'v>>, ExportError> {
    let mut document = Document { article, all: Vec::new() };
    let layers::Annotations { list: annotations, relations, .. } = layers::annotations(view.project, article, left_out);
    document.metadata();
    document.segments(&annotations);
    let first = document.annotations(annotations)?;
    relations.into_iter().for_each(|relation| document.relation(first, relation));
    Ok(document.all)
}

/// The feature structures so far.
struct Document<'v, 'p> {
    article: &'v ArticleView<'p>,
    all: Vec<Structure<'v>>,
}

impl<'v, 'p: 'v> Document<'v, 'p> {
    /// Adds one, and gives its number.
    fn add(
        &mut self,
        kind: &'static str,
        range: Option<(usize, usize)>,
        values: impl IntoIterator<Item = (&'static str, Cow<'v, str>)>,
    ) -> usize {
        let id = SOFA + 1 + self.all.len();
        let values = values.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        self.all.push(Structure { id, kind, range, indexed: true, values, references: Vec::new() });
        id
    }

    fn metadata(&mut self) {
        let meta = &self.article.record.article.meta;
        let units = self.article.text.encode_utf16().count();
        let language = if meta.language.is_empty() { "x-unspecified" } else { &meta.language };
        let values = [
            ("language", language.into()),
            ("documentTitle", meta.title.as_str().into()),
            ("documentId", self.article.record.id.to_string().into()),
            ("documentUri", meta.url.as_str().into()),
        ];
        self.add(types::META, Some((0, units)), values);
        let date = meta.date.map(|date| date.to_string()).unwrap_or_default();
        let values = [
            ("source", meta.source.as_str().into()),
            ("author", meta.author.as_str().into()),
            ("section", meta.section.as_str().into()),
            ("date", date.into()),
            ("origin", self.article.origin().into()),
        ];
        self.add(types::ARTICLE, None, values);
    }

    fn segments(&mut self, annotations: &[Annotation<'v>]) {
        let marks: Vec<TextRange> = annotations.iter().map(|annotation| annotation.range).collect();
        for sentence in segments(self.article.text, &marks) {
            if let Some(whole) = sentence.iter().copied().reduce(TextRange::cover) {
                self.add(types::SENTENCE, self.range(whole), []);
            }
            for token in sentence {
                self.add(types::TOKEN, self.range(token), []);
            }
        }
    }

    /// Adds all, and gives the number of the first.
    fn annotations(&mut self, annotations: Vec<Annotation<'v>>) -> Result<usize, ExportError> {
        let first = SOFA + 1 + self.all.len();
        let mut links = Vec::with_capacity(annotations.len());
        for annotation in annotations {
            let outside = || ExportError::Encode(format!("{} lies outside its text", annotation.describe()));
            let range = self.range(annotation.range).ok_or_else(outside)?;
            let features = annotation.layer.features().iter().copied().zip(annotation.values);
            let values = features.filter_map(|(name, value)| Some((name, value?)));
            let id = self.add(annotation.layer.kind(), Some(range), values);
            links.push((id, annotation.links));
        }
        for (host, slots) in links.into_iter().filter(|(_, slots)| !slots.is_empty()) {
            let mut filled = Vec::with_capacity(slots.len());
            for (role, target) in slots {
                filled.push(self.add(layers::LINK, None, [("role", role.into())]));
                if let Some(link) = self.all.last_mut() {
                    link.indexed = false;
                    link.references.push(("target", References::One(first + target)));
                }
            }
            if let Some(host) = self.all.get_mut(host - SOFA - 1) {
                host.references.push((layers::PARTICIPANTS, References::Many(filled)));
            }
        }
        Ok(first)
    }

    /// Adds a relation between annotations, of which the first has this number. It stands where it leads to.
    fn relation(&mut self, first: usize, relation: Relation<'v>) {
        let Relation { layer, from, to, values, .. } = relation;
        let range = self.all.get(first + to - SOFA - 1).and_then(|target| target.range);
        let features = layers::RelationLayer::FEATURES.iter().copied().zip(values);
        self.add(layer.kind(), range, features.filter_map(|(name, value)| Some((name, value?))));
        if let Some(added) = self.all.last_mut() {
            let ends = [(layers::FROM, from), (layers::TO, to)];
            added.references.extend(ends.map(|(name, end)| (name, References::One(first + end))));
        }
    }

    fn range(&self, range: TextRange) -> Option<(usize, usize)> {
        Some((self.article.offsets.utf16(range.start())?, self.article.offsets.utf16(range.end())?))
    }
}
