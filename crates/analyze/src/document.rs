//! A schema as a page to read: [`html()`] for browsers, [`markdown()`] for where Markdown is shown.
//!
//! [`Document::of`] gathers what is to be said of a catalog; writing it down is another matter. The same catalog makes the
//! same bytes: no time and no version is in them. Names and comments are anybody's text, and are escaped everywhere.
//!
//! ```
//! use cogway_analyze::document::{self, Document, Overview, Part};
//! use cogway_catalog::Catalog;
//!
//! let document = Document::of(&Catalog::default(), "an <empty> database", &Part::Whole, Overview::BySize);
//! assert!(document::html(&document).contains("an &lt;empty&gt; database"));
//! ```

mod html;
mod markdown;
mod reading;
mod wording;

use std::collections::BTreeSet;

use cogway_catalog::{Name, QualifiedName};

use crate::er::layout::{Detail, layout};
use crate::er::svg::{Frame, draw};
use crate::er::{Cardinality, Diagram, Keys, Relation, mermaid};

pub use html::html;
pub use markdown::markdown;

/// So many tables the diagram of the whole shows with every column.
const FULL_UP_TO: usize = 60;
/// GitHub draws no diagram of more characters. <https://mermaid.js.org/config/schema-docs/config.html#maxtextsize>
const MERMAID_LIMIT: usize = 50_000;

/// What is to be said of a schema.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it is called.
    pub title: String,
    /// All tables that are described, and those that they are related with.
    pub diagram: Diagram,
    /// How much of a table the diagram of the whole shows.
    pub overview: Overview,
    /// The tables, by schema and name.
    pub tables: Vec<TableEntry>,
    /// Views and materialised views.
    pub views: Vec<ViewEntry>,
    /// Enums, domains, composite types, ranges.
    pub types: Vec<Entry>,
    /// Functions, procedures and aggregates.
    pub routines: Vec<Entry>,
    /// Sequences that belong to no column.
    pub sequences: Vec<Entry>,
    /// Extensions.
    pub extensions: Vec<Entry>,
    /// What the catalog does not know more of than that it is there.
    pub unmodelled: Vec<String>,
}

/// How much of a table the diagram of the whole shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overview {
    /// Every column, up to 60 tables; of more the keys.
    BySize,
    /// Every column.
    Full,
    /// The columns of keys.
    Keys,
}

/// Which part of a catalog is described. Diagrams also show the tables that those of the part are related with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Everything.
    Whole,
    /// What is in these schemas.
    Schemas(BTreeSet<Name>),
    /// These tables, and nothing else. A partition stands for its table; names that the catalog does not have are passed over.
    Tables(BTreeSet<QualifiedName>),
}

/// A table.
#[derive(Clone, Debug)]
pub struct TableEntry {
    /// Its place among the entities of the diagram.
    pub entity: usize,
    /// Its name.
    pub name: QualifiedName,
    /// What sort of table it is, in words.
    pub form: String,
    /// The comment on it.
    pub comment: Option<String>,
    /// Its columns, in their order.
    pub columns: Vec<ColumnEntry>,
    /// Its constraints but foreign keys and NOT NULL, by name.
    pub constraints: Vec<Entry>,
    /// Its foreign keys.
    pub refers_to: Vec<Reference>,
    /// The foreign keys of others that refer to it.
    pub referred_by: Vec<Reference>,
    /// Its indexes, but those of constraints.
    pub indexes: Vec<Entry>,
    /// Its triggers, rules and policies.
    pub behaviour: Vec<Entry>,
    /// Its partitions with their bounds.
    pub partitions: Vec<Entry>,
    /// The places of the entities that it joins, where it is a join table.
    pub joins: Vec<usize>,
}

/// A column.
#[derive(Clone, Debug)]
pub struct ColumnEntry {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub data_type: String,
    /// Can it be NULL?
    pub nullable: bool,
    /// Its default, or how it is computed.
    pub default: Option<String>,
    /// The comment on it.
    pub comment: Option<String>,
    /// Which keys it is a part of.
    pub keys: Keys,
}

/// A foreign key, seen from one of its ends.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Its place among the relations of the diagram.
    pub relation: usize,
    /// The columns at this end, then those at the other.
    pub columns: String,
    /// What is done here when the other row goes or changes: `on delete cascade`.
    pub actions: String,
}

/// From which end a foreign key is looked at.
#[derive(Clone, Copy)]
enum Seen {
    FromChild,
    FromParent,
}

impl Seen {
    fn title(self) -> &'static str {
        match self {
            Seen::FromChild => "Refers to",
            Seen::FromParent => "Referred to by",
        }
    }

    /// The table at the other end, how many of its rows there are for one here, and how many here for one there.
    fn ends(self, relation: &Relation) -> (usize, Cardinality, Cardinality) {
        match self {
            Seen::FromChild => (relation.parent, relation.parent_end, relation.child_end),
            Seen::FromParent => (relation.child, relation.child_end, relation.parent_end),
        }
    }
}

/// A view.
#[derive(Clone, Debug)]
pub struct ViewEntry {
    /// Its name.
    pub name: QualifiedName,
    /// `view` or `materialized view`.
    pub form: &'static str,
    /// The comment on it.
    pub comment: Option<String>,
    /// Its columns, in their order.
    pub columns: Vec<ColumnEntry>,
    /// The query.
    pub query: String,
}

/// Anything else.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is called.
    pub name: String,
    /// What sort of thing it is: `enum`.
    pub kind: &'static str,
    /// What it consists of, as code.
    pub definition: String,
    /// The comment on it.
    pub comment: Option<String>,
}

impl Document {
    /// How much of a table the diagram shows.
    fn detail(&self) -> Detail {
        match self.overview {
            Overview::BySize if self.diagram.entities.len() > FULL_UP_TO => Detail::Keys,
            Overview::BySize | Overview::Full => Detail::Full,
            Overview::Keys => Detail::Keys,
        }
    }

    /// The diagram of the whole as a picture of its own.
    pub fn svg(&self) -> String {
        draw(&self.diagram, &layout(&self.diagram, self.detail()), Frame::Alone)
    }

    /// The diagram of the whole in Mermaid.
    pub fn mermaid(&self) -> String {
        mermaid::write(&self.diagram, self.detail())
    }

    /// Likewise, with as much of it as GitHub draws.
    fn mermaid_within_limit(&self) -> String {
        let mut text = self.mermaid();
        for detail in [Detail::Keys, Detail::Names] {
            if text.len() > MERMAID_LIMIT {
                text = mermaid::write(&self.diagram, detail);
            }
        }
        text
    }

    /// A table with its neighbours, and its place among them.
    fn neighbourhood(&self, table: &TableEntry) -> (Diagram, usize) {
        let around = self.diagram.neighbourhood(&BTreeSet::from([table.entity]));
        let place = around
            .iter()
            .position(|entity| *entity == table.entity)
            .unwrap_or_default();
        (self.diagram.only(&around), place)
    }
}

/// What can be linked to: letters, digits, `_`, `-` and `.`; anything else by its number.
fn anchor(kind: &str, name: &str) -> String {
    let mut anchor = format!("{kind}-");
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.') {
            anchor.push(c);
        } else {
            anchor += &format!("~{:x}~", u32::from(c));
        }
    }
    anchor
}

/// Where a page speaks of a table.
fn table_anchor(name: &QualifiedName) -> String {
    anchor(
        "table",
        &format!("{}.{}", name.schema.as_str(), name.name.as_str()),
    )
}
