-- name: restock
-- answers: Takes goods of a provider into a warehouse; returns how many are there now.
-- kind: write
-- weight: 2
-- param: product bigint from price.product_id
-- param: provider bigint from price.provider_id
-- param: warehouse bigint from warehouse.id
-- param: quantity integer between 10 and 200
WITH stocked AS (
    INSERT INTO stock_goods (product_id, provider_id, warehouse_id, on_hand)
    VALUES (:'product', :'provider', :'warehouse', :'quantity'::integer)
    ON CONFLICT (product_id, provider_id, warehouse_id) DO UPDATE SET on_hand = stock_goods.on_hand + excluded.on_hand
    RETURNING product_id, provider_id, warehouse_id, on_hand
), moved AS (
    INSERT INTO stock_movement (product_id, provider_id, warehouse_id, kind, quantity)
    SELECT product_id, provider_id, warehouse_id, 'receipt', :'quantity'::integer FROM stocked
)
SELECT on_hand FROM stocked;
