//! Folders and files of random pieces. What is random is made of a seed, which a failure names.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use super::survive;
use crate::support::{Site, cogway, project};

/// Numbers that look random and are the same every time: the constants of Knuth's MMIX.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }

    fn pick<'t, T: ?Sized>(&mut self, among: &[&'t T]) -> &'t T {
        among[self.below(among.len())]
    }

    /// So many pieces at most, one behind the other.
    fn text(&mut self, most: usize, among: &[&[u8]]) -> Vec<u8> {
        (0..self.below(most + 1))
            .flat_map(|_| self.pick(among).to_vec())
            .collect()
    }
}

/// What names of files are made of.
const NAMES: &[&[u8]] = &[
    b"1",
    b"2",
    b"0",
    b"0007",
    b"20240101120000",
    b"_",
    b"__",
    b".",
    b"-",
    b"V",
    b"U",
    b"R",
    b"a",
    b"up",
    b".up",
    b".down",
    b".sql",
    b".sql",
    b".conf",
    b"revision.toml",
    b"up.sql",
    b"down.sql",
    b"sqitch.plan",
    b"deploy",
    b" ",
    b"'",
    b";",
    b"\n",
    b"\x1b",
    b"\xff",
    b"\\",
    b"$",
    b"\xc3\xb6",
    b"metadata.toml",
    b"migration",
];

/// What scripts, plans and settings are made of.
const TEXTS: &[&[u8]] = &[
    b"select 1",
    b";",
    b"\n",
    b"\r\n",
    b"'",
    b"\"",
    b"$$",
    b"$a$",
    b"/*",
    b"*/",
    b"-- ",
    b"-- migrate:up\n",
    b"-- migrate:down\n",
    b"-- migrate:up transaction:false\n",
    b"-- +goose Up\n",
    b"-- +goose Down\n",
    b"-- +goose StatementBegin\n",
    b"-- +goose StatementEnd\n",
    b"-- +goose NO TRANSACTION\n",
    b"-- no-transaction\n",
    b"\\",
    b"\\i x\n",
    b"copy t from stdin;\n",
    b"begin;",
    b"commit;",
    b"rollback;",
    b"create table t ();",
    b"drop table t;",
    b"vacuum;",
    b"parents = [",
    b"]",
    b"'1'",
    b",",
    b"transaction = \"none\"\n",
    b"run_in_transaction = false\n",
    b"%syntax-version=1.0.0\n",
    b"%project=x\n",
    b"a [b] 2024-01-01T00:00:00Z A <a@b>\n",
    b"@tag ",
    b"${x}",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xa8",
    b":x",
    b"E'\\'",
    b"U&\"\\",
    b"executeInTransaction=false\n",
    b"\t",
    b" ",
];

const FORMATS: &[&str] = &[
    "auto",
    "cogway",
    "golang-migrate",
    "dbmate",
    "goose",
    "sqlx",
    "diesel",
    "flyway",
    "refinery",
    "sqitch",
];

/// Fills a folder with files that somebody might have meant as migrations.
fn scribble(dir: &Path, numbers: &mut Numbers) {
    std::fs::create_dir_all(dir).expect("a folder");
    for _ in 0..1 + numbers.below(6) {
        let mut path: PathBuf = dir.to_owned();
        for _ in 0..numbers.below(2) {
            path.push(OsStr::from_bytes(&numbers.text(4, NAMES)));
        }
        let name = match numbers.below(3) {
            0 => numbers.text(6, NAMES),
            1 => format!(
                "{}_{}.{}sql",
                numbers.below(4),
                numbers.below(3),
                numbers.pick(&["", "up.", "down."])
            )
            .into_bytes(),
            _ => numbers
                .pick(&["up.sql", "down.sql", "revision.toml", "V1__a.sql", "sqitch.plan"])
                .into(),
        };
        path.push(OsStr::from_bytes(&name));
        // Some names are none, or are taken; then there is one file less.
        let parent = path.parent().expect("a parent");
        if std::fs::create_dir_all(parent).is_ok() {
            let _ = std::fs::write(&path, numbers.text(12, TEXTS));
        }
    }
}

#[test]
fn anything_at_all_is_read() {
    const ROUNDS: u64 = 150;
    for seed in 1..=ROUNDS {
        let dir = project();
        let mut numbers = Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        scribble(&dir.path().join("migrations"), &mut numbers);
        let format = numbers.pick(FORMATS);
        for verb in ["history", "heads"] {
            survive(
                cogway(dir.path()).args([verb, "--format", format]),
                &format!("seed {seed}: {verb} --format {format}"),
            );
        }
        survive(
            cogway(dir.path()).args(["new", "x", "--format", format, "--output", "json"]),
            &format!("seed {seed}: new --format {format}"),
        );
    }
}

#[test]
fn anything_at_all_is_run() {
    const ROUNDS: u64 = 25;
    for seed in 1..=ROUNDS {
        let site = Site::new();
        let mut numbers = Numbers(seed.wrapping_mul(0xd134_2543_de82_ef95));
        scribble(&site.dir.path().join("migrations"), &mut numbers);
        let format = numbers.pick(FORMATS);
        let what = format!("seed {seed}: --format {format}");
        for line in [
            "status",
            "up heads",
            "status",
            "up heads",
            "down base",
            "status --output json",
        ] {
            let arguments = line.split(' ').chain(["--format", format]);
            survive(site.command().args(arguments), &format!("{what}: {line}"));
        }
    }
}

#[test]
fn anything_at_all_is_proved() {
    const ROUNDS: u64 = 8;
    for seed in 1..=ROUNDS {
        let dir = project();
        let mut numbers = Numbers(seed.wrapping_mul(0xa076_1d64_78bd_642f));
        scribble(&dir.path().join("migrations"), &mut numbers);
        survive(
            cogway(dir.path()).args(["verify", "--jobs", "1"]),
            &format!("seed {seed}: verify"),
        );
    }
}
