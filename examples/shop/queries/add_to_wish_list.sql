-- name: add_to_wish_list
-- answers: Puts a product on a wish list; one that is there already stays as it is.
-- kind: write
-- weight: 2
-- param: wish_list bigint from wish_list.id
-- param: product bigint from product.id
INSERT INTO wish_list_item (wish_list_id, product_id) VALUES (:'wish_list', :'product')
ON CONFLICT (wish_list_id, product_id) DO NOTHING;
