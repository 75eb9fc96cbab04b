DROP TABLE stock;
DROP TABLE warehouse;
