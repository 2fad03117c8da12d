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
    /// Behind the text of an accepted tag.
    pub tint: Color32,
    /// Behind the text of a suggestion.
    pub pale: Color32,
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

const fn shades(tint: u32, pale: u32, line: u32) -> KindColors {
    KindColors { tint: rgb(tint), pale: rgb(pale), line: rgb(line) }
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
        shades(0xD6E7F6, 0xEBF3FA, 0x0B5C94),
        shades(0xCFEBDD, 0xE8F5EE, 0x0A6B4B),
        shades(0xFBE3B9, 0xFDF2DC, 0x865000),
        shades(0xE9DCF0, 0xF4EDF7, 0x7A3F8F),
        shades(0xC8ECEE, 0xE4F5F6, 0x0B666B),
        shades(0xFADAE6, 0xFCEDF3, 0xA02160),
        shades(0xE7EBB4, 0xF3F5DB, 0x5A6100),
        shades(0xEFDFD1, 0xF7EFE8, 0x7A4A26),
        shades(0xDFE1E5, 0xEFF0F2, 0x51565E),
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
        shades(0x1F405C, 0x213240, 0x7FBDEB),
        shades(0x1A4A37, 0x203730, 0x62CCA2),
        shades(0x553C10, 0x3A301F, 0xF0B65A),
        shades(0x4A2F57, 0x382C3E, 0xD3A2E6),
        shades(0x124A4E, 0x1D373A, 0x63CBD2),
        shades(0x582A40, 0x3F2732, 0xF29BBF),
        shades(0x454A12, 0x33361E, 0xC9D15C),
        shades(0x50392A, 0x382E28, 0xDDB18F),
        shades(0x44474D, 0x303237, 0xBFC3CA),
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
            let tints = kinds.iter().flat_map(|kind| [kind.tint, kind.pale]);
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
}
