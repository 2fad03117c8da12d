//! The editor in the card of a difference: what is right in the place of what anybody chose.

use eframe::egui::{Button, Frame, Id, Key, Popup, RichText, Stroke, TextEdit, Ui};

use super::correction::{Correction, Draft};
use super::dialogs::select_all;
use super::model::Model;
use super::panels::{Choice, chip_ui, pick_days_ui, pick_party_ui, pick_type_ui, picker_ui, reality_ui};
use super::relating::kinds;
use super::text;
use super::theme::{self, Palette};
use crate::project::{KindId, RelationKind};

/// How wide a field is, in points.
const FIELD: f32 = 320.0;

/// What a person did with the field.
enum Did {
    Nothing,
    /// They said something, and go on to the button that settles.
    Picked,
    /// They are done.
    Entered,
}

/// Draws the editor; true once it is to be settled, false once it is left.
pub(super) fn correction_ui(ui: &mut Ui, model: &Model, correction: &mut Correction) -> Option<bool> {
    let palette = Palette::get(ui);
    // Escape closes a menu first.
    let free = !Popup::is_any_open(ui.ctx());
    let published = correction.published(model.project());
    let mut answer = None;
    Frame::new().fill(palette.panel).stroke(Stroke::new(1.0, palette.rule)).corner_radius(6).inner_margin(12).show(
        ui,
        |ui| {
            ui.set_width(ui.available_width());
            ui.label(RichText::new(heading(&correction.draft)).size(theme::SMALL).color(palette.weak));
            ui.add_space(2.0);
            let before = correction.draft.clone();
            let did = ui.horizontal_wrapped(|ui| draft_ui(ui, model, correction)).inner;
            if correction.draft != before {
                correction.problem = None;
            }
            if let Some(problem) = &correction.problem {
                ui.label(RichText::new(problem).size(theme::SMALL).color(palette.error));
            } else if let Some(read) = correction.draft.understood(published) {
                ui.label(RichText::new(read).size(theme::SMALL).color(palette.weak));
            }
            ui.add_space(4.0);
            ui.horizontal(|ui| {
                let full = !correction.draft.is_empty();
                let settle = ui.add_enabled(full, Button::new("Settle  Enter"));
                if settle.clicked() || full && matches!(did, Did::Entered) {
                    answer = Some(true);
                }
                if matches!(did, Did::Picked) {
                    settle.request_focus();
                }
                let cancel = ui.button("Cancel  Esc").clicked();
                if cancel || free && ui.input(|input| input.key_pressed(Key::Escape)) {
                    answer = Some(false);
                }
            });
        },
    );
    answer
}

/// What is asked for.
fn heading(draft: &Draft) -> &'static str {
    match draft {
        Draft::Kind(_) => "The right kind",
        Draft::Words(_) => "The right words, as they stand in the text",
        Draft::Name(_) => "Who it is",
        Draft::Event(_) => "The event that it tells of",
        Draft::Type(_) => "The right type",
        Draft::Parties(..) => "Who takes part: type a name, or take one out",
        Draft::Place(_) => "Where it took place",
        Draft::Date(_) => "When it took place",
        Draft::Reality(..) => "How real it is",
        Draft::Figures(_) => "The numbers told with it, parted by semicolons",
        Draft::Relation(..) => "The right relation",
    }
}

fn draft_ui(ui: &mut Ui, model: &Model, correction: &mut Correction) -> Did {
    let fresh = std::mem::take(&mut correction.fresh);
    let published = correction.published(model.project());
    match &mut correction.draft {
        Draft::Kind(kind) => {
            let tagset = model.project().tagset();
            let all = || tagset.kinds.iter().map(|kind| (kind.name.to_string(), kind.id.clone()));
            pick_ui(ui, ("The right kind", tagset.name_of(kind).to_owned()), fresh, all, |picked| *kind = picked)
        }
        Draft::Event(told) => {
            let all = || correction.events.iter().map(|event| (text::sentence(event), event.clone()));
            pick_ui(ui, ("The right event", text::sentence(told)), fresh, all, |picked| *told = picked)
        }
        Draft::Words(words) => field_ui(ui, ("The right words", "The words as they stand in the text"), words, fresh),
        Draft::Name(name) => field_ui(ui, ("Who it is", "A name"), name, fresh),
        Draft::Place(name) => field_ui(ui, ("The right place", "A town, a region or a country"), name, fresh),
        Draft::Figures(figures) => field_ui(ui, ("The right figures", "12 killed; 30 injured"), figures, fresh),
        Draft::Date(date) => {
            let did = field_ui(ui, ("The right date", "4 Feb 2022, or last Friday"), date, fresh);
            let days = super::typed::days(date.trim(), published);
            match pick_days_ui(ui, Id::unique(("days that are given", model.number)), days, published) {
                Some((start, end)) => {
                    *date = text::days_in_full(start, end);
                    Did::Nothing
                }
                None => did,
            }
        }
        Draft::Type(kind) => {
            let picked = pick_type_ui(ui, Id::unique(("type that is given", model.number)), *kind, fresh);
            picked.map_or(Did::Nothing, |picked| {
                *kind = picked;
                Did::Picked
            })
        }
        Draft::Parties(role, all) => {
            let mut gone = None;
            for (index, party) in all.iter().enumerate() {
                if chip_ui(ui, party.name(), false).is_some() {
                    gone = Some(index);
                }
            }
            if let Some(index) = gone {
                all.remove(index);
            }
            let place = (correction.place.unwrap_or_default(), *role);
            let (_, picked) = pick_party_ui(ui, model, place, all, fresh);
            picked.map_or(Did::Nothing, |party| {
                all.push(party);
                Did::Picked
            })
        }
        Draft::Reality(polarity, modality) => {
            let before = *modality;
            let menu = reality_ui(ui, "given", polarity, modality);
            if fresh {
                menu.request_focus();
            }
            if *modality == before { Did::Nothing } else { Did::Picked }
        }
        Draft::Relation(kind, turned) => relation_ui(ui, model, &correction.ends, (kind, turned), fresh),
    }
}

/// The kind of a relation between its ends, and a button that turns it round.
fn relation_ui(
    ui: &mut Ui,
    model: &Model,
    ends: &[String; 2],
    (kind, turned): (&mut KindId, &mut bool),
    fresh: bool,
) -> Did {
    let palette = Palette::get(ui);
    let all = kinds(model.project());
    let named = |id: &KindId| all.iter().find(|kind| kind.id == *id);
    let name = named(kind).map_or_else(|| kind.as_str().to_owned(), |kind| kind.name.to_string());
    let symmetric = named(kind).is_some_and(|kind| kind.symmetric);
    let [one, other] = ends;
    let (from, to) = if *turned && !symmetric { (other, one) } else { (one, other) };
    let end =
        |words: &str| RichText::new(text::shortened(words, 30)).font(theme::strong(theme::BODY)).color(palette.ink);
    ui.label(end(from));
    let rows = || all.iter().map(|kind: &RelationKind| (kind.name.to_string(), kind.id.clone()));
    let did = pick_ui(ui, ("The right relation", name), fresh, rows, |picked| *kind = picked);
    ui.label(end(to));
    let turn = ui.add_enabled(!symmetric, Button::new("⇄")).on_hover_text("The other way round");
    if turn.accessible_name("Turn the relation round").clicked() {
        *turned = !*turned;
    }
    did
}

/// A button with what is chosen that opens a menu of all, to find another by typing.
fn pick_ui<T: Clone, I: Iterator<Item = (String, T)>>(
    ui: &mut Ui,
    (what, chosen): (&str, String),
    fresh: bool,
    all: impl Fn() -> I,
    mut take: impl FnMut(T),
) -> Did {
    let choices = |typed: &str| {
        let mut found: Vec<(u8, Choice<T>)> = all()
            .filter_map(|(name, value)| Some((text::rank(&name, typed)?, Choice { name, about: String::new(), value })))
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, choice)| choice).collect()
    };
    let button = Button::new(format!("{}  ⏷", text::shortened(&chosen, 60)));
    let (response, picked) = picker_ui(ui, button, (Id::unique(what), what), fresh, choices);
    response.accessible_name(what);
    match picked {
        Some(picked) => {
            take(picked);
            Did::Picked
        }
        None => Did::Nothing,
    }
}

fn field_ui(ui: &mut Ui, (name, hint): (&str, &str), value: &mut String, fresh: bool) -> Did {
    let response = ui.add(TextEdit::singleline(value).hint_text(hint).desired_width(FIELD)).accessible_name(name);
    if fresh {
        response.request_focus();
        select_all(ui, &response, value);
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if entered { Did::Entered } else { Did::Nothing }
}
