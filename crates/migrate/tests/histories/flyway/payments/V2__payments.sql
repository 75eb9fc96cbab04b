CREATE TABLE payments (
    invoice_id bigint NOT NULL REFERENCES invoices,
    received_at timestamptz NOT NULL DEFAULT now(),
    amount numeric(12, 2) NOT NULL,
    PRIMARY KEY (invoice_id, received_at)
);
