//! Colours, type and spacing in both themes; how kinds and states of tags look.

use std::sync::Arc;

use eframe::egui::{
    self, Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle,
    Theme, Visuals,
};

use crate::project::{Badge, Hue, KindId, Mark, Mention, Status, Tagset};
use crate::views::Ink;
use crate::views::colors::{self, Colors, Rgb, Shades};
use crate::views::typeface;

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

const fn color(rgb: Rgb) -> Color32 {
    let [r, g, b] = rgb;
    Color32::from_rgb(r, g, b)
}

const fn kind_colors(shades: Shades) -> KindColors {
    let Shades { pale, tint, deep, line } = shades;
    KindColors { pale: color(pale), tint: color(tint), deep: color(deep), line: color(line) }
}

const LIGHT: Palette = Palette::from(&colors::LIGHT);
const DARK: Palette = Palette::from(&colors::DARK);

impl Palette {
    const fn from(colors: &Colors) -> Self {
        let [a, b, c, d, e, f, g, h, i] = colors.hues;
        Self {
            page: color(colors.page),
            panel: color(colors.panel),
            ink: color(colors.ink),
            weak: color(colors.weak),
            rule: color(colors.rule),
            accent: color(colors.accent),
            on_accent: color(colors.on_accent),
            selection: color(colors.selection),
            hover: color(colors.hover),
            chosen: color(colors.chosen),
            found: color(colors.found),
            error: color(colors.error),
            hues: [
                kind_colors(a),
                kind_colors(b),
                kind_colors(c),
                kind_colors(d),
                kind_colors(e),
                kind_colors(f),
                kind_colors(g),
                kind_colors(h),
                kind_colors(i),
            ],
        }
    }

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

    /// What a view is drawn with.
    pub fn ink(&self, ink: Ink) -> Color32 {
        let colors = if self.page == LIGHT.page { &colors::LIGHT } else { &colors::DARK };
        color(colors.rgb(ink))
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
        ("Inter", typeface::REGULAR),
        ("Inter Medium", include_bytes!("../../assets/fonts/Inter-Medium.ttf")),
        ("Inter SemiBold", typeface::STRONG),
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
