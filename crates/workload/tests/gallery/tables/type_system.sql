-- Types of the system catalogs.
create table system_things (
    lsn pg_lsn not null,
    object oid not null,
    relation regclass,
    type regtype,
    role regrole,
    schema regnamespace,
    transaction xid,
    big_transaction xid8,
    command cid,
    place tid,
    snapshot pg_snapshot,
    letter "char"
);
