//! The texts that can be counted: names and titles that are made of a few parts from lists.
//!
//! They are numbered from 0, no two of a sort are equal (not even when case is folded), none begins or ends with a digit.
//! Drawing is to write one of them, making distinct texts is to go through all of them.

use super::sort::Sort;
use super::words::{Adjective, Lists, Noun, common, lists};
use crate::seed::language::Language;

/// How many stems a sort has; 0 for sorts whose texts are made in another way.
pub(super) fn count(sort: Sort, language: Language) -> u64 {
    let lists = lists(language);
    if let Some(list) = list(sort, language) {
        return list.len() as u64;
    }
    let titles = lists.title_adjectives.len() * lists.title_nouns.len();
    let count = match sort {
        Sort::GivenName => lists.persons.iter().map(|names| names.given.len()).sum(),
        Sort::Surname => lists.persons[1].surnames.len(),
        Sort::Patronymic => lists.persons.iter().map(|names| names.patronymics.len()).sum(),
        Sort::FullName => lists
            .persons
            .iter()
            .map(|names| names.given.len() * names.surnames.len())
            .sum(),
        Sort::City => lists.cities.len(),
        Sort::Company => brands(lists) * lists.company_forms.len(),
        Sort::Brand => brands(lists),
        Sort::Product => lists.adjectives.len() * lists.materials.len() * lists.products.len(),
        Sort::Phrase => lists.adjectives.len() * lists.products.len(),
        Sort::Book | Sort::Film | Sort::Song => titles,
        Sort::Headline => lists.headlines.len() * lists.topics.len(),
        Sort::Sentence => lists.subjects.len() * lists.predicates.len() * lists.tails.len(),
        Sort::Course => lists.topics.len() * lists.levels.len(),
        Sort::Colour => lists.colours.len(),
        Sort::Key => common().keys_first.len() * common().keys_second.len(),
        _ => 0,
    };
    count as u64
}

/// Writes the stem of this number, which is below [`count`]; nothing where the sort has none.
pub(super) fn write(sort: Sort, language: Language, number: u64, out: &mut String) {
    let number = number as usize;
    if let Some(list) = list(sort, language) {
        out.push_str(list.get(number).copied().unwrap_or_default());
        return;
    }
    let lists = lists(language);
    match sort {
        Sort::GivenName => {
            let [women, men] = &lists.persons;
            let name = women.given.iter().chain(&men.given).nth(number);
            out.push_str(name.map_or("", |name| &name.text));
        }
        Sort::Surname => push(&lists.persons[1].surnames, number, |name| &name.text, out),
        Sort::Patronymic => {
            let [women, men] = &lists.persons;
            let name = women.patronymics.iter().chain(&men.patronymics).nth(number);
            out.push_str(name.map_or("", |name| name));
        }
        Sort::FullName => {
            let [women, men] = &lists.persons;
            let first = women.given.len() * women.surnames.len();
            let (names, number) = if number < first {
                (women, number)
            } else {
                (men, number - first)
            };
            let (rest, given) = split(number, names.given.len());
            push(&names.given, given, |name| &name.text, out);
            out.push(' ');
            push(&names.surnames, rest, |name| &name.text, out);
        }
        Sort::City => push(&lists.cities, number, |city| city.name, out),
        Sort::Company => {
            let (brand, form) = split(number, lists.company_forms.len());
            let form = lists.company_forms[form];
            match language {
                Language::English => {
                    write_brand(lists, brand, out);
                    out.push(' ');
                    out.push_str(form);
                }
                Language::Russian => {
                    out.push_str(form);
                    out.push_str(" «");
                    write_brand(lists, brand, out);
                    out.push('»');
                }
            }
        }
        Sort::Brand => write_brand(lists, number, out),
        Sort::Product => {
            let (rest, noun) = split(number, lists.products.len());
            let (adjective, material) = split(rest, lists.materials.len());
            let (noun, material) = (&lists.products[noun], lists.materials[material]);
            push_capital(of_pair(lists.adjectives.get(adjective), noun), out);
            out.push(' ');
            // `Folding Oak Table`, but `Складной стол из дуба`.
            let (second, third) = match language {
                Language::English => (material, noun.text),
                Language::Russian => (noun.text, material),
            };
            out.push_str(second);
            out.push(' ');
            out.push_str(third);
        }
        Sort::Phrase => write_pair(&lists.adjectives, &lists.products, number, out),
        Sort::Book | Sort::Film | Sort::Song => {
            if language == Language::English {
                out.push_str("The ");
            }
            write_pair(&lists.title_adjectives, &lists.title_nouns, number, out);
        }
        Sort::Headline => {
            let (topic, headline) = split(number, lists.headlines.len());
            let (before, behind) = lists.headlines[headline];
            out.push_str(before);
            match before {
                "" => push(&lists.topics, topic, |topic| topic, out),
                _ => push_small(lists.topics.get(topic).copied().unwrap_or_default(), out),
            }
            out.push_str(behind);
        }
        Sort::Sentence => {
            let (rest, tail) = split(number, lists.tails.len());
            let (subject, predicate) = split(rest, lists.predicates.len());
            push(&lists.subjects, subject, |subject| subject, out);
            out.push(' ');
            out.push_str(lists.predicates[predicate]);
            out.push(' ');
            out.push_str(lists.tails[tail]);
            out.push('.');
        }
        Sort::Course => {
            let (topic, level) = split(number, lists.levels.len());
            push(&lists.topics, topic, |topic| topic, out);
            out.push_str(": ");
            out.push_str(lists.levels[level]);
            if language == Language::Russian {
                out.push_str(" уровень");
            }
        }
        Sort::Colour => push(&lists.colours, number, |(name, _)| name, out),
        Sort::Key => {
            let (first, second) = split(number, common().keys_second.len());
            push(&common().keys_first, first, |word| word, out);
            out.push('.');
            out.push_str(common().keys_second[second]);
        }
        _ => {}
    }
}

/// The sorts whose stems are lines of a list.
fn list(sort: Sort, language: Language) -> Option<&'static [&'static str]> {
    let lists = lists(language);
    Some(match sort {
        Sort::Topic => &lists.topics,
        Sort::Tag => &lists.tags,
        Sort::Job => &lists.jobs,
        Sort::Department => &lists.departments,
        Sort::Role => &lists.roles,
        Sort::Project => &lists.projects,
        Sort::Team => &lists.teams,
        Sort::Event => &lists.events,
        Sort::Place => &lists.places,
        Sort::Material => &lists.materials,
        Sort::Street => &lists.streets,
        Sort::Region => &lists.regions,
        Sort::SalesRegion => &lists.sales_regions,
        Sort::Country => &lists.countries,
        Sort::CountryCode => &common().country_codes,
        Sort::CountryCodeLong => &common().country_codes_long,
        Sort::Currency => &common().currencies,
        Sort::CurrencyName => &lists.currencies,
        Sort::LanguageCode => &common().languages,
        Sort::LanguageName => &lists.languages,
        Sort::Locale => &common().locales,
        Sort::TimeZone => &common().time_zones,
        Sort::MimeType => &common().mime_types,
        Sort::Status => &lists.statuses,
        Sort::Kind => &lists.kinds,
        Sort::Priority => &lists.priorities,
        Sort::Unit => &lists.units,
        Sort::Size => &lists.sizes,
        Sort::PaymentMethod => &lists.payment_methods,
        Sort::DayOfWeek => &lists.weekdays,
        Sort::Level => &lists.levels,
        Sort::Action => &lists.actions,
        Sort::Channel => &lists.channels,
        _ => return None,
    })
}

fn brands(lists: &Lists) -> usize {
    lists.company_first.len() * lists.company_second.len()
}

fn write_brand(lists: &Lists, number: usize, out: &mut String) {
    write_pair(&lists.company_first, &lists.company_second, number, out);
}

/// Adjective and noun, the adjective with a capital.
fn write_pair(adjectives: &[Adjective], nouns: &[Noun], number: usize, out: &mut String) {
    let (adjective, noun) = split(number, nouns.len());
    let Some(noun) = nouns.get(noun) else { return };
    push_capital(of_pair(adjectives.get(adjective), noun), out);
    out.push(' ');
    out.push_str(noun.text);
}

fn of_pair<'a>(adjective: Option<&'a Adjective>, noun: &Noun) -> &'a str {
    adjective.map_or("", |adjective| adjective.beside(noun))
}

/// A number as two: how often `by` is in it, and the rest.
fn split(number: usize, by: usize) -> (usize, usize) {
    (number / by, number % by)
}

fn push<T>(list: &'static [T], number: usize, text: impl Fn(&'static T) -> &'static str, out: &mut String) {
    out.push_str(list.get(number).map_or("", text));
}

/// Writes a text with a capital at its beginning.
pub(super) fn push_capital(text: &str, out: &mut String) {
    let mut letters = text.chars();
    if let Some(first) = letters.next() {
        out.extend(first.to_uppercase());
        out.push_str(letters.as_str());
    }
}

fn push_small(text: &str, out: &mut String) {
    let mut letters = text.chars();
    if let Some(first) = letters.next() {
        out.extend(first.to_lowercase());
        out.push_str(letters.as_str());
    }
}
