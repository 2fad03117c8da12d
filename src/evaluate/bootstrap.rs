//! Intervals by the percentile bootstrap: the measure on samples of the documents, drawn with replacement.

/// How many samples are drawn.
pub(super) const RESAMPLES: usize = 1000;

/// The share of the samples that an interval leaves out at each end: 95 % stay.
const TAIL: f64 = 0.025;

/// Calls `each` with every sample: how often each of `count` documents is drawn. The same samples each time.
pub(crate) fn resample(count: usize, mut each: impl FnMut(&[u32])) {
    let mut random = SplitMix64(0);
    let mut times = vec![0; count];
    for _ in 0..RESAMPLES {
        times.fill(0);
        for _ in 0..count {
            if let Some(times) = times.get_mut(random.below(count)) {
                *times += 1;
            }
        }
        each(&times);
    }
}

/// The interval that holds the middle 95 % of `values`, between values linearly; none without values.
pub(crate) fn interval(values: &mut [f64]) -> Option<(f64, f64)> {
    values.sort_by(f64::total_cmp);
    Some((quantile(values, TAIL)?, quantile(values, 1.0 - TAIL)?))
}

fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = share * sorted.len().checked_sub(1)? as f64;
    let below = *sorted.get(place.floor() as usize)?;
    let above = *sorted.get(place.ceil() as usize)?;
    Some(below + (above - below) * place.fract())
}

/// Sebastiano Vigna's generator: eight lines, and the same numbers on every machine.
pub(crate) struct SplitMix64(pub(crate) u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 up to but not `count`.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.next()) * count as u128) >> 64) as usize
    }

    /// Above 0, at most 1.
    fn share(&mut self) -> f64 {
        ((self.next() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    /// A number with mean 0 and deviation 1 (Box and Muller 1958).
    pub(crate) fn normal(&mut self) -> f64 {
        (-2.0 * self.share().ln()).sqrt() * (std::f64::consts::TAU * self.share()).cos()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_the_published_one() {
        let mut random = SplitMix64(1_234_567);
        assert_eq!([random.next(), random.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }

    #[test]
    fn samples_are_as_large_as_what_they_are_drawn_from_and_the_same_each_time() {
        let draw = || {
            let mut all = Vec::new();
            resample(7, |times| all.push(times.to_vec()));
            all
        };
        let samples = draw();
        assert_eq!(samples.len(), RESAMPLES);
        assert!(samples.iter().all(|times| times.iter().sum::<u32>() == 7));
        assert!(samples.iter().any(|times| times != &samples[0]));
        assert_eq!(samples, draw());
        resample(0, |times| assert!(times.is_empty()));
    }

    #[test]
    fn quantiles_lie_between_values() {
        let mut values: Vec<f64> = (0..=1000).rev().map(f64::from).collect();
        assert_eq!(interval(&mut values), Some((25.0, 975.0)));
        assert_eq!(interval(&mut [3.0]), Some((3.0, 3.0)));
        assert_eq!(interval(&mut [0.0, 1.0]), Some((0.025, 0.975)));
        assert_eq!(interval(&mut []), None);
    }
}
