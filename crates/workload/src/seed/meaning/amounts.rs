//! Which numbers a column holds.

use super::sort::Sort;

/// Which numbers a column holds, where nothing else is said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amounts {
    /// The least, in units of the last decimal: 50 stands for 0.50 where there are two decimals.
    pub low: i64,
    /// The greatest, in the same units.
    pub high: i64,
    /// Digits behind the point, where the type has room for them.
    pub decimals: u8,
    /// How they are spread between the two.
    pub skew: Skew,
}

/// How numbers are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skew {
    /// Each as often as any other.
    Even,
    /// Small ones more often than great ones.
    Small,
}

impl Amounts {
    const fn even(low: i64, high: i64, decimals: u8) -> Amounts {
        Amounts {
            low,
            high,
            decimals,
            skew: Skew::Even,
        }
    }

    const fn small(low: i64, high: i64, decimals: u8) -> Amounts {
        Amounts {
            low,
            high,
            decimals,
            skew: Skew::Small,
        }
    }

    /// Those of a sort.
    pub(super) fn of(sort: Sort) -> Amounts {
        match sort {
            Sort::Price => Amounts::small(50, 200_000, 2),
            Sort::Money => Amounts::small(10_000, 25_000_000, 2),
            Sort::Quantity => Amounts::small(1, 100, 0),
            Sort::Percent => Amounts::even(0, 10_000, 2),
            Sort::Rate => Amounts::even(1, 2_500, 4),
            Sort::Weight => Amounts::small(50, 50_000, 3),
            Sort::Length => Amounts::small(10, 3_000, 1),
            Sort::Distance => Amounts::small(1, 20_000, 1),
            Sort::Area => Amounts::small(80, 25_000, 1),
            Sort::Temperature => Amounts::even(-200, 350, 1),
            // Where people live: neither pole, no ocean's middle is sought.
            Sort::Latitude => Amounts::even(-45_000_000, 65_000_000, 6),
            Sort::Longitude => Amounts::even(-120_000_000, 150_000_000, 6),
            Sort::Year => Amounts::even(1990, 2025, 0),
            Sort::Month => Amounts::even(1, 12, 0),
            Sort::DayOfWeek => Amounts::even(1, 7, 0),
            Sort::Age => Amounts::even(18, 80, 0),
            Sort::Rating => Amounts::even(1, 5, 0),
            Sort::Priority | Sort::Level => Amounts::small(1, 5, 0),
            Sort::Count => Amounts::small(0, 500, 0),
            Sort::Population => Amounts::small(1_000, 10_000_000, 0),
            Sort::Position => Amounts::small(1, 50, 0),
            Sort::Score => Amounts::even(0, 100, 0),
            Sort::Duration => Amounts::small(10, 7_200, 0),
            Sort::ByteCount => Amounts::small(512, 50_000_000, 0),
            Sort::Port => Amounts::even(1024, 49_151, 0),
            Sort::HttpStatus => Amounts::even(200, 204, 0),
            Sort::Probability => Amounts::even(0, 10_000, 4),
            Sort::CardLastFour => Amounts::even(0, 9_999, 0),
            Sort::House => Amounts::small(1, 120, 0),
            Sort::Size => Amounts::even(34, 50, 0),
            Sort::Postcode => Amounts::even(10_000, 99_999, 0),
            Sort::Phone => Amounts::even(15_550_000_000, 15_559_999_999, 0),
            _ => Amounts::small(0, 1_000, 0),
        }
    }
}
