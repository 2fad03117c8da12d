//! What the panels list, gathered from an article's mentions: one row an entity or event, and what was rejected.

use std::collections::HashMap;

use crate::project::{
    ArticleId, CountryCode, Entity, Event, KindId, Mention, MentionId, Project, Schema, Status, Target,
};
use crate::ui::text;

/// A row: an entity, an event, or a mention that points at neither.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelRow {
    /// What the row stands for; none for a mention that points at nothing.
    pub target: Option<Target>,
    /// Its name.
    pub name: String,
    /// The country whose flag stands before it.
    pub flag: Option<CountryCode>,
    /// How many live mentions it has in all articles.
    pub everywhere: usize,
    /// Role and country, or type and date.
    pub attributes: String,
    /// Live mentions in the article, in text order.
    pub mentions: Vec<MentionId>,
    /// Those of them that are still suggestions.
    pub open: Vec<MentionId>,
    /// Whether a person made any of them.
    pub by_hand: bool,
    /// The lowest score among the open ones.
    pub score: Option<f32>,
}

impl PanelRow {
    /// Whether a mention is one of the row's.
    pub fn holds(&self, mention: &Mention) -> bool {
        match self.target {
            Some(target) => mention.target == Some(target),
            None => self.mentions.contains(&mention.id),
        }
    }
}

/// The rows of one kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// In the order of first mention.
    pub rows: Vec<PanelRow>,
    /// Rejected mentions in text order.
    pub rejected: Vec<MentionId>,
}

/// The sections of an article, made again when it or the session changes.
#[derive(Default)]
pub struct Rows {
    of: Option<(ArticleId, u64)>,
    sections: HashMap<KindId, Section>,
    /// What the pointer is over.
    pub(in crate::ui) hovered: Option<Target>,
}

/// What is noticed while the rows are drawn.
#[derive(Default)]
pub(super) struct Noticed {
    /// What the pointer is over.
    pub hovered: Option<Target>,
    /// The next row that fits takes the keys.
    pub focus: bool,
}

impl Rows {
    /// Makes the rows fit the session's revision.
    pub fn refresh(&mut self, project: &Project, article: ArticleId, revision: u64) {
        if self.of == Some((article, revision)) {
            return;
        }
        self.of = Some((article, revision));
        self.sections = sections(project, article);
    }

    /// The section of a kind; none where nothing of the kind was found.
    pub fn section(&self, kind: &KindId) -> Option<&Section> {
        self.sections.get(kind)
    }
}

fn sections(project: &Project, article: ArticleId) -> HashMap<KindId, Section> {
    let mut sections: HashMap<KindId, Section> = HashMap::new();
    let mut places: HashMap<(KindId, Target), usize> = HashMap::new();
    for mention in project.mentions(article) {
        let section = sections.entry(mention.kind.clone()).or_default();
        if mention.status == Status::Rejected {
            section.rejected.push(mention.id);
            continue;
        }
        let index = match mention.target {
            Some(target) => *places.entry((mention.kind.clone(), target)).or_insert(section.rows.len()),
            None => section.rows.len(),
        };
        if index == section.rows.len() {
            section.rows.push(row(project, mention));
        }
        if let Some(row) = section.rows.get_mut(index) {
            add(row, mention);
        }
    }
    sections
}

fn row(project: &Project, mention: &Mention) -> PanelRow {
    let attributes = match mention.target {
        Some(Target::Entity(id)) => project.entity(id).map(entity_attributes),
        Some(Target::Event(id)) => project.event(id).map(event_attributes),
        None => None,
    };
    let flag = match mention.target {
        Some(Target::Entity(id)) if project.tagset().schema(&mention.kind) == Schema::Country => {
            project.entity(id).and_then(|entity| entity.country)
        }
        _ => None,
    };
    PanelRow {
        target: mention.target,
        flag,
        everywhere: mention.target.map_or(0, |target| project.count_of(target)),
        name: project.target_name(mention).to_owned(),
        attributes: attributes.unwrap_or_default(),
        mentions: Vec::new(),
        open: Vec::new(),
        by_hand: false,
        score: None,
    }
}

fn add(row: &mut PanelRow, mention: &Mention) {
    row.mentions.push(mention.id);
    row.by_hand |= mention.status == Status::Accepted && mention.origin.is_hand();
    if mention.status == Status::Suggested {
        row.open.push(mention.id);
        row.score = match (row.score, mention.origin.score) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
}

/// "foreign minister · China" for a person, "CN" for a country.
fn entity_attributes(entity: &Entity) -> String {
    if entity.kind == KindId::COUNTRY {
        return entity.country.map(|code| code.to_string()).unwrap_or_default();
    }
    let country = entity.country.map(text::country).unwrap_or_default();
    [entity.role.clone(), country].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// "CONSULT · planned · 4 Feb 2022".
fn event_attributes(event: &Event) -> String {
    let parts = [text::event_type(event), text::modality(event).to_owned(), text::event_date(event)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
