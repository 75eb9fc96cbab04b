-- case: exists
-- change
CREATE LANGUAGE l HANDLER pg_catalog.plpgsql_call_handler;

-- case: trusted
CREATE LANGUAGE l HANDLER pg_catalog.plpgsql_call_handler;
-- change
CREATE OR REPLACE TRUSTED LANGUAGE l HANDLER pg_catalog.plpgsql_call_handler;

-- case: handler
CREATE LANGUAGE l HANDLER pg_catalog.plpgsql_call_handler;
CREATE FUNCTION public.h() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
-- change
CREATE OR REPLACE LANGUAGE l HANDLER public.h;

-- case: inline
CREATE LANGUAGE l HANDLER pg_catalog.plpgsql_call_handler;
-- change
CREATE OR REPLACE LANGUAGE l HANDLER pg_catalog.plpgsql_call_handler INLINE pg_catalog.plpgsql_inline_handler;

-- case: validator
CREATE LANGUAGE l HANDLER pg_catalog.plpgsql_call_handler;
-- change
CREATE OR REPLACE LANGUAGE l HANDLER pg_catalog.plpgsql_call_handler VALIDATOR pg_catalog.plpgsql_validator;

-- case: owner
CREATE LANGUAGE l HANDLER pg_catalog.plpgsql_call_handler;
-- change
ALTER LANGUAGE l OWNER TO pg_monitor;

-- case: privileges
CREATE TRUSTED LANGUAGE l HANDLER pg_catalog.plpgsql_call_handler;
-- change
REVOKE USAGE ON LANGUAGE l FROM PUBLIC;

-- case: comment
CREATE LANGUAGE l HANDLER pg_catalog.plpgsql_call_handler;
-- change
COMMENT ON LANGUAGE l IS 'x';

-- case: labels
CREATE LANGUAGE l HANDLER pg_catalog.plpgsql_call_handler;
-- change
INSERT INTO pg_catalog.pg_seclabel
SELECT oid, 'pg_language'::regclass, 0, 'provider', 'label' FROM pg_catalog.pg_language WHERE lanname = 'l';
