//! The tour: six steps in the window itself, each a card beside the part of the window that it tells of.

use eframe::egui::{
    Align, Area, Button, Color32, Context, CornerRadius, EventFilter, Frame, Id, Key, Layout, Margin, Order, Pos2,
    Rect, RichText, Stroke, StrokeKind, Ui, Vec2, pos2, vec2,
};

use super::actions::{Action, Actions};
use super::command::Command;
use super::commands::row;
use super::keys;
use super::model::{Model, Step};
use super::theme::{self, Palette};

/// How wide a card is, in points.
const WIDTH: f32 = 300.0;
/// How high a card is about, before it was drawn.
const HEIGHT: f32 = 170.0;
/// Between a part and its card, and around both, in points.
const GAP: f32 = 14.0;

/// Where a part of the window stands that a step tells of. Called wherever such a part is drawn.
pub fn note(ctx: &Context, step: Step, rect: Rect) {
    let seen = (ctx.cumulative_pass_nr(), rect);
    ctx.data_mut(|data| data.insert_temp(place_id(step), seen));
}

fn place_id(step: Step) -> Id {
    Id::unique(("tour", step))
}

/// Where it is kept which step was given the keys.
fn fresh() -> Id {
    Id::unique("tour step that has the keys")
}

/// Where it stands in this frame; none while it does not show.
fn place(ctx: &Context, step: Step) -> Option<Rect> {
    let (pass, rect): (u64, Rect) = ctx.data(|data| data.get_temp(place_id(step)))?;
    (pass == ctx.cumulative_pass_nr() && rect.is_positive()).then(|| rect.intersect(ctx.content_rect()))
}

/// Draws the step that the tour is at, over the window, which can be used all the while.
pub fn tour_ui(ui: &Ui, model: &Model, actions: &mut Actions) {
    let Some(step) = model.tour else {
        ui.data_mut(|data| data.remove::<Step>(fresh()));
        return;
    };
    let (ctx, palette) = (ui.ctx(), Palette::get(ui));
    let place = place(ctx, step);
    let id = Id::unique("tour card");
    let size = ctx.memory(|memory| memory.area_rect(id)).map_or(vec2(WIDTH, HEIGHT), |rect| rect.size());
    let at = beside(place, size, ctx.content_rect());
    Area::new(id).order(Order::Middle).fixed_pos(at).constrain(true).show(ctx, |ui| {
        if let Some(place) = place {
            shade(ui, place);
        }
        let frame = Frame::window(ui.style()).stroke(Stroke::new(1.0, palette.accent)).inner_margin(Margin::same(16));
        frame.show(ui, |ui| {
            ui.set_width(WIDTH - 34.0);
            card_ui(ui, model, actions, step);
        });
    });
}

/// Darkens all but a part of the window, which gets a frame.
fn shade(ui: &Ui, place: Rect) {
    let whole = ui.ctx().content_rect();
    let painter = ui.painter().with_clip_rect(whole);
    let shade = Color32::from_black_alpha(if ui.visuals().dark_mode { 120 } else { 70 });
    let (left, right) = (whole.left()..=place.left(), place.right()..=whole.right());
    for (x, y) in [
        (whole.left()..=whole.right(), whole.top()..=place.top()),
        (whole.left()..=whole.right(), place.bottom()..=whole.bottom()),
        (left, place.top()..=place.bottom()),
        (right, place.top()..=place.bottom()),
    ] {
        let rect = Rect::from_x_y_ranges(x, y);
        if rect.is_positive() {
            painter.rect_filled(rect, CornerRadius::ZERO, shade);
        }
    }
    painter.rect_stroke(place, CornerRadius::same(4), Stroke::new(2.0, Palette::get(ui).accent), StrokeKind::Inside);
}

/// Where a card stands clear of the part that it tells of: right, left, below or above, as there is room, and below a menu
/// first; else at the part's lower right corner.
fn beside(place: Option<Rect>, size: Vec2, whole: Rect) -> Pos2 {
    let Some(place) = place else { return whole.center() - size / 2.0 };
    let room = whole.shrink(GAP);
    let y = place.center().y - size.y / 2.0;
    let x = place.center().x - size.x / 2.0;
    let into = |at: Pos2| {
        let most = (room.max - size).max(room.min);
        at.clamp(room.min, most)
    };
    let mut ways = [
        pos2(place.right() + GAP, y),
        pos2(place.left() - GAP - size.x, y),
        pos2(x, place.bottom() + GAP),
        pos2(x, place.top() - GAP - size.y),
    ];
    // Beside a menu stand the other menus.
    if place.top() <= whole.top() + GAP && place.height() < size.y {
        ways.rotate_left(2);
    }
    let clear = |at: &Pos2| !Rect::from_min_size(*at, size).intersects(place);
    ways.into_iter().map(into).find(clear).unwrap_or_else(|| into(place.max - size - Vec2::splat(GAP)))
}

fn card_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, step: Step) {
    let palette = Palette::get(ui);
    let (title, words) = told(ui.ctx(), model, step);
    ui.label(RichText::new(title).font(theme::strong(15.0)));
    ui.add_space(4.0);
    ui.label(words);
    ui.add_space(12.0);
    let (at, all) = (step.number(), Step::ALL.len());
    ui.horizontal(|ui| {
        ui.label(RichText::new(format!("{at} of {all}")).size(theme::SMALL).color(palette.weak));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let name = if step.next().is_some() { "Next" } else { "Done" };
            let words = RichText::new(name).color(palette.on_accent);
            let next = ui.add(Button::new(words).fill(palette.accent).min_size(vec2(64.0, 26.0)));
            let back = ui.add_enabled(step.back().is_some(), Button::new("Back").min_size(vec2(64.0, 26.0)));
            if step.next().is_some() && ui.button("Skip").on_hover_text("Escape").clicked() {
                actions.push(Action::Tour(None));
            }
            if ui.data_mut(|data| data.get_temp(fresh())) != Some(step) {
                ui.data_mut(|data| data.insert_temp(fresh(), step));
                next.request_focus();
            }
            // Arrows go on and back rather than to whatever stands beside the card.
            let held = next.has_focus() || back.has_focus();
            for button in [&next, &back].into_iter().filter(|button| button.has_focus()) {
                let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
                ui.memory_mut(|memory| memory.set_focus_lock_filter(button.id, filter));
            }
            let pressed = |key| held && ui.input(|input| input.key_pressed(key));
            if next.clicked() || pressed(Key::ArrowRight) && step.next().is_some() {
                actions.push(Action::Tour(step.next()));
            } else if back.clicked() || pressed(Key::ArrowLeft) {
                actions.push(Action::Tour(Some(step.back().unwrap_or(step))));
            }
        });
    });
}

/// What a step is called, and what it says.
fn told(ctx: &Context, model: &Model, step: Step) -> (&'static str, String) {
    // A command without a key is told by its name.
    let key = |command| {
        let keys = keys::text(ctx, &model.keys, command);
        if keys.is_empty() { format!("“{}”", row(command).name) } else { keys }
    };
    match step {
        Step::Article => (
            "The article",
            format!(
                "Words with a dotted line are suggestions. Click one, or go to the next with {}.",
                key(Command::NextSuggestion)
            ),
        ),
        Step::Review => (
            "Review",
            format!(
                "Accept what is selected with {}, reject it with {}. {} takes anything back.",
                key(Command::Accept),
                key(Command::Reject),
                key(Command::Undo)
            ),
        ),
        Step::Panels => (
            "People, countries, events",
            format!(
                "Each row has all the mentions of one person, country or event. Drag one row on another to merge them; {} \
                 renames.",
                key(Command::EditEntity)
            ),
        ),
        Step::Level => (
            "How many events",
            "Main shows what the article is about, Everything also what it mentions in passing. Only the events shown are \
             counted and exported."
                .to_owned(),
        ),
        Step::Origin => (
            "Where a tag comes from",
            "This line says how sure the engine is of the selected tag, and who decided on it. Click it for the reasons."
                .to_owned(),
        ),
        Step::Files => (
            "Save and export",
            format!(
                "{} keeps all your work in one file, {} exports it for other programs. Every command is in these menus.",
                key(Command::Save),
                key(Command::Export)
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_stands_within_the_window_and_clear_of_its_part_where_there_is_room() {
        let (whole, size) = (Rect::from_min_size(Pos2::ZERO, vec2(1024.0, 700.0)), vec2(WIDTH, HEIGHT));
        let parts = [
            Rect::from_min_max(pos2(236.0, 30.0), pos2(672.0, 630.0)),
            Rect::from_min_max(pos2(236.0, 630.0), pos2(672.0, 670.0)),
            Rect::from_min_max(pos2(672.0, 30.0), pos2(1024.0, 670.0)),
            Rect::from_min_max(pos2(4.0, 2.0), pos2(40.0, 28.0)),
            Rect::from_min_max(pos2(672.0, 630.0), pos2(1024.0, 670.0)),
        ];
        for part in parts {
            let card = Rect::from_min_size(beside(Some(part), size, whole), size);
            assert!(whole.contains_rect(card) && !card.intersects(part), "{card:?} beside {part:?}");
        }
        for part in [Some(whole), None] {
            assert!(whole.contains_rect(Rect::from_min_size(beside(part, size, whole), size)));
        }
    }
}
