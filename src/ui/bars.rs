//! The review bar below the article and the status line below everything.

use eframe::egui::{Align, Button, Frame, Layout, Margin, ProgressBar, RichText, Sense, Ui, vec2};

use super::actions::{Action, Actions};
use super::command::{Command, Digit, Mode};
use super::commands::available;
use super::model::Model;
use super::state::State;
use super::theme::{self, Palette};
use super::{keys, menu, text};
use crate::project::{Mention, Status};
use crate::store::ReviewOrder;

/// What is selected, and the keys that count for it.
pub fn review_bar_ui(ui: &mut Ui, state: &State, actions: &mut Actions, mode: Mode) {
    let palette = Palette::get(ui);
    Frame::new().fill(palette.panel).inner_margin(Margin::symmetric(16, 7)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                hints_ui(ui, state, actions, mode);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| what_ui(ui, &state.model, palette));
            });
        });
    });
}

/// What the keys apply to, at the left.
fn what_ui(ui: &mut Ui, model: &Model, palette: &Palette) {
    let open = model.open_count();
    let chosen = model.chosen().len();
    if chosen > 1 {
        ui.add(eframe::egui::Label::new(format!("{chosen} rows selected")).truncate());
    } else if let Some((relation, (from, to))) =
        model.selected_relation().and_then(|relation| Some((relation, model.project().ends(relation)?)))
    {
        let (rect, _) = ui.allocate_exact_size(vec2(12.0, 16.0), Sense::hover());
        let tagset = model.project().tagset();
        let color = palette.hue(tagset.relation_hue(&relation.kind)).line;
        ui.painter().hline(rect.x_range(), rect.center().y, (2.0, color));
        let name = |mention: &Mention| text::shortened(model.project().target_name(mention), 28);
        let line = format!("{} {} {}", name(from), tagset.relation_name(&relation.kind), name(to));
        ui.add(eframe::egui::Label::new(RichText::new(line).color(palette.ink)).truncate());
    } else if let Some(mention) = model.selected_mention() {
        let (rect, _) = ui.allocate_exact_size(vec2(10.0, 16.0), Sense::hover());
        let badge = model.project().tagset().badge(&mention.kind);
        theme::paint_badge(ui.painter(), rect.center(), 9.0, palette, badge);
        if model.drawn().is_some() {
            let mark = RichText::new(DRAWN).size(theme::SMALL).color(palette.weak);
            ui.label(mark).on_hover_text(
                "One suggestion in ten is picked at random, however sure the engine is. Your decisions on these show how often \
                 suggestions are right: point at a section heading, such as People",
            );
        }
        let label = RichText::new(selected_line(model, mention)).color(palette.ink);
        ui.add(eframe::egui::Label::new(label).truncate());
    } else if let Some(caret) = model.caret {
        let words = model.text().get(crate::text::bytes(caret.range())).unwrap_or_default();
        let line = if words.is_empty() {
            "Select words, then press a number to tag them".to_owned()
        } else {
            format!("“{}”", text::shortened(&words.replace(['\n', '\r'], " "), 48))
        };
        ui.add(eframe::egui::Label::new(RichText::new(line).color(palette.ink)).truncate());
    } else if model.is_waiting() {
        ui.add(eframe::egui::Label::new("The engine is still reading this article").truncate());
    } else if open > 0 {
        let order = match model.settings.review_order {
            ReviewOrder::Text => None,
            ReviewOrder::Uncertain => Some("most uncertain first"),
            ReviewOrder::Entity => Some("by who and what"),
            ReviewOrder::Kind => Some("by kind"),
            ReviewOrder::Saves => Some("most work saved first"),
        };
        // In a narrow bar the order matters more than the word.
        let line = match order {
            None => format!("{} to review", text::count(open, "suggestion", "suggestions")),
            Some(order) => format!("{} to review, {order}", text::number(open)),
        };
        ui.add(eframe::egui::Label::new(line).truncate());
    } else if model.article.is_none_or(|id| model.project().shown(id).next().is_none()) {
        let tag = model.article.and_then(|id| model.project().article(id)).map(|record| &record.article.meta.language);
        let line =
            tag.filter(|tag| text::is_unread(tag)).map(|tag| format!("No suggestions for {}", text::language(tag)));
        let line = line.unwrap_or_else(|| "No tags yet".to_owned());
        ui.add(eframe::egui::Label::new(RichText::new(line).color(palette.weak)).truncate());
    } else {
        ui.label("All suggestions reviewed");
    }
}

fn selected_line(model: &Model, mention: &Mention) -> String {
    let name = model.project().target_name(mention);
    let quote = text::shortened(&mention.quote, 40);
    if name == mention.quote { quote } else { format!("{quote} → {}", text::shortened(name, 40)) }
}

/// Said of a suggestion that was picked at random.
const DRAWN: &str = "picked at random";
/// What the line about the state of the review needs at least, in points.
const STATE: f32 = 170.0;
/// About the width of a letter of a button, and of what is around them.
const LETTER: f32 = 7.5;
const BUTTON: f32 = 30.0;
/// What the menu takes of the commands that do not fit.
const MORE: f32 = 40.0;

/// The commands that fit, each a button with its key; the first stands leftmost.
fn hints_ui(ui: &mut Ui, state: &State, actions: &mut Actions, mode: Mode) {
    let selected = state.model.selected_mention();
    let rejected = selected.is_some_and(|mention| mention.status == Status::Rejected);
    let learned = available(state, Command::NotHere);
    let relation = state.model.selected_relation();
    let commands: &[Command] = match (mode, selected) {
        _ if available(state, Command::Merge) => &[Command::Merge, Command::Leave],
        (Mode::Caret, _) => {
            &[Command::Kind(Digit::One), Command::Kind(Digit::Two), Command::Kind(Digit::Three), Command::TagAll]
        }
        (_, Some(_)) if relation.is_some_and(|relation| !relation.is_live()) => {
            &[Command::BringBack, Command::NextSuggestion]
        }
        (_, Some(_)) if relation.is_some() => {
            &[Command::Accept, Command::Reject, Command::Skip, Command::TurnRelation, Command::EditTag]
        }
        (_, Some(_)) if rejected && learned => {
            &[Command::NotHere, Command::Forget, Command::Accept, Command::NextSuggestion]
        }
        (_, Some(_)) if learned => {
            &[Command::Accept, Command::Reject, Command::NotHere, Command::Forget, Command::Skip, Command::EditTag]
        }
        (_, Some(_)) if rejected => &[Command::BringBack, Command::NextSuggestion],
        (_, Some(_)) => &[Command::Accept, Command::Reject, Command::Skip, Command::EditTag, Command::Relate],
        (_, None) => &[Command::NextSuggestion, Command::FinishArticle],
    };
    let commands: Vec<(Command, String, String)> = commands
        .iter()
        .filter(|command| available(state, **command))
        .map(|command| {
            (*command, menu::title(&state.model, *command), keys::text(ui.ctx(), &state.model.keys, *command))
        })
        .collect();
    let width = |(_, title, keys): &(Command, String, String)| {
        LETTER * (title.chars().count() + keys.chars().count()) as f32 + BUTTON
    };
    let room = ui.available_width() - STATE;
    let all: f32 = commands.iter().map(width).sum();
    let mut room = if all > room { room - MORE } else { room };
    // In a narrow window the first ones matter most; the rest stand in a menu.
    let fitting = commands.iter().take_while(|command| {
        room -= width(command);
        room >= 0.0
    });
    let (shown, rest) = commands.split_at(fitting.count().max(1).min(commands.len()));
    if !rest.is_empty() {
        let more = ui.menu_button("⋯", |ui| {
            for (command, title, keys) in rest {
                if ui.add(Button::new(title).shortcut_text(keys)).clicked() {
                    actions.command(*command);
                }
            }
        });
        more.response.accessible_name("More commands").on_hover_text("More commands");
    }
    for (command, title, keys) in shown.iter().rev() {
        let button = Button::new(title).shortcut_text(RichText::new(keys).size(theme::SMALL));
        if ui.add(button).clicked() {
            actions.command(*command);
        }
    }
}

/// Saved or not, how much is open, what the engine does.
pub fn status_line_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    let palette = Palette::get(ui);
    let quiet = |words: String| RichText::new(words).size(theme::SMALL).color(palette.weak);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 14.0;
        ui.label(quiet(saved_line(model)));
        if let Some(problem) = &model.safety.problem {
            let warning = RichText::new("Changes are not safe").size(theme::SMALL).color(palette.error);
            ui.label(warning).on_hover_text(problem);
        }
        if model.article.is_some() {
            let open = model.open_count();
            ui.label(quiet(format!("{} open", text::number(open))));
        }
        if model.project().article_count() > 1 {
            ui.label(quiet(text::count(model.project().article_count(), "article", "articles")));
        }
        jobs_ui(ui, model, actions, &quiet);
    });
}

fn saved_line(model: &Model) -> String {
    let name = model.path.as_ref().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_else(|| "Unnamed project".to_owned());
    let mark = match (model.jobs.saving, model.session.is_modified()) {
        (true, _) => "saving",
        (false, true) => "modified",
        (false, false) if model.read_only => "read-only",
        (false, false) if model.path.is_none() => return "Empty project".to_owned(),
        (false, false) => "saved",
    };
    format!("{name} · {mark}")
}

fn jobs_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, quiet: &impl Fn(String) -> RichText) {
    let jobs = &model.jobs;
    if jobs.reading > 0 {
        let done = jobs.reading_of.saturating_sub(jobs.reading);
        let (file, all) = (text::number(done + 1), text::number(jobs.reading_of));
        ui.label(quiet(format!("Reading {file} of {all} files")));
        if jobs.reading_of > 1 {
            let part = done as f32 / jobs.reading_of as f32;
            ui.add(ProgressBar::new(part).desired_width(120.0).desired_height(6.0));
        }
        if ui.small_button("Cancel").accessible_name("Cancel reading").clicked() {
            actions.push(Action::CancelRead);
        }
    }
    if jobs.importing {
        ui.label(quiet("Importing".to_owned()));
    }
    if jobs.exporting {
        ui.label(quiet("Exporting".to_owned()));
    }
    if jobs.queued == 0 {
        ui.label(quiet("Engine idle".to_owned()));
        return;
    }
    let done = jobs.queued_of.saturating_sub(jobs.queued);
    ui.label(quiet(format!("Suggesting {} of {}", text::number(done + 1), text::number(jobs.queued_of))));
    if jobs.queued_of > 1 {
        let part = done as f32 / jobs.queued_of as f32;
        ui.add(ProgressBar::new(part).desired_width(120.0).desired_height(6.0));
        if ui.small_button("Cancel").accessible_name("Cancel suggestions").clicked() {
            actions.command(Command::CancelSuggest);
        }
    }
}
