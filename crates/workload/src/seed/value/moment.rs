//! Dates and times: from numbers to notation and back.
//!
//! The calendar is PostgreSQL's: Gregorian, also before there was one. Years are counted with a year 0, which is 1 BC.

use std::fmt;

/// Microseconds of a second.
pub const SECOND: i64 = 1_000_000;
/// Microseconds of a day.
pub const DAY: i64 = 86_400 * SECOND;

/// The first day after Christ, 0001-01-01. Days before it are written with their era.
pub(super) const FIRST_DAY: i32 = -730_119;
/// Days from 0000-03-01, where the counting is simplest, to 2000-01-01.
const SHIFT: i64 = 730_425;
/// Days of 400 years, after which the calendar repeats.
const ERA: i64 = 146_097;

/// A day as people call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Civil {
    /// With a year 0, which is 1 BC.
    pub year: i32,
    /// From 1.
    pub month: u8,
    /// From 1.
    pub day: u8,
}

impl Civil {
    /// The day so many days after 2000-01-01.
    pub fn of(days: i32) -> Civil {
        let days = i64::from(days) + SHIFT;
        let era = days.div_euclid(ERA);
        let of_era = days.rem_euclid(ERA);
        // Every 4th year is longer, but not every 100th, but every 400th.
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        // Months from March on have 31, 30, 31, 30, 31 days, and again: 153 in five months.
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Civil {
            year: year as i32,
            month: month as u8,
            day: day as u8,
        }
    }

    /// Days since 2000-01-01. None for a day that the calendar does not have, and for one too far away.
    pub fn days(self) -> Option<i32> {
        if !(1..=12).contains(&self.month) || self.day < 1 || self.day > days_of_month(self.year, self.month)
        {
            return None;
        }
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let year_of_era = year.rem_euclid(400);
        let from_march = if month > 2 { month - 3 } else { month + 9 };
        let of_year = (153 * from_march + 2) / 5 + day - 1;
        let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
        i32::try_from(year.div_euclid(400) * ERA + of_era - SHIFT).ok()
    }
}

/// How many days a month has.
pub fn days_of_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Writes a date: `2024-02-29`.
pub(super) fn write_date(days: i32, out: &mut impl fmt::Write) -> fmt::Result {
    match days {
        i32::MAX => return out.write_str("infinity"),
        i32::MIN => return out.write_str("-infinity"),
        _ => {}
    }
    let before_christ = write_day(days, out)?;
    write_era(before_christ, out)
}

/// Writes a time of day: `09:30:00.25`.
pub(super) fn write_time(micros: i64, out: &mut impl fmt::Write) -> fmt::Result {
    let seconds = micros / SECOND;
    let mut text = *b"00:00:00";
    two_digits(&mut text[0..2], seconds / 3_600);
    two_digits(&mut text[3..5], seconds / 60 % 60);
    two_digits(&mut text[6..8], seconds % 60);
    write_ascii(&text, out)?;
    write_fraction(micros % SECOND, out)
}

/// Writes where a zone is, of which the seconds west of Greenwich are known: `+05:30`.
pub(super) fn write_zone(west: i32, out: &mut impl fmt::Write) -> fmt::Result {
    let away = i64::from(west.unsigned_abs());
    let mut text = *b"+00:00:00";
    if west > 0 {
        text[0] = b'-';
    }
    two_digits(&mut text[1..3], away / 3_600);
    two_digits(&mut text[4..6], away / 60 % 60);
    two_digits(&mut text[7..9], away % 60);
    let length = match (away % 60, away / 60 % 60) {
        (0, 0) => 3,
        (0, _) => 6,
        _ => 9,
    };
    write_ascii(&text[..length], out)
}

/// Whether a moment is written with its zone, which is always that of Greenwich.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    Unwritten,
    Greenwich,
}

/// Writes a moment: `2024-02-29 09:30:00`.
pub(super) fn write_timestamp(micros: i64, zone: Zone, out: &mut impl fmt::Write) -> fmt::Result {
    match micros {
        i64::MAX => return out.write_str("infinity"),
        i64::MIN => return out.write_str("-infinity"),
        _ => {}
    }
    // A 64-bit number of microseconds is less than 2^27 days.
    let before_christ = write_day(micros.div_euclid(DAY) as i32, out)?;
    out.write_char(' ')?;
    write_time(micros.rem_euclid(DAY), out)?;
    if zone == Zone::Greenwich {
        out.write_str("+00")?;
    }
    write_era(before_christ, out)
}

/// Writes a day without the era, and says whether it was before Christ.
fn write_day(days: i32, out: &mut impl fmt::Write) -> Result<bool, fmt::Error> {
    let Civil { year, month, day } = Civil::of(days);
    let before_christ = year <= 0;
    let year = if before_christ { 1 - year } else { year };
    let mut text = *b"0000-00-00";
    if year < 10_000 {
        two_digits(&mut text[0..2], i64::from(year / 100));
        two_digits(&mut text[2..4], i64::from(year % 100));
        two_digits(&mut text[5..7], i64::from(month));
        two_digits(&mut text[8..10], i64::from(day));
        write_ascii(&text, out)?;
    } else {
        write!(out, "{year}-{month:02}-{day:02}")?;
    }
    Ok(before_christ)
}

fn write_era(before_christ: bool, out: &mut impl fmt::Write) -> fmt::Result {
    out.write_str(if before_christ { " BC" } else { "" })
}

/// Writes microseconds behind a point, without zeros at the end.
pub(super) fn write_fraction(micros: i64, out: &mut impl fmt::Write) -> fmt::Result {
    if micros == 0 {
        return Ok(());
    }
    let mut text = *b".000000";
    two_digits(&mut text[1..3], micros / 10_000);
    two_digits(&mut text[3..5], micros / 100 % 100);
    two_digits(&mut text[5..7], micros % 100);
    let length = text
        .iter()
        .rposition(|digit| *digit != b'0')
        .map_or(0, |last| last + 1);
    write_ascii(&text[..length], out)
}

fn two_digits(into: &mut [u8], number: i64) {
    into[0] = b'0' + (number / 10 % 10) as u8;
    into[1] = b'0' + (number % 10) as u8;
}

fn write_ascii(text: &[u8], out: &mut impl fmt::Write) -> fmt::Result {
    out.write_str(std::str::from_utf8(text).unwrap_or_default())
}

/// Reads a date: days since 2000-01-01.
pub(super) fn read_date(text: &str) -> Option<i32> {
    match text {
        "infinity" => return Some(i32::MAX),
        "-infinity" => return Some(i32::MIN),
        _ => {}
    }
    let (text, before_christ) = era(text);
    let mut parts = text.split('-');
    let year: i32 = digits(parts.next()?)?;
    let (month, day) = (digits(parts.next()?)?, digits(parts.next()?)?);
    if parts.next().is_some() || year == 0 {
        return None;
    }
    let civil = Civil {
        year: if before_christ { 1 - year } else { year },
        month: u8::try_from(month).ok()?,
        day: u8::try_from(day).ok()?,
    };
    civil.days().filter(|days| *days < i32::MAX && *days > i32::MIN)
}

/// Reads a time of day: microseconds since midnight.
pub(super) fn read_time(text: &str) -> Option<i64> {
    let (hours, rest) = text.split_once(':')?;
    let (minutes, seconds) = rest.split_once(':').unwrap_or((rest, "0"));
    let minutes = i64::from(digits(minutes)?);
    let micros = read_seconds(seconds)?;
    let total = (i64::from(digits(hours)?) * 3_600 + minutes * 60) * SECOND + micros;
    (minutes < 60 && micros < 61 * SECOND && total <= DAY).then_some(total)
}

/// Reads seconds with or without a fraction: microseconds.
pub(super) fn read_seconds(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > 6 {
        return None;
    }
    let mut micros = 0;
    for at in 0..6 {
        let digit = fraction.as_bytes().get(at).copied().unwrap_or(b'0');
        if !digit.is_ascii_digit() {
            return None;
        }
        micros = micros * 10 + i64::from(digit - b'0');
    }
    Some(i64::from(digits(whole)?) * SECOND + micros)
}

/// Reads a time of day with its zone: microseconds since midnight, and seconds west of Greenwich.
pub(super) fn read_time_tz(text: &str) -> Option<(i64, i32)> {
    let at = text.find(['+', '-'])?;
    Some((read_time(&text[..at])?, read_zone(&text[at..])?))
}

/// Reads a moment, with a zone or without one.
pub(super) fn read_timestamp(text: &str) -> Option<i64> {
    match text {
        "infinity" => return Some(i64::MAX),
        "-infinity" => return Some(i64::MIN),
        _ => {}
    }
    let (text, before_christ) = era(text);
    let (date, time) = text.split_once([' ', 'T']).unwrap_or((text, "00:00:00"));
    let days = if before_christ {
        read_date(&format!("{date} BC"))?
    } else {
        read_date(date)?
    };
    let (time, west) = match time.find(['+', '-']) {
        Some(at) => (&time[..at], read_zone(&time[at..])?),
        None => (time.strip_suffix('Z').unwrap_or(time), 0),
    };
    let local = i64::from(days).checked_mul(DAY)?.checked_add(read_time(time)?)?;
    local.checked_add(i64::from(west) * SECOND)
}

/// Reads `+05:30`: seconds west of Greenwich.
fn read_zone(text: &str) -> Option<i32> {
    let east = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let mut seconds = 0;
    let mut unit = 3_600;
    for part in text[1..].split(':') {
        seconds += digits(part).filter(|part| *part < 60)? * unit;
        unit /= 60;
    }
    Some(-east * seconds)
}

fn era(text: &str) -> (&str, bool) {
    match text.strip_suffix(" BC") {
        Some(text) => (text, true),
        None => (text, false),
    }
}

/// A number without a sign.
fn digits(text: &str) -> Option<i32> {
    if text.bytes().all(|digit| digit.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}
