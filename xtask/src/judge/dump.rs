//! What `pg_dump --schema-only` wrote, cut into its entries, so that two of them can be compared.
//!
//! pg_dump writes entries of the same rank by name, and those of the same name in the order of their OIDs: the order
//! of entries says nothing. Within an entry every line counts, except that the columns of a table may be in another
//! order: that is a difference of its own.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A dump.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dump {
    /// In order of their names and lines.
    entries: Vec<Entry>,
}

/// One object in a dump, under its comment `-- Name: …; Type: …; Schema: …; Owner: …`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    /// The comment; empty for what stands before the first.
    name: String,
    lines: Vec<String>,
}

/// How a dump differs from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    /// Not at all.
    Same,
    /// Only the columns of tables are in another order.
    ColumnOrder {
        /// The lines that differ.
        diff: String,
    },
    /// In something else.
    Different {
        /// The lines that differ.
        diff: String,
    },
}

/// Settings that pg_dump writes between entries, for those that follow.
const STICKY: &[&str] = &["SET default_tablespace", "SET default_table_access_method"];

impl Dump {
    /// Reads what pg_dump wrote.
    pub(crate) fn parse(text: &str) -> Dump {
        let mut entries = vec![Entry {
            name: String::new(),
            lines: Vec::new(),
        }];
        let mut sticky: BTreeMap<&str, &str> = BTreeMap::new();
        for line in text.lines() {
            if let Some(setting) = STICKY.iter().find(|setting| line.starts_with(**setting)) {
                sticky.insert(setting, line);
                continue;
            }
            // The token behind these is another one each time.
            if line.starts_with("\\restrict ") || line.starts_with("\\unrestrict ") {
                continue;
            }
            if line.starts_with("-- Name: ") && line.contains("; Type: ") {
                let mut lines = Vec::new();
                if stores_rows(line) {
                    lines.extend(sticky.values().map(|line| (*line).to_owned()));
                }
                entries.push(Entry {
                    name: line.to_owned(),
                    lines,
                });
            } else if let Some(entry) = entries.last_mut()
                && !line.is_empty()
                && line != "--"
            {
                entry.lines.push(line.to_owned());
            }
        }
        entries.sort();
        Dump { entries }
    }

    /// Compares this, which is as it should be, with another one.
    pub(crate) fn compare(&self, other: &Dump) -> Comparison {
        let (gone, come) = (self.without(other), other.without(self));
        if gone.is_empty() && come.is_empty() {
            return Comparison::Same;
        }
        let diff = diff(&gone, &come);
        let reordered = gone.len() == come.len() && gone.iter().zip(&come).all(|(a, b)| is_reordered(a, b));
        if reordered {
            Comparison::ColumnOrder { diff }
        } else {
            Comparison::Different { diff }
        }
    }

    /// The entries that the other does not have.
    fn without<'a>(&'a self, other: &Dump) -> Vec<&'a Entry> {
        let mut counts: BTreeMap<&Entry, usize> = BTreeMap::new();
        for entry in &other.entries {
            *counts.entry(entry).or_default() += 1;
        }
        let left = self.entries.iter().filter(|entry| match counts.get_mut(entry) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
        left.collect()
    }
}

fn stores_rows(name: &str) -> bool {
    ["; Type: TABLE;", "; Type: MATERIALIZED VIEW;"]
        .iter()
        .any(|kind| name.contains(kind))
}

/// Whether two entries are those of a table (or of the rights on its columns) whose lines differ in their order only.
fn is_reordered(a: &Entry, b: &Entry) -> bool {
    let lists_columns = ["; Type: TABLE;", "; Type: FOREIGN TABLE;", "; Type: ACL;"]
        .iter()
        .any(|kind| a.name.contains(kind));
    let sorted = |entry: &Entry| {
        let mut lines: Vec<String> = entry
            .lines
            .iter()
            .map(|line| line.strip_suffix(',').unwrap_or(line).to_owned())
            .collect();
        lines.sort();
        lines
    };
    a.name == b.name && lists_columns && sorted(a) == sorted(b)
}

/// The lines that differ, under the names of their entries.
fn diff(gone: &[&Entry], come: &[&Entry]) -> String {
    let mut text = String::new();
    let mut come = come.to_vec();
    for old in gone {
        let new = come
            .iter()
            .position(|new| new.name == old.name)
            .map(|at| come.remove(at));
        write_entry(&mut text, Some(old), new);
    }
    for new in come {
        write_entry(&mut text, None, Some(new));
    }
    text
}

fn write_entry(text: &mut String, old: Option<&Entry>, new: Option<&Entry>) {
    let name = old.or(new).map_or("", |entry| entry.name.as_str());
    // Writing to a String cannot fail.
    let _ = writeln!(text, "  {}", name.trim_start_matches("-- "));
    let lines = |entry: Option<&Entry>| entry.map_or(Vec::new(), |entry| entry.lines.clone());
    for (sign, line) in changed_lines(&lines(old), &lines(new)) {
        let _ = writeln!(text, "  {sign} {line}");
    }
}

/// The lines that are only in one of two texts, in order, by their longest common subsequence.
fn changed_lines<'a>(old: &'a [String], new: &'a [String]) -> Vec<(char, &'a str)> {
    let width = new.len() + 1;
    let mut longest = vec![0usize; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            longest[i * width + j] = if old[i] == new[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut changed = Vec::new();
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == new.len()
            || (i < old.len() && longest[(i + 1) * width + j] >= longest[i * width + j + 1])
        {
            changed.push(('-', old[i].as_str()));
            i += 1;
        } else {
            changed.push(('+', new[j].as_str()));
            j += 1;
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(columns: &str) -> String {
        format!(
            "--\n-- Name: t; Type: TABLE; Schema: public; Owner: o\n--\n\nCREATE TABLE public.t (\n{columns}\n);\n\n"
        )
    }

    fn kind(kind: &str, name: &str, text: &str) -> String {
        format!("--\n-- Name: {name}; Type: {kind}; Schema: public; Owner: o\n--\n\n{text}\n\n")
    }

    #[track_caller]
    fn check(before: &str, after: &str, expect: &str) {
        let found = match Dump::parse(before).compare(&Dump::parse(after)) {
            Comparison::Same => "same".to_owned(),
            Comparison::ColumnOrder { .. } => "column order".to_owned(),
            Comparison::Different { diff } => diff,
        };
        assert_eq!(found, expect);
    }

    #[test]
    fn what_says_nothing_is_passed_over() {
        check("\\restrict abc\nSET a;\n", "\\restrict def\nSET a;\n", "same");
        let (a, b) = (kind("VIEW", "a", "x"), kind("VIEW", "b", "x"));
        check(&format!("{a}{b}"), &format!("{b}{a}"), "same");
        let method = "SET default_table_access_method = heap;\n\n";
        check(
            &format!("{a}{method}{}", table("    a")),
            &format!("{method}{}{a}", table("    a")),
            "same",
        );
    }

    #[test]
    fn the_order_of_columns_is_a_difference_of_its_own() {
        check(
            &table("    a integer,\n    b text"),
            &table("    b text,\n    a integer"),
            "column order",
        );
        check(
            &table("    a integer,\n    b text"),
            &table("    b text,\n    a bigint"),
            "  Name: t; Type: TABLE; Schema: public; Owner: o\n  -     a integer,\n  -     b text\n  +     b text,\n  +     a bigint\n",
        );
        // The order of labels is not that of columns.
        let labels = |text: &str| kind("TYPE", "e", &format!("CREATE TYPE e AS ENUM (\n{text}\n);"));
        check(
            &labels("    'a',\n    'b'"),
            &labels("    'b',\n    'a'"),
            "  Name: e; Type: TYPE; Schema: public; Owner: o\n  -     'a',\n  -     'b'\n  +     'b',\n  +     'a'\n",
        );
    }

    #[test]
    fn what_is_gone_and_what_has_come_is_shown() {
        check(
            &kind("VIEW", "a", "x\ny"),
            &format!("{}{}", kind("VIEW", "a", "x\nz"), kind("INDEX", "i", "i")),
            "  Name: a; Type: VIEW; Schema: public; Owner: o\n  - y\n  + z\n  Name: i; Type: INDEX; Schema: public; Owner: o\n  + i\n",
        );
    }
}
