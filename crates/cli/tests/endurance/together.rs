//! Several runs at once on one database.

use crate::chance::times;
use crate::world::World;

/// So many start at once.
const RUNS: usize = 8;

#[test]
fn of_eight_runs_one_applies_each_revision() {
    let mut world = World::new();
    world.revision(
        "01",
        "create table coffee (id int primary key, title text not null);
         insert into coffee select n, 'coffee ' || n from generate_series(1, 2000) n;",
        "drop table coffee;",
    );
    // It waits for every transaction that is open: also for those of runs that wait for this one.
    world.revision(
        "02",
        "create index concurrently coffee_title on coffee (title);",
        "drop index concurrently coffee_title;",
    );
    world.revision(
        "03",
        "alter table coffee add origin text; update coffee set origin = 'Kenya' where id % 2 = 0;",
        "alter table coffee drop origin;",
    );
    world.revision_in_parts(
        "04",
        "create index concurrently on coffee (origin);
         create unique index concurrently coffee_unique on coffee (title, id);
         insert into coffee values (0, 'none');
         reindex table concurrently coffee;
         vacuum coffee;",
        "drop index concurrently coffee_unique; drop index concurrently coffee_origin_idx; delete from coffee where id = 0;",
    );
    world.revision(
        "05",
        "create view kenya as select * from coffee;",
        "drop view kenya;",
    );
    let undisturbed = world.again();
    undisturbed.expect(0, "up");
    let expected = undisturbed.state();

    for round in 1..=times(5) {
        let world = world.again();
        let runs: Vec<_> = (0..RUNS).map(|_| world.spawn("up")).collect();
        for run in runs {
            run.expect(0);
        }
        world.state().must_be(&expected, &format!("round {round}"));
        assert_eq!(
            world.psql(
                "select revision, count(*) from cogway.journal where event = 'applied' group by 1 order by 1"
            ),
            "01|1\n02|1\n03|1\n04|1\n05|1",
            "round {round}"
        );
        assert_eq!(world.invalid_indexes(), "", "round {round}");
        assert_eq!(world.journal("failed"), "", "round {round}");
        world.expect(0, "check");
    }
}

#[test]
fn runs_up_and_down_at_once_take_turns() {
    let mut world = World::new();
    world.revision("01", "create table a (n int);", "drop table a;");
    world.revision(
        "02",
        "create index concurrently a_n on a (n);",
        "drop index concurrently a_n;",
    );
    world.expect(0, "up");
    let (up, base) = (world.state(), {
        world.expect(0, "down base");
        world.state()
    });
    for round in 1..=times(4) {
        let runs: Vec<_> = ["up", "down base", "up", "down base", "up", "down base"]
            .into_iter()
            .map(|arguments| world.spawn(arguments))
            .collect();
        for run in runs {
            run.expect(0);
        }
        // Whoever came last had its will.
        let expected = if world.applied().is_empty() { &base } else { &up };
        world.state().must_be(expected, &format!("round {round}"));
        world.expect(0, "check");
    }
}
