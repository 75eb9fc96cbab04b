//! Chance, which can be repeated.

use std::fmt::Display;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Random numbers: splitmix64. <https://prng.di.unimi.it/splitmix64.c>
pub(crate) struct Chance(u64);

impl Chance {
    /// Begins with the seed of the environment, or with one that was never used, and says which.
    #[expect(
        clippy::print_stderr,
        reason = "the seed belongs beside what a test says when it fails"
    )]
    pub(crate) fn new(test: &str) -> Chance {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let fresh = u64::from(now.subsec_nanos()) ^ now.as_secs() << 20;
        let seed = from_environment("COGWAY_ENDURANCE_SEED").unwrap_or(fresh);
        eprintln!("{test}: COGWAY_ENDURANCE_SEED={seed} repeats it");
        Chance(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below this one.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).expect("a small number")
    }

    /// A moment before this one.
    pub(crate) fn before(&mut self, end: Duration) -> Duration {
        end.mul_f64((self.next() >> 11) as f64 / (1u64 << 53) as f64)
    }
}

/// How often to try, where the environment does not say.
pub(crate) fn times(usual: usize) -> usize {
    from_environment("COGWAY_ENDURANCE_TIMES").unwrap_or(usual)
}

fn from_environment<T: FromStr<Err: Display>>(name: &str) -> Option<T> {
    let text = std::env::var(name).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|error| panic!("{name}={text}: {error}")),
    )
}
