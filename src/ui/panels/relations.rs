//! The section of relations: a line for what two things are to each other, and below the one selected its tags, its note and
//! what can be done with it.

use eframe::egui::{
    Align, Align2, Button, CollapsingHeader, FontId, Frame, Id, Layout, Margin, Pos2, Rect, RichText, Role, Sense,
    Stroke, TextEdit, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::relation_rows::{RelationRow, RelationSection};
use super::rows::Noticed;
use crate::project::{Relation, RelationId, Status, ops};
use crate::ui::actions::{Action, Actions};
use crate::ui::command::Command;
use crate::ui::keys;
use crate::ui::list_row::{Ground, elided, paint_ground};
use crate::ui::model::Model;
use crate::ui::relating::{broken_rule, kinds};
use crate::ui::text;
use crate::ui::theme::{self, Palette};

/// How high a row is, and one of what was rejected, in points.
const HEIGHT: f32 = 28.0;
const LOW: f32 = 24.0;
const BUTTON: f32 = 24.0;
const STATE: f32 = 24.0;
/// How long the line is that stands for a kind, in points.
const SIGN: f32 = 14.0;
/// Relations listed below a selected row.
const LISTED: usize = 40;

/// Draws the rows below the head.
pub fn relations_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, section: &RelationSection, noticed: &Noticed) {
    ui.push_id("relations", |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        if section.rows.is_empty() {
            let hint = match section.all {
                0 => {
                    let key = keys::text(ui.ctx(), &model.keys, Command::Relate);
                    format!("Relations between tags appear here. Select a tag and press {key}, or hold Ctrl and drag from one tag to another")
                }
                all => format!("No match among {}", text::number(all)),
            };
            Frame::new().inner_margin(Margin { left: 24, ..Margin::ZERO }).show(ui, |ui| {
                ui.label(RichText::new(hint).size(theme::SMALL).color(Palette::get(ui).weak));
            });
        }
        rows_ui(ui, model, actions, section, noticed);
        rejected_ui(ui, model, actions, &section.rejected);
    });
}

/// Draws those of many rows that are seen.
fn rows_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, section: &RelationSection, noticed: &Noticed) {
    let selected = model.selected_relation().map(|relation| relation.id);
    let step = HEIGHT + ui.spacing().item_spacing.y;
    let clip = ui.clip_rect();
    let mut passed = 0.0;
    for row in &section.rows {
        let holds = selected.is_some_and(|id| row.relations.contains(&id));
        let top = ui.cursor().top() + passed;
        if holds || top + step > clip.top() && top < clip.bottom() {
            ui.add_space(std::mem::take(&mut passed));
            let rect = row_ui(ui, model, actions, row, holds);
            if holds {
                let shown = Frame::new().inner_margin(Margin { left: 22, right: 0, top: 2, bottom: 6 });
                let shown = shown.show(ui, |ui| card_ui(ui, model, actions, row));
                if model.reveal_row {
                    noticed.scroll_to(ui, rect.union(shown.response.rect));
                }
            }
        } else {
            passed += step;
        }
    }
    ui.add_space(passed);
}

fn row_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, row: &RelationRow, selected: bool) -> Rect {
    let palette = Palette::get(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let id = ui.make_persistent_id(("relation", row.relations.first()));
    let response = ui.interact(rect, id, Sense::click());
    let tagset = model.project().tagset();
    let name = tagset.relation_name(&row.kind);
    let state = match (row.open.is_empty(), row.by_hand) {
        (false, _) => "suggested",
        (true, true) => "made by hand",
        (true, false) => "accepted",
    };
    let said = format!("{} {name} {}", row.from, row.to);
    let spoken = format!("{said}, relation, {state}");
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, spoken.clone()));
    let under = ui.rect_contains_pointer(rect);
    // Those of the tag that is selected stand out.
    let own = model.selected.is_some_and(|tag| {
        let mut relations = row.relations.iter().filter_map(|id| model.project().relation(*id));
        relations.any(|relation| relation.other_end(tag).is_some())
    });
    paint_ground(ui, rect, Ground { chosen: selected, under: under || own, focused: response.has_focus(), radius: 5 });
    let active = under || response.has_focus() || selected;
    let taken = if active { buttons_ui(ui, actions, rect, row, &said) } else { 2.0 };
    let color = palette.hue(tagset.relation_hue(&row.kind)).line;
    let end = rect.right() - taken - STATE;
    let sign = if !row.open.is_empty() { None } else { Some(if row.by_hand { "●" } else { "✓" }) };
    let center = pos2(end + STATE / 2.0, rect.center().y);
    match sign {
        Some(sign) => {
            ui.painter().text(center, Align2::CENTER_CENTER, sign, FontId::proportional(13.0), color);
        }
        None => {
            ui.painter().circle_stroke(center, 4.0, Stroke::new(1.3, color));
        }
    }
    let count = if row.relations.len() > 1 { format!("{}×", row.relations.len()) } else { String::new() };
    let marks: Vec<&str> = [row.broken.then_some("!"), row.noted.then_some("✎"), Some(count.as_str())]
        .into_iter()
        .flatten()
        .filter(|mark| !mark.is_empty())
        .collect();
    let small = FontId::proportional(theme::SMALL);
    let mut right = end;
    if !marks.is_empty() {
        let told = ui.painter().layout_no_wrap(marks.join(" "), small.clone(), palette.weak);
        right -= told.size().x + 6.0;
        ui.painter().galley(pos2(right, rect.center().y - told.size().y / 2.0), told, palette.weak);
    }
    paint_words(ui, rect, right - 6.0, row, name, color);
    let response = response.on_hover_ui(|ui| hover_ui(ui, model, row, &said));
    if response.clicked() {
        let next = model.selected_relation().and_then(|now| row.relations.iter().position(|id| *id == now.id));
        let next = next.map_or(0, |place| (place + 1) % row.relations.len().max(1));
        row.relations.get(next).into_iter().for_each(|id| actions.push(Action::SelectRelation(*id)));
    }
    rect
}

/// Both ends with the kind between them: long names give way first.
fn paint_words(ui: &Ui, rect: Rect, end: f32, row: &RelationRow, name: &str, color: eframe::egui::Color32) {
    let palette = Palette::get(ui);
    let (mut x, y) = (rect.left() + 8.0, rect.center().y);
    let (body, small) = (FontId::proportional(theme::BODY), FontId::proportional(theme::SMALL));
    let wide = |words: &str, font: &FontId| ui.painter().layout_no_wrap(words.to_owned(), font.clone(), color).size().x;
    ui.painter().hline(x..=x + SIGN, y, Stroke::new(2.0, color));
    x += SIGN + 7.0;
    let gap = 7.0;
    let middle = wide(name, &small).min((end - x) * 0.4);
    let room = (end - x - middle - 2.0 * gap).max(0.0);
    let (from, to) = (wide(&row.from, &body), wide(&row.to, &body));
    // What one name does not need is the other's.
    let first = if from + to <= room { from } else { from.min((room / 2.0).max(room - to)) };
    let words = [
        (&row.from, &body, palette.ink, first),
        (&name.to_owned(), &small, color, middle),
        (&row.to, &body, palette.ink, room - first),
    ];
    for (words, font, color, width) in words {
        if width < 8.0 {
            continue;
        }
        let line = elided(ui, words, font.clone(), color, width + 0.5);
        let shown = line.size().x;
        ui.painter().galley(Pos2::new(x, y - line.size().y / 2.0), line, color);
        x += shown + gap;
    }
}

/// Accept and reject at the right end; the width they take.
fn buttons_ui(ui: &mut Ui, actions: &mut Actions, rect: Rect, row: &RelationRow, said: &str) -> f32 {
    let ids = if row.open.is_empty() { row.relations.clone() } else { row.open.clone() };
    let mut taken = 2.0;
    let mut button = |ui: &mut Ui, place: f32, sign: &str, name: String| {
        let right = rect.right() - 2.0 - place * (BUTTON + 2.0);
        let place = Rect::from_min_max(pos2(right - BUTTON, rect.top() + 2.0), pos2(right, rect.bottom() - 2.0));
        taken += BUTTON + 2.0;
        let button = Button::new(RichText::new(sign).size(14.0)).frame_when_inactive(false);
        ui.place(place, button).accessible_name(name.clone()).on_hover_text(name).clicked()
    };
    if !row.open.is_empty() && button(ui, 1.0, "✓", format!("Accept {said}")) {
        let ids = ids.clone();
        actions.edit(move |project, stamp| ops::accept_relations(project, &ids, stamp));
    }
    if button(ui, 0.0, "✗", format!("Reject {said}")) {
        actions.edit(move |project, stamp| ops::reject_relations(project, &ids, stamp));
    }
    taken + 2.0
}

fn hover_ui(ui: &mut Ui, model: &Model, row: &RelationRow, said: &str) {
    ui.set_max_width(320.0);
    ui.label(RichText::new(said).strong());
    let first = row.relations.first().and_then(|id| model.project().relation(*id));
    if let Some(relation) = first {
        ui.weak(comes_from(model, relation));
        if let Some(rule) = rule(model, relation) {
            ui.label(rule);
        }
        if !relation.note.is_empty() {
            ui.label(&relation.note);
        }
    }
}

/// "Suggested · 77 %: named next", "Made by Zoë".
fn comes_from(model: &Model, relation: &Relation) -> String {
    let made = if relation.origin.is_hand() { "Made" } else { "Accepted" };
    match (&relation.decision, relation.status) {
        (_, Status::Suggested) => {
            let score = relation.origin.score.map(|score| format!(" · {:.0} %", score * 100.0)).unwrap_or_default();
            let reason = if relation.origin.reason.is_empty() { "" } else { ": " };
            format!("Suggested{score}{reason}{}", relation.origin.reason)
        }
        (Some(stamp), status) => {
            let you = stamp.by == model.settings.annotator_name();
            let verb = if status == Status::Rejected { "Rejected" } else { made };
            format!("{verb} by {}", if you { "you" } else { &stamp.by })
        }
        (None, _) => made.to_owned(),
    }
}

fn rule(model: &Model, relation: &Relation) -> Option<String> {
    let project = model.project();
    let (from, to) = project.ends(relation)?;
    broken_rule(project, project.tagset().relation(&relation.kind)?, &from.kind, &to.kind)
}

/// What is below the row of the relation selected.
fn card_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, row: &RelationRow) {
    let palette = Palette::get(ui);
    let Some(relation) = model.selected_relation() else { return };
    let small = |words: String| RichText::new(words).size(theme::SMALL).color(palette.weak);
    ui.spacing_mut().item_spacing.y = 3.0;
    if row.relations.len() > 1 {
        for id in row.relations.iter().take(LISTED) {
            let ends = model.project().relation(*id).and_then(|relation| model.project().ends(relation));
            let Some((from, to)) = ends else { continue };
            let chosen = relation.id == *id;
            let words = format!("{} → {}", text::shortened(&from.quote, 30), text::shortened(&to.quote, 30));
            let words = RichText::new(words).size(theme::SMALL).color(if chosen { palette.ink } else { palette.weak });
            if ui.add(Button::selectable(chosen, words).truncate()).clicked() {
                actions.push(Action::SelectRelation(*id));
            }
        }
        if row.relations.len() > LISTED {
            ui.label(small(format!("and {} more", text::number(row.relations.len() - LISTED))));
        }
    }
    ui.label(small(comes_from(model, relation)));
    if let Some(rule) = rule(model, relation) {
        ui.label(RichText::new(rule).size(theme::SMALL).color(palette.error));
    }
    let id = relation.id;
    ui.horizontal_wrapped(|ui| {
        let name = model.project().tagset().relation_name(&relation.kind);
        let menu = ui.menu_button(text::shortened(name, 24), |ui| {
            for kind in kinds(model.project()) {
                if ui.selectable_label(kind.id == relation.kind, &kind.name).clicked() {
                    actions.edit(move |project, stamp| ops::set_relation_kind(project, &[id], &kind, stamp));
                    ui.close();
                }
            }
        });
        menu.response.on_hover_text("Another kind").accessible_name("Kind of the relation");
        for command in [Command::TurnRelation, Command::DeleteTag] {
            let keys = keys::text(ui.ctx(), &model.keys, command);
            let (name, can) = match command {
                Command::TurnRelation => ("Reverse", !model.project().tagset().is_symmetric(&relation.kind)),
                _ => ("Delete", true),
            };
            let button = Button::new(name).shortcut_text(RichText::new(keys).size(theme::SMALL));
            if ui.add_enabled(can, button).clicked() {
                actions.command(command);
            }
        }
    });
    note_ui(ui, model, actions, relation);
}

/// The note, kept while it is typed and set once its field is left.
fn note_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, relation: &Relation) {
    let kept = Id::unique(("note of a relation", model.number, relation.id.0));
    let mut note = ui.data(|data| data.get_temp::<String>(kept)).unwrap_or_else(|| relation.note.clone());
    let field = TextEdit::singleline(&mut note).hint_text("Note").desired_width(f32::INFINITY);
    let response = ui.add(field).accessible_name("Note on the relation");
    if model.focus_note {
        response.request_focus();
    }
    if response.has_focus() || response.changed() {
        ui.data_mut(|data| data.insert_temp(kept, note.clone()));
    }
    if response.lost_focus() {
        ui.data_mut(|data| data.remove_temp::<String>(kept));
        let (id, note) = (relation.id, note.trim().to_owned());
        if note != relation.note {
            actions.edit(move |project, stamp| ops::set_relation_note(project, id, &note, stamp));
        }
        actions.push(Action::FocusArticle);
    }
}

/// What was rejected, with a way back.
fn rejected_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, rejected: &[RelationId]) {
    if rejected.is_empty() {
        return;
    }
    let palette = Palette::get(ui);
    let title = RichText::new(format!("Rejected  {}", rejected.len())).size(theme::SMALL).color(palette.weak);
    CollapsingHeader::new(title).id_salt("rejected relations").show(ui, |ui| {
        let step = LOW + ui.spacing().item_spacing.y;
        let (top, clip) = (ui.cursor().top(), ui.clip_rect());
        let at = |y: f32| (((y - top) / step).max(0.0) as usize).min(rejected.len());
        let seen = at(clip.top())..at(clip.bottom() + step);
        ui.add_space(seen.start as f32 * step);
        for id in rejected.get(seen.clone()).unwrap_or_default() {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), LOW), Sense::hover());
            let relation = model.project().relation(*id);
            let ends = relation.and_then(|relation| Some((relation, model.project().ends(relation)?)));
            let Some((relation, (from, to))) = ends else { continue };
            let line = UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center));
            ui.scope_builder(line.id_salt(id.0), |ui| {
                let name = model.project().tagset().relation_name(&relation.kind);
                let said = format!("{} {name} {}", model.project().target_name(from), model.project().target_name(to));
                let back = ui.small_button("↺").on_hover_text("Bring back");
                if back.accessible_name(format!("Bring back {said}")).clicked() {
                    let ids = [*id];
                    actions.edit(move |project, stamp| ops::restore_relations(project, &ids, stamp));
                }
                let words = RichText::new(&said).color(palette.weak).strikethrough();
                let chosen = model.selected_relation().is_some_and(|selected| selected.id == *id);
                if ui.add(Button::selectable(chosen, words).truncate()).clicked() {
                    actions.push(Action::SelectRelation(*id));
                }
            });
        }
        ui.add_space((rejected.len() - seen.end) as f32 * step);
    });
}

/// What can be done with all of them at once.
pub fn menu_ui(ui: &mut Ui, actions: &mut Actions, section: &RelationSection) {
    let open: Vec<RelationId> = section.rows.iter().flat_map(|row| row.open.iter().copied()).collect();
    let shown = if section.rows.len() < section.all { " shown" } else { "" };
    let of = format!("all {} relations{shown}", text::number(open.len()));
    if ui.add_enabled(!open.is_empty(), Button::new(format!("Accept {of}"))).clicked() {
        let open = open.clone();
        actions.edit(move |project, stamp| ops::accept_relations(project, &open, stamp));
    }
    if ui.add_enabled(!open.is_empty(), Button::new(format!("Reject {of}"))).clicked() {
        actions.edit(move |project, stamp| ops::reject_relations(project, &open, stamp));
    }
    ui.separator();
    for (name, command) in [("Find relations…", Command::FindRelations), ("Kinds of relations…", Command::Tagset)] {
        if ui.button(name).clicked() {
            actions.command(command);
        }
    }
}
