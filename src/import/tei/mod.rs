//! TEI P5: names of people, places and events in the text, what `standOff` tells of them, and annotations of ranges of
//! characters. What the export writes, and editions of others as far as they mark names.

mod records;
mod text;
mod tree;

use super::set::Set;
use super::xml::{Document, Next};
use super::{File, Format, Head, ImportError, Imported, utf8};
use crate::project::Stamp;
use records::Records;
use text::Text;
use tree::Node;

/// See the module.
pub(super) struct Tei;

impl Format for Tei {
    fn id(&self) -> &'static str {
        "tei"
    }

    fn name(&self) -> &'static str {
        "TEI P5"
    }

    fn description(&self) -> &'static str {
        "People, places and events of digital editions"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xml", "tei"]
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        head.text.contains("http://www.tei-c.org/ns/1.0")
    }

    fn together(&self) -> bool {
        true
    }

    fn read(&self, files: &[File], stamp: &Stamp) -> Result<Imported, ImportError> {
        super::each(files.iter().collect(), files, Set::new(self.id(), stamp), |set, file| {
            let wrong = |problem| ImportError::Form { name: file.base().to_owned(), format: self.name(), problem };
            read(set, file, wrong)
        })
    }
}

fn read(set: &mut Set<'_>, file: &File, wrong: impl Fn(String) -> ImportError) -> Result<(), ImportError> {
    let mut document = Document::new(utf8(file)?);
    let mut records = Records::default();
    // The elements that are open around the parts of a document: `teiCorpus`, `TEI`.
    let mut path: Vec<String> = Vec::new();
    let mut texts: Vec<Text> = Vec::new();
    let mut articles = 0_usize;
    loop {
        match document.next().map_err(&wrong)? {
            Next::Open(element) => {
                let name = element.local().to_owned();
                match (path.last().map(String::as_str), name.as_str()) {
                    (None | Some("teiCorpus"), "TEI" | "teiCorpus") => path.push(name),
                    (None, _) => return Err(wrong(format!("its root is <{name}> and no <TEI>"))),
                    (Some(_), "teiHeader") => {
                        let header = Node::read(element, &mut document).map_err(&wrong)?;
                        if path.last().is_some_and(|name| name == "TEI") || records.header.is_none() {
                            records.header = Some(header);
                        }
                    }
                    (Some(_), "standOff") => {
                        let lists = Node::read(element, &mut document).map_err(&wrong)?;
                        records.lists(&lists);
                    }
                    (Some("TEI"), "text") => texts.push(Text::read(&element, &mut document).map_err(&wrong)?),
                    // Facsimiles, feature systems: told by their names.
                    (Some(_), _) => {
                        Node::read(element, &mut document).map_err(&wrong)?;
                        set.leave(file.base(), format!("<{name}>"), "only the header, standOff and text are read");
                    }
                }
            }
            Next::Close => {
                if path.pop().is_some_and(|name| name == "TEI") {
                    for text in std::mem::take(&mut texts) {
                        records.article(set, file, &text)?;
                        articles += 1;
                    }
                }
            }
            Next::Text(_) => {}
            Next::End => break,
        }
    }
    for name in &document.unknown {
        set.leave(
            file.base(),
            format!("the entity {name}"),
            "entities of a DTD are not resolved, its name stands there",
        );
    }
    if articles == 0 { Err(wrong("it holds no <text>".to_owned())) } else { Ok(()) }
}
