//! What is counted while the versions of a history are filled.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::AddAssign;
use std::time::Duration;

/// What became of a table in a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reached {
    /// It has all rows that it was to have, or as many as there can be.
    Filled,
    /// It has some, and fewer than it was to have, for this reason.
    Partly(String),
    /// It has none, or not those that are reported.
    Empty(String),
    /// It is none that is to be filled, for this reason: it counts neither as filled nor as a table.
    LeftOut(String),
}

/// What the time went into.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spent {
    /// Scripts of the history.
    pub(crate) building: Duration,
    /// Copying and dropping databases.
    pub(crate) copying: Duration,
    /// `pg_dump`.
    pub(crate) dumping: Duration,
    /// The seeder.
    pub(crate) seeding: Duration,
    /// Counting, and trying all constraints.
    pub(crate) judging: Duration,
}

impl AddAssign for Spent {
    fn add_assign(&mut self, other: Spent) {
        self.building += other.building;
        self.copying += other.copying;
        self.dumping += other.dumping;
        self.seeding += other.seeding;
        self.judging += other.judging;
    }
}

impl fmt::Display for Spent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            ("scripts", self.building),
            ("copies", self.copying),
            ("dumps", self.dumping),
            ("rows", self.seeding),
            ("judge", self.judging),
        ];
        let said = parts.iter().filter(|(_, took)| !took.is_zero());
        for (at, (name, took)) in said.enumerate() {
            let comma = if at > 0 { ", " } else { "" };
            write!(f, "{comma}{name} {:.2} s", took.as_secs_f64())?;
        }
        Ok(())
    }
}

/// What came out for a history.
#[derive(Debug)]
pub(crate) struct Tally {
    history: String,
    revisions: usize,
    versions: usize,
    /// Tables, over all versions.
    tables: usize,
    filled: usize,
    partly: usize,
    pub(crate) spent: Spent,
    took: Duration,
    /// The longest that a version took, and which it was.
    slowest: (Duration, String),
    /// By table and reason: in how many versions, and the first of them.
    reasons: BTreeMap<(String, String), (usize, String)>,
    violations: BTreeMap<String, (usize, String)>,
    failed: Vec<(String, String)>,
}

impl Tally {
    /// Nothing yet.
    pub(crate) fn new(history: &str, revisions: usize) -> Tally {
        Tally {
            history: history.to_owned(),
            revisions,
            versions: 0,
            tables: 0,
            filled: 0,
            partly: 0,
            spent: Spent::default(),
            took: Duration::ZERO,
            slowest: (Duration::ZERO, String::new()),
            reasons: BTreeMap::new(),
            violations: BTreeMap::new(),
            failed: Vec::new(),
        }
    }

    /// A revision cannot be run.
    pub(crate) fn failed(&mut self, revision: &str, error: String) {
        self.failed.push((revision.to_owned(), error));
    }

    /// A version was filled.
    pub(crate) fn version(&mut self, revision: &str, took: Duration, tables: Vec<(String, Reached)>) {
        self.versions += 1;
        self.took += took;
        if took > self.slowest.0 {
            self.slowest = (took, revision.to_owned());
        }
        for (table, reached) in tables {
            self.tables += usize::from(!matches!(reached, Reached::LeftOut(_)));
            let reason = match reached {
                Reached::Filled => {
                    self.filled += 1;
                    continue;
                }
                Reached::Partly(reason) => {
                    self.partly += 1;
                    format!("not all rows: {reason}")
                }
                Reached::LeftOut(reason) => format!("left out: {reason}"),
                Reached::Empty(reason) => reason,
            };
            note(&mut self.reasons, (table, reason), revision);
        }
    }

    /// The seeder ended with an error.
    pub(crate) fn broke_off(&mut self, revision: &str, error: String) {
        self.versions += 1;
        note(
            &mut self.violations,
            format!("the seeder broke off: {error}"),
            revision,
        );
    }

    /// A rule is broken.
    pub(crate) fn violated(&mut self, revision: &str, what: &str) {
        note(&mut self.violations, what.to_owned(), revision);
    }

    /// Is no rule broken?
    pub(crate) fn is_sound(&self) -> bool {
        self.violations.is_empty()
    }

    /// The share of tables that have rows.
    pub(crate) fn share(&self) -> f64 {
        match self.tables {
            0 => 1.0,
            tables => (self.filled + self.partly) as f64 / tables as f64,
        }
    }

    /// What has come out so far, in short.
    pub(crate) fn so_far(&self) -> String {
        let empty = self.tables - self.filled - self.partly;
        let wrong = self.violations.len();
        format!(
            "{} filled, {} partly, {empty} empty, {wrong} wrong",
            self.filled, self.partly
        )
    }

    /// Prints what was not filled, and what is wrong.
    pub(crate) fn print_reasons(&self) {
        println!("\n{}", self.history);
        for (revision, error) in &self.failed {
            println!("  {revision} cannot be run, and is left out: {error}");
        }
        for ((table, reason), (versions, first)) in &self.reasons {
            println!("  {table}: {reason} ({versions} versions, first {first})");
        }
        for (violation, (versions, first)) in &self.violations {
            println!(
                "  WRONG: {} ({versions} versions, first {first})",
                violation.replace('\n', "\n    ")
            );
        }
        let (longest, revision) = &self.slowest;
        println!(
            "  {:.1} s of seeding; the longest: {} ms, {revision}",
            self.took.as_secs_f64(),
            longest.as_millis()
        );
        println!("  {}", self.spent);
    }
}

/// Prints a line for each history, and one for all.
pub(crate) fn print_table(tallies: &[Tally]) {
    println!(
        "\n{:<40} {:>9} {:>8} {:>8} {:>8} {:>6} {:>8} {:>6} {:>7}",
        "history", "revisions", "versions", "tables", "filled", "partly", "share", "wrong", "seconds"
    );
    for tally in tallies {
        print_line(
            &tally.history,
            [
                tally.revisions,
                tally.versions,
                tally.tables,
                tally.filled,
                tally.partly,
                tally.violations.len(),
            ],
            tally.share(),
            tally.took,
        );
    }
    let sum = |of: fn(&Tally) -> usize| -> usize { tallies.iter().map(of).sum() };
    let (tables, filled, partly) = (sum(|it| it.tables), sum(|it| it.filled), sum(|it| it.partly));
    let share = if tables == 0 {
        1.0
    } else {
        (filled + partly) as f64 / tables as f64
    };
    print_line(
        "all",
        [
            sum(|it| it.revisions),
            sum(|it| it.versions),
            tables,
            filled,
            partly,
            sum(|it| it.violations.len()),
        ],
        share,
        tallies.iter().map(|it| it.took).sum(),
    );
}

fn print_line(
    name: &str,
    [revisions, versions, tables, filled, partly, wrong]: [usize; 6],
    share: f64,
    took: Duration,
) {
    let short: String = name
        .chars()
        .rev()
        .take(40)
        .collect::<Vec<char>>()
        .into_iter()
        .rev()
        .collect();
    println!(
        "{short:<40} {revisions:>9} {versions:>8} {tables:>8} {filled:>8} {partly:>6} {:>6.2} % {wrong:>6} {:>7.1}",
        share * 100.0,
        took.as_secs_f64()
    );
}

fn note<K: Ord>(into: &mut BTreeMap<K, (usize, String)>, key: K, revision: &str) {
    let entry = into.entry(key).or_insert_with(|| (0, revision.to_owned()));
    entry.0 += 1;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_counted_by_what_became_of_them() {
        let mut tally = Tally::new("h", 3);
        let table = |name: &str, reached| (name.to_owned(), reached);
        tally.version("1", Duration::from_secs(1), vec![table("a", Reached::Filled)]);
        let later = vec![
            table("a", Reached::Filled),
            table("b", Reached::Empty("full moon".to_owned())),
            table("c", Reached::Partly("new moon".to_owned())),
            table("d", Reached::LeftOut("not ours".to_owned())),
        ];
        tally.version("2", Duration::from_secs(3), later.clone());
        tally.version("3", Duration::from_secs(2), later);
        assert_eq!(
            (tally.versions, tally.tables, tally.filled, tally.partly),
            (3, 7, 3, 2)
        );
        assert_eq!(tally.slowest, (Duration::from_secs(3), "2".to_owned()));
        let reason = ("b".to_owned(), "full moon".to_owned());
        assert_eq!(tally.reasons.get(&reason), Some(&(2, "2".to_owned())));
        assert!((tally.share() - 5.0 / 7.0).abs() < 1e-9 && tally.is_sound());
        tally.broke_off("4", "lost".to_owned());
        assert!(!tally.is_sound());
    }
}
