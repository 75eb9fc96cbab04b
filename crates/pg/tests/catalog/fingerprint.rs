//! The same schema has the same fingerprint, in whatever order and on whatever server it was made.

use cogway_catalog::{Catalog, compare};
use cogway_pg::introspect::{Reader, snapshot};
use cogway_pg::scratch::{ScratchOptions, ScratchServer};
use cogway_testkit::{TestDatabase, cache_dir, database, search};
use tokio_postgres::{Client, NoTls};

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

/// A reader in a random walk through schemas, with what is needed to find out where it went wrong.
struct Walk {
    client: Client,
    reader: Reader,
    random: Random,
    seed: u64,
    trail: Vec<String>,
    /// How many statements did anything; most random ones fail.
    succeeded: usize,
}

impl Walk {
    async fn start(here: &TestDatabase) -> Walk {
        let seed = std::env::var("COGWAY_TEST_SEED")
            .ok()
            .and_then(|seed| seed.parse().ok())
            .unwrap_or(71_u64);
        println!("seed {seed}");
        let client = here.client().await;
        client.batch_execute(FIRST).await.expect("valid SQL");
        let mut reader = Reader::new(&client).await.expect("a reader");
        client.batch_execute("begin").await.expect("a connection");
        reader.read(&client).await.expect("a catalog");
        client
            .batch_execute("rollback; begin")
            .await
            .expect("a connection");
        reader.begun();
        Walk {
            client,
            reader,
            random: Random(seed),
            seed,
            trail: Vec::new(),
            succeeded: 0,
        }
    }

    /// Ends the transaction and begins the next, without a break.
    async fn end(&mut self, how: &str) {
        let ended = self.client.batch_execute(&format!("{how}; begin")).await;
        ended.expect("a connection");
        self.reader.begun();
    }

    /// What was read is what a fresh reader finds.
    async fn check(&mut self, changed: &Catalog) {
        let mut fresh = Reader::new(&self.client).await.expect("a reader");
        let whole = fresh.read(&self.client).await.expect("a catalog");
        let stale: Vec<String> = compare(&whole, changed)
            .iter()
            .map(|d| d.in_words("not read", "not gone"))
            .collect();
        assert!(
            *changed == whole,
            "seed {}, statement {}\n{}\nafter\n{}",
            self.seed,
            self.succeeded,
            stale.join("\n"),
            self.trail.join(";\n")
        );
    }
}

#[tokio::test]
async fn reading_changes_is_reading_everything() {
    let here = database().await;
    let mut walk = Walk::start(&here).await;
    while walk.succeeded < 250 {
        let (mark, length) = (walk.reader.mark(), walk.trail.len());
        let mut failed = false;
        // As in a proof: a transaction may see several scripts, each read after.
        for _ in 0..=walk.random.below(2) {
            let statement = step(&mut walk.random);
            if walk.client.batch_execute(&statement).await.is_err() {
                failed = true;
                break;
            }
            walk.succeeded += 1;
            walk.trail.push(statement);
            let changed = walk.reader.refresh(&walk.client, "").await.expect("a catalog");
            walk.check(&changed).await;
        }
        // Every third transaction is taken back, and the reader goes back with it.
        if failed || walk.random.below(3) == 0 {
            walk.end("rollback").await;
            walk.reader.rewind(&mark);
            walk.trail.truncate(length);
        } else {
            walk.end("commit").await;
        }
    }
}

#[tokio::test]
async fn reading_what_several_transactions_changed_is_reading_everything() {
    let here = database().await;
    let mut walk = Walk::start(&here).await;
    while walk.succeeded < 120 {
        let milestone = walk.reader.milestone(&walk.client).await.expect("counts");
        walk.client.batch_execute("rollback").await.expect("a connection");
        for _ in 0..=walk.random.below(4) {
            let statement = step(&mut walk.random);
            if walk.client.batch_execute(&statement).await.is_ok() {
                walk.succeeded += 1;
                walk.trail.push(statement);
            }
            // A failing statement of several leaves the others undone, and no transaction.
            let _ = walk.client.batch_execute("rollback").await;
        }
        walk.client.batch_execute("begin").await.expect("a connection");
        let changed = match &milestone {
            Some(milestone) => walk.reader.refresh_since(&walk.client, milestone).await,
            None => walk.reader.read(&walk.client).await,
        };
        walk.check(&changed.expect("a catalog")).await;
        walk.end("rollback").await;
    }
}
