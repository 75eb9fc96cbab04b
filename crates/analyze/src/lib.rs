//! What can be computed of a catalog and of rows, without a database.
//!
//! - [`er`](mod@er): the entities of a schema and their relations, laid out and drawn.
//! - [`document`]: a schema as a page to read, in HTML and Markdown.
//! - [`dependency`]: which columns determine which others, as far as rows can tell.
//! - [`normal_form`]: the normal form that a table is in, and what keeps it from a higher one.
//! - [`decomposition`]: the tables that it would be taken apart into.
//!
//! Everything here is a pure function: values in, values out.

pub mod decomposition;
pub mod dependency;
pub mod document;
pub mod er;
mod markup;
pub mod normal_form;
