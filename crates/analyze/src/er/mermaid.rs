//! A diagram in the language of Mermaid, which GitHub and many others draw.
//!
//! Source of the syntax: <https://mermaid.js.org/syntax/entityRelationshipDiagram.html>, and the grammar of Mermaid 11
//! (`packages/mermaid/src/diagrams/er/parser/erDiagram.jison`), which tells what a name may hold.

use std::fmt::Write;

use super::layout::{Detail, shown};
use super::{Attribute, Cardinality, Diagram};

/// Words that Mermaid reads as its own where a name could stand.
const RESERVED: [&str; 17] = [
    "accdescr",
    "acctitle",
    "class",
    "classdef",
    "direction",
    "end",
    "erdiagram",
    "many",
    "one",
    "only",
    "optionally",
    "style",
    "subgraph",
    "title",
    "to",
    "u",
    "zero",
];

/// Writes a diagram.
///
/// Names that Mermaid cannot write are put into quotes, with escapes; of columns, whose names and types cannot be quoted,
/// what cannot be written becomes `_`, and the true name stands behind it.
pub fn write(diagram: &Diagram, detail: Detail) -> String {
    let mut text = String::from("erDiagram\n");
    let shown = shown(diagram, detail);
    for (place, (entity, shown)) in diagram.entities.iter().zip(shown).enumerate() {
        let name = name(&diagram.label(place));
        if shown.is_empty() {
            // Writing to memory cannot fail, here and below.
            let _ = writeln!(text, "    {name}");
            continue;
        }
        let _ = writeln!(text, "    {name} {{");
        for attribute in shown.iter().filter_map(|at| entity.attributes.get(*at)) {
            let _ = writeln!(text, "        {}", self::attribute(attribute));
        }
        text += "    }\n";
    }
    for relation in &diagram.relations {
        let label: Vec<&str> = relation
            .columns
            .iter()
            .filter_map(|column| diagram.entities.get(relation.child)?.attributes.get(*column))
            .map(|attribute| attribute.name.as_str())
            .collect();
        let line = match relation.checked {
            super::Checked::Always => "--",
            super::Checked::NewRows | super::Checked::Never => "..",
        };
        let _ = writeln!(
            text,
            "    {} {}{line}{} {} : {}",
            name(&diagram.label(relation.parent)),
            left(relation.parent_end),
            right(relation.child_end),
            name(&diagram.label(relation.child)),
            quoted(&label.join(", "))
        );
    }
    text
}

fn left(end: Cardinality) -> &'static str {
    match end {
        Cardinality::ZeroOrOne => "|o",
        Cardinality::ExactlyOne => "||",
        Cardinality::ZeroOrMany => "}o",
        Cardinality::OneOrMany => "}|",
    }
}

fn right(end: Cardinality) -> &'static str {
    match end {
        Cardinality::ZeroOrOne => "o|",
        Cardinality::ExactlyOne => "||",
        Cardinality::ZeroOrMany => "o{",
        Cardinality::OneOrMany => "|{",
    }
}

fn attribute(attribute: &Attribute) -> String {
    let data_type = word(&attribute.data_type);
    let column = word(attribute.name.as_str());
    let mut text = format!("{data_type} {column}");
    let keys = [
        (attribute.keys.primary, "PK"),
        (attribute.keys.foreign, "FK"),
        (attribute.keys.unique, "UK"),
    ];
    let keys: Vec<&str> = keys
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, key)| key)
        .collect();
    if !keys.is_empty() {
        text += &format!(" {}", keys.join(", "));
    }
    let mut remarks = Vec::new();
    if column != attribute.name.as_str() {
        remarks.push(attribute.name.as_str());
    }
    if data_type != attribute.data_type {
        remarks.push(&attribute.data_type);
    }
    if attribute.nullable {
        remarks.push("null");
    }
    if !remarks.is_empty() {
        text += &format!(" {}", quoted(&remarks.join(", ")));
    }
    text
}

/// What stands where neither quotes nor escapes can: a letter or `_`, then letters, digits, `_`, `-`, brackets.
fn word(text: &str) -> String {
    let mut word: String = text
        .chars()
        .map(|c| match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' | '(' | ')' | '[' | ']' => c,
            _ => '_',
        })
        .collect();
    if !word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        word.insert(0, '_');
    }
    // `PK` and its like are read as keys, in capitals or not, where no letter, digit or `_` goes on.
    let is_key = ["pk", "fk", "uk"].iter().any(|key| {
        let head = word.get(..2).is_some_and(|head| head.eq_ignore_ascii_case(key));
        let goes_on = |c: char| c.is_ascii_alphanumeric() || c == '_';
        head && !word[2..].starts_with(goes_on)
    });
    if is_key {
        word.insert(0, '_');
    }
    word
}

fn name(text: &str) -> String {
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_plain && !RESERVED.contains(&text.to_ascii_lowercase().as_str()) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// In quotes, with Mermaid's escapes for what cannot stand in them.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '#' | '%' | '\\' | ';' | '<' | '>' | '&' | '`' => {
                let _ = write!(quoted, "#{};", u32::from(c));
            }
            c if c.is_control() => quoted.push('_'),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::{name, quoted, word};

    #[test]
    fn names_of_tables() {
        for (text, expect) in [
            ("orders", "orders"),
            ("Order", "Order"),
            ("to", "\"to\""),
            ("END", "\"END\""),
            ("ending", "ending"),
            ("2026", "\"2026\""),
            ("注文", "\"注文\""),
            ("a \"b\" 5%", "\"a #34;b#34; 5#37;\""),
        ] {
            assert_eq!(name(text), expect);
        }
        assert_eq!(quoted("a\nb"), "\"a_b\"");
    }

    #[test]
    fn names_and_types_of_columns() {
        for (text, expect) in [
            ("id", "id"),
            ("numeric(12,2)", "numeric(12_2)"),
            ("text[]", "text[]"),
            ("2nd", "_2nd"),
            ("注文", "__"),
            ("pk", "_pk"),
            ("FK", "_FK"),
            ("pk-old", "_pk-old"),
            ("pk_old", "pk_old"),
            ("", "_"),
        ] {
            assert_eq!(word(text), expect);
        }
    }
}
