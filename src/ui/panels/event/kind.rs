//! What sort of event it is: its type, found by typing, its mode, and how real it is said to be.

use eframe::egui::{AsIdSalt, Button, ComboBox, Id, Response, Ui};

use super::picker::{Choice, picker_ui};
use super::{WIDTH, defined};
use crate::project::{Event, EventType, Modality, NamedClass, NewsClass, Plover, Polarity};
use crate::ui::model::{EventField, Model};
use crate::ui::text;

/// The type, and behind it how real it is.
pub fn type_ui(ui: &mut Ui, model: &Model, event: &mut Event) {
    let id = Id::unique(("type of an event", model.number, event.id));
    let asked = model.event_field == Some(EventField::Type);
    if let Some(kind) = pick_type_ui(ui, id, event.kind, asked) {
        set_type(event, kind);
    }
}

/// A button with the type that opens a menu of all, at once where it is `asked` for; the one that was picked.
pub fn pick_type_ui(ui: &mut Ui, id: Id, kind: EventType, asked: bool) -> Option<EventType> {
    let button = Button::new(format!("{}  ⏷", text::event_type(kind))).truncate();
    let (response, picked) = picker_ui(ui, button, (id, "Type"), asked, choices);
    let about = format!("{}: {}", text::event_code(kind), text::event_definition(kind));
    response.accessible_name("Type of the event").on_hover_text(about);
    picked
}

/// Gives an event another type; a mode that this has not goes.
pub fn set_type(event: &mut Event, kind: EventType) {
    event.kind = kind;
    let known = |mode: &str| match event.kind {
        EventType::Happening(Some(plover)) => plover.modes().contains(&mode),
        EventType::Happening(None) | EventType::News(_) => false,
        EventType::Named(_) => true,
    };
    if event.mode.as_deref().is_some_and(|mode| !known(mode)) {
        event.mode = None;
    }
}

/// All types that fit what is typed: by their plain name, their code, or what they mean.
fn choices(typed: &str) -> Vec<Choice<EventType>> {
    let plover = Plover::ALL.into_iter().map(|plover| EventType::Happening(Some(plover)));
    let news = NewsClass::ALL.into_iter().map(EventType::News);
    let named = NamedClass::ALL.into_iter().map(EventType::Named);
    let all = plover.chain(news).chain(named).chain([EventType::Happening(None)]);
    let mut found: Vec<(u8, Choice<EventType>)> = all
        .filter_map(|kind| {
            let (name, code, about) = (text::event_type(kind), text::event_code(kind), text::event_definition(kind));
            let by_name = [name, code.as_str()].into_iter().filter_map(|name| text::rank(name, typed)).min();
            // What it means is farther than any name.
            let rank = by_name.filter(|rank| *rank <= 3).or(text::rank(about, typed).map(|rank| rank + 4))?;
            let name = if matches!(kind, EventType::Named(_)) { format!("Named: {name}") } else { name.to_owned() };
            Some((rank, Choice { name, about: format!("{code} · {about}"), value: kind }))
        })
        .filter(|(rank, _)| *rank < 8)
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, choice)| choice).collect()
}

/// A PLOVER type's mode.
pub fn mode_ui(ui: &mut Ui, plover: Plover, event: &mut Event) {
    let shown = event.mode.as_deref().unwrap_or("None").to_owned();
    let combo =
        ComboBox::from_id_salt(("mode", event.id.0)).selected_text(shown).width(ui.available_width().min(WIDTH));
    let shown = combo.show_ui(ui, |ui| {
        ui.selectable_value(&mut event.mode, None, "None");
        for mode in plover.modes() {
            ui.selectable_value(&mut event.mode, Some((*mode).into()), *mode);
        }
    });
    shown.response.accessible_name("Mode of the event");
}

/// Whether it happened, is to come, may be or is demanded, or is said not to happen; the menu of the first of these.
pub fn reality_ui(ui: &mut Ui, salt: impl AsIdSalt, polarity: &mut Polarity, modality: &mut Modality) -> Response {
    let combo = ComboBox::from_id_salt(("modality", salt)).selected_text(reality(*modality)).width(92.0);
    let shown = combo.show_ui(ui, |ui| {
        for each in Modality::ALL {
            let words = defined(ui, reality(each), about(each));
            ui.selectable_value(modality, each, words);
        }
    });
    let mut negative = *polarity == Polarity::Negative;
    if ui.checkbox(&mut negative, "did not happen").on_hover_text("It is said not to happen").changed() {
        *polarity = if negative { Polarity::Negative } else { Polarity::Positive };
    }
    shown.response.accessible_name("Modality of the event")
}

fn reality(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "happened",
        Modality::Planned => "planned",
        Modality::Possible => "possible",
        Modality::Demanded => "demanded",
    }
}

fn about(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "It happened or is happening",
        Modality::Planned => "It is decided or announced",
        Modality::Possible => "It may come or might have been",
        Modality::Demanded => "Somebody asks for it",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_found_by_plain_words_its_code_or_what_it_means() {
        let first = |typed: &str| choices(typed).into_iter().next().map(|choice| choice.value);
        let plover = |plover| Some(EventType::Happening(Some(plover)));
        assert_eq!(first("meet"), plover(Plover::Consult));
        assert_eq!(first("plover acc"), plover(Plover::Accuse));
        assert_eq!(first("kills"), plover(Plover::Assault));
        assert_eq!(first("vetoes"), plover(Plover::Reject));
        assert_eq!(first("court"), Some(EventType::News(NewsClass::Court)));
        assert_eq!(first("summit"), Some(EventType::Named(NamedClass::Summit)));
        assert_eq!(first("xyzzy"), None);
        assert_eq!(choices("").len(), 16 + 14 + 9 + 1);
    }
}
