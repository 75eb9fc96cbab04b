-- case: exists
-- change
CREATE SCHEMA s;

-- case: owner
CREATE SCHEMA s;
-- change
ALTER SCHEMA s OWNER TO pg_monitor;

-- case: privileges
CREATE SCHEMA s;
-- change
GRANT USAGE ON SCHEMA s TO pg_monitor;

-- case: privileges (with grant option)
CREATE SCHEMA s;
GRANT USAGE ON SCHEMA s TO pg_monitor;
-- change
GRANT USAGE ON SCHEMA s TO pg_monitor WITH GRANT OPTION;

-- case: privileges (of the schema that initdb makes)
-- change
REVOKE USAGE ON SCHEMA public FROM PUBLIC;

-- case: privileges (by another grantor)
CREATE SCHEMA s;
GRANT USAGE ON SCHEMA s TO pg_monitor WITH GRANT OPTION;
-- change
SET LOCAL ROLE pg_monitor;
GRANT USAGE ON SCHEMA s TO pg_signal_backend;
RESET ROLE;

-- case: privileges (none at all is not the default)
CREATE SCHEMA s;
-- change
REVOKE ALL ON SCHEMA s FROM postgres;

-- case: comment
CREATE SCHEMA s;
-- change
COMMENT ON SCHEMA s IS 'x';

-- case: comment (another)
CREATE SCHEMA s;
COMMENT ON SCHEMA s IS 'x';
-- change
COMMENT ON SCHEMA s IS 'X';

-- case: comment (of the schema that initdb makes)
-- change
COMMENT ON SCHEMA public IS 'x';

-- case: labels
CREATE SCHEMA s;
-- change
INSERT INTO pg_catalog.pg_seclabel VALUES ('s'::regnamespace, 'pg_namespace'::regclass, 0, 'provider', 'label');
