//! Types, as short as people write them.

/// A type as people write it: PostgreSQL's long names by their usual short ones, and without the schema `public`.
///
/// ```
/// # use cogway_analyze::er::short_type;
/// assert_eq!(short_type("character varying(200)"), "varchar(200)");
/// assert_eq!(short_type("timestamp(3) with time zone[]"), "timestamptz(3)[]");
/// assert_eq!(short_type("public.order_status"), "order_status");
/// assert_eq!(short_type("shop.money"), "shop.money");
/// ```
///
/// Source of the names: <https://www.postgresql.org/docs/current/datatype.html>, table 8.1, *Aliases*.
pub fn short_type(data_type: &str) -> String {
    // Before `[]` stands the type of the elements, and modifiers stand in the middle of some names.
    let bare_end = data_type.find("[]").unwrap_or(data_type.len());
    let (bare, array) = data_type.split_at(bare_end);
    for zone in [" with time zone", " without time zone"] {
        if let Some(name) = bare.strip_suffix(zone) {
            let (name, modifier) = match name.split_once('(') {
                Some((name, rest)) => (name, format!("({rest}")),
                None => (name, String::new()),
            };
            let tz = if zone == " with time zone" { "tz" } else { "" };
            if matches!(name, "time" | "timestamp") {
                return format!("{name}{tz}{modifier}{array}");
            }
        }
    }
    for (long, short) in [
        ("character varying", "varchar"),
        ("character", "char"),
        ("bit varying", "varbit"),
        ("double precision", "float8"),
    ] {
        if let Some(rest) = bare.strip_prefix(long)
            && (rest.is_empty() || rest.starts_with('('))
        {
            return format!("{short}{rest}{array}");
        }
    }
    let bare = bare.strip_prefix("public.").unwrap_or(bare);
    format!("{bare}{array}")
}
