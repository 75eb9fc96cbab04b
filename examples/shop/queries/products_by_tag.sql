-- name: products_by_tag
-- answers: Which products have a tag.
-- kind: read
-- weight: 5
-- param: tag text element of product.tags
SELECT product.id, product.name, product.tags
FROM product
WHERE product.tags @> ARRAY[:'tag']::text[]
    AND (product.discontinued_on IS NULL OR product.discontinued_on > current_date)
ORDER BY product.name, product.id
LIMIT 50;
