//! How what must be unique comes to be so: by the way values are made where that is possible, by watching otherwise.

use cogway_catalog::sql::{Expression, parse_expression, parse_index_key};

use super::super::data_type::{DataType, TextForm};
use super::super::draw::Drawer;
use super::super::evaluate::Compiled;
use super::super::language::Language;
use super::super::meaning::{Meaning, Sort};
use super::super::table::{Exclusion, Key, Part, Table};
use super::cook::of_values;
use super::{Recipe, Source, Watched, WatchedPart, Way};

/// Decides for each key and each exclusion of a table.
pub(super) fn satisfy(recipe: &mut Recipe, wanted: u64) {
    let exclusions = recipe.table.exclusions.clone();
    for exclusion in &exclusions {
        exclude(recipe, exclusion);
    }
    let keys = recipe.table.keys.clone();
    for key in &keys {
        if !is_unique_already(recipe, key) && !make_unique(recipe, key, wanted) {
            watch(recipe, key);
        }
    }
    watch_what_was_there(recipe, &keys);
}

/// Where rows were there before, what is made may meet what they hold.
fn watch_what_was_there(recipe: &mut Recipe, keys: &[Key]) {
    if recipe.before == 0 {
        return;
    }
    for key in keys {
        let is_serial = key.parts.iter().any(
            |part| matches!(part, Part::Column(column) if matches!(recipe.sources[*column], Source::Serial { .. })),
        );
        if !is_serial
            && !recipe
                .watched
                .iter()
                .any(|watched| watched.name == key.name.as_str())
        {
            watch(recipe, key);
        }
    }
}

/// The columns of a part, and whether different values of one column always give different values of the part.
fn columns_of(table: &Table, part: &Part) -> (Vec<usize>, bool) {
    match part {
        Part::Column(column) => (vec![*column], true),
        Part::Expression(text) => {
            let Ok(expression) = parse_index_key(text) else {
                return (Vec::new(), false);
            };
            let columns = expression
                .columns()
                .into_iter()
                .filter_map(|name| table.place(name))
                .collect();
            (columns, keeps_apart(&expression))
        }
    }
}

/// Are different texts, as they are made to be distinct, still different after this expression?
fn keeps_apart(expression: &Expression) -> bool {
    match expression {
        Expression::Column(_) => true,
        Expression::Cast(inner, to) => {
            matches!(to.as_str(), "text" | "character varying" | "citext") && keeps_apart(inner)
        }
        Expression::Collate(inner, _) => keeps_apart(inner),
        Expression::Call(call) => {
            matches!(
                call.name.as_str(),
                "lower" | "upper" | "btrim" | "md5" | "coalesce"
            ) && call
                .arguments
                .first()
                .is_some_and(|argument| keeps_apart(&argument.value))
                && call.arguments[1..]
                    .iter()
                    .all(|argument| argument.value.columns().is_empty())
        }
        _ => false,
    }
}

/// Is a part of the key another one for each row already?
fn is_unique_already(recipe: &Recipe, key: &Key) -> bool {
    let by_value = key.parts.iter().any(|part| {
        let (columns, keeps_apart) = columns_of(&recipe.table, part);
        let distinct = |column: &usize| match &recipe.sources[*column] {
            Source::Serial { .. } | Source::Distinct => {
                !key.nulls_are_equal || recipe.table.columns[*column].not_null
            }
            // It counts in groups that the key tells apart, as an exclusion wanted it.
            Source::Counted { group } => {
                !key.nulls_are_equal
                    && group
                        .iter()
                        .all(|member| key.parts.contains(&Part::Column(*member)))
            }
            _ => false,
        };
        keeps_apart && columns.len() == 1 && columns.iter().all(distinct)
    });
    // Each parent is chosen once.
    let by_parent = recipe.relationships.iter().any(|relationship| {
        let columns = &recipe.table.references[relationship.reference].columns;
        matches!(relationship.way, Way::Once | Way::Next | Way::OwnOnce)
            && recipe.before == 0
            && !key.nulls_are_equal
            && columns
                .iter()
                .all(|column| key.parts.contains(&Part::Column(*column)))
    });
    by_value || by_parent
}

/// Makes one of the key's columns another one for each row, or for each row of a group. False where none can be.
fn make_unique(recipe: &mut Recipe, key: &Key, wanted: u64) -> bool {
    let mut candidates = Vec::new();
    let mut all = Vec::new();
    for part in &key.parts {
        let (columns, keeps_apart) = columns_of(&recipe.table, part);
        if let ([column], true) = (columns.as_slice(), keeps_apart)
            && recipe.sources[*column] == Source::Drawn
            && is_the_same_in_all_looks(recipe, *column)
        {
            candidates.push((
                capacity(recipe, *column),
                *column,
                matches!(part, Part::Column(_)),
            ));
        }
        all.extend(columns);
    }
    // The most values first; of those with more than anybody counts, texts rather than others.
    candidates.sort_by_key(|&(capacity, column, _)| {
        (
            u64::MAX - capacity,
            !is_text(&recipe.table.columns[column].data_type),
            column,
        )
    });
    let Some(&(capacity, column, is_column)) = candidates.first() else {
        return false;
    };
    let is_alone = all.len() == 1;
    let is_roomy = capacity >= wanted.saturating_mul(4);
    let refers = all
        .iter()
        .any(|column| recipe.sources[*column] == Source::Referenced);
    let by_itself = is_alone || (is_roomy && (!refers || is_text(&recipe.table.columns[column].data_type)));
    if by_itself {
        if key.predicate.is_some() && !is_roomy {
            return false;
        }
        recipe.sources[column] = Source::Distinct;
        if capacity < wanted {
            limit(recipe, capacity, key.name.as_str());
        }
        if key.nulls_are_equal {
            recipe.null_shares[column] = 0.0;
        }
        return true;
    }
    if !is_column || key.nulls_are_equal || key.predicate.is_some() {
        return false;
    }
    let group: Vec<usize> = all.into_iter().filter(|&other| other != column).collect();
    // A group by what is there but once is no group.
    if group.contains(&column) {
        return false;
    }
    if group
        .iter()
        .all(|&member| recipe.sources[member] == Source::Drawn)
    {
        let product = group.iter().fold(capacity, |product, &member| {
            product.saturating_mul(self::capacity(recipe, member))
        });
        if product < wanted {
            limit(recipe, product, key.name.as_str());
        }
    }
    recipe.sources[column] = Source::Counted { group };
    true
}

fn limit(recipe: &mut Recipe, most: u64, key: &str) {
    if recipe.most.as_ref().is_none_or(|(known, _)| *known > most) {
        recipe.most = Some((most, key.to_owned()));
    }
}

/// How many values a column can have.
fn capacity(recipe: &Recipe, column: usize) -> u64 {
    recipe.capacity(column).unwrap_or(u64::MAX)
}

fn is_the_same_in_all_looks(recipe: &Recipe, column: usize) -> bool {
    let Some(first) = recipe.variants.first() else {
        return false;
    };
    let is_computed = recipe.variants.iter().any(|variant| {
        variant.computed[column].is_some()
            || variant.adjusted[column].is_some()
            || !variant.limits[column].is_empty()
    });
    !is_computed
        && recipe
            .variants
            .iter()
            .all(|variant| of_values(&variant.allowed[column]) == of_values(&first.allowed[column]))
}

fn is_text(of: &DataType) -> bool {
    matches!(of.base(), DataType::Text(form) if *form != TextForm::Byte) || *of.base() == DataType::Uuid
}

/// Has the key watched for duplicates.
fn watch(recipe: &mut Recipe, key: &Key) {
    let name = key.name.as_str();
    let mut parts = Vec::new();
    let mut is_fixed = key.predicate.is_none();
    for part in &key.parts {
        match watched_part(&recipe.table, part) {
            Ok(part) => parts.push(part),
            Err(obstacle) => {
                recipe.judged.push((name.to_owned(), obstacle));
                return;
            }
        }
        let (columns, _) = columns_of(&recipe.table, part);
        is_fixed &= columns.iter().all(|&column| match &recipe.sources[column] {
            Source::Serial { .. } | Source::Distinct => true,
            Source::Referenced => recipe.relationships.iter().any(|relationship| {
                matches!(relationship.way, Way::Once | Way::OwnOnce)
                    && (recipe.before == 0 || relationship.way == Way::OwnOnce)
                    && recipe.table.references[relationship.reference]
                        .columns
                        .contains(&column)
            }),
            _ => false,
        });
    }
    let predicate = match compiled(&recipe.table, key.predicate.as_deref()) {
        Ok(predicate) => predicate,
        Err(obstacle) => {
            recipe.judged.push((name.to_owned(), obstacle));
            return;
        }
    };
    recipe.watched.push(Watched {
        name: name.to_owned(),
        parts,
        predicate,
        nulls_are_equal: key.nulls_are_equal,
        is_fixed,
    });
}

fn watched_part(table: &Table, part: &Part) -> Result<WatchedPart, String> {
    match part {
        Part::Column(column) => Ok(WatchedPart::Column(*column)),
        Part::Expression(text) => {
            let expression = parse_index_key(text).map_err(|error| error.to_string())?;
            let compiled =
                Compiled::of(&expression, &table.columns).map_err(|obstacle| obstacle.to_string())?;
            Ok(WatchedPart::Computed(compiled, DataType::Text(TextForm::Text)))
        }
    }
}

fn compiled(table: &Table, text: Option<&str>) -> Result<Option<Compiled>, String> {
    let Some(text) = text else {
        return Ok(None);
    };
    let expression = parse_expression(text).map_err(|error| error.to_string())?;
    let compiled = Compiled::of(&expression, &table.columns).map_err(|obstacle| obstacle.to_string())?;
    Ok(Some(compiled))
}

/// Decides for an exclusion: what overlaps nothing by the way it is made, or is equal to nothing.
fn exclude(recipe: &mut Recipe, exclusion: &Exclusion) {
    let mut group = Vec::new();
    let mut overlapping = Vec::new();
    for (part, operator) in &exclusion.parts {
        match (operator.as_str(), part) {
            ("=", Part::Column(column)) => group.push(*column),
            ("&&", part) => overlapping.push(part),
            _ => return leave_to_postgres(recipe, exclusion),
        }
    }
    match overlapping.as_slice() {
        [] => {
            let key = Key {
                name: exclusion.name.clone(),
                parts: exclusion.parts.iter().map(|(part, _)| part.clone()).collect(),
                predicate: exclusion.predicate.clone(),
                nulls_are_equal: false,
                is_primary: false,
            };
            recipe.table.keys.push(key);
        }
        [Part::Column(column), ..] if recipe.sources[*column] == Source::Drawn => {
            recipe.sources[*column] = if group.is_empty() {
                Source::Distinct
            } else {
                Source::Counted { group }
            };
        }
        [Part::Expression(text), ..] => match span_of(&recipe.table, text) {
            Some((of, low, high))
                if recipe.sources[low] == Source::Drawn && recipe.sources[high] == Source::Drawn =>
            {
                span(recipe, &of, low, high, group);
            }
            _ => leave_to_postgres(recipe, exclusion),
        },
        _ => leave_to_postgres(recipe, exclusion),
    }
}

fn leave_to_postgres(recipe: &mut Recipe, exclusion: &Exclusion) {
    recipe.judged.push((
        exclusion.name.as_str().to_owned(),
        "an exclusion by operators that are not known here".to_owned(),
    ));
}

/// The range type, and the columns of the ends, of `tstzrange(starts_at, ends_at)`.
fn span_of(table: &Table, text: &str) -> Option<(DataType, usize, usize)> {
    let Ok(Expression::Call(call)) = parse_index_key(text) else {
        return None;
    };
    let [low, high, ..] = call.arguments.as_slice() else {
        return None;
    };
    let column = |expression: &Expression| match expression {
        Expression::Column(name) => table.place(name),
        _ => None,
    };
    let (low, high) = (column(&low.value)?, column(&high.value)?);
    let of = table.columns[low].data_type.clone();
    (call.name.ends_with("range") && of == table.columns[high].data_type)
        .then(|| (DataType::Range(call.name.as_str().into(), of.into()), low, high))
}

/// Has two columns filled with the ends of spans.
fn span(recipe: &mut Recipe, of: &DataType, low: usize, high: usize, group: Vec<usize>) {
    let meaning = std::sync::Arc::new(Meaning::plain(Sort::Started, Language::English));
    for variant in &mut recipe.variants {
        let drawer = Drawer::new(of, &Default::default(), std::sync::Arc::clone(&meaning));
        variant.drawers[low] = Some(std::sync::Arc::new(drawer));
    }
    recipe.sources[low] = Source::Span { end: high, group };
    recipe.sources[high] = Source::SpanEnd;
}
