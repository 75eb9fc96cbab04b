-- Hundredths of a currency become an amount with two digits. Every number of hundredths has exactly one such amount, so the
-- data is carried over both ways without a loss. The table is written anew; the column stays where it is.
CREATE DOMAIN money_amount AS numeric(12, 2) CHECK (VALUE >= 0);
COMMENT ON DOMAIN money_amount IS 'An exact amount of some currency, never negative.';

ALTER TABLE price DROP CONSTRAINT price_is_payable;
ALTER TABLE price ALTER COLUMN amount_cents TYPE money_amount USING amount_cents / 100.0;
ALTER TABLE price RENAME COLUMN amount_cents TO amount;
ALTER TABLE price ADD CONSTRAINT price_is_payable CHECK (amount > 0);
COMMENT ON COLUMN price.amount IS 'What one piece costs, without tax.';
