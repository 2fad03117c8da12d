//! Words in pieces that the network has embeddings of: the best-scored ones of a unigram model (Kudo 2018), over the
//! pieces that English news uses.

use std::collections::HashMap;

use safetensors::SafeTensors;
use smol_str::SmolStr;
use unicode_normalization::UnicodeNormalization;

use rubricator_network::ModelError;

/// Stands before a piece that follows white space.
const SPACE: char = '\u{2581}';
/// Characters of a word that are looked at; a longer one is unknown.
const LONGEST_WORD: usize = 48;

/// The pieces and their scores.
pub(super) struct Pieces {
    by_text: HashMap<SmolStr, (u32, f32)>,
    /// Characters of the longest piece.
    longest: usize,
    /// What a character scores that is in no piece.
    unknown_score: f32,
    unknown: u32,
    /// The mark before a window.
    pub start: u32,
    /// The mark behind a window.
    pub stop: u32,
}

impl Pieces {
    /// Reads the pieces, one a line, and their log probabilities.
    pub(super) fn load(tensors: &SafeTensors<'_>) -> Result<Self, ModelError> {
        let damaged = |what: &str| ModelError::Damaged(format!("its pieces {what}"));
        let text = tensors.tensor("vocabulary")?;
        let text = std::str::from_utf8(text.data()).map_err(|_| damaged("are not UTF-8"))?;
        let scores = tensors.tensor("vocabulary.score")?;
        let (scores, _) = scores.data().as_chunks::<4>();
        let scores: Vec<f32> = scores.iter().map(|score| f32::from_le_bytes(*score)).collect();
        let ids: HashMap<SmolStr, (u32, f32)> =
            text.lines().zip(0..).zip(&scores).map(|((piece, id), score)| (piece.into(), (id, *score))).collect();
        if ids.len() != scores.len() {
            return Err(damaged("and their scores differ in number"));
        }
        let special = |piece: &str| ids.get(piece).map(|(id, _)| *id).ok_or_else(|| damaged("lack a mark"));
        let (start, stop, unknown) = (special("<s>")?, special("</s>")?, special("<unk>")?);
        let by_text: HashMap<_, _> =
            ids.into_iter().filter(|(_, (id, _))| ![start, stop, unknown].contains(id)).collect();
        let longest = by_text.keys().map(|piece| piece.chars().count()).max().unwrap_or(0);
        let unknown_score = scores.iter().copied().fold(0.0, f32::min) - 10.0;
        Ok(Self { by_text, longest, unknown_score, unknown, start, stop })
    }

    /// The pieces of a word, at least one.
    pub(super) fn of(&self, word: &str, spaced: bool) -> Vec<u32> {
        self.best(word, spaced).0
    }

    /// The pieces of a word, and the log probability of all of them together.
    pub(super) fn best(&self, word: &str, spaced: bool) -> (Vec<u32>, f32) {
        let space = spaced.then_some(SPACE);
        let word: String = if word.is_ascii() {
            space.into_iter().chain(word.chars()).collect()
        } else {
            space.into_iter().chain(word.nfkc()).collect()
        };
        if let Some((id, score)) = self.by_text.get(word.as_str()) {
            return (vec![*id], *score);
        }
        let mut ends: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(1).collect();
        ends.push(word.len());
        if ends.len() > LONGEST_WORD {
            return (vec![self.unknown], self.unknown_score);
        }
        // For the first characters: the best score, where its last piece begins, and the piece.
        let mut best: Vec<(f32, usize, u32)> = vec![(f32::NEG_INFINITY, 0, self.unknown); ends.len() + 1];
        if let Some(first) = best.first_mut() {
            first.0 = 0.0;
        }
        let starts = std::iter::once(0).chain(ends.iter().copied());
        for (from, start) in starts.enumerate().take(ends.len()) {
            let before = best.get(from).map_or(0.0, |best| best.0);
            for (to, end) in ends.iter().enumerate().skip(from).take(self.longest) {
                let known = word.get(start..*end).and_then(|piece| self.by_text.get(piece)).copied();
                let single = (to == from).then_some((self.unknown, self.unknown_score));
                if let (Some((id, score)), Some(slot)) = (known.or(single), best.get_mut(to + 1))
                    && before + score > slot.0
                {
                    *slot = (before + score, from, id);
                }
            }
        }
        let score = best.last().map_or(self.unknown_score, |(score, ..)| *score);
        let mut pieces = Vec::new();
        let mut at = ends.len();
        while at > 0 {
            let Some((_, from, id)) = best.get(at) else { break };
            pieces.push(*id);
            at = *from;
        }
        pieces.reverse();
        (pieces, score)
    }
}
