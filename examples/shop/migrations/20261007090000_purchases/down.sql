DROP TABLE reservation;
DROP TABLE purchase_line;
DROP TABLE purchase;
DROP TABLE cart_line;
DROP TABLE cart;
DROP DOMAIN piece_count;
