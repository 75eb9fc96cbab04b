-- case: exists
-- change
CREATE DOMAIN public.d AS integer;

-- case: type
CREATE DOMAIN public.d AS integer;
-- change
DROP DOMAIN public.d;
CREATE DOMAIN public.d AS bigint;

-- case: type (only the modifier)
CREATE DOMAIN public.d AS varchar(10);
-- change
DROP DOMAIN public.d;
CREATE DOMAIN public.d AS varchar(11);

-- case: type (array or not)
CREATE DOMAIN public.d AS integer;
-- change
DROP DOMAIN public.d;
CREATE DOMAIN public.d AS integer[];

-- case: collation
CREATE DOMAIN public.d AS text;
-- change
DROP DOMAIN public.d;
CREATE DOMAIN public.d AS text COLLATE "C";

-- case: not_null
CREATE DOMAIN public.d AS integer;
-- change
ALTER DOMAIN public.d SET NOT NULL;

-- case: default
CREATE DOMAIN public.d AS integer;
-- change
ALTER DOMAIN public.d SET DEFAULT 1;

-- case: default (another)
CREATE DOMAIN public.d AS integer DEFAULT 1;
-- change
ALTER DOMAIN public.d SET DEFAULT 1 + 1;

-- case: default (over that of the domain below)
CREATE DOMAIN public.base AS integer DEFAULT 1;
CREATE DOMAIN public.d AS public.base;
-- change
ALTER DOMAIN public.d SET DEFAULT 2;

-- case: owner
CREATE DOMAIN public.d AS integer;
-- change
ALTER DOMAIN public.d OWNER TO pg_monitor;

-- case: privileges
CREATE DOMAIN public.d AS integer;
-- change
GRANT USAGE ON DOMAIN public.d TO pg_monitor;

-- case: comment
CREATE DOMAIN public.d AS integer;
-- change
COMMENT ON DOMAIN public.d IS 'x';

-- case: labels
CREATE DOMAIN public.d AS integer;
-- change
INSERT INTO pg_catalog.pg_seclabel VALUES ('public.d'::regtype, 'pg_type'::regclass, 0, 'provider', 'label');
