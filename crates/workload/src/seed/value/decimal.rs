//! Decimal numbers, of up to 38 digits.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// A decimal number: `units / 10^scale`.
///
/// `==` asks for the same notation: 1.0 is not 1.00. Whether two are the same number says [`Decimal::compare`], or `==`
/// of both [normalised](Decimal::normalized).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// All digits, as a whole number.
    pub units: i128,
    /// How many of them stand behind the point.
    pub scale: u8,
}

impl Decimal {
    /// A whole number.
    pub fn whole(number: i64) -> Decimal {
        Decimal {
            units: i128::from(number),
            scale: 0,
        }
    }

    /// The same number without zeros at the end behind the point.
    #[must_use]
    pub fn normalized(self) -> Decimal {
        let Decimal { mut units, mut scale } = self;
        if units == 0 {
            return Decimal { units: 0, scale: 0 };
        }
        while scale > 0 && units % 10 == 0 {
            units /= 10;
            scale -= 1;
        }
        Decimal { units, scale }
    }

    /// With that many digits behind the point, rounded as PostgreSQL rounds: halves away from zero. None where so many
    /// digits find no room.
    pub fn rescaled(self, scale: u8) -> Option<Decimal> {
        let units = if scale >= self.scale {
            match u32::from(scale - self.scale) {
                0 => self.units,
                _ if self.units == 0 => 0,
                more => self.units.checked_mul(10_i128.checked_pow(more)?)?,
            }
        } else {
            rounded(self.units, u32::from(self.scale - scale))
        };
        Some(Decimal { units, scale })
    }

    /// As a column `numeric(…, scale)` keeps it: like [`rescaled`](Decimal::rescaled), where a negative scale rounds to
    /// tens, hundreds and so on.
    pub fn kept_by(self, scale: i32) -> Option<Decimal> {
        match u8::try_from(scale) {
            Ok(scale) => self.rescaled(scale),
            Err(_) if scale > 0 => Some(self),
            Err(_) => {
                let whole = rounded(
                    self.units,
                    u32::from(self.scale).checked_add(scale.unsigned_abs())?,
                );
                let units = whole.checked_mul(10_i128.checked_pow(scale.unsigned_abs())?)?;
                Some(Decimal { units, scale: 0 })
            }
        }
    }

    /// Which number is greater.
    pub fn compare(&self, other: &Decimal) -> Ordering {
        let sides = (self.units.signum(), other.units.signum());
        if self.scale == other.scale || sides.0 != sides.1 || sides.0 == 0 {
            return self.units.cmp(&other.units);
        }
        let scale = self.scale.max(other.scale);
        match (self.rescaled(scale), other.rescaled(scale)) {
            (Some(one), Some(two)) => one.units.cmp(&two.units),
            // The one that finds no room is further from zero.
            (None, _) if sides.0 > 0 => Ordering::Greater,
            (_, None) if sides.0 > 0 => Ordering::Less,
            (None, _) => Ordering::Less,
            (_, None) => Ordering::Greater,
        }
    }

    /// The nearest floating-point number.
    pub fn to_f64(self) -> f64 {
        /// Up to here whole numbers and powers of ten are exact, and one division rounds once.
        const EXACT: u128 = 1 << 53;
        if let Some(unit) = POWERS.get(usize::from(self.scale))
            && self.units.unsigned_abs() <= EXACT
        {
            return self.units as f64 / unit;
        }
        // The standard library's parser rounds correctly at any length.
        format!("{}e-{}", self.units, self.scale)
            .parse()
            .unwrap_or(f64::NAN)
    }
}

/// The powers of ten that floating-point numbers hold exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// Divided by a power of ten, halves away from zero.
fn rounded(units: i128, digits: u32) -> i128 {
    let Some(unit) = 10_i128.checked_pow(digits) else {
        return 0;
    };
    let (whole, rest) = (units / unit, units % unit);
    // Written so that twice the rest cannot overflow.
    if rest.unsigned_abs() >= unit.unsigned_abs() - rest.unsigned_abs() && digits > 0 {
        whole + units.signum()
    } else {
        whole
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

impl Decimal {
    /// As `Display`, without its detours.
    pub(super) fn write(&self, out: &mut impl fmt::Write) -> fmt::Result {
        const ROOM: usize = 320;
        let mut digits = [b'0'; ROOM];
        let mut at = ROOM;
        let mut left = self.units.unsigned_abs();
        let mut behind = usize::from(self.scale);
        let mut push = |digit: u8| {
            at -= 1;
            digits[at] = digit;
        };
        let pointed = behind > 0;
        while behind > 0 || left > 0 {
            // Most numbers are short, and 64 bits are divided much faster.
            let digit = match u64::try_from(left) {
                Ok(short) => {
                    left = u128::from(short / 10);
                    (short % 10) as u8
                }
                Err(_) => {
                    let digit = (left % 10) as u8;
                    left /= 10;
                    digit
                }
            };
            push(b'0' + digit);
            if behind > 0 {
                behind -= 1;
                if behind == 0 {
                    push(b'.');
                    if left == 0 {
                        push(b'0');
                    }
                }
            }
        }
        if !pointed && self.units == 0 {
            push(b'0');
        }
        if self.units < 0 {
            push(b'-');
        }
        out.write_str(std::str::from_utf8(&digits[at..]).unwrap_or_default())
    }
}

/// A text that is no decimal number, or one of more digits than there is room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number of up to 38 digits")]
pub struct NotDecimal;

impl FromStr for Decimal {
    type Err = NotDecimal;

    /// Reads `-12.50` and `1.5e-7`.
    fn from_str(text: &str) -> Result<Decimal, NotDecimal> {
        read(text).ok_or(NotDecimal)
    }
}

fn read(text: &str) -> Option<Decimal> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (negative, digits) = match mantissa.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, behind) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && behind.is_empty() {
        return None;
    }
    let mut units: i128 = 0;
    for digit in whole.bytes().chain(behind.bytes()) {
        if !digit.is_ascii_digit() {
            return None;
        }
        units = units.checked_mul(10)?.checked_add(i128::from(digit - b'0'))?;
    }
    if negative {
        units = -units;
    }
    let scale = i32::try_from(behind.len()).ok()?.checked_sub(exponent)?;
    match u8::try_from(scale) {
        Ok(scale) => Some(Decimal { units, scale }),
        Err(_) if scale < 0 => {
            let units = units.checked_mul(10_i128.checked_pow(scale.unsigned_abs())?)?;
            Some(Decimal { units, scale: 0 })
        }
        Err(_) => None,
    }
}
