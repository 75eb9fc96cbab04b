//! The application holds locks on the tables that a revision changes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::world::World;

/// How long statements of the run may wait.
const LIMIT: Duration = Duration::from_millis(200);

/// What the machine may add to that.
const MARGIN: Duration = Duration::from_millis(700);

fn history() -> World {
    let mut world = World::new();
    world.revision(
        "01",
        "create table t (n int); insert into t values (1);",
        "drop table t;",
    );
    world.revision("02", "alter table t add a text;", "alter table t drop a;");
    world.revision_in_parts(
        "03",
        "create table u (n int); alter table t add b text; create index concurrently t_n on t (n);",
        "drop table u; alter table t drop b; drop index concurrently t_n;",
    );
    world
}

/// Runs something while a session holds a lock, up to its second attempt at least; then the lock goes. How long it took
/// others, at most, to read the table meanwhile.
fn give_way(world: &World, arguments: &str, block: &str) -> Duration {
    let mut holder = world.session();
    holder.ask(&format!("begin; {block}"));
    let mut run = world.spawn(&format!("{arguments} --lock-timeout 200ms --output jsonl"));
    let over = AtomicBool::new(false);
    let longest = std::thread::scope(|scope| {
        // What comes behind a statement that waits for a stronger lock has to wait with it.
        let reader = scope.spawn(|| {
            let mut session = world.session();
            let mut longest = Duration::ZERO;
            while !over.load(Ordering::Relaxed) {
                let started = Instant::now();
                session.ask("select count(*) from t");
                longest = longest.max(started.elapsed());
                std::thread::sleep(Duration::from_millis(1));
            }
            longest
        });
        let retrying = run.read_until("retrying");
        assert!(
            retrying["message"]
                .as_str()
                .is_some_and(|text| text.contains("lock timeout")),
            "{retrying}"
        );
        assert_eq!(retrying["attempt"], 2);
        over.store(true, Ordering::Relaxed);
        reader.join().expect("a reader")
    });
    holder.ask("commit");
    run.expect(0);
    longest
}

#[test]
fn a_run_gives_way_to_readers_and_writers() {
    let world = history();
    world.expect(0, "up");
    let up = world.state();
    world.expect(0, "down base --allow-data-loss");
    let base = world.state();
    for block in ["select * from t", "lock table t in row exclusive mode"] {
        world.expect(0, "up 01");
        for (arguments, expected) in [("up", &up), ("down base --allow-data-loss", &base)] {
            let longest = give_way(&world, arguments, block);
            let when = format!("{arguments}, {block}: others waited {longest:?}");
            assert!(longest > LIMIT / 4, "nobody had to wait: {when}");
            assert!(longest < LIMIT + MARGIN, "{when}");
            world.state().must_be(expected, &when);
        }
    }
    assert_eq!(world.journal("failed"), "", "giving way is no failure");
}

/// What is tried before a down, to know what it would drop, gives way too.
#[test]
fn looking_for_what_would_be_lost_gives_way() {
    let mut world = World::new();
    world.revision("01", "create table t (n int);", "drop table t;");
    world.expect(0, "up");
    let longest = give_way(&world, "down base", "select * from t");
    assert!(longest < LIMIT + MARGIN, "others waited {longest:?}");
    assert_eq!(world.applied(), "");
}

/// Somebody who locks the ledger does not make a run hold its own locks.
#[test]
fn a_locked_ledger_holds_up_nobody_else() {
    let world = history();
    world.expect(0, "up 01");
    let longest = give_way(&world, "up", "lock table cogway.revision in share mode");
    assert!(longest < LIMIT + MARGIN, "others waited {longest:?}");
    assert_eq!(world.applied(), "01 02 03");
}
