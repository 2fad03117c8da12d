//! The window in which kinds, kinds of relations and article tags are added, renamed, coloured, ordered and removed.

mod parts;
mod relations;
mod tags;

use eframe::egui::{
    self, Button, ComboBox, Grid, RichText, Role, ScrollArea, Sense, TextEdit, Ui, Vec2, WidgetInfo, vec2,
};

use super::{buttons_ui, heading, modal};
use crate::project::{Hue, Kind, KindId, Mark, Schema, Tagset, ops};
use crate::suggest::lookups::known;
use crate::ui::actions::{Action, Actions};
use crate::ui::forms::TagsetForm;
use crate::ui::forms::tagset::fits;
use crate::ui::model::Model;
use crate::ui::text;
use crate::ui::theme::{self, Palette};

use parts::{Asked, Going, goes_ui, swatch_ui};
use relations::relations_ui;
use tags::tags_ui;

fn schema_name(schema: Schema) -> &'static str {
    match schema {
        Schema::Entity => "Plain",
        Schema::Person => "Like people",
        Schema::Country => "Like countries",
        Schema::Event => "Event",
    }
}

/// Size of a field for a name, where there is room: in a grid it would be as narrow as the title above it.
const NAME: Vec2 = vec2(150.0, 24.0);
/// The least width of such a field, and what the rest of a row takes, in points.
const LEAST: f32 = 80.0;
const REST: f32 = 390.0;

const SCHEMAS: [Schema; 4] = [Schema::Entity, Schema::Person, Schema::Country, Schema::Event];

pub(super) fn tagset_ui(ui: &Ui, _model: &Model, actions: &mut Actions, form: &mut TagsetForm) -> bool {
    let mut done = false;
    let left = modal(ui, "Tagset", 760.0, |ui| {
        let height = (ui.ctx().content_rect().height() - 220.0).max(160.0);
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            kinds_ui(ui, form);
            going_ui(ui, form);
            ui.add_space(12.0);
            relations_ui(ui, form);
            ui.add_space(12.0);
            tags_ui(ui, form);
        });
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if ui.button("Import…").on_hover_text("Take in the kinds, relations and article tags of a file").clicked()
            {
                actions.push(Action::ReadTagset);
            }
            if ui
                .button("Export…")
                .on_hover_text("Write kinds, relations and article tags to a file, for other projects")
                .clicked()
            {
                actions.push(Action::WriteTagset(form.tagset()));
            }
        });
        let problem = form.problem();
        if let Some(problem) = problem {
            ui.colored_label(Palette::get(ui).error, problem);
        }
        let (save, cancel) = buttons_ui(ui, "Save", problem.is_none());
        if save {
            let (new, fill) = (form.change(), form.to_fill());
            actions.edit(move |project, stamp| ops::set_tagset(project, &new, &known, stamp));
            if !fill.is_empty() {
                actions.push(Action::Fill(fill));
            }
        }
        done = save || cancel;
    });
    left || done
}

fn kinds_ui(ui: &mut Ui, form: &mut TagsetForm) {
    heading(ui, "Kinds");
    let field = vec2(((ui.available_width() - REST) / 2.0).clamp(LEAST, NAME.x), NAME.y);
    let mut asked = None;
    Grid::new("kinds").num_columns(6).spacing(vec2(8.0, 6.0)).show(ui, |ui| {
        for title in ["", "One is called", "Many are called", "What they are", "Key", ""] {
            ui.label(RichText::new(title).size(theme::SMALL).color(Palette::get(ui).weak));
        }
        ui.end_row();
        for index in 0..form.kinds.len() {
            kind_ui(ui, form, index, field, &mut asked);
            ui.end_row();
        }
    });
    match asked {
        Some(Asked::Up(index)) if index > 0 => form.kinds.swap(index, index - 1),
        Some(Asked::Down(index)) if index + 1 < form.kinds.len() => form.kinds.swap(index, index + 1),
        Some(Asked::Remove(index)) if index < form.kinds.len() => {
            let kind = form.kinds.remove(index);
            if form.uses.contains_key(&kind.id) {
                form.going.push((kind, None));
            }
        }
        _ => {}
    }
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        if ui.button("Add kind").clicked() {
            let id = KindId(form.made_id());
            form.add(Kind::new(id.clone(), "", "", '1', Schema::Entity));
            let badge = form.all().badge(&id);
            if let Some(kind) = form.kinds.last_mut() {
                (kind.hue, kind.mark) = (Some(badge.hue), Some(badge.mark));
            }
            form.fresh = true;
        }
        ready_ui(ui, form);
    });
}

/// A button for each kind that the engine fills and that is not there.
fn ready_ui(ui: &mut Ui, form: &mut TagsetForm) {
    let mut all = form.all();
    let ready = all.ready();
    if ready.is_empty() {
        return;
    }
    ui.add_space(8.0);
    ui.label(RichText::new("or a ready kind, which the engine fills:").color(Palette::get(ui).weak));
    all.kinds.extend(ready.iter().cloned());
    for kind in ready {
        // The mark is painted where the spaces are.
        let button = ui.add(Button::new(format!("{:5}{}", "", kind.plural))).on_hover_text(engine_finds(&kind.id));
        let sign = button.rect.left_center() + vec2(15.0, 0.0);
        theme::paint_badge(ui.painter(), sign, 11.0, Palette::get(ui), all.badge(&kind.id));
        if button.accessible_name(format!("Add ready kind {}", kind.plural)).clicked() {
            form.add_ready(kind);
        }
    }
}

/// What the engine looks for under a kind, in words for a person.
fn engine_finds(kind: &KindId) -> &'static str {
    match kind {
        kind if *kind == KindId::ORGANISATION => "Agencies, companies, parties, courts, teams and other bodies",
        kind if *kind == KindId::PLACE => "Towns, regions, rivers, buildings and all other places but countries",
        kind if *kind == KindId::GROUP => "Peoples, religions and political groups: Kurds, Muslims, Democrats",
        _ => "What the engine suggests in a new project",
    }
}

fn kind_ui(ui: &mut Ui, form: &mut TagsetForm, index: usize, field: Vec2, asked: &mut Option<Asked>) {
    let all = form.all();
    let fresh = form.fresh && index + 1 == form.kinds.len();
    let Some(kind) = form.kinds.get_mut(index) else { return };
    let spoken = if kind.name.is_empty() { format!("kind {}", index + 1) } else { kind.name.clone() };
    badge_ui(ui, &all, kind, &spoken);
    let name = TextEdit::singleline(&mut kind.name).hint_text("Ship");
    let name = ui.add_sized(field, name).accessible_name(format!("Name of {spoken}"));
    if fresh {
        name.request_focus();
        form.fresh = false;
    }
    let plural = TextEdit::singleline(&mut kind.plural).hint_text("Ships");
    ui.add_sized(field, plural).accessible_name(format!("Plural of {spoken}"));
    let shown = if kind.is_people() { Schema::Person } else { kind.schema };
    let sort = ComboBox::from_id_salt(("schema", index)).selected_text(schema_name(shown)).width(120.0);
    let sort = sort.show_ui(ui, |ui| {
        for schema in SCHEMAS.into_iter().filter(|schema| fits(&form.uses, &form.known, &kind.id, *schema)) {
            if ui.selectable_label(shown == schema, schema_name(schema)).clicked() {
                kind.schema = schema;
            }
        }
    });
    sort.response.accessible_name(format!("What {spoken} is"));
    let before = kind.key;
    let chosen = key_ui(ui, kind, &spoken);
    if let Some(key) = chosen {
        // The kind that had it takes the one that this leaves.
        let other = form.kinds.iter_mut().find(|other| other.key == key && key.is_some());
        if let Some(other) = other {
            other.key = before;
        }
        if let Some(kind) = form.kinds.get_mut(index) {
            kind.key = key;
        }
    }
    let count = form.kinds.len();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let mut button = |sign: &str, enabled: bool, name: String, ask: Asked| {
            let button = Button::new(sign).min_size(vec2(24.0, 24.0));
            if ui.add_enabled(enabled, button).on_hover_text(&name).accessible_name(name).clicked() {
                *asked = Some(ask);
            }
        };
        button("↑", index > 0, format!("Move {spoken} up"), Asked::Up(index));
        button("↓", index + 1 < count, format!("Move {spoken} down"), Asked::Down(index));
        button("×", count > 1, format!("Remove {spoken}"), Asked::Remove(index));
    });
}

/// What was chosen, if anything was: a key or none.
fn key_ui(ui: &mut Ui, kind: &Kind, spoken: &str) -> Option<Option<char>> {
    let name = |key: Option<char>| key.map_or_else(|| "None".to_owned(), String::from);
    let own = kind.digit();
    let mut chosen = None;
    let combo = ComboBox::from_id_salt(("key", kind.id.as_str())).selected_text(name(own)).width(56.0);
    let combo = combo.show_ui(ui, |ui| {
        for key in ('1'..='9').map(Some).chain([None]) {
            if ui.selectable_label(own == key, name(key)).clicked() {
                chosen = Some(key);
            }
        }
    });
    combo.response.accessible_name(format!("Key of {spoken}"));
    chosen
}

/// Colour and shape, with a menu to choose others.
fn badge_ui(ui: &mut Ui, all: &Tagset, kind: &mut Kind, spoken: &str) {
    let palette = Palette::get(ui);
    let badge = all.badge(&kind.id);
    let (rect, response) = ui.allocate_exact_size(vec2(28.0, 24.0), Sense::click());
    let told = format!("Look of {spoken}: {} {}", badge.hue.name().to_lowercase(), badge.mark.name().to_lowercase());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, told.clone()));
    let visuals = ui.style().interact(&response);
    ui.painter().rect(rect, 5.0, palette.hue(badge.hue).tint, visuals.bg_stroke, egui::StrokeKind::Inside);
    theme::paint_badge(ui.painter(), rect.center(), 11.0, palette, badge);
    egui::Popup::menu(&response).close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.horizontal(|ui| {
            for hue in Hue::ALL {
                let chosen = badge.hue == hue;
                if swatch_ui(ui, chosen, hue, badge.mark, hue.name()) {
                    kind.hue = Some(hue);
                    kind.mark = kind.mark.or(Some(badge.mark));
                }
            }
        });
        ui.horizontal(|ui| {
            for mark in Mark::ALL {
                let chosen = badge.mark == mark;
                if swatch_ui(ui, chosen, badge.hue, mark, mark.name()) {
                    kind.mark = Some(mark);
                    kind.hue = kind.hue.or(Some(badge.hue));
                }
            }
        });
    });
}

/// Kinds that go although they have tags: what becomes of these.
fn going_ui(ui: &mut Ui, form: &mut TagsetForm) {
    let choice = |kind: &Kind| (kind.id.clone(), format!("become {}", kind.name.to_lowercase()));
    let others: Vec<(KindId, String)> = form.kinds.iter().map(choice).collect();
    let mut kept = None;
    for (index, (kind, into)) in form.going.iter_mut().enumerate() {
        let uses = form.uses.get(&kind.id).copied().unwrap_or_default();
        let told = format!("{} goes. Its {}:", kind.name, text::count(uses, "tag", "tags"));
        if goes_ui(ui, Going { id: &kind.id, name: &kind.name, told, what: "tags", others: &others, into }) {
            kept = Some(index);
        }
    }
    if let Some(index) = kept.filter(|index| *index < form.going.len()) {
        let (kind, _) = form.going.remove(index);
        form.add(kind);
    }
}
