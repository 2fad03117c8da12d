//! Formats of XML, tables and tokens: what goes out comes back, what a format cannot hold is told, and no file does harm.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod random;

use proptest::prelude::*;
use proptest::sample::Index;
use random::*;
use rubricator::export::Export;
use rubricator::import::{self, File, ImportError, Imported};
use rubricator::project::{
    Action, ArticleId, ArticleRecord, EntityId, Event, EventId, KindId, Mention, MentionId, Origin, Participant, Party,
    PartyLabel, PartyWords, Project, Records, Role, Status, Tagset, Target, ops,
};
use rubricator::text::{Article, Metadata, Text, byte_range};
use serde_json::{Value, json};

/// What is left of a project when marks are cut to the words in them.
fn trimmed(project: &Project) -> Vec<(String, String, String)> {
    let row = |mention: &Mention| {
        let quote = mention.quote.trim_matches(|c: char| c.is_whitespace() || c.is_control());
        (mention.article.to_string(), quote.to_owned(), mention.kind.as_str().to_owned())
    };
    let mut rows: Vec<_> = project.all_mentions().map(row).filter(|(_, quote, _)| !quote.is_empty()).collect();
    rows.sort();
    rows
}

/// Tags without the spaces in them, which tokens do not keep, as a sorted list.
fn bare(project: &Project) -> Vec<(String, String)> {
    let mut rows: Vec<_> = project
        .all_mentions()
        .map(|m| {
            let words = m.quote.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            (words, m.kind.as_str().to_lowercase())
        })
        .collect();
    rows.sort();
    rows
}

/// Relations by the words at their ends, those of `between` alone, for formats that do not keep the spaces of marks.
fn bare_relations(project: &Project, between: impl Fn(&str, &str) -> bool) -> Vec<Value> {
    let mut rows = Vec::new();
    for relation in project.relations() {
        let (from, to) = project.ends(relation).unwrap();
        let words = |mention: &Mention| -> String {
            mention.quote.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
        };
        let note = relation.note.split_whitespace().collect::<Vec<_>>().join(" ");
        if between(&words(from), &words(to)) {
            let status = format!("{:?}", relation.status);
            rows.push(json!([relation.kind.as_str(), words(from), words(to), status, note]));
        }
    }
    rows.sort_by_key(Value::to_string);
    rows
}

/// How many relations an export tells to have left out.
fn left_relations(out: &Export) -> usize {
    out.left_out.iter().filter(|left| left.what.starts_with("relation “")).count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn brat_keeps_relations(project in related_project()) {
        let out = export(&project, "brat");
        let wanted = bare_relations(&project, |from, to| !from.is_empty() && !to.is_empty());
        prop_assert_eq!(left_relations(&out), project.relations().count() - wanted.len());
        let back = read(files(out));
        prop_assert_eq!(bare_relations(&back.project, |_, _| true), wanted);
    }

    #[test]
    fn cas_keeps_everything(project in related_project()) {
        for format in ["cas-json", "cas-xmi"] {
            let out = export(&project, format);
            prop_assert_eq!(&out.left_out, &[]);
            let back = read(files(out));
            prop_assert_eq!(&back.left_out, &[]);
            prop_assert_eq!(known(&back.project, true), known(&project, true));
            prop_assert_eq!(relations(&back.project), relations(&project));
        }
    }

    #[test]
    fn tei_keeps_everything(project in related_project()) {
        let out = export(&project, "tei");
        prop_assert_eq!(&out.left_out, &[]);
        let back = read(files(out));
        prop_assert_eq!(&back.left_out, &[]);
        prop_assert_eq!(known(&back.project, true), known(&project, true));
        prop_assert_eq!(relations(&back.project), relations(&project));
    }

    #[test]
    fn webanno_keeps_what_lies_from_word_to_word((project, links) in (worded_project(), links())) {
        let project = related(&project, &links);
        let out = export(&project, "webanno");
        let lossless = out.left_out.is_empty();
        let back = read(files(out));
        prop_assert_eq!(&back.left_out, &[]);
        if lossless {
            prop_assert_eq!(known(&back.project, false), known(&project, false));
            prop_assert_eq!(relations(&back.project), relations(&project));
        }
    }

    #[test]
    fn webanno_keeps_relations_between_words(project in related_project()) {
        let out = export(&project, "webanno");
        let wordless = |words: &str| !words.chars().any(char::is_alphanumeric);
        let left = left_relations(&out);
        if let Ok(back) = import::read(files(out), None, &stamp()) {
            let wanted = bare_relations(&project, |_, _| true);
            let found = bare_relations(&back.project, |_, _| true);
            prop_assert_eq!(found.len() + left, wanted.len());
            prop_assert!(found.iter().all(|row| wanted.contains(row)), "{:?} of {:?}", found, wanted);
            let whole = bare_relations(&project, |from, to| !wordless(from) && !wordless(to));
            prop_assert!(whole.iter().all(|row| found.contains(row)), "{:?} of {:?}", found, whole);
        }
    }

    #[test]
    fn webanno_keeps_the_words_of_every_mark_and_tells_what_it_cuts(project in any_project()) {
        let out = export(&project, "webanno");
        let changed = trimmed(&project).len() < project.all_mentions().count()
            || project.all_mentions().any(|m| m.quote.trim_matches(|c: char| c.is_whitespace() || c.is_control()) != m.quote);
        prop_assert!(!changed || !out.left_out.is_empty());
        if let Ok(back) = import::read(files(out), None, &stamp()) {
            // Words of an event whose marks hold no word come back alone.
            let alone = "no event says that it takes part";
            let empty = back.left_out.iter().all(|left| left.what.contains("holds no token") || left.why == alone);
            prop_assert!(empty, "{:?}", back.left_out);
            let mut wanted = trimmed(&project);
            // Articles without a word do not come back, so those behind them have other numbers.
            wanted.iter_mut().for_each(|row| row.0.clear());
            let mut found = trimmed(&back.project);
            found.iter_mut().for_each(|row| row.0.clear());
            wanted.sort();
            found.sort();
            prop_assert_eq!(found, wanted);
        }
    }

    #[test]
    fn conll_keeps_tags_that_do_not_overlap(project in any_project()) {
        let all = bare(&project);
        for format in ["conll", "conll-iob1"] {
            let out = export(&project, format);
            let left = out.left_out.len();
            let told = out.left_out.clone();
            let text = String::from_utf8(out.files[0].bytes.clone()).unwrap();
            match import::read(files(out), None, &stamp()) {
                Ok(back) => {
                    prop_assert_eq!(&back.left_out, &[]);
                    let found = bare(&back.project);
                    prop_assert_eq!(found.len() + left, all.len(), "{}\n{:?}", text, told);
                    prop_assert!(found.iter().all(|row| all.contains(row)), "{:?} {:?}", found, all);
                }
                Err(error) => {
                    let empty = matches!(error, ImportError::Form { .. });
                    prop_assert!(empty && left == all.len());
                }
            }
        }
    }

    #[test]
    fn both_graphs_have_the_same_nodes_and_edges(project in related_project()) {
        let count = |format: &str, element: &str| {
            let out = export(&project, format);
            String::from_utf8(out.files[0].bytes.clone()).unwrap().matches(element).count()
        };
        prop_assert_eq!(count("graphml", "<node "), count("gexf", "<node "));
        prop_assert_eq!(count("graphml", "<edge "), count("gexf", "<edge "));
        // What entities are to each other is an edge; of relations that say something else it is told.
        let between = |target: &Target| matches!(target, Target::Entity(_));
        let stated: Vec<_> =
            project.relationships().into_iter().filter(|r| between(&r.from) && between(&r.to)).collect();
        prop_assert_eq!(count("graphml", "<data key=\"edge-relation\">"), stated.len());
        let told = left_relations(&export(&project, "gexf"));
        prop_assert_eq!(told, project.relations().count() - stated.iter().map(|r| r.relations.len()).sum::<usize>());
    }

    #[test]
    fn no_damaged_file_makes_it_panic(
        project in any_project(),
        format in proptest::sample::select(&["cas-json", "cas-xmi", "tei", "webanno", "conll"][..]),
        damage in proptest::collection::vec((any::<Index>(), 0..5_u8, any::<u8>(), 1..40_usize), 1..6),
    ) {
        let mut files = files(export(&project, format));
        for (at, how, byte, length) in damage {
            let file = &mut files[0].bytes;
            if file.is_empty() {
                break;
            }
            let at = at.index(file.len());
            let end = (at + length).min(file.len());
            match how {
                0 => file[at] = byte,
                1 => file.truncate(at),
                2 => drop(file.drain(at..end)),
                3 => {
                    let copy = file[at..end].to_vec();
                    file.splice(at..at, copy.repeat(3));
                }
                _ => {
                    // Another number, tag or name.
                    let words: [&[u8]; 6] = [b"99999999999999999999", b"-1", b"</p>", b"&x;", b"\t", b"[7]"];
                    file.splice(at..end, words[usize::from(byte) % 6].iter().copied());
                }
            }
        }
        let _ = import::read(files, Some(format), &stamp());
    }
}

fn rows(project: &Project) -> Vec<(&str, &str, Status)> {
    project.all_mentions().map(|m| (m.quote.as_str(), m.kind.as_str(), m.status)).collect()
}

fn told(back: &Imported) -> Vec<String> {
    back.left_out.iter().map(ToString::to_string).collect()
}

/// A mark from the first place of its words.
fn mark(text: &str, words: &str, what: usize) -> (usize, usize, usize) {
    let start = text.find(words).unwrap();
    (start, start + words.len(), what)
}

/// A project of one text with these marks.
fn marked(text: &str, marks: &[(usize, usize, usize)]) -> Project {
    let mut records = Records { tagset: Tagset::default().kinds, entities: entities(), ..Records::default() };
    let article = Article { meta: Metadata::default(), text: Text::new(text).unwrap() };
    records.articles.push(ArticleRecord::new(ArticleId(0), article));
    records.events = events(0);
    for (id, (start, end, what)) in (0..).zip(marks) {
        let (kind, target) = match what {
            0 => ("person", Target::Entity(EntityId(3))),
            1 => ("country", Target::Entity(EntityId(9))),
            _ => ("event", Target::Event(EventId(0))),
        };
        let place = (ArticleId(0), byte_range(*start, *end).unwrap());
        records.mentions.push(Mention {
            target: Some(target),
            status: Status::Accepted,
            decision: Some(stamp()),
            ..Mention::new(MentionId(id), place, &text[*start..*end], KindId(kind.into()), Origin::hand())
        });
    }
    Project::from_records(records).unwrap()
}

#[test]
fn what_has_no_place_is_told() {
    let text = "\n\u{1}Bo met Uma \u{0}Li. ";
    let told = |project: &Project, format: &str| {
        export(project, format).left_out.iter().map(|left| left.to_string()).collect::<Vec<_>>()
    };
    let controls = ": 2 control characters of the text (XML has no place for it, U+FFFD stands there)";
    let project = marked(text, &[mark(text, "Uma \0Li", 0), mark(text, "Li", 0), mark(text, " ", 1)]);
    assert_eq!(told(&project, "cas-xmi"), [controls]);
    assert_eq!(told(&project, "tei"), [controls]);
    assert_eq!(told(&project, "cas-json"), Vec::<String>::new());
    let webanno = [
        ": country “ ” at 4–5 (it holds no word)",
        ": the line ends before its first word (a reader puts spaces there)",
    ];
    assert_eq!(told(&project, "webanno"), webanno);
    let conll =
        [": country “ ” at 4–5 (it holds no word)", ": person “Li” at 14–16 (it overlaps a longer or earlier tag)"];
    assert_eq!(told(&project, "conll"), conll);
    // Somebody who takes part where no mention is.
    let mut records = Records { tagset: Tagset::default().kinds, entities: entities(), ..Records::default() };
    let article = Article { meta: Metadata::default(), text: Text::new("Bo met.").unwrap() };
    records.articles.push(ArticleRecord::new(ArticleId(0), article));
    let who = |range| Participant::new(Role::Actor, EntityId(4), range);
    records.events = vec![Event { participants: vec![who(None)], ..event(0, 0, "met") }];
    let mention = Mention { article: ArticleId(0), ..project.all_mentions().next().unwrap().clone() };
    records.mentions.push(Mention {
        range: byte_range(3, 6).unwrap(),
        quote: "met".into(),
        kind: KindId::EVENT,
        target: Some(Target::Event(EventId(0))),
        ..mention
    });
    let project = Project::from_records(records).unwrap();
    let missing = ": actor محمد علي of “met” (no exported mention stands where it takes part)";
    for format in ["cas-xmi", "cas-json", "webanno"] {
        assert_eq!(told(&project, format), [missing]);
    }
    let back = read(files(export(&project, "tei")));
    assert_eq!((told(&project, "tei"), known(&back.project, false)), (Vec::new(), known(&project, false)));
    // Or words of which it is not known where they stand.
    let words = PartyWords { name: "crowds".to_owned(), label: PartyLabel::Group, country: None };
    let mut event = project.events().next().unwrap().clone();
    event.participants = vec![Participant::new(Role::Recipient, Party::Words(words), None)];
    let mut edit = ops::Builder::run(&project, stamp());
    edit.put(event);
    let edit = edit.finish(Action::Suggest(String::new()));
    let mut project = project;
    project.apply(&edit).unwrap();
    let missing = ": recipient crowds of “met” (no words of the text say who takes part)";
    for format in ["cas-xmi", "cas-json", "webanno", "brat", "w3c", "label-studio"] {
        assert_eq!(told(&project, format), [missing]);
    }
    let back = read(files(export(&project, "tei")));
    assert_eq!((told(&project, "tei"), known(&back.project, false)), (Vec::new(), known(&project, false)));
}

#[test]
fn tags_that_cross_stand_beside_the_text_of_tei() {
    let text = "Uma Berg of Bonn met.\n\nThe end";
    let crossing = [mark(text, "Uma Berg", 0), mark(text, "Berg of Bonn", 1), mark(text, "met.\n\nThe", 2)];
    let project = marked(text, &crossing);
    let out = export(&project, "tei");
    let document = String::from_utf8(out.files[0].bytes.clone()).unwrap();
    assert!(
        document
            .contains("<p><persName xml:id=\"m0\" ref=\"#e3\">Uma Berg</persName> of Bonn met.\n\n</p><p>The end</p>")
    );
    assert!(document.contains("target=\"#string-range(text,4,12)\"") && document.contains("#string-range(text,17,9)"));
    assert!(document.contains("from=\"2022-02-04\" to=\"2022-02-05\" where=\"#v0.place\""));
    assert_eq!(known(&read(files(out)).project, false), known(&project, false));
}

#[test]
fn iob1_begins_only_between_neighbours() {
    let text = "Uma Berg Li saw Bonn.";
    let project = marked(text, &[mark(text, "Uma Berg", 0), mark(text, "Li", 0), mark(text, "Bonn", 1)]);
    let tags = |format: &str| {
        let text = String::from_utf8(export(&project, format).files[0].bytes.clone()).unwrap();
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with("-DOCSTART-"));
        lines.map(|line| line.rsplit(' ').next().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(tags("conll"), "B-PERSON I-PERSON B-PERSON O B-COUNTRY O");
    assert_eq!(tags("conll-iob1"), "I-PERSON I-PERSON B-PERSON O I-COUNTRY O");
}

#[test]
fn graphs_weigh_articles_and_count_sentences() {
    let text = "Uma met China. Uma left. China stayed with Uma.";
    let second = text.rfind("China").unwrap();
    let third = text.rfind("Uma").unwrap();
    let marks = [
        mark(text, "Uma", 0),
        mark(text, "China", 1),
        (second, second + 5, 1),
        (third, third + 3, 0),
        mark(text, "met", 2),
    ];
    let project = marked(text, &marks);
    let out = export(&project, "gexf");
    let graph = String::from_utf8(out.files[0].bytes.clone()).unwrap();
    assert!(graph.contains("<edge id=\"0\" source=\"e3\" target=\"e9\" weight=\"1\">"), "{graph}");
    assert!(
        graph.contains("<attvalue for=\"sentences\" value=\"2\"/>")
            && graph.contains("<attvalue for=\"mentions\" value=\"2\"/>")
    );
    let why = out.left_out.iter().map(|left| left.why).collect::<Vec<_>>();
    assert_eq!(why, ["a graph of who appears with whom holds no events"]);
}

#[test]
fn documents_of_inception_come_in() {
    let text = "𝔘ma Berg hit&#10;Bo &amp; fled to Bonn.";
    let xmi = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:n="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore"
 xmlns:seg="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" xmlns:custom="http:///webanno/custom.ecore"
 xmlns:dep="http:///de/tudarmstadt/ukp/dkpro/core/api/syntax/type/dependency.ecore" xmi:version="2.0">
  <cas:NULL xmi:id="0"/>
  <seg:Token xmi:id="2" sofa="1" begin="0" end="4"/>
  <n:NamedEntity xmi:id="3" sofa="1" begin="0" end="9" value="PER" identifier="http://www.wikidata.org/entity/Q7"/>
  <n:NamedEntity xmi:id="4" sofa="1" begin="27" end="31" value="LOC"/>
  <n:Person xmi:id="5" sofa="1" begin="14" end="16"/>
  <custom:Attack xmi:id="6" sofa="1" begin="10" end="13" means="fist" slots="7 8"/>
  <custom:AttackSlotsLink xmi:id="7" role="Actor" target="3"/>
  <custom:AttackSlotsLink xmi:id="8" role="Victim" target="5"/>
  <custom:Speed xmi:id="9" sofa="1" begin="19" end="23" label="fast" unit="km"/>
  <custom:Rel xmi:id="10" sofa="1" begin="0" end="4" Governor="3" Dependent="5" since="May"/>
  <custom:Rel xmi:id="13" sofa="1" begin="0" end="4" Governor="3" Dependent="2"/>
  <n:NamedEntity xmi:id="11" sofa="1" begin="1" end="4" value="PER"/>
  <dep:Dependency xmi:id="12" sofa="1" begin="0" end="4" DependencyType="nsubj"/>
  <cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{text}"/>
  <cas:View sofa="1" members="2 3 4 5 6 9 10 11 12"/>
</xmi:XMI>"#
    );
    let back = read(one("in/Bonn.xmi", &xmi));
    let project = &back.project;
    let accepted = |rows: &[(&'static str, &'static str)]| {
        rows.iter().map(|(words, kind)| (*words, *kind, Status::Accepted)).collect::<Vec<_>>()
    };
    let wanted =
        accepted(&[("𝔘ma Berg", "person"), ("hit", "event"), ("Bo", "person"), ("fled", "fast"), ("Bonn", "LOC")]);
    assert_eq!(rows(project), wanted);
    assert_eq!(project.article(ArticleId(0)).unwrap().article.meta.title, "Bonn");
    let event = project.events().next().unwrap();
    assert_eq!((event.note.as_str(), event.participants.len()), ("type: Attack; Victim: Bo; means: fist", 1));
    assert_eq!(project.all_mentions().nth(3).unwrap().note, "unit: km");
    let of = |id| project.mention(id).unwrap().quote.as_str();
    let found: Vec<_> = project.relations().map(|r| (r.kind.as_str(), of(r.from), of(r.to), r.note.as_str())).collect();
    assert_eq!(found, [("Rel", "𝔘ma Berg", "Bo", "since: May")]);
    assert_eq!(project.entities().find(|e| e.name == "𝔘ma Berg").unwrap().wikidata.as_deref(), Some("Q7"));
    assert_eq!(
        told(&back),
        [
            "Bonn.xmi: 1 of de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency (the program keeps no such annotation)",
            "Bonn.xmi: a relation of webanno.custom.Rel (it does not stand between two marks that are taken in)",
            "Bonn.xmi: NamedEntity PER at 1–4 (it lies outside the text)",
        ]
    );
}

#[test]
fn tables_of_webanno_come_in() {
    let tsv = "#FORMAT=WebAnno TSV 3.3\n\
               #T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n\
               #T_SP=webanno.custom.Attack|ROLE_webanno.custom.Attack:who_webanno.custom.AttackWhoLink|de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity\n\
               #T_RL=webanno.custom.Knows|label|since|BT_de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity\n\
               #T_RL=de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency|DependencyType|BT_de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token\n\n\n\
               #Text=Pro-𝔘ma Berg hit\n#Text=Bo_x.\n\
               1-1\t0-8\tPro-𝔘ma\t_\t_\t_\t_\t_\t_\t_\tnsubj\t1-2\t\n\
               1-1.1\t4-8\t𝔘ma\t*[1]\tPER[1]\t_\t_\t_\t_\t_\t_\t_\t\n\
               1-2\t9-13\tBerg\t*[1]|*[2]\tPER[1]|ORG\\_x[2]\t_\t_\t*|leads\tMay|*\t1-4[0_1]|1-1.1[1_2]\t_\t_\t\n\
               1-3\t14-17\thit\t_\t_\tActor;Victim\t1-1.1[1];1-4\tx\t*\t1-9\t_\t_\t\n\
               1-4\t18-22\tBo_x\thttp://www.wikidata.org/entity/Q5\tPER\t_\t_\twed\\_to\t*\t2-1\t_\t_\t\n\
               1-5\t22-23\t.\t_\t_\t_\t_\t_\t_\t_\t_\t_\t\n\n\
               #Text=Bo left.\n\
               2-1\t26-28\tBo\t*\tPER\t_\t_\t_\t_\t_\t_\t_\t\n\
               2-2\t29-33\tleft\t_\t_\t_\t_\t_\t_\t_\t_\t_\t\n\
               2-3\t33-34\t.\t_\t_\t_\t_\t_\t_\t_\t_\t_\t\n";
    let back = read(one("Berg.tsv", tsv));
    let project = &back.project;
    assert_eq!(project.text(ArticleId(0)), "Pro-𝔘ma Berg hit\nBo_x.\n  Bo left.");
    let found: Vec<_> = rows(project).into_iter().map(|(words, kind, _)| (words, kind)).collect();
    let wanted = [("𝔘ma Berg", "person"), ("Berg", "ORG_x"), ("hit", "event"), ("Bo_x", "person"), ("Bo", "person")];
    assert_eq!(found, wanted);
    let event = project.events().next().unwrap();
    assert_eq!((event.note.as_str(), event.participants.len()), ("type: Attack; Victim: Bo_x", 1));
    let of = |id| project.mention(id).unwrap().quote.as_str();
    let found: Vec<_> = project.relations().map(|r| (r.kind.as_str(), of(r.from), of(r.to), r.note.as_str())).collect();
    let wanted =
        [("Knows", "Bo_x", "𝔘ma Berg", "since: May"), ("leads", "𝔘ma Berg", "Berg", ""), ("wed_to", "Bo", "Bo_x", "")];
    assert_eq!(found, wanted);
    assert_eq!(project.tagset().relations[2].name, "wed to");
    assert_eq!(
        told(&back),
        [
            "Berg.tsv: a relation of webanno.custom.Knows at token 1-3 (it does not stand between two marks that are taken in)",
            "Berg.tsv: 2 cells of de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency (the program keeps no \
             chains, nor relations of words)",
        ]
    );
    // Words that do not stand at their offsets.
    let off = read(one("Berg.tsv", &tsv.replace("18-22\tBo_x", "18-22\tBoxx")));
    assert!(told(&off).iter().any(|line| line.contains("“Boxx” at 18–22 (these words do not stand there)")));
    assert_eq!(off.project.all_mentions().count(), 4);
}

#[test]
fn editions_in_tei_come_in() {
    let tei = r##"<?xml version="1.0"?>
<!DOCTYPE TEI [<!ENTITY mdash "—">]>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
 <teiHeader><fileDesc><titleStmt><title>A letter</title></titleStmt><publicationStmt><p/></publicationStmt>
  <sourceDesc><bibl><date when="1912-03-01"/></bibl></sourceDesc></fileDesc></teiHeader>
 <standOff><listPerson>
   <person xml:id="p1"><persName><forename>Uma</forename> <surname>Berg</surname></persName><idno type="WIKIDATA">Q7</idno></person>
   <person xml:id="p2"><persName>Nobody</persName></person>
  </listPerson><listPlace><place xml:id="l1" type="city"><placeName>Bonn</placeName></place></listPlace></standOff>
 <text><body><head>To  <persName ref="#p1">Mrs
   Berg</persName></head>
  <p>I was in <placeName ref="#l1">Bonn</placeName> &mdash; with <rs type="person" ref="#p1">you</rs> and
   <persName ref="https://www.wikidata.org/wiki/Q9">Li</persName>,<lb/>and <choice><sic>teh</sic><corr>the</corr></choice>
   <orgName>Club</orgName>, <name>Rex</name> <fw>12</fw><persName ref="#gone">Bo</persName>.</p></body></text>
</TEI>"##;
    let back = read(one("letter.xml", tei));
    let project = &back.project;
    assert_eq!(
        project.text(ArticleId(0)),
        "To Mrs Berg\n\nI was in Bonn &mdash; with you and Li, and teh Club, Rex Bo."
    );
    let found: Vec<_> = rows(project).into_iter().map(|(words, kind, _)| (words, kind)).collect();
    let wanted = [
        ("Mrs Berg", "person"),
        ("Bonn", "place"),
        ("you", "person"),
        ("Li", "person"),
        ("Club", "org"),
        ("Rex", "name"),
        ("Bo", "person"),
    ];
    assert_eq!(found, wanted);
    let berg = project.entities().find(|entity| entity.wikidata.as_deref() == Some("Q7")).unwrap();
    assert_eq!((berg.name.as_str(), project.mentions_of(Target::Entity(berg.id)).count()), ("Uma Berg", 2));
    let meta = &project.article(ArticleId(0)).unwrap().article.meta;
    assert_eq!((meta.title.as_str(), meta.date), ("A letter", Some(jiff::civil::date(1912, 3, 1))));
    assert_eq!(
        told(&back),
        [
            "letter.xml: the reference #gone of <persName> (there is no record of that id)",
            "letter.xml: person “Nobody” (nothing in the text refers to it)",
            "letter.xml: the entity mdash (entities of a DTD are not resolved, its name stands there)",
        ]
    );
}

/// The address of an item without the item is no item: people who have only that are not one.
#[test]
fn relations_of_editions_join_the_first_tags_of_whom_they_name() {
    let tei = r##"<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><standOff>
        <listPerson><person xml:id="uma"><persName>Uma</persName></person><person xml:id="bo"><persName>Bo</persName></person>
        <person xml:id="cy"><persName>Cy</persName></person></listPerson>
        <listRelation><relation name="spouse" mutual="#uma #bo"/><relation type="parent" active="#uma #bo" passive="#c2"><desc>as told</desc></relation>
        <relation name="employs" active="#uma" passive="#nobody"/><relation name="alone" mutual="#uma"/></listRelation></standOff>
        <text><body><p><persName ref="#uma">Uma</persName> and <persName ref="#bo">Bo</persName> met <persName ref="#cy">Cy</persName>,
        <persName ref="#uma">her</persName> <rs xml:id="c2" ref="#cy">child</rs>.</p></body></text></TEI>"##;
    let back = read(one("a.xml", tei));
    let project = &back.project;
    let words = |id| project.mention(id).unwrap().quote.as_str();
    let found: Vec<_> =
        project.relations().map(|r| (r.kind.as_str(), words(r.from), words(r.to), r.note.as_str())).collect();
    let wanted =
        [("spouse", "Uma", "Bo", ""), ("parent", "Uma", "child", "as told"), ("parent", "Bo", "child", "as told")];
    assert_eq!(found, wanted);
    assert!(project.tagset().is_symmetric(&KindId("spouse".into())));
    let why = "it does not stand between two marks that are taken in";
    let wanted =
        [format!("a.xml: relation employs of uma to nobody ({why})"), format!("a.xml: relation alone ({why})")];
    assert_eq!(told(&back), wanted);
}

#[test]
fn people_without_an_item_stay_apart() {
    let apart = |files: Vec<File>| {
        let back = read(files);
        let people: Vec<_> =
            back.project.entities().map(|entity| (entity.name.clone(), entity.wikidata.clone())).collect();
        assert_eq!(people, [("Uma".to_owned(), None), ("Bo".to_owned(), None)]);
        told(&back)
    };
    let tei = |lists: &str, of: [&str; 2]| {
        let text =
            format!("<p><persName ref=\"{}\">Uma</persName> met <persName ref=\"{}\">Bo</persName></p>", of[0], of[1]);
        let tei = format!("<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">{lists}<text><body>{text}</body></text></TEI>");
        apart(one("a.xml", &tei))
    };
    let address = "https://www.wikidata.org/wiki/";
    let unknown = format!("a.xml: the reference {address} of <persName> (there is no record of that id)");
    assert_eq!(tei("", [address, address]), [unknown.clone(), unknown]);
    let person = |id: &str, name: &str| {
        format!("<person xml:id=\"{id}\"><persName>{name}</persName><idno type=\"wikidata\">{address}</idno></person>")
    };
    let people = format!("<standOff><listPerson>{}{}</listPerson></standOff>", person("u", "Uma"), person("b", "Bo"));
    assert_eq!(tei(&people, ["#u", "#b"]), [""; 0]);

    let webanno = format!(
        "#FORMAT=WebAnno TSV 3.3\n\
         #T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n\n\n\
         #Text=Uma met Bo\n1-1\t0-3\tUma\t{address}\tPER\t\n1-2\t4-7\tmet\t_\t_\t\n1-3\t8-10\tBo\t{address}\tPER\t\n"
    );
    assert_eq!(apart(one("a.tsv", &webanno)), [""; 0]);

    let ann = "T1\tPerson 0 3\tUma\nT2\tPerson 8 10\tBo\n\
               N1\tReference T1 Wikidata:\tUma\nN2\tReference T2 Wikidata:\tBo\n";
    let mut brat = one("a.txt", "Uma met Bo");
    brat.extend(one("a.ann", ann));
    assert_eq!(apart(brat).len(), 2, "both references are told of");
}

#[test]
fn no_document_fills_the_memory_or_opens_another() {
    let mut bomb = String::from("<!DOCTYPE TEI [<!ENTITY x0 \"ha\">");
    for level in 1..40 {
        bomb.push_str(&format!("<!ENTITY x{level} \"{}\">", format!("&x{};", level - 1).repeat(10)));
    }
    bomb.push_str("<!ENTITY f SYSTEM \"file:///etc/hostname\">]>");
    let tei =
        |body: &str| format!("{bomb}<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><text><body>{body}</body></text></TEI>");
    let back = read(one("a.xml", &tei("<p>&x39;&f; <persName ref=\"&x39;\">Bo</persName></p>")));
    assert_eq!(back.project.text(ArticleId(0)), "&x39;&f; Bo");
    let error = |name: &str, source: &str| import::read(one(name, source), None, &stamp()).unwrap_err().to_string();
    let deep = error("a.xml", &tei(&"<rs>".repeat(100_000)));
    assert!(
        deep.contains("“a.xml” cannot be read as TEI P5: line 1: its elements are nested deeper than 1000"),
        "{deep}"
    );
    let xmi = |rest: &str| {
        format!(
            "{bomb}<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\">{rest}</xmi:XMI>"
        )
    };
    assert!(error("a.xmi", &xmi(&"<cas:A>".repeat(100_000))).contains("deeper than 1000"));
    let sofa = |text: &str| xmi(&format!("<cas:Sofa xmi:id=\"1\" sofaID=\"_InitialView\" sofaString=\"{text}\"/>"));
    assert_eq!(read(one("a.xmi", &sofa("&x39;Bo"))).project.text(ArticleId(0)), "&x39;Bo");
    let huge = "y".repeat(5_000_000);
    assert_eq!(read(one("a.xmi", &sofa(&huge))).project.text(ArticleId(0)).len(), 5_000_000);
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=\"x\"")).collect();
    assert!(error("a.xmi", &xmi(&format!("<cas:B{attributes}/>"))).contains("it holds no text"));
    let gap = "#FORMAT=WebAnno TSV 3.3\n\n\n#Text=Bo\n1-1\t4000000000-4000000002\tBo\t\n";
    assert!(error("a.tsv", gap).contains("line 5: its offsets leave more gaps than any text has"));
    assert!(error("a.json", &format!("{{\"%FEATURE_STRUCTURES\": {}", "[".repeat(100_000))).contains("cannot be read"));
}
