//! Points, lines and what is made of them.

/// Is the binary form of this type known here?
pub(super) fn knows(name: &str) -> bool {
    matches!(
        name,
        "point" | "line" | "lseg" | "box" | "path" | "polygon" | "circle"
    )
}

/// Writes a value of one of these types. None for a text that is none. Of lines, only the notation `{A,B,C}` is known.
pub(super) fn write(name: &str, text: &str, out: &mut Vec<u8>) -> Option<()> {
    let wanted = match name {
        "point" => Some(2),
        "line" | "circle" => Some(3),
        "lseg" | "box" => Some(4),
        _ => None,
    };
    if name == "line" && !text.starts_with('{') {
        return None;
    }
    if name == "path" {
        out.push(u8::from(!text.starts_with('[')));
    }
    // The number of points, which is known afterwards.
    let start = out.len();
    if wanted.is_none() {
        out.extend_from_slice(&[0; 4]);
    }
    let brackets = |c: char| matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | ' ');
    let mut count = 0;
    for number in text.split(',') {
        let number: f64 = number.trim_matches(brackets).parse().ok()?;
        out.extend_from_slice(&number.to_be_bytes());
        count += 1;
    }
    match wanted {
        Some(wanted) => (count == wanted).then_some(()),
        None if count % 2 == 0 => {
            let points = super::count(count / 2)?;
            out[start..start + points.len()].copy_from_slice(&points);
            Some(())
        }
        None => None,
    }
}
