-- These tables are large and in use by now: the indexes are made beside the traffic, one by one, outside of a transaction.
CREATE INDEX CONCURRENTLY purchase_of_customer ON purchase (customer_id, placed_at DESC);
CREATE INDEX CONCURRENTLY purchase_open ON purchase (placed_at) WHERE status IN ('placed', 'paid');
CREATE INDEX CONCURRENTLY price_of_product ON price (product_id, provider_id);
CREATE INDEX CONCURRENTLY product_details ON product USING gin (details jsonb_path_ops);
