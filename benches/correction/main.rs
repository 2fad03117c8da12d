//! What it costs a careful person to get from suggestions to what they want, in keys, clicks and drags: `make
//! bench-correction`. `docs/benchmarks.md` tells the policy and has what was measured. Event records are counted in
//! `records.rs`, without a window: `cargo bench --bench correction -- records` counts them alone.
//!
//! For people and countries the window runs without a screen, as tall as any article, and gets nothing but what mouse and keyboard send: the
//! pointer is moved, keys are pressed as the command table binds them, the wheel is turned. What the person wants is the
//! annotated set; what they do follows from that and from what the window shows.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    missing_docs,
    reason = "a benchmark fails by panicking"
)]

use std::collections::BTreeMap;
use std::ops::{AddAssign, Range};
use std::path::Path;

use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2, Vec2, vec2};
use jiff::Timestamp;
use rubricator::evaluate::{Gold, read_gold};
use rubricator::project::{ArticleId, KindId, Mention, MentionId, Project, Schema, Stamp, Status, ops};
use rubricator::store::Settings;
use rubricator::suggest::{self, Engine, Options};
use rubricator::text::{Article, Metadata, OffsetMap, Text, bytes, words};
use rubricator::ui::binding::Binding;
use rubricator::ui::command::{Command, Digit};
use rubricator::ui::commands;
use rubricator::ui::model::Pointed;
use rubricator::ui::state::Dialog;
use text_size::{TextRange, TextSize};

mod records;
#[path = "../../tests/harness/frames.rs"]
mod window;

use window::{Window, moved, press_with, wheel};

/// As tall as the longest article.
const SIZE: Vec2 = vec2(1280.0, 12_000.0);
const PERSON: KindId = KindId::PERSON;
const COUNTRY: KindId = KindId::COUNTRY;

/// The sets, and what is marked in them.
const SETS: [(&str, &[KindId]); 3] =
    [("crossre_news_dev", &[PERSON, COUNTRY]), ("en-worldwide", &[PERSON]), ("lgl", &[COUNTRY])];

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/dev");
    if !folder.is_dir() {
        println!("{} is not there: the annotated sets are needed; the program does without", folder.display());
        return;
    }
    if std::env::args().all(|argument| argument != "records") {
        mentions(&folder);
        println!();
    }
    records::measure(&folder.join("event_records.jsonl"));
}

/// People and countries.
fn mentions(folder: &Path) {
    println!(
        "| set | suggestions | articles | gold mentions | keys | clicks | drags | actions | per mention | wheel | left wrong |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    let mut totals: BTreeMap<&str, (usize, usize, Cost)> = BTreeMap::new();
    for (name, kinds) in SETS {
        let gold = read_gold(&std::fs::read(folder.join(name).with_extension("jsonl")).unwrap()).unwrap();
        let wishes: Vec<Wish> = gold.iter().map(|gold| Wish::new(gold, kinds)).collect();
        for way in Way::ALL {
            let (articles, mentions, cost) = annotate(&gold, &wishes, kinds, way);
            row(name, way, articles, mentions, &cost);
            let total = totals.entry(way.name()).or_default();
            total.0 += articles;
            total.1 += mentions;
            total.2 += cost;
        }
    }
    for way in Way::ALL {
        let (articles, mentions, cost) = &totals[way.name()];
        row("all", way, *articles, *mentions, cost);
    }
    println!();
    println!("| key | {} |", Way::ALL.map(Way::name).join(" | "));
    println!("| --- | --- | --- | --- |");
    let times = |name| Way::ALL.map(|way| totals[way.name()].2.pressed.get(name).copied().unwrap_or_default());
    for name in Command::all().map(|command| commands::row(command).name) {
        let times = times(name);
        if times != [0; 3] {
            println!("| {name} | {} |", times.map(|times| times.to_string()).join(" | "));
        }
    }
    let (_, mentions, cost) = &totals[Way::AllAtTheEnd.name()];
    println!();
    println!("actions per gold mention {:.3}", cost.actions() as f64 / *mentions as f64);
}

fn row(set: &str, way: Way, articles: usize, mentions: usize, cost: &Cost) {
    let Cost { keys, clicks, drags, wheel, wrong, .. } = cost;
    let (way, actions) = (way.name(), cost.actions());
    let each = actions as f64 / mentions as f64;
    println!(
        "| {set} | {way} | {articles} | {mentions} | {keys} | {clicks} | {drags} | {actions} | {each:.3} | {wheel} | {wrong} |"
    );
}

/// What the person starts from, and how they accept what is right.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Suggestions; what is left of them in the end is accepted by one command.
    AllAtTheEnd,
    /// Suggestions; what is left of them in an article is accepted by one command, which goes on to the next.
    ArticleByArticle,
    /// No suggestions.
    Without,
}

impl Way {
    const ALL: [Self; 3] = [Self::AllAtTheEnd, Self::ArticleByArticle, Self::Without];

    fn name(self) -> &'static str {
        match self {
            Self::AllAtTheEnd => "with, accepted at the end",
            Self::ArticleByArticle => "with, accepted by article",
            Self::Without => "without",
        }
    }
}

/// What was done by hand.
#[derive(Clone, Default)]
struct Cost {
    keys: usize,
    clicks: usize,
    drags: usize,
    /// Articles that were left by turning the wheel on at their end.
    wheel: usize,
    /// Tags that are not as the person wanted, and those that are missing.
    wrong: usize,
    /// How often each key of the command table was pressed.
    pressed: BTreeMap<&'static str, usize>,
}

impl Cost {
    fn actions(&self) -> usize {
        self.keys + self.clicks + self.drags
    }
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        self.keys += other.keys;
        self.clicks += other.clicks;
        self.drags += other.drags;
        self.wheel += other.wheel;
        self.wrong += other.wrong;
        for (name, times) in other.pressed {
            *self.pressed.entry(name).or_default() += times;
        }
    }
}

// --- what the person wants ----------------------------------------------------------------------------------------

/// What the person wants in an article.
struct Wish {
    /// In text order.
    tags: Vec<(TextRange, KindId)>,
    /// Where the set does not tell: what is suggested there is let be.
    unknown: Vec<TextRange>,
}

impl Wish {
    fn new(gold: &Gold, kinds: &[KindId]) -> Self {
        let offsets = OffsetMap::new(&gold.text);
        let range = |range: &Range<usize>| offsets.from_code_points(range.start, range.end).unwrap();
        let mut tags = Vec::new();
        let mut unknown: Vec<TextRange> = gold.ignore.iter().map(range).collect();
        for span in &gold.spans {
            let kind = match span.label.as_str() {
                "PERSON" => PERSON,
                "PLACE" | "COUNTRY" if span.country.is_some() => COUNTRY,
                _ if span.country_ignore => {
                    unknown.push(range(&span.range));
                    continue;
                }
                _ => continue,
            };
            if span.country_ignore && kind == COUNTRY {
                unknown.push(range(&span.range));
            } else if kinds.contains(&kind) {
                tags.push((range(&span.range), kind));
            }
        }
        let whole = 0..gold.text.chars().count();
        unknown.extend([whole.start..gold.within.start, gold.within.end..whole.end].iter().map(range));
        let known = |range: &TextRange| !unknown.iter().any(|other| overlap(*range, *other));
        tags.retain(|(range, _)| known(range));
        tags.sort_by_key(|(range, _)| (range.start(), range.end()));
        tags.dedup();
        Self { tags, unknown }
    }

    fn wants(&self, mention: &Mention) -> bool {
        self.tags.iter().any(|(range, kind)| *range == mention.range && *kind == mention.kind)
    }

    /// Whether a tag is to go or to change.
    fn is_wrong(&self, mention: &Mention) -> bool {
        mention.is_live() && !self.wants(mention) && !self.unknown.iter().any(|range| overlap(*range, mention.range))
    }
}

fn overlap(a: TextRange, b: TextRange) -> bool {
    a.intersect(b).is_some_and(|both| !both.is_empty())
}

// --- what the person does -----------------------------------------------------------------------------------------

/// Articles, gold mentions, and what they cost.
fn annotate(gold: &[Gold], wishes: &[Wish], kinds: &[KindId], way: Way) -> (usize, usize, Cost) {
    let project = project(gold, kinds, way);
    let articles: Vec<ArticleId> = project.article_ids().to_vec();
    let settings = Settings { tag_on_drag: true, ..Settings::default() };
    let mut person =
        Person { window: Window::new(&project, SIZE, settings), cost: Cost::default(), pointer: Pos2::ZERO };
    for (index, (article, wish)) in articles.iter().zip(wishes).enumerate() {
        assert_eq!(person.window.app.state().model.article, Some(*article));
        person.put_right(wish);
        let last = index + 1 == articles.len();
        let open = person.live().any(|mention| mention.is_open());
        match way {
            Way::ArticleByArticle if open => person.press(Command::FinishArticle),
            _ if !last => person.read_on(*article),
            _ => {}
        }
    }
    if way == Way::AllAtTheEnd {
        person.press(Command::AcceptListed);
    }
    let project = person.window.app.state().model.project();
    for (article, wish) in articles.iter().zip(wishes) {
        let mentions = project.mentions(*article);
        assert!(mentions.iter().all(|mention| !mention.is_open()), "all is decided in the end");
        let missing = wish.tags.iter().filter(|(range, kind)| {
            !mentions.iter().any(|m| m.status == Status::Accepted && m.range == *range && m.kind == *kind)
        });
        person.cost.wrong += missing.count() + mentions.iter().filter(|mention| wish.is_wrong(mention)).count();
    }
    (articles.len(), wishes.iter().map(|wish| wish.tags.len()).sum(), person.cost)
}

/// The articles, with what the engine suggests where that is asked for. Countries are marked by name alone in the sets,
/// so the person has switched off demonyms and capitals.
fn project(gold: &[Gold], kinds: &[KindId], way: Way) -> Project {
    let articles = gold.iter().map(|gold| Article {
        meta: Metadata { title: gold.id.clone(), date: gold.date, ..Metadata::default() },
        text: Text::new(gold.text.as_str()).unwrap(),
    });
    let stamp = Stamp { by: "bench".into(), at: Timestamp::UNIX_EPOCH };
    let mut project = Project::new();
    project.apply(&ops::add_articles(&project, articles.collect(), stamp.clone())).unwrap();
    if way == Way::Without {
        return project;
    }
    let engine = Engine::new(Options {
        people: kinds.contains(&PERSON),
        countries: kinds.contains(&COUNTRY),
        events: false,
        demonyms: false,
        capitals: false,
        ..Options::default()
    });
    let texts: Vec<_> = gold.iter().map(|gold| (gold.text.as_str(), gold.date)).collect();
    for (article, found) in project.article_ids().to_vec().into_iter().zip(engine.suggest_all(&texts)) {
        let edit = suggest::edit(&project, article, &found, stamp.clone());
        project.apply(&edit).unwrap();
    }
    project
}

/// How a wrong tag is put right.
enum Repair {
    /// It is the wanted tag but for its kind.
    Kind(KindId),
    /// An end is moved, word by word.
    Move(Vec<Command>),
    /// It names nothing wanted.
    Reject,
}

struct Person {
    window: Window,
    cost: Cost,
    pointer: Pos2,
}

impl Person {
    /// First the entities as the panels list them, then the text from its start.
    fn put_right(&mut self, wish: &Wish) {
        for mentions in self.entities() {
            let all: Vec<&Mention> = mentions.iter().filter_map(|id| self.mention(*id)).collect();
            let nothing = all.iter().all(|m| wish.is_wrong(m) && matches!(self.repair(wish, m), Repair::Reject));
            if let Some(first) = mentions.first().filter(|_| nothing && all.len() > 1)
                && self.point_at(*first)
            {
                self.press(Command::RejectEntity);
            }
        }
        while let Some((id, repair)) = self.first_wrong(wish) {
            self.mend(id, repair);
        }
        while let Some((range, kind)) = self.first_missing(wish) {
            self.add(wish, range, &kind);
        }
    }

    fn mend(&mut self, id: MentionId, repair: Repair) {
        if !self.point_at(id) {
            // Another tag lies on top: a click picks, another one goes to the tag below.
            self.pick(id);
        }
        match repair {
            Repair::Kind(kind) => self.press(key_of(&kind)),
            Repair::Move(steps) => steps.into_iter().for_each(|step| self.press(step)),
            Repair::Reject => self.press(Command::Reject),
        }
        if self.window.app.state().model.selected.is_some() {
            self.press(Command::Leave);
        }
    }

    /// Tags what is missing: by pointing at it where that takes the right words, else by dragging over it.
    fn add(&mut self, wish: &Wish, range: TextRange, kind: &KindId) {
        let everywhere = self.stands_elsewhere(wish, range, kind);
        let command = if everywhere { everywhere_of(kind) } else { key_of(kind) };
        let schema = if *kind == COUNTRY { Schema::Country } else { Schema::Entity };
        let text = self.text();
        let starts = words_in(&text, range);
        let fits = |at: &&TextSize| suggest::name_at(&text, **at, schema) == Some(range);
        let pointed = starts.iter().find(fits).copied().filter(|at| self.point_into(*at));
        if pointed.is_some() {
            self.press(command);
        } else {
            // What is dragged over is tagged at once, as the kind used last.
            self.drag(range);
            let made =
                self.live().find(|mention| mention.range == range).map(|mention| (mention.id, mention.kind.clone()));
            if let Some((id, _)) = made.filter(|(_, made)| made != kind)
                && self.point_at(id)
            {
                self.press(command);
            }
        }
    }

    /// Whether the words of a wanted range stand untagged elsewhere in the article, and are wanted wherever they do.
    fn stands_elsewhere(&self, wish: &Wish, range: TextRange, kind: &KindId) -> bool {
        let text = self.text();
        let taken: Vec<TextRange> = self.live().filter(|m| m.kind == *kind).map(|m| m.range).collect();
        let mut others = words::occurrences(&text, &text[bytes(range)]);
        others.retain(|other| *other != range && !taken.iter().any(|range| overlap(*range, *other)));
        !others.is_empty() && others.iter().all(|other| wish.tags.contains(&(*other, kind.clone())))
    }

    fn first_wrong(&self, wish: &Wish) -> Option<(MentionId, Repair)> {
        let wrong = self.live().find(|mention| wish.is_wrong(mention))?;
        Some((wrong.id, self.repair(wish, wrong)))
    }

    fn first_missing(&self, wish: &Wish) -> Option<(TextRange, KindId)> {
        let there = |(range, kind): &&(TextRange, KindId)| self.live().any(|m| m.range == *range && m.kind == *kind);
        wish.tags.iter().find(|tag| !there(tag)).cloned()
    }

    fn repair(&self, wish: &Wish, mention: &Mention) -> Repair {
        let free = |(range, kind): &&(TextRange, KindId)| !self.live().any(|m| m.range == *range && m.kind == *kind);
        let mut near = wish.tags.iter().filter(free).filter(|(range, _)| overlap(*range, mention.range));
        if let Some((_, kind)) = near.clone().find(|(range, _)| *range == mention.range) {
            return Repair::Kind(kind.clone());
        }
        let same = near.find(|(_, kind)| *kind == mention.kind);
        let steps = same.and_then(|(range, _)| steps(&self.text(), mention.range, *range));
        // Two steps cost what rejecting and tagging anew does.
        steps.filter(|steps| steps.len() <= 2).map_or(Repair::Reject, Repair::Move)
    }

    // --- hands ---

    fn press(&mut self, command: Command) {
        let row = commands::row(command);
        let Binding(_, modifiers, key) = *row.keys.first().unwrap();
        *self.cost.pressed.entry(row.name).or_default() += 1;
        self.window.step(press_with(modifiers, key));
        self.window.step(Vec::new());
        self.cost.keys += 1;
        // Asked once a project.
        if matches!(self.window.app.state().dialog, Some(Dialog::Sure(_))) {
            self.window.step(press_with(Modifiers::NONE, Key::Enter));
            self.window.step(Vec::new());
            self.cost.keys += 1;
        }
    }

    fn move_to(&mut self, to: Pos2) {
        // From elsewhere: a pointer that lies still points at nothing.
        self.window.step(moved(to + vec2(0.0, 1.0)));
        self.window.step(moved(to));
        self.pointer = to;
    }

    /// Points at a tag; false where the window takes another one for meant.
    fn point_at(&mut self, id: MentionId) -> bool {
        self.window.step(Vec::new());
        let rect = self.window.app.state().view.rect_of(id).unwrap();
        self.move_to(rect.center());
        self.window.app.state().model.pointed == Some(Pointed::Tag(id))
    }

    /// Clicks at a tag until it is the one that is selected.
    fn pick(&mut self, id: MentionId) {
        for _ in 0..4 {
            self.click();
            if self.window.app.state().model.selected == Some(id) {
                return;
            }
        }
    }

    /// Points at the word that begins there; false where a tag is in the way.
    fn point_into(&mut self, at: TextSize) -> bool {
        let to = self.place(at) + vec2(2.0, 0.0);
        self.move_to(to);
        matches!(self.window.app.state().model.pointed, Some(Pointed::Name { at: found, .. }) if found >= at)
    }

    fn place(&mut self, at: TextSize) -> Pos2 {
        let look = move |app: &rubricator::ui::App, ui: &eframe::egui::Ui| {
            let state = app.state();
            state.view.rect_at(ui, state.model.text(), at).unwrap().center()
        };
        self.window.step_then(Vec::new(), look).1
    }

    fn button(&mut self, pressed: bool) {
        let (pos, button, modifiers) = (self.pointer, PointerButton::Primary, Modifiers::NONE);
        self.window.step(vec![Event::PointerButton { pos, button, pressed, modifiers }]);
    }

    fn click(&mut self) {
        self.button(true);
        self.button(false);
        // Not so soon that the next one would make a double click.
        self.window.frames(40, |_| Vec::new());
        self.cost.clicks += 1;
    }

    fn drag(&mut self, range: TextRange) {
        let (from, to) = (self.place(range.start()), self.place(range.end()));
        self.move_to(from + vec2(1.0, 0.0));
        self.button(true);
        self.pointer = to - vec2(1.0, 0.0);
        self.window.step(moved(from + vec2(8.0, 0.0)));
        self.window.step(moved(self.pointer));
        self.button(false);
        self.window.frames(40, |_| Vec::new());
        self.cost.drags += 1;
    }

    /// Turns the wheel on at the end of an article.
    fn read_on(&mut self, article: ArticleId) {
        self.move_to(SIZE.to_pos2() / 2.0);
        for _ in 0..200 {
            self.window.step(wheel(-60.0));
            if self.window.app.state().model.article != Some(article) {
                self.cost.wheel += 1;
                // Until the wheel has come to rest.
                self.window.frames(60, |_| Vec::new());
                return;
            }
        }
        panic!("the next article never came");
    }

    // --- eyes ---

    fn text(&self) -> String {
        self.window.app.state().model.text().to_owned()
    }

    fn live(&self) -> impl Iterator<Item = &Mention> {
        self.window.app.state().model.mentions().iter().filter(|mention| mention.is_live())
    }

    fn mention(&self, id: MentionId) -> Option<&Mention> {
        self.window.app.state().model.project().mention(id)
    }

    /// The live mentions of each entity, in the order of the panels' rows.
    fn entities(&self) -> Vec<Vec<MentionId>> {
        let mut rows: Vec<(_, Vec<MentionId>)> = Vec::new();
        for mention in self.live() {
            let key = (mention.kind.clone(), mention.target);
            match rows.iter_mut().find(|(other, _)| mention.target.is_some() && *other == key) {
                Some((_, ids)) => ids.push(mention.id),
                None => rows.push((key, vec![mention.id])),
            }
        }
        rows.sort_by_key(|((kind, _), _)| *kind != PERSON);
        rows.into_iter().map(|(_, ids)| ids).collect()
    }
}

fn key_of(kind: &KindId) -> Command {
    Command::Kind(digit_of(kind))
}

fn everywhere_of(kind: &KindId) -> Command {
    Command::KindEverywhere(digit_of(kind))
}

fn digit_of(kind: &KindId) -> Digit {
    if *kind == COUNTRY { Digit::Two } else { Digit::One }
}

/// Where the words of a range begin.
fn words_in(text: &str, range: TextRange) -> Vec<TextSize> {
    let words = &text[bytes(range)];
    let starts = words
        .char_indices()
        .filter(|(at, c)| c.is_alphanumeric() && !words[..*at].chars().next_back().is_some_and(char::is_alphanumeric));
    starts.map(|(at, _)| range.start() + TextSize::try_from(at).unwrap()).collect()
}

/// The steps by word that move the ends of one range to another, if they lead there.
fn steps(text: &str, from: TextRange, to: TextRange) -> Option<Vec<Command>> {
    let mut commands = walk(text, from.start(), to.start(), [Command::StartWordBack, Command::StartWordForward])?;
    commands.extend(walk(text, from.end(), to.end(), [Command::EndWordBack, Command::EndWordForward])?);
    Some(commands)
}

fn walk(text: &str, mut at: TextSize, to: TextSize, [back, forward]: [Command; 2]) -> Option<Vec<Command>> {
    let mut commands = Vec::new();
    while at != to {
        let onward = at < to;
        at = words::step(text, at, onward, true);
        commands.push(if onward { forward } else { back });
        if commands.len() > 4 {
            return None;
        }
    }
    Some(commands)
}
