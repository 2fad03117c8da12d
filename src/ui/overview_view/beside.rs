//! What has no place in a picture: on the timeline the happenings of which no day is told, on the map those of which no place
//! is known.

use eframe::egui::{FontId, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use crate::ui::list_row::{Ground, elided, paint_ground};
use crate::ui::overview::Overview;
use crate::ui::text;
use crate::ui::theme::{self, Palette};
use crate::views::{Data, Pick, map, timeline};

const ROW: f32 = 24.0;

/// A row of the list.
struct Row<'r> {
    name: &'r str,
    /// What stands at its right.
    told: String,
    label: String,
    accepted: bool,
    pick: Pick,
}

pub(super) fn beside_ui(ui: &mut Ui, overview: &mut Overview) {
    let mut picked = None;
    let chosen = overview.picked.as_ref().map(|picked| &picked.pick);
    match overview.data() {
        Some((all, Data::Timeline(timeline))) => {
            let many = timeline.undated.len();
            let head = text::count(many, "event without a date", "events without a date");
            picked = rows_ui(ui, &head, many, chosen, |nth| {
                let place = usize::try_from(*timeline.undated.get(nth)?).ok()?;
                let event = all.events.get(place)?;
                let label = format!("{}, {}", event.name, text::event_type(event.kind));
                let pick = timeline::pick(event);
                Some(Row { name: &event.name, told: String::new(), label, accepted: event.accepted, pick })
            });
        }
        Some((_, Data::Map(map))) => {
            let many: u32 = map.elsewhere.iter().map(|spot| spot.count.all()).sum();
            let head = format!("{} not on the map", text::count(many as usize, "event", "events"));
            picked = rows_ui(ui, &head, map.elsewhere.len(), chosen, |nth| {
                let spot = map.elsewhere.get(nth)?;
                let told = text::number(spot.count.all() as usize);
                let label = format!("{}: {told} not on the map", spot.name);
                let accepted = spot.count.accepted > 0;
                Some(Row { name: &spot.name, told, label, accepted, pick: map::pick(spot) })
            });
        }
        _ => {}
    }
    if let Some((pick, label)) = picked {
        overview.pick(pick, label);
    }
}

/// Rows below a head; what is clicked.
fn rows_ui<'r>(
    ui: &mut Ui,
    head: &str,
    many: usize,
    chosen: Option<&Pick>,
    row: impl Fn(usize) -> Option<Row<'r>>,
) -> Option<(Pick, String)> {
    let palette = Palette::get(ui);
    let mut picked = None;
    ui.set_min_height(ui.available_height());
    ui.label(RichText::new(head).font(theme::strong(theme::BODY)).color(palette.ink));
    ui.add_space(4.0);
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().id_salt("not in the picture").auto_shrink(false);
    area.show_rows(ui, ROW, many, |ui, range| {
        for nth in range {
            let Some(Row { name, told, label, accepted, pick }) = row(nth) else { continue };
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
            response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, &label));
            let ground = Ground {
                chosen: chosen == Some(&pick),
                under: response.hovered(),
                focused: response.has_focus(),
                radius: 4,
            };
            paint_ground(ui, rect, ground);
            let ink = if accepted { palette.ink } else { palette.weak };
            let font = FontId::proportional(theme::BODY);
            let right = elided(ui, &told, font.clone(), palette.weak, 80.0);
            let words = elided(ui, name, font, ink, rect.width() - 22.0 - right.size().x);
            let y = rect.center().y;
            ui.painter().galley(rect.left_top() + vec2(6.0, y - rect.top() - words.size().y / 2.0), words, ink);
            let at = rect.right_top() + vec2(-8.0 - right.size().x, y - rect.top() - right.size().y / 2.0);
            ui.painter().galley(at, right, palette.weak);
            if response.clicked() {
                picked = Some((pick, label));
            }
        }
    });
    picked
}
