//! Find in project, drawn: the matches of all articles in columns, each with what stands around it.

use eframe::egui::{
    Align, Button, Checkbox, CornerRadius, FontId, Key, Layout, Pos2, Rect, Response, RichText, Role, ScrollArea,
    Sense, Stroke, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use super::actions::{Action, Actions};
use super::concordance::Concordance;
use super::find_bar;
use super::list_row::{Ground, elided, from_the_end, paint_ground};
use super::model::Model;
use super::text;
use super::theme::{self, Palette};
use crate::text::find::{SortBy, context, on_one_line};

const ROW: f32 = 24.0;
/// Width of the boxes at the left.
const BOX: f32 = 28.0;
const GAP: f32 = 8.0;
/// The longest match that is shown whole, in bytes.
const LONG: usize = 120;

/// Where the columns stand, from left to right.
#[derive(Clone, Copy)]
struct Columns {
    left: Rect,
    matched: Rect,
    right: Rect,
    article: Rect,
}

impl Columns {
    fn new(row: Rect, widest: usize) -> Self {
        let article = (row.width() * 0.2).clamp(110.0, 240.0);
        let matched = (widest as f32 * 9.0).clamp(52.0, (row.width() * 0.22).clamp(60.0, 260.0));
        let side = ((row.width() - BOX - article - matched - 4.0 * GAP) / 2.0).max(40.0);
        let mut x = row.left() + BOX;
        let mut column = |width: f32| {
            let rect = Rect::from_min_size(pos2(x, row.top()), vec2(width, row.height()));
            x += width + GAP;
            rect
        };
        Self { left: column(side), matched: column(matched), right: column(side), article: column(article) }
    }
}

/// Draws it, while it is shown.
pub fn concordance_ui(ui: &mut Ui, model: &Model, found: &mut Concordance, actions: &mut Actions) {
    let ran = found.results.running || found.of.is_none();
    let mut go = None;
    // As high as it was made, however little there is to show.
    ui.set_min_height(ui.available_height());
    ui.spacing_mut().item_spacing.y = 4.0;
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
        found.shown &= !ui.button("×").on_hover_text("Close").accessible_name("Close find in project").clicked();
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ui.horizontal_wrapped(|ui| go = words_ui(ui, found));
            if let Some(problem) = &found.problem {
                ui.label(RichText::new(problem).size(theme::SMALL).color(Palette::get(ui).error));
            }
        });
    });
    actions.search(found.refresh(model.project(), model.number));
    if found.results.places.is_empty() {
        ui.weak(match (found.query.is_empty(), found.results.running, &found.problem) {
            (true, ..) => "Words that you look for are listed here, each with what stands around it",
            (_, true, _) => "Searching…",
            (_, _, Some(_)) => "",
            _ => "No match in any article",
        });
    } else {
        ui.horizontal_wrapped(|ui| tag_ui(ui, model, actions, found));
        let sorted = header_ui(ui, found);
        if sorted {
            actions.search(found.sort(model.project()));
        }
        let area = ScrollArea::vertical().id_salt("matches").auto_shrink(false);
        let step = ui.input(|input| (input.key_pressed(Key::ArrowUp), input.key_pressed(Key::ArrowDown)));
        let area = if step != (false, false) && ui.ctx().text_edit_focused() {
            area.vertical_scroll_offset((found.chosen as f32 - 3.0).max(0.0) * ROW)
        } else {
            area
        };
        ui.spacing_mut().item_spacing.y = 0.0;
        area.show_rows(ui, ROW, found.count(), |ui, rows| {
            for row in rows {
                if row_ui(ui, model, found, row) {
                    found.chosen = row;
                    go = Some(row);
                }
            }
        });
    }
    if ran && !found.results.running {
        actions.search(found.sort(model.project()));
    }
    let place = go.and_then(|row| found.at(row)).map(|(_, place)| place);
    if !found.shown {
        actions.push(Action::FocusArticle);
    }
    if let Some(place) = place {
        actions.push(Action::GoTo(place));
    }
}

/// The field with the ways to match, and how much was found. Gives the row to go to, where enter asked for that.
fn words_ui(ui: &mut Ui, found: &mut Concordance) -> Option<usize> {
    let width = (ui.available_width() - 420.0).clamp(160.0, 420.0);
    let field = TextEdit::singleline(&mut found.query.words).hint_text("Find in project").desired_width(width);
    let response = ui.add(field).accessible_name("Find in project");
    if std::mem::take(&mut found.wants_focus) {
        response.request_focus();
        super::dialogs::select_all(ui, &response, &found.query.words);
    }
    find_bar::ways_ui(ui, &mut found.query);
    if found.count() > 0 {
        let matches = text::count(found.count(), "match", "matches");
        let more = match (found.results.running, found.results.full) {
            (true, _) => "…",
            (_, true) => " or more",
            _ => "",
        };
        ui.weak(format!("{matches}{more} in {}", text::count(found.articles, "article", "articles")));
    }
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    let mut go = None;
    if response.lost_focus() && pressed(Key::Enter) {
        go = Some(found.chosen);
        response.request_focus();
    } else if response.lost_focus() && pressed(Key::Escape) {
        found.shown = false;
    } else if response.has_focus() {
        let last = found.count().saturating_sub(1);
        found.chosen = found.chosen.saturating_sub(usize::from(pressed(Key::ArrowUp)));
        found.chosen = (found.chosen + usize::from(pressed(Key::ArrowDown))).min(last);
    }
    go
}

/// Tags the matches that are marked, or all; or takes the tags away.
fn tag_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, found: &mut Concordance) {
    let ready = !found.results.running;
    let count = if found.marked.is_empty() { found.count() } else { found.marked.len() };
    let which = if found.marked.is_empty() { "all" } else { "marked" };
    let count = text::number(count);
    ui.label(RichText::new("As").color(Palette::get(ui).weak));
    let kind = find_bar::kind_ui(ui, model, &mut found.kind, "kind of places");
    for (verb, untag) in [("Tag", false), ("Untag", true)] {
        let button = Button::new(format!("{verb} {which} {count}"));
        if ui.add_enabled(ready, button).clicked() {
            actions.push(Action::TagPlaces { places: found.meant(), kind: kind.clone(), untag });
        }
    }
    if found.results.full {
        ui.weak("Not all matches are listed. Look for something rarer to reach them all");
    }
}

/// The names of the columns, each a button that sorts by it. Whether the order is another now.
fn header_ui(ui: &mut Ui, found: &mut Concordance) -> bool {
    let palette = Palette::get(ui);
    // As wide as the rows below, which leave room for the scroll bar.
    let width = ui.available_width() - ui.spacing().scroll.allocated_width();
    let (rect, _) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
    let columns = Columns::new(rect, found.widest);
    let mut all = found.marked.len() == found.count();
    let some = !all && !found.marked.is_empty();
    let all_box = box_ui(ui, rect, Checkbox::without_text(&mut all).indeterminate(some));
    if all_box.accessible_name("Mark all matches").on_hover_text("Mark all, or none").clicked() {
        found.marked.clear();
        if all {
            found.marked.extend((0..).take(found.count()));
        }
    }
    let heads = [
        (columns.left, "Left context", SortBy::Left, Align::Max),
        (columns.matched, "Match", SortBy::Match, Align::Min),
        (columns.right, "Right context", SortBy::Right, Align::Min),
        (columns.article, "Article", SortBy::Article, Align::Min),
    ];
    let mut changed = false;
    for (column, name, by, align) in heads {
        let sorted = found.sort == by;
        let sign = if sorted { " ↓" } else { "" };
        let color = if sorted { palette.ink } else { palette.weak };
        let label = RichText::new(format!("{name}{sign}")).size(theme::SMALL).color(color);
        let layout = if align == Align::Max {
            Layout::right_to_left(Align::Center)
        } else {
            Layout::left_to_right(Align::Center)
        };
        ui.scope_builder(eframe::egui::UiBuilder::new().max_rect(column).layout(layout), |ui| {
            ui.spacing_mut().button_padding.x = 0.0;
            let button = Button::new(label).frame(false).truncate();
            let response = ui.add(button).on_hover_text("Sort by this");
            if response.accessible_name(format!("Sort by {}", name.to_lowercase())).clicked() && !sorted {
                found.sort = by;
                changed = true;
            }
        });
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, palette.rule));
    changed
}

/// One match on a line. Whether to go there.
fn row_ui(ui: &mut Ui, model: &Model, found: &mut Concordance, row: usize) -> bool {
    let palette = Palette::get(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let Some((index, place)) = found.at(row) else { return false };
    let Some(record) = model.project().article(place.article) else { return false };
    let whole = record.article.text.as_str();
    let (before, after) = context(whole, place.range, 240);
    let words: String = record.article.text.slice(place.range).unwrap_or_default().chars().take(LONG).collect();
    let words = on_one_line(&words);
    let title = &record.article.meta.title;

    let response = ui.interact(rect, ui.make_persistent_id(("match", row)), Sense::click());
    let chosen = found.chosen == row;
    let spoken = format!("{}{words}{}, {title}", tail(&before, 40), head(&after, 40));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, spoken.clone()));
    let (under, focused) = (response.hovered(), response.has_focus());
    paint_ground(ui, response.rect, Ground { chosen, under, focused, radius: 4 });

    let columns = Columns::new(rect, found.widest);
    if let Some(mention) = model.project().mentions_at(place.article, place.range).iter().find(|m| m.is_live()) {
        // What is tagged already looks as it does in the text.
        let badge = model.project().tagset().badge(&mention.kind);
        let body = columns.matched.shrink2(vec2(-3.0, 3.0));
        ui.painter().rect_filled(body, CornerRadius::same(3), palette.hue(badge.hue).pale);
        let mark = pos2(columns.matched.left() - 3.0, body.bottom());
        theme::paint_badge(ui.painter(), mark, 5.0, palette, badge);
    }
    let plain = FontId::proportional(theme::BODY);
    let left = from_the_end(ui, &before, plain.clone(), palette.weak, columns.left.width());
    let small = FontId::proportional(theme::SMALL);
    let cells = [
        (pos2(columns.left.right() - left.size().x, 0.0), left),
        (columns.matched.min, elided(ui, &words, theme::strong(theme::BODY), palette.ink, columns.matched.width())),
        (columns.right.min, elided(ui, after.trim_start(), plain, palette.weak, columns.right.width())),
        (columns.article.min, elided(ui, title, small, palette.weak, columns.article.width())),
    ];
    for (at, galley) in cells {
        let at: Pos2 = pos2(at.x, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, palette.weak);
    }

    let mut marked = found.marked.contains(&index);
    let mark = box_ui(ui, rect, Checkbox::without_text(&mut marked));
    if mark.accessible_name(format!("Mark match {}", text::number(row + 1))).clicked() {
        found.mark(row, ui.input(|input| input.modifiers.shift));
    }
    response.clicked()
}

/// A box at the left of a row, with an edge that is seen on any ground.
fn box_ui(ui: &mut Ui, row: Rect, checkbox: Checkbox<'_>) -> Response {
    let edge = Stroke::new(1.0, Palette::get(ui).weak);
    let quiet = std::mem::replace(&mut ui.visuals_mut().widgets.inactive.bg_stroke, edge);
    let response = ui.put(Rect::from_min_size(row.min, vec2(BOX, ROW)), checkbox);
    ui.visuals_mut().widgets.inactive.bg_stroke = quiet;
    response
}

/// The last characters of a line.
fn tail(line: &str, most: usize) -> String {
    let count = line.chars().count();
    line.chars().skip(count.saturating_sub(most)).collect()
}

/// The first characters of a line.
fn head(line: &str, most: usize) -> String {
    line.chars().take(most).collect()
}
