-- +goose Up
-- Fault: there is no way back.
ALTER TABLE items RENAME COLUMN qty TO quantity;
