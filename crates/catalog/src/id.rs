//! Who an object is: its kind and its name, never an OID.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::name::{Name, QualifiedName};

/// What sort of thing an object is.
///
/// The order is the order of reports and of the canonical form: containers before what they contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the variants are PostgreSQL's own words")]
pub enum Kind {
    Schema,
    Extension,
    Language,
    AccessMethod,
    Collation,
    BaseType,
    Enum,
    Range,
    Domain,
    CompositeType,
    Routine,
    Aggregate,
    Cast,
    Conversion,
    Operator,
    OperatorFamily,
    OperatorClass,
    Transform,
    TextSearchParser,
    TextSearchTemplate,
    TextSearchDictionary,
    TextSearchConfiguration,
    ForeignDataWrapper,
    ForeignServer,
    UserMapping,
    Sequence,
    Table,
    View,
    MaterializedView,
    Column,
    Constraint,
    Index,
    Rule,
    Trigger,
    Policy,
    Statistics,
    Publication,
    Subscription,
    EventTrigger,
    DefaultPrivileges,
}

impl Kind {
    /// Every kind, in the order of reports.
    pub const ALL: [Kind; 40] = [
        Kind::Schema,
        Kind::Extension,
        Kind::Language,
        Kind::AccessMethod,
        Kind::Collation,
        Kind::BaseType,
        Kind::Enum,
        Kind::Range,
        Kind::Domain,
        Kind::CompositeType,
        Kind::Routine,
        Kind::Aggregate,
        Kind::Cast,
        Kind::Conversion,
        Kind::Operator,
        Kind::OperatorFamily,
        Kind::OperatorClass,
        Kind::Transform,
        Kind::TextSearchParser,
        Kind::TextSearchTemplate,
        Kind::TextSearchDictionary,
        Kind::TextSearchConfiguration,
        Kind::ForeignDataWrapper,
        Kind::ForeignServer,
        Kind::UserMapping,
        Kind::Sequence,
        Kind::Table,
        Kind::View,
        Kind::MaterializedView,
        Kind::Column,
        Kind::Constraint,
        Kind::Index,
        Kind::Rule,
        Kind::Trigger,
        Kind::Policy,
        Kind::Statistics,
        Kind::Publication,
        Kind::Subscription,
        Kind::EventTrigger,
        Kind::DefaultPrivileges,
    ];

    /// The kind in words, as messages print it: `materialized view`.
    pub fn words(self) -> &'static str {
        match self {
            Kind::Schema => "schema",
            Kind::Extension => "extension",
            Kind::Language => "language",
            Kind::AccessMethod => "access method",
            Kind::Collation => "collation",
            Kind::BaseType => "type",
            Kind::Enum => "enum",
            Kind::Range => "range type",
            Kind::Domain => "domain",
            Kind::CompositeType => "composite type",
            Kind::Routine => "function",
            Kind::Aggregate => "aggregate",
            Kind::Cast => "cast",
            Kind::Conversion => "conversion",
            Kind::Operator => "operator",
            Kind::OperatorFamily => "operator family",
            Kind::OperatorClass => "operator class",
            Kind::Transform => "transform",
            Kind::TextSearchParser => "text search parser",
            Kind::TextSearchTemplate => "text search template",
            Kind::TextSearchDictionary => "text search dictionary",
            Kind::TextSearchConfiguration => "text search configuration",
            Kind::ForeignDataWrapper => "foreign-data wrapper",
            Kind::ForeignServer => "foreign server",
            Kind::UserMapping => "user mapping",
            Kind::Sequence => "sequence",
            Kind::Table => "table",
            Kind::View => "view",
            Kind::MaterializedView => "materialized view",
            Kind::Column => "column",
            Kind::Constraint => "constraint",
            Kind::Index => "index",
            Kind::Rule => "rule",
            Kind::Trigger => "trigger",
            Kind::Policy => "policy",
            Kind::Statistics => "statistics",
            Kind::Publication => "publication",
            Kind::Subscription => "subscription",
            Kind::EventTrigger => "event trigger",
            Kind::DefaultPrivileges => "default privileges",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

/// The name of an object, in the shape that its kind has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ObjectName {
    /// A part of a relation or of a domain: column, constraint, trigger, rule, policy.
    Part {
        /// The relation or domain.
        of: QualifiedName,
        /// The name, unique among the parts of that kind.
        name: Name,
    },
    /// Something in a schema told apart by more than its name: the argument types of a routine, the operands of an
    /// operator, the access method of an operator class.
    Overloaded {
        /// Name and schema.
        #[serde(flatten)]
        name: QualifiedName,
        /// What tells it apart, as PostgreSQL writes types, schema-qualified.
        signature: Name,
    },
    /// Something in a schema.
    Qualified(QualifiedName),
    /// Something of the whole database. Objects without a name of their own (casts, user mappings, default
    /// privileges) are called by what identifies them, as in `integer AS text`.
    Plain {
        /// The name.
        name: Name,
    },
}

/// Who an object is: kind and name. Never an OID, so that it means the same on every server.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ObjectId {
    /// The kind.
    pub kind: Kind,
    /// The name.
    #[serde(flatten)]
    pub name: ObjectName,
}

impl ObjectId {
    /// An object of the whole database.
    pub fn plain(kind: Kind, name: impl Into<Name>) -> Self {
        ObjectId {
            kind,
            name: ObjectName::Plain { name: name.into() },
        }
    }

    /// An object in a schema.
    pub fn qualified(kind: Kind, name: QualifiedName) -> Self {
        ObjectId {
            kind,
            name: ObjectName::Qualified(name),
        }
    }

    /// A part of a relation or domain.
    pub fn part(kind: Kind, of: QualifiedName, name: impl Into<Name>) -> Self {
        ObjectId {
            kind,
            name: ObjectName::Part {
                of,
                name: name.into(),
            },
        }
    }

    /// An object in a schema that its name alone does not identify.
    pub fn overloaded(kind: Kind, name: QualifiedName, signature: impl Into<Name>) -> Self {
        ObjectId {
            kind,
            name: ObjectName::Overloaded {
                name,
                signature: signature.into(),
            },
        }
    }

    /// The relation or domain that this object is a part of.
    pub fn parent(&self) -> Option<&QualifiedName> {
        match &self.name {
            ObjectName::Part { of, .. } => Some(of),
            _ => None,
        }
    }

    /// The name alone, without schema, parent or signature, unquoted.
    pub fn bare_name(&self) -> &Name {
        match &self.name {
            ObjectName::Part { name, .. } | ObjectName::Plain { name } => name,
            ObjectName::Overloaded { name, .. } | ObjectName::Qualified(name) => &name.name,
        }
    }
}

/// `table public.orders`, `column public.orders.note`, `function public.total(integer)`,
/// `trigger touch on public.orders`.
impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.name, self.kind) {
            (ObjectName::Part { of, name }, Kind::Column) => write!(f, "column {of}.{name}"),
            (ObjectName::Part { of, name }, kind) => write!(f, "{kind} {name} on {of}"),
            (ObjectName::Overloaded { name, signature }, Kind::Routine | Kind::Aggregate) => {
                write!(f, "{} {name}({})", self.kind, signature.as_str())
            }
            (ObjectName::Overloaded { name, signature }, Kind::Operator) => {
                // An operator's name is never quoted.
                write!(
                    f,
                    "operator {}.{}({})",
                    name.schema,
                    name.name.as_str(),
                    signature.as_str()
                )
            }
            (ObjectName::Overloaded { name, signature }, kind) => {
                write!(f, "{kind} {name} using {}", signature.as_str())
            }
            (ObjectName::Qualified(name), kind) => write!(f, "{kind} {name}"),
            (
                ObjectName::Plain { name },
                Kind::Cast | Kind::UserMapping | Kind::DefaultPrivileges | Kind::Transform,
            ) => {
                write!(f, "{} {}", self.kind, name.as_str())
            }
            (ObjectName::Plain { name }, kind) => write!(f, "{kind} {name}"),
        }
    }
}
