//! Roles that are no superusers, and sessions that may only read.

use crate::world::World;

fn history() -> World {
    let mut world = World::new();
    world.revision(
        "01",
        "create table t (n int); insert into t values (1); create schema inner_room; create type mood as enum ('ok');",
        "drop schema inner_room; drop table t; drop type mood;",
    );
    world.revision(
        "02",
        "create index concurrently t_n on t (n);",
        "drop index concurrently t_n;",
    );
    world.revision_in_parts(
        "03",
        "create view v as select * from t; vacuum t;",
        "drop view v;",
    );
    world
}

/// Makes a role of an ordinary user, who may connect.
fn role(world: &World, name: &str) {
    world.psql(&format!(
        "create role {name} login nosuperuser nocreatedb nocreaterole"
    ));
}

#[test]
fn the_owner_of_the_database_can_do_everything() {
    let world = history();
    role(&world, "owner");
    let database = world.psql("select current_database()");
    world.psql(&format!("alter database {database} owner to owner"));
    world.psql("grant all on schema public to owner");
    let url = world.url_as("owner");
    for (arguments, says) in [
        ("status", "3 revisions are pending"),
        ("up --rehearse 01", "rehearsed"),
        ("up --dry-run", "02"),
        ("up", "3 revisions applied"),
        ("status", "03"),
        ("check", "no drift"),
        ("up", "nothing to do"),
        ("down 01", "taken back"),
        ("to head", "applied"),
        ("down base --allow-data-loss", "3 revisions taken back"),
        ("check", "no drift"),
        ("up --single-transaction 01", "applied"),
        ("repair --schema", "schema"),
    ] {
        let ran = world.spawn_at(&url, arguments).expect(0);
        assert!(
            ran.stdout.contains(says),
            "{arguments}: {}{}",
            ran.stdout,
            ran.stderr
        );
    }
    assert_eq!(world.psql("select distinct db_user from cogway.journal"), "owner");
}

#[test]
fn without_the_right_to_create_it_says_what_is_missing() {
    let world = history();
    role(&world, "guest");
    let before = world.whole_dump();
    let ran = world.spawn_at(&world.url_as("guest"), "up").expect(3);
    for part in [
        "the ledger cannot be written",
        "permission denied",
        "GRANT CREATE ON DATABASE",
        "42501",
    ] {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
    assert_eq!(world.whole_dump(), before);
    world.spawn_at(&world.url_as("guest"), "status").expect(0);
    // A schema that an administrator has made for it will do.
    world.psql("create schema cogway authorization guest; grant all on schema public to guest");
    let database = world.psql("select current_database()");
    world.psql(&format!("grant create on database {database} to guest"));
    world.spawn_at(&world.url_as("guest"), "up").expect(0);
    assert_eq!(
        world.psql("select distinct tableowner from pg_tables where schemaname = 'cogway'"),
        "guest"
    );
}

#[test]
fn a_session_that_only_reads_says_so() {
    let world = history();
    let read_only = format!(
        "{}&options=-c%20default_transaction_read_only%3Don",
        world.url_as("postgres")
    );
    let before = world.whole_dump();
    let ran = world.spawn_at(&read_only, "up").expect(3);
    for part in [
        "the ledger cannot be written",
        "read-only transaction",
        "name the primary",
    ] {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
    assert_eq!(world.whole_dump(), before);
    // Looking is allowed.
    world.spawn_at(&read_only, "status").expect(0);
    world.expect(0, "up 01");
    let ran = world.spawn_at(&read_only, "up").expect(3);
    assert!(ran.stderr.contains("name the primary"), "{}", ran.stderr);
    world.expect(0, "up");
    world.spawn_at(&read_only, "check").expect(0);
    world.spawn_at(&read_only, "status").expect(0);
    // There is nothing to do, so that nothing is written.
    world.spawn_at(&read_only, "up").expect(0);
    let ran = world.spawn_at(&read_only, "down 02").expect(4);
    assert!(ran.stderr.contains("read-only transaction"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("data-loss"), "{}", ran.stderr);
    assert_eq!(world.applied(), "01 02 03");
}
