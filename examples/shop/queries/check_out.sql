-- name: check_out
-- answers: Makes a purchase of what is in the open cart of a customer; returns the purchase.
-- kind: write
-- weight: 3
-- param: customer bigint from address.customer_id where customer_id IN (SELECT customer_id FROM cart WHERE closed_at IS NULL)
-- param: address smallint from address.number
-- refuses: SH001, SH002, SH006, SH007
SELECT check_out(:'customer', :'address');
