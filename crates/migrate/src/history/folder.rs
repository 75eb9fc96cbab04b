//! What lies in a folder, and the text of a file. All reading from disk is here.

use std::fs;
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustix::fs::OFlags;

use super::problem::{HistoryError, Problem, ProblemKind};

/// How deep tools that look into folders inside folders are followed.
const DEPTH: usize = 16;

/// A file or folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub(super) path: PathBuf,
    /// The last part of the path. What is not UTF-8 in it is replaced; no tool takes such a name for a migration.
    pub(super) name: String,
}

/// What lies directly in a folder, sorted by name; hidden files and folders are left out.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) files: Vec<Entry>,
    pub(super) folders: Vec<Entry>,
}

/// Lists a folder. Links are followed; what cannot be looked at counts as a file, so that reading it tells why.
pub(super) fn list(dir: &Path) -> Result<Listing, HistoryError> {
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            HistoryError::NotAFolder { dir: dir.to_owned() }
        }
        _ => HistoryError::Io {
            path: dir.to_owned(),
            source,
        },
    };
    let mut listing = Listing::default();
    for entry in fs::read_dir(dir).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = entry.path();
        // Listing tells what an entry is, but for links: so a thousand folders need no thousand questions more.
        let is_dir = match entry.file_type() {
            Ok(kind) if !kind.is_symlink() => kind.is_dir(),
            _ => path.is_dir(),
        };
        let list = if is_dir {
            &mut listing.folders
        } else {
            &mut listing.files
        };
        list.push(Entry { path, name });
    }
    listing.files.sort_by(|a, b| a.name.cmp(&b.name));
    listing.folders.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(listing)
}

/// Lists a folder inside the history; `None`, and a problem, if it cannot be listed.
pub(super) fn list_inside(dir: &Path, problems: &mut Vec<Problem>) -> Option<Listing> {
    list(dir)
        .map_err(|error| {
            let hint = "check that you may read it";
            problems.push(Problem::new(
                ProblemKind::Unreadable,
                dir,
                error.to_string(),
                hint,
            ));
        })
        .ok()
}

/// All files in a folder and the folders inside it, sorted by path. Links to folders are not followed, lest they lead in
/// circles.
pub(super) fn list_below(dir: &Path, problems: &mut Vec<Problem>) -> Result<Vec<Entry>, HistoryError> {
    let top = list(dir)?;
    let mut files = top.files;
    let mut waiting: Vec<_> = top.folders.into_iter().map(|folder| (folder, 1)).collect();
    while let Some((folder, depth)) = waiting.pop() {
        if depth > DEPTH || folder.path.is_symlink() {
            continue;
        }
        let Some(listing) = list_inside(&folder.path, problems) else {
            continue;
        };
        files.extend(listing.files);
        waiting.extend(listing.folders.into_iter().map(|folder| (folder, depth + 1)));
    }
    files.sort();
    Ok(files)
}

/// The text of a script, without a byte order mark; `None`, and a problem, if it cannot be read or sent to PostgreSQL.
pub(super) fn script(path: &Path, problems: &mut Vec<Problem>) -> Option<Arc<str>> {
    match read(path)
        .map_err(|error| Problem::unreadable(path, &error))
        .and_then(|bytes| decode(path, bytes))
    {
        Ok(text) => Some(text.into()),
        Err(problem) => {
            problems.push(problem);
            None
        }
    }
}

/// The text of a file that may be missing; a problem if it is there and cannot be read.
pub(super) fn optional(path: &Path, problems: &mut Vec<Problem>) -> Option<Arc<str>> {
    match if_there(path) {
        Ok(text) => text,
        Err(problem) => {
            problems.push(problem);
            None
        }
    }
}

/// The text of a file, if there is one; why not, if it cannot be read.
pub(super) fn if_there(path: &Path) -> Result<Option<Arc<str>>, Problem> {
    match read(path) {
        Ok(bytes) => decode(path, bytes).map(|text| Some(text.into())),
        // A link that leads nowhere is there.
        Err(error) if error.kind() == io::ErrorKind::NotFound && !path.is_symlink() => Ok(None),
        Err(error) => Err(Problem::unreadable(path, &error)),
    }
}

/// All bytes of a file.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    // A pipe would be waited for, and a device may have no end.
    let nonblocking = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or_default();
    let mut file = fs::File::options()
        .read(true)
        .custom_flags(nonblocking)
        .open(path)?;
    let about = file.metadata()?;
    if !about.is_file() && !about.is_dir() {
        return Err(io::Error::other("it is no regular file"));
    }
    // Most are read whole by asking once; one that is long, or not as long as it says, is asked for the rest.
    let at_once = about.len().min(1 << 20);
    let mut bytes = vec![0; usize::try_from(at_once).unwrap_or_default()];
    let read = file.read(&mut bytes)?;
    let is_whole = read > 0 && u64::try_from(read) == Ok(about.len());
    bytes.truncate(read);
    if !is_whole {
        // Without `take` the file would be asked for its length once more, and for the place in it.
        file.take(u64::MAX).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn decode(path: &Path, mut bytes: Vec<u8>) -> Result<String, Problem> {
    let unreadable = |message, hint: &str| Problem::new(ProblemKind::Unreadable, path, message, hint);
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(unreadable(
            "the file is in UTF-16, not in UTF-8".to_owned(),
            "save it as UTF-8",
        ));
    }
    if bytes.starts_with("\u{feff}".as_bytes()) {
        bytes.drain(..3);
    }
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        let message = format!("byte {at} is a NUL, which PostgreSQL cannot take");
        return Err(unreadable(message, "remove it; the file may not be a text").at(line_of(&bytes, at)));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let message = format!("byte {at} is not UTF-8");
        unreadable(message, "save the file as UTF-8").at(line_of(error.as_bytes(), at))
    })
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    1 + bytes.iter().take(at).filter(|&&byte| byte == b'\n').count()
}

impl Problem {
    fn unreadable(path: &Path, error: &io::Error) -> Self {
        let message = format!("the file cannot be read: {error}");
        Problem::new(
            ProblemKind::Unreadable,
            path,
            message,
            "check that it exists and that you may read it",
        )
    }
}
