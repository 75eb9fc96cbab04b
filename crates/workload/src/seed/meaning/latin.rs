//! Words in the letters that addresses on the net are made of.

/// Turns what stands behind `start` into small ASCII letters and digits, with `gap` for everything between them. Cyrillic
/// letters become those that a reader would write for them.
pub(super) fn turn(start: usize, gap: char, out: &mut String) {
    // The new text is written behind the old one, which then goes: no other memory is needed.
    let end = out.len();
    let mut at = start;
    while let Some(letter) = out.get(at..end).and_then(|rest| rest.chars().next()) {
        at += letter.len_utf8();
        match letter {
            'a'..='z' | '0'..='9' => out.push(letter),
            'A'..='Z' => out.push(letter.to_ascii_lowercase()),
            // Within a word they stand for nothing: `Children's`.
            '\'' | '’' => {}
            _ => match letter.to_lowercase().next().and_then(of_letter) {
                Some(letters) => out.push_str(letters),
                None if out.len() > end && !out.ends_with(gap) => out.push(gap),
                None => {}
            },
        }
    }
    while out.len() > end && out.ends_with(gap) {
        out.pop();
    }
    out.drain(start..end);
}

/// A text in such letters, in which nothing stands between words.
pub(super) fn of(text: &str) -> String {
    let mut latin = text.to_owned();
    turn(0, '-', &mut latin);
    latin.retain(|letter| letter != '-');
    latin
}

fn of_letter(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' | 'á' | 'à' | 'â' | 'å' | 'ã' => "a",
        'ä' | 'æ' => "ae",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' | 'é' | 'è' | 'ê' | 'ë' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'í' | 'ì' | 'î' | 'ï' => "i",
        'й' | 'ы' | 'ý' => "y",
        'к' => "k",
        'л' | 'ł' => "l",
        'м' => "m",
        'н' | 'ñ' => "n",
        'о' | 'ó' | 'ò' | 'ô' | 'õ' => "o",
        'ö' | 'ø' => "oe",
        'п' => "p",
        'р' => "r",
        'с' | 'ç' => "s",
        'т' => "t",
        'у' | 'ú' | 'ù' | 'û' => "u",
        'ü' => "ue",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ю' => "yu",
        'я' => "ya",
        'ß' => "ss",
        _ => return None,
    })
}
