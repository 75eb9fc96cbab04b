-- What is sent, and by whom. A shipment leaves one warehouse, so a purchase may have several.
CREATE TABLE carrier (
    code text PRIMARY KEY CHECK (code ~ '^[a-z_]+$'),
    name text NOT NULL UNIQUE,
    tracking_url text NOT NULL CHECK (tracking_url ~ '^https://.*[{]number[}]')
);
COMMENT ON TABLE carrier IS 'Who carries parcels.';
COMMENT ON COLUMN carrier.code IS 'Identifies the carrier.';
COMMENT ON COLUMN carrier.name IS 'What customers read.';
COMMENT ON COLUMN carrier.tracking_url IS 'Where to follow a parcel; {number} stands for its tracking number.';

INSERT INTO carrier (code, name, tracking_url) VALUES
    ('bicycle', 'Bicycle couriers', 'https://couriers.example/{number}'),
    ('freight', 'Freight forwarders', 'https://freight.example/track/{number}'),
    ('parcel', 'Parcel service', 'https://parcels.example/?id={number}'),
    ('post', 'The post', 'https://post.example/follow/{number}');

CREATE TABLE shipment (
    purchase_id bigint NOT NULL REFERENCES purchase,
    number smallint NOT NULL CHECK (number > 0),
    warehouse_id bigint NOT NULL REFERENCES warehouse,
    carrier_code text NOT NULL REFERENCES carrier,
    tracking_number text NOT NULL CHECK (tracking_number <> ''),
    shipped_at timestamptz NOT NULL DEFAULT now(),
    delivered_at timestamptz,
    PRIMARY KEY (purchase_id, number),
    CONSTRAINT shipment_tracked_once UNIQUE (carrier_code, tracking_number),
    CONSTRAINT shipment_delivered_after_leaving CHECK (delivered_at >= shipped_at)
);
CREATE INDEX shipment_warehouse ON shipment (warehouse_id);
COMMENT ON TABLE shipment IS 'Parcels on their way, and those that arrived.';
COMMENT ON COLUMN shipment.purchase_id IS 'What purchase the parcel is for.';
COMMENT ON COLUMN shipment.number IS 'Counts the parcels of one purchase, from 1.';
COMMENT ON COLUMN shipment.warehouse_id IS 'Where it left.';
COMMENT ON COLUMN shipment.carrier_code IS 'Who carries it.';
COMMENT ON COLUMN shipment.tracking_number IS 'What the carrier calls it.';
COMMENT ON COLUMN shipment.shipped_at IS 'When it left.';
COMMENT ON COLUMN shipment.delivered_at IS 'When it arrived; none while it has not.';

CREATE TABLE shipment_line (
    purchase_id bigint NOT NULL,
    shipment_number smallint NOT NULL,
    product_id bigint NOT NULL,
    provider_id bigint NOT NULL,
    quantity piece_count NOT NULL,
    PRIMARY KEY (purchase_id, shipment_number, product_id, provider_id),
    CONSTRAINT shipment_line_in_shipment FOREIGN KEY (purchase_id, shipment_number) REFERENCES shipment,
    CONSTRAINT shipment_line_of_purchase FOREIGN KEY (purchase_id, product_id, provider_id) REFERENCES purchase_line
);
CREATE INDEX shipment_line_purchased ON shipment_line (purchase_id, product_id, provider_id);
COMMENT ON TABLE shipment_line IS 'What is in the parcels. The purchase is part of both keys, so nothing is sent that it does not hold.';
COMMENT ON COLUMN shipment_line.purchase_id IS 'The purchase.';
COMMENT ON COLUMN shipment_line.shipment_number IS 'Which of its parcels.';
COMMENT ON COLUMN shipment_line.product_id IS 'What is in it.';
COMMENT ON COLUMN shipment_line.provider_id IS 'From whom.';
COMMENT ON COLUMN shipment_line.quantity IS 'How many pieces.';
