//! The tagger's network: a BERT encoder (Devlin et al. 2019) with a word-shape embedding beside its word pieces and two
//! heads on the first piece of each word. A crate of its own, which is always compiled for speed: every other part of the
//! program may be compiled quickly and is still fast.

mod arithmetic;
mod error;
mod ridge;

use std::cell::RefCell;

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions};
use rten_tensor::NdTensorView;
use safetensors::SafeTensors;

pub use arithmetic::{Linear, Norm, QuantisedMatrix, check, floats};
use arithmetic::{bytes, exponentials, fits, grown};
pub use error::ModelError;
pub use ridge::Ridge;

/// The most pieces of a window, its marks aside, as in training.
pub const MOST: usize = 126;

/// How many shapes of words there are.
pub const SHAPES: usize = 16;

/// What the first head tells names apart by: outside, then the beginning and the inside of each kind.
pub const NAMES: usize = 11;
/// What the second head tells: outside, the beginning and the inside of a trigger.
pub const TRIGGERS: usize = 3;

/// A window as the network takes it.
#[derive(Clone, Debug, Default)]
pub struct Window {
    /// Rows of the piece table, with the marks at both ends.
    pub pieces: Vec<u32>,
    /// The shape of each piece's word.
    pub shapes: Vec<u8>,
    /// For each word the index of its first piece.
    pub heads: Vec<usize>,
}

/// Log probabilities of a word.
#[derive(Clone, Copy, Debug)]
pub struct Scores {
    /// Of each of [`NAMES`].
    pub names: [f32; NAMES],
    /// Of each of [`TRIGGERS`].
    pub triggers: [f32; TRIGGERS],
}

/// A layer of an encoder.
pub struct Layer {
    qkv: Linear,
    out: Linear,
    norm1: Norm,
    up: Linear,
    down: Linear,
    norm2: Norm,
}

/// What the network makes of a window: the scores of its words, and what the heads look at, `[words, width]` as whole
/// numbers.
#[derive(Default)]
pub struct Seen {
    /// One for each word.
    pub scores: Vec<Scores>,
    /// One row for each word.
    pub vectors: QuantisedMatrix,
}

/// The network with its weights.
pub struct Network {
    width: usize,
    /// Piece embeddings, `[pieces, width]`, with one scale a piece.
    pieces: Vec<i8>,
    piece_scales: Vec<f32>,
    /// `[positions, width]`.
    positions: Vec<f32>,
    /// `[SHAPES, width]`.
    shapes: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    /// Both heads as one: `[width, NAMES + TRIGGERS]`.
    heads: Linear,
}

/// The width of one attention head, as in all BERT models of this size.
const HEAD: usize = 32;

/// Buffers that a run uses again from layer to layer, and a thread from run to run. They only grow.
#[derive(Default)]
pub struct Buffers {
    /// What is multiplied.
    pub input: QuantisedMatrix,
    inner: QuantisedMatrix,
    /// What the products come to.
    pub sums: Vec<i32>,
    /// The same as real numbers.
    pub qkv: Vec<f32>,
    context: Vec<f32>,
    row: Vec<f32>,
    attention: Attention,
}

/// Those of attention, for one head of one window.
#[derive(Default)]
struct Attention {
    scores: Vec<f32>,
    totals: Vec<f32>,
    seen: Vec<f32>,
}

thread_local! {
    static BUFFERS: RefCell<Buffers> = RefCell::default();
}

/// What makes products of whole and of real numbers.
#[derive(Default)]
pub struct Executors {
    /// Of whole numbers.
    pub whole: GemmExecutor<u8, i8, i32>,
    real: GemmExecutor<f32, f32, f32>,
}

impl Layer {
    /// Reads the layer whose tensors begin with `name`; how wide it is inside, its weights tell. Errors where one is missing or
    /// of another size.
    pub fn load(
        executor: &GemmExecutor<u8, i8, i32>,
        tensors: &SafeTensors<'_>,
        name: &str,
        width: usize,
    ) -> Result<Self, ModelError> {
        let linear = |part: &str, inputs: usize| Linear::load(executor, tensors, &format!("{name}.{part}"), inputs);
        let norm = |part: &str| Norm::load(tensors, &format!("{name}.{part}"), width);
        let up = linear("up", width)?;
        let layer = Self {
            qkv: linear("qkv", width)?,
            out: linear("out", width)?,
            norm1: norm("norm1")?,
            down: linear("down", up.outputs())?,
            up,
            norm2: norm("norm2")?,
        };
        let fits = layer.qkv.outputs() == 3 * width && layer.out.outputs() == width;
        check(name, fits && layer.down.outputs() == width)?;
        Ok(layer)
    }

    /// The first half: attention of stretches of rows to themselves. `buffers.input` holds the rows of `x`; after it
    /// what they saw stands in the context.
    fn look(&self, executors: &Executors, sizes: impl Iterator<Item = usize>, width: usize, buffers: &mut Buffers) {
        let Buffers { input, sums, qkv, context, attention, .. } = buffers;
        let qkv = self.qkv.real(&executors.whole, input, sums, qkv);
        let context = grown(context, qkv.len() / 3);
        attend(&executors.real, sizes, width, qkv, context, attention);
    }

    /// The second half: what was seen, in `buffers.input`, is added to `x`, then what the layer makes of each row.
    fn think(&self, executors: &Executors, x: &mut [f32], buffers: &mut Buffers) {
        let Buffers { input, inner, sums, row, .. } = buffers;
        self.out.add(&executors.whole, input, sums, &self.norm1, x);
        self.up.activate(&executors.whole, input, sums, row, inner);
        std::mem::swap(input, inner);
        self.down.add(&executors.whole, input, sums, &self.norm2, x);
    }

    /// The whole layer over one stretch of rows `x`, `[rows, width]`.
    pub fn run(&self, executors: &Executors, x: &mut [f32], width: usize, buffers: &mut Buffers) {
        buffers.input.take(x, width);
        self.look(executors, std::iter::once(x.len() / width), width, buffers);
        let Buffers { input, context, .. } = buffers;
        input.take(grown(context, x.len()), width);
        self.think(executors, x, buffers);
    }
}

/// What `work` makes with this thread's buffers.
pub fn with_buffers<T>(work: impl FnOnce(&mut Buffers) -> T) -> T {
    // Taken, not borrowed: on a waiting thread another run may begin.
    let mut buffers = BUFFERS.take();
    let made = work(&mut buffers);
    BUFFERS.set(buffers);
    made
}

impl Network {
    /// Reads the weights. Errors where a tensor is missing or of another size than the others ask for.
    pub fn load(tensors: &SafeTensors<'_>) -> Result<Self, ModelError> {
        let whole = GemmExecutor::default();
        let piece_scales = floats(tensors, "pieces.scale")?;
        let pieces = bytes(tensors, "pieces.weight")?;
        let width = pieces.len().checked_div(piece_scales.len()).unwrap_or(0);
        let count = (0..).take_while(|i| tensors.tensor(&format!("layers.{i}.qkv.weight")).is_ok()).count();
        let layers = (0..count).map(|i| Layer::load(&whole, tensors, &format!("layers.{i}"), width));
        let layers = layers.collect::<Result<Vec<_>, _>>()?;
        let positions = floats(tensors, "positions")?;
        let shapes = floats(tensors, "shapes")?;
        let heads = Linear::load(&whole, tensors, "heads", width)?;
        let norm = Norm::load(tensors, "norm", width)?;
        check("pieces", width > 0 && width.is_multiple_of(HEAD) && pieces.len() == width * piece_scales.len())?;
        check("positions", positions.len().is_multiple_of(width) && positions.len() >= (MOST + 2) * width)?;
        check("shapes", shapes.len() == SHAPES * width)?;
        check("heads", heads.outputs() == NAMES + TRIGGERS)?;
        Ok(Self { width, pieces, piece_scales, positions, shapes, norm, layers, heads })
    }

    /// The width of what the heads look at.
    pub fn width(&self) -> usize {
        self.width
    }

    /// What the network makes of each window. Windows that are computed together share the cost of reading the weights.
    pub fn run(&self, windows: &[Window]) -> Vec<Seen> {
        with_buffers(|buffers| self.run_with(windows, buffers))
    }

    fn run_with(&self, windows: &[Window], buffers: &mut Buffers) -> Vec<Seen> {
        let executors = Executors::default();
        let mut x = self.embed(windows);
        buffers.input.take(&x, self.width);
        for (index, layer) in self.layers.iter().enumerate() {
            layer.look(&executors, windows.iter().map(|window| window.pieces.len()), self.width, buffers);
            let Buffers { input, context, .. } = &mut *buffers;
            let context = grown(context, x.len());
            if index + 1 == self.layers.len() {
                // What follows looks at the words' first pieces alone.
                input.take(&self.heads_of(windows, context), self.width);
                x = self.heads_of(windows, &x);
            } else {
                input.take(context, self.width);
            }
            layer.think(&executors, &mut x, buffers);
        }
        let Buffers { input, sums, qkv, .. } = buffers;
        let logits = self.heads.real(&executors.whole, input, sums, qkv);
        let mut scores = logits.chunks_exact(NAMES + TRIGGERS).map(|row| {
            let (names, triggers) = row.split_at(NAMES);
            Scores { names: log_softmax(names), triggers: log_softmax(triggers) }
        });
        let mut from = 0;
        let seen = windows.iter().map(|window| {
            let rows = from..from + window.heads.len();
            from = rows.end;
            Seen { scores: scores.by_ref().take(window.heads.len()).collect(), vectors: input.part(rows) }
        });
        seen.collect()
    }

    /// The rows of the words' first pieces.
    fn heads_of(&self, windows: &[Window], x: &[f32]) -> Vec<f32> {
        let mut rows = Vec::with_capacity(x.len());
        let mut from = 0;
        for window in windows {
            for head in &window.heads {
                let at = (from + head) * self.width;
                rows.extend_from_slice(x.get(at..at + self.width).unwrap_or_default());
            }
            from += window.pieces.len();
        }
        rows
    }

    /// The sum of piece, position and shape embeddings, normalised: `[pieces of all windows, width]`.
    fn embed(&self, windows: &[Window]) -> Vec<f32> {
        let total: usize = windows.iter().map(|window| window.pieces.len()).sum();
        let mut x = vec![0.0; total * self.width];
        let mut rows = x.chunks_exact_mut(self.width);
        for window in windows {
            let positions = self.positions.chunks_exact(self.width).cycle();
            for (((piece, shape), position), row) in
                window.pieces.iter().zip(&window.shapes).zip(positions).zip(rows.by_ref())
            {
                let piece = *piece as usize;
                let scale = self.piece_scales.get(piece).copied().unwrap_or_default();
                let table = self.pieces.get(piece * self.width..(piece + 1) * self.width).unwrap_or_default();
                let at = usize::from(*shape) * self.width;
                let shape = self.shapes.get(at..at + self.width).unwrap_or_default();
                for (((out, weight), position), shape) in row.iter_mut().zip(table).zip(position).zip(shape) {
                    *out = f32::from(*weight) * scale + position + shape;
                }
            }
        }
        self.norm.apply(&mut x);
        x
    }
}

/// Attention of stretches of `sizes` rows to themselves, head by head. `qkv`: `[rows, 3 width]`; `context`: `[rows, width]`.
fn attend(
    real: &GemmExecutor<f32, f32, f32>,
    sizes: impl Iterator<Item = usize>,
    width: usize,
    qkv: &[f32],
    context: &mut [f32],
    buffers: &mut Attention,
) {
    let mut from = 0;
    let options = || GemmOptions { alpha: 1.0 / (HEAD as f32).sqrt(), ..GemmOptions::default() };
    for size in sizes {
        let scores = grown(&mut buffers.scores, size * size);
        let totals = grown(&mut buffers.totals, size);
        let seen = grown(&mut buffers.seen, size * HEAD);
        for head in 0..width / HEAD {
            let view = |part: usize| {
                let at = from * 3 * width + part * width + head * HEAD;
                let data = qkv.get(at..).unwrap_or_default();
                NdTensorView::from_slice_with_strides([size, HEAD], data, [3 * width, 1]).ok()
            };
            let (Some(queries), Some(keys), Some(values)) = (view(0), view(1), view(2)) else { continue };
            let (queries, keys) = (GemmInputA::Unpacked(queries), GemmInputB::Unpacked(keys.transposed()));
            fits(real.gemm(scores, queries, keys, options()));
            exponentials(scores, totals);
            let weights = NdTensorView::from_data([size, size], &*scores);
            let values = GemmInputB::Unpacked(values);
            fits(real.gemm(seen, GemmInputA::Unpacked(weights), values, GemmOptions::default()));
            let rows = context.chunks_exact_mut(width).skip(from);
            for ((row, seen), total) in rows.zip(seen.chunks_exact(HEAD)).zip(&*totals) {
                for (slot, seen) in row.iter_mut().skip(head * HEAD).zip(seen) {
                    *slot = seen / total;
                }
            }
        }
        from += size;
    }
}

fn log_softmax<const N: usize>(row: &[f32]) -> [f32; N] {
    let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let total = row.iter().map(|x| (x - most).exp()).sum::<f32>().ln() + most;
    let mut out = [f32::NEG_INFINITY; N];
    for (out, x) in out.iter_mut().zip(row) {
        *out = x - total;
    }
    out
}
