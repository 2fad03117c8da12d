//! Where annotators differ, drawn in the place of the article: the cards, the text around what the chosen one is about, and what
//! each chose.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    Align, Atom, Button, CentralPanel, EventFilter, FontId, Frame, Id, Key, Layout, Margin, Modifiers, Panel, Popup,
    Rect, RichText, Role, ScrollArea, Sense, Stroke, TextEdit, Ui, WidgetInfo, vec2,
};

use super::actions::{Action, Actions};
use super::command::Command;
use super::correction::Draft;
use super::correction_view::correction_ui;
use super::list_row::{self, Ground, paint_ground};
use super::model::Model;
use super::settling::{Found, Gap, Listed, Settling, gaps, markdown};
use super::sides::{Usual, side_ui};
use super::text;
use super::theme::{self, Palette};
use crate::compare::{self, Card, Difference, Sort, Verdict};
use crate::project::{Reason, ops};
use crate::text::TextRange;

/// How high a row of the list is, and the least width of the list, in points.
const ROW: f32 = 48.0;
const LIST: f32 = 240.0;
/// About how much of the text is shown on either side of what a card is about, in bytes.
const AROUND: usize = 320;

/// Draws it. It takes keys while it is `free`: no dialog is open above it.
pub fn settling_ui(ui: &mut Ui, model: &Model, free: bool, settling: &mut Settling, actions: &mut Actions) {
    let job = settling.refresh(model.project(), model.number, model.path.as_ref());
    actions.push_all(job.map(|job| Action::Settling(Box::new(job))));
    let palette = Palette::get(ui);
    let bar = |x: i8, y: i8| Frame::new().fill(palette.page).inner_margin(Margin::symmetric(x, y));
    let found = settling.found();
    let listed = match &found {
        Some(Ok(found)) => Some(settling.list(model.project(), (model.number, model.session.revision()), found)),
        _ => None,
    };
    Panel::top("differences head").frame(bar(14, 8)).show_separator_line(false).show(ui, |ui| {
        head_ui(ui, model, settling, actions, listed.as_deref());
    });
    let (Some(Ok(found)), Some(listed)) = (&found, listed) else {
        let problem = found.and_then(Result::err);
        message_ui(ui, problem.as_deref().unwrap_or("Reading and comparing the annotators’ files…"));
        if free && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            actions.push(Action::LeaveSettling(None));
        }
        return;
    };
    if settling.gaps {
        CentralPanel::default().frame(bar(14, 4)).show(ui, |ui| gaps_ui(ui, model, actions));
        if free && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            settling.gaps = false;
        }
        return;
    }
    let id = ui.make_persistent_id("differences");
    if free {
        keys(ui, model, settling, actions, (found, &listed, id));
    }
    let most = (ui.available_width() * 0.5).max(LIST);
    let side = Panel::left("differences list").frame(bar(8, 4));
    side_ui(ui, "differences list", side, Usual(340.0, Rect::width), LIST..=most, |ui| {
        list_ui(ui, settling, found, &listed, id);
    });
    CentralPanel::default().frame(bar(20, 4)).show(ui, |ui| match listed.cards.get(settling.chosen) {
        Some(card) => {
            ScrollArea::vertical().id_salt("card").show(ui, |ui| card_ui(ui, model, settling, actions, (found, card)));
        }
        None => message_ui(ui, "Nothing is open: all that the annotators differ in is settled"),
    });
}

/// The way back, above an article that a card led to.
pub fn back_ui(ui: &mut Ui, settling: &mut Settling, actions: &mut Actions) {
    ui.horizontal(|ui| {
        if ui.button("← Differences").on_hover_text("Back to the cards as they were").clicked() {
            actions.command(Command::Settle);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = ui.button("×").accessible_name("Stay here").on_hover_text("Stay here");
            settling.left &= !close.clicked();
        });
    });
}

fn message_ui(ui: &mut Ui, words: &str) {
    ui.add_space(24.0);
    ui.vertical_centered(|ui| ui.label(RichText::new(words).color(Palette::get(ui).weak)));
}

fn head_ui(ui: &mut Ui, model: &Model, settling: &mut Settling, actions: &mut Actions, listed: Option<&Listed>) {
    let palette = Palette::get(ui);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("Differences").font(theme::strong(16.0)).color(palette.ink));
        ui.add_space(6.0);
        if let Some(listed) = listed {
            let (all, settled) = listed.counts;
            let open = text::count(listed.cards.len(), "card open", "cards open");
            let told = format!(
                "{open} · {} of {} settled",
                text::number(settled),
                text::count(all, "difference", "differences")
            );
            ui.label(RichText::new(told).size(theme::SMALL).color(palette.weak));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = ui.button("×").accessible_name("Close the differences");
            if close.on_hover_text("Back to the article (Esc)").clicked() {
                actions.push(Action::LeaveSettling(None));
            }
            let count = gaps(model.project()).len();
            let name =
                if count > 0 { format!("Gaps in the guidelines ({count})") } else { "Gaps in the guidelines".into() };
            let about = "What was settled because the guidelines do not say";
            if ui.add(Button::selectable(settling.gaps, name)).on_hover_text(about).clicked() {
                settling.gaps = !settling.gaps;
            }
            let about = "Whose choice each is stays hidden";
            if ui.add(Button::selectable(settling.blind, "Hide names")).on_hover_text(about).clicked() {
                settling.blind = !settling.blind;
            }
            let about = "Saves how far the annotators agree, as a web page with charts or as a table (CSV)";
            let report = Button::new("Report…");
            if ui.add_enabled(listed.is_some(), report).on_hover_text(about).clicked() {
                actions.push(Action::SaveReport { blind: settling.blind });
            }
            if ui.button("Read again").on_hover_text("Reads the annotators’ files again").clicked() {
                settling.read_again();
            }
        });
    });
}

/// A card in one line: "place or nothing".
fn choices(difference: &Difference) -> String {
    let options = difference.options();
    let words: Vec<&str> = options.iter().map(|option| option.words.as_deref().unwrap_or("nothing")).collect();
    words.join(" or ")
}

fn list_ui(ui: &mut Ui, settling: &mut Settling, found: &Found, listed: &Listed, id: Id) {
    let rect = ui.available_rect_before_wrap();
    let list = ui.interact(rect, id, Sense::focusable_noninteractive());
    let told = format!("Differences, {} of {}", settling.chosen + 1, listed.cards.len());
    list.widget_info(|| WidgetInfo::labeled(Role::List, true, &told));
    if ui.memory(|memory| memory.focused().is_none()) {
        list.request_focus();
    }
    let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let mut area = ScrollArea::vertical().id_salt("differences").auto_shrink(false);
    if std::mem::take(&mut settling.reveal) {
        let top = settling.chosen as f32 * ROW;
        area = area.vertical_scroll_offset((top - rect.height() / 2.0 + ROW / 2.0).max(0.0));
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    area.show_rows(ui, ROW, listed.cards.len(), |ui, seen| {
        for (at, card) in listed.cards.iter().enumerate().skip(seen.start).take(seen.len()) {
            let Some(difference) = found.difference(card.first) else { continue };
            let palette = Palette::get(ui);
            let (rect, row) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
            let chosen = settling.chosen == at;
            let focused = chosen && list.has_focus();
            paint_ground(ui, rect, Ground { chosen, under: row.hovered(), focused, radius: 5 });
            let inner = rect.shrink2(vec2(10.0, 6.0));
            let times = format!("{}×", text::number(card.differences.len()));
            let times = list_row::elided(ui, &times, FontId::proportional(theme::SMALL), palette.weak, 60.0);
            let width = inner.width() - times.size().x - 8.0;
            let right = inner.right_top() - vec2(times.size().x, 0.0);
            ui.painter().galley(right, times, palette.weak);
            let words = format!("“{}”", one_line(&difference.words));
            let words = list_row::elided(ui, &words, theme::strong(theme::BODY), palette.ink, width);
            ui.painter().galley(inner.min, words, palette.ink);
            let told = format!("{}: {}", difference.sort.name(), choices(difference));
            let small = FontId::proportional(theme::SMALL);
            let line = list_row::elided(ui, &one_line(&told), small, palette.weak, inner.width());
            ui.painter().galley(inner.left_bottom() - vec2(0.0, line.size().y), line, palette.weak);
            let said = format!("“{}”, {told}", difference.words);
            row.widget_info(|| WidgetInfo::selected(Role::ListItem, true, chosen, &said));
            if row.clicked() {
                settling.choose(at);
                list.request_focus();
            }
        }
    });
}

/// The card that is chosen.
fn card_ui(
    ui: &mut Ui,
    model: &Model,
    settling: &mut Settling,
    actions: &mut Actions,
    (found, card): (&Arc<Found>, &Card),
) {
    let palette = Palette::get(ui);
    settling.place = settling.place.min(card.differences.len().saturating_sub(1));
    let at = card.differences.get(settling.place).copied().unwrap_or(card.first);
    let Some((difference, first)) = found.difference(at).zip(found.difference(card.first)) else { return };
    ui.set_max_width(ui.available_width().min(760.0));
    ui.add_space(6.0);
    ui.label(RichText::new(format!("“{}”", one_line(&first.words))).font(theme::strong(18.0)).color(palette.ink));
    let times = text::count(card.differences.len(), "place", "places");
    let sort = text::sentence(first.sort.name());
    ui.label(RichText::new(format!("{sort} · {times}, settled together")).size(theme::SMALL).color(palette.weak));
    ui.add_space(8.0);
    let (whole, title) = found.article(difference);
    Frame::new().fill(palette.panel).stroke(Stroke::new(1.0, palette.rule)).corner_radius(6).inner_margin(14).show(
        ui,
        |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                let count = card.differences.len();
                if count > 1 {
                    let back = ui.add_enabled(settling.place > 0, Button::new("‹")).accessible_name("Previous place");
                    settling.place -= usize::from(back.clicked());
                    ui.label(format!("{} of {}", settling.place + 1, text::number(count)));
                    let on = ui.add_enabled(settling.place + 1 < count, Button::new("›")).accessible_name("Next place");
                    settling.place += usize::from(on.clicked());
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if ui.button("Show in article  Enter").clicked() {
                        show(model, found, actions, at);
                    }
                    let width = ui.available_width();
                    let small = FontId::proportional(theme::SMALL);
                    let galley = list_row::elided(ui, title, small, palette.weak, width);
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.label(galley));
                });
            });
            ui.add_space(6.0);
            ui.label(around(whole, difference.range, palette));
        },
    );
    ui.add_space(10.0);
    let mut verdict = None;
    for (nth, option) in first.options().iter().enumerate() {
        let key = RichText::new(format!("{}  ", nth + 1)).font(theme::strong(theme::BODY)).color(palette.accent);
        let words = option.words.as_deref().unwrap_or("nothing");
        let names: Vec<String> = option.by.iter().map(|by| name(found, *by, settling.blind)).collect();
        let told = format!("{}: {words}, {}", nth + 1, names.join(", "));
        let names = RichText::new(names.join(", ")).size(theme::SMALL).color(palette.weak);
        let shown = RichText::new(text::shortened(&one_line(words), 70)).color(palette.ink);
        let button = Button::new((key, shown, Atom::grow(), names)).min_size(vec2(ui.available_width(), 34.0));
        if ui.add(button).accessible_name(told).clicked() {
            verdict = Some(Verdict::Option(nth));
        }
    }
    ui.add_space(6.0);
    let mut edits = false;
    ui.horizontal_wrapped(|ui| {
        let nothing =
            if first.sort == Sort::Slot { "The slot stays empty" } else { "Nobody is right: nothing stands there" };
        if ui.button("None  N").on_hover_text(nothing).clicked() {
            verdict = Some(Verdict::Nothing);
        }
        edits = ui.button("Edit  E").on_hover_text("Something else is right").clicked();
        if ui.button("Skip  Space").on_hover_text("Comes again after the others").clicked() {
            settling.skip(card);
        }
    });
    if edits {
        edit(model, settling, found, card);
    }
    if let Some(correction) = &mut settling.editing {
        ui.add_space(6.0);
        match correction_ui(ui, model, correction) {
            Some(true) => settle(model, settling, actions, found, card),
            Some(false) => settling.editing = None,
            None => {}
        }
    }
    ui.add_space(12.0);
    ui.label(RichText::new("Why they differ, if you want to note it").size(theme::SMALL).color(palette.weak));
    ui.horizontal_wrapped(|ui| {
        for (reason, key) in REASONS {
            let chosen = settling.reason == Some(reason);
            let name = format!("{}  {}", text::sentence(reason.name()), key.name());
            if ui.add(Button::selectable(chosen, name)).clicked() {
                settling.reason = (!chosen).then_some(reason);
            }
        }
    });
    let note = TextEdit::singleline(&mut settling.note).hint_text("Remark").desired_width(420.0);
    ui.add(note).accessible_name("Remark");
    if let Some(verdict) = verdict {
        decide(settling, actions, found, card.differences.clone(), verdict);
    }
}

/// The keys of reasons.
const REASONS: [(Reason, Key); 3] = [(Reason::Slip, Key::S), (Reason::Ambiguous, Key::A), (Reason::Gap, Key::G)];

/// What an annotator is called, where that may be shown.
fn name(found: &Found, by: usize, blind: bool) -> String {
    match found.names().get(by) {
        Some(name) if !blind => name.clone(),
        _ => compare::letter(by),
    }
}

/// The text around a place, which stands out in it.
fn around(text: &str, range: TextRange, palette: &Palette) -> LayoutJob {
    let (start, end) = (usize::from(range.start()), usize::from(range.end()));
    let from = text.ceil_char_boundary(start.saturating_sub(AROUND));
    let to = text.floor_char_boundary((end + AROUND).min(text.len()));
    let before = text.get(from..start).unwrap_or_default();
    let after = text.get(end..to).unwrap_or_default();
    // Not from the midst of a word, nor across a paragraph.
    let before = before.rsplit_once("\n\n").map_or(before, |(_, last)| last);
    let cut = before.len() == start - from && from > 0;
    let before = if cut { before.split_once(' ').map_or(before, |(_, rest)| rest) } else { before };
    let (after, more) = match after.split_once("\n\n") {
        Some((first, _)) => (first, false),
        None => (after, to < text.len()),
    };
    let after = if more { after.rsplit_once(' ').map_or(after, |(rest, _)| rest) } else { after };
    let mut job = LayoutJob::default();
    let plain = TextFormat { line_height: Some(25.0), ..TextFormat::simple(theme::serif(17.0), palette.ink) };
    let strong = TextFormat { font_id: theme::serif_strong(17.0), background: palette.found, ..plain.clone() };
    job.append(&format!("{}{before}", if cut { "… " } else { "" }), 0.0, plain.clone());
    job.append(text.get(start..end).unwrap_or_default(), 0.0, strong);
    job.append(&format!("{after}{}", if more { " …" } else { "" }), 0.0, plain);
    job
}

/// Begins to say what is right in the place of what anybody chose.
fn edit(model: &Model, settling: &mut Settling, found: &Found, card: &Card) {
    let at = card.differences.get(settling.place).copied().unwrap_or(card.first);
    settling.editing = found.correction(model.project(), at);
}

/// Settles a card with what was said in the place of what anybody chose; words only where they stand.
fn settle(model: &Model, settling: &mut Settling, actions: &mut Actions, found: &Arc<Found>, card: &Card) {
    let Some(correction) = &mut settling.editing else { return };
    match correction.draft.verdict(correction.published(model.project())) {
        Err(problem) => correction.refuse(problem),
        Ok(verdict) => {
            let stands = |at: &usize| match (&correction.draft, &verdict) {
                (Draft::Words(_), Verdict::Edited(words)) => found.stands(*at, words),
                _ => true,
            };
            let differences: Vec<usize> = card.differences.iter().copied().filter(stands).collect();
            if differences.is_empty() {
                let problem = "These words do not stand here. Write them letter by letter as the text has them";
                correction.refuse(problem.to_owned());
            } else {
                decide(settling, actions, found, differences, verdict);
            }
        }
    }
}

fn decide(
    settling: &mut Settling,
    actions: &mut Actions,
    found: &Arc<Found>,
    differences: Vec<usize>,
    verdict: Verdict,
) {
    let (found, decision) = (Arc::clone(found), settling.decision(verdict));
    actions.edit(move |project, stamp| found.settle(project, &differences, &decision, stamp));
}

/// Goes to the article of a difference.
fn show(model: &Model, found: &Found, actions: &mut Actions, at: usize) {
    actions.push(Action::LeaveSettling(found.place(model.project(), at)));
}

/// What keys do while no field has them.
fn keys(
    ui: &Ui,
    model: &Model,
    settling: &mut Settling,
    actions: &mut Actions,
    (found, listed, id): (&Arc<Found>, &Listed, Id),
) {
    let focused = ui.memory(|memory| memory.focused());
    if focused.is_some_and(|focused| focused != id) || ui.text_edit_focused() || Popup::is_any_open(ui.ctx()) {
        return;
    }
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    const NONE: Modifiers = Modifiers::NONE;
    const CTRL: Modifiers = Modifiers::COMMAND;
    if settling.editing.is_some() {
        // Its own keys are the field's.
        return;
    }
    if pressed(NONE, Key::Escape) {
        actions.push(Action::LeaveSettling(None));
    }
    if pressed(CTRL | Modifiers::SHIFT, Key::Z) || pressed(CTRL, Key::Y) {
        actions.command(Command::Redo);
    } else if pressed(CTRL, Key::Z) {
        actions.command(Command::Undo);
    }
    let last = listed.cards.len().saturating_sub(1);
    if pressed(NONE, Key::ArrowDown) {
        settling.choose((settling.chosen + 1).min(last));
    } else if pressed(NONE, Key::ArrowUp) {
        settling.choose(settling.chosen.saturating_sub(1));
    } else if pressed(NONE, Key::Home) {
        settling.choose(0);
    } else if pressed(NONE, Key::End) {
        settling.choose(last);
    }
    let Some(card) = listed.cards.get(settling.chosen) else { return };
    if pressed(NONE, Key::ArrowRight) {
        settling.place = (settling.place + 1).min(card.differences.len().saturating_sub(1));
    } else if pressed(NONE, Key::ArrowLeft) {
        settling.place = settling.place.saturating_sub(1);
    }
    for (reason, key) in REASONS {
        if pressed(NONE, key) {
            settling.reason = Some(reason).filter(|reason| settling.reason != Some(*reason));
        }
    }
    let options = found.difference(card.first).map_or(0, |first| first.options().len());
    let digits = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    if let Some(nth) = digits.into_iter().take(options).position(|key| pressed(NONE, key)) {
        decide(settling, actions, found, card.differences.clone(), Verdict::Option(nth));
    } else if pressed(NONE, Key::N) {
        decide(settling, actions, found, card.differences.clone(), Verdict::Nothing);
    } else if pressed(NONE, Key::E) {
        edit(model, settling, found, card);
    } else if pressed(NONE, Key::Space) {
        settling.skip(card);
    } else if pressed(NONE, Key::Enter) {
        let at = card.differences.get(settling.place).copied().unwrap_or(card.first);
        show(model, found, actions, at);
    }
}

/// The gaps in the guidelines that were noted.
fn gaps_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    let palette = Palette::get(ui);
    let all: Vec<Gap> = gaps(model.project());
    if all.is_empty() {
        message_ui(ui, "No gap has been noted. Press G on a card to note that the guidelines do not say");
        return;
    }
    ui.horizontal(|ui| {
        if ui.button("Copy").clicked() {
            ui.ctx().copy_text(markdown(&all));
        }
        let about = "Adds the list to the end of the guidelines, to be written out there";
        if ui.button("Add to the guidelines").on_hover_text(about).clicked() {
            let list = markdown(&all);
            actions.edit(move |project, stamp| {
                let before = project.guidelines().trim_end();
                let gap = if before.is_empty() { "" } else { "\n\n" };
                ops::set_guidelines(project, &format!("{before}{gap}## To be decided\n\n{list}"), stamp)
            });
        }
    });
    ui.add_space(6.0);
    ScrollArea::vertical().id_salt("gaps").auto_shrink(false).show(ui, |ui| {
        for gap in &all {
            let times = if gap.times > 1 { format!("  {}×", text::number(gap.times)) } else { String::new() };
            let words = format!("“{}”{times}", one_line(&gap.words));
            ui.label(RichText::new(words).font(theme::strong(theme::BODY)).color(palette.ink));
            let notes = if gap.notes.is_empty() { String::new() } else { format!(" · {}", gap.notes.join("; ")) };
            let told = format!("{}: {}{notes}", gap.sort.name(), gap.taken);
            ui.label(RichText::new(told).size(theme::SMALL).color(palette.weak));
            ui.add_space(6.0);
        }
    });
}

/// Words on one line.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
