//! An event that a person has made, filled with what the engine makes of its words.

use super::{described, words};
use crate::project::ops::Builder;
use crate::project::{
    Action, Edit, Event, EventDate, EventId, EventPlace, KindId, Mention, Participant, Party, PartyLabel, Project,
    Stamp, Target,
};
use crate::suggest;

/// The edit that fills an event of which nothing is known yet but its words, as suggestions: who takes part, when and where
/// is marked as unsure. Nothing where a person has said something of it since.
pub fn fill(project: &Project, event: EventId, found: &suggest::Event, stamp: Stamp) -> Edit {
    let mut edit = Builder::run(project, stamp);
    let Some(present) = project.event(event) else { return edit.finish(Action::Nothing) };
    let untouched = Event::new(event, present.article, &present.name, present.origin.clone());
    if (Event { decision: None, ..present.clone() }) != untouched {
        return edit.finish(Action::Nothing);
    }
    let participants = found.participants.iter().map(|who| participant(project, present, who)).collect();
    let described = described(found, present.clone());
    edit.put(Event {
        date: described.date.map(|date| EventDate { unsure: true, ..date }),
        place: described.place.map(|place| EventPlace { unsure: true, ..place }),
        participants,
        ..described
    });
    let title = project.article(present.article).map(|record| record.article.meta.title.clone());
    edit.finish(Action::Suggest(title.unwrap_or_default()))
}

/// Whom the words name by the tag that stands there, else by a name that the article has, else the words themselves.
fn participant(project: &Project, event: &Event, found: &suggest::Participant) -> Participant {
    let here = project.mentions_at(event.article, found.range).iter().filter(|mention| mention.is_live());
    let tagged = here.filter_map(entity).next();
    let kind = match found.label {
        PartyLabel::Person => Some(KindId::PERSON),
        PartyLabel::Country => Some(KindId::COUNTRY),
        PartyLabel::Org => Some(KindId::ORGANISATION),
        PartyLabel::Group => None,
    };
    let known = || kind.and_then(|kind| project.find_entity(&kind, event.article, &found.name)).map(Party::Entity);
    let who = tagged.or_else(known).unwrap_or_else(|| words(found));
    Participant { unsure: true, ..Participant::new(found.role, who, Some(found.range)) }
}

fn entity(mention: &Mention) -> Option<Party> {
    match mention.target {
        Some(Target::Entity(id)) => Some(Party::Entity(id)),
        _ => None,
    }
}
