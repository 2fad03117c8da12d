//! The page of a dossier: who it is, what is told of them in cards, and every sentence.

use eframe::egui::{ScrollArea, Ui};

use super::head::head_ui;
use super::sentences::sentences_ui;
use crate::ui::actions::Actions;
use crate::ui::model::Model;
use crate::ui::overview::{Overview, Part};
use crate::ui::overview_view::parts::Parts;
use crate::ui::overview_view::picture::{nothing_ui, part_ui, scene_ui};

pub(in crate::ui::overview_view) fn page_ui(
    ui: &mut Ui,
    model: &Model,
    overview: &mut Overview,
    actions: &mut Actions,
    parts: Parts,
) {
    let room = ui.available_rect_before_wrap();
    let wide = (room.width() - ui.spacing().scroll.allocated_width()).floor().max(120.0);
    let picture = overview.picture((wide, 0.0));
    let told = match (overview.dossier(), overview.cursor.zip(picture.as_ref())) {
        (_, Some((cursor, picture))) => picture.marks.get(cursor).map(|mark| mark.label.clone()).unwrap_or_default(),
        (Some(dossier), None) => format!("Dossier of {}; T shows the data in rows", dossier.portrait.name),
        (None, None) => "No dossier".to_owned(),
    };
    let has_keys = part_ui(ui, overview, (Part::Picture, parts.picture), room, &told);
    let Some((picture, id)) = picture.zip(overview.dossier().map(|dossier| dossier.portrait.id)) else {
        if overview.dossiers().is_some() {
            nothing_ui(ui, overview);
        }
        return;
    };
    let reveal = overview.reveal && overview.part == Part::Picture && overview.cursor.is_none();
    let mut area = ScrollArea::vertical().id_salt(("dossier", model.number, id)).auto_shrink(false);
    if reveal {
        // From its head on.
        overview.reveal = false;
        area = area.vertical_scroll_offset(0.0);
    }
    area.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if let Some(entity) = model.project().entity(id) {
            head_ui(ui, model, overview, actions, entity);
        }
        scene_ui(ui, overview, actions, &picture, (parts.picture, has_keys));
        sentences_ui(ui, model, overview, actions, parts.sentences);
    });
}
