//! Every exhibit is filled, and looked at by the judge.

use std::collections::BTreeMap;

use cogway_testkit::TestDatabase;

use crate::exhibit::{Exhibit, Expectation, Expected, folder};
use crate::hall::{others, usual, visit};
use crate::judge::{self, Counted, Place};
use crate::rows;
use crate::seeder::{self, Reach, Reported};

/// How many rows the largest tables get.
const ROWS: u64 = 100;

/// What there is to object to.
async fn fill(exhibit: &Exhibit, database: &TestDatabase) -> Vec<String> {
    let (schema, before, rows) = (
        judge::schema(database),
        judge::counts(database),
        rows::all(database),
    );
    let report = match seeder::seed(database, &seeder::options(ROWS)).await {
        Ok(report) => report,
        Err(error) => return vec![error],
    };
    let mut objections = compare(exhibit, &before, &judge::counts(database), &report);
    objections.extend(judge::violations(database));
    for (title, query) in &exhibit.rules {
        match judge::found(database, query) {
            0 => {}
            count => objections.push(format!("{title}: {count} times not so")),
        }
    }
    let difference = judge::difference(&schema, &judge::schema(database));
    objections.extend(difference.map(|lines| format!("the schema is another one:\n{lines}")));
    objections.extend(rows::lost(&rows, &rows::all(database)));
    objections
}

/// What the seeder says, beside what is there.
fn compare(exhibit: &Exhibit, before: &[Counted], after: &[Counted], report: &[Reported]) -> Vec<String> {
    let mut objections = Vec::new();
    let reported: BTreeMap<&str, &Reported> = report.iter().map(|it| (it.table.as_str(), it)).collect();
    if reported.len() < report.len() {
        objections.push("a table is reported twice".to_owned());
    }
    for counted in after {
        let earlier = before
            .iter()
            .find(|it| it.table == counted.table)
            .map_or(0, |it| it.rows);
        let expect = exhibit.expect.get(&counted.table);
        let reported = reported.get(counted.table.as_str()).copied();
        let grows = exhibit.grows.contains(&counted.table);
        let found = about(counted, earlier, expect, reported, grows);
        objections.extend(found.into_iter().map(|it| format!("{}: {it}", counted.table)));
    }
    // Views and foreign tables.
    for other in report
        .iter()
        .filter(|it| !after.iter().any(|counted| counted.table == it.table))
    {
        if !matches!(other.outcome, Reach::Skipped(_)) {
            objections.push(format!("{}: is no table, and {:?}", other.table, other.outcome));
        }
    }
    for (table, expect) in &exhibit.expect {
        let known = after.iter().any(|it| it.table == *table);
        if !known && !reported.contains_key(table.as_str()) && expect.outcome != Expected::Any {
            objections.push(format!(
                "{table}: {:?} is expected, and nothing is reported",
                expect.outcome
            ));
        }
    }
    objections
}

fn about(
    counted: &Counted,
    earlier: u64,
    expect: Option<&Expectation>,
    reported: Option<&Reported>,
    grows: bool,
) -> Vec<String> {
    let usual = Expectation::default();
    let mut objections = Vec::new();
    match expect.and_then(|it| it.rows) {
        Some(rows) if rows != counted.rows => {
            objections.push(format!("{} rows instead of {rows}", counted.rows))
        }
        // Nobody need be in a partition that takes the rest.
        None if expect.is_none_or(|it| it.outcome == Expected::Some)
            && counted.rows == 0
            && counted.place != Place::Default =>
        {
            objections.push("no rows".to_owned());
        }
        _ => {}
    }
    let Some(reported) = reported else {
        if counted.place == Place::Whole {
            objections.push("is not in the report".to_owned());
        }
        return objections;
    };
    let expect = expect.unwrap_or(&usual);
    if !reported.outcome.is(expect.outcome) {
        objections.push(format!("{:?} instead of {:?}", reported.outcome, expect.outcome));
    }
    let said = reported.before + reported.added;
    if said > counted.rows || said < counted.rows && !grows {
        objections.push(format!(
            "the report says {} and {} more, and there are {}",
            reported.before, reported.added, counted.rows
        ));
    }
    if reported.before != earlier && !grows {
        objections.push(format!(
            "the report says that {} were there, and it were {earlier}",
            reported.before
        ));
    }
    match &reported.outcome {
        Reach::Filled | Reach::Enough if counted.rows < reported.wanted => {
            objections.push(format!(
                "{} rows, although {} were wanted",
                counted.rows, reported.wanted
            ));
        }
        Reach::Short { constraint, .. }
            if expect.constraint.is_some() && *constraint != expect.constraint =>
        {
            objections.push(format!(
                "{constraint:?} is named instead of {:?}",
                expect.constraint
            ));
        }
        Reach::Short { reason, .. } | Reach::Skipped(reason) if reason.is_empty() => {
            objections.push("no reason is given".to_owned());
        }
        _ => {}
    }
    objections
}

#[test]
fn tables_with_one_hard_feature_each() {
    visit(&usual(), &folder("tables"), fill);
}

#[test]
fn schemas_of_hard_combinations() {
    visit(&usual(), &folder("schemas"), fill);
}

#[test]
fn what_cannot_be_filled_is_said_and_the_rest_is_filled() {
    visit(&usual(), &folder("unsatisfiable"), fill);
}

#[test]
fn on_other_versions_of_postgresql() {
    for server in others() {
        visit(&server, &folder("schemas"), fill);
        visit(&server, &folder("tables"), fill);
        visit(&server, &folder("unsatisfiable"), fill);
    }
}

#[test]
fn reports_that_do_not_say_what_is_there_are_objected_to() {
    let counted = |place, rows| Counted {
        table: "public.t".to_owned(),
        place,
        rows,
    };
    let reported = |wanted, before, added, outcome| Reported {
        table: "public.t".to_owned(),
        wanted,
        before,
        added,
        outcome,
    };
    let short = |constraint: Option<&str>, reason: &str| Reach::Short {
        constraint: constraint.map(str::to_owned),
        reason: reason.to_owned(),
    };
    let expect = |outcome, rows, constraint: Option<&str>| {
        let constraint = constraint.map(str::to_owned);
        Some(Expectation {
            outcome,
            rows,
            constraint,
        })
    };
    let whole = |rows| counted(Place::Whole, rows);
    let check = |counted: Counted,
                 earlier,
                 expect: Option<Expectation>,
                 reported: Option<Reported>,
                 says: &[&str]| {
        let found = about(&counted, earlier, expect.as_ref(), reported.as_ref(), false);
        assert_eq!(found.len(), says.len(), "{found:?}");
        for (found, says) in found.iter().zip(says) {
            assert!(found.contains(says), "{found}: {says}");
        }
    };
    check(whole(9), 4, None, Some(reported(9, 4, 5, Reach::Filled)), &[]);
    check(whole(9), 9, None, Some(reported(9, 9, 0, Reach::Enough)), &[]);
    check(whole(9), 0, None, None, &["not in the report"]);
    check(
        whole(0),
        0,
        None,
        Some(reported(0, 0, 0, Reach::Filled)),
        &["no rows"],
    );
    check(counted(Place::Partition, 0), 0, None, None, &["no rows"]);
    check(counted(Place::Default, 0), 0, None, None, &[]);
    check(
        whole(9),
        0,
        None,
        Some(reported(9, 0, 8, Reach::Filled)),
        &["says 0 and 8 more, and there are 9"],
    );
    check(
        whole(9),
        3,
        None,
        Some(reported(9, 4, 5, Reach::Filled)),
        &["it were 3"],
    );
    check(
        whole(8),
        0,
        None,
        Some(reported(9, 0, 8, Reach::Filled)),
        &["9 were wanted"],
    );
    check(
        whole(8),
        0,
        None,
        Some(reported(9, 0, 8, short(None, "x"))),
        &["instead of Filled"],
    );
    check(
        whole(8),
        0,
        None,
        Some(reported(8, 0, 8, Reach::Skipped("x".to_owned()))),
        &["instead of Filled"],
    );
    check(
        whole(0),
        0,
        expect(Expected::Short, Some(0), None),
        Some(reported(9, 0, 0, short(None, "x"))),
        &[],
    );
    check(
        whole(0),
        0,
        expect(Expected::Short, Some(0), None),
        Some(reported(9, 0, 0, short(None, ""))),
        &["no reason"],
    );
    check(
        whole(1),
        0,
        expect(Expected::Short, Some(0), None),
        Some(reported(9, 0, 1, short(None, "x"))),
        &["instead of 0"],
    );
    let named = expect(Expected::Short, None, Some("a"));
    check(
        whole(1),
        0,
        named.clone(),
        Some(reported(9, 0, 1, short(Some("a"), "x"))),
        &[],
    );
    check(
        whole(1),
        0,
        named,
        Some(reported(9, 0, 1, short(Some("b"), "x"))),
        &["is named"],
    );
}
