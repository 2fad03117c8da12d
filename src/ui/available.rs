//! Which commands can be used now.

use super::annotate::{kin_open, open_in_view, open_of_kind, selection, to_tag};
use super::command::Command;
use super::entities;
use super::state::{Caret, State, kind_of, open_count};
use crate::project::{Mention, Status};

/// Whether a command can be used now.
pub fn available(state: &State, command: Command) -> bool {
    let mention = state.subject();
    let article = state.article.is_some();
    let many = state.project().article_count() > 1;
    match command {
        Command::Save if state.read_only => false,
        Command::EarlierVersions => state.path.is_some(),
        Command::Save => state.session.is_modified() || state.path.is_none() && state.project().article_count() > 0,
        Command::SaveAs | Command::Export => state.project().article_count() > 0,
        Command::FindInProject | Command::SuggestAll => state.project().article_count() > 0,
        Command::Undo => state.session.history().undo_label().is_some(),
        Command::Redo => state.session.history().redo_label().is_some(),
        Command::CopySelection => mention.is_some() || selection(state).is_some(),
        Command::Accept | Command::AcceptEntity => {
            mention.is_some_and(|m| m.status != Status::Accepted || !kin_open(state).is_empty())
        }
        Command::Reject | Command::RejectEntity => mention.is_some_and(Mention::is_live),
        Command::BringBack => mention.is_some_and(|m| !m.is_live()),
        Command::EditTag => state.inspected().is_some(),
        Command::EditEntity => entities::subject(state).is_some(),
        Command::NextMention | Command::PreviousMention => state.inspected().is_some_and(|m| m.target.is_some()),
        Command::Split => {
            let target = mention.and_then(|mention| mention.target);
            target.is_some_and(|target| state.project().mentions_of(target).filter(|m| m.is_live()).nth(1).is_some())
        }
        Command::DeleteTag
        | Command::StartBack
        | Command::StartForward
        | Command::StartWordBack
        | Command::StartWordForward
        | Command::EndBack
        | Command::EndForward
        | Command::EndWordBack
        | Command::EndWordForward => mention.is_some(),
        Command::Kind(_) | Command::KindEverywhere(_) => {
            kind_of(state, command).is_some() && (mention.is_some() || to_tag(state, &state.last_kind).is_some())
        }
        Command::AcceptKind | Command::RejectKind => mention.is_some_and(|m| !open_of_kind(state, &m.kind).is_empty()),
        Command::AcceptVisible | Command::RejectVisible => !open_in_view(state).is_empty(),
        Command::TagAgain => behind_tagged(state) || to_tag(state, &state.last_kind).is_some(),
        Command::TagAll => mention.is_some() || selection(state).is_some() || state.last_tag.is_some(),
        Command::Skip | Command::NextSuggestion | Command::PreviousSuggestion | Command::AcceptArticle => {
            state.open_count() > 0
        }
        Command::FindNext | Command::FindPrevious => article && (state.find.is_some() || !state.query.is_empty()),
        Command::TagMatches | Command::UntagMatches => state.find.as_ref().is_some_and(|f| !f.places().is_empty()),
        Command::DecideByScore | Command::FinishArticle | Command::ToggleDone => article,
        Command::AcceptListed => state.project().articles().any(|record| open_count(state.project(), record.id) > 0),
        Command::CancelSuggest => state.jobs.queued > 0,
        Command::NextArticle | Command::PreviousArticle | Command::MoveArticleUp | Command::MoveArticleDown => many,
        Command::ArticleDetails | Command::Find | Command::Suggest | Command::RemoveArticle | Command::PlaceCaret => {
            article
        }
        Command::NewProject
        | Command::NewFromTagset
        | Command::OpenArticles
        | Command::OpenFolder
        | Command::PasteArticle
        | Command::ImportAnnotations
        | Command::OpenSample
        | Command::OpenProject
        | Command::Tagset
        | Command::EditGuidelines
        | Command::Settings
        | Command::Quit
        | Command::Palette
        | Command::NextPane
        | Command::ToggleArticles
        | Command::TogglePanels
        | Command::Log
        | Command::ToggleGuidelines
        | Command::ZoomIn
        | Command::ZoomOut
        | Command::ZoomReset
        | Command::Leave
        | Command::Help
        | Command::About => true,
    }
}

/// Whether the caret stands behind what was tagged last, with nothing selected.
pub fn behind_tagged(state: &State) -> bool {
    let tagged = state.last_tag.and_then(|id| state.project().mention(id));
    tagged.is_some_and(|mention| state.caret == Some(Caret::at(mention.range.end())))
}
