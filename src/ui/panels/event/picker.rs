//! A menu in which something is found by typing: a field, and below it what fits, the first of which Enter takes.

use eframe::egui::{
    Button, Id, Key, Margin, Popup, PopupCloseBehavior, Response, ScrollArea, SetOpenCommand, TextEdit, Ui, vec2,
};

use super::defined;

/// What can be chosen.
#[derive(Clone)]
pub struct Choice<T> {
    /// What it is called.
    pub name: String,
    /// What is known of it, in small letters below.
    pub about: String,
    /// What is chosen with it.
    pub value: T,
}

/// What a menu remembers while it is open.
#[derive(Clone, Default)]
struct Picking {
    typed: String,
    chosen: usize,
    /// The arrows were used.
    moved: bool,
    /// The field has had the keys.
    ready: bool,
}

/// A button that opens the menu, at once where it is `asked` for; what was chosen. `choices` are those for what is typed, in
/// their order.
pub fn picker_ui<T: Clone>(
    ui: &mut Ui,
    button: Button<'_>,
    (id, hint): (Id, &str),
    asked: bool,
    choices: impl Fn(&str) -> Vec<Choice<T>>,
) -> (Response, Option<T>) {
    let response = ui.add(button);
    let mut popup = Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    if asked {
        popup = popup.open_memory(SetOpenCommand::Bool(true));
        response.scroll_to_me(None);
    }
    let shown = popup.show(|ui| {
        ui.set_width(280.0);
        ui.spacing_mut().button_padding = vec2(6.0, 3.0);
        let picked = list_ui(ui, id, hint, choices);
        if picked.is_some() {
            ui.close();
        }
        picked
    });
    if shown.is_none() {
        ui.data_mut(|data| data.remove::<Picking>(id));
    }
    (response, shown.and_then(|shown| shown.inner))
}

/// A field and what fits what is typed; arrows choose, Enter takes.
fn list_ui<T: Clone>(ui: &mut Ui, id: Id, hint: &str, choices: impl Fn(&str) -> Vec<Choice<T>>) -> Option<T> {
    let Picking { mut typed, mut chosen, moved, ready } = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let field = TextEdit::singleline(&mut typed).desired_width(f32::INFINITY).hint_text(hint);
    let field = field.margin(Margin::symmetric(6, 4));
    let response = ui.add(field).accessible_name(hint);
    // The first frame of a menu only measures it.
    if !ready {
        response.request_focus();
    }
    if response.changed() {
        chosen = 0;
    }
    let choices = choices(&typed);
    let (up, down, enter) = ui.input(|input| {
        (input.key_pressed(Key::ArrowUp), input.key_pressed(Key::ArrowDown), input.key_pressed(Key::Enter))
    });
    chosen = match (up, down) {
        (true, _) => chosen.saturating_sub(1),
        (_, true) => (chosen + 1).min(choices.len().saturating_sub(1)),
        _ => chosen,
    };
    let mut picked = None;
    ScrollArea::vertical().max_height(300.0).auto_shrink([false, true]).show(ui, |ui| {
        for (index, choice) in choices.iter().enumerate() {
            let words = defined(ui, &choice.name, &choice.about);
            let row = ui.selectable_label(index == chosen, words);
            if index == chosen && (up || down) {
                row.scroll_to_me(None);
            }
            if row.clicked() {
                picked = Some(choice.value.clone());
            }
        }
        if choices.is_empty() {
            ui.weak("Nothing fits");
        }
    });
    let moved = moved || up || down;
    // Enter alone, with nothing said, takes nobody.
    if enter && response.lost_focus() && (moved || !typed.trim().is_empty()) {
        picked = choices.get(chosen).map(|choice| choice.value.clone());
    }
    let ready = ready || response.has_focus();
    ui.data_mut(|data| data.insert_temp(id, Picking { typed, chosen, moved, ready }));
    picked
}
