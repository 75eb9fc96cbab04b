-- PostgreSQL cannot take a label from an enum, so the type is made anew without it. A purchase that was returned had been
-- delivered before, and that is what it is again; that its goods came back is still in goods_return.
DROP TRIGGER purchase_goes_on ON purchase;
DROP TRIGGER purchase_begins ON purchase;

UPDATE purchase SET status = 'delivered' WHERE status = 'returned';
DELETE FROM purchase_status_change WHERE status = 'returned';

ALTER TYPE purchase_status RENAME TO purchase_status_with_returned;
CREATE TYPE purchase_status AS ENUM ('placed', 'paid', 'shipped', 'delivered', 'cancelled');
COMMENT ON TYPE purchase_status IS 'How far a purchase has come.';

ALTER TABLE purchase
    ALTER COLUMN status DROP DEFAULT,
    ALTER COLUMN status TYPE purchase_status USING status::text::purchase_status,
    ALTER COLUMN status SET DEFAULT 'placed';
ALTER TABLE purchase_status_change
    ALTER COLUMN status TYPE purchase_status USING status::text::purchase_status;
DROP TYPE purchase_status_with_returned;

CREATE TRIGGER purchase_begins
AFTER INSERT ON purchase
FOR EACH ROW EXECUTE FUNCTION note_purchase_status();

CREATE TRIGGER purchase_goes_on
AFTER UPDATE OF status ON purchase
FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION note_purchase_status();
