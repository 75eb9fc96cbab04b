//! The shop of `examples/shop`: its history is proved and moved with rows in it, its queries answer what they should, and
//! its documents name what there is.

#[expect(dead_code, reason = "the other tests of the program use the rest of it")]
#[path = "../cli/support.rs"]
mod support;

mod documents;
mod drawing;
mod headers;
mod history;
mod moving;
mod query;
mod reads;
mod refusals;
mod shop;
mod traffic;
mod writes;
