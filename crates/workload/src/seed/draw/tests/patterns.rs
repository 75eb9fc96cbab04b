//! Patterns as real schemas have them.

use crate::seed::allowed::{Pattern, PatternForm};

use super::*;

fn pattern(text: &str, wanted: bool) -> Pattern {
    Pattern {
        text: text.into(),
        form: PatternForm::Regex,
        case_sensitive: true,
        wanted,
        filled: false,
    }
}

/// Texts are drawn, and so many distinct ones at the least.
#[track_caller]
fn check_pattern(column: &str, text: &str, distinct: u64) {
    let allowed = Allowed {
        patterns: vec![pattern(text, true)],
        ..Allowed::default()
    };
    check_patterns(column, &allowed, distinct);
}

#[track_caller]
fn check_patterns(column: &str, allowed: &Allowed, distinct: u64) {
    let of = DataType::Text(TextForm::Text);
    check_many(column, &of, allowed, 40, 1_000);
    let capacity = Drawer::new(&of, allowed, meaning(column, &of)).capacity();
    assert!(
        capacity.is_none_or(|capacity| capacity >= distinct),
        "{capacity:?} distinct texts are too few: {allowed:?}"
    );
}

#[test]
fn regular_expressions_make_texts() {
    for (column, text, distinct) in [
        (
            "email",
            r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$",
            1_000_000,
        ),
        ("email", r"^[^@\s]+@[^@\s]+\.[^@\s]+$", 1_000_000),
        ("email", "@", 1_000_000),
        (
            "contact",
            r"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$",
            1_000_000,
        ),
        ("sku", r"^[A-Z]{3}-\d{4}$", 26 * 26 * 26 * 10_000),
        ("sku", r"^[A-Z]{2,4}-[0-9]{3,6}$", 26_000_000),
        ("sku", r"^(SKU|ART)-\d+$", 1_000_000),
        ("code", "^[A-Z]{3}$", 17_576),
        ("code", "^[A-Z][A-Z0-9_]*$", 1_000_000),
        ("currency", "^[A-Z]{3}$", 17_576),
        ("country", "^[A-Z]{2}$", 676),
        ("language", "^[a-z]{2}(-[A-Z]{2})?$", 676),
        ("locale", "^[a-z]{2,3}(_[A-Z]{2})?$", 676),
        ("slug", "^[a-z0-9]+(-[a-z0-9]+)*$", 1_000_000),
        ("slug", "^[a-z0-9]+(?:-[a-z0-9]+)*$", 1_000_000),
        ("slug", "^[a-z][a-z0-9_-]{2,31}$", 1_000_000),
        ("username", r"^\w{3,20}$", 1_000_000),
        ("username", r"^[a-zA-Z][a-zA-Z0-9_]{2,}$", 1_000_000),
        ("phone", r"^\+?[0-9]{7,15}$", 1_000_000),
        ("phone", r"^\+[1-9]\d{1,14}$", 1_000_000),
        ("phone", r"^\(\d{3}\) \d{3}-\d{4}$", 1_000_000),
        ("phone", r"^[0-9 ()+-]+$", 1_000_000),
        ("phone", r"^\+7\d{10}$", 1_000_000),
        ("zip", r"^\d{5}(-\d{4})?$", 100_000),
        (
            "postcode",
            r"^[A-Z]{1,2}[0-9R][0-9A-Z]? [0-9][A-Z]{2}$",
            1_000_000,
        ),
        ("colour", "^#[0-9a-fA-F]{6}$", 16_777_216),
        ("colour", "^#([0-9a-f]{3}|[0-9a-f]{6})$", 16_777_216),
        ("hash", "^[0-9a-f]{64}$", 1_000_000),
        ("md5", "^[a-f0-9]{32}$", 1_000_000),
        ("token", "^[A-Za-z0-9_-]{22}$", 1_000_000),
        (
            "uuid",
            "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
            1_000_000,
        ),
        ("url", "^https?://", 1_000_000),
        ("url", r"^https?://[^\s/$.?#].[^\s]*$", 1_000_000),
        (
            "website",
            r"^(http|https)://[a-z0-9]+([\-.]{1}[a-z0-9]+)*\.[a-z]{2,5}(:[0-9]{1,5})?(/.*)?$",
            1_000_000,
        ),
        (
            "domain",
            r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$",
            1_000_000,
        ),
        ("ip", r"^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$", 10_000),
        (
            "ip",
            r"^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$",
            10_000,
        ),
        ("mac", "^([0-9A-F]{2}:){5}[0-9A-F]{2}$", 1_000_000),
        ("isbn", r"^(97(8|9))?\d{9}(\d|X)$", 1_000_000),
        ("isbn", r"^[0-9]{13}$", 1_000_000),
        ("iban", r"^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$", 1_000_000),
        ("vat", r"^(DE)?[0-9]{9}$", 1_000_000),
        ("inn", r"^(\d{10}|\d{12})$", 1_000_000),
        ("снилс", r"^\d{3}-\d{3}-\d{3} \d{2}$", 1_000_000),
        ("паспорт", r"^\d{4} \d{6}$", 1_000_000),
        ("имя", "^[А-ЯЁ][а-яё]+$", 1_000_000),
        ("имя", "^[А-Яа-яЁё -]+$", 1_000_000),
        ("version", r"^\d+\.\d+\.\d+$", 1_000_000),
        (
            "version",
            r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-[0-9A-Za-z.-]+)?$",
            1_000_000,
        ),
        ("state", "^(new|paid|shipped|closed)$", 4),
        ("path", r"^/([a-z0-9_-]+/)*[a-z0-9_-]*$", 1_000_000),
        ("file_name", r"^[^/\\]+\.(png|jpe?g|gif)$", 1_000_000),
        (
            "plate",
            r"^[АВЕКМНОРСТУХ]\d{3}[АВЕКМНОРСТУХ]{2}\d{2,3}$",
            1_000_000,
        ),
        ("time_of_day", r"^([01]\d|2[0-3]):[0-5]\d$", 1_440),
        ("day", r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$", 100_000),
        ("card", r"^\d{4}$", 10_000),
        ("name", r"^\S(.*\S)?$", 1_000_000),
        ("name", r"\S", 1_000_000),
        ("name", r"^.{1,50}$", 1_000_000),
        ("key", r"^[a-z]+(\.[a-z]+){1,3}$", 1_000_000),
        ("cron", r"^(\S+\s+){4}\S+$", 1_000_000),
        ("word", r"\mcat\M", 1_000),
        ("word", r"\ycat\y", 1_000),
        ("posix", r"^[[:alpha:]][[:alnum:]_]*$", 1_000_000),
        ("answer", "(?i)^(yes|no)$", 2),
    ] {
        check_pattern(column, text, distinct);
    }
}

#[test]
fn several_patterns_hold_together() {
    let all = |wanted: &[&str], unwanted: &[&str]| Allowed {
        patterns: wanted
            .iter()
            .map(|text| pattern(text, true))
            .chain(unwanted.iter().map(|text| pattern(text, false)))
            .collect(),
        ..Allowed::default()
    };
    check_patterns("name", &all(&[], &[r"\s"]), 1_000);
    check_patterns("name", &all(&[], &["[0-9]"]), 1_000);
    check_patterns("name", &all(&[], &["[^a-z]"]), 1_000);
    check_patterns("slug", &all(&["^[a-z0-9-]+$"], &["--", "^-", "-$"]), 1_000);
    check_patterns("password", &all(&["[A-Z]", "[a-z]", "[0-9]"], &[]), 1_000);
    check_patterns("name", &all(&["^[a-z]{1,3}$"], &["^(con|prn|aux|nul)$"]), 10_000);
    let longer = Allowed {
        length: span(Some(20), Some(30)),
        ..all(&["^[a-z]+(-[a-z]+)*$"], &[])
    };
    check_patterns("slug", &longer, 1_000);
    let upper = Allowed {
        case: Case::Upper,
        trimmed: true,
        ..all(&["^[A-Za-z0-9]+$"], &[])
    };
    check_patterns("code", &upper, 1_000);
    let like = |text: &str| Allowed {
        patterns: vec![Pattern {
            form: PatternForm::Like,
            ..pattern(text, true)
        }],
        ..Allowed::default()
    };
    check_patterns("url", &like("https://%"), 1_000);
    check_patterns("code", &like("A__-%"), 1_000);
    check_patterns("email", &like("%@%.%"), 1_000);
}

#[test]
fn what_cannot_be_matched_is_not_drawn() {
    for text in [r"(a)\1", "^(?=a)b$", "^a$b"] {
        let allowed = Allowed {
            patterns: vec![pattern(text, true)],
            ..Allowed::default()
        };
        let of = DataType::Text(TextForm::Text);
        let drawer = Drawer::new(&of, &allowed, meaning("code", &of));
        assert_eq!(drawer.draw(Chance::new(1), Chance::new(2)), None, "{text}");
    }
}
