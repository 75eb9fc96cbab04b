-- rust-db/refinery, refinery_core/src/traits/mod.rs, ASSERT_MIGRATIONS_TABLE_QUERY, without the feature int8-versions
CREATE TABLE refinery_schema_history (
    version integer PRIMARY KEY,
    name varchar(255),
    applied_on varchar(255),
    checksum varchar(255)
);
