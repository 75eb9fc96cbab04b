//! Which rows find a partition: the bounds of all partitions, as one condition.

use cogway_catalog::sql::{Expression, PartitionBound, PartitionKey};

use super::super::shape::Strength;
use super::super::table::Partitioning;

/// The condition that some partition takes a row; none where every row finds one by its hash. Where there is a default
/// partition it is only a wish, which spreads the rows.
///
/// # Errors
/// What cannot be read of keys and bounds, in words.
pub(super) fn demand(partitioning: &Partitioning) -> Result<Option<(Expression, Strength)>, String> {
    let mut leaves = Vec::new();
    let mut strength = Strength::Must;
    for way in &partitioning.leaves {
        let mut conditions = Vec::new();
        let mut is_default = false;
        for (key, bound) in way {
            let key = PartitionKey::parse(key).map_err(|error| error.to_string())?;
            let bound = PartitionBound::parse(bound).map_err(|error| error.to_string())?;
            is_default |= bound == PartitionBound::Default;
            // Hashes are even: any row will do.
            conditions.extend(bound.condition(&key));
        }
        if is_default {
            // It takes what no other does.
            strength = Strength::Wish;
            continue;
        }
        leaves.push(match conditions.len() {
            0 => return Ok(None),
            1 => conditions.remove(0),
            _ => Expression::And(conditions),
        });
    }
    Ok(match leaves.len() {
        0 => None,
        1 => Some((leaves.remove(0), strength)),
        _ => Some((Expression::Or(leaves), strength)),
    })
}
