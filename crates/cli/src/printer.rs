//! Where all text leaves the program: data to stdout, everything else to stderr.

use std::io::{self, ErrorKind, IsTerminal, Write};

use serde::Serialize;

use crate::environment;
use crate::error::{Failure, FailureCode};
use crate::output::{FailureForm, Header};
use crate::paint::{Paint, Tone, visible};

/// When there are colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ColourChoice {
    /// On terminals, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How much is said on stderr, and in reports for people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Talk {
    /// Only errors.
    Quiet,
    /// What is worth knowing.
    #[default]
    Usual,
    /// Everything.
    Verbose,
}

/// Writes to stdout and stderr.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Printer {
    stdout: Paint,
    stderr: Paint,
    talk: Talk,
}

impl Printer {
    pub(crate) fn new(colour: ColourChoice, talk: Talk) -> Printer {
        let paint = |is_terminal: bool| match colour {
            ColourChoice::Always => Paint::Colours,
            ColourChoice::Auto if is_terminal && !environment::is_set("NO_COLOR") && !is_dumb() => {
                Paint::Colours
            }
            ColourChoice::Auto | ColourChoice::Never => Paint::Plain,
        };
        let (stdout, stderr) = (
            paint(io::stdout().is_terminal()),
            paint(io::stderr().is_terminal()),
        );
        Printer { stdout, stderr, talk }
    }

    /// The colours of stdout.
    pub(crate) fn paint(&self) -> Paint {
        self.stdout
    }

    /// How much is to be said.
    pub(crate) fn talk(&self) -> Talk {
        self.talk
    }

    /// Is there somebody to show progress to?
    pub(crate) fn shows_progress(&self) -> bool {
        self.talk != Talk::Quiet && io::stderr().is_terminal()
    }

    /// Data, to stdout. Whoever reads it may stop reading (`cogway … | head`): that is no failure.
    pub(crate) fn data(&self, text: &str) -> Result<(), Failure> {
        let mut stdout = io::stdout().lock();
        match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                let hint = "check where it is redirected to, and that there is room";
                Err(Failure::new(
                    FailureCode::Write,
                    format!("standard output cannot be written: {error}"),
                )
                .hint(hint))
            }
            _ => Ok(()),
        }
    }

    /// A JSON document, to stdout.
    pub(crate) fn json(&self, document: &impl Serialize) -> Result<(), Failure> {
        self.data(&(to_json(document, Layout::Indented)? + "\n"))
    }

    /// A JSON object on a line of its own, to stdout.
    pub(crate) fn json_line(&self, document: &impl Serialize) -> Result<(), Failure> {
        self.data(&(to_json(document, Layout::OneLine)? + "\n"))
    }

    /// Something worth knowing, to stderr.
    pub(crate) fn note(&self, text: &str) {
        if self.talk != Talk::Quiet {
            self.stderr(&format!(
                "{}\n",
                self.stderr.text(Tone::Quiet, lines_visible(text))
            ));
        }
    }

    /// Something that is wrong, and stops nothing, to stderr.
    pub(crate) fn warning(&self, text: &str) {
        if self.talk != Talk::Quiet {
            self.stderr(&format!(
                "{} {}\n",
                self.stderr.text(Tone::Doubtful, "warning:"),
                lines_visible(text)
            ));
        }
    }

    /// A failure, to stderr, and for machines to stdout as well.
    pub(crate) fn failure(&self, failure: &Failure, verb: &'static str, form: FailureForm) {
        let mut text = format!(
            "{} {}\n",
            self.stderr.text(Tone::Bad, "error:"),
            visible(&failure.placed_message())
        );
        for detail in &failure.details {
            text += &format!("  {}\n", visible(detail));
        }
        if let Some(hint) = &failure.hint {
            text += &format!("{} {}\n", self.stderr.text(Tone::Advice, "hint:"), visible(hint));
        }
        self.stderr(&text);
        self.failure_document(failure, verb, form);
    }

    /// A failure that stderr has been told of: to stdout, for machines.
    pub(crate) fn failure_document(&self, failure: &Failure, verb: &'static str, form: FailureForm) {
        #[derive(Serialize)]
        struct Document<'a> {
            #[serde(flatten)]
            header: Header,
            error: &'a Failure,
        }
        let document = Document {
            header: Header::of(verb),
            error: failure,
        };
        // If that fails too, stderr has said it.
        let _ = match form {
            FailureForm::Text => Ok(()),
            FailureForm::Json => self.json(&document),
            FailureForm::Jsonl => self.json_line(&document),
        };
    }

    fn stderr(&self, text: &str) {
        // There is nowhere else to say that stderr is gone.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }
}

/// A text of several lines, each as [`visible`] shows it.
fn lines_visible(text: &str) -> String {
    text.split('\n').map(visible).collect::<Vec<_>>().join("\n")
}

/// How a JSON document is laid out.
enum Layout {
    Indented,
    OneLine,
}

fn to_json(document: &impl Serialize, layout: Layout) -> Result<String, Failure> {
    let text = match layout {
        Layout::Indented => serde_json::to_string_pretty(document),
        Layout::OneLine => serde_json::to_string(document),
    };
    text.map_err(|error| {
        let hint = "JSON holds text in UTF-8 only; --output human can show any path";
        Failure::new(
            FailureCode::Write,
            format!("this cannot be said in JSON: {error}"),
        )
        .hint(hint)
    })
}

fn is_dumb() -> bool {
    environment::text("TERM").is_some_and(|term| term == "dumb")
}
