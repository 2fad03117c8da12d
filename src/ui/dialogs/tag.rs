//! The popup at a mention: kind, entity, note, accept, reject, delete.

use eframe::egui::{
    self, Area, Button, Color32, Id, Key, Modal, Order, Pos2, RichText, ScrollArea, TextEdit, Ui, vec2,
};

use super::{primary, select_all};
use crate::project::{CountryCode, EntityId, Event, EventId, KindId, Mention, MentionId, Project, Schema, Target, ops};
use crate::ui::actions::Actions;
use crate::ui::command::Command;
use crate::ui::dispatch::known;
use crate::ui::state::State;
use crate::ui::text;
use crate::ui::theme::{self, Palette};

/// A tag while it is edited.
pub struct TagForm {
    mention: MentionId,
    words: String,
    note: String,
    chosen: usize,
    fresh: bool,
    at: Option<Pos2>,
}

/// What the tag can be pointed at.
#[derive(Clone, Debug, PartialEq)]
enum Choice {
    Entity(EntityId),
    Event(EventId),
    Known(CountryCode, String),
    New(String),
    /// The event that the tag points at gets this name.
    Rename(EventId, String),
}

impl TagForm {
    /// The form for a mention.
    pub fn new(project: &Project, mention: MentionId) -> Option<Self> {
        let found = project.mention(mention)?;
        let words = project.target_name(found).to_owned();
        Some(Self { mention, words, note: found.note.clone(), chosen: 0, fresh: true, at: None })
    }
}

pub(super) fn tag_ui(ui: &Ui, state: &State, actions: &mut Actions, form: &mut TagForm) -> bool {
    let Some(mention) = state.project().mention(form.mention) else { return true };
    let at = *form.at.get_or_insert_with(|| {
        let rect = state.view.rect_of(form.mention);
        let screen = ui.ctx().content_rect();
        let below = rect.map_or(screen.center(), |rect| rect.left_bottom() + vec2(-8.0, 8.0));
        below.min(screen.max - vec2(380.0, 380.0)).max(screen.min + vec2(8.0, 8.0))
    });
    let id = Id::unique("tag popup");
    let area = Area::new(id).kind(egui::UiKind::Modal).sense(egui::Sense::hover()).order(Order::Foreground);
    let mut done = false;
    let modal = Modal::new(id).area(area.fixed_pos(at)).backdrop_color(Color32::TRANSPARENT);
    let response = modal.frame(egui::Frame::popup(ui.style()).inner_margin(14)).show(ui.ctx(), |ui| {
        ui.set_width(340.0);
        done = content_ui(ui, state, actions, form, mention);
    });
    done || response.should_close()
}

fn content_ui(ui: &mut Ui, state: &State, actions: &mut Actions, form: &mut TagForm, mention: &Mention) -> bool {
    let mut done = false;
    let id = mention.id;
    ui.horizontal_wrapped(|ui| {
        for kind in &state.project().tagset().kinds {
            let label = RichText::new(&kind.name);
            if ui.selectable_label(mention.kind == kind.id, label).clicked() {
                let kind = kind.id.clone();
                actions.edit(move |project, stamp| ops::set_kind(project, &[id], &kind, &known, stamp));
                form.words = mention.quote.to_string();
            }
        }
    });
    ui.add_space(6.0);
    let field = TextEdit::singleline(&mut form.words).desired_width(f32::INFINITY).hint_text("Name");
    let response = ui.add(field).accessible_name("Name of the person, country or event");
    if std::mem::take(&mut form.fresh) {
        response.request_focus();
        select_all(ui, &response, &form.words);
    }
    if response.changed() {
        form.chosen = 0;
    }
    let choices = choices(state.project(), mention, &form.words);
    let (up, down, enter) = ui.input(|input| {
        (input.key_pressed(Key::ArrowUp), input.key_pressed(Key::ArrowDown), input.key_pressed(Key::Enter))
    });
    if down {
        form.chosen = (form.chosen + 1).min(choices.len().saturating_sub(1));
    }
    if up {
        form.chosen = form.chosen.saturating_sub(1);
    }
    let mut picked = None;
    ScrollArea::vertical().max_height(150.0).auto_shrink([false, true]).show(ui, |ui| {
        for (index, choice) in choices.iter().enumerate() {
            let label = label(state.project(), choice);
            let row = ui.selectable_label(index == form.chosen, label);
            if index == form.chosen && (up || down) {
                row.scroll_to_me(None);
            }
            if row.clicked() {
                picked = Some(choice.clone());
            }
        }
    });
    if enter && response.lost_focus() {
        picked = choices.get(form.chosen).cloned();
    }
    ui.add_space(4.0);
    ui.label(RichText::new("Note").size(theme::SMALL).color(Palette::get(ui).weak));
    let note = ui.add(TextEdit::singleline(&mut form.note).desired_width(f32::INFINITY)).accessible_name("Note");
    if note.lost_focus() && form.note != mention.note {
        let note = form.note.trim().to_owned();
        actions.edit(move |project, stamp| ops::set_note(project, id, &note, stamp));
    }
    if let Some(choice) = picked {
        apply(actions, id, choice);
        done = true;
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let ways = [
            ("Reject", Command::Reject, "It leaves the text, stays listed, and is not suggested again"),
            ("Delete", Command::DeleteTag, "What you made goes for good; what was suggested is rejected"),
        ];
        for (name, command, what) in ways {
            if ui.add(Button::new(name)).on_hover_text(what).clicked() {
                actions.command(command);
                done = true;
            }
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.add(primary(ui, "Accept")).clicked() {
                let typed = form.words.trim() != state.project().target_name(mention);
                match choices.get(form.chosen).filter(|_| typed || form.chosen > 0) {
                    Some(choice) => apply(actions, id, choice.clone()),
                    None => actions.command(Command::Accept),
                }
                done = true;
            }
        });
    });
    done
}

/// What fits the words: equal names first, then names that begin with them, then names that hold them; the present
/// target before others of its rank.
fn choices(project: &Project, mention: &Mention, words: &str) -> Vec<Choice> {
    let rank = |name: &str| text::rank(name, words);
    if project.tagset().schema(&mention.kind) == Schema::Event {
        let here = project.events().filter(|e| e.article == mention.article);
        let live = here.filter(|e| project.mentions_of(Target::Event(e.id)).any(Mention::is_live));
        let own = mention.target.map(|target| match target {
            Target::Event(id) => Choice::Event(id),
            Target::Entity(id) => Choice::Entity(id),
        });
        let own = own.as_ref();
        let mut events: Vec<_> = live.filter_map(|e| Some((rank(&e.name)?, Choice::Event(e.id)))).collect();
        events.sort_by_key(|(rank, choice)| (*rank, own != Some(choice)));
        let mut choices: Vec<Choice> = events.into_iter().map(|(_, choice)| choice).collect();
        let name = words.trim();
        if let Some(Target::Event(id)) = mention.target
            && !name.is_empty()
            && project.event(id).is_some_and(|event| event.name != name)
        {
            choices.push(Choice::Rename(id, name.to_owned()));
        }
        return choices;
    }
    let used = |id| project.mentions_of(Target::Entity(id)).any(Mention::is_live);
    let entities = project.entities().filter(|e| e.kind == mention.kind && used(e.id));
    let mut found: Vec<(u8, Choice)> = entities
        .filter_map(|e| {
            let best = std::iter::once(&e.name).chain(&e.aliases).filter_map(|name| rank(name)).min()?;
            Some((best, Choice::Entity(e.id)))
        })
        .collect();
    if mention.kind == KindId::COUNTRY {
        let present =
            |code| project.entities().any(|e| e.country == Some(code) && e.kind == KindId::COUNTRY && used(e.id));
        let known = crate::suggest::knowledge::countries().filter(|facts| !present(facts.code));
        found.extend(known.filter_map(|f| Some((rank(f.name)?, Choice::Known(f.code, f.name.to_owned())))));
    }
    let own = |choice: &Choice| matches!(choice, Choice::Entity(id) if mention.target == Some(Target::Entity(*id)));
    found.sort_by_key(|(rank, choice)| (*rank, !own(choice)));
    let exact = found.first().is_some_and(|(rank, _)| *rank == 0);
    let mut choices: Vec<Choice> = found.into_iter().map(|(_, choice)| choice).take(40).collect();
    if !words.trim().is_empty() && !exact {
        choices.push(Choice::New(words.trim().to_owned()));
    }
    choices
}

fn label(project: &Project, choice: &Choice) -> String {
    match choice {
        Choice::Entity(id) => project.entity(*id).map_or_else(String::new, |entity| entity.name.clone()),
        Choice::Event(id) => project.event(*id).map_or_else(String::new, |event| {
            let parts = [event.name.clone(), text::event_type(event), text::event_date(event)];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
        }),
        Choice::Rename(_, name) => format!("Rename the event: {name}"),
        Choice::Known(code, name) => format!("{name} ({code})"),
        Choice::New(name) => format!("New: {name}"),
    }
}

fn apply(actions: &mut Actions, id: MentionId, choice: Choice) {
    match choice {
        Choice::Entity(entity) => {
            actions.edit(move |project, stamp| ops::assign(project, &[id], entity, stamp));
        }
        Choice::Event(event) => {
            actions.edit(move |project, stamp| ops::join_event(project, &[id], event, stamp));
        }
        Choice::Rename(event, name) => actions.edit(move |project, stamp| {
            let renamed = project.event(event).map(|event| Event { name, ..event.clone() });
            match renamed {
                Some(event) => ops::set_event(project, event, stamp),
                None => ops::accept(project, &[id], stamp),
            }
        }),
        Choice::Known(code, name) => actions.edit(move |project, stamp| {
            let known = ops::Known { name, country: Some(code), ..ops::Known::default() };
            ops::assign_new(project, &[id], &known, stamp)
        }),
        Choice::New(name) => actions.edit(move |project, stamp| {
            let known = ops::Known { name, ..ops::Known::default() };
            ops::assign_new(project, &[id], &known, stamp)
        }),
    }
}
