//! Random checks: one suggestion in ten is drawn by chance for a person to decide on, and from those alone follows how often
//! suggestions are right.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::{Change, Edit, KindId, Mention, MentionId};

/// One suggestion in so many is drawn.
const ONE_IN: u32 = 10;
/// How many standard deviations of the normal distribution 95 % lie within.
const Z: f64 = 1.96;

/// What chance says of a suggestion. It follows from the article's number and from the words, place and kind alone, so that it
/// is the same on every machine and each time a project is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    /// Whether it is drawn.
    pub is_drawn: bool,
    /// A number that tells where it comes in a review; any is as likely as any other.
    pub place: u32,
}

impl Chance {
    /// Of a suggestion.
    pub fn of(mention: &Mention) -> Self {
        let Mention { article, range, quote, kind, .. } = mention;
        let (start, end) = (u32::from(range.start()), u32::from(range.end()));
        let said = format!("{article} {start} {end} {} {quote}", kind.as_str());
        let digest: [u8; 32] = Sha256::digest(said).into();
        let [a, b, c, d, e, f, g, h, ..] = digest;
        let (drawn, place) = (u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h]));
        Self { is_drawn: drawn < u32::MAX / ONE_IN, place }
    }
}

/// What came of the random checks of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checks {
    /// Suggestions that were drawn by chance and decided on.
    pub checked: u32,
    /// Those of them that stand as they were suggested: accepted, with these words and this kind.
    pub right: u32,
}

impl Checks {
    /// Of mentions, by the kind that was suggested; kinds without checks are not there.
    pub fn of<'m>(mentions: impl IntoIterator<Item = &'m Mention>) -> BTreeMap<KindId, Self> {
        let mut checks: BTreeMap<KindId, Self> = BTreeMap::new();
        for mention in mentions.into_iter().filter(|mention| mention.drawn && mention.decision.is_some()) {
            let (kind, right) = mention.as_suggested();
            let of_kind = checks.entry(kind.clone()).or_default();
            of_kind.checked += 1;
            of_kind.right += u32::from(right);
        }
        checks
    }

    /// Wilson's 95 % interval of the share of suggestions that is right, from 0 to 1; all of it without any check.
    pub fn interval(self) -> (f64, f64) {
        if self.checked == 0 {
            return (0.0, 1.0);
        }
        let (n, share) = (f64::from(self.checked), f64::from(self.right) / f64::from(self.checked));
        let all = 1.0 + Z * Z / n;
        let middle = (share + Z * Z / (2.0 * n)) / all;
        let half = Z / all * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        ((middle - half).max(0.0), (middle + half).min(1.0))
    }
}

impl Edit {
    /// Keeps of a suggestion that it was drawn by chance, where the edit decides on it and on nothing that does not stand for
    /// the same: who decides on many things at once has not looked at this one.
    pub fn note_drawn(&mut self, id: MentionId) {
        let decides = |mention: &Mention, after: Option<&Mention>| {
            mention.is_open() && after.is_some_and(|after| after.decision.is_some())
        };
        let mut decided = self.changes.iter().filter_map(|change| match change {
            Change::Mention(swap) => swap.before.as_ref().filter(|before| decides(before, swap.after.as_ref())),
            _ => None,
        });
        let Some(target) = decided.clone().find(|mention| mention.id == id).map(|mention| mention.target) else {
            return;
        };
        if !decided.all(|mention| mention.id == id || target.is_some() && mention.target == target) {
            return;
        }
        for change in &mut self.changes {
            if let Change::Mention(swap) = change
                && let Some(after) = swap.after.as_mut().filter(|after| after.id == id)
            {
                after.drawn = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use text_size::TextRange;

    use super::*;
    use crate::project::{ArticleId, Origin, Proposed, Stamp, Status};

    fn suggestion(start: u32, article: u32) -> Mention {
        let range = TextRange::new(start.into(), (start + 3).into());
        let origin = Origin { source: "people".into(), score: Some(0.8), reason: String::new() };
        Mention::new(MentionId(start), (ArticleId(article), range), "Ada", KindId::PERSON, origin)
    }

    #[test]
    fn chance_is_the_same_everywhere_and_draws_one_in_ten() {
        let all: Vec<Chance> = (0..100).flat_map(|a| (0..100).map(move |s| Chance::of(&suggestion(s, a)))).collect();
        let drawn = all.iter().filter(|chance| chance.is_drawn).count();
        assert!((900..1100).contains(&drawn), "{drawn} of 10,000");
        // Where one comes has nothing to do with whether it is drawn.
        let early = all.iter().filter(|chance| chance.is_drawn && chance.place % 2 == 0).count();
        assert!((400..600).contains(&early), "{early} of {drawn}");
        // Known by heart: another number here would draw others in projects that exist.
        let known = Chance::of(&suggestion(0, 0));
        assert_eq!(known, Chance { is_drawn: false, place: 2_788_097_184 });
    }

    #[test]
    fn only_what_was_drawn_and_decided_counts_as_a_check_of_the_kind_suggested() {
        let decision = Some(Stamp { by: "Ana".into(), at: jiff::Timestamp::UNIX_EPOCH });
        let drawn = |status| Mention { drawn: true, decision: decision.clone(), status, ..suggestion(0, 0) };
        let proposed = |kind| Some(Proposed { range: suggestion(0, 0).range, kind });
        let mentions = [
            drawn(Status::Accepted),
            drawn(Status::Accepted),
            drawn(Status::Rejected),
            Mention { kind: KindId::COUNTRY, proposed: proposed(KindId::PERSON), ..drawn(Status::Accepted) },
            Mention { drawn: false, ..drawn(Status::Rejected) },
            Mention { decision: None, ..drawn(Status::Suggested) },
        ];
        let checks = Checks::of(&mentions);
        assert_eq!(checks.into_iter().collect::<Vec<_>>(), [(KindId::PERSON, Checks { checked: 4, right: 2 })]);
    }

    #[test]
    fn the_interval_is_wilsons() {
        let close = |checks: Checks, low: f64, high: f64| {
            let found = checks.interval();
            assert!((found.0 - low).abs() < 5e-4 && (found.1 - high).abs() < 5e-4, "{checks:?}: {found:?}");
        };
        close(Checks { checked: 84, right: 81 }, 0.9002, 0.9878);
        close(Checks { checked: 10, right: 10 }, 0.7225, 1.0);
        close(Checks { checked: 10, right: 0 }, 0.0, 0.2775);
        close(Checks::default(), 0.0, 1.0);
    }
}
