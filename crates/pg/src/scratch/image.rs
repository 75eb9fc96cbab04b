//! A fresh data directory as one file.
//!
//! initdb takes half a second; writing its result again from one file takes a fiftieth of that. One file, rather than
//! a directory to copy, because it is replaced in one step, is never half there (a cleaner of old files would take
//! single files of a directory), and is read in one sweep by a cold disk.
//!
//! The file starts with lines of text, then come the contents of the files one after another:
//!
//! ```text
//! cogway image 1
//! d base
//! d base/1
//! f 8192 base/1/112
//!
//! ```

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt, fchown};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::account::Account;
use super::file_error::{At, FileError};

const MAGIC: &str = "cogway image 1";

/// What a running server left behind and the next one makes anew.
const PASSING: &[&str] = &["pg_internal.init", "postmaster.opts", "postmaster.pid"];

/// An open image.
#[derive(Debug)]
pub(crate) struct Image {
    file: File,
    path: PathBuf,
    /// Relative paths, each after its parent.
    directories: Vec<PathBuf>,
    files: Vec<Entry>,
}

/// A file in an image.
#[derive(Debug, PartialEq)]
struct Entry {
    path: PathBuf,
    offset: u64,
    length: usize,
}

impl Image {
    /// Opens an image; `None` when it is not there, or is damaged or of another layout, and must be made again.
    pub(crate) fn open(path: &Path) -> Option<Image> {
        let file = File::open(path).ok()?;
        let length = file.metadata().ok()?.len();
        let mut reader = BufReader::new(&file);
        let (mut directories, mut files) = (Vec::new(), Vec::new());
        let mut end: u64 = 0;
        let mut line = String::new();
        for number in 0.. {
            line.clear();
            end += reader.read_line(&mut line).ok()? as u64;
            let line = line.strip_suffix('\n')?;
            match line.split_once(' ') {
                _ if number == 0 => (line == MAGIC).then_some(())?,
                Some(("d", path)) => directories.push(inside(path)?),
                Some(("f", rest)) => {
                    let (length, path) = rest.split_once(' ')?;
                    files.push(Entry {
                        path: inside(path)?,
                        offset: 0,
                        length: length.parse().ok()?,
                    });
                }
                None if line.is_empty() => break,
                _ => return None,
            }
        }
        for entry in &mut files {
            entry.offset = end;
            end = end.checked_add(entry.length as u64)?;
        }
        (end == length).then(|| Image {
            file,
            path: path.to_path_buf(),
            directories,
            files,
        })
    }

    /// Writes the directory `tree` to `to`, as an image.
    pub(crate) fn pack(tree: &Path, to: &Path) -> Result<(), FileError> {
        let mut header = format!("{MAGIC}\n");
        let mut files = Vec::new();
        list(tree, Path::new(""), &mut header, &mut files)?;
        header.push('\n');

        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(to)
            .at("create", to)?;
        let mut writer = BufWriter::with_capacity(1 << 20, file);
        writer.write_all(header.as_bytes()).at("write", to)?;
        for (path, length) in files {
            let path = tree.join(path);
            let mut file = open_regular(&path).at("open", &path)?;
            // The length is in the header already. A file that shrank meanwhile makes an image of the wrong size,
            // which will not be opened.
            io::copy(&mut (&mut file).take(length), &mut writer).at("copy", &path)?;
        }
        writer.flush().at("write", to)
    }

    /// Writes the contents to the directory `to`, which exists, and gives everything, `to` last, to the server.
    pub(crate) fn unpack(&self, to: &Path, account: &Account) -> Result<(), FileError> {
        for directory in &self.directories {
            let path = to.join(directory);
            DirBuilder::new()
                .mode(0o700)
                .create(&path)
                .at("create directory", &path)?;
            account.give(&path)?;
        }
        // Two cores halve the time (20 ms for 1,200 files); the kernel's locks leave little to more.
        let workers = thread::available_parallelism().map_or(1, |cores| cores.get().min(4));
        let next = AtomicUsize::new(0);
        thread::scope(|scope| {
            let workers: Vec<_> = (0..workers)
                .map(|_| scope.spawn(|| self.unpack_files(&next, to, account)))
                .collect();
            workers.into_iter().try_for_each(|worker| match worker.join() {
                Ok(result) => result,
                Err(panic) => std::panic::resume_unwind(panic),
            })
        })?;
        account.give(to)
    }

    /// One worker's share of the files: always the next that nobody has taken.
    fn unpack_files(&self, next: &AtomicUsize, to: &Path, account: &Account) -> Result<(), FileError> {
        let mut contents = Vec::new();
        let (uid, gid) = account.owner();
        while let Some(entry) = self.files.get(next.fetch_add(1, Ordering::Relaxed)) {
            if contents.len() < entry.length {
                contents.resize(entry.length, 0);
            }
            let contents = &mut contents[..entry.length];
            self.file
                .read_exact_at(contents, entry.offset)
                .at("read", &self.path)?;
            let path = to.join(&entry.path);
            let mut file = OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&path)
                .at("create", &path)?;
            file.write_all(contents).at("write", &path)?;
            if uid.is_some() {
                fchown(&file, uid, gid).at("change the owner of", &path)?;
            }
        }
        Ok(())
    }
}

/// Adds the lines of a directory's contents to `header` and its files to `files`, in the order of their names.
fn list(
    tree: &Path,
    directory: &Path,
    header: &mut String,
    files: &mut Vec<(PathBuf, u64)>,
) -> Result<(), FileError> {
    let full = tree.join(directory);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&full).at("read directory", &full)? {
        names.push(entry.at("read directory", &full)?.file_name());
    }
    names.sort();
    for name in names {
        let path = directory.join(&name);
        let full = tree.join(&path);
        let meta = std::fs::symlink_metadata(&full).at("read", &full)?;
        if meta.is_dir() {
            header.push_str(&format!("d {}\n", path.display()));
            list(tree, &path, header, files)?;
        } else if meta.is_file() && !PASSING.iter().any(|passing| name == *passing) {
            header.push_str(&format!("f {} {}\n", meta.len(), path.display()));
            files.push((path, meta.len()));
        }
    }
    Ok(())
}

/// Opens a file, but follows no symbolic link: root reads here in a directory that belongs to the server.
fn open_regular(path: &Path) -> io::Result<File> {
    let no_follow = rustix::fs::OFlags::NOFOLLOW.bits().cast_signed();
    OpenOptions::new().read(true).custom_flags(no_follow).open(path)
}

/// A relative path that stays inside.
fn inside(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(path);
    path.components()
        .all(|part| matches!(part, Component::Normal(_)))
        .then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn sample() -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let tree = dir.path().join("tree");
        fs::create_dir_all(tree.join("base/1")).expect("directories");
        fs::write(tree.join("base/1/112"), vec![7; 20_000]).expect("a file");
        fs::write(tree.join("base/1/pg_internal.init"), "passing").expect("a file");
        fs::write(tree.join("PG_VERSION"), "15\n").expect("a file");
        fs::write(tree.join("empty"), "").expect("a file");
        std::os::unix::fs::symlink("/etc/passwd", tree.join("link")).expect("a link");
        Image::pack(&tree, &dir.path().join("image")).expect("packed");
        dir
    }

    #[test]
    fn what_is_packed_comes_out_again() {
        let dir = sample();
        let image = Image::open(&dir.path().join("image")).expect("an image");
        let out = dir.path().join("out");
        fs::create_dir(&out).expect("a directory");
        image.unpack(&out, &Account::Caller).expect("unpacked");
        assert_eq!(fs::read(out.join("base/1/112")).expect("a file"), vec![7; 20_000]);
        assert_eq!(fs::read(out.join("PG_VERSION")).expect("a file"), b"15\n");
        assert_eq!(fs::read(out.join("empty")).expect("a file"), b"");
        assert!(!out.join("base/1/pg_internal.init").exists());
        assert!(!out.join("link").exists());
    }

    #[test]
    fn the_same_tree_makes_the_same_bytes() {
        let (one, two) = (sample(), sample());
        let read = |dir: &tempfile::TempDir| fs::read(dir.path().join("image")).expect("an image");
        assert_eq!(read(&one), read(&two));
    }

    #[test]
    fn a_damaged_image_is_not_opened() {
        let dir = sample();
        let path = dir.path().join("image");
        let good = fs::read(&path).expect("an image");
        let check = |bytes: &[u8], expect: bool| {
            fs::write(&path, bytes).expect("written");
            assert_eq!(Image::open(&path).is_some(), expect);
        };
        check(&good, true);
        check(&good[..good.len() - 1], false);
        check(&[&good[..], b"x"].concat(), false);
        check(&good[..40], false);
        check(b"", false);
        check(b"cogway image 2\n\n", false);
        check(b"cogway image 1\n\n", true);
        check(b"cogway image 1\nd ../outside\n\n", false);
        check(b"cogway image 1\nf 0 /etc/passwd\n\n", false);
        check(b"cogway image 1\nf 99999999999999999999 base\n\n", false);
        check(b"cogway image 1\nf 18446744073709551615 a\nf 2 b\n\n", false);
    }
}
