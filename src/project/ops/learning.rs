//! What a person says of learning from their decisions.

use smol_str::SmolStr;

use super::Builder;
use crate::project::{
    Action, Change, Edit, KindId, Learning, Mention, MentionId, Project, Refusal, Schema, Stamp, Taken,
};

/// Has decisions change what is suggested from now on, or no longer.
pub fn set_learning(project: &Project, on: bool, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    edit.set_learning(Learning { on, ..project.learning().clone() });
    edit.finish(Action::SetLearning(on))
}

/// Uses what another project has learned, in the place of what was taken from it before. Kinds of which it knows something come
/// into the tagset.
pub fn take_memory(project: &Project, taken: Taken, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let action = Action::TakeMemory(taken.from.clone());
    let before = project.taken().to_vec();
    let mut after = before.clone();
    after.retain(|known| known.from != taken.from);
    let kinds = taken.kinds.iter().flat_map(|known| known.kinds.iter().cloned()).collect::<Vec<_>>();
    after.extend(Some(taken).filter(|taken| !taken.words.is_empty() || taken.kinds.is_some()));
    if before != after {
        edit.change_tagset(|tagset| kinds.into_iter().for_each(|kind| tagset.add(kind)));
        edit.article_change(Change::Taken { before, after });
    }
    edit.finish(action)
}

/// Says that what was decided elsewhere about the words of a mention as its kind does not count in its article, or in none.
pub fn refuse(project: &Project, id: MentionId, everywhere: bool, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let Some(mention) = project.mention(id) else { return edit.finish(Action::Nothing) };
    edit.refuse(mention, everywhere);
    edit.finish(Action::Refuse { words: mention.quote.to_string(), everywhere })
}

impl Project {
    /// The words by which what was decided about a mention is known: to the letter, of events in small letters.
    pub fn learned_by(&self, kind: &KindId, quote: &str) -> SmolStr {
        match self.tagset().schema(kind) {
            Schema::Event => quote.to_lowercase().into(),
            Schema::Entity | Schema::Person | Schema::Country => SmolStr::new(quote),
        }
    }
}

impl Builder<'_> {
    /// Where a mention was held back, has what was decided elsewhere not count for it any more.
    pub(super) fn refuse_held(&mut self, mention: &Mention) {
        if mention.is_held() {
            self.refuse(mention, false);
        }
    }

    fn refuse(&mut self, mention: &Mention, everywhere: bool) {
        let words = self.project.learned_by(&mention.kind, &mention.quote);
        let article = (!everywhere).then_some(mention.article);
        let mut learning = self.learning();
        learning.refused.insert(Refusal { words, kind: mention.kind.clone(), article });
        self.set_learning(learning);
    }

    /// What is said of learning as it will be.
    fn learning(&self) -> Learning {
        let last = self.article_changes().iter().rev().find_map(|change| match change {
            Change::Learning { after, .. } => Some(after),
            _ => None,
        });
        last.unwrap_or_else(|| self.project.learning()).clone()
    }

    fn set_learning(&mut self, after: Learning) {
        let before = self.learning();
        if before != after {
            self.article_change(Change::Learning { before, after });
        }
    }
}
