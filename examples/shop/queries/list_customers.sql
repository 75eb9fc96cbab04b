-- name: list_customers
-- answers: Which customers have their default address in a country, and how often they have bought; fifty after one of them.
-- kind: read
-- weight: 1
-- param: country text from country.code
-- param: after bigint from customer.id
SELECT customer.id, customer.given_name, customer.family_name, customer.email, address.city, count(purchase.id) AS purchases
FROM customer
JOIN address ON address.customer_id = customer.id AND address.is_default
LEFT JOIN purchase ON purchase.customer_id = customer.id AND purchase.status <> 'cancelled'
WHERE customer.closed_at IS NULL AND address.country_code = :'country' AND customer.id > :'after'
GROUP BY customer.id, address.city
ORDER BY customer.id
LIMIT 50;
