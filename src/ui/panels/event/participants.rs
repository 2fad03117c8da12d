//! Who takes part in an event: chips, a field to find others by typing, and the slot that takes what is dragged there.

use std::collections::HashSet;

use eframe::egui::{CornerRadius, DragAndDrop, Frame, Id, Response, Stroke, StrokeKind, Ui};
use text_size::TextRange;

use super::picker::{Choice, picker_ui};
use super::{Decided, chip_ui, plus};
use crate::project::{
    ArticleId, CountryCode, Entity, EntityId, Event, EventId, GivenEntity, GivenParty, KindId, Party, PartyLabel,
    PartyWords, Role, Schema, Target, ops,
};
use crate::suggest;
use crate::ui::actions::Actions;
use crate::ui::model::{EventField, Model};
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
    /// What was typed, as this.
    New(String, PartyLabel),
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

/// The participants of one role, each with a cross, behind a menu to find others: so that it stays where it is.
pub fn participants_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, event: &mut Event, role: Role) {
    let project = model.project();
    let id = Id::unique(("participant", model.number, event.id, role));
    let field = if role == Role::Actor { EventField::Actors } else { EventField::Recipients };
    let hint = format!("Name of the {}", role.name());
    let asked = model.event_field == Some(field);
    let free = |id: EntityId| !event.participants.iter().any(|p| p.role == role && p.entity() == Some(id));
    let (button, picked) =
        picker_ui(ui, plus(), (id, &hint), asked, |typed: &str| candidates(model, event.article, free, typed));
    let name = format!("Add {}", role.name());
    let what = format!("{name}: type a name, or drag somebody here from the panels");
    button.accessible_name(name).on_hover_text(what);
    picked.into_iter().for_each(|candidate| add(model, actions, event.id, role, candidate));
    let mut decided = None;
    for (index, participant) in event.participants.iter().enumerate().filter(|(_, p)| p.role == role) {
        let answer = chip_ui(ui, project.party_name(&participant.who), participant.unsure);
        decided = answer.map(|answer| (index, answer)).or(decided);
    }
    match decided {
        Some((index, Decided::Gone)) => _ = event.participants.remove(index),
        Some((index, Decided::Sure)) => {
            event.participants.get_mut(index).into_iter().for_each(|participant| participant.unsure = false);
        }
        None => {}
    }
}

fn add(model: &Model, actions: &mut Actions, event: EventId, role: Role, candidate: Candidate) {
    match candidate {
        Candidate::Entity(entity, range) => {
            actions.edit(move |project, stamp| ops::add_participant(project, event, role, entity, range, stamp));
        }
        Candidate::Known(code, name) => actions.edit(move |project, stamp| {
            let known = ops::Known { name: name.to_owned(), country: Some(code), ..ops::Known::default() };
            ops::add_new_participant(project, event, role, &KindId::COUNTRY, &known, stamp)
        }),
        Candidate::New(name, label) => {
            let kind = kind_of(model, label);
            actions.edit(move |project, stamp| match kind {
                Some(kind) => {
                    let known = ops::Known { name, ..ops::Known::default() };
                    ops::add_new_participant(project, event, role, &kind, &known, stamp)
                }
                None => {
                    let words = Party::Words(PartyWords { name, label, country: None });
                    ops::add_participant(project, event, role, words, None, stamp)
                }
            });
        }
    }
}

/// The kind of the entity that somebody becomes, where the tagset has one for what they are.
fn kind_of(model: &Model, label: PartyLabel) -> Option<KindId> {
    let kind = match label {
        PartyLabel::Person => Some(KindId::PERSON),
        PartyLabel::Country => Some(KindId::COUNTRY),
        PartyLabel::Org => Some(KindId::ORGANISATION),
        PartyLabel::Group => None,
    };
    kind.filter(|kind| model.project().tagset().get(kind).is_some())
}

/// A menu to find somebody in, as if they took part in an event of an article, beside those who are `given`; at once where it
/// is `asked` for.
pub fn pick_party_ui(
    ui: &mut Ui,
    model: &Model,
    (article, role): (ArticleId, Role),
    given: &[GivenParty],
    asked: bool,
) -> (Response, Option<GivenParty>) {
    let project = model.project();
    let hint = format!("Name of the {}", role.name());
    let is_given = |entity: &Entity| {
        given.iter().any(|party| {
        matches!(party, GivenParty::Entity(known) if known.kind == entity.kind && known.name == entity.name)
    })
    };
    let free = |id: EntityId| project.entity(id).is_some_and(|entity| !is_given(entity));
    let id = Id::unique(("party that is given", model.number, role));
    let (button, picked) =
        picker_ui(ui, plus(), (id, &hint), asked, |typed: &str| candidates(model, article, free, typed));
    let entity = |name: String, kind: KindId, country, wikidata| {
        GivenParty::Entity(GivenEntity { name, kind, country, wikidata })
    };
    let party = picked.and_then(|candidate| match candidate {
        Candidate::Entity(id, _) => {
            let known = project.entity(id)?;
            Some(entity(known.name.clone(), known.kind.clone(), known.country, known.wikidata.clone()))
        }
        Candidate::Known(code, name) => Some(entity(name.to_owned(), KindId::COUNTRY, Some(code), None)),
        Candidate::New(name, label) => Some(match kind_of(model, label) {
            Some(kind) => entity(name, kind, None, None),
            None => GivenParty::Words(PartyWords { name, label, country: None }),
        }),
    });
    let name = format!("Add {}", role.name());
    (button.accessible_name(&name).on_hover_text(format!("{name}: type a name")), party)
}

/// Who fits: those whose names begin so, tagged in the article before those of other articles and countries at large; then
/// what was typed itself, as the likeliest first; and last whose names only hold what was typed.
fn candidates(
    model: &Model,
    article: ArticleId,
    free: impl Fn(EntityId) -> bool,
    typed: &str,
) -> Vec<Choice<Candidate>> {
    let project = model.project();
    let schema = |kind: &KindId| project.tagset().schema(kind);
    let mut here: Vec<(EntityId, TextRange)> = Vec::new();
    let mut known = HashSet::new();
    for mention in project.mentions(article).iter().filter(|m| m.is_live() && schema(&m.kind) != Schema::Event) {
        if let Some(Target::Entity(id)) = mention.target
            && known.insert(id)
        {
            here.push((id, mention.range));
        }
    }
    let used = |id| project.count_of(Target::Entity(id)) > 0;
    let elsewhere = project.entities().filter(|entity| !known.contains(&entity.id) && used(entity.id));
    let everyone = here.iter().map(|(id, range)| (*id, Some(*range))).chain(elsewhere.map(|entity| (entity.id, None)));
    let mut found: Vec<(u8, bool, Candidate)> = Vec::new();
    for (id, range) in everyone.filter(|(id, _)| free(*id)) {
        let Some(entity) = project.entity(id) else { continue };
        let names = std::iter::once(&entity.name).chain(&entity.aliases);
        if let Some(rank) = names.filter_map(|name| text::rank(name, typed)).min() {
            found.push((rank, range.is_none(), Candidate::Entity(id, range)));
        }
    }
    let typed = typed.trim();
    if !typed.is_empty() {
        let present = |code| project.entities_of(code).any(|entity| entity.kind == KindId::COUNTRY);
        for facts in crate::suggest::knowledge::countries().filter(|facts| !present(facts.code)) {
            if let Some(rank) = text::rank(facts.name, typed) {
                found.push((rank, true, Candidate::Known(facts.code, facts.name)));
            }
        }
    }
    found.sort_by_key(|(rank, elsewhere, _)| (*rank, *elsewhere));
    let exact = found.first().is_some_and(|(rank, ..)| *rank == 0);
    let begins = |rank: u8| rank <= 2 || rank == 4;
    let (near, far): (Vec<_>, Vec<_>) = found.into_iter().partition(|(rank, ..)| begins(*rank));
    let new = if typed.is_empty() || exact { Vec::new() } else { as_typed(typed) };
    let all = near.into_iter().chain(new.into_iter().map(|new| (0, true, new))).chain(far);
    all.take(OFFERED).map(|(_, _, candidate)| choice(model, candidate)).collect()
}

/// What was typed as somebody new, the likeliest sort first.
fn as_typed(typed: &str) -> Vec<Candidate> {
    let likely = suggest::party_label(typed);
    let mut labels = vec![PartyLabel::Org, PartyLabel::Person, PartyLabel::Group];
    labels.sort_by_key(|label| *label != likely);
    labels.into_iter().map(|label| Candidate::New(typed.to_owned(), label)).collect()
}

/// A candidate with its name and what is known of it.
fn choice(model: &Model, value: Candidate) -> Choice<Candidate> {
    let (name, about) = match &value {
        Candidate::Entity(id, range) => model.project().entity(*id).map_or_else(Default::default, |entity| {
            let kind = model.project().tagset().get(&entity.kind).map_or("", |kind| kind.name.as_str()).to_lowercase();
            let place = if range.is_some() { "in this article" } else { "in another article" };
            let parts = [kind.as_str(), entity.role.as_str(), place];
            let what: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            (entity.name.clone(), what.join(" · "))
        }),
        Candidate::Known(code, name) => ((*name).to_owned(), format!("country · {code}")),
        Candidate::New(name, label) => {
            let label = text::party_label(*label);
            (format!("Add “{name}” ({label})"), "as typed".to_owned())
        }
    };
    Choice { name, about, value }
}
