-- Brings the two lines of work together, and needs both: who bought what, and whether there is more of it.
CREATE VIEW availability AS
SELECT book.id, book.title, book.format, coalesce(sum(stock.quantity), 0)::bigint AS on_stock
FROM book
LEFT JOIN stock ON stock.book_id = book.id
GROUP BY book.id;

CREATE MATERIALIZED VIEW regular_customer AS
SELECT customer.id, customer.given_name, customer.family_name, count(*) AS purchases
FROM customer
JOIN purchase ON purchase.customer_id = customer.id
GROUP BY customer.id
HAVING count(*) >= 10;

CREATE UNIQUE INDEX regular_customer_id_idx ON regular_customer (id);
