-- name: sales_by_producer
-- answers: Whose products were sold most in a time, at which providers, for each currency.
-- kind: read
-- weight: 1
-- param: since timestamptz from purchase.placed_at
-- param: days integer between 1 and 90
SELECT
    producer.name AS producer,
    purchase.currency_code,
    sum(line.quantity) AS pieces,
    sum(line.amount) AS sales,
    count(DISTINCT line.product_id) AS products,
    array_agg(DISTINCT provider.name ORDER BY provider.name) AS sold_by
FROM purchase
JOIN purchase_line AS line ON line.purchase_id = purchase.id
JOIN product ON product.id = line.product_id
JOIN producer ON producer.id = product.producer_id
JOIN provider ON provider.id = line.provider_id
WHERE purchase.status NOT IN ('placed', 'cancelled')
    AND purchase.placed_at >= :'since'::timestamptz
    AND purchase.placed_at < :'since'::timestamptz + make_interval(days => :'days')
GROUP BY producer.id, purchase.currency_code
ORDER BY purchase.currency_code, sales DESC, producer.name;
