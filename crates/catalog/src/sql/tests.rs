//! Splitting, classifying and quoting, as tables of cases.

use proptest::prelude::*;

use super::*;

/// The statements of a script, by text.
fn texts(script: &str) -> Vec<&str> {
    split(script)
        .unwrap()
        .into_iter()
        .map(|statement| statement.text)
        .collect()
}

fn kind(statement: &str) -> StatementKind {
    let mut statements = split(statement).unwrap();
    assert_eq!(statements.len(), 1, "{statement}");
    statements.remove(0).kind
}

#[test]
fn statements_end_where_postgresql_ends_them() {
    let cases: &[(&str, &[&str])] = &[
        ("", &[]),
        (" ; ;; -- nothing\n/* ; */;", &[]),
        ("SELECT 1", &["SELECT 1"]),
        (
            "SELECT 1;SELECT 2 ;\n\nSELECT 3",
            &["SELECT 1", "SELECT 2", "SELECT 3"],
        ),
        ("\u{feff}SELECT 1;", &["SELECT 1"]),
        ("SELECT 1;\r\nSELECT 2;\r\n", &["SELECT 1", "SELECT 2"]),
        (
            "SELECT /* a; /* b; */ c; */ 1; SELECT 2",
            &["SELECT /* a; /* b; */ c; */ 1", "SELECT 2"],
        ),
        ("SELECT 1 -- a; b\n; SELECT 2", &["SELECT 1", "SELECT 2"]),
        ("-- about\nSELECT 1; -- more", &["SELECT 1"]),
        ("SELECT 'a;''b;'; SELECT 2", &["SELECT 'a;''b;'", "SELECT 2"]),
        (r"SELECT 'a\'; SELECT 2", &[r"SELECT 'a\'", "SELECT 2"]),
        (r"SELECT E'a\';b'; SELECT 2", &[r"SELECT E'a\';b'", "SELECT 2"]),
        (
            "SELECT E'a'\n  -- then\n 'b\\';c'; SELECT 2",
            &["SELECT E'a'\n  -- then\n 'b\\';c'", "SELECT 2"],
        ),
        (
            "SELECT U&'d;\\0061' UESCAPE '!'; SELECT 2",
            &["SELECT U&'d;\\0061' UESCAPE '!'", "SELECT 2"],
        ),
        (
            "SELECT U&\"a;\"; SELECT B'1;', X'f;', N';'",
            &["SELECT U&\"a;\"", "SELECT B'1;', X'f;', N';'"],
        ),
        (
            "SELECT \"a;\"\"b\"; SELECT 2",
            &["SELECT \"a;\"\"b\"", "SELECT 2"],
        ),
        ("SELECT $$a;$b$;$$; SELECT 2", &["SELECT $$a;$b$;$$", "SELECT 2"]),
        (
            "SELECT $f$a;$$;$g$;$f$; SELECT 2",
            &["SELECT $f$a;$$;$g$;$f$", "SELECT 2"],
        ),
        (
            "SELECT a$b$c; SELECT 1 AS $1; SELECT 2",
            &["SELECT a$b$c", "SELECT 1 AS $1", "SELECT 2"],
        ),
        (
            "SELECT 1 */*c;*/ 2; SELECT a +-- d;\n b",
            &["SELECT 1 */*c;*/ 2", "SELECT a +-- d;\n b"],
        ),
        (
            "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2); SELECT 3",
            &[
                "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)",
                "SELECT 3",
            ],
        ),
        (
            "CREATE TABLE t (id int; SELECT 1;",
            &["CREATE TABLE t (id int; SELECT 1;"],
        ),
        ("SELECT 1); SELECT 2", &["SELECT 1)", "SELECT 2"]),
        (
            "SELECT 1 \u{feff}a; SELECT 2",
            &["SELECT 1 \u{feff}a", "SELECT 2"],
        ),
    ];
    for (script, expected) in cases {
        assert_eq!(texts(script), *expected, "{script}");
    }
}

#[test]
fn the_body_of_a_routine_is_part_of_its_statement() {
    let routines = [
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END",
        "create or replace procedure p(a int default 1)\nbegin /* so */ atomic\n insert into t values (a);\nend",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 ELSE 2 END; END",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN a THEN CASE b WHEN 1 THEN 2 END END FROM t; END",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC (SELECT 1) UNION (SELECT 2); SELECT a.end, 1 AS end; END",
        "CREATE FUNCTION f() RETURNS void BEGIN ATOMIC END",
        "CREATE FUNCTION f() RETURNS void BEGIN ATOMIC ; END",
        "CREATE FUNCTION begin() RETURNS int LANGUAGE sql AS 'SELECT 1; SELECT 2;'",
        "CREATE FUNCTION f() RETURNS int RETURN 1",
        "CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN ATOMIC; END $$ LANGUAGE plpgsql",
    ];
    for routine in routines {
        let script = format!("SELECT 0; {routine}; SELECT 9");
        assert_eq!(texts(&script), ["SELECT 0", routine, "SELECT 9"], "{routine}");
    }
    // Only routines have such bodies.
    assert_eq!(
        texts("CREATE TABLE begin (atomic int); BEGIN; END"),
        ["CREATE TABLE begin (atomic int)", "BEGIN", "END"]
    );
}

#[test]
fn offsets_and_lines_are_those_of_the_first_token() {
    let script = "\u{feff}-- ä\r\n\r\n  SELECT\r\n 1 ;\n/* x\ny */ SELECT 2;";
    let found: Vec<_> = split(script)
        .unwrap()
        .iter()
        .map(|s| (s.line, &script[s.offset..s.end]))
        .collect();
    assert_eq!(found, [(3, "SELECT\r\n 1 ;"), (6, "SELECT 2;")]);
}

#[test]
fn psql_commands_take_up_their_line() {
    let script = "\\set ON_ERROR_STOP 1\n  \\connect db;\nSELECT 1\n\\gset\nSELECT 2 \\g\nSELECT '\n\\no';";
    let found: Vec<_> = split(script)
        .unwrap()
        .into_iter()
        .map(|s| (s.text, s.kind, s.line))
        .collect();
    assert_eq!(
        found,
        [
            ("\\set ON_ERROR_STOP 1", StatementKind::PsqlMeta, 1),
            ("\\connect db;", StatementKind::PsqlMeta, 2),
            ("SELECT 1", StatementKind::Other, 3),
            ("\\gset", StatementKind::PsqlMeta, 4),
            ("SELECT 2", StatementKind::Other, 5),
            ("\\g", StatementKind::PsqlMeta, 5),
            ("SELECT '\n\\no'", StatementKind::Other, 6),
        ]
    );
}

#[test]
fn rows_follow_a_copy() {
    let script = "COPY public.t (a, \"from\") FROM stdin; -- rows\n1\tit's; \"\n\\.\nSELECT 2;";
    let statements = split(script).unwrap();
    assert_eq!(statements.len(), 2);
    let StatementKind::CopyFromStdin { data } = &statements[0].kind else {
        panic!("{statements:?}")
    };
    assert_eq!(&script[data.clone()], "1\tit's; \"\n");
    assert_eq!((statements[1].text, statements[1].line), ("SELECT 2", 4));

    let cases = [
        (
            "COPY t FROM STDIN WITH (FORMAT csv);\r\n1,2\r\n\\.\r\n",
            "1,2\r\n",
        ),
        ("COPY t FROM STDIN;\n1\n2", "1\n2"),
        ("COPY t FROM STDIN;\n\\.", ""),
        ("COPY t FROM STDIN;", ""),
        ("COPY t FROM STDIN", ""),
    ];
    for (script, rows) in cases {
        let StatementKind::CopyFromStdin { data } = kind(script) else {
            panic!("{script}")
        };
        assert_eq!(&script[data], rows, "{script}");
    }
    for script in [
        "COPY t FROM '/tmp/f'",
        "COPY (SELECT 1 FROM t) TO stdout",
        "COPY t FROM PROGRAM 'cat'",
    ] {
        assert_eq!(kind(script), StatementKind::Other, "{script}");
    }
}

#[test]
fn faults_are_told_with_their_line() {
    use SplitErrorKind::{Nul, TextBehindCopy, Unterminated};
    let cases = [
        ("SELECT 1;\nSELECT 'a", 2, Unterminated(Quoted::String)),
        ("SELECT E'a\\'", 1, Unterminated(Quoted::String)),
        ("SELECT E'a'\n'b\\'", 1, Unterminated(Quoted::String)),
        ("SELECT 1;\n\n  $f$ $g$ $f", 3, Unterminated(Quoted::DollarString)),
        ("SELECT \"a", 1, Unterminated(Quoted::Name)),
        ("SELECT 1 /* /* */", 1, Unterminated(Quoted::Comment)),
        ("SELECT 1;\nSELECT '\0'", 2, Nul),
        ("\nCOPY t FROM STDIN; SELECT 1;", 2, TextBehindCopy),
    ];
    for (script, line, expected) in cases {
        let error = split(script).unwrap_err();
        assert_eq!((error.line, error.kind), (line, expected), "{script}");
    }
    assert_eq!(
        split("SELECT '").unwrap_err().to_string(),
        "line 1: this string ('…') is never closed"
    );
}

#[test]
fn transaction_control_is_recognised() {
    use StatementKind::*;
    let cases = [
        ("begin", Begin),
        ("BEGIN WORK", Begin),
        ("BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE", Begin),
        ("START TRANSACTION READ ONLY", Begin),
        ("COMMIT", Commit),
        ("END /* all */ WORK", Commit),
        ("COMMIT AND NO CHAIN", Commit),
        ("COMMIT WORK AND CHAIN", CommitAndChain),
        ("ROLLBACK", Rollback),
        ("ABORT TRANSACTION", Rollback),
        ("ROLLBACK AND CHAIN", RollbackAndChain),
        ("ROLLBACK TO a", RollbackToSavepoint),
        ("ROLLBACK WORK TO SAVEPOINT a", RollbackToSavepoint),
        ("SAVEPOINT a", Savepoint),
        ("RELEASE SAVEPOINT a", ReleaseSavepoint),
        ("PREPARE TRANSACTION 'a'", PrepareTransaction),
        ("PREPARE q AS SELECT 1", Other),
        ("COMMIT PREPARED 'a'", OutsideTransaction("COMMIT PREPARED")),
        ("ROLLBACK PREPARED 'a'", OutsideTransaction("ROLLBACK PREPARED")),
        ("DO $$ BEGIN COMMIT; END $$", Other),
        ("SELECT 1", Other),
    ];
    for (statement, expected) in cases {
        assert_eq!(kind(statement), expected, "{statement}");
        assert_eq!(
            expected.controls_transaction(),
            !matches!(expected, Other | OutsideTransaction(_)),
            "{statement}"
        );
    }
}

#[test]
fn what_cannot_run_in_a_transaction_is_recognised() {
    let outside = [
        "CREATE INDEX CONCURRENTLY i ON t (a)",
        "create unique index\nconcurrently if not exists i on t (a)",
        "DROP INDEX CONCURRENTLY IF EXISTS i",
        "REINDEX INDEX CONCURRENTLY i",
        "REINDEX (VERBOSE, CONCURRENTLY) TABLE t",
        "REINDEX SCHEMA s",
        "REINDEX (VERBOSE) DATABASE d",
        "REINDEX SYSTEM d",
        "VACUUM",
        "VACUUM (FULL) t",
        "CREATE DATABASE d",
        "DROP DATABASE IF EXISTS d",
        "CREATE TABLESPACE s LOCATION '/s'",
        "DROP TABLESPACE s",
        "ALTER SYSTEM SET work_mem = '1GB'",
        "ALTER DATABASE \"d\" SET TABLESPACE s",
        "CLUSTER",
        "CLUSTER VERBOSE",
        "CLUSTER (VERBOSE)",
        "REPACK",
        "REPACK (CONCURRENTLY) t",
        "CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p",
        "CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p WITH (create_slot)",
        "DROP SUBSCRIPTION s",
        "ALTER SUBSCRIPTION s REFRESH PUBLICATION",
        "ALTER SUBSCRIPTION s ADD PUBLICATION p",
        "ALTER TABLE p DETACH PARTITION c CONCURRENTLY",
        "DISCARD ALL",
    ];
    for statement in outside {
        assert!(
            matches!(kind(statement), StatementKind::OutsideTransaction(_)),
            "{statement}"
        );
    }
    let inside = [
        "CREATE INDEX i ON t (concurrently)",
        "CREATE UNIQUE INDEX i ON t (a)",
        "DROP INDEX i",
        "REINDEX INDEX i",
        "REINDEX (CONCURRENTLY false) TABLE t",
        "ANALYZE",
        "ALTER DATABASE d SET work_mem = '1GB'",
        "ALTER DATABASE d RENAME TO tablespace",
        "CLUSTER t USING i",
        "CLUSTER VERBOSE t",
        "REPACK t",
        "CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p WITH (enabled = false, create_slot = FALSE)",
        "CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p WITH (connect = off)",
        "ALTER SUBSCRIPTION s SET PUBLICATION p WITH (refresh = false)",
        "ALTER SUBSCRIPTION s SET (slot_name = NONE)",
        "ALTER TABLE p DETACH PARTITION c",
        "ALTER TABLE p DETACH PARTITION c FINALIZE",
        "ALTER TABLE t ADD COLUMN concurrently int",
        "ALTER TYPE e ADD VALUE 'a'",
        "DISCARD TEMP",
        "CREATE TABLE database ()",
    ];
    for statement in inside {
        assert_eq!(kind(statement), StatementKind::Other, "{statement}");
    }
}

#[test]
fn a_script_in_one_transaction_is_unwrapped() {
    let cases = [
        ("BEGIN; SELECT 1; COMMIT;", Some(" SELECT 1; ")),
        (
            "-- why\nSTART TRANSACTION;\nSELECT 1;\nSAVEPOINT a;\nEND",
            Some("\nSELECT 1;\nSAVEPOINT a;\n"),
        ),
        ("begin transaction /* ; */ ;commit work", Some("")),
        ("BEGIN; SELECT 1; COMMIT AND CHAIN;", None),
        ("BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT 1; COMMIT;", None),
        ("START TRANSACTION READ ONLY; COMMIT;", None),
        ("BEGIN; SELECT 1; COMMIT; BEGIN; SELECT 2; COMMIT;", None),
        ("BEGIN; SELECT 1; ROLLBACK;", None),
        ("BEGIN; COMMIT; SELECT 1", None),
        ("SELECT 1", None),
        ("BEGIN", None),
        ("", None),
    ];
    for (script, inside) in cases {
        let range = wrapped_in_transaction(&split(script).unwrap());
        assert_eq!(range.map(|range| &script[range]), inside, "{script}");
    }
}

#[test]
fn names_are_quoted_as_postgresql_quotes_them() {
    let cases = [
        ("a", "a"),
        ("_a1", "_a1"),
        ("", "\"\""),
        ("1a", "\"1a\""),
        ("A", "\"A\""),
        ("a$b", "\"a$b\""),
        ("ä", "\"ä\""),
        ("a b", "\"a b\""),
        ("a\"b", "\"a\"\"b\""),
        ("select", "\"select\""),
        ("between", "\"between\""),
        ("left", "\"left\""),
        ("system_user", "\"system_user\""),
        ("name", "name"),
        ("begin", "begin"),
    ];
    for (name, quoted) in cases {
        assert_eq!(quote_ident(name), quoted);
    }
    assert_eq!(quote_literal(""), "''");
    assert_eq!(quote_literal("a\\'b"), "E'a\\\\''b'");
}

#[test]
fn positions_are_counted_in_characters() {
    let text = "ä\r\n😀 x\n";
    let places: Vec<_> = (0..=9)
        .map(|at| position_to_line_column(text, at).to_string())
        .collect();
    assert_eq!(
        places,
        [
            "1:1", "1:1", "1:2", "1:3", "2:1", "2:2", "2:3", "2:4", "3:1", "3:1"
        ]
    );
}

/// Pieces of SQL that open, close or confuse something.
fn script() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "'",
        "''",
        "\"",
        "$$",
        "$a$",
        "$",
        "E'",
        "U&'",
        "\\",
        "\\.",
        "--",
        "/*",
        "*/",
        "(",
        ")",
        ";",
        "\n",
        "\r\n",
        " ",
        "\u{feff}",
        "ä",
        "CREATE",
        "FUNCTION",
        "OR",
        "REPLACE",
        "BEGIN",
        "ATOMIC",
        "END",
        "CASE",
        "COPY t FROM STDIN;",
        "SELECT",
        "1",
        "a",
        "CREATE FUNCTION f() BEGIN ATOMIC",
        "ROLLBACK TO",
        "ALTER TABLE",
        "\0",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.join(" ").replace(" \n ", "\n"))
}

proptest! {
    #[test]
    fn any_text_is_split_without_loss(text in prop_oneof![any::<String>(), script()]) {
        match split(&text) {
            Ok(statements) => {
                let mut at = 0;
                for statement in &statements {
                    prop_assert!(at <= statement.offset && statement.offset < statement.end);
                    let between = text[at..statement.offset].replace(';', " ");
                    prop_assert!(is_blank(&between), "lost {:?}", between);
                    prop_assert!(text[statement.offset..statement.end].starts_with(statement.text));
                    prop_assert!(!statement.text.is_empty());
                    prop_assert_eq!(statement.line, 1 + text[..statement.offset].matches('\n').count());
                    at = statement.end;
                }
                prop_assert!(is_blank(&text[at..].replace(';', " ")));
                prop_assert_eq!(is_blank(&text.replace(';', " ")), statements.is_empty());
                let _ = wrapped_in_transaction(&statements);
            }
            Err(error) => prop_assert!(error.offset <= text.len() && error.line >= 1),
        }
        let _ = is_blank(&text);
    }

    #[test]
    fn quoting_is_read_back(name in any::<String>().prop_filter("no NUL", |name| !name.contains('\0'))) {
        let script = format!("SELECT {} AS {}; SELECT 2", quote_literal(&name), quote_ident(&name));
        let statements = split(&script).unwrap();
        prop_assert_eq!(statements.len(), 2);
        prop_assert_eq!(statements[1].text, "SELECT 2");
    }

    #[test]
    fn places_lie_within_the_text(text in any::<String>(), position in 0usize..200) {
        let place = position_to_line_column(&text, position);
        prop_assert!(place.line <= 1 + text.matches('\n').count());
        prop_assert!(place.column <= 1 + text.chars().count());
    }
}
