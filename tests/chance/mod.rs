//! Numbers by chance, the same for the same seed, so that a run tells of the change and not of chance.

/// A generator of numbers.
pub struct Chance(pub u64);

impl Chance {
    /// From 0 up to `limit`, without it.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    /// One of these, which are some.
    #[allow(dead_code, reason = "each test file uses a part of it")]
    pub fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// The number behind an argument of this name.
#[allow(dead_code, reason = "each test file uses a part of it")]
pub fn argument(name: &str) -> Option<u64> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.nth(1)?.parse().ok()
}

/// Whether a test without the standard harness is to run: as others do, it stands back where others are asked for by
/// name, and where all are only listed.
#[allow(dead_code, reason = "each test file uses a part of it")]
pub fn is_asked_for(name: &str) -> bool {
    let arguments: Vec<_> = std::env::args().skip(1).filter(|argument| argument.parse::<u64>().is_err()).collect();
    let mut named = arguments.iter().filter(|argument| !argument.starts_with('-')).peekable();
    let listed = arguments.iter().any(|argument| argument == "--list");
    !listed && (named.peek().is_none() || named.any(|argument| argument == name))
}
