//! From a catalog to a diagram.

use std::collections::{BTreeMap, BTreeSet};

use cogway_catalog::{
    Catalog, Constraint, ConstraintForm, Definition, Index, Kind, Name, Object, ObjectName, QualifiedName,
    TableForm,
};

use super::join_table::join_table;
use super::keys::{Columns, TableKeys, is_nullable, not_null_domains};
use super::partition::Partitions;
use super::{Attribute, Cardinality, Checked, Diagram, Entity, EntityForm, Keys, Most, Relation, short_type};

/// The diagram of everything in a catalog.
///
/// Tables of every sort are entities, but for partitions; views are none, since nothing can refer to them.
pub fn er(catalog: &Catalog) -> Diagram {
    let partitions = Partitions::of(catalog);
    let domains = not_null_domains(catalog);
    let indexes = indexes_by_relation(catalog);
    let mut diagram = Diagram::default();
    let mut keys = Vec::new();
    for object in catalog.of_kind(Kind::Table) {
        if let Definition::Table(table) = &object.definition
            && let ObjectName::Qualified(name) = &object.id.name
            && !partitions.contains(name)
        {
            let form = match &table.form {
                TableForm::Ordinary => EntityForm::Ordinary,
                TableForm::Partitioned { key } => EntityForm::Partitioned {
                    key: key.clone(),
                    partitions: partitions.below(name).cloned().collect(),
                },
                TableForm::Foreign { server, .. } => EntityForm::Foreign {
                    server: server.clone(),
                },
            };
            let attributes = attributes(catalog, name, &domains);
            let mut own = TableKeys::of(catalog, name);
            let names: Vec<&Name> = attributes.iter().map(|attribute| &attribute.name).collect();
            for index in indexes.get(name).into_iter().flatten() {
                own.add_index(index, &names);
            }
            keys.push(own);
            diagram.entities.push(Entity {
                name: name.clone(),
                comment: object.comment.clone(),
                form,
                attributes,
            });
        }
    }
    diagram.relations = relations(catalog, &partitions, &diagram.entities, &keys);
    mark_keys(&mut diagram, &keys);
    let joins = diagram.entities.iter().zip(&keys).enumerate();
    diagram.join_tables = joins
        .filter_map(|(place, (entity, keys))| join_table(place, entity, keys, &diagram.relations))
        .collect();
    diagram
}

fn indexes_by_relation(catalog: &Catalog) -> BTreeMap<&QualifiedName, Vec<&Index>> {
    let mut map: BTreeMap<&QualifiedName, Vec<&Index>> = BTreeMap::new();
    for object in catalog.of_kind(Kind::Index) {
        if let Definition::Index(index) = &object.definition {
            map.entry(&index.relation).or_default().push(index);
        }
    }
    map
}

fn attributes(catalog: &Catalog, table: &QualifiedName, domains: &BTreeSet<String>) -> Vec<Attribute> {
    let mut columns: Vec<(i32, Attribute)> = catalog
        .parts(Kind::Column, table)
        .filter_map(|object| match &object.definition {
            Definition::Column(column) => Some((
                column.position,
                Attribute {
                    name: object.id.bare_name().clone(),
                    data_type: short_type(&column.data_type),
                    comment: object.comment.clone(),
                    nullable: is_nullable(column, domains),
                    keys: Keys::default(),
                },
            )),
            _ => None,
        })
        .collect();
    columns.sort_by_key(|(position, _)| *position);
    columns.into_iter().map(|(_, attribute)| attribute).collect()
}

fn relations(
    catalog: &Catalog,
    partitions: &Partitions,
    entities: &[Entity],
    keys: &[TableKeys],
) -> Vec<Relation> {
    let places: BTreeMap<&QualifiedName, usize> = entities
        .iter()
        .enumerate()
        .map(|(place, entity)| (&entity.name, place))
        .collect();
    let mut relations = Vec::new();
    for object in catalog.of_kind(Kind::Constraint) {
        if let Some(constraint) = foreign_key(object)
            && let Some(of) = object.id.parent()
            && let Some(to) = &constraint.references
            && let Some(&child) = places.get(partitions.root(of))
            && let Some(&parent) = places.get(partitions.root(to))
        {
            let is_of_partition = partitions.contains(of);
            // What a partition has from its parent is drawn there.
            if is_of_partition && constraint.inherited > 0 {
                continue;
            }
            let columns = places_of(&constraint.columns, &entities[child]);
            let referenced = places_of(&constraint.referenced_columns, &entities[parent]);
            let (Some(columns), Some(referenced)) = (columns, referenced) else {
                continue;
            };
            let set: Columns = constraint.columns.iter().cloned().collect();
            let can_be_null = columns
                .iter()
                .any(|column| entities[child].attributes[*column].nullable);
            let (child_most, parent_most) = if constraint.period {
                (Most::Many, Most::Many)
            } else if keys[child].are_unique(&set) {
                (Most::One, Most::One)
            } else {
                (Most::Many, Most::One)
            };
            relations.push(Relation {
                name: object.id.bare_name().clone(),
                child,
                columns,
                parent,
                referenced,
                child_end: Cardinality::new(true, child_most),
                // Rows of the other partitions refer to nothing.
                parent_end: Cardinality::new(can_be_null || is_of_partition, parent_most),
                checked: match (constraint.enforced, constraint.validated) {
                    (false, _) => Checked::Never,
                    (true, false) => Checked::NewRows,
                    (true, true) => Checked::Always,
                },
                only_in: is_of_partition.then(|| of.clone()),
            });
        }
    }
    relations
        .sort_by(|a, b| (a.child, a.name.as_str(), &a.only_in).cmp(&(b.child, b.name.as_str(), &b.only_in)));
    relations
}

fn foreign_key(object: &Object) -> Option<&Constraint> {
    match &object.definition {
        Definition::Constraint(constraint) if constraint.form == ConstraintForm::ForeignKey => {
            Some(constraint)
        }
        _ => None,
    }
}

/// The places of columns; none where one of them is not there, or there are none.
fn places_of(columns: &[Name], entity: &Entity) -> Option<Vec<usize>> {
    let place = |name: &Name| {
        entity
            .attributes
            .iter()
            .position(|attribute| attribute.name == *name)
    };
    let places: Vec<usize> = columns.iter().map(place).collect::<Option<_>>()?;
    (!places.is_empty()).then_some(places)
}

fn mark_keys(diagram: &mut Diagram, keys: &[TableKeys]) {
    for (entity, keys) in diagram.entities.iter_mut().zip(keys) {
        for attribute in &mut entity.attributes {
            let alone = Columns::from([attribute.name.clone()]);
            attribute.keys.primary = keys.primary.contains(&attribute.name);
            attribute.keys.unique = alone != keys.primary && keys.all.contains(&alone);
        }
    }
    for relation in &diagram.relations {
        for column in &relation.columns {
            let child = diagram.entities.get_mut(relation.child);
            if let Some(attribute) = child.and_then(|entity| entity.attributes.get_mut(*column)) {
                attribute.keys.foreign = true;
            }
        }
    }
}
