use std::os::unix::fs::PermissionsExt;

use super::*;

#[test]
fn names_are_short_and_different() {
    let names: std::collections::BTreeSet<_> = (0..1000).map(|_| random_name()).collect();
    assert_eq!(names.len(), 1000);
    assert!(
        names
            .iter()
            .all(|n| n.len() == 8 && n.bytes().all(|b| b.is_ascii_alphanumeric()))
    );
}

#[test]
fn socket_paths_have_a_limit() {
    let dir = |length: usize| PathBuf::from(format!("/{}", "a".repeat(length - 1)));
    assert!(fits_socket(&dir(LONGEST_SOCKET - SOCKET_NAME.len())));
    assert!(!fits_socket(&dir(LONGEST_SOCKET - SOCKET_NAME.len() + 1)));
    assert!(!fits_socket(Path::new("/tmp/a,b")));
}

#[test]
fn a_claim_is_exclusive_until_it_is_dropped() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let root = Root {
        path: dir.path().to_path_buf(),
    };
    let first = root.claim("x").expect("no error").expect("free");
    assert!(root.claim("x").expect("no error").is_none());
    assert!(root.claim("y").expect("no error").is_some());
    drop(first);
    // A child that another test is just starting may hold the file open until its exec.
    let freed = (0..1000).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(1));
        root.claim("x").expect("no error").is_some()
    });
    assert!(freed);
}

#[test]
fn a_sweep_removes_the_dead_and_leaves_the_living() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let root = Root {
        path: dir.path().to_path_buf(),
    };
    let living = BaseDir::create(&root, &Account::Caller).expect("a base directory");
    for debris in ["dead/data/base", "older"] {
        std::fs::create_dir_all(dir.path().join(debris)).expect("debris");
    }
    std::fs::write(dir.path().join("dead.lock"), "").expect("a lock file");
    assert_eq!(root.sweep(), 2);
    let left = || std::fs::read_dir(dir.path()).expect("a directory").count();
    assert_eq!(left(), 2, "the living one and its lock");
    assert!(living.data().is_dir());
    drop(living);
    assert_eq!(left(), 0);
}

#[test]
fn a_directory_that_others_may_write_is_refused() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let root = Root::open(dir.path(), &Account::Caller).expect("a root");
    std::fs::set_permissions(&root.path, std::fs::Permissions::from_mode(0o777)).expect("chmod");
    let error = Root::open(dir.path(), &Account::Caller).expect_err("everybody may write");
    assert!(matches!(error, BaseError::NotOurs { .. }), "{error}");
}
