//! What is said of the article as a whole: the answers to the tagset's article tags.

use eframe::egui::{Button, CollapsingHeader, ComboBox, RichText, TextEdit, Ui};

use crate::project::{Answer, ArticleId, ArticleTag, Project, ops};
use crate::ui::actions::Actions;
use crate::ui::command::Command;
use crate::ui::keys;
use crate::ui::model::Model;
use crate::ui::theme::{self, Palette};

/// The article tags of the article shown; nothing where the tagset has none.
pub fn article_tags_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, article: ArticleId) {
    let tags = &model.project().tagset().article_tags;
    let Some(record) = model.project().article(article).filter(|_| !tags.is_empty()) else { return };
    let header = CollapsingHeader::new(RichText::new("Article").font(theme::strong(theme::BODY)));
    header.id_salt("article tags").default_open(true).show_unindented(ui, |ui| {
        for tag in tags {
            ui.add_space(2.0);
            let answers = record.tags.get(&tag.id).map(Vec::as_slice).unwrap_or_default();
            if let Some(answers) = tag_ui(ui, article, tag, answers) {
                let id = tag.id.clone();
                actions.edit(move |project, stamp| ops::set_article_tag(project, article, &id, &answers, stamp));
            }
            suggested_ui(ui, model, actions, article, tag);
        }
    });
    ui.add_space(8.0);
}

/// The answers to an article tag that are like those of other articles: a click gives one to the article.
fn suggested_ui(ui: &mut Ui, model: &Model, actions: &mut Actions, article: ArticleId, tag: &ArticleTag) {
    let all = model.learner.suggested_tags(model.project(), article);
    let keys = keys::text(ui.ctx(), &model.keys, Command::AcceptArticleTags);
    let all_at_once = if keys.is_empty() { String::new() } else { format!("; {keys} accepts all suggested tags") };
    let told = format!("Give the article this tag{all_at_once}");
    for suggestion in all.into_iter().filter(|suggestion| suggestion.tag == tag.id) {
        let answer = suggestion.answer.clone();
        ui.horizontal_wrapped(|ui| {
            let button = ui.add(Button::new(format!("+ {answer}")).small().wrap()).on_hover_text(&told);
            if button.accessible_name(format!("Accept {answer} as {}", tag.name)).clicked() {
                let id = tag.id.clone();
                let edit = move |project: &Project, stamp| {
                    ops::add_article_tags(project, article, &[(id, vec![answer])].into(), stamp)
                };
                actions.edit(edit);
            }
            let reason = RichText::new(&suggestion.reason).size(theme::SMALL).color(Palette::get(ui).weak);
            ui.label(reason);
        });
    }
}

/// One article tag; the answers as a person has just set them.
fn tag_ui(ui: &mut Ui, article: ArticleId, tag: &ArticleTag, answers: &[String]) -> Option<Vec<String>> {
    let weak = Palette::get(ui).weak;
    let name = RichText::new(&tag.name).size(theme::SMALL).color(weak);
    match &tag.answer {
        Answer::One(choices) => {
            let mut set = None;
            ui.horizontal(|ui| {
                ui.label(name);
                let shown = answers.first().map_or("–", String::as_str);
                let combo = ComboBox::from_id_salt(("article tag", tag.id.as_str())).selected_text(shown);
                let combo = combo.width(ui.available_width() - 8.0).truncate().show_ui(ui, |ui| {
                    if ui.selectable_label(answers.is_empty(), "–").clicked() {
                        set = Some(Vec::new());
                    }
                    for choice in choices {
                        if ui.selectable_label(answers.contains(choice), choice).clicked() {
                            set = Some(vec![choice.clone()]);
                        }
                    }
                });
                combo.response.accessible_name(format!("Answer to {}", tag.name));
            });
            set
        }
        Answer::Several(choices) => {
            ui.label(name);
            let mut set = None;
            ui.horizontal_wrapped(|ui| {
                for choice in choices {
                    let mut chosen = answers.contains(choice);
                    if ui.checkbox(&mut chosen, choice).clicked() {
                        // In the order in which they are offered.
                        let wanted = |other: &&String| if *other == choice { chosen } else { answers.contains(*other) };
                        set = Some(choices.iter().filter(wanted).cloned().collect());
                    }
                }
            });
            set
        }
        Answer::Text => {
            ui.label(name);
            let id = ui.make_persistent_id(("article tag", article, tag.id.as_str()));
            let current = answers.first().map_or("", String::as_str);
            let typed: Option<String> = ui.data(|data| data.get_temp(id));
            let mut words = typed.unwrap_or_else(|| current.to_owned());
            let field = TextEdit::multiline(&mut words).desired_rows(1).desired_width(f32::INFINITY);
            let response = ui.add(field).accessible_name(format!("Answer to {}", tag.name));
            if response.has_focus() {
                ui.data_mut(|data| data.insert_temp(id, words));
                return None;
            }
            ui.data_mut(|data| data.remove::<String>(id));
            (response.lost_focus() && words.trim() != current).then(|| vec![words.trim().to_owned()])
        }
    }
}
