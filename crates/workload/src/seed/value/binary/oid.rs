//! The numbers of PostgreSQL's own types. They are the same on every server, and are part of the form of arrays.
//!
//! They are those of `src/include/catalog/pg_type.dat`.

use crate::seed::data_type::{DataType, FloatWidth, IntWidth, JsonForm, TextForm};

/// The number of a type. None for types that somebody made: each server gives them numbers of its own.
pub(super) fn of(data_type: &DataType) -> Option<u32> {
    Some(match data_type {
        DataType::Bool => 16,
        DataType::Int(IntWidth::Small) => 21,
        DataType::Int(IntWidth::Integer) => 23,
        DataType::Int(IntWidth::Big) => 20,
        DataType::Int(IntWidth::Oid) => 26,
        DataType::Float(FloatWidth::Real) => 700,
        DataType::Float(FloatWidth::Double) => 701,
        DataType::Numeric(_) => 1700,
        DataType::Money => 790,
        DataType::Text(TextForm::Text) => 25,
        DataType::Text(TextForm::Varchar(_)) => 1043,
        DataType::Text(TextForm::Char(_)) => 1042,
        DataType::Text(TextForm::Name) => 19,
        DataType::Text(TextForm::Byte) => 18,
        DataType::Text(TextForm::Citext) => return None,
        DataType::Json(JsonForm::Text) => 114,
        DataType::Json(JsonForm::Binary) => 3802,
        DataType::Xml => 142,
        DataType::Bytea => 17,
        DataType::Date => 1082,
        DataType::Time(_) => 1083,
        DataType::TimeTz(_) => 1266,
        DataType::Timestamp(_) => 1114,
        DataType::TimestampTz(_) => 1184,
        DataType::Interval { .. } => 1186,
        DataType::Uuid => 2950,
        DataType::Bit { varying: false, .. } => 1560,
        DataType::Bit { varying: true, .. } => 1562,
        DataType::Domain(domain) if domain.name.schema.as_str() == "pg_catalog" => 1042,
        DataType::Other(name) => other(name)?,
        DataType::Range(name, _) => match &**name {
            "int4range" => 3904,
            "numrange" => 3906,
            "tsrange" => 3908,
            "tstzrange" => 3910,
            "daterange" => 3912,
            "int8range" => 3926,
            _ => return None,
        },
        DataType::Multirange(name, _) => match &**name {
            "int4multirange" => 4451,
            "nummultirange" => 4532,
            "tsmultirange" => 4533,
            "tstzmultirange" => 4534,
            "datemultirange" => 4535,
            "int8multirange" => 4536,
            _ => return None,
        },
        DataType::Enum(..)
        | DataType::Array(_)
        | DataType::Composite(..)
        | DataType::Domain(_)
        | DataType::Foreign { .. } => return None,
    })
}

fn other(name: &str) -> Option<u32> {
    Some(match name {
        "box" => 603,
        "cid" => 29,
        "cidr" => 650,
        "circle" => 718,
        "inet" => 869,
        "jsonpath" => 4072,
        "line" => 628,
        "lseg" => 601,
        "macaddr" => 829,
        "macaddr8" => 774,
        "path" => 602,
        "pg_lsn" => 3220,
        "pg_snapshot" => 5038,
        "point" => 600,
        "polygon" => 604,
        "refcursor" => 1790,
        "tid" => 27,
        "txid_snapshot" => 2970,
        "xid" => 28,
        "xid8" => 5069,
        _ => return None,
    })
}
