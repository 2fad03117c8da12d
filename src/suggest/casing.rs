//! Words in another case.

use crate::text::tokens::is_apostrophe;

/// "CHINA" as "China", "AL-ASSAD" as "Al-Assad".
pub(super) fn title_cased(word: &str) -> String {
    let mut cased = String::with_capacity(word.len());
    let mut start = true;
    for c in word.chars() {
        if start {
            cased.push(c)
        } else {
            cased.extend(c.to_lowercase())
        }
        start = !c.is_alphabetic() && !is_apostrophe(c);
    }
    cased
}
