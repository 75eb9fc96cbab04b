//! Which keys a table has already.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

/// The keys that there are: as hashes of 64 bits, so that ten million take some 160 MB. Two different keys are taken for the
/// same once in some hundred thousand tables of ten million rows; then a row is drawn again for nothing.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    hashes: HashSet<u64, BuildHasherDefault<AsItIs>>,
}

impl Seen {
    /// Is it there?
    pub(crate) fn contains(&self, key: u64) -> bool {
        self.hashes.contains(&key)
    }

    /// Puts it in.
    pub(crate) fn insert(&mut self, key: u64) {
        self.hashes.insert(key);
    }
}

/// Any odd number with bits all over.
const MULTIPLIER: u64 = 0xD6E8_FEB8_6659_FD93;

/// A hash of some bytes: always the same, on every machine.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut hash = 0x9E37_79B9_7F4A_7C15_u64 ^ (bytes.len() as u64);
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        let product = u128::from(hash ^ u64::from_le_bytes(word)) * u128::from(MULTIPLIER);
        hash = (product as u64) ^ ((product >> 64) as u64);
        hash = hash.rotate_left(29).wrapping_add(0x9E37_79B9_7F4A_7C15);
    }
    hash ^ (hash >> 31)
}

/// Hashes are their own hashes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}
