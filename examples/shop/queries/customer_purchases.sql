-- name: customer_purchases
-- answers: What a customer has bought, the newest purchase first, how far it has come, and what it costs.
-- kind: read
-- weight: 8
-- param: customer bigint from purchase.customer_id
SELECT
    purchase.id,
    purchase.placed_at,
    purchase.status,
    (SELECT count(*) FROM purchase_line WHERE purchase_line.purchase_id = purchase.id) AS lines,
    balance.total,
    balance.currency_code
FROM purchase
JOIN purchase_balance AS balance ON balance.purchase_id = purchase.id
WHERE purchase.customer_id = :'customer'
ORDER BY purchase.placed_at DESC, purchase.id DESC
LIMIT 20;
