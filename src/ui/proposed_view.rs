//! What may be one across articles, drawn as cards: who or what, and why.

use std::collections::BTreeSet;

use eframe::egui::{
    Align, Button, FontId, Frame, Id, Layout, Margin, RichText, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder,
    WidgetInfo, vec2,
};

use super::actions::{Action, Actions};
use super::merging::event;
use super::model::Model;
use super::proposed::{APART, Cards, Proposed, Sort};
use super::theme::{self, Palette};
use super::{list_row, text};
use crate::project::{Project, Target, ops};
use crate::suggest::across::Proposal;

/// How many of those that may be one a card names.
const NAMED: usize = 4;

/// Why no more can be told apart at once.
pub(super) fn too_many() -> String {
    format!("At most {APART} can be marked as different at once")
}

/// What a person says of a card.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// They are one.
    Same,
    /// No two of them are.
    Apart,
    /// Nothing, for now.
    Skip,
}

/// The cards, with two heads to choose between their sorts. Whether one was clicked.
pub(super) fn proposed_ui(
    ui: &mut Ui,
    model: &Model,
    proposed: &mut Proposed,
    cards: &Cards,
    (id, has_keys): (Id, bool),
    actions: &mut Actions,
) -> bool {
    let palette = Palette::get(ui);
    let mut clicked = false;
    ui.horizontal(|ui| {
        ui.label(RichText::new("Possibly the same").font(theme::strong(theme::BODY)).color(palette.ink));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button("×").accessible_name("Close the list").clicked() {
                proposed.shown = Some(false);
            }
        });
    });
    ui.horizontal_wrapped(|ui| {
        for (sort, name) in [(Sort::Happenings, "Happenings"), (Sort::Names, "People, places")] {
            if ui.selectable_label(proposed.sort == sort, name).clicked() {
                (proposed.sort, proposed.chosen) = (sort, 0);
                clicked = true;
            }
        }
        let (listed, all) = (cards.shown.len(), cards.all);
        let told = if all > listed { format!("{listed} of {}", text::number(all)) } else { text::number(all) };
        ui.label(RichText::new(told).size(theme::SMALL).color(palette.weak));
        if proposed.is_looking() {
            ui.label(RichText::new("looking…").size(theme::SMALL).color(palette.weak));
        }
    });
    ui.add_space(4.0);
    if cards.shown.is_empty() {
        let told = match (proposed.is_new(), proposed.sort) {
            (true, _) => "Looking through all articles…",
            (_, Sort::Happenings) => "No events in different articles look like the same happening",
            (_, Sort::Names) => "No two names look like the same one",
        };
        ui.label(RichText::new(told).color(palette.weak));
        return clicked;
    }
    ScrollArea::vertical().id_salt("cards").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        for (at, card) in cards.shown.iter().enumerate() {
            let chosen = proposed.chosen == at;
            let answer = card_ui(ui, model.project(), card, (id.with(&card.targets), chosen, chosen && has_keys));
            if chosen && std::mem::take(&mut proposed.reveal) {
                answer.response.scroll_to_me(None);
            }
            if answer.response.clicked() {
                proposed.chosen = at;
                clicked = true;
            }
            if let Some(word) = answer.inner {
                say(model.project(), proposed, actions, card, word);
                clicked = true;
            }
        }
    });
    clicked
}

/// One card. What was said of it by its buttons, which the chosen one has.
fn card_ui(
    ui: &mut Ui,
    project: &Project,
    card: &Proposal,
    (id, chosen, focused): (Id, bool, bool),
) -> eframe::egui::InnerResponse<Option<Word>> {
    let palette = Palette::get(ui);
    let edge = if focused { Stroke::new(2.0, palette.accent) } else { Stroke::new(1.0, palette.rule) };
    let fill = if chosen { palette.chosen } else { palette.panel };
    let frame = Frame::new().fill(fill).stroke(edge).corner_radius(6).inner_margin(Margin::symmetric(10, 8));
    // What takes clicks where no button does comes before the buttons.
    let builder = UiBuilder::new().scope_id(id).sense(Sense::CLICK);
    let card_ui = |ui: &mut Ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 2.0;
        for target in card.targets.iter().take(NAMED) {
            let (name, about) = line(project, *target);
            let width = ui.available_width();
            let small = FontId::proportional(theme::SMALL);
            for (words, font, color) in [(name, theme::strong(theme::BODY), palette.ink), (about, small, palette.weak)]
            {
                let galley = list_row::elided(ui, &words, font, color, width);
                let (rect, _) = ui.allocate_exact_size(vec2(width, galley.size().y), Sense::hover());
                ui.painter().galley(rect.min, galley, color);
            }
            ui.add_space(3.0);
        }
        if card.targets.len() > NAMED {
            let more = format!("and {} more", text::number(card.targets.len() - NAMED));
            ui.label(RichText::new(more).size(theme::SMALL).color(palette.weak));
        }
        let reasons = card.reasons.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        let percent = format!("{:.0} %", card.score * 100.0);
        ui.label(RichText::new(format!("{percent} · {reasons}")).size(theme::SMALL).color(palette.ink));
        let mut said = None;
        if chosen {
            ui.add_space(4.0);
            ui.horizontal_wrapped(|ui| {
                for (name, word) in
                    [("Same  G", Word::Same), ("Different  N", Word::Apart), ("Skip  Space", Word::Skip)]
                {
                    let on = word != Word::Apart || card.targets.len() <= APART;
                    let button = ui.add_enabled(on, Button::new(name));
                    if button.on_disabled_hover_text(too_many()).clicked() {
                        said = Some(word);
                    }
                }
            });
        }
        said
    };
    let shown = ui.scope_builder(builder, |ui| frame.show(ui, card_ui).inner);
    let response = shown.response;
    let names = card.targets.iter().take(NAMED).map(|target| line(project, *target).0).collect::<Vec<_>>().join(", ");
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, chosen, format!("Possibly the same: {names}")));
    eframe::egui::InnerResponse::new(shown.inner, response)
}

/// What one of those that may be one is called, and what tells it apart.
fn line(project: &Project, target: Target) -> (String, String) {
    match target {
        Target::Event(id) => {
            let Some(event) = project.event(id) else { return Default::default() };
            let others = project.happening(id).into_iter().filter_map(|id| project.event(id));
            let articles: BTreeSet<_> = others.map(|event| event.article).collect();
            let told = match (articles.len(), project.article(event.article)) {
                (1, Some(record)) => record.article.meta.title.clone(),
                (count, _) => text::count(count, "article", "articles"),
            };
            let days = event.date.as_ref().map(|date| text::days(date.start, date.end));
            let place = event.place.as_ref().map(|place| place.name.clone());
            let parts = [days, place, Some(told)].into_iter().flatten().filter(|part| !part.is_empty());
            (event.name.clone(), parts.collect::<Vec<_>>().join(" · "))
        }
        Target::Entity(id) => {
            let Some(entity) = project.entity(id) else { return Default::default() };
            let kind = project.tagset().get(&entity.kind).map_or("", |kind| kind.name.as_str());
            let country = entity.country.map(text::country).filter(|country| *country != entity.name);
            let tags = text::count(project.count_of(target), "tag", "tags");
            let parts = [Some(kind.to_owned()), Some(entity.role.clone()), country, Some(tags)];
            let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
            (entity.name.clone(), parts.join(" · "))
        }
    }
}

/// Does what a person says of a card, which then goes.
pub fn say(project: &Project, proposed: &mut Proposed, actions: &mut Actions, card: &Proposal, word: Word) {
    let mut targets = card.targets.clone();
    if word == Word::Apart && targets.len() > APART {
        return;
    }
    proposed.pass(&targets);
    match word {
        Word::Skip => {}
        Word::Apart => actions.edit(move |project, stamp| ops::apart(project, &targets, stamp)),
        Word::Same if matches!(targets.first(), Some(Target::Event(_))) => {
            let events: Vec<_> = targets.into_iter().filter_map(event).collect();
            actions.edit(move |project, stamp| ops::same(project, &events, stamp));
        }
        Word::Same => {
            // Into the one that a person has changed, or that is named most.
            let weigh = |target: &Target| match *target {
                Target::Entity(id) => {
                    let open = project.entity(id).is_none_or(|entity| entity.decision.is_none());
                    (open, std::cmp::Reverse(project.count_of(*target)))
                }
                Target::Event(_) => (true, std::cmp::Reverse(0)),
            };
            targets.sort_by_key(weigh);
            actions.push(Action::Merge(targets));
        }
    }
}
