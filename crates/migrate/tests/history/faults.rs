//! Faulty files: each is told, and the rest of the history is read all the same.

use super::*;

/// Reads the files and compares the problems.
fn check(format: Format, files: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(Folder::of(files).problems(format), expected, "{format} {files:?}");
}

#[test]
fn a_version_may_be_there_only_once() {
    let sql = "SELECT 1;";
    check(
        Format::GolangMigrate,
        &[("1_a.up.sql", sql), ("01_b.up.sql", sql)],
        &["duplicate_version 1_a.up.sql 1 is there twice; the other is 01_b.up.sql"],
    );
    check(
        Format::Sqlx,
        &[("1_a.sql", sql), ("1_a.up.sql", sql)],
        &["duplicate_version 1_a.up.sql 1 is there twice; the other is 1_a.sql"],
    );
    check(
        Format::Diesel,
        &[("2020-01-01_a/up.sql", sql), ("20200101_b/up.sql", sql)],
        &["duplicate_version 20200101_b 20200101 is there twice; the other is 2020-01-01_a"],
    );
    check(
        Format::Dbmate,
        &[("1_a.sql", "-- migrate:up\nA"), ("1_b.sql", "-- migrate:up\nB")],
        &["duplicate_version 1_b.sql 1 is there twice; the other is 1_a.sql"],
    );
    check(
        Format::Goose,
        &[("1_a.sql", "-- +goose Up\nA;"), ("001_b.sql", "-- +goose Up\nB;")],
        &["duplicate_version 1_a.sql 1 is there twice; the other is 001_b.sql"],
    );
    check(
        Format::Flyway,
        &[
            ("V1__a.sql", sql),
            ("V1.0__b.sql", sql),
            ("x/R__c.sql", sql),
            ("R__c.sql", sql),
        ],
        &[
            "duplicate_version V1__a.sql V1 is there twice; the other is V1.0__b.sql",
            "duplicate_version x/R__c.sql R__c.sql is there twice; the other is R__c.sql",
        ],
    );
    check(
        Format::Refinery,
        &[("V1__a.sql", sql), ("U1__b.sql", sql)],
        &["duplicate_version V1__a.sql V1 is there twice; the other is U1__b.sql"],
    );
    check(
        Format::Cogway,
        &[
            ("1_a/up.sql", sql),
            ("1_a/revision.toml", "parents = []"),
            ("1_b/up.sql", sql),
            ("1_b/revision.toml", "parents = []"),
        ],
        &["duplicate_version 1_b 1 is there twice; the other is 1_a"],
    );
}

#[test]
fn what_is_no_text_for_postgresql_is_told_with_its_byte() {
    let folder = Folder::of(&[("1_a.up.sql", "SELECT 1"), ("1_a.down.sql", "SELECT 1")]);
    folder.write("2_b.up.sql", b"SELECT 1;\nSELECT '\xe4';");
    folder.write("2_b.down.sql", b"SELECT 1");
    folder.write("3_c.up.sql", b"\xef\xbb\xbfSELECT '\0'");
    folder.write("4_d.up.sql", b"\xff\xfeS\0E\0");
    fs::create_dir_all(folder.path().join("5_e.up.sql")).unwrap();
    assert_eq!(
        folder.problems(Format::GolangMigrate),
        [
            "unreadable 2_b.up.sql:2 byte 18 is not UTF-8",
            "unreadable 3_c.up.sql:1 byte 8 is a NUL, which PostgreSQL cannot take",
            "unreadable 4_d.up.sql the file is in UTF-16, not in UTF-8",
        ]
    );
    let history = folder.read(Format::GolangMigrate);
    assert_eq!(lines(&history), ["1 a <-  | implicit | implicit"]);
    assert!(history.is_partial());
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_is_told() {
    let folder = Folder::of(&[("1_a.up.sql", "SELECT 1")]);
    std::os::unix::fs::symlink("absent", folder.path().join("2_b.up.sql")).unwrap();
    let problems = folder.problems(Format::GolangMigrate);
    assert_eq!(problems.len(), 1);
    assert!(
        problems[0].starts_with("unreadable 2_b.up.sql the file cannot be read: "),
        "{problems:?}"
    );
}

#[test]
fn scripts_must_have_their_counterpart_and_a_statement() {
    check(
        Format::Sqlx,
        &[("1_a.down.sql", "SELECT 1"), ("2_b.up.sql", "-- nothing\n")],
        &[
            "down_without_up 1_a.down.sql 1 has a down and no up",
            "empty_up 2_b.up.sql:1 2 changes nothing: its up holds no statement",
        ],
    );
    check(
        Format::Diesel,
        &[("1_a/down.sql", "SELECT 1"), ("2_b/up.sql", "")],
        &[
            "up_missing 1_a diesel refuses the whole history: this folder holds no up.sql",
            "empty_up 2_b/up.sql:1 2 changes nothing: its up holds no statement",
        ],
    );
    check(
        Format::Flyway,
        &[("U1__a.sql", "SELECT 1"), ("R__b.sql", "")],
        &[
            "empty_up R__b.sql:1 R__b changes nothing: its up holds no statement",
            "down_without_up U1__a.sql U1 has a down and no up",
        ],
    );
}

#[test]
fn names_that_miss_the_mark_are_told() {
    let sql = "SELECT 1;";
    check(
        Format::GolangMigrate,
        &[
            ("1-a.up.sql", sql),
            ("schema.sql", sql),
            ("notes.md", ""),
            ("a.up.sql", sql),
        ],
        &[
            "name_not_recognised 1-a.up.sql golang-migrate passes over this file: its name is not <number>_<name>.up.sql or .down.sql",
            "name_not_recognised a.up.sql golang-migrate passes over this file: its name is not <number>_<name>.up.sql or .down.sql",
        ],
    );
    check(
        Format::Sqlx,
        &[("1.sql", sql), ("seed_data.sql", sql), ("schema.sql", sql)],
        &[
            "name_not_recognised 1.sql sqlx passes over this file: its name has no `_` behind the version",
            "name_not_recognised seed_data.sql sqlx refuses the whole folder: \"seed\" is not a number",
        ],
    );
    check(
        Format::Goose,
        &[
            ("a_b.sql", sql),
            ("0_b.sql", sql),
            ("helpers.go", ""),
            ("1_b_test.go", ""),
        ],
        &[
            "name_not_recognised 0_b.sql goose refuses this name, or passes over it: it is not <number>_<name>.sql",
            "name_not_recognised a_b.sql goose refuses this name, or passes over it: it is not <number>_<name>.sql",
        ],
    );
    check(
        Format::Dbmate,
        &[("a.sql", "-- migrate:up\nSELECT 1"), ("schema.sql", sql)],
        &["name_not_recognised a.sql dbmate passes over this file: its name does not begin with a number"],
    );
    check(
        Format::Diesel,
        &[("1_a.sql", sql), ("queries.sql", sql), ("1_a/.keep", "")],
        &["name_not_recognised 1_a.sql diesel passes over files beside the migration folders"],
    );
    check(
        Format::Flyway,
        &[
            ("V1_a.sql", sql),
            ("v2__b.sql", sql),
            ("V2a__b.sql", sql),
            ("seed.sql", sql),
        ],
        &[
            "name_not_recognised V1_a.sql Flyway passes over this file: its name is not V<version>__<name>.sql",
            "name_not_recognised V2a__b.sql Flyway passes over this file: its name is not V<version>__<name>.sql",
            "name_not_recognised v2__b.sql Flyway passes over this file: its name is not V<version>__<name>.sql",
        ],
    );
    check(
        Format::Refinery,
        &[
            ("V1_a.sql", sql),
            ("V1.1__a.sql", sql),
            ("V2__a-b.sql", sql),
            ("seed.sql", sql),
        ],
        &[
            "name_not_recognised V1.1__a.sql refinery passes over this file: its name is not V<number>__<name>.sql or U<number>__<name>.sql",
            "name_not_recognised V1_a.sql refinery passes over this file: its name is not V<number>__<name>.sql or U<number>__<name>.sql",
            "name_not_recognised V2__a-b.sql refinery passes over this file: its name is not V<number>__<name>.sql or U<number>__<name>.sql",
        ],
    );
    check(
        Format::Cogway,
        &[("a b_c/up.sql", sql)],
        &[
            "name_not_recognised a b_c the name of this folder does not begin with an id: letters, digits, `.` or `-`, up to the first `_`",
        ],
    );
}

#[test]
fn steps_in_code_are_told_and_left_out() {
    let sql = "SELECT 1;";
    let folder = Folder::of(&[
        ("1_a.up.sql", sql),
        ("2_b.up.go", ""),
        ("2_b.down.sql", sql),
        ("3_c.up.sql", sql),
        ("3_c.down.go", ""),
        ("migrations.go", ""),
    ]);
    assert_eq!(
        folder.problems(Format::GolangMigrate),
        [
            "in_code 2_b.up.go the up of 2 cannot be read: it is written in Go",
            "in_code 3_c.down.go the down of 3 cannot be read: it is written in Go",
        ]
    );
    let history = folder.read(Format::GolangMigrate);
    assert_eq!(
        lines(&history),
        ["1 a <-  | implicit | -", "3 c <- 1 | implicit | -"]
    );
    assert!(history.is_partial());
    check(
        Format::Goose,
        &[("1_a.go", ""), ("2_b.sql", "-- +goose Up\nSELECT 1;")],
        &["in_code 1_a.go 1 cannot be read: it is written in Go"],
    );
    check(
        Format::Refinery,
        &[("V1__a.rs", ""), ("mod.rs", "")],
        &["in_code V1__a.rs V1 cannot be read: it is written in Rust"],
    );
    check(
        Format::Flyway,
        &[("V1__A.java", ""), ("Other.java", "")],
        &["in_code V1__A.java V1__A cannot be read: it is written in Java"],
    );
}

#[test]
fn dbmates_directives_are_checked() {
    let case = |text: &str, expected: &[&str]| check(Format::Dbmate, &[("1_a.sql", text)], expected);
    case("SELECT 1;", &["directives 1_a.sql:1 there is no `-- migrate:up`"]);
    case(
        "-- migrate:down\nA\n-- migrate:up\nB",
        &["directives 1_a.sql:1 `-- migrate:down` stands before `-- migrate:up`"],
    );
    case(
        "\nSET a = 1;\n-- migrate:up\nB",
        &["directives 1_a.sql:2 there is a statement before `-- migrate:up`"],
    );
    case(
        "-- migrate:up\nA\n-- migrate:down\n-- migrate:down\n",
        &["directives 1_a.sql:4 `-- migrate:down` stands here a second time"],
    );
    case(
        "-- migrate:up transaction:no\nA\n-- migrate:dwn\nB",
        &[
            "unknown_directive 1_a.sql:1 dbmate passes over the option \"transaction:no\"",
            "unknown_directive 1_a.sql:3 dbmate takes `migrate:dwn` for a comment",
        ],
    );
}

#[test]
fn gooses_directives_are_checked() {
    let case = |text: &str, expected: &[&str]| check(Format::Goose, &[("1_a.sql", text)], expected);
    case(
        "SELECT 1;",
        &["directives 1_a.sql:1 there is a statement before `-- +goose Up`"],
    );
    case("", &["directives 1_a.sql:1 there is no `-- +goose Up`"]);
    case(
        "-- +goose Down\nA;\n-- +goose Up\nB;",
        &["directives 1_a.sql:1 `-- +goose Down` stands before `-- +goose Up`"],
    );
    case(
        "-- +goose Up\nA;\n-- +goose Up\nB;",
        &["directives 1_a.sql:3 `-- +goose Up` stands here a second time"],
    );
    case(
        "-- +goose Up\n-- +goose StatementBegin\nA;",
        &["directives 1_a.sql:2 this `StatementBegin` has no `StatementEnd`"],
    );
    case(
        "-- +goose Up\n-- +goose StatementEnd\nA;",
        &["directives 1_a.sql:2 `StatementEnd` without a `StatementBegin`"],
    );
    case(
        "-- +goose Up\n  -- +goose Down\nA;\n-- +goose Undo\nB;",
        &[
            "unknown_directive 1_a.sql:2 a directive must begin its line",
            "unknown_directive 1_a.sql:4 goose knows no directive \"undo\"",
        ],
    );
    case(
        "-- +goose ENVSUB ON\n-- +goose Up\nA ${B};",
        &["placeholder 1_a.sql:1 goose fills in environment variables from here on"],
    );
    case(
        "-- +goose Up\nCREATE FUNCTION f() AS $$\nSELECT 1;\n$$;\n-- +goose Down\nA;",
        &["cut_statement 1_a.sql:2 goose ends this statement at its first `;` at the end of a line"],
    );
    case(
        "-- +goose Up\nA;\nB\n-- +goose Down\nC; -- later\n",
        &["cut_statement 1_a.sql:3 goose refuses the file: this statement has no `;` at the end"],
    );
}

#[test]
fn settings_beside_the_scripts_are_checked() {
    let toml = |text: &str, expected: &[&str]| {
        check(
            Format::Cogway,
            &[("1_a/up.sql", "SELECT 1"), ("1_a/revision.toml", text)],
            expected,
        );
    };
    toml(
        "parents = [",
        &["parents 1_a/revision.toml:1 this is no TOML: unclosed array, expected `]`"],
    );
    toml("", &["parents 1_a/revision.toml `parents` is missing"]);
    toml(
        "parents = \"2\"",
        &["parents 1_a/revision.toml `parents` is no list of ids"],
    );
    toml(
        "parents = []\ntransaction = \"no\"\nname = 1",
        &[
            "settings 1_a/revision.toml `name` is unknown",
            "settings 1_a/revision.toml transaction = \"no\" is unknown",
        ],
    );
    check(
        Format::Cogway,
        &[("1_a/up.sql", "SELECT 1"), ("2_b/revision.toml", "parents = []")],
        &[
            "parents 1_a this revision has no revision.toml, so it is taken for a first one",
            "up_missing 2_b this revision has no up.sql",
        ],
    );

    let diesel = |text: &str, mode: &str, expected: &[&str]| {
        let folder = Folder::of(&[("1_a/up.sql", "SELECT 1"), ("1_a/metadata.toml", text)]);
        assert_eq!(folder.problems(Format::Diesel), expected);
        assert_eq!(
            lines(&folder.read(Format::Diesel)),
            [format!("1 a <-  | {mode} | -")]
        );
    };
    diesel("run_in_transaction = false", "implicit", &[]);
    diesel("run_in_transaction = true", "single", &[]);
    diesel(
        "",
        "implicit",
        &[
            "settings 1_a/metadata.toml diesel runs the migration without a transaction, since this file does not say `run_in_transaction`",
        ],
    );
    diesel(
        "run_in_transaction = 1",
        "single",
        &[
            "settings 1_a/metadata.toml diesel passes over this file and runs the migration in a transaction: run_in_transaction is neither true nor false",
        ],
    );

    check(
        Format::Flyway,
        &[
            ("V1__a.sql", "SELECT '${who}';"),
            ("V2__b.sql", "SELECT '${who}';"),
            (
                "V2__b.sql.conf",
                "# why\nplaceholderReplacement = false\nexecuteInTransaction=maybe\n",
            ),
            ("V3__c.sql", "SELECT 1"),
            ("V3__c.sql.conf", "shouldExecute=false"),
            ("afterMigrate.sql", "SELECT 1"),
            ("beforeEachMigrate__log.sql", "SELECT 1"),
        ],
        &[
            "placeholder V1__a.sql:1 Flyway fills in ${who}, Cogway runs the script as it stands",
            "settings V2__b.sql.conf:3 Cogway cannot follow executeInTransaction=maybe",
            "not_run V3__c.sql shouldExecute=false: the script is not run",
            "not_run afterMigrate.sql Flyway runs this callback, Cogway does not",
            "not_run beforeEachMigrate__log.sql Flyway runs this callback, Cogway does not",
        ],
    );
}

#[test]
fn a_graph_must_hang_together() {
    let files = |parents: &[(&str, &str)]| {
        let folder = Folder::of(&[]);
        for (id, parents) in parents {
            folder.write(&format!("{id}_x/up.sql"), b"SELECT 1");
            folder.write(
                &format!("{id}_x/revision.toml"),
                format!("parents = [{parents}]").as_bytes(),
            );
        }
        folder
    };
    let folder = files(&[("a", ""), ("b", "\"a\", \"gone\""), ("c", "\"b\", \"b\"")]);
    assert_eq!(
        folder.problems(Format::Cogway),
        [
            "unknown_parent b_x/revision.toml b builds on gone, which does not exist",
            "settings c_x/revision.toml the parent b is named twice",
        ]
    );
    assert_eq!(
        lines(&folder.read(Format::Cogway)),
        ["a x <-  | auto | -", "b x <- a | auto | -", "c x <- b | auto | -"]
    );

    let folder = files(&[
        ("a", ""),
        ("b", "\"a\", \"d\""),
        ("c", "\"b\""),
        ("d", "\"c\""),
        ("e", "\"d\""),
        ("f", "\"f\""),
    ]);
    assert_eq!(
        folder.problems(Format::Cogway),
        [
            "cycle b_x/revision.toml b builds on itself: b → d → c → b",
            "cycle c_x/revision.toml c builds on itself: c → b → d → c",
            "cycle d_x/revision.toml d builds on itself: d → c → b → d",
            "cycle e_x/revision.toml e builds on revisions that build on themselves: d → c → b",
            "cycle f_x/revision.toml f builds on itself: f → f",
        ]
    );
    assert_eq!(lines(&folder.read(Format::Cogway)), ["a x <-  | auto | -"]);
}

#[test]
fn a_plan_must_fit_its_scripts() {
    let by = "2024-03-01T10:00:00Z A <a@b.c>";
    let plan = format!("%project=p\n\na {by}\n@v1 {by}\na {by}\nb [c] {by}\nd {by}\n");
    check(
        Format::Sqitch,
        &[
            ("sqitch.plan", &plan),
            ("deploy/a.sql", "SELECT 1"),
            ("deploy/b.sql", "SELECT 1;\n\\set x 1\nSELECT 2;"),
            ("deploy/d.sql", ""),
            ("deploy/e.sql", "SELECT 1"),
        ],
        &[
            "psql_command deploy/b.sql:2 only psql understands \\set",
            "empty_up deploy/d.sql:1 d changes nothing: its up holds no statement",
            "plan deploy/e.sql the plan does not name this change",
            "up_missing sqitch.plan:3 the script of a is missing: deploy/a@v1.sql",
            "plan sqitch.plan:6 b requires c, which the plan does not know",
        ],
    );
    check(
        Format::Sqitch,
        &[("deploy/a.sql", "")],
        &["unreadable sqitch.plan the file cannot be read: No such file or directory (os error 2)"],
    );
}

#[test]
fn no_file_cut_short_breaks_the_reading() {
    for format in Format::ALL {
        let source = fixture(format.as_str());
        let folder = Folder::of(&[]);
        let files = copy(&source, &folder, Path::new(""));
        for (file, bytes) in &files {
            for end in (0..bytes.len()).step_by(17) {
                folder.write(file, &bytes[..end]);
                let history = folder.read(format);
                assert!(history.revisions.len() <= files.len(), "{file} cut at {end}");
            }
            folder.write(file, bytes);
        }
        assert_eq!(folder.read(format).problems, [], "{format}");
    }
}

/// Copies a folder; gives the files with their contents.
fn copy(source: &Path, folder: &Folder, below: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(source.join(below)).expect("the folder is listed") {
        let path = below.join(entry.expect("the entry is read").file_name());
        if source.join(&path).is_dir() {
            files.extend(copy(source, folder, &path));
        } else {
            let bytes = fs::read(source.join(&path)).expect("the file is read");
            let path = path.to_str().expect("a UTF-8 name").to_owned();
            folder.write(&path, &bytes);
            files.push((path, bytes));
        }
    }
    files
}
