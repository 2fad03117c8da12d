//! Colours, type and spacing in both themes; how kinds and states of tags look.

use std::sync::Arc;

use eframe::egui::{
    self, Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle,
    Theme, Visuals,
};

use crate::project::{Badge, Hue, KindId, Mark, Mention, Status, Tagset};

/// Tints and lines of a kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KindColors {
    /// Behind the text of a suggestion: hardly to be seen.
    pub pale: Color32,
    /// Behind the text of an accepted tag.
    pub tint: Color32,
    /// Behind the text of a tag made by hand.
    pub deep: Color32,
    /// Underline, mark and small text.
    pub line: Color32,
}

/// How a tag's state is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Suggested.
    Dotted,
    /// Accepted.
    Solid,
    /// Made by hand.
    Heavy,
}

/// All colours of one theme that egui's visuals have no place for.
#[derive(Clone, Copy, Debug)]
pub struct Palette {
    /// The page that the article stands on.
    pub page: Color32,
    /// Panels around it.
    pub panel: Color32,
    /// Text.
    pub ink: Color32,
    /// Quieter text, still WCAG AA.
    pub weak: Color32,
    /// Hairlines.
    pub rule: Color32,
    /// The one accent: focus, selection, the button that matters.
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Behind selected text.
    pub selection: Color32,
    /// Rows under the pointer.
    pub hover: Color32,
    /// The selected row.
    pub chosen: Color32,
    /// Behind words that a search found.
    pub found: Color32,
    /// What went wrong.
    pub error: Color32,
    /// In the order of [`Hue::ALL`].
    hues: [KindColors; 9],
}

const fn shades(pale: u32, tint: u32, deep: u32, line: u32) -> KindColors {
    KindColors { pale: rgb(pale), tint: rgb(tint), deep: rgb(deep), line: rgb(line) }
}

impl KindColors {
    /// What stands behind the text of a tag whose line this is: the surer, the stronger.
    pub fn fill(self, line: Line) -> Color32 {
        match line {
            Line::Dotted => self.pale,
            Line::Solid => self.tint,
            Line::Heavy => self.deep,
        }
    }
}

const fn rgb(hex: u32) -> Color32 {
    let [_, r, g, b] = hex.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

const LIGHT: Palette = Palette {
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

const DARK: Palette = Palette {
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

impl Palette {
    /// The palette of a theme.
    pub fn of(theme: Theme) -> &'static Self {
        match theme {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
        }
    }

    /// The palette that `ui` is drawn with.
    pub fn get(ui: &egui::Ui) -> &'static Self {
        Self::of(if ui.visuals().dark_mode { Theme::Dark } else { Theme::Light })
    }

    /// The shades of a colour.
    pub fn hue(&self, hue: Hue) -> KindColors {
        let [first, ..] = self.hues;
        Hue::ALL.iter().zip(self.hues).find(|(other, _)| **other == hue).map_or(first, |(_, colors)| colors)
    }

    /// The colours of a kind.
    pub fn kind(&self, tagset: &Tagset, kind: &KindId) -> KindColors {
        self.hue(tagset.badge(kind).hue)
    }
}

/// Paints a kind's mark into a square of `size` around `center`.
pub fn paint_badge(painter: &egui::Painter, center: egui::Pos2, size: f32, palette: &Palette, badge: Badge) {
    paint_mark(painter, center, size, badge.mark, palette.hue(badge.hue).line);
}

/// The line of a mention's state.
pub fn line(mention: &Mention) -> Line {
    match mention.status {
        Status::Accepted if mention.origin.is_hand() => Line::Heavy,
        Status::Accepted => Line::Solid,
        Status::Suggested | Status::Rejected => Line::Dotted,
    }
}

/// Paints a mark into a square of `size` around `center`.
pub fn paint_mark(painter: &egui::Painter, center: egui::Pos2, size: f32, mark: Mark, color: Color32) {
    let r = size / 2.0;
    let at = |x: f32, y: f32| center + egui::vec2(x * r, y * r);
    match mark {
        Mark::Circle => {
            painter.circle_filled(center, r, color);
        }
        Mark::Square => {
            let square = egui::Rect::from_center_size(center, egui::Vec2::splat(size * 0.9));
            painter.rect_filled(square, CornerRadius::ZERO, color);
        }
        Mark::Triangle => {
            let points = vec![at(0.0, -1.0), at(1.05, 0.85), at(-1.05, 0.85)];
            painter.add(egui::Shape::convex_polygon(points, color, Stroke::NONE));
        }
        Mark::Diamond => {
            let points = vec![at(0.0, -1.1), at(1.1, 0.0), at(0.0, 1.1), at(-1.1, 0.0)];
            painter.add(egui::Shape::convex_polygon(points, color, Stroke::NONE));
        }
        Mark::Ring => {
            painter.circle_stroke(center, r * 0.8, Stroke::new(r * 0.4, color));
        }
        Mark::Frame => {
            let square = egui::Rect::from_center_size(center, egui::Vec2::splat(size * 0.9));
            let stroke = Stroke::new(r * 0.4, color);
            painter.rect_stroke(square, CornerRadius::ZERO, stroke, egui::StrokeKind::Inside);
        }
        Mark::Wedge => {
            let points = vec![at(0.0, 1.0), at(-1.05, -0.85), at(1.05, -0.85)];
            painter.add(egui::Shape::convex_polygon(points, color, Stroke::NONE));
        }
        Mark::Plus => {
            let bar = |width: f32, height: f32| egui::Rect::from_center_size(center, egui::vec2(width, height));
            painter.rect_filled(bar(size, size * 0.36), CornerRadius::ZERO, color);
            painter.rect_filled(bar(size * 0.36, size), CornerRadius::ZERO, color);
        }
        Mark::Star => {
            for turn in [0.0_f32, 60.0, 120.0] {
                let (sin, cos) = turn.to_radians().sin_cos();
                painter.line_segment([at(-sin, -cos), at(sin, cos)], Stroke::new(r * 0.45, color));
            }
        }
    }
}

/// The face of the article.
pub fn serif(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("serif".into()))
}

/// The face of titles.
pub fn serif_strong(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("serif strong".into()))
}

/// The interface's face, heavier.
pub fn strong(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("strong".into()))
}

/// Size of body text in the interface, in points.
pub const BODY: f32 = 14.0;
/// Size of quiet text in the interface, in points.
pub const SMALL: f32 = 12.0;

/// Sets faces, sizes, spacing and colours for both themes.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts());
    // A page is light where the system says nothing.
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
    for theme in [Theme::Light, Theme::Dark] {
        ctx.style_mut_of(theme, |style| {
            style.text_styles = [
                (TextStyle::Body, FontId::proportional(BODY)),
                (TextStyle::Button, FontId::proportional(BODY)),
                (TextStyle::Small, FontId::proportional(SMALL)),
                (TextStyle::Monospace, FontId::monospace(13.0)),
                (TextStyle::Heading, strong(17.0)),
            ]
            .into();
            style.spacing.item_spacing = egui::vec2(8.0, 4.0);
            style.spacing.button_padding = egui::vec2(8.0, 4.0);
            style.spacing.menu_margin = Margin::same(6);
            style.spacing.window_margin = Margin::same(20);
            style.spacing.interact_size.y = 24.0;
            style.spacing.scroll = egui::style::ScrollStyle::thin();
            style.animation_time = 0.08;
            style.interaction.selectable_labels = false;
            style.visuals = visuals(theme, Palette::of(theme));
        });
    }
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let faces: [(&str, &'static [u8]); 6] = [
        ("Inter", include_bytes!("../../assets/fonts/Inter-Regular.ttf")),
        ("Inter Medium", include_bytes!("../../assets/fonts/Inter-Medium.ttf")),
        ("Inter SemiBold", include_bytes!("../../assets/fonts/Inter-SemiBold.ttf")),
        ("Literata", include_bytes!("../../assets/fonts/Literata-Regular.ttf")),
        ("Literata SemiBold", include_bytes!("../../assets/fonts/Literata-SemiBold.ttf")),
        ("Signs", include_bytes!("../../assets/fonts/NotoSansSymbols2-Signs.ttf")),
    ];
    for (name, bytes) in faces {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let fallback: Vec<String> = std::iter::once("Signs".to_owned())
        .chain(fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default())
        .collect();
    let mut family = |family: FontFamily, first: &[&str]| {
        let names = first.iter().map(|name| (*name).to_owned()).chain(fallback.iter().cloned());
        fonts.families.insert(family, names.collect());
    };
    family(FontFamily::Proportional, &["Inter"]);
    family(FontFamily::Monospace, &["Inter"]);
    family(FontFamily::Name("strong".into()), &["Inter SemiBold"]);
    family(FontFamily::Name("medium".into()), &["Inter Medium"]);
    family(FontFamily::Name("serif".into()), &["Literata", "Inter"]);
    family(FontFamily::Name("serif strong".into()), &["Literata SemiBold", "Inter SemiBold"]);
    fonts
}

fn visuals(theme: Theme, palette: &Palette) -> Visuals {
    let mut visuals = theme.default_visuals();
    let radius = CornerRadius::same(5);
    visuals.panel_fill = palette.panel;
    visuals.window_fill = palette.page;
    visuals.extreme_bg_color = palette.page;
    visuals.faint_bg_color = palette.hover;
    visuals.window_stroke = Stroke::new(1.0, palette.rule);
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(6);
    visuals.window_shadow = Shadow { offset: [0, 8], blur: 24, spread: 0, color: Color32::from_black_alpha(48) };
    visuals.popup_shadow = Shadow { offset: [0, 4], blur: 12, spread: 0, color: Color32::from_black_alpha(36) };
    visuals.hyperlink_color = palette.accent;
    visuals.error_fg_color = palette.error;
    visuals.warn_fg_color = palette.error;
    visuals.weak_text_color = Some(palette.weak);
    visuals.selection.bg_fill = palette.chosen;
    visuals.selection.stroke = Stroke::new(1.0, palette.ink);
    let widgets = &mut visuals.widgets;
    widgets.noninteractive.bg_stroke = Stroke::new(1.0, palette.rule);
    widgets.noninteractive.fg_stroke = Stroke::new(1.0, palette.ink);
    let states = [
        (&mut widgets.inactive, palette.hover, palette.rule),
        (&mut widgets.hovered, palette.chosen, palette.weak),
        (&mut widgets.active, palette.chosen, palette.accent),
        (&mut widgets.open, palette.chosen, palette.weak),
    ];
    for (widget, fill, stroke) in states {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = Stroke::new(1.0, stroke);
        widget.fg_stroke = Stroke::new(1.0, palette.ink);
        widget.corner_radius = radius;
        widget.expansion = 0.0;
    }
    visuals.widgets.noninteractive.corner_radius = radius;
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance and contrast as WCAG 2.2 defines them.
    fn contrast(a: Color32, b: Color32) -> f64 {
        let luminance = |color: Color32| {
            let channel = |v: u8| {
                let v = f64::from(v) / 255.0;
                if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * channel(color.r()) + 0.7152 * channel(color.g()) + 0.0722 * channel(color.b())
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_meets_wcag_aa_on_everything_it_stands_on() {
        for theme in [Theme::Light, Theme::Dark] {
            let palette = Palette::of(theme);
            let kinds = palette.hues;
            let grounds =
                [palette.page, palette.panel, palette.hover, palette.chosen, palette.selection, palette.found];
            let tints = kinds.iter().flat_map(|kind| [kind.pale, kind.tint, kind.deep]);
            for ground in grounds.into_iter().chain(tints) {
                assert!(contrast(palette.ink, ground) >= 4.5, "{theme:?}: ink on {ground:?}");
            }
            for ground in [palette.page, palette.panel, palette.hover, palette.chosen] {
                assert!(contrast(palette.weak, ground) >= 4.5, "{theme:?}: weak on {ground:?}");
                for kind in kinds {
                    assert!(contrast(kind.line, ground) >= 4.5, "{theme:?}: {:?} on {ground:?}", kind.line);
                }
            }
            assert!(contrast(palette.error, palette.page) >= 4.5);
            assert!(contrast(palette.on_accent, palette.accent) >= 4.5);
            assert!(contrast(palette.accent, palette.page) >= 3.0, "{theme:?}: focus ring");
        }
    }

    #[test]
    fn a_fill_says_how_a_tag_was_decided() {
        for theme in [Theme::Light, Theme::Dark] {
            let palette = Palette::of(theme);
            for kind in palette.hues {
                let on_page = |line| contrast(kind.fill(line), palette.page);
                let (suggested, accepted, by_hand) =
                    (on_page(Line::Dotted), on_page(Line::Solid), on_page(Line::Heavy));
                let told = format!("{theme:?}, {:?}: {suggested:.2} {accepted:.2} {by_hand:.2}", kind.line);
                assert!(suggested <= 1.1, "hardly a fill. {told}");
                assert!(accepted >= 1.38 && accepted / suggested >= 1.3, "a clear one. {told}");
                assert!(by_hand >= 1.7 && by_hand / accepted >= 1.2, "a heavier one. {told}");
                for line in [Line::Dotted, Line::Solid, Line::Heavy] {
                    assert!(contrast(kind.line, kind.fill(line)) >= 3.0, "the line is seen on the fill. {told}");
                }
            }
        }
    }
}
