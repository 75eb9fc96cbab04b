//! Violations that are planted behind PostgreSQL's back, each of which the judge must see.
//!
//! The rows come first and the rule after them, as one that is not validated and is then said to be; or triggers are off,
//! or an index is told to look away.

use cogway_testkit::{Binaries, database_on, servers};

use crate::judge;

/// What the judge says begins so, and what plants it.
#[rustfmt::skip]
const PLANTED: &[(&str, &str)] = &[
    ("check: positive of public.t",
     "create table t (n int); insert into t values (1), (-1);
      alter table t add constraint positive check (n > 0) not valid;
      update pg_constraint set convalidated = true where conname = 'positive'"),
    ("check: known of public.t",
     "create function known(n int) returns boolean language sql immutable as 'select true';
      create table t (n int, constraint known check (known(n))); insert into t values (1);
      create or replace function known(n int) returns boolean language sql immutable as 'select n > 1'"),
    ("check: not_yet of public.t",
     "create table t (n int); insert into t values (-1); alter table t add constraint not_yet check (n > 0) not valid"),
    ("check: ordered of \"A b\".\"C.d\"",
     "create schema \"A b\"; create table \"A b\".\"C.d\" (\"E f\" int, g int); insert into \"A b\".\"C.d\" values (2, 1);
      alter table \"A b\".\"C.d\" add constraint ordered check (\"E f\" < g) not valid"),
    ("check: positive of public.child",
     "create table parent (n int); create table child () inherits (parent); insert into child values (-1);
      alter table parent add constraint positive check (n > 0) not valid"),
    ("check: positive of public.leaf",
     "create table root (n int) partition by list (n); create table leaf partition of root for values in (-1);
      insert into root values (-1); alter table root add constraint positive check (n > 0) not valid"),
    ("foreign key: to_parent of public.child",
     "create table parent (id int primary key); create table child (id int constraint to_parent references parent);
      set session_replication_role = replica; insert into child values (1)"),
    ("foreign key: pair of public.child",
     "create table parent (a int, b int, primary key (a, b));
      create table child (a int, b int, constraint pair foreign key (a, b) references parent match full);
      set session_replication_role = replica; insert into child values (1, null)"),
    ("foreign key: to_parent of public.child",
     "create table parent (id int primary key);
      create table child (id int constraint to_parent references parent) partition by range (id);
      create table leaf partition of child for values from (1) to (9);
      set session_replication_role = replica; insert into child values (1)"),
    ("foreign key: to_parent of public.child",
     "create table parent (id int primary key) partition by range (id);
      create table leaf partition of parent for values from (1) to (9);
      create table child (id int constraint to_parent references parent deferrable initially deferred);
      set session_replication_role = replica; insert into child values (1)"),
    ("foreign key: above of public.t",
     "create table t (id int primary key, parent int not null constraint above references t);
      set session_replication_role = replica; insert into t values (1, 2)"),
    ("foreign key: to_parent of public.child: its triggers are disabled",
     "create table parent (id int primary key); create table child (id int constraint to_parent references parent);
      alter table child disable trigger all"),
    ("unique: t_pkey of public.t",
     "create table t (n int primary key);
      update pg_index set indisready = false, indisvalid = false where indrelid = 't'::regclass; insert into t values (1), (1);
      update pg_index set indisready = true, indisvalid = true where indrelid = 't'::regclass"),
    ("unique: t_lower of public.t",
     "create table t (a text); create unique index t_lower on t (lower(a), coalesce(a, ''));
      update pg_index set indisready = false, indisvalid = false where indrelid = 't'::regclass; insert into t values ('A'), ('A');
      update pg_index set indisready = true, indisvalid = true where indrelid = 't'::regclass"),
    ("unique: t_some of public.t",
     "create table t (a int, b boolean); create unique index t_some on t (a) where b;
      update pg_index set indisready = false, indisvalid = false where indrelid = 't'::regclass; insert into t values (1, true), (1, true);
      update pg_index set indisready = true, indisvalid = true where indrelid = 't'::regclass"),
    ("unique: once of public.t",
     "create table t (a int constraint once unique nulls not distinct);
      update pg_index set indisready = false, indisvalid = false where indrelid = 't'::regclass; insert into t values (null), (null);
      update pg_index set indisready = true, indisvalid = true where indrelid = 't'::regclass"),
    ("unique: once of public.t",
     "create table t (a int, b text, constraint once unique (a) include (b) deferrable initially deferred);
      update pg_index set indisready = false, indisvalid = false where indrelid = 't'::regclass; insert into t values (1, 'a'), (1, 'b');
      update pg_index set indisready = true, indisvalid = true where indrelid = 't'::regclass"),
    ("unique: leaf_pkey of public.leaf",
     "create table root (n int primary key) partition by range (n); create table leaf partition of root for values from (1) to (9);
      update pg_index set indisready = false, indisvalid = false where indrelid = 'leaf'::regclass; insert into leaf values (1), (1);
      update pg_index set indisready = true, indisvalid = true where indrelid = 'leaf'::regclass"),
    ("exclusion: apart of public.t",
     "create table t (during int4range, constraint apart exclude using gist (during with &&) deferrable initially deferred);
      update pg_index set indisready = false, indisvalid = false where indrelid = 't'::regclass; insert into t values ('[1,3)'), ('[2,4)');
      update pg_index set indisready = true, indisvalid = true where indrelid = 't'::regclass"),
    ("exclusion: apart of public.t",
     "create table t (a int, b int, constraint apart exclude using gist (int4range(a, b) with &&) where (a > 0));
      update pg_index set indisready = false, indisvalid = false where indrelid = 't'::regclass; insert into t values (1, 3), (2, 4);
      update pg_index set indisready = true, indisvalid = true where indrelid = 't'::regclass"),
    ("index: t_share of public.t",
     "create function share(n int) returns int language sql immutable as 'select 1';
      create table t (n int); create index t_share on t (share(n)); insert into t values (0);
      create or replace function share(n int) returns int language sql immutable as 'select 1 / n'"),
    ("index: public.t_n: it is not valid",
     "create table t (n int); create index t_n on t (n); update pg_index set indisvalid = false where indexrelid = 't_n'::regclass"),
    ("not null: public.t.n: 2 rows",
     "create table t (n int); insert into t values (null), (1), (null);
      update pg_attribute set attnotnull = true where attrelid = 't'::regclass and attname = 'n'"),
    ("value: public.t.d",
     "create domain small as int; create table t (d small); insert into t values (100);
      alter domain small add check (value < 10) not valid"),
    ("value: public.t.d",
     "create domain small as int; create domain smaller as small check (value < 1000); create table t (d smaller); insert into t values (100);
      alter domain small add check (value < 10) not valid"),
    ("value: public.t.d",
     "create domain small as int; create table t (d small[]); insert into t values ('{1,2}'), ('{1,100}');
      alter domain small add check (value < 10) not valid"),
    ("value: public.t.d",
     "create domain small as int; create type pair as (a text, b small); create table t (d pair); insert into t values (row('a', 100));
      alter domain small add check (value < 10) not valid"),
    ("value: public.t.d",
     "create domain required as int; create table t (d required); insert into t values (null);
      update pg_type set typnotnull = true where typname = 'required'"),
    ("value: public.t.v: 1 rows",
     "create table t (v varchar(9)); insert into t values ('abc'), ('abcdefg');
      update pg_attribute set atttypmod = 4 + 4 where attrelid = 't'::regclass and attname = 'v'"),
    ("value: public.t.v: 1 rows",
     "create table t (v numeric); insert into t values (1.25), (1.234);
      update pg_attribute set atttypmod = (6 << 16 | 2) + 4 where attrelid = 't'::regclass and attname = 'v'"),
    ("value: public.t.v: 1 rows",
     "create table t (v timestamp); insert into t values ('2024-01-01 10:00:00'), ('2024-01-01 10:00:00.5');
      update pg_attribute set atttypmod = 0 where attrelid = 't'::regclass and attname = 'v'"),
    ("partition: public.leaf: 1 rows",
     "create table root (n int not null) partition by list (n); create table leaf (n int not null, constraint hint check (n in (1, 2)));
      alter table leaf drop constraint hint; insert into leaf values (1), (3);
      alter table leaf add constraint hint check (n is not null and n = any (array[1, 2])) not valid;
      update pg_constraint set convalidated = true where conname = 'hint';
      alter table root attach partition leaf for values in (1, 2); alter table leaf drop constraint hint"),
    ("partition: public.leaf: 1 rows",
     "create table root (n int not null) partition by range (n); create table leaf (n int not null); insert into leaf values (1), (9);
      alter table leaf add constraint hint check (n is not null and n >= 1 and n < 9) not valid;
      update pg_constraint set convalidated = true where conname = 'hint';
      alter table root attach partition leaf for values from (1) to (9); alter table leaf drop constraint hint"),
    ("partition: public.other: 1 rows",
     "create table root (n int not null) partition by list (n); create table leaf partition of root for values in (1);
      create table other (n int not null); insert into other values (1), (2);
      alter table other add constraint hint check (n is not null and n <> 1) not valid;
      update pg_constraint set convalidated = true where conname = 'hint';
      alter table root attach partition other default; alter table other drop constraint hint"),
    ("generated: public.t.twice: 1 rows",
     "create function twice(n int) returns int language sql immutable as 'select n * 2';
      create table t (n int, twice int generated always as (twice(n)) stored); insert into t values (0), (1);
      create or replace function twice(n int) returns int language sql immutable as 'select n * 3'"),
    ("sequence: public.t_id_seq for public.t.id: 1 rows",
     "create table t (id int generated always as identity primary key); insert into t overriding system value values (5)"),
    ("sequence: public.t_id_seq for public.t.id: 1 rows",
     "create table t (id serial unique); insert into t values (1)"),
    ("sequence: public.down for public.t.id",
     "create sequence down increment by -1; create table t (id int primary key default nextval('down'));
      insert into t values (default), (-7)"),
    ("sequence: public.shared for public.u.id",
     "create sequence shared; create table t (id int primary key default nextval('shared'));
      create table u (id int primary key default nextval('shared')); insert into t values (default), (default); insert into u values (8)"),
];

/// What looks like a violation and is none.
const SOUND: &str = "
    create extension if not exists plpgsql;
    create domain small as int check (value < 10);
    create type pair as (a small, b text);
    create table t (id int generated always as identity primary key, d small, ds small[], p pair not null, v varchar(3), c char(5),
        code text unique, during int4range, check (d > 0), exclude using gist (during with &&));
    create index on t (d) where d > 1;
    insert into t (d, ds, p, v, c, code, during) values
        (1, '{1,null}', row(null, null), 'abc', 'a', null, '[1,2)'), (null, '{}', row(1, 'x'), null, 'b', null, '[2,3)'), (2, null, row(2, null), '', null, 'a', 'empty');
    create table child (t int references t, above int references t, far int, near int, foreign key (far, near) references seq (a, b));
    insert into child values (1, null, 7, null);
    create table late (id smallint primary key default nextval('few'));
    insert into late values (40);
    create table root (k text, n int) partition by list (k);
    create table leaf partition of root for values in ('a', null) partition by hash (n);
    create table leaf_0 partition of leaf for values with (modulus 2, remainder 0);
    create table leaf_1 partition of leaf for values with (modulus 2, remainder 1);
    create table other partition of root default;
    insert into root select (array['a', null, 'b'])[1 + n % 3], n from generate_series(1, 30) n;
    create view v as select * from t;";

/// What the sound tables need.
const BEFORE: &str = "create table seq (a int, b int, primary key (a, b)); create sequence few maxvalue 30;";

async fn plant(server: &Binaries, expect: &str, sql: &str) -> Result<(), String> {
    let database = database_on(server).await;
    if server.version().major < 15 && sql.contains("nulls not distinct") {
        return Ok(());
    }
    database.psql(sql);
    let violations = judge::violations(&database);
    match violations.iter().any(|violation| violation.starts_with(expect)) {
        true => Ok(()),
        false => Err(format!(
            "PostgreSQL {}: {expect}\n{sql}\nfound: {violations:#?}",
            server.version()
        )),
    }
}

#[tokio::test]
async fn every_planted_violation_is_seen() {
    let mut missed = Vec::new();
    for server in servers() {
        for (expect, sql) in PLANTED {
            missed.extend(plant(&server, expect, sql).await.err());
        }
    }
    assert!(
        missed.is_empty(),
        "{} are not seen:\n{}",
        missed.len(),
        missed.join("\n")
    );
}

#[tokio::test]
async fn what_is_sound_is_left_alone() {
    for server in servers() {
        let database = database_on(&server).await;
        database.psql(BEFORE);
        database.psql(SOUND);
        let schema = judge::schema(&database);
        assert_eq!(
            judge::violations(&database),
            [""; 0],
            "PostgreSQL {}",
            server.version()
        );
        assert_eq!(
            judge::schema(&database),
            schema,
            "the judge leaves nothing behind"
        );
    }
}

#[tokio::test]
async fn rows_are_counted() {
    let database = database_on(&servers()[0]).await;
    database.psql(BEFORE);
    database.psql(SOUND);
    let counts = judge::counts(&database);
    let shown: Vec<String> = counts
        .iter()
        .map(|it| format!("{} {:?} {}", it.table, it.place, it.rows))
        .collect();
    let expect = [
        "public.child Whole 1",
        "public.late Whole 1",
        "public.leaf Partition 20",
        "public.leaf_0 Partition 9",
        "public.leaf_1 Partition 11",
        "public.other Default 10",
        "public.root Whole 30",
        "public.seq Whole 0",
        "public.t Whole 3",
    ];
    assert_eq!(shown, expect);
}
