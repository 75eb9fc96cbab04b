ALTER TABLE purchase DROP COLUMN country_code;
DROP TABLE country;
