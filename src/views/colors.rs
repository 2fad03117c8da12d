//! The colours of both themes, as numbers: the window and the pictures that are saved have the same.

use super::scene::{Ink, Shade};
use crate::project::Hue;

/// Red, green, blue.
pub type Rgb = [u8; 3];

/// Tints and lines of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the window's theme says what each is for")]
pub struct Shades {
    pub pale: Rgb,
    pub tint: Rgb,
    pub deep: Rgb,
    pub line: Rgb,
}

/// The colours of a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the window's theme says what each is for")]
pub struct Colors {
    pub page: Rgb,
    pub panel: Rgb,
    pub ink: Rgb,
    pub weak: Rgb,
    pub rule: Rgb,
    pub accent: Rgb,
    pub on_accent: Rgb,
    pub selection: Rgb,
    pub hover: Rgb,
    pub chosen: Rgb,
    pub found: Rgb,
    pub error: Rgb,
    /// In the order of [`Hue::ALL`].
    pub hues: [Shades; 9],
}

const fn rgb(hex: u32) -> Rgb {
    let [_, r, g, b] = hex.to_be_bytes();
    [r, g, b]
}

const fn shades(pale: u32, tint: u32, deep: u32, line: u32) -> Shades {
    Shades { pale: rgb(pale), tint: rgb(tint), deep: rgb(deep), line: rgb(line) }
}

/// The light theme; that of pictures that are saved, too.
pub const LIGHT: Colors = Colors {
    page: rgb(0xFDFCF9),
    panel: rgb(0xF4F2ED),
    ink: rgb(0x22252A),
    weak: rgb(0x5C6169),
    rule: rgb(0xDDD9D0),
    accent: rgb(0xA8252B),
    on_accent: rgb(0xFFFFFF),
    selection: rgb(0xF3D9CF),
    hover: rgb(0xEAE6DD),
    chosen: rgb(0xE2DCCF),
    found: rgb(0xF7E58B),
    error: rgb(0xA8252B),
    hues: [
        shades(0xF2F7FC, 0xC1DBF1, 0xA0C7EA, 0x0B5C94),
        shades(0xF0F9F4, 0xB7E1CC, 0x90D1B0, 0x0A6B4B),
        shades(0xFEF6E7, 0xF9D28F, 0xF5B94F, 0x865000),
        shades(0xF9F5FB, 0xE3D2EC, 0xD4BAE1, 0x7A3F8F),
        shades(0xEDF9F9, 0xA9E1E5, 0x79D1D6, 0x0B666B),
        shades(0xFEF4F8, 0xF8CBDC, 0xF4B0CA, 0xA02160),
        shades(0xF7F8E5, 0xD7DE82, 0xC1CB3D, 0x5A6100),
        shades(0xFAF6F1, 0xE9D4C1, 0xDEBDA0, 0x7A4A26),
        shades(0xF6F6F7, 0xD5D7DD, 0xBFC3CB, 0x51565E),
    ],
};

/// The dark theme.
pub const DARK: Colors = Colors {
    page: rgb(0x1C1D20),
    panel: rgb(0x242529),
    ink: rgb(0xE6E3DC),
    weak: rgb(0xA6AAB1),
    rule: rgb(0x3A3C42),
    accent: rgb(0xF08A80),
    on_accent: rgb(0x2A0F0D),
    selection: rgb(0x5B3A36),
    hover: rgb(0x2E3035),
    chosen: rgb(0x3A3C43),
    found: rgb(0x5E5414),
    error: rgb(0xF59A91),
    hues: [
        shades(0x122535, 0x20425E, 0x285478, 0x7FBDEB),
        shades(0x0E281E, 0x194735, 0x205A43, 0x62CCA2),
        shades(0x2F2109, 0x533B10, 0x6A4B14, 0xF0B65A),
        shades(0x2E1D36, 0x51335F, 0x674179, 0xD3A2E6),
        shades(0x0A282A, 0x11464A, 0x16595E, 0x63CBD2),
        shades(0x371A28, 0x612E47, 0x7B3B5A, 0xF29BBF),
        shades(0x232509, 0x3E4210, 0x4E5414, 0xC9D15C),
        shades(0x2E2118, 0x513A2B, 0x684A36, 0xDDB18F),
        shades(0x222427, 0x3D3F45, 0x4D5057, 0xBFC3CA),
    ],
};

impl Colors {
    /// The shades of a colour.
    pub fn hue(&self, hue: Hue) -> Shades {
        let [first, ..] = self.hues;
        Hue::ALL.iter().zip(self.hues).find(|(other, _)| **other == hue).map_or(first, |(_, shades)| shades)
    }

    /// What something is drawn with.
    pub fn rgb(&self, ink: Ink) -> Rgb {
        match ink {
            Ink::Page => self.page,
            Ink::Panel => self.panel,
            Ink::Text => self.ink,
            Ink::Weak => self.weak,
            Ink::Rule => self.rule,
            Ink::Accent => self.accent,
            Ink::Hover => self.hover,
            Ink::Chosen => self.chosen,
            Ink::Hue(hue, shade) => {
                let Shades { pale, tint, deep, line } = self.hue(hue);
                match shade {
                    Shade::Pale => pale,
                    Shade::Tint => tint,
                    Shade::Deep => deep,
                    Shade::Line => line,
                }
            }
            Ink::Share(hue, share) => mixed(self.page, self.hue(hue).line, share),
            Ink::Land => mixed(self.page, self.rule, 150),
        }
    }
}

/// A colour between two: the first at 0, the second at 255.
fn mixed(one: Rgb, other: Rgb, share: u8) -> Rgb {
    let [r, g, b] = one;
    let [other_r, other_g, other_b] = other;
    let mix = |one: u8, other: u8| {
        let (one, other, share) = (u32::from(one), u32::from(other), u32::from(share));
        u8::try_from((one * (255 - share) + other * share + 127) / 255).unwrap_or(u8::MAX)
    };
    [mix(r, other_r), mix(g, other_g), mix(b, other_b)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_lies_between_the_page_and_the_line() {
        for colors in [&LIGHT, &DARK] {
            let line = colors.hue(Hue::Teal).line;
            assert_eq!(colors.rgb(Ink::Share(Hue::Teal, 0)), colors.page);
            assert_eq!(colors.rgb(Ink::Share(Hue::Teal, 255)), line);
        }
    }
}
