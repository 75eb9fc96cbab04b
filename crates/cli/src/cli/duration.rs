//! Times as users type them: `2s`, `500ms`, `1min`, `0`.

use std::time::Duration;

/// The longest that PostgreSQL can be told, in milliseconds: 24 days.
const LONGEST: Duration = Duration::from_millis(2_147_483_647);

/// Understands a time.
pub(crate) fn parse(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is no time; write 500ms, 2s, 1min or 0");
    let at = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(at);
    let number: u64 = number.parse().map_err(|_| wrong())?;
    let milliseconds = match unit.trim() {
        "ms" => Some(number),
        "s" => number.checked_mul(1000),
        "m" | "min" => number.checked_mul(60_000),
        "" if number == 0 => Some(0),
        _ => return Err(wrong()),
    };
    milliseconds
        .map(Duration::from_millis)
        .filter(|time| *time <= LONGEST)
        .ok_or_else(|| format!("`{text}` is too long; the longest is 24 days"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        let check = |text: &str, expect: Option<u64>| {
            let expect = expect.map(Duration::from_millis);
            assert_eq!(parse(text).ok(), expect, "{text}");
        };
        check("0", Some(0));
        check("500ms", Some(500));
        check("2s", Some(2_000));
        check("1min", Some(60_000));
        check("3m", Some(180_000));
        check("2", None);
        check("-2s", None);
        check("2h", None);
        check("", None);
        check("99999999999999999999s", None);
        check("2147483647ms", Some(2_147_483_647));
        check("2147483648ms", None);
        check("18446744073709551615min", None);
    }
}
