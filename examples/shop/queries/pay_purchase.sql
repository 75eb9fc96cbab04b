-- name: pay_purchase
-- answers: Notes that a purchase was paid; returns the number of the payment.
-- kind: write
-- weight: 6
-- param: purchase bigint from purchase.id where status = 'placed'
-- param: method text from payment_method.code
-- param: reference text like ????-########-####
-- refuses: SH003
SELECT pay_purchase(:'purchase', :'method', :'reference');
