-- name: list_producers
-- answers: Which producers there are, from where, and how many products of theirs are in the catalogue.
-- kind: read
-- weight: 1
SELECT producer.id, producer.name, country.name AS country, producer.website, count(product.id) AS products
FROM producer
JOIN country ON country.code = producer.country_code
LEFT JOIN product ON product.producer_id = producer.id
    AND (product.discontinued_on IS NULL OR product.discontinued_on > current_date)
GROUP BY producer.id, country.name
ORDER BY producer.name;
