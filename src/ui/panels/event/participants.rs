//! Who takes part in an event: chips, a field to find others by typing, and the slot that takes what is dragged there.

use std::collections::HashSet;

use eframe::egui::containers::menu::{MenuButton, MenuConfig};
use eframe::egui::{
    CornerRadius, DragAndDrop, Frame, Id, Key, PopupCloseBehavior, ScrollArea, Stroke, StrokeKind, TextEdit, Ui,
};
use text_size::TextRange;

use super::{chip_ui, defined, plus};
use crate::project::{CountryCode, EntityId, Event, EventId, KindId, Role, Schema, Target, ops};
use crate::ui::actions::Actions;
use crate::ui::model::Model;
use crate::ui::panels::row::Dragged;
use crate::ui::text;
use crate::ui::theme::Palette;

/// How many are offered at once.
const OFFERED: usize = 40;

/// Somebody who may take part.
#[derive(Clone)]
enum Candidate {
    /// Of the project; tagged in the article where there is a range.
    Entity(EntityId, Option<TextRange>),
    /// A country that nothing in the project names.
    Known(CountryCode, &'static str),
    /// A person of this name.
    New(String),
}

/// What a menu of participants remembers while it is open.
#[derive(Clone, Default)]
struct Picking {
    typed: String,
    chosen: usize,
    /// The field has had the keys.
    ready: bool,
}

/// A part of the card onto which people and countries can be dragged from the panels.
pub fn slot_ui(
    ui: &mut Ui,
    actions: &mut Actions,
    event: EventId,
    role: Role,
    content: impl FnOnce(&mut Ui, &mut Actions),
) {
    let shown = Frame::new().show(ui, |ui| {
        content(ui, actions);
        // The whole row takes what is dropped, also right of the last chip.
        ui.set_min_width(ui.available_width());
    });
    let response = shown.response;
    let dragged = DragAndDrop::payload::<Dragged>(ui.ctx());
    let Some(Target::Entity(entity)) = dragged.map(|dragged| dragged.0) else { return };
    let palette = Palette::get(ui);
    let over = response.contains_pointer();
    let stroke = Stroke::new(if over { 2.0 } else { 1.0 }, if over { palette.accent } else { palette.weak });
    ui.painter().rect_stroke(response.rect.expand(1.0), CornerRadius::same(5), stroke, StrokeKind::Outside);
    if over && response.dnd_release_payload::<Dragged>().is_some() {
        actions.edit(move |project, stamp| {
            let article = project.event(event).map(|event| event.article);
            let mentions = article.map_or(&[][..], |article| project.mentions(article));
            let said = mentions.iter().find(|m| m.is_live() && m.target == Some(Target::Entity(entity)));
            ops::add_participant(project, event, role, entity, said.map(|mention| mention.range), stamp)
        });
    }
}

/// The participants of one role, each with a cross, and a menu to find others.
pub fn participants_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, event: &mut Event, role: Role) {
    let project = model.project();
    let mut gone = None;
    for (index, participant) in event.participants.iter().enumerate().filter(|(_, p)| p.role == role) {
        if chip_ui(ui, project.party_name(&participant.who)) {
            gone = Some(index);
        }
    }
    if let Some(index) = gone {
        event.participants.remove(index);
    }
    let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let typed = Id::unique(("participant", model.number, event.id, role));
    let (button, open) = MenuButton::from_button(plus()).config(stays).ui(ui, |ui| {
        ui.set_width(260.0);
        if let Some(candidate) = picker_ui(ui, model, event, role, typed) {
            add(actions, event.id, role, candidate);
            ui.close();
        }
    });
    if open.is_none() {
        ui.data_mut(|data| data.remove::<Picking>(typed));
    }
    let name = format!("Add {}", role.name());
    let what = format!("{name}: type a name, or drag somebody here from the panels");
    button.accessible_name(name).on_hover_text(what);
}

fn add(actions: &mut Actions, event: EventId, role: Role, candidate: Candidate) {
    match candidate {
        Candidate::Entity(entity, range) => {
            actions.edit(move |project, stamp| ops::add_participant(project, event, role, entity, range, stamp));
        }
        Candidate::Known(code, name) => actions.edit(move |project, stamp| {
            let known = ops::Known { name: name.to_owned(), country: Some(code), ..ops::Known::default() };
            ops::add_new_participant(project, event, role, &KindId::COUNTRY, &known, stamp)
        }),
        Candidate::New(name) => actions.edit(move |project, stamp| {
            let known = ops::Known { name, ..ops::Known::default() };
            ops::add_new_participant(project, event, role, &KindId::PERSON, &known, stamp)
        }),
    }
}

/// A field and what fits what is typed; arrows choose, enter takes.
fn picker_ui(ui: &mut Ui, model: &Model, event: &Event, role: Role, id: Id) -> Option<Candidate> {
    let Picking { mut typed, mut chosen, ready } = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let field = TextEdit::singleline(&mut typed).desired_width(f32::INFINITY).hint_text("Name");
    let response = ui.add(field).accessible_name(format!("Name of the {}", role.name()));
    // The first frame of a menu only measures it.
    if !ready {
        response.request_focus();
    }
    if response.changed() {
        chosen = 0;
    }
    let candidates = candidates(model, event, role, &typed);
    let (up, down, enter) = ui.input(|input| {
        (input.key_pressed(Key::ArrowUp), input.key_pressed(Key::ArrowDown), input.key_pressed(Key::Enter))
    });
    chosen = match (up, down) {
        (true, _) => chosen.saturating_sub(1),
        (_, true) => (chosen + 1).min(candidates.len().saturating_sub(1)),
        _ => chosen,
    };
    let mut picked = None;
    ScrollArea::vertical().max_height(240.0).auto_shrink([false, true]).show(ui, |ui| {
        for (index, candidate) in candidates.iter().enumerate() {
            let (name, what) = words(model, candidate);
            let words = defined(ui, &name, &what);
            let row = ui.selectable_label(index == chosen, words);
            if index == chosen && (up || down) {
                row.scroll_to_me(None);
            }
            if row.clicked() {
                picked = Some(candidate.clone());
            }
        }
        if candidates.is_empty() {
            ui.weak("Type a name");
        }
    });
    if enter && response.lost_focus() {
        picked = candidates.get(chosen).cloned();
    }
    let ready = ready || response.has_focus();
    ui.data_mut(|data| data.insert_temp(id, Picking { typed, chosen, ready }));
    picked
}

/// Who fits: those tagged in the article before those of other articles, then countries at large, then a new person.
fn candidates(model: &Model, event: &Event, role: Role, typed: &str) -> Vec<Candidate> {
    let project = model.project();
    let schema = |kind: &KindId| project.tagset().schema(kind);
    let mut here: Vec<(EntityId, TextRange)> = Vec::new();
    let mut known = HashSet::new();
    for mention in project.mentions(event.article).iter().filter(|m| m.is_live() && schema(&m.kind) != Schema::Event) {
        if let Some(Target::Entity(id)) = mention.target
            && known.insert(id)
        {
            here.push((id, mention.range));
        }
    }
    let used = |id| project.count_of(Target::Entity(id)) > 0;
    let elsewhere = project.entities().filter(|entity| !known.contains(&entity.id) && used(entity.id));
    let everyone = here.iter().map(|(id, range)| (*id, Some(*range))).chain(elsewhere.map(|entity| (entity.id, None)));
    let free = |id: &EntityId| !event.participants.iter().any(|p| p.role == role && p.entity() == Some(*id));
    let mut found: Vec<(u8, bool, Candidate)> = Vec::new();
    for (id, range) in everyone.filter(|(id, _)| free(id)) {
        let Some(entity) = project.entity(id) else { continue };
        let names = std::iter::once(&entity.name).chain(&entity.aliases);
        if let Some(rank) = names.filter_map(|name| text::rank(name, typed)).min() {
            found.push((rank, range.is_none(), Candidate::Entity(id, range)));
        }
    }
    if !typed.trim().is_empty() {
        let present = |code| project.entities_of(code).any(|entity| entity.kind == KindId::COUNTRY);
        for facts in crate::suggest::knowledge::countries().filter(|facts| !present(facts.code)) {
            if let Some(rank) = text::rank(facts.name, typed) {
                found.push((rank, true, Candidate::Known(facts.code, facts.name)));
            }
        }
    }
    found.sort_by_key(|(rank, elsewhere, _)| (*rank, *elsewhere));
    let exact = found.first().is_some_and(|(rank, _, _)| *rank == 0);
    let mut candidates: Vec<Candidate> = found.into_iter().map(|(_, _, candidate)| candidate).take(OFFERED).collect();
    if !typed.trim().is_empty() && !exact {
        candidates.push(Candidate::New(typed.trim().to_owned()));
    }
    candidates
}

/// The name of a candidate and what is known of it.
fn words(model: &Model, candidate: &Candidate) -> (String, String) {
    match candidate {
        Candidate::Entity(id, range) => {
            let Some(entity) = model.project().entity(*id) else { return Default::default() };
            let kind = model.project().tagset().get(&entity.kind).map_or("", |kind| kind.name.as_str()).to_lowercase();
            let place = if range.is_some() { "in this article" } else { "in another article" };
            let parts = [kind.as_str(), entity.role.as_str(), place];
            let what: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            (entity.name.clone(), what.join(" · "))
        }
        Candidate::Known(code, name) => ((*name).to_owned(), format!("country · {code}")),
        Candidate::New(name) => (name.clone(), "a person whom no tag names".to_owned()),
    }
}
