CREATE TABLE books (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title text NOT NULL,
    shelf text,
    year smallint CHECK (year > 1400)
);
CREATE INDEX books_shelf_idx ON books (shelf);
