//! Reading histories: the ones in `histories/`, and small broken ones made on the spot.

use std::fs;
use std::path::{Path, PathBuf};

use cogway_migrate::history::{self, Format, History, HistoryError, TransactionMode};

#[path = "history/detection.rs"]
mod detection;
#[path = "history/faults.rs"]
mod faults;
#[path = "history/rules.rs"]
mod rules;

/// A folder with the given files, gone at the end of the test.
struct Folder(tempfile::TempDir);

impl Folder {
    fn of(files: &[(&str, &str)]) -> Self {
        let folder = Folder(tempfile::tempdir().expect("a temporary folder"));
        for (path, text) in files {
            folder.write(path, text.as_bytes());
        }
        folder
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a path inside the folder")).expect("a folder for the file");
        fs::write(path, bytes).expect("the file is written");
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn read(&self, format: Format) -> History {
        history::read(self.path(), Some(format)).expect("the folder is read")
    }

    /// The problems, one line each: `kind file:line message`.
    fn problems(&self, format: Format) -> Vec<String> {
        let root = self.path().display().to_string() + "/";
        let history = self.read(format);
        history
            .problems
            .iter()
            .map(|problem| {
                assert!(!problem.hint.is_empty(), "{problem:?}");
                let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
                format!(
                    "{} {}{line} {}",
                    problem.kind.code(),
                    problem.path.display(),
                    problem.message
                )
                .replace(&root, "")
                .replace(&self.path().display().to_string(), ".")
            })
            .collect()
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/histories")
        .join(name)
}

fn mode(transaction: TransactionMode) -> &'static str {
    match transaction {
        TransactionMode::Single => "single",
        TransactionMode::Auto => "auto",
        TransactionMode::Implicit => "implicit",
        TransactionMode::PerStatement => "per statement",
    }
}

/// A history as lines: `id name <- parents | up's transaction | down's transaction or -`.
fn lines(history: &History) -> Vec<String> {
    let line = |revision: &history::Revision| {
        let parents: Vec<_> = revision.parents.iter().map(|parent| parent.as_str()).collect();
        let down = revision.down.as_ref().map_or("-", |down| mode(down.transaction));
        let repeatable = if revision.repeatable { " (repeatable)" } else { "" };
        format!(
            "{} {}{repeatable} <- {} | {} | {down}",
            revision.id,
            revision.name,
            parents.join(" "),
            mode(revision.up.transaction)
        )
    };
    history.revisions.iter().map(line).collect()
}

#[test]
fn the_history_of_each_format_is_read() {
    let cases: &[(Format, &[&str])] = &[
        (
            Format::Cogway,
            &[
                "20240101090000 base <-  | auto | auto",
                "20240210120000 order_status <- 20240101090000 | auto | auto",
                "20240211083000 addresses <- 20240101090000 | auto | auto",
                "20240220100000 merge_status_and_addresses <- 20240210120000 20240211083000 | auto | auto",
                "20240305140000 index_ordered_at <- 20240220100000 | per statement | per statement",
            ],
        ),
        (
            Format::GolangMigrate,
            &[
                "000001 create_books <-  | implicit | implicit",
                "000002 add_isbn <- 000001 | implicit | implicit",
                "000003 create_loans <- 000002 | implicit | implicit",
                "000004 drop_shelf <- 000003 | implicit | implicit",
                "000005 index_title <- 000004 | implicit | implicit",
            ],
        ),
        (
            Format::Dbmate,
            &[
                "20240105090000 create_subscribers <-  | single | single",
                "20240112103000 add_status <- 20240105090000 | single | single",
                "20240119120000 index_joined_at <- 20240112103000 | implicit | implicit",
                "20240126080000 log_sending <- 20240119120000 | single | single",
            ],
        ),
        (
            Format::Goose,
            &[
                "00001 create_items <-  | single | single",
                "00002 touch_items <- 00001 | single | single",
                "00003 index_changed_at <- 00002 | per statement | per statement",
                "00004 rename_qty <- 00003 | single | -",
                "00005 restock_view <- 00004 | single | single",
            ],
        ),
        (
            Format::Sqlx,
            &[
                "20230301120000 users <-  | single | single",
                "20230315083000 sessions <- 20230301120000 | single | single",
                "20230402101500 system_user <- 20230315083000 | single | single",
                "20230420160000 index_sessions <- 20230402101500 | implicit | implicit",
                "20230505090000 auditor <- 20230420160000 | single | single",
            ],
        ),
        (
            Format::Diesel,
            &[
                "00000000000000 diesel_initial_setup <-  | single | single",
                "2023-04-01-090000 create_posts <- 00000000000000 | single | single",
                "20230515100000 create_votes <- 2023-04-01-090000 | single | single",
                "2023-06-10-120000 add_score <- 20230515100000 | single | single",
                "2023-07-01-080000 index_votes <- 2023-06-10-120000 | implicit | implicit",
                "2023-08-20-110000 add_summary <- 2023-07-01-080000 | single | single",
            ],
        ),
        (
            Format::Flyway,
            &[
                "V1 invoices <-  | auto | auto",
                "V1_1 swiss_francs <- V1 | auto | auto",
                "V2 payments <- V1_1 | auto | auto",
                "V2.1 index_received_at <- V2 | auto | auto",
                "V10 drop_paid_at <- V2.1 | single | auto",
                "R__open_invoices open_invoices (repeatable) <- V10 | auto | -",
            ],
        ),
        (
            Format::Refinery,
            &[
                "V1 sensors <-  | single | -",
                "V2 readings <- V1 | single | -",
                "U3 unit <- V2 | single | -",
                "V10 daily_means <- U3 | single | -",
            ],
        ),
        (
            Format::Sqitch,
            &[
                "schema A schema of its own. <-  | per statement | per statement",
                "posts Posts. <- schema | per statement | per statement",
                "publish@v1.0 Publishes a post. <- posts | per statement | per statement",
                "publish Publishes a post once. <- publish@v1.0 | per statement | per statement",
                "recent What is new. <- publish | per statement | per statement",
            ],
        ),
    ];
    assert_eq!(cases.len(), Format::ALL.len());
    for (format, expected) in cases {
        let dir = fixture(format.as_str());
        // Without a word on the format, it is found out.
        let history = history::read(&dir, None).unwrap();
        assert_eq!(history.format, *format, "{}", history.chosen_because);
        assert_eq!(lines(&history), *expected, "{format}");
        assert_eq!(history.problems, [], "{format}");
        assert_eq!(
            (history.heads().len(), history.is_partial()),
            (1, false),
            "{format}"
        );
        assert_eq!(format.as_str().parse::<Format>().unwrap(), *format);
        for script in history
            .revisions
            .iter()
            .flat_map(|revision| [Some(&revision.up), revision.down.as_ref()])
            .flatten()
        {
            assert!(
                cogway_catalog::sql::split(&script.text).is_ok(),
                "{}",
                script.path.display()
            );
        }
    }
}

#[test]
fn what_is_no_folder_is_an_error() {
    let folder = Folder::of(&[("file", "")]);
    for path in ["absent", "file"] {
        let error = history::read(&folder.path().join(path), None).unwrap_err();
        assert!(matches!(error, HistoryError::NotAFolder { .. }), "{error:?}");
        assert!(!error.hint().is_empty());
    }
    assert!("prisma".parse::<Format>().is_err());
}

#[test]
fn heads_are_what_nothing_builds_on() {
    let folder = Folder::of(&[
        ("1_a/up.sql", "SELECT 1"),
        ("1_a/revision.toml", "parents = []"),
        ("2_b/up.sql", "SELECT 1"),
        ("2_b/revision.toml", "parents = [\"1\"]"),
        ("10_c/up.sql", "SELECT 1"),
        ("10_c/revision.toml", "parents = [\"1\"]"),
    ]);
    let history = folder.read(Format::Cogway);
    assert_eq!(history.problems, []);
    assert_eq!(
        lines(&history),
        [
            "1 a <-  | auto | -",
            "2 b <- 1 | auto | -",
            "10 c <- 1 | auto | -"
        ]
    );
    let heads: Vec<_> = history.heads().iter().map(|head| head.id.as_str()).collect();
    assert_eq!(heads, ["2", "10"]);
    assert_eq!(history.get(&"10".into()).unwrap().name, "c");
    assert!(history.get(&"3".into()).is_none());
}
