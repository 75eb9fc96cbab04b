CREATE INDEX CONCURRENTLY payments_received_at_idx ON payments (received_at);
