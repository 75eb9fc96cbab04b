//! Minimal sets that have something in common with each of given sets.

use super::ColumnSet;
use super::effort::{Effort, Exhausted};

/// Why an enumeration ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// It is more work than it may be.
    Exhausted,
    /// Whoever asked for the sets has enough of them for now.
    Enough,
}

impl From<Exhausted> for Stop {
    fn from(_: Exhausted) -> Stop {
        Stop::Exhausted
    }
}

/// Sets of columns of which none contains another.
#[derive(Clone, Debug, Default)]
pub(super) struct Edges(Vec<ColumnSet>);

impl Edges {
    /// Adds a set, unless one that is contained in it is there; those that contain it go. Says whether it was added.
    pub(super) fn add(&mut self, edge: ColumnSet) -> bool {
        if self.0.iter().any(|smaller| smaller.is_subset(edge)) {
            return false;
        }
        self.0.retain(|larger| !edge.is_subset(*larger));
        self.0.push(edge);
        true
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Does a set have something in common with each?
    pub(super) fn are_hit_by(&self, set: ColumnSet) -> bool {
        !self.0.iter().any(|edge| edge.is_disjoint(set))
    }

    /// The minimal sets of at most so many columns that hit every edge.
    ///
    /// Algorithm MMCS of Murakami and Uno, *Efficient algorithms for dualizing large-scale hypergraphs*, 2014,
    /// <https://doi.org/10.1016/j.dam.2014.01.012>: depth first, with a branch for each column of an edge that is not
    /// hit yet, and only as long as every chosen column hits an edge that no other one hits. So each minimal set comes
    /// once, and no memory is needed for those that came before. What cannot be hit with so many columns is cut off, and
    /// the result says whether anything was.
    pub(super) fn minimal_hitting_sets(
        &self,
        largest: usize,
        effort: &mut Effort,
        emit: &mut dyn FnMut(ColumnSet) -> Result<(), Stop>,
    ) -> Result<bool, Stop> {
        let words = self.0.len().div_ceil(64);
        let all = self.0.iter().fold(ColumnSet::EMPTY, |all, edge| all.union(*edge));
        let mut containing = vec![vec![0; words]; all.iter().last().map_or(0, |last| last + 1)];
        let mut uncovered = vec![0; words];
        for (at, edge) in self.0.iter().enumerate() {
            uncovered[at / 64] |= 1_u64 << (at % 64);
            for column in edge.iter() {
                containing[column][at / 64] |= 1_u64 << (at % 64);
            }
        }
        let mut enumeration = Enumeration {
            edges: &self.0,
            containing,
            words,
            largest,
            frames: vec![uncovered],
            cut: false,
            effort,
            emit,
        };
        enumeration.descend(ColumnSet::EMPTY, 0, all)?;
        Ok(enumeration.cut)
    }
}

/// A set of edges, by their places, is a row of bits here.
struct Enumeration<'a> {
    edges: &'a [ColumnSet],
    /// For each column the edges that it is in.
    containing: Vec<Vec<u64>>,
    /// How many words a row of bits has.
    words: usize,
    largest: usize,
    /// For each depth the edges that are not hit, followed by those that are hit by one chosen column only, for each
    /// chosen column.
    frames: Vec<Vec<u64>>,
    /// Whether a branch was left because it needs more columns.
    cut: bool,
    effort: &'a mut Effort,
    emit: &'a mut dyn FnMut(ColumnSet) -> Result<(), Stop>,
}

/// What is to be done where some edges are not hit yet.
enum Branch {
    /// Nothing is left to hit.
    Done,
    /// They cannot be hit.
    Dead,
    /// One of these columns must be taken.
    On(ColumnSet),
}

impl Enumeration<'_> {
    fn descend(&mut self, chosen: ColumnSet, depth: usize, candidates: ColumnSet) -> Result<(), Stop> {
        // A frame is made fast; the edges that are not hit are looked at one by one.
        self.effort.spend(1 + self.words * (depth + 1) / 4)?;
        let (branch, looked_at) = self.branch(depth, candidates);
        self.effort.spend(looked_at)?;
        let branch = match branch {
            Branch::Done => return (self.emit)(chosen),
            Branch::Dead => return Ok(()),
            Branch::On(branch) => branch,
        };
        let mut candidates = candidates.minus(branch);
        for column in branch.iter() {
            if self.choose(depth, column) {
                self.descend(chosen.with(column), depth + 1, candidates)?;
                candidates = candidates.with(column);
            }
        }
        Ok(())
    }

    /// Finds the edge with the fewest candidates, and says how many edges it has looked at.
    fn branch(&mut self, depth: usize, candidates: ColumnSet) -> (Branch, usize) {
        let room = self.largest.saturating_sub(depth);
        let mut fewest: Option<(usize, ColumnSet)> = None;
        let mut common = candidates;
        // Edges that have nothing in common need a column each.
        let (mut apart, mut taken) = (0, ColumnSet::EMPTY);
        let mut looked_at = 0;
        for edge in places(&self.frames[depth][..self.words]) {
            looked_at += 1;
            let usable = self.edges[edge].intersection(candidates);
            let count = usable.len();
            if fewest.is_none_or(|(least, _)| count < least) {
                fewest = Some((count, usable));
            }
            if usable.is_disjoint(taken) {
                apart += 1;
                taken = taken.union(usable);
            }
            if count == 0 {
                return (Branch::Dead, looked_at);
            }
            if apart > room {
                self.cut = true;
                return (Branch::Dead, looked_at);
            }
            common = common.intersection(usable);
        }
        let branch = match fewest {
            None => Branch::Done,
            Some((count, _)) if room == 1 => {
                self.cut |= common.len() < count;
                Branch::On(common)
            }
            Some((_, usable)) => Branch::On(usable),
        };
        (branch, looked_at)
    }

    /// Fills the frame of the next depth. False when a column chosen before would be of no use then.
    fn choose(&mut self, depth: usize, column: usize) -> bool {
        if self.frames.len() < depth + 2 {
            self.frames.push(vec![0; self.words * (depth + 2)]);
        }
        let (before, after) = self.frames.split_at_mut(depth + 1);
        let (frame, next) = (&before[depth], &mut after[0]);
        let hit = &self.containing[column];
        for (at, edges) in frame.chunks_exact(self.words).enumerate() {
            let kept = &mut next[at * self.words..(at + 1) * self.words];
            let mut any = 0;
            for ((kept, edges), hit) in kept.iter_mut().zip(edges).zip(hit) {
                *kept = edges & !hit;
                any |= *kept;
            }
            if at > 0 && any == 0 {
                return false;
            }
        }
        let own = &mut next[(depth + 1) * self.words..];
        for ((own, uncovered), hit) in own.iter_mut().zip(frame).zip(hit) {
            *own = uncovered & hit;
        }
        true
    }
}

/// The places of the bits that are set.
fn places(words: &[u64]) -> impl Iterator<Item = usize> {
    words.iter().enumerate().flat_map(|(word, bits)| {
        let mut bits = *bits;
        std::iter::from_fn(move || {
            let bit = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
            bits &= bits - 1;
            Some(word * 64 + bit)
        })
    })
}
