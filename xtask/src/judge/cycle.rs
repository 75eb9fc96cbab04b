//! Up, dump, down, dump, up, dump: the judgement of each revision of a history.
//!
//! The database `judge` only ever sees plain ups, so that the rows and sequences that a revision meets are those of an
//! ordinary run. `down` and the second `up` run in a copy of it, made after the first `up`.
//!
//! Roles and whatever else belongs to a server rather than to a database are not copied, and a role that owns something
//! in `judge` cannot be dropped by a `down` in the copy. A revision that has to do with them is therefore judged on a
//! server of its own, on which all ups before it are run again; when its `down` turns out to have touched them only
//! afterwards, the first server is made anew in the same way.

use cogway_migrate::history::{History, Revision, Script, TransactionMode, runner_table};

use crate::arguments::Outcome;
use crate::cluster::{Cluster, Times, may_leave_pieces};
use crate::judge::dump::{Comparison, Dump};
use crate::judge::judgement::{Finding, Judgement, Kind};

const MAIN: &str = "judge";
const COPY: &str = "judge_copy";
const KEPT: &str = "judge_kept";

/// Judges the revisions of a history, one after the other.
pub(crate) struct Judge<'h> {
    history: &'h History,
    roles: &'h [String],
    ground: Ground,
    /// The revisions whose up succeeded.
    applied: Vec<usize>,
    /// Of servers that were given up.
    times: Times,
    /// How many revisions were judged on a server of their own.
    pub(crate) apart: usize,
}

/// A server on which the ups so far were run, and what it is like.
struct Ground {
    cluster: Cluster,
    dump: Dump,
    shared: String,
}

impl<'h> Judge<'h> {
    /// Starts a server with what the runner of the history makes first. The roles are those that the history expects.
    pub(crate) fn new(history: &'h History, roles: &'h [String]) -> Outcome<Judge<'h>> {
        let ground = Ground::new(history, roles, &[])?;
        Ok(Judge {
            history,
            roles,
            ground,
            applied: Vec::new(),
            times: Times::default(),
            apart: 0,
        })
    }

    /// How long everything took so far.
    pub(crate) fn times(&self) -> Times {
        self.times.and(self.ground.cluster.times)
    }

    /// Which PostgreSQL it is.
    pub(crate) fn server_build(&self) -> String {
        self.ground.cluster.server().binaries().build().to_owned()
    }

    /// Judges the next revision; call it for each, in order.
    pub(crate) fn revision(&mut self, index: usize) -> Outcome<Judgement> {
        let revision = &self.history.revisions[index];
        let findings = self.findings(index, revision)?;
        Ok(Judgement {
            id: revision.id.to_string(),
            findings,
        })
    }

    fn findings(&mut self, index: usize, revision: &Revision) -> Outcome<Vec<Finding>> {
        let cluster = &mut self.ground.cluster;
        let pieces = may_leave_pieces(&revision.up);
        if pieces {
            cluster.copy(MAIN, KEPT)?;
        }
        let ran = cluster.run(MAIN, &revision.up)?;
        if pieces {
            if ran.is_err() {
                cluster.drop(MAIN)?;
                cluster.copy(KEPT, MAIN)?;
            }
            cluster.drop(KEPT)?;
        }
        let shared = cluster.shared()?;
        if let Err(error) = ran {
            if shared != self.ground.shared {
                self.start_anew()?;
            }
            return Ok(vec![Finding::new(Kind::UpFails, error)]);
        }
        self.applied.push(index);
        let before = std::mem::replace(&mut self.ground.dump, Dump::parse(&cluster.dump(MAIN)?));
        let alone = shared == self.ground.shared;
        self.ground.shared = shared;
        let Some(down) = &revision.down else {
            return Ok(match revision.repeatable {
                true => Vec::new(),
                false => vec![Finding::new(Kind::DownMissing, "there is no script")],
            });
        };
        if !alone || speaks_of_roles(&down.text) || speaks_of_roles(&revision.up.text) {
            return self.apart(index, down);
        }
        let ground = &mut self.ground;
        ground.cluster.copy(MAIN, COPY)?;
        let findings = cycle(&mut ground.cluster, COPY, revision, down, &before, &ground.dump)?;
        ground.cluster.drop(COPY)?;
        if ground.cluster.shared()? == ground.shared {
            return Ok(findings);
        }
        self.start_anew()?;
        self.apart(index, down)
    }

    /// Judges a revision, already applied, on a server of its own.
    fn apart(&mut self, index: usize, down: &Script) -> Outcome<Vec<Finding>> {
        self.apart += 1;
        let revision = &self.history.revisions[index];
        let earlier: Vec<usize> = self.applied.iter().copied().filter(|it| *it != index).collect();
        let mut ground = Ground::new(self.history, self.roles, &earlier)?;
        let findings = match ground.cluster.run(MAIN, &revision.up)? {
            Ok(()) => {
                let after = Dump::parse(&ground.cluster.dump(MAIN)?);
                cycle(&mut ground.cluster, MAIN, revision, down, &ground.dump, &after)?
            }
            Err(error) => return Err(format!("{}: up succeeds only once: {error}", revision.id).into()),
        };
        self.times = self.times.and(ground.cluster.times);
        Ok(findings)
    }

    /// Replaces the server, on which something has changed that no copy protects.
    fn start_anew(&mut self) -> Outcome<()> {
        self.times = self.times();
        self.ground = Ground::new(self.history, self.roles, &self.applied)?;
        Ok(())
    }
}

impl Ground {
    fn new(history: &History, roles: &[String], applied: &[usize]) -> Outcome<Ground> {
        let mut cluster = Cluster::start()?;
        cluster.create(MAIN)?;
        for role in roles {
            cluster.ask(
                MAIN,
                &format!("create role {}", cogway_catalog::sql::quote_ident(role)),
            )?;
        }
        if let Some(table) = runner_table(history.format) {
            cluster.run(MAIN, &own_script(table))??;
        }
        for index in applied {
            let revision = &history.revisions[*index];
            let ran = cluster.run(MAIN, &revision.up)?;
            ran.map_err(|error| format!("{}: up succeeds only once: {error}", revision.id))?;
        }
        let (dump, shared) = (Dump::parse(&cluster.dump(MAIN)?), cluster.shared()?);
        Ok(Ground {
            cluster,
            dump,
            shared,
        })
    }
}

fn own_script(text: &str) -> Script {
    Script {
        path: "runner_table.sql".into(),
        text: text.into(),
        first_line: 1,
        transaction: TransactionMode::PerStatement,
    }
}

/// Runs down and up in a database in which up was run, and compares.
fn cycle(
    cluster: &mut Cluster,
    database: &str,
    revision: &Revision,
    down: &Script,
    before: &Dump,
    after: &Dump,
) -> Outcome<Vec<Finding>> {
    let mut findings = Vec::new();
    if let Err(error) = cluster.run(database, down)? {
        return Ok(vec![Finding::new(Kind::DownFails, error)]);
    }
    match before.compare(&Dump::parse(&cluster.dump(database)?)) {
        Comparison::Same => {}
        Comparison::ColumnOrder { diff } => findings.push(Finding::new(Kind::ColumnOrder, diff)),
        Comparison::Different { diff } if down.is_blank() => {
            findings.push(Finding::new(Kind::DownEmpty, diff))
        }
        Comparison::Different { diff } => findings.push(Finding::new(Kind::DownDiffers, diff)),
    }
    if let Err(error) = cluster.run(database, &revision.up)? {
        findings.push(Finding::new(Kind::UpAgainFails, error));
        return Ok(findings);
    }
    match after.compare(&Dump::parse(&cluster.dump(database)?)) {
        Comparison::Same => {}
        Comparison::ColumnOrder { diff } | Comparison::Different { diff } => {
            findings.push(Finding::new(Kind::UpAgainDiffers, diff));
        }
    }
    Ok(findings)
}

/// Whether a script may make, change or drop a role, or ask for what a role owns everywhere. Comments count, too:
/// a revision too many on a server of its own only costs time.
fn speaks_of_roles(script: &str) -> bool {
    let words: Vec<String> = script
        .split(|it: char| !it.is_alphanumeric() && it != '_')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.windows(2).any(|pair| {
        matches!(
            [pair[0].as_str(), pair[1].as_str()],
            ["create" | "alter" | "drop", "role" | "user" | "group"] | ["drop" | "reassign", "owned"]
        )
    })
}

#[cfg(test)]
mod tests;
