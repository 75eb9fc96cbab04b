//! Tables in which migration tools keep account of what they applied: rows that are made up would be lies.

use cogway_catalog::QualifiedName;

/// The tables of the tools that are known, whatever schema they are in.
const ACCOUNTS: &[&str] = &[
    "__diesel_schema_migrations",
    "__efmigrationshistory",
    "_prisma_migrations",
    "_sqlx_migrations",
    "alembic_version",
    "ar_internal_metadata",
    "atlas_schema_revisions",
    "databasechangelog",
    "databasechangeloglock",
    "django_migrations",
    "flyway_schema_history",
    "goose_db_version",
    "knex_migrations",
    "knex_migrations_lock",
    "migrations_history",
    "pgmigrations",
    "refinery_schema_history",
    "schema_migrations",
    "schema_migrations_history",
    "schema_version",
    "seaql_migrations",
];

/// Whose rows are no data: Cogway's ledger, and the accounts of other tools.
pub(crate) fn is_account(table: &QualifiedName) -> bool {
    let name = table.name.as_str().to_lowercase();
    table.schema.as_str() == "cogway"
        || table.schema.as_str() == "sqitch"
        || ACCOUNTS.contains(&name.as_str())
}
