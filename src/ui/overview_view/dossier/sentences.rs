//! Every sentence of a dossier in columns: what stands before the name, the name, and what stands behind.

use eframe::egui::{
    Align, Button, CornerRadius, CursorIcon, FontId, Id, Layout, Rect, RichText, Role, Sense, Stroke, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use super::parted::Parted;
use crate::project::{Mention, Status};
use crate::text::find::SortBy;
use crate::ui::actions::{Action, Actions};
use crate::ui::list_row::{Ground, elided, from_the_end, paint_ground};
use crate::ui::model::Model;
use crate::ui::overview::{Overview, Part};
use crate::ui::overview_view::picture::part_ui;
use crate::ui::text;
use crate::ui::theme::{self, Palette};
use crate::views::dossier::{EDGE, Place};

const ROW: f32 = 26.0;
const GAP: f32 = 10.0;

/// Where the columns stand, from left to right.
struct Columns {
    left: Rect,
    name: Rect,
    right: Rect,
    article: Rect,
}

impl Columns {
    fn new(row: Rect, widest: f32) -> Self {
        let row = row.shrink2(vec2(8.0, 0.0));
        let article = (row.width() * 0.24).clamp(110.0, 300.0);
        let name = widest.clamp(48.0, (row.width() * 0.22).max(60.0));
        let side = ((row.width() - article - name - 3.0 * GAP) / 2.0).max(40.0);
        let mut x = row.left();
        let mut column = |width: f32| {
            let rect = Rect::from_min_size(pos2(x, row.top()), vec2(width, row.height()));
            x += width + GAP;
            rect
        };
        Self { left: column(side), name: column(name), right: column(side), article: column(article) }
    }
}

pub(super) fn sentences_ui(ui: &mut Ui, model: &Model, overview: &mut Overview, actions: &mut Actions, id: Id) {
    let many = overview.sentence_count();
    let widest = widest(ui, overview);
    let width = ui.available_width() - 2.0 * EDGE + 16.0;
    let left = ui.cursor().left() + EDGE - 8.0;
    head_ui(ui, overview, (left, width), widest);
    let Some((all, _)) = overview.dossiers() else { return };
    let accepted = |row: &u32| {
        let row = usize::try_from(*row).ok().and_then(|row| all.mentions.get(row));
        row.is_some_and(|row| row.accepted)
    };
    let parted = Parted { all: many, accepted: overview.rows().unwrap_or_default().partition_point(accepted) };
    let total = parted.lines() as f32 * ROW;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), total + EDGE), Sense::hover());
    let area = Rect::from_min_size(pos2(left, rect.top()), vec2(width, total));
    let told = match many {
        0 => "No sentence in what is selected".to_owned(),
        _ => format!("Sentences, {} of {}", text::number(overview.sentence + 1), text::number(many)),
    };
    let has_keys = part_ui(ui, overview, (Part::Sentences, id), area, &told);
    let line_at = |line: usize| Rect::from_min_size(pos2(left, area.top() + line as f32 * ROW), vec2(width, ROW));
    if has_keys && std::mem::take(&mut overview.reveal) {
        let here = line_at(parted.line(overview.sentence)).expand2(vec2(0.0, ROW));
        ui.scroll_to_rect_animation(here, None, eframe::egui::style::ScrollAnimation::none());
    }
    let clip = ui.clip_rect();
    let line_of = |y: f32| (((y - area.top()) / ROW).floor().max(0.0) as usize).min(parted.lines());
    let mut clicked = None;
    for line in line_of(clip.top())..(line_of(clip.bottom()) + 1).min(parted.lines()) {
        let rect = line_at(line);
        let Some(nth) = parted.row(line) else {
            parted.paint(ui, rect);
            continue;
        };
        let Some(place) = place(overview, nth) else { continue };
        let Some(mention) = model.project().mention(place.mention) else { continue };
        let chosen = overview.part == Part::Sentences && overview.sentence == nth;
        let response = row_ui(ui, model, (rect, id.with(nth), widest), (place, mention), (chosen, chosen && has_keys));
        if response.clicked() {
            clicked = Some((nth, mention.id));
        }
        if response.hovered() {
            ui.output_mut(|output| output.cursor_icon = CursorIcon::PointingHand);
        }
    }
    if let Some((nth, mention)) = clicked {
        (overview.sentence, overview.part) = (nth, Part::Sentences);
        actions.push(Action::LeaveOverview(Some(mention)));
    }
}

/// A sentence by its place among those that are shown.
fn place(overview: &Overview, nth: usize) -> Option<&Place> {
    let row = overview.rows()?.get(nth)?;
    overview.dossier()?.portrait.at(*row)
}

/// How wide the widest name is.
fn widest(ui: &Ui, overview: &Overview) -> f32 {
    let names = overview.dossier().map(|dossier| dossier.portrait.names.as_slice()).unwrap_or_default();
    let wide = |name: &String| {
        let font = theme::strong(theme::BODY);
        ui.painter().layout_no_wrap(name.clone(), font, Palette::get(ui).ink).size().x
    };
    names.iter().take(60).map(wide).fold(0.0, f32::max)
}

/// What the sentences are of, how many there are, and the names of the columns, each a button that sorts by it.
fn head_ui(ui: &mut Ui, overview: &mut Overview, (left, width): (f32, f32), widest: f32) {
    let palette = Palette::get(ui);
    ui.add_space(4.0);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::hover());
    let line = Rect::from_min_size(pos2(left + 8.0, rect.top()), vec2(width - 16.0, rect.height()));
    let many = text::number(overview.sentence_count());
    let picked = overview.picked.as_ref().map(|picked| text::shortened(&picked.label, 60));
    ui.scope_builder(UiBuilder::new().max_rect(line).layout(Layout::left_to_right(Align::Center)), |ui| {
        let name = if picked.is_some() { "Sentences" } else { "Every sentence" };
        ui.label(RichText::new(name).font(theme::strong(theme::BODY)).color(palette.ink));
        ui.label(RichText::new(many).size(theme::SMALL).color(palette.weak));
        if let Some(label) = picked {
            let chip = ui.button(RichText::new(format!("{label}  ×")).size(theme::SMALL));
            if chip.accessible_name(format!("All sentences, not only {label}")).clicked() {
                (overview.picked, overview.sentence) = (None, 0);
            }
        }
    });
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let heads = Rect::from_min_size(pos2(left, rect.top()), vec2(width, ROW));
    let columns = Columns::new(heads, widest);
    for (column, name, by, align) in [
        (columns.left, "Before", SortBy::Left, Align::Max),
        (columns.name, "Name", SortBy::Match, Align::Center),
        (columns.right, "After", SortBy::Right, Align::Min),
        (columns.article, "Article", SortBy::Article, Align::Min),
    ] {
        let sorted = overview.options.sentences == by;
        let sign = if sorted { " ↓" } else { "" };
        let color = if sorted { palette.ink } else { palette.weak };
        let label = RichText::new(format!("{name}{sign}")).size(theme::SMALL).color(color);
        let layout = match align {
            Align::Max => Layout::right_to_left(Align::Center),
            Align::Center => Layout::centered_and_justified(eframe::egui::Direction::LeftToRight),
            Align::Min => Layout::left_to_right(Align::Center),
        };
        ui.scope_builder(UiBuilder::new().max_rect(column).layout(layout), |ui| {
            ui.spacing_mut().button_padding.x = 0.0;
            let button = ui.add(Button::new(label).frame(false).truncate()).on_hover_text("Sort by this");
            if button.accessible_name(format!("Sort by {}", name.to_lowercase())).clicked() {
                (overview.options.sentences, overview.sentence) = (by, 0);
            }
        });
    }
    ui.painter().hline((left + 8.0)..=(left + width - 8.0), rect.bottom(), Stroke::new(1.0, palette.rule));
}

/// One sentence on a line; what a click on it tells.
fn row_ui(
    ui: &Ui,
    model: &Model,
    (rect, id, widest): (Rect, Id, f32),
    (place, mention): (&Place, &Mention),
    (chosen, focused): (bool, bool),
) -> eframe::egui::Response {
    let palette = Palette::get(ui);
    let response = ui.interact(rect, id, Sense::CLICK);
    let meta = model.project().article(mention.article).map(|record| &record.article.meta);
    let day = meta.and_then(|meta| meta.date).map(text::date).unwrap_or_default();
    let title = meta.map_or("", |meta| meta.title.as_str());
    let from = [day.as_str(), title].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let spoken = format!("{}{}{}, {from}", place.left, mention.quote, place.right);
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, &spoken));
    paint_ground(ui, rect, Ground { chosen, under: response.hovered(), focused, radius: 4 });
    let columns = Columns::new(rect, widest);
    let accepted = mention.status == Status::Accepted;
    let ink = if accepted { palette.ink } else { palette.weak };
    let colors = palette.kind(model.project().tagset(), &mention.kind);
    let words = elided(ui, &text_of(mention), theme::strong(theme::BODY), ink, columns.name.width());
    let body = Rect::from_center_size(columns.name.center(), words.size() + vec2(8.0, 2.0));
    let fill = if accepted { colors.tint } else { colors.pale };
    ui.painter().rect_filled(body, CornerRadius::same(3), fill);
    let plain = FontId::proportional(theme::BODY);
    let left = from_the_end(ui, &place.left, plain.clone(), ink, columns.left.width());
    let right = elided(ui, place.right.trim_start(), plain, ink, columns.right.width());
    let small = elided(ui, &from, FontId::proportional(theme::SMALL), palette.weak, columns.article.width());
    for (x, galley) in [
        (columns.left.right() - left.size().x, left),
        (columns.name.center().x - words.size().x / 2.0, words),
        (columns.right.left(), right),
        (columns.article.left(), small),
    ] {
        let at = pos2(x, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, ink);
    }
    response
}

/// The words of a mention on one line.
fn text_of(mention: &Mention) -> String {
    crate::text::find::on_one_line(&mention.quote)
}
