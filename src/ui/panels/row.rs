//! A row of a panel: mark, name, attributes, count, state, and accept and reject under the pointer.

use eframe::egui::{
    self, Align, Align2, Button, CollapsingHeader, Color32, CornerRadius, FontId, Key, Layout, Modifiers, Pos2, Rect,
    RectAlign, RichText, Role, Sense, Stroke, TextWrapMode, Tooltip, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::rows::{Noticed, PanelRow};
use crate::project::{Badge, Entity, EntityId, Kind, Mention, MentionId, Schema, Status, Target, ops};
use crate::store::RowOrder;
use crate::suggest::lookups::known;
use crate::ui::actions::{Action, Actions};
use crate::ui::command::Command;
use crate::ui::forms;
use crate::ui::list_row::{Ground, elided, paint_ground};
use crate::ui::menu;
use crate::ui::model::{Model, Row};
use crate::ui::state::Dialog;
use crate::ui::theme::{self, Palette};
use crate::ui::{entities, flags, text};

const HEIGHT: f32 = 28.0;
/// Of rows of events, which have a second line.
const TALL: f32 = 44.0;
const BUTTON: f32 = 24.0;
/// What the sign of the state takes at the right end, in points.
const STATE: f32 = 24.0;
/// Between what stands on a line, in points.
const GAP: f32 = 8.0;
/// How long the bar of a score is, in points.
const SCORE: f32 = 26.0;
/// How high a row of what was rejected is, in points.
const LOW: f32 = 24.0;
/// Mentions listed below a selected row.
const LISTED: usize = 60;

/// What is dragged from one row to another to merge them, or into an event to take part in it.
pub struct Dragged(pub Target);

/// How high a row is, in points: what is told of it but a country's code has a line of its own.
fn height(kind: &Kind, row: &PanelRow) -> f32 {
    let told = kind.schema == Schema::Event || kind.schema != Schema::Country && !row.attributes.is_empty();
    if told || !row.told_again.is_empty() { TALL } else { HEIGHT }
}

/// Draws those of many rows that are seen: thousands out of sight cost nothing.
pub fn rows_ui(
    ui: &mut Ui,
    model: &Model,
    actions: &mut Actions,
    kind: &Kind,
    rows: &[PanelRow],
    noticed: &mut Noticed,
) {
    let gap = ui.spacing().item_spacing.y;
    let clip = ui.clip_rect();
    let mut passed = 0.0;
    for row in rows {
        let step = height(kind, row) + gap;
        let top = ui.cursor().top() + passed;
        // All of them where one is to take the keys.
        if noticed.focus || top + step > clip.top() && top < clip.bottom() {
            ui.add_space(std::mem::take(&mut passed));
            row_ui(ui, model, actions, kind, row, noticed);
        } else {
            passed += step;
        }
    }
    ui.add_space(passed);
}

/// Draws one row and turns what is done to it into actions.
pub fn row_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, kind: &Kind, row: &PanelRow, noticed: &mut Noticed) {
    let palette = Palette::get(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height(kind, row)), Sense::hover());
    let selected = model.selected_mention().is_some_and(|mention| row.holds(mention));
    let wanted = selected && model.reveal_row || noticed.focus;
    if !ui.is_rect_visible(rect) && !wanted {
        return;
    }
    let id = ui.make_persistent_id(("row", kind.id.as_str(), format!("{:?}", row.target), row.mentions.first()));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let no_row = model.selected_mention().is_none_or(|mention| !mention.is_live());
    if (selected || no_row) && std::mem::take(&mut noticed.focus) {
        response.request_focus();
    }
    let name = row.name.clone();
    let event = row.event();
    let picked = row.target.is_some_and(|target| model.picked.contains(&target));
    let spoken = format!("{name}, {}, {}", kind.name.to_lowercase(), spoken_state(row));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected || picked, spoken.clone()));

    if selected && model.reveal_row && !ui.clip_rect().shrink(HEIGHT).contains_rect(rect) {
        noticed.scroll_to(ui, rect);
    }
    let under = ui.rect_contains_pointer(rect) && !ui.ctx().is_being_dragged(id);
    let active = under || response.has_focus() || selected;
    paint_ground(ui, rect, Ground { chosen: selected || picked, under, focused: response.has_focus(), radius: 5 });
    let again = again_ui(ui, model, actions, rect, row);
    let buttons = if active { buttons_ui(ui, actions, rect, row) } else { 0.0 };
    let badge = model.project().tagset().badge(&kind.id);
    if picked {
        // Chosen together with the one selected.
        let bar = Rect::from_min_size(rect.left_top() + vec2(0.0, 4.0), vec2(3.0, rect.height() - 8.0));
        ui.painter().rect_filled(bar, 1.5, palette.accent);
    }
    let sorted = model.settings.row_order == RowOrder::Score;
    let score = row.score.filter(|_| event.is_none() && (sorted || under || response.has_focus()));
    paint_row(ui, badge, row, rect, Ends { buttons, again, score });
    if under && row.target.is_some() {
        noticed.hovered = row.target;
    }

    let modifiers = ui.input(|input| input.modifiers);
    let spaced = response.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Space));
    let beside = spaced || response.clicked() && (modifiers.command || modifiers.shift);
    if let Some(target) = row.target.filter(|_| beside) {
        actions.push(Action::PickRow(target, modifiers.shift));
    } else if response.clicked() {
        match row.target {
            Some(target) => actions.push(Action::SelectTarget(target)),
            None => row.mentions.first().into_iter().for_each(|id| actions.push(Action::Select(*id))),
        }
    }
    if response.double_clicked() && event.is_some() {
        actions.command(Command::EditEntity);
    }
    if response.double_clicked()
        && let Some(Target::Entity(id)) = row.target
        && let Some(form) = forms::EntityForm::new(model.project(), id)
    {
        actions.open(Dialog::Entity(form));
    }
    drag_and_drop(ui, actions, &response, row);
    if response.has_focus() {
        noticed.focused = row.target.map(Row::Target).or(row.mentions.first().copied().map(Row::Mention));
    }
    let asked = response.has_focus() && model.open_context_menu;
    menu::context_menu_ui(&response, asked, rect.left_bottom(), |ui| menu_ui(ui, model, actions, kind, row));
    if !response.dragged() && !model.keyed {
        // Beside the panel: below the row it would hide the next ones.
        let mut tooltip = Tooltip::for_enabled(&response);
        tooltip.popup = tooltip.popup.align(RectAlign::LEFT);
        tooltip.show(|ui| hover_ui(ui, model, row));
    }
}

fn spoken_state(row: &PanelRow) -> String {
    let count = text::count(row.mentions.len(), "mention", "mentions");
    if row.open.is_empty() { format!("{count}, accepted") } else { format!("{count}, {} open", row.open.len()) }
}

/// What stands at the right end of a row.
struct Ends {
    /// The width that accept and reject take, in points; 0 where they do not show.
    buttons: f32,
    /// The width that is taken on the second line, in points.
    again: f32,
    /// The score, where it shows.
    score: Option<f32>,
}

/// Mark, name, what is told of it, count, score and state. The name comes first: the rest has the room that it leaves.
fn paint_row(ui: &Ui, badge: Badge, row: &PanelRow, rect: Rect, ends: Ends) {
    let palette = Palette::get(ui);
    let colors = palette.hue(badge.hue);
    let painter = ui.painter();
    let small = FontId::proportional(theme::SMALL);
    let tall = rect.height() > HEIGHT;
    let (first, second) = (rect.top() + HEIGHT / 2.0, rect.bottom() - 13.0);
    let sign = pos2(rect.left() + 11.0, first);
    match row.flag {
        Some(code) => flags::paint_flag(ui, Rect::from_center_size(sign, vec2(16.0, 12.0)), code),
        None => theme::paint_badge(painter, sign, 9.0, palette, badge),
    }
    let mut right = rect.right() - ends.buttons;
    if ends.buttons == 0.0 {
        right -= STATE;
        paint_state(ui, colors.line, row, pos2(rect.right() - 12.0, first));
    }
    let left = rect.left() + 24.0;
    let font = if row.open.is_empty() { theme::strong(theme::BODY) } else { FontId::proportional(theme::BODY) };
    let name = elided(ui, &row.name, font, palette.ink, (right - left - 6.0).max(40.0));
    let end = left + name.size().x + GAP;
    painter.galley(pos2(left, first - name.size().y / 2.0), name, palette.ink);

    // From the right, as far as the line is free.
    let paint = |words: &str, from: &mut f32, until: f32, middle: f32| {
        let galley = painter.layout_no_wrap(words.to_owned(), small.clone(), palette.weak);
        let start = *from - galley.size().x;
        if start >= until {
            *from = start - GAP;
            painter.galley(pos2(start, middle - galley.size().y / 2.0), galley, palette.weak);
        }
    };
    let here = row.mentions.len();
    let everywhere = (row.everywhere > here)
        .then(|| format!("{} here, {} in all", text::number(here), text::number(row.everywhere)));
    let several = (here > 1 && everywhere.is_none()).then(|| text::number(here));
    several.iter().for_each(|words| paint(words, &mut right, end, first));
    let mut low = rect.right() - 8.0 - ends.again;
    let line = if tall { (&mut low, left, second) } else { (&mut right, end, first) };
    let (from, until, middle) = line;
    everywhere.iter().for_each(|words| paint(words, from, until, middle));
    if let Some(score) = ends.score.filter(|_| *from - SCORE >= until) {
        let track = Rect::from_min_size(pos2(*from - SCORE, middle - 1.5), vec2(SCORE, 3.0));
        painter.rect_filled(track, 1.5, palette.rule);
        let filled = Rect::from_min_size(track.min, vec2(SCORE * score.clamp(0.0, 1.0), 3.0));
        painter.rect_filled(filled, 1.5, colors.line);
        *from -= SCORE + GAP;
    }
    if !row.attributes.is_empty() && *from - until > 20.0 {
        let quiet = elided(ui, &row.attributes, small.clone(), palette.weak, *from - until);
        painter.galley(pos2(until, middle - quiet.size().y / 2.0), quiet, palette.weak);
    }
}

/// A ring for what is open, a tick for what is accepted, a dot for what was made by hand.
fn paint_state(ui: &Ui, color: Color32, row: &PanelRow, center: Pos2) {
    if row.open.is_empty() {
        let sign = if row.by_hand { "●" } else { "✓" };
        ui.painter().text(center, Align2::CENTER_CENTER, sign, FontId::proportional(13.0), color);
    } else {
        ui.painter().circle_stroke(center, 4.0, Stroke::new(1.3, color));
    }
}

/// The offer to merge a row with others that may be the same, at the end of the second line; the width it takes.
fn again_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, rect: Rect, row: &PanelRow) -> f32 {
    let Some(own) = row.target.filter(|_| !row.told_again.is_empty()) else { return 0.0 };
    let targets: Vec<Target> = std::iter::once(own).chain(row.told_again.iter().copied()).collect();
    let words = match (own, targets.len()) {
        (Target::Event(_), several) => format!("Told again? Merge {several}"),
        (Target::Entity(_), 2) => "Merge?".to_owned(),
        (Target::Entity(_), several) => format!("Merge {several}?"),
    };
    let names: Vec<String> = row.told_again.iter().filter_map(|target| name_of(model, *target)).collect();
    let palette = Palette::get(ui);
    let font = FontId::proportional(theme::SMALL);
    let width =
        ui.painter().layout_no_wrap(words.clone(), font, palette.accent).size().x + 2.0 * ui.spacing().button_padding.x;
    let place = Rect::from_min_size(pos2(rect.right() - width - 2.0, rect.bottom() - 22.0), vec2(width, 17.0));
    let words = RichText::new(words).size(theme::SMALL).color(palette.accent);
    let button = Button::new(words).frame_when_inactive(false).wrap_mode(TextWrapMode::Extend);
    let hint = format!("May be the same as {}", names.join(", "));
    let response = ui.place(place, button).accessible_name(format!("Merge {} with what may be the same", row.name));
    if response.on_hover_text(hint).clicked() {
        actions.push(Action::Merge(targets));
    }
    width + 6.0
}

fn name_of(model: &Model, target: Target) -> Option<String> {
    let name = match target {
        Target::Entity(id) => &model.project().entity(id)?.name,
        Target::Event(id) => &model.project().event(id)?.name,
    };
    Some(format!("“{name}”"))
}

/// Accept and reject at the right end; the width they take, 0 where there is nothing to decide.
fn buttons_ui(ui: &mut Ui, actions: &mut Actions, rect: Rect, row: &PanelRow) -> f32 {
    let ids = if row.open.is_empty() { row.mentions.clone() } else { row.open.clone() };
    // Accept comes first for Tab; reject stands at the end all the same, where it is on every row.
    let mut taken = 2.0;
    let mut button = |ui: &mut Ui, place: f32, sign: &str, name: String| {
        let (right, bottom) = (rect.right() - 2.0 - place * (BUTTON + 2.0), rect.top() + HEIGHT - 2.0);
        let place = Rect::from_min_max(pos2(right - BUTTON, rect.top() + 2.0), pos2(right, bottom));
        taken += BUTTON + 2.0;
        let button = egui::Button::new(RichText::new(sign).size(14.0)).frame_when_inactive(false);
        ui.place(place, button).accessible_name(name.clone()).on_hover_text(name).clicked()
    };
    let count = if ids.len() > 1 { format!(" ({})", ids.len()) } else { String::new() };
    if !row.open.is_empty() && button(ui, 1.0, "✓", format!("Accept {}{count}", row.name)) {
        let ids = ids.clone();
        actions.edit(move |project, stamp| ops::accept(project, &ids, stamp));
    }
    if button(ui, 0.0, "✗", format!("Reject {}{count}", row.name)) {
        actions.edit(move |project, stamp| ops::reject(project, &ids, stamp));
    }
    taken + 2.0
}

fn drag_and_drop(ui: &Ui, actions: &mut Actions, response: &egui::Response, row: &PanelRow) {
    let Some(own) = row.target else { return };
    response.dnd_set_drag_payload(Dragged(own));
    if let Some(over) = response.dnd_hover_payload::<Dragged>()
        && over.0 != own
    {
        let stroke = Stroke::new(2.0, Palette::get(ui).accent);
        ui.painter().rect_stroke(response.rect, CornerRadius::same(5), stroke, egui::StrokeKind::Inside);
    }
    if let Some(dropped) = response.dnd_release_payload::<Dragged>() {
        match (dropped.0, own) {
            (Target::Entity(from), Target::Entity(into)) if from != into => {
                actions.edit(move |project, stamp| ops::merge(project, &[from], into, stamp));
            }
            (Target::Event(from), Target::Event(into)) if from != into => {
                actions.edit(move |project, stamp| ops::merge_events(project, &[from], into, stamp));
            }
            _ => {}
        }
    }
}

fn menu_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, kind: &Kind, row: &PanelRow) {
    let open = row.open.clone();
    if ui.add_enabled(!open.is_empty(), egui::Button::new("Accept all in this article")).clicked() {
        actions.edit(move |project, stamp| ops::accept(project, &open, stamp));
    }
    let all = row.mentions.clone();
    if ui.button("Reject all in this article").clicked() {
        actions.edit(move |project, stamp| ops::reject(project, &all, stamp));
    }
    ui.separator();
    if let Some(Target::Entity(id)) = row.target {
        if ui.button(format!("Edit {}…", kind.name.to_lowercase())).clicked()
            && let Some(form) = forms::EntityForm::new(model.project(), id)
        {
            actions.open(Dialog::Entity(form));
        }
        if ui.button("Dossier").clicked() {
            actions.push(Action::ShowDossier(id));
        }
        link_menu_ui(ui, model, actions, id);
        if ui.button("Articles that mention it").clicked() {
            actions.push(Action::ListMentioning(id));
        }
    }
    if let Some(target) = row.target {
        let chosen = model.chosen();
        if chosen.len() > 1
            && chosen.contains(&target)
            && ui.button(format!("Merge {} selected rows", chosen.len())).clicked()
        {
            actions.command(Command::Merge);
        }
        if ui.button("Merge with…").clicked() {
            actions.open(Dialog::Merge(forms::MergeForm::new(target)));
        }
    }
    ui.menu_button("Change kind", |ui| {
        for other in model.project().tagset().kinds.iter().filter(|other| other.id != kind.id) {
            if ui.button(&other.name).clicked() {
                let (ids, kind) = (row.mentions.clone(), other.id.clone());
                actions.edit(move |project, stamp| ops::set_kind(project, &ids, &kind, &known, stamp));
            }
        }
    });
}

/// The link of an entity: to what is known under its name, or none.
fn link_menu_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, id: EntityId) {
    let Some(entity) = model.project().entity(id) else { return };
    let known = entities::known(model.project(), entity).filter(|known| known.wikidata != entity.wikidata);
    if let Some(known) = known
        && let Some(item) = &known.wikidata
    {
        let what = if known.role.is_empty() { known.name.clone() } else { known.role.clone() };
        if ui.button(format!("Link to {item} ({what})")).clicked() {
            let mut after = entity.clone();
            after.country = after.country.or(known.country);
            if after.role.is_empty() {
                after.role = known.role;
            }
            after.wikidata = known.wikidata;
            actions.edit(move |project, stamp| ops::set_entity(project, after, stamp));
        }
    }
    if let Some(item) = &entity.wikidata
        && ui.button(format!("Clear link {item}")).clicked()
    {
        let after = Entity { wikidata: None, ..entity.clone() };
        actions.edit(move |project, stamp| ops::set_entity(project, after, stamp));
    }
}

fn hover_ui(ui: &mut Ui, model: &Model, row: &PanelRow) {
    ui.set_max_width(320.0);
    ui.label(RichText::new(&row.name).strong());
    if !row.attributes.is_empty() {
        ui.label(&row.attributes);
    }
    if let Some(Target::Event(id)) = row.target
        && let Some(event) = model.project().event(id)
    {
        ui.label(format!("{}: {}", text::event_code(event.kind), text::event_definition(event.kind)));
        if let Some(worth) = event.worth {
            ui.weak(format!("A person would keep it with a probability of {:.0} %", worth * 100.0));
        }
    }
    let score = row.score.map(|score| format!(" · lowest score {:.0} %", score * 100.0)).unwrap_or_default();
    ui.weak(format!("{}{score}", spoken_state(row)));
    if row.everywhere > row.mentions.len() {
        ui.weak(format!("{} in all articles", text::count(row.everywhere, "mention", "mentions")));
    }
}

/// The mentions of a selected row, each with the words around it.
pub fn mentions_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, row: &PanelRow) {
    let palette = Palette::get(ui);
    for id in row.mentions.iter().take(LISTED) {
        let Some(mention) = model.project().mention(*id) else { continue };
        let chosen = model.selected == Some(*id);
        let sign = match mention.status {
            Status::Suggested => "○",
            Status::Accepted if mention.origin.is_hand() => "●",
            _ => "✓",
        };
        let words = around(model.text(), mention.range);
        let label = format!("{sign}  {}  {words}", mention.quote);
        let color = if chosen { palette.ink } else { palette.weak };
        let button = egui::Button::selectable(chosen, RichText::new(label).size(theme::SMALL).color(color)).truncate();
        let response = ui.add(button).accessible_name(format!("Mention {}", mention.quote));
        if response.clicked() {
            actions.push(Action::Select(*id));
        }
        if row.mentions.len() > 1 {
            let asked = response.has_focus() && model.open_context_menu;
            let at = response.rect.left_bottom();
            menu::context_menu_ui(&response, asked, at, |ui| split_menu_ui(ui, model, actions, row, mention));
        }
    }
    if row.mentions.len() > LISTED {
        ui.weak(format!("and {} more", row.mentions.len() - LISTED));
    }
}

/// Splits a mention off its entity or event, or all that are written like it.
fn split_menu_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, row: &PanelRow, mention: &Mention) {
    let mut split = |ids: Vec<MentionId>| actions.edit(move |project, stamp| ops::split(project, &ids, stamp));
    let new = if row.event().is_some() { "event" } else { "entity" };
    if ui.button(format!("Split into a new {new}")).clicked() {
        split(vec![mention.id]);
    }
    let quote = |id: &&MentionId| model.project().mention(**id).is_some_and(|other| other.quote == mention.quote);
    let same: Vec<MentionId> = row.mentions.iter().filter(quote).copied().collect();
    if same.len() > 1 && same.len() < row.mentions.len() {
        let name = format!("Split all {} “{}” into a new {new}", same.len(), text::shortened(&mention.quote, 24));
        if ui.button(name).clicked() {
            split(same);
        }
    }
}

/// A few words behind a range, for telling mentions apart.
fn around(text: &str, range: text_size::TextRange) -> String {
    let start: usize = range.end().into();
    let end = text.floor_char_boundary((start + 60).min(text.len()));
    let after = text.get(start..end).unwrap_or_default().replace(['\n', '\r'], " ");
    format!("{}…", after.trim_end())
}

/// Why mentions are not in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Away {
    /// A person rejected them.
    Rejected,
    /// Earlier decisions speak against them.
    Held,
}

/// What was rejected or is held back, with a way back.
pub fn away_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, kind: &Kind, away: Away, mentions: &[MentionId]) {
    if mentions.is_empty() {
        return;
    }
    let palette = Palette::get(ui);
    let (name, salt) = match away {
        Away::Rejected => ("Rejected", "rejected"),
        Away::Held => ("Held back", "held"),
    };
    let title = RichText::new(format!("{name}  {}", mentions.len())).size(theme::SMALL).color(palette.weak);
    let shown = CollapsingHeader::new(title).id_salt((salt, kind.id.as_str())).show(ui, |ui| {
        let step = LOW + ui.spacing().item_spacing.y;
        let (top, clip) = (ui.cursor().top(), ui.clip_rect());
        let at = |y: f32| (((y - top) / step).max(0.0) as usize).min(mentions.len());
        let seen = at(clip.top())..at(clip.bottom() + step);
        ui.add_space(seen.start as f32 * step);
        for id in mentions.get(seen.clone()).unwrap_or_default() {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), LOW), Sense::hover());
            let Some(mention) = model.project().mention(*id) else { continue };
            let line = UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center));
            ui.scope_builder(line.id_salt(id.0), |ui| {
                let back = ui.small_button("↺").on_hover_text("Bring back");
                if back.accessible_name(format!("Bring back {}", mention.quote)).clicked() {
                    let ids = [*id];
                    actions.edit(move |project, stamp| ops::restore(project, &ids, stamp));
                }
                let chosen = model.selected == Some(*id);
                let words = RichText::new(mention.quote.as_str()).color(palette.weak);
                let words = if away == Away::Rejected { words.strikethrough() } else { words };
                let button = egui::Button::selectable(chosen, words).truncate();
                let reason = model.learner.memory.reason(model.project(), mention);
                let mut response = ui.add(button).accessible_name(format!("{name} {}", mention.quote));
                if let Some(reason) = reason {
                    response = response.on_hover_text(text::sentence(&reason.words(model.project(), mention)));
                }
                if response.clicked() {
                    actions.push(Action::Select(*id));
                }
            });
        }
        ui.add_space((mentions.len() - seen.end) as f32 * step);
    });
    if away == Away::Held {
        shown.header_response.on_hover_text("What you decided earlier speaks against these suggestions");
    }
}
