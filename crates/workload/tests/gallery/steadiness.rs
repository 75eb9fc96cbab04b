//! The same seed gives the same rows: for any number of jobs, for more rows, and whatever becomes of other tables.

use cogway_testkit::{TestDatabase, database_on};
use cogway_workload::seed::{Existing, Options};

use crate::exhibit::{Exhibit, folder};
use crate::hall::{open, usual, visit};
use crate::judge;
use crate::rows::{self, Rows};
use crate::seeder::{Reach, options, seed, with_jobs};

/// The exhibits whose rows no trigger writes: what triggers write may depend on the clock.
fn steady() -> Vec<Exhibit> {
    let all = folder("tables").into_iter().chain(folder("schemas"));
    all.filter(|exhibit| !exhibit.sql.contains(" trigger ")).collect()
}

/// The rows of another database with the same tables.
async fn elsewhere(exhibit: &Exhibit, options: &Options) -> Result<Rows, String> {
    let database = open(&usual(), exhibit).await?;
    seed(&database, options).await?;
    Ok(rows::all(&database))
}

/// What one database has and the other should.
async fn objections(
    exhibit: &Exhibit,
    database: &TestDatabase,
    first: &Options,
    second: &Options,
    compare: fn(&Rows, &Rows) -> Vec<String>,
) -> Vec<String> {
    let both = async {
        seed(database, first).await?;
        Ok((rows::all(database), elsewhere(exhibit, second).await?))
    };
    match both.await {
        Ok((one, other)) => compare(&one, &other),
        Err(error) => vec![error],
    }
}

#[test]
fn one_job_and_eight() {
    visit(
        &usual(),
        &steady(),
        async |exhibit: &Exhibit, database: &TestDatabase| {
            objections(
                exhibit,
                database,
                &with_jobs(100, 1),
                &with_jobs(100, 8),
                rows::differences,
            )
            .await
        },
    );
}

#[test]
fn two_jobs_and_more_rows_than_a_batch_has() {
    visit(
        &usual(),
        &folder("schemas")
            .into_iter()
            .filter(|it| it.name.ends_with("inventory"))
            .collect::<Vec<_>>(),
        async |exhibit: &Exhibit, database: &TestDatabase| {
            objections(
                exhibit,
                database,
                &with_jobs(20_000, 2),
                &with_jobs(20_000, 8),
                rows::differences,
            )
            .await
        },
    );
}

/// Exhibits whose first rows depend on how many there are, with the reason.
const NOT_FIRST: &[(&str, &str)] = &[
    (
        "tables/serial_columns",
        "two tables share a sequence: one begins where the other ends",
    ),
    (
        "tables/fk_shared_tenant",
        "few parents match each other; then any are taken, not only those of the row's time",
    ),
    ("schemas/attributes_and_values", "likewise"),
    ("schemas/booking_seats", "likewise"),
    (
        "schemas/polymorphic",
        "each row has a parent to itself, and takes the next that is free",
    ),
    ("schemas/exclusion_per_key", "PostgreSQL judges what is proposed"),
];

#[test]
fn the_first_rows_stay_when_there_are_ten_times_as_many() {
    let mut exhibits = steady();
    exhibits.retain(|exhibit| NOT_FIRST.iter().all(|(name, _)| *name != exhibit.name));
    visit(
        &usual(),
        &exhibits,
        async |exhibit: &Exhibit, database: &TestDatabase| {
            objections(exhibit, database, &options(20), &options(200), rows::lost).await
        },
    );
}

#[test]
fn another_seed_gives_other_rows() {
    visit(
        &usual(),
        &folder("schemas"),
        async |exhibit: &Exhibit, database: &TestDatabase| {
            let other = Options {
                seed: 2,
                ..options(100)
            };
            let same = |one: &Rows, other: &Rows| {
                let same = one
                    .iter()
                    .filter(|(table, rows)| rows.len() > 20 && other.get(*table) == Some(rows));
                same.map(|(table, _)| format!("{table}: the same rows")).collect()
            };
            objections(exhibit, database, &options(100), &other, same).await
        },
    );
}

/// A table is changed; these others keep their rows, byte by byte.
const CHANGED: &[(&str, &str, &[&str])] = &[
    (
        "schemas/multi_tenant",
        "alter table issue_link add weight integer not null default 1 check (weight > 0)",
        &["tenant", "tenant_user", "tenant_group", "membership", "issue"],
    ),
    (
        "schemas/inventory",
        "alter table depot add city text not null default 'x', add built date",
        &["article"],
    ),
    (
        "schemas/inventory",
        "alter table movement drop column reason",
        &["article", "depot", "stock"],
    ),
    (
        "schemas/cycle_of_three",
        "create table aside (id integer primary key, name text not null); alter table region_note drop column body",
        &["region", "branch", "manager", "branch_day", "manager_bonus"],
    ),
    (
        "tables/fk_chain_of_tables",
        "alter table house add floors smallint not null default 1 check (floors between 1 and 9)",
        &["continent", "nation", "province", "town", "street"],
    ),
    (
        "schemas/graph",
        "alter table trail add length double precision; drop table closure",
        &["node", "edge", "coloured"],
    ),
];

#[test]
fn a_change_of_one_table_leaves_the_others() {
    let exhibits: Vec<Exhibit> = folder("schemas").into_iter().chain(folder("tables")).collect();
    let exhibits: Vec<Exhibit> = exhibits
        .into_iter()
        .filter(|it| CHANGED.iter().any(|(name, _, _)| *name == it.name))
        .collect();
    visit(
        &usual(),
        &exhibits,
        async |exhibit: &Exhibit, database: &TestDatabase| {
            let mut objections = Vec::new();
            if let Err(error) = seed(database, &options(100)).await {
                return vec![error];
            }
            let before = rows::all(database);
            for (_, change, tables) in CHANGED.iter().filter(|(name, _, _)| *name == exhibit.name) {
                let changed = match open(&usual(), exhibit).await {
                    Ok(changed) => changed,
                    Err(error) => return vec![error],
                };
                changed.psql(change);
                if let Err(error) = seed(&changed, &options(100)).await {
                    return vec![error];
                }
                let after = rows::all(&changed);
                for table in *tables {
                    let table = format!("public.{table}");
                    if before
                        .get(&table)
                        .is_none_or(|rows| Some(rows) != after.get(&table))
                    {
                        objections.push(format!("{table} has other rows after {change}"));
                    }
                }
            }
            objections
        },
    );
}

#[test]
fn seeding_once_more_adds_nothing_and_truncating_gives_the_same() {
    visit(
        &usual(),
        &folder("schemas"),
        async |exhibit: &Exhibit, database: &TestDatabase| {
            let again = async {
                seed(database, &options(100)).await?;
                let first = rows::all(database);
                let report = seed(database, &options(100)).await?;
                let mut objections: Vec<String> = report
                    .iter()
                    .filter(|it| matches!(it.outcome, Reach::Filled | Reach::Enough) && it.added > 0)
                    .map(|it| format!("{}: {} rows are added the second time", it.table, it.added))
                    .collect();
                // What stayed short the first time may be tried again.
                objections.extend(rows::lost(&first, &rows::all(database)));
                let truncate = Options {
                    existing: Existing::Truncate,
                    ..options(100)
                };
                seed(database, &truncate).await?;
                // Rows that the schema puts in itself are gone then.
                if !exhibit.sql.contains(" trigger ") && !exhibit.sql.contains("insert into") {
                    objections.extend(rows::differences(&first, &rows::all(database)));
                }
                objections.extend(judge::violations(database));
                Ok::<_, String>(objections)
            };
            again.await.unwrap_or_else(|error| vec![error])
        },
    );
}

#[test]
fn tables_that_have_rows_are_topped_up() {
    visit(
        &usual(),
        &folder("schemas"),
        async |_: &Exhibit, database: &TestDatabase| {
            let topped_up = async {
                seed(database, &options(20)).await?;
                let first = rows::all(database);
                seed(
                    database,
                    &Options {
                        seed: 7,
                        ..options(150)
                    },
                )
                .await?;
                let mut objections = rows::lost(&first, &rows::all(database));
                objections.extend(judge::violations(database));
                Ok::<_, String>(objections)
            };
            topped_up.await.unwrap_or_else(|error| vec![error])
        },
    );
}

#[tokio::test]
async fn rows_that_are_there_go_only_when_they_are_to() {
    let database = database_on(&usual()).await;
    database.psql("create table t (id serial primary key, name text not null); insert into t (name) values ('old'), ('older')");
    seed(&database, &options(50)).await.expect("it is filled");
    let count = "select count(*), count(*) filter (where name like 'old%') from t";
    assert_eq!(database.psql(count), "50|2\n");
    let truncate = Options {
        existing: Existing::Truncate,
        ..options(30)
    };
    seed(&database, &truncate).await.expect("it is filled");
    assert_eq!(database.psql(count), "30|0\n");
}

/// After seeding, the application goes on: rows without a key get one that is free.
#[tokio::test]
async fn sequences_go_on_where_the_rows_end() {
    let cases = [
        "create table t (id integer generated always as identity primary key, name text)",
        "create table t (id bigint generated by default as identity (start with 1000 increment by 10) primary key, name text)",
        "create table t (id integer generated always as identity (start with -1 increment by -2 minvalue -100000 maxvalue -1) primary key, name text)",
        "create table t (id smallserial primary key, name text)",
        "create sequence s start with 17 increment by 3; create table t (id integer primary key default nextval('s'), name text)",
        "create sequence s increment by -5 start with 100 minvalue -100000 maxvalue 100;
         create table t (id integer unique default nextval('s'), name text)",
        "create table t (id serial primary key, name text); insert into t values (57, 'there')",
        "create sequence s; create table t (id integer primary key default nextval('s'), name text);
         create table u (id integer primary key default nextval('s'), name text)",
        "create table t (id serial, name text, part text not null check (part in ('a', 'b')), primary key (id, part)) partition by list (part);
         create table t_a partition of t for values in ('a'); create table t_b partition of t for values in ('b');
         alter table t alter part set default 'a'",
    ];
    for case in cases {
        let database = database_on(&usual()).await;
        database.psql(case);
        seed(&database, &options(100))
            .await
            .unwrap_or_else(|error| panic!("{case}: {error}"));
        database.psql("insert into t (name) select 'new' from generate_series(1, 5)");
        assert_eq!(judge::violations(&database), [""; 0], "{case}");
    }
}
