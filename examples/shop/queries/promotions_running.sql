-- name: promotions_running
-- answers: Which promotions run now, until when, and which products they make cheaper.
-- kind: read
-- weight: 4
SELECT
    promotion.id,
    promotion.name,
    promotion.discount_percent,
    upper(promotion.during) AS until,
    array_agg(product.name ORDER BY product.name) FILTER (WHERE product.id IS NOT NULL) AS products
FROM promotion
LEFT JOIN promotion_product ON promotion_product.promotion_id = promotion.id
LEFT JOIN product ON product.id = promotion_product.product_id
WHERE promotion.during @> now()
GROUP BY promotion.id
ORDER BY promotion.discount_percent DESC, promotion.id;
