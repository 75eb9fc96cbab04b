-- case: exists
-- change
CREATE VIEW public.v AS SELECT 1 AS a;

-- case: query
CREATE VIEW public.v AS SELECT 1 AS a;
-- change
CREATE OR REPLACE VIEW public.v AS SELECT 2 AS a;

-- case: query (one more column)
CREATE VIEW public.v AS SELECT 1 AS a;
-- change
CREATE OR REPLACE VIEW public.v AS SELECT 1 AS a, 2 AS b;

-- case: query (name of a column)
CREATE VIEW public.v AS SELECT 1 AS a;
-- change
ALTER VIEW public.v RENAME COLUMN a TO b;

-- case: options (check option)
CREATE TABLE public.t (a integer);
CREATE VIEW public.v AS SELECT a FROM public.t;
-- change
ALTER VIEW public.v SET (check_option = local);

-- case: options (another check option)
CREATE TABLE public.t (a integer);
CREATE VIEW public.v AS SELECT a FROM public.t WITH LOCAL CHECK OPTION;
-- change
CREATE OR REPLACE VIEW public.v AS SELECT a FROM public.t WITH CASCADED CHECK OPTION;

-- case: options (security_barrier)
CREATE VIEW public.v AS SELECT 1 AS a;
-- change
ALTER VIEW public.v SET (security_barrier);

-- case: options (security_invoker) [>=15]
CREATE VIEW public.v AS SELECT 1 AS a;
-- change
ALTER VIEW public.v SET (security_invoker = true);

-- case: options (value)
CREATE VIEW public.v AS SELECT 1 AS a;
ALTER VIEW public.v SET (security_barrier = true);
-- change
ALTER VIEW public.v SET (security_barrier = false);

-- case: owner
CREATE VIEW public.v AS SELECT 1 AS a;
-- change
ALTER VIEW public.v OWNER TO pg_monitor;

-- case: privileges
CREATE VIEW public.v AS SELECT 1 AS a;
-- change
GRANT SELECT ON public.v TO pg_monitor;

-- case: comment
CREATE VIEW public.v AS SELECT 1 AS a;
-- change
COMMENT ON VIEW public.v IS 'x';

-- case: labels
CREATE VIEW public.v AS SELECT 1 AS a;
-- change
INSERT INTO pg_catalog.pg_seclabel VALUES ('public.v'::regclass, 'pg_class'::regclass, 0, 'provider', 'label');
