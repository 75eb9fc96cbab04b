//! A point in time as a date, for ids that are times.

const SECONDS_A_DAY: u64 = 86_400;

/// A time in UTC, as people read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    /// Seconds since 1970 began.
    pub(super) unix: u64,
    year: u64,
    month: u64,
    day: u64,
    hour: u64,
    minute: u64,
    second: u64,
}

impl Moment {
    /// The time so many seconds after 1970 began.
    pub(super) fn of(unix: u64) -> Self {
        let (year, month, day) = civil_from_days(unix / SECONDS_A_DAY);
        let seconds = unix % SECONDS_A_DAY;
        Moment {
            unix,
            year,
            month,
            day,
            hour: seconds / 3600,
            minute: seconds / 60 % 60,
            second: seconds % 60,
        }
    }

    /// `20240131120000`
    pub(super) fn digits(&self) -> String {
        let Moment {
            year,
            month,
            day,
            hour,
            minute,
            second,
            ..
        } = self;
        format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}")
    }
}

/// Year, month and day of a day, counted from 1970-01-01 as 0.
///
/// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`:
/// <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>. Without the days before 1970.
fn civil_from_days(days: u64) -> (u64, u64, u64) {
    const DAYS_AN_ERA: u64 = 146_097;
    // Counted from 0000-03-01, so that a leap day is the last of its year.
    let days = days + 719_468;
    let era = days / DAYS_AN_ERA;
    let day_of_era = days % DAYS_AN_ERA;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_dates() {
        // As `date -u -d @N +%Y%m%d%H%M%S` says.
        let cases = [
            (0, "19700101000000"),
            (86_399, "19700101235959"),
            (951_782_399, "20000228235959"),
            (951_782_400, "20000229000000"),
            (951_868_800, "20000301000000"),
            (1_706_702_400, "20240131120000"),
            (1_709_164_800, "20240229000000"),
            (1_735_689_599, "20241231235959"),
            (4_107_542_400, "21000301000000"),
            (253_402_300_799, "99991231235959"),
        ];
        for (unix, expected) in cases {
            assert_eq!(Moment::of(unix).digits(), expected, "{unix}");
        }
        // Nonsense, but no panic.
        assert!(Moment::of(u64::MAX).digits().len() > 14);
    }
}
