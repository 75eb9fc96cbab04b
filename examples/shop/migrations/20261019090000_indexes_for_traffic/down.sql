DROP INDEX CONCURRENTLY product_details;
DROP INDEX CONCURRENTLY price_of_product;
DROP INDEX CONCURRENTLY purchase_open;
DROP INDEX CONCURRENTLY purchase_of_customer;
