//! Names of revisions, made fit for the names of files.

/// The most characters a name has in the name of a file.
const LONGEST: usize = 60;

/// The most bytes. Names of files have at most 255; the version and the ending must fit in as well.
const MOST_BYTES: usize = 180;

/// The name in lower case, with `_` for everything but letters and digits; `None` if nothing is left.
///
/// Letters of all scripts are kept, as every tool takes them; digits must be ASCII, as refinery demands. There are never
/// two `_` next to each other, which Flyway and refinery would take for the end of the version. A name that is too long is
/// cut behind a word.
pub(super) fn slug(name: &str) -> Option<String> {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphabetic() || c.is_ascii_digit() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('_') && !is_accent(c) {
            slug.push('_');
        }
    }
    let slug = shortened(slug.trim_end_matches('_'));
    (!slug.is_empty()).then(|| slug.to_owned())
}

/// An accent that was written as a character of its own, behind its letter. It does not divide words.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn shortened(slug: &str) -> &str {
    let end = slug
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .take(LONGEST)
        .take_while(|&end| end <= MOST_BYTES)
        .last()
        .unwrap_or_default();
    let Some((kept, rest)) = slug.split_at_checked(end) else {
        return slug;
    };
    if rest.is_empty() || rest.starts_with('_') {
        return kept.trim_end_matches('_');
    }
    // In the middle of a word: back to the one before, if there is one.
    kept.rsplit_once('_').map_or(kept, |(words, _)| words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_fit_for_files() {
        let cases = [
            ("Add surname to users", Some("add_surname_to_users")),
            ("add_surname", Some("add_surname")),
            ("  Orders: get -- a *status*! ", Some("orders_get_a_status")),
            ("../x", Some("x")),
            ("a/b\\c", Some("a_b_c")),
            ("CON", Some("con")),
            ("a\nb\0c\"d'e", Some("a_b_c_d_e")),
            ("__a__b__", Some("a_b")),
            ("Ünïcode Ñame", Some("ünïcode_ñame")),
            ("U\u{308}ber N\u{303}ame", Some("uber_name")),
            ("Größe: 日本語", Some("größe_日本語")),
            ("İstanbul", Some("istanbul")),
            ("x² ①", Some("x")),
            ("2024", Some("2024")),
            ("", None),
            ("  ", None),
            ("..", None),
            ("___", None),
            ("💥", None),
        ];
        for (name, expected) in cases {
            assert_eq!(slug(name).as_deref(), expected, "{name:?}");
        }
    }

    #[test]
    fn long_names_are_cut_behind_a_word() {
        let ten = "abcdefghi ";
        assert_eq!(
            slug(&ten.repeat(6)),
            Some("abcdefghi_".repeat(6).trim_end_matches('_').to_owned())
        );
        assert_eq!(slug(&(ten.repeat(6) + "x")).map(|slug| slug.len()), Some(59));
        assert_eq!(
            slug(&format!("{}abc abc", ten.repeat(5))).map(|slug| slug.len()),
            Some(57)
        );
        assert_eq!(
            slug(&format!("{}abcdefghijkl", ten.repeat(5))).map(|slug| slug.len()),
            Some(49)
        );
        assert_eq!(slug(&"x".repeat(200)).map(|slug| slug.len()), Some(60));
        assert_eq!(slug(&"語".repeat(200)).map(|slug| slug.chars().count()), Some(60));
        let widest = slug(&"𐐨".repeat(200)).unwrap();
        assert_eq!((widest.chars().count(), widest.len()), (45, 180));
    }
}
