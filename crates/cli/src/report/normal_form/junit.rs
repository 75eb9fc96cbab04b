//! The report as JUnit XML: a test case for each table.

use std::fmt::Write;

use super::Survey;
use crate::paint::Paint;
use crate::printer::Talk;
use crate::report::junit::escape;

/// The whole report.
pub(crate) fn render(survey: &Survey) -> String {
    let bad = survey
        .tables
        .iter()
        .filter(|table| !survey.is_good(table))
        .count();
    let unjudged = survey.too_wide.len();
    let tests = survey.tables.len() + unjudged;
    let counts = format!("tests=\"{tests}\" failures=\"{bad}\" errors=\"0\" skipped=\"{unjudged}\"");
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"cogway normalize\" {counts}>\n  <testsuite \
         name=\"normal forms\" {counts}>\n"
    );
    for table in &survey.tables {
        let name = escape(&table.title());
        // Writing to memory cannot fail.
        let _ = if survey.is_good(table) {
            writeln!(xml, "    <testcase name=\"{name}\" classname=\"tables\"/>")
        } else {
            let lines = super::human::table_lines(survey, table, Talk::Usual, Paint::Plain);
            let message = lines.first().map(String::as_str).unwrap_or_default();
            writeln!(
                xml,
                "    <testcase name=\"{name}\" classname=\"tables\">\n      <failure type=\"normal_form\" \
                 message=\"{}\">{}</failure>\n    </testcase>",
                escape(message),
                escape(&lines.join("\n"))
            )
        };
    }
    for name in &survey.too_wide {
        let name = escape(&name.to_string());
        let _ = writeln!(
            xml,
            "    <testcase name=\"{name}\" classname=\"tables\">\n      <skipped message=\"too many columns\"/>\n    \
             </testcase>"
        );
    }
    xml + "  </testsuite>\n</testsuites>\n"
}
