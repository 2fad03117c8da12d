//! The days that were found for an article: which is its day of publication, where each was found, and the choice of another.

use eframe::egui::{Align, AsIdSalt, ComboBox, Layout, Ui, vec2};
use jiff::civil::Date;

use crate::text::FoundDate;
use crate::ui::text;

/// What is chosen where an article has no date.
const NONE: &str = "No date";

/// A box with the date and where it was found that opens to the others; the day that is chosen, or that there is none.
pub(super) fn dates_ui(
    ui: &mut Ui,
    salt: impl AsIdSalt,
    width: f32,
    date: Option<Date>,
    dates: &[FoundDate],
) -> Option<Option<Date>> {
    let none = || format!("{NONE}, {} found", text::number(days(dates).len()));
    let shown = date.map_or_else(none, |day| line(day, dates));
    let combo = ComboBox::from_id_salt(salt).width(width).truncate().selected_text(&shown);
    let menu = |ui: &mut Ui| {
        let mut chosen = None;
        for day in days(dates) {
            if ui.selectable_label(date == Some(day), line(day, dates)).clicked() {
                chosen = Some(Some(day));
            }
        }
        if ui.selectable_label(date.is_none(), NONE).clicked() {
            chosen = Some(None);
        }
        // A key does not close it, as a click does.
        if chosen.is_some() {
            ui.close();
        }
        chosen
    };
    let size = vec2(width, ui.spacing().interact_size.y);
    let row = Layout::left_to_right(Align::Center);
    let response = ui.allocate_ui_with_layout(size, row, |ui| combo.show_ui(ui, menu)).inner;
    let name = "Date of publication, of those found";
    response.response.accessible_name(name).on_hover_text(shown);
    response.inner.flatten().filter(|chosen| *chosen != date)
}

/// Each day once, in the order in which they were found.
fn days(dates: &[FoundDate]) -> Vec<Date> {
    let mut days: Vec<Date> = Vec::new();
    for found in dates {
        if !days.contains(&found.day) {
            days.push(found.day);
        }
    }
    days
}

/// "4 Feb 2022, printed above the text, from the file’s name".
fn line(day: Date, dates: &[FoundDate]) -> String {
    let mut parts = vec![text::date(day).into()];
    for place in dates.iter().filter(|found| found.day == day).map(|found| text::date_place(&found.at)) {
        if !parts.contains(&place) {
            parts.push(place);
        }
    }
    if parts.len() == 1 {
        parts.push("entered by hand".into());
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::DatePlace;
    use jiff::civil::date;

    #[test]
    fn a_day_is_told_once_with_all_its_places() {
        let (one, two) = (date(2022, 2, 4), date(2022, 2, 5));
        let places = [(one, DatePlace::Printed), (two, DatePlace::FileMade), (one, DatePlace::FileName)];
        let dates = places.map(|(day, at)| FoundDate { day, at });
        assert_eq!(days(&dates), [one, two]);
        assert_eq!(line(one, &dates), "4 Feb 2022, printed above the text, from the file’s name");
        assert_eq!(line(date(2020, 1, 1), &dates), "1 Jan 2020, entered by hand");
    }
}
