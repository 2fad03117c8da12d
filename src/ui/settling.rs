//! Where annotators differ, as cards: read and compared in the background, and what a person has chosen of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::correction::{Correction, Draft, in_words};
use super::forms::CopiesForm;
use crate::compare::{self, Annotator, Card, Comparison, Decision, Desk, Difference, ENGINE, Verdict};
use crate::import;
use crate::project::{
    Contributor, ContributorId, DifferenceSort, Edit, Given, Project, Reason, Ruling, Settled, Stamp, ops,
};
use crate::store;
use crate::suggest::{self, Engine, Options};

/// The work of annotators, and how it differs.
pub struct Found {
    names: Vec<String>,
    open: Vec<bool>,
    projects: Vec<Project>,
    comparison: Comparison,
}

impl Found {
    fn annotators(&self) -> Vec<Annotator<'_>> {
        let all = self.names.iter().zip(&self.projects).zip(&self.open);
        all.map(|((name, project), open)| Annotator { name, project, open: *open }).collect()
    }

    /// How far they agree, γ too, as a report: rows for a spreadsheet where the file ends so, else a page. `blind` hides names.
    pub(super) fn report(&self, into: &Path, blind: bool) -> String {
        let name = |(at, name): (usize, &String)| if blind { compare::letter(at) } else { name.clone() };
        let names: Vec<String> = self.names.iter().enumerate().map(name).collect();
        let annotators = self.annotators().into_iter().zip(&names).map(|(own, name)| Annotator { name, ..own });
        let comparison = compare::compare_with_gamma(&annotators.collect::<Vec<_>>());
        let table = into.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv"));
        if table { compare::csv(&comparison) } else { compare::html(&comparison) }
    }

    /// What each is called.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// A difference.
    pub(super) fn difference(&self, at: usize) -> Option<&Difference> {
        self.comparison.differences.get(at)
    }

    /// The text of the article in which a difference lies, and its title.
    pub(super) fn article(&self, difference: &Difference) -> (&str, &str) {
        let compared = self.comparison.articles.get(difference.article);
        let id = compared.and_then(|compared| compared.articles.first());
        let text = self.projects.first().zip(id).map_or("", |(project, id)| project.text(*id));
        (text, compared.map_or("", |compared| compared.title.as_str()))
    }

    /// Where a difference lies in a project in which it is settled.
    pub(super) fn place(&self, project: &Project, at: usize) -> Option<ops::Place> {
        let difference = self.difference(at)?;
        let article = Desk::new(project, &self.annotators(), &self.comparison).article(difference)?;
        Some(ops::Place { article, range: difference.range })
    }

    /// What the first annotator chose who chose something, to go on from; none of marks.
    fn given(&self, at: usize) -> Option<Given> {
        let (annotators, difference) = (self.annotators(), self.difference(at)?);
        (0..annotators.len()).find_map(|by| self.comparison.given(&annotators, difference, by))
    }

    /// The events that marks can be told to be of, where it is about that.
    fn events(&self, at: usize) -> Vec<String> {
        self.difference(at).map_or_else(Vec::new, |it| self.comparison.events(&self.annotators(), it))
    }

    /// The words at both ends of a relation, in the direction of whoever has it.
    fn ends(&self, at: usize) -> Option<[String; 2]> {
        let difference = self.difference(at)?;
        let (from, to) = self.comparison.ends(difference)?;
        let (text, _) = self.article(difference);
        Some([from, to].map(|range| text.get(crate::text::bytes(range)).unwrap_or_default().to_owned()))
    }

    /// Whether words stand where a difference lies.
    pub(super) fn stands(&self, at: usize, words: &str) -> bool {
        let standing = |it: &Difference| compare::standing(self.article(it).0, it.range, words);
        self.difference(at).and_then(standing).is_some()
    }

    /// What is to be said of a difference in the place of what anybody chose.
    pub(super) fn correction(&self, project: &Project, at: usize) -> Option<Correction> {
        let events = self.events(at);
        let draft = Draft::new(project.tagset(), self.difference(at)?, self.given(at), !events.is_empty())?;
        let place = self.place(project, at).map(|place| place.article);
        let ends = self.ends(at).unwrap_or_default();
        Some(Correction { draft, place, ends, events, problem: None, fresh: true })
    }

    /// The edit that settles differences.
    pub(super) fn settle(&self, project: &Project, differences: &[usize], decision: &Decision, stamp: Stamp) -> Edit {
        Desk::new(project, &self.annotators(), &self.comparison).settle(differences, decision, stamp)
    }
}

/// Work for a thread.
pub enum Job {
    /// Compare those whom a project names.
    GoOn {
        /// The number of the project.
        number: u64,
        /// The annotators.
        contributors: Vec<Contributor>,
        /// Where the project is kept: files that are named without a folder lie beside it.
        beside: Option<PathBuf>,
    },
    /// Make a project in which the work of several is settled.
    Begin {
        /// Their files.
        files: Vec<PathBuf>,
        /// Whether the engine is one of them.
        engine: bool,
        /// Whether open suggestions count.
        open: bool,
        /// Where it is to be kept.
        into: PathBuf,
        /// Who begins it.
        by: String,
    },
}

/// What a thread has done.
pub enum Answer {
    /// The work of the annotators of the project of this number, or why it cannot be compared.
    Found(u64, Result<Arc<Found>, String>),
    /// A project was written there, or why not.
    Begun(Result<PathBuf, String>),
}

/// Does the work.
pub fn work(job: Job) -> Answer {
    match job {
        Job::GoOn { number, contributors, beside } => {
            let found = read_all(&contributors, beside.as_deref());
            Answer::Found(number, found.map(Arc::new))
        }
        Job::Begin { files, engine, open, into, by } => Answer::Begun(begin(&files, engine, open, &into, by)),
    }
}

fn begin(files: &[PathBuf], engine: bool, open: bool, into: &Path, by: String) -> Result<PathBuf, String> {
    let into = if store::is_project(into) { into.to_owned() } else { into.with_extension(store::EXTENSION) };
    if files.iter().any(|file| store::same_file(file, &into)) {
        return Err(format!("“{}” is the work of an annotator: choose another name", into.display()));
    }
    let named =
        names(files).into_iter().zip(files).map(|(name, file)| (name, file.to_string_lossy().into_owned(), open));
    let named = named.chain(engine.then(|| (ENGINE.to_owned(), String::new(), true)));
    let contributor = |(name, file, open)| Contributor { id: ContributorId::default(), name, file, open };
    let contributors: Vec<Contributor> = named.map(contributor).collect();
    let found = read_all(&contributors, None)?;
    let stamp = Stamp { by: by.into(), at: Timestamp::now() };
    let project = compare::begin(&found.annotators(), &found.comparison, contributors, &stamp);
    let project = project.map_err(|error| error.to_string())?;
    store::save_project(&into, &project).map_err(|error| error.to_string())?;
    Ok(into)
}

/// What annotators are called by their files: by the names of these, with their folders where these are the same.
fn names(files: &[PathBuf]) -> Vec<String> {
    let stem = |file: &PathBuf| file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let alone = |file: &PathBuf| files.iter().filter(|other| stem(other) == stem(file)).count() == 1;
    files.iter().map(|file| if alone(file) { stem(file) } else { file.display().to_string() }).collect()
}

/// Reads the work of all, and compares it. The engine looks at the articles of the first.
fn read_all(contributors: &[Contributor], beside: Option<&Path>) -> Result<Found, String> {
    let mut projects: Vec<Project> = Vec::new();
    for own in contributors {
        let project = match own.file.as_str() {
            "" if own.open => suggested(projects.first().ok_or("The engine alone is nobody to compare with")?)?,
            file => read(&located(file, beside))?,
        };
        projects.push(project);
    }
    let names = contributors.iter().map(|own| own.name.clone()).collect();
    let open = contributors.iter().map(|own| own.open).collect();
    let mut found = Found { names, open, projects, comparison: Comparison::default() };
    found.comparison = compare::compare(&found.annotators());
    if found.comparison.articles.is_empty() {
        return Err("These files have no article in common: articles are paired by their text, letter by letter".into());
    }
    Ok(found)
}

/// A file where it was, or beside the project once both have moved.
fn located(file: &str, beside: Option<&Path>) -> PathBuf {
    let path = PathBuf::from(file);
    let moved = beside.and_then(Path::parent).zip(path.file_name()).map(|(folder, name)| folder.join(name));
    moved.filter(|moved| !store::exists(&path) && store::exists(moved)).unwrap_or(path)
}

fn read(path: &Path) -> Result<Project, String> {
    if store::is_project(path) {
        return store::load_project(path).map_err(|error| error.to_string());
    }
    let stamp = Stamp { by: "import".into(), at: Timestamp::now() };
    let files = store::read_annotations(&[path.to_owned()]).map_err(|error| error.to_string())?;
    let imported = import::read(files, None, &stamp).map_err(|error| error.to_string())?;
    Ok(imported.project)
}

/// The articles of a project with the engine's suggestions alone.
fn suggested(of: &Project) -> Result<Project, String> {
    let stamp = Stamp { by: suggest::AUTHOR.into(), at: Timestamp::now() };
    let engine = Engine::new(Options::default());
    let mut project = Project::new();
    let articles = of.articles().map(|record| record.article.clone()).collect();
    project.apply(&ops::add_articles(&project, articles, stamp.clone())).map_err(|error| error.to_string())?;
    for ids in project.article_ids().to_vec().chunks(Engine::batch()) {
        let articles: Vec<_> = ids.iter().filter_map(|id| project.article(*id)).map(|record| &record.article).collect();
        let texts: Vec<_> = articles.iter().map(|article| (article.text.as_str(), article.meta.date)).collect();
        let found: Vec<_> = ids.iter().copied().zip(engine.suggest_all(&texts)).collect();
        suggest::edits(&mut project, &found, &stamp).map_err(|error| error.to_string())?;
    }
    Ok(project)
}

/// Writes a project for each annotator into a folder; how many.
pub fn make_copies(project: &Project, form: &CopiesForm, folder: &Path) -> Result<usize, String> {
    let names = form.list();
    let path = |name: &String| folder.join(format!("{}.{}", super::text::file_name(name), store::EXTENSION));
    if let Some(there) = names.iter().map(path).find(|path| store::exists(path)) {
        return Err(format!("“{}” is there already, so no copy was made. Choose another folder", there.display()));
    }
    for name in &names {
        let copy = compare::copy_for(project, name, form.suggestions).map_err(|error| error.to_string())?;
        store::save_project(&path(name), &copy).map_err(|error| error.to_string())?;
    }
    Ok(names.len())
}

/// What is listed.
#[derive(Default)]
pub(super) struct Listed {
    /// The open cards, those that settle most first.
    pub cards: Vec<Card>,
    /// How many differences there are, and how many of them a person settled.
    pub counts: (usize, usize),
}

/// A gap in the guidelines that rulings tell of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    /// In what annotators differed.
    pub sort: DifferenceSort,
    /// About which words.
    pub words: String,
    /// What was taken.
    pub taken: String,
    /// Remarks, each once.
    pub notes: Vec<String>,
    /// How often.
    pub times: usize,
}

/// The gaps that rulings of a project tell of, those that are there most often first.
pub(super) fn gaps(project: &Project) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = Vec::new();
    for ruling in project.rulings().filter(|ruling| ruling.reason == Some(Reason::Gap)) {
        let taken = taken(project, ruling);
        let same = |gap: &&mut Gap| (gap.sort, &gap.words, &gap.taken) == (ruling.sort, &ruling.words, &taken);
        match gaps.iter_mut().find(same) {
            Some(gap) => {
                gap.times += 1;
                if !ruling.note.is_empty() && !gap.notes.contains(&ruling.note) {
                    gap.notes.push(ruling.note.clone());
                }
            }
            None => gaps.push(Gap {
                sort: ruling.sort,
                words: ruling.words.clone(),
                taken,
                notes: Some(ruling.note.clone()).filter(|note| !note.is_empty()).into_iter().collect(),
                times: 1,
            }),
        }
    }
    gaps.sort_by_key(|gap| std::cmp::Reverse(gap.times));
    gaps
}

/// What a ruling took, in words.
fn taken(project: &Project, ruling: &Ruling) -> String {
    match &ruling.taken {
        Settled::Nothing => "nothing".to_owned(),
        Settled::Edited(what) if what.is_empty() => "edited".to_owned(),
        Settled::Given(given) => in_words(project.tagset(), given),
        Settled::Edited(what) => {
            let kind = crate::project::KindId(what.as_str().into());
            project.tagset().get(&kind).map_or_else(|| what.clone(), |kind| kind.name.clone())
        }
        Settled::Choice(id) => {
            let words = ruling.choices.iter().find(|(own, _)| own == id).map(|(_, words)| words.as_str());
            words.unwrap_or("nothing").to_owned()
        }
    }
}

/// Gaps as a list in Markdown, to go on from in the guidelines.
pub(super) fn markdown(gaps: &[Gap]) -> String {
    let line = |gap: &Gap| {
        let notes = if gap.notes.is_empty() { String::new() } else { format!(" ({})", gap.notes.join("; ")) };
        format!("- “{}”, {}: {}{notes}\n", gap.words, gap.sort.name(), gap.taken)
    };
    gaps.iter().map(line).collect()
}

/// What a list is of.
type Of = ((u64, u64), usize);

/// The cards, and what is chosen of them.
#[derive(Default)]
pub struct Settling {
    /// Whether they stand in the place of the article.
    pub shown: bool,
    /// A card led to an article, from which there is a way back.
    pub(super) left: bool,
    /// Whether names are hidden.
    pub(super) blind: bool,
    /// Whether the gaps stand in the place of the cards.
    pub(super) gaps: bool,
    /// The card that has the keys, and which of its places is shown.
    pub(super) chosen: usize,
    pub(super) place: usize,
    /// The card is to be brought into view.
    pub(super) reveal: bool,
    /// Why, of the card that is decided on next.
    pub(super) reason: Option<Reason>,
    /// A remark on it.
    pub(super) note: String,
    /// What is said in the place of what anybody chose.
    pub(super) editing: Option<Correction>,
    found: Option<(u64, Result<Arc<Found>, String>)>,
    asked: Option<u64>,
    listed: Option<(Of, Arc<Listed>)>,
    skipped: BTreeSet<usize>,
}

impl Settling {
    /// What has to be done to show the differences of the project of this number; once.
    pub(super) fn refresh(&mut self, project: &Project, number: u64, path: Option<&PathBuf>) -> Option<Job> {
        if self.asked == Some(number) || self.found.as_ref().is_some_and(|(of, _)| *of == number) {
            return None;
        }
        self.asked = Some(number);
        Some(Job::GoOn { number, contributors: project.contributors().cloned().collect(), beside: path.cloned() })
    }

    /// Takes in what a thread has found.
    pub(super) fn take(&mut self, number: u64, found: Result<Arc<Found>, String>) {
        if self.asked == Some(number) {
            (self.asked, self.listed) = (None, None);
            self.found = Some((number, found));
        }
    }

    /// The files are read and compared again.
    pub(super) fn read_again(&mut self) {
        (self.found, self.asked, self.listed) = (None, None, None);
        self.skipped.clear();
    }

    /// What is under way is of no use any more.
    pub(super) fn give_up(&mut self) {
        self.asked = None;
    }

    /// Whether something is being read or compared.
    pub fn is_looking(&self) -> bool {
        self.asked.is_some()
    }

    /// The work of the annotators, or why there is none; nothing while it is being read.
    pub(super) fn found(&self) -> Option<Result<Arc<Found>, String>> {
        self.found.as_ref().map(|(_, found)| found.clone())
    }

    /// How many cards are open; none while they are being looked for.
    pub fn open(&self) -> Option<usize> {
        self.listed.as_ref().map(|(_, listed)| listed.cards.len())
    }

    /// The cards that are open, those that were skipped last.
    pub(super) fn list(&mut self, project: &Project, now: (u64, u64), found: &Found) -> Arc<Listed> {
        let of = (now, self.skipped.len());
        if let Some((listed, cards)) = &self.listed
            && *listed == of
        {
            return Arc::clone(cards);
        }
        let annotators = found.annotators();
        let desk = Desk::new(project, &annotators, &found.comparison);
        let mut cards = desk.open();
        cards.sort_by_key(|card| self.skipped.contains(&card.first));
        let listed = Arc::new(Listed { cards, counts: (found.comparison.differences.len(), desk.settled()) });
        self.listed = Some((of, Arc::clone(&listed)));
        self.chosen = self.chosen.min(listed.cards.len().saturating_sub(1));
        listed
    }

    /// Chooses a card.
    pub(super) fn choose(&mut self, at: usize) {
        if self.chosen != at {
            (self.reason, self.editing) = (None, None);
            self.note.clear();
        }
        (self.chosen, self.place, self.reveal) = (at, 0, true);
    }

    /// Puts a card behind the others.
    pub(super) fn skip(&mut self, card: &Card) {
        // Once all were skipped it begins anew.
        if !self.skipped.insert(card.first) {
            self.skipped.clear();
        }
        (self.reason, self.editing, self.place, self.reveal) = (None, None, 0, true);
        self.note.clear();
    }

    /// What is said of the card that is chosen.
    pub(super) fn decision(&mut self, verdict: Verdict) -> Decision {
        (self.editing, self.place, self.reveal) = (None, 0, true);
        Decision { verdict, reason: self.reason.take(), note: std::mem::take(&mut self.note).trim().to_owned() }
    }
}
