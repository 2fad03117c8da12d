//! When an event took place: typed as a person would say it, or picked from a calendar.

use eframe::egui::containers::menu::{MenuButton, MenuConfig};
use eframe::egui::{Button, Id, PopupCloseBehavior, RichText, Ui, vec2};
use jiff::civil::Date;

use super::{Field, text_ui, unsure_ui};
use crate::project::{Event, EventDate};
use crate::ui::model::{EventField, Model};
use crate::ui::theme::{self, Palette};
use crate::ui::typed;
use crate::ui::{calendar, text};

/// Room that the calendar's button takes at the end of the field, in points.
const BUTTON: f32 = 34.0;

/// The field, the calendar, and the words that said so, or what was not understood.
pub fn date_ui(ui: &mut Ui, model: &Model, event: &mut Event) {
    let published = model.project().article(event.article).and_then(|record| record.article.meta.date);
    let problem = Id::unique(("event card", model.number, event.id, "date problem"));
    // What was typed and is no date stays in the field, as long as the event keeps the day that it had then.
    let days = event.date.as_ref().map(|date| (date.start, date.end));
    let refused = ui.data(|data| data.get_temp::<Refused>(problem)).filter(|refused| refused.days == days);
    let shown = refused.as_ref().map_or_else(|| text::event_date(event), |refused| refused.typed.clone());
    let width = ui.available_width() - BUTTON;
    let typed = ui.scope(|ui| {
        ui.set_max_width(width);
        let asked = model.event_field == Some(EventField::Date);
        text_ui(ui, model, event.id, Field { salt: "date", name: "Date of the event", asked }, &shown)
    });
    if let Some(typed) = typed.inner {
        let date = typed::days(&typed, published);
        ui.data_mut(|data| data.remove_temp::<Refused>(problem));
        match date {
            _ if typed.is_empty() => event.date = None,
            Some(typed) if Some(typed) == days => {}
            Some((start, end)) => event.date = Some(EventDate::new(start, end, "")),
            None => {
                ui.data_mut(|data| data.insert_temp(problem, Refused { typed, days }));
            }
        }
    }
    let days = event.date.as_ref().map(|date| (date.start, date.end));
    let month = Id::unique(("event calendar", model.number, event.id));
    if let Some((start, end)) = pick_days_ui(ui, month, days, published) {
        event.date = Some(EventDate::new(start, end, ""));
        ui.data_mut(|data| data.remove_temp::<Refused>(problem));
    }
    let palette = Palette::get(ui);
    let refused = ui.data(|data| data.get_temp::<Refused>(problem)).filter(|refused| refused.days == days);
    if let Some(Refused { typed, .. }) = refused {
        let words = typed::no_date(&typed, published);
        ui.label(RichText::new(words).size(theme::SMALL).color(palette.error));
    } else if let Some(words) = event.date.as_ref().map(|date| &date.text).filter(|words| !words.is_empty()) {
        ui.label(RichText::new(format!("from “{words}”")).size(theme::SMALL).color(palette.weak));
    }
    if let Some(date) = event.date.as_mut().filter(|date| date.unsure)
        && unsure_ui(ui, "date")
    {
        date.unsure = false;
    }
}

/// A button that opens a calendar; the days that were picked from it.
pub fn pick_days_ui(ui: &mut Ui, id: Id, days: Option<(Date, Date)>, published: Option<Date>) -> Option<(Date, Date)> {
    let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let icon = Button::new("").min_size(vec2(BUTTON - 8.0, 0.0));
    let (button, open) =
        MenuButton::from_button(icon).config(stays).ui(ui, |ui| calendar::calendar_ui(ui, id, days, published));
    if open.is_none() {
        calendar::forget(ui, id);
    }
    calendar::paint_icon(ui, button.rect.center());
    button.accessible_name("Pick the date from a calendar").on_hover_text("Pick the date from a calendar");
    open.and_then(|open| open.inner)
}

/// What was typed that is no date, and the days that the event had then.
#[derive(Clone, Default)]
struct Refused {
    typed: String,
    days: Option<(Date, Date)>,
}
