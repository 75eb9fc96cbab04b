CREATE INDEX CONCURRENTLY orders_ordered_at_idx ON orders (ordered_at);
CREATE INDEX CONCURRENTLY addresses_country_idx ON addresses (country);
