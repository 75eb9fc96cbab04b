//! What a catalog says of a table's dependencies.

use std::collections::BTreeMap;

use cogway_catalog::{
    Ancestry, Catalog, Column, Constraint, ConstraintForm, Definition, Domain, Index, Kind, Name, ObjectName,
    QualifiedName, TableForm, sql,
};

use super::Relation;
use super::note::{Inside, Note};
use crate::dependency::{ColumnSet, Dependency};

/// What is known of a table before anybody looks at its rows.
///
/// Columns are counted from 0, in the order of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The table.
    pub table: QualifiedName,
    /// Its columns.
    pub columns: Vec<KnownColumn>,
    /// Its keys, the primary one first: what PostgreSQL keeps unique, with no column that may be NULL.
    pub keys: Vec<DeclaredKey>,
    /// What else is worth saying.
    pub notes: Vec<Note>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownColumn {
    /// Its name.
    pub name: Name,
    /// Its type, as the table says it.
    pub data_type: String,
    /// The type below all domains, with modifiers.
    pub base_type: String,
    /// May it be NULL?
    pub nullable: bool,
    /// The columns that PostgreSQL computes it from, for a generated column: some more may be named, never fewer.
    pub computed_from: Option<ColumnSet>,
}

/// A key that PostgreSQL enforces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredKey {
    /// The constraint or the unique index.
    pub name: Name,
    /// Its columns.
    pub columns: ColumnSet,
    /// Is it the primary key?
    pub is_primary: bool,
}

/// The tables of a catalog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    /// Those that can be judged, by name. Partitions are not there by themselves: they are in their parent. Foreign tables
    /// are not there at all, since what they say of their keys is enforced by nobody.
    pub known: Vec<Known>,
    /// Those with more columns than [`ColumnSet::MOST`].
    pub too_wide: Vec<QualifiedName>,
}

impl Tables {
    /// The tables of a catalog.
    pub fn of(catalog: &Catalog) -> Tables {
        let mut indexes: BTreeMap<&QualifiedName, Vec<(&Name, &Index)>> = BTreeMap::new();
        for object in catalog.of_kind(Kind::Index) {
            if let Definition::Index(index) = &object.definition {
                let named = (object.id.bare_name(), index);
                indexes.entry(&index.relation).or_default().push(named);
            }
        }
        let mut tables = Tables::default();
        for object in catalog.of_kind(Kind::Table) {
            let (ObjectName::Qualified(name), Definition::Table(table)) =
                (&object.id.name, &object.definition)
            else {
                continue;
            };
            let is_foreign = matches!(table.form, TableForm::Foreign { .. });
            if is_foreign || matches!(table.ancestry, Ancestry::Partition { .. }) {
                continue;
            }
            let indexes = indexes.get(name).map_or(&[][..], Vec::as_slice);
            match Known::of(catalog, name, indexes) {
                Some(known) => tables.known.push(known),
                None => tables.too_wide.push(name.clone()),
            }
        }
        tables
    }
}

impl Known {
    /// What is known of rows that are in no database, such as those of a file: the names of the columns.
    pub fn of_columns(name: &str, columns: impl IntoIterator<Item = String>) -> Known {
        let columns = columns.into_iter().map(|name| KnownColumn {
            name: name.into(),
            data_type: "text".to_owned(),
            base_type: "text".to_owned(),
            nullable: true,
            computed_from: None,
        });
        Known {
            table: QualifiedName::new("", name),
            columns: columns.collect(),
            keys: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// None where there are too many columns.
    fn of(catalog: &Catalog, table: &QualifiedName, indexes: &[(&Name, &Index)]) -> Option<Known> {
        let mut columns: Vec<(&Name, &Column)> = catalog
            .parts(Kind::Column, table)
            .filter_map(|object| match &object.definition {
                Definition::Column(column) => Some((object.id.bare_name(), column)),
                _ => None,
            })
            .collect();
        if columns.len() > ColumnSet::MOST {
            return None;
        }
        columns.sort_by_key(|(_, column)| column.position);
        let mut known = Known {
            table: table.clone(),
            columns: columns
                .iter()
                .map(|(name, column)| known_column(catalog, name, column, &columns))
                .collect(),
            keys: Vec::new(),
            notes: Vec::new(),
        };
        known.note_columns(catalog);
        known.add_constraints(catalog, indexes);
        known.add_indexes(catalog, indexes);
        known.keys.sort_by_key(|key| (!key.is_primary, key.columns));
        if known.keys.is_empty() {
            known.notes.push(Note::NoKey);
        }
        Some(known)
    }

    /// The place of a column.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.columns
            .iter()
            .position(|column| column.name.as_str() == name)
    }

    /// The name of a column by its place.
    pub fn name(&self, place: usize) -> Name {
        self.columns
            .get(place)
            .map_or_else(|| Name::from(""), |column| column.name.clone())
    }

    /// The names of columns, in order.
    pub fn names(&self, columns: ColumnSet) -> Vec<Name> {
        columns.iter().map(|place| self.name(place)).collect()
    }

    /// The generated columns.
    pub fn computed(&self) -> ColumnSet {
        self.columns
            .iter()
            .enumerate()
            .filter(|(_, column)| column.computed_from.is_some())
            .map(|(place, _)| place)
            .collect()
    }

    /// The dependencies that PostgreSQL enforces: on keys, and of generated columns on what they are computed from.
    pub fn dependencies(&self) -> impl Iterator<Item = Dependency> {
        let of_keys = self.keys.iter().flat_map(|key| {
            (0..self.columns.len()).map(|dependent| Dependency {
                determinant: key.columns,
                dependent,
            })
        });
        let of_computed = self.columns.iter().enumerate().filter_map(|(dependent, column)| {
            column.computed_from.map(|determinant| Dependency {
                determinant,
                dependent,
            })
        });
        of_keys.chain(of_computed)
    }

    /// The relation that is judged: the columns with these dependencies and the further ones, without generated columns.
    /// PostgreSQL keeps those right, so that nothing that depends on them, or on which they depend, can be wrong because of
    /// them.
    pub fn relation(&self, further: impl IntoIterator<Item = Dependency>) -> Relation {
        let all = ColumnSet::first(self.columns.len());
        let relation = Relation::new(all, self.dependencies().chain(further));
        let stored = all.minus(self.computed());
        if stored == all {
            return relation;
        }
        match relation.onto(stored) {
            Some(projected) => projected,
            // Too many: what goes by way of generated columns is left out.
            None => Relation::new(stored, relation.dependencies().iter().copied()),
        }
    }

    fn note_columns(&mut self, catalog: &Catalog) {
        for column in &self.columns {
            if let Some(inside) = inside(catalog, &column.base_type) {
                self.notes.push(Note::Inside {
                    column: column.name.clone(),
                    data_type: column.data_type.clone(),
                    inside,
                });
            }
        }
        for column in &self.columns {
            if let Some(from) = column.computed_from {
                self.notes.push(Note::Computed {
                    column: column.name.clone(),
                    from: self.names(from),
                });
            }
        }
    }

    fn add_constraints(&mut self, catalog: &Catalog, indexes: &[(&Name, &Index)]) {
        let table = self.table.clone();
        for object in catalog.parts(Kind::Constraint, &table) {
            let Definition::Constraint(constraint) = &object.definition else {
                continue;
            };
            let name = object.id.bare_name();
            let is_primary = match constraint.form {
                ConstraintForm::PrimaryKey => true,
                ConstraintForm::Unique => false,
                ConstraintForm::Exclusion => {
                    self.notes.push(Note::Exclusion { name: name.clone() });
                    continue;
                }
                ConstraintForm::Check | ConstraintForm::ForeignKey | ConstraintForm::NotNull => continue,
            };
            if constraint.period {
                self.notes.push(Note::Exclusion { name: name.clone() });
                continue;
            }
            let Some(columns) = self.places(&constraint.columns) else {
                continue;
            };
            let index = indexes
                .iter()
                .find(|(index, _)| constraint.index.as_ref() == Some(*index));
            let nulls_equal = index.is_some_and(|(_, index)| index.nulls_not_distinct);
            self.add_key(name, columns, is_primary, nulls_equal);
        }
    }

    fn add_indexes(&mut self, catalog: &Catalog, indexes: &[(&Name, &Index)]) {
        let behind: Vec<&Constraint> = catalog
            .parts(Kind::Constraint, &self.table)
            .filter_map(|object| match &object.definition {
                Definition::Constraint(constraint) => Some(constraint),
                _ => None,
            })
            .collect();
        for (name, index) in indexes {
            let is_behind = |constraint: &&Constraint| {
                constraint.index.as_ref() == Some(*name) && constraint.form != ConstraintForm::ForeignKey
            };
            if !index.unique || !index.valid || behind.iter().any(is_behind) {
                continue;
            }
            if let Some(predicate) = &index.predicate {
                self.notes.push(Note::PartialUnique {
                    name: (*name).clone(),
                    predicate: predicate.clone(),
                });
                continue;
            }
            let places: Option<ColumnSet> = index.keys.iter().map(|key| self.place_of_key(key)).collect();
            match places {
                Some(columns) => self.add_key(name, columns, false, index.nulls_not_distinct),
                None => self.notes.push(Note::UniqueExpression {
                    name: (*name).clone(),
                    keys: index.keys.clone(),
                }),
            }
        }
    }

    fn add_key(&mut self, name: &Name, columns: ColumnSet, is_primary: bool, nulls_equal: bool) {
        let nullable: Vec<Name> = columns
            .iter()
            .filter(|&place| self.columns.get(place).is_some_and(|column| column.nullable))
            .map(|place| self.name(place))
            .collect();
        if nullable.is_empty() || nulls_equal {
            self.keys.push(DeclaredKey {
                name: name.clone(),
                columns,
                is_primary,
            });
        } else {
            self.notes.push(Note::NullableUnique {
                name: name.clone(),
                nullable,
            });
        }
    }

    fn places(&self, names: &[Name]) -> Option<ColumnSet> {
        names.iter().map(|name| self.place(name.as_str())).collect()
    }

    /// The column that a key of an index is: `email`, `email DESC`. None for an expression.
    fn place_of_key(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| {
            key.strip_prefix(&column.name.to_string())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
    }
}

fn known_column(catalog: &Catalog, name: &Name, column: &Column, all: &[(&Name, &Column)]) -> KnownColumn {
    let (base_type, refuses_null) = below_domains(catalog, &column.data_type);
    let computed_from = column.generated.as_ref().map(|expression| {
        // The expression is PostgreSQL's own text. Where a word in it only looks like a column, the dependency is on more
        // than it need be, and still holds.
        let is_mentioned = |other: &(usize, &(&Name, &Column))| {
            other.1.1.generated.is_none() && sql::mentions(expression, other.1.0.as_str())
        };
        let mentioned = all.iter().enumerate().filter(is_mentioned);
        mentioned.map(|(place, _)| place).collect()
    });
    KnownColumn {
        name: name.clone(),
        data_type: column.data_type.clone(),
        base_type,
        nullable: !column.not_null && !refuses_null,
        computed_from,
    }
}

/// The type below all domains, and whether one of them refuses NULL.
fn below_domains(catalog: &Catalog, data_type: &str) -> (String, bool) {
    let mut data_type = data_type.to_owned();
    let mut refuses_null = false;
    while let Some(domain) = domain(catalog, &data_type) {
        refuses_null |= domain.not_null;
        data_type.clone_from(&domain.data_type);
    }
    (data_type, refuses_null)
}

fn domain<'c>(catalog: &'c Catalog, data_type: &str) -> Option<&'c Domain> {
    catalog
        .of_kind(Kind::Domain)
        .find_map(|object| match (&object.id.name, &object.definition) {
            (ObjectName::Qualified(name), Definition::Domain(domain)) if name.to_string() == data_type => {
                Some(domain)
            }
            _ => None,
        })
}

/// What a value of this type consists of, where it is more than one value.
fn inside(catalog: &Catalog, data_type: &str) -> Option<Inside> {
    let bare = data_type.rsplit('.').next().unwrap_or(data_type);
    match bare {
        _ if data_type.ends_with("[]") => Some(Inside::Array),
        "json" | "jsonb" => Some(Inside::Json),
        "xml" => Some(Inside::Xml),
        "hstore" => Some(Inside::Hstore),
        _ => catalog
            .of_kind(Kind::CompositeType)
            .any(|object| match &object.id.name {
                ObjectName::Qualified(name) => name.to_string() == data_type,
                _ => false,
            })
            .then_some(Inside::Composite),
    }
}
