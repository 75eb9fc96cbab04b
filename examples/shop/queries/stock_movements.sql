-- name: stock_movements
-- answers: How the stock of a product at a provider has moved, and what was there after each movement.
-- kind: read
-- weight: 1
-- param: product bigint from stock_goods.product_id
-- param: provider bigint from stock_goods.provider_id
SELECT
    movement.moved_at,
    warehouse.name AS warehouse,
    movement.kind,
    movement.quantity,
    sum(movement.quantity) OVER (
        PARTITION BY movement.warehouse_id
        ORDER BY movement.moved_at, movement.id
    ) AS on_hand,
    movement.note
FROM stock_movement AS movement
JOIN warehouse ON warehouse.id = movement.warehouse_id
WHERE movement.product_id = :'product' AND movement.provider_id = :'provider'
ORDER BY movement.moved_at, movement.id;
