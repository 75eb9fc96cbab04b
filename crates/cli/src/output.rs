//! The forms in which a verb prints what it has to say.

use clap::ValueEnum;

/// The forms of a check's report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportForm {
    /// Text for people
    #[default]
    Human,
    /// One JSON document at the end
    Json,
    /// One JSON object per line, as things happen
    Jsonl,
    /// JUnit XML, for the test reports of CI systems
    Junit,
    /// Annotations of a pull request on GitHub
    Github,
}

/// The forms of what goes on for a while.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum RunForm {
    /// Text for people
    #[default]
    Human,
    /// One JSON document at the end
    Json,
    /// One JSON object per line, as things happen
    Jsonl,
}

impl From<RunForm> for FailureForm {
    fn from(form: RunForm) -> FailureForm {
        match form {
            RunForm::Human => FailureForm::Text,
            RunForm::Json => FailureForm::Json,
            RunForm::Jsonl => FailureForm::Jsonl,
        }
    }
}

/// The forms of everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PlainForm {
    /// Text for people
    Human,
    /// One JSON document
    Json,
}

/// Whether a failure is told on stdout as well, as a JSON document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FailureForm {
    /// On stderr only.
    Text,
    /// On both.
    Json,
    /// On both, in one line.
    Jsonl,
}

impl From<ReportForm> for FailureForm {
    fn from(form: ReportForm) -> FailureForm {
        match form {
            ReportForm::Json => FailureForm::Json,
            ReportForm::Jsonl => FailureForm::Jsonl,
            ReportForm::Human | ReportForm::Junit | ReportForm::Github => FailureForm::Text,
        }
    }
}

impl From<PlainForm> for FailureForm {
    fn from(form: PlainForm) -> FailureForm {
        match form {
            PlainForm::Json => FailureForm::Json,
            PlainForm::Human => FailureForm::Text,
        }
    }
}

/// What every JSON document of Cogway begins with.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub(crate) struct Header {
    /// The version of the program.
    cogway: &'static str,
    /// The version of the document: it changes when a field changes its meaning or goes.
    format: u32,
    /// What was asked for.
    verb: &'static str,
}

impl Header {
    pub(crate) fn of(verb: &'static str) -> Header {
        Header {
            cogway: env!("CARGO_PKG_VERSION"),
            format: 1,
            verb,
        }
    }
}
