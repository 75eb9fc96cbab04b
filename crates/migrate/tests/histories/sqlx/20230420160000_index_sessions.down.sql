-- no-transaction
DROP INDEX CONCURRENTLY sessions_user_id_idx;
