//! Which kind here each kind of another project is taken as, before that is joined.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::project::{ArticleId, Kind, KindId, Mention, Project, Schema, Tagset};

/// Which kind here each kind there is taken as; kinds that it does not name keep their own id, and are new where none
/// here has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KindMap(BTreeMap<KindId, Option<KindId>>);

impl KindMap {
    /// A kind is the one of its id, else the first that is called as it and that no other kind there is.
    pub fn new(ours: &Tagset, theirs: &Tagset) -> Self {
        let mut taken: HashSet<&KindId> = theirs.kinds.iter().map(|kind| &kind.id).collect();
        let mut map = Self::default();
        for kind in theirs.kinds.iter().filter(|kind| ours.get(&kind.id).is_none()) {
            let mut free = ours.kinds.iter().filter(|own| !taken.contains(&own.id));
            if let Some(own) = free.find(|own| are_same(own, kind)) {
                taken.insert(&own.id);
                map.set(kind.id.clone(), Some(own.id.clone()));
            }
        }
        map
    }

    /// The same, but for kinds that a person says: theirs and ours, each by id or else by name, whatever the case. An empty
    /// name of ours leaves their tags out.
    ///
    /// # Errors
    /// A kind is not there, or cannot become the other.
    pub fn asked(ours: &Tagset, theirs: &Tagset, asked: &[(String, String)]) -> Result<Self, KindError> {
        let mut map = Self::new(ours, theirs);
        for (from, to) in asked {
            let from = find(theirs, from).ok_or_else(|| missing(from, "the files", theirs))?;
            let to = match to.as_str() {
                "" => None,
                to => Some(find(ours, to).ok_or_else(|| missing(to, "the project", ours))?),
            };
            if let Some(to) = to.filter(|to| !fits(to, from)) {
                return Err(KindError::Unlike { from: from.name.to_string(), to: to.name.to_string() });
            }
            map.set(from.id.clone(), to.map(|kind| kind.id.clone()));
        }
        Ok(map)
    }

    /// Takes a kind there as one here, which [`fits`] it; its tags stay out where there is none.
    pub fn set(&mut self, theirs: KindId, ours: Option<KindId>) {
        self.0.insert(theirs, ours);
    }

    /// The kind here, or one that is new under its own id; none where its tags stay out.
    pub fn of<'k>(&'k self, theirs: &'k KindId) -> Option<&'k KindId> {
        self.0.get(theirs).map_or(Some(theirs), Option::as_ref)
    }
}

/// Why a kind is not taken as another.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KindError {
    /// It is not there.
    #[error("{place} has no kind “{name}”, only {}", known.join(", "))]
    Missing {
        /// What was asked for.
        name: String,
        /// Where it was looked for.
        place: &'static str,
        /// The kinds that are there.
        known: Vec<String>,
    },
    /// One is of events, the other is not.
    #[error("“{from}” cannot become “{to}”: events stay events")]
    Unlike {
        /// The kind there.
        from: String,
        /// The kind here.
        to: String,
    },
}

/// The kind of this id, or else of this name, whatever the case.
fn find<'t>(tagset: &'t Tagset, name: &str) -> Option<&'t Kind> {
    let kinds = || tagset.kinds.iter();
    let called = |kind: &&Kind| kind.name.eq_ignore_ascii_case(name) || kind.id.as_str().eq_ignore_ascii_case(name);
    kinds().find(|kind| kind.id.as_str() == name).or_else(|| kinds().find(called))
}

fn missing(name: &str, place: &'static str, tagset: &Tagset) -> KindError {
    KindError::Missing {
        name: name.to_owned(),
        place,
        known: tagset.kinds.iter().map(|kind| kind.id.as_str().to_owned()).collect(),
    }
}

/// How many relations of another project stay out with the tags that a map leaves out.
pub fn relations_left_out(other: &Project, map: &KindMap) -> usize {
    let is_out = |kind: &KindId| map.of(kind).is_none();
    let left = |ends: (&Mention, &Mention)| is_out(&ends.0.kind) || is_out(&ends.1.kind);
    let standing = other.relations().filter(|relation| other.stands(relation));
    standing.filter(|relation| other.ends(relation).is_some_and(left)).count()
}

/// Whether tags of one kind can become tags of another: events stay events.
pub fn fits(ours: &Kind, theirs: &Kind) -> bool {
    (ours.schema == Schema::Event) == (theirs.schema == Schema::Event)
}

/// Whether two kinds are called the same, whatever the case, and their mentions point at things of one sort.
fn are_same(ours: &Kind, theirs: &Kind) -> bool {
    let is_country = |kind: &Kind| kind.schema == Schema::Country;
    let fold = |name: &str| name.trim().replace(['_', '-'], " ").to_lowercase();
    let own = [fold(&ours.name), fold(ours.id.as_str()), fold(&ours.plural)];
    let called = [theirs.name.as_str(), theirs.id.as_str()].into_iter().any(|name| own.contains(&fold(name)));
    called && fits(ours, theirs) && is_country(ours) == is_country(theirs)
}

/// What a join would take in, to be looked at first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JoinSummary {
    /// All articles.
    pub articles: usize,
    /// Those whose text is here already.
    pub present: usize,
    /// All tags but rejected ones.
    pub tags: usize,
    /// All relations but rejected ones.
    pub relations: usize,
    /// Each kind that has tags, or that is not here, with the number of its tags.
    pub kinds: Vec<(Kind, usize)>,
}

impl JoinSummary {
    /// Of joining the other project.
    pub fn new(project: &Project, other: &Project) -> Self {
        let texts: HashSet<&str> = project.articles().map(|record| record.article.text.as_str()).collect();
        let present = other.articles().filter(|record| texts.contains(record.article.text.as_str())).count();
        let ids: Vec<ArticleId> = other.article_ids().to_vec();
        let mut counts: HashMap<&KindId, usize> = HashMap::new();
        for mention in ids.iter().flat_map(|id| other.mentions(*id)).filter(|mention| mention.is_live()) {
            *counts.entry(&mention.kind).or_default() += 1;
        }
        let count = |kind: &Kind| counts.get(&kind.id).copied().unwrap_or_default();
        let kinds = other.tagset().kinds.iter().map(|kind| (kind.clone(), count(kind)));
        let told = |(kind, count): &(Kind, usize)| *count > 0 || project.tagset().get(&kind.id).is_none();
        let relations = other.relations().filter(|relation| other.stands(relation)).count();
        Self {
            articles: ids.len(),
            present,
            tags: counts.values().sum(),
            relations,
            kinds: kinds.filter(told).collect(),
        }
    }
}
