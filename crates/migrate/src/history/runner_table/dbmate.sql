-- amacneil/dbmate, pkg/driver/postgres/postgres.go, CreateMigrationsTable
CREATE TABLE schema_migrations (
    version varchar PRIMARY KEY
);
