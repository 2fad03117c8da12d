//! All who are named in what is selected; the one that is chosen has the page.

use eframe::egui::{
    ComboBox, FontId, Id, Key, Rect, RichText, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use super::parted::Parted;
use crate::project::Schema;
use crate::ui::dialogs::select_all;
use crate::ui::list_row::{Ground, elided, paint_ground};
use crate::ui::model::Model;
use crate::ui::overview::{Overview, Part};
use crate::ui::overview_view::picture::part_ui;
use crate::ui::theme::{self, Palette};
use crate::ui::{flags, grid, text};
use crate::views::EntityRow;
use crate::views::dossier::{Listed, Order};

const ROW: f32 = 28.0;

pub(in crate::ui::overview_view) fn list_ui(ui: &mut Ui, model: &Model, overview: &mut Overview, id: Id) {
    let palette = Palette::get(ui);
    ui.set_min_height(ui.available_height());
    let field = TextEdit::singleline(&mut overview.options.listed.words);
    let response = ui.add(field.hint_text("Find a name  /").desired_width(f32::INFINITY));
    let response = response.accessible_name("Find a name");
    if std::mem::take(&mut overview.desk.wants_search) {
        response.request_focus();
        select_all(ui, &response, &overview.options.listed.words);
    }
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    if response.has_focus() && pressed(Key::ArrowDown)
        || response.lost_focus() && (pressed(Key::Enter) || pressed(Key::Escape))
    {
        (overview.part, overview.takes_keys) = (Part::List, true);
    }
    if response.changed() {
        // What is looked for is shown at once.
        overview.options.dossier = None;
    }
    let parted =
        overview.dossiers().map(|(_, dossiers)| Parted { all: dossiers.listed.len(), accepted: dossiers.accepted });
    ui.horizontal(|ui| {
        let combo = ComboBox::from_id_salt("order of names").width(140.0);
        let order = &mut overview.options.listed.order;
        let shown = combo.selected_text(RichText::new(order.name()).size(theme::SMALL)).show_ui(ui, |ui| {
            for other in Order::ALL {
                ui.selectable_value(order, other, other.name());
            }
        });
        shown.response.accessible_name("Order of names");
        let told = parted.map(|parted| text::number(parted.all)).unwrap_or_default();
        ui.label(RichText::new(told).size(theme::SMALL).color(palette.weak));
    });
    ui.add_space(2.0);
    let rect = Rect::from_min_size(ui.cursor().min, ui.available_size());
    let many = parted.map_or(0, |parted| parted.all);
    let has_keys = part_ui(ui, overview, (Part::List, id), rect, &format!("Names, {}", text::number(many)));
    let whose = overview.whose();
    let reveal = has_keys && std::mem::take(&mut overview.reveal);
    let mut chosen = None;
    let Some(((all, dossiers), parted)) = overview.dossiers().zip(parted) else { return };
    if many == 0 {
        let asked = !overview.selection.is_all() || !overview.options.listed.words.trim().is_empty();
        let told = if asked { "No such name in what is selected" } else { "Who and what is tagged appears here" };
        ui.label(RichText::new(told).size(theme::SMALL).color(palette.weak));
        return;
    }
    let row_of = |listed: &Listed| all.entities.get(usize::try_from(listed.entity).ok()?);
    let here = reveal.then(|| {
        let here = |listed: &Listed| row_of(listed).is_some_and(|row| Some(row.id) == whose);
        dossiers.listed.iter().position(here)
    });
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().id_salt("names with a dossier").auto_shrink(false);
    area.show_rows(ui, ROW, parted.lines(), |ui, range| {
        if let Some(here) = here.flatten() {
            grid::reveal(ui, (parted.line(here), range.start), ROW);
        }
        for line in range {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
            let Some(nth) = parted.row(line) else {
                parted.paint(ui, rect);
                continue;
            };
            let Some((listed, row)) = dossiers.listed.get(nth).and_then(|listed| Some((listed, row_of(listed)?)))
            else {
                continue;
            };
            let response = ui.interact(rect, id.with(row.id), Sense::CLICK);
            let told = crate::ui::text::count(listed.count.all() as usize, "mention", "mentions");
            let how = if listed.count.accepted > 0 { "" } else { ", suggested" };
            let label = format!("{}, {told}{how}", row.name);
            response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, Some(row.id) == whose, &label));
            let is_chosen = Some(row.id) == whose;
            let focused = is_chosen && has_keys;
            paint_ground(ui, rect, Ground { chosen: is_chosen, under: response.hovered(), focused, radius: 5 });
            row_ui(ui, model, rect, (listed, row), all.kinds.get(usize::from(row.kind)));
            if response.clicked() {
                chosen = Some(row.id);
            }
            if !model.keyed {
                response.on_hover_text(label);
            }
        }
    });
    if let Some(id) = chosen {
        overview.part = Part::List;
        overview.choose_dossier(id);
    }
}

/// The mark or the flag, the name, and how often it stands in what is selected.
fn row_ui(
    ui: &Ui,
    model: &Model,
    rect: Rect,
    (listed, row): (&Listed, &EntityRow),
    kind: Option<&crate::views::KindRow>,
) {
    let palette = Palette::get(ui);
    let center = pos2(rect.left() + 14.0, rect.center().y);
    match (kind, row.country) {
        (Some(kind), Some(code)) if kind.schema == Schema::Country => {
            flags::paint_flag(ui, Rect::from_center_size(center, vec2(16.0, 12.0)), code);
        }
        (Some(kind), _) => {
            theme::paint_badge(ui.painter(), center, 9.0, palette, model.project().tagset().badge(&kind.id));
        }
        (None, _) => {}
    }
    let ink = if listed.count.accepted > 0 { palette.ink } else { palette.weak };
    let told = text::number(listed.count.all() as usize);
    let right = elided(ui, &told, FontId::proportional(theme::SMALL), palette.weak, 80.0);
    let left = rect.left() + 28.0;
    let room = rect.right() - 14.0 - right.size().x - left;
    let name = elided(ui, &row.name, FontId::proportional(theme::BODY), ink, room);
    let y = |galley: &eframe::egui::Galley| rect.center().y - galley.size().y / 2.0;
    ui.painter().galley(pos2(left, y(&name)), name, ink);
    ui.painter().galley(pos2(rect.right() - 8.0 - right.size().x, y(&right)), right, palette.weak);
}
