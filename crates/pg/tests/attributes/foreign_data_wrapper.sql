-- case: exists
-- change
CREATE FOREIGN DATA WRAPPER w;

-- case: handler
CREATE FOREIGN DATA WRAPPER w;
-- change
CREATE FUNCTION public.h() RETURNS fdw_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
ALTER FOREIGN DATA WRAPPER w HANDLER public.h;

-- case: validator
CREATE FOREIGN DATA WRAPPER w;
-- change
ALTER FOREIGN DATA WRAPPER w VALIDATOR postgresql_fdw_validator;

-- case: options
CREATE FOREIGN DATA WRAPPER w;
-- change
ALTER FOREIGN DATA WRAPPER w OPTIONS (a 'b');

-- case: options (value)
CREATE FOREIGN DATA WRAPPER w OPTIONS (a 'b');
-- change
ALTER FOREIGN DATA WRAPPER w OPTIONS (SET a 'it''s');

-- case: owner
CREATE ROLE attribute_superuser SUPERUSER;
CREATE FOREIGN DATA WRAPPER w;
-- change
ALTER FOREIGN DATA WRAPPER w OWNER TO attribute_superuser;

-- case: privileges
CREATE FOREIGN DATA WRAPPER w;
-- change
GRANT USAGE ON FOREIGN DATA WRAPPER w TO pg_monitor;

-- case: comment
CREATE FOREIGN DATA WRAPPER w;
-- change
COMMENT ON FOREIGN DATA WRAPPER w IS 'x';

-- impossible: labels: SECURITY LABEL does not know foreign-data wrappers
