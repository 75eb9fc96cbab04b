//! The conditions of domains.

use cogway_catalog::sql::{Expression, parse_expression};

use super::{Demand, Strength, solve};
use crate::seed::allowed::{Allowed, Nullness};
use crate::seed::column::Column;
use crate::seed::data_type::{DataType, Domain};
use crate::seed::evaluate::{Compiled, Obstacle};

/// What is allowed of the values of a domain by itself, and the conditions that are not in there: they are to be evaluated on
/// rows of one value. Conditions that only PostgreSQL can judge are in neither.
///
/// Where a domain has several alternatives, it is the heaviest.
pub fn of_domain(domain: &Domain) -> (Allowed, Vec<Compiled>) {
    let (allowed, checks, _) = solved(domain);
    (allowed, checks)
}

/// The same, with what only PostgreSQL can judge.
fn solved(domain: &Domain) -> (Allowed, Vec<Compiled>, Vec<Obstacle>) {
    let column = Column {
        name: "value".to_owned(),
        data_type: DataType::Domain(domain.clone().into()),
        not_null: domain.not_null,
        comment: None,
    };
    match solve(&[column], &[]) {
        Ok(mut shapes) => {
            let allowed = shapes.shapes.swap_remove(0).columns.swap_remove(0);
            let checks = shapes.checks.into_iter().map(|(_, check)| check).collect();
            let judged = shapes.judged.into_iter().map(|(_, obstacle)| obstacle).collect();
            (allowed, checks, judged)
        }
        // No value meets it: NULL is left, where there is that.
        Err(_) => {
            let allowed = Allowed {
                null: Nullness::Always,
                ..Allowed::default()
            };
            (allowed, Vec::new(), Vec::new())
        }
    }
}

/// Is NULL refused by a domain of the column?
pub(super) fn refuses_null(data_type: &DataType) -> bool {
    match data_type {
        DataType::Domain(domain) => domain.not_null || refuses_null(&domain.base),
        _ => false,
    }
}

/// The conditions of a column's domains as demands on the column; or the name of one with the reason why it is not understood.
pub(super) fn checks(column: &Column) -> Vec<Result<Demand, (String, Obstacle)>> {
    let mut demands = Vec::new();
    let mut data_type = &column.data_type;
    while let DataType::Domain(domain) = data_type {
        for (name, text) in &domain.checks {
            demands.push(match parse_expression(text) {
                Ok(expression) => Ok(Demand {
                    name: name.clone(),
                    expression: expression.replaced(&mut |part| {
                        (*part == Expression::Value).then(|| Expression::Column(column.name.clone()))
                    }),
                    strength: Strength::Must,
                }),
                Err(error) => Err((name.clone(), Obstacle::new(format!("{text}: {error}")))),
            });
        }
        data_type = &domain.base;
    }
    demands
}

/// Domains of the elements of an array: what is allowed of the elements. What is left to PostgreSQL becomes a demand.
pub(super) fn within_arrays(
    data_type: &DataType,
    demands: &mut Vec<Demand>,
    unread: &mut Vec<(usize, Obstacle)>,
) -> Option<Box<Allowed>> {
    let DataType::Array(element) = data_type.base() else {
        return None;
    };
    let DataType::Domain(domain) = element.as_ref() else {
        return None;
    };
    if domain.checks.is_empty() && !refuses_null(element) && !matches!(domain.base, DataType::Domain(_)) {
        return None;
    }
    let (allowed, checks, judged) = solved(domain);
    if !checks.is_empty() || !judged.is_empty() {
        demands.push(Demand {
            name: domain.name.to_string(),
            expression: Expression::Bool(true),
            strength: Strength::Must,
        });
        let obstacle = Obstacle::new(format!(
            "the conditions of {} on elements of an array",
            domain.name
        ));
        unread.push((demands.len() - 1, obstacle));
    }
    Some(Box::new(allowed))
}
