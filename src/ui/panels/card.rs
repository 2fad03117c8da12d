//! The card of a person or country: what the engine's knowledge has of them, and where they are mentioned.

use std::collections::HashSet;

use crate::project::{ArticleId, Entity, EntityId, Mention, Schema, Target};
use crate::ui::model::Model;
use crate::ui::theme::{self, Palette};
use crate::ui::{flags, text};
use crate::views::dossier::known_lines;
use eframe::egui::{Id, RichText, Sense, Ui, vec2};

/// Draws the card of the entity that a mention points at.
pub fn card_ui(ui: &mut Ui, model: &Model, mention: &Mention, entity: &Entity) {
    let palette = Palette::get(ui);
    let small = |words: String| RichText::new(words).size(theme::SMALL).color(palette.weak);
    let date = model.project().article(mention.article).and_then(|record| record.article.meta.date);
    let is_country = model.project().tagset().schema(&entity.kind) == Schema::Country;
    let own = own_line(entity).filter(|_| !is_country);
    let lines = own.into_iter().chain(known_lines(model.project().tagset(), entity, date));
    ui.horizontal_top(|ui| {
        if let Some(code) = entity.country.filter(|_| is_country) {
            let (rect, response) = ui.allocate_exact_size(vec2(40.0, 30.0), Sense::hover());
            flags::paint_flag(ui, rect, code);
            let name = format!("Flag of {}", text::country(code));
            response.on_hover_text(&name).accessible_name(name);
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for line in lines {
                ui.add(eframe::egui::Label::new(small(line)).wrap());
            }
            ui.label(small(usage_line(ui, model, mention, entity)));
        });
    });
}

/// Role and country, where it is no country itself.
fn own_line(entity: &Entity) -> Option<String> {
    let parts = [entity.role.clone(), entity.country.map(text::country).unwrap_or_default()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// "3 mentions here, 21 in 6 articles", counted once for each revision.
fn usage_line(ui: &Ui, model: &Model, mention: &Mention, entity: &Entity) -> String {
    let id = Id::unique("usage of an entity");
    let of = (entity.id, mention.article, model.number, model.session.revision());
    let known: Option<((EntityId, ArticleId, u64, u64), String)> = ui.data(|data| data.get_temp(id));
    if let Some((_, line)) = known.filter(|(known, _)| *known == of) {
        return line;
    }
    let live = model.project().mentions_of(Target::Entity(entity.id)).filter(|mention| mention.is_live());
    let articles: Vec<_> = live.map(|mention| mention.article).collect();
    let here = articles.iter().filter(|article| **article == mention.article).count();
    let all = articles.iter().collect::<HashSet<_>>().len();
    let mut line = format!("{} here", text::count(here, "mention", "mentions"));
    if all > 1 {
        line.push_str(&format!(", {} in {all} articles", text::number(articles.len())));
    }
    let kept = (of, line.clone());
    ui.data_mut(|data| data.insert_temp(id, kept));
    line
}
