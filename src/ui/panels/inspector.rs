//! Where the selected tag comes from: source, score, reason, who decided and when.

use eframe::egui::collapsing_header::{CollapsingState, paint_default_icon};
use eframe::egui::{
    Align, Button, FontId, Id, Layout, Rect, Response, RichText, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo, vec2,
};

use crate::project::{Mention, Status, Target};
use crate::suggest::Reason;
use crate::ui::actions::Actions;
use crate::ui::command::Command;
use crate::ui::forms;
use crate::ui::list_row::elided;
use crate::ui::model::Model;
use crate::ui::state::Dialog;
use crate::ui::text;
use crate::ui::theme::{self, Palette};
use crate::ui::{keys, menu};

/// The most height that a long note or reason may take from the lists, in points; the buttons below it always show.
const MOST: f32 = 240.0;

/// The size of the bar that shows a score, in points.
const BAR: Vec2 = vec2(44.0, 4.0);

/// The selected tag in full, or what to do to see one.
pub fn inspector_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    let Some(mention) = model.inspected() else {
        ui.add_space(4.0);
        ui.weak("Select a tag to see where it comes from");
        return;
    };
    let folded = CollapsingState::load_with_default_open(ui.ctx(), Id::unique("inspector"), false);
    let is_open = folded.is_open();
    fold_ui(ui, model, actions, folded, mention);
    if !is_open {
        return;
    }
    ui.add_space(4.0);
    let area = ScrollArea::vertical().id_salt("inspector").max_height(MOST).min_scrolled_height(MOST);
    area.auto_shrink([false, true]).show(ui, |ui| explain_ui(ui, model, mention));
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        if model.learner.memory.reason(model.project(), mention).is_some() {
            for (command, why) in [
                (Command::NotHere, "What you decided elsewhere does not count for these words in this article"),
                (Command::Forget, "What you decided about these words changes no suggestion any more"),
            ] {
                let keys = keys::text(ui.ctx(), &model.keys, command);
                let button =
                    Button::new(menu::title(model, command)).shortcut_text(RichText::new(keys).size(theme::SMALL));
                if ui.add(button).on_hover_text(why).clicked() {
                    actions.command(command);
                }
            }
        }
        if let Some(Target::Entity(id)) = mention.target {
            let kind = model.project().tagset().get(&mention.kind).map_or("entity", |kind| &kind.name);
            if ui.button(format!("Edit {}…", kind.to_lowercase())).clicked()
                && let Some(form) = forms::EntityForm::new(model.project(), id)
            {
                actions.open(Dialog::Entity(form));
            }
        }
    });
}

/// The one line that the pane folds to: what it is at a glance, and what is done with it.
fn fold_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, mut state: CollapsingState, mention: &Mention) {
    let palette = Palette::get(ui);
    let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        if ui.button("History…").clicked() {
            actions.open(Dialog::Log(forms::LogForm::of_mention(mention.id)));
        }
        if ui.button("Edit tag…").clicked() {
            actions.command(Command::EditTag);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let words = glance(model, mention);
            let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
            let (rect, response) = ui.allocate_exact_size(size, Sense::click());
            let spoken = format!("Where it comes from: {words}");
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, spoken.clone()));
            if response.hovered() || response.has_focus() {
                ui.painter().rect_filled(rect, 5.0, palette.hover);
            }
            let mut sign = response.clone();
            sign.rect = Rect::from_center_size(rect.left_center() + vec2(8.0, 0.0), Vec2::splat(9.0));
            paint_default_icon(ui, if state.is_open() { 1.0 } else { 0.0 }, &sign);
            let font = FontId::proportional(theme::SMALL);
            let line = elided(ui, &words, font, palette.weak, rect.width() - 22.0);
            let at = rect.left_center() + vec2(20.0, -line.size().y / 2.0);
            ui.painter().galley(at, line, palette.weak);
            if response.on_hover_text("Where this tag comes from").clicked() {
                state.set_open(!state.is_open());
                state.store(ui.ctx());
            }
        });
    });
}

/// "Suggested · 77 %", "Added by you", or what was decided elsewhere where that counts.
fn glance(model: &Model, mention: &Mention) -> String {
    if let Some(reason) = model.learner.memory.reason(model.project(), mention) {
        return format!("{}: {}", made(mention), reason.words(model.project(), mention));
    }
    let made = made(mention);
    match (&mention.decision, model.score(mention)) {
        (Some(stamp), _) if mention.status != Status::Suggested => {
            let you = stamp.by == model.settings.annotator_name();
            format!("{made} by {}", if you { "you" } else { &stamp.by })
        }
        (_, Some(score)) => format!("{made} · {:.0} %", score * 100.0),
        _ => made.to_owned(),
    }
}

/// What a mention is, why it is there and what became of it.
pub fn explain_ui(ui: &mut Ui, model: &Model, mention: &Mention) {
    let palette = Palette::get(ui);
    let badge = model.project().tagset().badge(&mention.kind);
    let colors = palette.hue(badge.hue);
    let kind = model.project().tagset().name_of(&mention.kind);
    ui.horizontal_wrapped(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(10.0, 16.0), Sense::hover());
        theme::paint_badge(ui.painter(), rect.center(), 9.0, palette, badge);
        let name = model.project().target_name(mention);
        ui.label(RichText::new(text::shortened(name, 60)).font(theme::strong(theme::BODY)));
        let subtype = mention.subtype.as_deref().filter(|subtype| *subtype != "name");
        let kind = subtype.map_or(kind.to_lowercase(), |subtype| format!("{}, {subtype}", kind.to_lowercase()));
        ui.label(RichText::new(kind).size(theme::SMALL).color(palette.weak));
    });
    if mention.quote != model.project().target_name(mention) {
        ui.label(RichText::new(format!("“{}”", text::shortened(&mention.quote, 80))).color(palette.weak));
    }
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(status_line(mention)).size(theme::SMALL).color(palette.weak));
        if let Some(score) = model.score(mention) {
            let response = score_ui(ui, palette, colors.line, score);
            let decisions = model.learner.memory.score_decisions(model.project(), &mention.kind);
            let engine = mention.origin.score.filter(|engine| (engine - score).abs() > 0.005);
            if let Some((decisions, engine)) = decisions.zip(engine) {
                let decided = text::count(decisions as usize, "suggestion", "suggestions");
                response.on_hover_text(format!(
                    "Based on your decisions on {decided} of this kind; the engine’s own score is {:.0} %",
                    engine * 100.0
                ));
            }
        }
    });
    let learned = model.learner.memory.reason(model.project(), mention);
    if let Some(learned) = &learned {
        let words = text::sentence(&learned.words(model.project(), mention));
        ui.label(RichText::new(words).size(theme::SMALL));
    }
    // What was suggested because of decisions has no other reason.
    if !mention.origin.reason.is_empty()
        && !matches!(learned, Some(Reason::TaggedHere | Reason::Tagged(_) | Reason::Alike))
    {
        ui.label(RichText::new(text::sentence(&mention.origin.reason)).size(theme::SMALL));
    }
    if let Some(Target::Entity(id)) = mention.target
        && let Some(entity) = model.project().entity(id)
    {
        super::card::card_ui(ui, model, mention, entity);
        if let Some(item) = &entity.wikidata {
            ui.label(RichText::new(format!("Wikidata {item}")).size(theme::SMALL).color(palette.weak));
        }
    }
    if !mention.note.is_empty() {
        ui.label(RichText::new(&mention.note).italics());
    }
}

fn made(mention: &Mention) -> &'static str {
    match mention.status {
        Status::Accepted if mention.origin.is_hand() => "Added",
        Status::Accepted => "Accepted",
        Status::Suggested => "Suggested",
        Status::Rejected if mention.is_held() => "Held back",
        Status::Rejected => "Rejected",
    }
}

fn status_line(mention: &Mention) -> String {
    let made = made(mention);
    match &mention.decision {
        Some(stamp) if mention.status != Status::Suggested => {
            format!("{made} by {}, {}", stamp.by, text::time(stamp.at))
        }
        _ => made.to_owned(),
    }
}

/// A bar and the per cent beside it, which never part at the end of a line.
fn score_ui(ui: &mut Ui, palette: &Palette, color: eframe::egui::Color32, score: f32) -> Response {
    let words = format!("{:.0} %", score * 100.0);
    let galley = ui.painter().layout_no_wrap(words.clone(), FontId::proportional(theme::SMALL), palette.weak);
    let gap = ui.spacing().item_spacing.x;
    let size = vec2(BAR.x + gap + galley.size().x, galley.size().y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words.clone()));
    let track = Rect::from_center_size(rect.left_center() + vec2(BAR.x / 2.0, 0.0), BAR);
    ui.painter().rect_filled(track, 2.0, palette.rule);
    let filled = Rect::from_min_size(track.min, vec2(BAR.x * score.clamp(0.0, 1.0), BAR.y));
    ui.painter().rect_filled(filled, 2.0, color);
    ui.painter().galley(rect.right_top() - vec2(galley.size().x, 0.0), galley, palette.weak);
    response
}
