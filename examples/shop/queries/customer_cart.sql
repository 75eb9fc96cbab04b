-- name: customer_cart
-- answers: What is in the open cart of a customer, what it costs now, and whether there is enough of it.
-- kind: read
-- weight: 10
-- param: customer bigint from customer.id
SELECT
    product.name AS product,
    provider.name AS provider,
    line.quantity,
    round(line.quantity * offer.list_price * (100 - offer.discount_percent) / 100, 2) AS price,
    offer.currency_code,
    coalesce(offer.free >= line.quantity, false) AS is_there
FROM cart
JOIN cart_line AS line ON line.cart_id = cart.id
JOIN product ON product.id = line.product_id
JOIN provider ON provider.id = line.provider_id
LEFT JOIN offer ON offer.product_id = line.product_id AND offer.provider_id = line.provider_id
WHERE cart.customer_id = :'customer' AND cart.closed_at IS NULL
ORDER BY line.added_at, product.name, provider.name;
