//! What the shop refuses, by functions and by constraints; and that what is refused changes nothing.

use crate::shop::{Shop, script};

/// All rows that matter, as text.
fn everything(shop: &Shop) -> String {
    shop.database.pg_dump(&["--data-only", "--schema=public"])
}

#[test]
fn a_purchase_is_recorded_as_a_whole_or_not_at_all() {
    let Some(shop) = Shop::open() else { return };
    for (call, says) in [
        // Six chairs are free: four in Hamburg, two in Basel. The lamp of the first line would be there.
        (
            "record_purchase(2, 1::smallint, '{3,1}', '{2,2}', '{1,7}')",
            "SH001 stock is short: of product 1 provider 2 has 6, and 7 are wanted",
        ),
        // Two lines of one offer are one, and together too much.
        (
            "record_purchase(2, 1::smallint, '{3,3}', '{2,2}', '{1,1}')",
            "SH001 stock is short: of product 3 provider 2 has 1, and 2 are wanted",
        ),
        (
            "record_purchase(2, 1::smallint, '{2}', '{1}', '{1}')",
            "SH002 provider 1 does not sell product 2 now",
        ),
        (
            "record_purchase(2, 1::smallint, '{1,4}', '{2,2}', '{1,1}')",
            "SH002 provider 2 does not sell product 4 now",
        ),
        (
            "record_purchase(2, 1::smallint, '{1,3}', '{2,1}', '{1,1}')",
            "SH007 the lines have several currencies",
        ),
        (
            "record_purchase(2, 2::smallint, '{1}', '{2}', '{1}')",
            "SH006 customer 2 has no open account with an address 2",
        ),
        (
            "record_purchase(2, 1::smallint, '{}', '{}', '{}')",
            "SH006 a purchase has lines, each with a product, a provider and a quantity",
        ),
        (
            "record_purchase(2, 1::smallint, '{1}', '{2}', '{1,1}')",
            "SH006 a purchase has lines, each with a product, a provider and a quantity",
        ),
        (
            "record_purchase(2, 1::smallint, '{1}', '{2}', '{-1}')",
            "23514 value for domain piece_count violates check constraint \"piece_count_check\"",
        ),
        (
            "record_purchase(2, 1::smallint, '{1}', '{2}', '{1}', 'NONE')",
            "SH004 there is no coupon NONE",
        ),
        (
            "record_purchase(2, 1::smallint, '{1}', '{2}', '{1}', 'LATE')",
            "SH004 coupon LATE cannot be used now",
        ),
        (
            "record_purchase(1, 1::smallint, '{3}', '{1}', '{1}', 'ONCE20')",
            "SH004 coupon ONCE20 is for purchases in EUR",
        ),
        (
            "check_out(1, 1::smallint)",
            "SH006 the cart of customer 1 is empty",
        ),
        // One lamp is free, and two are in the cart. It stays open.
        (
            "check_out(3, 1::smallint)",
            "SH001 stock is short: of product 3 provider 2 has 1, and 2 are wanted",
        ),
        ("pay_purchase(2, 'card', 'R')", "SH003 purchase 2 is paid"),
        ("pay_purchase(77, 'card', 'R')", "SH003 there is no purchase 77"),
        ("ship_purchase(3, 'post', 'T')", "SH003 purchase 3 is placed"),
        ("cancel_purchase(1)", "SH003 purchase 1 is delivered"),
        (
            "record_delivery(5, 2::smallint)",
            "SH006 no parcel 2 of purchase 5 is on its way",
        ),
        (
            "return_goods(1, 2, 2, 1, 'damaged', 'used')",
            "SH005 of purchase 1 only 0 pieces of product 2 can come back",
        ),
    ] {
        let before = everything(&shop);
        assert_eq!(refusal(&shop, &format!("select {call}")), says, "{call}");
        // Sequences do not go back; rows do.
        let rows = |text: &str| {
            text.lines()
                .filter(|line| !line.contains("setval"))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(rows(&everything(&shop)), rows(&before), "{call}");
    }
}

#[test]
fn a_closed_account_buys_nothing() {
    let Some(shop) = Shop::open() else { return };
    shop.sql("update customer set closed_at = now() where id = 2");
    assert_eq!(
        refusal(
            &shop,
            "select record_purchase(2, 1::smallint, '{1}', '{2}', '{1}')"
        ),
        "SH006 customer 2 has no open account with an address 1"
    );
}

/// An address is changed while a purchase to it is being recorded: the change waits, and is refused.
#[test]
fn an_address_is_kept_also_from_those_who_are_quick() {
    let Some(shop) = Shop::open() else { return };
    shop.sql("select cancel_purchase(3); delete from cart_line where cart_id = 2 and product_id = 3");
    // Plato's address in France has a purchase already; this one has none.
    shop.sql("insert into address values (3, 2, 'new', 'Plato', 'Rue 5', '69001', 'Lyon', 'FR', false)");
    let (bought, moved) = std::thread::scope(|scope| {
        let buy =
            scope.spawn(|| shop.sql("begin; select check_out(3, 2::smallint); select pg_sleep(1); commit"));
        let moves = scope.spawn(|| {
            let is_bought = "select (select count(*) from pg_locks
                                 where relation = 'purchase'::regclass and mode = 'RowExclusiveLock'
                                   and database = (select oid from pg_database where datname = current_database()))
                                 + (select count(*) from purchase where id >= 100)";
            while shop.sql(is_bought) == "0" {}
            refusal(
                &shop,
                "update address set city = 'Nice' where customer_id = 3 and number = 2",
            )
        });
        (buy.join().expect("a thread"), moves.join().expect("a thread"))
    });
    assert_eq!(bought.trim(), "100");
    assert_eq!(
        moved,
        "23001 address 2 of customer 3 is that of a purchase, and cannot be changed"
    );
}

#[test]
fn a_coupon_is_used_as_often_as_it_may() {
    let Some(shop) = Shop::open() else { return };
    let buy = "select record_purchase(2, 1::smallint, '{1}', '{2}', '{1}', 'once20')";
    shop.sql(buy);
    assert_eq!(
        shop.sql("select amount from coupon_redemption where purchase_id = 100"),
        "20.00"
    );
    assert_eq!(refusal(&shop, buy), "SH004 coupon once20 is used up");
}

#[test]
fn of_two_who_want_the_last_one_only_one_gets_it() {
    let Some(shop) = Shop::open() else { return };
    // One lamp of Nord Trade is free. Each keeps its transaction open for a while after the purchase.
    let buy = |customer: &str| {
        let parameters = [
            ("customer", customer),
            ("address", "1"),
            ("product", "3"),
            ("provider", "2"),
            ("quantity", "1"),
        ];
        let text = "\\set ON_ERROR_STOP off\n\\set VERBOSITY terse\nbegin;\n".to_owned()
            + &script("record_purchase", &parameters, "")
            + "\\echo :SQLSTATE\nselect pg_sleep(0.5);\ncommit;\n";
        shop.database.psql(&text)
    };
    let (one, other) = std::thread::scope(|scope| {
        let one = scope.spawn(|| buy("1"));
        let other = scope.spawn(|| buy("2"));
        (one.join().expect("a thread"), other.join().expect("a thread"))
    });
    let got_it = |said: &str| said.contains("00000");
    let was_refused = |said: &str| said.contains("SH001");
    assert!(
        got_it(&one) && was_refused(&other) || got_it(&other) && was_refused(&one),
        "{one}\n{other}"
    );
    assert_eq!(shop.sql("select count(*) from purchase where id >= 100"), "1");
    assert_eq!(
        shop.sql("select on_hand, reserved from stock_goods where product_id = 3 and provider_id = 2"),
        "3|3"
    );
    shop.is_consistent();
}

/// Many buy two products at once, named in either order: nobody dies of a deadlock, and exactly what is there is sold.
#[test]
fn those_who_buy_at_once_wait_for_each_other() {
    let Some(shop) = Shop::open() else { return };
    shop.sql("update stock_goods set on_hand = on_hand + 3 where product_id = 3 and provider_id = 2");
    shop.sql("insert into stock_movement (product_id, provider_id, warehouse_id, kind, quantity) values (3, 2, 2, 'receipt', 3)");
    // Four lamps and six chairs are free. Six want one of each.
    let said: Vec<String> = std::thread::scope(|scope| {
        let buyers: Vec<_> = (0..6)
            .map(|buyer| {
                let products = if buyer % 2 == 0 { "{1,3}" } else { "{3,1}" };
                let shop = &shop;
                scope.spawn(move || {
                    refusal(
                        shop,
                        &format!(
                            "select record_purchase(2, 1::smallint, '{products}', '{{2,2}}', '{{1,1}}')"
                        ),
                    )
                })
            })
            .collect();
        buyers
            .into_iter()
            .map(|it| it.join().expect("a thread"))
            .collect()
    });
    let count = |code: &str| said.iter().filter(|it| it.contains(code)).count();
    assert_eq!((count("00000"), count("SH001")), (4, 2), "{said:?}");
    shop.is_consistent();
}

/// What each constraint is there for.
#[test]
fn constraints_hold() {
    let Some(shop) = Shop::open() else { return };
    for (statement, says) in [
        // Exclusion: no two prices of a product at a provider at once, no two rates, no role twice.
        (
            "insert into price (product_id, provider_id, currency_code, amount) values (1, 1, 'EUR', 1)",
            "23P01",
        ),
        (
            "update price set valid = '[2024-06-01 00:00+00,2025-06-01 00:00+00)' where id = 1",
            "23P01",
        ),
        (
            "insert into tax_rate values ('DE', 'standard', '[2022-01-01,2022-02-01)', 1)",
            "23P01",
        ),
        (
            "insert into role_assignment values (2, 'clerk', '[2030-01-01,2031-01-01)')",
            "23P01",
        ),
        // Across columns.
        ("update provider set left_on = '2000-01-01' where id = 1", "23514"),
        (
            "insert into contact (role, name, email) values ('sales', 'X', 'x@example.com')",
            "23514",
        ),
        (
            "insert into contact (provider_id, role, name) values (1, 'sales', 'X')",
            "23514",
        ),
        ("update stock_goods set reserved = on_hand + 1", "23514"),
        (
            "insert into stock_movement (product_id, provider_id, warehouse_id, kind, quantity) values (3, 1, 1, 'dispatch', 1)",
            "23514",
        ),
        (
            "insert into stock_movement (product_id, provider_id, warehouse_id, kind, quantity) values (3, 1, 1, 'correction', 1)",
            "23514",
        ),
        ("update payment set captured_at = null", "23514"),
        (
            "insert into coupon (code, during, discount_amount) values ('BOTH', '[2024-01-01,)', 1)",
            "23514",
        ),
        ("update category set parent_id = id where id = 1", "23514"),
        ("update product_translation set language_code = 'en'", "23514"),
        (
            "update price set valid = tstzrange(null, null) where id = 3",
            "23514",
        ),
        // Partial and expression uniques.
        (
            "insert into category (name, slug) values ('Furniture', 'other')",
            "23505",
        ),
        ("insert into cart (customer_id) values (3)", "23505"),
        ("update address set is_default = true", "23505"),
        (
            "update customer set email = 'ADA@example.com' where id = 2",
            "23505",
        ),
        // Composite keys: an address of somebody else, a refund of another purchase's payment, stock that is not there.
        ("update purchase set delivery_address = 2 where id = 2", "23503"),
        (
            "insert into refund (purchase_id, number, payment_number, amount, reason) values (3, 1, 1, 1, 'x')",
            "23503",
        ),
        ("insert into shipment_line values (1, 1, 2, 2, 1)", "23503"),
        ("insert into reservation values (1, 1, 1, 2, 1)", "23503"),
        // Deferred: at the end of the transaction.
        (
            "insert into department (id, name, head_id) values (3, 'Nobody''s', 77)",
            "23503",
        ),
        // Domains and enums.
        ("insert into currency values ('eur', 'x', 2)", "23514"),
        ("update customer set email = 'no at' where id = 1", "23514"),
        ("update product set gtin = '12' where id = 1", "23514"),
        ("update purchase set status = 'lost' where id = 1", "22P02"),
        ("update price set amount = -1", "23514"),
        // Arrays, JSON, generated columns, and an address that goods went to.
        ("update product set tags = array['', 'a'] where id = 1", "23514"),
        ("update product set details = '[]' where id = 1", "23514"),
        ("update purchase_line set amount = 1", "428C9"),
        (
            "update address set city = 'Bern' where customer_id = 1 and number = 1",
            "23001",
        ),
    ] {
        let said = refusal(&shop, statement);
        assert!(said.starts_with(says), "{statement}: {said}");
    }
    // And what they allow.
    shop.sql(
        "update address set label = 'Rhine' where customer_id = 1 and number = 1;
         begin;
         insert into department (id, name, head_id) values (3, 'New', 9);
         insert into employee (id, department_id, name, email, hired_on) values (9, 3, 'Nina', 'n@shop.example', '2025-01-01');
         commit;
         update product_image set position = 3 - position where product_id = 1;
         insert into customer (email, given_name, family_name, closed_at) values ('ADA@example.com', 'A', '', now());",
    );
}

/// The SQLSTATE of a statement, and the message.
fn refusal(shop: &Shop, statement: &str) -> String {
    let said = shop.sql(&format!(
        "\\set ON_ERROR_STOP off\n\\set VERBOSITY terse\n{statement};\n\\echo :SQLSTATE :LAST_ERROR_MESSAGE"
    ));
    // With a row before it, where the statement succeeded.
    said.lines().last().unwrap_or_default().to_owned()
}
