//! `cogway verify --populated` with the seeder: changes that an empty database does not mind.

use serde_json::Value;

use crate::support::Site;

const MAKE: &str = "
create type mood as enum ('new', 'kept', 'lost');
create domain title_text as text check (length(value) > 1);
create table customer (
    id bigint generated always as identity primary key,
    name text not null,
    city text not null,
    title title_text not null,
    note text,
    age integer not null,
    price numeric(10,2) not null,
    mood mood not null,
    region_id integer not null
);
create table booking (id bigserial primary key, during daterange not null);
create table event_log (id bigint not null, happened_at timestamptz not null);";

const UNMAKE: &str =
    "drop table event_log; drop table booking; drop table customer; drop domain title_text; drop type mood;";

/// What is planted: a name, and an up that PostgreSQL accepts as long as there are no rows.
const FAULTS: &[(&str, &str)] = &[
    (
        "not null without a default",
        "alter table customer add column street text not null",
    ),
    (
        "not null over NULLs",
        "alter table customer alter column note set not null",
    ),
    (
        "not null after a backfill that misses rows",
        "alter table customer add column odd integer; update customer set odd = nullif(age % 2, 0); \
         alter table customer alter column odd set not null",
    ),
    (
        "unique over duplicates",
        "alter table customer add constraint one_age unique (age)",
    ),
    (
        "unique over lower()",
        "create unique index one_city on customer (lower(city))",
    ),
    (
        "a text shortened",
        "alter table customer alter column name type varchar(2)",
    ),
    (
        "digits taken away",
        "alter table customer alter column price type numeric(2,2)",
    ),
    (
        "text to integer",
        "alter table customer alter column name type integer using name::integer",
    ),
    (
        "text to date",
        "alter table customer alter column name type date using name::date",
    ),
    (
        "text to jsonb",
        "alter table customer alter column name type jsonb using name::jsonb",
    ),
    (
        "integer to boolean by way of text",
        "alter table customer alter column age type boolean using age::text::boolean",
    ),
    (
        "a check that rows do not meet",
        "alter table customer add constraint old check (age > 500)",
    ),
    (
        "a domain made tighter",
        "alter domain title_text add constraint tiny check (length(value) < 2)",
    ),
    (
        "a foreign key over orphans",
        "create table region (id integer primary key); \
         alter table customer add constraint of_region foreign key (region_id) references region (id)",
    ),
    (
        "an enum without labels that rows have",
        "create type mood_2 as enum ('new'); alter table customer alter column mood type mood_2 using mood::text::mood_2",
    ),
    (
        "an exclusion over overlaps",
        "alter table booking add constraint apart exclude using gist (during with &&)",
    ),
    (
        "a partition with rows out of its bounds",
        "create table event (id bigint not null, happened_at timestamptz not null) partition by range (happened_at); \
         alter table event attach partition event_log for values from ('1999-01-01') to ('2000-01-01')",
    ),
];

#[test]
fn planted_faults_are_found() {
    for (name, up) in FAULTS {
        let site = Site::of(&[("1_make", MAKE, UNMAKE), ("2_change", up, "select 1;")]);
        let ran = site.run("verify --populated 60 --output json");
        let document: Value =
            serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{name}: {error}: {ran:?}"));
        let findings = document["revisions"][1]["findings"].as_array().expect("findings");
        let kinds: Vec<&str> = findings
            .iter()
            .filter_map(|finding| finding["kind"].as_str())
            .collect();
        assert!(kinds.contains(&"up_fails_on_rows"), "{name}: {kinds:?}: {ran:?}");
    }
}

/// The careful form of some of them.
#[test]
fn careful_changes_pass() {
    let check = |name: &str, up: &str, down: &str| {
        let site = Site::of(&[("1_make", MAKE, UNMAKE), ("2_change", up, down)]);
        let ran = site.run("verify --populated 60");
        assert_eq!(ran.code, Some(0), "{name}: {ran:?}");
    };
    check(
        "not null with a default",
        "alter table customer add column street text not null default ''",
        "alter table customer drop column street",
    );
    check(
        "a check that rows meet",
        "alter table customer add constraint grown check (age >= 0 or age < 0)",
        "alter table customer drop constraint grown",
    );
    check(
        "a text made longer",
        "alter table customer alter column name type varchar(500)",
        "alter table customer alter column name type text",
    );
    check(
        "a foreign key that is filled first",
        "create table region (id integer primary key); insert into region select distinct region_id from customer; \
         alter table customer add constraint of_region foreign key (region_id) references region (id)",
        "alter table customer drop constraint of_region; drop table region",
    );
}
