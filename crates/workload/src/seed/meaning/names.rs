//! Names of columns and tables as words.

/// The words of a name or of a comment, in small letters, without digits: `unitPrice`, `unit_price`, `Unit price (net)`.
pub(crate) fn split(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut within = false;
    for (place, &letter) in letters.iter().enumerate() {
        if !letter.is_alphabetic() {
            within = false;
            continue;
        }
        let before = place.checked_sub(1).and_then(|place| letters.get(place));
        let next = letters.get(place + 1);
        // `unitPrice`, and `HTTPStatus` before its `S`.
        let begins = letter.is_uppercase()
            && (before.is_some_and(|before| before.is_lowercase())
                || before.is_some_and(|before| before.is_uppercase())
                    && next.is_some_and(|next| next.is_lowercase()));
        if !within || begins {
            words.push(String::new());
        }
        within = true;
        if let Some(word) = words.last_mut() {
            // Who types in a hurry writes `е` for `ё`: the rules know only that.
            match letter {
                'ё' | 'Ё' => word.push('е'),
                _ => word.extend(letter.to_lowercase()),
            }
        }
    }
    words
}

/// A noun of English in its singular, as far as its ending tells.
pub(crate) fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies")
        && stem.len() > 1
    {
        return format!("{stem}y");
    }
    for end in ["sses", "shes", "ches", "xes"] {
        if word.ends_with(end) {
            return word[..word.len() - 2].to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// Are most of its letters Cyrillic?
pub(super) fn is_cyrillic(text: &str) -> bool {
    let (mut cyrillic, mut others) = (0, 0);
    for letter in text.chars().filter(|letter| letter.is_alphabetic()) {
        match letter {
            '\u{400}'..='\u{4FF}' => cyrillic += 1,
            _ => others += 1,
        }
    }
    cyrillic > others
}

/// Does the pattern stand at this place? Its words are divided by blanks; `*` at the end of one stands for any ending.
pub(super) fn stands_at(pattern: &str, words: &[String]) -> Option<usize> {
    let mut length = 0;
    for wanted in pattern.split(' ') {
        let word = words.get(length)?;
        let same = match wanted.strip_suffix('*') {
            Some(beginning) => word.starts_with(beginning),
            None => word == wanted,
        };
        if !same {
            return None;
        }
        length += 1;
    }
    Some(length)
}
