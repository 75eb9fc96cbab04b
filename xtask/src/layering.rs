//! Who may know whom. The picture in `ARCHITECTURE.md`, as data, and the comparison with the workspace.

use std::fmt;

use crate::workspace::{self, Kind, Metadata, Package};

/// A crate of the picture.
struct Room {
    /// The folder below `crates/`.
    name: &'static str,
    /// The rooms below it, which it may use. There are no arrows to the side.
    uses: &'static [&'static str],
    /// What its tests may use as well.
    tests_use: &'static [&'static str],
    /// What it may do.
    nature: Nature,
}

#[derive(PartialEq, Eq)]
enum Nature {
    /// Only computes: no I/O, no async, no clock, no randomness.
    Pure,
    /// Anything except speaking to PostgreSQL on its own.
    Ordinary,
    /// Speaks the PostgreSQL protocol.
    SpeaksPostgres,
}

/// The rooms that do nothing but compute.
pub(crate) const PURE_ROOMS: &[&str] = &["catalog", "plan", "analyze"];
const BELOW_THE_MIDDLE: &[&str] = &["catalog", "plan", "analyze", "pg"];
const BELOW_CLI: &[&str] = &["catalog", "plan", "analyze", "pg", "migrate", "workload", "ops"];
const ALL_LIBRARIES: &[&str] = &[
    "catalog", "plan", "analyze", "pg", "migrate", "workload", "ops", "testkit",
];
const TESTKIT: &[&str] = &["testkit"];

/// The picture, from the ground up. Rooms that are not built yet are in it already, with the place they will have.
#[rustfmt::skip]
const ROOMS: &[Room] = &[
    Room { name: "catalog",  uses: &[],               tests_use: &[],     nature: Nature::Pure },
    Room { name: "plan",     uses: &["catalog"],      tests_use: &[],     nature: Nature::Pure },
    Room { name: "analyze",  uses: &["catalog"],      tests_use: &[],     nature: Nature::Pure },
    Room { name: "pg",       uses: &["catalog"],      tests_use: TESTKIT, nature: Nature::SpeaksPostgres },
    Room { name: "migrate",  uses: BELOW_THE_MIDDLE,  tests_use: TESTKIT, nature: Nature::Ordinary },
    Room { name: "workload", uses: BELOW_THE_MIDDLE,  tests_use: TESTKIT, nature: Nature::Ordinary },
    Room { name: "ops",      uses: BELOW_THE_MIDDLE,  tests_use: TESTKIT, nature: Nature::Ordinary },
    Room { name: "cli",      uses: BELOW_CLI,         tests_use: TESTKIT, nature: Nature::Ordinary },
    Room { name: "testkit",  uses: &["catalog","pg"], tests_use: &[],     nature: Nature::SpeaksPostgres },
    Room { name: "xtask",    uses: ALL_LIBRARIES,     tests_use: &[],     nature: Nature::SpeaksPostgres },
];

/// Crates that do I/O, async work, clocks or chance: nothing for a pure room.
const IMPURE: &[&str] = &[
    "async-std",
    "chrono",
    "fastrand",
    "futures",
    "futures-util",
    "getrandom",
    "jiff",
    "mio",
    "rand",
    "rustix",
    "smol",
    "socket2",
    "tempfile",
    "time",
    "tokio",
    "tokio-postgres",
    "uuid",
    "walkdir",
];

/// Crates that speak the PostgreSQL protocol.
const POSTGRES_CLIENTS: &[&str] = &[
    "diesel",
    "postgres",
    "postgres-protocol",
    "sqlx",
    "tokio-postgres",
];

/// A way in which the workspace is not as in the picture.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Violation {
    /// A crate that the picture does not have.
    UnknownRoom { package: String },
    /// A dependency upwards or to the side.
    Arrow {
        from: &'static str,
        to: String,
        kind: Kind,
    },
    /// A room that is to compute only depends on something that does more.
    Impure { room: &'static str, dependency: String },
    /// A room other than `pg` speaks to PostgreSQL on its own.
    SpeaksPostgres { room: &'static str, dependency: String },
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownRoom { package } => write!(
                f,
                "{package} is not in the picture: give it a place in ARCHITECTURE.md and in xtask/src/layering.rs"
            ),
            Self::Arrow { from, to, kind } => {
                let what = match kind {
                    Kind::Normal => "depends on",
                    Kind::Build => "needs for its build",
                    Kind::Dev => "needs for its tests",
                };
                write!(
                    f,
                    "{from} {what} {to}, which is not below it: what both need belongs in a lower room"
                )
            }
            Self::Impure { room, dependency } => write!(
                f,
                "{room} depends on {dependency}, but it only computes: no I/O, no async, no clock, no chance"
            ),
            Self::SpeaksPostgres { room, dependency } => write!(
                f,
                "{room} depends on {dependency}, but only pg speaks to PostgreSQL: give pg what is missing"
            ),
        }
    }
}

/// Compares the workspace as it is with the picture.
pub(crate) fn check_workspace() -> Result<Vec<Violation>, workspace::Error> {
    Ok(check(&workspace::metadata()?))
}

fn check(metadata: &Metadata) -> Vec<Violation> {
    metadata
        .packages
        .iter()
        .filter(|package| !is_guest(package))
        .flat_map(|package| match room_of(&package.name) {
            Some(room) => check_room(room, package),
            None => vec![Violation::UnknownRoom {
                package: package.name.clone(),
            }],
        })
        .collect()
}

fn check_room(room: &Room, package: &Package) -> Vec<Violation> {
    let mut violations = Vec::new();
    for dependency in &package.dependencies {
        let name = dependency.name.as_str();
        let tested_only = dependency.kind == Kind::Dev;
        if let Some(to) = room_name(name) {
            let allowed = room.uses.contains(&to) || (tested_only && room.tests_use.contains(&to));
            if !allowed {
                violations.push(Violation::Arrow {
                    from: room.name,
                    to: to.to_owned(),
                    kind: dependency.kind,
                });
            }
        } else if tested_only {
            // Tests may use what they like from outside.
        } else if room.nature == Nature::Pure && IMPURE.contains(&name) {
            violations.push(Violation::Impure {
                room: room.name,
                dependency: name.to_owned(),
            });
        } else if room.nature != Nature::SpeaksPostgres && POSTGRES_CLIENTS.contains(&name) {
            violations.push(Violation::SpeaksPostgres {
                room: room.name,
                dependency: name.to_owned(),
            });
        }
    }
    violations
}

/// Services and examples use Cogway like anybody else; the picture says nothing of what they use.
/// That no room uses them follows from the names: a room may use only what is listed.
fn is_guest(package: &Package) -> bool {
    package
        .manifest_path
        .strip_prefix(workspace::root())
        .is_ok_and(|path| path.starts_with("services") || path.starts_with("examples"))
}

fn room_of(package: &str) -> Option<&'static Room> {
    let name = room_name(package)?;
    ROOMS.iter().find(|room| room.name == name)
}

/// The room that a package is, or `None` for a package of somebody else.
fn room_name(package: &str) -> Option<&str> {
    match package {
        "cogway" => Some("cli"),
        "xtask" => Some("xtask"),
        _ => package.strip_prefix("cogway-"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_is_as_in_the_picture() {
        let violations = check_workspace().unwrap();
        let list: Vec<String> = violations.iter().map(Violation::to_string).collect();
        assert!(list.is_empty(), "{}", list.join("\n"));
    }

    /// The picture itself: every arrow goes to a room that stands above it in the table, so there is no circle,
    /// and what is pure uses only what is pure.
    #[test]
    fn the_picture_has_no_circles() {
        for (place, room) in ROOMS.iter().enumerate() {
            for used in room.uses {
                let below = ROOMS.iter().position(|it| it.name == *used).unwrap();
                assert!(below < place, "{} uses {used}", room.name);
                assert!(
                    room.nature != Nature::Pure || ROOMS[below].nature == Nature::Pure,
                    "{} uses {used}",
                    room.name
                );
            }
            let pure = room.nature == Nature::Pure;
            assert_eq!(pure, PURE_ROOMS.contains(&room.name), "{}", room.name);
        }
    }

    #[test]
    fn every_wrong_arrow_is_found() {
        let normal = Kind::Normal;
        let dev = Kind::Dev;
        check_one("cogway-pg", "cogway-catalog", normal, "");
        check_one("cogway-pg", "tokio-postgres", normal, "");
        check_one("cogway-pg", "cogway-testkit", dev, "");
        check_one("cogway", "cogway-migrate", normal, "");
        check_one("cogway-testkit", "cogway-pg", normal, "");
        check_one("xtask", "cogway-testkit", normal, "");
        check_one("cogway-catalog", "proptest", dev, "");

        check_one("cogway-catalog", "cogway-pg", normal, "catalog depends on pg");
        check_one("cogway-pg", "cogway-migrate", normal, "pg depends on migrate");
        check_one("cogway-plan", "cogway-analyze", normal, "plan depends on analyze");
        check_one(
            "cogway-migrate",
            "cogway-ops",
            dev,
            "migrate needs for its tests ops",
        );
        check_one("cogway-pg", "cogway-testkit", normal, "pg depends on testkit");
        check_one(
            "cogway-pg",
            "cogway-testkit",
            Kind::Build,
            "pg needs for its build testkit",
        );
        check_one(
            "cogway-catalog",
            "cogway-testkit",
            dev,
            "catalog needs for its tests testkit",
        );
        check_one("cogway-migrate", "cogway", normal, "migrate depends on cli");
        check_one("cogway-migrate", "cogway-shop", normal, "migrate depends on shop");
        check_one(
            "cogway-catalog",
            "tokio",
            normal,
            "catalog depends on tokio, but it only computes",
        );
        check_one(
            "cogway-analyze",
            "rand",
            normal,
            "analyze depends on rand, but it only computes",
        );
        check_one(
            "cogway-migrate",
            "tokio-postgres",
            normal,
            "only pg speaks to PostgreSQL",
        );
        check_one(
            "cogway-helpers",
            "serde",
            normal,
            "cogway-helpers is not in the picture",
        );
    }

    #[track_caller]
    fn check_one(package: &str, dependency: &str, kind: Kind, expect: &str) {
        let metadata = Metadata {
            packages: vec![Package {
                name: package.to_owned(),
                manifest_path: workspace::root().join("crates/some/Cargo.toml"),
                dependencies: vec![workspace::Dependency {
                    name: dependency.to_owned(),
                    kind,
                }],
            }],
        };
        let found: Vec<String> = check(&metadata).iter().map(Violation::to_string).collect();
        if expect.is_empty() {
            assert!(found.is_empty(), "{found:?}");
        } else {
            assert!(found.len() == 1 && found[0].contains(expect), "{found:?}");
        }
    }
}
