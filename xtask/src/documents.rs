//! What documents say of the repository must be there.

use std::path::Path;
use std::{fs, io};

use crate::workspace;

/// The map of the house.
const ARCHITECTURE: &str = "ARCHITECTURE.md";

/// Paths that the map names and that do not exist, and crates that the map does not name.
pub(crate) fn check_architecture() -> io::Result<Vec<String>> {
    let text = fs::read_to_string(workspace::root().join(ARCHITECTURE))?;
    let named = named_paths(&text);
    let mut list: Vec<String> = named
        .iter()
        .filter(|path| !workspace::root().join(path).exists())
        .map(|path| format!("{ARCHITECTURE}: names `{path}`, which does not exist"))
        .collect();
    for entry in fs::read_dir(workspace::root().join("crates"))? {
        let path = format!("crates/{}", entry?.file_name().display());
        if !named.contains(&path) {
            list.push(format!("{ARCHITECTURE}: does not name `{path}`"));
        }
    }
    Ok(list)
}

/// Links between documents that lead nowhere.
pub(crate) fn check_links() -> io::Result<Vec<String>> {
    let mut documents = workspace::files(&workspace::root().join("docs"), "md")?;
    for entry in fs::read_dir(workspace::root())? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "md") {
            documents.push(path);
        }
    }
    let mut list = Vec::new();
    for document in documents {
        let folder = document.parent().unwrap_or(Path::new("."));
        let short = document.strip_prefix(workspace::root()).unwrap_or(&document);
        for file in linked_files(&fs::read_to_string(&document)?) {
            if !folder.join(&file).exists() {
                list.push(format!(
                    "{}: links to {file}, which does not exist",
                    short.display()
                ));
            }
        }
    }
    Ok(list)
}

/// Paths that a Markdown text names in back-quotes: a word with a `/` in it, or one that ends like a file of ours.
///
/// What cannot be a path is left out: words with blanks, addresses, commands. Of a pattern such as
/// `crates/pg/src/introspect/<kind>.sql` or `crates/*` the folder counts.
fn named_paths(text: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for line in lines_outside_of_code_blocks(text) {
        let words = line.split('`').skip(1).step_by(2);
        paths.extend(words.filter(|word| is_path(word)).map(up_to_the_pattern));
    }
    paths.retain(|path| !path.is_empty());
    paths
}

/// Targets of links to other files of the repository, relative to the text they stand in.
fn linked_files(text: &str) -> Vec<String> {
    let mut files = Vec::new();
    for line in lines_outside_of_code_blocks(text) {
        for rest in line.split("](").skip(1) {
            let target = rest.split(')').next().unwrap_or_default();
            let file = target.split('#').next().unwrap_or_default();
            if !file.is_empty() && !file.contains("://") && !file.starts_with("mailto:") {
                files.push(file.to_owned());
            }
        }
    }
    files
}

fn lines_outside_of_code_blocks(text: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        if fence {
            inside = !inside;
        }
        !inside && !fence
    })
}

fn is_path(word: &str) -> bool {
    let plain = !word.contains(char::is_whitespace)
        && !word.contains("://")
        && !word.starts_with(['/', '-', '~', '$']);
    let looks_like_one = word.contains('/')
        || [".rs", ".md", ".toml"]
            .iter()
            .any(|ending| word.ends_with(ending));
    plain && looks_like_one
}

fn up_to_the_pattern(path: &str) -> String {
    match path.find(['<', '*', '{']) {
        None => path.to_owned(),
        Some(at) => path[..at]
            .rsplit_once('/')
            .map_or(String::new(), |(folder, _)| folder.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_architecture_names_exists() {
        let list = check_architecture().unwrap();
        assert!(list.is_empty(), "{}", list.join("\n"));
    }

    #[test]
    fn links_between_documents_lead_somewhere() {
        let list = check_links().unwrap();
        assert!(list.is_empty(), "{}", list.join("\n"));
    }

    #[test]
    fn paths_are_told_from_other_words() {
        check(
            named_paths,
            "in `crates/pg` and `README.md`",
            &["crates/pg", "README.md"],
        );
        check(
            named_paths,
            "`catalog/src/object/<kind>.rs`, `crates/*`",
            &["catalog/src/object", "crates"],
        );
        check(
            named_paths,
            "`pg_dump --schema-only`, `Catalog`, `/dev/shm`, `https://a/b`",
            &[],
        );
        check(named_paths, "```\na `b/c` d\n```\n", &[]);
    }

    #[test]
    fn links_are_found() {
        check(
            linked_files,
            "[a](A.md), [b](docs/b.md#part) and [c](https://c.example/)",
            &["A.md", "docs/b.md"],
        );
        check(linked_files, "[here](#here)", &[]);
    }

    #[track_caller]
    fn check(find: fn(&str) -> Vec<String>, text: &str, expect: &[&str]) {
        assert_eq!(find(text), expect);
    }
}
