CREATE TABLE currencies (
    code char(3) PRIMARY KEY
);
INSERT INTO currencies VALUES ('EUR'), ('USD');

CREATE TABLE invoices (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    currency char(3) NOT NULL REFERENCES currencies,
    amount numeric(12, 2) NOT NULL,
    paid_at timestamptz
);
