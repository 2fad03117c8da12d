//! What the section of relations lists: one row for what two things are to each other, however many tags say so.

use std::collections::HashMap;

use crate::project::{ArticleId, KindId, Mention, MentionId, Project, Relation, RelationId, Status, Target};
use crate::ui::text;

/// What one thing is to another in the article shown.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationRow {
    /// The kind of relation.
    pub kind: KindId,
    /// What it begins at, and what it leads to, by their names.
    pub from: String,
    /// See above.
    pub to: String,
    /// The relations that say so, in the order of the text.
    pub relations: Vec<RelationId>,
    /// Those of them that are still suggestions.
    pub open: Vec<RelationId>,
    /// Whether a person made any of them.
    pub by_hand: bool,
    /// Whether one of them does not keep a rule of the tagset.
    pub broken: bool,
    /// Whether one of them has a note.
    pub noted: bool,
}

/// The rows of relations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RelationSection {
    /// What the filter lets through, in the order of the text.
    pub rows: Vec<RelationRow>,
    /// How many rows there are without the filter.
    pub all: usize,
    /// Those that a person rejected.
    pub rejected: Vec<RelationId>,
}

/// What an end names: itself where it points at nothing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum End {
    Target(Target),
    Mention(MentionId),
}

impl RelationSection {
    /// The relations of an article between tags that are shown, as far as their rows have all words of a filter.
    pub fn new(project: &Project, article: ArticleId, filter: &str) -> Self {
        let mut section = Self::default();
        let mut places: HashMap<(&KindId, End, End), usize> = HashMap::new();
        let shown = project.relations_in(article).filter(|relation| project.has_ends(relation));
        let mut relations: Vec<(&Relation, (&Mention, &Mention))> =
            shown.filter_map(|relation| Some((relation, project.ends(relation)?))).collect();
        relations.sort_by_key(|(relation, (from, to))| {
            let (from, to) = (from.order(), to.order());
            (from.min(to), from.max(to), relation.id)
        });
        for (relation, (mut from, mut to)) in relations {
            if relation.status == Status::Rejected {
                section.rejected.push(relation.id);
                continue;
            }
            let keeps = project.keeps_rule(relation);
            let end = |mention: &Mention| mention.target.map_or(End::Mention(mention.id), End::Target);
            let apart = end(from) != end(to);
            let own = |mention: &Mention| if apart { end(mention) } else { End::Mention(mention.id) };
            if project.tagset().is_symmetric(&relation.kind) && own(from) > own(to) {
                std::mem::swap(&mut from, &mut to);
            }
            let key = (&relation.kind, own(from), own(to));
            let index = *places.entry(key).or_insert(section.rows.len());
            if index == section.rows.len() {
                section.rows.push(RelationRow {
                    kind: relation.kind.clone(),
                    from: project.target_name(from).to_owned(),
                    to: project.target_name(to).to_owned(),
                    relations: Vec::new(),
                    open: Vec::new(),
                    by_hand: false,
                    broken: false,
                    noted: false,
                });
            }
            let Some(row) = section.rows.get_mut(index) else { continue };
            row.relations.push(relation.id);
            row.open.extend(relation.is_open().then_some(relation.id));
            row.by_hand |= relation.status == Status::Accepted && relation.origin.is_hand();
            row.broken |= !keeps;
            row.noted |= !relation.note.is_empty();
        }
        section.all = section.rows.len();
        if !filter.is_empty() {
            let name = |kind: &KindId| project.tagset().relation_name(kind).to_owned();
            section
                .rows
                .retain(|row| text::has_words(&format!("{}\n{}\n{}", row.from, name(&row.kind), row.to), filter));
        }
        section
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::tests::fixture::{FIRST, done, me, mention, project, tag};
    use crate::project::{Tagset, ops};

    #[test]
    fn what_two_are_to_each_other_is_one_row_whichever_way_it_was_said() {
        let p = ["Wang Yi", "Lavrov"].iter().fold(project(), |p, words| {
            let p = tag(&p, FIRST, words, 0, &KindId::PERSON);
            tag(&p, FIRST, words, 1, &KindId::PERSON)
        });
        let usual = Tagset::default().ready_relations();
        let relate = |p: &Project, kind: usize, from: (&str, usize), to: (&str, usize)| {
            let id = |(words, nth)| mention(p, FIRST, words, nth).id;
            done(p, |p| ops::relate(p, &usual[kind], id(from), id(to), me()))
        };
        let p = relate(&p, 3, ("Wang Yi", 0), ("Lavrov", 0));
        let p = relate(&p, 3, ("Lavrov", 1), ("Wang Yi", 1));
        let p = relate(&p, 0, ("Wang Yi", 1), ("Lavrov", 1));
        let p = relate(&p, 0, ("Lavrov", 0), ("Lavrov", 1));
        let told = |section: &RelationSection| -> Vec<(String, String, String, usize, bool)> {
            let rows = section.rows.iter();
            let row = |r: &RelationRow| {
                (r.from.clone(), r.kind.as_str().to_owned(), r.to.clone(), r.relations.len(), r.broken)
            };
            rows.map(row).collect()
        };
        let row = |from: &str, kind: &str, to: &str, count, broken| {
            (from.to_owned(), kind.to_owned(), to.to_owned(), count, broken)
        };
        let all = RelationSection::new(&p, FIRST, "");
        let spouses = row("Wang Yi", "spouse-of", "Lavrov", 2, false);
        let broken = row("Wang Yi", "works-for", "Lavrov", 1, true);
        let own = row("Lavrov", "works-for", "Lavrov", 1, true);
        assert_eq!(told(&all), [spouses.clone(), own, broken], "in the order of the text");
        let filtered = RelationSection::new(&p, FIRST, "spouse lav");
        assert_eq!((told(&filtered), filtered.all), (vec![spouses], 3));
        let ids: Vec<_> = p.relations().map(|relation| relation.id).collect();
        let p = done(&p, |p| ops::reject_relations(p, &ids[..3], me()));
        let left = RelationSection::new(&p, FIRST, "");
        assert_eq!((left.rows.len(), left.rejected.len()), (1, 3));
        let p = done(&p, |p| ops::reject(p, &[mention(p, FIRST, "Lavrov", 0).id], me()));
        assert_eq!(RelationSection::new(&p, FIRST, "").rows, [], "not while an end is rejected");
    }
}
