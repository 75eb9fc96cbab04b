-- Fault: book_title_idx stays behind. It is an index on a table of an older revision.
DROP VIEW purchase_total;
DROP TABLE purchase_line;
DROP TABLE purchase;
DROP TABLE customer;
