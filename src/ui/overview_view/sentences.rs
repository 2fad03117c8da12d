//! The sentences of what is picked in a view. A click on one leads to its place.

use eframe::egui::{Align, Button, EventFilter, Id, Layout, Rect, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo};

use crate::ui::actions::{Action, Actions};
use crate::ui::grid;
use crate::ui::model::Model;
use crate::ui::overview::{Overview, Part};
use crate::ui::sentence_row::{Look, SENTENCE, sentence_ui};
use crate::ui::text;
use crate::ui::theme::{self, Palette};
use crate::views::View;

pub(super) fn sentences_ui(ui: &mut Ui, model: &Model, overview: &mut Overview, actions: &mut Actions, id: Id) {
    let palette = Palette::get(ui);
    ui.set_min_height(ui.available_height());
    let Some(picked) = &overview.picked else { return };
    let many = picked.mentions.len();
    let (label, narrows) = (text::shortened(&picked.label, 90), picked.pick.narrows());
    let (mut only, mut close, mut around) = (false, false, false);
    let names = overview.can_go_around();
    let named = picked.pick.entity.filter(|_| overview.shown != Some(View::Dossiers));
    ui.horizontal(|ui| {
        ui.label(RichText::new(&label).font(theme::strong(theme::BODY)).color(palette.ink));
        let told = text::count(many, "sentence", "sentences");
        ui.label(RichText::new(told).size(theme::SMALL).color(palette.weak));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            close = ui.button("×").accessible_name("Close the sentences").clicked();
            if names {
                let button = ui.add(Button::new("Around this name  A"));
                around = button.on_hover_text("Show who appears with it").clicked();
            }
            if let Some(named) = named {
                let button = ui.add(Button::new("Dossier  D"));
                if button.on_hover_text("All that is told of them").clicked() {
                    actions.push(Action::ShowDossier(named));
                }
            }
            if narrows {
                let button = ui.add(Button::new("Only this  O"));
                only = button.on_hover_text("Select this alone, in all views").clicked();
            }
        });
    });
    ui.add_space(4.0);
    let rect = Rect::from_min_size(ui.cursor().min, ui.available_size());
    let response = ui.interact(rect, id, Sense::focusable_noninteractive());
    let told = format!("Sentences, {} of {many}", overview.sentence + 1);
    response.widget_info(|| WidgetInfo::labeled(Role::List, true, &told));
    if overview.part == Part::Sentences && std::mem::take(&mut overview.takes_keys) {
        response.request_focus();
    }
    let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let has_keys = response.has_focus();
    ui.spacing_mut().item_spacing.y = 0.0;
    let reveal = has_keys && std::mem::take(&mut overview.reveal);
    let mut clicked = None;
    let area = ScrollArea::vertical().id_salt("sentences of a view").auto_shrink(false);
    area.show_rows(ui, SENTENCE, many, |ui, range| {
        if reveal {
            grid::reveal(ui, (overview.sentence, range.start), SENTENCE);
        }
        let Some(picked) = &overview.picked else { return };
        for nth in range {
            let mention = picked.mentions.get(nth).and_then(|id| model.project().mention(*id));
            let Some(mention) = mention else { continue };
            let chosen = overview.sentence == nth && overview.part == Part::Sentences;
            let look = Look { chosen, focused: chosen && has_keys, marked: false };
            let Some(response) = sentence_ui(ui, model.project(), mention, look) else { continue };
            if response.clicked() {
                clicked = Some((nth, mention.id));
            }
            if !model.keyed {
                response.on_hover_text("Go to this place");
            }
        }
    });
    if let Some((nth, mention)) = clicked {
        overview.sentence = nth;
        actions.push(Action::LeaveOverview(Some(mention)));
    }
    if around {
        overview.go_around();
    } else if only {
        overview.narrow();
    } else if close {
        (overview.picked, overview.part, overview.takes_keys) = (None, Part::Picture, true);
    }
}
