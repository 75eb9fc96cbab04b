//! A small history, what fills it, and what its proof says.

use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use cogway_migrate::history::{self, Format};
use cogway_migrate::verify::{Finding, Options, Reading, Report, Site, verify};
use cogway_pg::scratch::ScratchOptions;
use cogway_testkit::{cache_dir, search};

use crate::filler::Filler;

/// A history with what fills its tables.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    /// An up and a down each.
    pub(crate) revisions: &'a [(&'a str, &'a str)],
    /// Tables and the statements that fill them.
    pub(crate) fill: &'a [(&'a str, &'a str)],
}

pub(crate) fn private() -> ScratchOptions {
    ScratchOptions {
        search: search(),
        cache_dir: cache_dir(),
        ..ScratchOptions::default()
    }
}

pub(crate) fn options(filler: Filler) -> Options {
    Options {
        site: Site::Private(Box::new(private())),
        jobs: NonZeroUsize::new(2),
        populate: Some(Arc::new(filler)),
        ..Options::default()
    }
}

impl Case<'_> {
    pub(crate) async fn report(&self, options: Options) -> Report {
        let dir = tempfile::tempdir().expect("a folder");
        self.write(dir.path());
        let history = history::read(dir.path(), Some(Format::GolangMigrate)).expect("a history");
        verify(&history, &options, &mut |_| {}).await.expect("a report")
    }

    /// The findings of each revision in short, with each reading of the catalog.
    pub(crate) async fn check(&self, expect: &[&str]) {
        let expect: Vec<&str> = expect.to_vec();
        for reading in [Reading::Changes, Reading::Whole] {
            let options = Options {
                reading,
                ..options(Filler::of(self.fill))
            };
            let report = self.report(options).await;
            let found: Vec<String> = findings(&report)
                .map(|(place, finding)| short(place, finding))
                .collect();
            assert_eq!(
                found, expect,
                "{reading:?} {:?}\n{:#?}",
                self.revisions, report.revisions
            );
        }
    }

    fn write(&self, dir: &Path) {
        for (number, (up, down)) in self.revisions.iter().enumerate() {
            let stem = format!("{:04}_step", number + 1);
            fs::write(dir.join(format!("{stem}.up.sql")), up).expect("a file");
            fs::write(dir.join(format!("{stem}.down.sql")), down).expect("a file");
        }
    }
}

/// All findings, with the number of their revision.
pub(crate) fn findings(report: &Report) -> impl Iterator<Item = (usize, &Finding)> {
    let revisions = report.revisions.iter().enumerate();
    revisions.flat_map(|(place, revision)| revision.findings.iter().map(move |finding| (place + 1, finding)))
}

/// `2 up_fails_on_rows 23502 column public.t.b, 5 rows: {"id":"1"}`.
fn short(place: usize, finding: &Finding) -> String {
    let mut text = format!("{place} {}", finding.kind.code());
    for word in [&finding.sqlstate, &finding.object].into_iter().flatten() {
        text += &format!(" {word}");
    }
    if let Some(row) = finding.rows.first() {
        let row = serde_json::to_string(row).expect("JSON").replace('"', "");
        text += &format!(", {} rows: {row}", finding.rows.len());
    }
    text
}
