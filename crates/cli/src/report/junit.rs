//! The report as JUnit XML: a test case for each revision, each problem and each unused allowance.
//!
//! There is no standard; this keeps to what Jenkins, GitLab and the GitHub actions for it all read: at most one failure
//! a case. <https://github.com/testmoapp/junitxml>

use std::fmt::Write;

use cogway_migrate::verify::{RevisionReport, Verdict};

use super::{Subject, UNUSED_HINT, group_text, groups, place, title, unused_message};

/// The whole report.
pub(crate) fn render(subject: &Subject<'_>) -> String {
    let report = subject.report;
    let others = report.problems.len() + subject.unused().count();
    let counts = format!(
        "name=\"cogway verify\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"{:.3}\"",
        report.revisions.len() + others,
        report.count(Verdict::Finding) + others,
        report.count(Verdict::Allowed),
        report.took.as_secs_f64(),
    );
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let suite = escape(&subject.dir.display().to_string());
    // Writing to memory cannot fail.
    let _ = writeln!(
        xml,
        "<testsuites {counts}>\n  <testsuite {}>",
        counts.replace("cogway verify", &suite)
    );
    for revision in &report.revisions {
        case(&mut xml, revision);
    }
    for problem in &report.problems {
        let place = place(&problem.path, problem.line);
        let text = format!("{place}: {}\nhint: {}", problem.message, problem.hint);
        let name = format!("{place}: {}", problem.message);
        let failure = Failure {
            kind: problem.kind.code().to_owned(),
            message: problem.message.clone(),
            text,
        };
        one_case(
            &mut xml,
            &name,
            "files",
            &problem.path.display().to_string(),
            0.0,
            Some(Outcome::Failure(failure)),
        );
    }
    for entry in subject.unused() {
        let path = subject.config_path();
        let message = unused_message(entry);
        let text = format!(
            "{}: {message}\nhint: {UNUSED_HINT}",
            place(&path, Some(entry.line))
        );
        let failure = Failure {
            kind: "unused_allowance".to_owned(),
            message: message.clone(),
            text,
        };
        let file = path.display().to_string();
        one_case(
            &mut xml,
            &message,
            "allowances",
            &file,
            0.0,
            Some(Outcome::Failure(failure)),
        );
    }
    xml += "  </testsuite>\n</testsuites>\n";
    xml
}

enum Outcome {
    Failure(Failure),
    /// Allowed, with the reasons.
    Skipped(String),
}

struct Failure {
    kind: String,
    message: String,
    text: String,
}

fn case(xml: &mut String, revision: &RevisionReport) {
    let groups = groups(&revision.findings);
    let outcome = match revision.verdict {
        Verdict::Pass => None,
        Verdict::Allowed => {
            let mut reasons: Vec<&str> = revision
                .findings
                .iter()
                .filter_map(|f| f.allowed.as_deref())
                .collect();
            reasons.dedup();
            Some(Outcome::Skipped(format!("allowed: {}", reasons.join("; "))))
        }
        Verdict::Finding => {
            let open = || groups.iter().filter(|group| group[0].allowed.is_none());
            let join = |mut words: Vec<&str>, with: &str| {
                words.dedup();
                words.join(with)
            };
            let text = open().map(|group| {
                let (place, lines) = (place(&group[0].path, group[0].line), group_text(group));
                format!("{place}: {}", lines.join("\n  "))
            });
            Some(Outcome::Failure(Failure {
                kind: join(open().map(|group| group[0].kind.code()).collect(), ","),
                message: join(open().map(|group| group[0].kind.words()).collect(), "; "),
                text: text.collect::<Vec<_>>().join("\n"),
            }))
        }
    };
    let name = title(revision.id.as_str(), &revision.name);
    let file = revision.up.display().to_string();
    one_case(
        xml,
        &name,
        "revisions",
        &file,
        revision.took.as_secs_f64(),
        outcome,
    );
}

fn one_case(xml: &mut String, name: &str, class: &str, file: &str, seconds: f64, outcome: Option<Outcome>) {
    let (name, file) = (escape(name), escape(file));
    let head =
        format!("    <testcase name=\"{name}\" classname=\"{class}\" file=\"{file}\" time=\"{seconds:.3}\"");
    let _ = match outcome {
        None => writeln!(xml, "{head}/>"),
        Some(Outcome::Skipped(reason)) => {
            writeln!(
                xml,
                "{head}>\n      <skipped message=\"{}\"/>\n    </testcase>",
                escape(&reason)
            )
        }
        Some(Outcome::Failure(failure)) => writeln!(
            xml,
            "{head}>\n      <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>",
            escape(&failure.kind),
            escape(&failure.message),
            escape(&failure.text)
        ),
    };
}

/// Text for elements and attributes; what XML 1.0 cannot hold becomes `�`.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(c),
            '\r' => escaped.push_str("&#13;"),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_well_formed() {
        assert_eq!(
            escape("a<b> & \"c\"\x07\n"),
            "a&lt;b&gt; &amp; &quot;c&quot;\u{fffd}\n"
        );
    }
}
