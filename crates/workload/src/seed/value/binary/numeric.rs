//! The binary form of `numeric`: digits to the base of 10,000, grouped from the point in both directions.
//!
//! <https://github.com/postgres/postgres/blob/master/src/backend/utils/adt/numeric.c> (`numeric_recv`).

use super::super::Decimal;

/// Decimal digits of one digit here.
const GROUP: usize = 4;
/// Groups of the longest [`Decimal`]: 39 digits before the point or 255 behind it.
const ROOM: usize = 39_usize.div_ceil(GROUP) + 255_usize.div_ceil(GROUP) + 1;
/// How the sign is written.
const POSITIVE: u16 = 0x0000;
const NEGATIVE: u16 = 0x4000;
const NAN: u16 = 0xC000;
const INFINITY: u16 = 0xD000;
const MINUS_INFINITY: u16 = 0xF000;

/// Writes a number.
pub(super) fn write(number: &Decimal, out: &mut Vec<u8>) {
    let mut groups = [0_u16; ROOM];
    let mut at = ROOM;
    let mut left = number.units.unsigned_abs();
    let mut push = |group: u64| {
        at -= 1;
        groups[at] = group as u16;
    };
    // The last group behind the point is filled up with zeros.
    let over = usize::from(number.scale) % GROUP;
    if over > 0 {
        let unit = 10_u64.pow(over as u32);
        push(split_off(&mut left, unit) * (10_000 / unit));
    }
    for _ in 0..usize::from(number.scale) / GROUP {
        push(split_off(&mut left, 10_000));
    }
    let mut before = 0;
    while left > 0 {
        push(split_off(&mut left, 10_000));
        before += 1;
    }
    let sign = if number.units < 0 { NEGATIVE } else { POSITIVE };
    write_groups(&groups[at..], before, sign, u16::from(number.scale), out);
}

/// The rest of a division, with what is divided left as its result.
fn split_off(left: &mut u128, unit: u64) -> u64 {
    match u64::try_from(*left) {
        // Most numbers are short, and 64 bits are divided much faster.
        Ok(short) => {
            *left = u128::from(short / unit);
            short % unit
        }
        Err(_) => {
            let rest = (*left % u128::from(unit)) as u64;
            *left /= u128::from(unit);
            rest
        }
    }
}

/// Writes groups of which so many stand before the point.
fn write_groups(groups: &[u16], before: i32, sign: u16, scale: u16, out: &mut Vec<u8>) {
    let leading = groups.iter().take_while(|group| **group == 0).count();
    let trailing = groups[leading..]
        .iter()
        .rev()
        .take_while(|group| **group == 0)
        .count();
    let significant = &groups[leading..groups.len() - trailing];
    let weight = if significant.is_empty() {
        0
    } else {
        before - 1 - leading as i32
    };
    let header = [significant.len() as u16, weight as u16, sign, scale];
    for word in header.into_iter().chain(significant.iter().copied()) {
        out.extend_from_slice(&word.to_be_bytes());
    }
}

/// Writes a number that no [`Decimal`] has room for, by its digits. None for what is no number.
pub(super) fn write_long(text: &str, out: &mut Vec<u8>) -> Option<()> {
    let special = match text {
        "NaN" => Some(NAN),
        "Infinity" => Some(INFINITY),
        "-Infinity" => Some(MINUS_INFINITY),
        _ => None,
    };
    if let Some(sign) = special {
        write_groups(&[], 0, sign, 0, out);
        return Some(());
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (NEGATIVE, digits),
        None => (POSITIVE, text),
    };
    let (whole, behind) = digits.split_once('.').unwrap_or((digits, ""));
    let before = whole.len().div_ceil(GROUP);
    let fill = |zeros: usize| std::iter::repeat_n(b'0', zeros);
    let padded: Vec<u8> = fill(before * GROUP - whole.len())
        .chain(whole.bytes())
        .chain(behind.bytes())
        .chain(fill(behind.len().next_multiple_of(GROUP) - behind.len()))
        .collect();
    let mut groups = Vec::with_capacity(padded.len() / GROUP);
    for group in padded.chunks(GROUP) {
        let mut number = 0;
        for digit in group {
            if !digit.is_ascii_digit() {
                return None;
            }
            number = number * 10 + u16::from(digit - b'0');
        }
        groups.push(number);
    }
    // PostgreSQL's numbers have 131,072 digits at most before the point, and 16,383 behind it.
    if groups.len() > usize::from(u16::MAX) / 2 || behind.len() > 16_383 {
        return None;
    }
    write_groups(&groups, before as i32, sign, behind.len() as u16, out);
    Some(())
}
