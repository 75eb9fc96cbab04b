-- name: ship_purchase
-- answers: Sends a paid purchase, a parcel from each warehouse that holds some of it; returns how many parcels.
-- kind: write
-- weight: 5
-- param: purchase bigint from purchase.id where status = 'paid'
-- param: carrier text from carrier.code
-- param: tracking text like ??############
-- refuses: SH003
SELECT ship_purchase(:'purchase', :'carrier', :'tracking');
