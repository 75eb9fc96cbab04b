//! The connection breaks: at any message, and just while the commit is on its way.

use crate::chance::{Chance, times};
use crate::proxy::{Cut, Proxy};
use crate::support::Ran;
use crate::world::{State, World};

fn history() -> World {
    let mut world = World::new();
    world.revision(
        "01",
        "create table t (n int); insert into t values (1);",
        "drop table t;",
    );
    world.revision(
        "02",
        "create table u (n int); create index concurrently t_n on t (n); insert into t values (2);",
        "drop index concurrently t_n;",
    );
    world.revision("03", "alter table t add a text;", "alter table t drop a;");
    world
}

/// Runs `up` over a connection that is cut, and again over one that is not.
fn cut_and_go_on(world: &World, cut: Cut, expected: &State) -> Ran {
    let world = world.again();
    let proxy = Proxy::to(world.socket_dir(), cut);
    let ran = world.spawn_at(&world.url_through(proxy.dir()), "up").finish();
    world.expect(0, "up");
    world.state().must_be(expected, &format!("{cut:?}"));
    assert_eq!(
        world.psql(
            "select string_agg(revision, ' ' order by revision) from cogway.journal where event = 'applied'"
        ),
        "01 02 03",
        "{cut:?}"
    );
    assert_eq!(world.invalid_indexes(), "", "{cut:?}");
    world.expect(0, "check");
    ran
}

/// What is sent in an undisturbed run, and what that leaves.
fn undisturbed(world: &World) -> (Vec<String>, State) {
    let world = world.again();
    let proxy = Proxy::to(world.socket_dir(), Cut::Never);
    world.spawn_at(&world.url_through(proxy.dir()), "up").expect(0);
    (proxy.messages(), world.state())
}

fn must_be_clear(ran: &Ran, when: &str) {
    assert_eq!(ran.code, Some(3), "{when}: {}", ran.stderr);
    assert!(
        ran.stderr.contains("error: ") && ran.stderr.contains("hint: "),
        "{when}: {}",
        ran.stderr
    );
}

#[test]
fn while_a_commit_is_on_its_way() {
    let world = history();
    let (messages, expected) = undisturbed(&world);
    let commits: Vec<usize> = (0..messages.len())
        .filter(|&number| messages[number].contains("; commit"))
        .collect();
    assert!(commits.len() >= 4, "a commit for each transaction: {messages:#?}");
    for number in commits {
        for cut in [Cut::Before(number), Cut::After(number)] {
            let ran = cut_and_go_on(&world, cut, &expected);
            must_be_clear(&ran, &format!("{cut:?}"));
        }
    }
}

#[test]
fn at_any_message() {
    let mut chance = Chance::new("cut::at_any_message");
    let world = history();
    let (messages, expected) = undisturbed(&world);
    // After that, it only tidies up and says goodbye.
    let unlock = |message: &String| message.contains("pg_advisory_unlock");
    let last = messages.iter().rposition(unlock).expect("it unlocks");
    for _ in 0..times(10) {
        let number = chance.below(last);
        for cut in [Cut::Before(number), Cut::After(number)] {
            let ran = cut_and_go_on(&world, cut, &expected);
            must_be_clear(&ran, &format!("{cut:?}: {:?}", messages[number]));
        }
    }
}
