//! What the reading queries answer about the rows of `data.sql`, worked out by hand.

use crate::query::Query;
use crate::shop::Shop;

/// A query, its parameters, and the rows of its answer.
type Case = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
);

/// Two months, in which all purchases of the data lie.
const SPRING: [(&str, &str); 2] = [("since", "2025-02-01 00:00+00"), ("days", "60")];

#[rustfmt::skip]
const CASES: &[Case] = &[
    ("list_providers", &[], &[
        // What is discontinued is no offer, and who has left is not listed.
        "1|Alpine Home|Switzerland|2020-03-01|2|1",
        "2|Nord Trade|Germany|2021-04-01|3|2",
    ]),
    ("list_producers", &[], &[
        "3|Idle Works|Sweden||0",
        "2|Lumina|Italy||1",
        "1|Oakwright|Switzerland|https://oakwright.example|2",
    ]),
    ("list_customers", &[("country", "DE"), ("after", "0")], &["2|Grace|Hopper|grace@example.com|Hamburg|2"]),
    // One of her two purchases was cancelled; her address in Germany is not the default one.
    ("list_customers", &[("country", "CH"), ("after", "0")], &["1|Ada|Lovelace|ada@example.com|Basel|1"]),
    ("list_customers", &[("country", "DE"), ("after", "2")], &[]),
    ("list_contacts", &[("role", "sales")], &[
        "producer|Oakwright|Olga Oak|olga@oakwright.example|",
        "provider|Alpine Home|Alma Alp|alma@alpine.example|+41 61 000 00 00",
        "provider|Nord Trade|Nora Nord|nora@nord.example|",
    ]),
    ("list_contacts", &[("role", "support")], &["provider|Nord Trade|Nils Nord||+49 40 000000"]),
    // A hit in the name comes before one in the description, and the old stool is not found.
    ("search_products", &[("words", "oak"), ("currency", "EUR")], &[
        "1|Oak chair|Oakwright|110.00",
        "2|Dining table|Oakwright|500.00",
    ]),
    ("search_products", &[("words", "reading lamps"), ("currency", "CHF")], &["3|Desk lamp|Lumina|36.00"]),
    ("search_products", &[("words", "oak -table"), ("currency", "JPY")], &["1|Oak chair|Oakwright|"]),
    ("search_products", &[("words", "'; drop table product; --"), ("currency", "EUR")], &[]),
    ("product_page", &[("product", "1"), ("language", "de")], &[
        "1|Eichenstuhl|Ein fester Stuhl für das Esszimmer.|Oakwright|Furniture > Chairs|{wood,chair}|{\"legs\": 4}\
         |[\"https://img.example/chair-front\", \"https://img.example/chair-side\"]\
         |{\"Height\": \"900 mm\", \"Material\": \"oak\"}|3.5",
    ]),
    ("product_page", &[("product", "3"), ("language", "de")], &[
        "3|Desk lamp|Light for reading.|Lumina|Lighting > Desk lamps|{light}|{}||{\"Power\": \"8 W\"}|",
    ]),
    ("product_page", &[("product", "77"), ("language", "en")], &[]),
    // Of two running promotions the better one counts.
    ("product_prices", &[("product", "3")], &[
        "1|Alpine Home|40.00|10.00|36.00|CHF|10",
        "2|Nord Trade|35.50|10.00|31.95|EUR|1",
    ]),
    ("product_prices", &[("product", "4")], &[]),
    ("price_history", &[("product", "1"), ("provider", "1")], &[
        "2025-01-01 00:00:00+00||120.00|CHF",
        "2024-01-01 00:00:00+00|2025-01-01 00:00:00+00|100.00|CHF",
    ]),
    ("category_tree", &[], &[
        "1|Furniture|furniture|2",
        "2|Furniture > Chairs|chairs|1",
        "3|Furniture > Tables|tables|1",
        "4|Lighting|lighting|1",
        "5|Lighting > Desk lamps|desk-lamps|1",
    ]),
    ("catalogue", &[("category", "furniture"), ("currency", "EUR")], &[
        "2|Dining table|Oakwright|500.00|Nord Trade",
        "1|Oak chair|Oakwright|110.00|Nord Trade",
    ]),
    ("catalogue", &[("category", "chairs"), ("currency", "CHF")], &["1|Oak chair|Oakwright|120.00|Alpine Home"]),
    ("catalogue", &[("category", "no-such"), ("currency", "CHF")], &[]),
    ("products_by_attribute", &[("attribute", "material"), ("value", "oak")], &[
        "2|Dining table|Material|oak",
        "1|Oak chair|Material|oak",
    ]),
    ("products_by_attribute", &[("attribute", "height"), ("value", "900")], &["1|Oak chair|Height|900 mm"]),
    ("products_by_tag", &[("tag", "wood")], &["2|Dining table|{wood}", "1|Oak chair|{wood,chair}"]),
    ("products_by_tag", &[("tag", "woo")], &[]),
    ("products_by_details", &[("details", "{\"legs\": 4}")], &["1|Oak chair|{\"legs\": 4}"]),
    ("products_by_details", &[("details", "{\"legs\": 3}")], &[]),
    // Grace has ordered the chair, and has not got it yet.
    ("product_reviews", &[("product", "1")], &[
        "2|Creaks||Grace|2025-03-02 08:00:00+00|f",
        "5|Sits well|For hours.|Ada|2025-03-01 08:00:00+00|t",
    ]),
    ("promotions_running", &[], &[
        "1|More light|10.00||{\"Desk lamp\"}",
        "2|Small light|5.00||{\"Desk lamp\"}",
    ]),
    ("coupon_use", &[], &["LATE||0|0|", "ONCE20||0|0|1", "TENOFF|EUR|1|72.59|"]),
    ("stock_by_provider", &[("provider", "2")], &[
        "Basel|1|Oak chair|2|0|2",
        "Hamburg|3|Desk lamp|3|2|1",
        "Hamburg|2|Dining table|1|1|0",
        "Hamburg|1|Oak chair|5|1|4",
    ]),
    ("stock_to_reorder", &[], &[
        "Nord Trade|Desk lamp|Hamburg|1|5|nora@nord.example",
        "Alpine Home|Oak chair|Basel|0|2|alma@alpine.example",
    ]),
    ("stock_movements", &[("product", "3"), ("provider", "1")], &[
        "2025-01-10 08:00:00+00|Basel|receipt|14|14|",
        "2025-01-20 08:00:00+00|Basel|correction|-1|13|one was broken",
        "2025-02-02 08:00:00+00|Basel|dispatch|-1|12|",
        "2025-02-16 08:00:00+00|Basel|dispatch|-2|10|",
    ]),
    // 259.44 + 38.92 = 298.36; with 86.40 it is 384.76, of two receipts. Placed and cancelled purchases do not count.
    ("sales_by_provider", &SPRING, &[
        "1|Alpine Home|CHF|2|5|384.76|192.38",
        "1|Nord Trade|EUR|1|2|725.90|725.90",
    ]),
    ("sales_by_provider", &[("since", "2025-02-01 00:00+00"), ("days", "1")], &["1|Alpine Home|CHF|1|3|298.36|298.36"]),
    ("sales_by_producer", &SPRING, &[
        "Oakwright|CHF|2|259.44|1|{\"Alpine Home\"}",
        "Lumina|CHF|3|125.32|1|{\"Alpine Home\"}",
        "Oakwright|EUR|2|725.90|2|{\"Nord Trade\"}",
    ]),
    // Two chairs sold in 60 days and none left; three lamps, and ten left: 200 days.
    ("sales_against_stock", &[("provider", "1"), SPRING[0], SPRING[1]], &[
        "1|Oak chair|2|0|0",
        "3|Desk lamp|3|10|200",
    ]),
    // What was ordered and not paid is wanted, too.
    ("sales_against_stock", &[("provider", "2"), SPRING[0], SPRING[1]], &[
        "2|Dining table|1|0|0",
        "3|Desk lamp|2|1|30",
        "1|Oak chair|1|6|360",
    ]),
    ("top_products", &SPRING, &["3|Desk lamp|5|3", "1|Oak chair|3|2", "2|Dining table|1|1"]),
    // 725.90 less the coupon of 72.59.
    ("customer_purchases", &[("customer", "2")], &[
        "3|2025-03-15 08:00:00+00|placed|1|84.49|EUR",
        "2|2025-02-10 08:00:00+00|paid|2|653.31|EUR",
    ]),
    ("purchase_details", &[("purchase", "1")], &[
        "Desk lamp|Alpine Home|1|40.00|10.00|8.10|38.92|1|0",
        "Oak chair|Alpine Home|2|120.00|0.00|8.10|259.44|2|0",
    ]),
    ("purchase_progress", &[("purchase", "1")], &[
        "2025-02-01 08:00:00+00|placed|",
        "2025-02-01 09:00:00+00|paid|",
        "2025-02-02 08:00:00+00|parcel 1 by The post|https://post.example/follow/P1",
        "2025-02-02 08:00:00+00|shipped|",
        "2025-02-04 08:00:00+00|delivered|",
    ]),
    // A chair of 6 kg and a table of 40.
    ("purchases_to_ship", &[], &["2|2025-02-10 08:00:00+00|DE|{Hamburg}|2|46000"]),
    ("payments_by_method", &SPRING, &[
        "Invoice|EUR|1|653.31|0",
        "Credit or debit card|CHF|1|298.36|0",
        "Cash on delivery|CHF|1|86.40|0",
    ]),
    // Two chairs for 220.00, and two lamps for 63.90.
    ("open_carts", &[("hours", "24")], &["2|plato@example.com|en|2|2025-03-01 09:00:00+00|EUR|283.90"]),
    ("customer_cart", &[("customer", "3")], &[
        "Oak chair|Nord Trade|2|220.00|EUR|t",
        "Desk lamp|Nord Trade|2|63.90|EUR|f",
    ]),
    ("customer_cart", &[("customer", "1")], &[]),
    // The only table is reserved.
    ("customer_wish_lists", &[("customer", "1")], &[
        "Birthday|t|Dining table|the large one|0",
        "Birthday|t|Desk lamp||2",
        "Empty|f|||0",
    ]),
    ("list_employees", &[], &[
        "Pia Packer|Logistics|t|Berta Boss|",
        "Berta Boss|Trade|t||Runs the system",
        "Carl Clerk|Trade|f|Berta Boss|Looks after purchases and returns, Writes the catalogue",
    ]),
    ("product_changes", &[("product", "1")], &[]),
];

#[test]
fn answers_are_those_that_were_worked_out() {
    let Some(shop) = Shop::open() else { return };
    shop.is_consistent();
    for (name, parameters, rows) in CASES {
        let answer = shop.ask(name, parameters);
        let answer: Vec<&str> = answer.lines().collect();
        assert_eq!(&answer, rows, "{name} {parameters:?}");
    }
}

#[test]
fn every_reading_query_has_a_case() {
    for query in Query::all() {
        let has_one = CASES.iter().any(|(name, ..)| *name == query.name);
        assert_eq!(has_one, query.kind == "read", "{}", query.name);
    }
}
