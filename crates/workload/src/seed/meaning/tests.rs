//! What columns are taken for, and whether what is written of them holds what it promises.

mod json;

use std::collections::HashSet;

use super::*;
use crate::seed::data_type::{IntWidth, JsonForm, TextForm};

const TEXT: DataType = DataType::Text(TextForm::Text);
const INT: DataType = DataType::Int(IntWidth::Integer);
const NUMERIC: DataType = DataType::Numeric(Some((12, 2)));
const DATE: DataType = DataType::Date;
const TIME: DataType = DataType::TimestampTz(6);
const JSON: DataType = DataType::Json(JsonForm::Binary);

fn of(path: &str, data_type: &DataType) -> Meaning {
    let (table, column) = path.split_once('.').unwrap_or(("thing", path));
    Meaning::of(&Subject {
        schema: "public",
        table,
        table_comment: None,
        column,
        comment: None,
        default: None,
        data_type,
        language: Language::English,
    })
}

fn commented(path: &str, comment: &str, data_type: &DataType) -> Meaning {
    let (table, column) = path.split_once('.').unwrap_or(("thing", path));
    Meaning::of(&Subject {
        schema: "public",
        table,
        table_comment: None,
        column,
        comment: Some(comment),
        default: None,
        data_type,
        language: Language::English,
    })
}

fn sorts() -> Vec<Sort> {
    use Sort::*;
    vec![
        GivenName,
        Surname,
        Patronymic,
        FullName,
        Login,
        Email,
        Phone,
        Gender,
        Honorific,
        Job,
        Department,
        Role,
        Company,
        Brand,
        Product,
        Book,
        Film,
        Song,
        Topic,
        Tag,
        Project,
        Team,
        Event,
        Course,
        Place,
        Material,
        Slug,
        Url,
        ImageUrl,
        Domain,
        IpAddress,
        MacAddress,
        UserAgent,
        FileName,
        FilePath,
        MimeType,
        Address,
        Street,
        House,
        City,
        Region,
        SalesRegion,
        Postcode,
        Country,
        CountryCode,
        CountryCodeLong,
        TimeZone,
        Currency,
        CurrencyName,
        LanguageName,
        LanguageCode,
        Locale,
        Code,
        DocumentNumber,
        Barcode,
        Isbn,
        Iban,
        VatNumber,
        CardLastFour,
        Hash,
        Token,
        PasswordHash,
        Uuid,
        Version,
        Key,
        Phrase,
        Headline,
        Sentence,
        Paragraph,
        Review,
        Description,
        Note,
        Question,
        Message,
        Colour,
        HexColour,
        Status,
        Kind,
        Priority,
        Unit,
        Size,
        PaymentMethod,
        DayOfWeek,
        Level,
        Action,
        Channel,
        Number,
        Price,
        Money,
        Quantity,
        Percent,
        Rate,
        Weight,
        Length,
        Distance,
        Area,
        Temperature,
        Latitude,
        Longitude,
        Year,
        Month,
        Age,
        Rating,
        Count,
        Population,
        Position,
        Score,
        Duration,
        ByteCount,
        Port,
        HttpStatus,
        Probability,
        Moment,
        Birth,
        Created,
        Started,
        Updated,
        Published,
        Paid,
        Shipped,
        Delivered,
        Finished,
        LastSeen,
        Expires,
        ValidFrom,
        ValidTo,
        Deleted,
        Opens,
        Closes,
        Flag,
        Json,
    ]
}

const LANGUAGES: [Language; 2] = [Language::English, Language::Russian];

fn text_of(meaning: &Meaning, row: u64) -> String {
    let row = Chance::new(7).of("table").at(row);
    let mut out = String::new();
    meaning.text(row, &mut row.of("column"), &mut out);
    out
}

#[test]
fn columns_are_recognised() {
    let cases: &[(&str, &DataType, Sort)] = &[
        ("users.first_name", &TEXT, Sort::GivenName),
        ("users.lastName", &TEXT, Sort::Surname),
        ("users.middle_name", &TEXT, Sort::Patronymic),
        ("users.name", &TEXT, Sort::FullName),
        ("customer.name", &TEXT, Sort::FullName),
        ("producer.name", &TEXT, Sort::Company),
        ("city.name", &TEXT, Sort::City),
        ("cities.name", &TEXT, Sort::City),
        ("categories.name", &TEXT, Sort::Topic),
        ("tag.name", &TEXT, Sort::Tag),
        ("product.name", &TEXT, Sort::Product),
        ("order_items.product_name", &TEXT, Sort::Product),
        ("widget.name", &TEXT, Sort::Phrase),
        ("books.title", &TEXT, Sort::Book),
        ("posts.title", &TEXT, Sort::Headline),
        ("employee.title", &TEXT, Sort::Job),
        ("orders.customer_email", &TEXT, Sort::Email),
        ("e_mail", &TEXT, Sort::Email),
        ("emailAddress", &TEXT, Sort::Email),
        ("email_status", &TEXT, Sort::Status),
        ("address.state", &TEXT, Sort::Region),
        ("orders.state", &TEXT, Sort::Status),
        ("tel", &TEXT, Sort::Phone),
        ("tel_no", &TEXT, Sort::DocumentNumber),
        ("phone_number", &TEXT, Sort::Phone),
        ("shipping_address", &TEXT, Sort::Address),
        ("shipping_address_city", &TEXT, Sort::City),
        ("address_line_2", &TEXT, Sort::Address),
        ("zip", &TEXT, Sort::Postcode),
        ("country", &TEXT, Sort::Country),
        ("country", &DataType::Text(TextForm::Char(2)), Sort::CountryCode),
        (
            "country.code",
            &DataType::Text(TextForm::Char(2)),
            Sort::CountryCode,
        ),
        (
            "countries.code",
            &DataType::Text(TextForm::Char(3)),
            Sort::CountryCodeLong,
        ),
        ("currency.code", &TEXT, Sort::Currency),
        ("currency", &DataType::Text(TextForm::Char(3)), Sort::Currency),
        ("lang", &TEXT, Sort::LanguageCode),
        ("qty", &INT, Sort::Quantity),
        ("unit_price", &NUMERIC, Sort::Price),
        ("price_cents", &INT, Sort::Price),
        ("amt", &NUMERIC, Sort::Price),
        ("vat_rate", &NUMERIC, Sort::Rate),
        ("rating", &INT, Sort::Rating),
        ("sort_order", &INT, Sort::Position),
        ("lat", &DataType::Numeric(None), Sort::Latitude),
        ("lng", &DataType::Numeric(None), Sort::Longitude),
        ("published_year", &INT, Sort::Year),
        ("file_size", &INT, Sort::ByteCount),
        ("status_code", &INT, Sort::HttpStatus),
        ("dob", &DATE, Sort::Birth),
        ("date_of_birth", &DATE, Sort::Birth),
        ("created_at", &TIME, Sort::Created),
        ("createdAt", &TIME, Sort::Created),
        ("created", &TIME, Sort::Created),
        ("created_by", &TEXT, Sort::Login),
        ("deleted_at", &TIME, Sort::Deleted),
        ("valid_until", &DATE, Sort::ValidTo),
        ("ts", &TIME, Sort::Moment),
        ("slug", &TEXT, Sort::Slug),
        ("avatar_url", &TEXT, Sort::ImageUrl),
        ("ean13", &TEXT, Sort::Barcode),
        ("isbn", &TEXT, Sort::Isbn),
        ("shipment.number", &INT, Sort::Position),
        ("invoice.num", &TEXT, Sort::DocumentNumber),
        ("versions.num", &TEXT, Sort::Version),
        ("releases.name", &TEXT, Sort::Version),
        ("article_versions.title", &TEXT, Sort::Headline),
        ("author.born_in", &INT, Sort::Year),
        ("provider.left_on", &DATE, Sort::Finished),
        ("password_hash", &TEXT, Sort::PasswordHash),
        ("sha256", &TEXT, Sort::Hash),
        ("description_ru", &TEXT, Sort::Description),
        ("is_active", &DataType::Bool, Sort::Flag),
        ("settings", &JSON, Sort::Json),
        ("имя", &TEXT, Sort::GivenName),
        ("фамилия", &TEXT, Sort::Surname),
        ("отчество", &TEXT, Sort::Patronymic),
        ("имя_клиента", &TEXT, Sort::GivenName),
        ("цена", &NUMERIC, Sort::Price),
        ("цена_за_единицу", &NUMERIC, Sort::Price),
        ("город", &TEXT, Sort::City),
        ("создано", &TIME, Sort::Created),
        ("дата_создания", &DATE, Sort::Created),
        ("дата_рождения", &DATE, Sort::Birth),
        ("номер_телефона", &TEXT, Sort::Phone),
        ("товары.название", &TEXT, Sort::Product),
        ("категории.наименование", &TEXT, Sort::Topic),
        ("поставщики.название", &TEXT, Sort::Company),
        ("количество", &INT, Sort::Quantity),
        ("статьи.заголовок", &TEXT, Sort::Headline),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(path, data_type, expected)| {
            let sort = of(path, data_type).sort();
            (sort != *expected).then(|| format!("{path}: {sort:?}, expected {expected:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn comments_say_what_names_do_not() {
    assert_eq!(
        commented("c7", "E-mail address of the buyer", &TEXT).sort(),
        Sort::Email
    );
    assert_eq!(commented("val", "Цена за штуку", &NUMERIC).sort(), Sort::Price);
    assert_eq!(
        commented("x", "Город доставки", &TEXT).language(),
        Language::Russian
    );
    assert_eq!(
        commented("name_en", "Название", &TEXT).language(),
        Language::English
    );
    assert_eq!(of("name_ru", &TEXT).language(), Language::Russian);
}

#[test]
fn numbers_are_in_the_unit_of_the_name() {
    let check = |path: &str, data_type: &DataType, expected: (i64, i64, u8)| {
        let Amounts {
            low, high, decimals, ..
        } = of(path, data_type).amounts();
        assert_eq!((low, high, decimals), expected, "{path}");
    };
    check("price", &NUMERIC, (50, 200_000, 2));
    check("price", &INT, (1, 2_000, 0));
    check("price_cents", &INT, (50, 200_000, 0));
    check("weight_g", &INT, (50, 50_000, 0));
    check("duration_ms", &INT, (1, 5_000, 0));
    check("progress_percent", &INT, (0, 100, 0));
    check("rating", &INT, (1, 5, 0));
    check("rating", &NUMERIC, (10, 50, 1));
}

#[test]
fn moments_come_in_the_order_of_a_life() {
    let columns = [
        "date_of_birth",
        "created_at",
        "started_at",
        "paid_at",
        "shipped_at",
        "delivered_at",
        "closed_at",
        "updated_at",
        "valid_to",
        "deleted_at",
    ];
    let places: Vec<Option<u8>> = columns.map(|column| of(column, &TIME).place_in_life()).to_vec();
    assert!(places.iter().all(Option::is_some), "{places:?}");
    assert!(places.is_sorted(), "{places:?}");
    assert_eq!(of("price", &NUMERIC).place_in_life(), None);
}

#[test]
fn persons_agree_within_a_row() {
    for language in LANGUAGES {
        let plain = |sort| Meaning::plain(sort, language);
        for row in 0..500 {
            let given = text_of(&plain(Sort::GivenName), row);
            let surname = text_of(&plain(Sort::Surname), row);
            assert_eq!(text_of(&plain(Sort::FullName), row), format!("{given} {surname}"));
            let email = text_of(&plain(Sort::Email), row);
            assert!(email.contains(&latin::of(&surname)), "{email}, {surname}");
            let mut distinct = String::new();
            let place = Chance::new(7).of("table").at(row);
            assert!(plain(Sort::Email).distinct_text_in_row(row, place, Chance::new(1), None, &mut distinct));
            assert!(distinct.contains(&latin::of(&surname)), "{distinct}, {surname}");
        }
    }
}

#[test]
fn several_persons_of_a_row_differ() {
    let (sender, recipient) = (of("mail.sender_name", &TEXT), of("mail.recipient_name", &TEXT));
    let same = (0..100)
        .filter(|row| text_of(&sender, *row) == text_of(&recipient, *row))
        .count();
    assert!(same < 5);
    let (name, email) = (of("customer.name", &TEXT), of("customer.work_email", &TEXT));
    let surname = text_of(&name, 3);
    let surname = surname.rsplit(' ').next().map(latin::of).unwrap_or_default();
    assert!(text_of(&email, 3).contains(&surname));
}

#[test]
fn stems_differ() {
    for language in LANGUAGES {
        for sort in sorts() {
            let mut seen = HashSet::new();
            for number in 0..stems::count(sort, language) {
                let mut stem = String::new();
                stems::write(sort, language, number, &mut stem);
                let ends = [stem.chars().next(), stem.chars().last()];
                assert!(
                    ends.iter()
                        .all(|end| end.is_some_and(|end| !end.is_ascii_digit() && end != ' ')),
                    "{stem:?}"
                );
                let folded = stem.to_lowercase();
                assert!(seen.insert(folded), "{sort:?} {language:?}: {stem} comes twice");
            }
        }
    }
}

/// Makes texts of the first ordinals and of some far off, for every sort, and finds that no two are equal.
fn check_distinct(language: Language, limit: Option<u32>, many: u64) {
    let chance = Chance::new(11);
    let far = [
        10_000_000,
        16_777_216,
        10_000_000_000,
        1 << 40,
        u64::MAX / 2,
        u64::MAX,
    ];
    for sort in sorts() {
        let meaning = Meaning::plain(sort, language);
        let most = meaning.distinct_count(limit).unwrap_or(u64::MAX);
        let ordinals = (0..many).chain(far.into_iter().flat_map(|far| [far - 1, far]));
        for in_row in [false, true] {
            let mut seen = HashSet::new();
            for ordinal in ordinals.clone().filter(|ordinal| *ordinal < most) {
                let mut out = String::new();
                let done = match in_row {
                    // Whatever the rows are: these come over and over.
                    true => meaning.distinct_text_in_row(
                        ordinal,
                        chance.at(ordinal % 13),
                        chance,
                        limit,
                        &mut out,
                    ),
                    false => meaning.distinct_text(ordinal, chance, limit, &mut out),
                };
                assert!(done, "{sort:?} within {limit:?} has none for {ordinal}");
                let length = out.chars().count();
                assert!(
                    length > 0 && limit.is_none_or(|limit| length <= limit as usize),
                    "{sort:?} {limit:?} {out:?}"
                );
                assert_eq!(out.trim(), out, "{sort:?} {limit:?}");
                let folded = out.to_lowercase();
                assert!(
                    seen.insert(folded),
                    "{sort:?} {language:?} {limit:?}: {out} comes twice"
                );
            }
        }
    }
}

#[test]
fn distinct_texts_are_distinct() {
    for limit in (0..=40).map(Some) {
        for language in LANGUAGES {
            check_distinct(language, limit, 60);
        }
    }
    for limit in [None, Some(3), Some(4), Some(14)] {
        check_distinct(Language::English, limit, 2_000);
    }
}

#[test]
#[ignore = "takes minutes without optimisation"]
fn distinct_texts_are_distinct_for_many() {
    for limit in [4, 5, 6, 8, 10, 13, 16, 20, 30, 40]
        .into_iter()
        .map(Some)
        .chain([None])
    {
        for language in LANGUAGES {
            check_distinct(language, limit, 50_000);
        }
    }
}

#[test]
fn the_same_chance_gives_the_same_text() {
    for language in LANGUAGES {
        for sort in sorts() {
            let meaning = Meaning::plain(sort, language);
            assert_eq!(text_of(&meaning, 5), text_of(&meaning.clone(), 5));
            assert_ne!(text_of(&meaning, 5), "", "{sort:?}");
        }
    }
}

#[test]
fn addresses_on_the_net_are_ascii() {
    let sorts = [
        Sort::Email,
        Sort::Login,
        Sort::Slug,
        Sort::Url,
        Sort::ImageUrl,
        Sort::Domain,
        Sort::FilePath,
    ];
    for language in LANGUAGES {
        for sort in sorts {
            let mut meaning = Meaning::plain(sort, language);
            for about in [
                Sort::Phrase,
                Sort::Company,
                Sort::Headline,
                Sort::City,
                Sort::FullName,
            ] {
                meaning.about = about;
                for row in 0..300 {
                    let text = text_of(&meaning, row);
                    let known = |letter: char| {
                        letter.is_ascii_lowercase() || letter.is_ascii_digit() || "@.-_:/".contains(letter)
                    };
                    assert!(text.chars().all(known), "{text}");
                }
            }
        }
    }
}

#[test]
fn check_digits_are_right() {
    for row in 0..1000 {
        let digits =
            |text: &str| -> Vec<u32> { text.chars().filter_map(|digit| digit.to_digit(10)).collect() };
        let barcode = digits(&text_of(&Meaning::plain(Sort::Barcode, Language::English), row));
        let sum: u32 = barcode
            .iter()
            .zip([1, 3].into_iter().cycle())
            .map(|(digit, weight)| digit * weight)
            .sum();
        assert_eq!((barcode.len(), sum % 10), (13, 0));

        let iban = text_of(&Meaning::plain(Sort::Iban, Language::English), row);
        assert_eq!(iban.len(), 22);
        let turned = format!("{}1314{}", &iban[4..], &iban[2..4]);
        assert_eq!(turned.parse::<u128>().map(|number| number % 97), Ok(1), "{iban}");

        let taxpayer = digits(&text_of(&Meaning::plain(Sort::VatNumber, Language::Russian), row));
        let weights = [2, 4, 10, 3, 5, 9, 4, 6, 8];
        let sum: u32 = taxpayer
            .iter()
            .zip(weights)
            .map(|(digit, weight)| digit * weight)
            .sum();
        assert_eq!((taxpayer.len(), sum % 11 % 10), (10, taxpayer[9]));
    }
}

#[test]
fn fixed_lengths_are_kept() {
    let check = |path: &str, data_type: &DataType, length: usize| {
        assert_eq!(text_of(&of(path, data_type), 9).len(), length, "{path}");
    };
    check("md5", &TEXT, 32);
    check("sha1", &TEXT, 40);
    check("content_sha256", &TEXT, 64);
    check("checksum", &DataType::Text(TextForm::Char(40)), 40);
    check("hash", &TEXT, 64);
    check("password_hash", &TEXT, 60);
    check("uuid", &TEXT, 36);
    check("card_last4", &TEXT, 4);
    check("mac_address", &TEXT, 17);
}

#[test]
fn days_are_those_of_the_calendar() {
    let check = |day: i64, expected: &str| {
        let mut out = String::new();
        calendar::write_day(day, &mut out);
        assert_eq!(out, expected);
    };
    check(0, "2000-01-01");
    check(59, "2000-02-29");
    check(60, "2000-03-01");
    check(-18_262, "1950-01-01");
    check(2_191, "2005-12-31");
    check(8_401, "2023-01-01");
    check(9_496, "2025-12-31");
    check(11_322, "2030-12-31");
}

#[test]
fn russian_names_agree_in_gender() {
    let mut women = 0;
    for row in 0..300 {
        let part = |sort| text_of(&Meaning::plain(sort, Language::Russian), row);
        let (surname, patronymic, gender) = (part(Sort::Surname), part(Sort::Patronymic), part(Sort::Gender));
        let woman = gender == "женский";
        women += usize::from(woman);
        assert_eq!(patronymic.ends_with("на"), woman, "{surname} {patronymic}");
        assert_eq!(
            surname.ends_with('а') || surname.ends_with("ая"),
            woman && !surname.ends_with(['о', 'к'])
        );
    }
    assert!((100..200).contains(&women));
}

#[test]
fn texts_of_a_small_set_are_drawn_from_it() {
    let samples: Vec<String> = (0..30)
        .map(|number| ["open", "shut"][number % 2].to_owned())
        .collect();
    let meaning = of("door", &TEXT).with_samples(&samples);
    assert!((0..50).all(|row| ["open", "shut"].contains(&text_of(&meaning, row).as_str())));
    let few = of("door", &TEXT).with_samples(&samples[..10]);
    assert_eq!(few, of("door", &TEXT));
}

/// A page of examples, for a reader: does it read like life?
#[test]
fn examples() {
    let mut page = String::new();
    for language in LANGUAGES {
        page.push_str(&format!("# {language:?}\n"));
        for sort in sorts() {
            let meaning = Meaning::plain(sort, language);
            let texts: Vec<String> = (0..3).map(|row| text_of(&meaning, row)).collect();
            let distinct = |limit| {
                let mut out = String::new();
                meaning.distinct_text(1042, Chance::new(2), limit, &mut out);
                out
            };
            page.push_str(&format!(
                "{sort:?}: {} || {} || {}\n",
                texts.join(" | "),
                distinct(None),
                distinct(Some(16))
            ));
        }
        page.push('\n');
    }
    insta::assert_snapshot!(page);
}

/// How fast texts are written: `cargo test --release -p cogway-workload speed -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement, for a machine at rest"]
#[expect(clippy::print_stderr, reason = "that is what it is for")]
fn speed() {
    let sorts = [
        Sort::GivenName,
        Sort::FullName,
        Sort::Email,
        Sort::City,
        Sort::Product,
        Sort::Status,
        Sort::Code,
        Sort::Sentence,
    ];
    for language in LANGUAGES {
        for sort in sorts {
            let meaning = Meaning::plain(sort, language);
            let start = std::time::Instant::now();
            let mut out = String::new();
            let mut bytes = 0;
            for number in 0..2_000_000 {
                out.clear();
                let row = Chance::new(number);
                meaning.text(row, &mut row.at(1), &mut out);
                bytes += out.len();
            }
            let text = 2.0 / start.elapsed().as_secs_f64();
            let start = std::time::Instant::now();
            for number in 0..2_000_000 {
                out.clear();
                meaning.distinct_text(number, Chance::new(1), Some(40), &mut out);
                bytes += out.len();
            }
            let distinct = 2.0 / start.elapsed().as_secs_f64();
            eprintln!(
                "{language:?} {sort:?}: {text:.1} million/s, distinct {distinct:.1} million/s, {bytes} bytes"
            );
        }
    }
}

#[test]
fn scattering_goes_through_all_places() {
    for count in (1..200).chain([1_000, 65_536, 99_991]) {
        for number in 0..4 {
            let chance = Chance::new(number);
            let places: HashSet<u64> = (0..count)
                .map(|ordinal| distinct::scatter(ordinal, count, chance))
                .collect();
            assert_eq!(places.len() as u64, count);
            assert!(places.iter().all(|place| *place < count));
        }
    }
}

/// A pattern with a stray blank or capital would never be found.
#[test]
fn rules_are_written_as_names_are_split() {
    fn patterns<T>(list: &[rules::Rule<T>]) -> Vec<&'static str> {
        list.iter()
            .flat_map(|(_, patterns)| patterns.split(", "))
            .collect()
    }
    let all = [
        patterns(rules::COLUMNS),
        patterns(rules::THINGS),
        patterns(rules::PREFIXES),
        patterns(rules::TRUE_SHARES),
    ];
    for list in all {
        let mut seen = HashSet::new();
        for pattern in list {
            let words = names::split(pattern);
            assert_eq!(words.join(" "), pattern.replace('*', ""), "{pattern:?}");
            assert!(seen.insert(pattern), "{pattern} is there twice");
        }
    }
}

/// Some rows of tables, whose columns agree.
#[test]
fn rows() {
    let tables: &[(&str, &[(&str, &DataType)])] = &[
        (
            "customers",
            &[
                ("first_name", &TEXT),
                ("last_name", &TEXT),
                ("gender", &TEXT),
                ("email", &TEXT),
                ("username", &TEXT),
                ("city", &TEXT),
                ("region", &TEXT),
                ("postcode", &TEXT),
                ("country_code", &TEXT),
                ("referred_by_name", &TEXT),
                ("preferences", &JSON),
            ],
        ),
        (
            "products",
            &[
                ("name", &TEXT),
                ("slug", &TEXT),
                ("image_url", &TEXT),
                ("sku", &TEXT),
                ("attributes", &JSON),
            ],
        ),
        (
            "клиенты",
            &[
                ("фамилия", &TEXT),
                ("имя", &TEXT),
                ("отчество", &TEXT),
                ("пол", &TEXT),
                ("почта", &TEXT),
                ("телефон", &TEXT),
                ("город", &TEXT),
                ("область", &TEXT),
                ("индекс", &TEXT),
                ("адрес", &JSON),
            ],
        ),
    ];
    let mut page = String::new();
    for (table, columns) in tables {
        page.push_str(&format!("# {table}\n"));
        for row in 0..3 {
            for (column, data_type) in *columns {
                let meaning = of(&format!("{table}.{column}"), data_type);
                page.push_str(&format!("{column}: {}\n", text_of(&meaning, row)));
            }
            page.push('\n');
        }
    }
    insta::assert_snapshot!(page);
}
