//! `cogway normalize`.

use std::path::Path;

use serde_json::Value;

use crate::support::{Ran, Site, cogway, database, finish, project, redact};

/// Tables of every level, with rows.
const TABLES: &str = "
create schema shop;
create table shop.address (
    id int generated always as identity primary key, street text not null, postcode text not null,
    city text not null default 'Berlin', country text default 'DE');
insert into shop.address (street, postcode, city)
select 'street ' || i, (10000 + i % 20)::text, 'city ' || (i % 20) / 4 from generate_series(1, 400) i;
create table shop.line (
    purchase int, product int, product_name text not null, amount int not null, primary key (purchase, product));
insert into shop.line select i, i % 9, 'product ' || i % 9, i % 7 from generate_series(1, 200) i;
create table shop.teach (student text, course text, instructor text not null, primary key (student, course));
create table shop.product (
    sku text primary key, name text not null unique, code text unique, price numeric(10, 2), tags text, sizes int[],
    details jsonb, gross numeric generated always as (price * 1.19) stored);
insert into shop.product select 's' || i, 'n' || i, null, i % 7, 'red,green,blue', null, null from generate_series(1, 50) i;
create unique index product_cheap on shop.product (price, tags) where price < 0;
create unique index product_lower on shop.product (lower(name));
create table shop.log (at timestamptz, line text);
create table shop.measure (sensor int, day date, value float8, primary key (sensor, day)) partition by range (day);
create table shop.measure_2026 partition of shop.measure for values from ('2026-01-01') to ('2027-01-01');
create table shop.nothing ();
";

const VERDICTS: &str = "
[[dependency]]
table = \"shop.address\"
determinant = [\"postcode\"]
dependent = [\"city\"]
verdict = \"confirmed\"
because = \"a postcode belongs to one city\"

[[dependency]]
table = \"shop.line\"
determinant = [\"product\"]
dependent = [\"product_name\"]
verdict = \"confirmed\"
because = \"a product has one name\"

[[dependency]]
table = \"shop.teach\"
determinant = [\"instructor\"]
dependent = [\"course\"]
verdict = \"confirmed\"
because = \"everybody teaches one course\"
";

fn site() -> Site {
    let site = Site::new();
    site.database.psql(TABLES);
    site.write("dependencies.toml", VERDICTS);
    site
}

/// A verdict as it stands in the file.
fn verdict(table: &str, determinant: &[&str], dependent: &[&str], verdict: &str) -> String {
    format!(
        "[[dependency]]\ntable = {table:?}\ndeterminant = {determinant:?}\ndependent = {dependent:?}\nverdict = \
         {verdict:?}\nbecause = \"so it is\"\n"
    )
}

fn table<'v>(document: &'v Value, name: &str) -> &'v Value {
    let tables = document["tables"].as_array().expect("tables");
    tables
        .iter()
        .find(|table| table["table"] == name)
        .unwrap_or_else(|| panic!("{name} in {document}"))
}

#[test]
fn the_report() {
    let site = site();
    insta::assert_snapshot!(site.talk(&[
        "normalize",
        "normalize --no-data --at-least 3nf",
        "normalize shop.product --verbose",
        "normalize shop.address --output junit --no-data --at-least bcnf",
        "normalize shop.address --output github --no-data --at-least 3nf",
    ]));
}

#[test]
fn levels_and_exit_codes() {
    let site = site();
    let check = |line: &str, expect: i32| {
        let ran = site.run(line);
        assert_eq!(ran.code, Some(expect), "{line}: {ran:?}");
    };
    check("normalize", 0);
    check("normalize --at-least 1nf", 0);
    check("normalize --at-least 2nf", 1);
    check("normalize --at-least 3nf shop.address", 1);
    check("normalize --at-least 2nf shop.address", 0);
    check("normalize --at-least 3nf shop.teach", 0);
    check("normalize --at-least bcnf shop.teach", 1);
    check("normalize --at-least bcnf shop.product shop.log shop.measure", 0);
    // What is found and not decided counts only when that is wanted.
    site.remove("dependencies.toml");
    check("normalize --at-least bcnf", 0);
    check("normalize --at-least 2nf --count-found shop.address", 0);
    check("normalize --at-least 3nf --count-found shop.address", 1);
    check("normalize shop.nowhere", 2);
    check("normalize shop.measure_2026", 2);
    check("normalize a.b.c", 2);
    check("normalize --at-least 4nf", 2);
    check("normalize --error 2", 2);
    check("normalize --no-data --all-rows", 2);
    check("normalize --verdicts missing.toml", 2);
    check("normalize --database-url postgresql://nobody@localhost:1/x", 3);

    let document = site.json("normalize");
    let level = |name: &str| {
        table(&document, name)["level"]
            .as_str()
            .expect("a level")
            .to_owned()
    };
    let levels = [
        "shop.address",
        "shop.line",
        "shop.log",
        "shop.measure",
        "shop.nothing",
    ]
    .map(level);
    assert_eq!(levels, ["BCNF"; 5].map(str::to_owned));
    assert_eq!(document["verb"], "normalize");
}

#[test]
fn what_the_rows_hold() {
    let site = site();
    site.remove("dependencies.toml");
    let found = |line: &str, name: &str| -> Vec<String> {
        let document = site.json(line);
        let undecided = table(&document, name)["undecided"]
            .as_array()
            .expect("a list")
            .clone();
        undecided
            .iter()
            .map(|found| {
                let columns = found["determinant"].as_array().expect("columns");
                let columns: Vec<&str> = columns.iter().filter_map(Value::as_str).collect();
                format!(
                    "{} -> {}",
                    columns.join(","),
                    found["dependent"].as_str().expect("a column")
                )
            })
            .collect()
    };
    assert_eq!(found("normalize", "shop.address"), ["postcode -> city"]);
    assert_eq!(
        found("normalize", "shop.line"),
        ["product -> product_name", "product_name -> product"]
    );
    // A rejected one is not listed again, nor what would imply it.
    site.write(
        "dependencies.toml",
        &verdict("shop.address", &["postcode"], &["city"], "rejected"),
    );
    assert!(found("normalize", "shop.address").is_empty());
    assert_eq!(table(&site.json("normalize"), "shop.address")["rejected"], 1);
    // A confirmed one counts, and what follows from it is not listed.
    site.write(
        "dependencies.toml",
        &verdict("shop.line", &["product"], &["product_name"], "confirmed"),
    );
    assert_eq!(found("normalize", "shop.line"), ["product_name -> product"]);
    // All but one row in 400.
    site.remove("dependencies.toml");
    site.database
        .psql("insert into shop.address (street, postcode, city) values ('x', '10001', 'elsewhere')");
    assert!(!found("normalize", "shop.address").contains(&"postcode -> city".to_owned()));
    assert!(found("normalize --error 0.01", "shop.address").contains(&"postcode -> city".to_owned()));
    let document = site.json("normalize --error 0.01 shop.address");
    let undecided = table(&document, "shop.address")["undecided"]
        .as_array()
        .expect("a list")
        .clone();
    let approximate = undecided
        .iter()
        .find(|found| found["determinant"][0] == "postcode")
        .expect("it");
    let [one, other] = [0, 1].map(|row| approximate["counter_examples"][0][row].clone());
    assert_eq!(
        (&one[0], &other[0]),
        (&Value::from("10001"), &Value::from("10001"))
    );
    assert_ne!(one[1], other[1]);
}

/// What is confirmed, and not so, is a finding, with the rows.
#[test]
fn rows_that_contradict() {
    let site = site();
    site.database
        .psql("insert into shop.address (street, postcode, city) values ('x', '10001', 'elsewhere')");
    let ran = site.run("normalize shop.address");
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(
        ran.stdout.contains("dependencies.toml:2") && ran.stdout.contains("\"elsewhere\""),
        "{ran:?}"
    );
    let ran = site.run("normalize shop.address --no-data");
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

/// Values that PostgreSQL takes for equal, although their texts differ.
#[test]
fn equal_values_with_other_texts() {
    let site = Site::new();
    site.database.psql(
        "create table t (id int primary key, price numeric, share float8, kind char(5), what text not null);
         insert into t select i, case when i % 2 = 0 then 1.0 else 1.00 end, case when i % 2 = 0 then 0 else '-0'::float8 end,
                case when i % 2 = 0 then 'a' else 'a  ' end, i::text from generate_series(1, 20) i",
    );
    let document = site.json("normalize");
    let constant = table(&document, "public.t")["constant"].clone();
    assert_eq!(constant, serde_json::json!(["price", "share", "kind"]));
}

/// Numbers that differ in their last digits differ, however many digits the database shows.
#[test]
fn numbers_with_all_digits() {
    let site = Site::new();
    site.database.psql(
        "create table t as select i % 2 as a, case when i < 3 then 0.1::float8 + 0.2::float8 else 0.3 end as b
           from generate_series(1, 40) i;
         do $$ begin execute format('alter database %I set extra_float_digits = 0', current_database()); end $$",
    );
    let document = site.json("normalize");
    assert_eq!(table(&document, "public.t")["constant"], serde_json::json!([]));
}

/// An entry to copy is the same in the file as in the report.
#[test]
fn an_entry_for_names_with_line_breaks() {
    let site = Site::new();
    site.database.psql(
        "create table t as select i as id, i % 9 as \"a\nb\", i % 9 / 3 as \"c\\'d\" from generate_series(1, 90) i",
    );
    let text = site.done("normalize --verbose");
    let lines = text.lines().map(str::trim);
    let entry = lines
        .skip_while(|line| *line != "[[dependency]]")
        .take(6)
        .collect::<Vec<_>>()
        .join("\n");
    site.write("dependencies.toml", &entry);
    let document = site.json("normalize");
    assert_eq!(
        table(&document, "public.t")["verdicts"][0]["determinant"],
        serde_json::json!(["a\nb"]),
        "{entry}"
    );
}

#[test]
fn a_sample_is_the_same_each_time() {
    let site = site();
    site.database.psql(
        "create table big as select i as id, i % 100 as a, (i % 100) / 10 as b from generate_series(1, 20000) i",
    );
    let first = site.json("normalize big --sample 1000");
    assert_eq!(first, site.json("normalize big --sample 1000"));
    let rows = &table(&first, "public.big")["rows"];
    let looked_at = rows["looked_at"].as_u64().expect("a number");
    assert!((700..1300).contains(&looked_at), "{rows}");
    assert_eq!(rows["all"], 20_000);
    let all = site.json("normalize big --all-rows");
    assert_eq!(table(&all, "public.big")["rows"]["looked_at"], 20_000);
    let none = site.json("normalize big --no-data");
    assert_eq!(table(&none, "public.big")["rows"], Value::Null);
}

/// A role that may not see all rows is not told half of the truth.
#[test]
fn hidden_rows_are_no_rows_to_judge_by() {
    let site = site();
    let role = format!("{}_reader", site.database.name());
    site.database.psql(&format!(
        "create role {role} login; grant usage on schema shop to {role}; grant select on all tables in schema shop to {role};
         alter table shop.address enable row level security;"
    ));
    let url = site
        .database
        .url()
        .replace("user=postgres", &format!("user={role}"));
    let ran = finish(cogway(site.dir.path()).env("DATABASE_URL", url).arg("normalize"));
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains("row-level security"), "{ran:?}");
    site.database
        .psql(&format!("drop owned by {role}; drop role {role}"));
}

#[test]
fn verdicts_with_faults() {
    let site = site();
    let check = |text: &str, line: usize, says: &str| {
        site.write("dependencies.toml", text);
        let ran = site.run("normalize --no-data");
        assert_eq!(ran.code, Some(2), "{text}: {ran:?}");
        let place = format!("dependencies.toml:{line}: ");
        assert!(
            ran.stderr.contains(&place) && ran.stderr.contains(says),
            "{text}: {ran:?}"
        );
    };
    let good = verdict("shop.address", &["postcode"], &["city"], "confirmed");
    let after = |more: String| format!("{good}\n{more}");
    check(
        &after(verdict("shop.adress", &["a"], &["b"], "confirmed")),
        8,
        "no table shop.adress",
    );
    check(
        &after(verdict("shop.address", &["plz"], &["city"], "confirmed")),
        8,
        "no column plz",
    );
    check(
        &after(verdict("shop.address", &["city"], &["plz"], "confirmed")),
        8,
        "no column plz",
    );
    check(&after(good.clone()), 8, "line 1 says the same");
    check(
        &after(verdict("shop.address", &["postcode"], &["city"], "rejected")),
        8,
        "the opposite",
    );
    check(
        &after(verdict("shop.address", &["city"], &[], "rejected")),
        8,
        "the dependent is empty",
    );
    check(
        &after(verdict("shop.address", &["city"], &["city"], "rejected")),
        8,
        "in the determinant",
    );
    check(
        &after(verdict("shop.address", &["id"], &["city"], "rejected")),
        8,
        "cannot be rejected",
    );
    check(
        &after(verdict(
            "shop.address",
            &["postcode", "street"],
            &["city"],
            "rejected",
        )),
        8,
        "cannot be rejected",
    );
    check(
        &after(verdict("a.b.c", &["id"], &["city"], "rejected")),
        8,
        "no name of a table",
    );
    check(
        &after(verdict("shop.address", &["city"], &["street"], "maybe")),
        12,
        "maybe",
    );
    check(&good.replace("so it is", " "), 1, "the reason is empty");
    check("[[dependency]]\ntable = \"x\"\n", 1, "missing field");
    check("[[dependencies]]\n", 1, "unknown field");
    check("\n= 3", 2, "");
}

#[test]
fn verdicts_that_nothing_needs() {
    let site = site();
    let text = [
        verdict("shop.address", &["postcode"], &["city"], "confirmed"),
        verdict("shop.address", &["postcode", "street"], &["city"], "confirmed"),
        verdict("shop.address", &["id"], &["city"], "confirmed"),
        // Refuted by the rows.
        verdict("shop.address", &["city"], &["postcode"], "rejected"),
    ];
    site.write("dependencies.toml", &text.concat());
    let document = site.json("normalize shop.address");
    let verdicts = table(&document, "shop.address")["verdicts"]
        .as_array()
        .expect("a list")
        .clone();
    let needless: Vec<bool> = verdicts
        .iter()
        .filter_map(|verdict| verdict["needless"].as_bool())
        .collect();
    assert_eq!(needless, [false, true, true, true]);
}

/// What PostgreSQL keeps unique, and what counts as a key of it.
#[test]
fn what_counts_as_a_key() {
    let site = Site::new();
    let check = |sql: &str, keys: &[&[&str]], codes: &[&str]| {
        site.database
            .psql(&format!("drop table if exists t cascade; {sql}"));
        let document = site.json("normalize --no-data t");
        let table = table(&document, "public.t");
        let names = |keys: &Value| -> Vec<Vec<String>> {
            serde_json::from_value(keys.clone()).expect("lists of names")
        };
        assert_eq!(names(&table["keys"]), keys, "{sql}");
        let notes = table["notes"].as_array().expect("notes");
        let notes: Vec<&str> = notes.iter().filter_map(|note| note["code"].as_str()).collect();
        assert_eq!(notes, codes, "{sql}");
    };
    check("create table t (a int primary key, b int)", &[&["a"]], &[]);
    check("create table t (a int, b int)", &[&["a", "b"]], &["no_key"]);
    check(
        "create table t (a int primary key, b int not null unique)",
        &[&["a"], &["b"]],
        &[],
    );
    check(
        "create table t (a int primary key, b int unique)",
        &[&["a"]],
        &["nullable_unique"],
    );
    check(
        "create table t (a int primary key, b int not null); create unique index on t (b desc)",
        &[&["a"], &["b"]],
        &[],
    );
    check(
        "create table t (a int primary key, b int not null, c int); create unique index on t (b) include (c)",
        &[&["a"], &["b"]],
        &[],
    );
    check(
        "create table t (a int primary key, b text not null); create unique index on t (b collate \"C\" text_pattern_ops)",
        &[&["a"], &["b"]],
        &[],
    );
    check(
        "create table t (a int primary key, b text not null); create unique index on t (lower(b))",
        &[&["a"]],
        &["unique_expression"],
    );
    check(
        "create table t (a int primary key, b int not null); create unique index on t (b) where a > 3",
        &[&["a"]],
        &["partial_unique"],
    );
    check(
        "create table t (a int primary key, b int4range not null, exclude using gist (b with &&))",
        &[&["a"]],
        &["exclusion"],
    );
    check(
        "create table t (a int, b int, primary key (b, a), unique (a, b))",
        &[&["a", "b"]],
        &[],
    );
    check(
        "create table t (a int, b int primary key deferrable)",
        &[&["b"]],
        &[],
    );
    // Keys of generated columns are keys of what they are computed from.
    check(
        "create table t (a int not null, b int generated always as (a + 1) stored unique not null, c int)",
        &[&["a"]],
        &["generated_column"],
    );
    site.database.psql("create domain present as text not null");
    check(
        "create table t (a present unique, b json)",
        &[&["a"]],
        &["not_atomic"],
    );
    site.database
        .psql("create type pair as (x int, y int); create domain pairs as pair");
    check(
        "create table t (a pairs, b xml, c text[], id int primary key)",
        &[&["id"]],
        &["not_atomic"; 3],
    );
    if site.database.version().major >= 15 {
        check(
            "create table t (a int unique nulls not distinct, b int)",
            &[&["a"]],
            &[],
        );
    }
}

/// A table that cannot be judged is one to say something of only where it is asked for.
#[test]
fn a_table_with_too_many_columns() {
    let site = Site::new();
    let columns: Vec<String> = (0..300).map(|number| format!("c{number} int")).collect();
    site.database.psql(&format!(
        "create table wide ({}); create table narrow (id int primary key);",
        columns.join(", ")
    ));
    let check = |line: &str, code: i32, is_named: bool| {
        let ran = site.run(line);
        assert_eq!(ran.code, Some(code), "{line}: {ran:?}");
        assert_eq!(
            ran.stdout.contains("wide: not judged"),
            is_named,
            "{line}: {ran:?}"
        );
    };
    check("normalize", 0, true);
    check("normalize --at-least 3nf", 1, true);
    check("normalize --at-least 3nf narrow", 0, false);
    check("normalize wide", 2, false);
}

fn csv(text: &[u8], arguments: &str) -> Ran {
    let dir = project();
    std::fs::write(dir.path().join("rows.csv"), text).expect("a file");
    let ran = finish(
        cogway(dir.path())
            .args(["normalize", "--csv", "rows.csv"])
            .args(arguments.split_whitespace()),
    );
    assert!(!ran.stderr.contains("panicked"), "{ran:?}");
    ran
}

#[test]
fn a_csv_file() {
    let mut text = String::from("\u{feff}id,postcode,city,note\r\n");
    for i in 0..100 {
        text += &format!("{i},{},\"city, {}\",\r\n", 10_000 + i % 10, i % 5);
    }
    let ran = csv(text.as_bytes(), "");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    insta::assert_snapshot!(redact(&ran.stdout));
    let ran = csv(text.as_bytes(), "--count-found --at-least 3nf");
    assert_eq!(ran.code, Some(1), "{ran:?}");
}

/// Of random columns some determine another in the few rows that could refute it; of what is no chance nothing is lost.
#[test]
fn what_holds_by_chance() {
    let mut text = "a,b,c,d,e,f,g,h,postcode,city,rare".to_owned();
    // Numbers that look random and are the same each time (Knuth's MMIX).
    let mut state: u64 = 7;
    let mut below = |most: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % most
    };
    for row in 0..2000 {
        text.push('\n');
        for most in [2, 2, 3, 4, 40, 60, 80, 100] {
            text += &format!("{},", below(most));
        }
        let postcode = below(300);
        text += &format!("{postcode},{},{}", postcode % 50, row == 1000);
    }
    let questions = |arguments: &str| -> Vec<String> {
        let ran = csv(text.as_bytes(), arguments);
        let lines = ran
            .stdout
            .lines()
            .filter_map(|line| line.trim().strip_prefix("undecided: "));
        lines
            .map(|line| line.split(" holds").next().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(questions("--verbose"), ["postcode -> city"]);
    let all = questions("--verbose --most-by-chance inf");
    assert!(all.len() > 5, "{all:?}");
    assert_eq!(questions("--verbose --most-by-chance 0"), [""; 0]);
    assert_eq!(csv(b"a\n1\n", "--most-by-chance -1").code, Some(2));
    assert_eq!(csv(b"a\n1\n", "--most-by-chance NaN").code, Some(2));
}

#[test]
fn csv_files_with_faults() {
    let check = |text: &[u8], code: i32, says: &str| {
        let ran = csv(text, "");
        assert_eq!(ran.code, Some(code), "{ran:?}");
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert!(said.contains(says), "{says}: {ran:?}");
    };
    check(b"", 2, "it is empty, and has no header");
    check(
        b"a,b\n1,2\n1\n",
        2,
        "rows.csv:3: the row has 1 fields instead of 2",
    );
    check(
        b"a,b\n1,2\n1,2,3\n",
        2,
        "rows.csv:3: the row has 3 fields instead of 2",
    );
    check(b"a,b\n1,\xff\n", 2, "rows.csv:2: it is not in UTF-8");
    check(b"a,\xff\n1,2\n", 2, "rows.csv:1: it is not in UTF-8");
    check(
        b"a,b,a\n1,2,3\n",
        2,
        "rows.csv:1: two columns of the header are called a",
    );
    check(b"a,,c\n1,2,3\n", 2, "rows.csv:1: column 2 has no name");
    check(b"a,b\n", 0, "no rows");
    check(b"a,b\n\"1,2\n", 2, "rows.csv");
    check(&vec![b','; 1000], 2, "1001 columns are more than the 256");
    check(b"a\n\n1\n", 0, "1 table");
    let ran = finish(cogway(project().path()).args(["normalize", "--csv", "nowhere.csv"]));
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stderr.contains("nowhere.csv: it cannot be read"), "{ran:?}");
}

/// The history that a revision is written for: with much that has to be carried over.
const BASE: &str = "
create schema shop;
create table shop.country (code text primary key);
create table shop.address (
    id int generated always as identity primary key, street text not null, \"Post Code\" text,
    city text default 'Berlin' constraint city_long check (length(city) > 1),
    country text constraint in_country references shop.country on delete restrict,
    changed int not null default 0, region varchar(20) collate \"C\");
comment on column shop.address.city is 'the post''s name';
comment on column shop.address.\"Post Code\" is 'as the post writes it';
create function shop.touch() returns trigger language plpgsql as $$
begin new.changed := old.changed + 1; return new; end $$;
create trigger touch before update on shop.address for each row execute function shop.touch();
";

const ROWS: &str = "
insert into shop.country values ('DE'), ('AT');
insert into shop.address (street, \"Post Code\", city, country, region)
select 's' || i, p, case when p is not null then 'city ' || p end, case when p < '1' then 'DE' end,
       case when p is not null then 'r' || p end
  from generate_series(1, 100) i, lateral (select nullif((i % 7)::text, '3') as p) p;
update shop.address set changed = id;
";

/// A site with that history, applied and filled, and the verdict that a postcode determines the rest.
fn history_site() -> Site {
    let site = Site::new();
    site.revision("20260101000000_base", &[], BASE, "drop schema shop cascade;");
    site.write("cogway.toml", "dir = \"migrations\"\n");
    site.write(
        "dependencies.toml",
        &verdict(
            "shop.address",
            &["Post Code"],
            &["city", "country", "region"],
            "confirmed",
        ),
    );
    site.done("up");
    site.database.psql(ROWS);
    site
}

#[test]
fn a_revision_there_and_back() {
    let site = history_site();
    let rows = || {
        site.database.psql(
            "select id, street, \"Post Code\", city, country, changed, region from shop.address order by id",
        )
    };
    let shape = || site.json("snapshot --exclude column-order")["fingerprint"].clone();
    let (before, whole) = (rows(), shape());
    let ran = site.run("normalize --write-revision shop.address");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let written = |script: &str| {
        let dir = std::fs::read_dir(site.dir.path().join("migrations")).expect("a folder");
        let folder = dir
            .flatten()
            .map(|entry| entry.path())
            .find(|path| path.to_string_lossy().ends_with("_apart"));
        std::fs::read_to_string(folder.expect("the revision").join(script)).expect("a script")
    };
    insta::assert_snapshot!(
        "the_revision",
        format!("{}\n{}", written("up.sql"), written("down.sql"))
    );

    // On empty tables, but for the order of the columns, of which the scripts speak.
    let verified = site.run("verify --exclude column-order");
    assert_eq!(verified.code, Some(0), "{verified:?}");
    assert!(verified.stdout.contains("2 revisions: 2 pass"), "{verified:?}");

    site.done("up");
    let joined = site.database.psql(
        "select id, street, \"Post Code\", city, country, changed, region
           from shop.address left join shop.\"address_Post Code\" using (\"Post Code\") order by id",
    );
    assert_eq!(joined, before, "joined they are the same rows");
    let parts = site
        .database
        .psql("select count(*) from shop.\"address_Post Code\"");
    assert_eq!(parts.trim(), "6");
    let after = site.json("normalize --no-data --verdicts /dev/null");
    assert_eq!(table(&after, "shop.address")["level"], "BCNF");
    assert_eq!(
        table(
            &after,
            "shop.address_Post Code"
                .replace("address_Post Code", "\"address_Post Code\"")
                .as_str()
        )["level"],
        "BCNF"
    );

    // No trigger sees it, so that nothing counts as changed.
    site.done("down -1 --allow-data-loss");
    assert_eq!(rows(), before, "and they come back");
    assert_eq!(shape(), whole, "and so does the schema");
}

/// Rows that would lose something stop the script, and nothing is changed.
#[test]
fn a_revision_loses_nothing() {
    for row in [
        // Nothing to find the city by.
        "(street, city) values ('x', 'lost')",
        // Two cities of one postcode.
        "(street, \"Post Code\", city) values ('x', '1', 'another')",
    ] {
        let site = history_site();
        site.done("normalize --no-data --write-revision shop.address");
        site.database.psql(&format!("insert into shop.address {row}"));
        let before = site.database.psql("table shop.address");
        let ran = site.run("up");
        assert_eq!(ran.code, Some(4), "{ran:?}");
        assert_eq!(site.database.psql("table shop.address"), before);
    }
}

/// A script that is bound to fail on the rows at hand is not written.
#[test]
fn no_revision_against_the_rows() {
    let site = history_site();
    site.database.psql(
        "insert into shop.address (street, \"Post Code\", city) values ('x', '1', 'one'), ('y', '1', 'another')",
    );
    let ran = site.run("normalize --write-revision shop.address");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(
        ran.stderr
            .contains("its rows contradict what dependencies.toml confirms"),
        "{ran:?}"
    );
    let folders = std::fs::read_dir(site.dir.path().join("migrations")).expect("a folder");
    assert_eq!(folders.count(), 1);
}

/// Whatever makes it more than moving columns is named, and nothing is written.
#[test]
fn revisions_that_are_refused() {
    let check = |sql: &str, says: &str| {
        let site = history_site();
        site.database.psql(sql);
        let ran = site.run("normalize --no-data --write-revision shop.address");
        assert_eq!(ran.code, Some(2), "{sql}: {ran:?}");
        assert!(ran.stderr.contains(says), "{sql}: {ran:?}");
        let folders = std::fs::read_dir(site.dir.path().join("migrations")).expect("a folder");
        assert_eq!(folders.count(), 1, "{sql}");
    };
    check(
        "create view shop.v as select city from shop.address",
        "view shop.v speaks of city",
    );
    check("create index on shop.address (lower(city))", "is on city");
    check(
        "create index on shop.address (street) include (region)",
        "is on region",
    );
    check(
        "create index on shop.address (street) where country = 'DE'",
        "is on country",
    );
    check(
        "alter table shop.address add check (street <> city)",
        "constraint address_check",
    );
    check(
        "alter table shop.address add unique (city, street)",
        "constraint address_city_street_key",
    );
    check("create policy p on shop.address using (city = 'x')", "policy p");
    check(
        "alter table shop.address enable row level security",
        "policies say",
    );
    check(
        "alter table shop.address alter city set statistics 7",
        "column city has a statistics target",
    );
    check(
        "grant select (city) on shop.address to public",
        "column city has privileges",
    );
    check(
        "alter table shop.address add g text generated always as (upper(city)) stored",
        "column g is generated",
    );
    check("alter table shop.address disable trigger touch", "trigger touch");
    check(
        "create function shop.f() returns trigger language plpgsql as $$ begin new.city := 'x'; return new; end $$;
         create trigger f before insert on shop.address for each row execute function shop.f()",
        "trigger f on shop.address speaks of city",
    );
    check(
        "create statistics shop.s on street, city from shop.address",
        "statistics",
    );
    check(
        "create publication news for table shop.address",
        "publication news publishes it",
    );
    check("create table shop.child () inherits (shop.address)", "inherits");
    check(
        "alter table shop.address alter region type json using null",
        "json",
    );
    check(
        "update shop.address set region = null;
         alter table shop.address add foreign key (region) references shop.country on delete cascade",
        "constraint address_region_fkey",
    );
    let site = history_site();
    let ran = site.run("normalize --no-data --write-revision shop.country");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.stderr.contains("nothing to take apart"), "{ran:?}");
}

/// A chain: what moves has something hanging on it that moves further.
#[test]
fn a_revision_of_several_tables() {
    let site = Site::new();
    site.revision(
        "20260101000000_base",
        &[],
        "create table place (id int primary key, zip text not null, town text not null, land text);
         grant select, insert on place to public;",
        "drop table place;",
    );
    site.write("cogway.toml", "dir = \"migrations\"\n");
    let verdicts = [
        verdict("place", &["zip"], &["town"], "confirmed"),
        verdict("place", &["town"], &["land"], "confirmed"),
    ];
    site.write("dependencies.toml", &verdicts.concat());
    site.done("up");
    site.database
        .psql("insert into place select i, i % 10, i % 5, nullif(i % 5, 3) from generate_series(1, 50) i");
    let before = site
        .database
        .psql("select id, zip, town, land from place order by id");
    site.revision(
        "20260102000000_rows",
        &["20260101000000"],
        "insert into place select i, i % 10, i % 5, nullif(i % 5, 3) from generate_series(1, 50) i;",
        "delete from place;",
    );
    site.done("normalize --write-revision place");
    // The columns that move are the last ones, so that nothing is to be allowed; with rows, and these compared.
    site.done("verify --data place");
    site.database.psql("truncate place");
    site.done("up");
    let counts = site
        .database
        .psql("select (select count(*) from place_zip), (select count(*) from place_town)");
    assert_eq!(counts.trim(), "10|5");
    let grants = site
        .database
        .psql("select has_table_privilege('pg_monitor', 'place_zip', 'insert')");
    assert_eq!(grants.trim(), "t");
    site.done("down -1 --allow-data-loss");
    assert_eq!(
        site.database
            .psql("select id, zip, town, land from place order by id"),
        before
    );
}

/// What is on a column that moves into two new tables, as a dependent and as a key, is in both, and comes back once. Names
/// with line breaks do not end a comment.
#[test]
fn a_revision_of_what_is_in_two_tables() {
    let site = Site::new();
    site.revision(
        "20260101000000_base",
        &[],
        "create table \"pla\nce/;\" (id int primary key, \"z;\nip\" text not null, town text not null check (town <> ''), land text);
         insert into \"pla\nce/;\" select i, i % 10, i % 5, nullif(i % 5, 3) from generate_series(1, 50) i;",
        "drop table \"pla\nce/;\";",
    );
    site.write("cogway.toml", "dir = \"migrations\"\n");
    let verdicts = [
        verdict("\"pla\nce/;\"", &["z;\nip"], &["town"], "confirmed"),
        verdict("\"pla\nce/;\"", &["town"], &["land"], "confirmed"),
    ];
    site.write("dependencies.toml", &verdicts.concat());
    site.done("up");
    let ran = finish(
        site.command()
            .args(["normalize", "--write-revision", "\"pla\nce/;\""]),
    );
    assert_eq!(ran.code, Some(0), "{ran:?}");
    site.done("verify --data all");
}

/// Values that are equal and not the same: one table for both would lose one of them, and so nothing is done.
#[test]
fn a_revision_keeps_equal_values_that_differ() {
    let check = |data_type: &str, one: &str, other: &str, is_done: bool| {
        let site = Site::new();
        site.revision(
            "20260101000000_base",
            &[],
            &format!(
                "create collation caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
                 create type color as enum ('red', 'blue');
                 create table price (id int primary key, product int not null, amount {data_type});
                 insert into price values (1, 1, '{one}'), (2, 1, '{other}');"
            ),
            "drop table price; drop type color; drop collation caseless;",
        );
        site.write("cogway.toml", "dir = \"migrations\"\n");
        site.write(
            "dependencies.toml",
            &verdict("price", &["product"], &["amount"], "confirmed"),
        );
        site.done("up");
        site.done("normalize --no-data --write-revision price");
        let before = site.database.psql("table price");
        let ran = site.run("up");
        assert_eq!(ran.code == Some(0), is_done, "{data_type}: {ran:?}");
        if is_done {
            site.done("down -1 --allow-data-loss");
        }
        assert_eq!(site.database.psql("table price"), before, "{data_type}");
    };
    check("numeric", "1.0", "1.00", false);
    check("numeric", "1.0", "1.0", true);
    check("numeric(5, 2)", "1.0", "1.00", true);
    check("float8", "0", "-0", false);
    check("interval", "1 day", "24:00", false);
    check("jsonb", "1.0", "1.00", false);
    check("numrange", "[1,2]", "[1.0,2]", false);
    check("text collate caseless", "A", "a", false);
    check("text collate \"C\"", "A", "A", true);
    check("color", "red", "red", true);
}

/// Of a history, without a database: the rows are those that its revisions insert.
#[test]
fn a_history() {
    let site = history_site();
    site.revision(
        "20260102000000_rows",
        &["20260101000000"],
        "insert into shop.country select 'c' || i from generate_series(1, 30) i;",
        "delete from shop.country;",
    );
    let ran = finish(cogway(site.dir.path()).args(["normalize", "--dir", "migrations", "--output", "json"]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let document: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(table(&document, "shop.country")["rows"]["all"], 30);
    assert_eq!(table(&document, "shop.address")["rows"]["all"], 0);
    assert_eq!(table(&document, "shop.address")["level"], "2NF");
}

/// The document of a project as it would be written today. Every table is in 3NF.
fn document_of(project: &str) -> String {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(project);
    let line = "normalize --no-data --at-least 3nf --markdown - --dir migrations";
    let ran = finish(cogway(&dir).args(line.split(' ')));
    assert_eq!(ran.code, Some(0), "{project}: {ran:?}");
    ran.stdout
}

#[test]
fn coffee_is_in_third_normal_form() {
    assert!(document_of("services/coffee").contains("## public.users"));
}

/// `DEPENDENCIES.md` is what would be written today. Skipped where PostgreSQL lacks `btree_gist`, and then it says so.
#[test]
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
fn the_shop_is_in_third_normal_form() {
    let there = database().psql("select count(*) from pg_available_extensions where name = 'btree_gist'");
    if there.trim() == "0" {
        println!("skipped: this PostgreSQL has no btree_gist");
        return;
    }
    let kept = include_str!("../../../../examples/shop/DEPENDENCIES.md");
    assert_eq!(
        document_of("examples/shop"),
        kept,
        "in examples/shop: cogway normalize --no-data --dir migrations --markdown DEPENDENCIES.md"
    );
}

#[test]
fn a_document() {
    let site = site();
    let text = site.done("normalize --no-data --markdown -");
    insta::assert_snapshot!(text);
    site.done("normalize --no-data --markdown d.md");
    assert_eq!(
        std::fs::read_to_string(site.dir.path().join("d.md")).expect("a file"),
        text
    );
}
