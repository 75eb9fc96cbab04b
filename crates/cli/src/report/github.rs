//! The report as annotations of a pull request.
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use std::fmt::Write;
use std::path::Path;

use cogway_migrate::verify::FindingKind;

use super::{Subject, UNUSED_HINT, group_text, groups, on_rows, title, unused_message};

/// The whole report. `relative` turns a path into one that GitHub knows: from the root of the checkout.
pub(crate) fn render(subject: &Subject<'_>, relative: &dyn Fn(&Path) -> String) -> String {
    let mut text = String::new();
    for revision in &subject.report.revisions {
        for group in groups(&revision.findings)
            .iter()
            .filter(|group| group[0].allowed.is_none())
        {
            let first = group[0];
            let level = match first.kind {
                FindingKind::ColumnOrder => Level::Warning,
                FindingKind::UpFails
                | FindingKind::DownMissing
                | FindingKind::DownEmpty
                | FindingKind::DownFails
                | FindingKind::DownDiffers
                | FindingKind::UpAgainFails
                | FindingKind::UpAgainDiffers
                | FindingKind::DataDiffers
                | FindingKind::UpFailsOnRows
                | FindingKind::DownFailsOnRows
                | FindingKind::DataLost
                | FindingKind::CannotJudge => Level::Error,
            };
            let about = format!(
                "{}: {}",
                title(revision.id.as_str(), &revision.name),
                first.kind.words()
            );
            let message = group_text(group).join("\n");
            annotate(
                &mut text,
                level,
                &relative(&first.path),
                first.line,
                &about,
                &message,
            );
        }
    }
    for problem in &subject.report.problems {
        let message = format!("{}\nhint: {}", problem.message, problem.hint);
        let file = relative(&problem.path);
        annotate(
            &mut text,
            Level::Error,
            &file,
            problem.line,
            "problem with the files",
            &message,
        );
    }
    for entry in subject.unused() {
        let message = format!("{}\nhint: {UNUSED_HINT}", unused_message(entry));
        let file = relative(&subject.config_path());
        annotate(
            &mut text,
            Level::Error,
            &file,
            Some(entry.line),
            "unused allowance",
            &message,
        );
    }
    // In the log of the job these are ordinary lines.
    if let Some(rewrites) = on_rows::rewrites(subject.report) {
        text += &rewrites;
        text.push('\n');
    }
    text + &subject.summary() + "\n"
}

enum Level {
    Error,
    Warning,
}

fn annotate(text: &mut String, level: Level, file: &str, line: Option<usize>, title: &str, message: &str) {
    let level = match level {
        Level::Error => "error",
        Level::Warning => "warning",
    };
    let line = line.map(|line| format!("line={line},")).unwrap_or_default();
    let (file, title, message) = (property(file), property(title), data(message));
    // Writing to memory cannot fail.
    let _ = writeln!(text, "::{level} file={file},{line}title={title}::{message}");
}

/// Escapes what follows the second `::`.
pub(crate) fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property.
pub(crate) fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_an_annotation_early() {
        let mut text = String::new();
        annotate(
            &mut text,
            Level::Warning,
            "a,b.sql",
            Some(3),
            "x: 100%",
            "one\r\ntwo: 5%",
        );
        assert_eq!(
            text,
            "::warning file=a%2Cb.sql,line=3,title=x%3A 100%25::one%0D%0Atwo: 5%25\n"
        );
    }
}
