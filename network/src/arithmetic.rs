//! The arithmetic of the network: products of 8-bit whole numbers, and the loops between them. Weights are 8-bit, one
//! scale an output; activations are quantised by row.
//!
//! Weights keep to 7 bits, so that the sums of two products that processors without VNNI form stay inside 16 bits: the
//! whole-number products are the same on every processor.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::ops::{BitOps, NumOps};
use rten_simd::{Isa, Simd, SimdOp};
use rten_tensor::NdTensorView;
use safetensors::SafeTensors;

use crate::error::ModelError;

/// A layer of weights: `[inputs, outputs]` packed, and for each output a scale, a bias and the sum of its weights.
pub struct Linear {
    weights: PackedBMatrix<i8>,
    scales: Vec<f32>,
    bias: Vec<f32>,
    weight_sums: Vec<i32>,
    inputs: usize,
}

/// Scale and bias of LayerNorm (Ba et al. 2016).
pub struct Norm {
    scale: Vec<f32>,
    bias: Vec<f32>,
}

/// A matrix of whole numbers from 0 to 255: each row with a scale and with what stands for zero.
#[derive(Clone, Debug, Default)]
pub struct QuantisedMatrix {
    /// `[rows, columns]`, and perhaps more from an earlier use.
    values: Vec<u8>,
    columns: usize,
    rows: Vec<Row>,
}

/// What a row of whole numbers means: a number is its distance from `zero`, times `scale`.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    scale: f32,
    zero: i32,
}

/// What LayerNorm adds to the variance.
const EPSILON: f32 = 1e-12;

/// The first `size` of a buffer's numbers, whatever they are.
pub(crate) fn grown<T: Copy + Default>(buffer: &mut Vec<T>, size: usize) -> &mut [T] {
    if buffer.len() < size {
        buffer.resize(size, T::default());
    }
    buffer.get_mut(..size).unwrap_or_default()
}

/// Matrices fit each other by construction, since sizes are checked when the weights are read; where they did not, the
/// product would not be made.
pub(crate) fn fits<T>(product: Result<T, rten_gemm::GemmError>) {
    debug_assert!(product.is_ok(), "matrices fit each other");
}

impl Linear {
    /// Reads the weights of a layer. Errors where they do not fit its `inputs`.
    pub fn load(
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

    /// How many numbers come out.
    pub fn outputs(&self) -> usize {
        self.scales.len()
    }

    /// The sums of products of each row with each output: `[rows, outputs]`. The zero points are taken off later.
    fn multiply<'a>(
        &self,
        executor: &GemmExecutor<u8, i8, i32>,
        input: &QuantisedMatrix,
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

    /// What this layer makes of `input`: `[rows, outputs]`.
    pub fn real<'a>(
        &self,
        executor: &GemmExecutor<u8, i8, i32>,
        input: &QuantisedMatrix,
        sums: &mut Vec<i32>,
        out: &'a mut Vec<f32>,
    ) -> &'a mut [f32] {
        let sums = self.multiply(executor, input, sums);
        let out = grown(out, sums.len());
        Dequantise { sums, input, linear: self, out }.dispatch();
        out
    }

    /// What this layer makes of `input` is added to `x`, which is normalised and becomes the next input.
    pub fn add(
        &self,
        executor: &GemmExecutor<u8, i8, i32>,
        input: &mut QuantisedMatrix,
        sums: &mut Vec<i32>,
        norm: &Norm,
        x: &mut [f32],
    ) {
        let sums = self.multiply(executor, input, sums);
        AddNormalise { sums, linear: self, norm, x, whole: input }.dispatch();
    }

    /// What this layer makes of `input`, through GELU.
    pub fn activate(
        &self,
        executor: &GemmExecutor<u8, i8, i32>,
        input: &QuantisedMatrix,
        sums: &mut Vec<i32>,
        row: &mut Vec<f32>,
        out: &mut QuantisedMatrix,
    ) {
        let sums = self.multiply(executor, input, sums);
        out.resize(input.rows.len(), self.outputs());
        Activate { sums, input, linear: self, row: grown(row, self.outputs()), out }.dispatch();
    }
}

impl Norm {
    /// Reads scale and bias of `width` numbers.
    pub fn load(tensors: &SafeTensors<'_>, name: &str, width: usize) -> Result<Self, ModelError> {
        let norm =
            Self { scale: floats(tensors, &format!("{name}.scale"))?, bias: floats(tensors, &format!("{name}.bias"))? };
        check(name, norm.scale.len() == width && norm.bias.len() == width)?;
        Ok(norm)
    }

    /// Normalises each row of `x`.
    pub fn apply(&self, x: &mut [f32]) {
        Normalise { x, norm: self }.dispatch();
    }
}

impl QuantisedMatrix {
    fn resize(&mut self, rows: usize, columns: usize) {
        grown(&mut self.values, rows * columns);
        self.rows.resize(rows, Row::default());
        self.columns = columns;
    }

    /// A copy of some of the rows.
    pub fn part(&self, rows: std::ops::Range<usize>) -> Self {
        let values = self.values.get(rows.start * self.columns..rows.end * self.columns).unwrap_or_default().to_vec();
        Self { values, columns: self.columns, rows: self.rows.get(rows).unwrap_or_default().to_vec() }
    }

    /// The rows of another behind these; of as many columns.
    pub fn append(&mut self, other: Self) {
        self.columns = other.columns;
        self.values.extend(other.values);
        self.rows.extend(other.rows);
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The mean of some rows as real numbers; zeros where there are none.
    pub fn mean(&self, rows: std::ops::Range<usize>) -> Vec<f32> {
        let mut sum = vec![0.0; self.columns];
        let count = rows.len().max(1) as f32;
        let values = self.values.chunks_exact(self.columns.max(1)).zip(&self.rows);
        for (values, row) in values.skip(rows.start).take(rows.len()) {
            for (sum, value) in sum.iter_mut().zip(values) {
                *sum += (i32::from(*value) - row.zero) as f32 * row.scale / count;
            }
        }
        sum
    }

    /// The rows of `x`, each of `columns` numbers.
    pub fn take(&mut self, x: &[f32], columns: usize) {
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
    out: &'a mut QuantisedMatrix,
}

impl SimdOp for Quantise<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let QuantisedMatrix { values, columns, rows } = self.out;
        for ((x, values), row) in self.x.chunks_exact(*columns).zip(values.chunks_exact_mut(*columns)).zip(rows) {
            *row = quantise(isa, x, values);
        }
    }
}

/// Sums of whole numbers as real numbers with the bias: `[rows, outputs]`.
struct Dequantise<'a> {
    sums: &'a [i32],
    input: &'a QuantisedMatrix,
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

/// Sums of whole numbers are added to the rows of `x`, which are normalised and also become whole numbers.
struct AddNormalise<'a> {
    sums: &'a [i32],
    linear: &'a Linear,
    norm: &'a Norm,
    x: &'a mut [f32],
    /// What the sums were made of before, the normalised rows after.
    whole: &'a mut QuantisedMatrix,
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

/// Sums of whole numbers through GELU, as whole numbers again.
struct Activate<'a> {
    sums: &'a [i32],
    input: &'a QuantisedMatrix,
    linear: &'a Linear,
    /// Room for one row.
    row: &'a mut [f32],
    out: &'a mut QuantisedMatrix,
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

/// The exponentials of the scores, `[rows, columns]`, in their place, and the sum of each row.
pub(crate) fn exponentials(scores: &mut [f32], totals: &mut [f32]) {
    Exponentials { scores, totals }.dispatch();
}

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

/// LayerNorm of each row of `x`.
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

/// The error of a tensor whose size does not fit.
pub fn check(name: &str, fits: bool) -> Result<(), ModelError> {
    if fits { Ok(()) } else { Err(ModelError::Damaged(format!("{name} has another size than the rest asks for"))) }
}

pub(crate) fn bytes(tensors: &SafeTensors<'_>, name: &str) -> Result<Vec<i8>, ModelError> {
    Ok(tensors.tensor(name)?.data().iter().map(|byte| byte.cast_signed()).collect())
}

/// A tensor of real numbers.
pub fn floats(tensors: &SafeTensors<'_>, name: &str) -> Result<Vec<f32>, ModelError> {
    let (groups, rest) = tensors.tensor(name)?.data().as_chunks::<4>();
    check(name, rest.is_empty())?;
    Ok(groups.iter().map(|group| f32::from_le_bytes(*group)).collect())
}
