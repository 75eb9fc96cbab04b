//! Says of a value whether it is allowed, without anything of what made it.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;

use crate::seed::allowed::{Allowed, Case, PatternForm, Span};
use crate::seed::data_type::{DataType, FloatWidth, TextForm};
use crate::seed::value::{Range, Value};

thread_local! {
    static COMPILED: RefCell<HashMap<String, regex::Regex>> = RefCell::default();
}

pub(super) fn judge(value: &Value, of: &DataType, allowed: &Allowed) -> Result<(), String> {
    let must = |holds: bool, what: &str| if holds { Ok(()) } else { Err(what.to_string()) };
    must(*value != Value::Null, "NULL")?;
    must(is_of(value, of), "not of the type")?;
    let equal = |other: &Value| value.compare_as(other, of) == Some(Ordering::Equal);
    if let Some(list) = &allowed.one_of {
        must(list.iter().any(equal), "not in the list")?;
    }
    must(!allowed.none_of.iter().any(equal), "one of those not allowed")?;
    if let Some(low) = &allowed.low {
        let order = value.compare_as(&low.value, of);
        must(
            order == Some(Ordering::Greater) || low.included && order == Some(Ordering::Equal),
            "too low",
        )?;
    }
    if let Some(high) = &allowed.high {
        let order = value.compare_as(&high.value, of);
        must(
            order == Some(Ordering::Less) || high.included && order == Some(Ordering::Equal),
            "too high",
        )?;
    }
    match value {
        Value::Text(text) => {
            if matches!(of.base(), DataType::Text(_)) {
                must(has(allowed.length, text.chars().count()), "length")?;
                must(has(allowed.octets, text.len()), "octets")?;
                must(
                    allowed.case != Case::Lower || *text == text.to_lowercase(),
                    "capitals",
                )?;
                must(
                    allowed.case != Case::Upper || *text == text.to_uppercase(),
                    "small letters",
                )?;
                for pattern in &allowed.patterns {
                    let (regex, open) = match pattern.form {
                        PatternForm::Like => {
                            let regex = regex::escape(&pattern.text).replace('%', ".*").replace('_', ".");
                            (format!("^{regex}$"), "")
                        }
                        // PostgreSQL's marks of words, in the words of the crate.
                        _ => (
                            pattern
                                .text
                                .replace(r"\m", r"\b")
                                .replace(r"\M", r"\b")
                                .replace(r"\y", r"\b"),
                            "(?s)",
                        ),
                    };
                    let regex =
                        regex::Regex::new(&format!("{open}{regex}")).map_err(|why| why.to_string())?;
                    must(regex.is_match(text) == pattern.wanted, &pattern.text)?;
                }
                must(!allowed.trimmed || text.trim() == text, "blanks")?;
            }
            if let Some(kind) = &allowed.json_kind {
                let expected = match kind.as_str() {
                    "object" => text.starts_with('{'),
                    "array" => text.starts_with('['),
                    "string" => text.starts_with('"'),
                    "number" => text.parse::<f64>().is_ok(),
                    _ => text == "true" || text == "false",
                };
                must(expected, "kind of JSON")?;
            }
        }
        Value::Bytes(bytes) => must(has(allowed.octets, bytes.len()), "octets")?,
        Value::Array(elements) => {
            must(has(allowed.length, elements.len()), "length")?;
            let DataType::Array(element) = of.base() else {
                return Err("not an array".into());
            };
            for value in elements {
                judge(
                    value,
                    element,
                    allowed.element.as_deref().unwrap_or(&Allowed::default()),
                )?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn has(span: Span, length: usize) -> bool {
    span.least.is_none_or(|least| least as usize <= length)
        && span.most.is_none_or(|most| length <= most as usize)
}

fn is_of(value: &Value, of: &DataType) -> bool {
    match (of.base(), value) {
        (DataType::Bool, Value::Bool(_))
        | (DataType::Uuid, Value::Uuid(_))
        | (DataType::Bytea, Value::Bytes(_)) => true,
        (DataType::Int(width), Value::Int(value)) => {
            let (low, high) = width.bounds();
            (low..=high).contains(value)
        }
        (DataType::Float(width), Value::Float(value)) => {
            value.is_finite() && (*width == FloatWidth::Double || f64::from(*value as f32) == *value)
        }
        (DataType::Numeric(limits), Value::Decimal(value)) => limits.is_none_or(|(precision, scale)| {
            let digits = value
                .units
                .unsigned_abs()
                .checked_ilog10()
                .map_or(0, |log| i64::from(log) + 1);
            let whole_digits = digits - i64::from(value.scale);
            let is_kept = match u8::try_from(scale) {
                Ok(scale) => value.normalized().scale <= scale,
                Err(_) => value.kept_by(scale) == Some(*value),
            };
            is_kept && whole_digits <= i64::from(precision) - i64::from(scale)
        }),
        (DataType::Money, Value::Decimal(value)) => value.scale <= 2,
        (DataType::Text(form), Value::Text(text)) => match form {
            TextForm::Varchar(Some(limit)) | TextForm::Char(limit) => {
                text.chars().count() <= *limit as usize
                    && (*form != TextForm::Char(*limit) || !text.ends_with(' '))
            }
            TextForm::Name => text.len() <= 63,
            TextForm::Byte => text.len() <= 1,
            _ => true,
        },
        (DataType::Json(_), Value::Text(text)) => Value::parse(text, of).is_some(),
        (DataType::Date, Value::Date(_)) => true,
        (DataType::Time(precision), Value::Time(micros))
        | (DataType::TimeTz(precision), Value::TimeTz(micros, _)) => {
            (0..86_400_000_000).contains(micros) && micros % 10_i64.pow(6 - u32::from(*precision)) == 0
        }
        (DataType::Timestamp(precision) | DataType::TimestampTz(precision), Value::Timestamp(micros)) => {
            micros % 10_i64.pow(6 - u32::from(*precision)) == 0
        }
        (DataType::Interval { .. }, Value::Interval { .. }) => true,
        (DataType::Enum(_, labels), Value::Text(label)) => labels.contains(label),
        (DataType::Array(_), Value::Array(_)) => true,
        (DataType::Range(..), Value::Range(range)) => {
            matches!(&**range, Range::Span { low: Some(low), high: Some(high), .. } if low.compare(high) == Some(Ordering::Less))
        }
        (DataType::Multirange(..), Value::Multirange(ranges)) => !ranges.is_empty(),
        (DataType::Composite(_, fields), Value::Fields(values)) => {
            fields.len() == values.len() && fields.iter().zip(values).all(|((_, of), value)| is_of(value, of))
        }
        (DataType::Bit { length, varying }, Value::Literal(bits)) => {
            bits.bytes().all(|bit| bit == b'0' || bit == b'1')
                && length.is_none_or(|length| {
                    bits.len() <= length as usize && (*varying || bits.len() == length as usize)
                })
        }
        (DataType::Other(_) | DataType::Foreign { .. }, Value::Literal(text)) => !text.is_empty(),
        (DataType::Xml, Value::Text(text)) => text.starts_with("<note") && text.ends_with("</note>"),
        _ => false,
    }
}
