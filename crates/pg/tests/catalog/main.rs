//! The catalog as it is read: that every attribute counts, that reading a change is reading everything, that a dump
//! gives it back.

mod attributes;
mod cases;
mod fingerprint;
mod round_trip;
