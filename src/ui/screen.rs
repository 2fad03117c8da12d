//! The window on the screen: how large it is at first, and how much of it fits.

use eframe::egui::{Vec2, vec2};

/// How large the window is where nothing is remembered of it, in points.
pub const FIRST: Vec2 = vec2(1280.0, 800.0);
/// The least size that it can be given, in points.
pub const LEAST: Vec2 = vec2(720.0, 480.0);
/// What the title of the window and the system's bars take of a screen's height, in points: at least, and with room to
/// spare.
const BARS: (f32, f32) = (80.0, 96.0);

/// The size that a window should have instead of `inner`, without its title, where that would not fit on the screen: its
/// status line would be out of sight. All in points.
pub fn fitting(inner: Vec2, screen: Vec2) -> Option<Vec2> {
    let high = inner.y > screen.y - BARS.0;
    let most = vec2(screen.x, if high { screen.y - BARS.1 } else { inner.y });
    (high || inner.x > screen.x).then(|| inner.min(most).max(LEAST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_window_fits_on_small_screens_and_stays_as_it_is_on_others() {
        assert_eq!(fitting(FIRST, vec2(1280.0, 800.0)), Some(vec2(1280.0, 704.0)));
        assert_eq!(fitting(FIRST, vec2(1366.0, 768.0)), Some(vec2(1280.0, 672.0)));
        assert_eq!(fitting(FIRST, vec2(1024.0, 768.0)), Some(vec2(1024.0, 672.0)));
        assert_eq!(fitting(FIRST, vec2(1536.0, 864.0)), Some(vec2(1280.0, 768.0)));
        assert_eq!(fitting(FIRST, vec2(1920.0, 1080.0)), None);
        assert_eq!(fitting(FIRST, vec2(640.0, 480.0)), Some(LEAST), "no smaller than it can be used");
    }
}
