//! Days as text.

use super::digits;

/// Writes a day, in days since 2000-01-01, as `2024-03-01`.
pub(super) fn write_day(day: i64, out: &mut String) {
    // Howard Hinnant's `civil_from_days`, in years that begin in March.
    let shifted = day + 10_957 + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day_of_month = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    digits::padded(year.unsigned_abs(), 4, out);
    out.push('-');
    digits::padded(month.unsigned_abs(), 2, out);
    out.push('-');
    digits::padded(day_of_month.unsigned_abs(), 2, out);
}
