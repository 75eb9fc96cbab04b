//! Whose history a folder holds, from the files alone.

use super::*;

/// What is found in the folder `migrations` of the given files, and why.
fn detect(files: &[(&str, &str)]) -> Result<(Format, String), HistoryError> {
    let folder = Folder::of(files);
    // The repository ends here: what lies further up has no say.
    folder.write(".git/HEAD", b"");
    history::detect(&folder.path().join("migrations")).map(|(format, why)| {
        (
            format,
            why.replace(
                &folder
                    .path()
                    .canonicalize()
                    .expect("the folder is there")
                    .display()
                    .to_string(),
                "/repo",
            ),
        )
    })
}

#[test]
fn the_format_is_told_from_the_files() {
    let cases: &[(&[&str], &str, Format)] = &[
        (&["migrations/README.md"], "", Format::Cogway),
        (
            &["migrations/1_a/up.sql", "migrations/1_a/revision.toml"],
            "",
            Format::Cogway,
        ),
        (
            &["migrations/1_a/up.sql", "migrations/2_b/up.sql"],
            "",
            Format::Diesel,
        ),
        (
            &["migrations/1_a/up.sql", "migrations/queries.sql"],
            "",
            Format::Diesel,
        ),
        (&["migrations/1_a.sql"], "-- migrate:up\n", Format::Dbmate),
        (&["migrations/1_a.sql"], "-- why\n-- +goose Up\n", Format::Goose),
        (&["migrations/1_a.sql"], "SELECT 1", Format::Sqlx),
        (&["migrations/1_a.up.sql"], "SELECT 1", Format::GolangMigrate),
        (
            &["migrations/1_a.up.sql", "migrations/2_b.sql"],
            "SELECT 1",
            Format::Sqlx,
        ),
        (&["migrations/1_a.up.sql"], "-- no-transaction\n", Format::Sqlx),
        (&["migrations/1_a.up.sql", "Cargo.toml"], "sqlx = 1", Format::Sqlx),
        (&["migrations/1_a.up.sql", ".sqlx/query.json"], "", Format::Sqlx),
        (
            &["migrations/1_a.up.sql", "go.mod"],
            "module a",
            Format::GolangMigrate,
        ),
        (
            &["migrations/1_a.up.sql", "migrations/go.mod", "Cargo.toml"],
            "sqlx",
            Format::GolangMigrate,
        ),
        (
            &["migrations/V0001.a.up.sql", "Cargo.toml"],
            "sqlx",
            Format::GolangMigrate,
        ),
        (
            &["migrations/1_a.up.go", "migrations/2_b.up.sql"],
            "",
            Format::GolangMigrate,
        ),
        (&["migrations/V1__a.sql"], "", Format::Flyway),
        (
            &["migrations/V1__a.sql", "migrations/U1__a.sql"],
            "",
            Format::Flyway,
        ),
        (
            &["migrations/V1__a.sql", "Cargo.toml"],
            "refinery = 1",
            Format::Refinery,
        ),
        (
            &["migrations/V1__a.sql", "migrations/R__b.sql", "Cargo.toml"],
            "refinery = 1",
            Format::Flyway,
        ),
        (
            &["migrations/V1_1__a.sql", "Cargo.toml"],
            "refinery = 1",
            Format::Flyway,
        ),
        (
            &["migrations/2024/V1__a.sql", "migrations/2025/V2__a.sql"],
            "",
            Format::Flyway,
        ),
        (&["migrations/sqitch.plan"], "%project=a", Format::Sqitch),
    ];
    for (files, text, expected) in cases {
        let files: Vec<_> = files.iter().map(|file| (*file, *text)).collect();
        let (format, why) = detect(&files).unwrap();
        assert_eq!(format, *expected, "{files:?}: {why}");
        assert!(!why.is_empty());
    }
}

#[test]
fn a_doubtful_choice_says_how_to_choose_otherwise() {
    let cases: &[(&[(&str, &str)], &str)] = &[
        (
            &[("migrations/1_a.up.sql", "")],
            "names such as 1_a.up.sql are sqlx's and golang-migrate's, and nothing speaks for sqlx; if they are sqlx's, say --format sqlx",
        ),
        (
            &[
                ("migrations/1_a.up.sql", ""),
                ("Cargo.toml", "[dependencies]\nsqlx = \"0.8\""),
            ],
            "names such as 1_a.up.sql are sqlx's and golang-migrate's, and /repo/Cargo.toml speaks for sqlx; else say --format golang-migrate",
        ),
        (
            &[("migrations/V1__a.sql", "")],
            "there are names such as V1__a.sql; if they are refinery's, say --format refinery",
        ),
        (
            &[("migrations/1_a.sql", "-- migrate:up")],
            "1_a.sql has a line `-- migrate:up`",
        ),
    ];
    for (files, expected) in cases {
        assert_eq!(detect(files).unwrap().1, *expected);
    }
}

#[test]
fn what_cannot_be_told_says_what_to_do() {
    let hint = |files: &[(&str, &str)]| {
        let error = detect(files).unwrap_err();
        assert!(matches!(error, HistoryError::Unknown { .. }), "{error}");
        error.hint().to_owned()
    };
    assert!(hint(&[("migrations/notes.txt", ""), ("migrations/a.sql", "")]).contains("--format NAME"));
    assert!(hint(&[("migrations/env.py", ""), ("migrations/versions/1.py", "")]).contains("alembic"));
    assert!(
        hint(&[
            ("migrations/2024_a/migration.sql", ""),
            ("migrations/migration_lock.toml", "")
        ])
        .contains("Prisma")
    );
    let nested = hint(&[
        ("migrations/mysql/1_a/up.sql", ""),
        ("migrations/postgresql/1_a/up.sql", ""),
    ]);
    assert!(
        nested.contains("migrations/mysql, or --dir ") && nested.ends_with("migrations/postgresql"),
        "{nested}"
    );
}
