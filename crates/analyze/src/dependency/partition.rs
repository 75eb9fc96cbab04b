//! Rows in clusters that agree.

use super::Nulls;
use super::rows::NULL;

/// A column as the search wants it: rows agree in it exactly where their numbers are equal.
#[derive(Debug)]
pub(super) struct Column {
    /// A number for each row.
    pub(super) codes: Vec<u32>,
    /// All numbers are below this.
    pub(super) bound: usize,
}

impl Column {
    /// Where NULLs are distinct, each becomes a value of its own.
    pub(super) fn new(codes: &[u32], nulls: Nulls) -> Column {
        let mut bound = codes.iter().copied().max().unwrap_or(NULL) + 1;
        let number = |code: &u32| match (nulls, *code) {
            (Nulls::Distinct, NULL) => {
                bound += 1;
                bound - 1
            }
            (_, code) => code,
        };
        let codes = codes.iter().map(number).collect();
        Column {
            codes,
            bound: bound as usize,
        }
    }
}

/// A stripped partition (Cosmadakis, Kanellakis and Spyratos; *position list index* elsewhere): the clusters of rows
/// that agree in some columns, without those of a single row, which can refute nothing.
///
/// The rows of a cluster are in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Partition {
    /// Cluster by cluster.
    rows: Vec<u32>,
    /// Where each cluster ends.
    ends: Vec<u32>,
}

/// Room for counting, all 0 between uses.
#[derive(Debug, Default)]
pub(super) struct Counters {
    of: Vec<u32>,
    seen: Vec<u32>,
}

impl Partition {
    /// All rows agree in no columns.
    pub(super) fn whole(rows: usize) -> Partition {
        if rows < 2 {
            return Partition::default();
        }
        Partition {
            rows: (0..rows as u32).collect(),
            ends: vec![rows as u32],
        }
    }

    /// About so many of the rows, in blocks from all over the table: rows that belong together are often neighbours.
    pub(super) fn sample(rows: usize, wanted: usize) -> Partition {
        const BLOCKS: usize = 16;
        let (apart, length) = (rows / BLOCKS, wanted.min(rows) / BLOCKS);
        let sampled: Vec<u32> = (0..BLOCKS)
            .flat_map(|block| block * apart..block * apart + length)
            .map(|row| row as u32)
            .collect();
        match sampled.len() {
            0 | 1 => Partition::default(),
            count => Partition {
                rows: sampled,
                ends: vec![count as u32],
            },
        }
    }

    /// How many rows are in clusters.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// How many clusters there are.
    pub(super) fn cluster_count(&self) -> usize {
        self.ends.len()
    }

    /// The clusters, each of two rows or more.
    pub(super) fn clusters(&self) -> impl Iterator<Item = &[u32]> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let cluster = &self.rows[start..*end as usize];
            start = *end as usize;
            cluster
        })
    }

    /// The partition by one more column, in the place of another one that is no longer needed.
    pub(super) fn refine(&self, column: &Column, counters: &mut Counters, refined: &mut Partition) {
        refined.rows.clear();
        refined.ends.clear();
        counters.prepare(column.bound);
        let codes = &column.codes[..];
        for cluster in self.clusters() {
            if let [one, other] = *cluster {
                if codes[one as usize] == codes[other as usize] {
                    refined.rows.extend([one, other]);
                    refined.ends.push(refined.rows.len() as u32);
                }
                continue;
            }
            for row in cluster {
                counters.count(codes[*row as usize]);
            }
            // What was a count becomes the place of the next row of that value, from 1; 0 for values of one row.
            let mut end = refined.rows.len() as u32;
            for code in counters.seen.drain(..) {
                let count = &mut counters.of[code as usize];
                let place = if *count > 1 { end + 1 } else { 0 };
                if *count > 1 {
                    end += *count;
                    refined.ends.push(end);
                }
                *count = place;
            }
            refined.rows.resize(end as usize, 0);
            for row in cluster {
                let place = &mut counters.of[codes[*row as usize] as usize];
                if *place > 0 {
                    refined.rows[*place as usize - 1] = *row;
                    *place += 1;
                }
            }
            for row in cluster {
                counters.of[codes[*row as usize] as usize] = 0;
            }
        }
    }
}

impl Counters {
    /// Makes room for numbers below the bound.
    pub(super) fn prepare(&mut self, bound: usize) {
        if self.of.len() < bound {
            self.of.resize(bound, 0);
        }
    }

    fn count(&mut self, code: u32) {
        let count = &mut self.of[code as usize];
        if *count == 0 {
            self.seen.push(code);
        }
        *count += 1;
    }

    /// How many rows of a cluster do not have its most frequent value.
    pub(super) fn minority(&mut self, cluster: &[u32], column: &Column) -> usize {
        for row in cluster {
            self.count(column.codes[*row as usize]);
        }
        let mut most = 0;
        for code in self.seen.drain(..) {
            most = most.max(std::mem::take(&mut self.of[code as usize]));
        }
        cluster.len() - most as usize
    }
}
