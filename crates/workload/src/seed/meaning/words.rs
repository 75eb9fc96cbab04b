//! The lists of words that texts are made of, parsed once.

use std::sync::LazyLock;

use super::latin;
use crate::seed::language::Language;

/// The lists of a language.
pub(super) struct Lists {
    /// Of women and of men.
    pub(super) persons: [Names; 2],
    pub(super) cities: Vec<City>,
    pub(super) regions: Vec<&'static str>,
    pub(super) sales_regions: Vec<&'static str>,
    pub(super) streets: Vec<&'static str>,
    pub(super) company_first: Vec<Adjective>,
    pub(super) company_second: Vec<Noun>,
    pub(super) company_forms: Vec<&'static str>,
    pub(super) adjectives: Vec<Adjective>,
    pub(super) materials: Vec<&'static str>,
    pub(super) products: Vec<Noun>,
    pub(super) topics: Vec<&'static str>,
    pub(super) tags: Vec<&'static str>,
    pub(super) jobs: Vec<&'static str>,
    pub(super) departments: Vec<&'static str>,
    pub(super) colours: Vec<(&'static str, &'static str)>,
    pub(super) subjects: Vec<&'static str>,
    pub(super) predicates: Vec<&'static str>,
    pub(super) tails: Vec<&'static str>,
    pub(super) reviews: Vec<&'static str>,
    pub(super) descriptions: Vec<&'static str>,
    pub(super) notes: Vec<&'static str>,
    pub(super) questions: Vec<&'static str>,
    /// What stands before and behind the topic.
    pub(super) headlines: Vec<(&'static str, &'static str)>,
    pub(super) title_adjectives: Vec<Adjective>,
    pub(super) title_nouns: Vec<Noun>,
    pub(super) statuses: Vec<&'static str>,
    pub(super) kinds: Vec<&'static str>,
    pub(super) priorities: Vec<&'static str>,
    pub(super) units: Vec<&'static str>,
    pub(super) sizes: Vec<&'static str>,
    pub(super) payment_methods: Vec<&'static str>,
    pub(super) roles: Vec<&'static str>,
    pub(super) weekdays: Vec<&'static str>,
    pub(super) levels: Vec<&'static str>,
    pub(super) actions: Vec<&'static str>,
    pub(super) channels: Vec<&'static str>,
    pub(super) events: Vec<&'static str>,
    pub(super) projects: Vec<&'static str>,
    pub(super) teams: Vec<&'static str>,
    pub(super) places: Vec<&'static str>,
    pub(super) countries: Vec<&'static str>,
    pub(super) currencies: Vec<&'static str>,
    pub(super) languages: Vec<&'static str>,
}

/// Names of women, or of men.
pub(super) struct Names {
    pub(super) given: Vec<Name>,
    pub(super) surnames: Vec<Name>,
    /// In English these are given names once more: middle names.
    pub(super) patronymics: Vec<String>,
}

/// A name, and how it is written in an e-mail address.
pub(super) struct Name {
    pub(super) text: String,
    pub(super) latin: String,
}

/// A city.
pub(super) struct City {
    pub(super) name: &'static str,
    pub(super) region: &'static str,
    /// The place of its country in [`Common::countries`].
    pub(super) country: usize,
    /// `#` stands for a digit, `@` for a letter.
    pub(super) postcode: &'static str,
}

/// A noun.
pub(super) struct Noun {
    pub(super) text: &'static str,
    pub(super) gender: Gender,
}

/// The gender of a noun; in English all of them are the first.
#[derive(Clone, Copy)]
pub(super) enum Gender {
    Masculine,
    Feminine,
    Neuter,
}

/// An adjective, in its forms by gender.
pub(super) struct Adjective([String; 3]);

impl Adjective {
    pub(super) fn beside(&self, noun: &Noun) -> &str {
        &self.0[noun.gender as usize]
    }
}

/// The lists that are the same in every language.
pub(super) struct Common {
    /// Code of two letters, code of three letters.
    pub(super) country_codes: Vec<&'static str>,
    pub(super) country_codes_long: Vec<&'static str>,
    pub(super) currencies: Vec<&'static str>,
    pub(super) languages: Vec<&'static str>,
    pub(super) locales: Vec<&'static str>,
    pub(super) mime_types: Vec<&'static str>,
    pub(super) endings: Vec<&'static str>,
    pub(super) time_zones: Vec<&'static str>,
    pub(super) user_agents: Vec<&'static str>,
    pub(super) domains: Vec<&'static str>,
    pub(super) keys_first: Vec<&'static str>,
    pub(super) keys_second: Vec<&'static str>,
}

/// The lists of a language.
pub(super) fn lists(language: Language) -> &'static Lists {
    static ENGLISH: LazyLock<Lists> = LazyLock::new(|| lists_of!("english", Language::English));
    static RUSSIAN: LazyLock<Lists> = LazyLock::new(|| lists_of!("russian", Language::Russian));
    match language {
        Language::English => &ENGLISH,
        Language::Russian => &RUSSIAN,
    }
}

/// The lists that are the same in every language.
pub(super) fn common() -> &'static Common {
    static COMMON: LazyLock<Common> = LazyLock::new(|| Common {
        country_codes: field(COUNTRIES, 0),
        country_codes_long: field(COUNTRIES, 1),
        currencies: field(CURRENCIES, 0),
        languages: field(LANGUAGES, 0),
        locales: field(LANGUAGES, 1),
        mime_types: field(MIME_TYPES, 0),
        endings: field(MIME_TYPES, 1),
        time_zones: lines(include_str!("../words/common/time_zones.txt")),
        user_agents: lines(include_str!("../words/common/user_agents.txt")),
        domains: lines(include_str!("../words/common/domains.txt")),
        keys_first: lines(include_str!("../words/common/keys_first.txt")),
        keys_second: lines(include_str!("../words/common/keys_second.txt")),
    });
    &COMMON
}

const COUNTRIES: &str = include_str!("../words/common/countries.txt");
const CURRENCIES: &str = include_str!("../words/common/currencies.txt");
const LANGUAGES: &str = include_str!("../words/common/languages.txt");
const MIME_TYPES: &str = include_str!("../words/common/mime_types.txt");

/// The lists of a language, from its folder.
macro_rules! lists_of {
    ($folder:literal, $language:expr) => {{
        macro_rules! file {
            ($name:literal) => {
                include_str!(concat!("../words/", $folder, "/", $name, ".txt"))
            };
        }
        let language = $language;
        let cities = cities(file!("cities"));
        Lists {
            persons: [
                Names {
                    given: names(lines(file!("given_female")), str::to_owned),
                    surnames: names(lines(file!("surnames")), feminine_surname),
                    patronymics: match language {
                        Language::English => owned(file!("given_female")),
                        Language::Russian => lines(include_str!("../words/russian/patronymics.txt"))
                            .into_iter()
                            .map(feminine_patronymic)
                            .collect(),
                    },
                },
                Names {
                    given: names(lines(file!("given_male")), str::to_owned),
                    surnames: names(lines(file!("surnames")), str::to_owned),
                    patronymics: match language {
                        Language::English => owned(file!("given_male")),
                        Language::Russian => owned(include_str!("../words/russian/patronymics.txt")),
                    },
                },
            ],
            regions: regions(&cities),
            cities,
            sales_regions: lines(file!("regions")),
            streets: lines(file!("streets")),
            company_first: adjectives(file!("company_first")),
            company_second: nouns(file!("company_second")),
            company_forms: lines(file!("company_forms")),
            adjectives: adjectives(file!("adjectives")),
            materials: lines(file!("materials")),
            products: nouns(file!("products")),
            topics: lines(file!("topics")),
            tags: lines(file!("tags")),
            jobs: lines(file!("jobs")),
            departments: lines(file!("departments")),
            colours: pairs(file!("colours"), '|'),
            subjects: lines(file!("subjects")),
            predicates: lines(file!("predicates")),
            tails: lines(file!("tails")),
            reviews: lines(file!("reviews")),
            descriptions: lines(file!("descriptions")),
            notes: lines(file!("notes")),
            questions: lines(file!("questions")),
            headlines: headlines(file!("headlines")),
            title_adjectives: adjectives(file!("title_adjectives")),
            title_nouns: nouns(file!("title_nouns")),
            statuses: lines(file!("statuses")),
            kinds: lines(file!("kinds")),
            priorities: lines(file!("priorities")),
            units: lines(file!("units")),
            sizes: lines(file!("sizes")),
            payment_methods: lines(file!("payment_methods")),
            roles: lines(file!("roles")),
            weekdays: lines(file!("weekdays")),
            levels: lines(file!("levels")),
            actions: lines(file!("actions")),
            channels: lines(file!("channels")),
            events: lines(file!("events")),
            projects: lines(file!("projects")),
            teams: lines(file!("teams")),
            places: lines(file!("places")),
            countries: field(COUNTRIES, 2 + language as usize),
            currencies: field(CURRENCIES, 1 + language as usize),
            languages: field(LANGUAGES, 2 + language as usize),
        }
    }};
}
use lists_of;

fn lines(file: &'static str) -> Vec<&'static str> {
    file.lines().filter(|line| !line.is_empty()).collect()
}

fn owned(file: &'static str) -> Vec<String> {
    lines(file).into_iter().map(str::to_owned).collect()
}

fn field(file: &'static str, number: usize) -> Vec<&'static str> {
    lines(file)
        .into_iter()
        .filter_map(|line| line.split('|').nth(number))
        .collect()
}

fn pairs(file: &'static str, between: char) -> Vec<(&'static str, &'static str)> {
    lines(file)
        .into_iter()
        .filter_map(|line| line.split_once(between))
        .collect()
}

fn headlines(file: &'static str) -> Vec<(&'static str, &'static str)> {
    lines(file)
        .into_iter()
        .filter_map(|line| line.split_once("{}"))
        .collect()
}

fn names(texts: Vec<&'static str>, form: impl Fn(&str) -> String) -> Vec<Name> {
    texts
        .into_iter()
        .map(|text| {
            let text = form(text);
            Name {
                latin: latin::of(&text),
                text,
            }
        })
        .collect()
}

fn cities(file: &'static str) -> Vec<City> {
    let codes = field(COUNTRIES, 0);
    lines(file)
        .into_iter()
        .filter_map(|line| {
            let mut fields = line.split('|');
            Some(City {
                name: fields.next()?,
                region: fields.next()?,
                country: {
                    let code = fields.next()?;
                    codes.iter().position(|known| *known == code)?
                },
                postcode: fields.next()?,
            })
        })
        .collect()
}

fn regions(cities: &[City]) -> Vec<&'static str> {
    let mut regions: Vec<_> = cities.iter().map(|city| city.region).collect();
    regions.sort_unstable();
    regions.dedup();
    regions
}

fn nouns(file: &'static str) -> Vec<Noun> {
    lines(file)
        .into_iter()
        .map(|line| {
            let (text, gender) = line.split_once('|').unwrap_or((line, "m"));
            Noun {
                text,
                gender: match gender {
                    "f" => Gender::Feminine,
                    "n" => Gender::Neuter,
                    _ => Gender::Masculine,
                },
            }
        })
        .collect()
}

fn adjectives(file: &'static str) -> Vec<Adjective> {
    lines(file).into_iter().map(Adjective::of).collect()
}

impl Adjective {
    /// From its masculine form; what does not end as Russian adjectives do has one form.
    fn of(masculine: &str) -> Adjective {
        const HUSHING: [char; 4] = ['ж', 'ш', 'щ', 'ч'];
        const VELAR: [char; 3] = ['к', 'г', 'х'];
        let stem_and_ends = ["ый", "ой", "ий"].into_iter().find_map(|end| {
            let stem = masculine.strip_suffix(end)?;
            Some((
                stem,
                match end {
                    "ий" if stem.ends_with(HUSHING) => ["ая", "ее"],
                    "ий" if !stem.ends_with(VELAR) => ["яя", "ее"],
                    _ => ["ая", "ое"],
                },
            ))
        });
        let Some((stem, [feminine, neuter])) = stem_and_ends else {
            return Adjective([masculine.to_owned(), masculine.to_owned(), masculine.to_owned()]);
        };
        Adjective([
            masculine.to_owned(),
            format!("{stem}{feminine}"),
            format!("{stem}{neuter}"),
        ])
    }
}

/// The form for women of a surname; the same where it has none of its own.
fn feminine_surname(masculine: &str) -> String {
    match masculine {
        _ if masculine.ends_with(['в', 'н']) => format!("{masculine}а"),
        _ => match masculine.strip_suffix("ий") {
            Some(stem) => format!("{stem}ая"),
            None => masculine.to_owned(),
        },
    }
}

fn feminine_patronymic(masculine: &str) -> String {
    match masculine.strip_suffix("ич") {
        Some(stem) => format!("{stem}на"),
        None => masculine.to_owned(),
    }
}
