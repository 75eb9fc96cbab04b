//! The story of `services/coffee`, from an empty folder to the merge, with what goes wrong on the way; and told once more
//! with a rebase in place of the merge.

use std::path::{Path, PathBuf};

use cogway_testkit::TestDatabase;

use crate::support::{Ran, cogway, finish, project};

/// The history as it is in the repository: what every chapter ends up with.
fn coffee() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services/coffee/migrations")
}

/// A project with a database, and what was told of it so far.
struct Story {
    dir: tempfile::TempDir,
    database: TestDatabase,
}

impl Story {
    fn begin() -> Story {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let database = runtime.expect("a runtime").block_on(cogway_testkit::database());
        let story = Story {
            dir: project(),
            database,
        };
        story.done(&["init"]);
        story
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        finish(
            cogway(self.dir.path())
                .args(arguments)
                .env("DATABASE_URL", self.database.url()),
        )
    }

    fn done(&self, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {ran:?}");
        ran
    }

    fn refused(&self, arguments: &[&str], code: i32, says: &[&str]) {
        let ran = self.run(arguments);
        assert_eq!(ran.code, Some(code), "{arguments:?}: {ran:?}");
        for words in says {
            assert!(
                ran.stderr.contains(words),
                "{arguments:?} does not say {words:?}: {ran:?}"
            );
        }
    }

    /// Takes a revision over from the repository, as somebody's branch brings it.
    fn arrives(&self, id: &str) {
        let folder = self.folder_of(&coffee(), id);
        let target = self
            .dir
            .path()
            .join("migrations")
            .join(folder.file_name().expect("a name"));
        std::fs::create_dir_all(&target).expect("a folder");
        for file in ["up.sql", "down.sql", "revision.toml"] {
            std::fs::copy(folder.join(file), target.join(file)).expect("a file");
        }
    }

    fn folder_of(&self, dir: &Path, id: &str) -> PathBuf {
        let entries = std::fs::read_dir(dir).expect("a folder").flatten();
        entries
            .map(|entry| entry.path())
            .find(|path| {
                path.file_name()
                    .is_some_and(|name| name.to_string_lossy().starts_with(id))
            })
            .unwrap_or_else(|| panic!("{id} in {}", dir.display()))
    }

    fn columns(&self) -> String {
        let sql = "select string_agg(column_name, ' ' order by ordinal_position)
                     from information_schema.columns where table_name = 'users'";
        self.database.psql(sql).trim().to_owned()
    }

    fn applied(&self) -> String {
        let sql = "select string_agg(substr(id, 7, 2), ' ' order by position) from cogway.revision";
        self.database.psql(sql).trim().to_owned()
    }

    /// Up to the second head: init, has_sale dropped, put back, dropped again, surname after a mishap.
    fn until_the_conflict() -> Story {
        let story = Story::begin();
        story.arrives("20261101090000");
        story.done(&["up"]);
        assert_eq!(story.columns(), "id name address coffee_id has_sale");
        story
            .database
            .psql("insert into users (name, has_sale) values ('Ada', true), ('Grace', null)");

        story.arrives("20261102090000");
        story.done(&["up"]);
        assert_eq!(story.columns(), "id name address coffee_id");
        story.done(&["down", "-1"]);
        assert_eq!(story.columns(), "id name address coffee_id has_sale");
        story.done(&["up"]);

        // The surname as one writes it first. There are users already.
        story.arrives("20261103090000");
        let up = story.dir.path().join("migrations/20261103090000_surname/up.sql");
        let mended = std::fs::read_to_string(&up).expect("a script");
        std::fs::write(
            &up,
            "ALTER TABLE users\n  ADD COLUMN surname varchar(50) NOT NULL;\n",
        )
        .expect("a script");
        let before = story.database.pg_dump(&[]);
        story.refused(
            &["up", "--rehearse"],
            4,
            &[
                "column \"surname\" of relation \"users\" contains null values",
                "20261103090000_surname/up.sql:1:1",
                "this was a rehearsal: nothing is changed",
                "rows stand against it",
            ],
        );
        assert_eq!(story.database.pg_dump(&[]), before, "found before it fails");
        std::fs::write(&up, mended).expect("a script");
        story.done(&["up", "--rehearse"]);
        story.done(&["up"]);
        assert_eq!(story.columns(), "id name address coffee_id surname");

        // Meanwhile somebody has written a revision on the first one.
        story.arrives("20261104090000");
        story.refused(
            &["up"],
            5,
            &[
                "the history has 2 heads",
                "20261103090000 surname: branched from 20261101090000",
                "20261104090000 patronomic: branched from 20261101090000",
                "cogway merge NAME",
                "cogway rebase 20261104090000 --onto 20261103090000",
                "cogway up heads",
            ],
        );
        assert_eq!(story.applied(), "01 02 03", "nothing was applied");
        story
    }
}

#[test]
fn the_conflict_is_resolved_by_a_merge() {
    let story = Story::until_the_conflict();
    assert_eq!(story.run(&["heads"]).code, Some(5));
    story.done(&["merge", "join surname and patronomic"]);
    assert_eq!(story.run(&["heads"]).code, Some(0));
    // What was written is what the repository has, but for the time in its id.
    let written = std::fs::read_dir(story.dir.path().join("migrations"))
        .expect("a folder")
        .flatten();
    let written = written
        .map(|entry| entry.path())
        .find(|path| path.to_string_lossy().ends_with("_join_surname_and_patronomic"))
        .expect("the merge");
    let committed = story.folder_of(&coffee(), "20261105090000");
    for file in ["up.sql", "down.sql", "revision.toml"] {
        let text = |dir: &Path| std::fs::read_to_string(dir.join(file)).expect("a file");
        assert_eq!(text(&written), text(&committed), "{file}");
    }
    story.done(&["up"]);
    assert_eq!(story.columns(), "id name address coffee_id surname patronomic");
    assert_eq!(
        story
            .database
            .psql("select count(*) from users where surname = ''")
            .trim(),
        "2"
    );
    story.done(&["check"]);
    story.done(&["verify"]);

    // Back to surname: patronomic is on the other branch, and goes only when that is allowed.
    story
        .database
        .psql("update users set patronomic = 'Byron' where name = 'Ada'");
    story.refused(
        &["down", "20261103090000"],
        1,
        &[
            "column public.users.patronomic: a value in 1 row",
            "20261104090000: on another branch than what was named",
        ],
    );
    story.done(&["down", "20261103090000", "--allow-data-loss"]);
    assert_eq!(story.applied(), "01 02 03");
    assert_eq!(story.columns(), "id name address coffee_id surname");
    story.done(&["up"]);
    story.done(&["down", "base", "--allow-data-loss"]);
    assert_eq!(story.columns(), "");
    assert_eq!(
        story.database.psql("select count(*) from cogway.revision").trim(),
        "0"
    );
}

#[test]
fn the_conflict_is_resolved_by_a_rebase() {
    let story = Story::until_the_conflict();
    story.done(&["rebase", "20261104090000", "--onto", "20261103090000"]);
    let settings = story
        .dir
        .path()
        .join("migrations/20261104090000_patronomic/revision.toml");
    assert_eq!(
        std::fs::read_to_string(settings).expect("a file"),
        "parents = [\"20261103090000\"]\ndescription = \"patronomic\"\n"
    );
    assert_eq!(story.run(&["heads"]).stdout, "20261104090000 patronomic\n");
    story.done(&["up"]);
    assert_eq!(story.applied(), "01 02 03 04");
    assert_eq!(story.columns(), "id name address coffee_id surname patronomic");
    story.done(&["verify"]);
    story.done(&["down", "-1"]);
    assert_eq!(story.applied(), "01 02 03");
}

#[test]
fn a_semantic_conflict_is_found_before_production_does() {
    let story = Story::until_the_conflict();
    let up = story
        .dir
        .path()
        .join("migrations/20261104090000_patronomic/up.sql");
    std::fs::write(&up, "ALTER TABLE users ADD COLUMN surname text;\n").expect("a script");
    let down = story
        .dir
        .path()
        .join("migrations/20261104090000_patronomic/down.sql");
    std::fs::write(&down, "ALTER TABLE users DROP COLUMN surname;\n").expect("a script");
    for way in [
        &["merge", "both"][..],
        &["rebase", "20261104090000", "--onto", "20261103090000"],
    ] {
        story.refused(
            way,
            5,
            &[
                "both add column public.users.surname",
                "20261103090000_surname",
                "20261104090000_patronomic",
                "nothing was written",
            ],
        );
    }
    assert_eq!(story.run(&["heads"]).code, Some(5), "nothing was written");
}
