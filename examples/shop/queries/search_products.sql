-- name: search_products
-- answers: Which products fit some words, the best first, and from what price they can be had in a currency.
-- kind: read
-- weight: 20
-- param: words text word of product.name
-- param: currency text from price.currency_code
-- The best twenty are found first, so that only their offers are looked at.
WITH hit AS (
    SELECT product.id, product.name, product.producer_id, ts_rank(product.search, wanted) AS rank
    FROM product, websearch_to_tsquery('pg_catalog.english', :'words') AS wanted
    WHERE product.search @@ wanted AND (product.discontinued_on IS NULL OR product.discontinued_on > current_date)
    ORDER BY rank DESC, product.id
    LIMIT 20
)
SELECT hit.id, hit.name, producer.name AS producer, cheapest.price
FROM hit
JOIN producer ON producer.id = hit.producer_id
LEFT JOIN LATERAL (
    SELECT round(offer.list_price * (100 - offer.discount_percent) / 100, 2) AS price
    FROM offer
    WHERE offer.product_id = hit.id AND offer.currency_code = :'currency'
    ORDER BY price, offer.provider_id
    LIMIT 1
) AS cheapest ON true
ORDER BY hit.rank DESC, hit.id;
