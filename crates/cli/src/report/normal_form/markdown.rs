//! The dependencies of all tables, as a document.

use std::fmt::Write;

use cogway_analyze::dependency::ColumnSet;
use cogway_analyze::normal_form::{NormalForm, Verdict};

use super::{Survey, TableReport, in_words, list};

/// The whole document. What the rows hold is not in it, so that it is the same wherever the schema and the verdicts are.
pub(crate) fn render(survey: &Survey) -> String {
    let mut text = String::from(
        "# Dependencies\n\nWritten by `cogway normalize --markdown`; do not edit. A dependency `a, b -> c` says that rows \
         which agree in `a` and `b` agree in `c`.\nThose on keys are enforced by the database; others hold because of what \
         the tables are about, and are confirmed by hand.\n\n| Table | Normal form | Keys |\n|---|---|---|\n",
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
    let _ = writeln!(text, "\n{}.", without_undecided(survey));
    text
}

fn section(table: &TableReport) -> String {
    let known = &table.known;
    let mut text = format!("\n## {}\n\n{}.", table.title(), table.level());
    if table.level() == NormalForm::BoyceCodd {
        text += " Nothing depends on anything but a key.";
    }
    text += "\n\n";
    let columns: Vec<String> = known
        .columns
        .iter()
        .map(|column| format!("`{}` {}", column.name, column.data_type))
        .collect();
    let _ = writeln!(text, "- Columns: {}", columns.join(", "));
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
    for ruling in &table.rulings {
        let said = in_words(known, ruling.decided.dependency);
        let _ = match ruling.decided.verdict {
            Verdict::Confirmed => writeln!(text, "- `{said}` (confirmed: {})", ruling.because),
            Verdict::Rejected => writeln!(text, "- not `{said}` ({})", ruling.because),
        };
    }
    for violation in &table.assessment.judgement.violations {
        let said = in_words(known, violation.dependency);
        let _ = writeln!(text, "- **`{said}` breaks {}**", violation.breaks);
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

fn without_undecided(survey: &Survey) -> String {
    let summary = survey.summary();
    let mut parts = summary
        .split("; ")
        .filter(|part| !part.ends_with("to be decided on"));
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| format!("{text}; {part}"))
}
