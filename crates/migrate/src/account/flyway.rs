//! Flyway: a row in `flyway_schema_history` for everything it did, in the order of `installed_rank`.
//!
//! - A version is applied if its last row says so: rows of the type `DELETE` (from `flyway repair`) and `UNDO_…` take
//!   the one before them off (`flyway/flyway`, `internal/info/MigrationInfoServiceImpl.java`, `markAsDeleted`; the undo
//!   rows, which only the paid editions write, in `api/MigrationType.java` up to version 9).
//! - `BASELINE` says that Flyway began at that version; `SQL_BASELINE` that a script `B…` was run, which stands for all
//!   versions up to its own. Neither they nor their checksums are looked at after that (`MigrationInfoImpl.java`,
//!   `validate`; `ResolvedMigration.java`, `getState`). `SCHEMA` says that Flyway made the schema, and is no version
//!   (`api/CoreMigrationType.java`).
//! - Repeatable migrations have no version and are known by their description, the name with blanks for `_`, cut to 200
//!   characters (`AbbreviationUtils.java`). Of several rows the last one counts; one whose script has changed since is
//!   run again (`getPendingResolvedRepeatableMigrations`).
//! - The checksum is the CRC-32 of the lines without their ends (`internal/resolver/ChecksumCalculator.java`; up to
//!   version 6 a byte order mark was one of their characters). For repeatable ones, placeholders are filled in before
//!   (`internal/resolver/sql/SqlMigrationResolver.java`).
//! - What is not `success` has failed, and Flyway goes no further (`MigrationInfoImpl.java`, `validate`).
//! - `flyway.table` names another table; up to version 4 it was `schema_version`.

use std::collections::BTreeMap;

use cogway_catalog::QualifiedName;
use cogway_pg::execute::Executor;

use super::find::Shape;
use super::tally::{Tally, places};
use super::{AccountError, Tool, utc};
use crate::history::{FlywayVersion as Version, History, Revision};

pub(super) const SHAPE: Shape = Shape {
    names: &["flyway_schema_history", "schema_version"],
    columns: &[
        "installed_rank N",
        "version S",
        "description S",
        "type S",
        "script S",
        "checksum N",
        "installed_on D",
        "success B",
    ],
    applied: "success and type not in ('SCHEMA', 'DELETE') and type not like 'UNDO%'",
};

struct Row {
    /// None for repeatable migrations.
    version: Option<Version>,
    /// The version as it is written, or the file of a repeatable migration.
    name: String,
    description: String,
    kind: Kind,
    checksum: Option<i32>,
    at: Option<String>,
    success: bool,
}

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Flyway made the schema.
    Schema,
    /// Flyway began here.
    Baseline,
    /// A script was run that stands for all versions up to its own.
    BaselineScript,
    /// A row before is not true any more.
    TakenOff,
    /// A script was run.
    Script,
    /// A program was run: Java, or a script of the shell.
    Program,
}

impl Kind {
    fn parse(text: &str) -> Self {
        match text {
            "SCHEMA" => Kind::Schema,
            // INIT is what it was called up to version 2.
            "BASELINE" | "INIT" => Kind::Baseline,
            "SQL_BASELINE" | "JDBC_BASELINE" | "SQL_STATE_SCRIPT" | "JDBC_STATE_SCRIPT" => {
                Kind::BaselineScript
            }
            "SQL" => Kind::Script,
            "DELETE" => Kind::TakenOff,
            undo if undo.starts_with("UNDO_") => Kind::TakenOff,
            _ => Kind::Program,
        }
    }
}

pub(super) async fn read<'a>(
    executor: &Executor,
    table: &QualifiedName,
    history: &'a History,
) -> Result<Tally<'a>, AccountError> {
    let sql = format!(
        "select version::text as version, description::text as description, type::text as type, script::text as script,
                checksum::integer as checksum, {} as at, success
           from {table} order by installed_rank",
        utc("installed_on")
    );
    let rows = executor.query(&sql, &[]).await?;
    let rows = rows.iter().map(|row| {
        let written: Option<String> = row.get("version");
        Row {
            version: written.as_deref().and_then(Version::parse),
            name: written.unwrap_or_else(|| row.get("script")),
            description: row.get("description"),
            kind: Kind::parse(row.get("type")),
            checksum: row.get("checksum"),
            at: row.get("at"),
            success: row.get("success"),
        }
    });
    let rows = still_true(rows);
    if let Some(failed) = rows.iter().find(|row| !row.success) {
        return Err(AccountError::Unfinished {
            tool: Tool::Flyway,
            table: table.clone(),
            version: failed.name.clone(),
        });
    }
    let mut tally = Tally::new(history);
    versioned(&rows, history, &mut tally);
    repeatable(&rows, history, &mut tally);
    Ok(tally)
}

/// The rows that say what is applied, without those that were taken off again.
fn still_true(rows: impl Iterator<Item = Row>) -> Vec<Row> {
    let mut standing: Vec<Row> = Vec::new();
    for row in rows {
        match row.kind {
            Kind::Schema => {}
            Kind::TakenOff if !row.success => standing.push(row),
            Kind::TakenOff if row.version.is_none() => {
                // All runs of it: an older one does not come back to count.
                standing.retain(|other| other.version.is_some() || other.description != row.description);
            }
            Kind::TakenOff => {
                let same = |other: &Row| other.kind != Kind::Baseline && other.version == row.version;
                if let Some(at) = standing.iter().rposition(same) {
                    standing.remove(at);
                }
            }
            Kind::Baseline | Kind::BaselineScript | Kind::Script | Kind::Program => standing.push(row),
        }
    }
    standing
}

fn versioned(rows: &[Row], history: &History, tally: &mut Tally<'_>) {
    let is_baseline = |row: &&Row| matches!(row.kind, Kind::Baseline | Kind::BaselineScript);
    let baseline = rows
        .iter()
        .filter(is_baseline)
        .filter_map(|row| row.version.as_ref())
        .max();
    let latest = rows.iter().filter_map(|row| row.version.as_ref()).max();
    let places = places(history, version_of);
    let is_script_for_many = |place: usize| history.revisions[place].id.as_str().starts_with('B');

    // What Flyway would never run here: the versions up to its baseline, and a script that stands for versions which
    // were applied one by one.
    let mut presumed = Vec::new();
    for (version, &place) in &places {
        if Some(version) <= baseline {
            presumed.push(place);
            tally.apply(place, None);
        } else if is_script_for_many(place) && Some(version) <= latest {
            tally.apply(place, None);
        }
    }
    let stood_for = |version: &Version| {
        Some(version) <= baseline
            || places
                .range(version.clone()..)
                .any(|(until, &place)| is_script_for_many(place) && Some(until) <= latest)
    };

    let mut programs = Vec::new();
    let mut unchecked = Vec::new();
    for row in rows {
        let Some(version) = &row.version else { continue };
        let place = places.get(version).copied();
        match (row.kind, place) {
            (Kind::Baseline | Kind::Schema | Kind::TakenOff, _) => {}
            (Kind::BaselineScript, Some(place)) if is_script_for_many(place) => {
                presumed.retain(|other| *other != place);
                check(row, place, history, tally, &mut unchecked);
            }
            (Kind::BaselineScript, _) => {}
            (Kind::Script, Some(place)) if Some(version) > baseline && !is_script_for_many(place) => {
                check(row, place, history, tally, &mut unchecked);
            }
            (Kind::Script | Kind::Program, Some(place)) => {
                presumed.retain(|other| *other != place);
                tally.apply(place, row.at.clone());
            }
            (Kind::Script | Kind::Program, None) if stood_for(version) => {}
            (Kind::Script, None) => tally.miss(row.name.clone()),
            (Kind::Program, None) => programs.push(row.name.as_str()),
        }
    }
    tally.remark_on(
        &presumed,
        "Flyway began at a baseline and takes {} for applied, without having run them.",
    );
    tally.remark_on(
        &unchecked,
        "Flyway has no checksums of {}, so that a change of them is not seen.",
    );
    if !programs.is_empty() {
        tally.remark(format!(
            "Flyway has run programs that Cogway cannot run, as versions {}: what they did is missing in the history.",
            programs.join(", ")
        ));
    }
}

/// Marks a revision as applied, and checks that its script is the one that was.
fn check(row: &Row, place: usize, history: &History, tally: &mut Tally<'_>, unchecked: &mut Vec<usize>) {
    tally.apply(place, row.at.clone());
    match row.checksum {
        Some(checksum) if !checksums(&history.revisions[place].up.text).contains(&checksum) => {
            tally.differ(place)
        }
        Some(_) => {}
        None => unchecked.push(place),
    }
}

fn repeatable(rows: &[Row], history: &History, tally: &mut Tally<'_>) {
    let described = |revision: &Revision| revision.repeatable.then(|| description(&revision.name));
    let places = places(history, described);
    // Later rows take the place of earlier ones.
    let last: BTreeMap<&str, &Row> = rows
        .iter()
        .filter(|row| row.version.is_none())
        .map(|row| (row.description.as_str(), row))
        .collect();
    let mut changed = Vec::new();
    let mut filled_in = Vec::new();
    for (description, row) in last {
        let Some(&place) = places.get(description) else {
            match row.kind {
                Kind::Program => tally.remark(format!(
                    "Flyway has run a program that Cogway cannot run: {}.",
                    row.name
                )),
                _ => tally.miss(row.name.clone()),
            }
            continue;
        };
        let text = &history.revisions[place].up.text;
        let same = |checksum| checksums(text).contains(&checksum);
        if row.checksum.is_some_and(same) {
            tally.apply(place, row.at.clone());
        } else if text.contains("${") {
            filled_in.push(place);
        } else {
            changed.push(place);
        }
    }
    tally.remark_on(
        &changed,
        "{} changed since Flyway ran them last, and count as not applied: repeatable scripts are run again.",
    );
    tally.remark_on(
        &filled_in,
        "{} hold placeholders that Flyway filled in, so that nothing tells whether they changed; they count as not \
         applied.",
    );
}

/// The version of a revision that has one: its id without `V` or `B`.
fn version_of(revision: &Revision) -> Option<Version> {
    if revision.repeatable {
        return None;
    }
    Version::parse(revision.id.as_str().strip_prefix(['V', 'B'])?)
}

/// The description that Flyway makes of a name. Java counts in units of UTF-16.
fn description(name: &str) -> String {
    let words = name.replace('_', " ");
    let units: Vec<u16> = words.encode_utf16().collect();
    match units.get(..197) {
        Some(start) if units.len() > 200 => format!("{}...", String::from_utf16_lossy(start)),
        _ => words,
    }
}

/// The checksums that Flyway takes of a script: of today, and of versions up to 6 if it began with a byte order mark.
fn checksums(script: &str) -> [i32; 2] {
    let lines = || script.bytes().filter(|byte| !matches!(byte, b'\n' | b'\r'));
    [crc32(lines()), crc32("\u{feff}".bytes().chain(lines()))].map(u32::cast_signed)
}

/// The CRC-32 of Ethernet and zip: <https://www.rfc-editor.org/rfc/rfc1952#section-8>.
fn crc32(bytes: impl Iterator<Item = u8>) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            let carry = crc & 1;
            crc >>= 1;
            if carry == 1 {
                crc ^= 0xedb8_8320;
            }
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first is from somebody's Flyway (`flyway/flyway`, issue 2474, "Resolved locally"), the others are
    /// `zlib.crc32` of Python, over the bytes without `\r` and `\n`, as a signed number.
    #[test]
    fn checksums_are_those_of_flyway() {
        let cases = [
            (
                "alter table location_history add column valid_until timestamp with time zone;",
                -1_039_259_818,
            ),
            ("", 0),
            ("\r\n\n", 0),
            ("123456789", -873_187_034),
            ("create table t (\r\n  a int\r\n);\r\n", 164_347_827),
            ("create table t (\n  a int\n);", 164_347_827),
            ("-- äöü\rselect 1", -937_682_804),
        ];
        for (script, expected) in cases {
            assert_eq!(checksums(script)[0], expected, "{script:?}");
        }
        assert_eq!(checksums("select 1")[1], checksums("\u{feff}select 1")[0]);
    }

    #[test]
    fn descriptions_are_cut_as_flyway_cuts_them() {
        assert_eq!(description("all_the__views"), "all the  views");
        assert_eq!(description(&"x".repeat(200)), "x".repeat(200));
        assert_eq!(description(&"x".repeat(201)), format!("{}...", "x".repeat(197)));
    }
}
