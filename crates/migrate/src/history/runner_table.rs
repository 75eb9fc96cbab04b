//! The tables in which the tools keep account of what they ran.

use super::Format;

/// The SQL that makes the tool's own table, as the tool makes it before its first migration.
///
/// Some histories refer to that table (crates.io alters diesel's, matrix-authentication-service sqlx's), so that it must
/// be there for them to run. Names, columns, types, constraints and indexes are those of the tool's defaults, and so is a
/// first row where the tool writes one. The SQL may hold several statements.
///
/// `None` for Cogway, whose ledger is made by its own code, and for Sqitch, whose account lies in a schema of its own
/// (`sqitch`) and names every change with its planner: nothing that a history would touch.
pub fn runner_table(format: Format) -> Option<&'static str> {
    match format {
        Format::GolangMigrate => Some(include_str!("runner_table/golang_migrate.sql")),
        Format::Dbmate => Some(include_str!("runner_table/dbmate.sql")),
        Format::Goose => Some(include_str!("runner_table/goose.sql")),
        Format::Sqlx => Some(include_str!("runner_table/sqlx.sql")),
        Format::Diesel => Some(include_str!("runner_table/diesel.sql")),
        Format::Flyway => Some(include_str!("runner_table/flyway.sql")),
        Format::Refinery => Some(include_str!("runner_table/refinery.sql")),
        Format::Cogway | Format::Sqitch => None,
    }
}

/// The name of the tool's own table, likewise.
pub const fn runner_table_name(format: Format) -> Option<&'static str> {
    match format {
        Format::GolangMigrate | Format::Dbmate => Some("schema_migrations"),
        Format::Goose => Some("goose_db_version"),
        Format::Sqlx => Some("_sqlx_migrations"),
        Format::Diesel => Some("__diesel_schema_migrations"),
        Format::Flyway => Some("flyway_schema_history"),
        Format::Refinery => Some("refinery_schema_history"),
        Format::Cogway | Format::Sqitch => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cogway_catalog::sql::{StatementKind, split};

    #[test]
    fn the_tables_can_be_made_in_a_transaction() {
        for format in Format::ALL {
            let statements = runner_table(format).map_or(Ok(Vec::new()), split);
            let statements = statements.unwrap_or_else(|error| panic!("{format}: {error}"));
            assert!(
                statements
                    .iter()
                    .all(|statement| statement.kind == StatementKind::Other),
                "{format}"
            );
            assert!(
                runner_table_name(format)
                    .is_none_or(|name| runner_table(format).is_some_and(|sql| sql.contains(name))),
                "{format}"
            );
            assert_eq!(
                statements.is_empty(),
                matches!(format, Format::Cogway | Format::Sqitch),
                "{format}"
            );
        }
    }
}
