//! `cogway pg`: the life of a server for development.

use serde_json::Value;

use crate::support::{Ran, cogway, finish, project};

/// Stops the server in any case.
struct Project(tempfile::TempDir);

impl Project {
    fn run(&self, arguments: &[&str]) -> Ran {
        finish(cogway(self.0.path()).arg("pg").args(arguments))
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        self.run(&["stop"]);
    }
}

#[test]
fn the_life_of_a_server() {
    let project = Project(project());
    let ran = project.run(&["status"]);
    assert!(
        ran.code == Some(0) && ran.stdout.contains("no development server yet"),
        "{ran:?}"
    );
    let ran = project.run(&["url"]);
    assert!(
        ran.code == Some(3) && ran.stderr.contains("hint: start it with `cogway pg start`"),
        "{ran:?}"
    );

    let started = project.run(&["start"]);
    assert!(
        started.code == Some(0) && started.stdout.starts_with("postgresql:///cogway?host=/"),
        "{started:?}"
    );
    assert_eq!(project.run(&["url"]).stdout, started.stdout);
    assert!(
        project
            .run(&["url", "shop"])
            .stdout
            .starts_with("postgresql:///shop?host=/")
    );
    assert!(project.run(&["status"]).stdout.starts_with("runs: PostgreSQL "));
    let ran = project.run(&["status", "--output", "json"]);
    let document: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(
        (document["status"].as_str(), document["verb"].as_str()),
        (Some("running"), Some("pg"))
    );
    assert_eq!(document["url"], started.stdout.trim_end());

    let ran =
        finish(cogway(project.0.path()).args(["snapshot", "--database-url", started.stdout.trim_end()]));
    assert_eq!(ran.code, Some(0), "{ran:?}");

    assert_eq!(project.run(&["stop"]).stdout, "stopped; the data stay\n");
    assert_eq!(project.run(&["stop"]).stdout, "no development server ran\n");
    assert!(
        project
            .run(&["status"])
            .stdout
            .starts_with("stopped: PostgreSQL ")
    );
}
