//! What the documents of the shop say is what there is, and what there is they say.

use std::collections::BTreeSet;
use std::fs;

use crate::query::Query;
use crate::shop::{Shop, folder};

fn read(name: &str) -> String {
    let path = folder().join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The words in back-quotes.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// A requirement: its number, what it says, and what serves it.
struct Requirement {
    number: String,
    says: String,
    served_by: BTreeSet<String>,
}

/// The requirements: items of lists that begin with a number, and name after an arrow what serves them.
fn requirements() -> Vec<Requirement> {
    let text = read("REQUIREMENTS.md");
    let mut items: Vec<String> = Vec::new();
    for line in text.lines() {
        match (
            line.strip_prefix("- **R"),
            line.strip_prefix("  "),
            items.last_mut(),
        ) {
            (Some(begin), ..) => items.push(begin.to_owned()),
            (None, Some(more), Some(item)) => *item += &format!(" {}", more.trim()),
            _ => {}
        }
    }
    let requirements = items.iter().map(|item| {
        let (number, rest) = item.split_once("** ").unwrap_or_else(|| panic!("R{item}"));
        let (says, served_by) = rest
            .split_once(" → ")
            .unwrap_or_else(|| panic!("R{number}: what serves it?"));
        Requirement {
            number: number.to_owned(),
            says: says.to_owned(),
            served_by: named(served_by).map(str::to_owned).collect(),
        }
    });
    requirements.collect()
}

#[test]
fn requirements_are_numbered_sentences() {
    let mut last = (0, 0);
    for requirement in requirements() {
        let number = &requirement.number;
        let (chapter, item) = number.split_once('.').unwrap_or_else(|| panic!("R{number}"));
        let number: (u32, u32) = (
            chapter.parse().expect("a number"),
            item.parse().expect("a number"),
        );
        assert!(
            number == (last.0, last.1 + 1) || number == (last.0 + 1, 1),
            "R{} follows R{}.{}",
            requirement.number,
            last.0,
            last.1
        );
        last = number;
        assert!(
            requirement.says.ends_with('.'),
            "R{}: {}",
            requirement.number,
            requirement.says
        );
        assert!(
            !requirement.served_by.is_empty(),
            "R{}: what serves it?",
            requirement.number
        );
    }
    assert!(last.0 >= 10, "{last:?}");
}

/// Relations, queries and functions on one side, what requirements name on the other.
#[test]
fn requirements_name_what_there_is() {
    let Some(shop) = Shop::empty() else { return };
    let relations = lines(&shop.sql(
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')
            and not relispartition",
    ));
    assert!(relations.len() >= 32, "{}", relations.len());
    let functions = lines(&shop.sql(
        "select distinct proname from pg_proc p where pronamespace = 'public'::regnamespace
            and not exists (select from pg_depend where objid = p.oid and deptype = 'e')",
    ));
    let queries: BTreeSet<String> = Query::all().into_iter().map(|query| query.name).collect();
    let named: BTreeSet<String> = requirements().into_iter().flat_map(|it| it.served_by).collect();

    let there: BTreeSet<&String> = relations.iter().chain(&functions).chain(&queries).collect();
    let unknown: Vec<&String> = named.iter().filter(|name| !there.contains(name)).collect();
    assert!(unknown.is_empty(), "named and not there: {unknown:?}");
    let unnamed: Vec<&&String> = there.iter().filter(|name| !named.contains(**name)).collect();
    assert!(unnamed.is_empty(), "there and not named: {unnamed:?}");
}

fn lines(text: &str) -> BTreeSet<String> {
    text.lines().map(str::to_owned).collect()
}

#[test]
fn everything_has_a_comment() {
    let Some(shop) = Shop::empty() else { return };
    let silent = shop.sql(
        "select relname from pg_class c
          where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v') and not relispartition
            and obj_description(c.oid, 'pg_class') is null
         union all
         select relname || '.' || attname from pg_class c join pg_attribute a on attrelid = c.oid
          where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v') and not relispartition
            and attnum > 0 and not attisdropped and col_description(c.oid, attnum) is null
         union all
         select typname::text from pg_type t where typnamespace = 'public'::regnamespace and typtype in ('d', 'e')
            and obj_description(t.oid, 'pg_type') is null
         union all
         select proname::text from pg_proc p where pronamespace = 'public'::regnamespace
            and not exists (select from pg_depend where objid = p.oid and deptype = 'e')
            and obj_description(p.oid, 'pg_proc') is null
         order by 1",
    );
    assert_eq!(silent, "", "without a comment");
}

#[test]
fn the_readme_lists_all_revisions() {
    let text = read("README.md");
    let listed: Vec<&str> = named(&text).filter(|word| word.starts_with("20261")).collect();
    let mut folders: Vec<String> = fs::read_dir(folder().join("migrations"))
        .expect("the migrations")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    folders.sort();
    assert_eq!(listed, folders);
}
