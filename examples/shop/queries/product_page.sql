-- name: product_page
-- answers: What the page of a product shows in a language: texts, path in the catalogue, images, properties, rating.
-- kind: read
-- weight: 30
-- param: product bigint from product.id
-- param: language text from language.code
WITH RECURSIVE path AS (
    SELECT category.id, category.parent_id, category.name, 0 AS up
    FROM product
    JOIN category ON category.id = product.category_id
    WHERE product.id = :'product'
    UNION ALL
    SELECT category.id, category.parent_id, category.name, path.up + 1
    FROM path
    JOIN category ON category.id = path.parent_id
)
SELECT
    product.id,
    coalesce(translation.name, product.name) AS name,
    coalesce(translation.description, product.description) AS description,
    producer.name AS producer,
    (SELECT string_agg(path.name, ' > ' ORDER BY path.up DESC) FROM path) AS category,
    product.tags,
    product.details,
    (
        SELECT jsonb_agg(image.url ORDER BY image.position)
        FROM product_image AS image
        WHERE image.product_id = product.id
    ) AS images,
    (
        SELECT jsonb_object_agg(attribute.name, concat_ws(' ', owned.value, attribute.unit))
        FROM product_attribute AS owned
        JOIN attribute ON attribute.code = owned.attribute_code
        WHERE owned.product_id = product.id
    ) AS properties,
    (SELECT round(avg(review.rating), 1) FROM review WHERE review.product_id = product.id) AS rating
FROM product
JOIN producer ON producer.id = product.producer_id
LEFT JOIN product_translation AS translation
    ON translation.product_id = product.id AND translation.language_code = :'language'
WHERE product.id = :'product';
