-- name: purchase_progress
-- answers: When a purchase came how far, and where its parcels can be followed.
-- kind: read
-- weight: 6
-- param: purchase bigint from purchase.id
SELECT change.changed_at AS at, change.status::text AS what, NULL AS follow
FROM purchase_status_change AS change
WHERE change.purchase_id = :'purchase'
UNION ALL
SELECT
    shipment.shipped_at,
    'parcel ' || shipment.number || ' by ' || carrier.name,
    replace(carrier.tracking_url, '{number}', shipment.tracking_number)
FROM shipment
JOIN carrier ON carrier.code = shipment.carrier_code
WHERE shipment.purchase_id = :'purchase'
UNION ALL
SELECT goods_return.received_at, 'return ' || goods_return.number || ': ' || goods_return.reason, NULL
FROM goods_return
WHERE goods_return.purchase_id = :'purchase'
ORDER BY at, what;
