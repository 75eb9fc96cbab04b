//! Texts of every sort.

use super::digits;
use super::latin;
use super::person::{Person, Place};
use super::sort::Sort;
use super::words::{common, lists};
use super::{Amounts, Meaning, Moments, Skew, calendar, checksum, stems};
use crate::seed::chance::Chance;
use crate::seed::language::Language;

/// What follows from a row, each apart from the others.
mod part {
    pub(super) const PERSON: u64 = 1;
    pub(super) const PLACE: u64 = 2;
    pub(super) const THING: u64 = 3;
}

impl Meaning {
    pub(super) fn person(&self, row: Chance) -> Person {
        Person::of(row.at(part::PERSON ^ self.who), self.language)
    }

    fn place(&self, row: Chance) -> Place {
        Place::of(row.at(part::PLACE ^ self.who), self.language)
    }

    /// The stem of a sort that is the one of the row: a product's name, its slug and the name of its picture agree.
    pub(super) fn stem_of_row(&self, sort: Sort, row: Chance) -> u64 {
        row.at(part::THING ^ self.who)
            .at(sort as u64)
            .below(stems::count(sort, self.language))
    }

    /// Writes a text of the sort of this meaning.
    pub(super) fn write(&self, row: Chance, chance: &mut Chance, out: &mut String) {
        let language = self.language;
        match self.sort {
            Sort::GivenName => out.push_str(&self.person(row).given.text),
            Sort::Surname => out.push_str(&self.person(row).surname.text),
            Sort::Patronymic => {
                let person = self.person(row);
                let mut chance = person.chance.at(2);
                out.push_str(chance.pick(&person.names.patronymics).map_or("", |name| name));
            }
            Sort::FullName => self.person(row).write_full_name(out),
            Sort::Login | Sort::Email => {
                let person = self.person(row);
                person.write_login(out);
                let mut more = person.chance.at(3);
                if more.happens(0.4) {
                    digits::number(1 + more.below(99), out);
                }
                if self.sort == Sort::Email {
                    out.push('@');
                    out.push_str(person.domain());
                }
            }
            Sort::Gender => out.push_str(match (language, self.person(row).woman) {
                (Language::English, true) => "female",
                (Language::English, false) => "male",
                (Language::Russian, true) => "женский",
                (Language::Russian, false) => "мужской",
            }),
            Sort::Honorific => out.push_str(match (language, self.person(row).woman) {
                (Language::English, true) => "Ms",
                (Language::English, false) => "Mr",
                (Language::Russian, true) => "г-жа",
                (Language::Russian, false) => "г-н",
            }),
            Sort::Phone => write_phone(chance.below(10_000_000), language, out),
            Sort::City => out.push_str(self.place(row).city.name),
            Sort::Region => out.push_str(self.place(row).city.region),
            Sort::Country => out.push_str(lists(language).countries[self.place(row).city.country]),
            Sort::CountryCode => out.push_str(common().country_codes[self.place(row).city.country]),
            Sort::CountryCodeLong => out.push_str(common().country_codes_long[self.place(row).city.country]),
            Sort::Postcode => self.place(row).write_postcode(out),
            Sort::Address => {
                let street = chance.below(lists(language).streets.len() as u64);
                write_address(street, self.number(Sort::House, chance), language, out);
            }
            // A company, a product, a title: that of the row, so that what is made of it agrees.
            Sort::Company
            | Sort::Brand
            | Sort::Product
            | Sort::Book
            | Sort::Film
            | Sort::Song
            | Sort::Headline => {
                stems::write(self.sort, language, self.stem_of_row(self.sort, row), out);
            }
            Sort::Slug => self.write_slug(row, '-', out),
            Sort::Url => {
                out.push_str("https://");
                out.push_str(chance.pick(&common().domains).copied().unwrap_or_default());
                out.push('/');
                self.write_slug(row, '-', out);
            }
            Sort::ImageUrl => {
                out.push_str("https://example.com/images/");
                self.write_slug(row, '-', out);
                out.push_str(".jpg");
            }
            Sort::Domain => {
                self.write_slug(row, '-', out);
                out.push('.');
                out.push_str(chance.pick(&common().domains).copied().unwrap_or_default());
            }
            Sort::FileName | Sort::FilePath => {
                if self.sort == Sort::FilePath {
                    out.push_str("/files/");
                    digits::number(2023 + chance.below(3), out);
                    out.push('/');
                }
                self.write_slug(row, '_', out);
                out.push('.');
                out.push_str(chance.pick(&common().endings).copied().unwrap_or_default());
            }
            Sort::IpAddress => write_ip(chance.below(1 << 24), out),
            Sort::MacAddress => write_mac(chance.bits(), out),
            Sort::UserAgent => out.push_str(chance.pick(&common().user_agents).copied().unwrap_or_default()),
            Sort::Code => {
                write_capitals(chance, 2, out);
                out.push('-');
                digits::number(1000 + chance.below(9000), out);
            }
            Sort::DocumentNumber => {
                out.push_str(self.document_prefix());
                out.push('-');
                digits::padded(1 + chance.below(999_999), 6, out);
            }
            Sort::Barcode => checksum::write_barcode(chance.below(checksum::BARCODES), out),
            Sort::Isbn => checksum::write_isbn(chance.below(checksum::ISBNS), out),
            Sort::Iban => checksum::write_iban(chance.below(checksum::IBANS), out),
            Sort::VatNumber => checksum::write_vat_number(chance.below(checksum::VAT_NUMBERS), language, out),
            Sort::CardLastFour => digits::padded(chance.below(10_000), 4, out),
            Sort::Hash => self.write_hash(chance.bits(), *chance, out),
            Sort::Token => write_token(chance.bits(), *chance, out),
            Sort::PasswordHash => write_password_hash(chance.bits(), *chance, out),
            Sort::Uuid => write_uuid(chance.bits(), chance.bits(), out),
            Sort::HexColour => {
                let colour = chance.pick(&lists(language).colours);
                out.push_str(colour.map_or("", |(_, hex)| hex));
            }
            Sort::Version => {
                digits::number(1 + chance.below(6), out);
                out.push('.');
                digits::number(chance.below(20), out);
                out.push('.');
                digits::number(chance.below(20), out);
            }
            Sort::Paragraph => self.write_sentences(3 + chance.below(4), chance, out),
            Sort::Message => self.write_sentences(1 + chance.below(3), chance, out),
            Sort::Review => write_several(&lists(language).reviews, 1 + chance.below(3), chance, out),
            Sort::Description => {
                write_several(&lists(language).descriptions, 1 + chance.below(3), chance, out)
            }
            Sort::Note => out.push_str(chance.pick(&lists(language).notes).copied().unwrap_or_default()),
            Sort::Question => out.push_str(
                chance
                    .pick(&lists(language).questions)
                    .copied()
                    .unwrap_or_default(),
            ),
            Sort::HttpStatus => {
                let codes = [
                    "200", "200", "200", "201", "204", "301", "302", "400", "401", "403", "404", "500",
                ];
                out.push_str(chance.pick(&codes).copied().unwrap_or_default());
            }
            Sort::Flag => out.push_str(match (chance.happens(self.true_share), language) {
                (true, Language::English) => "yes",
                (false, Language::English) => "no",
                (true, Language::Russian) => "да",
                (false, Language::Russian) => "нет",
            }),
            Sort::Json => self.json(row, chance, out),
            _ if Moments::place_in_life(self.sort).is_some() || self.sort == Sort::Moment => {
                let moments = self.moments();
                let day = chance.between(i64::from(moments.first_day), i64::from(moments.last_day));
                calendar::write_day(day, out);
            }
            _ => match stems::count(self.sort, language) {
                0 => {
                    let decimals = self.amounts.decimals;
                    digits::decimal(draw_amount(self.amounts, chance), decimals, out);
                }
                count => stems::write(self.sort, language, chance.below(count), out),
            },
        }
    }

    /// The row's thing in the letters of an address.
    pub(super) fn write_slug(&self, row: Chance, gap: char, out: &mut String) {
        let start = out.len();
        stems::write(self.about, self.language, self.stem_of_row(self.about, row), out);
        latin::turn(start, gap, out);
    }

    pub(super) fn document_prefix(&self) -> &'static str {
        match self.about {
            Sort::Product => "ART",
            Sort::Company => "CMP",
            Sort::FullName => "PN",
            _ => self.prefix,
        }
    }

    pub(super) fn write_hash(&self, bits: u64, mut chance: Chance, out: &mut String) {
        digits::hex(bits, 16, out);
        let mut left = self.hash_length.saturating_sub(16);
        while left > 0 {
            let now = left.min(8);
            digits::hex(chance.bits() & ((1 << (4 * now)) - 1), now as usize, out);
            left -= now;
        }
    }

    fn write_sentences(&self, count: u64, chance: &mut Chance, out: &mut String) {
        let stems = stems::count(Sort::Sentence, self.language);
        for number in 0..count {
            if number > 0 {
                out.push(' ');
            }
            stems::write(Sort::Sentence, self.language, chance.below(stems), out);
        }
    }

    fn number(&self, sort: Sort, chance: &mut Chance) -> u64 {
        draw_amount(Amounts::of(sort), chance).unsigned_abs()
    }
}

/// One of the amounts, in units of the last decimal.
pub(super) fn draw_amount(amounts: Amounts, chance: &mut Chance) -> i64 {
    match amounts.skew {
        Skew::Even => chance.between(amounts.low, amounts.high),
        // Two throws: the second is below the first, as small numbers are more often.
        Skew::Small => {
            let most = chance.between(amounts.low, amounts.high);
            chance.between(amounts.low, most)
        }
    }
}

/// No telephone has these: the area code 555 is nobody's, in America and in Russia.
pub(super) fn write_phone(number: u64, language: Language, out: &mut String) {
    let (first, second) = (number / 10_000 % 1000, number % 10_000);
    match language {
        Language::English => {
            out.push_str("+1 555 ");
            digits::padded(first, 3, out);
            out.push(' ');
            digits::padded(second, 4, out);
        }
        Language::Russian => {
            out.push_str("+7 555 ");
            digits::padded(first, 3, out);
            out.push('-');
            digits::padded(second / 100, 2, out);
            out.push('-');
            digits::padded(second % 100, 2, out);
        }
    }
}

/// House and street.
pub(super) fn write_address(street: u64, house: u64, language: Language, out: &mut String) {
    match language {
        Language::English => {
            digits::number(house, out);
            out.push(' ');
            stems::write(Sort::Street, language, street, out);
        }
        Language::Russian => {
            stems::write(Sort::Street, language, street, out);
            out.push_str(", д. ");
            digits::number(house, out);
        }
    }
}

/// An address of a private network.
pub(super) fn write_ip(number: u64, out: &mut String) {
    out.push_str("10");
    for shift in [16, 8, 0] {
        out.push('.');
        digits::number(number >> shift & 0xFF, out);
    }
}

/// Six bytes, the first of which says that nobody made the device.
pub(super) fn write_mac(number: u64, out: &mut String) {
    out.push_str("02");
    for shift in [32, 24, 16, 8, 0] {
        out.push(':');
        digits::hex(number >> shift & 0xFF, 2, out);
    }
}

/// 40 letters and digits, of which the first 13 are the number's.
pub(super) fn write_token(number: u64, mut chance: Chance, out: &mut String) {
    digits::base_36(number, 13, out);
    for _ in 0..3 {
        // 36^9 fits into 47 bits.
        digits::base_36(chance.below(101_559_956_668_416), 9, out);
    }
}

/// What looks like bcrypt's, and is no password's.
pub(super) fn write_password_hash(number: u64, mut chance: Chance, out: &mut String) {
    out.push_str("$2b$12$");
    digits::base_36(number, 13, out);
    for _ in 0..4 {
        digits::base_36(chance.below(3_656_158_440_062_976), 10, out);
    }
}

/// Version 4, of which the first bits are the number's.
pub(super) fn write_uuid(number: u64, more: u64, out: &mut String) {
    digits::hex(number >> 32, 8, out);
    out.push('-');
    digits::hex(number >> 16 & 0xFFFF, 4, out);
    out.push_str("-4");
    digits::hex(number >> 4 & 0xFFF, 3, out);
    out.push('-');
    digits::hex(0x8000 | (more >> 48 & 0x3FFF), 4, out);
    out.push('-');
    digits::hex((number & 0xF) << 44 | (more & 0xFFF_FFFF_FFFF), 12, out);
}

pub(super) fn write_capitals(chance: &mut Chance, count: u32, out: &mut String) {
    for _ in 0..count {
        out.push(char::from(b"ABCDEFGHKLMNPRSTUVWXZ"[chance.below(21) as usize]));
    }
}

fn write_several(list: &[&'static str], count: u64, chance: &mut Chance, out: &mut String) {
    // Steps of a size that the list's length is no multiple of: no sentence comes twice in a text.
    let length = list.len() as u64;
    let (first, step) = (chance.below(length), 1 + chance.below(length / 4));
    for number in 0..count.min(3) {
        if number > 0 {
            out.push(' ');
        }
        out.push_str(list[((first + number * step) % length) as usize]);
    }
}
