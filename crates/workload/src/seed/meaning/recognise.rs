//! From names, comments and types to a meaning.

use super::amounts::{Amounts, Skew};
use super::names;
use super::rules::{COLUMNS, PREFIXES, Rule, Says, THINGS, TRUE_SHARES};
use super::sort::Sort;
use super::{Meaning, Subject, model, stems};
use crate::seed::data_type::{DataType, IntWidth, TextForm};
use crate::seed::language::Language;

/// What can be in a column, by its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// Text, of at most so many characters.
    Text(Option<u32>),
    Whole,
    Fraction,
    Moment,
    Flag,
    Json,
    Other,
}

/// A rule that was found: what it says, and the words it stands for.
struct Found<T> {
    says: T,
    first: usize,
    end: usize,
}

impl Meaning {
    pub(super) fn recognise(subject: &Subject<'_>) -> Meaning {
        let class = Class::of(subject.data_type);
        let table = table_words(subject.table);
        let words = column_words(subject.column);
        let language = language(subject);
        let (sort, left) = sort(subject, class, &words, &table);

        let mut meaning = Meaning::plain(sort, language);
        meaning.about = about(&left, &table);
        meaning.who = who(&left, &table);
        meaning.prefix = prefix(&words).or_else(|| prefix(&table)).unwrap_or("NO");
        meaning.hash_length = hash_length(subject.column, class);
        meaning.amounts = amounts(sort, class, &words);
        meaning.true_share = first_of(TRUE_SHARES, &words).unwrap_or(0.5);
        meaning.null_share = null_share(sort, &words);
        if class == Class::Json {
            meaning.model = Some(model::of_column(subject, &words, &table, language));
        }
        meaning
    }
}

impl Class {
    fn of(data_type: &DataType) -> Class {
        match data_type {
            DataType::Bool => Class::Flag,
            DataType::Int(IntWidth::Small | IntWidth::Integer | IntWidth::Big | IntWidth::Oid) => {
                Class::Whole
            }
            DataType::Numeric(Some((_, scale))) if *scale <= 0 => Class::Whole,
            DataType::Float(_) | DataType::Numeric(_) | DataType::Money => Class::Fraction,
            DataType::Text(form) => Class::Text(match form {
                TextForm::Varchar(limit) => *limit,
                TextForm::Char(limit) => Some(*limit),
                TextForm::Byte => Some(1),
                TextForm::Name => Some(63),
                TextForm::Text | TextForm::Citext => None,
            }),
            DataType::Json(_) => Class::Json,
            DataType::Date
            | DataType::Time(_)
            | DataType::TimeTz(_)
            | DataType::Timestamp(_)
            | DataType::TimestampTz(_) => Class::Moment,
            DataType::Domain(domain) => Class::of(&domain.base),
            DataType::Array(element) | DataType::Range(_, element) | DataType::Multirange(_, element) => {
                Class::of(element)
            }
            DataType::Interval { .. } => Class::Whole,
            DataType::Foreign { name, .. } if name == "citext" => Class::Text(None),
            _ => Class::Other,
        }
    }

    /// Can a column of this class hold such a thing?
    fn holds(self, sort: Sort) -> bool {
        let number = (Sort::Number..=Sort::Probability).contains(&sort)
            || matches!(
                sort,
                Sort::House
                    | Sort::Size
                    | Sort::Priority
                    | Sort::Level
                    | Sort::DayOfWeek
                    | Sort::Postcode
                    | Sort::Phone
                    | Sort::CardLastFour
            );
        match self {
            Class::Text(_) | Class::Other => true,
            Class::Whole | Class::Fraction => number,
            Class::Moment => (Sort::Moment..=Sort::Closes).contains(&sort),
            Class::Flag => sort == Sort::Flag,
            Class::Json => sort == Sort::Json,
        }
    }

    /// What is assumed where nothing says anything.
    fn default(self) -> Sort {
        match self {
            Class::Text(Some(..=3)) => Sort::Code,
            Class::Text(_) | Class::Other => Sort::Phrase,
            Class::Whole | Class::Fraction => Sort::Number,
            Class::Moment => Sort::Moment,
            Class::Flag => Sort::Flag,
            Class::Json => Sort::Json,
        }
    }
}

/// The sort of a column, and the words of its name that did not say it.
fn sort(subject: &Subject<'_>, class: Class, words: &[String], table: &[String]) -> (Sort, Vec<String>) {
    if matches!(class, Class::Flag | Class::Json) {
        return (class.default(), Vec::new());
    }
    let by_name = best(COLUMNS, words, |says| holds(class, says));
    if let Some(found) = by_name {
        let mut left = words.to_vec();
        left.drain(found.first..found.end);
        let sort = said(found.says, class, &words[..found.first], table, subject);
        return (fitted(sort, class, words), left);
    }
    // `author`, `producer` as texts: the name of such a one.
    if matches!(class, Class::Text(_))
        && let Some(found) = best(THINGS, &singulars(words), |_| true)
    {
        let mut left = words.to_vec();
        left.drain(found.first..found.end);
        return (fitted(found.says, class, words), left);
    }
    let domain = domain_words(subject.data_type);
    if let Some(found) = best(COLUMNS, &domain, |says| {
        holds(class, says) && matches!(says, Says::Is(_))
    }) && let Says::Is(sort) = found.says
    {
        return (fitted(sort, class, words), words.to_vec());
    }
    // The beginning of a comment says what it is, the rest when and why.
    let mut comment = names::split(subject.comment.unwrap_or_default());
    comment.truncate(4);
    if let Some(found) = best(COLUMNS, &comment, |says| {
        holds(class, says) && says != Says::Is(Sort::Moment)
    }) {
        let sort = said(found.says, class, &comment[..found.first], table, subject);
        return (fitted(sort, class, words), words.to_vec());
    }
    (fitted(class.default(), class, words), words.to_vec())
}

fn holds(class: Class, says: Says) -> bool {
    match says {
        Says::Is(sort) => class.holds(sort),
        Says::Name | Says::Title | Says::Code | Says::State => matches!(class, Class::Text(_) | Class::Other),
    }
}

fn said(says: Says, class: Class, before: &[String], table: &[String], subject: &Subject<'_>) -> Sort {
    let thing = || {
        best(THINGS, &singulars(before), |_| true)
            .or_else(|| best(THINGS, table, |_| true))
            .or_else(|| {
                let comment = names::split(subject.table_comment.unwrap_or_default());
                best(
                    THINGS,
                    &singulars(comment.get(..comment.len().min(3)).unwrap_or_default()),
                    |_| true,
                )
            })
            .map(|found| found.says)
    };
    match says {
        Says::Is(Sort::GivenName) if names::is_cyrillic(subject.column) && before.is_empty() => match thing()
        {
            // `имя` of a city is not a person's, `имя` beside `фамилия` is.
            Some(sort) if sort != Sort::FullName => sort,
            _ => Sort::GivenName,
        },
        // The number of a version is the version.
        Says::Is(Sort::DocumentNumber) if before.is_empty() && thing() == Some(Sort::Version) => {
            Sort::Version
        }
        Says::Is(sort) => sort,
        Says::Name => thing().unwrap_or(Sort::Phrase),
        Says::Title => match thing() {
            // A person's title: `Mr`; of an employee it is the job.
            Some(Sort::FullName) => match table.last().map(String::as_str) {
                Some("employee" | "staff" | "worker") => Sort::Job,
                // What persons write: the comment on the table speaks of them.
                Some(
                    "review" | "comment" | "opinion" | "post" | "article" | "page" | "news" | "issue"
                    | "task" | "ticket" | "note" | "document" | "message" | "question" | "answer",
                ) => Sort::Headline,
                _ => Sort::Honorific,
            },
            Some(Sort::Version) | None => Sort::Headline,
            Some(sort) => sort,
        },
        Says::Code => match thing() {
            Some(Sort::Country) if class == Class::Text(Some(3)) => Sort::CountryCodeLong,
            Some(Sort::Country) => Sort::CountryCode,
            Some(Sort::CurrencyName) => Sort::Currency,
            Some(Sort::LanguageName) => Sort::LanguageCode,
            Some(Sort::Colour) => Sort::HexColour,
            _ => Sort::Code,
        },
        Says::State => match thing() {
            Some(
                Sort::FullName
                | Sort::Company
                | Sort::Place
                | Sort::City
                | Sort::Region
                | Sort::Country
                | Sort::Brand,
            ) => Sort::Region,
            _ if table.iter().any(|word| word.starts_with("addr")) => Sort::Region,
            _ => Sort::Status,
        },
    }
}

/// The short form of what has no room for the long one.
fn fitted(sort: Sort, class: Class, words: &[String]) -> Sort {
    let said = |word: &str| words.iter().any(|known| known == word);
    match (sort, class) {
        (Sort::Country, Class::Text(Some(2))) => Sort::CountryCode,
        (Sort::Country | Sort::CountryCode, Class::Text(Some(3))) => Sort::CountryCodeLong,
        (Sort::CurrencyName, Class::Text(Some(..=3))) => Sort::Currency,
        (Sort::LanguageName, Class::Text(Some(..=3))) => Sort::LanguageCode,
        (Sort::Colour, Class::Text(Some(..=7))) => Sort::HexColour,
        (Sort::Url, _) if said("image") || said("photo") || said("avatar") || said("logo") => Sort::ImageUrl,
        // The size of a file is in bytes, wherever the two words stand.
        (Sort::Size, Class::Whole | Class::Fraction) if said("file") || said("content") => Sort::ByteCount,
        // The first, the second: what is numbered within something else.
        (Sort::Number, Class::Whole) if said("number") || said("no") || said("num") || said("номер") => {
            Sort::Position
        }
        // In words these are a post and a part of the country.
        (Sort::Position, Class::Text(_)) if said("position") => Sort::Job,
        (Sort::Area, Class::Text(_)) => Sort::SalesRegion,
        _ => sort,
    }
}

/// The best rule: where the chief word of a name stands, which is the last in English and the first in Russian; there, the
/// one of most words.
fn best<T: Copy>(rules: &[Rule<T>], words: &[String], accept: impl Fn(T) -> bool) -> Option<Found<T>> {
    let russian = words.first().is_some_and(|word| names::is_cyrillic(word));
    let mut best: Option<((usize, usize), Found<T>)> = None;
    for first in 0..words.len() {
        for &(says, patterns) in rules {
            let lengths = patterns
                .split(", ")
                .filter_map(|pattern| names::stands_at(pattern, &words[first..]));
            let Some(length) = lengths.max() else { continue };
            let end = first + length;
            let rank = (if russian { words.len() - first } else { end }, length);
            if accept(says) && best.as_ref().is_none_or(|(known, _)| rank > *known) {
                best = Some((rank, Found { says, first, end }));
            }
        }
    }
    best.map(|(_, found)| found)
}

fn first_of<T: Copy>(rules: &[Rule<T>], words: &[String]) -> Option<T> {
    best(rules, words, |_| true).map(|found| found.says)
}

/// The words of a column's name, without those that say nothing of what is in it.
fn column_words(name: &str) -> Vec<String> {
    const NOISE: [&str; 13] = [
        "txt", "str", "string", "value", "val", "raw", "field", "col", "en", "ru", "eng", "rus", "norm",
    ];
    let mut words = names::split(name);
    while words.len() > 1 && words.last().is_some_and(|last| NOISE.contains(&last.as_str())) {
        words.pop();
    }
    if words.len() > 1 && words.last().is_some_and(|last| last == "text") {
        words.pop();
    }
    words
}

fn table_words(name: &str) -> Vec<String> {
    const NOISE: [&str; 8] = ["tbl", "table", "tab", "data", "list", "dim", "fact", "history"];
    let mut words = names::split(name);
    if words.len() > 1 {
        words.retain(|word| !NOISE.contains(&word.as_str()));
    }
    singulars(&words)
}

fn singulars(words: &[String]) -> Vec<String> {
    words.iter().map(|word| names::singular(word)).collect()
}

fn domain_words(data_type: &DataType) -> Vec<String> {
    match data_type {
        DataType::Domain(domain) => names::split(domain.name.name.as_str()),
        DataType::Array(element) => domain_words(element),
        _ => Vec::new(),
    }
}

fn language(subject: &Subject<'_>) -> Language {
    let lower = subject.column.to_lowercase();
    if lower.ends_with("_en") || lower.ends_with("_eng") {
        return Language::English;
    }
    let russian = lower.ends_with("_ru")
        || lower.ends_with("_rus")
        || [
            Some(subject.column),
            subject.comment,
            subject.table_comment,
            Some(subject.table),
        ]
        .into_iter()
        .flatten()
        .any(names::is_cyrillic);
    match russian {
        true => Language::Russian,
        false => subject.language,
    }
}

/// What rows of the table are called, or what the column itself is: for slugs, addresses on the net and files.
fn about(left: &[String], table: &[String]) -> Sort {
    best(THINGS, &singulars(left), |_| true)
        .or_else(|| best(THINGS, table, |_| true))
        .map(|found| found.says)
        .filter(|thing| stems::count(*thing, Language::English) > 0)
        .unwrap_or(Sort::Phrase)
}

/// Whose it is: `sender_name` and `recipient_name` are two persons in a row, `name` and `work_email` one.
fn who(left: &[String], table: &[String]) -> u64 {
    const NOBODY: [&str; 24] = [
        "work",
        "home",
        "primary",
        "main",
        "new",
        "old",
        "current",
        "display",
        "preferred",
        "legal",
        "official",
        "private",
        "business",
        "personal",
        "is",
        "has",
        "a",
        "of",
        "the",
        "number",
        "address",
        "default",
        "secondary",
        "backup",
    ];
    left.iter()
        .map(|word| names::singular(word))
        .filter(|word| !NOBODY.contains(&word.as_str()) && !table.contains(word))
        .flat_map(|word| word.into_bytes())
        .fold(0, |hash: u64, byte| {
            (hash ^ u64::from(byte))
                .wrapping_mul(0x0000_0100_0000_01b3)
                .wrapping_add(0x100)
        })
}

fn prefix(words: &[String]) -> Option<&'static str> {
    first_of(PREFIXES, words)
}

fn hash_length(column: &str, class: Class) -> u32 {
    let name = column.to_lowercase();
    let said = [
        ("md5", 32),
        ("sha1", 40),
        ("sha224", 56),
        ("sha256", 64),
        ("sha384", 96),
        ("sha512", 128),
    ]
    .into_iter()
    .find_map(|(word, length)| name.contains(word).then_some(length));
    said.unwrap_or(match class {
        Class::Text(Some(limit)) => [128, 96, 64, 56, 40, 32]
            .into_iter()
            .find(|length| *length <= limit && limit < 128)
            .unwrap_or(if limit < 32 { 32 } else { 64 }),
        _ => 64,
    })
}

/// The numbers of a sort, in the unit that the name says.
fn amounts(sort: Sort, class: Class, words: &[String]) -> Amounts {
    let said = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let amounts = Amounts::of(sort);
    let whole = |low, high, skew| Amounts {
        low,
        high,
        decimals: 0,
        skew,
    };
    match sort {
        // 0.50 are 50 of the smallest coin.
        Sort::Price | Sort::Money if said(&["cents", "cent", "minor", "pence", "kopecks", "копеек"]) => {
            whole(amounts.low, amounts.high, amounts.skew)
        }
        Sort::Price | Sort::Money if class == Class::Whole => {
            whole(1.max(amounts.low / 100), amounts.high / 100, amounts.skew)
        }
        Sort::Rate | Sort::Probability if said(&["percent", "pct", "процент"]) || class == Class::Whole => {
            whole(1, 25, Skew::Even)
        }
        Sort::Rate if said(&["exchange", "fx", "курс"]) => Amounts {
            low: 5_000,
            high: 1_200_000,
            decimals: 4,
            skew: Skew::Small,
        },
        Sort::Year if said(&["born", "birth", "рождения"]) => whole(1950, 2005, Skew::Even),
        Sort::Percent if class == Class::Whole => whole(0, 100, Skew::Even),
        Sort::Weight if said(&["g", "grams", "gram", "гр"]) => whole(50, 50_000, Skew::Small),
        Sort::Weight if class == Class::Whole => whole(1, 50, Skew::Small),
        Sort::Length if said(&["mm"]) => whole(10, 3_000, Skew::Small),
        Sort::Length | Sort::Distance | Sort::Area | Sort::Temperature if class == Class::Whole => whole(
            amounts.low.div_euclid(10).max(-20),
            amounts.high / 10,
            amounts.skew,
        ),
        Sort::Duration if said(&["ms", "millis", "milliseconds", "latency"]) => whole(1, 5_000, Skew::Small),
        Sort::Duration if said(&["minutes", "minute", "mins", "min", "минут"]) => {
            whole(1, 240, Skew::Small)
        }
        Sort::Duration if said(&["hours", "days"]) => whole(1, 60, Skew::Small),
        Sort::Rating if class == Class::Fraction => Amounts {
            low: 10,
            high: 50,
            decimals: 1,
            skew: Skew::Even,
        },
        _ => amounts,
    }
}

fn null_share(sort: Sort, words: &[String]) -> f64 {
    let said = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    match sort {
        _ if said(&[
            "cancelled",
            "canceled",
            "revoked",
            "banned",
            "archived",
            "blocked",
            "failed",
        ]) =>
        {
            0.9
        }
        _ if said(&["refund", "refunded", "returned"]) => 0.8,
        Sort::Patronymic => 0.6,
        Sort::Deleted => 0.9,
        Sort::Finished | Sort::Closes | Sort::ValidTo => 0.4,
        Sort::Delivered => 0.3,
        Sort::Shipped => 0.25,
        Sort::Paid => 0.2,
        Sort::Expires => 0.4,
        Sort::LastSeen | Sort::Published => 0.2,
        Sort::Note => 0.5,
        Sort::Honorific | Sort::ImageUrl | Sort::UserAgent => 0.3,
        Sort::Phone => 0.15,
        _ if said(&["parent"]) => 0.2,
        _ if said(&["discount", "скидка"]) => 0.5,
        Sort::Created | Sort::Updated | Sort::FullName | Sort::Email => 0.02,
        _ => 0.1,
    }
}
