//! The head of a section: its name and how many it lists, which folds it away; what can be done with all of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui::collapsing_header::{CollapsingState, paint_default_icon};
use eframe::egui::{
    Align, Align2, Button, CornerRadius, Id, Popup, Rect, Response, RichText, Role, Sense, Stroke, Ui, WidgetInfo,
    pos2, vec2,
};

use super::rows::Section;
use crate::project::{Checks, Kind, KindId, MentionId, ops};
use crate::suggest::lookups::known;
use crate::ui::actions::Actions;
use crate::ui::menu;
use crate::ui::model::Model;
use crate::ui::text;
use crate::ui::theme::{self, Palette};

/// How high a head is, in points.
pub const HEIGHT: f32 = 28.0;
const BUTTON: f32 = 24.0;

/// A section to draw the head of.
pub struct Head<'a> {
    /// What tells it from the others.
    pub salt: &'a str,
    /// What it lists: "People".
    pub name: &'a str,
    /// How many rows it shows, of how many.
    pub count: (usize, usize),
    /// It is to be open.
    pub opens: bool,
    /// The highest and the lowest place where it may stand on the screen; none where it scrolls away.
    pub at: Option<(f32, f32)>,
    /// The height of the heads above it, in points.
    pub above: f32,
}

/// Draws the head with its menu; whether the section is open.
pub fn head_ui(ui: &mut Ui, model: &Model, head: &Head<'_>, mut menu_ui: impl FnMut(&mut Ui)) -> bool {
    let palette = Palette::get(ui);
    let (own, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let top = head.at.map_or(own.top(), |(highest, lowest)| own.top().min(lowest).max(highest));
    let rect = Rect::from_min_size(pos2(own.left(), top), own.size());
    let away = (top - own.top()).abs() > 1.0;

    let id = Id::unique(("section", head.salt));
    let mut state = CollapsingState::load_with_default_open(ui.ctx(), id, true);
    if head.opens {
        state.set_open(true);
    }
    let response = ui.interact(rect, id.with("head"), Sense::click());
    let title = title(head);
    let response = checked_ui(response, model, head);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, title.clone()));
    if response.clicked() {
        if away {
            // It stands apart from its rows: first to them.
            state.set_open(true);
            let start = Rect::from_min_size(pos2(own.left(), own.top() - head.above), vec2(own.width(), 1.0));
            ui.scroll_to_rect(start, Some(Align::TOP));
        } else {
            state.set_open(!state.is_open());
        }
    }

    // Wider than its words: rows that scroll pass under it.
    let ground = rect.expand2(vec2(8.0, 0.0));
    ui.painter().rect_filled(ground, CornerRadius::ZERO, palette.panel);
    if away {
        let y = if top > own.top() { ground.bottom() } else { ground.top() };
        ui.painter().hline(ground.x_range(), y, Stroke::new(1.0, palette.rule));
    }
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect.shrink2(vec2(0.0, 1.0)), CornerRadius::same(5), palette.hover);
    }
    if response.has_focus() {
        let stroke = Stroke::new(2.0, palette.accent);
        let kind = eframe::egui::StrokeKind::Inside;
        ui.painter().rect_stroke(rect.shrink2(vec2(0.0, 1.0)), CornerRadius::same(5), stroke, kind);
    }
    let openness = if state.is_open() { 1.0 } else { 0.0 };
    let mut sign = response.clone();
    sign.rect = Rect::from_center_size(pos2(rect.left() + 11.0, rect.center().y), vec2(9.0, 9.0));
    paint_default_icon(ui, openness, &sign);
    let at = pos2(rect.left() + 24.0, rect.center().y);
    ui.painter().text(at, Align2::LEFT_CENTER, title, theme::strong(theme::BODY), palette.ink);

    let place = Rect::from_min_max(pos2(rect.right() - BUTTON - 2.0, rect.top() + 2.0), rect.max - vec2(2.0, 2.0));
    let more = ui.place(place, Button::new(RichText::new("⋯").color(palette.weak)).frame_when_inactive(false));
    let more = more.accessible_name(format!("More for {}", head.name));
    Popup::menu(&more).show(|ui| menu_ui(ui));
    let asked = response.has_focus() && model.open_context_menu;
    let at = response.rect.left_bottom();
    menu::context_menu_ui(&response, asked, at, |ui| menu_ui(ui));
    state.store(ui.ctx());
    state.is_open()
}

/// What came of random checks by kind, in a project of this number and revision.
type Checked = ((u64, u64), Arc<BTreeMap<KindId, Checks>>);

/// How often suggestions of the kind are right, told over the head where any were checked.
fn checked_ui(response: Response, model: &Model, head: &Head<'_>) -> Response {
    // Goes over all of the project: asked only while the pointer is there, and again only where the project has changed.
    let checks = || {
        let (id, now) = (Id::unique("random checks"), (model.number, model.session.revision()));
        let kept = response.ctx.data(|data| data.get_temp::<Checked>(id));
        let all = kept.filter(|(of, _)| *of == now).map(|(_, all)| all).unwrap_or_else(|| {
            let all = Arc::new(Checks::of(model.project().all_mentions()));
            response.ctx.data_mut(|data| data.insert_temp(id, (now, Arc::clone(&all))));
            all
        });
        all.get(&KindId(head.salt.into())).copied()
    };
    let Some(checks) = response.hovered().then(checks).flatten() else { return response };
    let line = format!("{} {}", head.name, text::checked(checks));
    let [right, checked] = [checks.right, checks.checked].map(|count| text::number(count as usize));
    response.on_hover_ui(|ui| {
        ui.label(line);
        let how = format!("Accepted as suggested: {right} of {checked} picked at random; 95 % interval");
        ui.label(RichText::new(how).size(theme::SMALL).color(Palette::get(ui).weak));
    })
}

/// "People  12", "People  3 of 12" while a filter leaves some out.
fn title(head: &Head<'_>) -> String {
    let (shown, all) = head.count;
    let of = if shown == all { String::new() } else { format!(" of {}", text::number(all)) };
    format!("{}  {}{of}", head.name, text::number(shown))
}

/// What can be done with all of a kind at once, and where it stands among the others.
pub fn kind_menu_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, kind: &Kind, section: Option<&Section>) {
    let rows = section.map(|section| section.rows.as_slice()).unwrap_or_default();
    let open: Vec<MentionId> = rows.iter().flat_map(|row| row.open.iter().copied()).collect();
    let filtered = section.is_some_and(|section| section.rows.len() < section.all);
    let shown = if filtered { " shown" } else { "" };
    let of = format!("all {} {}{shown}", text::number(open.len()), kind.plural.to_lowercase());
    if ui.add_enabled(!open.is_empty(), Button::new(format!("Accept {of}"))).clicked() {
        let open = open.clone();
        actions.edit(move |project, stamp| ops::accept(project, &open, stamp));
    }
    if ui.add_enabled(!open.is_empty(), Button::new(format!("Reject {of}"))).clicked() {
        actions.edit(move |project, stamp| ops::reject(project, &open, stamp));
    }
    ui.separator();
    let kinds = &model.project().tagset().kinds;
    let place = kinds.iter().position(|other| other.id == kind.id).unwrap_or_default();
    let up = ui.add_enabled(place > 0, Button::new(format!("Move {} up", kind.plural.to_lowercase())));
    let down =
        ui.add_enabled(place + 1 < kinds.len(), Button::new(format!("Move {} down", kind.plural.to_lowercase())));
    if up.clicked() {
        move_kind(actions, kind.id.clone(), place.saturating_sub(1));
    }
    if down.clicked() {
        move_kind(actions, kind.id.clone(), place + 1);
    }
}

/// Moves a kind to a place among the kinds of the tagset.
fn move_kind(actions: &mut Actions, id: KindId, place: usize) {
    actions.edit(move |project, stamp| {
        let mut new = ops::NewTagset { tagset: project.tagset().clone(), ..ops::NewTagset::default() };
        let kinds = &mut new.tagset.kinds;
        if let Some(at) = kinds.iter().position(|kind| kind.id == id) {
            let kind = kinds.remove(at);
            kinds.insert(place.min(kinds.len()), kind);
        }
        ops::set_tagset(project, &new, &known, stamp)
    });
}
