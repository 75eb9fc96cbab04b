-- +goose Up
CREATE TABLE items (
    sku text PRIMARY KEY,
    qty integer NOT NULL DEFAULT 0,
    changed_at timestamptz NOT NULL DEFAULT now()
);

-- +goose Down
DROP TABLE items;
