-- name: products_by_attribute
-- answers: Which products have a property with a value.
-- kind: read
-- weight: 6
-- param: attribute text from product_attribute.attribute_code
-- param: value text from product_attribute.value
SELECT product.id, product.name, attribute.name AS attribute, concat_ws(' ', owned.value, attribute.unit) AS value
FROM product_attribute AS owned
JOIN attribute ON attribute.code = owned.attribute_code
JOIN product ON product.id = owned.product_id
WHERE owned.attribute_code = :'attribute' AND owned.value = :'value'
ORDER BY product.name, product.id
LIMIT 50;
