-- name: change_price
-- answers: Ends the price of a product at a provider and begins another one, in the same currency; returns the new price.
-- kind: write
-- weight: 1
-- param: product bigint from offer.product_id
-- param: provider bigint from offer.provider_id
-- param: currency text from offer.currency_code
-- param: amount numeric between 1.00 and 500.00
SELECT change_price(:'product', :'provider', :'currency'::text::currency_code, :'amount'::numeric::money_amount);
