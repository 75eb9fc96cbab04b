//! `cogway seed`: the verb; what the seeder can do is in the tests of its room.

use serde_json::Value;

use crate::support::{Ran, Site, finish};

const SCHEMA: &str = "
create table country (code char(2) primary key, name text not null unique);
create table customer (
    id bigint generated always as identity primary key,
    given_name text not null,
    email text not null unique,
    country char(2) not null references country,
    created_at timestamptz not null,
    updated_at timestamptz
);
create table purchase (
    id bigserial primary key,
    customer_id bigint not null references customer,
    total numeric(10,2) not null check (total > 0),
    placed_at timestamptz not null
);
create view recent as select * from purchase;
create table schema_migrations (version text primary key);";

fn site() -> Site {
    let site = Site::new();
    site.database.psql(SCHEMA);
    site
}

fn seed(site: &Site, arguments: &str) -> Ran {
    site.run(&format!("seed {arguments}"))
}

fn counts(site: &Site) -> String {
    site.database
        .psql("select (select count(*) from country), (select count(*) from customer), (select count(*) from purchase)")
        .trim()
        .to_owned()
}

#[test]
fn tables_are_filled_by_their_place() {
    let site = site();
    let ran = seed(&site, "--rows 200");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(counts(&site), "18|50|200", "{ran:?}");
    assert_eq!(
        site.database
            .psql("select count(*) from schema_migrations")
            .trim(),
        "0"
    );
    assert!(ran.stdout.contains("public.purchase"), "{ran:?}");
    assert!(!ran.stdout.contains("schema_migrations"), "{ran:?}");
    let again = seed(&site, "--rows 200 -v");
    assert_eq!(
        (again.code, counts(&site).as_str()),
        (Some(0), "18|50|200"),
        "{again:?}"
    );
    assert!(again.stdout.contains("as before"), "{again:?}");
    assert!(
        again.stdout.contains("the account of a migration tool"),
        "{again:?}"
    );
}

#[test]
fn sizes_and_seeds_can_be_told() {
    let site = site();
    site.write(
        "cogway.toml",
        "[seed]\nrows = 40\nlanguage = 'russian'\n[seed.tables]\npurchase = '200%'\ncountry = 3\n",
    );
    let ran = seed(&site, "");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(counts(&site), "3|10|80", "{ran:?}");
    let names = site.database.psql("select given_name from customer");
    assert!(
        names.chars().any(|letter| ('а'..='я').contains(&letter)),
        "{names}"
    );
    let ran = seed(&site, "--truncate --rows 20 --seed 7 --table purchase=5 --jobs 2");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(counts(&site), "3|5|5", "{ran:?}");
    assert!(ran.stdout.contains("with seed 7"), "{ran:?}");
}

#[test]
fn for_machines() {
    let site = site();
    let ran = seed(&site, "--rows 10 --output json");
    let document: Value =
        serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    assert_eq!(
        (&document["verb"], &document["rows"]),
        (&Value::from("seed"), &Value::from(10))
    );
    let tables = document["tables"].as_array().expect("tables");
    let of = |name: &str| {
        tables
            .iter()
            .find(|table| table["table"] == name)
            .expect("the table")
    };
    assert_eq!(of("public.purchase")["added"], 10);
    assert_eq!(of("public.purchase")["outcome"], "filled");
    assert_eq!(of("public.schema_migrations")["outcome"], "skipped");
    assert_eq!(document["summary"]["short"], 0);
    let lines = seed(&site, "--rows 20 --output jsonl");
    let lines: Vec<Value> = lines
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 4, "three tables and the sum: {lines:?}");
    assert_eq!(lines[3]["filled"], 2, "{lines:?}");
}

#[test]
fn a_table_that_stays_empty_is_found() {
    let site = site();
    site.database.psql(
        "create table never (x integer not null check (x > 5 and x < 3)); create table child (y integer)",
    );
    let ran = seed(&site, "--rows 10");
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stdout.contains("never_x_check"), "{ran:?}");
    assert_eq!(
        site.database.psql("select count(*) from child").trim(),
        "10",
        "the others are filled"
    );
}

#[test]
fn wrong_use() {
    let site = site();
    let check = |arguments: &str, message: &str| {
        let ran = seed(&site, arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {ran:?}");
        assert!(ran.stderr.contains(message), "{arguments:?}: {ran:?}");
    };
    check("--table nothing=5", "there is no table public.nothing");
    check("--table purchase", "write TABLE=ROWS");
    check("--table purchase=-1", "write TABLE=ROWS");
    check("--rows many", "invalid value");
    check("--jobs 0", "invalid value");
    site.write("cogway.toml", "[seed.tables]\npurchase = true\n");
    check("", "the size of purchase");
    assert_eq!(counts(&site), "0|0|0");
}

#[test]
fn the_variable_says_how_many() {
    let site = site();
    let ran = finish(site.command().arg("seed").env("SEED_COUNT", "30"));
    assert_eq!(
        (ran.code, counts(&site).as_str()),
        (Some(0), "12|8|30"),
        "{ran:?}"
    );
}
