DROP VIEW purchase_total;
DROP INDEX book_title_idx;
DROP TABLE purchase_line;
DROP TABLE purchase;
DROP TABLE customer;
