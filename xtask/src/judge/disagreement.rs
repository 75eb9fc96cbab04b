//! The judge's verdicts beside those of `cogway verify`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use crate::arguments::Outcome;
use crate::judge::judgement::{Judgement, Kind};

/// What `cogway verify --output json` prints, as far as it is compared.
#[derive(Debug, Deserialize)]
pub(crate) struct CogwayReport {
    revisions: Vec<CogwayRevision>,
}

#[derive(Debug, Deserialize)]
struct CogwayRevision {
    id: String,
    findings: Vec<CogwayFinding>,
}

#[derive(Debug, Deserialize)]
struct CogwayFinding {
    kind: Kind,
    message: String,
}

/// Two verdicts on one revision that do not fit.
#[derive(Debug)]
pub(crate) struct Disagreement {
    /// The revision.
    pub(crate) id: String,
    /// What the judge says, with its reasons.
    pub(crate) judge: String,
    /// What Cogway says, with its reasons.
    pub(crate) cogway: String,
}

/// How a history looks to both.
#[derive(Debug, Default)]
pub(crate) struct Agreement {
    /// How many revisions both say the same of.
    pub(crate) agree: usize,
    /// How many of those fail for something that the server lacks, says Cogway.
    pub(crate) not_judged: usize,
    /// The others.
    pub(crate) disagreements: Vec<Disagreement>,
}

/// Asks a binary of Cogway to prove a history.
pub(crate) fn ask_cogway(binary: &Path, dir: &Path, format: &str) -> Outcome<CogwayReport> {
    let output = Command::new(binary)
        .args(["verify", "--output", "json", "--format", format, "--dir"])
        .arg(dir)
        .output()
        .map_err(|error| format!("{} cannot be started: {error}", binary.display()))?;
    serde_json::from_slice(&output.stdout).map_err(|error| {
        let stderr = String::from_utf8_lossy(&output.stderr);
        format!(
            "{} verify ended with {}, and what it printed is no report: {error}\n{stderr}",
            binary.display(),
            output.status
        )
        .into()
    })
}

/// Compares revision by revision.
pub(crate) fn compare(judgements: &[Judgement], report: &CogwayReport) -> Agreement {
    let mut agreement = Agreement::default();
    let mut others: BTreeMap<&str, &CogwayRevision> = report
        .revisions
        .iter()
        .map(|revision| (revision.id.as_str(), revision))
        .collect();
    for judgement in judgements {
        let other = others.remove(judgement.id.as_str());
        let ours: Vec<Kind> = judgement.findings.iter().map(|finding| finding.kind).collect();
        let theirs: Option<Vec<Kind>> =
            other.map(|other| other.findings.iter().map(|finding| finding.kind).collect());
        match theirs {
            Some(theirs) if agree(&ours, &theirs) => {
                agreement.agree += 1;
                agreement.not_judged += usize::from(theirs.contains(&Kind::CannotJudge));
            }
            _ => agreement.disagreements.push(Disagreement {
                id: judgement.id.clone(),
                judge: in_words(judgement.findings.iter().map(|it| (it.kind, it.reason.as_str()))),
                cogway: other.map_or_else(
                    || "the revision is not in the report".to_owned(),
                    |other| in_words(other.findings.iter().map(|it| (it.kind, it.message.as_str()))),
                ),
            }),
        }
    }
    agreement
        .disagreements
        .extend(others.into_values().map(|other| Disagreement {
            id: other.id.clone(),
            judge: "no such revision".to_owned(),
            cogway: in_words(other.findings.iter().map(|it| (it.kind, it.message.as_str()))),
        }));
    agreement
}

/// Whether two lists of findings say the same of a revision.
fn agree(judge: &[Kind], cogway: &[Kind]) -> bool {
    let fails = |kind: &Kind| matches!(kind, Kind::UpFails | Kind::DownFails | Kind::UpAgainFails);
    if cogway.contains(&Kind::CannotJudge) {
        return judge.iter().any(fails);
    }
    what_counts(judge) == what_counts(cogway)
}

/// The findings without those that only follow from others, and without what only one side looks at.
fn what_counts(kinds: &[Kind]) -> BTreeSet<Kind> {
    let mut kinds: BTreeSet<Kind> = kinds.iter().copied().collect();
    kinds.remove(&Kind::DataDiffers);
    if kinds.contains(&Kind::DownEmpty) {
        return BTreeSet::from([Kind::DownEmpty]);
    }
    if kinds.contains(&Kind::DownDiffers) {
        kinds.remove(&Kind::ColumnOrder);
    }
    if kinds.contains(&Kind::DownDiffers) || kinds.contains(&Kind::ColumnOrder) {
        kinds.remove(&Kind::UpAgainDiffers);
    }
    kinds
}

fn in_words<'a>(findings: impl Iterator<Item = (Kind, &'a str)>) -> String {
    let list: Vec<String> = findings
        .map(|(kind, reason)| format!("{kind}: {}", reason.trim()))
        .collect();
    if list.is_empty() {
        "pass".to_owned()
    } else {
        list.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Kind::*;

    #[test]
    fn what_follows_is_no_disagreement() {
        let check = |judge: &[Kind], cogway: &[Kind], expect: bool| {
            assert_eq!(agree(judge, cogway), expect, "{judge:?} {cogway:?}");
        };
        check(&[], &[], true);
        check(&[], &[DataDiffers], true);
        check(
            &[DownDiffers, UpAgainDiffers],
            &[DownDiffers, DownDiffers, ColumnOrder],
            true,
        );
        check(&[DownEmpty, UpAgainFails], &[DownEmpty], true);
        check(&[UpFails], &[CannotJudge], true);

        check(&[], &[CannotJudge], false);
        check(&[DownDiffers, UpAgainFails], &[DownDiffers], false);
        check(&[ColumnOrder], &[DownDiffers], false);
        check(&[], &[UpAgainDiffers], false);
    }
}
