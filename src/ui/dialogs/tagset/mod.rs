//! The window in which kinds and article tags are added, renamed, coloured, ordered and removed.

mod tags;

use std::collections::{BTreeMap, HashMap, HashSet};

use eframe::egui::{self, Button, ComboBox, Grid, RichText, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, vec2};
use smol_str::SmolStr;

use super::{buttons_ui, modal};
use crate::project::{Answer, ArticleTag, Hue, Kind, KindId, Mark, Project, Schema, Tagset, ops};
use crate::ui::actions::{Action, Actions};
use crate::ui::dispatch::known;
use crate::ui::state::State;
use crate::ui::text;
use crate::ui::theme::{self, Palette};

use tags::{Sort, TagRow, tags_ui};

/// The tagset while it is edited.
pub struct TagsetForm {
    kinds: Vec<Kind>,
    /// Kinds that have tags and are to go, with where their tags move.
    going: Vec<(Kind, Option<KindId>)>,
    tags: Vec<TagRow>,
    /// Kinds and article tags that were made here: they get their ids by their names once these are known.
    made: HashSet<SmolStr>,
    /// How many tags each kind of the project has.
    uses: HashMap<KindId, usize>,
    /// The kinds and article tags of the project that was open.
    known: Tagset,
    fresh: bool,
}

fn schema_name(schema: Schema) -> &'static str {
    match schema {
        Schema::Entity => "Plain",
        Schema::Person => "Like people",
        Schema::Country => "Like countries",
        Schema::Event => "Event",
    }
}

/// Size of a field for a name: in a grid it would be as narrow as the title above it.
const NAME: [f32; 2] = [150.0, 24.0];

const SCHEMAS: [Schema; 4] = [Schema::Entity, Schema::Person, Schema::Country, Schema::Event];

impl TagsetForm {
    /// The form over a project's tagset.
    pub fn new(project: &Project) -> Self {
        let mut uses = HashMap::new();
        for mention in project.all_mentions().filter(|mention| mention.is_live()) {
            *uses.entry(mention.kind.clone()).or_default() += 1;
        }
        let known = project.tagset().clone();
        Self {
            kinds: worn(&known),
            going: Vec::new(),
            tags: known.article_tags.iter().map(TagRow::new).collect(),
            made: HashSet::new(),
            uses,
            known,
            fresh: false,
        }
    }

    /// With the kinds and article tags of a file: those of an id that is there as the file has them, others behind.
    pub fn taken_in(mut self, tagset: &Tagset) -> Self {
        for kind in worn(tagset) {
            match self.kinds.iter_mut().find(|other| other.id == kind.id) {
                Some(present) if fits(&self.uses, &self.known, &kind.id, kind.schema) => {
                    *present = Kind { key: present.key, ..kind };
                }
                Some(_) => {}
                None => {
                    let mut all = Tagset { kinds: std::mem::take(&mut self.kinds), article_tags: Vec::new() };
                    all.add(kind);
                    self.kinds = all.kinds;
                }
            }
        }
        for tag in &tagset.article_tags {
            match self.tags.iter_mut().find(|other| other.id == tag.id) {
                Some(present) => *present = TagRow::new(tag),
                None => self.tags.push(TagRow::new(tag)),
            }
        }
        self
    }

    fn tagset(&self) -> Tagset {
        let trimmed = |kind: &Kind| {
            let (name, plural) = (kind.name.trim().to_owned(), kind.plural.trim().to_owned());
            Kind { plural: if plural.is_empty() { name.clone() } else { plural }, name, ..kind.clone() }
        };
        let ids = self.ids();
        let lasting = |id: &SmolStr| ids.get(id).unwrap_or(id).clone();
        let kinds = self.kinds.iter().map(trimmed).map(|kind| Kind { id: KindId(lasting(&kind.id.0)), ..kind });
        let tags = self.tags.iter().map(TagRow::tag).map(|tag| ArticleTag { id: lasting(&tag.id), ..tag });
        Tagset { kinds: kinds.collect(), article_tags: tags.collect() }
    }

    /// The ids of what was made here, after its names: no id that the project had is used for something else.
    fn ids(&self) -> HashMap<SmolStr, SmolStr> {
        let mut all = self.known.clone();
        self.kinds.iter().filter(|kind| !self.made.contains(&kind.id.0)).for_each(|kind| all.add(kind.clone()));
        let tags = self.tags.iter().filter(|tag| !self.made.contains(&tag.id));
        all.article_tags.extend(tags.map(TagRow::tag));
        let kinds = self.kinds.iter().map(|kind| (&kind.id.0, &kind.name));
        let names = kinds.chain(self.tags.iter().map(|tag| (&tag.id, &tag.name)));
        let mut ids = HashMap::new();
        for (made, name) in names.filter(|(id, _)| self.made.contains(*id)) {
            let id = all.fresh_id(name);
            all.article_tags.push(ArticleTag { id: id.clone(), name: String::new(), answer: Answer::Text });
            ids.insert(made.clone(), id);
        }
        ids
    }

    /// What is to be done to the project.
    fn change(&self) -> ops::NewTagset {
        let ids = self.ids();
        let lasting = |into: KindId| KindId(ids.get(&into.0).cloned().unwrap_or(into.0));
        let moved: BTreeMap<KindId, KindId> =
            self.going.iter().filter_map(|(kind, into)| Some((kind.id.clone(), lasting(into.clone()?)))).collect();
        let renamed = self.tags.iter().flat_map(|tag| {
            tag.choices.iter().filter_map(|choice| {
                let was = choice.was.clone().filter(|was| *was != choice.name.trim())?;
                Some(((tag.id.clone(), was), choice.name.trim().to_owned()))
            })
        });
        ops::NewTagset { tagset: self.tagset(), moved, renamed: renamed.collect() }
    }

    /// An id for something that is made here, until its name is known; no name makes such a one.
    fn made_id(&mut self) -> SmolStr {
        let id = SmolStr::new(format!("\u{0}{}", self.made.len()));
        self.made.insert(id.clone());
        id
    }

    /// What is still to be put right.
    fn problem(&self) -> Option<&'static str> {
        let names: Vec<String> = self.kinds.iter().map(|kind| kind.name.trim().to_lowercase()).collect();
        let twice = (1..names.len()).any(|n| names.get(n).is_some_and(|name| names.iter().take(n).any(|m| m == name)));
        if self.kinds.is_empty() {
            Some("A tagset has one kind at least")
        } else if names.iter().any(String::is_empty) || self.tags.iter().any(|tag| tag.name.trim().is_empty()) {
            Some("Each kind and article tag needs a name")
        } else if twice {
            Some("Two kinds have one name")
        } else if self.tags.iter().any(|tag| tag.sort != Sort::Text && tag.tag().answer.choices().is_empty()) {
            Some("An article tag with answers to choose from needs one at least")
        } else {
            None
        }
    }
}

/// The kinds with the colours and shapes that they wear, so that they keep them when others come or go.
fn worn(tagset: &Tagset) -> Vec<Kind> {
    let worn = |kind: &Kind| {
        let badge = tagset.badge(&kind.id);
        let usual = Tagset::default();
        let plain = usual.get(&kind.id).is_some() && usual.badge(&kind.id) == badge;
        let (hue, mark) = if plain { (kind.hue, kind.mark) } else { (Some(badge.hue), Some(badge.mark)) };
        Kind { hue, mark, ..kind.clone() }
    };
    tagset.kinds.iter().map(worn).collect()
}

/// Whether a kind can have a schema: what has tags stays an event, or stays none.
fn fits(uses: &HashMap<KindId, usize>, known: &Tagset, id: &KindId, schema: Schema) -> bool {
    let used = uses.get(id).is_some_and(|uses| *uses > 0);
    !used || (known.schema(id) == Schema::Event) == (schema == Schema::Event)
}

pub(super) fn tagset_ui(ui: &Ui, _state: &State, actions: &mut Actions, form: &mut TagsetForm) -> bool {
    let mut done = false;
    let left = modal(ui, "Tagset", 760.0, |ui| {
        let height = (ui.ctx().content_rect().height() - 220.0).max(160.0);
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            kinds_ui(ui, form);
            going_ui(ui, form);
            ui.add_space(12.0);
            tags_ui(ui, form);
        });
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if ui.button("Import…").on_hover_text("Take in the kinds and article tags of a file").clicked() {
                actions.push(Action::ReadTagset);
            }
            if ui
                .button("Export…")
                .on_hover_text("Write kinds and article tags to a file, for other projects")
                .clicked()
            {
                actions.push(Action::WriteTagset(form.tagset()));
            }
        });
        let problem = form.problem();
        if let Some(problem) = problem {
            ui.colored_label(Palette::get(ui).error, problem);
        }
        let (save, cancel) = buttons_ui(ui, "Save", problem.is_none());
        if save {
            let new = form.change();
            actions.edit(move |project, stamp| ops::set_tagset(project, &new, &known, stamp));
        }
        done = save || cancel;
    });
    left || done
}

fn heading(ui: &mut Ui, name: &str) {
    ui.label(RichText::new(name).font(theme::strong(theme::BODY)));
    ui.add_space(2.0);
}

/// What a row asks for.
enum Asked {
    Up(usize),
    Down(usize),
    Remove(usize),
}

fn kinds_ui(ui: &mut Ui, form: &mut TagsetForm) {
    heading(ui, "Kinds");
    let mut asked = None;
    Grid::new("kinds").num_columns(6).spacing(vec2(8.0, 6.0)).show(ui, |ui| {
        for title in ["", "One is called", "Many are called", "What they are", "Key", ""] {
            ui.label(RichText::new(title).size(theme::SMALL).color(Palette::get(ui).weak));
        }
        ui.end_row();
        for index in 0..form.kinds.len() {
            kind_ui(ui, form, index, &mut asked);
            ui.end_row();
        }
    });
    match asked {
        Some(Asked::Up(index)) if index > 0 => form.kinds.swap(index, index - 1),
        Some(Asked::Down(index)) if index + 1 < form.kinds.len() => form.kinds.swap(index, index + 1),
        Some(Asked::Remove(index)) if index < form.kinds.len() => {
            let kind = form.kinds.remove(index);
            if form.uses.contains_key(&kind.id) {
                form.going.push((kind, None));
            }
        }
        _ => {}
    }
    ui.add_space(4.0);
    if ui.button("Add kind").clicked() {
        let mut all = Tagset { kinds: std::mem::take(&mut form.kinds), article_tags: Vec::new() };
        let id = KindId(form.made_id());
        all.add(Kind::new(id.clone(), "", "", '1', Schema::Entity));
        let badge = all.badge(&id);
        form.kinds = all.kinds;
        if let Some(kind) = form.kinds.last_mut() {
            (kind.hue, kind.mark) = (Some(badge.hue), Some(badge.mark));
        }
        form.fresh = true;
    }
}

fn kind_ui(ui: &mut Ui, form: &mut TagsetForm, index: usize, asked: &mut Option<Asked>) {
    let all = Tagset { kinds: form.kinds.clone(), article_tags: Vec::new() };
    let fresh = form.fresh && index + 1 == form.kinds.len();
    let Some(kind) = form.kinds.get_mut(index) else { return };
    let spoken = if kind.name.is_empty() { format!("kind {}", index + 1) } else { kind.name.clone() };
    badge_ui(ui, &all, kind, &spoken);
    let name = TextEdit::singleline(&mut kind.name).hint_text("Ship");
    let name = ui.add_sized(NAME, name).accessible_name(format!("Name of {spoken}"));
    if fresh {
        name.request_focus();
        form.fresh = false;
    }
    let plural = TextEdit::singleline(&mut kind.plural).hint_text("Ships");
    ui.add_sized(NAME, plural).accessible_name(format!("Plural of {spoken}"));
    let shown = if kind.is_people() { Schema::Person } else { kind.schema };
    let sort = ComboBox::from_id_salt(("schema", index)).selected_text(schema_name(shown)).width(120.0);
    let sort = sort.show_ui(ui, |ui| {
        for schema in SCHEMAS.into_iter().filter(|schema| fits(&form.uses, &form.known, &kind.id, *schema)) {
            if ui.selectable_label(shown == schema, schema_name(schema)).clicked() {
                kind.schema = schema;
            }
        }
    });
    sort.response.accessible_name(format!("What {spoken} is"));
    let before = kind.key;
    let chosen = key_ui(ui, kind, &spoken);
    if let Some(key) = chosen {
        // The kind that had it takes the one that this leaves.
        let other = form.kinds.iter_mut().find(|other| other.key == key && key != Kind::NO_KEY);
        if let Some(other) = other {
            other.key = before;
        }
        if let Some(kind) = form.kinds.get_mut(index) {
            kind.key = key;
        }
    }
    let count = form.kinds.len();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let mut button = |sign: &str, enabled: bool, name: String, ask: Asked| {
            let button = Button::new(sign).min_size(vec2(24.0, 24.0));
            if ui.add_enabled(enabled, button).on_hover_text(&name).accessible_name(name).clicked() {
                *asked = Some(ask);
            }
        };
        button("↑", index > 0, format!("Move {spoken} up"), Asked::Up(index));
        button("↓", index + 1 < count, format!("Move {spoken} down"), Asked::Down(index));
        button("×", count > 1, format!("Remove {spoken}"), Asked::Remove(index));
    });
}

/// The key that was chosen, if one was.
fn key_ui(ui: &mut Ui, kind: &Kind, spoken: &str) -> Option<char> {
    let name = |key: char| if key == Kind::NO_KEY { "None".to_owned() } else { key.to_string() };
    let own = kind.digit().unwrap_or(Kind::NO_KEY);
    let mut chosen = None;
    let combo = ComboBox::from_id_salt(("key", kind.id.as_str())).selected_text(name(own)).width(56.0);
    let combo = combo.show_ui(ui, |ui| {
        for key in ('1'..='9').chain([Kind::NO_KEY]) {
            if ui.selectable_label(own == key, name(key)).clicked() {
                chosen = Some(key);
            }
        }
    });
    combo.response.accessible_name(format!("Key of {spoken}"));
    chosen
}

/// Colour and shape, with a menu to choose others.
fn badge_ui(ui: &mut Ui, all: &Tagset, kind: &mut Kind, spoken: &str) {
    let palette = Palette::get(ui);
    let badge = all.badge(&kind.id);
    let (rect, response) = ui.allocate_exact_size(vec2(28.0, 24.0), Sense::click());
    let told = format!("Look of {spoken}: {} {}", badge.hue.name().to_lowercase(), badge.mark.name().to_lowercase());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, told.clone()));
    let visuals = ui.style().interact(&response);
    ui.painter().rect(rect, 5.0, palette.hue(badge.hue).tint, visuals.bg_stroke, egui::StrokeKind::Inside);
    theme::paint_badge(ui.painter(), rect.center(), 11.0, palette, badge);
    egui::Popup::menu(&response).close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.horizontal(|ui| {
            for hue in Hue::ALL {
                let chosen = badge.hue == hue;
                if swatch_ui(ui, chosen, hue, badge.mark, hue.name()) {
                    kind.hue = Some(hue);
                    kind.mark = kind.mark.or(Some(badge.mark));
                }
            }
        });
        ui.horizontal(|ui| {
            for mark in Mark::ALL {
                let chosen = badge.mark == mark;
                if swatch_ui(ui, chosen, badge.hue, mark, mark.name()) {
                    kind.mark = Some(mark);
                    kind.hue = kind.hue.or(Some(badge.hue));
                }
            }
        });
    });
}

fn swatch_ui(ui: &mut Ui, chosen: bool, hue: Hue, mark: Mark, name: &str) -> bool {
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

/// Kinds that go although they have tags: what becomes of these.
fn going_ui(ui: &mut Ui, form: &mut TagsetForm) {
    let mut kept = None;
    for (index, (kind, into)) in form.going.iter_mut().enumerate() {
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            let uses = form.uses.get(&kind.id).copied().unwrap_or_default();
            ui.label(format!("{} goes. Its {}:", kind.name, text::count(uses, "tag", "tags")));
            let name = |into: &Option<KindId>| match into {
                Some(into) => {
                    let kind = form.kinds.iter().find(|kind| kind.id == *into);
                    format!("become {}", kind.map_or("", |kind| kind.name.as_str()).to_lowercase())
                }
                None => "go with it".to_owned(),
            };
            let combo = ComboBox::from_id_salt(("going", kind.id.as_str())).selected_text(name(into)).width(180.0);
            let combo = combo.show_ui(ui, |ui| {
                for choice in std::iter::once(None).chain(form.kinds.iter().map(|kind| Some(kind.id.clone()))) {
                    if ui.selectable_label(*into == choice, name(&choice)).clicked() {
                        *into = choice;
                    }
                }
            });
            combo.response.accessible_name(format!("What becomes of the tags of {}", kind.name));
            if ui.button("Keep").accessible_name(format!("Keep {}", kind.name)).clicked() {
                kept = Some(index);
            }
        });
    }
    if let Some(index) = kept.filter(|index| *index < form.going.len()) {
        let (kind, _) = form.going.remove(index);
        let mut all = Tagset { kinds: std::mem::take(&mut form.kinds), article_tags: Vec::new() };
        all.add(kind);
        form.kinds = all.kinds;
    }
    // A kind that was chosen for the tags may have gone as well.
    for (_, into) in &mut form.going {
        if into.as_ref().is_some_and(|into| form.kinds.iter().all(|kind| kind.id != *into)) {
            *into = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ship() -> Kind {
        Kind::new(KindId("ship".into()), "Ship", "Ships", '1', Schema::Entity)
    }

    #[test]
    fn a_file_adds_kinds_and_renames_those_that_are_there() {
        let mut file = Tagset::default();
        file.add(ship());
        if let Some(person) = file.kinds.first_mut() {
            person.name = "Human".to_owned();
        }
        file.article_tags.push(ArticleTag { id: "note".into(), name: "Note".into(), answer: Answer::Text });
        let form = TagsetForm::new(&Project::new()).taken_in(&file);
        assert_eq!(form.problem(), None);
        let after = form.change().tagset;
        let kinds: Vec<(&str, char)> = after.kinds.iter().map(|kind| (kind.name.as_str(), kind.key)).collect();
        assert_eq!(kinds, [("Human", '1'), ("Country", '2'), ("Event", '3'), ("Ship", '4')]);
        assert_eq!(after.article_tags, file.article_tags);
    }

    #[test]
    fn answers_that_are_called_otherwise_are_followed() {
        let mut project = Project::new();
        let mut new = ops::NewTagset { tagset: Tagset::default(), ..ops::NewTagset::default() };
        let answer = Answer::One(vec!["war".into(), "trade".into()]);
        new.tagset.article_tags.push(ArticleTag { id: "topic".into(), name: "Topic".into(), answer });
        let stamp = crate::project::Stamp { by: "Ada".into(), at: jiff::Timestamp::UNIX_EPOCH };
        project.apply(&ops::set_tagset(&project, &new, &ops::unknown, stamp)).unwrap();
        let mut form = TagsetForm::new(&project);
        form.tags[0].choices[0].name = " conflict ".into();
        let change = form.change();
        assert_eq!(change.renamed.get(&("topic".into(), "war".into())).map(String::as_str), Some("conflict"));
        assert_eq!(change.renamed.len(), 1);
    }

    #[test]
    fn what_is_missing_is_told() {
        let mut form = TagsetForm::new(&Project::new());
        form.kinds.push(Kind { name: " person".into(), ..ship() });
        assert_eq!(form.problem(), Some("Two kinds have one name"));
        form.kinds[3].name.clear();
        assert_eq!(form.problem(), Some("Each kind and article tag needs a name"));
        form.kinds.clear();
        assert_eq!(form.problem(), Some("A tagset has one kind at least"));
    }

    #[test]
    fn what_is_made_here_gets_its_id_by_its_name() {
        let mut form = TagsetForm::new(&Project::new());
        for name in ["Ship", "Person"] {
            let id = KindId(form.made_id());
            form.kinds.push(Kind { id, name: name.into(), ..ship() });
        }
        form.going.push((ship(), form.kinds.last().map(|kind| kind.id.clone())));
        let change = form.change();
        let ids: Vec<&str> = change.tagset.kinds.iter().map(|kind| kind.id.as_str()).collect();
        assert_eq!(ids, ["person", "country", "event", "ship", "person-2"]);
        assert_eq!(change.moved.get(&KindId("ship".into())).map(KindId::as_str), Some("person-2"));
    }
}
