//! Which dates and times a column holds.

use super::sort::Sort;

/// Which dates and times a column holds, where nothing else is said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moments {
    /// The first day, in days since 2000-01-01.
    pub first_day: i32,
    /// The last day, included.
    pub last_day: i32,
    /// From when in a day, in seconds since midnight.
    pub from_second: u32,
    /// Until when in a day, not included; up to 86,400.
    pub to_second: u32,
    /// How fine they are.
    pub grain: Grain,
}

/// How fine moments are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Whole days: midnight, where the type has a time.
    Day,
    /// Quarters of an hour: what people arrange.
    Quarter,
    /// Seconds.
    Second,
    /// As fine as the type is: what machines note.
    Finest,
}

const BIRTH: (i32, i32) = (-18_262, 2_191); // 1950-01-01 to 2005-12-31
const RECENT: (i32, i32) = (8_401, 9_496); // 2023-01-01 to 2025-12-31
const FUTURE: (i32, i32) = (9_497, 11_322); // 2026-01-01 to 2030-12-31

const HOUR: u32 = 3600;

impl Moments {
    /// Those of a sort.
    pub(super) fn of(sort: Sort) -> Moments {
        let (days, hours, grain) = match sort {
            Sort::Birth => (BIRTH, (0, 24), Grain::Day),
            Sort::Expires | Sort::ValidTo => (FUTURE, (0, 24), Grain::Day),
            Sort::ValidFrom => (RECENT, (0, 24), Grain::Day),
            Sort::Started | Sort::Finished => (RECENT, (8, 20), Grain::Quarter),
            Sort::Opens => (RECENT, (7, 11), Grain::Quarter),
            Sort::Closes => (RECENT, (17, 23), Grain::Quarter),
            Sort::Published | Sort::Shipped | Sort::Delivered => (RECENT, (6, 22), Grain::Second),
            Sort::Moment => (RECENT, (6, 23), Grain::Second),
            _ => (RECENT, (0, 24), Grain::Finest),
        };
        Moments {
            first_day: days.0,
            last_day: days.1,
            from_second: hours.0 * HOUR,
            to_second: hours.1 * HOUR,
            grain,
        }
    }

    /// Where in the life of what a row describes such a moment stands: what was created comes before what was shipped.
    pub(super) fn place_in_life(sort: Sort) -> Option<u8> {
        Some(match sort {
            Sort::Birth => 1,
            Sort::Created => 10,
            Sort::Opens | Sort::ValidFrom | Sort::Started => 20,
            Sort::Published => 25,
            Sort::Paid => 30,
            Sort::Shipped => 40,
            Sort::Delivered => 50,
            Sort::Finished => 60,
            Sort::Closes => 62,
            Sort::Updated => 70,
            Sort::LastSeen => 75,
            Sort::ValidTo => 80,
            Sort::Expires => 82,
            Sort::Deleted => 90,
            _ => return None,
        })
    }
}
