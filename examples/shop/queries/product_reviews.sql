-- name: product_reviews
-- answers: What customers say of a product, the newest first, and which of them have bought it here.
-- kind: read
-- weight: 10
-- param: product bigint from product.id
SELECT
    review.rating,
    review.title,
    review.body,
    customer.given_name,
    review.written_at,
    EXISTS (
        SELECT
        FROM purchase
        JOIN purchase_line ON purchase_line.purchase_id = purchase.id
        WHERE purchase.customer_id = review.customer_id
            AND purchase_line.product_id = review.product_id
            AND purchase.status IN ('delivered', 'returned')
    ) AS has_bought
FROM review
JOIN customer ON customer.id = review.customer_id
WHERE review.product_id = :'product'
ORDER BY review.written_at DESC, review.customer_id
LIMIT 20;
