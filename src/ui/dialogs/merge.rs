//! What an entity or event is the same as: all that it can be merged with, the likeliest first.

use eframe::egui::{self, Button, Key, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::{choose_by_arrows, free_height, modal};
use crate::project::{Project, Target};
use crate::ui::actions::{Action, Actions};
use crate::ui::alike;
use crate::ui::forms::MergeForm;
use crate::ui::model::Model;
use crate::ui::text;
use crate::ui::theme::{self, Palette};

/// How high a row is, in points.
const ROW: f32 = 26.0;

pub(super) fn merge_ui(ui: &Ui, model: &Model, actions: &mut Actions, form: &mut MergeForm) -> bool {
    let project = model.project();
    let mut picked = None;
    let (name, _) = described(project, form.from);
    let title = format!("Merge “{}” with", text::shortened(&name, 40));
    let left = modal(ui, &title, 460.0, |ui| {
        let field = TextEdit::singleline(&mut form.words).hint_text("Type part of a name").desired_width(f32::INFINITY);
        let response = ui.add(field).accessible_name("Merge with");
        if !std::mem::replace(&mut form.opened, true) {
            response.request_focus();
        }
        if response.changed() {
            form.chosen = 0;
        }
        let typed = form.words.trim();
        let found: Vec<Target> =
            alike::likeliest(project, form.from).into_iter().filter(|it| fits(project, *it, typed)).collect();
        let enter = ui.input(|input| input.key_pressed(Key::Enter));
        let moved = choose_by_arrows(ui, &mut form.chosen, found.len());
        ui.add_space(6.0);
        let height = free_height(ui, 240.0);
        let mut area = ScrollArea::vertical().max_height(height).auto_shrink(false);
        if moved {
            let top = form.chosen as f32 * (ROW + ui.spacing().item_spacing.y);
            area = area.vertical_scroll_offset((top - height / 2.0).max(0.0));
        }
        area.show_rows(ui, ROW, found.len(), |ui, seen| {
            for (index, target) in found.iter().enumerate().skip(seen.start).take(seen.len()) {
                let (name, told) = described(project, *target);
                let weak = Palette::get(ui).weak;
                let told = RichText::new(text::shortened(&told, 36)).size(theme::SMALL).color(weak);
                let label = (RichText::new(text::shortened(&name, 44)), egui::Atom::grow(), told);
                let button = Button::selectable(index == form.chosen, label).min_size(vec2(ui.available_width(), ROW));
                if ui.add(button).clicked() {
                    picked = Some(*target);
                }
            }
        });
        if found.is_empty() {
            ui.weak("Nothing to merge with");
        } else {
            ui.weak("The one you choose keeps its name; Undo takes it back");
        }
        if enter && response.lost_focus() {
            picked = found.get(form.chosen).copied();
        }
    });
    let done = picked.is_some();
    if let Some(into) = picked {
        actions.push(Action::Merge(vec![into, form.from]));
    }
    left || done
}

/// The name of an entity or event, and what is told of it.
fn described(project: &Project, target: Target) -> (String, String) {
    let count = text::count(project.count_of(target), "mention", "mentions");
    match target {
        Target::Entity(id) => project.entity(id).map(|entity| {
            let told = if entity.role.is_empty() { count } else { format!("{} · {count}", entity.role) };
            (entity.name.clone(), told)
        }),
        Target::Event(id) => project.event(id).map(|event| (event.name.clone(), text::event_line(project, event))),
    }
    .unwrap_or_default()
}

fn fits(project: &Project, target: Target, typed: &str) -> bool {
    let (mut words, told) = described(project, target);
    if let Target::Entity(id) = target {
        let aliases = project.entity(id).map(|entity| entity.aliases.as_slice()).unwrap_or_default();
        aliases.iter().for_each(|alias| words.extend(["\n", alias.as_str()]));
    } else {
        words.extend(["\n", told.as_str()]);
    }
    text::has_words(&words, typed)
}
