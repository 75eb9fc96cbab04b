-- name: coupon_use
-- answers: How often each coupon was used, what that has cost, and how often it still can be.
-- kind: read
-- weight: 1
SELECT
    coupon.code,
    purchase.currency_code,
    count(redemption.purchase_id) AS uses,
    coalesce(sum(redemption.amount), 0) AS saved,
    coupon.uses_at_most - (
        SELECT count(*) FROM coupon_redemption WHERE coupon_redemption.coupon_code = coupon.code
    ) AS uses_left
FROM coupon
LEFT JOIN coupon_redemption AS redemption ON redemption.coupon_code = coupon.code
LEFT JOIN purchase ON purchase.id = redemption.purchase_id
GROUP BY coupon.code, purchase.currency_code
ORDER BY coupon.code, purchase.currency_code;
