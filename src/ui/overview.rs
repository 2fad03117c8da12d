//! The views of the whole collection: what is selected of it, gathered in the background, and what a person has chosen there.

use std::sync::Arc;

use crate::project::{MentionId, Project};
use crate::views::timeline::{self, Frame};
use crate::views::{
    self, Chosen, Collection, Data, FileFormat, Frames, Ink, Options, Pick, Picture, Selection, Table, Tie, View,
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
    ties: Option<Arc<Vec<Tie>>>,
    of: Of,
    /// What was shown before, which takes a while to be let go of.
    spent: Option<Answer>,
}

/// What a thread has found.
pub struct Answer {
    of: Of,
    all: Arc<Collection>,
    /// Who appears with whom, once the network was asked for.
    ties: Option<Arc<Vec<Tie>>>,
    chosen: Chosen,
    data: Data,
    table: Table,
}

/// Does the work.
pub fn work(job: Job) -> Answer {
    let Job { project, all, ties, of, spent } = job;
    drop(spent);
    let project = project.unwrap_or_default();
    let all = all.unwrap_or_else(|| Arc::new(Collection::of(&project)));
    let wanted = of.view == View::Network;
    let ties = ties.or_else(|| wanted.then(|| Arc::new(views::ties(&project, &all))));
    let chosen = Chosen::of(&all, &of.selection);
    let known = ties.as_ref().map(|ties| ties.as_slice()).unwrap_or_default();
    let data = Data::of(of.view, &all, known, &chosen, of.options);
    let table = data.table(&all);
    Answer { of, all, ties, chosen, data, table }
}

/// Which part of a view has the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Part {
    #[default]
    Picture,
    Sentences,
}

/// What is picked in a view: what it says, and its sentences.
pub(super) struct Picked {
    pub pick: Pick,
    pub label: String,
    pub mentions: Vec<MentionId>,
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
    /// The part is to take the keys, and what has them there is to come into view.
    pub(super) takes_keys: bool,
    pub(super) reveal: bool,
}

impl Overview {
    /// Shows a view as it was left.
    pub fn open(&mut self, view: View) {
        if self.shown != Some(view) && self.left != Some(view) {
            (self.cursor, self.picked, self.sentence, self.part) = (None, None, 0, Part::Picture);
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
        let wanted = Of { project: of, selection: self.selection.clone(), view, options: self.options };
        if self.asked.is_some() || self.answer.as_ref().is_some_and(|answer| answer.of == wanted) {
            return None;
        }
        let known = self.answer.as_ref().filter(|answer| answer.of.project == of);
        let all = known.map(|answer| Arc::clone(&answer.all));
        let ties = known.and_then(|answer| answer.ties.clone());
        let lacks = all.is_none() || view == View::Network && ties.is_none();
        let project = lacks.then(|| Box::new(project.snapshot()));
        self.asked = Some(wanted.clone());
        Some(Job { project, all, ties, of: wanted, spent: self.spent.take() })
    }

    /// Takes in what a thread has found, where it was asked for.
    pub(super) fn take(&mut self, answer: Answer) {
        if self.asked.as_ref() != Some(&answer.of) {
            return;
        }
        self.asked = None;
        let same = self.answer.as_ref().is_some_and(|known| known.of.view == answer.of.view);
        if !same {
            self.cursor = None;
        }
        self.spent = self.answer.replace(answer);
        self.answers += 1;
        if let Some(picked) = self.picked.take() {
            self.pick(picked.pick, picked.label);
        }
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
        self.answer.as_ref().map(|answer| &answer.all)
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
        if self.picked.as_ref().is_none_or(|picked| picked.pick != pick) {
            self.sentence = 0;
        }
        self.picked = Some(Picked { pick, label, mentions });
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
        self.shown.is_some_and(|view| view != View::Numbers)
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

    /// Picks what has the keys.
    pub(super) fn pick_here(&mut self) {
        let Some(here) = self.cursor else { return };
        let found = if self.as_table {
            self.table().and_then(|table| table.rows.get(here)).map(|(cells, pick)| {
                let cells: Vec<&str> = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
                (pick.clone(), cells.join(", "))
            })
        } else {
            let mark = self.picture.as_ref().and_then(|(_, picture)| picture.marks.get(here));
            mark.map(|mark| (mark.pick.clone(), mark.label.clone()))
        };
        if let Some((pick, label)) = found {
            self.pick(pick, label);
        }
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
        let title = format!("{}: {project}", view.name());
        Some(ViewFile::new(title, format, &picture, (&answer.data, &answer.all, &answer.chosen)))
    }
}
