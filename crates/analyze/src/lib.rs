//! What can be computed of a catalog and of rows, without a database.
//!
//! - [`dependency`]: which columns determine which others, as far as rows can tell.
//!
//! Everything here is a pure function: values in, values out.

pub mod dependency;
