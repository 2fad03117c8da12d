//! The card of a person or country: what the engine's knowledge has of them, and where they are mentioned.

use std::collections::HashSet;

use eframe::egui::{Id, RichText, Sense, Ui, vec2};
use jiff::civil::Date;

use crate::project::{ArticleId, Entity, EntityId, Mention, Project, Schema, Target};
use crate::suggest::knowledge::{self, Leader};
use crate::ui::model::Model;
use crate::ui::theme::{self, Palette};
use crate::ui::{flags, text};

/// Draws the card of the entity that a mention points at.
pub fn card_ui(ui: &mut Ui, model: &Model, mention: &Mention, entity: &Entity) {
    let palette = Palette::get(ui);
    let small = |words: String| RichText::new(words).size(theme::SMALL).color(palette.weak);
    let date = model.project().article(mention.article).and_then(|record| record.article.meta.date);
    let is_country = model.project().tagset().schema(&entity.kind) == Schema::Country;
    let lines = if is_country { country_lines(entity, date) } else { person_lines(model.project(), entity) };
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

fn country_lines(entity: &Entity, date: Option<Date>) -> Vec<String> {
    let Some(facts) = entity.country.and_then(knowledge::country) else { return Vec::new() };
    let mut lines = Vec::new();
    lines.extend(facts.official.map(str::to_owned));
    let mut about = vec![facts.region.to_owned()];
    about.extend(facts.capital.map(|capital| format!("capital {capital}")));
    about.extend(facts.years.map(|years| format!("until {}", years.rsplit('-').next().unwrap_or(years))));
    about.push(facts.code.to_string());
    let about: Vec<String> = about.into_iter().filter(|part| !part.is_empty()).collect();
    lines.push(about.join(" · "));
    if let Some(date) = date {
        let leaders = knowledge::leaders_of(facts.code, date.year());
        lines.extend(leaders.iter().take(3).map(|(name, leader)| format!("{name}, {}", term(leader))));
    }
    lines
}

/// The offices of a person: by the link, or where there is none by the full name.
fn person_lines(project: &Project, entity: &Entity) -> Vec<String> {
    let mut parts = vec![entity.role.clone(), entity.country.map(text::country).unwrap_or_default()];
    parts.retain(|part| !part.is_empty());
    let mut lines: Vec<String> = Some(parts.join(" · ")).filter(|line| !line.is_empty()).into_iter().collect();
    if !project.tagset().get(&entity.kind).is_some_and(crate::project::Kind::is_people) {
        return lines;
    }
    let mut seen = HashSet::new();
    let same = |(name, leader): &(&str, Leader)| match &entity.wikidata {
        Some(item) => leader.wikidata == item,
        None => *name == entity.name,
    };
    let found: Vec<Leader> = knowledge::all_leaders().filter(same).map(|(_, leader)| leader).collect();
    let namesakes = found.iter().any(|leader| Some(leader.wikidata) != found.first().map(|first| first.wikidata));
    if namesakes {
        lines.push("Several people in office bear this name: set the link".to_owned());
        return lines;
    }
    for leader in found.iter().filter(|leader| seen.insert((leader.role, leader.country, leader.from))) {
        lines.push(format!("{}, {}", text::country(leader.country), term(leader)));
    }
    lines
}

/// "president since 2017 (as of 2026)", "prime minister 2021–2022": what has no end may have changed since the table was
/// made.
fn term(leader: &Leader) -> String {
    let role = leader.role;
    let as_of = format!(" (as of {})", leader.as_of);
    match (leader.from, leader.to) {
        (Some(from), Some(to)) if from == to => format!("{role} in {from}"),
        (Some(from), Some(to)) => format!("{role} {from}–{to}"),
        (Some(from), None) => format!("{role} since {from}{as_of}"),
        (None, Some(to)) => format!("{role} until {to}"),
        (None, None) => format!("{role}{as_of}"),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{CountryCode, KindId, Origin};

    fn entity(name: &str, kind: KindId, country: Option<&str>) -> Entity {
        let country = country.and_then(CountryCode::new);
        Entity { country, ..Entity::new(EntityId(0), kind, name, Origin::hand()) }
    }

    #[test]
    fn a_country_has_its_leader_on_the_date() {
        let france = entity("France", KindId::COUNTRY, Some("FR"));
        let lines = |year| country_lines(&france, Some(jiff::civil::date(year, 5, 1))).join("\n");
        assert!(lines(2020).contains("French Republic\nWestern Europe · capital Paris · FR"), "{}", lines(2020));
        assert!(lines(2020).contains("Emmanuel Macron, president since 2017 (as of 2026)"), "{}", lines(2020));
        assert!(lines(2026).contains("Sébastien Lecornu, prime minister since 2025 (as of 2026)"), "{}", lines(2026));
        assert!(!country_lines(&france, None).join("\n").contains("since"));
    }

    #[test]
    fn a_person_has_office_and_years() {
        let project = Project::new();
        let hamdok = entity("Abdalla Hamdok", KindId::PERSON, None);
        assert_eq!(person_lines(&project, &hamdok), ["Sudan, prime minister 2021–2022"]);
        assert!(person_lines(&project, &entity("Nobody Known", KindId::PERSON, None)).is_empty());
    }
}
