//! The rows of kinds of relations.

use eframe::egui::{self, Button, ComboBox, RichText, Role, Sense, TextEdit, Ui, WidgetInfo, vec2};

use super::parts::{Asked, Going, goes_ui, swatch_ui};
use crate::project::{Hue, Kind, KindId, Mark, RelationKind};
use crate::ui::dialogs::heading;
use crate::ui::forms::TagsetForm;
use crate::ui::text;
use crate::ui::theme::{self, Palette};

/// How wide a field for a name is, in points.
const NAME: f32 = 150.0;

pub(super) fn relations_ui(ui: &mut Ui, form: &mut TagsetForm) {
    heading(ui, "Relations");
    let hint = "What one tag can be to another: Ana Ruiz works for Acme, Acme employs Ana Ruiz";
    ui.label(RichText::new(hint).size(theme::SMALL).color(Palette::get(ui).weak));
    let mut asked = None;
    for index in 0..form.relations.len() {
        ui.add_space(4.0);
        relation_ui(ui, form, index, &mut asked);
    }
    match asked {
        Some(Asked::Up(index)) if index > 0 => form.relations.swap(index, index - 1),
        Some(Asked::Down(index)) if index + 1 < form.relations.len() => form.relations.swap(index, index + 1),
        Some(Asked::Remove(index)) if index < form.relations.len() => {
            let kind = form.relations.remove(index);
            if form.relation_uses.contains_key(&kind.id) {
                form.relations_going.push((kind, None));
            }
        }
        _ => {}
    }
    going_ui(ui, form);
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        if ui.button("Add kind of relation").clicked() {
            let id = KindId(form.made_id());
            form.add_relation(RelationKind::new(id, "", ""));
            form.fresh_relation = true;
        }
        let ready = form.all().ready_relations();
        if !ready.is_empty() {
            ui.add_space(8.0);
            ui.label(RichText::new("or a common one:").color(Palette::get(ui).weak));
        }
        for kind in ready {
            let button = ui.button(&kind.name).accessible_name(format!("Add common relation {}", kind.name));
            if button.clicked() {
                form.add_ready_relation(kind);
            }
        }
    });
}

/// A kind in two lines: what it is called, and between which kinds of tags it goes.
fn relation_ui(ui: &mut Ui, form: &mut TagsetForm, index: usize, asked: &mut Option<Asked>) {
    let fresh = form.fresh_relation && index + 1 == form.relations.len();
    form.fresh_relation &= !fresh;
    let count = form.relations.len();
    let (before, mut key) = (form.relations.get(index).and_then(|kind| kind.key), None);
    let Some(kind) = form.relations.get_mut(index) else { return };
    let spoken = if kind.name.is_empty() { format!("relation {}", index + 1) } else { kind.name.clone() };
    ui.horizontal(|ui| {
        hue_ui(ui, kind, &spoken);
        let name = TextEdit::singleline(&mut kind.name).hint_text("works for").desired_width(NAME);
        let name = ui.add(name).on_hover_text("What the first tag is to the second");
        let name = name.accessible_name(format!("Name of {spoken}"));
        if fresh {
            name.request_focus();
        }
        let reverse = TextEdit::singleline(&mut kind.reverse).hint_text("employs").desired_width(NAME);
        let reverse = ui.add_enabled(!kind.symmetric, reverse).on_hover_text("What the second tag is to the first");
        reverse.accessible_name(format!("Reverse of {spoken}"));
        let both = ui.checkbox(&mut kind.symmetric, "Both ways");
        let both = both.on_hover_text("It says the same read from either end, as “spouse of” does");
        both.accessible_name(format!("{spoken} holds both ways"));
        key = key_ui(ui, kind, &spoken);
        ui.spacing_mut().item_spacing.x = 2.0;
        let mut button = |sign: &str, enabled: bool, name: String, ask: Asked| {
            let button = Button::new(sign).min_size(vec2(24.0, 24.0));
            if ui.add_enabled(enabled, button).on_hover_text(&name).accessible_name(name).clicked() {
                *asked = Some(ask);
            }
        };
        button("↑", index > 0, format!("Move {spoken} up"), Asked::Up(index));
        button("↓", index + 1 < count, format!("Move {spoken} down"), Asked::Down(index));
        button("×", true, format!("Remove {spoken}"), Asked::Remove(index));
    });
    ui.horizontal(|ui| {
        ui.add_space(36.0);
        let weak = Palette::get(ui).weak;
        ui.label(RichText::new("from").color(weak));
        ruled_ui(ui, &form.kinds, &mut kind.from, &format!("Where {spoken} begins"));
        ui.label(RichText::new(if kind.symmetric { "and" } else { "to" }).color(weak));
        ruled_ui(ui, &form.kinds, &mut kind.to, &format!("Where {spoken} leads"));
    });
    if let Some(key) = key {
        // The kind that had it takes the one that this leaves.
        let other = form.relations.iter_mut().find(|other| other.key == key && key.is_some());
        if let Some(other) = other {
            other.key = before;
        }
        if let Some(kind) = form.relations.get_mut(index) {
            kind.key = key;
        }
    }
}

/// The kinds of tags that may stand at an end; any where none is chosen.
fn ruled_ui(ui: &mut Ui, kinds: &[Kind], chosen: &mut Vec<KindId>, spoken: &str) {
    let names: Vec<String> =
        kinds.iter().filter(|kind| chosen.contains(&kind.id)).map(|kind| kind.name.to_lowercase()).collect();
    let shown = match names.as_slice() {
        [] if chosen.is_empty() => "any tag".to_owned(),
        // Kinds that this tagset does not have.
        [] => "kinds not there yet".to_owned(),
        names => names.join(", "),
    };
    let combo = ComboBox::from_id_salt(spoken).selected_text(shown).width(180.0).truncate();
    let combo = combo.close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside).show_ui(ui, |ui| {
        if ui.selectable_label(chosen.is_empty(), "Any tag").clicked() {
            chosen.clear();
        }
        for kind in kinds {
            let mut ticked = chosen.contains(&kind.id);
            if ui.checkbox(&mut ticked, &kind.name).changed() {
                chosen.retain(|id| *id != kind.id);
                chosen.extend(ticked.then(|| kind.id.clone()));
            }
        }
    });
    combo.response.accessible_name(spoken);
}

/// What was chosen, if anything was: a key or none.
fn key_ui(ui: &mut Ui, kind: &RelationKind, spoken: &str) -> Option<Option<char>> {
    let name = |key: Option<char>| key.map_or_else(|| "None".to_owned(), String::from);
    let mut chosen = None;
    let combo = ComboBox::from_id_salt(("relation key", kind.id.as_str())).selected_text(name(kind.key)).width(56.0);
    let combo = combo.show_ui(ui, |ui| {
        for key in ('1'..='9').map(Some).chain([None]) {
            if ui.selectable_label(kind.key == key, name(key)).clicked() {
                chosen = Some(key);
            }
        }
    });
    combo.response.on_hover_text("Chooses it while tags are related").accessible_name(format!("Key of {spoken}"));
    chosen
}

/// The colour, with a menu to choose another.
fn hue_ui(ui: &mut Ui, kind: &mut RelationKind, spoken: &str) {
    let palette = Palette::get(ui);
    let hue = kind.hue.unwrap_or(Hue::Grey);
    let (rect, response) = ui.allocate_exact_size(vec2(28.0, 24.0), Sense::click());
    let told = format!("Colour of {spoken}: {}", hue.name().to_lowercase());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, told.clone()));
    let visuals = ui.style().interact(&response);
    ui.painter().rect(rect, 5.0, palette.hue(hue).tint, visuals.bg_stroke, egui::StrokeKind::Inside);
    let (y, x) = (rect.center().y, rect.shrink(7.0).x_range());
    ui.painter().hline(x, y, (2.0, palette.hue(hue).line));
    egui::Popup::menu(&response).close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.horizontal(|ui| {
            for other in Hue::ALL {
                if swatch_ui(ui, hue == other, other, Mark::Circle, other.name()) {
                    kind.hue = Some(other);
                }
            }
        });
    });
}

/// Kinds that go although there are relations of them: what becomes of these.
fn going_ui(ui: &mut Ui, form: &mut TagsetForm) {
    let choice = |kind: &RelationKind| (kind.id.clone(), format!("become “{}”", kind.name));
    let others: Vec<(KindId, String)> = form.relations.iter().map(choice).collect();
    let mut kept = None;
    for (index, (kind, into)) in form.relations_going.iter_mut().enumerate() {
        let uses = form.relation_uses.get(&kind.id).copied().unwrap_or_default();
        let told = format!("“{}” goes. Its {}:", kind.name, text::count(uses, "relation", "relations"));
        if goes_ui(ui, Going { id: &kind.id, name: &kind.name, told, what: "relations", others: &others, into }) {
            kept = Some(index);
        }
    }
    if let Some(index) = kept.filter(|index| *index < form.relations_going.len()) {
        let (kind, _) = form.relations_going.remove(index);
        form.add_relation(kind);
    }
}
