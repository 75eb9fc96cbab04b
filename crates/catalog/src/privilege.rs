//! Access privileges in a form that does not depend on how they came about.
//! <https://www.postgresql.org/docs/current/ddl-priv.html>

use serde::{Deserialize, Serialize};

use crate::name::Name;

/// What one role lets another do with an object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Grant {
    /// Who may; `public` is everybody.
    pub grantee: Name,
    /// Who allows it.
    pub grantor: Name,
    /// What: `SELECT`, `INSERT` …; `SELECT*` where the grantee may grant it on.
    pub privileges: Vec<String>,
}

/// Reads an access control list as PostgreSQL prints its items (`alice=ar*/postgres`) into grants, sorted, one for
/// each pair of grantee and grantor.
///
/// Items that do not have that form are kept whole as a privilege, so that they take part in comparisons.
pub fn grants(items: &[impl AsRef<str>]) -> Vec<Grant> {
    let mut grants: Vec<Grant> = Vec::with_capacity(items.len());
    for item in items {
        let grant = grant(item.as_ref());
        match grants
            .iter_mut()
            .find(|known| known.grantee == grant.grantee && known.grantor == grant.grantor)
        {
            Some(known) => known.privileges.extend(grant.privileges),
            None => grants.push(grant),
        }
    }
    for grant in &mut grants {
        grant.privileges.sort();
        grant.privileges.dedup();
    }
    grants.retain(|grant| !grant.privileges.is_empty());
    grants.sort();
    grants
}

/// The privileges of an object whose list is `items`, when `default` is what it would have had from the start: none
/// where the two say the same, because a dump does not tell them apart either.
pub fn changed_grants(items: Option<&[String]>, default: Option<&[String]>) -> Option<Vec<Grant>> {
    let granted = grants(items?);
    (granted != grants(default.unwrap_or_default())).then_some(granted)
}

fn grant(item: &str) -> Grant {
    let parsed = role(item).and_then(|(grantee, rest)| {
        let (letters, rest) = rest.strip_prefix('=')?.split_once('/')?;
        let (grantor, _) = role(rest)?;
        let grantee = if grantee.is_empty() {
            "public".to_owned()
        } else {
            grantee
        };
        Some(Grant {
            grantee: grantee.into(),
            grantor: grantor.into(),
            privileges: privileges(letters),
        })
    });
    parsed.unwrap_or_else(|| Grant {
        grantee: "".into(),
        grantor: "".into(),
        privileges: vec![item.to_owned()],
    })
}

/// A role at the start of `text`, unquoted, and what follows it.
fn role(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(['=', '/']).unwrap_or(text.len());
        return Some((text[..end].to_owned(), &text[end..]));
    };
    let mut name = String::new();
    let mut rest = quoted;
    loop {
        let (before, after) = rest.split_once('"')?;
        name.push_str(before);
        match after.strip_prefix('"') {
            Some(after) => {
                name.push('"');
                rest = after;
            }
            None => return Some((name, after)),
        }
    }
}

fn privileges(letters: &str) -> Vec<String> {
    let mut privileges: Vec<String> = Vec::new();
    for letter in letters.chars() {
        if letter == '*' {
            if let Some(last) = privileges.last_mut() {
                last.push('*');
            }
        } else {
            privileges.push(privilege(letter));
        }
    }
    privileges
}

fn privilege(letter: char) -> String {
    match letter {
        'r' => "SELECT",
        'a' => "INSERT",
        'w' => "UPDATE",
        'd' => "DELETE",
        'D' => "TRUNCATE",
        'x' => "REFERENCES",
        't' => "TRIGGER",
        'X' => "EXECUTE",
        'U' => "USAGE",
        'C' => "CREATE",
        'c' => "CONNECT",
        'T' => "TEMPORARY",
        's' => "SET",
        'A' => "ALTER SYSTEM",
        'm' => "MAINTAIN",
        other => return other.to_string(),
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(items: &[&str], expect: &[(&str, &str, &str)]) {
        let found: Vec<(String, String, String)> = grants(items)
            .into_iter()
            .map(|grant| {
                (
                    grant.grantee.as_str().to_owned(),
                    grant.grantor.as_str().to_owned(),
                    grant.privileges.join(","),
                )
            })
            .collect();
        let expect: Vec<(String, String, String)> = expect
            .iter()
            .map(|&(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()))
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn reads_what_postgresql_prints() {
        check(&["alice=r/postgres"], &[("alice", "postgres", "SELECT")]);
        check(&["=U/postgres"], &[("public", "postgres", "USAGE")]);
        check(
            &["bob=ar*/alice", "bob=w/alice"],
            &[("bob", "alice", "INSERT,SELECT*,UPDATE")],
        );
        check(&[r#""we""ird=/"=r/"x y""#], &[(r#"we"ird=/"#, "x y", "SELECT")]);
        check(&["alice=/postgres"], &[]);
    }

    #[test]
    fn order_does_not_matter_and_the_default_is_nothing() {
        let one = ["a=r/o".to_owned(), "b=r/o".to_owned()];
        let other = ["b=r/o".to_owned(), "a=r/o".to_owned()];
        assert_eq!(changed_grants(Some(&one), Some(&other)), None);
        assert_eq!(changed_grants(None, Some(&other)), None);
        assert_eq!(changed_grants(Some(&[]), Some(&other)), Some(vec![]));
    }
}
