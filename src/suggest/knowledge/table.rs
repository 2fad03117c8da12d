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

    /// The lines that begin with `key`, at the place where it would stand.
    fn from<'k>(self, key: &'k str) -> impl Iterator<Item = &'static str> + use<'k> {
        let text = self.0;
        let bytes = text.as_bytes();
        // Both are starts of lines; the line of the key begins in `low..=high`.
        let (mut low, mut high) = (0, text.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let start = bytes.get(..middle).and_then(|b| b.iter().rposition(|c| *c == b'\n')).map_or(0, |i| i + 1);
            let line = line_at(bytes, start.max(low));
            if before(line, key.as_bytes()) {
                low = (start.max(low) + line.len() + 1).min(text.len());
            } else {
                high = start.max(low);
            }
        }
        let mut lines = text.get(low..).unwrap_or_default().lines();
        std::iter::from_fn(move || {
            lines.next().filter(|line| line.split('\t').next() == Some(key))
        })
    }
}

fn line_at(bytes: &[u8], start: usize) -> &[u8] {
    let rest = bytes.get(start..).unwrap_or_default();
    rest.split(|c| *c == b'\n').next().unwrap_or_default()
}

/// Whether the line's key comes before `key`.
fn before(line: &[u8], key: &[u8]) -> bool {
    line.split(|c| *c == b'\t').next().unwrap_or_default() < key
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
