//! The sentences that tell of the happening that has the keys, or of those that may be one.

use eframe::egui::{Align, Id, Key, Layout, Rect, RichText, ScrollArea, Ui};

use super::parts::part_ui;
use super::rows::take_out;
use super::table::differ_words;
use crate::suggest::across::Proposal;
use crate::ui::actions::{Action, Actions};
use crate::ui::grid;
use crate::ui::model::Model;
use crate::ui::register::{Part, Register, Telling};
use crate::ui::sentence_row::{Look, SENTENCE, sentence_ui};
use crate::ui::text;
use crate::ui::theme::{self, Palette};

/// What the articles say of the happening that has the keys, and where they disagree.
pub(super) fn tellings_ui(
    ui: &mut Ui,
    model: &Model,
    register: &mut Register,
    actions: &mut Actions,
    (id, cards): (Id, &[Proposal]),
) {
    if register.part == Part::Cards
        && let Some(card) = cards.get(register.cards.chosen)
    {
        return compared_ui(ui, model, register, actions, (id, card));
    }

    let palette = Palette::get(ui);
    ui.set_min_height(ui.available_height());
    let shown = register.here().and_then(|here| register.shown(model.project(), here));
    let Some(shown) = shown else {
        ui.label(RichText::new("Select a happening to read what the articles say of it").color(palette.weak));
        return;
    };
    let tellings = register.tellings(model.project());
    register.telling = register.telling.min(tellings.len().saturating_sub(1));
    ui.horizontal_wrapped(|ui| {
        let articles = text::count(shown.articles.len(), "article tells", "articles tell");
        let name = text::shortened(&shown.one.name, 60);
        ui.label(RichText::new(format!("{articles} of “{name}”")).font(theme::strong(theme::BODY)).color(palette.ink));
        for words in differ_words(model.project(), &shown) {
            let words = text::shortened(&words, 90);
            ui.label(RichText::new(format!("≠ {words}")).size(theme::SMALL).color(palette.error));
        }
        if shown.events.len() > 1 {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let about = "The event of the selected sentence is not the same: it gets a row of its own";
                if ui.button("Take out  O").on_hover_text(about).clicked() {
                    take_out(register, actions, &tellings);
                }
            });
        }
    });
    sentences_ui(ui, model, register, actions, (id, &tellings, shown.events.len() > 1));
}

/// What the articles say of each of those that may be one.
fn compared_ui(
    ui: &mut Ui,
    model: &Model,
    register: &mut Register,
    actions: &mut Actions,
    (id, card): (Id, &Proposal),
) {
    ui.set_min_height(ui.available_height());
    let palette = Palette::get(ui);
    let tellings = register.tellings_of(model.project(), &card.targets);
    register.telling = register.telling.min(tellings.len().saturating_sub(1));
    let told = format!("{} that may be one", text::number(card.targets.len()));
    ui.label(RichText::new(told).font(theme::strong(theme::BODY)).color(palette.ink));
    sentences_ui(ui, model, register, actions, (id, &tellings, false));
}

/// Sentences, of which one can have the keys.
fn sentences_ui(
    ui: &mut Ui,
    model: &Model,
    register: &mut Register,
    actions: &mut Actions,
    (id, tellings, several): (Id, &[Telling], bool),
) {
    ui.add_space(4.0);
    let rect = Rect::from_min_size(ui.cursor().min, ui.available_size());
    let told = format!("Sentences, {} of {}", register.telling + 1, tellings.len());
    let has_keys = part_ui(ui, register, (Part::Tellings, id), rect, &told);
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().id_salt("tellings").auto_shrink(false);
    area.show_rows(ui, SENTENCE, tellings.len(), |ui, range| {
        if has_keys && ui.input(|input| input.key_pressed(Key::ArrowUp) || input.key_pressed(Key::ArrowDown)) {
            grid::reveal(ui, (register.telling, range.start), SENTENCE);
        }
        for index in range {
            let Some(telling) = tellings.get(index) else { continue };
            telling_ui(ui, model, register, actions, (index, telling, has_keys, several));
        }
    });
}

/// One sentence with its article. A click leads there.
fn telling_ui(
    ui: &mut Ui,
    model: &Model,
    register: &mut Register,
    actions: &mut Actions,
    (index, telling, has_keys, several): (usize, &Telling, bool, bool),
) {
    let Some(mention) = model.project().mention(telling.mention) else { return };
    let chosen = register.telling == index;
    let look = Look {
        chosen: chosen && register.part == Part::Tellings,
        focused: chosen && has_keys,
        // Which one would be taken out is seen from the table, too.
        marked: chosen && several,
    };
    let Some(response) = sentence_ui(ui, model.project(), mention, look) else { return };
    if response.clicked() {
        register.telling = index;
        actions.push(Action::LeaveRegister(Some(telling.mention)));
    }
    if !model.keyed {
        response.on_hover_text("Go to this place");
    }
}
