DROP TABLE language;
DROP TABLE country;
DROP TABLE currency;
DROP DOMAIN email_address;
DROP DOMAIN language_code;
DROP DOMAIN country_code;
DROP DOMAIN currency_code;
