-- name: return_goods
-- answers: Takes a piece of a delivered purchase back, and gives the money back; returns the number of the return.
-- kind: write
-- weight: 1
-- param: purchase bigint from shipment_line.purchase_id where purchase_id IN (SELECT id FROM purchase WHERE status = 'delivered')
-- param: product bigint from shipment_line.product_id
-- param: provider bigint from shipment_line.provider_id
-- param: quantity integer between 1 and 1
-- param: reason text one of withdrawal, damaged, wrong_goods, warranty
-- param: condition text one of as_new, used, broken
-- refuses: SH003, SH005
SELECT return_goods(
    :'purchase',
    :'product',
    :'provider',
    :'quantity',
    :'reason'::text::return_reason,
    :'condition'::text::goods_condition
);
