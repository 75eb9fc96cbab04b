-- Who changed what. Triggers write it down, so that nobody can forget it.
CREATE TYPE audit_operation AS ENUM ('insert', 'update', 'delete');
COMMENT ON TYPE audit_operation IS 'What was done to a row.';

CREATE TABLE audit_entry (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_by text NOT NULL DEFAULT coalesce(nullif(current_setting('shop.actor', true), ''), session_user),
    relation text NOT NULL,
    operation audit_operation NOT NULL,
    before jsonb,
    after jsonb,
    CONSTRAINT audit_entry_pkey PRIMARY KEY (id),
    CONSTRAINT audit_entry_has_what_was_there CHECK ((operation = 'insert') = (before IS NULL)),
    CONSTRAINT audit_entry_has_what_is_there CHECK ((operation = 'delete') = (after IS NULL))
);
CREATE INDEX audit_entry_relation ON audit_entry (relation, changed_at);
COMMENT ON TABLE audit_entry IS 'Every change of rows that matter: prices, products, providers, money, rights.';
COMMENT ON COLUMN audit_entry.id IS 'Identifies the entry.';
COMMENT ON COLUMN audit_entry.changed_at IS 'When the row was changed.';
COMMENT ON COLUMN audit_entry.changed_by IS 'Who: what the application has set as shop.actor, or else who is logged in.';
COMMENT ON COLUMN audit_entry.relation IS 'The table of the row.';
COMMENT ON COLUMN audit_entry.operation IS 'What was done to it.';
COMMENT ON COLUMN audit_entry.before IS 'The row as it was; none for one that is new.';
COMMENT ON COLUMN audit_entry.after IS 'The row as it is; none for one that was deleted.';

CREATE FUNCTION audit() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    -- An update that changes nothing is none.
    IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN
        RETURN NULL;
    END IF;
    INSERT INTO audit_entry (relation, operation, before, after)
    VALUES (
        TG_TABLE_NAME,
        lower(TG_OP)::audit_operation,
        CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,
        CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END
    );
    RETURN NULL;
END;
$$;
COMMENT ON FUNCTION audit() IS 'Writes a change of a row into audit_entry.';

CREATE TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON provider FOR EACH ROW EXECUTE FUNCTION audit();
CREATE TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON product FOR EACH ROW EXECUTE FUNCTION audit();
CREATE TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON price FOR EACH ROW EXECUTE FUNCTION audit();
CREATE TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON payment FOR EACH ROW EXECUTE FUNCTION audit();
CREATE TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON refund FOR EACH ROW EXECUTE FUNCTION audit();
CREATE TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON coupon FOR EACH ROW EXECUTE FUNCTION audit();
CREATE TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON role_assignment FOR EACH ROW EXECUTE FUNCTION audit();

-- Goods were sent to an address, and an invoice names it. From then on it stays what it was: who moves makes a new one.
CREATE FUNCTION keep_address() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF EXISTS (
        SELECT FROM purchase
        WHERE customer_id = OLD.customer_id AND OLD.number IN (delivery_address, billing_address)
    ) THEN
        RAISE EXCEPTION 'address % of customer % is that of a purchase, and cannot be changed', OLD.number, OLD.customer_id
            USING ERRCODE = 'restrict_violation', HINT = 'Add another address.';
    END IF;
    RETURN NEW;
END;
$$;
COMMENT ON FUNCTION keep_address() IS 'Refuses to change an address that a purchase went to.';

CREATE TRIGGER address_is_kept
BEFORE UPDATE OF customer_id, number, recipient, street, postal_code, city, country_code ON address
FOR EACH ROW
WHEN ((OLD.recipient, OLD.street, OLD.postal_code, OLD.city, OLD.country_code)
    IS DISTINCT FROM (NEW.recipient, NEW.street, NEW.postal_code, NEW.city, NEW.country_code))
EXECUTE FUNCTION keep_address();
