//! Types of the parts of an expression.

use cogway_catalog::Catalog;

use crate::seed::column::Column;
use crate::seed::data_type::{DataType, FloatWidth, IntWidth, JsonForm, TextForm};

pub(super) const TEXT: DataType = DataType::Text(TextForm::Text);
pub(super) const INTEGER: DataType = DataType::Int(IntWidth::Integer);
pub(super) const BIGINT: DataType = DataType::Int(IntWidth::Big);
pub(super) const NUMERIC: DataType = DataType::Numeric(None);
pub(super) const DOUBLE: DataType = DataType::Float(FloatWidth::Double);
pub(super) const TIMESTAMP: DataType = DataType::Timestamp(6);
pub(super) const TIMESTAMP_TZ: DataType = DataType::TimestampTz(6);
pub(super) const INTERVAL: DataType = DataType::Interval {
    fields: None,
    precision: 6,
};

/// What is done with values of a type, whatever its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Bool,
    Int,
    Float,
    Numeric,
    Money,
    /// `text`, `varchar`, `name`
    Text,
    /// `character(n)`: blanks at the end do not count
    Padded,
    Citext,
    Json,
    Jsonb,
    Bytea,
    Date,
    Time,
    TimeTz,
    Timestamp,
    TimestampTz,
    Interval,
    Uuid,
    Bit,
    /// `inet`, `cidr`
    Network,
    Enum,
    Array,
    Range,
    Multirange,
    Composite,
    /// Only PostgreSQL knows.
    Other,
}

impl Family {
    pub(super) fn of(data_type: &DataType) -> Family {
        match data_type {
            DataType::Bool => Family::Bool,
            DataType::Int(_) => Family::Int,
            DataType::Float(_) => Family::Float,
            DataType::Numeric(_) => Family::Numeric,
            DataType::Money => Family::Money,
            DataType::Text(TextForm::Char(_)) => Family::Padded,
            DataType::Text(TextForm::Citext) => Family::Citext,
            DataType::Text(_) => Family::Text,
            DataType::Json(JsonForm::Text) => Family::Json,
            DataType::Json(JsonForm::Binary) => Family::Jsonb,
            DataType::Bytea => Family::Bytea,
            DataType::Date => Family::Date,
            DataType::Time(_) => Family::Time,
            DataType::TimeTz(_) => Family::TimeTz,
            DataType::Timestamp(_) => Family::Timestamp,
            DataType::TimestampTz(_) => Family::TimestampTz,
            DataType::Interval { .. } => Family::Interval,
            DataType::Uuid => Family::Uuid,
            DataType::Bit { .. } => Family::Bit,
            DataType::Enum(..) => Family::Enum,
            DataType::Array(_) => Family::Array,
            DataType::Range(..) => Family::Range,
            DataType::Multirange(..) => Family::Multirange,
            DataType::Composite(..) => Family::Composite,
            DataType::Domain(domain) if is_padded(data_type) => match Family::of(&domain.base) {
                Family::Text => Family::Padded,
                other => other,
            },
            DataType::Domain(domain) => Family::of(&domain.base),
            DataType::Other("inet" | "cidr") => Family::Network,
            DataType::Xml | DataType::Other(_) | DataType::Foreign { .. } => Family::Other,
        }
    }

    pub(super) fn is_text(self) -> bool {
        matches!(self, Family::Text | Family::Padded | Family::Citext)
    }

    pub(super) fn is_number(self) -> bool {
        matches!(self, Family::Int | Family::Float | Family::Numeric)
    }

    pub(super) fn is_moment(self) -> bool {
        matches!(self, Family::Date | Family::Timestamp | Family::TimestampTz)
    }
}

/// `character` without a length, which is looked at as a domain of PostgreSQL's own.
pub(super) fn is_padded(data_type: &DataType) -> bool {
    match data_type {
        DataType::Domain(domain) => domain.name.to_string() == "pg_catalog.bpchar",
        DataType::Text(TextForm::Char(_)) => true,
        _ => false,
    }
}

/// The type of that name: one of PostgreSQL's own, or one that a column has, or a part of one.
pub(in crate::seed) fn find(written: &str, columns: &[Column]) -> DataType {
    let (element, dimensions) = match written.strip_suffix("[]") {
        Some(element) => (element.trim_end_matches("[]"), true),
        None => (written, false),
    };
    let found = columns
        .iter()
        .find_map(|column| within(element, &column.data_type))
        .unwrap_or_else(|| DataType::resolve(&Catalog::default(), element));
    if dimensions {
        DataType::Array(found.into())
    } else {
        found
    }
}

fn within(written: &str, data_type: &DataType) -> Option<DataType> {
    let user_made = matches!(
        data_type,
        DataType::Enum(..)
            | DataType::Domain(_)
            | DataType::Range(..)
            | DataType::Multirange(..)
            | DataType::Composite(..)
    );
    if user_made && data_type.written() == written {
        return Some(data_type.clone());
    }
    match data_type {
        DataType::Domain(domain) => within(written, &domain.base),
        DataType::Array(inner) | DataType::Range(_, inner) | DataType::Multirange(_, inner) => {
            within(written, inner)
        }
        DataType::Composite(_, fields) => fields.iter().find_map(|(_, field)| within(written, field)),
        _ => None,
    }
}
