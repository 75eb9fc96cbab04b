DROP INDEX book_collectors_idx;
ALTER TABLE book DROP COLUMN format;
DROP TYPE book_format;
