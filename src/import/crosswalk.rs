//! The crosswalk back in: a table that says which events of a project are one happening, as the export of that name writes it
//! and a person, or another program, changed it.

use std::collections::{BTreeMap, HashMap};

use super::{File, ImportError, LeftOut, utf8};
use crate::ingest::delimiter;
use crate::project::{ArticleId, Event, EventId, Mention, Project, Target};
use crate::text::OffsetMap;

/// What a crosswalk says of the events of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crosswalk {
    /// The events of each happening that it names, in its order.
    pub happenings: Vec<Vec<EventId>>,
    /// The rows of which no event is known.
    pub left_out: Vec<LeftOut>,
}

/// What the columns are called that are read.
const COLUMNS: [&str; 7] = ["happening", "event", "article", "title", "trigger", "start", "end"];

/// Reads a crosswalk of the events of a project. A row is of the event of its number where the words that it gives tell of that,
/// else of the one that these words tell of in the article of its number or title.
///
/// # Errors
/// It is not UTF-8, or no table with these columns.
pub fn crosswalk(project: &Project, file: &File) -> Result<Crosswalk, ImportError> {
    let text = utf8(file)?.trim_start_matches('\u{feff}');
    let wrong = |problem: String| ImportError::Form { name: file.base().to_owned(), format: "a crosswalk", problem };
    let delimiter = delimiter(file.base(), text);
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| wrong(error.to_string()))?.clone();
    let place = |name: &str| header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
    let places: BTreeMap<&str, usize> = COLUMNS.iter().filter_map(|name| Some((*name, place(name)?))).collect();
    let has = |name: &str| places.contains_key(name);
    if !has("happening") || !(has("event") || has("trigger") && (has("article") || has("title"))) {
        let problem = "its first line has to name the column “happening”, and “event” or else “trigger” with “article” or “title”";
        return Err(wrong(problem.to_owned()));
    }
    let finder = Finder::new(project);
    let mut order: HashMap<String, usize> = HashMap::new();
    let mut given: HashMap<EventId, usize> = HashMap::new();
    let mut found = Crosswalk::default();
    for (number, record) in (2_usize..).zip(reader.records()) {
        let record = record.map_err(|error| wrong(error.to_string()))?;
        let cell = |name: &str| places.get(name).and_then(|at| record.get(*at)).map(plain).unwrap_or_default();
        let happening = cell("happening");
        if happening.is_empty() {
            // Nothing is said of it.
            continue;
        }
        let next = order.len();
        let at = order.get(happening).copied().unwrap_or(next);
        let event = finder.event(&cell).and_then(|event| match given.get(&event) {
            Some(other) if *other != at => Err("an earlier row has its event in another happening"),
            _ => Ok(event),
        });
        match event {
            Ok(event) => {
                order.insert(happening.to_owned(), at);
                given.insert(event, at);
                match found.happenings.get_mut(at) {
                    Some(events) => events.push(event),
                    None => found.happenings.push(vec![event]),
                }
            }
            Err(why) => {
                let what = format!("event {} “{}” of “{}”", cell("event"), cell("trigger"), cell("title"));
                found.left_out.push(LeftOut { place: format!("{}, line {number}", file.base()), what, why });
            }
        }
    }
    Ok(found)
}

/// A cell without the apostrophe that keeps spreadsheets from taking it for a formula.
fn plain(cell: &str) -> &str {
    let cell = cell.trim();
    let bare = cell.strip_prefix('\'').filter(|rest| rest.trim_start_matches('\'').starts_with(['=', '+', '-', '@']));
    bare.unwrap_or(cell)
}

/// Finds the events that rows are of.
struct Finder<'p> {
    project: &'p Project,
    titles: HashMap<&'p str, Vec<ArticleId>>,
}

impl<'p> Finder<'p> {
    fn new(project: &'p Project) -> Self {
        let mut titles: HashMap<&str, Vec<ArticleId>> = HashMap::new();
        for record in project.articles() {
            titles.entry(record.article.meta.title.as_str()).or_default().push(record.id);
        }
        Self { project, titles }
    }

    fn event<'c>(&self, cell: &impl Fn(&str) -> &'c str) -> Result<EventId, &'static str> {
        let number = |name: &str, prefix: char| cell(name).strip_prefix(prefix)?.parse::<u32>().ok();
        let trigger = cell("trigger");
        let named = number("event", 'v').map(EventId).filter(|id| self.project.event(*id).is_some());
        if let Some(event) = named.filter(|id| trigger.is_empty() || self.tells(*id, trigger)) {
            return Ok(event);
        }
        if trigger.is_empty() {
            return Err("the project has no event of this number");
        }
        let of_title = self.titles.get(cell("title")).map(Vec::as_slice).unwrap_or_default();
        let own = number("article", 'a').map(ArticleId).filter(|id| self.project.article(*id).is_some());
        // A number may be of another article in another project; its title is not.
        let own = own.filter(|id| of_title.is_empty() && cell("title").is_empty() || of_title.contains(id));
        let articles: Vec<ArticleId> = own.map_or_else(|| of_title.to_vec(), |own| vec![own]);
        let place = cell("start").parse().ok().zip(cell("end").parse().ok());
        let mut there: Vec<EventId> = articles.iter().flat_map(|article| self.told(*article, trigger, place)).collect();
        there.sort_unstable();
        there.dedup();
        match there.as_slice() {
            [one] => Ok(*one),
            [] => Err("no event of the project is told of by these words there"),
            _ => Err("several events of the project are told of by these words there"),
        }
    }

    /// Whether an event is told of by these words.
    fn tells(&self, event: EventId, words: &str) -> bool {
        let mut mentions = self.project.mentions_of(Target::Event(event));
        mentions.any(|mention| is_of(mention, words))
            || self.project.event(event).is_some_and(|event| named(event, words))
    }

    /// The events of an article that these words tell of: those at this place, in code points, where there are some.
    fn told(&self, article: ArticleId, words: &str, place: Option<(usize, usize)>) -> Vec<EventId> {
        let of_words =
            self.project.mentions(article).iter().filter(|mention| mention.is_live() && is_of(mention, words));
        let of_words: Vec<&Mention> = of_words.filter(|mention| mention.event().is_some()).collect();
        let range =
            place.and_then(|(start, end)| OffsetMap::new(self.project.text(article)).from_code_points(start, end));
        let here: Vec<&Mention> = of_words.iter().copied().filter(|mention| Some(mention.range) == range).collect();
        let chosen = if here.is_empty() { of_words } else { here };
        chosen.into_iter().filter_map(Mention::event).collect()
    }
}

fn is_of(mention: &Mention, words: &str) -> bool {
    mention.quote.split_whitespace().eq(words.split_whitespace())
}

fn named(event: &Event, words: &str) -> bool {
    event.name == words
}
