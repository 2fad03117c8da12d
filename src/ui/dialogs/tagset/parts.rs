//! What rows of kinds and of relations have in common.

use eframe::egui::{self, ComboBox, Role, Sense, Ui, WidgetInfo, vec2};

use crate::project::{Hue, KindId, Mark};
use crate::ui::theme::{self, Palette};

/// What a row asks for.
pub(super) enum Asked {
    Up(usize),
    Down(usize),
    Remove(usize),
}

/// A colour and shape to choose; whether it was.
pub(super) fn swatch_ui(ui: &mut Ui, chosen: bool, hue: Hue, mark: Mark, name: &str) -> bool {
    let palette = Palette::get(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(26.0, 26.0), Sense::click());
    let response = response.on_hover_text(name);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, name.to_owned()));
    ui.painter().rect_filled(rect, 4.0, palette.hue(hue).tint);
    if chosen || response.has_focus() || response.hovered() {
        let color = if chosen { palette.accent } else { palette.weak };
        ui.painter().rect_stroke(rect, 4.0, (2.0, color), egui::StrokeKind::Inside);
    }
    theme::paint_mark(ui.painter(), rect.center(), 11.0, mark, palette.hue(hue).line);
    response.clicked()
}

/// A kind that goes, and what becomes of what it has.
pub(super) struct Going<'a> {
    pub(super) id: &'a KindId,
    pub(super) name: &'a str,
    pub(super) told: String,
    /// What it has, in the plural.
    pub(super) what: &'a str,
    /// The kinds that stay, each with what is said where it is chosen.
    pub(super) others: &'a [(KindId, String)],
    pub(super) into: &'a mut Option<KindId>,
}

/// Asks what becomes of what a kind has that goes; whether the kind is kept instead.
pub(super) fn goes_ui(ui: &mut Ui, going: Going<'_>) -> bool {
    let Going { id, name, told, what, others, into } = going;
    let said = |into: &Option<KindId>| match into {
        Some(into) => others.iter().find(|(id, _)| id == into).map_or("", |(_, said)| said.as_str()),
        None => "go with it",
    };
    // The kind that was chosen may have gone as well.
    if said(into).is_empty() {
        *into = None;
    }
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.label(told);
        let combo = ComboBox::from_id_salt(("going", id.as_str())).selected_text(said(into)).width(180.0);
        let combo = combo.show_ui(ui, |ui| {
            for choice in std::iter::once(None).chain(others.iter().map(|(id, _)| Some(id.clone()))) {
                if ui.selectable_label(*into == choice, said(&choice)).clicked() {
                    *into = choice;
                }
            }
        });
        combo.response.accessible_name(format!("What becomes of the {what} of {name}"));
        ui.button("Keep").accessible_name(format!("Keep {name}")).clicked()
    })
    .inner
}
