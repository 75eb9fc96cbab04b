-- case: exists
-- change
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false);

-- case: connection
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false);
-- change
ALTER SUBSCRIPTION s CONNECTION 'dbname=y';

-- case: connection (another user)
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false);
-- change
ALTER SUBSCRIPTION s CONNECTION 'dbname=x user=u';

-- case: publications
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false);
-- change
ALTER SUBSCRIPTION s SET PUBLICATION p, "P q" WITH (refresh = false);

-- case: enabled
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false);
-- change
ALTER SUBSCRIPTION s ENABLE;

-- case: slot
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false);
-- change
ALTER SUBSCRIPTION s SET (slot_name = NONE);

-- case: slot (another)
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false);
-- change
ALTER SUBSCRIPTION s SET (slot_name = 'other');

-- case: synchronous_commit
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false);
-- change
ALTER SUBSCRIPTION s SET (synchronous_commit = 'local');

-- case: options (binary)
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false);
-- change
ALTER SUBSCRIPTION s SET (binary = true);

-- case: options (streaming)
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, streaming = true);
-- change
ALTER SUBSCRIPTION s SET (streaming = false);

-- case: options (disable_on_error) [>=15]
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false);
-- change
ALTER SUBSCRIPTION s SET (disable_on_error = true);

-- case: options (origin) [>=16]
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false);
-- change
ALTER SUBSCRIPTION s SET (origin = none);

-- case: options (password_required) [>=16]
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false);
-- change
ALTER SUBSCRIPTION s SET (password_required = false);

-- case: options (run_as_owner) [>=16]
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false);
-- change
ALTER SUBSCRIPTION s SET (run_as_owner = true);

-- case: options (two_phase) [>=15]
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false);
-- change
ALTER SUBSCRIPTION s SET (slot_name = NONE);
DROP SUBSCRIPTION s;
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, two_phase = true);

-- case: owner
CREATE ROLE attribute_owner SUPERUSER;
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false);
-- change
ALTER SUBSCRIPTION s OWNER TO attribute_owner;

-- impossible: privileges: a subscription has none

-- case: comment
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false);
-- change
COMMENT ON SUBSCRIPTION s IS 'x';

-- case: labels
CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false);
-- change
INSERT INTO pg_catalog.pg_shseclabel
SELECT oid, 'pg_subscription'::regclass, 'provider', 'label' FROM pg_catalog.pg_subscription WHERE subname = 's';
