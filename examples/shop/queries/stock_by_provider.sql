-- name: stock_by_provider
-- answers: What a provider has in which warehouse, and how much of it can be sold.
-- kind: read
-- weight: 3
-- param: provider bigint from stock_goods.provider_id
SELECT
    warehouse.name AS warehouse,
    product.id,
    product.name AS product,
    stock.on_hand,
    stock.reserved,
    stock.on_hand - stock.reserved AS free
FROM stock_goods AS stock
JOIN warehouse ON warehouse.id = stock.warehouse_id
JOIN product ON product.id = stock.product_id
WHERE stock.provider_id = :'provider'
ORDER BY warehouse.name, product.name, product.id;
