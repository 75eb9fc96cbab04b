-- name: sales_against_stock
-- answers: How long the stock of a provider will last, if it sells on as it did in a time; what runs out first comes first.
-- kind: read
-- weight: 1
-- param: provider bigint from stock_goods.provider_id
-- param: since timestamptz from purchase.placed_at
-- param: days integer between 1 and 90
WITH sold AS (
    SELECT line.product_id, sum(line.quantity) AS pieces
    FROM purchase
    JOIN purchase_line AS line ON line.purchase_id = purchase.id
    WHERE line.provider_id = :'provider'
        AND purchase.status <> 'cancelled'
        AND purchase.placed_at >= :'since'::timestamptz
        AND purchase.placed_at < :'since'::timestamptz + make_interval(days => :'days')
    GROUP BY line.product_id
), stocked AS (
    SELECT stock.product_id, sum(stock.on_hand - stock.reserved) AS free
    FROM stock_goods AS stock
    WHERE stock.provider_id = :'provider'
    GROUP BY stock.product_id
)
SELECT
    product.id,
    product.name AS product,
    coalesce(sold.pieces, 0) AS sold,
    coalesce(stocked.free, 0) AS free,
    floor(coalesce(stocked.free, 0) * :'days'::integer / sold.pieces) AS lasts_days
FROM stocked
FULL JOIN sold USING (product_id)
JOIN product ON product.id = product_id
ORDER BY lasts_days NULLS LAST, product.name, product.id;
