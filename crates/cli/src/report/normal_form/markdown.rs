//! The dependencies of all tables, as a document.

use std::fmt::Write;

use cogway_analyze::dependency::ColumnSet;
use cogway_analyze::normal_form::{NormalForm, Verdict};

use super::{Survey, TableReport, list};

/// The whole document. What the rows hold is not in it, so that it is the same wherever the schema and the verdicts are.
pub(crate) fn render(survey: &Survey) -> String {
    let mut text = String::from(
        "# Dependencies\n\nWritten by `cogway normalize --markdown`; do not edit. A dependency `a, b -> c` says that rows \
         which agree in `a` and `b` agree in `c`.\nThose on keys are enforced by the database; others are confirmed or \
         rejected by hand, in `dependencies.toml`, with the\nreason. The normal form follows from these. Whether the rows \
         hold more, `cogway normalize` finds in a filled database.\n\n| Table | Normal form | Keys |\n|---|---|---|\n",
    );
    // Writing to memory cannot fail.
    for table in &survey.tables {
        let _ = writeln!(
            text,
            "| [{name}](#{anchor}) | {} | {} |",
            table.level(),
            keys(table),
            name = cell(&table.title()),
            anchor = anchor(&table.title()),
        );
    }
    for table in &survey.tables {
        text += &section(table);
    }
    for name in &survey.too_wide {
        let _ = writeln!(text, "\n{name} has too many columns to be judged.");
    }
    text
}

fn section(table: &TableReport) -> String {
    let known = &table.known;
    let mut text = format!("\n## {}\n\n{}.", table.title(), table.level());
    if table.level() == NormalForm::BoyceCodd {
        text += " Of what is known, nothing depends on anything but a key.";
    }
    text += "\n\n";
    let columns: Vec<String> = known
        .columns
        .iter()
        .map(|column| format!("`{}` {}", column.name, column.data_type))
        .collect();
    if !columns.is_empty() {
        let _ = writeln!(text, "- Columns: {}", columns.join(", "));
    }
    let all = ColumnSet::first(known.columns.len());
    for key in &known.keys {
        let what = if key.is_primary { "primary key" } else { "unique" };
        let others = known.names(all.minus(key.columns).minus(known.computed()));
        let determined = if others.is_empty() {
            "all columns together".to_owned()
        } else {
            format!("`{} -> {}`", list(&known.names(key.columns)), list(&others))
        };
        let _ = writeln!(text, "- {determined} ({what} `{}`)", key.name);
    }
    for entry in table.rulings.chunk_by(|one, other| one.line == other.line) {
        let Some(first) = entry.first() else { continue };
        let dependents: Vec<_> = entry
            .iter()
            .map(|ruling| known.name(ruling.decided.dependency.dependent))
            .collect();
        let determinant = known.names(first.decided.dependency.determinant);
        let said = format!("{} -> {}", list(&determinant), list(&dependents));
        let _ = match first.decided.verdict {
            Verdict::Confirmed => writeln!(text, "- `{said}` (confirmed: {})", first.because),
            Verdict::Rejected => writeln!(text, "- not `{said}` ({})", first.because),
        };
    }
    for breach in table.breaches() {
        let determinant = list(&known.names(breach.determinant));
        let dependents = list(&known.names(breach.dependents));
        let _ = writeln!(
            text,
            "- **`{determinant} -> {dependents}` breaks {}**",
            breach.breaks
        );
    }
    if let Some(apart) = &table.proposal {
        for line in super::human::proposal_lines(table, apart) {
            let _ = writeln!(text, "  {}", line.trim_start());
        }
    }
    for note in known.notes.iter().filter(|note| note.code() != "list_in_text") {
        let _ = writeln!(text, "- Note: {note}");
    }
    text
}

fn keys(table: &TableReport) -> String {
    let keys: Vec<String> = table
        .assessment
        .judgement
        .keys
        .all
        .iter()
        .map(|key| cell(&list(&table.known.names(*key))))
        .collect();
    keys.join("; ")
}

/// Text that does not end a cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The anchor that GitHub gives a heading.
fn anchor(title: &str) -> String {
    title
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || "-_ ".contains(*c))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}
