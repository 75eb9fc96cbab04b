-- golang-migrate/migrate, database/postgres/postgres.go, ensureVersionTable
CREATE TABLE schema_migrations (
    version bigint NOT NULL PRIMARY KEY,
    dirty boolean NOT NULL
);
