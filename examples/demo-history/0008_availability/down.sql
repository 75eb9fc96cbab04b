DROP MATERIALIZED VIEW regular_customer;
DROP VIEW availability;
