//! The catalog as it is read: that every attribute counts, that reading a change is reading everything, that a dump
//! gives it back.

#![expect(
    clippy::print_stdout,
    reason = "seeds are printed, so that a failure can be run again"
)]

mod attributes;
mod cases;
mod fingerprint;
mod round_trip;
