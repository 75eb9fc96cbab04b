-- Every price a book ever had. A trigger writes it down; the prices of today are the first entries.
CREATE TABLE price_history (
    book_id bigint NOT NULL REFERENCES book (id) ON DELETE CASCADE,
    valid_from timestamptz NOT NULL DEFAULT clock_timestamp(),
    price numeric(8, 2) NOT NULL,
    PRIMARY KEY (book_id, valid_from)
);

CREATE FUNCTION record_price() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO price_history (book_id, price) VALUES (NEW.id, NEW.price);
    RETURN NULL;
END;
$$;

CREATE TRIGGER book_price_recorded
AFTER INSERT OR UPDATE OF price ON book
FOR EACH ROW EXECUTE FUNCTION record_price();

INSERT INTO price_history (book_id, valid_from, price)
SELECT id, '2024-01-02 09:00+00', price FROM book;

-- From now on nobody gives books away because a price was forgotten.
ALTER TABLE book ALTER COLUMN price DROP DEFAULT;
