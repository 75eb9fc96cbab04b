-- Paperback, hardcover or something else: an enum, ordered from cheap to dear.
CREATE TYPE book_format AS ENUM ('ebook', 'paperback', 'hardcover', 'collectors_edition');

ALTER TABLE book ADD COLUMN format book_format NOT NULL DEFAULT 'paperback';

CREATE INDEX book_collectors_idx ON book (price DESC) INCLUDE (title)
WHERE format = 'collectors_edition';
