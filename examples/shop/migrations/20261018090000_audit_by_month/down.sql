DROP FUNCTION add_audit_partition(date);

ALTER TABLE audit_entry RENAME TO audit_entry_by_month;
ALTER INDEX audit_entry_pkey RENAME TO audit_entry_by_month_pkey;
ALTER INDEX audit_entry_relation RENAME TO audit_entry_by_month_relation;

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

INSERT INTO audit_entry SELECT * FROM audit_entry_by_month;
-- With all of its partitions, also those that were made since.
DROP TABLE audit_entry_by_month;
