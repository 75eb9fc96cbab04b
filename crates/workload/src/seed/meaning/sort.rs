//! What sorts of things columns hold.

/// What a column holds: names of persons, prices, dates of birth. Recognised by [`super::Meaning::of`].
///
/// Every sort can be written as text. Some of them say more of numbers ([`super::Meaning::amounts`]) or of dates
/// ([`super::Meaning::moments`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    missing_docs,
    reason = "the variants are what they say; those that need a word have one"
)]
pub enum Sort {
    // Persons.
    GivenName,
    Surname,
    /// The father's name in Russian; in English a middle name.
    Patronymic,
    FullName,
    Login,
    Email,
    Phone,
    Gender,
    /// `Mr`, `г-н`.
    Honorific,
    Job,
    Department,
    Role,

    // Enterprises and what they sell.
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

    // The net.
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

    // Where.
    /// House number and street.
    Address,
    Street,
    House,
    City,
    Region,
    /// `North`: how an enterprise divides its world.
    SalesRegion,
    Postcode,
    Country,
    /// ISO 3166-1 alpha-2: `DE`.
    CountryCode,
    /// ISO 3166-1 alpha-3: `DEU`.
    CountryCodeLong,
    TimeZone,

    // Codes.
    /// ISO 4217: `EUR`.
    Currency,
    CurrencyName,
    LanguageName,
    /// ISO 639-1: `de`.
    LanguageCode,
    Locale,
    /// A code of the house's own: `TR-4821`.
    Code,
    /// The number of a document: `INV-004821`.
    DocumentNumber,
    /// EAN-13, with its check digit.
    Barcode,
    /// ISBN of thirteen digits, with its check digit.
    Isbn,
    Iban,
    VatNumber,
    CardLastFour,
    Hash,
    Token,
    PasswordHash,
    Uuid,
    Version,
    /// The name of a setting: `mail.sender`.
    Key,

    // Prose.
    /// A few words.
    Phrase,
    /// The title of an article or a task.
    Headline,
    Sentence,
    Paragraph,
    Review,
    Description,
    Note,
    Question,
    Message,

    // Words from short lists.
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
    /// What was done: `update`.
    Action,
    /// Where somebody or something came from: `newsletter`.
    Channel,

    // Numbers.
    /// A number of which nothing else is known.
    Number,
    Price,
    /// Money that may be large: a balance, a salary.
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

    // Moments.
    /// A moment of which nothing else is known.
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

    // Others.
    /// Yes or no.
    Flag,
    Json,
}
