//! What each tool makes of a script: order, sections, transactions, places.

use super::*;

/// The up and down of the only revision.
fn only(history: &History) -> (&history::Script, Option<&history::Script>) {
    assert_eq!(history.revisions.len(), 1, "{:?}", history.problems);
    (&history.revisions[0].up, history.revisions[0].down.as_ref())
}

#[test]
fn revisions_come_in_the_order_of_their_tool() {
    let sql = "SELECT 1;";
    let cases: &[(Format, &[&str], &[&str])] = &[
        (
            Format::GolangMigrate,
            &["10_b.up.sql", "9_a.up.sql", "0011_c.up.sql"],
            &["9", "10", "0011"],
        ),
        (
            Format::Sqlx,
            &["10_b.sql", "9_a.sql", "0011_c.up.sql"],
            &["9", "10", "0011"],
        ),
        // dbmate compares names as text.
        (Format::Dbmate, &["10_b.sql", "9_a.sql"], &["10", "9"]),
        (Format::Goose, &["10_b.sql", "9_a.sql"], &["9", "10"]),
        // diesel compares versions as text, without dashes.
        (
            Format::Diesel,
            &[
                "2019-01-03-000000_c/up.sql",
                "20190102000000_b/up.sql",
                "2019-01-01-000000_a/up.sql",
            ],
            &["2019-01-01-000000", "20190102000000", "2019-01-03-000000"],
        ),
        (
            Format::Flyway,
            &[
                "V1.10__d.sql",
                "V1.9__c.sql",
                "V01__a.sql",
                "x/y/V1_1__b.sql",
                "V20240101__e.sql",
                "R__a.sql",
                "R__b.sql",
            ],
            &["V01", "V1_1", "V1.9", "V1.10", "V20240101", "R__a", "R__b"],
        ),
        (
            Format::Refinery,
            &["V10__b.sql", "x/V9__a.sql", "U11__c.sql"],
            &["V9", "V10", "U11"],
        ),
    ];
    for (format, files, order) in cases {
        let up = match format {
            Format::Dbmate => format!("-- migrate:up\n{sql}"),
            Format::Goose => format!("-- +goose Up\n{sql}"),
            _ => sql.to_owned(),
        };
        let files: Vec<_> = files.iter().map(|file| (*file, up.as_str())).collect();
        let history = Folder::of(&files).read(*format);
        let ids: Vec<_> = history
            .revisions
            .iter()
            .map(|revision| revision.id.as_str())
            .collect();
        assert_eq!(ids, *order, "{format}");
        assert_eq!(history.problems, [], "{format}");
    }
}

#[test]
fn authelias_names_are_golang_migrates_with_a_v() {
    let history = Folder::of(&[
        ("V0001.Initial_Schema.up.sql", "SELECT 1"),
        ("V0001.Initial_Schema.down.sql", "SELECT 1"),
        ("V0002.More.up.sql", "SELECT 1"),
    ])
    .read(Format::GolangMigrate);
    assert_eq!(
        lines(&history),
        [
            "V0001 Initial_Schema <-  | implicit | implicit",
            "V0002 More <- V0001 | implicit | -"
        ]
    );
}

#[test]
fn a_byte_order_mark_is_taken_off_and_line_breaks_are_kept() {
    let folder = Folder::of(&[
        ("1_a.up.sql", "\u{feff}SELECT 1;\r\nSELECT 2;\r\n"),
        ("1_a.down.sql", "\u{feff}-- no-transaction\r\nSELECT 3;"),
    ]);
    let history = folder.read(Format::Sqlx);
    let (up, down) = only(&history);
    assert_eq!(&*up.text, "SELECT 1;\r\nSELECT 2;\r\n");
    assert_eq!(down.unwrap().transaction, TransactionMode::Implicit);
}

#[test]
fn places_are_those_of_the_file() {
    let text = "-- migrate:up\r\nSELECT 1;\r\n-- migrate:down\r\n\r\n  SELEC 2;\r\n";
    let history = Folder::of(&[("1_a.sql", text)]).read(Format::Dbmate);
    let (up, down) = only(&history);
    let down = down.unwrap();
    assert_eq!((up.first_line, down.first_line), (1, 3));
    assert_eq!(&*up.text, "-- migrate:up\r\nSELECT 1;\r\n");
    let position =
        1 + down.text.chars().count() - down.text.split("SELEC").last().unwrap().chars().count() - 5;
    assert_eq!(down.place(position).to_string(), "5:3");
}

#[test]
fn dbmates_sections_may_come_in_several_pairs() {
    let text = "\n-- about\n--migrate:up transaction:true\nA;\n-- migrate:down\nB;\n-- migrate:up transaction:false\nC;\n-- migrate:down\nD;\n";
    let history = Folder::of(&[("1a.sql", text)]).read(Format::Dbmate);
    assert_eq!(history.problems, []);
    assert_eq!(lines(&history), ["1 a <-  | auto | single"]);
    let (up, down) = only(&history);
    let statements = |script: &history::Script| -> Vec<(usize, String)> {
        let statements = cogway_catalog::sql::split(&script.text).unwrap();
        statements
            .iter()
            .map(|s| (script.first_line + s.line - 1, s.text.to_owned()))
            .collect()
    };
    assert_eq!(statements(up), [(4, "A".to_owned()), (8, "C".to_owned())]);
    assert_eq!(
        statements(down.unwrap()),
        [(6, "B".to_owned()), (10, "D".to_owned())]
    );
}

#[test]
fn goose_ends_a_statement_with_its_block() {
    let text = "-- header\n\n-- +goose Up\n-- +goose StatementBegin\nSELECT 1;\nSELECT 2\n-- +goose statementend\nSELECT 3;\n\n\
                -- +goose Down\n-- +goose StatementBegin\nSELECT 4\n-- +goose StatementEnd\n";
    let history = Folder::of(&[("1_a.sql", text)]).read(Format::Goose);
    assert_eq!(history.problems, []);
    let (up, down) = only(&history);
    let statements = cogway_catalog::sql::split(&up.text).unwrap();
    let found: Vec<_> = statements
        .iter()
        .map(|s| (up.first_line + s.line - 1, s.text))
        .collect();
    assert_eq!(found, [(5, "SELECT 1"), (6, "SELECT 2"), (8, "SELECT 3")]);
    assert_eq!(
        up.text.len(),
        text.find("-- +goose Down").unwrap() - text.find("-- +goose Up").unwrap()
    );
    assert_eq!(down.unwrap().first_line, 10);
}

#[test]
fn a_section_without_a_statement_is_there_and_blank() {
    let cases = [
        (
            Format::Dbmate,
            "-- migrate:up\nSELECT 1;\n-- migrate:down\n",
            "-- migrate:up\nSELECT 1;\n",
        ),
        (
            Format::Goose,
            "-- +goose Up\nSELECT 1;\n-- +goose Down\n-- later\n",
            "-- +goose Up\nSELECT 1;\n",
        ),
    ];
    for (format, blank, missing) in cases {
        let history = Folder::of(&[("1_a.sql", blank)]).read(format);
        assert!(only(&history).1.unwrap().is_blank(), "{format}");
        let history = Folder::of(&[("1_a.sql", missing)]).read(format);
        assert!(only(&history).1.is_none(), "{format}");
        assert_eq!(history.problems, [], "{format}");
    }
}

#[test]
fn a_way_back_may_be_missing() {
    for (format, file) in [
        (Format::GolangMigrate, "1_a.up.sql"),
        (Format::Sqlx, "1_a.up.sql"),
        (Format::Diesel, "1_a/up.sql"),
        (Format::Flyway, "V1__a.sql"),
    ] {
        let history = Folder::of(&[(file, "SELECT 1")]).read(format);
        assert!(only(&history).1.is_none(), "{format}");
        assert_eq!(history.problems, [], "{format}");
    }
}

#[test]
fn a_baseline_stands_for_versions_that_are_not_there() {
    let later = Folder::of(&[("B5__base.sql", "A"), ("V6__next.sql", "B")]);
    assert_eq!(
        lines(&later.read(Format::Flyway)),
        ["B5 base <-  | auto | -", "V6 next <- B5 | auto | -"]
    );
    let all = Folder::of(&[
        ("B5__base.sql", "A"),
        ("V5__five.sql", "B"),
        ("V6__next.sql", "C"),
    ]);
    assert_eq!(
        lines(&all.read(Format::Flyway)),
        ["V5 five <-  | auto | -", "V6 next <- V5 | auto | -"]
    );
    assert_eq!(
        all.problems(Format::Flyway),
        ["not_run B5__base.sql this baseline is not run: the versions that it stands for are read instead"]
    );
}

#[test]
fn sqitch_follows_its_configuration() {
    let by = "2024-03-01T10:00:00Z A <a@b.c>";
    let plan = format!("%project=p\n\na {by}\nsub/b [a] {by}\n");
    let folder = Folder::of(&[
        (
            "sqitch.conf",
            "[core]\n\tengine = pg\n\ttop_dir = db\n[engine \"pg\"]\n\trevert_dir = back\n",
        ),
        ("db/sqitch.plan", &plan),
        ("db/deploy/a.sql", "SELECT 1;"),
        ("db/deploy/sub/b.sql", "SELECT 1;"),
        ("back/sub/b.sql", "SELECT 1;"),
    ]);
    let expected = [
        "a  <-  | per statement | -",
        "sub/b  <- a | per statement | per statement",
    ];
    // From the top, and from where the plan is.
    for dir in [folder.path().to_owned(), folder.path().join("db")] {
        let history = history::read(&dir, None).unwrap();
        assert_eq!(history.format, Format::Sqitch);
        assert_eq!(history.problems, []);
        assert_eq!(lines(&history), expected);
    }
}
