//! Constraints and indexes as SQL says them, short.

use cogway_catalog::{Constraint, ConstraintForm, Index, Name};

use crate::er::short_type;

/// A constraint, without its name.
pub(super) fn constraint(constraint: &Constraint, index: Option<&Index>) -> String {
    let columns = list(&constraint.columns);
    let mut text = match constraint.form {
        ConstraintForm::Check => format!(
            "CHECK {}",
            in_parentheses(constraint.expression.as_deref().unwrap_or_default())
        ),
        ConstraintForm::PrimaryKey => format!("PRIMARY KEY ({columns}{})", period(constraint)),
        ConstraintForm::Unique => {
            let nulls = if index.is_some_and(|index| index.nulls_not_distinct) {
                " NULLS NOT DISTINCT"
            } else {
                ""
            };
            format!("UNIQUE{nulls} ({columns}{})", period(constraint))
        }
        ConstraintForm::Exclusion => exclusion(constraint, index),
        ConstraintForm::NotNull => format!("NOT NULL {columns}"),
        ConstraintForm::ForeignKey => format!("FOREIGN KEY ({columns})"),
    };
    if let Some(predicate) = index.and_then(|index| index.predicate.as_deref()) {
        text += &format!(" WHERE {}", in_parentheses(predicate));
    }
    text + &timing(constraint)
}

/// When it is checked, and whether.
pub(super) fn timing(constraint: &Constraint) -> String {
    let mut text = String::new();
    if constraint.initially_deferred {
        text += " DEFERRABLE INITIALLY DEFERRED";
    } else if constraint.deferrable {
        text += " DEFERRABLE";
    }
    if !constraint.enforced {
        text += " NOT ENFORCED";
    } else if !constraint.validated {
        text += " NOT VALID";
    }
    text
}

/// What is done when the row that is referred to goes or changes.
pub(super) fn actions(constraint: &Constraint) -> String {
    let action = |what: &str, action: Option<&str>| match action {
        None | Some("no_action") => None,
        Some(action) => Some(format!("{what} {}", action.replace('_', " "))),
    };
    let mut actions: Vec<String> = Vec::new();
    if let Some(mut text) = action("on delete", constraint.on_delete.as_deref()) {
        if !constraint.on_delete_columns.is_empty() {
            text += &format!(" ({})", list(&constraint.on_delete_columns));
        }
        actions.push(text);
    }
    actions.extend(action("on update", constraint.on_update.as_deref()));
    let timing = timing(constraint).trim().to_lowercase();
    if !timing.is_empty() {
        actions.push(timing);
    }
    actions.join(", ")
}

/// An index, without its name.
pub(super) fn index(index: &Index) -> String {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let mut text = format!("{unique}{} ({})", index.method.as_str(), index.keys.join(", "));
    if !index.include.is_empty() {
        text += &format!(" INCLUDE ({})", list(&index.include));
    }
    if index.nulls_not_distinct {
        text += " NULLS NOT DISTINCT";
    }
    if let Some(predicate) = &index.predicate {
        text += &format!(" WHERE {}", in_parentheses(predicate));
    }
    if !index.valid {
        text += " -- not valid, not used";
    }
    text
}

/// A type, short, with the collation where it is another than the type's.
pub(super) fn data_type(data_type: &str, collation: Option<&str>) -> String {
    match collation {
        Some(collation) => format!("{} collate {collation}", short_type(data_type)),
        None => short_type(data_type),
    }
}

fn exclusion(constraint: &Constraint, index: Option<&Index>) -> String {
    let columns: Vec<String> = constraint.columns.iter().map(Name::to_string).collect();
    let keys = index.map_or(&columns, |index| &index.keys);
    let with = keys.iter().zip(&constraint.operators).map(|(key, operator)| {
        // `pg_catalog.&&(anyrange,anyrange)`
        let name = operator.split('(').next().unwrap_or(operator);
        let name = name.rsplit('.').next().unwrap_or(name);
        format!("{key} WITH {name}")
    });
    let method = index.map_or("gist", |index| index.method.as_str());
    format!("EXCLUDE USING {method} ({})", with.collect::<Vec<_>>().join(", "))
}

fn period(constraint: &Constraint) -> &'static str {
    if constraint.period {
        " WITHOUT OVERLAPS"
    } else {
        ""
    }
}

fn in_parentheses(expression: &str) -> String {
    // PostgreSQL prints most expressions in parentheses; `(a) OR (b)` begins and ends so, too.
    let mut depth = 0;
    let last = expression.len().saturating_sub(1);
    let closes_early = expression.char_indices().any(|(at, c)| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth == 0 && at < last
    });
    if expression.starts_with('(') && !closes_early {
        expression.to_owned()
    } else {
        format!("({expression})")
    }
}

fn list(names: &[Name]) -> String {
    names.iter().map(Name::to_string).collect::<Vec<_>>().join(", ")
}
