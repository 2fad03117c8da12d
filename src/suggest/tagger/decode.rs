//! From scores to spans: the best sequence of labels in which every inside follows its beginning.

use std::ops::Range;

/// The spans of the best path over log probabilities: words, and the kind as the index of its beginning's label.
///
/// Labels are outside, then for each kind its beginning and its inside (Ramshaw and Marcus 1995, IOB2).
pub(super) fn spans<const N: usize>(scores: &[[f32; N]]) -> Vec<(Range<usize>, usize)> {
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    for (at, label) in best_path(scores).into_iter().enumerate() {
        match label {
            0 => {}
            beginning if beginning % 2 == 1 => found.push((at..at + 1, beginning)),
            _ => {
                if let Some((range, _)) = found.last_mut() {
                    range.end = at + 1;
                }
            }
        }
    }
    found
}

/// Viterbi (1967) with the one rule that an inside follows the beginning or the inside of its kind.
fn best_path<const N: usize>(scores: &[[f32; N]]) -> Vec<usize> {
    let allowed = |from: usize, to: usize| to == 0 || to % 2 == 1 || from == to || from + 1 == to;
    let mut back: Vec<[usize; N]> = Vec::with_capacity(scores.len());
    let mut best = [0.0_f32; N];
    for (at, row) in scores.iter().enumerate() {
        let (mut next, mut from) = ([f32::NEG_INFINITY; N], [0; N]);
        for (to, ((next, from), score)) in next.iter_mut().zip(&mut from).zip(row).enumerate() {
            let steps = best.iter().enumerate().filter(|(from, _)| allowed(if at == 0 { 0 } else { *from }, to));
            let step = steps.max_by(|a, b| a.1.total_cmp(b.1)).unwrap_or((0, &f32::NEG_INFINITY));
            (*from, *next) = (step.0, step.1 + score);
        }
        best = next;
        back.push(from);
    }
    let mut label = best.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(label, _)| label);
    let mut path = Vec::with_capacity(scores.len());
    for from in back.iter().rev() {
        path.push(label);
        label = from.get(label).copied().unwrap_or(0);
    }
    path.reverse();
    path
}

/// The probability that exactly these words are a span of the kind that begins with `beginning`, each word taken by
/// itself; `behind` is the word after it.
pub(super) fn probability<const N: usize>(words: &[[f32; N]], behind: Option<&[f32; N]>, beginning: usize) -> f32 {
    let at = |row: &[f32; N], label: usize| row.get(label).copied().unwrap_or(f32::NEG_INFINITY);
    let inside: f32 = words.iter().skip(1).map(|row| at(row, beginning + 1)).sum();
    let first = words.first().map_or(f32::NEG_INFINITY, |row| at(row, beginning));
    let ends = behind.map_or(1.0, |row| 1.0 - at(row, beginning + 1).exp());
    (first + inside).exp() * ends.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(probabilities: [f32; 5]) -> [f32; 5] {
        probabilities.map(f32::ln)
    }

    #[test]
    fn an_inside_without_its_beginning_becomes_one() {
        let scores =
            [row([0.1, 0.2, 0.6, 0.05, 0.05]), row([0.1, 0.1, 0.7, 0.05, 0.05]), row([0.9, 0.02, 0.02, 0.03, 0.03])];
        assert_eq!(spans(&scores), [(0..2, 1)]);
    }

    #[test]
    fn kinds_do_not_run_into_each_other() {
        let scores = [row([0.1, 0.8, 0.05, 0.03, 0.02]), row([0.1, 0.05, 0.2, 0.25, 0.4])];
        assert_eq!(spans(&scores), [(0..1, 1), (1..2, 3)]);
    }

    #[test]
    fn a_span_is_as_likely_as_its_words_and_its_end() {
        let scores = [row([0.1, 0.8, 0.05, 0.03, 0.02]), row([0.1, 0.05, 0.5, 0.2, 0.15])];
        let (name, behind) = scores.split_at(1);
        assert!((probability(name, behind.first(), 1) - 0.4).abs() < 1e-5);
        assert!((probability(&scores, None, 1) - 0.4).abs() < 1e-5);
        assert_eq!(probability::<5>(&[], None, 1), 0.0);
    }

    #[test]
    fn nothing_has_no_spans() {
        assert!(spans::<5>(&[]).is_empty());
    }
}
