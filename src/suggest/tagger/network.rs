//! The tagger's network: a BERT encoder (Devlin et al. 2019) with a word-shape embedding beside its word pieces and two
//! heads on the first piece of each word. Weights are 8-bit, one scale an output; activations are quantised by row.
//!
//! Weights keep to 7 bits, so that the sums of two products that processors without VNNI form stay inside 16 bits: the
//! whole-number products are the same on every processor.

use std::cell::RefCell;

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::{Isa, SimdOp, SimdUnaryOp};
use rten_tensor::NdTensorView;
use rten_vecmath::{Gelu, Softmax};
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

/// Buffers that a run uses again from layer to layer, and a thread from run to run.
#[derive(Default)]
struct Buffers {
    input: Whole,
    inner: Whole,
    sums: Vec<i32>,
    wide: Vec<f32>,
    narrow: Vec<f32>,
    context: Vec<f32>,
    scores: Vec<f32>,
    seen: Vec<f32>,
}

thread_local! {
    static BUFFERS: RefCell<Buffers> = RefCell::default();
}

/// A matrix of whole numbers from 0 to 255: each row with a scale and with what stands for zero.
#[derive(Default)]
struct Whole {
    values: Vec<u8>,
    scales: Vec<f32>,
    zeros: Vec<i32>,
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
        let mut x = self.embed(windows);
        let Buffers { input, inner, sums, wide, narrow, context, scores, seen } = buffers;
        for (index, layer) in self.layers.iter().enumerate() {
            input.take(&x, self.width);
            layer.qkv.multiply(&whole, input, sums);
            layer.qkv.finish(input, sums, wide);
            self.attend(&real, windows, wide, context, (scores, seen));
            if index + 1 == self.layers.len() {
                // What follows looks at the words' first pieces alone.
                x = self.heads_of(windows, &x);
                *context = self.heads_of(windows, context);
            }
            input.take(context, self.width);
            layer.out.multiply(&whole, input, sums);
            layer.out.finish(input, sums, narrow);
            layer.norm1.add(&mut x, narrow);
            input.take(&x, self.width);
            layer.up.multiply(&whole, input, sums);
            layer.up.activate(input, sums, inner);
            layer.down.multiply(&whole, inner, sums);
            layer.down.finish(inner, sums, narrow);
            layer.norm2.add(&mut x, narrow);
        }
        input.take(&x, self.width);
        self.heads.multiply(&whole, input, sums);
        self.heads.finish(input, sums, narrow);
        let mut scores = narrow.chunks_exact(NAMES + TRIGGERS).map(|row| {
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
        Normalise { x: &mut x, y: None, norm: &self.norm }.dispatch();
        x
    }

    /// Attention of each window to itself, head by head. `qkv`: `[pieces, 3 width]`; `context`: `[pieces, width]`.
    fn attend(
        &self,
        real: &GemmExecutor<f32, f32, f32>,
        windows: &[Window],
        qkv: &[f32],
        context: &mut Vec<f32>,
        (scores, seen): (&mut Vec<f32>, &mut Vec<f32>),
    ) {
        let width = self.width;
        context.clear();
        context.resize(qkv.len() / 3, 0.0);
        let mut from = 0;
        let options = || GemmOptions { alpha: 1.0 / (HEAD as f32).sqrt(), ..GemmOptions::default() };
        for window in windows {
            let size = window.pieces.len();
            scores.resize(size * size, 0.0);
            seen.resize(size * HEAD, 0.0);
            for head in 0..width / HEAD {
                let view = |part: usize| {
                    let at = from * 3 * width + part * width + head * HEAD;
                    let data = qkv.get(at..).unwrap_or_default();
                    NdTensorView::from_slice_with_strides([size, HEAD], data, [3 * width, 1]).ok()
                };
                let (Some(queries), Some(keys), Some(values)) = (view(0), view(1), view(2)) else { continue };
                let (queries, keys) = (GemmInputA::Unpacked(queries), GemmInputB::Unpacked(keys.transposed()));
                // The sizes fit by construction; an error would leave the buffer as it was.
                let _ = real.gemm(scores, queries, keys, options());
                for row in scores.chunks_exact_mut(size) {
                    Softmax::new_mut(row).dispatch();
                }
                let weights = NdTensorView::from_data([size, size], scores.as_slice());
                let values = GemmInputB::Unpacked(values);
                let _ = real.gemm(seen, GemmInputA::Unpacked(weights), values, GemmOptions::default());
                let rows = context.chunks_exact_mut(width).skip(from);
                for (row, seen) in rows.zip(seen.chunks_exact(HEAD)) {
                    if let Some(slot) = row.get_mut(head * HEAD..(head + 1) * HEAD) {
                        slot.copy_from_slice(seen);
                    }
                }
            }
            from += size;
        }
    }
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

    /// The sums of products of each row with each output: `[rows, outputs]`.
    fn multiply(&self, executor: &GemmExecutor<u8, i8, i32>, input: &Whole, sums: &mut Vec<i32>) {
        let rows = input.scales.len();
        sums.resize(rows * self.outputs(), 0);
        let input = GemmInputA::Unpacked(NdTensorView::from_data([rows, self.inputs], input.values.as_slice()));
        // The sizes fit by construction; an error would leave the buffer as it was. The zero points are taken off later.
        let _ = executor.gemm(sums, input, GemmInputB::Packed(&self.weights), GemmOptions::default());
    }

    /// The sums as real numbers with the bias: `[rows, outputs]`.
    fn finish(&self, input: &Whole, sums: &[i32], out: &mut Vec<f32>) {
        out.resize(sums.len(), 0.0);
        Dequantise { sums, scales: &input.scales, zeros: &input.zeros, linear: self, out }.dispatch();
    }

    /// The sums through GELU (Hendrycks and Gimpel 2016), as whole numbers again; row by row, so that each stays in the
    /// processor's nearest cache.
    fn activate(&self, input: &Whole, sums: &[i32], out: &mut Whole) {
        let size = self.outputs();
        out.resize(input.scales.len(), size);
        let mut row = vec![0.0; size];
        let inputs = sums.chunks_exact(size).zip(input.scales.chunks(1)).zip(input.zeros.chunks(1));
        let outputs = out.values.chunks_exact_mut(size).zip(out.scales.chunks_mut(1)).zip(out.zeros.chunks_mut(1));
        for (((sums, scales), zeros), ((values, new_scales), new_zeros)) in inputs.zip(outputs) {
            Dequantise { sums, scales, zeros, linear: self, out: &mut row }.dispatch();
            Gelu {}.map_mut(row.as_mut_slice());
            Quantise { x: &row, size, out: values, scales: new_scales, zeros: new_zeros }.dispatch();
        }
    }
}

impl Whole {
    fn resize(&mut self, rows: usize, size: usize) {
        self.values.resize(rows * size, 0);
        self.scales.resize(rows, 0.0);
        self.zeros.resize(rows, 0);
    }

    /// The rows of `x`, each of `size` numbers.
    fn take(&mut self, x: &[f32], size: usize) {
        self.resize(x.len() / size, size);
        Quantise { x, size, out: &mut self.values, scales: &mut self.scales, zeros: &mut self.zeros }.dispatch();
    }
}

impl Norm {
    /// `x` becomes the norm of `x + y`, row by row.
    fn add(&self, x: &mut [f32], y: &[f32]) {
        Normalise { x, y: Some(y), norm: self }.dispatch();
    }
}

/// Rows as whole numbers from 0 to 255, each row with a scale and with what stands for zero. The loops here and below are
/// plain; they are compiled for the processor's widest registers.
struct Quantise<'a> {
    x: &'a [f32],
    /// How many numbers a row has.
    size: usize,
    out: &'a mut [u8],
    scales: &'a mut [f32],
    zeros: &'a mut [i32],
}

/// Added to a number below 2^22 it leaves the number, rounded, in the lowest bits of the sum.
const ROUND: f32 = 12_582_912.0;

impl SimdOp for Quantise<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        let rows = self.x.chunks_exact(self.size).zip(self.out.chunks_exact_mut(self.size));
        for (((row, out), scale), zero) in rows.zip(self.scales).zip(self.zeros) {
            let (mut least, mut most) = ([0.0_f32; LANES], [f32::MIN_POSITIVE; LANES]);
            for part in row.chunks_exact(LANES) {
                for ((least, most), x) in least.iter_mut().zip(&mut most).zip(part) {
                    *least = if *x < *least { *x } else { *least };
                    *most = if *x > *most { *x } else { *most };
                }
            }
            let least = least.iter().copied().fold(0.0, f32::min);
            let most = most.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
            *scale = (most - least) / 255.0;
            let shift = (-least / *scale).round();
            *zero = shift as i32;
            let factor = 1.0 / *scale;
            for (out, x) in out.iter_mut().zip(row) {
                let y = x * factor + shift;
                let y = if y < 0.0 { 0.0 } else { y };
                let y = if y > 255.0 { 255.0 } else { y };
                *out = (y + ROUND).to_bits() as u8;
            }
        }
    }
}

/// Whole sums as real numbers with the bias.
struct Dequantise<'a> {
    sums: &'a [i32],
    /// For each row its scale and what stands for zero in it.
    scales: &'a [f32],
    zeros: &'a [i32],
    linear: &'a Linear,
    out: &'a mut [f32],
}

impl SimdOp for Dequantise<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        let size = self.linear.outputs();
        let rows = self.sums.chunks_exact(size).zip(self.out.chunks_exact_mut(size)).zip(self.scales).zip(self.zeros);
        let Linear { scales, bias, weight_sums, .. } = self.linear;
        for (((sums, out), row), zero) in rows {
            for ((((sum, out), scale), bias), weights) in sums.iter().zip(out).zip(scales).zip(bias).zip(weight_sums) {
                *out = (sum - zero * weights) as f32 * (scale * row) + bias;
            }
        }
    }
}

/// LayerNorm (Ba et al. 2016) of `x + y`, row by row, in place.
struct Normalise<'a> {
    x: &'a mut [f32],
    y: Option<&'a [f32]>,
    norm: &'a Norm,
}

/// How many partial sums are kept side by side.
const LANES: usize = 16;

impl SimdOp for Normalise<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        let width = self.norm.scale.len();
        if let Some(y) = self.y {
            for (x, y) in self.x.iter_mut().zip(y) {
                *x += y;
            }
        }
        for row in self.x.chunks_exact_mut(width) {
            let (mut sum, mut square) = ([0.0; LANES], [0.0; LANES]);
            for part in row.chunks_exact(LANES) {
                for ((sum, square), x) in sum.iter_mut().zip(&mut square).zip(part) {
                    *sum += x;
                    *square += x * x;
                }
            }
            let mean = sum.iter().sum::<f32>() / width as f32;
            let variance = square.iter().sum::<f32>() / width as f32 - mean * mean;
            let factor = 1.0 / (variance.max(0.0) + EPSILON).sqrt();
            for ((x, scale), bias) in row.iter_mut().zip(&self.norm.scale).zip(&self.norm.bias) {
                *x = (*x - mean) * factor * scale + bias;
            }
        }
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
