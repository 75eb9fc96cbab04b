-- The status was a text with a check, and becomes an enum: it has an order, and nobody can misspell it. Its changes are
-- noted from now on. Of purchases that are there already it is only known when they were placed.
CREATE TYPE purchase_status AS ENUM ('placed', 'paid', 'shipped', 'delivered', 'cancelled');
COMMENT ON TYPE purchase_status IS 'How far a purchase has come.';

ALTER TABLE purchase DROP CONSTRAINT purchase_status_is_known;
ALTER TABLE purchase
    ALTER COLUMN status DROP DEFAULT,
    ALTER COLUMN status TYPE purchase_status USING status::purchase_status,
    ALTER COLUMN status SET DEFAULT 'placed';

CREATE TABLE purchase_status_change (
    purchase_id bigint NOT NULL REFERENCES purchase,
    status purchase_status NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (purchase_id, status)
);
COMMENT ON TABLE purchase_status_change IS 'When purchases came how far. A purchase has each status at most once.';
COMMENT ON COLUMN purchase_status_change.purchase_id IS 'The purchase.';
COMMENT ON COLUMN purchase_status_change.status IS 'The status that it came to.';
COMMENT ON COLUMN purchase_status_change.changed_at IS 'When.';

INSERT INTO purchase_status_change (purchase_id, status, changed_at)
SELECT id, 'placed', placed_at FROM purchase;

CREATE FUNCTION note_purchase_status() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO purchase_status_change (purchase_id, status) VALUES (NEW.id, NEW.status)
    ON CONFLICT (purchase_id, status) DO UPDATE SET changed_at = excluded.changed_at;
    RETURN NULL;
END;
$$;
COMMENT ON FUNCTION note_purchase_status() IS 'Notes that a purchase came to a status.';

CREATE TRIGGER purchase_begins
AFTER INSERT ON purchase
FOR EACH ROW EXECUTE FUNCTION note_purchase_status();

CREATE TRIGGER purchase_goes_on
AFTER UPDATE OF status ON purchase
FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION note_purchase_status();
