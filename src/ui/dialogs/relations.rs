//! The relations of all articles: those of a kind, with words, or with a state; a click goes to one.

use eframe::egui::{self, Button, ComboBox, Key, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::{choose_by_arrows, first_field, free_height, modal};
use crate::project::Status;
use crate::ui::actions::{Action, Actions};
use crate::ui::forms::RelationsForm;
use crate::ui::model::Model;
use crate::ui::text;
use crate::ui::theme::{self, Palette};

/// How high a row is, in points.
const ROW: f32 = 26.0;

const STATES: [(Option<Status>, &str); 4] = [
    (None, "Suggested and accepted"),
    (Some(Status::Suggested), "Suggested"),
    (Some(Status::Accepted), "Accepted"),
    (Some(Status::Rejected), "Rejected"),
];

pub(super) fn relations_ui(ui: &Ui, model: &Model, actions: &mut Actions, form: &mut RelationsForm) -> bool {
    let (project, tagset) = (model.project(), model.project().tagset());
    let (mut picked, mut listed) = (None, false);
    let left = modal(ui, "Relations", 720.0, |ui| {
        ui.horizontal_wrapped(|ui| {
            let name =
                |kind: &Option<_>| kind.as_ref().map_or("All kinds", |kind| tagset.relation_name(kind)).to_owned();
            let combo = ComboBox::from_id_salt("kind of relations").selected_text(name(&form.kind)).width(150.0);
            let combo = combo.show_ui(ui, |ui| {
                for kind in std::iter::once(None).chain(tagset.relations.iter().map(|kind| Some(kind.id.clone()))) {
                    if ui.selectable_label(form.kind == kind, name(&kind)).clicked() {
                        form.kind = kind;
                    }
                }
            });
            combo.response.accessible_name("Kind of relations");
            let now = STATES.iter().find(|(status, _)| *status == form.status).map_or("", |(_, name)| name);
            let combo = ComboBox::from_id_salt("state of relations").selected_text(now).width(180.0);
            let combo = combo.show_ui(ui, |ui| {
                for (status, name) in STATES {
                    ui.selectable_value(&mut form.status, status, name);
                }
            });
            combo.response.accessible_name("State of relations");
            let field = TextEdit::singleline(&mut form.words).hint_text("Names, note or title");
            let field = ui.add(field.desired_width(ui.available_width().max(160.0) - 8.0));
            first_field(ui, &field.accessible_name("Words of relations"));
        });
        let enter = ui.input(|input| input.key_pressed(Key::Enter));
        let count = form.listed(project, model.session.revision()).len();
        let mut chosen = form.chosen;
        let moved = choose_by_arrows(ui, &mut chosen, count);
        form.chosen = chosen;
        ui.add_space(6.0);
        let height = free_height(ui, 240.0);
        let mut area = ScrollArea::vertical().max_height(height).auto_shrink(false);
        if moved {
            let top = chosen as f32 * (ROW + ui.spacing().item_spacing.y);
            area = area.vertical_scroll_offset((top - height / 2.0).max(0.0));
        }
        let palette = Palette::get(ui);
        let kind = form.kind.clone();
        let found = form.listed(project, model.session.revision());
        area.show_rows(ui, ROW, count, |ui, seen| {
            for (index, row) in found.iter().enumerate().skip(seen.start).take(seen.len()) {
                let title = project.article(row.article).map_or("", |record| record.article.meta.title.as_str());
                let title = RichText::new(text::shortened(title, 36)).size(theme::SMALL).color(palette.weak);
                let sign = match row.status {
                    Status::Suggested => "○",
                    Status::Accepted => "✓",
                    Status::Rejected => "✗",
                };
                let color = palette.hue(tagset.relation_hue(&row.kind)).line;
                let name = RichText::new(text::shortened(tagset.relation_name(&row.kind), 24)).color(color);
                let from = RichText::new(format!("{sign}  {}", text::shortened(&row.from, 30)));
                let to = RichText::new(text::shortened(&row.to, 30));
                let label = (from, name, to, egui::Atom::grow(), title);
                let button = Button::selectable(index == chosen, label).min_size(vec2(ui.available_width(), ROW));
                let spoken = format!("{} {} {}", row.from, tagset.relation_name(&row.kind), row.to);
                if ui.add(button).accessible_name(spoken).clicked() {
                    picked = Some(row.id);
                }
            }
        });
        ui.horizontal(|ui| {
            ui.weak(text::count(count, "relation", "relations"));
            if let Some(kind) = kind {
                let list =
                    ui.button("List their articles").on_hover_text("Show in the list only articles that have some");
                if list.clicked() {
                    actions.push(Action::ListRelated(kind));
                    listed = true;
                }
            }
        });
        if enter && !egui::Popup::is_any_open(ui.ctx()) {
            picked = picked.or(found.get(chosen).map(|row| row.id));
        }
    });
    let done = picked.is_some() || listed;
    picked.into_iter().for_each(|id| actions.push(Action::SelectRelation(id)));
    left || done
}
