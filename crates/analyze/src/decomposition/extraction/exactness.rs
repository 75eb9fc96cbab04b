//! Which columns have values that are equal without being the same: 1.0 and 1.00 of `numeric`, Berlin and berlin of
//! `citext`. `SELECT DISTINCT` keeps one of them and loses the other.

use cogway_catalog::{Catalog, Column, Definition, Kind, Object, ObjectName};

use crate::dependency::ColumnSet;
use crate::normal_form::Known;

/// The columns that may have such values. Of a type that is not known to have none, nobody can tell.
pub(super) fn inexact(catalog: &Catalog, known: &Known, columns: &[(&Object, &Column)]) -> ColumnSet {
    let typed = known.columns.iter().zip(columns).enumerate();
    typed
        .filter(|(_, (known, (_, column)))| !is_exact(catalog, &known.base_type, column))
        .map(|(place, _)| place)
        .collect()
}

fn is_exact(catalog: &Catalog, base_type: &str, column: &Column) -> bool {
    const EXACT: [&str; 16] = [
        "smallint",
        "integer",
        "bigint",
        "boolean",
        "date",
        "uuid",
        "bytea",
        "inet",
        "cidr",
        "oid",
        "money",
        "name",
        "time without time zone",
        "time with time zone",
        "timestamp without time zone",
        "timestamp with time zone",
    ];
    let (before, modifier) = base_type.split_once('(').unwrap_or((base_type, ""));
    // The words of `timestamp(3) with time zone` stand around it.
    let after = modifier.split_once(')').map_or("", |(_, after)| after);
    match format!("{before}{after}").as_str() {
        "text" | "character varying" | "character" => is_deterministic(catalog, column),
        // With a scale, 1.0 is kept as 1.00.
        "numeric" => !modifier.is_empty(),
        other => EXACT.contains(&other) || is_enum(catalog, other),
    }
}

/// Does the collation of a column take only the same texts for equal? PostgreSQL's own ones all do.
fn is_deterministic(catalog: &Catalog, column: &Column) -> bool {
    column.collation.as_ref().is_none_or(|name| {
        catalog
            .of_kind(Kind::Collation)
            .filter(|object| is_called(object, name))
            .all(|object| match &object.definition {
                Definition::Collation(collation) => collation.deterministic,
                _ => false,
            })
    })
}

fn is_enum(catalog: &Catalog, data_type: &str) -> bool {
    catalog
        .of_kind(Kind::Enum)
        .any(|object| is_called(object, data_type))
}

fn is_called(object: &Object, name: &str) -> bool {
    matches!(&object.id.name, ObjectName::Qualified(qualified) if qualified.to_string() == name)
}
