//! A small project for the views of the whole collection, and its window.
#![allow(dead_code, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use eframe::egui::accesskit::Role as Part;
use egui_kittest::kittest::{NodeT, Queryable};
use jiff::civil::date;
use rubricator::project::{
    Answer, ArticleTag, EventDate, EventId, EventPlace, EventType, KindId, Origin, Participant, Plover, Project, Role,
    Target, ops,
};
use rubricator::store::{Settings, save_project};
use rubricator::text::{Article, Metadata, Text, byte_range};
use rubricator::ui::command::Command;

use super::{Window, as_run, stamp};

const TEXTS: [(&str, &str, &str); 3] = [
    ("Raid in Kano", "Daily Post", "Gunmen raided a school in Kano, where Amina Bello of Nigeria lives. Talks failed."),
    ("After the raid", "Daily Post", "President Amina Bello mourned. Nigeria sent envoys to Ghana, who met there."),
    ("In Abuja", "Herald", "Envoys of Ghana protested in Abuja."),
];

fn range_of(project: &Project, nth: usize, words: &str) -> text_size::TextRange {
    let start = project.text(project.article_ids()[nth]).find(words).unwrap();
    byte_range(start, start + words.len()).unwrap()
}

fn tag(project: &mut Project, nth: usize, words: &str, kind: &KindId, accepted: bool) -> Target {
    let article = project.article_ids()[nth];
    let range = range_of(project, nth, words);
    let mut edit = ops::tag(project, article, &[range], kind, &ops::unknown, stamp());
    if !accepted {
        as_run(&mut edit, &Origin { source: "events".into(), ..Origin::hand() });
    }
    project.apply(&edit).unwrap();
    project.mentions_at(article, range)[0].target.unwrap()
}

/// Three articles of May and June 2024 with two people or countries each, and four events: one without a date, one suggested.
pub fn project() -> Project {
    let mut project = Project::new();
    let days = [date(2024, 5, 1), date(2024, 6, 20), date(2024, 9, 2)];
    let articles = TEXTS.iter().zip(days).map(|((title, source, text), day)| {
        let (title, source) = ((*title).to_owned(), (*source).to_owned());
        let meta = Metadata { title, source, date: Some(day), ..Metadata::default() };
        Article { meta, text: Text::new(*text).unwrap() }
    });
    project.apply(&ops::add_articles(&project, articles.collect(), stamp())).unwrap();
    let mut new = ops::NewTagset { tagset: project.tagset().clone(), ..Default::default() };
    let choices = vec!["security".to_owned(), "diplomacy".to_owned()];
    new.tagset.article_tags.push(ArticleTag { id: "topic".into(), name: "Topic".into(), answer: Answer::One(choices) });
    project.apply(&ops::set_tagset(&project, &new, &ops::unknown, stamp())).unwrap();
    for (nth, topic) in [(0, "security"), (1, "diplomacy")] {
        let article = project.article_ids()[nth];
        project.apply(&ops::set_article_tag(&project, article, "topic", &[topic.to_owned()], stamp())).unwrap();
    }
    let mut entities = Vec::new();
    for (nth, words, kind) in [
        (0, "Amina Bello", KindId::PERSON),
        (0, "Nigeria", KindId::COUNTRY),
        (1, "Amina Bello", KindId::PERSON),
        (1, "Nigeria", KindId::COUNTRY),
        (1, "Ghana", KindId::COUNTRY),
        (2, "Ghana", KindId::COUNTRY),
    ] {
        let Target::Entity(entity) = tag(&mut project, nth, words, &kind, true) else { panic!("{words} is an entity") };
        if kind == KindId::COUNTRY {
            let mut country = project.entity(entity).unwrap().clone();
            country.country = (if words == "Ghana" { "GH" } else { "NG" }).parse().ok();
            project.apply(&ops::set_entity(&project, country, stamp())).unwrap();
        }
        entities.push(entity);
    }
    let events = [(0, "raided", true), (0, "Talks", true), (1, "met", true), (2, "protested", false)];
    let ids: Vec<EventId> = events
        .into_iter()
        .map(|(nth, words, accepted)| match tag(&mut project, nth, words, &KindId::EVENT, accepted) {
            Target::Event(event) => event,
            Target::Entity(_) => panic!("{words} is an event"),
        })
        .collect();
    for (id, kind, days, place) in [
        (ids[0], Plover::Assault, Some((date(2024, 5, 1), date(2024, 5, 3))), Some("Kano")),
        (ids[1], Plover::Consult, None, None),
        (ids[2], Plover::Consult, Some((date(2024, 6, 1), date(2024, 6, 30))), None),
    ] {
        let mut event = project.event(id).unwrap().clone();
        event.kind = EventType::Happening(Some(kind));
        event.date = days.map(|(start, end)| EventDate::new(start, end, ""));
        event.place = place.map(|place| EventPlace::new(place, "NG".parse().ok()));
        if id == ids[2] {
            event.participants = vec![Participant::new(Role::Actor, entities[3], None)];
        }
        project.apply(&ops::set_event(&project, event, stamp())).unwrap();
    }
    project
}

pub fn open() -> Window {
    let mut window = Window::set(tempfile::tempdir().unwrap(), Settings::default());
    let path = window.home.path().join("kano.rubric");
    save_project(&path, &project()).unwrap();
    window.open(path);
    window
}

impl Window {
    /// Shows a view and waits for it.
    pub fn view(&mut self, command: Command) {
        self.command(command);
        self.looked();
    }

    pub fn looked(&mut self) {
        self.run();
        self.until("the view is gathered", |state| !state.overview.is_gathering());
    }

    /// What the marks of the picture say.
    pub fn marks(&self) -> Vec<String> {
        let items = self.harness.query_all_by_role(Part::ListItem).filter_map(|node| node.accesskit_node().label());
        items.map(|label| label.to_string()).collect()
    }
}
