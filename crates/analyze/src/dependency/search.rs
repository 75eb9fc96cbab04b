//! The search itself.

use std::collections::{HashMap, HashSet};

use super::chance;
use super::effort::{Effort, Exhausted};
use super::hitting::{Edges, Stop};
use super::judge::{self, Judge, Proof};
use super::partition::{Column, Counters, Partition};
use super::rows::Rows;
use super::{ColumnSet, Dependency, Findings, Found, Search};

/// Before all rows are asked, these parts of them are.
const SHARES: [usize; 2] = [128, 16];

/// Fewer rows are not worth being asked before all are.
const FEWEST: usize = 100;

/// So many edges are kept at most, for all dependents together: 128 MB.
const MOST_EDGES: usize = 4_000_000;

/// A part of the work that is left, one in so many, may go into asking some of the rows.
const REHEARSALS: u64 = 8;

/// So many candidates are made for each dependent before they are judged: what refutes them changes what comes next.
const AT_A_TIME: usize = 5000;

/// So many steps of learning need not be made up for by steps of judging.
const LEARNED_FREELY: usize = 100_000_000;

/// About so many steps are the work that each candidate makes beside being judged: it is looked up, and sorted.
const ASIDE: usize = 50;

/// Finds what is looked for.
pub(super) fn search(rows: &Rows, search: &Search) -> Findings {
    let count = rows.columns();
    let largest = search.largest.unwrap_or(count).min(count);
    let mut task = Task::new(rows, search);
    task.prove_constants();
    let at_once = search.effort / 10;
    if task.complete(largest, &mut Effort::new(at_once)).is_ok() {
        return task.findings(largest, true);
    }
    // There is more than can be taken in at once: size by size, as far as it goes.
    task.start_small();
    let effort = &mut Effort::new(search.effort - at_once);
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
    /// At least as many edges as there are.
    edge_count: usize,
    /// Steps spent on judging and on learning.
    judged: usize,
    learned: usize,
    /// For each dependent the determinants that are proved.
    proved: Vec<HashMap<ColumnSet, Proof>>,
    /// During a rehearsal, what some of the rows do not refute.
    passed: Option<Vec<HashSet<ColumnSet>>>,
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
            edge_count: 0,
            judged: 0,
            learned: 0,
            passed: None,
            desk: Desk {
                partitions: vec![Partition::whole(rows.len())],
                ..Desk::default()
            },
        }
    }

    /// Proves the dependents that nothing need determine, however little work there may be.
    fn prove_constants(&mut self) {
        for dependent in 0..self.columns.len() {
            self.prove(ColumnSet::EMPTY, dependent);
        }
    }

    /// Forgets determinants, which are of any size, and if they are very many what refuted others.
    fn start_small(&mut self) {
        for proved in &mut self.proved {
            proved.retain(|determinant, _| determinant.is_empty());
            proved.shrink_to_fit();
        }
        if self.edge_count > MOST_EDGES / 8 {
            self.edges.fill(Edges::default());
            self.differences.clear();
            self.edge_count = 0;
        }
    }

    /// Proves all minimal determinants of at most so many columns.
    fn complete(&mut self, largest: usize, effort: &mut Effort) -> Result<Rest, Exhausted> {
        // What is wrong is mostly wrong in some of the rows, too, and found so with less work. Only exact dependencies
        // are refuted by a part of the rows.
        for share in SHARES {
            if self.tolerated == 0 && self.rows / share >= FEWEST {
                let some = Partition::sample(self.rows, self.rows / share);
                let all = std::mem::replace(&mut self.desk.partitions[0], some);
                self.passed = Some(vec![HashSet::new(); self.columns.len()]);
                // Where there is too much even in some, all of them are asked with what was learned.
                let _ = effort.lend(REHEARSALS, |effort| self.settle(largest, effort));
                self.passed = None;
                self.desk.partitions[0] = all;
            }
        }
        self.settle(largest, effort)
    }

    /// Makes candidates and judges them, until none is left that is not judged.
    fn settle(&mut self, largest: usize, effort: &mut Effort) -> Result<Rest, Exhausted> {
        loop {
            let (candidates, rest) = self.candidates(largest, effort)?;
            if candidates.is_empty() {
                return Ok(rest);
            }
            self.walk(&candidates, 0, effort)?;
        }
    }

    /// Takes in what two rows refute.
    fn learn(&mut self, [one, other]: [u32; 2], effort: &mut Effort) -> Result<(), Exhausted> {
        let differ = |column: &Column| column.codes[one as usize] != column.codes[other as usize];
        let difference: ColumnSet = self
            .columns
            .iter()
            .enumerate()
            .filter_map(|(at, column)| differ(column).then_some(at))
            .collect();
        let mut steps = self.columns.len();
        if self.differences.insert(difference) {
            for dependent in difference.iter() {
                steps += self.edges[dependent].len();
                self.add(dependent, difference.without(dependent));
            }
        }
        self.learned += steps;
        effort.spend(steps)
    }

    fn add(&mut self, dependent: usize, edge: ColumnSet) {
        self.edge_count += usize::from(self.edges[dependent].add(edge));
    }

    /// What is not refuted and not proved.
    fn candidates(
        &mut self,
        largest: usize,
        effort: &mut Effort,
    ) -> Result<(Vec<Candidate>, Rest), Exhausted> {
        self.edge_count = self.edges.iter().map(Edges::len).sum();
        if self.edge_count > MOST_EDGES {
            return Err(Exhausted);
        }
        if self.proved.iter().map(HashMap::len).sum::<usize>() > Findings::MOST {
            return Err(Exhausted);
        }
        let mut pairs: Vec<(ColumnSet, usize)> = Vec::new();
        let mut rest = Rest::None;
        for (dependent, edges) in self.edges.iter().enumerate() {
            let proved = &self.proved[dependent];
            let passed = self.passed.as_ref().map(|passed| &passed[dependent]);
            let (mut looked_up, mut new) = (0, 0);
            let cut = edges.minimal_hitting_sets(largest, effort, &mut |determinant| {
                looked_up += 1;
                let has_passed = passed.is_some_and(|passed| passed.contains(&determinant));
                if !has_passed && !proved.contains_key(&determinant) {
                    pairs.push((determinant, dependent));
                    new += 1;
                }
                if new < AT_A_TIME {
                    Ok(())
                } else {
                    Err(Stop::Enough)
                }
            });
            effort.spend(looked_up * ASIDE)?;
            match cut {
                Ok(false) => {}
                Ok(true) | Err(Stop::Enough) => rest = Rest::Larger,
                Err(Stop::Exhausted) => return Err(Exhausted),
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
            self.judged += desk.partitions[depth].len();
            effort.spend(1 + desk.partitions[depth].len())?;
            if let [only] = same
                && only.determinant.len() == depth + 1
                && self.tolerated == 0
            {
                let dependents = self.open(only, effort)?;
                let desk = &mut self.desk;
                let verdict = desk.judge.exact_refined(
                    &desk.partitions[depth],
                    &self.columns[column],
                    &self.columns,
                    dependents,
                );
                self.accept(only, dependents, verdict, effort)?;
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
    fn open(&self, candidate: &Candidate, effort: &mut Effort) -> Result<ColumnSet, Exhausted> {
        let determinant: ColumnSet = candidate.determinant.iter().copied().collect();
        let mut open = candidate.dependents;
        for dependent in candidate.dependents.iter() {
            effort.spend(self.edges[dependent].len())?;
            if !self.edges[dependent].are_hit_by(determinant) {
                open = open.without(dependent);
            }
        }
        Ok(open)
    }

    /// Judges a candidate whose partition lies on the desk.
    fn judge(&mut self, candidate: &Candidate, effort: &mut Effort) -> Result<(), Exhausted> {
        let depth = candidate.determinant.len();
        let dependents = self.open(candidate, effort)?;
        effort.spend(self.desk.partitions[depth].len() * dependents.len())?;
        if self.tolerated == 0 {
            let verdict = Judge::exact(&self.desk.partitions[depth], &self.columns, dependents);
            return self.accept(candidate, dependents, verdict, effort);
        }
        let determinant: ColumnSet = candidate.determinant.iter().copied().collect();
        for dependent in dependents.iter() {
            if !self.prove(determinant, dependent) {
                let edge = self.grow(determinant, dependent, effort)?;
                self.add(dependent, edge);
            }
        }
        Ok(())
    }

    /// Proves a dependency by the partition on the desk, if few enough rows would have to go.
    fn prove(&mut self, determinant: ColumnSet, dependent: usize) -> bool {
        let desk = &mut self.desk;
        let (partition, column) = (&desk.partitions[determinant.len()], &self.columns[dependent]);
        let removed = judge::removed(partition, column, self.tolerated, &mut desk.counters);
        if removed > self.tolerated {
            return false;
        }
        let proof = Proof {
            support: partition.len(),
            clusters: partition.cluster_count(),
            removed,
            counter_examples: judge::counter_examples(partition, column, Found::MOST_COUNTER_EXAMPLES),
        };
        self.proved[dependent].insert(determinant, proof);
        true
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
    fn accept(
        &mut self,
        candidate: &Candidate,
        dependents: ColumnSet,
        verdict: judge::Verdict,
        effort: &mut Effort,
    ) -> Result<(), Exhausted> {
        let mut proved = dependents;
        for (dependent, pair) in verdict.refuted {
            proved = proved.without(dependent);
            self.learn(pair, effort)?;
        }
        for pair in verdict.others {
            // It must not become more work than it saves.
            if self.learned > self.judged + LEARNED_FREELY || self.edge_count > MOST_EDGES / 2 {
                break;
            }
            self.learn(pair, effort)?;
        }
        let determinant: ColumnSet = candidate.determinant.iter().copied().collect();
        for dependent in proved.iter() {
            if let Some(passed) = &mut self.passed {
                passed[dependent].insert(determinant);
            } else {
                let proof = Proof {
                    support: verdict.support,
                    clusters: verdict.clusters,
                    ..Proof::default()
                };
                self.proved[dependent].insert(determinant, proof);
            }
        }
        Ok(())
    }

    /// What is proved, up to a size, with the columns in the order of the rows.
    fn findings(self, complete_to: usize, is_complete: bool) -> Findings {
        let mut found = Vec::new();
        for (dependent, proved) in self.proved.into_iter().enumerate() {
            let coincidence = chance::coincidence(&self.columns[dependent]);
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
                    by_chance: chance::expected(
                        self.order.len(),
                        determinant.len(),
                        proof.support - proof.clusters,
                        proof.removed,
                        coincidence,
                    ),
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
