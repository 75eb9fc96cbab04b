-- What is paid and given back. Payments are counted within their purchase: that is their key, and keeps a refund with a
-- payment of the same purchase.
CREATE TYPE payment_status AS ENUM ('pending', 'captured', 'failed');
COMMENT ON TYPE payment_status IS 'How a payment went.';

CREATE TABLE payment_method (
    code text PRIMARY KEY CHECK (code ~ '^[a-z_]+$'),
    name text NOT NULL UNIQUE,
    is_refundable boolean NOT NULL
);
COMMENT ON TABLE payment_method IS 'How one can pay.';
COMMENT ON COLUMN payment_method.code IS 'Identifies the method.';
COMMENT ON COLUMN payment_method.name IS 'What customers read.';
COMMENT ON COLUMN payment_method.is_refundable IS 'Whether money can go back the same way.';

INSERT INTO payment_method (code, name, is_refundable) VALUES
    ('card', 'Credit or debit card', true),
    ('cash_on_delivery', 'Cash on delivery', false),
    ('direct_debit', 'Direct debit', true),
    ('gift_card', 'Gift card', false),
    ('invoice', 'Invoice', true),
    ('wallet', 'Online wallet', true);

CREATE TABLE payment (
    purchase_id bigint NOT NULL REFERENCES purchase,
    number smallint NOT NULL CHECK (number > 0),
    method_code text NOT NULL REFERENCES payment_method,
    amount money_amount NOT NULL CHECK (amount > 0),
    status payment_status NOT NULL DEFAULT 'pending',
    reference text CHECK (reference <> ''),
    started_at timestamptz NOT NULL DEFAULT now(),
    captured_at timestamptz,
    PRIMARY KEY (purchase_id, number),
    CONSTRAINT payment_captured_has_a_time CHECK ((status = 'captured') = (captured_at IS NOT NULL)),
    CONSTRAINT payment_captured_after_start CHECK (captured_at >= started_at)
);
CREATE UNIQUE INDEX payment_reference ON payment (method_code, reference) WHERE reference IS NOT NULL;
COMMENT ON TABLE payment IS 'What customers have paid, or tried to.';
COMMENT ON COLUMN payment.purchase_id IS 'What is paid.';
COMMENT ON COLUMN payment.number IS 'Counts the payments of one purchase, from 1.';
COMMENT ON COLUMN payment.method_code IS 'How it is paid.';
COMMENT ON COLUMN payment.amount IS 'How much, in the currency of the purchase.';
COMMENT ON COLUMN payment.status IS 'How it went.';
COMMENT ON COLUMN payment.reference IS 'What the bank calls it. Unique for each method.';
COMMENT ON COLUMN payment.started_at IS 'When the customer set out to pay.';
COMMENT ON COLUMN payment.captured_at IS 'When the money was there.';

CREATE TABLE refund (
    purchase_id bigint NOT NULL,
    number smallint NOT NULL CHECK (number > 0),
    payment_number smallint NOT NULL,
    amount money_amount NOT NULL CHECK (amount > 0),
    reason text NOT NULL CHECK (reason <> ''),
    refunded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (purchase_id, number),
    CONSTRAINT refund_of_payment FOREIGN KEY (purchase_id, payment_number) REFERENCES payment
);
CREATE INDEX refund_payment ON refund (purchase_id, payment_number);
COMMENT ON TABLE refund IS 'Money given back.';
COMMENT ON COLUMN refund.purchase_id IS 'The purchase that was paid.';
COMMENT ON COLUMN refund.number IS 'Counts the refunds of one purchase, from 1.';
COMMENT ON COLUMN refund.payment_number IS 'The payment of that purchase that is given back, wholly or in part.';
COMMENT ON COLUMN refund.amount IS 'How much, in the currency of the purchase.';
COMMENT ON COLUMN refund.reason IS 'Why.';
COMMENT ON COLUMN refund.refunded_at IS 'When.';
