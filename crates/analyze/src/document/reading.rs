//! Gathers what is to be said of a catalog.

use std::collections::{BTreeMap, BTreeSet};

use cogway_catalog::{
    Ancestry, Catalog, Column, Constraint, ConstraintForm, Definition, Index, Kind, Object, ObjectId,
    ObjectName, QualifiedName,
};

use super::{ColumnEntry, Document, Entry, Overview, Part, Reference, TableEntry, ViewEntry, wording};
use crate::er::{Diagram, Entity, EntityForm, Keys, Relation, er};

impl Document {
    /// What is to be said of a part of a catalog.
    pub fn of(catalog: &Catalog, title: &str, part: &Part, overview: Overview) -> Document {
        let whole = er(catalog);
        let places = whole.entities.iter().enumerate();
        let wanted: BTreeSet<usize> = places
            .filter(|(_, entity)| part.has_table(entity))
            .map(|(place, _)| place)
            .collect();
        let diagram = whole.only(&whole.neighbourhood(&wanted));
        let reader = Reader::new(catalog, &diagram);
        let entities = diagram.entities.iter().enumerate();
        let entries = entities
            .filter(|(_, entity)| part.has_table(entity))
            .map(|(place, _)| reader.table(place));
        let mut document = Document {
            title: title.to_owned(),
            overview,
            tables: entries.collect(),
            views: Vec::new(),
            types: Vec::new(),
            routines: Vec::new(),
            sequences: Vec::new(),
            extensions: Vec::new(),
            unmodelled: Vec::new(),
            diagram: Diagram::default(),
        };
        document.add_others(catalog, part);
        document.diagram = diagram;
        document
    }

    fn add_others(&mut self, catalog: &Catalog, part: &Part) {
        for object in catalog.objects().filter(|object| part.has(&object.id.name)) {
            let entry = |definition: String| Entry {
                name: name_of(object),
                kind: object.id.kind.words(),
                definition,
                comment: object.comment.clone(),
            };
            match &object.definition {
                Definition::View(view) => self.views.push(view_entry(catalog, object, &view.query)),
                Definition::MaterializedView(view) => {
                    self.views.push(view_entry(catalog, object, &view.query))
                }
                Definition::Enum(list) => {
                    let labels = list
                        .values
                        .iter()
                        .map(|label| format!("'{}'", label.replace('\'', "''")));
                    self.types.push(entry(labels.collect::<Vec<_>>().join(", ")));
                }
                Definition::Domain(domain) => {
                    let mut text = wording::data_type(&domain.data_type, domain.collation.as_deref());
                    if domain.not_null {
                        text += " NOT NULL";
                    }
                    if let Some(default) = &domain.default {
                        text += &format!(" DEFAULT {default}");
                    }
                    if let ObjectName::Qualified(name) = &object.id.name {
                        for part in catalog.parts(Kind::Constraint, name) {
                            if let Definition::Constraint(constraint) = &part.definition
                                && constraint.form != ConstraintForm::NotNull
                            {
                                text += &format!(" {}", wording::constraint(constraint, None));
                            }
                        }
                    }
                    self.types.push(entry(text));
                }
                Definition::CompositeType(composite) => {
                    let fields = composite.fields.iter().map(|field| {
                        let data_type = wording::data_type(&field.data_type, field.collation.as_deref());
                        format!("{} {data_type}", field.name)
                    });
                    self.types.push(entry(fields.collect::<Vec<_>>().join(", ")));
                }
                Definition::Range(range) => self.types.push(entry(format!("range of {}", range.subtype))),
                Definition::Routine(routine) => {
                    let result = routine
                        .result
                        .as_ref()
                        .map_or(String::new(), |result| format!(" → {result}"));
                    self.routines.push(Entry {
                        kind: if routine.form == "procedure" {
                            "procedure"
                        } else {
                            "function"
                        },
                        ..entry(format!(
                            "({}){result}, {}, {}",
                            routine.arguments, routine.language, routine.volatility
                        ))
                    });
                }
                Definition::Aggregate(aggregate) => {
                    self.routines
                        .push(entry(format!("({}) → {}", aggregate.arguments, aggregate.result)));
                }
                Definition::Sequence(sequence) if sequence.owned_by.is_none() => {
                    self.sequences.push(entry(format!(
                        "{} from {} by {}",
                        sequence.data_type, sequence.start, sequence.increment
                    )))
                }
                // Which version there is belongs to the server; the page is the same on all.
                Definition::Extension(_) => self.extensions.push(entry(String::new())),
                _ => {}
            }
        }
        if *part == Part::Whole {
            self.unmodelled = catalog.unmodelled().iter().map(ToString::to_string).collect();
        }
    }
}

impl Part {
    fn has_table(&self, entity: &Entity) -> bool {
        match (self, &entity.form) {
            (Part::Whole, _) => true,
            (Part::Schemas(schemas), _) => schemas.contains(&entity.name.schema),
            (Part::Tables(tables), EntityForm::Partitioned { partitions, .. }) => {
                tables.contains(&entity.name) || partitions.iter().any(|partition| tables.contains(partition))
            }
            (Part::Tables(tables), EntityForm::Ordinary | EntityForm::Foreign { .. }) => {
                tables.contains(&entity.name)
            }
        }
    }

    /// Does something that is no table belong to it?
    fn has(&self, name: &ObjectName) -> bool {
        match (self, name) {
            (Part::Whole, _) => true,
            (Part::Schemas(schemas), ObjectName::Overloaded { name, .. } | ObjectName::Qualified(name)) => {
                schemas.contains(&name.schema)
            }
            (Part::Schemas(_), ObjectName::Part { .. } | ObjectName::Plain { .. }) | (Part::Tables(_), _) => {
                false
            }
        }
    }
}

/// A catalog in a form in which tables can be looked up.
struct Reader<'a> {
    catalog: &'a Catalog,
    diagram: &'a Diagram,
    indexes: BTreeMap<&'a QualifiedName, Vec<(&'a Object, &'a Index)>>,
}

impl<'a> Reader<'a> {
    fn new(catalog: &'a Catalog, diagram: &'a Diagram) -> Reader<'a> {
        let mut indexes: BTreeMap<&QualifiedName, Vec<(&Object, &Index)>> = BTreeMap::new();
        for object in catalog.of_kind(Kind::Index) {
            if let Definition::Index(index) = &object.definition {
                indexes.entry(&index.relation).or_default().push((object, index));
            }
        }
        Reader {
            catalog,
            diagram,
            indexes,
        }
    }

    fn table(&self, place: usize) -> TableEntry {
        let entity = &self.diagram.entities[place];
        let name = &entity.name;
        let indexes = self.indexes.get(name).map_or(&[][..], Vec::as_slice);
        let parts = |kind: Kind| self.catalog.parts(kind, name);
        let of = |object: &Object, kind: &'static str, definition: String| Entry {
            name: object.id.bare_name().as_str().to_owned(),
            kind,
            definition,
            comment: object.comment.clone(),
        };
        let constraints: Vec<(&Object, &Constraint)> = parts(Kind::Constraint)
            .filter_map(|object| match &object.definition {
                Definition::Constraint(constraint) => Some((&**object, constraint)),
                _ => None,
            })
            .collect();
        let own = constraints
            .iter()
            .filter(|(_, it)| !matches!(it.form, ConstraintForm::ForeignKey | ConstraintForm::NotNull));
        let backing: BTreeSet<&str> = constraints
            .iter()
            .filter_map(|(_, it)| it.index.as_ref())
            .map(|index| index.as_str())
            .collect();
        let behind = |constraint: &Constraint| {
            let index = constraint.index.as_ref()?;
            indexes
                .iter()
                .find(|(object, _)| object.id.bare_name() == index)
                .map(|(_, index)| *index)
        };
        let mut behaviour = Vec::new();
        for kind in [Kind::Trigger, Kind::Rule, Kind::Policy] {
            for object in parts(kind) {
                match &object.definition {
                    Definition::Trigger(trigger) => {
                        behaviour.push(of(object, "trigger", trigger.definition.clone()))
                    }
                    Definition::Rule(rule) => behaviour.push(of(object, "rule", rule.definition.clone())),
                    Definition::Policy(policy) => behaviour.push(of(object, "policy", self::policy(policy))),
                    _ => {}
                }
            }
        }
        // All that lead to one table stand together.
        let references = |is_child: bool| {
            let ends = |relation: &Relation| match is_child {
                true => (relation.child, relation.parent),
                false => (relation.parent, relation.child),
            };
            let relations = self.diagram.relations.iter().enumerate();
            let mut here: Vec<_> = relations
                .filter(|(_, relation)| ends(relation).0 == place)
                .collect();
            here.sort_by_key(|(_, relation)| ends(relation).1);
            here.into_iter()
                .map(|(at, relation)| self.reference(at, relation, is_child))
                .collect()
        };
        let join = self.diagram.join_table(place);
        TableEntry {
            entity: place,
            name: name.clone(),
            form: self.form(place),
            comment: entity.comment.clone(),
            columns: columns(self.catalog, name, Some((self.diagram, place))),
            constraints: own
                .map(|(object, it)| of(object, "constraint", wording::constraint(it, behind(it))))
                .collect(),
            refers_to: references(true),
            referred_by: references(false),
            indexes: indexes
                .iter()
                .filter(|(object, _)| !backing.contains(object.id.bare_name().as_str()))
                .map(|(object, index)| of(object, "index", wording::index(index)))
                .collect(),
            behaviour,
            partitions: self.partitions(place),
            joins: join.map_or_else(Vec::new, |join| {
                let relations = join
                    .relations
                    .iter()
                    .filter_map(|at| self.diagram.relations.get(*at));
                relations.map(|relation| relation.parent).collect()
            }),
        }
    }

    fn form(&self, place: usize) -> String {
        let entity = &self.diagram.entities[place];
        let id = ObjectId::qualified(Kind::Table, entity.name.clone());
        let table = self.catalog.get(&id).map(|object| &object.definition);
        let mut words = match &entity.form {
            EntityForm::Ordinary => Vec::new(),
            EntityForm::Partitioned { key, .. } => vec![format!("partitioned by {key}")],
            EntityForm::Foreign { server } => vec![format!("foreign table on the server {server}")],
        };
        if let Some(Definition::Table(table)) = table {
            if table.persistence != "permanent" {
                words.push(table.persistence.clone());
            }
            if let Ancestry::Inherits { parents } = &table.ancestry {
                let parents: Vec<String> = parents.iter().map(ToString::to_string).collect();
                words.push(format!("inherits from {}", parents.join(", ")));
            }
            if table.row_security {
                words.push("row security".to_owned());
            }
        }
        words.join(", ")
    }

    fn reference(&self, at: usize, relation: &Relation, is_child: bool) -> Reference {
        let columns = |entity: usize, places: &[usize]| {
            let attributes = places
                .iter()
                .filter_map(|place| self.diagram.entities[entity].attributes.get(*place));
            attributes
                .map(|attribute| attribute.name.to_string())
                .collect::<Vec<_>>()
                .join(", ")
        };
        let (child, parent) = (
            columns(relation.child, &relation.columns),
            columns(relation.parent, &relation.referenced),
        );
        let owner = relation
            .only_in
            .as_ref()
            .unwrap_or(&self.diagram.entities[relation.child].name);
        let id = ObjectId::part(Kind::Constraint, owner.clone(), relation.name.clone());
        let mut actions = match self.catalog.get(&id).map(|object| &object.definition) {
            Some(Definition::Constraint(constraint)) => wording::actions(constraint),
            _ => String::new(),
        };
        if let Some(partition) = &relation.only_in {
            let only = format!("only in the partition {partition}");
            actions = if actions.is_empty() {
                only
            } else {
                format!("{actions}, {only}")
            };
        }
        Reference {
            relation: at,
            columns: if is_child {
                format!("{child} → {parent}")
            } else {
                format!("{parent} ← {child}")
            },
            actions,
        }
    }

    fn partitions(&self, place: usize) -> Vec<Entry> {
        let EntityForm::Partitioned { partitions, .. } = &self.diagram.entities[place].form else {
            return Vec::new();
        };
        let bounds = partitions.iter().filter_map(|name| {
            let object = self
                .catalog
                .get(&ObjectId::qualified(Kind::Table, name.clone()))?;
            match &object.definition {
                Definition::Table(table) => match &table.ancestry {
                    Ancestry::Partition { bound, .. } => Some(Entry {
                        name: name_of(object),
                        kind: "partition",
                        definition: bound.clone(),
                        comment: object.comment.clone(),
                    }),
                    Ancestry::Root | Ancestry::Inherits { .. } => None,
                },
                _ => None,
            }
        });
        bounds.collect()
    }
}

fn view_entry(catalog: &Catalog, object: &Object, query: &str) -> ViewEntry {
    let name = match &object.id.name {
        ObjectName::Qualified(name) => name.clone(),
        _ => QualifiedName::new("", object.id.bare_name().clone()),
    };
    ViewEntry {
        form: object.id.kind.words(),
        comment: object.comment.clone(),
        columns: columns(catalog, &name, None),
        query: query.to_owned(),
        name,
    }
}

fn columns(catalog: &Catalog, of: &QualifiedName, entity: Option<(&Diagram, usize)>) -> Vec<ColumnEntry> {
    let attributes = entity
        .and_then(|(diagram, place)| diagram.entities.get(place))
        .map(|entity| &entity.attributes);
    let mut columns: Vec<(i32, ColumnEntry)> = catalog
        .parts(Kind::Column, of)
        .filter_map(|object| match &object.definition {
            Definition::Column(column) => {
                let name = object.id.bare_name();
                let attribute =
                    attributes.and_then(|list| list.iter().find(|attribute| attribute.name == *name));
                let entry = ColumnEntry {
                    name: name.clone(),
                    data_type: wording::data_type(&column.data_type, column.collation.as_deref()),
                    nullable: attribute.map_or(!column.not_null, |attribute| attribute.nullable),
                    default: default_of(column),
                    comment: object.comment.clone(),
                    keys: attribute.map_or(Keys::default(), |attribute| attribute.keys),
                };
                Some((column.position, entry))
            }
            _ => None,
        })
        .collect();
    columns.sort_by_key(|(position, _)| *position);
    columns.into_iter().map(|(_, entry)| entry).collect()
}

fn default_of(column: &Column) -> Option<String> {
    match (&column.identity, &column.generated, &column.default) {
        (Some(identity), _, _) => Some(format!("identity {}", identity.replace('_', " "))),
        (_, Some(expression), _) => Some(format!("generated as {expression}")),
        (_, _, default) => default.clone(),
    }
}

fn policy(policy: &cogway_catalog::Policy) -> String {
    let mut text = format!(
        "{} for {} to {}",
        if policy.permissive {
            "permissive"
        } else {
            "restrictive"
        },
        policy.command,
        policy.roles.join(", ")
    );
    if let Some(using) = &policy.using {
        text += &format!(" using {using}");
    }
    if let Some(check) = &policy.check {
        text += &format!(" with check {check}");
    }
    text
}

/// A name as pages print it: without the schema `public`.
fn name_of(object: &Object) -> String {
    let qualified = |name: &QualifiedName| match name.schema.as_str() {
        "public" => name.name.as_str().to_owned(),
        schema => format!("{schema}.{}", name.name.as_str()),
    };
    match &object.id.name {
        ObjectName::Part { name, .. } | ObjectName::Plain { name } => name.as_str().to_owned(),
        ObjectName::Overloaded { name, .. } | ObjectName::Qualified(name) => qualified(name),
    }
}
