//! The picture of a view: what can be pointed at, zoomed and moved in it.

use eframe::egui::{
    self, CursorIcon, EventFilter, Id, Rect, RichText, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    scroll_area::ScrollSource, vec2,
};

use super::paint::{paint, placed};
use crate::ui::actions::{Action, Actions};
use crate::ui::overview::{Overview, Part};
use crate::ui::theme::Palette;
use crate::views::scene::Cover;
use crate::views::{Picture, View};

/// The most marks that a screen reader is told of at once.
const TOLD: usize = 500;

/// Draws the picture of the view that is shown.
pub(super) fn picture_ui(ui: &mut Ui, overview: &mut Overview, actions: &mut Actions, id: Id) {
    let room = ui.available_rect_before_wrap();
    let scroll = ui.spacing().scroll.allocated_width();
    let size = ((room.width() - scroll).floor().max(120.0), room.height().floor().max(120.0));
    let Some(picture) = overview.picture(size) else {
        part_ui(ui, overview, (Part::Picture, id), room, "Gathering");
        return;
    };
    let told = match overview.cursor.and_then(|cursor| picture.marks.get(cursor)) {
        Some(mark) => mark.label.clone(),
        None => format!("{} marks; T shows the data in rows", picture.marks.len()),
    };
    let has_keys = part_ui(ui, overview, (Part::Picture, id), room, &told);
    if overview.is_empty() {
        return nothing_ui(ui, overview);
    }
    wheel(ui, overview, room);
    // Where the wheel zooms it does not scroll.
    let source = ScrollSource { mouse_wheel: !overview.zooms(), ..ScrollSource::default() };
    let area = ScrollArea::vertical().id_salt(("picture", overview.shown.map(View::name))).auto_shrink(false);
    let area = area.scroll_source(source);
    area.show(ui, |ui| scene_ui(ui, overview, actions, &picture, (id, has_keys)));
}

/// Says that there is nothing to be seen, and what to do.
pub(super) fn nothing_ui(ui: &mut Ui, overview: &mut Overview) {
    ui.add_space(24.0);
    ui.horizontal(|ui| {
        ui.add_space(24.0);
        let told = if overview.selection.is_all() {
            "Nothing is tagged yet. Tag something in an article, or have the engine suggest it there"
        } else {
            "Nothing fits what is selected"
        };
        ui.label(RichText::new(told).color(Palette::get(ui).weak));
        if !overview.selection.is_all() && ui.button("Select everything").clicked() {
            overview.selection = crate::views::Selection::default();
        }
    });
}

/// Draws a picture with its marks, which can be pointed at and clicked.
pub(super) fn scene_ui(
    ui: &mut Ui,
    overview: &mut Overview,
    actions: &mut Actions,
    picture: &Picture,
    (id, has_keys): (Id, bool),
) {
    let palette = Palette::get(ui);
    let size = vec2(picture.scene.width, picture.scene.height);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let surface = ui.interact(rect, id.with("surface"), Sense::click_and_drag());
    let origin = rect.min.to_vec2();
    paint(ui.painter(), palette, origin, &picture.scene.shapes);
    if surface.dragged() {
        let by = surface.drag_delta();
        overview.pan(-by.x / rect.width(), -by.y / rect.height());
    }
    let pointer = ui.input(|input| input.pointer.hover_pos()).filter(|pos| ui.clip_rect().contains(*pos));
    let under = pointer.and_then(|pos| picture.mark_at([pos.x - origin.x, pos.y - origin.y]));
    let clicked = marks_ui(ui, picture, origin, id);
    let under = under.filter(|_| surface.contains_pointer() || clicked.is_some() || !surface.dragged());
    if let Some(mark) = under.and_then(|under| picture.marks.get(under)) {
        outline(ui, &mark.cover, origin, Stroke::new(1.0, palette.weak));
        ui.output_mut(|output| output.cursor_icon = CursorIcon::PointingHand);
        let label = mark.label.clone();
        egui::Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id.with("tip"), egui::PopupAnchor::Pointer)
            .gap(14.0)
            .show(|ui| ui.label(label));
    }
    let by_key = clicked.filter(|_| !ui.input(|input| input.pointer.any_released()));
    let clicked = by_key.or(under.filter(|_| surface.clicked() || clicked.is_some()));
    if let Some(mark) = clicked {
        (overview.cursor, overview.takes_keys, overview.part) = (Some(mark), true, Part::Picture);
        let twice = ui.input(|input| input.pointer.button_double_clicked(egui::PointerButton::Primary));
        let lead = overview.pick_here();
        actions.push_all(lead.map(|mention| Action::LeaveOverview(Some(mention))));
        if twice && overview.shown != Some(View::Dossiers) {
            let first = overview.picked.as_ref().and_then(|picked| picked.mentions.first().copied());
            actions.push(Action::LeaveOverview(first));
        }
    }
    if let Some(mark) = overview.cursor.and_then(|cursor| picture.marks.get(cursor)) {
        let cover = placed(&mark.cover.bounds(), origin).expand(1.0);
        let stroke = if has_keys { Stroke::new(2.0, palette.accent) } else { Stroke::new(1.5, palette.ink) };
        outline(ui, &mark.cover, origin, stroke);
        if overview.part == Part::Picture && std::mem::take(&mut overview.reveal) {
            ui.scroll_to_rect_animation(cover.expand(8.0), None, egui::style::ScrollAnimation::none());
        }
    }
}

/// Draws around what a mark covers; along it, where that is a line.
fn outline(ui: &Ui, cover: &Cover, origin: egui::Vec2, stroke: Stroke) {
    let painter = ui.painter();
    match cover {
        Cover::Line(from, to) => {
            let at = |[x, y]: [f32; 2]| egui::pos2(x, y) + origin;
            painter.line_segment([at(*from), at(*to)], Stroke::new(stroke.width + 1.5, stroke.color));
        }
        Cover::Circle([x, y], radius) => {
            painter.circle_stroke(egui::pos2(*x, *y) + origin, radius + 2.0, stroke);
        }
        Cover::Rect(_) | Cover::Rings(..) => {
            let rect = placed(&cover.bounds(), origin).expand(1.0);
            painter.rect_stroke(rect, 3.0, stroke, StrokeKind::Outside);
        }
    }
}

/// Has each mark that is seen be heard; the one that was clicked.
fn marks_ui(ui: &Ui, picture: &Picture, origin: egui::Vec2, id: Id) -> Option<usize> {
    let seen = ui.clip_rect();
    let mut clicked = None;
    let marks = picture.marks.iter().enumerate().map(|(nth, mark)| (nth, mark, placed(&mark.cover.bounds(), origin)));
    for (nth, mark, rect) in marks.filter(|(.., rect)| rect.intersects(seen)).take(TOLD) {
        let response = ui.interact(rect, id.with(nth), Sense::CLICK);
        response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, &mark.label));
        if response.clicked() {
            clicked = Some(nth);
        }
    }
    clicked
}

/// What the wheel does over a picture that can be zoomed: nearer and farther around the pointer, and to the sides.
fn wheel(ui: &Ui, overview: &mut Overview, room: Rect) {
    if !overview.zooms() {
        return;
    }
    let Some(pointer) =
        ui.input(|input| input.pointer.hover_pos()).filter(|pos| ui.rect_contains_pointer(room) && room.contains(*pos))
    else {
        return;
    };
    let (scrolled, pinched) = ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta()));
    let factor = (-f64::from(scrolled.y) / 240.0).exp2() / f64::from(pinched);
    let sideways = -scrolled.x / room.width();
    if scrolled.y != 0.0 || pinched != 1.0 {
        let around = (pointer - room.min) / room.size();
        overview.zoom_around(factor, (f64::from(around.x), f64::from(around.y)));
    }
    if sideways != 0.0 {
        overview.pan(sideways, 0.0);
    }
}

/// Has a part take and keep the keys, and be heard; whether it has them.
pub(super) fn part_ui(ui: &Ui, overview: &mut Overview, (part, id): (Part, Id), rect: Rect, told: &str) -> bool {
    let response = ui.interact(rect, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::List, true, told));
    if overview.part == part && std::mem::take(&mut overview.takes_keys) {
        response.request_focus();
    }
    let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    response.has_focus()
}
