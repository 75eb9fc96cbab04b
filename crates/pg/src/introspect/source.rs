//! Where each kind of object is read from: one query a kind, in a file of its name.

use cogway_catalog::{Kind, Name, ObjectId, QualifiedName};

/// A query that yields the objects of one kind.
///
/// Columns of the result that are not attributes of the kind's struct:
///
/// - `oid`: the object's row in [`Source::class`]; for columns that of the relation, and `sub_oid` the column's number.
/// - what the name consists of, by [`Shape`]: `name`, `schema`, `signature`, and `relation` or (as `regclass`)
///   `container` for parts.
/// - `owner`, `acl`, `acl_default`; and `type_oid`, where comments and labels are on that type.
///
/// Attributes are decoded by their names and PostgreSQL types; two conventions save the server joins that the reader
/// can make: a value of type `regclass` stands for the name of a relation, and a column called `x of y` holds
/// attribute numbers of the relation in column `y` and stands for their names, as attribute `x`.
#[derive(Debug)]
pub(crate) struct Source {
    /// The kind it yields.
    pub(crate) kind: Kind,
    /// The catalog that its OIDs are of.
    pub(crate) class: Class,
    /// What its names consist of.
    pub(crate) shape: Shape,
    /// The name of its file, by which `probe.sql` calls it.
    pub(crate) file: &'static str,
    /// The text of the query, with marks for versions of the server and for the choice of some objects.
    sql: &'static str,
}

/// What the name of an object consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A name in the database.
    Plain,
    /// A name in a schema.
    Qualified,
    /// A name in a schema, and a signature.
    Overloaded,
    /// A name in a relation or domain.
    Part,
}

/// A system catalog, by the OID that it has had since PostgreSQL 9 at the latest (`pg_class.dat` and its siblings;
/// `catalog_class_oids_are_right` in the tests asks the server).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u32)]
#[expect(clippy::enum_variant_names, reason = "an operator class is called so")]
pub(crate) enum Class {
    Type = 1247,
    /// Columns, by the OID of their relation.
    Attribute = 1249,
    Proc = 1255,
    Relation = 1259,
    ForeignServer = 1417,
    UserMapping = 1418,
    ForeignDataWrapper = 2328,
    AccessMethod = 2601,
    Cast = 2605,
    Constraint = 2606,
    Conversion = 2607,
    Language = 2612,
    Namespace = 2615,
    OperatorClass = 2616,
    Operator = 2617,
    Rewrite = 2618,
    Trigger = 2620,
    OperatorFamily = 2753,
    Extension = 3079,
    Policy = 3256,
    Statistics = 3381,
    Collation = 3456,
    EventTrigger = 3466,
    Transform = 3576,
    TextSearchDictionary = 3600,
    TextSearchParser = 3601,
    TextSearchConfiguration = 3602,
    TextSearchTemplate = 3764,
    DefaultAcl = 826,
    Subscription = 6100,
    Publication = 6104,
}

impl Class {
    /// The OID of the catalog.
    pub(crate) fn oid(self) -> u32 {
        self as u32
    }

    /// The catalog with that OID, where objects of the catalog are kept in it.
    pub(crate) fn from_oid(oid: u32) -> Option<Class> {
        SOURCES
            .iter()
            .map(|source| source.class)
            .chain([Class::Rewrite])
            .find(|class| class.oid() == oid)
    }
}

macro_rules! source {
    ($kind:ident, $class:ident, $shape:ident, $file:literal) => {
        Source {
            kind: Kind::$kind,
            class: Class::$class,
            shape: Shape::$shape,
            file: $file,
            sql: include_str!(concat!($file, ".sql")),
        }
    };
}

/// All sources, relations before their columns and columns before what names them.
pub(crate) static SOURCES: [Source; 41] = [
    source!(Schema, Namespace, Plain, "schema"),
    source!(Extension, Extension, Plain, "extension"),
    source!(Language, Language, Plain, "language"),
    source!(AccessMethod, AccessMethod, Plain, "access_method"),
    source!(Collation, Collation, Qualified, "collation"),
    source!(BaseType, Type, Qualified, "base_type"),
    source!(Enum, Type, Qualified, "enum"),
    source!(Range, Type, Qualified, "range"),
    source!(Domain, Type, Qualified, "domain"),
    source!(CompositeType, Relation, Qualified, "composite_type"),
    source!(Routine, Proc, Overloaded, "routine"),
    source!(Aggregate, Proc, Overloaded, "aggregate"),
    source!(Cast, Cast, Plain, "cast"),
    source!(Conversion, Conversion, Qualified, "conversion"),
    source!(Operator, Operator, Overloaded, "operator"),
    source!(OperatorFamily, OperatorFamily, Overloaded, "operator_family"),
    source!(OperatorClass, OperatorClass, Overloaded, "operator_class"),
    source!(Transform, Transform, Plain, "transform"),
    source!(
        TextSearchParser,
        TextSearchParser,
        Qualified,
        "text_search_parser"
    ),
    source!(
        TextSearchTemplate,
        TextSearchTemplate,
        Qualified,
        "text_search_template"
    ),
    source!(
        TextSearchDictionary,
        TextSearchDictionary,
        Qualified,
        "text_search_dictionary"
    ),
    source!(
        TextSearchConfiguration,
        TextSearchConfiguration,
        Qualified,
        "text_search_configuration"
    ),
    source!(
        ForeignDataWrapper,
        ForeignDataWrapper,
        Plain,
        "foreign_data_wrapper"
    ),
    source!(ForeignServer, ForeignServer, Plain, "foreign_server"),
    source!(UserMapping, UserMapping, Plain, "user_mapping"),
    source!(Table, Relation, Qualified, "table"),
    source!(View, Relation, Qualified, "view"),
    source!(MaterializedView, Relation, Qualified, "materialized_view"),
    source!(Column, Attribute, Part, "column"),
    source!(Sequence, Relation, Qualified, "sequence"),
    source!(Index, Relation, Qualified, "index"),
    source!(Constraint, Constraint, Part, "constraint"),
    source!(Constraint, Constraint, Part, "domain_constraint"),
    source!(Rule, Rewrite, Part, "rule"),
    source!(Trigger, Trigger, Part, "trigger"),
    source!(Policy, Policy, Part, "policy"),
    source!(Statistics, Statistics, Qualified, "statistics"),
    source!(Publication, Publication, Plain, "publication"),
    source!(Subscription, Subscription, Plain, "subscription"),
    source!(EventTrigger, EventTrigger, Plain, "event_trigger"),
    source!(DefaultPrivileges, DefaultAcl, Plain, "default_privileges"),
];

impl Source {
    /// The name by which `probe.sql` says that there is something to read.
    pub(crate) fn probe(&self) -> &'static str {
        if self.file == "domain_constraint" {
            "domain"
        } else {
            self.file
        }
    }

    /// The query for a server of that version (150018 is 15.18), for all objects or for those whose OIDs it is given.
    pub(crate) fn query(&self, server_version: u32, scope: Scope) -> String {
        let sql = for_server(self.sql, server_version, scope);
        match (sql.split_once("/*only "), scope) {
            (Some((before, rest)), Scope::Some) => {
                let (key, after) = rest.split_once("*/").unwrap_or((rest, ""));
                format!("{before}and {key} = any ($1){after}")
            }
            _ => sql,
        }
    }

    /// Who the object of a row is, from the parts of its name.
    pub(crate) fn id(
        &self,
        name: Name,
        schema: Option<Name>,
        relation: Option<QualifiedName>,
        signature: Option<Name>,
    ) -> Option<ObjectId> {
        Some(match self.shape {
            Shape::Plain => ObjectId::plain(self.kind, name),
            Shape::Qualified => ObjectId::qualified(self.kind, QualifiedName::new(schema?, name)),
            Shape::Overloaded => {
                ObjectId::overloaded(self.kind, QualifiedName::new(schema?, name), signature?)
            }
            Shape::Part => ObjectId::part(self.kind, relation?, name),
        })
    }
}

/// Which objects a query is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Scope {
    /// All of them.
    All,
    /// Those whose OIDs are the parameter.
    Some,
}

/// Keeps the lines that are for a server of that version and for that scope: a line may end in `--@ >=15`,
/// `--@ >=14 <17`, `--@ whole` or `--@ part`.
pub(crate) fn for_server(sql: &str, server_version: u32, scope: Scope) -> String {
    let major = server_version / 10_000;
    let holds = |condition: &str| match (
        condition,
        condition.strip_prefix(">="),
        condition.strip_prefix('<'),
    ) {
        ("whole", ..) => scope == Scope::All,
        ("part", ..) => scope == Scope::Some,
        (_, Some(least), _) => least.parse().is_ok_and(|least: u32| major >= least),
        (_, None, Some(bound)) => bound.parse().is_ok_and(|bound: u32| major < bound),
        _ => false,
    };
    let mut kept = String::with_capacity(sql.len());
    for line in sql.lines() {
        let (text, conditions) = line.split_once("--@").unwrap_or((line, ""));
        if conditions.split_whitespace().all(holds) {
            kept.push_str(text.trim_end());
            kept.push('\n');
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_chosen_by_version() {
        let sql = "a, --@ <15\nb, --@ >=15 <17\nc --@ >=16\nd";
        assert_eq!(for_server(sql, 140_005, Scope::All), "a,\nd\n");
        assert_eq!(for_server(sql, 150_018, Scope::All), "b,\nd\n");
        assert_eq!(for_server(sql, 160_001, Scope::All), "b,\nc\nd\n");
    }

    #[test]
    fn lines_are_chosen_by_scope() {
        let sql = "a --@ whole\nb --@ part >=15\nc";
        assert_eq!(for_server(sql, 150_018, Scope::All), "a\nc\n");
        assert_eq!(for_server(sql, 150_018, Scope::Some), "b\nc\n");
        assert_eq!(for_server(sql, 140_005, Scope::Some), "c\n");
    }

    #[test]
    fn every_kind_has_a_source() {
        for kind in Kind::ALL {
            assert!(
                SOURCES.iter().any(|source| source.kind == kind),
                "{kind} is not read"
            );
        }
    }

    #[test]
    fn every_query_can_be_limited() {
        for source in &SOURCES {
            let some = source.query(150_000, Scope::Some);
            assert!(some.contains("= any ($1)"), "{}", source.kind);
            assert!(
                !source.query(150_000, Scope::All).contains("$1"),
                "{}",
                source.kind
            );
        }
    }
}
