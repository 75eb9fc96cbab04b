-- name: sales_by_provider
-- answers: Who sold most in a time: purchases, pieces, sales and the average receipt of each provider, for each currency.
-- kind: read
-- weight: 1
-- param: since timestamptz from purchase.placed_at
-- param: days integer between 1 and 90
WITH receipt AS (
    SELECT purchase.id, purchase.currency_code, line.provider_id, sum(line.quantity) AS pieces, sum(line.amount) AS amount
    FROM purchase
    JOIN purchase_line AS line ON line.purchase_id = purchase.id
    WHERE purchase.status NOT IN ('placed', 'cancelled')
        AND purchase.placed_at >= :'since'::timestamptz
        AND purchase.placed_at < :'since'::timestamptz + make_interval(days => :'days')
    GROUP BY purchase.id, line.provider_id
)
SELECT
    rank() OVER (PARTITION BY receipt.currency_code ORDER BY sum(receipt.amount) DESC) AS place,
    provider.name AS provider,
    receipt.currency_code,
    count(*) AS purchases,
    sum(receipt.pieces) AS pieces,
    sum(receipt.amount) AS sales,
    round(avg(receipt.amount), 2) AS average_receipt
FROM receipt
JOIN provider ON provider.id = receipt.provider_id
GROUP BY provider.id, receipt.currency_code
ORDER BY receipt.currency_code, place, provider.name;
