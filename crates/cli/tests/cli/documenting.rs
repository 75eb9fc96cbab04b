//! `cogway doc`.

use std::path::Path;

use crate::support::{Site, cogway, finish, project, redact, run_line};

const SCHEMA: &str = r#"
create extension if not exists btree_gist;
create schema stock;
create type order_state as enum ('open', 'paid', 'it''s sent');
create domain money_amount as numeric(12,2) not null check (value >= 0);
create type size as (width integer, height integer);
create table customer (
    id bigint generated always as identity primary key,
    email text not null unique,
    name text not null default 'nobody',
    referred_by bigint references customer on delete set null,
    label text generated always as (name || ' <' || email || '>') stored
);
comment on table customer is 'Who buys <script>alert(1)</script>';
comment on column customer.email is 'Where bills | and news go';
create table product (tenant integer, number integer, title text not null, primary key (tenant, number));
create table "Order" (
    id bigint primary key,
    customer_id bigint not null references customer on delete cascade deferrable initially deferred,
    state order_state not null,
    total money_amount
);
create index on "Order" (state, id desc) include (total) where state <> 'paid';
create table order_line (
    order_id bigint not null references "Order",
    tenant integer, product integer,
    primary key (order_id, tenant, product),
    foreign key (tenant, product) references product
);
create table invoice (order_id bigint primary key references "Order", paid_at timestamptz);
create table price (
    tenant integer, product integer, during daterange not null, amount money_amount,
    foreign key (tenant, product) references product,
    exclude using gist (tenant with =, product with =, during with &&)
);
create table stock.reading (id bigint, at timestamptz, customer_id bigint references customer, primary key (id, at)) partition by range (at);
create table stock.reading_2026 partition of stock.reading for values from ('2026-01-01 00:00:00+00') to ('2027-01-01 00:00:00+00');
create table alone (x integer);
create view open_order as select id, total from "Order" where state = 'open';
create function touch() returns trigger language plpgsql as 'begin return new; end';
create trigger touched before update on customer for each row execute function touch();
"#;

/// Has the server the module that the exclusion constraint needs?
fn has_gist(site: &Site) -> bool {
    site.database
        .psql("select count(*) from pg_available_extensions where name = 'btree_gist'")
        .trim()
        == "1"
}

/// A database with one of everything; none on a server without that module.
fn schema() -> Option<Site> {
    let site = Site::new();
    has_gist(&site).then(|| {
        site.database.psql(SCHEMA);
        site
    })
}

#[test]
fn a_live_database_as_markdown() {
    let Some(site) = schema() else { return };
    let text = site.done("doc --as markdown --out -");
    // The title is the name of the database.
    let (title, text) = text.split_once('\n').expect("lines");
    assert!(title.starts_with("# test"), "{title}");
    insta::assert_snapshot!(text);
    assert_eq!(
        text,
        site.done("doc --as markdown --out -")
            .split_once('\n')
            .expect("lines")
            .1
    );
}

#[test]
fn files_in_every_form() {
    let Some(site) = schema() else { return };
    let files = |paths: &[&str]| paths.iter().all(|path| site.dir.path().join(path).exists());
    insta::assert_snapshot!(site.talk(&[
        "doc -q",
        "doc -q --out docs/",
        "doc -q --out docs --as svg",
        "doc -q --out picture.svg --table customer,stock.reading --detail keys",
        "doc -q --out - --as mermaid --table invoice",
        "doc -q --out new/page.html --schema stock --output json",
    ]));
    assert!(files(&[
        "schema.html",
        "docs/schema.html",
        "docs/schema.md",
        "docs/schema.svg",
        "docs/schema.mmd",
        "picture.svg",
        "new/page.html",
    ]));
    let page = std::fs::read_to_string(site.dir.path().join("schema.html")).expect("a page");
    assert!(page.contains("Who buys &lt;script&gt;alert(1)&lt;/script&gt;"));
    assert_eq!(page.matches("<script").count(), 1);
}

#[test]
fn what_cannot_be_done() {
    let site = site_with_a_table();
    insta::assert_snapshot!(site.talk(&[
        "doc -q --out schema.txt",
        "doc -q --table nothing",
        "doc -q --table custom",
        "doc -q --schema nowhere",
        "doc -q --out - --output json",
        "doc -q --database-url postgresql:///x --dir migrations",
        "doc -q --out customer.html/schema.html",
    ]));
}

fn site_with_a_table() -> Site {
    let site = Site::with(&[("customer.html", "")]);
    site.database
        .psql("create table customer (id integer primary key)");
    site
}

#[test]
fn a_history() {
    let ran = run_line("doc --dir cogway --as mermaid --out -");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    insta::assert_snapshot!(ran.stdout);
    let earlier = run_line("doc --dir cogway --at 20240101 --as mermaid --out -");
    assert_ne!(earlier.stdout, ran.stdout);
}

#[test]
fn nothing_to_describe() {
    let dir = project();
    let ran = finish(cogway(dir.path()).arg("doc"));
    assert_eq!(ran.code, Some(2), "{ran:?}");
    insta::assert_snapshot!(redact(&ran.stderr));
    let empty = Site::new();
    let ran = empty.run("doc --as mermaid --out -");
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (Some(0), "erDiagram\n"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("no tables"), "{}", ran.stderr);
}

/// `docs/shop.svg`, which the README shows, is what would be drawn today. Skipped where PostgreSQL lacks `btree_gist`, and then
/// it says so.
#[test]
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
fn the_picture_of_the_shop() {
    if !has_gist(&Site::new()) {
        println!("skipped: this PostgreSQL has no btree_gist");
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let ran = finish(cogway(&root.join("examples/shop")).args([
        "doc",
        "-q",
        "--dir",
        "migrations",
        "--as",
        "svg",
        "--out",
        "-",
    ]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let kept = std::fs::read_to_string(root.join("docs/shop.svg")).expect("a picture");
    assert!(
        ran.stdout == kept,
        "in examples/shop: cogway doc --dir migrations --out ../../docs/shop.svg"
    );
}
