INSERT INTO currencies VALUES ('CHF');
ALTER TABLE invoices ADD CONSTRAINT invoices_amount_check CHECK (amount >= 0);
