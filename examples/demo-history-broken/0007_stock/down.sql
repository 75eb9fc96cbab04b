-- Fault: a semicolon is missing.
DROP TABLE stock
DROP TABLE warehouse;
