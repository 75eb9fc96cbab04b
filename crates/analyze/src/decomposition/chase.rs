//! Is a decomposition lossless? Asked of the chase.

use std::collections::HashMap;

use super::Part;
use crate::normal_form::Relation;

/// Do the parts, joined, always give exactly the rows of the relation?
///
/// By the chase of a tableau with a row for each part (A. V. Aho, C. Beeri, J. D. Ullman, The theory of joins in relational
/// databases, ACM TODS 4, 1979): where two rows agree in a determinant, their dependents are made the same. The join is
/// lossless exactly when a row comes to hold what every part has of it.
pub fn is_lossless(relation: &Relation, parts: &[Part]) -> bool {
    let columns: Vec<usize> = relation.columns().iter().collect();
    let width = columns.iter().max().map_or(0, |last| last + 1);
    /// What every part has of a row; other symbols are the part's own, by its number.
    const SHARED: usize = 0;
    let mut rows: Vec<Vec<usize>> = parts
        .iter()
        .enumerate()
        .map(|(number, part)| {
            let symbol = |column| {
                if part.columns.contains(column) {
                    SHARED
                } else {
                    number + 1
                }
            };
            (0..width).map(symbol).collect()
        })
        .collect();
    loop {
        let is_whole = |row: &Vec<usize>| columns.iter().all(|&column| row[column] == SHARED);
        if rows.iter().any(is_whole) {
            return true;
        }
        let mut changed = false;
        for dependency in relation.dependencies() {
            // For each value of the determinant, the smallest symbol of the dependent.
            let mut least: HashMap<Vec<usize>, usize> = HashMap::new();
            let determinant_of =
                |row: &Vec<usize>| -> Vec<usize> { dependency.determinant.iter().map(|c| row[c]).collect() };
            let mut renamed: Vec<(usize, usize)> = Vec::new();
            for row in &rows {
                let symbol = row[dependency.dependent];
                let known = least.entry(determinant_of(row)).or_insert(symbol);
                if *known != symbol {
                    renamed.push((symbol.max(*known), symbol.min(*known)));
                    *known = symbol.min(*known);
                }
            }
            for (from, to) in renamed {
                for row in &mut rows {
                    if row[dependency.dependent] == from {
                        row[dependency.dependent] = to;
                        changed = true;
                    }
                }
            }
        }
        if !changed {
            return false;
        }
    }
}
