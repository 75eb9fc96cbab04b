//! Which words mean what.
//!
//! Words of a pattern stand beside each other; `*` stands for any ending.

use super::sort::Sort;

/// What words of a column's name say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// This.
    Is(Sort),
    /// The name of what the words before it say, or the table.
    Name,
    /// The same; of what has none of the known names, a headline.
    Title,
    /// A code, likewise.
    Code,
    /// A state: of the world in an address, of affairs elsewhere.
    State,
}

use Says::Is;

/// What is said, and the patterns that say it, with commas between them.
pub(super) type Rule<T> = (T, &'static str);

/// What words of a column's name say. Of two that stand at the same place the longer counts.
pub(super) const COLUMNS: &[Rule<Says>] = &[
    // Persons.
    (
        Is(Sort::GivenName),
        "first name, firstname, fname, given name, forename, имя",
    ),
    (
        Is(Sort::Surname),
        "last name, lastname, lname, surname, family name, фамили*",
    ),
    (
        Is(Sort::Patronymic),
        "middle name, middlename, patronymic, second name, отчеств*",
    ),
    (
        Is(Sort::FullName),
        "full name, fullname, real name, display name, contact name, contact person, signed by, фио, \
         полное имя",
    ),
    (
        Is(Sort::Login),
        "login, username, user name, nickname, nick, handle, created by, updated by, changed by, \
         modified by, имя пользователя, логин",
    ),
    (
        Is(Sort::Email),
        "email, e mail, mail, email address, mail address, почт*, электронная почта, адрес электронной, \
         эл почта",
    ),
    (
        Is(Sort::Phone),
        "phone, phone number, telephone, tel, mobile, mobile number, cell, fax, телефон*, \
         номер телефона, мобильный",
    ),
    (Is(Sort::Gender), "gender, sex, пол"),
    (Is(Sort::Honorific), "salutation, honorific, name prefix"),
    (
        Is(Sort::Job),
        "job, job title, occupation, profession, должност*, професси*",
    ),
    (
        Is(Sort::Department),
        "department, dept, division, отдел*, подразделени*",
    ),
    (Is(Sort::Role), "role, роль"),
    // Enterprises, and what they sell.
    (Is(Sort::Brand), "brand, make, бренд*, марка"),
    (Is(Sort::Material), "material, материал*"),
    (
        Is(Sort::Topic),
        "category, genre, topic, категори*, рубрик*, жанр*",
    ),
    (Is(Sort::Headline), "subject, тема, headline, heading"),
    (Is(Sort::Tag), "tag, tags, keyword*, тег*, метк*"),
    // The net.
    (Is(Sort::Slug), "slug, permalink"),
    (
        Is(Sort::Url),
        "url, uri, link, href, website, web site, homepage, endpoint, ссылк*, сайт",
    ),
    (
        Is(Sort::ImageUrl),
        "image, image url, photo, photo url, picture, picture url, avatar, avatar url, thumbnail, \
         thumbnail url, cover url, logo, logo url, icon, фото, изображени*, картинк*",
    ),
    (
        Is(Sort::Domain),
        "domain, domain name, host, hostname, host name, домен*",
    ),
    (Is(Sort::IpAddress), "ip, ip address, ip addr, remote addr"),
    (Is(Sort::MacAddress), "mac, mac address"),
    (Is(Sort::UserAgent), "user agent, useragent"),
    (Is(Sort::FileName), "file name, filename, file, имя файла, файл"),
    (Is(Sort::FilePath), "path, file path, filepath, storage key, путь"),
    (
        Is(Sort::MimeType),
        "mime, mime type, content type, media type, mimetype",
    ),
    // Where.
    (
        Is(Sort::Address),
        "address, addr, address line, street address, адрес",
    ),
    (Is(Sort::Street), "street, street name, улиц*"),
    (
        Is(Sort::House),
        "house, house number, building, apartment, apt, flat, дом, номер дома, квартир*",
    ),
    (
        Is(Sort::City),
        "city, town, locality, birthplace, location, город*, населенный пункт",
    ),
    (
        Is(Sort::Region),
        "region, province, county, district, регион*, област*",
    ),
    (Says::State, "state"),
    (
        Is(Sort::Postcode),
        "zip, zip code, zipcode, postal code, post code, postcode, postal, индекс, почтовый индекс",
    ),
    (Is(Sort::Country), "country, country name, nationality, стран*"),
    (Is(Sort::CountryCode), "country code, iso code, код страны"),
    (Is(Sort::TimeZone), "time zone, timezone, tz"),
    (Is(Sort::Place), "venue, place, room, место"),
    // Codes.
    (Is(Sort::Currency), "currency, currency code, валют*"),
    (Is(Sort::LanguageCode), "language, language code, lang, язык*"),
    (Is(Sort::Locale), "locale, culture"),
    (Says::Code, "code, код"),
    (
        Is(Sort::Code),
        "sku, article number, part number, serial, serial number, external id, tracking number, \
         tracking code, promo code, артикул*, серийный номер",
    ),
    (Is(Sort::DocumentNumber), "ref, reference, number, no, num, номер"),
    (
        Is(Sort::Barcode),
        "barcode, bar code, ean, gtin, штрихкод, штрих код",
    ),
    (Is(Sort::Isbn), "isbn"),
    (
        Is(Sort::Iban),
        "iban, bank account, account number, счет, расчетный счет",
    ),
    (
        Is(Sort::VatNumber),
        "vat number, vat id, vat no, tax id, tax number, inn, инн",
    ),
    (
        Is(Sort::CardLastFour),
        "last four, card last, card number, card last digits",
    ),
    (
        Is(Sort::Hash),
        "hash, checksum, digest, md, sha, etag, fingerprint, хеш, хэш, token hash",
    ),
    (
        Is(Sort::Token),
        "token, secret, api key, salt, session id, session key, токен",
    ),
    (
        Is(Sort::PasswordHash),
        "password, password hash, hashed password, encrypted password, password digest, passwd, pwd, \
         парол*, хеш пароля",
    ),
    (Is(Sort::Uuid), "uuid, guid"),
    (Is(Sort::Version), "version, верси*"),
    (Is(Sort::Key), "key, setting, ключ"),
    // Prose.
    (Says::Name, "name, label, название*, наименование*"),
    (Says::Title, "title, заголов*"),
    (Is(Sort::Phrase), "subtitle, caption"),
    (Is(Sort::Sentence), "slogan, motto, summary, excerpt"),
    (
        Is(Sort::Note),
        "reason, причин*, note, notes, remark*, comment, comments, memo, instructions, заметк*, \
         примечани*, комментари*",
    ),
    (
        Is(Sort::Paragraph),
        "body, content, text, bio, biography, about, текст, содержани*",
    ),
    (Is(Sort::Review), "review, feedback, comment text, отзыв*"),
    (
        Is(Sort::Description),
        "description, desc, descr, details, описани*",
    ),
    (Is(Sort::Question), "question, вопрос*"),
    (
        Is(Sort::Message),
        "message, msg, answer, reply, сообщени*, ответ*",
    ),
    // Words from short lists.
    (Is(Sort::Colour), "color, colour, цвет"),
    (
        Is(Sort::HexColour),
        "color code, colour code, color hex, colour hex, hex color, hex colour, hex",
    ),
    (Is(Sort::Status), "status, stage, phase, статус*, состояни*"),
    (Is(Sort::Kind), "type, kind, class, тип, вид"),
    (Is(Sort::Priority), "priority, severity, приоритет*"),
    (Is(Sort::Unit), "unit, units, uom, единиц*"),
    (Is(Sort::Size), "size, размер*"),
    (
        Is(Sort::PaymentMethod),
        "payment method, pay method, способ оплаты",
    ),
    (Is(Sort::DayOfWeek), "weekday, day of week, dow, день недели"),
    (
        Is(Sort::Level),
        "level, difficulty, уровень, digits, decimals, precision",
    ),
    (
        Is(Sort::Action),
        "action, operation, verb, event, event name, event type, действие, операция",
    ),
    (
        Is(Sort::Channel),
        "source, channel, medium, origin, referrer, source name, источник, канал",
    ),
    // Numbers.
    (
        Is(Sort::Price),
        "price, cost, costs, amount, amt, total, subtotal, sum, fee, tax, discount, refund, charge, \
         fare, rent, cents, цена, стоимост*, сумма, итого, скидк*, налог, postage, shipping cost, \
         shipping, deposit, price per unit, премия",
    ),
    (
        Is(Sort::Money),
        "balance, salary, wage, budget, revenue, income, turnover, credit limit, баланс, зарплат*, \
         оклад, бюджет, выручк*",
    ),
    (
        Is(Sort::Quantity),
        "остаток, quantity, qty, stock, on hand, inventory, pieces, количество, кол во, capacity, seats",
    ),
    (Is(Sort::Percent), "percent, percentage, pct, progress, процент*"),
    (Is(Sort::Rate), "rate, ratio, ставк*, курс"),
    (Is(Sort::Weight), "weight, mass, kg, grams, вес, масса"),
    (
        Is(Sort::Length),
        "length, width, height, depth, cm, mm, длина, ширина, высота, глубина",
    ),
    (
        Is(Sort::Distance),
        "distance, km, mileage, radius, расстояни*, пробег",
    ),
    (Is(Sort::Area), "area, площад*"),
    (Is(Sort::Temperature), "temperature, temp, температур*"),
    (Is(Sort::Latitude), "latitude, lat, широта"),
    (Is(Sort::Longitude), "longitude, lng, lon, долгота"),
    (
        Is(Sort::Year),
        "year, год, born in, birth year, year of birth, год рождения",
    ),
    (Is(Sort::Month), "month, месяц"),
    (Is(Sort::Age), "age, возраст"),
    (Is(Sort::Rating), "rating, stars, grade, оценк*, рейтинг"),
    (
        Is(Sort::Count),
        "count, cnt, views, visits, likes, hits, pages, число, просмотр*",
    ),
    (
        Is(Sort::Position),
        "attempts, retries, position, pos, order, sort order, ordinal, rank, sequence, seq, line, \
         floor, порядок, позици*, этаж",
    ),
    (Is(Sort::Population), "population, население"),
    (Is(Sort::Score), "score, points, балл*"),
    (
        Is(Sort::Duration),
        "duration, seconds, minutes, elapsed, latency, timeout, ms, длительност*, продолжительност*",
    ),
    (
        Is(Sort::ByteCount),
        "bytes, file size, size bytes, size in bytes, размер файла",
    ),
    (Is(Sort::Port), "port, порт"),
    (Is(Sort::HttpStatus), "http status, status code, response code"),
    (
        Is(Sort::Probability),
        "probability, confidence, likelihood, share, вероятност*, дол*",
    ),
    // Moments.
    (
        Is(Sort::Birth),
        "birth, birth date, birthdate, date of birth, birthday, dob, born, дата рождения",
    ),
    (
        Is(Sort::Created),
        "created, created at, created on, creation date, creation time, create date, create time, \
         date created, inserted at, added at, registered, registered at, registration date, joined, \
         joined at, signup date, ordered, ordered at, order date, placed at, issued, issued at, \
         issued on, issue date, hired, hired on, hire date, opened at, создан*, дата создания, \
         дата заказа, дата регистрации, зарегистрирован*, добавлен*, bought at, bought on, \
         purchased at, sold at, purchase date, sale date, written at, uploaded at, requested at, \
         booked at",
    ),
    (
        Is(Sort::Updated),
        "updated, updated at, updated on, update time, modified, modified at, modification date, \
         last modified, last update, last updated, changed at, edited at, обновлен*, изменен*, \
         дата изменения, дата обновления, reviewed at, checked at, synced at",
    ),
    (
        Is(Sort::Published),
        "published, published at, published on, publication date, publish date, released, released at, \
         release date, posted at, sent at, sent, опубликован*, дата публикации, дата выпуска, \
         introduced on, introduced at, launched at, launched on",
    ),
    (
        Is(Sort::Shipped),
        "отправлен*, дата отправки, shipped, shipped at, shipped on, ship date, dispatched at, \
         picked up at",
    ),
    (
        Is(Sort::Paid),
        "paid, paid at, paid on, payment date, confirmed at, approved at, accepted at, verified at, \
         оплачен*, дата оплаты, подтвержден*, captured at, settled at",
    ),
    (
        Is(Sort::Started),
        "departure, departed at, start, starts, started, starts at, started at, start date, start time, \
         begin*, check in, начал*, дата начала",
    ),
    (
        Is(Sort::Finished),
        "arrival, arrived at, returned at, end, ends, ended, ends at, ended at, end date, end time, \
         finish*, finished at, completed, completed at, resolved at, solved at, check out, closed, \
         closed at, closed on, cancelled at, canceled at, дата окончания, окончани*, завершен*, \
         закрыт*, left on, left at, discontinued on, discontinued at, retired on, refunded at, \
         terminated at",
    ),
    (
        Is(Sort::Delivered),
        "delivered, delivered at, delivered on, delivery date, received at, доставлен*, дата доставки, \
         получен*",
    ),
    (
        Is(Sort::ValidFrom),
        "from date, valid from, effective from, effective date, действует с",
    ),
    (
        Is(Sort::ValidTo),
        "to date, valid to, valid until, valid till, effective to, действует до",
    ),
    (
        Is(Sort::LastSeen),
        "last seen, last seen at, last login, last login at, last used at, last activity, последний вход",
    ),
    (
        Is(Sort::Expires),
        "expires, expires at, expires on, expiry, expiry date, expiration, expiration date, due, \
         due at, due on, due date, deadline, истека*, срок, срок действия, годен до",
    ),
    (
        Is(Sort::Deleted),
        "deleted, deleted at, deleted on, removed at, archived at, revoked at, banned at, удален*, \
         дата удаления",
    ),
    (
        Is(Sort::Opens),
        "opens, opens at, opening time, open time, открытие",
    ),
    (
        Is(Sort::Closes),
        "closes, closes at, closing time, close time, закрытие",
    ),
    (Is(Sort::Moment), "at, date, timestamp, ts, дата, время"),
];

/// What is called by name: the singular nouns of tables, and what their names are.
pub(super) const THINGS: &[Rule<Sort>] = &[
    (
        Sort::FullName,
        "person, people, user, customer, client, buyer, member, employee, staff, worker, manager, \
         patient, doctor, student, teacher, author, artist, actor, driver, passenger, guest, contact, \
         recipient, sender, subscriber, reader, player, owner, assignee, holder, пользовател*, клиент*, \
         покупател*, сотрудник*, автор*, пациент*, студент*, ученик*, учител*, читател*, получател*",
    ),
    (
        Sort::Company,
        "company, producer, manufacturer, supplier, vendor, seller, merchant, publisher, organization, \
         organisation, org, tenant, partner, agency, carrier, airline, bank, employer, workspace, \
         компани*, организаци*, поставщик*, производител*, продав*, издательств*, контрагент*, \
         provider, shipper, operator, insurer, contractor, broker",
    ),
    (
        Sort::Brand,
        "brand, shop, store, restaurant, hotel, бренд*, магазин*",
    ),
    (
        Sort::Product,
        "product, item, article number, good, goods, variant, part, model, listing, asset, товар*, \
         продукт*, издели*",
    ),
    (Sort::Book, "book, novel, книг*"),
    (Sort::Film, "film, movie, show, фильм*"),
    (Sort::Song, "song, track, album, playlist, песн*, альбом*"),
    (
        Sort::Topic,
        "category, topic, genre, subject, section, collection, channel, forum, skill, interest, \
         категори*, рубрик*, раздел*, жанр*, предмет*, навык*",
    ),
    (Sort::Tag, "tag, keyword, тег*, метк*"),
    (
        Sort::Project,
        "project, campaign, проект*, promotion, discount, акци*",
    ),
    (Sort::Team, "team, group, club, команд*, групп*"),
    (Sort::Event, "event, conference, concert, мероприяти*, событи*"),
    (Sort::Course, "course, lesson, training, курс*, урок*"),
    (
        Sort::Place,
        "place, venue, location, warehouse, room, building, station, branch, office, склад*, мест*, \
         филиал*",
    ),
    (Sort::City, "airport, city, town, destination, город*"),
    (
        Sort::Region,
        "region, state, province, county, district, регион*, област*",
    ),
    (Sort::SalesRegion, "territory, zone, sales region"),
    (Sort::Country, "country, nation, стран*"),
    (Sort::Street, "street, улиц*"),
    (Sort::CurrencyName, "currency, валют*"),
    (Sort::LanguageName, "language, язык*"),
    (Sort::Department, "department, division, отдел*"),
    (Sort::Job, "job, position, vacancy, должност*, ваканси*"),
    (Sort::Role, "role, роль, роли"),
    (Sort::Colour, "colour, color, цвет*"),
    (Sort::Material, "material, материал*"),
    (Sort::Unit, "unit, единиц*"),
    (Sort::Status, "status, статус*"),
    (Sort::Kind, "type, kind, plan, тип*"),
    (Sort::Size, "size"),
    (Sort::Key, "setting, option, permission, feature, flag, настройк*"),
    (Sort::PaymentMethod, "payment method"),
    (Sort::FileName, "file, attachment, document, файл*"),
    (Sort::Version, "version, release, верси*, релиз*"),
    (
        Sort::Headline,
        "press release, article, post, page, news, task, issue, ticket, thread, report, note, стать*, новост*, задач*",
    ),
];

/// The beginnings of documents' numbers, by what is numbered.
pub(super) const PREFIXES: &[Rule<&str>] = &[
    ("INV", "invoice"),
    ("ORD", "order"),
    ("PAY", "payment"),
    ("CON", "contract"),
    ("SHP", "shipment"),
    ("TCK", "ticket"),
    ("CLM", "claim"),
    ("QUO", "quote"),
    ("СЧ", "счет"),
    ("ЗК", "заказ*"),
    ("ДГ", "договор*"),
];

/// How often a flag is true.
pub(super) const TRUE_SHARES: &[Rule<f64>] = &[
    (0.9, "active, enabled, visible, активен, активн*"),
    (0.85, "available, in stock, доступ*"),
    (0.7, "public, verified"),
    (0.8, "published, confirmed, approved, опубликован*, подтвержд*"),
    (0.75, "paid, оплачен*"),
    (0.4, "subscribed, opt in"),
    (0.6, "consent"),
    (0.1, "default, featured, urgent"),
    (0.3, "primary, main, основн*"),
    (0.03, "admin, blocked, locked, error, test, заблокир*"),
    (0.02, "superuser, banned, spam"),
    (0.05, "staff"),
    (0.04, "deleted, failed, удал*"),
    (0.08, "archived, gift, архив*"),
    (0.07, "disabled, hidden, скрыт*"),
    (0.15, "draft"),
    (0.06, "cancelled"),
];
