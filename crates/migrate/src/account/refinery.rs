//! refinery: a row in `refinery_schema_history` for each migration, with a checksum.
//!
//! - The version is an `i32`, or an `i64` with the feature `int8-versions`. `V1` and `U1` are the same version; the
//!   table does not say which it was (`rust-db/refinery`, `refinery_core/src/runner.rs`).
//! - The checksum is a SipHash-1-3 over name, version and script as Rust hashes them: texts with a byte `ff` behind
//!   them, the version with the bytes of its type. So the feature changes all checksums, of what is applied as well. It
//!   is kept as decimal text (`refinery_core/src/runner.rs`, `Migration::unapplied`; before 0.3 it was `DefaultHasher`,
//!   which is the same).
//! - Times are kept as text, in the form of RFC 3339 (`refinery_core/src/traits/mod.rs`, `insert_migration_query`).
//! - `set_migration_table_name` names another table.

use cogway_catalog::QualifiedName;
use cogway_pg::execute::Executor;

use super::AccountError;
use super::find::Shape;
use super::rendering::{Difference, renderings};
use super::siphash::siphash13;
use super::tally::{Tally, places};
use crate::history::{History, Revision};

pub(super) const SHAPE: Shape = Shape {
    names: &["refinery_schema_history"],
    columns: &["version N", "name S", "applied_on S", "checksum S"],
    applied: "true",
};

struct Row {
    version: i64,
    name: String,
    applied_on: Option<String>,
    checksum: String,
}

pub(super) async fn read<'a>(
    executor: &Executor,
    table: &QualifiedName,
    history: &'a History,
) -> Result<Tally<'a>, AccountError> {
    let sql = format!(
        "select version::bigint as version, coalesce(name, '')::text as name, applied_on::text as applied_on,
                coalesce(checksum, '')::text as checksum
           from {table} order by 1"
    );
    let rows = executor.query(&sql, &[]).await?;
    let rows = rows.iter().map(|row| Row {
        version: row.get("version"),
        name: row.get("name"),
        applied_on: row.get("applied_on"),
        checksum: row.get("checksum"),
    });
    Ok(compare(rows, history))
}

fn compare(rows: impl Iterator<Item = Row>, history: &History) -> Tally<'_> {
    let mut tally = Tally::new(history);
    let mut line_breaks = Vec::new();
    let places = places(history, version);
    for row in rows {
        let Some(&place) = places.get(&row.version) else {
            tally.miss(format!("{} ({})", row.version, row.name));
            continue;
        };
        match fit(&row, &history.revisions[place]) {
            Some(Difference::None) => {}
            Some(Difference::LineBreaks) => line_breaks.push(place),
            None => tally.differ(place),
        }
        tally.apply(place, row.applied_on.filter(|time| is_time(time)));
    }
    tally.remark_on(
        &line_breaks,
        "The checksums of {} are those of files with other line breaks than these have here.",
    );
    tally
}

/// The version of a revision: its id without `V` or `U`.
fn version(revision: &Revision) -> Option<i64> {
    revision.id.as_str().strip_prefix(['V', 'U'])?.parse().ok()
}

/// How the script must have been written for the checksum to be its; none if it is another script, or had another name.
fn fit(row: &Row, revision: &Revision) -> Option<Difference> {
    let wanted: u64 = row.checksum.parse().ok()?;
    renderings(&revision.up.text).find_map(|(difference, script)| {
        let short = i32::try_from(row.version)
            .ok()
            .map(|version| checksum(&revision.name, &version.to_le_bytes(), &script));
        let long = checksum(&revision.name, &row.version.to_le_bytes(), &script);
        (short == Some(wanted) || long == wanted).then_some(difference)
    })
}

fn checksum(name: &str, version: &[u8], script: &str) -> u64 {
    let pieces = [name.as_bytes(), &[0xff], version, script.as_bytes(), &[0xff]];
    siphash13(&pieces.concat())
}

/// Whether a text looks like a time of RFC 3339. The column would hold anything.
fn is_time(text: &str) -> bool {
    let pattern = b"0000-00-00T00:00:00";
    let Some((time, rest)) = text.as_bytes().split_at_checked(pattern.len()) else {
        return false;
    };
    let alike = |(byte, like): (&u8, &u8)| match like {
        b'0' => byte.is_ascii_digit(),
        _ => byte == like,
    };
    let in_zone = |byte: &u8| byte.is_ascii_digit() || b".:+-Zz".contains(byte);
    time.iter().zip(pattern).all(alike) && !rest.is_empty() && rest.iter().all(in_zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers are from refinery's own tests: `rust-db/refinery`, `refinery/tests/postgres.rs`,
    /// `updates_schema_history` on a broken migration, for the files in `refinery/tests/migrations_broken`.
    #[test]
    fn checksums_are_those_of_refinery() {
        let first =
            "CREATE TABLE persons (\n    id int,\n    name varchar(255),\n    city varchar(255)\n);\n";
        let second = "CREATE TABLE cars (\n    id int,\n    name varchar(255)\n);\n";
        let cases = [
            (
                "initial",
                &1_i32.to_le_bytes()[..],
                first,
                2_959_965_718_684_201_605,
            ),
            (
                "initial",
                &1_i64.to_le_bytes()[..],
                first,
                13_938_959_368_620_441_626,
            ),
            (
                "add_cars_table",
                &2_i32.to_le_bytes()[..],
                second,
                8_238_603_820_526_370_208,
            ),
            (
                "add_cars_table",
                &2_i64.to_le_bytes()[..],
                second,
                5_394_706_226_941_044_339,
            ),
        ];
        for (name, version, script, expected) in cases {
            assert_eq!(checksum(name, version, script), expected, "{name} {version:?}");
        }
    }

    #[test]
    fn times_are_recognised() {
        assert!(is_time("2026-05-14T08:59:23.123456789Z"));
        assert!(is_time("2020-05-14T08:59:23.1+00:00"));
        for text in [
            "",
            "yesterday",
            "2020-05-14",
            "2020-05-14 08:59:23",
            "2020-05-14T08:59:23",
            "2020-05-14T08:59:23 or so",
        ] {
            assert!(!is_time(text), "{text}");
        }
    }
}
