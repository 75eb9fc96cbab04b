//! Ledgers of other versions of the program.

use crate::world::World;

/// As it was in the beginning.
const FIRST: &str = include_str!("../../../migrate/src/ledger/1.sql");

fn history() -> World {
    let mut world = World::new();
    world.revision("01", "create table t (n int);", "drop table t;");
    world
}

/// Takes the database back to the first version of the ledger.
fn make_old(world: &World) {
    world.psql("drop table cogway.catalog; update cogway.ledger set version = 1");
}

#[test]
fn an_old_ledger_is_brought_up_to_date() {
    let mut world = history();
    // An empty one.
    world.psql(&format!(
        "create schema cogway; {FIRST}; insert into cogway.ledger (version) values (1)"
    ));
    world.expect(0, "status");
    world.expect(0, "up");
    let newest = world.psql("select version from cogway.ledger");
    assert!(newest.parse::<u32>().expect("a number") >= 2);
    assert_eq!(world.psql("select count(*) from cogway.catalog"), "1");

    // One with something in it, for a run that has something to do.
    make_old(&world);
    world.revision("02", "create table u (n int);", "drop table u;");
    let ran = world.expect(1, "check");
    assert!(ran.stdout.contains("not known"), "{}", ran.stdout);
    assert_eq!(
        world.psql("select version from cogway.ledger"),
        "1",
        "looking changes nothing"
    );
    world.expect(0, "up");
    assert_eq!(world.psql("select version from cogway.ledger"), newest);
    world.expect(0, "check");

    // For one that has nothing to do, and for one that goes back.
    make_old(&world);
    world.expect(0, "up");
    world.expect(0, "check");
    make_old(&world);
    world.expect(0, "down 01");
    world.expect(0, "check");

    // It is the same as one that was made at once.
    let ledger_of = |world: &World| {
        let dump = world.whole_dump();
        dump.lines()
            .filter(|line| line.contains("cogway.") && !line.starts_with("COPY"))
            .filter(|line| !line.contains("setval"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let other = world.again();
    other.expect(0, "up");
    assert_eq!(ledger_of(&world), ledger_of(&other));
}

#[test]
fn a_ledger_of_the_future_is_left_alone() {
    let mut world = history();
    world.expect(0, "up");
    world.psql(
        "update cogway.ledger set version = 99; alter table cogway.revision rename column position to place",
    );
    world.revision("02", "create table u (n int);", "drop table u;");
    let before = world.whole_dump();
    for arguments in [
        "up",
        "down base",
        "to head",
        "status",
        "check",
        "repair",
        "up --dry-run",
        "up --sql",
    ] {
        let ran = world.expect(5, arguments);
        for part in ["version 99", "newer Cogway"] {
            assert!(ran.stderr.contains(part), "{arguments}: {part}: {}", ran.stderr);
        }
    }
    assert_eq!(world.whole_dump(), before);
}
