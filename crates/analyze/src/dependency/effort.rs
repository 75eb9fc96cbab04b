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

    /// Notes steps before, or soon after, they are done.
    pub(super) fn spend(&mut self, steps: usize) -> Result<(), Exhausted> {
        self.left = self.left.checked_sub(steps as u64).ok_or(Exhausted)?;
        Ok(())
    }
}
