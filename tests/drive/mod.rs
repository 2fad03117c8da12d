//! A project changed by lines on standard input, by way of the session and the keeper that the window uses: for tests that
//! end the process in the midst of its work.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::io::{self, BufRead, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use jiff::Timestamp;

use rubricator::project::{
    ArticleId, Contributor, ContributorId, DifferenceSort, Edit, EventId, MentionId, Project, Reason, RelationId,
    Ruling, RulingId, Session, Settled, Stamp, Target, ops,
};
use rubricator::store::{self, Access, Folders, Keeper, Save, Version};
use rubricator::text::{Article, Metadata, Text, byte_range};

/// What is said as it happens; the number is that of the line that it answers, from 1.
enum Word {
    /// Changes may be safe that were not.
    Safe,
    /// A save has ended.
    Saved(usize, bool),
}

/// Opens a project, says how it was found, and works off the lines: `safe N` says that the change of the Nth line is on
/// the disk, `saved N` that the project is saved as it was then.
pub fn run(path: &Path) -> io::Result<()> {
    let (words, heard) = channel();
    let wake = words.clone();
    let wake = move || {
        wake.send(Word::Safe).ok();
    };
    let opened = store::open(&Folders::find(), path, Access::TakeOver, "drive", wake).map_err(io::Error::other)?;
    let mut session = opened.session;
    let Some(keeper) = opened.keeper else { return Err(io::Error::other("it was opened to be read")) };
    for notice in opened.notices {
        eprintln!("{notice}");
    }
    say(&format!("open {}", digest(&session)))?;
    let keeper = Arc::new(keeper);
    let waiting = Arc::new(Mutex::new(Vec::new()));
    let (listening, lines) = (Arc::clone(&keeper), Arc::clone(&waiting));
    thread::spawn(move || tell(&heard, &listening, &lines));
    let saving = Arc::new(AtomicUsize::new(0));
    for (number, line) in io::stdin().lock().lines().enumerate() {
        let (number, line) = (number + 1, line?);
        if line == "save" {
            // One at a time, as in the window.
            if saving.swap(1, Ordering::SeqCst) == 0 {
                save(&mut session, &keeper, path, number, &saving, &words);
            }
            continue;
        }
        act(&mut session, &line);
        waiting.lock().unwrap_or_else(PoisonError::into_inner).push((number, keeper.changes()));
        words.send(Word::Safe).ok();
    }
    keeper.sync();
    Ok(())
}

fn save(
    session: &mut Session,
    keeper: &Keeper,
    path: &Path,
    number: usize,
    saving: &Arc<AtomicUsize>,
    words: &Sender<Word>,
) {
    let (project, past) = (session.project().snapshot(), session.past());
    let save = Save { project, past, path: path.to_owned(), replace: false, versions: 2 };
    let (saver, saving, words) = (keeper.save(), Arc::clone(saving), words.clone());
    thread::spawn(move || {
        let saved = saver.run(&save);
        saving.store(0, Ordering::SeqCst);
        words.send(Word::Saved(number, saved.is_ok())).ok();
    });
}

/// Says which lines are safe, each once.
fn tell(heard: &Receiver<Word>, keeper: &Keeper, lines: &Mutex<Vec<(usize, u64)>>) {
    for word in heard {
        let said = match word {
            Word::Saved(number, true) => say(&format!("saved {number}")),
            Word::Saved(number, false) => say(&format!("unsaved {number}")),
            Word::Safe => {
                let safe = keeper.status().safe;
                let mut lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
                let last = lines.iter().rev().find(|(_, changes)| *changes <= safe).map(|(number, _)| *number);
                lines.retain(|(_, changes)| *changes > safe);
                last.map_or(Ok(()), |number| say(&format!("safe {number}")))
            }
        };
        if said.is_err() {
            return;
        }
    }
}

fn say(word: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{word}").and_then(|()| out.flush())
}

/// What tells two states of a session apart: the project, the revision, what can be undone and redone.
pub fn digest(session: &Session) -> String {
    let mut bytes = store::to_bytes(session.project()).unwrap_or_default();
    let history = session.history();
    let rest = (session.revision(), history.to_undo(), history.to_redo());
    bytes.extend_from_slice(format!("{rest:?}").as_bytes());
    Version::of(&bytes).sha256
}

/// Does what a line says: `undo`, `redo`, `article TITLE`, `tag ARTICLE START END KIND`, `reject MENTION`, `delete MENTION`,
/// `note MENTION WORD`, `relate MENTION MENTION KIND`, `unrelate RELATION`, `same EVENT EVENT`, `apart EVENT EVENT`, `leave EVENT`, `annotators NUMBER`, `rule ARTICLE START END`, `reopen RULING`, `move ARTICLE PLACE`, `done ARTICLE`, `remove ARTICLE`. What cannot be done is not.
pub fn act(session: &mut Session, line: &str) {
    match line {
        // A step that no longer fits leaves the history; that is kept too.
        "undo" => {
            session.undo().ok();
        }
        "redo" => {
            session.redo().ok();
        }
        _ => {
            if let Some(edit) = edit(session.project(), line) {
                session.apply(edit).ok();
            }
        }
    }
}

fn edit(project: &Project, line: &str) -> Option<Edit> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let number = |index: usize| words.get(index)?.parse::<u32>().ok();
    let stamp = Stamp { by: "drive".into(), at: Timestamp::UNIX_EPOCH };
    let article = number(1).map(ArticleId).filter(|id| project.article(*id).is_some());
    let mention = number(1).map(MentionId).filter(|id| project.mention(*id).is_some());
    Some(match *words.first()? {
        "article" => {
            let title = (*words.get(1)?).to_owned();
            let text = Text::new(format!("{title}: Wang Yi met Émile Zorn in Genève.\n").repeat(12)).ok()?;
            ops::add_articles(project, vec![Article { meta: Metadata { title, ..Metadata::default() }, text }], stamp)
        }
        "tag" => {
            let range = byte_range(number(2)? as usize, number(3)? as usize)?;
            let kind = project.tagset().kinds.get(number(4)? as usize)?.id.clone();
            ops::tag(project, article?, &[range], &kind, &ops::unknown, stamp)
        }
        "reject" => ops::reject(project, &[mention?], stamp),
        "note" => ops::set_note(project, mention?, words.get(2)?, stamp),
        "relate" => {
            // The usual kinds come with the first relation of each.
            let mut tagset = project.tagset().clone();
            tagset.ready_relations().into_iter().for_each(|kind| tagset.add_relation(kind));
            let kind = tagset.relations.get(number(3)? as usize)?;
            ops::relate(project, kind, mention?, MentionId(number(2)?), stamp)
        }
        "same" => ops::same(project, &[EventId(number(1)?), EventId(number(2)?)], stamp),
        "apart" => ops::apart(
            project,
            &[1, 2].map(|at| number(at).map(EventId).map(Target::Event)).into_iter().collect::<Option<Vec<_>>>()?,
            stamp,
        ),
        "annotators" => {
            let one = |at: u32| Contributor {
                id: ContributorId(0),
                name: format!("Annotator {at}"),
                file: format!("{at}.rubric"),
                open: false,
            };
            ops::set_contributors(project, (0..number(1)?).map(one).collect(), stamp)
        }
        "rule" => {
            let range = byte_range(number(2)? as usize, number(3)? as usize)?;
            let words = project.slice(article?, range)?.to_owned();
            let choices: Vec<_> = project.contributors().map(|own| (own.id, words.clone())).collect();
            let taken = choices.first().map_or(Settled::Nothing, |(first, _)| Settled::Choice(*first));
            let (id, article, sort) = (RulingId(0), article?, DifferenceSort::Missing);
            let (reason, decision, note) = (Some(Reason::Gap), None, String::new());
            let ruling = Ruling { id, article, range, sort, words, choices, taken, reason, decision, note };
            ops::rule(project, vec![ruling], stamp)
        }
        "reopen" => ops::reopen(project, &[RulingId(number(1)?)], stamp),
        "leave" => ops::leave(project, EventId(number(1)?), stamp),
        "unrelate" => ops::delete_relations(project, &[RelationId(number(1)?)], stamp),
        "delete" => ops::delete(project, &[mention?], stamp),
        "move" => ops::move_article(project, article?, number(2)? as usize, stamp),
        "done" => ops::set_done(project, article?, true, stamp),
        "remove" => ops::remove_article(project, article?, stamp),
        _ => return None,
    })
}
