//! What a column can hold: its type, with everything that the catalog says of it.

use std::sync::Arc;

use cogway_catalog::QualifiedName;

mod resolve;

/// The type of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum DataType {
    /// `boolean`.
    Bool,
    /// Whole numbers.
    Int(IntWidth),
    /// `real` or `double precision`.
    Float(FloatWidth),
    /// `numeric(precision, scale)`: none without limits. The scale may be negative.
    Numeric(Option<(u32, i32)>),
    /// `money`.
    Money,
    /// Text of any sort.
    Text(TextForm),
    /// `json` or `jsonb`.
    Json(JsonForm),
    /// `xml`.
    Xml,
    /// `bytea`.
    Bytea,
    /// `date`.
    Date,
    /// `time(precision)`, digits of seconds behind the point.
    Time(u8),
    /// `time(precision) with time zone`.
    TimeTz(u8),
    /// `timestamp(precision)`.
    Timestamp(u8),
    /// `timestamp(precision) with time zone`.
    TimestampTz(u8),
    /// `interval`, with its fields (`day to second`) where it is limited to some, and digits of seconds.
    Interval {
        /// `year`, `day to second`, …, in lower case.
        fields: Option<String>,
        /// Digits of seconds behind the point.
        precision: u8,
    },
    /// `uuid`.
    Uuid,
    /// `bit(n)` (exactly so many) or `bit varying(n)` (at most; none without limit).
    Bit {
        /// How many.
        length: Option<u32>,
        /// At most so many, rather than exactly?
        varying: bool,
    },
    /// `inet`, `cidr`, `macaddr`, `macaddr8`, the geometric types, `tsvector`, `tsquery`, `pg_lsn`, …: a type of
    /// PostgreSQL's own that has a name and nothing else to say, by that name.
    Other(&'static str),
    /// An enum, with its labels in order.
    Enum(QualifiedName, Arc<[String]>),
    /// An array. The declared size and number of dimensions mean nothing to PostgreSQL.
    Array(Arc<DataType>),
    /// A range over a type, with the range type's name as PostgreSQL writes it.
    Range(Arc<str>, Arc<DataType>),
    /// A multirange over the same.
    Multirange(Arc<str>, Arc<DataType>),
    /// A composite type: names and types of its fields.
    Composite(QualifiedName, Arc<[(String, DataType)]>),
    /// A domain.
    Domain(Arc<Domain>),
    /// A type of an extension, or one that somebody made: its name without schema, as it is written otherwise.
    Foreign {
        /// Without schema: `hstore`.
        name: String,
        /// As PostgreSQL writes it: `public.hstore`.
        written: String,
    },
}

/// How wide a whole number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntWidth {
    /// `smallint`
    Small,
    /// `integer`
    Integer,
    /// `bigint`
    Big,
    /// `oid`: 32 bits without a sign
    Oid,
}

/// How wide a floating-point number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatWidth {
    /// `real`
    Real,
    /// `double precision`
    Double,
}

/// A sort of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextForm {
    /// `text`
    Text,
    /// `character varying(n)`, in characters
    Varchar(Option<u32>),
    /// `character(n)`, in characters, filled up with blanks
    Char(u32),
    /// `name`: 63 bytes
    Name,
    /// `"char"`: one byte
    Byte,
    /// `citext`: case does not count
    Citext,
}

/// A sort of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonForm {
    /// `json`
    Text,
    /// `jsonb`
    Binary,
}

/// A domain: a type with conditions.
#[derive(Clone, Debug, PartialEq)]
pub struct Domain {
    /// Its name.
    pub name: QualifiedName,
    /// The type below, which may be a domain again.
    pub base: DataType,
    /// Is NULL refused?
    pub not_null: bool,
    /// Its conditions, with the word `VALUE` for the value: the constraint's name, and the expression.
    pub checks: Vec<(String, String)>,
}

impl DataType {
    /// The type below all domains.
    pub fn base(&self) -> &DataType {
        let mut below = self;
        while let DataType::Domain(domain) = below {
            below = &domain.base;
        }
        below
    }

    /// Is it `character` of any sort, for which blanks at the end do not count?
    pub fn pads_with_blanks(&self) -> bool {
        matches!(self.base(), DataType::Text(TextForm::Char(_))) || self.is_unlimited_char()
    }

    /// Is it `character` without a length, or a domain over it? It stands as PostgreSQL's own domain
    /// `pg_catalog.bpchar` over `character varying`.
    pub fn is_unlimited_char(&self) -> bool {
        let mut below = self;
        while let DataType::Domain(domain) = below {
            if domain.name.schema.as_str() == "pg_catalog" && domain.name.name.as_str() == "bpchar" {
                return true;
            }
            below = &domain.base;
        }
        false
    }

    /// The type as SQL writes it, with modifiers: `character varying(20)`, `public.mood[]`.
    pub fn written(&self) -> String {
        let seconds = |name: &str, precision: u8, rest: &str| match precision {
            6.. => format!("{name}{rest}"),
            digits => format!("{name}({digits}){rest}"),
        };
        let counted = |name: &str, count: Option<u32>| match count {
            Some(count) => format!("{name}({count})"),
            None => name.to_owned(),
        };
        match self {
            DataType::Bool => "boolean".to_owned(),
            DataType::Int(IntWidth::Small) => "smallint".to_owned(),
            DataType::Int(IntWidth::Integer) => "integer".to_owned(),
            DataType::Int(IntWidth::Big) => "bigint".to_owned(),
            DataType::Int(IntWidth::Oid) => "oid".to_owned(),
            DataType::Float(FloatWidth::Real) => "real".to_owned(),
            DataType::Float(FloatWidth::Double) => "double precision".to_owned(),
            DataType::Numeric(None) => "numeric".to_owned(),
            DataType::Numeric(Some((precision, scale))) => format!("numeric({precision},{scale})"),
            DataType::Money => "money".to_owned(),
            DataType::Text(TextForm::Text) => "text".to_owned(),
            DataType::Text(TextForm::Varchar(limit)) => counted("character varying", *limit),
            DataType::Text(TextForm::Char(length)) => counted("character", Some(*length)),
            DataType::Text(TextForm::Name) => "name".to_owned(),
            DataType::Text(TextForm::Byte) => "\"char\"".to_owned(),
            // The schema of the extension is not kept, and with `text` a constant is assigned just as well.
            DataType::Text(TextForm::Citext) => "text".to_owned(),
            DataType::Json(JsonForm::Text) => "json".to_owned(),
            DataType::Json(JsonForm::Binary) => "jsonb".to_owned(),
            DataType::Xml => "xml".to_owned(),
            DataType::Bytea => "bytea".to_owned(),
            DataType::Date => "date".to_owned(),
            DataType::Time(precision) => seconds("time", *precision, " without time zone"),
            DataType::TimeTz(precision) => seconds("time", *precision, " with time zone"),
            DataType::Timestamp(precision) => seconds("timestamp", *precision, " without time zone"),
            DataType::TimestampTz(precision) => seconds("timestamp", *precision, " with time zone"),
            DataType::Interval { fields, precision } => match fields {
                Some(fields) => seconds(&format!("interval {fields}"), *precision, ""),
                None => seconds("interval", *precision, ""),
            },
            DataType::Uuid => "uuid".to_owned(),
            DataType::Bit {
                length,
                varying: true,
            } => counted("bit varying", *length),
            // Without quotes it would be one bit.
            DataType::Bit { length: None, .. } => "\"bit\"".to_owned(),
            DataType::Bit { length, .. } => counted("bit", *length),
            DataType::Other(name) => (*name).to_owned(),
            DataType::Enum(name, _) | DataType::Composite(name, _) => name.to_string(),
            DataType::Array(element) => format!("{}[]", element.written()),
            DataType::Range(name, _) | DataType::Multirange(name, _) => name.to_string(),
            DataType::Domain(domain) => domain.name.to_string(),
            DataType::Foreign { written, .. } => written.clone(),
        }
    }
}
