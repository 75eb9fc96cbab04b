//! The cases: files of SQL that make tables to be filled.
//!
//! The first line says what is hard. Some comments are instructions:
//!
//! - `-- needs: WORD …`: extensions, which are made; `xml`, or `server 18`: what is left out where it cannot be had.
//! - `-- expect: TABLE: OUTCOME [ROWS] [CONSTRAINT]`: how the table is to be reported (`filled`, `short`, `skipped`,
//!   `some`, which is whichever of them with rows, or `any`), how many rows it must then have, and which constraint must be
//!   named. Without it: filled.
//! - `-- grows: TABLE`: triggers of other tables write into it, so that it may have more rows than the seeder added.
//! - `-- judge: TITLE: QUERY`: a rule that is in no catalog; a query that must find nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A file of the gallery.
#[derive(Debug)]
pub(crate) struct Exhibit {
    /// `tables/unique_lower`.
    pub(crate) name: String,
    pub(crate) sql: String,
    pub(crate) needs: Vec<Need>,
    /// By table.
    pub(crate) expect: BTreeMap<String, Expectation>,
    /// Tables that triggers of other tables write into.
    pub(crate) grows: Vec<String>,
    /// Titles and queries.
    pub(crate) rules: Vec<(String, String)>,
}

/// What a server may lack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    Extension(String),
    /// A server of this major version or a newer one.
    Server(u32),
    /// A server that was built with libxml.
    Xml,
}

/// How the seeder is to report a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Expectation {
    pub(crate) outcome: Expected,
    /// Exactly so many.
    pub(crate) rows: Option<u64>,
    pub(crate) constraint: Option<String>,
}

/// An outcome that is expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Expected {
    #[default]
    Filled,
    Short,
    Skipped,
    /// Whichever, but there are rows.
    Some,
    /// Whichever: there are reasons for more than one.
    Any,
}

/// The files of a folder, in order; `COGWAY_GALLERY=word` leaves out those without that word in their names.
pub(crate) fn folder(name: &str) -> Vec<Exhibit> {
    let word = std::env::var("COGWAY_GALLERY").unwrap_or_default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/gallery")
        .join(name);
    let entries = std::fs::read_dir(&folder).expect("a folder").flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    let exhibits = paths.iter().map(|path| {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let text = std::fs::read_to_string(path).expect("a file");
        parse(&format!("{name}/{stem}"), text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    });
    exhibits.filter(|exhibit| exhibit.name.contains(&word)).collect()
}

fn parse(name: &str, sql: String) -> Result<Exhibit, String> {
    let mut exhibit = Exhibit {
        name: name.to_owned(),
        needs: Vec::new(),
        expect: BTreeMap::new(),
        grows: Vec::new(),
        rules: Vec::new(),
        sql: String::new(),
    };
    if !sql.starts_with("-- ") {
        return Err("the first line must say what is hard".to_owned());
    }
    for line in sql.lines() {
        if let Some(words) = line.strip_prefix("-- needs: ") {
            exhibit.needs.extend(needs(words)?);
        } else if let Some(rest) = line.strip_prefix("-- expect: ") {
            let (table, words) = rest.rsplit_once(": ").ok_or("expect: a table and an outcome")?;
            exhibit.expect.insert(table.to_owned(), expectation(words)?);
        } else if let Some(table) = line.strip_prefix("-- grows: ") {
            exhibit.grows.push(table.to_owned());
        } else if let Some(rest) = line.strip_prefix("-- judge: ") {
            let (title, query) = rest.split_once(": ").ok_or("judge: a title and a query")?;
            exhibit.rules.push((title.to_owned(), query.to_owned()));
        }
    }
    exhibit.sql = sql;
    Ok(exhibit)
}

fn needs(words: &str) -> Result<Vec<Need>, String> {
    if let Some(version) = words.strip_prefix("server ") {
        let version = version.parse().map_err(|error| format!("needs: {error}"))?;
        return Ok(vec![Need::Server(version)]);
    }
    let need = |word: &str| match word {
        "xml" => Need::Xml,
        extension => Need::Extension(extension.to_owned()),
    };
    Ok(words.split_whitespace().map(need).collect())
}

fn expectation(words: &str) -> Result<Expectation, String> {
    let mut words = words.split_whitespace();
    let outcome = match words.next() {
        Some("filled") => Expected::Filled,
        Some("short") => Expected::Short,
        Some("skipped") => Expected::Skipped,
        Some("some") => Expected::Some,
        Some("any") => Expected::Any,
        other => return Err(format!("expect: no such outcome: {other:?}")),
    };
    let rows = words.next().map(str::parse).transpose();
    Ok(Expectation {
        outcome,
        rows: rows.map_err(|error| format!("expect: {error}"))?,
        constraint: words.next().map(str::to_owned),
    })
}

#[test]
fn instructions_are_read() {
    let text = "-- Hard.\n-- needs: citext xml\n-- needs: server 18\n-- expect: public.\"a: b\": short 0 never\n\
                -- judge: no odd ones: select 1 where x::int = 1\n-- expectation: no\n";
    let exhibit = parse("tables/x", text.to_owned()).unwrap();
    let extension = Need::Extension("citext".to_owned());
    assert_eq!(exhibit.needs, [extension, Need::Xml, Need::Server(18)]);
    let expectation = Expectation {
        outcome: Expected::Short,
        rows: Some(0),
        constraint: Some("never".to_owned()),
    };
    assert_eq!(exhibit.expect.get("public.\"a: b\""), Some(&expectation));
    let rule = ("no odd ones".to_owned(), "select 1 where x::int = 1".to_owned());
    assert_eq!(exhibit.rules, [rule]);
    for wrong in [
        "create table t ()",
        "-- a\n-- expect: t",
        "-- a\n-- expect: t: good",
        "-- a\n-- needs: server x",
    ] {
        assert!(parse("tables/x", wrong.to_owned()).is_err(), "{wrong}");
    }
}

#[test]
fn the_gallery_is_large_enough() {
    if std::env::var_os("COGWAY_GALLERY").is_none() {
        assert!(folder("tables").len() >= 60);
        assert!(folder("schemas").len() >= 10);
        assert!(folder("unsatisfiable").len() >= 6);
    }
}
