//! Numbers as text, written a million times a second: without formatting machinery.

/// Writes a number.
pub(super) fn number(value: u64, out: &mut String) {
    in_base(value, 10, 1, out);
}

/// Writes a number with zeros before it, so that it has at least so many digits.
pub(super) fn padded(value: u64, width: usize, out: &mut String) {
    in_base(value, 10, width, out);
}

/// Writes a number in base 16.
pub(super) fn hex(value: u64, width: usize, out: &mut String) {
    in_base(value, 16, width, out);
}

/// Writes a number in base 36.
pub(super) fn base_36(value: u64, width: usize, out: &mut String) {
    in_base(value, 36, width, out);
}

/// Writes a decimal number that is given in units of its last digit.
pub(super) fn decimal(units: i64, decimals: u8, out: &mut String) {
    if units < 0 {
        out.push('-');
    }
    let whole = 10_u64.saturating_pow(u32::from(decimals));
    number(units.unsigned_abs() / whole, out);
    if decimals > 0 {
        out.push('.');
        padded(units.unsigned_abs() % whole, usize::from(decimals), out);
    }
}

/// How many decimal digits a number has.
pub(super) fn count(value: u64) -> usize {
    value.checked_ilog10().unwrap_or(0) as usize + 1
}

fn in_base(mut value: u64, base: u64, width: usize, out: &mut String) {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    // 64 bits have at most 20 digits in the bases from 10.
    let mut buffer = [b'0'; 20];
    let mut at = buffer.len();
    while value > 0 && at > 0 {
        at -= 1;
        buffer[at] = DIGITS[(value % base) as usize];
        value /= base;
    }
    let written = buffer.len() - at;
    for _ in written..width.max(1) {
        out.push('0');
    }
    out.extend(buffer[at..].iter().map(|&digit| char::from(digit)));
}
