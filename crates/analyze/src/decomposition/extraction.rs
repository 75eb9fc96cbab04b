//! The scripts that take a table apart, rows and all, and put it together again.
//!
//! Up: a table for each further part, filled with the distinct rows of what moves; foreign keys to it; the moved columns
//! go. Down: the columns come back and are filled; what up has made goes. What would take more than that is refused, with
//! every object that is in the way.

mod exactness;
mod obstacle;
mod text;

use cogway_catalog::{Catalog, Column, Definition, Kind, Name, Object, ObjectId, QualifiedName};

use super::{Decomposition, Part};
use crate::dependency::ColumnSet;
use crate::normal_form::{Keys, Known, Relation};

pub use obstacle::Refused;

/// The scripts that take a table apart and put it together again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extraction {
    /// The new tables.
    pub tables: Vec<QualifiedName>,
    /// Takes it apart.
    pub up: String,
    /// Puts it together again.
    pub down: String,
    /// Do the columns come back in other places than they had? PostgreSQL adds columns behind all others.
    pub reorders: bool,
    /// Functions and procedures whose text speaks of the table and of a column that moves. PostgreSQL does not look into
    /// them.
    pub routines: Vec<String>,
}

/// A table that is to be made.
#[derive(Debug)]
struct NewTable {
    name: QualifiedName,
    part: Part,
    /// Further keys, beside that of the part.
    unique: Vec<ColumnSet>,
    /// Checks and foreign keys that move with their columns.
    constraints: Vec<Carried>,
}

/// A constraint that moves: its name on the old table, and what it demands.
#[derive(Clone, Debug)]
struct Carried {
    name: Name,
    demand: String,
}

/// A foreign key that is to be made, from a table to a new one by its key.
#[derive(Debug)]
struct Reference {
    from: QualifiedName,
    name: Name,
    /// The place of the new table.
    to: usize,
}

/// Everything that both scripts are written from.
#[derive(Debug)]
struct Design<'c> {
    known: &'c Known,
    /// The old table.
    table: &'c Object,
    /// The columns, by place.
    columns: Vec<(&'c Object, &'c Column)>,
    moved: ColumnSet,
    /// The columns whose values may be equal without being the same.
    inexact: ColumnSet,
    /// The new tables, each after those by whose columns it is found again.
    tables: Vec<NewTable>,
    references: Vec<Reference>,
    /// Are there triggers that must not see the rows being put together again?
    has_triggers: bool,
    reorders: bool,
    routines: Vec<String>,
}

/// The scripts for a decomposition of a table: the first part is what the table becomes.
///
/// # Errors
/// [`Refused`], with everything that makes it more than moving columns.
pub fn extraction(
    catalog: &Catalog,
    known: &Known,
    relation: &Relation,
    decomposition: &Decomposition,
) -> Result<Extraction, Refused> {
    let design = design(catalog, known, relation, decomposition)?;
    Ok(Extraction {
        tables: design.tables.iter().map(|table| table.name.clone()).collect(),
        up: text::up(&design),
        down: text::down(&design),
        reorders: design.reorders,
        routines: design.routines,
    })
}

fn design<'c>(
    catalog: &'c Catalog,
    known: &'c Known,
    relation: &Relation,
    decomposition: &Decomposition,
) -> Result<Design<'c>, Refused> {
    let Some((stays, others)) = decomposition.parts.split_first() else {
        return Err(Refused::because("there is nothing to take apart"));
    };
    let table = catalog
        .get(&ObjectId::qualified(Kind::Table, known.table.clone()))
        .ok_or_else(|| Refused::because("it is not in the catalog"))?;
    let columns = columns(catalog, known)?;
    let moved = relation.columns().minus(stays.columns);
    let found = obstacle::Found::about(catalog, known, table, &columns, moved, others);
    let mut refused = found.refused;
    let ordered = match in_order(stays.columns, others) {
        Some(ordered) => ordered,
        None => {
            refused.add("the parts hang on each other in a circle");
            Vec::new()
        }
    };
    refused.or(())?;
    let mut taken = Taken::of(catalog, &known.table);
    let mut tables = Vec::new();
    for part in ordered {
        let unique = relation
            .onto(part.columns)
            .map(|part_alone| Keys::of(&part_alone).all)
            .unwrap_or_default();
        let carried = found
            .carried
            .iter()
            .filter(|(columns, _)| columns.is_subset(part.columns));
        tables.push(NewTable {
            name: taken.name_for(known, part),
            part,
            unique: unique.into_iter().filter(|key| *key != part.key).collect(),
            constraints: carried.map(|(_, constraint)| constraint.clone()).collect(),
        });
    }
    let references = references(known, stays, &tables, &mut taken);
    let last_kept = (0..columns.len()).filter(|place| !moved.contains(*place)).max();
    Ok(Design {
        known,
        table,
        inexact: exactness::inexact(catalog, known, &columns),
        columns,
        moved,
        reorders: moved
            .iter()
            .any(|place| last_kept.is_some_and(|last| place < last)),
        tables,
        references,
        has_triggers: found.has_triggers,
        routines: found.routines,
    })
}

fn columns<'c>(catalog: &'c Catalog, known: &Known) -> Result<Vec<(&'c Object, &'c Column)>, Refused> {
    let column = |name: &Name| {
        let id = ObjectId::part(Kind::Column, known.table.clone(), name.clone());
        let object = catalog.get(&id)?;
        match &object.definition {
            Definition::Column(column) => Some((&**object, column)),
            _ => None,
        }
    };
    known
        .columns
        .iter()
        .map(|known| column(&known.name).ok_or_else(|| Refused::because("it is not in the catalog")))
        .collect()
}

/// The parts so that each is found by columns that are there, or come from a part before it. None where there is no such
/// order.
fn in_order(stays: ColumnSet, parts: &[Part]) -> Option<Vec<Part>> {
    let mut there = stays;
    let mut open = parts.to_vec();
    let mut ordered = Vec::new();
    while !open.is_empty() {
        let next = open.iter().position(|part| part.key.is_subset(there))?;
        let part = open.remove(next);
        there = there.union(part.columns);
        ordered.push(part);
    }
    Some(ordered)
}

/// A foreign key from every table that holds the key of a new one.
fn references(known: &Known, stays: &Part, tables: &[NewTable], taken: &mut Taken) -> Vec<Reference> {
    let mut references = Vec::new();
    for (to, table) in tables.iter().enumerate() {
        let key = table.part.key;
        let others = tables.iter().enumerate().filter(|(place, _)| *place != to);
        let from = std::iter::once((&known.table, stays.columns))
            .chain(others.map(|(_, other)| (&other.name, other.part.columns)))
            .filter(|(_, columns)| key.is_subset(*columns));
        for (from, _) in from {
            let columns: Vec<String> = known
                .names(key)
                .iter()
                .map(|name| name.as_str().to_owned())
                .collect();
            let wanted = format!("{}_{}_fkey", from.name.as_str(), columns.join("_"));
            references.push(Reference {
                from: from.clone(),
                name: taken.free(&wanted),
                to,
            });
        }
    }
    references
}

/// The names that are taken in a schema: by relations, and by constraints of the table.
struct Taken(std::collections::BTreeSet<String>);

impl Taken {
    fn of(catalog: &Catalog, table: &QualifiedName) -> Taken {
        const RELATIONS: [Kind; 9] = [
            Kind::Table,
            Kind::View,
            Kind::MaterializedView,
            Kind::Sequence,
            Kind::Index,
            Kind::CompositeType,
            Kind::Enum,
            Kind::Domain,
            Kind::Range,
        ];
        let relations = RELATIONS.into_iter().flat_map(|kind| catalog.of_kind(kind));
        let of_schema = relations.filter_map(|object| match &object.id.name {
            cogway_catalog::ObjectName::Qualified(name) if name.schema == table.schema => {
                Some(name.name.as_str().to_owned())
            }
            _ => None,
        });
        let constraints = catalog.parts(Kind::Constraint, table);
        let constraints = constraints.map(|object| object.id.bare_name().as_str().to_owned());
        Taken(of_schema.chain(constraints).collect())
    }

    /// The name of the table for a part: that of the old one, and of the columns that are its key.
    fn name_for(&mut self, known: &Known, part: Part) -> QualifiedName {
        let key: Vec<String> = known
            .names(part.key)
            .iter()
            .map(|name| name.as_str().to_owned())
            .collect();
        let wanted = format!("{}_{}", known.table.name.as_str(), key.join("_"));
        QualifiedName::new(known.table.schema.clone(), self.free(&wanted))
    }

    /// A name as wanted, as far as it is free and PostgreSQL has room for it; with a number otherwise. It is taken then.
    fn free(&mut self, wanted: &str) -> Name {
        /// PostgreSQL cuts longer names off.
        const ROOM: usize = 63;
        let mut number = 1;
        loop {
            let suffix = if number == 1 {
                String::new()
            } else {
                format!("_{number}")
            };
            let mut name = wanted.to_owned();
            while name.len() + suffix.len() > ROOM {
                name.pop();
            }
            name += &suffix;
            if self.0.insert(name.clone()) {
                return name.into();
            }
            number += 1;
        }
    }
}
