//! Proofs on rows: small histories with a fault each, the careful form of the same change, and what is lost, rewritten and
//! told.

mod careful;
mod case;
mod faults;
mod filler;
mod losses;
mod order;
mod shop;
mod work;
