//! From a table and its constraints to the way in which its rows are made.

use std::collections::BTreeMap;
use std::sync::Arc;

use cogway_catalog::sql::{Expression, parse_expression};

use super::super::allowed::{Allowed, Nullness};
use super::super::chance::Chance;
use super::super::data_type::DataType;
use super::super::draw::Drawer;
use super::super::evaluate::Compiled;
use super::super::language::Language;
use super::super::meaning::{Meaning, Subject};
use super::super::row::Refused;
use super::super::shape::{Demand, Limit, Shapes, Strength, solve};
use super::super::size::Share;
use super::super::table::{Origin, Part, Table};
use super::{Recipe, Relationship, Source, Variant, Way, key, partition};

/// What is so of a table before rows are made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Before {
    /// How many rows there are.
    pub(crate) rows: u64,
    /// For each column that counts, the first number that is free.
    pub(crate) starts: BTreeMap<usize, i64>,
    /// Some values of each column, as texts.
    pub(crate) samples: BTreeMap<usize, Vec<String>>,
}

/// What is the same for all tables.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context {
    /// Of the seed.
    pub(crate) chance: Chance,
    pub(crate) language: Language,
}

/// How often a foreign key is NULL that may be.
const NO_PARENT: f64 = 0.15;

/// The recipe of a table that is to have `wanted` rows.
///
/// # Errors
/// The constraints that nothing can satisfy.
pub(crate) fn cook(
    table: Table,
    share: Share,
    wanted: u64,
    before: &Before,
    context: Context,
) -> Result<Recipe, Refused> {
    let name = table.name.to_string();
    let chance = context.chance.of(&name);
    let chances = table
        .columns
        .iter()
        .map(|column| chance.of(&column.name))
        .collect();
    let meanings = meanings(&table, before, context.language);
    let mut judged = Vec::new();
    let demands = demands(&table, &meanings, &mut judged);
    let shapes = solve(&table.columns, &demands).map_err(|unsatisfiable| Refused {
        constraint: unsatisfiable.constraints.join(", "),
        reason: unsatisfiable.reason,
    })?;
    // Behind those that were handed over come those of domains.
    let is_must = |demand: usize| {
        demands
            .get(demand)
            .is_none_or(|demand| demand.strength == Strength::Must)
    };
    for (demand, obstacle) in &shapes.judged {
        if is_must(*demand) {
            judged.push((shapes.names[*demand].clone(), obstacle.to_string()));
        }
    }
    let relationships = relationships(&table);
    let sources = sources(&table, before, &relationships);
    let mut recipe = Recipe {
        share,
        chance,
        chances,
        sources,
        null_shares: meanings.iter().map(|meaning| meaning.null_share()).collect(),
        variants: Vec::new(),
        weights: Vec::new(),
        relationships,
        checks: Vec::new(),
        watched: Vec::new(),
        judged,
        most: None,
        before: before.rows,
        generated: computed_by_postgres(&table),
        table,
    };
    recipe.variants = variants(&recipe.table, &shapes, &meanings);
    let mut total = 0;
    for shape in &shapes.shapes {
        total += u64::from(shape.weight.max(1));
        recipe.weights.push(total);
    }
    choose_the_next(&mut recipe);
    key::satisfy(&mut recipe, wanted);
    recipe.checks = checks(&recipe, &demands, shapes);
    order_looks(&mut recipe);
    Ok(recipe)
}

fn meanings(table: &Table, before: &Before, language: Language) -> Vec<Arc<Meaning>> {
    let columns = table.columns.iter().enumerate();
    columns
        .map(|(place, column)| {
            let meaning = Meaning::of(&Subject {
                schema: table.name.schema.as_str(),
                table: table.name.name.as_str(),
                table_comment: table.comment.as_deref(),
                column: &column.name,
                comment: column.comment.as_deref(),
                default: table.defaults[place].as_deref(),
                data_type: &column.data_type,
                language,
            });
            Arc::new(match before.samples.get(&place) {
                Some(samples) => meaning.with_samples(samples),
                None => meaning,
            })
        })
        .collect()
}

/// All that is demanded of rows: conditions, partitions, and, as a wish, that moments come in the order of life. What
/// cannot even be read is left to PostgreSQL.
fn demands(table: &Table, meanings: &[Arc<Meaning>], judged: &mut Vec<(String, String)>) -> Vec<Demand> {
    let mut demands = Vec::new();
    for (name, text) in &table.checks {
        match parse_expression(text) {
            Ok(expression) => demands.push(Demand {
                name: name.clone(),
                expression: expression.replaced(&mut |part| generated(table, part)),
                strength: Strength::Must,
            }),
            Err(error) => judged.push((name.clone(), error.to_string())),
        }
    }
    if let Some(partitioning) = &table.partitioning {
        match partition::demand(partitioning) {
            Ok(Some((expression, strength))) => demands.push(Demand {
                name: format!("partitions of {}", table.name),
                expression,
                strength,
            }),
            Ok(None) => {}
            Err(reason) => judged.push((format!("partitions of {}", table.name), reason)),
        }
    }
    let mut moments: Vec<(u8, usize)> = (0..table.columns.len())
        .filter_map(|place| meanings[place].place_in_life().map(|moment| (moment, place)))
        .collect();
    moments.sort_unstable();
    for pair in moments.windows(2) {
        let [(early, first), (late, second)] = pair else {
            continue;
        };
        if early < late && table.columns[*first].data_type == table.columns[*second].data_type {
            let column = |place: usize| Expression::Column(table.columns[place].name.clone());
            demands.push(Demand {
                name: "the order of life".to_owned(),
                expression: Expression::binary("<=", column(*first), column(*second)),
                strength: Strength::Wish,
            });
        }
    }
    demands
}

/// What stands for a column that PostgreSQL computes: how it computes it.
fn generated(table: &Table, part: &Expression) -> Option<Expression> {
    let Expression::Column(name) = part else {
        return None;
    };
    let text = table.generated[table.place(name)?].as_ref()?;
    parse_expression(text).ok()
}

fn sources(table: &Table, before: &Before, relationships: &[Relationship]) -> Vec<Source> {
    let referenced = |place: usize| {
        // What counts, or is a key by itself, stays so where it is only a part of what refers to something.
        let is_key = table
            .keys
            .iter()
            .any(|key| key.predicate.is_none() && key.parts == [Part::Column(place)]);
        let counts = is_key || matches!(table.origins[place], Origin::Sequence(_));
        relationships.iter().any(|relationship| {
            let columns = &table.references[relationship.reference].columns;
            columns.contains(&place) && (!counts || columns.len() == 1)
        })
    };
    table
        .origins
        .iter()
        .enumerate()
        .map(|(place, origin)| match origin {
            Origin::Generated => Source::Left,
            _ if referenced(place) => Source::Referenced,
            Origin::Sequence(counting) => {
                let (least, greatest) = match table.columns[place].data_type.base() {
                    DataType::Int(width) => width.bounds(),
                    _ => (i64::MIN, i64::MAX),
                };
                let up = counting.increment > 0;
                let start = if up { counting.minimum } else { counting.maximum };
                Source::Serial {
                    first: before.starts.get(&place).copied().unwrap_or(start),
                    increment: counting.increment,
                    last: if up {
                        counting.maximum.min(greatest)
                    } else {
                        counting.minimum.max(least)
                    },
                }
            }
            Origin::Made => Source::Drawn,
        })
        .collect()
}

fn relationships(table: &Table) -> Vec<Relationship> {
    let mut order: Vec<usize> = (0..table.references.len()).collect();
    order.sort_by_key(|&place| (usize::MAX - table.references[place].columns.len(), place));
    order
        .into_iter()
        .map(|place| relationship(table, place))
        .collect()
}

fn relationship(table: &Table, place: usize) -> Relationship {
    let reference = &table.references[place];
    let is_own = reference.to == table.name;
    let is_once = table.keys.iter().any(|key| {
        key.predicate.is_none()
            && key.parts.iter().all(|part| match part {
                super::super::table::Part::Column(column) => reference.columns.contains(column),
                super::super::table::Part::Expression(_) => false,
            })
    });
    let nullable = |column: &usize| !table.columns[*column].not_null;
    let is_shared = |column: &usize| {
        let mut others = table
            .references
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != place);
        others.any(|(_, other)| other.columns.contains(column))
    };
    let mut nulled: Vec<usize> = reference
        .columns
        .iter()
        .copied()
        .filter(|column| nullable(column))
        .collect();
    if reference.is_full {
        if nulled.len() < reference.columns.len() {
            nulled.clear();
        }
    } else {
        let alone: Vec<usize> = nulled
            .iter()
            .copied()
            .filter(|column| !is_shared(column))
            .collect();
        if !alone.is_empty() {
            nulled = alone;
        }
    }
    Relationship {
        reference: place,
        way: match (is_own, is_once) {
            (false, false) => Way::Any,
            (false, true) => Way::Once,
            (true, false) => Way::Own,
            (true, true) => Way::OwnOnce,
        },
        null_share: if is_once { 0.0 } else { NO_PARENT },
        nulled,
    }
}

/// Where each parent is chosen once, and not by each row, the number of the row does not say which parent is free.
fn choose_the_next(recipe: &mut Recipe) {
    let variants = &recipe.variants;
    for relationship in &mut recipe.relationships {
        let is_bound = |column: &usize| {
            let mut nullness = variants.iter().map(|variant| variant.allowed[*column].null);
            nullness.any(|null| null != Nullness::Free)
        };
        if relationship.way == Way::Once && relationship.nulled.iter().any(is_bound) {
            relationship.way = Way::Next;
        }
    }
}

fn variants(table: &Table, shapes: &Shapes, meanings: &[Arc<Meaning>]) -> Vec<Variant> {
    // Shapes differ in few columns; what is the same is prepared once.
    let mut prepared: Vec<Vec<(Allowed, Arc<Drawer>)>> = table.columns.iter().map(|_| Vec::new()).collect();
    shapes
        .shapes
        .iter()
        .map(|shape| {
            let drawers = shape
                .columns
                .iter()
                .enumerate()
                .map(|(place, allowed)| {
                    if table.origins[place] == Origin::Generated {
                        return None;
                    }
                    let allowed = of_values(allowed);
                    let known = prepared[place].iter().find(|(known, _)| *known == allowed);
                    if let Some((_, drawer)) = known {
                        return Some(Arc::clone(drawer));
                    }
                    let drawer = Arc::new(Drawer::new(
                        &table.columns[place].data_type,
                        &allowed,
                        Arc::clone(&meanings[place]),
                    ));
                    prepared[place].push((allowed, Arc::clone(&drawer)));
                    Some(drawer)
                })
                .collect();
            let by_column = |list: &[(usize, Compiled)]| {
                let mut all: Vec<Option<Compiled>> = shape.columns.iter().map(|_| None).collect();
                for (place, expression) in list {
                    all[*place] = Some(expression.clone());
                }
                all
            };
            let mut limits: Vec<Vec<Limit>> = shape.columns.iter().map(|_| Vec::new()).collect();
            for limit in &shape.limits {
                limits[limit.column].push(limit.clone());
            }
            let is_written = |place: &usize| table.origins[*place] != Origin::Generated;
            Variant {
                allowed: shape.columns.clone(),
                drawers,
                order: shape.order.iter().copied().filter(is_written).collect(),
                computed: by_column(&shape.computed),
                adjusted: by_column(&shape.adjusted),
                limits,
            }
        })
        .collect()
}

/// What is allowed of values, without what is said of NULL and of other columns.
pub(super) fn of_values(allowed: &Allowed) -> Allowed {
    Allowed {
        null: Nullness::Never,
        relations: Vec::new(),
        ..allowed.clone()
    }
}

/// Conditions that rows are tried against: those that the variants do not guarantee, and all that are on columns that are
/// not drawn, since variants guarantee nothing of these.
fn checks(recipe: &Recipe, demands: &[Demand], shapes: Shapes) -> Vec<(String, Compiled)> {
    let mut checks: BTreeMap<usize, Compiled> = BTreeMap::new();
    for (place, demand) in demands.iter().enumerate() {
        if demand.strength == Strength::Must
            && let Ok(compiled) = Compiled::of(&demand.expression, &recipe.table.columns)
        {
            let is_drawn = |column: &usize| recipe.sources[*column] == Source::Drawn;
            if !compiled.columns().iter().all(is_drawn) {
                checks.insert(place, compiled);
            }
        }
    }
    for (place, compiled) in shapes.checks {
        if demands
            .get(place)
            .is_none_or(|demand| demand.strength == Strength::Must)
        {
            checks.insert(place, compiled);
        }
    }
    checks
        .into_iter()
        .map(|(place, compiled)| (shapes.names[place].clone(), compiled))
        .collect()
}

/// How PostgreSQL computes columns, as far as that is understood.
fn computed_by_postgres(table: &Table) -> Vec<(usize, Compiled)> {
    let generated = table.generated.iter().enumerate();
    generated
        .filter_map(|(place, text)| {
            let expression = parse_expression(text.as_ref()?).ok()?;
            let of = &table.columns[place].data_type;
            Some((place, Compiled::assigned(&expression, &table.columns, of).ok()?))
        })
        .collect()
}

/// Puts what a column counts by before it.
fn order_looks(recipe: &mut Recipe) {
    let groups: Vec<Vec<usize>> = recipe
        .sources
        .iter()
        .map(|source| match source {
            Source::Counted { group } | Source::Span { group, .. } => group.clone(),
            _ => Vec::new(),
        })
        .collect();
    for variant in &mut recipe.variants {
        let mut order = Vec::new();
        for &column in &variant.order {
            for &member in &groups[column] {
                if !order.contains(&member) && variant.order.contains(&member) {
                    order.push(member);
                }
            }
            if !order.contains(&column) {
                order.push(column);
            }
        }
        variant.order = order;
    }
}
