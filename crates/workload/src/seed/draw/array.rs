//! Arrays of one dimension.

use crate::seed::allowed::Allowed;
use crate::seed::chance::Chance;
use crate::seed::value::Value;

use super::Drawer;
use super::scatter::Scatter;

/// Makes arrays for one column.
#[derive(Clone, Debug)]
pub(super) struct Arrays {
    element: Drawer,
    least: u32,
    most: u32,
    /// Of each of these lists, one value is among the elements.
    includes: Vec<Vec<Value>>,
    way: Way,
}

/// How distinct arrays are made.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// No two have an element in common, so that they do not overlap either: so many elements each.
    Apart { elements: u32 },
    /// There are too few different elements for that: all words that can be made of so many, short ones first.
    Words { letters: u64 },
}

/// Without a limit, so many elements.
const USUAL: u32 = 4;

/// So many distinct elements are enough for all arrays to be apart.
const ENOUGH: u64 = 1 << 32;

impl Arrays {
    /// For what is allowed, of elements that are made by this.
    pub(super) fn new(element: Drawer, allowed: &Allowed) -> Arrays {
        let includes = allowed.includes.clone();
        let least = allowed.length.least.unwrap_or(0).max(includes.len() as u32);
        let most = allowed.length.most.unwrap_or_else(|| least.max(USUAL));
        let way = match element.capacity() {
            Some(letters) if letters < ENOUGH => Way::Words { letters },
            _ => Way::Apart {
                // What must be there has room behind these.
                elements: 2
                    .clamp(least, most.max(least))
                    .saturating_sub(includes.len() as u32)
                    .max(u32::from(most > includes.len() as u32)),
            },
        };
        Arrays {
            element,
            least,
            most,
            includes,
            way,
        }
    }

    /// A value.
    pub(super) fn draw(&self, row: Chance, mut chance: Chance) -> Option<Value> {
        if self.least > self.most {
            return None;
        }
        let count = u64::from(self.least)
            + chance.below(u64::from(self.most.min(self.least + USUAL) - self.least) + 1);
        let mut elements = Vec::with_capacity(count as usize);
        for index in 0..count {
            match self.element.draw(row, chance.at(index)) {
                Some(element) => elements.push(element),
                None if elements.len() >= self.least as usize => break,
                None => return None,
            }
        }
        self.include(&mut elements, chance);
        Some(Value::Array(elements))
    }

    /// Puts what must be there into places of the array.
    fn include(&self, elements: &mut [Value], mut chance: Chance) {
        // At places that follow each other, so that none takes that of another.
        let start = chance.below(elements.len() as u64) as usize;
        for (number, list) in self.includes.iter().enumerate() {
            let count = elements.len();
            if let Some(value) = chance.pick(list)
                && !list.iter().any(|value| elements.contains(value))
                && let Some(element) = elements.get_mut((start + number) % count.max(1))
            {
                *element = value.clone();
            }
        }
    }

    /// The `ordinal`-th.
    pub(super) fn distinct(&self, chance: Chance, ordinal: u64) -> Option<Value> {
        if self.least > self.most {
            return None;
        }
        let mut elements = match self.way {
            Way::Apart { elements: 0 } => return (ordinal == 0).then(|| Value::Array(Vec::new())),
            Way::Apart { elements } => (0..u64::from(elements))
                .map(|index| {
                    let ordinal = ordinal.checked_mul(u64::from(elements))?.checked_add(index)?;
                    self.element.distinct(chance, ordinal)
                })
                .collect::<Option<Vec<_>>>()?,
            Way::Words { letters } => self.word(letters, chance, ordinal)?,
        };
        // Behind what tells arrays apart.
        for list in &self.includes {
            if elements.len() < self.most as usize && !list.iter().any(|value| elements.contains(value)) {
                elements.extend(list.first().cloned());
            }
        }
        Some(Value::Array(elements))
    }

    /// How many distinct ones there are.
    pub(super) fn capacity(&self) -> Option<u64> {
        match self.way {
            _ if self.least > self.most => Some(0),
            Way::Apart { elements: 0 } => Some(1),
            Way::Apart { .. } => self.element.capacity().map(|count| count / 2),
            Way::Words { letters } => {
                let mut sum = u64::from(self.least == 0);
                for length in self.least.max(1)..=self.most {
                    match letters
                        .checked_pow(length)
                        .and_then(|count| sum.checked_add(count))
                    {
                        Some(more) if more <= 1 << 60 => sum = more,
                        _ => return None,
                    }
                    if letters == 0 || length > 4096 {
                        break;
                    }
                }
                Some(sum)
            }
        }
    }

    fn word(&self, letters: u64, chance: Chance, ordinal: u64) -> Option<Vec<Value>> {
        let mut rest = ordinal;
        for length in self.least.max(1)..=self.most {
            let count = letters.checked_pow(length);
            if letters == 0 || length > 4096 {
                break;
            }
            match count {
                Some(count) if rest >= count => rest -= count,
                _ => {
                    let mut number = match count {
                        Some(count) => Scatter::new(count).place(chance, rest)?,
                        None => rest,
                    };
                    return (0..length)
                        .map(|_| {
                            let letter = number % letters;
                            number /= letters;
                            self.element.distinct(chance, letter)
                        })
                        .collect();
                }
            }
        }
        // The empty array is the last to come.
        (self.least == 0 && rest == 0).then(Vec::new)
    }
}
