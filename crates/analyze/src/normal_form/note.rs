//! What is worth saying of a table beside its normal form.

use std::fmt;

use cogway_catalog::Name;

/// Something worth saying of a table that its normal form does not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Nothing in the schema keeps two rows from being the same.
    NoKey,
    /// A column whose values consist of several values.
    Inside {
        /// The column.
        column: Name,
        /// Its type.
        data_type: String,
        /// What a value of it is.
        inside: Inside,
    },
    /// A column of text whose values look like lists.
    ListInText {
        /// The column.
        column: Name,
        /// How many of the values that were looked at hold several.
        values: usize,
        /// One of them.
        example: String,
    },
    /// A column that PostgreSQL computes from others.
    Computed {
        /// The column.
        column: Name,
        /// What it is computed from.
        from: Vec<Name>,
    },
    /// A unique constraint or index that is no key, because NULLs may repeat.
    NullableUnique {
        /// The constraint or index.
        name: Name,
        /// Its columns that may be NULL.
        nullable: Vec<Name>,
    },
    /// A unique index over some rows only.
    PartialUnique {
        /// The index.
        name: Name,
        /// Which rows.
        predicate: String,
    },
    /// A unique index over expressions.
    UniqueExpression {
        /// The index.
        name: Name,
        /// What it is over.
        keys: Vec<String>,
    },
    /// A constraint that keeps rows apart by other operators than equality.
    Exclusion {
        /// The constraint.
        name: Name,
    },
}

/// What a value consists of that is more than one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inside {
    /// Elements of an array.
    Array,
    /// A JSON document.
    Json,
    /// An XML document.
    Xml,
    /// Keys and values.
    Hstore,
    /// Fields of a composite type.
    Composite,
}

impl Note {
    /// Is it something to think about? Otherwise it only says why something does not count.
    pub fn is_doubt(&self) -> bool {
        match self {
            Note::NoKey | Note::Inside { .. } | Note::ListInText { .. } | Note::NullableUnique { .. } => true,
            Note::Computed { .. }
            | Note::PartialUnique { .. }
            | Note::UniqueExpression { .. }
            | Note::Exclusion { .. } => false,
        }
    }

    /// A word for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Note::NoKey => "no_key",
            Note::Inside { .. } => "not_atomic",
            Note::ListInText { .. } => "list_in_text",
            Note::Computed { .. } => "generated_column",
            Note::NullableUnique { .. } => "nullable_unique",
            Note::PartialUnique { .. } => "partial_unique",
            Note::UniqueExpression { .. } => "unique_expression",
            Note::Exclusion { .. } => "exclusion",
        }
    }
}

impl fmt::Display for Inside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Inside::Array => "an array",
            Inside::Json => "a JSON document",
            Inside::Xml => "an XML document",
            Inside::Hstore => "a set of keys and values",
            Inside::Composite => "a composite value",
        })
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |names: &[Name]| {
            let names: Vec<String> = names.iter().map(Name::to_string).collect();
            names.join(", ")
        };
        match self {
            Note::NoKey => write!(
                f,
                "it has no key: nothing keeps two rows from being the same; all columns together count as the key"
            ),
            Note::Inside {
                column,
                data_type,
                inside,
            } => write!(
                f,
                "1NF: {column} ({data_type}) holds {inside}; it counts as one value"
            ),
            Note::ListInText {
                column,
                values,
                example,
            } => write!(
                f,
                "1NF: {column} looks like lists in text: {values} values hold several, such as {example:?}; a table of its \
                 own could hold them"
            ),
            Note::Computed { column, from } => write!(
                f,
                "{column} is generated from {}: PostgreSQL keeps it right, and it is left out",
                list(from)
            ),
            Note::NullableUnique { name, nullable } => write!(
                f,
                "{name} is no key: rows with NULL in {} may repeat; NOT NULL, or NULLS NOT DISTINCT, makes it one",
                list(nullable)
            ),
            Note::PartialUnique { name, predicate } => {
                write!(f, "{name} is no key: it is unique only where {predicate}")
            }
            Note::UniqueExpression { name, keys } => {
                write!(
                    f,
                    "{name} is no key of columns: it is unique by {}",
                    keys.join(", ")
                )
            }
            Note::Exclusion { name } => {
                write!(f, "{name} is no key: it keeps rows apart by more than equality")
            }
        }
    }
}
