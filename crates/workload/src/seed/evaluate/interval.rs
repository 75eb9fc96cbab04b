//! Arithmetic with moments and intervals.

use crate::seed::value::Value;
use crate::seed::value::moment::{Civil, DAY, days_of_month};

/// A moment, and an interval behind it.
pub(super) fn moment_plus(moment: &Value, interval: &Value) -> Option<Value> {
    let micros = match moment {
        Value::Timestamp(micros) => *micros,
        Value::Date(days) => midnight(*days)?,
        _ => return None,
    };
    let Value::Interval {
        months,
        days,
        micros: time,
    } = interval
    else {
        return None;
    };
    if matches!(micros, i64::MAX | i64::MIN) {
        return Some(Value::Timestamp(micros));
    }
    let mut day = i32::try_from(micros.div_euclid(DAY)).ok()?;
    if *months != 0 {
        let civil = Civil::of(day);
        let month = i64::from(civil.year) * 12 + i64::from(civil.month) - 1 + i64::from(*months);
        let year = i32::try_from(month.div_euclid(12)).ok()?;
        let month = u8::try_from(month.rem_euclid(12) + 1).ok()?;
        // A day that the month does not have is its last.
        let of_month = civil.day.min(days_of_month(year, month));
        day = Civil {
            year,
            month,
            day: of_month,
        }
        .days()?;
    }
    i64::from(day)
        .checked_add(i64::from(*days))?
        .checked_mul(DAY)?
        .checked_add(micros.rem_euclid(DAY))?
        .checked_add(*time)
        .map(Value::Timestamp)
}

pub(super) fn moment_minus(moment: &Value, interval: &Value) -> Option<Value> {
    moment_plus(moment, &super::number::negated(interval)?)
}

pub(super) fn plus_moment(interval: &Value, moment: &Value) -> Option<Value> {
    moment_plus(moment, interval)
}

fn midnight(days: i32) -> Option<i64> {
    match days {
        i32::MAX => Some(i64::MAX),
        i32::MIN => Some(i64::MIN),
        days => i64::from(days).checked_mul(DAY),
    }
}

/// Between two moments, in days and what is left of one.
pub(super) fn between_moments(one: &Value, two: &Value) -> Option<Value> {
    let (Value::Timestamp(one), Value::Timestamp(two)) = (one, two) else {
        return None;
    };
    if [one, two]
        .iter()
        .any(|micros| matches!(**micros, i64::MAX | i64::MIN))
    {
        return None;
    }
    let micros = one.checked_sub(*two)?;
    Some(Value::Interval {
        months: 0,
        days: i32::try_from(micros / DAY).ok()?,
        micros: micros % DAY,
    })
}

pub(super) fn between_dates(one: &Value, two: &Value) -> Option<Value> {
    match (one, two) {
        (Value::Date(one), Value::Date(two)) if finite(*one) && finite(*two) => {
            let days = i64::from(*one) - i64::from(*two);
            i32::try_from(days).ok().map(|days| Value::Int(i64::from(days)))
        }
        _ => None,
    }
}

fn finite(days: i32) -> bool {
    !matches!(days, i32::MAX | i32::MIN)
}

pub(super) fn date_plus(date: &Value, days: &Value) -> Option<Value> {
    match (date, days) {
        (Value::Date(date), Value::Int(_)) if !finite(*date) => Some(Value::Date(*date)),
        (Value::Date(date), Value::Int(days)) => i32::try_from(i64::from(*date).checked_add(*days)?)
            .ok()
            .map(Value::Date),
        _ => None,
    }
}

pub(super) fn plus_date(days: &Value, date: &Value) -> Option<Value> {
    date_plus(date, days)
}

pub(super) fn date_minus(date: &Value, days: &Value) -> Option<Value> {
    date_plus(date, &super::number::negated(days)?)
}

/// A day and a time of day.
pub(super) fn date_time(date: &Value, time: &Value) -> Option<Value> {
    match (date, time) {
        (Value::Date(date), Value::Time(time)) => midnight(*date)?.checked_add(*time).map(Value::Timestamp),
        _ => None,
    }
}

/// The clock goes round.
pub(super) fn time_plus(time: &Value, interval: &Value) -> Option<Value> {
    match (time, interval) {
        (Value::Time(time), Value::Interval { micros, .. }) => {
            Some(Value::Time((time + micros % DAY).rem_euclid(DAY)))
        }
        _ => None,
    }
}

pub(super) fn time_minus(time: &Value, interval: &Value) -> Option<Value> {
    time_plus(time, &super::number::negated(interval)?)
}

pub(super) fn between_times(one: &Value, two: &Value) -> Option<Value> {
    match (one, two) {
        (Value::Time(one), Value::Time(two)) => Some(Value::Interval {
            months: 0,
            days: 0,
            micros: one - two,
        }),
        _ => None,
    }
}

pub(super) fn plus(one: &Value, two: &Value) -> Option<Value> {
    let (
        Value::Interval { months, days, micros },
        Value::Interval {
            months: more_months,
            days: more_days,
            micros: more_micros,
        },
    ) = (one, two)
    else {
        return None;
    };
    Some(Value::Interval {
        months: months.checked_add(*more_months)?,
        days: days.checked_add(*more_days)?,
        micros: micros.checked_add(*more_micros)?,
    })
}

pub(super) fn minus(one: &Value, two: &Value) -> Option<Value> {
    plus(one, &super::number::negated(two)?)
}

/// So many times as long. What a fraction leaves of months goes to days, and of days to hours.
/// Source: `interval_mul` in PostgreSQL's `timestamp.c`.
pub(super) fn times(interval: &Value, factor: &Value) -> Option<Value> {
    let (Value::Interval { months, days, micros }, Value::Float(factor)) = (interval, factor) else {
        return None;
    };
    let whole = |number: f64| -> Option<i32> {
        (number.is_finite() && number.abs() < 2_147_483_648.0).then_some(number as i32)
    };
    let month = whole(f64::from(*months) * factor)?;
    let day = whole(f64::from(*days) * factor)?;
    let rounded = |days: f64| (days * 1e6).round_ties_even() / 1e6;
    let month_days = rounded((f64::from(*months) * factor - f64::from(month)) * 30.0);
    let seconds = (f64::from(*days) * factor - f64::from(day) + month_days - month_days.trunc()) * 86_400.0;
    let micros = (*micros as f64 * factor + seconds * 1e6).round_ties_even();
    Some(Value::Interval {
        months: month,
        days: day.checked_add(whole(month_days)?)?,
        micros: (micros.abs() < 9.2e18).then_some(micros as i64)?,
    })
}

pub(super) fn factor_times(factor: &Value, interval: &Value) -> Option<Value> {
    times(interval, factor)
}

pub(super) fn divided(interval: &Value, divisor: &Value) -> Option<Value> {
    match divisor {
        Value::Float(divisor) if *divisor != 0.0 => times(interval, &Value::Float(1.0 / divisor)),
        _ => None,
    }
}

/// `make_interval(years, months, weeks, days, hours, mins, secs)`
pub(super) fn make(values: &[Value]) -> Option<Value> {
    let part = |place: usize| match values.get(place) {
        None => Some(0),
        Some(Value::Int(number)) => Some(*number),
        Some(_) => None,
    };
    let seconds = match values.get(6) {
        None => 0.0,
        Some(Value::Float(seconds)) => *seconds,
        Some(_) => return None,
    };
    let minutes = part(4)?.checked_mul(60)?.checked_add(part(5)?)?;
    Some(Value::Interval {
        months: i32::try_from(part(0)?.checked_mul(12)?.checked_add(part(1)?)?).ok()?,
        days: i32::try_from(part(2)?.checked_mul(7)?.checked_add(part(3)?)?).ok()?,
        micros: minutes
            .checked_mul(60_000_000)?
            .checked_add((seconds * 1e6).round_ties_even() as i64)?,
    })
}

/// Between two moments in years, months, days and hours, as people count an age.
/// Source: `timestamp_age` in PostgreSQL's `timestamp.c`.
pub(super) fn age(one: &Value, two: &Value) -> Option<Value> {
    let (Value::Timestamp(one), Value::Timestamp(two)) = (one, two) else {
        return None;
    };
    if [one, two]
        .iter()
        .any(|micros| matches!(**micros, i64::MAX | i64::MIN))
    {
        return None;
    }
    let (late, early) = (one.max(two), one.min(two));
    let civil = |micros: i64| Some(Civil::of(i32::try_from(micros.div_euclid(DAY)).ok()?));
    let (to, from) = (civil(*late)?, civil(*early)?);
    let mut micros = late.rem_euclid(DAY) - early.rem_euclid(DAY);
    let mut days = i32::from(to.day) - i32::from(from.day);
    let mut months =
        (to.year.checked_sub(from.year)?).checked_mul(12)? + i32::from(to.month) - i32::from(from.month);
    if micros < 0 {
        micros += DAY;
        days -= 1;
    }
    if days < 0 {
        // PostgreSQL borrows the length of the earlier moment's month when it counts forward.
        days += i32::from(if one >= two {
            days_of_month(from.year, from.month)
        } else {
            days_of_month(to.year, to.month)
        });
        months -= 1;
    }
    let sign = if one >= two { 1 } else { -1 };
    Some(Value::Interval {
        months: sign * months,
        days: sign * days,
        micros: i64::from(sign) * micros,
    })
}
