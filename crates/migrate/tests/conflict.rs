//! What is found between two branches, on real servers: what is common, and what each branch does.

use std::fs;
use std::path::Path;

use cogway_migrate::conflict::{self, ConflictError, Findings, Fork, Part};
use cogway_migrate::history::{self, Format, History};
use cogway_migrate::verify::{Options, Site};
use cogway_pg::scratch::{GROUND_DATABASE, ScratchOptions, ScratchServer};
use cogway_pg::session::Session;
use cogway_testkit::{cache_dir, search};

/// A revision: id, parents, up.
type Step<'s> = (&'s str, &'s [&'s str], &'s str);

fn read(dir: &Path, steps: &[Step<'_>]) -> History {
    for (id, parents, up) in steps {
        let folder = dir.join(format!("{id}_step"));
        fs::create_dir(&folder).expect("a folder");
        fs::write(folder.join("up.sql"), up).expect("a file");
        fs::write(folder.join("down.sql"), "select 1").expect("a file");
        fs::write(folder.join("revision.toml"), format!("parents = {parents:?}")).expect("a file");
    }
    let history = history::read(dir, Some(Format::Cogway)).expect("a history");
    assert!(history.problems.is_empty(), "{:?}", history.problems);
    history
}

fn private() -> ScratchOptions {
    ScratchOptions {
        search: search(),
        cache_dir: cache_dir(),
        ..ScratchOptions::default()
    }
}

fn options() -> Options {
    Options {
        site: Site::Private(Box::new(private())),
        ..Options::default()
    }
}

async fn find(steps: &[Step<'_>], heads: [&str; 2]) -> Result<Findings, ConflictError> {
    let dir = tempfile::tempdir().expect("a folder");
    let history = read(dir.path(), steps);
    let fork = Fork::between(&history, &heads[0].into(), &heads[1].into());
    let mut findings = conflict::find(&history, &fork, &options()).await?;
    let dir = format!("{}/", dir.path().display());
    for conflict in &mut findings.conflicts {
        conflict.message = conflict.message.replace(&dir, "");
    }
    for remark in &mut findings.remarks {
        *remark = remark.replace(&dir, "");
    }
    Ok(findings)
}

/// A conflict in a line: `both_add column public.t.x: a1:1 b1:2`.
fn brief(findings: &Findings) -> Vec<String> {
    let side = |side: &conflict::Side| match side.line {
        Some(line) => format!("{}:{line}", side.revision),
        None => side.revision.to_string(),
    };
    let conflicts = findings.conflicts.iter().map(|conflict| {
        format!(
            "{} {}: {} {}",
            conflict.kind.code(),
            conflict.object.as_deref().unwrap_or("-"),
            side(&conflict.first),
            side(&conflict.second)
        )
    });
    let remarks = findings.remarks.iter().map(|remark| format!("remark: {remark}"));
    conflicts.chain(remarks).collect()
}

/// Finds the conflicts of two branches `a1`, `a2`, … and `b1`, `b2`, … behind one revision.
async fn check(common: &str, first: &[&str], second: &[&str], expect: &[&str]) -> Findings {
    let ids = |letter: &str, ups: &[&str]| -> Vec<String> {
        (1..=ups.len())
            .map(|number| format!("{letter}{number}"))
            .collect()
    };
    let (ids_a, ids_b) = (ids("a", first), ids("b", second));
    let with_parents = |ids: &[String]| -> Vec<[String; 1]> {
        let parents = std::iter::once("0".to_owned()).chain(ids.iter().cloned());
        parents.take(ids.len()).map(|parent| [parent]).collect()
    };
    let mut steps: Vec<(&str, Vec<&str>, &str)> = vec![("0", vec![], common)];
    let (parents_a, parents_b) = (with_parents(&ids_a), with_parents(&ids_b));
    let branches = [(&ids_a, &parents_a, first), (&ids_b, &parents_b, second)];
    for (ids, parents, ups) in branches {
        for ((id, parent), up) in ids.iter().zip(parents).zip(ups) {
            steps.push((id, vec![&parent[0]], up));
        }
    }
    let steps: Vec<Step<'_>> = steps
        .iter()
        .map(|(id, parents, up)| (*id, parents.as_slice(), *up))
        .collect();
    let heads = [ids_a.last(), ids_b.last()].map(|id| id.expect("a head").as_str());
    let findings = find(&steps, heads).await.expect("findings");
    assert_eq!(
        brief(&findings),
        expect,
        "{common}\n{first:?}\n{second:?}\n{findings:#?}"
    );
    findings
}

const USERS: &str = "create table users (id int primary key, name text, age int)";

#[tokio::test]
async fn both_add() {
    let found = check(
        USERS,
        &["select 1;\nalter table users add patronymic text;"],
        &["select 2", "alter table users\nadd patronymic text"],
        &["both_add column public.users.patronymic: a1:2 b2:1"],
    )
    .await;
    assert_eq!(
        found.conflicts[0].message,
        "both add column public.users.patronymic: a1_step (a1_step/up.sql:2) and b2_step (b2_step/up.sql:1); b2_step \
         fails behind a1_step: column \"patronymic\" of relation \"users\" already exists"
    );
    assert_eq!(
        found.conflicts[0].hint,
        "take it out of one of the two, then rebase that one onto the other"
    );
}

#[tokio::test]
async fn both_add_what_cannot_share_a_name() {
    let found = check(
        USERS,
        &["create table orders ()"],
        &["create view orders as select 1"],
        &["both_add table public.orders: a1:1 b1:1"],
    )
    .await;
    assert_eq!(
        found.conflicts[0].message,
        "a1_step (a1_step/up.sql:1) adds table public.orders, and b1_step (b1_step/up.sql:1) adds view public.orders: \
         there can be only one of that name; b1_step fails behind a1_step: relation \"orders\" already exists"
    );
    check(
        USERS,
        &["create index by_name on users (name)"],
        &["create table by_name (a int)"],
        &["both_add index public.by_name: a1:1 b1:1"],
    )
    .await;
    check(
        USERS,
        &["create table mood (a int)"],
        &["create type mood as enum ('ok')"],
        &["both_add table public.mood: a1:1 b1:1"],
    )
    .await;
    check(
        USERS,
        &["alter table users add constraint by_name unique (name)"],
        &["create unique index by_name on users (name)"],
        &["both_add index public.by_name: a1:1 b1:1"],
    )
    .await;
    check(
        USERS,
        &["create function f(a int) returns int language sql as 'select 1'"],
        &["create or replace function f(a int) returns text language sql as 'select ''x'''"],
        &["both_add function public.f(integer): a1:1 b1:1"],
    )
    .await;
    check(
        "create table users (id int not null, key int not null)",
        &["alter table users add primary key (id)"],
        &["alter table users add primary key (key)"],
        &["both_add constraint users_pkey on public.users: a1:1 b1:1"],
    )
    .await;
    check(
        "select 1",
        &["create table \"Odd Name\" (\"A\" serial)"],
        &["create sequence \"Odd Name_A_seq\""],
        &["both_add sequence public.\"Odd Name_A_seq\": a1:1 b1:1"],
    )
    .await;
}

#[tokio::test]
async fn both_add_without_a_failure() {
    // Each by itself runs behind the other, and the down of one takes away what is the other's as well.
    check(
        USERS,
        &["create table if not exists orders (id int)"],
        &["create table if not exists orders (id int)"],
        &["both_add table public.orders: a1:1 b1:1"],
    )
    .await;
    let found = check(
        USERS,
        &["alter table users add check (age > 0)"],
        &["alter table users add check (age < 200)"],
        &["both_add constraint users_age_check on public.users: a1:1 b1:1"],
    )
    .await;
    assert!(found.conflicts[0].hint.contains("made up"), "{found:#?}");
    // What is different in a table that both add is not told again.
    let found = check(
        USERS,
        &["create table if not exists orders (id int primary key)"],
        &["create table if not exists orders (id bigint, note text)"],
        &["both_add table public.orders: a1:1 b1:1"],
    )
    .await;
    assert!(found.conflicts[0].hint.contains("not the same"), "{found:#?}");
}

#[tokio::test]
async fn both_drop() {
    let found = check(
        USERS,
        &["alter table users drop age"],
        &["alter table users drop column age"],
        &["both_drop column public.users.age: a1:1 b1:1"],
    )
    .await;
    assert!(
        found.conflicts[0]
            .message
            .starts_with("both drop column public.users.age: a1_step (")
    );
    let found = check(
        USERS,
        &["alter table users rename age to years"],
        &["alter table users rename age to years"],
        &["both_drop column public.users.age: a1:1 b1:1"],
    )
    .await;
    assert!(
        found.conflicts[0]
            .message
            .starts_with("both rename column public.users.age to years: ")
    );
    check(
        USERS,
        &["alter table users rename age to years"],
        &["alter table users drop age"],
        &["both_drop column public.users.age: a1:1 b1:1"],
    )
    .await;
    check(
        "create table t (a int, constraint a_once unique (a))",
        &["alter table t drop constraint a_once"],
        &["alter table t drop column a"],
        &["both_drop constraint a_once on public.t: a1:1 b1:1"],
    )
    .await;
    check(
        USERS,
        &["drop table if exists users"],
        &["drop table if exists users cascade"],
        &["both_drop table public.users: a1:1 b1:1"],
    )
    .await;
}

#[tokio::test]
async fn one_drops_what_the_other_needs() {
    let found = check(
        USERS,
        &["create index on users (age)"],
        &["alter table users rename age to years"],
        &["alter_and_drop column public.users.age: a1:1 b1:1"],
    )
    .await;
    assert_eq!(
        found.conflicts[0].message,
        "b1_step (b1_step/up.sql:1) renames column public.users.age to years, and a1_step (a1_step/up.sql:1) needs it; \
         a1_step fails behind b1_step: column \"age\" does not exist"
    );
    assert_eq!(
        found.conflicts[0].hint,
        "rebase the branch of a1_step onto the other, and write years for age in its script"
    );
    check(
        USERS,
        &["alter table users drop age"],
        &["create view ages as\nselect age from users"],
        &["alter_and_drop column public.users.age: a1:1 b1:2"],
    )
    .await;
    let found = check(
        USERS,
        &["drop table users"],
        &["alter table users add nick text; create index by_nick on users (nick)"],
        &["alter_and_drop table public.users: a1:1 b1:1"],
    )
    .await;
    assert_eq!(
        found.conflicts[0].message,
        "a1_step (a1_step/up.sql:1) drops table public.users, and b1_step (b1_step/up.sql:1) adds column \
         public.users.nick, adds index public.by_nick; b1_step fails behind a1_step: relation \"users\" does not exist"
    );
    check(
        USERS,
        &["alter table users rename to people"],
        &["alter table users add nick text"],
        &["alter_and_drop table public.users: a1:1 b1:1"],
    )
    .await;
    check(
        USERS,
        &["drop table users"],
        &["create table orders (u int references users)"],
        &["alter_and_drop table public.users: a1:1 b1:1"],
    )
    .await;
    check(
        USERS,
        &["alter table users drop age"],
        &["update users set age = 1"],
        &["alter_and_drop column public.users.age: a1:1 b1:1"],
    )
    .await;
    check(
        "create schema shop",
        &["drop schema shop"],
        &["create table shop.orders ()"],
        &["alter_and_drop schema shop: a1:1 b1:1"],
    )
    .await;
    // The tables are not told one by one.
    check(
        "create schema shop; create table shop.orders (id int)",
        &["drop schema shop cascade"],
        &["alter table shop.orders add note text"],
        &["alter_and_drop schema shop: a1:1 b1:1"],
    )
    .await;
    // What it is called in the end is what the other needs to know.
    let found = check(
        USERS,
        &[
            "select 1",
            "alter table users rename age to years",
            "alter table users rename years to lifetime",
        ],
        &["select 1", "alter table users add check (age > 0)"],
        &["alter_and_drop column public.users.age: a2:1 b2:1"],
    )
    .await;
    assert!(
        found.conflicts[0].hint.contains("write lifetime for age"),
        "{found:#?}"
    );
    check(
        "create function f() returns trigger language plpgsql as 'begin return null; end'; create table t ()",
        &["create trigger touch after insert on t execute function f()"],
        &["drop function f()"],
        &["alter_and_drop function public.f(): a1:1 b1:1"],
    )
    .await;
    check(
        "create function f() returns int language sql as 'select 1'",
        &["drop function f()"],
        &["create view v as select f()"],
        &["alter_and_drop function public.f(): a1:1 b1:1"],
    )
    .await;
}

#[tokio::test]
async fn one_drops_and_only_the_outcome_tells() {
    // Nothing fails in either order, but in one of them the function is there in the end.
    check(
        "create function f() returns int language sql as 'select 1'",
        &["drop function if exists f()"],
        &["create or replace function f() returns int language sql as 'select 2'"],
        &["alter_and_drop function public.f(): a1:1 b1:1"],
    )
    .await;
    check(
        "create table t (a int, b int); create view v as select a from t",
        &["drop view v"],
        &["alter table t rename a to c"],
        &["remark: a1_step (a1_step/up.sql:1) drops view public.v, and b1_step (b1_step/up.sql:1) alters view public.v \
           (query): in both orders it is gone in the end"],
    )
    .await;
}

#[tokio::test]
async fn both_alter() {
    let found = check(
        USERS,
        &["alter table users alter age type bigint"],
        &["alter table users alter age type smallint"],
        &["both_alter column public.users.age: a1:1 b1:1"],
    )
    .await;
    assert_eq!(
        found.conflicts[0].message,
        "a1_step (a1_step/up.sql:1) and b1_step (b1_step/up.sql:1) both alter table public.users: column age: type: \
         bigint → smallint"
    );
    check(
        "create function f() returns int language sql as 'select 1'",
        &["create or replace function f() returns int language sql as 'select 2'"],
        &["create or replace function f() returns int language sql as 'select 3'"],
        &["both_alter function public.f(): a1:1 b1:1"],
    )
    .await;
    let found = check(
        "create view v as select 1 as a",
        &["create or replace view v as select 1 as a, 2 as b"],
        &["create or replace view v as select 1 as a, 3 as c"],
        &["both_alter view public.v: a1:1 b1:1"],
    )
    .await;
    assert!(
        found.conflicts[0].message.ends_with(
            "\n      b1_step fails behind a1_step: cannot change name of view column \"b\" to \"c\""
        ),
        "{found:#?}"
    );
    let found = check(
        "create type mood as enum ('ok')",
        &["alter type mood add value 'sad'"],
        &["alter type mood add value 'sad'"],
        &["both_alter enum public.mood: a1:1 b1:1"],
    )
    .await;
    assert_eq!(
        found.conflicts[0].message,
        "a1_step (a1_step/up.sql:1) and b1_step (b1_step/up.sql:1) both alter enum public.mood: values: + sad, to the \
         same value; b1_step fails behind a1_step: enum label \"sad\" already exists"
    );
    check(
        USERS,
        &["alter table users alter name set not null"],
        &["alter table users alter name set not null"],
        &["remark: a1_step (a1_step/up.sql:1) and b1_step (b1_step/up.sql:1) both alter table public.users: column \
           name: not null: no → yes, to the same value"],
    )
    .await;
}

#[tokio::test]
async fn a_script_fails_behind_the_other() {
    let found = check(
        "create table codes (code text primary key)",
        &["insert into codes values ('x')"],
        &["select 1;\ninsert into codes values ('x')"],
        &["fails -: a1:1 b1:2"],
    )
    .await;
    assert_eq!(
        found.conflicts[0].message,
        "a1_step (a1_step/up.sql:1) and b1_step (b1_step/up.sql:2) fail behind each other, though each runs by itself: \
         duplicate key value violates unique constraint \"codes_pkey\" (Key (code)=(x) already exists.)"
    );
    check(
        "create table t (a int)",
        &[
            "create table x ()",
            "alter table t alter a set not null",
            "create table y ()",
        ],
        &["create table z ()", "insert into t values (null)"],
        &["fails -: a2:1 b2:1"],
    )
    .await;
    check(
        "create type mood as enum ('ok')",
        &["alter type mood rename value 'ok' to 'fine'"],
        &["alter type mood rename value 'ok' to 'good'"],
        &["fails -: a1:1 b1:1"],
    )
    .await;
    check(
        USERS,
        &["create view ages as select age from users"],
        &["alter table users alter age type bigint"],
        &["fails -: a1:1 b1:1"],
    )
    .await;
    check(
        USERS,
        &["create role conflict_reader"],
        &["create role conflict_reader"],
        &["fails -: a1:1 b1:1"],
    )
    .await;
}

#[tokio::test]
async fn what_depends_on_what_was_dropped() {
    // The drop fails behind the other branch, whose second revision has made something that needs the column.
    check(
        USERS,
        &["alter table users drop age"],
        &[
            "create table x ()",
            "create view ages as select * from users",
            "create table y ()",
        ],
        &["alter_and_drop column public.users.age: a1:1 b2:1"],
    )
    .await;
}

#[tokio::test]
async fn the_order_matters() {
    let found = check(
        "create type mood as enum ('ok')",
        &["alter type mood add value 'sad'"],
        &["alter type mood add value 'glad'"],
        &["order_matters enum public.mood: a1:1 b1:1"],
    )
    .await;
    assert_eq!(
        found.conflicts[0].message,
        "it depends on whether a1_step (a1_step/up.sql:1) or b1_step (b1_step/up.sql:1) comes first: enum public.mood: \
         values: ok, sad, glad → ok, glad, sad"
    );
    // The second means another table behind the first.
    check(
        "create table t (a int)",
        &["alter table t rename to u; create table t (b int)"],
        &["alter table t add c int"],
        &[
            "order_matters column public.t.c: a1:1 b1:1",
            "order_matters column public.u.c: a1:1 b1:1",
        ],
    )
    .await;
    // The second goes through the tables that are there.
    check(
        USERS,
        &["create table orders ()"],
        &["do $$ declare t text; begin for t in select tablename from pg_tables where schemaname = 'public' loop \
           execute format('comment on table %I is ''seen''', t); end loop; end $$"],
        &["order_matters table public.orders: a1:1 b1:1"],
    )
    .await;
}

#[tokio::test]
async fn only_the_order_of_columns() {
    check(
        USERS,
        &["alter table users add nick text"],
        &["alter table users add email text not null default ''"],
        &["remark: only the order of columns in table public.users depends on which branch comes first: nick, email \
           with a1_step, email, nick with b1_step"],
    )
    .await;
}

#[tokio::test]
async fn nothing_is_found() {
    check(
        USERS,
        &[
            "create table orders (id serial primary key)",
            "create index on orders (id)",
        ],
        &[
            "create table parcels (id serial primary key)",
            "insert into parcels default values",
        ],
        &[],
    )
    .await;
    check(
        USERS,
        &["alter table users alter age set not null"],
        &["alter table users alter age type bigint"],
        &[],
    )
    .await;
    check(
        USERS,
        &["create function f(a int) returns int language sql as 'select a'; grant select on users to public"],
        &["create function f(a text) returns text language sql as 'select a'; grant insert on users to public"],
        &[],
    )
    .await;
    // Something for a while, which is gone in the end.
    check(
        USERS,
        &["create table tmp ()", "drop table tmp"],
        &["create table tmp (a int)", "drop table tmp"],
        &[],
    )
    .await;
    // The list is altered by both, and both get their way.
    check(
        USERS,
        &["alter table users set (fillfactor = 70)"],
        &["alter table users set (autovacuum_enabled = false)"],
        &[],
    )
    .await;
    check(
        USERS,
        &["alter table users rename age to years"],
        &["alter table users rename name to title"],
        &[],
    )
    .await;
    // Scripts outside transactions.
    check(
        USERS,
        &["create index concurrently by_name on users (name);\nvacuum users;"],
        &[
            "create index concurrently by_age on users (age)",
            "alter table users add constraint c check (age > 0)",
        ],
        &[],
    )
    .await;
}

#[tokio::test]
async fn scripts_outside_transactions_conflict() {
    check(
        USERS,
        &["create index concurrently by_name on users (name)"],
        &["alter table users drop name"],
        &["alter_and_drop column public.users.name: a1:1 b1:1"],
    )
    .await;
    check(
        USERS,
        &["create index concurrently by_name on users (name)"],
        &["create index concurrently by_name on users (name)"],
        &["both_add index public.by_name: a1:1 b1:1"],
    )
    .await;
}

#[tokio::test]
async fn a_partitioned_table_is_told_once() {
    let common = "create table t (a int, b int) partition by list (a); create table t1 partition of t for values in (1); \
                  create table t2 partition of t for values in (2)";
    check(
        common,
        &["alter table t add c int"],
        &["alter table t add c int"],
        &["both_add column public.t.c: a1:1 b1:1"],
    )
    .await;
    check(
        common,
        &["drop table t"],
        &["create index by_b on t (b)"],
        &["alter_and_drop table public.t: a1:1 b1:1"],
    )
    .await;
    check(
        common,
        &["alter table t alter b type bigint"],
        &["alter table t alter b type text"],
        &["both_alter column public.t.b: a1:1 b1:1"],
    )
    .await;
    check(
        common,
        &["drop table t"],
        &["drop table if exists t"],
        &["both_drop table public.t: a1:1 b1:1"],
    )
    .await;
}

#[tokio::test]
async fn several_conflicts_in_one() {
    check(
        "create table t (a int, b int); create table u (c int)",
        &[
            "alter table t add x int",
            "alter table u drop c",
            "alter table t alter b set default 1",
        ],
        &[
            "alter table t alter b set default 2",
            "create index on u (c)",
            "alter table t add x int",
        ],
        &[
            "both_add column public.t.x: a1:1 b3:1",
            "alter_and_drop column public.u.c: a2:1 b2:1",
            "both_alter column public.t.b: a3:1 b1:1",
        ],
    )
    .await;
}

#[tokio::test]
async fn histories_of_other_shapes() {
    // A merge below the fork is common.
    let steps: &[Step<'_>] = &[
        ("1", &[], "create table t (a int)"),
        ("2", &["1"], "create table u (a int)"),
        ("3", &["1"], "create table v (a int)"),
        ("4", &["2", "3"], "create view w as select u.a from u, v"),
        ("5", &["4"], "alter table u add b int"),
        ("6", &["4"], "alter table v add b int"),
        ("7", &["4"], "drop view w; alter table u drop a"),
    ];
    let check = async |heads: [&str; 2], expect: &[&str]| {
        let findings = find(steps, heads).await.expect("findings");
        assert_eq!(brief(&findings), expect, "{heads:?}");
    };
    // Three heads, two by two.
    check(["5", "6"], &[]).await;
    check(["5", "7"], &[]).await;
    check(["6", "7"], &[]).await;
    // The one builds on the other.
    check(["4", "7"], &[]).await;
    // No common root.
    let steps: &[Step<'_>] = &[
        ("1", &[], "create table t (a int)"),
        ("2", &[], "create table t (a int)"),
        ("3", &["2"], "create table u (a int)"),
    ];
    let findings = find(steps, ["1", "3"]).await.expect("findings");
    assert_eq!(brief(&findings), ["both_add table public.t: 1:1 2:1"]);
}

#[tokio::test]
async fn on_a_named_server() {
    let dir = tempfile::tempdir().expect("a folder");
    let history = read(
        dir.path(),
        &[
            ("1", &[], "create table t (a int); grant select on t to reader"),
            ("2", &["1"], "create role writer; alter table t add b int"),
            ("3", &["1"], "alter table t add c int"),
            ("4", &["3"], "insert into t (c) values (1); create role writer"),
        ],
    );
    let server = ScratchServer::start(&private()).expect("a server");
    let options = Options {
        site: Site::Server(Box::new(server.config(GROUND_DATABASE))),
        roles: vec!["reader".to_owned()],
        ..Options::default()
    };
    let fork = Fork::between(&history, &"2".into(), &"4".into());
    let findings = conflict::find(&history, &fork, &options).await.expect("findings");
    assert_eq!(brief(&findings), ["fails -: 2:1 4:1"], "{findings:#?}");
    let session = Session::connect(&server.config(GROUND_DATABASE))
        .await
        .expect("a session");
    let left = "select datname::text from pg_database where datname like 'cogway_proof%' \
                union all select rolname from pg_roles where rolname = 'writer'";
    assert!(session.query(left, &[]).await.expect("rows").is_empty());
}

#[tokio::test]
async fn what_is_broken_by_itself_is_no_conflict() {
    let check = async |steps: &[Step<'_>], expect: (&str, Part, Option<usize>)| {
        let error = find(steps, ["2", "3"]).await.expect_err("broken");
        let ConflictError::Broken {
            revision, part, line, ..
        } = &error
        else {
            panic!("{error}");
        };
        assert_eq!((revision.as_str(), *part, *line), expect, "{error}");
    };
    check(
        &[
            ("1", &[], "select 1;\nselect x"),
            ("2", &["1"], "select 1"),
            ("3", &["1"], "select 1"),
        ],
        ("1", Part::Common, Some(2)),
    )
    .await;
    check(
        &[
            ("1", &[], "select 1"),
            ("2", &["1"], "select 1"),
            ("3", &["1"], "select x"),
        ],
        ("3", Part::Second, Some(1)),
    )
    .await;
    check(
        &[
            ("1", &[], "select 1"),
            ("2", &["1"], "copy t from stdin;\n\\.\n"),
            ("3", &["1"], "select 1"),
        ],
        ("2", Part::First, Some(1)),
    )
    .await;
}
