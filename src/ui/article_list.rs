//! The list of articles: choose, filter, reorder, remove.

use eframe::egui::{
    self, Button, Color32, ComboBox, FontId, Pos2, Rect, RichText, Role, ScrollArea, Sense, Stroke, TextEdit, Ui,
    WidgetInfo, pos2, vec2,
};

use super::actions::{Action, Actions};
use super::command::Command;
use super::list_row::{Ground, elided, paint_ground};
use super::listing::{Listing, Sort};
use super::model::{Model, Pane};
use super::state::State;
use super::theme::{self, Palette};
use super::{keys, menu, state, text};
use crate::project::{ArticleId, Stage, ops};

const HEIGHT: f32 = 46.0;

/// The article that is dragged to another place.
struct Dragged(ArticleId);

/// Draws the list.
pub fn article_list_ui(ui: &mut Ui, state: &State, listing: &mut Listing, actions: &mut Actions) {
    let count = state.model.project().article_count();
    ui.horizontal(|ui| {
        ui.label(RichText::new(format!("Articles  {}", text::number(count))).font(theme::strong(theme::BODY)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let add = ui.small_button("+").on_hover_text("Open articles…");
            if add.accessible_name("Open articles").clicked() {
                actions.command(Command::OpenArticles);
            }
            let hint = keys::hint(ui.ctx(), &state.model.keys, Command::ArticleTable, "Table of articles…");
            let table = ui.small_button("Table").on_hover_text(hint);
            if table.accessible_name("Table of articles").clicked() {
                actions.command(Command::ArticleTable);
            }
        });
    });
    ui.add_space(4.0);
    if count > 1 {
        choices_ui(ui, &state.model, listing);
        ui.add_space(6.0);
    }
    state::refresh(listing, &state.model);
    let shown = listing.shown().len();
    if shown == 0 && count > 0 {
        ui.label(RichText::new("No article fits").color(Palette::get(ui).weak));
        if listing.is_filtered() && ui.button("Show all articles").clicked() {
            listing.show_all();
        }
    }
    // Below it, how far the whole project has come.
    let foot = if count > 1 { 26.0 } else { 0.0 };
    let mut focused = None;
    let area = ScrollArea::vertical().id_salt("articles").auto_shrink(false);
    area.max_height(ui.available_height() - foot).show_rows(ui, HEIGHT, shown, |ui, range| {
        if let Some(row) = listing.reveal(state.model.article) {
            let step = HEIGHT + ui.spacing().item_spacing.y;
            let top = ui.max_rect().top() + (row as f32 - range.start as f32) * step;
            let place = Rect::from_min_size(pos2(ui.max_rect().left(), top), vec2(1.0, HEIGHT));
            ui.scroll_to_rect_animation(place, None, egui::style::ScrollAnimation::none());
        }
        let mut focus = state.model.pane == Pane::List && state.model.focus_pane;
        for id in listing.shown().get(range).unwrap_or_default() {
            focused = focused.or(row_ui(ui, state, actions, *id, std::mem::take(&mut focus)).then_some(*id));
        }
    });
    listing.focused = focused;
    if count > 1 {
        progress_ui(ui, &state.model, listing);
    }
}

/// The filter, the status and the order; below them the entity that articles must mention.
fn choices_ui(ui: &mut Ui, model: &Model, listing: &mut Listing) {
    let shown = listing.shown().len();
    let entity = listing.entity.and_then(|id| model.project().entity(id)).map(|entity| entity.name.clone());
    let field = TextEdit::singleline(&mut listing.filter).hint_text("Filter by title, source, date");
    ui.add(field.desired_width(f32::INFINITY)).accessible_name("Filter articles");
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let width = (ui.available_width() - 4.0) / 2.0;
        let stages = [None, Some(Stage::New), Some(Stage::InProgress), Some(Stage::Done)];
        let box_of =
            |id: &str, text: &str| ComboBox::from_id_salt(id.to_owned()).selected_text(text).width(width).truncate();
        let status = box_of("status", stage_name(listing.stage)).show_ui(ui, |ui| {
            for stage in stages {
                ui.selectable_value(&mut listing.stage, stage, stage_name(stage));
            }
        });
        status.response.accessible_name("Show articles by status");
        let order = box_of("order", listing.sort.name()).show_ui(ui, |ui| {
            for sort in Sort::ALL {
                ui.selectable_value(&mut listing.sort, sort, sort.name());
            }
        });
        order.response.accessible_name("Sort articles");
    });
    tagged_ui(ui, model, listing);
    if let Some(name) = entity {
        let chip = Button::new(format!("Mention {}  ×", text::shortened(&name, 40))).truncate();
        let hint = "Show articles that mention others, too";
        if ui.add(chip).on_hover_text(hint).accessible_name(format!("Not only articles that mention {name}")).clicked()
        {
            listing.entity = None;
        }
    }
    if let Some(kind) = listing.relation.clone() {
        let name = model.project().tagset().relation_name(&kind).to_owned();
        let chip = Button::new(format!("With “{}”  ×", text::shortened(&name, 40))).truncate();
        let chip = ui.add(chip).on_hover_text("Show articles without such relations, too");
        if chip.accessible_name(format!("Not only articles with {name}")).clicked() {
            listing.relation = None;
        }
    }
    if listing.is_filtered() && shown > 0 {
        ui.label(RichText::new(format!("{} shown", text::number(shown))).size(theme::SMALL).weak());
    }
}

/// The answers to article tags that the list can be filtered by.
fn tagged_ui(ui: &mut Ui, model: &Model, listing: &mut Listing) {
    let tags = &model.session.project().tagset().article_tags;
    if tags.iter().all(|tag| tag.answer.choices().is_empty()) {
        return;
    }
    let tagged = &mut listing.tagged;
    let name = |(id, answer): &(smol_str::SmolStr, String)| {
        let tag = tags.iter().find(|tag| tag.id == *id).map_or("", |tag| tag.name.as_str());
        format!("{tag}: {answer}")
    };
    let shown = tagged.as_ref().map_or_else(|| "Any article tag".to_owned(), name);
    let combo = ComboBox::from_id_salt("article tags").selected_text(shown).width(ui.available_width()).truncate();
    let combo = combo.show_ui(ui, |ui| {
        ui.selectable_value(tagged, None, "Any article tag");
        for tag in tags {
            for answer in tag.answer.choices() {
                let choice = (tag.id.clone(), answer.clone());
                let label = name(&choice);
                ui.selectable_value(tagged, Some(choice), label);
            }
        }
    });
    combo.response.accessible_name("Show articles by article tag");
}

fn stage_name(stage: Option<Stage>) -> &'static str {
    match stage {
        None => "All",
        Some(Stage::New) => "New",
        Some(Stage::InProgress) => "In progress",
        Some(Stage::Done) => "Done",
    }
}

/// How many articles are done of all.
fn progress_ui(ui: &mut Ui, model: &Model, listing: &mut Listing) {
    let palette = Palette::get(ui);
    let (number, revision) = (model.number, model.session.revision());
    let done = listing.done(model.project(), number, revision);
    let all = model.project().article_count();
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        let told = format!("{} of {} done", text::number(done), text::number(all));
        ui.label(RichText::new(told).size(theme::SMALL).color(palette.weak));
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), Sense::hover());
        let track = Rect::from_center_size(rect.center(), vec2(rect.width(), 4.0));
        ui.painter().rect_filled(track, 2.0, palette.rule);
        let part = done as f32 / all.max(1) as f32;
        let filled = Rect::from_min_size(track.min, vec2(track.width() * part, track.height()));
        ui.painter().rect_filled(filled, 2.0, palette.accent);
    });
}

/// One article on two lines; it takes the keys where it is given the `focus`. Whether it has them.
fn row_ui(ui: &mut Ui, state: &State, actions: &mut Actions, id: ArticleId, focus: bool) -> bool {
    let palette = Palette::get(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let response = ui.interact(rect, ui.make_persistent_id(("article row", id)), Sense::click_and_drag());
    if focus {
        response.request_focus();
    }
    let Some(record) = state.model.project().article(id) else { return false };
    let selected = state.model.article == Some(id);
    let title = record.article.meta.title.clone();
    let progress = state.model.project().progress(id);
    let stage = state.model.project().stage(record);
    let (open, tags) = (progress.open, progress.open + progress.decided > 0);
    let spoken = format!("{title}, {}, {open} open", stage_name(Some(stage)).to_lowercase());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, spoken.clone()));
    let (under, focused) = (response.hovered(), response.has_focus());
    paint_ground(ui, rect, Ground { chosen: selected, under, focused, radius: 5 });
    let center = pos2(rect.left() + 12.0, rect.top() + 16.0);
    stage_sign(ui, palette, center, stage);
    let width = rect.width() - 32.0;
    let line = |ui: &Ui, words: &str, font: FontId, color: Color32, y: f32| {
        let galley = elided(ui, words, font, color, width);
        ui.painter().galley(pos2(rect.left() + 24.0, y), galley, color);
    };
    line(ui, &title, FontId::proportional(theme::BODY), palette.ink, rect.top() + 6.0);
    let date = record.article.meta.date.map(text::date).unwrap_or_else(|| "No date".to_owned());
    let state_words = match (open, tags, stage) {
        (0, _, Stage::Done) => "done".to_owned(),
        (0, true, _) => "reviewed".to_owned(),
        (0, false, _) => "no tags".to_owned(),
        _ => format!("{} open", text::number(open)),
    };
    let quiet = format!("{date} · {state_words}");
    line(ui, &quiet, FontId::proportional(theme::SMALL), palette.weak, rect.top() + 26.0);
    if response.clicked() {
        actions.push(Action::Show(id));
    }
    drag_and_drop(ui, &state.model, actions, &response, rect, id);
    let asked = response.has_focus() && state.model.open_context_menu;
    menu::context_menu_ui(&response, asked, rect.left_bottom(), |ui| {
        if !selected {
            actions.push(Action::Show(id));
        }
        for command in [
            Command::ToggleDone,
            Command::ArticleDetails,
            Command::Suggest,
            Command::MoveArticleUp,
            Command::MoveArticleDown,
            Command::RemoveArticle,
        ] {
            menu::command_ui(ui, state, actions, command);
        }
    });
    if !response.dragged() && !state.model.keyed {
        response.on_hover_ui(|ui| {
            ui.set_max_width(320.0);
            ui.label(&title);
            ui.weak(&record.article.meta.origin);
        });
    }
    focused
}

/// A ring for new, a half-filled one for in progress, a tick for done.
fn stage_sign(ui: &Ui, palette: &Palette, center: Pos2, stage: Stage) {
    const RADIUS: f32 = 4.0;
    let painter = ui.painter();
    match stage {
        Stage::New => drop(painter.circle_stroke(center, RADIUS, Stroke::new(1.3, palette.accent))),
        Stage::InProgress => {
            let half = Rect::from_min_max(center - vec2(RADIUS + 1.0, RADIUS + 1.0), center + vec2(0.0, RADIUS + 1.0));
            painter.with_clip_rect(half.intersect(ui.clip_rect())).circle_filled(center, RADIUS, palette.accent);
            painter.circle_stroke(center, RADIUS, Stroke::new(1.3, palette.accent));
        }
        Stage::Done => {
            let points = vec![center + vec2(-4.0, 0.5), center + vec2(-1.0, 3.5), center + vec2(4.5, -3.5)];
            painter.line(points, Stroke::new(1.6, palette.weak));
        }
    }
}

/// An article dropped on another takes its place.
fn drag_and_drop(ui: &Ui, model: &Model, actions: &mut Actions, response: &egui::Response, rect: Rect, id: ArticleId) {
    response.dnd_set_drag_payload(Dragged(id));
    let place = |id| model.project().article_ids().iter().position(|other| *other == id);
    if let Some(over) = response.dnd_hover_payload::<Dragged>()
        && over.0 != id
    {
        let y = if place(over.0) < place(id) { rect.bottom() } else { rect.top() };
        ui.painter().hline(rect.x_range(), y, Stroke::new(2.0, Palette::get(ui).accent));
    }
    if let (Some(dropped), Some(to)) = (response.dnd_release_payload::<Dragged>(), place(id))
        && dropped.0 != id
    {
        actions.edit(move |project, stamp| ops::move_article(project, dropped.0, to, stamp));
    }
}
