//! Tables that are searched where they lie: lines sorted by their key, no parsing, no allocation.

/// A text of lines `key<TAB>value`, sorted by key as bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table(pub &'static str);

impl Table {
    /// The value of `key`: what follows the tab, empty for a bare key. Logarithmic in the size of the table.
    pub(super) fn get(self, key: &str) -> Option<&'static str> {
        self.from(key).find_map(|line| {
            let (found, value) = line.split_once('\t').unwrap_or((line, ""));
            (found == key).then_some(value)
        })
    }

    /// The values of all lines with this key.
    pub(super) fn all(self, key: &str) -> impl Iterator<Item = &'static str> {
        self.from(key).filter_map(|line| line.split_once('\t').map(|(_, value)| value))
    }

    /// The lines with this key.
    fn from<'k>(self, key: &'k str) -> impl Iterator<Item = &'static str> + use<'k> {
        // The searches of `str` are compiled with the standard library, so that a debug build is quick too.
        let text = self.0;
        let (mut low, mut high) = (0, text.len());
        while low < high {
            let middle = text.floor_char_boundary(low + (high - low) / 2);
            let start = text.get(low..middle).and_then(|before| before.rfind('\n')).map_or(low, |at| low + at + 1);
            let rest = text.get(start..).unwrap_or_default();
            let line = rest.find('\n').and_then(|end| rest.get(..end)).unwrap_or(rest);
            if key_of(line) < key {
                low = (start + line.len() + 1).min(text.len());
            } else {
                high = start;
            }
        }
        let mut rest = text.get(low..).unwrap_or_default();
        std::iter::from_fn(move || {
            let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
            rest = after;
            (!line.is_empty() && key_of(line) == key).then_some(line)
        })
    }
}

fn key_of(line: &str) -> &str {
    line.find('\t').and_then(|tab| line.get(..tab)).unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_and_no_other() {
        let table = Table("A\t1\nAb\nB\t2\nB\t3\nÉ\t4\n");
        assert_eq!(table.get("A"), Some("1"));
        assert_eq!(table.get("Ab"), Some(""));
        assert_eq!(table.get("É"), Some("4"));
        assert_eq!(table.all("B").collect::<Vec<_>>(), ["2", "3"]);
        for missing in ["", "a", "AA", "C", "Ab ", "Z", "Ö"] {
            assert_eq!(table.get(missing), None);
        }
    }
}
