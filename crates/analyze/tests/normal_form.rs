//! Normal forms against textbooks, and against what can be counted out.
//!
//! Columns are letters. `AB>C, C>D` are two dependencies; `>A` says that A is the same in all rows.

use std::collections::{BTreeMap, BTreeSet};

use cogway_analyze::decomposition::{Decomposition, Part, boyce_codd, is_lossless, lost, third};
use cogway_analyze::dependency::{ColumnSet, Dependency};
use cogway_analyze::normal_form::{Keys, NormalForm, Relation, judge};
use proptest::prelude::*;

/// A relation of a book, with the answers.
struct Case {
    source: &'static str,
    columns: &'static str,
    dependencies: &'static str,
    keys: &'static str,
    level: NormalForm,
}

const fn case(
    source: &'static str,
    columns: &'static str,
    dependencies: &'static str,
    keys: &'static str,
    level: NormalForm,
) -> Case {
    Case {
        source,
        columns,
        dependencies,
        keys,
        level,
    }
}

use NormalForm::{BoyceCodd, First, Second, Third};

/// Elmasri and Navathe: Fundamentals of Database Systems, 7th edition. Date: An Introduction to Database Systems, 8th.
/// Complete Book: Garcia-Molina, Ullman, Widom: Database Systems, The Complete Book, 2nd. Silberschatz, Korth, Sudarshan:
/// Database System Concepts, 6th. Ullman: Principles of Database and Knowledge-Base Systems I, 1988. Ramakrishnan and
/// Gehrke: Database Management Systems, 3rd. Bernstein: see `third`.
const CASES: &[Case] = &[
    case(
        "Elmasri, EMP_PROJ (partial)",
        "SPHENL",
        "SP>H, S>E, P>N, P>L",
        "SP",
        First,
    ),
    case(
        "Elmasri, EMP_DEPT (transitive)",
        "ESBADNM",
        "S>E, S>B, S>A, S>D, D>N, D>M",
        "S",
        Second,
    ),
    case(
        "Elmasri, LOTS",
        "PCLART",
        "P>C, P>L, P>A, P>R, P>T, CL>P, CL>A, CL>R, CL>T, C>T, A>R",
        "P CL",
        First,
    ),
    case(
        "Elmasri, LOTS1",
        "PCLAR",
        "P>C, P>L, P>A, P>R, CL>P, CL>A, CL>R, A>R",
        "P CL",
        Second,
    ),
    case(
        "Elmasri, LOTS1A (3NF, not BCNF)",
        "PCLA",
        "P>C, P>L, P>A, CL>P, CL>A, A>C",
        "P CL AL",
        Third,
    ),
    case("Elmasri, TEACH", "SCI", "SC>I, I>C", "SC SI", Third),
    case(
        "Elmasri, exercise on R(A..J)",
        "ABCDEFGHIJ",
        "AB>C, A>D, A>E, B>F, F>G, F>H, D>I, D>J",
        "AB",
        First,
    ),
    case(
        "Elmasri, the next exercise",
        "ABCDEFGHIJ",
        "AB>C, BD>E, BD>F, AD>G, AD>H, A>I, H>J",
        "ABD",
        First,
    ),
    case("Elmasri, CAR_SALE", "CSMDI", "CS>D, CS>I, D>I, S>M", "CS", First),
    case("Elmasri, BOOK", "TAYLFP", "T>P, T>Y, Y>L, A>F", "AT", First),
    case("Date, FIRST", "STCPQ", "S>C, C>T, PS>Q", "PS", First),
    case("Date, SECOND", "STC", "S>C, C>T", "S", Second),
    case(
        "Date, SSP (overlapping keys)",
        "SNPQ",
        "S>N, N>S, SP>Q, NP>Q",
        "SP NP",
        Third,
    ),
    case(
        "Date, EXAM (overlapping keys, BCNF)",
        "SJP",
        "SJ>P, JP>S",
        "SJ JP",
        BoyceCodd,
    ),
    case(
        "Date, CTX (no dependency: all columns are the key)",
        "CTX",
        "",
        "CTX",
        BoyceCodd,
    ),
    case(
        "Complete Book, Movies1",
        "TYLGSN",
        "TY>L, TY>G, TY>S",
        "TYN",
        First,
    ),
    case(
        "Complete Book, MovieStudio",
        "TYLGSA",
        "TY>L, TY>G, TY>S, S>A",
        "TY",
        Second,
    ),
    case("Complete Book, Bookings", "THC", "H>C, TC>H", "TC TH", Third),
    case(
        "Complete Book, two columns are always in BCNF",
        "AB",
        "A>B",
        "A",
        BoyceCodd,
    ),
    case(
        "Complete Book, two columns, each a key",
        "AB",
        "A>B, B>A",
        "A B",
        BoyceCodd,
    ),
    case(
        "Silberschatz, inst_dept",
        "INSDBU",
        "I>N, I>S, I>D, D>B, D>U",
        "I",
        Second,
    ),
    case("Silberschatz, dept_advisor", "SID", "I>D, SD>I", "SD SI", Third),
    case(
        "Silberschatz, class",
        "CTDRSMYBOPL",
        "C>T, C>D, C>R, BO>P, CSMY>B, CSMY>O, CSMY>L",
        "CSMY",
        First,
    ),
    case(
        "Silberschatz, r(A, B, C, G, H, I)",
        "ABCGHI",
        "A>B, A>C, CG>H, CG>I, B>H",
        "AG",
        First,
    ),
    case(
        "Ullman, CTHRSG",
        "CTHRSG",
        "C>T, HR>C, HT>R, CS>G, HS>R",
        "HS",
        Second,
    ),
    case("Ullman, city, street, zip", "CSZ", "CS>Z, Z>C", "CS SZ", Third),
    case("Ullman, suppliers and items", "SAIP", "S>A, SI>P", "SI", First),
    case(
        "Ramakrishnan, contracts",
        "CSJDPQV",
        "C>S, C>J, C>D, C>P, C>Q, C>V, JP>C, SD>P",
        "C JP SJD",
        Third,
    ),
    case(
        "Ramakrishnan, contracts, one supplier a project",
        "CSJDPQV",
        "C>S, C>J, C>D, C>P, C>Q, C>V, JP>C, SD>P, J>S",
        "C JP JD",
        First,
    ),
    case(
        "Bernstein, the example with X and Y",
        "ABCDXY",
        "XY>A, XY>D, CD>X, CD>Y, AX>B, BY>C, C>A",
        "XY CD BDY",
        First,
    ),
    case(
        "Lucchesi and Osborn, as many keys as there are choices",
        "ABCDEF",
        "A>B, B>A, C>D, D>C, E>F, F>E",
        "ACE ACF ADE ADF BCE BCF BDE BDF",
        Third,
    ),
    case("One column", "A", "", "A", BoyceCodd),
    case("One column, the same in all rows", "A", ">A", "", BoyceCodd),
    case("No column", "", "", "", BoyceCodd),
    case(
        "A column that is the same in all rows is a part of nothing",
        "AB",
        ">B",
        "A",
        First,
    ),
    case("All rows are the same", "AB", ">A, >B", "", BoyceCodd),
    case(
        "Overlapping keys, and a column that hangs on a part of one",
        "ABCD",
        "A>C, AC>D, BC>A",
        "AB BC",
        First,
    ),
];

fn places(columns: &str) -> BTreeMap<char, usize> {
    columns.chars().enumerate().map(|(place, c)| (c, place)).collect()
}

fn set(text: &str, places: &BTreeMap<char, usize>) -> ColumnSet {
    text.chars().map(|c| places[&c]).collect()
}

fn relation(columns: &str, dependencies: &str) -> Relation {
    let places = places(columns);
    let dependencies = dependencies
        .split(", ")
        .filter(|text| !text.is_empty())
        .map(|text| {
            let (determinant, dependent) = text.split_once('>').expect("an arrow");
            Dependency {
                determinant: set(determinant, &places),
                dependent: places[&dependent.chars().next().expect("a dependent")],
            }
        });
    Relation::new(ColumnSet::first(columns.len()), dependencies)
}

fn letters(set: ColumnSet, columns: &str) -> String {
    let columns: Vec<char> = columns.chars().collect();
    set.iter().map(|place| columns[place]).collect()
}

fn sorted(words: impl Iterator<Item = String>) -> BTreeSet<String> {
    words
        .map(|word| {
            let mut letters: Vec<char> = word.chars().collect();
            letters.sort_unstable();
            letters.into_iter().collect()
        })
        .collect()
}

#[test]
fn textbook_keys_and_levels() {
    for case in CASES {
        let judgement = judge(&relation(case.columns, case.dependencies));
        let found = sorted(judgement.keys.all.iter().map(|key| letters(*key, case.columns)));
        let expect = sorted(case.keys.split(' ').map(str::to_owned));
        assert_eq!(found, expect, "{}", case.source);
        assert_eq!(judgement.level, case.level, "{}", case.source);
        assert!(judgement.keys.is_complete);
        assert_eq!(
            judgement.violations.is_empty(),
            case.level == BoyceCodd,
            "{}",
            case.source
        );
    }
    assert!(CASES.len() >= 25);
}

#[test]
fn textbook_violations() {
    let check = |columns: &str, dependencies: &str, expect: &[(NormalForm, &str)]| {
        let judgement = judge(&relation(columns, dependencies));
        let found: Vec<(NormalForm, String)> = judgement
            .violations
            .iter()
            .map(|violation| {
                let dependency = violation.dependency;
                let left = letters(dependency.determinant, columns);
                let right = letters(ColumnSet::of(dependency.dependent), columns);
                (violation.breaks, format!("{left}>{right}"))
            })
            .collect();
        let expect: Vec<(NormalForm, String)> = expect
            .iter()
            .map(|(form, text)| (*form, (*text).to_owned()))
            .collect();
        assert_eq!(found, expect, "{dependencies}");
    };
    check(
        "SPHENL",
        "SP>H, S>E, P>N, P>L",
        &[(Second, "S>E"), (Second, "P>N"), (Second, "P>L")],
    );
    check("STC", "S>C, C>T", &[(Third, "C>T")]);
    check("SCI", "SC>I, I>C", &[(BoyceCodd, "I>C")]);
    check("STCPQ", "S>C, C>T, PS>Q", &[(Second, "S>C"), (Third, "C>T")]);
    // What is not needed in a determinant is not said.
    check("ABCD", "A>B, A>C, A>D, BC>D, B>D", &[(Third, "B>D")]);
}

/// A decomposition of a book: the parts, and what is lost.
#[test]
fn textbook_decompositions() {
    let check = |columns: &str, dependencies: &str, in_third: &str, in_boyce_codd: &str, is_lost: &str| {
        let relation = relation(columns, dependencies);
        let parts = |decomposition: &Decomposition| {
            sorted(
                decomposition
                    .parts
                    .iter()
                    .map(|part| letters(part.columns, columns)),
            )
        };
        let expect = |text: &str| sorted(text.split(' ').map(str::to_owned));
        let third = third(&relation);
        assert_eq!(parts(&third), expect(in_third), "{dependencies}");
        assert!(third.lost.is_empty());
        let boyce_codd = boyce_codd(&relation);
        assert_eq!(parts(&boyce_codd), expect(in_boyce_codd), "{dependencies}");
        let lost: Vec<String> = boyce_codd
            .lost
            .iter()
            .map(|lost| {
                let right = ColumnSet::of(lost.dependent);
                format!(
                    "{}>{}",
                    letters(lost.determinant, columns),
                    letters(right, columns)
                )
            })
            .collect();
        assert_eq!(lost.join(", "), is_lost, "{dependencies}");
    };
    // Elmasri, EMP_PROJ.
    check("SPHENL", "SP>H, S>E, P>N, P>L", "SPH SE PNL", "SPH SE PNL", "");
    // Elmasri, EMP_DEPT.
    check(
        "ESBADNM",
        "S>E, S>B, S>A, S>D, D>N, D>M",
        "ESBAD DNM",
        "ESBAD DNM",
        "",
    );
    // Elmasri, TEACH: the third of the three that the book weighs is the good one.
    check("SCI", "SC>I, I>C", "SCI", "IC SI", "SC>I");
    // Date, SECOND.
    check("STC", "S>C, C>T", "SC CT", "SC CT", "");
    // Silberschatz, class.
    check(
        "CTDRSMYBOPL",
        "C>T, C>D, C>R, BO>P, CSMY>B, CSMY>O, CSMY>L",
        "CTDR BOP CSMYBOL",
        "CTDR BOP CSMYBOL",
        "",
    );
    // Ullman, suppliers and items.
    check("SAIP", "S>A, SI>P", "SA SIP", "SA SIP", "");
    // Complete Book, Bookings.
    check("THC", "H>C, TC>H", "THC", "HC TH", "TC>H");
    // Ullman, CTHRSG: HR and HT determine each other, and so share a part; in it C>T is no violation of 3NF.
    check(
        "CTHRSG",
        "C>T, HR>C, HT>R, CS>G, HS>R",
        "CTHR CSG HRS",
        "CT CHR CSG HRS",
        "TH>R",
    );
    // Nothing determines anything: it stays whole.
    check("CTX", "", "CTX", "CTX", "");
    // A determinant and what it determines, and a key for the rest.
    check("ABC", "A>B", "AB AC", "AB AC", "");
    // Bernstein: keys that determine each other share a part, so that nothing is needed twice.
    check("ABCD", "A>B, B>A, A>C, B>D", "ABCD", "ABCD", "");
    check("A", "", "A", "A", "");
    check("", "", "", "", "");
}

#[test]
fn what_loses_rows_is_seen() {
    let check = |columns: &str, dependencies: &str, parts: &str, expect: bool| {
        let places = places(columns);
        let parts: Vec<Part> = parts
            .split(' ')
            .map(|text| Part {
                columns: set(text, &places),
                key: ColumnSet::EMPTY,
            })
            .collect();
        assert_eq!(
            is_lossless(&relation(columns, dependencies), &parts),
            expect,
            "{dependencies}"
        );
    };
    // Elmasri, EMP_LOCS and EMP_PROJ1: spurious tuples.
    check("SPHENL", "SP>H, S>E, P>N, P>L", "EL SPHNL", false);
    check("SPHENL", "SP>H, S>E, P>N, P>L", "SE PNL SPH", true);
    // Elmasri, TEACH: of the three decompositions only one is lossless.
    check("SCI", "SC>I, I>C", "SI SC", false);
    check("SCI", "SC>I, I>C", "CI CS", false);
    check("SCI", "SC>I, I>C", "IC IS", true);
    // Ullman 1988, example 7.9.
    check("ABCDE", "A>C, B>C, C>D, DE>C, CE>A", "AD AB BE CDE AE", true);
    check("ABC", "", "AB BC", false);
}

/// A relation of up to six columns, with up to eight dependencies.
fn any_relation() -> impl Strategy<Value = Relation> {
    (1..=6_usize).prop_flat_map(|width| {
        let dependency = (proptest::collection::btree_set(0..width, 0..=3), 0..width);
        proptest::collection::vec(dependency, 0..=8).prop_map(move |dependencies| {
            let dependencies = dependencies
                .into_iter()
                .map(|(determinant, dependent)| Dependency {
                    determinant: determinant.into_iter().collect(),
                    dependent,
                });
            Relation::new(ColumnSet::first(width), dependencies)
        })
    })
}

fn subsets(of: ColumnSet) -> Vec<ColumnSet> {
    let columns: Vec<usize> = of.iter().collect();
    (0..1_u32 << columns.len())
        .map(|bits| {
            let chosen = columns.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1);
            chosen.map(|(_, column)| *column).collect()
        })
        .collect()
}

/// The keys, by looking at every set of columns.
fn counted_keys(relation: &Relation) -> Vec<ColumnSet> {
    let all: Vec<ColumnSet> = subsets(relation.columns())
        .into_iter()
        .filter(|set| relation.is_superkey(*set))
        .collect();
    let mut keys: Vec<ColumnSet> = all
        .iter()
        .filter(|key| !all.iter().any(|other| other != *key && other.is_subset(**key)))
        .copied()
        .collect();
    keys.sort_unstable();
    keys
}

/// The normal form, by its definition, over everything that follows.
fn counted_level(relation: &Relation) -> NormalForm {
    let keys = counted_keys(relation);
    let prime: BTreeSet<usize> = keys.iter().flat_map(|key| key.iter()).collect();
    let mut level = BoyceCodd;
    for determinant in subsets(relation.columns()) {
        for dependent in relation.closure(determinant).minus(determinant).iter() {
            if relation.is_superkey(determinant) {
                continue;
            }
            let part_of_key = keys
                .iter()
                .any(|key| determinant != *key && determinant.is_subset(*key));
            let here = match (prime.contains(&dependent), part_of_key) {
                (true, _) => Third,
                (false, false) => Second,
                (false, true) => First,
            };
            level = level.min(here);
        }
    }
    level
}

/// Rows that satisfy the dependencies: of many rows those that contradict none before them.
fn rows(relation: &Relation, values: &[u8]) -> BTreeSet<Vec<u8>> {
    let width = relation.columns().len();
    let mut rows: Vec<Vec<u8>> = Vec::new();
    for row in values.chunks_exact(width.max(1)) {
        let agrees = |other: &Vec<u8>| {
            relation.dependencies().iter().all(|dependency| {
                let same = dependency
                    .determinant
                    .iter()
                    .all(|column| row[column] == other[column]);
                !same || row[dependency.dependent] == other[dependency.dependent]
            })
        };
        if rows.iter().all(agrees) {
            rows.push(row.to_vec());
        }
    }
    rows.into_iter().collect()
}

/// The natural join of the projections on the parts.
fn joined(rows: &BTreeSet<Vec<u8>>, parts: &[Part], width: usize) -> BTreeSet<Vec<u8>> {
    let mut joined: BTreeSet<Vec<Option<u8>>> = [vec![None; width]].into();
    for part in parts {
        let projected: BTreeSet<Vec<(usize, u8)>> = rows
            .iter()
            .map(|row| part.columns.iter().map(|column| (column, row[column])).collect())
            .collect();
        joined = joined
            .iter()
            .flat_map(|partial| {
                projected.iter().filter_map(move |row| {
                    let fits = row
                        .iter()
                        .all(|(column, value)| partial[*column].is_none_or(|known| known == *value));
                    fits.then(|| {
                        let mut partial = partial.clone();
                        for (column, value) in row {
                            partial[*column] = Some(*value);
                        }
                        partial
                    })
                })
            })
            .collect();
    }
    joined
        .into_iter()
        .map(|row| {
            row.into_iter()
                .map(|value| value.expect("every column is in a part"))
                .collect()
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn keys_and_levels_as_counted_out(relation in any_relation()) {
        let keys = Keys::of(&relation);
        prop_assert_eq!(&keys.all, &counted_keys(&relation));
        let judgement = judge(&relation);
        prop_assert_eq!(judgement.level, counted_level(&relation));
        for violation in judgement.violations {
            prop_assert!(relation.implies(violation.dependency));
            prop_assert!(!relation.is_superkey(violation.dependency.determinant));
        }
    }

    #[test]
    fn a_cover_says_the_same_and_nothing_twice(relation in any_relation()) {
        let cover = relation.minimal_cover();
        for set in subsets(relation.columns()) {
            prop_assert_eq!(cover.closure(set), relation.closure(set));
        }
        for (place, dependency) in cover.dependencies().iter().enumerate() {
            let mut others = cover.dependencies().to_vec();
            others.remove(place);
            prop_assert!(!Relation::new(cover.columns(), others).implies(*dependency));
            for column in dependency.determinant.iter() {
                let less = Dependency { determinant: dependency.determinant.without(column), ..*dependency };
                prop_assert!(!relation.implies(less));
            }
        }
    }

    #[test]
    fn fewer_columns_keep_what_holds_among_them(relation in any_relation(), kept in 0..64_u32) {
        let kept: ColumnSet = relation.columns().iter().filter(|column| kept >> column & 1 == 1).collect();
        let projected = relation.onto(kept).expect("few dependencies");
        for set in subsets(kept) {
            prop_assert_eq!(projected.closure(set), relation.closure(set).intersection(kept));
        }
    }

    #[test]
    fn parts_joined_are_the_table(
        relation in any_relation(),
        values in proptest::collection::vec(0..3_u8, 0..120),
    ) {
        let rows = rows(&relation, &values);
        for (decomposition, least) in [(third(&relation), Third), (boyce_codd(&relation), BoyceCodd)] {
            prop_assert!(is_lossless(&relation, &decomposition.parts));
            prop_assert!(decomposition.level.expect("few dependencies") >= least);
            let columns = decomposition.parts.iter().fold(ColumnSet::EMPTY, |all, part| all.union(part.columns));
            prop_assert_eq!(columns, relation.columns());
            prop_assert!(relation.is_superkey(decomposition.parts[0].columns));
            for part in &decomposition.parts {
                prop_assert!(part.columns.is_subset(relation.closure(part.key)));
            }
            prop_assert_eq!(joined(&rows, &decomposition.parts, relation.columns().len()), rows.clone());
        }
        prop_assert!(third(&relation).lost.is_empty());
    }

    /// What the chase says of any parts, and what is lost, as counted out from the projections.
    #[test]
    fn what_is_lost_is_named(relation in any_relation(), masks in proptest::collection::vec(0..64_u32, 1..4)) {
        let parts: Vec<Part> = masks.iter().map(|mask| Part {
            columns: relation.columns().iter().filter(|column| mask >> column & 1 == 1).collect(),
            key: ColumnSet::EMPTY,
        }).collect();
        let kept = parts.iter().flat_map(|part| relation.onto(part.columns).expect("few").dependencies().to_vec());
        let kept = Relation::new(relation.columns(), kept);
        let counted: Vec<Dependency> =
            relation.minimal_cover().dependencies().iter().filter(|d| !kept.implies(**d)).copied().collect();
        prop_assert_eq!(lost(&relation, &parts), counted);
    }
}

/// The chase against the definition: parts that it calls lossy are so for some rows.
#[test]
fn the_chase_calls_nothing_lossy_that_is_not() {
    let relation = relation("ABC", "B>C");
    let part = |columns: &[usize]| Part {
        columns: columns.iter().copied().collect(),
        key: ColumnSet::EMPTY,
    };
    let lossy = [part(&[0, 2]), part(&[1, 2])];
    assert!(!is_lossless(&relation, &lossy));
    let rows: BTreeSet<Vec<u8>> = [vec![1, 1, 9], vec![2, 2, 9]].into();
    assert_ne!(joined(&rows, &lossy, 3), rows);
}
