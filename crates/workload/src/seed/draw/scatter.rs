//! Orders that look like chance and visit everything exactly once.

use crate::seed::chance::Chance;

/// The numbers below a count in a scattered order: each exactly once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scatter {
    count: u64,
    step: u64,
}

impl Scatter {
    /// That of so many numbers.
    pub(super) fn new(count: u64) -> Scatter {
        // The golden section leaves the largest gaps between neighbours. From there it is never far to a step that has
        // no divisor in common with the count, and such a step comes to every number.
        let mut step = (u128::from(count) * 618_033_988_749 / 1_000_000_000_000) as u64;
        step = step.max(1);
        while greatest_common_divisor(step, count) > 1 {
            step += 1;
        }
        Scatter { count, step }
    }

    /// The number at a place of the order; none where the place is behind its end.
    pub(super) fn place(&self, chance: Chance, ordinal: u64) -> Option<u64> {
        if ordinal >= self.count {
            return None;
        }
        let offset = chance.at(0x5CA7).below(self.count);
        let place =
            (u128::from(ordinal) * u128::from(self.step) + u128::from(offset)) % u128::from(self.count);
        Some(place as u64)
    }
}

fn greatest_common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Sixty-four bits that look like chance, from others: no two numbers become the same.
pub(super) fn mixed(key: u64, number: u64) -> u64 {
    let mut bits = number.wrapping_add(key);
    bits = (bits ^ (bits >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    bits = (bits ^ (bits >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    (bits ^ (bits >> 33)) ^ key.rotate_left(32)
}

/// The `ordinal`-th of values of which none that `forbidden` knows by number may come, where there are `spare` of those:
/// whatever falls on the n-th of the forbidden is the n-th of all instead, and the count begins behind these. So each
/// value still comes at most once.
pub(super) fn around<T>(
    ordinal: u64,
    spare: usize,
    nth: impl Fn(u64) -> Option<T>,
    forbidden: impl Fn(&T) -> Option<usize>,
) -> Option<T> {
    let mut value = nth(ordinal.checked_add(spare as u64)?)?;
    for _ in 0..=spare {
        match forbidden(&value) {
            None => return Some(value),
            Some(number) => value = nth(number as u64)?,
        }
    }
    None
}

/// A number from 0, below `end`; 0 where `end` is not above it.
pub(super) fn below(chance: &mut Chance, end: i128) -> i128 {
    match u64::try_from(end) {
        Ok(end) => i128::from(chance.below(end)),
        Err(_) if end < 0 => 0,
        Err(_) => {
            let wide = (u128::from(chance.bits()) << 64) | u128::from(chance.bits());
            (wide % end as u128) as i128
        }
    }
}

/// A number from 0, below `end`, small ones far more often: each magnitude has its share.
pub(super) fn small_below(chance: &mut Chance, end: i128) -> i128 {
    let once = below(chance, end) + 1;
    let twice = below(chance, once) + 1;
    below(chance, twice)
}
