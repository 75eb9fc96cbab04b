//! How much work a search may still be.

/// The work that is left.
///
/// It is counted and not timed, so that the same rows lead to the same result on every machine.
#[derive(Debug)]
pub(super) struct Effort {
    left: u64,
}

/// The search is more work than it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exhausted;

impl Effort {
    /// So many steps.
    pub(super) fn new(steps: u64) -> Effort {
        Effort { left: steps }
    }

    /// Does some work with a part of what is left. What that does not need comes back.
    pub(super) fn lend<T>(&mut self, part: u64, work: impl FnOnce(&mut Effort) -> T) -> T {
        let lent = self.left / part;
        let mut effort = Effort::new(lent);
        let result = work(&mut effort);
        self.left -= lent - effort.left;
        result
    }

    /// Notes steps before, or soon after, they are done. Once there are too few left, none are.
    pub(super) fn spend(&mut self, steps: usize) -> Result<(), Exhausted> {
        let left = self.left.checked_sub(steps as u64);
        self.left = left.unwrap_or(0);
        left.map(drop).ok_or(Exhausted)
    }
}
