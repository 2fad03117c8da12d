//! The views of the whole collection: what is selected of it, gathered in the background, and what a person has chosen there.

use std::sync::Arc;

use super::dossier::{Desk, Editing, Field};
use crate::project::{Entity, EntityId, MentionId, Project};
use crate::views::dossier::{Dossier, Dossiers};
use crate::views::timeline::{self, Frame};
use crate::views::{
    Chosen, Collection, Data, FileFormat, Frames, Gathered, Ink, Options, Pick, Picture, Selection, Table, View,
    ViewFile,
};

/// What an answer is of: the number and revision of the project, and what was asked.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Of {
    project: (u64, u64),
    selection: Selection,
    view: View,
    options: Options,
}

/// Work for a thread.
pub struct Job {
    /// Where something has to be gathered of it.
    project: Option<Box<Project>>,
    all: Option<Arc<Collection>>,
    gathered: Gathered,
    of: Of,
    /// What was shown before, which takes a while to be let go of.
    spent: (Option<Answer>, Option<Arc<Collection>>),
}

/// What a thread has found.
pub struct Answer {
    of: Of,
    all: Arc<Collection>,
    gathered: Gathered,
    chosen: Chosen,
    data: Data,
    table: Table,
}

/// Does the work.
pub fn work(job: Job) -> Answer {
    let Job { project, all, mut gathered, of, spent } = job;
    drop(spent);
    let project = project.unwrap_or_default();
    let all = all.unwrap_or_else(|| Arc::new(Collection::of(&project)));
    let chosen = Chosen::of(&all, &of.selection);
    gathered.fill(of.view, &project, &all, &chosen, &of.options);
    let data = Data::of(of.view, &all, &gathered, &chosen, &of.options);
    let table = data.table(&all);
    Answer { of, all, gathered, chosen, data, table }
}

/// Which part of a view has the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Part {
    #[default]
    Picture,
    Sentences,
    /// The list of names beside a dossier.
    List,
}

/// What is picked in a view: what it says, and its sentences.
pub(super) struct Picked {
    pub pick: Pick,
    pub label: String,
    pub mentions: Vec<MentionId>,
    /// Of a dossier's sentences those that are picked, by the places of mentions.
    pub rows: Vec<u32>,
}

/// What a picture was laid out for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Laid {
    size: (f32, f32),
    frames: Frames,
    /// Which of the answers.
    answer: u64,
}

/// The views, and what is selected for all of them.
#[derive(Default)]
pub struct Overview {
    /// Which is shown, in the place of the article.
    pub shown: Option<View>,
    /// From which a click led to an article, from where a key leads back.
    pub left: Option<View>,
    /// What all of them show.
    pub selection: Selection,
    /// What is set of them.
    pub options: Options,
    /// What is typed as the first and the last day.
    pub(super) typed: (String, String),
    /// Whether data are shown in rows rather than as a picture.
    pub as_table: bool,
    /// What was gathered last, and of which project and revision it is.
    all: Option<((u64, u64), Arc<Collection>)>,
    retired: Option<Arc<Collection>>,
    answer: Option<Answer>,
    answers: u64,
    spent: Option<Answer>,
    asked: Option<Of>,
    picture: Option<(Laid, Arc<Picture>)>,
    /// What of each view is seen.
    frames: Frames,
    /// The mark of the picture, or the row of the table, that has the keys.
    pub(super) cursor: Option<usize>,
    pub(super) picked: Option<Picked>,
    pub(super) sentence: usize,
    pub(super) part: Part,
    pub(super) desk: Desk,
    /// A text field had the keys as the last frame ended: Escape, which takes them from it, is the field's.
    pub(super) in_field: bool,
    /// The part is to take the keys, and what has them there is to come into view.
    pub(super) takes_keys: bool,
    pub(super) reveal: bool,
}

impl Overview {
    /// Shows a view as it was left.
    pub fn open(&mut self, view: View) {
        if self.shown != Some(view) && self.left != Some(view) {
            let part = if view == View::Dossiers { Part::List } else { Part::Picture };
            (self.cursor, self.picked, self.sentence, self.part) = (None, None, 0, part);
        }
        (self.shown, self.left, self.takes_keys, self.reveal) = (Some(view), None, true, true);
    }

    /// Whether the view that is shown is still being gathered.
    pub fn is_gathering(&self) -> bool {
        self.asked.is_some()
    }

    /// What has to be done for the view to fit the project, of this number and revision, and what is selected; one job at a time.
    pub(super) fn refresh(&mut self, project: &Project, of: (u64, u64)) -> Option<Job> {
        let view = self.shown?;
        let wanted = Of { project: of, selection: self.selection.clone(), view, options: self.options.clone() };
        if self.asked.is_some() || self.answer.as_ref().is_some_and(|answer| answer.of == wanted) {
            return None;
        }
        let known = self.answer.as_ref().filter(|answer| answer.of.project == of);
        let all = self.known(of);
        let gathered = known.map(|answer| answer.gathered.clone()).unwrap_or_default();
        let lacks = all.is_none() || !gathered.is_enough(view, &self.options);
        let project = lacks.then(|| Box::new(project.snapshot()));
        self.asked = Some(wanted.clone());
        Some(Job { project, all, gathered, of: wanted, spent: (self.spent.take(), self.retired()) })
    }

    /// Takes in what a thread has found, where it was asked for.
    pub(super) fn take(&mut self, answer: Answer) {
        if self.asked.as_ref() != Some(&answer.of) {
            return;
        }
        self.asked = None;
        self.know(answer.of.project, Arc::clone(&answer.all));
        let same = self.answer.as_ref().is_some_and(|known| known.of.view == answer.of.view);
        if !same {
            self.cursor = None;
        }
        let whose = |answer: &Answer| match &answer.data {
            Data::Dossiers(Dossiers { dossier: Some(dossier), .. }) => Some(dossier.portrait.id),
            _ => None,
        };
        if same && self.answer.as_ref().and_then(whose) != whose(&answer) {
            (self.cursor, self.picked, self.sentence) = (None, None, 0);
        }
        self.spent = self.answer.replace(answer);
        self.answers += 1;
        if let Some(picked) = self.picked.take() {
            self.pick(picked.pick, picked.label);
        }
    }

    /// Takes in what was gathered for a view or for the register.
    pub(super) fn know(&mut self, of: (u64, u64), all: Arc<Collection>) {
        let before = self.all.replace((of, all));
        self.retired = before.map(|(_, all)| all);
    }

    /// What was gathered before, for a thread to let go of.
    pub(super) fn retired(&mut self) -> Option<Arc<Collection>> {
        self.retired.take()
    }

    /// What is gathered of a project of this number and revision.
    pub(super) fn known(&self, of: (u64, u64)) -> Option<Arc<Collection>> {
        self.all.as_ref().filter(|(known, _)| *known == of).map(|(_, all)| Arc::clone(all))
    }

    /// What is under way is of no use any more.
    pub(super) fn give_up(&mut self) {
        self.asked = None;
    }

    /// The data of the view that is shown, once they are there.
    fn current(&self) -> Option<&Answer> {
        self.answer.as_ref().filter(|answer| Some(answer.of.view) == self.shown)
    }

    /// What the view shows.
    pub(super) fn data(&self) -> Option<(&Collection, &Data)> {
        self.current().map(|answer| (answer.all.as_ref(), &answer.data))
    }

    /// All that can be selected of; empty while it is not gathered.
    pub(super) fn collection(&self) -> Option<&Arc<Collection>> {
        self.all.as_ref().map(|(_, all)| all)
    }

    /// The data in rows.
    pub(super) fn table(&self) -> Option<&Table> {
        self.current().map(|answer| &answer.table)
    }

    /// The view laid out for so much room; none while it is being gathered.
    pub(super) fn picture(&mut self, size: (f32, f32)) -> Option<Arc<Picture>> {
        let laid = Laid { size, frames: self.frames, answer: self.answers };
        if let Some((of, known)) = &self.picture
            && *of == laid
            && self.current().is_some()
        {
            return Some(Arc::clone(known));
        }
        let answer = self.current()?;
        let picture = Arc::new(answer.data.draw(&answer.all, &self.frames, size));
        if let Some(picked) = &self.picked {
            // It may have come to another place.
            self.cursor = picture.marks.iter().position(|mark| mark.pick == picked.pick);
        }
        self.picture = Some((laid, Arc::clone(&picture)));
        Some(picture)
    }

    /// Moves what is seen of the timeline.
    pub(super) fn move_frame(&mut self, to: impl FnOnce(Frame) -> Frame) {
        if let Some((_, Data::Timeline(timeline))) = self.data() {
            let frame = self.frames.timeline.unwrap_or_else(|| Frame::of(timeline));
            self.frames.timeline = Some(to(frame));
            self.cursor = None;
        }
    }

    /// Picks a part of what is selected: its sentences are shown.
    pub(super) fn pick(&mut self, pick: Pick, label: String) {
        let Some(answer) = self.answer.as_ref() else { return };
        let rows = pick.mentions(&answer.all, &answer.chosen);
        let mention = |row: &u32| answer.all.mentions.get(usize::try_from(*row).ok()?).map(|mention| mention.id);
        let mentions = rows.iter().filter_map(mention).collect();
        let rows = match &answer.data {
            Data::Dossiers(Dossiers { dossier: Some(dossier), .. }) => {
                let picked: std::collections::HashSet<u32> = rows.into_iter().collect();
                dossier.sentences.iter().filter(|row| picked.contains(row)).copied().collect()
            }
            _ => Vec::new(),
        };
        if self.picked.as_ref().is_none_or(|picked| picked.pick != pick) {
            self.sentence = 0;
        }
        self.picked = Some(Picked { pick, label, mentions, rows });
    }

    /// Selects what is picked alone.
    pub(super) fn narrow(&mut self) {
        if let Some((picked, answer)) = self.picked.take().zip(self.answer.as_ref()) {
            picked.pick.narrow(&answer.all, &mut self.selection);
        }
        (self.cursor, self.frames.timeline, self.takes_keys) = (None, None, true);
    }

    /// Whether there is nothing to be seen.
    pub(super) fn is_empty(&self) -> bool {
        self.table().is_some_and(|table| table.rows.is_empty())
    }

    /// Whether the picture that is shown can be brought nearer.
    pub(super) fn zooms(&self) -> bool {
        self.shown.is_some_and(|view| !matches!(view, View::Numbers | View::Dossiers))
    }

    /// Shows the data in rows, or the picture again.
    pub(super) fn toggle_table(&mut self) {
        self.as_table = !self.as_table;
        (self.cursor, self.takes_keys, self.part) = (None, true, Part::Picture);
    }

    /// Brings the picture nearer by a factor below 1, or farther off.
    pub(super) fn zoom(&mut self, factor: f64) {
        self.zoom_around(factor, (0.5, 0.5));
    }

    /// The same around a place, each side from 0 to 1.
    pub(super) fn zoom_around(&mut self, factor: f64, (x, y): (f64, f64)) {
        let size = self.picture.as_ref().map_or((1.0, 1.0), |(laid, _)| laid.size);
        match self.shown {
            Some(View::Map) => self.frames.map = self.frames.map.zoomed(factor, (x, y), size),
            Some(View::Network) => self.frames.network = self.frames.network.zoomed(factor, (x, y)),
            _ => {}
        }
        let room = self.picture.as_ref().map_or(1.0, |(laid, _)| f64::from(laid.size.0));
        let x = (x * room - f64::from(timeline::NAMES)) / (room - f64::from(timeline::NAMES)).max(1.0);
        self.move_frame(|frame| frame.zoomed(factor, x.clamp(0.0, 1.0)));
    }

    /// Moves what is seen by a part of it.
    pub(super) fn pan(&mut self, x: f32, y: f32) {
        let size = self.picture.as_ref().map_or((1.0, 1.0), |(laid, _)| laid.size);
        let by = (f64::from(x), f64::from(y));
        match self.shown {
            Some(View::Map) => self.frames.map = self.frames.map.moved(by, size),
            Some(View::Network) => self.frames.network = self.frames.network.moved(by),
            _ => {}
        }
        if x != 0.0 {
            self.move_frame(|frame| frame.moved(f64::from(x)));
        }
    }

    /// Shows all there is.
    pub(super) fn show_all(&mut self) {
        (self.frames, self.cursor) = (Frames::default(), None);
    }

    /// Whether a name of the network is picked.
    pub(super) fn can_go_around(&self) -> bool {
        let entity = self.picked.as_ref().and_then(|picked| picked.pick.entity);
        self.shown == Some(View::Network) && entity.is_some() && entity != self.options.around
    }

    /// Shows the network around the name that is picked.
    pub(super) fn go_around(&mut self) {
        self.options.around = self.picked.as_ref().and_then(|picked| picked.pick.entity);
        self.frames.network = Frames::default().network;
        (self.cursor, self.takes_keys, self.part) = (None, true, Part::Picture);
    }

    /// The name that the network is around.
    pub(super) fn around(&self) -> Option<&str> {
        let (id, all) = self.options.around.zip(self.collection())?;
        let place = all.entities.binary_search_by_key(&id, |entity| entity.id).ok()?;
        all.entities.get(place).map(|entity| &*entity.name)
    }

    /// A page on, or back: rows of the data, or what is seen of the picture.
    pub(super) fn page(&mut self, by: f32) {
        if self.as_table {
            for _ in 0..20 {
                self.step((0.0, by));
            }
        } else {
            self.pan(by * 0.9, 0.0);
        }
    }

    /// Goes to the next mark in a direction, or from row to row.
    pub(super) fn step(&mut self, (x, y): (f32, f32)) {
        self.reveal = true;
        if self.as_table {
            let last = self.table().map_or(0, |table| table.rows.len().saturating_sub(1));
            let here = self.cursor.unwrap_or_default();
            self.cursor = Some(if y < 0.0 { here.saturating_sub(1) } else { (here + usize::from(y > 0.0)).min(last) });
            return;
        }
        let Some((_, picture)) = &self.picture else { return };
        self.cursor = match self.cursor {
            Some(here) => picture.next(here, (x, y)).or(Some(here)),
            None => (!picture.marks.is_empty()).then_some(0),
        };
    }

    /// Goes to the first mark or row, or to the last.
    pub(super) fn go_to_end(&mut self, last: bool) {
        self.reveal = true;
        let many = match (self.as_table, &self.picture) {
            (true, _) => self.table().map_or(0, |table| table.rows.len()),
            (false, Some((_, picture))) => picture.marks.len(),
            (false, None) => 0,
        };
        self.cursor = if last { many.checked_sub(1) } else { (many > 0).then_some(0) };
    }

    /// Picks what has the keys. In a dossier it may lead on: to another dossier, or to a place, whose mention is given.
    pub(super) fn pick_here(&mut self) -> Option<MentionId> {
        let here = self.cursor?;
        let (pick, label) = if self.as_table {
            let (cells, pick) = self.table()?.rows.get(here)?;
            let cells: Vec<&str> = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
            (pick.clone(), cells.join(", "))
        } else {
            let (_, picture) = self.picture.as_ref()?;
            picture.marks.get(here).map(|mark| (mark.pick.clone(), mark.label.clone()))?
        };
        if self.shown == Some(View::Dossiers) {
            if let Some(row) = pick.place {
                return self.mention(row);
            }
            if let Some(other) = pick.entity.filter(|id| Some(*id) != self.whose()) {
                self.go_to_dossier(other);
                return None;
            }
            if self.picked.as_ref().is_some_and(|picked| picked.pick == pick) {
                (self.picked, self.sentence) = (None, 0);
                return None;
            }
        }
        self.pick(pick, label);
        None
    }

    /// The mention at a place of the collection.
    pub(super) fn mention(&self, row: u32) -> Option<MentionId> {
        let all = &self.answer.as_ref()?.all;
        all.mentions.get(usize::try_from(row).ok()?).map(|mention| mention.id)
    }

    /// The list of names, and the dossier beside it.
    pub(super) fn dossiers(&self) -> Option<(&Collection, &Dossiers)> {
        match self.data() {
            Some((all, Data::Dossiers(dossiers))) => Some((all, dossiers)),
            _ => None,
        }
    }

    /// The dossier that is shown.
    pub(super) fn dossier(&self) -> Option<&Dossier> {
        self.dossiers()?.1.dossier.as_ref()
    }

    /// Whose dossier is asked for, or shown where nobody's is.
    pub(super) fn whose(&self) -> Option<EntityId> {
        self.options.dossier.or_else(|| Some(self.dossier()?.portrait.id))
    }

    /// Goes from one dossier to another; a key leads back.
    pub(super) fn go_to_dossier(&mut self, id: EntityId) {
        let before = self.whose().filter(|before| *before != id);
        self.desk.trail.extend(before);
        self.choose_dossier(id);
        self.part = Part::Picture;
    }

    /// Shows the dossier that led to this one.
    pub(super) fn go_back(&mut self) {
        if let Some(before) = self.desk.trail.pop() {
            self.choose_dossier(before);
        }
    }

    /// Shows the dossier of one in the list.
    pub(super) fn choose_dossier(&mut self, id: EntityId) {
        (self.options.dossier, self.desk.editing) = (Some(id), None);
        (self.cursor, self.picked, self.sentence) = (None, None, 0);
        (self.takes_keys, self.reveal) = (true, true);
    }

    /// Goes on in the list of names by as many rows, back where negative.
    pub(super) fn step_listed(&mut self, by: isize) {
        let whose = self.whose();
        let Some((all, dossiers)) = self.dossiers() else { return };
        let id = |nth: usize| {
            let place = dossiers.listed.get(nth)?.entity;
            all.entities.get(usize::try_from(place).ok()?).map(|entity| entity.id)
        };
        let here = (0..dossiers.listed.len()).find(|nth| id(*nth) == whose);
        let last = dossiers.listed.len().saturating_sub(1);
        let next = here.map_or(0, |here| here.saturating_add_signed(by).min(last));
        if let Some(next) = id(next) {
            self.choose_dossier(next);
        }
    }

    /// How many sentences there are: of what is picked, in a dossier of all of it where nothing is.
    pub(super) fn sentence_count(&self) -> usize {
        self.rows().map_or_else(|| self.picked.as_ref().map_or(0, |picked| picked.mentions.len()), <[u32]>::len)
    }

    /// The mention of a sentence.
    pub(super) fn sentence_at(&self, nth: usize) -> Option<MentionId> {
        match self.rows() {
            Some(rows) => rows.get(nth).and_then(|row| self.mention(*row)),
            None => self.picked.as_ref()?.mentions.get(nth).copied(),
        }
    }

    /// The sentences that a dossier shows, by the places of mentions; none where the view is another, or shown in rows.
    pub(super) fn rows(&self) -> Option<&[u32]> {
        let dossier = self.dossier().filter(|_| !self.as_table)?;
        Some(self.picked.as_ref().map_or(dossier.sentences.as_slice(), |picked| picked.rows.as_slice()))
    }

    /// Begins to edit a field of an entity.
    pub(super) fn edit(&mut self, entity: &Entity, field: Field) {
        let value = field.value(entity);
        self.desk.editing = Some(Editing { entity: entity.id, field, value, fresh: true });
    }

    /// What the colours stand for.
    pub(super) fn legend(&self) -> Vec<(Ink, String)> {
        self.current().map(|answer| answer.data.legend(&answer.all)).unwrap_or_default()
    }

    /// The view of a project as it goes into a file.
    pub(super) fn file(&mut self, project: &str, format: FileFormat) -> Option<ViewFile> {
        let view = self.shown?;
        let size = self.picture.as_ref().map_or((1200.0, 800.0), |(laid, _)| laid.size);
        let picture = self.picture(size)?;
        let answer = self.current()?;
        let title = match &answer.data {
            Data::Dossiers(Dossiers { dossier: Some(dossier), .. }) => format!("{}: {project}", dossier.portrait.name),
            _ => format!("{}: {project}", view.name()),
        };
        Some(ViewFile::new(title, format, &picture, (&answer.data, &answer.all, &answer.chosen)))
    }
}
