DROP TABLE shipment_line;
DROP TABLE shipment;
DROP TABLE carrier;
