-- Fault: the row without an address is still there.
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
