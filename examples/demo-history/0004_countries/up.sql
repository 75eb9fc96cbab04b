-- Where a parcel may be sent. The rows are reference data: the program relies on them.
CREATE TABLE country (
    code character(2) PRIMARY KEY CHECK (code = upper(code)),
    name text NOT NULL UNIQUE,
    postage numeric(6, 2) NOT NULL
);

INSERT INTO country (code, name, postage) VALUES
    ('DE', 'Germany', 2.90),
    ('FR', 'France', 6.50),
    ('NL', 'Netherlands', 5.90);

ALTER TABLE purchase
    ADD COLUMN country_code character(2) NOT NULL DEFAULT 'DE',
    ADD CONSTRAINT purchase_country_fk FOREIGN KEY (country_code) REFERENCES country (code);
