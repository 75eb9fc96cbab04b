//! Rows of a CSV file.

use std::collections::BTreeSet;
use std::path::Path;

use cogway_analyze::dependency::ColumnSet;
use cogway_analyze::normal_form::{Known, Sample};
use csv::{ErrorKind, ReaderBuilder, StringRecord};

use crate::error::Failure;

/// What a CSV file holds: its columns, and its rows. An empty field is NULL, in quotes or not.
pub(super) fn read(path: &Path) -> Result<(Known, Sample), Failure> {
    // The header is read as a row, so that one that is missing is told from one without rows.
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .from_path(path)
        .map_err(|error| fault(path, &error))?;
    let mut record = StringRecord::new();
    let mut next =
        |record: &mut StringRecord| reader.read_record(record).map_err(|error| fault(path, &error));
    if !next(&mut record)? {
        return Err(Failure::usage("it is empty, and has no header")
            .hint("the first line names the columns: id,street,postcode,city")
            .at(path, None));
    }
    let header = header(&record).map_err(|failure| failure.at(path, Some(1)))?;
    let width = header.len();
    let name = path.file_stem().map(|name| name.to_string_lossy().into_owned());
    let known = Known::of_columns(&name.unwrap_or_default(), header);
    let mut sample = Sample::with_columns(width);
    while next(&mut record)? {
        sample.push(
            record
                .iter()
                .map(|value| Some(value).filter(|value| !value.is_empty())),
        );
    }
    Ok((known, sample))
}

fn header(record: &StringRecord) -> Result<Vec<String>, Failure> {
    let names: Vec<String> = record
        .iter()
        // Some programs begin a file with a byte order mark.
        .map(|name| name.trim_start_matches('\u{feff}').trim().to_owned())
        .collect();
    if names.len() > ColumnSet::MOST {
        let most = ColumnSet::MOST;
        return Err(Failure::usage(format!(
            "{} columns are more than the {most} that can be judged",
            names.len()
        )));
    }
    let mut seen = BTreeSet::new();
    for (place, name) in names.iter().enumerate() {
        if name.is_empty() {
            let message = format!("column {} has no name in the header", place + 1);
            return Err(
                Failure::usage(message).hint("the first line names the columns: id,street,postcode,city")
            );
        }
        if !seen.insert(name) {
            let message = format!("two columns of the header are called {name}");
            return Err(Failure::usage(message).hint("give each column a name of its own"));
        }
    }
    Ok(names)
}

fn fault(path: &Path, error: &csv::Error) -> Failure {
    let line = error
        .position()
        .and_then(|position| usize::try_from(position.line()).ok());
    let (message, hint) = match error.kind() {
        ErrorKind::Io(error) => (
            format!("it cannot be read: {error}"),
            "name a file that is there, and that you may read",
        ),
        ErrorKind::Utf8 { .. } => (
            "it is not in UTF-8".to_owned(),
            "convert it: iconv -f latin1 -t utf-8",
        ),
        ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => (
            format!("the row has {len} fields instead of {expected_len}"),
            "a field with a comma or a line break in it stands in double quotes",
        ),
        _ => (error.to_string(), "write it as RFC 4180 says"),
    };
    Failure::usage(message).hint(hint).at(path, line)
}
