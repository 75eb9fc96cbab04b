-- name: write_review
-- answers: Writes what a customer thinks of a product that was delivered to them, or changes it; returns the rating, or no row.
-- kind: write
-- weight: 2
-- param: purchase bigint from shipment_line.purchase_id where purchase_id IN (SELECT id FROM purchase WHERE status = 'delivered')
-- param: product bigint from shipment_line.product_id
-- param: rating smallint between 1 and 5
-- param: title text words 2 to 6
-- param: body text words 0 to 60
INSERT INTO review (product_id, customer_id, rating, title, body)
SELECT line.product_id, purchase.customer_id, :'rating', :'title', :'body'
FROM purchase
JOIN purchase_line AS line ON line.purchase_id = purchase.id
WHERE purchase.id = :'purchase' AND line.product_id = :'product' AND purchase.status IN ('delivered', 'returned')
LIMIT 1
ON CONFLICT (product_id, customer_id) DO UPDATE
SET rating = excluded.rating, title = excluded.title, body = excluded.body, written_at = now()
RETURNING rating;
