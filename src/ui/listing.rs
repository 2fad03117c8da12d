//! Which articles the list shows, and in what order.

use smol_str::SmolStr;

use super::savings::Savings;
use crate::project::{ArticleId, ArticleRecord, EntityId, KindId, Mention, Project, Stage, Target};
use crate::text::find::{Pattern, Query};

/// What articles can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The person's own order.
    #[default]
    Project,
    /// By title.
    Name,
    /// By date, the oldest first; those without one last.
    Date,
    /// New ones first, done ones last.
    Stage,
    /// Those with most open suggestions first.
    Open,
    /// Those first in which a decision settles most.
    Saves,
}

impl Sort {
    /// All, as they are offered.
    pub const ALL: [Self; 6] = [Self::Project, Self::Name, Self::Date, Self::Stage, Self::Open, Self::Saves];

    /// As a person reads it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Project => "Own order",
            Self::Name => "By name",
            Self::Date => "By date",
            Self::Stage => "By status",
            Self::Open => "Most open",
            Self::Saves => "Most work saved",
        }
    }
}

/// The choices over the list, and the articles that they leave.
///
/// An article that no longer fits after an edit stays where it is until another is shown: nothing moves away under a
/// person's hands.
#[derive(Default)]
pub struct Listing {
    /// Words that title, source or date must have.
    pub filter: String,
    /// The status that articles must have.
    pub stage: Option<Stage>,
    /// The entity that articles must mention.
    pub entity: Option<EntityId>,
    /// The kind of relation that articles must have.
    pub relation: Option<KindId>,
    /// The article tag and the answer to it that articles must have.
    pub tagged: Option<(SmolStr, String)>,
    /// The order.
    pub sort: Sort,
    /// What reviewing each article saves.
    pub(in crate::ui) savings: Savings,
    /// The article whose row has the keys.
    pub(in crate::ui) focused: Option<ArticleId>,
    shown: Vec<ArticleId>,
    /// The article that the list was last scrolled to.
    revealed: Option<ArticleId>,
    of: Option<Of>,
    /// How many are done, as of a project and a revision of it.
    done: Option<(u64, u64, usize)>,
}

/// What articles are about: an entity, and a kind of relation.
type About = (Option<EntityId>, Option<KindId>);

/// An article tag and an answer to it.
type Said = (SmolStr, String);

/// What `shown` depends on.
#[derive(PartialEq)]
struct Of {
    number: u64,
    choices: (String, Option<Stage>, About, Option<Said>, Sort),
    order: Vec<ArticleId>,
    article: Option<ArticleId>,
    running: bool,
    /// Whether it is known what articles save, where they are sorted by that.
    ranked: bool,
}

impl Listing {
    /// The articles that are listed, as of the last call of `refresh`.
    pub fn shown(&self) -> &[ArticleId] {
        &self.shown
    }

    /// Whether anything is filtered out.
    pub fn is_filtered(&self) -> bool {
        let chosen = self.stage.is_some() || self.entity.is_some() || self.relation.is_some() || self.tagged.is_some();
        chosen || !self.filter.trim().is_empty()
    }

    /// Filters nothing out.
    pub fn show_all(&mut self) {
        self.filter.clear();
        (self.stage, self.entity, self.relation, self.tagged) = (None, None, None, None);
    }

    /// Makes the list fit the project of this number, the choices, and the article shown; `running` while suggestions
    /// are on their way.
    pub fn refresh(&mut self, project: &Project, number: u64, article: Option<ArticleId>, running: bool) {
        let ranked = self.sort == Sort::Saves && self.savings.are_known(number);
        let same = self.of.as_ref().is_some_and(|of| {
            let (filter, stage, (entity, relation), tagged, sort) = &of.choices;
            (of.number, of.article, of.running, of.ranked) == (number, article, running, ranked)
                && *filter == self.filter
                && (*stage, *entity, *sort) == (self.stage, self.entity, self.sort)
                && *relation == self.relation
                && *tagged == self.tagged
                && of.order == project.article_ids()
        });
        if same {
            return;
        }
        if self.entity.is_some_and(|id| project.entity(id).is_none()) {
            self.entity = None;
        }
        let is_known = |kind: &KindId| project.tagset().relation(kind).is_some();
        self.relation = self.relation.take().filter(is_known);
        let offered = |(id, answer): &(SmolStr, String)| {
            project.tagset().article_tag(id).is_some_and(|tag| tag.answer.choices().contains(answer))
        };
        self.tagged = self.tagged.take().filter(offered);
        let of = (self.entity, self.relation.clone());
        let choices = (self.filter.clone(), self.stage, of, self.tagged.clone(), self.sort);
        self.of = Some(Of { number, choices, order: project.article_ids().to_vec(), article, running, ranked });
        self.shown = self.list(project);
    }

    /// The row to bring into view: that of the article shown, once it is another.
    pub fn reveal(&mut self, article: Option<ArticleId>) -> Option<usize> {
        let is_new = std::mem::replace(&mut self.revealed, article) != article;
        article.filter(|_| is_new).and_then(|id| self.shown.iter().position(|other| *other == id))
    }

    /// How many articles a person calls done, at this revision of the project of this number.
    pub fn done(&mut self, project: &Project, number: u64, revision: u64) -> usize {
        match self.done {
            Some((of, at, done)) if (of, at) == (number, revision) => done,
            _ => {
                let done = project.articles().filter(|record| record.done.is_some()).count();
                self.done = Some((number, revision, done));
                done
            }
        }
    }

    fn list(&self, project: &Project) -> Vec<ArticleId> {
        let words: Vec<Pattern> = self.filter.split_whitespace().filter_map(pattern).collect();
        let mentioning: Option<std::collections::HashSet<ArticleId>> = self.entity.map(|id| {
            let live = project.mentions_of(Target::Entity(id)).filter(|mention| mention.is_live());
            live.map(|mention: &Mention| mention.article).collect()
        });
        let related = |article: ArticleId, kind: &KindId| {
            project.relations_in(article).any(|relation| relation.kind == *kind && project.stands(relation))
        };
        let tagged = |record: &ArticleRecord| {
            let said = |(id, answer): &(SmolStr, String)| record.tags.get(id).is_some_and(|all| all.contains(answer));
            self.tagged.as_ref().is_none_or(said)
        };
        let fits = |record: &&ArticleRecord| {
            self.stage.is_none_or(|stage| project.stage(record) == stage)
                && mentioning.as_ref().is_none_or(|ids| ids.contains(&record.id))
                && self.relation.as_ref().is_none_or(|kind| related(record.id, kind))
                && tagged(record)
                && has(record, &words)
        };
        let mut records: Vec<&ArticleRecord> = project.articles().filter(fits).collect();
        match self.sort {
            Sort::Project => {}
            Sort::Name => records.sort_by_cached_key(|record| record.article.meta.title.to_lowercase()),
            Sort::Date => records.sort_by_key(|r| (r.article.meta.date.is_none(), r.article.meta.date)),
            Sort::Stage => records.sort_by_key(|record| project.stage(record)),
            Sort::Open => records.sort_by_key(|record| std::cmp::Reverse(project.progress(record.id).open)),
            Sort::Saves => {
                let saved = |id| if project.progress(id).open > 0 { self.savings.of(id) } else { -1.0 };
                records.sort_by(|a, b| saved(b.id).total_cmp(&saved(a.id)));
            }
        }
        records.into_iter().map(|record| record.id).collect()
    }
}

fn pattern(word: &str) -> Option<Pattern> {
    Query { words: word.to_owned(), ..Query::default() }.pattern().ok()
}

/// Whether each word stands in the title, the source or the date, as the list shows it or by its numbers.
fn has(record: &ArticleRecord, words: &[Pattern]) -> bool {
    let meta = &record.article.meta;
    // Written out only where it is asked for: there may be thousands.
    let date = std::cell::LazyCell::new(|| meta.date.map(|date| format!("{} {date}", super::text::date(date))));
    let in_date = |word: &Pattern| date.as_deref().is_some_and(|date| word.is_in(date));
    words.iter().all(|word| word.is_in(&meta.title) || word.is_in(&meta.source) || in_date(word))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::date;

    use super::*;
    use crate::project::{Answer, ArticleTag, KindId, Stamp, ops};
    use crate::text::{Article, Metadata, Text, byte_range};

    fn stamp() -> Stamp {
        Stamp { by: "Ada".into(), at: Timestamp::UNIX_EPOCH }
    }

    /// "Beta" of 2 May 2021, tagged; "alpha" without a date, done; "Gamma" of the Post, 1 May 2020, new.
    fn project() -> (Project, [ArticleId; 3]) {
        let article = |title: &str, source: &str, day| {
            let meta = Metadata { title: title.into(), source: source.into(), date: day, ..Metadata::default() };
            Article { meta, text: Text::new(format!("Xi spoke of {title}")).unwrap() }
        };
        let articles = vec![
            article("Beta", "Wire", Some(date(2021, 5, 2))),
            article("alpha", "", None),
            article("Gamma", "The Post", Some(date(2020, 5, 1))),
        ];
        let mut project = Project::new();
        project.apply(&ops::add_articles(&project, articles, stamp())).unwrap();
        let [beta, alpha, gamma] = project.article_ids().to_vec().try_into().unwrap();
        let xi = [byte_range(0, 2).unwrap()];
        project.apply(&ops::tag(&project, beta, &xi, &KindId::PERSON, &ops::unknown, stamp())).unwrap();
        project.apply(&ops::set_done(&project, alpha, true, stamp())).unwrap();
        (project, [beta, alpha, gamma])
    }

    fn shown(project: &Project, listing: Listing) -> Vec<ArticleId> {
        listing.list(project)
    }

    #[test]
    fn articles_are_filtered_by_words_status_and_entity() {
        let (project, [beta, alpha, gamma]) = project();
        let filter = |words: &str| shown(&project, Listing { filter: words.into(), ..Listing::default() });
        assert_eq!(filter("post GAM"), [gamma]);
        assert_eq!(filter("May"), [beta, gamma]);
        assert_eq!(filter("2021-05"), [beta]);
        assert_eq!(filter("a b"), [beta]);
        let stage = |stage| shown(&project, Listing { stage: Some(stage), ..Listing::default() });
        assert_eq!(
            (stage(Stage::New), stage(Stage::InProgress), stage(Stage::Done)),
            (vec![gamma], vec![beta], vec![alpha])
        );
        let xi = project.entities().next().map(|entity| entity.id);
        assert_eq!(shown(&project, Listing { entity: xi, ..Listing::default() }), [beta]);
    }

    #[test]
    fn articles_are_filtered_by_the_relations_in_them() {
        let (mut project, [beta, ..]) = project();
        let kind = project.tagset().ready_relations().remove(4);
        let spoke = byte_range(3, 8).unwrap();
        let edit = ops::tag(&project, beta, &[spoke], &KindId::EVENT, &ops::unknown, stamp());
        project.apply(&edit).unwrap();
        let ids: Vec<_> = project.mentions(beta).iter().map(|mention| mention.id).collect();
        project.apply(&ops::relate(&project, &kind, ids[0], ids[1], stamp())).unwrap();
        let relation = Some(kind.id.clone());
        assert_eq!(shown(&project, Listing { relation: relation.clone(), ..Listing::default() }), [beta]);
        project.apply(&ops::reject(&project, &ids[..1], stamp())).unwrap();
        let mut listing = Listing { relation, ..Listing::default() };
        assert_eq!(listing.list(&project), [], "it does not stand there any more");
        let new = ops::NewTagset { tagset: crate::project::Tagset::default(), ..ops::NewTagset::default() };
        project.apply(&ops::set_tagset(&project, &new, &ops::unknown, stamp())).unwrap();
        listing.refresh(&project, 0, None, false);
        assert_eq!((listing.relation.is_none(), listing.shown().len()), (true, 3), "nobody can ask for it any more");
    }

    #[test]
    fn articles_are_filtered_by_what_is_said_of_them() {
        let (mut project, [beta, ..]) = project();
        let mut new = ops::NewTagset { tagset: project.tagset().clone(), ..ops::NewTagset::default() };
        let answer = Answer::One(vec!["war".into()]);
        new.tagset.article_tags.push(ArticleTag { id: "topic".into(), name: "Topic".into(), answer });
        project.apply(&ops::set_tagset(&project, &new, &ops::unknown, stamp())).unwrap();
        project.apply(&ops::set_article_tag(&project, beta, "topic", &["war".into()], stamp())).unwrap();
        let tagged = Some(("topic".into(), "war".to_owned()));
        assert_eq!(shown(&project, Listing { tagged: tagged.clone(), ..Listing::default() }), [beta]);
        let mut listing = Listing { tagged, ..Listing::default() };
        new.tagset.article_tags.clear();
        project.apply(&ops::set_tagset(&project, &new, &ops::unknown, stamp())).unwrap();
        listing.refresh(&project, 0, None, false);
        assert_eq!((listing.tagged.is_none(), listing.shown().len()), (true, 3), "nobody can ask for it any more");
    }

    #[test]
    fn articles_are_sorted_in_every_way() {
        let (project, [beta, alpha, gamma]) = project();
        let sorted = |sort| shown(&project, Listing { sort, ..Listing::default() });
        assert_eq!(sorted(Sort::Project), [beta, alpha, gamma]);
        assert_eq!(sorted(Sort::Name), [alpha, beta, gamma]);
        assert_eq!(sorted(Sort::Date), [gamma, beta, alpha]);
        assert_eq!(sorted(Sort::Stage), [gamma, beta, alpha]);
    }

    #[test]
    fn an_article_stays_listed_until_another_is_shown() {
        let (mut project, [_, alpha, gamma]) = project();
        let mut listing = Listing { stage: Some(Stage::New), ..Listing::default() };
        listing.refresh(&project, 0, Some(gamma), false);
        project.apply(&ops::set_done(&project, gamma, true, stamp())).unwrap();
        listing.refresh(&project, 0, Some(gamma), false);
        assert_eq!(listing.shown(), [gamma]);
        listing.refresh(&project, 0, Some(alpha), false);
        assert!(listing.shown().is_empty());
        assert_eq!((listing.done(&project, 0, 1), listing.done(&project, 1, 1)), (2, 2));
    }
}
