-- The first version of the ledger. Never changed: later versions are further files.
create table cogway.ledger (
    version integer not null,
    only_one boolean primary key default true check (only_one)
);
comment on table cogway.ledger is 'The version of this schema. https://github.com/cogway/cogway';

create table cogway.revision (
    id text primary key,
    parents text[] not null,
    name text not null,
    format text not null,
    up_checksum text not null,
    up_script text,
    down_checksum text,
    down_script text,
    down_transaction text,
    repeatable boolean not null,
    applied_at timestamptz not null default pg_catalog.clock_timestamp(),
    took interval,
    db_user text not null default session_user,
    host text not null,
    cogway text not null,
    adopted_from text,
    position bigint not null generated always as identity,
    check ((down_checksum is null) = (down_script is null)),
    check ((down_transaction is null) = (down_script is null))
);
comment on table cogway.revision is 'The revisions that are applied to this database, and how to take them back.';
comment on column cogway.revision.parents is 'The revisions it builds on.';
comment on column cogway.revision.format is 'Whose format its files have.';
comment on column cogway.revision.up_checksum is 'Of the tokens of the script: white space and comments do not count.';
comment on column cogway.revision.up_script is 'The script as it was run, to show what has changed since. Empty for large ones.';
comment on column cogway.revision.down_script is 'What takes it back, with or without the files.';
comment on column cogway.revision.down_transaction is 'How down_script is wrapped into transactions: single, auto, implicit or per-statement.';
comment on column cogway.revision.repeatable is 'Is it run again whenever it changes?';
comment on column cogway.revision.adopted_from is 'The tool that had applied it, or baseline; empty where Cogway did.';
comment on column cogway.revision.position is 'In which order they were applied.';

create table cogway.journal (
    id bigint primary key generated always as identity,
    run bigint,
    at timestamptz not null default pg_catalog.clock_timestamp(),
    event text not null,
    revision text,
    direction text check (direction in ('up', 'down')),
    statement integer,
    took interval,
    sqlstate text,
    message text,
    db_user text not null default session_user,
    host text not null,
    cogway text not null
);
comment on table cogway.journal is 'Everything that was ever attempted, failures too. Rows are only added.';
comment on column cogway.journal.run is 'The id of the row with which the run began; a run without a row `ended` or `failed` was cut off.';
comment on column cogway.journal.statement is 'Which statement of the script, from 1.';

create function cogway.journal_only_grows() returns trigger language plpgsql as
$$ begin raise exception 'rows of cogway.journal are neither changed nor deleted'; end $$;
create trigger only_grows before update or delete or truncate on cogway.journal
    for each statement execute function cogway.journal_only_grows();

create table cogway.unfinished (
    revision text not null,
    direction text not null check (direction in ('up', 'down')),
    done integer not null,
    done_checksum text not null,
    begun boolean not null,
    indexes text[],
    started_at timestamptz not null default pg_catalog.clock_timestamp(),
    only_one boolean primary key default true check (only_one)
);
comment on table cogway.unfinished is 'The revision that does not run in a transaction and is not at its end.';
comment on column cogway.unfinished.done is 'So many of its parts are done: a statement each, or a transaction of its own.';
comment on column cogway.unfinished.done_checksum is 'Of the script up to there.';
comment on column cogway.unfinished.begun is 'Was the next part begun? One that runs outside transactions may have had its effect.';
comment on column cogway.unfinished.indexes is 'The indexes that there were before it.';
