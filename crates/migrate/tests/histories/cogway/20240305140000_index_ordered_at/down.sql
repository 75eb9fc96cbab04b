DROP INDEX CONCURRENTLY addresses_country_idx;
DROP INDEX CONCURRENTLY orders_ordered_at_idx;
