//! Conditions that count truths.

use cogway_catalog::sql::{Argument, Expression, IsTest};

use super::condition::{LIMIT, Reader, Want, Ways, combined, concat, is_named};
use crate::seed::column::Column;
use crate::seed::data_type::DataType;
use crate::seed::evaluate::Compiled;
use crate::seed::value::Value;

/// More truths than that are not counted through.
const LEAVES: usize = 8;

impl Reader<'_> {
    /// Conditions that count truths, such as `num_nonnulls(a, b) = 1` or `(a IS NULL)::integer + … = 1`: each assignment of
    /// truths to what is counted that gives the wanted outcome is a way. None where it is no such condition.
    pub(super) fn counted(&self, expression: &Expression, want: Want) -> Option<Ways> {
        let mut leaves: Vec<Leaf> = Vec::new();
        let truth = |of: &Expression| self.is_truth(of);
        let abstracted = abstracted(expression, &truth, &mut leaves)?;
        if leaves.is_empty() || leaves.len() > LEAVES {
            return None;
        }
        let columns: Vec<Column> = (0..leaves.len())
            .map(|place| Column {
                name: leaf_name(place),
                data_type: DataType::Bool,
                not_null: false,
                comment: None,
            })
            .collect();
        let compiled = Compiled::of(&abstracted, &columns).ok()?;
        let outcomes: Vec<Vec<(Value, Ways)>> = leaves
            .iter()
            .map(|leaf| {
                let mut outcomes = vec![(Value::Bool(true), self.ways(&leaf.condition, Want::True)?)];
                if leaf.unknown_is_false {
                    outcomes.push((Value::Bool(false), self.ways(&leaf.condition, Want::NotTrue)?));
                } else {
                    outcomes.push((Value::Bool(false), self.ways(&leaf.condition, Want::False)?));
                    outcomes.push((Value::Null, self.ways(&leaf.condition, Want::Unknown)?));
                }
                outcomes.retain(|(_, ways)| !ways.is_empty());
                Some(outcomes)
            })
            .collect::<Option<_>>()?;
        let mut found = Vec::new();
        let mut row = vec![Value::Null; leaves.len()];
        self.assign(&compiled, want, &outcomes, vec![vec![]], &mut row, &mut found)?;
        concat(found)
    }

    fn assign(
        &self,
        compiled: &Compiled,
        want: Want,
        outcomes: &[Vec<(Value, Ways)>],
        so_far: Ways,
        row: &mut Vec<Value>,
        found: &mut Vec<Ways>,
    ) -> Option<()> {
        let place = row.len() - outcomes.len();
        let Some((first, rest)) = outcomes.split_first() else {
            let truth = match compiled.value(row) {
                Some(Value::Bool(truth)) => Some(truth),
                Some(Value::Null) => None,
                _ => return Some(()),
            };
            if want.accepts(truth) {
                found.push(so_far);
            }
            return (found.len() <= LIMIT).then_some(());
        };
        for (value, ways) in first {
            row[place] = value.clone();
            let combined = combined(so_far.clone(), ways.clone())?;
            self.assign(compiled, want, rest, combined, row, found)?;
        }
        Some(())
    }
}

/// A condition within a count.
struct Leaf {
    condition: Expression,
    /// Does NULL count as false does?
    unknown_is_false: bool,
}

fn leaf_name(place: usize) -> String {
    format!("leaf {place}")
}

/// The expression with each condition that it counts replaced by a column. None where it depends on anything else.
fn abstracted(
    expression: &Expression,
    is_truth: &dyn Fn(&Expression) -> bool,
    leaves: &mut Vec<Leaf>,
) -> Option<Expression> {
    let whole = |of: Expression| Expression::Cast(Box::new(of), "integer".to_owned());
    Some(match expression {
        Expression::Number(_) | Expression::String(_) | Expression::Null => expression.clone(),
        Expression::Cast(of, written) => match of.as_ref() {
            of if is_truth(of) => whole(leaf(of, false, leaves)),
            of => Expression::Cast(Box::new(abstracted(of, is_truth, leaves)?), written.clone()),
        },
        Expression::Binary(operator, left, right) => Expression::binary(
            operator,
            abstracted(left, is_truth, leaves)?,
            abstracted(right, is_truth, leaves)?,
        ),
        Expression::Case {
            operand: None,
            branches,
            otherwise,
        } => {
            let branches = branches
                .iter()
                .map(|(when, then)| Some((leaf(when, true, leaves), abstracted(then, is_truth, leaves)?)))
                .collect::<Option<Vec<_>>>()?;
            let otherwise = match otherwise {
                Some(otherwise) => Some(Box::new(abstracted(otherwise, is_truth, leaves)?)),
                None => None,
            };
            Expression::Case {
                operand: None,
                branches,
                otherwise,
            }
        }
        Expression::Call(call) if is_named(call, "num_nulls") || is_named(call, "num_nonnulls") => {
            let counted: Vec<&Expression> = match call.arguments.as_slice() {
                [
                    Argument {
                        variadic: true,
                        value: Expression::Array(parts),
                        ..
                    },
                ] => parts.iter().collect(),
                arguments if arguments.iter().any(|argument| argument.variadic) => return None,
                arguments => arguments.iter().map(|argument| &argument.value).collect(),
            };
            let mut sum: Option<Expression> = None;
            for part in counted {
                let condition = Expression::Is {
                    of: Box::new(part.clone()),
                    test: IsTest::Null,
                    negated: call.name == "num_nonnulls",
                };
                let one = whole(leaf(&condition, false, leaves));
                sum = Some(match sum {
                    Some(sum) => Expression::binary("+", sum, one),
                    None => one,
                });
            }
            sum?
        }
        Expression::Call(call) if is_named(call, "abs") || is_named(call, "coalesce") => {
            let arguments = call
                .arguments
                .iter()
                .map(|argument| abstracted(&argument.value, is_truth, leaves))
                .collect::<Option<Vec<_>>>()?;
            Expression::call(&call.name, arguments)
        }
        _ => return None,
    })
}

fn leaf(condition: &Expression, unknown_is_false: bool, leaves: &mut Vec<Leaf>) -> Expression {
    let known = leaves
        .iter()
        .position(|leaf| leaf.condition == *condition && leaf.unknown_is_false == unknown_is_false);
    let place = known.unwrap_or_else(|| {
        leaves.push(Leaf {
            condition: condition.clone(),
            unknown_is_false,
        });
        leaves.len() - 1
    });
    Expression::Column(leaf_name(place))
}
