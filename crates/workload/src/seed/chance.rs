//! Chance that is the same each time: a value is a function of the seed and of the place it is for, and of nothing else.

/// A source of chance for one place: a table, a column, a row, an attempt. Cheap to copy. Two places have sources that
/// have nothing to do with each other, and what is drawn at one place moves nothing at another.
///
/// The numbers are those of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). They
/// are part of what "the same seed gives the same bytes" promises: changing them changes every seeded database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    state: u64,
}

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

impl Chance {
    /// That of a seed.
    pub fn new(seed: u64) -> Chance {
        Chance {
            state: mix(seed ^ 0x5EED_5EED_5EED_5EED),
        }
    }

    /// The one for a part that has a name.
    #[must_use]
    pub fn of(self, name: &str) -> Chance {
        // FNV-1a, whose low quality the mixing makes good.
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        self.at(hash)
    }

    /// The one for a part that has a number.
    #[must_use]
    pub fn at(self, number: u64) -> Chance {
        Chance {
            state: mix(self.state.rotate_left(23) ^ mix(number.wrapping_add(GOLDEN))),
        }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN);
        mix(self.state)
    }

    /// A number from 0, below `end`; 0 where `end` is 0.
    pub fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(end)) >> 64) as u64
    }

    /// A number from `low` to `high`, both included; `low` where `high` is less.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = (i128::from(high) - i128::from(low)).max(0);
        match u64::try_from(span + 1) {
            Ok(count) => low.wrapping_add(self.below(count) as i64),
            Err(_) => self.bits() as i64,
        }
    }

    /// A number from 0, below 1.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True in this share of cases, from 0 to 1.
    pub fn happens(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// One of these; none where there are none.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len() as u64) as usize)
    }
}

fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}
