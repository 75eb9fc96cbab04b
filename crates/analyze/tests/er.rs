//! Diagrams: what they say, and how they are laid out and drawn.

#[path = "er/cardinality.rs"]
mod cardinality;
#[path = "er/document.rs"]
mod document;
#[path = "er/drawing.rs"]
mod drawing;
#[path = "er/layout.rs"]
mod layout;
#[path = "er/schema.rs"]
mod schema;
