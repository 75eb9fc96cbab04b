//! What the writing queries do to the rows of `data.sql`.

use crate::query::Query;
use crate::shop::Shop;

/// What a purchase consists of, and what it costs.
fn purchase(shop: &Shop, id: &str) -> String {
    shop.sql(&format!(
        "select p.customer_id, p.delivery_address, p.currency_code, p.status, b.total, b.paid, b.refunded
           from purchase p join purchase_balance b on b.purchase_id = p.id where p.id = {id};
         select product_id, provider_id, quantity, unit_price, discount_percent, tax_rate, amount
           from purchase_line where purchase_id = {id} order by 1, 2;
         select product_id, provider_id, 'in ' || warehouse_id, quantity
           from reservation where purchase_id = {id} order by 1, 2, 3"
    ))
}

fn stock(shop: &Shop, product: u32, provider: u32) -> String {
    shop.sql(&format!(
        "select warehouse_id, on_hand, reserved from stock_goods
         where product_id = {product} and provider_id = {provider} order by 1"
    ))
}

/// Grace buys five chairs: four are free in Hamburg, and two in Basel.
const FIVE_CHAIRS: &[(&str, &str)] = &[
    ("customer", "2"),
    ("address", "1"),
    ("product", "1"),
    ("provider", "2"),
    ("quantity", "5"),
];

#[test]
fn a_purchase_freezes_the_price_and_reserves_stock() {
    let Some(shop) = Shop::open() else { return };
    assert_eq!(shop.ask("record_purchase", FIVE_CHAIRS), "100\n");
    // 5 × 110.00 and 19 % are 654.50. Most comes from where most is.
    let frozen = "2|1|EUR|placed|654.50|0|0\n1|2|5|110.00|0.00|19.00|654.50\n1|2|in 1|1\n1|2|in 2|4";
    assert_eq!(purchase(&shop, "100"), frozen);
    assert_eq!(stock(&shop, 1, 2), "1|2|1\n2|5|5");
    shop.is_consistent();

    // A later price, a promotion and a tax do not change what was sold.
    shop.ask(
        "change_price",
        &[
            ("product", "1"),
            ("provider", "2"),
            ("currency", "EUR"),
            ("amount", "200.00"),
        ],
    );
    shop.sql("insert into promotion_product values (1, 1)");
    shop.sql("update tax_rate set rate = 50 where country_code = 'DE'");
    assert_eq!(purchase(&shop, "100"), frozen);
}

#[test]
fn a_running_promotion_makes_it_cheaper() {
    let Some(shop) = Shop::open() else { return };
    let lamp = [
        ("customer", "1"),
        ("address", "1"),
        ("product", "3"),
        ("provider", "1"),
        ("quantity", "1"),
    ];
    shop.ask("record_purchase", &lamp);
    // 40.00 less 10 % are 36.00, and 8.1 % are 38.916.
    assert_eq!(
        purchase(&shop, "100"),
        "1|1|CHF|placed|38.92|0|0\n3|1|1|40.00|10.00|8.10|38.92\n3|1|in 1|1"
    );
}

#[test]
fn lines_of_one_offer_become_one() {
    let Some(shop) = Shop::open() else { return };
    shop.sql("select record_purchase(1, 1::smallint, '{1,3,1}', '{2,2,2}', '{1,1,2}')");
    assert_eq!(
        shop.sql(
            "select product_id, quantity, tax_rate from purchase_line where purchase_id = 100 order by 1"
        ),
        "1|3|8.10\n3|1|8.10"
    );
    shop.is_consistent();
}

#[test]
fn a_yen_has_no_hundredths() {
    let Some(shop) = Shop::open() else { return };
    shop.sql(
        "insert into price (product_id, provider_id, currency_code, amount) values (2, 1, 'JPY', 1001);
         insert into stock_goods (product_id, provider_id, warehouse_id, on_hand) values (2, 1, 1, 1);
         insert into stock_movement (product_id, provider_id, warehouse_id, kind, quantity) values (2, 1, 1, 'receipt', 1);
         select record_purchase(2, 1::smallint, '{2}', '{1}', '{1}')",
    );
    // 1001 and 19 % are 1191.19.
    assert_eq!(
        shop.sql("select total from purchase_balance where purchase_id = 100"),
        "1191"
    );
}

#[test]
fn the_cart_is_filled_and_bought() {
    let Some(shop) = Shop::open() else { return };
    let chair = |quantity| {
        [
            ("customer", "2"),
            ("product", "1"),
            ("provider", "2"),
            ("quantity", quantity),
        ]
    };
    assert_eq!(shop.ask("add_to_cart", &chair("1")), "100|1\n");
    assert_eq!(
        shop.ask("add_to_cart", &chair("2")),
        "100|3\n",
        "the same cart, and the same line"
    );
    assert_eq!(
        shop.ask("check_out", &[("customer", "2"), ("address", "1")]),
        "100\n"
    );
    assert!(purchase(&shop, "100").contains("1|2|3|110.00|0.00|19.00|392.70"));
    assert_eq!(
        shop.sql("select closed_at is not null from cart where id = 100"),
        "t"
    );
    let again = shop.ask("add_to_cart", &chair("1"));
    assert!(
        again.ends_with("|1\n") && again != "100|1\n",
        "a new cart: {again}"
    );
    shop.is_consistent();
}

#[test]
fn from_payment_to_return() {
    let Some(shop) = Shop::open() else { return };
    shop.ask("record_purchase", FIVE_CHAIRS);
    let pay = [("purchase", "100"), ("method", "card"), ("reference", "ABCD-1")];
    assert_eq!(shop.ask("pay_purchase", &pay), "1\n");
    assert!(purchase(&shop, "100").starts_with("2|1|EUR|paid|654.50|654.50|0\n"));

    // A parcel from each warehouse.
    let ship = [("purchase", "100"), ("carrier", "post"), ("tracking", "XY1")];
    assert_eq!(shop.ask("ship_purchase", &ship), "2\n");
    assert_eq!(stock(&shop, 1, 2), "1|1|0\n2|1|1");
    assert_eq!(
        shop.sql(
            "select number, warehouse_id, tracking_number, quantity from shipment s
             join shipment_line l on l.purchase_id = s.purchase_id and l.shipment_number = s.number
             where s.purchase_id = 100 order by 1"
        ),
        "1|1|XY1|1\n2|2|XY1-2|4"
    );
    shop.is_consistent();

    assert_eq!(
        shop.ask("record_delivery", &[("purchase", "100"), ("parcel", "2")]),
        "shipped\n"
    );
    assert_eq!(
        shop.ask("record_delivery", &[("purchase", "100"), ("parcel", "1")]),
        "delivered\n"
    );

    // Two come back and are sold again, three are broken.
    let back = |quantity, condition| {
        [
            ("purchase", "100"),
            ("product", "1"),
            ("provider", "2"),
            ("quantity", quantity),
            ("reason", "withdrawal"),
            ("condition", condition),
        ]
    };
    assert_eq!(shop.ask("return_goods", &back("2", "as_new")), "1\n");
    // Two of five: 261.80.
    assert!(purchase(&shop, "100").starts_with("2|1|EUR|delivered|654.50|654.50|261.80\n"));
    assert_eq!(stock(&shop, 1, 2), "1|3|0\n2|1|1");
    assert!(
        shop.refusal("return_goods", &back("4", "used"))
            .starts_with("SH005 ")
    );
    assert_eq!(shop.ask("return_goods", &back("3", "broken")), "2\n");
    assert!(purchase(&shop, "100").starts_with("2|1|EUR|returned|654.50|654.50|654.50\n"));
    assert_eq!(
        stock(&shop, 1, 2),
        "1|3|0\n2|1|1",
        "broken chairs are not sold again"
    );
    assert_eq!(
        shop.sql(
            "select payment_number, amount, return_number from refund where purchase_id = 100 order by number"
        ),
        "1|261.80|1\n1|392.70|2"
    );
    assert_eq!(
        shop.sql("select string_agg(status::text, ' ' order by status) from purchase_status_change where purchase_id = 100"),
        "placed paid shipped delivered returned"
    );
    shop.is_consistent();
}

#[test]
fn a_coupon_makes_lines_and_refunds_smaller() {
    let Some(shop) = Shop::open() else { return };
    shop.sql("select record_purchase(2, 1::smallint, '{1,3}', '{2,2}', '{1,1}', 'tenoff')");
    // 130.90 and 38.02 (35.50 less 10 %, and 19 %, are 38.0205) are 168.92; 10 % of it are 16.89.
    assert!(purchase(&shop, "100").starts_with("2|1|EUR|placed|152.03|0|0\n"));
    shop.sql(
        "select pay_purchase(100, 'card', 'R'), ship_purchase(100, 'post', 'T');
         select record_delivery(100, 1::smallint);
         select return_goods(100, 1, 2, 1, 'withdrawal', 'used')",
    );
    // 130.90 × 152.03 / 168.92 are 117.811…
    assert_eq!(
        shop.sql("select amount from refund where purchase_id = 100"),
        "117.81"
    );
    shop.is_consistent();
}

#[test]
fn a_coupon_can_be_worth_everything() {
    let Some(shop) = Shop::open() else { return };
    shop.sql("insert into coupon (code, during, discount_percent) values ('GIFT', '[2024-01-01,)', 100)");
    shop.sql("select record_purchase(2, 1::smallint, '{1}', '{2}', '{1}', 'GIFT')");
    let pay = [("purchase", "100"), ("method", "card"), ("reference", "R")];
    assert_eq!(shop.ask("pay_purchase", &pay), "\n", "nothing was due");
    assert!(purchase(&shop, "100").starts_with("2|1|EUR|paid|0.00|0|0\n"));
}

#[test]
fn a_cancelled_purchase_frees_its_stock_and_gives_the_money_back() {
    let Some(shop) = Shop::open() else { return };
    assert_eq!(shop.ask("cancel_purchase", &[("purchase", "2")]), "653.31\n");
    assert_eq!(stock(&shop, 2, 2), "2|1|0");
    assert_eq!(
        shop.sql("select number, payment_number, amount, reason from refund where purchase_id = 2"),
        "1|2|653.31|cancelled"
    );
    assert_eq!(
        shop.ask("cancel_purchase", &[("purchase", "3")]),
        "0.00\n",
        "nothing was paid"
    );
    shop.is_consistent();
}

#[test]
fn a_price_ends_where_the_next_one_begins() {
    let Some(shop) = Shop::open() else { return };
    let change = |amount| {
        [
            ("product", "1"),
            ("provider", "1"),
            ("currency", "CHF"),
            ("amount", amount),
        ]
    };
    assert_eq!(shop.ask("change_price", &change("125.00")), "100\n");
    assert_eq!(shop.ask("change_price", &change("130.00")), "101\n");
    // One that is planned stays, and what is changed before it ends with it.
    shop.sql(
        "update price set valid = tstzrange(lower(valid), '2100-01-01 00:00+00') where id = 101;
         insert into price (product_id, provider_id, currency_code, valid, amount)
         values (1, 1, 'CHF', '[2100-01-01 00:00+00,)', 999)",
    );
    assert_eq!(shop.ask("change_price", &change("135.00")), "103\n");
    let prices = shop.sql(
        "select amount, upper(valid) = lead(lower(valid)) over (order by valid), upper(valid) is null
         from price where product_id = 1 and provider_id = 1 order by valid",
    );
    assert_eq!(
        prices,
        "100.00|t|f\n120.00|t|f\n125.00|t|f\n130.00|t|f\n135.00|t|f\n999.00||t"
    );
    // The audit has seen it.
    let changes = shop.ask("product_changes", &[("product", "1")]);
    assert_eq!(changes.matches("|price|insert|").count(), 4, "{changes}");
    assert!(changes.contains("|price|update|{valid}"), "{changes}");
}

#[test]
fn the_first_price_of_a_product_needs_no_other() {
    let Some(shop) = Shop::open() else { return };
    let first = [
        ("product", "2"),
        ("provider", "1"),
        ("currency", "CHF"),
        ("amount", "450.00"),
    ];
    shop.ask("change_price", &first);
    assert_eq!(
        shop.ask("product_prices", &[("product", "2")]),
        "1|Alpine Home|450.00|0.00|450.00|CHF|0\n2|Nord Trade|500.00|0.00|500.00|EUR|0\n"
    );
}

#[test]
fn goods_come_in() {
    let Some(shop) = Shop::open() else { return };
    let restock = |warehouse| {
        [
            ("product", "3"),
            ("provider", "2"),
            ("warehouse", warehouse),
            ("quantity", "7"),
        ]
    };
    assert_eq!(shop.ask("restock", &restock("2")), "10\n");
    assert_eq!(
        shop.ask("restock", &restock("1")),
        "7\n",
        "a warehouse that had none"
    );
    assert_eq!(stock(&shop, 3, 2), "1|7|0\n2|10|2");
    shop.is_consistent();
}

#[test]
fn who_got_it_may_review_it() {
    let Some(shop) = Shop::open() else { return };
    let review = |purchase, rating| {
        [
            ("purchase", purchase),
            ("product", "1"),
            ("rating", rating),
            ("title", "It's fine"),
            ("body", ""),
        ]
    };
    assert_eq!(shop.ask("write_review", &review("1", "4")), "4\n");
    assert_eq!(
        shop.sql("select rating, title from review where product_id = 1 and customer_id = 1"),
        "4|It's fine",
        "one opinion for each customer"
    );
    assert_eq!(
        shop.ask("write_review", &review("2", "1")),
        "",
        "it has not arrived"
    );
}

#[test]
fn customers_come_and_wish() {
    let Some(shop) = Shop::open() else { return };
    let new = |email| {
        [
            ("email", email),
            ("given_name", "Mary Ann"),
            ("family_name", "Lee"),
            ("language", "fr"),
            ("street", "Rue 1"),
            ("postal_code", "75002"),
            ("city", "Paris"),
            ("country", "FR"),
        ]
    };
    assert_eq!(shop.ask("register_customer", &new("mary@example.com")), "100\n");
    assert_eq!(
        shop.sql("select number, recipient, country_code, is_default from address where customer_id = 100"),
        "1|Mary Ann Lee|FR|t"
    );
    assert!(
        shop.refusal("register_customer", &new("ADA@example.com"))
            .starts_with("23505 ")
    );

    let wish = [("wish_list", "2"), ("product", "1")];
    shop.ask("add_to_wish_list", &wish);
    shop.ask("add_to_wish_list", &wish);
    assert_eq!(
        shop.sql("select count(*) from wish_list_item where wish_list_id = 2"),
        "1"
    );
}

/// Every writing query is the subject of a test in this file.
#[test]
fn every_writing_query_is_tried() {
    let here = include_str!("writes.rs");
    for query in Query::all().iter().filter(|query| query.kind == "write") {
        assert!(here.contains(&format!("\"{}\"", query.name)), "{}", query.name);
    }
}
