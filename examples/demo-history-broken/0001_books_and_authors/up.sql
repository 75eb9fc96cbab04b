-- What the shop sells, and who wrote it.
CREATE TABLE author (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    born_in smallint CHECK (born_in BETWEEN 0 AND 2100)
);

CREATE TABLE book (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    isbn text UNIQUE CHECK (isbn ~ '^[0-9]{12}[0-9X]$'),
    title text NOT NULL,
    author_id bigint NOT NULL REFERENCES author (id) ON DELETE RESTRICT,
    price numeric(8, 2) NOT NULL DEFAULT 0 CHECK (price >= 0)
);

CREATE INDEX book_author_id_idx ON book (author_id);

COMMENT ON TABLE book IS 'What can be sold: one row for each edition';
COMMENT ON COLUMN book.isbn IS 'ISBN-13 without hyphens; a voucher has none';

-- The shop sells vouchers like books. They are there from the first day.
INSERT INTO author (name) VALUES ('The shop itself');
INSERT INTO book (title, author_id, price)
SELECT 'Gift voucher, ' || worth || ' EUR', author.id, worth
FROM author, (VALUES (10), (25), (50)) AS voucher (worth)
WHERE author.name = 'The shop itself'
ORDER BY worth;
