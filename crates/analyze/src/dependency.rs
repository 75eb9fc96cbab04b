//! Functional dependencies: whenever two rows agree in some columns, they agree in another.

mod column_set;

pub use column_set::ColumnSet;

/// A functional dependency with one column on its right: *the determinant determines the dependent*.
///
/// An empty determinant says that the dependent has the same value in all rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dependency {
    /// The columns on the left.
    pub determinant: ColumnSet,
    /// The place of the column on the right.
    pub dependent: usize,
}

impl Dependency {
    /// Does it say nothing, because its dependent is part of its determinant?
    pub fn is_trivial(&self) -> bool {
        self.determinant.contains(self.dependent)
    }
}
