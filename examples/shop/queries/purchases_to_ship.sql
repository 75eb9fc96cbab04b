-- name: purchases_to_ship
-- answers: Which paid purchases wait to be sent, the oldest first, and from which warehouses.
-- kind: read
-- weight: 3
SELECT
    purchase.id,
    purchase.placed_at,
    address.country_code,
    array_agg(DISTINCT warehouse.name ORDER BY warehouse.name) AS warehouses,
    sum(reservation.quantity) AS pieces,
    sum(reservation.quantity * product.weight_grams) AS grams
FROM purchase
JOIN address ON address.customer_id = purchase.customer_id AND address.number = purchase.delivery_address
JOIN reservation ON reservation.purchase_id = purchase.id
JOIN warehouse ON warehouse.id = reservation.warehouse_id
JOIN product ON product.id = reservation.product_id
WHERE purchase.status = 'paid'
GROUP BY purchase.id, address.country_code
ORDER BY purchase.placed_at, purchase.id
LIMIT 50;
