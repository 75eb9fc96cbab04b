-- Who buys, and what was bought.
CREATE TABLE customer (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL UNIQUE,
    joined_on date NOT NULL DEFAULT current_date,
    name text NOT NULL
);

CREATE TABLE purchase (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customer (id),
    bought_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX purchase_customer_id_idx ON purchase (customer_id, bought_at DESC);

CREATE TABLE purchase_line (
    purchase_id bigint NOT NULL REFERENCES purchase (id) ON DELETE CASCADE,
    book_id bigint NOT NULL REFERENCES book (id),
    quantity integer NOT NULL DEFAULT 1 CHECK (quantity > 0),
    unit_price numeric(8, 2) NOT NULL,
    line_total numeric(10, 2) GENERATED ALWAYS AS (quantity * unit_price) STORED,
    PRIMARY KEY (purchase_id, book_id)
);

-- Customers look for books by the beginning of the title.
CREATE INDEX book_title_idx ON book (lower(title) text_pattern_ops);

CREATE VIEW purchase_total AS
SELECT purchase.id, customer.name AS customer, purchase.bought_at, sum(purchase_line.line_total) AS total
FROM purchase
JOIN customer ON customer.id = purchase.customer_id
LEFT JOIN purchase_line ON purchase_line.purchase_id = purchase.id
GROUP BY purchase.id, customer.name, purchase.bought_at;

-- Sales at the counter have no customer of their own.
INSERT INTO customer (email, joined_on, name)
VALUES ('counter@bookshop.example', '2024-01-02', 'Counter Sale');
