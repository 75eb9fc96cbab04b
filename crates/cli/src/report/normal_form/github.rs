//! The report as annotations of a pull request.

use std::fmt::Write;

use super::Survey;
use crate::paint::Paint;
use crate::printer::Talk;
use crate::report::github::{data, property};

/// The whole report. What there is against a table stands in no file, but a contradicted verdict does.
pub(crate) fn render(survey: &Survey) -> String {
    let mut text = String::new();
    for table in survey.tables.iter().filter(|table| !survey.is_good(table)) {
        let lines = super::human::table_lines(survey, table, Talk::Usual, Paint::Plain);
        let title = format!("{} is in {}", table.title(), table.level());
        let contradicted = table
            .contradictions
            .first()
            .and_then(|contradiction| table.rulings.get(contradiction.ruling));
        let file = contradicted.map(|ruling| {
            let path = property(&survey.verdicts.display().to_string());
            format!("file={path},line={},", ruling.line)
        });
        // Writing to memory cannot fail.
        let _ = writeln!(
            text,
            "::error {}title={}::{}",
            file.unwrap_or_default(),
            property(&title),
            data(&lines.join("\n"))
        );
    }
    text + &survey.summary() + "\n"
}
