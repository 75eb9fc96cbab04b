-- Fault: the row stays, so that the next up fails on its key.
ALTER TABLE invoices DROP CONSTRAINT invoices_amount_check;
