//! The shop's history on rows: nothing is found.

use std::path::Path;

use cogway_migrate::history;
use cogway_migrate::verify::verify;

use crate::case::{findings, options};
use crate::filler::Filler;

const FILL: &[(&str, &str)] = &[
    ("category", "insert into category (name, slug) select 'Category ' || n, 'category-' || n from {n}"),
    ("producer", "insert into producer (name, country_code) select 'Producer ' || n, 'DE' from {n}"),
    (
        "provider",
        "insert into provider (name, country_code, registration_number, joined_on)
         select 'Provider ' || n, 'DE', n, date '2026-01-01' + n::int from {n}",
    ),
    (
        "product",
        "insert into product (id, category_id, producer_id, model, name, weight_grams, introduced_on, tags, details)
         select n, 1 + n % 10, 1 + n % 10, 'M' || n, 'Product ' || n, n, date '2026-01-01', array['new'], '{\"colour\": \"red\"}' from {n}",
    ),
    (
        "price",
        "insert into price (product_id, provider_id, currency_code, valid, amount_cents)
         select 1 + n % 10, 1 + n % 10, 'EUR', tstzrange(timestamptz '2026-01-01' + n * interval '1 hour',
            timestamptz '2026-01-01' + (n + 1) * interval '1 hour'), 99 + n * 999999999::bigint from {n}",
    ),
    (
        "price",
        "insert into price (product_id, provider_id, currency_code, valid, amount)
         select 1 + n % 10, 1 + n % 10, 'EUR', tstzrange(timestamptz '2026-01-01' + n * interval '1 hour',
            timestamptz '2026-01-01' + (n + 1) * interval '1 hour'), 9999999999.99 - n from {n}",
    ),
    (
        "customer",
        "insert into customer (email, name, registered_at)
         select 'c' || n || '@example.com', (array['Anna', 'Anna Maria Weiss', 'Jean Paul  Sartre', 'Li\u{a0}Na  Wang'])[1 + n % 4],
            timestamptz '2026-01-01' from {n}",
    ),
    (
        "customer",
        "insert into customer (email, given_name, family_name, registered_at)
         select 'c' || n || '@example.com', (array['Anna', 'Anna Maria', ' Jean', 'Li '])[1 + n % 4],
            (array['', 'Weiss', ' de Sartre', 'Wang Li'])[1 + n % 4], timestamptz '2026-01-01' from {n}",
    ),
    (
        "address",
        "insert into address (customer_id, number, label, recipient, street, postal_code, city, country_code)
         select n, 1, 'home', 'Somebody', 'Street ' || n, '10115', 'Berlin', 'DE' from {n}",
    ),
    ("wish_list", "insert into wish_list (customer_id, name) select n, 'Wishes' from {n}"),
    (
        "warehouse",
        "insert into warehouse (name, street, postal_code, city, country_code)
         select 'Warehouse ' || n, 'Street', '10115', 'Berlin', 'DE' from {n}",
    ),
    (
        "stock_goods",
        "insert into stock_goods (product_id, provider_id, warehouse_id, on_hand) select n, n, n, n from {n}",
    ),
    (
        "stock_movement",
        "insert into stock_movement (product_id, provider_id, warehouse_id, kind, quantity)
         select n, n, n, 'receipt', n from {n}",
    ),
    ("cart", "insert into cart (customer_id) select n from {n}"),
    (
        "purchase",
        "insert into purchase (id, customer_id, delivery_address, billing_address, currency_code, status)
         select n, 1 + n % 10, 1, 1, 'EUR', 'returned' from {n}",
    ),
    (
        "purchase",
        "insert into purchase (id, customer_id, delivery_address, billing_address, currency_code, status)
         select n, 1 + n % 10, 1, 1, 'EUR', 'paid' from {n}",
    ),
    (
        "purchase_line",
        "insert into purchase_line (purchase_id, product_id, provider_id, quantity, unit_price, tax_rate)
         select 1 + n % 10, n, 1 + n % 10, n, 9.99, 19 from {n}",
    ),
    (
        "payment",
        "insert into payment (purchase_id, number, method_code, amount)
         select 1 + n % 10, n, (select min(code) from payment_method), n from {n}",
    ),
    (
        "refund",
        "insert into refund (purchase_id, number, payment_number, amount, reason) select 1 + n % 10, n, 1 + (n - 1) % 10, 1, 'broken' from {n}",
    ),
    (
        "goods_return",
        "insert into goods_return (purchase_id, number, warehouse_id, reason) select 1 + n % 10, n, 1 + n % 10, 'damaged' from {n}",
    ),
    (
        "review",
        "insert into review (product_id, customer_id, rating, title) select n, n, 5, 'Fine' from {n}",
    ),
];

#[tokio::test]
async fn nothing_is_found() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/shop/migrations");
    let history = history::read(&dir, None).expect("a history");
    let report = verify(&history, &options(Filler::of(FILL)), &mut |_| {})
        .await
        .expect("a report");
    let found: Vec<String> = findings(&report)
        .map(|(place, finding)| format!("{place} {}: {}", finding.kind.code(), finding.message))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
    let on_rows = || {
        report
            .revisions
            .iter()
            .filter_map(|revision| revision.on_rows.as_ref())
    };
    let short: Vec<String> = on_rows()
        .flat_map(|on_rows| &on_rows.short)
        .map(|short| format!("{}: {}", short.table, short.reason))
        .collect();
    assert!(short.is_empty(), "{short:#?}");
    let rewritten: Vec<String> = on_rows()
        .flat_map(|on_rows| on_rows.work.iter().filter(|work| work.rewritten))
        .map(|work| work.table.to_string())
        .collect();
    assert_eq!(rewritten, ["public.price", "public.purchase", "public.product"]);
}
