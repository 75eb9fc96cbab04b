-- name: price_history
-- answers: What a product has cost at a provider, the newest price first.
-- kind: read
-- weight: 2
-- param: product bigint from price.product_id
-- param: provider bigint from price.provider_id
SELECT lower(price.valid) AS since, upper(price.valid) AS until, price.amount, price.currency_code
FROM price
WHERE price.product_id = :'product' AND price.provider_id = :'provider'
ORDER BY since DESC;
