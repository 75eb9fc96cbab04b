//! The words that cannot stand bare as a name everywhere.

/// Whether a lower-case word is a keyword of PostgreSQL 18 of another category than "unreserved".
///
/// PostgreSQL has four categories; the words of three of them (reserved, type or function name, column name) are
/// refused as a name in at least one place.
///
/// Source: `src/include/parser/kwlist.h` of PostgreSQL 18.4;
/// <https://www.postgresql.org/docs/18/sql-keywords-appendix.html>.
pub(super) fn is_reserved(word: &str) -> bool {
    NOT_UNRESERVED.binary_search(&word).is_ok()
}

/// Sorted by byte, for the binary search.
#[rustfmt::skip]
const NOT_UNRESERVED: &[&str] = &[
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization", "between",
    "bigint", "binary", "bit", "boolean", "both", "case", "cast", "char", "character", "check", "coalesce",
    "collate", "collation", "column", "concurrently", "constraint", "create", "cross", "current_catalog",
    "current_date", "current_role", "current_schema", "current_time", "current_timestamp", "current_user", "dec",
    "decimal", "default", "deferrable", "desc", "distinct", "do", "else", "end", "except", "exists", "extract",
    "false", "fetch", "float", "for", "foreign", "freeze", "from", "full", "grant", "greatest", "group",
    "grouping", "having", "ilike", "in", "initially", "inner", "inout", "int", "integer", "intersect", "interval",
    "into", "is", "isnull", "join", "json", "json_array", "json_arrayagg", "json_exists", "json_object",
    "json_objectagg", "json_query", "json_scalar", "json_serialize", "json_table", "json_value", "lateral",
    "leading", "least", "left", "like", "limit", "localtime", "localtimestamp", "merge_action", "national",
    "natural", "nchar", "none", "normalize", "not", "notnull", "null", "nullif", "numeric", "offset", "on", "only",
    "or", "order", "out", "outer", "overlaps", "overlay", "placing", "position", "precision", "primary", "real",
    "references", "returning", "right", "row", "select", "session_user", "setof", "similar", "smallint", "some",
    "substring", "symmetric", "system_user", "table", "tablesample", "then", "time", "timestamp", "to", "trailing",
    "treat", "trim", "true", "union", "unique", "user", "using", "values", "varchar", "variadic", "verbose",
    "when", "where", "window", "with", "xmlattributes", "xmlconcat", "xmlelement", "xmlexists", "xmlforest",
    "xmlnamespaces", "xmlparse", "xmlpi", "xmlroot", "xmlserialize", "xmltable",
];

#[cfg(test)]
mod tests {
    use super::NOT_UNRESERVED;

    #[test]
    fn the_words_are_sorted_and_as_many_as_postgresql_has() {
        assert!(NOT_UNRESERVED.is_sorted());
        // 78 reserved + 23 type or function name + 63 column name.
        assert_eq!(NOT_UNRESERVED.len(), 164);
    }
}
