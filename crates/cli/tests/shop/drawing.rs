//! Values for the parameters of a query, drawn from where its header says.

use std::collections::BTreeMap;

use crate::query::{Parameter, Query, Source};

/// Numbers that look like chance and are the same each time.
pub(crate) struct Dice(u64);

impl Dice {
    /// Dice that fall in a certain way.
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    /// A number below `end`. (SplitMix64, <https://prng.di.unimi.it/splitmix64.c>)
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (number ^ (number >> 31)) % end.max(1)
    }
}

/// A script of psql that gives each parameter a value and then does something; nothing, where a relation has no row for it.
pub(crate) fn drawn(query: &Query, dice: &mut Dice, then: &str) -> String {
    let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
    let mut script = String::new();
    for Parameter { name, kind, source } in &query.parameters {
        let (relation, value, condition) = match source {
            Source::From {
                relation,
                column,
                condition,
            } => (relation, column.clone(), condition.clone()),
            Source::WordOf { relation, column } => {
                (relation, format!("(string_to_array({column}, ' '))[1]"), None)
            }
            Source::ElementOf { relation, column } => (
                relation,
                format!("({column})[1]"),
                Some(format!("{column} <> '{{}}'")),
            ),
            other => {
                script += &format!("select '{}'::{kind} as {name} \\gset\n", sample(other, dice));
                continue;
            }
        };
        let row = rows.entry(relation).or_default();
        row.columns.push(format!("{value}::{kind} as {name}"));
        row.conditions.extend(condition.map(|it| format!("({it})")));
    }
    let mut ends = String::new();
    for (relation, row) in rows {
        let (columns, chance) = (row.columns.join(", "), dice.below(u64::MAX));
        let conditions = match row.conditions.join(" and ") {
            none if none.is_empty() => "true".to_owned(),
            some => some,
        };
        // One query for whether there is a row and for its values: another program may take it meanwhile. Where there is
        // none, all is NULL, and psql sets nothing.
        script += &format!(
            "select drawn.* from (select) as always left join (
                 select {columns}, true as is_there from {relation} where {conditions}
                 order by md5({relation}::text || '{chance}') limit 1
             ) as drawn on true \\gset\n\
             \\if :{{?is_there}}\n",
        );
        ends += "\\endif\n";
    }
    script + then + &ends
}

/// What is asked of a relation for one query.
#[derive(Default)]
struct Row {
    columns: Vec<String>,
    conditions: Vec<String>,
}

/// A value that needs no database.
fn sample(source: &Source, dice: &mut Dice) -> String {
    match source {
        Source::From { .. } | Source::WordOf { .. } | Source::ElementOf { .. } => {
            unreachable!("asked of the database")
        }
        Source::OneOf(words) => words[dice.below(words.len() as u64) as usize].clone(),
        Source::Between(low, high) => {
            let digits = low.split_once('.').map_or(0, |(_, digits)| digits.len());
            let whole = |text: &str| text.replace('.', "").parse::<u64>().expect("a number");
            let number = whole(low) + dice.below(whole(high) - whole(low) + 1);
            match digits {
                0 => number.to_string(),
                _ => {
                    let one = 10_u64.pow(digits as u32);
                    format!("{}.{:0digits$}", number / one, number % one)
                }
            }
        }
        Source::Like(pattern) => {
            let letter = |c| match c {
                '?' => char::from(b'A' + dice.below(26) as u8),
                '#' => char::from(b'0' + dice.below(10) as u8),
                other => other,
            };
            pattern.chars().map(letter).collect()
        }
        Source::Words(low, high) => {
            vec!["word"; (u64::from(*low) + dice.below(u64::from(high - low + 1))) as usize].join(" ")
        }
    }
}
