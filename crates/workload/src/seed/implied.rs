//! What columns refer to by their names, where no foreign key says so: `crate_id` beside a table `crates`.
//!
//! Whoever joins the tables finds rows then, and a foreign key that a later revision adds holds.

use cogway_catalog::{Name, QualifiedName};

use super::data_type::{DataType, IntWidth};
use super::meaning::names;
use super::table::{Origin, Part, Reference, Table};

/// Words with which the name of a key ends.
const KEYS: &[&str] = &["id", "uuid", "guid"];

/// A table that can be referred to.
struct Target {
    name: QualifiedName,
    words: Vec<String>,
    key: Name,
    of: DataType,
}

/// Adds to tables what their columns refer to by their names. None of it closes a circle, and none is where conditions speak
/// of the column.
pub(crate) fn imply(tables: &mut [Table]) {
    let targets: Vec<Option<Target>> = tables.iter().map(target).collect();
    for at in 0..tables.len() {
        let columns = 0..tables[at].columns.len();
        for column in columns
            .filter(|column| is_open(&tables[at], *column))
            .collect::<Vec<_>>()
        {
            let place = best(&tables[at], column, &targets);
            if let Some((place, target)) = place
                && place != at
                && !reaches(tables, place, at)
            {
                let reference = Reference {
                    name: Name::from(tables[at].columns[column].name.as_str()),
                    columns: vec![column],
                    to: target.name.clone(),
                    to_columns: vec![target.key.clone()],
                    is_full: false,
                    is_local: false,
                    is_implied: true,
                };
                tables[at].references.push(reference);
            }
        }
    }
}

fn target(table: &Table) -> Option<Target> {
    let primary = table.keys.iter().find(|key| key.is_primary)?;
    let [Part::Column(column)] = primary.parts.as_slice() else {
        return None;
    };
    let key = &table.columns[*column];
    let mut words = names::split(table.name.name.as_str());
    if let Some(last) = words.last_mut() {
        *last = names::singular(last);
    }
    let said = names::split(&key.name);
    let (last, before) = said.split_last()?;
    let is_own = KEYS.contains(&last.as_str()) && (before.is_empty() || before == words);
    is_own.then(|| Target {
        name: table.name.clone(),
        words,
        key: Name::from(key.name.as_str()),
        of: key.data_type.clone(),
    })
}

/// Can the value of a column be chosen as a name says?
fn is_open(table: &Table, column: usize) -> bool {
    let name = &table.columns[column].name;
    table.origins[column] == Origin::Made
        && table.partitioning.is_none()
        && table.exclusions.is_empty()
        && !table
            .references
            .iter()
            .any(|reference| reference.columns.contains(&column))
        && !table
            .checks
            .iter()
            .any(|(_, condition)| condition.contains(name.as_str()))
}

/// The table of which a column's name ends with the name, the longest such.
fn best<'a>(table: &Table, column: usize, targets: &'a [Option<Target>]) -> Option<(usize, &'a Target)> {
    let column = &table.columns[column];
    let said = names::split(&column.name);
    let (last, before) = said.split_last()?;
    if !KEYS.contains(&last.as_str()) || before.is_empty() {
        return None;
    }
    let fits = |target: &Target| {
        target.name.schema == table.name.schema
            && before.ends_with(&target.words)
            && takes(&column.data_type, &target.of)
    };
    let found = targets.iter().enumerate();
    found
        .filter_map(|(place, target)| Some((place, target.as_ref().filter(|target| fits(target))?)))
        .max_by_key(|(place, target)| (target.words.len(), usize::MAX - place))
}

/// Has a column of one type room for all values of the other?
fn takes(column: &DataType, key: &DataType) -> bool {
    column == key
        || matches!(
            (column, key),
            (DataType::Int(IntWidth::Big), DataType::Int(IntWidth::Integer))
        )
}

/// Does one table refer to another, over any number of steps?
fn reaches(tables: &[Table], from: usize, to: usize) -> bool {
    let mut seen = vec![false; tables.len()];
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        if std::mem::replace(&mut seen[at], true) {
            continue;
        }
        for reference in &tables[at].references {
            open.extend(tables.iter().position(|table| table.name == reference.to));
        }
    }
    false
}
