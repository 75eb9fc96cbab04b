//! `cogway normalize`: the normal forms of tables, and what would put them into higher ones.

mod csv;
mod gathered;
mod progress;
mod revision;
mod verdicts;

use cogway_analyze::dependency::{Dependency, Found, Nulls, Search, find};
use cogway_analyze::normal_form::{
    Assessment, Decided, Evidence, Known, NormalForm, Note, Sample, Tables, Undecided, Verdict,
};
use cogway_catalog::QualifiedName;

use self::gathered::Gathered;
use self::progress::{Doing, Progress};
use self::verdicts::Verdicts;
use crate::cli::{CheckForm, Normalize};
use crate::config::{Config, table};
use crate::error::{Failure, FailureCode};
use crate::exit::Exit;
use crate::printer::Printer;
use crate::report::normal_form::{self, Contradiction, Looked, Ruling, Survey, TableReport, proposed};
use crate::report::normal_form::{github, human, json, junit, markdown};

/// Runs the verb.
pub(crate) async fn run(args: &Normalize, config: &Config, printer: &Printer) -> Result<Exit, Failure> {
    let wanted: Vec<QualifiedName> = args
        .tables
        .iter()
        .chain(&args.write_revision)
        .map(|name| table(name))
        .collect::<Result<_, _>>()?;
    let survey = match &args.csv {
        Some(path) => {
            let (known, sample) = csv::read(path)?;
            let progress = Progress::new(printer, Doing::Searching, 1);
            progress.at(&known.table);
            let found = weigh(args, known, Vec::new(), Some(Gathered::whole(sample))).await?;
            drop(progress);
            Survey {
                tables: vec![found],
                at_least: args.at_least.map(NormalForm::from),
                ..Survey::default()
            }
        }
        None => survey(args, &wanted, config, printer).await?,
    };
    if let Some(path) = &args.markdown {
        write_markdown(path, &survey, printer)?;
    }
    let is_on_stdout = args
        .markdown
        .as_deref()
        .is_some_and(|path| path.as_os_str() == "-");
    match args.output {
        _ if is_on_stdout => {}
        CheckForm::Human => printer.data(&human::render(&survey, printer.talk(), printer.paint()))?,
        CheckForm::Json => printer.json(&json::document(&survey))?,
        CheckForm::Junit => printer.data(&junit::render(&survey))?,
        CheckForm::Github => printer.data(&github::render(&survey))?,
    }
    Ok(if survey.is_below() {
        Exit::Found
    } else {
        Exit::Done
    })
}

/// Everything that is to be said of the tables of a database or of a history.
async fn survey(
    args: &Normalize,
    wanted: &[QualifiedName],
    config: &Config,
    printer: &Printer,
) -> Result<Survey, Failure> {
    let verdicts = Verdicts::load(args, config)?;
    let source = gathered::source(args, config)?;
    let gathered = gathered::gather(&source, args, wanted, config, printer).await?;
    let tables = Tables::of(&gathered.catalog);
    let mut rulings = verdicts.resolve(&tables.known)?;
    let mut survey = Survey {
        at_least: args.at_least.map(NormalForm::from),
        verdicts: verdicts.path.clone(),
        too_wide: tables
            .too_wide
            .into_iter()
            .filter(|name| gathered::is_wanted(name, wanted))
            .collect(),
        ..Survey::default()
    };
    let mut rows = gathered.rows;
    let mut written = None;
    let number = gathered::number(&tables.known, wanted);
    let progress = Progress::new(printer, Doing::Searching, number);
    for known in tables.known {
        let ruled = rulings.remove(&known.table).unwrap_or_default();
        if !gathered::is_wanted(&known.table, wanted) {
            continue;
        }
        progress.at(&known.table);
        let rows = rows.remove(&known.table);
        let report = weigh(args, known, ruled, rows).await?;
        if let Some(place) = report.assessment.impossible.first()
            && let Some(ruling) = report.rulings.get(*place)
        {
            return Err(verdicts.impossible(&report.known, ruling));
        }
        survey.tables.push(report);
        progress.done();
    }
    drop(progress);
    if let Some(name) = &args.write_revision {
        let name = table(name)?;
        let report = survey.tables.iter().find(|report| report.known.table == name);
        let report = report.ok_or_else(|| gathered::no_table(&name))?;
        written = Some(revision::write(args, report, &gathered.catalog, config, printer).await?);
    }
    survey.written = written.unwrap_or_default();
    Ok(survey)
}

/// Weighs a table: what is known of it, what was decided, and what its rows hold.
async fn weigh(
    args: &Normalize,
    mut known: Known,
    rulings: Vec<Ruling>,
    rows: Option<Gathered>,
) -> Result<TableReport, Failure> {
    let nulls = Nulls::from(args.search.nulls);
    let mut evidence = Evidence {
        least_support: args.search.least_support,
        most_by_chance: Some(args.search.most_by_chance),
        ..Evidence::default()
    };
    let mut looked = None;
    let mut contradictions = Vec::new();
    let mut refuted = Vec::new();
    if let Some(rows) = &rows {
        let sample = &rows.sample;
        let searched = search(args, &known, sample, &mut evidence).await?;
        looked = Some(Looked {
            rows: sample.len(),
            of: rows.of,
            complete_to: searched,
        });
        for (place, ruling) in rulings.iter().enumerate() {
            let Some(pair) = sample.counter_example(ruling.decided.dependency, nulls) else {
                continue;
            };
            match ruling.decided.verdict {
                Verdict::Confirmed => contradictions.push(Contradiction { ruling: place, pair }),
                // Where some rows may be in the way, a dependency is found in spite of them.
                Verdict::Rejected if args.search.error == 0.0 => refuted.push(place),
                Verdict::Rejected => {}
            }
        }
        for list in sample.lists(normal_form::texts(&known)) {
            known.notes.push(Note::ListInText {
                column: known.name(list.column),
                values: list.values,
                example: list.example,
            });
        }
    }
    let decided: Vec<Decided> = rulings.iter().map(|ruling| ruling.decided).collect();
    let undecided = if args.search.count_found {
        Undecided::Counted
    } else {
        Undecided::Listed
    };
    let mut assessment = Assessment::of(&known, &decided, evidence, undecided);
    assessment.needless.extend(refuted);
    assessment.needless.sort_unstable();
    let proposal = proposed(&assessment, args.at_least.map(NormalForm::from));
    Ok(TableReport {
        known,
        rulings,
        assessment,
        proposal,
        looked,
        contradictions,
        sample: rows.map(|rows| rows.sample).unwrap_or_default(),
    })
}

/// Searches the rows, and says up to which size of determinants nothing is missing.
async fn search(
    args: &Normalize,
    known: &Known,
    sample: &Sample,
    evidence: &mut Evidence,
) -> Result<Option<usize>, Failure> {
    // What is a key by itself determines everything, which is known, and nothing determines it but by chance: the rows that
    // could bear it out would have to be the same one.
    let is_key = |place: usize| {
        known
            .keys
            .iter()
            .any(|key| key.columns.len() == 1 && key.columns.contains(place))
    };
    let columns: Vec<usize> = (0..known.columns.len())
        .filter(|place| !is_key(*place) && !known.computed().contains(*place))
        .collect();
    let rows = sample.rows(&columns).map_err(|error| {
        Failure::usage(format!("{}: {error}", known.table)).hint("look at fewer rows: --sample ROWS")
    })?;
    let search = Search {
        error: args.search.error,
        largest: Some(args.search.largest),
        nulls: args.search.nulls.into(),
        ..Search::default()
    };
    let findings = aside(move || find(&rows, &search)).await?;
    let placed = |dependency: Dependency| Dependency {
        determinant: dependency.determinant.iter().map(|at| columns[at]).collect(),
        dependent: columns[dependency.dependent],
    };
    evidence.rows = sample.len();
    evidence
        .found
        .extend(findings.found.into_iter().map(|found| Found {
            dependency: placed(found.dependency),
            ..found
        }));
    Ok((!findings.is_complete).then_some(findings.complete_to))
}

/// Does what takes long on a thread of its own, so that a signal is heard meanwhile. The thread ends with the program.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    let (done, waiting) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        // Where nobody waits any more, nobody needs it.
        let _ = done.send(work());
    });
    let broken = |_| {
        Failure::new(FailureCode::Usage, "the search was broken off").hint("look at fewer columns or rows")
    };
    waiting.await.map_err(broken)
}

fn write_markdown(path: &std::path::Path, survey: &Survey, printer: &Printer) -> Result<(), Failure> {
    let text = markdown::render(survey);
    if path.as_os_str() == "-" {
        return printer.data(&text);
    }
    std::fs::write(path, text).map_err(|error| {
        Failure::new(
            FailureCode::Write,
            format!("{} cannot be written: {error}", path.display()),
        )
        .hint("check that there is room, and that you may write there")
    })?;
    printer.note(&format!("wrote {}", path.display()));
    Ok(())
}
