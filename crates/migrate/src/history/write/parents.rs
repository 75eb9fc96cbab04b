//! The parents that a `revision.toml` names: written, and written anew.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::super::{Format, History, RevisionId, cogway};

/// Why the text of a `revision.toml` cannot be given other parents.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The text is no TOML.
    #[error("this is no TOML: {}", .0.message())]
    Syntax(#[from] toml::de::Error),
    /// `parents` is there, and is something else than a list.
    #[error("`parents` is no list of ids")]
    NoList,
}

/// Why the parents of a revision cannot be written anew.
#[derive(Debug, thiserror::Error)]
pub enum ParentsError {
    /// The files of this format say nothing of parents.
    #[error("the order of {format}'s revisions is in their names, not in their parents")]
    Format {
        /// The format of the history.
        format: Format,
    },
    /// The history has no such revision.
    #[error("there is no revision {id}")]
    UnknownRevision {
        /// What was given.
        id: RevisionId,
    },
    /// The file cannot be understood.
    #[error("{}: {source}", path.display())]
    Settings {
        /// The `revision.toml`.
        path: PathBuf,
        /// What is wrong with it.
        source: SettingsError,
    },
    /// The file cannot be read or written.
    #[error("{} cannot be rewritten: {source}", path.display())]
    Io {
        /// The `revision.toml`, or the file that was to take its place.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
}

impl ParentsError {
    /// What to do next, as a sentence.
    pub fn hint(&self) -> &str {
        match self {
            ParentsError::Format { .. } => "rename the files; only Cogway's own format has branches",
            ParentsError::UnknownRevision { .. } => "name a revision of this history by its id",
            ParentsError::Settings { .. } => "write, for example, parents = [\"20240101120000\"]",
            ParentsError::Io { .. } => "check that the file exists and that you may write in its folder",
        }
    }
}

/// The text of a `revision.toml` with other parents. Everything else stays as it was, byte for byte; comments inside the
/// old list go with it. Without `parents` in it, the text gets them as its first line.
///
/// ```
/// use cogway_migrate::history::with_parents;
///
/// let text = with_parents("parents = [\"1\"] # main\r\ntransaction = \"none\"\r\n", &["2".into(), "3".into()])?;
/// assert_eq!(text, "parents = [\"2\", \"3\"] # main\r\ntransaction = \"none\"\r\n");
/// # Ok::<(), cogway_migrate::history::SettingsError>(())
/// ```
///
/// # Errors
///
/// When the text is no TOML, or its `parents` no list.
pub fn with_parents(settings: &str, parents: &[RevisionId]) -> Result<String, SettingsError> {
    let list = list(parents);
    match place_of_parents(settings)? {
        Some(place) => {
            let mut text = settings.to_owned();
            text.replace_range(place, &list);
            Ok(text)
        }
        None => {
            let mark = "\u{feff}";
            let (mark, rest) = settings
                .split_at_checked(mark.len())
                .filter(|(start, _)| *start == mark)
                .unwrap_or(("", settings));
            let line_break = if rest.contains("\r\n") { "\r\n" } else { "\n" };
            Ok(format!("{mark}parents = {list}{line_break}{rest}"))
        }
    }
}

/// Writes other parents into the `revision.toml` of a revision, and says where that is. The file is replaced in one go: it
/// has the old text or the new one, whatever happens.
///
/// `history` shows where the file lies, and is not changed: read it anew to see whether all is well. Whether the parents
/// exist, and do not build on the revision themselves, is not looked at; several calls may be one change.
///
/// # Errors
///
/// When the history is not in Cogway's own format or has no such revision, and when the file cannot be understood or
/// replaced.
pub fn rewrite_parents(
    history: &History,
    id: &RevisionId,
    parents: &[RevisionId],
) -> Result<PathBuf, ParentsError> {
    if history.format != Format::Cogway {
        return Err(ParentsError::Format {
            format: history.format,
        });
    }
    let revision = history
        .get(id)
        .ok_or_else(|| ParentsError::UnknownRevision { id: id.clone() })?;
    let path = revision.up.path.with_file_name(cogway::SETTINGS);
    let failed = |path: &Path| {
        let path = path.to_owned();
        |source| ParentsError::Io { path, source }
    };
    let old = match fs::read_to_string(&path) {
        // Without the file the revision is taken for a first one; then this makes it.
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        read => read.map_err(failed(&path))?,
    };
    let text = with_parents(&old, parents).map_err(|source| ParentsError::Settings {
        path: path.clone(),
        source,
    })?;
    // Readers pass over hidden files.
    let beside = path.with_file_name(format!(".{}.{}", cogway::SETTINGS, std::process::id()));
    let replaced = replace(&path, &beside, &text);
    if replaced.is_err() {
        let _ = fs::remove_file(&beside);
    }
    replaced.map_err(failed(&path))?;
    Ok(path)
}

/// Puts a file with this text in the place of `path`, by way of one `beside` it.
fn replace(path: &Path, beside: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create(beside)?;
    file.write_all(text.as_bytes())?;
    if let Ok(old) = fs::metadata(path) {
        file.set_permissions(old.permissions())?;
    }
    file.sync_all()?;
    fs::rename(beside, path)
}

/// The text of the `revision.toml` of a new revision.
pub(super) fn settings(parents: &[RevisionId], description: &str) -> String {
    let description = toml::Value::from(description.trim());
    format!("parents = {}\ndescription = {description}\n", list(parents))
}

/// The parents as TOML.
fn list(parents: &[RevisionId]) -> String {
    let parents: toml::value::Array = parents.iter().map(|parent| parent.as_str().into()).collect();
    toml::Value::from(parents).to_string()
}

/// The bytes of the text that are the list of parents.
fn place_of_parents(settings: &str) -> Result<Option<Range<usize>>, SettingsError> {
    #[derive(Deserialize)]
    struct Settings {
        parents: Option<Spanned<toml::Value>>,
    }

    let Settings { parents } = toml::from_str(settings)?;
    match parents {
        None => Ok(None),
        Some(parents) => match parents.get_ref() {
            // `[[parents]]` is an array as well, of tables, with everything below it for its place.
            toml::Value::Array(list) if !list.iter().any(toml::Value::is_table) => Ok(Some(parents.span())),
            _ => Err(SettingsError::NoList),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(ids: &[&str]) -> Vec<RevisionId> {
        ids.iter().map(|id| RevisionId::from(*id)).collect()
    }

    #[test]
    fn only_the_list_changes() {
        let cases: [(&str, &[&str], &str); 13] = [
            ("parents = []", &["1"], "parents = [\"1\"]"),
            ("parents = [\"1\"]\n", &[], "parents = []\n"),
            ("", &["1"], "parents = [\"1\"]\n"),
            ("parents=[\"1\",]# c\n", &["2"], "parents=[\"2\"]# c\n"),
            (
                "# about\n\n  parents\t=  [ \"1\" ,\"2\" ]  # why\n\ndescription = 'parents = []'\n",
                &["3", "4"],
                "# about\n\n  parents\t=  [\"3\", \"4\"]  # why\n\ndescription = 'parents = []'\n",
            ),
            (
                "description = \"x\"\r\nparents = [\r\n  \"1\", # one ]\r\n  \"]\",\r\n]\r\ntransaction = \"none\"\r\n",
                &["2"],
                "description = \"x\"\r\nparents = [\"2\"]\r\ntransaction = \"none\"\r\n",
            ),
            (
                "transaction = \"none\"\r\n",
                &["1"],
                "parents = [\"1\"]\r\ntransaction = \"none\"\r\n",
            ),
            (
                "# parents = [\"0\"]",
                &["1"],
                "parents = [\"1\"]\n# parents = [\"0\"]",
            ),
            (
                "[other]\nparents = [\"0\"]\n",
                &["1"],
                "parents = [\"1\"]\n[other]\nparents = [\"0\"]\n",
            ),
            (
                "description = \"Größe\"\nparents = ['ä']",
                &["ü"],
                "description = \"Größe\"\nparents = [\"ü\"]",
            ),
            ("\"parents\" = []", &["1"], "\"parents\" = [\"1\"]"),
            (
                "\u{feff}parents = [\"1\"]\n",
                &["2"],
                "\u{feff}parents = [\"2\"]\n",
            ),
            (
                "\u{feff}transaction = \"none\"\n",
                &["2"],
                "\u{feff}parents = [\"2\"]\ntransaction = \"none\"\n",
            ),
        ];
        for (settings, parents, expected) in cases {
            let text = with_parents(settings, &ids(parents)).unwrap();
            assert_eq!(text, expected);
            let table: toml::Table = text.trim_start_matches('\u{feff}').parse().unwrap();
            let named: Vec<_> = table["parents"]
                .as_array()
                .unwrap()
                .iter()
                .map(|p| p.as_str().unwrap())
                .collect();
            assert_eq!(named, parents, "{text}");
            assert_eq!(with_parents(&text, &ids(parents)).unwrap(), text);
        }
    }

    #[test]
    fn ids_are_escaped() {
        let parents = ids(&["a\"b", "c\\d\n", "'"]);
        let text = with_parents("parents = []\n", &parents).unwrap();
        let table: toml::Table = text.parse().unwrap();
        let named = table["parents"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| p.as_str().unwrap());
        assert!(named.eq(parents.iter().map(RevisionId::as_str)), "{text}");
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for settings in [
            "parents = \"1\"",
            "parents.a = 1",
            "[parents]\na = 1\n",
            "[[parents]]\na = 1\n",
        ] {
            let refused = with_parents(settings, &[]);
            assert!(
                matches!(refused, Err(SettingsError::NoList)),
                "{settings}: {refused:?}"
            );
        }
        for settings in ["parents = [", "parents = []\nparents = []\n", "nonsense"] {
            let refused = with_parents(settings, &[]);
            assert!(
                matches!(refused, Err(SettingsError::Syntax(_))),
                "{settings}: {refused:?}"
            );
        }
    }
}
