//! How likely two tellings are of one happening: a logistic curve over what they share and where they differ, fitted by
//! `make train-across`.

use std::sync::LazyLock;

use super::account::{Account, Happening, Telling, shared};

/// What is looked at of two tellings.
macro_rules! features {
    ($($name:ident)*) => {
        /// What is looked at, by name.
        pub const FEATURES: [&str; [$(stringify!($name)),*].len()] = [$(stringify!($name)),*];

        /// What two tellings share.
        #[derive(Clone, Copy, Debug, Default)]
        struct Shared {
            $($name: f32,)*
        }

        impl Shared {
            fn values(&self) -> [f32; FEATURES.len()] {
                [$(self.$name,)*]
            }
        }
    };
}
features! {
    stem beginning within record topic context names parties parties_differ place places_differ kind numbers
    numbers_differ days rarity stem_rarity stem_topic stem_context stem_names stem_parties stem_kind kind_topic kind_context
    topic_context record_context within_stem other_topic other_context first_both worth kept_topic
    stem_often topic_topic context_context stem_topic_rarity
}

/// The curve: what each feature weighs, and what is added.
struct Curve {
    weights: [f32; FEATURES.len()],
    offset: f32,
}

static CURVE: LazyLock<Curve> = LazyLock::new(|| {
    let mut curve = Curve { weights: [0.0; FEATURES.len()], offset: 0.0 };
    for line in include_str!("../../../assets/across/happenings.tsv").lines().filter(|line| !line.starts_with('#')) {
        let Some((name, weight)) = line.split_once('\t') else { continue };
        let weight: f32 = weight.parse().unwrap_or_default();
        match FEATURES.iter().position(|known| *known == name).and_then(|at| curve.weights.get_mut(at)) {
            Some(slot) => *slot = weight,
            None if name == "offset" => curve.offset = weight,
            None => {}
        }
    }
    curve
});

/// A telling with its article and record.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) article: usize,
    pub(super) account: &'a Account,
    pub(super) happening: &'a Happening,
    pub(super) telling: &'a Telling,
}

/// What two tellings share, in the order of [`FEATURES`].
pub(super) fn features(one: Told<'_>, other: Told<'_>) -> [f32; FEATURES.len()] {
    let flag = |holds: bool| f32::from(u8::from(holds));
    let both = |a: bool, b: bool| flag(a && b);
    let (a, b, x, y) = (one.telling, other.telling, one.happening, other.happening);
    let within = one.article == other.article;
    let record = within && a.record == b.record;
    let stem = flag(a.stem == b.stem);
    let topic = if within { 1.0 } else { one.account.topic.alike(&other.account.topic) };
    let context = a.words.alike(&b.words);
    let names = shared(&a.names, &b.names);
    let parties = shared(&x.parties, &y.parties);
    let told = !x.parties.is_empty() && !y.parties.is_empty();
    let numbers = shared(&a.numbers, &b.numbers);
    let numbered = !a.numbers.is_empty() && !b.numbers.is_empty();
    let kind = flag(x.kind == y.kind && x.kind.code().or(x.kind.class()).is_some());
    let rarity = a.rarity.min(b.rarity);
    let often = a.mentions.len().min(b.mentions.len()).min(4) as f32 / 4.0;
    Shared {
        stem,
        beginning: flag(a.beginning == b.beginning),
        within: flag(within),
        record: flag(record),
        topic,
        context,
        names,
        parties,
        parties_differ: flag(told && parties == 0.0),
        place: flag(x.place.is_some() && x.place == y.place),
        places_differ: flag(x.place.zip(y.place).is_some_and(|(x, y)| x != y)),
        kind,
        numbers,
        numbers_differ: flag(numbered && numbers == 0.0),
        days: flag(x.days.is_some() && x.days == y.days),
        rarity,
        stem_rarity: stem * rarity,
        stem_topic: stem * topic,
        stem_context: stem * context,
        stem_names: stem * names,
        stem_parties: stem * parties,
        stem_kind: stem * kind,
        kind_topic: kind * topic,
        kind_context: kind * context,
        topic_context: topic * context,
        record_context: flag(record) * context,
        within_stem: both(within, a.stem == b.stem),
        other_topic: (1.0 - stem) * topic,
        other_context: (1.0 - stem) * context,
        first_both: both(a.first, b.first),
        worth: x.worth.min(y.worth),
        kept_topic: both(x.kept, y.kept) * topic,
        stem_often: stem * often,
        topic_topic: topic * topic,
        context_context: context * context,
        stem_topic_rarity: stem * topic * rarity,
    }
    .values()
}

/// Whether days part two happenings: both are told, and lie more than a day from each other.
pub(super) fn parted(one: &Happening, other: &Happening) -> bool {
    let Some((one, other)) = one.days.zip(other.days) else { return false };
    let apart = |end: jiff::civil::Date, start: jiff::civil::Date| end.tomorrow().is_ok_and(|next| next < start);
    apart(one.1, other.0) || apart(other.1, one.0)
}

/// The probability that two tellings are of one happening.
pub(super) fn probability(one: Told<'_>, other: Told<'_>) -> f32 {
    let within = one.article == other.article && one.telling.record == other.telling.record;
    if !within && parted(one.happening, other.happening) {
        return 0.0;
    }
    let features = features(one, other);
    let sum: f32 = features.iter().zip(&CURVE.weights).map(|(feature, weight)| feature * weight).sum();
    1.0 / (1.0 + (-(sum + CURVE.offset)).exp())
}
