-- name: product_changes
-- answers: Who has changed a product and its prices, when, and which columns.
-- kind: read
-- weight: 1
-- param: product bigint from product.id
SELECT
    entry.changed_by,
    entry.relation,
    entry.operation,
    (
        SELECT array_agg(key ORDER BY key)
        FROM jsonb_each(entry.after) AS new (key, value)
        WHERE entry.before -> key IS DISTINCT FROM new.value
    ) AS changed
FROM audit_entry AS entry
WHERE entry.relation = 'product' AND coalesce(entry.after, entry.before) ->> 'id' = :'product'::bigint::text
    OR entry.relation = 'price' AND coalesce(entry.after, entry.before) ->> 'product_id' = :'product'::bigint::text
ORDER BY entry.changed_at, entry.id;
