//! A look over a page's raw bytes before it is parsed, for what would make the parser slow: tags with very many attributes.

/// The most attributes that one tag may have; the parser compares each with all others.
pub(super) const MAX_ATTRIBUTES: usize = 256;

/// Whether some tag has more than [`MAX_ATTRIBUTES`] attributes. One pass; scripts, styles and comments are skipped.
pub(super) fn has_crowded_tag(page: &str) -> bool {
    let mut rest = page;
    while let Some((_, after)) = rest.split_once('<') {
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if after.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (attributes, after_tag) = measure(after);
            if attributes > MAX_ATTRIBUTES {
                return true;
            }
            rest = skip_raw(after, after_tag);
        } else {
            rest = after;
        }
    }
    false
}

/// How many attributes the tag at the start has at the most, and what follows it.
fn measure(tag: &str) -> (usize, &str) {
    let mut attributes = 0;
    let mut quote = None;
    let mut in_value = false;
    let mut in_name = true;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) => {
                if open == byte {
                    (quote, in_name) = (None, false);
                }
            }
            (None, b'>') => return (attributes, tag.get(at + 1..).unwrap_or_default()),
            (None, b'"' | b'\'') if in_value => (quote, in_value) = (Some(byte), false),
            (None, b'=') => in_value = true,
            (None, b'/' | b' ' | b'\t' | b'\n' | b'\r' | b'\x0c') => in_name = false,
            (None, _) => {
                if !in_name && !in_value {
                    attributes += 1;
                }
                (in_name, in_value) = (true, false);
            }
        }
    }
    (attributes, "")
}

/// What follows a tag: for elements whose content is not markup, what follows their end tag's start.
fn skip_raw<'p>(tag: &'p str, after: &'p str) -> &'p str {
    let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let raw = ["script", "style"].into_iter().find(|raw| name.eq_ignore_ascii_case(raw));
    let Some(raw) = raw else { return after };
    let mut rest = after;
    while let Some((_, end)) = rest.split_once("</") {
        if end.get(..raw.len()).is_some_and(|name| name.eq_ignore_ascii_case(raw)) {
            return end;
        }
        rest = end;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_attributes_of_tags_only() {
        let crowd: String = (0..=MAX_ATTRIBUTES).map(|i| format!(" a{i}")).collect();
        assert!(has_crowded_tag(&format!("<p><div{crowd}>x</div>")));
        assert!(has_crowded_tag(&format!("<div{}", crowd.replace(' ', "/"))));
        assert!(!has_crowded_tag(&format!("<p title='{crowd}'>{crowd}<!-- <a {crowd}> -->")));
        assert!(!has_crowded_tag(&format!("<script>if (a<b {crowd}) x</script><p>i < n {crowd}")));
        assert_eq!(measure("a href=x b = 'y z' c/>rest"), (3, "rest"));
    }
}
