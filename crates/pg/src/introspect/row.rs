//! Decodes a row of a catalog query into an object, field by field through serde.

use std::error::Error;
use std::fmt;

use bytes::BufMut;
use cogway_catalog::{Name, QualifiedName};
use serde::de::value::{MapDeserializer, StrDeserializer};
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, IsNull, Kind as TypeKind, ToSql, Type, to_sql_checked};

/// Resolves what queries leave to the reader.
pub(crate) trait Resolve {
    /// The name of a relation.
    fn relation(&self, oid: u32) -> Option<&QualifiedName>;
    /// The name of a column.
    fn column(&self, relation: u32, number: i16) -> Option<&Name>;
}

/// What the columns of a result are, found out once for all its rows.
pub(crate) struct Layout<'a> {
    columns: Vec<LayoutColumn<'a>>,
    /// Where the columns are that are asked for in each row, by [`ASKED`].
    asked: [Option<usize>; ASKED.len()],
}

/// Columns that are asked for in each row of an object.
const ASKED: [&str; 13] = [
    "oid",
    "sub_oid",
    "container",
    "relation",
    "schema",
    "name",
    "signature",
    "type_oid",
    "owner",
    "acl",
    "acl_default",
    "definition",
    "directions",
];

struct LayoutColumn<'a> {
    /// The name of the column of the result.
    name: &'a str,
    /// The attribute that it is.
    attribute: &'a str,
    /// The column with the relation of which it holds attribute numbers.
    numbers_of: Option<&'a str>,
    kind: &'a Type,
}

impl<'a> Layout<'a> {
    /// That of the result with these rows.
    pub(crate) fn of(rows: &'a [Row]) -> Layout<'a> {
        let columns = rows.first().map(Row::columns).unwrap_or_default();
        let columns = columns.iter().map(|column| {
            let (attribute, numbers_of) = match column.name().split_once(" of ") {
                Some((attribute, relation)) => (attribute, Some(relation)),
                None => (column.name(), None),
            };
            LayoutColumn {
                name: column.name(),
                attribute,
                numbers_of,
                kind: column.type_(),
            }
        });
        let columns: Vec<LayoutColumn<'_>> = columns.collect();
        Layout {
            asked: ASKED.map(|name| columns.iter().position(|column| column.name == name)),
            columns,
        }
    }

    fn place(&self, name: &str) -> Option<usize> {
        match ASKED.iter().position(|asked| *asked == name) {
            Some(asked) => self.asked[asked],
            None => self.columns.iter().position(|column| column.name == name),
        }
    }

    /// A row of that result.
    pub(crate) fn row<'r, R>(&'r self, row: &'r Row, resolve: &'r R) -> RowReader<'r, R> {
        RowReader {
            row,
            layout: self,
            resolve,
        }
    }
}

/// A row that can be read by the names of its columns, and as a struct.
pub(crate) struct RowReader<'a, R> {
    row: &'a Row,
    layout: &'a Layout<'a>,
    resolve: &'a R,
}

/// A row that does not have the form that the reader expects of its query.
#[derive(Debug)]
pub struct RowError(String);

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for RowError {}

impl serde::de::Error for RowError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        RowError(message.to_string())
    }
}

/// The bytes of a value, of whatever type.
#[derive(Clone, Copy)]
pub(crate) struct Raw<'a>(pub(crate) &'a [u8]);

impl<'a> FromSql<'a> for Raw<'a> {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Raw(raw))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// OIDs as a parameter, without a copy a call.
#[derive(Debug)]
pub(crate) struct Oids<'a>(pub(crate) &'a [u32]);

impl ToSql for Oids<'_> {
    fn to_sql(
        &self,
        _: &Type,
        out: &mut tokio_postgres::types::private::BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        // https://www.postgresql.org/docs/current/xtypes.html: dimensions, nulls, type, length, lower bound, items.
        out.put_i32(1);
        out.put_i32(0);
        out.put_u32(Type::OID.oid());
        out.put_i32(i32::try_from(self.0.len())?);
        out.put_i32(1);
        for oid in self.0 {
            out.put_i32(4);
            out.put_u32(*oid);
        }
        Ok(IsNull::No)
    }

    fn accepts(kind: &Type) -> bool {
        *kind == Type::OID_ARRAY
    }

    to_sql_checked!();
}

impl<'a, R: Resolve> RowReader<'a, R> {
    fn raw(&self, name: &str) -> Option<&'a [u8]> {
        let place = self.layout.place(name)?;
        Some(self.row.try_get::<_, Option<Raw<'a>>>(place).ok()??.0)
    }

    /// An OID, 0 where there is none.
    pub(crate) fn oid(&self, name: &str) -> u32 {
        self.raw(name)
            .and_then(|raw| raw.try_into().ok())
            .map_or(0, u32::from_be_bytes)
    }

    /// An integer, 0 where there is none.
    pub(crate) fn number(&self, name: &str) -> i32 {
        self.raw(name)
            .and_then(|raw| raw.try_into().ok())
            .map_or(0, i32::from_be_bytes)
    }

    /// The column number of a column.
    pub(crate) fn sub_oid(&self) -> i16 {
        self.raw("sub_oid")
            .and_then(|raw| raw.try_into().ok())
            .map_or(0, i16::from_be_bytes)
    }

    /// A text.
    pub(crate) fn text(&self, name: &str) -> Option<&'a str> {
        self.raw(name).and_then(|raw| std::str::from_utf8(raw).ok())
    }

    /// A list of small integers.
    pub(crate) fn small_numbers(&self, name: &str) -> Vec<i16> {
        self.list(name, i16::from_be_bytes)
    }

    /// A large integer, 0 where there is none.
    pub(crate) fn large_number(&self, name: &str) -> i64 {
        self.raw(name)
            .and_then(|raw| raw.try_into().ok())
            .map_or(0, i64::from_be_bytes)
    }

    /// A list of large integers.
    pub(crate) fn large_numbers(&self, name: &str) -> Vec<i64> {
        self.list(name, i64::from_be_bytes)
    }

    /// A list of OIDs.
    pub(crate) fn oids(&self, name: &str) -> Vec<u32> {
        self.list(name, u32::from_be_bytes)
    }

    /// The items of a list, but NULLs.
    fn list<T, const N: usize>(&self, name: &str, read: impl Fn([u8; N]) -> T) -> Vec<T> {
        let items = self.raw(name).and_then(array);
        items
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|item| item.try_into().ok())
            .map(read)
            .collect()
    }

    /// A list of texts.
    pub(crate) fn texts(&self, name: &str) -> Option<Vec<String>> {
        let items = array(self.raw(name)?)?;
        Some(
            items
                .flatten()
                .filter_map(|item| std::str::from_utf8(item).ok())
                .map(str::to_owned)
                .collect(),
        )
    }
}

/// The items of an array in binary form, NULLs as none.
pub(crate) fn array(raw: &[u8]) -> Option<impl Iterator<Item = Option<&[u8]>> + use<'_>> {
    let number = |at: usize| {
        raw.get(at..at + 4)
            .and_then(|b| b.try_into().ok())
            .map(i32::from_be_bytes)
    };
    let mut at = match number(0)? {
        0 => raw.len(),
        1 => 20,
        _ => return None,
    };
    Some(std::iter::from_fn(move || {
        let length = number(at)?;
        at += 4;
        let Ok(length) = usize::try_from(length) else {
            return Some(None);
        };
        let item = raw.get(at..at + length)?;
        at += length;
        Some(Some(item))
    }))
}

impl<'de, R: Resolve> Deserializer<'de> for RowReader<'de, R> {
    type Error = RowError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RowError> {
        visitor.visit_map(Fields { row: self, next: 0 })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Fields<'a, R> {
    row: RowReader<'a, R>,
    next: usize,
}

impl<'de, R: Resolve> MapAccess<'de> for Fields<'de, R> {
    type Error = RowError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, RowError> {
        let Some(column) = self.row.layout.columns.get(self.next) else {
            return Ok(None);
        };
        let name: StrDeserializer<'_, RowError> = column.attribute.into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, RowError> {
        let column = &self.row.layout.columns[self.next];
        let raw = self
            .row
            .row
            .try_get::<_, Option<Raw<'de>>>(self.next)
            .map_err(|error| RowError(error.to_string()))?;
        self.next += 1;
        seed.deserialize(Value {
            raw: raw.map(|raw| raw.0),
            kind: column.kind,
            numbers_of: column.numbers_of.map(|relation| self.row.oid(relation)),
            resolve: self.row.resolve,
        })
        .map_err(|error| RowError(format!("{}: {error}", column.name)))
    }
}

struct Value<'a, R> {
    raw: Option<&'a [u8]>,
    kind: &'a Type,
    /// The relation of which these are attribute numbers.
    numbers_of: Option<u32>,
    resolve: &'a R,
}

impl<'de, R: Resolve> Value<'de, R> {
    fn fixed<const N: usize>(&self, raw: &[u8]) -> Result<[u8; N], RowError> {
        raw.try_into()
            .map_err(|_| RowError(format!("{} bytes for a {}", raw.len(), self.kind)))
    }

    fn visit<V: Visitor<'de>>(self, raw: &'de [u8], visitor: V) -> Result<V::Value, RowError> {
        if let Some(relation) = self.numbers_of {
            return visitor.visit_seq(Items {
                items: items(raw)?.into_iter(),
                numbers_of: relation,
                kind: &Type::INT2,
                resolve: self.resolve,
            });
        }
        if let TypeKind::Array(item) = self.kind.kind() {
            return visitor.visit_seq(Items {
                items: items(raw)?.into_iter(),
                numbers_of: 0,
                kind: item,
                resolve: self.resolve,
            });
        }
        match *self.kind {
            Type::BOOL => visitor.visit_bool(raw == [1]),
            Type::INT2 => visitor.visit_i16(i16::from_be_bytes(self.fixed(raw)?)),
            Type::INT4 => visitor.visit_i32(i32::from_be_bytes(self.fixed(raw)?)),
            Type::INT8 => visitor.visit_i64(i64::from_be_bytes(self.fixed(raw)?)),
            Type::FLOAT4 => visitor.visit_f32(f32::from_be_bytes(self.fixed(raw)?)),
            Type::REGCLASS => {
                let name = self.relation(raw)?;
                let fields = [("schema", name.schema.as_str()), ("name", name.name.as_str())];
                visitor.visit_map(MapDeserializer::new(fields.into_iter()))
            }
            _ => match std::str::from_utf8(raw) {
                Ok(text) => visitor.visit_borrowed_str(text),
                Err(error) => Err(RowError(format!("not UTF-8: {error}"))),
            },
        }
    }

    fn relation(&self, raw: &[u8]) -> Result<&'de QualifiedName, RowError> {
        let oid = u32::from_be_bytes(self.fixed(raw)?);
        self.resolve
            .relation(oid)
            .ok_or_else(|| RowError(format!("no relation has OID {oid}")))
    }
}

fn items(raw: &[u8]) -> Result<Vec<Option<&[u8]>>, RowError> {
    array(raw)
        .map(Iterator::collect)
        .ok_or_else(|| RowError("an array of several dimensions".into()))
}

impl<'de, R: Resolve> Deserializer<'de> for Value<'de, R> {
    type Error = RowError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RowError> {
        match (self.raw, self.kind) {
            (None, _) => visitor.visit_none(),
            (Some(raw), &(Type::JSON | Type::JSONB)) => serde_json::Deserializer::from_slice(raw)
                .deserialize_any(visitor)
                .map_err(|e| RowError(e.to_string())),
            (Some(raw), _) => self.visit(raw, visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RowError> {
        match self.raw {
            None => visitor.visit_none(),
            Some(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, RowError> {
        match (self.raw, self.kind) {
            (Some(raw), &(Type::JSON | Type::JSONB)) => serde_json::Deserializer::from_slice(raw)
                .deserialize_enum(name, variants, visitor)
                .map_err(|e| RowError(e.to_string())),
            (Some(raw), _) => {
                let text = std::str::from_utf8(raw).map_err(|e| RowError(e.to_string()))?;
                let text: StrDeserializer<'_, RowError> = text.into_deserializer();
                text.deserialize_enum(name, variants, visitor)
            }
            (None, _) => Err(RowError(format!("NULL for {name}"))),
        }
    }

    /// A list without items may come as NULL.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RowError> {
        match self.raw {
            None => visitor.visit_seq(Items {
                items: Vec::new().into_iter(),
                numbers_of: 0,
                kind: self.kind,
                resolve: self.resolve,
            }),
            Some(_) => self.deserialize_any(visitor),
        }
    }

    /// A bare name may come as the relation that has it.
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, RowError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RowError> {
        match (self.raw, self.kind) {
            (Some(raw), &Type::REGCLASS) => visitor.visit_borrowed_str(self.relation(raw)?.name.as_str()),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RowError> {
        self.deserialize_str(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
        map struct identifier
    }

    /// Columns that are no attributes are not decoded at all.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, RowError> {
        visitor.visit_unit()
    }
}

struct Items<'a, R> {
    items: std::vec::IntoIter<Option<&'a [u8]>>,
    numbers_of: u32,
    kind: &'a Type,
    resolve: &'a R,
}

impl<'de, R: Resolve> SeqAccess<'de> for Items<'de, R> {
    type Error = RowError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, RowError> {
        // NULLs in a list stand for nothing.
        while let Some(raw) = self.items.next() {
            let Some(raw) = raw else { continue };
            if self.numbers_of == 0 {
                let value = Value {
                    raw: Some(raw),
                    kind: self.kind,
                    numbers_of: None,
                    resolve: self.resolve,
                };
                return seed.deserialize(value).map(Some);
            }
            let number = raw
                .try_into()
                .map(i16::from_be_bytes)
                .map_err(|_| RowError("no attribute number".into()))?;
            // 0 is an expression, which has no name.
            if number == 0 {
                continue;
            }
            let name = self
                .resolve
                .column(self.numbers_of, number)
                .ok_or_else(|| RowError(format!("relation {} has no column {number}", self.numbers_of)))?;
            let name: StrDeserializer<'_, RowError> = name.as_str().into_deserializer();
            return seed.deserialize(name).map(Some);
        }
        Ok(None)
    }
}
