DROP TRIGGER purchase_goes_on ON purchase;
DROP TRIGGER purchase_begins ON purchase;
DROP FUNCTION note_purchase_status();
DROP TABLE purchase_status_change;

ALTER TABLE purchase
    ALTER COLUMN status DROP DEFAULT,
    ALTER COLUMN status TYPE text USING status::text,
    ALTER COLUMN status SET DEFAULT 'placed',
    ADD CONSTRAINT purchase_status_is_known
        CHECK (status IN ('placed', 'paid', 'shipped', 'delivered', 'cancelled'));

DROP TYPE purchase_status;
