//! The report as one JSON document.

use cogway_analyze::dependency::Dependency;
use cogway_analyze::normal_form::Verdict;
use cogway_catalog::Name;
use serde::Serialize;

use super::{Survey, TableReport};
use crate::output::Header;

/// The whole report.
pub(crate) fn document(survey: &Survey) -> impl Serialize {
    Document {
        header: Header::of("normalize"),
        at_least: survey.at_least.map(|form| form.to_string()),
        tables: survey
            .tables
            .iter()
            .map(|table| table_of(survey, table))
            .collect(),
        not_judged: survey.too_wide.iter().map(ToString::to_string).collect(),
        written: survey
            .written
            .iter()
            .map(|path| path.display().to_string())
            .collect(),
    }
}

#[derive(Serialize)]
struct Document {
    #[serde(flatten)]
    header: Header,
    at_least: Option<String>,
    tables: Vec<Table>,
    /// Tables with too many columns.
    not_judged: Vec<String>,
    /// Files of the revision.
    written: Vec<String>,
}

#[derive(Serialize)]
struct Table {
    table: String,
    columns: Vec<Name>,
    level: String,
    good: bool,
    keys: Vec<Vec<Name>>,
    /// False where there are more keys than were looked for.
    keys_complete: bool,
    declared_keys: Vec<DeclaredKey>,
    violations: Vec<Violation>,
    verdicts: Vec<Ruling>,
    contradictions: Vec<Contradiction>,
    undecided: Vec<Undecided>,
    /// Columns that are the same in all rows.
    constant: Vec<Name>,
    /// Of a table without a declared key: the smallest sets of columns that no two rows agree in.
    unique: Vec<Vec<Name>>,
    /// Found, by chance or with too little support to be listed.
    weak: usize,
    /// Found, and rejected.
    rejected: usize,
    rows: Option<Rows>,
    proposal: Option<Proposal>,
    notes: Vec<Note>,
}

#[derive(Serialize)]
struct DeclaredKey {
    name: Name,
    columns: Vec<Name>,
    primary: bool,
}

#[derive(Serialize)]
struct Said {
    determinant: Vec<Name>,
    dependent: Name,
}

#[derive(Serialize)]
struct Violation {
    breaks: String,
    #[serde(flatten)]
    dependency: Said,
}

#[derive(Serialize)]
struct Ruling {
    #[serde(flatten)]
    dependency: Said,
    verdict: &'static str,
    because: String,
    line: usize,
    /// Does nothing need it?
    needless: bool,
}

#[derive(Serialize)]
struct Contradiction {
    #[serde(flatten)]
    dependency: Said,
    line: usize,
    rows: [Vec<Option<String>>; 2],
}

#[derive(Serialize)]
struct Undecided {
    #[serde(flatten)]
    dependency: Said,
    error: f64,
    support: usize,
    /// Pairs of rows, each with the values of the determinant and then of the dependent.
    counter_examples: Vec<[Vec<Option<String>>; 2]>,
}

#[derive(Serialize)]
struct Rows {
    looked_at: usize,
    all: usize,
    /// The size up to which every determinant was tried, where larger ones were given up.
    complete_to: Option<usize>,
}

#[derive(Serialize)]
struct Proposal {
    parts: Vec<Part>,
    level: Option<String>,
    lost: Vec<Said>,
}

#[derive(Serialize)]
struct Part {
    columns: Vec<Name>,
    key: Vec<Name>,
}

#[derive(Serialize)]
struct Note {
    code: &'static str,
    message: String,
}

fn table_of(survey: &Survey, table: &TableReport) -> Table {
    let known = &table.known;
    let assessment = &table.assessment;
    let said = |dependency: Dependency| Said {
        determinant: known.names(dependency.determinant),
        dependent: known.name(dependency.dependent),
    };
    let row = |row: usize, dependency: Dependency| -> Vec<Option<String>> {
        let columns = dependency.determinant.iter().chain([dependency.dependent]);
        columns
            .map(|column| table.sample.value(row, column).map(str::to_owned))
            .collect()
    };
    let rows = |pair: [usize; 2], dependency: Dependency| pair.map(|place| row(place, dependency));
    Table {
        table: table.title(),
        columns: known.columns.iter().map(|column| column.name.clone()).collect(),
        level: table.level().to_string(),
        good: survey.is_good(table),
        keys: assessment
            .judgement
            .keys
            .all
            .iter()
            .map(|key| known.names(*key))
            .collect(),
        keys_complete: assessment.judgement.keys.is_complete,
        declared_keys: known
            .keys
            .iter()
            .map(|key| DeclaredKey {
                name: key.name.clone(),
                columns: known.names(key.columns),
                primary: key.is_primary,
            })
            .collect(),
        violations: assessment
            .judgement
            .violations
            .iter()
            .map(|violation| Violation {
                breaks: violation.breaks.to_string(),
                dependency: said(violation.dependency),
            })
            .collect(),
        verdicts: table
            .rulings
            .iter()
            .enumerate()
            .map(|(place, ruling)| Ruling {
                dependency: said(ruling.decided.dependency),
                verdict: match ruling.decided.verdict {
                    Verdict::Confirmed => "confirmed",
                    Verdict::Rejected => "rejected",
                },
                because: ruling.because.clone(),
                line: ruling.line,
                needless: assessment.needless.contains(&place),
            })
            .collect(),
        contradictions: table
            .contradictions
            .iter()
            .filter_map(|contradiction| {
                let ruling = table.rulings.get(contradiction.ruling)?;
                Some(Contradiction {
                    dependency: said(ruling.decided.dependency),
                    line: ruling.line,
                    rows: rows(contradiction.pair, ruling.decided.dependency),
                })
            })
            .collect(),
        undecided: assessment
            .undecided
            .iter()
            .map(|found| Undecided {
                dependency: said(found.dependency),
                error: found.error,
                support: found.support,
                counter_examples: found
                    .counter_examples
                    .iter()
                    .map(|pair| rows(*pair, found.dependency))
                    .collect(),
            })
            .collect(),
        constant: known.names(assessment.constant),
        unique: assessment
            .unique
            .iter()
            .map(|columns| known.names(*columns))
            .collect(),
        weak: assessment.weak,
        rejected: assessment.rejected,
        rows: table.looked.map(|looked| Rows {
            looked_at: looked.rows,
            all: looked.of,
            complete_to: looked.complete_to,
        }),
        proposal: table.proposal.as_ref().map(|apart| Proposal {
            parts: apart
                .parts
                .iter()
                .map(|part| Part {
                    columns: known.names(part.columns),
                    key: known.names(part.key),
                })
                .collect(),
            level: apart.level.map(|level| level.to_string()),
            lost: apart.lost.iter().map(|lost| said(*lost)).collect(),
        }),
        notes: known
            .notes
            .iter()
            .map(|note| Note {
                code: note.code(),
                message: note.to_string(),
            })
            .collect(),
    }
}
