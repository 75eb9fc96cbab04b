//! Input that nobody should give: whatever it is, the program says what is wrong, ends as it promises, and keeps secrets.
//!
//! What is random is in [`fuzz`].

mod fuzz;

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Ran, Site, cogway, write};

/// What no output may hold.
const SECRET: &str = "hunter2";

/// Runs a command that must end by itself, soon, and as the program promises.
fn survive(command: &mut Command, what: &str) -> Ran {
    const PATIENCE: Duration = Duration::from_secs(20);
    let mut child = command.spawn().expect("the program runs");
    let read = |pipe: Option<Box<dyn std::io::Read + Send>>| {
        let mut pipe = pipe.expect("a pipe");
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            pipe.read_to_end(&mut bytes).expect("output");
            bytes
        })
    };
    let stdout = read(child.stdout.take().map(|pipe| Box::new(pipe) as _));
    let stderr = read(child.stderr.take().map(|pipe| Box::new(pipe) as _));
    let deadline = Instant::now() + PATIENCE;
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child") {
            break status;
        }
        if Instant::now() > deadline {
            child.kill().expect("it can be killed");
            panic!("{what}: it does not end");
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let text =
        |bytes: Vec<u8>| String::from_utf8(bytes).unwrap_or_else(|_| panic!("{what}: output is no text"));
    let ran = Ran {
        code: status.code(),
        stdout: text(stdout.join().expect("read")),
        stderr: text(stderr.join().expect("read")),
    };
    let (code, told) = (ran.code.unwrap_or(-1), format!("{ran:?}"));
    assert!((0..=5).contains(&code), "{what}: {told}");
    assert!(!told.contains("panicked"), "{what}: {told}");
    assert!(!told.contains(SECRET), "{what}: {told}");
    let obeyed = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    assert!(
        !ran.stderr.contains(obeyed) && !ran.stdout.contains(obeyed),
        "{what}: a terminal would obey: {told}"
    );
    if code >= 2 {
        assert!(ran.stderr.contains("error: "), "{what}: {told}");
    }
    ran
}

/// Runs the verbs of a site, and returns how each ended, with what it said.
fn verbs(site: &Site, what: &str) -> Vec<(&'static str, Ran)> {
    ["history", "status", "up --dry-run", "up"]
        .into_iter()
        .map(|line| {
            let mut command = site.command();
            command.args(line.split(' '));
            (line, survive(&mut command, &format!("{what}: {line}")))
        })
        .collect()
}

/// The last of the verbs: `up`.
fn up(site: &Site, what: &str) -> Ran {
    verbs(site, what).pop().expect("verbs").1
}

fn put(site: &Site, path: &str, bytes: &[u8]) {
    site.write(path, "");
    std::fs::write(site.dir.path().join(path), bytes).expect("a file");
}

#[test]
fn encodings() {
    let utf16 = |text: &str, mark: [u8; 2]| -> Vec<u8> {
        let units = text.encode_utf16().flat_map(|unit| match mark {
            [0xff, _] => unit.to_le_bytes(),
            _ => unit.to_be_bytes(),
        });
        mark.into_iter().chain(units).collect()
    };
    let cases: [(&str, &[u8], i32, &str); 16] = [
        (
            "a byte order mark",
            b"\xef\xbb\xbfcreate table t (id int);",
            0,
            "",
        ),
        (
            "line breaks of Windows",
            b"create table t (\r\n  id int\r\n);\r\n",
            0,
            "",
        ),
        (
            "line breaks of old Macs",
            b"create table t (\r  id int\r);\r-- end",
            0,
            "",
        ),
        (
            "UTF-16",
            &utf16("select 1;", [0xff, 0xfe]),
            2,
            "the file is in UTF-16, not in UTF-8",
        ),
        (
            "UTF-16, the other way",
            &utf16("select 1;", [0xfe, 0xff]),
            2,
            "the file is in UTF-16",
        ),
        (
            "UTF-16 without a mark",
            &utf16("select 1;", [0xff, 0xfe])[2..],
            2,
            "byte 1 is a NUL",
        ),
        (
            "Latin-1",
            b"select 1;\nselect 'Gr\xf6\xdfe';",
            2,
            ".sql:2: byte 20 is not UTF-8",
        ),
        ("half a character", b"select '\xe6\x97", 2, "byte 8 is not UTF-8"),
        ("an overlong one", b"select '\xc0\xaf';", 2, "byte 8 is not UTF-8"),
        ("a surrogate", b"select '\xed\xa0\x80';", 2, "byte 8 is not UTF-8"),
        (
            "a NUL",
            b"select 1;\n\nselect '\0';",
            2,
            ".sql:3: byte 19 is a NUL",
        ),
        ("nothing", b"", 0, "changes nothing"),
        ("blanks", b" \n\t\r\n", 0, "changes nothing"),
        ("only a mark", b"\xef\xbb\xbf", 0, "changes nothing"),
        ("odd blanks", "select\u{a0}1;".as_bytes(), 4, "failed: "),
        (
            "other scripts",
            "create table größe (\u{1f4a5} int, 日本語 text);".as_bytes(),
            0,
            "",
        ),
    ];
    for (what, bytes, code, says) in cases {
        let site = Site::of(&[]);
        put(&site, "migrations/1_x.up.sql", bytes);
        let ran = up(&site, what);
        assert_eq!(ran.code, Some(code), "{what}: {ran:?}");
        assert!(ran.stderr.contains(says), "{what}: {ran:?}");
    }
}

#[test]
fn scripts() {
    let long = format!("select '{}';", "x".repeat(3_000_000));
    let deep = format!("select {}1{};", "(".repeat(20_000), ")".repeat(20_000));
    let nested = format!("{} {} select 1;", "/*".repeat(5_000), "*/".repeat(5_000));
    let many = "select 1;\n".repeat(20_000);
    let cases: [(&str, &str, i32, &str); 25] = [
        ("a quote", "select 'it", 4, "unterminated quoted string"),
        ("a name", "select \"it", 4, "unterminated quoted identifier"),
        (
            "dollars",
            "select $tag$ it $tog$",
            4,
            "unterminated dollar-quoted string",
        ),
        ("a comment", "select 1; /* /* */", 4, "unterminated /* comment"),
        ("escapes", "select E'\\u00zz';", 4, "invalid Unicode escape"),
        ("a zero", "select E'\\000';", 4, "failed: "),
        (
            "dollar quotes in each other",
            "do $a$ begin execute $b$select $c$x;y$c$$b$; end $a$;",
            0,
            "",
        ),
        ("dollars in names", "create table t (a$b int, c$$d int);", 0, ""),
        ("semicolons", ";;; ; -- ;\n;", 0, ""),
        ("a lone backslash", "\\", 4, "commands to psql are no SQL"),
        ("a command to psql", "select 1; \\! touch oops", 4, "syntax error"),
        ("a variable of psql", "select :x;", 4, "syntax error"),
        (
            "rows for psql",
            "create table t (a int);\ncopy t from stdin;\n1\n\\.\n",
            4,
            "only psql understands COPY",
        ),
        (
            "rows for psql, in a comment",
            "/* copy t from stdin; */ select 1;",
            0,
            "",
        ),
        // There is nobody to give them to.
        (
            "rows to psql",
            "create table t (); copy (select 1) to stdout;",
            4,
            "only psql understands COPY … TO STDOUT",
        ),
        ("an end", "commit; create table t ();", 0, ""),
        ("ends", "rollback; commit; begin; select 1;", 0, ""),
        ("an abort", "create table t (); rollback;", 0, ""),
        ("a savepoint", "savepoint a; select 1; rollback to a;", 0, ""),
        (
            "another end",
            "do $$ begin commit; end $$;",
            4,
            "invalid transaction termination",
        ),
        // PostgreSQL reads all of it before it sets anything.
        (
            "settings",
            "set standard_conforming_strings = off; select 'it\\'s; fine';",
            4,
            "syntax error",
        ),
        ("a long string", &long, 0, ""),
        ("parentheses", &deep, 4, "memory exhausted"),
        ("comments in each other", &nested, 0, ""),
        ("many statements", &many, 0, ""),
    ];
    for (what, text, code, says) in cases {
        let site = Site::of(&[("1_x", text, "select 1;")]);
        let ran = up(&site, what);
        let shown = ran.stderr.chars().take(2000).collect::<String>();
        assert_eq!(ran.code, Some(code), "{what}: {shown}");
        assert!(shown.contains(says), "{what}: {shown}");
        assert!(
            ran.stderr.len() < 5000,
            "{what}: it says too much: {}",
            ran.stderr.len()
        );
        assert!(!site.dir.path().join("oops").exists(), "{what}");
        // Whatever it was, the ledger is sound, and can go on.
        site.done("status");
    }
}

/// A database in which a backslash escapes in every string.
#[test]
fn strings_of_the_old_kind() {
    let site = Site::new();
    site.database.psql(&format!(
        "alter database {} set standard_conforming_strings = off",
        site.database.name()
    ));
    site.revision(
        "1_back\\slash",
        &[],
        "create table t (a text default 'it\\'s; \\\\');\ninsert into t values ('a\\\\b');\n",
        "drop table t; -- \\",
    );
    site.revision(
        "2_next",
        &["1"],
        "comment on table t is 'x\\'y'",
        "comment on table t is null",
    );
    let ran = up(&site, "backslashes");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let stored = "select up_script from cogway.revision where id = '1'";
    assert!(
        site.database.psql(stored).contains("'it\\'s; \\\\'"),
        "as in the file"
    );
    site.done("check");
    site.done("down base --allow-data-loss");
    site.done("up --single-transaction");
    let script = site.done("down base --allow-data-loss --sql");
    site.database.psql(&script);
    assert_eq!(site.applied(), "");
}

#[test]
fn a_large_file_is_read_and_run() {
    let rows = "insert into big values (1, 'some text that makes it long');\n";
    let text = format!(
        "create table big (id int, t text);\n{}",
        rows.repeat((4 << 20) / rows.len())
    );
    let site = Site::of(&[("1_big", &text, "drop table big;")]);
    let begun = Instant::now();
    let ran = up(&site, "a large file");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    // It is not kept to show what changed, and that it changed is known all the same.
    site.write("migrations/1_big.up.sql", "select 1;");
    let ran = site.run("repair --dry-run");
    assert!(
        ran.stdout.contains("it has changed; what it was is not kept"),
        "{ran:?}"
    );
}

#[test]
#[ignore = "100 MB through the server take half a minute on a small machine; run by hand"]
#[expect(
    clippy::print_stdout,
    reason = "whoever runs it wants to know how long it took"
)]
fn a_file_of_a_hundred_megabytes() {
    let line = format!("-- {}\n", "x".repeat(997));
    let text = format!("create table t ();\n{}", line.repeat(100_000));
    let site = Site::of(&[("1_big", &text, "drop table t;")]);
    for line in ["history", "status", "up --dry-run", "up", "status", "down -1"] {
        let begun = Instant::now();
        let ran = site.run(line);
        assert_eq!(ran.code, Some(0), "{line}: {ran:?}");
        println!("{line}: {:?}", begun.elapsed());
    }
}

#[test]
fn revisions_that_name_their_parents_badly() {
    /// What it is; the revisions, each with its `revision.toml`; how `up` ends, and what it says.
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], i32, &'a str);
    let cases: [Case<'_>; 14] = [
        ("no TOML", &[("1_a", "this is no TOML")], 2, "this is no TOML"),
        ("no TOML at all", &[("1_a", "\u{0}")], 2, "is a NUL"),
        ("no file", &[("1_a", "")], 2, "`parents` is missing"),
        (
            "a word",
            &[("1_a", "parents = 'base'")],
            2,
            "`parents` is no list of ids",
        ),
        (
            "numbers",
            &[("1_a", "parents = [0]")],
            2,
            "`parents` is no list of ids",
        ),
        (
            "a table",
            &[("1_a", "[parents]\nx = 1")],
            2,
            "`parents` is no list of ids",
        ),
        (
            "itself",
            &[("1_a", "parents = ['1']")],
            2,
            "1 builds on itself: 1 → 1",
        ),
        (
            "a circle",
            &[
                ("1_a", "parents = ['3']"),
                ("2_b", "parents = ['1']"),
                ("3_c", "parents = ['2']"),
            ],
            2,
            "1 builds on itself: 1 → 3 → 2 → 1",
        ),
        (
            "unknown ones",
            &[("1_a", "parents = ['nobody']")],
            2,
            "1 builds on nobody, which does not exist",
        ),
        (
            "one by nothing",
            &[("1_a", "parents = ['']")],
            2,
            "1 builds on , which does not exist",
        ),
        (
            "SQL",
            &[("1_a", "parents = [\"'; drop table x; --\"]")],
            2,
            "which does not exist",
        ),
        (
            "a line break",
            &[("1_a", "parents = [\"a\\nb\\u001b[31m\"]")],
            2,
            "builds on a\\nb\\u{1b}[31m, which",
        ),
        (
            "twice",
            &[("1_a", "parents = []"), ("2_b", "parents = ['1', '1']")],
            0,
            "named twice",
        ),
        (
            "two of one id",
            &[("1_a", "parents = []"), ("1_b", "parents = []")],
            2,
            "1 is there twice",
        ),
    ];
    for (what, revisions, code, says) in cases {
        let site = Site::new();
        for (name, settings) in revisions {
            site.write(&format!("migrations/{name}/up.sql"), "select 1;");
            site.write(&format!("migrations/{name}/revision.toml"), settings);
        }
        let ran = up(&site, what);
        assert_eq!(ran.code, Some(code), "{what}: {ran:?}");
        assert!(ran.stderr.contains(says), "{what}: {ran:?}");
        if ["no TOML", "a circle", "SQL"].contains(&what) {
            let verify = survive(
                cogway(site.dir.path()).args(["verify", "--output", "jsonl"]),
                what,
            );
            assert_eq!(verify.code, Some(1), "{what}: {verify:?}");
        }
    }
}

#[test]
fn ids_and_names() {
    let long = "9".repeat(200);
    let cases: [(&str, &str, i32); 14] = [
        ("SQL", "'; drop table users; --_x", 5),
        ("more SQL", "1_x'); delete from cogway.revision; --", 0),
        ("a quoted name", "1_\"; select 1; --", 0),
        ("a backslash", "1_a\\'; drop table users; --", 0),
        ("dollars", "1_$$ drop table users $$", 0),
        ("braces", "1_{\"a\",b}", 0),
        ("a line break", "1_a\ndrop table users;", 0),
        ("a carriage return", "1_a\rdrop table users;", 0),
        ("a terminal's", "1_\u{1b}[31mred\u{9b}0m\u{7}", 0),
        ("right to left", "1_\u{202e}abc", 0),
        ("a long id", &format!("{long}_x"), 0),
        ("a long name", &format!("1_{}", "n".repeat(240)), 0),
        ("no name", "1", 0),
        ("no id", "_x", 5),
    ];
    for (what, name, code) in cases {
        let site = Site::new();
        site.database.psql("create table users ()");
        site.revision(name, &[], "create table t ();", "drop table t;");
        let ran = up(&site, what);
        // A folder whose name is no revision's is passed over: then there is nothing to do.
        let nothing = ran.stdout.starts_with("nothing to do");
        assert!(ran.code == Some(0) && nothing == (code == 5), "{what}: {ran:?}");
        assert_eq!(
            site.database.psql("select to_regclass('users') is null").trim(),
            "f",
            "{what}"
        );
        if nothing {
            continue;
        }
        let id = site.applied();
        let history = site.json("history");
        assert_eq!(history["revisions"][0]["id"], id, "{what}");
        for line in ["history --graph", "down -1 --dry-run"] {
            survive(site.command().args(line.split(' ')), what);
        }
        site.done("down base");
        let script = site.done("up --sql");
        site.database.psql(&script);
        assert_eq!(site.applied(), id, "{what}");
        assert_eq!(
            site.database.psql("select to_regclass('users') is null").trim(),
            "f",
            "{what}"
        );
        site.done("down base");
    }
}

/// A target is typed by scripts too.
#[test]
fn targets() {
    let site = Site::of(&[("1_a", "select 1;", "select 1;")]);
    let long = "9".repeat(10_000);
    for target in [
        "'; drop table x; --",
        "a\nb",
        "\u{1b}[31m",
        "+99999999999999999999999",
        "-99999999999999999999999",
        "+-1",
        "--",
        "%s%n",
        "../../etc/passwd",
        &long,
        "٣",
        "１",
        "HEAD",
        " ",
    ] {
        for verb in ["up", "down", "to"] {
            let ran = survive(
                site.command().args([verb, "--", target]),
                &format!("{verb} {target:?}"),
            );
            assert_eq!(ran.code, Some(2), "{verb} {target:?}: {ran:?}");
        }
    }
    let invalid = OsStr::from_bytes(b"\xff\xfe");
    let ran = survive(
        site.command().arg("up").arg(invalid),
        "an argument that is no text",
    );
    assert_eq!(ran.code, Some(2), "{ran:?}");
}

/// Something else where a file or a folder should be. What makes it is given the folder of the history.
#[test]
fn other_things_than_files() {
    type Make = fn(&Path);
    let cases: [(&str, Make, i32, &str); 11] = [
        (
            "a folder for a script",
            |dir| std::fs::create_dir_all(dir.join("2_b/up.sql/deeper")).expect("a folder"),
            2,
            "Is a directory",
        ),
        (
            "a folder for the settings",
            |dir| {
                write(dir, &[("2_b/up.sql", "select 2;")]);
                std::fs::create_dir_all(dir.join("2_b/revision.toml")).expect("a folder");
            },
            2,
            "revision.toml",
        ),
        (
            "an empty folder",
            |dir| std::fs::create_dir(dir.join("2_b")).expect("a folder"),
            0,
            "",
        ),
        (
            "a script that leads to itself",
            |dir| {
                write(dir, &[("2_b/revision.toml", "parents = ['1']")]);
                symlink("up.sql", dir.join("2_b/up.sql")).expect("a link");
            },
            2,
            "symbolic links",
        ),
        (
            "a script that leads nowhere",
            |dir| {
                write(dir, &[("2_b/revision.toml", "parents = ['1']")]);
                symlink("nowhere", dir.join("2_b/up.sql")).expect("a link");
            },
            2,
            "No such file",
        ),
        (
            "a folder that leads to itself",
            |dir| symlink(".", dir.join("2_b")).expect("a link"),
            0,
            "",
        ),
        (
            "a folder that leads up",
            |dir| symlink("..", dir.join("1_a/loop")).expect("a link"),
            0,
            "",
        ),
        (
            "a script without an end",
            |dir| {
                write(dir, &[("2_b/revision.toml", "parents = ['1']")]);
                symlink("/dev/zero", dir.join("2_b/up.sql")).expect("a link");
            },
            2,
            "no regular file",
        ),
        (
            "a pipe",
            |dir| {
                write(dir, &[("2_b/revision.toml", "parents = ['1']")]);
                let made = Command::new("mkfifo").arg(dir.join("2_b/up.sql")).status();
                assert!(made.expect("mkfifo runs").success());
            },
            2,
            "no regular file",
        ),
        (
            "a script that is a link",
            |dir| {
                write(dir, &[("2_b/revision.toml", "parents = ['1']")]);
                symlink("../1_a/up.sql", dir.join("2_b/up.sql")).expect("a link");
            },
            0,
            "",
        ),
        (
            "names that are no text",
            |dir| {
                let name = OsStr::from_bytes(b"2_\xff\xfe");
                std::fs::create_dir(dir.join(name)).expect("a folder");
                std::fs::write(dir.join(name).join("up.sql"), "select 2;").expect("a file");
                std::fs::write(dir.join(name).join("revision.toml"), "parents = ['1']").expect("a file");
            },
            0,
            "",
        ),
    ];
    for (what, make, code, says) in cases {
        let site = Site::new();
        site.revision("1_a", &[], "select 1;", "select 1;");
        make(&site.dir.path().join("migrations"));
        let ran = up(&site, what);
        assert_eq!(ran.code, Some(code), "{what}: {ran:?}");
        assert!(ran.stderr.contains(says), "{what}: {ran:?}");
        survive(cogway(site.dir.path()).args(["new", "x"]), what);
        if ["a pipe", "a folder that leads to itself"].contains(&what) {
            survive(cogway(site.dir.path()).args(["verify", "--to", "1"]), what);
        }
    }
}

/// Paths that JSON cannot hold are no reason to say nothing.
#[test]
fn paths_that_are_no_text() {
    let site = Site::new();
    let dir = site.dir.path().join(OsStr::from_bytes(b"m\xff"));
    std::fs::create_dir_all(dir.join("1_a")).expect("a folder");
    std::fs::write(dir.join("1_a/up.sql"), "nonsense;").expect("a file");
    std::fs::write(dir.join("1_a/revision.toml"), "parents = []").expect("a file");
    for (verb, code) in [("history", 0), ("status", 0), ("up", 4)] {
        let mut command = site.command();
        let ran = survive(
            command.args([OsStr::new(verb), OsStr::new("--dir"), dir.as_os_str()]),
            verb,
        );
        assert_eq!(ran.code, Some(code), "{ran:?}");
        let mut command = site.command();
        command.args([OsStr::new(verb), OsStr::new("--dir"), dir.as_os_str()]);
        let ran = survive(command.args(["--output", "json"]), verb);
        assert!(ran.code != Some(0) || !ran.stdout.is_empty(), "{verb}: {ran:?}");
        if !ran.stdout.is_empty() {
            let _: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        }
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "says that nothing was tested, and why")]
fn files_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::new();
    site.revision("1_a", &[], "select 1;", "");
    let file = site.dir.path().join("migrations/1_a/up.sql");
    let lock = |path: &Path, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("chmod");
    };
    lock(&file, 0o000);
    if std::fs::read(&file).is_ok() {
        println!("skipped: root may read everything");
        return;
    }
    let ran = up(&site, "a file");
    assert!(
        ran.code == Some(2) && ran.stderr.contains("Permission denied"),
        "{ran:?}"
    );
    lock(&file, 0o644);
    let dir = site.dir.path().join("migrations");
    lock(&dir, 0o000);
    let ran = up(&site, "a folder");
    lock(&dir, 0o755);
    assert!(
        ran.code == Some(2) && ran.stderr.contains("Permission denied"),
        "{ran:?}"
    );
}

#[test]
fn configurations() {
    let cases = [
        (
            "[run]\norder = 'sometimes'",
            "cogway.toml:2: unknown variant `sometimes`",
        ),
        ("[run]\norder = 1", "cogway.toml:2: "),
        (
            "[run]\nstrict = 'yes'",
            "cogway.toml:2: invalid type: string \"yes\", expected a boolean",
        ),
        (
            "[run]\nlock_timeout = 2",
            "cogway.toml:2: invalid type: integer `2`, expected a time such as \"2s\"",
        ),
        (
            "[run]\nlock_timeout = '2'",
            "cogway.toml:2: `2` is no time; write 500ms, 2s, 1min or 0",
        ),
        ("[run]\nlock_timeout = '-2s'", "`-2s` is no time"),
        ("[run]\nwait = '99999999999999s'", "is too long"),
        ("[run]\nwait = []", "cogway.toml:2: invalid type: sequence"),
        ("[run]\nexclude = 'owners'", "cogway.toml:2: "),
        ("[run]\nexclude = ['colours']", "unknown variant `colours`"),
        ("[run]\ncolour = 'red'", "unknown field `colour`"),
        ("run = 3", "cogway.toml:1: "),
        ("[run", "cogway.toml:1: "),
        ("dir = 3", "cogway.toml:1: "),
        ("dir = ''", ""),
        ("dir = \"a\\u0000b\"", ""),
        ("format = 'alembic'", "no format is called \"alembic\""),
        ("\u{0}", "cogway.toml:1: "),
        ("a = 1\na = 2", "cogway.toml:2: duplicate key"),
        ("[[run]]\norder = 'allow'", "cogway.toml:"),
    ];
    let site = Site::of(&[("1_a", "select 1;", "select 1;")]);
    for (text, says) in cases {
        site.write("cogway.toml", text);
        for line in [
            "history",
            "status",
            "heads",
            "up --dry-run",
            "down -1 --dry-run",
            "check",
            "new x",
            "adopt --baseline 1",
        ] {
            let ran = survive(site.command().args(line.split(' ')), &format!("{text:?}: {line}"));
            let is_fault = !says.is_empty();
            assert!(!is_fault || ran.code == Some(2), "{text:?}: {line}: {ran:?}");
            assert!(ran.stderr.contains(says), "{text:?}: {line}: {ran:?}");
        }
        survive(site.command().args(["verify"]), text);
    }
    put(&site, "cogway.toml", b"dir = '\xff'");
    let ran = survive(site.command().arg("status"), "a configuration that is no text");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    std::fs::remove_file(site.dir.path().join("cogway.toml")).expect("removed");
    std::fs::create_dir(site.dir.path().join("cogway.toml")).expect("a folder");
    let ran = survive(site.command().arg("status"), "a configuration that is a folder");
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

/// However a connection is described and however it fails, nobody reads the password.
#[test]
fn passwords() {
    let site = Site::of(&[("1_a", "select 1;", "select 1;")]);
    let urls = [
        format!("postgresql://me:{SECRET}@localhost:1/shop"),
        format!("postgresql://me:{SECRET}@localhost:1/shop?application_name=x"),
        format!("postgresql://me:{SECRET}@localhost:nope/shop"),
        format!("postgresql://me:{SECRET}@localhost/shop?colour={SECRET}"),
        format!("postgresql://me:{SECRET}@localhost/shop?sslmode=require"),
        format!("postgresql://me:{SECRET}@[::1/shop"),
        format!("postgresql://me:%zz{SECRET}@localhost/shop"),
        format!("host=localhost port=1 user=me password={SECRET} dbname=shop"),
        format!("host=localhost port=1 user=me password='{SECRET} dbname=shop"),
        format!("mysql://me:{SECRET}@localhost/shop"),
        format!("postgresql://me:{SECRET}@/shop?host=/nowhere"),
        site.database
            .url()
            .replace("user=postgres", &format!("user=nobody&password={SECRET}")),
        site.database.url().replace(site.database.name(), "nowhere") + &format!("&password={SECRET}"),
    ];
    let lines = [
        "up -v",
        "up --output json",
        "up --sql",
        "down -1",
        "status --output json",
        "history",
        "check",
        "adopt --baseline 1",
        "repair",
        "snapshot",
        "verify",
    ];
    for url in &urls {
        for line in lines {
            let mut command = cogway(site.dir.path());
            command.args(line.split(' '));
            let ran = if line == "history" || line == "check" || line == "snapshot" {
                survive(command.env("DATABASE_URL", url), line)
            } else {
                survive(command.args(["--database-url", url]), line)
            };
            assert!(matches!(ran.code, Some(2 | 3)), "{line}: {ran:?}");
        }
    }
    let mut command = cogway(site.dir.path());
    command
        .env("PGHOST", "localhost")
        .env("PGPORT", "1")
        .env("PGPASSWORD", SECRET);
    assert_eq!(
        survive(command.args(["up", "-v"]), "libpq's variables").code,
        Some(3)
    );
    let mut command = cogway(site.dir.path());
    command.env("PGHOST", "localhost").env("PGPORT", SECRET);
    command.env("PGPASSWORD", SECRET).env("PGPORT", "x");
    assert_eq!(
        survive(command.args(["up", "-v"]), "a port that is none").code,
        Some(2)
    );
    // Where it succeeds, too: neither in what is printed nor in the ledger.
    let url = site.database.url() + &format!("&password={SECRET}");
    for line in [
        "up -v",
        "up --sql",
        "status -v",
        "down -1 --sql",
        "history --output json",
    ] {
        let mut command = cogway(site.dir.path());
        command.args(line.split(' ')).env("DATABASE_URL", &url);
        assert_eq!(survive(&mut command, line).code, Some(0));
    }
    assert!(!site.database.pg_dump(&["--schema=cogway"]).contains(SECRET));
}
