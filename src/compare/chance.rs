//! Agreement on tokens, corrected by what chance alone would agree on: Cohen's κ, Fleiss' κ, and Krippendorff's α, nominal and
//! unitising.
//!
//! Cohen (1960), Fleiss (1971), Krippendorff (2011) for nominal data without gaps, and Krippendorff, Mathet, Bouvry and Widlöcher
//! (2016) for α of units: segments are runs of tokens with one label, what nobody labels among them.

use std::collections::BTreeMap;

use smol_str::SmolStr;

/// Of each two annotators how many tokens one labelled so and the other so.
pub(super) type Pairs = BTreeMap<(usize, usize), BTreeMap<(SmolStr, SmolStr), f64>>;

/// The label of what nobody marked.
pub(super) const OUTSIDE: &str = "O";

/// Cohen's κ; none where there are no tokens, or chance alone agrees on all.
pub(super) fn cohen(tokens: &BTreeMap<(SmolStr, SmolStr), f64>) -> Option<f64> {
    let total: f64 = tokens.values().sum();
    let (mut one, mut other): (BTreeMap<&str, f64>, BTreeMap<&str, f64>) = Default::default();
    let mut same = 0.0;
    for ((a, b), count) in tokens {
        *one.entry(a).or_default() += count;
        *other.entry(b).or_default() += count;
        same += if a == b { *count } else { 0.0 };
    }
    let chance: f64 = one.iter().map(|(label, count)| count * other.get(label).copied().unwrap_or(0.0)).sum();
    let (same, chance) = (same / total, chance / (total * total));
    (total > 0.0 && chance < 1.0).then(|| (same - chance) / (1.0 - chance))
}

/// What several annotators agree on, against how often each label is given at all.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Corrected {
    /// Fleiss' κ.
    pub(super) fleiss: Option<f64>,
    /// Krippendorff's α, nominal.
    pub(super) alpha: Option<f64>,
    /// Krippendorff's α, unitising.
    pub(super) units: Option<f64>,
}

/// The measures of several annotators. `squares` has of each label the squared lengths of the segments that have it, in tokens, of
/// all annotators together; of [`OUTSIDE`] the lengths.
pub(super) fn corrected(pairs: &Pairs, squares: &BTreeMap<SmolStr, f64>, annotators: usize) -> Corrected {
    let mut labels: BTreeMap<&str, f64> = BTreeMap::new();
    let (mut same, mut all) = (0.0, 0.0);
    for ((a, b), count) in pairs.values().flatten() {
        *labels.entry(a).or_default() += count;
        *labels.entry(b).or_default() += count;
        same += if a == b { *count } else { 0.0 };
        all += count;
    }
    if all == 0.0 || annotators < 2 {
        return Corrected::default();
    }
    // Each annotator's label of a token stands in one pair with each other one.
    let others = annotators as f64 - 1.0;
    let given = 2.0 * all / others;
    let of = |label: f64| label / others;
    let chance: f64 = labels.values().map(|label| (of(*label) / given).powi(2)).sum();
    let expected: f64 = labels.values().map(|label| of(*label) * (given - of(*label))).sum();
    let fleiss = (chance < 1.0).then(|| (same / all - chance) / (1.0 - chance));
    let alpha = (expected > 0.0).then(|| 1.0 - (1.0 - same / all) * given * (given - 1.0) / expected);
    // A segment is compared with no part of itself.
    let square = |label: &str| squares.get(label).copied().unwrap_or(0.0);
    let free = given * given - squares.values().sum::<f64>();
    let by_chance: f64 = labels.iter().map(|(label, count)| of(*count).powi(2) - square(label)).sum();
    let unlike = if free > 0.0 { 1.0 - by_chance / free } else { 0.0 };
    let units = (unlike > 1e-12).then(|| 1.0 - (1.0 - same / all) / unlike);
    Corrected { fleiss, alpha, units }
}

/// The squared lengths of the runs of labels, by label; of [`OUTSIDE`] the lengths.
pub(super) fn squares(labels: &[SmolStr]) -> BTreeMap<SmolStr, f64> {
    let mut squares: BTreeMap<SmolStr, f64> = BTreeMap::new();
    for run in labels.chunk_by(|one, other| one == other) {
        let Some(label) = run.first() else { continue };
        let length = run.len() as f64;
        *squares.entry(label.clone()).or_default() += if label == OUTSIDE { length } else { length * length };
    }
    squares
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What annotators labelled so: a word an annotator, a letter a token.
    fn told(labels: &[&str]) -> (Pairs, BTreeMap<SmolStr, f64>) {
        let (mut pairs, mut all) = (Pairs::new(), BTreeMap::new());
        for one in 0..labels.len() {
            for other in one + 1..labels.len() {
                let tokens = pairs.entry((one, other)).or_default();
                for (a, b) in labels[one].chars().zip(labels[other].chars()) {
                    *tokens.entry((a.to_string().into(), b.to_string().into())).or_default() += 1.0;
                }
            }
            let own: Vec<SmolStr> = labels[one].chars().map(|label| label.to_string().into()).collect();
            squares(&own).into_iter().for_each(|(label, square)| *all.entry(label).or_default() += square);
        }
        (pairs, all)
    }

    fn rounded(value: Option<f64>) -> f64 {
        (value.unwrap() * 1e9).round() / 1e9
    }

    #[test]
    fn two_and_three_annotators_agree_as_the_textbooks_say() {
        // What scikit-learn 1.9, statsmodels, krippendorff and krippendorff-unitized-alpha (PyPI) say of the same.
        let [a, b, c] = ["OOPPOCOOPOOOPCCOOEOOPPOOC", "OOPPOPOOPOOOOCCOOEOOPPOEC", "OPPPOCOOPOOCPCCOOOOOPOOOC"];
        let (pairs, all) = told(&[a, b]);
        let two = corrected(&pairs, &all, 2);
        assert_eq!(rounded(cohen(&pairs[&(0, 1)])), 0.802_110_818);
        assert_eq!((rounded(two.fleiss), rounded(two.alpha)), (0.801_849_406, 0.805_812_417));
        assert_eq!(rounded(two.units), 0.806_763_540);
        let (pairs, all) = told(&[a, b, c]);
        let three = corrected(&pairs, &all, 3);
        let kappas: Vec<f64> = pairs.values().map(|tokens| rounded(cohen(tokens))).collect();
        assert_eq!(kappas, [0.802_110_818, 0.731_903_485, 0.537_037_037]);
        assert_eq!((rounded(three.fleiss), rounded(three.alpha)), (0.689_716_312, 0.693_853_428));
        assert_eq!(rounded(three.units), 0.694_956_659);
    }

    #[test]
    fn what_nobody_labels_differently_has_no_chance_to_correct() {
        let (pairs, all) = told(&["OOO", "OOO"]);
        let same = corrected(&pairs, &all, 2);
        assert_eq!((cohen(&pairs[&(0, 1)]), same.fleiss, same.alpha, same.units), (None, None, None, None));
        assert_eq!(cohen(&BTreeMap::new()), None);
    }
}
