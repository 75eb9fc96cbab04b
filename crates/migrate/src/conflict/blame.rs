//! Which conflict a failure comes of: told by PostgreSQL's error code, and by the names in its message.
//!
//! A failure that comes of a conflict which is known already is not told a second time.

use cogway_catalog::{Catalog, Kind, ObjectId};
use cogway_pg::script::ServerError;

use super::ConflictKind;
use super::clash::{Clash, Deed, Does, Found, clash, drop_in, in_order};
use super::kinship;
use super::trial::{Branch, Failure, Trial};
use crate::history::Revision;

/// A failure of which it is not known yet with which revision of the other branch it begins.
pub(super) struct Open<'h> {
    /// The place of the branch that fails.
    pub(super) branch: usize,
    pub(super) failure: Failure<'h>,
    /// What the failing script takes away, where something that the other branch has made needs it.
    needed: Option<ObjectId>,
}

/// Puts the failures of a trial down to conflicts: to those that were found, or to one of its own where PostgreSQL names
/// something that the other branch has taken away. What is left is returned.
pub(super) fn assign<'h>(trial: &Trial<'h>, found: &mut Found<'h>) -> Vec<Open<'h>> {
    let failures = trial.branches.iter().enumerate();
    let failures = failures.filter_map(|(place, branch)| Some((place, branch.failure.clone()?)));
    // What is missing behind a branch says which object it is about, and explains why that branch cannot take it away
    // behind the other.
    let (missing, others): (Vec<_>, Vec<_>) =
        failures.partition(|(_, failure)| Trouble::of(&failure.error) == Trouble::Missing);
    let mut open = Vec::new();
    for (branch, failure) in missing.into_iter().chain(others) {
        let case = Case {
            trial,
            branch,
            failure,
        };
        open.extend(case.assign(found));
    }
    open
}

impl<'h> Open<'h> {
    /// The conflict, now that the revision is known with which the failure begins.
    pub(super) fn into_clash(self, trial: &Trial<'h>, culprit: &'h Revision) -> Clash<'h> {
        let deed = |revision, does| Deed { revision, does };
        let revision = self.failure.revision;
        let own = self
            .needed
            .as_ref()
            .and_then(|id| drop_in(&trial.branches[self.branch], id));
        let mut clash = match (self.needed, own) {
            (Some(id), Some(own)) => clash(
                ConflictKind::AlterAndDrop,
                id,
                in_order(self.branch, own, deed(culprit, Does::Needs)),
            ),
            _ => Clash {
                kind: ConflictKind::Fails,
                object: None,
                deeds: in_order(self.branch, deed(revision, Does::Runs), deed(culprit, Does::Runs)),
                failures: [None, None],
            },
        };
        clash.failures[self.branch] = Some(self.failure);
        clash
    }
}

/// Makes one of two failures that say the same of the same revisions, each behind the other.
pub(super) fn join_twins(clashes: &mut Vec<Clash<'_>>) {
    let fails = |clash: &Clash<'_>| clash.kind == ConflictKind::Fails;
    let Some(first) = clashes.iter().position(fails) else {
        return;
    };
    let Some(second) = clashes
        .iter()
        .skip(first + 1)
        .position(fails)
        .map(|place| first + 1 + place)
    else {
        return;
    };
    let ids = |clash: &Clash<'_>| clash.deeds.each_ref().map(|deed| deed.revision.id.clone());
    if ids(&clashes[first]) == ids(&clashes[second]) {
        let twin = clashes.remove(second);
        for (failure, other) in clashes[first].failures.iter_mut().zip(twin.failures) {
            *failure = failure.take().or(other);
        }
    }
}

/// What sort of trouble an error code stands for. <https://www.postgresql.org/docs/current/errcodes-appendix.html>
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trouble {
    /// Something is not there.
    Missing,
    /// Something is there already.
    There,
    /// Something is there already, of another form; the message does not say its name.
    ThereOtherwise,
    /// Something is still needed.
    Needed,
    /// Another matter of the schema.
    Definition,
    /// Not a matter of the schema: rows, rights, resources.
    Else,
}

impl Trouble {
    fn of(error: &ServerError) -> Trouble {
        match error.sqlstate.as_str() {
            // undefined_column, _table, _object, _function; invalid_schema_name
            "42703" | "42P01" | "42704" | "42883" | "3F000" => Trouble::Missing,
            // duplicate_column, _table, _object, _function, _schema
            "42701" | "42P07" | "42710" | "42723" | "42P06" => Trouble::There,
            // invalid_table_definition (a second primary key, a view with other columns), invalid_function_definition
            // (another type of result), wrong_object_type
            "42P16" | "42P13" | "42809" => Trouble::ThereOtherwise,
            // dependent_objects_still_exist
            "2BP01" => Trouble::Needed,
            // Syntax errors and access rules; feature_not_supported, as for the type of a column that a view reads;
            // object_not_in_prerequisite_state.
            code if code.starts_with("42") || code == "0A000" || code == "55000" => Trouble::Definition,
            _ => Trouble::Else,
        }
    }
}

/// The failure of a branch behind the other.
struct Case<'t, 'h> {
    trial: &'t Trial<'h>,
    branch: usize,
    failure: Failure<'h>,
}

impl<'h> Case<'_, 'h> {
    fn own(&self) -> &Branch<'h> {
        &self.trial.branches[self.branch]
    }

    fn other(&self) -> &Branch<'h> {
        &self.trial.branches[1 - self.branch]
    }

    /// Puts the failure where it belongs, or returns it.
    fn assign(self, found: &mut Found<'h>) -> Option<Open<'h>> {
        let trouble = Trouble::of(&self.failure.error);
        match trouble {
            Trouble::Missing => self.missing(found),
            Trouble::Needed => self.needed(found),
            Trouble::There | Trouble::ThereOtherwise | Trouble::Definition => {
                let explains = |clash: &Clash<'h>| match clash.kind {
                    ConflictKind::BothAdd => match trouble {
                        Trouble::There => self.names(clash),
                        Trouble::ThereOtherwise => self.is_by(clash),
                        _ => false,
                    },
                    ConflictKind::BothAlter => {
                        self.is_by(clash) && (trouble == Trouble::ThereOtherwise || self.names(clash))
                    }
                    _ => false,
                };
                // Both add a label to an enum, or a table to a publication: not the object is there already, but what
                // the change adds to it.
                let repeats = |clash: &Clash<'h>| clash.agrees() && self.is_by(clash);
                let known = found.clashes.iter().position(explains);
                if let Some(place) = known.or_else(|| found.clashes.iter().position(repeats)) {
                    self.attach(&mut found.clashes[place]);
                } else if let Some(place) = found.harmless.iter().position(repeats) {
                    let mut clash = found.harmless.remove(place);
                    self.attach(&mut clash);
                    found.clashes.push(clash);
                } else {
                    return Some(self.open(None));
                }
                None
            }
            Trouble::Else => Some(self.open(None)),
        }
    }

    /// Something that the other branch has taken away is missing.
    fn missing(self, found: &mut Found<'h>) -> Option<Open<'h>> {
        let (start, removed) = (&self.other().alone.start, self.other().alone.removed());
        let Some(id) = self.named_among(&removed) else {
            return Some(self.open(None));
        };
        let id = whole(start, id, &removed);
        let own = self.failure.revision;
        // This branch may itself take it away.
        let told = |clash: &Clash<'h>| {
            clash.object.as_ref() == Some(&id)
                && match clash.kind {
                    ConflictKind::BothDrop => true,
                    ConflictKind::AlterAndDrop => clash.deeds[1 - self.branch].does.takes_away(),
                    _ => false,
                }
        };
        if let Some(place) = found.clashes.iter().position(told) {
            self.attach(&mut found.clashes[place]);
            return None;
        }
        // What would have been harmless is not, where a script fails for it.
        if let Some(place) = found.harmless.iter().position(told) {
            let mut clash = found.harmless.remove(place);
            self.attach(&mut clash);
            found.clashes.push(clash);
            return None;
        }
        let Some(drop) = drop_in(self.other(), &id) else {
            return Some(self.open(None));
        };
        let needs = Deed {
            revision: own,
            does: Does::Needs,
        };
        let deeds = in_order(self.branch, needs, drop);
        let mut clash = clash(ConflictKind::AlterAndDrop, id, deeds);
        self.attach(&mut clash);
        found.clashes.push(clash);
        None
    }

    /// This branch takes away what something needs that the other has made.
    fn needed(self, found: &mut Found<'h>) -> Option<Open<'h>> {
        let removed = self.own().alone.removed();
        let Some(id) = self.named_among(&removed) else {
            return Some(self.open(None));
        };
        let told = |clash: &Clash<'h>| {
            clash.object.as_ref() == Some(&id)
                && clash.kind == ConflictKind::AlterAndDrop
                && clash.deeds[self.branch].does.takes_away()
        };
        match found.clashes.iter().position(told) {
            Some(place) => {
                self.attach(&mut found.clashes[place]);
                None
            }
            None => Some(self.open(Some(id))),
        }
    }

    fn attach(&self, clash: &mut Clash<'h>) {
        clash.failures[self.branch] = Some(self.failure.clone());
    }

    fn open(self, needed: Option<ObjectId>) -> Open<'h> {
        Open {
            branch: self.branch,
            failure: self.failure,
            needed,
        }
    }

    /// Is the revision that fails the one that does this branch's part of the clash?
    fn is_by(&self, clash: &Clash<'h>) -> bool {
        clash.deeds[self.branch].revision.id == self.failure.revision.id
    }

    /// Does the message name what the clash is about?
    fn names(&self, clash: &Clash<'h>) -> bool {
        let names = |id: &ObjectId| {
            let message = &self.failure.error.message;
            mention(message, id.bare_name().as_str()) != Mention::None
        };
        clash.object.as_ref().is_some_and(names)
    }

    /// The object of a list that the message is about.
    fn named_among(&self, ids: &[ObjectId]) -> Option<ObjectId> {
        let message = &self.failure.error.message;
        let scored = ids.iter().filter_map(|id| Some((likeness(message, id)?, id)));
        // Of those that are equally likely, the first: containers come before what they contain.
        let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        Some(best.1.clone())
    }
}

impl Does {
    fn takes_away(&self) -> bool {
        matches!(self, Does::Drops(_) | Does::Renames { .. })
    }
}

/// What has to go for an object of a list to go: itself, or the table that it goes with.
fn whole(catalog: &Catalog, id: ObjectId, removed: &[ObjectId]) -> ObjectId {
    let holder = catalog.get(&id).and_then(|object| {
        let holds = |other: &&ObjectId| kinship::goes_with(object, other);
        removed.iter().find(holds).cloned()
    });
    holder.unwrap_or(id)
}

/// How likely it is that a message of PostgreSQL is about an object; none where it does not name it.
fn likeness(message: &str, id: &ObjectId) -> Option<usize> {
    let own = match mention(message, id.bare_name().as_str()) {
        Mention::None => return None,
        Mention::Word => 0,
        Mention::Name => 2,
    };
    let parent = id
        .parent()
        .is_some_and(|of| mention(message, of.name.as_str()) != Mention::None);
    let words: &[&str] = match id.kind {
        Kind::Table | Kind::View | Kind::MaterializedView | Kind::Index | Kind::Sequence => {
            &["relation", "table", "view", "index", "sequence"]
        }
        Kind::Routine | Kind::Aggregate => &["function", "procedure", "aggregate"],
        Kind::BaseType | Kind::Enum | Kind::Range | Kind::Domain | Kind::CompositeType => &["type", "domain"],
        kind => &[kind.words()],
    };
    // The kind of what is meant stands first: `column "a" of relation "t"`.
    let first = message
        .split_whitespace()
        .find(|word| !["cannot", "drop", "alter"].contains(word));
    let kind = first.is_some_and(|first| words.iter().any(|word| word.starts_with(first)));
    Some(own + usize::from(parent) + 2 * usize::from(kind))
}

/// How a name stands in a message.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mention {
    None,
    /// As a word, which may be one of PostgreSQL's own.
    Word,
    /// In quotes, behind a schema, before the arguments of a function.
    Name,
}

fn mention(message: &str, name: &str) -> Mention {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let mut found = Mention::None;
    for (at, _) in message.match_indices(name) {
        let before = message[..at].chars().next_back();
        let after = message[at + name.len()..].chars().next();
        if before.is_some_and(part_of_name) || after.is_some_and(part_of_name) {
            continue;
        }
        if matches!(before, Some('"' | '.')) || matches!(after, Some('"' | '(')) {
            return Mention::Name;
        }
        found = Mention::Word;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use cogway_catalog::QualifiedName;

    #[test]
    fn a_message_is_about_what_it_names_first() {
        let table = |name: &str| ObjectId::qualified(Kind::Table, QualifiedName::new("public", name));
        let column =
            |of: &str, name: &str| ObjectId::part(Kind::Column, QualifiedName::new("public", of), name);
        let function = ObjectId::overloaded(Kind::Routine, QualifiedName::new("public", "f"), "integer");
        let all = [
            table("a"),
            table("t"),
            column("t", "a"),
            column("u", "a"),
            function,
        ];
        let check = |message: &str, expect: Option<usize>| {
            let error = ServerError {
                message: message.to_owned(),
                ..ServerError::default()
            };
            let scored = all.iter().map(|id| likeness(&error.message, id)).enumerate();
            let best = scored
                .filter_map(|(place, score)| Some((score?, place)))
                .reduce(|best, next| if next.0 > best.0 { next } else { best });
            assert_eq!(best.map(|(_, place)| place), expect, "{message}");
        };
        check("relation \"a\" does not exist", Some(0));
        check("relation \"public.t\" does not exist", Some(1));
        check("column \"a\" of relation \"t\" does not exist", Some(2));
        check("column \"a\" of relation \"u\" does not exist", Some(3));
        check("column t.a does not exist", Some(2));
        check(
            "cannot drop column a of table u because other objects depend on it",
            Some(3),
        );
        check("cannot drop table t because other objects depend on it", Some(1));
        check("function f(integer) does not exist", Some(4));
        check("role \"x\" does not exist", None);
        check("column \"ab\" does not exist", None);
    }
}
