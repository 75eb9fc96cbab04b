-- name: customer_wish_lists
-- answers: What is on the wish lists of a customer, and at how many providers it can be had now.
-- kind: read
-- weight: 3
-- param: customer bigint from wish_list.customer_id
SELECT
    list.name AS list,
    list.is_public,
    product.name AS product,
    item.note,
    (SELECT count(*) FROM offer WHERE offer.product_id = item.product_id AND offer.free > 0) AS providers
FROM wish_list AS list
LEFT JOIN wish_list_item AS item ON item.wish_list_id = list.id
LEFT JOIN product ON product.id = item.product_id
WHERE list.customer_id = :'customer'
ORDER BY list.name, item.added_at, product.name;
