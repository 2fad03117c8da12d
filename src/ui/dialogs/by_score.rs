//! Many suggestions decided at once by how sure the engine is: those above a score accepted, or those below it rejected.

use eframe::egui::{Button, RichText, Slider, Ui, vec2};

use super::{main_ui, modal, right_ui};
use crate::project::{Mention, MentionId, ops};
use crate::ui::actions::Actions;
use crate::ui::forms::ByScoreForm;
use crate::ui::model::Model;
use crate::ui::text;
use crate::ui::theme::{self, Palette};

impl ByScoreForm {
    fn least(&self) -> f32 {
        f32::from(self.least) / 100.0
    }

    /// The open suggestions that the choice is about, with their scores; those without one are left alone.
    fn open<'s>(&self, model: &'s Model) -> impl Iterator<Item = (&'s Mention, f32)> {
        let project = model.project();
        let mentions = match model.article.filter(|_| !self.everywhere) {
            Some(article) => project.mentions(article),
            None => &[],
        };
        let all = self.everywhere.then(|| project.all_mentions()).into_iter().flatten();
        let spared = self.spared.clone();
        let level = project.level();
        let wanted =
            move |mention: &&Mention| mention.is_open() && mention.stands_out(level) && !spared.contains(&mention.kind);
        mentions.iter().chain(all).filter(wanted).filter_map(|mention| Some((mention, model.score(mention)?)))
    }

    /// How many are below the score, and how many are not.
    fn counts(&mut self, model: &Model) -> (usize, usize) {
        let of = (
            self.spared.clone(),
            self.everywhere,
            model.article,
            (model.session.revision(), model.learner.memory.fitted()),
        );
        if self.scores.as_ref().is_none_or(|(known, _)| *known != of) {
            let mut scores: Vec<f32> = self.open(model).map(|(_, score)| score).collect();
            scores.sort_by(f32::total_cmp);
            self.scores = Some((of, scores));
        }
        let scores = self.scores.as_ref().map(|(_, scores)| scores.as_slice()).unwrap_or_default();
        let below = scores.partition_point(|score| *score < self.least());
        (below, scores.len() - below)
    }

    /// Those below the score, or the others.
    fn ids(&self, model: &Model, below: bool) -> Vec<MentionId> {
        let open = self.open(model);
        open.filter(|(_, score)| (*score < self.least()) == below).map(|(mention, _)| mention.id).collect()
    }
}

pub(super) fn by_score_ui(ui: &Ui, model: &Model, actions: &mut Actions, form: &mut ByScoreForm) -> bool {
    let mut done = false;
    let left = modal(ui, "Decide by score", 460.0, |ui| {
        let weak = Palette::get(ui).weak;
        ui.label("A score of 90 % means that nine in ten such suggestions are right");
        ui.add_space(10.0);
        ui.spacing_mut().slider_width = 330.0;
        let slider = Slider::new(&mut form.least, 0..=100).suffix(" %").clamping(eframe::egui::SliderClamping::Always);
        ui.add(slider).accessible_name("Score");
        ui.add_space(10.0);
        super::kinds_ui(ui, model, &mut form.spared);
        if model.project().article_count() > 1 {
            ui.horizontal(|ui| {
                ui.radio_value(&mut form.everywhere, false, "This article");
                ui.radio_value(&mut form.everywhere, true, "All articles");
            });
        }
        let (below, above) = form.counts(model);
        let words = match below + above {
            0 => "No suggestion is open here".to_owned(),
            all => {
                let all = text::count(all, "suggestion", "suggestions");
                format!("Of {all} {} have {} % or more", text::number(above), form.least)
            }
        };
        ui.add_space(6.0);
        ui.label(RichText::new(words).size(theme::SMALL).color(weak));
        ui.add_space(14.0);
        right_ui(ui, |ui| {
            if main_ui(ui, &format!("Accept {}", text::number(above)), above > 0) {
                let ids = form.ids(model, false);
                actions.edit(move |project, stamp| ops::accept(project, &ids, stamp));
                done = true;
            }
            let reject = Button::new(format!("Reject the other {}", text::number(below))).min_size(vec2(72.0, 28.0));
            if ui.add_enabled(below > 0, reject).clicked() {
                let ids = form.ids(model, true);
                actions.edit(move |project, stamp| ops::reject(project, &ids, stamp));
                done = true;
            }
            done |= ui.add(Button::new("Cancel").min_size(vec2(72.0, 28.0))).clicked();
        });
    });
    left || done
}
