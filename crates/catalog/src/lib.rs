//! What a PostgreSQL database contains, as one value.
//!
//! A [`Catalog`] holds every object of a database by its identity ([`ObjectId`], never an OID), each with all its
//! attributes. It is read from a server by the crate `cogway-pg`; here is nothing but the value: no I/O, no clock, no
//! randomness. Two catalogs can be [compared](compare), and each has a [`Fingerprint`] that is the same on every
//! server that holds the same schema.
//!
//! ```
//! use cogway_catalog::{Catalog, Definition, Kind, Object, ObjectId, Schema, compare};
//!
//! let before = Catalog::default();
//! let after: Catalog = [Object {
//!     id: ObjectId::plain(Kind::Schema, "shop"),
//!     owner: Some("anna".into()),
//!     privileges: None,
//!     comment: None,
//!     labels: vec![],
//!     definition: Definition::Schema(Schema {}),
//! }]
//! .into_iter()
//! .collect();
//! let differences = compare(&before, &after);
//! assert_eq!(differences[0].in_words("missing", "left behind"), "schema shop: left behind");
//! assert_ne!(before.fingerprint(), after.fingerprint());
//! ```
//!
//! The module [`sql`] holds what is known of SQL as text: quoting, splitting, classifying.

mod contents;
mod difference;
mod id;
mod name;
mod object;
mod privilege;
pub mod sql;

pub use contents::{Aspect, Catalog, Fingerprint, MODEL_VERSION, Unmodelled};
pub use difference::{Change, Difference, compare, compare_unmodelled};
pub use id::{Kind, ObjectId, ObjectName};
pub use name::{Name, QualifiedName};
pub use object::*;
pub use privilege::{Grant, changed_grants, grants};
