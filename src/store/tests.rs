//! What is kept, whatever fails: projects opened, changed, saved and opened again on a disk in memory.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;

use super::layer::Disk;
use super::layer::fake::{Fake, Fault, Kept};
use super::open::{Opened, open_on};
use super::unnamed::unnamed_on;
use super::{Access, Folders, Keeper, Save, StoreError, from_bytes, read_journal, to_bytes};
use crate::project::tests::{fixture, random};
use crate::project::{Action, Author, Edit, KindId, Project, Session, Stamp, ops};
use crate::text::{Article, Metadata, Text};

const PATH: &str = "/p/a.rubric";
const JOURNAL: &str = "/p/.a.rubric.journal";

fn stamp() -> Stamp {
    Stamp { by: "Ada".into(), at: jiff::Timestamp::UNIX_EPOCH }
}

fn folders() -> Folders {
    Folders::under(Path::new("/home"))
}

/// A disk with an empty project on it.
fn disk() -> Fake {
    let disk = Fake::with(&["/p", "/q"]);
    disk.put(PATH, &to_bytes(&Project::new()).unwrap());
    disk
}

/// A window, but for the window.
struct Desk {
    disk: Fake,
    path: PathBuf,
    session: Session,
    keeper: Keeper,
    notices: Vec<String>,
    recovered: usize,
}

impl Desk {
    fn open(disk: &Fake) -> Result<Self, StoreError> {
        Self::open_as(disk, Path::new(PATH), Access::TakeOver)
    }

    fn open_as(disk: &Fake, path: &Path, access: Access) -> Result<Self, StoreError> {
        let opened = open_on(Arc::new(disk.clone()), &folders(), path, access, "Ada", Box::new(|| ()))?;
        let Opened { session, keeper, notices, recovered, damage } = opened;
        assert_eq!(damage, []);
        Ok(Self { disk: disk.clone(), path: path.to_owned(), session, keeper: keeper.unwrap(), notices, recovered })
    }

    fn save(&mut self) -> Result<(), StoreError> {
        let path = self.path.clone();
        self.save_to(&path, false)
    }

    fn save_to(&mut self, path: &Path, replace: bool) -> Result<(), StoreError> {
        let (project, past) = (self.session.project().snapshot(), self.session.past());
        let revision = self.session.revision();
        self.keeper.save().run(&Save { project, past, path: path.to_owned(), replace, versions: 2 })?;
        self.session.mark_saved(revision);
        self.path = path.to_owned();
        Ok(())
    }

    /// The program is gone at once; the disk has kept so much.
    fn kill(self, kept: Kept) {
        self.disk.fail_at(0, Fault::PowerCut(0));
        drop(self.keeper);
        self.disk.restart(kept);
    }

    fn bytes(&self) -> Vec<u8> {
        to_bytes(self.session.project()).unwrap()
    }
}

/// An edit by number; none where it finds nothing to change.
fn edit(project: &Project, what: u8, by: usize) -> Edit {
    let ids = project.article_ids();
    let article = (!ids.is_empty()).then(|| ids[by % ids.len()]);
    let mentions: Vec<_> = project.all_mentions().map(|mention| mention.id).collect();
    let nothing = Edit { action: Action::Nothing, author: Author::Person, stamp: stamp(), changes: Vec::new() };
    let word = by / 7 % 5 * 6;
    let range = crate::text::byte_range(word, word + 5).unwrap();
    let tag = |kind| article.map(|id| ops::tag(project, id, &[range], kind, &ops::unknown, stamp()));
    match (what % 8, article) {
        (0, _) => {
            let meta = Metadata { title: format!("No. {by}"), ..Metadata::default() };
            let text = Text::new("Ünal Ömer Émile Zorn\nPérez met  “them”").unwrap();
            ops::add_articles(project, vec![Article { meta, text }], stamp())
        }
        (1, _) => tag(&KindId::PERSON).unwrap_or(nothing),
        (2, _) => {
            // What a run of the engine does.
            let edit = tag(&KindId::COUNTRY).unwrap_or(nothing);
            Edit { author: Author::Run, ..edit }
        }
        (3, Some(id)) => ops::move_article(project, id, by % 3, stamp()),
        (4, Some(id)) if by.is_multiple_of(4) => ops::remove_article(project, id, stamp()),
        (5, _) if !mentions.is_empty() => ops::reject(project, &[mentions[by % mentions.len()]], stamp()),
        (6, _) if !mentions.is_empty() => ops::set_note(project, mentions[by % mentions.len()], "Who?\n\"'", stamp()),
        (7, Some(id)) => ops::set_done(project, id, by.is_multiple_of(2), stamp()),
        _ => nothing,
    }
}

fn act(session: &mut Session, what: u8, by: usize) {
    // What does not fit is refused, and nothing has happened.
    session.apply(edit(session.project(), what, by)).ok();
}

/// What is done in a window, one thing after the other.
#[derive(Clone, Copy, Debug)]
enum Step {
    Edit(u8, usize),
    Any(random::Step),
    Undo,
    Redo,
    Save,
    Close,
    Kill,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let edit = (any::<u8>(), 0..1000_usize).prop_map(|(what, by)| Step::Edit(what, by));
    // All that a person and the engine do.
    let any = (0..random::KINDS, any::<[u16; 4]>()).prop_map(Step::Any);
    let step = prop_oneof![
        2 => edit, 6 => any, 2 => Just(Step::Undo), 1 => Just(Step::Redo),
        1 => Just(Step::Save), 1 => Just(Step::Close), 1 => Just(Step::Kill)
    ];
    prop::collection::vec(step, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_a_project_is_what_a_session_in_memory_is(steps in steps()) {
        let disk = disk();
        let start = to_bytes(&fixture::project()).unwrap();
        disk.put(PATH, &start);
        let mut desk = Desk::open(&disk).unwrap();
        let mut model = Session::new(from_bytes(&start, "start").unwrap());
        for step in steps {
            match step {
                Step::Edit(what, by) => {
                    act(&mut model, what, by);
                    act(&mut desk.session, what, by);
                }
                Step::Any(any) => {
                    random::step(&mut model, any);
                    random::step(&mut desk.session, any);
                }
                Step::Undo => prop_assert_eq!(model.undo().is_ok(), desk.session.undo().is_ok()),
                Step::Redo => prop_assert_eq!(model.redo().is_ok(), desk.session.redo().is_ok()),
                Step::Save => {
                    desk.save().unwrap();
                    model.mark_saved(model.revision());
                }
                Step::Close => {
                    drop(desk);
                    desk = Desk::open(&disk).unwrap();
                }
                Step::Kill => {
                    desk.keeper.sync();
                    desk.kill(Kept::Synced);
                    desk = Desk::open(&disk).unwrap();
                }
            }
            prop_assert!(desk.notices.is_empty(), "{:?}", desk.notices);
            prop_assert_eq!(desk.session.past(), model.past(), "after {:?}", step);
            prop_assert_eq!(desk.session.is_modified(), model.is_modified());
            prop_assert_eq!(desk.bytes(), to_bytes(model.project()).unwrap());
        }
    }
}

const SCRIPT: [Step; 17] = [
    Step::Edit(0, 1),
    Step::Edit(1, 7),
    Step::Edit(2, 14),
    Step::Undo,
    Step::Save,
    Step::Redo,
    Step::Edit(5, 0),
    Step::Close,
    Step::Edit(0, 2),
    Step::Edit(1, 8),
    Step::Save,
    Step::Edit(6, 1),
    Step::Undo,
    Step::Save,
    Step::Edit(7, 2),
    Step::Save,
    Step::Edit(1, 21),
];

/// Does what the script says, and gives the project after each change, and how many of these are known to be safe.
fn follow_script(disk: &Fake) -> (Vec<Vec<u8>>, usize, Option<Desk>) {
    let mut states = vec![to_bytes(&Project::new()).unwrap()];
    let mut safe = 0;
    let Ok(mut desk) = Desk::open(disk) else { return (states, safe, None) };
    // How many changes there were when the desk was opened.
    let mut before = 0;
    for step in SCRIPT {
        let revision = desk.session.past();
        match step {
            Step::Edit(what, by) => act(&mut desk.session, what, by),
            Step::Any(any) => random::step(&mut desk.session, any),
            Step::Undo => {
                desk.session.undo().ok();
            }
            Step::Redo => {
                desk.session.redo().ok();
            }
            Step::Save => {
                if desk.save().is_ok() {
                    safe = states.len() - 1;
                }
            }
            Step::Close | Step::Kill => {
                drop(desk);
                desk = match Desk::open(disk) {
                    Ok(desk) => desk,
                    Err(_) => return (states, safe, None),
                };
                before = states.iter().rposition(|state| *state == desk.bytes()).unwrap();
                states.truncate(before + 1);
            }
        }
        if desk.session.past() != revision && !matches!(step, Step::Close) {
            states.push(desk.bytes());
        }
        desk.keeper.sync();
        safe = safe.max(before + usize::try_from(desk.keeper.status().safe).unwrap());
    }
    (states, safe, Some(desk))
}

/// After the program ended like this everything that was safe is there.
fn check_kept(disk: &Fake, (states, safe, desk): (Vec<Vec<u8>>, usize, Option<Desk>), kept: Kept, what: &str) {
    match desk {
        Some(desk) => desk.kill(kept),
        None => disk.restart(kept),
    }
    let desk = Desk::open(disk).unwrap_or_else(|error| panic!("{what}: {error}"));
    let found = states.iter().rposition(|state| *state == desk.bytes());
    let found = found.unwrap_or_else(|| panic!("{what}: {:?}", String::from_utf8_lossy(&desk.bytes())));
    assert!(found >= safe, "{what}: {found} of {safe} changes; {:?}", desk.notices);
}

#[test]
fn a_fault_at_any_write_sync_or_rename_loses_nothing_that_was_safe() {
    let clean = disk();
    let before = clean.operations();
    let (states, safe, desk) = follow_script(&clean);
    assert_eq!(safe, states.len() - 1, "without faults all is safe");
    let operations = clean.operations() - before;
    check_kept(&clean, (states, safe, desk), Kept::Synced, "no fault");
    assert!(operations > 50, "{operations}");
    for at in 0..operations {
        for (fault, kept) in [
            (Fault::Refused, Kept::Synced),
            (Fault::Short(at * 37 % 1000), Kept::Some(at as u64)),
            (Fault::Lasting, Kept::Written),
            (Fault::PowerCut(at * 61 % 1000), Kept::Synced),
            (Fault::PowerCut(at * 83 % 1000), Kept::Some(at as u64)),
        ] {
            check_fault(at, fault, kept);
        }
    }
}

fn check_fault(at: usize, fault: Fault, kept: Kept) {
    let disk = disk();
    disk.fail_at(at, fault);
    let after = follow_script(&disk);
    check_kept(&disk, after, kept, &format!("{fault:?} at {at}, {kept:?}"));
}

/// A project without a name is begun, and gets one. Gives the same as [`follow_script`].
fn name_a_project(disk: &Fake) -> (Vec<Vec<u8>>, usize, Desk) {
    let keeper = unnamed_on(Arc::new(disk.clone()), &folders(), "Ada", Box::new(|| ())).unwrap();
    let session = Session::default();
    let path = PathBuf::from(PATH);
    let mut desk = Desk { disk: disk.clone(), path, session, keeper, notices: Vec::new(), recovered: 0 };
    desk.keeper.keep(&mut desk.session);
    let mut states = vec![desk.bytes()];
    let mut safe = 0;
    for by in 0..6_u8 {
        let before = desk.session.revision();
        act(&mut desk.session, by % 2, usize::from(by) * 7);
        if desk.session.revision() != before {
            states.push(desk.bytes());
        }
        if by == 3 && desk.save_to(Path::new("/q/named.rubric"), false).is_ok() {
            safe = states.len() - 1;
        }
        desk.keeper.sync();
        safe = safe.max(usize::try_from(desk.keeper.status().safe).unwrap());
    }
    (states, safe, desk)
}

#[test]
fn a_fault_while_a_project_gets_its_name_loses_nothing_that_was_safe() {
    let clean = disk();
    let before = clean.operations();
    let (states, safe, _) = name_a_project(&clean);
    assert_eq!(safe, states.len() - 1);
    for at in 0..clean.operations() - before {
        for (fault, kept) in [
            (Fault::Refused, Kept::Synced),
            (Fault::Lasting, Kept::Written),
            (Fault::PowerCut(at * 61 % 1000), Kept::Synced),
            (Fault::PowerCut(at * 83 % 1000), Kept::Some(at as u64)),
        ] {
            let disk = disk();
            disk.fail_at(at, fault);
            let (states, safe, desk) = name_a_project(&disk);
            desk.kill(kept);
            let names = disk.names().into_iter().filter(|name| name.starts_with("/home"));
            let mut places: Vec<_> = names.map(|name| name.replace("/.", "/").replace(".journal", "")).collect();
            places.retain(|name| name.ends_with(".rubric"));
            places.extend(disk.bytes("/q/named.rubric").map(|_| "/q/named.rubric".to_owned()));
            let index = |place: &String| {
                let found = Desk::open_as(&disk, Path::new(place), Access::TakeOver).unwrap();
                states.iter().rposition(|state| *state == found.bytes()).unwrap()
            };
            let found = places.iter().map(index).max().unwrap_or_default();
            assert!(found >= safe, "{found} of {safe} changes, {fault:?} at {at}, {kept:?}: {places:?}");
        }
    }
}

/// As above with more of each, for `make crash`.
#[test]
#[ignore = "takes minutes"]
fn every_fault_at_any_operation_with_whatever_is_kept_loses_nothing_that_was_safe() {
    let clean = disk();
    let before = clean.operations();
    drop(follow_script(&clean));
    for at in 0..clean.operations() - before {
        let parts = [0, 1, 250, 500, 999];
        let faults = [Fault::Refused, Fault::Lasting].into_iter();
        for fault in faults.chain(parts.map(Fault::Short)).chain(parts.map(Fault::PowerCut)) {
            for kept in [Kept::Synced, Kept::Written].into_iter().chain((0..6).map(Kept::Some)) {
                check_fault(at, fault, kept);
            }
        }
    }
}

#[test]
fn one_refusal_is_got_over_by_itself() {
    let disk = disk();
    let mut desk = Desk::open(&disk).unwrap();
    for at in 0..12 {
        act(&mut desk.session, 0, at);
        desk.keeper.sync();
        disk.fail_at(at % 3, Fault::Short(300));
        act(&mut desk.session, 0, at + 100);
        desk.keeper.sync();
        desk.keeper.sync();
        disk.heal();
        let status = desk.keeper.status();
        assert_eq!((status.problem, status.safe), (None, 2 * at as u64 + 2));
    }
    let bytes = desk.bytes();
    desk.kill(Kept::Synced);
    assert_eq!(Desk::open(&disk).unwrap().bytes(), bytes);
}

#[test]
fn a_panic_loses_nothing() {
    let disk = disk();
    let mut desk = Desk::open(&disk).unwrap();
    let mut bytes = Vec::new();
    let window = std::panic::AssertUnwindSafe(|| {
        let mut desk = desk;
        for by in 0..20 {
            act(&mut desk.session, 0, by);
        }
        bytes = desk.bytes();
        panic!("a fault of the program, in the midst of a frame");
    });
    std::panic::catch_unwind(window).unwrap_err();
    desk = Desk::open_as(&disk, Path::new(PATH), Access::Edit).unwrap();
    assert_eq!((desk.bytes(), desk.recovered), (bytes, 20));
}

#[test]
fn a_journal_of_another_version_is_set_aside() {
    let disk = disk();
    let mut desk = Desk::open(&disk).unwrap();
    act(&mut desk.session, 0, 1);
    desk.keeper.sync();
    desk.kill(Kept::Written);
    let mut other = Session::default();
    act(&mut other, 0, 9);
    disk.put(PATH, &to_bytes(other.project()).unwrap());
    let desk = Desk::open(&disk).unwrap();
    assert_eq!(desk.bytes(), to_bytes(other.project()).unwrap());
    assert!(desk.notices.concat().contains("1 unsaved changes to another version"), "{:?}", desk.notices);
    let kept = disk.names().into_iter().find(|name| name.starts_with("/p/.a.rubric.journal-")).unwrap();
    assert_eq!(read_journal(&disk.bytes(kept).unwrap()).unwrap().records().count(), 1);
    assert!(disk.bytes(JOURNAL).is_none());
}

#[test]
fn a_journal_cut_anywhere_is_read_up_to_there() {
    let disk = disk();
    let mut desk = Desk::open(&disk).unwrap();
    let mut states = vec![desk.bytes()];
    for by in 0..4 {
        act(&mut desk.session, by % 2, 7);
        states.push(desk.bytes());
    }
    drop(desk);
    let whole = disk.bytes(JOURNAL).unwrap();
    let records = |bytes: &[u8]| read_journal(bytes).map(|contents| contents.records().count()).ok();
    for length in 0..whole.len() {
        let cut = &whole[..length];
        let expected = cut.iter().filter(|byte| **byte == b'\n').count().checked_sub(2);
        assert_eq!(records(cut), expected, "cut at {length}");
    }
    // Cut or changed at a few places, it opens with what is before, and goes on from there.
    for place in (0..whole.len()).step_by(97) {
        for damage in [whole[..place].to_vec(), [&whole[..place], &[whole[place] ^ 1], &whole[place + 1..]].concat()] {
            let left = records(&damage).unwrap_or(0);
            disk.put(JOURNAL, &damage);
            let mut desk = Desk::open(&disk).unwrap();
            assert_eq!(desk.bytes(), states[left], "at {place}");
            act(&mut desk.session, 0, 5);
            let bytes = desk.bytes();
            desk.keeper.sync();
            desk.kill(Kept::Synced);
            assert_eq!(Desk::open(&disk).unwrap().bytes(), bytes);
        }
    }
}

#[test]
fn a_file_that_another_program_has_changed_is_not_replaced_unasked() {
    let disk = disk();
    let mut desk = Desk::open(&disk).unwrap();
    act(&mut desk.session, 0, 1);
    let mut other = Session::default();
    act(&mut other, 0, 9);
    let theirs = to_bytes(other.project()).unwrap();
    disk.put(PATH, &theirs);
    assert!(matches!(desk.save(), Err(StoreError::Changed { .. })));
    assert_eq!(disk.bytes(PATH).unwrap(), theirs);
    desk.save_to(Path::new(PATH), true).unwrap();
    assert_eq!(disk.bytes(PATH).unwrap(), desk.bytes());
    assert!(disk.names().iter().any(|name| disk.bytes(name).unwrap() == theirs), "it is kept as an earlier version");
}

#[test]
fn earlier_versions_are_kept_as_many_as_are_set() {
    let disk = disk();
    let mut desk = Desk::open(&disk).unwrap();
    let mut saved = vec![desk.bytes()];
    for by in 0..5 {
        act(&mut desk.session, 0, by);
        desk.save().unwrap();
        saved.push(desk.bytes());
    }
    let is_earlier = |name: &String| name.starts_with("/p/.a.2") && name.ends_with(".rubric");
    let kept: Vec<_> = disk.names().into_iter().filter(is_earlier).map(|name| disk.bytes(name).unwrap()).collect();
    assert_eq!(kept, saved[3..5]);
}

#[test]
fn a_project_has_one_window() {
    let disk = disk();
    let path = Path::new(PATH);
    let mut first = Desk::open_as(&disk, path, Access::Edit).unwrap();
    let error = Desk::open_as(&disk, path, Access::Edit).err().unwrap();
    let StoreError::InUse { owner, .. } = &error else { panic!("{error}") };
    assert!(!owner.is_gone(), "its process is this one");
    assert!(error.to_string().contains("of Ada on "), "{error}");
    act(&mut first.session, 0, 1);
    first.keeper.sync();
    // It can be read as it is now, and taken over; the first may then write no more.
    let seen = open_on(Arc::new(disk.clone()), &folders(), path, Access::Read, "", Box::new(|| ())).unwrap();
    assert!(seen.keeper.is_none() && !seen.session.is_modified());
    assert_eq!(to_bytes(seen.session.project()).unwrap(), first.bytes());
    let mut second = Desk::open(&disk).unwrap();
    act(&mut second.session, 0, 2);
    second.keeper.sync();
    act(&mut first.session, 0, 3);
    first.keeper.sync();
    assert!(first.keeper.status().taken.is_some());
    assert!(matches!(first.save(), Err(StoreError::InUse { .. })));
    first.save_to(Path::new("/q/mine.rubric"), false).unwrap();
    assert_eq!(disk.bytes("/q/mine.rubric").unwrap(), first.bytes());
    let bytes = second.bytes();
    drop((first, second));
    assert!(!disk.names().iter().any(|name| name.ends_with(".lock")), "{:?}", disk.names());
    assert_eq!(Desk::open_as(&disk, path, Access::Edit).unwrap().bytes(), bytes);
}

#[test]
fn an_unnamed_project_is_safe_and_gets_a_name() {
    let disk = disk();
    let keeper = unnamed_on(Arc::new(disk.clone()), &folders(), "", Box::new(|| ())).unwrap();
    let mut session = Session::default();
    keeper.keep(&mut session);
    keeper.sync();
    assert_eq!(disk.names(), [PATH], "nothing is written before something happens");
    act(&mut session, 0, 1);
    keeper.sync();
    let journal = disk.names().into_iter().find(|name| name.ends_with(".journal")).unwrap();
    let place = PathBuf::from(journal.replace("/.", "/").replace(".journal", ""));
    let desk = Desk { disk: disk.clone(), path: place.clone(), session, keeper, notices: Vec::new(), recovered: 0 };
    let bytes = desk.bytes();
    desk.kill(Kept::Synced);
    let mut desk = Desk::open_as(&disk, &place, Access::TakeOver).unwrap();
    assert_eq!((desk.bytes(), desk.recovered), (bytes, 1));
    assert!(desk.session.is_modified());
    desk.save_to(Path::new("/q/named.rubric"), false).unwrap();
    assert!(!disk.names().iter().any(|name| name.starts_with("/home")), "{:?}", disk.names());
    desk.session.undo().unwrap();
    drop(desk);
    let desk = Desk::open_as(&disk, Path::new("/q/named.rubric"), Access::Edit).unwrap();
    assert_eq!(desk.session.project().article_count(), 0);
    assert!(desk.session.history().to_redo().is_some());
}

#[test]
fn what_was_given_up_does_not_come_back_but_the_history_does() {
    let disk = disk();
    let mut desk = Desk::open(&disk).unwrap();
    act(&mut desk.session, 0, 1);
    desk.save().unwrap();
    let saved = desk.bytes();
    act(&mut desk.session, 0, 2);
    desk.session.stop_recording();
    desk.keeper.discard();
    drop(desk);
    let mut desk = Desk::open(&disk).unwrap();
    assert_eq!((desk.bytes(), desk.recovered, desk.session.is_modified()), (saved, 0, false));
    desk.session.undo().unwrap();
    assert_eq!(desk.session.project().article_count(), 0);
}

#[test]
fn a_journal_that_was_removed_is_missed_and_a_save_heals_it() {
    let disk = disk();
    let mut desk = Desk::open(&disk).unwrap();
    act(&mut desk.session, 0, 1);
    desk.keeper.sync();
    disk.remove(Path::new(JOURNAL)).unwrap();
    act(&mut desk.session, 0, 2);
    desk.keeper.sync();
    desk.keeper.sync();
    assert!(desk.keeper.status().problem.unwrap().contains("has been removed"));
    desk.save().unwrap();
    act(&mut desk.session, 0, 3);
    desk.keeper.sync();
    assert_eq!(desk.keeper.status().problem, None);
    let bytes = desk.bytes();
    desk.kill(Kept::Synced);
    assert_eq!(Desk::open(&disk).unwrap().bytes(), bytes);
}
