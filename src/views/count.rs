//! How many there are of accepted ones and of suggestions, apart.

/// How many are told of accepted ones and of suggestions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Accepted.
    pub accepted: u32,
    /// Only suggested.
    pub suggested: u32,
}

impl Count {
    /// Counts one.
    pub fn add(&mut self, accepted: bool) {
        *(if accepted { &mut self.accepted } else { &mut self.suggested }) += 1;
    }

    /// Both together.
    pub fn all(self) -> u32 {
        self.accepted + self.suggested
    }
}
