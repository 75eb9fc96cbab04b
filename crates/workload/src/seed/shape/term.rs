//! Sides of comparisons: columns, and what is asked of one.

use cogway_catalog::sql::Expression;

use super::atom::Reasoner;
use crate::seed::allowed::Compare;
use crate::seed::data_type::{DataType, TextForm};
use crate::seed::evaluate::{Compiled, find_type};
use crate::seed::value::moment::DAY;
use crate::seed::value::{Decimal, Value};

/// What of a column is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Term {
    /// The column itself, whatever it is cast to without a loss.
    Column(usize),
    /// How many characters, or elements.
    Length(usize),
    /// How many characters without blanks at both ends.
    TrimmedLength(usize),
    /// How many bytes.
    Octets(usize),
    /// How many elements; NULL for none.
    ArrayLength(usize),
    /// How many elements of a JSON array.
    Elements(usize),
    /// What sort of JSON.
    Kind(usize),
    /// Whether an address is of IPv4 or IPv6.
    Family(usize),
    /// How many bits of an address are those of its network.
    MaskLength(usize),
    /// In small letters.
    Lower(usize),
    /// In capitals.
    Upper(usize),
    /// Without blanks at its ends, or at one of them.
    Trimmed(usize),
    /// The year of a moment.
    Year(usize),
    /// The day of a moment.
    Day(usize),
    /// Something else.
    Other,
}

impl Term {
    pub(super) fn column(self) -> Option<usize> {
        match self {
            Term::Column(column)
            | Term::Length(column)
            | Term::TrimmedLength(column)
            | Term::Octets(column)
            | Term::ArrayLength(column)
            | Term::Elements(column)
            | Term::Kind(column)
            | Term::Family(column)
            | Term::MaskLength(column)
            | Term::Lower(column)
            | Term::Upper(column)
            | Term::Trimmed(column)
            | Term::Year(column)
            | Term::Day(column) => Some(column),
            Term::Other => None,
        }
    }

    /// Does what is done to the column leave this text as it is?
    pub(super) fn leaves(self, text: &str) -> bool {
        match self {
            Term::Lower(_) => text.to_lowercase() == text,
            Term::Upper(_) => text.to_uppercase() == text,
            Term::Trimmed(_) => text.trim_matches(' ') == text,
            _ => true,
        }
    }
}

/// How a constant is compared with values of a type.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fit {
    /// As this value of the type.
    Compare(Compare, Value),
    /// The comparison holds for all values.
    Always,
    /// It holds for none.
    Never,
    /// It is not known.
    Unknown,
}

impl Reasoner<'_> {
    /// What of which column it is; none where it is nothing that is known.
    pub(super) fn term(&self, expression: &Expression) -> Option<Term> {
        match expression {
            Expression::Column(name) => self.place(name).map(Term::Column),
            Expression::Collate(of, _) => self.term(of),
            Expression::Cast(of, written) => {
                let term = self.term(of)?;
                let to = find_type(written, self.columns);
                match term {
                    Term::Column(column) => {
                        let from = Compiled::of(of, self.columns).ok()?.data_type()?.base().clone();
                        if *to.base() == DataType::Date
                            && matches!(from, DataType::Timestamp(_) | DataType::TimestampTz(_))
                        {
                            return Some(Term::Day(column));
                        }
                        keeps(&from, to.base()).then_some(term)
                    }
                    // Counts and texts, which are cast to wider types only.
                    Term::Length(_)
                    | Term::TrimmedLength(_)
                    | Term::Octets(_)
                    | Term::ArrayLength(_)
                    | Term::Elements(_)
                    | Term::Family(_)
                    | Term::MaskLength(_)
                    | Term::Year(_) => matches!(
                        to,
                        DataType::Int(_) | DataType::Numeric(None) | DataType::Float(_)
                    )
                    .then_some(term),
                    Term::Kind(_) | Term::Lower(_) | Term::Upper(_) | Term::Trimmed(_) => {
                        matches!(to, DataType::Text(TextForm::Text)).then_some(term)
                    }
                    Term::Day(_) | Term::Other => None,
                }
            }
            Expression::Call(call) if call.schema.is_none() => {
                let arguments: Vec<&Expression> =
                    call.arguments.iter().map(|argument| &argument.value).collect();
                match (call.name.as_str(), arguments.as_slice()) {
                    ("extract" | "date_part", [field, of]) => {
                        match (self.term(of)?, self.constants(field)?.0) {
                            (Term::Column(column), Value::Text(field))
                                if field == "year" && self.is_moment(column) =>
                            {
                                Some(Term::Year(column))
                            }
                            _ => None,
                        }
                    }
                    ("array_length" | "array_upper", [array, dimension]) => {
                        match (self.term(array)?, self.constants(dimension)?.0) {
                            (Term::Column(column), Value::Int(1)) => Some(Term::ArrayLength(column)),
                            _ => None,
                        }
                    }
                    (name, [of]) => self.function(name, self.term(of)?),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn is_moment(&self, column: usize) -> bool {
        matches!(
            self.columns[column].data_type.base(),
            DataType::Date | DataType::Timestamp(_) | DataType::TimestampTz(_)
        )
    }

    fn function(&self, name: &str, of: Term) -> Option<Term> {
        let base = self.columns[of.column()?].data_type.base();
        let text = matches!(base, DataType::Text(_));
        Some(match (name, of) {
            ("length" | "char_length" | "character_length", Term::Column(column)) if text => {
                Term::Length(column)
            }
            ("length" | "char_length" | "character_length", Term::Trimmed(column)) => {
                Term::TrimmedLength(column)
            }
            ("length" | "octet_length", Term::Column(column)) if *base == DataType::Bytea => {
                Term::Octets(column)
            }
            ("octet_length", Term::Column(column)) if text => Term::Octets(column),
            ("length" | "bit_length", Term::Column(column)) if matches!(base, DataType::Bit { .. }) => {
                Term::Length(column)
            }
            ("family", Term::Column(column)) => Term::Family(column),
            ("masklen", Term::Column(column)) => Term::MaskLength(column),
            ("cardinality", Term::Column(column)) if matches!(base, DataType::Array(_)) => {
                Term::Length(column)
            }
            ("jsonb_array_length" | "json_array_length", Term::Column(column)) => Term::Elements(column),
            ("jsonb_typeof" | "json_typeof", Term::Column(column)) => Term::Kind(column),
            ("lower", Term::Column(column)) if text => Term::Lower(column),
            ("upper", Term::Column(column)) if text => Term::Upper(column),
            ("btrim" | "ltrim" | "rtrim" | "trim", Term::Column(column)) if text => Term::Trimmed(column),
            _ => return None,
        })
    }
}

/// Is it a column, cast or not?
pub(super) fn is_column(expression: &Expression) -> bool {
    match expression {
        Expression::Cast(of, _) | Expression::Collate(of, _) => is_column(of),
        Expression::Column(_) => true,
        _ => false,
    }
}

/// Is a value the same after that cast, and as great as others that are?
fn keeps(from: &DataType, to: &DataType) -> bool {
    match (from, to) {
        (DataType::Text(_), DataType::Text(TextForm::Text | TextForm::Varchar(None) | TextForm::Citext)) => {
            true
        }
        (DataType::Int(_), DataType::Int(_) | DataType::Numeric(None) | DataType::Float(_)) => {
            // A cast to fewer bits raises an error for what has no room, and the rest stays.
            true
        }
        (DataType::Numeric(_), DataType::Numeric(None)) => true,
        (DataType::Float(_), DataType::Float(crate::seed::data_type::FloatWidth::Double)) => true,
        (DataType::Date, DataType::Timestamp(6) | DataType::TimestampTz(6)) => true,
        (DataType::Timestamp(_), DataType::TimestampTz(6))
        | (DataType::TimestampTz(_), DataType::Timestamp(6)) => true,
        (DataType::Other("cidr"), DataType::Other("inet"))
        | (DataType::Bit { .. }, DataType::Bit { length: None, .. }) => true,
        (DataType::Enum(..), DataType::Text(TextForm::Text)) => false,
        (DataType::Array(from), DataType::Array(to)) => keeps(from.base(), to.base()),
        (from, to) => from == to,
    }
}

/// How a constant is compared with values of that type, which has no domain.
pub(super) fn fitted(constant: &Value, compare: Compare, of: &DataType) -> Fit {
    match (of, constant) {
        (DataType::Int(_), Value::Int(_))
        | (DataType::Bool, Value::Bool(_))
        | (DataType::Numeric(_) | DataType::Money, Value::Decimal(_))
        | (DataType::Date, Value::Date(_))
        | (DataType::Time(_), Value::Time(_))
        | (DataType::TimeTz(_), Value::TimeTz(..))
        | (DataType::Timestamp(_) | DataType::TimestampTz(_), Value::Timestamp(_))
        | (DataType::Interval { .. }, Value::Interval { .. })
        | (DataType::Uuid, Value::Uuid(_))
        | (DataType::Bytea, Value::Bytes(_))
        | (DataType::Array(_), Value::Array(_))
        | (DataType::Range(..), Value::Range(_))
        | (DataType::Enum(..) | DataType::Json(_) | DataType::Xml, Value::Text(_))
        | (DataType::Bit { .. } | DataType::Other(_) | DataType::Foreign { .. }, Value::Literal(_)) => {
            Fit::Compare(compare, constant.clone())
        }
        (DataType::Text(TextForm::Char(_)), Value::Text(text)) => {
            Fit::Compare(compare, Value::Text(text.trim_end_matches(' ').to_owned()))
        }
        (DataType::Text(_), Value::Text(_)) => Fit::Compare(compare, constant.clone()),
        (DataType::Numeric(_), Value::Int(number)) => {
            Fit::Compare(compare, Value::Decimal(Decimal::whole(*number)))
        }
        (DataType::Float(_), Value::Float(number)) if number.is_finite() => {
            Fit::Compare(compare, constant.clone())
        }
        // Nothing that is drawn is infinite, or no number.
        (DataType::Float(_), Value::Float(number)) => match compare {
            Compare::NotEqual => Fit::Always,
            Compare::Less | Compare::LessOrEqual if *number > 0.0 || number.is_nan() => Fit::Always,
            Compare::Greater | Compare::GreaterOrEqual if *number < 0.0 => Fit::Always,
            _ => Fit::Never,
        },
        (DataType::Numeric(_), Value::Literal(text)) if text == "NaN" && compare == Compare::NotEqual => {
            Fit::Always
        }
        (DataType::Float(_), Value::Int(number)) => Fit::Compare(compare, Value::Float(*number as f64)),
        (DataType::Float(_), Value::Decimal(number)) => Fit::Compare(compare, Value::Float(number.to_f64())),
        (DataType::Int(_), Value::Decimal(number)) => {
            let Some(unit) = 10_i128.checked_pow(u32::from(number.scale)) else {
                return Fit::Unknown;
            };
            let whole = number.units.div_euclid(unit);
            between(whole, number.units.rem_euclid(unit) != 0, compare)
        }
        (DataType::Int(_), Value::Float(number)) if number.abs() < 9e15 => {
            between(number.floor() as i128, number.fract() != 0.0, compare)
        }
        (DataType::Date, Value::Timestamp(micros)) => match *micros {
            i64::MAX | i64::MIN => Fit::Unknown,
            micros => match between(
                i128::from(micros.div_euclid(DAY)),
                micros.rem_euclid(DAY) != 0,
                compare,
            ) {
                Fit::Compare(compare, Value::Int(days)) => match i32::try_from(days) {
                    Ok(days) => Fit::Compare(compare, Value::Date(days)),
                    Err(_) => Fit::Unknown,
                },
                other => other,
            },
        },
        (DataType::Timestamp(_) | DataType::TimestampTz(_), Value::Date(days)) => match *days {
            i32::MAX => Fit::Compare(compare, Value::Timestamp(i64::MAX)),
            i32::MIN => Fit::Compare(compare, Value::Timestamp(i64::MIN)),
            days => match i64::from(days).checked_mul(DAY) {
                Some(micros) => Fit::Compare(compare, Value::Timestamp(micros)),
                None => Fit::Unknown,
            },
        },
        _ => Fit::Unknown,
    }
}

/// Whole numbers compared with one that may lie between this and the next.
fn between(whole: i128, beyond: bool, compare: Compare) -> Fit {
    let Ok(whole) = i64::try_from(whole) else {
        return Fit::Unknown;
    };
    let value = Value::Int(whole);
    match (compare, beyond) {
        (compare, false) => Fit::Compare(compare, value),
        (Compare::Equal, true) => Fit::Never,
        (Compare::NotEqual, true) => Fit::Always,
        (Compare::Less | Compare::LessOrEqual, true) => Fit::Compare(Compare::LessOrEqual, value),
        (Compare::Greater | Compare::GreaterOrEqual, true) => Fit::Compare(Compare::Greater, value),
    }
}
