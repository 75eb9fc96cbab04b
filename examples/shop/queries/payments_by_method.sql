-- name: payments_by_method
-- answers: How much was paid by each method in a time, and how much of it went back.
-- kind: read
-- weight: 1
-- param: since timestamptz from payment.started_at
-- param: days integer between 1 and 90
SELECT
    method.name AS method,
    purchase.currency_code,
    count(*) AS payments,
    sum(payment.amount) AS paid,
    coalesce(sum((
        SELECT sum(refund.amount)
        FROM refund
        WHERE refund.purchase_id = payment.purchase_id AND refund.payment_number = payment.number
    )), 0) AS refunded
FROM payment
JOIN payment_method AS method ON method.code = payment.method_code
JOIN purchase ON purchase.id = payment.purchase_id
WHERE payment.status = 'captured'
    AND payment.started_at >= :'since'::timestamptz
    AND payment.started_at < :'since'::timestamptz + make_interval(days => :'days')
GROUP BY method.code, purchase.currency_code
ORDER BY paid DESC, method.name, purchase.currency_code;
