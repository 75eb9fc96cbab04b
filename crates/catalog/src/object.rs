//! What each kind of object consists of. One file a kind; here what all have in common.

mod access_method;
mod aggregate;
mod base_type;
mod cast;
mod collation;
mod column;
mod composite;
mod constraint;
mod conversion;
mod default_privileges;
mod domain;
mod enumeration;
mod event_trigger;
mod extension;
mod foreign;
mod index;
mod language;
mod operator;
mod operator_class;
mod policy;
mod range;
mod replication;
mod routine;
mod rule;
mod schema;
mod sequence;
mod statistics;
mod table;
mod text_search;
mod transform;
mod trigger;
mod view;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

pub use access_method::AccessMethod;
pub use aggregate::Aggregate;
pub use base_type::BaseType;
pub use cast::Cast;
pub use collation::Collation;
pub use column::Column;
pub use composite::{CompositeType, Field};
pub use constraint::{Constraint, ConstraintForm};
pub use conversion::Conversion;
pub use default_privileges::DefaultPrivileges;
pub use domain::Domain;
pub use enumeration::Enumeration;
pub use event_trigger::EventTrigger;
pub use extension::Extension;
pub use foreign::{ForeignDataWrapper, ForeignServer, UserMapping};
pub use index::Index;
pub use language::Language;
pub use operator::Operator;
pub use operator_class::{OperatorClass, OperatorFamily};
pub use policy::Policy;
pub use range::Range;
pub use replication::{Publication, Subscription};
pub use routine::Routine;
pub use rule::Rule;
pub use schema::Schema;
pub use sequence::{OwningColumn, Sequence};
pub use statistics::Statistics;
pub use table::{Ancestry, Table, TableForm};
pub use text_search::{TextSearchConfiguration, TextSearchDictionary, TextSearchParser, TextSearchTemplate};
pub use transform::Transform;
pub use trigger::Trigger;
pub use view::{MaterializedView, View};

use crate::id::{Kind, ObjectId};
use crate::name::Name;
use crate::privilege::Grant;

/// An object of a database: who it is, and everything that is so of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Object {
    /// Who it is.
    pub id: ObjectId,
    /// The role that owns it, where its kind has owners.
    pub owner: Option<Name>,
    /// Who may do what with it; none where nobody has changed what PostgreSQL gives by default.
    pub privileges: Option<Vec<Grant>>,
    /// The comment on it.
    pub comment: Option<String>,
    /// Security labels, `provider: label`, sorted.
    pub labels: Vec<String>,
    /// What is so of its kind only.
    pub definition: Definition,
}

impl Object {
    /// Every attribute by name, as JSON, in a fixed order: those of its kind first, then what all kinds have.
    pub fn attributes(&self) -> Vec<(String, Value)> {
        let mut attributes: Vec<(String, Value)> = match to_value(&self.definition) {
            Value::Object(fields) => fields.into_iter().collect(),
            _ => Vec::new(),
        };
        attributes.push(("owner".into(), to_value(&self.owner)));
        attributes.push(("privileges".into(), to_value(&self.privileges)));
        attributes.push(("comment".into(), to_value(&self.comment)));
        attributes.push(("labels".into(), to_value(&self.labels)));
        attributes
    }
}

fn to_value<T: Serialize>(value: &T) -> Value {
    // The types of this module are structs, strings, numbers and lists of them: nothing that JSON cannot hold.
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// Makes the enum with a variant a kind, the kind of a definition, and reading by kind, from one list.
macro_rules! definitions {
    ($($kind:ident($definition:ty)),* $(,)?) => {
        /// What is so of one kind of object only.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        #[expect(missing_docs, reason = "a variant is its kind; the struct in it says what it is")]
        pub enum Definition {
            $($kind($definition)),*
        }

        impl Definition {
            /// The kind that it defines.
            pub fn kind(&self) -> Kind {
                match self {
                    $(Definition::$kind(_) => Kind::$kind),*
                }
            }

            /// Reads the definition of an object of this kind from any format that calls fields by their names.
            ///
            /// # Errors
            /// What the format says when a field is missing or of another type.
            pub fn read<'de, D: Deserializer<'de>>(kind: Kind, from: D) -> Result<Definition, D::Error> {
                match kind {
                    $(Kind::$kind => <$definition>::deserialize(from).map(Definition::$kind)),*
                }
            }
        }
    };
}

definitions! {
    Schema(Schema),
    Extension(Extension),
    Language(Language),
    AccessMethod(AccessMethod),
    Collation(Collation),
    BaseType(BaseType),
    Enum(Enumeration),
    Range(Range),
    Domain(Domain),
    CompositeType(CompositeType),
    Routine(Box<Routine>),
    Aggregate(Box<Aggregate>),
    Cast(Cast),
    Conversion(Conversion),
    Operator(Operator),
    OperatorFamily(OperatorFamily),
    OperatorClass(OperatorClass),
    Transform(Transform),
    TextSearchParser(TextSearchParser),
    TextSearchTemplate(TextSearchTemplate),
    TextSearchDictionary(TextSearchDictionary),
    TextSearchConfiguration(TextSearchConfiguration),
    ForeignDataWrapper(ForeignDataWrapper),
    ForeignServer(ForeignServer),
    UserMapping(UserMapping),
    Sequence(Sequence),
    Table(Table),
    View(View),
    MaterializedView(MaterializedView),
    Column(Column),
    Constraint(Constraint),
    Index(Index),
    Rule(Rule),
    Trigger(Trigger),
    Policy(Policy),
    Statistics(Statistics),
    Publication(Publication),
    Subscription(Subscription),
    EventTrigger(EventTrigger),
    DefaultPrivileges(DefaultPrivileges),
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Raw {
            id: ObjectId,
            owner: Option<Name>,
            privileges: Option<Vec<Grant>>,
            comment: Option<String>,
            labels: Vec<String>,
            definition: Value,
        }
        let raw = Raw::deserialize(deserializer)?;
        let definition = Definition::read(raw.id.kind, raw.definition).map_err(serde::de::Error::custom)?;
        Ok(Object {
            id: raw.id,
            owner: raw.owner,
            privileges: raw.privileges,
            comment: raw.comment,
            labels: raw.labels,
            definition,
        })
    }
}
