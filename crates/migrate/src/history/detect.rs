//! Whose history lies in a folder, told from the files alone.

mod surroundings;

use std::path::Path;

use super::folder::{self, Entry, Listing};
use super::golang_migrate;
use super::lines::{leading_digits, lines};
use super::problem::{HistoryError, Problem};
use super::{Format, cogway, flyway, refinery, sqitch, sqlx};
use surroundings::Hint;

/// Finds out whose way of keeping migrations a folder follows, and says why in a sentence for the user.
///
/// The first rule that fits decides:
///
/// 1. `sqitch.plan`, or a `sqitch.conf` that points to a plan: Sqitch.
/// 2. A folder with `revision.toml`, or nothing in the folder at all: Cogway's own.
/// 3. Folders with `up.sql`: diesel.
/// 4. Names such as `V1__name.sql`: Flyway or refinery. refinery if a `Cargo.toml` or `refinery.toml` around says so;
///    otherwise Flyway.
/// 5. A line `-- migrate:up` in a script: dbmate. A line `-- +goose Up`: goose.
/// 6. Names such as `V0001.name.up.sql`: golang-migrate.
/// 7. Names such as `1_name.up.sql`: sqlx or golang-migrate. sqlx if a script begins with `-- no-transaction`, or if there
///    are scripts such as `2_name.sql` among them. Otherwise the nearest of the folders above decides, up to the root of
///    the repository: a `Cargo.toml` with sqlx or a folder `.sqlx`, or a `go.mod`. Otherwise golang-migrate.
/// 8. Names such as `1_name.sql`: sqlx.
///
/// # Errors
///
/// When the folder cannot be listed, or none of the rules fits; the hint then names folders that look better.
pub fn detect(dir: &Path) -> Result<(Format, String), HistoryError> {
    let listing = folder::list(dir)?;
    let found = by_layout(dir, &listing)
        .or_else(|| by_directive(&listing))
        .or_else(|| by_name(dir, &listing));
    if let Some(found) = found {
        return Ok(found);
    }
    // Flyway's and refinery's scripts may all lie further down; but then nothing else lies here.
    if listing.files.iter().all(is_about_nothing)
        && let Some(found) = by_versioned_name(dir, &folder::list_below(dir, &mut Vec::new())?)
    {
        return Ok(found);
    }
    Err(HistoryError::Unknown {
        dir: dir.to_owned(),
        hint: elsewhere(dir, &listing),
    })
}

type Found = Option<(Format, String)>;

/// Rules 1 to 4, but for Flyway's folders within folders.
fn by_layout(dir: &Path, listing: &Listing) -> Found {
    let has = |name: &str| listing.files.iter().any(|file| file.name == name);
    if has(sqitch::PLAN) {
        return found(Format::Sqitch, "there is a sqitch.plan");
    }
    if has("sqitch.conf") && sqitch::Layout::of(dir, &mut Vec::<Problem>::new()).plan.exists() {
        return found(
            Format::Sqitch,
            "there is a sqitch.conf, and the plan it points to",
        );
    }
    let holding = |file: &str| {
        listing
            .folders
            .iter()
            .find(|folder| folder.path.join(file).is_file())
    };
    if let Some(folder) = holding(cogway::SETTINGS) {
        return found(
            Format::Cogway,
            format!("{}/ holds a {}", folder.name, cogway::SETTINGS),
        );
    }
    let any_script = listing
        .files
        .iter()
        .any(|file| has_extension(file, &["sql", "go", "rs"]));
    if listing.folders.is_empty() && !any_script && listing.files.iter().all(is_about_nothing) {
        return found(Format::Cogway, "the folder is empty");
    }
    let numbered = listing
        .files
        .iter()
        .any(|file| leading_digits(&file.name) > 0 && has_extension(file, &["sql"]));
    if let Some(folder) = holding("up.sql").filter(|_| !numbered) {
        return found(
            Format::Diesel,
            format!("{}/ holds an up.sql and no {}", folder.name, cogway::SETTINGS),
        );
    }
    by_versioned_name(dir, &listing.files)
}

/// Rule 4.
fn by_versioned_name(dir: &Path, files: &[Entry]) -> Found {
    let versioned = |file: &&Entry| {
        let name = flyway::Name::parse(&file.name);
        matches!(
            name,
            Some(
                flyway::Name::Versioned { .. }
                    | flyway::Name::Repeatable { .. }
                    | flyway::Name::Baseline { .. }
            )
        ) && file.name.contains("__")
    };
    let example = files.iter().find(versioned)?;
    let all_refinery = files.iter().filter(versioned).all(|file| {
        file.name
            .strip_suffix(".sql")
            .is_some_and(|stem| refinery::Name::parse(stem).is_some())
    });
    if !all_refinery {
        return found(
            Format::Flyway,
            format!("there are names as Flyway has them, such as {}", example.name),
        );
    }
    match surroundings::nearest(dir, &[Hint::Refinery, Hint::Flyway]) {
        Some((Hint::Refinery, place)) => found(
            Format::Refinery,
            format!(
                "names such as {} are Flyway's and refinery's, and {place} names refinery; else say --format flyway",
                example.name
            ),
        ),
        Some((_, place)) => found(
            Format::Flyway,
            format!(
                "names such as {} are Flyway's and refinery's, and {place} names Flyway; else say --format refinery",
                example.name
            ),
        ),
        None => found(
            Format::Flyway,
            format!(
                "there are names such as {}; if they are refinery's, say --format refinery",
                example.name
            ),
        ),
    }
}

/// Rule 5. Scripts are read until one tells.
fn by_directive(listing: &Listing) -> Found {
    let scripts = listing
        .files
        .iter()
        .filter(|file| leading_digits(&file.name) > 0 && has_extension(file, &["sql"]));
    scripts
        .filter_map(|file| Some((file, folder::script(&file.path, &mut Vec::new())?)))
        .find_map(|(file, text)| {
            lines(&text).find_map(|line| {
                let comment = line.text.strip_prefix("--")?.trim_start();
                let (format, word) = if comment.starts_with("migrate:up") {
                    (Format::Dbmate, "-- migrate:up")
                } else if comment.to_ascii_lowercase().starts_with("+goose up") {
                    (Format::Goose, "-- +goose Up")
                } else {
                    return None;
                };
                found(format, format!("{} has a line `{word}`", file.name))
            })
        })
}

/// Rules 6 to 8.
fn by_name(dir: &Path, listing: &Listing) -> Found {
    let pair = listing
        .files
        .iter()
        .find_map(|file| Some((file, golang_migrate::Name::parse(&file.name)?)));
    let single = listing.files.iter().find(|file| {
        let digits = leading_digits(&file.name);
        let paired = golang_migrate::Name::parse(&file.name).is_some();
        digits > 0
            && file.name.get(digits..).is_some_and(|rest| rest.starts_with('_'))
            && has_extension(file, &["sql"])
            && !paired
    });
    let Some((example, name)) = pair else {
        let single = single?;
        return found(
            Format::Sqlx,
            format!(
                "there are names such as {}, and no directives in the scripts",
                single.name
            ),
        );
    };
    if name.id.starts_with('V') {
        return found(
            Format::GolangMigrate,
            format!(
                "names such as {} are read by golang-migrate's rules",
                example.name
            ),
        );
    }
    let without = listing.files.iter().find(|file| {
        has_extension(file, &["sql"])
            && folder::script(&file.path, &mut Vec::new())
                .is_some_and(|text| text.starts_with(sqlx::NO_TRANSACTION))
    });
    let both = format!("names such as {} are sqlx's and golang-migrate's", example.name);
    if let Some(file) = without {
        let why = format!(
            "{both}, and {} begins with `{}`; else say --format golang-migrate",
            file.name,
            sqlx::NO_TRANSACTION
        );
        return found(Format::Sqlx, why);
    }
    if let Some(single) = single {
        let why = format!(
            "{both}, and only sqlx reads {}; else say --format golang-migrate",
            single.name
        );
        return found(Format::Sqlx, why);
    }
    match surroundings::nearest(dir, &[Hint::Sqlx, Hint::GolangMigrate]) {
        Some((Hint::Sqlx, place)) => found(
            Format::Sqlx,
            format!("{both}, and {place} speaks for sqlx; else say --format golang-migrate"),
        ),
        Some((_, place)) => found(
            Format::GolangMigrate,
            format!("{both}, and {place} speaks for golang-migrate; else say --format sqlx"),
        ),
        None => found(
            Format::GolangMigrate,
            format!("{both}, and nothing speaks for sqlx; if they are sqlx's, say --format sqlx"),
        ),
    }
}

fn found(format: Format, why: impl Into<String>) -> Found {
    Some((format, why.into()))
}

fn has_extension(file: &Entry, extensions: &[&str]) -> bool {
    file.name
        .rsplit_once('.')
        .is_some_and(|(_, extension)| extensions.contains(&extension))
}

/// A file that may lie in a folder without migrations.
fn is_about_nothing(file: &Entry) -> bool {
    let name = file.name.to_ascii_lowercase();
    name.starts_with("readme") || name == "cogway.toml"
}

/// What to say when no rule fits.
fn elsewhere(dir: &Path, listing: &Listing) -> String {
    let has = |name: &str| listing.files.iter().any(|file| file.name == name);
    if has("env.py") || has("alembic.ini") {
        return "this is Alembic's, in Python; `alembic upgrade head --sql` writes it out as SQL".to_owned();
    }
    if listing
        .folders
        .iter()
        .any(|folder| folder.path.join("migration.sql").is_file())
    {
        return "this looks like Prisma's, which has no way back; Cogway does not read it".to_owned();
    }
    let better: Vec<_> = candidates(dir).into_iter().take(3).collect();
    if better.is_empty() {
        "name the folder with the migrations: --dir PATH; if this is the one, say whose they are: --format NAME".to_owned()
    } else {
        format!(
            "name the folder with the migrations: --dir {}",
            better.join(", or --dir ")
        )
    }
}

/// Folders up to three levels down in which there are migrations.
fn candidates(dir: &Path) -> Vec<String> {
    let mut better = Vec::new();
    let mut waiting = vec![(dir.to_owned(), 0)];
    while let Some((folder, depth)) = waiting.pop() {
        let Ok(listing) = folder::list(&folder) else {
            continue;
        };
        let fits = || {
            by_layout(&folder, &listing)
                .or_else(|| by_directive(&listing))
                .or_else(|| by_name(&folder, &listing))
        };
        let empty = listing.files.is_empty() && listing.folders.is_empty();
        if depth > 0 && !empty && fits().is_some() {
            better.push(folder.display().to_string());
        } else if depth < 3 {
            let deeper = listing
                .folders
                .into_iter()
                .filter(|f| !matches!(f.name.as_str(), "node_modules" | "target" | "vendor"));
            waiting.extend(deeper.map(|folder| (folder.path, depth + 1)));
        }
    }
    better.sort();
    better
}
