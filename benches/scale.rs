//! How long a large project takes to open, to save and to change, and how much memory it needs, as a table. `make
//! bench-scale` runs it; `docs/benchmarks.md` has what was measured.
//!
//! Each size is measured in a process of its own, so that the memory is that of one project. The bars are those for
//! 10,000 articles: open in 2 s, no pause of 16 ms in the window while it saves, 1 GB of memory; of it at most 60 MB for what
//! was learned from decisions, in 0.3 s; and for a million mentions, what may be one across them in 60 s. Each view of the whole
//! collection: the first picture in 1 s, another selection in 100 ms, a frame in 16 ms, with 300 MB of memory on top.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs,
    reason = "a benchmark fails by panicking"
)]

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::civil::date;
use rubricator::compare::{Annotator, compare};
use rubricator::project::{
    ArticleId, ArticleRecord, Entity, EntityId, Event, EventDate, EventId, EventPlace, EventType, KindId, Mention,
    MentionId, Origin, Participant, Plover, Project, Records, Role, Session, Stamp, Status, Tagset, Target, ops,
};
use rubricator::store;
use rubricator::suggest::ProjectMemory;
use rubricator::suggest::across::Proposer;
use rubricator::text::{Article, Metadata, Text, byte_range};
use rubricator::views::{Chosen, Collection, Data, Frames, Gathered, Options, Selection, View};

const SIZES: [usize; 3] = [1_000, 10_000, 50_000];
/// Articles that two annotators have; the bar is 2 s.
const COMPARED: usize = 2_000;
const WORDS: usize = 600;
const MENTIONS: usize = 60;
/// Of each article's mentions.
const EVENTS: usize = 10;
/// How many entities there are for each article: most are named in several.
const ENTITIES: usize = 4;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--one") {
        return one(arguments[at + 1].parse().unwrap(), Path::new(&arguments[at + 2]));
    }
    let sizes: Vec<usize> = match std::env::var("SIZES") {
        Ok(sizes) => sizes.split_whitespace().map(|size| size.parse().unwrap()).collect(),
        Err(_) => SIZES.to_vec(),
    };
    let dir = tempfile::tempdir().unwrap();
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    println!("{WORDS} words, {MENTIONS} mentions and {EVENTS} events an article; {processors} processors\n");
    println!(
        "| articles | mentions | file | open | memory, opened | snapshot | save | longest pause while saving | memory, at most | one edit | edits, slowest of 1,000 | learning | memory of what was learned | what may be one | again after a change |"
    );
    println!("|{}", " --- |".repeat(15));
    for size in sizes {
        let path = dir.path().join(format!("{size}.rubric"));
        // Made in a process of its own too: what that needs must not count.
        for arguments in
            [vec!["--one", "0", path.to_str().unwrap(), "--make"], vec!["--one", "1", path.to_str().unwrap()]]
        {
            let program = std::env::current_exe().unwrap();
            let run = std::process::Command::new(program).args(arguments).env("ARTICLES", size.to_string()).status();
            assert!(run.unwrap().success());
        }
        std::fs::remove_file(&path).unwrap();
    }
    compared();
    println!("\nThe views of the whole collection, of 10,000 articles:\n");
    println!(
        "| view | first picture | changed selection | a frame when it is zoomed, slowest of 100 | memory on top |"
    );
    println!("|{}", " --- |".repeat(5));
    let path = dir.path().join("views.rubric");
    for measure in ["0", "2"] {
        let program = std::env::current_exe().unwrap();
        let arguments = ["--one", measure, path.to_str().unwrap()];
        let articles = std::env::var("VIEWS").unwrap_or_else(|_| "10000".to_owned());
        assert!(
            std::process::Command::new(program).args(arguments).env("ARTICLES", articles).status().unwrap().success()
        );
    }
}

/// How long each view takes to be seen first, when another part is selected, and when it is moved; and what memory it needs.
fn look_at_views(path: &Path) {
    let mut project = store::open_project(path).unwrap().project;
    spread(&mut project);
    let project = project.snapshot();
    for view in View::ALL {
        let before = memory("VmRSS:");
        let size = (1600.0, 900.0);
        let options = Options::default();
        let ((all, mut gathered, data, picture), first) = timed(|| {
            let all = Collection::of(&project);
            let (mut gathered, chosen) = (Gathered::default(), Chosen::of(&all, &Selection::default()));
            gathered.fill(view, &project, &all, &chosen, &options);
            let data = Data::of(view, &all, &gathered, &chosen, &options);
            let picture = data.draw(&all, &Frames::default(), size);
            (all, gathered, data, picture)
        });
        assert!(picture.marks.len() > 2, "{} shows {} marks", view.name(), picture.marks.len());
        let top = memory("VmRSS:").saturating_sub(before);
        let selections = [
            Selection { accepted: true, ..Selection::default() },
            Selection { names: "talks".to_owned(), ..Selection::default() },
            Selection { from: Some(date(2021, 1, 1)), ..Selection::default() },
        ];
        let changed = selections.iter().map(|selection| {
            timed(|| {
                let chosen = Chosen::of(&all, selection);
                gathered.fill(view, &project, &all, &chosen, &options);
                Data::of(view, &all, &gathered, &chosen, &options).draw(&all, &Frames::default(), size)
            })
            .1
        });
        let changed = changed.max().unwrap();
        let frames = (0..100).map(|nth| {
            let mut frames = Frames::default();
            let (factor, at) = (0.93_f64.powi(nth), (0.4, 0.5));
            if let Data::Timeline(timeline) = &data {
                frames.timeline = Some(rubricator::views::timeline::Frame::of(timeline).zoomed(factor, 0.4));
            }
            frames.map = frames.map.zoomed(factor, at, size);
            frames.network = frames.network.zoomed(factor, at);
            timed(|| data.draw(&all, &frames, size)).1
        });
        let slowest = frames.max().unwrap();
        println!(
            "| {} | {:.2} s | {:.0} ms | {:.1} ms | {top} MB |",
            view.name(),
            first.as_secs_f64(),
            ms(changed),
            ms(slowest)
        );
    }
}

/// Has the events take place on many days and in several cities.
fn spread(project: &mut Project) {
    const CITIES: [(&str, &str); 6] =
        [("Paris", "FR"), ("Nairobi", "KE"), ("Lima", "PE"), ("Tokyo", "JP"), ("Ankara", "TR"), ("Kano", "NG")];
    let events: Vec<Event> = project.events().cloned().collect();
    for (nth, mut event) in events.into_iter().enumerate() {
        let start = date(2019, 1, 1).saturating_add(jiff::Span::new().days((nth * 37 % 1500) as i64));
        let end = start.saturating_add(jiff::Span::new().days((nth % 10 / 7 * 27) as i64));
        event.date = Some(EventDate::new(start, end, ""));
        let (city, country) = CITIES[nth * 7 % CITIES.len()];
        event.place = Some(EventPlace::new(city, country.parse().ok()));
        project.apply(&ops::set_event(project, event, stamp())).unwrap();
    }
}

/// How long it takes to compare two annotators of many articles, one of whom left out or changed every seventh mark.
fn compared() {
    let one = project(COMPARED);
    let mut other = one.clone();
    let every = |nth: usize| -> Vec<MentionId> {
        other.all_mentions().enumerate().filter(|(at, _)| at % 14 == nth).map(|(_, mention)| mention.id).collect()
    };
    let (left_out, changed) = (every(0), every(7));
    let edit = ops::reject(&other, &left_out, stamp());
    other.apply(&edit).unwrap();
    let edit = ops::set_kind(&other, &changed, &KindId::PERSON, &ops::unknown, stamp());
    other.apply(&edit).unwrap();
    let annotator = |name, project| Annotator { name, project, open: true };
    let annotators = [annotator("one", &one), annotator("other", &other)];
    let (comparison, time) = timed(|| compare(&annotators));
    assert_eq!(comparison.articles.len(), COMPARED);
    println!(
        "\n| articles of two annotators | marks | differences | cards | compared |\n| --- | --- | --- | --- | --- |"
    );
    println!(
        "| {COMPARED} | {} | {} | {} | {:.2} s |",
        COMPARED * MENTIONS,
        comparison.differences.len(),
        comparison.cards.len(),
        time.as_secs_f64()
    );
}

/// Makes the project file, or measures it.
fn one(measure: usize, path: &Path) {
    let articles: usize = std::env::var("ARTICLES").unwrap().parse().unwrap();
    if measure == 2 {
        return look_at_views(path);
    }
    if measure == 0 {
        store::save_project(path, &project(articles)).unwrap();
        return;
    }
    let size = std::fs::metadata(path).unwrap().len();
    let (opened, open) = timed(|| store::open_project(path).unwrap());
    assert!(opened.damage.is_empty());
    let mentions = opened.project.all_mentions().count();
    assert_eq!((opened.project.article_count(), mentions), (articles, articles * MENTIONS));
    let resident = memory("VmRSS:");
    let (learned, learning) = timed(|| ProjectMemory::of(&opened.project));
    assert!(!learned.is_empty());
    let learned_mb = memory("VmRSS:").saturating_sub(resident);
    drop(learned);
    let mut session = Session::new(opened.project);
    let edits = edits(&mut session, 1000);
    let (saved, snapshot, pause) = saving(&mut session, path);
    let peak = memory("VmHWM:");
    let (first, again) = looks(&mut session);
    println!(
        "| {articles} | {mentions} | {} MB | {:.2} s | {} MB | {:.1} ms | {:.2} s | {:.1} ms | {} MB | {:.3} ms | {:.2} ms | {:.2} s | {learned_mb} MB | {:.1} s | {:.1} s |",
        size / 1_000_000,
        open.as_secs_f64(),
        resident,
        ms(snapshot),
        saved.as_secs_f64(),
        ms(pause),
        peak,
        ms(edits[edits.len() / 2]),
        ms(edits[edits.len() - 1]),
        learning.as_secs_f64(),
        first.as_secs_f64(),
        again.as_secs_f64(),
    );
}

/// How long it takes to find what may be one across the articles, and to find it again after a change.
fn looks(session: &mut Session) -> (Duration, Duration) {
    let mut proposer = Proposer::default();
    let mut look = |session: &Session| {
        let project = session.project().snapshot();
        timed(|| proposer.look(&project, &AtomicBool::new(false)).unwrap()).1
    };
    let first = look(session);
    edits(session, 1);
    (first, look(session))
}

/// Saves in the background as the window does, editing all the while: the time it took, that of the snapshot, and the
/// longest that an edit had to wait.
fn saving(session: &mut Session, path: &Path) -> (Duration, Duration, Duration) {
    let (snapshot, snapshot_time) = timed(|| session.project().snapshot());
    let path = path.to_owned();
    let save = std::thread::spawn(move || {
        let (result, time) = timed(|| store::save_project(&path, &snapshot));
        result.unwrap();
        // Where the last reference to a record goes is a pause too, but not the window's.
        drop(snapshot);
        time
    });
    let mut longest = snapshot_time;
    while !save.is_finished() {
        longest = longest.max(edits(session, 1)[0]);
        std::thread::sleep(Duration::from_millis(1));
    }
    (save.join().unwrap(), snapshot_time, longest)
}

/// Accepts mentions one by one, all over the project; the times that took, sorted.
fn edits(session: &mut Session, count: usize) -> Vec<Duration> {
    let ids = session.project().article_ids().to_vec();
    let mut times: Vec<Duration> = (0..count)
        .map(|n| {
            let article = ids[(n + session.history().len()) * 7919 % ids.len()];
            let mention = &session.project().mentions(article)[n % MENTIONS];
            let id = mention.id;
            let reject = mention.status == Status::Accepted;
            let (result, time) = timed(|| {
                let decide = if reject { ops::reject } else { ops::accept };
                session.apply(decide(session.project(), &[id], stamp()))
            });
            result.unwrap();
            time
        })
        .collect();
    times.sort();
    times
}

/// A project such as a person has after a while: suggestions of every kind, a third of them decided on.
fn project(articles: usize) -> Project {
    let entities = articles * ENTITIES;
    let mut records = Records { tagset: Tagset::default().kinds, ..Records::default() };
    records.entities = (0..entities).map(entity).collect();
    for n in 0..articles {
        let text = text(n);
        let words: Vec<(usize, &str)> = words(&text).collect();
        for m in 0..MENTIONS {
            let (start, word) = words[m * (words.len() / MENTIONS)];
            let is_event = m < EVENTS;
            let entity = (n * 31 + m * 17) % entities;
            let target = if is_event { Target::Event(event_id(n, m)) } else { Target::Entity(EntityId(entity as u32)) };
            let kind = match (is_event, entity % 3) {
                (true, _) => KindId::EVENT,
                (_, 0) => KindId::COUNTRY,
                _ => KindId::PERSON,
            };
            let decided = m % 3 == 0;
            let place = (ArticleId(n as u32), byte_range(start, start + word.len()).unwrap());
            records.mentions.push(Mention {
                target: Some(target),
                subtype: (entity.is_multiple_of(3) && !is_event).then(|| "demonym".into()),
                status: if decided { Status::Accepted } else { Status::Suggested },
                decision: decided.then(stamp),
                ..Mention::new(MentionId((n * MENTIONS + m) as u32), place, word, kind, origin(m))
            });
        }
        records.events.extend((0..EVENTS).map(|m| event(n, m, entities)));
        let meta = Metadata {
            title: format!("Ministers of the region meet for talks, part {n}"),
            source: "The Daily Record".to_owned(),
            date: Some(date(2022, 2, 4)),
            origin: format!("/home/somebody/articles/2022/article-{n:06}.txt"),
            ..Metadata::default()
        };
        let article = Article { meta, text: Text::new(text).unwrap() };
        records.articles.push(ArticleRecord::new(ArticleId(n as u32), article));
    }
    Project::from_records(records).unwrap()
}

fn entity(n: usize) -> Entity {
    Entity {
        id: EntityId(n as u32),
        kind: if n.is_multiple_of(3) { KindId::COUNTRY } else { KindId::PERSON },
        name: format!("{} {} {n}", LEXICON[n % LEXICON.len()], LEXICON[(n / 7) % LEXICON.len()]),
        aliases: vec![format!("{} {n}", LEXICON[n % LEXICON.len()])],
        country: None,
        role: if n.is_multiple_of(2) { "foreign minister".to_owned() } else { String::new() },
        wikidata: Some(format!("Q{}", 1000 + n).into()),
        origin: origin(n),
        decision: None,
        note: String::new(),
    }
}

fn event(article: usize, n: usize, entities: usize) -> Event {
    let place = EventPlace::new("Brussels", None);
    let participant = |role, shift: usize| {
        Participant::new(role, EntityId(((article * 31 + n * 17 + shift) % entities) as u32), None)
    };
    Event {
        kind: EventType::Happening(Some(Plover::Consult)),
        contexts: vec!["diplomatic".into()],
        date: Some(EventDate::new(date(2022, 2, 4), date(2022, 2, 4), "on Friday")),
        place: Some(place),
        participants: vec![participant(Role::Actor, 0), participant(Role::Recipient, 5)],
        ..Event::new(event_id(article, n), ArticleId(article as u32), "talks", origin(n))
    }
}

fn event_id(article: usize, n: usize) -> EventId {
    EventId((article * EVENTS + n) as u32)
}

fn origin(n: usize) -> Origin {
    let reason = format!("the tagger is {} % sure; a title stands before it", 50 + n % 50);
    Origin { source: "people".into(), score: Some(0.5 + (n % 50) as f32 / 100.0), reason }
}

const LEXICON: [&str; 24] = [
    "minister", "river", "Łódź", "agreed", "harbour", "talks", "season", "the", "price", "of", "grain", "border",
    "council", "wrote", "about", "fishing", "with", "Andrés", "votes", "before", "winter", "Moravia", "signed", "in",
];

/// A text of its own for each article.
fn text(n: usize) -> String {
    let mut text = String::new();
    let mut state = n as u64 * 2_654_435_761 + 12_345;
    for word in 0..WORDS {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text.push_str(LEXICON[(state >> 33) as usize % LEXICON.len()]);
        text.push_str(match word % 100 {
            99 => ".\n\n",
            19 | 39 | 59 | 79 => ". ",
            _ => " ",
        });
    }
    text
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split([' ', '.', '\n']).filter(|word| !word.is_empty()).map(|word| {
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        (start, word)
    })
}

fn stamp() -> Stamp {
    Stamp { by: "bench".into(), at: Timestamp::from_second(1_700_000_000).unwrap() }
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = run();
    (result, start.elapsed())
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// A line of the system's account of this process, in MB; 0 where the system keeps none.
fn memory(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let value = status.lines().find_map(|l| l.strip_prefix(line)).unwrap_or_default();
    value.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() / 1000
}
