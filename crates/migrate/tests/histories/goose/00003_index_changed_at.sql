-- +goose NO TRANSACTION

-- +goose Up
CREATE INDEX CONCURRENTLY items_changed_at_idx ON items (changed_at);
CREATE INDEX CONCURRENTLY items_empty_idx ON items (sku) WHERE qty = 0;

-- +goose Down
DROP INDEX CONCURRENTLY items_empty_idx;
DROP INDEX CONCURRENTLY items_changed_at_idx;
