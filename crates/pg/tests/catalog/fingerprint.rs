//! The same schema has the same fingerprint, in whatever order and on whatever server it was made.

use cogway_catalog::{Catalog, compare};
use cogway_pg::introspect::{Reader, snapshot};
use cogway_pg::scratch::{ScratchOptions, ScratchServer};
use cogway_testkit::{cache_dir, database, search};
use tokio_postgres::NoTls;

/// Numbers that look random and are the same for the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        // xorshift64*: https://doi.org/10.18637/jss.v008.i14
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    fn choose<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items[self.below(items.len())]
    }
}

const TYPES: [&str; 7] = [
    "integer",
    "text",
    "numeric(12,2)",
    "timestamptz",
    "varchar(40)",
    "boolean",
    "s.mood",
];

/// A schema of independent parts: each entry is made by its statements in order, entries in any order.
fn schema(random: &mut Random) -> Vec<Vec<String>> {
    let mut parts = Vec::new();
    for table in 0..12 {
        let columns: Vec<String> = (0..1 + random.below(5))
            .map(|n| {
                format!(
                    "c{n} {} {}",
                    random.choose(&TYPES),
                    random.choose(&["", "not null", "default null"])
                )
            })
            .collect();
        let mut part = vec![format!(
            "create table s.t{table} (id bigint generated always as identity primary key, {})",
            columns.join(", ")
        )];
        if random.below(2) == 0 {
            part.push(format!(
                "create index on s.t{table} (c0 {})",
                random.choose(&["", "desc", "nulls first"])
            ));
        }
        if random.below(3) == 0 {
            part.push(format!(
                "alter table s.t{table} add constraint positive check (id > {})",
                random.below(9)
            ));
        }
        if random.below(3) == 0 {
            part.push(format!("comment on table s.t{table} is 'table no. {table}'"));
        }
        if random.below(3) == 0 {
            part.push(format!(
                "create view s.v{table} as select id, c0 from s.t{table} where id <> {}",
                random.below(9)
            ));
        }
        if random.below(4) == 0 {
            part.push(format!("grant select on s.t{table} to public"));
        }
        parts.push(part);
    }
    for function in 0..4 {
        parts.push(vec![format!(
            "create function s.f{function}(a integer) returns integer language sql as 'select {}'",
            random.below(99)
        )]);
    }
    for sequence in 0..3 {
        parts.push(vec![format!(
            "create sequence s.q{sequence} increment {}",
            1 + random.below(9)
        )]);
    }
    parts
}

const FIRST: &str = "create schema s; create type s.mood as enum ('sad', 'ok', 'happy')";

#[tokio::test]
async fn order_and_server_do_not_matter() {
    let seed = std::env::var("COGWAY_TEST_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(20_261_121_u64);
    println!("seed {seed}");
    let mut random = Random(seed);
    let other = ScratchServer::start(&ScratchOptions {
        search: search(),
        cache_dir: cache_dir(),
        ..ScratchOptions::default()
    })
    .expect("a second server");
    let (client, connection) = other.config("cogway").connect(NoTls).await.expect("a connection");
    tokio::spawn(connection);
    // Other OIDs than on the first server.
    client
        .batch_execute("create table gone (a serial); drop table gone")
        .await
        .expect("valid SQL");
    for round in 0..5 {
        let mut parts = schema(&mut random);
        let here = database().await;
        let first = here.client().await;
        let build = |parts: &[Vec<String>]| format!("{FIRST}; {}", parts.concat().join("; "));
        first.batch_execute(&build(&parts)).await.expect("valid SQL");
        random.shuffle(&mut parts);
        client.batch_execute(&build(&parts)).await.expect("valid SQL");
        let (one, two) = (
            snapshot(&first).await.expect("a catalog"),
            snapshot(&client).await.expect("a catalog"),
        );
        let differences: Vec<String> = compare(&one, &two).iter().map(ToString::to_string).collect();
        assert!(
            differences.is_empty(),
            "seed {seed}, round {round}:\n{}",
            differences.join("\n")
        );
        assert_eq!(one.fingerprint(), two.fingerprint(), "seed {seed}, round {round}");
        client
            .batch_execute("drop schema s cascade")
            .await
            .expect("valid SQL");
    }
}

/// One statement that changes something, of many sorts; many of them fail, which is part of the test.
fn step(random: &mut Random) -> String {
    let table = random.below(8);
    let other = random.below(8);
    let column = random.below(4);
    let n = random.below(1000);
    match random.below(30) {
        0..=4 => format!(
            "create table s.t{table} (id bigint {} primary key, c0 {}, c1 {} default null)",
            random.choose(&["", "generated always as identity", "default 7"]),
            random.choose(&TYPES),
            random.choose(&TYPES)
        ),
        5..=7 => format!(
            "alter table s.t{table} add column c{column} {}",
            random.choose(&TYPES)
        ),
        8 => format!(
            "alter table s.t{table} drop column c{column} {}",
            random.choose(&["", "cascade"])
        ),
        9 => format!(
            "alter table s.t{table} rename column c{column} to c{}",
            random.below(4)
        ),
        10 => format!("alter table s.t{table} rename to t{other}"),
        11 => format!("create index i{n} on s.t{table} (c{column})"),
        12 => {
            format!("alter table s.t{table} add constraint k{n} foreign key (id) references s.t{other} (id)")
        }
        13 => format!("alter table s.t{table} add constraint k{n} check (c{column} is not null)"),
        14 => format!("create view s.v{other} as select c{column}, id from s.t{table}"),
        15 => format!("drop table s.t{table} {}", random.choose(&["", "cascade"])),
        16 => format!("alter table s.t{table} alter column c{column} set default null"),
        17 => format!(
            "alter table s.t{table} alter column c{column} {} not null",
            random.choose(&["set", "drop"])
        ),
        18 => format!("alter table s.t{table} alter column c{column} type text using c{column}::text"),
        19 => format!(
            "comment on column s.t{table}.c{column} is {}",
            random.choose(&["'a'", "'b'", "null"])
        ),
        20 => format!("create sequence s.q{other} owned by s.t{table}.id"),
        21 => format!(
            "alter sequence s.q{other} owned by {}",
            random.choose(&["none", "s.t1.id", "s.t2.c0"])
        ),
        22 => format!(
            "alter type s.mood rename value '{}' to '{}'",
            random.choose(&["sad", "blue"]),
            random.choose(&["sad", "blue"])
        ),
        23 => format!(
            "create or replace function s.f{other}(s.t{table}) returns integer language sql as 'select {n}'"
        ),
        24 => format!("alter table s.t{table} inherit s.t{other}"),
        25 => format!("alter table s.t{table} no inherit s.t{other}"),
        26 => format!(
            "grant {} on s.t{table} to public",
            random.choose(&["select", "insert", "select (c0)"])
        ),
        27 => format!(
            "create schema if not exists s{other}; alter table s.t{table} set schema s{other}; alter table s{other}.t{table} set schema s"
        ),
        28 => format!("create policy p{other} on s.t{table} using (c{column} is null)"),
        _ => format!("create statistics s.x{n} on id, c{column} from s.t{table}"),
    }
}

#[tokio::test]
async fn reading_changes_is_reading_everything() {
    let seed = std::env::var("COGWAY_TEST_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(71_u64);
    println!("seed {seed}");
    let mut random = Random(seed);
    let here = database().await;
    let client = here.client().await;
    client.batch_execute(FIRST).await.expect("valid SQL");
    let mut reader = Reader::new(&client).await.expect("a reader");
    let read = async |reader: &mut Reader| -> Catalog {
        client.batch_execute("begin").await.expect("a connection");
        let catalog = reader.read(&client).await.expect("a catalog");
        client.batch_execute("rollback").await.expect("a connection");
        catalog
    };
    read(&mut reader).await;
    let mut trail = Vec::new();
    let mut succeeded = 0;
    for number in 0..400 {
        let statement = step(&mut random);
        let mark = reader.mark();
        client.batch_execute("begin").await.expect("a connection");
        reader.begin(&client).await.expect("counts");
        if client.batch_execute(&statement).await.is_err() {
            client.batch_execute("rollback").await.expect("a connection");
            continue;
        }
        succeeded += 1;
        trail.push(statement.clone());
        let changed = reader.refresh(&client, "").await.expect("a catalog");
        let mut fresh = Reader::new(&client).await.expect("a reader");
        let whole = fresh.read(&client).await.expect("a catalog");
        let stale: Vec<String> = compare(&whole, &changed)
            .iter()
            .map(|d| d.in_words("not read", "not gone"))
            .collect();
        assert!(
            changed == whole,
            "seed {seed}, step {number}: {statement}\n{}\nafter\n{}",
            stale.join("\n"),
            trail.join(";\n")
        );
        // Every third change is taken back, and the reader goes back with it.
        if random.below(3) == 0 {
            client.batch_execute("rollback").await.expect("a connection");
            reader.rewind(&mark);
            trail.pop();
        } else {
            client.batch_execute("commit").await.expect("a connection");
        }
    }
    assert!(succeeded > 100, "only {succeeded} statements did anything");
}
