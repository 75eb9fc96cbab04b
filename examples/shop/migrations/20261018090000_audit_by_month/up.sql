-- The audit grows for ever, and is asked for a month or two: partitions, of which old ones can be detached. A table cannot
-- become a partitioned one, so it is made anew with the same columns in the same order, and its rows move over. The key of
-- a partitioned table holds what it is partitioned by.
ALTER TABLE audit_entry RENAME TO audit_entry_in_one;
ALTER INDEX audit_entry_pkey RENAME TO audit_entry_in_one_pkey;
ALTER INDEX audit_entry_relation RENAME TO audit_entry_in_one_relation;

CREATE TABLE audit_entry (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_by text NOT NULL DEFAULT coalesce(nullif(current_setting('shop.actor', true), ''), session_user),
    relation text NOT NULL,
    operation audit_operation NOT NULL,
    before jsonb,
    after jsonb,
    CONSTRAINT audit_entry_pkey PRIMARY KEY (changed_at, id),
    CONSTRAINT audit_entry_has_what_was_there CHECK ((operation = 'insert') = (before IS NULL)),
    CONSTRAINT audit_entry_has_what_is_there CHECK ((operation = 'delete') = (after IS NULL))
) PARTITION BY RANGE (changed_at);
CREATE INDEX audit_entry_relation ON audit_entry (relation, changed_at);
COMMENT ON TABLE audit_entry IS 'Every change of rows that matter: prices, products, providers, money, rights. Partitioned by month.';
COMMENT ON COLUMN audit_entry.id IS 'Identifies the entry.';
COMMENT ON COLUMN audit_entry.changed_at IS 'When the row was changed.';
COMMENT ON COLUMN audit_entry.changed_by IS 'Who: what the application has set as shop.actor, or else who is logged in.';
COMMENT ON COLUMN audit_entry.relation IS 'The table of the row.';
COMMENT ON COLUMN audit_entry.operation IS 'What was done to it.';
COMMENT ON COLUMN audit_entry.before IS 'The row as it was; none for one that is new.';
COMMENT ON COLUMN audit_entry.after IS 'The row as it is; none for one that was deleted.';

CREATE TABLE audit_entry_2026_10 PARTITION OF audit_entry
    FOR VALUES FROM ('2026-10-01 00:00+00') TO ('2026-11-01 00:00+00');
CREATE TABLE audit_entry_2026_11 PARTITION OF audit_entry
    FOR VALUES FROM ('2026-11-01 00:00+00') TO ('2026-12-01 00:00+00');
CREATE TABLE audit_entry_2026_12 PARTITION OF audit_entry
    FOR VALUES FROM ('2026-12-01 00:00+00') TO ('2027-01-01 00:00+00');
-- What no other partition is for, so that nothing fails because a month was forgotten.
CREATE TABLE audit_entry_default PARTITION OF audit_entry DEFAULT;

INSERT INTO audit_entry SELECT * FROM audit_entry_in_one;
DROP TABLE audit_entry_in_one;

CREATE FUNCTION add_audit_partition(day date) RETURNS text
LANGUAGE plpgsql
AS $$
DECLARE
    first_day constant date := date_trunc('month', day::timestamp)::date;
    since constant timestamptz := first_day::timestamp AT TIME ZONE 'UTC';
    until constant timestamptz := (first_day + interval '1 month') AT TIME ZONE 'UTC';
    partition constant text := 'audit_entry_' || to_char(first_day, 'YYYY_MM');
BEGIN
    IF to_regclass(quote_ident(partition)) IS NOT NULL THEN
        RETURN partition;
    END IF;
    EXECUTE format('CREATE TABLE %I (LIKE audit_entry INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition);
    -- Rows of that month that have come already lie in the default partition, and must leave it first.
    EXECUTE format(
        'WITH moved AS (DELETE FROM audit_entry_default WHERE changed_at >= %L AND changed_at < %L RETURNING *)
         INSERT INTO %I SELECT * FROM moved', since, until, partition);
    EXECUTE format('ALTER TABLE audit_entry ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', partition, since, until);
    RETURN partition;
END;
$$;
COMMENT ON FUNCTION add_audit_partition(date) IS 'Makes the partition of the audit for the month of a day, if there is none, and returns its name.';
