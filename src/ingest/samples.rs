//! The sample articles that the program carries, to look around with.

/// A sample article as a file would hold it.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// Its file name, whose extension tells the format.
    pub name: &'static str,
    /// Its bytes.
    pub bytes: &'static [u8],
}

/// All samples; the first is the one that is shown where one is enough.
pub const SAMPLES: [Sample; 3] = [
    Sample { name: "harbour-talks.txt", bytes: include_bytes!("../../assets/samples/harbour-talks.txt") },
    Sample { name: "river-ceasefire.md", bytes: include_bytes!("../../assets/samples/river-ceasefire.md") },
    Sample { name: "island-vote.html", bytes: include_bytes!("../../assets/samples/island-vote.html") },
];
