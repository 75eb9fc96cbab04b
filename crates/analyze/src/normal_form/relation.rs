//! A relation as the theory sees it: columns, and the dependencies that hold among them.

use crate::dependency::{ColumnSet, Dependency};

/// Columns, and the functional dependencies that hold among them.
///
/// Everything that follows from these dependencies holds too; what follows is computed when it is asked for. Dependencies
/// are in order and each is there once, so that the same relation always gives the same answers in the same order.
///
/// ```
/// use cogway_analyze::dependency::{ColumnSet, Dependency};
/// use cogway_analyze::normal_form::Relation;
///
/// // An address: 0 id, 1 street, 2 postcode, 3 city.
/// let depends = |determinant: &[usize], dependent| Dependency {
///     determinant: determinant.iter().copied().collect(),
///     dependent,
/// };
/// let address = Relation::new(
///     ColumnSet::first(4),
///     [depends(&[0], 1), depends(&[0], 2), depends(&[0], 3), depends(&[2], 3)],
/// );
/// assert_eq!(address.closure(ColumnSet::of(2)), [2, 3].into_iter().collect());
/// assert!(address.is_superkey(ColumnSet::of(0)));
/// // That the id determines the city follows from the other dependencies.
/// assert_eq!(address.minimal_cover().dependencies().len(), 3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    columns: ColumnSet,
    dependencies: Vec<Dependency>,
}

impl Relation {
    /// A relation with these columns. Dependencies that say nothing, or that speak of other columns, are left out.
    pub fn new(columns: ColumnSet, dependencies: impl IntoIterator<Item = Dependency>) -> Relation {
        let is_of_it = |dependency: &Dependency| {
            !dependency.is_trivial()
                && dependency.determinant.is_subset(columns)
                && columns.contains(dependency.dependent)
        };
        let mut dependencies: Vec<Dependency> = dependencies.into_iter().filter(is_of_it).collect();
        dependencies.sort_unstable();
        dependencies.dedup();
        Relation {
            columns,
            dependencies,
        }
    }

    /// Its columns.
    pub fn columns(&self) -> ColumnSet {
        self.columns
    }

    /// Its dependencies, in order.
    pub fn dependencies(&self) -> &[Dependency] {
        &self.dependencies
    }

    /// All columns that these determine, themselves among them.
    pub fn closure(&self, of: ColumnSet) -> ColumnSet {
        closure(&self.dependencies, of)
    }

    /// Does the dependency follow from those of the relation?
    pub fn implies(&self, dependency: Dependency) -> bool {
        self.closure(dependency.determinant)
            .contains(dependency.dependent)
    }

    /// Do these columns determine all others?
    pub fn is_superkey(&self, columns: ColumnSet) -> bool {
        self.columns.is_subset(self.closure(columns))
    }

    /// The relation with a minimal cover of its dependencies: the same follows from them, none can be left out, and no
    /// column can be left out of a determinant.
    ///
    /// There are several minimal covers; this is always the same one. Where one of two dependencies can go, the one with
    /// the larger determinant does.
    pub fn minimal_cover(&self) -> Relation {
        let mut cover: Vec<Dependency> = self
            .dependencies
            .iter()
            .map(|&dependency| Dependency {
                determinant: self.reduced(dependency),
                ..dependency
            })
            .collect();
        cover.sort_unstable();
        cover.dedup();
        without_redundant(&mut cover, &[]);
        Relation {
            columns: self.columns,
            dependencies: cover,
        }
    }

    /// What of a determinant is needed to determine the dependent.
    fn reduced(&self, dependency: Dependency) -> ColumnSet {
        let needed = |less: ColumnSet| !self.closure(less).contains(dependency.dependent);
        let determinant = dependency.determinant;
        determinant.iter().fold(determinant, |left, column| {
            let less = left.without(column);
            if needed(less) { left } else { less }
        })
    }

    /// The relation that is left when a table keeps only some columns, with every dependency that still holds among them
    /// (as a minimal cover). None where there would be more than [`MOST_PROJECTED`] dependencies on the way: their number
    /// can grow exponentially.
    ///
    /// Columns are taken out one by one; what determines such a column takes its place in the determinants that it was in
    /// (reduction by resolution: G. Gottlob, Computing covers for embedded functional dependencies, PODS 1987).
    pub fn onto(&self, columns: ColumnSet) -> Option<Relation> {
        let mut dependencies = self.minimal_cover().dependencies;
        for column in self.columns.minus(columns).iter() {
            dependencies = resolved(&dependencies, column)?;
        }
        Some(Relation::new(self.columns.intersection(columns), dependencies).minimal_cover())
    }
}

/// So many dependencies [`Relation::onto`] looks at before it gives up.
pub const MOST_PROJECTED: usize = 4_000;

/// The dependencies without a column, each with what determined the column in its place.
fn resolved(dependencies: &[Dependency], column: usize) -> Option<Vec<Dependency>> {
    let (with, mut left): (Vec<Dependency>, Vec<Dependency>) = dependencies
        .iter()
        .copied()
        .partition(|dependency| dependency.dependent == column || dependency.determinant.contains(column));
    let determining = || with.iter().filter(|dependency| dependency.dependent == column);
    for user in with.iter().filter(|dependency| dependency.dependent != column) {
        for maker in determining() {
            let resolvent = Dependency {
                determinant: user.determinant.without(column).union(maker.determinant),
                dependent: user.dependent,
            };
            let is_stronger = |other: &Dependency| {
                other.dependent == resolvent.dependent && other.determinant.is_subset(resolvent.determinant)
            };
            if resolvent.is_trivial() || left.iter().any(is_stronger) {
                continue;
            }
            left.retain(|other| {
                other.dependent != resolvent.dependent || !resolvent.determinant.is_subset(other.determinant)
            });
            left.push(resolvent);
            if left.len() > MOST_PROJECTED {
                return None;
            }
        }
    }
    Some(left)
}

/// All columns that these determine by the dependencies, themselves among them.
pub(crate) fn closure(dependencies: &[Dependency], of: ColumnSet) -> ColumnSet {
    let mut closure = of;
    let mut open: Vec<&Dependency> = dependencies.iter().collect();
    loop {
        let before = closure;
        open.retain(|dependency| {
            let applies = dependency.determinant.is_subset(closure);
            if applies {
                closure = closure.with(dependency.dependent);
            }
            !applies
        });
        if closure == before {
            return closure;
        }
    }
}

/// Takes out dependencies, from the last on, that follow from those that stay and the further ones.
pub(crate) fn without_redundant(dependencies: &mut Vec<Dependency>, further: &[Dependency]) {
    let mut all: Vec<Dependency> = dependencies.iter().chain(further).copied().collect();
    let mut at = dependencies.len();
    while at > 0 {
        at -= 1;
        let candidate = all.remove(at);
        if closure(&all, candidate.determinant).contains(candidate.dependent) {
            dependencies.remove(at);
        } else {
            all.insert(at, candidate);
        }
    }
}
