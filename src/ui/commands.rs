//! The one table of commands: of each its name, menu and keys, when it can be used, and what it does. Menus, keys, review
//! bar, command palette and help sheet are all drawn from it.

use eframe::egui::{Context, Key, Modifiers, ViewportCommand};

use super::binding::{Binding, Modes};
use super::command::Menu::{self, Annotate, Edit, File, Go, Help, View};
use super::command::{Command, Digit, Mode};
use super::file_dialog::Purpose;
use super::forms::{
    CompareForm, CopiesForm, DetailsForm, GuidelinesForm, KeysForm, LogForm, PaletteForm, TableForm, TagForm,
    TagsetForm,
};
use super::model::{EventField, Row, Step, open_count};
use super::state::{AfterAnswer, Dialog, State};
use super::worker::Worker;
use super::{
    annotate, details, entities, events, intake, learning, matches, merging, picking, relate, saving, suggesting,
};
use crate::project::{Level, Target};
use crate::store::{Settings, TEXT_SIZE, ZOOM};
use crate::views::View as Shown;

/// What a command works on.
pub struct Env<'a> {
    /// The window as it draws itself.
    pub ctx: &'a Context,
    /// What the window knows.
    pub state: &'a mut State,
    /// Its threads.
    pub worker: &'a Worker,
}

/// A row of the table.
#[derive(Clone, Copy)]
pub struct CommandRow {
    /// As menus show it; `…` where it asks for more.
    pub name: &'static str,
    /// Where it stands; a line is drawn above the first of each group.
    pub menu: Menu,
    /// Commands of one group stand together.
    pub group: u8,
    /// Its keys, the first one shown in menus, unless the settings give it others: see [`super::keys::of`].
    pub keys: &'static [Binding],
    available: fn(&State) -> bool,
    run: fn(&mut Env<'_>),
}

/// Whether a command can be used now.
pub fn available(state: &State, command: Command) -> bool {
    (row(command).available)(state)
}

/// Runs a command, where it can be used now. Before one that decides much at once the person is asked, once a project.
pub fn run(env: &mut Env<'_>, command: Command) {
    let asked = if env.state.model.is_sure || !available(env.state, command) {
        None
    } else {
        annotate::question(env.state, command)
    };
    match asked {
        Some(form) => env.state.dialog = Some(Dialog::Sure(form)),
        None => run_sure(env, command),
    }
}

/// Runs a command, where it can be used now, whatever it decides.
pub fn run_sure(env: &mut Env<'_>, command: Command) {
    let row = row(command);
    if (row.available)(env.state) {
        (row.run)(env);
    }
}

/// In all modes.
pub const EVERYWHERE: Modes = Modes::of(&Mode::ALL);
const ARTICLE: Modes = Modes::of(&[Mode::Review, Mode::Event, Mode::Caret]);
const REVIEW: Modes = Modes::of(&[Mode::Review, Mode::Event]);
/// While no event is selected, whose slots have letters of their own.
const NO_EVENT: Modes = Modes::of(&[Mode::Review]);
const EVENT: Modes = Modes::of(&[Mode::Event]);
const CARET: Modes = Modes::of(&[Mode::Caret]);
const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
const ALT_SHIFT: Modifiers = Modifiers::ALT.plus(Modifiers::SHIFT);
const CTRL_ALT: Modifiers = Modifiers::COMMAND.plus(Modifiers::ALT);
const CTRL_ALT_SHIFT: Modifiers = CTRL_ALT.plus(Modifiers::SHIFT);

/// The row of a command; one that has none does not compile. Within a menu the rows stand in the order of
/// [`Command::all`].
pub fn row(command: Command) -> CommandRow {
    match command {
        Command::NewProject => entry(File, 0, "New project", &[Binding(EVERYWHERE, CTRL, Key::N)])
            .always(|env| saving::leave_project(env.state, AfterAnswer::New)),
        Command::NewFromTagset => entry(File, 0, "New project from tagset…", &[])
            .always(|env| picking::open(env.state, env.worker, Purpose::ReadTagset { new: true })),
        Command::OpenProject => entry(File, 0, "Open project…", &[Binding(EVERYWHERE, CTRL_SHIFT, Key::O)])
            .always(|env| saving::leave_project(env.state, AfterAnswer::ChooseProject)),
        Command::OpenArticles => entry(File, 1, "Open articles…", &[Binding(EVERYWHERE, CTRL, Key::O)])
            .always(|env| picking::open(env.state, env.worker, Purpose::Articles)),
        Command::OpenFolder => entry(File, 1, "Open folder of articles…", &[])
            .always(|env| picking::open(env.state, env.worker, Purpose::Folder)),
        Command::OpenSplit => entry(File, 1, "Open and split articles…", &[])
            .always(|env| picking::open(env.state, env.worker, Purpose::Split)),
        Command::PasteArticle => entry(File, 1, "Paste article", &[Binding(EVERYWHERE, CTRL_SHIFT, Key::V)])
            .always(|env| intake::ask_for_clipboard(env.ctx, env.state)),
        Command::WriteArticle => entry(File, 1, "Write article…", &[])
            .always(|env| env.state.dialog = Some(Dialog::Paste { fresh: true, is_empty: false })),
        Command::OpenSample => {
            entry(File, 1, "Open sample article", &[]).always(|env| intake::open_sample(env.state, env.worker))
        }
        Command::ImportAnnotations => entry(File, 1, "Import annotations…", &[Binding(EVERYWHERE, CTRL_SHIFT, Key::I)])
            .always(|env| picking::open(env.state, env.worker, Purpose::Annotations)),
        Command::ImportFolder => entry(File, 1, "Import folder of annotations…", &[])
            .always(|env| picking::open(env.state, env.worker, Purpose::AnnotationFolder)),
        Command::ImportCrosswalk => entry(File, 1, "Import crosswalk…", &[])
            .when(has_articles, |env| picking::open(env.state, env.worker, Purpose::Crosswalk)),
        Command::UseMemory => entry(File, 1, "Use memory of project…", &[])
            .always(|env| picking::open(env.state, env.worker, Purpose::Memory)),
        Command::LeftOut => entry(File, 1, "What was left out…", &[])
            .when(|state| !state.left_out.is_empty(), |env| env.state.dialog = Some(Dialog::LeftOut)),
        Command::Save => entry(File, 2, "Save project", &[Binding(EVERYWHERE, CTRL, Key::S)])
            .when(saving::can_save, |env| _ = saving::save(env.state, env.worker)),
        Command::SaveAs => entry(File, 2, "Save project as…", &[Binding(EVERYWHERE, CTRL_SHIFT, Key::S)])
            .when(has_articles, |env| _ = saving::save_as(env.state, env.worker)),
        Command::EarlierVersions => entry(File, 2, "Earlier versions…", &[])
            .when(|state| state.model.path.is_some(), |env| saving::earlier_versions(env.state, env.worker)),
        Command::Export => entry(File, 2, "Export annotations…", &[Binding(EVERYWHERE, CTRL, Key::E)])
            .when(has_articles, |env| env.state.dialog = Some(Dialog::Export { fresh: true })),
        Command::CompareWith => entry(File, 2, "Compare with…", &[]).always(|env| compare_with(env.state)),
        Command::MakeCopies => entry(File, 2, "Make copies for annotators…", &[])
            .when(has_articles, |env| env.state.dialog = Some(Dialog::Copies(CopiesForm::default()))),
        Command::Settings => entry(File, 3, "Settings…", &[Binding(EVERYWHERE, CTRL, Key::Comma)])
            .always(|env| env.state.dialog = Some(Dialog::Settings)),
        Command::Keys => {
            entry(File, 3, "Keys…", &[]).always(|env| env.state.dialog = Some(Dialog::Keys(KeysForm::default())))
        }
        Command::Quit => entry(File, 3, "Quit", &[Binding(EVERYWHERE, CTRL, Key::Q)])
            .always(|env| env.ctx.send_viewport_cmd(ViewportCommand::Close)),
        Command::Undo => entry(Edit, 0, "Undo", &[Binding(ARTICLE, CTRL, Key::Z)])
            .when(|state| state.model.session.history().to_undo().is_some(), |env| annotate::travel(env.state, true)),
        Command::Redo => {
            entry(Edit, 0, "Redo", &[Binding(ARTICLE, CTRL_SHIFT, Key::Z), Binding(ARTICLE, CTRL, Key::Y)]).when(
                |state| state.model.session.history().to_redo().is_some(),
                |env| annotate::travel(env.state, false),
            )
        }
        Command::CopySelection => entry(Edit, 1, "Copy", &[]).when(
            |state| has_subject(state) || annotate::selection(state).is_some(),
            |env| annotate::copy(env.ctx, env.state),
        ),
        Command::Find => entry(Edit, 1, "Find in article…", &[Binding(EVERYWHERE, CTRL, Key::F)])
            .when(shows_article, |env| matches::find(env.state)),
        Command::FindNext => entry(Edit, 1, "Find next", &[Binding(EVERYWHERE, NONE, Key::F3)])
            .when(matches::can_step, |env| matches::step(env.state, true)),
        Command::FindPrevious => entry(Edit, 1, "Find previous", &[Binding(EVERYWHERE, SHIFT, Key::F3)])
            .when(matches::can_step, |env| matches::step(env.state, false)),
        Command::TagMatches => {
            entry(Edit, 1, "Tag all matches", &[]).when(matches::any, |env| matches::tag_all(env.state, false))
        }
        Command::UntagMatches => {
            entry(Edit, 1, "Untag all matches", &[]).when(matches::any, |env| matches::tag_all(env.state, true))
        }
        Command::FindInProject => entry(Edit, 1, "Find in project…", &[Binding(EVERYWHERE, CTRL_SHIFT, Key::F)])
            .when(has_articles, |env| matches::find_in_project(env.state)),
        Command::FindRelations => {
            entry(Edit, 1, "Find relations…", &[]).when(relate::any, |env| relate::find(env.state))
        }
        Command::ArticleDetails => entry(Edit, 2, "Article details…", &[Binding(EVERYWHERE, CTRL, Key::I)])
            .when(shows_article, |env| edit_details(env.state)),
        Command::ArticleTable => entry(Edit, 2, "Table of articles…", &[Binding(EVERYWHERE, CTRL_SHIFT, Key::T)])
            .when(has_articles, |env| article_table(env.state)),
        Command::FollowDate => entry(Edit, 2, "Have decided dates follow publication", &[])
            .when(details::is_dated, |env| details::follow_date(env.state)),
        Command::Tagset => entry(Edit, 3, "Tagset…", &[Binding(EVERYWHERE, CTRL, Key::T)]).always(|env| {
            env.state.dialog = Some(Dialog::Tagset(Box::new(TagsetForm::new(env.state.model.project()))))
        }),
        Command::EditGuidelines => entry(Edit, 3, "Edit guidelines…", &[])
            .always(|env| env.state.dialog = Some(Dialog::Guidelines(GuidelinesForm::new(env.state.model.project())))),
        Command::Accept => entry(Annotate, 0, "Accept", &[Binding(REVIEW, NONE, Key::A)])
            .when(annotate::can_accept, |env| annotate::decide(env.state, true)),
        Command::Reject => entry(Annotate, 0, "Reject", &[Binding(REVIEW, NONE, Key::X)])
            .when(annotate::can_reject, |env| annotate::decide(env.state, false)),
        Command::Skip => entry(Annotate, 0, "Skip", &[Binding(REVIEW, NONE, Key::Space)])
            .when(has_open, |env| annotate::go(env.state, true)),
        Command::AcceptEntity => entry(Annotate, 0, "Accept all of this entity", &[Binding(REVIEW, SHIFT, Key::A)])
            .when(annotate::can_accept, |env| annotate::decide_entity(env.state, true)),
        Command::RejectEntity => entry(Annotate, 0, "Reject all of this entity", &[Binding(REVIEW, SHIFT, Key::X)])
            .when(annotate::can_reject, |env| annotate::decide_entity(env.state, false)),
        Command::FinishArticle => entry(Annotate, 0, "Accept the rest and go on", &[Binding(NO_EVENT, NONE, Key::D)])
            .when(annotate::can_finish, |env| annotate::finish_article(env.state)),
        Command::AcceptArticle => {
            entry(Annotate, 1, "Accept all in this article", &[Binding(ARTICLE, CTRL_SHIFT, Key::A)])
                .when(has_open_read, |env| annotate::accept_article(env.state))
        }
        Command::AcceptListed => {
            entry(Annotate, 1, "Accept all in listed articles", &[Binding(ARTICLE, CTRL_ALT_SHIFT, Key::A)]).when(
                |state| state.model.project().articles().any(|record| open_count(state.model.project(), record.id) > 0),
                |env| annotate::accept_listed(env.state),
            )
        }
        Command::AcceptArticleTags => {
            entry(Annotate, 1, "Accept suggested article tags", &[Binding(ARTICLE, ALT, Key::T)])
                .when(details::has_suggested_tags, |env| details::accept_suggested_tags(env.state))
        }
        Command::AcceptVisible => entry(Annotate, 1, "Accept all in view", &[Binding(ARTICLE, CTRL_ALT, Key::A)])
            .when(annotate::any_open_in_view, |env| annotate::decide_visible(env.state, true)),
        Command::RejectVisible => entry(Annotate, 1, "Reject all in view", &[Binding(ARTICLE, CTRL_ALT, Key::X)])
            .when(annotate::any_open_in_view, |env| annotate::decide_visible(env.state, false)),
        Command::AcceptKind => entry(Annotate, 1, "Accept all of this kind", &[Binding(REVIEW, ALT_SHIFT, Key::A)])
            .when(annotate::any_open_of_kind, |env| annotate::decide_kind(env.state, true)),
        Command::RejectKind => entry(Annotate, 1, "Reject all of this kind", &[Binding(REVIEW, ALT_SHIFT, Key::X)])
            .when(annotate::any_open_of_kind, |env| annotate::decide_kind(env.state, false)),
        Command::DecideByScore => entry(Annotate, 1, "Decide by score…", &[Binding(ARTICLE, CTRL_SHIFT, Key::D)])
            .when(shows_article, |env| env.state.dialog = Some(Dialog::ByScore)),
        Command::Kind(Digit::One) => tags::<'1'>("Tag as first kind", &[Binding(ARTICLE, NONE, Key::Num1)]),
        Command::Kind(Digit::Two) => tags::<'2'>("Tag as second kind", &[Binding(ARTICLE, NONE, Key::Num2)]),
        Command::Kind(Digit::Three) => tags::<'3'>("Tag as third kind", &[Binding(ARTICLE, NONE, Key::Num3)]),
        Command::Kind(Digit::Four) => tags::<'4'>("Tag as fourth kind", &[Binding(ARTICLE, NONE, Key::Num4)]),
        Command::Kind(Digit::Five) => tags::<'5'>("Tag as fifth kind", &[Binding(ARTICLE, NONE, Key::Num5)]),
        Command::Kind(Digit::Six) => tags::<'6'>("Tag as sixth kind", &[Binding(ARTICLE, NONE, Key::Num6)]),
        Command::Kind(Digit::Seven) => tags::<'7'>("Tag as seventh kind", &[Binding(ARTICLE, NONE, Key::Num7)]),
        Command::Kind(Digit::Eight) => tags::<'8'>("Tag as eighth kind", &[Binding(ARTICLE, NONE, Key::Num8)]),
        Command::Kind(Digit::Nine) => tags::<'9'>("Tag as ninth kind", &[Binding(ARTICLE, NONE, Key::Num9)]),
        Command::KindEverywhere(Digit::One) => {
            tags_all::<'1'>("Tag all as first kind", &[Binding(ARTICLE, SHIFT, Key::Num1)])
        }
        Command::KindEverywhere(Digit::Two) => {
            tags_all::<'2'>("Tag all as second kind", &[Binding(ARTICLE, SHIFT, Key::Num2)])
        }
        Command::KindEverywhere(Digit::Three) => {
            tags_all::<'3'>("Tag all as third kind", &[Binding(ARTICLE, SHIFT, Key::Num3)])
        }
        Command::KindEverywhere(Digit::Four) => {
            tags_all::<'4'>("Tag all as fourth kind", &[Binding(ARTICLE, SHIFT, Key::Num4)])
        }
        Command::KindEverywhere(Digit::Five) => {
            tags_all::<'5'>("Tag all as fifth kind", &[Binding(ARTICLE, SHIFT, Key::Num5)])
        }
        Command::KindEverywhere(Digit::Six) => {
            tags_all::<'6'>("Tag all as sixth kind", &[Binding(ARTICLE, SHIFT, Key::Num6)])
        }
        Command::KindEverywhere(Digit::Seven) => {
            tags_all::<'7'>("Tag all as seventh kind", &[Binding(ARTICLE, SHIFT, Key::Num7)])
        }
        Command::KindEverywhere(Digit::Eight) => {
            tags_all::<'8'>("Tag all as eighth kind", &[Binding(ARTICLE, SHIFT, Key::Num8)])
        }
        Command::KindEverywhere(Digit::Nine) => {
            tags_all::<'9'>("Tag all as ninth kind", &[Binding(ARTICLE, SHIFT, Key::Num9)])
        }
        Command::TagAgain => entry(Annotate, 2, "Repeat last tag", &[Binding(CARET, NONE, Key::Enter)])
            .when(annotate::can_tag_again, |env| tag_again(env.state)),
        Command::TagAll => entry(
            Annotate,
            2,
            "Tag all occurrences",
            &[Binding(CARET, CTRL, Key::Enter), Binding(REVIEW, CTRL, Key::Enter)],
        )
        .when(annotate::can_tag_all, |env| annotate::tag_all(env.state)),
        Command::EditTag => {
            entry(Annotate, 3, "Edit tag…", &[Binding(ARTICLE, NONE, Key::E), Binding(REVIEW, NONE, Key::Enter)])
                .when(|state| state.model.inspected().is_some(), |env| edit_tag(env.state))
        }
        Command::DeleteTag => entry(
            Annotate,
            3,
            "Delete tag",
            &[Binding(REVIEW, NONE, Key::Delete), Binding(REVIEW, NONE, Key::Backspace)],
        )
        .when(has_subject, |env| annotate::delete(env.state)),
        Command::BringBack => entry(Annotate, 3, "Bring back", &[Binding(REVIEW, NONE, Key::B)])
            .when(annotate::can_bring_back, |env| annotate::bring_back(env.state)),
        Command::NotHere => entry(Annotate, 3, "Not in this article", &[Binding(REVIEW, NONE, Key::H)])
            .when(learning::is_learned, |env| learning::refuse(env.state, false)),
        Command::Forget => entry(Annotate, 3, "Forget this", &[Binding(REVIEW, NONE, Key::F)])
            .when(learning::is_learned, |env| learning::refuse(env.state, true)),
        Command::Split => entry(Annotate, 3, "Split into a new entity", &[Binding(REVIEW, NONE, Key::S)])
            .when(annotate::can_split, |env| annotate::split(env.state)),
        Command::Merge => entry(Annotate, 3, "Merge selected rows", &[Binding(REVIEW, NONE, Key::G)])
            .when(merging::can_merge, |env| merging::merge(env.state)),
        Command::MergeWith => entry(Annotate, 3, "Merge with…", &[Binding(REVIEW, SHIFT, Key::G)])
            .when(merging::has_subject, |env| merging::ask(env.state)),
        Command::EditEntity => entry(Annotate, 3, "Edit entity…", &[Binding(ARTICLE, NONE, Key::F2)])
            .when(can_edit_target, |env| edit_target(env.state)),
        Command::Relate => entry(
            Annotate,
            3,
            "Relate to another tag…",
            &[Binding(NO_EVENT, NONE, Key::R), Binding(REVIEW, SHIFT, Key::R)],
        )
        .when(relate::can_start, |env| relate::start(env.state)),
        Command::TurnRelation => entry(Annotate, 3, "Reverse relation", &[Binding(REVIEW, NONE, Key::V)])
            .when(relate::can_turn, |env| relate::turn(env.state)),
        Command::EventType => entry(Annotate, 4, "Type of the event…", &[Binding(EVENT, NONE, Key::T)])
            .when(events::is_selected, |env| events::go_to(env.state, EventField::Type)),
        Command::EventActor => entry(Annotate, 4, "Add an actor…", &[Binding(EVENT, NONE, Key::O)])
            .when(events::is_selected, |env| events::go_to(env.state, EventField::Actors)),
        Command::EventRecipient => entry(Annotate, 4, "Add a recipient…", &[Binding(EVENT, NONE, Key::R)])
            .when(events::is_selected, |env| events::go_to(env.state, EventField::Recipients)),
        Command::EventDate => entry(Annotate, 4, "Date of the event…", &[Binding(EVENT, NONE, Key::D)])
            .when(events::is_selected, |env| events::go_to(env.state, EventField::Date)),
        Command::EventPlace => entry(Annotate, 4, "Place of the event…", &[Binding(EVENT, NONE, Key::L)])
            .when(events::is_selected, |env| events::go_to(env.state, EventField::Place)),
        Command::StartBack => {
            entry(Annotate, 5, "Start one character earlier", &[Binding(REVIEW, NONE, Key::ArrowLeft)])
                .when(has_subject, |env| annotate::nudge(env.state, true, false, false))
        }
        Command::StartForward => {
            entry(Annotate, 5, "Start one character later", &[Binding(REVIEW, NONE, Key::ArrowRight)])
                .when(has_subject, |env| annotate::nudge(env.state, true, true, false))
        }
        Command::StartWordBack => {
            entry(Annotate, 5, "Start one word earlier", &[Binding(REVIEW, CTRL, Key::ArrowLeft)])
                .when(has_subject, |env| annotate::nudge(env.state, true, false, true))
        }
        Command::StartWordForward => {
            entry(Annotate, 5, "Start one word later", &[Binding(REVIEW, CTRL, Key::ArrowRight)])
                .when(has_subject, |env| annotate::nudge(env.state, true, true, true))
        }
        Command::EndBack => entry(Annotate, 5, "End one character earlier", &[Binding(REVIEW, ALT, Key::ArrowLeft)])
            .when(has_subject, |env| annotate::nudge(env.state, false, false, false)),
        Command::EndForward => entry(Annotate, 5, "End one character later", &[Binding(REVIEW, ALT, Key::ArrowRight)])
            .when(has_subject, |env| annotate::nudge(env.state, false, true, false)),
        Command::EndWordBack => {
            entry(Annotate, 5, "End one word earlier", &[Binding(REVIEW, CTRL_ALT, Key::ArrowLeft)])
                .when(has_subject, |env| annotate::nudge(env.state, false, false, true))
        }
        Command::EndWordForward => {
            entry(Annotate, 5, "End one word later", &[Binding(REVIEW, CTRL_ALT, Key::ArrowRight)])
                .when(has_subject, |env| annotate::nudge(env.state, false, true, true))
        }
        Command::Suggest => entry(Annotate, 6, "Suggest again", &[Binding(ARTICLE, CTRL, Key::R)])
            .when(shows_article, |env| suggesting::suggest_shown(env.state, env.worker)),
        Command::SuggestAll => entry(Annotate, 6, "Suggest for all articles", &[])
            .when(has_articles, |env| suggesting::suggest_all(env.state, env.worker)),
        Command::CancelSuggest => entry(Annotate, 6, "Cancel suggestions", &[])
            .when(|state| state.model.jobs.queued > 0, |env| suggesting::cancel(env.state, env.worker)),
        Command::ToggleLearning => {
            entry(Annotate, 6, "Learn from decisions", &[]).always(|env| learning::toggle(env.state))
        }
        Command::NextSuggestion => entry(
            Go,
            0,
            "Next suggestion",
            &[Binding(REVIEW, NONE, Key::Tab), Binding(REVIEW, NONE, Key::N), Binding(CARET, ALT, Key::ArrowRight)],
        )
        .when(has_open, |env| annotate::go(env.state, true)),
        Command::PreviousSuggestion => entry(
            Go,
            0,
            "Previous suggestion",
            &[Binding(REVIEW, SHIFT, Key::Tab), Binding(REVIEW, NONE, Key::P), Binding(CARET, ALT, Key::ArrowLeft)],
        )
        .when(has_open, |env| annotate::go(env.state, false)),
        Command::NextMention => entry(Go, 0, "Next mention of this entity", &[Binding(REVIEW, NONE, Key::M)])
            .when(entities::can_jump, |env| entities::jump(env.state, true)),
        Command::PreviousMention => entry(Go, 0, "Previous mention of this entity", &[Binding(REVIEW, SHIFT, Key::M)])
            .when(entities::can_jump, |env| entities::jump(env.state, false)),
        Command::Dossier => entry(Go, 0, "Dossier of this entity", &[Binding(ARTICLE, SHIFT, Key::F2)])
            .when(|state| entities::here(state).is_some(), |env| entities::open_dossier(env.state)),
        Command::NextArticle => entry(Go, 1, "Next article", &[Binding(EVERYWHERE, CTRL, Key::PageDown)])
            .when(has_several, |env| annotate::step_article(env.state, 1)),
        Command::PreviousArticle => entry(Go, 1, "Previous article", &[Binding(EVERYWHERE, CTRL, Key::PageUp)])
            .when(has_several, |env| annotate::step_article(env.state, -1)),
        Command::MoveArticleUp => entry(Go, 1, "Move article up", &[Binding(EVERYWHERE, CTRL_SHIFT, Key::PageUp)])
            .when(has_several, |env| annotate::move_article(env.state, -1)),
        Command::MoveArticleDown => {
            entry(Go, 1, "Move article down", &[Binding(EVERYWHERE, CTRL_SHIFT, Key::PageDown)])
                .when(has_several, |env| annotate::move_article(env.state, 1))
        }
        Command::ToggleDone => entry(Go, 1, "Mark article as done", &[Binding(EVERYWHERE, CTRL, Key::D)])
            .when(shows_read, |env| annotate::toggle_done(env.state)),
        Command::RemoveArticle => {
            entry(Go, 1, "Remove article", &[]).when(shows_article, |env| annotate::remove_article(env.state))
        }
        Command::PlaceCaret => entry(Go, 2, "Place the caret in the text", &[Binding(REVIEW, NONE, Key::C)])
            .when(shows_article, |env| annotate::place_caret(env.state)),
        Command::NextPane => {
            entry(Go, 2, "Next pane", &[Binding(EVERYWHERE, NONE, Key::F6)]).always(|env| env.state.model.next_pane())
        }
        Command::MenuBar => entry(Go, 2, "Menu bar", &[Binding(EVERYWHERE, NONE, Key::F10)])
            .always(|env| env.state.model.open_menu = Some(File)),
        Command::ContextMenu => {
            entry(Go, 2, "Context menu", &[Binding(EVERYWHERE, NONE, Key::Menu), Binding(EVERYWHERE, SHIFT, Key::F10)])
                .always(|env| env.state.model.open_context_menu = true)
        }
        Command::Leave => {
            entry(Go, 2, "Deselect", &[Binding(ARTICLE, NONE, Key::Escape)]).always(|env| annotate::leave(env.state))
        }
        Command::ToggleArticles => entry(View, 0, "Article list", &[Binding(EVERYWHERE, NONE, Key::F9)])
            .always(|env| env.state.model.show_articles = !env.state.model.show_articles),
        Command::TogglePanels => entry(View, 0, "Panels", &[Binding(EVERYWHERE, NONE, Key::F7)])
            .always(|env| env.state.model.show_panels = !env.state.model.show_panels),
        Command::Settle => entry(View, 0, "Differences of annotators", &[Binding(EVERYWHERE, SHIFT, Key::F4)])
            .when(has_annotators, |env| toggle_settling(env.state)),
        Command::Log => {
            entry(View, 0, "Log…", &[]).always(|env| env.state.dialog = Some(Dialog::Log(LogForm::default())))
        }
        Command::ToggleGuidelines => entry(View, 0, "Guidelines", &[Binding(EVERYWHERE, NONE, Key::F8)])
            .always(|env| env.state.model.show_guidelines = !env.state.model.show_guidelines),
        Command::ShowArticle => entry(View, 1, "Article", &[Binding(EVERYWHERE, CTRL, Key::Num1)])
            .when(has_articles, |env| env.state.show_article()),
        Command::Dossiers => entry(View, 1, "Dossiers", &[Binding(EVERYWHERE, CTRL, Key::Num2)])
            .when(has_articles, |env| env.state.show_view(Shown::Dossiers)),
        Command::Register => entry(
            View,
            1,
            "Register of happenings",
            &[Binding(EVERYWHERE, NONE, Key::F4), Binding(EVERYWHERE, CTRL, Key::Num3)],
        )
        .when(has_articles, |env| toggle_register(env.state)),
        Command::Timeline => entry(View, 1, "Timeline", &[Binding(EVERYWHERE, CTRL, Key::Num4)])
            .when(has_articles, |env| env.state.show_view(Shown::Timeline)),
        Command::Map => entry(View, 1, "Map", &[Binding(EVERYWHERE, CTRL, Key::Num5)])
            .when(has_articles, |env| env.state.show_view(Shown::Map)),
        Command::Network => entry(View, 1, "Network", &[Binding(EVERYWHERE, CTRL, Key::Num6)])
            .when(has_articles, |env| env.state.show_view(Shown::Network)),
        Command::Numbers => entry(View, 1, "Numbers", &[Binding(EVERYWHERE, CTRL, Key::Num7)])
            .when(has_articles, |env| env.state.show_view(Shown::Numbers)),
        Command::LastView => entry(View, 1, "Last view, or the article", &[Binding(EVERYWHERE, NONE, Key::F5)])
            .when(has_articles, |env| toggle_view(env.state)),
        Command::MainEvents => entry(View, 2, "Main events", &[Binding(ARTICLE, ALT, Key::Num1)])
            .when(|state| events::can_show(state, Level::Main), |env| events::show(env.state, Level::Main)),
        Command::KeptEvents => entry(View, 2, "Events worth keeping", &[Binding(ARTICLE, ALT, Key::Num2)])
            .when(|state| events::can_show(state, Level::Kept), |env| events::show(env.state, Level::Kept)),
        Command::AllEvents => entry(View, 2, "All events", &[Binding(ARTICLE, ALT, Key::Num3)])
            .when(|state| events::can_show(state, Level::Everything), |env| events::show(env.state, Level::Everything)),
        Command::TextLarger => entry(
            View,
            3,
            "Larger text",
            &[Binding(EVERYWHERE, CTRL, Key::Plus), Binding(EVERYWHERE, CTRL, Key::Equals)],
        )
        .always(|env| text_size(env, |size| size + 1.0)),
        Command::TextSmaller => entry(View, 3, "Smaller text", &[Binding(EVERYWHERE, CTRL, Key::Minus)])
            .always(|env| text_size(env, |size| size - 1.0)),
        Command::TextReset => entry(View, 3, "Normal text size", &[Binding(EVERYWHERE, CTRL, Key::Num0)])
            .always(|env| text_size(env, |_| Settings::default().text_size)),
        Command::ZoomIn => entry(
            View,
            4,
            "Larger interface",
            &[Binding(EVERYWHERE, CTRL_ALT, Key::Plus), Binding(EVERYWHERE, CTRL_ALT, Key::Equals)],
        )
        .always(|env| zoom(env, |zoom| zoom + 0.1)),
        Command::ZoomOut => entry(View, 4, "Smaller interface", &[Binding(EVERYWHERE, CTRL_ALT, Key::Minus)])
            .always(|env| zoom(env, |zoom| zoom - 0.1)),
        Command::ZoomReset => entry(View, 4, "Normal interface size", &[Binding(EVERYWHERE, CTRL_ALT, Key::Num0)])
            .always(|env| zoom(env, |_| 1.0)),
        Command::Palette => entry(Help, 0, "Commands…", &[Binding(EVERYWHERE, CTRL, Key::K)])
            .always(|env| env.state.dialog = Some(Dialog::Palette(PaletteForm::default()))),
        Command::Help => entry(
            Help,
            0,
            "Keys and marks",
            &[Binding(EVERYWHERE, NONE, Key::F1), Binding(ARTICLE, NONE, Key::Questionmark)],
        )
        .always(|env| env.state.dialog = Some(Dialog::Help)),
        Command::Tour => entry(Help, 0, "Take the tour", &[]).always(tour),
        Command::About => entry(Help, 1, "About Rubricator", &[]).always(|env| env.state.dialog = Some(Dialog::About)),
    }
}

/// The part of a row that menus and the help sheet show.
struct Entry(Menu, u8, &'static str, &'static [Binding]);

fn entry(menu: Menu, group: u8, name: &'static str, keys: &'static [Binding]) -> Entry {
    Entry(menu, group, name, keys)
}

impl Entry {
    /// Can be used at any time, and does this.
    fn always(self, run: fn(&mut Env<'_>)) -> CommandRow {
        self.when(|_| true, run)
    }

    /// Can be used while this holds, and does that.
    fn when(self, available: fn(&State) -> bool, run: fn(&mut Env<'_>)) -> CommandRow {
        let Self(menu, group, name, keys) = self;
        CommandRow { name, menu, group, keys, available, run }
    }
}

/// Tags as the kind of a key.
fn tags<const KEY: char>(name: &'static str, keys: &'static [Binding]) -> CommandRow {
    entry(Annotate, 2, name, keys)
        .when(|state| annotate::can_tag_as(state, KEY), |env| annotate::tag_as(env.state, KEY, false))
}

/// Tags as the kind of a key, wherever the words stand.
fn tags_all<const KEY: char>(name: &'static str, keys: &'static [Binding]) -> CommandRow {
    entry(Annotate, 2, name, keys)
        .when(|state| annotate::can_tag_as(state, KEY), |env| annotate::tag_as(env.state, KEY, true))
}

/// Begins the tour: on the article shown, or on the sample where there is none.
fn tour(env: &mut Env<'_>) {
    if !shows_article(env.state) {
        intake::open_sample(env.state, env.worker);
    }
    env.state.model.show_panels = true;
    env.state.model.tour = Some(Step::Article);
}

fn has_articles(state: &State) -> bool {
    state.model.project().article_count() > 0
}

/// Whether the project settles where several annotators differ.
fn has_annotators(state: &State) -> bool {
    state.model.project().contributors().nth(1).is_some()
}

/// Shows where annotators differ, or the article again.
fn toggle_settling(state: &mut State) {
    if state.settling.shown {
        state.leave_settling();
    } else {
        (state.settling.shown, state.settling.left, state.register.shown) = (true, false, false);
        (state.overview.shown, state.overview.left) = (None, None);
    }
}

/// Asks whose work is compared: that of the project that is open, as it was saved, and others.
fn compare_with(state: &mut State) {
    let own = state.model.path.clone().filter(|_| !has_annotators(state));
    state.dialog = Some(Dialog::Compare(CompareForm { files: own.into_iter().collect(), ..CompareForm::default() }));
}

/// Shows the register in the place of the article, or the article again.
fn toggle_register(state: &mut State) {
    if state.register.shown {
        state.leave_register(None);
    } else {
        state.show_register();
    }
}

/// Shows the view that was shown last, or the article again.
fn toggle_view(state: &mut State) {
    match (state.register.shown || state.settling.shown || state.overview.shown.is_some(), state.last_view) {
        (true, _) => state.show_article(),
        (false, Some(view)) => state.show_view(view),
        (false, None) => state.show_register(),
    }
}

fn has_several(state: &State) -> bool {
    state.model.project().article_count() > 1
}

fn shows_article(state: &State) -> bool {
    state.model.article.is_some()
}

/// Whether the article shown is one that the engine has read, or is not about to read.
fn shows_read(state: &State) -> bool {
    shows_article(state) && !state.model.is_waiting()
}

fn has_open_read(state: &State) -> bool {
    has_open(state) && !state.model.is_waiting()
}

fn has_open(state: &State) -> bool {
    state.model.open_count() > 0
}

fn has_subject(state: &State) -> bool {
    state.model.subject().is_some()
}

fn edit_details(state: &mut State) {
    let form = state.model.article.and_then(|id| DetailsForm::new(state.model.project(), id));
    state.dialog = form.map(Dialog::Details);
}

fn article_table(state: &mut State) {
    let form = TableForm::new(state.model.project(), state.model.article);
    state.dialog = Some(Dialog::Table(Box::new(form)));
}

/// Tags once more; behind what was tagged just now there is nothing to tag, and the tag itself is meant.
fn tag_again(state: &mut State) {
    if annotate::behind_tagged(state) {
        edit_tag(state);
    } else {
        annotate::tag_again(state);
    }
}

/// Whether the row that has the keys, or else the mention that they act on, has a name that can be changed.
fn can_edit_target(state: &State) -> bool {
    state.model.focused.is_some() || state.model.inspected().is_some_and(|mention| mention.target.is_some())
}

/// Opens what the row that has the keys is of, or else what the mention points at: an entity's form, an event's card, an
/// article's details.
fn edit_target(state: &mut State) {
    match state.model.focused {
        Some(Row::Article(article)) => {
            state.show(article);
            edit_details(state);
        }
        Some(Row::Target(Target::Entity(id))) => entities::edit(state, id),
        Some(Row::Target(target @ Target::Event(_))) => {
            let first = state.model.mentions_here(target).first().map(|mention| mention.id);
            first.into_iter().for_each(|id| state.select(id));
            events::go_to(state, EventField::Name);
        }
        Some(Row::Mention(id)) => {
            state.select(id);
            edit_tag(state);
        }
        None => match state.model.inspected().and_then(|mention| mention.target) {
            Some(Target::Entity(id)) => entities::edit(state, id),
            Some(Target::Event(_)) => events::go_to(state, EventField::Name),
            None => {}
        },
    }
}

/// Opens the tag, or the card of the event that it tells of; of a relation that is selected its note.
fn edit_tag(state: &mut State) {
    if state.model.selected_relation().is_some() {
        state.model.focus_note = true;
        return;
    }
    if state.model.inspected().is_some_and(|mention| mention.event().is_some()) {
        return events::go_to(state, EventField::Name);
    }
    let id = state.model.inspected().map(|mention| mention.id);
    if let Some(form) = id.and_then(|id| TagForm::new(state.model.project(), id)) {
        (state.model.selected, state.model.caret) = (id, None);
        let range = state.model.selected_mention().map(|mention| mention.range);
        range.into_iter().for_each(|range| state.view.bring_into_view(range));
        state.dialog = Some(Dialog::Tag(form));
    }
}

fn text_size(env: &mut Env<'_>, to: impl FnOnce(f32) -> f32) {
    env.state.model.settings.text_size =
        to(env.state.model.settings.text_size).clamp(*TEXT_SIZE.start(), *TEXT_SIZE.end());
    env.worker.keep_settings(&env.state.model.settings, &env.state.model.folders);
}

fn zoom(env: &mut Env<'_>, to: impl FnOnce(f32) -> f32) {
    let zoom = to(env.state.model.settings.zoom).clamp(*ZOOM.start(), *ZOOM.end());
    env.state.model.settings.zoom = zoom;
    env.ctx.set_zoom_factor(zoom);
    env.worker.keep_settings(&env.state.model.settings, &env.state.model.folders);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_a_key_in_one_mode() {
        let mut seen = Vec::new();
        for row in Command::all().map(row) {
            for binding in row.keys {
                for mode in Mode::ALL.into_iter().filter(|mode| binding.counts_in(*mode)) {
                    let key = (mode.name(), format!("{:?}", binding.shortcut()));
                    assert!(!seen.contains(&key), "{}: {key:?} is taken", row.name);
                    seen.push(key);
                }
            }
        }
    }

    #[test]
    fn no_two_commands_have_one_name() {
        let names: std::collections::HashSet<&str> = Command::all().map(|command| row(command).name).collect();
        assert_eq!(names.len(), Command::all().count());
    }

    #[test]
    fn commands_of_a_group_stand_together() {
        for menu in Menu::ALL {
            let groups: Vec<u8> = Command::all().map(row).filter(|row| row.menu == menu).map(|row| row.group).collect();
            assert!(!groups.is_empty() && groups.is_sorted(), "{}: {groups:?}", menu.name());
        }
    }

    #[test]
    fn letters_do_not_fire_while_typing() {
        for row in Command::all().map(row) {
            for binding in row.keys.iter().filter(|binding| binding.counts_in(Mode::Field)) {
                let function = binding.2.name().len() > 1;
                assert!(binding.1.command || function, "{} would eat a letter", row.name);
            }
        }
    }
}
