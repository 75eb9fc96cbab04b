//! The finder of dependencies against the definition, on thousands of small tables.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::collections::{BTreeMap, HashMap};

use cogway_analyze::dependency::{
    ColumnSet, Dependency, Found, Nulls, RowError, Rows, Search, TooManyColumns, find,
};
use proptest::prelude::*;

/// A table: how many columns, and its rows.
#[derive(Clone, Debug)]
struct Table {
    columns: usize,
    rows: Vec<Vec<Option<u16>>>,
}

impl Table {
    fn new(columns: usize, rows: &[&[Option<u16>]]) -> Table {
        Table {
            columns,
            rows: rows.iter().map(|row| row.to_vec()).collect(),
        }
    }

    fn coded(&self) -> Rows {
        let mut rows = Rows::with_columns(self.columns).unwrap();
        for row in &self.rows {
            rows.push(row.iter().map(|value| value.map(u16::to_be_bytes)))
                .unwrap();
        }
        rows
    }

    /// Do two different rows agree in all of these columns?
    fn agree(
        &self,
        nulls: Nulls,
        [one, other]: [usize; 2],
        columns: impl IntoIterator<Item = usize>,
    ) -> bool {
        columns.into_iter().all(
            |column| match (self.rows[one][column], self.rows[other][column]) {
                (None, None) => nulls == Nulls::Equal,
                (one, other) => one == other,
            },
        )
    }

    /// The rows in groups that agree in these columns.
    fn groups(&self, nulls: Nulls, rows: &[usize], columns: ColumnSet) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<Vec<(Option<u16>, usize)>, Vec<usize>> = BTreeMap::new();
        for row in rows {
            let value = |column: usize| match (self.rows[*row][column], nulls) {
                (None, Nulls::Distinct) => (None, row + 1),
                (value, _) => (value, 0),
            };
            groups
                .entry(columns.iter().map(value).collect())
                .or_default()
                .push(*row);
        }
        groups.into_values().collect()
    }

    /// How many rows would have to go, and how many agree with another one in the determinant.
    fn judge(&self, nulls: Nulls, dependency: Dependency) -> (usize, usize) {
        let all: Vec<usize> = (0..self.rows.len()).collect();
        let groups = self.groups(nulls, &all, dependency.determinant);
        let removed = groups.iter().map(|group| {
            let parts = self.groups(nulls, group, ColumnSet::of(dependency.dependent));
            group.len() - parts.iter().map(Vec::len).max().unwrap()
        });
        let support = groups.iter().map(Vec::len).filter(|length| *length > 1).sum();
        (removed.sum(), support)
    }
}

/// All minimal dependencies by definition: with their error and support.
fn by_definition(table: &Table, search: &Search) -> Vec<(Dependency, f64, usize)> {
    let share = |removed: usize| match table.rows.len() {
        0 => 0.0,
        rows => removed as f64 / rows as f64,
    };
    let largest = search.largest.unwrap_or(table.columns);
    let determinants = (0..1_usize << table.columns).map(|bits| -> ColumnSet {
        (0..table.columns)
            .filter(|column| bits >> column & 1 == 1)
            .collect()
    });
    let mut judged: HashMap<Dependency, (f64, usize)> = HashMap::new();
    for determinant in determinants.filter(|determinant| determinant.len() <= largest) {
        for dependent in 0..table.columns {
            let dependency = Dependency {
                determinant,
                dependent,
            };
            let (removed, support) = table.judge(search.nulls, dependency);
            judged.insert(dependency, (share(removed), support));
        }
    }
    let minimal = |dependency: &Dependency| {
        dependency.determinant.iter().all(|column| {
            let smaller = Dependency {
                determinant: dependency.determinant.without(column),
                ..*dependency
            };
            judged[&smaller].0 > search.error
        })
    };
    let mut list: Vec<(Dependency, f64, usize)> = judged
        .iter()
        .filter(|(dependency, (share, _))| *share <= search.error && !dependency.is_trivial())
        .filter(|(dependency, _)| minimal(dependency))
        .map(|(dependency, (share, support))| (*dependency, *share, *support))
        .collect();
    list.sort_by_key(|(dependency, ..)| *dependency);
    list
}

/// Compares what is found with the definition.
#[track_caller]
fn check(table: &Table, search: &Search) {
    let findings = find(&table.coded(), search);
    let found: Vec<(Dependency, f64, usize)> = findings
        .found
        .iter()
        .map(|found| (found.dependency, found.error, found.support))
        .collect();
    assert_eq!(found, by_definition(table, search), "{table:?} {search:?}");
    assert!(findings.is_complete);
    for found in &findings.found {
        check_counter_examples(table, search.nulls, found);
    }
}

/// They refute, they are of different groups, and there are as many as there can be.
#[track_caller]
fn check_counter_examples(table: &Table, nulls: Nulls, found: &Found) {
    let Dependency {
        determinant,
        dependent,
    } = found.dependency;
    let examples = &found.counter_examples;
    for [one, other] in examples {
        assert!(one < other && *other < table.rows.len());
        assert!(table.agree(nulls, [*one, *other], determinant.iter()));
        assert!(!table.agree(nulls, [*one, *other], [dependent]));
    }
    for (at, [one, _]) in examples.iter().enumerate() {
        let elsewhere = |[other, _]: &[usize; 2]| !table.agree(nulls, [*one, *other], determinant.iter());
        assert!(examples[..at].iter().all(elsewhere), "{examples:?}");
    }
    let all: Vec<usize> = (0..table.rows.len()).collect();
    let refuting = table
        .groups(nulls, &all, determinant)
        .iter()
        .filter(|group| table.groups(nulls, group, ColumnSet::of(dependent)).len() > 1)
        .count();
    assert_eq!(examples.len(), refuting.min(Found::MOST_COUNTER_EXAMPLES));
}

fn tables(columns: usize, rows: usize) -> impl Strategy<Value = Table> {
    (0..=columns, 1..5_u16).prop_flat_map(move |(columns, values)| {
        // Some columns have more values than others, so that there are large determinants and small ones.
        let value = |column: usize| {
            let most = values + column as u16 % 3;
            prop_oneof![
                1 => Just(None),
                7 => (0..most).prop_map(Some),
            ]
        };
        let row: Vec<_> = (0..columns).map(value).collect();
        proptest::collection::vec(row, 0..=rows).prop_map(move |rows| Table { columns, rows })
    })
}

fn searches() -> impl Strategy<Value = Search> {
    let error = prop_oneof![
        2 => Just(0.0),
        1 => prop::sample::select(vec![0.01, 0.05, 0.1, 0.25, 0.5, 1.0]),
        1 => 0.0..0.4,
    ];
    let largest = prop_oneof![3 => Just(None), 1 => (0..5_usize).prop_map(Some)];
    let nulls = prop_oneof![Just(Nulls::Equal), Just(Nulls::Distinct)];
    (error, largest, nulls).prop_map(|(error, largest, nulls)| Search {
        error,
        largest,
        nulls,
        ..Search::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4000) })]

    #[test]
    fn what_is_found_is_what_the_definition_says(table in tables(5, 30), search in searches()) {
        check(&table, &search);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn wide_tables_too(table in tables(7, 30), search in searches()) {
        check(&table, &search);
    }
}

/// A table in which parts of the rows are asked before all are. Some columns follow from others, mostly.
fn large_tables() -> impl Strategy<Value = Table> {
    let bounds = proptest::collection::vec(prop::sample::select(vec![2, 3, 5, 10, 40, 200, 2000]), 3..5);
    let faults = prop::sample::select(vec![0, 1, 20]);
    (bounds, faults, 1600..2400_usize, any::<u64>()).prop_map(|(bounds, faults, count, seed)| {
        let mut state = seed;
        let mut below = |bound: u16| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as u16 % bound
        };
        let row = |at: usize| {
            let mut row: Vec<Option<u16>> = bounds.iter().map(|bound| Some(below(*bound))).collect();
            let derived = [
                row[0].map(|value| value / 2),
                row[1].zip(row[2]).map(|(one, other)| (one + 3 * other) % 7),
            ];
            row.extend(derived);
            if at % 500 < faults {
                row[3] = None;
                let last = row.len() - 1;
                row[last] = Some(below(9));
            }
            row
        };
        let rows: Vec<Vec<Option<u16>>> = (0..count).map(row).collect();
        Table {
            columns: bounds.len() + 2,
            rows,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(6) })]

    #[test]
    fn long_tables_too(table in large_tables(), search in searches()) {
        check(&table, &search);
    }
}

/// Checks an example with every kind of search, and returns what is exact with NULLs being equal.
#[track_caller]
fn check_all(table: &Table) -> Vec<String> {
    for nulls in [Nulls::Equal, Nulls::Distinct] {
        for error in [0.0, 0.1, 0.5, 1.0] {
            for largest in [None, Some(0), Some(1), Some(2)] {
                check(
                    table,
                    &Search {
                        error,
                        largest,
                        nulls,
                        ..Search::default()
                    },
                );
            }
        }
    }
    exact(table, Nulls::Equal)
}

fn exact(table: &Table, nulls: Nulls) -> Vec<String> {
    let search = Search {
        nulls,
        ..Search::default()
    };
    let show = |found: &Found| {
        format!(
            "{:?} {} {}",
            found.dependency.determinant, found.dependency.dependent, found.support
        )
    };
    find(&table.coded(), &search).found.iter().map(show).collect()
}

#[test]
fn without_columns_there_is_nothing_to_find() {
    assert_eq!(check_all(&Table::new(0, &[])), [""; 0]);
    assert_eq!(check_all(&Table::new(0, &[&[], &[], &[]])), [""; 0]);
}

#[test]
fn without_two_rows_every_column_is_constant() {
    assert_eq!(check_all(&Table::new(2, &[])), ["{} 0 0", "{} 1 0"]);
    let row: &[Option<u16>] = &[Some(1), None];
    assert_eq!(check_all(&Table::new(2, &[row])), ["{} 0 0", "{} 1 0"]);
    assert_eq!(
        exact(&Table::new(2, &[row]), Nulls::Distinct),
        ["{} 0 0", "{} 1 0"]
    );
}

#[test]
fn a_constant_column_is_determined_by_nothing() {
    let table = Table::new(
        2,
        &[&[Some(1), Some(1)], &[Some(2), Some(1)], &[Some(3), Some(1)]],
    );
    assert_eq!(check_all(&table), ["{} 1 3"]);
}

#[test]
fn equal_columns_determine_each_other() {
    let table = Table::new(
        3,
        &[
            &[Some(1), Some(7), None],
            &[Some(2), Some(8), Some(1)],
            &[Some(1), Some(7), None],
        ],
    );
    let expect = ["{0} 1 2", "{0} 2 2", "{1} 0 2", "{1} 2 2", "{2} 0 2", "{2} 1 2"];
    assert_eq!(check_all(&table), expect);
    // The third column now has no two values that agree: it determines the others, and they do not determine it.
    assert_eq!(
        exact(&table, Nulls::Distinct),
        ["{0} 1 2", "{1} 0 2", "{2} 0 0", "{2} 1 0"]
    );
}

#[test]
fn a_unique_column_determines_everything_without_support() {
    let table = Table::new(
        3,
        &[
            &[Some(1), Some(1), Some(1)],
            &[Some(2), Some(1), Some(2)],
            &[Some(3), Some(2), Some(1)],
            &[Some(4), Some(2), Some(2)],
        ],
    );
    assert_eq!(check_all(&table), ["{0} 1 0", "{0} 2 0", "{1, 2} 0 0"]);
}

#[test]
fn rows_that_are_there_twice_refute_nothing() {
    let row: &[Option<u16>] = &[Some(1), None, Some(1)];
    let other: &[Option<u16>] = &[Some(2), None, Some(1)];
    let table = Table::new(3, &[row, row, other, other, row]);
    assert_eq!(check_all(&table), ["{} 1 5", "{} 2 5"]);
}

#[test]
fn null_is_not_the_empty_value() {
    let mut rows = Rows::with_columns(1).unwrap();
    rows.push([Some("")]).unwrap();
    rows.push([None::<&str>]).unwrap();
    assert_eq!(find(&rows, &Search::default()).found, []);
}

#[test]
fn an_error_that_is_no_share_is_the_nearest_share() {
    let table = Table::new(
        3,
        &[
            &[Some(1), Some(1), Some(1)],
            &[Some(1), Some(2), Some(1)],
            &[Some(2), Some(1), Some(1)],
        ],
    );
    assert_eq!(exact(&table, Nulls::Equal), ["{} 2 3"]);
    let found = |error| {
        let search = Search {
            error,
            ..Search::default()
        };
        find(&table.coded(), &search).found
    };
    assert_eq!(found(-1.0), found(0.0));
    assert_eq!(found(f64::NAN), found(0.0));
    assert_eq!(found(7.0), found(1.0));
    assert_eq!(found(f64::INFINITY), found(1.0));
}

#[test]
fn a_row_of_another_width_is_refused() {
    let mut rows = Rows::with_columns(2).unwrap();
    rows.push([Some("a"), Some("b")]).unwrap();
    let error = |values| {
        Err(RowError::Width {
            row: 1,
            values,
            columns: 2,
        })
    };
    assert_eq!(rows.push([Some("c")]), error(1));
    assert_eq!(rows.push([Some("c"), Some("d"), Some("e")]), error(3));
    assert_eq!(rows.push([None::<&str>; 0]), error(0));
    rows.push([Some("a"), None]).unwrap();
    assert_eq!((rows.len(), rows.columns()), (2, 2));
    assert_eq!(
        find(&rows, &Search::default())
            .found
            .iter()
            .map(|found| found.dependency)
            .collect::<Vec<_>>(),
        [
            Dependency {
                determinant: ColumnSet::EMPTY,
                dependent: 0
            },
            Dependency {
                determinant: ColumnSet::of(1),
                dependent: 0
            }
        ][..1]
    );
}

#[test]
fn too_many_columns_are_refused() {
    let error = Rows::with_columns(ColumnSet::MOST + 1).unwrap_err();
    assert_eq!(error, TooManyColumns { count: 257 });
    assert_eq!(
        error.to_string(),
        "257 columns are more than the 256 that can be searched for dependencies"
    );
    assert_eq!(Rows::with_columns(ColumnSet::MOST).unwrap().columns(), 256);
}

/// Numbers that look random, the same ones each time.
fn noise(columns: usize, rows: usize, bound: impl Fn(usize) -> u16) -> Table {
    let mut state = 1_u64;
    let mut below = |bound: u16| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u16 % bound
    };
    let rows = (0..rows).map(|_| (0..columns).map(|column| Some(below(bound(column)))).collect());
    Table {
        columns,
        rows: rows.collect(),
    }
}

#[test]
fn a_search_that_is_given_up_says_so_and_is_right_as_far_as_it_went() {
    let table = noise(40, 60, |column| 2 + column as u16 % 4);
    let mut reached = Vec::new();
    for effort in [0, 1_000, 100_000, 10_000_000] {
        let search = Search {
            effort,
            ..Search::default()
        };
        let given_up = find(&table.coded(), &search);
        assert!(!given_up.is_complete);
        assert_eq!(given_up, find(&table.coded(), &search));
        let limited = Search {
            largest: Some(given_up.complete_to),
            ..Search::default()
        };
        let limited = find(&table.coded(), &limited);
        assert!(limited.is_complete);
        assert_eq!(given_up.found, limited.found);
        reached.push(given_up.complete_to);
    }
    assert!(
        reached.is_sorted() && reached[0] == 0 && reached[3] >= 2,
        "{reached:?}"
    );
}

#[test]
fn constants_are_found_with_no_effort() {
    let table = noise(3, 50, |column| 1 + column as u16 % 3);
    for error in [0.0, 0.01] {
        let search = Search {
            effort: 0,
            error,
            ..Search::default()
        };
        let findings = find(&table.coded(), &search);
        assert!(!findings.is_complete);
        assert_eq!(findings.found.len(), 1);
        assert_eq!(findings.found[0].support, 50);
    }
}

#[test]
fn approximate_ones_of_a_long_table_are_those_of_the_definition() {
    let table = noise(5, 2000, |column| [2, 3, 10, 50, 400][column]);
    for error in [0.001, 0.02, 0.2] {
        check(
            &table,
            &Search {
                error,
                ..Search::default()
            },
        );
    }
}
