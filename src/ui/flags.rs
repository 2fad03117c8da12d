//! The flags of countries, from one embedded image; where there is none, the country's code in a box.

use eframe::egui::{
    Align2, Color32, ColorImage, FontId, Id, Rect, Stroke, StrokeKind, TextureHandle, TextureOptions, Ui, pos2, vec2,
};

use super::theme::Palette;
use crate::project::CountryCode;

/// Countries in the order of their flags, sorted.
const CODES: &str = include_str!("../../assets/flags/codes.txt");
const IMAGE: &[u8] = include_bytes!("../../assets/flags/flags.png");
/// Flags in a line of the image.
const COLUMNS: usize = 16;
/// Size of a flag in the image, in pixels, and of the border around it.
const SIZE: (f32, f32) = (32.0, 24.0);
const BORDER: f32 = 1.0;

/// Paints a country's flag into a rectangle of four by three.
pub fn paint_flag(ui: &Ui, rect: Rect, code: CountryCode) {
    let palette = Palette::get(ui);
    let texture = place(code).zip(texture(ui));
    if let Some((place, texture)) = texture {
        ui.painter().image(texture.id(), rect, part(place, texture.size_vec2().into()), Color32::WHITE);
    } else {
        let font = FontId::proportional((rect.height() * 0.75).max(8.0));
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, code.as_str(), font, palette.ink);
    }
    ui.painter().rect_stroke(rect, 1.0, Stroke::new(1.0, palette.rule), StrokeKind::Outside);
}

/// The place of a country's flag in the image.
fn place(code: CountryCode) -> Option<usize> {
    CODES.split_ascii_whitespace().position(|other| other == code.as_str())
}

/// The part of the image that holds the flag at a place.
fn part(place: usize, size: (f32, f32)) -> Rect {
    let step = (SIZE.0 + 2.0 * BORDER, SIZE.1 + 2.0 * BORDER);
    let (column, line) = ((place % COLUMNS) as f32, (place / COLUMNS) as f32);
    let min = pos2((column * step.0 + BORDER) / size.0, (line * step.1 + BORDER) / size.1);
    Rect::from_min_size(min, vec2(SIZE.0 / size.0, SIZE.1 / size.1))
}

/// The image, read once.
fn texture(ui: &Ui) -> Option<TextureHandle> {
    let id = Id::unique("flags");
    let known: Option<Option<TextureHandle>> = ui.data(|data| data.get_temp(id));
    known.unwrap_or_else(|| {
        let image = image();
        let made = image.map(|image| ui.ctx().load_texture("flags", image, TextureOptions::LINEAR));
        ui.data_mut(|data| data.insert_temp(id, made.clone()));
        made
    })
}

fn image() -> Option<ColorImage> {
    let icon = eframe::icon_data::from_png_bytes(IMAGE).ok()?;
    let size = [usize::try_from(icon.width).ok()?, usize::try_from(icon.height).ok()?];
    Some(ColorImage::from_rgba_unmultiplied(size, &icon.rgba))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suggest::knowledge;

    #[test]
    fn every_country_there_is_has_a_flag_inside_the_image() {
        let image = image().unwrap();
        let size = (image.size[0] as f32, image.size[1] as f32);
        for facts in knowledge::countries().filter(|facts| !facts.is_former()) {
            let place = place(facts.code).unwrap_or_else(|| panic!("no flag of {}", facts.name));
            let part = part(place, size);
            assert!(part.max.x <= 1.0 && part.max.y <= 1.0, "{}", facts.name);
            let pixel = |x: f32, y: f32| image.pixels[(y * size.1) as usize * image.size[0] + (x * size.0) as usize];
            let colors: std::collections::HashSet<_> = (0..64)
                .map(|n| {
                    pixel(
                        part.min.x + part.width() * (n % 8) as f32 / 8.0,
                        part.min.y + part.height() * (n / 8) as f32 / 8.0,
                    )
                })
                .collect();
            assert!(colors.len() > 1, "{} is one colour", facts.name);
        }
        assert_eq!(place(CountryCode::new("SU").unwrap()), None, "a former state has its code in a box");
    }
}
