//! Whether rows that agree in a determinant agree in dependents.

use super::ColumnSet;
use super::partition::{Column, Counters, Partition};

/// So many pairs of rows are kept of each judged determinant. With 20 of them, a table of 100,000 rows took half as long
/// as with 1; from 200 to 1000 there was no difference.
const OTHERS: usize = 200;

/// What the rows say of one determinant and several dependents.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    /// How many rows agree with another one in the determinant; too few when all dependents are refuted.
    pub(super) support: usize,
    /// How many clusters they are in.
    pub(super) clusters: usize,
    /// The dependents that are refuted, each by a pair of rows.
    pub(super) refuted: Vec<(usize, [u32; 2])>,
    /// Some pairs of rows that agree in the determinant, whatever else they agree in. They tell much of other
    /// candidates: that they agree in this one makes it likely that they agree in many columns.
    pub(super) others: Vec<[u32; 2]>,
}

/// How far a dependency is from being exact.
#[derive(Clone, Debug, Default)]
pub(super) struct Proof {
    /// How many rows agree with another one in the determinant.
    pub(super) support: usize,
    /// How many clusters they are in.
    pub(super) clusters: usize,
    /// How many rows would have to go.
    pub(super) removed: usize,
    /// Pairs of rows that refute it.
    pub(super) counter_examples: Vec<[usize; 2]>,
}

/// Where a value was seen in the cluster at hand.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    /// Twice the number of the cluster, and one more after the second row.
    mark: u32,
    /// The first row.
    row: u32,
}

/// Room for judging.
#[derive(Debug, Default)]
pub(super) struct Judge {
    places: Vec<Place>,
    mark: u32,
}

impl Judge {
    /// Judges the determinant by whose columns the rows are partitioned.
    pub(super) fn exact(partition: &Partition, columns: &[Column], dependents: ColumnSet) -> Verdict {
        let mut verdict = Verdict {
            support: partition.len(),
            clusters: partition.cluster_count(),
            refuted: Vec::new(),
            others: partition
                .clusters()
                .map(|cluster| [cluster[0], cluster[1]])
                .take(OTHERS)
                .collect(),
        };
        for dependent in dependents.iter() {
            let codes = &columns[dependent].codes[..];
            let other = partition.clusters().find_map(|cluster| {
                let first = cluster[0];
                let other = cluster
                    .iter()
                    .find(|row| codes[**row as usize] != codes[first as usize])?;
                Some([first, *other])
            });
            verdict.refuted.extend(other.map(|pair| (dependent, pair)));
        }
        verdict
    }

    /// Judges the determinant that has one column more than those by which the rows are partitioned, without building
    /// its partition.
    pub(super) fn exact_refined(
        &mut self,
        partition: &Partition,
        column: &Column,
        columns: &[Column],
        dependents: ColumnSet,
    ) -> Verdict {
        let mut verdict = Verdict::default();
        let mut open: Vec<(usize, &[u32])> = dependents
            .iter()
            .map(|dependent| (dependent, &columns[dependent].codes[..]))
            .collect();
        if self.places.len() < column.bound {
            self.places.resize(column.bound, Place::default());
        }
        let codes = &column.codes[..];
        for cluster in partition.clusters() {
            if self.mark >= u32::MAX - 2 {
                self.places.fill(Place::default());
                self.mark = 0;
            }
            self.mark += 2;
            for row in cluster {
                let place = &mut self.places[codes[*row as usize] as usize];
                if place.mark < self.mark {
                    *place = Place {
                        mark: self.mark,
                        row: *row,
                    };
                    continue;
                }
                let is_second = usize::from(place.mark == self.mark);
                verdict.support += 1 + is_second;
                verdict.clusters += is_second;
                place.mark = self.mark + 1;
                let first = place.row as usize;
                open.retain(|(dependent, codes)| {
                    let agrees = codes[first] == codes[*row as usize];
                    if !agrees {
                        verdict.refuted.push((*dependent, [first as u32, *row]));
                    }
                    agrees
                });
                if verdict.others.len() < OTHERS {
                    verdict.others.push([first as u32, *row]);
                } else if open.is_empty() {
                    return verdict;
                }
            }
        }
        verdict
    }
}

/// How many rows would have to go, counted up to the first number above the limit.
pub(super) fn removed(
    partition: &Partition,
    dependent: &Column,
    most: usize,
    counters: &mut Counters,
) -> usize {
    counters.prepare(dependent.bound);
    let mut removed = 0;
    for cluster in partition.clusters() {
        removed += counters.minority(cluster, dependent);
        if removed > most {
            break;
        }
    }
    removed
}

/// Pairs of rows that refute a dependency, each from another cluster.
pub(super) fn counter_examples(partition: &Partition, dependent: &Column, most: usize) -> Vec<[usize; 2]> {
    let codes = &dependent.codes[..];
    let pair = |cluster: &[u32]| {
        let first = cluster[0] as usize;
        let other = cluster.iter().find(|row| codes[**row as usize] != codes[first])?;
        Some([first, *other as usize])
    };
    partition.clusters().filter_map(pair).take(most).collect()
}
