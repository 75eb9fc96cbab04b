-- name: cancel_purchase
-- answers: Cancels a purchase that was not sent yet; returns what is given back.
-- kind: write
-- weight: 1
-- param: purchase bigint from purchase.id where status = 'placed'
-- refuses: SH003
SELECT cancel_purchase(:'purchase');
