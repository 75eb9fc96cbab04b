//! Types whose values are written here as their input functions read them: addresses, shapes, words to search for, bits.
//!
//! Each of them is a numbered series: drawing takes any of the first numbers, distinct values take one after the other.

mod extension;
mod geometry;
mod network;
mod search;
mod system;

use std::sync::Arc;

use crate::seed::allowed::Allowed;
use crate::seed::chance::Chance;
use crate::seed::data_type::DataType;
use crate::seed::meaning::Meaning;
use crate::seed::value::Value;

use super::scatter::Scatter;

/// A numbered series of literals.
#[derive(Clone, Debug)]
pub(super) struct Literals {
    series: Series,
    meaning: Arc<Meaning>,
}

/// Which series.
#[derive(Clone, Debug)]
enum Series {
    Network(network::Network),
    Bounded(network::Bounded),
    Geometry(geometry::Shape),
    Search(search::Search),
    System(system::System),
    Extension(extension::Extension),
    /// Noughts and ones: at least, at most.
    Bits {
        least: u32,
        most: u32,
    },
    Xml,
}

impl Literals {
    /// For a type; none where nothing is known of it.
    pub(super) fn new(of: &DataType, allowed: &Allowed, meaning: Arc<Meaning>) -> Option<Literals> {
        let series = match of {
            DataType::Bit { length, varying } => bits(*length, *varying, allowed),
            DataType::Xml => Series::Xml,
            DataType::Other(name) => network::Bounded::of(name, &allowed.network)
                .map(Series::Bounded)
                .or_else(|| network::Network::of(name).map(Series::Network))
                .or_else(|| geometry::Shape::of(name).map(Series::Geometry))
                .or_else(|| search::Search::of(name).map(Series::Search))
                .or_else(|| system::System::of(name).map(Series::System))?,
            DataType::Foreign { name, written } => {
                Series::Extension(extension::Extension::of(name, written)?)
            }
            _ => return None,
        };
        Some(Literals { series, meaning })
    }

    /// A value.
    pub(super) fn draw(&self, row: Chance, mut chance: Chance) -> Option<Value> {
        let most = match &self.series {
            Series::Network(_) | Series::Bounded(_) => 1 << 24,
            Series::Geometry(_) => 1 << 20,
            Series::Bits { .. } => u64::MAX,
            _ => 10_000,
        };
        let number = chance.below(self.capacity().unwrap_or(most).min(most));
        self.written(row, chance, number)
    }

    /// The `ordinal`-th.
    pub(super) fn distinct(&self, chance: Chance, ordinal: u64) -> Option<Value> {
        if self.capacity().is_some_and(|count| ordinal >= count) {
            return None;
        }
        let own = chance.at(ordinal);
        let number = match (&self.series, self.capacity()) {
            (Series::Bits { .. }, Some(count)) => Scatter::new(count).place(chance, ordinal)?,
            _ => ordinal,
        };
        self.written(own, own, number)
    }

    /// How many distinct ones there are; none where more than 2^60.
    pub(super) fn capacity(&self) -> Option<u64> {
        match &self.series {
            Series::Network(network) => network.capacity(),
            Series::Bounded(bounded) => bounded.capacity(),
            Series::Geometry(_) | Series::Search(_) | Series::Xml => None,
            Series::System(system) => system.capacity(),
            Series::Extension(extension) => extension.capacity(),
            Series::Bits { least, most } if least > most => Some(0),
            Series::Bits { most, .. } => 1_u64.checked_shl(*most).filter(|count| *count <= 1 << 60),
        }
    }

    fn written(&self, row: Chance, mut chance: Chance, number: u64) -> Option<Value> {
        let mut out = String::new();
        match &self.series {
            Series::Network(network) => network.write(number, &mut out),
            Series::Bounded(bounded) => bounded.write(number, &mut out),
            Series::Geometry(shape) => shape.write(number, &mut out),
            Series::Search(search) => search.write(number, &self.meaning, row, &mut chance, &mut out),
            Series::System(system) => system.write(number, &mut out)?,
            Series::Extension(extension) => extension.write(number, &mut chance, &mut out),
            Series::Bits { least, most } => {
                if least > most {
                    return None;
                }
                for place in (0..*most).rev() {
                    let bit = if place < 64 {
                        number >> place & 1
                    } else {
                        chance.below(2)
                    };
                    out.push(if bit == 1 { '1' } else { '0' });
                }
            }
            Series::Xml => {
                let mut text = String::new();
                self.meaning.text(row, &mut chance, &mut text);
                out.push_str("<note number=\"");
                out.push_str(&number.to_string());
                out.push_str("\">");
                out.push_str(
                    &text
                        .replace('&', "&amp;")
                        .replace('<', "&lt;")
                        .replace('>', "&gt;"),
                );
                out.push_str("</note>");
                return Some(Value::Text(out));
            }
        }
        Some(Value::Literal(out))
    }
}

/// Without a limit, so many bits.
const BITS: u32 = 32;

fn bits(length: Option<u32>, varying: bool, allowed: &Allowed) -> Series {
    let declared = length.unwrap_or(if varying { u32::MAX } else { 1 });
    let least = if varying {
        allowed.length.least.unwrap_or(1)
    } else {
        declared
    };
    let most = declared.min(allowed.length.most.unwrap_or(u32::MAX));
    let usual = if varying { most.min(least.max(BITS)) } else { most };
    Series::Bits { least, most: usual }
}
