-- name: open_carts
-- answers: Which fifty open carts nobody has touched for longest, and for some hours at least; whose they are, and what they are worth now.
-- kind: read
-- weight: 1
-- param: hours integer between 1 and 72
SELECT
    cart.id,
    customer.email,
    customer.language_code,
    count(*) AS lines,
    max(line.added_at) AS touched_at,
    offer.currency_code,
    sum(round(line.quantity * offer.list_price * (100 - offer.discount_percent) / 100, 2)) AS worth
FROM cart
JOIN customer ON customer.id = cart.customer_id
JOIN cart_line AS line ON line.cart_id = cart.id
LEFT JOIN offer ON offer.product_id = line.product_id AND offer.provider_id = line.provider_id
WHERE cart.closed_at IS NULL
GROUP BY cart.id, customer.id, offer.currency_code
HAVING max(line.added_at) < now() - make_interval(hours => :'hours')
ORDER BY touched_at, cart.id, offer.currency_code
LIMIT 50;
