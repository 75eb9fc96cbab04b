-- name: record_delivery
-- answers: Notes that a parcel arrived; returns how far the purchase has come with it.
-- kind: write
-- weight: 5
-- param: purchase bigint from shipment.purchase_id where delivered_at IS NULL
-- param: parcel smallint from shipment.number
-- refuses: SH003, SH006
SELECT record_delivery(:'purchase', :'parcel');
