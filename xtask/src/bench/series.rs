//! What was measured in several rounds.

use std::fmt;
use std::time::Duration;

/// How long something took, round by round. There is at least one round.
#[derive(Clone, Debug, Default)]
pub(crate) struct Series {
    milliseconds: Vec<f64>,
}

impl Series {
    /// Adds a round.
    pub(crate) fn push(&mut self, took: Duration) {
        self.milliseconds.push(took.as_secs_f64() * 1e3);
    }

    /// The one in the middle; the mean of the two in the middle of an even number.
    pub(crate) fn median(&self) -> f64 {
        median(&self.milliseconds)
    }

    /// How many times as long this took as the other: the median over the rounds, each compared with its neighbour.
    pub(crate) fn ratio_to(&self, other: &Series) -> f64 {
        let ratios: Vec<f64> = self
            .milliseconds
            .iter()
            .zip(&other.milliseconds)
            .map(|(this, other)| this / other)
            .collect();
        median(&ratios)
    }
}

/// Median, lowest and highest: `41 ms (38–57)`.
impl fmt::Display for Series {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lowest = self.milliseconds.iter().copied().fold(f64::INFINITY, f64::min);
        let highest = self.milliseconds.iter().copied().fold(0.0, f64::max);
        if self.median() >= 1e4 {
            write!(
                f,
                "{:.1} s ({:.1}–{:.1})",
                self.median() / 1e3,
                lowest / 1e3,
                highest / 1e3
            )
        } else if self.median() >= 100.0 {
            write!(f, "{:.0} ms ({lowest:.0}–{highest:.0})", self.median())
        } else {
            write!(f, "{:.1} ms ({lowest:.1}–{highest:.1})", self.median())
        }
    }
}

fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => f64::NAN,
        length if length % 2 == 1 => sorted[middle],
        _ => f64::midpoint(sorted[middle - 1], sorted[middle]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_are_compared_with_their_neighbours() {
        let series = |list: &[u64]| {
            let mut series = Series::default();
            list.iter().for_each(|it| series.push(Duration::from_millis(*it)));
            series
        };
        let (slow, quick) = (series(&[20, 400, 90]), series(&[10, 200, 30]));
        assert!((slow.ratio_to(&quick) - 2.0).abs() < 1e-9);
        assert_eq!(slow.to_string(), "90.0 ms (20.0–400.0)");
        assert_eq!(series(&[20_000, 30_000]).to_string(), "25.0 s (20.0–30.0)");
    }
}
