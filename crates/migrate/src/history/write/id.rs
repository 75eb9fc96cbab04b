//! The id of a new revision.
//!
//! It goes on in the way of the folder, which the last version there shows:
//!
//! - a number in a sequence (`7`, `0007`) is counted up, with the same width;
//! - a time (14 digits as in `20240131120000`, or the first 8, 10 or 12 of one; seconds since 1970) is followed by the
//!   time now, or counted up if that is not later;
//! - Flyway's versions of several numbers are counted up in the last.
//!
//! The id of a first revision is the time, as the tools themselves write it, but 1 for Flyway and refinery: refinery's
//! versions are 32-bit numbers unless told otherwise (`rust-db/refinery`, `refinery_core/src/util.rs`).
//!
//! In all formats but Cogway's the new id comes after all others, as the tool orders them; what could not be read, steps
//! in Go for example, counts as well.

use super::super::lines::leading_digits;
use super::super::{Format, History, ProblemKind, RevisionId, flyway};
use super::error::DraftError;
use super::moment::Moment;

/// The digits of a time.
const TIME: usize = 14;

/// diesel's versions without their dashes: a time, and a number against two in one second.
const DIESEL: usize = TIME + 4;

/// The id of a revision that is to follow all that the history has; `slug` will stand behind it.
pub(super) fn next(history: &History, slug: &str, now: &Moment) -> Result<RevisionId, DraftError> {
    let format = history.format;
    let taken = taken(history);
    let next = match format {
        Format::Cogway => Ok(unordered(&taken, now)),
        Format::GolangMigrate | Format::Goose | Format::Sqlx | Format::Refinery => {
            by_number(format, &taken, now)
        }
        Format::Flyway => by_version(&taken, now),
        Format::Dbmate => by_file_name(&taken, slug, now),
        Format::Diesel => by_text(&taken, now),
        Format::Sqitch => return Err(DraftError::Sqitch),
    };
    next.map(RevisionId)
        .map_err(|NothingAfter(last)| DraftError::NoVersion { format, last })
}

/// No version comes after this one.
struct NothingAfter(String);

/// An id that is there already, and the name of the file or folder that it stands in.
struct Taken {
    id: String,
    file: String,
}

/// All ids of the folder, of revisions that were left out as well.
fn taken(history: &History) -> Vec<Taken> {
    let in_folders = matches!(history.format, Format::Cogway | Format::Diesel);
    let file_of = |path: &std::path::Path| {
        let inside = path.strip_prefix(&history.dir).unwrap_or(path);
        let part = if in_folders {
            inside.components().next()
        } else {
            inside.components().next_back()
        };
        part.map(|part| part.as_os_str().to_string_lossy().into_owned())
            .unwrap_or_default()
    };
    let read = history.revisions.iter().filter(|revision| !revision.repeatable);
    let read = read.map(|revision| Taken {
        id: revision.id.to_string(),
        file: file_of(&revision.up.path),
    });
    let left_out = history
        .problems
        .iter()
        // The tool takes no notice of these.
        .filter(|problem| problem.kind != ProblemKind::NameNotRecognised)
        .filter_map(|problem| {
            let file = file_of(&problem.path);
            let id = id_in(history.format, &file)?.to_owned();
            Some(Taken { id, file })
        });
    read.chain(left_out).collect()
}

/// The id that the name of a file or folder begins with.
fn id_in(format: Format, file: &str) -> Option<&str> {
    let (id, _) = match format {
        Format::Cogway | Format::Diesel => file.split_once('_').unwrap_or((file, "")),
        Format::Flyway => file.split_once("__")?,
        _ => {
            let digits = leading_digits(number(file));
            file.split_at(file.len() - number(file).len() + digits)
        }
    };
    (leading_digits(number(id)) > 0).then_some(id)
}

/// An id without the letter that stands before its number.
fn number(id: &str) -> &str {
    id.strip_prefix(['V', 'U', 'B']).unwrap_or(id)
}

/// In Cogway's own format the parents alone give the order; an id must only be free. The time is taken, unless all others
/// are numbers that are none.
fn unordered(taken: &[Taken], now: &Moment) -> String {
    let plain = taken.iter().all(|taken| is_digits(&taken.id));
    let highest = taken
        .iter()
        .map(|taken| taken.id.as_str())
        .filter(|_| plain)
        .max_by_key(|id| size(id));
    let mut id = highest.map_or_else(|| now.digits(), |highest| following(highest, now));
    while taken.iter().any(|taken| taken.id == id) {
        id = counted_up(&id);
    }
    id
}

/// After the highest number.
fn by_number(format: Format, taken: &[Taken], now: &Moment) -> Result<String, NothingAfter> {
    let highest = taken
        .iter()
        .filter_map(|taken| Some((number(&taken.id).parse::<i128>().ok()?, taken.id.as_str())))
        .max();
    let prefix = match (format, highest) {
        (Format::Refinery, _) => "V",
        (_, Some((_, id))) if id.starts_with('V') => "V",
        _ => "",
    };
    let Some((_, highest)) = highest else {
        let first = if format == Format::Refinery {
            "1".to_owned()
        } else {
            now.digits()
        };
        return Ok(format!("{prefix}{first}"));
    };
    let next = following(number(highest).trim_start_matches(['+', '-']), now);
    // golang-migrate takes one bit more than the others; nobody will miss it.
    match next.parse::<i64>() {
        Ok(_) => Ok(format!("{prefix}{next}")),
        Err(_) => Err(NothingAfter(highest.to_owned())),
    }
}

/// After the highest of Flyway's versions, which are several numbers or one.
fn by_version(taken: &[Taken], now: &Moment) -> Result<String, NothingAfter> {
    let highest = taken
        .iter()
        .filter_map(|taken| Some((flyway::Version::parse(number(&taken.id))?, number(&taken.id))))
        .max();
    let next = match highest {
        None => "1".to_owned(),
        Some((_, version)) => match version.rsplit_once(['.', '_']) {
            None => following(version, now),
            Some((before, last)) => {
                let kept = version.get(..=before.len()).unwrap_or_default();
                format!("{kept}{}", counted_up(last))
            }
        },
    };
    Ok(format!("V{next}"))
}

/// After the highest name of a file, compared as text.
fn by_file_name(taken: &[Taken], slug: &str, now: &Moment) -> Result<String, NothingAfter> {
    let Some(last) = taken.iter().max_by_key(|taken| &taken.file) else {
        return Ok(now.digits());
    };
    let next = following(&last.id, now);
    if format!("{next}_{slug}.sql") > last.file {
        Ok(next)
    } else {
        Err(NothingAfter(last.id.clone()))
    }
}

/// After the highest of diesel's versions, compared as text without dashes.
fn by_text(taken: &[Taken], now: &Moment) -> Result<String, NothingAfter> {
    let key = |id: &str| id.replace('-', "");
    let time = format!("{:0<DIESEL$}", now.digits());
    let Some(last) = taken
        .iter()
        .map(|taken| taken.id.as_str())
        .max_by_key(|id| key(id))
    else {
        return Ok(dashed(&time));
    };
    let nothing = || NothingAfter(last.to_owned());
    let last_key = key(last);
    let next = if is_digits(last) && Style::of(last) == Style::Sequence {
        counted_up(last)
    } else if time > last_key {
        dashed(&time)
    } else if is_digits(&last_key) && (TIME..=DIESEL).contains(&last_key.len()) {
        dashed(&counted_up(&format!("{last_key:0<DIESEL$}")))
    } else {
        return Err(nothing());
    };
    (key(&next) > last_key).then_some(next).ok_or_else(nothing)
}

/// `2024-01-31-120000-0000` of `202401311200000000`.
fn dashed(digits: &str) -> String {
    let mut dashed = digits.to_owned();
    for place in [TIME, 8, 6, 4] {
        dashed.insert(place, '-');
    }
    dashed
}

/// What the versions of a folder are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Numbers one after the other.
    Sequence,
    /// Times: so many of the first digits of `YYYYMMDDHHMMSS`.
    Date(usize),
    /// Times: seconds since 1970, which golang-migrate used to take.
    Unix,
}

impl Style {
    /// What a version of digits looks like.
    fn of(version: &str) -> Self {
        let part = |range: std::ops::Range<usize>| {
            version
                .get(range)
                .and_then(|digits| digits.parse::<u32>().ok())
                .unwrap_or_default()
        };
        let is_date = (1990..2100).contains(&part(0..4))
            && (1..=12).contains(&part(4..6))
            && (1..=31).contains(&part(6..8));
        match version.len() {
            // diesel's very first version, which is all zeros, counts as a time as well.
            TIME => Style::Date(TIME),
            8 | 10 | 12 if is_date => Style::Date(version.len()),
            // From the year 2001 on, up to 2033.
            10 if version.starts_with('1') => Style::Unix,
            _ => Style::Sequence,
        }
    }
}

/// The version after the highest one, in the same style.
fn following(highest: &str, now: &Moment) -> String {
    let time = match Style::of(highest) {
        Style::Sequence => None,
        Style::Date(width) => Some(now.digits().chars().take(width).collect::<String>()),
        Style::Unix => Some(now.unix.to_string()),
    };
    time.filter(|time| size(time) > size(highest))
        .unwrap_or_else(|| counted_up(highest))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What orders digits by their value, however many they are.
fn size(digits: &str) -> (usize, &str) {
    let digits = digits.trim_start_matches('0');
    (digits.len(), digits)
}

/// The next number, of the same width: `0010` of `0009`, `10` of `9`.
fn counted_up(digits: &str) -> String {
    let kept = digits.trim_end_matches('9');
    let nines = "0".repeat(digits.len() - kept.len());
    match kept.chars().next_back().and_then(|last| last.to_digit(10)) {
        Some(last) => format!("{}{}{nines}", &kept[..kept.len() - 1], last + 1),
        None => format!("1{nines}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2024-01-31 12:00:00 UTC.
    const NOW: u64 = 1_706_702_400;

    #[test]
    fn versions_are_followed_in_their_style() {
        let cases = [
            ("1", "2"),
            ("9", "10"),
            ("0009", "0010"),
            ("9999", "10000"),
            ("20231231", "20240131"),
            ("20240131", "20240132"),
            ("202401311159", "202401311200"),
            ("20240131115959", "20240131120000"),
            ("20240131120000", "20240131120001"),
            ("20990101000000", "20990101000001"),
            ("00000000000000", "20240131120000"),
            ("0000000000009", "0000000000010"),
            ("99999999999999", "100000000000000"),
            ("1500360784", "1706702400"),
            ("1806702400", "1806702401"),
            ("20240131115959123", "20240131115959124"),
            (
                "99999999999999999999999999999999999999999",
                "100000000000000000000000000000000000000000",
            ),
        ];
        let now = Moment::of(NOW);
        for (highest, expected) in cases {
            assert_eq!(following(highest, &now), expected);
        }
    }
}
