//! How objects of a catalog belong together.

use std::collections::BTreeSet;

use cogway_catalog::{
    Ancestry, Catalog, Definition, Kind, Name, Object, ObjectId, ObjectName, QualifiedName,
};

/// The schema-qualified name, for what is no part of anything else and known by its name alone.
pub(super) fn qualified(id: &ObjectId) -> Option<&QualifiedName> {
    match &id.name {
        ObjectName::Qualified(name) => Some(name),
        _ => None,
    }
}

/// Can PostgreSQL not have both, though they are of different kinds, since one name serves for both kinds?
///
/// Relations and indexes share names in `pg_class`, types and what has a row type in `pg_type`, functions and
/// aggregates in `pg_proc`.
pub(super) fn exclude_each_other(a: &ObjectId, b: &ObjectId) -> bool {
    if a.kind == b.kind || a.name != b.name {
        return false;
    }
    let both = |belongs: fn(Kind) -> bool| belongs(a.kind) && belongs(b.kind);
    both(is_relation) || both(is_type) || both(|kind| matches!(kind, Kind::Routine | Kind::Aggregate))
}

fn is_relation(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Table
            | Kind::View
            | Kind::MaterializedView
            | Kind::Index
            | Kind::Sequence
            | Kind::CompositeType
    )
}

fn is_type(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Table
            | Kind::View
            | Kind::MaterializedView
            | Kind::CompositeType
            | Kind::BaseType
            | Kind::Enum
            | Kind::Range
            | Kind::Domain
    )
}

/// The relation or domain without which an object would not be: whose part it is, which it indexes, whose column it
/// counts for.
pub(super) fn holder(object: &Object) -> Option<&QualifiedName> {
    match &object.definition {
        Definition::Index(index) => Some(&index.relation),
        Definition::Sequence(sequence) => sequence.owned_by.as_ref().map(|owner| &owner.relation),
        _ => object.id.parent(),
    }
}

/// Is it a part of that one, or does it come and go with it?
pub(super) fn goes_with(object: &Object, id: &ObjectId) -> bool {
    holder(object).is_some_and(|name| has_parts(id.kind) && qualified(id) == Some(name))
}

/// Can an object not be as it is without that one? Only what the catalog says outright: what a view, a function or an
/// expression reads is known to PostgreSQL alone, which says so when a script fails.
pub(super) fn needs(object: &Object, id: &ObjectId) -> bool {
    if object.id == *id {
        return true;
    }
    match &id.name {
        ObjectName::Plain { name } if id.kind == Kind::Schema => match &object.id.name {
            ObjectName::Qualified(own) | ObjectName::Overloaded { name: own, .. } => own.schema == *name,
            ObjectName::Part { of, .. } => of.schema == *name,
            ObjectName::Plain { .. } => false,
        },
        ObjectName::Part { of, name } if id.kind == Kind::Column => match &object.definition {
            Definition::Constraint(constraint) => {
                let own = object.id.parent() == Some(of) && constraint.columns.contains(name);
                let referenced = constraint.references.as_ref() == Some(of)
                    && constraint.referenced_columns.contains(name);
                own || referenced
            }
            Definition::Sequence(sequence) => sequence
                .owned_by
                .as_ref()
                .is_some_and(|owner| owner.relation == *of && owner.column == *name),
            _ => false,
        },
        ObjectName::Qualified(name) if has_parts(id.kind) => {
            let refers = match &object.definition {
                Definition::Constraint(constraint) => constraint.references.as_ref() == Some(name),
                _ => parents(object).contains(&name),
            };
            refers || goes_with(object, id)
        }
        ObjectName::Part { .. }
        | ObjectName::Overloaded { .. }
        | ObjectName::Qualified(_)
        | ObjectName::Plain { .. } => false,
    }
}

fn has_parts(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Table | Kind::View | Kind::MaterializedView | Kind::Domain
    )
}

/// The tables that a table inherits from or is a partition of.
fn parents(object: &Object) -> Vec<&QualifiedName> {
    match &object.definition {
        Definition::Table(table) => match &table.ancestry {
            Ancestry::Root => Vec::new(),
            Ancestry::Inherits { parents } => parents.iter().collect(),
            Ancestry::Partition { of, .. } => vec![of],
        },
        _ => Vec::new(),
    }
}

/// The names of a relation's columns.
pub(super) fn columns(catalog: &Catalog, relation: &QualifiedName) -> Vec<Name> {
    let columns = catalog.parts(Kind::Column, relation);
    columns.map(|column| column.id.bare_name().clone()).collect()
}

/// Is it there, or is it as it is, only because that one is: the column of a partition because its table has it, or its
/// index?
pub(super) fn inherits(catalog: &Catalog, object: &Object, origin: &ObjectId) -> bool {
    if object.id.kind != origin.kind {
        return false;
    }
    if let Definition::Index(index) = &object.definition {
        return index.partition_of.is_some() && index.partition_of.as_ref() == qualified(origin);
    }
    let Some((own, other)) = object.id.parent().zip(origin.parent()) else {
        return false;
    };
    let table = catalog.get(&ObjectId::qualified(Kind::Table, own.clone()));
    object.id.bare_name() == origin.bare_name() && table.is_some_and(|table| parents(table).contains(&other))
}

/// Does it go when that one goes: a partition with its table, anything with its schema?
pub(super) fn is_inside(object: &Object, origin: &ObjectId) -> bool {
    if object.id == *origin {
        return false;
    }
    match origin.kind {
        Kind::Schema => needs(object, origin),
        Kind::Table => qualified(origin).is_some_and(|name| parents(object).contains(&name)),
        _ => false,
    }
}

/// What an object that is gone after a step is called now, where one came that is like it in everything but the name:
/// a table with the same columns, a column of the same table in the same place. PostgreSQL keeps all of that when it
/// renames.
pub(super) fn renamed(before: &Catalog, after: &Catalog, id: &ObjectId) -> Option<ObjectId> {
    let old = before.get(id)?;
    if after.get(id).is_some() {
        return None;
    }
    let alike = after.of_kind(id.kind).filter(|new| {
        before.get(&new.id).is_none()
            && new.id.parent() == id.parent()
            && signature(&new.id) == signature(id)
            && new.definition == old.definition
            && (&new.owner, &new.privileges, &new.comment) == (&old.owner, &old.privileges, &old.comment)
            && parts_alike(before, id, after, &new.id)
    });
    let mut alike = alike.map(|object| object.id.clone());
    match (alike.next(), alike.next()) {
        (Some(id), None) => Some(id),
        // None, or nobody can say which.
        _ => None,
    }
}

fn signature(id: &ObjectId) -> Option<&Name> {
    match &id.name {
        ObjectName::Overloaded { signature, .. } => Some(signature),
        _ => None,
    }
}

/// Do two objects of two catalogs consist of the same?
fn parts_alike(before: &Catalog, old: &ObjectId, after: &Catalog, new: &ObjectId) -> bool {
    if old.kind == Kind::Schema {
        // Two schemas without anything in them are no more alike than any others.
        let inside = |catalog: &Catalog, schema: &ObjectId| -> BTreeSet<(Kind, Name)> {
            let objects = catalog
                .objects()
                .filter(|object| object.id != *schema && needs(object, schema));
            objects
                .map(|object| (object.id.kind, object.id.bare_name().clone()))
                .collect()
        };
        let inside_old = inside(before, old);
        return !inside_old.is_empty() && inside_old == inside(after, new);
    }
    let (Some(old), Some(new)) = (qualified(old), qualified(new)) else {
        return true;
    };
    let old = before.parts(Kind::Column, old);
    let new = after.parts(Kind::Column, new);
    old.map(|column| (column.id.bare_name(), &column.definition))
        .eq(new.map(|column| (column.id.bare_name(), &column.definition)))
}
