-- Fault: the column stays.
DROP INDEX books_isbn_key;
