ALTER TABLE users DROP COLUMN patronomic;
