-- Goods that come back. They are counted within their purchase, as parcels and payments are; a refund may name the return
-- that it is for, and that is one of the same purchase.
CREATE TYPE return_reason AS ENUM ('withdrawal', 'damaged', 'wrong_goods', 'warranty');
COMMENT ON TYPE return_reason IS 'Why goods come back.';

CREATE TYPE goods_condition AS ENUM ('as_new', 'used', 'broken');
COMMENT ON TYPE goods_condition IS 'What goods are like that came back. Only those as new are sold again.';

CREATE TABLE goods_return (
    purchase_id bigint NOT NULL REFERENCES purchase,
    number smallint NOT NULL CHECK (number > 0),
    warehouse_id bigint NOT NULL REFERENCES warehouse,
    reason return_reason NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (purchase_id, number)
);
CREATE INDEX goods_return_warehouse ON goods_return (warehouse_id);
COMMENT ON TABLE goods_return IS 'Parcels that came back.';
COMMENT ON COLUMN goods_return.purchase_id IS 'What purchase they are from.';
COMMENT ON COLUMN goods_return.number IS 'Counts the returns of one purchase, from 1.';
COMMENT ON COLUMN goods_return.warehouse_id IS 'Where they came to.';
COMMENT ON COLUMN goods_return.reason IS 'Why they came.';
COMMENT ON COLUMN goods_return.received_at IS 'When they came.';

CREATE TABLE goods_return_line (
    purchase_id bigint NOT NULL,
    return_number smallint NOT NULL,
    product_id bigint NOT NULL,
    provider_id bigint NOT NULL,
    condition goods_condition NOT NULL,
    quantity piece_count NOT NULL,
    PRIMARY KEY (purchase_id, return_number, product_id, provider_id, condition),
    CONSTRAINT goods_return_line_in_return FOREIGN KEY (purchase_id, return_number) REFERENCES goods_return,
    CONSTRAINT goods_return_line_of_purchase FOREIGN KEY (purchase_id, product_id, provider_id) REFERENCES purchase_line
);
CREATE INDEX goods_return_line_purchased ON goods_return_line (purchase_id, product_id, provider_id);
COMMENT ON TABLE goods_return_line IS 'What was in them.';
COMMENT ON COLUMN goods_return_line.purchase_id IS 'The purchase.';
COMMENT ON COLUMN goods_return_line.return_number IS 'Which of its returns.';
COMMENT ON COLUMN goods_return_line.product_id IS 'What came back.';
COMMENT ON COLUMN goods_return_line.provider_id IS 'Whose it was.';
COMMENT ON COLUMN goods_return_line.condition IS 'What it is like. Pieces of one line may differ.';
COMMENT ON COLUMN goods_return_line.quantity IS 'How many pieces.';

ALTER TABLE refund
    ADD COLUMN return_number smallint,
    ADD CONSTRAINT refund_for_return FOREIGN KEY (purchase_id, return_number) REFERENCES goods_return;
CREATE INDEX refund_return ON refund (purchase_id, return_number);
COMMENT ON COLUMN refund.return_number IS 'The return of that purchase that it is for; none for other reasons.';
