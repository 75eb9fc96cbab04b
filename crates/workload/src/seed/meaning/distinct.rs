//! Texts of which no two are equal.
//!
//! Why none are, for one meaning and one limit, whatever the ordinals:
//!
//! - **Stems** that can be counted are gone through in a scattered order. In the second round ` 2` is behind each, in the
//!   third ` 3`. Stems differ and do not end with digits.
//! - **What is cut** to a limit, and what is made of a person or a sentence, has all digits of the ordinal behind a sign that
//!   is no blank and no digit (`Folding Oak-17`), and perhaps an ending without digits (`anna.clark17@example.com`).
//! - **What is made of digits** has the ordinal in it, by a reversible scattering.
//! - **What has no room** for any of these is `0` and the ordinal in base 36, without further zeros before it. Nothing else
//!   begins with `0` and a digit that is not `0`, or is `00`. Very small limits have nothing but base 36.
//!
//! Folding case changes no digit, and stems differ when case is folded.

use super::digits;
use super::sort::Sort;
use super::words::{common, lists};
use super::{Meaning, Moments, calendar, checksum, stems, text};
use crate::seed::chance::Chance;

/// Below this limit there is no room for a word and a number.
const LEAST_FOR_WORDS: usize = 6;

impl Meaning {
    pub(super) fn write_distinct(
        &self,
        ordinal: u64,
        row: Option<Chance>,
        chance: Chance,
        limit: Option<u32>,
        out: &mut String,
    ) -> bool {
        let limit = limit.map_or(usize::MAX, |limit| limit as usize);
        let start = out.len();
        let count = stems::count(self.sort, self.language);
        if limit < LEAST_FOR_WORDS {
            return self.write_code(ordinal, limit, chance, out);
        }
        let done = match self.sort {
            _ if count > 0 => self.write_stem(ordinal, count, chance, limit, out),
            _ => self.write_other(ordinal, row, chance, limit, out),
        };
        if done {
            return true;
        }
        out.truncate(start);
        write_bare(ordinal, limit, out)
    }

    /// A stem, with the number of the round behind it; cut, with all of the ordinal.
    fn write_stem(&self, ordinal: u64, count: u64, chance: Chance, limit: usize, out: &mut String) -> bool {
        let start = out.len();
        stems::write(self.sort, self.language, scatter(ordinal, count, chance), out);
        let stem_end = out.len();
        let round = ordinal / count;
        if round > 0 {
            out.push(' ');
            digits::number(round + 1, out);
        }
        if fits(&out[start..], limit) {
            return true;
        }
        out.truncate(stem_end);
        cut_and_number(ordinal, '-', start, limit, out)
    }

    fn write_other(
        &self,
        ordinal: u64,
        row: Option<Chance>,
        chance: Chance,
        limit: usize,
        out: &mut String,
    ) -> bool {
        // Nobody has so many rows; and nothing below overflows.
        if ordinal > u64::MAX / 2 {
            return false;
        }
        let start = out.len();
        let mut own = chance.at(ordinal);
        let row = row.unwrap_or(own);
        let language = self.language;
        match self.sort {
            Sort::Email | Sort::Login => {
                let person = self.person(row);
                let domain = match self.sort {
                    Sort::Email => person.domain(),
                    _ => "",
                };
                let behind = match domain.len() {
                    0 => 0,
                    length => length + 1,
                };
                person.write_login(out);
                let Some(room) = limit.checked_sub(behind + digits::count(ordinal)) else {
                    return false;
                };
                cut(start, room, out);
                if out.len() == start {
                    return false;
                }
                digits::number(ordinal, out);
                if behind > 0 {
                    out.push('@');
                    out.push_str(domain);
                }
            }
            Sort::Slug | Sort::Url | Sort::ImageUrl | Sort::Domain | Sort::FileName | Sort::FilePath => {
                let domains = &common().domains;
                let (before, gap, behind) = match self.sort {
                    Sort::Url => ("https://example.com/", '-', ""),
                    Sort::ImageUrl => ("https://example.com/images/", '-', ".jpg"),
                    Sort::Domain => ("", '-', domains[own.below(domains.len() as u64) as usize]),
                    Sort::FileName => ("", '_', own.pick(&common().endings).copied().unwrap_or_default()),
                    Sort::FilePath => (
                        "/files/",
                        '_',
                        own.pick(&common().endings).copied().unwrap_or_default(),
                    ),
                    _ => ("", '-', ""),
                };
                let point = usize::from(!behind.is_empty() && !behind.starts_with('.'));
                let Some(room) = limit.checked_sub(before.len() + behind.len() + point) else {
                    return false;
                };
                out.push_str(before);
                let word = out.len();
                self.write_slug(row, gap, out);
                if !cut_and_number(ordinal, gap, word, room, out) {
                    return false;
                }
                if point > 0 {
                    out.push('.');
                }
                out.push_str(behind);
            }
            Sort::Address => {
                let streets = lists(language).streets.len() as u64;
                let street = scatter(ordinal, streets, chance);
                text::write_address(street, ordinal / streets + 1, language, out);
            }
            Sort::Phone => match scattered(ordinal, 10_000_000, chance) {
                Some(number) if limit >= 16 => text::write_phone(number, language, out),
                Some(number) => digits::number(15_550_000_000 + number, out),
                None => return false,
            },
            Sort::IpAddress => match scattered(ordinal, 1 << 24, chance) {
                Some(number) => text::write_ip(number, out),
                None => return false,
            },
            Sort::MacAddress => match scattered(ordinal, 1 << 40, chance) {
                Some(number) => text::write_mac(number, out),
                None => return false,
            },
            Sort::HexColour => match scattered(ordinal, 1 << 24, chance) {
                Some(number) => {
                    out.push('#');
                    digits::hex(number, 6, out);
                }
                None => return false,
            },
            Sort::Barcode => match scattered(ordinal, checksum::BARCODES, chance) {
                Some(number) => checksum::write_barcode(number, out),
                None => return false,
            },
            Sort::Isbn => match scattered(ordinal, checksum::ISBNS, chance) {
                Some(number) => checksum::write_isbn(number, out),
                None => return false,
            },
            Sort::Iban => match scattered(ordinal, checksum::IBANS, chance) {
                Some(number) => checksum::write_iban(number, out),
                None => return false,
            },
            Sort::VatNumber => match scattered(ordinal, checksum::VAT_NUMBERS, chance) {
                Some(number) => checksum::write_vat_number(number, language, out),
                None => return false,
            },
            Sort::Code => {
                text::write_capitals(&mut own, 2, out);
                out.push('-');
                digits::padded(ordinal + 1, 4, out);
            }
            Sort::DocumentNumber => {
                out.push_str(self.document_prefix());
                out.push('-');
                digits::padded(ordinal + 1, 6, out);
            }
            Sort::Postcode => digits::number(10_000 + ordinal, out),
            Sort::Hash if limit >= self.hash_length as usize => {
                self.write_hash(mixed(ordinal, chance), own, out)
            }
            Sort::Token if limit >= 40 => text::write_token(mixed(ordinal, chance), own, out),
            Sort::PasswordHash if limit >= 60 => text::write_password_hash(mixed(ordinal, chance), own, out),
            Sort::Uuid if limit >= 36 => text::write_uuid(mixed(ordinal, chance), own.bits(), out),
            Sort::Hash | Sort::Token | Sort::PasswordHash | Sort::Uuid => return false,
            Sort::Version => {
                digits::number(1 + ordinal / 400, out);
                out.push('.');
                digits::number(ordinal / 20 % 20, out);
                out.push('.');
                digits::number(ordinal % 20, out);
            }
            Sort::Paragraph
            | Sort::Message
            | Sort::Review
            | Sort::Description
            | Sort::Note
            | Sort::Question
            | Sort::UserAgent
            | Sort::Gender
            | Sort::Honorific => return self.write_numbered(ordinal, chance, limit, out),
            _ if Moments::place_in_life(self.sort).is_some() || self.sort == Sort::Moment => {
                // Up to the year 9999, so that all of them have four digits.
                let first = i64::from(self.moments().first_day);
                match i64::try_from(ordinal) {
                    Ok(ordinal) if ordinal < 2_900_000 => calendar::write_day(first + ordinal, out),
                    _ => return false,
                }
            }
            _ => digits::number(ordinal + 1, out),
        }
        fits(&out[start..], limit)
    }

    /// Prose, with the ordinal behind it: `Call before delivery. #17`.
    fn write_numbered(&self, ordinal: u64, chance: Chance, limit: usize, out: &mut String) -> bool {
        let start = out.len();
        let mut own = chance.at(ordinal);
        self.write(own, &mut own, out);
        let number = digits::count(ordinal) + 2;
        if limit <= number {
            return false;
        }
        cut(start, limit - number, out);
        if out.len() == start {
            return false;
        }
        out.push_str(" #");
        digits::number(ordinal, out);
        true
    }

    /// Within a few characters: codes of a list first, where that is the sort; base 36.
    fn write_code(&self, ordinal: u64, limit: usize, chance: Chance, out: &mut String) -> bool {
        let known: &[&str] = match self.sort {
            Sort::CountryCode => &common().country_codes,
            Sort::CountryCodeLong => &common().country_codes_long,
            Sort::Currency => &common().currencies,
            Sort::LanguageCode => &common().languages,
            _ => &[],
        };
        let width = known.first().map_or(0, |code| code.len());
        if width == 0 || width > limit {
            return write_base_36(ordinal, limit, out);
        }
        let count = known.len() as u64;
        if ordinal < count {
            out.push_str(known[scatter(ordinal, count, chance) as usize]);
            return true;
        }
        // All strings of this length, without those of the list where they are as long.
        let mut taken: Vec<u64> = known
            .iter()
            .filter(|_| width == limit)
            .filter_map(|code| u64::from_str_radix(code, 36).ok())
            .collect();
        taken.sort_unstable();
        let number = taken.iter().fold(ordinal - count, |number, taken| {
            number + u64::from(*taken <= number)
        });
        if number >= 36_u64.pow(limit as u32) {
            return false;
        }
        digits::base_36(number, limit, out);
        true
    }
}

/// How many ordinals there are texts for within so many characters; none where each has one.
pub(super) fn count(limit: Option<u32>) -> Option<u64> {
    let limit = limit?;
    let digits = match limit as usize {
        0 => return Some(0),
        1..LEAST_FOR_WORDS => limit,
        _ => limit - 1,
    };
    36_u64.checked_pow(digits)
}

/// Primes above all counts that are scattered: none divides any, so steps of that size go through all places.
const STEPS: [u64; 8] = [
    2_429_443_846_763,
    2_648_035_289_509,
    2_890_087_361_101,
    3_298_291_602_299,
    3_322_685_062_231,
    3_778_462_204_061,
    3_831_597_044_027,
    3_870_824_555_953,
];

/// The place of an ordinal in a scattered order of so many, over and over.
pub(super) fn scatter(ordinal: u64, count: u64, mut chance: Chance) -> u64 {
    let first = chance.below(count);
    let step = STEPS[chance.below(STEPS.len() as u64) as usize];
    if count <= 1 << 31 {
        (ordinal % count * (step % count) + first) % count
    } else {
        let place = u128::from(ordinal % count) * u128::from(step % count) + u128::from(first);
        (place % u128::from(count)) as u64
    }
}

fn scattered(ordinal: u64, count: u64, chance: Chance) -> Option<u64> {
    (ordinal < count).then(|| scatter(ordinal, count, chance))
}

/// 64 bits of an ordinal, reversible: multiplication by odd numbers, shifts and additions.
fn mixed(ordinal: u64, mut chance: Chance) -> u64 {
    let mut bits = ordinal.wrapping_add(chance.bits());
    for factor in [0xBF58_476D_1CE4_E5B9_u64, 0x94D0_49BB_1331_11EB] {
        bits = (bits ^ (bits >> 31)).wrapping_mul(factor);
    }
    bits ^ (bits >> 29)
}

fn fits(text: &str, limit: usize) -> bool {
    text.len() <= limit || text.chars().count() <= limit
}

/// Cuts what stands behind `start` to so many characters, where it has more; at the end of a word, when there is a good part
/// of the text before it.
fn cut(start: usize, room: usize, out: &mut String) {
    let Some((end, _)) = out[start..].char_indices().nth(room) else {
        return;
    };
    out.truncate(start + end);
    if let Some(word) = out[start..].rfind([' ', '-', '_'])
        && word * 2 > end
    {
        out.truncate(start + word);
    }
    while out.len() > start && out.ends_with(|last: char| !last.is_alphanumeric()) {
        out.pop();
    }
}

fn cut_and_number(ordinal: u64, gap: char, start: usize, limit: usize, out: &mut String) -> bool {
    let number = digits::count(ordinal) + 1;
    if limit <= number {
        return false;
    }
    cut(start, limit - number, out);
    if out.len() == start {
        return false;
    }
    out.push(gap);
    digits::number(ordinal, out);
    true
}

fn write_bare(ordinal: u64, limit: usize, out: &mut String) -> bool {
    out.push('0');
    if write_base_36(ordinal, limit - 1, out) {
        return true;
    }
    out.pop();
    false
}

fn write_base_36(ordinal: u64, limit: usize, out: &mut String) -> bool {
    let start = out.len();
    digits::base_36(ordinal, 1, out);
    if out.len() - start <= limit {
        return true;
    }
    out.truncate(start);
    false
}
