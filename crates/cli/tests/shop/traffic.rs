//! Several programs use the shop at once, as the headers of its queries weigh them.

use std::collections::BTreeMap;

use crate::drawing::{Dice, drawn};
use crate::query::Query;
use crate::shop::Shop;

/// How many programs there are, and how often each asks.
const PROGRAMS: u64 = 4;
const TIMES: u64 = 120;

/// Every query ends well or with a refusal that its header names, and stock, reservations and money go together.
#[test]
fn the_shop_keeps_its_order_in_traffic() {
    let Some(shop) = Shop::open() else { return };
    let queries = Query::all();
    let said: Vec<String> = std::thread::scope(|scope| {
        let programs: Vec<_> = (0..PROGRAMS)
            .map(|program| {
                let script = script(&queries, program);
                let shop = &shop;
                scope.spawn(move || shop.sql(&script))
            })
            .collect();
        programs
            .into_iter()
            .map(|it| it.join().expect("a thread"))
            .collect()
    });

    let mut ends: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for line in said
        .iter()
        .flat_map(|it| it.lines())
        .filter_map(|it| it.strip_prefix("ended: "))
    {
        let (name, code) = line.split_once(' ').expect("a name and a code");
        *ends.entry((name, code)).or_default() += 1;
    }
    for ((name, code), times) in &ends {
        let query = queries.iter().find(|it| it.name == *name).expect("a query");
        assert!(
            *code == "00000" || query.refuses.iter().any(|it| it == code),
            "{name}: {times} × {code}\n{said:#?}"
        );
    }
    let succeeded = |name: &str| ends.get(&(name, "00000")).copied().unwrap_or_default();
    for name in [
        "record_purchase",
        "pay_purchase",
        "ship_purchase",
        "record_delivery",
        "restock",
    ] {
        assert!(succeeded(name) > 0, "{name} was tried: {ends:?}");
    }

    shop.is_consistent();
    let wrong = shop.sql(
        "select 'more refunded than paid', purchase_id from purchase_balance where refunded > paid
         union all
         select 'not paid', id from purchase_balance join purchase on id = purchase_id
          where status not in ('placed', 'cancelled') and paid <> total and id >= 100
         union all
         select 'not sent', id from purchase join purchase_line on purchase_id = id
          where status in ('shipped', 'delivered', 'returned') and quantity <> (
              select sum(sent.quantity) from shipment_line sent
               where (sent.purchase_id, sent.product_id, sent.provider_id) = (id, purchase_line.product_id, purchase_line.provider_id))
         union all
         select 'reserved and not waiting', id from purchase join reservation on purchase_id = id
          where status not in ('placed', 'paid')",
    );
    assert_eq!(wrong, "");
}

/// What a program asks, one after the other. Writes are asked five times as often as they should be.
fn script(queries: &[Query], program: u64) -> String {
    let weight = |query: &Query| u64::from(query.weight) * if query.kind == "write" { 5 } else { 1 };
    let all: u64 = queries.iter().map(weight).sum();
    let mut dice = Dice::new(program);
    let mut script = "\\set ON_ERROR_STOP off\n\\set VERBOSITY terse\n".to_owned();
    for _ in 0..TIMES {
        let mut left = dice.below(all);
        let chosen = queries
            .iter()
            .find(|query| match left.checked_sub(weight(query)) {
                Some(rest) => {
                    left = rest;
                    false
                }
                None => true,
            });
        let query = chosen.expect("one of them");
        let run = format!("{}\\echo ended: {} :SQLSTATE\n", query.text, query.name);
        script += &drawn(query, &mut dice, &run);
    }
    script
}
