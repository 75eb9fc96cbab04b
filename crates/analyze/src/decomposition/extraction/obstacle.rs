//! What is in the way of moving columns, and what can move with them.

use std::fmt;

use cogway_catalog::{
    Ancestry, Catalog, Column, Constraint, ConstraintForm, Definition, Kind, Name, Object, QualifiedName,
    Table, TableForm, sql,
};

use super::{Carried, Part};
use crate::dependency::ColumnSet;
use crate::normal_form::{Inside, Known, Note};

/// Why a table is not taken apart by script: everything that makes it more than moving columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
pub struct Refused {
    /// The reasons, each with the object that is in the way.
    pub reasons: Vec<String>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reasons.join("; "))
    }
}

impl Refused {
    pub(super) fn because(reason: impl Into<String>) -> Refused {
        Refused {
            reasons: vec![reason.into()],
        }
    }

    pub(super) fn add(&mut self, reason: impl Into<String>) {
        self.reasons.push(reason.into());
    }

    /// The value, if nothing is in the way.
    pub(super) fn or<T>(self, value: T) -> Result<T, Refused> {
        if self.reasons.is_empty() {
            Ok(value)
        } else {
            Err(self)
        }
    }
}

/// What was found around a table.
pub(super) struct Found {
    pub(super) refused: Refused,
    /// Constraints that can move, with their columns.
    pub(super) carried: Vec<(ColumnSet, Carried)>,
    pub(super) has_triggers: bool,
    /// Routines whose text speaks of the table and of a column that moves.
    pub(super) routines: Vec<String>,
}

/// What is looked at.
struct Look<'c> {
    catalog: &'c Catalog,
    known: &'c Known,
    moved: Vec<Name>,
    found: Found,
}

impl Found {
    pub(super) fn about(
        catalog: &Catalog,
        known: &Known,
        table: &Object,
        columns: &[(&Object, &Column)],
        moved: ColumnSet,
        parts: &[Part],
    ) -> Found {
        let mut look = Look {
            catalog,
            known,
            moved: known.names(moved),
            found: Found {
                refused: Refused::default(),
                carried: Vec::new(),
                has_triggers: false,
                routines: Vec::new(),
            },
        };
        look.at_table(table);
        look.at_publications();
        look.at_parts(moved, parts);
        for place in moved.iter() {
            if let Some((object, column)) = columns.get(place) {
                look.at_column(object, column);
            }
        }
        look.at_generated(moved);
        look.at_constraints(parts, moved);
        look.at_indexes();
        look.at_code();
        look.found
    }
}

impl Look<'_> {
    fn refuse(&mut self, reason: impl Into<String>) {
        self.found.refused.add(reason);
    }

    /// A column that moves and that a text speaks of.
    fn mentioned(&self, text: &str) -> Option<Name> {
        self.moved
            .iter()
            .find(|name| sql::mentions(text, name.as_str()))
            .cloned()
    }

    fn at_table(&mut self, object: &Object) {
        let Definition::Table(table) = &object.definition else {
            return self.refuse("it is no table");
        };
        let Table {
            form,
            ancestry,
            persistence,
            of_type,
            row_security,
            ..
        } = table;
        if *form != TableForm::Ordinary {
            self.refuse("it is partitioned, or its rows are elsewhere");
        }
        if *ancestry != Ancestry::Root || self.has_children() {
            self.refuse("it inherits, or others inherit from it");
        }
        if persistence != "permanent" {
            self.refuse("it is unlogged");
        }
        if of_type.is_some() {
            self.refuse("its columns are those of a type");
        }
        if *row_security {
            self.refuse(
                "policies say who sees its rows: they would have to be written for the new tables too",
            );
        }
    }

    /// Those that name the table: what moves would no longer be published, and nobody would notice.
    fn at_publications(&mut self) {
        let table = self.known.table.to_string();
        let is_this = |published: &String| {
            published
                .strip_prefix(&table)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        let reasons: Vec<String> = self
            .catalog
            .of_kind(Kind::Publication)
            .filter_map(|object| match &object.definition {
                Definition::Publication(publication) if publication.tables.iter().any(is_this) => Some(
                    format!("{} publishes it, and would not publish the new tables", object.id),
                ),
                _ => None,
            })
            .collect();
        for reason in reasons {
            self.refuse(reason);
        }
    }

    fn has_children(&self) -> bool {
        self.catalog
            .of_kind(Kind::Table)
            .any(|object| match &object.definition {
                Definition::Table(table) => match &table.ancestry {
                    Ancestry::Inherits { parents } => parents.contains(&self.known.table),
                    Ancestry::Partition { of, .. } => *of == self.known.table,
                    Ancestry::Root => false,
                },
                _ => false,
            })
    }

    fn at_parts(&mut self, moved: ColumnSet, parts: &[Part]) {
        if parts.iter().any(|part| part.key.is_empty()) {
            self.refuse("a column that is the same in all rows needs a table without a key; it can go by a view, or a check");
        }
        for place in moved.iter() {
            let homes = parts
                .iter()
                .filter(|part| part.columns.contains(place) && !part.key.contains(place));
            if homes.count() != 1 {
                self.refuse(format!(
                    "column {} would be in several new tables, which may come to differ",
                    self.known.name(place)
                ));
            }
        }
        // Rows are told apart by equality, which these types do not have.
        const WITHOUT_EQUALITY: [&str; 10] = [
            "json",
            "xml",
            "point",
            "line",
            "polygon",
            "box",
            "circle",
            "path",
            "lseg",
            "pg_snapshot",
        ];
        let in_new = parts
            .iter()
            .fold(ColumnSet::EMPTY, |all, part| all.union(part.columns));
        for place in in_new.iter() {
            let Some(column) = self.known.columns.get(place) else {
                continue;
            };
            let base = column.base_type.trim_end_matches("[]");
            let is_composite = self.known.notes.iter().any(|note| {
                matches!(note, Note::Inside { column: name, inside: Inside::Composite, .. } if *name == column.name)
            });
            if WITHOUT_EQUALITY.contains(&base) || is_composite {
                let (name, data_type) = (column.name.clone(), column.data_type.clone());
                self.refuse(format!(
                    "column {name}: {data_type} may have no equality, by which rows are told apart"
                ));
            }
        }
    }

    fn at_column(&mut self, object: &Object, column: &Column) {
        let name = object.id.bare_name().clone();
        let owns = self
            .catalog
            .of_kind(Kind::Sequence)
            .any(|sequence| match &sequence.definition {
                Definition::Sequence(sequence) => sequence
                    .owned_by
                    .as_ref()
                    .is_some_and(|owner| owner.relation == self.known.table && owner.column == name),
                _ => false,
            });
        if column.identity.is_some() || owns {
            self.refuse(format!("column {name} has a sequence"));
        }
        let settings = [
            (column.storage.is_some(), "storage"),
            (column.compression.is_some(), "compression"),
            (column.statistics.is_some(), "a statistics target"),
            (!column.options.is_empty(), "options"),
            (object.privileges.is_some(), "privileges of its own"),
            (!object.labels.is_empty(), "security labels"),
        ];
        for (_, what) in settings.iter().filter(|(is_set, _)| *is_set) {
            self.refuse(format!("column {name} has {what}"));
        }
    }

    fn at_generated(&mut self, moved: ColumnSet) {
        for column in &self.known.columns {
            if column.computed_from.is_some_and(|from| !from.is_disjoint(moved)) {
                let name = column.name.clone();
                self.found
                    .refused
                    .add(format!("column {name} is generated from columns that move"));
            }
        }
    }

    fn at_constraints(&mut self, parts: &[Part], moved: ColumnSet) {
        let constraints: Vec<(Name, Option<String>, &Constraint)> = self
            .catalog
            .parts(Kind::Constraint, &self.known.table)
            .filter_map(|object| match &object.definition {
                Definition::Constraint(constraint) => {
                    Some((object.id.bare_name().clone(), object.comment.clone(), constraint))
                }
                _ => None,
            })
            .collect();
        for (name, comment, constraint) in constraints {
            let columns: ColumnSet = constraint
                .columns
                .iter()
                .filter_map(|column| self.known.place(column.as_str()))
                .collect();
            if columns.is_disjoint(moved) || constraint.form == ConstraintForm::NotNull {
                continue;
            }
            let is_together = parts.iter().any(|part| columns.is_subset(part.columns));
            let is_plain =
                comment.is_none() && constraint.validated && constraint.enforced && !constraint.no_inherit;
            match demand(constraint) {
                Some(demand) if is_together && is_plain => {
                    self.found.carried.push((columns, Carried { name, demand }));
                }
                _ => self.refuse(format!("constraint {name} is on columns that move")),
            }
        }
    }

    fn at_indexes(&mut self) {
        let behind: Vec<Name> = self
            .catalog
            .parts(Kind::Constraint, &self.known.table)
            .filter_map(|object| match &object.definition {
                Definition::Constraint(constraint) if constraint.form != ConstraintForm::ForeignKey => {
                    constraint.index.clone()
                }
                _ => None,
            })
            .collect();
        for object in self.catalog.of_kind(Kind::Index) {
            let Definition::Index(index) = &object.definition else {
                continue;
            };
            if index.relation != self.known.table || behind.contains(object.id.bare_name()) {
                continue;
            }
            let includes: Vec<String> = index.include.iter().map(Name::to_string).collect();
            let texts = index.keys.iter().chain(&index.predicate).chain(&includes);
            if let Some(column) = texts.filter_map(|text| self.mentioned(text)).next() {
                self.refuse(format!("{} is on {column}, which moves", object.id));
            }
        }
    }

    /// Views, rules, triggers, policies and statistics that speak of the columns; routines that may.
    fn at_code(&mut self) {
        let table = &self.known.table;
        let speaks_of_table = |text: &str| sql::mentions(text, table.name.as_str());
        for kind in [Kind::View, Kind::MaterializedView] {
            for object in self.catalog.of_kind(kind) {
                let query = match &object.definition {
                    Definition::View(view) => &view.query,
                    Definition::MaterializedView(view) => &view.query,
                    _ => continue,
                };
                if speaks_of_table(query)
                    && let Some(column) = self.mentioned(query)
                {
                    self.refuse(format!("{} speaks of {column}, which moves", object.id));
                }
            }
        }
        for kind in [Kind::Rule, Kind::Policy] {
            let texts: Vec<(String, String)> = self
                .catalog
                .parts(kind, table)
                .map(|object| match &object.definition {
                    Definition::Rule(rule) => (object.id.to_string(), rule.definition.clone()),
                    Definition::Policy(policy) => {
                        let texts = [policy.using.as_deref(), policy.check.as_deref()];
                        (
                            object.id.to_string(),
                            texts.into_iter().flatten().collect::<Vec<_>>().join(" "),
                        )
                    }
                    _ => (String::new(), String::new()),
                })
                .collect();
            self.refuse_mentions(texts);
        }
        let statistics =
            self.catalog
                .of_kind(Kind::Statistics)
                .filter_map(|object| match &object.definition {
                    Definition::Statistics(statistics) if speaks_of_table(&statistics.definition) => {
                        Some((object.id.to_string(), statistics.definition.clone()))
                    }
                    _ => None,
                });
        let statistics: Vec<(String, String)> = statistics.collect();
        self.refuse_mentions(statistics);
        self.at_triggers(table);
        for object in self.catalog.of_kind(Kind::Routine) {
            let Definition::Routine(routine) = &object.definition else {
                continue;
            };
            let text = routine.sql_body.as_ref().unwrap_or(&routine.source);
            if speaks_of_table(text) && self.mentioned(text).is_some() {
                self.found.routines.push(object.id.to_string());
            }
        }
    }

    fn at_triggers(&mut self, table: &QualifiedName) {
        for object in self.catalog.parts(Kind::Trigger, table) {
            let Definition::Trigger(trigger) = &object.definition else {
                continue;
            };
            self.found.has_triggers = true;
            if trigger.enabled != "origin" {
                self.refuse(format!(
                    "{} is not simply on: it could not be left as it is",
                    object.id
                ));
            }
            let function = trigger.function.split('(').next().unwrap_or_default();
            let bodies = self
                .catalog
                .of_kind(Kind::Routine)
                .filter_map(|object| match &object.definition {
                    Definition::Routine(routine) if object.id.to_string().contains(function) => {
                        Some(routine.source.clone())
                    }
                    _ => None,
                });
            let texts: Vec<(String, String)> = std::iter::once(trigger.definition.clone())
                .chain(bodies)
                .map(|text| (object.id.to_string(), text))
                .collect();
            self.refuse_mentions(texts);
        }
    }

    fn refuse_mentions(&mut self, texts: Vec<(String, String)>) {
        for (what, text) in texts {
            if let Some(column) = self.mentioned(&text) {
                self.refuse(format!("{what} speaks of {column}, which moves"));
            }
        }
    }
}

/// What a check or a foreign key demands, as SQL; None for other constraints.
fn demand(constraint: &Constraint) -> Option<String> {
    let list = |names: &[Name]| names.iter().map(Name::to_string).collect::<Vec<_>>().join(", ");
    let mut text = match constraint.form {
        ConstraintForm::Check => format!("check ({})", constraint.expression.as_ref()?),
        ConstraintForm::ForeignKey => {
            let mut text = format!(
                "foreign key ({}) references {} ({})",
                list(&constraint.columns),
                constraint.references.as_ref()?,
                list(&constraint.referenced_columns)
            );
            // Deleting the rows that refer is deleting those of the table, to which the new one does not lead back.
            let deletes_rows = constraint.on_delete.as_deref() == Some("cascade");
            if constraint.period || deletes_rows || !constraint.on_delete_columns.is_empty() {
                return None;
            }
            if constraint.matching.as_deref() == Some("full") {
                text += " match full";
            }
            for (event, action) in [
                ("update", &constraint.on_update),
                ("delete", &constraint.on_delete),
            ] {
                match action.as_deref() {
                    None | Some("no_action") => {}
                    Some(action) => text += &format!(" on {event} {}", action.replace('_', " ")),
                }
            }
            text
        }
        ConstraintForm::PrimaryKey
        | ConstraintForm::Unique
        | ConstraintForm::Exclusion
        | ConstraintForm::NotNull => return None,
    };
    if constraint.deferrable {
        text += " deferrable";
    }
    if constraint.initially_deferred {
        text += " initially deferred";
    }
    Some(text)
}
