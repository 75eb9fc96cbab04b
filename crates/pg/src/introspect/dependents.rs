//! What others mention of an object, and who mentions it.

use std::collections::BTreeMap;

use cogway_catalog::{Definition, Kind, Name, ObjectId};
use tokio_postgres::Client;
use tokio_postgres::types::ToSql;

use super::look::Touched;
use super::row::{Layout, Oids};
use super::source::Class;
use super::state::Address;
use super::{ReadError, Reader};

/// What mentions these objects by name, in so far as it is read by OID.
const DEPENDENTS: &str = include_str!("dependents.sql");
/// What lists the columns of these relations.
const COLUMN_LISTS: &str = include_str!("column_lists.sql");

/// What was known of an object, in so far as others mention it.
pub(super) struct Known {
    pub(super) ids: Vec<ObjectId>,
    pub(super) columns: Vec<(i16, Name)>,
    /// The values of an enum, the fields of a composite type.
    pub(super) labels: Vec<String>,
}

/// What happened to the names that others may mention.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Renamed {
    /// A relation has more columns, or fewer: of interest to what lists them.
    Columns,
    /// Something goes by another name.
    Other,
}

impl Known {
    /// None where nothing is there that others could have mentioned, or nothing is called otherwise.
    pub(super) fn renamed_to(&self, new: &Known) -> Option<Renamed> {
        if self.ids.is_empty() || new.ids.is_empty() {
            return None;
        }
        let label_renamed = self.labels.iter().any(|label| !new.labels.contains(label));
        if self.columns.is_empty() && new.columns.is_empty() {
            return (self.ids != new.ids || label_renamed).then_some(Renamed::Other);
        }
        let column_renamed = self.columns.iter().any(|(number, name)| {
            new.columns
                .iter()
                .any(|(other, renamed)| number == other && name != renamed)
        });
        if column_renamed {
            return Some(Renamed::Other);
        }
        (self.columns != new.columns).then_some(Renamed::Columns)
    }
}

impl Reader {
    /// What is known of an object, in so far as others mention it.
    pub(super) fn known(&self, address: Address) -> Known {
        let ids = self.state.objects.get(&address).cloned().unwrap_or_default();
        let columns = match address.0 {
            Class::Attribute => self.state.relations.get(&address.1),
            _ => None,
        };
        let columns = columns.map(|relation| {
            let columns = relation.columns.iter();
            columns
                .map(|column| (column.number, column.name.clone()))
                .collect()
        });
        let labels = ids
            .first()
            .and_then(|id| self.state.catalog.get(id))
            .and_then(|object| match &object.definition {
                Definition::Enum(enumeration) => Some(enumeration.values.clone()),
                Definition::CompositeType(composite) => Some(
                    composite
                        .fields
                        .iter()
                        .map(|field| field.name.to_string())
                        .collect(),
                ),
                _ => None,
            });
        Known {
            ids,
            columns: columns.unwrap_or_default(),
            labels: labels.unwrap_or_default(),
        }
    }

    /// Adds what mentions the renamed to what is touched.
    pub(super) async fn add_dependents(
        &mut self,
        client: &Client,
        renamed: &BTreeMap<Address, Renamed>,
        touched: &mut Touched,
    ) -> Result<(), ReadError> {
        self.prepare_auxiliary(client, &[DEPENDENTS, COLUMN_LISTS])
            .await?;
        let (mut classes, mut oids, mut extended) = (Vec::new(), Vec::new(), Vec::new());
        for (&(class, oid), change) in renamed {
            match (class, change) {
                (_, Renamed::Columns) => extended.push(oid),
                (Class::Attribute, Renamed::Other) => {
                    // It may say itself what its columns are called: what it is partitioned by, or selects.
                    touched.objects.insert((Class::Relation, oid));
                    classes.push(Class::Relation.oid());
                    oids.push(oid);
                }
                (class, Renamed::Other) => {
                    if class == Class::Relation && self.state.objects.contains_key(&(Class::Attribute, oid)) {
                        touched.objects.insert((Class::Attribute, oid));
                    }
                    classes.push(class.oid());
                    oids.push(oid);
                }
            }
        }
        let mut rows = Vec::new();
        if !oids.is_empty() {
            let parameters: [&(dyn ToSql + Sync); 2] = [&Oids(&classes), &Oids(&oids)];
            rows = self.auxiliary(client, DEPENDENTS, &parameters).await?;
        }
        if !extended.is_empty() && self.anything_lists_columns() {
            rows.extend(self.auxiliary(client, COLUMN_LISTS, &[&Oids(&extended)]).await?);
        }
        let mut dependents = Vec::new();
        let layout = Layout::of(&rows);
        for row in &rows {
            let row = layout.row(row, &());
            match Class::from_oid(row.oid("class")) {
                Some(Class::Statistics) => {
                    touched.kinds.insert(Kind::Statistics);
                }
                Some(Class::Publication) => {
                    touched.kinds.insert(Kind::Publication);
                }
                Some(
                    class @ (Class::Relation
                    | Class::Attribute
                    | Class::Constraint
                    | Class::Trigger
                    | Class::Rewrite
                    | Class::Policy
                    | Class::Type
                    | Class::Proc),
                ) => {
                    if class == Class::Attribute {
                        // The bound of a partition is in terms of the columns' types, and depends on nothing itself.
                        dependents.push(((Class::Relation, row.oid("oid")), String::new()));
                    }
                    dependents.push(((class, row.oid("oid")), String::new()));
                }
                // Operators, casts, text search …: rare enough to read everything.
                _ => touched.everything = true,
            }
        }
        self.sort(dependents, touched);
        Ok(())
    }

    /// Is there anything whose text may change because a relation has one column more?
    fn anything_lists_columns(&self) -> bool {
        let catalog = &self.state.catalog;
        [Kind::View, Kind::MaterializedView, Kind::Rule].iter().any(|&kind| catalog.of_kind(kind).next().is_some())
            || catalog
                .of_kind(Kind::Routine)
                .any(|object| matches!(&object.definition, Definition::Routine(routine) if routine.sql_body.is_some()))
    }
}
