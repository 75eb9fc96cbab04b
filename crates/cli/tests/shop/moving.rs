//! The history moved with rows in the database: what a revision carries over, it carries there and back.

use crate::shop::{Shop, folder};
use crate::support::{cogway, finish};

/// A revision that changes what is there, and rows that stand before it.
struct Change {
    /// The revision before.
    from: &'static str,
    /// The revision.
    to: &'static str,
    rows: String,
    /// A query on what became of them, and its answer.
    look: &'static str,
    found: &'static str,
    /// What programs of the newer version write, and the way back must carry over.
    newer: &'static str,
}

const COMPANIES: &str = "
    insert into category (id, name, slug) values (1, 'All', 'all');
    insert into producer (id, name, country_code) values (1, 'Maker', 'DE');
    insert into provider (id, name, country_code, registration_number, joined_on) values
        (1, 'One', 'DE', '1', '2020-01-01'), (2, 'Two', 'CH', '2', '2020-01-01'), (3, 'Three', 'AT', '3', '2020-01-01');
    insert into product (id, category_id, producer_id, model, name, description, weight_grams, introduced_on)
        values (1, 1, 1, 'A', 'Oak chair', 'To sit on', 10, '2020-01-01');";

impl Change {
    /// There, back, and there again.
    fn is_carried_over(&self) {
        let Some(shop) = Shop::nothing() else { return };
        shop.cogway(&["up", self.from]);
        shop.sql(&format!("{COMPANIES}{}", self.rows));
        let before = rows(&shop);

        shop.cogway(&["up", self.to]);
        assert_eq!(shop.sql(self.look), self.found, "{}: after up", self.to);
        shop.cogway(&["down", self.from, "--allow-data-loss"]);
        assert_eq!(rows(&shop), before, "{}: after down", self.to);

        shop.cogway(&["up", self.to]);
        shop.sql(self.newer);
        let newer = rows(&shop);
        shop.cogway(&["down", self.from, "--allow-data-loss"]);
        shop.cogway(&["up", self.to]);
        assert_eq!(rows(&shop), newer, "{}: after down and up", self.to);
    }
}

/// All rows of the shop, in an order that does not depend on where they lie.
fn rows(shop: &Shop) -> Vec<String> {
    let dump = shop
        .database
        .pg_dump(&["--data-only", "--column-inserts", "--schema=public"]);
    let mut rows: Vec<String> = dump
        .lines()
        .filter(|line| line.starts_with("INSERT") || line.starts_with("SELECT pg_catalog.setval"))
        .map(str::to_owned)
        .collect();
    rows.sort();
    rows
}

#[test]
fn hundredths_become_amounts() {
    Change {
        from: "20261004090000",
        to: "20261005090000",
        rows: "insert into price (id, product_id, provider_id, currency_code, valid, amount_cents) values
                   (1, 1, 1, 'EUR', '[2024-01-01 00:00+00,)', 1),
                   (2, 1, 2, 'CHF', '[2024-01-01 00:00+00,)', 12345),
                   (3, 1, 3, 'EUR', '[2024-01-01 00:00+00,)', 999999999999);"
            .to_owned(),
        look: "select amount, pg_typeof(amount) from price order by id",
        found: "0.01|money_amount\n123.45|money_amount\n9999999999.99|money_amount",
        newer: "update price set amount = 0.99 where id = 1",
    }
    .is_carried_over();
}

#[test]
fn names_are_split_and_joined() {
    Change {
        from: "20261008090000",
        to: "20261009090000",
        rows: "insert into customer (id, email, registered_at, name) values
                   (1, 'a@example.com', '2024-01-01 00:00+00', 'Ada Lovelace'),
                   (2, 'b@example.com', '2024-01-01 00:00+00', 'Plato'),
                   (3, 'c@example.com', '2024-01-01 00:00+00', 'Ludwig van Beethoven'),
                   (4, 'd@example.com', '2024-01-01 00:00+00', 'Two  Blanks'),
                   (5, 'e@example.com', '2024-01-01 00:00+00', E'Mary\\u00A0Ann Lee'),
                   (6, 'f@example.com', '2024-01-01 00:00+00', E'Anna\\u00A0Sophie');"
            .to_owned(),
        look: "select '<' || given_name || '><' || family_name || '>' from customer order by id",
        found: "<Ada><Lovelace>\n<Plato><>\n<Ludwig><van Beethoven>\n<Two>< Blanks>\n<Mary Ann><Lee>\n<Anna Sophie><>",
        newer: "update customer set given_name = 'Jean Paul', family_name = 'de la Cour' where id = 1;
                update customer set given_name = 'Jean Paul Marie', family_name = '' where id = 2",
    }
    .is_carried_over();
}

const PURCHASES: &str = "
    insert into address (customer_id, number, label, recipient, street, postal_code, city, country_code)
        values (1, 1, 'home', 'A', 'B', 'C', 'D', 'DE');
    insert into purchase (id, customer_id, delivery_address, billing_address, currency_code, placed_at, status) values
        (1, 1, 1, 1, 'EUR', '2024-01-01 00:00+00', 'placed'), (2, 1, 1, 1, 'EUR', '2024-01-02 00:00+00', 'paid'),
        (3, 1, 1, 1, 'EUR', '2024-01-03 00:00+00', 'shipped'), (4, 1, 1, 1, 'EUR', '2024-01-04 00:00+00', 'delivered'),
        (5, 1, 1, 1, 'EUR', '2024-01-05 00:00+00', 'cancelled');";

const CUSTOMER: &str = "insert into customer (id, email, registered_at, given_name, family_name) values (1, 'a@example.com', '2024-01-01 00:00+00', 'A', 'B');";

#[test]
fn texts_become_labels() {
    Change {
        from: "20261010090000",
        to: "20261011090000",
        rows: format!("{CUSTOMER}{PURCHASES}"),
        look: "select purchase.status, pg_typeof(purchase.status), change.status, change.changed_at = placed_at
                 from purchase join purchase_status_change change on purchase_id = id order by id",
        found: "placed|purchase_status|placed|t\npaid|purchase_status|placed|t\nshipped|purchase_status|placed|t\n\
                delivered|purchase_status|placed|t\ncancelled|purchase_status|placed|t",
        newer: "",
    }
    .is_carried_over();
}

/// What a label stood for that is taken back: the purchases stay, as what they were before.
#[test]
fn a_label_is_taken_from_an_enum() {
    let Some(shop) = Shop::nothing() else { return };
    let (from, to) = ("20261013090000", "20261014090000");
    shop.cogway(&["up", from]);
    shop.sql(&format!("{COMPANIES}{CUSTOMER}{PURCHASES}"));
    let before = rows(&shop);
    shop.cogway(&["up", to]);
    shop.cogway(&["down", from]);
    assert_eq!(rows(&shop), before, "nobody has used it");

    shop.cogway(&["up", to]);
    shop.sql("update purchase set status = 'returned' where id = 4");
    let look = "select status from purchase where id = 4;
                select status from purchase_status_change where purchase_id = 4 order by status";
    assert_eq!(shop.sql(look), "returned\ndelivered\nreturned");
    shop.cogway(&["down", from]);
    assert_eq!(rows(&shop), before);
    // The triggers are there again.
    shop.sql("update purchase set status = 'paid' where id = 1");
    assert_eq!(
        shop.sql("select status from purchase_status_change where purchase_id = 1 order by status"),
        "placed\npaid"
    );
}

const AUDIT: &str = "
    truncate audit_entry;
    insert into audit_entry (id, changed_at, changed_by, relation, operation, before, after) values
        ('00000000-0000-0000-0000-000000000001', '2025-01-01 00:00+00', 'a', 'price', 'insert', null, '{\"n\": 1}'),
        ('00000000-0000-0000-0000-000000000002', '2026-10-31 23:59:59.999999+00', 'b', 'price', 'update', '{}', '{\"n\": 2}'),
        ('00000000-0000-0000-0000-000000000003', '2026-11-01 00:00+00', 'c', 'price', 'delete', '{}', null),
        ('00000000-0000-0000-0000-000000000004', '2099-01-01 00:00+00', 'd', 'price', 'update', '{}', '{}');";

#[test]
fn a_table_becomes_a_partitioned_one() {
    Change {
        from: "20261017090000",
        to: "20261018090000",
        rows: AUDIT.to_owned(),
        look: "select changed_by, tableoid::regclass from audit_entry order by changed_by",
        found: "a|audit_entry_default\nb|audit_entry_2026_10\nc|audit_entry_2026_11\nd|audit_entry_default",
        newer: "insert into audit_entry (changed_at, relation, operation, after)
                    values ('2026-12-24 18:00+00', 'x', 'insert', '{}')",
    }
    .is_carried_over();
}

#[test]
fn a_month_is_added_to_the_audit() {
    let Some(shop) = Shop::empty() else { return };
    shop.sql(AUDIT);
    let add = "set time zone 'Asia/Tokyo'; select add_audit_partition('2099-01-31')";
    assert_eq!(shop.sql(add), "audit_entry_2099_01");
    assert_eq!(shop.sql(add), "audit_entry_2099_01", "once is enough");
    assert_eq!(
        shop.sql("select changed_by, tableoid::regclass from audit_entry order by changed_by"),
        "a|audit_entry_default\nb|audit_entry_2026_10\nc|audit_entry_2026_11\nd|audit_entry_2099_01"
    );
    // It goes with the others when the audit becomes one table again.
    shop.cogway(&["down", "20261017090000", "--allow-data-loss"]);
    assert_eq!(shop.sql("select count(*) from audit_entry"), "4");
}

#[test]
fn a_search_finds_what_was_there_before_it() {
    Change {
        from: "20261015090000",
        to: "20261016090000",
        rows: String::new(),
        look: "select id from product where search @@ to_tsquery('english', 'chairs & sitting')",
        found: "1",
        newer: "update product set name = 'Elm chair'",
    }
    .is_carried_over();
}

#[test]
fn indexes_are_made_beside_rows() {
    Change {
        from: "20261018090000",
        to: "20261019090000",
        rows: format!("{CUSTOMER}{PURCHASES}truncate audit_entry"),
        look: "select count(*) from pg_index
               where indisvalid and indexrelid::regclass::text in
                   ('purchase_of_customer', 'purchase_open', 'price_of_product', 'product_details')",
        found: "4",
        newer: "",
    }
    .is_carried_over();
}

/// A whole shop, with rows in every table, goes back step by step to nothing, and can be built again.
#[test]
fn a_filled_shop_goes_back_to_nothing() {
    let Some(shop) = Shop::open() else { return };
    shop.sql(
        "select record_purchase(2, 1::smallint, '{1}', '{2}', '{1}'), pay_purchase(100, 'card', 'R'), ship_purchase(100, 'post', 'T'),
                record_delivery(100, 1::smallint), return_goods(100, 1, 2, 1, 'withdrawal', 'as_new')",
    );
    shop.sql(
        "do $$
         declare
             relation regclass;
             has_rows boolean;
         begin
             for relation in
                 select oid from pg_class
                 where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
             loop
                 execute format('select exists (select from %s)', relation) into has_rows;
                 assert has_rows, relation || ' is empty';
             end loop;
         end $$",
    );
    // Rows are no drift.
    shop.cogway(&["check"]);
    let schema = shop.database.pg_dump(&["--schema-only", "--schema=public"]);
    shop.cogway(&["down", "base", "--allow-data-loss"]);
    assert_eq!(
        shop.sql("select count(*) from pg_class where relnamespace = 'public'::regnamespace"),
        "0"
    );
    shop.cogway(&["up"]);
    assert_eq!(
        shop.database.pg_dump(&["--schema-only", "--schema=public"]),
        schema
    );
}

/// Whoever owns the database can make the shop in it, without being a superuser.
#[test]
fn no_superuser_is_needed() {
    let Some(shop) = Shop::nothing() else { return };
    let name = shop.database.name();
    shop.sql(&format!(
        "create role shopkeeper login createdb; alter database {name} owner to shopkeeper"
    ));
    // Up to version 14 everybody may create in the schema public; from then on the owner of the database may.
    let url = shop.database.url().replace("user=postgres", "user=shopkeeper");
    for arguments in [&["up"][..], &["down", "base", "--allow-data-loss"], &["up"]] {
        let ran = finish(cogway(&folder()).args(arguments).env("DATABASE_URL", &url));
        assert_eq!(ran.code, Some(0), "{arguments:?}: {ran:?}");
    }
    assert_eq!(
        shop.sql("select distinct tableowner from pg_tables where schemaname = 'public'"),
        "shopkeeper"
    );
}
