//! A table that is to be filled, as its catalog describes it.

use std::collections::{BTreeMap, BTreeSet};

use cogway_catalog::{
    Ancestry, Catalog, ConstraintForm, Definition, Kind, Name, ObjectName, QualifiedName, TableForm,
};

use super::column::Column;
use super::data_type::DataType;

/// A table that is to be filled. Columns are meant by their places, from 0.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) name: QualifiedName,
    pub(crate) comment: Option<String>,
    /// In the order in which they stand.
    pub(crate) columns: Vec<Column>,
    /// Where the values of each come from.
    pub(crate) origins: Vec<Origin>,
    /// The default of each, as an expression.
    pub(crate) defaults: Vec<Option<String>>,
    /// What must be unique.
    pub(crate) keys: Vec<Key>,
    /// What it refers to.
    pub(crate) references: Vec<Reference>,
    /// What PostgreSQL computes each from, where it does.
    pub(crate) generated: Vec<Option<String>>,
    /// Conditions on its rows: name and expression.
    pub(crate) checks: Vec<(String, String)>,
    /// What must not meet.
    pub(crate) exclusions: Vec<Exclusion>,
    /// Its partitions, for a partitioned table.
    pub(crate) partitioning: Option<Partitioning>,
    /// Has it triggers that a user made and that fire when a row is inserted?
    pub(crate) triggers: Triggers,
    /// Are policies enforced on its owner too?
    pub(crate) forces_policies: bool,
}

/// Where the values of a column come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// From the seeder.
    Made,
    /// From a sequence, which the seeder moves on.
    Sequence(Counting),
    /// From PostgreSQL, which computes it.
    Generated,
}

/// How a sequence counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Counting {
    pub(crate) sequence: QualifiedName,
    pub(crate) increment: i64,
    pub(crate) minimum: i64,
    pub(crate) maximum: i64,
}

/// Something that must be unique.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    /// Of the index.
    pub(crate) name: Name,
    pub(crate) parts: Vec<Part>,
    /// Only for rows with this.
    pub(crate) predicate: Option<String>,
    /// Are NULLs duplicates of each other?
    pub(crate) nulls_are_equal: bool,
    pub(crate) is_primary: bool,
}

/// A part of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Column(usize),
    /// An expression, with operator class and the like after it.
    Expression(String),
}

/// A foreign key.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    /// Of the constraint.
    pub(crate) name: Name,
    pub(crate) columns: Vec<usize>,
    pub(crate) to: QualifiedName,
    pub(crate) to_columns: Vec<Name>,
    /// `MATCH FULL`: all of its columns are NULL, or none?
    pub(crate) is_full: bool,
    /// Can it be taken off and put on again without a trace? Not where partitions have parts of it.
    pub(crate) is_local: bool,
    /// Is it no constraint, but said by the name of its column?
    pub(crate) is_implied: bool,
}

/// An exclusion constraint.
#[derive(Clone, Debug)]
pub(crate) struct Exclusion {
    pub(crate) name: Name,
    /// What is compared, and the operator without its schema.
    pub(crate) parts: Vec<(Part, String)>,
    pub(crate) predicate: Option<String>,
}

/// The partitions of a table, to the last: rows go into one of these.
#[derive(Clone, Debug, Default)]
pub(crate) struct Partitioning {
    /// Each with the keys and bounds from the root down: `RANGE (sold_at)`, `FOR VALUES FROM … TO …`.
    pub(crate) leaves: Vec<Vec<(String, String)>>,
    /// The names of the same.
    pub(crate) names: Vec<QualifiedName>,
    /// Are there others, whose rows are on another server?
    pub(crate) has_foreign: bool,
}

/// What fires when a row is inserted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Triggers {
    /// Before the row, and may change it.
    pub(crate) before: bool,
    /// After it.
    pub(crate) after: bool,
}

/// The tables of a catalog that hold rows themselves, by name; and those that are left out, with the reason.
pub(crate) fn tables(catalog: &Catalog) -> (Vec<Table>, Vec<(QualifiedName, String)>) {
    let mut found = Vec::new();
    let mut left_out = Vec::new();
    let owned = identity_sequences(catalog);
    let indexes = Indexes::of(catalog);
    for object in catalog.of_kind(Kind::Table) {
        let (Definition::Table(table), ObjectName::Qualified(name)) = (&object.definition, &object.id.name)
        else {
            continue;
        };
        if let TableForm::Foreign { server, .. } = &table.form {
            left_out.push((
                name.clone(),
                format!("a foreign table: its rows are kept by the server {server}"),
            ));
            continue;
        }
        if matches!(table.ancestry, Ancestry::Partition { .. }) {
            continue;
        }
        let mut made = Table {
            name: name.clone(),
            comment: object.comment.clone(),
            columns: Vec::new(),
            origins: Vec::new(),
            defaults: Vec::new(),
            generated: Vec::new(),
            keys: Vec::new(),
            references: Vec::new(),
            checks: Vec::new(),
            exclusions: Vec::new(),
            partitioning: None,
            triggers: triggers(catalog, name),
            forces_policies: table.row_security && table.force_row_security,
        };
        add_columns(&mut made, catalog, &owned);
        if let TableForm::Partitioned { key } = &table.form {
            let mut partitioning = Partitioning::default();
            add_leaves(catalog, name, key, &mut Vec::new(), &mut partitioning);
            if partitioning.leaves.is_empty() {
                left_out.push((
                    name.clone(),
                    "it has no partitions that could take a row".to_owned(),
                ));
                continue;
            }
            made.partitioning = Some(partitioning);
        }
        let primary = add_constraints(&mut made, catalog, &indexes);
        for (index_name, index) in indexes.on(name) {
            if index.unique && !indexes.excludes(name, index_name) {
                let parts = index.keys.iter().map(|key| made.part(key)).collect();
                made.keys.push(Key {
                    name: index_name.clone(),
                    parts,
                    predicate: index.predicate.clone(),
                    nulls_are_equal: index.nulls_not_distinct,
                    is_primary: primary.as_ref() == Some(index_name),
                });
            }
        }
        made.keys
            .sort_by_key(|key| (!key.is_primary, key.parts.len(), key.name.clone()));
        found.push(made);
    }
    (found, left_out)
}

impl Table {
    /// The place of the column of that name.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The places of the columns that are written: all but those that PostgreSQL computes.
    pub(crate) fn written(&self) -> Vec<usize> {
        (0..self.columns.len())
            .filter(|&place| self.origins[place] != Origin::Generated)
            .collect()
    }

    /// A key of an index as a column, where it is one.
    fn part(&self, key: &str) -> Part {
        let by_name = self.columns.iter().position(|column| {
            let name = cogway_catalog::sql::quote_ident(&column.name);
            key.strip_prefix(&name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        });
        match by_name {
            Some(place) => Part::Column(place),
            None => Part::Expression(key.to_owned()),
        }
    }
}

fn add_columns(made: &mut Table, catalog: &Catalog, owned: &BTreeMap<(QualifiedName, Name), QualifiedName>) {
    let mut columns: Vec<_> = catalog
        .parts(Kind::Column, &made.name)
        .filter_map(|object| match &object.definition {
            Definition::Column(column) => Some((object, column)),
            _ => None,
        })
        .collect();
    columns.sort_by_key(|(_, column)| column.position);
    for (object, column) in columns {
        let name = object.id.bare_name();
        let sequence = match (&column.identity, &column.default) {
            (Some(_), _) => owned.get(&(made.name.clone(), name.clone())).cloned(),
            (None, Some(default)) => sequence_of(default),
            (None, None) => None,
        };
        let counting = sequence.and_then(|sequence| counting(catalog, sequence));
        made.origins.push(match counting {
            _ if column.generated.is_some() => Origin::Generated,
            Some(counting) => Origin::Sequence(counting),
            None => Origin::Made,
        });
        made.defaults.push(column.default.clone());
        made.generated.push(column.generated.clone());
        made.columns.push(Column {
            name: name.as_str().to_owned(),
            data_type: DataType::resolve(catalog, &column.data_type),
            not_null: column.not_null,
            comment: object.comment.clone(),
        });
    }
}

/// The sequences behind identity columns.
fn identity_sequences(catalog: &Catalog) -> BTreeMap<(QualifiedName, Name), QualifiedName> {
    let mut owned = BTreeMap::new();
    for object in catalog.of_kind(Kind::Sequence) {
        if let (Definition::Sequence(sequence), ObjectName::Qualified(name)) =
            (&object.definition, &object.id.name)
            && sequence.identity
            && let Some(column) = &sequence.owned_by
        {
            owned.insert((column.relation.clone(), column.column.clone()), name.clone());
        }
    }
    owned
}

fn counting(catalog: &Catalog, sequence: QualifiedName) -> Option<Counting> {
    let id = cogway_catalog::ObjectId::qualified(Kind::Sequence, sequence.clone());
    match &catalog.get(&id)?.definition {
        Definition::Sequence(found) => Some(Counting {
            sequence,
            increment: found.increment,
            minimum: found.minimum,
            maximum: found.maximum,
        }),
        _ => None,
    }
}

/// The sequence in a default such as `nextval('public.t_id_seq'::regclass)`.
fn sequence_of(default: &str) -> Option<QualifiedName> {
    let literal = default
        .strip_prefix("nextval('")?
        .strip_suffix("'::regclass)")?
        .replace("''", "'");
    let (schema, rest) = identifier(&literal)?;
    let (name, rest) = identifier(rest.strip_prefix('.')?)?;
    rest.is_empty().then(|| QualifiedName::new(schema, name))
}

/// An identifier at the beginning, unquoted, and what follows it.
fn identifier(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find('.').unwrap_or(text.len());
        return (end > 0).then(|| (text[..end].to_owned(), &text[end..]));
    };
    let mut name = String::new();
    let mut characters = quoted.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if character != '"' {
            name.push(character);
        } else if characters.next_if(|(_, next)| *next == '"').is_some() {
            name.push('"');
        } else {
            return Some((name, &quoted[at + 1..]));
        }
    }
    None
}

/// Adds checks, foreign keys and exclusions, and gives the index behind the primary key.
fn add_constraints(made: &mut Table, catalog: &Catalog, indexes: &Indexes<'_>) -> Option<Name> {
    let mut primary = None;
    for object in catalog.parts(Kind::Constraint, &made.name.clone()) {
        let Definition::Constraint(constraint) = &object.definition else {
            continue;
        };
        let name = object.id.bare_name().clone();
        let columns: Vec<usize> = constraint
            .columns
            .iter()
            .filter_map(|column| made.place(column.as_str()))
            .collect();
        match constraint.form {
            ConstraintForm::Check if constraint.enforced => {
                if let Some(expression) = &constraint.expression {
                    made.checks.push((name.as_str().to_owned(), expression.clone()));
                }
            }
            ConstraintForm::ForeignKey if constraint.enforced => {
                if let Some(to) = &constraint.references {
                    made.references.push(Reference {
                        name,
                        columns,
                        to: to.clone(),
                        to_columns: constraint.referenced_columns.clone(),
                        is_full: constraint.matching.as_deref() == Some("full"),
                        is_local: constraint.inherited == 0
                            && !is_partitioned(catalog, &made.name)
                            && !is_partitioned(catalog, to),
                        is_implied: false,
                    });
                }
            }
            ConstraintForm::PrimaryKey => primary = constraint.index.clone(),
            ConstraintForm::Exclusion => {
                let index = constraint
                    .index
                    .as_ref()
                    .and_then(|index| indexes.get(&made.name, index));
                if let Some(index) = index {
                    let operators = constraint
                        .operators
                        .iter()
                        .map(|operator| bare_operator(operator));
                    made.exclusions.push(Exclusion {
                        name,
                        parts: index
                            .keys
                            .iter()
                            .map(|key| made.part(key))
                            .zip(operators)
                            .collect(),
                        predicate: index.predicate.clone(),
                    });
                }
            }
            _ => {}
        }
    }
    primary
}

/// `&&` of `public.&&(cube,cube)`.
fn bare_operator(operator: &str) -> String {
    let name = operator.split('(').next().unwrap_or_default();
    match name.rsplit_once('.') {
        Some((_, bare)) if !bare.is_empty() => bare.to_owned(),
        _ => name.to_owned(),
    }
}

fn is_partitioned(catalog: &Catalog, name: &QualifiedName) -> bool {
    let id = cogway_catalog::ObjectId::qualified(Kind::Table, name.clone());
    catalog.get(&id).is_some_and(|object| match &object.definition {
        Definition::Table(table) => {
            matches!(table.form, TableForm::Partitioned { .. })
                || matches!(table.ancestry, Ancestry::Partition { .. })
        }
        _ => false,
    })
}

/// The leaves below a partitioned table, each with keys and bounds on the way to it.
fn add_leaves(
    catalog: &Catalog,
    of: &QualifiedName,
    key: &str,
    way: &mut Vec<(String, String)>,
    found: &mut Partitioning,
) {
    for object in catalog.of_kind(Kind::Table) {
        if let (Definition::Table(table), ObjectName::Qualified(name)) = (&object.definition, &object.id.name)
            && let Ancestry::Partition { of: parent, bound } = &table.ancestry
            && parent == of
        {
            way.push((key.to_owned(), bound.clone()));
            match &table.form {
                TableForm::Ordinary => {
                    found.leaves.push(way.clone());
                    found.names.push(name.clone());
                }
                TableForm::Partitioned { key } => add_leaves(catalog, name, key, way, found),
                // Rows would have to go to another server.
                TableForm::Foreign { .. } => found.has_foreign = true,
            }
            way.pop();
        }
    }
}

fn triggers(catalog: &Catalog, table: &QualifiedName) -> Triggers {
    let mut found = Triggers::default();
    for object in catalog.parts(Kind::Trigger, table) {
        if let Definition::Trigger(trigger) = &object.definition
            && matches!(trigger.enabled.as_str(), "origin" | "always")
        {
            let events = trigger.definition.split(" ON ").next().unwrap_or_default();
            if events.contains("INSERT") {
                let before = events.contains(" BEFORE ");
                found.before |= before;
                found.after |= !before;
            }
        }
    }
    // A rule may do anything with what is inserted; `COPY` does not heed rules.
    found
}

/// The type of a column of any relation.
pub(crate) fn type_of(catalog: &Catalog, relation: &QualifiedName, column: &Name) -> DataType {
    let id = cogway_catalog::ObjectId::part(Kind::Column, relation.clone(), column.clone());
    match catalog.get(&id).map(|object| &object.definition) {
        Some(Definition::Column(column)) => DataType::resolve(catalog, &column.data_type),
        _ => DataType::resolve(catalog, "text"),
    }
}

/// The indexes of a catalog, by relation.
struct Indexes<'a> {
    by_relation: BTreeMap<&'a QualifiedName, BTreeMap<Name, &'a cogway_catalog::Index>>,
    exclusions: BTreeSet<(&'a QualifiedName, Name)>,
}

impl<'a> Indexes<'a> {
    fn of(catalog: &'a Catalog) -> Indexes<'a> {
        let mut by_relation: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        for object in catalog.of_kind(Kind::Index) {
            if let Definition::Index(index) = &object.definition {
                by_relation
                    .entry(&index.relation)
                    .or_default()
                    .insert(object.id.bare_name().clone(), index);
            }
        }
        let mut exclusions = BTreeSet::new();
        for object in catalog.of_kind(Kind::Constraint) {
            if let (Definition::Constraint(constraint), Some(of)) = (&object.definition, object.id.parent())
                && constraint.form == ConstraintForm::Exclusion
                && let Some(index) = &constraint.index
            {
                exclusions.insert((of, index.clone()));
            }
        }
        Indexes {
            by_relation,
            exclusions,
        }
    }

    fn on(&self, table: &QualifiedName) -> impl Iterator<Item = (&Name, &'a cogway_catalog::Index)> {
        self.by_relation
            .get(table)
            .into_iter()
            .flat_map(|indexes| indexes.iter().map(|(name, index)| (name, *index)))
    }

    fn get(&self, table: &QualifiedName, index: &Name) -> Option<&'a cogway_catalog::Index> {
        self.by_relation.get(table)?.get(index).copied()
    }

    fn excludes(&self, table: &QualifiedName, index: &Name) -> bool {
        self.exclusions.contains(&(table, index.clone()))
    }
}
