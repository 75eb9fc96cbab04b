ALTER TABLE customer ADD COLUMN name text;

UPDATE customer
SET name = replace(given_name, ' ', E'\u00A0') || CASE family_name WHEN '' THEN '' ELSE ' ' || family_name END;

ALTER TABLE customer
    DROP COLUMN given_name,
    DROP COLUMN family_name,
    ALTER COLUMN name SET NOT NULL,
    ADD CHECK (name <> '' AND name = btrim(name));
COMMENT ON COLUMN customer.name IS 'The full name.';
