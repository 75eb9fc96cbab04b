//! Making rows, one after the other.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::Arc;

use super::allowed::{Allowed, Bound, Compare, Nullness, Relation};
use super::chance::Chance;
use super::data_type::DataType;
use super::evaluate::overlap;
use super::kept::{Index, Kept};
use super::parents::{Parents, skewed};
use super::recipe::{Recipe, Relationship, Source, Variant, Watched, WatchedPart, Way};
use super::seen::{self, AsItIs, Seen};
use super::shape::Limit;
use super::value::Value;

/// How often a row is tried before its ordinal is given up.
const ATTEMPTS: u64 = 64;

/// Where rows were there before, so many numbers behind theirs are tried before the first ones again.
const AHEAD: u64 = 16;

/// Among so many parents the first rows choose, if there are so many: with one alone, two foreign keys to a table could not
/// differ.
const LEAST_PARENTS: u64 = 4;

/// Makes the rows of one table.
pub(crate) struct Maker {
    recipe: Arc<Recipe>,
    /// The parents of each relationship; none for those of the table's own rows.
    parents: Vec<Option<Arc<Parents>>>,
    /// How many rows each parent had when a table of this size had so many, by relationship.
    pools: Vec<Pool>,
    /// Is each parent to be referred to at least once? By relationship.
    covers: Vec<bool>,
    /// The rows made so far, as far as later ones refer to them, by relationship.
    own: Vec<Option<OwnRows>>,
    counts: HashMap<u64, u64, BuildHasherDefault<AsItIs>>,
    /// Ranges that were there before, by the group in which none may overlap.
    held: HashMap<u64, Vec<Value>, BuildHasherDefault<AsItIs>>,
    seen: Vec<Seen>,
    row: Vec<Value>,
    is_set: Vec<bool>,
    bytes: Vec<u8>,
    indexes: HashMap<(usize, u64), Arc<Index>>,
    pending_counts: Vec<(u64, u64)>,
    pending_keys: Vec<(usize, u64)>,
}

/// Rows of the table itself that later ones can refer to.
enum OwnRows {
    /// They are computed from their ordinals.
    Computed(Vec<usize>),
    /// They are kept.
    Kept(Vec<usize>, Kept),
}

/// How many rows a parent had at some time.
pub(crate) type Pool = Arc<dyn Fn(u64) -> u64 + Send + Sync>;

/// Why no row came of an ordinal: what was in the way at the last attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    /// The constraint.
    pub(crate) constraint: String,
    /// In words.
    pub(crate) reason: String,
}

/// What stands in the way of one attempt. In a box, so that a value comes back from a function as it is: it fits beside.
enum Obstacle {
    /// Another attempt may do better.
    Again(Box<Refused>),
    /// None will.
    Never(Box<Refused>),
}

impl Obstacle {
    fn again(constraint: &str, reason: impl Into<String>) -> Obstacle {
        Obstacle::Again(Box::new(Refused {
            constraint: constraint.to_owned(),
            reason: reason.into(),
        }))
    }

    fn never(constraint: &str, reason: impl Into<String>) -> Obstacle {
        Obstacle::Never(Box::new(Refused {
            constraint: constraint.to_owned(),
            reason: reason.into(),
        }))
    }
}

impl Maker {
    /// Begins; what was there before is told by [`know`](Maker::know).
    pub(crate) fn new(
        recipe: Arc<Recipe>,
        parents: Vec<Option<Arc<Parents>>>,
        pools: Vec<Pool>,
        covers: Vec<bool>,
    ) -> Maker {
        let columns = recipe.table.columns.len();
        let own = recipe
            .relationships
            .iter()
            .map(|relationship| own_rows(&recipe, relationship))
            .collect();
        Maker {
            parents,
            pools,
            covers,
            own,
            counts: HashMap::default(),
            held: HashMap::default(),
            seen: recipe.watched.iter().map(|_| Seen::default()).collect(),
            row: vec![Value::Null; columns],
            is_set: vec![false; columns],
            bytes: Vec::new(),
            indexes: HashMap::new(),
            pending_counts: Vec::new(),
            pending_keys: Vec::new(),
            recipe,
        }
    }

    /// The columns that it must know of rows that were there before.
    pub(crate) fn needs_to_know(&self) -> Vec<bool> {
        let recipe = &self.recipe;
        let mut wanted = vec![false; recipe.table.columns.len()];
        for watched in &recipe.watched {
            for part in &watched.parts {
                match part {
                    WatchedPart::Column(column) => wanted[*column] = true,
                    WatchedPart::Computed(expression, _) => {
                        expression
                            .columns()
                            .iter()
                            .for_each(|&column| wanted[column] = true);
                    }
                }
            }
            if let Some(predicate) = &watched.predicate {
                predicate
                    .columns()
                    .iter()
                    .for_each(|&column| wanted[column] = true);
            }
        }
        for source in &recipe.sources {
            if let Source::Counted { group } | Source::Span { group, .. } = source {
                group.iter().for_each(|&column| wanted[column] = true);
            }
        }
        for own in self.own.iter().flatten() {
            if let OwnRows::Kept(columns, _) = own {
                columns.iter().for_each(|&column| wanted[column] = true);
            }
        }
        wanted
    }

    /// Takes note of a row that was there before: all of its columns.
    pub(crate) fn know(&mut self, row: &[Value]) {
        self.row.clone_from_slice(row);
        self.is_set.fill(true);
        let recipe = Arc::clone(&self.recipe);
        for (place, watched) in recipe.watched.iter().enumerate() {
            if let Ok(Some(key)) = self.key_of(watched) {
                self.seen[place].insert(key);
            }
        }
        for (column, source) in recipe.sources.iter().enumerate() {
            if let Source::Counted { group } | Source::Span { group, .. } = source {
                let group = self.group_of(column, group);
                *self.counts.entry(group).or_default() += 1;
                if let Value::Range(_) = self.row[column] {
                    let held = self.held.entry(group).or_default();
                    held.push(self.row[column].clone());
                }
            }
        }
        self.keep();
    }

    /// Makes the row of an ordinal; `number` rows are there already. From `first_attempt` on, the attempts are others.
    pub(crate) fn make(
        &mut self,
        ordinal: u64,
        number: u64,
        first_attempt: u64,
    ) -> Result<&[Value], Refused> {
        let recipe = Arc::clone(&self.recipe);
        let mut first = None;
        for attempt in first_attempt..first_attempt + ATTEMPTS {
            match self.attempt(&recipe, ordinal, number, attempt) {
                Ok(()) => {
                    for (group, count) in self.pending_counts.drain(..) {
                        self.counts.insert(group, count);
                    }
                    for (place, key) in self.pending_keys.drain(..) {
                        self.seen[place].insert(key);
                    }
                    self.keep();
                    return Ok(&self.row);
                }
                Err(Obstacle::Again(refused)) => {
                    first.get_or_insert(*refused);
                }
                Err(Obstacle::Never(refused)) => return Err(first.unwrap_or(*refused)),
            }
        }
        Err(first.unwrap_or_else(|| Refused {
            constraint: String::new(),
            reason: "nothing was tried".to_owned(),
        }))
    }

    fn attempt(&mut self, recipe: &Recipe, ordinal: u64, number: u64, attempt: u64) -> Result<(), Obstacle> {
        self.is_set.fill(false);
        self.row.fill(Value::Null);
        self.pending_counts.clear();
        self.pending_keys.clear();
        let whole = recipe.chance.at(ordinal);
        // The first attempts keep the row's own person; what differs is drawn by column.
        let variant = recipe.variant(whole.of("look").at(attempt).bits());
        // What is another one for each row may be part of a foreign key.
        for (column, source) in recipe.sources.iter().enumerate() {
            if matches!(source, Source::Serial { .. } | Source::Distinct) {
                self.fill(recipe, variant, column, whole, ordinal, attempt)?;
            }
        }
        let choice = whole.of("parents").at(attempt);
        for place in 0..recipe.relationships.len() {
            // Each may be the one that the others follow.
            let turn = (place + attempt as usize) % recipe.relationships.len();
            self.refer(
                recipe,
                variant,
                turn,
                choice.at(turn as u64),
                ordinal,
                number,
                attempt,
            )?;
        }
        for &column in &variant.order {
            if !self.is_set[column] {
                self.fill(recipe, variant, column, whole, ordinal, attempt)?;
            }
        }
        // PostgreSQL computes it again; keys and conditions want to know it before.
        for (column, computed) in &recipe.generated {
            self.row[*column] = computed.value(&self.row).unwrap_or(Value::Null);
        }
        self.try_checks(recipe, variant)?;
        for (place, watched) in recipe.watched.iter().enumerate() {
            let key = self
                .key_of(watched)
                .map_err(|()| Obstacle::again(&watched.name, "it cannot be computed"))?;
            if let Some(key) = key {
                if self.seen[place].contains(key) {
                    let reason = "no further key was found that is free";
                    return Err(if watched.is_fixed {
                        Obstacle::never(&watched.name, reason)
                    } else {
                        Obstacle::again(&watched.name, reason)
                    });
                }
                self.pending_keys.push((place, key));
            }
        }
        Ok(())
    }

    /// Chooses the parent of a relationship.
    #[expect(clippy::too_many_arguments, reason = "all that the choice depends on")]
    fn refer(
        &mut self,
        recipe: &Recipe,
        variant: &Variant,
        place: usize,
        mut chance: Chance,
        ordinal: u64,
        number: u64,
        attempt: u64,
    ) -> Result<(), Obstacle> {
        let relationship = &recipe.relationships[place];
        let reference = &recipe.table.references[relationship.reference];
        let name = reference.name.as_str();
        let nullness = |column: &usize| variant.allowed[*column].null;
        let must = reference
            .columns
            .iter()
            .any(|column| nullness(column) == Nullness::Never && !recipe.table.columns[*column].not_null);
        let must_not = reference
            .columns
            .iter()
            .any(|column| nullness(column) == Nullness::Always);
        let may = !relationship.nulled.is_empty();
        if must_not || (may && !must && chance.happens(relationship.null_share)) {
            if relationship.nulled.is_empty() && must_not {
                return Err(Obstacle::again(name, "a condition wants NULL where none may be"));
            }
            return self.refer_to_nothing(relationship, &reference.columns, name);
        }
        let pool = self.pool(recipe, place, number, attempt);
        if pool == 0 {
            if may && !must {
                return self.refer_to_nothing(relationship, &reference.columns, name);
            }
            let reason = format!("there are no rows in {} to refer to", reference.to);
            // The first row of a table that refers to itself may have a way without.
            return Err(match self.parents[place] {
                Some(_) => Obstacle::never(name, reason),
                None => Obstacle::again(name, reason),
            });
        }
        // What other foreign keys, or the only value that is allowed, leave no choice of.
        let mut mask = 0_u64;
        // Without memory of its own as long as nothing is wanted, as in most rows.
        let mut wanted = Vec::new();
        for (at, &column) in reference.columns.iter().enumerate() {
            let known = if self.is_set[column] {
                &self.row[column]
            } else if let Some([only]) = variant.allowed[column].one_of.as_deref() {
                only
            } else {
                continue;
            };
            mask |= 1 << at;
            wanted.resize(reference.columns.len(), Value::Null);
            wanted[at] = known.clone();
        }
        if wanted
            .iter()
            .enumerate()
            .any(|(at, value)| mask & (1 << at) != 0 && *value == Value::Null)
        {
            // One of its columns is NULL already: nothing is referred to, unless all must be NULL or none.
            if reference.is_full && mask != (1 << reference.columns.len()) - 1 {
                return self.refer_to_nothing(relationship, &reference.columns, name);
            }
        }
        let row = match relationship.way {
            // Any of them may be taken by a row that was there: all keys are watched then.
            Way::Once if recipe.before > 0 && may && !must && attempt > ATTEMPTS / 2 => pool,
            Way::Once | Way::Next if recipe.before > 0 => (ordinal + attempt) % pool,
            Way::Once => ordinal,
            Way::Next => {
                let group = seen::hash(reference.name.as_str().as_bytes());
                self.next_in(recipe, group, attempt, Some(pool))
            }
            // A chain; or, where each row must refer to one, itself, or the other one of a pair.
            Way::OwnOnce if may => number.saturating_sub(1),
            Way::OwnOnce if attempt == 0 => number,
            Way::OwnOnce => number ^ 1,
            // Where a circle has each parent ask for a child, the one that has just come gets the first.
            Way::Any if self.covers[place] => {
                let then = |number: u64| (self.pools[place])(number).min(pool);
                let has_come = then(number) > 0 && (number == 0 || then(number - 1) < then(number));
                if has_come {
                    then(number) - 1
                } else {
                    skewed(pool, chance.bits())
                }
            }
            Way::Any | Way::Own => skewed(pool, chance.bits()),
        };
        let row = if mask == 0 {
            Some(row)
        } else {
            self.matching(place, mask, &wanted, pool, chance)
        };
        let Some(row) = row else {
            if may && !must {
                return self.refer_to_nothing(relationship, &reference.columns, name);
            }
            return Err(Obstacle::again(
                name,
                format!(
                    "no row of {} has the values that other constraints want",
                    reference.to
                ),
            ));
        };
        if row >= pool && matches!(relationship.way, Way::Once | Way::Next) {
            // With more parents, a later row would refer to one: where nothing was there, rows end with the parents.
            if may && !must && (recipe.before > 0 || relationship.way == Way::Next) {
                return self.refer_to_nothing(relationship, &reference.columns, name);
            }
            if may && relationship.way == Way::Next {
                // Rows of another look refer to others.
                return Err(Obstacle::again(
                    name,
                    format!("each row of {} is referred to already", reference.to),
                ));
            }
            return Err(Obstacle::never(
                name,
                format!("each row of {} is referred to already", reference.to),
            ));
        }
        for (at, &column) in reference.columns.iter().enumerate() {
            if !self.is_set[column] {
                self.row[column] = self.parent_value(recipe, place, row, at, ordinal, number);
                self.is_set[column] = true;
            }
        }
        Ok(())
    }

    fn refer_to_nothing(
        &mut self,
        relationship: &Relationship,
        columns: &[usize],
        name: &str,
    ) -> Result<(), Obstacle> {
        for &column in &relationship.nulled {
            if self.is_set[column] && self.row[column] != Value::Null {
                // Another foreign key has set it; one NULL among the columns is enough.
                continue;
            }
            self.row[column] = Value::Null;
            self.is_set[column] = true;
        }
        // Columns that stay open are drawn by themselves only if nothing is referred to.
        if columns
            .iter()
            .any(|&column| self.is_set[column] && self.row[column] == Value::Null)
        {
            Ok(())
        } else {
            Err(Obstacle::again(
                name,
                "it cannot be NULL, since another foreign key has its columns",
            ))
        }
    }

    /// How many rows can be referred to.
    fn pool(&self, recipe: &Recipe, place: usize, number: u64, attempt: u64) -> u64 {
        match &self.parents[place] {
            // Each is chosen once, in order: there are as many as rows at any time.
            Some(parents) if matches!(recipe.relationships[place].way, Way::Once | Way::Next) => {
                parents.len()
            }
            // Where the time of the row has no parent that does, any may.
            Some(parents) if attempt > ATTEMPTS - ATTEMPTS / 4 => parents.len(),
            Some(parents) => (self.pools[place])(number).max(LEAST_PARENTS).min(parents.len()),
            None => {
                let reference = &recipe.table.references[recipe.relationships[place].reference];
                let must = reference
                    .columns
                    .iter()
                    .all(|&column| recipe.table.columns[column].not_null);
                // The first row that must refer to some row refers to itself, or, where a condition forbids that, to the
                // one that follows.
                match (number, must, attempt) {
                    (0, true, 0) => 1,
                    (0, true, _) => 2,
                    (number, ..) => number,
                }
            }
        }
    }

    fn parent_value(
        &self,
        recipe: &Recipe,
        place: usize,
        row: u64,
        at: usize,
        ordinal: u64,
        number: u64,
    ) -> Value {
        match (&self.parents[place], &self.own[place]) {
            (Some(parents), _) => parents.value(row, at),
            (None, Some(OwnRows::Kept(columns, kept))) => {
                if row < kept.len() as u64 {
                    kept.value(row as usize, at)
                } else {
                    // The row itself: its value may be known.
                    self.row[columns[at]].clone()
                }
            }
            (None, Some(OwnRows::Computed(columns))) => {
                // Rows that were there before are in the parents of the recipe; ordinals count from there.
                let at_ordinal = (ordinal + row).saturating_sub(number);
                recipe.fixed_value(columns[at], at_ordinal).unwrap_or(Value::Null)
            }
            (None, None) => Value::Null,
        }
    }

    /// A row among the first `pool` with the values that are wanted.
    fn matching(
        &mut self,
        place: usize,
        mask: u64,
        wanted: &[Value],
        pool: u64,
        mut chance: Chance,
    ) -> Option<u64> {
        let kept = match (&self.parents[place], &self.own[place]) {
            (Some(parents), _) => match &**parents {
                Parents::Kept(kept) => kept,
                Parents::Computed(computed) => {
                    let all = (1_u64 << computed.columns.len()) - 1;
                    if mask == all {
                        // Whoever set all of them chose from rows that refer to this table as well.
                        return Some(0);
                    }
                    return (0..ATTEMPTS).map(|_| skewed(pool, chance.bits())).find(|&row| {
                        wanted
                            .iter()
                            .enumerate()
                            .all(|(at, value)| mask & (1 << at) == 0 || parents.value(row, at) == *value)
                    });
                }
            },
            (None, Some(OwnRows::Kept(_, kept))) => {
                return (0..ATTEMPTS).map(|_| skewed(pool, chance.bits())).find(|&row| {
                    row < kept.len() as u64
                        && wanted.iter().enumerate().all(|(at, value)| {
                            mask & (1 << at) == 0 || kept.value(row as usize, at) == *value
                        })
                });
            }
            (None, _) => return None,
        };
        let index = self
            .indexes
            .entry((place, mask))
            .or_insert_with(|| kept.index(mask));
        self.bytes.clear();
        kept.bytes(mask, wanted, &mut self.bytes);
        let rows = index.get(&self.bytes)?;
        let within = rows.partition_point(|&row| u64::from(row) < pool);
        let within = if within == 0 { rows.len() } else { within };
        rows.get(skewed(within as u64, chance.bits()) as usize)
            .map(|&row| u64::from(row))
    }

    /// Fills a column that is not referenced.
    fn fill(
        &mut self,
        recipe: &Recipe,
        variant: &Variant,
        column: usize,
        whole: Chance,
        ordinal: u64,
        attempt: u64,
    ) -> Result<(), Obstacle> {
        let allowed = &variant.allowed[column];
        let name = &recipe.table.columns[column].name;
        let exhausted = || Obstacle::never(name, "there are no further values that are allowed");
        let value = match &recipe.sources[column] {
            Source::Left => Value::Null,
            Source::Serial { .. } => recipe.fixed_value(column, ordinal).ok_or_else(exhausted)?,
            Source::Distinct if allowed.null == Nullness::Always => Value::Null,
            Source::Distinct => recipe.fixed_value(column, ordinal).ok_or_else(exhausted)?,
            Source::Counted { group } => {
                let group = self.group_of(column, group);
                let drawer = variant.drawers[column].as_ref();
                let count = self.next_in(
                    recipe,
                    group,
                    attempt,
                    drawer.and_then(|drawer| drawer.capacity()),
                );
                let value =
                    drawer.and_then(|drawer| drawer.distinct(recipe.chances[column].at(group), count));
                let value = value
                    .ok_or_else(|| Obstacle::again(name, "there are no further values that are allowed"))?;
                let held = self.held.get(&group);
                if held.is_some_and(|held| held.iter().any(|held| overlap(held, &value))) {
                    return Err(Obstacle::again(name, "a row that was there has it"));
                }
                value
            }
            Source::Span { end, group } => {
                let group = self.group_of(column, group);
                let count = self.next_in(recipe, group, attempt, None);
                let drawer = variant.drawers[column].as_ref();
                let span = drawer.and_then(|drawer| drawer.distinct(recipe.chances[column].at(group), count));
                let (low, high) =
                    ends_of(span).ok_or_else(|| Obstacle::again(name, "there are no further spans"))?;
                self.row[*end] = high;
                self.is_set[*end] = true;
                low
            }
            Source::Referenced | Source::SpanEnd | Source::Drawn => {
                if let Some(computed) = &variant.computed[column] {
                    let value = computed.value(&self.row);
                    value.ok_or_else(|| Obstacle::again(name, "it cannot be computed"))?
                } else {
                    self.draw(recipe, variant, column, whole, ordinal, attempt)?
                }
            }
        };
        self.row[column] = value;
        self.is_set[column] = true;
        if let Some(adjusted) = &variant.adjusted[column]
            && matches!(recipe.sources[column], Source::Drawn | Source::Referenced)
            && self.row[column] != Value::Null
        {
            let value = adjusted.value(&self.row);
            self.row[column] = value.ok_or_else(|| Obstacle::again(name, "it cannot be computed"))?;
        }
        Ok(())
    }

    /// The next number in a group. Where another condition is in the way, or a row that was there has it, later attempts
    /// take later ones; of few numbers they begin again, which is safe where all keys are watched.
    fn next_in(&mut self, recipe: &Recipe, group: u64, attempt: u64, capacity: Option<u64>) -> u64 {
        let used = self.counts.get(&group).copied().unwrap_or_default();
        let count = if recipe.before > 0 {
            let near = used.saturating_add(AHEAD).min(capacity.unwrap_or(u64::MAX));
            (used + attempt) % near.max(1)
        } else {
            let later = used + attempt / 8;
            if capacity.is_none_or(|capacity| later < capacity) {
                later
            } else {
                used
            }
        };
        self.pending_counts.push((group, count.max(used) + 1));
        count
    }

    fn draw(
        &self,
        recipe: &Recipe,
        variant: &Variant,
        column: usize,
        whole: Chance,
        ordinal: u64,
        attempt: u64,
    ) -> Result<Value, Obstacle> {
        let allowed = &variant.allowed[column];
        let described = &recipe.table.columns[column];
        let mut chance = recipe.chances[column].at(ordinal);
        if attempt > 0 {
            chance = chance.at(attempt);
        }
        let is_null = match allowed.null {
            Nullness::Always => true,
            Nullness::Never => false,
            Nullness::Free => !described.not_null && chance.happens(recipe.null_shares[column]),
        };
        if is_null {
            return Ok(Value::Null);
        }
        let Some(drawer) = variant.drawers[column].as_ref() else {
            return Ok(Value::Null);
        };
        let limits = &variant.limits[column];
        let drawn = if allowed.relations.is_empty() && limits.is_empty() {
            drawer.draw(whole, chance)
        } else {
            let (low, high, not) = self.bounds(allowed, limits, &described.data_type);
            drawer.draw_within(low.as_ref(), high.as_ref(), &not, whole, chance)
        };
        match drawn {
            Some(value) => Ok(value),
            // Without another value there is none where NULL may stand.
            None if !described.not_null && allowed.null == Nullness::Free => Ok(Value::Null),
            None => Err(Obstacle::again(
                &described.name,
                "no value is allowed beside those of the other columns",
            )),
        }
    }

    /// The bounds that come from other columns of the row.
    fn bounds(
        &self,
        allowed: &Allowed,
        limits: &[Limit],
        of: &DataType,
    ) -> (Option<Bound>, Option<Bound>, Vec<Value>) {
        let (mut low, mut high, mut not) = (None, None, Vec::new());
        for &Relation { compare, column } in &allowed.relations {
            let other = &self.row[column];
            if !self.is_set[column] || *other == Value::Null {
                continue;
            }
            let bound = |included| {
                Some(Bound {
                    value: other.clone(),
                    included,
                })
            };
            let (from, to) = match compare {
                Compare::Equal => (bound(true), bound(true)),
                Compare::NotEqual => {
                    not.push(other.clone());
                    (None, None)
                }
                Compare::Less => (None, bound(false)),
                Compare::LessOrEqual => (None, bound(true)),
                Compare::Greater => (bound(false), None),
                Compare::GreaterOrEqual => (bound(true), None),
            };
            low = tighter(low, from, std::cmp::Ordering::Greater);
            high = tighter(high, to, std::cmp::Ordering::Less);
        }
        for limit in limits {
            let (from, to) = limit.bounds(&self.row, of);
            low = tighter(low, from, std::cmp::Ordering::Greater);
            high = tighter(high, to, std::cmp::Ordering::Less);
        }
        (low, high, not)
    }

    fn try_checks(&self, recipe: &Recipe, variant: &Variant) -> Result<(), Obstacle> {
        // What is not drawn was not bound to keep the comparisons of the variant.
        for (column, allowed) in variant.allowed.iter().enumerate() {
            if recipe.sources[column] != Source::Drawn {
                for relation in &allowed.relations {
                    if !holds(&self.row[column], relation.compare, &self.row[relation.column]) {
                        return Err(Obstacle::again(
                            &recipe.table.columns[column].name,
                            "a comparison with another column does not hold",
                        ));
                    }
                }
            }
        }
        for (name, check) in &recipe.checks {
            if !check.passes(&self.row) {
                return Err(Obstacle::again(name, "no values were found that satisfy it"));
            }
        }
        Ok(())
    }

    /// The hash of a key; none where the row is no part of it.
    fn key_of(&mut self, watched: &Watched) -> Result<Option<u64>, ()> {
        if let Some(predicate) = &watched.predicate
            && predicate.value(&self.row) != Some(Value::Bool(true))
        {
            return Ok(None);
        }
        self.bytes.clear();
        for part in &watched.parts {
            let computed;
            let (value, of) = match part {
                WatchedPart::Column(column) => {
                    (&self.row[*column], &self.recipe.table.columns[*column].data_type)
                }
                WatchedPart::Computed(expression, of) => {
                    computed = expression.value(&self.row).ok_or(())?;
                    (&computed, of)
                }
            };
            if *value == Value::Null && !watched.nulls_are_equal {
                return Ok(None);
            }
            value.key_bytes(of, &mut self.bytes);
        }
        Ok(Some(seen::hash(&self.bytes)))
    }

    /// The hash of the columns by which a column counts.
    fn group_of(&mut self, column: usize, group: &[usize]) -> u64 {
        self.bytes.clear();
        self.bytes.extend((column as u64).to_le_bytes());
        for &member in group {
            let of = &self.recipe.table.columns[member].data_type;
            self.row[member].key_bytes(of, &mut self.bytes);
        }
        seen::hash(&self.bytes)
    }

    /// Keeps what later rows may refer to.
    fn keep(&mut self) {
        for own in self.own.iter_mut().flatten() {
            if let OwnRows::Kept(columns, kept) = own {
                kept.push(columns.iter().map(|&column| &self.row[column]));
            }
        }
    }
}

fn own_rows(recipe: &Recipe, relationship: &Relationship) -> Option<OwnRows> {
    if !matches!(relationship.way, Way::Own | Way::OwnOnce) {
        return None;
    }
    let reference = &recipe.table.references[relationship.reference];
    let columns: Option<Vec<usize>> = reference
        .to_columns
        .iter()
        .map(|name| recipe.table.place(name.as_str()))
        .collect();
    let columns = columns?;
    if recipe.before == 0 && recipe.are_fixed(&columns) {
        return Some(OwnRows::Computed(columns));
    }
    let types = columns
        .iter()
        .map(|&column| recipe.table.columns[column].data_type.clone())
        .collect();
    Some(OwnRows::Kept(columns, Kept::new(types)))
}

/// The ends of a span.
fn ends_of(span: Option<Value>) -> Option<(Value, Value)> {
    match span? {
        Value::Range(range) => match *range {
            super::value::Range::Span {
                low: Some(low),
                high: Some(high),
                ..
            } => Some((low, high)),
            _ => None,
        },
        _ => None,
    }
}

/// Of two bounds the one that leaves less: the greater of lower ones, the less of upper ones.
fn tighter(one: Option<Bound>, other: Option<Bound>, wins: std::cmp::Ordering) -> Option<Bound> {
    match (one, other) {
        (Some(one), Some(other)) => match one.value.compare(&other.value) {
            Some(order) if order == wins => Some(one),
            Some(std::cmp::Ordering::Equal) if !one.included => Some(one),
            _ => Some(other),
        },
        (one, other) => one.or(other),
    }
}

fn holds(value: &Value, compare: Compare, other: &Value) -> bool {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let Some(order) = value.compare(other) else {
        // NULL, or nothing that is compared here: what demands it is tried as a whole.
        return true;
    };
    match compare {
        Compare::Equal => order == Equal,
        Compare::NotEqual => order != Equal,
        Compare::Less => order == Less,
        Compare::LessOrEqual => order != Greater,
        Compare::Greater => order == Greater,
        Compare::GreaterOrEqual => order != Less,
    }
}
