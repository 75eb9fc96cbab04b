-- The second version: what the schema was at the end of a run, so that changes by hand are seen.
create table cogway.catalog (
    fingerprint text not null,
    contents text not null,
    contents_version integer not null,
    server_version integer not null,
    revisions text not null,
    recorded_at timestamptz not null default pg_catalog.clock_timestamp(),
    only_one boolean primary key default true check (only_one)
);
comment on table cogway.catalog is 'The catalog as the last run left it, without this schema.';
comment on column cogway.catalog.contents is 'Canonical JSON.';
comment on column cogway.catalog.contents_version is 'Which version of the catalog model; others are not comparable.';
comment on column cogway.catalog.server_version is 'Of PostgreSQL: each writes expressions in its own way.';
comment on column cogway.catalog.revisions is 'A digest of the revisions that were applied then.';
