//! Entities and relations: what a schema looks like.
//!
//! [`er`] computes a [`Diagram`] of a catalog: its tables with their columns, and its foreign keys with how many rows can
//! stand at each end. A diagram is drawn as [SVG](svg::draw), or written as [Mermaid](mermaid::write).
//!
//! ```
//! use cogway_analyze::er::{er, layout::Detail, mermaid};
//! use cogway_catalog::Catalog;
//!
//! let diagram = er(&Catalog::default());
//! assert!(diagram.entities.is_empty());
//! assert_eq!(mermaid::write(&diagram, Detail::Full), "erDiagram\n");
//! ```
//!
//! What a foreign key says of its two ends:
//!
//! - Of the row that is referred to there is [exactly one](Cardinality::ExactlyOne) where no column of the key can be NULL,
//!   else [zero or one](Cardinality::ZeroOrOne).
//! - Of rows that refer there is always the possibility of none. There can be [at most one](Cardinality::ZeroOrOne) where
//!   the columns of the key, or some of them, are unique; else [any number](Cardinality::ZeroOrMany).
//! - A key over periods (PostgreSQL 18) refers to as many rows as it takes to cover its period.
//!
//! Partitions are folded into the table that they are parts of, and so are their foreign keys.

mod join_table;
mod keys;
pub mod layout;
pub mod mermaid;
mod partition;
mod reading;
pub mod svg;
mod type_name;
mod width;

use std::collections::BTreeSet;

use cogway_catalog::{Name, QualifiedName};

pub use reading::er;
pub use type_name::short_type;

/// The tables of a schema, and how they are related.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagram {
    /// The tables, by schema and name. Those without relations are among them.
    pub entities: Vec<Entity>,
    /// The foreign keys, by the table that has them, then by name.
    pub relations: Vec<Relation>,
    /// The tables that say which rows of others belong together.
    pub join_tables: Vec<JoinTable>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its name.
    pub name: QualifiedName,
    /// The comment on it.
    pub comment: Option<String>,
    /// What keeps its rows.
    pub form: EntityForm,
    /// Its columns, in their order.
    pub attributes: Vec<Attribute>,
}

/// What keeps the rows of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntityForm {
    /// The table itself.
    Ordinary,
    /// Its partitions.
    Partitioned {
        /// The partition key: `RANGE (sold_at)`.
        key: String,
        /// The partitions by name, and the partitions of those.
        partitions: Vec<QualifiedName>,
    },
    /// A foreign server.
    Foreign {
        /// The server.
        server: Name,
    },
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: Name,
    /// Its type, as [`short_type`] writes it.
    pub data_type: String,
    /// The comment on it.
    pub comment: Option<String>,
    /// Can it be NULL? Neither the column nor its domain refuses that.
    pub nullable: bool,
    /// Which keys it is a part of.
    pub keys: Keys,
}

/// Which keys a column is a part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Is it a part of the primary key?
    pub primary: bool,
    /// Is it a part of a foreign key?
    pub foreign: bool,
    /// Is it unique alone, other than as the primary key?
    pub unique: bool,
}

impl Keys {
    /// Is it a part of any?
    pub fn any(self) -> bool {
        self.primary || self.foreign || self.unique
    }
}

/// A foreign key: rows of the child refer to rows of the parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The name of the constraint.
    pub name: Name,
    /// The table that refers: its place among the entities.
    pub child: usize,
    /// The columns there: their places among the attributes.
    pub columns: Vec<usize>,
    /// The table that is referred to; the same where a table refers to itself.
    pub parent: usize,
    /// The columns there.
    pub referenced: Vec<usize>,
    /// How many rows of the child can refer to one row of the parent.
    pub child_end: Cardinality,
    /// How many rows of the parent one row of the child refers to.
    pub parent_end: Cardinality,
    /// Can the data be relied on?
    pub checked: Checked,
    /// The partition that alone has this key, where the partitioned table has it not.
    pub only_in: Option<QualifiedName>,
}

impl Relation {
    /// The relation in two words: `1:1`, `1:N`, or `N:M` for a key over periods.
    pub fn kind(&self) -> &'static str {
        match (self.parent_end.most(), self.child_end.most()) {
            (Most::One, Most::One) => "1:1",
            (Most::One, Most::Many) => "1:N",
            (Most::Many, _) => "N:M",
        }
    }
}

/// How many rows there can be at an end of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cardinality {
    /// One, or none.
    ZeroOrOne,
    /// One, never none.
    ExactlyOne,
    /// Any number, or none.
    ZeroOrMany,
    /// Any number, never none.
    OneOrMany,
}

/// How many rows there are at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Most {
    /// One.
    One,
    /// Any number.
    Many,
}

impl Cardinality {
    /// With the least and the most that there can be.
    fn new(optional: bool, most: Most) -> Cardinality {
        match (optional, most) {
            (true, Most::One) => Cardinality::ZeroOrOne,
            (false, Most::One) => Cardinality::ExactlyOne,
            (true, Most::Many) => Cardinality::ZeroOrMany,
            (false, Most::Many) => Cardinality::OneOrMany,
        }
    }

    /// How many there are at most.
    pub fn most(self) -> Most {
        match self {
            Cardinality::ZeroOrOne | Cardinality::ExactlyOne => Most::One,
            Cardinality::ZeroOrMany | Cardinality::OneOrMany => Most::Many,
        }
    }

    /// Can there be none?
    pub fn is_optional(self) -> bool {
        matches!(self, Cardinality::ZeroOrOne | Cardinality::ZeroOrMany)
    }

    /// In words: `zero or one`.
    pub fn words(self) -> &'static str {
        match self {
            Cardinality::ZeroOrOne => "zero or one",
            Cardinality::ExactlyOne => "exactly one",
            Cardinality::ZeroOrMany => "zero or many",
            Cardinality::OneOrMany => "one or many",
        }
    }
}

/// Whether all rows obey a foreign key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// They do.
    Always,
    /// New ones do; those of before were never checked (`NOT VALID`).
    NewRows,
    /// Nobody checks (`NOT ENFORCED`, PostgreSQL 18).
    Never,
}

/// A table that says which rows of other tables belong together: a many-to-many relation.
///
/// It has a key that consists of foreign keys, each of which alone can occur many times. Columns beside that key tell more
/// about what belongs together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinTable {
    /// The table: its place among the entities.
    pub entity: usize,
    /// Its foreign keys, two or more: their places among the relations.
    pub relations: Vec<usize>,
}

impl Diagram {
    /// The place of a table.
    pub fn find(&self, name: &QualifiedName) -> Option<usize> {
        self.entities.iter().position(|entity| entity.name == *name)
    }

    /// What a table is called in pictures: without its schema where that is `public`, or the only one.
    pub fn label(&self, entity: usize) -> String {
        let Some(it) = self.entities.get(entity) else {
            return String::new();
        };
        let schema = &it.name.schema;
        if schema.as_str() == "public" || self.entities.iter().all(|other| other.name.schema == *schema) {
            it.name.name.as_str().to_owned()
        } else {
            format!("{}.{}", schema.as_str(), it.name.name.as_str())
        }
    }

    /// The columns in whose rows the line of a relation ends, of the child and of the parent. Of a composite key they are
    /// the ones that tell it from others: those of `(customer_id, billing_address)` and `(customer_id, delivery_address)` are
    /// the addresses, of which each is in one key only.
    pub fn ends(&self, relation: &Relation) -> (Option<usize>, Option<usize>) {
        let keys_with = |column: usize| {
            self.relations
                .iter()
                .filter(|other| other.child == relation.child && other.columns.contains(&column))
                .count()
        };
        let pairs = relation.columns.iter().zip(&relation.referenced);
        let rarest = pairs.min_by_key(|(column, _)| keys_with(**column));
        rarest.map(|(child, parent)| (*child, *parent)).unzip()
    }

    /// The join table that this entity is, if it is one.
    pub fn join_table(&self, entity: usize) -> Option<&JoinTable> {
        self.join_tables.iter().find(|join| join.entity == entity)
    }

    /// Some of the tables, with the relations among them.
    #[must_use]
    pub fn only(&self, keep: &BTreeSet<usize>) -> Diagram {
        let place = |old: usize| keep.iter().position(|kept| *kept == old);
        let mut relation_places = vec![None; self.relations.len()];
        let mut diagram = Diagram::default();
        for &entity in keep {
            diagram.entities.extend(self.entities.get(entity).cloned());
        }
        for (relation, new) in self.relations.iter().zip(&mut relation_places) {
            if let (Some(child), Some(parent)) = (place(relation.child), place(relation.parent)) {
                *new = Some(diagram.relations.len());
                diagram.relations.push(Relation {
                    child,
                    parent,
                    ..relation.clone()
                });
            }
        }
        for join in &self.join_tables {
            let relations: Vec<usize> = join
                .relations
                .iter()
                .filter_map(|it| relation_places.get(*it).copied().flatten())
                .collect();
            if let Some(entity) = place(join.entity)
                && relations.len() == join.relations.len()
            {
                diagram.join_tables.push(JoinTable { entity, relations });
            }
        }
        diagram
    }

    /// These tables, and all that refer to them or are referred to by them.
    pub fn neighbourhood(&self, of: &BTreeSet<usize>) -> BTreeSet<usize> {
        let mut all = of.clone();
        for relation in &self.relations {
            if of.contains(&relation.child) || of.contains(&relation.parent) {
                all.extend([relation.child, relation.parent]);
            }
        }
        all
    }
}
