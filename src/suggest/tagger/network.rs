//! The tagger's network: a BERT encoder (Devlin et al. 2019) with a word-shape embedding beside its word pieces and two
//! heads on the first piece of each word. Weights are 8-bit, one scale an output; activations are quantised by row.
//!
//! Weights keep to 7 bits, so that the sums of two products that processors without VNNI form stay inside 16 bits: the
//! whole-number products are the same on every processor.

use std::cell::RefCell;

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::ops::{BitOps, NumOps};
use rten_simd::{Isa, Simd, SimdOp};
use rten_tensor::NdTensorView;
use safetensors::SafeTensors;

use super::words::{MOST, SHAPES};

/// What the first head tells names apart by: outside, then the beginning and the inside of each kind.
pub(super) const NAMES: usize = 11;
/// What the second head tells: outside, the beginning and the inside of a trigger.
pub(super) const TRIGGERS: usize = 3;

/// Why the model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The bytes are no model of this program.
    #[error("the tagger's model is damaged ({0}); install the program anew")]
    Damaged(String),
}

impl From<safetensors::SafeTensorError> for ModelError {
    fn from(error: safetensors::SafeTensorError) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// A window as the network takes it.
#[derive(Clone, Debug, Default)]
pub(super) struct Window {
    /// Rows of the piece table, with the marks at both ends.
    pub pieces: Vec<u32>,
    /// The shape of each piece's word.
    pub shapes: Vec<u8>,
    /// For each word the index of its first piece.
    pub heads: Vec<usize>,
}

/// Log probabilities of a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scores {
    pub names: [f32; NAMES],
    pub triggers: [f32; TRIGGERS],
}

/// A layer of weights: `[inputs, outputs]` packed, and for each output a scale, a bias and the sum of its weights.
struct Linear {
    weights: PackedBMatrix<i8>,
    scales: Vec<f32>,
    bias: Vec<f32>,
    weight_sums: Vec<i32>,
    inputs: usize,
}

struct Norm {
    scale: Vec<f32>,
    bias: Vec<f32>,
}

struct Layer {
    qkv: Linear,
    out: Linear,
    norm1: Norm,
    up: Linear,
    down: Linear,
    norm2: Norm,
}

/// The network with its weights.
pub(super) struct Network {
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

/// What LayerNorm adds to the variance.
const EPSILON: f32 = 1e-12;

/// Buffers that a run uses again from layer to layer, and a thread from run to run. They only grow.
#[derive(Default)]
struct Buffers {
    input: Whole,
    inner: Whole,
    sums: Vec<i32>,
    qkv: Vec<f32>,
    context: Vec<f32>,
    scores: Vec<f32>,
    totals: Vec<f32>,
    seen: Vec<f32>,
    row: Vec<f32>,
}

thread_local! {
    static BUFFERS: RefCell<Buffers> = RefCell::default();
}

/// A matrix of whole numbers from 0 to 255: each row with a scale and with what stands for zero.
#[derive(Default)]
struct Whole {
    /// `[rows, columns]`, and perhaps more from an earlier use.
    values: Vec<u8>,
    columns: usize,
    rows: Vec<Row>,
}

/// What a row of whole numbers means: a number is its distance from `zero`, times `scale`.
#[derive(Clone, Copy, Default)]
struct Row {
    scale: f32,
    zero: i32,
}

impl Network {
    /// Reads the weights. Errors where a tensor is missing or of another size than the others ask for.
    pub(super) fn load(tensors: &SafeTensors<'_>) -> Result<Self, ModelError> {
        let whole = GemmExecutor::default();
        let piece_scales = floats(tensors, "pieces.scale")?;
        let pieces = bytes(tensors, "pieces.weight")?;
        let width = pieces.len().checked_div(piece_scales.len()).unwrap_or(0);
        let linear = |name: &str, inputs: usize| Linear::load(&whole, tensors, name, inputs);
        let norm = |name: &str| -> Result<Norm, ModelError> {
            let norm = Norm {
                scale: floats(tensors, &format!("{name}.scale"))?,
                bias: floats(tensors, &format!("{name}.bias"))?,
            };
            check(name, norm.scale.len() == width && norm.bias.len() == width)?;
            Ok(norm)
        };
        let count = (0..).take_while(|i| tensors.tensor(&format!("layers.{i}.qkv.weight")).is_ok()).count();
        let mut layers = Vec::with_capacity(count);
        for i in 0..count {
            let layer = Layer {
                qkv: linear(&format!("layers.{i}.qkv"), width)?,
                out: linear(&format!("layers.{i}.out"), width)?,
                norm1: norm(&format!("layers.{i}.norm1"))?,
                up: linear(&format!("layers.{i}.up"), width)?,
                down: linear(&format!("layers.{i}.down"), 4 * width)?,
                norm2: norm(&format!("layers.{i}.norm2"))?,
            };
            let fits = layer.qkv.outputs() == 3 * width && layer.out.outputs() == width;
            check(&format!("layer {i}"), fits && layer.up.outputs() == 4 * width && layer.down.outputs() == width)?;
            layers.push(layer);
        }
        let positions = floats(tensors, "positions")?;
        let shapes = floats(tensors, "shapes")?;
        let heads = linear("heads", width)?;
        let norm = norm("norm")?;
        check("pieces", width > 0 && width.is_multiple_of(HEAD) && pieces.len() == width * piece_scales.len())?;
        check("positions", positions.len().is_multiple_of(width) && positions.len() >= (MOST + 2) * width)?;
        check("shapes", shapes.len() == SHAPES * width)?;
        check("heads", heads.outputs() == NAMES + TRIGGERS)?;
        Ok(Self { width, pieces, piece_scales, positions, shapes, norm, layers, heads })
    }

    /// For each window the scores of its words. Windows that are computed together share the cost of reading the
    /// weights.
    pub(super) fn run(&self, windows: &[Window]) -> Vec<Vec<Scores>> {
        // Taken, not borrowed: on a waiting thread another run may begin.
        let mut buffers = BUFFERS.take();
        let scores = self.run_with(windows, &mut buffers);
        BUFFERS.set(buffers);
        scores
    }

    fn run_with(&self, windows: &[Window], buffers: &mut Buffers) -> Vec<Vec<Scores>> {
        let (whole, real) = (GemmExecutor::default(), GemmExecutor::default());
        let Buffers { input, inner, sums, qkv, context, scores, totals, seen, row } = buffers;
        let mut x = self.embed(windows);
        input.take(&x, self.width);
        for (index, layer) in self.layers.iter().enumerate() {
            let products = layer.qkv.multiply(&whole, input, sums);
            let qkv = grown(qkv, products.len());
            Dequantise { sums: products, input, linear: &layer.qkv, out: qkv }.dispatch();
            let context = grown(context, x.len());
            self.attend(&real, windows, qkv, context, (scores, totals, seen));
            if index + 1 == self.layers.len() {
                // What follows looks at the words' first pieces alone.
                input.take(&self.heads_of(windows, context), self.width);
                x = self.heads_of(windows, &x);
            } else {
                input.take(context, self.width);
            }
            layer.out.add(&whole, input, sums, &layer.norm1, &mut x);
            layer.up.activate(&whole, input, sums, row, inner);
            std::mem::swap(input, inner);
            layer.down.add(&whole, input, sums, &layer.norm2, &mut x);
        }
        let products = self.heads.multiply(&whole, input, sums);
        let mut logits = vec![0.0; products.len()];
        Dequantise { sums: products, input, linear: &self.heads, out: &mut logits }.dispatch();
        let mut scores = logits.chunks_exact(NAMES + TRIGGERS).map(|row| {
            let (names, triggers) = row.split_at(NAMES);
            Scores { names: log_softmax(names), triggers: log_softmax(triggers) }
        });
        windows.iter().map(|window| scores.by_ref().take(window.heads.len()).collect()).collect()
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
        Normalise { x: &mut x, norm: &self.norm }.dispatch();
        x
    }

    /// Attention of each window to itself, head by head. `qkv`: `[pieces, 3 width]`; `context`: `[pieces, width]`.
    fn attend(
        &self,
        real: &GemmExecutor<f32, f32, f32>,
        windows: &[Window],
        qkv: &[f32],
        context: &mut [f32],
        (scores, totals, seen): (&mut Vec<f32>, &mut Vec<f32>, &mut Vec<f32>),
    ) {
        let width = self.width;
        let mut from = 0;
        let options = || GemmOptions { alpha: 1.0 / (HEAD as f32).sqrt(), ..GemmOptions::default() };
        for window in windows {
            let size = window.pieces.len();
            let scores = grown(scores, size * size);
            let totals = grown(totals, size);
            let seen = grown(seen, size * HEAD);
            for head in 0..width / HEAD {
                let view = |part: usize| {
                    let at = from * 3 * width + part * width + head * HEAD;
                    let data = qkv.get(at..).unwrap_or_default();
                    NdTensorView::from_slice_with_strides([size, HEAD], data, [3 * width, 1]).ok()
                };
                let (Some(queries), Some(keys), Some(values)) = (view(0), view(1), view(2)) else { continue };
                let (queries, keys) = (GemmInputA::Unpacked(queries), GemmInputB::Unpacked(keys.transposed()));
                fits(real.gemm(scores, queries, keys, options()));
                Exponentials { scores, totals }.dispatch();
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
}

/// The first `size` of a buffer's numbers, whatever they are.
fn grown<T: Copy + Default>(buffer: &mut Vec<T>, size: usize) -> &mut [T] {
    if buffer.len() < size {
        buffer.resize(size, T::default());
    }
    buffer.get_mut(..size).unwrap_or_default()
}

/// Matrices fit each other by construction (see [`Network::load`]); where they did not, the product would not be made.
fn fits<T>(product: Result<T, rten_gemm::GemmError>) {
    debug_assert!(product.is_ok(), "matrices fit each other");
}

impl Linear {
    fn load(
        executor: &GemmExecutor<u8, i8, i32>,
        tensors: &SafeTensors<'_>,
        name: &str,
        inputs: usize,
    ) -> Result<Self, ModelError> {
        let weights = bytes(tensors, &format!("{name}.weight"))?;
        let scales = floats(tensors, &format!("{name}.scale"))?;
        let bias = floats(tensors, &format!("{name}.bias"))?;
        check(name, weights.len() == inputs * scales.len() && bias.len() == scales.len())?;
        let mut weight_sums = vec![0; scales.len()];
        for row in weights.chunks_exact(scales.len().max(1)) {
            for (sum, weight) in weight_sums.iter_mut().zip(row) {
                *sum += i32::from(*weight);
            }
        }
        let weights = executor.prepack_b(NdTensorView::from_data([inputs, scales.len()], weights.as_slice()));
        Ok(Self { weights, scales, bias, weight_sums, inputs })
    }

    fn outputs(&self) -> usize {
        self.scales.len()
    }

    /// The sums of products of each row with each output: `[rows, outputs]`. The zero points are taken off later.
    fn multiply<'a>(
        &self,
        executor: &GemmExecutor<u8, i8, i32>,
        input: &Whole,
        sums: &'a mut Vec<i32>,
    ) -> &'a mut [i32] {
        let rows = input.rows.len();
        let sums = grown(sums, rows * self.outputs());
        let values = input.values.get(..rows * self.inputs).unwrap_or_default();
        // Packed here, once; the product would do so anew for each group of columns.
        let values = executor.prepack_a(NdTensorView::from_data([rows, self.inputs], values));
        fits(executor.gemm(
            sums,
            GemmInputA::Packed(&values),
            GemmInputB::Packed(&self.weights),
            GemmOptions::default(),
        ));
        sums
    }

    /// What this layer makes of `input` is added to `x`, which is normalised and becomes the next input.
    fn add(
        &self,
        executor: &GemmExecutor<u8, i8, i32>,
        input: &mut Whole,
        sums: &mut Vec<i32>,
        norm: &Norm,
        x: &mut [f32],
    ) {
        let sums = self.multiply(executor, input, sums);
        AddNormalise { sums, linear: self, norm, x, whole: input }.dispatch();
    }

    /// What this layer makes of `input`, through GELU.
    fn activate(
        &self,
        executor: &GemmExecutor<u8, i8, i32>,
        input: &Whole,
        sums: &mut Vec<i32>,
        row: &mut Vec<f32>,
        out: &mut Whole,
    ) {
        let sums = self.multiply(executor, input, sums);
        out.resize(input.rows.len(), self.outputs());
        Activate { sums, input, linear: self, row: grown(row, self.outputs()), out }.dispatch();
    }
}

impl Whole {
    fn resize(&mut self, rows: usize, columns: usize) {
        grown(&mut self.values, rows * columns);
        self.rows.resize(rows, Row::default());
        self.columns = columns;
    }

    /// The rows of `x`, each of `columns` numbers.
    fn take(&mut self, x: &[f32], columns: usize) {
        self.resize(x.len() / columns, columns);
        Quantise { x, out: self }.dispatch();
    }
}

// The loops below are plain and work row by row, so that each stays in the processor's nearest cache; they are compiled
// for the processor's widest registers.

/// How many numbers are worked on side by side.
const LANES: usize = 16;

/// The rows of `x` as whole numbers.
struct Quantise<'a> {
    x: &'a [f32],
    out: &'a mut Whole,
}

impl SimdOp for Quantise<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let Whole { values, columns, rows } = self.out;
        for ((x, values), row) in self.x.chunks_exact(*columns).zip(values.chunks_exact_mut(*columns)).zip(rows) {
            *row = quantise(isa, x, values);
        }
    }
}

/// Whole sums as real numbers with the bias: `[rows, outputs]`.
struct Dequantise<'a> {
    sums: &'a [i32],
    input: &'a Whole,
    linear: &'a Linear,
    out: &'a mut [f32],
}

impl SimdOp for Dequantise<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        let size = self.linear.outputs();
        let rows = self.sums.chunks_exact(size).zip(self.out.chunks_exact_mut(size));
        for ((sums, out), row) in rows.zip(&self.input.rows) {
            dequantise(sums, *row, self.linear, out, |_, new| new);
        }
    }
}

/// Whole sums are added to the rows of `x`, which are normalised and also become whole numbers.
struct AddNormalise<'a> {
    sums: &'a [i32],
    linear: &'a Linear,
    norm: &'a Norm,
    x: &'a mut [f32],
    /// What the sums were made of before, the normalised rows after.
    whole: &'a mut Whole,
}

impl SimdOp for AddNormalise<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let size = self.linear.outputs();
        self.whole.resize(self.whole.rows.len(), size);
        let rows = self.sums.chunks_exact(size).zip(self.x.chunks_exact_mut(size));
        for (((sums, x), values), row) in rows.zip(self.whole.values.chunks_exact_mut(size)).zip(&mut self.whole.rows) {
            dequantise(sums, *row, self.linear, x, |old, new| old + new);
            normalise(x, self.norm);
            *row = quantise(isa, x, values);
        }
    }
}

/// Whole sums through GELU, as whole numbers again.
struct Activate<'a> {
    sums: &'a [i32],
    input: &'a Whole,
    linear: &'a Linear,
    /// Room for one row.
    row: &'a mut [f32],
    out: &'a mut Whole,
}

impl SimdOp for Activate<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let size = self.linear.outputs();
        let rows = self.sums.chunks_exact(size).zip(&self.input.rows);
        for (((sums, old), values), new) in rows.zip(self.out.values.chunks_exact_mut(size)).zip(&mut self.out.rows) {
            dequantise(sums, *old, self.linear, self.row, |_, new| gelu(new));
            *new = quantise(isa, self.row, values);
        }
    }
}

/// The exponentials of the scores, `[rows, columns]`, and the sum of each row.
struct Exponentials<'a> {
    scores: &'a mut [f32],
    totals: &'a mut [f32],
}

impl SimdOp for Exponentials<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        for score in &mut *self.scores {
            *score = exponential(*score);
        }
        let columns = self.scores.len() / self.totals.len().max(1);
        for (row, total) in self.scores.chunks_exact(columns).zip(self.totals) {
            let mut sums = [0.0; LANES];
            let (parts, rest) = row.as_chunks::<LANES>();
            for part in parts {
                for (sum, x) in sums.iter_mut().zip(part) {
                    *sum += x;
                }
            }
            *total = sums.iter().sum::<f32>() + rest.iter().sum::<f32>();
        }
    }
}

/// LayerNorm (Ba et al. 2016) of each row of `x`.
struct Normalise<'a> {
    x: &'a mut [f32],
    norm: &'a Norm,
}

impl SimdOp for Normalise<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        for row in self.x.chunks_exact_mut(self.norm.scale.len()) {
            normalise(row, self.norm);
        }
    }
}

/// Each number of `out` becomes what `join` makes of it and of the real number behind a sum.
#[inline(always)]
fn dequantise(sums: &[i32], row: Row, linear: &Linear, out: &mut [f32], join: impl Fn(f32, f32) -> f32) {
    let Linear { scales, bias, weight_sums, .. } = linear;
    for ((((sum, out), scale), bias), weights) in sums.iter().zip(out).zip(scales).zip(bias).zip(weight_sums) {
        *out = join(*out, (sum - row.zero * weights) as f32 * (scale * row.scale) + bias);
    }
}

#[inline(always)]
fn normalise(row: &mut [f32], norm: &Norm) {
    let (mut sum, mut square) = ([0.0; LANES], [0.0; LANES]);
    for part in row.chunks_exact(LANES) {
        for ((sum, square), x) in sum.iter_mut().zip(&mut square).zip(part) {
            *sum += x;
            *square += x * x;
        }
    }
    let width = row.len() as f32;
    let mean = sum.iter().sum::<f32>() / width;
    let variance = square.iter().sum::<f32>() / width - mean * mean;
    let factor = 1.0 / (variance.max(0.0) + EPSILON).sqrt();
    for ((x, scale), bias) in row.iter_mut().zip(&norm.scale).zip(&norm.bias) {
        *x = (*x - mean) * factor * scale + bias;
    }
}

/// Added to a number below 2^22 it leaves the number, rounded, in the lowest bits of the sum.
const ROUND: f32 = 12_582_912.0;

/// A row as whole numbers from 0 to 255.
#[inline(always)]
fn quantise<I: Isa>(isa: I, x: &[f32], out: &mut [u8]) -> Row {
    let ops = isa.f32();
    let (mut low, mut high) = (ops.splat(0.0), ops.splat(f32::MIN_POSITIVE));
    for part in x.chunks_exact(ops.len()) {
        let part = ops.load(part);
        (low, high) = (ops.min(low, part), ops.max(high, part));
    }
    let least = low.to_array().into_iter().fold(0.0, f32::min);
    let most = high.to_array().into_iter().fold(f32::MIN_POSITIVE, f32::max);
    let scale = (most - least) / 255.0;
    let shift = (-least / scale).round();
    let factor = 1.0 / scale;
    for (out, x) in out.iter_mut().zip(x) {
        let y = x * factor + shift;
        let y = if y < 0.0 { 0.0 } else { y };
        let y = if y > 255.0 { 255.0 } else { y };
        *out = (y + ROUND).to_bits() as u8;
    }
    Row { scale, zero: shift as i32 }
}

/// Scores of attention are a few tens at most; up to here their exponentials are safely inside the numbers there are, so
/// that the greatest score of a row need not be taken off first.
const MOST_SCORE: f32 = 60.0;

/// `e^x` within 3 millionths of itself: two to a whole power, which is the number's exponent, and to the rest, for which
/// the polynomial has the least greatest error of its degree.
#[inline(always)]
fn exponential(x: f32) -> f32 {
    let x = if x < -MOST_SCORE { -MOST_SCORE } else { x };
    let x = if x > MOST_SCORE { MOST_SCORE } else { x };
    let power = x * std::f32::consts::LOG2_E;
    let whole = power + ROUND;
    let rest = power - (whole - ROUND);
    let p = 5.591_79e-2 + 9.570_104e-3 * rest;
    let p = 0.240_247_45 + p * rest;
    let p = 0.693_121_8 + p * rest;
    let p = 0.999_999_3 + p * rest;
    f32::from_bits(p.to_bits().wrapping_add(whole.to_bits() << 23))
}

/// Where the polynomial of [`gelu`] ends: beyond, the normal distribution is taken as 0 or 1.
const TAIL: f32 = 3.6;

/// GELU (Hendrycks and Gimpel 2016), `x` times the normal distribution's share below it, within 0.0006: finer than the
/// whole numbers that follow. The odd polynomial has the least greatest error of its degree and is 1/2 at [`TAIL`].
#[inline(always)]
fn gelu(x: f32) -> f32 {
    let t = if x < -TAIL { -TAIL } else { x };
    let t = if t > TAIL { TAIL } else { t };
    let s = t * t;
    let p = 2.530_681e-5 - 4.470_067_7e-7 * s;
    let p = -5.959_974e-4 + p * s;
    let p = 7.717_432_6e-3 + p * s;
    let p = -6.224_350_2e-2 + p * s;
    let p = 0.396_188_7 + p * s;
    x * (0.5 + t * p)
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

fn check(name: &str, fits: bool) -> Result<(), ModelError> {
    if fits { Ok(()) } else { Err(ModelError::Damaged(format!("{name} has another size than the rest asks for"))) }
}

fn bytes(tensors: &SafeTensors<'_>, name: &str) -> Result<Vec<i8>, ModelError> {
    Ok(tensors.tensor(name)?.data().iter().map(|byte| byte.cast_signed()).collect())
}

fn floats(tensors: &SafeTensors<'_>, name: &str) -> Result<Vec<f32>, ModelError> {
    let (groups, rest) = tensors.tensor(name)?.data().as_chunks::<4>();
    check(name, rest.is_empty())?;
    Ok(groups.iter().map(|group| f32::from_le_bytes(*group)).collect())
}
