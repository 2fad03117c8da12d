//! The faces of interface and pictures: how wide words are in them, and their outlines.

use std::sync::OnceLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// The face of running text: Inter.
pub const REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.ttf");
/// The same, heavier.
pub const STRONG: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.ttf");

pub(super) fn face(strong: bool) -> Option<&'static FontRef<'static>> {
    static FACES: OnceLock<[Option<FontRef<'static>>; 2]> = OnceLock::new();
    let [regular, heavy] = FACES.get_or_init(|| [REGULAR, STRONG].map(|bytes| FontRef::new(bytes).ok()));
    if strong { heavy.as_ref() } else { regular.as_ref() }
}

/// How wide words are on one line, in points.
pub fn width(words: &str, size: f32, strong: bool) -> f32 {
    let Some(face) = face(strong) else { return 0.0 };
    let (map, metrics) = (face.charmap(), face.glyph_metrics(Size::new(size), LocationRef::default()));
    words.chars().filter_map(|c| metrics.advance_width(map.map(c).unwrap_or_default())).sum()
}

/// Words cut with an ellipsis where they are wider; empty where not even a letter fits.
pub fn fitted(words: &str, size: f32, strong: bool, room: f32) -> String {
    if width(words, size, strong) <= room {
        return words.to_owned();
    }
    let mut left = room - width("…", size, strong);
    let mut letter = [0; 4];
    let kept = words.chars().take_while(|c| {
        left -= width(c.encode_utf8(&mut letter), size, strong);
        left >= 0.0
    });
    let mut kept: String = kept.collect();
    kept.truncate(kept.trim_end().len());
    if kept.is_empty() { kept } else { format!("{kept}…") }
}

/// How far below the middle of a line its baseline lies, in parts of the size: half of Inter's capital height.
pub const BASELINE: f32 = 0.364;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_to_a_width() {
        assert!(width("Wang Yi", 14.0, true) > width("Wang Yi", 14.0, false));
        let cut = fitted("Andrés Manuel López Obrador", 14.0, false, 100.0);
        assert!(cut.starts_with("Andrés Man") && cut.ends_with('…') && width(&cut, 14.0, false) <= 100.0, "{cut}");
        assert_eq!(
            (fitted("Wang", 14.0, false, 100.0), fitted("Wang", 14.0, false, 5.0)),
            ("Wang".into(), String::new())
        );
    }
}
