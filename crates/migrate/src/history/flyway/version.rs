//! Flyway's version numbers.

/// A version such as `1`, `1.2` or `20240101_1`: numbers of any length with `.` or `_` between.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version(Vec<Number>);

/// A number without leading zeros. Shorter is smaller; among equals in length, the text decides.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Number {
    length: usize,
    digits: String,
}

impl Version {
    /// None where it is no version.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut numbers = text
            .split(['.', '_'])
            .map(Number::parse)
            .collect::<Option<Vec<_>>>()?;
        // 1.0 is 1.
        while numbers.len() > 1 && numbers.last().is_some_and(|number| number.length == 0) {
            numbers.pop();
        }
        Some(Version(numbers))
    }
}

impl Number {
    fn parse(text: &str) -> Option<Self> {
        let all_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let digits = text.trim_start_matches('0').to_owned();
        all_digits.then_some(Number {
            length: digits.len(),
            digits,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn versions_are_compared_number_by_number() {
        let in_order = [
            "0",
            "0.1",
            "1",
            "1.0.1",
            "1_2",
            "1.10",
            "2",
            "10",
            "20240101000000",
            "99999999999999999999999999",
        ];
        let versions: Vec<_> = in_order.iter().map(|text| Version::parse(text)).collect();
        assert!(versions.iter().all(Option::is_some));
        assert!(versions.is_sorted());
        for (a, b) in [("1", "1.0"), ("01", "1"), ("1_2", "1.2.0"), ("0", "0.0")] {
            assert_eq!(Version::parse(a), Version::parse(b), "{a} {b}");
        }
        for text in ["", "a", "1a", "1..2", "1.", "-1", "_1"] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }
}
