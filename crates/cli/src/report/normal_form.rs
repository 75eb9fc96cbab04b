//! The report on normal forms: what there is to say, and as text in each of its forms.

pub(crate) mod github;
pub(crate) mod human;
pub(crate) mod json;
pub(crate) mod junit;
pub(crate) mod markdown;

use std::path::PathBuf;

use cogway_analyze::decomposition::{Decomposition, boyce_codd, third};
use cogway_analyze::dependency::{ColumnSet, Dependency, Found};
use cogway_analyze::normal_form::{Assessment, Decided, Known, NormalForm, Sample, Verdict};
use cogway_catalog::{Name, QualifiedName};

/// What there is to say of all tables.
#[derive(Default)]
pub(crate) struct Survey {
    /// The tables, by name.
    pub(crate) tables: Vec<TableReport>,
    /// Those with too many columns to be judged.
    pub(crate) too_wide: Vec<QualifiedName>,
    /// What was asked for.
    pub(crate) at_least: Option<NormalForm>,
    /// The file of the verdicts; empty where there can be none.
    pub(crate) verdicts: PathBuf,
    /// The files of the revision that was written.
    pub(crate) written: Vec<PathBuf>,
}

/// What there is to say of a table.
pub(crate) struct TableReport {
    pub(crate) known: Known,
    /// The verdicts on it, a dependency each.
    pub(crate) rulings: Vec<Ruling>,
    pub(crate) assessment: Assessment,
    /// How it would be taken apart; none where it need not be.
    pub(crate) proposal: Option<Decomposition>,
    /// What was looked at; none where no row was.
    pub(crate) looked: Option<Looked>,
    /// What is confirmed, and not so in the rows.
    pub(crate) contradictions: Vec<Contradiction>,
    /// The rows.
    pub(crate) sample: Sample,
}

/// A verdict on a dependency.
pub(crate) struct Ruling {
    pub(crate) decided: Decided,
    /// The reason.
    pub(crate) because: String,
    /// Where it stands in its file, from 1.
    pub(crate) line: usize,
}

/// Which rows were looked at.
#[derive(Clone, Copy)]
pub(crate) struct Looked {
    /// So many.
    pub(crate) rows: usize,
    /// Of so many that there are.
    pub(crate) of: usize,
    /// The size up to which every determinant was tried, where larger ones were given up.
    pub(crate) complete_to: Option<usize>,
}

/// Two rows that contradict what is confirmed.
pub(crate) struct Contradiction {
    /// The place of the verdict.
    pub(crate) ruling: usize,
    /// The rows.
    pub(crate) pair: [usize; 2],
}

/// What breaks a normal form, of one determinant and for one reason.
pub(crate) struct Breach<'a> {
    pub(crate) breaks: NormalForm,
    pub(crate) determinant: ColumnSet,
    pub(crate) dependents: ColumnSet,
    /// Why it is taken to hold, where somebody has confirmed just this.
    pub(crate) because: Option<&'a str>,
}

/// Dependencies that are to be decided on, of one determinant with the same rows behind them.
pub(crate) struct Question<'a> {
    pub(crate) determinant: ColumnSet,
    pub(crate) found: Vec<&'a Found>,
}

impl Survey {
    /// Is a table below what was asked for, or contradicted by its rows? Or can one not be judged that should be?
    pub(crate) fn is_below(&self) -> bool {
        let unjudged = self.at_least.is_some() && !self.too_wide.is_empty();
        unjudged || self.tables.iter().any(|table| !self.is_good(table))
    }

    /// Is there nothing against this table?
    pub(crate) fn is_good(&self, table: &TableReport) -> bool {
        table.contradictions.is_empty() && self.at_least.is_none_or(|least| table.level() >= least)
    }

    /// The last line: how many tables are in which form.
    pub(crate) fn summary(&self) -> String {
        let mut text = super::counted(self.tables.len(), "table", "tables");
        for form in NormalForm::ALL.into_iter().rev() {
            let number = self.tables.iter().filter(|table| table.level() == form).count();
            if number > 0 {
                text += &format!(", {number} in {form}");
            }
        }
        if let Some(least) = self.at_least {
            let below = self.tables.iter().filter(|table| table.level() < least).count();
            text += &format!("; {below} below {least}");
        }
        let by_keys = self
            .tables
            .iter()
            .filter(|table| table.is_by_keys_alone())
            .count();
        if by_keys > 0 {
            text += &format!("; of {by_keys} nothing is known but keys, and there were no rows to look at");
        }
        let undecided: usize = self
            .tables
            .iter()
            .map(|table| table.assessment.undecided.len())
            .sum();
        if undecided > 0 {
            text += &format!("; {undecided} found in the rows to be decided on");
        }
        text
    }
}

impl TableReport {
    /// The normal form it is in.
    pub(crate) fn level(&self) -> NormalForm {
        self.assessment.judgement.level
    }

    /// Is nothing known of it but what its keys say? Then it is in BCNF as far as that goes, which is not far.
    pub(crate) fn is_by_keys_alone(&self) -> bool {
        self.rulings.is_empty() && self.looked.is_none_or(|looked| looked.rows < 2)
    }

    /// What it is called: in SQL, or the name of a file.
    pub(crate) fn title(&self) -> String {
        if self.known.table.schema.as_str().is_empty() {
            self.known.table.name.as_str().to_owned()
        } else {
            self.known.table.to_string()
        }
    }

    /// What is to be decided on, by determinants, what has the most support first.
    pub(crate) fn questions(&self) -> Vec<Question<'_>> {
        let mut questions: Vec<Question<'_>> = Vec::new();
        for found in &self.assessment.undecided {
            let is_same = |question: &&mut Question<'_>| {
                question.determinant == found.dependency.determinant
                    && question.found.iter().all(|other| other.error == found.error)
            };
            match questions.iter_mut().find(is_same) {
                Some(question) => question.found.push(found),
                None => questions.push(Question {
                    determinant: found.dependency.determinant,
                    found: vec![found],
                }),
            }
        }
        questions
    }

    /// What breaks normal forms, the lowest form first.
    pub(crate) fn breaches(&self) -> Vec<Breach<'_>> {
        let mut breaches: Vec<Breach<'_>> = Vec::new();
        for violation in &self.assessment.judgement.violations {
            let (breaks, dependency) = (violation.breaks, violation.dependency);
            let because = self.ruling_on(dependency).map(|ruling| ruling.because.as_str());
            let is_same = |breach: &&mut Breach<'_>| {
                breach.breaks == breaks
                    && breach.determinant == dependency.determinant
                    && breach.because == because
            };
            match breaches.iter_mut().find(is_same) {
                Some(breach) => breach.dependents = breach.dependents.with(dependency.dependent),
                None => breaches.push(Breach {
                    breaks,
                    determinant: dependency.determinant,
                    dependents: ColumnSet::of(dependency.dependent),
                    because,
                }),
            }
        }
        breaches
    }

    /// Why a dependency is taken to hold: the verdict from which it comes. None for what keys say, or what follows from
    /// several.
    fn ruling_on(&self, dependency: Dependency) -> Option<&Ruling> {
        self.rulings.iter().find(|ruling| {
            ruling.decided.verdict == Verdict::Confirmed && ruling.decided.dependency == dependency
        })
    }

    /// A row's values of some columns: `postcode = 10115, city = Berlin`.
    pub(crate) fn values(&self, row: usize, columns: ColumnSet) -> String {
        let value = |column: usize| {
            let value = self.sample.value(row, column);
            format!(
                "{} = {}",
                self.known.name(column),
                value.map_or("NULL".to_owned(), shown)
            )
        };
        columns.iter().map(value).collect::<Vec<_>>().join(", ")
    }

    /// Two rows that are in the way of a dependency: `postcode = 10115: city = Berlin and city = Bernau`.
    pub(crate) fn pair_in_words(&self, dependency: Dependency, pair: [usize; 2]) -> String {
        let dependent = ColumnSet::of(dependency.dependent);
        let [one, other] = pair.map(|row| self.values(row, dependent));
        let same = self.values(pair[0], dependency.determinant);
        if same.is_empty() {
            format!("{one}, and {other}")
        } else {
            format!("{same}: {one}, and {other}")
        }
    }
}

/// A value in one line, with an end where it is long.
fn shown(value: &str) -> String {
    const LONG: usize = 40;
    let short: String = value.chars().take(LONG).collect();
    let more = if short.len() < value.len() { "…" } else { "" };
    format!("{short:?}{more}")
}

/// How a table would be taken apart, so that it is in the form that was asked for, or otherwise in the next one that it is
/// not in: third, or Boyce-Codd.
pub(crate) fn proposed(assessment: &Assessment, wanted: Option<NormalForm>) -> Option<Decomposition> {
    let level = assessment.judgement.level;
    let wanted = wanted.unwrap_or(if level < NormalForm::Third {
        NormalForm::Third
    } else {
        NormalForm::BoyceCodd
    });
    if level >= wanted {
        return None;
    }
    let apart = if wanted == NormalForm::BoyceCodd {
        boyce_codd(&assessment.relation)
    } else {
        third(&assessment.relation)
    };
    (!apart.is_whole()).then_some(apart)
}

/// The columns whose values are texts, where lists may hide.
pub(crate) fn texts(known: &Known) -> ColumnSet {
    let is_text = |data_type: &str| {
        matches!(data_type, "text" | "character varying") || data_type.starts_with("character varying(")
    };
    let columns = known.columns.iter().enumerate();
    columns
        .filter(|(_, column)| is_text(&column.base_type) && column.computed_from.is_none())
        .map(|(place, _)| place)
        .collect()
}

/// Names of columns with commas between them; `()` for none.
pub(crate) fn list(names: &[Name]) -> String {
    if names.is_empty() {
        return "()".to_owned();
    }
    names.iter().map(Name::to_string).collect::<Vec<_>>().join(", ")
}

/// `street, city -> postcode`.
pub(crate) fn in_words(known: &Known, dependency: Dependency) -> String {
    format!(
        "{} -> {}",
        list(&known.names(dependency.determinant)),
        known.name(dependency.dependent)
    )
}

/// A text as TOML has it, in one line: in several, its line breaks would be shown as something else.
fn toml_text(text: &str) -> String {
    if text.contains(char::is_control) {
        serde_json::Value::from(text).to_string()
    } else {
        toml::Value::String(text.to_owned()).to_string()
    }
}

/// What a dependency that is found would look like in the file of verdicts.
pub(crate) fn as_entry(report: &TableReport, question: &Question<'_>) -> Vec<String> {
    let known = &report.known;
    let quoted = |names: Vec<Name>| {
        let names: Vec<String> = names.iter().map(|name| toml_text(name.as_str())).collect();
        format!("[{}]", names.join(", "))
    };
    let dependents: ColumnSet = question
        .found
        .iter()
        .map(|found| found.dependency.dependent)
        .collect();
    vec![
        "[[dependency]]".to_owned(),
        format!("table = {}", toml_text(&known.table.to_string())),
        format!("determinant = {}", quoted(known.names(question.determinant))),
        format!("dependent = {}", quoted(known.names(dependents))),
        "verdict = \"confirmed\"  # or \"rejected\"".to_owned(),
        "because = \"…\"".to_owned(),
    ]
}
