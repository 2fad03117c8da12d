//! Ridge regression (Hoerl and Kennard 1970), learned a row at a time and solved in closed form.

/// What rows with their targets add up to. The same rows in the same order give the same numbers on every processor.
#[derive(Clone, Debug, Default)]
pub struct Ridge {
    columns: usize,
    targets: usize,
    /// The lower half of the sum of the rows' outer products, row by row: `columns * (columns + 1) / 2`.
    products: Vec<f64>,
    /// `[columns, targets]`.
    sums: Vec<f64>,
}

impl Ridge {
    /// Of rows of `columns` numbers, each with as many targets.
    pub fn new(columns: usize, targets: usize) -> Self {
        let products = vec![0.0; columns * (columns + 1) / 2];
        Self { columns, targets, products, sums: vec![0.0; columns * targets] }
    }

    /// Learns a row, which counts as much as `weight` says. What is missing in it counts as 0.
    pub fn add(&mut self, row: &[f32], targets: &[f32], weight: f32) {
        let mut rest = self.products.as_mut_slice();
        for (index, x) in row.iter().take(self.columns).enumerate() {
            let (products, behind) = std::mem::take(&mut rest).split_at_mut_checked(index + 1).unwrap_or_default();
            rest = behind;
            let x = f64::from(*x * weight);
            if x == 0.0 {
                continue;
            }
            products.iter_mut().zip(row).for_each(|(sum, other)| *sum += x * f64::from(*other));
        }
        for (sums, x) in self.sums.chunks_exact_mut(self.targets.max(1)).zip(row) {
            sums.iter_mut().zip(targets).for_each(|(sum, target)| *sum += f64::from(*x * weight * target));
        }
    }

    /// The weights of each target, `[targets, columns]`, with which rows come nearest to their targets where the squares
    /// of the weights cost `penalty`; none where that has no solution.
    pub fn solve(&self, penalty: f64) -> Option<Vec<Vec<f32>>> {
        let factor = self.factor(penalty)?;
        let solve = |target: usize| {
            let column: Vec<f64> = self.sums.iter().skip(target).step_by(self.targets.max(1)).copied().collect();
            substituted(&factor, column)
        };
        (0..self.targets).map(solve).collect()
    }

    /// How much each of the rows that it learned once counts in what is told of itself, 0 to 1. With the share `h` of a row of
    /// target `y`, of which `told` is told, `(told - h * y) / (1 - h)` would be told of it had it been left out.
    pub fn shares<'r>(&self, penalty: f64, rows: impl Iterator<Item = &'r [f32]>) -> Option<Vec<f64>> {
        let factor = self.factor(penalty)?;
        let share = |row: &[f32]| {
            let mut solved: Vec<f64> = Vec::with_capacity(self.columns);
            for (index, above) in factor.iter().enumerate() {
                let (diagonal, known) = above.split_last()?;
                let value = row.get(index).map_or(0.0, |value| f64::from(*value));
                solved.push((value - dot(known, &solved)) / diagonal);
            }
            Some(dot(&solved, &solved))
        };
        rows.map(share).collect()
    }

    /// The lower triangle of the Cholesky decomposition.
    fn factor(&self, penalty: f64) -> Option<Vec<Vec<f64>>> {
        let mut factor: Vec<Vec<f64>> = Vec::with_capacity(self.columns);
        let mut rest = self.products.as_slice();
        for index in 0..self.columns {
            let (products, behind) = rest.split_at_checked(index + 1)?;
            rest = behind;
            let mut row: Vec<f64> = Vec::with_capacity(index + 1);
            for (above, product) in factor.iter().zip(products) {
                let (diagonal, known) = above.split_last()?;
                row.push((product - dot(known, &row)) / diagonal);
            }
            let left = products.last()? + penalty - dot(&row, &row);
            row.push(if left > 0.0 { left.sqrt() } else { return None });
            factor.push(row);
        }
        Some(factor)
    }
}

/// The product of two of the same length, in several sums side by side, which a processor adds up at once.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    const LANES: usize = 8;
    let mut sums = [0.0; LANES];
    let (a, b) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest: f64 = a.remainder().iter().zip(b.remainder()).map(|(x, y)| x * y).sum();
    for (a, b) in a.zip(b) {
        sums.iter_mut().zip(a).zip(b).for_each(|((sum, x), y)| *sum += x * y);
    }
    sums.iter().sum::<f64>() + rest
}

/// Solves for `column` by the triangle and its transpose.
fn substituted(factor: &[Vec<f64>], mut column: Vec<f64>) -> Option<Vec<f32>> {
    for (index, row) in factor.iter().enumerate() {
        let (diagonal, known) = row.split_last()?;
        let solved = (column.get(index)? - dot(known, column.get(..index)?)) / diagonal;
        *column.get_mut(index)? = solved;
    }
    for (index, row) in factor.iter().enumerate().rev() {
        let (diagonal, known) = row.split_last()?;
        let solved = column.get(index)? / diagonal;
        *column.get_mut(index)? = solved;
        column.iter_mut().zip(known).for_each(|(sum, x)| *sum -= solved * x);
    }
    Some(column.into_iter().map(|x| x as f32).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_solve_the_normal_equations() {
        let rows: Vec<Vec<f32>> =
            (0..40).map(|i| (0..11).map(|j| ((i * 7 + j * 13 + i * j) % 17) as f32 / 8.0 - 1.0).collect()).collect();
        let target = |row: &[f32]| [row[0] - 2.0 * row[3], row[10]];
        let mut ridge = Ridge::new(11, 2);
        rows.iter().for_each(|row| ridge.add(row, &target(row), 1.0));
        let weights = ridge.solve(1e-6).unwrap();
        for row in &rows {
            for (weights, target) in weights.iter().zip(target(row)) {
                let told: f32 = weights.iter().zip(row).map(|(w, x)| w * x).sum();
                assert!((told - target).abs() < 1e-3, "{told} for {target}");
            }
        }
    }

    #[test]
    fn what_would_be_told_of_a_row_that_was_left_out() {
        let row =
            |i: usize| (0..5).map(|j| ((i * 5 + j * 3 + i * j * 7) % 11) as f32 / 4.0 - 1.0).collect::<Vec<f32>>();
        let rows: Vec<Vec<f32>> = (0..12).map(row).collect();
        let target = |row: &[f32]| if row[0] > row[1] { 1.0 } else { 0.0 };
        let told = |weights: &[Vec<f32>], row: &[f32]| -> f64 {
            weights[0].iter().zip(row).map(|(w, x)| f64::from(*w) * f64::from(*x)).sum()
        };
        let mut all = Ridge::new(5, 1);
        rows.iter().for_each(|row| all.add(row, &[target(row)], 1.0));
        let weights = all.solve(0.7).unwrap();
        let shares = all.shares(0.7, rows.iter().map(Vec::as_slice)).unwrap();
        for (index, (out, share)) in rows.iter().zip(shares).enumerate() {
            let mut others = Ridge::new(5, 1);
            let rest = rows.iter().enumerate().filter(|(other, _)| *other != index);
            rest.for_each(|(_, row)| others.add(row, &[target(row)], 1.0));
            let expected = told(&others.solve(0.7).unwrap(), out);
            let said = (told(&weights, out) - share * f64::from(target(out))) / (1.0 - share);
            assert!((said - expected).abs() < 1e-4, "{said} for {expected}");
        }
    }

    #[test]
    fn a_row_that_counts_twice_is_two_rows() {
        let (mut once, mut twice) = (Ridge::new(3, 1), Ridge::new(3, 1));
        once.add(&[1.0, 2.0, 0.5], &[1.0], 2.0);
        (0..2).for_each(|_| twice.add(&[1.0, 2.0, 0.5], &[1.0], 1.0));
        assert_eq!(once.solve(0.5), twice.solve(0.5));
        assert_eq!(Ridge::new(2, 1).solve(0.0), None, "nothing was learned and nothing is preferred");
    }
}
