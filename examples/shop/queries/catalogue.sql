-- name: catalogue
-- answers: Which products are in a category or below it, with the lowest price of each in a currency, and who asks it.
-- kind: read
-- weight: 18
-- param: category text from category.slug
-- param: currency text from price.currency_code
WITH RECURSIVE below AS (
    SELECT id FROM category WHERE slug = :'category'
    UNION ALL
    SELECT category.id
    FROM below
    JOIN category ON category.parent_id = below.id
), listed AS (
    -- Before prices are looked for: only those of one page are.
    SELECT product.id, product.name, product.producer_id
    FROM product
    WHERE product.category_id IN (SELECT id FROM below)
        AND (product.discontinued_on IS NULL OR product.discontinued_on > current_date)
    ORDER BY product.name, product.id
    LIMIT 50
)
SELECT listed.id, listed.name, producer.name AS producer, cheapest.price, cheapest.provider
FROM listed
JOIN producer ON producer.id = listed.producer_id
LEFT JOIN LATERAL (
    SELECT round(offer.list_price * (100 - offer.discount_percent) / 100, 2) AS price, provider.name AS provider
    FROM offer
    JOIN provider ON provider.id = offer.provider_id
    WHERE offer.product_id = listed.id AND offer.currency_code = :'currency'
    ORDER BY price, provider.name
    LIMIT 1
) AS cheapest ON true
ORDER BY listed.name, listed.id;
