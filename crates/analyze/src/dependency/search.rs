//! The search itself.

use std::collections::BTreeMap;

use super::rows::{NULL, Rows};
use super::{ColumnSet, Dependency, Findings, Found, Nulls, Search};

/// Looks at all sets of columns, the small ones first.
pub(super) fn search(rows: &Rows, search: &Search) -> Findings {
    let columns: Vec<Vec<u32>> = (0..rows.columns())
        .map(|column| numbered(rows.codes(column), search.nulls))
        .collect();
    let largest = search.largest.unwrap_or(columns.len()).min(columns.len());
    let mut found: Vec<Found> = Vec::new();
    for dependent in 0..columns.len() {
        let mut minimal: Vec<ColumnSet> = Vec::new();
        let mut level = vec![ColumnSet::EMPTY];
        for size in 0..=largest {
            let mut next = Vec::new();
            for determinant in level {
                if minimal.iter().any(|smaller| smaller.is_subset(determinant)) {
                    continue;
                }
                let dependency = Dependency {
                    determinant,
                    dependent,
                };
                let judged = judge(&columns, rows.len(), dependency);
                if judged.error <= search.error {
                    minimal.push(determinant);
                    found.push(judged);
                } else if size < largest {
                    let last = determinant.iter().last().map_or(0, |last| last + 1);
                    next.extend(
                        (last..columns.len())
                            .filter(|column| *column != dependent)
                            .map(|column| determinant.with(column)),
                    );
                }
            }
            level = next;
        }
    }
    found.sort_by_key(|found| found.dependency);
    Findings {
        found,
        is_complete: true,
        complete_to: largest,
    }
}

/// The numbers of a column, such that rows agree where the numbers are equal.
fn numbered(codes: &[u32], nulls: Nulls) -> Vec<u32> {
    let mut fresh = codes.iter().copied().max().unwrap_or(NULL);
    let own = |code: &u32| match (nulls, *code) {
        (Nulls::Distinct, NULL) => {
            fresh += 1;
            fresh
        }
        (_, code) => code,
    };
    codes.iter().map(own).collect()
}

fn judge(columns: &[Vec<u32>], rows: usize, dependency: Dependency) -> Found {
    let mut clusters: BTreeMap<Vec<u32>, Vec<usize>> = BTreeMap::new();
    let key = |row: usize| -> Vec<u32> {
        let columns = dependency.determinant.iter().map(|column| &columns[column]);
        columns.map(|codes| codes[row]).collect()
    };
    for row in 0..rows {
        clusters.entry(key(row)).or_default().push(row);
    }
    let dependent = &columns[dependency.dependent];
    let mut clusters: Vec<Vec<usize>> = clusters.into_values().filter(|rows| rows.len() > 1).collect();
    clusters.sort();
    let mut removed = 0;
    let mut counter_examples = Vec::new();
    for cluster in &clusters {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for row in cluster {
            *counts.entry(dependent[*row]).or_default() += 1;
        }
        removed += cluster.len() - counts.into_values().max().unwrap_or_default();
        let other = cluster
            .iter()
            .find(|row| dependent[**row] != dependent[cluster[0]]);
        counter_examples.extend(other.map(|other| [cluster[0], *other]));
    }
    counter_examples.truncate(Found::MOST_COUNTER_EXAMPLES);
    Found {
        dependency,
        error: if rows == 0 {
            0.0
        } else {
            removed as f64 / rows as f64
        },
        support: clusters.iter().map(Vec::len).sum(),
        counter_examples,
    }
}
