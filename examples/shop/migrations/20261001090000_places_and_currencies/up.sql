-- What the whole shop speaks of: currencies, countries, languages. Their codes are those of ISO, so that no row of the
-- shop needs a number to say "Switzerland".
CREATE DOMAIN currency_code AS text CHECK (VALUE ~ '^[A-Z]{3}$');
COMMENT ON DOMAIN currency_code IS 'A currency: three letters of ISO 4217.';

CREATE DOMAIN country_code AS text CHECK (VALUE ~ '^[A-Z]{2}$');
COMMENT ON DOMAIN country_code IS 'A country: two letters of ISO 3166-1.';

CREATE DOMAIN language_code AS text CHECK (VALUE ~ '^[a-z]{2}$');
COMMENT ON DOMAIN language_code IS 'A language: two letters of ISO 639-1.';

CREATE DOMAIN email_address AS text CHECK (VALUE ~ '^[^@[:space:]]+@[^@[:space:]]+[.][^@[:space:]]+$');
COMMENT ON DOMAIN email_address IS 'Something that can be an e-mail address. Only a message tells whether it is one.';

CREATE TABLE currency (
    code currency_code PRIMARY KEY,
    name text NOT NULL UNIQUE,
    minor_digits smallint NOT NULL CHECK (minor_digits BETWEEN 0 AND 2)
);
COMMENT ON TABLE currency IS 'Currencies in which the shop is paid.';
COMMENT ON COLUMN currency.code IS 'ISO 4217.';
COMMENT ON COLUMN currency.name IS 'The name in English.';
COMMENT ON COLUMN currency.minor_digits IS 'How many digits after the point an amount may have: 2 for cents, 0 for yen.';

CREATE TABLE country (
    code country_code PRIMARY KEY,
    name text NOT NULL UNIQUE,
    currency_code currency_code NOT NULL REFERENCES currency
);
COMMENT ON TABLE country IS 'Countries that the shop delivers to, or that somebody it deals with is from.';
COMMENT ON COLUMN country.code IS 'ISO 3166-1, two letters.';
COMMENT ON COLUMN country.name IS 'The name in English.';
COMMENT ON COLUMN country.currency_code IS 'The currency in which prices are shown to visitors from there.';

CREATE TABLE language (
    code language_code PRIMARY KEY,
    name text NOT NULL UNIQUE
);
COMMENT ON TABLE language IS 'Languages in which the shop talks to customers.';
COMMENT ON COLUMN language.code IS 'ISO 639-1.';
COMMENT ON COLUMN language.name IS 'The name in English.';

INSERT INTO currency (code, name, minor_digits) VALUES
    ('CHF', 'Swiss franc', 2),
    ('EUR', 'Euro', 2),
    ('GBP', 'Pound sterling', 2),
    ('JPY', 'Yen', 0),
    ('PLN', 'Zloty', 2),
    ('SEK', 'Swedish krona', 2),
    ('USD', 'United States dollar', 2);

INSERT INTO country (code, name, currency_code) VALUES
    ('AT', 'Austria', 'EUR'),
    ('BE', 'Belgium', 'EUR'),
    ('CH', 'Switzerland', 'CHF'),
    ('DE', 'Germany', 'EUR'),
    ('ES', 'Spain', 'EUR'),
    ('FI', 'Finland', 'EUR'),
    ('FR', 'France', 'EUR'),
    ('GB', 'United Kingdom', 'GBP'),
    ('IT', 'Italy', 'EUR'),
    ('JP', 'Japan', 'JPY'),
    ('NL', 'Netherlands', 'EUR'),
    ('PL', 'Poland', 'PLN'),
    ('SE', 'Sweden', 'SEK'),
    ('US', 'United States', 'USD');

INSERT INTO language (code, name) VALUES
    ('de', 'German'),
    ('en', 'English'),
    ('es', 'Spanish'),
    ('fr', 'French'),
    ('it', 'Italian'),
    ('ja', 'Japanese'),
    ('pl', 'Polish');
