-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY subscribers_joined_at_idx ON subscribers (joined_at);

-- migrate:down transaction:false
DROP INDEX CONCURRENTLY subscribers_joined_at_idx;
