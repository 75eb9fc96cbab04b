//! The keys of an index, out of its definition.

/// The keys in the output of `pg_get_indexdef`, each as PostgreSQL writes it: the column or expression with
/// collation, operator class and direction where they are not what PostgreSQL takes by itself.
///
/// `CREATE INDEX i ON public.t USING btree (a, lower(b) DESC) WHERE (c > 0)` gives `a` and `lower(b) DESC`.
pub(crate) fn index_keys(definition: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let mut key = String::new();
    // Nothing before the list contains a parenthesis outside quotes.
    let mut depth = 0_u32;
    let mut quote = None;
    for c in definition.chars() {
        if let Some(open) = quote {
            if c == open {
                quote = None;
            }
        } else {
            match c {
                // A doubled quote inside closes and opens again, which comes to the same.
                '\'' | '"' => quote = Some(c),
                '(' => {
                    depth += 1;
                    if depth == 1 {
                        continue;
                    }
                }
                ')' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        break;
                    }
                }
                ',' if depth == 1 => {
                    keys.push(std::mem::take(&mut key).trim().to_owned());
                    continue;
                }
                _ => {}
            }
        }
        if depth > 0 {
            key.push(c);
        }
    }
    if !key.trim().is_empty() {
        keys.push(key.trim().to_owned());
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_list_apart() {
        let check = |definition: &str, expect: &[&str]| assert_eq!(index_keys(definition), expect);
        check(
            "CREATE INDEX i ON public.t USING btree (a, lower(b) DESC) WHERE (c > 0)",
            &["a", "lower(b) DESC"],
        );
        check(
            r#"CREATE UNIQUE INDEX "i(,)" ON s."t(" USING gin (((a || ', ') || b) x.ops) INCLUDE (c)"#,
            &["((a || ', ') || b) x.ops"],
        );
        check(
            "CREATE INDEX i ON t USING btree (f('it''s, (') COLLATE \"C\")",
            &["f('it''s, (') COLLATE \"C\""],
        );
    }
}
