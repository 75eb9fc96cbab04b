-- Fault: the type stays behind, so up cannot run again.
DROP INDEX book_collectors_idx;
ALTER TABLE book DROP COLUMN format;
