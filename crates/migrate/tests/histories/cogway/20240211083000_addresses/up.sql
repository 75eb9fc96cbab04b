CREATE TABLE addresses (
    customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
    lines text[] NOT NULL,
    country char(2) NOT NULL
);
