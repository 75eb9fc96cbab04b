//! How names and values are written into SQL. No other code of Cogway puts an identifier or a literal into SQL.

use super::reserved::is_reserved;

/// Writes a name so that PostgreSQL reads back exactly this name, quoting only where it must.
///
/// The result equals that of PostgreSQL's own `quote_ident`: a name is left bare when it starts with a lower-case ASCII
/// letter or `_`, goes on with lower-case ASCII letters, digits or `_`, and is no keyword other than an unreserved one.
/// Everything else is put in double quotes, with `"` doubled. The keywords are those of PostgreSQL 18, so that text
/// written today stays readable for every server this far; quoting one word too many never changes a meaning.
///
/// A NUL cannot be part of a PostgreSQL name and passes through, for the server to refuse.
///
/// Source: <https://www.postgresql.org/docs/18/functions-string.html#FUNCTIONS-STRING-OTHER> (`quote_ident`).
///
/// ```
/// # use cogway_catalog::sql::quote_ident;
/// assert_eq!(quote_ident("orders"), "orders");
/// assert_eq!(quote_ident("order"), "\"order\"");
/// assert_eq!(quote_ident("5\" nails"), "\"5\"\" nails\"");
/// ```
pub fn quote_ident(name: &str) -> String {
    if is_bare(name) && !is_reserved(name) {
        return name.to_owned();
    }
    let mut quoted = String::with_capacity(name.len() + 2);
    quoted.push('"');
    for c in name.chars() {
        if c == '"' {
            quoted.push('"');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

/// Writes a name with the schema it lives in: `schema.name`, each part as [`quote_ident`] writes it.
///
/// ```
/// # use cogway_catalog::sql::quote_qualified;
/// assert_eq!(quote_qualified("public", "user"), "public.\"user\"");
/// ```
pub fn quote_qualified(schema: &str, name: &str) -> String {
    let mut qualified = quote_ident(schema);
    qualified.push('.');
    qualified.push_str(&quote_ident(name));
    qualified
}

/// Writes a text value as a string constant.
///
/// The result equals that of PostgreSQL's own `quote_literal`: `'` is doubled; a value with a backslash becomes an
/// `E'…'` constant with the backslashes doubled, so that it reads the same whatever `standard_conforming_strings` says.
/// A NUL cannot be part of a PostgreSQL text and passes through, for the server to refuse.
///
/// Source: <https://www.postgresql.org/docs/18/functions-string.html#FUNCTIONS-STRING-OTHER> (`quote_literal`).
///
/// ```
/// # use cogway_catalog::sql::quote_literal;
/// assert_eq!(quote_literal("O'Neill"), "'O''Neill'");
/// assert_eq!(quote_literal("a\\b"), "E'a\\\\b'");
/// ```
pub fn quote_literal(value: &str) -> String {
    let mut quoted = String::with_capacity(value.len() + 2);
    if value.contains('\\') {
        quoted.push('E');
    }
    quoted.push('\'');
    for c in value.chars() {
        if matches!(c, '\'' | '\\') {
            quoted.push(c);
        }
        quoted.push(c);
    }
    quoted.push('\'');
    quoted
}

fn is_bare(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_lowercase() || b == b'_')
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
