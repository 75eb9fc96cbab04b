//! The scripts as text.

use std::collections::BTreeSet;
use std::fmt::Write;

use cogway_catalog::{Column, Name, Object, sql};

use super::{Carried, Design, NewTable};
use crate::dependency::ColumnSet;

/// Takes the table apart.
pub(super) fn up(design: &Design<'_>) -> String {
    let table = &design.known.table;
    let mut text = remark(&format!(
        "Takes {table} apart: what depends on a part of its row gets a table of its own."
    ));
    for other in &design.tables {
        text += &remark(&format!("  {}: {}", other.name, comment(design, other)));
    }
    if design.reorders {
        text += "-- Going back puts the columns behind all others: PostgreSQL adds columns nowhere else.\n";
    }
    for routine in &design.routines {
        text += &remark(&format!(
            "Look at {routine}: its text speaks of columns that move."
        ));
    }
    for other in &design.tables {
        text.push('\n');
        text += &create(design, other);
    }
    for other in &design.tables {
        text.push('\n');
        text += &fill(design, other);
    }
    text.push('\n');
    for reference in &design.references {
        let Some(to) = design.tables.get(reference.to) else {
            continue;
        };
        let key = names(design, to.part.key);
        // Writing to memory cannot fail.
        let _ = writeln!(
            text,
            "alter table {}\n    add constraint {} foreign key ({key}) references {} ({key});",
            reference.from, reference.name, to.name
        );
    }
    let drops: Vec<String> = design
        .moved
        .iter()
        .map(|place| format!("    drop column {}", design.known.name(place)))
        .collect();
    let _ = writeln!(text, "\nalter table {table}\n{};", drops.join(",\n"));
    text
}

/// Puts the table together again.
pub(super) fn down(design: &Design<'_>) -> String {
    let table = &design.known.table;
    let mut text = remark(&format!("Puts {table} together again."));
    if design.reorders {
        text += "-- The columns come behind all others: PostgreSQL adds columns nowhere else.\n";
    }
    text.push('\n');
    let moved = || design.moved.iter().filter_map(|place| design.columns.get(place));
    let adds: Vec<String> = moved()
        .map(|(object, column)| format!("    add column {}", typed(object, column)))
        .collect();
    // Writing to memory cannot fail.
    let _ = writeln!(text, "alter table {table}\n{};\n", adds.join(",\n"));
    if design.has_triggers {
        text += "-- Nothing happens to the rows: no trigger needs to know.\n";
        let _ = writeln!(text, "alter table {table} disable trigger user;");
    }
    for other in &design.tables {
        let found: Vec<String> = design
            .known
            .names(other.part.key)
            .iter()
            .map(|name| format!("n.{name} = o.{name}"))
            .collect();
        let sets: Vec<String> = design
            .known
            .names(
                other
                    .part
                    .columns
                    .minus(other.part.key)
                    .intersection(design.moved),
            )
            .iter()
            .map(|name| format!("{name} = n.{name}"))
            .collect();
        let _ = writeln!(
            text,
            "update {table} as o\n   set {}\n  from {} as n\n where {};",
            sets.join(", "),
            other.name,
            found.join(" and ")
        );
    }
    if design.has_triggers {
        let _ = writeln!(text, "alter table {table} enable trigger user;");
    }
    text.push('\n');
    for (object, column) in moved() {
        let name = object.id.bare_name();
        if let Some(default) = &column.default {
            let _ = writeln!(
                text,
                "alter table {table} alter column {name} set default {default};"
            );
        }
        if column.not_null {
            let _ = writeln!(text, "alter table {table} alter column {name} set not null;");
        }
        if let Some(comment) = &object.comment {
            let _ = writeln!(
                text,
                "comment on column {table}.{name} is {};",
                sql::quote_literal(comment)
            );
        }
    }
    // What is on a column that hangs in one new table and is the key of another is in both, and was one constraint.
    let mut put_back = BTreeSet::new();
    for Carried { name, demand } in design.tables.iter().flat_map(|other| &other.constraints) {
        if !put_back.insert(name) {
            continue;
        }
        let _ = writeln!(text, "alter table {table} add constraint {name} {demand};");
    }
    text.push('\n');
    for reference in design
        .references
        .iter()
        .filter(|reference| reference.from == *table)
    {
        let _ = writeln!(text, "alter table {table} drop constraint {};", reference.name);
    }
    // Those that refer to others come first: a table is found by what is in one before it.
    let gone: Vec<String> = design.tables.iter().map(|other| other.name.to_string()).collect();
    let _ = writeln!(text, "drop table {};", gone.join(", "));
    text
}

fn create(design: &Design<'_>, table: &NewTable) -> String {
    let mut lines = Vec::new();
    let columns = || {
        table
            .part
            .columns
            .iter()
            .filter_map(|place| Some((place, design.columns.get(place)?)))
    };
    for (place, (object, column)) in columns() {
        let mut line = format!("    {}", typed(object, column));
        // A determinant's default stays with the old table, whose rows choose it.
        if let Some(default) = &column.default
            && !table.part.key.contains(place)
        {
            line += &format!(" default {default}");
        }
        if column.not_null || table.part.key.contains(place) {
            line += " not null";
        }
        lines.push(line);
    }
    lines.push(format!("    primary key ({})", names(design, table.part.key)));
    for key in &table.unique {
        lines.push(format!("    unique ({})", names(design, *key)));
    }
    for Carried { name, demand } in &table.constraints {
        lines.push(format!("    constraint {name} {demand}"));
    }
    // Writing to memory cannot fail.
    let mut text = format!("create table {} (\n{}\n);\n", table.name, lines.join(",\n"));
    let said = sql::quote_literal(&comment(design, table));
    let _ = writeln!(text, "comment on table {} is {said};", table.name);
    for (_, (object, _)) in columns() {
        if let Some(comment) = &object.comment {
            let name = object.id.bare_name();
            let _ = writeln!(
                text,
                "comment on column {}.{name} is {};",
                table.name,
                sql::quote_literal(comment)
            );
        }
    }
    for grant in design.table.privileges.iter().flatten() {
        if Some(&grant.grantee) == design.table.owner.as_ref() {
            continue;
        }
        for privilege in &grant.privileges {
            let (word, option) = match privilege.strip_suffix('*') {
                Some(word) => (word, " with grant option"),
                None => (privilege.as_str(), ""),
            };
            let to = match grant.grantee.as_str() {
                "public" => "public".to_owned(),
                _ => grant.grantee.to_string(),
            };
            let _ = writeln!(
                text,
                "grant {} on {} to {to}{option};",
                word.to_lowercase(),
                table.name
            );
        }
    }
    text
}

/// Rows whose determinant is NULL have nothing to be found by. Where all that moves is NULL in them too, nothing is lost;
/// where it is not, the new table refuses them, and the script fails before anything is changed.
fn fill(design: &Design<'_>, table: &NewTable) -> String {
    let columns = names(design, table.part.columns);
    let key = names(design, table.part.key);
    let tellers = tellers(design, table);
    let (why, distinct) = if tellers.is_empty() {
        ("", " distinct")
    } else {
        (
            "-- Values that are equal and not the same, such as 1.0 and 1.00, stop this: one of them would be lost.\n",
            "",
        )
    };
    let mut text = format!(
        "{why}insert into {} ({columns})\nselect{distinct} {columns}\n  from only {}\n",
        table.name, design.known.table
    );
    let is_nullable = |place: usize| {
        design
            .known
            .columns
            .get(place)
            .is_some_and(|column| column.nullable)
    };
    if table.part.key.iter().any(is_nullable) {
        let is_there = |columns: ColumnSet| -> Vec<String> {
            design
                .known
                .names(columns)
                .iter()
                .map(|name| format!("{name} is not null"))
                .collect()
        };
        let others = is_there(table.part.columns.minus(table.part.key));
        text += &format!(" where ({})", is_there(table.part.key).join(" and "));
        for other in others {
            text += &format!("\n    or {other}");
        }
        text.push('\n');
    }
    if !tellers.is_empty() {
        text += &format!(" group by {columns}, {}\n", tellers.join(", "));
    }
    text + &format!(" order by {key};\n")
}

/// What the columns of a new table are grouped by besides themselves: the texts of those that move there and whose values
/// may be equal without being the same. So two of these are two rows, and the key refuses them; as one row they would have
/// lost the other.
fn tellers(design: &Design<'_>, table: &NewTable) -> Vec<String> {
    let others = table.part.columns.minus(table.part.key);
    let inexact = others.intersection(design.inexact);
    let text = |name: &Name| format!("({name}::text collate \"C\")");
    design.known.names(inexact).iter().map(text).collect()
}

/// A line of comment. Names may have line breaks in them, behind which it would go on as SQL.
fn remark(text: &str) -> String {
    format!("-- {}\n", text.replace(['\n', '\r'], " "))
}

fn comment(design: &Design<'_>, table: &NewTable) -> String {
    let others = table.part.columns.minus(table.part.key);
    format!(
        "what {} determines: {}",
        names(design, table.part.key),
        names(design, others)
    )
}

fn typed(object: &Object, column: &Column) -> String {
    let collation = column
        .collation
        .as_ref()
        .map(|collation| format!(" collate {collation}"))
        .unwrap_or_default();
    format!("{} {}{collation}", object.id.bare_name(), column.data_type)
}

fn names(design: &Design<'_>, columns: ColumnSet) -> String {
    let names = design.known.names(columns);
    names.iter().map(Name::to_string).collect::<Vec<_>>().join(", ")
}
