//! What was learned of kinds from their examples, as it goes from one project into another: numbers, and the words of examples.
//! It is of one tagger; another's vectors mean something else.

use serde::{Deserialize, Serialize};

use super::own::OwnKinds;
use crate::project::{Kind, Tagset, Taken, TakenKinds};
use crate::suggest::tagger;

/// As it is written.
#[derive(Serialize, Deserialize)]
struct Written<K> {
    /// Whose vectors it is about.
    tagger: String,
    kinds: K,
}

/// What another project may take of kinds that are suggested; none where none is.
pub(super) fn to_take(tagset: &Tagset, kinds: &OwnKinds) -> Option<TakenKinds> {
    let speak = kinds.standings().into_iter().filter(|standing| standing.speaks);
    let speak: Vec<Kind> = speak.filter_map(|standing| tagset.get(&standing.kind).cloned()).collect();
    let written = Written { tagger: tagger::name().to_owned(), kinds: kinds.without_rows() };
    let learned = serde_json::to_string(&written).ok()?;
    (!speak.is_empty()).then_some(TakenKinds { kinds: speak, learned })
}

/// The kinds of which something was taken, each with the name of the project; nothing of what this tagger does not know.
pub(super) fn taken(all: &[Taken]) -> Vec<(String, OwnKinds)> {
    let read = |taken: &Taken| {
        let written: Written<OwnKinds> = serde_json::from_str(&taken.kinds.as_ref()?.learned).ok()?;
        let known = written.tagger == tagger::name() && written.kinds.is_sound();
        known.then(|| (taken.from.clone(), written.kinds))
    };
    all.iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tagger: &str, kinds: &str) -> usize {
        let learned = format!("{{\"tagger\":\"{tagger}\",\"kinds\":{kinds}}}");
        let kinds = Some(TakenKinds { kinds: Vec::new(), learned });
        taken(&[Taken { from: "Elections".to_owned(), words: Vec::new(), kinds }]).len()
    }

    #[test]
    fn what_is_of_another_tagger_or_does_not_fit_together_is_passed_over() {
        let kind = "{\"examples\":1,\"articles\":1,\"trial\":{\"scored\":[],\"marked\":0,\"alone\":null,\"speaks\":null},\"small\":false}";
        let kinds = |kinds: &str, weight: &str, count: &str| {
            let known = format!("[{{\"harvest party\":[{count}]}},{{}},{{}}]");
            format!(
                "{{\"ready\":false,\"ids\":[\"party\"],\"kinds\":[{kinds}],\"weights\":[[{weight}]],\"known\":{known}}}"
            )
        };
        let sound = kinds(kind, "0.5", "1,0");
        assert_eq!(read(tagger::name(), &sound), 1);
        assert_eq!(read("another", &sound), 0);
        for odd in ["3", "{}", &kinds("", "0.5", "1"), &kinds(kind, "1e39", "1"), &kinds(kind, "0.5", "4000000000")] {
            assert_eq!(read(tagger::name(), odd), 0, "{odd}");
        }
    }
}
