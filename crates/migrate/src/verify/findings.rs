//! Turns what PostgreSQL said, and what two catalogs differ in, into findings.

use cogway_catalog::{Aspect, Catalog, Change, Difference, compare, compare_unmodelled, sql};
use cogway_pg::script::{ScriptFailure, ServerError};
use serde_json::Value;

use super::populated::{Culprits, short};
use super::report::{Finding, FindingKind};
use crate::course::Course;
use crate::history::Script;

/// The step of a proof that a comparison ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// `down`: it should be as before `up`.
    Down,
    /// The second `up`: it should be as after the first.
    UpAgain,
}

/// A finding of a script that failed.
pub(super) fn of_failure(
    kind: FindingKind,
    course: &Course<'_>,
    sent_from: usize,
    failure: &ScriptFailure,
) -> Finding {
    let error = &failure.error;
    let kind = if is_about_server(kind, error) {
        FindingKind::CannotJudge
    } else {
        kind
    };
    let mut message = format!("{}: {error}", kind.words());
    if let Some(context) = &error.context {
        message.push_str(&format!(" [{}]", context.lines().next().unwrap_or_default()));
    }
    Finding {
        sqlstate: (!error.sqlstate.is_empty()).then(|| error.sqlstate.clone()),
        line: course.place(sent_from, failure).map(|place| place.line),
        hint: hint(kind, error),
        message,
        ..plain(kind, course.script)
    }
}

/// A finding of a script that fails on rows, with those that it does not get past.
pub(super) fn of_rows(
    kind: FindingKind,
    course: &Course<'_>,
    sent_from: usize,
    failure: &ScriptFailure,
    culprits: Culprits,
) -> Finding {
    let finding = of_failure(kind, course, sent_from, failure);
    let mut message = finding.message.clone();
    if let (Some(table), false) = (&culprits.table, culprits.rows.is_empty()) {
        message.push_str(&format!("\nrows of {table} that are in the way:"));
        for row in &culprits.rows {
            let values = row.iter().map(|(column, value)| match value {
                Some(value) => format!("{} {}", sql::quote_ident(column), in_quotes(value)),
                None => format!("{} NULL", sql::quote_ident(column)),
            });
            message.push_str(&format!("\n  {}", values.collect::<Vec<_>>().join(", ")));
        }
    }
    let object = match (&culprits.table, &culprits.column) {
        (Some(table), Some(column)) => Some(format!("column {table}.{}", sql::quote_ident(column))),
        (Some(table), None) => Some(format!("table {table}")),
        (None, _) => None,
    };
    Finding {
        object,
        message,
        rows: culprits
            .rows
            .into_iter()
            .map(|row| row.into_iter().map(to_json).collect())
            .collect(),
        ..finding
    }
}

fn to_json((column, value): (String, Option<String>)) -> (String, Value) {
    (column, value.map_or(Value::Null, Value::String))
}

/// A value in quotes, unless it is a plain number.
fn in_quotes(value: &str) -> String {
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        value.to_owned()
    } else {
        format!("'{}'", short(value))
    }
}

/// A finding about a script as a whole.
pub(super) fn plain(kind: FindingKind, script: &Script) -> Finding {
    Finding {
        kind,
        object: None,
        attribute: None,
        before: None,
        after: None,
        message: kind.words().to_owned(),
        hint: String::new(),
        path: script.path.clone(),
        line: None,
        sqlstate: None,
        allowed: None,
        rows: Vec::new(),
    }
}

/// Does the server lack something that the script may rightly expect of another?
fn is_about_server(kind: FindingKind, error: &ServerError) -> bool {
    match error.sqlstate.as_str() {
        // extension "…" is not available; could not open extension control file.
        "0A000" => error.message.contains("extension") && error.message.contains("not available"),
        "58P01" | "58030" => true,
        "42501" => true,
        // A role belongs to the cluster, and is made by whoever sets that up.
        // Once `up` has run, those that it knows of are there.
        "42704" => kind == FindingKind::UpFails && error.message.starts_with("role "),
        "22023" => error.message.contains("tablespace"),
        // lock or memory exhausted, disk full
        "53100" | "53200" | "53300" => true,
        _ => false,
    }
}

fn hint(kind: FindingKind, error: &ServerError) -> String {
    if matches!(kind, FindingKind::UpFailsOnRows | FindingKind::DownFailsOnRows) {
        return hint_on_rows(&error.sqlstate).to_owned();
    }
    if let Some(hint) = &error.hint {
        return hint.clone();
    }
    match (kind, error.sqlstate.as_str()) {
        (FindingKind::CannotJudge, "42704") => {
            "name the role under [verify] roles in cogway.toml: it is then made before the proof".to_owned()
        }
        (FindingKind::CannotJudge, "42501") => {
            "the proof runs without this right; leave out --database-url to run it as superuser of a private server".to_owned()
        }
        (FindingKind::CannotJudge, _) => {
            "install what is missing on this machine, or prove on a server that has it with --database-url".to_owned()
        }
        (_, "25001") => {
            "this statement cannot run in a transaction: give the revision the directive of its tool that says so".to_owned()
        }
        (_, "42601" | "0A000") => "mend the script; where it is right for a newer PostgreSQL than this one, prove it on \
             that, with --pg-bin"
            .to_owned(),
        (FindingKind::DownFails, _) => "run the script by hand after up, and mend it".to_owned(),
        (FindingKind::UpAgainFails, _) => "down leaves something that up cannot make a second time".to_owned(),
        _ => "run the script by hand on the state before, and mend it".to_owned(),
    }
}

/// What people do about rows that are in the way.
fn hint_on_rows(sqlstate: &str) -> &'static str {
    match sqlstate {
        "23502" => {
            "give the column a default, or fill it before SET NOT NULL; of a large table in parts, with CHECK (… IS NOT \
             NULL) NOT VALID for new rows until then"
        }
        "23503" => {
            "mend or remove the rows that refer to nothing first; ADD CONSTRAINT … NOT VALID holds for new rows at once, \
             VALIDATE CONSTRAINT later for the old ones"
        }
        "23505" => "make the rows distinct first, and decide which of them keeps the value",
        "23514" => {
            "mend the rows first; ADD CONSTRAINT … NOT VALID holds for new rows at once, VALIDATE CONSTRAINT later for the \
             old ones"
        }
        "23P01" => "mend the rows that exclude each other first",
        "22001" | "22003" => {
            "the new type holds less than what is there: mend the rows first, or say in USING what becomes of them"
        }
        "22P02" | "22007" | "22008" | "42804" | "42846" => {
            "not every value can be converted: mend the rows first, or say in USING what becomes of the others"
        }
        _ => "run the script by hand on a database with rows, and mend it",
    }
}

/// The findings of a comparison; none where the catalogs are equal, but for what is excluded.
pub(super) fn of_differences(
    step: Step,
    script: &Script,
    should: &Catalog,
    is: &Catalog,
    exclude: &[Aspect],
) -> Vec<Finding> {
    let mut findings: Vec<Finding> = compare(should, is)
        .into_iter()
        .filter(|difference| {
            let attribute = difference.attribute().unwrap_or_default();
            let kind = match difference.change {
                Change::Reordered { .. } => cogway_catalog::Kind::Column,
                _ => difference.object.kind,
            };
            !exclude.iter().any(|aspect| aspect.covers(kind, attribute))
        })
        .map(|difference| of_difference(step, script, difference))
        .collect();
    let (gone, come) = compare_unmodelled(should, is);
    let unmodelled = gone
        .iter()
        .map(|thing| (thing, "is gone"))
        .chain(come.iter().map(|thing| (thing, "is left behind")));
    findings.extend(unmodelled.map(|(thing, what)| Finding {
        object: Some(thing.to_string()),
        message: format!("{thing} {what}"),
        hint: "Cogway sees that it is there, but does not model it".to_owned(),
        ..plain(differs(step), script)
    }));
    findings
}

fn differs(step: Step) -> FindingKind {
    match step {
        Step::Down => FindingKind::DownDiffers,
        Step::UpAgain => FindingKind::UpAgainDiffers,
    }
}

fn of_difference(step: Step, script: &Script, difference: Difference) -> Finding {
    let (removed, added) = match step {
        Step::Down => ("missing after down", "left behind by down"),
        Step::UpAgain => ("missing after the second up", "only after the second up"),
    };
    let message = difference.in_words(removed, added);
    let attribute = difference.attribute().map(str::to_owned);
    let object = Some(difference.object.to_string());
    let (kind, before, after, hint) = match difference.change {
        Change::Added => (differs(step), None, None, added_hint(step)),
        Change::Removed => (
            differs(step),
            None,
            None,
            "make it again in down, as it was before up",
        ),
        Change::Altered { before, after, .. } => {
            (differs(step), Some(before), Some(after), altered_hint(step))
        }
        Change::Reordered { before, after } => (
            if step == Step::Down {
                FindingKind::ColumnOrder
            } else {
                differs(step)
            },
            serde_json::to_value(before).ok(),
            serde_json::to_value(after).ok(),
            "PostgreSQL adds columns at the end only; if nothing relies on the order, allow it in cogway.toml",
        ),
    };
    Finding {
        kind,
        object,
        attribute,
        before,
        after,
        message,
        hint: hint.to_owned(),
        ..plain(kind, script)
    }
}

fn added_hint(step: Step) -> &'static str {
    match step {
        Step::Down => "take it back in down",
        Step::UpAgain => {
            "up does not do the same twice: look for names that PostgreSQL makes up, dates and IF NOT EXISTS"
        }
    }
}

fn altered_hint(step: Step) -> &'static str {
    match step {
        Step::Down => "give it its former value in down",
        Step::UpAgain => {
            "up does not do the same twice: look for names that PostgreSQL makes up, dates and IF NOT EXISTS"
        }
    }
}
