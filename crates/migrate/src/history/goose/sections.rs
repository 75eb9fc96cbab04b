//! The two directions of a goose script, and where goose cuts it.

use cogway_catalog::sql;

use super::super::lines::{Line, blank, lines};
use super::super::problem::ProblemKind;

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct Sections {
    /// `None` if there is no usable `Up`; then `faults` says why.
    pub(super) up: Option<Section>,
    pub(super) down: Option<Section>,
    pub(super) no_transaction: bool,
    pub(super) faults: Vec<Fault>,
}

/// One direction: from its directive to the next or the end of the file.
#[derive(Debug)]
pub(super) struct Section {
    /// As in the file, but that lines `-- +goose StatementEnd` are made a `;`, which is what they mean.
    pub(super) text: String,
    pub(super) first_line: usize,
    /// The bytes of `text` behind which goose ends a statement because of a `;` at the end of a line.
    cuts: Vec<usize>,
    /// The line on which a statement begins that has no `;` yet.
    unfinished: Option<usize>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) kind: FaultKind,
    pub(super) line: usize,
    pub(super) message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FaultKind {
    /// goose refuses the file.
    Refused,
    /// goose knows no such directive, and refuses the file.
    Unknown,
    /// goose and PostgreSQL see different statements.
    Cut,
    /// goose fills in variables.
    Variables,
}

impl FaultKind {
    pub(super) fn problem(self) -> ProblemKind {
        match self {
            FaultKind::Refused => ProblemKind::Directives,
            FaultKind::Unknown => ProblemKind::UnknownDirective,
            FaultKind::Cut => ProblemKind::CutStatement,
            FaultKind::Variables => ProblemKind::Placeholder,
        }
    }

    pub(super) fn hint(self) -> &'static str {
        match self {
            FaultKind::Refused => {
                "begin with `-- +goose Up`, then `-- +goose Down`, each once; see https://github.com/pressly/goose#sql-migrations"
            }
            FaultKind::Unknown => {
                "the directives are Up, Down, StatementBegin, StatementEnd, NO TRANSACTION, ENVSUB ON and ENVSUB OFF"
            }
            FaultKind::Cut => {
                "put the statement between `-- +goose StatementBegin` and `-- +goose StatementEnd`"
            }
            FaultKind::Variables => {
                "Cogway runs the script as it stands; write the value, or read it in the script"
            }
        }
    }
}

enum Directive {
    Up,
    Down,
    StatementBegin,
    StatementEnd,
    NoTransaction,
    EnvsubOn,
    EnvsubOff,
}

impl Directive {
    const ALL: [(&str, Directive); 7] = [
        ("up", Directive::Up),
        ("down", Directive::Down),
        ("statementbegin", Directive::StatementBegin),
        ("statementend", Directive::StatementEnd),
        ("no transaction", Directive::NoTransaction),
        ("envsub on", Directive::EnvsubOn),
        ("envsub off", Directive::EnvsubOff),
    ];

    /// The directive of a line, if goose takes the line for one; the error is what it finds instead.
    ///
    /// goose takes every comment with `+goose` in it for a directive, wherever in the file, and knows no other words in
    /// it; case does not matter.
    fn parse(line: &str) -> Option<Result<Self, String>> {
        if !line.trim_start().starts_with("--") || !line.contains("+goose") {
            return None;
        }
        if line.starts_with([' ', '\t']) {
            return Some(Err("a directive must begin its line".to_owned()));
        }
        let words = line
            .replace("--", "")
            .replacen("+goose", "", 1)
            .trim()
            .to_ascii_lowercase();
        let known = Directive::ALL.into_iter().find(|(name, _)| *name == words);
        Some(
            known
                .map(|(_, directive)| directive)
                .ok_or(format!("goose knows no directive {words:?}")),
        )
    }
}

/// Where in a file we are.
#[derive(Default)]
struct Reader {
    found: Sections,
    in_down: bool,
    in_block: Option<usize>,
}

impl Sections {
    pub(super) fn parse(text: &str) -> Self {
        let mut reader = Reader::default();
        for line in lines(text) {
            reader.line(text, line);
        }
        reader.finish()
    }

    fn fault(&mut self, kind: FaultKind, line: usize, message: impl Into<String>) {
        self.faults.push(Fault {
            kind,
            line,
            message: message.into(),
        });
    }
}

impl Reader {
    fn line(&mut self, text: &str, line: Line<'_>) {
        let whole = text.get(line.start..line.end).unwrap_or_default();
        match Directive::parse(line.text) {
            None => self.sql(whole, line),
            Some(Err(message)) => {
                self.found.fault(FaultKind::Unknown, line.number, message);
                self.push(whole);
            }
            Some(Ok(directive)) => self.directive(&directive, whole, line),
        }
    }

    fn directive(&mut self, directive: &Directive, whole: &str, line: Line<'_>) {
        let refused = |message: &str| Some(message.to_owned());
        let fault = match directive {
            Directive::Up if self.found.up.is_some() => refused("`-- +goose Up` stands here a second time"),
            Directive::Down if self.found.up.is_none() => {
                refused("`-- +goose Down` stands before `-- +goose Up`")
            }
            Directive::Down if self.in_down => refused("`-- +goose Down` stands here a second time"),
            Directive::Down if self.in_block.is_some() => refused("`StatementEnd` is missing before this"),
            Directive::StatementBegin if self.found.up.is_none() => {
                refused("`StatementBegin` stands before `-- +goose Up`")
            }
            Directive::StatementBegin if self.in_block.is_some() => {
                refused("`StatementBegin` within a statement")
            }
            Directive::StatementEnd if self.in_block.is_none() => {
                refused("`StatementEnd` without a `StatementBegin`")
            }
            _ => None,
        };
        if let Some(message) = fault {
            self.found.fault(FaultKind::Refused, line.number, message);
            return self.push(whole);
        }
        match directive {
            Directive::Up => self.found.up = Some(Section::starting(line.number)),
            Directive::Down => {
                self.in_down = true;
                self.found.down = Some(Section::starting(line.number));
            }
            Directive::StatementBegin => self.in_block = Some(line.number),
            Directive::StatementEnd => {
                self.in_block = None;
                if let Some(section) = self.section() {
                    section.unfinished = None;
                }
                // Of the same length, so that everything behind keeps its place.
                let mut semicolon = blank(whole);
                semicolon.replace_range(..1, ";");
                return self.push(&semicolon);
            }
            Directive::NoTransaction => self.found.no_transaction = true,
            Directive::EnvsubOn => {
                let message = "goose fills in environment variables from here on";
                self.found.fault(FaultKind::Variables, line.number, message);
            }
            Directive::EnvsubOff => {}
        }
        self.push(whole);
    }

    fn sql(&mut self, whole: &str, line: Line<'_>) {
        let nothing = line.text.trim().is_empty();
        let comment = line.text.trim_start().starts_with("--");
        let in_block = self.in_block.is_some();
        let Some(section) = self.section() else {
            if !nothing && !comment && self.found.faults.is_empty() {
                self.found.fault(
                    FaultKind::Refused,
                    line.number,
                    "there is a statement before `-- +goose Up`",
                );
            }
            return;
        };
        section.text.push_str(whole);
        if section.unfinished.is_none() && !nothing && !comment {
            section.unfinished = Some(line.number);
        }
        if !in_block && ends_statement(line.text) {
            section.unfinished = None;
            section.cuts.push(section.text.len());
        }
    }

    fn section(&mut self) -> Option<&mut Section> {
        if self.in_down {
            self.found.down.as_mut()
        } else {
            self.found.up.as_mut()
        }
    }

    fn push(&mut self, whole: &str) {
        if let Some(section) = self.section() {
            section.text.push_str(whole);
        }
    }

    fn finish(mut self) -> Sections {
        if self.found.up.is_none() && self.found.faults.is_empty() {
            self.found
                .fault(FaultKind::Refused, 1, "there is no `-- +goose Up`");
        }
        if let Some(line) = self.in_block {
            self.found.fault(
                FaultKind::Refused,
                line,
                "this `StatementBegin` has no `StatementEnd`",
            );
        }
        if self
            .found
            .faults
            .iter()
            .any(|fault| fault.kind == FaultKind::Refused)
        {
            self.found.up = None;
            self.found.down = None;
        }
        for section in [&self.found.up, &self.found.down].into_iter().flatten() {
            if let Some((line, message)) = section.cut_fault() {
                self.found.faults.push(Fault {
                    kind: FaultKind::Cut,
                    line,
                    message,
                });
            }
        }
        self.found
    }
}

impl Section {
    fn starting(first_line: usize) -> Self {
        Section {
            text: String::new(),
            first_line,
            cuts: Vec::new(),
            unfinished: None,
        }
    }

    /// Where goose and PostgreSQL disagree about the end of a statement.
    fn cut_fault(&self) -> Option<(usize, String)> {
        // A script that cannot be split is PostgreSQL's to refuse.
        let statements = sql::split(&self.text).ok()?;
        let inside = statements.iter().find(|statement| {
            let end = statement.offset + statement.text.len();
            self.cuts.iter().any(|&cut| statement.offset < cut && cut < end)
        });
        if let Some(statement) = inside {
            let message = "goose ends this statement at its first `;` at the end of a line";
            return Some((self.first_line + statement.line - 1, message.to_owned()));
        }
        self.unfinished.map(|line| {
            (
                line,
                "goose refuses the file: this statement has no `;` at the end".to_owned(),
            )
        })
    }
}

/// Whether goose ends a statement behind this line: its last word before a comment ends in `;`.
fn ends_statement(line: &str) -> bool {
    line.split_whitespace()
        .take_while(|word| !word.starts_with("--"))
        .last()
        .is_some_and(|word| word.ends_with(';'))
}
