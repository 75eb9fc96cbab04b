-- Fault: the column comes back as the last one. It stood before "year".
ALTER TABLE books ADD COLUMN shelf text;
CREATE INDEX books_shelf_idx ON books (shelf);
