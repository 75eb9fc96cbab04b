//! `cogway.toml`: what a project does not want to type every time.

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;

use cogway_catalog::{Aspect, QualifiedName};
use cogway_migrate::history::Format;
use cogway_migrate::verify::{Allowance, DataScope};
use cogway_workload::seed::{Options, Share, Wanted};
use serde::Deserialize;
use toml::Spanned;

use crate::cli::{LanguageChoice, OrderChoice, duration, share};
use crate::error::{Failure, FailureCode};

/// The name of the file.
pub(crate) const FILE: &str = "cogway.toml";

/// What a `cogway.toml` says, or nothing where there is none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Config {
    /// The file, as messages name it.
    pub(crate) path: Option<PathBuf>,
    /// The directory of the file, and of what belongs to the project: relative to the current one, for which it is empty.
    pub(crate) home: PathBuf,
    /// The folder with the migrations, relative to the current directory.
    pub(crate) dir: Option<PathBuf>,
    /// Its format; none for that which the files tell.
    pub(crate) format: Option<Format>,
    /// How to run.
    pub(crate) run: RunTable,
    /// How to fill.
    pub(crate) seed: SeedTable,
    /// Which tables' rows to compare.
    pub(crate) data: DataScope,
    /// What to leave out of comparisons.
    pub(crate) exclude: Vec<Aspect>,
    /// Roles to make before a proof.
    pub(crate) roles: Vec<String>,
    /// With how many rows tables are filled for a proof on rows; none for a proof without.
    pub(crate) populated: Option<NonZeroU32>,
    /// Findings that are known and accepted, each with the line it begins in.
    pub(crate) allow: Vec<Allowed>,
}

/// The table `[run]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RunTable {
    /// What becomes of revisions that come late.
    pub(crate) order: Option<OrderChoice>,
    /// Refuse to run on a schema that was changed by hand?
    #[serde(default)]
    pub(crate) strict: bool,
    /// How long a statement may wait for a lock.
    #[serde(default, deserialize_with = "time")]
    pub(crate) lock_timeout: Option<Duration>,
    /// How long to wait for another run.
    #[serde(default, deserialize_with = "time")]
    pub(crate) wait: Option<Duration>,
    /// A command of the shell that must succeed before anything is changed.
    pub(crate) before: Option<String>,
    /// What is no drift.
    #[serde(default)]
    pub(crate) exclude: Vec<Aspect>,
}

fn time<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    struct Time;

    impl serde::de::Visitor<'_> for Time {
        type Value = Duration;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a time such as \"2s\"")
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Duration, E> {
            duration::parse(text).map_err(E::custom)
        }
    }

    deserializer.deserialize_str(Time).map(Some)
}

/// The table `[seed]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeedTable {
    /// How many rows the largest tables are to have.
    pub(crate) rows: Option<u64>,
    /// The seed.
    pub(crate) seed: Option<u64>,
    /// The language of made-up texts.
    pub(crate) language: Option<LanguageChoice>,
    /// Tables whose size is not to follow from their place.
    #[serde(default, deserialize_with = "sizes")]
    pub(crate) tables: Wanted,
}

impl SeedTable {
    /// What it asks for; the usual where it says nothing.
    pub(crate) fn options(&self) -> Options {
        let usual = Options::default();
        Options {
            rows: self.rows.unwrap_or(usual.rows),
            seed: self.seed.unwrap_or(usual.seed),
            tables: self.tables.clone(),
            language: self.language.map_or(usual.language, Into::into),
            ..usual
        }
    }
}

fn sizes<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Wanted, D::Error> {
    use serde::de::Error;
    let sizes = std::collections::BTreeMap::<String, toml::Value>::deserialize(deserializer)?;
    let wrong = |name: &str| {
        D::Error::custom(format!(
            "the size of {name} is neither a number of rows nor a share such as \"50%\""
        ))
    };
    sizes
        .iter()
        .map(|(name, size)| {
            let share = match size {
                toml::Value::Integer(rows) => u64::try_from(*rows).ok().map(Share::Fixed),
                toml::Value::String(text) => share(text),
                _ => None,
            };
            let table = table(name).map_err(|failure| D::Error::custom(failure.message))?;
            Ok((table, share.ok_or_else(|| wrong(name))?))
        })
        .collect()
}

/// An entry `[[verify.allow]]`.
#[derive(Clone, Debug)]
pub(crate) struct Allowed {
    /// What it says.
    pub(crate) allowance: Allowance,
    /// Where: the line, from 1.
    pub(crate) line: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    dir: Option<PathBuf>,
    format: Option<Spanned<String>>,
    #[serde(default)]
    run: RunTable,
    #[serde(default)]
    seed: SeedTable,
    #[serde(default)]
    verify: VerifyTable,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct VerifyTable {
    data: Option<Spanned<toml::Value>>,
    #[serde(default)]
    exclude: Vec<Aspect>,
    #[serde(default)]
    roles: Vec<String>,
    populated: Option<NonZeroU32>,
    #[serde(default)]
    allow: Vec<Spanned<Allowance>>,
}

impl Config {
    /// The configuration: of the file that was named, or of the nearest `cogway.toml` from here upwards.
    pub(crate) fn load(named: Option<&Path>) -> Result<Config, Failure> {
        let Some(path) = named.map(Path::to_owned).or_else(find) else {
            return Ok(Config::default());
        };
        let text = std::fs::read_to_string(&path).map_err(|error| {
            Failure::new(
                FailureCode::Config,
                format!("the configuration cannot be read: {error}"),
            )
            .hint("name another with --config, or none to take the nearest cogway.toml")
            .at(&path, None)
        })?;
        Config::parse(&text, &path)
    }

    fn parse(text: &str, path: &Path) -> Result<Config, Failure> {
        let line = |byte: usize| text[..byte.min(text.len())].matches('\n').count() + 1;
        let failure =
            |message: String, line: Option<usize>| Failure::new(FailureCode::Config, message).at(path, line);
        let file: File = toml::from_str(text).map_err(|error| {
            failure(
                one_line(error.message()),
                error.span().map(|span| line(span.start)),
            )
            .hint("`cogway help up` and `cogway help verify` show what may stand there")
        })?;
        let home = path.parent().unwrap_or(Path::new("")).to_owned();
        let format = match file.format {
            Some(name) if name.get_ref() != "auto" => {
                let at = line(name.span().start);
                let unknown = |error| format_failure(error).at(path, Some(at));
                Some(name.get_ref().parse().map_err(unknown)?)
            }
            _ => None,
        };
        let data = match file.verify.data {
            None => DataScope::None,
            Some(value) => {
                let at = line(value.span().start);
                data_of(value.get_ref()).map_err(|failure| failure.at(path, Some(at)))?
            }
        };
        let mut allow = Vec::new();
        for entry in file.verify.allow {
            // The span of a table begins with its heading.
            let line = line(entry.span().start);
            let allowance = entry.into_inner();
            if let Some(fault) = allowance.fault() {
                let hint =
                    "every entry names a revision, a kind of finding and a reason; `*` stands for any text";
                return Err(failure(fault, Some(line)).hint(hint));
            }
            allow.push(Allowed { allowance, line });
        }
        Ok(Config {
            path: Some(path.to_owned()),
            dir: file.dir.map(|dir| home.join(dir)),
            home,
            format,
            run: file.run,
            seed: file.seed,
            data,
            exclude: file.verify.exclude,
            roles: file.verify.roles,
            populated: file.verify.populated,
            allow,
        })
    }
}

/// The nearest `cogway.toml`, as a path from here: `../cogway.toml`.
fn find() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let steps = here.ancestors().position(|dir| dir.join(FILE).is_file())?;
    Some(std::iter::repeat_n("..", steps).collect::<PathBuf>().join(FILE))
}

/// A name of `--format` or `format` that is none.
pub(crate) fn format_failure(error: cogway_migrate::history::UnknownFormat) -> Failure {
    Failure::usage(error.to_string()).hint("`auto` finds out from the files")
}

fn data_of(value: &toml::Value) -> Result<DataScope, Failure> {
    let hint = "write data = \"all\", or data = [\"public.country\", \"public.currency\"]";
    let wrong = || {
        Failure::new(
            FailureCode::Config,
            "data is neither \"all\" nor a list of tables",
        )
        .hint(hint)
    };
    match value {
        toml::Value::String(word) if word == "all" => Ok(DataScope::All),
        toml::Value::Array(items) => {
            let names: Option<Vec<&str>> = items.iter().map(toml::Value::as_str).collect();
            tables(names.ok_or_else(wrong)?)
        }
        _ => Err(wrong()),
    }
}

/// Tables as users name them: `country` is `public.country`; `all` alone is every table.
pub(crate) fn tables<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<DataScope, Failure> {
    let names: Vec<&str> = names.into_iter().collect();
    match names[..] {
        [] => Ok(DataScope::None),
        ["all"] => Ok(DataScope::All),
        _ => names
            .into_iter()
            .map(table)
            .collect::<Result<_, _>>()
            .map(DataScope::Tables),
    }
}

/// A name as SQL has it: `schema.table`, lower case unless quoted; without a schema it is in `public`.
pub(crate) fn table(text: &str) -> Result<QualifiedName, Failure> {
    let wrong = || {
        Failure::usage(format!("`{text}` is no name of a table"))
            .hint("write it as in SQL: country, shop.country or shop.\"Country\"")
    };
    let mut parts = vec![String::new()];
    let mut quoted = false;
    let mut characters = text.trim().chars().peekable();
    while let Some(c) = characters.next() {
        let part = parts.last_mut().ok_or_else(wrong)?;
        match c {
            '"' if quoted && characters.next_if_eq(&'"').is_some() => part.push('"'),
            '"' => quoted = !quoted,
            '.' if !quoted => parts.push(String::new()),
            _ if quoted => part.push(c),
            _ if c.is_whitespace() => return Err(wrong()),
            _ => part.extend(c.to_lowercase()),
        }
    }
    match &parts[..] {
        _ if quoted || parts.iter().any(String::is_empty) => Err(wrong()),
        [name] => Ok(QualifiedName::new("public", name.as_str())),
        [schema, name] => Ok(QualifiedName::new(schema.as_str(), name.as_str())),
        _ => Err(wrong()),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, Failure> {
        Config::parse(text, Path::new("../cogway.toml"))
    }

    #[test]
    fn everything_that_can_be_said() {
        let config = parse(
            "dir = 'db/migrations'\nformat = 'sqlx'\n\n[verify]\ndata = ['country', 'shop.\"Currency\"']\n\
             exclude = ['owners']\nroles = ['auditor']\npopulated = 50\n\n[[verify.allow]]\nrevision = '7'\nkind = 'down_missing'\n\
             reason = 'too old'\n",
        )
        .expect("a configuration");
        assert_eq!(config.dir.as_deref(), Some(Path::new("../db/migrations")));
        assert_eq!(config.format, Some(Format::Sqlx));
        let names = [
            QualifiedName::new("public", "country"),
            QualifiedName::new("shop", "Currency"),
        ];
        assert_eq!(config.data, DataScope::Tables(names.to_vec()));
        assert_eq!(config.exclude, [Aspect::Owners]);
        assert_eq!(config.roles, ["auditor"]);
        assert_eq!(config.populated.map(NonZeroU32::get), Some(50));
        assert_eq!(
            config.allow.iter().map(|entry| entry.line).collect::<Vec<_>>(),
            [10]
        );
    }

    #[test]
    fn faults_have_a_line() {
        let check = |text: &str, line: usize, message: &str| {
            let failure = parse(text).expect_err(text);
            assert_eq!(failure.line, Some(line), "{text}: {failure:?}");
            assert!(failure.message.contains(message), "{text}: {failure:?}");
        };
        check("dir = 'x'\nfromat = 'sqlx'\n", 2, "unknown field `fromat`");
        check("\nformat = 'alembic'\n", 2, "no format is called \"alembic\"");
        check("[verify]\npopulated = 0\n", 2, "nonzero");
        check("[verify]\ndata = 3\n", 2, "neither \"all\" nor a list");
        check("[verify]\ndata = ['a.b.c']\n", 2, "no name of a table");
        check(
            "[verify]\nexclude = ['owners', 'colour']\n",
            2,
            "unknown variant `colour`",
        );
        check(
            "[verify]\n\n[[verify.allow]]\nrevision = '1'\nkind = 'nope'\nreason = 'x'\n",
            3,
            "no kind of finding",
        );
        check(
            "[[verify.allow]]\nrevision = '1'\nkind = '*'\nreason = ' '\n",
            1,
            "the reason is empty",
        );
        check(
            "[[verify.allow]]\nrevision = '1'\nkind = '*'\n",
            1,
            "missing field `reason`",
        );
        check("dir = \n", 1, "");
    }

    #[test]
    fn names_of_tables() {
        let check = |text: &str, expect: Option<(&str, &str)>| {
            let expect = expect.map(|(schema, name)| QualifiedName::new(schema, name));
            assert_eq!(table(text).ok(), expect, "{text}");
        };
        check("country", Some(("public", "country")));
        check("Shop.Country", Some(("shop", "country")));
        check("shop.\"Coun\"\"try\"", Some(("shop", "Coun\"try")));
        check("\"a.b\"", Some(("public", "a.b")));
        check("a.b.c", None);
        check("a.", None);
        check("", None);
        check("\"a", None);
        check("a b", None);
    }
}
