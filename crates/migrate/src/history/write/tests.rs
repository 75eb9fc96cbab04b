//! Drafts of every format, written and read back.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cogway_catalog::sql;

use super::*;
use crate::history::{self, ProblemKind, TransactionMode};

/// 2024-01-31 12:00:00 UTC.
const NOW: u64 = 1_706_702_400;

/// A repository with a folder `migrations` in it, gone at the end of the test.
struct Repository(tempfile::TempDir);

impl Repository {
    fn of(files: &[(&str, &str)]) -> Self {
        let repository = Repository(tempfile::tempdir().unwrap());
        // Nothing above counts as surroundings.
        fs::create_dir(repository.0.path().join(".git")).unwrap();
        fs::create_dir(repository.dir()).unwrap();
        for (path, text) in files {
            let path = repository.dir().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        repository
    }

    fn dir(&self) -> PathBuf {
        self.0.path().join("migrations")
    }

    fn read(&self, format: Format) -> History {
        history::read(&self.dir(), Some(format)).unwrap()
    }

    /// All files and folders of the repository, with the texts of the files.
    fn contents(&self) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        let mut contents = BTreeMap::new();
        let mut waiting = vec![self.0.path().to_owned()];
        while let Some(folder) = waiting.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    waiting.push(path.clone());
                }
                contents.insert(path.clone(), fs::read(path).ok());
            }
        }
        contents
    }
}

fn wanted<'a>(name: &'a str, up: &'a str, down: Option<&'a str>) -> Wanted<'a> {
    Wanted {
        name,
        parents: &[],
        up,
        down,
        now: NOW,
    }
}

fn inside(dir: &Path, paths: impl IntoIterator<Item = impl AsRef<Path>>) -> Vec<String> {
    let inside = |path: &Path| path.strip_prefix(dir).unwrap().display().to_string();
    paths.into_iter().map(|path| inside(path.as_ref())).collect()
}

fn statements(script: &str) -> Vec<&str> {
    let statements = sql::split(script).unwrap();
    statements.into_iter().map(|statement| statement.text).collect()
}

/// Drafts a revision in a folder with these files, with and without scripts, and reads it back. `new` are the files that
/// there are to be, with a way back.
fn check(format: Format, files: &[(&str, &str)], id: &str, new: &[&str]) {
    let has_down = new.len() > 1 || matches!(format, Format::Dbmate | Format::Goose);
    let function = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$\n    SELECT 1;\n    SELECT 2;\n$$";
    let down = |down| if has_down { Some(down) } else { None };
    let scripts = [
        ("", Some("")),
        ("", None),
        ("CREATE TABLE n ();\n", down("DROP TABLE n;\n")),
        ("CREATE TABLE n (); -- new", down("DROP TABLE n")),
        (
            function,
            down("/* back;\n */ DROP FUNCTION f; DROP TABLE IF EXISTS n;\n-- end"),
        ),
        ("CREATE TABLE n ();", None),
    ];
    for (up, down) in scripts {
        let repository = Repository::of(files);
        match format {
            Format::Sqlx => fs::create_dir(repository.0.path().join(".sqlx")).unwrap(),
            Format::Refinery => fs::write(repository.0.path().join("refinery.toml"), "").unwrap(),
            _ => {}
        }
        let before = repository.contents();
        let old = repository.read(format);
        assert_eq!(old.problems, [], "{format}");

        let parents: Vec<_> = last(&old).map(|last| last.id.clone()).into_iter().collect();
        let wanted = Wanted {
            parents: &parents,
            ..wanted("Add Surname", up, down)
        };
        let draft = Draft::of(&old, &wanted).unwrap();
        assert_eq!(
            (draft.id.as_str(), draft.name.as_str()),
            (id, "add_surname"),
            "{format}"
        );
        if down.is_some() {
            let paths = inside(&repository.dir(), draft.files.iter().map(|file| &file.path));
            assert_eq!(paths, new, "{format}");
        }
        assert_eq!(repository.contents(), before, "drafting writes nothing");
        draft.write().unwrap();

        let read = repository.read(format);
        let kinds: Vec<_> = read.problems.iter().map(|problem| problem.kind).collect();
        let expected: &[_] = if up.is_empty() {
            &[ProblemKind::EmptyUp]
        } else {
            &[]
        };
        assert_eq!(kinds, expected, "{format}: {:?}", read.problems);
        assert_eq!(read.revisions.len(), old.revisions.len() + 1);
        let revision = last(&read).unwrap();
        assert_eq!(
            (&revision.id, &revision.name),
            (&draft.id, &draft.name),
            "{format}"
        );
        assert_eq!(
            (&revision.parents, &draft.parents),
            (&parents, &parents),
            "{format}"
        );
        assert_eq!(statements(&revision.up.text), statements(up), "{format}");
        assert!(
            format == Format::Goose || revision.up.text.contains(up),
            "{format}"
        );
        let section = (format == Format::Dbmate && down.is_none()).then_some("");
        let expected = down.filter(|_| has_down).or(section);
        assert_eq!(
            revision.down.as_ref().map(|down| statements(&down.text)),
            expected.map(statements),
            "{format}"
        );
        assert_eq!(history::detect(&repository.dir()).unwrap().0, format, "{files:?}");

        // Nothing else changed, and nothing is written twice.
        let after = repository.contents();
        assert!(before.iter().all(|(path, text)| after.get(path) == Some(text)));
        assert!(matches!(draft.write(), Err(DraftError::Exists { .. })));
        assert_eq!(repository.contents(), after);
    }
}

const SQL: &str = "SELECT 1;\n";

#[test]
fn cogways_own() {
    let new =
        |id: &str| ["up.sql", "down.sql", "revision.toml"].map(|file| format!("{id}_add_surname/{file}"));
    let check = |files: &[(&str, &str)], id: &str| {
        let new = new(id);
        check(Format::Cogway, files, id, &new.each_ref().map(String::as_str));
    };
    check(&[], "20240131120000");
    let numbers = [
        ("0008_a/up.sql", SQL),
        ("0008_a/revision.toml", "parents = []\n"),
        ("0009_b/up.sql", SQL),
    ];
    check(
        &[&numbers[..], &[("0009_b/revision.toml", "parents = ['0008']\n")]].concat(),
        "0010",
    );
    let time = [
        ("20240131120000_a/up.sql", SQL),
        ("20240131120000_a/revision.toml", "parents = []\n"),
    ];
    check(&time, "20240131120001");
    check(
        &[
            ("first_a/up.sql", SQL),
            ("first_a/revision.toml", "parents = []\n"),
        ],
        "20240131120000",
    );
}

#[test]
fn golang_migrate() {
    let new = |id: &str, separator: char| {
        ["up", "down"].map(|direction| format!("{id}{separator}add_surname.{direction}.sql"))
    };
    let check = |files: &[&str], id: &str, separator| {
        let files: Vec<_> = files.iter().map(|file| (*file, SQL)).collect();
        let new = new(id, separator);
        check(
            Format::GolangMigrate,
            &files,
            id,
            &new.each_ref().map(String::as_str),
        );
    };
    check(&["1_a.up.sql", "1_a.down.sql", "9_b.up.sql"], "10", '_');
    check(
        &["000001_a.up.sql", "000002_b.up.sql", "000002_b.down.sql"],
        "000003",
        '_',
    );
    check(&["20200101120000_a.up.sql"], "20240131120000", '_');
    check(&["1500360784_a.up.sql", "1_a.up.sql"], "1706702400", '_');
    check(
        &[
            "V0001.Start.up.sql",
            "V0002.WebAuthn.up.sql",
            "V0002.WebAuthn.down.sql",
        ],
        "V0003",
        '.',
    );
}

#[test]
fn dbmate() {
    let text = "-- migrate:up\nSELECT 1;\n\n-- migrate:down\nSELECT 2;\n";
    for (files, id) in [
        (&["20200101000000_a.sql"][..], "20240131120000"),
        (
            &["20240131120000_a.sql", "20240131120005_b.sql"],
            "20240131120006",
        ),
        (&["001_a.sql", "002_b.sql"], "003"),
        // In the order of the names, `10_` stands before `2_`.
        (&["1_a.sql", "10_b.sql", "2_c.sql"], "3"),
    ] {
        let files: Vec<_> = files.iter().map(|file| (*file, text)).collect();
        check(Format::Dbmate, &files, id, &[&format!("{id}_add_surname.sql")]);
    }
}

#[test]
fn goose() {
    let text = "-- +goose Up\nSELECT 1;\n\n-- +goose Down\nSELECT 2;\n";
    for (files, id) in [
        (&["20200101000000_a.sql"][..], "20240131120000"),
        (&["00001_a.sql", "00002_b.sql"], "00003"),
        (&["9_a.sql", "10_b.sql"], "11"),
        (&["00001_a.sql", "20990101000000_b.sql"], "20990101000001"),
    ] {
        let files: Vec<_> = files.iter().map(|file| (*file, text)).collect();
        check(Format::Goose, &files, id, &[&format!("{id}_add_surname.sql")]);
    }
}

#[test]
fn sqlx() {
    for (files, id, pair) in [
        (&[][..], "20240131120000", true),
        (
            &["0001_a.up.sql", "0001_a.down.sql", "0002_b.up.sql"],
            "0003",
            true,
        ),
        (&["0001_a.sql", "0002_b.sql"], "0003", false),
        (&["1_a.sql", "20200101000000_b.up.sql"], "20240131120000", true),
        (&["20240131120000_a.sql"], "20240131120001", false),
    ] {
        let files: Vec<_> = files.iter().map(|file| (*file, SQL)).collect();
        let (up, down) = (
            format!("{id}_add_surname.up.sql"),
            format!("{id}_add_surname.down.sql"),
        );
        let single = format!("{id}_add_surname.sql");
        let new: &[&str] = if pair { &[&up, &down] } else { &[&single] };
        check(Format::Sqlx, &files, id, new);
    }
}

#[test]
fn diesel() {
    for (folders, id) in [
        (
            &["00000000000000_diesel_initial_setup"][..],
            "2024-01-31-120000-0000",
        ),
        (
            &["00000000000000_diesel_initial_setup", "2020-01-02-030405_a"],
            "2024-01-31-120000-0000",
        ),
        (
            &["20170318181441_a", "20180318181441_b"],
            "2024-01-31-120000-0000",
        ),
        (&["2024-01-31-120000_a"], "2024-01-31-120000-0000"),
        (
            &["2024-01-31-120000-0000_a", "2024-01-31-120000-0001_b"],
            "2024-01-31-120000-0002",
        ),
        (&["2099-12-31-235959_a"], "2099-12-31-235959-0001"),
        (&["0001_a", "0002_b"], "0003"),
    ] {
        let files: Vec<_> = folders
            .iter()
            .flat_map(|folder| ["up", "down"].map(|direction| format!("{folder}/{direction}.sql")))
            .collect();
        let files: Vec<_> = files.iter().map(|file| (file.as_str(), SQL)).collect();
        let new = ["up", "down"].map(|direction| format!("{id}_add_surname/{direction}.sql"));
        check(Format::Diesel, &files, id, &new.each_ref().map(String::as_str));
    }
}

#[test]
fn flyway() {
    for (files, id) in [
        (&["V1__a.sql", "U1__a.sql", "V9__b.sql"][..], "V10"),
        (&["V001__a.sql", "V002__b.sql"], "V003"),
        (&["V1_1__a.sql", "V1_9__b.sql"], "V1_10"),
        (&["V1.0__a.sql", "V1.1.09__b.sql"], "V1.1.10"),
        (&["V1.1__a.sql", "V2.0__b.sql"], "V2.1"),
        (&["V20200101000000__a.sql"], "V20240131120000"),
        (&["V20240131_1__a.sql"], "V20240131_2"),
        (&["B5__a.sql"], "V6"),
        (&["V1__a.sql", "R__views.sql", "R__x.sql"], "V2"),
        (&["R__views.sql"], "V1"),
    ] {
        let files: Vec<_> = files.iter().map(|file| (*file, SQL)).collect();
        let new = [
            format!("{id}__add_surname.sql"),
            format!("U{}__add_surname.sql", &id[1..]),
        ];
        check(Format::Flyway, &files, id, &new.each_ref().map(String::as_str));
    }
    let deep = [("2023/V1__a.sql", SQL), ("2024/V2__b.sql", SQL)];
    check(
        Format::Flyway,
        &deep,
        "V3",
        &["2024/V3__add_surname.sql", "2024/U3__add_surname.sql"],
    );
}

#[test]
fn refinery() {
    for (files, id) in [
        (&["V1__a.sql", "V2__b.sql"][..], "V3"),
        (&["V01__a.sql", "U02__b.sql"], "V03"),
        (&["V20200101000000__a.sql"], "V20240131120000"),
    ] {
        let files: Vec<_> = files.iter().map(|file| (*file, SQL)).collect();
        check(Format::Refinery, &files, id, &[&format!("{id}__add_surname.sql")]);
    }
}

#[test]
fn first_revisions_of_a_format() {
    for (format, id) in [
        (Format::Cogway, "20240131120000"),
        (Format::GolangMigrate, "20240131120000"),
        (Format::Dbmate, "20240131120000"),
        (Format::Goose, "20240131120000"),
        (Format::Sqlx, "20240131120000"),
        (Format::Diesel, "2024-01-31-120000-0000"),
        (Format::Flyway, "V1"),
        (Format::Refinery, "V1"),
    ] {
        let repository = Repository::of(&[]);
        let draft = Draft::of(&repository.read(format), &wanted("x", SQL, None)).unwrap();
        assert_eq!((draft.id.as_str(), &draft.parents[..]), (id, &[][..]), "{format}");
        draft.write().unwrap();
        let read = repository.read(format);
        assert_eq!(read.problems, [], "{format}");
        assert_eq!(read.revisions.len(), 1, "{format}");
        assert_eq!(read.revisions[0].id, draft.id);
    }
}

#[test]
fn cogways_parents_are_as_given() {
    let repository = Repository::of(&[]);
    let add = |name: &str, parents: &[&str]| {
        let parents: Vec<RevisionId> = parents.iter().map(|id| RevisionId::from(*id)).collect();
        let wanted = Wanted {
            parents: &parents,
            ..wanted(name, SQL, None)
        };
        let draft = Draft::of(&repository.read(Format::Cogway), &wanted)?;
        draft.write()?;
        Ok::<_, DraftError>(draft.id.to_string())
    };
    let root = add("root", &[]).unwrap();
    let left = add("left", &[&root]).unwrap();
    let right = add("right", &[&root, &root]).unwrap();
    let merge = add("merge", &[&right, &left]).unwrap();
    let history = repository.read(Format::Cogway);
    assert_eq!(history.problems, []);
    let parents = |id: &str| history.get(&id.into()).unwrap().parents.clone();
    assert_eq!(parents(&root), []);
    assert_eq!(parents(&left), [RevisionId::from(root.clone())]);
    assert_eq!(parents(&right), [RevisionId::from(root)]);
    assert_eq!(parents(&merge), [RevisionId::from(right), RevisionId::from(left)]);
    let error = add("x", &["7"]).unwrap_err();
    assert_eq!(error.to_string(), "there is no revision 7 to build on");
}

#[test]
fn formats_without_branches_take_the_last_parent_only() {
    let repository = Repository::of(&[("1_a.up.sql", SQL), ("2_b.up.sql", SQL)]);
    let history = repository.read(Format::GolangMigrate);
    let draft = |parents: &[&str]| {
        let parents: Vec<RevisionId> = parents.iter().map(|id| RevisionId::from(*id)).collect();
        let wanted = Wanted {
            parents: &parents,
            ..wanted("x", SQL, None)
        };
        Draft::of(&history, &wanted).map(|draft| draft.parents)
    };
    for parents in [&[][..], &["2"]] {
        assert_eq!(draft(parents).unwrap(), [RevisionId::from("2")]);
    }
    for parents in [&["1"][..], &["2", "1"], &["2", "2"], &["9"]] {
        let error = draft(parents).unwrap_err();
        assert_eq!(
            error.to_string(),
            "golang-migrate has no branches: a new revision builds on the last one, 2"
        );
        assert!(error.hint().contains("only Cogway's own format has branches"));
    }
}

#[test]
fn sqitch_is_left_to_itself() {
    let repository = Repository::of(&[("sqitch.plan", "%project=shop\n")]);
    let history = repository.read(Format::Sqitch);
    let error = Draft::of(&history, &wanted("x", SQL, None)).unwrap_err();
    assert_eq!(error.hint(), "run `sqitch add NAME`");
}

#[test]
fn what_could_not_be_read_counts() {
    let goose = "-- +goose Up\nSELECT 1;\n";
    for (format, files, id) in [
        (
            Format::Goose,
            &[("00001_a.sql", goose), ("00002_b.go", "")][..],
            "00003",
        ),
        (
            Format::GolangMigrate,
            &[("1_a.up.sql", SQL), ("2_b.up.go", ""), ("3_c.down.sql", SQL)],
            "4",
        ),
        (
            Format::GolangMigrate,
            &[("1_a.up.sql", SQL), ("7_b.sql", SQL)],
            "2",
        ),
        (Format::Refinery, &[("V1__a.sql", SQL), ("V2__b.rs", "")], "V3"),
        (
            Format::Flyway,
            &[("V1__a.sql", SQL), ("V2__b.java", ""), ("U3__c.sql", SQL)],
            "V4",
        ),
        (
            Format::Diesel,
            &[("0001_a/up.sql", SQL), ("0002_b/down.sql", SQL)],
            "0003",
        ),
        (
            Format::Cogway,
            &[
                ("1_a/up.sql", SQL),
                ("1_a/revision.toml", "parents = []"),
                ("2_b/down.sql", SQL),
            ],
            "3",
        ),
        (
            Format::Dbmate,
            &[("1_a.sql", "-- migrate:up\nSELECT 1;\n"), ("2_b.sql", "")],
            "3",
        ),
    ] {
        let repository = Repository::of(files);
        let history = repository.read(format);
        assert!(!history.problems.is_empty(), "{format}");
        let draft = Draft::of(&history, &wanted("x", SQL, None)).unwrap();
        assert_eq!(draft.id.as_str(), id, "{format}");
    }
}

#[test]
fn a_folder_without_a_later_version_is_told() {
    let dbmate = "-- migrate:up\nSELECT 1;\n";
    for (format, files) in [
        (Format::Dbmate, &[("9_a.sql", dbmate)][..]),
        (Format::Diesel, &[("9_a/up.sql", SQL)]),
        (Format::Diesel, &[("v1_a/up.sql", SQL)]),
        (Format::Sqlx, &[("9223372036854775807_a.sql", SQL)]),
    ] {
        let repository = Repository::of(files);
        let drafted = Draft::of(&repository.read(format), &wanted("x", SQL, None));
        assert!(
            matches!(drafted, Err(DraftError::NoVersion { .. })),
            "{format} {drafted:?}"
        );
    }
}

#[test]
fn hostile_names_stay_in_the_folder() {
    let long = "very ".repeat(100);
    let names = [
        "../x",
        "a/b",
        "/etc/passwd",
        "..\\x",
        "Ünïcode Ñame",
        "CON",
        "nul.txt",
        &long,
        "a\"b'c",
        "a\nb\r\nc",
        "x.up",
        "x.sql",
        "a__b",
        "-- +goose Down",
        "日本語",
        "\u{202e}x",
        "a\0b",
        "_",
        "",
        "  ",
        "..",
        "💥",
    ];
    for format in Format::ALL.into_iter().filter(|format| *format != Format::Sqitch) {
        for name in names {
            let repository = Repository::of(&[]);
            let before = repository.contents();
            let draft = match Draft::of(&repository.read(format), &wanted(name, SQL, None)) {
                Ok(draft) => draft,
                Err(error) => {
                    assert!(matches!(error, DraftError::Name { .. }), "{error}");
                    assert!(["_", "", "  ", "..", "💥"].contains(&name), "{name:?}");
                    continue;
                }
            };
            draft.write().unwrap();
            let read = repository.read(format);
            assert_eq!(read.problems, [], "{format} {name:?}");
            assert_eq!(read.revisions[0].name, draft.name, "{format} {name:?}");
            assert_eq!(
                &*read.revisions[0].up.text,
                read.revisions[0].up.text.trim_start(),
                "{name:?}"
            );
            // Directly in the folder, or in the one folder that was made in it.
            let folder = match format {
                Format::Cogway | Format::Diesel => {
                    repository.dir().join(format!("{}_{}", draft.id, draft.name))
                }
                _ => repository.dir(),
            };
            for path in repository
                .contents()
                .keys()
                .filter(|path| !before.contains_key(*path))
            {
                assert!(
                    path.parent() == Some(&folder) || *path == folder,
                    "{}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn the_description_is_the_name_as_typed() {
    for name in [
        "Add surname",
        "say \"x\" 'y' \\z",
        "two\nlines",
        "\u{7f}\u{1} a",
        "  x  ",
        "'''\"\"\" a",
    ] {
        let repository = Repository::of(&[]);
        let draft = Draft::of(&repository.read(Format::Cogway), &wanted(name, SQL, None)).unwrap();
        let settings: toml::Table = draft.files[1].text.parse().unwrap();
        assert_eq!(settings["description"].as_str(), Some(name.trim()));
    }
}

#[test]
fn nothing_is_overwritten_and_nothing_half_done_stays() {
    let repository = Repository::of(&[("1_a.up.sql", SQL)]);
    let history = repository.read(Format::GolangMigrate);
    let draft = Draft::of(&history, &wanted("b", SQL, Some(SQL))).unwrap();
    for taken in ["2_b.down.sql", "2_b.up.sql"] {
        let taken = repository.dir().join(taken);
        fs::write(&taken, "mine").unwrap();
        let before = repository.contents();
        let error = draft.write().unwrap_err();
        assert_eq!(error.to_string(), format!("{} is there already", taken.display()));
        assert_eq!(repository.contents(), before);
        fs::remove_file(taken).unwrap();
    }
    draft.write().unwrap();

    let repository = Repository::of(&[]);
    let mut draft = Draft::of(&repository.read(Format::Cogway), &wanted("b", SQL, Some(SQL))).unwrap();
    let folder = repository.dir().join("20240131120000_b");
    fs::create_dir(&folder).unwrap();
    assert!(matches!(draft.write(), Err(DraftError::Exists { path }) if path == folder));
    assert!(folder.exists());
    fs::remove_dir(&folder).unwrap();
    // A file that cannot be made takes the others with it.
    draft.files[2].path = folder.join("missing/revision.toml");
    assert!(matches!(draft.write(), Err(DraftError::Io { path, .. }) if path == draft.files[2].path));
    assert!(!folder.exists());
    fs::remove_dir(repository.dir()).unwrap();
    assert!(matches!(draft.write(), Err(DraftError::Io { path, .. }) if path == folder));
}

#[test]
fn scripts_that_leave_the_transaction_say_so() {
    use TransactionMode::{Auto, Implicit, PerStatement, Single};
    let up = "CREATE INDEX CONCURRENTLY i ON t (a);\n";
    let down = "DROP INDEX i;\n";
    for (format, up_mode, down_mode) in [
        (Format::Cogway, Auto, Auto),
        (Format::Dbmate, Implicit, Single),
        (Format::Goose, PerStatement, PerStatement),
        (Format::Sqlx, Implicit, Single),
        (Format::Diesel, Implicit, Implicit),
        (Format::Flyway, Auto, Auto),
        (Format::GolangMigrate, Implicit, Implicit),
    ] {
        let repository = Repository::of(&[]);
        let draft = Draft::of(&repository.read(format), &wanted("x", up, Some(down))).unwrap();
        draft.write().unwrap();
        let read = repository.read(format);
        assert_eq!(read.problems, [], "{format}");
        let revision = &read.revisions[0];
        assert_eq!(statements(&revision.up.text), statements(up), "{format}");
        let modes = (
            revision.up.transaction,
            revision.down.as_ref().unwrap().transaction,
        );
        assert_eq!(modes, (up_mode, down_mode), "{format}");
    }
}

#[test]
fn what_a_format_cannot_hold_is_refused() {
    let repository = Repository::of(&[("1_a.sql", SQL)]);
    for (format, file) in [(Format::Sqlx, "1_a.sql"), (Format::Refinery, "V1__a.sql")] {
        let repository = Repository::of(&[(file, SQL)]);
        let drafted = Draft::of(&repository.read(format), &wanted("x", SQL, Some(SQL)));
        assert!(matches!(drafted, Err(DraftError::NoDown { .. })), "{drafted:?}");
    }
    for (format, script) in [
        (Format::Dbmate, "SELECT 1;\n--migrate:down\n"),
        (Format::Goose, "SELECT 1;\n  -- +goose Down"),
    ] {
        for (up, down) in [(script, SQL), (SQL, script)] {
            let drafted = Draft::of(&repository.read(format), &wanted("x", up, Some(down)));
            assert!(
                matches!(drafted, Err(DraftError::Directive { .. })),
                "{drafted:?}"
            );
        }
    }
}

#[test]
fn goose_gets_its_statements_whole() {
    let repository = Repository::of(&[]);
    let text = |up| {
        let draft = Draft::of(&repository.read(Format::Goose), &wanted("x", up, None)).unwrap();
        draft.files[0].text.clone()
    };
    assert_eq!(
        text("-- a\nSELECT 1; -- one\n\nSELECT\n  2;"),
        "-- +goose Up\n-- a\nSELECT 1; -- one\n\nSELECT\n  2;\n"
    );
    assert_eq!(
        text("SELECT 1;\n\n-- two\nDO $$BEGIN\n  NULL;\nEND$$;\n-- end\n"),
        "-- +goose Up\n\
         -- +goose StatementBegin\nSELECT 1;\n-- +goose StatementEnd\n\
         -- +goose StatementBegin\n-- two\nDO $$BEGIN\n  NULL;\nEND$$;\n-- end\n-- +goose StatementEnd\n"
    );
    assert_eq!(
        text("/* none yet; */\n"),
        "-- +goose Up\n-- +goose StatementBegin\n/* none yet; */\n-- +goose StatementEnd\n"
    );
    assert_eq!(
        text("SELECT 1"),
        "-- +goose Up\n-- +goose StatementBegin\nSELECT 1\n-- +goose StatementEnd\n"
    );
    assert_eq!(
        text(""),
        "-- +goose Up\n-- Write here what takes the database a step forward.\n"
    );
}

#[test]
fn parents_are_written_anew_on_disk() {
    let toml = "# mine\r\nparents = [ ]\r\ntransaction = \"none\"";
    let repository = Repository::of(&[
        ("1_a/up.sql", SQL),
        ("1_a/revision.toml", "parents = []\n"),
        ("2_b/up.sql", SQL),
        ("2_b/revision.toml", toml),
        ("3_c/up.sql", SQL),
    ]);
    let history = repository.read(Format::Cogway);
    let path = rewrite_parents(&history, &"2".into(), &["1".into()]).unwrap();
    assert_eq!(path, repository.dir().join("2_b/revision.toml"));
    assert_eq!(
        fs::read_to_string(path).unwrap(),
        "# mine\r\nparents = [\"1\"]\r\ntransaction = \"none\""
    );
    rewrite_parents(&history, &"3".into(), &["1".into(), "2".into()]).unwrap();

    let history = repository.read(Format::Cogway);
    assert_eq!(history.problems, []);
    let parents: Vec<_> = history
        .revisions
        .iter()
        .map(|revision| revision.parents.len())
        .collect();
    assert_eq!(parents, [0, 1, 2]);
    let names: Vec<_> = repository
        .contents()
        .into_keys()
        .filter(|path| path.is_file())
        .collect();
    let files = [
        "1_a/revision.toml",
        "1_a/up.sql",
        "2_b/revision.toml",
        "2_b/up.sql",
        "3_c/revision.toml",
        "3_c/up.sql",
    ];
    assert_eq!(inside(&repository.dir(), names), files);

    let unknown = rewrite_parents(&history, &"9".into(), &[]);
    assert!(matches!(unknown, Err(ParentsError::UnknownRevision { .. })));
    fs::write(repository.dir().join("2_b/revision.toml"), "parents = 1").unwrap();
    let before = repository.contents();
    let error = rewrite_parents(&history, &"2".into(), &[]).unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("2_b/revision.toml: `parents` is no list of ids"),
        "{error}"
    );
    assert_eq!(repository.contents(), before);

    let other = Repository::of(&[("1_a.sql", SQL)]);
    let refused = rewrite_parents(&other.read(Format::Sqlx), &"1".into(), &[]);
    assert!(matches!(refused, Err(ParentsError::Format { .. })));
}
