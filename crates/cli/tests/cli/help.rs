//! The help texts: what a first reader sees.

use crate::support::run_line;

#[test]
fn help_texts() {
    for verb in [
        "",
        "init",
        "new",
        "status",
        "history",
        "heads",
        "up",
        "down",
        "to",
        "merge",
        "rebase",
        "check",
        "adopt",
        "repair",
        "verify",
        "snapshot",
        "seed",
        "doc",
        "normalize",
        "pg",
        "pg start",
        "pg url",
        "demo",
        "completion",
    ] {
        let ran = run_line(&format!("{verb} --help"));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let name = format!("help {verb}").trim_end().replace(' ', "-");
        insta::assert_snapshot!(name, ran.stdout);
        if !verb.is_empty() {
            assert!(
                ran.stdout.contains("\nExample"),
                "the help of {verb} has an example"
            );
        }
    }
}

/// Prose may be wrapped by the terminal; an example that is wrapped cannot be copied.
#[test]
fn examples_fit_into_a_terminal() {
    let verbs = [
        "init",
        "new",
        "status",
        "history",
        "heads",
        "up",
        "down",
        "to",
        "merge",
        "rebase",
        "check",
        "adopt",
        "repair",
        "normalize",
        "doc",
    ];
    for verb in verbs {
        let ran = run_line(&format!("{verb} --help"));
        let after = ran.stdout.split("Example").nth(1).expect("examples");
        let examples = after.lines().skip(1).take_while(|line| !line.is_empty());
        for line in examples {
            let goes_on = line.starts_with(&" ".repeat(20));
            assert!(line.starts_with("  cogway ") || goes_on, "{verb}: {line}");
        }
    }
}

#[test]
fn the_version() {
    let ran = run_line("--version");
    assert_eq!(
        (ran.code, ran.stdout),
        (Some(0), format!("cogway {}\n", env!("CARGO_PKG_VERSION")))
    );
}

#[test]
fn nothing_typed_shows_the_help() {
    let ran = run_line("");
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("cogway demo"), "{ran:?}");
}

#[test]
fn completion_scripts() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = run_line(&format!("completion {shell}"));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(
            ran.stdout.contains("snapshot") && ran.stdout.contains("fail-fast"),
            "{shell}"
        );
    }
}
