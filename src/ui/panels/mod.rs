//! The panels beside the article: people, countries, events, and what is known of the selected tag.

mod article;
mod card;
mod event;
mod filter;
mod head;
mod inspector;
mod relation_rows;
mod relations;
mod row;
pub mod rows;

pub use event::{Choice, chip_ui, pick_days_ui, pick_party_ui, pick_type_ui, picker_ui, reality_ui, set_type};
pub use inspector::explain_ui;

use rows::{Noticed, PanelRow, Rows, Section};

use eframe::egui::{CollapsingHeader, Frame, Margin, Panel, Rect, RichText, ScrollArea, Ui, UiBuilder, vec2};

use super::actions::Actions;
use super::model::{Model, Pane, Step};
use super::text;
use super::theme::{self, Palette};
use super::tour;
use crate::project::{ArticleId, Kind, Schema, Target};

/// The width from which the panels stand in two columns, in points.
pub const TWO_COLUMNS: f32 = 640.0;
/// The least height that heads of sections leave to what is below them; where there is less they scroll away.
const LEAST: f32 = 150.0;

/// Draws the panels of the article shown.
pub fn panels_ui(ui: &mut Ui, model: &Model, rows: &mut Rows, actions: &mut Actions) {
    let Some(article) = model.article else { return };
    let mut noticed = Noticed { focus: model.pane == Pane::Panels && model.focus_pane, ..Noticed::default() };
    // As high as what it tells: while nothing is selected the lists have the room.
    let inspector = Panel::bottom("inspector")
        .resizable(false)
        .frame(Frame::new().inner_margin(Margin::symmetric(12, 8)))
        .show(ui, |ui| inspector::inspector_ui(ui, model, actions));
    tour::note(ui.ctx(), Step::Origin, inspector.response.rect);
    Frame::new().inner_margin(Margin { left: 12, right: 12, top: 8, bottom: 4 }).show(ui, |ui| {
        filter::filter_ui(ui, model, &mut rows.filter, actions);
    });
    rows.refresh(model, article);
    let related = !model.project().tagset().relations.is_empty() || rows.relations().all > 0;
    let kinds = model.project().tagset().kinds.iter();
    let (events, names): (Vec<&Kind>, Vec<&Kind>) = kinds.clone().partition(|kind| kind.schema == Schema::Event);
    if ui.available_width() < TWO_COLUMNS || events.is_empty() || names.is_empty() {
        let all: Vec<&Kind> = kinds.collect();
        column_ui(
            ui,
            model,
            actions,
            rows,
            Column { kinds: &all, article: Some(article), relations: related },
            &mut noticed,
        );
    } else {
        // Columns reach down to the end of what holds them, which would be under the pane below.
        let rest = UiBuilder::new().max_rect(ui.available_rect_before_wrap());
        ui.scope_builder(rest, |ui| {
            ui.columns_const(|[left, right]| {
                column_ui(
                    left,
                    model,
                    actions,
                    rows,
                    Column { kinds: &names, article: Some(article), relations: false },
                    &mut noticed,
                );
                column_ui(
                    right,
                    model,
                    actions,
                    rows,
                    Column { kinds: &events, article: None, relations: related },
                    &mut noticed,
                );
            });
        });
    }
    (rows.hovered, rows.focused) = (noticed.hovered, noticed.focused);
}

/// What stands in a column.
#[derive(Clone, Copy)]
struct Column<'a> {
    kinds: &'a [&'a Kind],
    /// The article whose tags stand above the sections.
    article: Option<ArticleId>,
    /// Whether relations stand below the sections: where a project has some, or kinds of them.
    relations: bool,
}

/// Sections that scroll together. Their heads stay in sight: those above at the top, those below at the bottom.
fn column_ui(
    ui: &mut Ui,
    model: &Model,
    actions: &mut Actions,
    rows: &Rows,
    column: Column<'_>,
    noticed: &mut Noticed,
) {
    let area = ui.available_rect_before_wrap();
    let heads = (column.kinds.len() + usize::from(column.relations)) as f32 * head::HEIGHT;
    let stays = area.height() >= heads + LEAST;
    let salt = ("panels", column.article.is_some());
    // It would lie over the heads.
    ui.spacing_mut().scroll.fade.strength = 0.0;
    ScrollArea::vertical().id_salt(salt).auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin { left: 8, right: 10, top: 2, bottom: 24 }).show(ui, |ui| {
            let whole = ui.clip_rect();
            let hide = |ui: &mut Ui, above: f32, below: f32| {
                let (above, below) = if stays { (above, below) } else { (0.0, 0.0) };
                let seen = whole.intersect(Rect::everything_below(area.top() + above));
                let seen = seen.intersect(Rect::everything_above(area.bottom() - below));
                ui.set_clip_rect(if stays { seen } else { whole });
                (above, below)
            };
            if let Some(article) = column.article {
                hide(ui, 0.0, heads);
                article::article_tags_ui(ui, model, actions, article);
            }
            let place = |place: usize| {
                let above = place as f32 * head::HEIGHT;
                let below = heads - above - head::HEIGHT;
                let at = (area.top() + above, area.bottom() - below - head::HEIGHT);
                (above, below, if stays { Some(at) } else { None })
            };
            for (index, kind) in column.kinds.iter().enumerate() {
                let (above, below, at) = place(index);
                ui.set_clip_rect(whole);
                let section = rows.section(&kind.id);
                let (salt, name) = (kind.id.as_str(), kind.plural.as_str());
                let count = section.map_or((0, 0), |section| (section.rows.len(), section.all));
                let opens = kind.schema == Schema::Event && model.event_field.is_some();
                let head = head::Head { salt, name, count, opens, at, above };
                if head::head_ui(ui, model, &head, |ui| head::kind_menu_ui(ui, model, actions, kind, section)) {
                    noticed.hidden = hide(ui, above + head::HEIGHT, below);
                    section_ui(ui, model, actions, rows, kind, noticed);
                }
                ui.add_space(6.0);
            }
            if column.relations {
                let (above, below, at) = place(column.kinds.len());
                ui.set_clip_rect(whole);
                let section = rows.relations();
                let count = (section.rows.len(), section.all);
                let opens = model.focus_note;
                let head = head::Head { salt: "\0relations", name: "Relations", count, opens, at, above };
                if head::head_ui(ui, model, &head, |ui| relations::menu_ui(ui, actions, section)) {
                    noticed.hidden = hide(ui, above + head::HEIGHT, below);
                    relations::relations_ui(ui, model, actions, section, noticed);
                }
            }
        });
    });
}

fn section_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, rows: &Rows, kind: &Kind, noticed: &mut Noticed) {
    let none = Section::default();
    let section = rows.section(&kind.id).unwrap_or(&none);
    ui.push_id(("section", kind.id.as_str()), |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        if kind.schema == Schema::Event {
            event::head_ui(ui, model, actions, section);
        }
        if section.rows.is_empty() {
            let mut hint = match section.all {
                0 => format!("{} that are suggested or tagged appear here", kind.plural),
                all => format!("No match among {}", text::number(all)),
            };
            if let Some(key) = kind.digit().filter(|_| section.all == 0) {
                hint.push_str(&format!(". Select words and press {key}"));
            }
            ui.add_space(2.0);
            // Under the name of the section.
            Frame::new().inner_margin(Margin { left: 24, ..Margin::ZERO }).show(ui, |ui| {
                ui.label(RichText::new(hint).size(theme::SMALL).color(Palette::get(ui).weak));
            });
        }
        learned_ui(ui, model, kind);
        list_ui(ui, model, actions, kind, &section.rows, noticed);
        background_ui(ui, model, actions, kind, &section.background, noticed);
        row::away_ui(ui, model, actions, kind, row::Away::Rejected, &section.rejected);
        row::away_ui(ui, model, actions, kind, row::Away::Held, &section.held);
    });
}

/// How far a kind of one's own has been learned from its examples.
fn learned_ui(ui: &mut Ui, model: &Model, kind: &Kind) {
    let Some(standing) = model.learner.standing(&kind.id).filter(|standing| standing.examples > 0) else { return };
    let (right, said) = standing.tried;
    let examples = text::count(standing.examples, "example", "examples");
    let (line, why) = match (standing.speaks, said) {
        (true, _) => (
            format!("{examples}, right {right} of {said} times; suggesting"),
            "How often it would have been right on articles marked as done, before it learned from them",
        ),
        (false, 0) => (
            format!("{examples}; not suggesting yet: untried"),
            "Tag all of this kind in an article and mark the article as done: suggestions are tried out on such articles",
        ),
        (false, _) => (
            format!("{examples}; not suggesting yet: right {right} of {said} times"),
            "It is suggested once it is right more often than not on articles marked as done, before it learns from them",
        ),
    };
    ui.add_space(1.0);
    Frame::new().inner_margin(Margin { left: 24, ..Margin::ZERO }).show(ui, |ui| {
        ui.label(RichText::new(line).size(theme::SMALL).color(Palette::get(ui).weak)).on_hover_text(why);
    });
    ui.add_space(3.0);
}

/// The rows of a list, and below the one that is selected what is known of it.
fn list_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, kind: &Kind, rows: &[PanelRow], noticed: &mut Noticed) {
    let selected = model.selected_mention().and_then(|m| rows.iter().position(|row| row.holds(m)));
    let (before, from) = rows.split_at(selected.unwrap_or(rows.len()));
    row::rows_ui(ui, model, actions, kind, before, noticed);
    let Some((row, after)) = from.split_first() else { return };
    row::row_ui(ui, model, actions, kind, row, noticed);
    // Of several that are chosen together none is opened.
    if let Some(target) = row.target.filter(|_| model.picked.is_empty()) {
        let top = ui.cursor().top();
        let shown = Frame::new().inner_margin(Margin { left: 22, right: 0, top: 2, bottom: 6 }).show(ui, |ui| {
            if let (Schema::Event, Target::Event(event)) = (kind.schema, target) {
                event::card_ui(ui, model, actions, event);
            }
            row::mentions_ui(ui, model, actions, row);
        });
        reveal(ui, model, shown.response.rect.with_min_y(top - 46.0), noticed);
    }
    row::rows_ui(ui, model, actions, kind, after, noticed);
}

/// The events that the level does not show: one quiet line that opens.
fn background_ui(
    ui: &mut Ui,
    model: &Model,
    actions: &mut Actions,
    kind: &Kind,
    rows: &[PanelRow],
    noticed: &mut Noticed,
) {
    if rows.is_empty() {
        return;
    }
    let weak = Palette::get(ui).weak;
    let title = format!("{} in the background", text::number(rows.len()));
    let holds_selected = model.selected_mention().is_some_and(|mention| rows.iter().any(|row| row.holds(mention)));
    let header = CollapsingHeader::new(RichText::new(title).size(theme::SMALL).color(weak))
        .id_salt(("background", kind.id.as_str()))
        .open(holds_selected.then_some(true).filter(|_| model.reveal_row));
    let shown = header.show_unindented(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        list_ui(ui, model, actions, kind, rows, noticed);
    });
    shown.header_response.on_hover_text("Told in passing: not reviewed, counted or exported until you keep one");
}

/// Brings a selected row with what is below it into view; the top of it where it is too high.
fn reveal(ui: &Ui, model: &Model, rect: Rect, noticed: &Noticed) {
    let clip = ui.clip_rect();
    if model.reveal_row && !clip.contains_rect(rect) {
        let height = rect.height().min(clip.height() - 8.0);
        noticed.scroll_to(ui, Rect::from_min_size(rect.min, vec2(rect.width(), height)));
    }
}
