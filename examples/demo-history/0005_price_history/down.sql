ALTER TABLE book ALTER COLUMN price SET DEFAULT 0;
DROP TRIGGER book_price_recorded ON book;
DROP FUNCTION record_price();
DROP TABLE price_history;
