//! A query of the shop and its header, as `examples/shop/queries/README.md` defines it.

use std::collections::BTreeSet;
use std::fs;

use crate::shop::folder;

/// A file of `examples/shop/queries`.
#[derive(Debug)]
pub(crate) struct Query {
    pub(crate) name: String,
    pub(crate) answers: String,
    pub(crate) kind: String,
    pub(crate) weight: u32,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) refuses: Vec<String>,
    /// The whole file, header included: it consists of comments.
    pub(crate) text: String,
}

/// A parameter of a query.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    /// The type as it is sent.
    pub(crate) kind: String,
    pub(crate) source: Source,
}

/// Where values of a parameter come from.
#[derive(Debug)]
pub(crate) enum Source {
    /// A column, and a condition on its row.
    From {
        relation: String,
        column: String,
        condition: Option<String>,
    },
    WordOf {
        relation: String,
        column: String,
    },
    ElementOf {
        relation: String,
        column: String,
    },
    OneOf(Vec<String>),
    Between(String, String),
    Like(String),
    Words(u32, u32),
}

impl Query {
    /// Reads the query of that name.
    pub(crate) fn read(name: &str) -> Query {
        let path = folder().join(format!("queries/{name}.sql"));
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Query::parse(text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// All queries, by name.
    pub(crate) fn all() -> Vec<Query> {
        let entries = fs::read_dir(folder().join("queries")).expect("the folder of queries");
        let names: BTreeSet<String> = entries
            .flatten()
            .filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".sql")?.to_owned()))
            .collect();
        let queries: Vec<Query> = names.iter().map(|name| Query::read(name)).collect();
        for (query, name) in queries.iter().zip(&names) {
            assert_eq!(&query.name, name, "the file has the name of the query");
        }
        queries
    }

    /// Reads header and text.
    pub(crate) fn parse(text: String) -> Result<Query, String> {
        let mut fields: Vec<(&str, &str)> = text.lines().map_while(field).collect();
        fields.reverse();
        let mut take = |wanted: &str| {
            fields
                .pop_if(|(name, _)| *name == wanted)
                .map(|(_, value)| value.to_owned())
        };
        let mut must = |wanted: &str| take(wanted).ok_or(format!("no {wanted}"));
        let (name, answers, kind) = (must("name")?, must("answers")?, must("kind")?);
        let weight = must("weight")?.parse().map_err(|_| "weight is no number")?;
        let mut parameters = Vec::new();
        while let Some(parameter) = take("param") {
            parameters.push(Parameter::parse(&parameter).ok_or(format!("param: {parameter}"))?);
        }
        let refuses = take("refuses").map_or(Vec::new(), |codes| list(&codes));
        match fields.last() {
            Some((unknown, _)) => Err(format!("{unknown}: unknown, twice, or in the wrong place")),
            None => Ok(Query {
                name,
                answers,
                kind,
                weight,
                parameters,
                refuses,
                text,
            }),
        }
    }

    /// The names in the text, in the order in which they come.
    pub(crate) fn used(&self) -> Vec<&str> {
        let parts = self.text.split(":'").skip(1);
        parts
            .map(|part| part.split('\'').next().unwrap_or_default())
            .collect()
    }

    /// The text with `$1`, `$2` … in place of the names.
    pub(crate) fn numbered(&self) -> String {
        let mut text = self.text.clone();
        for (index, parameter) in self.parameters.iter().enumerate() {
            text = text.replace(&format!(":'{}'", parameter.name), &format!("${}", index + 1));
        }
        text
    }
}

impl Parameter {
    fn parse(text: &str) -> Option<Parameter> {
        let mut words = text.splitn(3, ' ');
        let (name, kind) = (words.next()?.to_owned(), words.next()?.to_owned());
        Some(Parameter {
            name,
            kind,
            source: Source::parse(words.next()?)?,
        })
    }
}

impl Source {
    fn parse(text: &str) -> Option<Source> {
        if let Some(rest) = text.strip_prefix("from ") {
            let (place, condition) = match rest.split_once(" where ") {
                Some((place, condition)) => (place, Some(condition.to_owned())),
                None => (rest, None),
            };
            let (relation, column) = place.split_once('.')?;
            let (relation, column) = (relation.to_owned(), column.to_owned());
            return Some(Source::From {
                relation,
                column,
                condition,
            });
        }
        if let Some(rest) = text.strip_prefix("word of ") {
            let (relation, column) = rest.split_once('.')?;
            return Some(Source::WordOf {
                relation: relation.to_owned(),
                column: column.to_owned(),
            });
        }
        if let Some(rest) = text.strip_prefix("element of ") {
            let (relation, column) = rest.split_once('.')?;
            return Some(Source::ElementOf {
                relation: relation.to_owned(),
                column: column.to_owned(),
            });
        }
        if let Some(rest) = text.strip_prefix("one of ") {
            return Some(Source::OneOf(list(rest)));
        }
        if let Some(rest) = text.strip_prefix("between ") {
            let (low, high) = rest.split_once(" and ")?;
            return Some(Source::Between(low.to_owned(), high.to_owned()));
        }
        if let Some(rest) = text.strip_prefix("like ") {
            return Some(Source::Like(rest.to_owned()));
        }
        let (low, high) = text.strip_prefix("words ")?.split_once(" to ")?;
        Some(Source::Words(low.parse().ok()?, high.parse().ok()?))
    }
}

/// A line of a header: `-- word: value`.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix("-- ")?.split_once(": ")?;
    name.chars()
        .all(|c| c.is_ascii_lowercase())
        .then_some((name, value))
}

fn list(text: &str) -> Vec<String> {
    text.split(", ").map(str::to_owned).collect()
}
