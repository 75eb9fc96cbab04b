-- name: product_prices
-- answers: What a product costs at each provider now, the cheapest first, and whether it is there.
-- kind: read
-- weight: 25
-- param: product bigint from offer.product_id
SELECT
    provider.id,
    provider.name,
    offer.list_price,
    offer.discount_percent,
    round(offer.list_price * (100 - offer.discount_percent) / 100, 2) AS price,
    offer.currency_code,
    offer.free
FROM offer
JOIN provider ON provider.id = offer.provider_id
WHERE offer.product_id = :'product'
ORDER BY offer.currency_code, price, provider.name;
