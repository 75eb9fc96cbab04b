//! The report for people: what is wrong, revision by revision, and a last line with the counts.

use std::fmt::Write;

use cogway_migrate::verify::{Finding, FindingKind, RevisionReport, Verdict};

use super::{
    Subject, UNUSED_HINT, groups, hints, message_lines, on_rows, place, says_kind, title, unused_message,
};
use crate::paint::{Paint, Tone};
use crate::printer::Talk;

/// How many differences of one script are shown, unless everything is asked for.
const MOST_DIFFERENCES: usize = 10;

/// How many things that Cogway does not read are named, likewise.
const MOST_UNMODELLED: usize = 10;

/// The whole report.
pub(crate) fn render(subject: &Subject<'_>, talk: Talk, paint: Paint) -> String {
    let titles = subject
        .report
        .revisions
        .iter()
        .map(|revision| title(revision.id.as_str(), &revision.name));
    let width = titles.map(|title| title.chars().count()).max().unwrap_or(0);
    let mut page = Page {
        text: String::new(),
        paint,
        talk,
        width,
    };
    for revision in &subject.report.revisions {
        page.revision(revision);
    }
    page.problems(subject);
    page.unused(subject);
    page.unmodelled(subject);
    page.on_rows(subject);
    page.summary(subject);
    page.text
}

struct Page {
    text: String,
    paint: Paint,
    talk: Talk,
    /// Of the longest title of a revision, in characters.
    width: usize,
}

impl Page {
    fn line(&mut self, indent: usize, text: &str) {
        // Writing to memory cannot fail.
        let _ = writeln!(self.text, "{:indent$}{text}", "");
    }

    fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn hint(&mut self, indent: usize, hint: &str) {
        let label = self.paint.text(Tone::Advice, "hint:");
        self.line(indent, &format!("{label} {hint}"));
    }

    fn revision(&mut self, revision: &RevisionReport) {
        let everything = self.talk == Talk::Verbose;
        if revision.verdict != Verdict::Finding && !everything {
            return;
        }
        let title = title(revision.id.as_str(), &revision.name);
        let verdict = match revision.verdict {
            Verdict::Pass => Some(self.paint.text(Tone::Good, "pass   ")),
            Verdict::Allowed => Some(self.paint.text(Tone::Doubtful, "allowed")),
            Verdict::Finding => None,
        };
        match verdict {
            None => {
                self.blank();
                self.line(0, &self.paint.text(Tone::Strong, title));
            }
            Some(verdict) => {
                let time = self.paint.text(
                    Tone::Quiet,
                    format!("{:>4.0} ms", revision.took.as_secs_f64() * 1e3),
                );
                self.line(
                    0,
                    &format!("{title:width$}  {verdict}  {time}", width = self.width),
                );
            }
        }
        for group in groups(&revision.findings) {
            if group[0].allowed.is_none() || everything {
                self.group(&group);
            }
        }
        if everything && let Some(on_rows) = &revision.on_rows {
            for line in on_rows::lines(on_rows) {
                self.line(2, &self.paint.text(Tone::Quiet, line));
            }
        }
        if revision.verdict == Verdict::Finding {
            self.blank();
        }
    }

    /// `path:line: words`, what differs, what to do.
    fn group(&mut self, group: &[&Finding]) {
        let first = group[0];
        let tone = match first.kind {
            _ if first.allowed.is_some() => Tone::Quiet,
            FindingKind::ColumnOrder | FindingKind::CannotJudge => Tone::Doubtful,
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
            | FindingKind::DataLost => Tone::Bad,
        };
        let words = self.paint.text(tone, first.kind.words());
        let place = place(&first.path, first.line);
        let shown = match self.talk {
            Talk::Verbose => group.len(),
            // Naming one more takes no more room than saying that there is one more.
            Talk::Quiet | Talk::Usual if group.len() > MOST_DIFFERENCES + 1 => MOST_DIFFERENCES,
            Talk::Quiet | Talk::Usual => group.len(),
        };
        match group {
            [only] if says_kind(only) => {
                let mut lines = message_lines(only);
                let rest = lines
                    .next()
                    .unwrap_or_default()
                    .strip_prefix(only.kind.words())
                    .unwrap_or_default();
                let code = match &only.sqlstate {
                    Some(code) if !only.message.contains(code.as_str()) => format!(" (SQLSTATE {code})"),
                    _ => String::new(),
                };
                self.line(
                    2,
                    &format!("{place}: {words}{rest}{}", self.paint.text(Tone::Quiet, code)),
                );
                lines.for_each(|line| self.line(6, line));
            }
            _ => {
                self.line(2, &format!("{place}: {words}"));
                for finding in &group[..shown] {
                    let mut lines = message_lines(finding);
                    self.line(4, lines.next().unwrap_or_default());
                    lines.for_each(|line| self.line(6, line));
                }
            }
        }
        if shown < group.len() {
            let more = format!("… and {} more; -v shows all", group.len() - shown);
            self.line(4, &self.paint.text(Tone::Quiet, more));
        }
        match &first.allowed {
            Some(reason) => self.line(4, &format!("allowed: {reason}")),
            None => hints(group).for_each(|hint| self.hint(4, hint)),
        }
    }

    fn problems(&mut self, subject: &Subject<'_>) {
        for problem in &subject.report.problems {
            self.blank();
            let label = self.paint.text(Tone::Bad, "problem");
            self.line(
                0,
                &format!(
                    "{}: {label}: {}",
                    place(&problem.path, problem.line),
                    problem.message
                ),
            );
            self.hint(2, &problem.hint);
        }
    }

    fn unused(&mut self, subject: &Subject<'_>) {
        let path = subject.config_path();
        for entry in subject.unused() {
            self.blank();
            self.line(
                0,
                &format!("{}: {}", place(&path, Some(entry.line)), unused_message(entry)),
            );
            self.hint(2, UNUSED_HINT);
        }
    }

    fn unmodelled(&mut self, subject: &Subject<'_>) {
        let things = &subject.report.unmodelled;
        if things.is_empty() {
            return;
        }
        self.blank();
        self.line(
            0,
            "Cogway does not read these, and says nothing of them but that they are there:",
        );
        let shown = if self.talk == Talk::Verbose {
            things.len()
        } else {
            things.len().min(MOST_UNMODELLED)
        };
        for thing in &things[..shown] {
            self.line(2, &thing.to_string());
        }
        if shown < things.len() {
            self.line(2, &format!("… and {} more; -v shows all", things.len() - shown));
        }
    }

    /// What the proof on rows has to tell of all revisions together.
    fn on_rows(&mut self, subject: &Subject<'_>) {
        if self.talk == Talk::Quiet {
            return;
        }
        let rewrites = on_rows::rewrites(subject.report);
        if let Some(rewrites) = rewrites {
            self.blank();
            self.line(0, &rewrites);
        }
        let short = on_rows::short(subject.report);
        if short.is_empty() {
            return;
        }
        self.blank();
        self.line(
            0,
            "These tables could not be filled, so nothing is said of what revisions do to their rows:",
        );
        let shown = if self.talk == Talk::Verbose {
            short.len()
        } else {
            short.len().min(MOST_UNMODELLED)
        };
        for line in &short[..shown] {
            self.line(2, line);
        }
        if shown < short.len() {
            self.line(2, &format!("… and {} more; -v shows all", short.len() - shown));
        }
    }

    fn summary(&mut self, subject: &Subject<'_>) {
        self.blank();
        let tone = if subject.report.is_clean() {
            Tone::Good
        } else {
            Tone::Bad
        };
        let (count, rest) = match subject.summary().split_once(':') {
            Some((count, rest)) => (count.to_owned(), rest.to_owned()),
            None => return,
        };
        let count = self.paint.text(tone, count);
        self.line(0, &format!("{count}:{rest}"));
    }
}
