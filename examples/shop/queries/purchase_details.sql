-- name: purchase_details
-- answers: The lines of a purchase, as they were sold, and how many pieces of each are on their way or came back.
-- kind: read
-- weight: 6
-- param: purchase bigint from purchase.id
SELECT
    product.name AS product,
    provider.name AS provider,
    line.quantity,
    line.unit_price,
    line.discount_percent,
    line.tax_rate,
    line.amount,
    (
        SELECT coalesce(sum(sent.quantity), 0)
        FROM shipment_line AS sent
        WHERE (sent.purchase_id, sent.product_id, sent.provider_id) = (line.purchase_id, line.product_id, line.provider_id)
    ) AS sent,
    (
        SELECT coalesce(sum(back.quantity), 0)
        FROM goods_return_line AS back
        WHERE (back.purchase_id, back.product_id, back.provider_id) = (line.purchase_id, line.product_id, line.provider_id)
    ) AS came_back
FROM purchase_line AS line
JOIN product ON product.id = line.product_id
JOIN provider ON provider.id = line.provider_id
WHERE line.purchase_id = :'purchase'
ORDER BY product.name, provider.name;
