//! The plan of a Sqitch project: its changes in order, with what they require, and tags.
//!
//! One change or tag a line: `name [requires !conflicts] 2024-01-31T12:00:00Z Name <mail> # note`, or `@tag` with the
//! same behind it. Before them, up to a blank line, stand pragmas, `%project=name`. Source: `sqitchers/sqitch`,
//! `lib/App/Sqitch/Plan.pm`, and <https://sqitch.org/docs/manual/sqitchchanges/>.

use std::collections::BTreeMap;

use super::super::lines::lines;

/// A plan as far as it can be read.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) changes: Vec<Change>,
    pub(super) faults: Vec<Fault>,
}

/// A change of the plan.
#[derive(Debug, Default)]
pub(super) struct Change {
    pub(super) name: String,
    pub(super) note: String,
    pub(super) line: usize,
    /// If the change was reworked later: the tags between here and there, the latest first. One of them is part of the
    /// names of its scripts.
    pub(super) rework_tags: Vec<String>,
    tags: Vec<String>,
    requires: Vec<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) line: usize,
    pub(super) message: String,
    pub(super) hint: &'static str,
}

const SYNTAX: &str = "a line is: name [requires] 2024-01-31T12:00:00Z Name <mail> # note";

impl Plan {
    pub(super) fn parse(text: &str) -> Self {
        let mut plan = Plan::default();
        let mut project = None;
        for line in lines(text) {
            let (entry, note) = line.text.split_once('#').unwrap_or((line.text, ""));
            let entry = entry.trim();
            if entry.is_empty() {
                continue;
            }
            if let Some(pragma) = entry.strip_prefix('%') {
                if let Some((name, value)) = pragma.split_once('=')
                    && name.trim() == "project"
                {
                    project = Some(value.trim().to_owned());
                }
                continue;
            }
            plan.entry(entry, note.trim(), line.number);
        }
        if project.is_none() {
            plan.fault(
                1,
                "Sqitch refuses the plan: `%project` is missing",
                "write %project=<name> on the first line",
            );
        }
        plan.mark_reworked();
        plan.check_requirements(project.as_deref().unwrap_or_default());
        plan
    }

    fn fault(&mut self, line: usize, message: impl Into<String>, hint: &'static str) {
        self.faults.push(Fault {
            line,
            message: message.into(),
            hint,
        });
    }

    fn entry(&mut self, entry: &str, note: &str, line: usize) {
        let entry = entry.strip_prefix('+').map_or(entry, str::trim_start);
        let (name, rest) = entry.split_once([' ', '\t']).unwrap_or((entry, ""));
        let rest = rest.trim_start();
        let (requires, rest) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((requires, rest)) => (requires, rest.trim_start()),
            None => ("", rest),
        };
        let (time, planner) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
        if !is_time(time) || !planner.contains('<') || !planner.trim_end().ends_with('>') {
            self.fault(
                line,
                format!("Sqitch refuses the plan: {name:?} lacks a time or a planner"),
                SYNTAX,
            );
        }
        if let Some(tag) = name.strip_prefix('@') {
            match self.changes.last_mut() {
                Some(change) => change.tags.push(tag.to_owned()),
                None => self.fault(
                    line,
                    format!("the tag {name} stands before any change"),
                    "move it down",
                ),
            }
            return;
        }
        if name.starts_with('-') {
            self.fault(
                line,
                format!("Cogway cannot follow {name}, a change planned to be reverted"),
                SYNTAX,
            );
            return;
        }
        if name.is_empty() || name.contains([':', '@', '\\', '[', ']']) {
            self.fault(line, format!("{name:?} is no name for a change"), SYNTAX);
            return;
        }
        self.changes.push(Change {
            name: name.to_owned(),
            note: note.to_owned(),
            line,
            requires: requires.split_whitespace().map(str::to_owned).collect(),
            ..Change::default()
        });
    }

    /// Gives changes that appear again further down the tags that tell their scripts from the later ones.
    fn mark_reworked(&mut self) {
        let mut next: BTreeMap<String, usize> = BTreeMap::new();
        let mut doubled = Vec::new();
        for index in (0..self.changes.len()).rev() {
            let Some(name) = self.changes.get(index).map(|change| change.name.clone()) else {
                continue;
            };
            if let Some(later) = next.insert(name.clone(), index) {
                let between = self.changes.get(index..later).unwrap_or_default();
                let tags: Vec<_> = between
                    .iter()
                    .rev()
                    .flat_map(|change| change.tags.clone())
                    .collect();
                if tags.is_empty() {
                    doubled.push((later, index, name));
                } else if let Some(change) = self.changes.get_mut(index) {
                    change.rework_tags = tags;
                }
            }
        }
        // From the back, so that the indices of what is still to be removed stay right.
        doubled.sort_by(|a, b| b.cmp(a));
        for (later, earlier, name) in doubled {
            let line_of = |index: usize| self.changes.get(index).map_or(0, |change| change.line);
            let message = format!("{name} stands on line {} already", line_of(earlier));
            let line = line_of(later);
            self.changes.remove(later);
            self.fault(
                line,
                message,
                "put a tag between to rework a change, or give it another name",
            );
        }
    }

    /// Everything a change requires must stand before it.
    fn check_requirements(&mut self, project: &str) {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut foreign: BTreeMap<String, (usize, String)> = BTreeMap::new();
        let mut faults = Vec::new();
        for (position, change) in self.changes.iter().enumerate() {
            for required in change
                .requires
                .iter()
                .filter(|required| !required.starts_with('!'))
            {
                let local = match required.split_once(':') {
                    Some((other, _)) if other != project => {
                        foreign
                            .entry(other.to_owned())
                            .or_insert((change.line, required.clone()));
                        continue;
                    }
                    Some((_, local)) => local,
                    None => required,
                };
                let (name, tag) = match local.split_once('@') {
                    Some((name, tag)) => (name, Some(format!("@{tag}"))),
                    None => (local, None),
                };
                // `name@tag` is the change as of that tag; `@tag` the tag alone.
                let known = tag.is_none_or(|tag| seen.contains_key(&tag))
                    && (name.is_empty() || seen.contains_key(name));
                // Forty hexadecimal digits are the id of a change, here or in another project: no way to tell.
                let is_id = local.len() == 40 && local.bytes().all(|byte| byte.is_ascii_hexdigit());
                if !known && !is_id {
                    let later = self.changes.iter().find(|other| other.name == name);
                    let message = match later {
                        Some(later) => {
                            format!(
                                "{} requires {required}, which is planned on line {}",
                                change.name, later.line
                            )
                        }
                        None => format!(
                            "{} requires {required}, which the plan does not know",
                            change.name
                        ),
                    };
                    faults.push(Fault {
                        line: change.line,
                        message,
                        hint: "move the change below what it requires",
                    });
                }
            }
            seen.insert(change.name.clone(), position);
            for tag in &change.tags {
                seen.insert(format!("@{tag}"), position);
            }
        }
        for (other, (line, required)) in foreign {
            let message =
                format!("{required} belongs to the project {other}, which Cogway does not deploy first");
            faults.push(Fault {
                line,
                message,
                hint: "deploy that project into the database to verify on",
            });
        }
        self.faults.append(&mut faults);
    }
}

/// Whether a word is a time as plans have it, `2024-01-31T12:00:00Z`.
fn is_time(word: &str) -> bool {
    let pattern = b"0000-00-00T00:00:00Z";
    word.len() == pattern.len()
        && word.bytes().zip(pattern).all(|(byte, like)| {
            if *like == b'0' {
                byte.is_ascii_digit()
            } else {
                byte == *like
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BY: &str = "2024-01-31T12:00:00Z Ann <ann@example.org>";

    fn plan(lines: &[&str]) -> Plan {
        let lines: Vec<_> = lines
            .iter()
            .map(|line| line.replace(" BY", &format!(" {BY}")))
            .collect();
        Plan::parse(&format!(
            "%syntax-version=1.0.0\n%project=shop\n\n{}\n",
            lines.join("\n")
        ))
    }

    #[test]
    fn changes_come_in_the_order_of_the_plan() {
        let plan = plan(&[
            "# the beginning",
            "a BY # first; # really",
            "b/c [a] BY",
            "@v1 BY",
            "",
            "+ d [b/c a@v1 @v1 !e] BY",
        ]);
        assert_eq!(plan.faults, []);
        let changes: Vec<_> = plan
            .changes
            .iter()
            .map(|change| (change.name.as_str(), change.line))
            .collect();
        assert_eq!(changes, [("a", 5), ("b/c", 6), ("d", 9)]);
        assert_eq!(plan.changes[0].note, "first; # really");
    }

    #[test]
    fn reworked_changes_carry_the_tags_between() {
        let plan = plan(&[
            "a BY",
            "@v1 BY",
            "b BY",
            "@v2 BY",
            "@v2.1 BY",
            "a [a@v2] BY",
            "@v3 BY",
            "a BY",
        ]);
        assert_eq!(plan.faults, []);
        let tags: Vec<_> = plan
            .changes
            .iter()
            .map(|change| change.rework_tags.join(" "))
            .collect();
        assert_eq!(tags, ["v2 v2.1 v1", "", "v3", ""]);
    }

    #[test]
    fn faults_are_told_with_their_line() {
        let cases: &[(&[&str], usize, &str)] = &[
            (
                &["a BY", "b 2024-01-31 Ann"],
                5,
                "Sqitch refuses the plan: \"b\" lacks a time or a planner",
            ),
            (&["@v1 BY"], 4, "the tag @v1 stands before any change"),
            (&["a BY", "b BY", "a BY"], 6, "a stands on line 4 already"),
            (
                &["a [b] BY", "b BY"],
                4,
                "a requires b, which is planned on line 5",
            ),
            (&["a [c] BY"], 4, "a requires c, which the plan does not know"),
            (&["a [@v9] BY"], 4, "a requires @v9, which the plan does not know"),
            (
                &["a [core:t] BY"],
                4,
                "core:t belongs to the project core, which Cogway does not deploy first",
            ),
            (&["a:b BY"], 4, "\"a:b\" is no name for a change"),
        ];
        for (lines, line, message) in cases {
            let found: Vec<_> = plan(lines)
                .faults
                .into_iter()
                .map(|fault| (fault.line, fault.message))
                .collect();
            assert_eq!(found, [(*line, (*message).to_owned())], "{lines:?}");
        }
        assert_eq!(plan(&["a BY", "b BY", "a BY", "b BY"]).changes.len(), 2);
        assert_eq!(Plan::parse("").faults.len(), 1);
    }
}
