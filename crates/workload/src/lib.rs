//! What a database has to carry: rows, made for any schema.

pub mod seed;
