-- Fault: the default of book.price is not restored.
DROP TRIGGER book_price_recorded ON book;
DROP FUNCTION record_price();
DROP TABLE price_history;
