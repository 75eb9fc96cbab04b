//! How a line is made of a type, of what is allowed, and of what the column means.

use crate::seed::allowed::Allowed;
use crate::seed::data_type::{DataType, FloatWidth, IntWidth};
use crate::seed::meaning::{Amounts, Grain, Meaning, Skew};
use crate::seed::value::Value;

use super::super::scatter::Scatter;
use super::{DAY, Line, Order, Sort, Spread, Stretch, first_place, last_place, power};

/// Up to so many values that stand between two bounds come in a scattered order.
const SCATTERED: i128 = 1 << 20;

/// 4714-11-24 BC, and the last day of the year 5874897, in days since 2000.
const DATES: Stretch = Stretch {
    first: -2_451_507,
    last: 2_145_031_948,
};

/// 4714-11-24 BC, and the last microsecond of the year 294276.
const TIMESTAMPS: Stretch = Stretch {
    first: -211_813_488_000_000_000,
    last: 9_223_371_331_199_999_999,
};

const HOUR: i128 = DAY / 24;

/// So many decimal digits a place has at the most.
const WIDEST: u32 = 38;

/// A line before it is bounded.
struct Raw {
    sort: Sort,
    type_has: Stretch,
    near: Stretch,
    grain: i128,
    spread: Spread,
    hours: Option<(i128, i128)>,
    reach: i128,
    whole: Whole,
}

/// What comes first when values are to be distinct.
#[derive(Clone, Copy)]
enum Whole {
    /// One after the other.
    Each,
    /// Scattered, the first of so many each.
    First(i128),
    /// Scattered, any of so many each.
    Any(i128),
}

impl Line {
    /// That of a type, which is no domain; none where its values stand in no line.
    pub(in crate::seed::draw) fn of(of: &DataType, allowed: &Allowed, meaning: &Meaning) -> Option<Line> {
        let raw = raw(of, allowed, meaning)?;
        let mut all = raw.type_has;
        if let Some(first) = allowed.low.as_ref().and_then(|low| first_place(&raw.sort, low)) {
            all.first = all.first.max(first);
        }
        if let Some(last) = allowed.high.as_ref().and_then(|high| last_place(&raw.sort, high)) {
            all.last = all.last.min(last);
        }
        let near = raw.near.moved_into(all);
        let mut except: Vec<i128> = allowed
            .none_of
            .iter()
            .filter_map(|value| raw.sort.floor(value))
            .filter_map(|(place, exact)| (exact && all.has(place)).then_some(place))
            .collect();
        except.sort_unstable();
        except.dedup();
        let bounded = allowed.low.is_some() && allowed.high.is_some() && all.count() <= SCATTERED;
        let order = match raw.whole {
            _ if near.is_empty() => Order::Ascending,
            Whole::Each if bounded => scattered(near, 1, true),
            Whole::Each => Order::Ascending,
            Whole::First(whole) => scattered(near, whole, true),
            Whole::Any(whole) => scattered(near, whole, false),
        };
        Some(Line {
            sort: raw.sort,
            all,
            near,
            except,
            grain: raw.grain.max(1),
            spread: raw.spread,
            hours: raw.hours,
            reach: raw.reach,
            order,
        })
    }
}

fn scattered(near: Stretch, whole: i128, even: bool) -> Order {
    let whole = whole.clamp(1, near.count());
    match u64::try_from(near.count() / whole) {
        Ok(wholes) => Order::Scattered {
            whole,
            even,
            scatter: Scatter::new(wholes),
        },
        Err(_) => Order::Ascending,
    }
}

fn raw(of: &DataType, allowed: &Allowed, meaning: &Meaning) -> Option<Raw> {
    Some(match of {
        DataType::Bool => Raw {
            spread: Spread::Share(meaning.true_share()),
            ..labels(Sort::Bool, 2)
        },
        DataType::Enum(_, names) => labels(Sort::Label(names.clone()), names.len()),
        DataType::Int(width) => whole_numbers(*width, allowed, meaning),
        DataType::Numeric(limits) => decimals(*limits, allowed, meaning),
        DataType::Money => scaled(
            Sort::Decimal { scale: 2 },
            2,
            Stretch {
                first: i128::from(i64::MIN),
                last: i128::from(i64::MAX),
            },
            meaning,
        ),
        DataType::Float(width) => floats(*width, allowed, meaning),
        DataType::Date => dates(meaning),
        DataType::Timestamp(precision) | DataType::TimestampTz(precision) => {
            timestamps(unit(*precision), meaning)
        }
        DataType::Time(precision) => times(
            Sort::Time {
                unit: unit(*precision),
            },
            unit(*precision),
            meaning,
        ),
        DataType::TimeTz(precision) => times(
            Sort::TimeTz {
                unit: unit(*precision),
            },
            unit(*precision),
            meaning,
        ),
        DataType::Interval { fields, precision } => intervals(fields.as_deref(), *precision),
        _ => return None,
    })
}

fn labels(sort: Sort, count: usize) -> Raw {
    let all = Stretch {
        first: 0,
        last: count as i128 - 1,
    };
    Raw {
        sort,
        type_has: all,
        near: all,
        grain: 1,
        spread: Spread::Even,
        hours: None,
        reach: count as i128,
        whole: Whole::Each,
    }
}

fn whole_numbers(width: IntWidth, allowed: &Allowed, meaning: &Meaning) -> Raw {
    let (first, last) = match width {
        IntWidth::Small => (i64::from(i16::MIN), i64::from(i16::MAX)),
        IntWidth::Integer => (i64::from(i32::MIN), i64::from(i32::MAX)),
        IntWidth::Big => (i64::MIN, i64::MAX),
        IntWidth::Oid => (0, i64::from(u32::MAX)),
    };
    let mut raw = scaled(
        Sort::Int,
        0,
        Stretch {
            first: i128::from(first),
            last: i128::from(last),
        },
        meaning,
    );
    // Numbers of which nothing is known may be anything that is counted, and people count from 1.
    if raw.near.first == 0 && allowed.low.is_none() && raw.near.last > 1 {
        raw.near.first = 1;
    }
    raw.whole = Whole::Each;
    raw
}

fn decimals(limits: Option<(u32, i32)>, allowed: &Allowed, meaning: &Meaning) -> Raw {
    let (scale, digits) = match limits {
        Some((precision, scale)) if precision <= WIDEST && scale >= 0 => (scale, precision),
        // More digits than a number has here: those at the very end are left at nought, as few as can be.
        Some((precision, scale)) if scale >= 0 => {
            let kept = finest(allowed, meaning).min(scale);
            (
                kept,
                (precision - (scale - kept).unsigned_abs().min(precision)).min(WIDEST - 1),
            )
        }
        Some((precision, scale)) => (
            scale,
            precision.min(WIDEST - 1 - scale.unsigned_abs().min(WIDEST - 1)),
        ),
        None => (finest(allowed, meaning), 30),
    };
    let most = power(digits).saturating_sub(1);
    scaled(
        Sort::Decimal { scale },
        scale,
        Stretch {
            first: -most,
            last: most,
        },
        meaning,
    )
}

fn floats(width: FloatWidth, allowed: &Allowed, meaning: &Meaning) -> Raw {
    // More digits than these, and two places would be the same number.
    let exact = match width {
        FloatWidth::Real => 1_i128 << 23,
        FloatWidth::Double => 1_i128 << 52,
    };
    let farthest = [&allowed.low, &allowed.high]
        .into_iter()
        .flatten()
        .filter_map(|bound| Sort::Int.floor(&bound.value))
        .map(|(place, _)| place.saturating_abs())
        .min()
        .unwrap_or(0)
        .max(farthest_amount(meaning));
    let mut scale = finest(allowed, meaning);
    let fits = |scale: i32| {
        let shift = power(scale.unsigned_abs());
        let there = if scale >= 0 {
            farthest.saturating_mul(shift)
        } else {
            farthest / shift
        };
        there.saturating_mul(4) < exact
    };
    while scale > -30 && !fits(scale) {
        scale -= 1;
    }
    scaled(
        Sort::Float { scale, width },
        scale,
        Stretch {
            first: -exact,
            last: exact,
        },
        meaning,
    )
}

fn farthest_amount(meaning: &Meaning) -> i128 {
    let amounts = meaning.amounts();
    let farthest = amounts.low.unsigned_abs().max(amounts.high.unsigned_abs());
    i128::from(farthest) / power(u32::from(amounts.decimals))
}

/// So many decimals as the meaning has, and more where the bounds have more or are close to each other.
fn finest(allowed: &Allowed, meaning: &Meaning) -> i32 {
    let mut scale = i32::from(meaning.amounts().decimals);
    for bound in [&allowed.low, &allowed.high].into_iter().flatten() {
        if let Value::Decimal(decimal) = &bound.value {
            scale = scale.max(i32::from(decimal.scale));
        }
    }
    let (Some(low), Some(high)) = (&allowed.low, &allowed.high) else {
        return scale;
    };
    // Two bounds that enclose a hundred numbers at the least, unless they enclose just one.
    while scale < 15 {
        let sort = Sort::Decimal { scale };
        match (first_place(&sort, low), last_place(&sort, high)) {
            (Some(first), Some(last)) if last.saturating_sub(first) < 99 && low.value != high.value => {
                scale += 1
            }
            _ => break,
        }
    }
    scale
}

/// Numbers that have a scale, where the meaning's amounts have another.
fn scaled(sort: Sort, scale: i32, type_has: Stretch, meaning: &Meaning) -> Raw {
    let Amounts {
        low,
        high,
        decimals,
        skew,
    } = meaning.amounts();
    let finer = scale - i32::from(decimals);
    let shift = power(finer.unsigned_abs());
    let place = |amount: i64| match finer >= 0 {
        true => i128::from(amount).saturating_mul(shift),
        false => i128::from(amount).div_euclid(shift),
    };
    let near = Stretch {
        first: place(low),
        last: place(high),
    };
    let whole = power(u32::try_from(scale).unwrap_or(0));
    Raw {
        sort,
        type_has,
        near: near.moved_into(type_has),
        grain: if finer > 0 { shift } else { 1 },
        spread: match skew {
            Skew::Even => Spread::Even,
            Skew::Small => Spread::Small,
        },
        hours: None,
        reach: near.count(),
        whole: if scale > 0 { Whole::Any(whole) } else { Whole::Each },
    }
}

fn dates(meaning: &Meaning) -> Raw {
    let moments = meaning.moments();
    Raw {
        sort: Sort::Date,
        type_has: DATES,
        near: Stretch {
            first: i128::from(moments.first_day),
            last: i128::from(moments.last_day),
        },
        grain: 1,
        spread: Spread::Even,
        hours: None,
        reach: 60,
        whole: Whole::Each,
    }
}

/// How many microseconds a place is, of a type with so many digits of seconds.
fn unit(precision: u8) -> i128 {
    power(6_u32.saturating_sub(u32::from(precision)))
}

fn grain_of(grain: Grain, unit: i128) -> i128 {
    let micros = match grain {
        Grain::Day => DAY,
        Grain::Quarter => HOUR / 4,
        Grain::Second => 1_000_000,
        Grain::Finest => 1,
    };
    (micros / unit).max(1)
}

fn timestamps(unit: i128, meaning: &Meaning) -> Raw {
    let moments = meaning.moments();
    let second = (1_000_000 / unit).max(1);
    let (from, until) = (i128::from(moments.from_second), i128::from(moments.to_second));
    Raw {
        sort: Sort::Timestamp { unit },
        type_has: Stretch {
            first: TIMESTAMPS.first.div_euclid(unit),
            last: TIMESTAMPS.last.div_euclid(unit),
        },
        near: Stretch {
            first: i128::from(moments.first_day) * DAY / unit,
            last: (i128::from(moments.last_day) + 1) * DAY / unit - 1,
        },
        grain: grain_of(moments.grain, unit),
        spread: Spread::Even,
        hours: (moments.grain != Grain::Day && until > from && until - from < 86_400)
            .then_some((from * second, until * second)),
        reach: 60 * DAY / unit,
        whole: match moments.grain {
            Grain::Finest => Whole::Any(second),
            _ => Whole::First(second),
        },
    }
}

fn times(sort: Sort, unit: i128, meaning: &Meaning) -> Raw {
    let moments = meaning.moments();
    let second = (1_000_000 / unit).max(1);
    let grain = match moments.grain {
        Grain::Day => Grain::Quarter,
        other => other,
    };
    Raw {
        sort,
        type_has: Stretch {
            first: 0,
            last: DAY / unit - 1,
        },
        near: Stretch {
            first: i128::from(moments.from_second) * second,
            last: i128::from(moments.to_second) * second - 1,
        },
        grain: grain_of(grain, unit),
        spread: Spread::Even,
        hours: None,
        reach: 4 * HOUR / unit,
        whole: Whole::First(second),
    }
}

fn intervals(fields: Option<&str>, precision: u8) -> Raw {
    let months = match fields {
        Some("year") => Some(12),
        Some("month" | "year to month") => Some(1),
        _ => None,
    };
    if let Some(unit) = months {
        let all = Stretch {
            first: -12_000 / unit,
            last: 12_000 / unit,
        };
        return Raw {
            reach: 12 / unit,
            near: Stretch {
                first: 1,
                last: (36 / unit).max(5),
            },
            ..labels_of(Sort::Months { unit }, all)
        };
    }
    let (unit, most) = match fields {
        Some("day") => (DAY, 30 * DAY),
        Some("hour" | "day to hour") => (HOUR, 3 * DAY),
        Some("minute" | "day to minute" | "hour to minute") => (HOUR / 60, DAY),
        _ => (unit(precision), DAY),
    };
    let thousand_years = 365_250 * DAY / unit;
    let minute = (HOUR / 60 / unit).max(1);
    Raw {
        near: Stretch {
            first: minute,
            last: most / unit,
        },
        grain: if unit < HOUR / 60 { 5 * minute } else { 1 },
        spread: Spread::Small,
        reach: most / unit,
        whole: Whole::First(minute),
        ..labels_of(
            Sort::Interval { unit },
            Stretch {
                first: -thousand_years,
                last: thousand_years,
            },
        )
    }
}

fn labels_of(sort: Sort, all: Stretch) -> Raw {
    Raw {
        type_has: all,
        near: all,
        ..labels(sort, 0)
    }
}
