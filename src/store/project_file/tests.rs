//! What the project file promises: everything comes back, byte for byte; whatever is wrong is named.

use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::project::*;
use crate::text::{Article, Metadata, Text, byte_range};

/// A project over these texts, with a mention on each word and something of everything; `seed` varies it.
pub(super) fn project(texts: &[String], seed: u32) -> Project {
    let stamp = Stamp { by: "Zoë \"Z\"".into(), at: Timestamp::from_second(1_700_000_000).unwrap() };
    let articles: Vec<Article> = texts
        .iter()
        .map(|text| Article {
            meta: Metadata {
                title: format!("T’{seed}\n\"{}", text.chars().take(4).collect::<String>()),
                date: seed.is_multiple_of(2).then(|| date(2022, 2, 4)),
                ..Metadata::default()
            },
            text: Text::new(text.as_str()).unwrap(),
        })
        .collect();
    let mut project = Project::new();
    project.apply(&ops::add_articles(&project, articles, stamp.clone())).unwrap();
    for id in project.article_ids().to_vec() {
        let text = project.text(id).to_owned();
        let words: Vec<_> = text.split_word_bound_ranges();
        for (n, range) in words.into_iter().enumerate() {
            let kinds = [KindId::PERSON, KindId::COUNTRY, KindId::EVENT];
            let kind = &kinds[(n + seed as usize) % 3];
            project.apply(&ops::tag(&project, id, &[range], kind, &ops::unknown, stamp.clone())).unwrap();
        }
    }
    if let Some(id) = project.article_ids().first().copied().filter(|_| seed % 3 == 1) {
        project.apply(&ops::set_done(&project, id, true, stamp.clone())).unwrap();
    }
    let ids: Vec<_> = project.all_mentions().map(|mention| mention.id).collect();
    let some: Vec<_> = ids.iter().copied().filter(|id| (id.0 + seed).is_multiple_of(3)).collect();
    project.apply(&ops::reject(&project, &some, stamp.clone())).unwrap();
    let last: Vec<_> = ids.last().copied().into_iter().collect();
    project.apply(&ops::delete(&project, &last, stamp.clone())).unwrap();
    let first = project.events().next().cloned();
    if let Some(event) = first {
        let first_char = project.text(event.article).chars().next().map_or(0, char::len_utf8);
        let here = byte_range(0, first_char);
        let words = PartyWords { name: "'rebels'".into(), label: PartyLabel::Group, country: CountryCode::new("ML") };
        let words = Participant { unsure: true, ..Participant::new(Role::Recipient, Party::Words(words), here) };
        // Schema 3 does not know all of a record.
        let whole = seed % 5 != 2;
        let words = whole.then_some(words);
        let entities = project.entities().take(2);
        let participants = entities.map(|entity| Participant::new(Role::Actor, entity.id, here)).chain(words);
        let figure = |number| Figure { kind: FigureKind::Killed, number, range: here };
        let lodz = Some(Coordinates { latitude: 51.77, longitude: -19.0 - f64::from(seed) / 7e3 });
        let event = Event {
            kind: EventType::Happening(Some(Plover::Consult)),
            date: Some(EventDate::new(date(2022, 2, 4), date(2022, 2, 5), "on 'Friday'")),
            wikidata: item("Q42"),
            place: Some(EventPlace {
                coordinates: lodz.filter(|_| whole),
                unsure: whole,
                ..EventPlace::new("Łódź", CountryCode::new("PL"))
            }),
            participants: participants.collect(),
            figures: if whole { vec![figure(Some(12.0)), figure(None), figure(Some(1.25e9))] } else { Vec::new() },
            worth: whole.then_some(0.25),
            origin: Origin { source: "verbs".into(), score: Some(0.1 + seed as f32 / 7e3), reason: "\\ tab\t".into() },
            ..event
        };
        project.apply(&ops::set_event(&project, event, stamp.clone())).unwrap();
    }
    if seed % 5 == 3 {
        project.apply(&ops::set_level(&project, Level::Main, stamp.clone())).unwrap();
    }
    if seed % 5 == 1 && seed > 1 {
        refuse(&mut project, &stamp);
    }
    if seed % 5 == 4 {
        with_relations(&mut project, &stamp);
    }
    if seed % 7 == 3 {
        judge(&mut project, &stamp);
    }
    if seed % 5 == 2 {
        with_own_tagset(&mut project, &stamp, texts.first().map_or("", String::as_str));
    }
    project
}

/// Says for some words that what is decided elsewhere does not count for them.
fn refuse(project: &mut Project, stamp: &Stamp) {
    let ids: Vec<_> = project.all_mentions().map(|mention| mention.id).collect();
    for (index, id) in ids.into_iter().enumerate() {
        project.apply(&ops::refuse(project, id, index % 2 == 0, stamp.clone())).unwrap();
    }
    project.apply(&ops::set_learning(project, false, stamp.clone())).unwrap();
    let words = ["d’Ivoire \"x\"", "talks"].map(|words| TakenWords {
        words: words.into(),
        kind: KindId::COUNTRY,
        accepted: 2,
        rejected: 0,
        added: 1,
        country: CountryCode::new("CI"),
    });
    let party = Kind::new(KindId("party \"x\"".into()), "Party", "Parties", '9', Schema::Entity);
    let kinds = Some(TakenKinds { kinds: vec![party], learned: "{\"kinds\":[0.5,\"d’Ivoire\"]}".to_owned() });
    let taken = Taken { from: "Élections 2024".to_owned(), words: words.into(), kinds };
    project.apply(&ops::take_memory(project, taken, stamp.clone())).unwrap();
}

/// Relates each tag to the next one, in several ways, and takes some of it back.
fn with_relations(project: &mut Project, stamp: &Stamp) {
    let usual = project.tagset().ready_relations();
    for article in project.article_ids().to_vec() {
        let ids: Vec<_> = project.mentions(article).iter().map(|mention| mention.id).collect();
        for (pair, kind) in ids.windows(2).zip(usual.iter().cycle()) {
            let edit = ops::relate(project, kind, pair[0], pair[1], stamp.clone());
            project.apply(&edit).unwrap();
        }
    }
    let ids: Vec<_> = project.relations().map(|relation| relation.id).collect();
    for (n, id) in ids.into_iter().enumerate() {
        let edit = match n % 4 {
            0 => ops::set_relation_note(project, id, "“since” 'May'\n", stamp.clone()),
            1 => ops::reverse_relation(project, id, stamp.clone()),
            2 => ops::delete_relations(project, &[id], stamp.clone()),
            _ => ops::reject_relations(project, &[id], stamp.clone()),
        };
        project.apply(&edit).unwrap();
    }
}

/// Says of each event that it is the same as the next one, or not, and takes one out again.
fn judge(project: &mut Project, stamp: &Stamp) {
    let events: Vec<_> = project.events().map(|event| event.id).collect();
    for (n, pair) in events.windows(2).enumerate() {
        let edit = match n % 3 {
            0 => ops::apart(project, &[pair[0], pair[1]].map(Target::Event), stamp.clone()),
            _ => ops::same(project, pair, stamp.clone()),
        };
        project.apply(&edit).unwrap();
    }
    if let Some(event) = events.last() {
        project.apply(&ops::leave(project, *event, stamp.clone())).unwrap();
    }
}

/// A project with relations as a file.
pub(super) fn related() -> String {
    let texts = ["Wang Yi met Lavrov.\r\nThey talked.".to_owned(), "👩‍🚀 José e\u{301} 'left'".to_owned()];
    String::from_utf8(to_bytes(&project(&texts, 4)).unwrap()).unwrap()
}

/// Adds a kind, article tags with an answer, and guidelines.
fn with_own_tagset(project: &mut Project, stamp: &Stamp, words: &str) {
    let mut new = ops::NewTagset { tagset: project.tagset().clone(), ..ops::NewTagset::default() };
    let ship = Kind::new(KindId("ship".into()), "Ship’s \"name\"", "Ships", '\'', Schema::Person);
    new.tagset.add(Kind { hue: Some(Hue::Teal), mark: Some(Mark::Star), ..ship });
    new.tagset.article_tags = vec![
        ArticleTag { id: "topic".into(), name: "Topic".into(), answer: Answer::One(vec!["war, 'cold'".into()]) },
        ArticleTag { id: "remark".into(), name: "Remark".into(), answer: Answer::Text },
    ];
    project.apply(&ops::set_tagset(project, &new, &ops::unknown, stamp.clone())).unwrap();
    project.apply(&ops::set_guidelines(project, &format!("# How to\n\n- `tag` {words}\r\n"), stamp.clone())).unwrap();
    if let Some(id) = project.article_ids().last().copied() {
        let answer = [format!("{words}\n.")];
        project.apply(&ops::set_article_tag(project, id, "remark", &answer, stamp.clone())).unwrap();
    }
}

trait WordRanges {
    fn split_word_bound_ranges(&self) -> Vec<crate::text::TextRange>;
}

impl WordRanges for String {
    fn split_word_bound_ranges(&self) -> Vec<crate::text::TextRange> {
        use unicode_segmentation::UnicodeSegmentation;
        self.unicode_word_indices().filter_map(|(at, word)| byte_range(at, at + word.len())).take(12).collect()
    }
}

/// Everything that a person can see of a project.
pub(super) fn records(project: &Project) -> Records {
    Records {
        tagset: project.tagset().kinds.clone(),
        article_tags: project.tagset().article_tags.clone(),
        relation_kinds: project.tagset().relations.clone(),
        guidelines: project.guidelines().to_owned(),
        level: project.level(),
        learning: project.learning().clone(),
        taken: project.taken().to_vec(),
        articles: project.articles().cloned().collect(),
        entities: project.entities().cloned().collect(),
        events: project.events().cloned().collect(),
        mentions: project.all_mentions().cloned().collect(),
        relations: project.relations().cloned().collect(),
        judgements: project.judgements().cloned().collect(),
        contributors: project.contributors().cloned().collect(),
        rulings: project.rulings().cloned().collect(),
        log: project.log().iter().map(in_words).collect(),
        next: project.id_counters(),
    }
}

/// A step of the log as files have it.
fn in_words(entry: &LogEntry) -> LogEntry {
    LogEntry { what: LoggedAction::Words(crate::wording::logged(&entry.what)), ..entry.clone() }
}

pub(super) fn sample() -> Vec<u8> {
    let texts = ["Wang Yi met Lavrov.\r\nThey talked.".to_owned(), "👩‍🚀 José e\u{301} 'left'".to_owned()];
    to_bytes(&project(&texts, 1)).unwrap()
}

fn message(bytes: &[u8]) -> String {
    from_bytes(bytes, "p.rubric").unwrap_err().to_string()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn everything_comes_back(texts in prop::collection::vec("(\\PC|\\n|\\r|\\t|[ a-z]|😀|é|\u{301}){0,120}", 0..4), seed in 0u32..1000) {
        let project = project(&texts, seed);
        let bytes = to_bytes(&project).unwrap();
        let back = from_bytes(&bytes, "p").unwrap();
        prop_assert_eq!(records(&back), records(&project));
        prop_assert_eq!(to_bytes(&back).unwrap(), bytes);
    }

    #[test]
    fn no_bytes_make_it_panic(at in 0.0..1.0f64, with in any::<Vec<u8>>()) {
        let mut bytes = sample();
        let at = (bytes.len() as f64 * at) as usize;
        let end = (at + with.len() / 2).min(bytes.len());
        bytes.splice(at..end, with);
        let _ = from_bytes(&bytes, "p");
    }
}

#[test]
fn the_file_and_each_record_are_ron() {
    let text = String::from_utf8(sample()).unwrap();
    ron::from_str::<ron::Value>(&text).unwrap();
    let lines = text.lines().filter(|line| line.starts_with('('));
    let records: Vec<_> =
        lines.skip(1).map(|line| ron::from_str::<ron::Value>(line.strip_suffix(',').unwrap()).unwrap()).collect();
    assert_eq!(records.len(), text.lines().count() - 16 - usize::from(text.contains("\nnext:")));
}

#[test]
fn the_layout_is_as_documented() {
    let text = "(\nschema: 1,\nprogram: \"x\",\ntagset: [\n(id:\"person\",name:\"Person\",plural:\"People\",key:'1',schema:Entity),\n],\n\
        articles: [\n(id:0,article:(meta:(title:\"Talks\"),text:\"Wang Yi spoke.\\n\")),\n],\nentities: [\n],\nevents: [\n],\nmentions: [\n\
        (id:0,article:0,range:(0,7),quote:\"Wang Yi\",kind:\"person\",status:Accepted,origin:(source:\"hand\")),\n],\n)\n";
    let project = from_bytes(text.as_bytes(), "p").unwrap();
    let written = String::from_utf8(to_bytes(&project).unwrap()).unwrap();
    assert_eq!(written.replace(concat!("rubricator ", env!("CARGO_PKG_VERSION")), "x"), text);
}

#[test]
fn a_file_laid_out_anew_still_opens() {
    let bytes = sample();
    let project = from_bytes(&bytes, "p").unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    let broken_up = text.replace("(id:", "(\n    // by hand\n    id: ").replace(",kind:", ",\r\n  kind:");
    for layout in [broken_up, text.replace('\n', "\r\n"), text.replace('\n', " "), format!("\u{feff}// a note\n{text}")]
    {
        assert_eq!(records(&from_bytes(layout.as_bytes(), "p").unwrap()), records(&project));
    }
}

#[test]
fn only_what_an_older_program_would_lose_makes_the_schema_newer() {
    let nothing_done = |project: &Project| {
        let records = Records { log: Vec::new(), ..records(project) };
        String::from_utf8(to_bytes(&Project::from_records(records).unwrap()).unwrap()).unwrap()
    };
    let plain = project(&[String::new()], 1);
    assert!(nothing_done(&plain).starts_with("(\nschema: 1,\n"));
    let own = project(&["A text".to_owned()], 2);
    let text = nothing_done(&own);
    assert!(text.starts_with("(\nschema: 2,\n") && text.contains("\nguidelines: \"# How to\\n"), "{text}");
    let text = String::from_utf8(to_bytes(&own).unwrap()).unwrap();
    assert!(text.starts_with("(\nschema: 3,\n") && text.contains("\nlog: [\n"), "{text}");
    assert_eq!(records(&from_bytes(text.as_bytes(), "p").unwrap()), records(&own));
    let laid_out = text.replace("),\n", "\n),\n\n");
    assert_eq!(from_bytes(laid_out.as_bytes(), "p").unwrap().guidelines(), "# How to\n\n- `tag` A text\r\n");
}

#[test]
fn what_is_told_of_event_records_makes_the_schema_newer() {
    let texts = ["Wang Yi met Lavrov.".to_owned()];
    let text = String::from_utf8(to_bytes(&project(&texts, 7)).unwrap()).unwrap();
    assert!(text.starts_with("(\nschema: 3,\n"), "{text}");
    let mut records = records(&from_bytes(text.as_bytes(), "p").unwrap());
    records.events[0].kind = EventType::News(NewsClass::Accident);
    records.events[0].modality = Modality::Demanded;
    let newer = String::from_utf8(to_bytes(&Project::from_records(records.clone()).unwrap()).unwrap()).unwrap();
    assert!(newer.starts_with("(\nschema: 4,\n") && newer.contains("kind:News(Accident)"), "{newer}");
    assert_eq!(self::records(&from_bytes(newer.as_bytes(), "p").unwrap()).events, records.events);
    // "Possible" has been called "Hypothetical" in files from the first schema on.
    let possible = newer.replace("modality:Demanded", "modality:Hypothetical");
    assert_eq!(from_bytes(possible.as_bytes(), "p").unwrap().events().next().unwrap().modality, Modality::Possible);
    let schema_of = |change: &dyn Fn(&mut Records)| {
        let mut records = self::records(&from_bytes(text.as_bytes(), "p").unwrap());
        change(&mut records);
        let project = Project::from_records(records.clone()).unwrap();
        let bytes = to_bytes(&project).unwrap();
        assert_eq!(self::records(&from_bytes(&bytes, "p").unwrap()), records);
        String::from_utf8(bytes).unwrap().lines().nth(1).unwrap().to_owned()
    };
    assert_eq!(schema_of(&|_| {}), "schema: 3,");
    assert_eq!(schema_of(&|records| records.level = Level::Everything), "schema: 4,");
    assert_eq!(schema_of(&|records| records.mentions[0].level = Level::Main), "schema: 4,");
    assert_eq!(schema_of(&|records| records.learning.on = false), "schema: 5,");
    assert_eq!(schema_of(&|records| records.mentions[0].retold = true), "schema: 4,");
    assert_eq!(schema_of(&|records| records.mentions[0].drawn = true), "schema: 7,");
    assert_eq!(schema_of(&|records| records.events[0].participants[0].unsure = true), "schema: 4,");
}

#[test]
fn relations_make_the_schema_newer_and_leave_files_without_them_as_they_were() {
    let text = related();
    assert!(text.starts_with("(\nschema: 6,\n"), "{text}");
    let kind = "(id:\"works-for\",name:\"works for\",reverse:\"employs\",from:[\"person\"],to:[\"ORG\",\"country\"],key:Some('1')),";
    assert!(text.contains(&format!("\nrelation_kinds: [\n{kind}\n")), "{text}");
    let relation = "(id:0,article:0,kind:\"works-for\",from:0,to:1,status:Accepted,origin:(source:\"hand\"),";
    assert!(text.contains(&format!("\nrelations: [\n{relation}")), "{text}");
    let opened = from_bytes(text.as_bytes(), "p").unwrap();
    let laid_out = text.replace("),\n", "\n),\n\n");
    assert_eq!(records(&from_bytes(laid_out.as_bytes(), "p").unwrap()), records(&opened));
    let without = Records { relations: Vec::new(), relation_kinds: Vec::new(), log: Vec::new(), ..records(&opened) };
    let text = String::from_utf8(to_bytes(&Project::from_records(without).unwrap()).unwrap()).unwrap();
    assert!(text.starts_with("(\nschema: 4,\n") && !text.contains("relation_kinds") && !text.contains("\nrelations"));
}

#[test]
fn judgements_make_the_schema_newer_and_leave_files_without_them_as_they_were() {
    let texts = ["Wang Yi met Lavrov.".to_owned(), "They met again.".to_owned()];
    let mut project = project(&texts, 0);
    let stamp = Stamp { by: "Zoë".into(), at: jiff::Timestamp::UNIX_EPOCH };
    for record in project.articles().map(|record| record.id).collect::<Vec<_>>() {
        let start = project.text(record).find("met").unwrap();
        let range = crate::text::byte_range(start, start + 3).unwrap();
        project.apply(&ops::tag(&project, record, &[range], &KindId::EVENT, &ops::unknown, stamp.clone())).unwrap();
    }
    let events: Vec<_> = project.events().map(|event| event.id).collect();
    let events = [events[events.len() - 2], events[events.len() - 1]];
    let text = String::from_utf8(to_bytes(&project).unwrap()).unwrap();
    assert!(!text.starts_with("(\nschema: 8,") && !text.contains("judgements"), "{text}");
    project.apply(&ops::same(&project, &events, stamp.clone())).unwrap();
    let text = String::from_utf8(to_bytes(&project).unwrap()).unwrap();
    let line = format!(
        "\njudgements: [\n(id:0,one:Event({}),other:Event({}),articles:[0,1],same:true,decision:Some((by:\"Zoë\",at:\"1970-01-01T00:00:00Z\"))),\n],\n",
        events[0].0, events[1].0
    );
    assert!(text.starts_with("(\nschema: 8,\n") && text.contains(&line), "{text}");
    assert_eq!(records(&from_bytes(text.as_bytes(), "p").unwrap()), records(&project));
    // The log tells of it still, which an older program could not.
    let told: Vec<_> = project.mentions_of(Target::Event(events[0])).map(|mention| mention.id).collect();
    project.apply(&ops::delete(&project, &told, stamp)).unwrap();
    assert_eq!(project.judgements().count(), 0);
    assert!(to_bytes(&project).unwrap().starts_with(b"(\nschema: 8,\n"));
    // A judgement goes with either event, and is told.
    let event = format!("(id:{},article:", events[0].0);
    let (head, rest) = text.split_once("\nevents: [").unwrap();
    let renamed = rest.replacen(&format!("\n{event}"), "\n(id:77,article:", 1);
    assert_ne!(renamed, rest);
    let opened = open_bytes(format!("{head}\nevents: [{renamed}").as_bytes(), "p").unwrap();
    assert_eq!(opened.project.judgements().count(), 0);
    let told = opened.damage.iter().map(ToString::to_string).collect::<String>();
    assert!(told.contains("judgement"), "{told}");
}

#[test]
fn rulings_come_back_and_go_with_whom_they_took() {
    let mut project = project(&["Wang Yi met Lavrov.".to_owned()], 0);
    let stamp = Stamp { by: "Zoë".into(), at: jiff::Timestamp::UNIX_EPOCH };
    let one = |name: &str| crate::project::Contributor {
        id: crate::project::ContributorId(0),
        name: name.into(),
        file: format!("{name}.rubric"),
        open: name == "Engine",
    };
    project.apply(&ops::set_contributors(&project, vec![one("Ana"), one("Engine")], stamp.clone())).unwrap();
    let ids: Vec<_> = project.contributors().map(|own| own.id).collect();
    let ruling = |start: usize, taken| crate::project::Ruling {
        id: crate::project::RulingId(0),
        article: project.article_ids()[0],
        range: crate::text::byte_range(start, start + 4).unwrap(),
        sort: crate::project::DifferenceSort::Kind,
        words: "Wang \"Yi\"".into(),
        choices: vec![(ids[0], "Person".into()), (ids[1], "Country".into())],
        taken,
        reason: Some(crate::project::Reason::Gap),
        decision: None,
        note: String::new(),
    };
    use crate::project::Settled::{Choice, Edited, Nothing};
    let rulings = vec![ruling(0, Choice(ids[1])), ruling(5, Edited("ORG".into())), ruling(8, Nothing)];
    let edit = ops::rule(&project, rulings, stamp);
    project.apply(&edit).unwrap();
    let text = String::from_utf8(to_bytes(&project).unwrap()).unwrap();
    assert!(text.starts_with("(\nschema: 9,\n"), "{text}");
    let line = "(id:0,article:0,range:(0,4),sort:Kind,words:\"Wang \\\"Yi\\\"\",choices:[(0,\"Person\"),(1,\"Country\")],taken:Choice(1),reason:Some(Gap),decision:Some((by:\"Zoë\",at:\"1970-01-01T00:00:00Z\"))),";
    assert!(text.lines().any(|other| other == line), "{text}");
    assert_eq!(
        super::plain::read::<crate::project::Ruling>(line.trim_end_matches(',')).as_ref(),
        project.rulings().next()
    );
    assert_eq!(records(&from_bytes(text.as_bytes(), "p").unwrap()), records(&project));
    let gone = text.replace("(id:1,name:\"Engine\"", "(id:7,name:\"Engine\"");
    let opened = open_bytes(gone.as_bytes(), "p").unwrap();
    let left: Vec<_> = opened.project.rulings().map(|own| (own.choices.len(), own.taken.clone())).collect();
    assert_eq!(left, [(1, Edited("ORG".into())), (1, Nothing)]);
    assert!(opened.damage.iter().any(|damage| damage.to_string().contains("ruling")));
}

#[test]
fn what_a_person_gave_comes_back_and_is_read_fast() {
    use crate::project::{CountryCode, GivenEntity, GivenParty, KindId, NewsClass, PartyLabel, PartyWords, Settled};
    use crate::project::{
        EventDate, EventPlace, EventType, Figure, FigureKind, Given, GivenReality, GivenRelation, Modality, Polarity,
    };
    let day = jiff::civil::date(2022, 2, 4);
    let (country, wikidata) = (CountryCode::new("FR"), Some("Q7".into()));
    let entity = GivenEntity { name: "Uma \"U\" Zoll".into(), kind: KindId::PERSON, country, wikidata };
    let bare = GivenEntity { name: "Zoll".into(), kind: KindId::PERSON, country: None, wikidata: None };
    let words = PartyWords { name: "crowds".into(), label: PartyLabel::Group, country };
    let parties = vec![GivenParty::Entity(entity), GivenParty::Entity(bare), GivenParty::Words(words)];
    let figure = |number| Figure { kind: FigureKind::Killed, number, range: None };
    let all = [
        (Given::Type(EventType::News(NewsClass::Court)), "Type(News(Court))"),
        (Given::Type(EventType::Happening(None)), "Type(Happening(None))"),
        (
            Given::Parties(parties),
            "Parties([Entity((name:\"Uma \\\"U\\\" Zoll\",kind:\"person\",country:Some(\"FR\"),wikidata:\"Q7\")),Entity((name:\"Zoll\",kind:\"person\")),Words((name:\"crowds\",label:Group,country:Some(\"FR\")))])",
        ),
        (Given::Place(EventPlace::new("Ferrand", None)), "Place((name:\"Ferrand\"))"),
        (Given::Date(EventDate::new(day, day, "")), "Date((start:\"2022-02-04\",end:\"2022-02-04\"))"),
        (
            Given::Reality(GivenReality { polarity: Polarity::Negative, modality: Modality::Demanded }),
            "Reality((polarity:Negative,modality:Demanded))",
        ),
        (
            Given::Figures(vec![figure(Some(12.0)), figure(None)]),
            "Figures([(kind:Killed,number:Some(12.0)),(kind:Killed)])",
        ),
        (
            Given::Relation(GivenRelation { kind: KindId("works-for".into()), turned: true }),
            "Relation((kind:\"works-for\",turned:true))",
        ),
        (
            Given::Relation(GivenRelation { kind: KindId("works-for".into()), turned: false }),
            "Relation((kind:\"works-for\"))",
        ),
    ];
    for (given, written) in all {
        let line = format!("Given({written})");
        let taken = Settled::Given(given);
        assert_eq!(super::plain::read::<Settled>(&line).as_ref(), Some(&taken), "{line}");
        assert_eq!(ron::from_str::<Settled>(&line).as_ref(), Ok(&taken));
        let line = format!("(id:0,article:0,range:(0,4),sort:Slot,words:\"met\",choices:[],taken:{line}),");
        let mut project = project(&["Wang Yi met Lavrov.".to_owned()], 0);
        let ruling = crate::project::Ruling {
            id: crate::project::RulingId(0),
            article: project.article_ids()[0],
            range: crate::text::byte_range(0, 4).unwrap(),
            sort: crate::project::DifferenceSort::Slot,
            words: "met".into(),
            choices: Vec::new(),
            taken,
            reason: None,
            decision: None,
            note: String::new(),
        };
        let stamp = Stamp { by: "Zoë".into(), at: jiff::Timestamp::UNIX_EPOCH };
        project.apply(&ops::rule(&project, vec![ruling], stamp)).unwrap();
        let text = String::from_utf8(to_bytes(&project).unwrap()).unwrap();
        let start = line.trim_end_matches("),");
        assert!(text.lines().any(|other| other.starts_with(start)), "{start}\n{text}");
        assert_eq!(records(&from_bytes(text.as_bytes(), "p").unwrap()), records(&project));
    }
}

#[test]
fn a_newer_or_foreign_file_is_refused() {
    let newer = String::from_utf8(sample()).unwrap().replace("schema: 4", "schema: 12").replace("mentions:", "layers:");
    let told = message(newer.as_bytes());
    assert!(told.contains("version 12") && told.contains("up to 9"), "{told}");
    for foreign in ["", "Just words.", "{\"schema\": 1}", "(title: \"x\")", "PK\u{3}\u{4}"] {
        assert!(message(foreign.as_bytes()).contains("not a Rubricator project"), "{foreign}");
    }
}

#[test]
fn every_truncation_is_noticed() {
    let bytes = sample();
    let whole = bytes.len() - 1;
    for end in (0..whole).step_by(3) {
        assert!(from_bytes(&bytes[..end], "p").is_err(), "cut at {end}");
    }
    let text = String::from_utf8(bytes).unwrap();
    let at = text.find("quote:\"Lavrov").unwrap();
    let line = text.get(..at).unwrap().lines().count();
    let told = message(text.get(..at + 8).unwrap().as_bytes());
    assert!(told.contains(&format!("line {line},")) && told.contains("of the mentions"), "{told}");
}

#[test]
fn damage_is_named_by_line_column_and_record() {
    let text = String::from_utf8(sample()).unwrap();
    let check = |from: &str, to: &str, expected: &[&str]| {
        let at = text.find(from).unwrap_or_else(|| panic!("{from} in {text}"));
        let line = format!("line {},", text.get(..at).unwrap().lines().count());
        let told = message(text.replacen(from, to, 1).as_bytes());
        for part in expected.iter().copied().chain([line.as_str()]) {
            assert!(told.contains(part), "{part} in: {told}");
        }
    };
    check("quote:\"Lavrov\"", "quote:\"Lavrow\"", &["of the mentions", "does not fit"]);
    check("range:(0,4)", "range:(0,4000)", &["of the mentions", "does not fit"]);
    check("range:(0,4)", "range:(4,0)", &["of the mentions"]);
    check("range:(0,4)", "rage:(0,4)", &["of the mentions", "range"]);
    check("status:Accepted", "status:Acepted", &["of the mentions", "column"]);
    check("target:Some(Entity(0))", "target:Some(Entity(77))", &["of the mentions", "not in the project"]);
    let mut bytes = sample();
    bytes[30] = 0xff;
    assert!(message(&bytes).contains("line 3, column"), "{}", message(&bytes));
}

#[test]
fn ids_are_unique() {
    let text = String::from_utf8(sample()).unwrap();
    let mention = text.lines().find(|line| line.contains("quote:")).unwrap();
    let told = message(text.replacen(mention, &format!("{mention}\n{mention}"), 1).as_bytes());
    assert!(told.contains("record 2 of the mentions") && told.contains("m0") && told.contains("twice"), "{told}");
}

#[test]
fn the_full_disk_leaves_the_old_file() {
    // A device that is always full, where the system has one.
    let full = Path::new("/dev/full");
    if let Ok(mut file) = std::fs::OpenOptions::new().write(true).open(full) {
        let error = std::io::Write::write_all(&mut file, b"x").unwrap_err();
        let told = StoreError::disk(Path::new("p.rubric"), crate::store::Action::Write, &error).to_string();
        assert!(told.contains("p.rubric") && told.contains("disk is full"), "{told}");
    }
}
