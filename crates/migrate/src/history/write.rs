//! Making a new revision, in the format of the history that it is for.
//!
//! [`Draft::of`] decides which files there are to be and what stands in them, without looking at the disk or the clock;
//! [`Draft::write`] makes the files. What is written is read back by [`read`](super::read) as the new last revision, with
//! the scripts that were wanted:
//!
//! - The id goes on in the way of the folder: a sequence of numbers is counted up, with the same width; otherwise the id is
//!   the time, as the tool itself writes it (see [`id`]).
//! - The name is made fit for file names (see [`slug`]).
//! - Scripts are written as they are wanted, with a line break at the end, and with the directives without which the tool
//!   would not take them for what they are (see [`text`]). An empty script becomes a comment that says what to write.
//!
//! Only Cogway's own format has branches. In the others the new revision follows the last one, and Sqitch's plan is left
//! to Sqitch, since it names who planned a change.

mod error;
mod id;
mod moment;
mod parents;
mod slug;
mod text;

#[cfg(test)]
mod tests;

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

pub use error::DraftError;
use moment::Moment;
pub use parents::{ParentsError, SettingsError, rewrite_parents, with_parents};

use super::{Format, History, Revision, RevisionId, cogway};
use text::Scripts;

/// A revision that is still to be written: which files, with which text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its id, which no other revision of the history has.
    pub id: RevisionId,
    /// The rest of its name, as it will stand in the names of the files.
    pub name: String,
    /// The revisions it will build on.
    pub parents: Vec<RevisionId>,
    /// The files, up before down. None of them is there as far as the history knows.
    pub files: Vec<DraftFile>,
    /// The folder that is made for the files, in formats with a folder for each revision.
    folder: Option<PathBuf>,
}

/// A file that is still to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFile {
    /// Where it will be.
    pub path: PathBuf,
    /// What will stand in it.
    pub text: String,
}

/// What is to be drafted.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// What the revision does, in the user's words.
    pub name: &'a str,
    /// The revisions to build on: in Cogway's own format any, and none for a first revision. In the other formats the last
    /// one (of Flyway's, the last that is not repeatable), or none to say the same.
    pub parents: &'a [RevisionId],
    /// The script that takes the database a step forward. If it is empty, a comment is written in its place.
    pub up: &'a str,
    /// The script that takes this step back. `None` if there is to be none; if it is empty, a comment is written in its
    /// place, where the format has a place for it.
    pub down: Option<&'a str>,
    /// The time, in seconds since 1970 began (UTC), for ids that are times.
    pub now: u64,
}

impl Draft {
    /// Drafts a revision for a history. The files of the history are not looked at again.
    ///
    /// dbmate refuses files without a section to go back; without a down, the section is there and empty.
    ///
    /// # Errors
    ///
    /// When the name holds nothing to name files by, when the format has no place for what is wanted, or when a parent
    /// does not exist.
    pub fn of(history: &History, wanted: &Wanted<'_>) -> Result<Draft, DraftError> {
        if history.format == Format::Sqitch {
            return Err(DraftError::Sqitch);
        }
        let name = slug::slug(wanted.name).ok_or_else(|| DraftError::Name {
            name: wanted.name.to_owned(),
        })?;
        let parents = parents_of(history, wanted.parents)?;
        let id = id::next(history, &name, &Moment::of(wanted.now))?;
        let mut draft = Draft {
            id,
            name,
            parents,
            files: Vec::new(),
            folder: None,
        };
        draft.lay_out(history, wanted)?;
        Ok(draft)
    }

    /// Makes the files. Nothing that is there already is overwritten, and what was made is removed again if something
    /// fails.
    ///
    /// # Errors
    ///
    /// When one of the files, or the folder for them, is there already or cannot be made.
    pub fn write(&self) -> Result<(), DraftError> {
        if let Some(folder) = &self.folder {
            fs::create_dir(folder).map_err(|source| DraftError::io(folder, source))?;
        }
        let mut made = Vec::new();
        let written = self.files.iter().try_for_each(|file| {
            file.write(&mut made)
                .map_err(|source| DraftError::io(&file.path, source))
        });
        if written.is_err() {
            // The error to tell is the one that stopped the writing; what cannot be removed either stays.
            for path in made.into_iter().rev() {
                let _ = fs::remove_file(path);
            }
            if let Some(folder) = &self.folder {
                let _ = fs::remove_dir(folder);
            }
        }
        written
    }

    /// Says which files there are to be, and what stands in them.
    fn lay_out(&mut self, history: &History, wanted: &Wanted<'_>) -> Result<(), DraftError> {
        let format = history.format;
        let scripts = Scripts::of(format, wanted)?;
        let stem = format!("{}_{}", self.id, self.name);
        match format {
            Format::Cogway | Format::Diesel => {
                let folder = history.dir.join(stem);
                self.add(folder.join("up.sql"), scripts.up);
                self.add_down(folder.join("down.sql"), scripts.down);
                if format == Format::Cogway {
                    let settings = parents::settings(&self.parents, wanted.name);
                    self.add(folder.join(cogway::SETTINGS), settings);
                } else if scripts.without_transaction {
                    self.add(
                        folder.join("metadata.toml"),
                        "run_in_transaction = false\n".to_owned(),
                    );
                }
                self.folder = Some(folder);
            }
            Format::GolangMigrate => {
                let separator = if self.id.as_str().starts_with('V') {
                    '.'
                } else {
                    '_'
                };
                let stem = format!("{}{separator}{}", self.id, self.name);
                self.add(history.dir.join(format!("{stem}.up.sql")), scripts.up);
                self.add_down(history.dir.join(format!("{stem}.down.sql")), scripts.down);
            }
            Format::Sqlx if has_pairs(history) => {
                self.add(history.dir.join(format!("{stem}.up.sql")), scripts.up);
                self.add_down(history.dir.join(format!("{stem}.down.sql")), scripts.down);
            }
            Format::Sqlx => {
                refuse_down(format, wanted)?;
                self.add(history.dir.join(format!("{stem}.sql")), scripts.up);
            }
            Format::Dbmate | Format::Goose => {
                let text = scripts.in_one_file(format);
                self.add(history.dir.join(format!("{stem}.sql")), text);
            }
            Format::Flyway => {
                let place = beside_the_last(history);
                let version = self.id.as_str().trim_start_matches('V').to_owned();
                let file = |letter| place.join(format!("{letter}{version}__{}.sql", self.name));
                let (up, down) = (file('V'), file('U'));
                self.add(up, scripts.up);
                self.add_down(down, scripts.down);
            }
            Format::Refinery => {
                refuse_down(format, wanted)?;
                let file = format!("{}__{}.sql", self.id, self.name);
                self.add(beside_the_last(history).join(file), scripts.up);
            }
            Format::Sqitch => return Err(DraftError::Sqitch),
        }
        Ok(())
    }

    fn add(&mut self, path: PathBuf, text: String) {
        self.files.push(DraftFile { path, text });
    }

    fn add_down(&mut self, path: PathBuf, text: Option<String>) {
        if let Some(text) = text {
            self.add(path, text);
        }
    }
}

impl DraftFile {
    /// Makes the file, and notes it in `made` as soon as it is there.
    fn write<'a>(&'a self, made: &mut Vec<&'a Path>) -> io::Result<()> {
        let mut file = File::create_new(&self.path)?;
        made.push(&self.path);
        file.write_all(self.text.as_bytes())
    }
}

/// The revision that a new one follows, in the formats without branches: the last that is not repeatable.
fn last(history: &History) -> Option<&Revision> {
    history.revisions.iter().rfind(|revision| !revision.repeatable)
}

/// The parents of a new revision, each once.
fn parents_of(history: &History, wanted: &[RevisionId]) -> Result<Vec<RevisionId>, DraftError> {
    if history.format != Format::Cogway {
        let last = last(history).map(|revision| &revision.id);
        return match wanted {
            [] => Ok(last.cloned().into_iter().collect()),
            [parent] if Some(parent) == last => Ok(vec![parent.clone()]),
            _ => Err(DraftError::Linear {
                format: history.format,
                last: last.cloned(),
            }),
        };
    }
    let mut parents = Vec::with_capacity(wanted.len());
    for parent in wanted {
        if history.get(parent).is_none() {
            return Err(DraftError::UnknownParent {
                parent: parent.clone(),
            });
        }
        if !parents.contains(parent) {
            parents.push(parent.clone());
        }
    }
    Ok(parents)
}

/// Whether a new revision of sqlx's gets a file for each direction: as the others there do, or as the first.
fn has_pairs(history: &History) -> bool {
    let is_half_of_one = |revision: &Revision| revision.up.path.to_string_lossy().ends_with(".up.sql");
    history.revisions.is_empty() || history.revisions.iter().any(is_half_of_one)
}

/// Refuses a down that would be lost.
fn refuse_down(format: Format, wanted: &Wanted<'_>) -> Result<(), DraftError> {
    match wanted.down {
        Some(down) if !down.trim().is_empty() => Err(DraftError::NoDown { format }),
        _ => Ok(()),
    }
}

/// The folder of the last revision, for tools that look into folders inside the folder.
fn beside_the_last(history: &History) -> PathBuf {
    last(history)
        .and_then(|revision| revision.up.path.parent())
        .unwrap_or(&history.dir)
        .to_owned()
}
