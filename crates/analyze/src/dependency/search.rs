//! The search itself.

use std::collections::{HashMap, HashSet};

use super::effort::{Effort, Exhausted};
use super::hitting::Edges;
use super::judge::{self, Judge, Proof};
use super::partition::{Column, Counters, Partition};
use super::rows::Rows;
use super::{ColumnSet, Dependency, Findings, Found, Search};

/// Before all rows are asked, these parts of them are.
const SHARES: [usize; 2] = [128, 16];

/// Fewer rows are not worth being asked before all are.
const FEWEST: usize = 100;

/// Finds what is looked for.
pub(super) fn search(rows: &Rows, search: &Search) -> Findings {
    let count = rows.columns();
    let largest = search.largest.unwrap_or(count).min(count);
    let mut task = Task::new(rows, search);
    let at_once = &mut Effort::new(search.effort / 4);
    if task.complete_at_once(largest, at_once).is_ok() {
        return task.findings(largest, true);
    }
    // There is more than can be taken in at once: size by size, as far as it goes.
    let effort = &mut Effort::new(search.effort / 4 * 3);
    let mut done = 0;
    for size in 0..=largest {
        match task.complete(size, effort) {
            Ok(Rest::Larger) => done = size,
            Ok(Rest::None) => return task.findings(largest, true),
            Err(Exhausted) => return task.findings(done, false),
        }
    }
    task.findings(largest, true)
}

/// What was left out because it is larger than what was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    None,
    Larger,
}

/// A search on its way. Columns are in an order of its own here.
struct Task {
    /// The most selective ones first, so that partitions by several columns get small soon.
    columns: Vec<Column>,
    /// Which column of the rows each one is.
    order: Vec<usize>,
    rows: usize,
    /// How many rows may have to go.
    tolerated: usize,
    /// For each dependent what a determinant must hit: it needs a column of each of these sets.
    edges: Vec<Edges>,
    /// Sets of columns in which two rows differ, all of which are in the edges.
    differences: HashSet<ColumnSet>,
    /// For each dependent the determinants that are proved.
    proved: Vec<HashMap<ColumnSet, Proof>>,
    desk: Desk,
}

/// What is used again and again.
#[derive(Default)]
struct Desk {
    judge: Judge,
    counters: Counters,
    /// By the first columns of the determinant at hand: by none, by one, by two …
    partitions: Vec<Partition>,
}

/// A determinant that may determine some dependents.
struct Candidate {
    determinant: Vec<usize>,
    dependents: ColumnSet,
}

impl Task {
    fn new(rows: &Rows, search: &Search) -> Task {
        let mut columns: Vec<(usize, Column)> = (0..rows.columns())
            .map(|column| (column, Column::new(rows.codes(column), search.nulls)))
            .collect();
        columns.sort_by_key(|(column, it)| (std::cmp::Reverse(it.bound), *column));
        let (order, columns): (Vec<usize>, Vec<Column>) = columns.into_iter().unzip();
        Task {
            edges: vec![Edges::default(); columns.len()],
            proved: vec![HashMap::new(); columns.len()],
            columns,
            order,
            rows: rows.len(),
            tolerated: tolerated(rows.len(), search.error),
            differences: HashSet::new(),
            desk: Desk {
                partitions: vec![Partition::whole(rows.len())],
                ..Desk::default()
            },
        }
    }

    /// Proves all minimal determinants of at most so many columns, as if there were not too many of them.
    fn complete_at_once(&mut self, largest: usize, effort: &mut Effort) -> Result<Rest, Exhausted> {
        if self.tolerated == 0 {
            for share in SHARES {
                if self.rows / share >= FEWEST {
                    self.rehearse(largest, Partition::sample(self.rows, self.rows / share), effort)?;
                }
            }
        }
        self.complete(largest, effort)
    }

    /// Learns from some of the rows, until nothing is left to learn from them.
    ///
    /// What is wrong is mostly wrong there, too, and found so with less work.
    fn rehearse(&mut self, largest: usize, rows: Partition, effort: &mut Effort) -> Result<(), Exhausted> {
        let all = std::mem::replace(&mut self.desk.partitions[0], rows);
        let result = self.complete(largest, effort);
        self.desk.partitions[0] = all;
        self.proved.iter_mut().for_each(HashMap::clear);
        result.map(drop)
    }

    /// Takes in what two rows refute.
    fn learn(&mut self, [one, other]: [u32; 2]) {
        let differ = |column: &Column| column.codes[one as usize] != column.codes[other as usize];
        let difference: ColumnSet = self
            .columns
            .iter()
            .enumerate()
            .filter_map(|(at, column)| differ(column).then_some(at))
            .collect();
        if self.differences.insert(difference) {
            for dependent in difference.iter() {
                self.edges[dependent].add(difference.without(dependent));
            }
        }
    }

    /// Proves all minimal determinants of at most so many columns.
    fn complete(&mut self, largest: usize, effort: &mut Effort) -> Result<Rest, Exhausted> {
        loop {
            let (candidates, rest) = self.candidates(largest, effort)?;
            if candidates.is_empty() {
                return Ok(rest);
            }
            self.walk(&candidates, 0, effort)?;
        }
    }

    /// What is not refuted and not proved.
    fn candidates(&self, largest: usize, effort: &mut Effort) -> Result<(Vec<Candidate>, Rest), Exhausted> {
        let mut pairs: Vec<(ColumnSet, usize)> = Vec::new();
        let mut total = 0;
        let mut rest = Rest::None;
        for (dependent, edges) in self.edges.iter().enumerate() {
            let proved = &self.proved[dependent];
            let cut = edges.minimal_hitting_sets(largest, effort, &mut |determinant| {
                total += 1;
                if total > Findings::MOST {
                    return Err(Exhausted);
                }
                if !proved.contains_key(&determinant) {
                    pairs.push((determinant, dependent));
                }
                Ok(())
            })?;
            if cut {
                rest = Rest::Larger;
            }
        }
        // Those with the same first columns one after the other, so that they have their partition in common.
        pairs.sort_by(|(one, _), (other, _)| one.iter().cmp(other.iter()));
        let candidates = pairs
            .chunk_by(|(one, _), (other, _)| one == other)
            .map(|same| Candidate {
                determinant: same[0].0.iter().collect(),
                dependents: same.iter().map(|(_, dependent)| *dependent).collect(),
            })
            .collect();
        Ok((candidates, rest))
    }

    /// Judges candidates that have so many first columns in common.
    fn walk(&mut self, candidates: &[Candidate], depth: usize, effort: &mut Effort) -> Result<(), Exhausted> {
        let mut rest = candidates;
        while let Some(first) = rest.first() {
            if first.determinant.len() == depth {
                self.judge(first, effort)?;
                rest = &rest[1..];
                continue;
            }
            let column = first.determinant[depth];
            let (same, others) =
                rest.split_at(rest.partition_point(|candidate| candidate.determinant[depth] == column));
            rest = others;
            let desk = &mut self.desk;
            effort.spend(1 + desk.partitions[depth].len())?;
            if let [only] = same
                && only.determinant.len() == depth + 1
                && self.tolerated == 0
            {
                let dependents = self.open(only);
                let desk = &mut self.desk;
                let verdict = desk.judge.exact_refined(
                    &desk.partitions[depth],
                    &self.columns[column],
                    &self.columns,
                    dependents,
                );
                self.accept(only, dependents, verdict);
                continue;
            }
            if desk.partitions.len() < depth + 2 {
                desk.partitions.push(Partition::default());
            }
            let (before, after) = desk.partitions.split_at_mut(depth + 1);
            before[depth].refine(&self.columns[column], &mut desk.counters, &mut after[0]);
            self.walk(same, depth + 1, effort)?;
        }
        Ok(())
    }

    /// The dependents of a candidate that were not refuted since it was made.
    fn open(&self, candidate: &Candidate) -> ColumnSet {
        let determinant: ColumnSet = candidate.determinant.iter().copied().collect();
        candidate
            .dependents
            .iter()
            .filter(|dependent| self.edges[*dependent].are_hit_by(determinant))
            .collect()
    }

    /// Judges a candidate whose partition lies on the desk.
    fn judge(&mut self, candidate: &Candidate, effort: &mut Effort) -> Result<(), Exhausted> {
        let depth = candidate.determinant.len();
        let dependents = self.open(candidate);
        effort.spend(self.desk.partitions[depth].len() * dependents.len())?;
        if self.tolerated == 0 {
            let verdict = Judge::exact(&self.desk.partitions[depth], &self.columns, dependents);
            self.accept(candidate, dependents, verdict);
            return Ok(());
        }
        let determinant: ColumnSet = candidate.determinant.iter().copied().collect();
        for dependent in dependents.iter() {
            let column = &self.columns[dependent];
            let desk = &mut self.desk;
            let partition = &desk.partitions[depth];
            let removed = judge::removed(partition, column, self.tolerated, &mut desk.counters);
            if removed <= self.tolerated {
                let proof = Proof {
                    support: partition.len(),
                    removed,
                    counter_examples: judge::counter_examples(
                        partition,
                        column,
                        Found::MOST_COUNTER_EXAMPLES,
                    ),
                };
                self.proved[dependent].insert(determinant, proof);
            } else {
                let edge = self.grow(determinant, dependent, effort)?;
                self.edges[dependent].add(edge);
            }
        }
        Ok(())
    }

    /// Adds columns to a determinant that does not do, as long as it still does not: what is left out then must be hit.
    fn grow(
        &mut self,
        determinant: ColumnSet,
        dependent: usize,
        effort: &mut Effort,
    ) -> Result<ColumnSet, Exhausted> {
        let desk = &mut self.desk;
        let mut partition = desk.partitions[determinant.len()].clone();
        let mut refined = Partition::default();
        let mut edge = ColumnSet::EMPTY;
        // The least selective columns first: so there will be many of them.
        for column in (0..self.columns.len()).rev() {
            if column == dependent || determinant.contains(column) {
                continue;
            }
            effort.spend(2 * partition.len())?;
            partition.refine(&self.columns[column], &mut desk.counters, &mut refined);
            let removed = judge::removed(
                &refined,
                &self.columns[dependent],
                self.tolerated,
                &mut desk.counters,
            );
            if removed > self.tolerated {
                std::mem::swap(&mut partition, &mut refined);
            } else {
                edge = edge.with(column);
            }
        }
        Ok(edge)
    }

    /// Takes in what the rows say of a candidate.
    fn accept(&mut self, candidate: &Candidate, dependents: ColumnSet, verdict: judge::Verdict) {
        let mut proved = dependents;
        for (dependent, pair) in verdict.refuted {
            proved = proved.without(dependent);
            self.learn(pair);
        }
        for pair in verdict.others {
            self.learn(pair);
        }
        let determinant: ColumnSet = candidate.determinant.iter().copied().collect();
        for dependent in proved.iter() {
            let proof = Proof {
                support: verdict.support,
                ..Proof::default()
            };
            self.proved[dependent].insert(determinant, proof);
        }
    }

    /// What is proved, up to a size, with the columns in the order of the rows.
    fn findings(self, complete_to: usize, is_complete: bool) -> Findings {
        let mut found = Vec::new();
        for (dependent, proved) in self.proved.into_iter().enumerate() {
            for (determinant, proof) in proved {
                if determinant.len() > complete_to {
                    continue;
                }
                found.push(Found {
                    dependency: Dependency {
                        determinant: determinant.iter().map(|column| self.order[column]).collect(),
                        dependent: self.order[dependent],
                    },
                    error: share(proof.removed, self.rows),
                    support: proof.support,
                    counter_examples: proof.counter_examples,
                });
            }
        }
        found.sort_by_key(|found| found.dependency);
        Findings {
            found,
            is_complete,
            complete_to,
        }
    }
}

/// The most rows that may have to go.
fn tolerated(rows: usize, error: f64) -> usize {
    let error = if error.is_nan() {
        0.0
    } else {
        error.clamp(0.0, 1.0)
    };
    let near = (error * rows as f64) as usize;
    // The product is rounded, and what counts is the share that is told.
    (near.saturating_sub(1)..=(near + 1).min(rows))
        .rev()
        .find(|removed| share(*removed, rows) <= error)
        .unwrap_or(0)
}

fn share(removed: usize, rows: usize) -> f64 {
    match rows {
        0 => 0.0,
        _ => removed as f64 / rows as f64,
    }
}
