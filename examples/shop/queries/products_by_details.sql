-- name: products_by_details
-- answers: Which products have all of these details.
-- kind: read
-- weight: 2
-- param: details text from product.details where details <> '{}'
SELECT product.id, product.name, product.details
FROM product
WHERE product.details @> :'details'::jsonb
    AND (product.discontinued_on IS NULL OR product.discontinued_on > current_date)
ORDER BY product.name, product.id
LIMIT 50;
