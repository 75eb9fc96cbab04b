//! The program `cogway`.
fn main() {}
