-- A name becomes a given and a family name. The data is carried over, and the view follows.
DROP VIEW purchase_total;

ALTER TABLE customer
    ADD COLUMN given_name text,
    ADD COLUMN family_name text;

UPDATE customer
SET given_name = split_part(name, ' ', 1),
    family_name = substr(name, length(split_part(name, ' ', 1)) + 2);

ALTER TABLE customer
    ALTER COLUMN given_name SET NOT NULL,
    ALTER COLUMN family_name SET NOT NULL,
    DROP COLUMN name;

CREATE VIEW purchase_total AS
SELECT purchase.id, customer.given_name, customer.family_name, purchase.bought_at, sum(purchase_line.line_total) AS total
FROM purchase
JOIN customer ON customer.id = purchase.customer_id
LEFT JOIN purchase_line ON purchase_line.purchase_id = purchase.id
GROUP BY purchase.id, customer.given_name, customer.family_name, purchase.bought_at;
