-- name: record_purchase
-- answers: Buys pieces of one offer for a customer, sent to an address of theirs; returns the purchase.
-- kind: write
-- weight: 4
-- param: customer bigint from address.customer_id
-- param: address smallint from address.number
-- param: product bigint from offer.product_id where free > 0
-- param: provider bigint from offer.provider_id
-- param: quantity integer between 1 and 3
-- refuses: SH001, SH002
SELECT record_purchase(
    :'customer',
    :'address',
    ARRAY[:'product']::bigint[],
    ARRAY[:'provider']::bigint[],
    ARRAY[:'quantity']::integer[]
);
