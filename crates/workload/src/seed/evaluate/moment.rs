//! Parts of moments: `extract`, `date_part` and `date_trunc`. Those of infinite ones, which are never drawn, count as errors.

use super::Obstacle;
use crate::seed::value::moment::{Civil, DAY, SECOND};
use crate::seed::value::{Decimal, Value};

/// The days of 2000-01-01 since 1970-01-01.
const EPOCH_DAYS: i64 = 10_957;

/// A moment taken apart.
struct Parts {
    civil: Civil,
    /// Days since 2000-01-01.
    days: i64,
    /// Of the day.
    micros: i64,
}

fn parts(value: &Value) -> Option<Parts> {
    let (days, micros) = match value {
        Value::Date(days) if !matches!(*days, i32::MAX | i32::MIN) => (i64::from(*days), 0),
        Value::Timestamp(micros) if !matches!(*micros, i64::MAX | i64::MIN) => {
            (micros.div_euclid(DAY), micros.rem_euclid(DAY))
        }
        _ => return None,
    };
    Some(Parts {
        civil: Civil::of(i32::try_from(days).ok()?),
        days,
        micros,
    })
}

/// A field of a date, a moment or a time, as a decimal number.
pub(super) fn field(name: &str) -> Result<fn(&Value) -> Option<Value>, Obstacle> {
    Ok(match name.to_ascii_lowercase().as_str() {
        "year" | "years" | "y" => |value| civil(value, |civil| year(civil.year)),
        "month" | "months" | "mon" => |value| match value {
            Value::Interval { months, .. } => whole(i64::from(months % 12)),
            value => civil(value, |civil| i64::from(civil.month)),
        },
        "day" | "days" | "d" => |value| match value {
            Value::Interval { days, .. } => whole(i64::from(*days)),
            value => civil(value, |civil| i64::from(civil.day)),
        },
        "quarter" => |value| civil(value, |civil| (i64::from(civil.month) - 1) / 3 + 1),
        "decade" => |value| civil(value, |civil| i64::from(civil.year.div_euclid(10))),
        "dow" => |value| whole((parts(value)?.days + 6).rem_euclid(7)),
        "isodow" => |value| whole((parts(value)?.days + 5).rem_euclid(7) + 1),
        "doy" => |value| {
            let parts = parts(value)?;
            let first = Civil {
                year: parts.civil.year,
                month: 1,
                day: 1,
            };
            whole(parts.days - i64::from(first.days()?) + 1)
        },
        "hour" | "hours" | "h" => |value| whole(time(value)? / (3_600 * SECOND)),
        "minute" | "minutes" | "min" | "m" => |value| whole(time(value)? / (60 * SECOND) % 60),
        "second" | "seconds" | "sec" | "s" => |value| micros(time(value)? % (60 * SECOND)),
        "milliseconds" | "millisecond" => |value| {
            Some(Value::Decimal(Decimal {
                units: i128::from(time(value)? % (60 * SECOND)),
                scale: 3,
            }))
        },
        "microseconds" | "microsecond" => |value| whole(time(value)? % (60 * SECOND)),
        "epoch" => epoch,
        other => return Err(Obstacle::new(format!("extract({other})"))),
    })
}

/// The same as a floating-point number, as `date_part` gives it.
pub(super) fn to_float(value: &Value) -> Option<Value> {
    super::arithmetic::to_float(value).map(Value::Float)
}

fn civil(value: &Value, of: fn(&Civil) -> i64) -> Option<Value> {
    match value {
        Value::Interval { months, .. } => whole(i64::from(months / 12)),
        value => whole(of(&parts(value)?.civil)),
    }
}

/// There is no year 0: the one before 1 is -1.
fn year(year: i32) -> i64 {
    i64::from(if year > 0 { year } else { year - 1 })
}

fn time(value: &Value) -> Option<i64> {
    match value {
        Value::Time(micros) | Value::TimeTz(micros, _) | Value::Interval { micros, .. } => Some(*micros),
        value => Some(parts(value)?.micros),
    }
}

fn epoch(value: &Value) -> Option<Value> {
    match value {
        Value::Date(_) => whole((parts(value)?.days + EPOCH_DAYS) * 86_400),
        Value::Timestamp(_) => {
            let parts = parts(value)?;
            micros(
                (parts.days + EPOCH_DAYS)
                    .checked_mul(DAY)?
                    .checked_add(parts.micros)?,
            )
        }
        Value::Time(time) => micros(*time),
        Value::Interval {
            months,
            days,
            micros: time,
        } => {
            // A year has 365.25 days, and a month that is left over 30.
            let (years, months) = (i64::from(months / 12), i64::from(months % 12));
            let days = (years * 1_461 + months * 120 + i64::from(*days) * 4).checked_mul(DAY / 4)?;
            micros(days.checked_add(*time)?)
        }
        _ => None,
    }
}

fn whole(number: i64) -> Option<Value> {
    Some(Value::Decimal(Decimal::whole(number)))
}

fn micros(number: i64) -> Option<Value> {
    Some(Value::Decimal(Decimal {
        units: i128::from(number),
        scale: 6,
    }))
}

/// The beginning of the unit that a moment lies in.
pub(super) fn truncated(unit: &str) -> Result<fn(&Value) -> Option<Value>, Obstacle> {
    Ok(match unit.to_ascii_lowercase().as_str() {
        "microseconds" | "microsecond" => |value| parts(value).map(|_| value.clone()),
        "milliseconds" | "millisecond" => |value| step(value, 1_000),
        "second" | "seconds" => |value| step(value, SECOND),
        "minute" | "minutes" => |value| step(value, 60 * SECOND),
        "hour" | "hours" => |value| step(value, 3_600 * SECOND),
        "day" | "days" => |value| step(value, DAY),
        "week" | "weeks" => |value| {
            let days = parts(value)?.days;
            midnight(days - (days + 5).rem_euclid(7))
        },
        "month" | "months" => |value| first(parts(value)?.civil, |civil| (civil.year, civil.month)),
        "quarter" => |value| {
            first(parts(value)?.civil, |civil| {
                (civil.year, (civil.month - 1) / 3 * 3 + 1)
            })
        },
        "year" | "years" => |value| first(parts(value)?.civil, |civil| (civil.year, 1)),
        other => return Err(Obstacle::new(format!("date_trunc('{other}')"))),
    })
}

fn step(value: &Value, unit: i64) -> Option<Value> {
    let parts = parts(value)?;
    let micros = parts.micros - parts.micros % unit;
    parts
        .days
        .checked_mul(DAY)?
        .checked_add(micros)
        .map(Value::Timestamp)
}

fn first(civil: Civil, of: fn(&Civil) -> (i32, u8)) -> Option<Value> {
    let (year, month) = of(&civil);
    midnight(i64::from(Civil { year, month, day: 1 }.days()?))
}

fn midnight(days: i64) -> Option<Value> {
    days.checked_mul(DAY).map(Value::Timestamp)
}

pub(super) fn is_finite(value: &Value) -> Option<Value> {
    Some(Value::Bool(match value {
        Value::Date(days) => !matches!(*days, i32::MAX | i32::MIN),
        Value::Timestamp(micros) => !matches!(*micros, i64::MAX | i64::MIN),
        Value::Interval { .. } => true,
        _ => return None,
    }))
}
