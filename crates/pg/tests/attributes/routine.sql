-- case: exists
-- change
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- case: exists (overloaded)
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
CREATE FUNCTION public.f(a bigint) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- case: exists (procedure)
-- change
CREATE PROCEDURE public.p() LANGUAGE sql AS '';

-- case: form
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
DROP ROUTINE public.f;
CREATE PROCEDURE public.f(a integer) LANGUAGE sql AS 'SELECT 1';

-- case: form (window)
CREATE FUNCTION public.f() RETURNS bigint LANGUAGE internal AS 'window_row_number';
-- change
DROP ROUTINE public.f;
CREATE FUNCTION public.f() RETURNS bigint LANGUAGE internal WINDOW AS 'window_row_number';

-- case: arguments (default)
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
CREATE OR REPLACE FUNCTION public.f(a integer DEFAULT 1) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- case: arguments (another default)
CREATE FUNCTION public.f(a integer DEFAULT 1) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
CREATE OR REPLACE FUNCTION public.f(a integer DEFAULT 2) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- case: arguments (name)
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
DROP ROUTINE public.f;
CREATE FUNCTION public.f("A b" integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- case: arguments (name where there was none)
CREATE FUNCTION public.f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
CREATE OR REPLACE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- case: arguments (mode)
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
DROP ROUTINE public.f;
CREATE FUNCTION public.f(INOUT a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- case: arguments (variadic)
CREATE FUNCTION public.f(a integer[]) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
DROP ROUTINE public.f;
CREATE FUNCTION public.f(VARIADIC a integer[]) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- case: arguments (out)
CREATE FUNCTION public.f(a integer, OUT b integer, OUT c integer) LANGUAGE sql AS 'SELECT 1, 1';
-- change
DROP ROUTINE public.f;
CREATE FUNCTION public.f(a integer, OUT b integer, OUT d text) LANGUAGE sql AS 'SELECT 1, ''''';

-- case: result
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
DROP ROUTINE public.f;
CREATE FUNCTION public.f(a integer) RETURNS bigint LANGUAGE sql AS 'SELECT 1';

-- case: result (set)
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
DROP ROUTINE public.f;
CREATE FUNCTION public.f(a integer) RETURNS SETOF integer LANGUAGE sql AS 'SELECT 1';

-- case: result (columns of the table)
CREATE FUNCTION public.f(a integer) RETURNS TABLE (b integer) LANGUAGE sql AS 'SELECT 1';
-- change
DROP ROUTINE public.f;
CREATE FUNCTION public.f(a integer) RETURNS TABLE (c integer) LANGUAGE sql AS 'SELECT 1';

-- case: language
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
CREATE OR REPLACE FUNCTION public.f(a integer) RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';

-- case: source
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
CREATE OR REPLACE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 2';

-- case: source (white space only)
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
CREATE OR REPLACE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT  1';

-- case: source (case only)
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
CREATE OR REPLACE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'select 1';

-- case: source (symbol of a C function)
CREATE FUNCTION public.f() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
-- change
CREATE OR REPLACE FUNCTION public.f() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_validator';

-- case: library
CREATE FUNCTION public.f() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
-- change
CREATE OR REPLACE FUNCTION public.f() RETURNS language_handler LANGUAGE c AS 'plpgsql', 'plpgsql_call_handler';

-- case: sql_body
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
CREATE OR REPLACE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql RETURN 1;

-- case: sql_body (another)
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT a; END;
-- change
CREATE OR REPLACE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT a + 1; END;

-- case: volatility
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
ALTER FUNCTION public.f(integer) IMMUTABLE;

-- case: volatility (stable)
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
-- change
ALTER FUNCTION public.f(integer) STABLE;

-- case: strict
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
ALTER FUNCTION public.f(integer) STRICT;

-- case: security_definer
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
ALTER FUNCTION public.f(integer) SECURITY DEFINER;

-- case: leakproof
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
ALTER FUNCTION public.f(integer) LEAKPROOF;

-- case: parallel
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
ALTER FUNCTION public.f(integer) PARALLEL SAFE;

-- case: parallel (restricted)
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
ALTER FUNCTION public.f(integer) PARALLEL RESTRICTED;

-- case: cost
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
ALTER FUNCTION public.f(integer) COST 7;

-- case: cost (a fraction)
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql COST 7.5 AS 'SELECT 1';
-- change
ALTER FUNCTION public.f(integer) COST 7.25;

-- case: rows
CREATE FUNCTION public.f(a integer) RETURNS SETOF integer LANGUAGE sql AS 'SELECT 1';
-- change
ALTER FUNCTION public.f(integer) ROWS 10;

-- case: support
CREATE FUNCTION public.f(bigint, bigint) RETURNS SETOF bigint LANGUAGE internal IMMUTABLE AS 'generate_series_int8';
-- change
ALTER FUNCTION public.f(bigint, bigint) SUPPORT generate_series_int8_support;

-- case: settings
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
ALTER FUNCTION public.f(integer) SET work_mem = '1MB';

-- case: settings (value)
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql SET work_mem = '1MB' AS 'SELECT 1';
-- change
ALTER FUNCTION public.f(integer) SET work_mem = '2MB';

-- case: settings (a list)
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql SET search_path = public AS 'SELECT 1';
-- change
ALTER FUNCTION public.f(integer) SET search_path = public, "$user", 'A b';

-- case: settings (one less)
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql SET work_mem = '1MB' SET search_path = public AS 'SELECT 1';
-- change
ALTER FUNCTION public.f(integer) RESET work_mem;

-- case: transforms
CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
CREATE OR REPLACE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql TRANSFORM FOR TYPE integer AS 'SELECT 1';

-- case: depends_on_extensions
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
ALTER FUNCTION public.f(integer) DEPENDS ON EXTENSION plpgsql;

-- case: depends_on_extensions (no longer)
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
ALTER FUNCTION public.f(integer) DEPENDS ON EXTENSION plpgsql;
-- change
ALTER FUNCTION public.f(integer) NO DEPENDS ON EXTENSION plpgsql;

-- case: depends_on_extensions (procedure)
CREATE PROCEDURE public.p() LANGUAGE sql AS '';
-- change
ALTER PROCEDURE public.p() DEPENDS ON EXTENSION plpgsql;

-- case: owner
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
ALTER FUNCTION public.f(integer) OWNER TO pg_monitor;

-- case: privileges
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
REVOKE EXECUTE ON FUNCTION public.f(integer) FROM PUBLIC;

-- case: privileges (procedure)
CREATE PROCEDURE public.p() LANGUAGE sql AS '';
-- change
GRANT EXECUTE ON PROCEDURE public.p() TO pg_monitor;

-- case: comment
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
COMMENT ON FUNCTION public.f(integer) IS 'x';

-- case: comment (of the other overload)
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.f(a bigint) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
COMMENT ON FUNCTION public.f(bigint) IS 'x';

-- case: labels
CREATE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
INSERT INTO pg_catalog.pg_seclabel VALUES ('public.f(integer)'::regprocedure, 'pg_proc'::regclass, 0, 'provider', 'label');
