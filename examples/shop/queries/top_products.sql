-- name: top_products
-- answers: Which products were bought most in a time, in pieces.
-- kind: read
-- weight: 8
-- param: since timestamptz from purchase.placed_at
-- param: days integer between 1 and 90
SELECT product.id, product.name, sum(line.quantity) AS pieces, count(*) AS purchases
FROM purchase
JOIN purchase_line AS line ON line.purchase_id = purchase.id
JOIN product ON product.id = line.product_id
WHERE purchase.status <> 'cancelled'
    AND purchase.placed_at >= :'since'::timestamptz
    AND purchase.placed_at < :'since'::timestamptz + make_interval(days => :'days')
GROUP BY product.id
ORDER BY pieces DESC, product.name, product.id
LIMIT 10;
