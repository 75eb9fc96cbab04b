-- case: exists
-- change
CREATE MATERIALIZED VIEW public.m AS SELECT 'x'::text AS a;

-- case: query
CREATE MATERIALIZED VIEW public.m AS SELECT 'x'::text AS a;
-- change
DROP MATERIALIZED VIEW public.m;
CREATE MATERIALIZED VIEW public.m AS SELECT 'y'::text AS a;

-- case: query (name of a column)
CREATE MATERIALIZED VIEW public.m AS SELECT 'x'::text AS a;
-- change
ALTER MATERIALIZED VIEW public.m RENAME COLUMN a TO b;

-- case: access_method
CREATE MATERIALIZED VIEW public.m AS SELECT 'x'::text AS a;
CREATE ACCESS METHOD h TYPE TABLE HANDLER heap_tableam_handler;
-- change
ALTER MATERIALIZED VIEW public.m SET ACCESS METHOD h;

-- case: tablespace
CREATE MATERIALIZED VIEW public.m AS SELECT 'x'::text AS a;
-- change
-- CREATE TABLESPACE cannot run in a transaction block.
UPDATE pg_catalog.pg_class SET reltablespace = 1664 WHERE oid = 'public.m'::regclass;

-- case: options
CREATE MATERIALIZED VIEW public.m AS SELECT 'x'::text AS a;
-- change
ALTER MATERIALIZED VIEW public.m SET (fillfactor = 70);

-- case: toast_options
CREATE MATERIALIZED VIEW public.m AS SELECT 'x'::text AS a;
-- change
ALTER MATERIALIZED VIEW public.m SET (toast.autovacuum_enabled = false);

-- case: replica_identity
CREATE MATERIALIZED VIEW public.m AS SELECT 'x'::text AS a;
-- change
ALTER MATERIALIZED VIEW public.m REPLICA IDENTITY FULL;

-- case: replica_identity (nothing)
CREATE MATERIALIZED VIEW public.m AS SELECT 'x'::text AS a;
-- change
ALTER MATERIALIZED VIEW public.m REPLICA IDENTITY NOTHING;

-- case: depends_on_extensions
CREATE MATERIALIZED VIEW public.m AS SELECT 'x'::text AS a;
-- change
ALTER MATERIALIZED VIEW public.m DEPENDS ON EXTENSION plpgsql;

-- case: owner
CREATE MATERIALIZED VIEW public.m AS SELECT 'x'::text AS a;
-- change
ALTER MATERIALIZED VIEW public.m OWNER TO pg_monitor;

-- case: privileges
CREATE MATERIALIZED VIEW public.m AS SELECT 'x'::text AS a;
-- change
GRANT SELECT ON public.m TO pg_monitor;

-- case: comment
CREATE MATERIALIZED VIEW public.m AS SELECT 'x'::text AS a;
-- change
COMMENT ON MATERIALIZED VIEW public.m IS 'x';

-- case: labels
CREATE MATERIALIZED VIEW public.m AS SELECT 'x'::text AS a;
-- change
INSERT INTO pg_catalog.pg_seclabel VALUES ('public.m'::regclass, 'pg_class'::regclass, 0, 'provider', 'label');
