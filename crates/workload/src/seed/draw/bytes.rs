//! Bytes and identifiers without an order that anybody reads: `bytea` and `uuid`.

use crate::seed::allowed::{Allowed, Bound};
use crate::seed::chance::Chance;
use crate::seed::value::Value;

use super::scatter::mixed;

/// Makes `bytea` for one column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bytes {
    least: usize,
    most: usize,
}

/// Without a limit, so many bytes.
const USUAL: usize = 16;

impl Bytes {
    /// For what is allowed.
    pub(super) fn new(allowed: &Allowed) -> Bytes {
        let least = allowed
            .octets
            .least
            .max(allowed.length.least)
            .map(|least| least as usize);
        let most = [allowed.octets.most, allowed.length.most]
            .into_iter()
            .flatten()
            .min();
        let most = most.map(|most| most as usize);
        Bytes {
            least: least.unwrap_or_else(|| most.unwrap_or(USUAL).min(USUAL)),
            most: most.unwrap_or_else(|| least.unwrap_or(0).max(USUAL)),
        }
    }

    /// A value.
    pub(super) fn draw(&self, mut chance: Chance) -> Option<Value> {
        if self.least > self.most {
            return None;
        }
        // Long ones are as short as they may be: nobody looks at them.
        let most = self.most.min(self.least.max(USUAL));
        let length = self.least + chance.below((most - self.least) as u64 + 1) as usize;
        let mut bytes = Vec::with_capacity(length + 8);
        while bytes.len() < length {
            bytes.extend_from_slice(&chance.bits().to_le_bytes());
        }
        bytes.truncate(length);
        Some(Value::Bytes(bytes))
    }

    /// The `ordinal`-th: eight bytes tell it from all others, or as many as there is room for.
    pub(super) fn distinct(&self, chance: Chance, ordinal: u64) -> Option<Value> {
        if self.least > self.most {
            return None;
        }
        let Some(Value::Bytes(mut bytes)) = Bytes {
            least: self.width(),
            most: self.width(),
        }
        .draw(chance.at(ordinal)) else {
            return None;
        };
        match bytes.len().checked_sub(8) {
            Some(_) => bytes[..8].copy_from_slice(&mixed(chance.at(0).bits(), ordinal).to_be_bytes()),
            None if ordinal >> (8 * bytes.len()) > 0 => return None,
            None => {
                let from = 8 - bytes.len();
                bytes.copy_from_slice(&ordinal.to_be_bytes()[from..]);
            }
        }
        Some(Value::Bytes(bytes))
    }

    /// How many distinct ones there are.
    pub(super) fn capacity(&self) -> Option<u64> {
        if self.least > self.most {
            return Some(0);
        }
        (self.width() < 8).then(|| 1 << (8 * self.width()))
    }

    fn width(&self) -> usize {
        self.most.min(self.least.max(USUAL))
    }
}

/// Makes `uuid` for one column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Uuids {
    low: u128,
    high: u128,
}

impl Uuids {
    /// For what is allowed.
    pub(super) fn new(allowed: &Allowed) -> Uuids {
        let all = Uuids {
            low: 0,
            high: u128::MAX,
        };
        all.narrowed(allowed.low.as_ref(), allowed.high.as_ref())
    }

    #[must_use]
    fn narrowed(self, low: Option<&Bound>, high: Option<&Bound>) -> Uuids {
        let mut narrowed = self;
        if let Some(Bound {
            value: Value::Uuid(bytes),
            included,
        }) = low
        {
            narrowed.low = narrowed
                .low
                .max(u128::from_be_bytes(*bytes).saturating_add(u128::from(!included)));
        }
        if let Some(Bound {
            value: Value::Uuid(bytes),
            included,
        }) = high
        {
            narrowed.high = narrowed
                .high
                .min(u128::from_be_bytes(*bytes).saturating_sub(u128::from(!included)));
        }
        narrowed
    }

    /// A value, of version 4 where any is allowed.
    pub(super) fn draw(&self, mut chance: Chance) -> Option<Value> {
        let bits = (u128::from(chance.bits()) << 64) | u128::from(chance.bits());
        let span = self.high.checked_sub(self.low)?;
        let bits = match span.checked_add(1) {
            None => version_4(bits),
            Some(count) => self.low + bits % count,
        };
        Some(Value::Uuid(bits.to_be_bytes()))
    }

    /// A value between these.
    pub(super) fn draw_within(
        &self,
        low: Option<&Bound>,
        high: Option<&Bound>,
        chance: Chance,
    ) -> Option<Value> {
        self.narrowed(low, high).draw(chance)
    }

    /// The `ordinal`-th: the bits that are not of the version hold it, mixed with chance so that nobody sees it.
    pub(super) fn distinct(&self, chance: Chance, ordinal: u64) -> Option<Value> {
        let span = self.high.checked_sub(self.low)?;
        if span < u128::MAX {
            return (u128::from(ordinal) <= span)
                .then(|| Value::Uuid((self.low + u128::from(ordinal)).to_be_bytes()));
        }
        let key = chance.at(0).bits();
        let number = mixed(key, ordinal);
        // Sixty-two bits stand behind the variant, the two others at the very beginning.
        let high = (number & !(u64::MAX >> 2)) | (mixed(!key, ordinal) >> 2);
        let bits = (u128::from(high) << 64) | u128::from(number & (u64::MAX >> 2));
        Some(Value::Uuid(version_4(bits).to_be_bytes()))
    }

    /// How many there are.
    pub(super) fn capacity(&self) -> Option<u64> {
        let count = self
            .high
            .checked_sub(self.low)
            .map_or(0, |span| span.saturating_add(1));
        u64::try_from(count).ok().filter(|count| *count <= 1 << 60)
    }
}

fn version_4(bits: u128) -> u128 {
    const VERSION: u128 = 0xF << 76;
    const VARIANT: u128 = 0x3 << 62;
    (bits & !VERSION & !VARIANT) | (0x4 << 76) | (0x2 << 62)
}
