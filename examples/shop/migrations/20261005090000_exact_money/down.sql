ALTER TABLE price DROP CONSTRAINT price_is_payable;
ALTER TABLE price RENAME COLUMN amount TO amount_cents;
ALTER TABLE price ALTER COLUMN amount_cents TYPE bigint USING (amount_cents * 100)::bigint;
ALTER TABLE price ADD CONSTRAINT price_is_payable CHECK (amount_cents > 0 AND amount_cents < 1000000000000);
COMMENT ON COLUMN price.amount_cents IS 'What one piece costs, in hundredths of the currency, without tax.';
DROP DOMAIN money_amount;
