//! What is left of a column's type when the constraints are taken into account.

use cogway_catalog::sql::Expression;

use super::data_type::DataType;
use super::value::Value;

/// What values a column may have, as far as constraints are understood. What is not understood is not in here, and is
/// evaluated afterwards.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Allowed {
    /// May it be NULL?
    pub null: Nullness,
    /// Only one of these, where there is a list. Of the column's type; never NULL.
    pub one_of: Option<Vec<Value>>,
    /// None of these.
    pub none_of: Vec<Value>,
    /// Not less than this.
    pub low: Option<Bound>,
    /// Not more than this.
    pub high: Option<Bound>,
    /// Length: of text in characters, of arrays in elements.
    pub length: Span,
    /// Length in bytes, of `bytea` and text.
    pub octets: Span,
    /// Patterns that a text must match, or must not.
    pub patterns: Vec<Pattern>,
    /// Upper and lower case.
    pub case: Case,
    /// No blanks at its ends?
    pub trimmed: bool,
    /// What `jsonb_typeof` must say: `object`, `array`, `string`, `number`, `boolean`.
    pub json_kind: Option<String>,
    /// For a domain's or an array's elements: what is allowed of each.
    pub element: Option<Box<Allowed>>,
    /// For arrays: of each of these lists, one value is among the elements.
    pub includes: Vec<Vec<Value>>,
    /// For addresses on a network: which.
    pub network: Networks,
    /// What is allowed of parts of the value, in the order in which they are drawn.
    pub parts: Vec<Part>,
    /// Comparisons with other columns of the same row, which are drawn before this one.
    pub relations: Vec<Relation>,
}

/// Which addresses on a network are allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Networks {
    /// Only those of IPv6, or only those of IPv4.
    pub is_v6: Option<bool>,
    /// How many bits the network has.
    pub mask: Span,
    /// Only those within this network.
    pub within: Option<String>,
    /// None of those within these networks.
    pub outside: Vec<String>,
}

/// What is allowed of a part of a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Which part.
    pub which: Which,
    /// The name that it has in what other parts are computed from.
    pub name: String,
    /// What it can hold.
    pub data_type: DataType,
    /// What it may be. NULL stands for a part that is not there. What it is compared with are parts before it, by their
    /// places among all.
    pub allowed: Allowed,
    /// What it is computed from, where it is not drawn: other parts, by their names.
    pub computed: Option<Expression>,
    /// Further bounds, computed from parts before it.
    pub limits: Vec<(Compare, Expression)>,
}

/// A part of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// The member of a JSON object.
    Member(String),
    /// The lower end of a range.
    Lower,
    /// The upper end of a range.
    Upper,
    /// The field of a value of a composite type, from 0.
    Field(usize),
}

/// May a column be NULL?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Nullness {
    /// Sometimes.
    #[default]
    Free,
    /// Never.
    Never,
    /// Always.
    Always,
}

/// An end of what is allowed.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// The value.
    pub value: Value,
    /// Is it allowed itself?
    pub included: bool,
}

/// From how many to how many, both included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// At least.
    pub least: Option<u32>,
    /// At most.
    pub most: Option<u32>,
}

/// A pattern for texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The text of the pattern.
    pub text: String,
    /// The language it is in.
    pub form: PatternForm,
    /// Does case count?
    pub case_sensitive: bool,
    /// Must texts match it, rather than not?
    pub wanted: bool,
    /// Is it matched against the text with all the blanks at its end that `character(n)` has?
    pub filled: bool,
}

/// The language of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternForm {
    /// `LIKE`, with `\` as escape.
    Like,
    /// `SIMILAR TO`
    Similar,
    /// `~`: PostgreSQL's advanced regular expressions, found anywhere in the text.
    Regex,
}

/// Which letters a text may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Case {
    /// All.
    #[default]
    Any,
    /// No capitals.
    Lower,
    /// Capitals only.
    Upper,
}

/// A comparison of this column with another one of the row: `this compare other`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The comparison.
    pub compare: Compare,
    /// The other column, by its place among the columns of the table, from 0.
    pub column: usize,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the operators")]
pub enum Compare {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
