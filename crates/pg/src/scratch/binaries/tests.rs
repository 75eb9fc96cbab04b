use super::*;

fn check(line: &str, expect: Option<(u32, u32)>) {
    let found = parse_version(line).map(|(_, v)| (v.major, v.minor));
    assert_eq!(found, expect, "{line}");
}

#[test]
fn versions_as_packagers_write_them() {
    check(
        "pg_ctl (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)",
        Some((15, 18)),
    );
    check("pg_ctl (PostgreSQL) 16.14", Some((16, 14)));
    check("pg_ctl (PostgreSQL) 19beta1", Some((19, 0)));
    check("pg_ctl (PostgreSQL) 19devel", Some((19, 0)));
    check("pg_ctl (PostgreSQL) 9.6.24", Some((9, 6)));
    check("pg_ctl (EnterpriseDB) 15.2", None);
    check("", None);
}

#[test]
fn a_directory_without_a_server_is_named_with_what_it_lacks() {
    let error = Binaries::open(Path::new("/nonexistent")).expect_err("nothing is there");
    assert_eq!(
        error.to_string(),
        "no PostgreSQL server in /nonexistent: it has no program `postgres`"
    );
    assert!(error.hint().contains("/usr/lib/postgresql"));
}

#[test]
fn an_unknown_major_says_what_there_is_and_how_to_install() {
    let search = Search {
        major: Some(7),
        ..Search::default()
    };
    let error = Binaries::find(&search).expect_err("PostgreSQL 7 is not supported");
    assert!(
        error.to_string().starts_with("no PostgreSQL 7 found; looked in "),
        "{error}"
    );
    assert!(
        error.hint().contains("apt-get install postgresql-7"),
        "{}",
        error.hint()
    );
}
