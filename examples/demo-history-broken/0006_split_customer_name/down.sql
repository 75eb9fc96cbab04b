-- Fault: name was the second column; it comes back as the last one.
DROP VIEW purchase_total;

ALTER TABLE customer ADD COLUMN name text;

UPDATE customer SET name = rtrim(given_name || ' ' || family_name);

ALTER TABLE customer
    ALTER COLUMN name SET NOT NULL,
    DROP COLUMN given_name,
    DROP COLUMN family_name;

CREATE VIEW purchase_total AS
SELECT purchase.id, customer.name AS customer, purchase.bought_at, sum(purchase_line.line_total) AS total
FROM purchase
JOIN customer ON customer.id = purchase.customer_id
LEFT JOIN purchase_line ON purchase_line.purchase_id = purchase.id
GROUP BY purchase.id, customer.name, purchase.bought_at;
