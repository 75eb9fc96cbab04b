//! Halls of the gallery: exhibits on databases of their own, some of them at a time.

use std::panic::AssertUnwindSafe;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use cogway_testkit::{Binaries, TestDatabase, database_on, search};

use crate::exhibit::{Exhibit, Need};

/// A database with the tables of an exhibit, or what the server lacks for it.
pub(crate) async fn open(server: &Binaries, exhibit: &Exhibit) -> Result<TestDatabase, String> {
    let database = database_on(server).await;
    for need in &exhibit.needs {
        match need {
            Need::Server(major) if server.version().major < *major => {
                return Err(format!("PostgreSQL {major}"));
            }
            Need::Server(_) => {}
            Need::Xml => {
                let with = "select count(*) from pg_config where setting like '%--with-libxml%'";
                if database.psql(with).trim() == "0" {
                    return Err("libxml".to_owned());
                }
            }
            Need::Extension(name) => {
                let known = format!("select count(*) from pg_available_extensions where name = '{name}'");
                if database.psql(&known).trim() == "0" {
                    return Err(format!("the extension {name}"));
                }
                database.psql(&format!("create extension \"{name}\""));
            }
        }
    }
    database.psql(&exhibit.sql);
    Ok(database)
}

/// Visits all exhibits, and fails with everything that was objected to.
#[expect(clippy::print_stderr, reason = "what a server lacks is said")]
pub(crate) fn visit<F>(server: &Binaries, exhibits: &[Exhibit], look: F)
where
    F: AsyncFn(&Exhibit, &TestDatabase) -> Vec<String> + Sync,
{
    let next = AtomicUsize::new(0);
    let objections: Mutex<Vec<(usize, String)>> = Mutex::default();
    let guide = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime");
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(exhibit) = exhibits.get(place) else {
                break;
            };
            let visited = std::panic::catch_unwind(AssertUnwindSafe(|| {
                runtime.block_on(async {
                    match open(server, exhibit).await {
                        Ok(database) => look(exhibit, &database).await,
                        Err(lacks) => {
                            eprintln!(
                                "skipped: {}: PostgreSQL {} lacks {lacks}",
                                exhibit.name,
                                server.version()
                            );
                            Vec::new()
                        }
                    }
                })
            }));
            let found = visited.unwrap_or_else(|panic| {
                let text = panic.downcast_ref::<String>().map(String::as_str);
                let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
                vec![format!("panicked: {}", text.unwrap_or("without a word"))]
            });
            let mut objections = objections.lock().expect("no panic while it is held");
            objections.extend(found.into_iter().map(|it| (place, it)));
        }
    };
    // They wait for the server about as long as they work.
    let guides = std::thread::available_parallelism().map_or(2, |it| it.get() + 1);
    std::thread::scope(|scope| {
        for _ in 0..guides {
            scope.spawn(guide);
        }
    });
    let mut objections = objections.into_inner().expect("no panic while it is held");
    objections.sort_by_key(|(place, _)| *place);
    let mut places: Vec<usize> = objections.iter().map(|(place, _)| *place).collect();
    places.dedup();
    let lines: Vec<String> = objections
        .iter()
        .map(|(place, text)| format!("{}: {}", exhibits[*place].name, text.replace('\n', "\n    ")))
        .collect();
    assert!(
        lines.is_empty(),
        "PostgreSQL {}: {} of {} are not as they should be:\n{}",
        server.version(),
        places.len(),
        exhibits.len(),
        lines.join("\n")
    );
}

/// The server that tests use which do not care.
pub(crate) fn usual() -> Binaries {
    Binaries::find(&search()).unwrap_or_else(|error| panic!("{error}\n{}", error.hint()))
}

/// The other servers that are there.
pub(crate) fn others() -> Vec<Binaries> {
    let usual = usual();
    let servers = cogway_testkit::servers().into_iter();
    servers.filter(|server| server.dir() != usual.dir()).collect()
}
