//! What a changed day of publication means for the dates of events.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Builder;
use crate::project::{Action, ArticleId, Edit, Event, EventId, Mention, Project, Stamp, Target};

/// Finds the days that the events of an article have if it was published on a day, of those alone whose days change.
pub type Redate<'a> = &'a dyn Fn(&Project, ArticleId, Option<Date>) -> BTreeMap<EventId, (Date, Date)>;

/// Has the dates of events that a person decided on follow the day of publication as it is. What they rejected stays.
pub fn follow_date(project: &Project, id: ArticleId, redate: Redate<'_>, stamp: Stamp) -> Edit {
    let mut edit = Builder::new(project, stamp);
    let published = project.article(id).and_then(|record| record.article.meta.date);
    let live = |event: &Event| project.mentions_of(Target::Event(event.id)).any(Mention::is_live);
    let mut count = 0;
    for mut event in redated(project, redate(project, id, published)) {
        if project.is_decided(&event) && live(&event) {
            event.decision = Some(edit.stamp().clone());
            edit.put(event);
            count += 1;
        }
    }
    edit.finish(Action::FollowDate(count))
}

/// Has the dates of open events follow a day of publication that the edit sets.
pub(super) fn follow_open(edit: &mut Builder<'_>, id: ArticleId, published: Option<Date>, redate: Redate<'_>) {
    let project = edit.project;
    for event in redated(project, redate(project, id, published)).filter(|event| !project.is_decided(event)) {
        edit.put(event);
    }
}

/// The events with the days found for them.
fn redated(project: &Project, days: BTreeMap<EventId, (Date, Date)>) -> impl Iterator<Item = Event> {
    days.into_iter().filter_map(|(id, (start, end))| {
        let mut event = project.event(id)?.clone();
        let date = event.date.as_mut()?;
        (date.start, date.end) = (start, end);
        Some(event)
    })
}
