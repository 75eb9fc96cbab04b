//! From the name of a type, as PostgreSQL writes it, to all that the catalog says of it.
//!
//! The names are those of `format_type` with an empty search path: types of PostgreSQL's own are bare and have the names
//! of the SQL standard, all others are qualified and quoted where they must be.
//! <https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-CATALOG>

use std::sync::Arc;

use cogway_catalog::{Catalog, ConstraintForm, Definition, Kind, ObjectId, QualifiedName};

use super::{DataType, Domain, FloatWidth, IntWidth, JsonForm, TextForm};

#[cfg(test)]
mod tests;

/// PostgreSQL's own types of which nothing needs to be known but the name.
const OTHERS: &[&str] = &[
    "aclitem",
    "box",
    "cid",
    "cidr",
    "circle",
    "inet",
    "int2vector",
    "jsonpath",
    "line",
    "lseg",
    "macaddr",
    "macaddr8",
    "oidvector",
    "path",
    "pg_lsn",
    "pg_snapshot",
    "point",
    "polygon",
    "refcursor",
    "regclass",
    "regcollation",
    "regconfig",
    "regdictionary",
    "regnamespace",
    "regoper",
    "regoperator",
    "regproc",
    "regprocedure",
    "regrole",
    "regtype",
    "tid",
    "tsquery",
    "tsvector",
    "txid_snapshot",
    "xid",
    "xid8",
];

/// PostgreSQL's own range types, and the types of their bounds.
const RANGES: &[(&str, &str, DataType)] = &[
    ("int4range", "int4multirange", DataType::Int(IntWidth::Integer)),
    ("int8range", "int8multirange", DataType::Int(IntWidth::Big)),
    ("numrange", "nummultirange", DataType::Numeric(None)),
    ("tsrange", "tsmultirange", DataType::Timestamp(MICROS)),
    ("tstzrange", "tstzmultirange", DataType::TimestampTz(MICROS)),
    ("daterange", "datemultirange", DataType::Date),
];

/// Digits of seconds behind the point where a type does not say how many.
const MICROS: u8 = 6;

impl DataType {
    /// The type of that name, as [`cogway_catalog::Column::data_type`] writes it. One that nothing is known of is
    /// [`DataType::Foreign`].
    pub fn resolve(catalog: &Catalog, written: &str) -> DataType {
        Resolver {
            catalog,
            open: Vec::new(),
        }
        .resolve(written)
    }
}

struct Resolver<'a> {
    catalog: &'a Catalog,
    /// The types whose insides are being looked at. PostgreSQL refuses types that contain themselves; catalogs that
    /// were written by hand may hold them.
    open: Vec<QualifiedName>,
}

impl Resolver<'_> {
    fn resolve(&mut self, written: &str) -> DataType {
        if let Some(element) = written.strip_suffix("[]") {
            // However many dimensions were declared, there is one array type.
            let element = element.trim_end_matches("[]");
            return DataType::Array(Arc::new(self.resolve(element)));
        }
        let name = Written::read(written);
        match &name.schema {
            None => built_in(&name),
            Some(schema) if schema == "pg_catalog" => built_in(&name),
            Some(schema) if schema == "information_schema" => information(&name.name),
            Some(schema) => self.made_here(written, QualifiedName::new(schema.as_str(), name.name.as_str())),
        }
        .unwrap_or_else(|| foreign(&name, written))
    }

    /// A type that is an object of the catalog, or comes with one.
    fn made_here(&mut self, written: &str, name: QualifiedName) -> Option<DataType> {
        if self.open.contains(&name) {
            return None;
        }
        self.open.push(name);
        let found = self.inside(written);
        self.open.pop();
        found
    }

    fn inside(&mut self, written: &str) -> Option<DataType> {
        let name = self.open.last()?.clone();
        let catalog = self.catalog;
        let of_kind = |kind| catalog.get(&ObjectId::qualified(kind, name.clone()));
        for kind in [Kind::Enum, Kind::Domain, Kind::Range, Kind::CompositeType] {
            match of_kind(kind).map(|object| &object.definition) {
                Some(Definition::Enum(it)) => return Some(DataType::Enum(name, it.values.clone().into())),
                Some(Definition::Domain(it)) => {
                    return Some(DataType::Domain(Arc::new(Domain {
                        base: self.resolve(&it.data_type),
                        not_null: it.not_null,
                        checks: checks(catalog, &name),
                        name,
                    })));
                }
                Some(Definition::Range(it)) => {
                    let bounds = self.resolve(&it.subtype);
                    return Some(DataType::Range(written.into(), Arc::new(bounds)));
                }
                Some(Definition::CompositeType(it)) => {
                    let fields = it
                        .fields
                        .iter()
                        .map(|field| (field.name.as_str().to_owned(), self.resolve(&field.data_type)))
                        .collect();
                    return Some(DataType::Composite(name, fields));
                }
                _ => {}
            }
        }
        if [Kind::Table, Kind::View, Kind::MaterializedView]
            .into_iter()
            .any(|kind| of_kind(kind).is_some())
        {
            return Some(self.row_of(name));
        }
        catalog
            .of_kind(Kind::Range)
            .find_map(|object| match &object.definition {
                Definition::Range(it) if it.multirange.as_deref() == Some(written) => {
                    let bounds = self.resolve(&it.subtype);
                    Some(DataType::Multirange(written.into(), Arc::new(bounds)))
                }
                _ => None,
            })
    }

    /// The type of a relation's rows.
    fn row_of(&mut self, name: QualifiedName) -> DataType {
        let mut columns: Vec<_> = self
            .catalog
            .parts(Kind::Column, &name)
            .filter_map(|object| match &object.definition {
                Definition::Column(it) => Some((it.position, object.id.bare_name(), &it.data_type)),
                _ => None,
            })
            .collect();
        columns.sort_by_key(|(position, ..)| *position);
        let fields = columns
            .into_iter()
            .map(|(_, column, data_type)| (column.as_str().to_owned(), self.resolve(data_type)))
            .collect();
        DataType::Composite(name, fields)
    }
}

/// The conditions of a domain, but not those of the domains below it.
fn checks(catalog: &Catalog, domain: &QualifiedName) -> Vec<(String, String)> {
    catalog
        .parts(Kind::Constraint, domain)
        .filter_map(|object| match &object.definition {
            Definition::Constraint(it) if it.form == ConstraintForm::Check => {
                let expression = it.expression.clone()?;
                Some((object.id.bare_name().as_str().to_owned(), expression))
            }
            _ => None,
        })
        .collect()
}

/// A type of PostgreSQL's own.
fn built_in(name: &Written) -> Option<DataType> {
    let count = |at: usize| name.modifiers.get(at).and_then(|it| u32::try_from(*it).ok());
    let seconds = || count(0).map_or(MICROS, |it| it.min(u32::from(MICROS)) as u8);
    let text = |form| Some(DataType::Text(form));
    match name.name.as_str() {
        "boolean" => Some(DataType::Bool),
        "smallint" => Some(DataType::Int(IntWidth::Small)),
        "integer" => Some(DataType::Int(IntWidth::Integer)),
        "bigint" => Some(DataType::Int(IntWidth::Big)),
        "oid" => Some(DataType::Int(IntWidth::Oid)),
        "real" => Some(DataType::Float(FloatWidth::Real)),
        "double precision" => Some(DataType::Float(FloatWidth::Double)),
        "numeric" => {
            Some(DataType::Numeric(count(0).map(|precision| {
                (precision, name.modifiers.get(1).copied().unwrap_or(0))
            })))
        }
        "money" => Some(DataType::Money),
        "text" => text(TextForm::Text),
        "character varying" => text(TextForm::Varchar(count(0))),
        "character" | "bpchar" => match count(0) {
            Some(length) => text(TextForm::Char(length)),
            None => Some(unlimited_char()),
        },
        "name" => text(TextForm::Name),
        "char" => text(TextForm::Byte),
        "json" => Some(DataType::Json(JsonForm::Text)),
        "jsonb" => Some(DataType::Json(JsonForm::Binary)),
        "xml" => Some(DataType::Xml),
        "bytea" => Some(DataType::Bytea),
        "date" => Some(DataType::Date),
        "time without time zone" => Some(DataType::Time(seconds())),
        "time with time zone" => Some(DataType::TimeTz(seconds())),
        "timestamp without time zone" => Some(DataType::Timestamp(seconds())),
        "timestamp with time zone" => Some(DataType::TimestampTz(seconds())),
        "uuid" => Some(DataType::Uuid),
        "bit" | "bit varying" => Some(DataType::Bit {
            length: count(0),
            varying: name.name != "bit",
        }),
        other => {
            if let Some(fields) = other.strip_prefix("interval") {
                let fields = fields.trim_start();
                return Some(DataType::Interval {
                    fields: (!fields.is_empty()).then(|| fields.to_owned()),
                    precision: seconds(),
                });
            }
            let range = RANGES.iter().find_map(|(range, multirange, bounds)| {
                let bounds = || Arc::new(bounds.clone());
                if other == *range {
                    Some(DataType::Range(other.into(), bounds()))
                } else if other == *multirange {
                    Some(DataType::Multirange(other.into(), bounds()))
                } else {
                    None
                }
            });
            range.or_else(|| {
                let known = OTHERS.iter().find(|known| **known == other)?;
                Some(DataType::Other(known))
            })
        }
    }
}

/// `character` without a length is a type that no standard knows: as long as one likes, and blanks at its end do not
/// count. It is looked at as PostgreSQL's own domain over `character varying`: the same in all that matters for values,
/// and written by its own name.
fn unlimited_char() -> DataType {
    DataType::Domain(Arc::new(Domain {
        name: QualifiedName::new("pg_catalog", "bpchar"),
        base: DataType::Text(TextForm::Varchar(None)),
        not_null: false,
        checks: Vec::new(),
    }))
}

/// The domains that every database has, and no catalog lists.
/// <https://www.postgresql.org/docs/current/infoschema-datatypes.html>
fn information(name: &str) -> Option<DataType> {
    let (base, check) = match name {
        "cardinal_number" => (DataType::Int(IntWidth::Integer), Some("(VALUE >= 0)")),
        "character_data" => (DataType::Text(TextForm::Varchar(None)), None),
        "sql_identifier" => (DataType::Text(TextForm::Name), None),
        "time_stamp" => (DataType::TimestampTz(2), None),
        "yes_or_no" => (
            DataType::Text(TextForm::Varchar(Some(3))),
            Some(
                "((VALUE)::text = ANY ((ARRAY['YES'::character varying, 'NO'::character varying])::text[]))",
            ),
        ),
        _ => return None,
    };
    Some(DataType::Domain(Arc::new(Domain {
        name: QualifiedName::new("information_schema", name),
        base,
        not_null: false,
        checks: check
            .map(|check| (format!("{name}_domain_check"), check.to_owned()))
            .into_iter()
            .collect(),
    })))
}

fn foreign(name: &Written, written: &str) -> DataType {
    if name.name == "citext" && name.schema.is_some() {
        // Its members are no objects of the catalog: they belong to the extension.
        return DataType::Text(TextForm::Citext);
    }
    DataType::Foreign {
        name: name.name.clone(),
        written: written.to_owned(),
    }
}

/// The name of a type, taken apart.
#[derive(Debug, PartialEq, Eq)]
struct Written {
    schema: Option<String>,
    /// Unquoted, and without modifiers: `timestamp without time zone` of `timestamp(3) without time zone`.
    name: String,
    /// Those that are numbers.
    modifiers: Vec<i32>,
}

impl Written {
    fn read(written: &str) -> Written {
        let mut parts = vec![String::new()];
        let mut modifiers = Vec::new();
        let mut quoted = false;
        let mut rest = written.chars().peekable();
        while let Some(c) = rest.next() {
            let last = parts.len() - 1;
            match c {
                '"' if quoted && rest.peek() == Some(&'"') => {
                    rest.next();
                    parts[last].push('"');
                }
                '"' => quoted = !quoted,
                '.' if !quoted => parts.push(String::new()),
                '(' if !quoted => {
                    let inside: String = rest.by_ref().take_while(|c| *c != ')').collect();
                    modifiers = inside
                        .split(',')
                        .filter_map(|it| it.trim().parse().ok())
                        .collect();
                }
                c => parts[last].push(c),
            }
        }
        let name = parts.pop().unwrap_or_default();
        Written {
            schema: parts.pop(),
            name,
            modifiers,
        }
    }
}
