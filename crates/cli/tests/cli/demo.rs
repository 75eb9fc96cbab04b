//! `cogway demo`: what a newcomer sees first.

use crate::support::{cogway, finish, project, redact};

#[test]
fn the_whole_of_it() {
    let dir = project();
    let ran = finish(cogway(dir.path()).arg("demo"));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    insta::assert_snapshot!(redact(&ran.stdout));
    assert!(
        ran.stdout.lines().all(|line| !line.contains("/tmp")),
        "no path that is gone: {}",
        ran.stdout
    );
    assert!(
        dir.path().read_dir().expect("a directory").next().is_none(),
        "nothing is left here"
    );
}

#[test]
fn histories_to_keep() {
    let dir = project();
    let keep = ["demo", "--keep", "bookshop"];
    let ran = finish(cogway(dir.path()).args(keep));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(
        ran.stdout
            .contains("$ cogway verify --dir bookshop/demo-history-broken --data country\n"),
        "{ran:?}"
    );
    let ran =
        finish(cogway(dir.path()).args(["verify", "--dir", "bookshop/demo-history", "--data", "country"]));
    assert_eq!(ran.code, Some(0), "what is shown can be typed: {ran:?}");
    let ran = finish(cogway(dir.path()).args(keep));
    assert_eq!(ran.code, Some(2), "what was mended is not overwritten: {ran:?}");
}

#[test]
fn for_machines() {
    let dir = project();
    let ran = finish(cogway(dir.path()).args(["demo", "--output", "json"]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).expect("a JSON document");
    assert_eq!(document["verb"], "demo");
    let findings = |place: usize| document["histories"][place]["summary"]["finding"].as_u64();
    assert_eq!(findings(0), Some(0), "{document:#}");
    assert!(findings(1) > Some(0), "{document:#}");
    let ran = finish(cogway(dir.path()).args(["completion", "bash", "--output", "json"]));
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).expect("a JSON document");
    assert!(
        document["script"]
            .as_str()
            .is_some_and(|script| script.contains("_cogway"))
    );
}
