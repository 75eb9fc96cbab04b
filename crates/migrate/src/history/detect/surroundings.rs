//! What the folders around a history say of the tool it belongs to.

use std::fs;
use std::path::Path;

/// How many folders upwards are looked at, if there is no repository.
const UPWARDS: usize = 12;

/// A tool that the surroundings can speak for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    Sqlx,
    GolangMigrate,
    Refinery,
    Flyway,
}

/// Which of the tools the nearest folder speaks for, from `dir` up to the root of its repository; and the file that does.
pub(super) fn nearest(dir: &Path, tools: &[Hint]) -> Option<(Hint, String)> {
    let dir = dir.canonicalize().ok()?;
    for folder in dir.ancestors().take(UPWARDS) {
        for tool in tools {
            if let Some(file) = tool.file_in(folder) {
                return Some((*tool, folder.join(file).display().to_string()));
            }
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    None
}

impl Hint {
    /// The file of a folder that speaks for the tool.
    fn file_in(self, folder: &Path) -> Option<&'static str> {
        let mentions = |file: &&'static str, word: &str| {
            fs::read_to_string(folder.join(file)).is_ok_and(|text| text.contains(word))
        };
        let exists = |file: &&'static str| folder.join(file).exists();
        match self {
            Hint::Sqlx => [".sqlx"]
                .into_iter()
                .find(exists)
                .or_else(|| ["Cargo.toml"].into_iter().find(|f| mentions(f, "sqlx"))),
            // Every tool written in Go is at home with a go.mod; none of the others is a rival here.
            Hint::GolangMigrate => ["go.mod"].into_iter().find(exists),
            Hint::Refinery => ["refinery.toml"]
                .into_iter()
                .find(exists)
                .or_else(|| ["Cargo.toml"].into_iter().find(|f| mentions(f, "refinery"))),
            Hint::Flyway => ["flyway.toml", "flyway.conf"]
                .into_iter()
                .find(exists)
                .or_else(|| {
                    ["pom.xml", "build.gradle", "build.gradle.kts"]
                        .into_iter()
                        .find(|f| mentions(f, "flyway"))
                }),
        }
    }
}
