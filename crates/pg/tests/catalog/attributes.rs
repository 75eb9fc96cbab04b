//! Every attribute of every kind counts: for each there is a case in which it alone, or it among others, differs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cogway_catalog::{Catalog, Kind};
use cogway_testkit::{database_on, servers};

use super::cases::{Case, attribute, read, run};

fn file(kind: Kind) -> String {
    serde_json::to_value(kind)
        .expect("a word")
        .as_str()
        .expect("a word")
        .to_owned()
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests"))
}

#[tokio::test]
async fn every_attribute_of_every_kind_is_compared() {
    let mut faults = Vec::new();
    for server in servers() {
        let database = database_on(&server).await;
        let client = database.client().await;
        let major = server.version().major;
        for kind in Kind::ALL {
            let cases = read(&folder().join(format!("attributes/{}.sql", file(kind))));
            let mut tried: BTreeSet<String> = cases.impossible.iter().cloned().collect();
            let mut known = BTreeSet::new();
            for case in &cases.cases {
                let expected = case.title.split([' ', '(']).next().unwrap_or_default();
                tried.insert(expected.to_owned());
                if major < case.since {
                    continue;
                }
                let fault = match run(&client, case).await {
                    Ok((differences, after)) => {
                        known.extend(attributes(&after, kind));
                        let found = differences.iter().any(|difference| {
                            attribute(difference) == expected
                                && (difference.object.kind == kind
                                    || (kind == Kind::Column && expected == "position"))
                        });
                        (!found).then(|| {
                            let found: Vec<String> = differences.iter().map(|d| d.to_string()).collect();
                            format!("is not seen; seen is [{}]", found.join("; "))
                        })
                    }
                    Err(error) => Some(error),
                };
                faults.extend(fault.map(|fault| format!("{major} {} {}: {fault}", case.place, case.title)));
            }
            let untried: Vec<&String> = known.difference(&tried).collect();
            if !untried.is_empty() {
                faults.push(format!("{major} {kind}: no case for {untried:?}"));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

fn attributes(catalog: &Catalog, kind: Kind) -> Vec<String> {
    let objects = catalog.of_kind(kind).next();
    objects
        .map(|object| object.attributes().into_iter().map(|(name, _)| name).collect())
        .unwrap_or_default()
}

#[tokio::test]
async fn what_mentions_a_changed_name_is_read_again() {
    let kinds: BTreeMap<String, Kind> = Kind::ALL.into_iter().map(|kind| (file(kind), kind)).collect();
    let mut faults = Vec::new();
    for server in servers() {
        let database = database_on(&server).await;
        let client = database.client().await;
        let major = server.version().major;
        let expects = |case: &Case| -> (Kind, String) {
            let (_, expected) = case.title.rsplit_once("=> ").expect("what is expected");
            let (kind, attribute) = expected.trim().split_once(' ').expect("kind and attribute");
            (kinds[kind], attribute.to_owned())
        };
        for case in read(&folder().join("dependents.sql")).cases {
            if major < case.since {
                continue;
            }
            let (kind, expected) = expects(&case);
            let fault = match run(&client, &case).await {
                Ok((differences, _)) => {
                    let found = differences.iter().any(|difference| {
                        attribute(difference) == expected
                            && (difference.object.kind == kind
                                || (kind == Kind::Column && expected == "position"))
                    });
                    (!found).then(|| {
                        let found: Vec<String> = differences.iter().map(|d| d.to_string()).collect();
                        format!("is not seen; seen is [{}]", found.join("; "))
                    })
                }
                Err(error) => Some(error),
            };
            faults.extend(fault.map(|fault| format!("{major} {} {}: {fault}", case.place, case.title)));
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
