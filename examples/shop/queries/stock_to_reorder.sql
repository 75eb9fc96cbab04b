-- name: stock_to_reorder
-- answers: Of what there is less left than there should be, the worst first, and whom to ask for more.
-- kind: read
-- weight: 1
SELECT
    provider.name AS provider,
    product.name AS product,
    warehouse.name AS warehouse,
    stock.on_hand - stock.reserved AS free,
    stock.reorder_level,
    (
        SELECT contact.email
        FROM contact
        WHERE contact.provider_id = provider.id AND contact.role = 'sales' AND contact.email IS NOT NULL
        ORDER BY contact.id
        LIMIT 1
    ) AS ask
FROM stock_goods AS stock
JOIN provider ON provider.id = stock.provider_id
JOIN product ON product.id = stock.product_id
JOIN warehouse ON warehouse.id = stock.warehouse_id
WHERE stock.on_hand - stock.reserved < stock.reorder_level
ORDER BY stock.reorder_level - (stock.on_hand - stock.reserved) DESC, provider.name, product.name, warehouse.name;
