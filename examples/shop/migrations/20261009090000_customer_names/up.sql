-- A name becomes a given and a family name. What stands before the first blank is the given name. The words of a given name
-- of several are held together by no-break spaces in the old column, and stand between blanks in the new one: so every name
-- goes there and back unchanged, in both directions.
ALTER TABLE customer
    ADD COLUMN given_name text,
    ADD COLUMN family_name text;

UPDATE customer
SET given_name = replace(split_part(name, ' ', 1), E'\u00A0', ' '),
    family_name = substr(name, length(split_part(name, ' ', 1)) + 2);

ALTER TABLE customer
    DROP COLUMN name,
    ALTER COLUMN given_name SET NOT NULL,
    ALTER COLUMN family_name SET NOT NULL,
    ADD CONSTRAINT customer_given_name_is_plain CHECK (given_name <> '' AND strpos(given_name, E'\u00A0') = 0),
    ADD CONSTRAINT customer_family_name_is_plain CHECK (family_name = rtrim(family_name));
COMMENT ON COLUMN customer.given_name IS 'The given name, or all there is of a name.';
COMMENT ON COLUMN customer.family_name IS 'The family name; empty for those who have none.';
