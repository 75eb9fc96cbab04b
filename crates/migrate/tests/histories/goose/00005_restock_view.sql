-- +goose Up
CREATE VIEW restock AS SELECT sku FROM items WHERE quantity < 5;

-- +goose Down
-- Fault: the view has another name.
DROP VIEW restock_list;
