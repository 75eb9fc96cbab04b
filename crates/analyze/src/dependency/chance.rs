//! How much of what holds would hold by chance.
//!
//! Among many candidates some hold by luck, above all those that few rows could refute, and those whose dependent is nearly
//! always the same. So what is found is compared with what would be expected if no column had to do with another: the
//! expected number of candidates that do as well, of all that have a determinant as large (Bonferroni's correction for the
//! number of candidates; the E-value of BLAST: Karlin and Altschul, *Methods for assessing the statistical significance of
//! molecular sequence features by using general scoring schemes*, PNAS 87, 1990). To list only what is expected less than
//! once is to list less than about one dependency of each size by chance.

use super::partition::Column;

/// How likely it is that two rows agree in a column: the share of pairs of rows that do.
pub(super) fn coincidence(column: &Column) -> f64 {
    let mut counts = vec![0_u64; column.bound];
    for code in &column.codes {
        counts[*code as usize] += 1;
    }
    let pairs = |rows: u64| rows as f64 * rows.saturating_sub(1) as f64;
    let all = pairs(column.codes.len() as u64);
    if all == 0.0 {
        return 1.0;
    }
    counts.into_iter().map(pairs).sum::<f64>() / all
}

/// How many candidates of a table of so many columns, with a determinant of this size, would be expected to do as well.
///
/// The rows of a cluster agree with its first one, each by a luck of its own: that is `trials` times, of which so many may
/// have failed. In larger clusters they agree a little more easily, since a frequent value is in all of them; what is
/// expected is then told too low, and too much is listed rather than too little.
pub(super) fn expected(columns: usize, size: usize, trials: usize, failed: usize, coincidence: f64) -> f64 {
    candidates(columns, size) * luck(trials as f64, failed as f64, coincidence)
}

/// Dependents, times the sets of so many of the other columns.
fn candidates(columns: usize, size: usize) -> f64 {
    let others = columns.saturating_sub(1);
    (0..size).fold(columns as f64, |sets, place| {
        sets * others.saturating_sub(place) as f64 / (place + 1) as f64
    })
}

/// How likely it is that no more trials fail, when each succeeds with this probability: Chernoff's bound, which is exact
/// where none fails.
fn luck(trials: f64, failed: f64, probability: f64) -> f64 {
    let share = (trials - failed) / trials;
    if trials == 0.0 || share <= probability {
        return 1.0;
    }
    if probability == 0.0 {
        return 0.0;
    }
    let of_failures = match 1.0 - share {
        0.0 => 0.0,
        failures => failures * (failures / (1.0 - probability)).ln(),
    };
    (-trials * (share * (share / probability).ln() + of_failures)).exp()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dependency::Nulls;

    fn near(one: f64, other: f64) {
        assert!(
            (one - other).abs() <= 1e-9 * other.abs(),
            "{one} instead of {other}"
        );
    }

    #[test]
    fn coincidences() {
        let check = |codes: &[u32], nulls, expect| near(coincidence(&Column::new(codes, nulls)), expect);
        check(&[1, 1, 2, 2], Nulls::Equal, 1.0 / 3.0);
        check(&[1, 2, 3], Nulls::Equal, 0.0);
        check(&[0, 0, 0], Nulls::Equal, 1.0);
        check(&[0, 0, 0], Nulls::Distinct, 0.0);
        check(&[1], Nulls::Equal, 1.0);
    }

    #[test]
    fn expectations() {
        // 30 columns have 29 · 28 · 27 / 6 sets of three others each.
        near(expected(30, 3, 0, 0, 0.5), 30.0 * 3654.0);
        near(expected(30, 3, 5, 0, 0.125), 30.0 * 3654.0 / 32768.0);
        near(expected(10, 1, 180, 0, 0.0), 0.0);
        near(expected(10, 1, 7, 0, 1.0), 90.0);
        near(expected(2, 0, 1, 0, 0.5), 1.0);
        // As many failures as were to be expected are no wonder, and fewer are less of one than none.
        near(expected(2, 1, 10, 5, 0.5), 2.0);
        assert!(expected(2, 1, 100, 1, 0.5) < 1e-25);
        assert!(expected(2, 1, 100, 1, 0.5) > expected(2, 1, 100, 0, 0.5));
        near(expected(2, 1, 3, 9, 0.5), 2.0);
        // There are no more columns than there are.
        near(expected(3, 5, 3, 0, 0.5), 0.0);
    }
}
